#include "script_term.h"
#include "fuzz.h"
#include "term/term_input.h"
#include "term/term_paint.h"
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

struct term {
    struct script script;
    size_t at; /* of the script */
    int64_t now;
    unsigned size;
    bool mouse, gone, resize_due, paused, changed;
    bool burst; /* what comes belongs to one piece */
    struct input input;
    struct painter painter;
    struct event ahead; /* of term_pending(); K_NONE: none */
};

/* What term_open() makes its term of; term.h knows no such argument. */
static struct {
    struct script script;
    struct term *open;
} begun;

void script_term_begin(const struct script *script)
{
    begun.script = *script;
}

static int64_t script_now(void *data)
{
    (void)data;
    return begun.open ? begun.open->now : 0;
}

struct clock script_term_clock(void)
{
    return (struct clock){script_now, NULL};
}

/* --- out -------------------------------------------------------------------------------------- */

static void send(struct term *term)
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
    send(term);
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

static void next_size(struct term *term)
{
    term->size = (term->size + 1) % SIZES;
    painter_resize(&term->painter, sizes[term->size].rows, sizes[term->size].columns);
    term->resize_due = true;
}

static void happen(struct term *term, uint8_t what)
{
    term->burst = what == SCRIPT_BURST;
    if (what == SCRIPT_PAUSE) {
        term->now += PAUSE_MS;
        term->paused = true;
    } else if (what == SCRIPT_RESIZE) {
        next_size(term);
    } else if (what == SCRIPT_CHANGE && term->script.change) {
        term->script.change();
        term->changed = true;
    }
}

/* The script's next byte; its end, or a pause, also gives up what waits for more. */
static void go_on(struct term *term)
{
    const struct script *script = &term->script;
    if (term->at == script->length) {
        term->gone = true;
        return;
    }
    uint8_t byte = script->bytes[term->at++];
    term->now += KEY_MS;
    if (byte >= SCRIPT_BURST)
        happen(term, byte);
    else
        input_feed(&term->input, (const char *)&byte, 1);
}

static bool opens_palette(const struct key *key)
{
    return key->code == K_F1 || key->code == K_MOUSE ||
           (key->code == K_CHAR && (key->point == ':' || key->point == '?'));
}

/* Keeps what is typed and pasted in the working folder. */
static void stay_here(const struct term *term, struct event *event)
{
    if (term->script.slash && opens_palette(&event->key))
        event->key = (struct key){.code = K_FOCUS_IN};
    if (term->script.slash)
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
    bool waited = term->paused;
    if (term->ahead.key.code != K_NONE) {
        *event = term->ahead;
        term->ahead = (struct event){0};
        return true;
    }
    if (term->resize_due) {
        term->resize_due = false;
        *event = (struct event){.key = {.code = K_RESIZE}};
        return true;
    }
    enum input_state state;
    do {
        state = input_next(&term->input, term->now, waited, event);
        waited = false;
    } while (state == INPUT_EVENT && event->key.code == K_MOUSE && !term->mouse);
    if (state == INPUT_EVENT)
        stay_here(term, event);
    return state == INPUT_EVENT;
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
        bool changed = term->changed && watches > 0, timeout = term->paused && timeout_ms >= 0;
        term->paused = term->changed = false;
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
        if (!term->burst || term->at == term->script.length)
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
    const struct script *script = &term->script;
    size_t count = 0, from = term->at;
    (void)error;
    while (argv[count + 1])
        count++;
    FILE *file = fopen(argv[count], "w");
    check(file != NULL);
    while (term->at < script->length && script->bytes[term->at] < SCRIPT_BURST)
        check(fputc(script->bytes[term->at++], file) != EOF);
    check(fclose(file) == 0);
    *exit_status = term->at == from;
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
    new->script = begun.script;
    new->mouse = options->mouse;
    new->size = begun.script.size % SIZES;
    info_keys(&new->input);
    info_capabilities(&new->painter.pen.can);
    new->painter.ascii = begun.script.ascii;
    new->painter.pen.theme = (struct theme){.colours = begun.script.mono ? 0 : 256};
    painter_resize(&new->painter, sizes[new->size].rows, sizes[new->size].columns);
    *term = begun.open = new;
    return STATUS_OK;
}

void term_close(struct term *term)
{
    if (!term)
        return;
    info_close();
    memory_free(term->ahead.paste);
    input_release(&term->input);
    painter_release(&term->painter);
    memory_free(term);
    begun.open = NULL;
}

void term_rescue(void)
{
}

const char *term_notice(const struct term *term)
{
    (void)term;
    return NULL;
}

void term_size(const struct term *term, int *rows, int *columns)
{
    *rows = term->painter.rows;
    *columns = term->painter.columns;
}

bool term_ascii(const struct term *term)
{
    return term->painter.ascii;
}

bool term_mono(const struct term *term)
{
    return term->painter.pen.theme.colours == 0;
}

bool term_has_mouse(const struct term *term)
{
    return term->mouse;
}
