/* All actions of a board with the moments that they belong to. */
#include "internal.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <stdlib.h>
#include <string.h>

static enum status read_plan(struct store *store, struct plan *plan, struct error *error)
{
    struct buffer sql = {0};
    enum status status;
    bool row;
    if (!store->statements[SQL_PLAN]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(RECORD_ACTION, -1, &sql);
        buffer_add_text(&sql, " FROM action WHERE state = 0 AND (SELECT state FROM item "
                              "WHERE item.id = action.item) < 2 ORDER BY due IS NULL, due, id");
    }
    sqlite3_stmt *list =
        store_prepare(store, &store->statements[SQL_PLAN], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!list)
        return error->status;
    while ((status = store_step_row(store, list, &row, error)) == STATUS_OK && row) {
        plan->at = memory_resize(plan->at, plan->count + 1, sizeof *plan->at);
        struct planned *planned = &plan->at[plan->count++];
        memset(planned, 0, sizeof *planned);
        status = store_read_record(store, list, RECORD_ACTION, &planned->action, error);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(list);
    return status;
}

/* Where the moments of a plan stand: numbers are counted along the line, each from the one before.
 */
struct standing {
    int64_t ord;
    struct planned *planned;
};

static int by_ord(const void *a, const void *b)
{
    int64_t one = ((const struct standing *)a)->ord, other = ((const struct standing *)b)->ord;
    return (one > other) - (one < other);
}

/* The title of its moment, and the place of one on the line; INT64_MIN for a parked one. */
static enum status read_moment_of(struct store *store, struct standing *standing,
                                  struct error *error)
{
    bool row;
    const char *title = NULL;
    sqlite3_stmt *read = store_statement(store, SQL_MOMENT_OF_ACTION, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, standing->planned->action.item);
    enum status status = store_step_row(store, read, &row, error);
    if (status != STATUS_OK || !row)
        return status;
    status = store_read_text(store, read, 0, RECORD_ITEM, ITEM_TITLE, &title, error);
    standing->planned->moment = memory_copy(title);
    standing->ord =
        sqlite3_column_int64(read, 1) == STATE_LIVE ? sqlite3_column_int64(read, 2) : INT64_MIN;
    standing->planned->rating = sqlite3_column_int64(read, 3);
    if (standing->planned->rating != RATING_HIDDEN)
        standing->planned->target = sqlite3_column_int64(read, 4);
    sqlite3_reset(read);
    return status;
}

static enum status add_moments(struct store *store, struct plan *plan, struct error *error)
{
    enum status status = STATUS_OK;
    struct standing *standing = memory_new(plan->count, sizeof *standing);
    for (size_t i = 0; status == STATUS_OK && i < plan->count; i++) {
        standing[i] = (struct standing){.ord = INT64_MIN, .planned = &plan->at[i]};
        status = read_moment_of(store, &standing[i], error);
    }
    if (status == STATUS_OK)
        qsort(standing, plan->count, sizeof *standing, by_ord);
    for (size_t i = 0; status == STATUS_OK && i < plan->count; i++)
        if (standing[i].ord != INT64_MIN)
            status =
                store_number_at_ord(store, standing[i].ord, &standing[i].planned->number, error);
    memory_free(standing);
    return status;
}

enum status store_plan(struct store *store, struct plan *plan, struct error *error)
{
    plan_release(plan);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = read_plan(store, plan, error);
    if (status == STATUS_OK)
        status = add_moments(store, plan, error);
    store_read_end(store);
    return status;
}

static enum status find_overdue(struct store *store, const char *day, int64_t *count,
                                int64_t *first, struct error *error)
{
    bool row;
    enum status status;
    sqlite3_stmt *find = store_statement(store, SQL_OVERDUE, error);
    if (!find)
        return error->status;
    sqlite3_bind_text(find, 1, day, -1, SQLITE_STATIC);
    while ((status = store_step_row(store, find, &row, error)) == STATUS_OK && row) {
        int64_t state;
        status = store_ask(store, SQL_STATE_OF, sqlite3_column_int64(find, 1), 0, STATE_DELETED,
                           &state, error);
        if (status != STATUS_OK)
            break;
        if (state == STATE_LIVE && (*count)++ == 0)
            *first = sqlite3_column_int64(find, 0);
    }
    sqlite3_reset(find);
    return status;
}

enum status store_overdue(struct store *store, struct date today, int64_t *count,
                          struct action *oldest, struct error *error)
{
    char day[DATE_ISO_SIZE];
    int64_t first = 0;
    *count = 0;
    date_format_iso(today, day);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = find_overdue(store, day, count, &first, error);
    if (status == STATUS_OK && oldest && first)
        status = store_get(store, RECORD_ACTION, first, oldest, error);
    store_read_end(store);
    return status;
}
