/* room: view
 *
 * A frame is what a view draws into: a grid of cells, each with a cluster and a style. It knows no
 * terminal; term puts it out, tests print it. Columns and rows count from 0, top left.
 *
 * Every call that draws clips to the frame, so that no view needs to check its bounds.
 */
#ifndef TOUCHLINE_FRAME_H
#define TOUCHLINE_FRAME_H

#include "touchline/buffer.h"
#include <stdbool.h>
#include <stdint.h>

/* What a cell is for; the theme (src/term) says how that looks. One row here is one row there. */
enum role {
    ROLE_TEXT,       /* plain text on the terminal's own background */
    ROLE_QUIET,      /* labels, rules */
    ROLE_DOTS,       /* the curve's levels: there when looked for */
    ROLE_STRONG,     /* the selected title, numbers that matter */
    ROLE_BAR,        /* header and key line: the bar across the screen */
    ROLE_BAR_STRONG, /* the board's title in the bar */
    ROLE_BAR_KEY,    /* a key on the key line */
    ROLE_STEP,       /* a step of the guide */
    ROLE_STEP_NOW,   /* the step the guide is in */
    ROLE_TIMER,
    ROLE_PHASE,       /* a phase's name above its stretch */
    ROLE_PROMPT,      /* the question of the step */
    ROLE_MESSAGE,     /* what just happened */
    ROLE_WARNING,     /* overdue, refused, lost */
    ROLE_CARD,        /* a card's fill: `colour` is the channel's, 0 none */
    ROLE_CARD_TOP,    /* the top row of a chosen card: ink and fill swapped */
    ROLE_CARD_CORNER, /* the selection's heavy corners on a card */
    ROLE_GHOST,       /* where a card will be: capture, a drop place */
    ROLE_RATING, /* a rating's sign or word in its colour, on the ground: `colour` is the rating's
                  */
    ROLE_RATING_FILL, /* the same as a fill with dark ink */
    ROLE_STATE,       /* what the selected moment is: channel, rating and target in words */
    ROLE_FIELD,       /* text being typed */
    ROLE_SELECTED,    /* the framed line of a list */
    ROLE_MODE,        /* WRITE, CARRY: in reverse */
    ROLES
};

/* Attributes that a view may add to a role. */
enum style_flag { STYLE_BOLD = 1, STYLE_REVERSE = 2, STYLE_UNDERLINE = 4 };

struct style {
    uint8_t role;   /* enum role */
    uint8_t colour; /* index of the 256-colour palette, for the roles that say so; else 0 */
    uint8_t flags;  /* enum style_flag */
};

/* Code points of a cluster that a cell keeps: a base and four marks. */
#define CELL_POINTS 5

struct cell {
    uint32_t
        points[CELL_POINTS]; /* unused ones 0; points[0] is 0 in the second half of a wide one */
    struct style style;
    uint8_t columns; /* 1 or 2; 0 in the second half of a wide one */
};

struct frame {
    int rows, columns;
    struct cell *cells;            /* rows x columns, row by row */
    int cursor_row, cursor_column; /* where the terminal's cursor stands */
    bool cursor_visible;           /* shown as a text cursor (typing); else parked there unseen */
    bool ascii; /* the terminal shows ASCII only: views draw '+', '-', '|' and letters */
    bool mono;  /* it shows no colour: a card has no fill, so views draw its outline */
};

struct rect {
    int row, column, rows, columns;
};

/* A frame of spaces in ROLE_TEXT. Sizes of 0 are allowed and draw nothing. */
void frame_init(struct frame *frame, int rows, int columns, bool ascii);
void frame_release(struct frame *frame);
void frame_clear(struct frame *frame);

/* Changes the size; the content is as after frame_clear(). */
void frame_resize(struct frame *frame, int rows, int columns);

struct cell *frame_at(struct frame *frame, int row, int column); /* NULL outside */
struct rect frame_rect(const struct frame *frame);

/* Puts one code point (of one or two columns). Breaking a wide one in half blanks its other half.
 */
void frame_put(struct frame *frame, int row, int column, uint32_t point, struct style style);

/* Puts text, made harmless by text_show(), from `column` on, within `columns`; an ellipsis stands
 * for what does not fit. Returns the columns used. Cells beyond stay as they are. */
int frame_text(struct frame *frame, int row, int column, int columns, const char *text,
               struct style style);
int frame_bytes(struct frame *frame, int row, int column, int columns, const char *text,
                size_t length, struct style style);
int frame_format(struct frame *frame, int row, int column, int columns, struct style style,
                 const char *format, ...) FORMAT_LIKE(6, 7);

/* The same, ending at (not including) column `end`. Returns the column where it begins. */
int frame_text_right(struct frame *frame, int row, int end, int columns, const char *text,
                     struct style style);

/* Columns that the text takes in this frame when there is room for all of it. */
int frame_columns(const struct frame *frame, const char *text);

/* Fills a rectangle with a code point of one column; sets the style of a rectangle and keeps its
 * text. */
void frame_fill(struct frame *frame, struct rect rect, uint32_t point, struct style style);
void frame_style(struct frame *frame, struct rect rect, struct style style);

/* Text wrapped into the rectangle at word boundaries, an ellipsis at the end of its last row when
 * there is more. Returns the rows used; *consumed (may be NULL) the bytes of text shown. */
int frame_wrapped(struct frame *frame, struct rect rect, const char *text, struct style style,
                  size_t *consumed);

/* A horizontal rule in ROLE_QUIET. */
void frame_rule(struct frame *frame, int row, int column, int columns);

/* What stands for a sign in this frame: itself, or in an ASCII frame its stand-in ("v o *" for the
 * ratings, '+', '-', '|' for lines, '#' and '=' for heavy ones, '?' for what has none). All that
 * draws goes through it, so an ASCII frame holds nothing but ASCII. */
uint32_t frame_sign(const struct frame *frame, uint32_t sign);

/* The frame as text, a line a row, trailing spaces cut; for tests and stored pictures. With
 * `styles`, a second block follows that shows each cell's role as a letter. */
void frame_print(const struct frame *frame, struct buffer *out, bool styles);

#endif
