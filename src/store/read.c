/* Rows into records. A board may come from anybody: each value is looked at before it is used. */
#include "internal.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include "touchline/text.h"

/* --- values ----------------------------------------------------------------------------------- */

void store_bind(sqlite3_stmt *statement, int parameter, struct value value)
{
    if (value.type == VALUE_INTEGER)
        sqlite3_bind_int64(statement, parameter, value.integer);
    else if (value.type == VALUE_TEXT)
        sqlite3_bind_text64(statement, parameter, value.text, value.length, SQLITE_STATIC,
                            SQLITE_UTF8);
    else
        sqlite3_bind_null(statement, parameter);
}

/* Asked once for a column and not for its type, its text and its length: an export asks for two
 * million of them. */
static struct value take(sqlite3_value *held, int type)
{
    struct value value = {.type = VALUE_ABSENT};
    if (type == SQLITE_INTEGER) {
        value.type = VALUE_INTEGER;
        value.integer = sqlite3_value_int64(held);
    } else if (type == SQLITE_TEXT) {
        value.text = (const char *)sqlite3_value_text(held);
        if (!value.text)
            memory_exhausted();
        value.length = (size_t)sqlite3_value_bytes(held);
        value.type = value.length > 0 ? VALUE_TEXT : VALUE_ABSENT;
    }
    return value;
}

const char *store_column_text(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) == SQLITE_NULL)
        return NULL;
    const char *text = (const char *)sqlite3_column_text(statement, column);
    if (!text)
        memory_exhausted();
    return text;
}

struct value store_column(sqlite3_stmt *statement, int column)
{
    sqlite3_value *held = sqlite3_column_value(statement, column);
    return take(held, sqlite3_value_type(held));
}

/* --- what a board may hold -------------------------------------------------------------------- */

bool store_is_required(enum record record, int field)
{
    static const unsigned required[RECORDS] = {
        [RECORD_CHANNEL] = 1U << CHANNEL_POSITION | 1U << CHANNEL_NAME | 1U << CHANNEL_LETTER |
                           1U << CHANNEL_SIGN | 1U << CHANNEL_COLOUR,
        [RECORD_PERSON] = 1U << PERSON_NAME,
        [RECORD_ITEM] = 1U << ITEM_TITLE,
        [RECORD_IDEA] = 1U << IDEA_ITEM | 1U << IDEA_TEXT,
        [RECORD_ACTION] = 1U << ACTION_ITEM | 1U << ACTION_TEXT,
        [RECORD_ENTRY] = 1U << ENTRY_ITEM | 1U << ENTRY_KIND,
        [RECORD_WAVE] = 1U << WAVE_NUMBER,
        [RECORD_VOTE] = 1U << VOTE_KIND | 1U << VOTE_STAGE,
        [RECORD_REVIEW] = 1U << REVIEW_DAY,
        [RECORD_RERATING] = 1U << RERATING_ITEM | 1U << RERATING_REVIEW,
    };
    return required[record] >> field & 1U;
}

int store_state_field(enum record record)
{
    static const int fields[RECORDS] = {
        [RECORD_BOARD] = -1,
        [RECORD_CHANNEL] = CHANNEL_STATE,
        [RECORD_PERSON] = PERSON_STATE,
        [RECORD_ITEM] = ITEM_STATE,
        [RECORD_IDEA] = IDEA_STATE,
        [RECORD_ACTION] = ACTION_STATE,
        [RECORD_ENTRY] = ENTRY_STATE,
        [RECORD_WAVE] = WAVE_STATE,
        [RECORD_VOTE] = VOTE_STATE,
        [RECORD_REVIEW] = REVIEW_STATE,
        [RECORD_RERATING] = RERATING_STATE,
    };
    return fields[record];
}

bool store_column_is_sound(sqlite3_stmt *statement, int column, enum record record, int field,
                           struct value *value, struct error *finding)
{
    const struct field *about = &record_type(record)->fields[field];
    sqlite3_value *held = sqlite3_column_value(statement, column);
    int type = sqlite3_value_type(held);
    *value = take(held, type);
    if (type == SQLITE_FLOAT || type == SQLITE_BLOB)
        (void)error_set(finding, STATUS_BAD_DATA, "%s cannot be a %s", about->name,
                        type == SQLITE_BLOB ? "blob" : "fraction");
    else if (value->type == VALUE_ABSENT && store_is_required(record, field))
        (void)error_set(finding, STATUS_BAD_DATA, "%s cannot be empty", about->name);
    else
        return field_check(about, *value, finding) == STATUS_OK;
    return false;
}

const char *store_column_words(sqlite3_stmt *statement, int column)
{
    if (sqlite3_column_type(statement, column) != SQLITE_TEXT)
        return NULL;
    const char *words = store_column_text(statement, column);
    size_t length = (size_t)sqlite3_column_bytes(statement, column);
    return text_first_invalid(words, length) == length ? words : NULL;
}

static enum status damaged(struct store *store, const char *what, int64_t id, const char *field,
                           struct error *error)
{
    return error_set(error, STATUS_BAD_DATA,
                     "%s: %s id:%lld has a %s that no board can have; 'touchline check' tells more",
                     store->path, what, (long long)id, field);
}

enum status store_read_text(struct store *store, sqlite3_stmt *statement, int column,
                            enum record record, int field, const char **text, struct error *error)
{
    struct error finding;
    struct value value;
    const char *name = record_type(record)->fields[field].name;
    *text = NULL;
    if (!store_column_is_sound(statement, column, record, field, &value, &finding))
        return error_set(error, STATUS_BAD_DATA,
                         "%s: it has a %s that no board can have; 'touchline check' tells more",
                         store->path, name);
    *text = value.text;
    return STATUS_OK;
}

/* --- records ---------------------------------------------------------------------------------- */

void store_columns(enum record record, int without, struct buffer *out)
{
    const struct record_type *type = record_type(record);
    buffer_add_text(out, record == RECORD_ITEM ? "id,kind,ord,placed" : "id");
    for (size_t i = 0; i < type->count; i++) {
        buffer_add_byte(out, ',');
        buffer_add_text(out, (int)i == without ? "NULL" : type->fields[i].name);
    }
}

bool store_read_place(sqlite3_stmt *statement, int column, struct moment *item)
{
    int64_t *const into[] = {&item->kind, &item->ord, &item->placed};
    for (int i = 0; i < 3; i++) {
        if (sqlite3_column_type(statement, column + i) != SQLITE_INTEGER)
            return false;
        *into[i] = sqlite3_column_int64(statement, column + i);
    }
    return (item->kind == ITEM_MOMENT || item->kind == ITEM_PHASE) && item->ord > -PLACE_MOST &&
           item->ord < PLACE_MOST;
}

static enum status read_fields(struct store *store, sqlite3_stmt *statement, enum record record,
                               int64_t id, void *it, struct error *error)
{
    struct error finding;
    struct value value;
    const struct record_type *type = record_type(record);
    int column = STORE_FIRST_FIELD(record);
    for (int i = 0; i < (int)type->count; i++, column++) {
        if (!store_column_is_sound(statement, column, record, i, &value, &finding))
            return damaged(store, type->name, id, type->fields[i].name, error);
        if (value.type != VALUE_ABSENT)
            record_set(record, it, i, value);
    }
    return STATUS_OK;
}

enum status store_read_record(struct store *store, sqlite3_stmt *statement, enum record record,
                              void *it, struct error *error)
{
    const struct record_type *type = record_type(record);
    int64_t id = sqlite3_column_int64(statement, 0);
    enum status status = STATUS_OK;
    record_release(record, it);
    record_init(record, it);
    if (type->id != RECORD_NO_ID)
        *(int64_t *)(void *)((char *)it + type->id) = id;
    if (record == RECORD_ITEM && !store_read_place(statement, 1, it))
        status = damaged(store, type->name, id, "place", error);
    if (status == STATUS_OK)
        status = read_fields(store, statement, record, id, it, error);
    if (status != STATUS_OK) {
        record_release(record, it);
        sqlite3_reset(statement);
    }
    return status;
}
