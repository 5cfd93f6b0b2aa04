/* review: a day on which ratings are given anew, blind, and what has drifted since the last (R16).
 */
#include "review.h"
#include "argument_rows.h"
#include "touchline/agenda.h"
#include "touchline/drift.h"
#include "touchline/method.h"
#include <limits.h>
#include <string.h>

enum { ACT, NEXT, JSON };

/* --- beginning and ending --------------------------------------------------------------------- */

enum status review_begin(struct work *work, bool *began, struct error *error)
{
    char day[DATE_ISO_SIZE];
    int64_t id = 0;
    struct review review = {0};
    enum status status = store_review_now(work->call->store, &id, error);
    *began = status == STATUS_OK && !id;
    if (!*began)
        return status;
    record_init(RECORD_REVIEW, &review);
    date_format_iso(work->call->today, day);
    record_set(RECORD_REVIEW, &review, REVIEW_DAY, value_text(day));
    status = edit_add(work->edit, RECORD_REVIEW, &review, &id, error);
    record_release(RECORD_REVIEW, &review);
    return status;
}

/* "22 Nov" */
static void add_day(const char *iso, struct date today, struct buffer *out)
{
    char words[32];
    struct date day;
    if (!iso || !date_parse_iso(iso, &day))
        return;
    date_format_short(day, today, words, sizeof words);
    buffer_add_text(out, words);
}

static enum status begin_it(struct work *work, struct error *error)
{
    char day[32];
    bool began;
    enum status status = review_begin(work, &began, error);
    if (status == STATUS_OK && !began)
        status = error_set(error, STATUS_REFUSED,
                           "a review goes on already; 'review end' ends it first");
    date_format_short(work->call->today, work->call->today, day, sizeof day);
    work_say(work, "Began the review of %s", day);
    return status;
}

/* What its moments are rated at its end; nothing of them is hidden any more. */
static enum status keep_counts(struct work *work, int64_t id, struct error *error)
{
    static const int fields[RATINGS] = {0, REVIEW_MISERABLE, REVIEW_NEUTRAL, REVIEW_MAGICAL};
    struct meter meter;
    enum status status = store_meter(work->call->store, &meter, error);
    for (int rating = RATING_MISERABLE; status == STATUS_OK && rating < RATINGS; rating++)
        status = edit_set(work->edit, RECORD_REVIEW, id, fields[rating],
                          value_integer(meter.rated[rating]), NULL, error);
    return status;
}

/* The day given; without one, a day that has come was this review's and goes. */
static enum status set_next(struct work *work, struct error *error)
{
    struct call *call = work->call;
    struct board board = {0};
    struct value next = value_absent();
    struct buffer scratch = {0};
    struct date day;
    enum status status = store_board(call->store, &board, error);
    bool due = status == STATUS_OK && method_review_due(&board, call->today, 0, &day);
    if (status == STATUS_OK && call->values[NEXT])
        status =
            argument_value(call, NEXT, RECORD_BOARD, BOARD_NEXT_REVIEW, &next, &scratch, error);
    if (status == STATUS_OK && (call->values[NEXT] || due))
        status = edit_set(work->edit, RECORD_BOARD, 1, BOARD_NEXT_REVIEW, next, NULL, error);
    if (status == STATUS_OK && next.type == VALUE_TEXT) {
        buffer_add_text(&work->said, "; the next one: ");
        add_day(next.text, call->today, &work->said);
    }
    buffer_release(&scratch);
    record_release(RECORD_BOARD, &board);
    return status;
}

static void count_ways(const struct drift *drift, size_t *ways)
{
    for (size_t i = 0; i < drift->count; i++)
        ways[drift_way(drift->at[i].before, drift->at[i].after)]++;
}

/* "Ended the review of 22 Nov: 7 rated anew, 2 up, 1 down" */
static enum status say_ended(struct work *work, int64_t id, struct error *error)
{
    size_t ways[DRIFT_WAYS] = {0};
    struct review review = {0};
    struct drift drift = {0};
    struct buffer day = {0};
    enum status status = store_record(work->call->store, RECORD_REVIEW, id, &review, error);
    if (status == STATUS_OK)
        status = store_drift(work->call->store, id, &drift, error);
    count_ways(&drift, ways);
    add_day(review.day, work->call->today, &day);
    work_say(work, "Ended the review of %s: %zu rated anew, %zu up, %zu down", buffer_text(&day),
             drift.count, ways[DRIFT_UP], ways[DRIFT_DOWN]);
    buffer_release(&day);
    drift_release(&drift);
    record_release(RECORD_REVIEW, &review);
    return status;
}

static enum status end_it(struct work *work, struct error *error)
{
    int64_t id = 0;
    enum status status = store_review_now(work->call->store, &id, error);
    if (status == STATUS_OK && !id)
        status = error_set(error, STATUS_REFUSED, "no review goes on; 'review begin' begins one");
    if (status == STATUS_OK)
        status =
            edit_set(work->edit, RECORD_REVIEW, id, REVIEW_ENDED, value_integer(1), NULL, error);
    if (status == STATUS_OK)
        status = keep_counts(work, id, error);
    if (status == STATUS_OK)
        status = say_ended(work, id, error);
    return status == STATUS_OK ? set_next(work, error) : status;
}

/* --- telling ---------------------------------------------------------------------------------- */

void review_progress(const struct meter *meter, struct buffer *out)
{
    if (!meter->review)
        return;
    count_format(meter->reviewed, out);
    buffer_add_text(out, " of ");
    count_format(meter->reviewed + meter->hidden, out);
    buffer_add_text(out, " rated anew");
}

static const char *word_of(int64_t rating)
{
    return rating == RATING_NONE ? "unrated" : rating_word(rating);
}

/* "Up: 3 Books the cab by phone, miserable to neutral" */
static void print_drift(struct call *call, const struct drift *drift)
{
    static const char *const labels[DRIFT_WAYS] = {"Down", "Same", "Up", "New", NULL};
    for (size_t i = 0; i < drift->count; i++) {
        const struct drifted *it = &drift->at[i];
        enum drift_way way = drift_way(it->before, it->after);
        if (way == DRIFT_SAME)
            out_line(call, "  Same: %lld %s, %s", (long long)it->number, it->title,
                     word_of(it->after));
        else if (way == DRIFT_HIDDEN)
            out_line(call, "  ?: %lld %s, to be rated anew", (long long)it->number, it->title);
        else
            out_line(call, "  %s: %lld %s, %s to %s", labels[way], (long long)it->number, it->title,
                     word_of(it->before), word_of(it->after));
    }
}

static enum status print_review(struct call *call, const struct review *review,
                                const struct meter *meter, struct error *error)
{
    struct drift drift = {0};
    struct buffer words = {0};
    enum status status = store_drift(call->store, review->id, &drift, error);
    if (!review->ended)
        review_progress(meter, &words);
    else if (drift_is_counted(review))
        drift_counts(review, &words);
    else
        buffer_add_text(&words, "its counts are told when the one that goes on has ended");
    if (status == STATUS_OK) {
        out_line(call, "Review of %s%s: %s", review->day, review->ended ? "" : ", going on",
                 buffer_text(&words));
        print_drift(call, &drift);
    }
    buffer_release(&words);
    drift_release(&drift);
    return status;
}

/* A column of so many characters a review, its moments stacked. */
enum { PLOT_ROWS = 8, PLOT_COLUMN = 12, PLOT_MOST = 6 };

static void print_plot_row(struct call *call, const struct review *reviews, size_t count,
                           int64_t unit, int row)
{
    static const char *const signs[RATINGS] = {"  ", "▼▼", "●●", "★★"};
    static const char *const letters[RATINGS] = {"  ", "vv", "oo", "**"};
    struct buffer line = {0};
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&line, "  %s%*s",
                          (call->ascii ? letters : signs)[drift_sign(&reviews[i], unit, row)],
                          PLOT_COLUMN - 4, "");
    while (line.length > 0 && line.bytes[line.length - 1] == ' ')
        buffer_cut(&line, line.length - 1);
    if (line.length > 0)
        out_line(call, "%s", buffer_text(&line));
    buffer_release(&line);
}

/* The last of those that have ended, side by side. */
static void print_plot(struct call *call, const struct reviews *all)
{
    struct buffer days = {0};
    size_t count = all->count, first = 0;
    while (count > 0 && !drift_is_counted(&all->at[count - 1]))
        count--;
    if (count > PLOT_MOST)
        first = count - PLOT_MOST;
    count -= first;
    if (count < 2)
        return;
    const struct review *shown = &all->at[first];
    int64_t unit = drift_unit(shown, count, PLOT_ROWS);
    out_line(call, "Over all reviews, a sign for %lld moment%s:", (long long)unit,
             unit == 1 ? "" : "s");
    for (int row = PLOT_ROWS - 1; row >= 0; row--)
        print_plot_row(call, shown, count, unit, row);
    for (size_t i = 0; i < count; i++)
        buffer_add_format(&days, "%-*s", i + 1 < count ? PLOT_COLUMN : 0, shown[i].day);
    out_line(call, "%s", buffer_text(&days));
    buffer_release(&days);
}

/* What was to be done is carried forward: it is open until it is finished. */
static enum status print_open(struct call *call, struct error *error)
{
    struct plan plan = {0};
    size_t open = 0, overdue = 0;
    enum status status = store_plan(call->store, &plan, error);
    for (size_t i = 0; i < plan.count; i++) {
        open += agenda_is_open(&plan.at[i].action);
        overdue += method_overdue(&plan.at[i].action, call->today);
    }
    if (open > 0)
        out_line(call, "Open: %zu action%s, %zu overdue", open, open == 1 ? "" : "s", overdue);
    plan_release(&plan);
    return status;
}

static enum status list_reviews(struct call *call, struct error *error)
{
    struct reviews reviews = {0};
    struct meter meter;
    struct board board = {0};
    enum status status = store_meter(call->store, &meter, error);
    if (status == STATUS_OK)
        status = store_reviews(call->store, &reviews, error);
    if (status == STATUS_OK)
        status = store_board(call->store, &board, error);
    for (size_t i = 0; status == STATUS_OK && i < reviews.count; i++)
        status = print_review(call, &reviews.at[i], &meter, error);
    if (status == STATUS_OK) {
        print_plot(call, &reviews);
        status = print_open(call, error);
    }
    if (status == STATUS_OK && board.next_review)
        out_line(call, "Next review: %s", board.next_review);
    reviews_release(&reviews);
    record_release(RECORD_BOARD, &board);
    return status == STATUS_OK ? out_check(call, error) : status;
}

/* --- the command ------------------------------------------------------------------------------ */

static enum status run_edit(struct call *call,
                            enum status (*act)(struct work *work, struct error *error),
                            struct error *error)
{
    struct work work;
    enum status status = work_begin_board(&work, call, error);
    return status == STATUS_OK ? work_end(&work, act(&work, error), error) : status;
}

static enum status run(struct call *call, struct error *error)
{
    const char *act = call->values[ACT];
    if (!act && call->values[NEXT])
        return error_set(error, STATUS_USAGE, "--next goes with 'review end'");
    if (call->values[JSON])
        return out_json(call, &(struct json_wanted){.what = JSON_REVIEWS}, error);
    if (!act)
        return list_reviews(call, error);
    if (strcmp(act, "begin") == 0 && !call->values[NEXT])
        return run_edit(call, begin_it, error);
    if (strcmp(act, "end") == 0)
        return run_edit(call, end_it, error);
    return error_set(error, STATUS_USAGE, "a review can begin or end, not '%.40s'", act);
}

const struct command command_review = {
    .name = "review",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .label = "Review",
    .summary = "Rate moments anew, blind, and see what has drifted",
    .details =
        "Expectations move, so ratings are given anew from time to time. From 'begin' to 'end' the "
        "old rating of a moment is shown nowhere but as ?, until 'rate' has given the new one; "
        "csv alone keeps them all. 'end' keeps how many moments are miserable, neutral and magical "
        "that day. What was not rated anew stays as it was, and so do the actions that are open. "
        "Without a word all reviews are listed: what went up and down in each of them, and the "
        "last of them side by side.\n"
        "\n"
        "Examples:\n"
        "  touchline review cab.touchline begin\n"
        "  touchline rate cab.touchline 3 neutral\n"
        "  touchline review cab.touchline end --next +3m",
    .arguments =
        ARGUMENTS(POSITION(ACT, "begin|end", ARGUMENT_TEXT, "begin a review, or end it",
                           .words = "begin|end"),
                  OPTION(NEXT, "next", 'n', ARGUMENT_DAY, "when it ends: the day of the next one"),
                  JSON_ROW(JSON)),
    .run = run,
};
