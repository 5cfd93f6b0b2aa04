/* Where items stand: 64-bit places with gaps, so that an insert in the middle of 100,000 touches
 * one row, and a move says "put X after Y", which two people can do at once. */
#include "edit_internal.h"
#include <assert.h>

/* Between neighbours at the end of the line. An insert takes 1/1024 of its gap: about 17,000 at one
 * spot before it is used up. */
#define PLACE_STEP (INT64_C(1) << 32)
#define PLACE_MOST (INT64_C(1) << 62)

/* The nearest place before (or after) `ord` over all states: deleted and parked items keep theirs.
 */
static enum status nearest(struct store *store, enum statement which, int64_t ord, int64_t none,
                           int64_t *found, struct error *error)
{
    sqlite3_stmt *find = store_statement(store, which, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    return store_integer(store, find, none, found, error);
}

enum status place_before(struct store *store, int64_t ord, int64_t *id, struct error *error)
{
    return nearest(store, SQL_ITEM_BEFORE, ord, 0, id, error);
}

static enum status renumber(struct edit *edit, struct error *error)
{
    sqlite3_stmt *statement = store_statement(edit->store, SQL_RENUMBER, error);
    if (!statement)
        return error->status;
    sqlite3_bind_int64(statement, 1, PLACE_STEP);
    store_anchor_forget(edit->store);
    return store_run(edit->store, statement, error);
}

static enum status ord_of(struct store *store, int64_t id, int64_t *ord, struct error *error)
{
    struct moment item = {0};
    enum status status = edit_read_counted(store, id, &item, error);
    *ord = item.ord;
    return status;
}

/* The places that a new one must lie between; -PLACE_MOST and PLACE_MOST where there is none. */
static enum status find_gap(struct store *store, int64_t after, int64_t *low, int64_t *high,
                            struct error *error)
{
    enum status status = STATUS_OK;
    *low = -PLACE_MOST;
    *high = PLACE_MOST;
    if (after == PLACE_END)
        return nearest(store, SQL_LAST_ORD, PLACE_MOST, -PLACE_MOST, low, error);
    if (after != PLACE_START)
        status = ord_of(store, after, low, error);
    return status == STATUS_OK ? nearest(store, SQL_NEXT_ORD, *low, PLACE_MOST, high, error)
                               : status;
}

static int64_t within_gap(int64_t low, int64_t high)
{
    if (low == -PLACE_MOST)
        return high == PLACE_MOST ? 0 : high - PLACE_STEP;
    if (high == PLACE_MOST)
        return low + PLACE_STEP;
    int64_t part = (high - low) / 1024;
    return low + (part > 0 ? part : 1);
}

enum status place_find(struct edit *edit, int64_t after, int64_t *ord, struct error *error)
{
    int64_t low, high;
    for (int tries = 0; tries < 2; tries++) {
        enum status status = find_gap(edit->store, after, &low, &high, error);
        if (status != STATUS_OK)
            return status;
        *ord = within_gap(low, high);
        if (*ord > low && *ord < high)
            return STATUS_OK;
        if ((status = renumber(edit, error)) != STATUS_OK)
            return status;
    }
    return error_set(error, STATUS_FAILED, "no place is left there; move it elsewhere");
}

static enum status record_place(struct edit *edit, const struct moment *item, int64_t before,
                                int64_t after, int64_t placed, struct error *error)
{
    struct buffer old = {0}, new = {0};
    buffer_add_format(&old, "%lld %lld", (long long)before, (long long)item->placed);
    buffer_add_format(&new, "%lld %lld", (long long)after, (long long)placed);
    enum status status =
        edit_record_change(edit, RECORD_ITEM, item->id, CHANGE_PLACE, value_text(buffer_text(&old)),
                           value_text(buffer_text(&new)), error);
    buffer_release(&old);
    buffer_release(&new);
    return status;
}

enum status place_put(struct edit *edit, const struct moment *put, int64_t after, int64_t placed,
                      struct error *error)
{
    struct store *store = edit->store;
    struct moment item = *put;
    int64_t before, ord;
    assert(after != item.id);
    enum status status = place_find(edit, after, &ord, error);
    if (status == STATUS_OK)
        status =
            edit_read_counted(store, put->id, &item, error); /* renumbering may have moved it */
    if (status == STATUS_OK)
        status = place_before(store, item.ord, &before, error);
    if (status == STATUS_OK)
        status = record_place(edit, &item, before, after, placed, error);
    sqlite3_stmt *write = store_statement(store, SQL_PLACE, error);
    if (status != STATUS_OK || !write)
        return error->status;
    sqlite3_bind_int64(write, 1, item.id);
    sqlite3_bind_int64(write, 2, ord);
    sqlite3_bind_int64(write, 3, placed);
    status = store_run(store, write, error);
    tally_count(edit, &item, -1);
    item.ord = ord;
    item.placed = placed;
    tally_count(edit, &item, +1);
    return status;
}

enum status edit_move(struct edit *edit, int64_t id, int64_t after, struct error *error)
{
    struct moment item = {0};
    int64_t before = 0;
    enum status status = edit_read_counted(edit->store, id, &item, error);
    if (status == STATUS_OK && item.state == STATE_DELETED)
        status = error_set(error, STATUS_NOT_FOUND, "it was deleted meanwhile");
    if (status == STATUS_OK && after == PLACE_END)
        status = nearest(edit->store, SQL_LAST_ITEM, PLACE_MOST, PLACE_START, &after, error);
    if (status == STATUS_OK)
        status = place_before(edit->store, item.ord, &before, error);
    if (status != STATUS_OK || after == id || after == before)
        return status;
    return place_put(edit, &item, after, edit->id, error);
}
