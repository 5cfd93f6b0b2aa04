#include "touchline/timer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

enum { BEGAN = 1000000, MINUTE = 60000 };

static void assert_shows(const struct timer *timer, const char *wanted)
{
    struct buffer out = {0};
    timer_format(timer, &out);
    assert_string_equal(buffer_text(&out), wanted);
    buffer_release(&out);
}

static struct timer started(enum step step)
{
    struct timer timer = {0};
    timer_start(&timer, step, BEGAN);
    return timer;
}

static void r27_each_step_has_its_minutes(void **state)
{
    static const char *const wanted[STEPS] = {"10:00", "05:00", "05:00", "08:00", "15:00", "02:00"};
    (void)state;
    for (int step = 0; step < STEPS; step++) {
        struct timer timer = started((enum step)step);
        assert_shows(&timer, wanted[step]);
    }
}

static void nothing_is_shown_before_it_starts(void **state)
{
    (void)state;
    struct timer timer = {0};
    assert_false(timer_is_shown(&timer));
    assert_shows(&timer, "");
    assert_int_equal(timer_wait_ms(&timer), -1);
    assert_false(timer_tick(&timer, BEGAN));
    timer_set_step(&timer, STEP_RATE, BEGAN);
    assert_false(timer_is_shown(&timer));
}

static void a_second_is_shown_from_its_beginning(void **state)
{
    (void)state;
    struct timer timer = started(STEP_COLOUR);
    assert_int_equal(timer_wait_ms(&timer), 1000);
    assert_false(timer_tick(&timer, BEGAN + 300));
    assert_shows(&timer, "05:00");
    assert_int_equal(timer_wait_ms(&timer), 700);
    assert_false(timer_tick(&timer, BEGAN + 1000));
    assert_shows(&timer, "04:59");
    assert_false(timer_tick(&timer, BEGAN + 28000));
    assert_shows(&timer, "04:32");
}

static void r27_it_rings_once_and_runs_over(void **state)
{
    (void)state;
    struct timer timer = started(STEP_REVIEW);
    assert_false(timer_tick(&timer, BEGAN + 2 * MINUTE - 1));
    assert_false(timer_is_over(&timer));
    assert_int_equal(timer_wait_ms(&timer), 1);
    assert_true(timer_tick(&timer, BEGAN + 2 * MINUTE));
    assert_shows(&timer, "00:00");
    assert_true(timer_is_over(&timer));
    assert_int_equal(timer_wait_ms(&timer), 1000);
    assert_false(timer_tick(&timer, BEGAN + 2 * MINUTE + 999));
    assert_shows(&timer, "00:00");
    assert_int_equal(timer_wait_ms(&timer), 1);
    assert_false(timer_tick(&timer, BEGAN + 2 * MINUTE + 40000));
    assert_shows(&timer, "+00:40");
    assert_false(timer_tick(&timer, BEGAN + 127 * MINUTE));
    assert_shows(&timer, "+125:00");
}

static void stopped_it_goes_on_where_it_was(void **state)
{
    (void)state;
    struct timer timer = started(STEP_COLOUR);
    timer_stop(&timer, BEGAN + 60000);
    assert_shows(&timer, "04:00");
    assert_int_equal(timer_wait_ms(&timer), -1);
    assert_false(timer_tick(&timer, BEGAN + 600000));
    assert_shows(&timer, "04:00");
    timer_start(&timer, STEP_COLOUR, BEGAN + 900000);
    assert_false(timer_tick(&timer, BEGAN + 905000));
    assert_shows(&timer, "03:55");
}

static void stopped_at_its_very_end_it_stays_in_sight(void **state)
{
    (void)state;
    struct timer timer = started(STEP_REVIEW);
    timer_stop(&timer, BEGAN + 2 * MINUTE);
    assert_shows(&timer, "00:00");
    timer_start(&timer, STEP_REVIEW, BEGAN + 3 * MINUTE);
    assert_false(timer_tick(&timer, BEGAN + 3 * MINUTE + 1000));
    assert_shows(&timer, "+00:01");
}

static void another_step_sets_it_anew(void **state)
{
    (void)state;
    struct timer timer = started(STEP_REVIEW);
    assert_true(timer_tick(&timer, BEGAN + 3 * MINUTE));
    timer_set_step(&timer, STEP_PLAN, BEGAN + 3 * MINUTE);
    assert_shows(&timer, "15:00");
    assert_false(timer_is_over(&timer));
    assert_true(timer_tick(&timer, BEGAN + 18 * MINUTE));
    timer_stop(&timer, BEGAN + 18 * MINUTE);
    timer_set_step(&timer, STEP_RATE, BEGAN + 18 * MINUTE);
    assert_false(timer_is_shown(&timer));
}

static void a_clock_set_back_adds_no_time(void **state)
{
    (void)state;
    struct timer timer = started(STEP_COLOUR);
    assert_false(timer_tick(&timer, BEGAN + 10000));
    assert_false(timer_tick(&timer, BEGAN - 3600000));
    assert_shows(&timer, "04:50");
    assert_false(timer_tick(&timer, BEGAN - 3600000 + 5000));
    assert_shows(&timer, "04:45");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r27_each_step_has_its_minutes),
        cmocka_unit_test(nothing_is_shown_before_it_starts),
        cmocka_unit_test(a_second_is_shown_from_its_beginning),
        cmocka_unit_test(r27_it_rings_once_and_runs_over),
        cmocka_unit_test(stopped_it_goes_on_where_it_was),
        cmocka_unit_test(stopped_at_its_very_end_it_stays_in_sight),
        cmocka_unit_test(another_step_sets_it_anew),
        cmocka_unit_test(a_clock_set_back_adds_no_time),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
