#include "touchline/memory.h"
#include <assert.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

/* The one thing here that is not const: what to do at the end belongs to the process, not to any
 * caller, and must be at hand when nothing can be allocated any more. */
static struct {
    void (*callback)(void *data);
    void *data;
} on_exhaustion;

void memory_on_exhaustion(void (*callback)(void *data), void *data)
{
    on_exhaustion.callback = callback;
    on_exhaustion.data = data;
}

static void say_out_of_memory(void *data)
{
    static const char words[] = "touchline: out of memory; everything saved is safe\n";
    ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
    (void)written;
    (void)data;
}

/* _exit() rather than exit(): handlers may allocate, and an unfinished file must not be flushed as
 * if it were whole. The callback is taken away first, so that one which fails cannot come back. */
void memory_exhausted(void)
{
    void (*callback)(void *data) = on_exhaustion.callback;
    on_exhaustion.callback = NULL;
    (callback != NULL ? callback : say_out_of_memory)(on_exhaustion.data);
    _exit(EXIT_FAILURE);
}

/* The bytes to ask for: at least 1, because of a size of 0 the system may give NULL. */
static size_t checked_size(size_t count, size_t size)
{
    if (size != 0 && count > (size_t)PTRDIFF_MAX / size)
        memory_exhausted();
    size_t bytes = count * size;
    return bytes != 0 ? bytes : 1;
}

void *memory_new(size_t count, size_t size)
{
    void *block = calloc(1, checked_size(count, size));
    if (block == NULL)
        memory_exhausted();
    return block;
}

void *memory_resize(void *block, size_t count, size_t size)
{
    void *resized = realloc(block, checked_size(count, size));
    if (resized == NULL)
        memory_exhausted();
    return resized;
}

char *memory_copy(const char *text)
{
    return text != NULL ? memory_copy_bytes(text, strlen(text)) : NULL;
}

char *memory_copy_bytes(const char *bytes, size_t length)
{
    assert(length < SIZE_MAX);
    char *copy = memory_resize(NULL, length + 1, 1);
    if (length > 0)
        memcpy(copy, bytes, length);
    copy[length] = '\0';
    return copy;
}

void memory_free(void *block)
{
    free(block);
}

void memory_replace(char **text, const char *value)
{
    char *copy = memory_copy(value);
    memory_free(*text);
    *text = copy;
}
