/* New files: a new board, and a copy of one. Both are made under a temporary name in the same
 * folder, synced, and only then given their name, which nothing may have yet. */
#include "internal.h"
#include "schema.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status cannot_create(const char *path, const char *why, struct error *error)
{
    return error_set(error, STATUS_CANNOT_CREATE, "%s: cannot be made: %s", path, why);
}

static enum status make_temporary(const char *path, struct buffer *name, struct error *error)
{
    struct stat about;
    if (lstat(path, &about) == 0)
        return cannot_create(path, "something of that name is there; choose another name", error);
    buffer_add_format(name, "%s.XXXXXX", path);
    int fd = mkstemp(name->bytes); /* mode 0600 */
    if (fd < 0) {
        buffer_clear(name);
        return cannot_create(path, strerror(errno), error);
    }
    close(fd);
    return STATUS_OK;
}

static bool sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    bool good = fd >= 0 && fsync(fd) == 0;
    if (fd >= 0)
        close(fd);
    return good;
}

static bool sync_folder_of(const char *path)
{
    char *copy = memory_copy(path);
    bool good = sync_path(dirname(copy));
    memory_free(copy);
    return good;
}

/* link() fails when the name is taken: no race can make us overwrite a file. Where the file system
 * has no links, an exclusively made empty file holds the name for the rename. */
static bool give_name(const char *temporary, const char *path)
{
    if (link(temporary, path) == 0)
        return unlink(temporary) == 0;
    if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    close(fd);
    return rename(temporary, path) == 0;
}

static enum status publish(const char *temporary, const char *path, struct error *error)
{
    if (!sync_path(temporary) || !give_name(temporary, path) || !sync_folder_of(path))
        return cannot_create(
            path, errno == EEXIST ? "something of that name is there" : strerror(errno), error);
    return STATUS_OK;
}

/* --- a new board
 * ----------------------------------------------------------------------------------- */

static enum status migrate(struct store *store, struct error *error)
{
    struct buffer sql = {0};
    enum status status = STATUS_OK;
    for (int version = 1; status == STATUS_OK && version <= SCHEMA_VERSION; version++) {
        buffer_clear(&sql);
        buffer_add_text(&sql, "BEGIN EXCLUSIVE;");
        for (const char *const *step = schema_migration(version); *step; step++)
            buffer_add_format(&sql, "%s;", *step);
        buffer_add_format(&sql, "PRAGMA user_version=%d; COMMIT", version);
        status = store_exec(store, buffer_text(&sql), error);
    }
    buffer_release(&sql);
    return status;
}

static enum status add_channels(struct store *store, struct error *error)
{
    const struct channels *channels = channels_default();
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < channels->count; i++) {
        const struct channel *channel = &channels->at[i];
        sqlite3_stmt *insert = store_statement(store, SQL_ADD_CHANNEL, error);
        if (!insert)
            return error->status;
        sqlite3_bind_int64(insert, 1, channel->position);
        sqlite3_bind_text(insert, 2, channel->name, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 3, channel->letter, -1, SQLITE_STATIC);
        sqlite3_bind_text(insert, 4, channel->sign, -1, SQLITE_STATIC);
        sqlite3_bind_int64(insert, 5, channel->colour);
        status = store_run(store, insert, error);
    }
    return status;
}

static enum status fill(struct store *store, struct error *error)
{
    struct buffer sql = {0};
    buffer_add_format(&sql, "PRAGMA journal_mode=DELETE; PRAGMA application_id=%d",
                      SCHEMA_APPLICATION_ID);
    enum status status = store_exec(store, buffer_text(&sql), error);
    buffer_release(&sql);
    if (status == STATUS_OK)
        status = migrate(store, error);
    if (status == STATUS_OK)
        status = store_exec(store, "BEGIN IMMEDIATE; INSERT INTO board(id) VALUES(1)", error);
    if (status == STATUS_OK)
        status = add_channels(store, error);
    return status == STATUS_OK ? store_exec(store, "COMMIT", error) : status;
}

enum status store_create(const char *path, const struct store_options *options,
                         struct store **store, struct error *error)
{
    struct buffer temporary = {0};
    struct store *fresh = NULL;
    *store = NULL;
    enum status status = make_temporary(path, &temporary, error);
    if (status == STATUS_OK)
        status = store_open_empty(buffer_text(&temporary), options, &fresh, error);
    if (status == STATUS_OK)
        status = fill(fresh, error);
    store_close(fresh);
    if (status == STATUS_OK)
        status = publish(buffer_text(&temporary), path, error);
    if (status != STATUS_OK && temporary.length > 0)
        (void)unlink(buffer_text(&temporary));
    buffer_release(&temporary);
    return status == STATUS_OK ? store_open(path, options, store, error) : status;
}

/* --- a copy
 * ------------------------------------------------------------------------------------------- */

static enum status copy_pages(struct store *store, sqlite3 *to, const char *path,
                              struct error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db, "main");
    if (!backup)
        return error_set(error, STATUS_FAILED, "%s: %s", path, sqlite3_errmsg(to));
    int rc = sqlite3_backup_step(backup, -1);
    sqlite3_backup_finish(backup);
    if (rc == SQLITE_DONE)
        return STATUS_OK;
    if ((rc & 0xff) == SQLITE_FULL || errno == ENOSPC)
        return error_set(error, STATUS_FULL, "%s: no room left on the disk", path);
    return store_fail(store, rc, "copy it", error);
}

enum status store_backup(struct store *store, const char *path, struct error *error)
{
    struct buffer temporary = {0};
    sqlite3 *to = NULL;
    enum status status = make_temporary(path, &temporary, error);
    if (status != STATUS_OK)
        return status;
    if (sqlite3_open_v2(buffer_text(&temporary), &to, SQLITE_OPEN_READWRITE, NULL) != SQLITE_OK)
        status = cannot_create(path, sqlite3_errmsg(to), error);
    if (status == STATUS_OK)
        status = copy_pages(store, to, path, error);
    sqlite3_close(to);
    if (status == STATUS_OK)
        status = publish(buffer_text(&temporary), path, error);
    if (status != STATUS_OK)
        (void)unlink(buffer_text(&temporary));
    buffer_release(&temporary);
    return status;
}
