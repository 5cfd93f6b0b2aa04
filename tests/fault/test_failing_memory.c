#include "board.h"
#include "boards.h"
#include "every_verb.h"
#include "fault.h"
#include "pty_inside.h"
#include "skip.h"
#include "touchline/cli.h"
#include "touchline/tui.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <termios.h>
#include <unistd.h>

#include <cmocka.h>

/* Allocation N fails, for each N: once or from then on. Everything allocates through these: the
 * program, SQLite, ncurses and the C library itself (glibc, "Replacing malloc"). What fails inside
 * SQLite is told and nothing else happens; what fails elsewhere ends the program cleanly. */

/* --- memory that runs out --------------------------------------------------------------------- */

struct shortage {
    volatile long calls, fail_at; /* counted from 0; -1: none fails */
    volatile bool for_good;
};

/* Shared with the children; NULL: all succeed. Volatile, for compilers hold that an allocation
 * looks at no variable. */
static struct shortage *volatile shortage;

#if defined(__GLIBC__) && !defined(__SANITIZE_ADDRESS__)

void *real_malloc(size_t size) __asm__("__libc_malloc");
void *real_calloc(size_t count, size_t size) __asm__("__libc_calloc");
void *real_realloc(void *block, size_t size) __asm__("__libc_realloc");

static bool is_refused(void)
{
    if (!shortage)
        return false;
    long now = shortage->calls++, at = shortage->fail_at;
    bool refused = at >= 0 && (now == at || (shortage->for_good && now > at));
    if (refused)
        errno = ENOMEM;
    return refused;
}

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the system's are reserved. */

void *malloc(size_t size)
{
    return is_refused() ? NULL : real_malloc(size);
}

void *calloc(size_t count, size_t size)
{
    return is_refused() ? NULL : real_calloc(count, size);
}

void *realloc(void *block, size_t size)
{
    return is_refused() ? NULL : real_realloc(block, size);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

#endif

static bool memory_can_run_out(void)
{
    struct shortage probe = {.fail_at = 0};
    shortage = &probe;
    void *(*volatile allocate)(size_t) = malloc; /* compilers know what malloc() does */
    void *block = allocate(1);
    shortage = NULL;
    free(block);
    return !block;
}

static struct shortage *shortage_new(void)
{
    struct shortage *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(shared != MAP_FAILED);
    return shared;
}

static void shortage_free(struct shortage *shared)
{
    assert_int_equal(munmap(shared, sizeof *shared), 0);
}

static void plan(struct shortage *shared, long n, bool for_good)
{
    shared->fail_at = -1;
    shared->calls = 0;
    shared->for_good = for_good;
    shared->fail_at = n;
}

/* --- every command ---------------------------------------------------------------------------- */

struct tries {
    struct shortage *shared;
    long turn, runs, told, ended;
};

static void enter(void *data)
{
    const struct tries *tries = data;
    shortage = tries->shared;
}

/* What ends for want of memory cleans nothing up. */
static int pardoned(const struct shell_result *result, void *data)
{
    struct tries *tries = data;
    bool ended = strstr(result->err, "everything saved is safe") != NULL;
    tries->ended += ended;
    tries->told += !ended && strstr(result->err, "out of memory") != NULL;
    return ended ? TRIAL_MAY_LEAVE_FILES : 0;
}

/* Whether the command came to allocation `n`. */
static bool try_allocation(struct trial *trial, struct tries *tries, long n, bool for_good)
{
    plan(tries->shared, n, for_good);
    (void)trial_run(trial, enter, pardoned, tries);
    tries->runs++;
    return tries->shared->calls > n;
}

static void try_allocations(struct trial *trial, void *data)
{
    struct tries *tries = data;
    long step = fault_times(797, 1);
    bool reached = true;
    for (long n = step > 1 ? (tries->turn++ * 71) % step : 0; reached; n += step)
        for (int for_good = 0; for_good < 2 && reached; for_good++)
            if (step == 1 || for_good == (n + tries->turn) % 2)
                reached = try_allocation(trial, tries, n, for_good);
}

static void every_command_bears_every_failing_allocation(void **state)
{
    (void)state;
    struct tries tries = {.shared = shortage_new()};
    if (!memory_can_run_out())
        skip_because("allocations cannot be failed here (glibc without sanitizers)");
    verbs_each(try_allocations, &tries);
    assert_true(tries.told > 10);
    assert_true(tries.ended > 10);
    fault_figure(
        "allocation N of every command fails: %ld runs, %ld told, %ld ended cleanly, 0 lost",
        tries.runs, tries.told, tries.ended);
}

/* --- on the screen ---------------------------------------------------------------------------- */

static const char taxi[] = "# Before\nBooks the cab @p\n# Ride\nGets in @i\nPays @i\n";

/* Three seconds later whenever it is looked at, so that a draft need not be waited for. */
static int64_t hurried(void *data)
{
    (void)data;
    static int64_t looks;
    return INT64_C(1795262400000) + 3000 * looks++;
}

static enum status open_screen(const struct cli_screen *screen, struct error *error)
{
    struct tui_options options = {
        .path = screen->board,
        .store = screen->store,
        .term = {.input = STDIN_FILENO, .output = STDOUT_FILENO, .type = getenv("TERM")},
        .state_folder = screen->state_folder,
        .editor = screen->editor,
    };
    options.store.clock = (struct clock){hurried, NULL};
    return tui_run(&options, error);
}

struct scarce {
    struct screen *screen;
    struct shortage *shared;
};

static int run_screen(void *data)
{
    const struct scarce *scarce = data;
    char *words[] = {(char *)"touchline", (char *)scarce->screen->path, NULL};
    shortage = scarce->shared;
    return cli_main(2, words, open_screen);
}

static struct pty *open_scarce(struct scarce *scarce)
{
    struct screen *screen = scarce->screen;
    plan(scarce->shared, -1, false);
    screen->pty = pty_start_function(&screen->options, run_screen, scarce);
    pty_settle(screen->pty);
    return screen->pty;
}

/* The terminal is as it was found, with one line on it. */
static void assert_ended_cleanly(struct screen *screen)
{
    struct pty *pty = screen->pty;
    struct termios modes;
    int row, column;
    bool visible = false;
    assert_int_equal(pty_wait_exit(pty), 1);
    pty_wait_text(pty, "touchline: out of memory; everything saved is safe");
    assert_false(pty_on_alternate_screen(pty));
    pty_cursor(pty, &row, &column, &visible);
    assert_true(visible);
    assert_int_equal(tcgetattr(pty->master, &modes), 0);
    assert_true((modes.c_lflag & ICANON) && (modes.c_lflag & ECHO));
}

static int64_t count_of(const char *path, long n)
{
    char sql[100];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM item WHERE title = 'Calls %ld'", n);
    return board_sql_number(path, sql);
}

/* A moment is written while allocation `n` from now on fails. Whether the screen came to it. */
static bool write_moment(struct scarce *scarce, long n, bool for_good, long *ended)
{
    char title[32];
    struct screen *screen = scarce->screen;
    struct pty *pty = open_scarce(scarce);
    screen_keys(screen, "A");
    (void)snprintf(title, sizeof title, "Calls %ld", n);
    screen_type(screen, title);
    plan(scarce->shared, n, for_good);
    pty_text(pty, "\r");
    bool alive = pty_settle_or_end(pty), reached = scarce->shared->calls > n;
    plan(scarce->shared, -1, false);
    if (alive) {
        screen_keys(screen, "Enter Esc"); /* once more, where it stands there still */
        assert_int_equal(count_of(screen->path, n), 1);
        screen_quit(screen);
    } else {
        assert_ended_cleanly(screen);
        pty_stop(pty);
        assert_in_range(count_of(screen->path, n), 0, 1);
        (*ended)++;
    }
    return reached;
}

static void without_memory_the_screen_ends_cleanly(void **state)
{
    struct scarce scarce = {.screen = *state, .shared = shortage_new()};
    long ended = 0, tried = 0, step = fault_times(31, 1);
    if (!memory_can_run_out())
        skip_because("allocations cannot be failed here (glibc without sanitizers)");
    board_make(scarce.screen->path, taxi);
    bool reached = true;
    for (long n = 0; reached; n += step, tried++)
        reached = write_moment(&scarce, n, tried % 2, &ended);
    assert_true(ended > 0);
    struct store *store = board_open(scarce.screen->path, "Ana");
    board_assert_sound(store);
    store_close(store);
    fault_figure("allocation N fails on the screen: %ld sessions, %ld ended cleanly, 0 lost", tried,
                 ended);
    shortage_free(scarce.shared);
}

static void without_memory_the_draft_is_kept(void **state)
{
    struct scarce scarce = {.screen = *state, .shared = shortage_new()};
    if (!memory_can_run_out())
        skip_because("allocations cannot be failed here (glibc without sanitizers)");
    board_make(scarce.screen->path, taxi);
    struct pty *pty = open_scarce(&scarce);
    screen_keys(scarce.screen, "A");
    screen_type(scarce.screen, "Calls ag");
    screen_type(scarce.screen, "ain"); /* two seconds are over, by that clock */
    plan(scarce.shared, 0, true);
    pty_text(pty, "\r");
    assert_ended_cleanly(scarce.screen);
    pty_stop(pty);
    open_scarce(&scarce);
    screen_keys(scarce.screen, "A");
    assert_shows(scarce.screen, "Calls again");
    screen_keys(scarce.screen, "Esc");
    screen_quit(scarce.screen);
    shortage_free(scarce.shared);
}

int main(void)
{
#define SCREEN(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_bears_every_failing_allocation),
        SCREEN(without_memory_the_screen_ends_cleanly),
        SCREEN(without_memory_the_draft_is_kept),
    };
    return cmocka_run_group_tests_name("failing_memory", tests, NULL, NULL);
}
