/* The vote on the facilitator's keys: v opens and closes it, V shows it. */
#include "touchline/vote.h"
#include "tui.h"

static bool read_state(struct tui *tui, struct vote_state *state)
{
    struct error error;
    int patience = store_set_patience(tui->store, TUI_READ_PATIENCE_MS);
    enum status status = store_vote(tui->store, state, &error);
    (void)store_set_patience(tui->store, patience);
    if (status != STATUS_OK)
        tui_error(tui, &error);
    return status == STATUS_OK;
}

bool poll_is_open(struct tui *tui)
{
    struct vote_state state;
    return tui->store && read_state(tui, &state) && state.vote.stage == VOTE_OPEN;
}

static void run_poll(struct tui *tui, const char *word, bool ratings)
{
    int64_t ignored;
    const struct named values[] = {{"WORD", word}, {ratings ? "ratings" : NULL, ""}, {NULL, NULL}};
    (void)tui_call_named(tui, "poll", values, &ignored);
}

void poll_open_or_close(struct tui *tui)
{
    struct vote_state state;
    enum step step = (enum step)tui->session.step;
    if (!tui_may_write(tui) || !read_state(tui, &state))
        return;
    if (state.vote.stage == VOTE_OPEN)
        run_poll(tui, "close", false);
    else if (state.vote.stage == VOTE_CLOSED)
        tui_warn(tui, "The vote is closed. V shows it.");
    else if (step == STEP_CHOOSE || step == STEP_RATE)
        run_poll(tui, "open", step == STEP_RATE);
    else
        tui_warn(tui, "A vote is opened in Choose (dots) or in Rate (ratings). s goes there.");
}

static void accept(struct tui *tui, const char *value, void *data)
{
    (void)value;
    (void)data;
    run_poll(tui, "show", false);
}

/* Without a vote it is the room's own dots: those can be hidden again, so nobody is asked. */
void poll_reveal(struct tui *tui)
{
    struct vote_state state;
    struct choices choices = {0};
    if (!tui_may_write(tui) || !read_state(tui, &state))
        return;
    if (state.vote.id == 0 || state.vote.stage == VOTE_SHOWN) {
        run_poll(tui, "show", false);
        return;
    }
    struct buffer label = {0};
    buffer_add_format(&label, "%lld of %lld have voted. Show it to everybody? It stays shown.",
                      (long long)state.voted, (long long)vote_expected(&state));
    choices_add(&choices, "y", "Show it", "y");
    pick_open(tui, buffer_text(&label), choices, accept, NULL, NULL);
    buffer_release(&label);
}

/* --- numbers ---------------------------------------------------------------------------------- */

/* Whether people look at the moments' numbers elsewhere: on ballots, or to lay dots in turn. */
static enum status votes_by_number(struct tui *tui, bool *votes, struct error *error)
{
    struct dots dots = {0};
    struct vote_state state;
    enum status status = store_vote(tui->store, &state, error);
    if (status == STATUS_OK)
        status = store_dots(tui->store, &dots, error);
    *votes = status == STATUS_OK &&
             ((state.vote.id && state.vote.stage != VOTE_SHOWN) || (dots.hidden && dots.laid > 0));
    return status;
}

enum status poll_check_numbers(struct tui *tui, const struct command *command,
                               const struct call *call, struct error *error)
{
    bool votes;
    if (!command->renumbers || !command->renumbers(call))
        return STATUS_OK;
    enum status status = votes_by_number(tui, &votes, error);
    if (status != STATUS_OK)
        return status;
    bool asked = tui->numbers_asked;
    tui->numbers_asked = votes;
    if (!votes || asked)
        return STATUS_OK;
    return error_set(error, STATUS_REFUSED,
                     "People vote by these numbers. The same once more changes them all the same.");
}
