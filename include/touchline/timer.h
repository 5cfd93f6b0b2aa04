/* room: model
 *
 * The timer of a step (R27): it informs and never locks. Times are milliseconds of the caller's
 * clock; a clock that is set back meanwhile does not add time. Zeroed: no timer, nothing is shown.
 */
#ifndef TOUCHLINE_TIMER_H
#define TOUCHLINE_TIMER_H

#include "touchline/buffer.h"
#include "touchline/guide.h"
#include <stdbool.h>
#include <stdint.h>

struct timer {
    bool running;
    bool rung;       /* the end was told */
    int64_t left_ms; /* as of `seen_ms`; below 0: over */
    int64_t seen_ms; /* when it was looked at last */
};

/* The step's own time, from now on; a timer that does not run is put away. What a change of the
 * step does. */
void timer_set_step(struct timer *timer, enum step step, int64_t now_ms);

/* Begins with the step's time, or goes on where it was stopped. */
void timer_start(struct timer *timer, enum step step, int64_t now_ms);
void timer_stop(struct timer *timer, int64_t now_ms);

/* Whether there is one, running or stopped. */
bool timer_is_shown(const struct timer *timer);

/* Takes in what time it is. True once, when the time is up. */
bool timer_tick(struct timer *timer, int64_t now_ms);

/* As of the last look: "04:32", "00:00", over time "+00:40"; nothing when there is no timer. */
void timer_format(const struct timer *timer, struct buffer *out);
bool timer_is_over(const struct timer *timer);

/* How long what is shown stays true, 1 to 1,000 ms; -1: for ever, it does not run. */
int timer_wait_ms(const struct timer *timer);

#endif
