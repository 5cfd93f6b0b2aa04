/* Zoom out: a column or more a moment, its rating on three levels, its channel beneath. */
#include "curve.h"
#include "touchline/memory.h"

enum { MARGIN = 2, WIDEST = 15, LEVELS_LEAST = 3 };

/* The rows, from top to bottom; -1: no room. */
struct bands {
    int ruler;
    struct rect levels, cards;
    int chosen, pointer;
};

/* Takes the room of cards, strip and curve, and leaves the strip the last row of it. */
static struct bands bands_of(struct layout *layout)
{
    int top = layout->cards.row;
    int rows = layout->cards.rows + 1 + layout->curve.rows;
    struct bands bands = {.ruler = -1, .chosen = -1, .pointer = -1};
    int cards = rows / 8 > 1 ? rows / 8 : 1;
    int spare = rows - LEVELS_LEAST - cards - 1;
    layout->strip = top + rows - 1;
    int bottom = layout->strip;
    if (spare-- > 0)
        bands.pointer = --bottom;
    if (spare-- > 0)
        bands.chosen = --bottom;
    if (spare > 0)
        bands.ruler = top++;
    bands.cards = (struct rect){bottom - cards, layout->cards.column, cards, 0};
    bands.levels = (struct rect){top, 0, bottom - cards - top, layout->columns};
    return bands;
}

/* From here on a "card" is as wide as there is room for all of them. */
static void narrow_cards(struct view *view)
{
    struct layout *layout = &view->layout;
    int room = layout->columns - 2 * MARGIN;
    int count = (int)view->window->count + (view->scene->ghost.kind != GHOST_NONE ? 1 : 0);
    int pitch = room / (count > 0 ? count : 1);
    pitch = pitch < 1 ? 1 : pitch > WIDEST ? WIDEST : pitch;
    layout->cards_across = room / pitch;
    layout->card_columns = pitch - 1;
    layout->cards.columns = layout->cards_across * pitch;
}

static int column_of(const struct view *view, const struct slot *slot)
{
    return slot->column + (view->layout.card_columns - 1) / 2;
}

/* Numbers at 1, 2, 5, 10 ... so that they do not touch. */
static void draw_ruler(struct view *view, int row)
{
    static const int steps[] = {1, 2, 5, 10, 20, 50, 100};
    enum { DIGITS = 7 };
    int pitch = view->layout.card_columns + 1;
    size_t i = 0;
    while (i + 1 < sizeof steps / sizeof *steps && steps[i] * pitch < DIGITS)
        i++;
    for (int slot = 0; slot < view->slot_count; slot++) {
        const struct moment *moment = view->slots[slot].moment;
        if (moment != NULL && (moment->number == 1 || moment->number % steps[i] == 0))
            frame_format(view->frame, row, column_of(view, &view->slots[slot]), DIGITS,
                         style_of(ROLE_QUIET), "%lld", (long long)moment->number);
    }
}

static void draw_levels(struct view *view, struct rect rect)
{
    struct curve_point *points = memory_new((size_t)view->slot_count, sizeof *points);
    int count = 0;
    for (int i = 0; i < view->slot_count; i++) {
        const struct slot *slot = &view->slots[i];
        if (slot->moment == NULL)
            continue;
        points[count] = curve_point_of(view, slot->moment, column_of(view, slot), slot->column - 1);
        points[count++].roomy = view->layout.card_columns >= 2;
    }
    curve_draw(view, rect, points, count);
    memory_free(points);
}

/* A small block in the channel's colour with its letter. */
static void draw_block(struct view *view, const struct bands *bands, const struct slot *slot)
{
    const struct moment *moment = slot->moment;
    struct frame *frame = view->frame;
    int column = column_of(view, slot);
    const struct channel *channel =
        view_channel(view, moment != NULL ? moment->channel : view->scene->ghost.channel);
    int width = view->layout.card_columns > 1 ? view->layout.card_columns : 1;
    struct rect rect = {bands->cards.row, slot->column, bands->cards.rows, width};
    struct style style = channel != NULL ? style_colour(ROLE_CARD, channel->colour)
                                         : style_of(moment != NULL ? ROLE_QUIET : ROLE_GHOST);
    frame_fill(frame, rect, ' ', style);
    frame_text(frame, rect.row, column, 1,
               channel != NULL  ? channel->letter
               : moment != NULL ? "–"
                                : "+",
               style);
    if (moment != NULL && moment->chosen && bands->chosen >= 0)
        frame_put(frame, bands->chosen, column, 0x25c6, style_of(ROLE_STRONG));
}

/* "▲ 17", or "17 ▲" at the right edge. */
static void draw_number(struct view *view, int row, int column, const struct slot *slot)
{
    struct style style = style_bold(style_of(ROLE_STRONG));
    struct buffer number = {0};
    if (slot->moment != NULL)
        buffer_add_format(&number, "%lld", (long long)slot->moment->number);
    else
        buffer_add_text(&number, "new");
    frame_put(view->frame, row, column, 0x25b2, style);
    if (column + 2 + (int)number.length < view->layout.columns)
        frame_text(view->frame, row, column + 2, (int)number.length, buffer_text(&number), style);
    else
        frame_text_right(view->frame, row, column - 1, (int)number.length, buffer_text(&number),
                         style);
    buffer_release(&number);
}

static void draw_pointer(struct view *view, const struct bands *bands, const struct slot *slot)
{
    int column = column_of(view, slot);
    if (bands->pointer >= 0)
        draw_number(view, bands->pointer, column, slot);
    else
        frame_style(view->frame, (struct rect){bands->cards.row, column, 1, 1},
                    style_of(ROLE_SELECTED));
    view->frame->cursor_row = bands->cards.row;
    view->frame->cursor_column = column;
}

static void draw_slots(struct view *view, const struct bands *bands)
{
    bool ghostly = view->scene->ghost.kind != GHOST_NONE;
    for (int i = 0; i < view->slot_count; i++) {
        const struct slot *slot = &view->slots[i];
        struct rect spot = {bands->levels.row, slot->column,
                            bands->cards.row + bands->cards.rows - bands->levels.row,
                            view->layout.card_columns + 1};
        draw_block(view, bands, slot);
        if (slot->moment != NULL)
            view_spot(view, spot, VIEW_CARD, slot->moment->id, (int)slot->index);
        if (ghostly ? slot->moment == NULL : slot->index == view->window->selected)
            draw_pointer(view, bands, slot);
    }
}

void view_overview(struct view *view)
{
    struct bands bands = bands_of(&view->layout);
    narrow_cards(view);
    view_slots(view);
    view_phases(view);
    if (bands.ruler >= 0)
        draw_ruler(view, bands.ruler);
    draw_levels(view, bands.levels);
    draw_slots(view, &bands);
    view_strip(view);
    view_details(view);
}
