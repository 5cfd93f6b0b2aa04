/* The whole board row by row, in one reading: for lists and exports. */
#include "review.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <string.h>

/* Which moments have anything of a kind: a bit an id, so that the many that have nothing cost no
 * look-up each. Ids beyond what a board needs are looked up instead. */
struct owners {
    unsigned char *bits;
    int64_t size; /* ids below it have a bit */
    bool beyond;  /* there are ids above OWNERS_MOST */
};
#define OWNERS_MOST (INT64_C(1) << 24)

struct store_rows {
    struct store *store;
    sqlite3_stmt *items;
    int64_t state; /* which items the statement is at: live, then parked; deleted: at the end */
    int64_t number;
    char *phase;
    struct owners ideas, actions, entries;
    bool blind; /* a review goes on, */
    bool hides; /* and what it is yet to rate anew is not to be given */
};

static enum status find_owners(struct store *store, enum statement which, struct owners *owners,
                               struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, which, error);
    if (!read)
        return error->status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t id = sqlite3_column_int64(read, 0);
        if (!owners->bits && id >= 0 && id < OWNERS_MOST) { /* the highest id comes first */
            owners->size = id + 1;
            owners->bits = memory_new((size_t)(owners->size / 8 + 1), 1);
        }
        if (owners->bits && id >= 0 && id < owners->size)
            owners->bits[id / 8] |= (unsigned char)(1 << id % 8);
        else /* or does not, in an index that is damaged */
            owners->beyond = true;
    }
    return status;
}

static bool owns(const struct owners *owners, int64_t id)
{
    if (id < 0 || id >= owners->size)
        return owners->beyond;
    return owners->bits[id / 8] & 1 << id % 8;
}

static enum status begin_items(struct store_rows *rows, struct error *error)
{
    struct store *store = rows->store;
    struct buffer sql = {0};
    if (!store->statements[SQL_ROWS]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(RECORD_ITEM, -1, &sql);
        buffer_add_text(&sql, " FROM item WHERE state = ?1 ORDER BY ord");
    }
    rows->items = store_prepare(store, &store->statements[SQL_ROWS], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!rows->items)
        return error->status;
    sqlite3_bind_int64(rows->items, 1, rows->state);
    return STATUS_OK;
}

/* Asked once for all rows. */
static enum status find_blindness(struct store_rows *rows, struct error *error)
{
    int64_t review = 0;
    enum status status = review_blind_by(rows->store, &review, error);
    rows->blind = review != 0;
    return status;
}

enum status store_rows_begin(struct store *store, struct store_rows **out, struct error *error)
{
    *out = NULL;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    struct store_rows *rows = memory_new(1, sizeof *rows);
    rows->store = store;
    status = find_blindness(rows, error);
    if (status == STATUS_OK)
        status = find_owners(store, SQL_IDEA_OWNERS, &rows->ideas, error);
    if (status == STATUS_OK)
        status = find_owners(store, SQL_ACTION_OWNERS, &rows->actions, error);
    if (status == STATUS_OK)
        status = find_owners(store, SQL_ENTRY_OWNERS, &rows->entries, error);
    if (status == STATUS_OK)
        status = begin_items(rows, error);
    if (status == STATUS_OK)
        *out = rows;
    else
        store_rows_end(rows);
    return status;
}

void store_rows_end(struct store_rows *rows)
{
    if (!rows)
        return;
    if (rows->items)
        sqlite3_reset(rows->items); /* or the reading could not end */
    store_read_end(rows->store);
    memory_free(rows->ideas.bits);
    memory_free(rows->actions.bits);
    memory_free(rows->entries.bits);
    memory_free(rows->phase);
    memory_free(rows);
}

static enum status read_belongings(struct store_rows *rows, struct row *row, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t id = row->moment.id;
    if (owns(&rows->ideas, id))
        status = store_ideas(rows->store, id, &row->ideas, error);
    if (status == STATUS_OK && owns(&rows->actions, id))
        status = store_actions(rows->store, id, &row->actions, error);
    if (status == STATUS_OK && owns(&rows->entries, id))
        status = store_entries(rows->store, id, &row->entries, error);
    return status;
}

static enum status give_moment(struct store_rows *rows, struct row *row, struct error *error)
{
    bool live = rows->state == STATE_LIVE;
    row->moment.number = live ? ++rows->number : 0;
    row->phase = live ? memory_copy(rows->phase) : NULL;
    enum status status = STATUS_OK;
    if (rows->hides && rows->blind)
        status = review_hide(rows->store, &row->moment, 1, error);
    return status == STATUS_OK ? read_belongings(rows, row, error) : status;
}

/* The next item of any kind; false at the end of the parked ones. */
static enum status next_item(struct store_rows *rows, struct moment *item, bool *there,
                             struct error *error)
{
    enum status status = STATUS_OK;
    *there = false;
    while (status == STATUS_OK && !*there && rows->state != STATE_DELETED) {
        status = store_step_row(rows->store, rows->items, there, error);
        if (status == STATUS_OK && !*there && ++rows->state == STATE_PARKED)
            status = begin_items(rows, error);
    }
    if (status == STATUS_OK && *there)
        status = store_read_record(rows->store, rows->items, RECORD_ITEM, item, error);
    return status;
}

static enum status next_row(void *data, struct row *row, bool *done, struct error *error)
{
    struct store_rows *rows = data;
    enum status status;
    bool there;
    row_release(row);
    row_init(row);
    *done = false;
    while ((status = next_item(rows, &row->moment, &there, error)) == STATUS_OK && there) {
        if (row->moment.kind == ITEM_MOMENT)
            return give_moment(rows, row, error);
        memory_replace(&rows->phase, row->moment.title);
    }
    *done = status == STATUS_OK;
    return status;
}

static enum status begin_again(void *data, struct error *error)
{
    struct store_rows *rows = data;
    rows->state = STATE_LIVE;
    rows->number = 0;
    memory_replace(&rows->phase, NULL);
    return begin_items(rows, error);
}

struct row_source store_rows_source(struct store_rows *rows)
{
    return (struct row_source){.next = next_row, .data = rows, .again = begin_again};
}

void store_rows_hide(struct store_rows *rows)
{
    rows->hides = true;
}

enum status store_each_row(struct store *store, void (*take)(void *data, struct row *row),
                           void *data, struct error *error)
{
    struct store_rows *rows;
    struct row row;
    bool done = false;
    enum status status = store_rows_begin(store, &rows, error);
    if (status != STATUS_OK)
        return status;
    store_rows_hide(rows);
    row_init(&row);
    while ((status = next_row(rows, &row, &done, error)) == STATUS_OK && !done)
        take(data, &row);
    row_release(&row);
    store_rows_end(rows);
    return status;
}
