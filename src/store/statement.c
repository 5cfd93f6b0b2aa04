/* Prepared statements, readings of several, and what an SQLite result means to a person. */
#include "filter.h"
#include "touchline/buffer.h"
#include "touchline/query.h"
#include <errno.h>
#include <string.h>

static const char *const statement_sql[] = {
#define X(name, sql) sql,
#include "statements.inc"
#undef X
};

/* --- what went wrong -------------------------------------------------------------------------- */

static bool says_full(int system)
{
    return system == ENOSPC || system == EFBIG || system == EDQUOT;
}

/* SQLite takes a read that the disk refused for damage of the file, and the file may be sound. */
static bool could_not_read(int rc, int system)
{
    return (rc & 0xff) == SQLITE_CORRUPT && system == EIO;
}

/* SQLite keeps the system's word for most failures, but not for those of a COMMIT: there it is
 * still in errno, which those who step set to 0 before. */
bool store_disk_is_full(sqlite3 *db, int rc, int system)
{
    bool asked = (rc & 0xff) == SQLITE_IOERR || (rc & 0xff) == SQLITE_CANTOPEN;
    return (rc & 0xff) == SQLITE_FULL ||
           (asked && (says_full(system) || says_full(sqlite3_system_errno(db))));
}

enum status store_tell_damage(const char *path, struct error *error, const char *format, ...)
{
    struct buffer what = {0};
    va_list list;
    va_start(list, format);
    buffer_add_format_list(&what, format, list);
    va_end(list);
    (void)error_set(error, STATUS_BAD_DATA,
                    "%s: damaged: %s; 'touchline salvage %s NEW' takes out what can be read", path,
                    buffer_text(&what), path);
    buffer_release(&what);
    return STATUS_BAD_DATA;
}

enum status store_fail(struct store *store, int rc, const char *doing, struct error *error)
{
    int system = errno;
    const char *why = sqlite3_errmsg(store->db);
    if (store_disk_is_full(store->db, rc, system))
        return error_set(error, STATUS_FULL, "%s: no room left on the disk; make room, try again",
                         store->path);
    if (could_not_read(rc, system))
        return error_set(error, STATUS_FAILED, "%s: could not %s: %s", store->path, doing,
                         error_reason(system));
    switch (rc & 0xff) {
    case SQLITE_BUSY:
    case SQLITE_LOCKED:
        return error_set(error, STATUS_BUSY,
                         "%s: another program is writing to it; try again in a moment",
                         store->path);
    case SQLITE_READONLY:
        if (rc == SQLITE_READONLY_DBMOVED)
            return store_refuse_moved(store, error);
        return error_set(error, STATUS_READ_ONLY, "%s: it cannot be written to (%s)", store->path,
                         why);
    case SQLITE_CORRUPT:
        return store_tell_damage(store->path, error, "a part of it cannot be read");
    case SQLITE_NOTADB:
        return store_tell_damage(store->path, error, "it does not begin as a board");
    case SQLITE_PERM: /* open_file.c */
        return error_set(error, STATUS_BAD_DATA,
                         "%s: the journal beside it would have had another file removed, and was "
                         "refused that; open it again, or without the journal",
                         store->path);
    case SQLITE_AUTH:
        return error_set(error, STATUS_BAD_DATA,
                         "%s: its journal '%s-journal' is no file but a pipe, a link or the like, "
                         "and was not touched: move it away, then open it again",
                         store->path, store->path);
    case SQLITE_ERROR: /* its schema was as it should be when it was opened */
        if (strncmp(why, "no such ", 8) == 0)
            return error_set(error, STATUS_BAD_DATA,
                             "%s: something else has emptied or overwritten the file; use a backup",
                             store->path);
        return error_set(error, STATUS_FAILED, "%s: could not %s: %s", store->path, doing, why);
    case SQLITE_INTERRUPT:
        return error_set(error, STATUS_STOPPED, "stopped");
    case SQLITE_TOOBIG:
        return error_set(error, STATUS_REFUSED, "%s: a text is too long for a board", store->path);
    case SQLITE_NOMEM:
        return error_set(error, STATUS_FAILED, "out of memory; nothing saved is lost");
    default:
        return error_set(error, STATUS_FAILED, "%s: could not %s: %s", store->path, doing, why);
    }
}

/* --- statements ------------------------------------------------------------------------------- */

sqlite3_stmt *store_prepare(struct store *store, sqlite3_stmt **slot, const char *sql,
                            struct error *error)
{
    if (!*slot) {
        errno = 0;
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
    errno = 0;
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
    errno = 0;
    int rc = sqlite3_step(statement);
    enum status status = STATUS_OK;
    if (rc != SQLITE_DONE && rc != SQLITE_ROW)
        status = store_fail(store, rc, "write the board", error);
    sqlite3_reset(statement);
    return status;
}

enum status store_exec(struct store *store, const char *sql, struct error *error)
{
    errno = 0;
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

enum status store_ask(struct store *store, enum statement which, int64_t a, int64_t b, int64_t none,
                      int64_t *value, struct error *error)
{
    *value = none;
    sqlite3_stmt *statement = store_statement(store, which, error);
    if (!statement)
        return error->status;
    int parameters = sqlite3_bind_parameter_count(statement);
    if (parameters > 0)
        sqlite3_bind_int64(statement, 1, a);
    if (parameters > 1)
        sqlite3_bind_int64(statement, 2, b);
    return store_integer(store, statement, none, value, error);
}

/* --- transactions ----------------------------------------------------------------------------- */

enum status store_begin(struct store *store, enum statement how, struct error *error)
{
    sqlite3_stmt *begin = store_statement(store, how, error);
    if (!begin || !store_statement(store, SQL_COMMIT, error) ||
        !store_statement(store, SQL_ROLLBACK, error))
        return error->status;
    return store_run(store, begin, error);
}

enum status store_commit(struct store *store, struct error *error)
{
    return store_run(store, store->statements[SQL_COMMIT], error);
}

void store_roll_back(struct store *store)
{
    struct error ignored;
    if (!sqlite3_get_autocommit(store->db))
        (void)!store_run(store, store->statements[SQL_ROLLBACK], &ignored);
}

/* --- a reading -------------------------------------------------------------------------------- */

static void end_reading(struct store *store)
{
    struct error ignored;
    if (sqlite3_get_autocommit(store->db) || store_commit(store, &ignored) == STATUS_OK)
        return;
    store_roll_back(store);
}

enum status store_read_begin(struct store *store, struct error *error)
{
    if (store->edit || store->depth > 0) {
        store->depth++;
        return STATUS_OK;
    }
    enum status status = store_begin(store, SQL_BEGIN, error);
    if (status != STATUS_OK)
        return status;
    status = store_notice_changes(store, error);
    if (status != STATUS_OK)
        end_reading(store);
    else
        store->depth = 1;
    return status;
}

void store_read_end(struct store *store)
{
    if (--store->depth == 0 && !store->edit)
        end_reading(store);
}

enum status store_notice_changes(struct store *store, struct error *error)
{
    int64_t version;
    enum status status = store_ask(store, SQL_DATA_VERSION, 0, 0, 0, &version, error);
    if (status == STATUS_OK && version != store->data_version)
        store_anchor_forget(store);
    if (status == STATUS_OK)
        store->data_version = version;
    return status;
}
