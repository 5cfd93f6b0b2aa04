/* room: model
 *
 * What of a board is in sight: a window of its moments with their phases, a sign for each moment of
 * the whole, and the one that is selected with all that belongs to it. The store fills these
 * (it knows no screen), the view draws them (it knows no file). How many moments fit is asked of
 * view_window_size() and view_strip_size() first.
 *
 * Zeroed ones are valid and show nothing. Texts and arrays belong to the struct that they are in.
 */
#ifndef TOUCHLINE_WINDOW_H
#define TOUCHLINE_WINDOW_H

#include "touchline/record.h"

/* A heading in the window. Headings come in the board's order. One that is followed by another with
 * the same `at` is an empty phase; one at `count` stands at the end of the line, empty so far. */
struct window_phase {
    int64_t id; /* 0 is not used: moments before the first phase have no heading */
    char *title;
    size_t at;   /* it stands before moments[at] */
    bool begins; /* false: it began left of the window (only phases[0], and then `at` is 0) */
};

/* Moments that follow each other on the line, or among the hits of the filter. */
struct window {
    struct moment *moments; /* number, ideas, actions, overdue, phase filled; note NULL */
    size_t count;
    size_t selected;       /* index of the selected one; meaningless when count is 0 */
    int64_t before, total; /* moments left of the window; in all (of the filter's hits) */
    struct window_phase *phases;
    size_t phase_count;
    bool continues;      /* the phase of the last moment goes on right of the window */
    int64_t first, last; /* ids marked on the whole board (R22), where they are in the window, */
    int64_t weakest;     /* and of any of its moments; 0: none */
};
void window_release(struct window *window);

/* A moment of the whole board in one column. */
struct strip_sign {
    int64_t id;
    int64_t rating; /* enum rating */
    bool chosen;
    bool begins; /* a phase begins here */
};

/* The whole board in a row, in the same order as the window (filter's hits when it is on). Filled
 * while there are no more of them than was asked for; else count is 0 and the view draws a scroll
 * bar from the window's before, count and total. */
struct strip {
    struct strip_sign *signs;
    size_t count;
};
void strip_release(struct strip *strip);

/* One moment with all that belongs to it. moment.id is 0 when there is none. */
struct details {
    struct moment moment; /* its note too */
    struct ideas ideas;
    struct actions actions;
    struct entries entries;
    int64_t spread[RATINGS]; /* ballots by rating, of a vote that was shown; all 0: none */
};
void details_release(struct details *details);

/* A list of moments: parked ones, say. */
struct moments {
    struct moment *at;
    size_t count;
};
void moments_release(struct moments *moments);

#endif
