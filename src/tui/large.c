/* The why (R14) and the timer (R27) over the whole screen; any key returns. */
#include "touchline/large.h"
#include "touchline/memory.h"
#include "tui.h"

static const struct key_item keys[] = {{"Esc", "Back", 0}};

static void open_mode(struct tui *tui, const struct mode_type *type)
{
    struct mode *mode = memory_new(1, sizeof *mode);
    mode->type = type;
    tui_push(tui, mode);
}

static bool is_key(const struct event *event)
{
    return event->key.code != K_FOCUS_IN && event->key.code != K_FOCUS_OUT;
}

/* --- why -------------------------------------------------------------------------------------- */

static void why_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct scene scene;
    (void)mode;
    scene_of_board(tui, &scene);
    scene.keys = keys;
    scene.key_count = sizeof keys / sizeof *keys;
    view_large_why(frame, &scene);
}

static void why_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    (void)mode;
    if (is_key(event))
        tui_pop(tui);
}

void why_open(struct tui *tui)
{
    static const struct mode_type why_type = {.draw = why_draw, .event = why_event};
    if (tui->board.why)
        open_mode(tui, &why_type);
    else
        tui_say(tui, "There is no why yet: B writes it on the board's sheet.");
}

/* --- clock ------------------------------------------------------------------------------------ */

static void clock_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    static const struct key_item clock_keys[] = {{"T", "Stop, go on", 1}, {"Esc", "Back", 0}};
    struct scene scene;
    (void)mode;
    scene_of_board(tui, &scene);
    scene.keys = clock_keys;
    scene.key_count = sizeof clock_keys / sizeof *clock_keys;
    view_clock(frame, &scene);
}

static void clock_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    (void)mode;
    if (event->key.code == K_CHAR && event->key.modifiers == 0 && event->key.point == 'T')
        timing_toggle(tui);
    else if (is_key(event))
        tui_pop(tui);
}

void clock_open(struct tui *tui)
{
    static const struct mode_type clock_type = {.draw = clock_draw, .event = clock_event};
    if (!timer_is_shown(&tui->timing.timer))
        timing_toggle(tui);
    open_mode(tui, &clock_type);
}
