#include "columns.h"
#include "entries.h"
#include "touchline/memory.h"
#include <assert.h>
#include <string.h>

/* The hash of Fowler, Noll and Vo (FNV-1a), and how many places are tried for a word. */
#define FNV_BASIS 2166136261u
#define FNV_PRIME 16777619u
#define TRIES     4

/* --- fields of the item ----------------------------------------------------------------------- */

/* Whether its numbers are written as words. */
static bool has_words(const struct field *field)
{
    return field->words != NULL || field->type == FIELD_CHANNEL;
}

static void keep_word(struct known_word *known, const struct column *column, const char *text,
                      size_t length, int64_t number)
{
    known->column = column;
    known->length = length;
    known->number = number;
    memcpy(known->text, text, length);
}

static struct value in_words(const struct column *column, struct value value, struct words *words)
{
    const struct field *field = &record_type(RECORD_ITEM)->fields[column->field];
    if (value.type != VALUE_INTEGER || !has_words(field))
        return value;
    struct known_word *known =
        &words->spelled[column - columns][(uint64_t)value.integer % SPELLINGS];
    if (known->column == column && known->number == value.integer)
        return (struct value){.type = known->length > 0 ? VALUE_TEXT : VALUE_ABSENT,
                              .text = known->text,
                              .length = known->length};
    buffer_clear(&words->scratch);
    field_format(field, words->channels, value, &words->scratch);
    const char *text = buffer_text(&words->scratch);
    if (words->scratch.length <= sizeof known->text)
        keep_word(known, column, text, words->scratch.length, value.integer);
    return value_text(text);
}

static bool is_known(const struct known_word *known, const struct column *column, struct value text)
{
    return known != NULL && known->column == column && known->length == text.length &&
           memcmp(known->text, text.text, text.length) == 0;
}

/* Where a word is kept, or would be: at the place that its letters name, or soon after. NULL for
 * those too long to be worth it. */
static struct known_word *place_of(struct words *words, const struct column *column,
                                   struct value text)
{
    size_t places = sizeof words->known / sizeof words->known[0];
    if (text.length > sizeof words->known[0].text)
        return NULL;
    uint32_t sum = FNV_BASIS + (uint32_t)(column - columns);
    for (size_t i = 0; i < text.length; i++)
        sum = (sum ^ (unsigned char)text.text[i]) * FNV_PRIME;
    for (size_t i = 0; i < TRIES; i++) {
        struct known_word *known = &words->known[(sum + i) % places];
        if (known->column == NULL || is_known(known, column, text))
            return known;
    }
    return &words->known[sum % places];
}

static enum status from_words(const struct column *column, struct value text, struct value *value,
                              struct words *words, struct error *error)
{
    const struct field *field = &record_type(RECORD_ITEM)->fields[column->field];
    struct field renamed;
    if (column->name != NULL) {
        renamed = *field;
        renamed.name = column->name;
        field = &renamed;
    }
    if (field->type == FIELD_LINE || field->type == FIELD_TEXT) {
        *value = text; /* what field_parse() gives, not copied twice */
        return field_check(field, text, error);
    }
    struct known_word *known = has_words(field) ? place_of(words, column, text) : NULL;
    if (is_known(known, column, text)) {
        *value = value_integer(known->number);
        return STATUS_OK;
    }
    enum status status =
        field_parse(field, words->channels, text.text, value, &words->scratch, error);
    if (status == STATUS_OK && known != NULL)
        keep_word(known, column, text.text, text.length,
                  value->type == VALUE_INTEGER ? value->integer : FIELD_ABSENT);
    return status;
}

static struct value get_field(const struct column *column, const struct row *row,
                              struct words *words)
{
    return in_words(column, record_get(RECORD_ITEM, &row->moment, column->field), words);
}

static enum status set_field(const struct column *column, struct row *row, struct value text,
                             struct words *words, struct error *error)
{
    struct value value;
    enum status status = from_words(column, text, &value, words, error);
    if (status == STATUS_OK)
        record_set(RECORD_ITEM, &row->moment, column->field, value);
    return status;
}

/* --- what is no field ------------------------------------------------------------------------- */

static struct value get_number(const struct column *column, const struct row *row,
                               struct words *words)
{
    (void)column, (void)words;
    bool parked = row->moment.state == STATE_PARKED;
    return parked ? value_absent() : value_integer(row->moment.number);
}

static struct value get_phase(const struct column *column, const struct row *row,
                              struct words *words)
{
    (void)column, (void)words;
    return value_text(row->phase);
}

static enum status set_phase(const struct column *column, struct row *row, struct value text,
                             struct words *words, struct error *error)
{
    struct value value;
    enum status status = from_words(column, text, &value, words, error);
    if (status == STATUS_OK)
        memory_replace(&row->phase, value.text);
    return status;
}

static struct value get_parked(const struct column *column, const struct row *row,
                               struct words *words)
{
    return in_words(column, value_integer(row->moment.state == STATE_PARKED), words);
}

static enum status set_parked(const struct column *column, struct row *row, struct value text,
                              struct words *words, struct error *error)
{
    struct value value;
    enum status status = from_words(column, text, &value, words, error);
    if (status == STATUS_OK)
        row->moment.state = value.integer == 1 ? STATE_PARKED : STATE_LIVE;
    return status;
}

/* --- entries ---------------------------------------------------------------------------------- */

static struct value entries_in_words(enum record record, const void *at, size_t count,
                                     struct words *words)
{
    if (count == 0)
        return value_absent();
    buffer_clear(&words->scratch);
    entries_format(record, at, count, &words->scratch);
    return value_text(buffer_text(&words->scratch));
}

static enum status entries_from_words(const struct column *column, enum record record,
                                      const char *text, struct entry_list *list,
                                      struct error *error)
{
    enum status status = entries_parse(record, text, list, error);
    if (status != STATUS_OK)
        error_prefix(error, "%s, ", column->name);
    return status;
}

static struct value get_ideas(const struct column *column, const struct row *row,
                              struct words *words)
{
    (void)column;
    return entries_in_words(RECORD_IDEA, row->ideas.at, row->ideas.count, words);
}

static enum status set_ideas(const struct column *column, struct row *row, struct value text,
                             struct words *words, struct error *error)
{
    (void)words;
    struct entry_list list = {0};
    enum status status = entries_from_words(column, RECORD_IDEA, text.text, &list, error);
    row->ideas = (struct ideas){list.at, list.count};
    return status;
}

static struct value get_actions(const struct column *column, const struct row *row,
                                struct words *words)
{
    (void)column;
    return entries_in_words(RECORD_ACTION, row->actions.at, row->actions.count, words);
}

static enum status set_actions(const struct column *column, struct row *row, struct value text,
                               struct words *words, struct error *error)
{
    (void)words;
    struct entry_list list = {0};
    enum status status = entries_from_words(column, RECORD_ACTION, text.text, &list, error);
    row->actions = (struct actions){list.at, list.count};
    return status;
}

static struct value get_ledger(const struct column *column, const struct row *row,
                               struct words *words)
{
    (void)column;
    return entries_in_words(RECORD_ENTRY, row->entries.at, row->entries.count, words);
}

static enum status set_ledger(const struct column *column, struct row *row, struct value text,
                              struct words *words, struct error *error)
{
    (void)words;
    struct entry_list list = {0};
    enum status status = entries_from_words(column, RECORD_ENTRY, text.text, &list, error);
    row->entries = (struct entries){list.at, list.count};
    return status;
}

/* --- the table -------------------------------------------------------------------------------- */

#define FIELD(number)                                                                              \
    {                                                                                              \
        .field = (number), .get = get_field, .set = set_field                                      \
    }
#define LIKE(number, called, getter, setter)                                                       \
    {                                                                                              \
        .field = (number), .name = (called), .get = (getter), .set = (setter)                      \
    }
#define OTHER(called, getter, setter)                                                              \
    {                                                                                              \
        .name = (called), .get = (getter), .set = (setter)                                         \
    }

const struct column columns[] = {
    OTHER("number", get_number, NULL),
    LIKE(ITEM_TITLE, "phase", get_phase, set_phase),
    FIELD(ITEM_TITLE),
    FIELD(ITEM_CHANNEL),
    FIELD(ITEM_RATING),
    FIELD(ITEM_FIRST_RATING),
    FIELD(ITEM_TARGET),
    FIELD(ITEM_CHOSEN),
    FIELD(ITEM_DOTS),
    FIELD(ITEM_SECONDS),
    FIELD(ITEM_TIMES),
    FIELD(ITEM_OWNER),
    FIELD(ITEM_HANDLING),
    FIELD(ITEM_EXPECTATION),
    FIELD(ITEM_BENCHMARK),
    FIELD(ITEM_NOTE),
    OTHER("ideas", get_ideas, set_ideas),
    OTHER("actions", get_actions, set_actions),
    OTHER("ledger", get_ledger, set_ledger),
    LIKE(ITEM_CHOSEN, "parked", get_parked, set_parked),
};
static_assert(sizeof columns / sizeof columns[0] <= COLUMNS_MOST, "each has its spellings");
const size_t column_count = sizeof columns / sizeof columns[0];

const char *column_name(const struct column *column)
{
    const struct field *field = &record_type(RECORD_ITEM)->fields[column->field];
    return column->name != NULL ? column->name : field->name;
}

static char lower(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte - 'A' + 'a') : byte;
}

bool column_name_is(const char *a, const char *b)
{
    while (*a != '\0' && lower(*a) == lower(*b))
        a++, b++;
    return lower(*a) == lower(*b);
}

const struct column *column_by_name(const char *name)
{
    for (size_t i = 0; i < column_count; i++)
        if (column_name_is(name, column_name(&columns[i])))
            return &columns[i];
    return NULL;
}
