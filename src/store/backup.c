/* A copy of a board as it is now. */
#include "internal.h"
#include "new_file.h"
#include "touchline/store.h"
#include <assert.h>

static enum status refuse_copy(sqlite3 *to, int rc, const char *path, struct error *error)
{
    if (store_disk_is_full(to, rc, 0))
        return error_set(error, STATUS_FULL, "%s: no room left on the disk", path);
    return new_file_refuse(path, sqlite3_errstr(rc), error);
}

/* All pages in one step, so under one lock: what comes out is one moment of the board. */
enum status store_copy_pages(struct store *store, sqlite3 *to, const char *path,
                             struct error *error)
{
    sqlite3_backup *backup = sqlite3_backup_init(to, "main", store->db, "main");
    if (!backup)
        return new_file_refuse(path, sqlite3_errmsg(to), error);
    int rc = sqlite3_backup_step(backup, -1);
    int end = sqlite3_backup_finish(backup);
    if (rc == SQLITE_DONE && end == SQLITE_OK)
        return STATUS_OK;
    rc = rc == SQLITE_DONE ? end : rc;
    if ((rc & 0xff) == SQLITE_BUSY || (rc & 0xff) == SQLITE_LOCKED)
        return store_fail(store, rc, "copy it", error);
    return refuse_copy(to, rc, path, error);
}

/* A copy of a damaged board would lie there as a backup that is none. */
static enum status check_source(struct store *store, struct error *error)
{
    struct buffer finding = {0};
    if (store->newer)
        return STATUS_OK;
    enum status status = trust_quick_check(store, &finding, error);
    if (status == STATUS_OK && finding.length > 0)
        status =
            error_set(error, STATUS_BAD_DATA, "%s: the file is damaged, no copy was made: %.200s",
                      store->path, buffer_text(&finding));
    buffer_release(&finding);
    return status;
}

static enum status write_copy(struct store *store, const char *temporary, const char *path,
                              struct error *error)
{
    sqlite3 *to = NULL;
    enum status status = STATUS_OK;
    if (store_open_file(temporary, SQLITE_OPEN_READWRITE, NULL, &to) != SQLITE_OK)
        status = new_file_refuse(path, sqlite3_errmsg(to), error);
    if (status == STATUS_OK)
        status = store_copy_pages(store, to, path, error);
    if (status == STATUS_OK) { /* one file that can be mailed, whatever mode the board was in */
        int rc = sqlite3_exec(to, "PRAGMA journal_mode=DELETE", NULL, NULL, NULL);
        if (rc != SQLITE_OK)
            status = refuse_copy(to, rc, path, error);
    }
    sqlite3_close(to);
    return status;
}

enum status store_backup(struct store *store, const char *path, struct error *error)
{
    struct buffer temporary = {0};
    assert(!store->edit);
    enum status status = check_source(store, error);
    if (status == STATUS_OK)
        status = new_file_begin(path, &temporary, error);
    if (status != STATUS_OK)
        return status;
    status = write_copy(store, buffer_text(&temporary), path, error);
    return new_file_end(&temporary, path, status, error);
}
