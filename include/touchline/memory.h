/* room: base
 *
 * Memory that is there or the program stops cleanly: no call here returns NULL.
 *
 * When the system has none left, the registered callback runs (it restores the terminal and
 * says that nothing saved is lost), then the process ends with exit code 1. Edits are safe by
 * then: each is one transaction, whole or absent.
 */
#ifndef TOUCHLINE_MEMORY_H
#define TOUCHLINE_MEMORY_H

#include <stddef.h>

/* `count` x `size` bytes, zeroed. Free with memory_free(). Overflow of the product counts as
 * exhaustion. A size of 0 gives a pointer that can be freed. */
void *memory_new(size_t count, size_t size) __attribute__((malloc, returns_nonnull));

/* Grows or shrinks `block` (or NULL) to `count` x `size` bytes; added bytes are not zeroed. */
void *memory_resize(void *block, size_t count, size_t size) __attribute__((returns_nonnull));

/* A NUL-terminated copy of `text`; of NULL, NULL. */
char *memory_copy(const char *text);

/* A NUL-terminated copy of `length` bytes. */
char *memory_copy_bytes(const char *bytes, size_t length) __attribute__((returns_nonnull));

/* free(), NULL allowed. */
void memory_free(void *block);

/* Frees what *text points to and puts a copy of `value` (or NULL) there. `value` may be *text. */
void memory_replace(char **text, const char *value);

/* Called once, before the process ends for want of memory. It must not allocate. One callback;
 * NULL takes it away. */
void memory_on_exhaustion(void (*callback)(void *data), void *data);

/* Ends the process in that way: for a library that had no memory and cannot say so. */
void memory_exhausted(void) __attribute__((noreturn));

#endif
