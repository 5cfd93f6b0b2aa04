/* room: exchange
 *
 * What readers and writers of all formats share. A format takes or gives rows (touchline/rows.h)
 * and works on a FILE that its caller has opened and will close; it asks nobody anything.
 */
#ifndef TOUCHLINE_EXCHANGE_H
#define TOUCHLINE_EXCHANGE_H

#include <stdbool.h>
#include <stdint.h>

/* Told now and then how far a long import or export has come. Zeroed: nobody wants to know. */
struct progress {
    /* `rows` moments and `bytes` of the file so far. False stops the work with STATUS_STOPPED. */
    bool (*tell)(void *data, int64_t rows, int64_t bytes);
    void *data;
};

/* `tell` is called each time so many rows are done; how often that shows is the caller's choice. */
#define PROGRESS_ROWS 1000

#endif
