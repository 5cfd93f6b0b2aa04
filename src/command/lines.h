/* A list that somebody pipes in, a line each. */
#ifndef COMMAND_LINES_H
#define COMMAND_LINES_H

#include "touchline/status.h"
#include <stddef.h>
#include <stdio.h>

struct lines {
    char **at; /* valid UTF-8 without NUL and line end */
    size_t count;
};

/* Reads `file` to its end; STATUS_BAD_DATA names the line that is no text, or tells the limit.
 * What was read is the caller's in any case: lines_release(). */
enum status lines_read(FILE *file, struct lines *lines, struct error *error) MUST_USE;
void lines_release(struct lines *lines);

#endif
