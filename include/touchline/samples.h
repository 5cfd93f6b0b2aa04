/* room: base
 *
 * The sample boards of data/samples, built into the program: a table that .make/samples writes.
 * Each is the text of a CSV file, to be read by the same reader as any other, and what a CSV has no
 * column for.
 */
#ifndef TOUCHLINE_SAMPLES_H
#define TOUCHLINE_SAMPLES_H

#include <stddef.h>

struct sample {
    const char *name;           /* as in `touchline new --sample NAME`: the file's, without .csv */
    const unsigned char *bytes; /* UTF-8 CSV text; a zero byte follows the last one */
    size_t length;              /* bytes, without that zero */
    const char *board;          /* the lines KEY=VALUE of NAME.board (title, why ...), or "" */
};

/* Sorted by name; a row of zeros follows the last sample. */
extern const struct sample samples[];
extern const size_t sample_count;

#endif
