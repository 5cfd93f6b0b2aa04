/* Data on their way to standard output: harmless for a terminal, as stored for a pipe. */
#include "handler.h"
#include "touchline/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

/* Line breaks end lines, so within one they are blanks, in a pipe too. */
static void add_one_line(struct call *call, const char *text, size_t length, struct buffer *out)
{
    if (call->out_is_terminal) {
        text_show(out, text, length, TEXT_ONE_LINE, call->ascii);
        return;
    }
    size_t from = out->length;
    buffer_add(out, text, length);
    for (size_t i = from; i < out->length; i++)
        if (out->bytes[i] == '\n' || out->bytes[i] == '\r')
            out->bytes[i] = ' ';
}

void out_line(struct call *call, const char *format, ...)
{
    struct buffer text = {0}, line = {0};
    va_list list;
    if (!call->out)
        return;
    va_start(list, format);
    buffer_add_format_list(&text, format, list);
    va_end(list);
    add_one_line(call, buffer_text(&text), text.length, &line);
    buffer_add_byte(&line, '\n');
    (void)fwrite(line.bytes, 1, line.length, call->out);
    buffer_release(&text);
    buffer_release(&line);
}

void out_lines(struct call *call, const char *text)
{
    while (*text) {
        size_t length = strcspn(text, "\n");
        out_line(call, "%.*s", (int)length, text);
        text += length + (text[length] == '\n');
    }
}

void out_text(struct call *call, const char *label, const char *text, int indent)
{
    bool first = true;
    do {
        size_t length = strcspn(text, "\n");
        if (first)
            out_line(call, "%s: %.*s", label, (int)length, text);
        else
            out_line(call, "%*s%.*s", length ? indent : 0, "", (int)length, text);
        first = false;
        text += length;
    } while (*text && *++text);
}

void out_label(struct call *call, const char *label, const struct buffer *value)
{
    if (value->length > 0)
        out_line(call, "%s: %s", label, buffer_text(value));
}

void talk_line(struct call *call, const char *format, ...)
{
    struct buffer text = {0}, line = {0};
    va_list list;
    if (!call->talk)
        return;
    va_start(list, format);
    buffer_add_format_list(&text, format, list);
    va_end(list);
    if (call->talk_is_terminal)
        text_show(&line, buffer_text(&text), text.length, TEXT_ONE_LINE, call->ascii);
    (void)fprintf(call->talk, "touchline: %s\n",
                  buffer_text(call->talk_is_terminal ? &line : &text));
    buffer_release(&text);
    buffer_release(&line);
}

enum status out_check(struct call *call, struct error *error)
{
    if (!call->out)
        return error_set(error, STATUS_USAGE,
                         "%s prints lines: it is for the shell, touchline %s BOARD",
                         call->command->name, call->command->name);
    errno = 0;
    if (fflush(call->out) == 0 && !ferror(call->out))
        return STATUS_OK;
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return error_set(error, full ? STATUS_FULL : STATUS_FAILED, "cannot write the output: %s",
                     errno ? error_reason(errno) : "an earlier part of it failed");
}

/* --- JSON ------------------------------------------------------------------------------------- */

static bool is_shown_as_itself(const char *text, size_t length)
{
    struct buffer shown = {0};
    text_show(&shown, text, length, TEXT_ONE_LINE, false);
    bool same = shown.length == length && memcmp(shown.bytes, text, length) == 0;
    buffer_release(&shown);
    return same;
}

static void add_escape(struct buffer *out, uint32_t point)
{
    if (point > 0xFFFF) {
        buffer_add_format(out, "\\u%04x", (unsigned)(0xD800 + ((point - 0x10000) >> 10)));
        point = 0xDC00 + ((point - 0x10000) & 0x3FF);
    }
    buffer_add_format(out, "\\u%04x", (unsigned)point);
}

/* On a terminal everything that could not be seen as itself is written as JSON may write it: the
 * same values, and nothing raw. */
static void add_visible(struct buffer *out, const char *text, size_t length, bool ascii)
{
    for (size_t at = 0; at < length;) {
        uint32_t point = 0;
        size_t taken = text_decode(text + at, length - at, &point);
        bool plain = taken == 1 || (taken > 1 && !ascii && is_shown_as_itself(text + at, taken));
        if (plain || taken == 0)
            buffer_add(out, text + at, taken ? taken : 1);
        else
            add_escape(out, point);
        at += taken ? taken : 1;
    }
}

static enum status json_on_terminal(struct call *call, const struct json_wanted *wanted,
                                    struct error *error)
{
    char *line = NULL;
    size_t room = 0;
    ssize_t length;
    FILE *file = tmpfile();
    if (!file)
        return error_set(error, STATUS_FAILED, "cannot keep the output: %s", error_reason(errno));
    enum status status = store_json(call->store, wanted, file, error);
    rewind(file);
    while (status == STATUS_OK && (length = getline(&line, &room, file)) > 0) {
        struct buffer shown = {0};
        add_visible(&shown, line, (size_t)length, call->ascii);
        (void)fwrite(shown.bytes, 1, shown.length, call->out);
        buffer_release(&shown);
    }
    free(line);
    (void)fclose(file);
    return status == STATUS_OK ? out_check(call, error) : status;
}

enum status out_json(struct call *call, const struct json_wanted *wanted, struct error *error)
{
    if (!call->out)
        return out_check(call, error);
    return call->out_is_terminal ? json_on_terminal(call, wanted, error)
                                 : store_json(call->store, wanted, call->out, error);
}
