/* Starting and ending; what goes in; waiting. */
#include "instrumented.h"
#include "pty_inside.h"
#include "touchline/key.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <cmocka.h>

enum { DEADLINE_MS = 10000 * INSTRUMENTED, QUIET_MS = 50, STEP_MS = 1 };

/* All that are alive: what a failed test leaves behind, nobody else knows of. */
static struct pty *living;

static int64_t now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/* When a wait is in vain. Under valgrind (see the Makefile) all takes TEST_PATIENCE times as long.
 */
static int64_t deadline_from_now(void)
{
    const char *patience = getenv("TEST_PATIENCE");
    long times = patience ? strtol(patience, NULL, 10) : 1;
    return now_ms() + DEADLINE_MS * (times > 0 ? times : 1);
}

/* --- the line --------------------------------------------------------------------------------- */

static void send_some(struct pty *pty)
{
    while (pty->master >= 0 && pty->sending.length > 0) {
        ssize_t count = write(pty->master, pty->sending.bytes, pty->sending.length);
        if (count < 0 && errno == EINTR)
            continue;
        if (count <= 0)
            return;
        buffer_remove(&pty->sending, 0, (size_t)count);
    }
}

/* How many bytes came. */
static size_t receive_some(struct pty *pty, size_t most)
{
    char bytes[65536];
    ssize_t count = read(pty->master, bytes, most < sizeof bytes ? most : sizeof bytes);
    if (count > 0) {
        buffer_add(&pty->output, bytes, (size_t)count);
        vterm_input_write(pty->vt, bytes, (size_t)count);
    } else if (count == 0 || (errno != EAGAIN && errno != EINTR))
        pty->ended = true;
    return count > 0 ? (size_t)count : 0;
}

/* Passes on what there is, waiting up to `timeout_ms` for some; true when something came. */
static bool pump(struct pty *pty, int timeout_ms)
{
    send_some(pty);
    if (pty->master < 0 || pty->ended) {
        (void)poll(NULL, 0, timeout_ms);
        return false;
    }
    struct pollfd polled = {.fd = pty->master,
                            .events = (short)(POLLIN | (pty->sending.length > 0 ? POLLOUT : 0))};
    if (poll(&polled, 1, timeout_ms) <= 0 || !(polled.revents & (POLLIN | POLLHUP | POLLERR)))
        return false;
    (void)receive_some(pty, SIZE_MAX);
    return true;
}

static void pump_all(struct pty *pty)
{
    while (pump(pty, 0))
        ;
}

/* --- starting and ending ---------------------------------------------------------------------- */

/* In one column, libvterm falls over a wide character (of a frame that was still under way). */
static int vterm_columns(int columns)
{
    return columns > 1 ? columns : 2;
}

static void reply(const char *bytes, size_t length, void *data)
{
    pty_send(data, bytes, length);
}

static struct pty *start(const struct pty_options *options, const char *const argv[],
                         int (*run)(void *data), void *data)
{
    struct pty *pty = memory_new(1, sizeof *pty);
    if (options != NULL)
        pty->options = *options;
    pty->rows = pty->options.rows > 0 ? pty->options.rows : 24;
    pty->columns = pty->options.columns > 0 ? pty->options.columns : 80;
    if (pty->options.home == NULL)
        pty->fixture = fixture_new();
    pty->vt = vterm_new(pty->rows, vterm_columns(pty->columns));
    vterm_set_utf8(pty->vt, 1);
    vterm_output_set_callback(pty->vt, reply, pty);
    pty_look_start(pty);
    pty_process_start(pty, argv, run, data, living);
    pty->next = living;
    living = pty;
    return pty;
}

struct pty *pty_start(const struct pty_options *options, const char *const argv[])
{
    return start(options, argv, NULL, NULL);
}

struct pty *pty_start_function(const struct pty_options *options, int (*run)(void *data),
                               void *data)
{
    return start(options, NULL, run, data);
}

void pty_stop(struct pty *pty)
{
    if (pty == NULL)
        return;
    for (struct pty **link = &living; *link != NULL; link = &(*link)->next)
        if (*link == pty) {
            *link = pty->next;
            break;
        }
    pty_process_end(pty);
    vterm_free(pty->vt);
    fixture_free(pty->fixture);
    buffer_release(&pty->sending);
    buffer_release(&pty->output);
    buffer_release(&pty->text);
    memory_free(pty);
}

int pty_teardown(void **state)
{
    (void)state;
    while (living != NULL)
        pty_stop(living);
    return 0;
}

const char *pty_home(const struct pty *pty)
{
    return pty->options.home != NULL ? pty->options.home : pty->fixture->folder;
}

/* --- the program's sleep ---------------------------------------------------------------------- */

/* A line of /proc/PID/FILE that begins with `name`, without it; false where there is none. */
static bool read_proc(const struct pty *pty, const char *file, const char *name, char *out,
                      size_t size)
{
    struct buffer path = {0};
    bool found = false;
    buffer_add_format(&path, "/proc/%ld/%s", (long)pty->program, file);
    FILE *stream = fopen(buffer_text(&path), "r");
    buffer_release(&path);
    while (stream != NULL && !found && fgets(out, (int)size, stream) != NULL)
        found = strncmp(out, name, strlen(name)) == 0;
    if (stream != NULL)
        (void)fclose(stream);
    if (found)
        memmove(out, out + strlen(name), strlen(out + strlen(name)) + 1);
    return found;
}

/* How often the program has gone to sleep by itself; -1 where that cannot be known. */
static long count_switches(const struct pty *pty)
{
    char line[128];
    if (!read_proc(pty, "status", "voluntary_ctxt_switches:", line, sizeof line))
        return -1;
    return strtol(line, NULL, 10);
}

/* The system call in which the program sleeps. */
struct sleep {
    long call;
    unsigned long arguments[3];
};

/* False when it runs. */
static bool read_sleep(const struct pty *pty, struct sleep *sleep)
{
    char line[256], *at = NULL;
    if (!read_proc(pty, "syscall", "", line, sizeof line) || line[0] < '0' || line[0] > '9')
        return false;
    sleep->call = strtol(line, &at, 10);
    for (int i = 0; i < 3; i++)
        sleep->arguments[i] = strtoul(at, &at, 16);
    return true;
}

static bool sleeps_in_poll(const struct pty *pty, struct sleep *sleep)
{
    return read_sleep(pty, sleep) && sleep->call == SYS_ppoll;
}

/* Reads from the program's memory; false when it is not all there. */
static bool read_memory(const struct pty *pty, unsigned long address, void *out, size_t size)
{
    char name[64];
    (void)snprintf(name, sizeof name, "/proc/%ld/mem", (long)pty->program);
    int memory = open(name, O_RDONLY | O_CLOEXEC);
    if (memory < 0)
        return false;
    bool whole = pread(memory, out, size, (off_t)address) == (ssize_t)size;
    (void)close(memory);
    return whole;
}

/* Whether it waits until the terminal takes more of what it has to say. */
static bool is_stalled(const struct pty *pty)
{
    enum { MOST = 16 };
    struct sleep sleep;
    struct pollfd polled[MOST];
    if (!read_sleep(pty, &sleep))
        return false;
    if (sleep.call == SYS_write)
        return true;
    size_t count = sleep.arguments[1];
    if (sleep.call != SYS_ppoll || count > MOST ||
        !read_memory(pty, sleep.arguments[0], polled, count * sizeof *polled))
        return false;
    for (size_t i = 0; i < count; i++)
        if (polled[i].fd >= 0 && (polled[i].events & POLLOUT))
            return true;
    return false;
}

static bool knows_sleep(const struct pty *pty)
{
    char line[256];
    return read_proc(pty, "syscall", "", line, sizeof line);
}

/* Bytes that were sent and lie unread in the program's terminal. The kernel hands them over a
 * little later than write() returns: poll() makes it do so now. */
static int unread(const struct pty *pty)
{
    char name[128];
    int count = 0;
    if (ptsname_r(pty->master, name, sizeof name) != 0)
        return 0;
    int slave = open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
    if (slave < 0)
        return 0;
    struct pollfd polled = {.fd = slave, .events = POLLIN};
    (void)poll(&polled, 1, 0);
    (void)ioctl(slave, FIONREAD, &count);
    (void)close(slave);
    return count;
}

/* Whether a wait, whose timespec lies at `address` in the program, is soon over: for the rest of an
 * escape sequence, or for another program's lock. */
static bool is_short(const struct pty *pty, unsigned long address)
{
    enum { SHORT_NS = 200000000 };
    struct timespec wait;
    return address != 0 && read_memory(pty, address, &wait, sizeof wait) && wait.tv_sec == 0 &&
           wait.tv_nsec < SHORT_NS;
}

/* It must have gone to sleep since the last bytes were sent: before that they may be under way. */
static bool is_all_read(const struct pty *pty)
{
    return pty->sending.length == 0 && unread(pty) == 0 && count_switches(pty) > pty->switches;
}

static bool is_at_rest(struct pty *pty)
{
    struct sleep sleep;
    return is_all_read(pty) && sleeps_in_poll(pty, &sleep) && !is_short(pty, sleep.arguments[2]);
}

static bool is_settled(struct pty *pty)
{
    return is_at_rest(pty) && !is_stalled(pty) && !pump(pty, 0);
}

bool pty_sleeps_for_ever(struct pty *pty)
{
    struct sleep sleep;
    return !knows_sleep(pty) || (sleeps_in_poll(pty, &sleep) && sleep.arguments[2] == 0);
}

/* --- in --------------------------------------------------------------------------------------- */

void pty_send(struct pty *pty, const char *bytes, size_t length)
{
    pty->switches = count_switches(pty);
    buffer_add(&pty->sending, bytes, length);
    send_some(pty);
}

void pty_text(struct pty *pty, const char *text)
{
    pty_send(pty, text, strlen(text));
}

static VTermKey vterm_key(enum key_code code)
{
    static const VTermKey keys[K_CODES] = {
        [K_ENTER] = VTERM_KEY_ENTER,    [K_TAB] = VTERM_KEY_TAB,
        [K_ESC] = VTERM_KEY_ESCAPE,     [K_BACKSPACE] = VTERM_KEY_BACKSPACE,
        [K_DELETE] = VTERM_KEY_DEL,     [K_INSERT] = VTERM_KEY_INS,
        [K_UP] = VTERM_KEY_UP,          [K_DOWN] = VTERM_KEY_DOWN,
        [K_LEFT] = VTERM_KEY_LEFT,      [K_RIGHT] = VTERM_KEY_RIGHT,
        [K_HOME] = VTERM_KEY_HOME,      [K_END] = VTERM_KEY_END,
        [K_PAGE_UP] = VTERM_KEY_PAGEUP, [K_PAGE_DOWN] = VTERM_KEY_PAGEDOWN,
    };
    if (code >= K_F1 && code <= K_F12)
        return (VTermKey)VTERM_KEY_FUNCTION((int)(code - K_F1) + 1);
    return keys[code];
}

static void send_key(struct pty *pty, const char *spelling)
{
    struct key key;
    if (!key_parse(spelling, &key)) {
        print_error("pty_keys: no key is called '%s'\n", spelling);
        abort();
    }
    VTermModifier modifiers = (key.modifiers & KEY_SHIFT ? VTERM_MOD_SHIFT : 0) |
                              (key.modifiers & KEY_ALT ? VTERM_MOD_ALT : 0) |
                              (key.modifiers & KEY_CTRL ? VTERM_MOD_CTRL : 0);
    if (key.code == K_CHAR)
        vterm_keyboard_unichar(pty->vt, key.point, modifiers);
    else
        vterm_keyboard_key(pty->vt, vterm_key(key.code), modifiers);
}

void pty_keys(struct pty *pty, const char *keys)
{
    char spelling[32];
    for (;;) {
        keys += strspn(keys, " ");
        size_t length = strcspn(keys, " ");
        if (length == 0)
            return;
        (void)snprintf(spelling, sizeof spelling, "%.*s", (int)length, keys);
        send_key(pty, spelling);
        keys += length;
    }
}

void pty_paste(struct pty *pty, const char *text)
{
    vterm_keyboard_start_paste(pty->vt);
    pty_text(pty, text);
    vterm_keyboard_end_paste(pty->vt);
}

void pty_press(struct pty *pty, int row, int column)
{
    vterm_mouse_move(pty->vt, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(pty->vt, 1, true, VTERM_MOD_NONE);
}

void pty_release(struct pty *pty, int row, int column)
{
    vterm_mouse_move(pty->vt, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(pty->vt, 1, false, VTERM_MOD_NONE);
}

void pty_click(struct pty *pty, int row, int column)
{
    pty_press(pty, row, column);
    pty_release(pty, row, column);
}

void pty_drag(struct pty *pty, int row, int column, int to_row, int to_column)
{
    pty_press(pty, row, column);
    pty_release(pty, to_row, to_column);
}

void pty_wheel(struct pty *pty, bool up, int row, int column)
{
    vterm_mouse_move(pty->vt, row, column, VTERM_MOD_NONE);
    vterm_mouse_button(pty->vt, up ? 4 : 5, true, VTERM_MOD_NONE);
}

size_t pty_take(struct pty *pty, size_t most)
{
    send_some(pty);
    return receive_some(pty, most);
}

void pty_resize(struct pty *pty, int rows, int columns)
{
    struct winsize size = {.ws_row = (unsigned short)rows, .ws_col = (unsigned short)columns};
    pump_all(pty);
    pty->rows = rows > 0 ? rows : 1;
    pty->columns = columns > 0 ? columns : 1;
    vterm_set_size(pty->vt, pty->rows, vterm_columns(pty->columns));
    pty->switches = count_switches(pty);
    (void)ioctl(pty->master, TIOCSWINSZ, &size);
}

void pty_signal(struct pty *pty, int number)
{
    pty->switches = count_switches(pty);
    (void)kill(pty->program, number);
}

void pty_hang_up(struct pty *pty)
{
    pump_all(pty);
    (void)close(pty->master);
    pty->master = -1;
}

/* --- waiting ---------------------------------------------------------------------------------- */

static int exit_status(const struct pty *pty)
{
    return WIFEXITED(pty->how_ended) ? WEXITSTATUS(pty->how_ended) : 128 + WTERMSIG(pty->how_ended);
}

static void fail_with_screen(struct pty *pty, const char *what, const char *file, int line)
{
    char why[64] = "the time is over";
    if (pty->ended && pty_process_ended(pty))
        (void)snprintf(why, sizeof why, "the program has ended with %d", exit_status(pty));
    print_error("%s:%d: %s never came: %s\n%s", file, line, what, why, pty_screen(pty));
    _fail(file, line);
}

void pty_wait_until_at(struct pty *pty, const char *what, bool (*met)(struct pty *pty, void *data),
                       void *data, const char *file, int line)
{
    int64_t deadline = deadline_from_now();
    for (;;) {
        pump_all(pty);
        if (met(pty, data))
            return;
        if (pty->ended || now_ms() > deadline)
            fail_with_screen(pty, what, file, line);
        (void)pump(pty, STEP_MS);
    }
}

struct wanted {
    const char *text;
    int row; /* -1: any */
};

static bool is_there(struct pty *pty, void *data)
{
    const struct wanted *wanted = data;
    if (wanted->row < 0)
        return pty_find(pty, wanted->text, NULL, NULL);
    return strstr(pty_row(pty, wanted->row), wanted->text) != NULL;
}

static bool is_not_there(struct pty *pty, void *data)
{
    return !is_there(pty, data);
}

void pty_wait_text_at(struct pty *pty, const char *text, const char *file, int line)
{
    pty_wait_until_at(pty, text, is_there, &(struct wanted){text, -1}, file, line);
}

void pty_wait_row_at(struct pty *pty, int row, const char *text, const char *file, int line)
{
    pty_wait_until_at(pty, text, is_there, &(struct wanted){text, row}, file, line);
}

void pty_wait_gone_at(struct pty *pty, const char *text, const char *file, int line)
{
    pty_wait_until_at(pty, text, is_not_there, &(struct wanted){text, -1}, file, line);
}

static bool is_settled_now(struct pty *pty, void *data)
{
    (void)data;
    return is_settled(pty);
}

void pty_settle_at(struct pty *pty, const char *file, int line)
{
    if (knows_sleep(pty))
        pty_wait_until_at(pty, "quiet", is_settled_now, NULL, file, line);
    else
        while (pump(pty, QUIET_MS))
            ;
}

static bool is_settled_or_ended(struct pty *pty, void *data)
{
    (void)data;
    return pty->ended || pty_process_ended(pty) || is_settled(pty);
}

bool pty_settle_or_end_at(struct pty *pty, const char *file, int line)
{
    if (knows_sleep(pty))
        pty_wait_until_at(pty, "quiet", is_settled_or_ended, NULL, file, line);
    else
        while (pump(pty, QUIET_MS))
            ;
    return !pty->ended && !pty_process_ended(pty);
}

int pty_wait_exit_at(struct pty *pty, const char *file, int line)
{
    int64_t deadline = deadline_from_now();
    while (!pty_process_ended(pty)) {
        if (now_ms() > deadline)
            fail_with_screen(pty, "the program's end", file, line);
        (void)pump(pty, STEP_MS);
    }
    pump_all(pty);
    return exit_status(pty);
}

int pty_wait_exit_unread_at(struct pty *pty, const char *file, int line)
{
    int64_t deadline = deadline_from_now();
    while (!pty_process_ended(pty)) {
        if (now_ms() > deadline)
            fail_with_screen(pty, "the program's end", file, line);
        (void)poll(NULL, 0, STEP_MS);
    }
    return exit_status(pty);
}

/* Until it is met, with nothing read. */
static void wait_unread(struct pty *pty, const char *what, bool (*met)(struct pty *pty),
                        const char *file, int line)
{
    int64_t deadline = deadline_from_now();
    while (knows_sleep(pty) && !met(pty)) {
        if (now_ms() > deadline)
            fail_with_screen(pty, what, file, line);
        send_some(pty);
        (void)poll(NULL, 0, STEP_MS);
    }
}

void pty_wait_taken_at(struct pty *pty, const char *file, int line)
{
    wait_unread(pty, "rest", is_at_rest, file, line);
}

static bool is_held_up(struct pty *pty)
{
    return is_all_read(pty) && is_stalled(pty);
}

void pty_wait_stalled_at(struct pty *pty, const char *file, int line)
{
    wait_unread(pty, "a stalled line", is_held_up, file, line);
}
