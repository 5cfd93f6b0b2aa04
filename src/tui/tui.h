/* What the files of this room share: the screen as it stands, and the modes that take its keys. */
#ifndef TUI_TUI_H
#define TUI_TUI_H

#include "burst.h"
#include "state.h"
#include "touchline/command.h"
#include "touchline/query.h"
#include "touchline/term.h"
#include "touchline/timer.h"
#include "touchline/tui.h"
#include "touchline/view.h"
#include "touchline/vote.h"
#include "typing.h"

struct tui;
struct mode;

/* So long a reading for the screen waits for another program's lock: nobody should stand still for
 * what is only to be shown. What a person has done waits longer (store.h). */
#define TUI_READ_PATIENCE_MS 300

/* A mode takes the keys while it is on top: the board, a question, capture, carrying, the sheet,
 * help. Those beneath wait. Either it adds to the board's scene, or it draws a screen of its own.
 */
struct mode_type {
    void (*scene)(struct tui *tui, struct mode *mode, struct scene *scene);
    void (*draw)(struct tui *tui, struct mode *mode, struct frame *frame);
    void (*event)(struct tui *tui, struct mode *mode, const struct event *event);

    /* The mouse on a screen of its own, also while a question stands on top of it. A click on a key
     * comes back as *key (else K_NONE), which the topmost mode takes. */
    void (*mouse)(struct tui *tui, struct mode *mode, const struct mouse *mouse, struct key *key);

    /* The line that takes what is typed, NULL for none just now; without the function the mode
     * takes keys only. */
    struct typing *(*typing)(struct mode *mode);

    /* What was typed and is not saved yet, as capture would take it up again; NULL: nothing. */
    const char *(*draft)(struct mode *mode);

    /* Whether what it is about is still there; when not it has told so, and is left. */
    bool (*stands)(struct tui *tui, struct mode *mode);

    void (*keep)(struct tui *tui, struct mode *mode); /* the line is gone: save what can be saved */
    void (*release)(struct mode *mode);               /* what it holds; not the mode itself */
};

/* Embedded first in each mode's own struct. */
struct mode {
    const struct mode_type *type;
    struct mode *below;
    int64_t about; /* the moment whose details are shown while it lasts; 0: the selected one */
};

/* The timer of the step as the screen has it (timing.c). */
struct timing {
    struct timer timer;
    struct buffer text; /* as shown */
    bool silent;        /* neither bell nor flash at the end */
    bool flash;         /* until the next look */
};

/* What was typed and is not saved is kept in a file within so many seconds (drafts.c). */
struct drafts {
    struct buffer written; /* as it stands in the file */
    int64_t since;         /* ms: what is typed differs from that since then, 0: it does not */
};

/* What came onto the board since it began shows as dots (mask.c). */
struct mask {
    bool on;
    int64_t newest[RECORDS]; /* ids when it began: later ones are hidden */
    int64_t moments;         /* how many there were */
    struct window window;    /* from here on what a scene shows instead; texts are borrowed */
    struct details details;
    struct moments parked, ranked;
    struct added *added;
    struct buffer typed, edit;
};

struct tui {
    const struct tui_options *options;
    struct store_options store_options; /* the user's, with ours for when it has to wait */
    struct term *term;
    struct store *store;
    struct past *past; /* while that is the board as it was (past.c); NULL: it is as it is */
    struct frame frame;
    struct mode *modes;     /* topmost first; the last is the board */
    struct mode *dead;      /* popped; freed when its event is done */
    struct burst burst;     /* events read and not yet taken */
    struct burst meanwhile; /* those that came while a call waited for another's lock */
    bool drawing;
    bool quit;

    /* what was read, and whether it must be read again before it is shown or walked on */
    struct session session;
    struct board board;
    struct channels channels;
    struct phases phases; /* read through tui_phases() */
    struct meter meter;
    struct window window;
    struct strip strip;
    struct details details;
    struct moments parked;
    struct moments ranked;  /* by dots, in the step Choose; */
    struct dots dots;       /* of these */
    struct vote_state vote; /* the newest one, in the steps Choose and Rate */
    struct buffer vote_words;
    int gaps; /* of how many kinds the plan lacks something, in the step Plan; -1: not counted */
    bool numbers_asked; /* that they may change during this vote */
    bool stale;         /* the board has changed: everything */
    bool stale_window;  /* other moments are in sight */
    bool stale_details; /* another moment is selected */
    bool stale_phases;  /* there may be a thousand of them: read when somebody asks */
    int left;           /* moments to show left of the selected one, when the window is read */
    size_t ghosts;      /* cards that the window must leave room for */
    unsigned readings;  /* how often the whole board was read */
    int64_t busy_since; /* ms: another program holds the file since then, 0: none does */

    /* the rows at the foot */
    struct buffer message;
    bool warning;
    struct buffer notice; /* what could not be saved, and why: stands until a save works */
    bool unconfirmed;     /* that notice: it is in the file, the disk has not confirmed it */
    char *half_line;      /* left in capture by Esc, for the next a */
    char *half_question, *half_answer; /* left in a question by Esc, for when it is asked again */
    struct drafts drafts;
    bool mouse;
    const struct value *seen; /* what the screen showed of the field that a call changes, or NULL */
    struct buffer question, pattern; /* texts of the scene being drawn */
    struct key_item keys[32];
    size_t key_count;
    const char *labels[16]; /* what the commands of the key line's rows are called there */
    const void *labelled;   /* the rows that they are of */
    struct timing timing;
    struct mask mask;
    size_t hint;     /* how many more hints than the question were asked for (Plan) */
    int64_t pressed; /* id of the moment that the mouse was pressed on, 0: none */
};

/* --- tui.c: modes and messages ---------------------------------------------------------------- */

void tui_push(struct tui *tui, struct mode *mode);
void tui_pop(struct tui *tui); /* the topmost; it is freed once its event is done with */

/* Esc, or C-c in its stead. */
bool tui_is_leaving(struct key key);

/* One line for the message row; plain, or as a warning. */
void tui_say(struct tui *tui, const char *format, ...) FORMAT_LIKE(2, 3);
void tui_warn(struct tui *tui, const char *format, ...) FORMAT_LIKE(2, 3);
void tui_error(struct tui *tui, const struct error *error);

/* What the message row shows: the message, else what still could not be saved; NULL: nothing. */
const char *tui_message(const struct tui *tui);
bool tui_message_warns(const struct tui *tui);

/* How an edit ended: an error is told, and stays told while the board cannot be written at all; a
 * save that works ends that. Returns the status. What is in the file counts as saved, also when the
 * disk did not confirm it, which is told and stays told: after what else is said of it. */
enum status tui_saved(struct tui *tui, enum status status, const struct error *error);

/* That all is saved, when it is; a disk that did not confirm is asked once more. */
void tui_say_saved(struct tui *tui, const char *words);

/* Whether the board can be changed; says why when not. */
bool tui_may_write(struct tui *tui);

/* Says that there is no moment to act on, and what helps. */
void tui_say_nothing_there(struct tui *tui);

/* Says that a key means nothing where it was pressed. */
void tui_warn_unbound(struct tui *tui, struct key key);

/* Whether somebody has pressed a key that is not looked at yet. */
bool tui_has_keys(struct tui *tui);

struct date tui_today(struct tui *tui);

/* --- reading.c: what is seen ------------------------------------------------------------------ */

/* Reads what is stale. Called before drawing, and before a step that walks the window. */
void tui_refresh(struct tui *tui);

/* Whose details are shown: what the topmost mode is about, else the selected moment. */
int64_t tui_details_id(const struct tui *tui);

/* What could not be read stays to be read, and is told: that another program holds the file by the
 * waiting that is shown meanwhile. */
void tui_tell_unread(struct tui *tui, const struct error *error);

/* Selects a moment: within the window nothing but its details is read; beyond it the window moves
 * by several cards. `centred`: a jump, shown with its neighbours on both sides. */
void tui_select(struct tui *tui, int64_t id, bool centred);

/* Goes to a moment that may be anywhere; one that the filter hides ends the filter. */
void tui_jump(struct tui *tui, int64_t id);

/* Selects what a command was about, the window staying where it is when that is in it. */
void tui_follow(struct tui *tui, int64_t id);

/* All moments again; says so when they were filtered. */
void tui_unfilter(struct tui *tui);

/* The next reading shows the selected moment in the middle. */
void tui_centre(struct tui *tui);

const struct phases *tui_phases(struct tui *tui);
const struct moment *tui_selected(struct tui *tui); /* NULL when the board is empty */

/* --- running.c: commands ---------------------------------------------------------------------- */

/* Runs a command about the board, or the screen's own function for it; asks for what is missing.
 * The words are borrowed for the call. */
void tui_run_command(struct tui *tui, const struct command *command, const char *const *values);
void tui_run_named(struct tui *tui, const char *name, const char *const *values);

/* The same without asking: STATUS_OK, or the error (already shown). What it selected goes to *id.
 */
enum status tui_call(struct tui *tui, const struct command *command, const char *const *values,
                     int64_t *id);

/* The same with its values by the names of the arguments; a NULL name ends them. */
struct named {
    const char *name, *value;
};
enum status tui_call_named(struct tui *tui, const char *name, const struct named *named,
                           int64_t *id);

/* "id:31", as commands are told of a record; "0" is the start of the line (PLACE_START). */
struct id_words {
    char text[24];
};
struct id_words id_words(int64_t id);

/* A command that wants no more than a moment. */
enum status tui_call_on(struct tui *tui, const char *name, int64_t moment, int64_t *id);

/* Takes away an idea, an action or an entry (`what`) of a moment; what came of it is told. */
void tui_remove(struct tui *tui, int64_t moment, const char *what, int64_t id);

/* Sets fields of a moment, or of its idea or action `id` ("id:31"; `what` "idea", "action" or NULL)
 * in one edit, each against what the person saw of it. */
struct set_word {
    const char *word; /* "owner=Ana" */
    struct value seen;
};
enum status tui_set(struct tui *tui, const char *moment, const char *what, const char *id,
                    const struct set_word *words, size_t count);

/* With its values by name, asking for what else the screen asks for. */
void tui_run_with(struct tui *tui, const char *name, const struct named *named);

/* A line typed in the palette, as in the shell. */
enum status tui_run_line(struct tui *tui, const char *line);

/* --- the modes -------------------------------------------------------------------------------- */

void board_mode_open(struct tui *tui);
void ballot_open(struct tui *tui); /* instead of the board */
void capture_open(struct tui *tui, int64_t after);
void carry_open(struct tui *tui);
void help_open(struct tui *tui, bool finding);
void sheet_open(struct tui *tui, int64_t moment);
void board_sheet_open(struct tui *tui);
void first_open(struct tui *tui);
void parked_open(struct tui *tui);
void plan_list_open(struct tui *tui);
void gaps_open(struct tui *tui);
void minutes_open(struct tui *tui);
void reviews_open(struct tui *tui);
void ending_open(struct tui *tui); /* how a session ends */
void ledger_open(struct tui *tui, int64_t moment);
void why_open(struct tui *tui);    /* the why over the whole screen; any key returns */
void clock_open(struct tui *tui);  /* the timer likewise, started when there is none */
void room_open(struct tui *tui);   /* room mode */
void who_open(struct tui *tui);    /* who is here */
void who_remind(struct tui *tui);  /* says so when nobody of the front line is (R13) */
void topics_open(struct tui *tui); /* what the help tells beside the commands (R29) */

/* Whether the keys go to room mode itself: what can be run on the board can be run there. */
bool room_is_on_top(const struct tui *tui);
void swap_open(struct tui *tui, int64_t sixth);
void poll_open_or_close(struct tui *tui);
bool poll_is_open(struct tui *tui); /* people are voting just now */
void poll_reveal(struct tui *tui);  /* asks once: it cannot be undone */

/* A change that renumbers while a vote is on, or dots are hidden, is asked for twice:
 * STATUS_REFUSED the first time. */
enum status poll_check_numbers(struct tui *tui, const struct command *command,
                               const struct call *call, struct error *error) MUST_USE;

/* Asks for a line. `accept` gets it on Enter; STATUS_OK closes the question, anything else keeps it
 * open with what was typed. `done` (may be NULL) frees `data`. */
struct question {
    const char *label; /* copied */
    const char *initial;
    const char *draft; /* put before the text when it must be kept as a draft; NULL: not worth it */
    bool in_place;     /* the answer is typed over the framed line of the pane */
    enum status (*accept)(struct tui *tui, const char *text, void *data);
    void (*leave)(struct tui *tui, void *data); /* on Esc, or NULL */
    void (*done)(void *data);
    void *data;
};
void ask_open(struct tui *tui, const struct question *question);

/* Asks for one key of a list: "I In person  P Phone ...". */
struct choice {
    char *key;   /* spelling; owned */
    char *words; /* owned */
    char *value; /* given to accept; owned */
};
struct choices {
    struct choice *at;
    size_t count;
};
void choices_add(struct choices *choices, const char *key, const char *words, const char *value);
void pick_open(struct tui *tui, const char *label, struct choices choices,
               void (*accept)(struct tui *tui, const char *value, void *data),
               void (*done)(void *data), void *data);

/* --- past.c: the board as it was -------------------------------------------------------------- */

/* Shows the board as it was after an edit of its history, in place of what is shown; Esc there goes
 * back. False: it cannot be shown, told why. */
bool past_open(struct tui *tui, int64_t edit);

/* The board as it is, whatever is shown. */
struct store *past_present(struct tui *tui);

/* Back to now, when that is not what is shown; after which edit it was, 0: it was now. */
int64_t past_end(struct tui *tui);

/* Whether the keys go to the past itself: what can be run on the board can be run there. */
bool past_is_on_top(const struct tui *tui);

/* Which past it is, as one line; "" for now. */
const char *past_words(const struct tui *tui);

/* --- mask.c: masked capture ------------------------------------------------------------------- */

void mask_turn(struct tui *tui);
void mask_release(struct mask *mask);

/* Hides in the scene what is behind the mask, and what is being typed. */
void mask_scene(struct tui *tui, struct scene *scene);

/* Hides what is typed behind a command's name. */
void mask_line(struct tui *tui, struct typed *typed);

/* Dots while the mask is on, else the text. */
const char *mask_words(const struct tui *tui, const char *text);

/* Whether it is on, and then says that it must go before what was wanted. */
bool mask_refuses(struct tui *tui);

/* --- timing.c: the timer of the step (R27) ---------------------------------------------------- */

void timing_toggle(struct tui *tui);
void timing_bell(struct tui *tui);
void timing_set_step(struct tui *tui);
bool timing_runs(const struct tui *tui);

/* Takes in what time it is; rings once at the end. How many ms what is shown stays true, -1: for
 * ever. */
int timing_tick(struct tui *tui);

/* Puts the timer into the scene; what stays of the flash onto what was drawn. */
void timing_scene(struct tui *tui, struct scene *scene);
void timing_flash(struct tui *tui);

/* --- screen.c: the commands that are about the screen ----------------------------------------- */

/* The function of a screen command, NULL when there is none of that name. */
typedef void screen_function(struct tui *tui);
screen_function *screen_function_named(const char *name);

/* Whether that key asks to suspend where that cannot be (anywhere but on the board). */
bool screen_cannot_stop(const struct tui *tui, struct key key);
#define SCREEN_CANNOT_STOP "C-z suspends only from the board."

/* Runs one; `word` is its argument from the palette ("go-to 12"), or NULL. */
enum status screen_run(struct tui *tui, const struct command *command, const char *word);

/* What is said on opening: what is overdue (R12), or that one can only look. */
void tui_greet(struct tui *tui);

/* Says what is overdue, and whether a review is due or goes on. */
void tui_tell_due(struct tui *tui);

/* --- find.c: looking for words, showing only some moments ------------------------------------- */

/* Asks what to look for, or looks for it; the next hit and the one before. Without a search, what
 * the step wants next. */
void search_open(struct tui *tui);
enum status search_for(struct tui *tui, const char *text);
void search_next(struct tui *tui);
void search_previous(struct tui *tui);

/* Asks what to show, or shows it: "phone", "miserable", words of a text; "" shows all. */
void filter_open(struct tui *tui);
enum status filter_by(struct tui *tui, const char *text);
void filter_cheap(struct tui *tui); /* R19, on and off */

/* --- steps.c: the guide ----------------------------------------------------------------------- */

void step_go_to(struct tui *tui, int step); /* says so when there is none of that number */
enum status step_go_to_named(struct tui *tui, const char *word); /* "3", or its name's start */
void step_go_back(struct tui *tui);
void step_go_on(struct tui *tui);
void step_go_to_wanted(struct tui *tui); /* the next moment that the step asks for */
void step_ask(struct tui *tui);
void step_ask_hint(struct tui *tui); /* another one for the question of the step */

/* --- others ----------------------------------------------------------------------------------- */

/* The key line of the step, or of the lower pane when it has the keys. */
void keys_of_step(struct tui *tui, struct scene *scene);

/* The mouse on the board's screen. A click on the key line comes back as *key, to be taken by the
 * topmost mode. */
void mouse_event(struct tui *tui, const struct mouse *mouse, struct key *key);

/* The key that a click on an item of a key line means; false where it is none ("0-9"). */
bool mouse_on_key(const struct key_item *keys, size_t count, const struct view_hit *hit,
                  struct key *key);

/* A click into a line that is typed puts the cursor there. */
void mouse_into_line(struct tui *tui, const struct view_hit *hit);

/* Writes what must be kept when it is due; how many ms until then, -1: nothing is. At once: the
 * line is gone. */
int drafts_look(struct tui *tui);
void drafts_keep(struct tui *tui);
void drafts_end(struct tui *tui); /* what is left half done, for the next opening */

/* A field's text in the user's own editor; kept when the editor fails or nothing changed. */
void editor_open(struct tui *tui, enum record record, int64_t id, int field);

/* A key for the framed line of the lower pane; false when it means the same as ever. */
bool pane_key(struct tui *tui, struct key key);

/* A pasted text, or a burst that looks like one: asked about before it becomes moments. Takes a
 * copy. */
void paste_open(struct tui *tui, const char *text);

/* Adds a moment a line after item `after` as one edit; which ones, in their order. False: none,
 * told why. */
struct pasted {
    struct pasted_line {
        int64_t id;
        char *title;
    } * at;
    size_t count;
};
bool paste_add(struct tui *tui, const char *text, int64_t after, struct pasted *pasted);
void pasted_release(struct pasted *pasted);

/* Asks for a number to go to; `begun` is what was typed of it. */
void go_to_open(struct tui *tui, const char *begun);
enum status go_to_number(struct tui *tui, const char *text);

/* A moment dragged by the mouse: shown where it would go, dropped where the button is let go. */
void carry_drag(struct tui *tui, int64_t id, const struct view_hit *over);
bool carry_is_dragged(struct tui *tui);
void carry_let_go(struct tui *tui);

/* Where a card after item `after` (PLACE_START, PLACE_END) stands among those in sight. */
void ghost_place(const struct tui *tui, int64_t after, struct ghost *ghost);

/* The last part of a path, in it. */
const char *tui_file_name(const char *path);

/* The scene of the board as it stands; without, and with, what the modes on top add. */
void scene_of_board(struct tui *tui, struct scene *scene);
void scene_of_all(struct tui *tui, struct scene *scene);

#endif
