/* What a report is written on: how a format writes headings, facts and tables. sections.c says what
 * stands there; a format says how, and is one table of these. Texts come as a board has them, and
 * leave only by way of the format's escape function. */
#ifndef EXCHANGE_PAPER_H
#define EXCHANGE_PAPER_H

#include "touchline/buffer.h"
#include "touchline/report.h"

/* A text may be NULL where there is none to be said. */
struct paper {
    /* Level 1 is the report's own. */
    void (*heading)(struct buffer *out, int level, const char *text);

    /* A list of facts: "What we do now: Answered when free". What is said by the way stands behind
     * the text, in brackets. */
    void (*begin_facts)(struct buffer *out);
    void (*fact)(struct buffer *out, const char *label, const char *text, const char *aside);
    void (*end_facts)(struct buffer *out);

    /* A table: as many cells in each row as there are names. */
    void (*begin_table)(struct buffer *out, const char *const *names, size_t count);
    void (*begin_row)(struct buffer *out);
    void (*cell)(struct buffer *out, const char *text, const char *aside);
    void (*end_row)(struct buffer *out);
    void (*end_table)(struct buffer *out);
};

/* Writes the report behind what `held` holds already, and hands it on to the file. */
enum status report_write(const struct report *report, const struct paper *paper, FILE *file,
                         struct buffer *held, const struct row_source *source,
                         struct error *error) MUST_USE;

#endif
