/* room: base
 *
 * Bytes that grow. `bytes` always ends in a NUL that `length` does not count, so a buffer of text
 * can be passed where a C string is wanted; it may hold NULs of its own all the same.
 *
 *     struct buffer line = {0};
 *     buffer_add_format(&line, "%d moments", n);
 *     puts(buffer_text(&line));
 *     buffer_release(&line);
 */
#ifndef TOUCHLINE_BUFFER_H
#define TOUCHLINE_BUFFER_H

#include "touchline/status.h"
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

struct buffer {
    char *bytes; /* NULL until something is added: read through buffer_text() */
    size_t length;
    size_t capacity;
};

/* The content as a C string, "" when nothing was ever added. Valid until the next change. */
const char *buffer_text(const struct buffer *buffer);

/* What is added must not lie in the buffer itself, whose memory may move. */
void buffer_add(struct buffer *buffer, const void *bytes, size_t length);
void buffer_add_text(struct buffer *buffer, const char *text); /* NULL adds nothing */
void buffer_add_byte(struct buffer *buffer, char byte);

/* In plain digits: printf takes ten times as long, and an export has half a million of them. */
void buffer_add_integer(struct buffer *buffer, int64_t number);

void buffer_add_format(struct buffer *buffer, const char *format, ...) FORMAT_LIKE(2, 3);
void buffer_add_format_list(struct buffer *buffer, const char *format, va_list list)
    FORMAT_LIKE(2, 0);

/* Puts `length` bytes at offset `at` (0 to length); takes `length` bytes away from `at`. */
void buffer_insert(struct buffer *buffer, size_t at, const void *bytes, size_t length);
void buffer_remove(struct buffer *buffer, size_t at, size_t length);

/* Shortens to `length` bytes (at most the present length). */
void buffer_cut(struct buffer *buffer, size_t length);

/* Length 0, memory kept for reuse. */
void buffer_clear(struct buffer *buffer);

/* Frees; the buffer is as if zeroed, and usable again. */
void buffer_release(struct buffer *buffer);

/* Hands the text to the caller, who frees it with memory_free(); the buffer is empty after. */
char *buffer_take(struct buffer *buffer);

#endif
