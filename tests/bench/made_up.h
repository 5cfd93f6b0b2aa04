/* Made-up boards of any size, the same in each run: about 260 bytes a moment, two of three with
 * text beyond ASCII, a phase every ten moments, later every two hundred.
 */
#ifndef TOUCHLINE_BENCH_MADE_UP_H
#define TOUCHLINE_BENCH_MADE_UP_H

#include "touchline/rows.h"

struct made_up {
    int64_t moments;
    bool plain;    /* without ideas and actions */
    int64_t given; /* so far */
};

/* Its `data` is the struct made_up. */
struct row_source made_up_source(struct made_up *made_up);

/* A new board of them, and a new CSV file. */
enum status made_up_board(const char *path, struct made_up made_up, struct error *error) MUST_USE;
enum status made_up_csv(const char *path, struct made_up made_up, struct error *error) MUST_USE;

#endif
