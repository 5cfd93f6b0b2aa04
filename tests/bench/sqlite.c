#include "sqlite.h"

static enum status fail(sqlite3 *db, struct error *error)
{
    return error_set(error, STATUS_FAILED, "bare SQLite: %s", sqlite3_errmsg(db));
}

enum status sqlite_begin(const char *path, sqlite3 **db, struct error *error)
{
    static const char settings[] = "PRAGMA journal_mode = DELETE; PRAGMA synchronous = EXTRA";
    if (sqlite3_open_v2(path, db, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK ||
        sqlite3_exec(*db, settings, NULL, NULL, NULL) != SQLITE_OK)
        return fail(*db, error);
    return STATUS_OK;
}

enum status sqlite_prepare(sqlite3 *db, const char *sql, sqlite3_stmt **statement,
                           struct error *error)
{
    return sqlite3_prepare_v2(db, sql, -1, statement, NULL) == SQLITE_OK ? STATUS_OK
                                                                         : fail(db, error);
}

enum status sqlite_run(sqlite3_stmt *statement, struct error *error)
{
    while (sqlite3_step(statement) == SQLITE_ROW)
        ;
    return sqlite3_reset(statement) == SQLITE_OK ? STATUS_OK
                                                 : fail(sqlite3_db_handle(statement), error);
}
