/* From one moment to another: neighbours, ends, phases, and what the guide's steps call next. */
#include "filter.h"
#include "touchline/buffer.h"
#include "touchline/edit.h"
#include "touchline/query.h"
#include "touchline/text.h"

/* Where an item stands; STATUS_NOT_FOUND. A deleted one keeps its place. */
static enum status ord_of(struct store *store, int64_t id, int64_t *ord, struct error *error)
{
    enum status status = store_ask(store, SQL_ORD_OF, id, 0, INT64_MIN, ord, error);
    if (status == STATUS_OK && *ord == INT64_MIN)
        status = error_set(error, STATUS_NOT_FOUND, "there is no moment or phase id:%lld",
                           (long long)id);
    return status;
}

/* --- along the line --------------------------------------------------------------------------- */

/* The last of up to `most` moments beyond `ord`; *to stays as it is when there is none. */
static enum status walk(struct store *store, const struct filter *filter, bool onwards, int64_t ord,
                        int64_t most, int64_t *to, struct error *error)
{
    bool filtered = filter && filter_is_on(filter), row;
    enum statement which = filtered ? (onwards ? SQL_STEP_HITS_ON : SQL_STEP_HITS_BACK)
                                    : (onwards ? SQL_STEP_ON : SQL_STEP_BACK);
    struct buffer folded = {0};
    enum status status;
    sqlite3_stmt *read = store_statement(store, which, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, ord);
    sqlite3_bind_int64(read, 2, most);
    if (filtered)
        filter_bind(filter, read, &folded);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row)
        *to = sqlite3_column_int64(read, 0);
    buffer_release(&folded);
    return status;
}

enum status store_step(struct store *store, int64_t id, int64_t steps, const struct filter *filter,
                       int64_t *to, struct error *error)
{
    int64_t ord;
    int64_t most = steps > 0 ? steps : steps < -INT64_MAX ? INT64_MAX : -steps;
    *to = id;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = ord_of(store, id, &ord, error);
    if (status == STATUS_OK)
        status = walk(store, filter, steps > 0, ord, most, to, error);
    store_read_end(store);
    return status;
}

enum status store_ends(struct store *store, const struct filter *filter, int64_t *first,
                       int64_t *last, struct error *error)
{
    *first = *last = 0;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = walk(store, filter, true, INT64_MIN, 1, first, error);
    if (status == STATUS_OK)
        status = walk(store, filter, false, INT64_MAX, 1, last, error);
    store_read_end(store);
    return status;
}

enum status store_neighbours(struct store *store, int64_t id, int64_t *before, int64_t *after,
                             struct error *error)
{
    int64_t ord = INT64_MIN;
    *before = *after = 0;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = id == PLACE_START ? STATUS_OK : ord_of(store, id, &ord, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_LIVE_BEFORE, ord, 0, 0, before, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_LIVE_AFTER, ord, 0, 0, after, error);
    store_read_end(store);
    return status;
}

enum status store_phase_end(struct store *store, int64_t phase, int64_t *last, struct error *error)
{
    return store_ask(store, SQL_PHASE_END, phase, 0, phase, last, error);
}

enum status store_phase_step(struct store *store, int64_t id, int direction, int64_t *to,
                             struct error *error)
{
    int64_t ord;
    *to = 0;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = ord_of(store, id, &ord, error);
    if (status == STATUS_OK)
        status = store_ask(store, direction > 0 ? SQL_NEXT_PHASE : SQL_PREVIOUS_PHASE, ord, 0, 0,
                           to, error);
    store_read_end(store);
    return status;
}

/* --- what the guide calls next ---------------------------------------------------------------- */

/* Onwards from `ord`, then from the start up to it: neither finds the moment that stands there. */
static enum status find_round(struct store *store, enum statement which, int64_t ord, int64_t *to,
                              struct error *error)
{
    enum status status = store_ask(store, which, ord, INT64_MAX, 0, to, error);
    if (status == STATUS_OK && *to == 0)
        status = store_ask(store, which, INT64_MIN, ord, 0, to, error);
    return status;
}

static enum status find_next(struct store *store, enum next next, int64_t from, int64_t *to,
                             struct error *error)
{
    static const enum statement ways[][2] = {
        [NEXT_WITHOUT_CHANNEL] = {SQL_NEXT_COLOURLESS, STATEMENTS},
        [NEXT_UNTIMED] = {SQL_NEXT_UNTIMED, STATEMENTS},
        [NEXT_UNRATED] = {SQL_NEXT_CHOSEN_UNRATED, SQL_NEXT_UNRATED},
        [NEXT_UNPLANNED] = {SQL_NEXT_UNPLANNED, STATEMENTS},
        [NEXT_TO_REVIEW] = {SQL_NEXT_CHOSEN_TO_REVIEW, SQL_NEXT_TO_REVIEW},
    };
    int64_t ord;
    if (next == NEXT_BY_DOTS)
        return store_ask(store, SQL_NEXT_BY_DOTS, from, 0, 0, to, error);
    enum status status = store_ask(store, SQL_ORD_OF, from, 0, INT64_MIN, &ord, error);
    for (int i = 0; i < 2 && status == STATUS_OK && *to == 0 && ways[next][i] != STATEMENTS; i++)
        status = find_round(store, ways[next][i], ord, to, error);
    return status;
}

enum status store_next(struct store *store, enum next next, int64_t from, int64_t *to,
                       struct error *error)
{
    *to = 0;
    if (next == NEXT_NONE)
        return STATUS_OK;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = find_next(store, next, from, to, error);
    store_read_end(store);
    return status;
}

/* --- doubles ---------------------------------------------------------------------------------- */

enum status store_similar(struct store *store, const char *title, int64_t *id, struct error *error)
{
    enum status status;
    bool row;
    const char *other;
    *id = 0;
    sqlite3_stmt *read = store_statement(store, SQL_TITLES_BACK, error);
    if (!read)
        return error->status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        status = store_read_text(store, read, 1, RECORD_ITEM, ITEM_TITLE, &other, error);
        if (status == STATUS_OK && text_nearly_same(title, other))
            *id = sqlite3_column_int64(read, 0);
        if (status != STATUS_OK || *id)
            break;
    }
    sqlite3_reset(read);
    return status;
}
