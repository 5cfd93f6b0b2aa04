/* Where items go: the commands that move them share this. */
#ifndef COMMAND_PLACE_H
#define COMMAND_PLACE_H

#include "handler.h"

/* The item after which a moment must go to have number `to`, seen from its own `number` (0: it is
 * not on the line yet). STATUS_NOT_FOUND names the numbers there are. */
enum status place_for_number(struct store *store, int64_t number, int64_t to, int64_t *after,
                             struct error *error) MUST_USE;

/* The phase right before an item, if one begins there; 0: none. */
enum status place_heading(struct store *store, int64_t id, int64_t *phase,
                          struct error *error) MUST_USE;

/* Puts the phase of the work and all its moments before (to the left) or behind (to the right) the
 * phase `at` of the list; -1 stands for what comes before the first phase, which stays first. */
enum status place_phase(struct work *work, const struct phases *phases, ptrdiff_t at,
                        struct error *error) MUST_USE;

/* The index of a phase in the list, or -1. */
ptrdiff_t place_index(const struct phases *phases, int64_t id);

#endif
