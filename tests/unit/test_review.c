/* Reviews (R16) and waves (R20): what a review hides, what it keeps, and what is told of it. */
#include "desk.h"
#include "shell.h"
#include "touchline/buffer.h"
#include "touchline/command.h"
#include "touchline/drift.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* --- a board that was rated, and commands run on it ------------------------------------------- */

#define run(desk, line, says)     desk_run(desk, line, says)
#define refused(desk, line, says) desk_refused(desk, line, STATUS_REFUSED, says)

static int setup(void **state)
{
    static const char *const lines[] = {"add One",
                                        "add Two",
                                        "add Three",
                                        "add Four",
                                        "rate 1 neutral",
                                        "rate 2 miserable",
                                        "target 2 magical",
                                        "rate 3 magical",
                                        "choose 2",
                                        "action 2 Mend it",
                                        NULL};
    *state = desk_new("Tester", lines);
    return 0;
}

/* --- what is read of it ----------------------------------------------------------------------- */

static void assert_rating_at(struct desk *desk, const char *name, int64_t rating, int at)
{
    struct moment moment = desk_moment(desk, name);
    _assert_int_equal(moment.rating, rating, __FILE__, at);
    record_release(RECORD_ITEM, &moment);
}
#define assert_rating(desk, name, rating) assert_rating_at(desk, name, rating, __LINE__)

/* "2 miserable neutral, 3 magical magical": number, before, after. */
static const char *drift_of_last(struct desk *desk)
{
    struct reviews reviews = {0};
    struct drift drift = {0};
    assert_int_equal(store_reviews(desk->store, &reviews, &desk->error), STATUS_OK);
    assert_true(reviews.count > 0);
    assert_int_equal(
        store_drift(desk->store, reviews.at[reviews.count - 1].id, &drift, &desk->error),
        STATUS_OK);
    buffer_clear(&desk->message);
    for (size_t i = 0; i < drift.count; i++)
        buffer_add_format(&desk->message, "%s%lld %s %s", i ? ", " : "",
                          (long long)drift.at[i].number, rating_word(drift.at[i].before),
                          rating_word(drift.at[i].after));
    drift_release(&drift);
    reviews_release(&reviews);
    return buffer_text(&desk->message);
}

static struct meter meter_of(struct desk *desk)
{
    struct meter meter;
    assert_int_equal(store_meter(desk->store, &meter, &desk->error), STATUS_OK);
    return meter;
}

static void expect(struct desk *desk, const char *line, int code, const char *out)
{
    shell_expect(desk->fixture, line, code, out, NULL);
}

/* --- blindness -------------------------------------------------------------------------------- */

static void r16_a_review_hides_what_is_to_be_rated_anew(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", "Began the review of 21 Nov. u takes it back.");
    assert_rating(desk, "1", RATING_HIDDEN);
    assert_rating(desk, "3", RATING_HIDDEN);
    assert_rating(desk, "4", RATING_NONE);
    struct moment two = desk_moment(desk, "2");
    assert_int_equal(two.rating, RATING_HIDDEN);
    assert_int_equal(two.target, RATING_NONE);
    assert_int_equal(two.first_rating, RATING_NONE);
    record_release(RECORD_ITEM, &two);
    run(desk, "rate 2 neutral", "2 is now neutral. u takes it back.");
    assert_rating(desk, "2", RATING_NEUTRAL);
    assert_rating(desk, "1", RATING_HIDDEN);
}

static void r16_the_window_and_the_strip_are_blind(void **state)
{
    struct desk *desk = *state;
    struct window window = {0};
    struct strip strip = {0};
    run(desk, "review begin", NULL);
    run(desk, "rate 3 magical", NULL);
    assert_int_equal(store_window(desk->store, 0, 0, 9, NULL, desk_today, &window, &desk->error),
                     STATUS_OK);
    assert_int_equal(window.count, 4);
    assert_int_equal(window.moments[0].rating, RATING_HIDDEN);
    assert_int_equal(window.moments[1].rating, RATING_HIDDEN);
    assert_int_equal(window.moments[1].target, RATING_NONE);
    assert_int_equal(window.moments[2].rating, RATING_MAGICAL);
    assert_int_equal(window.moments[3].rating, RATING_NONE);
    assert_int_equal(window.weakest, 0);
    assert_int_equal(store_strip(desk->store, NULL, 9, &strip, &desk->error), STATUS_OK);
    assert_int_equal(strip.signs[0].rating, RATING_HIDDEN);
    assert_int_equal(strip.signs[2].rating, RATING_MAGICAL);
    window_release(&window);
    strip_release(&strip);
}

static void r16_the_plan_is_blind(void **state)
{
    struct desk *desk = *state;
    struct plan plan = {0};
    run(desk, "review begin", NULL);
    assert_int_equal(store_plan(desk->store, &plan, &desk->error), STATUS_OK);
    assert_int_equal(plan.count, 1);
    assert_int_equal(plan.at[0].rating, RATING_HIDDEN);
    assert_int_equal(plan.at[0].target, RATING_NONE);
    plan_release(&plan);
}

static void r16_rows_for_people_are_blind(void **state)
{
    struct desk *desk = *state;
    struct store_rows *rows;
    struct row row;
    bool done;
    run(desk, "review begin", NULL);
    assert_int_equal(store_rows_begin(desk->store, &rows, &desk->error), STATUS_OK);
    struct row_source source = store_rows_source(rows);
    row_init(&row);
    assert_int_equal(source.next(source.data, &row, &done, &desk->error), STATUS_OK);
    assert_int_equal(row.moment.rating, RATING_NEUTRAL);
    store_rows_hide(rows);
    assert_int_equal(source.next(source.data, &row, &done, &desk->error), STATUS_OK);
    assert_int_equal(row.moment.rating, RATING_HIDDEN);
    assert_int_equal(row.moment.target, RATING_NONE);
    assert_int_equal(row.moment.first_rating, RATING_NONE);
    row_release(&row);
    store_rows_end(rows);
}

static void r16_a_filter_by_rating_finds_only_what_is_seen(void **state)
{
    struct desk *desk = *state;
    struct filter filter = {.rating = RATING_MISERABLE + 1};
    int64_t first, last;
    run(desk, "review begin", NULL);
    assert_int_equal(store_ends(desk->store, &filter, &first, &last, &desk->error), STATUS_OK);
    assert_int_equal(first, 0);
    run(desk, "rate 1 miserable", NULL);
    assert_int_equal(store_ends(desk->store, &filter, &first, &last, &desk->error), STATUS_OK);
    assert_int_equal(first, 1);
    assert_int_equal(last, 1);
}

static void r16_the_meter_counts_only_what_is_seen(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "rate 1 magical", NULL);
    struct meter meter = meter_of(desk);
    assert_true(meter.review > 0);
    assert_int_equal(meter.reviewed, 1);
    assert_int_equal(meter.hidden, 2);
    assert_int_equal(meter.chosen_reviewed, 0);
    assert_int_equal(meter.chosen_hidden, 1);
    assert_int_equal(meter.rated[RATING_NONE], 1);
    assert_int_equal(meter.rated[RATING_MISERABLE], 0);
    assert_int_equal(meter.rated[RATING_NEUTRAL], 0);
    assert_int_equal(meter.rated[RATING_MAGICAL], 1);
}

static void r16_the_shell_gives_a_question_mark(void **state)
{
    struct desk *desk = *state;
    expect(desk, "touchline review cab.touchline begin && touchline rate cab.touchline 3 neutral",
           0, "");
    expect(desk, "touchline list cab.touchline", 0,
           "  1  -  ?                  One\n"
           "  2  -  ?          chosen  Two\n"
           "  3  -  neutral            Three\n"
           "  4  -  unrated            Four\n");
    expect(desk, "touchline show cab.touchline | grep -E 'Rat|rating|Target|Marked|Review'", 0,
           "Rated: 1 neutral, 1 unrated, 2 ?\n"
           "Review going on: 1 of 3 rated anew\n"
           "Marked: first\nRating: ?\n"
           "Rating: ?\n"
           "Rating: neutral\nFirst rating: magical\n"
           "Marked: last\n");
    expect(desk, "touchline show cab.touchline 2 | grep -E 'Rat|Target|First'", 0, "Rating: ?\n");
    expect(desk,
           "touchline show cab.touchline 2 --json | grep -oE "
           "'\"(rating|target|first_rating)\":[^,]*'",
           0, "\"rating\":\"?\"\n\"first_rating\":null\n\"target\":null\n");
    expect(desk, "touchline check cab.touchline | grep -c miserable", 1, "0\n");
}

static void an_export_that_comes_back_keeps_them(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    expect(desk, "touchline export cab.touchline | cut -d, -f3,5,6,7", 0,
           "title,rating,first_rating,target\nOne,neutral,neutral,\n"
           "Two,miserable,miserable,magical\nThree,magical,magical,\nFour,,,\n");
}

/* Whoever rates blind may look at the wall. */
static void r16_a_report_is_blind(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    expect(desk,
           "touchline export cab.touchline -f md | grep -c '? to be rated anew'; for f in html md "
           "svg; do touchline export cab.touchline -f $f | grep -cE "
           "'(▼|●|★) |, (miserable|neutral|magical)'; done",
           1, "4\n0\n0\n0\n");
}

static void r16_old_words_do_not_betray_it(void **state)
{
    struct desk *desk = *state;
    run(desk, "rate 3 miserable", NULL);
    expect(desk, "touchline --name Ben review cab.touchline begin", 0, "");
    expect(desk, "touchline history cab.touchline | grep -cE 'miserable|neutral|magical'", 1,
           "0\n");
    run(desk, "rate 1 magical", NULL);
    expect(desk, "touchline history cab.touchline | grep -c 'One is now'", 0, "2\n");
    run(desk, "undo", "Taken back: 1 One is now magical. U does it again.");
    assert_rating(desk, "1", RATING_HIDDEN);
    run(desk, "undo", "Taken back: a rating or a target, hidden by the review. U does it again.");
}

static void r16_a_target_waits_for_the_new_rating(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    refused(desk, "target 1 magical", "A review goes on: rate it anew first.");
    refused(desk, "target 1", "A review goes on: rate it anew first.");
    refused(desk, "target 3", "A review goes on: rate it anew first.");
    run(desk, "rate 1 neutral", NULL);
    run(desk, "target 1", "1 shall become magical. u takes it back.");
}

static void r16_what_is_hidden_comes_back_at_the_end(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "review end",
        "Ended the review of 21 Nov: 0 rated anew, 0 up, 0 down. u takes it "
        "back.");
    assert_rating(desk, "1", RATING_NEUTRAL);
    struct moment two = desk_moment(desk, "2");
    assert_int_equal(two.target, RATING_MAGICAL);
    record_release(RECORD_ITEM, &two);
}

/* --- what is kept ----------------------------------------------------------------------------- */

static void r16_before_stays_and_after_is_the_latest(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "rate 2 neutral", NULL);
    run(desk, "rate 2 magical", NULL);
    assert_string_equal(drift_of_last(desk), "2 miserable magical");
    run(desk, "rate 2 unrated", NULL);
    assert_string_equal(drift_of_last(desk), "2 miserable ");
}

static void r16_the_same_rating_again_is_a_rating(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "rate 3 magical", "3 is now magical. u takes it back.");
    assert_rating(desk, "3", RATING_MAGICAL);
    assert_string_equal(drift_of_last(desk), "3 magical magical");
    run(desk, "rate 3 magical", "Nothing to change.");
    run(desk, "rate 4 unrated", "Nothing to change.");
    assert_string_equal(drift_of_last(desk), "3 magical magical");
}

static void r16_any_way_of_rating_counts(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "set 1 rating=magical", NULL);
    assert_string_equal(drift_of_last(desk), "1 neutral magical");
}

static void r16_undo_takes_a_rating_and_what_was_kept_of_it_back(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "rate 2 magical", NULL);
    run(desk, "undo", "Taken back: 2 Two is now magical. U does it again.");
    assert_rating(desk, "2", RATING_HIDDEN);
    assert_string_equal(drift_of_last(desk), "");
    run(desk, "redo", "Done again: 2 Two is now magical. u takes it back.");
    assert_string_equal(drift_of_last(desk), "2 miserable magical");
    run(desk, "undo", NULL);
    run(desk, "undo", "Taken back: Began the review of 21 Nov. U does it again.");
    assert_rating(desk, "2", RATING_MISERABLE);
}

static void r16_a_rating_begins_a_review_if_asked_to(void **state)
{
    struct desk *desk = *state;
    run(desk, "rate 1 magical --review",
        "1 is now magical, the first of a review. u takes it back.");
    assert_string_equal(drift_of_last(desk), "1 neutral magical");
    run(desk, "rate 2 magical --review", "2 is now magical. u takes it back.");
    assert_string_equal(drift_of_last(desk), "1 neutral magical, 2 miserable magical");
    run(desk, "undo", NULL);
    run(desk, "undo", NULL);
    assert_int_equal(meter_of(desk).review, 0);
}

static void r16_one_review_at_a_time(void **state)
{
    struct desk *desk = *state;
    refused(desk, "review end", "no review goes on; 'review begin' begins one");
    run(desk, "review begin", NULL);
    refused(desk, "review begin", "a review goes on already; 'review end' ends it first");
    run(desk, "review end", NULL);
    run(desk, "review begin", NULL);
    expect(desk, "touchline --name Ben review cab.touchline end", 0, "");
    run(desk, "review begin", NULL);
    run(desk, "review end", NULL);
    expect(desk, "touchline --name Ben review cab.touchline begin", 0, "");
    refused(desk, "undo",
            "another review has begun since; 'review end' ends it first; u again skips it");
    expect(desk, "touchline --name Ben undo cab.touchline", 0, "");
    assert_int_equal(desk_run_as(desk, desk->store, true, "review now"), STATUS_USAGE);
    assert_string_equal(desk->error.text, "a review can begin or end, not 'now'");
}

static void r16_the_end_counts_the_ratings_of_the_day(void **state)
{
    struct desk *desk = *state;
    struct reviews reviews = {0};
    run(desk, "review begin", NULL);
    run(desk, "rate 1 magical", NULL);
    run(desk, "rate 3 neutral", NULL);
    run(desk, "review end --next +2w",
        "Ended the review of 21 Nov: 2 rated anew, 1 up, 1 down; the next one: 5 Dec. u takes it "
        "back.");
    assert_int_equal(store_reviews(desk->store, &reviews, &desk->error), STATUS_OK);
    assert_int_equal(reviews.count, 1);
    assert_string_equal(reviews.at[0].day, "2026-11-21");
    assert_int_equal(reviews.at[0].ended, 1);
    assert_int_equal(reviews.at[0].miserable, 1);
    assert_int_equal(reviews.at[0].neutral, 1);
    assert_int_equal(reviews.at[0].magical, 1);
    reviews_release(&reviews);
}

static void r16_who_was_slower_is_told(void **state)
{
    struct desk *desk = *state;
    const struct value hidden = value_integer(RATING_HIDDEN);
    struct edit *edit;
    run(desk, "review begin", NULL);
    assert_int_equal(edit_begin(desk->store, &edit, &desk->error), STATUS_OK);
    assert_int_equal(edit_set(edit, RECORD_ITEM, 1, ITEM_RATING, value_integer(RATING_MAGICAL),
                              &hidden, &desk->error),
                     STATUS_OK);
    assert_int_equal(edit_commit(edit, &desk->error, "one"), STATUS_OK);
    assert_int_equal(edit_begin(desk->store, &edit, &desk->error), STATUS_OK);
    enum status status = edit_set(edit, RECORD_ITEM, 1, ITEM_RATING, value_integer(RATING_NEUTRAL),
                                  &hidden, &desk->error);
    assert_int_equal(edit_cancel(edit, status), STATUS_CONFLICT);
    assert_rating(desk, "1", RATING_MAGICAL);
}

static void r16_n_goes_through_the_chosen_first(void **state)
{
    struct desk *desk = *state;
    int64_t to;
    assert_int_equal(store_next(desk->store, NEXT_TO_REVIEW, 1, &to, &desk->error), STATUS_OK);
    assert_int_equal(to, 0);
    run(desk, "review begin", NULL);
    assert_int_equal(store_next(desk->store, NEXT_TO_REVIEW, 3, &to, &desk->error), STATUS_OK);
    assert_int_equal(to, 2);
    run(desk, "rate 2 neutral", NULL);
    assert_int_equal(store_next(desk->store, NEXT_TO_REVIEW, 2, &to, &desk->error), STATUS_OK);
    assert_int_equal(to, 3);
}

/* --- telling ---------------------------------------------------------------------------------- */

static void r16_reviews_are_listed_with_what_drifted(void **state)
{
    struct desk *desk = *state;
    run(desk, "review begin", NULL);
    run(desk, "rate 1 magical", NULL);
    run(desk, "rate 2 neutral", NULL);
    run(desk, "review end", NULL);
    run(desk, "review begin", NULL);
    run(desk, "rate 3 neutral", NULL);
    run(desk, "rate 1 magical", NULL);
    run(desk, "review end --next 2027-02-21", NULL);
    run(desk, "review begin", NULL);
    run(desk, "rate 4 neutral", NULL);
    expect(desk, "touchline review cab.touchline", 0,
           "Review of 2026-11-21: its counts are told when the one that goes on has ended\n"
           "  ?: 1 One, to be rated anew\n"
           "  ?: 2 Two, to be rated anew\n"
           "Review of 2026-11-21: its counts are told when the one that goes on has ended\n"
           "  ?: 1 One, to be rated anew\n"
           "  ?: 3 Three, to be rated anew\n"
           "Review of 2026-11-21, going on: 1 of 4 rated anew\n"
           "  New: 4 Four, unrated to neutral\n"
           "Open: 1 action, 0 overdue\n"
           "Next review: 2027-02-21\n");
    run(desk, "undo", NULL);
    run(desk, "undo", NULL);
    expect(desk, "touchline review cab.touchline", 0,
           "Review of 2026-11-21: 0 miserable, 1 neutral, 2 magical\n"
           "  Up: 1 One, neutral to magical\n"
           "  Up: 2 Two, miserable to neutral\n"
           "Review of 2026-11-21: 0 miserable, 2 neutral, 1 magical\n"
           "  Same: 1 One, magical\n"
           "  Down: 3 Three, magical to neutral\n"
           "Over all reviews, a sign for 1 moment:\n"
           "  ★★          ★★\n"
           "  ★★          ●●\n"
           "  ●●          ●●\n"
           "2026-11-21  2026-11-21\n"
           "Open: 1 action, 0 overdue\n"
           "Next review: 2027-02-21\n");
    run(desk, "redo", NULL);
    run(desk, "redo", NULL);
    expect(desk, "touchline review cab.touchline --json | grep -c '\"found\":\\[{\"moment\":'", 0,
           "3\n");
}

static void r16_due_tells_of_the_next_review(void **state)
{
    struct desk *desk = *state;
    run(desk, "board next_review=2020-05-04", NULL);
    expect(desk, "touchline due cab.touchline", 1,
           "cab.touchline: 2020-05-04, overdue: the next review\n");
    run(desk, "review begin", NULL);
    run(desk, "review end", NULL);
    expect(desk, "touchline due cab.touchline", 0, "");
    run(desk, "board next_review=2999-01-01", NULL);
    expect(desk, "touchline due cab.touchline", 0, "");
    run(desk, "review begin", NULL);
    run(desk, "review end", NULL);
    expect(desk, "touchline board cab.touchline | grep next_review", 0,
           "next_review: 2999-01-01\n");
}

static void r20_a_wave_keeps_what_customers_answered(void **state)
{
    struct desk *desk = *state;
    run(desk, "set 2 --action 1 wave=1", NULL);
    run(desk, "action 1 'Another thing'", NULL);
    run(desk, "set 1 --action 1 wave=2", NULL);
    run(desk, "wave 1 'Three asked for Wally'", "Noted the response to wave 1. u takes it back.");
    expect(desk, "touchline wave cab.touchline", 0,
           "Wave 1: 0 of 1 finished\n  Response: Three asked for Wally\nWave 2: 0 of 1 finished\n");
    run(desk, "wave 1 --response Four", NULL);
    expect(desk, "touchline wave cab.touchline 1 && touchline wave cab.touchline --json", 0,
           "Wave 1: 0 of 1 finished\n  Response: Four\n[\n{\"id\":1,\"number\":1,\"response\":"
           "\"Four\"}\n]\n");
    run(desk, "wave 1 ''", "Took the response to wave 1 off. u takes it back.");
    expect(desk, "touchline wave cab.touchline 3", 1, "");
    run(desk, "undo", NULL);
    expect(desk, "touchline wave cab.touchline 1", 0,
           "Wave 1: 0 of 1 finished\n  Response: Four\n");
}

/* --- the plot --------------------------------------------------------------------------------- */

static void a_plot_fits_its_rows_and_hides_nothing(void **state)
{
    (void)state;
    const struct review reviews[] = {
        {.ended = 1, .miserable = 1, .neutral = 90, .magical = 9},
        {.ended = 1, .miserable = FIELD_ABSENT, .neutral = FIELD_ABSENT, .magical = 3}};
    int64_t unit = drift_unit(reviews, 2, 8);
    assert_int_equal(unit, 20);
    assert_int_equal(drift_sign(&reviews[0], unit, 0), RATING_MISERABLE);
    assert_int_equal(drift_sign(&reviews[0], unit, 1), RATING_NEUTRAL);
    assert_int_equal(drift_sign(&reviews[0], unit, 5), RATING_NEUTRAL);
    assert_int_equal(drift_sign(&reviews[0], unit, 6), RATING_MAGICAL);
    assert_int_equal(drift_sign(&reviews[0], unit, 7), RATING_NONE);
    assert_int_equal(drift_sign(&reviews[1], unit, 0), RATING_MAGICAL);
    assert_int_equal(drift_sign(&reviews[1], unit, 1), RATING_NONE);
    assert_int_equal(drift_unit(reviews, 0, 8), 1);
    assert_int_equal(drift_unit(reviews, 2, 0), 100);
}

static void a_rating_goes_up_or_down(void **state)
{
    (void)state;
    assert_int_equal(drift_way(RATING_NEUTRAL, RATING_MAGICAL), DRIFT_UP);
    assert_int_equal(drift_way(RATING_MAGICAL, RATING_MISERABLE), DRIFT_DOWN);
    assert_int_equal(drift_way(RATING_NEUTRAL, RATING_NEUTRAL), DRIFT_SAME);
    assert_int_equal(drift_way(RATING_NONE, RATING_MISERABLE), DRIFT_NEW);
    assert_string_equal(drift_word(DRIFT_UP), "up");
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, desk_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(r16_a_review_hides_what_is_to_be_rated_anew),
        TEST(r16_the_window_and_the_strip_are_blind),
        TEST(r16_the_plan_is_blind),
        TEST(r16_rows_for_people_are_blind),
        TEST(r16_a_filter_by_rating_finds_only_what_is_seen),
        TEST(r16_the_meter_counts_only_what_is_seen),
        TEST(r16_the_shell_gives_a_question_mark),
        TEST(an_export_that_comes_back_keeps_them),
        TEST(r16_a_report_is_blind),
        TEST(r16_old_words_do_not_betray_it),
        TEST(r16_a_target_waits_for_the_new_rating),
        TEST(r16_what_is_hidden_comes_back_at_the_end),
        TEST(r16_before_stays_and_after_is_the_latest),
        TEST(r16_the_same_rating_again_is_a_rating),
        TEST(r16_any_way_of_rating_counts),
        TEST(r16_undo_takes_a_rating_and_what_was_kept_of_it_back),
        TEST(r16_a_rating_begins_a_review_if_asked_to),
        TEST(r16_one_review_at_a_time),
        TEST(r16_the_end_counts_the_ratings_of_the_day),
        TEST(r16_who_was_slower_is_told),
        TEST(r16_n_goes_through_the_chosen_first),
        TEST(r16_reviews_are_listed_with_what_drifted),
        TEST(r16_due_tells_of_the_next_review),
        TEST(r20_a_wave_keeps_what_customers_answered),
        cmocka_unit_test(a_plot_fits_its_rows_and_hides_nothing),
        cmocka_unit_test(a_rating_goes_up_or_down),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
