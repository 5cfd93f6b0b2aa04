/* What every fuzz target has: the calls that a fuzzer makes, and how one tells it of a fault. */
#ifndef TOUCHLINE_TESTS_FUZZ_H
#define TOUCHLINE_TESTS_FUZZ_H

#include "../support/harmless.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

int LLVMFuzzerInitialize(int *argc, char ***argv);
int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What does not hold is printed, and ends the process as a fault does. */
#define check(holds) check_at((holds) != 0, #holds, __FILE__, __LINE__)
static inline void check_at(int holds, const char *what, const char *file, int line)
{
    if (holds)
        return;
    (void)fprintf(stderr, "%s:%d: does not hold: %s\n", file, line, what);
    abort();
}

/* All of it may come to a terminal. */
static inline void check_harmless(const struct harmless *rules, const char *bytes, size_t length)
{
    const char *why;
    size_t good = harmless_length(rules, bytes, length, &why);
    if (good < length)
        (void)fprintf(stderr, "byte %zu for the terminal is %s\n", good, why);
    check(good == length);
}

/* Text or bytes, to be freed. */
struct text {
    char *bytes;
    size_t length;
};

#endif
