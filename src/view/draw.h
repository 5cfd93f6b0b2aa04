/* What the views of the board share: the screen being drawn, where its parts lie, and the small
 * strokes. Each part is one file with one call, view_PART(). */
#ifndef TOUCHLINE_VIEW_DRAW_H
#define TOUCHLINE_VIEW_DRAW_H

#include "touchline/frame.h"
#include "touchline/scene.h"
#include "touchline/view.h"

/* Where the parts lie at a size. A row is -1, a rectangle without rows, when there is no room. */
struct layout {
    int rows, columns;
    int header, why, phases, strip, heading, message, prompt, keys;
    struct rect cards, curve, details;
    int cards_across, card_columns; /* a blank column after each card */
};

/* False when the size is below VIEW_ROWS x VIEW_COLUMNS. */
bool layout_make(struct layout *layout, int rows, int columns);

/* A card's place on the line: a moment of the window, or the ghost. */
struct slot {
    const struct moment *moment; /* NULL: the ghost card */
    size_t index;                /* of the moment in the window; the ghost's `at` */
    int column;                  /* of its left edge */
};

/* For the mouse: what is drawn at the place asked for lands in `hit`. */
struct probe {
    int row, column;
    struct view_hit hit;
};

struct view {
    struct frame *frame;
    const struct scene *scene;
    const struct window *window; /* never NULL */
    struct layout layout;
    struct slot *slots; /* what stands side by side, left to right */
    int slot_count;
    int64_t left, right; /* moments hidden on either side */
    struct probe probe;
};

/* Says what a rectangle is to the mouse; what is said last counts. */
void probe_spot(struct probe *probe, struct rect rect, enum view_what what, int64_t id, int index);

/* Draws one of the screens: to be seen, or on a frame of that size to learn what stands at a place.
 */
typedef void screen_draw(struct frame *frame, const void *screen, struct probe *probe);
void screen_show(struct frame *frame, screen_draw *draw, const void *screen);
struct view_hit screen_hit(screen_draw *draw, const void *screen, int rows, int columns, int row,
                           int column);
void view_spot(struct view *view, struct rect rect, enum view_what what, int64_t id, int index);

/* --- parts ------------------------------------------------------------------------------------ */
void view_header(struct view *view);
void view_why(struct view *view);
void view_slots(struct view *view);
void view_phases(struct view *view);
void view_cards(struct view *view);
void view_strip(struct view *view);
void view_curve(struct view *view);
void view_details(struct view *view);
void view_writing(struct view *view);
void view_overview(struct view *view);
void view_one_card(struct view *view);
void one_card_body(struct view *view, struct rect body, struct style fill);

/* --- what every screen has -------------------------------------------------------------------- */

/* True, and one line drawn, when the frame is below the least size. */
bool screen_too_small(struct frame *frame);

/* A bar across row `row`: the title left, the hint right where all of it has room. */
void screen_bar(struct frame *frame, int row, const char *title, const char *hint);

/* A rule across the row with a title in it, and words at its right end; NULL: none. */
void screen_rule(struct frame *frame, int row, const char *title, const char *words);

void screen_message(struct frame *frame, int row, const char *message, bool warning);
void screen_prompt(struct frame *frame, int row, const struct prompt *prompt, struct probe *probe);
void screen_key_line(struct frame *frame, int row, const struct key_item *keys, size_t count,
                     struct probe *probe);

/* --- strokes ---------------------------------------------------------------------------------- */
struct style style_of(enum role role);
struct style style_colour(enum role role, int64_t colour);
struct style style_bold(struct style style);

/* A rating in its colour. */
struct style rating_style(int64_t rating);

/* The channel of a moment, or NULL; "I ☺" (in ASCII "I"), "– –" without one. */
const struct channel *view_channel(const struct view *view, int64_t id);
void channel_signs(const struct frame *frame, const struct channel *channel, struct buffer *out);

/* The moment that is selected, or NULL. */
const struct moment *view_selected(const struct view *view);

/* The first row in sight where `page` of `total` are: such that those from `at` on, `rows` of them,
 * are among these. It moves by half a page, so that a step of the selection seldom moves all. */
int view_scrolled(int at, int rows, int total, int page);

/* Arrows in the last column of a rectangle: there is more above it, below it. */
void view_more(struct frame *frame, struct rect rect, bool above, bool below, struct style style);

/* Shares `rows` among `count` parts that want some each: one for each while they last, then the
 * first get what they want. */
void share_rows(int rows, const int *wanted, int *given, int count);

/* Rows that the text takes when wrapped; counted up to `most`, for a note may be long. */
int wrapped_rows(const char *text, int columns);
int wrapped_rows_most(const char *text, int columns, int most);

/* The frame of a card that is not there yet. */
void view_heavy_box(struct frame *frame, struct rect rect, struct style style);

/* Text being typed: in a single row scrolled sideways so that its cursor is seen, else wrapped into
 * the rows. Puts the frame's cursor there; to the mouse it is VIEW_PROMPT with an offset. */
void view_typed(struct frame *frame, struct rect rect, const struct typed *typed,
                struct style style, struct probe *probe);

/* Rows that it takes when wrapped, at least 1; counted up to `most`. */
int view_typed_rows(const struct typed *typed, int columns, int most);

#endif
