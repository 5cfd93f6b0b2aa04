/* A new board. */
#include "internal.h"
#include "new_file.h"
#include "schema.h"
#include "touchline/store.h"

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

/* Nothing is synced on the way: that is done once, before the file gets its name. */
enum status create_fill(struct store *store, bool channels, struct error *error)
{
    struct buffer sql = {0};
    buffer_add_format(&sql,
                      "PRAGMA synchronous=OFF; PRAGMA journal_mode=DELETE; "
                      "PRAGMA application_id=%d",
                      SCHEMA_APPLICATION_ID);
    enum status status = store_exec(store, buffer_text(&sql), error);
    buffer_release(&sql);
    if (status == STATUS_OK)
        status = upgrade_from(store, 0, error);
    if (status == STATUS_OK)
        status = store_exec(store, "BEGIN IMMEDIATE; INSERT INTO board(id) VALUES(1)", error);
    if (status == STATUS_OK && channels)
        status = add_channels(store, error);
    return status == STATUS_OK ? store_exec(store, "COMMIT", error) : status;
}

enum status store_create(const char *path, const struct store_options *options,
                         struct store **store, struct error *error)
{
    struct buffer temporary = {0};
    struct store *fresh;
    *store = NULL;
    enum status status = new_file_begin(path, &temporary, error);
    if (status != STATUS_OK)
        return status;
    status = store_open_unchecked(buffer_text(&temporary), path, options, &fresh, error);
    if (status == STATUS_OK)
        status = create_fill(fresh, true, error);
    store_close(fresh);
    status = new_file_end(&temporary, path, status, error);
    if (status != STATUS_OK)
        return status;
    status = store_open(path, options, store, error);
    if (status != STATUS_OK)
        store_unmake(path);
    return status;
}
