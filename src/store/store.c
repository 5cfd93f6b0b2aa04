/* A board file opened by the rules of touchline-board(5), in the order in which they must be
 * asked: what can be told from the bytes alone first, then the schema's text, then the rest. */
#include "internal.h"
#include "schema.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

/* A writer waits at most this long for another (house rule: no "database is locked" for people). */
#define BUSY_MS 5000

/* --- the bytes alone
 * ------------------------------------------------------------------------------ */

struct header {
    unsigned char bytes[100];
    size_t length;
    int64_t size;
};

static uint32_t big_endian(const unsigned char *bytes)
{
    return (uint32_t)bytes[0] << 24 | (uint32_t)bytes[1] << 16 | (uint32_t)bytes[2] << 8 | bytes[3];
}

/* Reads the header before SQLite opens the file: closing a descriptor of it later would lose
 * SQLite's locks (sqlite.org/howtocorrupt.html, 2.2). O_NONBLOCK keeps a FIFO from hanging us. */
static enum status read_header(const char *path, struct header *header, struct error *error)
{
    struct stat about;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    if (fd < 0)
        return error_set(error, STATUS_NO_INPUT, "%s: cannot open it: %s", path, strerror(errno));
    if (fstat(fd, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(fd);
        return error_set(error, STATUS_NO_INPUT, "%s: not a board but %s; name a board file", path,
                         S_ISDIR(about.st_mode) ? "a folder" : "something that is no file");
    }
    ssize_t got = pread(fd, header->bytes, sizeof header->bytes, 0);
    header->length = got < 0 ? 0 : (size_t)got;
    header->size = about.st_size;
    close(fd);
    return STATUS_OK;
}

static enum status check_header(const char *path, const struct header *header, struct error *error)
{
    if (header->size == 0)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: an empty file, no board; remove it and make one with "
                         "'touchline new'",
                         path);
    if (header->length < sizeof header->bytes || memcmp(header->bytes, "SQLite format 3", 16) != 0)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: not a board (it does not begin as one); to read a CSV file: "
                         "'touchline import BOARD %s'",
                         path, path);
    if (big_endian(header->bytes + 68) != SCHEMA_APPLICATION_ID)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: an SQLite file, but no board of Touchline (application id %08X)",
                         path, (unsigned)big_endian(header->bytes + 68));
    return STATUS_OK;
}

/* --- the connection
 * -------------------------------------------------------------------------------- */

/* Short random waits, so that writers do not march in step; the callback keeps a screen alive. */
static int wait_for_lock(void *data, int tries)
{
    struct store *store = data;
    unsigned char random;
    if (tries == 0)
        store->waited_ms = 0;
    if (store->waited_ms >= BUSY_MS * 1000)
        return 0;
    sqlite3_randomness(1, &random);
    long microseconds = 500 + random * 14L;
    struct timespec pause = {0, microseconds * 1000};
    nanosleep(&pause, NULL);
    int before = store->waited_ms / 100000;
    store->waited_ms += (int)microseconds;
    if (store->waiting && store->waited_ms / 100000 != before)
        store->waiting(store->waiting_data, store->waited_ms / 1000);
    return 1;
}

void store_wait_for_locks(struct store *store)
{
    sqlite3_busy_handler(store->db, wait_for_lock, store);
}

/* Opened so that nothing in a stranger's file can do more than be read (sqlite.org/security.html).
 */
static enum status configure(struct store *store, struct error *error)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE,             1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA,        0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER,        0},
        {SQLITE_DBCONFIG_ENABLE_VIEW,           0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML,               0},
        {SQLITE_DBCONFIG_DQS_DDL,               0},
    };
    static const int limits[][2] = {
        {SQLITE_LIMIT_SQL_LENGTH, 100000  },
        {SQLITE_LIMIT_COLUMN,     100     },
        {SQLITE_LIMIT_LENGTH,     64 << 20},
        {SQLITE_LIMIT_ATTACHED,   0       },
    };
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++)
        sqlite3_db_config(store->db, switches[i][0], switches[i][1], NULL);
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        sqlite3_limit(store->db, limits[i][0], limits[i][1]);
    sqlite3_extended_result_codes(store->db, 1);
    store_wait_for_locks(store);
    int rc = store_add_functions(store->db);
    if (rc != SQLITE_OK)
        return store_fail(store, rc, "open it", error);
    return store_exec(store,
                      "PRAGMA cell_size_check=1; PRAGMA mmap_size=0; PRAGMA temp_store=2; "
                      "PRAGMA cache_size=-1000; PRAGMA synchronous=EXTRA",
                      error);
}

static enum status pragma_is(struct store *store, const char *sql, const char *wanted,
                             struct error *error)
{
    sqlite3_stmt *statement = NULL;
    bool row = false;
    enum status status = STATUS_OK;
    if (!store_prepare(store, &statement, sql, error))
        return error->status;
    status = store_step_row(store, statement, &row, error);
    if (status == STATUS_OK) {
        const char *is = row ? (const char *)sqlite3_column_text(statement, 0) : NULL;
        if (!is || strcmp(is, wanted) != 0)
            status = error_set(error, STATUS_BUSY,
                               "%s: another program has it open in another mode; close it there",
                               store->path);
    }
    sqlite3_finalize(statement);
    return status;
}

/* What the promise "on the disk" rests on is read back, not assumed. */
static enum status check_durable(struct store *store, struct error *error)
{
    enum status status = pragma_is(store, "PRAGMA journal_mode=DELETE", "delete", error);
    return status == STATUS_OK ? pragma_is(store, "PRAGMA synchronous", "3", error) : status;
}

static enum status connect_to(struct store *store, const char *path, int flags, const char *vfs,
                              struct error *error)
{
    int rc = sqlite3_open_v2(path, &store->db,
                             flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE, vfs);
    if (rc != SQLITE_OK)
        return error_set(error, (rc & 0xff) == SQLITE_CANTOPEN ? STATUS_NO_INPUT : STATUS_FAILED,
                         "%s: cannot open it: %s", path,
                         store->db ? sqlite3_errmsg(store->db) : "out of memory");
    return configure(store, error);
}

/* --- the schema
 * ------------------------------------------------------------------------------------- */

static bool belongs_to_sqlite(const char *name)
{
    return strncmp(name, "sqlite_stat", 11) == 0 || strncmp(name, "sqlite_autoindex", 16) == 0;
}

static const struct schema_object *find_object(const struct schema_object *objects, size_t count,
                                               const char *name)
{
    for (size_t i = 0; i < count; i++)
        if (strcmp(objects[i].name, name) == 0)
            return &objects[i];
    return NULL;
}

static enum status refuse_object(struct store *store, const char *type, const char *name,
                                 struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "%s: refused, it has a %s '%.60s' that no board has; whoever sent it can "
                     "hand it on as CSV",
                     store->path, type, name);
}

/* Every object must be one of the version's own, to the letter, and none may be missing: a trigger,
 * a view, a generated column or a changed CHECK would run in our name. */
static enum status compare_schema(struct store *store, const struct schema_object *expected,
                                  size_t count, struct error *error)
{
    size_t found = 0;
    bool row;
    sqlite3_stmt *statement = store_statement(store, SQL_SCHEMA, error);
    if (!statement)
        return error->status;
    enum status status;
    while ((status = store_step_row(store, statement, &row, error)) == STATUS_OK && row) {
        const char *type = (const char *)sqlite3_column_text(statement, 0);
        const char *name = (const char *)sqlite3_column_text(statement, 1);
        const char *sql = (const char *)sqlite3_column_text(statement, 2);
        if (name && belongs_to_sqlite(name))
            continue;
        const struct schema_object *object = name ? find_object(expected, count, name) : NULL;
        if (!object || !sql || strcmp(sql, object->sql) != 0) {
            status = refuse_object(store, type ? type : "thing", name ? name : "?", error);
            sqlite3_reset(statement);
            return status;
        }
        found++;
    }
    if (status == STATUS_OK && found != count)
        status = error_set(error, STATUS_BAD_DATA,
                           "%s: damaged or no board: %zu of its %zu tables and indexes are there",
                           store->path, found, count);
    return status;
}

static void set_look_only(struct store *store, const char *why)
{
    if (!store->look_only)
        store->look_only = memory_copy(why);
}

/* A newer board's schema cannot be compared with a text we have: it may be looked at when it has
 * nothing that could run (no trigger, no view, nothing generated). */
static enum status check_newer(struct store *store, int64_t version, struct error *error)
{
    bool row;
    sqlite3_stmt *statement = store_statement(store, SQL_SCHEMA_ODD, error);
    if (!statement)
        return error->status;
    enum status status = store_step_row(store, statement, &row, error);
    if (status != STATUS_OK)
        return status;
    if (row) {
        status = refuse_object(store, (const char *)sqlite3_column_text(statement, 0),
                               (const char *)sqlite3_column_text(statement, 1), error);
        sqlite3_reset(statement);
        return status;
    }
    struct buffer why = {0};
    buffer_add_format(&why, "made by a newer Touchline (board version %lld, this one knows %d)",
                      (long long)version, SCHEMA_VERSION);
    set_look_only(store, buffer_text(&why));
    buffer_release(&why);
    return STATUS_OK;
}

static enum status check_schema(struct store *store, struct error *error)
{
    int64_t version;
    size_t count;
    sqlite3_stmt *statement = store_statement(store, SQL_USER_VERSION, error);
    if (!statement)
        return error->status;
    enum status status = store_integer(store, statement, 0, &version, error);
    if (status != STATUS_OK)
        return status;
    if (version > SCHEMA_VERSION)
        return check_newer(store, version, error);
    const struct schema_object *expected = schema_expected((int)version, &count);
    if (!expected)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: damaged or no board: there is no version %lld", store->path,
                         (long long)version);
    return compare_schema(store, expected, count, error);
}

/* Page size x pages is the file's length, as seen under a lock (a journal is played back by then).
 */
static enum status check_length(struct store *store, struct error *error)
{
    sqlite3_file *file = NULL;
    sqlite3_int64 length = 0;
    int64_t pages, page_size;
    sqlite3_stmt *statement = store_statement(store, SQL_PAGE_COUNT, error);
    if (!statement || store_integer(store, statement, 0, &pages, error) != STATUS_OK)
        return error->status;
    statement = store_statement(store, SQL_PAGE_SIZE, error);
    if (!statement || store_integer(store, statement, 0, &page_size, error) != STATUS_OK)
        return error->status;
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_FILE_POINTER, &file) != SQLITE_OK ||
        !file->pMethods || file->pMethods->xFileSize(file, &length) != SQLITE_OK)
        return STATUS_OK;
    if (length != pages * page_size)
        return error_set(error, STATUS_BAD_DATA,
                         "%s: damaged: it is %lld bytes long and should be %lld; "
                         "use a backup",
                         store->path, (long long)length, (long long)(pages * page_size));
    return STATUS_OK;
}

static enum status check_content(struct store *store, struct error *error)
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

/* --- permissions
 * ------------------------------------------------------------------------------------ */

/* Asked of the system, because BEGIN IMMEDIATE succeeds on a file that cannot be written. */
static void check_permissions(struct store *store)
{
    if (access(store->path, W_OK) != 0) {
        set_look_only(store, "there is no permission to write the file");
        return;
    }
    char *copy = memory_copy(store->path);
    if (access(dirname(copy), W_OK) != 0)
        set_look_only(store, "there is no permission to write in its folder");
    memory_free(copy);
}

enum status store_check_writable(struct store *store, struct error *error)
{
    int moved = 0;
    if (store->look_only)
        return error_set(error, STATUS_READ_ONLY, "%s can only be looked at: %s", store->path,
                         store->look_only);
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) == SQLITE_OK &&
        moved)
        store->moved = true;
    if (store->moved)
        return error_set(error, STATUS_MOVED,
                         "%s was moved, replaced or deleted while open: nothing is written to it; "
                         "save a copy with 'backup' or open it anew",
                         store->path);
    return STATUS_OK;
}

/* --- a private copy
 * ---------------------------------------------------------------------------------- */

static bool copy_file(const char *from, const char *to)
{
    char block[65536];
    ssize_t got = 0;
    bool good = false;
    int in = open(from, O_RDONLY | O_CLOEXEC);
    int out = in < 0 ? -1 : open(to, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (out >= 0) {
        while ((got = read(in, block, sizeof block)) > 0 && write(out, block, (size_t)got) == got)
            continue;
        good = got == 0;
    }
    if (out >= 0 && close(out) != 0)
        good = false;
    if (in >= 0)
        close(in);
    return good;
}

static bool has_journal(const char *path)
{
    struct stat about;
    struct buffer journal = {0};
    buffer_add_format(&journal, "%s-journal", path);
    bool there = stat(buffer_text(&journal), &about) == 0 && about.st_size > 0;
    buffer_release(&journal);
    return there;
}

/* A board with an unfinished edit of somebody's in a folder that we may not write: SQLite could not
 * put it right there, so a copy of both files is opened, and the look-only line says so. */
static enum status use_private_copy(struct store *store, struct buffer *opened, struct error *error)
{
    const char *folder = getenv("TMPDIR");
    struct buffer from = {0}, to = {0};
    buffer_add_format(&to, "%s/touchline-XXXXXX", folder && *folder ? folder : "/tmp");
    if (!mkdtemp(to.bytes)) {
        enum status status =
            error_set(error, STATUS_CANNOT_CREATE, "%s: %s", to.bytes, strerror(errno));
        buffer_release(&to);
        return status;
    }
    store->private_copy = memory_copy(to.bytes);
    buffer_add_format(opened, "%s/board", to.bytes);
    buffer_add_text(&to, "/board-journal");
    buffer_add_format(&from, "%s-journal", store->path);
    bool good = copy_file(store->path, buffer_text(opened)) &&
                copy_file(buffer_text(&from), buffer_text(&to));
    buffer_release(&from);
    buffer_release(&to);
    set_look_only(store, "an edit of it was cut off and cannot be mended in its folder; "
                         "this is a mended copy");
    return good ? STATUS_OK
                : error_set(error, STATUS_NO_INPUT, "%s: could not be copied to be mended",
                            store->path);
}

static void remove_private_copy(struct store *store)
{
    static const char *const names[] = {"board", "board-journal"};
    struct buffer path = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buffer_clear(&path);
        buffer_add_format(&path, "%s/%s", store->private_copy, names[i]);
        (void)unlink(buffer_text(&path));
    }
    (void)rmdir(store->private_copy);
    buffer_release(&path);
}

/* --- opening
 * ------------------------------------------------------------------------------------------ */

static struct store *store_allocate(const char *path, const struct store_options *options)
{
    struct store *store = memory_new(1, sizeof *store);
    store->path = memory_copy(path);
    store->who = memory_copy(options->who);
    store->clock = options->clock;
    store->waiting = options->waiting;
    store->waiting_data = options->waiting_data;
    store->watch = -1;
    if (options->look_only)
        set_look_only(store, "it was opened to look at");
    return store;
}

static enum status open_parts(struct store *store, const struct store_options *options,
                              struct error *error)
{
    struct header header = {0};
    struct buffer opened = {0};
    enum status status = read_header(store->path, &header, error);
    if (status == STATUS_OK)
        status = check_header(store->path, &header, error);
    if (status != STATUS_OK)
        return status;
    check_permissions(store);
    if (store->look_only && !options->look_only && has_journal(store->path))
        status = use_private_copy(store, &opened, error);
    else
        buffer_add_text(&opened, store->path);
    /* A private copy must be writable to be mended; its look-only line keeps it from being edited.
     */
    int flags =
        store->look_only && !store->private_copy ? SQLITE_OPEN_READONLY : SQLITE_OPEN_READWRITE;
    if (status == STATUS_OK)
        status = connect_to(store, buffer_text(&opened), flags, options->vfs, error);
    if (status == STATUS_OK)
        status = check_content(store, error);
    if (status == STATUS_OK && !store->look_only)
        status = check_durable(store, error);
    buffer_release(&opened);
    return status;
}

enum status store_open(const char *path, const struct store_options *options, struct store **out,
                       struct error *error)
{
    struct store *store = store_allocate(path, options);
    enum status status = open_parts(store, options, error);
    if (status != STATUS_OK) {
        store_close(store);
        store = NULL;
    }
    *out = store;
    return status;
}

enum status store_open_empty(const char *path, const struct store_options *options,
                             struct store **out, struct error *error)
{
    struct store *store = *out = store_allocate(path, options);
    return connect_to(store, path, SQLITE_OPEN_READWRITE, options->vfs, error);
}

static void finalize_all(sqlite3_stmt **statements, size_t count)
{
    for (size_t i = 0; i < count; i++)
        sqlite3_finalize(statements[i]);
}

void store_close(struct store *store)
{
    if (!store)
        return;
    finalize_all(store->statements, STATEMENTS);
    finalize_all(store->get_field[0], RECORDS * RECORD_FIELDS_MAX);
    finalize_all(store->set_field[0], RECORDS * RECORD_FIELDS_MAX);
    finalize_all(store->get_record, RECORDS);
    finalize_all(store->insert, RECORDS);
    sqlite3_close(store->db);
    if (store->watch >= 0)
        close(store->watch);
    if (store->private_copy)
        remove_private_copy(store);
    memory_free(store->private_copy);
    memory_free(store->look_only);
    memory_free(store->path);
    memory_free(store->who);
    memory_free(store);
}

const char *store_path(const struct store *store)
{
    return store->path;
}

const char *store_who(const struct store *store)
{
    return store->who;
}

const struct clock *store_clock(const struct store *store)
{
    return &store->clock;
}

const char *store_look_only(const struct store *store)
{
    return store->look_only;
}

bool store_is_same_file(const struct store *store, const char *path)
{
    struct stat one, other;
    return stat(store->path, &one) == 0 && stat(path, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}
