/* Every command that a shell can run, each with words that do it on a small board: for tests of
 * what may go wrong beneath any of them.
 *
 * A trial runs one of them in a child of the test, where something goes wrong, and asserts what
 * must hold whatever that is: it ends by itself, with nothing left open; the board is sound; what
 * the exit status says is what was done; a failure is told in one line and has changed nothing; and
 * the same words work once nothing is in the way any more.
 *
 *     verbs_each(try_one, data);
 *
 *     static void try_one(struct trial *trial, void *data)
 *     {
 *         trial_run(trial, enter, data, 0);
 */
#ifndef TOUCHLINE_TESTS_EVERY_VERB_H
#define TOUCHLINE_TESTS_EVERY_VERB_H

#include "shell.h"
#include <stdbool.h>

struct trial;

/* Calls it for each line of the list; fails the test when the table has a command that is not in
 * the list. */
void verbs_each(void (*each)(struct trial *trial, void *data), void *data);

/* The line: "rate cab.touchline 3 magical". */
const char *trial_words(const struct trial *trial);

/* Whether it writes anything, when nothing is in the way: the board or another file. */
bool trial_changes(const struct trial *trial);

/* What may be so all the same. */
enum trial_pardon {
    TRIAL_MAY_LEAVE_FILES = 1,       /* temporary ones: what would remove them failed too */
    TRIAL_MAY_LEAVE_DESCRIPTORS = 2, /* they could not be closed */
    TRIAL_MAY_BE_SILENT = 4,         /* nobody would hear why it failed */
    TRIAL_MAY_SAY_OTHER_DAYS = 8,    /* today is another day: what it prints and notes may differ */
};

/* Runs it once, `enter` called in the child before; then asserts all of the above. `pardoned` is
 * asked after the run what is to be pardoned; NULL: nothing. Its result is valid until the next
 * one. */
const struct shell_result *trial_run(struct trial *trial, void (*enter)(void *data),
                                     int (*pardoned)(const struct shell_result *result, void *data),
                                     void *data);

#endif
