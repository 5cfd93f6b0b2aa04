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

extern char **environ;

#define FALLBACK_TYPE "xterm-256color"

enum { ESCAPE_MS = 25, ESCAPE_OVER_SSH_MS = 150, SIDE_MAX = 1000 };

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

/* --- modes ----------------------------------------------------------------------------------- */

/* These go into curses' buffer and out with what it sends next. */
static void send_modes(const struct term *term)
{
    info_send(info_text("smkx"));
    if (term->can_report)
        info_send(REPORTS_ON);
    if (term->mouse)
        info_send(MOUSE_ON);
}

static void send_modes_off(const struct term *term)
{
    if (term->mouse)
        info_send(MOUSE_OFF);
    if (term->can_report)
        info_send(REPORTS_OFF);
    info_send(info_text("rmkx"));
}

/* A capability without its padding ("$<5>"), which only curses knows how to wait for. */
static void add_capability(struct buffer *out, const char *name)
{
    const char *text = info_text(name);
    for (size_t i = 0; text[i] != '\0'; i++) {
        const char *end = strncmp(text + i, "$<", 2) == 0 ? strchr(text + i, '>') : NULL;
        if (end != NULL)
            i = (size_t)(end - text);
        else
            buffer_add_byte(out, text[i]);
    }
}

static void prepare_rescue(const struct term *term, const struct termios *modes)
{
    static const char *const back[] = {"rmkx", "sgr0", "op", "cnorm", "rmcup"};
    struct buffer bytes = {0};
    if (term->can_report)
        buffer_add_text(&bytes, MOUSE_OFF REPORTS_OFF);
    for (size_t i = 0; i < sizeof back / sizeof back[0]; i++)
        add_capability(&bytes, back[i]);
    rescue_prepare(term->output, modes, buffer_text(&bytes), bytes.length);
    buffer_release(&bytes);
}

/* --- size ------------------------------------------------------------------------------------ */

static int within(int value, int least, int most)
{
    return value < least ? least : value > most ? most : value;
}

bool term_measure(struct term *term)
{
    struct winsize size;
    if (ioctl(term->output, TIOCGWINSZ, &size) != 0)
        return false;
    int rows = within(size.ws_row, 1, SIDE_MAX), columns = within(size.ws_col, 1, SIDE_MAX);
    if (rows == term->rows && columns == term->columns)
        return false;
    term->rows = rows;
    term->columns = columns;
    show_resize(term);
    return true;
}

/* --- opening --------------------------------------------------------------------------------- */

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

static void choose_ground(struct term *term, enum term_theme theme)
{
    static const enum theme_ground grounds[] = {
        [TERM_THEME_DARK] = GROUND_DARK,
        [TERM_THEME_LIGHT] = GROUND_LIGHT,
        [TERM_THEME_PROJECTOR] = GROUND_PROJECTOR,
    };
    if (theme != TERM_THEME_AUTO) {
        term->theme.ground = grounds[theme];
        return;
    }
    term->theme.ground = ground_by_environment();
    term->theme_asked = term->can_report && term->theme.colours > 0;
}

static int colours_of(enum term_colour colour)
{
    bool none = colour == TERM_COLOUR_NEVER || (colour == TERM_COLOUR_AUTO && is_set("NO_COLOR"));
    if (none || !has_colors() || start_color() == ERR || use_default_colors() == ERR)
        return 0;
    if (COLORS == 256)
        return 256;
    return COLORS >= 16 && COLORS < 256 ? 16 : COLORS >= 8 ? 8 : 0;
}

/* Its own streams on its own descriptors: curses wants streams, and the caller's are not closed. */
static FILE *open_stream(int descriptor, const char *mode, int *own)
{
    *own = fcntl(descriptor, F_DUPFD_CLOEXEC, STDERR_FILENO + 1);
    return *own < 0 ? NULL : fdopen(*own, mode);
}

static void close_streams(struct term *term)
{
    if (term->in != NULL)
        (void)fclose(term->in);
    if (term->out != NULL)
        (void)fclose(term->out);
}

/* The size is the terminal's, not that of LINES and COLUMNS, which do not change with it. */
static bool start_curses(struct term *term, const char *type)
{
    bool named = type != NULL && type[0] != '\0';
    use_env(FALSE);
    use_tioctl(TRUE);
    if (named)
        term->screen = newterm(type, term->out, term->in);
    if (term->screen != NULL)
        return true;
    term->screen = newterm(FALLBACK_TYPE, term->out, term->in);
    if (!named)
        (void)snprintf(term->notice, sizeof term->notice,
                       "TERM is not set: going on as " FALLBACK_TYPE);
    else
        (void)snprintf(term->notice, sizeof term->notice,
                       "unknown terminal '%.60s': going on as " FALLBACK_TYPE, type);
    return term->screen != NULL;
}

static void settle_options(struct term *term, const struct term_options *options)
{
    bool over_ssh = is_set("SSH_CONNECTION") || is_set("SSH_TTY");
    term->ascii = options->ascii || strcmp(nl_langinfo(CODESET), "UTF-8") != 0;
    term->can_report = info_text("kmous")[0] != '\0';
    term->mouse = options->mouse && term->can_report;
    term->escape_ms = options->escape_ms > 0 ? options->escape_ms
                      : over_ssh             ? ESCAPE_OVER_SSH_MS
                                             : ESCAPE_MS;
    term->theme.colours = colours_of(options->colour);
    term->pair_count = 1;
    term->pair_limit = within(COLOR_PAIRS, 1, PAIRS);
    choose_ground(term, options->theme);
}

/* The first frame, and all that is said before it, leave in one piece. */
static void begin(struct term *term)
{
    (void)raw();
    (void)noecho();
    (void)nonl();
    (void)typeahead(-1);
    getmaxyx(stdscr, term->rows, term->columns);
    (void)term_measure(term);
    show_resize(term);
    term->cursor_shown = true;
    send_modes(term);
    if (term->theme_asked) {
        info_send(ASK_GROUND);
        term->answer_due = true;
        term->asked_at = term_now();
    }
}

/* What of a terminal is there: all of it or, when opening failed, some. */
static void release(struct term *term)
{
    rescue_forget();
    if (term->screen != NULL)
        delscreen(term->screen);
    signals_give_back();
    close_streams(term);
    input_release(&term->bytes);
    memory_free(term->ahead.paste);
    show_release(term);
    memory_free(term);
}

static bool open_terminal(struct term *term, const struct term_options *options,
                          struct termios *modes)
{
    term->in = open_stream(options->input, "r", &term->input);
    term->out = open_stream(options->output, "w", &term->output);
    return term->in != NULL && term->out != NULL && isatty(term->input) &&
           tcgetattr(term->output, modes) == 0;
}

/* NULL, or why not. curses leaves alone the signals that it finds taken. */
static const char *take_terminal(struct term *term, const struct term_options *options)
{
    struct termios modes;
    signals_take();
    if (!open_terminal(term, options, &modes))
        return "the board needs a terminal for input and output; its verbs do not";
    if (!start_curses(term, options->type))
        return "no description of any terminal is installed here (ncurses-base)";
    if (info_text("cup")[0] == '\0') {
        (void)endwin();
        return "this terminal cannot place its cursor; set TERM to what it is, or use the verbs";
    }
    settle_options(term, options);
    prepare_rescue(term, &modes);
    info_keys(&term->bytes);
    begin(term);
    return NULL;
}

enum status term_open(struct term **term, const struct term_options *options, struct error *error)
{
    struct term *new = memory_new(1, sizeof *new);
    const char *why_not = take_terminal(new, options);
    *term = why_not == NULL ? new : NULL;
    if (why_not == NULL)
        return STATUS_OK;
    release(new);
    return error_set(error, STATUS_USAGE, "%s", why_not);
}

static void leave(struct term *term)
{
    send_modes_off(term);
    (void)endwin();
}

/* An answer that comes after the program has gone would be typed into the shell. */
void term_close(struct term *term)
{
    if (term == NULL)
        return;
    if (term->answer_due && !term->gone && term_now() - term->asked_at < ANSWER_LATEST_MS)
        wait_for_answer(term, ANSWER_MS);
    leave(term);
    release(term);
}

void term_rescue(void)
{
    rescue_now();
}

/* --- what it is ------------------------------------------------------------------------------ */

const char *term_notice(const struct term *term)
{
    return term->notice[0] != '\0' ? term->notice : NULL;
}

void term_size(const struct term *term, int *rows, int *columns)
{
    *rows = term->rows;
    *columns = term->columns;
}

bool term_ascii(const struct term *term)
{
    return term->ascii;
}

bool term_mono(const struct term *term)
{
    return term->theme.colours == 0;
}

bool term_has_mouse(const struct term *term)
{
    return term->mouse;
}

/* --- small things ---------------------------------------------------------------------------- */

void term_set_mouse(struct term *term, bool on)
{
    if (on == term->mouse || !term->can_report)
        return;
    term->mouse = on;
    info_send(on ? MOUSE_ON : MOUSE_OFF);
    (void)doupdate();
}

void term_beep(struct term *term)
{
    (void)term;
    (void)beep();
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
    struct buffer out = {0};
    if (!term->can_report || length > COPY_MAX)
        return false;
    buffer_add_text(&out, "\033]52;c;");
    add_base64(&out, (const unsigned char *)text, length);
    buffer_add_text(&out, "\a");
    info_send(buffer_text(&out));
    (void)doupdate();
    buffer_release(&out);
    return true;
}

/* --- away and back --------------------------------------------------------------------------- */

void term_return(struct term *term)
{
    (void)reset_prog_mode();
    (void)clearok(curscr, TRUE);
    send_modes(term);
    (void)doupdate();
    (void)term_measure(term);
    term->resize_due = true;
}

void term_suspend(struct term *term)
{
    leave(term);
    signals_stop();
    term_return(term);
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
    signals_lend(&attributes);
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
    leave(term);
    int problem = spawn(term, argv, &child);
    *exit_status = problem == 0 ? wait_for(child) : -1;
    signals_take_again();
    term_return(term);
    if (problem != 0)
        return error_set(error, STATUS_FAILED, "cannot run '%s': %s", argv[0], strerror(problem));
    return STATUS_OK;
}
