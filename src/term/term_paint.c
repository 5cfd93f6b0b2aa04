#include "term_paint.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <assert.h>
#include <string.h>
#include <wchar.h>

static_assert(sizeof(struct cell) == CELL_POINTS * sizeof(uint32_t) + 4, "cells compare as bytes");

static const struct cell blank = {.points = {' '}, .style = {.role = ROLE_TEXT}, .columns = 1};

/* In the columns of a cell of `shown`: what stands there is not known, so any cell differs. */
#define UNKNOWN 0xFF

/* From this many cells on, erasing takes fewer bytes than blanks. */
enum { ERASE_TO_END = 4, ERASE_WITHIN = 12 };

/* Emoji, which terminals draw in two columns or in one: after them the cursor is placed anew. */
#define FIRST_EMOJI 0x1F000

/* --- cells ------------------------------------------------------------------------------------ */

static bool is_blank(const struct cell *cell)
{
    return cell->points[0] == ' ' && cell->points[1] == 0;
}

/* A frame holds only what text_show() has let through; what a terminal would take for a control, or
 * lay out in another width than the frame does, is kept out here all the same. */
static bool can_show(const struct painter *painter, const struct cell *cell, int column)
{
    uint32_t point = cell->points[0];
    if (point < 0x20 || (point >= 0x7F && point < 0xA0) || (painter->ascii && point >= 0x80))
        return false;
    return column + cell->columns <= painter->columns &&
           (point < 0x7F ? 1 : wcwidth((wchar_t)point)) == cell->columns;
}

static struct cell stand_in(const struct cell *cell, uint32_t point)
{
    return (struct cell){.points = {point}, .style = cell->style, .columns = 1};
}

/* Takes over cells of the frame, '?' for what cannot be shown. */
static void compose(const struct painter *painter, const struct frame *frame, int row, int from,
                    int to)
{
    struct cell *line = &painter->wanted[(size_t)row * (size_t)painter->columns];
    for (int column = from; column < to; column++) {
        bool inside = row < frame->rows && column < frame->columns;
        const struct cell *cell = &blank;
        if (inside)
            cell = &frame->cells[(size_t)row * (size_t)frame->columns + (size_t)column];
        line[column] = *cell;
        if (cell->columns == 0 && (column == 0 || line[column - 1].columns != 2))
            line[column] = stand_in(cell, ' ');
        else if (cell->columns != 0 && !can_show(painter, cell, column))
            line[column] = stand_in(cell, '?');
        else if (painter->ascii)
            line[column].points[1] = 0;
    }
}

static void send_text(struct painter *painter, const struct cell *cell)
{
    char bytes[4];
    if (cell->points[0] < 0x80 && cell->points[1] == 0) {
        buffer_add_byte(&painter->pen.out, (char)cell->points[0]);
        return;
    }
    for (size_t i = 0; i < CELL_POINTS && cell->points[i] != 0; i++)
        buffer_add(&painter->pen.out, bytes, text_encode(cell->points[i], bytes));
}

/* Puts out the cell where the cursor is, in the look that is set. At the margin a terminal may
 * stand on the last column or beyond it; after emoji, anywhere. */
static void send_cell(struct painter *painter, const struct cell *cell)
{
    int after = painter->pen.column + cell->columns;
    send_text(painter, cell);
    painter->pen.column = after < painter->columns && cell->points[0] < FIRST_EMOJI ? after : -1;
}

/* --- classes ---------------------------------------------------------------------------------
 *
 * What has changed is painted look by look and not row by row: a look is then set once and not at
 * each place where it is met, at the price of a move, which is shorter. */

enum { SETTLED = LOOKS, BLANK_YET };

static size_t place(const struct painter *painter, int row, int column)
{
    return (size_t)row * (size_t)painter->columns + (size_t)column;
}

static const struct painted *painted_at(struct painter *painter, int row, int column)
{
    return pen_of(&painter->pen, painter->wanted[place(painter, row, column)].style);
}

/* The class of a look, a new one when there is room; beyond that all share the last, which costs
 * bytes and nothing else. */
static unsigned char class_of(struct painter *painter, const struct painted *painted)
{
    int class = painter->recent;
    if (class < painter->look_count && pen_same_look(painter->looks[class].look, painted->look))
        return (unsigned char)class;
    for (class = 0; class < painter->look_count; class ++)
        if (pen_same_look(painter->looks[class].look, painted->look))
            return painter->recent = (unsigned char)class;
    if (class == LOOKS)
        return LOOKS - 1;
    painter->looks[painter->look_count++] = *painted;
    return painter->recent = (unsigned char)class;
}

static void classify(struct painter *painter, int row, int from, int to)
{
    size_t end = place(painter, row, to);
    for (size_t i = place(painter, row, from); i < end; i++) {
        const struct cell *wanted = &painter->wanted[i];
        painter->classes[i] = SETTLED;
        if (wanted->columns == 0 || memcmp(&painter->shown[i], wanted, sizeof *wanted) == 0)
            continue;
        const struct painted *painted = pen_of(&painter->pen, wanted->style);
        bool any_ink = is_blank(wanted) && !pen_shows_on_blanks(&painted->look);
        painter->classes[i] = any_ink ? BLANK_YET : class_of(painter, painted);
    }
}

/* True when blanks of the look `own` can be sent in the look of a class. */
static bool suits_blanks(const struct painter *painter, unsigned char class,
                         const struct painted *own)
{
    return class < SETTLED && painter->looks[class].look.fill == own->look.fill &&
           !pen_shows_on_blanks(&painter->looks[class].look);
}

/* Blanks go with the text before them or, failing that, behind them. */
static unsigned char class_for_blank(struct painter *painter, int row, int column)
{
    const unsigned char *line = &painter->classes[place(painter, row, 0)];
    const struct painted *own = painted_at(painter, row, column);
    int next = column + 1;
    if (column > 0 && suits_blanks(painter, line[column - 1], own))
        return line[column - 1];
    while (next < painter->columns && line[next] == BLANK_YET)
        next++;
    if (next < painter->columns && suits_blanks(painter, line[next], own))
        return line[next];
    return class_of(painter, own);
}

static void classify_blanks(struct painter *painter)
{
    size_t columns = (size_t)painter->columns;
    for (int row = 0; row < painter->rows; row++) {
        unsigned char *line = &painter->classes[place(painter, row, 0)], *at = line;
        while (!painter->stands[row] &&
               (at = memchr(at, BLANK_YET, columns - (size_t)(at - line))) != NULL)
            *at = class_for_blank(painter, row, (int)(at - line));
    }
}

/* Looks that share a fill follow each other. */
static bool goes_before(const struct look *a, const struct look *b)
{
    if (a->fill != b->fill)
        return a->fill < b->fill;
    return a->flags != b->flags ? a->flags < b->flags : a->ink < b->ink;
}

static void order_classes(const struct painter *painter, unsigned char order[LOOKS])
{
    for (int i = 0; i < painter->look_count; i++) {
        int at = i;
        for (; at > 0; at--) {
            if (!goes_before(&painter->looks[i].look, &painter->looks[order[at - 1]].look))
                break;
            order[at] = order[at - 1];
        }
        order[at] = (unsigned char)i;
    }
}

/* --- painting --------------------------------------------------------------------------------- */

/* Blanks need a fill and nothing else; when it has to be set, then with the ink that its class is
 * about to use. */
static void set_look_for_blank(struct painter *painter, int row, int column)
{
    const struct painted *own = painted_at(painter, row, column);
    unsigned char class = painter->classes[place(painter, row, column)];
    if (pen_shows_on_blanks(&own->look))
        pen_set(&painter->pen, own);
    else if (painter->pen.now.fill == own->look.fill && !pen_shows_on_blanks(&painter->pen.now))
        return;
    else if (suits_blanks(painter, class, own))
        pen_set(&painter->pen, &painter->looks[class]);
    else
        pen_set_blank(&painter->pen, own);
}

/* How many blanks of one fill begin at a cell, as far as erasing makes them. */
static int erasable(struct painter *painter, int row, int column)
{
    const struct cell *cell = &painter->wanted[place(painter, row, column)];
    int fill = pen_of(&painter->pen, cell->style)->look.fill, end = column;
    if (fill != COLOUR_DEFAULT && !painter->pen.can.bce)
        return 0;
    for (; end < painter->columns && is_blank(cell); end++, cell++) {
        const struct look *look = &pen_of(&painter->pen, cell->style)->look;
        if (look->fill != fill || pen_shows_on_blanks(look))
            break;
    }
    return end - column;
}

/* Erases blanks when that is shorter than sending those that are new; how many it has erased. */
static int erase(struct painter *painter, int row, int column)
{
    int count = erasable(painter, row, column), fresh = count;
    bool to_end = column + count == painter->columns && painter->pen.can.el[0] != '\0';
    while (fresh > 0 && painter->classes[place(painter, row, column + fresh - 1)] == SETTLED)
        fresh--;
    if (fresh < (to_end ? ERASE_TO_END : ERASE_WITHIN) ||
        (!to_end && painter->pen.can.ech[0] == '\0'))
        return 0;
    pen_move(&painter->pen, row, column);
    set_look_for_blank(painter, row, column);
    for (int at = column; at < column + fresh; at++)
        painter->classes[place(painter, row, at)] = SETTLED;
    if (to_end)
        pen_send(&painter->pen, painter->pen.can.el);
    else
        pen_send_filled(&painter->pen, painter->pen.can.ech, fresh);
    return to_end ? count : fresh;
}

/* True when a cell that stands already can be sent again in the look that is set. */
static bool can_repeat(struct painter *painter, int row, int column)
{
    const struct cell *cell = &painter->wanted[place(painter, row, column)];
    const struct look *look = &painted_at(painter, row, column)->look;
    if (cell->points[0] >= 0x7F || cell->points[1] != 0)
        return false;
    if (is_blank(cell) && !pen_shows_on_blanks(look) && !pen_shows_on_blanks(&painter->pen.now))
        return look->fill == painter->pen.now.fill;
    return pen_same_look(*look, painter->pen.now);
}

/* Over few cells, sending them again is shorter than a move. */
static void bridge(struct painter *painter, int row, int column)
{
    if (painter->pen.row != row || painter->pen.column < 0 || column - painter->pen.column > 3)
        return;
    for (int at = painter->pen.column; at < column; at++)
        if (!can_repeat(painter, row, at))
            return;
    while (painter->pen.column < column) {
        size_t at = place(painter, row, painter->pen.column);
        painter->classes[at] = SETTLED;
        send_cell(painter, &painter->wanted[at]);
    }
}

static int paint_cell(struct painter *painter, int row, int column)
{
    const struct cell *cell = &painter->wanted[place(painter, row, column)];
    int erased = is_blank(cell) ? erase(painter, row, column) : 0;
    if (erased > 0)
        return erased;
    bridge(painter, row, column);
    pen_move(&painter->pen, row, column);
    if (is_blank(cell))
        set_look_for_blank(painter, row, column);
    else
        pen_set(&painter->pen, painted_at(painter, row, column));
    send_cell(painter, cell);
    return cell->columns;
}

static void paint_class(struct painter *painter, unsigned char class)
{
    size_t columns = (size_t)painter->columns;
    for (int row = 0; row < painter->rows; row++) {
        const unsigned char *line = &painter->classes[place(painter, row, 0)], *at = line;
        while (!painter->stands[row] &&
               (at = memchr(at, class, columns - (size_t)(at - line))) != NULL)
            at += paint_cell(painter, row, (int)(at - line));
    }
}

static void paint_changes(struct painter *painter)
{
    unsigned char order[LOOKS] = {0};
    classify_blanks(painter);
    order_classes(painter, order);
    for (int i = 0; i < painter->look_count; i++)
        paint_class(painter, order[i]);
}

/* --- frames ----------------------------------------------------------------------------------- */

/* With the theme's ground; where erasing does not take it, blanks will. */
static void clear(struct painter *painter)
{
    const struct painted *ground = pen_of(&painter->pen, blank.style);
    bool filled = ground->look.fill == COLOUR_DEFAULT || painter->pen.can.bce;
    size_t count = (size_t)painter->rows * (size_t)painter->columns;
    pen_reset(&painter->pen);
    pen_set_blank(&painter->pen, ground);
    pen_send(&painter->pen, painter->pen.can.clear);
    painter->pen.row = painter->pen.column = 0;
    painter->clear_first = false;
    for (size_t i = 0; i < count; i++) {
        painter->shown[i] = blank;
        painter->shown[i].columns = filled ? 1 : UNKNOWN;
    }
}

static void place_cursor(struct painter *painter, const struct frame *frame)
{
    int row = frame->cursor_row, column = frame->cursor_column;
    if (row >= 0 && row < painter->rows && column >= 0 && column < painter->columns)
        pen_move(&painter->pen, row, column);
    if (frame->cursor_visible == painter->cursor_hidden) {
        painter->cursor_hidden = !frame->cursor_visible;
        pen_send(&painter->pen,
                 frame->cursor_visible ? painter->pen.can.cnorm : painter->pen.can.civis);
    }
}

/* True when the frame has the cells that stand there, and then takes them over. */
static bool take_same(struct painter *painter, const struct frame *frame, int row, int from, int to)
{
    size_t at = place(painter, row, from), size = (size_t)(to - from) * sizeof *frame->cells;
    if (row >= frame->rows || to > frame->columns)
        return false;
    const struct cell *cells = &frame->cells[(size_t)row * (size_t)frame->columns + (size_t)from];
    if (cells->columns == 0 || memcmp(cells, &painter->shown[at], size) != 0)
        return false;
    memcpy(&painter->wanted[at], cells, size);
    return true;
}

/* Most rows of most frames are those of the frame before, and so is most of a row that has changed:
 * these are not looked at cell by cell. */
static void take_row(struct painter *painter, const struct frame *frame, int row)
{
    enum { PIECE = 8 };
    int columns = painter->columns;
    painter->stands[row] = take_same(painter, frame, row, 0, columns);
    for (int from = 0; from < columns && !painter->stands[row]; from += PIECE) {
        int to = columns - from < PIECE ? columns : from + PIECE;
        if (take_same(painter, frame, row, from, to)) {
            memset(&painter->classes[place(painter, row, from)], SETTLED, (size_t)(to - from));
            continue;
        }
        compose(painter, frame, row, from, to);
        classify(painter, row, from, to);
    }
    if (painter->pen.can.no_margin && row == painter->rows - 1)
        painter->classes[place(painter, row, columns) - 1] = SETTLED;
}

void painter_frame(struct painter *painter, const struct frame *frame)
{
    struct cell *old = painter->shown;
    if (painter->clear_first)
        clear(painter);
    painter->look_count = 0;
    for (int row = 0; row < painter->rows; row++)
        take_row(painter, frame, row);
    paint_changes(painter);
    painter->shown = painter->wanted;
    painter->wanted = old;
    place_cursor(painter, frame);
}

void painter_forget(struct painter *painter)
{
    painter->clear_first = true;
}

void painter_resize(struct painter *painter, int rows, int columns)
{
    size_t count = (size_t)rows * (size_t)columns;
    assert(rows > 0 && columns > 0);
    painter->rows = rows;
    painter->columns = columns;
    painter->shown = memory_resize(painter->shown, count, sizeof *painter->shown);
    painter->wanted = memory_resize(painter->wanted, count, sizeof *painter->wanted);
    painter->classes = memory_resize(painter->classes, count, sizeof *painter->classes);
    painter->stands = memory_resize(painter->stands, (size_t)rows, sizeof *painter->stands);
    painter_forget(painter);
}

/* What looks otherwise in the new theme counts as unknown, and what is shown as a frame. */
void painter_set_theme(struct painter *painter, struct theme theme)
{
    struct theme old = painter->pen.theme;
    size_t count = (size_t)painter->rows * (size_t)painter->columns;
    struct frame frame = {.rows = painter->rows,
                          .columns = painter->columns,
                          .cursor_row = painter->pen.row,
                          .cursor_column = painter->pen.column,
                          .cursor_visible = !painter->cursor_hidden};
    painter->pen.theme = theme;
    memset(painter->pen.painted, 0, sizeof painter->pen.painted);
    if (painter->clear_first)
        return;
    frame.cells = memory_new(count, sizeof *frame.cells);
    memcpy(frame.cells, painter->shown, count * sizeof *frame.cells);
    for (size_t i = 0; i < count; i++) {
        struct style style = painter->shown[i].style;
        if (!pen_same_look(theme_look(&old, style), theme_look(&theme, style)))
            painter->shown[i].columns = UNKNOWN;
    }
    painter_frame(painter, &frame);
    memory_free(frame.cells);
}

void painter_release(struct painter *painter)
{
    memory_free(painter->shown);
    memory_free(painter->wanted);
    memory_free(painter->classes);
    memory_free(painter->stands);
    buffer_release(&painter->pen.out);
}
