/* The headings above the cards: each a tab with a rule over its stretch. */
#include "draw.h"

enum { TAB_EDGES = 2, TAB_LEAST = 4 };

/* Whether heading `i` stands before (left of or at) slot `slot`. Of several at the place of the
 * ghost card, those up to the ghost's own phase do. */
static bool heading_is_before(const struct view *view, size_t i, const struct slot *slot)
{
    const struct window_phase *phases = view->window->phases;
    if (phases[i].at != slot->index || slot->moment != NULL)
        return phases[i].at <= slot->index;
    for (size_t later = i; later < view->window->phase_count; later++) {
        if (phases[later].at == slot->index && phases[later].id == view->scene->ghost.phase)
            return true;
    }
    return false;
}

/* The slot that the heading stands above; slot_count when it comes after all of them. */
static int heading_slot(const struct view *view, size_t i)
{
    int slot = 0;
    while (slot < view->slot_count && !heading_is_before(view, i, &view->slots[slot]))
        slot++;
    return slot;
}

/* Where slot `slot` begins, or would begin. */
static int slot_column(const struct view *view, int slot)
{
    return view->layout.cards.column + slot * (view->layout.card_columns + 1);
}

static int tab_columns(const struct view *view, const struct window_phase *phase)
{
    return frame_columns(view->frame, phase->title) + TAB_EDGES;
}

/* Draws a tab of at most `columns`; returns what it took. */
static int draw_tab(struct view *view, int column, int columns, size_t i)
{
    const struct window_phase *phase = &view->window->phases[i];
    int row = view->layout.phases;
    int taken = tab_columns(view, phase);
    if (taken > columns)
        taken = columns;
    if (taken < TAB_LEAST)
        return 0;
    struct rect rect = {row, column, 1, taken};
    frame_fill(view->frame, rect, ' ', style_of(ROLE_PHASE));
    frame_text(view->frame, row, column + 1, taken - TAB_EDGES, phase->title, style_of(ROLE_PHASE));
    view_spot(view, rect, VIEW_PHASE, phase->id, (int)i);
    return taken;
}

/* Headings first..last-1 stand above the same slot: all but the last are empty phases, and give it
 * what room they can. */
static void draw_headings(struct view *view, size_t first, size_t last, int column, int end)
{
    for (size_t i = first; i < last; i++) {
        int room = (end - column) / (int)(last - i);
        column += draw_tab(view, column, i + 1 < last ? room - 1 : end - column, i);
        if (i + 1 < last)
            column++;
    }
    frame_rule(view->frame, view->layout.phases, column, end - column);
}

/* Empty phases at the end of the line: after the last card, or if there is no room, over the end
 * of the rule. */
static void draw_trailing(struct view *view, size_t first)
{
    int end = view->layout.cards.column + view->layout.cards.columns;
    int column = slot_column(view, view->slot_count);
    int wanted = 0;
    for (size_t i = first; i < view->window->phase_count; i++)
        wanted += tab_columns(view, &view->window->phases[i]) + 1;
    if (column + wanted > end)
        column = end - wanted > end / 2 ? end - wanted : end / 2;
    for (size_t i = first; i < view->window->phase_count; i++) {
        int room = (end - column) / (int)(view->window->phase_count - i);
        column += draw_tab(view, column, room, i) + 1;
    }
}

/* "◂" when a phase or moments go on to the left, "+6▸" for those to the right. */
static void draw_hints(struct view *view)
{
    int row = view->layout.phases, columns = view->layout.columns;
    if (view->left > 0) {
        frame_put(view->frame, row, 0, 0x25c2, style_of(ROLE_STRONG));
        view_spot(view, (struct rect){row, 0, 1, 2}, VIEW_LEFT, 0, 0);
    }
    if (view->right <= 0)
        return;
    struct buffer hint = {0};
    buffer_add_format(&hint, "+%lld▸", (long long)view->right);
    int begin = frame_text_right(view->frame, row, columns, columns, buffer_text(&hint),
                                 style_of(ROLE_STRONG));
    view_spot(view, (struct rect){row, begin, 1, columns - begin}, VIEW_RIGHT, 0, 0);
    buffer_release(&hint);
}

void view_phases(struct view *view)
{
    const struct window *window = view->window;
    size_t i = 0;
    while (i < window->phase_count) {
        int slot = heading_slot(view, i);
        size_t next = i + 1;
        while (next < window->phase_count && heading_slot(view, next) == slot)
            next++;
        if (slot == view->slot_count) {
            draw_trailing(view, i);
            break;
        }
        int until = next < window->phase_count ? heading_slot(view, next) : view->slot_count;
        int end = slot_column(view, until) - 1;
        if (until == view->slot_count && view->right > 0 && window->continues)
            end++; /* it goes on beyond the edge */
        draw_headings(view, i, next, slot_column(view, slot), end);
        i = next;
    }
    draw_hints(view);
}
