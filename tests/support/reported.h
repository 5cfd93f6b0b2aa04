/* A small board in memory as reports take it: rows, and what the store would say of them. */
#ifndef TOUCHLINE_TESTS_REPORTED_H
#define TOUCHLINE_TESTS_REPORTED_H

#include "row_list.h"
#include "touchline/report.h"

struct reported {
    struct report report;
    struct board board;
    struct meter meter;
    struct people people;
    struct plan plan;
    struct waves waves;
    struct row_list rows;
    struct row_source source;
    struct person person;
    struct planned planned;
    struct wave wave;
};

/* Nothing but a title: on 30 November 2026, with the channels of a new board. */
void reported_init(struct reported *it, const char *title);

/* A moment at the end of the line; channel 0: none. Its texts are the list's. */
struct row *reported_add(struct reported *it, const char *phase, const char *title, int64_t channel,
                         int64_t rating);

/* Four moments of Wally's taxi in two phases with all that a report can tell, and a parked one. */
void reported_taxi(struct reported *it);

/* What a format makes of it; it must succeed. */
typedef enum status reported_writer(const struct report *report, FILE *file,
                                    const struct row_source *source, struct error *error);
struct buffer reported_write(struct reported *it, reported_writer *write);

void reported_release(struct reported *it);

#endif
