/* Random numbers that are the same in each run, for tests of properties: the seed says it all. */
#ifndef TOUCHLINE_TESTS_RANDOM_H
#define TOUCHLINE_TESTS_RANDOM_H

#include <assert.h>
#include <stdint.h>

/* A number from 0 to `limit` - 1. The seed is any but 0 and moves on with each call (xorshift64).
 */
static inline uint64_t random_below(uint64_t *seed, uint64_t limit)
{
    assert(limit > 0);
    *seed ^= *seed << 13;
    *seed ^= *seed >> 7;
    *seed ^= *seed << 17;
    return *seed % limit;
}

#endif
