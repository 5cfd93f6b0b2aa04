/* Edits: one transaction each, with its history. Everything that writes a record goes through here,
 * so that history, tally, rules and numbers cannot be forgotten by one of them. */
#include "edit_internal.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <assert.h>
#include <string.h>

/* --- begin, commit, cancel
 * ------------------------------------------------------------------------ */

static enum status newest_edit(struct store *store, int64_t *id, struct error *error)
{
    sqlite3_stmt *statement = store_statement(store, SQL_NEWEST_EDIT, error);
    return statement ? store_integer(store, statement, 0, id, error) : error->status;
}

enum status edit_begin(struct store *store, struct edit **out, struct error *error)
{
    int64_t newest = 0;
    assert(!store->edit && store->depth == 0);
    *out = NULL;
    enum status status = store_check_writable(store, error);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *begin = store_statement(store, SQL_BEGIN_IMMEDIATE, error);
    if (!begin || store_run(store, begin, error) != STATUS_OK)
        return error->status;
    struct edit *edit = memory_new(1, sizeof *edit);
    edit->store = store;
    store->edit = edit;
    store_notice_changes(store);
    status = newest_edit(store, &newest, error);
    if (status != STATUS_OK)
        return edit_cancel(edit, status);
    edit->id = newest + 1;
    sqlite3_randomness(sizeof edit->uid, &edit->uid);
    *out = edit;
    return STATUS_OK;
}

static void edit_free(struct edit *edit)
{
    edit->store->edit = NULL;
    memory_free(edit->deltas);
    buffer_release(&edit->json);
    memory_free(edit->last_phase);
    memory_free(edit);
}

enum status edit_cancel(struct edit *edit, enum status status)
{
    struct error ignored;
    struct store *store = edit->store;
    sqlite3_stmt *rollback = store_statement(store, SQL_ROLLBACK, &ignored);
    if (rollback && !sqlite3_get_autocommit(store->db))
        (void)!store_run(store, rollback, &ignored);
    store_anchor_forget(store);
    edit_free(edit);
    return status;
}

int64_t edit_changes(const struct edit *edit)
{
    return edit->changes;
}

static enum status write_edit_row(struct edit *edit, const char *words, struct error *error)
{
    struct store *store = edit->store;
    sqlite3_stmt *insert = store_statement(store, SQL_ADD_EDIT, error);
    if (!insert)
        return error->status;
    sqlite3_bind_int64(insert, 1, edit->id);
    sqlite3_bind_int64(insert, 2, edit->uid);
    sqlite3_bind_text(insert, 3, store->who, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, clock_now(&store->clock));
    sqlite3_bind_int64(insert, 5, edit->kind);
    if (edit->undoes)
        sqlite3_bind_int64(insert, 6, edit->undoes);
    else
        sqlite3_bind_null(insert, 6);
    sqlite3_bind_text(insert, 7, words, -1, SQLITE_STATIC);
    return store_run(store, insert, error);
}

/* R6, asked when all is in place, so that a swap of two chosen ones is one edit. */
static enum status check_chosen(struct edit *edit, struct error *error)
{
    int64_t chosen;
    if (!edit->chosen_grew)
        return STATUS_OK;
    sqlite3_stmt *statement = store_statement(edit->store, SQL_CHOSEN, error);
    if (!statement || store_integer(edit->store, statement, 0, &chosen, error) != STATUS_OK)
        return error->status;
    return method_check_chosen(chosen, error);
}

/* An I/O error on the last sync reports failure although the edit may be in the file: it is looked
 * up by its random id, and never tried again blindly. */
static enum status find_out(struct store *store, int64_t id, int64_t uid, struct error *error)
{
    struct error ignored;
    int64_t found = 0;
    sqlite3_stmt *statement = store_statement(store, SQL_FIND_EDIT, &ignored);
    bool asked = false;
    if (statement) {
        sqlite3_bind_int64(statement, 1, id);
        sqlite3_bind_int64(statement, 2, uid);
        asked = store_integer(store, statement, 0, &found, &ignored) == STATUS_OK;
    }
    if (asked && found)
        return STATUS_OK;
    error_prefix(error, asked ? "Not saved. " : "It could not be told whether this was saved. ");
    return error->status;
}

static enum status commit(struct edit *edit, struct error *error)
{
    struct store *store = edit->store;
    sqlite3_stmt *statement = store_statement(store, SQL_COMMIT, error);
    if (statement && store_run(store, statement, error) == STATUS_OK) {
        edit_free(edit);
        return STATUS_OK;
    }
    int64_t id = edit->id, uid = edit->uid;
    (void)edit_cancel(edit, STATUS_OK);
    return find_out(store, id, uid, error);
}

enum status edit_commit(struct edit *edit, struct error *error, const char *words)
{
    if (edit->changes == 0 && !edit->changes_forced)
        return edit_cancel(edit, STATUS_OK);
    enum status status = tally_flush(edit, error);
    if (status == STATUS_OK)
        status = check_chosen(edit, error);
    if (status == STATUS_OK)
        status = write_edit_row(edit, words, error);
    return status == STATUS_OK ? commit(edit, error) : edit_cancel(edit, status);
}

/* --- history
 * --------------------------------------------------------------------------------------- */

enum status edit_record_change(struct edit *edit, enum record record, int64_t id, const char *field,
                               struct value old, struct value new, struct error *error)
{
    sqlite3_stmt *insert = store_statement(edit->store, SQL_ADD_CHANGE, error);
    if (!insert)
        return error->status;
    sqlite3_bind_int64(insert, 1, edit->id);
    sqlite3_bind_int64(insert, 2, ++edit->changes);
    sqlite3_bind_text(insert, 3, record_type(record)->table, -1, SQLITE_STATIC);
    sqlite3_bind_int64(insert, 4, id);
    sqlite3_bind_text(insert, 5, field, -1, SQLITE_STATIC);
    store_bind(insert, 6, old);
    store_bind(insert, 7, new);
    return store_run(edit->store, insert, error);
}

/* --- the tally
 * ---------------------------------------------------------------------------------------- */

static struct tally_delta *delta_for(struct edit *edit, const struct tally_delta *key)
{
    for (size_t i = edit->delta_count; i-- > 0;) {
        struct tally_delta *delta = &edit->deltas[i];
        if (delta->kind == key->kind && delta->state == key->state &&
            delta->channel == key->channel && delta->rating == key->rating)
            return delta;
    }
    edit->deltas = memory_resize(edit->deltas, edit->delta_count + 1, sizeof *edit->deltas);
    struct tally_delta *delta = &edit->deltas[edit->delta_count++];
    *delta = (struct tally_delta){
        .kind = key->kind, .state = key->state, .channel = key->channel, .rating = key->rating};
    return delta;
}

void tally_count(struct edit *edit, const struct moment *item, int sign)
{
    struct tally_delta key = {.kind = item->kind,
                              .state = item->state,
                              .channel = item->channel == FIELD_ABSENT ? 0 : item->channel,
                              .rating = item->rating};
    struct tally_delta *delta = delta_for(edit, &key);
    bool timed = item->seconds != FIELD_ABSENT;
    delta->n += sign;
    delta->timed += timed ? sign : 0;
    delta->seconds += timed ? sign * item->seconds * item->times : 0;
    delta->times += sign * item->times;
    delta->chosen += item->chosen ? sign : 0;
    if (sign > 0 && item->chosen && item->state == STATE_LIVE)
        edit->chosen_grew = true;
    if (item->kind == ITEM_MOMENT && item->state == STATE_LIVE)
        store_anchor_shift(edit->store, item->ord, sign);
}

static enum status tally_write(struct edit *edit, const struct tally_delta *delta,
                               struct error *error)
{
    const int64_t values[] = {delta->kind,  delta->state,   delta->channel, delta->rating, delta->n,
                              delta->timed, delta->seconds, delta->times,   delta->chosen};
    sqlite3_stmt *add = store_statement(edit->store, SQL_ADD_TALLY, error);
    if (!add)
        return error->status;
    for (int i = 0; i < 9; i++)
        sqlite3_bind_int64(add, i + 1, values[i]);
    return store_run(edit->store, add, error);
}

enum status tally_flush(struct edit *edit, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < edit->delta_count; i++) {
        const struct tally_delta *delta = &edit->deltas[i];
        if (delta->n || delta->timed || delta->seconds || delta->times || delta->chosen)
            status = tally_write(edit, delta, error);
    }
    edit->delta_count = 0;
    return status;
}

/* --- one field
 * ------------------------------------------------------------------------------------------ */

/* Only what the tally counts: the note stays unread. */
enum status edit_read_counted(struct store *store, int64_t id, struct moment *item,
                              struct error *error)
{
    bool row;
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
    int64_t *const into[] = {&item->kind,    &item->state,  &item->ord,         &item->placed,
                             &item->channel, &item->rating, &item->target,      &item->chosen,
                             &item->seconds, &item->times,  &item->first_rating};
    for (int i = 0; i < (int)(sizeof into / sizeof *into); i++)
        *into[i] = sqlite3_column_type(read, i) == SQLITE_NULL ? FIELD_ABSENT
                                                               : sqlite3_column_int64(read, i);
    item->id = id;
    sqlite3_reset(read);
    return STATUS_OK;
}

static sqlite3_stmt *field_statement(struct store *store, sqlite3_stmt **slot, bool reads,
                                     enum record record, int field, struct error *error)
{
    const char *table = record_type(record)->table;
    const char *name = record_type(record)->fields[field].name;
    struct buffer sql = {0};
    if (reads)
        buffer_add_format(&sql, "SELECT %s FROM %s WHERE id = ?1", name, table);
    else
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
    *read = field_statement(store, &store->get_field[record][field], true, record, field, error);
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
    sqlite3_stmt *write =
        field_statement(store, &store->set_field[record][field], false, record, field, error);
    if (!write)
        return error->status;
    sqlite3_bind_int64(write, 1, id);
    store_bind(write, 2, value);
    return store_run(store, write, error);
}

/* Who last changed a field of a record: looked for from the newest change backwards. */
void edit_last_changer(struct store *store, enum record record, int64_t id, const char *field,
                       struct buffer *who)
{
    struct error ignored;
    bool row = false;
    sqlite3_stmt *find = store_statement(store, SQL_LAST_CHANGER, &ignored);
    if (!find)
        return;
    sqlite3_bind_text(find, 1, record_type(record)->table, -1, SQLITE_STATIC);
    sqlite3_bind_int64(find, 2, id);
    sqlite3_bind_text(find, 3, field, -1, SQLITE_STATIC);
    if (store_step_row(store, find, &row, &ignored) == STATUS_OK && row) {
        buffer_add_text(who, (const char *)sqlite3_column_text(find, 0));
        sqlite3_reset(find);
    }
    if (who->length == 0)
        buffer_add_text(who, "another program");
}

enum status edit_conflict(struct store *store, enum record record, int64_t id, const char *field,
                          struct error *error)
{
    struct buffer who = {0};
    int named = record_field(record, field);
    const char *label = named < 0 ? "place" : record_type(record)->fields[named].label;
    edit_last_changer(store, record, id, field, &who);
    (void)error_set(
        error, STATUS_CONFLICT,
        "%s has changed it meanwhile (%s): nothing was overwritten; look, then try again",
        buffer_text(&who), label ? label : field);
    buffer_release(&who);
    return STATUS_CONFLICT;
}

/* R8, R11 and what hangs on a field beyond its type. */
static enum status check_rules(struct edit *edit, const struct moment *item, int field,
                               struct value value, struct error *error)
{
    struct store *store = edit->store;
    int64_t live = 0;
    if (field == ITEM_TARGET && value.type == VALUE_INTEGER && value.integer != RATING_NONE &&
        !edit->kind)
        return method_check_target(item->rating, value.integer, error);
    if (field == ITEM_CHANNEL && value.type == VALUE_INTEGER) {
        sqlite3_stmt *find = store_statement(store, SQL_CHANNEL_IS_LIVE, error);
        if (!find)
            return error->status;
        sqlite3_bind_int64(find, 1, value.integer);
        if (store_integer(store, find, 0, &live, error) != STATUS_OK)
            return error->status;
        if (!live)
            return error_set(error, STATUS_NOT_FOUND, "there is no such channel on this board");
    }
    return STATUS_OK;
}

static bool is_required(enum record record, int field)
{
    return (record == RECORD_ITEM && field == ITEM_TITLE) ||
           (record == RECORD_IDEA && field == IDEA_TEXT) ||
           (record == RECORD_ACTION && field == ACTION_TEXT) ||
           (record == RECORD_PERSON && field == PERSON_NAME);
}

static enum status check_value(enum record record, int field, struct value value,
                               struct error *error)
{
    const struct record_type *type = record_type(record);
    if (value.type == VALUE_ABSENT && is_required(record, field))
        return error_set(error, STATUS_REFUSED, "a %s cannot be without a %s", type->name,
                         type->fields[field].name);
    return field_check(&type->fields[field], value, error);
}

/* The absent number of a field that has a default is that default. */
static struct value settle(enum record record, int field, struct value value)
{
    const struct field *about = &record_type(record)->fields[field];
    bool number =
        about->type != FIELD_LINE && about->type != FIELD_TEXT && about->type != FIELD_DAY;
    if (value.type == VALUE_ABSENT && number && about->absent != FIELD_ABSENT)
        return value_integer(about->absent);
    return value;
}

/* An imported board may say what a moment is rated and not what it was first. */
static enum status keep_first_rating(struct edit *edit, const struct moment *item, int64_t before,
                                     struct value rating, struct error *error)
{
    if (edit->kind || item->first_rating != RATING_NONE || rating.integer == RATING_NONE)
        return STATUS_OK;
    int64_t first = before != RATING_NONE ? before : rating.integer;
    return edit_set(edit, RECORD_ITEM, item->id, ITEM_FIRST_RATING, value_integer(first), NULL,
                    error);
}

/* A deleted record is out of reach until its state is set. Undo reaches it all the same. */
static enum status check_reachable(struct edit *edit, enum record record, int64_t id, int field,
                                   struct error *error)
{
    static const int state_field[RECORDS] = {-1,         CHANNEL_STATE, PERSON_STATE, ITEM_STATE,
                                             IDEA_STATE, ACTION_STATE,  ENTRY_STATE};
    sqlite3_stmt *read;
    struct value state;
    if (edit->kind || state_field[record] < 0 || field == state_field[record])
        return STATUS_OK;
    enum status status =
        get_field(edit->store, record, id, state_field[record], &read, &state, error);
    if (status != STATUS_OK)
        return status;
    sqlite3_reset(read);
    if (state.integer == STATE_DELETED)
        return error_set(error, STATUS_NOT_FOUND,
                         "that %s was deleted meanwhile; u or 'undo' "
                         "brings one's own back",
                         record_type(record)->name);
    return STATUS_OK;
}

static enum status write_field(struct edit *edit, enum record record, int64_t id, int field,
                               struct value old, struct value value, struct error *error)
{
    struct store *store = edit->store;
    struct moment item = {0};
    enum status status = STATUS_OK;
    if (record == RECORD_ITEM)
        status = edit_read_counted(store, id, &item, error);
    if (status == STATUS_OK && record == RECORD_ITEM)
        status = check_rules(edit, &item, field, value, error);
    if (status == STATUS_OK)
        status = edit_record_change(edit, record, id, record_type(record)->fields[field].name, old,
                                    value, error);
    if (status == STATUS_OK)
        status = put_field(store, record, id, field, value, error);
    if (status != STATUS_OK || record != RECORD_ITEM)
        return status;
    int64_t rated = item.rating;
    tally_count(edit, &item, -1);
    if (record_type(record)->fields[field].type != FIELD_LINE &&
        record_type(record)->fields[field].type != FIELD_TEXT)
        record_set(RECORD_ITEM, &item, field, value);
    tally_count(edit, &item, +1);
    return field == ITEM_RATING ? keep_first_rating(edit, &item, rated, value, error) : STATUS_OK;
}

enum status edit_set(struct edit *edit, enum record record, int64_t id, int field,
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
    if (value_equal(now, value))
        status = STATUS_OK;
    else if (seen && !value_equal(now, settle(record, field, *seen)))
        status =
            edit_conflict(edit->store, record, id, record_type(record)->fields[field].name, error);
    else
        status = write_field(edit, record, id, field, now, value, error);
    sqlite3_reset(read);
    return status;
}

enum status edit_remove(struct edit *edit, enum record record, int64_t id, struct error *error)
{
    static const int state_field[RECORDS] = {-1,         CHANNEL_STATE, PERSON_STATE, ITEM_STATE,
                                             IDEA_STATE, ACTION_STATE,  ENTRY_STATE};
    assert(state_field[record] >= 0);
    return edit_set(edit, record, id, state_field[record], value_integer(STATE_DELETED), NULL,
                    error);
}
