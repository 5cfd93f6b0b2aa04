/* Room mode: one moment for the back row, still to be edited, walking the timeline or only the
 * chosen. A presenter's clicker sends PgDn, PgUp, and '.', ',' or 'b', which do nothing here. */
#include "touchline/large.h"
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

struct room {
    struct mode mode;
    bool chosen; /* walk the chosen only */
};

/* --- walking ---------------------------------------------------------------------------------- */

static void walk(struct tui *tui, struct room *room, int by)
{
    struct error error;
    int64_t to = 0;
    struct filter filter = tui->session.filter; /* its words are borrowed */
    filter.chosen = filter.chosen || room->chosen;
    if (store_step(tui->store, tui->session.selected, by, &filter, &to, &error) != STATUS_OK)
        tui_error(tui, &error);
    else if (to == tui->session.selected || !to)
        tui_say(tui, room->chosen ? "This is the %s of the chosen." : "This is the %s moment.",
                by > 0 ? "last" : "first");
    else
        tui_select(tui, to, false);
}

static void go_on(struct tui *tui, struct room *room)
{
    walk(tui, room, +1);
}

static void go_back(struct tui *tui, struct room *room)
{
    walk(tui, room, -1);
}

static void turn_chosen(struct tui *tui, struct room *room)
{
    if (!room->chosen && tui->meter.chosen == 0) {
        tui_say(tui, "Nothing is chosen yet: x chooses this moment.");
        return;
    }
    room->chosen = !room->chosen;
    tui_say(tui, room->chosen ? "Only the chosen now: Space goes to the next of them."
                              : "All moments again.");
    if (room->chosen && !tui_selected(tui)->chosen)
        walk(tui, room, +1);
}

static void leave(struct tui *tui, struct room *room)
{
    (void)room;
    tui_pop(tui);
}

static void nothing(struct tui *tui, struct room *room)
{
    (void)tui;
    (void)room;
}

/* --- keys ------------------------------------------------------------------------------------- */

static const struct {
    const char *key;
    void (*act)(struct tui *tui, struct room *room);
} keys[] = {
    {"Space", go_on},  {"PgDn", go_on}, {"Right", go_on},     {"l", go_on},   {"Left", go_back},
    {"PgUp", go_back}, {"h", go_back},  {"Tab", turn_chosen}, {"Esc", leave}, {"C-c", leave},
    {"q", leave},      {"P", leave},    {".", nothing},       {",", nothing}, {"b", nothing},
};

/* Keys that mean what they mean on the board. */
static const char board_keys[] =
    " i t r R c o e Enter E u U C-r w W T B : ? F1 n N ( ) g G Home End"
    " # / x d z ; C-l C-s C-z y ";

static bool take_own_key(struct tui *tui, struct room *room, struct key pressed)
{
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        struct key key;
        if (key_parse(keys[i].key, &key) && key_equal(key, pressed)) {
            keys[i].act(tui, room);
            return true;
        }
    }
    return false;
}

/* 1 2 3 0 rate in every step here: that is what the moment is on the wall for. */
static bool take_digit(struct tui *tui, struct key key)
{
    static const char *const words[] = {"unrated", "miserable", "neutral", "magical"};
    const char *values[ARGUMENTS_MAX] = {NULL};
    if (key.code != K_CHAR || key.modifiers || key.point < '0' || key.point > '3')
        return false;
    values[1] = words[key.point - '0'];
    tui_run_named(tui, "rate", values);
    return true;
}

static bool take_board_key(struct tui *tui, struct key key)
{
    char wanted[KEY_TEXT_SIZE + 2] = " ";
    key_format(key, wanted + 1, KEY_TEXT_SIZE);
    size_t length = strlen(wanted);
    memcpy(wanted + length, " ", 2);
    const struct command *command =
        length > 1 && strstr(board_keys, wanted) != NULL ? command_for_key(key) : NULL;
    if (command)
        tui_run_command(tui, command, NULL);
    return command != NULL;
}

static void room_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct room *room = (struct room *)mode;
    struct key key = event->key;
    if (key.code == K_FOCUS_IN || key.code == K_FOCUS_OUT)
        return;
    tui_refresh(tui);
    tui_say(tui, "%s", "");
    if (!tui_selected(tui))
        leave(tui, room); /* another has taken away the last moment */
    else if (!take_own_key(tui, room, key) && !take_digit(tui, key) && !take_board_key(tui, key))
        tui_say(tui, "That is for the board: Esc goes there.");
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void room_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    static const struct key_item all[] = {
        {"1 2 3", "Rate", 1}, {"Space", "Next", 0}, {"Left", "Back", 3},
        {"x", "Choose", 2},   {"i", "Idea", 4},     {"Tab", "All or chosen", 5},
        {"w", "Why", 7},      {"T", "Timer", 6},    {"Esc", "Board", 0},
        {":", "Find", 0},     {"?", "Help", 0}};
    (void)tui;
    (void)mode;
    scene->keys = all;
    scene->key_count = sizeof all / sizeof *all;
}

static void room_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct scene scene;
    (void)mode;
    scene_of_all(tui, &scene);
    if (tui_selected(tui))
        view_room(frame, &scene);
    else
        view_board(frame, &scene);
}

static const struct mode_type room_type = {
    .scene = room_scene, .draw = room_draw, .event = room_event};

bool room_is_on_top(const struct tui *tui)
{
    return tui->modes && tui->modes->type == &room_type;
}

void room_open(struct tui *tui)
{
    if (room_is_on_top(tui))
        return;
    if (!tui_selected(tui)) {
        tui_warn(tui, "There is no moment yet: a adds one.");
        return;
    }
    struct room *room = memory_new(1, sizeof *room);
    room->mode.type = &room_type;
    tui_push(tui, &room->mode);
}
