/* A review while it goes on: what it hides, and how far it has come (R16). */
#include "review.h"

enum status review_now(struct store *store, int64_t *id, struct error *error)
{
    return store_ask(store, SQL_REVIEW_NOW, 0, 0, 0, id, error);
}

/* --- what is hidden --------------------------------------------------------------------------- */

enum status review_hides(struct store *store, int64_t item, bool *hidden, struct error *error)
{
    int64_t found = 0;
    enum status status = store_ask(store, SQL_HIDDEN, item, 0, 0, &found, error);
    *hidden = found != 0;
    return status;
}

enum status review_hide(struct store *store, struct moment *moments, size_t count,
                        struct error *error)
{
    int64_t review = 0;
    enum status status = review_now(store, &review, error);
    for (size_t i = 0; status == STATUS_OK && review && i < count; i++) {
        bool hidden = false;
        status = review_hides(store, moments[i].id, &hidden, error);
        if (!hidden)
            continue;
        moments[i].rating = RATING_HIDDEN;
        moments[i].target = moments[i].first_rating = RATING_NONE;
    }
    return status;
}

/* --- how far it has come ---------------------------------------------------------------------- */

static enum status count_reviewed(struct store *store, struct meter *meter, int64_t *seen,
                                  int64_t *chosen_seen, struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_RERATED, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, meter->review);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t rating = sqlite3_column_int64(read, 0), count = sqlite3_column_int64(read, 1);
        int64_t chosen = sqlite3_column_int64(read, 2);
        meter->reviewed += count;
        meter->chosen_reviewed += chosen;
        if (rating <= RATING_NONE || rating >= RATINGS)
            continue;
        seen[rating] += count;
        *chosen_seen += chosen;
    }
    return status;
}

/* Nothing of the ratings that are hidden is counted by what they are. */
enum status review_count(struct store *store, struct meter *meter, struct error *error)
{
    int64_t seen[RATINGS] = {0}, chosen_seen = 0;
    enum status status = review_now(store, &meter->review, error);
    if (status == STATUS_OK && meter->review)
        status = count_reviewed(store, meter, seen, &chosen_seen, error);
    if (status != STATUS_OK || !meter->review)
        return status;
    for (int rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        meter->hidden += meter->rated[rating] - seen[rating];
        meter->rated[rating] = seen[rating];
    }
    meter->chosen_hidden = meter->chosen_rated - chosen_seen;
    return status;
}
