/* Zoom in: the selected moment's card over the whole screen, with all its fields and its plan. */
#include "details.h"

enum { MARGIN = 2, ROOMY = 16, PLAN_BESIDE = 60 };

/* Draws in dark ink what was drawn for the ground: the parts of the details know no fill. */
static void tint(struct frame *frame, struct rect rect, struct style fill)
{
    for (int row = rect.row; row < rect.row + rect.rows; row++) {
        for (int column = rect.column; column < rect.column + rect.columns; column++) {
            struct cell *cell = frame_at(frame, row, column);
            if (cell == NULL || cell->style.role == ROLE_SELECTED ||
                cell->style.role == ROLE_FIELD || cell->style.role == fill.role)
                continue;
            bool bold = cell->style.role == ROLE_WARNING || cell->style.role == ROLE_STRONG;
            cell->style = bold ? style_bold(fill) : fill;
        }
    }
}

/* The neighbours in the row below. */
static void draw_neighbours(struct view *view, int row)
{
    const struct window *window = view->window;
    int columns = view->layout.columns;
    int half = (columns - 2 * MARGIN) / 2 - 1;
    size_t i = window->selected;
    struct buffer text = {0};
    if (i > 0) {
        const struct moment *moment = &window->moments[i - 1];
        int used = frame_format(view->frame, row, MARGIN, half, style_of(ROLE_QUIET), "◂ %lld %s",
                                (long long)moment->number, moment->title);
        view_spot(view, (struct rect){row, MARGIN, 1, used}, VIEW_CARD, moment->id, (int)i - 1);
    }
    if (i + 1 < window->count) {
        const struct moment *moment = &window->moments[i + 1];
        int end = columns - MARGIN;
        frame_put(view->frame, row, end - 1, 0x25b8, style_of(ROLE_QUIET));
        buffer_add_format(&text, "%lld %s", (long long)moment->number, moment->title);
        int begin = frame_text_right(view->frame, row, end - 2, half - 2, buffer_text(&text),
                                     style_of(ROLE_QUIET));
        view_spot(view, (struct rect){row, begin, 1, end - begin}, VIEW_CARD, moment->id,
                  (int)i + 1);
    }
    buffer_release(&text);
}

/* Title, state, fields, plan. */
void one_card_body(struct view *view, struct rect body, struct style fill)
{
    struct details none = {0};
    const struct details *details = view->scene->details;
    const struct moment *moment = details != NULL ? &details->moment : &none.moment;
    struct buffer state = {0};
    struct rect all = body;
    details_state(view, moment, body.columns >= PLAN_BESIDE, &state);
    int used = frame_wrapped(view->frame, (struct rect){body.row, body.column, 3, body.columns},
                             moment->title, style_of(ROLE_STRONG), NULL);
    used += frame_wrapped(
        view->frame, (struct rect){body.row + used, body.column, body.rows - used, body.columns},
        buffer_text(&state), style_of(ROLE_TEXT), NULL);
    used += body.rows >= ROOMY / 2 ? 1 : 0;
    body.row += used;
    body.rows -= used;
    body.column--; /* the columns have a margin of their own */
    body.columns++;
    if (details != NULL && body.rows > 0)
        details_columns(view, body, body.columns >= PLAN_BESIDE);
    tint(view->frame, all, fill);
    buffer_release(&state);
}

/* The card's rectangle is all from the phases down to the foot. */
static void enlarge(struct layout *layout)
{
    bool roomy = layout->rows >= ROOMY;
    int end = layout->message - (roomy ? 1 : 0);
    layout->strip = end - 1;
    layout->cards.rows = layout->strip - (roomy ? 1 : 0) - layout->cards.row;
    layout->cards.columns = layout->columns - 2 * MARGIN;
    layout->cards_across = 1;
    layout->card_columns = layout->cards.columns;
}

void view_one_card(struct view *view)
{
    enlarge(&view->layout);
    view_slots(view);
    view_phases(view);
    view_cards(view);
    if (view->layout.strip > view->layout.cards.row + view->layout.cards.rows)
        draw_neighbours(view, view->layout.strip - 1);
    view_strip(view);
}
