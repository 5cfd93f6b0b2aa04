#include "touchline/status.h"
#include <assert.h>
#include <errno.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stdio.h>
#include <string.h>

static const int exit_codes[] = {
    [STATUS_OK] = 0,        [STATUS_FAILED] = 1,    [STATUS_NOT_FOUND] = 1,
    [STATUS_REFUSED] = 1,   [STATUS_CONFLICT] = 1,  [STATUS_USAGE] = 2,
    [STATUS_BAD_DATA] = 65, [STATUS_NO_INPUT] = 66, [STATUS_CANNOT_CREATE] = 73,
    [STATUS_BUSY] = 75,     [STATUS_READ_ONLY] = 1, [STATUS_MOVED] = 1,
    [STATUS_FULL] = 1,      [STATUS_STOPPED] = 1,
};

const char *error_reason(int why)
{
    static const struct {
        int why;
        const char *text;
    } reasons[] = {
        {ENOENT, "No such file or directory; check the name"},
        {ENOTDIR, "Not a directory; check the name"},
        {ENAMETOOLONG, "File name too long; choose a shorter one"},
        {EACCES, "Permission denied; ask its owner, or choose another place"},
        {EPERM, "Operation not permitted; ask its owner, or choose another place"},
        {EROFS, "Read-only file system; choose another place"},
        {ENOSPC, "No space left on device; make room and try again"},
        {EDQUOT, "Disk quota exceeded; make room and try again"},
        {EFBIG, "File too large; raise the limit (ulimit -f), or choose another place"},
        {EMFILE, "Too many open files; raise the limit (ulimit -n)"},
        {ENFILE, "Too many open files in system; close other programs"},
    };
    for (size_t i = 0; i < sizeof reasons / sizeof *reasons; i++)
        if (reasons[i].why == why)
            return reasons[i].text;
    return strerror(why);
}

int status_exit_code(enum status status)
{
    assert((size_t)status < sizeof exit_codes / sizeof exit_codes[0]);
    return exit_codes[status];
}

/* How many bytes the character that starts with `lead` wants; 1 for what starts none. */
static size_t character_length(unsigned char lead)
{
    if (lead >= 0xF0 && lead <= 0xF4)
        return 4;
    if (lead >= 0xE0 && lead <= 0xEF)
        return 3;
    return lead >= 0xC2 && lead <= 0xDF ? 2 : 1;
}

/* Takes away a character that was cut in its middle by the end of the text, which fills an error.
 */
static void drop_half_character(char *text)
{
    size_t length = strlen(text);
    size_t last = length - 1;
    while (length - last <= 3 && ((unsigned char)text[last] & 0xC0) == 0x80)
        last--;
    if (character_length((unsigned char)text[last]) > length - last)
        text[last] = '\0';
}

/* Formats into `out` as one line and says whether all of it fitted. By way of `out`, never in
 * place, so that the arguments may point into the error that is being filled. */
FORMAT_LIKE(2, 0)
static bool format_line(char out[ERROR_TEXT_SIZE], const char *format, va_list list)
{
    int length = vsnprintf(out, ERROR_TEXT_SIZE, format, list);
    assert(length >= 0);
    if (length >= ERROR_TEXT_SIZE)
        drop_half_character(out);
    for (char *at = out; *at != '\0'; at++)
        if (*at == '\n' || *at == '\r')
            *at = ' ';
    return length < ERROR_TEXT_SIZE;
}

enum status error_set(struct error *error, enum status status, const char *format, ...)
{
    assert(status != STATUS_OK);
    char line[ERROR_TEXT_SIZE];
    va_list list;
    va_start(list, format);
    format_line(line, format, list);
    va_end(list);
    memcpy(error->text, line, sizeof line);
    error->status = status;
    return status;
}

void error_prefix(struct error *error, const char *format, ...)
{
    char line[ERROR_TEXT_SIZE];
    va_list list;
    va_start(list, format);
    bool whole = format_line(line, format, list);
    va_end(list);
    size_t front = strlen(line);
    size_t back = strlen(error->text);
    size_t room = whole ? sizeof line - 1 - front : 0;
    size_t taken = back < room ? back : room;
    memcpy(line + front, error->text, taken);
    line[front + taken] = '\0';
    if (taken < back)
        drop_half_character(line);
    memcpy(error->text, line, sizeof line);
}
