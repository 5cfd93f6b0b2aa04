/* A stream that goes wrong at a call one names, and works again afterwards: what was once refused
 * must be told, whatever becomes of the rest.
 *
 *     struct failing_file failing = {.fail_at = 2, .error = ENOSPC};
 *     FILE *file = failing_file_open(&failing, "w");
 */
#ifndef TOUCHLINE_TESTS_FAILING_FILE_H
#define TOUCHLINE_TESTS_FAILING_FILE_H

#include <stdio.h>

/* Outlives its stream. */
struct failing_file {
    long calls;   /* of read or write so far */
    long fail_at; /* the one that fails, counted from 0 */
    int error;    /* what errno it leaves; 0: it does not say */
};

/* "r" gives "cell\n" again and again, "w" takes all and keeps nothing; nothing is held in between.
 * For fclose(). NULL where it cannot be done here. */
FILE *failing_file_open(struct failing_file *failing, const char *mode);

#endif
