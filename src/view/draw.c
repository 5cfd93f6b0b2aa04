#include "draw.h"
#include "touchline/text.h"
#include <limits.h>
#include <string.h>

struct style rating_style(int64_t rating)
{
    if (rating == RATING_HIDDEN)
        return style_of(ROLE_STRONG);
    return rating == RATING_NONE ? style_of(ROLE_QUIET)
                                 : style_colour(ROLE_RATING, rating_colour(rating));
}

struct style style_of(enum role role)
{
    return (struct style){.role = (uint8_t)role};
}

struct style style_colour(enum role role, int64_t colour)
{
    return (struct style){.role = (uint8_t)role, .colour = (uint8_t)colour};
}

struct style style_bold(struct style style)
{
    style.flags |= STYLE_BOLD;
    return style;
}

void probe_spot(struct probe *probe, struct rect rect, enum view_what what, int64_t id, int index)
{
    int row = probe->row - rect.row;
    int column = probe->column - rect.column;
    if (row >= 0 && row < rect.rows && column >= 0 && column < rect.columns)
        probe->hit = (struct view_hit){
            .what = what, .id = id, .index = index, .after = column >= rect.columns / 2};
}

void screen_show(struct frame *frame, screen_draw *draw, const void *screen)
{
    struct probe nowhere = {.row = -1, .column = -1};
    draw(frame, screen, &nowhere);
}

struct view_hit screen_hit(screen_draw *draw, const void *screen, int rows, int columns, int row,
                           int column)
{
    struct probe probe = {.row = row, .column = column};
    struct frame frame;
    frame_init(&frame, rows, columns, false);
    draw(&frame, screen, &probe);
    frame_release(&frame);
    return probe.hit;
}

void view_spot(struct view *view, struct rect rect, enum view_what what, int64_t id, int index)
{
    probe_spot(&view->probe, rect, what, id, index);
}

const struct channel *view_channel(const struct view *view, int64_t id)
{
    if (view->scene->channels == NULL || id <= 0)
        return NULL;
    return channels_by_id(view->scene->channels, id);
}

void channel_signs(const struct frame *frame, const struct channel *channel, struct buffer *out)
{
    if (channel == NULL) {
        buffer_add_text(out, "– –");
        return;
    }
    buffer_add_text(out, channel->letter);
    if (frame->ascii || channel->sign == NULL)
        return; /* only letters name channels there */
    buffer_add_byte(out, ' ');
    buffer_add_text(out, channel->sign);
}

const struct moment *view_selected(const struct view *view)
{
    const struct window *window = view->window;
    return window->selected < window->count ? &window->moments[window->selected] : NULL;
}

void share_rows(int rows, const int *wanted, int *given, int count)
{
    for (int i = 0; i < count; i++) {
        given[i] = wanted[i] > 0 && rows > 0 ? 1 : 0;
        rows -= given[i];
    }
    for (int i = 0; i < count && rows > 0; i++) {
        int more = given[i] > 0 ? wanted[i] - given[i] : 0;
        if (more > rows)
            more = rows;
        given[i] += more;
        rows -= more;
    }
}

int wrapped_rows_most(const char *text, int columns, int most)
{
    if (text == NULL)
        return 0;
    struct text_wrap wrap = {
        .text = text, .length = strlen(text), .columns = columns > 0 ? columns : 1};
    int rows = 0;
    while (rows < most && text_wrap_next(&wrap))
        rows++;
    return rows;
}

int wrapped_rows(const char *text, int columns)
{
    return wrapped_rows_most(text, columns, INT_MAX);
}

int view_scrolled(int at, int rows, int total, int page)
{
    int half = page > 1 ? page / 2 : 1;
    int top = at / half * half - half / 2;
    if (top < at + rows - page)
        top = at + rows - page;
    if (top > total - page)
        top = total - page;
    return top > 0 ? top : 0;
}

void view_more(struct frame *frame, struct rect rect, bool above, bool below, struct style style)
{
    int column = rect.column + rect.columns - 1;
    if (above)
        frame_put(frame, rect.row, column, 0x2191, style);
    if (below)
        frame_put(frame, rect.row + rect.rows - 1, column, 0x2193, style);
}
