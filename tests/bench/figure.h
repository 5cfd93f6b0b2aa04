/* A row of the table of speed: numbers measured round by round, and how they are told. */
#ifndef TOUCHLINE_BENCH_FIGURE_H
#define TOUCHLINE_BENCH_FIGURE_H

#include "touchline/status.h"
#include <stddef.h>

/* What was measured in each round, in the order of the rounds. */
struct series {
    double *at;
    size_t count;
};
void series_add(struct series *series, double value);
void series_release(struct series *series);

/* The value below which a share (0 to 1) of them lies; 0 when there are none. */
double series_quantile(const struct series *series, double share);
double series_median(const struct series *series);

struct figure {
    struct series value;      /* what the goal speaks of: a ratio, or ours alone */
    struct series ours, peer; /* what the ratio comes from, in `unit` */
    const char *unit;
};
void figure_release(struct figure *figure);

/* A round in which both were measured side by side; a round of ours alone. */
void figure_pair(struct figure *figure, double ours, double peer);
void figure_alone(struct figure *figure, double ours);

/* A goal of the project: reached when the median is no more than that. */
struct goal {
    const char *row;  /* "7" */
    const char *what; /* half a line */
    double must, aim;
};
void figure_print_head(void);
void figure_print(const struct goal *goal, const struct figure *figure);
void figure_print_why_not(const struct goal *goal, const char *why);

#endif
