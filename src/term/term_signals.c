#include "term_signals.h"
#include <errno.h>
#include <signal.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

/* Signals know no argument, so what they touch is the process's own. */
static struct {
    volatile sig_atomic_t resized, stop, continued, end;
} seen;

static struct {
    volatile sig_atomic_t prepared;
    int output;
    struct termios modes;
    char bytes[RESCUE_MAX];
    size_t length;
} rescue;

static const int asking[] = {SIGWINCH, SIGTSTP, SIGCONT, SIGTERM, SIGHUP, SIGINT};
static const int faults[] = {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT, SIGSYS, SIGTRAP, SIGQUIT};

enum { ASKING = sizeof asking / sizeof asking[0], FAULTS = sizeof faults / sizeof faults[0] };

/* How things were before signals_take(). */
static struct {
    struct sigaction asking[ASKING], faults[FAULTS];
    sigset_t mask;
} before;

/* --- handlers --------------------------------------------------------------------------------- */

static void note(int number)
{
    if (number == SIGWINCH)
        seen.resized = 1;
    else if (number == SIGTSTP)
        seen.stop = 1;
    else if (number == SIGCONT)
        seen.continued = 1;
    else
        seen.end = 1;
}

/* The fault's own action (a core, a sanitizer's report) follows. On return a fault of the program's
 * happens again where it was; one that was sent has to be sent again. */
static void fall(int number, siginfo_t *info, void *context)
{
    (void)context;
    rescue_now();
    for (size_t i = 0; i < FAULTS; i++)
        if (faults[i] == number)
            sigaction(number, &before.faults[i], NULL);
    if (info->si_code <= 0)
        raise(number);
}

/* What was ignored (nohup) stays so. */
static void handle(int number, struct sigaction action, const struct sigaction *old)
{
    sigemptyset(&action.sa_mask);
    if (old->sa_handler != SIG_IGN)
        sigaction(number, &action, NULL);
}

static sigset_t asking_set(void)
{
    sigset_t set;
    sigemptyset(&set);
    for (size_t i = 0; i < ASKING; i++)
        sigaddset(&set, asking[i]);
    return set;
}

void signals_take_again(void)
{
    sigset_t set = asking_set();
    sigprocmask(SIG_BLOCK, &set, NULL);
    for (size_t i = 0; i < ASKING; i++)
        handle(asking[i], (struct sigaction){.sa_handler = note}, &before.asking[i]);
    for (size_t i = 0; i < FAULTS; i++)
        handle(faults[i], (struct sigaction){.sa_sigaction = fall, .sa_flags = SA_SIGINFO},
               &before.faults[i]);
    seen.stop = seen.continued = 0;
}

void signals_take(void)
{
    sigprocmask(SIG_SETMASK, NULL, &before.mask);
    for (size_t i = 0; i < ASKING; i++)
        sigaction(asking[i], NULL, &before.asking[i]);
    for (size_t i = 0; i < FAULTS; i++)
        sigaction(faults[i], NULL, &before.faults[i]);
    seen.resized = seen.end = 0;
    signals_take_again();
}

void signals_give_back(void)
{
    for (size_t i = 0; i < FAULTS; i++)
        sigaction(faults[i], &before.faults[i], NULL);
    for (size_t i = 0; i < ASKING; i++)
        sigaction(asking[i], &before.asking[i], NULL);
    sigprocmask(SIG_SETMASK, &before.mask, NULL);
}

/* --- asking ----------------------------------------------------------------------------------- */

static sigset_t open_mask(void)
{
    sigset_t open = before.mask;
    for (size_t i = 0; i < ASKING; i++)
        sigdelset(&open, asking[i]);
    return open;
}

int signals_wait(struct pollfd *descriptors, nfds_t count, int64_t timeout_ms)
{
    sigset_t open = open_mask();
    struct timespec timeout = {.tv_sec = (time_t)(timeout_ms / 1000),
                               .tv_nsec = (long)(timeout_ms % 1000) * 1000000};
    return ppoll(descriptors, count, timeout_ms < 0 ? NULL : &timeout, &open);
}

ssize_t signals_write(int descriptor, const void *bytes, size_t length)
{
    sigset_t open = open_mask(), blocked;
    sigprocmask(SIG_SETMASK, &open, &blocked);
    ssize_t count = write(descriptor, bytes, length);
    int problem = errno;
    sigprocmask(SIG_SETMASK, &blocked, NULL);
    errno = problem;
    return count;
}

bool signals_end_seen(void)
{
    return seen.end != 0;
}

struct signalled signals_seen(void)
{
    struct signalled now = {.resized = seen.resized != 0,
                            .stop = seen.stop != 0,
                            .continued = seen.continued != 0,
                            .end = seen.end != 0};
    seen.resized = seen.stop = seen.continued = 0;
    return now;
}

/* --- stopping, lending ------------------------------------------------------------------------ */

/* Unblocked as well: Linux keeps a blocked signal even when it is ignored. */
static void let_be(int number, void (*action)(int))
{
    sigset_t set;
    sigemptyset(&set);
    sigaddset(&set, number);
    (void)signal(number, action);
    sigprocmask(SIG_UNBLOCK, &set, NULL);
}

void signals_lend(void)
{
    let_be(SIGTSTP, SIG_DFL);
    let_be(SIGCONT, SIG_DFL);
    let_be(SIGINT, SIG_IGN);
    let_be(SIGQUIT, SIG_IGN);
}

/* The group and not only this process: a shell takes the terminal back when all of a job stands. */
void signals_stop(void)
{
    (void)kill(0, SIGTSTP);
}

void signals_for_child(posix_spawnattr_t *attributes)
{
    sigset_t defaults = asking_set();
    for (size_t i = 0; i < FAULTS; i++)
        sigaddset(&defaults, faults[i]);
    sigaddset(&defaults, SIGPIPE);
    sigaddset(&defaults, SIGXFSZ);
    posix_spawnattr_setsigdefault(attributes, &defaults);
    posix_spawnattr_setsigmask(attributes, &before.mask);
    posix_spawnattr_setflags(attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
}

/* --- rescue ----------------------------------------------------------------------------------- */

void rescue_prepare(int output, const struct termios *modes, const char *bytes, size_t length)
{
    rescue.prepared = 0;
    rescue.output = output;
    rescue.modes = *modes;
    rescue.length = length <= RESCUE_MAX ? length : 0;
    memcpy(rescue.bytes, bytes, rescue.length);
    rescue.prepared = 1;
}

void rescue_forget(void)
{
    rescue.prepared = 0;
}

/* A line that takes nothing is not waited for long. */
static bool takes_more(int output)
{
    enum { STALLED_MS = 500 };
    struct pollfd polled = {.fd = output, .events = POLLOUT};
    return poll(&polled, 1, STALLED_MS) == 1;
}

void rescue_now(void)
{
    if (!rescue.prepared)
        return;
    rescue.prepared = 0;
    size_t sent = 0;
    while (sent < rescue.length && takes_more(rescue.output)) {
        ssize_t count = write(rescue.output, rescue.bytes + sent, rescue.length - sent);
        if (count <= 0)
            break;
        sent += (size_t)count;
    }
    tcsetattr(rescue.output, TCSANOW, &rescue.modes);
}
