/* What the files of this room share about the one terminal. Only they see curses. */
#ifndef TOUCHLINE_TERM_SCREEN_H
#define TOUCHLINE_TERM_SCREEN_H

#include "term_info.h"
#include "term_input.h"
#include "theme.h"
#include <stdio.h>

#define NCURSES_NOMACROS
#define NCURSES_WIDECHAR 1
#include <curses.h>

/* A style's look in curses' terms; a few are in use at a time, so a small table by hash serves. */
struct painted {
    bool known;
    struct style style;
    attr_t attributes;
    int pair;
};
enum { PAINTED = 128 };

/* The colour pairs given to curses; pair 0 is the terminal's own colours. */
struct pair {
    int ink, fill;
};
enum { PAIRS = 256 };

struct term {
    SCREEN *screen;
    FILE *in, *out; /* of descriptors of our own, so that closing them closes nobody's */
    int input, output;
    char notice[160];

    struct theme theme;
    bool theme_asked; /* the ground is the terminal's to tell, by OSC 11 */
    int64_t asked_at;
    bool answer_due; /* it has not answered yet */
    bool ascii;
    bool can_report; /* it is of the kind that reports mouse, focus and pastes */
    bool mouse;
    int escape_ms;

    struct input bytes;
    int64_t fed_at;     /* when the last bytes came (monotonic, ms) */
    bool waited;        /* they were waited for long enough */
    struct event ahead; /* read by term_pending() for the next term_read(); K_NONE: none */
    bool resize_due;    /* K_RESIZE is to be given out */
    bool gone;

    int rows, columns;
    struct cell *shown; /* what stands on the terminal, rows x columns */
    cchar_t *line;      /* room to compose a row in */
    bool cursor_shown;
    struct painted painted[PAINTED];
    struct pair pairs[PAIRS];
    int pair_count, pair_limit;
};

/* term_wait.c: milliseconds of a clock that does not run backwards. */
int64_t term_now(void);

/* term.c: after a stop from outside, the modes and the screen are set again. */
void term_return(struct term *term);

/* term.c: asks the system for the size; true when it has changed. */
bool term_measure(struct term *term);

/* term_wait.c: gives a terminal that was asked a little time to answer. */
void wait_for_answer(struct term *term, int timeout_ms);

/* term_show.c: the size is new, nothing of what was shown counts. */
void show_resize(struct term *term);
void show_release(struct term *term);

/* term_show.c: the theme has changed: paints what is shown anew. */
void show_theme(struct term *term);

#endif
