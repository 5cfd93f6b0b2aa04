/* undo and redo: without limit, across restarts. */
#include "handler.h"

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

static enum status run_undo(struct call *call, struct error *error)
{
    struct undone undone = {0};
    enum status status = store_undo(call->store, &undone, error);
    if (status == STATUS_OK)
        tell(call, "Taken back", &undone, "U does it again");
    undone_release(&undone);
    return status;
}

static enum status run_redo(struct call *call, struct error *error)
{
    struct undone undone = {0};
    enum status status = store_redo(call->store, &undone, error);
    if (status == STATUS_OK)
        tell(call, "Done again", &undone, "u takes it back");
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
               "and TOUCHLINE_NAME), and never over what somebody else has changed since.",
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
