/* Room mode: one moment for the back row. */
#include "block.h"
#include "touchline/large.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>
#include <wctype.h>

enum {
    MARGIN = 3,
    ROOMY = 20,      /* rows from which blank ones part the blocks */
    SPACIOUS = 34,   /* ... from which the ratings are three rows tall */
    NUMBER_PART = 6, /* of the rows, for the large number */
    NUMBER_LEAST = 4,
    LABEL = 17, /* columns of "What we do now", the gap included */
    FACT_MOST = 3
};

/* The screen being put together: where the parts lie. */
struct room {
    struct frame *frame;
    const struct scene *scene;
    const struct moment *moment;   /* never NULL */
    const struct channel *channel; /* NULL: none */
    bool number, facts;            /* drawn large; drawn at all */
    struct rect top, title, bottom;
    int ratings, message; /* rows; message -1: it takes the prompt's */
};

static const char *title_of(const struct room *room)
{
    return room->moment->title != NULL ? room->moment->title : "";
}

static void add_capitals(struct buffer *out, const char *text)
{
    size_t length = strlen(text), used;
    for (uint32_t point; length > 0 && (used = text_decode(text, length, &point)) > 0;) {
        char bytes[4];
        buffer_add(out, bytes, text_encode((uint32_t)towupper((wint_t)point), bytes));
        text += used;
        length -= used;
    }
}

/* --- where the parts lie ---------------------------------------------------------------------- */

static int fact_rows(const struct room *room, const char *text)
{
    int columns = room->frame->columns - 2 * MARGIN - LABEL;
    return text != NULL ? wrapped_rows_most(text, columns, FACT_MOST) : 0;
}

static int facts_rows(const struct room *room)
{
    int rows = fact_rows(room, room->moment->handling) + fact_rows(room, room->moment->expectation);
    return rows > 0 ? rows + 1 : 0;
}

static int number_rows(const struct frame *frame)
{
    int part = frame->rows / NUMBER_PART;
    int least = frame->ascii ? BLOCK_DOTS : NUMBER_LEAST;
    return part > least ? part : least;
}

/* From the bar down to the foot, with or without the three that can go. */
static void place(struct room *room, bool number, bool facts, bool airy)
{
    const struct frame *frame = room->frame;
    int blank = airy && frame->rows >= ROOMY ? 1 : 0, columns = frame->columns - 2 * MARGIN;
    int ratings = frame->rows >= SPACIOUS ? 3 : 1;
    int end = frame->rows - 2;
    room->number = number;
    room->facts = facts;
    room->message = blank ? --end : -1;
    room->bottom = (struct rect){end, MARGIN, facts ? facts_rows(room) : 0, columns};
    room->bottom.row -= room->bottom.rows;
    room->ratings = room->bottom.row - ratings - (room->bottom.rows > 0 ? 0 : blank);
    room->top = (struct rect){1 + blank, MARGIN, number ? number_rows(frame) : 1, columns};
    int first = room->top.row + room->top.rows + blank;
    room->title = (struct rect){first, MARGIN, room->ratings - blank - first, columns};
}

static bool title_fits(const struct room *room)
{
    return large_fits(room->frame, room->title, title_of(room));
}

/* What goes first as rows run out: the facts, the large number, the blank rows, then the large
 * letters. */
static void arrange(struct room *room)
{
    static const struct {
        bool number, facts, airy;
    } plans[] = {
        {true, true, true},   {true, false, true},   {false, true, true},
        {false, false, true}, {false, false, false},
    };
    for (size_t i = 0; i < sizeof plans / sizeof *plans; i++) {
        place(room, plans[i].number, plans[i].facts, plans[i].airy);
        if (title_fits(room))
            return;
    }
    place(room, false, false, true);
}

/* --- parts ------------------------------------------------------------------------------------ */

static const char *phase_of(const struct scene *scene, int64_t id)
{
    for (size_t i = 0; i < scene->window->phase_count; i++)
        if (scene->window->phases[i].id == id)
            return scene->window->phases[i].title;
    return NULL;
}

static void draw_bar(const struct room *room)
{
    const struct scene *scene = room->scene;
    struct frame *frame = room->frame;
    struct buffer title = {0};
    bool named = scene->board != NULL && scene->board->title != NULL;
    const char *phase = phase_of(scene, room->moment->phase);
    buffer_add_text(&title, named ? scene->board->title : scene->title);
    if (phase != NULL)
        buffer_add_format(&title, " · %s", phase);
    screen_bar(frame, 0, buffer_text(&title), NULL);
    if (scene->timer != NULL)
        frame_text_right(frame, 0, frame->columns - 1, 8, scene->timer,
                         style_of(scene->timer_over ? ROLE_WARNING : ROLE_TIMER));
    buffer_release(&title);
}

/* The how many-th of the chosen it is, where the whole line is known; else 0. */
static int64_t place_among_chosen(const struct room *room)
{
    const struct strip *strip = room->scene->strip;
    int64_t rank = 0;
    if (strip == NULL || room->scene->meter == NULL ||
        (int64_t)strip->count != room->scene->meter->moments)
        return 0;
    for (size_t i = 0; i < strip->count; i++) {
        rank += strip->signs[i].chosen;
        if (strip->signs[i].id == room->moment->id)
            return rank;
    }
    return 0;
}

static void add_chosen(const struct room *room, struct buffer *out)
{
    int64_t at = place_among_chosen(room);
    buffer_add_text(out, "◆ CHOSEN");
    if (at > 0)
        buffer_add_format(out, ", %lld of %lld", (long long)at,
                          (long long)room->scene->meter->chosen);
}

/* "I IN PERSON ☺" */
static void add_channel(const struct room *room, struct buffer *out)
{
    const struct channel *channel = room->channel;
    if (channel == NULL) {
        buffer_add_text(out, "– no channel");
        return;
    }
    buffer_add_format(out, "%s ", channel->letter);
    add_capitals(out, channel->name != NULL ? channel->name : "");
    if (!room->frame->ascii && channel->sign != NULL)
        buffer_add_format(out, " %s", channel->sign);
}

static struct style channel_style(const struct room *room)
{
    if (room->channel == NULL)
        return style_of(ROLE_STRONG);
    struct style style = style_bold(style_colour(ROLE_CARD, room->channel->colour));
    if (room->frame->mono)
        style.flags |= STYLE_REVERSE;
    return style;
}

static void add_target(const struct room *room, struct buffer *out)
{
    const struct moment *moment = room->moment;
    if (moment->rating == RATING_HIDDEN)
        buffer_add_text(out, "? TO BE RATED ANEW");
    if (moment->target == RATING_NONE)
        return;
    buffer_add_text(out,
                    method_aims(moment->rating, moment->target) ? "target: " : "target reached: ");
    add_capitals(out, rating_word(moment->target));
}

/* A label with a blank on either side; returns the column after it. */
static int draw_label(struct frame *frame, int row, int column, const char *text,
                      struct style style)
{
    int columns = frame_columns(frame, text) + 2;
    frame_fill(frame, (struct rect){row, column, 1, columns}, ' ', style);
    frame_text(frame, row, column + 1, columns - 2, text, style);
    return column + columns;
}

/* Beside the large number, below each other; the widest touches the right margin. */
static void draw_state_beside(const struct room *room, const char *channel, const char *chosen,
                              const char *target)
{
    const char *const words[] = {channel, chosen, target};
    struct frame *frame = room->frame;
    int widest = 0, row = room->top.row;
    for (int i = 0; i < 3; i++) {
        int columns = frame_columns(frame, words[i]) + 2;
        widest = columns > widest ? columns : widest;
    }
    int column = room->top.column + room->top.columns - widest;
    for (int i = 0; i < 3; i++)
        if (words[i][0] != '\0')
            draw_label(frame, row++, column, words[i],
                       i == 0 ? channel_style(room) : style_of(ROLE_STRONG));
}

static void draw_state_in_row(const struct room *room, const char *number, const char *channel,
                              const char *chosen)
{
    struct frame *frame = room->frame;
    int row = room->top.row, end = room->top.column + room->top.columns;
    int column = room->top.column;
    column += frame_text(frame, row, column, end - column, number, style_of(ROLE_STRONG)) + 2;
    column = draw_label(frame, row, column, channel, channel_style(room)) + 1;
    frame_text(frame, row, column, end - column, chosen, style_of(ROLE_STRONG));
}

static void draw_top(const struct room *room)
{
    struct buffer number = {0}, channel = {0}, chosen = {0}, target = {0};
    buffer_add_format(&number, "%lld", (long long)room->moment->number);
    add_channel(room, &channel);
    add_target(room, &target);
    if (room->moment->chosen)
        add_chosen(room, &chosen);
    if (room->number) {
        large_text(room->frame, room->top, buffer_text(&number), false);
        draw_state_beside(room, buffer_text(&channel), buffer_text(&chosen), buffer_text(&target));
    } else {
        draw_state_in_row(room, buffer_text(&number), buffer_text(&channel), buffer_text(&chosen));
    }
    buffer_release(&number);
    buffer_release(&channel);
    buffer_release(&chosen);
    buffer_release(&target);
}

static void draw_title(const struct room *room)
{
    struct rect rect = room->title;
    int rows = large_rows(room->frame, rect, title_of(room));
    rect.row += (rect.rows - rows) / 2;
    rect.rows = rows;
    large_text(room->frame, rect, title_of(room), false);
    room->frame->cursor_row = rect.row;
    room->frame->cursor_column = rect.column;
}

/* "3 ★ MAGICAL"; in brackets where there is no colour to show that it is the one. */
static void add_rating(const struct room *room, int64_t rating, bool words, struct buffer *out)
{
    char sign[4];
    bool is = rating == room->moment->rating;
    bool bare = is && (room->frame->mono || room->frame->ascii);
    buffer_add_format(out, "%s%lld ", bare ? "[" : "", (long long)rating);
    buffer_add(out, sign, text_encode(rating_sign(rating), sign));
    if (is || words)
        buffer_add_byte(out, ' ');
    if (is)
        add_capitals(out, rating_word(rating));
    else if (words)
        buffer_add_text(out, rating_word(rating));
    buffer_add_text(out, bare ? "]" : "");
}

/* Filled when it is the one, else plain. Returns the columns used. */
static int draw_rating(const struct room *room, int64_t rating, bool words, struct rect rect)
{
    struct frame *frame = room->frame;
    struct buffer text = {0};
    bool is = rating == room->moment->rating;
    struct style style = is ? style_bold(style_colour(ROLE_RATING_FILL, rating_colour(rating)))
                            : style_bold(rating_style(rating));
    add_rating(room, rating, words, &text);
    rect.columns = frame_columns(frame, buffer_text(&text)) + 2;
    if (is)
        frame_fill(frame, rect, ' ', style);
    frame_text(frame, rect.row + rect.rows / 2, rect.column + 1, rect.columns - 2,
               buffer_text(&text), style);
    buffer_release(&text);
    return rect.columns;
}

/* Three columns; on a narrow screen one after the other, words only for the one that it is. */
static void draw_ratings(const struct room *room)
{
    enum { WORDS = 16, GAP = 2 };
    int third = (room->frame->columns - 2 * MARGIN) / (RATINGS - 1);
    bool words = third >= WORDS;
    struct rect rect = {room->ratings, MARGIN - 1, room->frame->rows >= SPACIOUS ? 3 : 1, 0};
    for (int64_t rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        int used = draw_rating(room, rating, words, rect);
        rect.column += words ? third : used + GAP;
    }
}

/* Returns the rows used. */
static int draw_fact(const struct room *room, int row, const char *label, const char *text)
{
    int rows = fact_rows(room, text);
    if (rows == 0)
        return 0;
    frame_text(room->frame, row, MARGIN, LABEL - 1, label, style_of(ROLE_STRONG));
    return frame_wrapped(
        room->frame,
        (struct rect){row, MARGIN + LABEL, rows, room->frame->columns - 2 * MARGIN - LABEL}, text,
        style_of(ROLE_TEXT), NULL);
}

static void draw_facts(const struct room *room)
{
    const struct field *fields = record_type(RECORD_ITEM)->fields;
    int row = room->bottom.row + 1;
    if (room->bottom.rows == 0)
        return;
    row += draw_fact(room, row, fields[ITEM_HANDLING].label, room->moment->handling);
    draw_fact(room, row, fields[ITEM_EXPECTATION].label, room->moment->expectation);
}

/* With no row of its own the message stands where the question would, unless something is typed. */
static void draw_foot(const struct room *room)
{
    const struct scene *scene = room->scene;
    struct frame *frame = room->frame;
    struct probe nowhere = {.row = -1};
    int prompt = frame->rows - 2;
    bool shared = room->message < 0 && scene->message != NULL && scene->prompt.typed.text == NULL;
    if (shared || room->message >= 0)
        screen_message(frame, shared ? prompt : room->message, scene->message, scene->warning);
    if (!shared)
        screen_prompt(frame, prompt, &scene->prompt, &nowhere);
    screen_key_line(frame, frame->rows - 1, scene->keys, scene->key_count, &nowhere);
}

/* --- the screen ------------------------------------------------------------------------------- */

static const struct moment *selected(const struct scene *scene)
{
    const struct window *window = scene->window;
    bool any = window != NULL && window->selected < window->count;
    return any ? &window->moments[window->selected] : NULL;
}

void view_room(struct frame *frame, const struct scene *scene)
{
    struct room room = {.frame = frame, .scene = scene, .moment = selected(scene)};
    frame_clear(frame);
    if (screen_too_small(frame) || room.moment == NULL)
        return;
    if (scene->channels != NULL && room.moment->channel > 0)
        room.channel = channels_by_id(scene->channels, room.moment->channel);
    arrange(&room);
    draw_bar(&room);
    draw_top(&room);
    draw_title(&room);
    draw_ratings(&room);
    draw_facts(&room);
    draw_foot(&room);
}
