/* Waiting for what comes first. */
#include "term_screen.h"
#include "term_signals.h"
#include "touchline/memory.h"
#include "touchline/term.h"
#include <assert.h>
#include <errno.h>
#include <time.h>
#include <unistd.h>

enum { WATCHES_MAX = 8, READ_SIZE = 16384 };

int64_t term_now(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* What signals have asked for since the last look. */
static void heed_signals(struct term *term)
{
    struct signalled signalled = signals_seen();
    if (signalled.end)
        term->gone = true;
    if (term->gone)
        return;
    if (signalled.resized && term_measure(term))
        term->resize_due = true;
    if (signalled.stop)
        term_suspend(term);
    else if (signalled.continued)
        term_return(term);
}

/* Reads what has come. The end of input, and any error that trying again does not cure, mean that
 * nobody is there any more. */
static void read_input(struct term *term)
{
    char bytes[READ_SIZE];
    ssize_t count = read(term->input, bytes, sizeof bytes);
    if (count > 0) {
        input_feed(&term->bytes, bytes, (size_t)count);
        term->fed_at = term_now();
    } else if (count == 0 || (errno != EINTR && errno != EAGAIN))
        term->gone = true;
}

static int64_t sooner(int64_t one, int64_t other)
{
    return one < 0 ? other : other < 0 || one < other ? one : other;
}

/* How long to wait, -1 for ever: until `deadline` (-1: none), or until a sequence that has begun is
 * given up. */
static int64_t time_left(const struct term *term, int64_t deadline, int64_t now)
{
    int64_t patience = input_patience(&term->bytes, term->escape_ms);
    if (patience >= 0)
        deadline = sooner(deadline, term->fed_at + patience);
    return deadline < 0 ? -1 : deadline > now ? deadline - now : 0;
}

static void note_patience(struct term *term, int64_t now)
{
    int64_t patience = input_patience(&term->bytes, term->escape_ms);
    term->waited = patience >= 0 && now >= term->fed_at + patience;
}

enum woken { WOKEN_BY_INPUT = 1, WOKEN_BY_WATCH = 2 };

enum { INPUT, LINE, FIRST_WATCH };

static void take_input(struct term *term, short revents)
{
    if (revents & POLLIN)
        read_input(term);
    else if (revents != 0)
        term->gone = true;
}

/* One sleep; what ended it, 0 for the time, a signal, or a line that takes more again. */
static unsigned wait_once(struct term *term, const int *watch, int watches, int64_t timeout_ms)
{
    struct pollfd polled[FIRST_WATCH + WATCHES_MAX] = {
        [INPUT] = {.fd = term->input, .events = POLLIN},
        [LINE] = {.fd = term->held_up ? term->line : -1, .events = POLLOUT},
    };
    unsigned woken = 0;
    for (int i = 0; i < watches; i++)
        polled[FIRST_WATCH + i] = (struct pollfd){.fd = watch[i], .events = POLLIN};
    int ready = signals_wait(polled, FIRST_WATCH + (nfds_t)watches, timeout_ms);
    if (ready < 0 && errno != EINTR)
        term->gone = true;
    if (ready == 0)
        note_patience(term, term_now());
    if (ready <= 0)
        return 0;
    take_input(term, polled[INPUT].revents);
    if (polled[LINE].revents != 0)
        term_send(term);
    if (polled[INPUT].revents != 0)
        woken |= WOKEN_BY_INPUT;
    for (int i = 0; i < watches; i++)
        if (polled[FIRST_WATCH + i].revents != 0)
            woken |= WOKEN_BY_WATCH;
    return woken;
}

enum term_wait term_read(struct term *term, struct event *event, const int *watch, int watches,
                         int timeout_ms)
{
    int64_t deadline = timeout_ms < 0 ? -1 : term_now() + timeout_ms;
    unsigned woken = 0;
    assert(watches >= 0 && watches <= WATCHES_MAX);
    *event = (struct event){0};
    for (bool slept = false;; slept = true) {
        heed_signals(term);
        if (term->gone)
            return TERM_GONE;
        if (term_take_event(term, term_now(), event))
            return TERM_EVENT;
        if (woken & WOKEN_BY_WATCH)
            return TERM_WATCH;
        if (term->frame_due && !term->held_up)
            return TERM_READY;
        int64_t now = term_now();
        if (slept && deadline >= 0 && now >= deadline)
            return TERM_TIMEOUT;
        woken = wait_once(term, watch, watches, time_left(term, deadline, now));
    }
}

bool term_pending(struct term *term)
{
    struct event event;
    do {
        heed_signals(term);
        if (term->gone || term->resize_due || term->ahead.key.code != K_NONE)
            return true;
        if (term_take_event(term, term_now(), &event)) {
            term->ahead = event;
            return true;
        }
    } while (wait_once(term, NULL, 0, 0) & WOKEN_BY_INPUT);
    return term->gone;
}

bool term_gone(struct term *term)
{
    (void)wait_once(term, NULL, 0, 0);
    term->gone |= signals_end_seen();
    return term->gone;
}

void wait_for_answer(struct term *term, int timeout_ms)
{
    struct event event;
    int64_t end = term_now() + timeout_ms, now;
    while (term->answer_due && !term->gone && (now = term_now()) < end) {
        (void)wait_once(term, NULL, 0, end - now);
        while (term_take_event(term, term_now(), &event))
            memory_free(event.paste);
    }
}
