/* The sheet while it is drawn: sheet.c finds a place for each of its rows, sheet_row.c draws them.
 */
#ifndef TOUCHLINE_VIEW_SHEET_H
#define TOUCHLINE_VIEW_SHEET_H

#include "draw.h"
#include "touchline/screens.h"

/* A line of the sheet: one of its rows, or two beside one another. */
struct sheet_line {
    size_t row;  /* index of the first */
    size_t rows; /* 1 or 2 */
    int block;
    bool blank;       /* one above it */
    struct rect rect; /* no rows: out of sight */
};

struct paper {
    struct frame *frame;
    const struct sheet_screen *sheet;
    struct probe *probe;
    struct rect body;
    struct sheet_line *lines;
    int count, blocks;
    int label;         /* columns of the labels, gap included */
    bool above, below; /* there is more out of sight */
};

bool sheet_is_heading(const struct paper *paper, const struct sheet_line *line);

/* Rows that the line has a use for: those that its rows ask for, or `all`. */
int sheet_line_rows(const struct paper *paper, const struct sheet_line *line, bool all);

void sheet_draw_line(struct paper *paper, const struct sheet_line *line);

#endif
