/* Prepared statements, rows into records, and what an SQLite result means to a person. */
#include "filter.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <errno.h>
#include <string.h>

static const char *const statement_sql[] = {
#define X(name, sql) sql,
#include "statements.inc"
#undef X
};

/* --- what went wrong ---------------------------------------------------------------------------
 */

static bool disk_is_full(struct store *store, int rc)
{
    int system = sqlite3_system_errno(store->db);
    return (rc & 0xff) == SQLITE_FULL ||
           ((rc & 0xff) == SQLITE_IOERR &&
            (system == ENOSPC || system == EFBIG || system == EDQUOT));
}

enum status store_fail(struct store *store, int rc, const char *doing, struct error *error)
{
    if (disk_is_full(store, rc))
        return error_set(error, STATUS_FULL, "%s: no room left on the disk; make room, try again",
                         store->path);
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, STATUS_BUSY,
                         "%s: another program is writing to it; try again in a moment",
                         store->path);
    case SQLITE_READONLY:
        return error_set(error, rc == SQLITE_READONLY_DBMOVED ? STATUS_MOVED : STATUS_READ_ONLY,
                         "%s: it cannot be written to (%s)", store->path,
                         sqlite3_errmsg(store->db));
    case SQLITE_CORRUPT:
    case SQLITE_NOTADB:
        return error_set(error, STATUS_BAD_DATA,
                         "%s: the file is damaged (%s); "
                         "'touchline check' tells more",
                         store->path, sqlite3_errmsg(store->db));
    case SQLITE_INTERRUPT:
        return error_set(error, STATUS_STOPPED, "stopped");
    case SQLITE_TOOBIG:
        return error_set(error, STATUS_REFUSED, "%s: a text is too long for a board", store->path);
    case SQLITE_NOMEM:
        return error_set(error, STATUS_FAILED, "out of memory; nothing saved is lost");
    default:
        return error_set(error, STATUS_FAILED, "%s: could not %s: %s", store->path, doing,
                         sqlite3_errmsg(store->db));
    }
}

/* --- statements ----------------------------------------------------------------------------------
 */

sqlite3_stmt *store_prepare(struct store *store, sqlite3_stmt **slot, const char *sql,
                            struct error *error)
{
    if (!*slot) {
        int rc = sqlite3_prepare_v3(store->db, sql, -1, SQLITE_PREPARE_PERSISTENT, slot, NULL);
        if (rc != SQLITE_OK) {
            (void)store_fail(store, rc, "read the board", error);
            return NULL;
        }
    }
    sqlite3_reset(*slot);
    return *slot;
}

sqlite3_stmt *store_statement(struct store *store, enum statement which, struct error *error)
{
    return store_prepare(store, &store->statements[which], statement_sql[which], error);
}

enum status store_step_row(struct store *store, sqlite3_stmt *statement, bool *row,
                           struct error *error)
{
    int rc = sqlite3_step(statement);
    *row = rc == SQLITE_ROW;
    if (rc == SQLITE_ROW)
        return STATUS_OK;
    enum status status = STATUS_OK;
    if (rc != SQLITE_DONE)
        status = store_fail(store, rc, "read the board", error);
    sqlite3_reset(statement);
    return status;
}

enum status store_run(struct store *store, sqlite3_stmt *statement, struct error *error)
{
    int rc = sqlite3_step(statement);
    enum status status = STATUS_OK;
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        status = store_fail(store, rc, "write the board", error);
    sqlite3_reset(statement);
    return status;
}

enum status store_exec(struct store *store, const char *sql, struct error *error)
{
    int rc = sqlite3_exec(store->db, sql, NULL, NULL, NULL);
    return rc == SQLITE_OK ? STATUS_OK : store_fail(store, rc, "use the board", error);
}

enum status store_integer(struct store *store, sqlite3_stmt *statement, int64_t none,
                          int64_t *value, struct error *error)
{
    bool row;
    *value = none;
    enum status status = store_step_row(store, statement, &row, error);
    if (status == STATUS_OK && row) {
        if (sqlite3_column_type(statement, 0) == SQLITE_INTEGER)
            *value = sqlite3_column_int64(statement, 0);
        sqlite3_reset(statement);
    }
    return status;
}

/* --- a reading
 * ------------------------------------------------------------------------------------ */

enum status store_read_begin(struct store *store, struct error *error)
{
    if (store->edit || store->depth > 0) {
        store->depth++;
        return STATUS_OK;
    }
    sqlite3_stmt *begin = store_statement(store, SQL_BEGIN, error);
    if (!begin)
        return error->status;
    enum status status = store_run(store, begin, error);
    if (status != STATUS_OK)
        return status;
    store->depth = 1;
    store_notice_changes(store);
    return STATUS_OK;
}

void store_read_end(struct store *store)
{
    struct error ignored;
    if (--store->depth > 0 || store->edit)
        return;
    sqlite3_stmt *end = store_statement(store, SQL_COMMIT, &ignored);
    if (end)
        (void)!store_run(store, end, &ignored);
}

void store_notice_changes(struct store *store)
{
    struct error ignored;
    int64_t version;
    sqlite3_stmt *statement = store_statement(store, SQL_DATA_VERSION, &ignored);
    if (!statement || store_integer(store, statement, 0, &version, &ignored) != STATUS_OK)
        return;
    if (version != store->data_version)
        store_anchor_forget(store);
    store->data_version = version;
}

/* --- values
 * ----------------------------------------------------------------------------------------- */

void store_bind(sqlite3_stmt *statement, int parameter, struct value value)
{
    if (value.type == VALUE_INTEGER)
        sqlite3_bind_int64(statement, parameter, value.integer);
    else if (value.type == VALUE_TEXT)
        sqlite3_bind_text64(statement, parameter, value.text, value.length, SQLITE_STATIC,
                            SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, parameter);
}

struct value store_column(sqlite3_stmt *statement, int column)
{
    struct value value = value_absent();
    switch (sqlite3_column_type(statement, column)) {
    case SQLITE_INTEGER:
        value.type = VALUE_INTEGER;
        value.integer = sqlite3_column_int64(statement, column);
        break;
    case SQLITE_TEXT:
        value.type = VALUE_TEXT;
        value.text = (const char *)sqlite3_column_text(statement, column);
        value.length = (size_t)sqlite3_column_bytes(statement, column);
        if (!value.text)
            value.type = VALUE_ABSENT;
        break;
    default:
        break;
    }
    return value;
}

void store_columns(enum record record, int without, struct buffer *out)
{
    const struct record_type *type = record_type(record);
    buffer_add_text(out, record == RECORD_ITEM ? "id,kind,ord,placed" : "id");
    for (size_t i = 0; i < type->count; i++)
        buffer_add_format(out, ",%s", (int)i == without ? "NULL" : type->fields[i].name);
}

static enum status damaged_field(struct store *store, const struct record_type *type, int64_t id,
                                 const struct field *field, struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "%s: %s %lld has a %s that no board can have; 'touchline check' tells more",
                     store->path, type->name, (long long)id, field->name);
}

/* A value as a board may hold it: the right type (a REAL or a BLOB is neither integer nor text),
 * and what field_check() allows. */
static bool column_is_sound(sqlite3_stmt *statement, int column, const struct field *field,
                            struct value value)
{
    struct error ignored;
    int type = sqlite3_column_type(statement, column);
    if (type == SQLITE_FLOAT || type == SQLITE_BLOB)
        return false;
    return field_check(field, value, &ignored) == STATUS_OK;
}

enum status store_read_record(struct store *store, sqlite3_stmt *statement, enum record record,
                              void *it, struct error *error)
{
    const struct record_type *type = record_type(record);
    int column = 0;
    int64_t id = sqlite3_column_int64(statement, column++);
    record_release(record, it);
    record_init(record, it);
    *(int64_t *)((char *)it + type->id) = id;
    if (record == RECORD_ITEM) {
        struct moment *moment = it;
        moment->kind = sqlite3_column_int64(statement, column++);
        moment->ord = sqlite3_column_int64(statement, column++);
        moment->placed = sqlite3_column_int64(statement, column++);
    }
    for (size_t i = 0; i < type->count; i++, column++) {
        struct value value = store_column(statement, column);
        if (value.type == VALUE_ABSENT && sqlite3_column_type(statement, column) == SQLITE_NULL)
            continue;
        if (!column_is_sound(statement, column, &type->fields[i], value)) {
            sqlite3_reset(statement);
            return damaged_field(store, type, id, &type->fields[i], error);
        }
        record_set(record, it, (int)i, value);
    }
    return STATUS_OK;
}
