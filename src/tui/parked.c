/* The parking lot: what was set aside, brought back with Enter. */
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "tui.h"
#include <stdio.h>

struct lot {
    struct mode mode;
    size_t selected;
    struct list_line *lines;
    char (*names)[16];
};

static void fill(struct tui *tui, struct lot *lot)
{
    size_t count = tui->parked.count;
    lot->lines = memory_resize(lot->lines, count + 1, sizeof *lot->lines);
    lot->names = memory_resize(lot->names, count + 1, sizeof *lot->names);
    for (size_t i = 0; i < count; i++) {
        snprintf(lot->names[i], sizeof lot->names[i], "z%u", (unsigned)i + 1);
        lot->lines[i] = (struct list_line){.left = lot->names[i], .words = tui->parked.at[i].title};
    }
    if (count == 0)
        lot->lines[0] = (struct list_line){
            .words = "Nothing is parked. z on the board parks a moment.", .heading = true};
    if (lot->selected > 0 && lot->selected >= count)
        lot->selected = count ? count - 1 : 0;
}

static struct list_screen screen_of(struct tui *tui, struct lot *lot)
{
    static const struct key_item keys[] = {{"Enter", "Bring back", 0},
                                           {"e", "Open", 2},
                                           {"d", "Delete", 1},
                                           {"u", "Undo", 2},
                                           {"Esc", "Board", 0}};
    fill(tui, lot);
    return (struct list_screen){.title = "Parking lot",
                                .hint = "for later, not forgotten",
                                .lines = lot->lines,
                                .count = tui->parked.count ? tui->parked.count : 1,
                                .selected = lot->selected,
                                .message = tui_message(tui),
                                .warning = tui_message_warns(tui),
                                .keys = keys,
                                .key_count = sizeof keys / sizeof *keys};
}

static void lot_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct list_screen list = screen_of(tui, (struct lot *)mode);
    view_list(frame, &list);
}

static void run_on(struct tui *tui, struct lot *lot, const char *command)
{
    char id[32];
    int64_t select = 0;
    if (lot->selected >= tui->parked.count || !tui_may_write(tui))
        return;
    snprintf(id, sizeof id, "id:%lld", (long long)tui->parked.at[lot->selected].id);
    const struct named values[] = {{"N", id}, {NULL, NULL}};
    if (tui_call_named(tui, command, values, &select) == STATUS_OK)
        tui_follow(tui, select);
}

static void move(struct tui *tui, struct lot *lot, int by)
{
    if (by < 0 && lot->selected > 0)
        lot->selected--;
    else if (by > 0 && lot->selected + 1 < tui->parked.count)
        lot->selected++;
}

static bool is_leaving(struct key key)
{
    bool plain = key.code == K_CHAR && key.modifiers == 0;
    return key.code == K_ESC || (plain && (key.point == 'q' || key.point == 'Z')) ||
           (key.code == K_CHAR && key.modifiers == KEY_CTRL && key.point == 'c');
}

static void lot_letter(struct tui *tui, struct lot *lot, uint32_t letter)
{
    switch (letter) {
    case 'd':
        run_on(tui, lot, "remove");
        break;
    case 'u':
        tui_run_named(tui, "undo", NULL);
        break;
    case 'e':
        if (lot->selected < tui->parked.count)
            sheet_open(tui, tui->parked.at[lot->selected].id);
        break;
    case 'j':
    case 'k':
        move(tui, lot, letter == 'k' ? -1 : +1);
        break;
    default:
        tui_say(tui, "Enter brings it back, d deletes it, Esc goes to the board.");
    }
}

static void lot_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct lot *lot = (struct lot *)mode;
    struct key key = event->key;
    tui_refresh(tui);
    tui_say(tui, "%s", "");
    if (is_leaving(key))
        tui_pop(tui);
    else if (key.code == K_ENTER)
        run_on(tui, lot, "unpark");
    else if (key.code == K_UP || key.code == K_DOWN)
        move(tui, lot, key.code == K_UP ? -1 : +1);
    else if (key.code == K_CHAR && key.modifiers == 0)
        lot_letter(tui, lot, key.point);
}

static void lot_mouse(struct tui *tui, struct mode *mode, const struct mouse *mouse,
                      struct key *key)
{
    struct lot *lot = (struct lot *)mode;
    struct list_screen list = screen_of(tui, lot);
    struct view_hit hit =
        view_list_hit(&list, tui->frame.rows, tui->frame.columns, mouse->row, mouse->column);
    if (mouse->act == MOUSE_WHEEL_UP || mouse->act == MOUSE_WHEEL_DOWN)
        move(tui, lot, mouse->act == MOUSE_WHEEL_UP ? -1 : +1);
    else if (mouse->act == MOUSE_PRESS && !mouse_on_key(list.keys, list.key_count, &hit, key) &&
             hit.what == VIEW_LINE && hit.index >= 0)
        lot->selected = (size_t)hit.index;
}

static void lot_release(struct mode *mode)
{
    struct lot *lot = (struct lot *)mode;
    memory_free(lot->lines);
    memory_free(lot->names);
}

static const struct mode_type lot_type = {
    .draw = lot_draw, .event = lot_event, .mouse = lot_mouse, .release = lot_release};

void parked_open(struct tui *tui)
{
    struct lot *lot = memory_new(1, sizeof *lot);
    lot->mode.type = &lot_type;
    tui_push(tui, &lot->mode);
}
