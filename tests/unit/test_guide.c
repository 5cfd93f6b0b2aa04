#include "touchline/guide.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

static const struct board taxi = {.noun = (char *)"passenger"};

static void assert_question(enum step step, const struct meter *meter, const char *wanted)
{
    struct buffer out = {0};
    step_question(step, &taxi, meter, &out);
    assert_string_equal(buffer_text(&out), wanted);
    buffer_release(&out);
}

static void each_step_asks_its_question(void **state)
{
    (void)state;
    const struct meter meter = {.moments = 3, .coloured = 2};
    assert_question(STEP_IDENTIFY, &meter, "What does the passenger meet next?");
    assert_question(STEP_COLOUR, &meter, "How does it reach them?");
    assert_question(STEP_CHOOSE, &meter, "Which three to five matter most to the passenger?");
    assert_question(STEP_RATE, &meter, "As the passenger: miserable, neutral or magical?");
    assert_question(STEP_PLAN, &meter, "What would make them say wow?");
    assert_question(STEP_REVIEW, &meter, "Begin a review? n begins it, 1 2 3 with this moment.");
    const struct meter reviewing = {.moments = 3, .review = 1};
    assert_question(STEP_REVIEW, &reviewing, "What is it like now?");
}

static void r5_how_long_is_asked_once_all_are_coloured(void **state)
{
    (void)state;
    struct meter meter = {0};
    assert_question(STEP_COLOUR, &meter, "How does it reach them?");
    meter.moments = 2;
    meter.coloured = 1;
    assert_question(STEP_COLOUR, &meter, "How does it reach them?");
    meter.coloured = 2;
    assert_question(STEP_COLOUR, &meter, "How long does it last?");
    assert_question(STEP_IDENTIFY, &meter, "What does the passenger meet next?");
}

static void r24_the_question_speaks_of_a_customer_where_no_noun_is_given(void **state)
{
    (void)state;
    const struct board board = {0};
    const struct meter meter = {0};
    struct buffer out = {0};
    step_question(STEP_RATE, &board, &meter, &out);
    assert_string_equal(buffer_text(&out), "As the customer: miserable, neutral or magical?");
    buffer_release(&out);
}

static void plan_has_hints_that_go_round(void **state)
{
    (void)state;
    size_t n = 0;
    while (step_hint(STEP_PLAN, n))
        n++;
    assert_int_equal(n, 4); /* then the question itself */
    assert_string_equal(step_hint(STEP_PLAN, n + 1), step_hint(STEP_PLAN, 0));
    assert_null(step_hint(STEP_RATE, 0));
}

static void a_noun_may_hold_anything(void **state)
{
    (void)state;
    const struct board board = {.noun = (char *)"%s %n 100%"};
    const struct meter meter = {0};
    struct buffer out = {0};
    step_question(STEP_IDENTIFY, &board, &meter, &out);
    assert_string_equal(buffer_text(&out), "What does the %s %n 100% meet next?");
    buffer_release(&out);
}

static void steps_say_what_digits_and_n_do(void **state)
{
    (void)state;
    static const struct {
        const char *name;
        enum digits digits;
        enum next next;
    } wanted[STEPS] = {
        {"Identify", DIGITS_GO_TO, NEXT_NONE},  {"Colour", DIGITS_CHANNEL, NEXT_WITHOUT_CHANNEL},
        {"Choose", DIGITS_GO_TO, NEXT_BY_DOTS}, {"Rate", DIGITS_RATING, NEXT_UNRATED},
        {"Plan", DIGITS_GO_TO, NEXT_UNPLANNED}, {"Review", DIGITS_RATING, NEXT_TO_REVIEW},
    };
    for (enum step step = 0; step < STEPS; step++) {
        assert_string_equal(step_row(step)->name, wanted[step].name);
        assert_int_equal(step_row(step)->digits, wanted[step].digits);
        assert_int_equal(step_row(step)->next, wanted[step].next);
    }
}

static void r27_the_timers_make_45_minutes(void **state)
{
    (void)state;
    static const int minutes[STEPS] = {10, 5, 5, 8, 15, 2};
    int sum = 0;
    for (enum step step = 0; step < STEPS; step++) {
        assert_int_equal(step_row(step)->minutes, minutes[step]);
        sum += step_row(step)->minutes;
    }
    assert_int_equal(sum, 45);
}

static void assert_progress(enum step step, const struct meter *meter, const char *wanted)
{
    struct buffer out = {0};
    step_progress(step, meter, NULL, &out);
    assert_string_equal(buffer_text(&out), wanted);
    buffer_release(&out);
}

static void progress_speaks_of_what_the_method_asks(void **state)
{
    (void)state;
    const struct meter meter = {
        .moments = 40,
        .parked = 2,
        .phases = 3,
        .coloured = 12,
        .timed = 9,
        .rated = {30, 2, 5, 3},
        .chosen = 4,
        .chosen_rated = 3,
        .chosen_planned = 1,
    };
    assert_progress(STEP_IDENTIFY, &meter, "40 moments in 3 phases · 2 parked");
    assert_progress(STEP_COLOUR, &meter, "12 of 40 with a channel · 9 of 40 timed");
    assert_progress(STEP_CHOOSE, &meter, "40 moments · 4 chosen of 3 to 5");
    assert_progress(STEP_RATE, &meter, "3 of 4 chosen rated · 10 of 40 in all");
    assert_progress(STEP_PLAN, &meter, "1 of 4 planned · ! tells what lacks");
    assert_progress(STEP_REVIEW, &meter, "No review goes on · 10 of 40 rated");
}

static void r12_plan_tells_of_how_many_kinds_there_are_gaps(void **state)
{
    static const char *const told[] = {"1 of 4 planned · no gaps", "1 of 4 planned · 1 gap (!)",
                                       "1 of 4 planned · 2 gaps (!)"};
    const struct meter meter = {.moments = 40, .chosen = 4, .chosen_planned = 1};
    struct buffer out = {0};
    (void)state;
    for (int gaps = 0; gaps < 3; gaps++) {
        buffer_clear(&out);
        step_progress(STEP_PLAN, &meter, &gaps, &out);
        assert_string_equal(buffer_text(&out), told[gaps]);
    }
    buffer_release(&out);
}

static void r16_review_tells_how_many_are_rated_anew(void **state)
{
    (void)state;
    struct meter meter = {.moments = 40,
                          .rated = {30, 0, 2, 1},
                          .chosen = 4,
                          .chosen_rated = 4,
                          .review = 1,
                          .reviewed = 3,
                          .hidden = 7,
                          .chosen_reviewed = 1,
                          .chosen_hidden = 3};
    assert_progress(STEP_REVIEW, &meter, "1 of 4 chosen re-rated · 3 of 10 in all");
    meter.chosen_reviewed = meter.chosen_hidden = 0;
    assert_progress(STEP_REVIEW, &meter, "3 of 10 re-rated");
}

static void progress_leaves_out_what_there_is_none_of(void **state)
{
    (void)state;
    const struct meter empty = {0};
    const struct meter one = {.moments = 1, .phases = 1, .rated = {1, 0, 0, 0}};
    const struct meter many = {.moments = 1250, .rated = {1000, 250, 0, 0}};
    for (enum step step = 0; step < STEPS; step++)
        assert_progress(step, &empty, "No moments yet");
    assert_progress(STEP_IDENTIFY, &one, "1 moment in 1 phase");
    assert_progress(STEP_CHOOSE, &one, "1 moment · 0 chosen of 3 to 5");
    assert_progress(STEP_RATE, &one, "0 of 1 rated");
    assert_progress(STEP_PLAN, &one, "1 moment · 0 chosen of 3 to 5 · ! tells what lacks");
    assert_progress(STEP_IDENTIFY, &many, "1,250 moments");
    assert_progress(STEP_RATE, &many, "250 of 1,250 rated");
}

static void colour_asks_for_seconds_once_all_have_a_channel_R5(void **state)
{
    (void)state;
    struct meter meter = {.moments = 3, .coloured = 2};
    assert_false(step_asks_how_long(STEP_COLOUR, &meter));
    assert_int_equal(step_next(STEP_COLOUR, &meter), NEXT_WITHOUT_CHANNEL);
    meter.coloured = 3;
    assert_true(step_asks_how_long(STEP_COLOUR, &meter));
    assert_int_equal(step_next(STEP_COLOUR, &meter), NEXT_UNTIMED);
    assert_false(step_asks_how_long(STEP_RATE, &meter));
    assert_int_equal(step_next(STEP_RATE, &meter), NEXT_UNRATED);
    meter = (struct meter){0};
    assert_false(step_asks_how_long(STEP_COLOUR, &meter));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(colour_asks_for_seconds_once_all_have_a_channel_R5),
        cmocka_unit_test(each_step_asks_its_question),
        cmocka_unit_test(r5_how_long_is_asked_once_all_are_coloured),
        cmocka_unit_test(r24_the_question_speaks_of_a_customer_where_no_noun_is_given),
        cmocka_unit_test(plan_has_hints_that_go_round),
        cmocka_unit_test(a_noun_may_hold_anything),
        cmocka_unit_test(steps_say_what_digits_and_n_do),
        cmocka_unit_test(r27_the_timers_make_45_minutes),
        cmocka_unit_test(progress_speaks_of_what_the_method_asks),
        cmocka_unit_test(r12_plan_tells_of_how_many_kinds_there_are_gaps),
        cmocka_unit_test(r16_review_tells_how_many_are_rated_anew),
        cmocka_unit_test(progress_leaves_out_what_there_is_none_of),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
