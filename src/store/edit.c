/* Edits: one transaction each, with its history. Everything that writes a record goes through here,
 * so that history, tally, rules and numbers cannot be forgotten by one of them. */
#include "touchline/edit.h"
#include "edit_internal.h"
#include "touchline/memory.h"
#include <assert.h>

/* --- begin ------------------------------------------------------------------------------------ */

enum status store_take_lock(struct store *store, struct error *error)
{
    enum status status = store_check_writable(store, error);
    if (status != STATUS_OK)
        return status;
    return store_begin(store, SQL_BEGIN_IMMEDIATE, error);
}

/* The id that comes after the newest: it is this edit's own while the lock is held. */
static enum status take_id(struct edit *edit, struct error *error)
{
    int64_t newest;
    enum status status = store_ask(edit->store, SQL_NEWEST_EDIT, 0, 0, 0, &newest, error);
    if (status == STATUS_OK && (newest < 0 || newest == INT64_MAX))
        status = error_set(error, STATUS_BAD_DATA, "%s: its history is damaged; use a backup",
                           edit->store->path);
    if (status == STATUS_OK)
        edit->id = newest + 1;
    return status;
}

enum status edit_begin(struct store *store, struct edit **out, struct error *error)
{
    assert(!store->edit && store->depth == 0);
    *out = NULL;
    enum status status = store_take_lock(store, error);
    if (status != STATUS_OK)
        return status;
    struct edit *edit = memory_new(1, sizeof *edit);
    edit->store = store;
    store->edit = edit;
    store_counts_forget(store);
    sqlite3_randomness(sizeof edit->uid, &edit->uid);
    status = store_notice_changes(store, error);
    if (status == STATUS_OK)
        status = take_id(edit, error);
    if (status != STATUS_OK)
        return edit_cancel(edit, status);
    *out = edit;
    return STATUS_OK;
}

/* --- cancel, commit --------------------------------------------------------------------------- */

static void edit_free(struct edit *edit)
{
    assert(edit->store->depth == 0);
    edit->store->edit = NULL;
    memory_free(edit->deltas);
    buffer_release(&edit->json);
    memory_free(edit->last_phase);
    memory_free(edit);
}

enum status edit_cancel(struct edit *edit, enum status status)
{
    struct store *store = edit->store;
    store_roll_back(store);
    if (edit->changes > 0 || edit->failed != STATUS_OK)
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

/* An I/O error on the last sync reports failure although the edit is in the file: it is looked up
 * by its random id, and never tried again blindly: it would be done twice. What is found is saved
 * once the folder is on the disk too: that is the sync that failed. */
enum status store_find_out(struct store *store, bool asked, bool found, struct error *error)
{
    if (asked && found) {
        store->unconfirmed = true;
        return STATUS_OK;
    }
    error_prefix(error, asked ? "Not saved. " : "It could not be told whether this was saved. ");
    return error->status;
}

enum status store_save(struct store *store, struct error *error)
{
    if (store_commit(store, error) != STATUS_OK)
        return error->status;
    store->unconfirmed = false; /* it synced the folder after those before it, too */
    return STATUS_OK;
}

enum status store_confirm(struct store *store, struct error *error)
{
    if (store->unconfirmed && store_sync_folder_of(store->path))
        store->unconfirmed = false;
    if (!store->unconfirmed)
        return STATUS_OK;
    return error_set(
        error, STATUS_FAILED,
        "%s: this is in the file, but the disk did not confirm: a power cut may lose it",
        store->path);
}

static enum status commit(struct edit *edit, struct error *error)
{
    struct store *store = edit->store;
    if (store_save(store, error) == STATUS_OK) {
        edit_free(edit);
        return STATUS_OK;
    }
    struct error ignored;
    int64_t id = edit->id, uid = edit->uid, found = 0;
    (void)edit_cancel(edit, STATUS_OK);
    bool asked = store_ask(store, SQL_FIND_EDIT, id, uid, 0, &found, &ignored) == STATUS_OK;
    return store_find_out(store, asked, found, error);
}

enum status edit_commit(struct edit *edit, struct error *error, const char *words)
{
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK && edit->changes == 0 && !edit->changes_forced)
        return edit_cancel(edit, STATUS_OK);
    if (status == STATUS_OK)
        status = tally_flush(edit, error);
    if (status == STATUS_OK && edit->chosen_grew)
        status = tally_check_chosen(edit, error);
    if (status == STATUS_OK)
        status = write_edit_row(edit, words, error);
    return status == STATUS_OK ? commit(edit, error) : edit_cancel(edit, status);
}

/* --- what all parts of an edit use ------------------------------------------------------------ */

enum status edit_note(struct edit *edit, enum status status)
{
    if (edit->failed == STATUS_OK)
        edit->failed = status;
    return status;
}

enum status edit_check_whole(const struct edit *edit, struct error *error)
{
    if (edit->failed == STATUS_OK)
        return STATUS_OK;
    return error_set(error, edit->failed, "nothing was saved: a part of it could not be done");
}

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

/* Who last changed a field of a record: looked for from the newest change backwards. */
static void last_changer(struct store *store, enum record record, int64_t id, const char *field,
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
        const char *name = store_column_words(find, 0);
        buffer_add_text(who, name ? name : "");
        sqlite3_reset(find);
    }
}

enum status edit_conflict(struct store *store, enum record record, int64_t id, const char *field,
                          struct error *error)
{
    static const char *const then[] = {[EDIT_DO] = ": look, then try again",
                                       [EDIT_UNDO] = "",
                                       [EDIT_REDO] = ": it is not done again"};
    enum edit_kind kind = store->edit ? store->edit->kind : EDIT_DO;
    struct buffer who = {0};
    int named = record_field(record, field);
    const char *label = named < 0 ? "its place" : record_type(record)->fields[named].label;
    if (*field == '%')
        label = record_type(record)->name;
    last_changer(store, record, id, field, &who);
    (void)error_set(error, STATUS_CONFLICT, "%.60s has changed it %s (%s)%s",
                    who.length > 0 ? buffer_text(&who) : "another program",
                    kind == EDIT_DO ? "meanwhile" : "since", label, then[kind]);
    buffer_release(&who);
    return STATUS_CONFLICT;
}
