/* Text on its way to a screen: made harmless, measured, fitted. The rule is text_cell.c's. */
#include "text_cell.h"
#include <string.h>

static void add_cell(struct buffer *out, const struct text_cell *cell, bool ascii)
{
    size_t plain = 0;
    while (plain < cell->length && (unsigned char)cell->bytes[plain] < 0x80)
        plain++;
    if (!ascii)
        plain = cell->length;
    buffer_add(out, cell->bytes, plain);
    for (int column = 0; plain == 0 && column < cell->columns; column++)
        buffer_add_byte(out, '?');
}

void text_show(struct buffer *out, const char *text, size_t length, enum text_lines lines,
               bool ascii)
{
    for (size_t at = 0; at < length;) {
        size_t run = text_plain_run(text + at, length - at);
        if (run > 0)
            buffer_add(out, text + at, run);
        at += run;
        if (at < length) {
            struct text_cell cell;
            at += text_cell_read(text + at, length - at, lines, &cell);
            add_cell(out, &cell, ascii);
        }
    }
}

bool text_is_plain(const char *text, size_t length)
{
    return text_plain_run(text, length) == length;
}

int text_columns(const char *text, size_t length)
{
    int columns = 0;
    for (size_t at = 0; at < length;) {
        size_t run = text_plain_run(text + at, length - at);
        columns += (int)run;
        at += run;
        if (at < length) {
            struct text_cell cell;
            at += text_cell_read(text + at, length - at, TEXT_ONE_LINE, &cell);
            columns += cell.columns;
        }
    }
    return columns;
}

/* How far text reaches that may be followed by an ellipsis. */
struct stop {
    size_t bytes; /* of the output */
    int columns;
};

/* A joiner (U+200C, U+200D) whose second letter did not fit joins nothing any more. */
static void cut_joiner(struct buffer *out)
{
    const char *end = buffer_text(out) + out->length;
    if (out->length >= 3 &&
        (memcmp(end - 3, "\u200C", 3) == 0 || memcmp(end - 3, "\u200D", 3) == 0))
        buffer_cut(out, out->length - 3);
}

/* Puts the ellipsis, or as much of it as there is room for, in place of what stands after `stop`.
 */
static int end_with_ellipsis(struct buffer *out, struct stop stop, int columns, bool ascii)
{
    buffer_cut(out, stop.bytes);
    cut_joiner(out);
    int width = ascii ? 3 : 1;
    if (width > columns)
        width = columns > 0 ? columns : 0;
    buffer_add(out, ascii ? "..." : "…", ascii ? (size_t)width : width > 0 ? strlen("…") : 0);
    return stop.columns + width;
}

int text_fit(struct buffer *out, const char *text, size_t length, int columns, bool ascii)
{
    struct stop stop = {.bytes = out->length};
    int room = columns - (ascii ? 3 : 1);
    int used = 0;
    if ((int64_t)length <= columns && text_is_plain(text, length)) {
        buffer_add(out, text, length);
        return (int)length;
    }
    size_t cluster = 0; /* offset of the first cluster that begins at or after `at` */
    for (size_t at = 0; at < length;) {
        while (cluster < at)
            cluster += text_cluster_length(text + cluster, length - cluster);
        if (cluster == at && used <= room)
            stop = (struct stop){out->length, used};
        struct text_cell cell;
        at += text_cell_read(text + at, length - at, TEXT_ONE_LINE, &cell);
        used += cell.columns;
        if (used > columns)
            return end_with_ellipsis(out, stop, columns, ascii);
        add_cell(out, &cell, ascii);
    }
    return used;
}
