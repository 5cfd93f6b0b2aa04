#include "touchline/method.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* --- R6, R11, R12, R22 ------------------------------------------------------------------------ */

static void r11_targets_only_rise(void **state)
{
    (void)state;
    /* rating by target: why it is refused, NULL: it is not */
    static const char *const refused[RATINGS][RATINGS] = {
        [RATING_NONE] = {NULL, "Rate it first.", "Rate it first.", "Rate it first."},
        [RATING_MISERABLE] = {NULL, "neutral or magical", NULL, NULL},
        [RATING_NEUTRAL] = {NULL, "neutral or magical", NULL, NULL},
        [RATING_MAGICAL] = {NULL, "neutral or magical", "magical already", NULL},
    };
    for (int64_t rating = 0; rating < RATINGS; rating++)
        for (int64_t target = 0; target < RATINGS; target++) {
            struct error error = {0};
            const char *why = refused[rating][target];
            assert_int_equal(method_check_target(rating, target, &error),
                             why != NULL ? STATUS_REFUSED : STATUS_OK);
            assert_int_equal(error.status, why != NULL ? STATUS_REFUSED : STATUS_OK);
            if (why != NULL)
                assert_non_null(strstr(error.text, why));
        }
}

static void r11_raising_goes_round_the_allowed_targets(void **state)
{
    (void)state;
    static const int64_t next[RATINGS][RATINGS] = {
        [RATING_NONE] = {0, 0, 0, 0},
        [RATING_MISERABLE] = {RATING_NEUTRAL, RATING_NEUTRAL, RATING_MAGICAL, 0},
        [RATING_NEUTRAL] = {RATING_MAGICAL, RATING_MAGICAL, RATING_MAGICAL, 0},
        [RATING_MAGICAL] = {0, 0, 0, 0},
    };
    struct error error;
    for (int64_t rating = 0; rating < RATINGS; rating++)
        for (int64_t target = 0; target < RATINGS; target++) {
            int64_t raised = method_raise_target(rating, target);
            assert_int_equal(raised, next[rating][target]);
            assert_int_equal(method_check_target(rating, raised, &error), STATUS_OK);
        }
}

static void r11_only_a_target_above_the_rating_is_an_aim(void **state)
{
    (void)state;
    for (int64_t rating = 0; rating < RATINGS; rating++)
        for (int64_t target = 0; target < RATINGS; target++)
            assert_int_equal(method_aims(rating, target), target > rating);
    assert_false(method_aims(RATING_HIDDEN, RATING_MAGICAL));
    assert_false(method_aims(RATING_MISERABLE, RATINGS));
}

static void r6_a_sixth_choice_is_refused(void **state)
{
    (void)state;
    struct error error = {0};
    for (int64_t chosen = 0; chosen <= 5; chosen++)
        assert_int_equal(method_check_chosen(chosen, &error), STATUS_OK);
    assert_int_equal(method_check_chosen(6, &error), STATUS_REFUSED);
    assert_non_null(strstr(error.text, "Five are chosen and few gets done"));
}

static void r12_an_open_action_past_its_day_is_overdue(void **state)
{
    (void)state;
    const struct date today = {2026, 11, 21};
    static const struct {
        const char *due;
        int64_t status;
        bool overdue;
    } cases[] = {
        {"2026-11-20", ACTION_TO_DO, true},    {"2026-11-20", ACTION_TRYING, true},
        {"2026-11-20", ACTION_KEPT, false},    {"2026-11-20", ACTION_MODIFIED, false},
        {"2026-11-20", ACTION_DROPPED, false}, {"2026-11-21", ACTION_TO_DO, false},
        {"2026-11-22", ACTION_TO_DO, false},   {"2025-12-31", ACTION_TO_DO, true},
        {NULL, ACTION_TO_DO, false},           {"not a day", ACTION_TO_DO, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct action action = {.due = (char *)cases[i].due, .status = cases[i].status};
        assert_int_equal(method_overdue(&action, today), cases[i].overdue);
    }
}

static void r22_the_weakest_is_low_then_costly_then_dotted_then_early(void **state)
{
    (void)state;
    /* From the weakest to the strongest. */
    static const struct weakness order[] = {
        {RATING_MISERABLE, 50, 0, 9}, {RATING_MISERABLE, 40, 3, 8}, {RATING_MISERABLE, 40, 2, 6},
        {RATING_MISERABLE, 40, 2, 7}, {RATING_NEUTRAL, 900, 9, 1},  {RATING_NEUTRAL, 0, 0, 2},
    };
    const size_t count = sizeof order / sizeof order[0];
    for (size_t i = 0; i < count; i++)
        for (size_t j = 0; j < count; j++)
            assert_int_equal(method_weaker(&order[i], &order[j]), i < j);
}

static void r22_only_miserable_and_neutral_can_be_weakest(void **state)
{
    (void)state;
    const struct weakness unrated = {RATING_NONE, 99, 99, 1};
    const struct weakness magical = {RATING_MAGICAL, 99, 99, 2};
    const struct weakness neutral = {RATING_NEUTRAL, 0, 0, 3};
    assert_true(method_can_be_weakest(&neutral));
    assert_false(method_can_be_weakest(&unrated));
    assert_false(method_can_be_weakest(&magical));
    assert_true(method_weaker(&neutral, &unrated));
    assert_true(method_weaker(&neutral, &magical));
    assert_false(method_weaker(&unrated, &neutral));
    assert_false(method_weaker(&magical, &neutral));
    assert_false(method_weaker(&unrated, &magical));
}

/* --- figures ---------------------------------------------------------------------------------- */

static void assert_format(void (*format)(int64_t, struct buffer *), int64_t number,
                          const char *wanted)
{
    struct buffer out = {0};
    buffer_add_text(&out, "x ");
    format(number, &out);
    assert_string_equal(buffer_text(&out) + 2, wanted);
    buffer_release(&out);
}

static void counts_have_their_thousands_apart(void **state)
{
    (void)state;
    assert_format(count_format, 0, "0");
    assert_format(count_format, 999, "999");
    assert_format(count_format, 1000, "1,000");
    assert_format(count_format, 50000000, "50,000,000");
    assert_format(count_format, 123456, "123,456");
    assert_format(count_format, -1234, "-1,234");
    assert_format(count_format, -123, "-123");
    assert_format(count_format, INT64_MAX, "9,223,372,036,854,775,807");
    assert_format(count_format, INT64_MIN, "-9,223,372,036,854,775,808");
}

static void times_are_told_in_the_units_that_people_use(void **state)
{
    (void)state;
    assert_format(seconds_format, 0, "0 s");
    assert_format(seconds_format, 75, "75 s");
    assert_format(seconds_format, 119, "119 s");
    assert_format(seconds_format, 120, "2 min");
    assert_format(seconds_format, 150, "2 min 30 s");
    assert_format(seconds_format, 3600, "1 h");
    assert_format(seconds_format, 3900, "1 h 5 min");
    assert_format(seconds_format, 3601, "1 h 1 s");
    assert_format(seconds_format, 604800, "168 h");
    assert_format(seconds_format, INT64_C(3600) * 1250, "1,250 h");
}

static void assert_meter(const struct meter *meter, const struct board *board, int columns,
                         const char *wanted)
{
    struct buffer out = {0};
    buffer_add_text(&out, "x");
    meter_format(meter, board, columns, &out);
    assert_string_equal(buffer_text(&out) + 1, wanted);
    buffer_release(&out);
}

/* Carlzon's sum: ten million customers, five moments of 15 seconds each. */
static void r5_the_meter_shows_the_airlines_sum(void **state)
{
    (void)state;
    const struct meter meter = {.moments = 5, .timed = 5, .seconds = 75, .times = 5};
    const struct board board = {.noun = (char *)"passenger", .customers = 10000000};
    assert_meter(&meter, &board, 80,
                 "5 moments · 75 s a passenger (5 of 5 timed) · 50,000,000 moments a year");
}

static void r5_the_meter_gives_way_from_its_end(void **state)
{
    (void)state;
    const struct meter meter = {.moments = 17, .timed = 9, .seconds = 75, .times = 17};
    const struct board board = {.noun = (char *)"passenger", .customers = 1000};
    static const char *const forms[] = {
        "17 moments · 75 s a passenger (9 of 17 timed) · 17,000 moments a year",
        "17 moments · 75 s a passenger (9 of 17 timed)",
        "17 moments · 75 s (9 of 17 timed)",
        "17 moments",
        "",
    };
    static const int columns[] = {69, 45, 33, 10, 0};
    for (size_t i = 0; i + 1 < sizeof forms / sizeof forms[0]; i++) {
        assert_meter(&meter, &board, columns[i], forms[i]);
        assert_meter(&meter, &board, columns[i] - 1, forms[i + 1]);
    }
    assert_meter(&meter, &board, -1, "");
}

static void r5_no_product_without_all_its_factors(void **state)
{
    (void)state;
    struct meter meter = {.moments = 2, .times = 2};
    struct board board = {.customers = FIELD_ABSENT};
    assert_meter(&meter, &board, 80, "2 moments");
    meter.timed = 1;
    meter.seconds = 30;
    assert_meter(&meter, &board, 80, "2 moments · 30 s a customer (1 of 2 timed)");
    meter.timed = 0;
    board.customers = 0;
    assert_meter(&meter, &board, 80, "2 moments");
    board.customers = 500;
    assert_meter(&meter, &board, 80, "2 moments · 1,000 moments a year");
    meter.times = INT64_MAX / 2;
    assert_meter(&meter, &board, 80, "2 moments");
}

static void r5_r24_words_fit_their_numbers_and_nouns(void **state)
{
    (void)state;
    struct meter meter = {.moments = 1, .timed = 1, .seconds = 5, .times = 1};
    struct board board = {.noun = (char *)"owner", .customers = 1};
    assert_meter(&meter, &board, 80, "1 moment · 5 s an owner (1 of 1 timed) · 1 moment a year");
    board.noun = (char *)"user";
    assert_meter(&meter, &board, 40, "1 moment · 5 s a user (1 of 1 timed)");
    meter = (struct meter){0};
    assert_meter(&meter, &board, 80, "0 moments");
}

static void r24_the_noun_is_the_boards_own(void **state)
{
    (void)state;
    const struct board none = {0};
    const struct board empty = {.noun = (char *)""};
    const struct board guest = {.noun = (char *)"guest"};
    assert_string_equal(board_noun(&none), "customer");
    assert_string_equal(board_noun(&empty), "customer");
    assert_string_equal(board_noun(&guest), "guest");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r11_targets_only_rise),
        cmocka_unit_test(r11_raising_goes_round_the_allowed_targets),
        cmocka_unit_test(r11_only_a_target_above_the_rating_is_an_aim),
        cmocka_unit_test(r6_a_sixth_choice_is_refused),
        cmocka_unit_test(r12_an_open_action_past_its_day_is_overdue),
        cmocka_unit_test(r22_the_weakest_is_low_then_costly_then_dotted_then_early),
        cmocka_unit_test(r22_only_miserable_and_neutral_can_be_weakest),
        cmocka_unit_test(counts_have_their_thousands_apart),
        cmocka_unit_test(times_are_told_in_the_units_that_people_use),
        cmocka_unit_test(r5_the_meter_shows_the_airlines_sum),
        cmocka_unit_test(r5_the_meter_gives_way_from_its_end),
        cmocka_unit_test(r5_no_product_without_all_its_factors),
        cmocka_unit_test(r5_r24_words_fit_their_numbers_and_nouns),
        cmocka_unit_test(r24_the_noun_is_the_boards_own),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
