/* Taking the terminal and giving it back. */
#include "touchline/term.h"
#include "term_screen.h"
#include "term_signals.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <langinfo.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>

#ifdef __APPLE__
extern char **environ; /* elsewhere <unistd.h> has it */
#endif

#define FALLBACK_TYPE "xterm-256color"

enum { ESCAPE_MS = 25, ESCAPE_OVER_SSH_MS = 150, SIDE_MAX = 1000 };

/* How long a line on which nothing moves is waited for before the terminal is given away; when the
 * line has dropped, or somebody asks for the end. */
enum { STALLED_MS = 2000, STALLED_AT_THE_END_MS = 500 };

/* How long to wait at the end for an answer, and when none can be under way any more. */
enum { ANSWER_MS = 100, ANSWER_LATEST_MS = 1000 };

/* xterm and tmux take 100,000 bytes of base64 at most. */
enum { COPY_MAX = 74994 };

/* Pastes in brackets, focus; the left button with drags (1002, and 1000 for those that know no
 * drags), told as numbers (1006). Each undoes what stands above it. */
#define REPORTS_ON  "\033[?2004h\033[?1004h"
#define REPORTS_OFF "\033[?1004l\033[?2004l"
#define MOUSE_ON    "\033[?1000h\033[?1002h\033[?1006h"
#define MOUSE_OFF   "\033[?1006l\033[?1002l\033[?1000l"

/* What is the ground's colour (OSC 11)? Then: what are you (DA1)? Everything answers the second, in
 * turn, so that one knows when no answer to the first will come. */
#define ASK_GROUND "\033]11;?\033\\\033[c"

/* --- modes ------------------------------------------------------------------------------------ */

void term_send(struct term *term)
{
    struct buffer *out = &term->painter.pen.out;
    size_t sent = 0;
    term->held_up = false;
    while (sent < out->length && !term->dead && !term->held_up) {
        ssize_t count = signals_write(term->line, out->bytes + sent, out->length - sent);
        if (count >= 0)
            sent += (size_t)count;
        else if (errno == EAGAIN)
            term->held_up = true;
        else if (errno != EINTR)
            term->dead = term->gone = true;
        if (signals_end_seen())
            term->gone = term->held_up = true;
    }
    buffer_remove(out, 0, term->dead ? out->length : sent);
    term->held_up = out->length > 0;
}

/* Before another gets the terminal: all of it goes out, unless nothing moves on the line. */
static void send_all(struct term *term)
{
    bool moves = true;
    term_send(term);
    while (term->held_up && moves) {
        struct pollfd polled = {.fd = term->line, .events = POLLOUT};
        moves = signals_wait(&polled, 1, term->gone ? STALLED_AT_THE_END_MS : STALLED_MS) != 0;
        term_send(term);
    }
    buffer_clear(&term->painter.pen.out);
    term->held_up = false;
}

/* Bytes one by one, none of them understood on the way: Enter is CR, C-c and C-s are keys, and what
 * goes out is not touched either. */
static void set_raw(const struct term *term)
{
    struct termios raw = term->modes;
    raw.c_iflag &= ~(tcflag_t)(BRKINT | ICRNL | IGNBRK | IGNCR | INLCR | ISTRIP | IXON | PARMRK);
    raw.c_oflag &= ~(tcflag_t)OPOST;
    raw.c_lflag &= ~(tcflag_t)(ECHO | ECHONL | ICANON | IEXTEN | ISIG);
    raw.c_cc[VMIN] = 1;
    raw.c_cc[VTIME] = 0;
    (void)tcsetattr(term->input, TCSANOW, &raw);
}

static void enter(struct term *term)
{
    struct buffer *out = &term->painter.pen.out;
    set_raw(term);
    info_add(out, info_text("smcup"));
    info_add(out, info_text("smkx"));
    if (term->can_report)
        buffer_add_text(out, REPORTS_ON);
    if (term->mouse)
        buffer_add_text(out, MOUSE_ON);
    painter_forget(&term->painter);
}

/* All that enter() and the painter have set, undone. A terminal without a second screen is left
 * empty. */
static void add_leaving(struct buffer *out, bool reports)
{
    const char *back = info_text("rmcup");
    if (reports)
        buffer_add_text(out, MOUSE_OFF REPORTS_OFF);
    info_add(out, info_text("rmkx"));
    info_add(out, info_text("sgr0"));
    info_add(out, info_text("cnorm"));
    info_add(out, back[0] != '\0' ? back : info_text("clear"));
}

static void leave(struct term *term)
{
    buffer_clear(&term->painter.pen.out);
    add_leaving(&term->painter.pen.out, term->can_report);
    term->painter.cursor_hidden = false;
    send_all(term);
    (void)tcsetattr(term->input, TCSANOW, &term->modes);
}

static void prepare_rescue(const struct term *term)
{
    struct buffer bytes = {0};
    add_leaving(&bytes, term->can_report);
    rescue_prepare(term->line, &term->modes, buffer_text(&bytes), bytes.length);
    buffer_release(&bytes);
}

/* --- size ------------------------------------------------------------------------------------- */

static int within(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

static struct winsize ask_size(const struct term *term)
{
    struct winsize size = {.ws_row = 0};
    if (ioctl(term->output, TIOCGWINSZ, &size) != 0)
        size.ws_row = size.ws_col = 0;
    return size;
}

bool term_measure(struct term *term)
{
    struct painter *painter = &term->painter;
    struct winsize size = ask_size(term);
    int rows = within(size.ws_row, 1, SIDE_MAX), columns = within(size.ws_col, 1, SIDE_MAX);
    if (rows == painter->rows && columns == painter->columns)
        return false;
    painter_resize(painter, rows, columns);
    return true;
}

/* Lines that do not know their size (a serial one) say 0 x 0. */
static void measure_first(struct term *term)
{
    struct winsize size = ask_size(term);
    if (size.ws_row == 0 || size.ws_col == 0)
        painter_resize(&term->painter, 24, 80);
    else
        (void)term_measure(term);
}

/* --- opening ---------------------------------------------------------------------------------- */

static bool is_set(const char *variable)
{
    const char *value = getenv(variable);
    return value != NULL && value[0] != '\0';
}

/* The last field of COLORFGBG ("15;0", "0;default;15") is the ground's colour of 16. */
static enum theme_ground ground_by_environment(void)
{
    const char *value = getenv("COLORFGBG");
    const char *last = value != NULL ? strrchr(value, ';') : NULL;
    if (last == NULL || last[1] < '0' || last[1] > '9')
        return GROUND_DARK;
    long colour = strtol(last + 1, NULL, 10);
    return colour == 7 || colour > 8 ? GROUND_LIGHT : GROUND_DARK;
}

/* The Linux console is dark, and older ones print the question. */
static bool can_be_asked(const struct term *term, const char *type)
{
    return term->can_report && term->painter.pen.theme.colours > 0 &&
           (type == NULL || strncmp(type, "linux", 5) != 0);
}

static void choose_ground(struct term *term, const struct term_options *options)
{
    static const enum theme_ground grounds[] = {
        [TERM_THEME_DARK] = GROUND_DARK,
        [TERM_THEME_LIGHT] = GROUND_LIGHT,
        [TERM_THEME_PROJECTOR] = GROUND_PROJECTOR,
    };
    term->painter.pen.theme.ground = grounds[options->theme];
    if (options->theme != TERM_THEME_AUTO)
        return;
    term->painter.pen.theme.ground = ground_by_environment();
    term->theme_asked = can_be_asked(term, options->type);
}

/* Where there are more than 256 they are told by their light, and only the first 8 by number. */
static int colours_of(enum term_colour colour)
{
    int colours = info_number("colors");
    if (colour == TERM_COLOUR_NEVER || (colour == TERM_COLOUR_AUTO && is_set("NO_COLOR")))
        return 0;
    return colours == 256 ? 256 : colours >= 16 && colours < 256 ? 16 : colours >= 8 ? 8 : 0;
}

static void settle_options(struct term *term, const struct term_options *options)
{
    bool over_ssh = is_set("SSH_CONNECTION") || is_set("SSH_TTY");
    info_capabilities(&term->painter.pen.can);
    term->painter.ascii = options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    term->painter.pen.theme.colours = colours_of(options->colour);
    term->can_report = info_text("kmous")[0] != '\0';
    term->mouse = options->mouse && term->can_report;
    term->escape_ms = options->escape_ms > 0 ? options->escape_ms
                      : over_ssh             ? ESCAPE_OVER_SSH_MS
                                             : ESCAPE_MS;
    choose_ground(term, options);
}

/* Looks up the type, or what it most likely understands. */
static bool find_type(struct term *term, const char *type)
{
    bool named = type != NULL && type[0] != '\0';
    if (named && info_open(type, term->output))
        return true;
    (void)snprintf(term->notice, sizeof term->notice, "%s%.60s%s: going on as " FALLBACK_TYPE,
                   named ? "Unknown terminal '" : "TERM is not set", named ? type : "",
                   named ? "'" : "");
    return info_open(FALLBACK_TYPE, term->output);
}

/* Descriptors of its own, never 0 to 2, so that what the caller does with these does not matter. */
static int own_descriptor(int descriptor)
{
    return fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
}

/* The terminal opened once more, so that writing to it need not wait: that cannot be set for the
 * caller's descriptor alone, whoever started the program would have it, too. Where the terminal may
 * not be opened (it is another user's), writing waits. */
static int open_line(int output)
{
    char name[256];
    int opened = ttyname_r(output, name, sizeof name) == 0
                     ? open(name, O_WRONLY | O_NOCTTY | O_NONBLOCK | O_CLOEXEC)
                     : -1;
    int line = own_descriptor(opened >= 0 ? opened : output);
    if (opened >= 0)
        (void)close(opened);
    return line;
}

static bool open_terminal(struct term *term, const struct term_options *options)
{
    term->input = own_descriptor(options->input);
    term->output = own_descriptor(options->output);
    term->line = open_line(options->output);
    return term->input >= 0 && term->output >= 0 && term->line >= 0 && isatty(term->output) &&
           tcgetattr(term->input, &term->modes) == 0;
}

/* What of a terminal is there: all of it or, when opening failed, some. */
static void release(struct term *term)
{
    info_close();
    if (term->input >= 0)
        (void)close(term->input);
    if (term->output >= 0)
        (void)close(term->output);
    if (term->line >= 0)
        (void)close(term->line);
    input_release(&term->bytes);
    memory_free(term->ahead.paste);
    painter_release(&term->painter);
    memory_free(term);
}

/* NULL, or why not. */
static const char *find_terminal(struct term *term, const struct term_options *options)
{
    if (!open_terminal(term, options))
        return "the board needs a terminal for input and output; its verbs do not";
    if (!find_type(term, options->type))
        return "no description of any terminal is installed here (ncurses-base)";
    if (info_text("cup")[0] == '\0')
        return "this terminal cannot place its cursor; set TERM to what it is, or use the verbs";
    return NULL;
}

/* The question goes out with the first frame. */
static void begin(struct term *term)
{
    info_keys(&term->bytes);
    measure_first(term);
    signals_take();
    prepare_rescue(term);
    enter(term);
    if (term->theme_asked) {
        buffer_add_text(&term->painter.pen.out, ASK_GROUND);
        term->answer_due = true;
        term->asked_at = term_now();
    }
}

enum status term_open(struct term **term, const struct term_options *options, struct error *error)
{
    struct term *new = memory_new(1, sizeof *new);
    const char *why_not = find_terminal(new, options);
    *term = why_not == NULL ? new : NULL;
    if (why_not != NULL) {
        release(new);
        return error_set(error, STATUS_USAGE, "%s", why_not);
    }
    settle_options(new, options);
    begin(new);
    return STATUS_OK;
}

/* An answer that comes after the program has gone would be typed into the shell. */
void term_close(struct term *term)
{
    if (term == NULL)
        return;
    if (term->answer_due && !term->gone && term_now() - term->asked_at < ANSWER_LATEST_MS)
        wait_for_answer(term, ANSWER_MS);
    leave(term);
    rescue_forget();
    signals_give_back();
    release(term);
}

void term_rescue(void)
{
    rescue_now();
}

/* --- out -------------------------------------------------------------------------------------- */

/* A frame on top of one that is still under way would only lengthen the queue: a newer one is asked
 * for when the terminal has taken it. */
void term_show(struct term *term, const struct frame *frame)
{
    if (term->held_up)
        term_send(term);
    term->frame_due = term->held_up;
    if (term->held_up)
        return;
    painter_frame(&term->painter, frame);
    term_send(term);
}

void term_redraw(struct term *term)
{
    painter_forget(&term->painter);
}

static void send_text(struct term *term, const char *text)
{
    buffer_add_text(&term->painter.pen.out, text);
    term_send(term);
}

void term_set_mouse(struct term *term, bool on)
{
    if (on == term->mouse || !term->can_report)
        return;
    term->mouse = on;
    send_text(term, on ? MOUSE_ON : MOUSE_OFF);
}

void term_beep(struct term *term)
{
    send_text(term, "\a");
}

static void add_base64(struct buffer *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        size_t left = length - i;
        unsigned group = (unsigned)bytes[i] << 16 | (left > 1 ? (unsigned)bytes[i + 1] << 8 : 0) |
                         (left > 2 ? bytes[i + 2] : 0);
        buffer_add_byte(out, digits[group >> 18]);
        buffer_add_byte(out, digits[group >> 12 & 63]);
        buffer_add_byte(out, left > 1 ? digits[group >> 6 & 63] : '=');
        buffer_add_byte(out, left > 2 ? digits[group & 63] : '=');
    }
}

bool term_copy(struct term *term, const char *text, size_t length)
{
    if (!term->can_report || length > COPY_MAX)
        return false;
    buffer_add_text(&term->painter.pen.out, "\033]52;c;");
    add_base64(&term->painter.pen.out, (const unsigned char *)text, length);
    send_text(term, "\a");
    return true;
}

/* --- away and back ---------------------------------------------------------------------------- */

void term_return(struct term *term)
{
    enter(term);
    (void)term_measure(term);
    term->resize_due = true;
}

/* While the terminal is not raw, C-c makes a signal: it must not meet a handler of ours then. */
static void lend(struct term *term)
{
    signals_lend();
    leave(term);
}

static void take_again(struct term *term)
{
    term_return(term);
    signals_take_again();
}

void term_suspend(struct term *term)
{
    lend(term);
    signals_stop();
    take_again(term);
}

/* Starts argv[] on the terminal; 0 or an errno. */
static int spawn(const struct term *term, char *const argv[], pid_t *child)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    posix_spawnattr_init(&attributes);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_adddup2(&actions, term->input, STDIN_FILENO);
    posix_spawn_file_actions_adddup2(&actions, term->output, STDOUT_FILENO);
    signals_for_child(&attributes);
    int problem = posix_spawnp(child, argv[0], &actions, &attributes, argv, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return problem;
}

static int wait_for(pid_t child)
{
    int how = 0;
    while (waitpid(child, &how, 0) < 0)
        if (errno != EINTR)
            return -1;
    return WIFEXITED(how) ? WEXITSTATUS(how) : 128 + WTERMSIG(how);
}

enum status term_run(struct term *term, char *const argv[], int *exit_status, struct error *error)
{
    pid_t child = 0;
    lend(term);
    int problem = spawn(term, argv, &child);
    *exit_status = problem == 0 ? wait_for(child) : -1;
    take_again(term);
    if (problem != 0)
        return error_set(error, STATUS_FAILED, "cannot run '%s': %s", argv[0], strerror(problem));
    return STATUS_OK;
}
