/* A terminal in memory, in place of src/term: what the header touchline/term.h promises, for a
 * screen whose keys come from a script. Decoder, painter and the order of events are the real ones;
 * what is missing is the waiting, the signals and the line itself. Where a test is linked with this
 * file, term.c and term_wait.c are not.
 *
 * A script is bytes as they are typed, each one read alone and drawn, and between them bytes that
 * no UTF-8 holds, for what else happens. At its end the line drops. One script at a time.
 */
#ifndef TOUCHLINE_TESTS_FUZZ_SCRIPT_TERM_H
#define TOUCHLINE_TESTS_FUZZ_SCRIPT_TERM_H

#include "touchline/date.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    SCRIPT_BURST = 0xFC,  /* what follows, up to the next of these, comes in one piece */
    SCRIPT_CHANGE = 0xFD, /* somebody else changes the board */
    SCRIPT_RESIZE = 0xFE, /* the next size */
    SCRIPT_PAUSE = 0xFF   /* a second passes */
};

struct script {
    const uint8_t *bytes;
    size_t length;
    unsigned size; /* which one it begins with, any number */
    bool ascii, mono;

    /* '/' is a key. Else it is '_', so that no line leads out of the working folder; with it,
     * nothing opens the palette, by which such lines are run. */
    bool slash;

    void (*change)(void); /* SCRIPT_CHANGE */
};

/* For term_open(). Aborts when a byte comes out that may do harm. */
void script_term_begin(const struct script *script);

/* Time as the script has it: a moment a key, a second a pause. */
struct clock script_term_clock(void);

#endif
