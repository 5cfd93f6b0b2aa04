/* The mouse on the board: everything that it does has a key; nothing that it does by accident is
 * lost work. */
#include "tui.h"

static void press_card(struct tui *tui, const struct view_hit *hit)
{
    tui_select(tui, hit->id, false);
    tui->session.pane = PANE_CARDS;
    tui->pressed = hit->id;
}

static void press_line(struct tui *tui, const struct view_hit *hit)
{
    tui->session.pane = hit->what == VIEW_IDEA ? PANE_IDEAS : PANE_ACTIONS;
    tui->session.line = hit->index;
}

static void press_strip(struct tui *tui, const struct view_hit *hit)
{
    struct error error;
    int64_t id = hit->id;
    if (!id && store_at(tui->store, hit->index + 1, &id, &error) != STATUS_OK)
        return;
    tui_select(tui, id, true);
}

/* A heading stands for the first of its moments in sight. */
static void press_phase(struct tui *tui, const struct view_hit *hit)
{
    const struct window *window = &tui->window;
    if (hit->index < 0 || hit->index >= (int)window->phase_count)
        return;
    size_t at = window->phases[hit->index].at;
    if (at < window->count && window->moments[at].phase == hit->id)
        tui_select(tui, window->moments[at].id, false);
}

static void press(struct tui *tui, const struct view_hit *hit)
{
    tui->pressed = 0;
    switch (hit->what) {
    case VIEW_CARD:
        press_card(tui, hit);
        break;
    case VIEW_IDEA:
    case VIEW_ACTION:
        press_line(tui, hit);
        break;
    case VIEW_STRIP:
        press_strip(tui, hit);
        break;
    case VIEW_STEP:
        step_go_to(tui, hit->index);
        break;
    case VIEW_TIMER:
        timing_toggle(tui);
        break;
    case VIEW_LEFT:
        screen_function_named("page-left")(tui);
        break;
    case VIEW_RIGHT:
        screen_function_named("page-right")(tui);
        break;
    case VIEW_PHASE:
        press_phase(tui, hit);
        break;
    case VIEW_WHY:
        screen_function_named("why")(tui);
        break;
    case VIEW_PARKED:
        parked_open(tui);
        break;
    default:
        break;
    }
}

bool mouse_on_key(const struct key_item *keys, size_t count, const struct view_hit *hit,
                  struct key *key)
{
    return hit->what == VIEW_KEY && hit->index >= 0 && hit->index < (int)count &&
           key_parse(keys[hit->index].key, key);
}

static void open_hit(struct tui *tui, const struct view_hit *hit)
{
    if (hit->what == VIEW_CARD || hit->what == VIEW_TITLE || hit->what == VIEW_FIELD)
        sheet_open(tui, hit->what == VIEW_CARD ? hit->id : tui->session.selected);
    else if ((hit->what == VIEW_IDEA || hit->what == VIEW_ACTION) && tui_may_write(tui))
        (void)pane_key(tui, (struct key){.code = K_ENTER});
}

static void act_on_board(struct tui *tui, const struct view_hit *hit, enum mouse_act act)
{
    if (act == MOUSE_PRESS)
        press(tui, hit);
    else if (act == MOUSE_DOUBLE)
        open_hit(tui, hit);
    else if (act == MOUSE_WHEEL_UP || act == MOUSE_WHEEL_DOWN)
        screen_function_named(act == MOUSE_WHEEL_UP ? "previous-moment" : "next-moment")(tui);
    else if (act == MOUSE_DRAG && tui->pressed && !store_look_only(tui->store))
        carry_drag(tui, tui->pressed, hit);
}

void mouse_into_line(struct tui *tui, const struct view_hit *hit)
{
    struct typing *typing = tui->modes->type->typing ? tui->modes->type->typing(tui->modes) : NULL;
    if (typing && !tui->mask.on && hit->what == VIEW_PROMPT && hit->index >= 0 &&
        hit->index <= (int)typing->text.length)
        typing->cursor = (size_t)hit->index;
}

void mouse_event(struct tui *tui, const struct mouse *mouse, struct key *key)
{
    struct scene scene;
    if (!tui->store)
        return;
    scene_of_all(tui, &scene);
    struct view_hit hit =
        view_board_hit(&scene, tui->frame.rows, tui->frame.columns, mouse->row, mouse->column);
    bool pressed = mouse->act == MOUSE_PRESS || mouse->act == MOUSE_DOUBLE;
    if (pressed && mouse_on_key(scene.keys, scene.key_count, &hit, key))
        return;
    if (carry_is_dragged(tui) && mouse->act == MOUSE_DRAG)
        carry_drag(tui, tui->pressed, &hit);
    else if (carry_is_dragged(tui) && mouse->act == MOUSE_RELEASE)
        carry_let_go(tui);
    else if (tui->modes->below && pressed)
        mouse_into_line(tui, &hit);
    else if (!tui->modes->below)
        act_on_board(tui, &hit, mouse->act);
}
