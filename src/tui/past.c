/* The board as it was after an edit: a store of its own in the place of the board's, so that every
 * screen shows it. Keys go to the board, but for those that go through time, and back to now. */
#include "touchline/memory.h"
#include "touchline/minutes.h"
#include "tui.h"
#include <stdint.h>
#include <stdio.h>
#include <string.h>

struct past {
    struct mode mode;
    struct tui *tui;
    struct store *present;
    int64_t edit;
    int64_t selected; /* where one stood when it began */
    struct buffer words;
};

/* --- which one it is -------------------------------------------------------------------------- */

struct telling {
    struct tui *tui;
    struct store *store;
    struct buffer *out;
};

/* "21 Nov 14:05" */
static void add_time(struct tui *tui, int64_t at, struct buffer *out)
{
    enum { HOURS_AT = 11 }; /* in "2026-11-21 14:05" */
    char day[32], time[32];
    date_format_short(date_of_time(at), tui_today(tui), day, sizeof day);
    time_format_local(at, time, sizeof time);
    buffer_add_format(out, "%s %s", day, strlen(time) > HOURS_AT ? time + HOURS_AT : "");
}

static bool tell_entry(void *data, const struct history_entry *entry)
{
    struct telling *telling = data;
    struct error ignored;
    add_time(telling->tui, entry->at, telling->out);
    buffer_add_format(telling->out, ", after edit %lld, %s: ", (long long)entry->id, entry->who);
    (void)!minutes_sentence(telling->store, &telling->tui->channels, entry, telling->out, &ignored);
    return false;
}

static void describe(struct past *past)
{
    struct error ignored;
    struct telling telling = {past->tui, past->present, &past->words};
    buffer_clear(&past->words);
    if (past->edit == 0)
        buffer_add_text(&past->words, "before its first edit");
    else
        (void)!store_history(past->present, past->edit - 1, tell_entry, &telling, &ignored);
}

const char *past_words(const struct tui *tui)
{
    return tui->past ? buffer_text(&tui->past->words) : "";
}

bool past_is_on_top(const struct tui *tui)
{
    return tui->past && tui->modes == &tui->past->mode;
}

/* --- there and back --------------------------------------------------------------------------- */

struct store *past_present(struct tui *tui)
{
    return tui->past ? tui->past->present : tui->store;
}

static void read_anew(struct tui *tui)
{
    tui->stale = true;
    tui->busy_since = 0;
    tui_centre(tui);
}

int64_t past_end(struct tui *tui)
{
    struct past *past = tui->past;
    if (!past)
        return 0;
    store_close(tui->store);
    tui->store = past->present;
    tui->past = NULL;
    tui->session.selected = past->selected;
    read_anew(tui);
    return past->edit;
}

/* On what the edit was about, when that is on the line. */
static void stand_there(struct past *past)
{
    struct tui *tui = past->tui;
    struct error ignored;
    int64_t moment = 0, number = 0;
    if (store_history_moment(past->present, past->edit, &moment, &ignored) == STATUS_OK && moment &&
        store_number(tui->store, moment, &number, &ignored) == STATUS_OK && number)
        tui->session.selected = moment;
    tui->session.line = 0;
    read_anew(tui);
}

static bool go_to(struct past *past, int64_t edit)
{
    struct tui *tui = past->tui;
    struct error error;
    struct store *store;
    if (store_open_past(past->present, edit, &store, &error) != STATUS_OK) {
        tui_error(tui, &error);
        return false;
    }
    if (tui->past)
        store_close(tui->store);
    tui->store = store;
    tui->past = past;
    past->edit = edit;
    describe(past);
    stand_there(past);
    return true;
}

static bool take_id(void *data, const struct history_entry *entry)
{
    *(int64_t *)data = entry->id;
    return false;
}

static void step(struct past *past, bool later)
{
    struct tui *tui = past->tui;
    struct error error;
    int64_t edit = 0;
    enum status status =
        later ? store_history(past->present, past->edit, take_id, &edit, &error)
              : store_history_back(past->present, past->edit, take_id, &edit, &error);
    if (status != STATUS_OK)
        tui_error(tui, &error);
    else if (edit)
        (void)go_to(past, edit);
    else
        tui_say(tui, later ? "This is the newest edit. Esc goes back to now."
                           : "This is the first edit.");
}

/* --- the mode --------------------------------------------------------------------------------- */

static void past_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    static const struct key_item keys[] = {
        {"u", "Earlier", 0},  {"U", "Later", 0},  {"Esc", "Now", 0},
        {"Enter", "Open", 2}, {"/", "Search", 4}, {"P", "Room", 5},
        {"D", "Actions", 3},  {":", "Find", 0},   {"?", "Help", 0},
    };
    (void)mode;
    scene->prompt = (struct prompt){.mode = "PAST", .label = past_words(tui)};
    scene->keys = keys;
    scene->key_count = sizeof keys / sizeof *keys;
}

/* What Esc closes on the board before it leaves the past. */
static bool something_is_open(const struct session *session)
{
    return session->pane != PANE_CARDS || session->search || filter_is_on(&session->filter);
}

static void past_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct past *past = (struct past *)mode;
    struct key key = event->key;
    const struct command *command = command_for_key(key);
    const char *name = command ? command->name : "";
    bool redo = strcmp(name, "redo") == 0;
    bool leaving = tui_is_leaving(key) && !something_is_open(&tui->session);
    tui_say(tui, "%s", "");
    if (key.code == K_PASTE) {
        (void)tui_may_write(tui);
    } else if (leaving || strcmp(name, "quit") == 0) {
        (void)past_end(tui);
        tui_pop(tui);
        tui_say(tui, "Back to now.");
    } else if (redo || strcmp(name, "undo") == 0) {
        step(past, redo);
    } else {
        mode->below->type->event(tui, mode->below, event);
    }
}

/* A paste leaves all modes at once. */
static void past_release(struct mode *mode)
{
    struct past *past = (struct past *)mode;
    if (past->tui->past == past)
        (void)past_end(past->tui);
    buffer_release(&past->words);
}

bool past_open(struct tui *tui, int64_t edit)
{
    static const struct mode_type past_type = {
        .scene = past_scene, .event = past_event, .release = past_release};
    struct past *past = memory_new(1, sizeof *past);
    past->mode.type = &past_type;
    past->tui = tui;
    past->present = tui->store;
    past->selected = tui->session.selected;
    if (!go_to(past, edit)) {
        buffer_release(&past->words);
        memory_free(past);
        return false;
    }
    while (tui->modes->below)
        tui_pop(tui);
    tui_push(tui, &past->mode);
    return true;
}
