/* phase: a heading begins at a moment, gets another name, or goes. */
#include "argument_rows.h"
#include "place.h"
#include "touchline/memory.h"

enum { MOMENT, NAME };

static enum status begin_phase(struct work *work, const char *name, struct error *error)
{
    int64_t before, next, id;
    struct buffer cut = {0};
    enum status status = store_neighbours(work->call->store, work->item.id, &before, &next, error);
    if (status == STATUS_OK)
        status = edit_add_phase(work->edit, name, before, &id, error);
    if (status == STATUS_OK)
        work->call->outcome.added = id;
    add_cut(&cut, name, 60);
    work_say(work, "Phase %s begins at %s", buffer_text(&cut), buffer_text(&work->title));
    buffer_release(&cut);
    return status;
}

/* What begins here (NULL: nothing) is what the screen showed, if it was a screen. */
static enum status check_seen(const struct work *work, const char *title, struct error *error)
{
    const struct value *seen = work->call->seen;
    if (!seen || value_equal(*seen, value_text(title)))
        return STATUS_OK;
    if (title)
        return error_set(error, STATUS_CONFLICT,
                         "phase %.60s begins here meanwhile: look, then try again", title);
    return error_set(error, STATUS_CONFLICT,
                     "phase %.60s was taken away meanwhile: look, then try again", seen->text);
}

static enum status change_phase(struct work *work, int64_t id, struct value name,
                                struct error *error)
{
    struct phase phase = {0};
    struct buffer old = {0}, new = {0};
    enum status status = store_phase(work->call->store, id, &phase, error);
    add_cut(&old, phase.title, 60);
    add_cut(&new, name.text, 60);
    if (status == STATUS_OK)
        status = check_seen(work, phase.title, error);
    if (status == STATUS_OK && name.type == VALUE_TEXT) {
        work_say(work, "Phase %s is now called %s", buffer_text(&old), buffer_text(&new));
        status = edit_set(work->edit, RECORD_ITEM, id, ITEM_TITLE, name, NULL, error);
    } else if (status == STATUS_OK) {
        work_say(work, "Phase %s is gone; its moments stay", buffer_text(&old));
        work->back = "brings it back";
        status = edit_remove(work->edit, RECORD_ITEM, id, error);
    }
    buffer_release(&old);
    buffer_release(&new);
    memory_free(phase.title);
    return status;
}

static enum status set_phase(struct work *work, struct error *error)
{
    struct value name;
    struct buffer scratch = {0};
    int64_t id = 0;
    enum status status = STATUS_OK;
    if (work->item.state != STATE_LIVE)
        return error_set(error, STATUS_REFUSED, "%s is parked", buffer_text(&work->name));
    status = argument_value(work->call, NAME, RECORD_ITEM, ITEM_TITLE, &name, &scratch, error);
    if (status == STATUS_OK && work->item.kind == ITEM_PHASE)
        id = work->item.id;
    else if (status == STATUS_OK)
        status = place_heading(work->call->store, work->item.id, &id, error);
    if (status == STATUS_OK && !id)
        status = check_seen(work, NULL, error);
    if (status == STATUS_OK && id)
        status = change_phase(work, id, name, error);
    else if (status == STATUS_OK && name.type == VALUE_TEXT)
        status = begin_phase(work, name.text, error);
    else if (status == STATUS_OK)
        status =
            error_set(error, STATUS_REFUSED, "no phase begins at %s", buffer_text(&work->name));
    buffer_release(&scratch);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin_item(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_phase(&work, error), error) : status;
}

const struct command command_phase = {
    .name = "phase",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "p",
    .label = "Phase",
    .summary = "Begin a phase at a moment, rename it, or take it away",
    .details = "Where a phase begins already it gets the new NAME; an empty NAME ('') takes it "
               "away, and its moments belong to the phase before.\n"
               "\n"
               "Example:\n"
               "  touchline phase cab.touchline 5 Ride",
    .arguments = ARGUMENTS(ITEM_ROW(MOMENT),
                           POSITION(NAME, "NAME", ARGUMENT_TEXT, "what the phase is called",
                                    .required = true, .ask = "Which phase begins here?")),
    .writes = true,
    .run = run,
};
