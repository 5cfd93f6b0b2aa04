/* poll: the facilitator's side of a vote: open it, close it, show it, and how it stands. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/vote.h"
#include <string.h>

enum { WORD, RATINGS_TOO, DOTS, JSON };

static const char *kind_word(const struct vote *vote)
{
    return vote->kind == VOTE_DOTS ? "dots" : "ratings";
}

static const char *stage_word(const struct vote *vote)
{
    static const char *const words[VOTE_STAGES] = {
        [VOTE_OPEN] = "open", [VOTE_CLOSED] = "closed", [VOTE_SHOWN] = "shown"};
    return words[vote->stage];
}

/* --- opening, closing, showing ---------------------------------------------------------------- */

static enum status open_it(struct work *work, struct error *error)
{
    struct call *call = work->call;
    int64_t dots = 0;
    enum status status = STATUS_OK;
    enum vote_kind kind = call->values[RATINGS_TOO] ? VOTE_RATINGS : VOTE_DOTS;
    struct vote_state state;
    if (kind == VOTE_RATINGS && call->values[DOTS])
        return error_set(error, STATUS_USAGE, "--dots is for a vote on dots");
    if (call->values[DOTS])
        status = argument_number(call, DOTS, &dots, error);
    if (status == STATUS_OK)
        status = edit_open_vote(work->edit, kind, dots, error);
    if (status == STATUS_OK)
        status = store_vote(call->store, &state, error);
    if (status != STATUS_OK)
        return status;
    work->back = "takes it back while nobody has a ballot";
    if (kind == VOTE_DOTS)
        work_say(work, "A vote on dots is open, %lld each", (long long)state.vote.dots_each);
    else
        work_say(work, "A vote on ratings is open");
    return status;
}

static enum status close_it(struct work *work, struct error *error)
{
    struct vote_state state;
    enum status status = edit_close_vote(work->edit, error);
    if (status == STATUS_OK)
        status = store_vote(work->call->store, &state, error);
    if (status != STATUS_OK)
        return status;
    work->back = "opens it again";
    work_say(work, "The vote on %s is closed, %lld of %lld have voted", kind_word(&state.vote),
             (long long)state.voted, (long long)vote_expected(&state));
    return status;
}

/* Dots that the room laid without ballots, hidden so far. */
static enum status show_dots(struct work *work, struct error *error)
{
    struct board board = {0};
    enum status status = store_board(work->call->store, &board, error);
    if (status == STATUS_OK && !board.dots_hidden)
        status = error_set(error, STATUS_NOT_FOUND, "nothing is hidden: no vote, no dots");
    if (status == STATUS_OK)
        status =
            edit_set(work->edit, RECORD_BOARD, 1, BOARD_DOTS_HIDDEN, value_integer(0), NULL, error);
    work_say(work, "The dots are shown");
    record_release(RECORD_BOARD, &board);
    return status;
}

static enum status show_it(struct work *work, struct error *error)
{
    struct vote_state state;
    enum status status = store_vote(work->call->store, &state, error);
    if (status != STATUS_OK)
        return status;
    if (state.vote.id == 0 || state.vote.stage == VOTE_SHOWN)
        return show_dots(work, error);
    struct buffer ballots = {0}, laid = {0};
    add_count(&ballots, state.voted, "ballot");
    add_count(&laid, state.spent, state.vote.kind == VOTE_DOTS ? "dot" : "rating");
    work->back = NULL; /* it cannot be hidden again */
    work_say(work, "The vote is shown: %s on %s", buffer_text(&laid), buffer_text(&ballots));
    buffer_release(&ballots);
    buffer_release(&laid);
    return edit_show_vote(work->edit, error);
}

/* --- how it stands ---------------------------------------------------------------------------- */

/* "3 Books the cab: 2 miserable, 5 neutral, 1 magical" */
static enum status print_spread(struct call *call, const struct spread *spread, struct error *error)
{
    struct moment moment = {0};
    struct buffer line = {0};
    enum status status = store_moment(call->store, spread->item, &moment, error);
    if (status == STATUS_OK) {
        item_title(&moment, &line);
        for (int rating = RATING_MISERABLE; rating < RATINGS; rating++)
            buffer_add_format(&line, "%s %lld %s", rating == RATING_MISERABLE ? ":" : ",",
                              (long long)spread->counts[rating], rating_word(rating));
        out_line(call, "%s", buffer_text(&line));
    }
    buffer_release(&line);
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status print_json_spread(struct call *call, const struct spread *spread, bool last,
                                     struct error *error)
{
    int64_t number;
    enum status status = store_number(call->store, spread->item, &number, error);
    if (status == STATUS_OK)
        out_line(call,
                 "{\"id\":%lld,\"number\":%lld,\"miserable\":%lld,\"neutral\":%lld,"
                 "\"magical\":%lld}%s",
                 (long long)spread->item, (long long)number,
                 (long long)spread->counts[RATING_MISERABLE],
                 (long long)spread->counts[RATING_NEUTRAL],
                 (long long)spread->counts[RATING_MAGICAL], last ? "" : ",");
    return status;
}

static enum status print_spreads(struct call *call, const struct vote *vote, struct error *error)
{
    struct spreads spreads = {0};
    enum status status = STATUS_OK;
    if (vote->kind == VOTE_RATINGS && vote->stage == VOTE_SHOWN)
        status = store_spreads(call->store, &spreads, error);
    for (size_t i = 0; status == STATUS_OK && i < spreads.count; i++)
        status = call->values[JSON]
                     ? print_json_spread(call, &spreads.at[i], i + 1 == spreads.count, error)
                     : print_spread(call, &spreads.at[i], error);
    spreads_release(&spreads);
    return status;
}

static void print_json(struct call *call, const struct vote_state *state)
{
    const struct vote *vote = &state->vote;
    char each[24] = "null";
    if (vote->kind == VOTE_DOTS)
        snprintf(each, sizeof each, "%lld", (long long)vote->dots_each);
    out_line(call,
             "{\"vote\":\"%s\",\"stage\":\"%s\",\"dots_each\":%s,\"expected\":%lld,"
             "\"ballots\":%lld,\"voted\":%lld,\"done\":%lld,\"laid\":%lld,\"spread\":[",
             kind_word(vote), stage_word(vote), each, (long long)vote_expected(state),
             (long long)state->ballots, (long long)state->voted, (long long)state->done,
             (long long)state->spent);
}

static void print_state(struct call *call, const struct vote_state *state)
{
    const struct vote *vote = &state->vote;
    char each[40] = "";
    struct buffer laid = {0};
    if (vote->kind == VOTE_DOTS)
        snprintf(each, sizeof each, ", %lld each", (long long)vote->dots_each);
    add_count(&laid, state->spent, vote->kind == VOTE_DOTS ? "dot" : "rating");
    out_line(call, "Vote on %s%s: %s", kind_word(vote), each, stage_word(vote));
    out_line(call, "%lld of %lld have voted, %lld said done, %s in all", (long long)state->voted,
             (long long)vote_expected(state), (long long)state->done, buffer_text(&laid));
    buffer_release(&laid);
}

static enum status tell_state(struct call *call, struct error *error)
{
    struct vote_state state;
    enum status status = store_vote(call->store, &state, error);
    if (status != STATUS_OK)
        return status;
    if (state.vote.id == 0)
        out_line(call, "%s", call->values[JSON] ? "null" : "There was no vote yet.");
    else if (call->values[JSON])
        print_json(call, &state);
    else
        print_state(call, &state);
    if (state.vote.id)
        status = print_spreads(call, &state.vote, error);
    if (state.vote.id && call->values[JSON])
        out_line(call, "]}");
    return status == STATUS_OK ? out_check(call, error) : status;
}

/* --- the command ------------------------------------------------------------------------------ */

static const struct {
    const char *word;
    enum status (*act)(struct work *work, struct error *error);
} acts[] = {{"open", open_it}, {"close", close_it}, {"show", show_it}};

static enum status act(struct call *call, struct error *error)
{
    struct work work;
    size_t i = 0;
    while (i < sizeof acts / sizeof *acts && strcmp(acts[i].word, call->values[WORD]) != 0)
        i++;
    if (i == sizeof acts / sizeof *acts)
        return error_set(error, STATUS_USAGE, "a poll cannot be '%.40s'; say open, close or show",
                         call->values[WORD]);
    enum status status = work_begin_board(&work, call, error);
    return status == STATUS_OK ? work_end(&work, acts[i].act(&work, error), error) : status;
}

static enum status run(struct call *call, struct error *error)
{
    const char *why = store_look_only(call->store);
    if (!call->values[WORD])
        return tell_state(call, error);
    if (why)
        return error_set(error, STATUS_READ_ONLY, "this board can only be looked at: %s", why);
    return act(call, error);
}

const struct command command_poll = {
    .name = "poll",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .label = "Poll",
    .summary = "Open a vote, close it, show it; without a word: how it stands",
    .details = "People vote from terminals of their own (vote), on dots or on ratings. Until the "
               "vote is shown there are counts only: nobody, you included, sees who laid what, "
               "here or in any other verb. Showing a vote on dots adds them to the moments; "
               "showing one on ratings tells how far people agree, and where least first. It "
               "cannot be undone. Where there is no vote, 'show' shows the dots that the room "
               "laid hidden.\n"
               "\n"
               "A person has as many dots as --dots says, else as the board does (dots_each), "
               "else five. Opening is undone while nobody has taken a ballot; undoing the closing "
               "opens the vote again.\n"
               "\n"
               "Example:\n"
               "  touchline poll cab.touchline open --dots 5\n"
               "  touchline poll cab.touchline\n"
               "  touchline poll cab.touchline show",
    .arguments = ARGUMENTS(
        POSITION(WORD, "WORD", ARGUMENT_TEXT, "open, close or show"),
        FLAG(RATINGS_TOO, "ratings", 0, "open a vote on ratings instead of dots"),
        OPTION(DOTS, "dots", 0, ARGUMENT_NUMBER, "how many dots a person has"), JSON_ROW(JSON)),
    .run = run,
};
