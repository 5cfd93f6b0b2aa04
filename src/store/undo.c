/* Undo and redo: edits of their own that put back what another edit changed, each change only if it
 * still stands as that edit left it. All of it is in the file, so it outlives the program. */
#include "edit_internal.h"
#include "touchline/memory.h"
#include <stdlib.h>
#include <string.h>

void undone_release(struct undone *undone)
{
    memory_free(undone->words);
    memset(undone, 0, sizeof *undone);
}

/* --- taking back one change
 * ------------------------------------------------------------------------ */

/* A record may be taken out again when it is as it was added, where it was put, and nothing of
 * another's hangs on it. */
static enum status check_untouched(struct edit *edit, enum record record, int64_t id,
                                   struct value added, struct error *error)
{
    struct store *store = edit->store;
    union {
        struct moment moment;
        struct idea idea;
        struct action action;
        struct entry entry;
        struct person person;
        struct channel channel;
    } it;
    struct buffer json = {0};
    int64_t belongings = 0;
    memset(&it, 0, sizeof it);
    enum status status = store_get(store, record, id, &it, error);
    if (status != STATUS_OK)
        return status;
    edit_json(record, &it, &json);
    bool same = added.type == VALUE_TEXT && strcmp(buffer_text(&json), added.text) == 0;
    bool placed = record != RECORD_ITEM || it.moment.placed == edit->target;
    buffer_release(&json);
    record_release(record, &it);
    if (!same || !placed)
        return edit_conflict(store, record, id, placed ? "%" : CHANGE_PLACE, error);
    if (record != RECORD_ITEM)
        return STATUS_OK;
    sqlite3_stmt *count = store_statement(store, SQL_BELONGINGS, error);
    if (!count)
        return error->status;
    sqlite3_bind_int64(count, 1, id);
    status = store_integer(store, count, 0, &belongings, error);
    if (status == STATUS_OK && belongings > 0)
        status = error_set(error, STATUS_CONFLICT,
                           "an idea or action was added to it since; delete that first");
    return status;
}

/* "<id of the item before> <placed>" */
static bool read_place(struct value value, int64_t *before, int64_t *placed)
{
    char *end;
    if (value.type != VALUE_TEXT)
        return false;
    *before = strtoll(value.text, &end, 10);
    if (*end != ' ')
        return false;
    *placed = strtoll(end, &end, 10);
    return *end == '\0';
}

static enum status put_back(struct edit *edit, int64_t id, struct value old, struct value new,
                            struct error *error)
{
    struct moment item = {0};
    int64_t was_before, was_placed, before, placed;
    if (!read_place(old, &was_before, &was_placed) || !read_place(new, &before, &placed))
        return error_set(error, STATUS_BAD_DATA, "%s: its history is damaged; use a backup",
                         edit->store->path);
    enum status status = edit_read_counted(edit->store, id, &item, error);
    if (status != STATUS_OK)
        return status;
    if (item.placed != placed)
        return edit_conflict(edit->store, RECORD_ITEM, id, CHANGE_PLACE, error);
    return place_put(edit, &item, was_before, was_placed, error);
}

static enum status take_back(struct edit *edit, enum record record, int64_t id, const char *name,
                             struct value old, struct value new, struct error *error)
{
    int field = record_field(record, name);
    if (strcmp(name, CHANGE_ADDED) == 0) {
        enum status status = check_untouched(edit, record, id, new, error);
        return status == STATUS_OK ? edit_remove(edit, record, id, error) : status;
    }
    if (strcmp(name, CHANGE_PLACE) == 0)
        return put_back(edit, id, old, new, error);
    if (field < 0)
        return error_set(error, STATUS_BAD_DATA, "%s: its history names an unknown field '%.40s'",
                         edit->store->path, name);
    return edit_set(edit, record, id, field, old, &new, error);
}

/* --- a whole edit
 * --------------------------------------------------------------------------------------- */

static int record_of_table(const char *table)
{
    for (int record = 0; table && record < RECORDS; record++)
        if (strcmp(record_type(record)->table, table) == 0)
            return record;
    return -1;
}

/* The moment that a change is about: itself, or what the record belongs to. */
static int64_t item_of(struct store *store, enum record record, int64_t id)
{
    struct error ignored;
    int64_t item = 0;
    if (record == RECORD_ITEM)
        return id;
    enum statement which = record == RECORD_IDEA     ? SQL_ITEM_OF_IDEA
                           : record == RECORD_ACTION ? SQL_ITEM_OF_ACTION
                                                     : SQL_ITEM_OF_ENTRY;
    if (record != RECORD_IDEA && record != RECORD_ACTION && record != RECORD_ENTRY)
        return 0;
    sqlite3_stmt *find = store_statement(store, which, &ignored);
    if (!find)
        return 0;
    sqlite3_bind_int64(find, 1, id);
    return store_integer(store, find, 0, &item, &ignored) == STATUS_OK ? item : 0;
}

static enum status take_back_all(struct edit *edit, struct undone *undone, struct error *error)
{
    struct store *store = edit->store;
    enum status status;
    bool row;
    sqlite3_stmt *changes = store_statement(store, SQL_CHANGES_BACK, error);
    if (!changes)
        return error->status;
    sqlite3_bind_int64(changes, 1, edit->undoes);
    while ((status = store_step_row(store, changes, &row, error)) == STATUS_OK && row) {
        int record = record_of_table((const char *)sqlite3_column_text(changes, 0));
        int64_t id = sqlite3_column_int64(changes, 1);
        const char *name = (const char *)sqlite3_column_text(changes, 2);
        if (record < 0 || !name)
            status = error_set(error, STATUS_BAD_DATA, "%s: its history is damaged; use a backup",
                               store->path);
        else
            status = take_back(edit, (enum record)record, id, name, store_column(changes, 3),
                               store_column(changes, 4), error);
        if (status != STATUS_OK)
            break;
        undone->item = item_of(store, (enum record)record, id);
    }
    sqlite3_reset(changes);
    return status;
}

static enum status find_edit(struct edit *edit, enum statement which, const char *nothing,
                             struct undone *undone, struct error *error)
{
    bool row;
    sqlite3_stmt *find = store_statement(edit->store, which, error);
    if (!find)
        return error->status;
    sqlite3_bind_text(find, 1, edit->store->who, -1, SQLITE_STATIC);
    enum status status = store_step_row(edit->store, find, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return error_set(error, STATUS_NOT_FOUND, "%s", nothing);
    edit->undoes = sqlite3_column_int64(find, 0);
    edit->target = edit->undoes;
    memory_replace(&undone->words, (const char *)sqlite3_column_text(find, 1));
    sqlite3_reset(find);
    return STATUS_OK;
}

static enum status reverse(struct store *store, enum edit_kind kind, enum statement which,
                           const char *nothing, struct undone *undone, struct error *error)
{
    struct edit *edit;
    memset(undone, 0, sizeof *undone);
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    edit->kind = kind;
    status = find_edit(edit, which, nothing, undone, error);
    if (status == STATUS_OK)
        status = take_back_all(edit, undone, error);
    if (status != STATUS_OK) {
        undone_release(undone);
        return edit_cancel(edit, status);
    }
    edit->changes_forced = true; /* also an undo that finds all as it should be is one step */
    return edit_commit(edit, error, undone->words ? undone->words : "");
}

enum status store_undo(struct store *store, struct undone *undone, struct error *error)
{
    return reverse(store, EDIT_UNDO, SQL_TO_UNDO, "nothing of yours to undo", undone, error);
}

enum status store_redo(struct store *store, struct undone *undone, struct error *error)
{
    return reverse(store, EDIT_REDO, SQL_TO_REDO, "nothing of yours to do again", undone, error);
}
