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

/* The machine's own clock. Order never depends on it (trust.md, fault 20). */
struct clock clock_system(void);
int64_t clock_now(const struct clock *clock);

struct date {
    int year, month, day; /* 2026, 1..12, 1..31; year 0: no date */
};

/* "2026-12-04" exactly. */
bool date_parse_iso(const char *text, struct date *date);

/* What people type for a due date, seen from `today`: "2026-12-04", "4 dec", "dec 4", "4.12.",
 * "today", "tomorrow", "fri" (the next one, never today), "+3d", "+2w", "+1m". Case does not
 * matter. */
bool date_parse_words(const char *text, struct date today, struct date *date);

#define DATE_ISO_SIZE 16
void date_format_iso(struct date date, char out[DATE_ISO_SIZE]); /* "2026-12-04" */
void date_format_short(struct date date, struct date today, char *out, size_t size);
/* "28 Nov", with the year when it is not today's: "28 Nov 2027" */

/* The local day at a time, and the local wall time "19:04" of it. */
struct date date_of_time(int64_t time_ms);
void time_format_local(int64_t time_ms, char *out, size_t size); /* "2026-11-21 19:04" */

/* Days from `from` to `to` (negative when `to` is earlier); the day `days` after. */
int date_days_between(struct date from, struct date to);
struct date date_add_days(struct date date, int days);
int date_compare(struct date a, struct date b); /* <0, 0, >0; no date comes last */

#endif
