#include "adding.h"
#include "touchline/memory.h"
#include <string.h>

enum status adding_phase(struct adding *adding, const char *title, struct error *error)
{
    int64_t id;
    enum status status = edit_add_phase(adding->work.edit, title, adding->after, &id, error);
    if (status != STATUS_OK)
        return status;
    adding->after = id;
    adding->new_phases++;
    adding->work.call->outcome.added = id;
    return store_phases(adding->work.call->store, &adding->phases, error);
}

/* Named, never blocked. */
static enum status find_like(struct adding *adding, const char *title, struct error *error)
{
    struct store *store = adding->work.call->store;
    struct moment like = {0};
    int64_t id;
    enum status status = store_similar(store, title, &id, error);
    if (status == STATUS_OK && id)
        status = store_moment(store, id, &like, error);
    if (status == STATUS_OK && id)
        item_title(&like, &adding->like);
    record_release(RECORD_ITEM, &like);
    return status;
}

static void count_moment(struct adding *adding, int64_t id, const char *title)
{
    struct call *call = adding->work.call;
    if (adding->moments++ == 0)
        add_cut(&adding->first, title, 60);
    adding->moment = id;
    call->outcome.added = call->outcome.select = id;
}

enum status adding_moment(struct adding *adding, const char *title, int64_t after, bool parked,
                          struct error *error)
{
    struct moment moment = {0};
    int64_t id;
    if (adding->alone && find_like(adding, title, error) != STATUS_OK)
        return error->status;
    record_copy(RECORD_ITEM, &moment, &adding->pattern);
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(title));
    if (adding->line.channel != FIELD_ABSENT)
        moment.channel = adding->line.channel;
    if (adding->line.seconds != FIELD_ABSENT)
        moment.seconds = adding->line.seconds;
    moment.state = parked ? STATE_PARKED : STATE_LIVE;
    enum status status = edit_add_moment(adding->work.edit, &moment, after, &id, error);
    if (status == STATUS_OK) {
        count_moment(adding, id, title);
        if (after == adding->after)
            adding->after = id;
    }
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status add_idea(struct adding *adding, const char *text, struct error *error)
{
    struct idea idea = {0};
    int64_t id;
    if (!adding->moment)
        return error_set(error, STATUS_USAGE,
                         "there is no moment yet that '+ %.40s' could be an idea for", text);
    record_init(RECORD_IDEA, &idea);
    idea.item = adding->moment;
    record_set(RECORD_IDEA, &idea, IDEA_TEXT, value_text(text));
    enum status status = edit_add(adding->work.edit, RECORD_IDEA, &idea, &id, error);
    record_release(RECORD_IDEA, &idea);
    adding->ideas += status == STATUS_OK;
    return status;
}

/* Tags place this one moment; the next goes on where the list stands. */
static enum status tagged_place(struct adding *adding, int64_t *after, struct error *error)
{
    struct store *store = adding->work.call->store;
    *after = adding->after;
    if (adding->line.after != FIELD_ABSENT)
        return store_at(store, adding->line.after, after, error);
    if (adding->line.phase)
        return store_phase_end(store, adding->line.phase, after, error);
    return STATUS_OK;
}

enum status adding_tagged(struct adding *adding, const char *line, struct error *error)
{
    int64_t after;
    capture_read(line, &adding->channels, &adding->phases, &adding->line);
    const char *text = buffer_text(&adding->line.title);
    if (adding->line.unknown.length > 0) {
        buffer_clear(&adding->unknown);
        add_cut(&adding->unknown, buffer_text(&adding->line.unknown), 40);
    }
    if (adding->line.kind == CAPTURE_EMPTY)
        return STATUS_OK;
    if (adding->line.kind == CAPTURE_IDEA)
        return add_idea(adding, text, error);
    if (adding->line.kind == CAPTURE_PHASE)
        return adding_phase(adding, text, error);
    enum status status = tagged_place(adding, &after, error);
    return status == STATUS_OK
               ? adding_moment(adding, text, after, adding->park || adding->line.park, error)
               : status;
}

/* Bullets, numbers and blank lines are a list's dress, not its text. */
enum status adding_bare(struct adding *adding, const char *line, struct error *error)
{
    size_t from, to;
    if (!capture_paste_line(line, strlen(line), &from, &to))
        return STATUS_OK;
    char *title = memory_copy_bytes(line + from, to - from);
    enum status status = adding_moment(adding, title, adding->after, adding->park, error);
    memory_free(title);
    return status;
}

void adding_release(struct adding *adding)
{
    record_release(RECORD_ITEM, &adding->pattern);
    channels_release(&adding->channels);
    phases_release(&adding->phases);
    capture_release(&adding->line);
    buffer_release(&adding->like);
    buffer_release(&adding->first);
    buffer_release(&adding->unknown);
}
