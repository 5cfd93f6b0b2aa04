/* What a review that goes on keeps from those who rate anew (R16): one rule for every query, one
 * function for every record that is read to be shown. */
#ifndef STORE_REVIEW_H
#define STORE_REVIEW_H

#include "internal.h"
#include "touchline/method.h"

/* The review that goes on, or NULL. The board as it was hides what is hidden now, so there the
 * review of now is kept beside its own ones, with a rerating for each rating that may be seen: both
 * in a state of their own (1, as what is parked), which no list of reviews reads. */
#define REVIEW_NOW "(SELECT max(id) FROM review WHERE state = 0 AND ended = 0)"
#define BLIND_BY   "(SELECT max(id) FROM review WHERE state IN (0, 1) AND ended = 0)"

/* Whether the rating of an item is yet to be given anew: rated, and not yet in this review. `item`
 * is what the query calls the table. */
#define IS_HIDDEN(item)                                                                            \
    "(" item ".rating > 0 AND " BLIND_BY " IS NOT NULL AND NOT EXISTS (SELECT 1 FROM rerating "    \
    "WHERE rerating.item = " item                                                                  \
    ".id AND rerating.state IN (0, 1) AND rerating.review = " BLIND_BY "))"

/* The id of the review that goes on, 0: none; and of the one that hides, which of the board as it
 * was may be another. */
enum status review_now(struct store *store, int64_t *id, struct error *error) MUST_USE;
enum status review_blind_by(struct store *store, int64_t *id, struct error *error) MUST_USE;

/* For the board as it was: what is hidden now is noted before anything is taken back, and kept
 * hidden once all is. */
enum status review_note_hidden(struct store *past, struct error *error) MUST_USE;
enum status review_keep_hidden(struct store *past, struct error *error) MUST_USE;

/* What a person may see of moments: a rating that is to be given anew becomes RATING_HIDDEN, and
 * what would betray it, target and first rating, none. */
enum status review_hide(struct store *store, struct moment *moments, size_t count,
                        struct error *error) MUST_USE;

/* Whether the rating of an item is hidden just now. */
enum status review_hides(struct store *store, int64_t item, bool *hidden,
                         struct error *error) MUST_USE;

/* Whether what people voted of an item would tell it: unless they have voted in this very review.
 */
enum status review_hides_spread(struct store *store, int64_t item, bool *hidden,
                                struct error *error) MUST_USE;

/* Takes out of the meter what is hidden, and puts in how far the review has come. */
enum status review_count(struct store *store, struct meter *meter, struct error *error) MUST_USE;

#endif
