/* The timer of the step (R27): it informs, rings once at its end, and never locks. It wakes the
 * loop once a second while it runs, and not at all while it does not. */
#include "tui.h"

/* How long the screen stands in reverse at the end. */
#define FLASH_MS 250

static int64_t now(struct tui *tui)
{
    return clock_now(&tui->options->store.clock);
}

static const char *text_of(struct timing *timing)
{
    buffer_clear(&timing->text);
    timer_format(&timing->timer, &timing->text);
    return buffer_text(&timing->text);
}

void timing_toggle(struct tui *tui)
{
    struct timing *timing = &tui->timing;
    if (timing->timer.running) {
        timer_stop(&timing->timer, now(tui));
        tui_say(tui, "The timer stands at %s. T goes on from there, another step begins anew.",
                text_of(timing));
        return;
    }
    timer_start(&timing->timer, tui->session.step, now(tui));
    tui_say(tui, "%s for %s. T stops the timer, :clock shows it large.", text_of(timing),
            step_row(tui->session.step)->name);
}

void timing_bell(struct tui *tui)
{
    tui->timing.silent = !tui->timing.silent;
    tui_say(tui, tui->timing.silent ? "The timer will end without bell and flash."
                                    : "The timer will ring and flash at its end.");
}

void timing_set_step(struct tui *tui)
{
    timer_set_step(&tui->timing.timer, tui->session.step, now(tui));
}

bool timing_runs(const struct tui *tui)
{
    return tui->timing.timer.running;
}

static void ring(struct tui *tui)
{
    tui_warn(tui, "The time for %s is up. Nothing stops: T ends the timer, > goes on.",
             step_row(tui->session.step)->name);
    if (tui->timing.silent)
        return;
    term_beep(tui->term);
    tui->timing.flash = true;
}

int timing_tick(struct tui *tui)
{
    struct timing *timing = &tui->timing;
    timing->flash = false;
    if (timer_tick(&timing->timer, now(tui)))
        ring(tui);
    int wait_ms = timer_wait_ms(&timing->timer);
    return timing->flash && wait_ms > FLASH_MS ? FLASH_MS : wait_ms;
}

void timing_scene(struct tui *tui, struct scene *scene)
{
    if (!timer_is_shown(&tui->timing.timer))
        return;
    scene->timer = text_of(&tui->timing);
    scene->timer_over = timer_is_over(&tui->timing.timer);
}

void timing_flash(struct tui *tui)
{
    struct frame *frame = &tui->frame;
    for (int i = 0; tui->timing.flash && i < frame->rows * frame->columns; i++)
        frame->cells[i].style.flags ^= STYLE_REVERSE;
}
