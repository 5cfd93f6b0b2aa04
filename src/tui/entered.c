#include "entered.h"
#include "touchline/memory.h"

void entered_add(struct entries_made *made, const struct entered *entered)
{
    made->at = memory_resize(made->at, made->count + 1, sizeof *made->at);
    struct entered *new = &made->at[made->count++];
    *new = *entered;
    new->line = memory_copy(entered->line);
    new->title = memory_copy(entered->title);
}

void entered_forget_last(struct entries_made *made)
{
    struct entered *last = &made->at[--made->count];
    memory_free(last->line);
    memory_free(last->title);
}

void entered_release(struct entries_made *made)
{
    while (made->count > 0)
        entered_forget_last(made);
    memory_free(made->at);
    memory_free(made->added);
}

int64_t entered_last_moment(const struct entries_made *made)
{
    for (size_t i = made->count; i-- > 0;)
        if (made->at[i].kind == CAPTURE_MOMENT)
            return made->at[i].id;
    return 0;
}

static const char *idea_of(const struct entries_made *made, const struct entered *moment)
{
    for (size_t i = made->count; moment->kind == CAPTURE_MOMENT && i-- > 0;)
        if (made->at[i].kind == CAPTURE_IDEA && made->at[i].id == moment->id)
            return made->at[i].title;
    return NULL;
}

void entered_show(struct entries_made *made, struct scene *scene)
{
    enum { MOST = 64 }; /* more than any screen shows */
    size_t count = 0;
    made->added = memory_resize(made->added, MOST, sizeof *made->added);
    for (size_t i = made->count; i-- > 0 && count < MOST;) {
        const struct entered *it = &made->at[i];
        if (it->kind != CAPTURE_IDEA)
            made->added[count++] = (struct added){.number = it->number,
                                                  .parked = it->parked,
                                                  .title = it->title,
                                                  .channel = it->channel,
                                                  .seconds = it->seconds,
                                                  .idea = idea_of(made, it)};
    }
    scene->added = made->added;
    scene->added_count = count;
}
