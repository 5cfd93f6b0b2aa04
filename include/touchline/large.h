/* room: view
 *
 * Screens for the back row, from the same scene as the board's: one moment, the why, the time. Only
 * what a wall can carry: letters as large as there is room for (half blocks, '#' in ASCII; other
 * scripts bold and spaced), nothing dim.
 */
#ifndef TOUCHLINE_LARGE_H
#define TOUCHLINE_LARGE_H

#include "touchline/scene.h"
#include "touchline/view.h"

/* Room mode: the selected moment's number and title large, its channel, choice and rating in words,
 * what we do and what they expect, the question or what is typed, the keys. As rows run out they go
 * in this order: handling and expectation, the large number, the large letters. */
void view_room(struct frame *frame, const struct scene *scene);

/* The why sentence in the middle (R14). */
void view_large_why(struct frame *frame, const struct scene *scene);

/* The timer in the middle (R27), the step's question under it. */
void view_clock(struct frame *frame, const struct scene *scene);

#endif
