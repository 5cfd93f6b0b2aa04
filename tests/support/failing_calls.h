/* System calls that fail, for real and wherever they come from: the program's own, SQLite's, those
 * that stdio makes. The process that shall suffer asks the kernel to stop it at each call of the
 * kinds below (seccomp, Linux 5.5), and a process beside it says whether the call is made or is
 * answered with an error. No tool and no root is needed.
 *
 *     struct failing *failing = failing_new();
 *     failing->fail_at = 3;
 *     failing->error = ENOSPC;
 *     if (fork() == 0) {
 *         failing_enter(failing);
 *         ...
 *
 * What the record says may be changed at any time, and counts from the next call on.
 */
#ifndef TOUCHLINE_TESTS_FAILING_CALLS_H
#define TOUCHLINE_TESTS_FAILING_CALLS_H

#include <stdbool.h>

/* Descriptors 0 to 2 and terminals are people's, who would see nothing of an error: reading and
 * writing there never fails, but for FAILING_OUTPUT. */
enum failing_kind {
    FAILING_OPEN = 1,
    FAILING_READ = 2,
    FAILING_WRITE = 4,
    FAILING_SYNC = 8,
    FAILING_TRUNCATE = 16,
    FAILING_UNLINK = 32,
    FAILING_RENAME = 64,  /* link() too */
    FAILING_CLOSE = 128,  /* the descriptor stays open */
    FAILING_OUTPUT = 256, /* writing to descriptor 1 */
    FAILING_ALL = 511
};

/* Shared between the processes. */
struct failing {
    volatile int kinds;     /* those that are counted and may fail; 0: none */
    volatile long fail_at;  /* the call that fails, counted from 0; -1: none */
    volatile bool for_good; /* and all that come after it */
    volatile int error;     /* what errno they leave */
    volatile long calls;    /* of those kinds so far */
    volatile int failed;    /* the kinds of those that have failed */
};

/* NULL where it cannot be done here. */
struct failing *failing_new(void);
void failing_free(struct failing *failing);

/* The calling process and all that it becomes or starts is stopped from here on. */
void failing_enter(struct failing *failing);

/* Begins to count anew: call `n` of these kinds fails. */
void failing_plan(struct failing *failing, int kinds, long n, bool for_good, int error);

#endif
