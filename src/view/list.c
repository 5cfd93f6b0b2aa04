/* A list over the whole screen: help, the parking lot, history. While there is room long lines
 * wrap; then it stands in several columns, where it is wide enough; then it scrolls. */
#include "draw.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include <stdio.h>
#include <string.h>

enum {
    MARK = 2, /* columns before the text: a bracket, the sign of a warning */
    LEFT = 3,
    GAP = 2,
    ACROSS = 76,      /* columns of a list beside another: at least */
    ALONE_MOST = 120, /* of one that stands alone, and of the foot: at most */
    RULES_FROM = 12,
    FOOT_FROM = 14,
    HINT_SIZE = 48
};

/* Rows of the parts; -1: none. */
struct places {
    int prompt, upper, lower, message, keys;
    int lines, line_rows; /* first row of the lines, and how many */
    int foot, foot_rows;
};

/* Lines of more columns are hard to read. */
static int foot_columns(int columns)
{
    return (columns < ALONE_MOST ? columns : ALONE_MOST) - 2 * LEFT;
}

static int foot_rows_of(const struct list_screen *list, int rows, int columns)
{
    int wanted = wrapped_rows(list->foot, foot_columns(columns));
    if (rows < FOOT_FROM)
        return 0;
    return wanted < rows / 3 ? wanted : rows / 3;
}

static struct places places_of(const struct list_screen *list, int rows, int columns)
{
    struct places places = {.prompt = -1, .upper = -1, .lower = -1};
    int row = 1;
    bool prompted = list->prompt.label != NULL || list->prompt.typed.text != NULL;
    places.keys = rows - 1;
    places.message = rows - 2;
    if (prompted && list->asks)
        places.prompt = places.message--;
    else if (prompted)
        places.prompt = row++;
    if (rows >= RULES_FROM)
        places.upper = row++;
    places.foot_rows = foot_rows_of(list, rows, columns);
    places.foot = places.message - places.foot_rows;
    if (rows >= RULES_FROM)
        places.lower = places.foot - 1;
    places.lines = row;
    places.line_rows = (places.lower >= 0 ? places.lower : places.foot) - row;
    return places;
}

/* The lines in sight. */
struct sight {
    struct rect rect; /* of all of them */
    int across;       /* how many columns of lines */
    int columns;      /* of one, edges included */
    int left;         /* of what stands left in a line */
    size_t first, end;
};

static int left_columns_of(const struct frame *frame, const struct list_screen *list)
{
    int widest = list->left_columns;
    for (size_t i = 0; i < list->count && list->left_columns == 0; i++) {
        int columns = list->lines[i].heading ? 0 : frame_columns(frame, list->lines[i].left);
        widest = columns > widest ? columns : widest;
    }
    return widest < frame->columns / 3 ? widest : frame->columns / 3;
}

/* As many columns of lines as are needed and have room. */
static int across_of(const struct list_screen *list, int rows, int columns)
{
    int across = 1;
    while (across * rows < (int)list->count && (across + 1) * ACROSS <= columns)
        across++;
    return across;
}

/* What stands right should not be far from what stands left, as long as long words can wrap. */
static int line_columns(const struct list_screen *list, int across, int rows, int columns)
{
    bool alone = across == 1 && (int)list->count <= rows;
    if (alone && columns > ALONE_MOST)
        return ALONE_MOST;
    return columns / across;
}

static struct sight sight_of(const struct frame *frame, const struct list_screen *list,
                             const struct places *places)
{
    struct sight sight = {.rect = {places->lines, 0, places->line_rows, frame->columns},
                          .across = across_of(list, places->line_rows, frame->columns),
                          .left = left_columns_of(frame, list),
                          .end = list->count};
    int page = places->line_rows * sight.across;
    sight.columns = line_columns(list, sight.across, places->line_rows, frame->columns);
    if ((int)list->count > page) {
        int selected = list->selected < list->count ? (int)list->selected : 0;
        sight.first = (size_t)view_scrolled(selected, 1, (int)list->count, page);
        sight.end = sight.first + (size_t)page;
    }
    return sight;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* Where left, words and right of a line begin and end. */
struct cells {
    int left, words, end;
};

static struct cells cells_of(const struct sight *sight, int column)
{
    int words = column + LEFT + (sight->left > 0 ? sight->left + GAP : 0);
    return (struct cells){column + LEFT, words, column + sight->columns - LEFT};
}

static int right_columns(const struct frame *frame, const struct list_line *line,
                         const struct cells *cells)
{
    int most = (cells->end - cells->words) / 2, own = frame_columns(frame, line->right);
    return own < most ? own : most;
}

static int words_columns(const struct frame *frame, const struct list_line *line,
                         const struct cells *cells)
{
    int right = right_columns(frame, line, cells);
    return cells->end - cells->words - (right > 0 ? right + GAP : 0);
}

static void draw_heading(struct frame *frame, int row, const struct list_line *line,
                         const struct cells *cells)
{
    int used = frame_text(frame, row, cells->left, cells->end - cells->left, line->words,
                          style_of(ROLE_STRONG));
    frame_rule(frame, row, cells->left + used + 1, cells->end - cells->left - used - 1);
}

/* A heading of nothing is a sentence: "Nobody is on the list yet: a adds people." */
static void draw_sentence(struct frame *frame, struct rect rect, const struct list_line *line,
                          const struct cells *cells)
{
    rect.column = cells->left;
    rect.columns = cells->end - cells->left;
    frame_wrapped(frame, rect, line->words, style_of(ROLE_TEXT), NULL);
}

static void draw_selected(struct frame *frame, struct rect rect)
{
    struct style style = style_of(ROLE_SELECTED);
    rect.column++;
    rect.columns -= 2;
    frame_fill(frame, rect, ' ', style);
    frame_put(frame, rect.row, rect.column, '[', style);
    frame_put(frame, rect.row + rect.rows - 1, rect.column + rect.columns - 1, ']', style);
    frame->cursor_row = rect.row;
    frame->cursor_column = rect.column + LEFT - 1;
}

static void draw_line(struct frame *frame, struct rect rect, const struct list_line *line,
                      const struct cells *cells, bool selected)
{
    struct style style = style_of(selected        ? ROLE_SELECTED
                                  : line->warning ? ROLE_WARNING
                                                  : ROLE_TEXT);
    if (selected)
        draw_selected(frame, rect);
    if (line->warning)
        frame_put(frame, rect.row, rect.column + MARK, '!', style);
    frame_text(frame, rect.row, cells->left, cells->words - cells->left, line->left,
               selected ? style : style_of(ROLE_STRONG));
    frame_text_right(frame, rect.row, cells->end, right_columns(frame, line, cells), line->right,
                     selected ? style : style_of(ROLE_QUIET));
    rect.column = cells->words;
    rect.columns = words_columns(frame, line, cells);
    frame_wrapped(frame, rect, line->words, style, NULL);
}

/* Rows of each line: one, but while all are in sight long ones get those that are left over. */
static int *line_heights(const struct frame *frame, const struct list_screen *list,
                         const struct sight *sight)
{
    int count = (int)(sight->end - sight->first);
    int *wanted = memory_new((size_t)count * 2 + 1, sizeof *wanted);
    struct cells cells = cells_of(sight, 0);
    for (int i = 0; i < count; i++) {
        const struct list_line *line = &list->lines[sight->first + (size_t)i];
        int rows = line->heading || sight->across > 1
                       ? 1
                       : wrapped_rows_most(line->words, words_columns(frame, line, &cells),
                                           sight->rect.rows);
        wanted[i] = rows > 0 ? rows : 1;
    }
    bool spare = sight->across == 1 && sight->rect.rows > count;
    share_rows(spare ? sight->rect.rows : count, wanted, wanted + count, count);
    memmove(wanted, wanted + count, (size_t)count * sizeof *wanted);
    return wanted;
}

static void draw_lines(struct frame *frame, const struct list_screen *list,
                       const struct sight *sight, struct probe *probe)
{
    int *heights = line_heights(frame, list, sight);
    struct rect rect = {sight->rect.row, 0, 1, sight->columns};
    for (size_t i = sight->first; i < sight->end; i++) {
        const struct list_line *line = &list->lines[i];
        rect.rows = heights[i - sight->first];
        if (rect.row == sight->rect.row + sight->rect.rows) {
            rect.row = sight->rect.row;
            rect.column += sight->columns;
        }
        struct cells cells = cells_of(sight, rect.column);
        if (line->heading && i + 1 == list->count) {
            rect.rows = sight->rect.row + sight->rect.rows - rect.row;
            draw_sentence(frame, rect, line, &cells);
        } else if (line->heading) {
            draw_heading(frame, rect.row, line, &cells);
        } else {
            draw_line(frame, rect, line, &cells, i == list->selected);
            probe_spot(probe, rect, VIEW_LINE, 0, (int)i);
        }
        rect.row += rect.rows;
    }
    memory_free(heights);
}

/* --- around them ------------------------------------------------------------------------------ */

/* How much more there is: in the rules, or an arrow where there are none. */
static void draw_more(struct frame *frame, const struct list_screen *list,
                      const struct places *places, const struct sight *sight)
{
    size_t above = sight->first, below = list->count - sight->end;
    char words[HINT_SIZE] = "";
    if (places->upper < 0) {
        view_more(frame, sight->rect, above > 0, below > 0, style_of(ROLE_STRONG));
        return;
    }
    if (above > 0)
        snprintf(words, sizeof words, "↑ %zu more above", above);
    screen_rule(frame, places->upper, NULL, words);
    words[0] = '\0';
    if (below > 0)
        snprintf(words, sizeof words, "↓ %zu more below", below);
    screen_rule(frame, places->lower, NULL, words);
}

static void draw(struct frame *frame, const void *screen, struct probe *probe)
{
    const struct list_screen *list = screen;
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    struct places places = places_of(list, frame->rows, frame->columns);
    struct sight sight = sight_of(frame, list, &places);
    screen_bar(frame, 0, list->title, list->hint);
    draw_lines(frame, list, &sight, probe);
    draw_more(frame, list, &places, &sight);
    frame_wrapped(frame,
                  (struct rect){places.foot, LEFT, places.foot_rows, foot_columns(frame->columns)},
                  list->foot, style_of(ROLE_TEXT), NULL);
    screen_message(frame, places.message, list->message, list->warning);
    screen_key_line(frame, places.keys, list->keys, list->key_count, probe);
    if (places.prompt >= 0)
        screen_prompt(frame, places.prompt, &list->prompt, probe);
}

void view_list(struct frame *frame, const struct list_screen *list)
{
    screen_show(frame, draw, list);
}

struct view_hit view_list_hit(const struct list_screen *list, int rows, int columns, int row,
                              int column)
{
    return screen_hit(draw, list, rows, columns, row, column);
}

size_t view_list_page(const struct list_screen *list, int rows, int columns)
{
    int lines = places_of(list, rows, columns).line_rows;
    return lines > 0 ? (size_t)lines * (size_t)across_of(list, lines, columns) : 1;
}
