/* room: store
 *
 * Reading a board: the window that the screen shows, one moment, lists, search, history. Each call
 * reads the file as it is at that instant. What has to be counted through all moments is counted
 * only where nothing nearer is known (see store_number()).
 */
#ifndef TOUCHLINE_QUERY_H
#define TOUCHLINE_QUERY_H

#include "touchline/capture.h"
#include "touchline/rows.h"
#include "touchline/session.h"
#include "touchline/store.h"
#include "touchline/window.h"
#include <stdio.h>

/* What is read between the two is one reading: it sees one state of the board, and the file is
 * locked and looked at once. Nests; within an edit it is free. Keep it short: nobody can write
 * meanwhile. */
enum status store_read_begin(struct store *store, struct error *error) MUST_USE;
void store_read_end(struct store *store);

enum status store_board(struct store *store, struct board *board, struct error *error) MUST_USE;
enum status store_channels(struct store *store, struct channels *channels,
                           struct error *error) MUST_USE;
enum status store_phases(struct store *store, struct phases *phases, struct error *error) MUST_USE;
enum status store_meter(struct store *store, struct meter *meter, struct error *error) MUST_USE;

/* A moment whole, its note too; number and phase filled in. Also parked ones (number: z-number) and
 * deleted ones (state tells). */
enum status store_moment(struct store *store, int64_t id, struct moment *moment,
                         struct error *error) MUST_USE;

/* The note of a moment alone, for one that was read without: *note is replaced, NULL when there is
 * none. */
enum status store_note(struct store *store, int64_t moment, char **note,
                       struct error *error) MUST_USE;

/* One record of another kind, by id; a phase as struct phase through store_phase(). */
enum status store_record(struct store *store, enum record record, int64_t id, void *it,
                         struct error *error) MUST_USE;
enum status store_phase(struct store *store, int64_t id, struct phase *phase,
                        struct error *error) MUST_USE;

/* The highest id of that kind, deleted ones too; whatever is added later gets a higher one. */
enum status store_newest(struct store *store, enum record record, int64_t *id,
                         struct error *error) MUST_USE;

/* What belongs to a moment, live ones in the order they were added. */
enum status store_ideas(struct store *store, int64_t moment, struct ideas *ideas,
                        struct error *error) MUST_USE;
enum status store_actions(struct store *store, int64_t moment, struct actions *actions,
                          struct error *error) MUST_USE;
enum status store_entries(struct store *store, int64_t moment, struct entries *entries,
                          struct error *error) MUST_USE;

enum status store_people(struct store *store, struct people *people, struct error *error) MUST_USE;

/* The parking lot, numbered z1, z2 ... in the board's order; notes are not read. */
enum status store_parked(struct store *store, struct moments *parked, struct error *error) MUST_USE;

/* The moments with most dots, up to `most` of them: none above 2,000 moments. Of as many dots the
 * earlier comes first; notes are not read. */
enum status store_by_dots(struct store *store, size_t most, struct moments *ranked,
                          struct error *error) MUST_USE;

/* What is spent of the dots, and what may be (R6). */
enum status store_dots(struct store *store, struct dots *dots, struct error *error) MUST_USE;

/* --- reviews (R16) and waves (R20) --------------------------------------------------------------
 *
 * While a review goes on, what it is yet to rate anew is read as RATING_HIDDEN, without target and
 * first rating, by every call but those by which a command changes the board; the filter,
 * `weakest`, the plan, `next` and the meter know nothing of it either, what earlier reviews found
 * of those moments is RATING_HIDDEN, and what they counted is not told. The board as it was hides
 * what is hidden now. store_rows_begin(), for an export that comes back, gives what the file holds
 * unless store_rows_hide() is called. */

struct reviews {
    struct review *at;
    size_t count;
};
void reviews_release(struct reviews *reviews);

/* In the order of their days; the one that goes on is last. While one does, their counts are
 * FIELD_ABSENT. */
enum status store_reviews(struct store *store, struct reviews *reviews,
                          struct error *error) MUST_USE;

/* The id of the review that goes on, 0: none. */
enum status store_review_now(struct store *store, int64_t *id, struct error *error) MUST_USE;

/* What a review found of the moments that are on the line, in the board's order. */
struct drifted {
    int64_t moment, number;
    char *title;
    bool chosen;
    int64_t before, after; /* enum rating; both RATING_HIDDEN while it is yet to be rated anew */
};
struct drift {
    struct drifted *at;
    size_t count;
};
void drift_release(struct drift *drift);
enum status store_drift(struct store *store, int64_t review, struct drift *drift,
                        struct error *error) MUST_USE;

/* Waves that nothing was said of are not there. */
enum status store_waves(struct store *store, struct waves *waves, struct error *error) MUST_USE;

/* --- numbers and neighbours ------------------------------------------------------------------- */

/* The number of a moment on the line (from 1) or on the parking lot (z1 ...), 0 for a deleted one.
 * Counted from the nearest number known: one's own edits keep that known, another's change forgets
 * it. Within an edit it is the number as the edit leaves it. */
enum status store_number(struct store *store, int64_t id, int64_t *number,
                         struct error *error) MUST_USE;

/* The moment that has a number; STATUS_NOT_FOUND names how many there are. */
enum status store_at(struct store *store, int64_t number, int64_t *id,
                     struct error *error) MUST_USE;
enum status store_parked_at(struct store *store, int64_t number, int64_t *id,
                            struct error *error) MUST_USE;

/* A moment as it is named in the shell and the palette: "7", "z2", "id:31"; phases and deleted
 * ones by id only. */
enum status store_find(struct store *store, const char *name, int64_t *id,
                       struct error *error) MUST_USE;

/* The moment `steps` places after (negative: before) `id` under the filter, stopping at the ends;
 * `id` itself when there is none on that side. STATUS_NOT_FOUND for an id that never was. */
enum status store_step(struct store *store, int64_t id, int64_t steps, const struct filter *filter,
                       int64_t *to, struct error *error) MUST_USE;

/* First and last moment under the filter; 0 when there is none. */
enum status store_ends(struct store *store, const struct filter *filter, int64_t *first,
                       int64_t *last, struct error *error) MUST_USE;

/* The item right before an item on the line (a moment or a phase marker), 0 at the start; the next
 * one likewise, 0 at the end. What carrying over phase headings goes by. Of PLACE_START the next
 * one is the first item. */
enum status store_neighbours(struct store *store, int64_t id, int64_t *before, int64_t *after,
                             struct error *error) MUST_USE;

/* The last item of a phase: its last moment, or the marker itself while it is empty. A card put
 * after it stands at the phase's end. */
enum status store_phase_end(struct store *store, int64_t phase, int64_t *last,
                            struct error *error) MUST_USE;

/* The first moment of the next phase (+1); of one's own phase, or on that of the one before (-1).
 * Empty phases are passed over; 0: none. */
enum status store_phase_step(struct store *store, int64_t id, int direction, int64_t *to,
                             struct error *error) MUST_USE;

/* What n goes to in a step of the guide, going round after the last; never `from` itself (0: from
 * the start). 0: nothing else is left. */
enum status store_next(struct store *store, enum next next, int64_t from, int64_t *to,
                       struct error *error) MUST_USE;

/* A title nearly the same as `title` on the line: *id 0 when there is none ("Like 9 ..."). Looked
 * for among the last 2,000 moments, from the end. */
enum status store_similar(struct store *store, const char *title, int64_t *id,
                          struct error *error) MUST_USE;

/* --- the screen ------------------------------------------------------------------------------- */

/* Reads up to `before` moments before `selected` and `after` after it, with their phases, counts
 * and numbers; what one side has too few of, the other makes up for. A selected moment that is gone
 * or no hit gives way to the next one, else to the one before (window->selected tells which).
 * `today` is for what is overdue. On error the window is empty. */
enum status store_window(struct store *store, int64_t selected, int before, int after,
                         const struct filter *filter, struct date today, struct window *window,
                         struct error *error) MUST_USE;

/* A sign for each moment of the board (of the filter's hits, without phases), when there are at
 * most `most`; else the strip is empty. */
enum status store_strip(struct store *store, const struct filter *filter, size_t most,
                        struct strip *strip, struct error *error) MUST_USE;

/* R22: ids of the first, the last and the weakest moment; 0 where there is none (the weakest also
 * above 2,000 moments). */
enum status store_marks(struct store *store, int64_t *first, int64_t *last, int64_t *weakest,
                        struct error *error) MUST_USE;

/* --- search ----------------------------------------------------------------------------------- */

/* A search goes in slices, so that a key can end it. Texts searched: all of a moment's own. After a
 * hit it can go on to the next one. */
struct search {
    const char *words; /* as given; compared without case */
    int direction;     /* +1 onwards, -1 back */
    int64_t start;     /* id where it began: it goes round once and ends with that; 0: one end */
    int64_t start_ord, at; /* the store's own: places where it began, and where it goes on */
    bool begun, round;
    bool titles; /* set by the caller, onwards alone: no other text is looked at */
    char *folded;
};
void store_search_begin(struct search *search, const char *words, int64_t from, int direction);
void store_search_end(struct search *search);

/* Looks through up to `rows` (> 0) moments. *found is an id, or 0; *done when nothing is left. */
enum status store_search(struct store *store, struct search *search, int rows, int64_t *found,
                         bool *done, struct error *error) MUST_USE;

/* --- lists, export, history ------------------------------------------------------------------- */

/* All rows in the board's order, parked ones last, as one consistent reading: until its end nobody
 * else can save, so it must not wait for a person (a pipe to a pager). */
struct store_rows;
enum status store_rows_begin(struct store *store, struct store_rows **out,
                             struct error *error) MUST_USE;
struct row_source store_rows_source(struct store_rows *rows);
void store_rows_end(struct store_rows *rows);

/* From the next row on for people to look at (see reviews, above). */
void store_rows_hide(struct store_rows *rows);

/* The same from beginning to end, for people to look at: `take` is given each row, its own for that
 * call. */
enum status store_each_row(struct store *store, void (*take)(void *data, struct row *row),
                           void *data, struct error *error) MUST_USE;

/* All actions, by due date (none last); overdue ones come first by that order. */
enum status store_plan(struct store *store, struct plan *plan, struct error *error) MUST_USE;

/* What is overdue on `today`: how many, and the oldest. `oldest` may be NULL. */
enum status store_overdue(struct store *store, struct date today, int64_t *count,
                          struct action *oldest, struct error *error) MUST_USE;

struct history_entry {
    int64_t id;
    const char *who;
    int64_t at; /* ms UTC */
    const char *words;
    bool undo, redo; /* it took back, or did again, */
    bool nothing;    /* and found nothing to change, or skipped it: all is as it was */
    int64_t undoes;  /* this edit */
    int64_t changes; /* 0 where a review hides them; the words are others, then */
};
/* Edits in order, from the first after id `after`; the callback returns false to stop. Texts are
 * borrowed for the call. */
enum status store_history(struct store *store, int64_t after,
                          bool (*each)(void *data, const struct history_entry *entry), void *data,
                          struct error *error) MUST_USE;

/* The same backwards: from the last edit before id `before` (INT64_MAX: from the newest). */
enum status store_history_back(struct store *store, int64_t before,
                               bool (*each)(void *data, const struct history_entry *entry),
                               void *data, struct error *error) MUST_USE;

/* What an edit did to one record. */
#define HISTORY_ADDED (-1) /* it was added; `new` is its fields as JSON */
#define HISTORY_PLACE (-2) /* an item was moved; `old` and `new` are the store's own */
struct history_change {
    enum record record;
    int64_t id;            /* of the record */
    int field;             /* of the record, or one of those above */
    struct value old, new; /* borrowed for the call; of a field, what it can hold */
};

/* The changes of an edit, in order; likewise. None where a review hides them. */
enum status store_history_changes(struct store *store, int64_t edit,
                                  bool (*each)(void *data, const struct history_change *change),
                                  void *data, struct error *error) MUST_USE;

/* The moment that an edit was about first, itself or what belongs to it; 0: none. */
enum status store_history_moment(struct store *store, int64_t edit, int64_t *moment,
                                 struct error *error) MUST_USE;

/* The board as JSON, a row at a time, by SQLite's own functions: an array of moments with all that
 * belongs to them, one moment (`id`), an array of the actions of a plan, of edits (after edit
 * `id`), of reviews with what each found, of waves, or an object of all of the board. Fields go by
 * their names, values in the words of CSV, null for none, yes and no as true and false; a moment
 * has its `number` (null when parked) and the title of its `phase`; in the board's own a phase is
 * `at` the number of the moment that it stands before. C0, DEL, C1, U+2028/9 and bidi controls come
 * as \uXXXX. Elements stand a line each. What was written before an error stays written. */
enum json_what {
    JSON_MOMENTS,
    JSON_MOMENT,
    JSON_ACTIONS,
    JSON_HISTORY,
    JSON_REVIEWS,
    JSON_WAVES,
    JSON_BOARD
};
struct json_wanted {
    enum json_what what;
    int64_t id;              /* JSON_MOMENT, JSON_HISTORY */
    const struct plan *plan; /* JSON_ACTIONS: in its order */
};
enum status store_json(struct store *store, const struct json_wanted *wanted, FILE *out,
                       struct error *error) MUST_USE;

#endif
