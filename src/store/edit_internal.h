/* What the files that change a board share. */
#ifndef STORE_EDIT_INTERNAL_H
#define STORE_EDIT_INTERNAL_H

#include "internal.h"
#include "touchline/buffer.h"
#include "touchline/query.h"

/* `kind` of an edit, in the file too. */
enum edit_kind { EDIT_DO = 0, EDIT_UNDO = 1, EDIT_REDO = 2 };

/* What an edit changes in one row of the tally: gathered, and written once at its end. */
struct tally_delta {
    int64_t kind, state, channel, rating;
    int64_t n, timed, seconds, times, chosen;
};

/* Records that were looked up once and are still there. */
struct known {
    int64_t ids[16];
    size_t count;
};

struct edit {
    struct store *store;
    int64_t id, uid;
    enum edit_kind kind;
    enum status failed; /* of the first call that did: nothing of it can be saved any more */
    int64_t undoes;     /* the edit that it takes back or does again */
    int64_t source;     /* the edit whose changes are reversed */
    int64_t changes;
    bool changes_forced; /* commit also without a change */
    bool hidden;         /* the words of the edit it is about tell what a review hides */
    struct tally_delta *deltas;
    size_t delta_count;
    bool chosen_grew;  /* R6 is to be asked */
    bool counted;      /* the next is known */
    int64_t counts[3]; /* items by kind that are not deleted, for the limits */
    bool end_known;
    int64_t end, end_ord; /* the last item of all (0: none) and its place */
    struct known channels;
    struct buffer json; /* of the record that is being added; kept for its memory */
    char *last_phase;   /* of the row sink: the title that the rows so far stand under */
    bool phase_known;
};

/* Names of changes that are no field of the record. */
#define CHANGE_ADDED "*"     /* old: id of the item before it; new: its fields as JSON */
#define CHANGE_PLACE "place" /* "<id of the item before it> <placed>", old and new */

/* Begins a transaction that may write; takes it back whatever became of it. */
enum status store_take_lock(struct store *store, struct error *error) MUST_USE;

/* COMMIT of what was changed. */
enum status store_save(struct store *store, struct error *error) MUST_USE;

/* After a COMMIT that failed, and its rollback: whether what was to be saved could be asked for and
 * was `found` decides what is true. `error` holds the COMMIT's and gets the truth in front of it;
 * STATUS_OK when it is in the file all the same, for store_confirm() to see it through. */
enum status store_find_out(struct store *store, bool asked, bool found,
                           struct error *error) MUST_USE;

/* Notes a failure: every call that changes something returns through it. */
enum status edit_note(struct edit *edit, enum status status);

/* Refuses to go on with an edit that has failed. */
enum status edit_check_whole(const struct edit *edit, struct error *error) MUST_USE;

enum status edit_record_change(struct edit *edit, enum record record, int64_t id, const char *field,
                               struct value old, struct value new, struct error *error) MUST_USE;

/* STATUS_CONFLICT, naming who changed the field last ("%": any field). */
enum status edit_conflict(struct store *store, enum record record, int64_t id, const char *field,
                          struct error *error) MUST_USE;

/* --- history (history.c) ---------------------------------------------------------------------- */

/* A change from a row of record, id, field, old, new, which it borrows from; STATUS_BAD_DATA for
 * one that no edit can have made. */
enum status history_read_change(struct store *store, sqlite3_stmt *row,
                                struct history_change *change, struct error *error) MUST_USE;

/* "<id of the item before> <placed>"; false when it is not that. */
bool history_read_place(struct value value, int64_t *before, int64_t *placed);

/* STATUS_BAD_DATA: the history is damaged. */
enum status history_refuse(struct store *store, struct error *error);

/* --- fields (set.c) --------------------------------------------------------------------------- */

/* edit_set() and edit_remove() without the guard against failed edits. */
enum status edit_put(struct edit *edit, enum record record, int64_t id, int field,
                     struct value value, const struct value *seen, struct error *error) MUST_USE;
enum status edit_delete(struct edit *edit, enum record record, int64_t id,
                        struct error *error) MUST_USE;

/* What the tally counts of an item, and its place: texts stay unread. */
enum status edit_read_counted(struct store *store, int64_t id, struct moment *item,
                              struct error *error) MUST_USE;

/* What a value hangs on beyond its type: a live channel, a moment that is there, a letter that no
 * other has. `id` is 0 for a record that is being added. */
enum status edit_check_reference(struct edit *edit, enum record record, int64_t id, int field,
                                 struct value value, struct error *error) MUST_USE;

/* --- votes (vote.c, ballot.c) ----------------------------------------------------------------- */

/* What a vote cannot do, whoever asks (undo and redo, too): come back from being shown, go while
 * there are ballots, return while another is going on. */
enum status vote_check(struct edit *edit, int64_t id, int field, struct value old,
                       struct value value, struct error *error) MUST_USE;

enum status vote_refuse_hiding(struct error *error);

/* The newest vote; id 0: none. */
enum status vote_newest(struct store *store, struct vote *vote, struct error *error) MUST_USE;

/* Fills in all but the vote and the people here. */
struct vote_state;
enum status ballots_count(struct store *store, struct vote_state *state,
                          struct error *error) MUST_USE;

/* Adds a vote's dots to those of its moments. Of the edit that shows it, and of no other. */
enum status ballots_add_up(struct edit *edit, int64_t vote, struct error *error) MUST_USE;

/* Ballots are no history, so those of a board as it was are of now. Only of a vote whose outcome
 * was shown by then they are what they were; all others are nobody's business and go. Asked of the
 * board as it is and as it was. */
enum status ballots_drop_unshown(struct store *past, struct error *error) MUST_USE;

/* --- new records (add.c) ---------------------------------------------------------------------- */

/* A record's fields as JSON, in the order of its table, those at their `absent` left out: the same
 * text for the same content, so that undo can tell whether a record is as it was added. */
void edit_json(enum record record, const void *it, struct buffer *out);

/* edit_add() for a record that belongs to a moment just added. */
enum status edit_insert(struct edit *edit, enum record record, const void *it, int64_t *id,
                        struct error *error) MUST_USE;

/* edit_add_moment(), `field` receiving the name of the one that is refused, and edit_add_phase().
 */
enum status edit_insert_moment(struct edit *edit, const struct moment *moment, int64_t after,
                               int64_t *id, const char **field, struct error *error) MUST_USE;
enum status edit_insert_phase(struct edit *edit, const char *title, int64_t after, int64_t *id,
                              struct error *error) MUST_USE;

/* Whether a moment that is added may have the target it has. */
enum status edit_check_target(const struct moment *moment, struct error *error) MUST_USE;

/* Adds a record of another board under the id that it has there, which must not be taken here; an
 * item (its `id` the same) keeps its place, unless that is none or taken: then it goes to the end
 * and `ord` tells. Like the two above it does not spoil the edit when a rule refuses the record. */
enum status edit_bring(struct edit *edit, enum record record, void *it, int64_t id,
                       struct error *error) MUST_USE;

/* --- the tally (tally.c) ---------------------------------------------------------------------- */

/* Counts an item into (+1) or out of (-1) the tally; writes what was gathered. */
void tally_count(struct edit *edit, const struct moment *item, int sign);
enum status tally_flush(struct edit *edit, struct error *error) MUST_USE;

/* Refuses one more moment or phase than a board has room for. */
enum status tally_check_room(struct edit *edit, enum item_kind kind, struct error *error) MUST_USE;

/* R6, as things stand in the edit. */
enum status tally_check_chosen(struct edit *edit, struct error *error) MUST_USE;

/* --- places (place.c) ------------------------------------------------------------------------- */

/* An unused ord right after item `after`, and the id of the item that it then follows (0: none);
 * renumbers when the gap there is used up. */
enum status place_find(struct edit *edit, int64_t after, int64_t *ord, int64_t *before,
                       struct error *error) MUST_USE;

/* Whether `ord` is a place that no item has, and the id of the item that one there follows. */
enum status place_is_free(struct edit *edit, int64_t ord, int64_t *before, bool *free,
                          struct error *error) MUST_USE;

/* Puts an item after another and stamps it with `placed`; recorded as a change. */
enum status place_put(struct edit *edit, int64_t id, int64_t after, int64_t placed,
                      struct error *error) MUST_USE;

#endif
