/* What the rows of the table share: the boards they look at, and how often they look. */
#ifndef TOUCHLINE_BENCH_H
#define TOUCHLINE_BENCH_H

#include "figure.h"
#include "fixture.h"
#include <stdint.h>

enum { FEW = 50 };

struct bench {
    int rounds;
    int64_t many; /* moments of the large board */
    double idle;  /* seconds */
    struct fixture *scratch;
    const char *few_path, *many_path;
};

/* Each measures one row: round by round ours and, beside it, what it is compared with. A status
 * says why it could not be measured. */
typedef enum status measure(const struct bench *bench, struct figure *figure, struct error *error);

measure bench_first_frame; /* screen.c */
measure bench_first_frame_many;
measure bench_memory;
measure bench_step_bytes;
measure bench_queued_bytes;
measure bench_step_cpu;
measure bench_edit_key;
measure bench_move_key;
measure bench_end_key;
measure bench_idle_bytes;
measure bench_idle_sleeps;
measure bench_first_bytes;
measure bench_edit;   /* edit.c */
measure bench_search; /* search.c */
measure bench_export; /* csv.c */
measure bench_export_named;
measure bench_import;

#endif
