/* What edit.c, place.c, add.c and undo.c share. */
#ifndef STORE_EDIT_INTERNAL_H
#define STORE_EDIT_INTERNAL_H

#include "internal.h"
#include "touchline/buffer.h"
#include "touchline/edit.h"

/* `kind` of an edit, in the file too. */
enum edit_kind { EDIT_DO = 0, EDIT_UNDO = 1, EDIT_REDO = 2 };

/* What an edit changes in one row of the tally: gathered, and written once at its end. */
struct tally_delta {
    int64_t kind, state, channel, rating;
    int64_t n, timed, seconds, times, chosen;
};

struct edit {
    struct store *store;
    int64_t id, uid;
    enum edit_kind kind;
    int64_t undoes; /* the edit that it takes back or does again */
    int64_t target; /* the edit whose stamp an added item must bear to be taken out again */
    int64_t changes;
    bool changes_forced; /* commit also without a change */
    struct tally_delta *deltas;
    size_t delta_count;
    bool chosen_grew;   /* R6 is to be asked */
    struct buffer json; /* of the record that is being added; kept for its memory */
    char *last_phase;   /* of the row sink: the title that the rows so far stand under */
    bool phase_known;
};

/* Names of changes that are no field of the record. */
#define CHANGE_ADDED "*"     /* old: id of the item before it; new: its fields as JSON */
#define CHANGE_PLACE "place" /* "<id of the item before it> <placed>", old and new */

enum status edit_record_change(struct edit *edit, enum record record, int64_t id, const char *field,
                               struct value old, struct value new, struct error *error) MUST_USE;

/* Counts an item into (+1) or out of (-1) the tally; writes what was gathered. */
void tally_count(struct edit *edit, const struct moment *item, int sign);
enum status tally_flush(struct edit *edit, struct error *error) MUST_USE;

enum status edit_read_counted(struct store *store, int64_t id, struct moment *item,
                              struct error *error) MUST_USE;

/* STATUS_CONFLICT, naming who changed the field last. */
enum status edit_conflict(struct store *store, enum record record, int64_t id, const char *field,
                          struct error *error) MUST_USE;
void edit_last_changer(struct store *store, enum record record, int64_t id, const char *field,
                       struct buffer *who);

/* A record's fields as JSON, in the order of its table, those at their `absent` left out: the same
 * text for the same content, so that undo can tell whether a record is as it was added. */
void edit_json(enum record record, const void *it, struct buffer *out);

/* --- places (place.c)
 * -------------------------------------------------------------------------------- */

/* The item before `ord` in the whole order (any state), 0 at the start. */
enum status place_before(struct store *store, int64_t ord, int64_t *id,
                         struct error *error) MUST_USE;

/* An unused ord right after item `after`; renumbers when the gap there is used up. */
enum status place_find(struct edit *edit, int64_t after, int64_t *ord,
                       struct error *error) MUST_USE;

/* Puts an item after another and stamps it with `placed`; recorded as a change. */
enum status place_put(struct edit *edit, const struct moment *item, int64_t after, int64_t placed,
                      struct error *error) MUST_USE;

#endif
