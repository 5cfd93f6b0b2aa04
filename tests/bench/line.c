#include "line.h"
#include "process.h"
#include <errno.h>
#include <poll.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif
#include <fcntl.h>
#include <signal.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

/* Quiet for so long is the end of a frame; what takes longer than the deadline is no figure. */
#define QUIET    0.025
#define DEADLINE 30.0

/* --- starting --------------------------------------------------------------------------------- */

/* Says when it began, which it is not by then: only the exec is left. */
static _Noreturn void become(const char *const argv[], int tell)
{
    double time = now();
    if (write(tell, &time, sizeof time) == (ssize_t)sizeof time)
        execvp(argv[0], (char *const *)argv);
    _exit(127);
}

static enum status begin(struct line *line, const char *const argv[], struct error *error)
{
    int told[2];
    struct winsize size = {.ws_row = LINE_ROWS, .ws_col = LINE_COLUMNS};
    if (pipe(told) != 0)
        return error_set(error, STATUS_FAILED, "no pipe: %s", strerror(errno));
    (void)fcntl(told[1], F_SETFD, FD_CLOEXEC);
    line->pid = forkpty(&line->master, NULL, NULL, &size);
    if (line->pid == 0)
        become(argv, told[1]);
    (void)close(told[1]);
    bool began = line->pid > 0 && read(told[0], &line->asked, sizeof line->asked) > 0;
    (void)close(told[0]);
    if (!began)
        return error_set(error, STATUS_FAILED, "no terminal for %s", argv[0]);
    (void)fcntl(line->master, F_SETFL, O_NONBLOCK);
    return STATUS_OK;
}

/* --- the line --------------------------------------------------------------------------------- */

/* The end of the question, byte by byte: it may come in two pieces. */
static void answer(struct line *line, const char *bytes, size_t count)
{
    static const char question[] = "\033[c";
    static const char words[] = "\033]11;rgb:0000/0000/0000\033\\\033[?64;1;2;6;22c";
    for (size_t i = 0; i < count; i++) {
        line->asking = bytes[i] == question[line->asking] ? line->asking + 1 : bytes[i] == '\033';
        if (line->asking < sizeof question - 1)
            continue;
        line->asking = 0;
        if (write(line->master, words, sizeof words - 1) < 0)
            line->ended = true;
    }
}

/* True when something came within so many seconds. */
static bool receive(struct line *line, double seconds)
{
    char bytes[65536];
    struct pollfd polled = {.fd = line->master, .events = POLLIN};
    if (line->ended || poll(&polled, 1, (int)(seconds * 1000 + 1)) <= 0)
        return false;
    ssize_t count = read(line->master, bytes, sizeof bytes);
    if (count <= 0) {
        line->ended = count == 0 || (errno != EAGAIN && errno != EINTR);
        return false;
    }
    line->last = now();
    line->bytes += (size_t)count;
    answer(line, bytes, (size_t)count);
    return true;
}

static enum status settle(struct line *line, struct error *error)
{
    double since = now(), used = process_cpu(line->pid), give_up = since + DEADLINE;
    while (!line->ended) {
        bool came = receive(line, QUIET);
        double time = now();
        if (time > give_up)
            return error_set(error, STATUS_FAILED, "not at rest after %g s", DEADLINE);
        if (!came && time - since < QUIET)
            continue;
        double cpu = process_cpu(line->pid);
        if (!came && cpu - used < QUIET / 20 && process_is_waiting(line->pid))
            return STATUS_OK;
        since = time;
        used = cpu;
    }
    return error_set(error, STATUS_FAILED, "the program has ended");
}

enum status line_start(struct line *line, const char *const argv[], struct error *error)
{
    *line = (struct line){.master = -1};
    enum status status = begin(line, argv, error);
    if (status == STATUS_OK)
        status = settle(line, error);
    if (status == STATUS_OK && line->bytes == 0)
        status = error_set(error, STATUS_FAILED, "%s shows nothing", argv[0]);
    if (status != STATUS_OK)
        line_end(line);
    return status;
}

enum status line_keys(struct line *line, const char *keys, struct error *error)
{
    size_t length = strlen(keys);
    line->bytes = 0;
    line->asked = line->last = now();
    if (write(line->master, keys, length) != (ssize_t)length)
        return error_set(error, STATUS_FAILED, "the line takes no keys");
    return settle(line, error);
}

void line_listen(struct line *line, double seconds)
{
    double end = now() + seconds;
    line->bytes = 0;
    while (!line->ended && now() < end)
        (void)receive(line, end - now());
}

double line_latency(const struct line *line)
{
    return line->last - line->asked;
}

void line_end(struct line *line)
{
    if (line->pid > 0) {
        (void)kill(line->pid, SIGKILL);
        (void)waitpid(line->pid, NULL, 0);
        (void)close(line->master);
    }
    *line = (struct line){.master = -1};
}
