/* actions: who does what until when, what is overdue first. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/agenda.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <string.h>

enum { OVERDUE, DUE, OWNER, BY, JSON };

struct wanted {
    bool overdue, within, grouped;
    int days;
    enum agenda_by by;
};

static enum status read_by(const char *word, enum agenda_by *by, struct error *error)
{
    static const char *const words[AGENDA_BYS] = {"due", "owner", "wave"};
    for (int i = 0; i < AGENDA_BYS; i++)
        if (strcmp(words[i], word) == 0) {
            *by = (enum agenda_by)i;
            return STATUS_OK;
        }
    return error_set(error, STATUS_USAGE, "actions go --by due, owner or wave, not '%.40s'", word);
}

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
    wanted->grouped = call->values[BY];
    return wanted->grouped ? read_by(call->values[BY], &wanted->by, error) : STATUS_OK;
}

static bool is_wanted(const struct call *call, const struct wanted *wanted,
                      const struct action *action)
{
    if (wanted->overdue && !method_overdue(action, call->today))
        return false;
    if (wanted->within && !agenda_is_due(action, call->today, wanted->days))
        return false;
    return !call->values[OWNER] || agenda_same_name(action->owner, call->values[OWNER]);
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

/* "Overdue:", before the first of a group that is printed. */
static void print_group(struct call *call, const struct wanted *wanted,
                        const struct planned *planned, const struct planned *before)
{
    struct buffer words = {0};
    if (before && agenda_same_group(before, planned, wanted->by, call->today))
        return;
    agenda_group_words(planned, wanted->by, call->today, &words);
    out_line(call, "%s:", buffer_text(&words));
    buffer_release(&words);
}

static enum status print_plan(struct call *call, const struct wanted *wanted,
                              const struct plan *plan, struct error *error)
{
    if (call->values[JSON])
        return out_json(call, &(struct json_wanted){.what = JSON_ACTIONS, .plan = plan}, error);
    for (size_t i = 0; i < plan->count; i++) {
        if (wanted->grouped)
            print_group(call, wanted, &plan->at[i], i > 0 ? &plan->at[i - 1] : NULL);
        print_action(call, &plan->at[i]);
    }
    return out_check(call, error);
}

/* Those that are wanted, in the order wanted; they stay the plan's. */
static struct plan choose(const struct call *call, const struct wanted *wanted,
                          const struct plan *plan)
{
    struct plan chosen = {.at = memory_new(plan->count, sizeof *chosen.at)};
    for (size_t i = 0; i < plan->count; i++)
        if (is_wanted(call, wanted, &plan->at[i].action))
            chosen.at[chosen.count++] = plan->at[i];
    if (wanted->grouped)
        agenda_sort(&chosen, wanted->by, call->today);
    return chosen;
}

static enum status run(struct call *call, struct error *error)
{
    struct wanted wanted = {0};
    struct plan plan = {0};
    enum status status = read_wanted(call, &wanted, error);
    if (status == STATUS_OK)
        status = store_plan(call->store, &plan, error);
    if (status == STATUS_OK) {
        struct plan chosen = choose(call, &wanted, &plan);
        status = print_plan(call, &wanted, &chosen, error);
        memory_free(chosen.at);
    }
    plan_release(&plan);
    return status;
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
               "  touchline actions cab.touchline --due 7 --owner Wally\n"
               "  touchline actions cab.touchline --by owner",
    .arguments =
        ARGUMENTS(FLAG(OVERDUE, "overdue", 0, "only those past their day"),
                  OPTION(DUE, "due", 'd', ARGUMENT_NUMBER, "only those due within so many days"),
                  OPTION(OWNER, "owner", 'o', ARGUMENT_TEXT, "only those of one person"),
                  OPTION(BY, "by", 'b', ARGUMENT_TEXT, "under headings: due, owner or wave",
                         .words = "due|owner|wave"),
                  JSON_ROW(JSON)),
    .run = run,
};
