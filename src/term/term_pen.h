/* The painter's pen: looks and places, in the fewest bytes that the terminal understands. What is
 * set and where the cursor is stands in the pen, so that only what differs is sent.
 */
#ifndef TOUCHLINE_TERM_PEN_H
#define TOUCHLINE_TERM_PEN_H

#include "term_info.h"
#include "theme.h"
#include "touchline/buffer.h"
#include <string.h>

/* A style as it is sent: numbers for SGR ("38;5;16"), "" where the terminal needs none. */
struct painted {
    bool known;
    struct style style;
    struct look look;
    char ink[16], fill[16];
};
enum { PAINTED = 128 };

struct pen {
    struct capabilities can;
    struct theme theme;
    int row, column; /* of the cursor; -1 where that is not known */
    struct look now; /* what is set */
    struct painted painted[PAINTED];
    size_t last;       /* which of them was asked for last */
    struct buffer out; /* to be sent; whoever sends it clears it */
};

static inline bool pen_same_style(struct style a, struct style b)
{
    return memcmp(&a, &b, sizeof a) == 0;
}

static inline bool pen_same_look(struct look a, struct look b)
{
    return a.ink == b.ink && a.fill == b.fill && a.flags == b.flags;
}

/* Its reverse or its line is seen where nothing is written. */
static inline bool pen_shows_on_blanks(const struct look *look)
{
    return (look->flags & (STYLE_REVERSE | STYLE_UNDERLINE)) != 0;
}

/* How a style is painted. Mostly that of the cell before is asked for again. */
const struct painted *pen_look_up(struct pen *pen, struct style style);
static inline const struct painted *pen_of(struct pen *pen, struct style style)
{
    const struct painted *last = &pen->painted[pen->last];
    if (last->known && pen_same_style(last->style, style))
        return last;
    last = pen_look_up(pen, style);
    pen->last = (size_t)(last - pen->painted);
    return last;
}

/* Sets a look; for a blank only what is seen of it, so that the ink that is set may stay. */
void pen_change(struct pen *pen, const struct painted *wanted);
static inline void pen_set(struct pen *pen, const struct painted *wanted)
{
    if (!pen_same_look(pen->now, wanted->look))
        pen_change(pen, wanted);
}
void pen_set_blank(struct pen *pen, const struct painted *wanted);

/* Everything off. */
void pen_reset(struct pen *pen);

/* Places the cursor, by the shortest way. */
void pen_jump(struct pen *pen, int row, int column);
static inline void pen_move(struct pen *pen, int row, int column)
{
    if (pen->row != row || pen->column != column)
        pen_jump(pen, row, column);
}

/* A capability as it is, and one with a number put in. */
void pen_send(struct pen *pen, const char *text);
void pen_send_filled(struct pen *pen, const char *capability, int number);

#endif
