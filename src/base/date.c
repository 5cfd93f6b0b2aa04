#include "touchline/date.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

enum { LAST_YEAR = 9999, MONTHS = 12, MS_PER_SECOND = 1000 };

static const char *const month_names[MONTHS] = {
    "january", "february", "march",     "april",   "may",      "june",
    "july",    "august",   "september", "october", "november", "december",
};

/* --- clock ------------------------------------------------------------------------------------ */

static int64_t system_now(void *data)
{
    (void)data;
    struct timespec now = {0};
    clock_gettime(CLOCK_REALTIME, &now);
    return (int64_t)now.tv_sec * MS_PER_SECOND + now.tv_nsec / 1000000;
}

struct clock clock_system(void)
{
    return (struct clock){.now_ms = system_now};
}

int64_t clock_now(const struct clock *clock)
{
    return clock->now_ms(clock->data);
}

/* --- calendar --------------------------------------------------------------------------------- */

static int days_in_month(int year, int month)
{
    static const int days[MONTHS] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
    bool leap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0);
    return days[month - 1] + (month == 2 && leap);
}

bool date_is_valid(struct date date)
{
    return date.year >= 1 && date.year <= LAST_YEAR && date.month >= 1 && date.month <= MONTHS &&
           date.day >= 1 && date.day <= days_in_month(date.year, date.month);
}

/* Days since 1 March of the year 0. Counting years from March puts the leap day last, which makes
 * the days before a month one formula (Hinnant, "chrono-Compatible Low-Level Date Algorithms"). */
static int day_number(struct date date)
{
    int year = date.month > 2 ? date.year : date.year - 1;
    int month = (date.month + 9) % 12;
    return 365 * year + year / 4 - year / 100 + year / 400 + (153 * month + 2) / 5 + date.day - 1;
}

static struct date date_of_day_number(int number)
{
    int era = number / 146097; /* 400 years */
    int day = number % 146097;
    int year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    day -= 365 * year + year / 4 - year / 100;
    int month = (5 * day + 2) / 153;
    struct date date = {.year = year + 400 * era, .day = day - (153 * month + 2) / 5 + 1};
    date.month = month < 10 ? month + 3 : month - 9;
    date.year += date.month <= 2;
    return date;
}

int date_days_between(struct date from, struct date to)
{
    assert(date_is_valid(from) && date_is_valid(to));
    return day_number(to) - day_number(from);
}

struct date date_add_days(struct date date, int days)
{
    static const struct date first = {1, 1, 1}, last = {LAST_YEAR, 12, 31};
    assert(date_is_valid(date));
    if (days < date_days_between(date, first) || days > date_days_between(date, last))
        return (struct date){0};
    return date_of_day_number(day_number(date) + days);
}

int date_compare(struct date a, struct date b)
{
    if (a.year == 0 || b.year == 0)
        return (a.year == 0) - (b.year == 0);
    if (a.year != b.year)
        return a.year < b.year ? -1 : 1;
    if (a.month != b.month)
        return a.month < b.month ? -1 : 1;
    return (a.day > b.day) - (a.day < b.day);
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Each read_ call takes its piece and the blanks after it from *at, or leaves *at and says no. */

static void skip_blanks(const char **at)
{
    while (**at == ' ' || **at == '\t')
        ++*at;
}

static bool read_sign(const char **at, char sign)
{
    if (**at != sign)
        return false;
    ++*at;
    skip_blanks(at);
    return true;
}

static bool is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

/* A number of at most `most` digits (and no more than nine, to stay in range). */
static bool read_number(const char **at, int most, int *number)
{
    int value = 0;
    int digits = 0;
    for (; is_digit((*at)[digits]); digits++) {
        if (digits == most)
            return false;
        value = 10 * value + ((*at)[digits] - '0');
    }
    if (digits == 0)
        return false;
    *number = value;
    *at += digits;
    skip_blanks(at);
    return true;
}

/* Not tolower(): nothing here may depend on the locale. */
static char small_letter(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

static bool is_letter(char byte)
{
    return small_letter(byte) >= 'a' && small_letter(byte) <= 'z';
}

/* A word that is one of the names or the first three letters or more of it; its index. */
static bool read_name(const char **at, const char *const *names, int count, int *index)
{
    size_t length = 0;
    while (is_letter((*at)[length]))
        length++;
    for (int i = 0; length >= 3 && i < count; i++) {
        size_t same = 0;
        while (same < length && small_letter((*at)[same]) == names[i][same])
            same++;
        if (same == length) {
            *index = i;
            *at += length;
            skip_blanks(at);
            return true;
        }
    }
    return false;
}

static bool read_year_month_day(const char **at, struct date *date)
{
    return read_number(at, 4, &date->year) && read_sign(at, '-') &&
           read_number(at, 2, &date->month) && read_sign(at, '-') &&
           read_number(at, 2, &date->day) && **at == '\0';
}

bool date_parse_iso(const char *text, struct date *date)
{
    static const char pattern[] = "dddd-dd-dd";
    for (size_t i = 0; i < sizeof pattern - 1; i++)
        if (pattern[i] == 'd' ? !is_digit(text[i]) : text[i] != pattern[i])
            return false;
    struct date read = {0};
    const char *at = text;
    bool whole = read_year_month_day(&at, &read) && at == text + sizeof pattern - 1;
    if (!whole || !date_is_valid(read))
        return false;
    *date = read;
    return true;
}

/* A year at the end, or none: then the next year from today's on in which there is such a day that
 * is not over. Eight years hold a 29 February even about 2100. */
static bool finish_with_year(const char *at, struct date today, struct date *date)
{
    if (*at != '\0') {
        if (!read_number(&at, 4, &date->year) || *at != '\0')
            return false;
        if (date->year >= 10 && date->year < 100)
            date->year += 2000;
        return date->year >= 1000 && date_is_valid(*date);
    }
    for (date->year = today.year; date->year <= today.year + 8; date->year++)
        if (date_is_valid(*date) && date_compare(*date, today) >= 0)
            return true;
    return false;
}

static bool read_month(const char **at, int *month)
{
    int index = 0;
    if (!read_name(at, month_names, MONTHS, &index))
        return false;
    *month = index + 1;
    return true;
}

static bool parse_iso(const char *at, struct date today, struct date *date)
{
    (void)today;
    return read_year_month_day(&at, date) && date->year >= 1000;
}

static bool parse_day_month(const char *at, struct date today, struct date *date)
{
    return read_number(&at, 2, &date->day) && read_month(&at, &date->month) &&
           finish_with_year(at, today, date);
}

static bool parse_month_day(const char *at, struct date today, struct date *date)
{
    if (!read_month(&at, &date->month) || !read_number(&at, 2, &date->day))
        return false;
    if (read_sign(&at, ',') && *at == '\0')
        return false;
    return finish_with_year(at, today, date);
}

static bool parse_dotted(const char *at, struct date today, struct date *date)
{
    if (!read_number(&at, 2, &date->day) || !read_sign(&at, '.') ||
        !read_number(&at, 2, &date->month))
        return false;
    if (!read_sign(&at, '.') && *at != '\0')
        return false;
    return finish_with_year(at, today, date);
}

static bool parse_near(const char *at, struct date today, struct date *date)
{
    static const char *const near[] = {"today", "tomorrow"};
    int index = 0;
    if (!read_name(&at, near, 2, &index) || *at != '\0')
        return false;
    *date = date_add_days(today, index);
    return true;
}

static bool parse_weekday(const char *at, struct date today, struct date *date)
{
    /* From Wednesday, which the day numbered 0 was. */
    static const char *const weekdays[] = {"wednesday", "thursday", "friday", "saturday",
                                           "sunday",    "monday",   "tuesday"};
    int index = 0;
    if (!read_name(&at, weekdays, 7, &index) || *at != '\0')
        return false;
    int ahead = (index - day_number(today) % 7 + 7) % 7;
    *date = date_add_days(today, ahead != 0 ? ahead : 7);
    return true;
}

static struct date add_months(struct date date, int months)
{
    int month = date.month - 1 + months;
    date.year += month / MONTHS;
    date.month = month % MONTHS + 1;
    int days = days_in_month(date.year, date.month);
    if (date.day > days)
        date.day = days;
    return date.year <= LAST_YEAR ? date : (struct date){0};
}

static bool parse_offset(const char *at, struct date today, struct date *date)
{
    int number = 0;
    if (!read_sign(&at, '+') || !read_number(&at, 6, &number))
        return false;
    char unit = small_letter(*at);
    if (unit != 'd' && unit != 'w' && unit != 'm')
        return false;
    at++;
    skip_blanks(&at);
    *date = unit == 'm' ? add_months(today, number)
                        : date_add_days(today, unit == 'w' ? 7 * number : number);
    return *at == '\0';
}

bool date_parse_words(const char *text, struct date today, struct date *date)
{
    static bool (*const forms[])(const char *at, struct date today, struct date *date) = {
        parse_iso,  parse_day_month, parse_month_day, parse_dotted,
        parse_near, parse_weekday,   parse_offset,
    };
    assert(date_is_valid(today));
    skip_blanks(&text);
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++) {
        struct date read = {0};
        if (forms[i](text, today, &read) && date_is_valid(read)) {
            *date = read;
            return true;
        }
    }
    return false;
}

/* --- writing ---------------------------------------------------------------------------------- */

void date_format_iso(struct date date, char out[DATE_ISO_SIZE])
{
    if (date.year == 0)
        out[0] = '\0';
    else
        snprintf(out, DATE_ISO_SIZE, "%04d-%02d-%02d", date.year, date.month, date.day);
}

void date_format_short(struct date date, struct date today, char *out, size_t size)
{
    if (!date_is_valid(date)) {
        snprintf(out, size, "%s", "");
        return;
    }
    const char *name = month_names[date.month - 1];
    int length = snprintf(out, size, "%d %c%.2s", date.day, name[0] - 'a' + 'A', name + 1);
    if (date.year != today.year && (size_t)length < size)
        snprintf(out + length, size - (size_t)length, " %d", date.year);
}

/* The local time at `time_ms`; false outside the years that a date can hold. Rounds down, so that
 * times before 1970 fall on their own second. */
static bool local_time(int64_t time_ms, struct tm *local)
{
    int64_t seconds = time_ms / MS_PER_SECOND - (time_ms % MS_PER_SECOND < 0);
    time_t time = (time_t)seconds;
    if (time != seconds || localtime_r(&time, local) == NULL)
        return false;
    return local->tm_year >= 1 - 1900 && local->tm_year <= LAST_YEAR - 1900;
}

struct date date_of_time(int64_t time_ms)
{
    struct tm local = {0};
    if (!local_time(time_ms, &local))
        return (struct date){0};
    return (struct date){local.tm_year + 1900, local.tm_mon + 1, local.tm_mday};
}

void time_format_local(int64_t time_ms, char *out, size_t size)
{
    struct tm local = {0};
    if (!local_time(time_ms, &local)) {
        snprintf(out, size, "%s", "");
        return;
    }
    snprintf(out, size, "%04d-%02d-%02d %02d:%02d", local.tm_year + 1900, local.tm_mon + 1,
             local.tm_mday, local.tm_hour, local.tm_min);
}
