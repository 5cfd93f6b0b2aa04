/* The terminal's room, driven through a real one: a small program says in cells what it was given.
 */
#include "pty.h"
#include "touchline/memory.h"
#include "touchline/term.h"
#include <fcntl.h>
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* --- the program on the terminal -------------------------------------------------------------- */

/* How it is started. */
struct script {
    enum term_colour colour;
    enum term_theme theme;
    bool no_mouse, ascii;
    int escape_ms;
    int watch;   /* a descriptor to watch; 0: none */
    bool nobody; /* input is /dev/null */
};

/* Row 0 says what came last, row 1 what kind of terminal this is; rows 2 and 3 are there to be
 * looked at, the last one counts events and drawings. */
struct shown {
    struct term *term;
    const struct script *script;
    int events, drawings;
    char line[256], result[256];
};

static void set_text(struct frame *frame, int row, const char *text, struct style style)
{
    for (int column = 0; row < frame->rows && text[column] != '\0' && column < frame->columns;
         column++)
        frame->cells[row * frame->columns + column] =
            (struct cell){.points = {(unsigned char)text[column]}, .style = style, .columns = 1};
}

static void fill_frame(struct shown *shown, struct frame *frame)
{
    char line[256];
    const char *notice = term_notice(shown->term);
    set_text(frame, 2, "quiet", (struct style){.role = ROLE_QUIET});
    set_text(frame, 3, "card", (struct style){.role = ROLE_CARD, .colour = 153});
    set_text(frame, 5, "                              one below",
             (struct style){.role = ROLE_TEXT});
    set_text(frame, 6, "                              the other",
             (struct style){.role = ROLE_TEXT});
    set_text(frame, 0, shown->line, (struct style){.role = ROLE_TEXT});
    set_text(frame, 4, shown->result, (struct style){.role = ROLE_TEXT});
    (void)snprintf(line, sizeof line, "%s%s%s %s", term_mono(shown->term) ? "mono " : "",
                   term_ascii(shown->term) ? "ascii " : "",
                   term_has_mouse(shown->term) ? "mouse " : "", notice != NULL ? notice : "");
    set_text(frame, 1, line, (struct style){.role = ROLE_TEXT});
    (void)snprintf(line, sizeof line, "%d events %d drawings %dx%d.", shown->events,
                   shown->drawings, frame->rows, frame->columns);
    set_text(frame, frame->rows - 1, line, (struct style){.role = ROLE_BAR});
}

static void draw(struct shown *shown)
{
    struct frame frame = {.mono = term_mono(shown->term)};
    term_size(shown->term, &frame.rows, &frame.columns);
    size_t count = (size_t)frame.rows * (size_t)frame.columns;
    frame.cells = memory_new(count, sizeof *frame.cells);
    for (size_t i = 0; i < count; i++)
        frame.cells[i] = (struct cell){.points = {' '}, .columns = 1};
    shown->drawings++;
    fill_frame(shown, &frame);
    term_show(shown->term, &frame);
    memory_free(frame.cells);
}

static void describe(struct shown *shown, const struct event *event)
{
    static const char *const acts[] = {"press", "release", "double", "drag", "up", "down"};
    char spelling[32];
    shown->events++;
    key_format(event->key, spelling, sizeof spelling);
    if (event->key.code == K_MOUSE)
        (void)snprintf(shown->line, sizeof shown->line, "mouse %s %d %d", acts[event->mouse.act],
                       event->mouse.row, event->mouse.column);
    else if (event->key.code == K_PASTE)
        (void)snprintf(shown->line, sizeof shown->line, "paste %zu '%.40s'", strlen(event->paste),
                       event->paste);
    else if (event->key.code == K_RESIZE)
        (void)snprintf(shown->line, sizeof shown->line, "resize");
    else if (event->key.code == K_FOCUS_IN || event->key.code == K_FOCUS_OUT)
        (void)snprintf(shown->line, sizeof shown->line, "focus");
    else
        (void)snprintf(shown->line, sizeof shown->line, "key %s.", spelling);
}

static void suspend(struct shown *shown)
{
    term_suspend(shown->term);
}

static void edit(struct shown *shown)
{
    char program[] = "test -t 0 && test -t 1 && printf 'in the editor'; read line; exit 3";
    char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, program, NULL};
    struct error error;
    int how = 0;
    if (term_run(shown->term, argv, &how, &error) == STATUS_OK)
        (void)snprintf(shown->result, sizeof shown->result, "editor ended with %d", how);
}

static void edit_with_nothing(struct shown *shown)
{
    char *argv[] = {(char[]){"no-such-editor"}, NULL};
    struct error error;
    int how = 0;
    if (term_run(shown->term, argv, &how, &error) == STATUS_FAILED)
        (void)snprintf(shown->result, sizeof shown->result, "%.200s", error.text);
}

static void edit_and_fall(struct shown *shown)
{
    char *argv[] = {(char[]){"sh"}, (char[]){"-c"}, (char[]){"kill -9 $$"}, NULL};
    struct error error;
    int how = 0;
    if (term_run(shown->term, argv, &how, &error) == STATUS_OK)
        (void)snprintf(shown->result, sizeof shown->result, "editor ended with %d", how);
}

static void copy(struct shown *shown)
{
    static char much[80000];
    bool sent = term_copy(shown->term, "hello", 5);
    bool too_much = term_copy(shown->term, much, sizeof much);
    (void)snprintf(shown->result, sizeof shown->result, "copied %d %d", sent, too_much);
}

static void poll_once(struct shown *shown)
{
    struct event event;
    enum term_wait wait = term_read(shown->term, &event, NULL, 0, 0);
    (void)snprintf(shown->result, sizeof shown->result, "%s",
                   wait == TERM_TIMEOUT ? "nothing came" : "something came");
}

static void switch_mouse(struct shown *shown)
{
    term_set_mouse(shown->term, !term_has_mouse(shown->term));
}

static void redraw(struct shown *shown)
{
    term_redraw(shown->term);
}

/* More than a terminal takes that nobody reads from. */
static void flood(struct shown *shown)
{
    for (int i = 0; i < 1000; i++) {
        term_redraw(shown->term);
        draw(shown);
    }
}

static void beep(struct shown *shown)
{
    term_beep(shown->term);
}

static void run_out_of_memory(struct shown *shown)
{
    (void)shown;
    term_rescue();
    _exit(1);
}

static void crash(struct shown *shown)
{
    (void)shown;
    (void)raise(SIGSEGV);
}

static const struct {
    uint32_t key;
    void (*act)(struct shown *shown);
} acts_on[] = {{'z', suspend}, {'e', edit},      {'n', edit_with_nothing}, {'k', edit_and_fall},
               {'y', copy},    {'t', poll_once}, {'M', switch_mouse},      {'r', redraw},
               {'b', beep},    {'f', flood},     {'m', run_out_of_memory}, {'x', crash}};

/* False when it is to end. */
static bool act_on(struct shown *shown, const struct event *event)
{
    if (event->key.code != K_CHAR || event->key.modifiers != 0)
        return true;
    for (size_t i = 0; i < COUNT(acts_on); i++)
        if (acts_on[i].key == event->key.point)
            acts_on[i].act(shown);
    return event->key.point != 'q';
}

/* True when somebody has asked for the end. */
static bool run_loop(struct shown *shown)
{
    struct event event;
    int watch = shown->script->watch;
    char byte;
    for (bool more = true; more;) {
        if (!term_pending(shown->term))
            draw(shown);
        enum term_wait wait = term_read(shown->term, &event, &watch, watch > 0 ? 1 : 0, -1);
        if (wait == TERM_WATCH) {
            (void)snprintf(shown->line, sizeof shown->line, "watched %zd", read(watch, &byte, 1));
            continue;
        }
        if (wait == TERM_READY)
            continue;
        if (wait != TERM_EVENT)
            return false;
        describe(shown, &event);
        memory_free(event.paste);
        more = act_on(shown, &event);
    }
    return true;
}

static int play(void *data)
{
    const struct script *script = data;
    struct shown shown = {.script = script, .line = "ready"};
    struct term_options options = {.input = STDIN_FILENO,
                                   .output = STDOUT_FILENO,
                                   .type = getenv("TERM"),
                                   .colour = script->colour,
                                   .theme = script->theme,
                                   .ascii = script->ascii,
                                   .mouse = !script->no_mouse,
                                   .escape_ms = script->escape_ms};
    struct error error;
    (void)setlocale(LC_CTYPE, "");
    if (script->nobody)
        options.input = open("/dev/null", O_RDONLY);
    if (term_open(&shown.term, &options, &error) != STATUS_OK) {
        printf("%s\n", error.text);
        return status_exit_code(error.status);
    }
    bool asked = run_loop(&shown);
    term_close(shown.term);
    if (asked)
        puts("back in the shell");
    return 0;
}

/* --- help for tests --------------------------------------------------------------------------- */

static struct script plain;

static struct pty *start_with(const struct pty_options *options, struct script *script)
{
    struct pty *pty = pty_start_function(options, play, script);
    pty_wait_text(pty, "ready");
    pty_wait_text(pty, "drawings");
    return pty;
}

static struct pty *start(void)
{
    return start_with(NULL, &plain);
}

static void quit(struct pty *pty)
{
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

static bool has_sent(struct pty *pty, const char *bytes)
{
    size_t length;
    const char *output = pty_output(pty, &length);
    return memmem(output, length, bytes, strlen(bytes)) != NULL;
}

struct wanted {
    const char *bytes;
};

static bool sends(struct pty *pty, void *data)
{
    const struct wanted *wanted = data;
    return has_sent(pty, wanted->bytes);
}

static void wait_for_bytes(struct pty *pty, const char *bytes)
{
    struct wanted wanted = {bytes};
    pty_wait_until(pty, bytes, sends, &wanted);
}

/* --- size ------------------------------------------------------------------------------------- */

static void each_size_is_known_from_the_start(void **state)
{
    (void)state;
    static const int sizes[][2] = {{24, 80}, {10, 40}, {60, 200}, {100, 300}, {300, 500}};
    for (size_t i = 0; i < COUNT(sizes); i++) {
        char wanted[32];
        struct pty_options options = {.rows = sizes[i][0], .columns = sizes[i][1]};
        struct pty *pty = pty_start_function(&options, play, &plain);
        (void)snprintf(wanted, sizeof wanted, " %dx%d.", sizes[i][0], sizes[i][1]);
        pty_wait_row(pty, sizes[i][0] - 1, wanted);
        quit(pty);
        pty_stop(pty);
    }
}

/* LINES and COLUMNS are what the terminal was, not what it is. */
static void the_size_is_the_terminals_own(void **state)
{
    (void)state;
    struct pty_options options = {
        .rows = 30, .environment = (const char *const[]){"LINES=9", "COLUMNS=9", NULL}};
    struct pty *pty = start_with(&options, &plain);
    pty_wait_row(pty, 29, "30x80.");
    quit(pty);
}

static void each_of_sixty_resizes_arrives(void **state)
{
    (void)state;
    struct pty *pty = start();
    char wanted[32];
    for (int i = 0; i < 60; i++) {
        int rows = 10 + i % 7, columns = 60 + i;
        pty_resize(pty, rows, columns);
        (void)snprintf(wanted, sizeof wanted, " %dx%d.", rows, columns);
        pty_wait_row(pty, rows - 1, wanted);
    }
    quit(pty);
}

static void of_sixty_resizes_at_once_the_last_is_shown(void **state)
{
    (void)state;
    struct pty *pty = start();
    for (int i = 0; i < 60; i++)
        pty_resize(pty, 12 + i % 9, 50 + i);
    pty_wait_row(pty, 12 + 59 % 9 - 1, " 17x109.");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 2), "quiet");
    quit(pty);
}

static void no_size_at_all_is_survived(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_resize(pty, 1, 1);
    pty_resize(pty, 0, 0);
    pty_resize(pty, 2, 70);
    pty_wait_row(pty, 1, " 2x70.");
    pty_resize(pty, 24, 80);
    pty_wait_row(pty, 23, " 24x80.");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 3), "card");
    quit(pty);
}

/* The tty must not make two of a line feed. */
static void what_is_sent_is_not_touched_on_the_way(void **state)
{
    (void)state;
    struct pty *pty = start();
    int row, column;
    pty_settle(pty);
    assert_true(pty_find(pty, "one below", &row, &column));
    assert_int_equal(row, 5);
    assert_int_equal(column, 30);
    assert_true(pty_find(pty, "the other", &row, &column));
    assert_int_equal(row, 6);
    assert_int_equal(column, 30);
    quit(pty);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void keys_arrive_as_they_are_spelt(void **state)
{
    (void)state;
    static const char *const keys[] = {
        "j",    "J",    "C-r",   "Space",   "Enter",   "Tab",       "S-Tab",   "Up",
        "Down", "Left", "Right", "S-Left",  "S-Right", "C-Left",    "C-Right", "Home",
        "End",  "PgUp", "PgDn",  "Insert",  "Delete",  "Backspace", "F1",      "F5",
        "F12",  "A-f",  "A-b",   "C-Space", "C-l",     "Esc"};
    struct pty *pty = start();
    char wanted[64];
    for (size_t i = 0; i < COUNT(keys); i++) {
        pty_keys(pty, keys[i]);
        (void)snprintf(wanted, sizeof wanted, "key %s.", keys[i]);
        pty_wait_row(pty, 0, wanted);
    }
    quit(pty);
}

/* With a patience of a minute, nothing but the rest of the sequence can end the wait. */
static void a_split_sequence_is_one_key(void **state)
{
    (void)state;
    struct script script = {.escape_ms = 60000};
    struct pty *pty = start_with(NULL, &script);
    pty_text(pty, "\033");
    pty_settle(pty);
    pty_text(pty, "[");
    pty_settle(pty);
    pty_text(pty, "A");
    pty_wait_row(pty, 0, "key Up.");
    pty_text(pty, "\033");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 0), "key Up.");
    pty_text(pty, "f");
    pty_wait_row(pty, 0, "key A-f.");
    pty_wait_row(pty, 23, "2 events");
    quit(pty);
}

static void a_lone_escape_comes_by_itself(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_text(pty, "\033");
    pty_wait_row(pty, 0, "key Esc.");
    pty_text(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    quit(pty);
}

static void a_queue_of_keys_is_drawn_once(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    pty_text(pty, "jjjjjjjjjjjjjjjjjjjjjjjjj");
    pty_wait_row(pty, 23, "25 events 2 drawings");
    quit(pty);
}

/* --- pastes, mouse ---------------------------------------------------------------------------- */

static void a_paste_is_one_event(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_paste(pty, "one\rtwo\033[31m\007");
    pty_wait_row(pty, 0, "paste 11 'one");
    pty_settle(pty);
    assert_non_null(strstr(pty_row(pty, 23), "1 events"));
    quit(pty);
}

static void a_long_paste_is_one_event_too(void **state)
{
    (void)state;
    static char text[(1 << 20) + 1];
    struct pty *pty = start();
    memset(text, 'x', sizeof text - 1);
    pty_paste(pty, text);
    pty_wait_row(pty, 0, "paste 1048576 'xxx");
    assert_non_null(strstr(pty_row(pty, 23), "1 events"));
    quit(pty);
}

static void the_mouse_presses_drags_and_wheels(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_press(pty, 5, 7);
    pty_wait_row(pty, 0, "mouse press 5 7");
    pty_release(pty, 5, 7);
    pty_wait_row(pty, 0, "mouse release 5 7");
    pty_press(pty, 5, 9);
    pty_wait_row(pty, 0, "mouse press 5 9");
    pty_send(pty, "\033[<32;12;8M", 11);
    pty_wait_row(pty, 0, "mouse drag 7 11");
    pty_wheel(pty, true, 3, 4);
    pty_wait_row(pty, 0, "mouse up 3 4");
    pty_wheel(pty, false, 3, 4);
    pty_wait_row(pty, 0, "mouse down 3 4");
    quit(pty);
}

static void a_double_click_is_told(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_text(pty, "\033[<0;5;5M\033[<0;5;5m\033[<0;5;5M");
    pty_wait_row(pty, 0, "mouse double 4 4");
    quit(pty);
}

static void wheels_sideways_and_other_buttons_do_nothing(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_text(pty, "\033[<66;5;5M\033[<67;5;5M\033[<2;5;5M\033[<2;5;5m\033[<1;5;5M");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 0), "ready");
    quit(pty);
}

static void the_mouse_can_be_switched_off_and_on(void **state)
{
    (void)state;
    struct script script = {.no_mouse = true};
    struct pty *pty = start_with(NULL, &script);
    assert_false(has_sent(pty, "\033[?1000h"));
    pty_click(pty, 5, 7);
    pty_keys(pty, "j");
    pty_wait_row(pty, 23, "1 events");
    assert_string_equal(pty_row(pty, 0), "key j.");
    pty_keys(pty, "M");
    pty_wait_row(pty, 1, "mouse");
    pty_press(pty, 5, 9);
    pty_wait_row(pty, 0, "mouse press 5 9");
    pty_keys(pty, "M");
    wait_for_bytes(pty, "\033[?1000l");
    quit(pty);
}

/* --- kinds of terminals ----------------------------------------------------------------------- */

static const struct kind {
    const char *term;
    bool mono, mouse;
    const char *notice;
    int card_fill;
} kinds[] = {
    {"xterm", false, true, "", 4},
    {"xterm-256color", false, true, "", 153},
    {"screen", false, true, "", 4},
    {"screen-256color", false, true, "", 153},
    {"tmux-256color", false, true, "", 153},
    {"linux", false, true, "", 4},
    {"vt100", true, false, "", -1},
    {"rxvt", false, true, "", 4},
    {"no-such-terminal", false, true, "Unknown terminal 'no-such-terminal': going on as", 153},
    {"", false, true, "TERM is not set: going on as xterm-256color", 153},
};

static void look_at_kind(const struct kind *kind)
{
    struct pty_options options = {.term = kind->term};
    struct pty *pty = start_with(&options, &plain);
    pty_settle(pty);
    assert_non_null(strstr(pty_row(pty, 1), kind->notice));
    assert_int_equal(strstr(pty_row(pty, 1), "mono") != NULL, kind->mono);
    assert_int_equal(strstr(pty_row(pty, 1), "mouse") != NULL, kind->mouse);
    assert_int_equal(pty_cell(pty, 3, 0).fill, kind->card_fill);
    pty_keys(pty, "Up");
    pty_wait_row(pty, 0, "key Up.");
    pty_keys(pty, "F2");
    pty_wait_row(pty, 0, "key F2.");
    pty_resize(pty, 20, 70);
    pty_wait_row(pty, 19, "20x70.");
    quit(pty);
    pty_stop(pty);
}

static void every_kind_of_terminal_works(void **state)
{
    (void)state;
    for (size_t i = 0; i < COUNT(kinds); i++)
        look_at_kind(&kinds[i]);
}

static void what_cannot_be_a_screen_is_refused(void **state)
{
    (void)state;
    struct script nobody = {.nobody = true};
    struct pty_options dumb = {.term = "dumb"};
    struct pty *pty = pty_start_function(&dumb, play, &plain);
    assert_int_equal(pty_wait_exit(pty), 2);
    assert_true(pty_find(pty, "cannot place its cursor", NULL, NULL));
    pty = pty_start_function(NULL, play, &nobody);
    assert_int_equal(pty_wait_exit(pty), 2);
    assert_true(pty_find(pty, "needs a terminal", NULL, NULL));
}

static void no_color_means_none(void **state)
{
    (void)state;
    struct pty_options options = {.environment = (const char *const[]){"NO_COLOR=1", NULL}};
    struct script always = {.colour = TERM_COLOUR_ALWAYS}, never = {.colour = TERM_COLOUR_NEVER};
    struct pty *pty = start_with(&options, &plain);
    pty_wait_row(pty, 1, "mono");
    assert_int_equal(pty_cell(pty, 3, 0).fill, -1);
    quit(pty);
    pty = start_with(&options, &always);
    assert_int_equal(pty_cell(pty, 3, 0).fill, 153);
    quit(pty);
    pty = start_with(NULL, &never);
    pty_wait_row(pty, 1, "mono");
    quit(pty);
}

static void a_plain_locale_means_ascii(void **state)
{
    (void)state;
    struct pty_options options = {.locale = "C"};
    struct pty *pty = start_with(&options, &plain);
    pty_wait_row(pty, 1, "ascii");
    quit(pty);
}

/* --- dark and light --------------------------------------------------------------------------- */

static void the_terminal_is_asked_for_its_ground(void **state)
{
    (void)state;
    struct pty *pty = start();
    assert_true(has_sent(pty, "\033]11;?\033\\"));
    pty_settle(pty);
    assert_int_equal(pty_cell(pty, 2, 0).ink, 248);
    pty_text(pty, "\033]11;rgb:ffff/ffff/ffff\033\\");
    pty_settle(pty);
    assert_int_equal(pty_cell(pty, 2, 0).ink, 240);
    assert_string_equal(pty_row(pty, 0), "ready"); /* the answer is no key */
    assert_non_null(strstr(pty_row(pty, 23), "0 events 1 drawings"));
    quit(pty);
}

static void the_environment_may_tell_the_ground(void **state)
{
    (void)state;
    static const struct {
        const char *value;
        int ink;
    } table[] = {{"COLORFGBG=0;15", 240}, {"COLORFGBG=0;default;7", 240}, {"COLORFGBG=15;0", 248},
                 {"COLORFGBG=15;8", 248}, {"COLORFGBG=0;default", 248},   {"COLORFGBG=", 248}};
    for (size_t i = 0; i < COUNT(table); i++) {
        const char *const environment[] = {table[i].value, NULL};
        struct pty_options options = {.environment = environment};
        struct pty *pty = start_with(&options, &plain);
        assert_int_equal(pty_cell(pty, 2, 0).ink, table[i].ink);
        quit(pty);
        pty_stop(pty);
    }
}

static void a_theme_that_was_chosen_asks_nobody(void **state)
{
    (void)state;
    struct script script = {.theme = TERM_THEME_PROJECTOR};
    struct pty *pty = start_with(NULL, &script);
    pty_settle(pty);
    assert_false(has_sent(pty, "\033]11;?"));
    assert_int_equal(pty_cell(pty, 10, 40).fill, 231);
    assert_int_equal(pty_cell(pty, 2, 0).ink, 16);
    quit(pty);
}

/* --- waiting ---------------------------------------------------------------------------------- */

static void idle_costs_nothing(void **state)
{
    (void)state;
    size_t before, after;
    struct pty *pty = start();
    pty_keys(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    pty_settle(pty);
    (void)pty_output(pty, &before);
    assert_true(pty_sleeps_for_ever(pty));
    (void)pty_output(pty, &after);
    assert_int_equal(before, after);
    quit(pty);
}

static void a_watched_descriptor_ends_the_wait(void **state)
{
    (void)state;
    int ends[2];
    assert_int_equal(pipe(ends), 0);
    struct script script = {.watch = ends[0]};
    struct pty *pty = start_with(NULL, &script);
    pty_settle(pty);
    assert_int_equal(write(ends[1], "x", 1), 1);
    pty_wait_row(pty, 0, "watched 1");
    pty_keys(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    quit(pty);
    (void)close(ends[0]);
    (void)close(ends[1]);
}

static void no_time_to_wait_means_a_look(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_keys(pty, "t");
    pty_wait_row(pty, 4, "nothing came");
    quit(pty);
}

/* --- leaving ---------------------------------------------------------------------------------- */

/* All modes undone, the screen given back. */
static void assert_given_back(struct pty *pty)
{
    static const char *const undone[] = {"\033[?1006l", "\033[?1002l", "\033[?1000l",
                                         "\033[?1004l", "\033[?2004l", "\033[?1049l",
                                         "\033[?25h",   "\033[m",      "\033[?1l\033>"};
    int row, column;
    bool visible;
    for (size_t i = 0; i < COUNT(undone); i++)
        if (!has_sent(pty, undone[i]))
            fail_msg("not sent at the end: ESC%s", undone[i] + 1);
    pty_cursor(pty, &row, &column, &visible);
    assert_true(visible);
    assert_false(pty_on_alternate_screen(pty));
}

static void quitting_gives_the_terminal_back(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    assert_true(pty_on_alternate_screen(pty));
    pty_forget_output(pty);
    quit(pty);
    assert_given_back(pty);
    assert_true(pty_find(pty, "back in the shell", NULL, NULL));
}

static void signals_that_end_give_the_terminal_back(void **state)
{
    (void)state;
    static const int numbers[] = {SIGTERM, SIGHUP, SIGINT};
    for (size_t i = 0; i < COUNT(numbers); i++) {
        struct pty *pty = start();
        pty_settle(pty);
        pty_forget_output(pty);
        pty_signal(pty, numbers[i]);
        assert_int_equal(pty_wait_exit(pty), 0);
        assert_given_back(pty);
        pty_stop(pty);
    }
}

static void faults_give_the_terminal_back_and_still_fail(void **state)
{
    (void)state;
    static const int numbers[] = {SIGABRT, SIGBUS, SIGFPE, SIGQUIT};
    struct pty *pty = start();
    pty_forget_output(pty);
    pty_keys(pty, "x");
    assert_int_not_equal(pty_wait_exit(pty), 0);
    assert_given_back(pty);
    for (size_t i = 0; i < COUNT(numbers); i++) {
        pty_stop(pty);
        pty = start();
        pty_forget_output(pty);
        pty_signal(pty, numbers[i]);
        assert_int_not_equal(pty_wait_exit(pty), 0);
        assert_given_back(pty);
    }
}

static void without_memory_the_terminal_is_given_back(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_forget_output(pty);
    pty_keys(pty, "m");
    assert_int_equal(pty_wait_exit(pty), 1);
    assert_given_back(pty);
}

static void a_dropped_line_ends_it(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty), 0);
}

static int play_deaf(void *data)
{
    (void)signal(SIGHUP, SIG_IGN);
    return play(data);
}

static void a_dropped_line_ends_it_even_when_hang_ups_are_ignored(void **state)
{
    (void)state;
    struct pty *pty = pty_start_function(NULL, play_deaf, &plain);
    pty_wait_text(pty, "drawings");
    pty_hang_up(pty);
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* A reader that takes nothing: the program sleeps in its write, and can be ended there. */
static void a_stalled_line_does_not_keep_it_from_ending(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_text(pty, "f");
    pty_wait_stalled(pty);
    pty_signal(pty, SIGTERM);
    assert_int_equal(pty_wait_exit_unread(pty), 0);
}

static void a_fault_on_a_stalled_line_ends_it_too(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_text(pty, "f");
    pty_wait_stalled(pty);
    pty_signal(pty, SIGABRT);
    assert_int_equal(pty_wait_exit_unread(pty), 128 + SIGABRT);
}

/* --- away and back ---------------------------------------------------------------------------- */

static void it_stops_and_comes_back(void **state)
{
    (void)state;
    struct pty_options options = {.job = true};
    struct pty *pty = start_with(&options, &plain);
    pty_settle(pty);
    pty_forget_output(pty);
    pty_keys(pty, "z");
    pty_wait_text(pty, "[stopped]");
    assert_given_back(pty);
    pty_forget_output(pty);
    pty_text(pty, "fg\r");
    pty_wait_text(pty, "resize");
    pty_wait_text(pty, "2 events");
    assert_true(pty_on_alternate_screen(pty));
    assert_true(has_sent(pty, "\033[?2004h"));
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 3), "card");
    pty_keys(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    quit(pty);
}

static void a_stop_from_outside_is_one_too(void **state)
{
    (void)state;
    struct pty_options options = {.job = true};
    struct pty *pty = start_with(&options, &plain);
    pty_settle(pty);
    pty_forget_output(pty);
    pty_signal(pty, SIGTSTP);
    pty_wait_text(pty, "[stopped]");
    assert_given_back(pty);
    pty_resize(pty, 20, 60);
    pty_text(pty, "fg\r");
    pty_wait_row(pty, 19, "20x60.");
    quit(pty);
}

/* SIGSTOP asks nobody: on its return everything is set and painted again. */
static void a_stop_that_asks_nobody_is_mended(void **state)
{
    (void)state;
    struct pty_options options = {.job = true};
    struct pty *pty = start_with(&options, &plain);
    pty_settle(pty);
    pty_signal(pty, SIGSTOP);
    pty_wait_text(pty, "[stopped]");
    pty_text(pty, "fg\r");
    pty_wait_row(pty, 0, "resize");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 3), "card");
    assert_false(pty_find(pty, "[stopped]", NULL, NULL));
    quit(pty);
}

/* No job control: the stop does not happen, and nothing is lost. */
static void where_nothing_can_stop_it_goes_on(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_keys(pty, "z");
    pty_wait_row(pty, 0, "resize");
    quit(pty);
}

static void an_editor_gets_the_terminal_as_it_was(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    pty_forget_output(pty);
    pty_keys(pty, "e");
    pty_wait_text(pty, "in the editor");
    assert_given_back(pty);
    pty_text(pty, "line\r");
    pty_wait_row(pty, 4, "editor ended with 3");
    pty_keys(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    quit(pty);
}

static void an_editor_that_falls_or_is_not_there_is_told(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_keys(pty, "k");
    pty_wait_row(pty, 4, "editor ended with 137");
    pty_keys(pty, "n");
    pty_wait_row(pty, 4, "cannot run 'no-such-editor': No such file or directory");
    quit(pty);
}

/* C-c in the editor is for the editor alone. */
static void an_editors_control_c_does_not_end_the_board(void **state)
{
    (void)state;
    struct pty_options options = {.job = true};
    struct pty *pty = start_with(&options, &plain);
    pty_keys(pty, "e");
    pty_wait_text(pty, "in the editor");
    pty_text(pty, "\003");
    pty_wait_row(pty, 4, "editor ended with 130");
    pty_keys(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    quit(pty);
}

/* Between its modes and an editor's, C-c makes signals; whenever one comes, nothing ends. */
static void control_c_around_an_editor_ends_nothing(void **state)
{
    (void)state;
    struct pty *pty = start();
    for (int i = 0; i < 50; i++)
        pty_text(pty, "n\003k\003");
    pty_settle(pty);
    pty_keys(pty, "j");
    pty_wait_row(pty, 0, "key j.");
    quit(pty);
}

/* --- small things ----------------------------------------------------------------------------- */

static void text_goes_to_the_clipboard(void **state)
{
    (void)state;
    struct pty_options vt100 = {.term = "vt100"};
    struct pty *pty = start();
    pty_keys(pty, "y");
    pty_wait_row(pty, 4, "copied 1 0");
    assert_true(has_sent(pty, "\033]52;c;aGVsbG8=\a"));
    quit(pty);
    pty = start_with(&vt100, &plain);
    pty_keys(pty, "y");
    pty_wait_row(pty, 4, "copied 0 0");
    quit(pty);
}

static void it_can_beep(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_forget_output(pty);
    pty_keys(pty, "b");
    wait_for_bytes(pty, "\a");
    quit(pty);
}

static void a_redraw_mends_a_spoilt_screen(void **state)
{
    (void)state;
    struct pty *pty = start();
    pty_settle(pty);
    pty_forget_output(pty);
    pty_keys(pty, "r");
    wait_for_bytes(pty, "\033[2J");
    pty_settle(pty);
    assert_string_equal(pty_row(pty, 3), "card");
    quit(pty);
}

int main(void)
{
#define TEST(function) cmocka_unit_test_teardown(function, pty_teardown)
    const struct CMUnitTest tests[] = {
        TEST(each_size_is_known_from_the_start),
        TEST(the_size_is_the_terminals_own),
        TEST(each_of_sixty_resizes_arrives),
        TEST(of_sixty_resizes_at_once_the_last_is_shown),
        TEST(no_size_at_all_is_survived),
        TEST(what_is_sent_is_not_touched_on_the_way),
        TEST(keys_arrive_as_they_are_spelt),
        TEST(a_split_sequence_is_one_key),
        TEST(a_lone_escape_comes_by_itself),
        TEST(a_queue_of_keys_is_drawn_once),
        TEST(a_paste_is_one_event),
        TEST(a_long_paste_is_one_event_too),
        TEST(the_mouse_presses_drags_and_wheels),
        TEST(a_double_click_is_told),
        TEST(wheels_sideways_and_other_buttons_do_nothing),
        TEST(the_mouse_can_be_switched_off_and_on),
        TEST(every_kind_of_terminal_works),
        TEST(what_cannot_be_a_screen_is_refused),
        TEST(no_color_means_none),
        TEST(a_plain_locale_means_ascii),
        TEST(the_terminal_is_asked_for_its_ground),
        TEST(the_environment_may_tell_the_ground),
        TEST(a_theme_that_was_chosen_asks_nobody),
        TEST(idle_costs_nothing),
        TEST(a_watched_descriptor_ends_the_wait),
        TEST(no_time_to_wait_means_a_look),
        TEST(quitting_gives_the_terminal_back),
        TEST(signals_that_end_give_the_terminal_back),
        TEST(faults_give_the_terminal_back_and_still_fail),
        TEST(without_memory_the_terminal_is_given_back),
        TEST(a_dropped_line_ends_it),
        TEST(a_dropped_line_ends_it_even_when_hang_ups_are_ignored),
        TEST(a_stalled_line_does_not_keep_it_from_ending),
        TEST(a_fault_on_a_stalled_line_ends_it_too),
        TEST(it_stops_and_comes_back),
        TEST(a_stop_from_outside_is_one_too),
        TEST(a_stop_that_asks_nobody_is_mended),
        TEST(where_nothing_can_stop_it_goes_on),
        TEST(an_editor_gets_the_terminal_as_it_was),
        TEST(an_editor_that_falls_or_is_not_there_is_told),
        TEST(an_editors_control_c_does_not_end_the_board),
        TEST(control_c_around_an_editor_ends_nothing),
        TEST(text_goes_to_the_clipboard),
        TEST(it_can_beep),
        TEST(a_redraw_mends_a_spoilt_screen),
    };
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
