/* room: command
 *
 * The minutes: what was done to a board, as sentences. In the shell they are `touchline history`,
 * on the screen a list from which one goes back in time.
 */
#ifndef TOUCHLINE_MINUTES_H
#define TOUCHLINE_MINUTES_H

#include "touchline/query.h"

/* "3 Books the cab by phone is now magical (was neutral)", "Taken back: Deleted 4 Cab pulls up":
 * the edit's words and, where it changed one value, what that was before. */
enum status minutes_sentence(struct store *store, const struct channels *channels,
                             const struct history_entry *entry, struct buffer *out,
                             struct error *error) MUST_USE;

/* One change in two parts: "Rating" and "Books the cab by phone: magical (was neutral)", "Added"
 * and "idea: A hot drink". Records are named as they are in `store`. */
struct minute {
    const char *label; /* static */
    char *text;
};
struct minutes {
    struct minute *at;
    size_t count;
    int64_t more; /* changes beyond those */
};

/* The first `most` changes of an edit. */
enum status minutes_read(struct store *store, const struct channels *channels,
                         const struct history_entry *entry, size_t most, struct minutes *minutes,
                         struct error *error) MUST_USE;
void minutes_release(struct minutes *minutes);

#endif
