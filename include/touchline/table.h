/* room: view
 *
 * A list in columns over the whole screen: the actions of a plan, say. Headings part its lines; the
 * framed one is told in full below. Like the screens of screens.h: values and a frame in, the frame
 * filled, any size draws something, everything is borrowed for the time of the call.
 */
#ifndef TOUCHLINE_TABLE_H
#define TOUCHLINE_TABLE_H

#include "touchline/frame.h"
#include "touchline/scene.h"
#include "touchline/view.h"

#define TABLE_COLUMNS_MOST 8

/* While not every column has what its cells need (at most `most`; the main one `least`), those of
 * the highest rank are dropped, then the others cut to their least. What is spare goes to the main
 * one first. */
struct table_column {
    const char *title;
    int least, most; /* columns of the screen */
    int rank;        /* 0: never dropped */
    bool main;       /* what the line is about; exactly one */
};

struct table_line {
    const char *heading;                   /* not NULL: a rule with this title; not selectable */
    const char *cells[TABLE_COLUMNS_MOST]; /* NULL: empty */
    bool warning;                          /* marked with a '!' */
};

/* "Agreed by   Ben, Ana" */
struct table_fact {
    const char *label, *text;
    uint8_t colour; /* of the text, as rating_colour() gives it; 0: none of its own */
};

struct table_screen {
    const char *title, *hint; /* the top bar, left and right; the hint where it has room */
    const char *under;        /* a line under the bar, where there is room; NULL: none */
    const struct table_column *columns;
    size_t column_count;
    const struct table_line *lines;
    size_t count, selected; /* index of the framed line; count or more: none */
    size_t above, below;    /* more lines, before and after these, that are never in sight */
    const char *about, *about_more; /* of the framed line, in the rule below; NULL: none */
    const struct table_fact *facts; /* below that, as many as have room */
    size_t fact_count;
    const char *foot; /* a text of the whole, below; NULL: none */
    const char *message;
    bool warning;
    struct prompt prompt;
    const struct key_item *keys;
    size_t key_count;
};
void view_table(struct frame *frame, const struct table_screen *table);

/* What stands at a place: VIEW_LINE (never a heading), VIEW_PROMPT, VIEW_KEY. */
struct view_hit view_table_hit(const struct table_screen *table, int rows, int columns, int row,
                               int column);

/* How many lines are in sight at that size; at least 1. */
size_t view_table_page(const struct table_screen *table, int rows, int columns);

#endif
