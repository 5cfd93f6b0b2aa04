/* A journal beside the board: its own is played back, whatever became of the program that left it;
 * one of something else does no harm, and is told. */
#include "boards.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#define NOT_ITS_OWN "the journal beside it is of something else and would damage it"

/* A board of many moments, closed. */
static const char *new_board(struct fixture *fixture, const char *name, const char *word, int count)
{
    struct buffer titles = {0};
    struct store *store = board_new(fixture, name, "Ana");
    const char **list = memory_new((size_t)count + 1, sizeof *list);
    buffer_add_format(&titles, "moment of %s", word);
    for (int i = 0; i < count; i++)
        list[i] = buffer_text(&titles);
    board_fill(store, list);
    store_close(store);
    memory_free((void *)list);
    buffer_release(&titles);
    return fixture_path(fixture, name);
}

/* Half an edit is in the file, and what it was before in the journal. */
static void break_off(const char *path)
{
    board_end_stopped(board_stop_within(path, BOARD_HALF_AN_EDIT), SIGKILL, SIGKILL);
}

static void copy_file(const char *from, const char *to)
{
    char block[65536];
    size_t got;
    FILE *in = fopen(from, "rb"), *out = fopen(to, "wb");
    assert_true(in && out);
    while ((got = fread(block, 1, sizeof block, in)) > 0)
        assert_int_equal(fwrite(block, 1, got, out), got);
    assert_int_equal(fclose(in), 0);
    assert_int_equal(fclose(out), 0);
}

static void assert_same_bytes(const char *one, const char *other)
{
    int byte;
    FILE *left = fopen(one, "rb"), *right = fopen(other, "rb");
    assert_true(left && right);
    do {
        byte = getc(left);
        assert_int_equal(getc(right), byte);
    } while (byte != EOF);
    assert_int_equal(fclose(left), 0);
    assert_int_equal(fclose(right), 0);
}

/* The board and the journal are left as they are, and it opens once the journal is away. */
static void assert_left_alone(struct fixture *fixture, const char *path, const char *content)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *journal = fixture_path(fixture, "a-journal");
    const char *board = fixture_path(fixture, "board before");
    const char *before = fixture_path(fixture, "journal before");
    copy_file(path, board);
    copy_file(journal, before);
    for (int look = 0; look < 2; look++) {
        options.look_only = look;
        MUST_REFUSE(store_open(path, &options, &store, &error), STATUS_BAD_DATA, NOT_ITS_OWN);
        assert_same_bytes(path, board);
        assert_same_bytes(journal, before);
    }
    assert_int_equal(unlink(journal), 0);
    store = board_open(path, "Ana");
    board_assert_sound(store);
    store_close(store);
    char *now = board_content(path);
    assert_string_equal(now, content);
    memory_free(now);
}

static void its_own_is_played_back(void **state)
{
    const char *path = new_board(*state, "a", "a", 400);
    char *before = board_content(path);
    break_off(path);
    assert_int_equal(access(fixture_path(*state, "a-journal"), F_OK), 0);
    struct store *store = board_open(path, "Ben");
    board_assert_sound(store);
    store_close(store);
    char *now = board_content(path);
    assert_string_equal(now, before);
    memory_free(before);
    memory_free(now);
}

static void that_of_another_board_does_no_harm(void **state)
{
    const char *path = new_board(*state, "a", "a", 300);
    const char *other = new_board(*state, "b", "b", 500);
    char *content = board_content(path);
    break_off(other);
    copy_file(fixture_path(*state, "b-journal"), fixture_path(*state, "a-journal"));
    assert_left_alone(*state, path, content);
    memory_free(content);
}

/* A backup is put where a board was that had broken off: its journal is still there. */
static void an_old_one_does_a_backup_no_harm(void **state)
{
    struct error error;
    const char *path = new_board(*state, "a", "a", 300);
    const char *backup = fixture_path(*state, "backup");
    struct store *store = board_open(path, "Ana");
    MUST(store_backup(store, backup, &error));
    for (int i = 0; i < 100; i++)
        board_add(store, "later", i % 2 ? PLACE_END : PLACE_START);
    store_close(store);
    break_off(path);
    char *content = board_content(backup);
    copy_file(backup, path);
    assert_left_alone(*state, path, content);
    memory_free(content);
}

static void what_is_no_journal_is_none(void **state)
{
    const char *path = new_board(*state, "a", "a", 3);
    static const char *const texts[] = {"", "not a journal", "\xd9\xd5\x05\xf9\x20\xa1\x63\xd7"};
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        char *before = board_content(path);
        (void)fixture_write(*state, "a-journal", texts[i]);
        struct store *store = board_open(path, "Ana");
        board_add(store, "more", PLACE_END);
        board_undo(store);
        board_assert_sound(store);
        store_close(store);
        memory_free(before);
    }
}

/* Of an edit that goes on it is nobody's business. */
static void a_living_writers_is_waited_for(void **state)
{
    struct error error;
    struct store *store;
    const struct store_options options = board_options("Ben");
    const char *path = new_board(*state, "a", "a", 400);
    pid_t writer = board_stop_within(path, BOARD_HALF_AN_EDIT);
    MUST_REFUSE(store_open(path, &options, &store, &error), STATUS_BUSY, "another program");
    board_end_stopped(writer, SIGCONT, 0);
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM item WHERE rating = 1"), 400);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(its_own_is_played_back),           TEST(that_of_another_board_does_no_harm),
        TEST(an_old_one_does_a_backup_no_harm), TEST(what_is_no_journal_is_none),
        TEST(a_living_writers_is_waited_for),
    };
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
