/* Bare SQLite, to stand beside ours: a connection with the board's own care for the disk, and
 * statements of one line.
 */
#ifndef TOUCHLINE_BENCH_SQLITE_H
#define TOUCHLINE_BENCH_SQLITE_H

#include "touchline/status.h"
#include <sqlite3.h>

enum status sqlite_begin(const char *path, sqlite3 **db, struct error *error) MUST_USE;
enum status sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement,
                           struct error *error) MUST_USE;

/* Steps to the end. */
enum status sqlite_run(sqlite3_stmt *statement, struct error *error) MUST_USE;

#endif
