/* Boards of older versions: brought to this one whole or not at all, and kept as they were. */
#include "boards.h"
#include "pty.h"
#include "store/schema.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* --- an older board --------------------------------------------------------------------------- */

static void run(sqlite3 *db, const char *sql)
{
    char *message = NULL;
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
}

/* The columns that a table of the older board has, as a list. */
static void add_columns(sqlite3 *db, const char *table, struct buffer *out)
{
    sqlite3_stmt *row;
    struct buffer sql = {0};
    buffer_add_format(&sql, "SELECT group_concat(name) FROM pragma_table_info('%s')", table);
    assert_int_equal(sqlite3_prepare_v2(db, buffer_text(&sql), -1, &row, NULL), SQLITE_OK);
    assert_int_equal(sqlite3_step(row), SQLITE_ROW);
    buffer_add_text(out, (const char *)sqlite3_column_text(row, 0));
    sqlite3_finalize(row);
    buffer_release(&sql);
}

static void copy_table(sqlite3 *db, const char *table)
{
    struct buffer columns = {0}, sql = {0};
    add_columns(db, table, &columns);
    buffer_add_format(&sql, "INSERT INTO main.%s SELECT %s FROM now.%s", table,
                      buffer_text(&columns), table);
    run(db, buffer_text(&sql));
    buffer_release(&columns);
    buffer_release(&sql);
}

/* A board at `path` as `version` made it, with the rows of the board at `now`. */
static void make_older(const char *path, int version, const char *now)
{
    size_t count;
    sqlite3 *db;
    struct buffer sql = {0};
    const struct schema_object *objects = schema_expected(version, &count);
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    buffer_add_format(&sql,
                      "PRAGMA synchronous=OFF; PRAGMA application_id=%d; "
                      "PRAGMA user_version=%d; ATTACH '%s' AS now; BEGIN",
                      SCHEMA_APPLICATION_ID, version, now);
    run(db, buffer_text(&sql));
    for (size_t i = 0; i < count; i++)
        run(db, objects[i].sql);
    for (size_t i = 0; i < count; i++)
        if (strncmp(objects[i].sql, "CREATE TABLE", 12) == 0)
            copy_table(db, objects[i].name);
    run(db, "COMMIT");
    sqlite3_close(db);
    buffer_release(&sql);
}

/* "cab.touchline", of that version: something of everything that it knew. */
static const char *older(struct fixture *fixture, const char *name, int version)
{
    static const char *const titles[] = {"#Before", "Sees the advert", "Books the cab", "z Radio",
                                         NULL};
    struct store *store = board_new(fixture, "now", "Ana");
    int64_t id = board_fill(store, titles);
    board_set(store, id + 1, ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_add_idea(store, id + 1, "Answer with their name", PRICE_FREE);
    board_add_action(store, id + 1, "Buy two kits", "2026-11-28");
    board_set(store, id + 2, ITEM_CHOSEN, value_integer(1));
    char *now = memory_copy(store_path(store));
    store_close(store);
    const char *path = fixture_path(fixture, name);
    make_older(path, version, now);
    assert_int_equal(unlink(now), 0);
    memory_free(now);
    return path;
}

static void must_be_what_it_was(struct store *store)
{
    struct error error;
    struct undone undone = {0};
    board_assert_sound(store);
    ASSERT_LINE(store, "[Before] Sees the advert Books the cab | Radio");
    MUST(store_undo(store, &undone, &error));
    assert_int_equal(undone.item, 3);
    undone_release(&undone);
    board_assert_sound(store);
    board_redo(store);
}

/* --- upgraded --------------------------------------------------------------------------------- */

static void an_older_board_is_brought_to_this_version(void **state)
{
    for (int version = 1; version < SCHEMA_VERSION; version++) {
        struct buffer name = {0}, kept = {0};
        buffer_add_format(&name, "b%d.touchline", version);
        buffer_add_format(&kept, "b%d.version-%d.touchline", version, version);
        const char *path = older(*state, buffer_text(&name), version);
        const char *copy = fixture_path(*state, buffer_text(&kept));
        struct store *store = board_open(path, "Ana");
        assert_null(store_look_only(store));
        assert_string_equal(store_kept(store), copy);
        must_be_what_it_was(store);
        store_close(store);
        assert_int_equal(board_sql_number(path, "PRAGMA user_version"), SCHEMA_VERSION);
        assert_int_equal(board_sql_number(copy, "PRAGMA user_version"), version);
        assert_int_equal(board_sql_number(copy, "SELECT count(*) FROM item"), 4);
        store = board_open(path, "Ana");
        assert_null(store_kept(store)); /* once is enough */
        store_close(store);
        buffer_release(&name);
        buffer_release(&kept);
    }
}

/* By its name alone: of a long path nothing but the folders would be seen. */
static void the_screen_says_so(void **state)
{
    const char *path = older(*state, "cab.touchline", 1);
    struct pty *pty = pty_start(NULL, (const char *const[]){TOUCHLINE_PROGRAM, path, NULL});
    pty_wait_text(pty, "This board is of this version now. As it was: cab.version-1.touchline.");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_stop(pty);
}

static void a_copy_kept_before_is_not_overwritten(void **state)
{
    const char *path = older(*state, "cab.touchline", 1);
    const char *before = fixture_write(*state, "cab.version-1.touchline", "mine");
    struct store *store = board_open(path, "Ana");
    assert_string_equal(store_kept(store), fixture_path(*state, "cab.version-1-2.touchline"));
    store_close(store);
    char *content = fixture_read(before);
    assert_string_equal(content, "mine");
    memory_free(content);
}

static void what_is_only_looked_at_stays_as_it_is(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = older(*state, "cab.touchline", 1);
    options.look_only = true;
    MUST(store_open(path, &options, &store, &error));
    assert_non_null(strstr(store_look_only(store), "it was made by an older Touchline"));
    ASSERT_LINE(store, "[Before] Sees the advert Books the cab | Radio");
    assert_null(store_kept(store));
    store_close(store);
    assert_int_equal(board_sql_number(path, "PRAGMA user_version"), 1);
    assert_int_not_equal(access(fixture_path(*state, "cab.version-1.touchline"), F_OK), 0);
}

/* --- not upgraded ----------------------------------------------------------------------------- */

static void must_stay(const char *path, enum status wanted, const char *text)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    MUST_REFUSE(store_open(path, &options, &store, &error), wanted, text);
    assert_null(store);
    assert_int_equal(board_sql_number(path, "PRAGMA user_version"), 1);
}

/* The copy's name is longer than a name can be; the board's own is not. */
static void without_a_copy_nothing_is_changed(void **state)
{
    char name[245];
    memset(name, 'b', sizeof name - 1);
    name[sizeof name - 1] = '\0';
    must_stay(older(*state, name, 1), STATUS_CANNOT_CREATE,
              "made by an older Touchline, and it is not changed before a copy of it is kept");
}

static void a_damaged_board_is_not_upgraded(void **state)
{
    const char *path = older(*state, "cab.touchline", 1);
    board_sql(path, "PRAGMA writable_schema=1; UPDATE sqlite_schema SET rootpage = "
                    "(SELECT rootpage FROM sqlite_schema WHERE name = 'idea') "
                    "WHERE name = 'item_line'");
    must_stay(path, STATUS_BAD_DATA, "damaged");
    assert_int_not_equal(access(fixture_path(*state, "cab.version-1.touchline"), F_OK), 0);
}

/* --- cut off ---------------------------------------------------------------------------------- */

static void a_board_is_upgraded_whole_or_not_at_all(void **state)
{
    int n = 0, old = 0;
    for (bool cut = true; cut; n++) {
        char name[24], kept[40];
        (void)snprintf(name, sizeof name, "b%d.touchline", n);
        (void)snprintf(kept, sizeof kept, "b%d.version-1.touchline", n);
        const char *path = older(*state, name, 1);
        const char *copy = fixture_path(*state, kept);
        cut = board_cut(store_open, path, n);
        if (access(copy, F_OK) != 0) /* it is there before the first byte changes */
            assert_int_equal(board_sql_number(path, "PRAGMA user_version"), 1);
        struct store *store = board_open(path, "Ana");
        old += store_kept(store) != NULL;
        must_be_what_it_was(store);
        store_close(store);
        assert_int_equal(board_sql_number(copy, "PRAGMA user_version"), 1);
    }
    assert_true(n > 20);
    assert_in_range(old, n / 2, n - 1); /* it is this version's only once the journal is gone */
}

static int stop_and_tidy(void **state)
{
    (void)pty_teardown(state);
    return fixture_teardown(state);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_older_board_is_brought_to_this_version),
        cmocka_unit_test_setup_teardown(the_screen_says_so, fixture_setup, stop_and_tidy),
        TEST(a_copy_kept_before_is_not_overwritten),
        TEST(what_is_only_looked_at_stays_as_it_is),
        TEST(without_a_copy_nothing_is_changed),
        TEST(a_damaged_board_is_not_upgraded),
        TEST(a_board_is_upgraded_whole_or_not_at_all),
    };
    return cmocka_run_group_tests_name("upgrade", tests, NULL, NULL);
}
