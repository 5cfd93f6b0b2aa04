/* A board of doubtful origin read in every way: opened, by each verb that reads, by the screen's
 * queries, checked, salvaged. In a child, so that a crash or an endless loop is one failure of one
 * board. */
#ifndef TOUCHLINE_TESTS_READ_ALL_H
#define TOUCHLINE_TESTS_READ_ALL_H

#include <stdbool.h>

struct read_all {
    bool lived;        /* it ended by itself, within a minute */
    bool opened;       /* else `said` is the line that refused it */
    bool sound;        /* check says so */
    bool salvaged;     /* a new board is at `to` */
    bool doubtful;     /* and its report says so of some of it */
    char said[512];    /* by open, else by check */
    char report[600];  /* what salvage told */
    char unclear[200]; /* what said no clear line, "" when all did */
    long peak_kb;      /* of memory */
};

/* `to` must not be there. */
struct read_all read_all(const char *path, const char *to);

/* Fails the test unless it lived and all that went wrong was told in one clear line. */
void read_all_assert_clear(const struct read_all *found, const char *what);

#endif
