/* Help, the manual's lists and completion: all read off the table of commands. */
#ifndef CLI_TEXTS_H
#define CLI_TEXTS_H

#include "touchline/buffer.h"
#include <stdbool.h>
#include <stddef.h>

/* What --help prints: examples, verbs by group, options. */
void texts_help(struct buffer *out);

/* The keys of the screen by group, a line each. */
void texts_keys(struct buffer *out);

/* mdoc(7) for touchline(1): "verbs", "keys" or "options". False for another word. */
bool texts_manual(const char *part, struct buffer *out);

/* What may stand where the last of the words stands, "CANDIDATE<tab>what it is" a line each;
 * nothing where it is a file. */
void texts_complete(const char *const *words, size_t count, struct buffer *out);

#endif
