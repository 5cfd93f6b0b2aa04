/* The sheet as its two files share it: which rows it has and what they say (sheet_rows.c), what
 * keys and the mouse do to them (sheet.c).
 */
#ifndef TUI_SHEET_H
#define TUI_SHEET_H

#include "touchline/screens.h"
#include "tui.h"

enum { PHASE_ROW = -1, IDEAS_ROW = -2, ACTIONS_ROW = -3, LEDGER_ROW = -4, HEADING_ROW = -5 };

/* A row of a sheet: which field it is about. */
struct row_about {
    int field; /* of the record, or one of the rows above */
    enum sheet_kind kind;
    const char *label, *hint; /* label NULL: the field's own; in it %s is the board's noun */
    bool beside;
    int rows;
};

enum { SHEET_ROWS_MOST = 20, SHEET_OPTIONS_MOST = 16 };

struct sheet {
    struct mode mode;
    enum record record;
    int64_t id;
    const struct row_about *about;
    size_t count, selected;
    struct typing input; /* text of the selected row */
    char *seen;          /* the same as it was when one came to the row */
    struct value before; /* and as the field holds it; a text is `seen` */
    bool refused;        /* it was not saved, and that was told: the next Esc leaves it so */
    /* drawn from */
    struct sheet_row rows[SHEET_ROWS_MOST];
    struct buffer labels[SHEET_ROWS_MOST], values[SHEET_ROWS_MOST], hints[SHEET_ROWS_MOST];
    struct buffer title, place;
    const char *options[SHEET_ROWS_MOST][SHEET_OPTIONS_MOST];
    uint8_t colours[SHEET_ROWS_MOST][SHEET_OPTIONS_MOST];
    struct buffer channels[SHEET_OPTIONS_MOST]; /* "P Phone": its letter chooses it */
};

/* Its rows, by what it is about. */
void sheet_choose_rows(struct sheet *sheet);

/* The value of a field of the record, as it was read last; and what a row says, as text. */
struct value sheet_value(struct tui *tui, const struct sheet *sheet, int field);
void sheet_describe(struct tui *tui, const struct sheet *sheet, const struct row_about *about,
                    struct buffer *out);

/* Fills sheet->rows[i], and what stands in the bar. */
void sheet_fill_row(struct tui *tui, struct sheet *sheet, size_t i);
void sheet_name(struct tui *tui, struct sheet *sheet);

#endif
