#include "figure.h"
#include "touchline/memory.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void series_add(struct series *series, double value)
{
    series->at = memory_resize(series->at, series->count + 1, sizeof *series->at);
    series->at[series->count++] = value;
}

void series_release(struct series *series)
{
    memory_free(series->at);
    *series = (struct series){0};
}

static int compare(const void *left, const void *right)
{
    double a = *(const double *)left, b = *(const double *)right;
    return (a > b) - (a < b);
}

double series_quantile(const struct series *series, double share)
{
    if (series->count == 0)
        return 0;
    double *sorted = memory_new(series->count, sizeof *sorted);
    memcpy(sorted, series->at, series->count * sizeof *sorted);
    qsort(sorted, series->count, sizeof *sorted, compare);
    double place = share * (double)(series->count - 1);
    size_t below = (size_t)place, above = below + 1 < series->count ? below + 1 : below;
    double value = sorted[below] + (place - (double)below) * (sorted[above] - sorted[below]);
    memory_free(sorted);
    return value;
}

double series_median(const struct series *series)
{
    return series_quantile(series, 0.5);
}

void figure_release(struct figure *figure)
{
    series_release(&figure->value);
    series_release(&figure->ours);
    series_release(&figure->peer);
}

void figure_pair(struct figure *figure, double ours, double peer)
{
    series_add(&figure->value, ours / peer);
    series_add(&figure->ours, ours);
    series_add(&figure->peer, peer);
}

void figure_alone(struct figure *figure, double ours)
{
    series_add(&figure->value, ours);
}

/* --- the table -------------------------------------------------------------------------------- */

#define ROW "%3s  %-46s %7s  %-16s %5s %5s  %-6s  %s\n"

/* Three figures that count, no exponents: 0.83, 1.42, 31.0, 571, 53496. */
struct number {
    char text[24];
};

static struct number number(double value)
{
    struct number out;
    int decimals = value >= 99.95 || value == 0 ? 0 : value >= 9.995 ? 1 : 2;
    (void)snprintf(out.text, sizeof out.text, "%.*f", decimals, value);
    return out;
}

/* Goals are written as they are spoken of: 0.25, 1.5, 4, 650. */
static struct number goal_number(double value)
{
    struct number out;
    (void)snprintf(out.text, sizeof out.text, "%g", value);
    return out;
}

static const char *verdict(const struct goal *goal, double median)
{
    return median <= goal->aim ? "aim" : median <= goal->must ? "must" : "missed";
}

void figure_print_head(void)
{
    (void)printf(ROW, "row", "what", "median", "half within", "must", "aim", "now", "medians");
}

void figure_print(const struct goal *goal, const struct figure *figure)
{
    char spread[64], of[64] = "";
    double median = series_median(&figure->value);
    (void)snprintf(spread, sizeof spread, "%s .. %s",
                   number(series_quantile(&figure->value, 0.25)).text,
                   number(series_quantile(&figure->value, 0.75)).text);
    if (figure->peer.count > 0)
        (void)snprintf(of, sizeof of, "%s / %s %s", number(series_median(&figure->ours)).text,
                       number(series_median(&figure->peer)).text, figure->unit);
    else
        (void)snprintf(of, sizeof of, "%s", figure->unit);
    (void)printf(ROW, goal->row, goal->what, number(median).text, spread,
                 goal_number(goal->must).text, goal_number(goal->aim).text, verdict(goal, median),
                 of);
    (void)fflush(stdout);
}

void figure_print_why_not(const struct goal *goal, const char *why)
{
    (void)printf("%3s  %-46s not measured: %s\n", goal->row, goal->what, why);
    (void)fflush(stdout);
}
