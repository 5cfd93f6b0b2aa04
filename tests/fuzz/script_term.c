#include "script_term.h"
#include "fuzz.h"
#include "term/term_screen.h"
#include "touchline/memory.h"
#include "touchline/term.h"
#include <stdio.h>
#include <string.h>
#include <unistd.h>

enum { KEY_MS = 5, PAUSE_MS = 1000 };

static const struct {
    int rows, columns;
} sizes[] = {{24, 80}, {10, 40}, {34, 120}, {17, 60}, {1, 1}, {9, 39}, {60, 200}, {3, 300}};

enum { SIZES = sizeof sizes / sizeof *sizes };

/* What the terminal hangs on; term_open() knows no such argument. */
static struct {
    struct script script;
    size_t at; /* of the script */
    int64_t now;
    unsigned size;
    bool paused, changed;
    bool burst; /* what comes belongs to one piece */
} play;

void script_term_begin(const struct script *script)
{
    memset(&play, 0, sizeof play);
    play.script = *script;
    play.size = script->size % SIZES;
}

static int64_t script_now(void *data)
{
    (void)data;
    return play.now;
}

struct clock script_term_clock(void)
{
    return (struct clock){script_now, NULL};
}

/* --- out -------------------------------------------------------------------------------------- */

void term_send(struct term *term)
{
    struct painter *painter = &term->painter;
    struct buffer *out = &painter->pen.out;
    const struct harmless rules = {painter->rows, painter->columns, painter->ascii};
    check_harmless(&rules, buffer_text(out), out->length);
    buffer_clear(out);
}

void term_show(struct term *term, const struct frame *frame)
{
    painter_frame(&term->painter, frame);
    term_send(term);
}

void term_redraw(struct term *term)
{
    painter_forget(&term->painter);
}

void term_set_mouse(struct term *term, bool on)
{
    term->mouse = on;
}

void term_beep(struct term *term)
{
    (void)term;
}

bool term_copy(struct term *term, const char *text, size_t length)
{
    (void)term;
    return length <= strlen(text);
}

/* --- in --------------------------------------------------------------------------------------- */

static void measure(struct term *term)
{
    painter_resize(&term->painter, sizes[play.size].rows, sizes[play.size].columns);
}

static void happen(struct term *term, uint8_t what)
{
    play.burst = what == SCRIPT_BURST;
    if (what == SCRIPT_PAUSE) {
        play.now += PAUSE_MS;
        play.paused = true;
    } else if (what == SCRIPT_RESIZE) {
        play.size = (play.size + 1) % SIZES;
        measure(term);
        term->resize_due = true;
    } else if (what == SCRIPT_CHANGE && play.script.change) {
        play.script.change();
        play.changed = true;
    }
}

/* The script's next byte; its end, or a pause, also gives up what waits for more. */
static void go_on(struct term *term)
{
    if (play.at == play.script.length) {
        term->gone = true;
        return;
    }
    uint8_t byte = play.script.bytes[play.at++];
    play.now += KEY_MS;
    if (byte >= SCRIPT_BURST)
        happen(term, byte);
    else
        input_feed(&term->bytes, (const char *)&byte, 1);
}

static bool opens_palette(const struct key *key)
{
    return key->code == K_F1 || key->code == K_MOUSE ||
           (key->code == K_CHAR && (key->point == ':' || key->point == '?'));
}

/* Keeps what is typed and pasted in the working folder. */
static void stay_here(struct event *event)
{
    if (play.script.slash && opens_palette(&event->key))
        event->key = (struct key){.code = K_FOCUS_IN};
    if (play.script.slash)
        return;
    if (event->key.code == K_CHAR && event->key.point == '/')
        event->key.point = '_';
    for (char *at = event->paste; at && *at; at++)
        if (*at == '/')
            *at = '_';
}

/* What was read and needs no waiting. */
static bool take(struct term *term, struct event *event)
{
    term->waited = play.paused;
    bool taken = term_take_event(term, play.now, event);
    if (taken)
        stay_here(event);
    return taken;
}

enum term_wait term_read(struct term *term, struct event *event, const int *watch, int watches,
                         int timeout_ms)
{
    (void)watch;
    *event = (struct event){0};
    for (;;) {
        if (term->gone)
            return TERM_GONE;
        if (take(term, event))
            return TERM_EVENT;
        bool changed = play.changed && watches > 0, timeout = play.paused && timeout_ms >= 0;
        play.paused = play.changed = false;
        if (changed || timeout)
            return changed ? TERM_WATCH : TERM_TIMEOUT;
        go_on(term);
    }
}

bool term_pending(struct term *term)
{
    for (;;) {
        if (term->gone || term->ahead.key.code != K_NONE || term->resize_due)
            return true;
        struct event event = {0};
        if (take(term, &event)) {
            term->ahead = event;
            return true;
        }
        if (!play.burst || play.at == play.script.length)
            return false;
        go_on(term);
    }
}

bool term_gone(struct term *term)
{
    return term->gone;
}

/* --- away and back ---------------------------------------------------------------------------- */

void term_suspend(struct term *term)
{
    painter_forget(&term->painter);
    term->resize_due = true;
}

/* The program is an editor, which writes into its last word's file what the script has up to the
 * next thing that happens; when that is nothing, it fails. */
enum status term_run(struct term *term, char *const argv[], int *exit_status, struct error *error)
{
    const struct script *script = &play.script;
    size_t count = 0, from = play.at;
    (void)error;
    while (argv[count + 1])
        count++;
    FILE *file = fopen(argv[count], "w");
    check(file != NULL);
    while (play.at < script->length && script->bytes[play.at] < SCRIPT_BURST)
        check(fputc(script->bytes[play.at++], file) != EOF);
    check(fclose(file) == 0);
    *exit_status = play.at == from;
    term_suspend(term);
    return STATUS_OK;
}

/* --- taking and giving back ------------------------------------------------------------------- */

enum status term_open(struct term **term, const struct term_options *options, struct error *error)
{
    struct term *new = memory_new(1, sizeof *new);
    if (!info_open(options->type, STDERR_FILENO)) {
        memory_free(new);
        return error_set(error, STATUS_USAGE, "'%s' is not known here", options->type);
    }
    new->mouse = options->mouse;
    info_keys(&new->bytes);
    info_capabilities(&new->painter.pen.can);
    new->painter.ascii = play.script.ascii;
    new->painter.pen.theme = (struct theme){.colours = play.script.mono ? 0 : 256};
    measure(new);
    *term = new;
    return STATUS_OK;
}

void term_close(struct term *term)
{
    if (!term)
        return;
    info_close();
    memory_free(term->ahead.paste);
    input_release(&term->bytes);
    painter_release(&term->painter);
    memory_free(term);
}

void term_rescue(void)
{
}
