#include "every_verb.h"
#include "fault.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

/* Descriptors 0 to 2 closed at the start, in each way, and so few that they run out, beneath every
 * command: no board becomes one of the three, so what is said to people is written into no file. */

struct tries {
    int closed; /* bits: 1 << descriptor */
    int most;   /* descriptors that there may be; 0: as many as usual */
    long turn, runs, refused;
};

static void enter(void *data)
{
    const struct tries *tries = data;
    struct rlimit limit = {(rlim_t)tries->most, (rlim_t)tries->most};
    for (int i = 0; i < 3; i++)
        if (tries->closed & 1 << i)
            (void)close(i);
    if (tries->most && setrlimit(RLIMIT_NOFILE, &limit) != 0)
        _exit(125);
}

static int pardoned(const struct shell_result *result, void *data)
{
    struct tries *tries = data;
    tries->runs++;
    tries->refused += result->code != 0;
    return tries->closed & 4 ? TRIAL_MAY_BE_SILENT : 0;
}

/* --- closed ----------------------------------------------------------------------------------- */

static void close_some(struct trial *trial, void *data)
{
    struct tries *tries = data;
    long all = fault_times(0, 1);
    for (tries->closed = 1; tries->closed < 8; tries->closed++)
        if (all || tries->closed == 1 + tries->turn % 7)
            (void)trial_run(trial, enter, pardoned, tries);
    tries->turn++;
}

static void closed_at_the_start_none_becomes_a_board(void **state)
{
    (void)state;
    struct tries tries = {0};
    verbs_each(close_some, &tries);
    fault_figure("descriptors 0 to 2 closed in each way under every command: %ld runs, 0 harmed",
                 tries.runs);
}

/* --- few -------------------------------------------------------------------------------------- */

static void allow_few(struct trial *trial, void *data)
{
    struct tries *tries = data;
    long step = fault_times(13, 1);
    for (tries->most = 3 + (int)(tries->turn++ % step); tries->most < 20; tries->most += (int)step)
        (void)trial_run(trial, enter, pardoned, tries);
}

static void too_few_are_told(void **state)
{
    (void)state;
    struct tries tries = {0};
    verbs_each(allow_few, &tries);
    assert_true(tries.refused > 10);
    fault_figure("3 to 19 descriptors under every command: %ld runs, %ld of them refused, 0 harmed",
                 tries.runs, tries.refused);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(closed_at_the_start_none_becomes_a_board),
        cmocka_unit_test(too_few_are_told),
    };
    return cmocka_run_group_tests_name("descriptors", tests, NULL, NULL);
}
