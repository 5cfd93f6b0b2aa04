/* Data on their way to standard output: harmless for a terminal, as stored for a pipe. */
#include "handler.h"
#include "touchline/text.h"
#include <errno.h>
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
    fwrite(line.bytes, 1, line.length, call->out);
    buffer_release(&text);
    buffer_release(&line);
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
    fprintf(call->talk, "touchline: %s\n", buffer_text(call->talk_is_terminal ? &line : &text));
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
                     errno ? strerror(errno) : "an earlier part of it failed");
}

enum status out_json(struct call *call, enum json_what what, int64_t id, struct error *error)
{
    if (!call->out)
        return out_check(call, error);
    return store_json(call->store, what, id, call->out, error);
}
