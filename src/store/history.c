/* The edits of a board and their changes, in order. */
#include "edit_internal.h"
#include "touchline/query.h"
#include <stdlib.h>
#include <string.h>

/* --- edits ------------------------------------------------------------------------------------ */

static enum status read_edits(struct store *store, enum statement which, int64_t from,
                              bool (*each)(void *data, const struct history_entry *entry),
                              void *data, struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, which, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, from);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t kind = sqlite3_column_int64(read, 3);
        struct history_entry entry = {
            .id = sqlite3_column_int64(read, 0),
            .who = store_column_words(read, 1),
            .at = sqlite3_column_int64(read, 2),
            .undo = kind == EDIT_UNDO,
            .redo = kind == EDIT_REDO,
            .undoes = sqlite3_column_int64(read, 4),
            .words = store_column_words(read, 5),
            .changes = sqlite3_column_int64(read, 6),
            .nothing = sqlite3_column_int(read, 7) != 0,
        };
        if (!entry.who || !entry.words)
            status = history_refuse(store, error);
        if (status != STATUS_OK || !each(data, &entry))
            break;
    }
    sqlite3_reset(read);
    return status;
}

enum status store_history(struct store *store, int64_t after,
                          bool (*each)(void *data, const struct history_entry *entry), void *data,
                          struct error *error)
{
    return read_edits(store, SQL_HISTORY, after, each, data, error);
}

enum status store_history_back(struct store *store, int64_t before,
                               bool (*each)(void *data, const struct history_entry *entry),
                               void *data, struct error *error)
{
    return read_edits(store, SQL_HISTORY_BACK, before, each, data, error);
}

enum status store_history_moment(struct store *store, int64_t edit, int64_t *moment,
                                 struct error *error)
{
    return store_ask(store, SQL_FIRST_MOMENT, edit, 0, 0, moment, error);
}

/* --- changes ---------------------------------------------------------------------------------- */

enum status history_refuse(struct store *store, struct error *error)
{
    return error_set(error, STATUS_BAD_DATA, "%s: its history is damaged; use a backup",
                     store->path);
}

bool history_read_place(struct value value, int64_t *before, int64_t *placed)
{
    char *end;
    if (value.type != VALUE_TEXT)
        return false;
    *before = strtoll(value.text, &end, 10);
    if (*end != ' ')
        return false;
    *placed = strtoll(end, &end, 10);
    return *end == '\0' && *before >= 0;
}

static int record_of_table(const char *table)
{
    for (int record = 0; table && record < RECORDS; record++)
        if (strcmp(record_type((enum record)record)->table, table) == 0)
            return record;
    return -1;
}

/* Index of a field, or what happened to the record as a whole; false: no such field. */
static bool read_field(enum record record, const char *name, int *field)
{
    *field = record_field(record, name);
    if (strcmp(name, CHANGE_ADDED) == 0 && record != RECORD_BOARD)
        *field = HISTORY_ADDED;
    else if (strcmp(name, CHANGE_PLACE) == 0 && record == RECORD_ITEM)
        *field = HISTORY_PLACE;
    else
        return *field >= 0;
    return true;
}

/* Two values that a field can hold, or any two that are no blob and no fraction. */
static bool read_values(sqlite3_stmt *row, struct history_change *change)
{
    enum { OLD = 3, NEW = 4 };
    struct error finding;
    if (change->field >= 0)
        return store_column_is_sound(row, OLD, change->record, change->field, &change->old,
                                     &finding) &&
               store_column_is_sound(row, NEW, change->record, change->field, &change->new,
                                     &finding);
    for (int column = OLD; column <= NEW; column++) {
        int type = sqlite3_column_type(row, column);
        if (type == SQLITE_FLOAT || type == SQLITE_BLOB)
            return false;
    }
    change->old = store_column(row, OLD);
    change->new = store_column(row, NEW);
    return true;
}

enum status history_read_change(struct store *store, sqlite3_stmt *row,
                                struct history_change *change, struct error *error)
{
    int record = record_of_table(store_column_text(row, 0));
    const char *name = store_column_text(row, 2);
    if (record < 0 || !name)
        return history_refuse(store, error);
    change->record = (enum record)record;
    change->id = sqlite3_column_int64(row, 1);
    if (!read_field(change->record, name, &change->field) || !read_values(row, change))
        return history_refuse(store, error);
    return STATUS_OK;
}

enum status store_history_changes(struct store *store, int64_t edit,
                                  bool (*each)(void *data, const struct history_change *change),
                                  void *data, struct error *error)
{
    struct history_change change;
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_CHANGES, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, edit);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        status = history_read_change(store, read, &change, error);
        if (status != STATUS_OK || !each(data, &change))
            break;
    }
    sqlite3_reset(read);
    return status;
}
