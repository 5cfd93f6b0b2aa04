/* The board as it was: a copy that nobody else sees, in which all that was done after an edit is
 * taken back, the newest change first. History is read backwards and not replayed from the start,
 * because what a new board begins with (its channels) is not in it. No rule is asked: what has been
 * there may be looked at. */
#include "edit_internal.h"
#include "review.h"
#include "touchline/edit.h"
#include "touchline/query.h"

struct rewind {
    struct store *past;
    sqlite3_stmt *set[RECORDS][RECORD_FIELDS_MAX];
    sqlite3_stmt *remove[RECORDS];
    sqlite3_stmt *place;
};

/* --- one change ------------------------------------------------------------------------------- */

/* What is taken back must be there as the change left it: else history tells another story than the
 * board, and what it would show has never been. */
static enum status run_on_one(struct rewind *rewind, sqlite3_stmt *statement, struct error *error)
{
    enum status status = store_run(rewind->past, statement, error);
    if (status == STATUS_OK && sqlite3_changes(rewind->past->db) != 1)
        status = history_refuse(rewind->past, error);
    return status;
}

/* A record that was added is not there before: nothing else can hang on it by then. */
static enum status take_out(struct rewind *rewind, const struct history_change *change,
                            struct error *error)
{
    struct buffer sql = {0};
    buffer_add_format(&sql, "DELETE FROM %s WHERE id = ?1", record_type(change->record)->table);
    sqlite3_stmt *remove =
        store_prepare(rewind->past, &rewind->remove[change->record], buffer_text(&sql), error);
    buffer_release(&sql);
    if (!remove)
        return error->status;
    sqlite3_bind_int64(remove, 1, change->id);
    return run_on_one(rewind, remove, error);
}

static enum status put_back(struct rewind *rewind, const struct history_change *change,
                            struct error *error)
{
    struct edit edit = {.store = rewind->past};
    int64_t before, placed, was_before, was_placed, ord, follows;
    if (!history_read_place(change->old, &was_before, &was_placed) ||
        !history_read_place(change->new, &before, &placed) || was_before == change->id)
        return history_refuse(rewind->past, error);
    enum status status = place_find(&edit, was_before, &ord, &follows, error);
    if (status == STATUS_NOT_FOUND)
        return history_refuse(rewind->past, error);
    sqlite3_stmt *place = status != STATUS_OK
                              ? NULL
                              : store_prepare(rewind->past, &rewind->place,
                                              "UPDATE item SET ord = ?2, placed = ?3 "
                                              "WHERE id = ?1 AND placed = ?4",
                                              error);
    if (!place)
        return error->status;
    sqlite3_bind_int64(place, 1, change->id);
    sqlite3_bind_int64(place, 2, ord);
    sqlite3_bind_int64(place, 3, was_placed);
    sqlite3_bind_int64(place, 4, placed);
    return run_on_one(rewind, place, error);
}

static enum status set_back(struct rewind *rewind, const struct history_change *change,
                            struct error *error)
{
    const struct record_type *type = record_type(change->record);
    const char *name = type->fields[change->field].name;
    struct buffer sql = {0};
    buffer_add_format(&sql, "UPDATE %s SET %s = ?2 WHERE id = ?1 AND %s IS ?3", type->table, name,
                      name);
    sqlite3_stmt *set = store_prepare(rewind->past, &rewind->set[change->record][change->field],
                                      buffer_text(&sql), error);
    buffer_release(&sql);
    if (!set)
        return error->status;
    sqlite3_bind_int64(set, 1, change->id);
    store_bind(set, 2, change->old);
    store_bind(set, 3, change->new);
    return run_on_one(rewind, set, error);
}

static enum status take_back(struct rewind *rewind, const struct history_change *change,
                             struct error *error)
{
    if (change->field == HISTORY_ADDED)
        return take_out(rewind, change, error);
    if (change->field == HISTORY_PLACE)
        return put_back(rewind, change, error);
    return set_back(rewind, change, error);
}

/* --- all since an edit ------------------------------------------------------------------------ */

static enum status take_back_since(struct rewind *rewind, int64_t edit, struct error *error)
{
    struct store *past = rewind->past;
    struct history_change change;
    enum status status;
    bool row;
    sqlite3_stmt *changes = store_statement(past, SQL_CHANGES_SINCE, error);
    if (!changes)
        return error->status;
    sqlite3_bind_int64(changes, 1, edit);
    while ((status = store_step_row(past, changes, &row, error)) == STATUS_OK && row) {
        status = history_read_change(past, changes, &change, error);
        if (status == STATUS_OK)
            status = take_back(rewind, &change, error);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(changes);
    return status;
}

static enum status forget_since(struct store *past, int64_t edit, struct error *error)
{
    struct buffer sql = {0};
    buffer_add_format(&sql,
                      "DELETE FROM change WHERE edit > %lld; DELETE FROM edit WHERE id > %lld; "
                      "DELETE FROM tally",
                      (long long)edit, (long long)edit);
    enum status status = store_exec(past, buffer_text(&sql), error);
    buffer_release(&sql);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *anew = store_statement(past, SQL_TALLY_ANEW, error);
    return anew ? store_run(past, anew, error) : error->status;
}

static void rewind_release(struct rewind *rewind)
{
    for (int record = 0; record < RECORDS; record++) {
        sqlite3_finalize(rewind->remove[record]);
        for (int field = 0; field < RECORD_FIELDS_MAX; field++)
            sqlite3_finalize(rewind->set[record][field]);
    }
    sqlite3_finalize(rewind->place);
}

/* The copy is nobody's but ours, and gone when anything of this fails. */
static enum status rewind_to(struct store *past, int64_t edit, struct error *error)
{
    struct rewind rewind = {.past = past};
    enum status status = store_exec(past, "PRAGMA cache_size=-16000; BEGIN", error);
    if (status == STATUS_OK)
        status = ballots_drop_unshown(past, error);
    if (status == STATUS_OK)
        status = review_note_hidden(past, error);
    if (status == STATUS_OK)
        status = take_back_since(&rewind, edit, error);
    if (status == STATUS_OK)
        status = ballots_drop_unshown(past, error);
    if (status == STATUS_OK)
        status = forget_since(past, edit, error);
    if (status == STATUS_OK)
        status = review_keep_hidden(past, error);
    rewind_release(&rewind);
    if (status == STATUS_OK)
        status = store_exec(past, "COMMIT; PRAGMA cache_size=-1000", error);
    store_anchor_forget(past);
    return status;
}

/* --- opening ---------------------------------------------------------------------------------- */

static enum status check_edit(struct store *store, int64_t edit, struct error *error)
{
    int64_t there, newest;
    if (store->newer)
        return error_set(error, STATUS_REFUSED, "%s: %s; only that can tell what it was like",
                         store->path, store->look_only);
    enum status status = store_ask(store, SQL_EDIT_IS_THERE, edit, 0, 0, &there, error);
    if (status == STATUS_OK && !there && edit != 0)
        status = store_ask(store, SQL_NEWEST_EDIT, 0, 0, 0, &newest, error);
    if (status == STATUS_OK && !there && edit != 0)
        status = error_set(error, STATUS_NOT_FOUND, "there is no edit %lld; the newest is %lld",
                           (long long)edit, (long long)newest);
    return status;
}

static enum status open_past(struct store *store, struct store *past, int64_t edit,
                             struct error *error)
{
    struct buffer why = {0};
    enum status status = store_copy_pages(store, past->db, "a copy of the board", error);
    if (status == STATUS_OK)
        status = rewind_to(past, edit, error);
    if (status == STATUS_OK)
        status = store_ask(past, SQL_DATA_VERSION, 0, 0, 0, &past->seen_version, error);
    buffer_add_format(&why, "it is the board as it was after edit %lld", (long long)edit);
    store_set_look_only(past, buffer_text(&why));
    buffer_release(&why);
    return status;
}

enum status store_open_past(struct store *store, int64_t edit, struct store **out,
                            struct error *error)
{
    *out = NULL;
    enum status status = check_edit(store, edit, error);
    if (status != STATUS_OK)
        return status;
    struct store *past;
    status = store_open_copy(store, &past, error);
    if (status == STATUS_OK)
        status = open_past(store, past, edit, error);
    if (status == STATUS_OK)
        *out = past;
    else
        store_close(past);
    return status;
}
