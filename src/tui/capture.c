/* Writing: one line and Enter, again and again (R2). Every printable key is text. What a line means
 * is the model's business (capture.h); here it becomes edits, and the ghost card shows where. */
#include "touchline/capture.h"
#include "entered.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include "tui.h"
#include <stdio.h>
#include <string.h>

struct writing {
    struct mode mode;
    struct typing input;
    int64_t after; /* id of the item that the next card follows, PLACE_START or PLACE_END */
    struct entries_made made;
    unsigned numbered;   /* tui->readings when their numbers were asked for */
    struct capture read; /* of the line as it is */
    struct buffer label, note;
};

/* --- where ------------------------------------------------------------------------------------ */

/* The window is read so that the card and its neighbours are seen. */
static void show_place(struct tui *tui, int64_t select)
{
    tui->stale_window = true;
    tui->ghosts = 1;
    if (select)
        tui->session.selected = select;
    int fit = (int)view_window_size(tui->frame.rows, tui->frame.columns, tui->session.zoom);
    tui->left = fit > 2 ? fit - 3 : 0;
}

/* --- how the line reads ----------------------------------------------------------------------- */

static void read_line(struct tui *tui, struct writing *writing)
{
    capture_release(&writing->read);
    capture_read(buffer_text(&writing->input.text), &tui->channels, tui_phases(tui),
                 &writing->read);
}

/* A near double is named, never blocked. */
static void warn_of_double(struct tui *tui, struct writing *writing)
{
    struct error error;
    struct moment like = {0};
    int64_t id = 0;
    const struct buffer *title = &writing->read.title;
    if (writing->read.kind != CAPTURE_MOMENT || title->length < 4 || tui->busy_since ||
        tui_has_keys(tui) || !burst_is_empty(&tui->burst))
        return;
    int patience = store_set_patience(tui->store, TUI_READ_PATIENCE_MS);
    if (store_similar(tui->store, buffer_text(title), &id, &error) == STATUS_OK && id &&
        store_moment(tui->store, id, &like, &error) == STATUS_OK)
        tui_warn(tui, "Like %lld \"%s\". Enter adds it all the same, C-u drops the line.",
                 (long long)like.number, like.title);
    (void)store_set_patience(tui->store, patience);
    record_release(RECORD_ITEM, &like);
}

static void line_changed(struct tui *tui, struct writing *writing)
{
    read_line(tui, writing);
    tui_say(tui, "%s", "");
    if (writing->read.unknown.length > 0)
        tui_warn(tui, "%s stays in the title: no channel, time, place or phase at the line's end.",
                 mask_words(tui, buffer_text(&writing->read.unknown)));
    else if (!tui->mask.on)
        warn_of_double(tui, writing);
}

/* --- the scene -------------------------------------------------------------------------------- */

static void describe_place(struct tui *tui, const struct ghost *ghost, struct buffer *label)
{
    const struct window *window = &tui->window;
    buffer_clear(label);
    if (window->count == 0)
        buffer_add_text(label, "the first moment >");
    else if (ghost->at > 0 && ghost->at <= window->count)
        buffer_add_format(label, "after %lld >", (long long)window->moments[ghost->at - 1].number);
    else
        buffer_add_format(label, "before %lld >", (long long)window->moments[0].number);
}

/* Numbers move when something is put in front: those in sight are asked for again. */
static void number_made(struct tui *tui, struct writing *writing)
{
    enum { IN_SIGHT = 24 };
    struct error error;
    size_t count = writing->made.count;
    size_t first = count > IN_SIGHT ? count - IN_SIGHT : 0;
    if (writing->numbered == tui->readings || tui->busy_since)
        return;
    writing->numbered = tui->readings;
    for (size_t i = first; i < count; i++)
        if (writing->made.at[i].kind == CAPTURE_MOMENT &&
            store_number(tui->store, writing->made.at[i].id, &writing->made.at[i].number, &error) !=
                STATUS_OK)
            tui_error(tui, &error);
}

static void writing_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    static const struct key_item keys[] = {
        {"Enter", "Add", 0},   {"Tab", "Next phase", 3}, {"Up", "Mend last", 4},
        {"\"+ \"", "Idea", 5}, {"\"# \"", "Phase", 6},   {"Esc", "Done", 0},
        {"F1", "Help", 0},
    };
    struct writing *writing = (struct writing *)mode;
    const struct capture *read = &writing->read;
    ghost_place(tui, writing->after, &scene->ghost);
    describe_place(tui, &scene->ghost, &writing->label);
    buffer_clear(&writing->note);
    capture_describe(read, &tui->channels, tui_phases(tui), &writing->note);
    scene->ghost.kind = GHOST_WRITE;
    scene->ghost.title = buffer_text(&read->title);
    scene->ghost.channel = read->channel;
    scene->ghost.seconds = read->seconds;
    scene->prompt = (struct prompt){
        .mode = "WRITE",
        .label = buffer_text(&writing->label),
        .typed = {.text = buffer_text(&writing->input.text), .cursor = writing->input.cursor},
        .note = writing->note.length ? buffer_text(&writing->note) : NULL};
    number_made(tui, writing);
    entered_show(&writing->made, scene);
    scene->keys = keys;
    scene->key_count = sizeof keys / sizeof *keys;
}

/* --- entering a line -------------------------------------------------------------------------- */

/* What undo would take back now tells later whether anything was done since. */
static void remember(struct tui *tui, struct writing *writing, int64_t id)
{
    struct error error;
    const struct capture *read = &writing->read;
    struct entered entered = {.kind = read->kind,
                              .line = (char *)buffer_text(&writing->input.text),
                              .title = (char *)buffer_text(&read->title),
                              .after = writing->after,
                              .id = id,
                              .channel = read->channel,
                              .seconds = read->seconds,
                              .parked = read->park};
    if (store_undo_next(tui->store, &entered.edit, &error) != STATUS_OK)
        entered.edit = 0;
    entered_add(&writing->made, &entered);
    writing->numbered = 0;
}

/* Where the line says that it goes: after a number, at the end of a phase, or where one writes. */
static enum status place_of(struct tui *tui, const struct writing *writing, int64_t *after,
                            struct error *error)
{
    const struct capture *read = &writing->read;
    *after = writing->after;
    if (read->after != FIELD_ABSENT)
        return store_at(tui->store, read->after, after, error);
    if (read->phase)
        return store_phase_end(tui->store, read->phase, after, error);
    return STATUS_OK;
}

static enum status add_moment(struct tui *tui, struct writing *writing)
{
    struct error error;
    char seconds[24];
    int64_t id = 0, after;
    const struct capture *read = &writing->read;
    const struct channel *channel = channels_by_id(&tui->channels, read->channel);
    enum status status = place_of(tui, writing, &after, &error);
    if (status != STATUS_OK) {
        tui_error(tui, &error);
        return status;
    }
    struct id_words place = id_words(after);
    snprintf(seconds, sizeof seconds, "%lld", (long long)read->seconds);
    const struct named values[] = {{"TITLE", buffer_text(&read->title)},
                                   {"channel", channel ? channel->letter : NULL},
                                   {"seconds", read->seconds == FIELD_ABSENT ? NULL : seconds},
                                   {"after", after == PLACE_END ? NULL : place.text},
                                   {"park", read->park ? "" : NULL},
                                   {NULL, NULL}};
    status = tui_call_named(tui, "add", values, &id);
    if (status != STATUS_OK)
        return status;
    remember(tui, writing, id);
    if (!read->park) {
        writing->after = id;
        show_place(tui, id);
    }
    return STATUS_OK;
}

static enum status add_idea(struct tui *tui, struct writing *writing)
{
    int64_t id = entered_last_moment(&writing->made), ignored;
    if (!id)
        id = tui->session.selected;
    if (!id) {
        tui_warn(tui, "An idea belongs to a moment: write that first.");
        return STATUS_REFUSED;
    }
    struct id_words moment = id_words(id);
    const struct named values[] = {
        {"N", moment.text}, {"TEXT", buffer_text(&writing->read.title)}, {NULL, NULL}};
    enum status status = tui_call_named(tui, "idea", values, &ignored);
    if (status == STATUS_OK)
        remember(tui, writing, id);
    return status;
}

static enum status add_phase(struct tui *tui, struct writing *writing)
{
    struct edit *edit;
    struct error error;
    struct buffer words = {0};
    int64_t id = 0;
    enum status status = edit_begin(tui->store, &edit, &error);
    if (status == STATUS_OK) {
        buffer_add_format(&words, "Phase %s begins", buffer_text(&writing->read.title));
        status =
            edit_add_phase(edit, buffer_text(&writing->read.title), writing->after, &id, &error);
        status = status == STATUS_OK ? edit_commit(edit, &error, buffer_text(&words))
                                     : edit_cancel(edit, status);
    }
    if (status == STATUS_OK) {
        remember(tui, writing, 0);
        writing->after = id;
        tui->stale = true;
    }
    buffer_release(&words);
    return tui_saved(tui, status, &error);
}

/* The list tells what was added; u is a letter here. Only an idea for a moment that was there
 * before is not in it. */
static void tell_entered(struct tui *tui, const struct writing *writing)
{
    const struct moment *moment = &tui->details.moment;
    if (writing->read.kind != CAPTURE_IDEA || entered_last_moment(&writing->made))
        tui_say(tui, "%s", "");
    else
        tui_say(tui, "An idea for %s%lld.", moment->state == STATE_PARKED ? "z" : "",
                (long long)moment->number);
}

static void enter(struct tui *tui, struct writing *writing)
{
    enum status status = STATUS_OK;
    read_line(tui, writing);
    switch (writing->read.kind) {
    case CAPTURE_EMPTY:
        return;
    case CAPTURE_MOMENT:
        status = add_moment(tui, writing);
        break;
    case CAPTURE_IDEA:
        status = add_idea(tui, writing);
        break;
    case CAPTURE_PHASE:
        status = add_phase(tui, writing);
        break;
    }
    if (status == STATUS_OK) { /* what could not be saved stays in the line */
        typing_set(&writing->input, NULL);
        tell_entered(tui, writing);
    }
    read_line(tui, writing);
}

/* --- mending ---------------------------------------------------------------------------------- */

/* Its edit is taken back as u would, unless something else was done since. */
static bool undo_last(struct tui *tui, const struct entered *last)
{
    struct error error;
    struct undone undone;
    int64_t edit = 0;
    enum status status = store_undo_next(tui->store, &edit, &error);
    if (status == STATUS_OK && edit != last->edit) {
        tui_warn(tui, "You have changed something else since: Esc leaves, then u takes back.");
        return false;
    }
    if (status == STATUS_OK)
        status = store_undo(tui->store, &undone, &error);
    if (tui_saved(tui, status, &error) == STATUS_OK)
        undone_release(&undone);
    return status == STATUS_OK;
}

/* One of a pasted list, whose edit is about all of it. */
static bool remove_last(struct tui *tui, const struct entered *last)
{
    int64_t ignored;
    return tui_call_on(tui, "remove", last->id, &ignored) == STATUS_OK;
}

/* The last line comes back to be mended. */
static void mend_last(struct tui *tui, struct writing *writing)
{
    if (writing->made.count == 0 || writing->input.text.length > 0)
        return;
    const struct entered *last = &writing->made.at[writing->made.count - 1];
    if (!(last->edit ? undo_last(tui, last) : remove_last(tui, last)))
        return;
    typing_set(&writing->input, last->line);
    writing->after = last->after;
    entered_forget_last(&writing->made);
    writing->numbered = 0;
    tui->stale = true;
    read_line(tui, writing);
    show_place(tui, writing->after > 0 ? writing->after : 0);
    tui_say(tui, "Taken back to be mended. Enter adds it again.");
}

/* --- phases ----------------------------------------------------------------------------------- */

static size_t current_phase(const struct tui *tui, const struct phases *phases,
                            const struct writing *writing)
{
    struct ghost ghost = {0};
    ghost_place(tui, writing->after, &ghost);
    for (size_t i = 0; i < phases->count; i++)
        if (phases->at[i].id == ghost.phase)
            return i;
    return phases->count;
}

static void change_phase(struct tui *tui, struct writing *writing, int by)
{
    struct error error;
    const struct phases *phases = tui_phases(tui);
    size_t now = current_phase(tui, phases, writing), count = phases->count;
    if (count == 0) {
        tui_say(tui, "There is no phase yet: a line that begins with \"# \" makes one.");
        return;
    }
    size_t to = now == count ? (by > 0 ? 0 : count - 1) : (now + count + (size_t)by) % count;
    if (store_phase_end(tui->store, phases->at[to].id, &writing->after, &error) != STATUS_OK) {
        tui_error(tui, &error);
        return;
    }
    tui_say(tui, "Writing in %s.", mask_words(tui, phases->at[to].title));
    show_place(tui, writing->after);
}

/* --- pasting ---------------------------------------------------------------------------------- */

/* Each line can be mended as if it had been typed. */
static void remember_pasted(struct writing *writing, const struct pasted *pasted)
{
    for (size_t i = 0; i < pasted->count; i++) {
        struct entered entered = {.kind = CAPTURE_MOMENT,
                                  .line = pasted->at[i].title,
                                  .title = pasted->at[i].title,
                                  .after = i ? pasted->at[i - 1].id : writing->after,
                                  .id = pasted->at[i].id,
                                  .channel = FIELD_ABSENT,
                                  .seconds = FIELD_ABSENT};
        entered_add(&writing->made, &entered);
    }
    writing->numbered = 0;
}

static void paste(struct tui *tui, struct writing *writing, const char *text)
{
    struct event event = {.key = {.code = K_PASTE}};
    struct pasted pasted = {0};
    const char *end = strchr(text, '\n');
    if (!end || end[1] == '\0') {
        event.paste = (char *)text;
        (void)typing_event(&writing->input, &event);
        line_changed(tui, writing);
        return;
    }
    if (paste_add(tui, text, writing->after, &pasted)) {
        remember_pasted(writing, &pasted);
        writing->after = pasted.at[pasted.count - 1].id;
        show_place(tui, writing->after);
    } else {
        paste_open(tui, text); /* it must not be lost: Enter tries again */
    }
    pasted_release(&pasted);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void leave(struct tui *tui, struct writing *writing)
{
    memory_replace(&tui->half_line,
                   writing->input.text.length ? buffer_text(&writing->input.text) : NULL);
    tui->ghosts = 0;
    tui->stale_window = true;
    if (tui->half_line)
        tui_say(tui, "The half line is kept for the next a.");
    tui_pop(tui);
}

static void writing_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct writing *writing = (struct writing *)mode;
    struct key key = event->key;
    tui_refresh(tui);
    if (tui_is_leaving(key))
        leave(tui, writing);
    else if (key.code == K_ENTER)
        enter(tui, writing);
    else if (key.code == K_TAB)
        change_phase(tui, writing, key.modifiers & KEY_SHIFT ? -1 : +1);
    else if (key.code == K_UP)
        mend_last(tui, writing);
    else if (key.code == K_F1)
        help_open(tui, false);
    else if (key.code == K_PASTE)
        paste(tui, writing, event->paste ? event->paste : "");
    else if (typing_event(&writing->input, event))
        line_changed(tui, writing);
}

static void writing_release(struct mode *mode)
{
    struct writing *writing = (struct writing *)mode;
    entered_release(&writing->made);
    capture_release(&writing->read);
    typing_release(&writing->input);
    buffer_release(&writing->label);
    buffer_release(&writing->note);
}

static struct typing *writing_typing(struct mode *mode)
{
    return &((struct writing *)mode)->input;
}

static const char *writing_draft(struct mode *mode)
{
    return buffer_text(&((struct writing *)mode)->input.text);
}

static const struct mode_type writing_type = {.scene = writing_scene,
                                              .event = writing_event,
                                              .typing = writing_typing,
                                              .draft = writing_draft,
                                              .release = writing_release};

/* A title with its tags. */
static size_t line_room(void)
{
    enum { TAGS = 200 };
    return (size_t)record_type(RECORD_ITEM)->fields[ITEM_TITLE].max + TAGS;
}

void capture_open(struct tui *tui, int64_t after)
{
    struct writing *writing = memory_new(1, sizeof *writing);
    writing->mode.type = &writing_type;
    writing->after = after;
    writing->input.most = line_room();
    typing_set(&writing->input, tui->half_line);
    if (tui->half_line)
        tui_say(tui, "Here is the half line from before. C-u drops it.");
    memory_replace(&tui->half_line, NULL);
    read_line(tui, writing);
    if (after == PLACE_END && tui->window.count > 0) {
        struct error error;
        int64_t first, last = 0;
        if (store_ends(tui->store, NULL, &first, &last, &error) == STATUS_OK && last)
            show_place(tui, last);
    }
    show_place(tui, 0);
    tui_push(tui, &writing->mode);
}
