/* A bracketed paste: from its introduction to its end, text and nothing else.
 */
#ifndef TOUCHLINE_TERM_PASTE_H
#define TOUCHLINE_TERM_PASTE_H

#include "term_take.h"
#include "touchline/buffer.h"
#include <stdbool.h>

/* Pasted bytes beyond this are dropped. */
#define PASTE_MAX ((size_t)64 << 20)

struct paste {
    bool begun;
    bool stalled;     /* that its rest does not come was told */
    bool ended_in_cr; /* so far: a LF that follows belongs to it */
    struct buffer text;
};

/* Gathers what has come; the event is filled at the end. */
struct taken take_paste(struct paste *paste, struct span in, struct event *event);

/* A character that was cut off and whose rest never came. */
void paste_replacement(struct paste *paste);

/* Gives out what there is; nothing when it is empty. */
void paste_end(struct paste *paste, struct event *event);

#endif
