/* What stands side by side on the line: the moments in sight and, while one is being written or
 * carried, the ghost card among them. */
#include "draw.h"
#include "touchline/memory.h"

/* How many slots there would be if all had room. */
static int all_slots(struct view *view, struct slot *slots)
{
    const struct window *window = view->window;
    const struct ghost *ghost = &view->scene->ghost;
    bool ghostly = ghost->kind != GHOST_NONE;
    size_t at = ghost->at < window->count ? ghost->at : window->count;
    int count = 0;
    for (size_t i = 0; i <= window->count; i++) {
        if (ghostly && i == at)
            slots[count++] = (struct slot){.index = i};
        if (i == window->count)
            break;
        const struct moment *moment = &window->moments[i];
        if (ghost->kind != GHOST_CARRY || moment->id != ghost->lifted)
            slots[count++] = (struct slot){.moment = moment, .index = i};
    }
    return count;
}

/* The slot that must be seen. */
static int slot_of_focus(const struct view *view, const struct slot *slots, int count)
{
    int focus = 0;
    bool ghostly = view->scene->ghost.kind != GHOST_NONE;
    for (int i = 0; i < count; i++) {
        if (slots[i].moment == NULL || (!ghostly && slots[i].index == view->window->selected))
            focus = i;
    }
    return focus;
}

/* Leaves out what does not fit, with one neighbour to the right of the focus where there is one. */
static int first_slot(int count, int room, int focus)
{
    if (count <= room)
        return 0;
    int last = focus + 1 < count ? focus + 1 : focus;
    if (room == 1)
        last = focus;
    return last >= room ? last - room + 1 : 0;
}

static int64_t moments_in(const struct slot *slots, int from, int to)
{
    int64_t count = 0;
    for (int i = from; i < to; i++)
        count += slots[i].moment != NULL;
    return count;
}

void view_slots(struct view *view)
{
    const struct window *window = view->window;
    view->slots = memory_new(window->count + 1, sizeof *view->slots);
    int count = all_slots(view, view->slots);
    int room = view->layout.cards_across;
    int first = first_slot(count, room, slot_of_focus(view, view->slots, count));
    int last = count - first > room ? first + room : count;
    view->left = window->before + moments_in(view->slots, 0, first);
    view->right = window->total - window->before - (int64_t)window->count +
                  moments_in(view->slots, last, count);
    view->slot_count = last - first;
    for (int i = 0; i < view->slot_count; i++) {
        view->slots[i] = view->slots[first + i];
        view->slots[i].column = view->layout.cards.column + i * (view->layout.card_columns + 1);
    }
}
