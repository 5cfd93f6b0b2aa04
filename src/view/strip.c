/* The whole board in one row under the cards: a sign a moment while they fit, else a scroll bar. */
#include "draw.h"
#include "touchline/method.h"

/* The columns that the row may use. */
struct lane {
    int row, column, end;
};

static struct style plain_or_quiet(bool in_sight)
{
    return style_of(in_sight ? ROLE_TEXT : ROLE_QUIET);
}

/* "5-8 of 17", and the filter's words. Returns where it begins. */
static int draw_counts(struct view *view)
{
    const struct scene *scene = view->scene;
    int64_t last = view->window->total - view->right;
    struct buffer text = {0};
    if (last > view->left + 1) {
        count_format(view->left + 1, &text);
        buffer_add_byte(&text, '-');
    }
    count_format(last, &text);
    buffer_add_text(&text, " of ");
    count_format(view->window->total, &text);
    int columns = view->layout.columns;
    int begin = frame_text_right(view->frame, view->layout.strip, columns - 1, columns - 1,
                                 buffer_text(&text), style_of(ROLE_TEXT));
    buffer_clear(&text);
    if (scene->filter != NULL) {
        buffer_add_format(&text, "filter: %s", scene->filter);
        begin = frame_text_right(view->frame, view->layout.strip, begin - 2, columns / 3,
                                 buffer_text(&text), style_of(ROLE_STATE));
    }
    buffer_release(&text);
    return begin;
}

static int bracket(struct view *view, const struct lane *lane, int column, char sign)
{
    frame_put(view->frame, lane->row, column, (uint32_t)sign, style_bold(style_of(ROLE_STRONG)));
    return column + 1;
}

/* In Choose the row tells the chosen from the rest, else it tells the ratings. */
static void draw_sign(struct view *view, const struct strip_sign *sign, int row, int column)
{
    bool choose = view->scene->step == STEP_CHOOSE;
    if (choose && sign->chosen)
        frame_put(view->frame, row, column, 0x25c6, style_of(ROLE_STRONG));
    else
        frame_put(view->frame, row, column, rating_sign(choose ? RATING_NONE : sign->rating),
                  rating_style(choose ? RATING_NONE : sign->rating));
}

static int bars_of(const struct strip *strip)
{
    int bars = 0;
    for (size_t i = 1; i < strip->count; i++)
        bars += strip->signs[i].begins;
    return bars;
}

static void draw_signs(struct view *view, const struct lane *lane, const struct strip *strip,
                       bool bars)
{
    int64_t first = view->left, last = view->window->total - view->right - 1;
    int column = lane->column;
    for (size_t i = 0; i < strip->count; i++) {
        int64_t place = (int64_t)i;
        if (bars && i > 0 && strip->signs[i].begins)
            frame_put(view->frame, lane->row, column++, '|', style_of(ROLE_QUIET));
        if (place == first)
            column = bracket(view, lane, column, '[');
        draw_sign(view, &strip->signs[i], lane->row, column);
        view_spot(view, (struct rect){lane->row, column++, 1, 1}, VIEW_STRIP, strip->signs[i].id,
                  (int)i);
        if (place == last)
            column = bracket(view, lane, column, ']');
    }
}

/* Each column stands for several moments. */
static void draw_bar(struct view *view, const struct lane *lane)
{
    int64_t total = view->window->total;
    int columns = lane->end - lane->column - 2;
    if (columns < 1 || total < 1)
        return;
    int first = (int)(view->left * columns / total);
    int last = (int)((total - view->right - 1) * columns / total);
    int column = lane->column;
    for (int i = 0; i < columns; i++) {
        bool in_sight = i >= first && i <= last;
        if (i == first)
            column = bracket(view, lane, column, '[');
        frame_put(view->frame, lane->row, column, in_sight ? 0x2501 : 0x2500,
                  plain_or_quiet(in_sight));
        view_spot(view, (struct rect){lane->row, column++, 1, 1}, VIEW_STRIP, 0,
                  (int)(i * total / columns));
        if (i == last)
            column = bracket(view, lane, column, ']');
    }
}

void view_strip(struct view *view)
{
    static const struct strip none;
    const struct strip *strip = view->scene->strip != NULL ? view->scene->strip : &none;
    if (view->window->total <= 0)
        return;
    struct lane lane = {view->layout.strip, view->layout.cards.column, draw_counts(view) - 2};
    int room = lane.end - lane.column - 2;
    int count = (int)strip->count;
    if ((int64_t)strip->count != view->window->total || count > room)
        draw_bar(view, &lane);
    else
        draw_signs(view, &lane, strip, count + bars_of(strip) <= room);
}
