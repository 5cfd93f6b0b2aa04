/* Votes as edits: opened, closed and shown, with the rules that hold for undo as well. What was
 * voted is ballot.c's. */
#include "touchline/vote.h"
#include "edit_internal.h"
#include "touchline/query.h"

enum status vote_newest(struct store *store, struct vote *vote, struct error *error)
{
    int64_t id;
    *vote = (struct vote){0};
    enum status status = store_ask(store, SQL_NEWEST_VOTE, 0, 0, 0, &id, error);
    if (status == STATUS_OK && id)
        status = store_get(store, RECORD_VOTE, id, vote, error);
    return status;
}

/* --- rules ------------------------------------------------------------------------------------ */

static enum status refuse_second(struct store *store, int64_t id, struct error *error)
{
    int64_t other;
    enum status status = store_ask(store, SQL_UNSHOWN_VOTE, id, 0, 0, &other, error);
    if (status == STATUS_OK && other)
        status = error_set(error, STATUS_REFUSED, "a vote is going on; show that one first");
    return status;
}

static enum status refuse_with_ballots(struct edit *edit, int64_t id, struct error *error)
{
    struct vote_state state = {.vote.id = id};
    enum status status = ballots_count(edit->store, &state, error);
    if (status == STATUS_OK && state.ballots > 0)
        status = error_set(error, STATUS_REFUSED,
                           "people have taken ballots since: that vote cannot be taken back; "
                           "close it and show it");
    return status;
}

enum status vote_refuse_hiding(struct error *error)
{
    return error_set(error, STATUS_REFUSED, "that vote was shown to everybody and stays so");
}

enum status vote_check(struct edit *edit, int64_t id, int field, struct value old,
                       struct value value, struct error *error)
{
    if (field == VOTE_STAGE && old.integer == VOTE_SHOWN)
        return vote_refuse_hiding(error);
    if (field != VOTE_STATE)
        return STATUS_OK;
    return value.integer == STATE_DELETED ? refuse_with_ballots(edit, id, error)
                                          : refuse_second(edit->store, id, error);
}

/* --- opening, closing, showing ---------------------------------------------------------------- */

static enum status dots_a_person(struct store *store, int64_t *dots, struct error *error)
{
    struct board board = {0};
    enum status status = store_board(store, &board, error);
    if (status == STATUS_OK && *dots == 0)
        *dots = board.dots_each == FIELD_ABSENT ? VOTE_DOTS_EACH : board.dots_each;
    record_release(RECORD_BOARD, &board);
    return status;
}

enum status edit_open_vote(struct edit *edit, enum vote_kind kind, int64_t dots_each,
                           struct error *error)
{
    struct vote vote;
    int64_t id;
    record_init(RECORD_VOTE, &vote);
    vote.kind = kind;
    vote.stage = VOTE_OPEN;
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = refuse_second(edit->store, 0, error);
    if (status == STATUS_OK && kind == VOTE_DOTS) {
        vote.dots_each = dots_each;
        status = dots_a_person(edit->store, &vote.dots_each, error);
    }
    if (status == STATUS_OK)
        status = edit_add(edit, RECORD_VOTE, &vote, &id, error);
    return edit_note(edit, status);
}

/* The newest vote, if its stage is below `stage`. */
static enum status find_vote(struct edit *edit, enum vote_stage stage, const char *none,
                             struct vote *vote, struct error *error)
{
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = vote_newest(edit->store, vote, error);
    if (status == STATUS_OK && (vote->id == 0 || vote->stage >= (int64_t)stage))
        status = error_set(error, STATUS_NOT_FOUND, "%s", none);
    return status;
}

static enum status set_stage(struct edit *edit, const struct vote *vote, enum vote_stage stage,
                             struct error *error)
{
    return edit_put(edit, RECORD_VOTE, vote->id, VOTE_STAGE, value_integer(stage), NULL, error);
}

enum status edit_close_vote(struct edit *edit, struct error *error)
{
    struct vote vote;
    enum status status = find_vote(edit, VOTE_CLOSED, "no vote is open", &vote, error);
    if (status == STATUS_OK)
        status = set_stage(edit, &vote, VOTE_CLOSED, error);
    return edit_note(edit, status);
}

enum status edit_show_vote(struct edit *edit, struct error *error)
{
    struct vote vote;
    enum status status =
        find_vote(edit, VOTE_SHOWN, "there is no vote that could be shown", &vote, error);
    if (status == STATUS_OK && vote.kind == VOTE_DOTS)
        status = ballots_add_up(edit, vote.id, error);
    if (status == STATUS_OK && vote.kind == VOTE_DOTS)
        status = edit_put(edit, RECORD_BOARD, 1, BOARD_DOTS_HIDDEN, value_integer(0), NULL, error);
    if (status == STATUS_OK)
        status = set_stage(edit, &vote, VOTE_SHOWN, error);
    return edit_note(edit, status);
}

/* --- how it stands ---------------------------------------------------------------------------- */

enum status store_vote(struct store *store, struct vote_state *state, struct error *error)
{
    *state = (struct vote_state){0};
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = vote_newest(store, &state->vote, error);
    if (status == STATUS_OK && state->vote.id)
        status = ballots_count(store, state, error);
    if (status == STATUS_OK)
        status = store_ask(store, SQL_PEOPLE_HERE, 0, 0, 0, &state->present, error);
    store_read_end(store);
    return status;
}

int64_t vote_expected(const struct vote_state *state)
{
    return state->ballots > state->present ? state->ballots : state->present;
}
