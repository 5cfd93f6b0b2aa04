/* The cards: solid blocks of the channel's colour with dark ink, one a moment. Where there is no
 * fill (no channel, no colours) an outline shows the extent. */
#include "draw.h"
#include "touchline/method.h"
#include <string.h>

/* From this many rows on a card has a blank row below its top, and says more than its title. */
enum { FEW = 2, AIRY = 9, TALKATIVE = 13 };

struct card {
    struct rect rect;
    const struct moment *moment; /* NULL: the ghost */
    const struct channel *channel;
    struct style fill, top;
    bool outline, selected;
    bool tight; /* no room for the whole left corner */
};

/* --- the frame of a card ---------------------------------------------------------------------- */

/* The four signs of a card's frame, thin or heavy. */
struct strokes {
    uint32_t across, down, corners[4]; /* top left, top right, bottom left, bottom right */
};
static const struct strokes thin = {0x2500, 0x2502, {0x250c, 0x2510, 0x2514, 0x2518}};
static const struct strokes heavy = {0x2501, 0x2503, {0x250f, 0x2513, 0x2517, 0x251b}};

static void draw_sides(struct frame *frame, struct rect rect, const struct strokes *strokes,
                       struct style style)
{
    int right = rect.column + rect.columns - 1;
    frame_fill(frame, (struct rect){rect.row, rect.column, rect.rows, 1}, strokes->down, style);
    frame_fill(frame, (struct rect){rect.row, right, rect.rows, 1}, strokes->down, style);
}

static void draw_ends(struct frame *frame, struct rect rect, int row, bool bottom,
                      const struct strokes *strokes, struct style style)
{
    int right = rect.column + rect.columns - 1;
    frame_put(frame, row, rect.column, strokes->corners[bottom ? 2 : 0], style);
    frame_put(frame, row, right, strokes->corners[bottom ? 3 : 1], style);
}

static void draw_box(struct frame *frame, struct rect rect, const struct strokes *strokes,
                     struct style style)
{
    int bottom = rect.row + rect.rows - 1;
    draw_sides(frame, rect, strokes, style);
    frame_fill(frame, (struct rect){rect.row, rect.column, 1, rect.columns}, strokes->across,
               style);
    frame_fill(frame, (struct rect){bottom, rect.column, 1, rect.columns}, strokes->across, style);
    draw_ends(frame, rect, rect.row, false, strokes, style);
    draw_ends(frame, rect, bottom, true, strokes, style);
}

void view_heavy_box(struct frame *frame, struct rect rect, struct style style)
{
    draw_box(frame, rect, &heavy, style);
}

/* The selection: four heavy corners. */
static void draw_corners(struct frame *frame, const struct card *card)
{
    struct rect rect = card->rect;
    struct style style = card->fill, top = card->top;
    style.role = ROLE_CARD_CORNER;
    if (card->top.role == ROLE_CARD)
        top = style;
    int bottom = rect.row + rect.rows - 1, right = rect.column + rect.columns - 1;
    draw_sides(frame, (struct rect){rect.row + 1, rect.column, 1, rect.columns}, &heavy, style);
    draw_sides(frame, (struct rect){bottom - 1, rect.column, 1, rect.columns}, &heavy, style);
    draw_ends(frame, rect, rect.row, false, &heavy, top);
    draw_ends(frame, rect, bottom, true, &heavy, style);
    if (!card->tight)
        frame_put(frame, rect.row, rect.column + 1, heavy.across, top);
    frame_put(frame, rect.row, right - 1, heavy.across, top);
}

/* --- what is written on it -------------------------------------------------------------------- */

/* "1 first" or "1": the mark goes when there is no room for it. */
static void card_name(const struct view *view, const struct card *card, int columns,
                      struct buffer *out)
{
    int64_t id = card->moment->id;
    buffer_add_format(out, "%lld", (long long)card->moment->number);
    const char *mark = id == view->window->first  ? " first"
                       : id == view->window->last ? " last"
                                                  : "";
    if ((int)(out->length + strlen(mark)) <= columns)
        buffer_add_text(out, mark);
}

/* Puts a number on the left, a channel on the right. A selected card's corners reach a column
 * further in, except where that would cost the name its place. */
static void draw_top(const struct view *view, struct card *card, struct buffer *name)
{
    struct frame *frame = view->frame;
    struct rect rect = card->rect;
    int edge = card->selected ? 2 : 1;
    struct buffer signs = {0};
    channel_signs(frame, card->channel, &signs);
    int right = frame_text_right(frame, rect.row, rect.column + rect.columns - edge,
                                 rect.columns - 2, buffer_text(&signs), card->top);
    int room = right - rect.column - 2;
    if (card->moment != NULL)
        card_name(view, card, room, name);
    card->tight = room < edge - 1 + (int)name->length;
    int begin = rect.column + (card->tight ? 1 : edge);
    int used = frame_text(frame, rect.row, begin, right - begin - 1, buffer_text(name), card->top);
    if (card->outline) { /* a blank keeps words and line apart */
        frame_put(frame, rect.row, right - 1, ' ', card->top);
        frame_put(frame, rect.row, begin + used, ' ', card->top);
    }
    buffer_release(&signs);
}

static void add_dots(const struct view *view, const struct moment *moment, struct buffer *out)
{
    if (view->scene->dots->hidden)
        buffer_add_text(out, "? dots");
    else if (moment->dots > 0)
        buffer_add_format(out, "%lld dot%s", (long long)moment->dots, moment->dots == 1 ? "" : "s");
}

/* Puts one piece of the bottom row; returns where it ends. */
static int put_piece(struct frame *frame, int row, int column, int end, const char *text,
                     struct style style)
{
    return column + frame_text(frame, row, column, end - column, text, style);
}

/* On an outline, a blank keeps words and line apart. */
static void put_blank(struct frame *frame, const struct card *card, int row, int column)
{
    if (card->outline && column > card->rect.column)
        frame_put(frame, row, column, ' ', card->fill);
}

/* "i3 t1!": ideas, actions, overdue. */
static int draw_counts(const struct view *view, const struct card *card, int column, int end)
{
    const struct moment *moment = card->moment;
    int row = card->rect.row + card->rect.rows - 1;
    struct buffer ideas = {0}, actions = {0};
    if (moment->ideas > 0)
        buffer_add_format(&ideas, "i%lld", (long long)moment->ideas);
    if (moment->actions > 0)
        buffer_add_format(&actions, "t%lld%s", (long long)moment->actions,
                          moment->overdue ? "!" : "");
    bool roomy = column + (int)(ideas.length + actions.length) < end;
    column = put_piece(view->frame, row, column, end, buffer_text(&ideas), card->fill);
    if (roomy && ideas.length > 0 && actions.length > 0)
        column = put_piece(view->frame, row, column, end, " ", card->fill);
    column = put_piece(view->frame, row, column, end, buffer_text(&actions),
                       moment->overdue ? style_bold(card->fill) : card->fill);
    buffer_release(&ideas);
    buffer_release(&actions);
    return column;
}

/* "▼›●": the rating and, until it is reached, the target. Returns where it begins. */
static int draw_rating(const struct view *view, const struct card *card)
{
    const struct moment *moment = card->moment;
    struct frame *frame = view->frame;
    int row = card->rect.row + card->rect.rows - 1;
    int at = card->rect.column + card->rect.columns - 1;
    if (moment->rating == RATING_NONE)
        return at;
    bool fill = card->channel != NULL;
    if (method_aims(moment->rating, moment->target)) {
        frame_put(frame, row, --at, rating_sign(moment->target),
                  fill ? card->fill : rating_style(moment->target));
        frame_put(frame, row, --at, 0x203a, card->fill);
    }
    frame_put(frame, row, --at, rating_sign(moment->rating),
              fill ? card->fill : rating_style(moment->rating));
    return at;
}

static void draw_bottom(const struct view *view, const struct card *card)
{
    struct frame *frame = view->frame;
    int row = card->rect.row + card->rect.rows - 1;
    int begin = card->rect.column + 1, column = begin;
    int end = draw_rating(view, card) - 1;
    struct buffer dots = {0};
    if (card->moment->chosen)
        column = put_piece(frame, row, column, end, "◆ ", card->fill);
    if (view->scene->dots != NULL) {
        add_dots(view, card->moment, &dots);
        column = put_piece(frame, row, column, end, buffer_text(&dots), card->fill);
    } else {
        column = draw_counts(view, card, column, end);
    }
    if (column > begin)
        put_blank(frame, card, row, column);
    if (card->moment->rating != RATING_NONE)
        put_blank(frame, card, row, end);
    buffer_release(&dots);
}

/* Where the title stands. */
static struct rect body_of(const struct card *card)
{
    struct rect body = {card->rect.row + 1, card->rect.column + 1, card->rect.rows - 2,
                        card->rect.columns - 2};
    if (card->rect.rows >= AIRY) {
        body.row++;
        body.rows--;
    }
    return body;
}

/* Owner and how long, in the last row of the body. */
static void draw_facts(struct frame *frame, const struct card *card, struct rect body,
                       const char *owner, int64_t seconds)
{
    int row = body.row + body.rows - 1;
    int end = body.column + body.columns;
    struct buffer text = {0};
    if (seconds != FIELD_ABSENT)
        seconds_format(seconds, &text);
    int begin = frame_text_right(frame, row, end, body.columns, buffer_text(&text), card->fill);
    frame_text(frame, row, body.column, begin - body.column - (text.length > 0 ? 1 : 0), owner,
               card->fill);
    buffer_release(&text);
}

/* A tall card has room for what happens there now, its owner and how long it lasts. */
static void draw_body(struct frame *frame, const struct card *card)
{
    const struct moment *moment = card->moment;
    struct rect body = body_of(card);
    bool more = card->rect.rows >= TALKATIVE;
    if (more)
        body.rows -= 2;
    int used =
        frame_wrapped(frame, body, moment->title, more ? style_bold(card->fill) : card->fill, NULL);
    if (!more)
        return;
    struct rect rest = {body.row + used + 1, body.column, body.rows - used - 1, body.columns};
    frame_wrapped(frame, rest, moment->handling, card->fill, NULL);
    body.rows += 2;
    draw_facts(frame, card, body, moment->owner, moment->seconds);
}

/* --- cards ------------------------------------------------------------------------------------ */

static struct card card_of(const struct view *view, const struct slot *slot, int64_t channel)
{
    struct rect area = view->layout.cards;
    struct card card = {.rect = {area.row, slot->column, area.rows, view->layout.card_columns},
                        .moment = slot->moment,
                        .channel = view_channel(view, channel)};
    card.fill = style_colour(ROLE_CARD, card.channel != NULL ? card.channel->colour : 0);
    card.outline = card.channel == NULL || view->frame->mono;
    card.top = card.outline ? card.fill : style_bold(card.fill);
    return card;
}

static void draw_card(struct view *view, const struct slot *slot)
{
    const struct moment *moment = slot->moment;
    struct frame *frame = view->frame;
    struct card card = card_of(view, slot, moment->channel);
    struct buffer name = {0};
    bool ghostly = view->scene->ghost.kind != GHOST_NONE;
    card.selected = !ghostly && slot->index == view->window->selected;
    if (moment->chosen)
        card.top.role = ROLE_CARD_TOP;
    frame_fill(frame, card.rect, ' ', card.fill);
    if (card.outline)
        draw_box(frame, card.rect, &thin, card.fill);
    frame_style(frame, (struct rect){card.rect.row, card.rect.column, 1, card.rect.columns},
                card.top);
    draw_top(view, &card, &name);
    if (view->scene->zoom == ZOOM_ONE)
        one_card_body(view, body_of(&card), card.fill);
    else
        draw_body(frame, &card);
    draw_bottom(view, &card);
    if (card.selected) {
        draw_corners(frame, &card);
        struct rect body = body_of(&card);
        frame->cursor_row = body.row;
        frame->cursor_column = body.column;
    }
    card.rect.columns++; /* the gap belongs to the card on its left */
    view_spot(view, card.rect, VIEW_CARD, moment->id, (int)slot->index);
    buffer_release(&name);
}

/* Where a card will be: a whole heavy frame, filled as soon as its channel is known. */
static void draw_ghost(struct view *view, const struct slot *slot)
{
    const struct ghost *ghost = &view->scene->ghost;
    struct frame *frame = view->frame;
    struct card card = card_of(view, slot, ghost->channel);
    struct buffer name = {0};
    card.outline = true;
    if (card.channel == NULL)
        card.fill = card.top = style_of(ROLE_GHOST);
    if (ghost->number > 0)
        buffer_add_format(&name, "%lld", (long long)ghost->number);
    else
        buffer_add_text(&name, "new");
    frame_fill(frame, card.rect, ' ', card.fill);
    view_heavy_box(frame, card.rect, card.fill);
    draw_top(view, &card, &name);
    struct rect body = body_of(&card);
    if (ghost->seconds != FIELD_ABSENT && body.rows > FEW) {
        draw_facts(frame, &card, body, NULL, ghost->seconds);
        body.rows--;
    }
    bool empty = ghost->title == NULL || ghost->title[0] == '\0';
    bool first = empty && view->window->total == 0;
    frame_wrapped(frame, body, first ? "Write the first moment here" : ghost->title, card.fill,
                  NULL);
    frame->cursor_row = body.row;
    frame->cursor_column = body.column;
    buffer_release(&name);
}

static void draw_nothing(struct view *view)
{
    const struct scene *scene = view->scene;
    struct rect rect = view->layout.cards;
    rect.row += rect.rows / 2 - 1;
    rect.rows = 2;
    frame_wrapped(view->frame, rect,
                  scene->filter != NULL ? "Nothing passes the filter. Esc shows all again."
                                        : "No moments yet. a writes the first one.",
                  style_of(ROLE_TEXT), NULL);
    view->frame->cursor_row = rect.row;
    view->frame->cursor_column = rect.column;
}

void view_cards(struct view *view)
{
    if (view->slot_count == 0)
        draw_nothing(view);
    for (int i = 0; i < view->slot_count; i++) {
        if (view->slots[i].moment != NULL)
            draw_card(view, &view->slots[i]);
        else
            draw_ghost(view, &view->slots[i]);
    }
}
