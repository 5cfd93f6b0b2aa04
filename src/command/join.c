/* join and twin: two moments that are one, and one that is two. */
#include "argument_rows.h"
#include "handler.h"
#include <string.h>

enum { MOMENT, OTHER };

/* --- join ------------------------------------------------------------------------------------- */

/* Ideas, actions and ledger lines belong to the other one from now on. */
static enum status hand_over(struct work *work, enum record record, int field, const void *at,
                             size_t count, int64_t to, struct error *error)
{
    const struct record_type *type = record_type(record);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const char *it = (const char *)at + i * type->size;
        int64_t id = *(const int64_t *)(const void *)(it + type->id);
        status = edit_set(work->edit, record, id, field, value_integer(to), NULL, error);
    }
    return status;
}

static enum status hand_over_all(struct work *work, int64_t to, struct error *error)
{
    struct store *store = work->call->store;
    int64_t from = work->item.id;
    struct ideas ideas = {0};
    struct actions actions = {0};
    struct entries entries = {0};
    enum status status = store_ideas(store, from, &ideas, error);
    if (status == STATUS_OK)
        status = store_actions(store, from, &actions, error);
    if (status == STATUS_OK)
        status = store_entries(store, from, &entries, error);
    if (status == STATUS_OK)
        status = hand_over(work, RECORD_IDEA, IDEA_ITEM, ideas.at, ideas.count, to, error);
    if (status == STATUS_OK)
        status = hand_over(work, RECORD_ACTION, ACTION_ITEM, actions.at, actions.count, to, error);
    if (status == STATUS_OK)
        status = hand_over(work, RECORD_ENTRY, ENTRY_ITEM, entries.at, entries.count, to, error);
    ideas_release(&ideas);
    actions_release(&actions);
    entries_release(&entries);
    return status;
}

/* Every text of the one that goes, each under its label: nothing that was typed is lost. */
static void gather_texts(const struct moment *from, struct buffer *note)
{
    static const int texts[] = {ITEM_TITLE,       ITEM_OWNER,     ITEM_HANDLING,
                                ITEM_EXPECTATION, ITEM_BENCHMARK, ITEM_NOTE};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value value = record_get(RECORD_ITEM, from, texts[i]);
        if (value.type != VALUE_TEXT)
            continue;
        buffer_add_text(note, note->length ? "\n" : "");
        buffer_add_format(
            note, "%s: ",
            texts[i] == ITEM_TITLE ? "Joined" : record_type(RECORD_ITEM)->fields[texts[i]].label);
        buffer_add(note, value.text, value.length);
    }
}

static enum status join_fields(struct work *work, const struct moment *into, struct error *error)
{
    struct buffer note = {0};
    buffer_add_text(&note, into->note);
    gather_texts(&work->item, &note);
    enum status status = edit_set(work->edit, RECORD_ITEM, into->id, ITEM_NOTE,
                                  value_text(buffer_text(&note)), NULL, error);
    buffer_release(&note);
    if (status == STATUS_OK)
        status = edit_set(work->edit, RECORD_ITEM, into->id, ITEM_DOTS,
                          value_integer(into->dots + work->item.dots), NULL, error);
    if (status == STATUS_OK && work->item.chosen && into->state == STATE_LIVE)
        status =
            edit_set(work->edit, RECORD_ITEM, into->id, ITEM_CHOSEN, value_integer(1), NULL, error);
    return status;
}

static enum status join_into(struct work *work, int64_t id, struct error *error)
{
    struct moment into = {0};
    struct buffer title = {0};
    enum status status = store_moment(work->call->store, id, &into, error);
    if (status == STATUS_OK && into.state == STATE_DELETED)
        status = error_set(error, STATUS_NOT_FOUND, "id:%lld was deleted", (long long)id);
    if (status == STATUS_OK)
        status = hand_over_all(work, id, error);
    if (status == STATUS_OK)
        status = join_fields(work, &into, error);
    if (status == STATUS_OK)
        status = edit_remove(work->edit, RECORD_ITEM, work->item.id, error);
    item_title(&into, &title);
    work_say(work, "Joined %s into %s", buffer_text(&work->title), buffer_text(&title));
    buffer_release(&title);
    record_release(RECORD_ITEM, &into);
    return status;
}

static enum status join_it(struct work *work, struct error *error)
{
    int64_t id;
    enum status status = argument_item(work->call, OTHER, &id, error);
    work->back = "parts them again";
    if (status == STATUS_OK && id == work->item.id)
        status = error_set(error, STATUS_REFUSED, "a moment cannot be joined into itself");
    if (status != STATUS_OK)
        return status;
    work->call->outcome.select = id;
    return join_into(work, id, error);
}

static enum status run_join(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, join_it(&work, error), error) : status;
}

const struct command command_join = {
    .name = "join",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "J",
    .label = "Join",
    .summary = "Join a double into another moment",
    .details =
        "Ideas, actions, ledger lines and dots of N go to M, its texts are added to the note "
        "of M, and N is deleted. If N was chosen, M is. One edit, so one undo parts them.\n"
        "\n"
        "Example:\n"
        "  touchline join cab.touchline 12 9",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT),
                           POSITION(OTHER, "M", ARGUMENT_MOMENT, "the moment that stays",
                                    .required = true, .ask = "Into which moment? Its number")),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_join,
};

/* --- twin ------------------------------------------------------------------------------------- */

/* What hangs on the contact is copied; what hangs on the way it comes is for people to find. */
static void copy_fields(struct moment *twin, const struct moment *from)
{
    static const int copied[] = {ITEM_TITLE, ITEM_TIMES, ITEM_OWNER, ITEM_EXPECTATION,
                                 ITEM_BENCHMARK};
    record_init(RECORD_ITEM, twin);
    for (size_t i = 0; i < sizeof copied / sizeof *copied; i++)
        record_set(RECORD_ITEM, twin, copied[i], record_get(RECORD_ITEM, from, copied[i]));
    twin->state = from->state;
}

static enum status tell_twin(struct work *work, int64_t id, struct error *error)
{
    struct moment twin = {0};
    struct buffer title = {0}, phrase = {0};
    struct channels channels = {0};
    enum status status = store_moment(work->call->store, id, &twin, error);
    if (status == STATUS_OK)
        status = store_channels(work->call->store, &channels, error);
    item_title(&twin, &title);
    channel_phrase(channels_by_id(&channels, twin.channel), &phrase);
    work_say(work, "Added %s, the twin of %s%s%s", buffer_text(&title), buffer_text(&work->name),
             phrase.length ? " " : "", buffer_text(&phrase));
    buffer_release(&title);
    buffer_release(&phrase);
    channels_release(&channels);
    record_release(RECORD_ITEM, &twin);
    return status;
}

static enum status twin_it(struct work *work, struct error *error)
{
    struct call *call = work->call;
    struct moment twin = {0};
    struct value channel;
    struct buffer scratch = {0};
    int64_t id;
    enum status status =
        argument_value(call, OTHER, RECORD_ITEM, ITEM_CHANNEL, &channel, &scratch, error);
    buffer_release(&scratch);
    if (status == STATUS_OK &&
        value_equal(channel, record_get(RECORD_ITEM, &work->item, ITEM_CHANNEL)))
        return error_set(error, STATUS_REFUSED, "%s has that channel: take another one",
                         buffer_text(&work->name));
    if (status != STATUS_OK)
        return status;
    copy_fields(&twin, &work->item);
    record_set(RECORD_ITEM, &twin, ITEM_CHANNEL, channel);
    status = edit_add_moment(work->edit, &twin, work->item.id, &id, error);
    record_release(RECORD_ITEM, &twin);
    if (status != STATUS_OK)
        return status;
    call->outcome.select = call->outcome.added = id;
    return tell_twin(work, id, error);
}

static enum status run_twin(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, twin_it(&work, error), error) : status;
}

const struct command command_twin = {
    .name = "twin",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "Y",
    .label = "Twin",
    .summary = "Add the same contact by another channel, right behind it",
    .details = "Title, times, owner, what they expect and best elsewhere are copied; rating, "
               "seconds, ideas and actions are for the twin to find.\n"
               "\n"
               "Example:\n"
               "  touchline twin cab.touchline 3 website",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT),
                  POSITION(OTHER, "CHANNEL", ARGUMENT_CHANNEL, "a letter, a name or its start",
                           .required = true, .ask = "The same contact, by which channel?")),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_twin,
};
