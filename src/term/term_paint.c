#include "term_paint.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <wchar.h>

static_assert(sizeof(struct cell) == CELL_POINTS * sizeof(uint32_t) + 4, "cells compare as bytes");
static_assert(sizeof(struct style) == 3, "styles compare as bytes");

static const struct cell blank = {.points = {' '}, .style = {.role = ROLE_TEXT}, .columns = 1};

/* In the columns of a cell of `shown`: what stands there is not known, so any cell differs. */
#define UNKNOWN 0xFF

/* From this many cells on, erasing takes fewer bytes than blanks. */
enum { ERASE_TO_END = 4, ERASE_WITHIN = 12 };

/* Emoji, which terminals draw in two columns or in one: after them the cursor is placed anew. */
#define FIRST_EMOJI 0x1F000

/* --- looks ------------------------------------------------------------------------------------ */

static bool same_style(struct style a, struct style b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static bool same_look(struct look a, struct look b)
{
    return a.ink == b.ink && a.fill == b.fill && a.flags == b.flags;
}

/* The numbers inside "ESC [ ... m". */
static void keep_numbers(char *out, size_t size, const char *sequence)
{
    size_t length = strlen(sequence);
    if (length > 3 && length - 3 < size && strncmp(sequence, "\033[", 2) == 0)
        (void)snprintf(out, size, "%.*s", (int)(length - 3), sequence + 2);
}

/* Where a style is kept, or is to be: the third of three places that are all taken is given up. */
static struct painted *place_of(struct painter *painter, struct style style)
{
    unsigned hash = style.role * 7u + style.colour * 13u + style.flags * 31u;
    struct painted *painted;
    for (unsigned step = 0; step < 3; step++) {
        painted = &painter->painted[(hash + step) % PAINTED];
        if (!painted->known || same_style(painted->style, style))
            break;
    }
    return painted;
}

static const struct painted *look_up(struct painter *painter, struct style style)
{
    struct painted *painted = place_of(painter, style);
    if (painted->known && same_style(painted->style, style))
        return painted;
    *painted = (struct painted){.known = true, .style = style};
    painted->look = theme_look(&painter->theme, style);
    if (painter->can.ansi && painted->look.ink != COLOUR_DEFAULT)
        keep_numbers(painted->ink, sizeof painted->ink,
                     info_filled(painter->can.setaf, painted->look.ink, 0));
    if (painter->can.ansi && painted->look.fill != COLOUR_DEFAULT)
        keep_numbers(painted->fill, sizeof painted->fill,
                     info_filled(painter->can.setab, painted->look.fill, 0));
    return painted;
}

/* Mostly the style of the cell before is asked for again. */
static inline const struct painted *paint(struct painter *painter, struct style style)
{
    const struct painted *last = &painter->painted[painter->last];
    if (last->known && same_style(last->style, style))
        return last;
    last = look_up(painter, style);
    painter->last = (size_t)(last - painter->painted);
    return last;
}

/* Bytes put together to be weighed against others. */
struct draft {
    char text[96];
    size_t length;
};

static void draft_add(struct draft *draft, const char *text)
{
    size_t length = strlen(text);
    assert(draft->length + length < sizeof draft->text);
    memcpy(draft->text + draft->length, text, length + 1);
    draft->length += length;
}

static void draft_fill(struct draft *draft, const char *capability, int first, int second)
{
    char *end = draft->text + draft->length;
    if (info_fill_plain(capability, first, second, end, sizeof draft->text - draft->length))
        draft->length += strlen(end);
    else
        draft_add(draft, info_filled(capability, first, second));
}

static void draft_number(struct draft *numbers, const char *number)
{
    if (numbers->length > 0)
        draft_add(numbers, ";");
    draft_add(numbers, number);
}

static const struct flag {
    unsigned flag;
    const char *on, *off; /* in SGR */
} flags[] = {{STYLE_BOLD, "1", "22"}, {STYLE_UNDERLINE, "4", "24"}, {STYLE_REVERSE, "7", "27"}};

/* SGR's numbers for what differs between two looks. */
static struct draft difference(const struct look *now, const struct painted *wanted)
{
    struct draft numbers = {.length = 0};
    const struct look *look = &wanted->look;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if ((now->flags ^ look->flags) & flags[i].flag)
            draft_number(&numbers, look->flags & flags[i].flag ? flags[i].on : flags[i].off);
    if (now->ink != look->ink)
        draft_number(&numbers, look->ink == COLOUR_DEFAULT ? "39" : wanted->ink);
    if (now->fill != look->fill)
        draft_number(&numbers, look->fill == COLOUR_DEFAULT ? "49" : wanted->fill);
    return numbers;
}

/* --- bytes out -------------------------------------------------------------------------------- */

static const struct look no_look = {.ink = COLOUR_DEFAULT, .fill = COLOUR_DEFAULT};

static void send(struct painter *painter, const char *text)
{
    info_add(&painter->out, text);
}

static void send_numbers(struct painter *painter, const char *before, const struct draft *numbers)
{
    buffer_add_text(&painter->out, "\033[");
    buffer_add_text(&painter->out, before);
    buffer_add(&painter->out, numbers->text, numbers->length);
    buffer_add_byte(&painter->out, 'm');
}

/* By ECMA-48: what differs, or all anew, whichever is shorter. An empty number is "all off". */
static void send_ansi_look(struct painter *painter, const struct painted *wanted)
{
    struct draft some = difference(&painter->now, wanted), all = difference(&no_look, wanted);
    bool anew = all.length + (all.length > 0 ? 1 : 0) < some.length;
    send_numbers(painter, anew && all.length > 0 ? ";" : "", anew ? &all : &some);
}

/* By terminfo alone: everything off, then on one by one. */
static void send_plain_look(struct painter *painter, const struct look *look)
{
    const struct capabilities *can = &painter->can;
    send(painter, can->sgr0);
    if (look->flags & STYLE_BOLD)
        send(painter, can->bold);
    if (look->flags & STYLE_UNDERLINE)
        send(painter, can->smul);
    if (look->flags & STYLE_REVERSE)
        send(painter, can->rev);
    if (look->ink != COLOUR_DEFAULT)
        send(painter, info_filled(can->setaf, look->ink, 0));
    if (look->fill != COLOUR_DEFAULT)
        send(painter, info_filled(can->setab, look->fill, 0));
}

static void set_look(struct painter *painter, const struct painted *wanted)
{
    if (same_look(painter->now, wanted->look))
        return;
    if (painter->can.ansi)
        send_ansi_look(painter, wanted);
    else
        send_plain_look(painter, &wanted->look);
    painter->now = wanted->look;
}

static bool shows_ink_on_blanks(const struct look *look)
{
    return (look->flags & (STYLE_REVERSE | STYLE_UNDERLINE)) != 0;
}

/* On a blank the ink is not seen, so the one that is set may stay. */
static void set_blank_look(struct painter *painter, const struct painted *wanted)
{
    struct painted blanks = *wanted;
    if (!painter->can.ansi || shows_ink_on_blanks(&wanted->look)) {
        set_look(painter, wanted);
        return;
    }
    blanks.look.ink = painter->now.ink;
    blanks.look.flags = painter->now.flags & STYLE_BOLD;
    if (same_look(painter->now, blanks.look))
        return;
    struct draft some = difference(&painter->now, &blanks);
    send_numbers(painter, "", &some);
    painter->now = blanks.look;
}

/* --- moving ----------------------------------------------------------------------------------- */

static struct draft forward(const struct painter *painter, int columns)
{
    struct draft draft = {.length = 0};
    if (columns > 0)
        draft_fill(&draft, columns == 1 ? painter->can.cuf1 : painter->can.cuf, columns, 0);
    return draft;
}

static void keep_shorter(struct draft *best, const struct draft *other)
{
    if (other->length > 0 && other->length < best->length)
        *best = *other;
}

/* Nothing that places a cursor is shorter, but for the few that are looked at first. */
enum { SHORT_MOVE = 4 };

static bool is_short(const struct draft *draft)
{
    return draft->length > 0 && draft->length <= SHORT_MOVE;
}

/* The next columns, the ones just left, or the first. */
static struct draft nearby(const struct painter *painter, int from, int to)
{
    struct draft draft = {.length = 0};
    if (to == 0)
        draft_add(&draft, "\r");
    else if (from >= 0 && to > from)
        draft = forward(painter, to - from);
    else if (from - to > 0 && from - to < 4)
        draft_add(&draft, &"\b\b\b"[3 - (from - to)]);
    return draft;
}

/* The shortest way along the row where the cursor is; empty when it is there. `from` -1: unknown.
 */
static struct draft along(const struct painter *painter, int from, int to)
{
    struct draft best = {.length = 0}, near = nearby(painter, from, to);
    if (from == to)
        return best;
    if (is_short(&near))
        return near;
    draft_fill(&best, painter->can.hpa, to, 0);
    if (best.length == 0) {
        struct draft rest = forward(painter, to), other = {.text = "\r", .length = 1};
        draft_fill(&best, painter->can.cup, painter->row, to);
        draft_add(&other, rest.text);
        if (rest.length > 0)
            keep_shorter(&best, &other);
    }
    keep_shorter(&best, &near);
    return best;
}

/* Along the row first: behind the last column, some terminals swallow a line feed. */
static void jump_to(struct painter *painter, int row, int column)
{
    struct draft best = {.length = 0}, stepwise = {.length = 0};
    int down = row - painter->row;
    if (painter->row >= 0 && down >= 0 && down < 4) {
        stepwise = along(painter, painter->column, column);
        draft_add(&stepwise, &"\n\n\n"[3 - down]);
    }
    if (!is_short(&stepwise))
        draft_fill(&best, painter->can.cup, row, column);
    if (best.length == 0)
        best = stepwise;
    else
        keep_shorter(&best, &stepwise);
    send(painter, best.text);
    painter->row = row;
    painter->column = column;
}

static void move_to(struct painter *painter, int row, int column)
{
    if (painter->row != row || painter->column != column)
        jump_to(painter, row, column);
}

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
        buffer_add_byte(&painter->out, (char)cell->points[0]);
        return;
    }
    for (size_t i = 0; i < CELL_POINTS && cell->points[i] != 0; i++)
        buffer_add(&painter->out, bytes, text_encode(cell->points[i], bytes));
}

/* Puts out the cell where the cursor is, in the look that is set. At the margin a terminal may
 * stand on the last column or beyond it; after emoji, anywhere. */
static void send_cell(struct painter *painter, const struct cell *cell)
{
    int after = painter->column + cell->columns;
    send_text(painter, cell);
    painter->column = after < painter->columns && cell->points[0] < FIRST_EMOJI ? after : -1;
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
    return paint(painter, painter->wanted[place(painter, row, column)].style);
}

/* The class of a look, a new one when there is room; beyond that all share the last, which costs
 * bytes and nothing else. */
static unsigned char class_of(struct painter *painter, const struct painted *painted)
{
    int class = painter->recent;
    if (class < painter->look_count && same_look(painter->looks[class].look, painted->look))
        return (unsigned char)class;
    for (class = 0; class < painter->look_count; class ++)
        if (same_look(painter->looks[class].look, painted->look))
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
        const struct painted *painted = paint(painter, wanted->style);
        bool any_ink = is_blank(wanted) && !shows_ink_on_blanks(&painted->look);
        painter->classes[i] = any_ink ? BLANK_YET : class_of(painter, painted);
    }
}

/* True when blanks of the look `own` can be sent in the look of a class. */
static bool suits_blanks(const struct painter *painter, unsigned char class,
                         const struct painted *own)
{
    return class < SETTLED && painter->looks[class].look.fill == own->look.fill &&
           !shows_ink_on_blanks(&painter->looks[class].look);
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
    if (shows_ink_on_blanks(&own->look))
        set_look(painter, own);
    else if (painter->now.fill == own->look.fill && !shows_ink_on_blanks(&painter->now))
        return;
    else if (suits_blanks(painter, class, own))
        set_look(painter, &painter->looks[class]);
    else
        set_blank_look(painter, own);
}

/* How many blanks of one fill begin at a cell, as far as erasing makes them. */
static int erasable(struct painter *painter, int row, int column)
{
    const struct cell *cell = &painter->wanted[place(painter, row, column)];
    int fill = paint(painter, cell->style)->look.fill, end = column;
    if (fill != COLOUR_DEFAULT && !painter->can.bce)
        return 0;
    for (; end < painter->columns && is_blank(cell); end++, cell++) {
        const struct look *look = &paint(painter, cell->style)->look;
        if (look->fill != fill || shows_ink_on_blanks(look))
            break;
    }
    return end - column;
}

/* Erases blanks when that is shorter than sending those that are new; how many it has erased. */
static int erase(struct painter *painter, int row, int column)
{
    int count = erasable(painter, row, column), fresh = count;
    bool to_end = column + count == painter->columns && painter->can.el[0] != '\0';
    while (fresh > 0 && painter->classes[place(painter, row, column + fresh - 1)] == SETTLED)
        fresh--;
    if (fresh < (to_end ? ERASE_TO_END : ERASE_WITHIN) || (!to_end && painter->can.ech[0] == '\0'))
        return 0;
    move_to(painter, row, column);
    set_look_for_blank(painter, row, column);
    for (int at = column; at < column + fresh; at++)
        painter->classes[place(painter, row, at)] = SETTLED;
    struct draft blanks = {.length = 0};
    if (!to_end)
        draft_fill(&blanks, painter->can.ech, fresh, 0);
    send(painter, to_end ? painter->can.el : blanks.text);
    return to_end ? count : fresh;
}

/* True when a cell that stands already can be sent again in the look that is set. */
static bool can_repeat(struct painter *painter, int row, int column)
{
    const struct cell *cell = &painter->wanted[place(painter, row, column)];
    const struct look *look = &painted_at(painter, row, column)->look;
    if (cell->points[0] >= 0x7F || cell->points[1] != 0)
        return false;
    if (is_blank(cell) && !shows_ink_on_blanks(look) && !shows_ink_on_blanks(&painter->now))
        return look->fill == painter->now.fill;
    return same_look(*look, painter->now);
}

/* Over few cells, sending them again is shorter than a move. */
static void bridge(struct painter *painter, int row, int column)
{
    if (painter->row != row || painter->column < 0 || column - painter->column > 3)
        return;
    for (int at = painter->column; at < column; at++)
        if (!can_repeat(painter, row, at))
            return;
    while (painter->column < column) {
        size_t at = place(painter, row, painter->column);
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
    move_to(painter, row, column);
    if (is_blank(cell))
        set_look_for_blank(painter, row, column);
    else
        set_look(painter, painted_at(painter, row, column));
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
    const struct painted *ground = paint(painter, blank.style);
    bool filled = ground->look.fill == COLOUR_DEFAULT || painter->can.bce;
    size_t count = (size_t)painter->rows * (size_t)painter->columns;
    send(painter, painter->can.sgr0);
    painter->now = no_look;
    set_blank_look(painter, ground);
    send(painter, painter->can.clear);
    painter->row = painter->column = 0;
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
        move_to(painter, row, column);
    if (frame->cursor_visible == painter->cursor_hidden) {
        painter->cursor_hidden = !frame->cursor_visible;
        send(painter, frame->cursor_visible ? painter->can.cnorm : painter->can.civis);
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
    if (painter->can.no_margin && row == painter->rows - 1)
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
    struct theme old = painter->theme;
    size_t count = (size_t)painter->rows * (size_t)painter->columns;
    struct frame frame = {.rows = painter->rows,
                          .columns = painter->columns,
                          .cursor_row = painter->row,
                          .cursor_column = painter->column,
                          .cursor_visible = !painter->cursor_hidden};
    painter->theme = theme;
    memset(painter->painted, 0, sizeof painter->painted);
    if (painter->clear_first)
        return;
    frame.cells = memory_new(count, sizeof *frame.cells);
    memcpy(frame.cells, painter->shown, count * sizeof *frame.cells);
    for (size_t i = 0; i < count; i++) {
        struct style style = painter->shown[i].style;
        if (!same_look(theme_look(&old, style), theme_look(&theme, style)))
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
    buffer_release(&painter->out);
}
