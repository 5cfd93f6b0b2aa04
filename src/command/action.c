/* action and status: what is done, by whom, until when (R12), and how it went (R21). */
#include "argument_rows.h"
#include "handler.h"

enum { MOMENT, TEXT, OWNER, DUE };
enum { PLACE = 1, STATUS };

static enum status fill(struct call *call, int index, int field, struct action *action,
                        struct error *error)
{
    struct value value;
    struct buffer scratch = {0};
    enum status status = argument_value(call, index, RECORD_ACTION, field, &value, &scratch, error);
    if (status == STATUS_OK)
        record_set(RECORD_ACTION, action, field, value);
    buffer_release(&scratch);
    return status;
}

/* ": Buy two kits, Wally, by 2026-11-28" */
static void add_words(struct buffer *out, const struct action *action)
{
    add_cut(out, action->text, 60);
    if (action->owner)
        buffer_add_text(out, ", ");
    add_cut(out, action->owner, 40);
    if (action->due)
        buffer_add_format(out, ", by %s", action->due);
}

static enum status add_action(struct work *work, struct error *error)
{
    static const int fields[][2] = {
        {TEXT, ACTION_TEXT},
        {OWNER, ACTION_OWNER},
        {DUE, ACTION_DUE},
    };
    struct action action = {0};
    struct buffer words = {0};
    int64_t id;
    enum status status = STATUS_OK;
    record_init(RECORD_ACTION, &action);
    action.item = work->item.id;
    for (size_t i = 0; status == STATUS_OK && i < sizeof fields / sizeof *fields; i++)
        status = fill(work->call, fields[i][0], fields[i][1], &action, error);
    if (status == STATUS_OK && !action.text)
        status = error_set(error, STATUS_USAGE, "an action cannot be without a text");
    if (status == STATUS_OK)
        status = edit_add(work->edit, RECORD_ACTION, &action, &id, error);
    add_words(&words, &action);
    work_say(work, "An action for %s: %s", buffer_text(&work->title), buffer_text(&words));
    buffer_release(&words);
    record_release(RECORD_ACTION, &action);
    return status;
}

static enum status run_action(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, add_action(&work, error), error) : status;
}

const struct command command_action = {
    .name = "action",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .keys = "t",
    .label = "Action",
    .summary = "Add an action: what, who, by when",
    .details = "Example:\n"
               "  touchline action cab.touchline 4 'Buy two kits' -o Wally -d fri",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT),
                  POSITION(TEXT, "TEXT", ARGUMENT_TEXT, "what is done", .required = true,
                           .ask = "What will be done?"),
                  OPTION(OWNER, "owner", 'o', ARGUMENT_TEXT, "who does it", .ask = "Who?"),
                  OPTION(DUE, "due", 'd', ARGUMENT_DAY, "by when: fri, +2w, 4 dec, 2026-12-04",
                         .ask = "By when? fri, +2w, 4 dec")),
    .writes = true,
    .run = run_action,
};

/* --- status ----------------------------------------------------------------------------------- */

static enum status set_status(struct work *work, struct error *error)
{
    struct value value;
    struct buffer scratch = {0};
    struct action action = {0};
    int64_t id;
    enum status status = argument_belonging(work->call, PLACE, RECORD_ACTION, &id, error);
    if (status == STATUS_OK)
        status = argument_value(work->call, STATUS, RECORD_ACTION, ACTION_STATUS, &value, &scratch,
                                error);
    if (status == STATUS_OK)
        status = store_record(work->call->store, RECORD_ACTION, id, &action, error);
    if (status == STATUS_OK)
        status =
            edit_set(work->edit, RECORD_ACTION, id, ACTION_STATUS, value, work->call->seen, error);
    if (status == STATUS_OK) {
        add_cut(&scratch, action.text, 60);
        work_say(work, "\"%s\" (%s) is now %s", buffer_text(&scratch), buffer_text(&work->name),
                 action_status_word(value.type == VALUE_INTEGER ? value.integer : ACTION_TO_DO));
    }
    buffer_release(&scratch);
    record_release(RECORD_ACTION, &action);
    return status;
}

static enum status run_status(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_status(&work, error), error) : status;
}

const struct command command_status = {
    .name = "status",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Status",
    .summary = "Say how an action goes",
    .details = "Example:\n"
               "  touchline status cab.touchline 4 1 trying",
    .arguments = ARGUMENTS(
        MOMENT_ROW(MOMENT),
        POSITION(PLACE, "ACTION", ARGUMENT_TEXT,
                 "its place in the list of actions, from 1, or id:31", .required = true),
        POSITION(STATUS, "STATUS", ARGUMENT_STATUS, "'to do', trying, kept, modified or dropped",
                 .required = true, .ask = "to do, trying, kept, modified, dropped?")),
    .writes = true,
    .run = run_status,
};
