/* undo and redo: without limit, across restarts. */
#include "argument_rows.h"
#include "handler.h"
#include <string.h>

enum { SKIP };

/* One stands on what came back, not on what went. */
static int64_t selectable(struct store *store, int64_t id)
{
    struct moment moment = {0};
    struct error ignored;
    bool there =
        id && store_moment(store, id, &moment, &ignored) == STATUS_OK && moment.state == STATE_LIVE;
    record_release(RECORD_ITEM, &moment);
    return there ? id : 0;
}

static void tell(struct call *call, const char *done, const struct undone *undone,
                 const char *other)
{
    struct outcome *outcome = &call->outcome;
    outcome->changed = true;
    outcome->select = selectable(call->store, undone->item);
    buffer_add_format(&outcome->message, "%s: %s.", done, undone->words ? undone->words : "");
    if (call->session)
        buffer_add_format(&outcome->message, " %s.", other);
}

static enum status take_back(struct call *call, struct error *error)
{
    struct undone undone = {0};
    enum status status = store_undo(call->store, &undone, error);
    if (status == STATUS_OK)
        tell(call, "Taken back", &undone, "U does it again");
    undone_release(&undone);
    return status;
}

/* --- what cannot be taken back ---------------------------------------------------------------- */

/* By what others have done since, or by a rule: that is no end of undo. */
static bool is_in_the_way(enum status status)
{
    return status == STATUS_CONFLICT || status == STATUS_REFUSED;
}

/* On the screen it is skipped when the key is pressed once more. */
static bool is_to_skip(struct call *call, int64_t next)
{
    return call->values[SKIP] || (call->session && call->session->not_undone == next);
}

static enum status tell_way_out(struct call *call, int64_t next, enum status status,
                                struct error *error)
{
    char why[sizeof error->text];
    memcpy(why, error->text, sizeof why);
    if (call->session)
        call->session->not_undone = next;
    return error_set(error, status, "%s; %s skips it", why,
                     call->session ? "u again" : "'undo --skip'");
}

static enum status skip_one(struct call *call, struct error *error)
{
    struct undone undone = {0};
    enum status status = store_undo_skip(call->store, &undone, error);
    undone_release(&undone);
    return status;
}

/* Each is an edit of its own, and on the screen no key is heeded meanwhile: so many at once, then
 * it is asked for again. */
enum { SKIPPED_AT_ONCE = 20 };

static enum status tell_more(struct call *call, struct error *error)
{
    struct outcome *outcome = &call->outcome;
    int64_t next = 0;
    enum status status = store_undo_next(call->store, &next, error);
    if (status != STATUS_OK)
        return status;
    call->session->not_undone = next;
    buffer_add_format(&outcome->message, "That was %d edits; u again goes on.", SKIPPED_AT_ONCE);
    return STATUS_OK;
}

/* All up to the first that can be taken back: of a vote that was shown, its end and its beginning
 * stay as well. */
static enum status skip(struct call *call, struct error *error)
{
    struct outcome *outcome = &call->outcome;
    enum status status;
    int skipped = 0;
    do {
        status = skip_one(call, error);
        if (status != STATUS_OK)
            return status;
        outcome->changed = true;
        buffer_clear(&outcome->message);
        buffer_add_text(&outcome->message, "Skipped what stays. ");
        if (call->session && ++skipped == SKIPPED_AT_ONCE)
            return tell_more(call, error);
        status = take_back(call, error);
    } while (is_in_the_way(status));
    if (status != STATUS_NOT_FOUND)
        return status;
    buffer_add_format(&outcome->message, "There is %s before it.", error->text);
    return STATUS_OK;
}

static enum status run_undo(struct call *call, struct error *error)
{
    int64_t next = 0;
    enum status status = store_undo_next(call->store, &next, error);
    if (status == STATUS_OK)
        status = take_back(call, error);
    if (!next || !is_in_the_way(status))
        return status;
    return is_to_skip(call, next) ? skip(call, error) : tell_way_out(call, next, status, error);
}

static enum status run_redo(struct call *call, struct error *error)
{
    struct undone undone = {0};
    enum status status = store_redo(call->store, &undone, error);
    if (status == STATUS_OK)
        tell(call, undone.nothing ? "Left as it was" : "Done again", &undone, "u takes it back");
    undone_release(&undone);
    return status;
}

const struct command command_undo = {
    .name = "undo",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .keys = "u",
    .label = "Undo",
    .summary = "Take back your newest edit",
    .details = "Without limit, also those of an earlier session. Only your own edits (see --name "
               "and TOUCHLINE_NAME), and never over what somebody else has changed since. What "
               "cannot be taken back (a vote that was shown, for one) is told, and skipped "
               "when it is asked for again: u once more, or --skip.",
    .arguments = ARGUMENTS(
        FLAG(SKIP, "skip", 0, "where it cannot be taken back, take back what was before")),
    .writes = true,
    .run = run_undo,
};

const struct command command_redo = {
    .name = "redo",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .keys = "U C-r",
    .label = "Redo",
    .summary = "Do again what you took back last",
    .writes = true,
    .run = run_redo,
};
