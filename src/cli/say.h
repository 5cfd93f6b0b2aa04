/* What the command line says to people: on standard error, and what it prints by itself on standard
 * output; harmless where that is a terminal. */
#ifndef CLI_SAY_H
#define CLI_SAY_H

#include "touchline/buffer.h"
#include <stdbool.h>

/* "touchline: TEXT", one line. */
void say_error(const char *text, bool utf8);

/* A remark without "touchline:", only where standard error is a terminal. */
void say_remark(const char *text, bool utf8);

/* Lines for standard output. */
void say_text(const struct buffer *text, bool utf8);

/* Whether all of standard output has reached the system; tells when it has not. A reader that went
 * away (head) is no mistake of anybody's: true. */
bool say_finish(bool utf8);

/* Whether standard output is a pipe that nobody reads any more. */
bool say_reader_is_gone(void);

#endif
