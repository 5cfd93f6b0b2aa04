/* What was voted. Nobody else asks these tables anything, and here a mark is given out in two ways
 * only: to who names the ballot and its code, and of a vote that was shown. */
#include "edit_internal.h"
#include "review.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/text.h"
#include "touchline/vote.h"
#include <assert.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

/* --- all that is ever asked ------------------------------------------------------------------- */

/* ?1 is the ballot's id, ?2 its code: who has not both has no ballot. */
#define OWN       "(SELECT id FROM ballot WHERE id = ?1 AND code = ?2)"
#define ON_LINE   "EXISTS (SELECT 1 FROM item WHERE item.id = mark.item AND state = 0 AND kind = 1)"
#define CALLED    "has_words(?2, name) AND length(name) = length(?2)"
#define OF_VOTE   "mark JOIN ballot ON ballot.id = mark.ballot WHERE ballot.vote = ?1"
#define VALUE     "min(max(CAST(value AS INTEGER), 0), 1000)" /* whatever a file may hold */
#define LAST_SEEN "(SELECT max(id) FROM vote WHERE state = 0 AND kind = 2 AND stage = 3)"

#define QUERIES(X)                                                                                 \
    X(COUNT, "SELECT count(*), sum(done), sum(done OR EXISTS (SELECT 1 FROM mark "                 \
             "WHERE mark.ballot = ballot.id)) FROM ballot WHERE vote = ?1")                        \
    X(SPENT_IN_ALL, "SELECT CASE ?2 WHEN 1 THEN sum(" VALUE ") ELSE count(*) END FROM " OF_VOTE)   \
    X(TOTALS,                                                                                      \
      "SELECT mark.item, sum(" VALUE ") FROM " OF_VOTE " AND " ON_LINE " GROUP BY mark.item")      \
    X(SPREAD, "SELECT value, count(*) FROM mark JOIN ballot ON ballot.id = mark.ballot "           \
              "WHERE mark.item = ?1 AND vote = " LAST_SEEN " GROUP BY value")                      \
    X(SPREADS, "SELECT item.id, value, count(*) FROM ballot JOIN mark ON mark.ballot = ballot.id " \
               "JOIN item ON item.id = mark.item WHERE vote = " LAST_SEEN " AND state = 0 "        \
               "AND kind = 1 GROUP BY item.ord, value ORDER BY item.ord")                          \
    X(FIND, "SELECT id, code FROM ballot WHERE vote = ?1 AND " CALLED)                             \
    X(FIND_EARLIER,                                                                                \
      "SELECT id, code FROM ballot WHERE vote < ?1 AND " CALLED " ORDER BY vote DESC LIMIT 1")     \
    X(TAKE, "INSERT INTO ballot(vote, name, code) VALUES(?1, ?2, ?3)")                             \
    X(LOOK, "SELECT vote, name, done FROM ballot WHERE id = " OWN)                                 \
    X(SPENT, "SELECT sum(" VALUE "), count(*) FROM mark WHERE ballot = " OWN " AND " ON_LINE)      \
    X(SPENT_ANYWHERE, "SELECT sum(" VALUE "), count(*) FROM mark WHERE ballot = " OWN)             \
    X(MARKS,                                                                                       \
      "SELECT item, " VALUE " FROM mark WHERE ballot = " OWN " AND " ON_LINE " ORDER BY item")     \
    X(MARK, "SELECT " VALUE " FROM mark WHERE ballot = " OWN " AND item = ?3")                     \
    X(PUT, "INSERT INTO mark(ballot, item, value) SELECT id, ?3, ?4 FROM ballot WHERE id = ?1 "    \
           "AND code = ?2 ON CONFLICT(ballot, item) DO UPDATE SET value = excluded.value")         \
    X(CLEAR, "DELETE FROM mark WHERE ballot = " OWN " AND item = ?3")                              \
    X(FREE, "UPDATE mark SET value = " VALUE " - 1 WHERE ballot = " OWN " AND item = "             \
            "(SELECT min(item) FROM mark WHERE ballot = ?1 AND NOT " ON_LINE ")")                  \
    X(CLEAR_FREED, "DELETE FROM mark WHERE ballot = " OWN " AND value < 1")                        \
    X(IS_DONE, "SELECT done FROM ballot WHERE id = " OWN)                                          \
    X(DONE, "UPDATE ballot SET done = ?3 WHERE id = ?1 AND code = ?2")

#define NAME(name, sql) ASK_##name,
enum ask { QUERIES(NAME) ASKS };
#undef NAME
_Static_assert(ASKS <= BALLOT_STATEMENTS, "struct store has room for all of them");

static sqlite3_stmt *ask(struct store *store, enum ask which, struct error *error)
{
#define SQL(name, sql) sql,
    static const char *const queries[] = {QUERIES(SQL)};
#undef SQL
    return store_prepare(store, &store->ballots[which], queries[which], error);
}

/* A question about one's own ballot: the two that it hangs on are bound. */
static sqlite3_stmt *ask_own(struct store *store, const struct ballot *ballot, enum ask which,
                             struct error *error)
{
    sqlite3_stmt *own = ask(store, which, error);
    if (!own)
        return NULL;
    sqlite3_bind_int64(own, 1, ballot->id);
    sqlite3_bind_text(own, 2, ballot->code, -1, SQLITE_STATIC);
    return own;
}

/* --- counts, and what was shown --------------------------------------------------------------- */

/* Of all dots, also on what has left the line: else parking a moment would tell how many it had. */
enum status ballots_count(struct store *store, struct vote_state *state, struct error *error)
{
    bool row;
    sqlite3_stmt *count = ask(store, ASK_COUNT, error);
    if (!count)
        return error->status;
    sqlite3_bind_int64(count, 1, state->vote.id);
    enum status status = store_step_row(store, count, &row, error);
    if (status != STATUS_OK)
        return status;
    state->ballots = sqlite3_column_int64(count, 0);
    state->done = sqlite3_column_int64(count, 1);
    state->voted = sqlite3_column_int64(count, 2);
    sqlite3_reset(count);
    sqlite3_stmt *spent = ask(store, ASK_SPENT_IN_ALL, error);
    if (!spent)
        return error->status;
    sqlite3_bind_int64(spent, 1, state->vote.id);
    sqlite3_bind_int64(spent, 2, state->vote.kind);
    return store_integer(store, spent, 0, &state->spent, error);
}

static enum status read_totals(struct store *store, int64_t vote, struct marks *totals,
                               struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = ask(store, ASK_TOTALS, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, vote);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        totals->at = memory_resize(totals->at, totals->count + 1, sizeof *totals->at);
        totals->at[totals->count++] =
            (struct mark){sqlite3_column_int64(read, 0), sqlite3_column_int64(read, 1)};
    }
    return status;
}

static enum status add_dots(struct edit *edit, const struct mark *total, struct error *error)
{
    struct moment moment = {0};
    enum status status = store_get(edit->store, RECORD_ITEM, total->item, &moment, error);
    if (status == STATUS_OK)
        status = edit_put(edit, RECORD_ITEM, total->item, ITEM_DOTS,
                          value_integer(moment.dots + total->value), NULL, error);
    record_release(RECORD_ITEM, &moment);
    return status;
}

enum status ballots_add_up(struct edit *edit, int64_t vote, struct error *error)
{
    struct marks totals = {0};
    enum status status = read_totals(edit->store, vote, &totals, error);
    for (size_t i = 0; status == STATUS_OK && i < totals.count; i++)
        status = add_dots(edit, &totals.at[i], error);
    marks_release(&totals);
    return status;
}

enum status ballots_drop_unshown(struct store *past, struct error *error)
{
    return store_exec(past,
                      "DELETE FROM ballot WHERE vote NOT IN (SELECT id FROM vote WHERE stage = 3); "
                      "DELETE FROM mark WHERE ballot NOT IN (SELECT id FROM ballot)",
                      error);
}

/* Rows of (value, count) from column `first` on; a value that no rating has is passed over. */
static void count_row(sqlite3_stmt *row, int first, int64_t counts[RATINGS])
{
    int64_t rating = sqlite3_column_int64(row, first);
    if (rating > RATING_NONE && rating < RATINGS)
        counts[rating] = sqlite3_column_int64(row, first + 1);
}

enum status store_spread(struct store *store, int64_t item, int64_t counts[RATINGS],
                         struct error *error)
{
    bool row, hidden;
    memset(counts, 0, RATINGS * sizeof *counts);
    enum status status = review_hides_spread(store, item, &hidden, error);
    if (status != STATUS_OK || hidden)
        return status;
    sqlite3_stmt *read = ask(store, ASK_SPREAD, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, item);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row)
        count_row(read, 0, counts);
    return status;
}

/* The variance of the ratings, as they are 1, 2 and 3. */
static double disagreement(const struct spread *spread)
{
    double n = 0, sum = 0, squares = 0;
    for (int rating = RATING_MISERABLE; rating < RATINGS; rating++) {
        double count = (double)spread->counts[rating];
        n += count;
        sum += count * rating;
        squares += count * rating * rating;
    }
    return n > 0 ? (squares - sum * sum / n) / n : 0;
}

/* An insertion keeps those of equal disagreement in the board's order. */
static void sort_spreads(struct spreads *spreads)
{
    for (size_t i = 1; i < spreads->count; i++) {
        struct spread one = spreads->at[i];
        size_t to = i;
        for (; to > 0 && disagreement(&spreads->at[to - 1]) < disagreement(&one) - 1e-9; to--)
            spreads->at[to] = spreads->at[to - 1];
        spreads->at[to] = one;
    }
}

void spreads_release(struct spreads *spreads)
{
    memory_free(spreads->at);
    *spreads = (struct spreads){0};
}

static enum status drop_hidden(struct store *store, struct spreads *spreads, struct error *error)
{
    enum status status = STATUS_OK;
    size_t kept = 0;
    for (size_t i = 0; status == STATUS_OK && i < spreads->count; i++) {
        bool hidden;
        status = review_hides_spread(store, spreads->at[i].item, &hidden, error);
        if (status == STATUS_OK && !hidden)
            spreads->at[kept++] = spreads->at[i];
    }
    spreads->count = kept;
    return status;
}

enum status store_spreads(struct store *store, struct spreads *spreads, struct error *error)
{
    enum status status;
    bool row;
    spreads_release(spreads);
    sqlite3_stmt *read = ask(store, ASK_SPREADS, error);
    if (!read)
        return error->status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t item = sqlite3_column_int64(read, 0);
        if (spreads->count == 0 || spreads->at[spreads->count - 1].item != item) {
            spreads->at = memory_resize(spreads->at, spreads->count + 1, sizeof *spreads->at);
            spreads->at[spreads->count++] = (struct spread){.item = item};
        }
        count_row(read, 1, spreads->at[spreads->count - 1].counts);
    }
    if (status == STATUS_OK)
        status = drop_hidden(store, spreads, error);
    sort_spreads(spreads);
    return status;
}

/* --- saving ----------------------------------------------------------------------------------- */

static enum status read_ballot(struct store *store, struct ballot *ballot, struct error *error);

/* What a change leaves behind: by this it is told, after a COMMIT that failed, whether it is saved.
 */
struct outcome_wanted {
    enum ask which; /* gives one integer about one's own ballot (and moment ?3), */
    int64_t item;
    int64_t value; /* which is this one then */
};

static bool is_saved(struct store *store, const struct ballot *ballot,
                     const struct outcome_wanted *wanted, bool *asked)
{
    struct error ignored;
    int64_t value = 0;
    *asked = false;
    sqlite3_stmt *read = ask_own(store, ballot, wanted->which, &ignored);
    if (!read)
        return false;
    if (sqlite3_bind_parameter_count(read) > 2)
        sqlite3_bind_int64(read, 3, wanted->item);
    *asked = store_integer(store, read, 0, &value, &ignored) == STATUS_OK;
    return *asked && value == wanted->value;
}

/* Commits when all went well so far, else takes it back. */
static enum status end_change(struct store *store, const struct ballot *ballot,
                              const struct outcome_wanted *wanted, enum status status,
                              struct error *error)
{
    struct error failed;
    bool asked;
    if (status != STATUS_OK) {
        store_roll_back(store);
        return status;
    }
    if (store_save(store, error) == STATUS_OK)
        return STATUS_OK;
    failed = *error;
    store_roll_back(store);
    bool found = is_saved(store, ballot, wanted, &asked);
    *error = failed;
    return store_find_out(store, asked, found, error);
}

static enum status begin_change(struct store *store, struct error *error)
{
    assert(!store->edit && store->depth == 0);
    return store_take_lock(store, error);
}

/* Takes the lock, and refuses unless the vote is open and of that kind. */
static enum status begin_mark(struct store *store, struct ballot *ballot, struct error *error)
{
    enum status status = begin_change(store, error);
    if (status != STATUS_OK)
        return status;
    status = read_ballot(store, ballot, error);
    if (status == STATUS_OK && ballot->vote.stage != VOTE_OPEN)
        status = error_set(error, STATUS_REFUSED, "the vote is %s: ballots stay as they are",
                           ballot->vote.stage == VOTE_SHOWN ? "shown" : "closed");
    if (status != STATUS_OK)
        store_roll_back(store);
    return status;
}

/* --- taking a ballot -------------------------------------------------------------------------- */

void ballot_release(struct ballot *ballot)
{
    memory_free(ballot->name);
    *ballot = (struct ballot){0};
}

/* Three of letters and digits that are not taken for one another when called across a room. */
static void make_code(char code[BALLOT_CODE_SIZE])
{
    static const char letters[32] = "23456789ACDEFGHJKLMNPQRSTUVWXYZ4";
    unsigned char random[BALLOT_CODE_SIZE];
    sqlite3_randomness(sizeof random, random);
    for (int i = 0; i < BALLOT_CODE_SIZE - 1; i++)
        code[i] = letters[random[i] % 31];
    code[BALLOT_CODE_SIZE - 1] = '\0';
}

/* A name or a code, borrowed; NULL when it is none that a board can have. */
static const char *sound_text(sqlite3_stmt *row, int column)
{
    const char *text = store_column_words(row, column);
    return text && *text ? text : NULL;
}

static enum status refuse_damaged(const struct store *store, struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "%s: damaged: a ballot has a name or a code that none can have; use a backup",
                     store->path);
}

/* The ballot of a name: *id 0 when there is none. */
static enum status find_by_name(struct store *store, enum ask which, int64_t vote, const char *name,
                                int64_t *id, char code[BALLOT_CODE_SIZE], struct error *error)
{
    bool row = false;
    struct buffer folded = {0};
    *id = 0;
    sqlite3_stmt *find = ask(store, which, error);
    if (!find)
        return error->status;
    text_fold(&folded, name, strlen(name));
    sqlite3_bind_int64(find, 1, vote);
    sqlite3_bind_text(find, 2, buffer_text(&folded), -1, SQLITE_STATIC);
    enum status status = store_step_row(store, find, &row, error);
    if (status == STATUS_OK && row) {
        const char *text = sound_text(find, 1);
        *id = sqlite3_column_int64(find, 0);
        if (text)
            (void)snprintf(code, BALLOT_CODE_SIZE, "%s", text);
        else
            status = refuse_damaged(store, error);
        sqlite3_reset(find);
    }
    sqlite3_clear_bindings(find);
    buffer_release(&folded);
    return status;
}

static enum status check_code(const char *name, const char *wanted, const char *given,
                              struct error *error)
{
    if (given && strcasecmp(wanted, given) == 0)
        return STATUS_OK;
    return error_set(error, STATUS_REFUSED,
                     given ? "that is not the code of the ballot of %.60s"
                           : "%.60s has a ballot already: it opens with its code",
                     name);
}

static enum status insert_ballot(struct store *store, struct ballot *ballot, const char *name,
                                 struct error *error)
{
    struct vote_state state = {.vote = ballot->vote};
    enum status status = ballots_count(store, &state, error);
    if (status != STATUS_OK)
        return status;
    if (state.ballots >= VOTE_BALLOTS_MOST)
        return error_set(error, STATUS_REFUSED, "a vote has room for 1,000 ballots");
    sqlite3_stmt *insert = ask(store, ASK_TAKE, error);
    if (!insert)
        return error->status;
    sqlite3_bind_int64(insert, 1, ballot->vote.id);
    sqlite3_bind_text(insert, 2, name, -1, SQLITE_STATIC);
    sqlite3_bind_text(insert, 3, ballot->code, -1, SQLITE_STATIC);
    status = store_run(store, insert, error);
    ballot->id = sqlite3_last_insert_rowid(store->db);
    return status;
}

/* A new ballot: under the code of the vote before, if that is what is given. */
static enum status take_new(struct store *store, const char *name, const char *code, bool vouched,
                            struct ballot *ballot, struct error *error)
{
    int64_t earlier;
    if (ballot->vote.id == 0 || ballot->vote.stage != VOTE_OPEN)
        return error_set(error, STATUS_NOT_FOUND, "no vote is open");
    make_code(ballot->code);
    enum status status = STATUS_OK;
    if (code && !vouched) {
        char known[BALLOT_CODE_SIZE];
        status =
            find_by_name(store, ASK_FIND_EARLIER, ballot->vote.id, name, &earlier, known, error);
        if (status == STATUS_OK && !earlier)
            status = error_set(error, STATUS_NOT_FOUND,
                               "%.60s has no ballot yet: take one without a code", name);
        if (status == STATUS_OK)
            status = check_code(name, known, code, error);
        if (status == STATUS_OK)
            memcpy(ballot->code, known, sizeof known);
    }
    return status == STATUS_OK ? insert_ballot(store, ballot, name, error) : status;
}

static enum status take(struct store *store, const char *name, const char *code, bool vouched,
                        struct ballot *ballot, struct error *error)
{
    enum status status = vote_newest(store, &ballot->vote, error);
    if (status == STATUS_OK)
        status =
            find_by_name(store, ASK_FIND, ballot->vote.id, name, &ballot->id, ballot->code, error);
    if (status != STATUS_OK)
        return status;
    if (!ballot->id)
        status = take_new(store, name, code, vouched, ballot, error);
    else if (!vouched)
        status = check_code(name, ballot->code, code, error);
    return status == STATUS_OK ? read_ballot(store, ballot, error) : status;
}

enum status ballot_take(struct store *store, const char *name, const char *code, bool vouched,
                        struct ballot *ballot, struct error *error)
{
    const struct field *field = &record_type(RECORD_PERSON)->fields[PERSON_NAME];
    struct value value = value_text(name);
    ballot_release(ballot);
    if (value.type == VALUE_ABSENT)
        return error_set(error, STATUS_USAGE, "a ballot needs a name");
    enum status status = field_check(field, value, error);
    if (status == STATUS_OK)
        status = begin_change(store, error);
    if (status != STATUS_OK)
        return status;
    status = take(store, name, code, vouched, ballot, error);
    const struct outcome_wanted wanted = {.which = ASK_LOOK, .value = ballot->vote.id};
    status = end_change(store, ballot, &wanted, status, error);
    if (status != STATUS_OK)
        ballot_release(ballot);
    return status;
}

/* --- reading one's own ------------------------------------------------------------------------ */

/* Dots, or of ratings how many. */
static enum status read_spent(struct store *store, const struct ballot *ballot, enum ask which,
                              int64_t *spent, struct error *error)
{
    bool row;
    *spent = 0;
    sqlite3_stmt *sum = ask_own(store, ballot, which, error);
    if (!sum)
        return error->status;
    enum status status = store_step_row(store, sum, &row, error);
    if (status == STATUS_OK && row) {
        *spent = sqlite3_column_int64(sum, ballot->vote.kind == VOTE_DOTS ? 0 : 1);
        sqlite3_reset(sum);
    }
    return status;
}

static enum status read_ballot(struct store *store, struct ballot *ballot, struct error *error)
{
    bool row;
    sqlite3_stmt *look = ask_own(store, ballot, ASK_LOOK, error);
    if (!look)
        return error->status;
    enum status status = store_step_row(store, look, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return error_set(error, STATUS_NOT_FOUND, "there is no such ballot any more");
    int64_t vote = sqlite3_column_int64(look, 0);
    const char *name = sound_text(look, 1);
    if (name)
        memory_replace(&ballot->name, name);
    ballot->done = sqlite3_column_int64(look, 2) != 0;
    sqlite3_reset(look);
    if (!name)
        return refuse_damaged(store, error);
    status = store_get(store, RECORD_VOTE, vote, &ballot->vote, error);
    if (status == STATUS_OK)
        status = read_spent(store, ballot, ASK_SPENT, &ballot->spent, error);
    return status;
}

enum status ballot_look(struct store *store, struct ballot *ballot, struct error *error)
{
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = read_ballot(store, ballot, error);
    store_read_end(store);
    return status;
}

void marks_release(struct marks *marks)
{
    memory_free(marks->at);
    *marks = (struct marks){0};
}

static int by_item(const void *item, const void *mark)
{
    int64_t one = *(const int64_t *)item, other = ((const struct mark *)mark)->item;
    return (one > other) - (one < other);
}

int64_t marks_on(const struct marks *marks, int64_t item)
{
    const struct mark *mark =
        marks->count > 0 ? bsearch(&item, marks->at, marks->count, sizeof *marks->at, by_item)
                         : NULL;
    return mark ? mark->value : 0;
}

enum status ballot_marks(struct store *store, const struct ballot *ballot, struct marks *marks,
                         struct error *error)
{
    enum status status;
    bool row;
    marks_release(marks);
    sqlite3_stmt *read = ask_own(store, ballot, ASK_MARKS, error);
    if (!read)
        return error->status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        marks->at = memory_resize(marks->at, marks->count + 1, sizeof *marks->at);
        marks->at[marks->count++] =
            (struct mark){sqlite3_column_int64(read, 0), sqlite3_column_int64(read, 1)};
    }
    return status;
}

enum status ballot_mark(struct store *store, const struct ballot *ballot, int64_t item,
                        int64_t *value, struct error *error)
{
    sqlite3_stmt *read = ask_own(store, ballot, ASK_MARK, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 3, item);
    return store_integer(store, read, 0, value, error);
}

/* --- marking ---------------------------------------------------------------------------------- */

static enum status check_on_line(struct store *store, int64_t item, struct error *error)
{
    struct moment moment = {0};
    enum status status = store_get(store, RECORD_ITEM, item, &moment, error);
    if (status == STATUS_OK && (moment.kind != ITEM_MOMENT || moment.state != STATE_LIVE))
        status = error_set(error, STATUS_NOT_FOUND, "that moment is not on the line");
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status put_mark(struct store *store, const struct ballot *ballot, int64_t item,
                            int64_t value, struct error *error)
{
    sqlite3_stmt *put = ask_own(store, ballot, value > 0 ? ASK_PUT : ASK_CLEAR, error);
    if (!put)
        return error->status;
    sqlite3_bind_int64(put, 3, item);
    if (value > 0)
        sqlite3_bind_int64(put, 4, value);
    return store_run(store, put, error);
}

static enum status free_one(struct store *store, const struct ballot *ballot, struct error *error)
{
    static const enum ask asks[] = {ASK_FREE, ASK_CLEAR_FREED};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof asks / sizeof *asks; i++) {
        sqlite3_stmt *own = ask_own(store, ballot, asks[i], error);
        status = own ? store_run(store, own, error) : error->status;
    }
    return status;
}

static enum status refuse_dots(int64_t spent, int64_t each, struct error *error)
{
    int64_t left = each - spent;
    if (left <= 0)
        return error_set(error, STATUS_REFUSED, "%lld of %lld dots are laid: take one back first",
                         (long long)spent, (long long)each);
    return error_set(error, STATUS_REFUSED, "%lld of %lld dots are laid: only %lld %s left",
                     (long long)spent, (long long)each, (long long)left, left == 1 ? "is" : "are");
}

/* Dots on what has left the line are free: they come back with it, unless they were laid elsewhere
 * since. Only as many as are laid again are taken from there, so that the sum of all dots does not
 * tell how many lay on it. */
static enum status spend(struct store *store, const struct ballot *ballot, int64_t dots,
                         struct error *error)
{
    int64_t each = ballot->vote.dots_each, anywhere;
    if (dots > 0 && ballot->spent + dots > each)
        return refuse_dots(ballot->spent, each, error);
    enum status status = read_spent(store, ballot, ASK_SPENT_ANYWHERE, &anywhere, error);
    int64_t over = anywhere + dots - each;
    over = over < dots ? over : dots; /* more only in a stranger's file, and that may stay */
    for (; status == STATUS_OK && over > 0; over--)
        status = free_one(store, ballot, error);
    return status;
}

static enum status lay(struct store *store, const struct ballot *ballot, int64_t dots,
                       struct outcome_wanted *mark, struct error *error)
{
    if (ballot->vote.kind != VOTE_DOTS)
        return error_set(error, STATUS_USAGE, "this vote is on ratings: 1 2 3, 0 takes back");
    enum status status = ballot_mark(store, ballot, mark->item, &mark->value, error);
    if (status == STATUS_OK && mark->value + dots < 0)
        return error_set(error, STATUS_REFUSED, "none of your dots lies there");
    mark->value += dots;
    if (status == STATUS_OK)
        status = spend(store, ballot, dots, error);
    return status == STATUS_OK ? put_mark(store, ballot, mark->item, mark->value, error) : status;
}

/* Both kinds of mark; what the ballot holds then is read before it is committed. */
static enum status change_mark(struct store *store, struct ballot *ballot, int64_t item,
                               int64_t dots, int64_t rating, struct error *error)
{
    struct outcome_wanted mark = {.which = ASK_MARK, .item = item, .value = rating};
    enum status status = begin_mark(store, ballot, error);
    if (status != STATUS_OK)
        return status;
    status = check_on_line(store, item, error);
    if (status == STATUS_OK && dots != 0)
        status = lay(store, ballot, dots, &mark, error);
    else if (status == STATUS_OK && ballot->vote.kind != VOTE_RATINGS)
        status = error_set(error, STATUS_USAGE, "this vote is on dots: . lays one");
    else if (status == STATUS_OK)
        status = put_mark(store, ballot, item, rating, error);
    if (status == STATUS_OK)
        status = read_ballot(store, ballot, error);
    return end_change(store, ballot, &mark, status, error);
}

enum status ballot_lay(struct store *store, struct ballot *ballot, int64_t item, int64_t dots,
                       struct error *error)
{
    assert(dots != 0);
    return change_mark(store, ballot, item, dots, 0, error);
}

enum status ballot_rate(struct store *store, struct ballot *ballot, int64_t item, int64_t rating,
                        struct error *error)
{
    assert(rating >= RATING_NONE && rating < RATINGS);
    return change_mark(store, ballot, item, 0, rating, error);
}

enum status ballot_say_done(struct store *store, struct ballot *ballot, bool done,
                            struct error *error)
{
    enum status status = begin_mark(store, ballot, error);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *say = ask_own(store, ballot, ASK_DONE, error);
    if (say) {
        sqlite3_bind_int64(say, 3, done);
        status = store_run(store, say, error);
        ballot->done = done;
    }
    const struct outcome_wanted said = {.which = ASK_IS_DONE, .value = done};
    return end_change(store, ballot, &said, say ? status : error->status, error);
}
