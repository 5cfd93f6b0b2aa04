/* check: whether the file is sound, and what the plan still lacks (product.md, the six steps). */
#include "handler.h"
#include "touchline/method.h"
#include <string.h>

/* What is looked for in each moment and action, and how it is told: "2 neutral with no target: 4
 * 7". */
enum lack { UNRATED, AIMLESS, IDLE, OWNERLESS, DATELESS, OVERDUE, COLOURLESS, LACKS };

static const struct {
    const char *one, *many;
} lack_words[LACKS] = {
    [UNRATED] = {"chosen one is not rated",  "chosen ones are not rated" },
    [AIMLESS] = {"chosen one has no target", "chosen ones have no target"},
    [IDLE] = {"chosen one has no action", "chosen ones have no action"},
    [OWNERLESS] = {"action has no owner",      "actions have no owner"     },
    [DATELESS] = {"action has no day",        "actions have no day"       },
    [OVERDUE] = {"action is overdue",        "actions are overdue"       },
    [COLOURLESS] = {"moment has no channel",    "moments have no channel"   },
};

/* Numbers named of each; the rest is counted. */
enum { NAMED_MOST = 20 };

struct gaps {
    struct call *call;
    struct {
        int64_t count;
        struct buffer numbers;
    } lacks[LACKS];
    int64_t said;
};

static void note(struct gaps *gaps, enum lack lack, const struct moment *moment)
{
    struct buffer *numbers = &gaps->lacks[lack].numbers;
    gaps->lacks[lack].count++;
    if (gaps->lacks[lack].count <= NAMED_MOST)
        buffer_add_format(numbers, " %lld", (long long)moment->number);
    else if (gaps->lacks[lack].count == NAMED_MOST + 1)
        buffer_add_text(numbers, " ...");
}

static bool is_open(const struct action *action)
{
    return action->status == ACTION_TO_DO || action->status == ACTION_TRYING;
}

/* What was tried and kept is an action as well; a dropped one is none. */
static bool has_action(const struct row *row)
{
    for (size_t i = 0; i < row->actions.count; i++)
        if (row->actions.at[i].status != ACTION_DROPPED)
            return true;
    return false;
}

static void look_at_actions(struct gaps *gaps, const struct row *row)
{
    for (size_t i = 0; i < row->actions.count; i++) {
        const struct action *action = &row->actions.at[i];
        if (!is_open(action))
            continue;
        if (!action->owner)
            note(gaps, OWNERLESS, &row->moment);
        if (!action->due)
            note(gaps, DATELESS, &row->moment);
        if (method_overdue(action, gaps->call->today))
            note(gaps, OVERDUE, &row->moment);
    }
}

static void look_at(struct gaps *gaps, const struct row *row)
{
    const struct moment *moment = &row->moment;
    bool low = moment->rating == RATING_MISERABLE || moment->rating == RATING_NEUTRAL;
    if (moment->state != STATE_LIVE)
        return;
    if (moment->channel == FIELD_ABSENT)
        note(gaps, COLOURLESS, moment);
    look_at_actions(gaps, row);
    if (!moment->chosen)
        return;
    if (moment->rating == RATING_NONE)
        note(gaps, UNRATED, moment);
    if (low && moment->target == RATING_NONE)
        note(gaps, AIMLESS, moment);
    if (low && !has_action(row))
        note(gaps, IDLE, moment);
}

static enum status look_at_rows(struct gaps *gaps, struct error *error)
{
    struct store_rows *rows;
    struct row row;
    bool done = false;
    enum status status = store_rows_begin(gaps->call->store, &rows, error);
    if (status != STATUS_OK)
        return status;
    row_init(&row);
    struct row_source source = store_rows_source(rows);
    while ((status = source.next(source.data, &row, &done, error)) == STATUS_OK && !done)
        look_at(gaps, &row);
    row_release(&row);
    store_rows_end(rows);
    return status;
}

/* --- the whole board ----------------------------------------------------------------------------
 */

static void say(struct gaps *gaps, const char *text)
{
    out_line(gaps->call, "%s", text);
    gaps->said++;
}

static enum status look_at_board(struct gaps *gaps, struct error *error)
{
    struct store *store = gaps->call->store;
    struct board board = {0};
    struct meter meter = {0};
    struct people people = {0};
    bool front_line = false;
    enum status status = store_board(store, &board, error);
    if (status == STATUS_OK)
        status = store_meter(store, &meter, error);
    if (status == STATUS_OK)
        status = store_people(store, &people, error);
    for (size_t i = 0; i < people.count; i++)
        front_line = front_line || people.at[i].front_line;
    if (status == STATUS_OK && !board.why)
        say(gaps, "The board does not say why");
    if (status == STATUS_OK && people.count > 0 && !front_line)
        say(gaps, "Nobody of the front line is on the list of people");
    if (status == STATUS_OK && meter.chosen < METHOD_CHOSEN_LEAST) {
        out_line(gaps->call, "%lld chosen; the plan wants %d to %d", (long long)meter.chosen,
                 METHOD_CHOSEN_LEAST, METHOD_CHOSEN_MOST);
        gaps->said++;
    }
    record_release(RECORD_BOARD, &board);
    people_release(&people);
    return status;
}

static void print_lacks(struct gaps *gaps)
{
    for (int i = 0; i < LACKS; i++) {
        int64_t count = gaps->lacks[i].count;
        struct buffer number = {0};
        if (count == 0)
            continue;
        count_format(count, &number);
        out_line(gaps->call, "%s %s:%s", buffer_text(&number),
                 count == 1 ? lack_words[i].one : lack_words[i].many,
                 buffer_text(&gaps->lacks[i].numbers));
        buffer_release(&number);
        gaps->said++;
    }
}

static enum status check_plan(struct call *call, struct error *error)
{
    struct gaps gaps = {.call = call};
    enum status status = look_at_board(&gaps, error);
    if (status == STATUS_OK)
        status = look_at_rows(&gaps, error);
    if (status == STATUS_OK)
        print_lacks(&gaps);
    if (status == STATUS_OK && gaps.said == 0)
        say(&gaps, "The plan lacks nothing");
    for (int i = 0; i < LACKS; i++)
        buffer_release(&gaps.lacks[i].numbers);
    return status;
}

static void print_report(struct call *call, const char *report)
{
    while (*report) {
        size_t length = strcspn(report, "\n");
        out_line(call, "%.*s", (int)length, report);
        report += length + (report[length] == '\n');
    }
}

static enum status run(struct call *call, struct error *error)
{
    struct buffer report = {0};
    enum status status = store_check(call->store, &report, error);
    print_report(call, buffer_text(&report));
    buffer_release(&report);
    if (status != STATUS_OK)
        return status;
    out_line(call, "The file is sound");
    status = check_plan(call, error);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_check = {
    .name = "check",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Check",
    .summary = "Tell whether the file is sound and what the plan still lacks",
    .details =
        "Damage is told line by line and ends with exit status 65. What the plan lacks is no "
        "failure: it is told with the numbers of the moments.",
    .run = run,
};
