#include "board.h"
#include "boards.h"
#include "every_verb.h"
#include "failing_calls.h"
#include "fault.h"
#include "skip.h"
#include "touchline/command.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* System call N of every command fails, for each N: once or from then on, with a broken disk or a
 * full one. What must hold is in every_verb.h. */

struct tries {
    struct failing *failing;
    long turn, runs, failed;
    long unsure; /* said that it could not be told whether it was saved */
};

static void enter(void *data)
{
    const struct tries *tries = data;
    failing_enter(tries->failing);
}

/* What could not be removed stays, and what could not be closed. */
static int pardoned(const struct shell_result *result, void *data)
{
    (void)result;
    const struct tries *tries = data;
    tries->failing->kinds = 0;
    return (tries->failing->failed & FAILING_UNLINK ? TRIAL_MAY_LEAVE_FILES : 0) |
           (tries->failing->failed & FAILING_CLOSE ? TRIAL_MAY_LEAVE_DESCRIPTORS : 0);
}

/* Whether the command came to call `n` of these kinds. */
static bool try_call(struct trial *trial, struct tries *tries, int kinds, long n, int way)
{
    struct failing *failing = tries->failing;
    bool full = way & 2; /* then nothing that only reads can fail */
    kinds &= full ? FAILING_ALL & ~FAILING_READ & ~FAILING_CLOSE : FAILING_ALL;
    failing_plan(failing, kinds, n, way & 1, full ? ENOSPC : EIO);
    const struct shell_result *result = trial_run(trial, enter, pardoned, tries);
    if (strstr(result->err, full ? "damaged" : "room") || result->code == 65)
        fail_msg("touchline %s: call %ld failed, and it says:\n%s", trial_words(trial), n,
                 result->err);
    tries->runs++;
    tries->failed += result->code != 0;
    tries->unsure += strstr(result->err, "could not be told whether") != NULL;
    return failing->calls > n;
}

/* Some whose reads all fail in turn in the short form, too: what is sound is not called damaged,
 * and where the last sync of a COMMIT fails, it cannot be looked up whether it was saved. */
static bool reads_much(const struct trial *trial)
{
    static const char *const words[] = {"rate ", "check ", "backup ",
                                        "new other.touchline --title"};
    bool found = false;
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        found |= strncmp(trial_words(trial), words[i], strlen(words[i])) == 0;
    return found;
}

/* In the short form call N of the first, N + 1 of the second command ... so that all kinds of calls
 * come up. */
static void try_calls(struct trial *trial, void *data)
{
    struct tries *tries = data;
    long step = fault_times(41, 1);
    bool reached = true;
    for (long n = step > 1 ? (tries->turn++ * 7) % step : 0; reached; n += step)
        for (int way = 0; way < 4 && reached; way++)
            if (step == 1 || way == (n + tries->turn) % 4)
                reached = try_call(trial, tries, FAILING_ALL, n, way);
    for (int way = 0; way < 2 && reads_much(trial); way++)
        for (long n = 0; try_call(trial, tries, FAILING_SYNC | FAILING_READ, n, way);)
            n++;
}

static void every_command_bears_every_failing_call(void **state)
{
    (void)state;
    struct tries tries = {.failing = failing_new()};
    if (!tries.failing)
        skip_because("system calls cannot be failed here (seccomp of Linux 5.5)");
    verbs_each(try_calls, &tries);
    assert_true(tries.failed > 50);
    assert_true(tries.unsure > 0);
    fault_figure("system call N of every command fails: %ld runs, %ld of them told, 0 untrue",
                 tries.runs, tries.failed);
    failing_free(tries.failing);
}

/* --- the screen's own ------------------------------------------------------------------------- */

struct sick {
    struct screen *screen;
    struct failing *failing;
};

static int run_screen(void *data)
{
    const struct sick *sick = data;
    failing_enter(sick->failing);
    execl(TOUCHLINE_PROGRAM, "touchline", sick->screen->path, (char *)NULL);
    return 127;
}

/* What these two are for is that the screen goes. */
static bool leaves(const struct command *command)
{
    return strcmp(command->name, "quit") == 0 || strcmp(command->name, "suspend") == 0;
}

/* From the palette, while nothing of the disk works; whatever it has opened is left again. */
static void run_sick(const struct sick *sick, const struct command *command, int error)
{
    struct screen *screen = sick->screen;
    screen_keys(screen, ":");
    screen_type(screen, command->name);
    failing_plan(sick->failing, FAILING_ALL, 0, true, error);
    screen_keys(screen, "Enter");
    screen_keys(screen, "Left");
    failing_plan(sick->failing, 0, -1, false, 0);
    screen_keys(screen, "Esc Esc Esc Esc");
    if (!pty_find(screen->pty, "Identify", NULL, NULL))
        fail_msg("after ':%s' the board is not there:\n%s", command->name, pty_screen(screen->pty));
}

/* A dead disk is met by each of them in turn: the screen stays, and nothing is changed. */
static void every_screen_command_bears_a_dead_disk(void **state)
{
    size_t count, tried = 0;
    const struct command *const *table = command_table(&count);
    struct sick sick = {.screen = *state, .failing = failing_new()};
    if (!sick.failing)
        skip_because("system calls cannot be failed here (seccomp of Linux 5.5)");
    board_make(sick.screen->path, "# Before\nBooks the cab @p\n# Ride\nGets in @i\nPays @i\n");
    char *before = board_content(sick.screen->path);
    sick.screen->pty = pty_start_function(&sick.screen->options, run_screen, &sick);
    pty_settle(sick.screen->pty);
    for (size_t i = 0; i < count; i++)
        if (table[i]->scope == COMMAND_SCREEN && !leaves(table[i]))
            run_sick(&sick, table[i], tried++ % 2 ? ENOSPC : EIO);
    char *after = board_content(sick.screen->path);
    assert_string_equal(after, before);
    board_do(sick.screen->path, "Ana", "rate 3 magical");
    screen_keys(sick.screen, "A");
    screen_type(sick.screen, "Waves\r");
    assert_board_holds(sick.screen->path, "4 Ride/Waves");
    screen_keys(sick.screen, "Esc");
    screen_quit(sick.screen);
    fault_figure("%zu commands of the screen on a dead disk: 0 crashes, nothing changed", tried);
    memory_free(before);
    memory_free(after);
    failing_free(sick.failing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(every_screen_command_bears_a_dead_disk, screen_setup,
                                        screen_teardown),
        cmocka_unit_test(every_command_bears_every_failing_call),
    };
    return cmocka_run_group_tests_name("failing_calls", tests, NULL, NULL);
}
