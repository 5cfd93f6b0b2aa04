/* room: view
 *
 * The screens beside the board's: a list, help, the sheet, the first run. Like view_board(): values
 * and a frame in, the frame filled, its cursor put where one stands; any size draws something.
 * Everything is borrowed for the time of the call. Rows that do not fit scroll so that the selected
 * one is seen; a sign tells that there is more above or below.
 */
#ifndef TOUCHLINE_SCREENS_H
#define TOUCHLINE_SCREENS_H

#include "touchline/frame.h"
#include "touchline/scene.h"
#include "touchline/view.h"

/* --- a list: the parking lot, history, help --------------------------------------------------- */

/* One line: what stands left (a key, a number), the words, and what stands right. */
struct list_line {
    const char *left, *words, *right; /* NULL: nothing */
    bool heading;                     /* words as a rule's title; not selectable */
    bool warning;                     /* overdue and the like: marked with a '!' */
};

/* Long words wrap while there are rows to spare. Then, from 152 columns on, the lines stand in
 * columns, one after the other. Then they scroll, by half a page. */
struct list_screen {
    const char *title, *hint; /* the top bar, left and right; the hint where it has room */
    struct prompt prompt;     /* a filter being typed, under the bar; label NULL: none */
    bool asks;                /* it is a question instead, and stands above the keys */
    const struct list_line *lines;
    size_t count;
    size_t selected;     /* index of the framed line; count or more: none */
    int left_columns;    /* width of the left column; 0: as wide as its widest */
    const char *foot;    /* text under the rule, wrapped, as many rows as it needs up to a third of
                            the screen; NULL: none */
    const char *message; /* the message row; NULL: empty */
    bool warning;
    const struct key_item *keys;
    size_t key_count;
};
void view_list(struct frame *frame, const struct list_screen *list);

/* What stands at a place: VIEW_LINE (never a heading), VIEW_PROMPT, VIEW_KEY. */
struct view_hit view_list_hit(const struct list_screen *list, int rows, int columns, int row,
                              int column);

/* How many lines are in sight at that size, all columns together; at least 1. */
size_t view_list_page(const struct list_screen *list, int rows, int columns);

/* --- the sheet: all fields of one record ------------------------------------------------------ */

enum sheet_kind {
    SHEET_HEADING, /* a rule with a title: "As the passenger sees it" */
    SHEET_TEXT,    /* a field to type in */
    SHEET_WORDS,   /* one of `options`, the chosen one in brackets */
    SHEET_OPENS,   /* something that Enter opens: "2  free: Fresh flowers ... Enter >" */
    SHEET_FACT     /* only to be read */
};

struct sheet_row {
    enum sheet_kind kind;
    const char *label;           /* "What we do now" */
    const char *value;           /* as it is now; NULL: empty. Of a heading: its title */
    const char *hint;            /* at the right, quiet: "who takes charge of it" */
    const char *const *options;  /* for SHEET_WORDS: texts */
    const uint8_t *colours;      /* for SHEET_WORDS: of each option, 0: none; NULL: none has. The
                                    chosen one is filled with it, the others are written in it */
    size_t option_count, option; /* which one is chosen; option_count: none */
    int rows;    /* that a long text asks for, at least 1; it gets more where there is room */
    bool beside; /* stands on one row with the one before it, from 60 columns on */
};

/* From 190 columns on the groups under the headings stand side by side; the order of the rows stays
 * that of the keys. */
struct sheet_screen {
    const char *title;  /* "4 Cab pulls up, polished" */
    const char *place;  /* right in the bar: "4 of 11"; NULL: none */
    bool before, after; /* arrows beside the place: there is one to go to */
    const struct sheet_row *rows;
    size_t count;
    size_t selected;    /* the row that has the keys */
    struct typed typed; /* when its text is being changed: shown instead of its value, wrapped into
                           the rows that it has */
    const char *message;
    bool warning;
    const struct key_item *keys;
    size_t key_count;
};
void view_sheet(struct frame *frame, const struct sheet_screen *sheet);

/* What stands at a place: VIEW_LINE, VIEW_OPTION, VIEW_PROMPT in the text that is typed, VIEW_LEFT
 * and VIEW_RIGHT beside the place in the bar, VIEW_KEY. */
struct view_hit view_sheet_hit(const struct sheet_screen *sheet, int rows, int columns, int row,
                               int column);

/* --- the first run ---------------------------------------------------------------------------- */

struct first_question {
    const char *question; /* "Whom do you serve?" */
    const char *example; /* "customer  client  guest ...": where the answer is, while there is none,
                            and under the field that is typed in; NULL: none */
    const char *answer;
    const char *hint; /* under it: "a + after those who meet them in their work"; NULL: none */
};
struct first_screen {
    const char *file; /* "cab.touchline" */
    bool made; /* false: "No board here yet. Enter makes cab.touchline.", and the questions are only
                  shown */
    const struct first_question *questions;
    size_t count, selected;
    struct typed typed;  /* the answer to the selected one, being typed */
    const char *message; /* NULL: that all is saved as it is typed */
    bool warning;
    const struct key_item *keys;
    size_t key_count;
};
void view_first(struct frame *frame, const struct first_screen *first);

/* What stands at a place: VIEW_LINE (a question), VIEW_PROMPT in the answer being typed, VIEW_KEY.
 */
struct view_hit view_first_hit(const struct first_screen *first, int rows, int columns, int row,
                               int column);

#endif
