/* What is asked of a file before anything of it runs: first what its bytes alone tell, then the
 * text of its schema, compared to the letter with the one that its version has. */
#include "internal.h"
#include "schema.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- the bytes alone -------------------------------------------------------------------------- */

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

static enum status check_header(const char *path, const struct header *header, struct error *error)
{
    if (header->length == 0)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: an empty file, no board; remove it and make one with "
                         "'touchline new'",
                         path);
    if (header->length < sizeof header->bytes || memcmp(header->bytes, "SQLite format 3", 16) != 0)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: not a board (it does not begin as one); to read a CSV file: "
                         "'touchline import BOARD %s'; what a damaged board still holds: "
                         "'touchline salvage %s NEW'",
                         path, path, path);
    if (big_endian(header->bytes + 68) != SCHEMA_APPLICATION_ID)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: an SQLite file, but no board of Touchline (application id %08X)",
                         path, (unsigned)big_endian(header->bytes + 68));
    return STATUS_OK;
}

/* Read before SQLite opens the file: closing a descriptor of it later would lose SQLite's locks
 * (sqlite.org/howtocorrupt.html, 2.2). O_NONBLOCK keeps a FIFO from hanging us. */
enum status trust_read_bytes(const char *path, struct header *header, struct error *error)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0 && errno == ENOENT)
        return error_set(error, STATUS_NO_INPUT,
                         "%s: there is no such board; 'touchline new' makes one", path);
    if (fd < 0)
        return error_set(error, STATUS_NO_INPUT, "%s: cannot open it: %s", path,
                         error_reason(errno));
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return error_set(error, STATUS_NO_INPUT, "%s: not a board but %s; name a board file", path,
                         S_ISDIR(about.st_mode) ? "a folder" : "something that is no file");
    }
    ssize_t got = pread(fd, header->bytes, sizeof header->bytes, 0);
    int why = errno;
    close(fd);
    if (got < 0)
        return error_set(error, STATUS_NO_INPUT, "%s: cannot read it: %s", path, error_reason(why));
    header->length = (size_t)got;
    return STATUS_OK;
}

enum status trust_read_header(const char *path, struct header *header, struct error *error)
{
    enum status status = trust_read_bytes(path, header, error);
    return status == STATUS_OK ? check_header(path, header, error) : status;
}

/* sqlite.org/fileformat.html, 1.3: the versions of the format for writing and reading, 2 for WAL.
 */
bool trust_header_says_wal(const struct header *header)
{
    return header->bytes[18] == 2 || header->bytes[19] == 2;
}

/* --- the schema ------------------------------------------------------------------------------- */

/* What ANALYZE and primary keys leave behind: data for the planner, and nothing that could run. */
static bool belongs_to_sqlite(const char *type, const char *name, const char *sql)
{
    static const struct schema_object own[] = {
        {"sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat)"},
        {"sqlite_stat4", "CREATE TABLE sqlite_stat4(tbl,idx,neq,nlt,ndlt,sample)"},
    };
    if (strcmp(type, "index") == 0)
        return strncmp(name, "sqlite_autoindex_", 17) == 0 && !sql;
    for (size_t i = 0; i < sizeof own / sizeof *own; i++)
        if (strcmp(name, own[i].name) == 0)
            return strcmp(type, "table") == 0 && sql && strcmp(sql, own[i].sql) == 0;
    return false;
}

static size_t find_object(const struct schema_object *objects, size_t count, const char *name,
                          const char *sql)
{
    size_t i = 0;
    while (i < count && (strcmp(objects[i].name, name) != 0 || !sql || //
                         strcmp(objects[i].sql, sql) != 0))
        i++;
    return i;
}

static enum status refuse_object(struct store *store, const char *type, const char *name,
                                 struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "%s: refused, it has a %.20s '%.60s' that no board has; 'touchline salvage "
                     "%s NEW' takes out what a board has",
                     store->path, type, name, store->path);
}

static const char *column_text(sqlite3_stmt *statement, int column, const char *none)
{
    const char *text = store_column_text(statement, column);
    return text ? text : none;
}

/* Every object must be one of the version's own, to the letter, and none may be missing: a trigger,
 * a view, a generated column or a changed CHECK would run in our name. */
static enum status compare_schema(struct store *store, const struct schema_object *expected,
                                  size_t count, struct error *error)
{
    uint64_t found = 0;
    uint64_t all = (UINT64_C(1) << count) - 1;
    bool row;
    sqlite3_stmt *statement = store_statement(store, SQL_SCHEMA, error);
    if (!statement)
        return error->status;
    enum status status;
    while ((status = store_step_row(store, statement, &row, error)) == STATUS_OK && row) {
        const char *type = column_text(statement, 0, "thing");
        const char *name = column_text(statement, 1, "?");
        const char *sql = column_text(statement, 2, NULL);
        size_t which = find_object(expected, count, name, sql);
        if (which < count)
            found |= UINT64_C(1) << which;
        else if (!belongs_to_sqlite(type, name, sql)) {
            status = refuse_object(store, type, name, error);
            sqlite3_reset(statement);
            return status;
        }
    }
    if (status == STATUS_OK && found != all)
        status = store_tell_damage(store->path, error, "%d of its %zu tables and indexes are there",
                                   __builtin_popcountll(found), count);
    return status;
}

void store_set_look_only(struct store *store, const char *why)
{
    if (!store->look_only)
        store->look_only = memory_copy(why);
}

/* A newer board's schema cannot be compared with a text we have: it may be looked at when it has
 * nothing that could run (no trigger, no view, nothing virtual or generated). */
static enum status check_newer(struct store *store, int64_t version, struct error *error)
{
    bool row;
    struct buffer why = {0};
    sqlite3_stmt *statement = store_statement(store, SQL_SCHEMA_ODD, error);
    if (!statement)
        return error->status;
    enum status status = store_step_row(store, statement, &row, error);
    if (status != STATUS_OK)
        return status;
    if (row) {
        status = refuse_object(store, column_text(statement, 0, "thing"),
                               column_text(statement, 1, "?"), error);
        sqlite3_reset(statement);
        return status;
    }
    buffer_add_format(&why, "made by a newer Touchline (board version %lld, this one knows %d)",
                      (long long)version, SCHEMA_VERSION);
    store->newer = true;
    store_set_look_only(store, buffer_text(&why));
    buffer_release(&why);
    return STATUS_OK;
}

static enum status check_schema(struct store *store, struct error *error)
{
    int64_t version;
    size_t count;
    enum status status = store_ask(store, SQL_USER_VERSION, 0, 0, 0, &version, error);
    if (status != STATUS_OK)
        return status;
    if (version > SCHEMA_VERSION)
        return check_newer(store, version, error);
    const struct schema_object *expected = schema_expected((int)version, &count);
    if (!expected)
        return store_tell_damage(store->path, error, "there is no version %lld",
                                 (long long)version);
    store->older = version < SCHEMA_VERSION;
    return compare_schema(store, expected, count, error);
}

/* What was written last may stand in the log of WAL mode alone. */
static enum status check_log(struct store *store, bool *in_log, struct error *error)
{
    sqlite3_stmt *ask = NULL;
    bool row = false;
    if (!store_prepare(store, &ask, "PRAGMA journal_mode", error))
        return error->status;
    enum status status = store_step_row(store, ask, &row, error);
    *in_log = status == STATUS_OK && row && strcmp(column_text(ask, 0, ""), "wal") == 0;
    sqlite3_finalize(ask);
    return status;
}

/* Page size x pages is the file's length, as seen under a lock (a journal is played back by then).
 */
static enum status check_length(struct store *store, struct error *error)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 length = 0;
    int64_t pages, page_size;
    if (store_ask(store, SQL_PAGE_COUNT, 0, 0, 0, &pages, error) != STATUS_OK ||
        store_ask(store, SQL_PAGE_SIZE, 0, 0, 0, &page_size, error) != STATUS_OK)
        return error->status;
    int rc = sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file);
    if (rc == SQLITE_OK)
        rc = file->pMethods->xFileSize(file, &length);
    if (rc != SQLITE_OK)
        return store_fail(store, rc, "measure it", error);
    bool right = length == pages * page_size, in_log = false;
    enum status status = right ? STATUS_OK : check_log(store, &in_log, error);
    if (status == STATUS_OK && !right && !in_log)
        status = store_tell_damage(store->path, error, "it is %lld bytes long and should be %lld",
                                   (long long)length, (long long)pages * (long long)page_size);
    return status;
}

enum status trust_check_content(struct store *store, struct error *error)
{
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = check_schema(store, error);
    if (status == STATUS_OK)
        status = check_length(store, error);
    store_read_end(store);
    return status;
}

enum status trust_check_was_read(const struct store *store, struct error *error)
{
    int system = errno;
    return system == EIO ? error_set(error, STATUS_FAILED, "%s: could not read the board: %s",
                                     store->path, error_reason(system))
                         : STATUS_OK;
}

enum status trust_quick_check(struct store *store, struct buffer *finding, struct error *error)
{
    bool row;
    sqlite3_stmt *statement = store_statement(store, SQL_QUICK_CHECK, error);
    if (!statement)
        return error->status;
    enum status status = store_step_row(store, statement, &row, error);
    if (status == STATUS_OK && row) {
        const char *line = column_text(statement, 0, "");
        status = trust_check_was_read(store, error);
        if (status == STATUS_OK && strcmp(line, "ok") != 0)
            buffer_add_text(finding, line);
        sqlite3_reset(statement);
    }
    return status;
}
