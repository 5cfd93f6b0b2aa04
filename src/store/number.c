/* Numbers are not stored: they are counted, from the nearest place whose number is known. The last
 * one counted is such a place (the anchor); one's own edits keep it right, another's forget it. */
#include "edit_internal.h"
#include "touchline/query.h"
#include <stdlib.h>
#include <string.h>

#define FAR_AWAY (INT64_C(1) << 62)

void store_anchor_forget(struct store *store)
{
    store->anchor.known = false;
}

void store_anchor_shift(struct store *store, int64_t ord, int change)
{
    if (store->anchor.known && ord <= store->anchor.ord)
        store->anchor.number += change;
}

static void set_anchor(struct store *store, int64_t ord, int64_t number)
{
    store->anchor = (struct anchor){.known = true, .ord = ord, .number = number};
}

enum status store_total(struct store *store, int64_t *total, struct error *error)
{
    /* within an edit the tally must have caught up with it */
    if (store->edit && tally_flush(store->edit, error) != STATUS_OK)
        return error->status;
    sqlite3_stmt *sum = store_statement(store, SQL_TOTAL, error);
    return sum ? store_integer(store, sum, 0, total, error) : error->status;
}

static enum status count_between(struct store *store, int64_t after, int64_t upto, int64_t *count,
                                 struct error *error)
{
    sqlite3_stmt *statement = store_statement(store, SQL_COUNT_BETWEEN, error);
    if (!statement)
        return error->status;
    sqlite3_bind_int64(statement, 1, after);
    sqlite3_bind_int64(statement, 2, upto);
    return store_integer(store, statement, 0, count, error);
}

/* The nearest known place to `ord`: the start, the end or the anchor. Places lie evenly enough for
 * their distance to tell. */
static enum status nearest_known(struct store *store, int64_t ord, struct anchor *nearest,
                                 struct error *error)
{
    int64_t ends[2], total;
    const enum statement which[] = {SQL_FIRST_LIVE_ORD, SQL_LAST_LIVE_ORD};
    for (int i = 0; i < 2; i++) {
        sqlite3_stmt *find = store_statement(store, which[i], error);
        if (!find || store_integer(store, find, 0, &ends[i], error) != STATUS_OK)
            return error->status;
    }
    if (store_total(store, &total, error) != STATUS_OK)
        return error->status;
    int64_t best = llabs(ord - ends[0]);
    *nearest = (struct anchor){.known = true, .ord = -FAR_AWAY, .number = 0};
    if (llabs(ends[1] - ord) < best) {
        best = llabs(ends[1] - ord);
        *nearest = (struct anchor){.known = true, .ord = FAR_AWAY, .number = total};
    }
    if (store->anchor.known && llabs(store->anchor.ord - ord) <= best)
        *nearest = store->anchor;
    return STATUS_OK;
}

enum status store_number_at_ord(struct store *store, int64_t ord, int64_t *number,
                                struct error *error)
{
    struct anchor from = {0};
    int64_t between = 0;
    enum status status = nearest_known(store, ord, &from, error);
    if (status != STATUS_OK)
        return status;
    bool onwards = ord >= from.ord;
    status =
        count_between(store, onwards ? from.ord : ord, onwards ? ord : from.ord, &between, error);
    *number = onwards ? from.number + between : from.number - between;
    if (status == STATUS_OK)
        set_anchor(store, ord, *number);
    return status;
}

enum status store_number(struct store *store, int64_t id, int64_t *number, struct error *error)
{
    struct moment moment = {0};
    enum status status = store_moment(store, id, &moment, error);
    *number = moment.number;
    record_release(RECORD_ITEM, &moment);
    return status;
}

/* --- by number
 * ------------------------------------------------------------------------------------------ */

static enum status skip(struct store *store, enum statement which, int64_t ord, int64_t offset,
                        int64_t *id, int64_t *at, struct error *error)
{
    bool row;
    sqlite3_stmt *find = store_statement(store, which, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    sqlite3_bind_int64(find, 2, offset);
    enum status status = store_step_row(store, find, &row, error);
    *id = 0;
    if (status == STATUS_OK && row) {
        *id = sqlite3_column_int64(find, 0);
        *at = sqlite3_column_int64(find, 1);
        sqlite3_reset(find);
    }
    return status;
}

static enum status find_number(struct store *store, int64_t number, int64_t total, int64_t *id,
                               struct error *error)
{
    struct anchor from = {.known = true, .ord = -FAR_AWAY, .number = 0};
    int64_t ord = 0;
    if (total - number < number)
        from = (struct anchor){.known = true, .ord = FAR_AWAY, .number = total};
    if (store->anchor.known && llabs(store->anchor.number - number) < llabs(from.number - number))
        from = store->anchor;
    enum status status =
        number > from.number
            ? skip(store, SQL_SKIP_ON, from.ord, number - from.number - 1, id, &ord, error)
            : skip(store, SQL_SKIP_BACK, from.ord, from.number - number, id, &ord, error);
    if (status == STATUS_OK && *id)
        set_anchor(store, ord, number);
    return status;
}

enum status store_at(struct store *store, int64_t number, int64_t *id, struct error *error)
{
    int64_t total;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_total(store, &total, error);
    if (status == STATUS_OK && (number < 1 || number > total))
        status = total == 0 ? error_set(error, STATUS_NOT_FOUND, "there is no moment yet")
                            : error_set(error, STATUS_NOT_FOUND,
                                        "there is no moment %lld; they go from "
                                        "1 to %lld",
                                        (long long)number, (long long)total);
    if (status == STATUS_OK)
        status = find_number(store, number, total, id, error);
    store_read_end(store);
    return status;
}

enum status store_parked_at(struct store *store, int64_t number, int64_t *id, struct error *error)
{
    int64_t ord;
    enum status status = STATUS_OK;
    *id = 0;
    if (number >= 1)
        status = skip(store, SQL_SKIP_PARKED, 0, number - 1, id, &ord, error);
    if (status == STATUS_OK && !*id)
        status = error_set(error, STATUS_NOT_FOUND, "there is no parked moment z%lld",
                           (long long)number);
    return status;
}

static bool read_number(const char *text, int64_t *number)
{
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    *number = strtoll(text, &end, 10);
    return *end == '\0';
}

enum status store_find(struct store *store, const char *name, int64_t *id, struct error *error)
{
    int64_t number;
    if (read_number(name, &number))
        return store_at(store, number, id, error);
    if ((name[0] == 'z' || name[0] == 'Z') && read_number(name + 1, &number))
        return store_parked_at(store, number, id, error);
    if (strncmp(name, "id:", 3) == 0 && read_number(name + 3, &number)) {
        struct moment item = {0};
        enum status status = store_get(store, RECORD_ITEM, number, &item, error);
        record_release(RECORD_ITEM, &item);
        *id = number;
        return status;
    }
    return error_set(error, STATUS_USAGE,
                     "'%.40s' names no moment: use its number, z1 for a parked one, or id:31",
                     name);
}
