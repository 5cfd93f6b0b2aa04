/* A board file opened by the rules of touchline-board(5), in the order in which they must be
 * asked: what can be told from the bytes alone, then what may be written, then the schema's text.
 */
#include "touchline/store.h"
#include "internal.h"
#include "touchline/memory.h"
#include <assert.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

/* Nobody is told "the database is locked" before this. */
#define PATIENCE_MS 5000

/* --- permissions ------------------------------------------------------------------------------ */

static bool may_write(const char *path)
{
    return faccessat(AT_FDCWD, path, W_OK, AT_EACCESS) == 0;
}

/* sqlite.org/howtocorrupt.html, 2.4: the journal of an edit that is cut off lies beside one of the
 * names, and whoever opens the other one finds half an edit. */
static bool has_another_name(const char *path)
{
    struct stat about;
    return stat(path, &about) == 0 && about.st_nlink > 1;
}

/* Asked of the system, because BEGIN IMMEDIATE succeeds on a file that cannot be written. The
 * journal lies beside the real file, whatever links lead to it. */
static void check_permissions(struct store *store)
{
    char *real = realpath(store->path, NULL);
    if (!may_write(store->path))
        store_set_look_only(store, "there is no permission to write the file");
    else if (real && !may_write(dirname(real)))
        store_set_look_only(store, "there is no permission to write in its folder");
    else if (has_another_name(store->path))
        store_set_look_only(store, "it has another name, too (a hard link); 'backup' makes a copy");
    free(real);
}

enum status store_refuse_moved(struct store *store, struct error *error)
{
    store->moved = true;
    return error_set(error, STATUS_MOVED,
                     "%s was moved, replaced or deleted while open: nothing is written to it; "
                     "save a copy with 'backup' or open it anew",
                     store->path);
}

enum status store_check_writable(struct store *store, struct error *error)
{
    int moved = 0;
    if (store->look_only)
        return error_set(error, STATUS_READ_ONLY, "%s can only be looked at: %s", store->path,
                         store->look_only);
    if (sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved) != SQLITE_OK)
        moved = 0;
    return moved || store->moved ? store_refuse_moved(store, error) : STATUS_OK;
}

/* --- opening ---------------------------------------------------------------------------------- */

struct store *store_allocate(const char *path, const struct store_options *options)
{
    struct store *store = memory_new(1, sizeof *store);
    store->path = memory_copy(path);
    store->who = memory_copy(options->who);
    store->clock = options->clock;
    store->waiting = options->waiting;
    store->waiting_data = options->waiting_data;
    store->patience_ms = options->patience_ms > 0 ? options->patience_ms : PATIENCE_MS;
    store->watch = -1;
    if (options->look_only)
        store_set_look_only(store, "it was opened to look at");
    return store;
}

static void finalize_all(sqlite3_stmt **statements, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        sqlite3_finalize(statements[i]);
        statements[i] = NULL;
    }
}

static void close_database(struct store *store)
{
    finalize_all(store->statements, STATEMENTS);
    for (int record = 0; record < RECORDS; record++) {
        finalize_all(store->get_field[record], RECORD_FIELDS_MAX);
        finalize_all(store->set_field[record], RECORD_FIELDS_MAX);
    }
    finalize_all(store->get_record, RECORDS);
    finalize_all(store->insert, RECORDS);
    finalize_all(store->ballots, BALLOT_STATEMENTS);
    sqlite3_close(store->db);
    store->db = NULL;
}

/* A private copy must be writable to be mended; its look-only line keeps it from being edited. */
static enum status open_copy(struct store *store, const char *why, const char *vfs,
                             struct error *error)
{
    struct buffer copy = {0};
    enum status status = private_copy_make(store, why, &copy, error);
    if (status == STATUS_OK)
        status = store_connect(store, buffer_text(&copy), SQLITE_OPEN_READWRITE, vfs, NULL, error);
    buffer_release(&copy);
    return status;
}

/* Reading in WAL mode writes beside the board, and so does playing back a journal: neither is done
 * to one that is only looked at. */
static enum status open_to_look(struct store *store, const struct header *header, const char *vfs,
                                struct error *error)
{
    int rc = SQLITE_OK;
    if (trust_header_says_wal(header))
        return open_copy(store, "it is in WAL mode, and this is not the place to change that", vfs,
                         error);
    enum status status = store_connect(store, store->path, SQLITE_OPEN_READONLY, vfs, &rc, error);
    if (rc != SQLITE_READONLY_ROLLBACK)
        return status;
    close_database(store);
    return open_copy(store, "an edit of it was cut off and cannot be mended in its folder", vfs,
                     error);
}

/* What may not be written is upgraded in a copy of its own. */
static enum status reopen_copy(struct store *store, const char *vfs, struct error *error)
{
    close_database(store);
    enum status status = open_copy(store, "it was made by an older Touchline", vfs, error);
    return status == STATUS_OK ? trust_check_content(store, error) : status;
}

static enum status open_older(struct store *store, const char *vfs, struct error *error)
{
    bool keep = !store->look_only;
    enum status status = STATUS_OK;
    if (store->look_only && !store->private_copy)
        status = reopen_copy(store, vfs, error);
    return status == STATUS_OK ? upgrade_board(store, keep, error) : status;
}

static enum status open_parts(struct store *store, const char *vfs, struct error *error)
{
    struct header header = {0};
    enum status status = trust_read_header(store->path, &header, error);
    if (status != STATUS_OK)
        return status;
    check_permissions(store);
    if ((status = journal_check(store, trust_header_says_wal(&header), error)) != STATUS_OK)
        return status;
    status = store->look_only
                 ? open_to_look(store, &header, vfs, error)
                 : store_connect(store, store->path, SQLITE_OPEN_READWRITE, vfs, NULL, error);
    if (status == STATUS_OK)
        status = trust_check_content(store, error);
    if (status == STATUS_OK && !store->look_only)
        status = store_check_durable(store, error);
    if (status == STATUS_OK && store->older)
        status = open_older(store, vfs, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_DATA_VERSION, 0, 0, 0, &store->seen_version, error);
    return status;
}

enum status store_open(const char *path, const struct store_options *options, struct store **out,
                       struct error *error)
{
    struct store *store = store_allocate(path, options);
    enum status status = open_parts(store, options->vfs, error);
    if (status != STATUS_OK) {
        store_close(store);
        store = NULL;
    }
    *out = store;
    return status;
}

enum status store_open_unchecked(const char *file, const char *path,
                                 const struct store_options *options, struct store **out,
                                 struct error *error)
{
    struct store *store = *out = store_allocate(path, options);
    return store_connect(store, file, SQLITE_OPEN_READWRITE, options->vfs, NULL, error);
}

enum status store_open_copy(struct store *store, struct store **out, struct error *error)
{
    const struct store_options options = {.who = store->who, .clock = store->clock};
    struct store *copy = *out = store_allocate(store->path, &options);
    copy->past = true;
    return store_connect(copy, "", SQLITE_OPEN_READWRITE | SQLITE_OPEN_CREATE, NULL, NULL, error);
}

/* What is damaged need not let itself be mended: then the bytes are what they are. */
enum status store_open_image(const char *path, const struct store_options *options,
                             struct buffer *file, struct store **out, struct error *error)
{
    struct error ignored;
    struct store *store = *out = store_allocate(path, options);
    enum status status = private_copy_make(store, "it is looked at as it lies", file, error);
    if (status == STATUS_OK && store_connect(store, buffer_text(file), SQLITE_OPEN_READWRITE,
                                             options->vfs, NULL, &ignored) == STATUS_OK)
        (void)!store_exec(store, "PRAGMA journal_mode=DELETE", &ignored);
    close_database(store);
    return status;
}

int store_set_patience(struct store *store, int ms)
{
    int before = store->patience_ms;
    store->patience_ms = ms;
    return before;
}

void store_close(struct store *store)
{
    if (!store)
        return;
    assert(!store->edit);
    close_database(store);
    if (store->watch >= 0)
        close(store->watch);
    if (store->private_copy)
        private_copy_remove(store);
    memory_free(store->private_copy);
    memory_free(store->look_only);
    memory_free(store->kept);
    memory_free(store->path);
    memory_free(store->who);
    memory_free(store);
}

/* --- what it is ------------------------------------------------------------------------------- */

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

const char *store_kept(const struct store *store)
{
    return store->kept;
}

bool store_is_past(const struct store *store)
{
    return store->past;
}

bool store_is_same_file(const struct store *store, const char *path)
{
    struct stat one, other;
    return stat(store->path, &one) == 0 && stat(path, &other) == 0 && one.st_dev == other.st_dev &&
           one.st_ino == other.st_ino;
}
