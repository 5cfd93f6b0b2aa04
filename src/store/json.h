/* What the files that write JSON share. SQLite's own functions make it; what is left to do is here.
 */
#ifndef STORE_JSON_H
#define STORE_JSON_H

#include "internal.h"
#include "touchline/buffer.h"
#include <stdio.h>

/* Writes JSON with all that a terminal or a browser would act on as \uXXXX. It is ASCII outside its
 * strings, so a code point beyond that stands in one. */
void json_put(const char *text, size_t length, FILE *out);

/* Elements stand a line each. */
void json_separate(size_t count, FILE *out);

/* Adds an expression: the word for the number that the SQL `value` is in a field. */
void json_add_word(const struct field *field, const char *value, struct buffer *sql);

/* An array of the edits after one, with their changes. */
enum status json_put_history(struct store *store, int64_t after, FILE *out,
                             struct error *error) MUST_USE;

#endif
