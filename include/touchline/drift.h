/* room: model
 *
 * What moved between reviews (R16): of one moment, and of the whole board as a small plot, a column
 * a review with its moments stacked: the miserable at the bottom, the magical on top.
 */
#ifndef TOUCHLINE_DRIFT_H
#define TOUCHLINE_DRIFT_H

#include "touchline/buffer.h"
#include "touchline/record.h"

enum drift_way { DRIFT_DOWN, DRIFT_SAME, DRIFT_UP, DRIFT_NEW, DRIFT_HIDDEN, DRIFT_WAYS };

/* Which way a rating went; one that was unrated before, or is now, is new; of what a review that
 * goes on hides nothing is told. */
enum drift_way drift_way(int64_t before, int64_t after);

/* "up", "down", "same", "new", "hidden" */
const char *drift_word(enum drift_way way);

/* Whether a review has ended and no other one hides what it counted. */
bool drift_is_counted(const struct review *review);

/* "2 miserable, 3 neutral, 1 magical", as a review that has ended counted them; nothing
 * unless drift_is_counted(). */
void drift_counts(const struct review *review, struct buffer *out);

/* How many moments a sign of the plot stands for, so that the tallest of these reviews fits `rows`;
 * at least 1. What there is any of has a sign. */
int64_t drift_unit(const struct review *reviews, size_t count, int rows);

/* The rating whose sign stands in a row of a review's column, from 0 at the bottom; RATING_NONE
 * above its top. */
int64_t drift_sign(const struct review *review, int64_t unit, int row);

#endif
