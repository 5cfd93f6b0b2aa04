/* Text from strangers on the whole screen: a board full of it, every screen, every kind of
 * terminal; and each byte that goes there is judged. */
#include "board.h"
#include "boards.h"
#include "harmless.h"
#include "hostile.h"
#include "touchline/command.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* --- going about ------------------------------------------------------------------------------ */

/* How it all may look. */
struct look {
    const char *name;
    int rows, columns;
    const char *term, *locale, *environment, *option;
};

static const struct look usual = {"80x24", 24, 80, "xterm-256color", "C.UTF-8", "X=", "--no-mouse"};

struct visit {
    struct screen *screen;
    const struct look *look;
    struct harmless rules;
    struct buffer seen; /* all that came */
};

static void judge(struct visit *visit, const char *what)
{
    struct buffer where = {0};
    size_t length;
    const char *output = pty_output(visit->screen->pty, &length);
    buffer_add_format(&where, "%s, %s", visit->look->name, what);
    assert_harmless(&visit->rules, output, length, buffer_text(&where));
    buffer_add(&visit->seen, output, length);
    pty_forget_output(visit->screen->pty);
    buffer_release(&where);
}

/* Waits until all is painted. */
static void look_at(struct visit *visit, const char *what)
{
    pty_settle(visit->screen->pty);
    judge(visit, what);
}

/* No bell, so that one that rings is of the text. */
static void start(struct visit *visit, const char *path)
{
    const struct look *look = visit->look;
    struct screen *screen = visit->screen;
    bool ascii = strcmp(look->option, "--ascii") == 0 || strcmp(look->locale, "C") == 0;
    visit->rules = (struct harmless){look->rows, look->columns, ascii};
    screen->options.rows = look->rows;
    screen->options.columns = look->columns;
    screen->options.term = look->term;
    screen->options.locale = look->locale;
    screen->environment[1] = look->environment;
    screen->pty = pty_start(&screen->options,
                            (const char *const[]){TOUCHLINE_PROGRAM, "--no-bell", "--esc-delay",
                                                  "1", look->option, path, NULL});
    look_at(visit, "opening");
}

/* A VT100 has no brackets for what is pasted: there, escape sequences would be keys. */
static void paste(struct visit *visit)
{
    bool brackets = strcmp(visit->look->term, "vt100") != 0;
    pty_paste(visit->screen->pty, brackets ? hostile_line : hostile_name);
}

/* Keys by their spelling, parted by blanks; "words" are typed, PASTE is the worst line. It is
 * looked at where a bar stands, after each Esc, and at the end. */
static void go(struct visit *visit, const char *what, const char *keys)
{
    char token[64];
    while (*(keys += strspn(keys, " ")) != '\0') {
        size_t length = *keys == '"' ? strcspn(keys + 1, "\"") + 2 : strcspn(keys, " ");
        (void)snprintf(token, sizeof token, "%.*s", (int)length, keys);
        keys += length;
        if (*token == '"')
            pty_send(visit->screen->pty, token + 1, length - 2);
        else if (strcmp(token, "PASTE") == 0)
            paste(visit);
        else if (strcmp(token, "|") != 0)
            pty_keys(visit->screen->pty, token);
        if (strcmp(token, "|") == 0 || strcmp(token, "Esc") == 0)
            look_at(visit, what);
    }
    look_at(visit, what);
}

static void see(struct visit *visit, const char *what, const char *text)
{
    if (!pty_find(visit->screen->pty, text, NULL, NULL))
        fail_msg("%s, %s: no '%s'\n%s", visit->look->name, what, text,
                 pty_screen(visit->screen->pty));
}

static void leave(struct visit *visit)
{
    pty_keys(visit->screen->pty, "q");
    assert_int_equal(pty_wait_exit(visit->screen->pty), 0);
    judge(visit, "leaving");
    pty_stop(visit->screen->pty);
    visit->screen->pty = NULL;
}

static int setup(void **state)
{
    struct visit *visit = memory_new(1, sizeof *visit);
    void *screen = NULL;
    visit->look = *state != NULL ? *state : &usual;
    if (screen_setup(&screen) != 0)
        return -1;
    visit->screen = screen;
    *state = visit;
    return 0;
}

static int teardown(void **state)
{
    struct visit *visit = *state;
    void *screen = visit->screen;
    buffer_release(&visit->seen);
    memory_free(visit);
    return screen_teardown(&screen);
}

/* --- every screen ----------------------------------------------------------------------------- */

static const struct look looks[] = {
    {"80x24, 256 colours", 24, 80, "xterm-256color", "C.UTF-8", "X=", "--no-mouse"},
    {"40x10, 8 colours", 10, 40, "xterm", "C.UTF-8", "X=", "--no-mouse"},
    {"200x60, xterm", 60, 200, "xterm", "C.UTF-8", "X=", "--no-mouse"},
    {"80x24, no colour", 24, 80, "xterm-256color", "C.UTF-8", "NO_COLOR=1", "--no-mouse"},
    {"80x24, the C locale", 24, 80, "xterm-256color", "C", "X=", "--no-mouse"},
    {"120x34, ASCII, in tmux", 34, 120, "tmux-256color", "C.UTF-8", "X=", "--ascii"},
    {"100x30, the console", 30, 100, "linux", "C.UTF-8", "X=", "--theme=projector"},
    {"80x24, a VT100", 24, 80, "vt100", "C.UTF-8", "X=", "--theme=light"},
};

enum { LOOKS = sizeof looks / sizeof *looks };

/* Where to go, what then stands there, and how to come back to the board. */
static const struct place {
    const char *what, *keys, *shows, *leave;
} places[] = {
    {"the board", "", "overdue", ""},
    {"the overview", "-", "Overview", ""},
    {"along it", "l | l | G | g", "", ""},
    {"one card", "+ | +", "One card", ""},
    {"one after the other", "l | l | l", "", ""},
    {"cards", "-", "Cards", ""},
    {"pages, phases", "PgDn | PgUp | ) | (", "", ""},
    {"step Colour", "s 2", "Colour", ""},
    {"step Choose", "s 3 | .", "Choose", ""},
    {"step Rate", "s 4", "Rate", ""},
    {"step Plan", "s 5 | ; | ;", "Plan", ""},
    {"step Review", "s 6", "Review", ""},
    {"step Identify", "s 1", "Identify", ""},
    {"the pane", "Tab | j | Tab | k | S-Tab | S-Tab", "", "Esc"},
    {"an idea, in place", "Tab Enter | Esc", "", "Esc"},
    {"the sheet", "Enter | Down | Down | Down | Down | PgDn | PgDn", "Next", "Esc"},
    {"a field", "Enter Down Down C-u | PASTE | Enter", "Next", "Esc"},
    {"a field that is refused", "Enter End Up C-u PASTE Enter", "", "C-u Esc Esc"},
    {"the board's sheet", "B | Down | Down | Down | Down | Down", "This board", "Esc"},
    {"help", "? | PgDn | PASTE", "Help", "Esc"},
    {"topics", "? Tab | j", "Help", "Esc"},
    {"the palette", ": PASTE | Enter", "nknown", "Esc"},
    {"a line of the palette", ": \"backup \" PASTE Enter", "opied", "Esc"},
    {"another", ": \"rate 3 \" PASTE Enter", "cannot be", "Esc"},
    {"export", ": \"export --force -o \" PASTE Enter", "", "Esc"},
    {"import", ": \"import \" PASTE Enter", "", "Esc"},
    {"search", "/ PASTE | Enter", "", "Esc"},
    {"a hit", "/ \"owned\" Enter | n | N", "", "Esc"},
    {"the search again", "/", "Search for", "Esc"},
    {"a filter", "f PASTE Enter", "", "Esc Esc"},
    {"what is filtered", "f \"owned\" Enter | l", "", "Esc"},
    {"cheap", "$", "cheap", "$"},
    {"channels", "c", "", "Esc"},
    {"an owner", "o | C-u PASTE Enter", "the owner", ""},
    {"a phase", "p | C-u PASTE Enter", "Phase", ""},
    {"undo", "u | u | U | U | u", "Taken back", ""},
    {"a rating", "r | 3", "magical", ""},
    {"a target", "r 1 R | R", "", ""},
    {"an idea", "i PASTE Enter", "", "Esc"},
    {"an action", "t PASTE Enter | PASTE Enter | \"never\" Enter", "", "Esc"},
    {"a sixth", "# \"5\" Enter Space", "Which goes?", "Esc"},
    {"to a number", "# PASTE Enter", "", "Esc"},
    {"left and right", "L | H", "is now", ""},
    {"carrying", "m | l | l", "CARRY", "Esc"},
    {"deleting", "d | u", "Taken back", ""},
    {"parking", "z | u", "Taken back", ""},
    {"the parking lot", "Z | j | j", "Park", "Esc"},
    {"a double", "J \"9\" Enter", "Joined", "u"},
    {"a twin", "Y | I", "dded", "u"},
    {"the plan", "D | j | j | PgDn | Tab | j | Tab | j", "Actions", "Esc"},
    {"an action's parts", "D Enter | Enter | Enter | Enter | Enter", "Actions", "Esc Esc"},
    {"an action's status", "D c | k | PASTE Enter", "", "Esc Esc"},
    {"gaps", "! | j | j", "lacks", "Esc"},
    {"the ledger", ": \"ledger\" Enter | j", "complaint", "Esc"},
    {"why", "w", "Back", "Esc"},
    {"who", "W | j | j | a | PASTE Enter", "away", "Esc Esc"},
    {"room mode", "P | Space | Space | Space | r", "3", "Esc Esc"},
    {"a timer", "T", "timer", "T"},
    {"the clock", ": \"clock\" Enter", "Stop", "Esc"},
    {"capture", "a PASTE | Enter | Up", "WRITE", "Esc"},
    {"a half line", "a | \" @\" PASTE | Enter | \"+ \" PASTE Enter | \"# \" PASTE Enter", "WRITE",
     "C-u Esc"},
    {"a near double", "a PASTE", "Like", "C-u Esc"},
    {"an editor", "E", "editor", ""},
    {"the minutes", ": \"minutes\" Enter | j | / \"is\" Enter | G", "Minutes", "Esc Esc"},
    {"the board as it was", ": \"minutes\" Enter G Enter | l | Enter Esc D Esc U | u", "arlier",
     "Esc Esc"},
    {"copying", "y", "clipboard", ""},
    {"all anew", "C-l", "", ""},
    {"saved", "C-s", "saved", ""},
};

static size_t count(const struct buffer *text, const char *part)
{
    size_t found = 0;
    for (const char *at = buffer_text(text); (at = strstr(at, part)) != NULL; at++)
        found++;
    return found;
}

/* What stands for it: so it was there. */
static void see_stand_ins(struct visit *visit)
{
    static const char *const stand_ins[] = {"^[", "<U+20", "\uFFFD", "\u2591", "\u25CC"};
    size_t most = visit->rules.ascii ? 2 : sizeof stand_ins / sizeof *stand_ins;
    for (size_t i = 0; i < most; i++)
        assert_true(count(&visit->seen, stand_ins[i]) > 0);
}

static void nothing_raw_comes_from_any_screen(void **state)
{
    struct visit *visit = *state;
    size_t index = (size_t)(visit->look - looks);
    visit->screen->environment[0] = "EDITOR=false";
    start(visit, hostile_board(visit->screen->fixture, "a.touchline", 5 * index));
    for (size_t i = 0; i < sizeof places / sizeof *places; i++) {
        go(visit, places[i].what, places[i].keys);
        see(visit, places[i].what, places[i].shows);
        go(visit, places[i].what, places[i].leave);
    }
    leave(visit);
    see_stand_ins(visit);
}

/* --- every text ------------------------------------------------------------------------------- */

/* Each moment on its card, with its details, alone, on its sheet from top to bottom, and for the
 * back row. */
static void nothing_raw_comes_of_any_text(void **state)
{
    struct visit *visit = *state;
    start(visit, hostile_board(visit->screen->fixture, "a.touchline", 3));
    for (size_t i = 0; i < hostile_count; i++) {
        const char *name = hostile_texts[i].name;
        go(visit, name, "Enter | End | PgDn Esc");
        go(visit, name, "P Esc + Esc - Tab | Tab | j Esc");
    }
    leave(visit);
    see_stand_ins(visit);
}

/* --- every command ---------------------------------------------------------------------------- */

/* By its name, so that a new one is looked at, too; what it asks is answered with the worst line.
 */
static void nothing_raw_comes_of_any_command(void **state)
{
    struct visit *visit = *state;
    size_t commands;
    const struct command *const *table = command_table(&commands);
    start(visit, hostile_board(visit->screen->fixture, "a.touchline", 19));
    for (size_t i = 0; i < commands; i++) {
        struct buffer keys = {0};
        const char *name = table[i]->name;
        if (strcmp(name, "quit") == 0 || strcmp(name, "suspend") == 0)
            continue;
        buffer_add_format(&keys, ": \"%s\" Enter | PASTE | Enter | C-u Esc Esc Esc Esc", name);
        go(visit, name, buffer_text(&keys));
        see(visit, name, "Identify");
        buffer_release(&keys);
    }
    leave(visit);
}

/* --- texts that are no board's ---------------------------------------------------------------- */

/* NOLINTBEGIN(misc-misleading-bidirectional): the texts that are tested */

static const char *path_of(struct visit *visit, const char *ending)
{
    struct buffer name = {0};
    buffer_add_format(&name, "%s%s", hostile_line, ending);
    const char *path = fixture_path(visit->screen->fixture, buffer_text(&name));
    buffer_release(&name);
    return path;
}

static void a_new_boards_name_and_answers_are_harmless(void **state)
{
    struct visit *visit = *state;
    start(visit, path_of(visit, ".touchline"));
    see(visit, "a board to be made", "New board: !^[");
    go(visit, "its questions",
       "Enter | PASTE | Enter | Tab | C-u PASTE | Enter | PASTE Enter | Up");
    see(visit, "its questions", "Who is here?");
    go(visit, "the board", "Esc Esc");
    leave(visit);
    visit->screen->environment[2] = "TOUCHLINE_NAME=\u202EEve\u2069\u200B";
    visit->look = &(struct look){"to look", 24, 80, "xterm-256color", "C.UTF-8", "X=", "--look"};
    start(visit, path_of(visit, ".touchline"));
    go(visit, "a board to look at", "r | w | W Esc B Esc");
    leave(visit);
}

static void what_the_machine_is_called_is_harmless(void **state)
{
    struct visit *visit = *state;
    visit->screen->environment[0] = "EDITOR=\033[5mvi\u202E\302\233";
    visit->look = &(struct look){
        "an unknown terminal",   24,          80, "\033[5mx\302\233\u202E", "C.UTF-8",
        "TMPDIR=/\033[5m\u202E", "--no-mouse"};
    const char *path = hostile_board(visit->screen->fixture, "a.touchline", 7);
    start(visit, path);
    see(visit, "opening", "Unknown terminal '^[[5mx");
    go(visit, "no room for the editor", "E");
    see(visit, "no room for the editor", "/^[[5m<U+202E>/touchline-");
    leave(visit);
    visit->look = &usual;
    start(visit, path);
    go(visit, "no such editor", "E");
    see(visit, "no such editor", "annot run '^[[5mvi<U+202E>");
    leave(visit);
}

static void who_else_changed_it_is_harmless(void **state)
{
    struct visit *visit = *state;
    const char *path = hostile_board(visit->screen->fixture, "a.touchline", 11);
    start(visit, path);
    go(visit, "a rating of our own", "r 3");
    struct store *store = board_open(path, hostile_name);
    board_set(store, 2, ITEM_RATING, value_integer(RATING_NEUTRAL));
    store_close(store);
    go(visit, "undo after another's edit", "u");
    see(visit, "undo after another's edit", "Eve\uFFFD5m<U+202E>");
    leave(visit);
}

static void a_draft_is_harmless(void **state)
{
    struct visit *visit = *state;
    const char *path = hostile_board(visit->screen->fixture, "a.touchline", 13);
    start(visit, path);
    go(visit, "a line", "a PASTE");
    pty_hang_up(visit->screen->pty);
    assert_int_equal(pty_wait_exit(visit->screen->pty), 0);
    pty_stop(visit->screen->pty);
    start(visit, path);
    go(visit, "the line again", "a");
    see(visit, "the line again", "%n=");
    go(visit, "the line again", "Enter Esc");
    leave(visit);
}

/* Each is refused or told of, in our words alone. */
static void what_no_board_can_hold_is_harmless(void **state)
{
    struct visit *visit = *state;
    struct fixture *fixture = visit->screen->fixture;
    static const struct {
        const char *(*make)(struct fixture *fixture, const char *name);
        const char *keys, *says;
    } damaged[] = {
        {hostile_title, "l | l | Enter", "title that no board can have"},
        {hostile_edit, "l | u", "history is damaged"},
    };
    for (size_t i = 0; i < sizeof damaged / sizeof *damaged; i++) {
        start(visit, damaged[i].make(fixture, i == 0 ? "a.touchline" : "b.touchline"));
        go(visit, damaged[i].says, damaged[i].keys);
        see(visit, "what is wrong", damaged[i].says);
        leave(visit);
    }
}

/* OSC 52 is judged where all is: here it must come, and be the text. */
static void the_clipboard_gets_base64(void **state)
{
    struct visit *visit = *state;
    start(visit, hostile_board(visit->screen->fixture, "a.touchline", 17));
    go(visit, "copying", "y");
    assert_int_equal(count(&visit->seen, "\033]52;c;MSBSZWQbWzU7ODszMW1oaWQbWzc3Nzs3NzdIZmFy"), 1);
    leave(visit);
}

/* --- the judge -------------------------------------------------------------------------------- */

static void must_stop_at(const char *bytes, size_t at)
{
    const struct harmless screen = {.rows = 24, .columns = 80};
    const char *why;
    if (harmless_length(&screen, bytes, strlen(bytes), &why) != at || why == NULL)
        fail_msg("'%s' is let through", bytes);
}

static void the_judge_lets_nothing_through(void **state)
{
    static const char *const refused[] = {
        "\033[5m",
        "\033[8m",
        "\033[38;5;256m",
        "\033[38;2;1;2;3m",
        "\033[1;;5m",
        "\033[25;1H",
        "\033[1;81H",
        "\033[0;1H",
        "\033[3J",
        "\033[?9h",
        "\033]52;c;a\033]2;x\a",
        "\033]52;c;YQ=\a",
        "\033]52;p;YQ==\a",
        "\033]0;x\a",
        "\033]11;rgb:0/0/0\033\\",
        "\033P",
        "\a",
        "\t",
        "\017",
        "\302\233",
        "\302\205",
        "\233",
        "\u202E",
        "\u200B",
        "\u0301",
        "\u200D",
    };
    (void)state;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++)
        must_stop_at(refused[i], 0);
    must_stop_at("e\u0301\u0301\u0301\u0301\u0301", 9);
    must_stop_at("e\033[1m\u0301", 5);
    for (size_t i = 0; i < hostile_count; i++) {
        const char *text = hostile_texts[i].text;
        size_t good = harmless_length(&(struct harmless){.rows = 24, .columns = 80}, text,
                                      strlen(text), NULL);
        if ((good < strlen(text)) != hostile_texts[i].raw)
            fail_msg("raw, '%s' is judged wrong", hostile_texts[i].name);
    }
}

/* NOLINTEND(misc-misleading-bidirectional) */

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest others[] = {
        TEST(nothing_raw_comes_of_any_text),
        TEST(nothing_raw_comes_of_any_command),
        TEST(a_new_boards_name_and_answers_are_harmless),
        TEST(what_the_machine_is_called_is_harmless),
        TEST(who_else_changed_it_is_harmless),
        TEST(a_draft_is_harmless),
        TEST(what_no_board_can_hold_is_harmless),
        TEST(the_clipboard_gets_base64),
        cmocka_unit_test(the_judge_lets_nothing_through),
    };
    enum { OTHERS = sizeof others / sizeof *others };
    struct CMUnitTest tests[LOOKS + OTHERS];
    for (size_t i = 0; i < LOOKS; i++)
        tests[i] = (struct CMUnitTest){looks[i].name, nothing_raw_comes_from_any_screen, setup,
                                       teardown, (void *)&looks[i]};
    memcpy(tests + LOOKS, others, sizeof others);
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests_name("hostile", tests, NULL, NULL);
}
