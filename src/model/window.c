#include "touchline/window.h"
#include "touchline/memory.h"

static void release_moments(struct moment *moments, size_t count)
{
    for (size_t i = 0; i < count; i++)
        record_release(RECORD_ITEM, &moments[i]);
    memory_free(moments);
}

void window_release(struct window *window)
{
    release_moments(window->moments, window->count);
    for (size_t i = 0; i < window->phase_count; i++)
        memory_free(window->phases[i].title);
    memory_free(window->phases);
    *window = (struct window){0};
}

void strip_release(struct strip *strip)
{
    memory_free(strip->signs);
    *strip = (struct strip){0};
}

void details_release(struct details *details)
{
    record_release(RECORD_ITEM, &details->moment);
    ideas_release(&details->ideas);
    actions_release(&details->actions);
    entries_release(&details->entries);
    *details = (struct details){0};
}

void moments_release(struct moments *moments)
{
    release_moments(moments->at, moments->count);
    *moments = (struct moments){0};
}
