/* room: view
 *
 * The screens of a board: values and a frame of some size in, the frame filled. No input, no file,
 * no terminal. Every size draws something: below VIEW_ROWS x VIEW_COLUMNS it is the one line that
 * says which size is needed.
 *
 * The frame's cursor ends on the selected card (on the first letter of its title), or in the text
 * that is being typed.
 */
#ifndef TOUCHLINE_VIEW_H
#define TOUCHLINE_VIEW_H

#include "touchline/frame.h"
#include "touchline/scene.h"

/* The smallest size that shows a board. */
#define VIEW_ROWS    10
#define VIEW_COLUMNS 40

/* Draws the board's screen; the frame is cleared first. */
void view_board(struct frame *frame, const struct scene *scene);

/* Puts a message over what was drawn last (the board's screen, or `beside`: one of screens.h),
 * so that it can be said without anything being read. */
void view_say(struct frame *frame, bool beside, const char *message, bool warning);

/* How many moments the screen shows at that size; at least 1. While a card is being written, ask
 * the store for one fewer: the ghost card takes its place. */
size_t view_window_size(int rows, int columns, enum zoom zoom);

/* How many moments the whole-board row can show with a sign each. */
size_t view_strip_size(int columns);

/* How many cards a window should move by when the selection leaves it (a horizontal scroll resends
 * every card, so it goes by several). At least 1. */
size_t view_scroll_size(int rows, int columns, enum zoom zoom);

/* What stands at a place of the screen: for the mouse. */
enum view_what {
    VIEW_NOTHING,
    VIEW_CARD,  /* id: the moment; index: in the window; after: in its right half or the gap */
    VIEW_PHASE, /* id: the phase; index: in window.phases */
    VIEW_LEFT,  /* the sign that there is more to the left, to the right */
    VIEW_RIGHT,
    VIEW_STEP, /* index: enum step */
    VIEW_TIMER,
    VIEW_WHY,    /* the why sentence */
    VIEW_STRIP,  /* index: place on the whole line, from 0; id: the moment, when it is known */
    VIEW_TITLE,  /* the details' heading: id of the moment */
    VIEW_FIELD,  /* a field in the details: index is enum item_field */
    VIEW_IDEA,   /* id; index: in details.ideas */
    VIEW_ACTION, /* id; index: in details.actions */
    VIEW_PARKED, /* id; index: in parked */
    VIEW_PROMPT, /* text being typed; index: offset in bytes at that place */
    VIEW_KEY,    /* index: in the screen's keys */
    VIEW_LINE,   /* of a list, a sheet or the questions; index: which one */
    VIEW_OPTION  /* of a sheet: one of the words of row `index`; id: which one, from 0 */
};
struct view_hit {
    enum view_what what;
    int64_t id;
    int index;
    bool after;
};

/* Runs the same drawing, so it cannot differ from what is seen. */
struct view_hit view_board_hit(const struct scene *scene, int rows, int columns, int row,
                               int column);

#endif
