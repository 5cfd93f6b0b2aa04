/* The connection to a file: switched so that a stranger's file can do no more than be read, waiting
 * for other writers, durable. */
#include "internal.h"
#include <string.h>
#include <time.h>

/* --- waiting for other writers ---------------------------------------------------------------- */

static int64_t monotonic_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* Short random waits, so that writers do not march in step; the callback keeps a screen alive. */
static int wait_for_lock(void *data, int tries)
{
    struct store *store = data;
    unsigned char random;
    int64_t now = monotonic_ms();
    if (tries == 0)
        store->wait_began_ms = store->wait_told_ms = now;
    if (now - store->wait_began_ms >= store->patience_ms)
        return 0;
    if (store->waiting && now - store->wait_told_ms >= 100) {
        store->wait_told_ms = now;
        if (!store->waiting(store->waiting_data, (int)(now - store->wait_began_ms)))
            return 0;
    }
    sqlite3_randomness(1, &random);
    struct timespec pause = {0, (500 + random * 14L) * 1000};
    nanosleep(&pause, NULL);
    return 1;
}

void store_wait_for_locks(struct store *store)
{
    sqlite3_busy_handler(store->db, wait_for_lock, store);
}

/* --- settings --------------------------------------------------------------------------------- */

/* sqlite.org/security.html, "Untrusted SQLite Database Files". */
static void switch_off_what_could_run(sqlite3 *db)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    static const int limits[][2] = {
        {SQLITE_LIMIT_SQL_LENGTH, 100000},
        {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_LENGTH, 64 << 20},
        {SQLITE_LIMIT_ATTACHED, 0},
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(db, switches[i][0], switches[i][1], NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(db, limits[i][0], limits[i][1]);
}

static int configure(struct store *store)
{
    switch_off_what_could_run(store->db);
    sqlite3_extended_result_codes(store->db, 1);
    store_wait_for_locks(store);
    int rc = store_add_functions(store->db);
    if (rc != SQLITE_OK)
        return rc;
    return sqlite3_exec(store->db,
                        "PRAGMA cell_size_check=1; PRAGMA mmap_size=0; PRAGMA temp_store=2; "
                        "PRAGMA cache_size=-1000; PRAGMA synchronous=EXTRA",
                        NULL, NULL, NULL);
}

enum status store_connect(struct store *store, const char *path, int flags, const char *vfs,
                          int *rc, struct error *error)
{
    int ignored = SQLITE_OK;
    rc = rc ? rc : &ignored;
    *rc = store_open_file(path, flags, vfs, &store->db);
    if (*rc != SQLITE_OK)
        return error_set(error, (*rc & 0xff) == SQLITE_CANTOPEN ? STATUS_NO_INPUT : STATUS_FAILED,
                         "%s: cannot open it: %s", store->path, sqlite3_errmsg(store->db));
    *rc = configure(store);
    return *rc == SQLITE_OK ? STATUS_OK : store_fail(store, *rc, "open it", error);
}

/* --- read back -------------------------------------------------------------------------------- */

static enum status pragma_is(struct store *store, const char *sql, const char *wanted,
                             struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    if (!store_prepare(store, &statement, sql, error))
        return error->status;
    enum status status = store_step_row(store, statement, &row, error);
    bool is = status == STATUS_OK && row && strcmp(store_column_text(statement, 0), wanted) == 0;
    if (status == STATUS_BUSY || (status == STATUS_OK && !is))
        status = error_set(error, STATUS_BUSY,
                           "%s: another program has it open in a mode of its own; close it there",
                           store->path);
    sqlite3_finalize(statement);
    return status;
}

enum status store_check_durable(struct store *store, struct error *error)
{
    enum status status = pragma_is(store, "PRAGMA journal_mode=DELETE", "delete", error);
    return status == STATUS_OK ? pragma_is(store, "PRAGMA synchronous", "3", error) : status;
}
