/* New records. */
#include "edit_internal.h"
#include "touchline/edit.h"
#include "touchline/method.h"
#include <assert.h>
#include <string.h>

/* --- as JSON ---------------------------------------------------------------------------------- */

static void json_string(const char *text, size_t length, struct buffer *out)
{
    size_t from = 0;
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte >= 0x20 && byte != '"' && byte != '\\')
            continue;
        buffer_add(out, text + from, i - from);
        buffer_add_format(out, byte < 0x20 ? "\\u%04x" : "\\%c", byte);
        from = i + 1;
    }
    buffer_add(out, text + from, length - from);
    buffer_add_byte(out, '"');
}

void edit_json(enum record record, const void *it, struct buffer *out)
{
    const struct record_type *type = record_type(record);
    char separator = '{';
    for (size_t i = 0; i < type->count; i++) {
        struct value value = record_get(record, it, (int)i);
        if (field_is_default(&type->fields[i], value))
            continue;
        buffer_add_byte(out, separator);
        buffer_add_byte(out, '"');
        buffer_add_text(out, type->fields[i].name);
        buffer_add(out, "\":", 2);
        if (value.type == VALUE_TEXT)
            json_string(value.text, value.length, out);
        else
            buffer_add_integer(out, value.integer);
        separator = ',';
    }
    buffer_add_text(out, separator == '{' ? "{}" : "}");
}

/* --- one record ------------------------------------------------------------------------------- */

static sqlite3_stmt *insert_statement(struct store *store, enum record record, struct error *error)
{
    const struct record_type *type = record_type(record);
    struct buffer sql = {0};
    if (!store->insert[record]) {
        buffer_add_format(&sql, "INSERT INTO %s(%s", type->table,
                          record == RECORD_ITEM ? "id,kind,ord,placed" : "id");
        for (size_t i = 0; i < type->count; i++)
            buffer_add_format(&sql, ",%s", type->fields[i].name);
        buffer_add_text(&sql, record == RECORD_ITEM ? ") VALUES(?,?,?,?" : ") VALUES(?");
        for (size_t i = 0; i < type->count; i++)
            buffer_add_text(&sql, ",?");
        buffer_add_text(&sql, ")");
    }
    sqlite3_stmt *insert = store_prepare(store, &store->insert[record], buffer_text(&sql), error);
    buffer_release(&sql);
    return insert;
}

/* *id: the id that it is to have, or 0: the next one. */
static enum status insert_record(struct edit *edit, enum record record, const void *it,
                                 int64_t before, int64_t *id, struct error *error)
{
    struct store *store = edit->store;
    const struct record_type *type = record_type(record);
    const struct moment *item = record == RECORD_ITEM ? it : NULL;
    sqlite3_stmt *insert = insert_statement(store, record, error);
    if (!insert)
        return error->status;
    int parameter = 1;
    store_bind(insert, parameter++, *id ? value_integer(*id) : value_absent());
    if (item) {
        sqlite3_bind_int64(insert, parameter++, item->kind);
        sqlite3_bind_int64(insert, parameter++, item->ord);
        sqlite3_bind_int64(insert, parameter++, item->placed);
    }
    for (size_t i = 0; i < type->count; i++)
        store_bind(insert, parameter++, record_get(record, it, (int)i));
    enum status status = store_run(store, insert, error);
    if (status != STATUS_OK)
        return status;
    *id = sqlite3_last_insert_rowid(store->db);
    buffer_clear(&edit->json);
    edit_json(record, it, &edit->json);
    return edit_record_change(edit, record, *id, CHANGE_ADDED,
                              item ? value_integer(before) : value_absent(),
                              value_text(buffer_text(&edit->json)), error);
}

static enum status check_field(struct edit *edit, enum record record, const void *it, int field,
                               struct error *error)
{
    const struct record_type *type = record_type(record);
    struct value value = record_get(record, it, field);
    if (value.type == VALUE_ABSENT && store_is_required(record, field))
        return error_set(error, STATUS_REFUSED, "a %s cannot be without a %s", type->name,
                         type->fields[field].name);
    enum status status = field_check(&type->fields[field], value, error);
    if (status != STATUS_OK || type->fields[field].type == FIELD_ITEM)
        return status;
    return edit_check_reference(edit, record, 0, field, value, error);
}

/* Checks all fields; `field` receives the name of the one that is refused. */
static enum status check_record(struct edit *edit, enum record record, const void *it,
                                const char **field, struct error *error)
{
    const struct record_type *type = record_type(record);
    for (int i = 0; i < (int)type->count; i++) {
        enum status status = check_field(edit, record, it, i, error);
        if (status != STATUS_OK) {
            *field = type->fields[i].name;
            return status;
        }
    }
    return STATUS_OK;
}

enum status edit_insert(struct edit *edit, enum record record, const void *it, int64_t *id,
                        struct error *error)
{
    const char *field;
    *id = 0;
    enum status status = check_record(edit, record, it, &field, error);
    return status == STATUS_OK ? insert_record(edit, record, it, 0, id, error) : status;
}

/* What edit_insert() takes on trust: the moment that it belongs to. */
static enum status check_moment(struct edit *edit, enum record record, const void *it,
                                struct error *error)
{
    int field = record_item_field(record);
    if (field < 0)
        return STATUS_OK;
    return edit_check_reference(edit, record, 0, field, record_get(record, it, field), error);
}

static enum status check_channel_count(struct edit *edit, struct error *error)
{
    int64_t count;
    enum status status = store_ask(edit->store, SQL_CHANNEL_COUNT, 0, 0, 0, &count, error);
    if (status == STATUS_OK && count >= BOARD_CHANNELS_MOST)
        status = error_set(error, STATUS_REFUSED, "a board has room for %d channels",
                           BOARD_CHANNELS_MOST);
    return status;
}

enum status edit_add(struct edit *edit, enum record record, const void *it, int64_t *id,
                     struct error *error)
{
    assert(record != RECORD_ITEM && record != RECORD_BOARD);
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = check_moment(edit, record, it, error);
    if (status == STATUS_OK && record == RECORD_CHANNEL)
        status = check_channel_count(edit, error);
    if (status == STATUS_OK)
        status = edit_insert(edit, record, it, id, error);
    return edit_note(edit, status);
}

/* --- items ------------------------------------------------------------------------------------ */

/* A target that a later rating has overtaken is kept, so a new moment may bring one, from CSV; one
 * that no rating ever allowed may not (R11). */
enum status edit_check_target(const struct moment *moment, struct error *error)
{
    bool overtaken = moment->target >= RATING_NEUTRAL && moment->rating > moment->target;
    if (moment->target == RATING_NONE || overtaken)
        return STATUS_OK;
    return method_check_target(moment->rating, moment->target, error);
}

static enum status insert_item(struct edit *edit, struct moment *item, int64_t after, int64_t *id,
                               struct error *error)
{
    int64_t before = 0;
    *id = 0;
    item->placed = edit->id;
    enum status status = tally_check_room(edit, (enum item_kind)item->kind, error);
    if (status == STATUS_OK)
        status = place_find(edit, after, &item->ord, &before, error);
    if (status == STATUS_OK)
        status = insert_record(edit, RECORD_ITEM, item, before, id, error);
    if (status == STATUS_OK)
        tally_count(edit, item, +1);
    if (status == STATUS_OK && edit->end_known && edit->end == before) {
        edit->end = *id;
        edit->end_ord = item->ord;
    }
    return status;
}

enum status edit_insert_moment(struct edit *edit, const struct moment *moment, int64_t after,
                               int64_t *id, const char **field, struct error *error)
{
    struct moment item = *moment; /* its texts stay the caller's */
    assert(item.state == STATE_LIVE || item.state == STATE_PARKED);
    item.kind = ITEM_MOMENT;
    enum status status = check_record(edit, RECORD_ITEM, &item, field, error);
    if (status != STATUS_OK)
        return status;
    if ((status = edit_check_target(&item, error)) != STATUS_OK) {
        *field = "target";
        return status;
    }
    return insert_item(edit, &item, after, id, error);
}

enum status edit_insert_phase(struct edit *edit, const char *title, int64_t after, int64_t *id,
                              struct error *error)
{
    struct moment item;
    const char *field;
    record_init(RECORD_ITEM, &item);
    item.kind = ITEM_PHASE;
    if (!title || !*title)
        return error_set(error, STATUS_REFUSED, "a phase cannot be without a title");
    record_set(RECORD_ITEM, &item, ITEM_TITLE, value_text(title));
    enum status status = check_record(edit, RECORD_ITEM, &item, &field, error);
    if (status == STATUS_OK)
        status = insert_item(edit, &item, after, id, error);
    record_release(RECORD_ITEM, &item);
    return status;
}

enum status edit_add_moment(struct edit *edit, const struct moment *moment, int64_t after,
                            int64_t *id, struct error *error)
{
    const char *field;
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = edit_insert_moment(edit, moment, after, id, &field, error);
    return edit_note(edit, status);
}

enum status edit_add_phase(struct edit *edit, const char *title, int64_t after, int64_t *id,
                           struct error *error)
{
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = edit_insert_phase(edit, title, after, id, error);
    return edit_note(edit, status);
}

/* --- from another board ----------------------------------------------------------------------- */

static enum status bring_item(struct edit *edit, struct moment *item, struct error *error)
{
    int64_t before = 0;
    bool free = false;
    item->placed = edit->id;
    enum status status = edit_check_target(item, error);
    if (status == STATUS_OK)
        status = tally_check_room(edit, (enum item_kind)item->kind, error);
    if (status == STATUS_OK)
        status = place_is_free(edit, item->ord, &before, &free, error);
    if (status == STATUS_OK && !free)
        status = place_find(edit, PLACE_END, &item->ord, &before, error);
    if (status == STATUS_OK)
        status = insert_record(edit, RECORD_ITEM, item, before, &item->id, error);
    if (status == STATUS_OK)
        tally_count(edit, item, +1);
    edit->end_known = false;
    return status;
}

enum status edit_bring(struct edit *edit, enum record record, void *it, int64_t id,
                       struct error *error)
{
    const char *field;
    assert(id > 0);
    enum status status = check_record(edit, record, it, &field, error);
    if (status == STATUS_OK)
        status = check_moment(edit, record, it, error);
    if (status == STATUS_OK && record == RECORD_CHANNEL)
        status = check_channel_count(edit, error);
    if (status != STATUS_OK)
        return status;
    return record == RECORD_ITEM ? bring_item(edit, it, error)
                                 : insert_record(edit, record, it, 0, &id, error);
}
