/* dot and undot: a vote for a moment, laid and taken back. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/method.h"
#include "touchline/query.h"

enum { MOMENT };

/* While they are hidden nobody is told how many are where: only that there is one more or less. */
static void tell(struct work *work, const struct dots *dots, int64_t step, int64_t now)
{
    struct buffer count = {0};
    if (dots->hidden) {
        work_tell(work, "has a dot %s", step > 0 ? "more" : "less");
    } else {
        add_count(&count, now, "dot");
        work_tell(work, "has %s now", buffer_text(&count));
    }
    buffer_clear(&count);
    if (dots_budget(dots) != FIELD_ABSENT) {
        dots_format(dots, &count);
        buffer_add_format(&work->said, ". %s", buffer_text(&count));
    }
    buffer_release(&count);
}

static enum status check_budget(const struct dots *dots, struct error *error)
{
    int64_t budget = dots_budget(dots);
    if (budget == FIELD_ABSENT || dots->laid < budget)
        return STATUS_OK;
    return error_set(error, STATUS_REFUSED,
                     "all %lld dots are spent (%lld %s x %lld): take one back first, ',' does",
                     (long long)budget, (long long)dots->people,
                     dots->people == 1 ? "person" : "people", (long long)dots->each);
}

/* The first dot hides them all, so that nobody follows the crowd; the last that goes ends that. */
static enum status hide(struct work *work, struct dots *dots, int64_t step, struct error *error)
{
    bool hidden = step > 0 ? dots->laid == 0 || dots->hidden : dots->laid > 1 && dots->hidden;
    if (hidden == dots->hidden)
        return STATUS_OK;
    dots->hidden = hidden;
    return edit_set(work->edit, RECORD_BOARD, 1, BOARD_DOTS_HIDDEN, value_integer(hidden), NULL,
                    error);
}

static enum status lay(struct work *work, int64_t step, struct error *error)
{
    struct dots dots;
    int64_t now = work->item.dots + step;
    if (now < 0)
        return error_set(error, STATUS_REFUSED, "%s has no dot", buffer_text(&work->name));
    enum status status = store_dots(work->call->store, &dots, error);
    if (status == STATUS_OK && step > 0)
        status = check_budget(&dots, error);
    if (status == STATUS_OK)
        status = hide(work, &dots, step, error);
    if (status == STATUS_OK)
        status = work_set(work, ITEM_DOTS, value_integer(now), error);
    dots.laid += step;
    tell(work, &dots, step, now);
    return status;
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
    .details =
        "The first dot hides how many there are, so that nobody follows the crowd, until they "
        "are shown. Where the board says how many dots a person has (dots_each) and who is "
        "here, no more than that can be laid.\n"
        "\n"
        "Example:\n"
        "  touchline dot cab.touchline 7",
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
