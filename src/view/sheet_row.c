/* One row of the sheet: its label, its value, its hint. */
#include "sheet.h"
#include "touchline/memory.h"

enum {
    MARGIN = 1, /* at either end of a row: the mark of the selected one, a bracket */
    GAP = 2,
    TYPED_LEAST = 20
};

static const struct sheet_row *row_at(const struct paper *paper, size_t index)
{
    return &paper->sheet->rows[index];
}

bool sheet_is_heading(const struct paper *paper, const struct sheet_line *line)
{
    return row_at(paper, line->row)->kind == SHEET_HEADING;
}

/* What the row says: of the one that is typed in, what is typed. */
static const char *text_of(const struct paper *paper, size_t index)
{
    const struct sheet_screen *sheet = paper->sheet;
    const char *text = row_at(paper, index)->value;
    if (index == sheet->selected && sheet->typed.text != NULL)
        text = sheet->typed.text;
    return text != NULL ? text : "";
}

static bool is_typed(const struct paper *paper, size_t index)
{
    return index == paper->sheet->selected && paper->sheet->typed.text != NULL;
}

/* --- where the parts of a row stand ----------------------------------------------------------- */

/* The part of its line that a row has: all of it, or a half. */
static struct rect part_of(const struct sheet_line *line, size_t index)
{
    struct rect rect = line->rect;
    int half = rect.columns / 2;
    if (line->rows == 1)
        return rect;
    if (index != line->row) {
        rect.column += half;
        half = rect.columns - half;
    }
    rect.columns = half;
    return rect;
}

static int label_columns(const struct paper *paper, const struct sheet_line *line, size_t index)
{
    if (index == line->row)
        return paper->label;
    int own = frame_columns(paper->frame, row_at(paper, index)->label) + GAP;
    int most = part_of(line, index).columns * 2 / 3;
    return own < most ? own : most;
}

/* Where the value stands; the column before and the one after it are for brackets. */
static struct rect value_of(const struct paper *paper, const struct sheet_line *line, size_t index)
{
    struct rect rect = part_of(line, index);
    int label = MARGIN + label_columns(paper, line, index);
    rect.column += label;
    rect.columns -= label + MARGIN;
    if (line->rows > 1 && index == line->row)
        rect.columns -= GAP; /* its hint must not read as a part of the next label */
    return rect;
}

/* --- words of a list -------------------------------------------------------------------------- */

enum { BRACKETS = 2 };

/* Where an option stands, counted from the value's place: its text, not its bracket. */
struct spot {
    int line, column, columns;
};

/* Flows the options over as many lines as they need, and returns those. They stand a column further
 * apart when all fit one line that way. */
static int flow(const struct frame *frame, const struct sheet_row *row, int columns,
                struct spot *spots)
{
    int total = 0, line = 0, column = 0, count = (int)row->option_count;
    for (int i = 0; i < count; i++) {
        int own = frame_columns(frame, row->options[i]);
        spots[i].columns = own < columns ? own : columns;
        total += spots[i].columns + BRACKETS;
    }
    int gap = total - BRACKETS + count - 1 <= columns ? 1 : 0;
    for (int i = 0; i < count; i++) {
        if (column > 0 && column + spots[i].columns > columns) {
            line++;
            column = 0;
        }
        spots[i].line = line;
        spots[i].column = column;
        column += spots[i].columns + BRACKETS + gap;
    }
    return line + 1;
}

static int option_lines(const struct paper *paper, size_t index, int columns)
{
    const struct sheet_row *row = row_at(paper, index);
    struct spot *spots = memory_new(row->option_count, sizeof *spots);
    int lines = flow(paper->frame, row, columns, spots);
    memory_free(spots);
    return lines;
}

static struct style option_style(const struct paper *paper, size_t index, size_t option)
{
    const struct sheet_row *row = row_at(paper, index);
    uint8_t colour = row->colours != NULL ? row->colours[option] : 0;
    bool selected = index == paper->sheet->selected;
    bool chosen = option == row->option;
    if (colour != 0 && chosen)
        return style_bold(style_colour(ROLE_RATING_FILL, colour));
    if (colour != 0 && !selected)
        return style_colour(ROLE_RATING, colour);
    struct style style = style_of(selected ? ROLE_FIELD : ROLE_TEXT);
    return chosen ? style_bold(style) : style;
}

static void draw_option(struct paper *paper, size_t index, size_t option, struct rect rect)
{
    const struct sheet_row *row = row_at(paper, index);
    struct style style = option_style(paper, index, option);
    struct rect all = {rect.row, rect.column - 1, 1, rect.columns + BRACKETS};
    bool chosen = option == row->option;
    if (chosen)
        frame_fill(paper->frame, all, ' ', style);
    frame_text(paper->frame, rect.row, rect.column, rect.columns, row->options[option], style);
    if (chosen) {
        frame_put(paper->frame, rect.row, rect.column - 1, '[', style);
        frame_put(paper->frame, rect.row, rect.column + rect.columns, ']', style);
    }
    probe_spot(paper->probe, all, VIEW_OPTION, (int64_t)option, (int)index);
    if (index == paper->sheet->selected && (chosen || option == 0)) {
        paper->frame->cursor_row = rect.row;
        paper->frame->cursor_column = rect.column;
    }
}

/* Where there are fewer rows than lines, the line of the chosen one is among those shown. */
static void draw_options(struct paper *paper, size_t index, struct rect rect)
{
    const struct sheet_row *row = row_at(paper, index);
    struct spot *spots = memory_new(row->option_count, sizeof *spots);
    int lines = flow(paper->frame, row, rect.columns, spots);
    int first = row->option < row->option_count ? spots[row->option].line : 0;
    if (first > lines - rect.rows)
        first = lines > rect.rows ? lines - rect.rows : 0;
    int end = rect.column;
    for (size_t i = 0; i < row->option_count; i++) {
        int line = spots[i].line - first;
        struct rect spot = {rect.row + line, rect.column + spots[i].column, 1, spots[i].columns};
        if (line < 0 || line >= rect.rows)
            continue;
        draw_option(paper, index, i, spot);
        end = spot.column + spot.columns + 1;
    }
    if (lines > rect.rows)
        frame_put(paper->frame, rect.row + rect.rows - 1, end, 0x2026, style_of(ROLE_QUIET));
    memory_free(spots);
}

/* --- drawing a row ---------------------------------------------------------------------------- */

static int options_columns(const struct paper *paper, size_t index, int columns)
{
    const struct sheet_row *row = row_at(paper, index);
    struct spot *spots = memory_new(row->option_count, sizeof *spots);
    int end = 0;
    if (flow(paper->frame, row, columns, spots) > 1)
        end = columns;
    else if (row->option_count > 0)
        end = spots[row->option_count - 1].column + spots[row->option_count - 1].columns + 1;
    memory_free(spots);
    return end;
}

/* Columns that the first row of the value has a use for. */
static int value_columns(const struct paper *paper, size_t index, int columns)
{
    const char *text = text_of(paper, index);
    if (row_at(paper, index)->kind == SHEET_WORDS)
        return options_columns(paper, index, columns);
    if (wrapped_rows_most(text, columns, 2) > 1)
        return columns;
    int own = frame_columns(paper->frame, text) + 1;
    return is_typed(paper, index) && own < TYPED_LEAST ? TYPED_LEAST : own;
}

/* The hint stands at the right end and gives way to a value that needs the room, but for the sign
 * that there is something to open. */
static void draw_hint(struct paper *paper, size_t index, struct rect *value)
{
    const struct sheet_row *row = row_at(paper, index);
    bool opens = row->kind == SHEET_OPENS;
    int end = value->column + value->columns;
    struct buffer text = {0};
    buffer_add_text(&text, row->hint);
    if (opens)
        buffer_add_text(&text, text.length > 0 ? "  Enter ▸" : "Enter ▸");
    int columns = frame_columns(paper->frame, buffer_text(&text));
    if (columns > 0 &&
        value_columns(paper, index, value->columns) + GAP + columns <= value->columns) {
        frame_text_right(paper->frame, value->row, end, columns, buffer_text(&text),
                         style_of(ROLE_QUIET));
        value->columns -= columns + GAP;
    } else if (opens) {
        frame_put(paper->frame, value->row, end - 1, 0x25b8, style_of(ROLE_QUIET));
        value->columns -= GAP;
    }
    buffer_release(&text);
}

static void draw_value(struct paper *paper, size_t index, struct rect rect)
{
    bool selected = index == paper->sheet->selected;
    struct style style = style_of(selected ? ROLE_FIELD : ROLE_TEXT);
    draw_hint(paper, index, &rect);
    if (selected) {
        frame_fill(paper->frame, rect, ' ', style);
        paper->frame->cursor_row = rect.row;
        paper->frame->cursor_column = rect.column;
    }
    if (row_at(paper, index)->kind == SHEET_WORDS)
        draw_options(paper, index, rect);
    else if (is_typed(paper, index))
        view_typed(paper->frame, rect, &paper->sheet->typed, style, paper->probe);
    else
        frame_wrapped(paper->frame, rect, text_of(paper, index), style, NULL);
}

static void draw_heading(struct paper *paper, const struct sheet_line *line)
{
    enum { INDENT = 2 };
    struct rect rect = line->rect;
    struct style style = style_of(ROLE_STRONG);
    struct buffer title = {0};
    frame_rule(paper->frame, rect.row, rect.column, rect.columns);
    buffer_add_format(&title, " %s ", text_of(paper, line->row));
    frame_text(paper->frame, rect.row, rect.column + INDENT, rect.columns - 2 * INDENT,
               buffer_text(&title), style);
    buffer_release(&title);
}

static void draw_row(struct paper *paper, const struct sheet_line *line, size_t index)
{
    struct rect rect = part_of(line, index);
    bool selected = index == paper->sheet->selected;
    if (selected)
        frame_put(paper->frame, rect.row, rect.column, 0x25b8, style_of(ROLE_STRONG));
    frame_text(paper->frame, rect.row, rect.column + MARGIN, label_columns(paper, line, index) - 1,
               row_at(paper, index)->label, style_of(selected ? ROLE_STRONG : ROLE_QUIET));
    probe_spot(paper->probe, rect, VIEW_LINE, 0, (int)index);
    draw_value(paper, index, value_of(paper, line, index));
}

void sheet_draw_line(struct paper *paper, const struct sheet_line *line)
{
    if (sheet_is_heading(paper, line)) {
        draw_heading(paper, line);
        return;
    }
    for (size_t i = 0; i < line->rows; i++)
        draw_row(paper, line, line->row + i);
}

/* --- how high --------------------------------------------------------------------------------- */

/* Rows that a row of the sheet has a use for; what its `rows` say comes before the rest. */
static int row_rows(const struct paper *paper, const struct sheet_line *line, size_t index,
                    bool all)
{
    const struct sheet_row *row = row_at(paper, index);
    int columns = value_of(paper, line, index).columns;
    if (row->kind == SHEET_HEADING)
        return 1;
    if (row->kind == SHEET_WORDS)
        return option_lines(paper, index, columns);
    int asked = row->rows > 1 ? row->rows : 1;
    int most = all ? paper->body.rows : asked;
    int wanted = is_typed(paper, index) ? view_typed_rows(&paper->sheet->typed, columns, most)
                                        : wrapped_rows_most(text_of(paper, index), columns, most);
    wanted = wanted < most ? wanted : most;
    return wanted > 0 ? wanted : 1;
}

int sheet_line_rows(const struct paper *paper, const struct sheet_line *line, bool all)
{
    int rows = row_rows(paper, line, line->row, all);
    int other = line->rows > 1 ? row_rows(paper, line, line->row + 1, all) : 0;
    return other > rows ? other : rows;
}
