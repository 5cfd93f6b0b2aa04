/* Control sequences: keys, the mouse, and what a terminal answers when asked. `in` begins after the
 * two bytes that introduce them.
 */
#ifndef TOUCHLINE_TERM_SEQUENCE_H
#define TOUCHLINE_TERM_SEQUENCE_H

#include "term_take.h"
#include <stdbool.h>

/* Two presses on one cell within this are a double click. */
#define DOUBLE_CLICK_MS 400

/* What reports leave behind. */
struct reports {
    bool pressed; /* the last press may become the first half of a double click */
    int64_t pressed_at;
    struct mouse press;
    bool ground_told; /* the answer to OSC 11: the ground's shares of light, 0 to 1 */
    double red, green, blue;
    bool answered; /* it has told what it is (DA1), so that it tells nothing more */
};

/* ESC [: a key or a report; K_PASTE without text where a paste begins. */
struct taken take_csi(struct reports *reports, struct span in, int64_t now_ms, struct event *event);

/* ESC O: a key. */
struct taken take_ss3(struct span in, struct event *event);

/* ESC ]: no event. */
struct taken take_answer(struct reports *reports, struct span in);

#endif
