#include "lines.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>

/* As many as a board holds moments; and bytes of one line, far more than a title may have. */
enum { LINES_MOST = 100000, LINE_MOST = 64 << 10 };

/* False at the end of the file. */
static bool read_line(FILE *file, struct buffer *line)
{
    int byte;
    buffer_clear(line);
    while ((byte = getc(file)) != EOF && byte != '\n' && line->length <= LINE_MOST)
        buffer_add_byte(line, (char)byte);
    if (line->length && line->bytes[line->length - 1] == '\r')
        buffer_cut(line, line->length - 1);
    return byte != EOF || line->length > 0;
}

static enum status check_line(const struct buffer *line, size_t number, struct error *error)
{
    if (line->length > LINE_MOST)
        return error_set(error, STATUS_BAD_DATA, "line %zu is over %d bytes; is it a list?", number,
                         LINE_MOST);
    if (text_first_invalid(buffer_text(line), line->length) < line->length)
        return error_set(error, STATUS_BAD_DATA,
                         "line %zu is not UTF-8 or holds a NUL; save it as UTF-8 text", number);
    if (number > LINES_MOST)
        return error_set(error, STATUS_BAD_DATA, "over 100,000 lines; take fewer at a time");
    return STATUS_OK;
}

static void drop_byte_order_mark(struct buffer *line)
{
    if (line->length >= 3 && memcmp(line->bytes, "\xEF\xBB\xBF", 3) == 0)
        buffer_remove(line, 0, 3);
}

static void keep(struct lines *lines, const struct buffer *line, size_t *room)
{
    if (lines->count == *room) {
        *room = *room ? *room * 2 : 64;
        lines->at = memory_resize(lines->at, *room, sizeof *lines->at);
    }
    lines->at[lines->count++] = memory_copy(buffer_text(line));
}

enum status lines_read(FILE *file, struct lines *lines, struct error *error)
{
    struct buffer line = {0};
    size_t room = 0;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && read_line(file, &line)) {
        if (lines->count == 0)
            drop_byte_order_mark(&line);
        status = check_line(&line, lines->count + 1, error);
        if (status == STATUS_OK)
            keep(lines, &line, &room);
    }
    buffer_release(&line);
    if (status == STATUS_OK && ferror(file))
        status = error_set(error, STATUS_NO_INPUT, "the list could not be read to its end");
    return status;
}

void lines_release(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++)
        memory_free(lines->at[i]);
    memory_free(lines->at);
    *lines = (struct lines){0};
}
