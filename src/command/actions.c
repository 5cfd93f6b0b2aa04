/* actions: who does what until when, what is overdue first. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>

enum { OVERDUE, DUE, OWNER, JSON };

struct wanted {
    bool overdue, within;
    int days;
    struct buffer owner; /* folded */
};

static enum status read_wanted(struct call *call, struct wanted *wanted, struct error *error)
{
    int64_t days = 0;
    wanted->overdue = call->values[OVERDUE];
    wanted->within = call->values[DUE];
    if (wanted->within && strcmp(call->values[DUE], "0") != 0) {
        enum status status = argument_number(call, DUE, &days, error);
        if (status != STATUS_OK)
            return status;
    }
    wanted->days = days > 36500 ? 36500 : (int)days;
    if (call->values[OWNER])
        text_fold(&wanted->owner, call->values[OWNER], strlen(call->values[OWNER]));
    return STATUS_OK;
}

static bool is_owner(const struct action *action, const struct buffer *owner)
{
    struct buffer folded = {0};
    if (action->owner)
        text_fold(&folded, action->owner, strlen(action->owner));
    bool same = strcmp(buffer_text(&folded), buffer_text(owner)) == 0;
    buffer_release(&folded);
    return same;
}

/* What is finished is never due. */
static bool is_open(const struct action *action)
{
    return action->status == ACTION_TO_DO || action->status == ACTION_TRYING;
}

static bool is_due_within(const struct action *action, struct date today, int days)
{
    struct date due;
    return is_open(action) && action->due && date_parse_iso(action->due, &due) &&
           date_days_between(today, due) <= days;
}

static bool is_wanted(const struct call *call, const struct wanted *wanted,
                      const struct action *action)
{
    if (wanted->overdue && !method_overdue(action, call->today))
        return false;
    if (wanted->within && !is_due_within(action, call->today, wanted->days))
        return false;
    return !call->values[OWNER] || is_owner(action, &wanted->owner);
}

static void print_action(struct call *call, const struct planned *planned)
{
    const struct action *action = &planned->action;
    char number[24] = "z";
    if (planned->number)
        snprintf(number, sizeof number, "%lld", (long long)planned->number);
    out_line(call, "%-10s  %-8s  %-7s  %3s  %s%s%s", action->due ? action->due : "no date",
             action_status_word(action->status),
             method_overdue(action, call->today) ? "overdue" : "", number, action->text,
             action->owner ? ", " : "", action->owner ? action->owner : "");
}

static enum status run(struct call *call, struct error *error)
{
    struct wanted wanted = {0};
    struct plan plan = {0};
    if (call->values[JSON])
        return out_json(call, JSON_ACTIONS, 0, error);
    enum status status = read_wanted(call, &wanted, error);
    if (status == STATUS_OK)
        status = store_plan(call->store, &plan, error);
    for (size_t i = 0; status == STATUS_OK && i < plan.count; i++)
        if (is_wanted(call, &wanted, &plan.at[i].action))
            print_action(call, &plan.at[i]);
    plan_release(&plan);
    buffer_release(&wanted.owner);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_actions = {
    .name = "actions",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Actions",
    .summary = "List the actions by due date, a line each",
    .details = "A line has the due date, the status, whether it is overdue, the number of its "
               "moment (z: parked), what is done, and who does it.\n"
               "\n"
               "Examples:\n"
               "  touchline actions cab.touchline --overdue\n"
               "  touchline actions cab.touchline --due 7 --owner Wally",
    .arguments = ARGUMENTS(
        FLAG(OVERDUE, "overdue", 0, "only those past their day"),
        OPTION(DUE, "due", 'd', ARGUMENT_NUMBER, "only those due within so many days"),
        OPTION(OWNER, "owner", 'o', ARGUMENT_TEXT, "only those of one person"), JSON_ROW(JSON)),
    .run = run,
};
