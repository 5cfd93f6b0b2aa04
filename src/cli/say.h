/* What the command line says to people: on standard error, harmless for a terminal. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include "touchline/buffer.h"
#include <stdbool.h>
#include <stdio.h>

/* "touchline: TEXT", one line. */
void say_error(const char *text, bool utf8);

/* A remark without "touchline:", only where standard error is a terminal. */
void say_remark(const char *text, bool utf8);

/* Puts out text made by us. */
void say_text(FILE *file, const struct buffer *text);

/* Whether all of standard output has reached the system; tells when it has not. A reader that went
 * away (head) is no mistake of anybody's: true. */
bool say_finish(bool utf8);

/* Whether standard output is a pipe that nobody reads any more. */
bool say_reader_is_gone(void);

#endif
