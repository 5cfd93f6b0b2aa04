/* How well a word names a channel. Private to the model. */
#ifndef TOUCHLINE_MODEL_CHANNELS_H
#define TOUCHLINE_MODEL_CHANNELS_H

#include "span.h"
#include "touchline/record.h"

/* From the loosest to the surest; a surer one beats any number of looser ones. */
enum match { MATCH_NONE, MATCH_START, MATCH_ALIAS, MATCH_NAME, MATCH_LETTER };

/* The best of several candidates. Zeroed: none so far. */
struct best {
    enum match match;
    const void *found; /* NULL: none, or several as good as each other */
};
void best_offer(struct best *best, enum match match, const void *candidate);

/* The channel that a word names best, among the live ones. */
struct best channels_best(const struct channels *channels, struct span word);

#endif
