/* The loop. Everything that waits, waits in term_read(); everything that draws, draws once the
 * queue of keys is empty. */
#include "tui.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <stdarg.h>
#include <string.h>
#include <unistd.h>

/* --- modes
 * ---------------------------------------------------------------------------------------- */

void tui_push(struct tui *tui, struct mode *mode)
{
    mode->below = tui->modes;
    tui->modes = mode;
}

void tui_pop(struct tui *tui)
{
    struct mode *mode = tui->modes;
    tui->modes = mode->below;
    mode->below = tui->dead;
    tui->dead = mode;
}

static void free_modes(struct mode *mode)
{
    while (mode) {
        struct mode *below = mode->below;
        if (mode->type->release)
            mode->type->release(mode);
        memory_free(mode);
        mode = below;
    }
}

static void bury(struct tui *tui)
{
    free_modes(tui->dead);
    tui->dead = NULL;
}

/* --- messages
 * ---------------------------------------------------------------------------------------- */

static void set_message(struct tui *tui, bool warning, const char *format, va_list list)
{
    buffer_clear(&tui->message);
    buffer_add_format_list(&tui->message, format, list);
    tui->warning = warning;
}

void tui_say(struct tui *tui, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    set_message(tui, false, format, list);
    va_end(list);
}

void tui_warn(struct tui *tui, const char *format, ...)
{
    va_list list;
    va_start(list, format);
    set_message(tui, true, format, list);
    va_end(list);
}

/* An error speaks as a sentence here: nobody typed a command line. */
void tui_error(struct tui *tui, const struct error *error)
{
    tui_warn(tui, "%s", error->text);
}

/* --- drawing
 * -------------------------------------------------------------------------------------------- */

static struct mode *full_screen(struct tui *tui)
{
    for (struct mode *mode = tui->modes; mode; mode = mode->below)
        if (mode->type->draw)
            return mode;
    return NULL;
}

/* From the board upwards, so that the topmost has the last word. */
static void add_to_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    if (!mode)
        return;
    add_to_scene(tui, mode->below, scene);
    if (mode->type->scene)
        mode->type->scene(tui, mode, scene);
}

void scene_of_all(struct tui *tui, struct scene *scene)
{
    scene_of_board(tui, scene);
    add_to_scene(tui, tui->modes, scene);
}

static void draw(struct tui *tui)
{
    int rows, columns;
    struct scene scene;
    struct mode *own = full_screen(tui);
    term_size(tui->term, &rows, &columns);
    if (rows != tui->frame.rows || columns != tui->frame.columns) {
        frame_resize(&tui->frame, rows, columns);
        tui->stale = true;
    }
    tui_refresh(tui);
    if (own) {
        frame_clear(&tui->frame);
        own->type->draw(tui, own, &tui->frame);
    } else {
        scene_of_all(tui, &scene);
        view_board(&tui->frame, &scene);
    }
    timing_flash(tui);
    term_show(tui->term, &tui->frame);
}

/* --- others' changes
 * --------------------------------------------------------------------------------------- */

/* How long to wait before asking the file again; -1: until there is a reason to. */
static int look_at_file(struct tui *tui)
{
    int again_ms = -1;
    if (!tui->store)
        return -1;
    switch (store_changed(tui->store, &again_ms)) {
    case STORE_CHANGED:
        tui->stale = true;
        break;
    case STORE_HAS_MOVED:
        tui->lost = true;
        tui_warn(tui, "This board's file was moved or deleted. Nothing more is written to it; "
                      ":backup FILE saves a copy.");
        break;
    case STORE_BUSY:
        return again_ms;
    case STORE_SAME:
        break;
    }
    return -1;
}

/* --- the loop
 * --------------------------------------------------------------------------------------------------
 */

static void take_event(struct tui *tui, struct event *event)
{
    struct event key = {0};
    if (event->key.code == K_RESIZE)
        tui->stale = true;
    else if (event->key.code == K_MOUSE && !full_screen(tui) && mouse_event(tui, event, &key))
        event = &key;
    if (event->key.code != K_RESIZE && event->key.code != K_MOUSE && tui->modes)
        tui->modes->type->event(tui, tui->modes, event);
    memory_free(event->paste);
    bury(tui);
}

static void keep_all(struct tui *tui)
{
    for (struct mode *mode = tui->modes; mode; mode = mode->below)
        if (mode->type->keep)
            mode->type->keep(tui, mode);
}

/* What came with the first key. On the board it is looked at as a whole before any of it runs. */
static void read_ahead(struct tui *tui)
{
    struct buffer text = {0};
    while (term_pending(tui->term)) {
        struct event event = {0};
        if (term_read(tui->term, &event, NULL, 0, 0) != TERM_EVENT)
            break;
        burst_add(&tui->burst, &event);
    }
    if (!tui->modes->below && burst_looks_pasted(&tui->burst)) {
        burst_take_text(&tui->burst, &text);
        paste_open(tui, buffer_text(&text));
        buffer_release(&text);
    }
}

static void take_events(struct tui *tui, struct event *first)
{
    burst_add(&tui->burst, first);
    read_ahead(tui);
    while (!tui->quit && burst_take(&tui->burst, first))
        take_event(tui, first);
}

/* The sooner of two waits; -1 is for ever. */
static int sooner(int a_ms, int b_ms)
{
    if (a_ms < 0 || b_ms < 0)
        return a_ms < 0 ? b_ms : a_ms;
    return a_ms < b_ms ? a_ms : b_ms;
}

static void run_loop(struct tui *tui)
{
    int wait_ms = -1;
    while (!tui->quit) {
        int tick_ms = timing_tick(tui);
        struct event event = {0};
        int watch = tui->store ? store_watch(tui->store) : -1;
        if (tui->store && watch < 0 && wait_ms < 0)
            wait_ms = STORE_POLL_MS;
        if (!term_pending(tui->term))
            draw(tui);
        switch (
            term_read(tui->term, &event, &watch, watch >= 0 ? 1 : 0, sooner(wait_ms, tick_ms))) {
        case TERM_EVENT:
            take_events(tui, &event);
            if (wait_ms >= 0) /* else the kernel says when it is time to ask */
                wait_ms = look_at_file(tui);
            break;
        case TERM_GONE:
            keep_all(tui);
            tui->quit = true;
            break;
        case TERM_WATCH:
        case TERM_TIMEOUT:
            wait_ms = look_at_file(tui);
            break;
        }
    }
}

static enum status open_store(struct tui *tui, bool *missing, struct error *error)
{
    enum status status = store_open(tui->options->path, &tui->options->store, &tui->store, error);
    *missing = status == STATUS_NO_INPUT && !state_file_exists(tui->options->path);
    return *missing ? STATUS_OK : status;
}

static void begin(struct tui *tui, bool missing)
{
    const char *folder = tui->options->state_folder;
    tui->stale = true;
    tui->mouse = tui->options->term.mouse;
    tui->timing.silent = tui->options->no_bell;
    frame_init(&tui->frame, 0, 0, term_ascii(tui->term));
    tui->frame.mono = term_mono(tui->term);
    tui->session.zoom = ZOOM_CARDS;
    state_load_place(folder, tui->options->path, &tui->session);
    tui->half_line = state_load_draft(folder, tui->options->path);
    board_open(tui);
    if (missing)
        first_open(tui);
    else
        tui_greet(tui);
    if (term_notice(tui->term))
        tui_warn(tui, "%s", term_notice(tui->term));
}

static void end(struct tui *tui)
{
    const char *folder = tui->options->state_folder;
    if (tui->store) {
        state_save_place(folder, tui->options->path, &tui->session);
        state_save_draft(folder, tui->options->path, tui->half_line);
    }
    burst_release(&tui->burst);
    free_modes(tui->modes);
    bury(tui);
    frame_release(&tui->frame);
    session_release(&tui->session);
    record_release(RECORD_BOARD, &tui->board);
    channels_release(&tui->channels);
    phases_release(&tui->phases);
    window_release(&tui->window);
    strip_release(&tui->strip);
    details_release(&tui->details);
    moments_release(&tui->parked);
    moments_release(&tui->ranked);
    buffer_release(&tui->message);
    buffer_release(&tui->question);
    buffer_release(&tui->pattern);
    buffer_release(&tui->timing.text);
    memory_free(tui->half_line);
    store_close(tui->store);
    term_close(tui->term);
}

/* Memory is gone: the terminal is given back before the process ends, by what needs none. */
static void give_back(void *data)
{
    static const char words[] = "touchline: out of memory; everything saved is safe\n";
    (void)data;
    term_rescue();
    ssize_t written = write(STDERR_FILENO, words, sizeof words - 1);
    (void)written;
}

enum status tui_run(const struct tui_options *options, struct error *error)
{
    struct tui tui;
    bool missing = false;
    memset(&tui, 0, sizeof tui);
    tui.options = options;
    enum status status = open_store(&tui, &missing, error);
    if (status == STATUS_OK)
        status = term_open(&tui.term, &options->term, error);
    if (status != STATUS_OK) {
        store_close(tui.store);
        return status;
    }
    memory_on_exhaustion(give_back, NULL);
    begin(&tui, missing);
    run_loop(&tui);
    memory_on_exhaustion(NULL, NULL);
    end(&tui);
    return STATUS_OK;
}
