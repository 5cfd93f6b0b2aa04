#include "board.h"
#include "every_verb.h"
#include "failing_calls.h"
#include "fault.h"
#include "skip.h"
#include <errno.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* System call N of every command fails, for each N: once or from then on, with a broken disk or a
 * full one. What must hold is in every_verb.h. */

struct tries {
    struct failing *failing;
    long turn, runs, failed;
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

/* Whether the command came to call `n`. */
static bool try_call(struct trial *trial, struct tries *tries, long n, int way)
{
    struct failing *failing = tries->failing;
    bool full = way & 2; /* then nothing that only reads can fail */
    int kinds = full ? FAILING_ALL & ~FAILING_READ & ~FAILING_CLOSE : FAILING_ALL;
    failing_plan(failing, kinds, n, way & 1, full ? ENOSPC : EIO);
    const struct shell_result *result = trial_run(trial, enter, pardoned, tries);
    if (strstr(result->err, full ? "damaged" : "room") || result->code == 65)
        fail_msg("touchline %s: call %ld failed, and it says:\n%s", trial_words(trial), n,
                 result->err);
    tries->runs++;
    tries->failed += result->code != 0;
    return failing->calls > n;
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
                reached = try_call(trial, tries, n, way);
}

static void every_command_bears_every_failing_call(void **state)
{
    (void)state;
    struct tries tries = {.failing = failing_new()};
    if (!tries.failing)
        skip_because("system calls cannot be failed here (seccomp of Linux 5.5)");
    verbs_each(try_calls, &tries);
    assert_true(tries.failed > 50);
    fault_figure("system call N of every command fails: %ld runs, %ld of them told, 0 untrue",
                 tries.runs, tries.failed);
    failing_free(tries.failing);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_command_bears_every_failing_call),
    };
    return cmocka_run_group_tests_name("failing_calls", tests, NULL, NULL);
}
