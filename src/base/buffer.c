#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <assert.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

enum { SMALLEST = 64 };

const char *buffer_text(const struct buffer *buffer)
{
    return buffer->bytes != NULL ? buffer->bytes : "";
}

/* Makes room for `extra` bytes and the NUL. Doubling keeps many small additions linear. A sum that
 * overflows asks for SIZE_MAX, which memory_resize() takes for exhaustion. */
static void reserve(struct buffer *buffer, size_t extra)
{
    if (extra < buffer->capacity - buffer->length)
        return;
    size_t wanted = extra < SIZE_MAX - buffer->length ? buffer->length + extra + 1 : SIZE_MAX;
    size_t capacity = buffer->capacity * 2; /* in range: no block exceeds PTRDIFF_MAX */
    if (capacity < SMALLEST)
        capacity = SMALLEST;
    if (capacity < wanted)
        capacity = wanted;
    buffer->bytes = memory_resize(buffer->bytes, capacity, 1);
    buffer->capacity = capacity;
}

void buffer_add(struct buffer *buffer, const void *bytes, size_t length)
{
    reserve(buffer, length);
    if (length > 0)
        memcpy(buffer->bytes + buffer->length, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_add_text(struct buffer *buffer, const char *text)
{
    if (text != NULL)
        buffer_add(buffer, text, strlen(text));
}

void buffer_add_byte(struct buffer *buffer, char byte)
{
    reserve(buffer, 1);
    buffer->bytes[buffer->length++] = byte;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_add_integer(struct buffer *buffer, int64_t number)
{
    char digits[20];
    size_t at = sizeof digits;
    uint64_t left = number < 0 ? 0 - (uint64_t)number : (uint64_t)number;
    do
        digits[--at] = (char)('0' + left % 10);
    while ((left /= 10) > 0);
    if (number < 0)
        digits[--at] = '-';
    buffer_add(buffer, digits + at, sizeof digits - at);
}

void buffer_add_format(struct buffer *buffer, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    buffer_add_format_list(buffer, format, list);
    va_end(list);
}

/* There mostly is room enough already; if not, the first try has told how much it takes. */
void buffer_add_format_list(struct buffer *buffer, const char *format, va_list list)
{
    va_list again;
    va_copy(again, list);
    reserve(buffer, 0);
    size_t room = buffer->capacity - buffer->length;
    int length = vsnprintf(buffer->bytes + buffer->length, room, format, list);
    assert(length >= 0);
    if ((size_t)length >= room) {
        reserve(buffer, (size_t)length);
        (void)vsnprintf(buffer->bytes + buffer->length, (size_t)length + 1, format, again);
    }
    va_end(again);
    buffer->length += (size_t)length;
}

void buffer_insert(struct buffer *buffer, size_t at, const void *bytes, size_t length)
{
    assert(at <= buffer->length);
    reserve(buffer, length);
    char *place = buffer->bytes + at;
    memmove(place + length, place, buffer->length - at);
    if (length > 0)
        memcpy(place, bytes, length);
    buffer->length += length;
    buffer->bytes[buffer->length] = '\0';
}

void buffer_remove(struct buffer *buffer, size_t at, size_t length)
{
    assert(at <= buffer->length && length <= buffer->length - at);
    if (length == 0)
        return;
    char *place = buffer->bytes + at;
    memmove(place, place + length, buffer->length - at - length);
    buffer_cut(buffer, buffer->length - length);
}

void buffer_cut(struct buffer *buffer, size_t length)
{
    assert(length <= buffer->length);
    buffer->length = length;
    if (buffer->bytes != NULL)
        buffer->bytes[length] = '\0';
}

void buffer_clear(struct buffer *buffer)
{
    buffer_cut(buffer, 0);
}

void buffer_release(struct buffer *buffer)
{
    memory_free(buffer->bytes);
    *buffer = (struct buffer){0};
}

char *buffer_take(struct buffer *buffer)
{
    char *text = buffer->bytes != NULL ? buffer->bytes : memory_copy("");
    *buffer = (struct buffer){0};
    return text;
}
