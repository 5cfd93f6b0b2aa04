/* dot and undot: a vote for a moment, laid and taken back. */
#include "argument_rows.h"
#include "handler.h"

enum { MOMENT };

static enum status lay(struct work *work, int64_t dots, struct error *error)
{
    int64_t now = work->item.dots + dots;
    if (now < 0)
        return error_set(error, STATUS_REFUSED, "%s has no dot", buffer_text(&work->name));
    struct buffer count = {0};
    add_count(&count, now, "dot");
    work_tell(work, "has %s now", buffer_text(&count));
    buffer_release(&count);
    return work_set(work, ITEM_DOTS, value_integer(now), error);
}

static enum status run_dot(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, lay(&work, +1, error), error) : status;
}

static enum status run_undot(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, lay(&work, -1, error), error) : status;
}

const struct command command_dot = {
    .name = "dot",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .keys = ".",
    .label = "Dot",
    .summary = "Lay a dot on a moment",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT)),
    .writes = true,
    .run = run_dot,
};

const struct command command_undot = {
    .name = "undot",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .keys = ",",
    .label = "Take back",
    .summary = "Take a dot back from a moment",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT)),
    .writes = true,
    .run = run_undot,
};
