/* A folder of a fuzz target's own, in memory where the system has that, and a sound board with
 * something of everything to put into it. One a process; it goes with the process that made it, so
 * that those a fuzzer forks off can share it.
 */
#ifndef TOUCHLINE_TESTS_FUZZ_SCRATCH_H
#define TOUCHLINE_TESTS_FUZZ_SCRATCH_H

#include "touchline/store.h"
#include <stddef.h>

/* Makes the folder, and HOME and TMPDIR lie in it from then on. */
void scratch_make(void);

/* Path of a file in the folder; lives until the next call. */
const char *scratch_path(const char *name);

/* Removes all that lies in the folder. */
void scratch_clear(void);

/* What runs in between sees the folder as the working one, so that names without a slash lie in it.
 */
void scratch_enter(void);
void scratch_leave(void);

/* Whole files. What is read is the caller's (free). */
void scratch_write(const char *name, const void *bytes, size_t length);
unsigned char *scratch_read(const char *name, size_t *size);

/* The sound board's bytes: two moments in a phase, with notes, an idea and an action each, chosen
 * and rated; a vote is open, in which Ana has laid a dot. */
const unsigned char *scratch_sound(size_t *size);

/* The board of that name is one that store_check() has nothing to say about. */
void scratch_check_sound(const char *name);

/* As "fuzz", at the beginning of time. */
struct store_options scratch_options(void);

#endif
