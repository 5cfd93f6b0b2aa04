/* What reviews found (R16). */
#include "review.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <string.h>

enum status store_review_now(struct store *store, int64_t *id, struct error *error)
{
    return review_now(store, id, error);
}

void drift_release(struct drift *drift)
{
    for (size_t i = 0; i < drift->count; i++)
        memory_free(drift->at[i].title);
    memory_free(drift->at);
    memset(drift, 0, sizeof *drift);
}

static enum status add_drifted(struct store *store, sqlite3_stmt *read, struct drift *drift,
                               struct error *error)
{
    const char *title;
    enum status status = store_read_text(store, read, 2, RECORD_ITEM, ITEM_TITLE, &title, error);
    if (status != STATUS_OK)
        return status;
    drift->at = memory_resize(drift->at, drift->count + 1, sizeof *drift->at);
    struct drifted *drifted = &drift->at[drift->count++];
    *drifted = (struct drifted){.moment = sqlite3_column_int64(read, 0),
                                .title = memory_copy(title),
                                .chosen = sqlite3_column_int(read, 3) != 0,
                                .before = sqlite3_column_int64(read, 4),
                                .after = sqlite3_column_int64(read, 5)};
    return store_number_at_ord(store, sqlite3_column_int64(read, 1), &drifted->number, error);
}

static enum status read_drift(struct store *store, int64_t review, struct drift *drift,
                              struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_DRIFT, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, review);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row)
        if ((status = add_drifted(store, read, drift, error)) != STATUS_OK)
            break;
    sqlite3_reset(read);
    return status;
}

enum status store_drift(struct store *store, int64_t review, struct drift *drift,
                        struct error *error)
{
    drift_release(drift);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = read_drift(store, review, drift, error);
    store_read_end(store);
    return status;
}
