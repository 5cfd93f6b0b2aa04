/* How a role looks: a pure function of the terminal's colours and its ground, so that every
 * combination can be tested without a terminal. term_pen.c turns the answer into bytes.
 *
 * Colours are indices of the xterm-256 palette. Of these 16 to 255 look the same everywhere; 0 to
 * 15 follow the user's own theme and are used only where there is nothing else.
 */
#ifndef TOUCHLINE_TERM_THEME_H
#define TOUCHLINE_TERM_THEME_H

#include "touchline/frame.h"

enum theme_ground {
    GROUND_DARK,
    GROUND_LIGHT,
    GROUND_PROJECTOR, /* a white ground of its own, black ink, nothing grey */
    GROUNDS
};

struct theme {
    int colours; /* 256, 16, 8; 0 is mono: bold, reverse and underline only */
    enum theme_ground ground;
};

/* Stands for the terminal's own ink or ground. */
#define COLOUR_DEFAULT (-1)

struct look {
    int ink, fill;  /* below theme.colours, or COLOUR_DEFAULT */
    unsigned flags; /* enum style_flag */
};

/* With 8 colours, bold stands for the bright half of 16 (xterm, the Linux console), so black ink is
 * never bold there. */
struct look theme_look(const struct theme *theme, struct style style);

/* WCAG contrast, 1 to 21, of two palette colours (0 to 15 as xterm has them). */
double theme_contrast(int one, int other);

/* Whether a ground of these shares (0 to 1 each) is light. */
bool theme_is_light(double red, double green, double blue);

#endif
