#include "replay.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include "touchline/record.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* The board under test is attached to a database in memory, in which its tables are made again.
 * Places are no numbers here: the order is a list of ids. */
struct replay {
    sqlite3 *db;
    int64_t *order;
    size_t count;
    void (*each)(void *data, const struct replayed *board);
    void *data;
};

FORMAT_LIKE(2, 3)
static void run(struct replay *replay, const char *format, ...)
{
    struct buffer sql = {0};
    va_list list;
    char *message = NULL;
    va_start(list, format);
    buffer_add_format_list(&sql, format, list);
    va_end(list);
    if (sqlite3_exec(replay->db, buffer_text(&sql), NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", buffer_text(&sql), message);
    buffer_release(&sql);
}

static sqlite3_stmt *prepare(struct replay *replay, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(replay->db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(replay->db));
    return statement;
}

/* --- the order -------------------------------------------------------------------------------- */

static size_t index_of(const struct replay *replay, int64_t id)
{
    for (size_t i = 0; i < replay->count; i++)
        if (replay->order[i] == id)
            return i;
    fail_msg("id:%lld is not in the order", (long long)id);
    return 0;
}

static int64_t before(const struct replay *replay, int64_t id)
{
    size_t at = index_of(replay, id);
    return at > 0 ? replay->order[at - 1] : 0;
}

static void put_after(struct replay *replay, int64_t id, int64_t after)
{
    size_t at = after ? index_of(replay, after) + 1 : 0;
    replay->order = memory_resize(replay->order, replay->count + 1, sizeof *replay->order);
    memmove(replay->order + at + 1, replay->order + at,
            (replay->count - at) * sizeof *replay->order);
    replay->order[at] = id;
    replay->count++;
}

static void take_out(struct replay *replay, int64_t id)
{
    size_t at = index_of(replay, id);
    memmove(replay->order + at, replay->order + at + 1,
            (replay->count - at - 1) * sizeof *replay->order);
    replay->count--;
}

/* --- changes ---------------------------------------------------------------------------------- */

struct change {
    int64_t edit, id;
    const char *table, *field;
    sqlite3_stmt *row; /* old in column 4, new in 5 */
};

static void add(struct replay *replay, const struct change *change)
{
    struct buffer sql = {0};
    bool item = strcmp(change->table, "item") == 0;
    const char *json = (const char *)sqlite3_column_text(change->row, 5);
    int record = 0;
    while (strcmp(record_type((enum record)record)->table, change->table) != 0)
        record++;
    const struct record_type *type = record_type((enum record)record);
    /* What a new row has where nothing is said, as record_init() gives it. */
    buffer_add_format(&sql, "INSERT INTO %s(id", change->table);
    for (size_t i = 0; i < type->count; i++)
        buffer_add_format(&sql, ",%s", type->fields[i].name);
    buffer_add_format(&sql, "%s) SELECT %lld", item ? ",kind,placed,ord" : "",
                      (long long)change->id);
    for (size_t i = 0; i < type->count; i++) {
        bool number = !field_holds_text(&type->fields[i]) && type->fields[i].absent != FIELD_ABSENT;
        buffer_add_format(&sql, ",coalesce(json_extract(?1,'$.%s'),%s)", type->fields[i].name,
                          !number                       ? "NULL"
                          : type->fields[i].absent == 0 ? "0"
                                                        : "1");
    }
    if (item) /* whether it is a moment or a phase is no field: taken from the board */
        buffer_add_format(&sql, ",(SELECT kind FROM board_.item WHERE id=%lld),%lld,0",
                          (long long)change->id, (long long)change->edit);
    sqlite3_stmt *insert = prepare(replay, buffer_text(&sql));
    sqlite3_bind_text(insert, 1, json, -1, SQLITE_STATIC);
    if (sqlite3_step(insert) != SQLITE_DONE)
        fail_msg("%s: %s", buffer_text(&sql), sqlite3_errmsg(replay->db));
    sqlite3_finalize(insert);
    buffer_release(&sql);
    if (item)
        put_after(replay, change->id, sqlite3_column_int64(change->row, 4));
}

static void read_place(const char *text, int64_t *after, int64_t *placed)
{
    char *rest;
    *after = strtoll(text, &rest, 10);
    *placed = strtoll(rest, NULL, 10);
}

static void move(struct replay *replay, const struct change *change)
{
    int64_t was_after, was_placed, after, placed;
    read_place((const char *)sqlite3_column_text(change->row, 4), &was_after, &was_placed);
    read_place((const char *)sqlite3_column_text(change->row, 5), &after, &placed);
    assert_int_equal(before(replay, change->id), was_after);
    take_out(replay, change->id);
    put_after(replay, change->id, after);
    run(replay, "UPDATE item SET placed=%lld WHERE id=%lld AND placed=%lld", (long long)placed,
        (long long)change->id, (long long)was_placed);
    assert_int_equal(sqlite3_changes(replay->db), 1);
}

static void set(struct replay *replay, const struct change *change)
{
    struct buffer sql = {0};
    buffer_add_format(&sql, "UPDATE %s SET %s=?2 WHERE id=%lld AND %s IS ?1", change->table,
                      change->field, (long long)change->id, change->field);
    sqlite3_stmt *update = prepare(replay, buffer_text(&sql));
    sqlite3_bind_value(update, 1, sqlite3_column_value(change->row, 4));
    sqlite3_bind_value(update, 2, sqlite3_column_value(change->row, 5));
    assert_int_equal(sqlite3_step(update), SQLITE_DONE);
    if (sqlite3_changes(replay->db) != 1)
        fail_msg("edit %lld: %s id:%lld had another %s before", (long long)change->edit,
                 change->table, (long long)change->id, change->field);
    sqlite3_finalize(update);
    buffer_release(&sql);
}

static void show(const struct replay *replay, int64_t edit)
{
    const struct replayed board = {edit, replay->db, replay->order, replay->count};
    if (replay->each)
        replay->each(replay->data, &board);
}

static void make(struct replay *replay, const struct change *change)
{
    if (strcmp(change->field, "*") == 0)
        add(replay, change);
    else if (strcmp(change->field, "place") == 0)
        move(replay, change);
    else
        set(replay, change);
}

static void replay_changes(struct replay *replay, int64_t edit)
{
    sqlite3_stmt *row = prepare(replay, "SELECT edit,record,id,field,old,new FROM board_.change "
                                        "WHERE edit=?1 ORDER BY n");
    sqlite3_bind_int64(row, 1, edit);
    while (sqlite3_step(row) == SQLITE_ROW) {
        struct change change = {.edit = edit,
                                .table = (const char *)sqlite3_column_text(row, 1),
                                .id = sqlite3_column_int64(row, 2),
                                .field = (const char *)sqlite3_column_text(row, 3),
                                .row = row};
        make(replay, &change);
    }
    sqlite3_finalize(row);
}

static void replay_edits(struct replay *replay)
{
    sqlite3_stmt *row = prepare(replay, "SELECT id FROM board_.edit UNION SELECT edit FROM "
                                        "board_.change ORDER BY 1");
    while (sqlite3_step(row) == SQLITE_ROW) {
        replay_changes(replay, sqlite3_column_int64(row, 0));
        show(replay, sqlite3_column_int64(row, 0));
    }
    sqlite3_finalize(row);
}

/* --- begin and end ---------------------------------------------------------------------------- */

static const char *const tables[] = {"board", "channel", "person", "item",   "idea",    "action",
                                     "entry", "wave",    "vote",   "review", "rerating"};
enum { TABLES = sizeof tables / sizeof *tables };

/* A new board has its own row and the channels that history knows nothing of; one that was salvaged
 * began with none. */
static void begin(struct replay *replay, const char *path)
{
    assert_int_equal(sqlite3_open(":memory:", &replay->db), SQLITE_OK);
    run(replay, "ATTACH '%s' AS board_; BEGIN", path);
    for (size_t i = 0; i < TABLES; i++)
        run(replay,
            "CREATE TABLE %s AS SELECT * FROM board_.%s WHERE 0; CREATE INDEX %s_id ON %s(id)",
            tables[i], tables[i], tables[i], tables[i]);
    run(replay, "INSERT INTO board(id, dots_hidden) VALUES(1, 0)");
    const struct channels *channels = channels_default();
    for (size_t i = 0; i < channels->count; i++)
        run(replay,
            "INSERT INTO channel SELECT %zu,0,%lld,'%s','%s','%s',%lld WHERE NOT EXISTS (SELECT 1 "
            "FROM board_.change WHERE record='channel' AND id<=%zu AND field='*')",
            i + 1, (long long)channels->at[i].position, channels->at[i].name,
            channels->at[i].letter, channels->at[i].sign, (long long)channels->at[i].colour,
            channels->count);
}

static void assert_same(struct replay *replay, const char *one, const char *other,
                        const char *table, const char *what)
{
    struct buffer sql = {0};
    buffer_add_format(&sql, "SELECT id FROM (SELECT %s FROM %s.%s EXCEPT SELECT %s FROM %s.%s)",
                      what, one, table, what, other, table);
    sqlite3_stmt *row = prepare(replay, buffer_text(&sql));
    if (sqlite3_step(row) == SQLITE_ROW)
        fail_msg("%s id:%lld in %s is not what it is in %s", table,
                 (long long)sqlite3_column_int64(row, 0), one, other);
    sqlite3_finalize(row);
    buffer_release(&sql);
}

static void assert_order(struct replay *replay)
{
    sqlite3_stmt *row = prepare(replay, "SELECT id FROM board_.item ORDER BY ord");
    size_t at = 0;
    for (; sqlite3_step(row) == SQLITE_ROW; at++) {
        assert_true(at < replay->count);
        assert_int_equal(sqlite3_column_int64(row, 0), replay->order[at]);
    }
    assert_int_equal(at, replay->count);
    sqlite3_finalize(row);
}

void replay_assert_each(const char *path, void (*each)(void *data, const struct replayed *board),
                        void *data)
{
    struct replay replay = {.each = each, .data = data};
    begin(&replay, path);
    replay_edits(&replay);
    run(&replay, "UPDATE item SET ord=0");
    for (size_t i = 0; i < TABLES; i++) {
        const char *what = strcmp(tables[i], "item") != 0
                               ? "*"
                               : "id,kind,state,placed,title,channel,rating,first_rating,target,"
                                 "chosen,dots,seconds,times,owner,handling,expectation,benchmark,"
                                 "note";
        assert_same(&replay, "main", "board_", tables[i], what);
        assert_same(&replay, "board_", "main", tables[i], what);
    }
    assert_order(&replay);
    run(&replay, "COMMIT");
    sqlite3_close(replay.db);
    memory_free(replay.order);
}

void replay_assert(const char *path)
{
    replay_assert_each(path, NULL, NULL);
}
