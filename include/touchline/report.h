/* room: exchange
 *
 * A board for people to look at: as a picture for the wall, as a page, as text for a wiki (R30).
 * What is written is for reading alone, nothing of it can be read back; csv_board.h is for that.
 *
 * Rows come from a source that hides what people must not see (store_rows_hide()). No text of a
 * board becomes more than text, whatever it holds. Sizes of pictures are by columns of a terminal
 * (wcwidth() of LC_CTYPE); everything else is the same in any locale. Memory is bounded by one row
 * of cards, or one moment.
 */
#ifndef TOUCHLINE_REPORT_H
#define TOUCHLINE_REPORT_H

#include "touchline/date.h"
#include "touchline/exchange.h"
#include "touchline/method.h"
#include "touchline/rows.h"
#include <stdio.h>

/* What a report says besides the rows. All is borrowed for the time of a call. */
struct report {
    const char *title; /* of the board, or of its file where it has none */
    const struct board *board;
    const struct channels *channels;
    const struct meter *meter;
    int64_t first, last, weakest; /* ids (R22); 0: none */
    const struct people *people;
    const struct plan *plan; /* in the order in which its actions are listed */
    const struct waves *waves;
    struct date today;
    struct progress progress;
};

/* Each writes all of it to `file`, which stays the caller's, and hands all bytes on to the system.
 * STATUS_BAD_DATA: there are not as many moments as the meter has counted. STATUS_STOPPED;
 * STATUS_FULL and STATUS_FAILED as output goes; and the source's own errors. */

/* SVG: the timeline alone, in sheets of A3 landscape one below the other, if one is not enough.
 * A sheet has the board's title, why and meter, rows of post-its with the experience curve below
 * each, and a legend. */
enum status svg_write(const struct report *report, FILE *file, const struct row_source *source,
                      struct error *error) MUST_USE;

/* One page of HTML with the same picture and all the rest of the board below. It asks nobody for
 * anything and runs nothing. The source is read more than once. */
enum status html_write(const struct report *report, FILE *file, const struct row_source *source,
                       struct error *error) MUST_USE;

/* CommonMark with tables: all but the picture. The source is read more than once. */
enum status markdown_write(const struct report *report, FILE *file, const struct row_source *source,
                           struct error *error) MUST_USE;

/* --- sheet by sheet --------------------------------------------------------------------------- */

struct svg_sheets;
struct svg_sheets *svg_sheets_new(const struct report *report, const struct row_source *source);
void svg_sheets_free(struct svg_sheets *sheets);
int64_t svg_sheets_count(const struct svg_sheets *sheets); /* at least 1 */

/* Writes the next sheet as a document of its own, at most so many as there are. */
enum status svg_sheets_write(struct svg_sheets *sheets, FILE *file, struct error *error) MUST_USE;

#endif
