/* Undo and redo: edits of their own that put back what another edit changed, each change only if it
 * still stands as that edit left it. All of it is in the file, so it outlives the program. */
#include "edit_internal.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include <string.h>

void undone_release(struct undone *undone)
{
    memory_free(undone->words);
    memset(undone, 0, sizeof *undone);
}

/* --- taking back one change ------------------------------------------------------------------- */

union any_record {
    struct moment moment;
    struct idea idea;
    struct action action;
    struct entry entry;
    struct person person;
    struct channel channel;
    struct wave wave;
    struct vote vote;
    struct review review;
    struct rerating rerating;
};

/* Whether a record is as it was added, where it was put. */
static enum status check_as_added(struct edit *edit, enum record record, int64_t id,
                                  struct value added, struct error *error)
{
    struct store *store = edit->store;
    union any_record it;
    memset(&it, 0, sizeof it);
    enum status status = store_get(store, record, id, &it, error);
    if (status != STATUS_OK)
        return status;
    buffer_clear(&edit->json);
    edit_json(record, &it, &edit->json);
    bool same = added.type == VALUE_TEXT && strcmp(buffer_text(&edit->json), added.text) == 0;
    bool placed = record != RECORD_ITEM || it.moment.placed == edit->source;
    record_release(record, &it);
    if (same && placed)
        return STATUS_OK;
    return edit_conflict(store, record, id, same ? CHANGE_PLACE : "%", error);
}

/* It is taken out again when nothing of another's hangs on it either: what was added to it in one's
 * own edits is out by then. */
static enum status take_out(struct edit *edit, enum record record, int64_t id, struct value added,
                            struct error *error)
{
    int64_t belongings = 0;
    enum status status = check_as_added(edit, record, id, added, error);
    if (status == STATUS_OK && record == RECORD_ITEM)
        status = store_ask(edit->store, SQL_BELONGINGS, id, 0, 0, &belongings, error);
    if (status == STATUS_OK && belongings > 0)
        status = error_set(error, STATUS_CONFLICT,
                           "an idea or action was added to it since; delete that first");
    return status == STATUS_OK ? edit_delete(edit, record, id, error) : status;
}

static enum status put_back(struct edit *edit, int64_t id, struct value old, struct value new,
                            struct error *error)
{
    struct moment item = {0};
    int64_t was_before, was_placed, before, placed;
    if (!history_read_place(old, &was_before, &was_placed) ||
        !history_read_place(new, &before, &placed) || was_before == id)
        return history_refuse(edit->store, error);
    enum status status = edit_read_counted(edit->store, id, &item, error);
    if (status != STATUS_OK)
        return status;
    if (item.placed != placed)
        return edit_conflict(edit->store, RECORD_ITEM, id, CHANGE_PLACE, error);
    return place_put(edit, id, was_before, was_placed, error);
}

/* What would be deleted (once more, or because it was brought back) must not have been touched by
 * another since: its fields, and what belongs to it. */
static enum status check_untouched(struct edit *edit, enum record record, int64_t id,
                                   struct error *error)
{
    struct store *store = edit->store;
    bool row;
    sqlite3_stmt *find = store_statement(store, SQL_TOUCHED, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, edit->undoes);
    sqlite3_bind_text(find, 2, store->who, -1, SQLITE_STATIC);
    sqlite3_bind_text(find, 3, record_type(record)->table, -1, SQLITE_STATIC);
    sqlite3_bind_int64(find, 4, id);
    enum status status = store_step_row(store, find, &row, error);
    if (status == STATUS_OK && row) {
        const char *who = store_column_words(find, 0);
        status = error_set(error, STATUS_CONFLICT,
                           "%.60s has worked on it since: it was not deleted; look first",
                           who ? who : "another program");
        sqlite3_reset(find);
    }
    return status;
}

static enum status take_back(struct edit *edit, const struct history_change *change,
                             struct error *error)
{
    enum record record = change->record;
    if (change->field == HISTORY_ADDED)
        return take_out(edit, record, change->id, change->new, error);
    if (change->field == HISTORY_PLACE)
        return put_back(edit, change->id, change->old, change->new, error);
    if (change->field == store_state_field(record) && change->old.integer == STATE_DELETED) {
        enum status status = check_untouched(edit, record, change->id, error);
        if (status != STATUS_OK)
            return status;
    }
    return edit_put(edit, record, change->id, change->field, change->old, &change->new, error);
}

/* --- a whole edit ----------------------------------------------------------------------------- */

static enum status take_back_all(struct edit *edit, struct error *error)
{
    struct store *store = edit->store;
    struct history_change change;
    enum status status;
    bool row;
    sqlite3_stmt *changes = store_statement(store, SQL_CHANGES_BACK, error);
    if (!changes)
        return error->status;
    sqlite3_bind_int64(changes, 1, edit->source);
    while ((status = store_step_row(store, changes, &row, error)) == STATUS_OK && row) {
        status = history_read_change(store, changes, &change, error);
        if (status == STATUS_OK)
            status = take_back(edit, &change, error);
        if (status != STATUS_OK)
            break;
    }
    sqlite3_reset(changes);
    return status;
}

/* Undo and redo of an edit go to and fro: what a redo did again is what the first of them all did,
 * so to undo it the first is taken back, with all that is asked then. */
static enum status find_source(struct edit *edit, int64_t undoes, int64_t *first,
                               struct error *error)
{
    enum status status = STATUS_OK;
    *first = edit->undoes;
    while (status == STATUS_OK && undoes != 0) {
        if (undoes < 0 || undoes >= *first)
            return history_refuse(edit->store, error);
        *first = undoes;
        status = store_ask(edit->store, SQL_UNDOES, *first, 0, 0, &undoes, error);
    }
    edit->source = edit->kind == EDIT_UNDO ? *first : edit->undoes;
    return status;
}

static enum status find_edit(struct edit *edit, const char *nothing, struct undone *undone,
                             struct error *error)
{
    bool row;
    sqlite3_stmt *find =
        store_statement(edit->store, edit->kind == EDIT_UNDO ? SQL_TO_UNDO : SQL_TO_REDO, error);
    if (!find)
        return error->status;
    sqlite3_bind_text(find, 1, edit->store->who, -1, SQLITE_STATIC);
    enum status status = store_step_row(edit->store, find, &row, error);
    if (status != STATUS_OK)
        return status;
    if (!row)
        return error_set(error, STATUS_NOT_FOUND, "%s", nothing);
    edit->undoes = sqlite3_column_int64(find, 0);
    int64_t undoes = sqlite3_column_int64(find, 1), first = 0;
    memory_replace(&undone->words, store_column_words(find, 2));
    edit->hidden = sqlite3_column_int(find, 3) != 0;
    sqlite3_reset(find);
    if (!undone->words)
        return history_refuse(edit->store, error);
    status = find_source(edit, undoes, &first, error);
    if (status == STATUS_OK)
        status = store_ask(edit->store, SQL_FIRST_MOMENT, first, 0, 0, &undone->item, error);
    return status;
}

/* R11 as the undo leaves it; R6 is asked at the commit. */
static enum status check_targets(struct edit *edit, struct error *error)
{
    int64_t found;
    enum status status = store_ask(edit->store, SQL_TARGETLESS, edit->id, 0, 0, &found, error);
    if (status == STATUS_OK && found)
        status = error_set(error, STATUS_REFUSED,
                           "another has set a target that hangs on this rating; take that off "
                           "first");
    return status;
}

/* The showing of a vote stays, whoever has worked since on what it changed. */
static enum status refuse_shown(struct edit *edit, struct error *error)
{
    int64_t showed;
    enum status status =
        store_ask(edit->store, SQL_SHOWED_VOTE, edit->source, 0, 0, &showed, error);
    return status == STATUS_OK && showed ? vote_refuse_hiding(error) : status;
}

/* An end that is taken back, or a beginning done again, while another review goes on. */
static enum status check_reviews(struct edit *edit, struct error *error)
{
    int64_t open = 0;
    enum status status = store_ask(edit->store, SQL_REVIEWS_OPEN, 0, 0, 0, &open, error);
    if (status == STATUS_OK && open > 1)
        status = error_set(error, STATUS_REFUSED,
                           "another review has begun since; 'review end' ends it first");
    return status;
}

/* Whether its words tell what a review hides (R16): of what is taken back, until then; of what is
 * done again, from then on. A rating anew that is taken back was seen, and one that is done again
 * is. */
static enum status check_words(struct edit *edit, bool *hidden, struct error *error)
{
    int64_t betrays = edit->hidden;
    enum status status = STATUS_OK;
    if (edit->kind == EDIT_REDO)
        status = store_ask(edit->store, SQL_BETRAYS, edit->undoes, 0, 0, &betrays, error);
    *hidden = betrays != 0;
    return status;
}

/* Also an undo that finds all as it should be is one step. */
static enum status commit(struct edit *edit, bool hidden, struct undone *undone,
                          struct error *error)
{
    edit->changes_forced = true;
    undone->nothing = edit_changes(edit) == 0;
    enum status status = edit_commit(edit, error, undone->words ? undone->words : "");
    if (hidden)
        memory_replace(&undone->words, "a rating or a target, hidden by the review");
    return status;
}

static enum status reverse(struct edit *edit, const char *nothing, struct undone *undone,
                           struct error *error)
{
    bool hidden = false;
    enum status status = find_edit(edit, nothing, undone, error);
    if (status == STATUS_OK)
        status = refuse_shown(edit, error);
    if (status == STATUS_OK)
        status = take_back_all(edit, error);
    if (status == STATUS_OK)
        status = check_targets(edit, error);
    if (status == STATUS_OK)
        status = check_reviews(edit, error);
    if (status == STATUS_OK)
        status = check_words(edit, &hidden, error);
    if (status != STATUS_OK)
        return edit_cancel(edit, edit_note(edit, status));
    return commit(edit, hidden, undone, error);
}

static enum status skip(struct edit *edit, const char *nothing, struct undone *undone,
                        struct error *error)
{
    enum status status = find_edit(edit, nothing, undone, error);
    if (status != STATUS_OK)
        return edit_cancel(edit, edit_note(edit, status));
    return commit(edit, edit->hidden, undone, error);
}

static enum status begin(struct store *store, enum edit_kind kind,
                         enum status (*act)(struct edit *, const char *, struct undone *,
                                            struct error *),
                         struct undone *undone, struct error *error)
{
    const char *nothing =
        kind == EDIT_UNDO ? "nothing of yours to undo" : "nothing of yours to do again";
    struct edit *edit;
    memset(undone, 0, sizeof *undone);
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    edit->kind = kind;
    status = act(edit, nothing, undone, error);
    if (status != STATUS_OK)
        undone_release(undone);
    return status;
}

enum status store_undo_next(struct store *store, int64_t *id, struct error *error)
{
    bool row;
    sqlite3_stmt *find = store_statement(store, SQL_TO_UNDO, error);
    *id = 0;
    if (!find)
        return error->status;
    sqlite3_bind_text(find, 1, store->who, -1, SQLITE_STATIC);
    enum status status = store_step_row(store, find, &row, error);
    if (status == STATUS_OK && row) {
        *id = sqlite3_column_int64(find, 0);
        sqlite3_reset(find);
    }
    return status;
}

enum status store_undo(struct store *store, struct undone *undone, struct error *error)
{
    return begin(store, EDIT_UNDO, reverse, undone, error);
}

enum status store_undo_skip(struct store *store, struct undone *undone, struct error *error)
{
    return begin(store, EDIT_UNDO, skip, undone, error);
}

enum status store_redo(struct store *store, struct undone *undone, struct error *error)
{
    return begin(store, EDIT_REDO, reverse, undone, error);
}
