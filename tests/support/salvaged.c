#include "salvaged.h"
#include "touchline/buffer.h"
#include "touchline/record.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>

#include <cmocka.h>

static const enum record records[] = {RECORD_CHANNEL, RECORD_PERSON, RECORD_ITEM,
                                      RECORD_IDEA,    RECORD_ACTION, RECORD_ENTRY,
                                      RECORD_WAVE,    RECORD_REVIEW, RECORD_RERATING};

static int64_t ask(sqlite3 *db, const struct buffer *sql)
{
    sqlite3_stmt *row;
    if (sqlite3_prepare_v2(db, buffer_text(sql), -1, &row, NULL) != SQLITE_OK)
        fail_msg("%s: %s", buffer_text(sql), sqlite3_errmsg(db));
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(row, 0);
    sqlite3_finalize(row);
    return number;
}

/* "SELECT id,... FROM SCHEMA.TABLE WHERE it is live". */
static void add_live(struct buffer *sql, enum record record, const char *schema, bool ids)
{
    const struct record_type *type = record_type(record);
    int item = record_item_field(record);
    buffer_add_text(sql, record == RECORD_ITEM && !ids ? "SELECT id,kind" : "SELECT id");
    for (size_t i = 0; !ids && i < type->count; i++)
        buffer_add_format(sql, ",%s", type->fields[i].name);
    buffer_add_format(sql, " FROM %s.%s WHERE state < 2", schema, type->table);
    if (item >= 0)
        buffer_add_format(sql, " AND item IN (SELECT id FROM %s.item WHERE state < 2)", schema);
}

/* How many of one set `operator` (EXCEPT, INTERSECT) the other. */
static int64_t count(sqlite3 *db, enum record record, const char *const schemas[2],
                     const char *operator, bool ids)
{
    struct buffer sql = {0};
    buffer_add_text(&sql, "SELECT count(*) FROM (");
    add_live(&sql, record, schemas[0], ids);
    buffer_add_format(&sql, " %s ", operator);
    add_live(&sql, record, schemas[1], ids);
    buffer_add_byte(&sql, ')');
    int64_t number = ask(db, &sql);
    buffer_release(&sql);
    return number;
}

static int64_t disorder(sqlite3 *db)
{
    struct buffer sql = {0};
    buffer_add_text(&sql, "SELECT count(*) FROM (SELECT o.ord AS at, lag(o.ord) OVER (ORDER BY "
                          "n.ord) AS before FROM fresh.item AS n JOIN main.item AS o USING(id)) "
                          "WHERE at < before");
    int64_t number = ask(db, &sql);
    buffer_release(&sql);
    return number;
}

struct salvaged salvaged_compare(const char *old, const char *new)
{
    static const char *const forth[] = {"main", "fresh"}, *const back[] = {"fresh", "main"};
    struct salvaged found = {0};
    struct buffer attach = {0};
    sqlite3 *db;
    assert_int_equal(sqlite3_open(old, &db), SQLITE_OK);
    buffer_add_format(&attach, "ATTACH '%s' AS fresh", new);
    assert_int_equal(sqlite3_exec(db, buffer_text(&attach), NULL, NULL, NULL), SQLITE_OK);
    for (size_t i = 0; i < sizeof records / sizeof *records; i++) {
        int64_t both = count(db, records[i], forth, "INTERSECT", true);
        int64_t same = count(db, records[i], forth, "INTERSECT", false);
        found.kept += same;
        found.altered += both - same;
        found.lost += count(db, records[i], forth, "EXCEPT", true);
        found.invented += count(db, records[i], back, "EXCEPT", true);
    }
    found.order = disorder(db);
    sqlite3_close(db);
    buffer_release(&attach);
    return found;
}
