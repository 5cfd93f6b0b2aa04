/* What a review that goes on keeps from those who rate anew (R16): one rule for every query, one
 * function for every record that is read to be shown. */
#ifndef STORE_REVIEW_H
#define STORE_REVIEW_H

#include "internal.h"
#include "touchline/method.h"

/* The review that goes on, or NULL; and whether it is yet to give the rating of an item anew:
 * rated, and not yet in this review. `item` is what the query calls the table. */
#define REVIEW_NOW "(SELECT max(id) FROM review WHERE state = 0 AND ended = 0)"
#define IS_HIDDEN(item)                                                                            \
    "(" item ".rating > 0 AND " REVIEW_NOW " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rerating "  \
    "WHERE rerating.item = " item ".id AND rerating.state = 0 AND rerating.review = " REVIEW_NOW   \
    "))"

/* The id of the review that goes on, 0: none. */
enum status review_now(struct store *store, int64_t *id, struct error *error) MUST_USE;

/* What a person may see of moments: a rating that is to be given anew becomes RATING_HIDDEN, and
 * what would betray it, target and first rating, none. */
enum status review_hide(struct store *store, struct moment *moments, size_t count,
                        struct error *error) MUST_USE;

/* Whether the rating of an item is hidden just now. */
enum status review_hides(struct store *store, int64_t item, bool *hidden,
                         struct error *error) MUST_USE;

/* Takes out of the meter what is hidden, and puts in how far the review has come. */
enum status review_count(struct store *store, struct meter *meter, struct error *error) MUST_USE;

#endif
