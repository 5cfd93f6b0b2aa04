/* backup: a copy of the board as it is now. */
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
    .arguments =
        {
                    [OUTPUT] = {.name = "FILE",
                        .type = ARGUMENT_FILE,
                        .required = true,
                        .help = "the copy's name",
                        .ask = "Copy to which file?"},
                    },
    .run = run,
};
