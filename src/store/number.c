/* Numbers are not stored: they are counted, from the nearest place whose number is known. The last
 * one counted is such a place (the anchor); one's own edits keep it right, another's forget it. */
#include "internal.h"
#include "touchline/query.h"
#include <stdlib.h>
#include <string.h>

void store_anchor_forget(struct store *store)
{
    store->anchor.known = false;
    store_counts_forget(store);
}

void store_counts_forget(struct store *store)
{
    store->meter_known = store->weakest_known = false;
}

bool store_is_reading(const struct store *store)
{
    return store->depth > 0 && !store->edit;
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

static enum status refuse_count(struct store *store, struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "%s: its count of moments is wrong; 'touchline check' tells more",
                     store->path);
}

enum status store_total(struct store *store, int64_t *total, struct error *error)
{
    if (store->meter_known && store_is_reading(store)) {
        *total = store->meter.moments;
        return STATUS_OK;
    }
    enum status status = store_flush_tally(store, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_TOTAL, 0, 0, 0, total, error);
    if (status == STATUS_OK && (*total < 0 || *total > INT32_MAX))
        status = refuse_count(store, error);
    return status;
}

/* --- the number of a place -------------------------------------------------------------------- */

static uint64_t distance(int64_t a, int64_t b)
{
    return a < b ? (uint64_t)b - (uint64_t)a : (uint64_t)a - (uint64_t)b;
}

/* The room of some dozens of moments: within it, the ends are not asked whether they are nearer. */
#define NEARBY (UINT64_C(64) << 32)

/* The nearest known place to `ord`: the start, the end or the anchor. Places lie evenly enough for
 * their distance to tell. */
static enum status nearest_known(struct store *store, int64_t ord, struct anchor *nearest,
                                 struct error *error)
{
    int64_t first, last, total;
    *nearest = store->anchor;
    if (nearest->known && distance(ord, nearest->ord) <= NEARBY)
        return STATUS_OK;
    if (store_ask(store, SQL_FIRST_LIVE_ORD, 0, 0, 0, &first, error) != STATUS_OK ||
        store_ask(store, SQL_LAST_LIVE_ORD, 0, 0, 0, &last, error) != STATUS_OK ||
        store_total(store, &total, error) != STATUS_OK)
        return error->status;
    uint64_t best = distance(ord, first);
    *nearest = (struct anchor){.known = true, .ord = INT64_MIN, .number = 0};
    if (distance(ord, last) < best) {
        best = distance(ord, last);
        *nearest = (struct anchor){.known = true, .ord = INT64_MAX, .number = total};
    }
    if (store->anchor.known && distance(ord, store->anchor.ord) <= best)
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
    status = store_ask(store, SQL_COUNT_BETWEEN, onwards ? from.ord : ord, onwards ? ord : from.ord,
                       0, &between, error);
    *number = onwards ? from.number + between : from.number - between;
    if (status == STATUS_OK)
        set_anchor(store, ord, *number);
    return status;
}

/* What a number hangs on, without the texts. */
static enum status read_place(struct store *store, int64_t id, struct moment *item,
                              struct error *error)
{
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_PLACE_OF, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, id);
    enum status status = store_step_row(store, read, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row || sqlite3_column_int64(read, 0) != ITEM_MOMENT) {
        sqlite3_reset(read);
        return error_set(error, STATUS_NOT_FOUND, "there is no moment id:%lld", (long long)id);
    }
    item->state = sqlite3_column_int64(read, 1);
    item->ord = sqlite3_column_int64(read, 2);
    sqlite3_reset(read);
    return STATUS_OK;
}

enum status store_number(struct store *store, int64_t id, int64_t *number, struct error *error)
{
    struct moment item = {0};
    *number = 0;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = read_place(store, id, &item, error);
    if (status == STATUS_OK && item.state == STATE_LIVE)
        status = store_number_at_ord(store, item.ord, number, error);
    if (status == STATUS_OK && item.state == STATE_PARKED)
        status = store_ask(store, SQL_PARKED_UP_TO, item.ord, 0, 0, number, error);
    store_read_end(store);
    return status;
}

/* --- the moment of a number ------------------------------------------------------------------- */

static enum status skip(struct store *store, enum statement which, int64_t ord, int64_t offset,
                        int64_t *id, int64_t *at, struct error *error)
{
    bool row;
    *id = 0;
    sqlite3_stmt *find = store_statement(store, which, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    sqlite3_bind_int64(find, 2, offset);
    enum status status = store_step_row(store, find, &row, error);
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
    struct anchor from = {.known = true, .ord = INT64_MIN, .number = 0};
    int64_t ord = 0;
    if (total - number < number)
        from = (struct anchor){.known = true, .ord = INT64_MAX, .number = total};
    if (store->anchor.known &&
        distance(store->anchor.number, number) < distance(from.number, number))
        from = store->anchor;
    enum status status =
        number > from.number
            ? skip(store, SQL_SKIP_ON, from.ord, number - from.number - 1, id, &ord, error)
            : skip(store, SQL_SKIP_BACK, from.ord, from.number - number, id, &ord, error);
    if (status == STATUS_OK && *id)
        set_anchor(store, ord, number);
    if (status == STATUS_OK && !*id)
        status = refuse_count(store, error);
    return status;
}

static enum status refuse_number(int64_t number, int64_t total, struct error *error)
{
    if (total == 0)
        return error_set(error, STATUS_NOT_FOUND, "there is no moment yet");
    return error_set(error, STATUS_NOT_FOUND, "there is no moment %lld; they go from 1 to %lld",
                     (long long)number, (long long)total);
}

enum status store_at(struct store *store, int64_t number, int64_t *id, struct error *error)
{
    int64_t total;
    *id = 0;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_total(store, &total, error);
    if (status == STATUS_OK)
        status = number < 1 || number > total ? refuse_number(number, total, error)
                                              : find_number(store, number, total, id, error);
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
    *id = 0;
    if (strncmp(name, "id:", 3) == 0 && read_number(name + 3, &number)) {
        int64_t kind;
        enum status status = store_ask(store, SQL_PLACE_OF, number, 0, 0, &kind, error);
        if (status == STATUS_OK && kind == 0)
            status = error_set(error, STATUS_NOT_FOUND, "there is no moment or phase id:%lld",
                               (long long)number);
        if (status == STATUS_OK)
            *id = number;
        return status;
    }
    return error_set(error, STATUS_USAGE,
                     "'%.40s' names no moment: use its number, z1 for a parked one, or id:31",
                     name);
}
