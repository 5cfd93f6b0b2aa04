/* A review while it goes on: what it hides, and how far it has come (R16). */
#include "review.h"

enum status review_now(struct store *store, int64_t *id, struct error *error)
{
    return store_ask(store, SQL_REVIEW_NOW, 0, 0, 0, id, error);
}

enum status review_blind_by(struct store *store, int64_t *id, struct error *error)
{
    return store_ask(store, SQL_BLIND_BY, 0, 0, 0, id, error);
}

/* --- what is hidden --------------------------------------------------------------------------- */

enum status review_hides(struct store *store, int64_t item, bool *hidden, struct error *error)
{
    int64_t found = 0;
    enum status status = store_ask(store, SQL_HIDDEN, item, 0, 0, &found, error);
    *hidden = found != 0;
    return status;
}

enum status review_hides_spread(struct store *store, int64_t item, bool *hidden,
                                struct error *error)
{
    int64_t found = 0;
    enum status status = store_ask(store, SQL_SPREAD_HIDDEN, item, 0, 0, &found, error);
    *hidden = found != 0;
    return status;
}

enum status review_hide(struct store *store, struct moment *moments, size_t count,
                        struct error *error)
{
    int64_t review = 0;
    enum status status = review_blind_by(store, &review, error);
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

/* --- the board as it was ---------------------------------------------------------------------- */

enum status review_note_hidden(struct store *past, struct error *error)
{
    return store_exec(past,
                      "CREATE TEMP TABLE review_of_now AS SELECT * FROM review "
                      "WHERE id = " BLIND_BY "; CREATE TEMP TABLE hidden_now(id INTEGER PRIMARY "
                      "KEY); INSERT INTO hidden_now SELECT id FROM item WHERE " IS_HIDDEN("item"),
                      error);
}

/* The past may know that review, too, and a rating anew that was taken back since. */
enum status review_keep_hidden(struct store *past, struct error *error)
{
    return store_exec(
        past,
        "INSERT OR IGNORE INTO review SELECT id, 1, day, 0, NULL, NULL, NULL FROM review_of_now; "
        "UPDATE rerating SET state = 2 WHERE review = (SELECT id FROM review_of_now) "
        "AND item IN (SELECT id FROM hidden_now); "
        "INSERT INTO rerating(state, item, review, before, after) SELECT 1, item.id, now.id, 0, 0 "
        "FROM review_of_now AS now JOIN item ON item.rating > 0 AND item.id NOT IN (SELECT id FROM "
        "hidden_now) AND NOT EXISTS (SELECT 1 FROM rerating WHERE rerating.item = item.id AND "
        "rerating.state = 0 AND rerating.review = now.id); "
        "DROP TABLE review_of_now; DROP TABLE hidden_now",
        error);
}

/* --- how far it has come ---------------------------------------------------------------------- */

/* The ratings that may be seen, and of them those that the review which goes on has given. */
static enum status count_shown(struct store *store, int64_t review, struct meter *meter,
                               int64_t *shown, int64_t *chosen_shown, struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_RERATED, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, review);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t rating = sqlite3_column_int64(read, 0), count = sqlite3_column_int64(read, 1);
        int64_t chosen = sqlite3_column_int64(read, 2);
        if (meter->review) {
            meter->reviewed += sqlite3_column_int64(read, 3);
            meter->chosen_reviewed += sqlite3_column_int64(read, 4);
        }
        if (rating <= RATING_NONE || rating >= RATINGS)
            continue;
        shown[rating] += count;
        *chosen_shown += chosen;
    }
    return status;
}

/* Nothing of the ratings that are hidden is counted by what they are. */
enum status review_count(struct store *store, struct meter *meter, struct error *error)
{
    int64_t shown[RATINGS] = {0}, chosen_shown = 0, review = 0;
    enum status status = review_now(store, &meter->review, error);
    if (status == STATUS_OK)
        status = review_blind_by(store, &review, error);
    if (status == STATUS_OK && review)
        status = count_shown(store, review, meter, shown, &chosen_shown, error);
    if (status != STATUS_OK || !review)
        return status;
    for (int rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        meter->hidden += meter->rated[rating] - shown[rating];
        meter->rated[rating] = shown[rating];
    }
    meter->chosen_hidden = meter->chosen_rated - chosen_shown;
    return status;
}
