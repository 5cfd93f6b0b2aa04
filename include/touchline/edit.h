/* room: store
 *
 * Changing a board. One edit = one transaction = what one undo takes back:
 *
 *     struct edit *edit;
 *     if ((status = edit_begin(store, &edit, error)))
 *         return status;
 *     if ((status = edit_set(edit, RECORD_ITEM, id, ITEM_RATING, value_integer(RATING_MAGICAL),
 *                            NULL, error)))
 *         return edit_cancel(edit, status);
 *     return edit_commit(edit, error, "3 is now magical");
 *
 * Each call records its change in the edit's history in the same transaction, keeps the tally, and
 * asks the method's rules. After an error the edit can only be cancelled, and nothing of it
 * remains: further calls, edit_commit() too, save nothing and give that status again.
 */
#ifndef TOUCHLINE_EDIT_H
#define TOUCHLINE_EDIT_H

#include "touchline/rows.h"
#include "touchline/store.h"

struct edit;

/* Takes the write lock (waits up to five seconds: STATUS_BUSY). STATUS_READ_ONLY with the reason
 * on a board to look at, STATUS_MOVED when the file is not where it was opened. */
enum status edit_begin(struct store *store, struct edit **out, struct error *error) MUST_USE;

/* Changes one field. `seen` is the value that the person saw when deciding: another value now is
 * STATUS_CONFLICT, naming who changed it, unless it equals `value` already; NULL: no matter. The
 * same value as now is no change. Deleted records are STATUS_NOT_FOUND. A first rating is kept as
 * first_rating by itself; targets obey R11 and go when the rating is taken off; the chosen obey R6
 * (at the commit, so that a swap is one edit). Of a phase only title and state can be set. */
enum status edit_set(struct edit *edit, enum record record, int64_t id, int field,
                     struct value value, const struct value *seen, struct error *error) MUST_USE;

/* Where an item goes. */
#define PLACE_START INT64_C(0)  /* before everything */
#define PLACE_END   INT64_C(-1) /* after everything on the line */

/* What a board has room for; one more is STATUS_REFUSED. Deleted ones do not count. */
#define BOARD_MOMENTS_MOST  100000
#define BOARD_PHASES_MOST   1000
#define BOARD_CHANNELS_MOST 60

/* Adds a moment (record_init() it first) after item `after` (an id, PLACE_START, PLACE_END); its
 * state may be STATE_PARKED. *id receives its id; its number is asked of query.h. */
enum status edit_add_moment(struct edit *edit, const struct moment *moment, int64_t after,
                            int64_t *id, struct error *error) MUST_USE;
enum status edit_add_phase(struct edit *edit, const char *title, int64_t after, int64_t *id,
                           struct error *error) MUST_USE;

/* Adds an idea, action, entry, person or channel. STATUS_NOT_FOUND when the moment that it belongs
 * to is not there, STATUS_REFUSED for a channel's name or letter that another has. */
enum status edit_add(struct edit *edit, enum record record, const void *it, int64_t *id,
                     struct error *error) MUST_USE;

/* Puts an item (a moment, or one phase marker alone) right after item `after`. Where it stands
 * there already it is no change. */
enum status edit_move(struct edit *edit, int64_t id, int64_t after, struct error *error) MUST_USE;

/* Deletes a record. A deleted moment keeps what belongs to it, and its place; bringing it back, and
 * parking, is setting ITEM_STATE. A channel that moments are by is STATUS_REFUSED. */
enum status edit_remove(struct edit *edit, enum record record, int64_t id,
                        struct error *error) MUST_USE;

/* Commits, with the words that history and undo show: one sentence without a full stop ("3 Books
 * the cab is now neutral"). An edit without a change commits nothing and is STATUS_OK. STATUS_OK
 * means that it is in the file, and on the disk as far as store_confirm() says so. After a failed
 * commit the edit is looked up by its random id: the error says truly whether it is saved. The edit
 * is gone in any case. */
enum status edit_commit(struct edit *edit, struct error *error, const char *words) MUST_USE;

/* Whether all that was saved through this store, ballots too, is on the disk: asked by whoever
 * tells people that it is. A save whose last sync failed although it is in the file counts as
 * done, so that nobody does it again; this syncs what lacks, and is STATUS_FAILED while the disk
 * does not confirm. A later save confirms those before it, too. */
enum status store_confirm(struct store *store, struct error *error) MUST_USE;

/* Undoes everything since edit_begin() and frees it; returns `status`, for `return
 * edit_cancel(...)`. */
enum status edit_cancel(struct edit *edit, enum status status);

/* A row sink (rows.h) that adds each row to the edit at the board's end, making phases as their
 * titles change; a row without a phase stays in the one before it. The edit must outlive it. */
struct row_sink edit_row_sink(struct edit *edit);

/* How many changes it holds so far. */
int64_t edit_changes(const struct edit *edit);

/* --- undo and redo ---------------------------------------------------------------------------- */

/* What an undo or redo did. */
struct undone {
    char *words;  /* of the edit taken back or done again, without what a review hides (R16) */
    int64_t item; /* id of the moment it was about (the first), 0: none */
    bool nothing; /* there was nothing to change: all is as it was */
};
void undone_release(struct undone *undone);

/* Takes back the newest edit of one's own that stands; does again what one took back last. Without
 * limit, across restarts: it is all in the file. STATUS_NOT_FOUND when there is nothing,
 * STATUS_CONFLICT when another has changed since what it would overwrite (naming who),
 * STATUS_REFUSED when the method's rules forbid the outcome. Nothing is half done. */
enum status store_undo(struct store *store, struct undone *undone, struct error *error) MUST_USE;
enum status store_redo(struct store *store, struct undone *undone, struct error *error) MUST_USE;

/* Skips the edit that store_undo() would take back: it stays as it is, and the next one is
 * that before it. It is an undo that changes nothing, so redo makes it the next one again. For what
 * cannot be taken back, so that this is no end of undo. */
enum status store_undo_skip(struct store *store, struct undone *undone,
                            struct error *error) MUST_USE;

/* The edit that store_undo() would take back, 0: none. Two times the same: nothing of one's own
 * was done in between. */
enum status store_undo_next(struct store *store, int64_t *id, struct error *error) MUST_USE;

#endif
