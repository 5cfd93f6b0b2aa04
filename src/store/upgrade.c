/* From one version of the schema to the next, in a transaction each: a new board from nothing, an
 * older one from where it stands. What a board was before is kept beside it, for a migration is the
 * one thing done to it that undo cannot take back. */
#include "internal.h"
#include "schema.h"
#include "touchline/store.h"
#include <string.h>
#include <unistd.h>

/* --- migrations ------------------------------------------------------------------------------- */

/* Inside a transaction that the caller began, and that ends here if all goes well. */
static enum status migrate_to(struct store *store, int version, struct error *error)
{
    struct buffer sql = {0};
    for (const char *const *step = schema_migration(version); *step; step++)
        buffer_add_format(&sql, "%s;", *step);
    buffer_add_format(&sql, "PRAGMA user_version=%d; COMMIT", version);
    enum status status = store_exec(store, buffer_text(&sql), error);
    buffer_release(&sql);
    return status;
}

enum status upgrade_from(struct store *store, int version, struct error *error)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && version < SCHEMA_VERSION) {
        status = store_exec(store, "BEGIN EXCLUSIVE", error);
        if (status == STATUS_OK)
            status = migrate_to(store, ++version, error);
    }
    return status;
}

/* --- a board that is there -------------------------------------------------------------------- */

/* "cab.touchline" becomes "cab.version-1.touchline", then "cab.version-1-2.touchline". */
static void name_kept(const char *path, int version, int try, struct buffer *out)
{
    static const char suffix[] = ".touchline";
    size_t length = strlen(path), tail = sizeof suffix - 1;
    bool has = length > tail && strcmp(path + length - tail, suffix) == 0;
    buffer_clear(out);
    buffer_add(out, path, has ? length - tail : length);
    buffer_add_format(out, ".version-%d", version);
    if (try > 1)
        buffer_add_format(out, "-%d", try);
    buffer_add_text(out, suffix);
}

/* Through a connection of its own: SQLite makes no copies for one that holds the lock to write. */
static enum status copy_to(struct store *store, const char *path, struct error *error)
{
    const struct store_options options = {.who = store->who, .clock = store->clock};
    struct store *reader;
    enum status status = store_open_unchecked(store->path, store->path, &options, &reader, error);
    if (status == STATUS_OK)
        status = store_backup(reader, path, error);
    store_close(reader);
    return status;
}

static enum status keep_copy(struct store *store, int version, struct error *error)
{
    struct buffer path = {0};
    struct error why;
    int try = 0;
    do
        name_kept(store->path, version, ++try, &path);
    while (access(buffer_text(&path), F_OK) == 0);
    enum status status = copy_to(store, buffer_text(&path), &why);
    if (status == STATUS_OK)
        store->kept = buffer_take(&path);
    else
        (void)error_set(error, status,
                        "%s: made by an older Touchline, and it is not changed before a copy of it "
                        "is kept: %s",
                        store->path, why.text);
    buffer_release(&path);
    return status;
}

/* Asked again under the lock: another program may have done it in the meantime. */
static enum status upgrade_locked(struct store *store, bool keep, struct error *error)
{
    int64_t version;
    enum status status = store_ask(store, SQL_USER_VERSION, 0, 0, 0, &version, error);
    if (status != STATUS_OK)
        return status;
    if (version >= SCHEMA_VERSION)
        return store_exec(store, "COMMIT", error);
    if (keep)
        status = keep_copy(store, (int)version, error);
    if (status == STATUS_OK)
        status = migrate_to(store, (int)version + 1, error);
    return status == STATUS_OK ? upgrade_from(store, (int)version + 1, error) : status;
}

enum status upgrade_board(struct store *store, bool keep, struct error *error)
{
    enum status status = store_exec(store, "BEGIN IMMEDIATE", error);
    if (status != STATUS_OK)
        return status;
    status = upgrade_locked(store, keep, error);
    if (!sqlite3_get_autocommit(store->db))
        (void)sqlite3_exec(store->db, "ROLLBACK", NULL, NULL, NULL);
    return status == STATUS_OK ? trust_check_content(store, error) : status;
}
