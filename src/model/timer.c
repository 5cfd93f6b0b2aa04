#include "touchline/timer.h"

enum { SECOND = 1000, MINUTE = 60 * SECOND };

static int64_t time_of(enum step step)
{
    return (int64_t)step_row(step)->minutes * MINUTE;
}

void timer_set_step(struct timer *timer, enum step step, int64_t now_ms)
{
    bool running = timer->running;
    *timer = (struct timer){0};
    if (running)
        timer_start(timer, step, now_ms);
}

void timer_start(struct timer *timer, enum step step, int64_t now_ms)
{
    if (!timer_is_shown(timer))
        timer->left_ms = time_of(step);
    timer->running = true;
    timer->seen_ms = now_ms;
}

void timer_stop(struct timer *timer, int64_t now_ms)
{
    (void)timer_tick(timer, now_ms);
    timer->running = false;
}

/* Zeroed there is none: one that stands at its very end has rung. */
bool timer_is_shown(const struct timer *timer)
{
    return timer->running || timer->left_ms != 0 || timer->rung;
}

bool timer_tick(struct timer *timer, int64_t now_ms)
{
    if (!timer->running)
        return false;
    if (now_ms > timer->seen_ms)
        timer->left_ms -= now_ms - timer->seen_ms;
    timer->seen_ms = now_ms;
    bool rings = timer->left_ms <= 0 && !timer->rung;
    timer->rung = timer->rung || rings;
    return rings;
}

bool timer_is_over(const struct timer *timer)
{
    return timer->rung;
}

/* A second is shown from its beginning: 04:32 while 4 min 31 s and a bit are left. */
void timer_format(const struct timer *timer, struct buffer *out)
{
    int64_t over = -timer->left_ms / SECOND;
    int64_t seconds = timer->left_ms > 0 ? (timer->left_ms + SECOND - 1) / SECOND : over;
    if (!timer_is_shown(timer))
        return;
    buffer_add_format(out, "%s%02lld:%02lld", timer->left_ms <= -SECOND ? "+" : "",
                      (long long)(seconds / 60), (long long)(seconds % 60));
}

int timer_wait_ms(const struct timer *timer)
{
    if (!timer->running)
        return -1;
    if (timer->left_ms > 0)
        return (int)((timer->left_ms - 1) % SECOND) + 1;
    return (int)(SECOND - -timer->left_ms % SECOND);
}
