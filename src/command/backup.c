/* backup: a copy of the board as it is now. */
#include "argument_rows.h"
#include "handler.h"

enum { OUTPUT };

static enum status run(struct call *call, struct error *error)
{
    enum status status = store_backup(call->store, call->values[OUTPUT], error);
    if (status == STATUS_OK)
        buffer_add_format(&call->outcome.message, "Copied to %s.", call->values[OUTPUT]);
    return status;
}

const struct command command_backup = {
    .name = "backup",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Backup",
    .summary = "Copy the board, with its history, into a new file",
    .details = "Safe while others work on it, unlike cp. A file that is there is never "
               "overwritten.\n"
               "\n"
               "Example:\n"
               "  touchline backup cab.touchline cab-monday.touchline",
    .arguments = ARGUMENTS(POSITION(OUTPUT, "FILE", ARGUMENT_FILE, "the copy's name",
                                    .required = true, .ask = "Copy to which file?")),
    .run = run,
};
