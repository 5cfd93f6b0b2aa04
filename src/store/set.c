/* One field of one record: the rules that hang on it, the conflict check, history, tally. */
#include "edit_internal.h"
#include "review.h"
#include "touchline/edit.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <assert.h>
#include <string.h>

/* --- reading what is there -------------------------------------------------------------------- */

enum status edit_read_counted(struct store *store, int64_t id, struct moment *item,
                              struct error *error)
{
    static const int fields[] = {ITEM_STATE,  ITEM_CHANNEL, ITEM_RATING,  ITEM_FIRST_RATING,
                                 ITEM_TARGET, ITEM_CHOSEN,  ITEM_SECONDS, ITEM_TIMES};
    bool row;
    struct error finding;
    sqlite3_stmt *read = store_statement(store, SQL_COUNTED, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, id);
    enum status status = store_step_row(store, read, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return error_set(error, STATUS_NOT_FOUND, "there is no moment or phase id:%lld",
                         (long long)id);
    record_init(RECORD_ITEM, item);
    item->id = id;
    bool sound = store_read_place(read, 0, item);
    for (int i = 0; i < (int)(sizeof fields / sizeof *fields) && sound; i++) {
        struct value value;
        sound = store_column_is_sound(read, i + 3, RECORD_ITEM, fields[i], &value, &finding);
        if (sound)
            record_set(RECORD_ITEM, item, fields[i], value);
    }
    sqlite3_reset(read);
    return sound ? STATUS_OK
                 : error_set(error, STATUS_BAD_DATA,
                             "%s: id:%lld is damaged; 'touchline check' tells more", store->path,
                             (long long)id);
}

static sqlite3_stmt *field_statement(struct store *store, bool reads, enum record record, int field,
                                     struct error *error)
{
    const char *table = record_type(record)->table;
    const char *name = record_type(record)->fields[field].name;
    sqlite3_stmt **slot =
        reads ? &store->get_field[record][field] : &store->set_field[record][field];
    struct buffer sql = {0};
    if (!*slot && reads)
        buffer_add_format(&sql, "SELECT %s FROM %s WHERE id = ?1", name, table);
    else if (!*slot)
        buffer_add_format(&sql, "UPDATE %s SET %s = ?2 WHERE id = ?1", table, name);
    sqlite3_stmt *statement = store_prepare(store, slot, buffer_text(&sql), error);
    buffer_release(&sql);
    return statement;
}

/* The value as it is now: it borrows from the statement, which the caller resets. */
static enum status get_field(struct store *store, enum record record, int64_t id, int field,
                             sqlite3_stmt **read, struct value *value, struct error *error)
{
    bool row;
    *read = field_statement(store, true, record, field, error);
    if (!*read)
        return error->status;
    sqlite3_bind_int64(*read, 1, id);
    enum status status = store_step_row(store, *read, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return error_set(error, STATUS_NOT_FOUND, "there is no %s id:%lld",
                         record_type(record)->name, (long long)id);
    *value = store_column(*read, 0);
    return STATUS_OK;
}

static enum status put_field(struct store *store, enum record record, int64_t id, int field,
                             struct value value, struct error *error)
{
    sqlite3_stmt *write = field_statement(store, false, record, field, error);
    if (!write)
        return error->status;
    sqlite3_bind_int64(write, 1, id);
    store_bind(write, 2, value);
    return store_run(store, write, error);
}

/* --- references ------------------------------------------------------------------------------- */

static enum status check_there(struct edit *edit, enum statement which, int64_t id,
                               const char *what, struct error *error)
{
    int64_t found;
    enum status status = store_ask(edit->store, which, id, 0, 0, &found, error);
    if (status == STATUS_OK && !found)
        status = error_set(error, STATUS_NOT_FOUND, "there is no %s id:%lld on this board", what,
                           (long long)id);
    return status;
}

/* An import names the same few channels again and again. */
static enum status check_channel_there(struct edit *edit, int64_t id, struct error *error)
{
    struct known *known = &edit->channels;
    for (size_t i = 0; i < known->count; i++)
        if (known->ids[i] == id)
            return STATUS_OK;
    enum status status = check_there(edit, SQL_CHANNEL_IS_LIVE, id, "channel", error);
    if (status == STATUS_OK && known->count < sizeof known->ids / sizeof *known->ids)
        known->ids[known->count++] = id;
    return status;
}

/* Names and letters are how a channel is called: no two may share one. */
static enum status check_unlike(struct edit *edit, int64_t id, int field, struct value value,
                                struct error *error)
{
    bool row;
    struct buffer folded = {0};
    sqlite3_stmt *find = store_statement(
        edit->store, field == CHANNEL_NAME ? SQL_CHANNEL_NAMED : SQL_CHANNEL_LETTERED, error);
    if (!find)
        return error->status;
    text_fold(&folded, value.text, value.length);
    sqlite3_bind_text(find, 1, buffer_text(&folded), -1, SQLITE_STATIC);
    sqlite3_bind_int64(find, 2, id);
    enum status status = store_step_row(edit->store, find, &row, error);
    if (status == STATUS_OK && row)
        status = error_set(error, STATUS_REFUSED, "another channel has that %s; take another",
                           record_type(RECORD_CHANNEL)->fields[field].name);
    sqlite3_reset(find);
    buffer_release(&folded);
    return status;
}

enum status edit_check_reference(struct edit *edit, enum record record, int64_t id, int field,
                                 struct value value, struct error *error)
{
    enum field_type type = record_type(record)->fields[field].type;
    if (value.type == VALUE_ABSENT)
        return STATUS_OK;
    if (type == FIELD_CHANNEL)
        return check_channel_there(edit, value.integer, error);
    if (type == FIELD_ITEM)
        return check_there(edit, SQL_MOMENT_IS_KEPT, value.integer, "moment", error);
    if (record == RECORD_CHANNEL && (field == CHANNEL_NAME || field == CHANNEL_LETTER))
        return check_unlike(edit, id, field, value, error);
    return STATUS_OK;
}

/* --- rules ------------------------------------------------------------------------------------ */

static enum status check_value(enum record record, int field, struct value value,
                               struct error *error)
{
    const struct record_type *type = record_type(record);
    if (value.type == VALUE_ABSENT && store_is_required(record, field))
        return error_set(error, STATUS_REFUSED, "a %s cannot be without a %s", type->name,
                         type->fields[field].name);
    return field_check(&type->fields[field], value, error);
}

/* The absent number of a field that has a default is that default. */
static struct value settle(enum record record, int field, struct value value)
{
    const struct field *about = &record_type(record)->fields[field];
    if (value.type == VALUE_ABSENT && !field_holds_text(about))
        return value_integer(about->absent);
    return value;
}

/* A phase has a title, and is there or not. */
static enum status check_phase(int field, struct value value, struct error *error)
{
    if (field == ITEM_TITLE || (field == ITEM_STATE && value.integer != STATE_PARKED))
        return STATUS_OK;
    return error_set(error, STATUS_REFUSED, "a phase has no %s; it has a title and its place",
                     record_type(RECORD_ITEM)->fields[field].name);
}

/* Undo checks what an edit leaves behind as a whole instead (undo.c). */
static enum status check_item(struct edit *edit, const struct moment *item, int field,
                              struct value value, struct error *error)
{
    if (item->kind == ITEM_PHASE)
        return check_phase(field, value, error);
    if (field != ITEM_TARGET || edit->kind != EDIT_DO)
        return STATUS_OK;
    return method_check_target(item->rating, value.integer, error);
}

/* It comes back under a name and a letter that may have been taken since. */
static enum status check_channel_returns(struct edit *edit, int64_t id, struct error *error)
{
    struct channel channel = {0};
    enum status status = store_get(edit->store, RECORD_CHANNEL, id, &channel, error);
    if (status == STATUS_OK)
        status = check_unlike(edit, id, CHANNEL_NAME, value_text(channel.name), error);
    if (status == STATUS_OK)
        status = check_unlike(edit, id, CHANNEL_LETTER, value_text(channel.letter), error);
    record_release(RECORD_CHANNEL, &channel);
    return status;
}

/* A channel goes when no moment is by it any more: names on the cards would be lost with it. */
static enum status check_channel_unused(struct edit *edit, int64_t id, struct error *error)
{
    int64_t used;
    enum status status = tally_flush(edit, error);
    if (status == STATUS_OK)
        status = store_ask(edit->store, SQL_CHANNEL_USES, id, 0, 0, &used, error);
    if (status == STATUS_OK && used > 0)
        status =
            error_set(error, STATUS_REFUSED,
                      "%lld moments are by that channel; give them another first", (long long)used);
    return status;
}

/* A deleted record is out of reach until its state is set. Undo reaches it all the same. */
static enum status check_reachable(struct edit *edit, enum record record, int64_t id, int field,
                                   struct error *error)
{
    sqlite3_stmt *read;
    struct value state = value_absent();
    int state_field = store_state_field(record);
    if (edit->kind != EDIT_DO || state_field < 0 || field == state_field)
        return STATUS_OK;
    enum status status = get_field(edit->store, record, id, state_field, &read, &state, error);
    if (status != STATUS_OK)
        return status;
    sqlite3_reset(read);
    if (state.integer == STATE_DELETED)
        return error_set(error, STATUS_NOT_FOUND,
                         "that %s was deleted meanwhile; u or 'undo' brings one's own back",
                         record_type(record)->name);
    return STATUS_OK;
}

/* --- writing ---------------------------------------------------------------------------------- */

static enum status write_other(struct edit *edit, enum record record, int64_t id, int field,
                               struct value old, struct value value, struct error *error)
{
    enum status status = edit_record_change(
        edit, record, id, record_type(record)->fields[field].name, old, value, error);
    return status == STATUS_OK ? put_field(edit->store, record, id, field, value, error) : status;
}

/* --- targets ---------------------------------------------------------------------------------- */

/* A target that is hidden with its rating stays as it is: not even that there is none is told. */
static enum status check_target_seen(struct edit *edit, int64_t item, struct error *error)
{
    bool hidden = false;
    if (edit->kind != EDIT_DO)
        return STATUS_OK;
    enum status status = review_hides(edit->store, item, &hidden, error);
    return status == STATUS_OK && hidden ? method_check_target(RATING_HIDDEN, RATING_NEUTRAL, error)
                                         : status;
}

/* --- ratings ---------------------------------------------------------------------------------- */

/* The rating before the review stays; the one after it is the latest. */
static enum status note_rerating(struct edit *edit, int64_t item, int64_t review, int64_t before,
                                 int64_t after, struct error *error)
{
    struct rerating rerating = {0};
    int64_t id = 0;
    enum status status = store_ask(edit->store, SQL_RERATING, item, review, 0, &id, error);
    if (status != STATUS_OK)
        return status;
    if (id)
        return edit_put(edit, RECORD_RERATING, id, RERATING_AFTER, value_integer(after), NULL,
                        error);
    if (before == RATING_NONE && after == RATING_NONE)
        return STATUS_OK;
    record_init(RECORD_RERATING, &rerating);
    rerating.item = item;
    rerating.review = review;
    rerating.before = before;
    rerating.after = after;
    return edit_insert(edit, RECORD_RERATING, &rerating, &id, error);
}

/* While a review goes on, who rates gives a rating anew (R16), also one that is the same as before.
 */
static enum status follow_review(struct edit *edit, int64_t item, struct value before,
                                 struct value after, struct error *error)
{
    int64_t review = 0;
    if (edit->kind != EDIT_DO)
        return STATUS_OK;
    enum status status = review_now(edit->store, &review, error);
    if (status == STATUS_OK && review)
        status = note_rerating(edit, item, review, before.integer, after.integer, error);
    return status;
}

/* Who did not see a rating has seen that it is hidden; it is no more when another was faster. */
static enum status check_seen(struct edit *edit, enum record record, int64_t id, int field,
                              struct value now, struct value seen, struct error *error)
{
    bool same = value_equal(now, settle(record, field, seen));
    enum status status = STATUS_OK;
    if (record == RECORD_ITEM && field == ITEM_RATING && seen.type == VALUE_INTEGER &&
        seen.integer == RATING_HIDDEN)
        status = review_hides(edit->store, id, &same, error);
    if (status == STATUS_OK && !same)
        status =
            edit_conflict(edit->store, record, id, record_type(record)->fields[field].name, error);
    return status;
}

/* What goes with a rating: the first one is kept (R8, R16: drift is measured from it), and without
 * a rating there is no target (R11). */
static enum status follow_rating(struct edit *edit, const struct moment *item, int64_t before,
                                 int64_t rating, struct error *error)
{
    int64_t first = before != RATING_NONE ? before : rating;
    if (edit->kind != EDIT_DO)
        return STATUS_OK;
    if (rating == RATING_NONE)
        return edit_put(edit, RECORD_ITEM, item->id, ITEM_TARGET, value_integer(RATING_NONE), NULL,
                        error);
    if (item->first_rating != RATING_NONE)
        return STATUS_OK;
    return edit_put(edit, RECORD_ITEM, item->id, ITEM_FIRST_RATING, value_integer(first), NULL,
                    error);
}

static enum status write_item(struct edit *edit, int64_t id, int field, struct value old,
                              struct value value, struct error *error)
{
    struct moment item = {0};
    enum status status = edit_read_counted(edit->store, id, &item, error);
    if (status == STATUS_OK)
        status = check_item(edit, &item, field, value, error);
    if (status == STATUS_OK && field == ITEM_STATE && item.state == STATE_DELETED)
        status = tally_check_room(edit, (enum item_kind)item.kind, error);
    if (status == STATUS_OK)
        status = write_other(edit, RECORD_ITEM, id, field, old, value, error);
    if (status != STATUS_OK || field_holds_text(&record_type(RECORD_ITEM)->fields[field]))
        return status;
    int64_t rated = item.rating;
    tally_count(edit, &item, -1);
    record_set(RECORD_ITEM, &item, field, value);
    tally_count(edit, &item, +1);
    return field == ITEM_RATING ? follow_rating(edit, &item, rated, item.rating, error) : status;
}

static enum status check_channel(struct edit *edit, int64_t id, int field, struct value value,
                                 struct error *error)
{
    edit->channels.count = 0;
    if (field != CHANNEL_STATE)
        return STATUS_OK;
    return value.integer == STATE_DELETED ? check_channel_unused(edit, id, error)
                                          : check_channel_returns(edit, id, error);
}

static enum status write_field(struct edit *edit, enum record record, int64_t id, int field,
                               struct value old, struct value value, struct error *error)
{
    enum status status = edit_check_reference(edit, record, id, field, value, error);
    if (status == STATUS_OK && record == RECORD_CHANNEL)
        status = check_channel(edit, id, field, value, error);
    if (status == STATUS_OK && record == RECORD_VOTE)
        status = vote_check(edit, id, field, old, value, error);
    if (status != STATUS_OK)
        return status;
    return record == RECORD_ITEM ? write_item(edit, id, field, old, value, error)
                                 : write_other(edit, record, id, field, old, value, error);
}

enum status edit_put(struct edit *edit, enum record record, int64_t id, int field,
                     struct value value, const struct value *seen, struct error *error)
{
    sqlite3_stmt *read = NULL;
    struct value now = value_absent();
    value = settle(record, field, value);
    enum status status = check_value(record, field, value, error);
    if (status == STATUS_OK)
        status = check_reachable(edit, record, id, field, error);
    if (status == STATUS_OK)
        status = get_field(edit->store, record, id, field, &read, &now, error);
    if (status != STATUS_OK)
        return status;
    bool same = value_equal(now, value);
    if (record == RECORD_ITEM && field == ITEM_TARGET)
        status = check_target_seen(edit, id, error);
    if (status == STATUS_OK && !same && seen)
        status = check_seen(edit, record, id, field, now, *seen, error);
    if (status == STATUS_OK && record == RECORD_ITEM && field == ITEM_RATING)
        status = follow_review(edit, id, now, value, error);
    if (status == STATUS_OK && !same)
        status = write_field(edit, record, id, field, now, value, error);
    sqlite3_reset(read);
    return status;
}

enum status edit_set(struct edit *edit, enum record record, int64_t id, int field,
                     struct value value, const struct value *seen, struct error *error)
{
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = edit_put(edit, record, id, field, value, seen, error);
    return edit_note(edit, status);
}

enum status edit_delete(struct edit *edit, enum record record, int64_t id, struct error *error)
{
    assert(store_state_field(record) >= 0);
    return edit_put(edit, record, id, store_state_field(record), value_integer(STATE_DELETED), NULL,
                    error);
}

enum status edit_remove(struct edit *edit, enum record record, int64_t id, struct error *error)
{
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = edit_delete(edit, record, id, error);
    return edit_note(edit, status);
}
