/* The history as JSON, an edit a line, with what it changed in the words that the board's own JSON
 * has. Changes come a row each: an import may have 100,000 of them. */
#include "edit_internal.h"
#include "json.h"
#include "review.h"

/* --- a change --------------------------------------------------------------------------------- */

/* Of these a review may hide what they were. */
static bool may_be_hidden(enum record record, int field)
{
    return record == RECORD_ITEM &&
           (field == ITEM_RATING || field == ITEM_FIRST_RATING || field == ITEM_TARGET);
}

static bool has_words(const struct field *field)
{
    return field->type == FIELD_YES || field->type == FIELD_CHANNEL || field->words;
}

static void add_meaning(const struct field *field, const char *value, struct buffer *sql)
{
    if (field->type == FIELD_YES)
        buffer_add_format(sql, "json(iif(%s, 'true', 'false'))", value);
    else if (field->type == FIELD_CHANNEL)
        buffer_add_format(sql, "(SELECT name FROM channel WHERE channel.id = %s)", value);
    else
        json_add_word(field, value, sql);
}

/* "CASE record || '.' || <name> WHEN 'item.chosen' THEN ... ELSE <value> END": what the value of a
 * field means; what no field can be is left out. */
static void add_value(const char *name, const char *value, struct buffer *sql)
{
    buffer_add_format(sql, "CASE record || '.' || %s", name);
    for (int record = 0; record < RECORDS; record++) {
        const struct record_type *type = record_type((enum record)record);
        for (int i = 0; i < (int)type->count; i++) {
            if (!has_words(&type->fields[i]))
                continue;
            buffer_add_format(sql, " WHEN '%s.%s' THEN ", type->table, type->fields[i].name);
            if (may_be_hidden((enum record)record, i))
                buffer_add_text(sql, "CASE WHEN hidden THEN '?' ELSE ");
            add_meaning(&type->fields[i], value, sql);
            if (may_be_hidden((enum record)record, i))
                buffer_add_text(sql, " END");
        }
    }
    buffer_add_format(sql,
                      " WHEN 'item.dots' THEN iif((SELECT dots_hidden FROM board), '?', %s) "
                      "ELSE iif(typeof(%s) = 'blob', NULL, %s) END",
                      value, value, value);
}

/* Where an item was put: the id of the one before it. */
static void add_place(const char *column, struct buffer *sql)
{
    buffer_add_format(sql, "WHEN '" CHANGE_PLACE "' THEN CAST(%s AS INTEGER) ", column);
}

static void make_changes(struct buffer *sql)
{
    buffer_add_text(sql, "SELECT json_object('record', CASE WHEN record <> 'item' THEN record "
                         "WHEN kind = 2 THEN 'phase' ELSE 'moment' END, 'id', id, 'field', "
                         "iif(field = '" CHANGE_ADDED "', 'added', field), 'old', CASE field "
                         "WHEN '" CHANGE_ADDED "' THEN NULL ");
    add_place("old", sql);
    buffer_add_text(sql, "ELSE ");
    add_value("field", "old", sql);
    buffer_add_text(sql, " END, 'new', CASE field WHEN '" CHANGE_ADDED "' THEN CASE WHEN "
                         "json_valid(new) THEN json((SELECT json_group_object(key, ");
    add_value("key", "value", sql);
    buffer_add_text(sql, ") FROM json_each(new))) END ");
    add_place("new", sql);
    buffer_add_text(sql, "ELSE ");
    add_value("field", "new", sql);
    buffer_add_text(
        sql, " END) FROM (SELECT change.*, item.kind, record = 'item' AND "
             "coalesce(" IS_HIDDEN(
                 "item") ", 0) AS hidden FROM change LEFT JOIN item "
                         "ON record = 'item' AND item.id = change.id WHERE edit = ?1) ORDER BY n");
}

static sqlite3_stmt *changes_of(struct store *store, int64_t edit, struct error *error)
{
    struct buffer sql = {0};
    if (!store->statements[SQL_JSON_CHANGES])
        make_changes(&sql);
    sqlite3_stmt *read =
        store_prepare(store, &store->statements[SQL_JSON_CHANGES], buffer_text(&sql), error);
    buffer_release(&sql);
    if (read)
        sqlite3_bind_int64(read, 1, edit);
    return read;
}

/* Writes the first column of a row, which is JSON, up to `without` bytes before its end. */
static enum status put_column(struct store *store, sqlite3_stmt *row, int without, FILE *out,
                              struct error *error)
{
    const char *json = store_column_words(row, 0);
    if (!json)
        return history_refuse(store, error);
    json_put(json, (size_t)(sqlite3_column_bytes(row, 0) - without), out);
    return STATUS_OK;
}

/* --- an edit ---------------------------------------------------------------------------------- */

static enum status put_changes(struct store *store, int64_t edit, FILE *out, struct error *error)
{
    bool row;
    enum status status;
    sqlite3_stmt *read = changes_of(store, edit, error);
    if (!read)
        return error->status;
    fputc('[', out);
    for (bool first = true; (status = store_step_row(store, read, &row, error)) == STATUS_OK && row;
         first = false) {
        if (!first)
            fputc(',', out);
        if ((status = put_column(store, read, 0, out, error)) != STATUS_OK)
            break;
    }
    sqlite3_reset(read);
    fputc(']', out);
    return status;
}

/* What is hidden is not even counted: that would tell whether a rating changed. */
static enum status put_edit(struct store *store, sqlite3_stmt *read, FILE *out, struct error *error)
{
    bool hidden = sqlite3_column_int(read, 2) != 0;
    enum status status = put_column(store, read, 1, out, error);
    if (status != STATUS_OK)
        return status;
    fputs(",\"changes\":", out);
    if (hidden)
        fputs("null", out);
    else
        status = put_changes(store, sqlite3_column_int64(read, 1), out, error);
    fputc('}', out);
    return status;
}

enum status json_put_history(struct store *store, int64_t after, FILE *out, struct error *error)
{
    bool row;
    enum status status;
    sqlite3_stmt *read = store_statement(store, SQL_JSON_HISTORY, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, after);
    fputc('[', out);
    for (size_t i = 0; (status = store_step_row(store, read, &row, error)) == STATUS_OK && row;
         i++) {
        json_separate(i, out);
        if ((status = put_edit(store, read, out, error)) != STATUS_OK)
            break;
    }
    sqlite3_reset(read);
    fputs("\n]", out);
    return status;
}
