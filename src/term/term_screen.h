/* What the files of this room share about the one terminal. */
#ifndef TOUCHLINE_TERM_SCREEN_H
#define TOUCHLINE_TERM_SCREEN_H

#include "term_input.h"
#include "term_paint.h"
#include "touchline/key.h"
#include <termios.h>

struct term {
    int input, output;    /* the caller's: what another program on the terminal gets */
    int line;             /* the same as output; writing to it does not wait, where possible */
    struct termios modes; /* as they were */
    char notice[160];

    struct painter painter;
    bool theme_asked; /* the ground is the terminal's to tell, by OSC 11 */
    int64_t asked_at;
    bool answer_due; /* it has not answered yet */
    bool can_report; /* it is of the kind that reports mouse, focus and pastes */
    bool mouse;
    int escape_ms;

    struct input bytes;
    int64_t fed_at;     /* when the last bytes came (monotonic, ms) */
    bool waited;        /* they were waited for long enough */
    struct event ahead; /* read by term_pending() for the next term_read(); K_NONE: none */
    bool resize_due;    /* K_RESIZE is to be given out */
    bool gone;          /* hang-up, SIGTERM or end of input */
    bool dead;          /* nothing can be sent any more */
    bool held_up;       /* the terminal takes no more for now: what is left stays in pen.out */
    bool frame_due;     /* and a frame was held back for it */
};

/* term.c: sends what the painter has put together, as far as the terminal takes it now. */
void term_send(struct term *term);

/* term.c: after a stop from outside, the modes and the screen are set again. */
void term_return(struct term *term);

/* term.c: asks the system for the size; true when it has changed. */
bool term_measure(struct term *term);

/* term_state.c: the next event that needs no waiting, at `now`; false: there is none. */
bool term_take_event(struct term *term, int64_t now, struct event *event);

/* term_wait.c: milliseconds of a clock that does not run backwards. */
int64_t term_now(void);

/* term_wait.c: gives a terminal that was asked a little time to answer. */
void wait_for_answer(struct term *term, int timeout_ms);

#endif
