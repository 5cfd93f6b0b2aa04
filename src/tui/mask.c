/* Masked capture: what is written shows as dots until it is shown all together, so that nobody
 * writes what the one before has written. On disk it is as ever; the mask is this screen's, and
 * hides whatever came onto the board since it began, whoever wrote it. */
#include "touchline/memory.h"
#include "touchline/text.h"
#include "tui.h"
#include <string.h>

/* --- on and off ------------------------------------------------------------------------------- */

static enum status read_newest(struct tui *tui, struct error *error)
{
    enum status status = store_read_begin(tui->store, error);
    if (status != STATUS_OK)
        return status;
    for (int record = 0; status == STATUS_OK && record < RECORDS; record++)
        status = store_newest(tui->store, (enum record)record, &tui->mask.newest[record], error);
    store_read_end(tui->store);
    return status;
}

static void begin(struct tui *tui)
{
    struct error error;
    if (read_newest(tui, &error) != STATUS_OK) {
        tui_error(tui, &error);
        return;
    }
    tui->mask.on = true;
    tui->mask.moments = tui->meter.moments + tui->meter.parked;
    tui_say(tui, "What comes onto the board now shows as dots. :mask shows it, all at once.");
}

static void accept(struct tui *tui, const char *value, void *data)
{
    (void)data;
    if (*value == '\0')
        return;
    int64_t added = tui->meter.moments + tui->meter.parked - tui->mask.moments;
    tui->mask.on = false;
    tui_say(tui, "The mask is off. %lld moment%s came behind it.", (long long)added,
            added == 1 ? "" : "s");
}

/* What was seen cannot be unseen, so it asks. */
void mask_turn(struct tui *tui)
{
    struct choices choices = {0};
    if (!tui->mask.on) {
        begin(tui);
        return;
    }
    choices_add(&choices, "y", "Show it", "y");
    choices_add(&choices, "n", "Not yet", "");
    pick_open(tui, "Show all that was written behind the mask?", choices, accept, NULL, NULL);
}

bool mask_refuses(struct tui *tui)
{
    if (tui->mask.on)
        tui_warn(tui, "The mask is on: :mask shows all, then this.");
    return tui->mask.on;
}

void mask_release(struct mask *mask)
{
    memory_free(mask->window.moments);
    memory_free(mask->window.phases);
    memory_free(mask->parked.at);
    memory_free(mask->ranked.at);
    memory_free(mask->details.ideas.at);
    memory_free(mask->details.actions.at);
    memory_free(mask->details.entries.at);
    memory_free(mask->added);
    buffer_release(&mask->typed);
    buffer_release(&mask->edit);
}

/* --- dots ------------------------------------------------------------------------------------- */

/* As many for every text, so that they tell nothing. They are only read. */
static char *dots(const struct tui *tui)
{
    static const char *const signs[] = {"•••••", "*****"};
    return (char *)signs[term_ascii(tui->term)];
}

const char *mask_words(const struct tui *tui, const char *text)
{
    return tui->mask.on && text ? dots(tui) : text;
}

static bool hides(const struct tui *tui, enum record record, int64_t id)
{
    return id > tui->mask.newest[record];
}

/* Of a copy that borrows its texts. */
static void hide_texts(const struct tui *tui, enum record record, void *it)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        char **text = (char **)(void *)((char *)it + field->offset);
        if ((field->type == FIELD_LINE || field->type == FIELD_TEXT) && *text)
            *text = dots(tui);
    }
}

/* Borrowed copies of an array of records, those texts hidden that came since, or all. */
static void *copy_hidden(const struct tui *tui, enum record record, void *copies, const void *from,
                         size_t count, bool all)
{
    const struct record_type *type = record_type(record);
    char *at = memory_resize(copies, count + 1, type->size);
    if (count > 0)
        memcpy(at, from, count * type->size);
    for (size_t i = 0; i < count; i++) {
        void *it = at + i * type->size;
        if (all || hides(tui, record, *(const int64_t *)(void *)((char *)it + type->id)))
            hide_texts(tui, record, it);
    }
    return at;
}

/* A dot for each letter from a byte on: who types sees that it is taken. */
static void hide_typed(const struct tui *tui, struct typed *typed, size_t from, struct buffer *out)
{
    const char *dot = term_ascii(tui->term) ? "*" : "•";
    size_t length = typed->text ? strlen(typed->text) : 0;
    size_t cursor = typed->cursor < from ? typed->cursor : from;
    buffer_clear(out);
    buffer_add(out, typed->text ? typed->text : "", from);
    for (size_t at = from; at < length;) {
        if (at == typed->cursor)
            cursor = out->length;
        at += text_cluster_length(typed->text + at, length - at);
        buffer_add_text(out, dot);
    }
    if (typed->cursor >= length)
        cursor = out->length;
    if (typed->text)
        *typed = (struct typed){buffer_text(out), cursor};
}

/* --- the scene -------------------------------------------------------------------------------- */

static void hide_window(struct tui *tui, struct scene *scene)
{
    struct mask *mask = &tui->mask;
    struct window *window = &mask->window;
    struct window_phase *phases =
        memory_resize(window->phases, scene->window->phase_count + 1, sizeof *phases);
    struct moment *moments = copy_hidden(tui, RECORD_ITEM, window->moments, scene->window->moments,
                                         scene->window->count, false);
    *window = *scene->window;
    for (size_t i = 0; i < window->phase_count; i++) {
        phases[i] = scene->window->phases[i];
        if (hides(tui, RECORD_ITEM, phases[i].id))
            phases[i].title = dots(tui);
    }
    window->phases = phases;
    window->moments = moments;
    scene->window = window;
}

static void hide_details(struct tui *tui, struct scene *scene)
{
    struct details *details = &tui->mask.details;
    const struct details *from = scene->details;
    if (!from)
        return;
    bool all = hides(tui, RECORD_ITEM, from->moment.id);
    details->moment = from->moment;
    if (all)
        hide_texts(tui, RECORD_ITEM, &details->moment);
#define HIDE(record, list)                                                                         \
    details->list.at =                                                                             \
        copy_hidden(tui, record, details->list.at, from->list.at, from->list.count, all);          \
    details->list.count = from->list.count
    HIDE(RECORD_IDEA, ideas);
    HIDE(RECORD_ACTION, actions);
    HIDE(RECORD_ENTRY, entries);
#undef HIDE
    scene->details = details;
}

static void hide_moments(struct tui *tui, const struct moments **list, struct moments *copy)
{
    copy->at = copy_hidden(tui, RECORD_ITEM, copy->at, (*list)->at, (*list)->count, false);
    copy->count = (*list)->count;
    *list = copy;
}

/* What is being written, or carried. */
static void hide_ghost(struct tui *tui, struct ghost *ghost)
{
    bool hidden = ghost->kind == GHOST_WRITE || hides(tui, RECORD_ITEM, ghost->lifted);
    if (ghost->title && *ghost->title && hidden)
        ghost->title = dots(tui);
}

static void hide_added(struct tui *tui, struct scene *scene)
{
    struct mask *mask = &tui->mask;
    if (!scene->added)
        return;
    mask->added = memory_resize(mask->added, scene->added_count + 1, sizeof *mask->added);
    for (size_t i = 0; i < scene->added_count; i++) {
        mask->added[i] = scene->added[i];
        mask->added[i].title = dots(tui);
        mask->added[i].idea = mask->added[i].idea ? dots(tui) : NULL;
    }
    scene->added = mask->added;
}

static void show_mode(struct prompt *prompt)
{
    if (!prompt->mode)
        prompt->mode = "MASK";
    else if (strcmp(prompt->mode, "WRITE") == 0)
        prompt->mode = "WRITE MASKED";
}

void mask_scene(struct tui *tui, struct scene *scene)
{
    if (!tui->mask.on)
        return;
    hide_window(tui, scene);
    hide_details(tui, scene);
    hide_moments(tui, &scene->parked, &tui->mask.parked);
    hide_moments(tui, &scene->ranked, &tui->mask.ranked);
    hide_ghost(tui, &scene->ghost);
    hide_added(tui, scene);
    hide_typed(tui, &scene->prompt.typed, 0, &tui->mask.typed);
    hide_typed(tui, &scene->edit, 0, &tui->mask.edit);
    scene->filter = mask_words(tui, scene->filter);
    show_mode(&scene->prompt);
}

void mask_line(struct tui *tui, struct typed *typed)
{
    size_t name = strcspn(typed->text, " ");
    if (tui->mask.on && typed->text[name])
        hide_typed(tui, typed, name + 1, &tui->mask.typed);
}
