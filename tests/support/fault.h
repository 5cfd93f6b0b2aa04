/* What the fault tests share: how long they run, from which seed, and what they came to.
 *
 * `make check` runs each in a short form, `make fault` in the form that a release needs, and prints
 * the figures. TOUCHLINE_SEED=N runs one again from the seed that its figure names.
 */
#ifndef TOUCHLINE_TESTS_FAULT_H
#define TOUCHLINE_TESTS_FAULT_H

#include <stdint.h>

/* `in_check`, or `in_full` under `make fault`. */
long fault_times(long in_check, long in_full);

/* The seed to begin from: TOUCHLINE_SEED, else `usual`; never 0 (random.h). */
uint64_t fault_seed(uint64_t usual);

/* One figure, as a line without its end: "kill -9 by one writer: 5000 rounds, 0 lost; seed 7". */
void fault_figure(const char *format, ...) __attribute__((format(printf, 1, 2)));

#endif
