/* The ideas, actions and ledger entries of a moment as text: one a line, its parts between bars.
 * The notation is told in touchline/csv_board.h. */
#ifndef EXCHANGE_ENTRIES_H
#define EXCHANGE_ENTRIES_H

#include "touchline/record.h"

/* More in one text are refused: a bound to memory, far beyond any workshop. */
#define ENTRIES_MAX 10000

/* Records in an array; of which kind, the caller knows. */
struct entry_list {
    void *at;
    size_t count;
};

/* Appends `count` records from `at`. `record` is RECORD_IDEA, RECORD_ACTION or RECORD_ENTRY. */
void entries_format(enum record record, const void *at, size_t count, struct buffer *out);

/* Reads them back into *list, which is zeroed before and the caller's after, on error too. The
 * error begins with the entry: "entry 2: ". */
enum status entries_parse(enum record record, const char *text, struct entry_list *list,
                          struct error *error) MUST_USE;

#endif
