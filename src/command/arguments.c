/* Arguments of a call, read by the table of fields: what a shell word, a palette's word and the
 * screen's answer have in common. */
#include "handler.h"
#include "touchline/memory.h"
#include <stdlib.h>
#include <string.h>

/* Words that a command does not know are its caller's mistake, not a file's. */
static enum status as_usage(enum status status, struct error *error)
{
    if (status == STATUS_BAD_DATA)
        error->status = status = STATUS_USAGE;
    return status;
}

/* "0" to "3" for the ratings, as the digits of the Rate step answer. */
static bool read_rating_digit(const char *text, struct value *value)
{
    if (text[0] < '0' || text[0] >= '0' + RATINGS || text[1] != '\0')
        return false;
    *value = value_integer(text[0] - '0');
    return true;
}

static bool read_day(const char *text, struct date today, struct value *value,
                     struct buffer *scratch)
{
    struct date day;
    char iso[DATE_ISO_SIZE];
    if (!date_parse_words(text, today, &day))
        return false;
    date_format_iso(day, iso);
    buffer_clear(scratch);
    buffer_add_text(scratch, iso);
    *value = value_text(buffer_text(scratch));
    return true;
}

static bool is_rating(enum record record, int field)
{
    return record == RECORD_ITEM && (field == ITEM_RATING || field == ITEM_TARGET);
}

static enum status parse_with_channels(struct call *call, const struct field *about,
                                       const char *text, struct value *value,
                                       struct buffer *scratch, struct error *error)
{
    struct channels channels = {0};
    enum status status = store_channels(call->store, &channels, error);
    if (status == STATUS_OK && strcmp(text, "none") == 0)
        *value = value_absent();
    else if (status == STATUS_OK)
        status = field_parse(about, &channels, text, value, scratch, error);
    channels_release(&channels);
    return status;
}

/* "Ben,Ana" as "Ben, Ana": names are the same however they were typed. (CSV keeps what it has.) */
static void part_names(struct value *value, struct buffer *scratch)
{
    struct buffer names = {0};
    static const char parts[] = ",;", blanks[] = " \t";
    const char *at = value->text + strspn(value->text, ",; \t");
    while (*at) {
        size_t length = strcspn(at, parts);
        const char *next = at + length + strspn(at + length, ",; \t");
        while (length > 0 && strchr(blanks, at[length - 1]))
            length--;
        buffer_add_text(&names, names.length > 0 ? ", " : "");
        buffer_add(&names, at, length);
        at = next;
    }
    buffer_clear(scratch);
    buffer_add_text(scratch, buffer_text(&names));
    *value = value_text(buffer_text(scratch));
    buffer_release(&names);
}

enum status argument_read(struct call *call, const char *text, enum record record, int field,
                          struct value *value, struct buffer *scratch, struct error *error)
{
    const struct field *about = &record_type(record)->fields[field];
    enum status status;
    if (is_rating(record, field) && read_rating_digit(text, value))
        return STATUS_OK;
    if (about->type == FIELD_DAY && read_day(text, call->today, value, scratch))
        return STATUS_OK;
    if (about->type == FIELD_CHANNEL)
        status = parse_with_channels(call, about, text, value, scratch, error);
    else
        status = field_parse(about, NULL, text, value, scratch, error);
    if (status == STATUS_OK && record == RECORD_ACTION && field == ACTION_AGREED &&
        value->type == VALUE_TEXT)
        part_names(value, scratch);
    return as_usage(status, error);
}

enum status argument_value(struct call *call, int index, enum record record, int field,
                           struct value *value, struct buffer *scratch, struct error *error)
{
    const char *text = call->values[index];
    *value = value_absent();
    return text ? argument_read(call, text, record, field, value, scratch, error) : STATUS_OK;
}

enum status argument_item(struct call *call, int index, int64_t *id, struct error *error)
{
    const char *text = call->values[index];
    *id = 0;
    if (!text || (strcmp(text, "0") == 0 && call->command->arguments[index].option))
        return STATUS_OK;
    return store_find(call->store, text, id, error);
}

static bool read_whole(const char *text, int64_t *number)
{
    char *end;
    if (*text < '0' || *text > '9')
        return false;
    *number = strtoll(text, &end, 10);
    return *end == '\0' && *number > 0;
}

enum status argument_number(struct call *call, int index, int64_t *number, struct error *error)
{
    const char *text = call->values[index];
    if (text && read_whole(text, number))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "'%.40s' is no number from 1", text ? text : "");
}

/* The id of element `place` (from 1) of an array of records, whose ids come first in each. */
static enum status belonging_at(const void *at, size_t count, enum record record, int64_t place,
                                int64_t *id, struct error *error)
{
    const struct record_type *type = record_type(record);
    if ((uint64_t)place > count)
        return error_set(error, STATUS_NOT_FOUND, "there is no %s %lld; it has %zu", type->name,
                         (long long)place, count);
    const char *it = (const char *)at + (size_t)(place - 1) * type->size;
    *id = *(const int64_t *)(const void *)(it + type->id);
    return STATUS_OK;
}

/* What of one kind a moment has; only one of them is filled. */
struct belongings {
    struct ideas ideas;
    struct actions actions;
    struct entries entries;
};

static enum status belonging_by_place(struct call *call, enum record record, int64_t place,
                                      int64_t *id, struct error *error)
{
    struct belongings all = {0};
    enum status status;
    switch (record) {
    case RECORD_IDEA:
        status = store_ideas(call->store, call->moment, &all.ideas, error);
        if (status == STATUS_OK)
            status = belonging_at(all.ideas.at, all.ideas.count, record, place, id, error);
        break;
    case RECORD_ACTION:
        status = store_actions(call->store, call->moment, &all.actions, error);
        if (status == STATUS_OK)
            status = belonging_at(all.actions.at, all.actions.count, record, place, id, error);
        break;
    default:
        status = store_entries(call->store, call->moment, &all.entries, error);
        if (status == STATUS_OK)
            status = belonging_at(all.entries.at, all.entries.count, record, place, id, error);
    }
    ideas_release(&all.ideas);
    actions_release(&all.actions);
    entries_release(&all.entries);
    return status;
}

/* An id must belong to the moment that was named with it. */
static enum status belonging_by_id(struct call *call, enum record record, int64_t id,
                                   struct error *error)
{
    union {
        struct idea idea;
        struct action action;
        struct entry entry;
    } it;
    memset(&it, 0, sizeof it);
    enum status status = store_record(call->store, record, id, &it, error);
    if (status == STATUS_OK &&
        record_get(record, &it, record_item_field(record)).integer != call->moment)
        status = error_set(error, STATUS_NOT_FOUND, "%s id:%lld belongs to another moment",
                           record_type(record)->name, (long long)id);
    record_release(record, &it);
    return status;
}

enum status argument_belonging(struct call *call, int index, enum record record, int64_t *id,
                               struct error *error)
{
    const char *text = call->values[index];
    int64_t place;
    if (strncmp(text, "id:", 3) == 0 && read_whole(text + 3, id))
        return belonging_by_id(call, record, *id, error);
    if (read_whole(text, &place))
        return belonging_by_place(call, record, place, id, error);
    return error_set(error, STATUS_USAGE, "'%.40s' names no %s: use its place in the list or id:31",
                     text, record_type(record)->name);
}

static enum status refuse_field(const char *word, enum record record, struct error *error)
{
    const struct record_type *type = record_type(record);
    struct buffer names = {0};
    for (size_t i = 0; i < type->count; i++)
        if (type->fields[i].settable)
            buffer_add_format(&names, "%s%s", names.length ? ", " : "", type->fields[i].name);
    (void)error_set(error, STATUS_USAGE, "'%.40s' is no FIELD=VALUE of a %s; fields are %s", word,
                    type->name, buffer_text(&names));
    buffer_release(&names);
    return STATUS_USAGE;
}

enum status argument_field(const char *word, enum record record, int *field, const char **value,
                           struct error *error)
{
    const char *equals = strchr(word, '=');
    if (!equals)
        return refuse_field(word, record, error);
    char *name = memory_copy_bytes(word, (size_t)(equals - word));
    *field = record_field(record, name);
    *value = equals + 1;
    bool known = *field >= 0 && record_type(record)->fields[*field].settable;
    memory_free(name);
    return known ? STATUS_OK : refuse_field(word, record, error);
}
