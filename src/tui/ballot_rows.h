/* The moments on a ballot. A line may have 100,000, so those around the selected one are held, and
 * read anew when one comes near their ends. */
#ifndef TUI_BALLOT_ROWS_H
#define TUI_BALLOT_ROWS_H

#include "list_mode.h"
#include "touchline/vote.h"

/* Cells of a row; list_row.at is the index of its moment. */
enum { BALLOT_NUMBER, BALLOT_LETTER, BALLOT_TITLE, BALLOT_MARK, BALLOT_COLUMNS };
extern const struct table_column ballot_columns[BALLOT_COLUMNS];

/* What is held; zeroed: nothing. */
struct ballot_held {
    struct window window;
    int64_t *marks;       /* one's own on each of its moments */
    int64_t above, below; /* lines of the list that are not held on either side */
};

struct ballot_rows {
    struct ballot_held held;
    int64_t around; /* the moment that is selected; 0: the first, INT64_MAX: the last */
    char *search;   /* as it was typed; NULL: nothing was looked for yet */
};
void ballot_rows_release(struct ballot_rows *rows);

/* Adds the rows to a list, within a reading. What is selected, or takes the place of what is gone,
 * is preferred. On an error what was held stands. */
enum status ballot_rows_load(struct tui *tui, struct list_mode *list, struct ballot_rows *rows,
                             const struct ballot *ballot, struct error *error) MUST_USE;

/* For the list's look_ahead(). */
void ballot_rows_look_ahead(struct tui *tui, struct list_mode *list, struct ballot_rows *rows,
                            const struct list_row *row);

/* "2 dots", "1 miserable"; nothing for none. */
void ballot_add_mark(const struct ballot *ballot, int64_t value, struct buffer *out);

/* The one to be selected; as `around`. */
void ballot_rows_jump(struct list_mode *list, struct ballot_rows *rows, int64_t around);

/* Selects the moment of a number as it was typed; what it is not is told. */
enum status ballot_rows_go_to(struct tui *tui, struct list_mode *list, struct ballot_rows *rows,
                              const char *number) MUST_USE;

/* Selects the next one whose title says what is looked for, going round; false: none does, or an
 * error was told. */
bool ballot_rows_find(struct tui *tui, struct list_mode *list, struct ballot_rows *rows);

#endif
