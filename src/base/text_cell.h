/* What the files of text.h share: cells, the pieces in which text comes to a screen. */
#ifndef TOUCHLINE_BASE_TEXT_CELL_H
#define TOUCHLINE_BASE_TEXT_CELL_H

#include "touchline/text.h"

/* The longest are a character with four marks, and "<U+202E>". */
#define TEXT_CELL_SIZE (5 * 4)

/* One piece of shown text that is never split: a character and its marks, or a stand-in. */
struct text_cell {
    char bytes[TEXT_CELL_SIZE];
    size_t length; /* 0 for what is dropped without a sign */
    int columns;   /* 0 for that and for LF */
};

/* Reads the first cell of `text` (length > 0); the bytes of it that the cell stands for, always a
 * whole number of code points. Nothing before or after them bears on the cell. */
size_t text_cell_read(const char *text, size_t length, enum text_lines lines,
                      struct text_cell *cell);

/* Length of the printable ASCII at the start of `text` in which each byte is a cell and a cluster
 * of its own: the last byte before something else is not in it, a mark may follow. */
size_t text_plain_run(const char *text, size_t length);

#endif
