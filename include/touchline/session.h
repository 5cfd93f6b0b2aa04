/* room: model
 *
 * What the screen remembers and the board does not: where one stands and how one looks at it.
 */
#ifndef TOUCHLINE_SESSION_H
#define TOUCHLINE_SESSION_H

#include "touchline/buffer.h"
#include "touchline/guide.h"
#include <stdbool.h>
#include <stdint.h>

enum zoom { ZOOM_OVERVIEW, ZOOM_CARDS, ZOOM_ONE, ZOOMS };

/* Which moments are shown. Zeroed: all of them. */
struct filter {
    char *words;     /* in the title or any other text, folded by the store; NULL: any */
    int64_t channel; /* id; 0: any; FIELD_ABSENT: those without one */
    int64_t rating;  /* enum rating + 1; 0: any */
    bool chosen;     /* only the chosen */
    bool cheap;      /* only with an idea that is free or low (R19) */
};
bool filter_is_on(const struct filter *filter);
void filter_release(struct filter *filter);

/* "phone miserable chosen cheap soup": each word a channel (letter, name, alias, or a start of
 * three letters or more), a rating, `chosen`, `cheap`, `unrated`, `none` (no channel), or a word to
 * look for. Takes the place of what the filter was. And back, for the message line. */
void filter_parse(struct filter *filter, const char *text, const struct channels *channels);
void filter_format(const struct filter *filter, const struct channels *channels,
                   struct buffer *out);

enum pane { PANE_CARDS, PANE_IDEAS, PANE_ACTIONS };

struct session {
    int64_t selected; /* id of a moment, 0: none */
    enum step step;
    enum zoom zoom;
    enum pane pane;
    int line; /* the framed line of the pane, from 0 */
    struct filter filter;
    char *search;           /* words searched for, NULL: none */
    int64_t not_undone;     /* the edit that undo could not take back, and has said so; 0: none */
    const char *waited_for; /* by the call that goes on; NULL: another writer; borrowed */
};
void session_release(struct session *session);

#endif
