/* Text in letters of blocks, for room mode. */
#ifndef TOUCHLINE_VIEW_BLOCK_H
#define TOUCHLINE_VIEW_BLOCK_H

#include "draw.h"

/* Rows of dots that a letter has, the one below the line counted. */
#define BLOCK_DOTS 8

/* How a text is set: which size, rows that it takes, a row between its lines or none. */
struct block_fit {
    int size, rows;
    bool airy;
};

/* Whether the font has all letters of the text: Latin as far as ISO 8859-1 goes. */
bool block_can(const char *text);

/* The largest letters in which all of the text has room in the rectangle, wrapped at blanks. False
 * when there are none. */
bool block_fit(const struct frame *frame, struct rect rect, const char *text,
               struct block_fit *fit);

/* Draws it so; each line in the middle, or all from the left. */
void block_draw(struct frame *frame, struct rect rect, const char *text,
                const struct block_fit *fit, bool centred, struct style style);

/* As large as can be: in blocks; else, of a script that the font has not, bold and spaced; else
 * bold, wrapped, an ellipsis at the end of what has no room. */
void large_text(struct frame *frame, struct rect rect, const char *text, bool centred);

/* Whether it has room in blocks, or of another script bold and spaced. */
bool large_fits(const struct frame *frame, struct rect rect, const char *text);

/* Rows that large_text() takes of the rectangle. */
int large_rows(const struct frame *frame, struct rect rect, const char *text);

#endif
