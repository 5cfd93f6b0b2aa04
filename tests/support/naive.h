/* The board as a plain list, read past the store, and the answers that the store must give worked
 * out from it in the simplest way. */
#ifndef TOUCHLINE_TESTS_NAIVE_H
#define TOUCHLINE_TESTS_NAIVE_H

#include "touchline/query.h"

struct naive_item {
    int64_t id, kind, state, channel, rating, chosen, dots, seconds, target;
    char *texts; /* title and note */
    char *title;
    int64_t cheap; /* how many ideas that are free or low */
    int64_t ideas, actions, overdue;
    int64_t cost;   /* of misery */
    int64_t number; /* on the line or the parking lot */
    int64_t phase;  /* that it stands in */
};

struct naive {
    struct naive_item *items; /* of all states and kinds, in their order */
    size_t count;
    int64_t total, parked, phases;
};

void naive_read(struct naive *naive, const char *path, const char *today);
void naive_release(struct naive *naive);

/* The item of that id, or NULL. */
const struct naive_item *naive_find(const struct naive *naive, int64_t id);

/* Whether a live moment passes the filter. */
bool naive_is_hit(const struct naive_item *item, const struct filter *filter);

/* Fails the test when the store answers otherwise: the window around `selected`; the strip; and
 * numbers, neighbours, steps and what is next as seen from `id`. */
void naive_assert_window(const struct naive *naive, struct store *store, int64_t selected,
                         int before, int after, const struct filter *filter);
void naive_assert_strip(const struct naive *naive, struct store *store,
                        const struct filter *filter);
void naive_assert_steps(const struct naive *naive, struct store *store, int64_t id,
                        const struct filter *filter);
void naive_assert_sums(const struct naive *naive, struct store *store);

#endif
