/* room: exchange
 *
 * CSV: rows of cells, as RFC 4180 has it and as spreadsheets write it.
 *
 *     struct csv_reader *csv = csv_reader_new(file);
 *     bool done = false;
 *     while ((status = csv_reader_next(csv, &done, error)) == STATUS_OK && !done)
 *         puts(csv_reader_cell(csv, 0).text);
 *     csv_reader_free(csv);
 *
 * Read are: a UTF-8 byte order mark, rows ended by CRLF, LF or CR (also mixed, the last one
 * optional), quoted cells with line breaks and doubled quotes in them. A line break within a cell
 * is given as LF. The separator is the comma; where the first row has no comma outside quotes, it
 * is the semicolon (spreadsheets write it where the comma parts decimals) or the TAB, whichever
 * that row has more of.
 *
 * Everything else is refused with its place rather than guessed at. Memory is bounded whatever the
 * file is: one block, and one row of at most CSV_ROW_MAX bytes.
 */
#ifndef TOUCHLINE_CSV_H
#define TOUCHLINE_CSV_H

#include "touchline/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>

/* Limits of a row: cells, and bytes of all its cells together. No cell can be longer than that;
 * what a board's field may hold is less, and is for its reader to check. */
#define CSV_COLUMNS_MAX 1000
#define CSV_ROW_MAX     ((size_t)16 << 20)

/* --- reading ---------------------------------------------------------------------------------- */

/* Text of a cell: valid UTF-8 without NUL, a NUL after its end. Lives until the next row. */
struct csv_cell {
    const char *text;
    size_t length; /* bytes */
};

struct csv_reader;

/* Reads from the present place of `file`, which stays the caller's and must outlive the reader. */
struct csv_reader *csv_reader_new(FILE *file);
void csv_reader_free(struct csv_reader *reader);

/* Reads the next row; *done when there is none. A blank line is a row without cells, so that rows
 * are counted as a spreadsheet counts them.
 *
 * STATUS_BAD_DATA, the error telling the place: NUL, not UTF-8, UTF-16, a file of a known other
 * kind, a quote within a bare cell, text after a closing quote, a quote that never closes (the
 * place where it opens), a row beyond the limits. STATUS_NO_INPUT: a folder. STATUS_FAILED: reading
 * failed. After an error the reader can only be freed. */
enum status csv_reader_next(struct csv_reader *reader, bool *done, struct error *error) MUST_USE;

/* The row read last: how many cells, and each of them, counted from 0. */
size_t csv_reader_columns(const struct csv_reader *reader);
struct csv_cell csv_reader_cell(const struct csv_reader *reader, size_t column);

/* Puts the place in front of an error about the row read last, counted from 1 as people do: "row 4,
 * column 5 (rating), line 9: ". The first row counts; the line stands there only when cells with
 * line breaks have made it differ from the row. `name` may be NULL; CSV_NO_COLUMN: the row alone.
 */
#define CSV_NO_COLUMN SIZE_MAX
void csv_reader_locate(const struct csv_reader *reader, size_t column, const char *name,
                       struct error *error);

/* Bytes of the file taken in so far. */
int64_t csv_reader_bytes(const struct csv_reader *reader);

/* --- writing ---------------------------------------------------------------------------------- */

/* Commas always. Zeroed: LF at the end of rows, formulas made harmless. */
struct csv_style {
    bool excel; /* a byte order mark first, CRLF at the end of rows */
    bool raw;   /* cells as they are, formulas too */
};

struct csv_writer;

/* Writes to `file`, which stays the caller's. */
struct csv_writer *csv_writer_new(FILE *file, struct csv_style style);

/* What csv_writer_finish() has not written is lost. */
void csv_writer_free(struct csv_writer *writer);

/* Adds a cell to the row, quoted where it must be and guarded unless the style is raw. */
void csv_writer_cell(struct csv_writer *writer, const char *text, size_t length);
void csv_writer_number(struct csv_writer *writer, int64_t number);

/* Ends the row, and finish the file: all of it has been handed to the system then. STATUS_FULL: no
 * room on the disk. STATUS_FAILED: anything else, as a reader of the pipe that has gone. */
enum status csv_writer_end_row(struct csv_writer *writer, struct error *error) MUST_USE;
enum status csv_writer_finish(struct csv_writer *writer, struct error *error) MUST_USE;

/* Bytes written so far, those not yet handed to the system included. */
int64_t csv_writer_bytes(const struct csv_writer *writer);

/* --- the guard -----------------------------------------------------------------------------------
 *
 * A spreadsheet runs a cell that begins with = + - @ TAB CR LF or a full-width ＝＋－＠ as a
 * formula. The writer puts one apostrophe in front of a text that is zero or more apostrophes
 * followed by one of these, unless it is a plain number (-12.5); whoever reads takes exactly one
 * away from a text that is one or more apostrophes followed by one of these. So every text comes
 * back, also one that had apostrophes of its own.
 */

/* Whether an apostrophe goes in front when written; whether one comes away when read. */
bool csv_guard_needed(const char *text, size_t length);
bool csv_guard_present(const char *text, size_t length);

#endif
