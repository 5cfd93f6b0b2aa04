/* Every terminal: kinds, colours, locales, sizes; cut off, at rest, held up. (Under stress: see the
 * tests of faults.) */
#include "board.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include "pty_inside.h"
#include "shell.h"
#include "touchline/memory.h"
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <unistd.h>

static const char taxi[] = "# Before\nSees the advert @w\nBooks the cab @p @20s\n# Ride\n"
                           "Cab pulls up @i\nDrink offered\nReceipt by email @e\nWaves\n";

/* --- kinds ------------------------------------------------------------------------------------ */

static void works_on(struct screen *screen, const char *term)
{
    screen->options.term = term;
    screen_open(screen, NULL);
    if (!pty_find(screen->pty, "Identify", NULL, NULL) ||
        !pty_find(screen->pty, "Books the", NULL, NULL))
        fail_msg("TERM=%s shows no board\n%s", term, pty_screen(screen->pty));
    screen_keys(screen, "g Right Right h l d u");
    if (screen_selected(screen) != 3)
        fail_msg("TERM=%s: on %d, not 3\n%s", term, screen_selected(screen),
                 pty_screen(screen->pty));
    screen_quit(screen);
}

/* Those that a bare system has, others that are told apart by what they can, and words that are no
 * type at all. */
static void kinds_of_terminals(void **state)
{
    struct screen *screen = *state;
    static const char *const terms[] = {
        "xterm",
        "xterm-256color",
        "xterm-16color",
        "xterm-color",
        "xterm-mono",
        "xterm-r5",
        "xterm-r6",
        "xterm-vt220",
        "xterm-direct",
        "screen",
        "screen-bce",
        "screen-256color",
        "screen-s",
        "tmux",
        "tmux-256color",
        "linux",
        "vt100",
        "vt102",
        "vt220",
        "rxvt",
        "rxvt-basic",
        "rxvt-unicode",
        "Eterm",
        "Eterm-color",
        "ansi",
        "pcansi",
        "cons25",
        "cygwin",
        "hurd",
        "mach",
        "mach-color",
        "sun",
        "wsvt25",
        "wsvt25m",
        "",
        "foot-x",
        "/",
        "../../x",
        "xterm;reboot",
        "\377\376",
    };
    board_make(screen->path, taxi);
    for (size_t i = 0; i < sizeof terms / sizeof *terms; i++)
        works_on(screen, terms[i]);
}

static void verbs_ask_no_terminal(void **state)
{
    struct screen *screen = *state;
    static const char *const types[] = {"dumb", "no-such-terminal", "vt100", "/", "\377"};
    board_make(screen->path, taxi);
    struct shell_result wanted = shell_run(screen->fixture, "touchline list cab.touchline");
    for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
        setenv("TERM", types[i], 1);
        shell_expect(screen->fixture, "touchline list cab.touchline", 0, wanted.out, "");
    }
    shell_expect(screen->fixture, "unset TERM; touchline list cab.touchline", 0, wanted.out, "");
    setenv("TERM", "xterm-256color", 1);
    shell_release(&wanted);
}

static void an_unknown_one_is_told(void **state)
{
    struct screen *screen = *state;
    screen->options.term = "no-such-terminal";
    screen_open(screen, taxi);
    assert_says(screen, "no-such-terminal");
    assert_says(screen, "xterm-256color");
    screen_quit(screen);
}

static void a_dumb_one_is_refused_in_a_line(void **state)
{
    struct screen *screen = *state;
    board_make(screen->path, taxi);
    screen->options.term = "dumb";
    screen->pty =
        pty_start(&screen->options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    assert_int_equal(pty_wait_exit(screen->pty), 2);
    assert_shows(screen, "this terminal cannot place its cursor");
    assert_string_equal(pty_row(screen->pty, 2), ""); /* a line and, of 80 columns, its rest */
    assert_false(pty_on_alternate_screen(screen->pty));
}

static void no_terminal_is_refused_in_a_line(void **state)
{
    struct screen *screen = *state;
    char line[512];
    board_make(screen->path, taxi);
    static const char *const ways[] = {"</dev/null", ">/dev/null", "<&-", ">&-"};
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        (void)snprintf(line, sizeof line, "'%s' '%s' %s", TOUCHLINE_PROGRAM, screen->path, ways[i]);
        screen->pty = pty_start(&screen->options, (const char *[]){"sh", "-c", line, NULL});
        assert_int_equal(pty_wait_exit(screen->pty), 2);
        assert_int_equal(
            strncmp(pty_row(screen->pty, 0), "touchline: the screen needs a terminal; ", 40), 0);
        assert_false(pty_on_alternate_screen(screen->pty));
        pty_stop(screen->pty);
    }
}

static void no_color_is_no_colour(void **state)
{
    struct screen *screen = *state;
    screen->environment[1] = "NO_COLOR=1";
    screen_open(screen, taxi);
    for (int row = 0; row < 24; row++)
        for (int column = 0; column < 80; column++) {
            struct pty_cell cell = pty_cell(screen->pty, row, column);
            if (cell.ink >= 0 || cell.fill >= 0)
                fail_msg("row %d column %d has a colour", row, column);
        }
    assert_shows(screen, "┏"); /* the selection is plain without any */
    screen_quit(screen);
}

static void plain_c_is_ascii(void **state)
{
    struct screen *screen = *state;
    size_t length;
    static const char *const locales[] = {"C", "POSIX"};
    board_make(screen->path, taxi);
    board_do(screen->path, "Tester", "add 'Caf\xC3\xA9 \xE8\xAA\x9E'");
    for (size_t i = 0; i < 2; i++) {
        screen->options.locale = locales[i];
        screen_open(screen, NULL);
        screen_keys(screen, "G e Esc ? Esc a x C-u Esc - + + s 4 1 R u u");
        const char *output = pty_output(screen->pty, &length);
        for (size_t at = 0; at < length; at++)
            if ((unsigned char)output[at] >= 0x80)
                fail_msg("byte %x at %zu", (unsigned char)output[at], at);
        screen_quit(screen);
    }
    assert_board_holds(screen->path, "7 Ride/Caf\xC3\xA9 \xE8\xAA\x9E");
}

/* --- sizes ------------------------------------------------------------------------------------ */

static void too_small_and_right_again(void **state)
{
    struct screen *screen = *state;
    static const int sizes[][2] = {{1, 1}, {0, 0}, {9, 80}, {24, 39}, {2, 300}, {500, 1}};
    screen_open(screen, taxi);
    screen_keys(screen, "g l");
    char *before = memory_copy(pty_screen(screen->pty));
    for (size_t i = 0; i < sizeof sizes / sizeof *sizes; i++) {
        pty_resize(screen->pty, sizes[i][0], sizes[i][1]);
        pty_settle(screen->pty);
        if (sizes[i][1] > 10 && !pty_find(screen->pty, "too small", NULL, NULL))
            fail_msg("%dx%d: '%s'", sizes[i][1], sizes[i][0], pty_screen(screen->pty));
        pty_resize(screen->pty, 24, 80);
        pty_settle(screen->pty);
        assert_string_equal(pty_screen(screen->pty), before);
    }
    memory_free(before);
    screen_quit(screen);
}

static void the_smallest_works(void **state)
{
    struct screen *screen = *state;
    screen->options.rows = 10;
    screen->options.columns = 40;
    screen_open(screen, taxi);
    screen_keys(screen, "g l");
    assert_shows(screen, "Books the cab");
    screen_keys(screen, "s 4 3");
    assert_says(screen, "2 is now magical");
    screen_keys(screen, "a");
    screen_type(screen, "Calls\r");
    screen_keys(screen, "Esc e Tab Esc m l Enter");
    assert_board_holds(screen->path, "3 Ride/Calls");
    screen_quit(screen);
}

/* --- cut off ---------------------------------------------------------------------------------- */

static void the_sheet_saves_its_field(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, taxi);
    screen_keys(screen, "g e Down Down Down");
    screen_type(screen, "Wally");
    pty_hang_up(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    assert_board_holds(screen->path, "1 Before/Sees the advert W by Wally");
}

/* What is typed and not entered is on the disk two seconds later: a kill may come. */
static void a_kill_loses_two_seconds_at_most(void **state)
{
    struct screen *screen = *state;
    struct stat about;
    char command[512], name[512] = "";
    screen_open(screen, taxi);
    screen_keys(screen, "A");
    screen_type(screen, "Drink off");
    pty_wait_until(screen->pty, "the draft",
                   (bool (*)(struct pty *, void *))(void (*)(void))pty_sleeps_for_ever, NULL);
    (void)snprintf(command, sizeof command, "ls %s/.local/state/touchline/*.draft",
                   screen->fixture->folder);
    /* NOLINTNEXTLINE(cert-env33-c): a command that the test has written itself */
    FILE *list = popen(command, "r");
    assert_non_null(list);
    assert_non_null(fgets(name, sizeof name, list));
    (void)pclose(list);
    name[strcspn(name, "\n")] = '\0';
    assert_int_equal(stat(name, &about), 0);
    assert_int_equal(about.st_mode & 0777, 0600);
    pty_signal(screen->pty, SIGKILL);
    assert_int_equal(pty_wait_exit(screen->pty), 128 + SIGKILL);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_says(screen, "Drink off");
    screen_quit(screen);
}

static void a_state_folder_that_cannot_be_is_no_problem(void **state)
{
    struct screen *screen = *state;
    fixture_write(screen->fixture, "file", "");
    char variable[256];
    (void)snprintf(variable, sizeof variable, "XDG_STATE_HOME=%s/file/below",
                   screen->fixture->folder);
    screen->environment[1] = variable;
    screen_open(screen, taxi);
    screen_keys(screen, "A");
    screen_type(screen, "half");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* --- resting, and held up --------------------------------------------------------------------- */

static void at_rest_it_sleeps_for_ever(void **state)
{
    struct screen *screen = *state;
    size_t length;
    screen_open(screen, taxi);
    screen_keys(screen, "g l r 3 Esc");
    pty_wait_until(screen->pty, "rest",
                   (bool (*)(struct pty *, void *))(void (*)(void))pty_sleeps_for_ever, NULL);
    pty_forget_output(screen->pty);
    pty_settle(screen->pty);
    (void)pty_output(screen->pty, &length);
    assert_int_equal(length, 0);
    screen_quit(screen);
}

static size_t bytes_of(struct screen *screen, const char *keys)
{
    size_t length;
    pty_forget_output(screen->pty);
    pty_text(screen->pty, keys);
    pty_settle(screen->pty);
    (void)pty_output(screen->pty, &length);
    return length;
}

static void a_held_key_draws_once(void **state)
{
    struct screen *screen = *state;
    struct buffer lines = {0};
    size_t single = 0;
    for (int i = 0; i < 60; i++)
        buffer_add_format(&lines, "moment %d @%c\n", i, "ipelwb"[i % 6]);
    screen_open(screen, buffer_text(&lines));
    screen_keys(screen, "g");
    for (int i = 0; i < 25; i++)
        single += bytes_of(screen, "l");
    screen_keys(screen, "g");
    size_t held = bytes_of(screen, "lllllllllllllllllllllllll");
    assert_selected(screen, 26);
    if (held * 4 > single)
        fail_msg("%zu bytes held, %zu one by one", held, single);
    buffer_release(&lines);
    screen_quit(screen);
}

/* Nothing can be written: the notice stays, what was typed stays, and a save that works ends it. */
static void over_the_size_limit_nothing_is_lost(void **state)
{
    struct screen *screen = *state;
    struct rlimit limit;
    screen_open(screen, taxi);
    assert_int_equal(prlimit(screen->pty->program, RLIMIT_FSIZE, NULL, &limit), 0);
    struct rlimit little = {.rlim_cur = 512, .rlim_max = limit.rlim_max};
    assert_int_equal(prlimit(screen->pty->program, RLIMIT_FSIZE, &little, NULL), 0);
    screen_keys(screen, "A");
    screen_type(screen, "Calls\r");
    assert_shows(screen, "> Calls");
    assert_board_holds(screen->path, "6 Ride/Waves");
    screen_keys(screen, "Esc h l"); /* stays told */
    assert_says(screen, "No room left on the disk");
    assert_int_equal(prlimit(screen->pty->program, RLIMIT_FSIZE, &limit, NULL), 0);
    screen_keys(screen, "A Enter");
    assert_board_holds(screen->path, "7 Ride/Calls");
    screen_keys(screen, "Esc h l");
    assert_hides(screen, "No room left");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(kinds_of_terminals),
        TEST(verbs_ask_no_terminal),
        TEST(an_unknown_one_is_told),
        TEST(a_dumb_one_is_refused_in_a_line),
        TEST(no_terminal_is_refused_in_a_line),
        TEST(no_color_is_no_colour),
        TEST(plain_c_is_ascii),
        TEST(too_small_and_right_again),
        TEST(the_smallest_works),
        TEST(the_sheet_saves_its_field),
        TEST(a_kill_loses_two_seconds_at_most),
        TEST(a_state_folder_that_cannot_be_is_no_problem),
        TEST(at_rest_it_sleeps_for_ever),
        TEST(a_held_key_draws_once),
        TEST(over_the_size_limit_nothing_is_lost),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
