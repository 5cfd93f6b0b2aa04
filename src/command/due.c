/* due: what is overdue or due over many boards; made for cron. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/agenda.h"
#include "touchline/method.h"
#include <string.h>

enum { BOARDS, DAYS };

struct sum {
    int64_t due, overdue;
    enum status failed; /* of the first board that could not be read */
    struct error error;
};

/* "cab.touchline: 2026-11-28, overdue: Script by the phone, Ana (3 Books the cab by phone)" */
static void print_due(struct call *call, const char *board, const struct planned *planned)
{
    const struct action *action = &planned->action;
    struct buffer line = {0};
    buffer_add_format(&line, "%s: %s%s: %s", board, action->due,
                      method_overdue(action, call->today) ? ", overdue" : "", action->text);
    if (action->owner)
        buffer_add_format(&line, ", %s", action->owner);
    if (planned->number)
        buffer_add_format(&line, " (%lld %s)", (long long)planned->number, planned->moment);
    else
        buffer_add_format(&line, " (%s, parked)", planned->moment);
    out_line(call, "%s", buffer_text(&line));
    buffer_release(&line);
}

/* "cab.touchline: 2026-11-20, overdue: the next review" (R16) */
static void look_at_review(struct call *call, const char *path, const struct board *board, int days,
                           struct sum *sum)
{
    struct date day;
    if (!method_review_due(board, call->today, days, &day))
        return;
    bool overdue = date_compare(day, call->today) < 0;
    out_line(call, "%s: %s%s: the next review", path, board->next_review,
             overdue ? ", overdue" : "");
    sum->due++;
    sum->overdue += overdue;
}

static enum status look_at(struct call *call, const char *board, int days, struct sum *sum,
                           struct error *error)
{
    struct store *store = NULL;
    struct plan plan = {0};
    struct board about = {0};
    struct store_options options = call->store_options;
    options.look_only = true;
    enum status status = store_open(board, &options, &store, error);
    if (status == STATUS_OK)
        status = store_plan(store, &plan, error);
    if (status == STATUS_OK)
        status = store_board(store, &about, error);
    if (status == STATUS_OK)
        look_at_review(call, board, &about, days, sum);
    for (size_t i = 0; status == STATUS_OK && i < plan.count; i++) {
        if (!agenda_is_due(&plan.at[i].action, call->today, days))
            continue;
        print_due(call, board, &plan.at[i]);
        sum->due++;
        sum->overdue += method_overdue(&plan.at[i].action, call->today);
    }
    plan_release(&plan);
    record_release(RECORD_BOARD, &about);
    store_close(store);
    return status;
}

/* One board that is not there must not hide what is due on the others. */
static void look_at_all(struct call *call, int days, struct sum *sum)
{
    for (size_t i = 0; i < call->word_count; i++) {
        struct error error;
        enum status status = look_at(call, call->words[i], days, sum, &error);
        if (status == STATUS_OK)
            continue;
        if (sum->failed != STATUS_OK)
            talk_line(call, "%s", sum->error.text);
        sum->failed = status;
        sum->error = error;
    }
}

static enum status run(struct call *call, struct error *error)
{
    struct sum sum = {.failed = STATUS_OK};
    int64_t days = 0;
    enum status status = STATUS_OK;
    if (call->values[DAYS] && strcmp(call->values[DAYS], "0") != 0)
        status = argument_number(call, DAYS, &days, error);
    if (status != STATUS_OK)
        return status;
    look_at_all(call, days > 36500 ? 36500 : (int)days, &sum);
    status = out_check(call, error);
    if (status == STATUS_OK && sum.failed != STATUS_OK) {
        *error = sum.error;
        return sum.failed;
    }
    if (status == STATUS_OK && sum.due > 0)
        status = error_set(error, STATUS_NOT_FOUND, "%lld due, %lld overdue", (long long)sum.due,
                           (long long)sum.overdue);
    return status;
}

const struct command command_due = {
    .name = "due",
    .scope = COMMAND_FILES,
    .group = GROUP_PLAN,
    .label = "Due",
    .summary = "List what is due or overdue over many boards",
    .details =
        "Exit status 0 and no word when nothing is due, 1 when something is: made for cron. A "
        "line names the board, the day, what is to be done, who does it, and its moment; or that a "
        "review is due. A board "
        "that cannot be read is told, the others are looked at all the same.\n"
        "\n"
        "Examples:\n"
        "  touchline due ~/boards/*.touchline\n"
        "  touchline due cab.touchline --days 7",
    .arguments = ARGUMENTS(POSITION(BOARDS, "BOARD", ARGUMENT_FILE, "a board, or several",
                                    .required = true, .repeated = true),
                           OPTION(DAYS, "days", 'd', ARGUMENT_NUMBER,
                                  "also what is due within so many days from today")),
    .run = run,
};
