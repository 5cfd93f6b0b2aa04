/* The selected moment, below: its title and state in a heading, its fields on the left, its ideas
 * and actions on the right, the board's shares where there is room. */
#include "details.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>

enum {
    TWO_COLUMNS = 60,    /* from here on ideas and actions stand beside the fields */
    LONG_STATE = 100,    /* ... the heading says all in words */
    THREE_COLUMNS = 150, /* ... the shares have a column of their own */
    CHIP_ROWS = 3,       /* a blank one and two of chips */
    CHIPS_FROM = 7       /* rows */
};

/* --- heading ---------------------------------------------------------------------------------- */

static void add_part(struct buffer *out, const char *text)
{
    if (text[0] == '\0')
        return;
    if (out->length > 0)
        buffer_add_text(out, " · ");
    buffer_add_text(out, text);
}

static void add_sign(struct buffer *out, uint32_t point)
{
    char bytes[4];
    buffer_add(out, bytes, text_encode(point, bytes));
}

static void add_rating(struct buffer *out, int64_t rating, bool words)
{
    add_sign(out, rating_sign(rating));
    if (words)
        buffer_add_format(out, " %s",
                          rating == RATING_HIDDEN ? "to be rated anew" : rating_word(rating));
}

/* "by phone · 20 s" */
static void add_reach(const struct view *view, const struct moment *moment, struct buffer *out)
{
    const struct channel *channel = view_channel(view, moment->channel);
    struct buffer text = {0};
    if (channel != NULL)
        channel_phrase(channel, &text);
    add_part(out, buffer_text(&text));
    buffer_clear(&text);
    if (moment->seconds != FIELD_ABSENT)
        seconds_format(moment->seconds, &text);
    add_part(out, buffer_text(&text));
    buffer_release(&text);
}

/* "2 ▼ 5 ● 1 ★": how far the ballots agree (R8). */
static void add_spread(const struct details *details, struct buffer *out)
{
    struct buffer text = {0};
    for (int rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        if (details->spread[rating] == 0)
            continue;
        buffer_add_format(&text, "%s%lld ", text.length ? " " : "",
                          (long long)details->spread[rating]);
        add_sign(&text, rating_sign(rating));
    }
    add_part(out, buffer_text(&text));
    buffer_release(&text);
}

/* What stands right of the title: the vote while there is one, else the moment's state. */
static void add_heading_state(const struct view *view, const struct details *details,
                              struct buffer *out)
{
    const struct scene *scene = view->scene;
    if (scene->vote != NULL)
        buffer_add_text(out, scene->vote);
    else if (!details_hidden_dots(scene, out)) {
        add_spread(details, out);
        details_state(view, &details->moment, view->layout.columns >= LONG_STATE, out);
    }
}

/* "● neutral › ★ magical" */
static void add_judgement(const struct moment *moment, bool words, struct buffer *out)
{
    struct buffer text = {0};
    if (moment->rating != RATING_NONE)
        add_rating(&text, moment->rating, words);
    if (method_aims(moment->rating, moment->target)) {
        buffer_add_text(&text, words ? " › " : "›");
        add_rating(&text, moment->target, words);
    } else if (moment->target != RATING_NONE && words) {
        buffer_add_text(&text, ", reached");
    }
    add_part(out, buffer_text(&text));
    buffer_release(&text);
}

void details_state(const struct view *view, const struct moment *moment, bool words,
                   struct buffer *out)
{
    if (words)
        add_reach(view, moment, out);
    add_judgement(moment, view->layout.columns >= TWO_COLUMNS, out);
    if (moment->chosen)
        add_part(out, words ? "◆ chosen" : "◆");
}

/* Draws what fits of "3 Books the cab by phone" and returns what does not. */
static const char *draw_title(struct view *view, const char *title, int columns)
{
    struct text_wrap wrap = {.text = title, .length = strlen(title), .columns = columns};
    struct style style = style_of(ROLE_STRONG);
    int row = view->layout.heading;
    if (columns < 1 || !text_wrap_next(&wrap))
        return title;
    int used = frame_bytes(view->frame, row, 3, columns, wrap.line, wrap.line_length, style);
    frame_put(view->frame, row, 2, ' ', style);
    frame_put(view->frame, row, 3 + used, ' ', style);
    const char *rest = title + wrap.at;
    return rest + strspn(rest, " ");
}

/* Returns the rows of `rect` that a long title continued in. */
static int draw_heading(struct view *view, const struct details *details, struct rect rect)
{
    enum { RULES = 2, LEAST_RULE = 2, LONG_TITLE = 8 };
    const struct moment *moment = &details->moment;
    int row = view->layout.heading, columns = view->layout.columns;
    struct buffer title = {0}, state = {0};
    frame_rule(view->frame, row, 0, columns);
    add_heading_state(view, details, &state);
    int end = columns - RULES - 1;
    int begin = end;
    if (state.length > 0) {
        begin = frame_text_right(view->frame, row, end, columns * 2 / 3, buffer_text(&state),
                                 style_of(ROLE_STATE));
        frame_put(view->frame, row, begin - 1, ' ', style_of(ROLE_STATE));
        frame_put(view->frame, row, end, ' ', style_of(ROLE_STATE));
    }
    buffer_add_format(&title, "%lld %s", (long long)moment->number,
                      moment->title != NULL ? moment->title : "");
    const char *rest = draw_title(view, buffer_text(&title), begin - 2 - LEAST_RULE - RULES - 1);
    view_spot(view, (struct rect){row, 0, 1, columns}, VIEW_TITLE, moment->id, 0);
    int rows = rect.rows >= LONG_TITLE ? rect.rows / (LONG_TITLE / 2) : rect.rows > 0 ? 1 : 0;
    int used =
        frame_wrapped(view->frame, (struct rect){rect.row, RULES + 1, rows, columns - RULES - 2},
                      rest, style_of(ROLE_STRONG), NULL);
    buffer_release(&title);
    buffer_release(&state);
    return used;
}

/* --- what stands below it --------------------------------------------------------------------- */

static struct rect cut_right(struct rect *rect, int from)
{
    struct rect right = {rect->row, from, rect->rows, rect->column + rect->columns - from};
    rect->columns = from - rect->column;
    return right;
}

/* A vertical rule at `column`. */
static struct rect divide(struct view *view, struct rect *rect, int column)
{
    struct rect right = cut_right(rect, column);
    frame_fill(view->frame, (struct rect){rect->row, column, rect->rows, 1}, 0x2502,
               style_of(ROLE_QUIET));
    rect->columns--;
    right.column++;
    right.columns--;
    return right;
}

void details_columns(struct view *view, struct rect rect, bool beside)
{
    if (beside) {
        struct rect plan = divide(view, &rect, rect.column + (rect.columns + 1) / 2 - 1);
        details_plan(view, plan);
        details_fields(view, rect);
    } else if (view->scene->pane != PANE_CARDS) {
        details_plan(view, rect);
    } else {
        details_fields(view, rect);
    }
}

static void draw_details(struct view *view, struct rect rect)
{
    bool chips = view->layout.columns >= TWO_COLUMNS && view->layout.columns < THREE_COLUMNS &&
                 rect.rows >= CHIPS_FROM;
    if (chips) {
        struct rect lower = {rect.row + rect.rows - CHIP_ROWS + 1, rect.column, CHIP_ROWS - 1,
                             rect.columns};
        details_chips(view, lower);
        rect.rows -= CHIP_ROWS;
    }
    if (view->layout.columns >= THREE_COLUMNS)
        details_bars(view, divide(view, &rect, view->layout.columns * 7 / 10));
    details_columns(view, rect, view->layout.columns >= TWO_COLUMNS);
}

void view_details(struct view *view)
{
    enum { BLANK_FROM = 5 };
    const struct details *details = view->scene->details;
    struct rect rect = view->layout.details;
    if (rect.rows >= BLANK_FROM)
        rect.rows--; /* keeps the message apart */
    if (details_by_dots(view, rect))
        return;
    if (details == NULL || details->moment.id == 0) {
        if (view->layout.heading >= 0)
            frame_rule(view->frame, view->layout.heading, 0, view->layout.columns);
        return;
    }
    int used = view->layout.heading >= 0 ? draw_heading(view, details, rect) : 0;
    rect.row += used;
    rect.rows -= used;
    if (rect.rows > 0)
        draw_details(view, rect);
}
