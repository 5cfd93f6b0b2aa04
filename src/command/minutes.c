#include "touchline/minutes.h"
#include "handler.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <string.h>

/* Clusters of a text as it stands in a sentence, and in a line of its own. */
enum { WAS_MOST = 40, TEXT_MOST = 120 };

/* --- values ----------------------------------------------------------------------------------- */

/* What a list leaves empty goes by the first of its aliases: "unrated". */
static bool add_word_of_none(const struct field *field, struct buffer *out)
{
    const struct word *word = field->words;
    while (word && word->text && *word->text)
        word++;
    if (!word || !word->text || !word->aliases)
        return false;
    buffer_add(out, word->aliases, strcspn(word->aliases, ","));
    return true;
}

/* As people say it; nothing for what was not said. */
static void add_value(const struct channels *channels, const struct field *field,
                      struct value value, size_t most, struct buffer *out)
{
    struct buffer words = {0};
    if (field_is_default(field, value))
        return;
    if (field->type == FIELD_SECONDS)
        seconds_format(value.integer, &words);
    else if (field->type == FIELD_CHANNEL)
        channel_phrase(channels_by_id(channels, value.integer), &words);
    else
        field_format(field, channels, value, &words);
    add_cut(out, buffer_text(&words), most);
    buffer_release(&words);
}

/* --- a sentence ------------------------------------------------------------------------------- */

struct former {
    const struct channels *channels;
    int64_t rated;     /* the moment whose rating it changed, 0 */
    int count;         /* of the changes that somebody made, */
    struct buffer was; /* and what the first of them changed */
};

/* A first rating is kept by itself, and a target goes with its rating (R11). */
static bool follows(const struct former *former, const struct history_change *change)
{
    return change->record == RECORD_ITEM && change->id == former->rated &&
           (change->field == ITEM_FIRST_RATING ||
            (change->field == ITEM_TARGET && change->new.integer == RATING_NONE));
}

/* Yes and no say what they were by what they are; a long text is not for a sentence. */
static bool can_be_told(const struct history_change *change)
{
    if (change->field < 0)
        return false;
    const struct field *field = &record_type(change->record)->fields[change->field];
    return field->settable && field->type != FIELD_YES && field->type != FIELD_TEXT &&
           field->type != FIELD_ITEM;
}

static bool find_former(void *data, const struct history_change *change)
{
    struct former *former = data;
    if (follows(former, change))
        return true;
    if (change->record == RECORD_ITEM && change->field == ITEM_RATING)
        former->rated = change->id;
    if (++former->count == 1 && can_be_told(change))
        add_value(former->channels, &record_type(change->record)->fields[change->field],
                  change->old, WAS_MOST, &former->was);
    return former->count < 2;
}

enum status minutes_sentence(struct store *store, const struct channels *channels,
                             const struct history_entry *entry, struct buffer *out,
                             struct error *error)
{
    struct former former = {.channels = channels};
    enum { FEW = 3 }; /* a rating with what follows it */
    enum status status = STATUS_OK;
    buffer_add_text(out, entry->nothing ? "Left as it was: "
                         : entry->undo  ? "Taken back: "
                         : entry->redo  ? "Done again: "
                                        : "");
    buffer_add_text(out, entry->words ? entry->words : "");
    if (!entry->undo && entry->changes <= FEW)
        status = store_history_changes(store, entry->id, find_former, &former, error);
    if (status == STATUS_OK && former.count == 1 && former.was.length > 0)
        buffer_add_format(out, " (was %s)", buffer_text(&former.was));
    buffer_release(&former.was);
    return status;
}

/* --- changes ---------------------------------------------------------------------------------- */

struct reading {
    struct store *store;
    const struct channels *channels;
    struct minutes *minutes;
    size_t most;
    enum status status; /* what ended it early */
    struct error *error;
};

/* The text that a record goes by: its first one. */
static int naming_field(const struct record_type *type)
{
    for (int i = 0; i < (int)type->count; i++)
        if (type->fields[i].type == FIELD_LINE || type->fields[i].type == FIELD_TEXT)
            return i;
    return -1;
}

/* "moment", and "Books the cab by phone". */
static enum status name_record(struct reading *reading, const struct history_change *change,
                               const char **kind, struct buffer *name)
{
    const struct record_type *type = record_type(change->record);
    int naming = naming_field(type);
    void *it = memory_new(1, type->size);
    enum status status =
        store_record(reading->store, change->record, change->id, it, reading->error);
    *kind = type->name;
    if (status == STATUS_OK) {
        bool phase =
            change->record == RECORD_ITEM && ((const struct moment *)it)->kind == ITEM_PHASE;
        *kind = phase ? "phase" : type->name;
        if (naming >= 0)
            add_cut(name, record_get(change->record, it, naming).text, TEXT_MOST);
    }
    record_release(change->record, it);
    memory_free(it);
    return status;
}

/* What became of the record as a whole; NULL: one of its fields has changed. */
static const char *fate(const struct history_change *change)
{
    static const char *const fates[] = {
        [STATE_LIVE] = "Brought back", [STATE_PARKED] = "Parked", [STATE_DELETED] = "Deleted"};
    if (change->field == HISTORY_ADDED)
        return "Added";
    if (change->field == HISTORY_PLACE)
        return "Moved";
    const struct field *field = &record_type(change->record)->fields[change->field];
    bool state = strcmp(field->name, "state") == 0 && change->new.type == VALUE_INTEGER;
    return state ? fates[change->new.integer] : NULL;
}

static void add_values(struct reading *reading, const struct history_change *change,
                       struct buffer *out)
{
    const struct field *field = &record_type(change->record)->fields[change->field];
    size_t from = out->length;
    add_value(reading->channels, field, change->new, TEXT_MOST, out);
    if (out->length == from && !add_word_of_none(field, out))
        buffer_add_text(out, "none");
    from = out->length;
    buffer_add_text(out, " (was ");
    size_t was = out->length;
    add_value(reading->channels, field, change->old, TEXT_MOST, out);
    if (out->length == was)
        buffer_cut(out, from);
    else
        buffer_add_byte(out, ')');
}

static enum status tell(struct reading *reading, const struct history_change *change)
{
    struct buffer text = {0}, name = {0};
    const char *kind;
    const char *label = fate(change);
    enum status status = name_record(reading, change, &kind, &name);
    if (status == STATUS_OK) {
        struct minutes *minutes = reading->minutes;
        if (label)
            buffer_add_format(&text, "%s%s%s", kind, name.length ? ": " : "", buffer_text(&name));
        else if (name.length > 0 && change->record != RECORD_BOARD &&
                 change->field != naming_field(record_type(change->record)))
            buffer_add_format(&text, "%s: ", buffer_text(&name));
        if (!label) {
            label = record_type(change->record)->fields[change->field].label;
            add_values(reading, change, &text);
        }
        minutes->at = memory_resize(minutes->at, minutes->count + 1, sizeof *minutes->at);
        minutes->at[minutes->count++] = (struct minute){label, buffer_take(&text)};
    }
    buffer_release(&text);
    buffer_release(&name);
    return status;
}

static bool read_change(void *data, const struct history_change *change)
{
    struct reading *reading = data;
    reading->status = tell(reading, change);
    return reading->status == STATUS_OK && reading->minutes->count < reading->most;
}

enum status minutes_read(struct store *store, const struct channels *channels,
                         const struct history_entry *entry, size_t most, struct minutes *minutes,
                         struct error *error)
{
    struct reading reading = {.store = store,
                              .channels = channels,
                              .minutes = minutes,
                              .most = most,
                              .status = STATUS_OK,
                              .error = error};
    minutes_release(minutes);
    enum status status = store_history_changes(store, entry->id, read_change, &reading, error);
    minutes->more = entry->changes - (int64_t)minutes->count;
    return status == STATUS_OK ? reading.status : status;
}

void minutes_release(struct minutes *minutes)
{
    for (size_t i = 0; i < minutes->count; i++)
        memory_free(minutes->at[i].text);
    memory_free(minutes->at);
    *minutes = (struct minutes){0};
}
