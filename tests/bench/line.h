/* A program at the other end of a line: what it sends is counted and timed, not drawn, so that the
 * measuring itself costs next to nothing. It answers the one question that a terminal is asked
 * (ground and kind) as xterm on a dark ground does.
 */
#ifndef TOUCHLINE_BENCH_LINE_H
#define TOUCHLINE_BENCH_LINE_H

#include "touchline/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <sys/types.h>

enum { LINE_ROWS = 24, LINE_COLUMNS = 80 };

struct line {
    pid_t pid;
    int master;
    double asked; /* when the program began, or when the last keys went out */
    double last;  /* when its last byte came */
    size_t bytes; /* since `asked` */
    bool ended;
    unsigned asking; /* how much of the question has come */
};

/* Starts argv[] on a terminal of 24 x 80 and waits until its first frame stands. */
enum status line_start(struct line *line, const char *const argv[], struct error *error) MUST_USE;

/* Sends keys as bytes, all at once, and waits until all that comes of them has come: nothing is
 * sent any more, the program uses no processor and sleeps. */
enum status line_keys(struct line *line, const char *keys, struct error *error) MUST_USE;

/* Listens for so long. */
void line_listen(struct line *line, double seconds);

/* Seconds from `asked` to `last`; 0 when nothing came. */
double line_latency(const struct line *line);

/* Ends the program, which gets no chance to remember anything. A zeroed line is allowed. */
void line_end(struct line *line);

#endif
