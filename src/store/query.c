/* Reading records, lists and sums. */
#include "touchline/query.h"
#include "edit_internal.h"
#include "touchline/memory.h"
#include <string.h>

/* --- one record
 * ------------------------------------------------------------------------------------- */

enum status store_get(struct store *store, enum record record, int64_t id, void *it,
                      struct error *error)
{
    const struct record_type *type = record_type(record);
    struct buffer sql = {0};
    bool row;
    if (!store->get_record[record]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(record, -1, &sql);
        buffer_add_format(&sql, " FROM %s WHERE id = ?1", type->table);
    }
    sqlite3_stmt *get = store_prepare(store, &store->get_record[record], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!get)
        return error->status;
    sqlite3_bind_int64(get, 1, id);
    enum status status = store_step_row(store, get, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return error_set(error, STATUS_NOT_FOUND, "there is no %s id:%lld", type->name,
                         (long long)id);
    status = store_read_record(store, get, record, it, error);
    sqlite3_reset(get);
    return status;
}

enum status store_record(struct store *store, enum record record, int64_t id, void *it,
                         struct error *error)
{
    return store_get(store, record, id, it, error);
}

enum status store_board(struct store *store, struct board *board, struct error *error)
{
    return store_get(store, RECORD_BOARD, 1, board, error);
}

static enum status phase_at(struct store *store, int64_t ord, int64_t *id, struct error *error)
{
    sqlite3_stmt *find = store_statement(store, SQL_PHASE_AT, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    return store_integer(store, find, 0, id, error);
}

static enum status parked_number(struct store *store, int64_t ord, int64_t *number,
                                 struct error *error)
{
    sqlite3_stmt *count = store_statement(store, SQL_PARKED_UP_TO, error);
    if (!count)
        return error->status;
    sqlite3_bind_int64(count, 1, ord);
    return store_integer(store, count, 0, number, error);
}

enum status store_moment(struct store *store, int64_t id, struct moment *moment,
                         struct error *error)
{
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_get(store, RECORD_ITEM, id, moment, error);
    if (status == STATUS_OK && moment->kind != ITEM_MOMENT)
        status =
            error_set(error, STATUS_NOT_FOUND, "id:%lld is a phase, not a moment", (long long)id);
    if (status == STATUS_OK && moment->state == STATE_LIVE)
        status = store_number_at_ord(store, moment->ord, &moment->number, error);
    if (status == STATUS_OK && moment->state == STATE_PARKED)
        status = parked_number(store, moment->ord, &moment->number, error);
    if (status == STATUS_OK && moment->state == STATE_LIVE)
        status = phase_at(store, moment->ord, &moment->phase, error);
    store_read_end(store);
    return status;
}

enum status store_phase(struct store *store, int64_t id, struct phase *phase, struct error *error)
{
    struct moment item = {0};
    enum status status = store_get(store, RECORD_ITEM, id, &item, error);
    if (status == STATUS_OK && (item.kind != ITEM_PHASE || item.state == STATE_DELETED))
        status = error_set(error, STATUS_NOT_FOUND, "there is no phase id:%lld", (long long)id);
    if (status == STATUS_OK) {
        memory_replace(&phase->title, item.title);
        phase->id = id;
        phase->ord = item.ord;
    }
    record_release(RECORD_ITEM, &item);
    return status;
}

/* --- lists of records
 * --------------------------------------------------------------------------------- */

/* Reads all rows of a statement into an array of that record. */
static enum status read_all(struct store *store, sqlite3_stmt *statement, enum record record,
                            void **at, size_t *count, struct error *error)
{
    size_t size = record_type(record)->size;
    enum status status;
    bool row;
    while ((status = store_step_row(store, statement, &row, error)) == STATUS_OK && row) {
        *at = memory_resize(*at, *count + 1, size);
        void *it = (char *)*at + *count * size;
        memset(it, 0, size);
        (*count)++;
        if ((status = store_read_record(store, statement, record, it, error)) != STATUS_OK)
            break;
    }
    sqlite3_reset(statement);
    return status;
}

/* The records of a kind that belong to `item` (0: all), live ones in the order they were added. */
static enum status read_list(struct store *store, enum statement which, enum record record,
                             int64_t item, void **at, size_t *count, struct error *error)
{
    struct buffer sql = {0};
    if (!store->statements[which]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(record, -1, &sql);
        buffer_add_format(&sql, " FROM %s WHERE %sstate = 0 ORDER BY %s",
                          record_type(record)->table, item ? "item = ?1 AND " : "",
                          record == RECORD_CHANNEL ? "position, id" : "id");
    }
    sqlite3_stmt *list = store_prepare(store, &store->statements[which], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!list)
        return error->status;
    if (item)
        sqlite3_bind_int64(list, 1, item);
    return read_all(store, list, record, at, count, error);
}

enum status store_channels(struct store *store, struct channels *channels, struct error *error)
{
    void *at = NULL;
    channels_release(channels);
    enum status status =
        read_list(store, SQL_CHANNELS, RECORD_CHANNEL, 0, &at, &channels->count, error);
    channels->at = at;
    return status;
}

void people_release(struct people *people)
{
    for (size_t i = 0; i < people->count; i++)
        record_release(RECORD_PERSON, &people->at[i]);
    memory_free(people->at);
    memset(people, 0, sizeof *people);
}

enum status store_people(struct store *store, struct people *people, struct error *error)
{
    void *at = NULL;
    people_release(people);
    enum status status = read_list(store, SQL_PEOPLE, RECORD_PERSON, 0, &at, &people->count, error);
    people->at = at;
    return status;
}

enum status store_ideas(struct store *store, int64_t moment, struct ideas *ideas,
                        struct error *error)
{
    void *at = NULL;
    ideas_release(ideas);
    enum status status =
        read_list(store, SQL_IDEAS, RECORD_IDEA, moment, &at, &ideas->count, error);
    ideas->at = at;
    return status;
}

enum status store_actions(struct store *store, int64_t moment, struct actions *actions,
                          struct error *error)
{
    void *at = NULL;
    actions_release(actions);
    enum status status =
        read_list(store, SQL_ACTIONS, RECORD_ACTION, moment, &at, &actions->count, error);
    actions->at = at;
    return status;
}

enum status store_entries(struct store *store, int64_t moment, struct entries *entries,
                          struct error *error)
{
    void *at = NULL;
    entries_release(entries);
    enum status status =
        read_list(store, SQL_ENTRIES, RECORD_ENTRY, moment, &at, &entries->count, error);
    entries->at = at;
    return status;
}

enum status store_phases(struct store *store, struct phases *phases, struct error *error)
{
    bool row;
    phases_release(phases);
    sqlite3_stmt *list = store_statement(store, SQL_PHASE_LIST, error);
    if (!list)
        return error->status;
    enum status status;
    while ((status = store_step_row(store, list, &row, error)) == STATUS_OK && row) {
        phases->at = memory_resize(phases->at, phases->count + 1, sizeof *phases->at);
        struct phase *phase = &phases->at[phases->count++];
        memset(phase, 0, sizeof *phase);
        phase->id = sqlite3_column_int64(list, 0);
        phase->ord = sqlite3_column_int64(list, 1);
        phase->title = memory_copy((const char *)sqlite3_column_text(list, 2));
    }
    return status;
}

enum status store_parked(struct store *store, struct moments *parked, struct error *error)
{
    struct buffer sql = {0};
    void *at = NULL;
    moments_release(parked);
    if (!store->statements[SQL_PARKED]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(RECORD_ITEM, ITEM_NOTE, &sql);
        buffer_add_text(&sql, " FROM item WHERE state = 1 AND kind = 1 ORDER BY ord");
    }
    sqlite3_stmt *list =
        store_prepare(store, &store->statements[SQL_PARKED], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!list)
        return error->status;
    enum status status = read_all(store, list, RECORD_ITEM, &at, &parked->count, error);
    parked->at = at;
    for (size_t i = 0; i < parked->count; i++)
        parked->at[i].number = (int64_t)i + 1;
    return status;
}

/* --- sums
 * -----------------------------------------------------------------------------------------------
 */

static void count_channel(struct meter *meter, int64_t channel, int64_t moments)
{
    size_t i = 0;
    while (i < meter->channels && meter->by_channel[i].channel != channel)
        i++;
    if (i == METER_CHANNELS_MAX)
        return;
    if (i == meter->channels)
        meter->by_channel[meter->channels++].channel = channel;
    meter->by_channel[i].moments += moments;
}

static void count_line(struct meter *meter, const int64_t *tally)
{
    enum { CHANNEL = 2, RATING, N, TIMED, SECONDS, TIMES, CHOSEN };
    meter->moments += tally[N];
    meter->coloured += tally[CHANNEL] ? tally[N] : 0;
    meter->timed += tally[TIMED];
    meter->seconds += tally[SECONDS];
    meter->times += tally[TIMES];
    meter->chosen += tally[CHOSEN];
    meter->chosen_rated += tally[RATING] ? tally[CHOSEN] : 0;
    if (tally[RATING] >= 0 && tally[RATING] < RATINGS)
        meter->rated[tally[RATING]] += tally[N];
    if (tally[N])
        count_channel(meter, tally[CHANNEL], tally[N]);
}

enum status store_meter(struct store *store, struct meter *meter, struct error *error)
{
    bool row;
    memset(meter, 0, sizeof *meter);
    if (store->edit && tally_flush(store->edit, error) != STATUS_OK)
        return error->status;
    sqlite3_stmt *read = store_statement(store, SQL_TALLY, error);
    if (!read)
        return error->status;
    enum status status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t tally[9];
        for (int i = 0; i < 9; i++)
            tally[i] = sqlite3_column_int64(read, i);
        if (tally[0] == ITEM_PHASE)
            meter->phases += tally[1] == STATE_LIVE ? tally[4] : 0;
        else if (tally[1] == STATE_PARKED)
            meter->parked += tally[4];
        else
            count_line(meter, tally);
    }
    return status;
}

/* --- actions over the board
 * -------------------------------------------------------------------------------- */

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        record_release(RECORD_ACTION, &plan->at[i].action);
        memory_free(plan->at[i].moment);
    }
    memory_free(plan->at);
    memset(plan, 0, sizeof *plan);
}

/* Titles and numbers are added after the list is read: a number may have to be counted. */
static enum status add_moments(struct store *store, struct plan *plan, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < plan->count; i++) {
        struct moment moment = {0};
        status = store_moment(store, plan->at[i].action.item, &moment, error);
        plan->at[i].number = moment.state == STATE_LIVE ? moment.number : 0;
        plan->at[i].moment = memory_copy(moment.title);
        record_release(RECORD_ITEM, &moment);
    }
    return status;
}

static enum status read_plan(struct store *store, struct plan *plan, struct error *error)
{
    struct buffer sql = {0};
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
    enum status status;
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

enum status store_overdue(struct store *store, struct date today, int64_t *count,
                          struct action *oldest, struct error *error)
{
    char day[DATE_ISO_SIZE];
    int64_t first = 0;
    bool row;
    date_format_iso(today, day);
    sqlite3_stmt *find = store_statement(store, SQL_OVERDUE, error);
    if (!find)
        return error->status;
    sqlite3_bind_text(find, 1, day, -1, SQLITE_STATIC);
    *count = 0;
    enum status status;
    while ((status = store_step_row(store, find, &row, error)) == STATUS_OK && row)
        if ((*count)++ == 0)
            first = sqlite3_column_int64(find, 0);
    if (status == STATUS_OK && oldest && first)
        status = store_get(store, RECORD_ACTION, first, oldest, error);
    return status;
}
