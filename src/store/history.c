/* The edits of a board, in order. */
#include "internal.h"
#include "touchline/query.h"

enum status store_history(struct store *store, int64_t after,
                          bool (*each)(void *data, const struct history_entry *entry), void *data,
                          struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_HISTORY, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, after);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t kind = sqlite3_column_int64(read, 3);
        struct history_entry entry = {
            .id = sqlite3_column_int64(read, 0),
            .who = (const char *)sqlite3_column_text(read, 1),
            .at = sqlite3_column_int64(read, 2),
            .undo = kind == 1,
            .redo = kind == 2,
            .undoes = sqlite3_column_int64(read, 4),
            .words = (const char *)sqlite3_column_text(read, 5),
            .changes = sqlite3_column_int64(read, 6),
        };
        if (!each(data, &entry))
            break;
    }
    sqlite3_reset(read);
    return status;
}
