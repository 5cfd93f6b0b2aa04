/* remove, park, unpark: off the line, and back. */
#include "argument_rows.h"
#include "handler.h"
#include <string.h>

enum { MOMENT, IDEA, ACTION, ENTRY };

/* --- remove ----------------------------------------------------------------------------------- */

static void add_part(struct buffer *out, size_t count, const char *one)
{
    if (count == 0)
        return;
    buffer_add_text(out, out->length ? ", " : "");
    add_count(out, (int64_t)count, one);
}

/* "2 ideas, 1 action": what goes with it. */
static enum status count_belongings(struct call *call, struct buffer *out, struct error *error)
{
    struct ideas ideas = {0};
    struct actions actions = {0};
    struct entries entries = {0};
    enum status status = store_ideas(call->store, call->moment, &ideas, error);
    if (status == STATUS_OK)
        status = store_actions(call->store, call->moment, &actions, error);
    if (status == STATUS_OK)
        status = store_entries(call->store, call->moment, &entries, error);
    add_part(out, ideas.count, "idea");
    add_part(out, actions.count, "action");
    add_part(out, entries.count, "ledger line");
    ideas_release(&ideas);
    actions_release(&actions);
    entries_release(&entries);
    return status;
}

static enum status remove_item(struct work *work, struct error *error)
{
    struct buffer with = {0};
    enum status status = STATUS_OK;
    if (work->item.kind == ITEM_MOMENT)
        status = count_belongings(work->call, &with, error);
    work_say(work, "Deleted %s%s%s", buffer_text(&work->title), with.length ? ", with " : "",
             buffer_text(&with));
    if (work->item.kind == ITEM_PHASE)
        buffer_add_text(&work->said, "; its moments stay");
    buffer_release(&with);
    return status == STATUS_OK ? edit_remove(work->edit, RECORD_ITEM, work->item.id, error)
                               : status;
}

static enum status remove_belonging(struct work *work, int argument, enum record record,
                                    struct error *error)
{
    int64_t id;
    enum status status = argument_belonging(work->call, argument, record, &id, error);
    if (status != STATUS_OK)
        return status;
    work_say(work, "Deleted an %s of %s", record_type(record)->name, buffer_text(&work->title));
    return edit_remove(work->edit, record, id, error);
}

static enum status remove_it(struct work *work, struct error *error)
{
    const char *const *values = work->call->values;
    work->back = "brings it back";
    if (!!values[IDEA] + !!values[ACTION] + !!values[ENTRY] > 1)
        return error_set(error, STATUS_USAGE, "remove: say one of --idea, --action and --entry");
    if (values[IDEA])
        return remove_belonging(work, IDEA, RECORD_IDEA, error);
    if (values[ACTION])
        return remove_belonging(work, ACTION, RECORD_ACTION, error);
    if (values[ENTRY])
        return remove_belonging(work, ENTRY, RECORD_ENTRY, error);
    return remove_item(work, error);
}

static bool removes_item(const struct call *call)
{
    return !call->values[IDEA] && !call->values[ACTION] && !call->values[ENTRY];
}

static enum status run_remove(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin_item(&work, call, error);
    return status == STATUS_OK ? work_end(&work, remove_it(&work, error), error) : status;
}

const struct command command_remove = {
    .name = "remove",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "d",
    .label = "Delete",
    .summary = "Delete a moment, a phase, an idea, an action, a cost or payoff",
    .details = "What belongs to a moment goes with it and comes back with it. The moments of a "
               "deleted phase belong to the phase before it.\n"
               "\n"
               "Examples:\n"
               "  touchline remove cab.touchline 12\n"
               "  touchline remove cab.touchline 3 --idea 2",
    .arguments =
        ARGUMENTS(ITEM_ROW(MOMENT),
                  OPTION(IDEA, "idea", 0, ARGUMENT_TEXT,
                         "only this idea of it: its place in the list, or id:31"),
                  OPTION(ACTION, "action", 0, ARGUMENT_TEXT, "only this action of it"),
                  OPTION(ENTRY, "entry", 0, ARGUMENT_TEXT, "only this cost or payoff of it")),
    .writes = true,
    .renumbers = removes_item,
    .run = run_remove,
};

/* --- park and unpark -------------------------------------------------------------------------- */

static enum status set_state(struct work *work, int64_t state, const char *format,
                             struct error *error)
{
    struct moment after = {0};
    struct buffer name = {0};
    enum status status = edit_set(work->edit, RECORD_ITEM, work->item.id, ITEM_STATE,
                                  value_integer(state), NULL, error);
    if (status == STATUS_OK)
        status = store_moment(work->call->store, work->item.id, &after, error);
    item_name(&after, &name);
    buffer_add_format(&work->words, "%s %s %s", buffer_text(&work->title), format,
                      buffer_text(&name));
    buffer_add(&work->said, buffer_text(&work->words), work->words.length);
    buffer_release(&name);
    record_release(RECORD_ITEM, &after);
    return status;
}

static enum status run_park(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    if (status != STATUS_OK)
        return status;
    work.back = "brings it back";
    return work_end(&work, set_state(&work, STATE_PARKED, "is parked as", error), error);
}

const struct command command_park = {
    .name = "park",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "z",
    .label = "Park",
    .summary = "Put a moment on the parking lot",
    .details = "It keeps its place and comes back to it with 'unpark'.",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT)),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_park,
};

static enum status run_unpark(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    if (status != STATUS_OK)
        return status;
    call->outcome.select = work.item.id;
    return work_end(&work, set_state(&work, STATE_LIVE, "is back on the line as", error), error);
}

const struct command command_unpark = {
    .name = "unpark",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .label = "Unpark",
    .summary = "Bring a parked moment back to its place on the line",
    .details = "Example:\n"
               "  touchline unpark cab.touchline z1",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT)),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_unpark,
};
