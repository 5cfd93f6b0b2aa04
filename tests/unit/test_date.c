#include "touchline/date.h"
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

/* A Saturday. */
static const struct date today = {2026, 11, 21};

static void assert_date(struct date date, int year, int month, int day)
{
    assert_int_equal(date.year, year);
    assert_int_equal(date.month, month);
    assert_int_equal(date.day, day);
}

static void assert_reads(const char *text, const char *iso)
{
    struct date date = {0};
    char back[DATE_ISO_SIZE];
    if (!date_parse_words(text, today, &date))
        fail_msg("\"%s\" is not read", text);
    date_format_iso(date, back);
    if (strcmp(back, iso) != 0)
        fail_msg("\"%s\" is read as %s, not %s", text, back, iso);
}

static int64_t test_now(void *data)
{
    return *(int64_t *)data;
}

static void a_clock_is_an_argument(void **state)
{
    (void)state;
    int64_t now = 1795287840000;
    struct clock clock = {test_now, &now};
    assert_true(clock_now(&clock) == 1795287840000);
    now++;
    assert_true(clock_now(&clock) == 1795287840001);
}

static void the_systems_clock_tells_milliseconds(void **state)
{
    (void)state;
    struct clock clock = clock_system();
    int64_t before = (int64_t)time(NULL) * 1000;
    int64_t now = clock_now(&clock);
    assert_true(now >= before - 60000 && now <= before + 60000);
}

static void iso_is_read_exactly(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           "2026-12-4",   "2026-12-04 ", " 2026-12-04", "2026-13-01",
        "2026-00-01", "2026-02-29",  "2026-04-31",  "2026-12-00",  "0000-01-01",
        "2026/12/04", "12026-12-04", "2026-12-04T", "2026-12- 4",  "2026 -12-4",
        "-026-12-04",
    };
    struct date date = {0};
    assert_true(date_parse_iso("2026-12-04", &date));
    assert_date(date, 2026, 12, 4);
    assert_true(date_parse_iso("2000-02-29", &date));
    assert_true(date_parse_iso("9999-12-31", &date));
    assert_true(date_parse_iso("0001-01-01", &date));
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        assert_false(date_parse_iso(wrong[i], &date));
        assert_date(date, 1, 1, 1);
    }
}

static void days_are_read_as_people_type_them(void **state)
{
    (void)state;
    assert_reads("2026-12-04", "2026-12-04");
    assert_reads(" 2026-12-4 ", "2026-12-04");
    assert_reads("4 dec", "2026-12-04");
    assert_reads("4dec", "2026-12-04");
    assert_reads("4 December", "2026-12-04");
    assert_reads("DEC 4", "2026-12-04");
    assert_reads("  sept \t 7  ", "2027-09-07");
    assert_reads("dec 4, 2028", "2028-12-04");
    assert_reads("4 dec 2025", "2025-12-04");
    assert_reads("4.12.", "2026-12-04");
    assert_reads("4.12", "2026-12-04");
    assert_reads("04. 12. 2027", "2027-12-04");
    assert_reads("4.12.27", "2027-12-04");
}

static void only_days_of_the_calendar_are_valid(void **state)
{
    (void)state;
    static const struct date wrong[] = {
        {0, 1, 1},    {10000, 1, 1}, {2026, 0, 1},  {2026, 13, 1},
        {2026, 1, 0}, {2026, 4, 31}, {2026, 2, 29}, {-1, 12, 31},
    };
    assert_true(date_is_valid((struct date){1, 1, 1}));
    assert_true(date_is_valid((struct date){9999, 12, 31}));
    assert_true(date_is_valid((struct date){2028, 2, 29}));
    for (size_t i = 0; i < sizeof wrong / sizeof *wrong; i++)
        assert_false(date_is_valid(wrong[i]));
}

static void a_day_without_a_year_is_the_next_such_day(void **state)
{
    (void)state;
    assert_reads("21 nov", "2026-11-21");
    assert_reads("20 nov", "2027-11-20");
    assert_reads("1.1.", "2027-01-01");
    assert_reads("29 feb", "2028-02-29");
    struct date date = {0};
    assert_true(date_parse_words("29.2.", (struct date){2096, 3, 1}, &date));
    assert_date(date, 2104, 2, 29);
}

static void words_and_weekdays_are_seen_from_today(void **state)
{
    (void)state;
    assert_reads("today", "2026-11-21");
    assert_reads("Tomorrow", "2026-11-22");
    assert_reads("tom", "2026-11-22");
    assert_reads("sun", "2026-11-22");
    assert_reads("monday", "2026-11-23");
    assert_reads("TUES", "2026-11-24");
    assert_reads("wed", "2026-11-25");
    assert_reads("thu", "2026-11-26");
    assert_reads("fri", "2026-11-27");
    assert_reads("saturday", "2026-11-28");
}

static void offsets_count_days_weeks_and_months(void **state)
{
    (void)state;
    assert_reads("+0d", "2026-11-21");
    assert_reads("+3d", "2026-11-24");
    assert_reads("+ 3 D", "2026-11-24");
    assert_reads("+10d", "2026-12-01");
    assert_reads("+2w", "2026-12-05");
    assert_reads("+1m", "2026-12-21");
    assert_reads("+14m", "2028-01-21");
    struct date date = {0};
    assert_true(date_parse_words("+1m", (struct date){2026, 1, 31}, &date));
    assert_date(date, 2026, 2, 28);
    assert_true(date_parse_words("+1m", (struct date){2027, 12, 31}, &date));
    assert_date(date, 2028, 1, 31);
}

static void anything_else_is_no_day(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",           " ",
        "soon",       "4",
        "dec",        "de 4",
        "4 de",       "decembers 4",
        "31 nov",     "32.1.",
        "1.13.",      "0.1.",
        "29.2.2027",  "4.12.326",
        "4.12.7",     "004 dec",
        "4.012.",     "4 dec x",
        "dec 4,",     "dec 4 2027 x",
        "todays",     "today x",
        "fr",         "fridays",
        "+",          "+3",
        "+d",         "+3x",
        "+3dd",       "-3d",
        "+9999999d",  "+999999m",
        "+999999w",   "4/12",
        "26-12-04",   "1 2 3",
        "4..12",      "99999999999999999999 dec",
        "4.12.99999", "4 déc",
        "\xFF",       "12.4.\n",
        "dec{ 4",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct date date = {1, 2, 3};
        if (date_parse_words(wrong[i], today, &date))
            fail_msg("\"%s\" is read as a day", wrong[i]);
        assert_date(date, 1, 2, 3);
    }
}

/* Random words out of the alphabet of all forms: what is read is always a day. */
static void whatever_is_typed_gives_a_day_or_none(void **state)
{
    (void)state;
    static const char *const pieces[] = {"1", "29", "2",   ".", " ", "feb",  "dec", "+", "d",
                                         "m", "w",  "fri", ",", "-", "2028", "0",   "x", "9999"};
    uint32_t random = 12345;
    for (int round = 0; round < 20000; round++) {
        char text[64] = "";
        for (int piece = 0; piece < 6; piece++) {
            random = random * 1664525 + 1013904223;
            strncat(text, pieces[(random >> 16) % (sizeof pieces / sizeof pieces[0])], 8);
            struct date date = {0};
            if (date_parse_words(text, today, &date))
                assert_true(date_is_valid(date));
        }
    }
}

static void days_are_written_long_and_short(void **state)
{
    (void)state;
    char iso[DATE_ISO_SIZE];
    date_format_iso((struct date){2026, 12, 4}, iso);
    assert_string_equal(iso, "2026-12-04");
    date_format_iso((struct date){0}, iso);
    assert_string_equal(iso, "");
    char text[16];
    date_format_short((struct date){2026, 11, 28}, today, text, sizeof text);
    assert_string_equal(text, "28 Nov");
    date_format_short((struct date){2027, 5, 4}, today, text, sizeof text);
    assert_string_equal(text, "4 May 2027");
    date_format_short((struct date){0}, today, text, sizeof text);
    assert_string_equal(text, "");
    date_format_short((struct date){2027, 5, 4}, today, text, 4);
    assert_string_equal(text, "4 M");
    date_format_short((struct date){2027, 5, 4}, today, text, 8);
    assert_string_equal(text, "4 May 2");
}

static void the_calendar_counts_every_day(void **state)
{
    (void)state;
    const struct date first = {1, 1, 1};
    struct date date = first;
    int days = 0;
    for (struct date next; (next = date_add_days(date, 1)).year != 0; date = next) {
        days++;
        if (!date_is_valid(next) || date_compare(date, next) >= 0 ||
            date_days_between(first, next) != days)
            fail_msg("wrong after %d-%d-%d", date.year, date.month, date.day);
    }
    assert_date(date, 9999, 12, 31);
    assert_int_equal(days, 3652058);
}

static void days_are_added_and_counted_both_ways(void **state)
{
    (void)state;
    assert_date(date_add_days(today, 0), 2026, 11, 21);
    assert_date(date_add_days(today, -21), 2026, 10, 31);
    assert_date(date_add_days((struct date){2028, 2, 28}, 1), 2028, 2, 29);
    assert_date(date_add_days((struct date){2100, 2, 28}, 1), 2100, 3, 1);
    assert_int_equal(date_days_between(today, (struct date){2026, 12, 4}), 13);
    assert_int_equal(date_days_between((struct date){2026, 12, 4}, today), -13);
    assert_int_equal(date_days_between((struct date){1970, 1, 1}, (struct date){2038, 1, 19}),
                     24855);
    assert_int_equal(date_add_days(today, INT_MAX).year, 0);
    assert_int_equal(date_add_days(today, INT_MIN).year, 0);
}

static void no_date_comes_last(void **state)
{
    (void)state;
    const struct date none = {0};
    assert_true(date_compare(today, none) < 0);
    assert_true(date_compare(none, today) > 0);
    assert_true(date_compare(none, none) == 0);
    assert_true(date_compare(today, today) == 0);
    assert_true(date_compare(today, (struct date){2027, 1, 1}) < 0);
    assert_true(date_compare(today, (struct date){2026, 10, 30}) > 0);
    assert_true(date_compare(today, (struct date){2026, 11, 22}) < 0);
}

static void assert_local(const char *zone, int64_t time_ms, const char *wanted)
{
    char text[24] = "";
    setenv("TZ", zone, 1);
    tzset();
    time_format_local(time_ms, text, sizeof text);
    assert_string_equal(text, wanted);
    char day[DATE_ISO_SIZE];
    date_format_iso(date_of_time(time_ms), day);
    assert_int_equal(strncmp(day, wanted, strlen(day)), 0);
    assert_int_equal(strlen(day) == 0, strlen(wanted) == 0);
}

static void times_are_told_in_the_zone(void **state)
{
    (void)state;
    assert_local("UTC0", 0, "1970-01-01 00:00");
    assert_local("UTC0", -1, "1969-12-31 23:59");
    assert_local("UTC0", -1000, "1969-12-31 23:59");
    assert_local("UTC0", 2147483648000, "2038-01-19 03:14");
    assert_local("UTC0", 253402300799999, "9999-12-31 23:59");
    assert_local("UTC0", 253402300800000, "");
    assert_local("UTC0", INT64_MAX, "");
    assert_local("UTC0", INT64_MIN, "");
    assert_local("CET-1CEST,M3.5.0,M10.5.0/3", 1795287840000, "2026-11-21 20:04");
    assert_local("CET-1CEST,M3.5.0,M10.5.0/3", 1784678640000, "2026-07-22 02:04");
    assert_local("EST5", 1795237200000, "2026-11-21 00:00");
    assert_local("EST5", 1795237199999, "2026-11-20 23:59");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_clock_is_an_argument),
        cmocka_unit_test(the_systems_clock_tells_milliseconds),
        cmocka_unit_test(iso_is_read_exactly),
        cmocka_unit_test(days_are_read_as_people_type_them),
        cmocka_unit_test(only_days_of_the_calendar_are_valid),
        cmocka_unit_test(a_day_without_a_year_is_the_next_such_day),
        cmocka_unit_test(words_and_weekdays_are_seen_from_today),
        cmocka_unit_test(offsets_count_days_weeks_and_months),
        cmocka_unit_test(anything_else_is_no_day),
        cmocka_unit_test(whatever_is_typed_gives_a_day_or_none),
        cmocka_unit_test(days_are_written_long_and_short),
        cmocka_unit_test(the_calendar_counts_every_day),
        cmocka_unit_test(days_are_added_and_counted_both_ways),
        cmocka_unit_test(no_date_comes_last),
        cmocka_unit_test(times_are_told_in_the_zone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
