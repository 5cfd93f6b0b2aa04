/* Files as the bytes that they are: a board to be damaged, and put down damaged. */
#ifndef TOUCHLINE_TESTS_BYTES_H
#define TOUCHLINE_TESTS_BYTES_H

#include <stdbool.h>
#include <stddef.h>

struct bytes {
    unsigned char *at;
    size_t length;
};

/* All of a file, for bytes_release(). */
struct bytes bytes_read(const char *path);
void bytes_release(struct bytes *bytes);

/* The file becomes the first `length` bytes. */
void bytes_write(const char *path, const struct bytes *bytes, size_t length);

/* Whether the file is just that. */
bool bytes_are(const char *path, const struct bytes *bytes, size_t length);

#endif
