/* Reading records, lists and sums. */
#include "touchline/query.h"
#include "review.h"
#include "touchline/memory.h"
#include <assert.h>
#include <string.h>

/* Moments of a board that are still looked through for a ranking. */
enum { RANKED_MOST = 2000 };

/* --- one record ------------------------------------------------------------------------------- */

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
    enum status status = store_get(store, record, id, it, error);
    return status == STATUS_OK && record == RECORD_ITEM ? review_hide(store, it, 1, error) : status;
}

enum status store_board(struct store *store, struct board *board, struct error *error)
{
    return store_get(store, RECORD_BOARD, 1, board, error);
}

static enum status complete_moment(struct store *store, struct moment *moment, struct error *error)
{
    if (moment->kind != ITEM_MOMENT)
        return error_set(error, STATUS_NOT_FOUND, "id:%lld is a phase, not a moment",
                         (long long)moment->id);
    if (moment->state == STATE_PARKED)
        return store_ask(store, SQL_PARKED_UP_TO, moment->ord, 0, 0, &moment->number, error);
    if (moment->state != STATE_LIVE)
        return STATUS_OK;
    enum status status = store_number_at_ord(store, moment->ord, &moment->number, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_PHASE_AT, moment->ord, 0, 0, &moment->phase, error);
    return status;
}

enum status store_moment(struct store *store, int64_t id, struct moment *moment,
                         struct error *error)
{
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_get(store, RECORD_ITEM, id, moment, error);
    if (status == STATUS_OK)
        status = review_hide(store, moment, 1, error);
    if (status == STATUS_OK)
        status = complete_moment(store, moment, error);
    store_read_end(store);
    return status;
}

enum status store_note(struct store *store, int64_t moment, char **note, struct error *error)
{
    bool row;
    const char *text = NULL;
    sqlite3_stmt *read = store_statement(store, SQL_NOTE_OF, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, moment);
    enum status status = store_step_row(store, read, &row, error);
    if (status == STATUS_OK && !row)
        return error_set(error, STATUS_NOT_FOUND, "there is no moment id:%lld", (long long)moment);
    if (status == STATUS_OK)
        status = store_read_text(store, read, 0, RECORD_ITEM, ITEM_NOTE, &text, error);
    if (status == STATUS_OK)
        memory_replace(note, text);
    sqlite3_reset(read);
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

/* --- lists of records ------------------------------------------------------------------------- */

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

static const char *order_of(enum record record)
{
    switch (record) {
    case RECORD_CHANNEL:
        return "position, id";
    case RECORD_WAVE:
        return "number, id";
    case RECORD_REVIEW:
        return "ended DESC, day, id";
    default:
        return "id";
    }
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
                          record_type(record)->table,
                          record_item_field(record) >= 0 ? "item = ?1 AND " : "", order_of(record));
    }
    sqlite3_stmt *list = store_prepare(store, &store->statements[which], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!list)
        return error->status;
    if (sqlite3_bind_parameter_count(list) > 0)
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

enum status store_people(struct store *store, struct people *people, struct error *error)
{
    void *at = NULL;
    people_release(people);
    enum status status = read_list(store, SQL_PEOPLE, RECORD_PERSON, 0, &at, &people->count, error);
    people->at = at;
    return status;
}

void reviews_release(struct reviews *reviews)
{
    for (size_t i = 0; i < reviews->count; i++)
        record_release(RECORD_REVIEW, &reviews->at[i]);
    memory_free(reviews->at);
    memset(reviews, 0, sizeof *reviews);
}

/* What earlier reviews counted would tell much of what one that goes on hides. */
static enum status hide_counts(struct store *store, struct reviews *reviews, struct error *error)
{
    int64_t blind = 0;
    enum status status = review_blind_by(store, &blind, error);
    if (status != STATUS_OK || !blind || !reviews->at)
        return status;
    for (size_t i = 0; i < reviews->count; i++) {
        struct review *review = &reviews->at[i];
        review->miserable = review->neutral = review->magical = FIELD_ABSENT;
    }
    return status;
}

enum status store_reviews(struct store *store, struct reviews *reviews, struct error *error)
{
    void *at = NULL;
    reviews_release(reviews);
    enum status status =
        read_list(store, SQL_REVIEWS, RECORD_REVIEW, 0, &at, &reviews->count, error);
    reviews->at = at;
    return status == STATUS_OK ? hide_counts(store, reviews, error) : status;
}

enum status store_waves(struct store *store, struct waves *waves, struct error *error)
{
    void *at = NULL;
    waves_release(waves);
    enum status status = read_list(store, SQL_WAVES, RECORD_WAVE, 0, &at, &waves->count, error);
    waves->at = at;
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
    const char *title;
    enum status status;
    phases_release(phases);
    sqlite3_stmt *list = store_statement(store, SQL_PHASE_LIST, error);
    if (!list)
        return error->status;
    while ((status = store_step_row(store, list, &row, error)) == STATUS_OK && row) {
        status = store_read_text(store, list, 2, RECORD_ITEM, ITEM_TITLE, &title, error);
        if (status != STATUS_OK)
            break;
        phases->at = memory_resize(phases->at, phases->count + 1, sizeof *phases->at);
        phases->at[phases->count++] = (struct phase){.id = sqlite3_column_int64(list, 0),
                                                     .ord = sqlite3_column_int64(list, 1),
                                                     .title = memory_copy(title)};
    }
    sqlite3_reset(list);
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
    assert(parked->count == 0 || parked->at);
    for (size_t i = 0; i < parked->count; i++)
        parked->at[i].number = (int64_t)i + 1;
    return status == STATUS_OK ? review_hide(store, parked->at, parked->count, error) : status;
}

static enum status read_by_dots(struct store *store, size_t most, struct moments *ranked,
                                struct error *error)
{
    struct buffer sql = {0};
    void *at = NULL;
    if (!store->statements[SQL_BY_DOTS]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(RECORD_ITEM, ITEM_NOTE, &sql);
        buffer_add_text(&sql,
                        " FROM item INDEXED BY item_dots WHERE dots > 0 AND state = 0 AND kind = 1 "
                        "ORDER BY dots DESC, ord LIMIT ?1");
    }
    sqlite3_stmt *list =
        store_prepare(store, &store->statements[SQL_BY_DOTS], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!list)
        return error->status;
    sqlite3_bind_int64(list, 1, (int64_t)most);
    enum status status = read_all(store, list, RECORD_ITEM, &at, &ranked->count, error);
    ranked->at = at;
    if (status == STATUS_OK)
        status = review_hide(store, ranked->at, ranked->count, error);
    for (size_t i = 0; status == STATUS_OK && ranked->at && i < ranked->count; i++)
        status = store_number_at_ord(store, ranked->at[i].ord, &ranked->at[i].number, error);
    return status;
}

enum status store_by_dots(struct store *store, size_t most, struct moments *ranked,
                          struct error *error)
{
    int64_t total = 0;
    moments_release(ranked);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_ask(store, SQL_TOTAL, 0, 0, 0, &total, error);
    if (status == STATUS_OK && total <= RANKED_MOST)
        status = read_by_dots(store, most, ranked, error);
    store_read_end(store);
    return status;
}

static enum status read_dots(struct store *store, struct dots *dots, struct error *error)
{
    struct board board = {0};
    enum status status = store_board(store, &board, error);
    if (status != STATUS_OK)
        return status;
    dots->each = board.dots_each;
    dots->hidden = board.dots_hidden;
    record_release(RECORD_BOARD, &board);
    status = store_ask(store, SQL_DOTS_LAID, 0, 0, 0, &dots->laid, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_PEOPLE_HERE, 0, 0, 0, &dots->people, error);
    return status;
}

enum status store_dots(struct store *store, struct dots *dots, struct error *error)
{
    memset(dots, 0, sizeof *dots);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = read_dots(store, dots, error);
    store_read_end(store);
    return status;
}

/* --- sums ------------------------------------------------------------------------------------- */

/* A row of the tally as the statement gives it. */
enum { KIND, STATE, CHANNEL, RATING, N, TIMED, SECONDS, TIMES, CHOSEN, TALLY_COLUMNS };

/* More than a full board can add up to: what is beyond was not written by us. */
#define TALLY_MOST (INT64_C(1) << 50)
#define TALLY_ROWS 4096

static bool tally_is_sound(const int64_t *tally, int rows)
{
    for (int i = N; i < TALLY_COLUMNS; i++)
        if (tally[i] < 0 || tally[i] > TALLY_MOST)
            return false;
    return rows <= TALLY_ROWS;
}

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

static void count_tally(struct meter *meter, const int64_t *tally)
{
    if (tally[KIND] == ITEM_PHASE)
        meter->phases += tally[STATE] == STATE_LIVE ? tally[N] : 0;
    else if (tally[STATE] == STATE_PARKED)
        meter->parked += tally[N];
    else
        count_line(meter, tally);
}

/* There are five chosen at most, and an index of them: no tally is kept for it. */
static enum status count_planned(struct store *store, struct meter *meter, struct error *error)
{
    bool row;
    sqlite3_stmt *count = store_statement(store, SQL_COUNT_UNPLANNED, error);
    if (!count)
        return error->status;
    enum status status = store_step_row(store, count, &row, error);
    if (status == STATUS_OK && row)
        meter->chosen_planned = meter->chosen - sqlite3_column_int64(count, 0);
    sqlite3_reset(count);
    return status;
}

static enum status read_meter(struct store *store, struct meter *meter, struct error *error)
{
    bool row;
    int rows = 0;
    memset(meter, 0, sizeof *meter);
    enum status status = store_flush_tally(store, error);
    sqlite3_stmt *read = status == STATUS_OK ? store_statement(store, SQL_TALLY, error) : NULL;
    if (!read)
        return error->status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t tally[TALLY_COLUMNS];
        for (int i = 0; i < TALLY_COLUMNS; i++)
            tally[i] = sqlite3_column_int64(read, i);
        if (!tally_is_sound(tally, ++rows)) {
            sqlite3_reset(read);
            return error_set(error, STATUS_BAD_DATA,
                             "%s: its tally is wrong; 'touchline check' tells more", store->path);
        }
        count_tally(meter, tally);
    }
    return status == STATUS_OK ? count_planned(store, meter, error) : status;
}

enum status store_meter(struct store *store, struct meter *meter, struct error *error)
{
    if (store->meter_known && store_is_reading(store)) {
        *meter = store->meter;
        return STATUS_OK;
    }
    enum status status = read_meter(store, meter, error);
    if (status == STATUS_OK)
        status = review_count(store, meter, error);
    store->meter = *meter;
    store->meter_known =
        status == STATUS_OK && store_is_reading(store) && meter->moments <= INT32_MAX;
    return status;
}

enum status store_newest(struct store *store, enum record record, int64_t *id, struct error *error)
{
    struct buffer sql = {0};
    sqlite3_stmt *read = NULL;
    enum status status = STATUS_OK;
    buffer_add_format(&sql, "SELECT max(id) FROM %s", record_type(record)->table);
    if (store_prepare(store, &read, buffer_text(&sql), error))
        status = store_integer(store, read, 0, id, error);
    else
        status = error->status;
    sqlite3_finalize(read);
    buffer_release(&sql);
    return status;
}
