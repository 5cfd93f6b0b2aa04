/* salvage: what can be read of a damaged board, into a new one. */
#include "argument_rows.h"
#include "handler.h"

enum { BOARD, NEW };

static enum status run(struct call *call, struct error *error)
{
    struct buffer report = {0};
    const char *from = call->values[BOARD], *to = call->values[NEW];
    enum status status = store_salvage(from, to, &call->store_options, &report, error);
    if (status == STATUS_OK) {
        call->outcome.changed = true;
        out_lines(call, buffer_text(&report));
        buffer_add_format(&call->outcome.message, "Made %s; %s is as it was. Open it: touchline %s",
                          to, from, to);
        status = out_check(call, error);
    }
    buffer_release(&report);
    return status;
}

const struct command command_salvage = {
    .name = "salvage",
    .scope = COMMAND_FILES,
    .group = GROUP_BOARD,
    .label = "Salvage",
    .summary = "Take what can be read of a damaged board into a new one",
    .details = "For a board that is damaged, cut short, half overwritten, or refused for something "
               "that no board has. Only bytes are read of it: nothing in it runs, and it is left "
               "as it is. Moments, phases and all that belongs to them keep their ids and their "
               "order; what was taken and what was lost is told. The history, votes and what had "
               "been deleted are left behind. A file that is there is never overwritten. A text "
               "that was damaged and is still a text cannot be told from a sound one: read "
               "through it. Where there is a backup, compare.\n"
               "\n"
               "Example:\n"
               "  touchline salvage cab.touchline new.touchline",
    .arguments =
        ARGUMENTS(POSITION(BOARD, "BOARD", ARGUMENT_FILE, "the damaged board", .required = true),
                  POSITION(NEW, "NEW", ARGUMENT_FILE, "the new file", .required = true)),
    .run = run,
};
