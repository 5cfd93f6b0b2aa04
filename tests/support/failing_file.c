#include "failing_file.h"
#include <errno.h>
#include <stdbool.h>
#include <string.h>

#ifdef __linux__

static bool fails(struct failing_file *failing)
{
    bool now = failing->calls++ == failing->fail_at;
    if (now)
        errno = failing->error;
    return now;
}

static ssize_t give(void *cookie, char *bytes, size_t size)
{
    static const char row[] = "cell\n";
    size_t length = size < sizeof row - 1 ? size : sizeof row - 1;
    if (fails(cookie))
        return -1;
    memcpy(bytes, row, length);
    return (ssize_t)length;
}

static ssize_t take(void *cookie, const char *bytes, size_t size)
{
    (void)bytes;
    return fails(cookie) ? 0 : (ssize_t)size;
}

FILE *failing_file_open(struct failing_file *failing, const char *mode)
{
    FILE *file = fopencookie(failing, mode, (cookie_io_functions_t){.read = give, .write = take});
    if (file)
        (void)setvbuf(file, NULL, _IONBF, 0);
    return file;
}

#else

FILE *failing_file_open(struct failing_file *failing, const char *mode)
{
    (void)failing, (void)mode;
    return NULL;
}

#endif
