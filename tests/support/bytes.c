#include "bytes.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

struct bytes bytes_read(const char *path)
{
    struct bytes bytes = {0};
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    bytes.length = (size_t)ftell(file);
    rewind(file);
    bytes.at = memory_new(bytes.length + 1, 1);
    assert_int_equal(fread(bytes.at, 1, bytes.length, file), bytes.length);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

void bytes_release(struct bytes *bytes)
{
    memory_free(bytes->at);
    *bytes = (struct bytes){.at = NULL};
}

void bytes_write(const char *path, const struct bytes *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes->at, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

bool bytes_are(const char *path, const struct bytes *bytes, size_t length)
{
    struct bytes now = bytes_read(path);
    bool same = now.length == length && memcmp(now.at, bytes->at, length) == 0;
    bytes_release(&now);
    return same;
}
