/* The frame goes out: only cells that differ from what stands there are put into curses' window,
 * and curses sends what differs on the terminal, once a frame. */
#include "term_screen.h"
#include "touchline/memory.h"
#include "touchline/term.h"
#include <assert.h>
#include <string.h>
#include <wchar.h>

static_assert(sizeof(struct cell) == CELL_POINTS * sizeof(uint32_t) + 4, "cells compare as bytes");

#define NOTHING_SHOWN 0xFF /* in cell.columns: differs from every cell of a frame */

/* --- styles ---------------------------------------------------------------------------------- */

/* The number of a colour pair, made when it is new; 0 (the terminal's own colours) when the
 * terminal has no more of them. The terminal's own colours get a number, too: before pair 0 curses
 * would reset all attributes as well, each time. */
static int pair_of(struct term *term, int ink, int fill)
{
    for (int i = 1; i < term->pair_count; i++)
        if (term->pairs[i].ink == ink && term->pairs[i].fill == fill)
            return i;
    if (term->pair_count >= term->pair_limit)
        return 0;
    int number = term->pair_count++;
    term->pairs[number] = (struct pair){ink, fill};
    init_pair((short)number, (short)ink, (short)fill);
    return number;
}

static attr_t attributes_of(unsigned flags)
{
    return (flags & STYLE_BOLD ? A_BOLD : 0) | (flags & STYLE_REVERSE ? A_REVERSE : 0) |
           (flags & STYLE_UNDERLINE ? A_UNDERLINE : 0);
}

static bool same_style(struct style a, struct style b)
{
    return a.role == b.role && a.colour == b.colour && a.flags == b.flags;
}

static const struct painted *paint(struct term *term, struct style style)
{
    unsigned hash = style.role * 7u + style.colour * 13u + style.flags * 31u;
    struct painted *painted = &term->painted[hash % PAINTED];
    if (!painted->known || !same_style(painted->style, style)) {
        struct look look = theme_look(&term->theme, style);
        *painted = (struct painted){.known = true,
                                    .style = style,
                                    .attributes = attributes_of(look.flags),
                                    .pair = pair_of(term, look.ink, look.fill)};
    }
    return painted;
}

/* --- cells ----------------------------------------------------------------------------------- */

/* A frame holds only what text_show() has let through; what a terminal or curses would take for a
 * control, or lays out in another width than the frame does, is kept out here all the same. */
static bool can_show(const struct term *term, const struct cell *cell)
{
    uint32_t point = cell->points[0];
    return point >= 0x20 && !(point >= 0x7F && point < 0xA0) && (!term->ascii || point < 0x80) &&
           wcwidth((wchar_t)point) == cell->columns;
}

static void compose(struct term *term, const struct cell *cell, cchar_t *out)
{
    const struct painted *painted = paint(term, cell->style);
    wchar_t text[CELL_POINTS + 1] = {L' '};
    if (can_show(term, cell)) {
        for (size_t i = 0; i < CELL_POINTS; i++)
            text[i] = (wchar_t)cell->points[i];
        if (term->ascii)
            text[1] = L'\0';
    } else if (cell->points[0] != 0)
        text[0] = L'?';
    if (setcchar(out, text, painted->attributes, 0, &painted->pair) == ERR) {
        text[1] = L'\0';
        (void)setcchar(out, text, painted->attributes, 0, &painted->pair);
    }
}

/* A wide character that does not fit (the last column) or cannot be shown leaves a '?' in its
 * place; curses would put it at the start of the next row. */
static struct cell showable(const struct term *term, const struct cell *cell, int column)
{
    struct cell shown = *cell;
    if (cell->columns == 2 && (column + 1 >= term->columns || !can_show(term, cell))) {
        memset(shown.points, 0, sizeof shown.points);
        shown.points[0] = '?';
        shown.columns = 1;
    }
    return shown;
}

/* Puts the columns `from` to (not including) `to` of a row into curses' window. */
static void put_run(struct term *term, int row, int from, int to)
{
    const struct cell *cells = &term->shown[(size_t)row * (size_t)term->columns];
    int count = 0, column = from;
    while (from > 0 && cells[from].columns == 0)
        column = --from;
    while (column < to) {
        struct cell cell = showable(term, &cells[column], column);
        compose(term, &cell, &term->line[count++]);
        column += cell.columns == 2 ? 2 : 1;
    }
    (void)mvadd_wchnstr(row, from, term->line, count);
}

/* --- frames ---------------------------------------------------------------------------------- */

static const struct cell *cell_of(const struct frame *frame, int row, int column)
{
    static const struct cell blank = {.points = {' '}, .style = {.role = ROLE_TEXT}, .columns = 1};
    if (row >= frame->rows || column >= frame->columns)
        return &blank;
    return &frame->cells[(size_t)row * (size_t)frame->columns + (size_t)column];
}

static void show_row(struct term *term, const struct frame *frame, int row)
{
    struct cell *shown = &term->shown[(size_t)row * (size_t)term->columns];
    int from = term->columns, to = 0;
    for (int column = 0; column < term->columns; column++) {
        const struct cell *cell = cell_of(frame, row, column);
        if (memcmp(&shown[column], cell, sizeof *cell) == 0)
            continue;
        shown[column] = *cell;
        from = column < from ? column : from;
        to = column + 1;
    }
    if (from < to)
        put_run(term, row, from, to);
}

static void show_cursor(struct term *term, const struct frame *frame)
{
    int row = frame->cursor_row, column = frame->cursor_column;
    if (row >= 0 && row < term->rows && column >= 0 && column < term->columns)
        (void)wmove(stdscr, row, column);
    if (frame->cursor_visible == term->cursor_shown)
        return;
    term->cursor_shown = frame->cursor_visible;
    (void)curs_set(term->cursor_shown ? 1 : 0);
}

void term_show(struct term *term, const struct frame *frame)
{
    for (int row = 0; row < term->rows; row++)
        show_row(term, frame, row);
    show_cursor(term, frame);
    (void)wnoutrefresh(stdscr);
    (void)doupdate();
}

void term_redraw(struct term *term)
{
    (void)term;
    (void)clearok(curscr, TRUE);
}

/* The ground of the whole screen: the projector's theme has one of its own. */
static void lay_ground(struct term *term)
{
    const struct painted *painted = paint(term, (struct style){.role = ROLE_TEXT});
    cchar_t blank;
    if (setcchar(&blank, L" ", painted->attributes, 0, &painted->pair) == OK)
        wbkgrndset(stdscr, &blank);
}

void show_resize(struct term *term)
{
    size_t count = (size_t)term->rows * (size_t)term->columns;
    (void)resize_term(term->rows, term->columns);
    lay_ground(term);
    (void)werase(stdscr);
    (void)clearok(curscr, TRUE);
    term->shown = memory_resize(term->shown, count, sizeof *term->shown);
    term->line = memory_resize(term->line, (size_t)term->columns, sizeof *term->line);
    for (size_t i = 0; i < count; i++)
        term->shown[i].columns = NOTHING_SHOWN;
}

void show_theme(struct term *term)
{
    memset(term->painted, 0, sizeof term->painted);
    lay_ground(term);
    for (int row = 0; row < term->rows; row++)
        if (term->shown[(size_t)row * (size_t)term->columns].columns != NOTHING_SHOWN)
            put_run(term, row, 0, term->columns);
    (void)wnoutrefresh(stdscr);
    (void)doupdate();
}

void show_release(struct term *term)
{
    memory_free(term->shown);
    memory_free(term->line);
}
