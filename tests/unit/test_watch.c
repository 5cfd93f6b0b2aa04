#include "boards.h"
#include <poll.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const titles[] = {"a", "b", NULL};

/* Whether the kernel has something to say about the file now. */
static bool is_readable(int watch)
{
    struct pollfd poll_one = {.fd = watch, .events = POLLIN};
    return poll(&poll_one, 1, 0) == 1;
}

static enum store_news news(struct store *store)
{
    int again_ms;
    enum store_news what = store_changed(store, &again_ms);
    assert_int_equal(again_ms >= 0, what == STORE_BUSY);
    return what;
}

static void anothers_change_is_news_and_ones_own_is_not(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int watch = store_watch(store);
    assert_int_equal(store_watch(store), watch); /* the same one */
    assert_int_equal(news(store), STORE_SAME);
    board_fill(store, titles);
    assert_int_equal(news(store), STORE_SAME);
    struct store *other = board_open(store_path(store), "Ana"); /* oneself elsewhere is another */
    assert_int_equal(news(store), STORE_SAME);
    board_add(other, "c", PLACE_END);
    if (watch >= 0)
        assert_true(is_readable(watch));
    assert_int_equal(news(store), STORE_CHANGED);
    if (watch >= 0)
        assert_false(is_readable(watch)); /* drained */
    assert_int_equal(news(store), STORE_SAME);
    board_add(other, "d", PLACE_END);
    board_add(store, "e", PLACE_END); /* one's own in between hides nothing */
    assert_int_equal(news(store), STORE_CHANGED);
    ASSERT_LINE(store, "a b c d e");
    store_close(other);
    store_close(store);
}

static void what_happened_before_the_watch_is_news_too(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    struct store *other = board_open(store_path(store), "Ben");
    board_add(other, "a", PLACE_END);
    (void)store_watch(store);
    assert_int_equal(news(store), STORE_CHANGED);
    store_close(other);
    store_close(store);
}

static void another_program_is_noticed(void **state)
{
    int status;
    struct store *store = board_new(*state, "b", "Ana");
    int watch = store_watch(store);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct store *other = board_open(store_path(store), "Ben");
        board_add(other, "a", PLACE_END);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    if (watch >= 0)
        assert_true(is_readable(watch));
    assert_int_equal(news(store), STORE_CHANGED);
    ASSERT_LINE(store, "a");
    store_close(store);
}

/* A writer at it: an answer at once, and how soon to ask again; the news comes all the same. */
static void a_writer_is_not_waited_for(void **state)
{
    static const int waits[] = {2, 4, 8, 16, 32, 50, 50};
    sqlite3 *db;
    int again_ms;
    struct error error;
    struct store *store = board_new(*state, "b", "Ana");
    struct store_options options = board_options("Ana");
    store_close(store);
    options.patience_ms = 600000; /* none of it is used up here */
    MUST(store_open(fixture_path(*state, "b"), &options, &store, &error));
    (void)store_watch(store);
    assert_int_equal(sqlite3_open(store_path(store), &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "BEGIN EXCLUSIVE; UPDATE board SET title = 'x'", NULL, NULL, NULL),
        SQLITE_OK);
    for (size_t i = 0; i < sizeof waits / sizeof *waits; i++) {
        assert_int_equal(store_changed(store, &again_ms), STORE_BUSY);
        assert_int_equal(again_ms, waits[i]);
    }
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(news(store), STORE_CHANGED);
    assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(store_changed(store, &again_ms), STORE_BUSY);
    assert_int_equal(again_ms, 2); /* from the beginning again */
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(news(store), STORE_SAME);
    sqlite3_close(db);
    store_close(store);
}

static void a_file_that_goes_away_is_noticed(void **state)
{
    for (int way = 0; way < 3; way++) {
        char name[32];
        (void)snprintf(name, sizeof name, "b%d", way);
        struct store *store = board_new(*state, name, "Ana");
        const char *other = fixture_path(*state, "other");
        int watch = store_watch(store);
        if (way == 0)
            assert_int_equal(rename(store_path(store), other), 0);
        else if (way == 1)
            assert_int_equal(unlink(store_path(store)), 0);
        else
            assert_int_equal(rename(fixture_write(*state, "new", "x"), store_path(store)), 0);
        if (watch >= 0)
            assert_true(is_readable(watch));
        assert_int_equal(news(store), STORE_HAS_MOVED);
        assert_int_equal(news(store), STORE_SAME); /* told once */
        struct error error;
        struct edit *edit;
        MUST_REFUSE(edit_begin(store, &edit, &error), STATUS_MOVED, "was moved, replaced or");
        store_close(store);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(anothers_change_is_news_and_ones_own_is_not),
        TEST(what_happened_before_the_watch_is_news_too),
        TEST(another_program_is_noticed),
        TEST(a_writer_is_not_waited_for),
        TEST(a_file_that_goes_away_is_noticed),
    };
    return cmocka_run_group_tests_name("watch", tests, NULL, NULL);
}
