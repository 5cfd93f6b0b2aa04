/* What every fuzz target has: the calls that a fuzzer makes, and how one tells it of a fault. */
#ifndef TOUCHLINE_TESTS_FUZZ_H
#define TOUCHLINE_TESTS_FUZZ_H

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

/* Text or bytes, to be freed. */
struct text {
    char *bytes;
    size_t length;
};

#endif
