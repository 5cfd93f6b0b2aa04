/* Two boards compared record by record: the one that was damaged and what came out of it. */
#ifndef TOUCHLINE_TESTS_SALVAGED_H
#define TOUCHLINE_TESTS_SALVAGED_H

#include <stdint.h>

/* Of the live records of all kinds that a salvage takes, with all their values but who placed them:
 * of how many only the first has the id, and of how many both have it with other values. What
 * hangs on a deleted moment counts as deleted. `ids`: moments and phases alone, and not the
 * channels, which stand in for those that are lost. */
struct salvaged {
    int64_t kept;     /* the same in both */
    int64_t lost;     /* in the old board alone */
    int64_t invented; /* in the new board alone */
    int64_t altered;
    int64_t order; /* neighbours in the new board that stand the other way round in the old one */
};
struct salvaged salvaged_compare(const char *old, const char *new);

#endif
