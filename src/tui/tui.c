/* The loop. Everything that waits, waits in term_read(); everything that draws, draws once the
 * queue of keys is empty. */
#include "tui.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <stdarg.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

/* --- modes ------------------------------------------------------------------------------------ */

bool tui_is_leaving(struct key key)
{
    return key.code == K_ESC ||
           (key.code == K_CHAR && key.modifiers == KEY_CTRL && key.point == 'c');
}

void tui_push(struct tui *tui, struct mode *mode)
{
    mode->below = tui->modes;
    tui->modes = mode;
    tui->stale_details |= mode->about != 0;
}

void tui_pop(struct tui *tui)
{
    struct mode *mode = tui->modes;
    tui->modes = mode->below;
    tui->stale_details |= mode->about != 0;
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

/* --- messages --------------------------------------------------------------------------------- */

FORMAT_LIKE(3, 0)
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

/* Where a word begins that is one: not a file's name. */
static bool begins_with_word(const char *text)
{
    size_t length = strspn(text, "abcdefghijklmnopqrstuvwxyz");
    return length > 0 && (text[length] == ' ' || text[length] == ':' || text[length] == ',');
}

/* Where the board's own name is in it, as "PATH: "; its end when it is not. */
static const char *find_path(const struct tui *tui, const char *text)
{
    size_t length = strlen(tui->options->path);
    const char *at = strstr(text, tui->options->path);
    return at && strncmp(at + length, ": ", 2) == 0 ? at : text + strlen(text);
}

static void begin_sentence(struct tui *tui, size_t at)
{
    if (begins_with_word(buffer_text(&tui->message) + at))
        tui->message.bytes[at] = (char)(tui->message.bytes[at] - 'a' + 'A');
}

/* Without the board's own name, which stands above: "Not saved. PATH: no room left" */
static void warn_in_sentences(struct tui *tui, const char *text)
{
    const char *path = find_path(tui, text);
    const char *rest = *path ? path + strlen(tui->options->path) + 2 : path;
    size_t before = (size_t)(path - text), length = strlen(text);
    bool ended = length > 0 && strchr(".?!", text[length - 1]);
    tui_warn(tui, "%.*s%s%s", (int)before, text, rest, ended ? "" : ".");
    begin_sentence(tui, 0);
    begin_sentence(tui, before);
}

/* An error speaks as a sentence here: nobody typed a command line. */
void tui_error(struct tui *tui, const struct error *error)
{
    if (error->status == STATUS_READ_ONLY && tui->past)
        (void)tui_may_write(tui);
    else if (tui->mask.on && error->status == STATUS_USAGE) /* it names what was typed */
        tui_warn(tui, "That cannot be said here. What it is about is behind the mask.");
    else
        warn_in_sentences(tui, error->text);
}

/* Whether nothing at all can be saved for now, so that it must stay in sight. */
static bool stands(enum status status)
{
    return status == STATUS_FAILED || status == STATUS_FULL || status == STATUS_MOVED;
}

static void tell_unsaved(struct tui *tui, const struct error *error)
{
    tui_error(tui, error);
    if (error->status == STATUS_BUSY)
        tui_warn(tui, "Not saved: another program is writing to the board. Try again in a moment.");
    if (stands(error->status)) {
        buffer_clear(&tui->notice);
        buffer_add_text(&tui->notice, buffer_text(&tui->message));
    }
}

enum status tui_saved(struct tui *tui, enum status status, const struct error *error)
{
    struct error unconfirmed;
    if (status == STATUS_OK || status == STATUS_CONFLICT)
        tui->busy_since = 0; /* it had the lock: nobody else holds it */
    if (status != STATUS_OK) {
        tell_unsaved(tui, error);
        return status;
    }
    buffer_clear(&tui->notice);
    tui->unconfirmed = store_confirm(tui->store, &unconfirmed) != STATUS_OK;
    if (tui->unconfirmed)
        tell_unsaved(tui, &unconfirmed);
    return STATUS_OK;
}

void tui_say_saved(struct tui *tui, const char *words)
{
    if (tui->unconfirmed)
        (void)tui_saved(tui, STATUS_OK, NULL);
    if (!tui->unconfirmed)
        tui_say(tui, "%s", words);
}

bool tui_may_write(struct tui *tui)
{
    const char *why = store_look_only(tui->store);
    if (tui->past)
        tui_warn(tui, "This is the past. Esc goes back to now.");
    else if (why)
        tui_warn(tui, "Not changed: %s.", why);
    return !why;
}

void tui_say_nothing_there(struct tui *tui)
{
    tui_warn(tui, filter_is_on(&tui->session.filter) ? "No moment is shown: Esc shows all again."
                                                     : "There is no moment yet: a adds one.");
}

void tui_warn_unbound(struct tui *tui, struct key key)
{
    char name[KEY_TEXT_SIZE];
    key_format(key, name, sizeof name);
    tui_warn(tui, "%s does nothing here. ? shows the keys.", *name ? name : "That key");
}

struct date tui_today(struct tui *tui)
{
    return date_of_time(clock_now(&tui->store_options.clock));
}

/* --- drawing ---------------------------------------------------------------------------------- */

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
    mask_scene(tui, scene);
}

/* Whether it had another size. */
static bool fit_frame(struct tui *tui)
{
    int rows, columns;
    term_size(tui->term, &rows, &columns);
    if (rows == tui->frame.rows && columns == tui->frame.columns)
        return false;
    frame_resize(&tui->frame, rows, columns);
    tui->stale_window = true;
    return true;
}

/* So long nobody notices that another program holds the file. */
enum { AT_ONCE_MS = 300 };

/* Over what was drawn last: nothing can be read meanwhile. */
static void show_waiting(struct tui *tui, int64_t waited_ms, const char *way_out)
{
    const char *waited_for = tui->session.waited_for;
    char words[80];
    if (waited_ms < AT_ONCE_MS)
        return;
    snprintf(words, sizeof words, "Waiting for %s, %lld s ...%s",
             waited_for ? waited_for : "another writer", (long long)(waited_ms / 1000), way_out);
    view_say(&tui->frame, full_screen(tui) != NULL, words, true);
}

static void leave_what_is_gone(struct tui *tui)
{
    while (tui->modes->type->stands && !tui->modes->type->stands(tui, tui->modes))
        tui_pop(tui);
    bury(tui);
}

/* As the file is now; as it was, while another program holds it. */
static void read_board(struct tui *tui)
{
    tui_refresh(tui);
    leave_what_is_gone(tui);
    tui_refresh(tui);
}

/* On the screens beside the board's, which has its own words for it. */
static void say_past(struct tui *tui)
{
    struct buffer words = {0};
    buffer_add_format(&words, "As it was on %s", past_words(tui));
    view_say(&tui->frame, true, buffer_text(&words), false);
    buffer_release(&words);
}

/* What was read last. */
static void paint(struct tui *tui)
{
    struct scene scene;
    struct mode *own = full_screen(tui);
    if (own) {
        frame_clear(&tui->frame);
        own->type->draw(tui, own, &tui->frame);
    } else {
        scene_of_all(tui, &scene);
        view_board(&tui->frame, &scene);
    }
    if (own && tui->past && !tui_message(tui))
        say_past(tui);
}

static void draw(struct tui *tui)
{
    tui->drawing = true;
    (void)fit_frame(tui);
    read_board(tui);
    paint(tui);
    timing_flash(tui);
    if (tui->busy_since)
        show_waiting(tui, clock_now(&tui->store_options.clock) - tui->busy_since, "");
    term_show(tui->term, &tui->frame);
    tui->drawing = false;
}

/* --- while a call waits ----------------------------------------------------------------------- */

/* Keys are for when it is over; but Esc gives up. */
static bool is_given_up(struct tui *tui)
{
    struct event event = {0};
    while (term_pending(tui->term) && term_read(tui->term, &event, NULL, 0, 0) == TERM_EVENT) {
        if (tui_is_leaving(event.key))
            return true;
        burst_add(&tui->meanwhile, &event);
    }
    return false;
}

/* The store itself waits, so nothing is read for it. */
static void say_waiting(struct tui *tui, int waited_ms)
{
    int64_t since = tui->busy_since;
    tui->busy_since = clock_now(&tui->store_options.clock) - waited_ms;
    if (fit_frame(tui) && !tui->drawing)
        paint(tui);
    show_waiting(tui, waited_ms, " Esc gives up.");
    term_show(tui->term, &tui->frame);
    tui->busy_since = since;
}

/* The store calls it from within a call that waits. Once the line has dropped it waits no longer
 * than what was typed is worth: that is kept as a draft, too. */
static bool on_waiting(void *data, int waited_ms)
{
    enum { GONE_MS = 400 };
    struct tui *tui = data;
    if (!tui->term)
        return true;
    if (term_gone(tui->term))
        return waited_ms < GONE_MS;
    if (waited_ms < AT_ONCE_MS)
        return true;
    bool goes_on = !is_given_up(tui);
    say_waiting(tui, waited_ms);
    return goes_on;
}

/* --- others' changes -------------------------------------------------------------------------- */

static void tell_moved(struct tui *tui)
{
    buffer_clear(&tui->notice);
    buffer_add_text(&tui->notice, "This board's file was moved or deleted: nothing more is saved. "
                                  ":backup FILE saves a copy.");
    tui_warn(tui, "%s", buffer_text(&tui->notice));
}

/* How long to wait before asking the file again; -1: until there is a reason to. */
static int look_at_file(struct tui *tui)
{
    int again_ms = -1;
    if (!tui->store)
        return -1;
    enum store_news news = store_changed(past_present(tui), &again_ms);
    if (news == STORE_BUSY && !tui->busy_since && !tui->past)
        tui->busy_since = clock_now(&tui->store_options.clock);
    if (news == STORE_BUSY)
        return again_ms;
    tui->busy_since = 0;
    if (news == STORE_CHANGED)
        tui->stale = true;
    if (news == STORE_HAS_MOVED)
        tell_moved(tui);
    return -1;
}

/* --- the loop --------------------------------------------------------------------------------- */

static void take_mouse(struct tui *tui, const struct mouse *mouse, struct key *key)
{
    struct mode *own = full_screen(tui);
    if (!tui->mouse)
        return;
    tui_refresh(tui);
    if (!own)
        mouse_event(tui, mouse, key);
    else if (own->type->mouse)
        own->type->mouse(tui, own, mouse, key);
}

static bool is_key(enum key_code code)
{
    return code != K_NONE && code != K_RESIZE && code != K_MOUSE && code != K_FOCUS_IN &&
           code != K_FOCUS_OUT && code != K_STALLED;
}

/* Nothing of what has no room is taken in, so that all of it can be shortened where it came from.
 */
static void tell_no_room(struct tui *tui, struct mode *mode)
{
    struct typing *input = mode->type->typing ? mode->type->typing(mode) : NULL;
    struct buffer most = {0}, would = {0};
    if (!input || input->refused == 0)
        return;
    count_format((int64_t)typing_most(input), &most);
    count_format((int64_t)input->refused, &would);
    input->refused = 0;
    tui_warn(tui, "Not added: %s holds %s bytes; this makes it %s.",
             input->what ? input->what : "a line", buffer_text(&most), buffer_text(&would));
    buffer_release(&most);
    buffer_release(&would);
}

/* A click on the key line is that key, whatever mode is on top. */
static void take_event(struct tui *tui, struct event *event)
{
    struct event key = {.key = event->key};
    if (event->key.code == K_MOUSE) {
        key.key.code = K_NONE;
        take_mouse(tui, &event->mouse, &key.key);
    }
    if (event->key.code == K_STALLED)
        tui_warn(tui,
                 "A paste has begun and its end does not come: all keys go into it. Esc ends it.");
    key.paste = event->paste;
    bool cannot_stop = tui->modes && screen_cannot_stop(tui, key.key);
    struct mode *mode = tui->modes;
    if (is_key(key.key.code) && mode) {
        mode->type->event(tui, mode, &key);
        tell_no_room(tui, mode);
    }
    if (cannot_stop) /* whatever else that key did there: it was not what was meant */
        tui_warn(tui, SCREEN_CANNOT_STOP);
    memory_free(event->paste);
    bury(tui);
}

/* Where keys are commands, what came with the first one is looked at as a whole before any of it
 * runs. */
static void look_for_paste(struct tui *tui)
{
    struct buffer text = {0};
    if (tui->modes->type->typing || !burst_looks_pasted(&tui->burst))
        return;
    if (tui->options->ballot) {
        burst_take_text(&tui->burst, &text);
        tui_warn(tui, "That looks like pasted text: nothing was done with it.");
        buffer_release(&text);
        return;
    }
    while (tui->modes->below)
        tui_pop(tui);
    bury(tui);
    burst_take_text(&tui->burst, &text);
    paste_open(tui, buffer_text(&text));
    buffer_release(&text);
}

static void read_ahead(struct tui *tui)
{
    while (term_pending(tui->term)) {
        struct event event = {0};
        if (term_read(tui->term, &event, NULL, 0, 0) != TERM_EVENT)
            break;
        burst_add(&tui->burst, &event);
    }
}

static void take_events(struct tui *tui)
{
    struct event event;
    read_ahead(tui);
    look_for_paste(tui);
    while (!tui->quit && burst_take(&tui->burst, &event))
        take_event(tui, &event);
}

bool tui_has_keys(struct tui *tui)
{
    return !burst_is_empty(&tui->meanwhile) || term_pending(tui->term);
}

/* What came while a call waited comes first: as a burst of its own, since it may be a paste. */
static enum term_wait wait_for_burst(struct tui *tui, int wait_ms)
{
    struct event event = {0};
    struct burst empty = tui->burst;
    tui->burst = tui->meanwhile;
    tui->meanwhile = empty;
    if (!burst_is_empty(&tui->burst))
        return TERM_EVENT;
    int watch = tui->store ? store_watch(past_present(tui)) : -1;
    enum term_wait what = term_read(tui->term, &event, &watch, watch >= 0 ? 1 : 0, wait_ms);
    if (what == TERM_EVENT)
        burst_add(&tui->burst, &event);
    return what;
}

/* The sooner of two waits; -1 is for ever. */
static int sooner(int a_ms, int b_ms)
{
    if (a_ms < 0 || b_ms < 0)
        return a_ms < 0 ? b_ms : a_ms;
    return a_ms < b_ms ? a_ms : b_ms;
}

static enum term_wait wait_and_take(struct tui *tui, int wait_ms)
{
    enum term_wait what = wait_for_burst(tui, wait_ms);
    if (what == TERM_EVENT)
        take_events(tui);
    if (what == TERM_GONE) {
        drafts_keep(tui);
        tui->quit = true;
    }
    return what;
}

/* A reading that another's lock kept off is tried again soon: people wait for it. */
enum { BUSY_POLL_MS = 20 };

/* Where the kernel tells of changes the file is asked when it says so, else time and again. */
static void run_loop(struct tui *tui)
{
    int ask_ms = -1;
    while (!tui->quit) {
        int tick_ms = timing_tick(tui);
        if (ask_ms < 0 && tui->store && (tui->busy_since || store_watch(past_present(tui)) < 0))
            ask_ms = tui->busy_since ? BUSY_POLL_MS : STORE_POLL_MS;
        if (!tui_has_keys(tui))
            draw(tui);
        tick_ms = sooner(tick_ms, drafts_look(tui));
        enum term_wait what = wait_and_take(tui, sooner(ask_ms, tick_ms));
        if (!tui->quit && (what != TERM_EVENT || ask_ms >= 0))
            ask_ms = look_at_file(tui);
    }
}

static enum status open_store(struct tui *tui, bool *missing, struct error *error)
{
    enum status status = store_open(tui->options->path, &tui->store_options, &tui->store, error);
    *missing = status == STATUS_NO_INPUT && !tui->options->ballot &&
               !state_file_exists(tui->options->path);
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
    buffer_add_text(&tui->drafts.written, tui->half_line);
    if (tui->options->ballot)
        ballot_open(tui);
    else
        board_mode_open(tui);
    if (missing)
        first_open(tui);
    else if (!tui->options->is_at && !tui->options->ballot)
        tui_greet(tui);
    else if (tui->options->is_at)
        (void)past_open(tui, tui->options->at);
    if (term_notice(tui->term))
        tui_warn(tui, "%s", term_notice(tui->term));
}

static void end(struct tui *tui)
{
    const char *folder = tui->options->state_folder;
    (void)past_end(tui);
    if (tui->store) {
        state_save_place(folder, tui->options->path, &tui->session);
        drafts_end(tui);
    }
    burst_release(&tui->burst);
    burst_release(&tui->meanwhile);
    free_modes(tui->modes);
    bury(tui);
    frame_release(&tui->frame);
    session_release(&tui->session);
    record_release(RECORD_BOARD, &tui->board);
    channels_release(&tui->channels);
    window_release(&tui->window);
    strip_release(&tui->strip);
    details_release(&tui->details);
    moments_release(&tui->parked);
    moments_release(&tui->ranked);
    buffer_release(&tui->message);
    buffer_release(&tui->notice);
    buffer_release(&tui->drafts.written);
    buffer_release(&tui->question);
    buffer_release(&tui->vote_words);
    buffer_release(&tui->pattern);
    buffer_release(&tui->timing.text);
    mask_release(&tui->mask);
    memory_free(tui->half_line);
    memory_free(tui->half_question);
    memory_free(tui->half_answer);
    phases_release(&tui->phases);
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
    tui.store_options = options->store;
    tui.store_options.waiting = on_waiting;
    tui.store_options.waiting_data = &tui;
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
    if (tui.store)
        status = store_confirm(past_present(&tui), error);
    end(&tui);
    return status;
}
