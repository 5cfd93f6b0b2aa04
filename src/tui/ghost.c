/* Where a card that is not there yet would stand. */
#include "tui.h"

static const struct window_phase *phase_of(const struct window *window, int64_t id)
{
    for (size_t i = 0; i < window->phase_count; i++)
        if (window->phases[i].id == id)
            return &window->phases[i];
    return NULL;
}

/* The ghost's place among the cards in sight, and the phase that it falls into. */
void ghost_place(const struct tui *tui, int64_t after, struct ghost *ghost)
{
    const struct window *window = &tui->window;
    const struct window_phase *phase = phase_of(window, after);
    ghost->at = after == PLACE_START ? 0 : window->count;
    ghost->phase = window->phase_count ? window->phases[window->phase_count - 1].id : 0;
    if (after == PLACE_START)
        ghost->phase = 0;
    if (phase) {
        ghost->at = phase->at;
        ghost->phase = phase->id;
    }
    for (size_t i = 0; i < window->count; i++)
        if (window->moments[i].id == after) {
            ghost->at = i + 1;
            ghost->phase = window->moments[i].phase;
        }
}
