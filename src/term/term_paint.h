/* Frames become bytes: the shortest way from what stands on a terminal to a new frame.
 *
 * A pure machine: it is told what the terminal understands (terminfo's names) and fills a buffer,
 * so that a test can send random frames through a terminal emulator and compare cell by cell.
 *
 * Changed cells are painted look by look, an attribute is set when it differs and not otherwise,
 * and what is not seen (the ink of a blank) is not set at all. curses' own painter goes row by row
 * and sets everything anew at each change: the timeline at 80x24 took it 4,228 bytes, a step of the
 * selection 529; here 2,545 (2,057 of them text) and 341.
 */
#ifndef TOUCHLINE_TERM_PAINT_H
#define TOUCHLINE_TERM_PAINT_H

#include "term_pen.h"
#include "touchline/frame.h"

enum { LOOKS = 64 };

struct painter {
    struct pen pen;
    bool ascii;
    int rows, columns;
    struct cell *shown, *wanted; /* what stands there, what is to stand there: rows x columns */
    unsigned char *classes;      /* which of these looks a cell is to be painted with */
    struct painted looks[LOOKS];
    int look_count;
    unsigned char recent; /* the look that was asked for last, mostly asked for again */
    bool *stands;         /* which rows are shown as they are to be */
    bool clear_first;     /* nothing is known of what stands there */
    bool cursor_hidden;
};

/* Zeroed but for `ascii` and the pen's `can` and `theme`, then sized. A terminal's cursor is shown
 * at first. */
void painter_resize(struct painter *painter, int rows, int columns);
void painter_release(struct painter *painter);

/* Something else has written on the terminal: the next frame is painted from nothing. */
void painter_forget(struct painter *painter);

void painter_frame(struct painter *painter, const struct frame *frame);

/* Another theme: what is shown is painted anew in it. */
void painter_set_theme(struct painter *painter, struct theme theme);

#endif
