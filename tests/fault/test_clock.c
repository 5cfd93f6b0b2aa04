#include "board.h"
#include "boards.h"
#include "every_verb.h"
#include "fault.h"
#include "session_script.h"
#include "skip.h"
#include "touchline/buffer.h"
#include "touchline/cli.h"
#include "touchline/memory.h"
#include "touchline/tui.h"
#include <glob.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

/* A clock that jumps whenever it is looked at: before 1970, behind 2038, and within the hour that
 * comes twice when summer ends. Order never depends on it, and nobody waits for it. */

static const int64_t times[] = {
    1792888800, /* 2026-10-25 00:40 UTC: 02:40 in Berlin, in summer */
    1792890600, /* half an hour later: 02:10, in winter */
    1774746000, /* 2026-03-29 01:00 UTC: there is no two o'clock */
    0,
    -86400,
    2147483647,
    2147483648,
    4102444800,   /* 2100 */
    253402300800, /* the year 10000 */
    1796040000,   /* 2026-11-30 12:00 UTC */
};
enum { TIMES = sizeof times / sizeof *times };
static const char berlin[] = "CET-1CEST,M3.5.0,M10.5.0/3";

static int64_t jumping(void *data)
{
    long *looks = data;
    return times[(*looks)++ % TIMES] * 1000;
}

/* In the children, for the program asks the system. */
static bool jumps;

#ifdef SYS_clock_gettime

/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the system's are reserved */
int clock_gettime(clockid_t which, struct timespec *now)
{
    static long looks;
    long done = syscall(SYS_clock_gettime, which, now);
    if (done == 0 && which == CLOCK_REALTIME && jumps)
        now->tv_sec = times[looks++ % TIMES];
    return (int)done;
}

#endif

static bool clock_can_jump(void)
{
    const struct clock clock = clock_system();
    jumps = true;
    int64_t first = clock_now(&clock), second = clock_now(&clock);
    jumps = false;
    return second / 1000 != first / 1000;
}

/* --- the store -------------------------------------------------------------------------------- */

static char *content_of_session(struct fixture *fixture, const char *name, struct clock clock)
{
    struct error error;
    struct store *store;
    const char *path = fixture_path(fixture, name);
    struct store_options options = board_options("Ana");
    options.clock = clock;
    MUST(store_create(path, &options, &store, &error));
    for (int part = 0; part < SCRIPT_PARTS; part++) {
        bool made;
        MUST(script_run(store, part, &made, &error));
    }
    board_assert_sound(store);
    store_close(store);
    return board_content(path);
}

static void a_session_is_the_same_whatever_the_clock_says(void **state)
{
    long looks = 0;
    const struct store_options usual = board_options("Ana");
    char *steady = content_of_session(*state, "steady", usual.clock);
    char *wild = content_of_session(*state, "wild", (struct clock){jumping, &looks});
    assert_string_equal(wild, steady);
    assert_true(looks > TIMES);
    memory_free(steady);
    memory_free(wild);
}

/* --- every command ---------------------------------------------------------------------------- */

static void enter(void *data)
{
    (void)data;
    setenv("TZ", berlin, 1);
    jumps = true;
}

static int pardoned(const struct shell_result *result, void *data)
{
    (void)result;
    ++*(long *)data;
    return TRIAL_MAY_SAY_OTHER_DAYS;
}

static void run_it(struct trial *trial, void *data)
{
    for (long i = fault_times(1, TIMES); i > 0; i--)
        (void)trial_run(trial, enter, pardoned, data);
}

static void every_command_bears_a_clock_that_jumps(void **state)
{
    long runs = 0;
    (void)state;
    if (!clock_can_jump())
        skip_because("the clock cannot be replaced here (Linux)");
    verbs_each(run_it, &runs);
    fault_figure("every command under a clock that jumps: %ld runs, order the same", runs);
}

/* --- the screen ------------------------------------------------------------------------------- */

static enum status open_screen(const struct cli_screen *screen, struct error *error)
{
    const struct tui_options options = {
        .path = screen->board,
        .store = screen->store,
        .term = {.input = STDIN_FILENO, .output = STDOUT_FILENO, .type = getenv("TERM")},
        .state_folder = screen->state_folder,
        .editor = screen->editor,
    };
    return tui_run(&options, error);
}

struct wild {
    struct screen *screen;
    bool jumps;
};

static int run_screen(void *data)
{
    const struct wild *wild = data;
    char *words[] = {(char *)"touchline", (char *)wild->screen->path, NULL};
    setenv("TZ", berlin, 1);
    jumps = wild->jumps;
    return cli_main(2, words, open_screen);
}

/* Each wait for the screen is for its sleep, so that one that spins is found. */
static char *work_on_screen(struct screen *screen, bool jumping_clock)
{
    struct wild wild = {screen, jumping_clock};
    (void)unlink(screen->path);
    board_make(screen->path, "# Before\nBooks the cab @p\n# Ride\nGets in @i\nPays @i\n");
    screen->pty = pty_start_function(&screen->options, run_screen, &wild);
    pty_settle(screen->pty);
    screen_keys(screen, "A");
    screen_type(screen, "Waves\rRings\r");
    screen_keys(screen, "Esc T"); /* the timer runs */
    screen_keys(screen, "u U u H");
    screen_keys(screen, "# 2 Enter .");
    screen_keys(screen, "T");
    screen_keys(screen, "A");
    screen_type(screen, "Half a l");
    screen_type(screen, "ine");
    screen_keys(screen, "C-u Esc");
    screen_quit(screen);
    return board_content(screen->path);
}

/* The only draft there is; NULL: there is none. */
static char *read_draft(const struct screen *screen)
{
    glob_t found;
    char pattern[512], *text = NULL;
    (void)snprintf(pattern, sizeof pattern, "%s/.local/state/touchline/*.draft",
                   screen->fixture->folder);
    if (glob(pattern, 0, NULL, &found) == 0 && found.gl_pathc == 1)
        text = fixture_read(found.gl_pathv[0]);
    globfree(&found);
    return text;
}

struct draft {
    const struct screen *screen;
    const char *text;
};

static bool is_kept(struct pty *pty, void *data)
{
    const struct draft *wanted = data;
    (void)pty;
    char *text = read_draft(wanted->screen);
    bool kept = text && strcmp(text, wanted->text) == 0;
    memory_free(text);
    return kept;
}

/* Whenever it is looked at the time for a draft is over, whether it ran ahead or back. */
static void what_is_typed_is_kept_whenever_it_is(void **state)
{
    struct screen *screen = *state;
    struct wild wild = {screen, true};
    struct buffer typed = {0};
    if (!clock_can_jump())
        skip_because("the clock cannot be replaced here (Linux)");
    board_make(screen->path, "Pays\n");
    screen->pty = pty_start_function(&screen->options, run_screen, &wild);
    pty_settle(screen->pty);
    screen_keys(screen, "A");
    for (int i = 0; i < TIMES; i++) {
        screen_type(screen, "a");
        screen_type(screen, "b");
        buffer_add_text(&typed, "ab");
        struct draft wanted = {screen, buffer_text(&typed)};
        pty_wait_until(screen->pty, "the draft", is_kept, &wanted);
    }
    screen_keys(screen, "C-u Esc");
    screen_quit(screen);
    buffer_release(&typed);
}

static void the_screen_bears_a_clock_that_jumps(void **state)
{
    struct screen *screen = *state;
    if (!clock_can_jump())
        skip_because("the clock cannot be replaced here (Linux)");
    char *steady = work_on_screen(screen, false);
    char *wild = work_on_screen(screen, true);
    assert_string_equal(wild, steady);
    memory_free(steady);
    memory_free(wild);
}

int main(void)
{
#define SCREEN(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(a_session_is_the_same_whatever_the_clock_says,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test(every_command_bears_a_clock_that_jumps),
        SCREEN(the_screen_bears_a_clock_that_jumps),
        SCREEN(what_is_typed_is_kept_whenever_it_is),
    };
    return cmocka_run_group_tests_name("clock", tests, NULL, NULL);
}
