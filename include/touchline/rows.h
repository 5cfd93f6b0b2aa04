/* room: model
 *
 * A board row by row, as formats read and write it: the store gives rows, exchange writes them;
 * exchange reads rows, the store takes them. Neither knows the other. So with the lists of what
 * belongs to no moment alone.
 */
#ifndef TOUCHLINE_ROWS_H
#define TOUCHLINE_ROWS_H

#include "touchline/record.h"

/* A moment with all that belongs to it. */
struct row {
    struct moment moment; /* number: 0 when parked */
    char *phase;          /* its phase's title, NULL before the first */
    struct ideas ideas;
    struct actions actions;
    struct entries entries;
};
void row_init(struct row *row);
void row_release(struct row *row);

/* Whether its phase has that title; NULL: whether it is before the first. */
bool row_in_phase(const struct row *row, const char *title);

/* Gives rows one after the other, in the board's order, parked ones last. */
struct row_source {
    /* Fills *row (released and filled anew at each call); *done at the end. */
    enum status (*next)(void *data, struct row *row, bool *done, struct error *error);
    void *data;

    /* Begins anew with the first row; NULL: it can give them only once. */
    enum status (*again)(void *data, struct error *error);
};

/* Takes rows one after the other. A rule it refuses by comes back as an error without a place: the
 * reader puts the row and column in front. `field` (may be NULL) receives the name of the CSV
 * column that the refusal is about, or NULL. */
struct row_sink {
    enum status (*add)(void *data, const struct row *row, const char **field, struct error *error);
    void *data;
};

/* --- what is no row of a moment --------------------------------------------------------------- */

struct people {
    struct person *at;
    size_t count;
};
void people_release(struct people *people);

/* An action with what is to be said of its moment. */
struct planned {
    struct action action;
    int64_t number;         /* of its moment; 0 when parked */
    char *moment;           /* title */
    int64_t rating, target; /* of the moment, too */
};
struct plan {
    struct planned *at;
    size_t count;
};
void plan_release(struct plan *plan);

/* What customers answered, by the wave's number. */
struct waves {
    struct wave *at;
    size_t count;
};
void waves_release(struct waves *waves);
const struct wave *waves_by_number(const struct waves *waves, int64_t number); /* NULL: none */

#endif
