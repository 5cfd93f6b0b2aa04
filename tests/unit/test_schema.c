#include "boards.h"
#include "store/schema.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* --- the text --------------------------------------------------------------------------------- */

/* Boards that are out there are compared with this text to the letter: what a version says cannot
 * change any more, a later one adds to it. */
static void a_version_never_changes(void **state)
{
    (void)state;
    for (int version = 1; version <= SCHEMA_VERSION; version++) {
        struct buffer name = {0}, now = {0};
        size_t count;
        const struct schema_object *objects = schema_expected(version, &count);
        for (size_t i = 0; i < count; i++)
            buffer_add_format(&now, "%s\n", objects[i].sql);
        buffer_add_format(&name, TOUCHLINE_SOURCE "/tests/unit/schema-%d.sql", version);
        char *kept = fixture_read(buffer_text(&name));
        assert_non_null(kept);
        assert_string_equal(buffer_text(&now), kept);
        memory_free(kept);
        buffer_release(&name);
        buffer_release(&now);
    }
}

static void what_migrations_make_is_what_is_expected(void **state)
{
    size_t count;
    const struct schema_object *objects = schema_expected(SCHEMA_VERSION, &count);
    struct store *store = board_new(*state, "b", "Ana");
    sqlite3 *db;
    sqlite3_stmt *row;
    assert_int_equal(sqlite3_open(store_path(store), &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT name, sql FROM sqlite_schema ORDER BY rowid",
                                        -1, &row, NULL),
                     SQLITE_OK);
    for (size_t i = 0; i < count; i++) {
        assert_int_equal(sqlite3_step(row), SQLITE_ROW);
        assert_string_equal((const char *)sqlite3_column_text(row, 0), objects[i].name);
        assert_string_equal((const char *)sqlite3_column_text(row, 1), objects[i].sql);
    }
    assert_int_equal(sqlite3_step(row), SQLITE_DONE);
    sqlite3_finalize(row);
    sqlite3_close(db);
    store_close(store);
}

static void unknown_versions_have_nothing(void **state)
{
    (void)state;
    size_t count = 7;
    static const int versions[] = {-1, 0, SCHEMA_VERSION + 1};
    for (size_t i = 0; i < 3; i++) {
        assert_null(schema_expected(versions[i], &count));
        assert_int_equal(count, 0);
        assert_null(schema_migration(versions[i]));
    }
}

/* --- making one, cut off ---------------------------------------------------------------------- */

static void a_board_is_made_whole_or_not_at_all(void **state)
{
    int made = 0, n = 0;
    for (bool cut = true; cut; n++) {
        char name[16];
        (void)snprintf(name, sizeof name, "b%d", n);
        const char *path = fixture_path(*state, name);
        cut = board_cut(store_create, path, n);
        if (access(path, F_OK) != 0)
            continue;
        made++;
        struct store *store = board_open(path, "Ana");
        board_add(store, "a", PLACE_END);
        board_assert_sound(store);
        store_close(store);
    }
    assert_true(n > 20);             /* so many calls it takes */
    assert_in_range(made, 1, n / 2); /* it has its name only once it is whole */
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_version_never_changes),
        TEST(what_migrations_make_is_what_is_expected),
        TEST(unknown_versions_have_nothing),
        TEST(a_board_is_made_whole_or_not_at_all),
    };
    return cmocka_run_group_tests_name("schema", tests, NULL, NULL);
}
