/* What is in sight while writing: the parking lot in the place of the curve, and what was just
 * added in the place of the details. */
#include "draw.h"
#include "touchline/method.h"

enum { INDENT = 3, FEW = 3, BOTH = 6, BLANK_FROM = 5 };

static void draw_parked(struct view *view, struct rect rect)
{
    enum { LABEL = 8, GAP = 5 };
    const struct moments *parked = view->scene->parked;
    int row = rect.rows < FEW ? rect.row : rect.row + 1, column = INDENT + INDENT;
    int last = rect.row + rect.rows - 1, end = view->layout.columns - 1;
    frame_text(view->frame, row, column, LABEL, "Parked", style_of(ROLE_QUIET));
    column += LABEL;
    for (size_t i = 0; i < parked->count; i++) {
        struct buffer text = {0};
        buffer_add_format(&text, "z%lld %s", (long long)parked->at[i].number,
                          parked->at[i].title != NULL ? parked->at[i].title : "");
        int columns = frame_columns(view->frame, buffer_text(&text));
        if (column > INDENT + INDENT + LABEL && column + columns > end) {
            row++;
            column = INDENT + INDENT + LABEL;
        }
        if (row <= last) {
            struct rect spot = {row, column, 1, columns < end - column ? columns : end - column};
            frame_text(view->frame, row, column, end - column, buffer_text(&text),
                       style_of(ROLE_TEXT));
            view_spot(view, spot, VIEW_PARKED, parked->at[i].id, (int)i);
        }
        column += columns + GAP;
        buffer_release(&text);
    }
}

/* "I In person", in the columns from `column` on. */
static void draw_channel(struct view *view, int row, int column, int columns, int64_t id)
{
    const struct channel *channel = view_channel(view, id);
    if (channel == NULL || columns < 3)
        return;
    frame_text(view->frame, row, column, 1, channel->letter,
               style_colour(ROLE_CARD, channel->colour));
    frame_text(view->frame, row, column + 2, columns - 2, channel->name, style_of(ROLE_TEXT));
}

/* Columns of the list, as shares of the row's width. */
static void draw_added(struct view *view, int row, const struct added *added)
{
    enum { NUMBER = 6, CHANNEL = 13, SECONDS = 11 };
    int columns = view->layout.columns - INDENT - 1;
    int title = columns < 50 ? columns - NUMBER : (columns - NUMBER - CHANNEL - SECONDS) * 6 / 10;
    struct buffer text = {0};
    if (added->number > 0)
        buffer_add_format(&text, "%s%lld", added->parked ? "z" : "", (long long)added->number);
    else
        buffer_add_byte(&text, '#');
    int column = INDENT;
    frame_text(view->frame, row, column, NUMBER - 1, buffer_text(&text), style_of(ROLE_TEXT));
    column += NUMBER;
    frame_text(view->frame, row, column, title - 1, added->title, style_of(ROLE_TEXT));
    column += title;
    draw_channel(view, row, column, CHANNEL, added->channel);
    column += CHANNEL + 1;
    buffer_clear(&text);
    if (added->seconds != FIELD_ABSENT && added->number > 0)
        seconds_format(added->seconds, &text);
    frame_text(view->frame, row, column, SECONDS - 1, buffer_text(&text), style_of(ROLE_TEXT));
    column += SECONDS;
    buffer_clear(&text);
    if (added->idea != NULL)
        buffer_add_format(&text, "+ %s", added->idea);
    frame_text(view->frame, row, column, view->layout.columns - column - 1, buffer_text(&text),
               style_of(ROLE_TEXT));
    buffer_release(&text);
}

static void draw_list(struct view *view)
{
    const struct scene *scene = view->scene;
    struct rect rect = view->layout.details;
    if (rect.rows >= BLANK_FROM)
        rect.rows--; /* keeps the message apart */
    if (view->layout.heading < 0)
        return;
    frame_rule(view->frame, view->layout.heading, 0, view->layout.columns);
    frame_text(view->frame, view->layout.heading, 2, 12, " Just added ", style_of(ROLE_STRONG));
    for (int i = 0; i < rect.rows && i < (int)scene->added_count; i++)
        draw_added(view, rect.row + i, &scene->added[i]);
    if (scene->added_count == 0 && rect.rows > 0)
        frame_text(view->frame, rect.row, INDENT, view->layout.columns - INDENT - 1,
                   "Nothing yet. One line and Enter, again and again: order comes later.",
                   style_of(ROLE_QUIET));
}

void view_writing(struct view *view)
{
    const struct moments *parked = view->scene->parked;
    struct rect rect = view->layout.curve;
    bool both = rect.rows >= BOTH;
    if (parked == NULL || parked->count == 0) {
        view_curve(view);
    } else {
        if (both) {
            rect.rows = FEW - 1;
            view->layout.curve.row += rect.rows;
            view->layout.curve.rows -= rect.rows;
            view_curve(view);
        }
        if (rect.rows > 0)
            draw_parked(view, rect);
    }
    draw_list(view);
}
