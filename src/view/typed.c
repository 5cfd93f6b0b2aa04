/* Text being typed: in one row, scrolled sideways so that its cursor is seen; or wrapped into
 * several, those around the cursor. */
#include "draw.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>

/* A stretch of the text and the place it is drawn at. */
struct stretch {
    size_t from, length;
};

/* The byte of the stretch that stands `columns` right of its begin. */
static size_t offset_at(const char *text, struct stretch stretch, int columns)
{
    size_t at = 0;
    while (at < stretch.length) {
        size_t cluster = text_cluster_length(text + stretch.from + at, stretch.length - at);
        columns -= text_columns(text + stretch.from + at, cluster);
        if (columns < 0)
            break;
        at += cluster;
    }
    return stretch.from + at;
}

static void draw_stretch(struct frame *frame, struct rect rect, const struct typed *typed,
                         struct stretch stretch, struct style style, struct probe *probe)
{
    frame_bytes(frame, rect.row, rect.column, rect.columns, typed->text + stretch.from,
                stretch.length, style);
    size_t offset = offset_at(typed->text, stretch, probe->column - rect.column);
    probe_spot(probe, rect, VIEW_PROMPT, 0, (int)offset);
}

static void put_cursor(struct frame *frame, struct rect rect, const struct typed *typed,
                       size_t from)
{
    int column = text_columns(typed->text + from, typed->cursor - from);
    frame->cursor_row = rect.row;
    /* Blanks that are swallowed where a line breaks have no room of their own. */
    frame->cursor_column = rect.column + (column < rect.columns ? column : rect.columns - 1);
    frame->cursor_visible = true;
}

/* --- long texts --------------------------------------------------------------------------------
 *
 * A key in a note of a megabyte must not have all of it measured anew: what stands far before the
 * cursor is left out of it. */

/* A place from which the text can be laid out so that at least `rows` rows of it stand before the
 * cursor: its begin when that is near. It stays where it is while one types, and is the begin of a
 * line where there are any; only a paragraph longer than all that breaks otherwise than as a
 * whole. */
static size_t near_cursor(const struct typed *typed, int rows, int columns)
{
    enum { CELL = 8, LEAST = 4096 }; /* bytes of a cell, with its marks; */
    size_t room = (size_t)(rows > 0 ? rows : 1) * (size_t)(columns > 0 ? columns : 1) * CELL;
    room = room > LEAST ? room : LEAST;
    if (typed->cursor < 2 * room)
        return 0;
    const char *from = typed->text + (typed->cursor / room - 1) * room;
    const char *line = memchr(from, '\n', room / 2), *blank = memchr(from, ' ', room / 2);
    if (line || blank)
        return (size_t)((line ? line : blank) - typed->text) + 1;
    while (((unsigned char)*from & 0xC0) == 0x80)
        from++;
    return (size_t)(from - typed->text);
}

/* --- one row ---------------------------------------------------------------------------------- */

/* Offset from which the text is shown so that its cursor falls on column `last` at most. */
static size_t scrolled(const struct typed *typed, int last)
{
    size_t from = near_cursor(typed, 1, last);
    int columns = text_columns(typed->text + from, typed->cursor - from);
    bool hides = from > 0;
    last -= hides ? 1 : 0;
    while (columns > last && from < typed->cursor) {
        size_t length = text_cluster_length(typed->text + from, typed->cursor - from);
        columns -= text_columns(typed->text + from, length);
        from += length;
        /* An ellipsis takes the first column once something is hidden. */
        last -= hides ? 0 : 1;
        hides = true;
    }
    return from;
}

static void draw_one_row(struct frame *frame, struct rect rect, const struct typed *typed,
                         struct style style, struct probe *probe)
{
    size_t length = strlen(typed->text);
    /* The last column is the cursor's at the end of the text, else an ellipsis may need it. */
    size_t from = scrolled(typed, typed->cursor < length ? rect.columns - 2 : rect.columns - 1);
    if (from > 0) {
        frame_put(frame, rect.row, rect.column++, 0x2026, style);
        rect.columns--;
    }
    draw_stretch(frame, rect, typed, (struct stretch){from, length - from}, style, probe);
    put_cursor(frame, rect, typed, from);
}

/* --- several ---------------------------------------------------------------------------------- */

struct lines {
    struct stretch *at;
    int count, cursor; /* the one that the cursor stands in */
};

static void add_line(struct lines *lines, size_t from, size_t length, size_t cursor)
{
    lines->at = memory_resize(lines->at, (size_t)lines->count + 1, sizeof *lines->at);
    lines->at[lines->count] = (struct stretch){from, length};
    if (from <= cursor)
        lines->cursor = lines->count;
    lines->count++;
}

/* The lines from the byte `from` on, as far as `most` beyond the one that the cursor stands in. A
 * column is left for the cursor at a line's end. */
static struct lines wrap_lines(const struct typed *typed, size_t from, int columns, int most)
{
    struct text_wrap wrap = {.text = typed->text,
                             .length = strlen(typed->text),
                             .at = from,
                             .columns = columns > 1 ? columns - 1 : 1};
    struct lines lines = {0};
    while (lines.count - lines.cursor <= most && text_wrap_next(&wrap))
        add_line(&lines, (size_t)(wrap.line - wrap.text), wrap.line_length, typed->cursor);
    /* A line break at the end begins a line that holds nothing yet; so does no text at all. */
    if (wrap.at == wrap.length && (wrap.length == 0 || wrap.text[wrap.length - 1] == '\n'))
        add_line(&lines, wrap.length, 0, typed->cursor);
    return lines;
}

static void draw_rows(struct frame *frame, struct rect rect, const struct typed *typed,
                      struct style style, struct probe *probe)
{
    size_t from = near_cursor(typed, rect.rows, rect.columns);
    struct lines lines = wrap_lines(typed, from, rect.columns, rect.rows);
    int first = lines.cursor < rect.rows ? 0 : lines.cursor - rect.rows + 1;
    for (int i = 0; i < rect.rows && first + i < lines.count; i++) {
        struct rect row = {rect.row + i, rect.column, 1, rect.columns};
        struct stretch line = lines.at[first + i];
        draw_stretch(frame, row, typed, line, style, probe);
        if (first + i == lines.cursor)
            put_cursor(frame, row, typed, line.from);
    }
    view_more(frame, rect, from > 0 || first > 0, first + rect.rows < lines.count, style);
    memory_free(lines.at);
}

void view_typed(struct frame *frame, struct rect rect, const struct typed *typed,
                struct style style, struct probe *probe)
{
    frame_fill(frame, rect, ' ', style);
    if (rect.rows > 1)
        draw_rows(frame, rect, typed, style, probe);
    else
        draw_one_row(frame, rect, typed, style, probe);
}

int view_typed_rows(const struct typed *typed, int columns, int most)
{
    const struct typed whole = {.text = typed->text};
    struct lines lines = wrap_lines(&whole, 0, columns, most);
    memory_free(lines.at);
    return lines.count < most ? lines.count : most;
}
