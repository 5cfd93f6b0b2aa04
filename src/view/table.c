#include "touchline/table.h"
#include "draw.h"
#include "touchline/text.h"
#include <string.h>

enum {
    LEFT = 4, /* columns before the first cell: a bracket, the sign of a warning, a blank */
    RIGHT = 2,
    GAP = 2,
    MARK = 2,
    LABEL = 13,       /* columns of a fact's label, at least */
    TITLES_FROM = 11, /* rows */
    FACTS_FROM = 14,
    UNDER_FROM = 16,
    TEXT_MOST = 120 /* columns: longer lines are hard to read */
};

/* Rows of the parts; -1: none. */
struct places {
    int under, titles, lines, line_rows;
    int rule, facts, fact_rows, foot, foot_rows;
    int message, prompt, keys;
};

static int line_columns(int columns)
{
    return (columns < TEXT_MOST ? columns : TEXT_MOST) - LEFT - RIGHT;
}

/* As many as the longest has, up to two fifths of a line. */
static int label_columns(const struct table_screen *table, int columns)
{
    int widest = LABEL, most = line_columns(columns) * 2 / 5;
    for (size_t i = 0; i < table->fact_count; i++) {
        const char *label = table->facts[i].label;
        int own = text_columns(label, strlen(label)) + GAP;
        widest = own > widest ? own : widest;
    }
    return widest < most ? widest : most;
}

static int fact_rows_of(const struct table_fact *fact, int columns)
{
    int rows = wrapped_rows(fact->text, columns);
    return rows > 0 ? rows : 1;
}

/* Facts and foot get what they need, up to two fifths of the screen. */
static void place_foot(const struct table_screen *table, struct places *places, int rows,
                       int columns)
{
    int most = rows * 2 / 5, facts = 0;
    int text = line_columns(columns) - label_columns(table, columns);
    int foot = wrapped_rows(table->foot, line_columns(columns));
    for (size_t i = 0; i < table->fact_count; i++)
        facts += fact_rows_of(&table->facts[i], text);
    places->foot_rows = foot < most / 2 ? foot : most / 2;
    places->fact_rows = facts < most - places->foot_rows ? facts : most - places->foot_rows;
    places->foot = places->message - places->foot_rows;
    places->facts = places->foot - places->fact_rows;
    places->rule = places->facts - 1;
}

static struct places places_of(const struct table_screen *table, int rows, int columns)
{
    struct places places = {.under = -1, .titles = -1, .rule = -1, .keys = rows - 1};
    int row = 1;
    bool typing = table->prompt.typed.text != NULL;
    places.prompt = rows - 2;
    places.message = rows >= FACTS_FROM ? rows - 3 : typing ? -1 : rows - 2;
    if (rows < FACTS_FROM && !typing)
        places.prompt = -1;
    if (table->under && rows >= UNDER_FROM)
        places.under = row++;
    if (rows >= TITLES_FROM)
        places.titles = row++;
    places.lines = row;
    int end = rows - 2;
    if (rows >= FACTS_FROM) {
        place_foot(table, &places, rows, columns);
        end = places.rule;
    }
    places.line_rows = end - row;
    return places;
}

/* --- columns ---------------------------------------------------------------------------------- */

struct widths {
    int at[TABLE_COLUMNS_MOST]; /* 0: dropped */
    int wanted[TABLE_COLUMNS_MOST];
};

static int wanted_columns(const struct frame *frame, const struct table_screen *table,
                          size_t column)
{
    int widest = frame_columns(frame, table->columns[column].title);
    for (size_t i = 0; i < table->count; i++) {
        int columns =
            table->lines[i].heading ? 0 : frame_columns(frame, table->lines[i].cells[column]);
        widest = columns > widest ? columns : widest;
    }
    return widest;
}

/* Columns left over; negative: they do not fit. */
static int spare(const struct frame *frame, const struct table_screen *table,
                 const struct widths *widths)
{
    int left = frame->columns - LEFT - RIGHT + GAP;
    for (size_t i = 0; i < table->column_count; i++)
        left -= widths->at[i] > 0 ? widths->at[i] + GAP : 0;
    return left;
}

static void drop_one(const struct table_screen *table, struct widths *widths)
{
    size_t worst = table->column_count;
    for (size_t i = 0; i < table->column_count; i++)
        if (widths->at[i] > 0 && table->columns[i].rank > 0 &&
            (worst == table->column_count || table->columns[i].rank > table->columns[worst].rank))
            worst = i;
    if (worst < table->column_count)
        widths->at[worst] = 0;
}

/* Lets a column grow to what it wants, out of what is spare. */
static void grow(struct widths *widths, size_t i, int *left)
{
    int more = widths->wanted[i] - widths->at[i];
    if (widths->at[i] == 0 || more <= 0 || *left <= 0)
        return;
    more = more < *left ? more : *left;
    widths->at[i] += more;
    *left -= more;
}

/* What a column should have to be shown at all: the main one its least, another what it needs. */
static int needed_columns(const struct table_column *column, int wanted)
{
    int most = column->main || column->most < column->least ? column->least : column->most;
    return wanted < 1 ? 1 : wanted < most ? wanted : most;
}

static struct widths widths_of(const struct frame *frame, const struct table_screen *table)
{
    struct widths widths = {{0}, {0}};
    for (size_t i = 0; i < table->column_count; i++) {
        widths.wanted[i] = wanted_columns(frame, table, i);
        widths.at[i] = needed_columns(&table->columns[i], widths.wanted[i]);
    }
    for (size_t i = 0; i < table->column_count && spare(frame, table, &widths) < 0; i++)
        drop_one(table, &widths);
    for (size_t i = 0; i < table->column_count && spare(frame, table, &widths) < 0; i++)
        if (widths.at[i] > table->columns[i].least)
            widths.at[i] = table->columns[i].least;
    int left = spare(frame, table, &widths);
    for (size_t i = 0; i < table->column_count; i++)
        if (table->columns[i].main)
            grow(&widths, i, &left);
    for (size_t i = 0; i < table->column_count; i++)
        grow(&widths, i, &left);
    return widths;
}

/* --- lines ------------------------------------------------------------------------------------ */

static void draw_cells(struct frame *frame, int row, const struct table_screen *table,
                       const struct widths *widths, const char *const *cells, struct style style)
{
    int column = LEFT;
    for (size_t i = 0; i < table->column_count; i++) {
        if (widths->at[i] == 0)
            continue;
        int room = frame->columns - RIGHT - column;
        frame_text(frame, row, column, widths->at[i] < room ? widths->at[i] : room, cells[i],
                   style);
        column += widths->at[i] + GAP;
    }
}

static void draw_titles(struct frame *frame, int row, const struct table_screen *table,
                        const struct widths *widths)
{
    const char *titles[TABLE_COLUMNS_MOST] = {NULL};
    for (size_t i = 0; i < table->column_count; i++)
        titles[i] = table->columns[i].title;
    draw_cells(frame, row, table, widths, titles, style_of(ROLE_QUIET));
}

static void draw_heading(struct frame *frame, int row, const struct table_line *line)
{
    enum role role = line->warning ? ROLE_WARNING : ROLE_STRONG;
    int end = frame->columns - RIGHT;
    if (line->warning)
        frame_put(frame, row, MARK, '!', style_of(role));
    int used = frame_text(frame, row, LEFT, end - LEFT, line->heading, style_of(role));
    frame_rule(frame, row, LEFT + used + 1, end - LEFT - used - 1);
}

/* A heading of nothing is a sentence: "Nothing yet. c notes a cost or a payoff." */
static void draw_sentence(struct frame *frame, int row, int rows, const char *words)
{
    struct rect rect = {row, LEFT, rows, frame->columns - RIGHT - LEFT};
    frame_wrapped(frame, rect, words, style_of(ROLE_TEXT), NULL);
}

static void draw_frame(struct frame *frame, int row)
{
    struct style style = style_of(ROLE_SELECTED);
    int last = frame->columns - 2;
    frame_fill(frame, (struct rect){row, 1, 1, frame->columns - 2}, ' ', style);
    frame_put(frame, row, 1, '[', style);
    frame_put(frame, row, last, ']', style);
    frame->cursor_row = row;
    frame->cursor_column = MARK;
}

static void draw_line(struct frame *frame, int row, const struct table_screen *table,
                      const struct widths *widths, size_t index)
{
    const struct table_line *line = &table->lines[index];
    bool selected = index == table->selected;
    enum role role = selected ? ROLE_SELECTED : line->warning ? ROLE_WARNING : ROLE_TEXT;
    if (line->heading) {
        draw_heading(frame, row, line);
        return;
    }
    if (selected)
        draw_frame(frame, row);
    if (line->warning)
        frame_put(frame, row, MARK, '!', style_of(role));
    draw_cells(frame, row, table, widths, line->cells, style_of(role));
}

/* Index of the first line in sight. A heading right above the framed line is seen with it. */
static size_t first_in_sight(const struct table_screen *table, int page)
{
    int selected = table->selected < table->count ? (int)table->selected : 0;
    int above = (int)table->above, all = above + (int)table->count + (int)table->below;
    int rows = 1, last = (int)table->count - page;
    if (page < 1 || (int)table->count <= page)
        return 0;
    if (page > 1 && selected > 0 && table->lines[selected - 1].heading) {
        selected--;
        rows++;
    }
    int first = view_scrolled(above + selected, rows, all, page) - above;
    return (size_t)(first < 0 ? 0 : first < last ? first : last);
}

static void draw_lines(struct frame *frame, const struct table_screen *table,
                       const struct places *places, struct probe *probe)
{
    struct widths widths = widths_of(frame, table);
    size_t first = first_in_sight(table, places->line_rows);
    if (places->titles >= 0)
        draw_titles(frame, places->titles, table, &widths);
    for (int i = 0; i < places->line_rows && first + (size_t)i < table->count; i++) {
        size_t index = first + (size_t)i;
        int row = places->lines + i;
        if (table->lines[index].heading && index + 1 == table->count)
            draw_sentence(frame, row, places->line_rows - i, table->lines[index].heading);
        else
            draw_line(frame, row, table, &widths, index);
        if (!table->lines[index].heading)
            probe_spot(probe, (struct rect){row, 0, 1, frame->columns}, VIEW_LINE, 0, (int)index);
    }
    view_more(frame, (struct rect){places->lines, 0, places->line_rows, frame->columns},
              table->above + first > 0,
              first + (size_t)places->line_rows < table->count + table->below,
              style_of(ROLE_STRONG));
}

/* --- below them ------------------------------------------------------------------------------- */

static struct style fact_style(const struct table_fact *fact)
{
    return fact->colour ? style_colour(ROLE_RATING, fact->colour) : style_of(ROLE_TEXT);
}

static void draw_facts(struct frame *frame, const struct table_screen *table,
                       const struct places *places)
{
    int row = places->facts, end = places->facts + places->fact_rows;
    int label = label_columns(table, frame->columns);
    int text = line_columns(frame->columns) - label;
    for (size_t i = 0; i < table->fact_count && row < end; i++) {
        int rows = fact_rows_of(&table->facts[i], text);
        rows = rows < end - row ? rows : end - row;
        frame_text(frame, row, LEFT, label - 1, table->facts[i].label, style_of(ROLE_QUIET));
        frame_wrapped(frame, (struct rect){row, LEFT + label, rows, text}, table->facts[i].text,
                      fact_style(&table->facts[i]), NULL);
        row += rows;
    }
}

static void draw_below(struct frame *frame, const struct table_screen *table,
                       const struct places *places)
{
    if (places->rule < 0)
        return;
    screen_rule(frame, places->rule, table->about, table->about_more);
    draw_facts(frame, table, places);
    frame_wrapped(
        frame, (struct rect){places->foot, LEFT, places->foot_rows, line_columns(frame->columns)},
        table->foot, style_of(ROLE_TEXT), NULL);
}

static void draw(struct frame *frame, const void *screen, struct probe *probe)
{
    const struct table_screen *table = screen;
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    struct places places = places_of(table, frame->rows, frame->columns);
    screen_bar(frame, 0, table->title, table->hint);
    if (places.under >= 0)
        frame_text(frame, places.under, 1, frame->columns - 2, table->under, style_of(ROLE_TEXT));
    draw_lines(frame, table, &places, probe);
    draw_below(frame, table, &places);
    if (places.message >= 0)
        screen_message(frame, places.message, table->message, table->warning);
    screen_key_line(frame, places.keys, table->keys, table->key_count, probe);
    if (places.prompt >= 0)
        screen_prompt(frame, places.prompt, &table->prompt, probe);
}

void view_table(struct frame *frame, const struct table_screen *table)
{
    screen_show(frame, draw, table);
}

struct view_hit view_table_hit(const struct table_screen *table, int rows, int columns, int row,
                               int column)
{
    return screen_hit(draw, table, rows, columns, row, column);
}

size_t view_table_page(const struct table_screen *table, int rows, int columns)
{
    int lines = places_of(table, rows, columns).line_rows;
    return lines > 0 ? (size_t)lines : 1;
}
