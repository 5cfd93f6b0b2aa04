/* The ballot: one's own page of a vote, the moments one below the other. Nothing of the board can
 * be changed from here, and nobody else's marks are ever read. */
#include "ballot_rows.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <string.h>

/* Saving waits as long as a save does; the list reads with less patience. */
enum { TAKE_PATIENCE_MS = 5000 };

struct ballot_mode {
    struct list_mode list;
    struct ballot ballot; /* id 0: none yet */
    struct ballot_rows rows;
    struct vote_state state;
    char *code;         /* as it was given; later the ballot's own, for the next vote */
    char *refused;      /* why no ballot was given out, until another code is; NULL: it was not */
    int64_t asked_vote; /* of which vote `refused` is */
    struct buffer title, hint, under, question, spent, foot;
};

static const struct list_type *type_of(const struct ballot_mode *mode);

static bool is_dots(const struct ballot_mode *mode)
{
    return mode->ballot.vote.kind == VOTE_DOTS;
}

/* --- taking it -------------------------------------------------------------------------------- */

/* What is no ballot for want of a vote or of the right code is told in the page; what could not be
 * asked is an error, and asked again. */
static enum status settle(struct ballot_mode *mode, enum status status, const struct error *error)
{
    if (status != STATUS_REFUSED && status != STATUS_NOT_FOUND)
        return status;
    if (mode->state.vote.stage == VOTE_OPEN) {
        memory_replace(&mode->refused, error->text);
        mode->asked_vote = mode->state.vote.id;
    }
    return STATUS_OK;
}

/* The name is vouched for by the account in a kiosk, and there alone. */
static enum status take(struct tui *tui, struct ballot_mode *mode, struct error *error)
{
    const struct tui_ballot *whose = tui->options->ballot;
    struct ballot fresh = {0};
    int patience = store_set_patience(tui->store, TAKE_PATIENCE_MS);
    enum status status =
        ballot_take(tui->store, whose->name, mode->code, whose->kiosk, &fresh, error);
    (void)store_set_patience(tui->store, patience);
    memory_replace(&mode->refused, NULL);
    if (status != STATUS_OK)
        return settle(mode, status, error);
    ballot_release(&mode->ballot);
    mode->ballot = fresh;
    memory_replace(&mode->code, fresh.code);
    return store_vote(tui->store, &mode->state, error); /* it counts this one, too */
}

/* A new vote turns the page; until it is there, the ballot of the one before stays in view. */
static enum status take_when_there_is_one(struct tui *tui, struct ballot_mode *mode,
                                          struct error *error)
{
    int64_t newest = mode->state.vote.id;
    bool has_it = mode->ballot.id && mode->ballot.vote.id == newest;
    bool asked = mode->refused && mode->asked_vote == newest;
    bool open = mode->state.vote.stage == VOTE_OPEN;
    if (newest && !has_it && !asked && (open || !mode->ballot.id))
        return take(tui, mode, error);
    return STATUS_OK;
}

/* --- reading ---------------------------------------------------------------------------------- */

static void add_waiting_line(struct ballot_mode *mode)
{
    struct buffer *line = &list_add_heading(&mode->list)->cells[0];
    if (mode->refused)
        buffer_add_format(line, "Not opened: %s. Enter types a code.", mode->refused);
    else
        buffer_add_text(line, "No vote is open. This page turns when one is.");
}

/* One reading: the marks lie on the moments that are shown with them. */
static enum status read_page(struct tui *tui, struct ballot_mode *mode, struct error *error)
{
    enum status status = store_read_begin(tui->store, error);
    if (status != STATUS_OK)
        return status;
    status = ballot_look(tui->store, &mode->ballot, error);
    if (status == STATUS_OK)
        status = ballot_rows_load(tui, &mode->list, &mode->rows, &mode->ballot, error);
    store_read_end(tui->store);
    return status;
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    enum status status = store_vote(tui->store, &mode->state, error);
    if (status != STATUS_OK)
        return status;
    status = take_when_there_is_one(tui, mode, error);
    if (status != STATUS_OK)
        return status;
    list->type = type_of(mode);
    if (!mode->ballot.id) {
        add_waiting_line(mode);
        return STATUS_OK;
    }
    status = read_page(tui, mode, error);
    /* that a ballot is not found closes no page: the file may be another for a moment */
    return status == STATUS_NOT_FOUND ? STATUS_FAILED : status;
}

static void look_ahead(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    ballot_rows_look_ahead(tui, list, &((struct ballot_mode *)list)->rows, row);
}

/* --- around them ------------------------------------------------------------------------------ */

static void write_head(struct tui *tui, struct ballot_mode *mode)
{
    const char *name = mode->ballot.id ? mode->ballot.name : tui->options->ballot->name;
    buffer_clear(&mode->title);
    buffer_clear(&mode->hint);
    buffer_clear(&mode->under);
    if (tui->board.title)
        buffer_add_format(&mode->title, "%s: ", tui->board.title);
    buffer_add_format(&mode->title, "your ballot, %s", name);
    if (mode->ballot.id && !tui->options->ballot->kiosk)
        buffer_add_format(&mode->hint, "code %s", mode->ballot.code);
    if (tui->board.why)
        buffer_add_format(&mode->under, "Why: %s", tui->board.why);
}

static void write_question(struct tui *tui, struct ballot_mode *mode)
{
    const char *noun = board_noun(&tui->board);
    long long spent = mode->ballot.spent, each = mode->ballot.vote.dots_each;
    buffer_clear(&mode->question);
    buffer_clear(&mode->spent);
    if (is_dots(mode)) {
        buffer_add_format(&mode->question, "Which matter most to the %s?", noun);
        buffer_add_format(&mode->spent, "%lld dots: %lld used, %lld left", each, spent,
                          each - spent);
    } else {
        buffer_add_format(&mode->question, "As the %s: miserable, neutral or magical?", noun);
        buffer_add_format(&mode->spent, "%lld of %zu rated", spent, (size_t)tui->meter.moments);
    }
}

static void write_foot(struct tui *tui, struct ballot_mode *mode)
{
    static const char *const stages[VOTE_STAGES] = {
        [VOTE_OPEN] = "Nobody sees yours until the facilitator shows everybody's together.",
        [VOTE_CLOSED] = "The vote is closed: ballots stay as they are. Everybody's are shown "
                        "together.",
        [VOTE_SHOWN] = "The vote is shown. Thank you. This page turns when the next one is open.",
    };
    bool open = mode->ballot.vote.stage == VOTE_OPEN;
    buffer_clear(&mode->foot);
    buffer_add_format(&mode->foot, "%s\n", stages[mode->ballot.vote.stage]);
    if (open)
        buffer_add_format(&mode->foot, "%lld of %lld have voted.%s ", (long long)mode->state.voted,
                          (long long)vote_expected(&mode->state),
                          mode->ballot.done ? " You are done." : "");
    if (open && !tui->options->ballot->kiosk)
        buffer_add_format(&mode->foot, "Line dropped? Come back with --code %s", mode->ballot.code);
}

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    (void)row;
    write_head(tui, mode);
    screen->title = buffer_text(&mode->title);
    screen->hint = buffer_text(&mode->hint);
    screen->under = mode->under.length ? buffer_text(&mode->under) : NULL;
    if (!mode->ballot.id)
        return;
    write_question(tui, mode);
    write_foot(tui, mode);
    screen->above = (size_t)mode->rows.held.above;
    screen->below = (size_t)mode->rows.held.below;
    screen->about = buffer_text(&mode->question);
    screen->about_more = buffer_text(&mode->spent);
    screen->foot = buffer_text(&mode->foot);
}

/* --- marking ---------------------------------------------------------------------------------- */

static void tell_saved(struct tui *tui, struct ballot_mode *mode, const struct list_row *row,
                       int64_t value)
{
    struct buffer mark = {0};
    ballot_add_mark(&mode->ballot, value, &mark);
    if (mark.length == 0)
        buffer_add_text(&mark, is_dots(mode) ? "No dot" : "No rating");
    buffer_add_format(&mark, " on %lld", (long long)mode->rows.held.window.moments[row->at].number);
    if (is_dots(mode))
        buffer_add_format(&mark, ", %lld left",
                          (long long)(mode->ballot.vote.dots_each - mode->ballot.spent));
    tui_say(tui, "%s. Saved. You can change it until the vote is closed.", buffer_text(&mark));
    buffer_release(&mark);
}

static void lay(struct tui *tui, struct list_mode *list, const struct list_row *row, int64_t dots)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    struct error error;
    int64_t now = mode->rows.held.marks[row->at] + dots;
    enum status status = ballot_lay(tui->store, &mode->ballot, row->id, dots, &error);
    list_reload(list);
    if (status == STATUS_OK)
        tell_saved(tui, mode, row, now);
    (void)tui_saved(tui, status, &error);
}

static void rate(struct tui *tui, struct list_mode *list, const struct list_row *row,
                 int64_t rating)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    struct error error;
    enum status status = ballot_rate(tui->store, &mode->ballot, row->id, rating, &error);
    list_reload(list);
    if (status == STATUS_OK)
        tell_saved(tui, mode, row, rating);
    (void)tui_saved(tui, status, &error);
}

static void lay_one(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    if (is_dots((struct ballot_mode *)list))
        lay(tui, list, row, +1);
    else
        tui_warn(tui, "This vote is on ratings: 1 miserable, 2 neutral, 3 magical, 0 none.");
}

static void take_one(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    if (is_dots((struct ballot_mode *)list))
        lay(tui, list, row, -1);
    else
        rate(tui, list, row, RATING_NONE);
}

/* --- going there ------------------------------------------------------------------------------ */

static enum status go_to_row(struct tui *tui, const char *text, void *data)
{
    struct ballot_mode *mode = data;
    return *text ? ballot_rows_go_to(tui, &mode->list, &mode->rows, text) : STATUS_OK;
}

static void ask_number(struct tui *tui, struct list_mode *list, const char *begun)
{
    const struct question question = {
        .label = "Go to number:", .initial = begun, .accept = go_to_row, .data = list};
    ask_open(tui, &question);
}

static void go_to(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)row;
    ask_number(tui, list, NULL);
}

/* A digit rates where that is what is asked, else a number begins with it. */
static void digit(struct tui *tui, struct list_mode *list, const struct list_row *row, int value)
{
    const char begun[] = {(char)('0' + value), '\0'};
    if (is_dots((struct ballot_mode *)list))
        ask_number(tui, list, begun);
    else if (value < RATINGS)
        rate(tui, list, row, value);
    else
        tui_warn(tui, "1 miserable, 2 neutral, 3 magical, 0 none. # goes to a number.");
}

#define DIGIT(value)                                                                               \
    static void digit_##value(struct tui *tui, struct list_mode *list, const struct list_row *row) \
    {                                                                                              \
        digit(tui, list, row, value);                                                              \
    }
DIGIT(0)
DIGIT(1)
DIGIT(2)
DIGIT(3)
DIGIT(4)
DIGIT(5)
DIGIT(6)
DIGIT(7)
DIGIT(8)
DIGIT(9)

static enum status search_titles(struct tui *tui, const char *text, void *data)
{
    struct ballot_mode *mode = data;
    if (*text == '\0')
        return STATUS_OK;
    memory_replace(&mode->rows.search, text);
    if (ballot_rows_find(tui, &mode->list, &mode->rows))
        return STATUS_OK;
    if (!tui->warning)
        tui_warn(tui, "Nothing here says \"%s\".", text);
    return STATUS_NOT_FOUND;
}

static void search(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct question question = {.label = "Search:", .accept = search_titles, .data = list};
    (void)row;
    ask_open(tui, &question);
}

static void next_hit(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    if (!mode->rows.search)
        search(tui, list, row);
    else
        (void)ballot_rows_find(tui, list, &mode->rows);
}

static void go_to_first(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)tui;
    (void)row;
    ballot_rows_jump(list, &((struct ballot_mode *)list)->rows, 0);
}

static void go_to_last(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)tui;
    (void)row;
    ballot_rows_jump(list, &((struct ballot_mode *)list)->rows, INT64_MAX);
}

/* --- the other keys --------------------------------------------------------------------------- */

static enum status accept_code(struct tui *tui, const char *text, void *data)
{
    struct ballot_mode *mode = data;
    (void)tui;
    memory_replace(&mode->code, *text ? text : NULL);
    memory_replace(&mode->refused, NULL);
    list_reload(&mode->list);
    return STATUS_OK;
}

/* Enter says that one is done; before there is a ballot, it types the code that is asked for. */
static void enter(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    const struct question question = {.label = "Code:", .accept = accept_code, .data = list};
    struct error error;
    (void)row;
    if (mode->refused) {
        ask_open(tui, &question);
    } else if (mode->ballot.id) {
        enum status status = ballot_say_done(tui->store, &mode->ballot, true, &error);
        list_reload(list);
        if (status == STATUS_OK)
            tui_say(tui, "You are done. You can still change it until the vote is closed.");
        (void)tui_saved(tui, status, &error);
    }
}

static void leave(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    (void)row;
    tui->quit = true;
}

static void stay(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    (void)row;
    tui_say_saved(tui, "All is saved. q leaves.");
}

static void help(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    static const char *const kinds[VOTE_KINDS] = {
        [0] = "The page turns by itself when a vote is open. q leaves.",
        [VOTE_DOTS] = ". Space a dot  , Backspace back  number goes there  / n search  Enter done",
        [VOTE_RATINGS] = "1 2 3 rate  0 none  # number goes there  / n search  Enter done",
    };
    const struct ballot_mode *mode = (const struct ballot_mode *)list;
    (void)row;
    tui_say(tui, "%s", kinds[mode->ballot.id ? mode->ballot.vote.kind : 0]);
}

static void release(struct list_mode *list)
{
    struct ballot_mode *mode = (struct ballot_mode *)list;
    buffer_release(&mode->title);
    buffer_release(&mode->hint);
    buffer_release(&mode->under);
    buffer_release(&mode->question);
    buffer_release(&mode->spent);
    buffer_release(&mode->foot);
    ballot_release(&mode->ballot);
    ballot_rows_release(&mode->rows);
    memory_free(mode->code);
    memory_free(mode->refused);
}

/* --- one type each for: no ballot yet, dots, ratings ------------------------------------------ */

enum { ON_ROW = LIST_ROW | LIST_WRITES };

/* clang-format off */
#define LEAVING_KEYS                                                                               \
    {"q", "Leave", 0, 0, leave}, {"C-c", NULL, 0, 0, leave}, {"Esc", NULL, 0, 0, stay},            \
    {"?", "Help", 0, 0, help}, {"F1", NULL, 0, 0, help}
#define GOING_KEYS                                                                                 \
    {"4", NULL, 0, LIST_ROW, digit_4}, {"5", NULL, 0, LIST_ROW, digit_5},                          \
    {"6", NULL, 0, LIST_ROW, digit_6}, {"7", NULL, 0, LIST_ROW, digit_7},                          \
    {"8", NULL, 0, LIST_ROW, digit_8}, {"9", NULL, 0, LIST_ROW, digit_9},                          \
    {"#", "Go to", 2, LIST_ROW, go_to}, {"/", "Search", 3, LIST_ROW, search},                      \
    {"n", NULL, 0, LIST_ROW, next_hit}, {"Enter", "Done", 1, 0, enter},                            \
    {"g", NULL, 0, 0, go_to_first}, {"Home", NULL, 0, 0, go_to_first},                             \
    {"G", NULL, 0, 0, go_to_last}, {"End", NULL, 0, 0, go_to_last}
/* clang-format on */

static const struct list_key waiting_keys[] = {{"Enter", NULL, 0, 0, enter}, LEAVING_KEYS};
static const struct list_key dots_keys[] = {
    {".", "Dot", 0, ON_ROW, lay_one},
    {"Space", NULL, 0, ON_ROW, lay_one},
    {",", "Take back", 0, ON_ROW, take_one},
    {"Backspace", NULL, 0, ON_ROW, take_one},
    {"0", NULL, 0, LIST_ROW, digit_0},
    {"1", NULL, 0, LIST_ROW, digit_1},
    {"2", NULL, 0, LIST_ROW, digit_2},
    {"3", NULL, 0, LIST_ROW, digit_3},
    GOING_KEYS,
    LEAVING_KEYS,
};
static const struct list_key ratings_keys[] = {
    {"1", "Miserable", 0, ON_ROW, digit_1},
    {"2", "Neutral", 0, ON_ROW, digit_2},
    {"3", "Magical", 0, ON_ROW, digit_3},
    {"0", "None", 1, ON_ROW, digit_0},
    {",", NULL, 0, ON_ROW, take_one},
    {"Backspace", NULL, 0, ON_ROW, take_one},
    {".", NULL, 0, ON_ROW, lay_one},
    {"Space", NULL, 0, ON_ROW, lay_one},
    GOING_KEYS,
    LEAVING_KEYS,
};

#define TYPE(its_keys)                                                                             \
    {                                                                                              \
        .title = "Your ballot", .empty = "There is no moment on this board yet.",                  \
        .columns = ballot_columns, .column_count = BALLOT_COLUMNS, .keys = (its_keys),             \
        .key_count = sizeof(its_keys) / sizeof *(its_keys), .load = load,                          \
        .look_ahead = look_ahead, .describe = describe, .release = release                         \
    }
static const struct list_type types[VOTE_KINDS] = {
    [0] = TYPE(waiting_keys), [VOTE_DOTS] = TYPE(dots_keys), [VOTE_RATINGS] = TYPE(ratings_keys)};

static const struct list_type *type_of(const struct ballot_mode *mode)
{
    return &types[mode->ballot.id ? mode->ballot.vote.kind : 0];
}

void ballot_open(struct tui *tui)
{
    struct ballot_mode *mode = memory_new(1, sizeof *mode);
    mode->code = memory_copy(tui->options->ballot->code);
    list_open(tui, &mode->list, &types[0]);
}
