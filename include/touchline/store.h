/* room: store
 *
 * A board file, open. The file is the model: nothing of a board is kept in memory beyond the page
 * cache, so what the screen shows was read from the file, and what a command says it did is in it.
 *
 * Reading is in query.h, changing in edit.h. Both take the store that this header opens.
 */
#ifndef TOUCHLINE_STORE_H
#define TOUCHLINE_STORE_H

#include "touchline/date.h"
#include "touchline/record.h"
#include "touchline/status.h"

struct store;

struct store_options {
    const char *who;    /* whose edits these are: the name in history, and whose undo; not NULL */
    struct clock clock; /* stamps edits; order never depends on it */
    bool look_only;     /* never write, even where it would be allowed */
    const char *vfs;    /* an SQLite VFS by name (fault tests), NULL: the system's */
    /* Called about ten times a second while another program holds the board's lock, with the
     * milliseconds waited so far; false gives up (STATUS_BUSY) before the time. May be NULL. */
    bool (*waiting)(void *data, int waited_ms);
    void *waiting_data;
    int patience_ms; /* how long to wait for a lock; 0: 5,000 */
};

/* Makes a board with the default channels (R4) at `path`, mode 0600, whole or not at all, and opens
 * it. STATUS_CANNOT_CREATE when something of that name is there, or the folder does not allow it.
 */
enum status store_create(const char *path, const struct store_options *options,
                         struct store **store, struct error *error) MUST_USE;

/* Takes away a board that was made a moment ago and of which nobody was told, with a journal that a
 * failing disk has left beside it: that would keep its name from the next one. It must be closed.
 */
void store_unmake(const char *path);

/* Opens a board by the rules of touchline-board(5): a regular file; header, application id, length,
 * version and schema compared before anything of it runs; defensive settings; journal_mode=DELETE
 * and synchronous=EXTRA read back. Where it may not be written (permissions, a newer version) it is
 * opened to look at, see store_look_only(). A hot journal is played back, in a private copy (in
 * $TMPDIR) where nothing may be written; so is a board in WAL mode there, else it is converted.
 * A journal that would make a sound board an unsound one is refused: it is of something else.
 * An older version is brought to this one, by way of a copy that is kept beside it (store_kept());
 * where nothing may be written, in a private copy.
 * Not to be called while an edit of this process on the same file is open: looking at a file's
 * header takes away the locks on it (sqlite.org/howtocorrupt.html, 2.2).
 *   STATUS_NO_INPUT   no such file, a folder, not readable
 *   STATUS_BAD_DATA   no board, damaged, or with anything in its schema that a board has not
 *   STATUS_BUSY       locked for longer than five seconds, or in WAL mode and open elsewhere */
enum status store_open(const char *path, const struct store_options *options, struct store **out,
                       struct error *error) MUST_USE;

/* How long calls wait for another program's lock from now on; returns how long they did. A screen
 * waits for what a person has done, not for what it wants to show. */
int store_set_patience(struct store *store, int ms);

/* NULL is allowed. Nothing is written: all is on the disk already. */
void store_close(struct store *store);

const char *store_path(const struct store *store);
const char *store_who(const struct store *store);
const struct clock *store_clock(const struct store *store);

/* Why the board can only be looked at ("no permission to write ..."), or NULL when it can be
 * changed. */
const char *store_look_only(const struct store *store);

/* Where the board as it was lies, if opening it brought it to this program's version; else NULL.
 * "cab.version-1.touchline" beside it. */
const char *store_kept(const struct store *store);

/* The board as it was right after edit `edit` (history's numbers; 0: before the first), to look at:
 * a copy that nobody else sees and no change reaches. All of query.h works on it, history up to
 * that edit too; store_path() is the board's. It is the caller's, and may outlive `store`.
 *   STATUS_NOT_FOUND  no such edit
 *   STATUS_REFUSED    a board of a newer version
 *   STATUS_BAD_DATA   history does not lead to the board that is there */
enum status store_open_past(struct store *store, int64_t edit, struct store **out,
                            struct error *error) MUST_USE;
bool store_is_past(const struct store *store);

/* Whether the file at path is the open one (device and inode): true also for other spellings. Used
 * before anything is written to `path`, without opening it. */
bool store_is_same_file(const struct store *store, const char *path);

/* Whether the name is that of a file that is there with "-journal" behind it, or another ending
 * that SQLite uses: what lay there would be taken for a part of that board, and removed. */
bool store_is_name_beside(const char *path);

/* --- others' changes -------------------------------------------------------------------------- */

/* A descriptor that is readable when the file may have changed (Linux inotify), or -1 where the
 * kernel gives no such word: then ask store_changed() every STORE_POLL_MS. */
#define STORE_POLL_MS 200
int store_watch(struct store *store);

enum store_news {
    STORE_SAME,
    STORE_CHANGED,  /* another program changed the board: read the window again */
    STORE_BUSY,     /* a writer is at it: ask again after *again_ms */
    STORE_HAS_MOVED /* the file was moved, replaced or deleted: writing is refused from now on (told
                       once) */
};

/* Asks without waiting (under 3 us when nothing happened). One's own edits are no news. */
enum store_news store_changed(struct store *store, int *again_ms);

/* --- care ------------------------------------------------------------------------------------- */

/* Whether the file is sound: SQLite's quick_check, each row's types and ranges, what must agree
 * between rows (places, references, the tally, history). Findings are lines in `report`, board text
 * in them as stored; STATUS_BAD_DATA when there are any, STATUS_REFUSED for a newer board. */
enum status store_check(struct store *store, struct buffer *report, struct error *error) MUST_USE;

/* Takes all that can still be read of a board that is damaged, cut short or refused into a new one
 * at `to`, whole or not at all. Of the old file only bytes are read, in a private copy: nothing of
 * it runs, and it stays as it is. Records keep their ids and places; the history, votes and what
 * had been deleted are left behind. `report` receives lines of what was taken and what was lost.
 *   STATUS_NO_INPUT       no regular file, not readable
 *   STATUS_BAD_DATA       nothing of a board is in it
 *   STATUS_CANNOT_CREATE  something of the name `to` is there */
enum status store_salvage(const char *path, const char *to, const struct store_options *options,
                          struct buffer *report, struct error *error) MUST_USE;

/* A copy of the board as it is now, through SQLite's backup interface, whole or not at all.
 * STATUS_CANNOT_CREATE when `path` exists, STATUS_BAD_DATA when the board is damaged. */
enum status store_backup(struct store *store, const char *path, struct error *error) MUST_USE;

#endif
