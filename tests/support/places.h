/* All that the screen can show, for tests that do the same to each: a resize, a stop, a dropped
 * line. Each place is opened on a board of its own, which has something to show there.
 *
 *     for (size_t i = 0; i < place_count; i++) {
 *         place_open(screen, &places[i]);
 *         ...
 *     }
 */
#ifndef TOUCHLINE_TESTS_PLACES_H
#define TOUCHLINE_TESTS_PLACES_H

#include "board.h"

enum place_program { PLACE_BOARD, PLACE_FIRST_RUN, PLACE_BALLOT };

struct place {
    const char *name;
    enum place_program program;
    const char *keys;  /* from the board on its first moment */
    const char *typed; /* behind that, and not entered; NULL: nothing */
    const char *shown; /* text that stands there at 80 x 24 */
    const char *about; /* keys that go about in it and change nothing of the board */
    const char *back;  /* keys that bring back how it was opened after those */
    const char *draft; /* when the line drops, what was typed is a draft behind that; NULL: it is
                          not */
    const char *saved; /* or it stands behind that in a line of board_show() or board_about() */
    const char *stop;  /* what C-z says; NULL: that it suspends only from the board; "": it does */
};

extern const struct place places[];
extern const size_t place_count;

/* Ends what runs on screen->pty, makes the board anew, starts the program and goes there. */
void place_open(struct screen *screen, const struct place *place);

/* Ends the program, however it stands, and starts it again on the board as it is. */
void place_reopen(struct screen *screen, const struct place *place);

/* Goes there from what a program just started shows. */
void place_go(struct screen *screen, const struct place *place);

#endif
