/* room: exchange
 *
 * A board as CSV: one row a moment, a header row with these columns:
 *
 *     number,phase,title,channel,rating,first_rating,target,chosen,dots,seconds,times,owner,
 *     handling,expectation,benchmark,note,ideas,actions,ledger,parked
 *
 * Cells hold a field in the words that `touchline set` takes. `chosen` and `parked` are "yes" or
 * empty. `number` is written for people and not read. The rows of a phase stand together.
 *
 * `ideas`, `actions` and `ledger` hold one entry a line, its parts between bars:
 *
 *     A cup of tea | price=low | taken=yes
 *     Buy two kits | owner=Ana | due=2026-12-04 | status=trying | wave=1 | agreed=Ben, Ana |
 * finding=... 2026-11-02 | complaint | 40 | text
 *
 * Spaces round a part do not count, named parts may come in any order, and parts at the end may be
 * left out. Within a part \\ is a backslash, \| a bar, \n (or a backslash before a line break) a
 * line break, and a backslash before a space or TAB keeps one that stands at an end; before
 * anything else a backslash is just that. So every text comes back as it was.
 */
#ifndef TOUCHLINE_CSV_BOARD_H
#define TOUCHLINE_CSV_BOARD_H

#include "touchline/csv.h"
#include "touchline/exchange.h"
#include "touchline/rows.h"
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

struct csv_board {
    const struct channels *channels; /* of the board: the words of that column */
    struct csv_style style;          /* when reading, only `raw` counts: apostrophes stay */
    struct progress progress;
};

/* Writes all rows of `source`, and hands on all bytes to the system. Errors are the source's and
 * csv_writer_finish()'s, and STATUS_STOPPED. */
enum status csv_board_write(const struct csv_board *how, FILE *file,
                            const struct row_source *source, struct error *error) MUST_USE;

/* What reading has seen; of use after an error too. */
struct csv_board_report {
    int64_t rows;   /* moments that the sink took */
    char **unknown; /* names of columns that a board has not; they were kept out */
    size_t unknown_count;
};
void csv_board_report_release(struct csv_board_report *report);

/* Reads rows into `sink`. Columns are told by their names in the first row that is not blank, in
 * any order, without case; only `title` must be there. Blank rows, also those of blank cells, are
 * dropped; a row with fewer cells than columns has empty ones at its end.
 *
 * STATUS_BAD_DATA, the error beginning with the place ("row 4, column 5: "): what csv_reader_next()
 * refuses, no or a doubled column of a name, a row without a title, a cell that its column cannot
 * hold (the error says what it can), a cell under no name, the first row once more, and what the
 * sink refuses by a rule of the method (its STATUS_REFUSED). Other errors of the sink come through
 * as they are. STATUS_STOPPED. *report is filled anew and the caller's to release. */
enum status csv_board_read(const struct csv_board *how, FILE *file, const struct row_sink *sink,
                           struct csv_board_report *report, struct error *error) MUST_USE;

#endif
