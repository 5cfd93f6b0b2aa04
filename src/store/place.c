/* Where items stand: 64-bit places with gaps, so that an insert in the middle of 100,000 touches
 * one row, and a move says "put X after Y", which two people can do at once. */
#include "edit_internal.h"
#include "touchline/edit.h"
#include <assert.h>

/* Between neighbours at the ends of the line. */
#define PLACE_STEP (INT64_C(1) << 32)

/* --- gaps ------------------------------------------------------------------------------------- */

/* The places that a new one must lie between, and the item at the lower one (0: none). Deleted and
 * parked items keep their places, so all states count. */
struct gap {
    int64_t low, high, item;
    int64_t trend; /* which neighbour was put there later: > 0 the lower, < 0 the higher one */
};

/* The last item before `ord`, whatever its state. */
static enum status find_before(struct store *store, int64_t ord, int64_t *id, int64_t *at,
                               struct error *error)
{
    bool row;
    *id = 0;
    *at = -PLACE_MOST;
    sqlite3_stmt *find = store_statement(store, SQL_ITEM_BEFORE, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    enum status status = store_step_row(store, find, &row, error);
    if (status == STATUS_OK && row) {
        *id = sqlite3_column_int64(find, 0);
        *at = sqlite3_column_int64(find, 1);
    }
    sqlite3_reset(find);
    return status;
}

static enum status find_end(struct edit *edit, struct gap *gap, struct error *error)
{
    enum status status = STATUS_OK;
    *gap = (struct gap){.high = PLACE_MOST};
    if (!edit->end_known)
        status = find_before(edit->store, INT64_MAX, &edit->end, &edit->end_ord, error);
    edit->end_known = status == STATUS_OK;
    gap->low = edit->end_ord;
    gap->item = edit->end;
    return status;
}

/* The place after `low`, and which of the two neighbours came later. */
static enum status find_high(struct store *store, const struct moment *low, struct gap *gap,
                             struct error *error)
{
    bool row;
    gap->high = PLACE_MOST;
    sqlite3_stmt *find = store_statement(store, SQL_ITEM_AFTER, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, low->ord);
    enum status status = store_step_row(store, find, &row, error);
    if (status == STATUS_OK && row) {
        int64_t placed = sqlite3_column_int64(find, 1);
        gap->high = sqlite3_column_int64(find, 0);
        gap->trend = (low->placed > placed) - (low->placed < placed);
    }
    sqlite3_reset(find);
    return status;
}

static enum status find_gap(struct edit *edit, int64_t after, struct gap *gap, struct error *error)
{
    struct moment low = {.ord = -PLACE_MOST};
    enum status status = STATUS_OK;
    if (after == PLACE_END)
        return find_end(edit, gap, error);
    if (after != PLACE_START)
        status = edit_read_counted(edit->store, after, &low, error);
    gap->low = low.ord;
    gap->item = after;
    return status == STATUS_OK ? find_high(edit->store, &low, gap, error) : status;
}

/* Close to the neighbour that came last: who writes on takes the place after it, who writes
 * backwards the one before, and either leaves nearly all of the gap, so that some 10,000 fit one
 * spot. */
static int64_t within(const struct gap *gap)
{
    if (gap->low == -PLACE_MOST)
        return gap->high == PLACE_MOST ? 0 : gap->high - PLACE_STEP;
    if (gap->high == PLACE_MOST)
        return gap->low + PLACE_STEP;
    int64_t part = (gap->high - gap->low) / 1024;
    part = part > 0 ? part : 1;
    if (gap->trend == 0)
        return gap->low + (gap->high - gap->low) / 2;
    return gap->trend > 0 ? gap->low + part : gap->high - part;
}

/* Even gaps everywhere. Nobody sees it: it is not history. */
static enum status renumber(struct edit *edit, struct error *error)
{
    sqlite3_stmt *statement = store_statement(edit->store, SQL_RENUMBER, error);
    if (!statement)
        return error->status;
    sqlite3_bind_int64(statement, 1, PLACE_STEP);
    edit->end_known = false;
    store_anchor_forget(edit->store);
    return store_run(edit->store, statement, error);
}

enum status place_find(struct edit *edit, int64_t after, int64_t *ord, int64_t *before,
                       struct error *error)
{
    struct gap gap = {0};
    for (int tries = 0; tries < 2; tries++) {
        enum status status = find_gap(edit, after, &gap, error);
        if (status != STATUS_OK)
            return status;
        bool sound = gap.low >= -PLACE_MOST && gap.low < PLACE_MOST && gap.high <= PLACE_MOST;
        *ord = sound ? within(&gap) : gap.low;
        *before = gap.item;
        if (sound && *ord > gap.low && *ord < gap.high)
            return STATUS_OK;
        if ((status = renumber(edit, error)) != STATUS_OK)
            return status;
    }
    return error_set(error, STATUS_FAILED, "no place is left there; put it elsewhere");
}

enum status place_is_free(struct edit *edit, int64_t ord, int64_t *before, bool *free,
                          struct error *error)
{
    int64_t at;
    *free = false;
    if (ord <= -PLACE_MOST || ord >= PLACE_MOST)
        return STATUS_OK;
    enum status status = find_before(edit->store, ord + 1, before, &at, error);
    *free = status == STATUS_OK && at != ord;
    return status;
}

/* --- moves ------------------------------------------------------------------------------------ */

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

static enum status write_place(struct edit *edit, struct moment *item, int64_t ord, int64_t placed,
                               struct error *error)
{
    sqlite3_stmt *write = store_statement(edit->store, SQL_PLACE, error);
    if (!write)
        return error->status;
    sqlite3_bind_int64(write, 1, item->id);
    sqlite3_bind_int64(write, 2, ord);
    sqlite3_bind_int64(write, 3, placed);
    enum status status = store_run(edit->store, write, error);
    tally_count(edit, item, -1);
    item->ord = ord;
    item->placed = placed;
    tally_count(edit, item, +1);
    edit->end_known = false;
    return status;
}

enum status place_put(struct edit *edit, int64_t id, int64_t after, int64_t placed,
                      struct error *error)
{
    struct moment item = {0};
    int64_t old, was_at, ord, follows;
    assert(after != id && after != PLACE_END);
    enum status status = place_find(edit, after, &ord, &follows, error);
    if (status == STATUS_OK)
        status =
            edit_read_counted(edit->store, id, &item, error); /* renumbering may have moved it */
    if (status == STATUS_OK)
        status = find_before(edit->store, item.ord, &old, &was_at, error);
    if (status == STATUS_OK)
        status = record_place(edit, &item, old, follows, placed, error);
    return status == STATUS_OK ? write_place(edit, &item, ord, placed, error) : status;
}

/* Whether it stands right after that already, as the screen shows it (deleted and parked ones in
 * between do not count) or in the whole order. */
static enum status stands_there(struct store *store, const struct moment *item, int64_t after,
                                bool *there, struct error *error)
{
    int64_t before = 0, at;
    *there = after == item->id;
    enum status status = find_before(store, item->ord, &before, &at, error);
    if (status == STATUS_OK && before != after && item->state == STATE_LIVE)
        status = store_ask(store, SQL_LIVE_BEFORE, item->ord, 0, 0, &before, error);
    *there = *there || before == after;
    return status;
}

static enum status move(struct edit *edit, int64_t id, int64_t after, struct error *error)
{
    struct store *store = edit->store;
    struct moment item = {0};
    bool there = false;
    enum status status = edit_read_counted(store, id, &item, error);
    if (status == STATUS_OK && item.state == STATE_DELETED)
        status = error_set(error, STATUS_NOT_FOUND, "it was deleted meanwhile");
    if (status == STATUS_OK && after == PLACE_END)
        status = store_ask(store, SQL_LAST_ITEM, 0, 0, PLACE_START, &after, error);
    if (status == STATUS_OK)
        status = stands_there(store, &item, after, &there, error);
    return status == STATUS_OK && !there ? place_put(edit, id, after, edit->id, error) : status;
}

enum status edit_move(struct edit *edit, int64_t id, int64_t after, struct error *error)
{
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = move(edit, id, after, error);
    return edit_note(edit, status);
}
