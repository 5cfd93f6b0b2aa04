/* A list over the whole screen: help, the parking lot, history. It turns pages, so that a step of
 * the selection changes two rows and no more. */
#include "draw.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include <stdio.h>
#include <string.h>

enum { EDGE = 1, LEFT = 3, GAP = 2, RULES_FROM = 12, FOOT_FROM = 14, HINT_SIZE = 48 };

/* Rows of the parts; -1: none. */
struct places {
    int prompt, upper, lower, message, keys;
    int lines, line_rows; /* first row of the lines, and how many */
    int foot, foot_rows;
};

static int foot_rows_of(const struct list_screen *list, int rows, int columns)
{
    int wanted = wrapped_rows(list->foot, columns - 2 * LEFT);
    if (rows < FOOT_FROM)
        return 0;
    return wanted < rows / 3 ? wanted : rows / 3;
}

static struct places places_of(const struct list_screen *list, int rows, int columns)
{
    struct places places = {.prompt = -1, .upper = -1, .lower = -1};
    int row = 1;
    if (list->prompt.label != NULL || list->prompt.typed.text != NULL)
        places.prompt = row++;
    if (rows >= RULES_FROM)
        places.upper = row++;
    places.keys = rows - 1;
    places.message = rows - 2;
    places.foot_rows = foot_rows_of(list, rows, columns);
    places.foot = places.message - places.foot_rows;
    if (rows >= RULES_FROM)
        places.lower = places.foot - 1;
    places.lines = row;
    places.line_rows = (places.lower >= 0 ? places.lower : places.foot) - row;
    return places;
}

/* The first line in sight: the page that the selected one is on; the last page is a full one. */
static size_t first_line(const struct list_screen *list, size_t page)
{
    size_t selected = list->selected < list->count ? list->selected : 0;
    size_t first = page > 0 ? selected / page * page : 0;
    if (first + page > list->count)
        first = list->count > page ? list->count - page : 0;
    return first;
}

static int left_columns_of(const struct frame *frame, const struct list_screen *list)
{
    int widest = list->left_columns;
    for (size_t i = 0; i < list->count && list->left_columns == 0; i++) {
        int columns = list->lines[i].heading ? 0 : frame_columns(frame, list->lines[i].left);
        widest = columns > widest ? columns : widest;
    }
    return widest < frame->columns / 3 ? widest : frame->columns / 3;
}

/* --- lines ----------------------------------------------------------------------------------- */

static void draw_heading(struct frame *frame, int row, const struct list_line *line)
{
    int end = frame->columns - LEFT;
    int used = frame_text(frame, row, LEFT, end - LEFT, line->words, style_of(ROLE_STRONG));
    frame_rule(frame, row, LEFT + used + 1, end - LEFT - used - 1);
}

static void draw_selected(struct frame *frame, int row)
{
    struct style style = style_of(ROLE_SELECTED);
    int end = frame->columns - EDGE;
    frame_fill(frame, (struct rect){row, EDGE, 1, end - EDGE}, ' ', style);
    frame_put(frame, row, EDGE, '[', style);
    frame_put(frame, row, end - 1, ']', style);
    frame->cursor_row = row;
    frame->cursor_column = LEFT;
}

static void draw_line(struct frame *frame, int row, const struct list_line *line, int left,
                      bool selected)
{
    int end = frame->columns - LEFT;
    int column = LEFT + (left > 0 ? left + GAP : 0);
    struct style style = style_of(line->warning ? ROLE_WARNING : ROLE_TEXT);
    struct style quiet = style_of(ROLE_QUIET);
    if (line->heading) {
        draw_heading(frame, row, line);
        return;
    }
    if (selected) {
        draw_selected(frame, row);
        style = quiet = style_of(ROLE_SELECTED);
    }
    frame_text(frame, row, LEFT, left, line->left, selected ? style : style_of(ROLE_STRONG));
    int right = frame_text_right(frame, row, end, (end - column) / 2, line->right, quiet);
    frame_text(frame, row, column, right - column - (right < end ? GAP : 0), line->words, style);
}

static void draw_lines(struct frame *frame, const struct list_screen *list,
                       const struct places *places, struct probe *probe)
{
    size_t page = (size_t)places->line_rows;
    size_t first = first_line(list, page);
    int left = left_columns_of(frame, list);
    for (size_t i = first; i < list->count && i < first + page; i++) {
        int row = places->lines + (int)(i - first);
        draw_line(frame, row, &list->lines[i], left, i == list->selected);
        if (!list->lines[i].heading)
            probe_spot(probe, (struct rect){row, 0, 1, frame->columns}, VIEW_LINE, 0, (int)i);
    }
}

/* --- around them ----------------------------------------------------------------------------- */

static void draw_rules(struct frame *frame, const struct list_screen *list,
                       const struct places *places)
{
    size_t page = (size_t)places->line_rows;
    size_t above = first_line(list, page);
    size_t below = list->count - above > page ? list->count - above - page : 0;
    char words[HINT_SIZE] = "";
    if (places->upper < 0)
        return;
    if (above > 0)
        snprintf(words, sizeof words, "%zu more above", above);
    screen_rule(frame, places->upper, NULL, words);
    words[0] = '\0';
    if (below > 0)
        snprintf(words, sizeof words, "%zu more below", below);
    screen_rule(frame, places->lower, NULL, words);
}

static void draw(struct frame *frame, const struct list_screen *list, struct probe *probe)
{
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    struct places places = places_of(list, frame->rows, frame->columns);
    screen_bar(frame, 0, list->title, list->hint);
    draw_rules(frame, list, &places);
    draw_lines(frame, list, &places, probe);
    frame_wrapped(frame,
                  (struct rect){places.foot, LEFT, places.foot_rows, frame->columns - 2 * LEFT},
                  list->foot, style_of(ROLE_TEXT), NULL);
    screen_message(frame, places.message, list->message, list->warning);
    screen_keys(frame, places.keys, list->keys, list->key_count, probe);
    if (places.prompt >= 0)
        screen_prompt(frame, places.prompt, &list->prompt, probe);
}

void view_list(struct frame *frame, const struct list_screen *list)
{
    struct probe probe = {.row = -1, .column = -1};
    draw(frame, list, &probe);
}

struct view_hit view_list_hit(const struct list_screen *list, int rows, int columns, int row,
                              int column)
{
    struct probe probe = {.row = row, .column = column};
    struct frame frame;
    frame_init(&frame, rows, columns, false);
    draw(&frame, list, &probe);
    frame_release(&frame);
    return probe.hit;
}

size_t view_list_page(const struct list_screen *list, int rows, int columns)
{
    int lines = places_of(list, rows, columns).line_rows;
    return lines > 0 ? (size_t)lines : 1;
}
