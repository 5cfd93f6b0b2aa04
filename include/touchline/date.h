/* room: base
 *
 * Times and days. A time is milliseconds since 1970 UTC (int64_t); a day is local text
 * "2026-12-04" in files and `struct date` in memory. Which time it is now is an argument: a
 * `struct clock`, so that a test brings its own.
 */
#ifndef TOUCHLINE_DATE_H
#define TOUCHLINE_DATE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct clock {
    int64_t (*now_ms)(void *data); /* wall clock, UTC */
    void *data;
};

/* The machine's own clock. Order never depends on it. */
struct clock clock_system(void);
int64_t clock_now(const struct clock *clock);

struct date {
    int year, month, day; /* 1 to 9999, 1 to 12, 1 to 31; year 0: no date */
};

/* Whether it is a day of the calendar (Gregorian, also before 1582). */
bool date_is_valid(struct date date);

/* "2026-12-04" exactly; false, with *date as it was, for anything else. */
bool date_parse_iso(const char *text, struct date *date);

/* What people type for a due date, seen from `today`; the names are English, three letters of one
 * are enough, case does not matter:
 *
 *     2026-12-04                      the day itself
 *     4 dec, dec 4, 4.12.             the next such day, today included
 *     4 dec 2027, dec 4, 2027, 4.12.2027, 4.12.27
 *     today, tomorrow
 *     fri, friday                     the next one, never today
 *     +3d, +2w, +1m                   days, weeks, months from today (31 Jan +1m: 28 Feb)
 *
 * False, with *date as it was, for anything else and for days after the year 9999. */
bool date_parse_words(const char *text, struct date today, struct date *date);

/* "2026-12-04"; "" for no date. */
#define DATE_ISO_SIZE 16
void date_format_iso(struct date date, char out[DATE_ISO_SIZE]);

/* "28 Nov", with the year when it is not today's: "28 Nov 2027"; "" for no date. Cut to `size`. */
void date_format_short(struct date date, struct date today, char *out, size_t size);

/* The local day at a time (no date outside the years 1 to 9999), and the local time of day with it:
 * "2026-11-21 19:04" (17 bytes with the NUL; "" when there is no date). The zone is TZ's. */
struct date date_of_time(int64_t time_ms);
void time_format_local(int64_t time_ms, char *out, size_t size);

/* Days from `from` to `to`, both valid (negative when `to` is earlier). */
int date_days_between(struct date from, struct date to);

/* The day `days` after a valid one, or before it when negative; no date outside 1 to 9999. */
struct date date_add_days(struct date date, int days);

/* <0, 0, >0 in the order of time; no date comes last. */
int date_compare(struct date a, struct date b);

#endif
