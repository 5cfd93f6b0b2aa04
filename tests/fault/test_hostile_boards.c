/* Boards made to hurt, by SQL that a stranger runs on one: refused with the reason before anything
 * of it runs, or shown as far as it is a board; never changed, never slow, never large in memory;
 * and what a board has is salvaged from each. */
#include "boards.h"
#include "bytes.h"
#include "fault.h"
#include "instrumented.h"
#include "read_all.h"
#include "salvaged.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { MOMENTS = 40, MEMORY_MOST_KB = 200000 * INSTRUMENTED };

static const char *sound_board(struct fixture *fixture)
{
    const char *titles[MOMENTS + 1] = {NULL};
    for (int i = 0; i < MOMENTS; i++)
        titles[i] = i % 8 ? "Books the cab" : "#Before";
    struct store *store = board_new(fixture, "sound", "Ana");
    board_fill(store, titles);
    board_add_idea(store, 2, "tea", PRICE_LOW);
    board_add_action(store, 2, "buy", "2026-12-04");
    store_close(store);
    return fixture_path(fixture, "sound");
}

/* Every switch off that keeps people from hurting themselves. */
static void hurt(const char *path, const char *sql)
{
    sqlite3 *db;
    char *message = NULL;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    (void)sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

#define ENDLESS                                                                                    \
    "WITH RECURSIVE r(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM r) SELECT count(*) FROM r"
#define WAVE(columns)  "DROP TABLE wave; CREATE TABLE wave(" columns ")"
#define SCHEMA(change) "PRAGMA writable_schema=1; UPDATE sqlite_schema SET " change

/* What the schema tells: refused before any of its rows is read. */
static const struct {
    const char *sql, *told;
} refused[] = {
    {"CREATE TRIGGER spy AFTER UPDATE ON item BEGIN DELETE FROM item; END", "trigger 'spy'"},
    {"DROP TABLE wave; CREATE VIEW wave AS " ENDLESS, "view 'wave'"},
    {"DROP TABLE wave; CREATE VIEW wave AS SELECT 1 AS id, 0 AS state, 1 AS number, '' AS response;"
     "CREATE TRIGGER spy INSTEAD OF UPDATE ON wave BEGIN DELETE FROM item; END",
     "view 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL, response TEXT) "
          "WITHOUT ROWID; CREATE TABLE other(x"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL DEFAULT "
          "(length(randomblob(1000000000))), response TEXT"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL, response TEXT "
          "CHECK (length(randomblob(1000000000)) > 0)"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL, response TEXT "
          "AS (hex(zeroblob(number))) STORED"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY AUTOINCREMENT, state INTEGER NOT NULL, number INTEGER NOT NULL, "
          "response TEXT"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL, response TEXT "
          "REFERENCES item ON DELETE CASCADE"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL, response TEXT "
          "UNIQUE ON CONFLICT REPLACE"),
     "table 'wave'"},
    {WAVE("id INTEGER PRIMARY KEY, state INTEGER NOT NULL, number INTEGER NOT NULL, response TEXT "
          "COLLATE NOCASE"),
     "table 'wave'"},
    {"ALTER TABLE item RENAME TO thing", "'thing'"},
    {"ALTER TABLE item RENAME COLUMN note TO title2", "table 'item'"},
    {"ALTER TABLE idea DROP COLUMN taken", "table 'idea'"},
    {"CREATE INDEX spy ON item(abs(ord))", "index 'spy'"},
    {"CREATE INDEX spy ON item(ord) WHERE abs(ord) > 0", "index 'spy'"},
    {"DROP INDEX ballot_vote; CREATE INDEX ballot_vote ON ballot(vote, name)",
     "index 'ballot_vote'"},
    {"CREATE VIRTUAL TABLE spy USING fts4(x)", "'spy"},
    {"CREATE VIRTUAL TABLE spy USING rtree(id, a, b)", "'spy"},
    {SCHEMA("sql = 'CREATE TABLE wave(x)' WHERE name = 'wave'"), "table 'wave'"},
    {SCHEMA("sql = sql || ' ' WHERE name = 'wave'"), "table 'wave'"},
    {SCHEMA("sql = NULL WHERE name = 'item_line'"), "damaged"},
    {SCHEMA("name = 'sqlite_stat1', tbl_name = 'sqlite_stat1' WHERE name = 'wave'"), ""},
    {SCHEMA("type = 'trigger', rootpage = 0, sql = 'CREATE TRIGGER wave AFTER INSERT ON item BEGIN "
            "SELECT 1; END' WHERE name = 'wave'"),
     "damaged"},
    {SCHEMA("rootpage = 99999 WHERE name = 'item'"), "damaged"},
    {SCHEMA("rootpage = 'x' WHERE name = 'item_line'"), "damaged"},
    {SCHEMA("rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'item_line') "
            "WHERE name = 'item_phase'"),
     "damaged"},
    {"PRAGMA writable_schema=1; INSERT INTO sqlite_schema SELECT * FROM sqlite_schema WHERE "
     "name = 'item'",
     "damaged"},
    {"PRAGMA writable_schema=1; DELETE FROM sqlite_schema", "of its"},
    {"PRAGMA user_version=0", "there is no version 0"},
    {"PRAGMA application_id=7", "no board of Touchline"},
    {"PRAGMA user_version=99; CREATE TRIGGER spy AFTER UPDATE ON item BEGIN DELETE FROM item; END",
     "trigger 'spy'"},
};

/* What one more hostile thing came to. */
static struct read_all try(struct fixture *fixture, const char *sound, const char *sql)
{
    const char *path = fixture_path(fixture, "old"), *to = fixture_path(fixture, "new");
    struct bytes bytes = bytes_read(sound);
    (void)unlink(to);
    bytes_write(path, &bytes, bytes.length);
    bytes_release(&bytes);
    hurt(path, sql);
    bytes = bytes_read(path);
    const struct read_all found = read_all(path, to);
    read_all_assert_clear(&found, sql);
    if (!bytes_are(path, &bytes, bytes.length))
        fail_msg("%s: reading it has changed it", sql);
    if (found.peak_kb > MEMORY_MOST_KB)
        fail_msg("%s: it took %ld KB of memory", sql, found.peak_kb);
    bytes_release(&bytes);
    return found;
}

static void what_could_run_is_refused_before_it_does(void **state)
{
    const char *sound = sound_board(*state);
    long peak_kb = 0;
    for (size_t i = 0; i < sizeof refused / sizeof *refused; i++) {
        const struct read_all found = try(*state, sound, refused[i].sql);
        peak_kb = found.peak_kb > peak_kb ? found.peak_kb : peak_kb;
        if (found.opened || !strstr(found.said, refused[i].told))
            fail_msg("%s: %s, \"%s\"", refused[i].sql, found.opened ? "opened" : "refused",
                     found.said);
        if (!found.salvaged)
            fail_msg("%s: nothing comes of it", refused[i].sql);
        const struct salvaged rows = salvaged_compare(sound, fixture_path(*state, "new"));
        if (rows.lost || rows.altered || rows.invented)
            fail_msg("%s: %lld lost, %lld altered: %s", refused[i].sql, (long long)rows.lost,
                     (long long)rows.altered, found.report);
    }
    fault_figure("boards that could run something: %zu, all refused, all salvaged, %ld KB at most",
                 sizeof refused / sizeof *refused, peak_kb);
}

/* What only its rows tell: it opens, as a board of which that is wrong, and check says so. */
static const char *const shown[] = {
    "UPDATE item SET title = 'a' || char(0) || 'b' WHERE id = 2",
    "UPDATE item SET title = x'00FF' WHERE id = 2",
    "UPDATE item SET title = CAST(x'C0AF' AS TEXT) WHERE id = 2",
    "UPDATE item SET note = zeroblob(30000000) WHERE id = 2",
    "UPDATE item SET note = CAST(zeroblob(30000000) AS TEXT) WHERE id = 2",
    "UPDATE item SET note = zeroblob(80000000) WHERE id = 2",
    "UPDATE item SET title = printf('%.*c', 2000000, 'x') WHERE id = 2",
    "UPDATE item SET seconds = 9223372036854775807, times = 9223372036854775807",
    "UPDATE item SET seconds = -1 WHERE id = 2",
    "UPDATE item SET dots = 1e308 WHERE id = 2",
    "UPDATE item SET ord = 9223372036854775807 WHERE id = 2",
    "UPDATE item SET ord = 7",
    "UPDATE item SET id = 9223372036854775807 WHERE id = 2",
    "UPDATE item SET id = -9223372036854775807 WHERE id = 2",
    "UPDATE item SET channel = 2 WHERE id = 2; DELETE FROM channel",
    "DELETE FROM board",
    "DELETE FROM tally",
    "DELETE FROM edit",
    "UPDATE edit SET id = 9223372036854775807 WHERE id = 1",
    "UPDATE edit SET words = x'00', who = 7",
    "UPDATE edit SET undoes = id, kind = 1",
    "UPDATE change SET new = '[[[[' WHERE field = '*'",
    "UPDATE change SET old = zeroblob(1000000), new = 1.5",
    "UPDATE change SET record = 'sqlite_schema', field = 'sql'",
    "UPDATE change SET record = 'item', field = 'title''; DELETE FROM item; --'",
    "INSERT INTO vote VALUES(1, 0, 1, 1, 5), (2, 0, 2, 1, 5)",
    "INSERT INTO ballot VALUES(1, 1, x'FF', 'A', 0); INSERT INTO mark VALUES(1, 2, 9e99)",
    (SCHEMA("rootpage = (SELECT rootpage FROM sqlite_schema WHERE name = 'idea') "
            "WHERE name = 'item'")),
};

static void what_only_rows_tell_is_told(void **state)
{
    const char *sound = sound_board(*state);
    long peak_kb = 0;
    for (size_t i = 0; i < sizeof shown / sizeof *shown; i++) {
        const struct read_all found = try(*state, sound, shown[i]);
        peak_kb = found.peak_kb > peak_kb ? found.peak_kb : peak_kb;
        if (!found.opened || found.sound || !found.salvaged)
            fail_msg("%s: opened %d, sound %d, salvaged %d, \"%s\"", shown[i], found.opened,
                     found.sound, found.salvaged, found.said);
    }
    fault_figure("boards with rows that no board has: %zu, all told by check, all salvaged, %ld KB "
                 "at most",
                 sizeof shown / sizeof *shown, peak_kb);
}

/* Bytes of the header that say what the rest is. */
static void headers_that_lie_are_told(void **state)
{
    static const struct {
        long offset;
        int byte;
    } lies[] = {
        {16, 0},   /* pages of 0 bytes */
        {16, 2},   /* of 512 */
        {17, 1},   /* no power of two */
        {18, 3},   /* a format that nobody writes */
        {19, 3},   /* that nobody reads */
        {20, 255}, /* bytes kept free in each page */
        {21, 0},   /* fractions that are not what they must be */
        {28, 255}, /* pages */
        {32, 255}, /* the first free page */
        {36, 255}, /* free pages */
        {44, 9},   /* a schema format to come */
        {52, 1},   /* vacuuming by itself, which it does not */
        {56, 255}, /* a text encoding */
        {59, 2},   /* UTF-16 */
        {63, 0},   /* version 0 */
        {63, 99},  /* a newer one */
    };
    const char *sound = sound_board(*state), *path = fixture_path(*state, "old");
    for (size_t i = 0; i < sizeof lies / sizeof *lies; i++) {
        char name[32];
        struct bytes bytes = bytes_read(sound);
        bytes.at[lies[i].offset] = (unsigned char)lies[i].byte;
        (void)snprintf(name, sizeof name, "byte %ld is %d", lies[i].offset, lies[i].byte);
        (void)unlink(fixture_path(*state, "new"));
        bytes_write(path, &bytes, bytes.length);
        const struct read_all found = read_all(path, fixture_path(*state, "new"));
        read_all_assert_clear(&found, name);
        assert_true(bytes_are(path, &bytes, bytes.length));
        assert_true(found.peak_kb < MEMORY_MOST_KB);
        if (!found.opened && strlen(found.said) < 20)
            fail_msg("%s: \"%s\"", name, found.said);
        bytes_release(&bytes);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_could_run_is_refused_before_it_does),
        TEST(what_only_rows_tell_is_told),
        TEST(headers_that_lie_are_told),
    };
    return cmocka_run_group_tests_name("hostile boards", tests, NULL, NULL);
}
