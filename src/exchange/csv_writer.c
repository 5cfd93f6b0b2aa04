#include "output.h"
#include "touchline/csv.h"
#include "touchline/memory.h"
#include <assert.h>
#include <string.h>

/* What a byte means for the one pass that a cell gets: quotes round it if anywhere, and perhaps a
 * guard if in front. */
enum { QUOTED = 1, MAY_BE_LIVE = 2 };
static const unsigned char meanings[256] = {
    ['"'] = QUOTED,
    [','] = QUOTED,
    ['\n'] = QUOTED | MAY_BE_LIVE,
    ['\r'] = QUOTED | MAY_BE_LIVE,
    ['\t'] = MAY_BE_LIVE,
    ['\''] = MAY_BE_LIVE,
    ['='] = MAY_BE_LIVE,
    ['+'] = MAY_BE_LIVE,
    ['-'] = MAY_BE_LIVE,
    ['@'] = MAY_BE_LIVE,
    [0xEF] = MAY_BE_LIVE, /* the first byte of the full-width ones */
};

struct csv_writer {
    FILE *file;
    struct csv_style style;
    struct buffer held; /* gathered, not yet handed on */
    int64_t handed;     /* bytes handed on */
    size_t cells;       /* of the row so far */
    size_t row;         /* where it begins in `held`; a row is handed on whole */
};

struct csv_writer *csv_writer_new(FILE *file, struct csv_style style)
{
    struct csv_writer *writer = memory_new(1, sizeof *writer);
    writer->file = file;
    writer->style = style;
    if (style.excel)
        buffer_add_text(&writer->held, "\uFEFF");
    writer->row = writer->held.length;
    return writer;
}

void csv_writer_free(struct csv_writer *writer)
{
    if (writer == NULL)
        return;
    buffer_release(&writer->held);
    memory_free(writer);
}

static void begin_cell(struct csv_writer *writer)
{
    if (writer->cells++ > 0)
        buffer_add_byte(&writer->held, ',');
}

/* Long texts are left to the library's search, which is faster even four times over. */
static bool must_be_quoted(const char *text, size_t length)
{
    enum { LONG = 32 };
    if (length >= LONG)
        return memchr(text, ',', length) || memchr(text, '"', length) ||
               memchr(text, '\n', length) || memchr(text, '\r', length);
    for (size_t i = 0; i < length; i++)
        if (meanings[(unsigned char)text[i]] & QUOTED)
            return true;
    return false;
}

static bool must_be_guarded(const struct csv_writer *writer, const char *text, size_t length)
{
    return meanings[(unsigned char)text[0]] & MAY_BE_LIVE && !writer->style.raw &&
           csv_guard_needed(text, length);
}

/* Adds the text with each quote in it doubled. */
static void add_doubling_quotes(struct buffer *out, const char *text, size_t length)
{
    const char *quote;
    while (length > 0 && (quote = memchr(text, '"', length)) != NULL) {
        size_t taken = (size_t)(quote - text) + 1;
        buffer_add(out, text, taken);
        buffer_add_byte(out, '"');
        text += taken;
        length -= taken;
    }
    buffer_add(out, text, length);
}

void csv_writer_cell(struct csv_writer *writer, const char *text, size_t length)
{
    begin_cell(writer);
    if (length == 0)
        return;
    struct buffer *held = &writer->held;
    bool quoted = must_be_quoted(text, length);
    if (quoted)
        buffer_add_byte(held, '"');
    if (must_be_guarded(writer, text, length))
        buffer_add_byte(held, '\'');
    if (!quoted) {
        buffer_add(held, text, length);
        return;
    }
    add_doubling_quotes(held, text, length);
    buffer_add_byte(held, '"');
}

void csv_writer_number(struct csv_writer *writer, int64_t number)
{
    begin_cell(writer);
    buffer_add_integer(&writer->held, number);
}

static enum status hand_on(struct csv_writer *writer,
                           enum status (*output)(FILE *, struct buffer *, struct error *),
                           struct error *error)
{
    size_t before = writer->held.length;
    enum status status = output(writer->file, &writer->held, error);
    writer->handed += (int64_t)(before - writer->held.length);
    writer->row = writer->held.length;
    return status;
}

/* A row of one empty cell would read as a blank line, which is a row of none. */
enum status csv_writer_end_row(struct csv_writer *writer, struct error *error)
{
    if (writer->cells == 1 && writer->held.length == writer->row)
        buffer_add_text(&writer->held, "\"\"");
    buffer_add_text(&writer->held, writer->style.excel ? "\r\n" : "\n");
    writer->cells = 0;
    return hand_on(writer, output_some, error);
}

enum status csv_writer_finish(struct csv_writer *writer, struct error *error)
{
    assert(writer->cells == 0);
    return hand_on(writer, output_all, error);
}

int64_t csv_writer_bytes(const struct csv_writer *writer)
{
    return writer->handed + (int64_t)writer->held.length;
}
