/* All fields of one record: a label, a value, a hint. Where they do not fit it turns pages. */
#include "draw.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include <stdio.h>
#include <string.h>

enum { LABEL = 1, VALUE = 17, GAP = 2, BESIDE_FROM = 60, RULE_FROM = 12, BLANK_FROM = 16 };

/* The sheet at a size: which rows are in sight, and how high. */
struct page {
    struct rect rect;
    size_t first, end; /* rows of the sheet in sight */
    int *heights;      /* of all rows; 0: it stands beside the one before it */
};

static int no_place(const struct frame *frame)
{
    return frame->columns - 1;
}

/* --- how high -------------------------------------------------------------------------------- */

static bool stands_beside(const struct sheet_screen *sheet, size_t i, int columns)
{
    return i > 0 && sheet->rows[i].beside && columns >= BESIDE_FROM;
}

static int option_columns(const struct frame *frame, const struct sheet_row *row, size_t i)
{
    return frame_columns(frame, row->options[i]) + 2;
}

/* Rows that the options take, side by side in `columns`. */
static int option_rows(const struct frame *frame, const struct sheet_row *row, int columns)
{
    int rows = 1, column = 0;
    for (size_t i = 0; i < row->option_count; i++) {
        int width = option_columns(frame, row, i);
        if (column > 0 && column + width > columns) {
            rows++;
            column = 0;
        }
        column += width;
    }
    return rows;
}

static int wanted_rows(const struct frame *frame, const struct sheet_row *row)
{
    int columns = no_place(frame) - VALUE;
    int hint = frame_columns(frame, row->hint);
    int rows = 1;
    if (row->kind == SHEET_WORDS)
        return option_rows(frame, row, columns);
    if (row->rows > 1 && row->kind != SHEET_HEADING)
        rows = wrapped_rows(row->value, columns - (hint > 0 ? hint + GAP : 0));
    return rows < 1 ? 1 : rows > row->rows && row->rows >= 1 ? row->rows : rows;
}

/* Fills heights; returns their sum. */
static int measure(const struct frame *frame, const struct sheet_screen *sheet, int *wanted)
{
    int sum = 0;
    for (size_t i = 0; i < sheet->count; i++) {
        bool beside = stands_beside(sheet, i, frame->columns);
        wanted[i] = beside ? 0 : wanted_rows(frame, &sheet->rows[i]);
        sum += wanted[i];
    }
    return sum;
}

/* The rows from `first` on that fit. */
static size_t end_of_page(const struct sheet_screen *sheet, const int *heights, size_t first,
                          int rows)
{
    size_t i = first;
    while (i < sheet->count && (heights[i] <= rows || i == first))
        rows -= heights[i++];
    return i;
}

/* Too much for the screen: each row gets one, but options all that they need; then the page that
 * the selected row is on. */
static void turn_page(struct page *page, const struct sheet_screen *sheet)
{
    for (size_t i = 0; i < sheet->count; i++) {
        if (sheet->rows[i].kind != SHEET_WORDS && page->heights[i] > 1)
            page->heights[i] = 1;
    }
    page->first = 0;
    page->end = end_of_page(sheet, page->heights, 0, page->rect.rows);
    while (page->end < sheet->count && page->end <= sheet->selected) {
        page->first = page->end;
        page->end = end_of_page(sheet, page->heights, page->first, page->rect.rows);
    }
}

static struct page page_of(const struct frame *frame, const struct sheet_screen *sheet)
{
    struct page page = {.end = sheet->count};
    int top = frame->rows >= RULE_FROM ? 2 : 1;
    int foot = frame->rows >= BLANK_FROM ? 3 : 2;
    page.rect = (struct rect){top, 0, frame->rows - foot - top, frame->columns};
    int *wanted = memory_new(2 * sheet->count + 1, sizeof *wanted);
    page.heights = wanted;
    if (measure(frame, sheet, wanted) > page.rect.rows)
        turn_page(&page, sheet);
    return page;
}

/* --- one row --------------------------------------------------------------------------------- */

/* "[I In person]  P Phone": the chosen one in brackets, for those who see no fill. */
static void draw_options(struct frame *frame, struct rect rect, const struct sheet_row *row)
{
    int column = rect.column, line = rect.row, end = rect.column + rect.columns;
    for (size_t i = 0; i < row->option_count; i++) {
        int width = option_columns(frame, row, i);
        bool chosen = i == row->option;
        uint8_t colour = row->colours != NULL ? row->colours[i] : 0;
        struct style style = colour != 0 ? style_colour(ROLE_CARD, colour)
                             : chosen    ? style_of(ROLE_STRONG)
                                         : style_of(ROLE_TEXT);
        if (column > rect.column && column + width > end) {
            column = rect.column;
            line++;
        }
        if (line >= rect.row + rect.rows)
            return;
        frame_text(frame, line, column + 1, end - column - 1, row->options[i], style);
        if (chosen) {
            frame_put(frame, line, column, '[', style_of(ROLE_STRONG));
            frame_put(frame, line, column + width - 1, ']', style_of(ROLE_STRONG));
        }
        column += width;
    }
}

static void draw_value(struct frame *frame, struct rect rect, const struct sheet_row *row,
                       const struct typed *typed)
{
    if (row->kind == SHEET_WORDS) {
        draw_options(frame, rect, row);
        return;
    }
    int end = rect.column + rect.columns;
    const char *hint = row->kind == SHEET_OPENS && row->hint == NULL ? "Enter ▸" : row->hint;
    int right =
        frame_text_right(frame, rect.row, end, rect.columns / 2, hint, style_of(ROLE_QUIET));
    if (right < end)
        rect.columns = right - GAP - rect.column;
    if (typed != NULL)
        view_typed(frame, rect.row, rect.column, rect.columns, typed, style_of(ROLE_FIELD));
    else
        frame_wrapped(frame, rect, row->value, style_of(ROLE_TEXT), NULL);
}

/* Where label and value of a row stand; of two on one row each has a half. */
struct cells {
    int label, value, end;
};

static struct cells cells_of(const struct frame *frame, const struct sheet_screen *sheet, size_t i)
{
    int half = frame->columns / 2;
    bool has_right = i + 1 < sheet->count && stands_beside(sheet, i + 1, frame->columns);
    if (stands_beside(sheet, i, frame->columns)) {
        int label = frame_columns(frame, sheet->rows[i].label);
        return (struct cells){half, half + label + GAP, no_place(frame)};
    }
    return (struct cells){LABEL, VALUE, has_right ? half - GAP : no_place(frame)};
}

static void draw_row(struct frame *frame, const struct sheet_screen *sheet, size_t i, int line,
                     int height, struct probe *probe)
{
    const struct sheet_row *row = &sheet->rows[i];
    struct cells cells = cells_of(frame, sheet, i);
    bool selected = i == sheet->selected;
    if (row->kind == SHEET_HEADING) {
        screen_rule(frame, line, row->value, row->hint);
        return;
    }
    if (selected) {
        frame_put(frame, line, cells.label - 1, 0x25b8, style_of(ROLE_STRONG));
        frame->cursor_row = line;
        frame->cursor_column = cells.value;
    }
    frame_text(frame, line, cells.label, cells.value - cells.label - 1, row->label,
               style_of(selected ? ROLE_STRONG : ROLE_QUIET));
    bool typing = selected && sheet->typed.text != NULL;
    draw_value(frame, (struct rect){line, cells.value, height, cells.end - cells.value}, row,
               typing ? &sheet->typed : NULL);
    probe_spot(probe, (struct rect){line, cells.label - 1, height, cells.end - cells.label + 1},
               VIEW_FIELD, 0, (int)i);
}

/* --- all of it ------------------------------------------------------------------------------- */

static void draw_rows(struct frame *frame, const struct sheet_screen *sheet,
                      const struct page *page, struct probe *probe)
{
    int line = page->rect.row, last = line;
    for (size_t i = page->first; i < page->end; i++) {
        bool beside = page->heights[i] == 0;
        if (!beside)
            last = line;
        draw_row(frame, sheet, i, last, beside ? 1 : page->heights[i], probe);
        line += page->heights[i];
    }
}

/* "◂ 4 of 11 ▸" */
static void draw_title(struct frame *frame, const struct sheet_screen *sheet)
{
    struct buffer place = {0};
    if (sheet->place != NULL)
        buffer_add_format(&place, "%s %s %s", sheet->before ? "◂" : " ", sheet->place,
                          sheet->after ? "▸" : " ");
    screen_bar(frame, 0, sheet->title, buffer_text(&place));
    buffer_release(&place);
}

static void draw_more(struct frame *frame, const struct sheet_screen *sheet,
                      const struct page *page)
{
    enum { SIZE = 48 };
    char words[SIZE] = "";
    size_t below = sheet->count - page->end;
    if (page->first > 0)
        snprintf(words, sizeof words, "%zu more above", page->first);
    if (frame->rows >= RULE_FROM)
        screen_rule(frame, 1, NULL, words);
    words[0] = '\0';
    if (below > 0)
        snprintf(words, sizeof words, "%zu more below", below);
    if (frame->rows >= BLANK_FROM)
        frame_text_right(frame, frame->rows - 3, frame->columns - 3, SIZE, words,
                         style_of(ROLE_QUIET));
}

static void draw(struct frame *frame, const struct sheet_screen *sheet, struct probe *probe)
{
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    struct page page = page_of(frame, sheet);
    draw_title(frame, sheet);
    draw_more(frame, sheet, &page);
    screen_message(frame, frame->rows - 2, sheet->message, sheet->warning);
    screen_keys(frame, frame->rows - 1, sheet->keys, sheet->key_count, probe);
    draw_rows(frame, sheet, &page, probe);
    memory_free(page.heights);
}

void view_sheet(struct frame *frame, const struct sheet_screen *sheet)
{
    struct probe probe = {.row = -1, .column = -1};
    draw(frame, sheet, &probe);
}

int view_sheet_hit(const struct sheet_screen *sheet, int rows, int columns, int row, int column)
{
    struct probe probe = {.row = row, .column = column};
    struct frame frame;
    frame_init(&frame, rows, columns, false);
    draw(&frame, sheet, &probe);
    frame_release(&frame);
    return probe.hit.what == VIEW_FIELD ? probe.hit.index : -1;
}
