/* set: any field of a moment, a phase's title, an idea's or an action's fields. */
#include "argument_rows.h"
#include "handler.h"

enum { MOMENT, FIELDS, IDEA, ACTION };

struct setting {
    enum record record;
    int64_t id;
    struct buffer names; /* "rating, owner" */
};

static enum status set_one(struct work *work, struct setting *setting, size_t index,
                           struct error *error)
{
    const char *word = work->call->words[index];
    const struct value *seen = work->call->seen ? &work->call->seen[index] : NULL;
    const char *text;
    int field;
    struct value value;
    struct buffer scratch = {0};
    enum status status = argument_field(word, setting->record, &field, &text, error);
    if (status == STATUS_OK && work->item.kind == ITEM_PHASE && field != ITEM_TITLE)
        status = error_set(error, STATUS_USAGE, "a phase has only a title");
    if (status == STATUS_OK)
        status = argument_read(work->call, text, setting->record, field, &value, &scratch, error);
    if (status == STATUS_OK)
        status = edit_set(work->edit, setting->record, setting->id, field, value, seen, error);
    if (status == STATUS_OK)
        buffer_add_format(&setting->names, "%s%s", setting->names.length ? ", " : "",
                          record_type(setting->record)->fields[field].name);
    buffer_release(&scratch);
    return status;
}

static enum status find_record(struct work *work, struct setting *setting, struct error *error)
{
    struct call *call = work->call;
    setting->record = RECORD_ITEM;
    setting->id = work->item.id;
    if (!call->values[IDEA] && !call->values[ACTION])
        return STATUS_OK;
    if (call->values[IDEA] && call->values[ACTION])
        return error_set(error, STATUS_USAGE, "set: say either --idea or --action");
    setting->record = call->values[IDEA] ? RECORD_IDEA : RECORD_ACTION;
    return argument_belonging(call, call->values[IDEA] ? IDEA : ACTION, setting->record,
                              &setting->id, error);
}

static enum status set_all(struct work *work, struct error *error)
{
    struct call *call = work->call;
    struct setting setting = {0};
    enum status status = find_record(work, &setting, error);
    for (size_t i = 0; status == STATUS_OK && i < call->word_count; i++)
        status = set_one(work, &setting, i, error);
    if (setting.record == RECORD_ITEM)
        work_say(work, "Changed %s of %s", buffer_text(&setting.names), buffer_text(&work->title));
    else
        work_say(work, "Changed %s of an %s of %s", buffer_text(&setting.names),
                 record_type(setting.record)->name, buffer_text(&work->title));
    buffer_release(&setting.names);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin_item(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_all(&work, error), error) : status;
}

const struct command command_set = {
    .name = "set",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .label = "Set",
    .summary = "Set fields of a moment, an idea or an action",
    .details =
        "Fields of a moment: title, channel, rating, target, chosen, dots, seconds, times, owner, "
        "handling (what we do now), expectation (they expect), benchmark (best elsewhere), note. "
        "Of an idea: text, price, taken. Of an action: text, owner, due, status, wave, agreed, "
        "finding. An empty value takes the field away. All of it is one edit.\n"
        "\n"
        "Examples:\n"
        "  touchline set cab.touchline 3 seconds=20 owner=Wally\n"
        "  touchline set cab.touchline 3 --action 1 status=kept wave=2",
    .arguments =
        ARGUMENTS(ITEM_ROW(MOMENT),
                  POSITION(FIELDS, "FIELD=VALUE", ARGUMENT_FIELDS, "a field and what it shall be",
                           .required = true, .repeated = true, .ask = "FIELD=VALUE"),
                  OPTION(IDEA, "idea", 0, ARGUMENT_TEXT,
                         "of this idea of it: its place in the list, or id:31"),
                  OPTION(ACTION, "action", 0, ARGUMENT_TEXT, "of this action of it")),
    .writes = true,
    .run = run,
};
