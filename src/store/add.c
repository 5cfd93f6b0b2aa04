/* New records, and whole rows of them. */
#include "edit_internal.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <string.h>

/* --- as JSON
 * ------------------------------------------------------------------------------------------ */

static void json_string(const char *text, size_t length, struct buffer *out)
{
    buffer_add_byte(out, '"');
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (byte == '"' || byte == '\\')
            buffer_add_byte(out, '\\');
        if (byte < 0x20)
            buffer_add_format(out, "\\u%04x", byte);
        else
            buffer_add_byte(out, (char)byte);
    }
    buffer_add_byte(out, '"');
}

static bool is_default(const struct field *field, struct value value)
{
    return value.type == VALUE_ABSENT ||
           (value.type == VALUE_INTEGER && value.integer == field->absent);
}

void edit_json(enum record record, const void *it, struct buffer *out)
{
    const struct record_type *type = record_type(record);
    char separator = '{';
    for (size_t i = 0; i < type->count; i++) {
        struct value value = record_get(record, it, (int)i);
        if (is_default(&type->fields[i], value))
            continue;
        buffer_add_format(out, "%c\"%s\":", separator, type->fields[i].name);
        if (value.type == VALUE_TEXT)
            json_string(value.text, value.length, out);
        else
            buffer_add_format(out, "%lld", (long long)value.integer);
        separator = ',';
    }
    buffer_add_text(out, separator == '{' ? "{}" : "}");
}

/* --- one record
 * ---------------------------------------------------------------------------------------- */

static sqlite3_stmt *insert_statement(struct store *store, enum record record, struct error *error)
{
    const struct record_type *type = record_type(record);
    struct buffer sql = {0};
    if (!store->insert[record]) {
        buffer_add_format(&sql, "INSERT INTO %s(%s", type->table,
                          record == RECORD_ITEM ? "kind,ord,placed" : "id");
        for (size_t i = 0; i < type->count; i++)
            buffer_add_format(&sql, ",%s", type->fields[i].name);
        buffer_add_text(&sql, record == RECORD_ITEM ? ") VALUES(?,?,?" : ") VALUES(?");
        for (size_t i = 0; i < type->count; i++)
            buffer_add_text(&sql, ",?");
        buffer_add_text(&sql, ")");
    }
    sqlite3_stmt *insert = store_prepare(store, &store->insert[record], buffer_text(&sql), error);
    buffer_release(&sql);
    return insert;
}

static enum status check_record(enum record record, const void *it, struct error *error)
{
    const struct record_type *type = record_type(record);
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < type->count; i++)
        status = field_check(&type->fields[i], record_get(record, it, (int)i), error);
    return status;
}

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
    if (item) {
        sqlite3_bind_int64(insert, parameter++, item->kind);
        sqlite3_bind_int64(insert, parameter++, item->ord);
        sqlite3_bind_int64(insert, parameter++, item->placed);
    } else {
        sqlite3_bind_null(insert, parameter++);
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

enum status edit_add(struct edit *edit, enum record record, const void *it, int64_t *id,
                     struct error *error)
{
    enum status status = check_record(record, it, error);
    return status == STATUS_OK ? insert_record(edit, record, it, 0, id, error) : status;
}

/* --- items
 * -----------------------------------------------------------------------------------------------
 */

/* A target that a later rating has overtaken is kept, so a row may bring one (product.md, CSV); one
 * that no rating ever allowed may not (R11). */
static enum status check_target(const struct moment *moment, struct error *error)
{
    bool overtaken = moment->target >= RATING_NEUTRAL && moment->rating > moment->target;
    if (moment->target == RATING_NONE || overtaken)
        return STATUS_OK;
    return method_check_target(moment->rating, moment->target, error);
}

static enum status add_item(struct edit *edit, struct moment *item, int64_t after, int64_t *id,
                            struct error *error)
{
    int64_t before = 0;
    item->placed = edit->id;
    enum status status = check_record(RECORD_ITEM, item, error);
    if (status == STATUS_OK)
        status = place_find(edit, after, &item->ord, error);
    if (status == STATUS_OK)
        status = place_before(edit->store, item->ord, &before, error);
    if (status == STATUS_OK)
        status = insert_record(edit, RECORD_ITEM, item, before, id, error);
    if (status == STATUS_OK)
        tally_count(edit, item, +1);
    return status;
}

enum status edit_add_moment(struct edit *edit, const struct moment *moment, int64_t after,
                            int64_t *id, struct error *error)
{
    struct moment item = *moment; /* its texts stay the caller's */
    item.kind = ITEM_MOMENT;
    if (!item.title || !*item.title)
        return error_set(error, STATUS_REFUSED, "a moment cannot be without a title");
    enum status status = check_target(&item, error);
    return status == STATUS_OK ? add_item(edit, &item, after, id, error) : status;
}

enum status edit_add_phase(struct edit *edit, const char *title, int64_t after, int64_t *id,
                           struct error *error)
{
    struct moment item;
    int64_t phases;
    memset(&item, 0, sizeof item);
    record_init(RECORD_ITEM, &item);
    item.kind = ITEM_PHASE;
    if (!title || !*title)
        return error_set(error, STATUS_REFUSED, "a phase cannot be without a name");
    sqlite3_stmt *count = store_statement(edit->store, SQL_PHASES, error);
    if (!count || store_integer(edit->store, count, 0, &phases, error) != STATUS_OK)
        return error->status;
    if (phases >= 1000)
        return error_set(error, STATUS_REFUSED, "a board has at most 1,000 phases");
    record_set(RECORD_ITEM, &item, ITEM_TITLE, value_text(title));
    enum status status = add_item(edit, &item, after, id, error);
    record_release(RECORD_ITEM, &item);
    return status;
}

/* --- rows
 * -------------------------------------------------------------------------------------------------
 */

static bool same_text(const char *a, const char *b)
{
    return a && b ? strcmp(a, b) == 0 : a == b;
}

/* The phase that a row at the board's end falls into as things are. */
static enum status learn_last_phase(struct edit *edit, struct error *error)
{
    bool row;
    sqlite3_stmt *last = store_statement(edit->store, SQL_LAST_PHASE, error);
    if (!last)
        return error->status;
    enum status status = store_step_row(edit->store, last, &row, error);
    if (status == STATUS_OK && row) {
        memory_replace(&edit->last_phase, (const char *)sqlite3_column_text(last, 0));
        sqlite3_reset(last);
    }
    edit->phase_known = true;
    return status;
}

/* A row without a phase stays in the one before it, as in a sheet that names a phase once. */
static enum status begin_phase(struct edit *edit, const struct row *row, struct error *error)
{
    int64_t id;
    enum status status = STATUS_OK;
    if (!edit->phase_known)
        status = learn_last_phase(edit, error);
    if (status != STATUS_OK || !row->phase || row->moment.state != STATE_LIVE ||
        same_text(row->phase, edit->last_phase))
        return status;
    status = edit_add_phase(edit, row->phase, PLACE_END, &id, error);
    memory_replace(&edit->last_phase, row->phase);
    return status;
}

static enum status add_belongings(struct edit *edit, const struct row *row, int64_t moment,
                                  const char **field, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t id;
    *field = "ideas";
    for (size_t i = 0; status == STATUS_OK && i < row->ideas.count; i++) {
        struct idea idea = row->ideas.at[i];
        idea.item = moment;
        status = edit_add(edit, RECORD_IDEA, &idea, &id, error);
    }
    if (status == STATUS_OK)
        *field = "actions";
    for (size_t i = 0; status == STATUS_OK && i < row->actions.count; i++) {
        struct action action = row->actions.at[i];
        action.item = moment;
        status = edit_add(edit, RECORD_ACTION, &action, &id, error);
    }
    if (status == STATUS_OK)
        *field = "ledger";
    for (size_t i = 0; status == STATUS_OK && i < row->entries.count; i++) {
        struct entry entry = row->entries.at[i];
        entry.item = moment;
        status = edit_add(edit, RECORD_ENTRY, &entry, &id, error);
    }
    return status;
}

/* R6 is asked row by row too, so that the refusal can name the row of the sixth. */
static enum status check_sixth(struct edit *edit, const struct row *row, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t chosen;
    if (!row->moment.chosen || row->moment.state != STATE_LIVE)
        return status;
    if ((status = tally_flush(edit, error)) != STATUS_OK)
        return status;
    sqlite3_stmt *count = store_statement(edit->store, SQL_CHOSEN, error);
    if (!count || store_integer(edit->store, count, 0, &chosen, error) != STATUS_OK)
        return error->status;
    return method_check_chosen(chosen, error);
}

static enum status add_row(void *data, const struct row *row, const char **field,
                           struct error *error)
{
    struct edit *edit = data;
    const char *ignored;
    int64_t id = 0;
    if (!field)
        field = &ignored;
    *field = "phase";
    enum status status = begin_phase(edit, row, error);
    if (status != STATUS_OK)
        return status;
    *field = "target";
    if ((status = check_target(&row->moment, error)) != STATUS_OK)
        return status;
    *field = NULL;
    status = edit_add_moment(edit, &row->moment, PLACE_END, &id, error);
    if (status == STATUS_OK)
        status = add_belongings(edit, row, id, field, error);
    if (status != STATUS_OK)
        return status;
    *field = "chosen";
    return check_sixth(edit, row, error);
}

struct row_sink edit_row_sink(struct edit *edit)
{
    return (struct row_sink){.add = add_row, .data = edit};
}
