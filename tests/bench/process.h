/* Another process, timed: what it took, from outside. */
#ifndef TOUCHLINE_BENCH_PROCESS_H
#define TOUCHLINE_BENCH_PROCESS_H

#include "touchline/status.h"
#include <stdbool.h>
#include <sys/types.h>

/* Seconds on a clock that only goes on. */
double now(void);

/* Runs argv[] (looked up on PATH) to its end, its output going into the file `output`, and gives
 * the seconds that took. STATUS_FAILED when it cannot be started or ends in anything but 0. */
enum status process_time(const char *const argv[], const char *output, double *seconds,
                         struct error *error) MUST_USE;

/* What only Linux tells of a process that runs. */
#ifdef __linux__
#define PROCESS_IS_TOLD true
#else
#define PROCESS_IS_TOLD false
#endif
double process_cpu(pid_t pid);      /* seconds of processor, its own and the system's for it */
long process_sleeps(pid_t pid);     /* how often it went to sleep by itself */
long process_peak(pid_t pid);       /* kB in memory at most, libraries included */
bool process_is_waiting(pid_t pid); /* asleep, and not for the disk */

#endif
