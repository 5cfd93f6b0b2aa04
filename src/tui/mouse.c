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
        screen_set_step(tui, hit->index);
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
    default:
        break;
    }
}

/* A click on the key line is that key, whatever mode is on top. */
static bool press_key(const struct scene *scene, const struct view_hit *hit, struct event *key)
{
    return hit->what == VIEW_KEY && hit->index < (int)scene->key_count &&
           key_parse(scene->keys[hit->index].key, &key->key);
}

static void act_on_board(struct tui *tui, const struct view_hit *hit, enum mouse_act act)
{
    if (act == MOUSE_PRESS)
        press(tui, hit);
    else if (act == MOUSE_DOUBLE && hit->what == VIEW_CARD)
        sheet_open(tui, hit->id);
    else if (act == MOUSE_WHEEL_UP || act == MOUSE_WHEEL_DOWN)
        screen_function_named(act == MOUSE_WHEEL_UP ? "previous-moment" : "next-moment")(tui);
    else if (act == MOUSE_DRAG && tui->pressed && !store_look_only(tui->store))
        carry_drag(tui, tui->pressed, hit);
}

bool mouse_event(struct tui *tui, const struct event *event, struct event *key)
{
    struct scene scene;
    const struct mouse *mouse = &event->mouse;
    if (!tui->mouse || !tui->store)
        return false;
    tui_refresh(tui);
    scene_of_all(tui, &scene);
    struct view_hit hit =
        view_board_hit(&scene, tui->frame.rows, tui->frame.columns, mouse->row, mouse->column);
    if (mouse->act == MOUSE_PRESS && press_key(&scene, &hit, key))
        return true;
    if (carry_is_dragged(tui) && mouse->act == MOUSE_DRAG)
        carry_drag(tui, tui->pressed, &hit);
    else if (carry_is_dragged(tui) && mouse->act == MOUSE_RELEASE)
        carry_let_go(tui);
    else if (!tui->modes->below)
        act_on_board(tui, &hit, mouse->act);
    return false;
}
