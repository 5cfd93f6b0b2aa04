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

static void lot_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    static const struct key_item keys[] = {
        {"Enter", "Bring back", 0},
        {"d",     "Delete",     1},
        {"u",     "Undo",       2},
        {"Esc",   "Board",      0}
    };
    struct lot *lot = (struct lot *)mode;
    size_t count = tui->parked.count;
    lot->lines = memory_resize(lot->lines, count + 1, sizeof *lot->lines);
    lot->names = memory_resize(lot->names, count + 1, sizeof *lot->names);
    for (size_t i = 0; i < count; i++) {
        snprintf(lot->names[i], sizeof lot->names[i], "z%u", (unsigned)i + 1);
        lot->lines[i] = (struct list_line){.left = lot->names[i], .words = tui->parked.at[i].title};
    }
    if (count == 0)
        lot->lines[count++] = (struct list_line){.words = "Nothing is parked. z on the board parks "
                                                          "a moment.",
                                                 .heading = true};
    if (lot->selected >= count)
        lot->selected = count - 1;
    struct list_screen list = {.title = "Parking lot",
                               .hint = "for later, not forgotten",
                               .lines = lot->lines,
                               .count = count,
                               .selected = lot->selected,
                               .message = tui->message.length ? buffer_text(&tui->message) : NULL,
                               .warning = tui->warning,
                               .keys = keys,
                               .key_count = sizeof keys / sizeof *keys};
    view_list(frame, &list);
}

static void run_on(struct tui *tui, struct lot *lot, const char *command)
{
    char id[32];
    int64_t ignored;
    if (lot->selected >= tui->parked.count)
        return;
    snprintf(id, sizeof id, "id:%lld", (long long)tui->parked.at[lot->selected].id);
    const struct named values[] = {
        {"N",  id  },
        {NULL, NULL}
    };
    (void)tui_call_named(tui, command, values, &ignored);
}

static void lot_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct lot *lot = (struct lot *)mode;
    struct key key = event->key;
    bool plain = key.code == K_CHAR && key.modifiers == 0;
    tui_refresh(tui);
    if (key.code == K_ESC || (plain && (key.point == 'q' || key.point == 'Z')))
        tui_pop(tui);
    else if (key.code == K_ENTER)
        run_on(tui, lot, "unpark");
    else if (plain && key.point == 'd')
        run_on(tui, lot, "remove");
    else if (plain && key.point == 'u')
        tui_run_named(tui, "undo", NULL);
    else if ((key.code == K_UP || (plain && key.point == 'k')) && lot->selected > 0)
        lot->selected--;
    else if ((key.code == K_DOWN || (plain && key.point == 'j')) &&
             lot->selected + 1 < tui->parked.count)
        lot->selected++;
}

static void lot_release(struct mode *mode)
{
    struct lot *lot = (struct lot *)mode;
    memory_free(lot->lines);
    memory_free(lot->names);
}

static const struct mode_type lot_type = {
    .draw = lot_draw, .event = lot_event, .release = lot_release};

void parked_open(struct tui *tui)
{
    struct lot *lot = memory_new(1, sizeof *lot);
    lot->mode.type = &lot_type;
    tui_push(tui, &lot->mode);
}
