/* A short working session on a board, the same each time: what a fault test runs again and again
 * while it takes the disk away. Each part is one edit, whose words are its name.
 */
#ifndef TOUCHLINE_TESTS_SESSION_SCRIPT_H
#define TOUCHLINE_TESTS_SESSION_SCRIPT_H

#include "touchline/edit.h"

/* How many parts there are; the last one is an edit larger than SQLite's page cache. */
#define SCRIPT_PARTS 24
#define SCRIPT_LARGE (SCRIPT_PARTS - 1)

/* Runs one part (from 0) on the board that the parts before it left, as far as they could; *made
 * tells whether there was anything to change, so that STATUS_OK means one more edit in the file. */
enum status script_run(struct store *store, int part, bool *made, struct error *error);

#endif
