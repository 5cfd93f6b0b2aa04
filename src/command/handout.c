/* handout: one person's sheet to take home: the why, the timeline, what is theirs (R25). */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/agenda.h"
#include "touchline/memory.h"
#include "touchline/method.h"

enum { NAME };

struct handout {
    struct call *call;
    const char *name;
    char *phase;         /* whose line is being put together; NULL: before the first */
    struct buffer line;  /* "1 Sees the rank advert, 2 Card in the letterbox" */
    struct buffer owned; /* moments that the person takes charge of (R28) */
};

/* --- the timeline ----------------------------------------------------------------------------- */

static void print_phase(struct handout *handout)
{
    if (handout->line.length > 0)
        out_line(handout->call, "  %s: %s", handout->phase ? handout->phase : "First",
                 buffer_text(&handout->line));
    buffer_clear(&handout->line);
}

static void add_moment(struct buffer *out, const struct moment *moment, bool marks)
{
    buffer_add_format(out, "%s%lld %s", out->length ? ", " : "", (long long)moment->number,
                      moment->title);
    if (marks && moment->chosen)
        buffer_add_text(out, " (chosen)");
}

static void take_row(void *data, struct row *row)
{
    struct handout *handout = data;
    if (row->moment.state != STATE_LIVE)
        return;
    if (!row_in_phase(row, handout->phase)) {
        print_phase(handout);
        memory_replace(&handout->phase, row->phase);
    }
    add_moment(&handout->line, &row->moment, true);
    if (agenda_same_name(row->moment.owner, handout->name))
        add_moment(&handout->owned, &row->moment, false);
}

static enum status print_timeline(struct handout *handout, struct error *error)
{
    out_line(handout->call, "%s", "");
    out_line(handout->call, "The timeline:");
    enum status status = store_each_row(handout->call->store, take_row, handout, error);
    print_phase(handout);
    return status;
}

/* --- what is theirs --------------------------------------------------------------------------- */

/* "for 3 Books the cab by phone, which is neutral and shall be magical" */
static void print_purpose(struct call *call, const struct planned *planned)
{
    struct buffer line = {0};
    const char *rating = rating_word(planned->rating), *target = rating_word(planned->target);
    if (planned->number)
        buffer_add_format(&line, "%lld ", (long long)planned->number);
    buffer_add_text(&line, planned->moment);
    if (*rating && method_aims(planned->rating, planned->target))
        buffer_add_format(&line, ", which is %s and shall be %s", rating, target);
    else if (*rating)
        buffer_add_format(&line, ", which is %s", rating);
    out_line(call, "    for %s", buffer_text(&line));
    buffer_release(&line);
}

static void print_action(struct call *call, const struct planned *planned)
{
    const struct action *action = &planned->action;
    struct buffer line = {0};
    buffer_add_text(&line, action->text);
    if (action->due)
        buffer_add_format(&line, ", by %s%s", action->due,
                          method_overdue(action, call->today) ? ", overdue" : "");
    if (action->status != ACTION_TO_DO)
        buffer_add_format(&line, ", %s", action_status_word(action->status));
    out_line(call, "  %s", buffer_text(&line));
    print_purpose(call, planned);
    if (action->agreed)
        out_line(call, "    agreed by %s", action->agreed);
    if (action->finding)
        out_text(call, "    found", action->finding, 6);
    buffer_release(&line);
}

static enum status print_actions(struct handout *handout, struct error *error)
{
    struct plan plan = {0};
    size_t count = 0;
    enum status status = store_plan(handout->call->store, &plan, error);
    if (status == STATUS_OK)
        agenda_sort(&plan, AGENDA_BY_DUE, handout->call->today);
    for (size_t i = 0; status == STATUS_OK && i < plan.count; i++) {
        if (!agenda_same_name(plan.at[i].action.owner, handout->name))
            continue;
        if (count++ == 0) {
            out_line(handout->call, "%s", "");
            out_line(handout->call, "What %s does:", handout->name);
        }
        print_action(handout->call, &plan.at[i]);
    }
    if (status == STATUS_OK && count == 0) {
        out_line(handout->call, "%s", "");
        out_line(handout->call, "No action is %s's yet.", handout->name);
    }
    plan_release(&plan);
    return status;
}

/* --- the sheet -------------------------------------------------------------------------------- */

static enum status print_all(struct handout *handout, struct error *error)
{
    struct call *call = handout->call;
    struct board board = {0};
    enum status status = store_board(call->store, &board, error);
    if (status == STATUS_OK) {
        out_line(call, "%s, for %s", board.title ? board.title : call->board, handout->name);
        if (board.why)
            out_text(call, "Why", board.why, 2);
        status = print_timeline(handout, error);
    }
    if (status == STATUS_OK)
        status = print_actions(handout, error);
    if (status == STATUS_OK && handout->owned.length > 0) {
        out_line(call, "%s", "");
        out_line(call, "%s takes charge of: %s", handout->name, buffer_text(&handout->owned));
    }
    if (status == STATUS_OK && board.next_objective) {
        out_line(call, "%s", "");
        out_text(call, "Next objective", board.next_objective, 2);
    }
    record_release(RECORD_BOARD, &board);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct handout handout = {.call = call, .name = call->values[NAME]};
    if (!call->out)
        return out_check(call, error);
    enum status status = store_read_begin(call->store, error);
    if (status != STATUS_OK)
        return status;
    status = print_all(&handout, error);
    store_read_end(call->store);
    memory_free(handout.phase);
    buffer_release(&handout.line);
    buffer_release(&handout.owned);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_handout = {
    .name = "handout",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Hand-out",
    .summary = "Print one person's sheet: why, timeline, what is theirs to do",
    .details = "People who know take responsibility: plain text to print or to mail. The timeline "
               "has a line a phase; then come the person's actions, what is overdue first, and "
               "the moments they take charge of.\n"
               "\n"
               "Example:\n"
               "  touchline handout cab.touchline --for Ana | lpr",
    .arguments =
        ARGUMENTS(OPTION(NAME, "for", 'f', ARGUMENT_TEXT, "whose sheet it is", .required = true)),
    .run = run,
};
