#include "touchline/frame.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <assert.h>
#include <stdarg.h>
#include <string.h>
#include <wchar.h>

/* Stand-ins for terminals that show ASCII only. A sign whose stand-in is not in its place here is a
 * '?', so a view may use no other signs than these and a channel's own. */
static const struct stand_in {
    uint32_t sign;
    char ascii; /* one, so that columns stay what they are */
} stand_ins[] = {
    {0x00b7, '.'},  /* · */
    {0x2013, '-'},  /* – */
    {0x2014, '-'},  /* — */
    {0x2018, '\''}, /* ‘ */
    {0x2019, '\''}, /* ’ */
    {0x201c, '"'},  /* “ */
    {0x201d, '"'},  /* ” */
    {0x2026, '.'},  /* … */
    {0x203a, '>'},  /* › */
    {0x2190, '<'},  /* ← */
    {0x2191, '^'},  /* ↑ */
    {0x2192, '>'},  /* → */
    {0x2193, 'v'},  /* ↓ */
    {0x2500, '-'},  /* ─ */
    {0x2501, '='},  /* ━ */
    {0x2502, '|'},  /* │ */
    {0x2503, '#'},  /* ┃ */
    {0x250c, '+'},  /* ┌ */
    {0x250f, '#'},  /* ┏ */
    {0x2510, '+'},  /* ┐ */
    {0x2513, '#'},  /* ┓ */
    {0x2514, '+'},  /* └ */
    {0x2517, '#'},  /* ┗ */
    {0x2518, '+'},  /* ┘ */
    {0x251b, '#'},  /* ┛ */
    {0x256d, '.'},  /* ╭ */
    {0x256e, '.'},  /* ╮ */
    {0x256f, '\''}, /* ╯ */
    {0x2570, '\''}, /* ╰ */
    {0x2588, '#'},  /* █ */
    {0x25b2, '^'},  /* ▲ */
    {0x25b8, '>'},  /* ▸ */
    {0x25bc, 'v'},  /* ▼ */
    {0x25c2, '<'},  /* ◂ */
    {0x25c6, 'x'},  /* ◆ */
    {0x25cb, '+'},  /* ○ */
    {0x25cf, 'o'},  /* ● */
    {0x2605, '*'},  /* ★ */
    {0x2606, '+'},  /* ☆ */
    {0x2713, '+'},  /* ✓ */
};

/* One letter a role, for frame_print(). */
static const char role_letters[ROLES + 1] = " qdsbBkgGtpPm!cC#orRSf>M";

static char stand_in(uint32_t sign)
{
    size_t low = 0, high = sizeof stand_ins / sizeof *stand_ins;
    while (low < high) {
        size_t middle = low + (high - low) / 2;
        if (stand_ins[middle].sign == sign)
            return stand_ins[middle].ascii;
        if (stand_ins[middle].sign < sign)
            low = middle + 1;
        else
            high = middle;
    }
    return '?';
}

uint32_t frame_sign(const struct frame *frame, uint32_t sign)
{
    return !frame->ascii || sign < 0x7f ? sign : (unsigned char)stand_in(sign);
}

void frame_init(struct frame *frame, int rows, int columns, bool ascii)
{
    *frame = (struct frame){.ascii = ascii};
    frame_resize(frame, rows, columns);
}

void frame_release(struct frame *frame)
{
    memory_free(frame->cells);
    *frame = (struct frame){0};
}

void frame_clear(struct frame *frame)
{
    const struct cell empty = {.points = {' '}, .columns = 1};
    size_t columns = (size_t)frame->columns, rows = (size_t)frame->rows;
    for (size_t i = 0; i < columns && rows > 0; i++)
        frame->cells[i] = empty;
    for (size_t row = 1; row < rows; row++)
        memcpy(&frame->cells[row * columns], frame->cells, columns * sizeof empty);
    frame->cursor_row = 0;
    frame->cursor_column = 0;
    frame->cursor_visible = false;
}

void frame_resize(struct frame *frame, int rows, int columns)
{
    frame->rows = rows > 0 ? rows : 0;
    frame->columns = columns > 0 ? columns : 0;
    frame->cells = memory_resize(frame->cells, (size_t)frame->rows * (size_t)frame->columns,
                                 sizeof *frame->cells);
    frame_clear(frame);
}

struct cell *frame_at(struct frame *frame, int row, int column)
{
    if (row < 0 || row >= frame->rows || column < 0 || column >= frame->columns)
        return NULL;
    return &frame->cells[(size_t)row * (size_t)frame->columns + (size_t)column];
}

struct rect frame_rect(const struct frame *frame)
{
    return (struct rect){0, 0, frame->rows, frame->columns};
}

/* Turns a cell into a blank of the same style. */
static void blank(struct cell *cell)
{
    if (cell != NULL)
        *cell = (struct cell){.points = {' '}, .style = cell->style, .columns = 1};
}

/* What is about to be overwritten may be half of a wide cell: its other half becomes blank. */
static void part(struct frame *frame, int row, int column)
{
    const struct cell *cell = frame_at(frame, row, column);
    if (cell == NULL || cell->columns == 1)
        return;
    blank(frame_at(frame, row, cell->columns == 2 ? column + 1 : column - 1));
}

/* Nothing below the Hangul letters is wide; wcwidth() need not be asked. */
enum { FIRST_WIDE = 0x1100 };

static int point_columns(uint32_t point)
{
    return point >= FIRST_WIDE && wcwidth((wchar_t)point) == 2 ? 2 : 1;
}

/* A wide point, or one that meets a wide cell. */
static void put_wide(struct frame *frame, int row, int column, uint32_t point, struct style style)
{
    struct cell *cell = frame_at(frame, row, column);
    int columns = point_columns(point);
    if (columns == 2 && frame_at(frame, row, column + 1) == NULL) {
        point = ' '; /* a half that is outside takes the other with it */
        columns = 1;
    }
    part(frame, row, column);
    if (columns == 2) {
        part(frame, row, column + 1);
        *frame_at(frame, row, column + 1) = (struct cell){.style = style};
    }
    *cell = (struct cell){.points = {point}, .style = style, .columns = (uint8_t)columns};
}

static void put(struct frame *frame, int row, int column, uint32_t point, struct style style)
{
    struct cell *cell = frame_at(frame, row, column);
    if (cell == NULL)
        return;
    if (point < FIRST_WIDE && cell->columns == 1)
        *cell = (struct cell){.points = {point}, .style = style, .columns = 1};
    else
        put_wide(frame, row, column, point, style);
}

/* The cells from `column` to before `end`, which are about to be overwritten as a whole: clips both
 * to the frame, and blanks the other half of a wide cell that an end cuts in two. NULL when nothing
 * of them is inside. */
static struct cell *stretch(struct frame *frame, int row, int *column, int *end)
{
    *column = *column > 0 ? *column : 0;
    *end = *end < frame->columns ? *end : frame->columns;
    if (row < 0 || row >= frame->rows || *column >= *end)
        return NULL;
    part(frame, row, *column);
    part(frame, row, *end - 1);
    return frame_at(frame, row, *column);
}

void frame_put(struct frame *frame, int row, int column, uint32_t point, struct style style)
{
    put(frame, row, column, frame_sign(frame, point), style);
}

/* Puts a mark on the cell that was put last; more than four are dropped. */
static void put_mark(struct cell *cell, uint32_t point)
{
    for (int i = 1; cell != NULL && i < CELL_POINTS; i++) {
        if (cell->points[i] == 0) {
            cell->points[i] = point;
            return;
        }
    }
}

/* The cell that has taken the point, for its marks: none where a half that is outside has taken the
 * other with it. */
static struct cell *taker(struct frame *frame, int row, int column, uint32_t point)
{
    struct cell *cell = frame_at(frame, row, column);
    return cell != NULL && cell->points[0] == point ? cell : NULL;
}

/* Draws text that text_show() has made harmless. Code points of no width (marks, joiners) share the
 * cell before them, which is how ncurses keeps them. Returns the columns used. */
static int lay(struct frame *frame, int row, int column, const struct buffer *shown,
               struct style style)
{
    int at = column;
    struct cell *last = NULL;
    for (size_t i = 0, length; i < shown->length; i += length) {
        uint32_t point = (unsigned char)shown->bytes[i];
        length = point < 0x80 ? 1 : text_decode(shown->bytes + i, shown->length - i, &point);
        assert(length > 0);
        if (point > 0x7f && wcwidth((wchar_t)point) == 0) {
            put_mark(last, point);
            continue;
        }
        put(frame, row, at, point, style);
        last = taker(frame, row, at, point);
        at += point_columns(point);
    }
    return at - column;
}

/* In an ASCII frame our own signs have stand-ins that say more than a '?'. */
static void add_ascii(struct buffer *out, const char *text, size_t length)
{
    for (size_t i = 0, taken; i < length; i += taken) {
        uint32_t point = 0;
        taken = text_decode(text + i, length - i, &point);
        char instead = taken > 1 ? stand_in(point) : '?';
        if (instead != '?')
            buffer_add_byte(out, instead);
        else
            buffer_add(out, text + i, taken > 0 ? taken : 1);
        taken = taken > 0 ? taken : 1;
    }
}

/* As much of the text as fits, made harmless. Returns its columns. */
static int fit(const struct frame *frame, struct buffer *shown, const char *text, size_t length,
               int columns)
{
    if (text == NULL || length == 0 || columns <= 0)
        return 0;
    if (!frame->ascii)
        return text_fit(shown, text, length, columns, false);
    struct buffer plain = {0};
    add_ascii(&plain, text, length);
    int used = text_fit(shown, plain.bytes, plain.length, columns, true);
    buffer_release(&plain);
    return used;
}

/* Printable ASCII, as most is: shown as it stands, a byte a cell. Returns the columns used. */
static int lay_plain(struct frame *frame, int row, int column, const char *text, int length,
                     struct style style)
{
    int begin = column, end = column + length;
    struct cell cell = {.style = style, .columns = 1};
    struct cell *cells = stretch(frame, row, &begin, &end);
    for (int at = begin; cells != NULL && at < end; at++) {
        cell.points[0] = (unsigned char)text[at - column];
        cells[at - begin] = cell;
    }
    return length;
}

static bool is_plain(const char *text, size_t length, int columns)
{
    return length <= INT32_MAX && (int)length <= columns && text_is_plain(text, length);
}

int frame_bytes(struct frame *frame, int row, int column, int columns, const char *text,
                size_t length, struct style style)
{
    struct buffer shown = {0};
    if (text != NULL && is_plain(text, length, columns))
        return lay_plain(frame, row, column, text, (int)length, style);
    fit(frame, &shown, text, length, columns);
    int used = lay(frame, row, column, &shown, style);
    buffer_release(&shown);
    return used;
}

int frame_text(struct frame *frame, int row, int column, int columns, const char *text,
               struct style style)
{
    return text == NULL ? 0 : frame_bytes(frame, row, column, columns, text, strlen(text), style);
}

int frame_format(struct frame *frame, int row, int column, int columns, struct style style,
                 const char *format, ...)
{
    struct buffer text = {0};
    va_list list;
    va_start(list, format);
    buffer_add_format_list(&text, format, list);
    va_end(list);
    int used = frame_bytes(frame, row, column, columns, text.bytes, text.length, style);
    buffer_release(&text);
    return used;
}

int frame_text_right(struct frame *frame, int row, int end, int columns, const char *text,
                     struct style style)
{
    struct buffer shown = {0};
    size_t length = text != NULL ? strlen(text) : 0;
    if (length > 0 && is_plain(text, length, columns))
        return end - lay_plain(frame, row, end - (int)length, text, (int)length, style);
    int begin = end - fit(frame, &shown, text, length, columns);
    lay(frame, row, begin, &shown, style);
    buffer_release(&shown);
    return begin;
}

int frame_columns(const struct frame *frame, const char *text)
{
    struct buffer shown = {0};
    size_t length = text != NULL ? strlen(text) : 0;
    if (!frame->ascii)
        return length > 0 ? text_columns(text, length) : 0;
    int columns = fit(frame, &shown, text, length, INT32_MAX);
    buffer_release(&shown);
    return columns;
}

void frame_fill(struct frame *frame, struct rect rect, uint32_t point, struct style style)
{
    const struct cell cell = {.points = {frame_sign(frame, point)}, .style = style, .columns = 1};
    assert(point_columns(point) == 1);
    for (int row = rect.row; row < rect.row + rect.rows; row++) {
        int begin = rect.column, end = rect.column + rect.columns;
        struct cell *cells = stretch(frame, row, &begin, &end);
        for (int at = 0; cells != NULL && at < end - begin; at++)
            cells[at] = cell;
    }
}

void frame_style(struct frame *frame, struct rect rect, struct style style)
{
    for (int row = rect.row; row < rect.row + rect.rows; row++) {
        for (int column = rect.column; column < rect.column + rect.columns; column++) {
            struct cell *cell = frame_at(frame, row, column);
            if (cell != NULL)
                cell->style = style;
        }
    }
}

/* Whether only blanks are left from there on. */
static bool nothing_left(const char *text)
{
    return text[strspn(text, " \t\n")] == '\0';
}

int frame_wrapped(struct frame *frame, struct rect rect, const char *text, struct style style,
                  size_t *consumed)
{
    struct text_wrap wrap = {.text = text != NULL ? text : ""};
    wrap.length = strlen(wrap.text);
    wrap.columns = rect.columns > 0 ? rect.columns : 1;
    int used = 0;
    while (used < rect.rows && text_wrap_next(&wrap)) {
        /* The last row takes all that is left, so that its ellipsis tells of it. */
        bool all = used == rect.rows - 1 && !nothing_left(wrap.text + wrap.at);
        const char *end = all ? wrap.text + wrap.length : wrap.line + wrap.line_length;
        frame_bytes(frame, rect.row + used++, rect.column, rect.columns, wrap.line,
                    (size_t)(end - wrap.line), style);
    }
    if (consumed != NULL)
        *consumed = used > 0 ? wrap.at : 0;
    return used;
}

void frame_rule(struct frame *frame, int row, int column, int columns)
{
    frame_fill(frame, (struct rect){row, column, 1, columns}, 0x2500,
               (struct style){.role = ROLE_QUIET});
}

/* --- as text ---------------------------------------------------------------------------------- */

static void print_cell(const struct cell *cell, struct buffer *out)
{
    for (int i = 0; i < CELL_POINTS && cell->points[i] != 0; i++) {
        char bytes[4];
        buffer_add(out, bytes, text_encode(cell->points[i], bytes));
    }
}

static void print_role(const struct cell *cell, struct buffer *out)
{
    buffer_add_byte(out, role_letters[cell->style.role]);
}

static void print_rows(const struct frame *frame, struct buffer *out,
                       void (*print)(const struct cell *, struct buffer *))
{
    for (int row = 0; row < frame->rows; row++) {
        size_t begin = out->length;
        for (int column = 0; column < frame->columns; column++)
            print(&frame->cells[(size_t)row * (size_t)frame->columns + (size_t)column], out);
        while (out->length > begin && out->bytes[out->length - 1] == ' ')
            buffer_cut(out, out->length - 1);
        buffer_add_byte(out, '\n');
    }
}

void frame_print(const struct frame *frame, struct buffer *out, bool styles)
{
    print_rows(frame, out, print_cell);
    if (!styles)
        return;
    buffer_add_byte(out, '\n');
    print_rows(frame, out, print_role);
}
