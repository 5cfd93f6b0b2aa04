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
#include <sys/stat.h>
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

/* The board as the program opens it: by the way of its own to files. */
static struct store_options plain_options(void)
{
    struct store_options options = board_options("Ana");
    options.vfs = NULL;
    return options;
}

static struct store *open_plainly(const char *path)
{
    struct error error;
    struct store *store;
    const struct store_options options = plain_options();
    MUST(store_open(path, &options, &store, &error));
    return store;
}

/* The board and what lies beside it are left as they are, and it opens once that is away. */
static void assert_left_alone(struct fixture *fixture, const char *path, const char *beside,
                              const char *content)
{
    struct error error;
    struct store *store;
    struct store_options options = plain_options();
    const char *journal = fixture_path(fixture, beside);
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
    store = open_plainly(path);
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
    assert_left_alone(*state, path, "a-journal", content);
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
    assert_left_alone(*state, path, "a-journal", content);
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

/* --- the log of WAL mode ---------------------------------------------------------------------- */

/* Killed in WAL mode: its last edit stands in the log alone, and makes the board longer. */
static void leave_log(const char *path)
{
    board_end_stopped(board_stop_within(path, "PRAGMA journal_mode=WAL; UPDATE item SET note = "
                                              "replace(hex(zeroblob(1500)), '0', 'log '); "
                                              "UPDATE edit SET words = 'in the log'"),
                      SIGKILL, SIGKILL);
}

static void its_own_log_is_played_back(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = plain_options();
    const char *path = new_board(*state, "a", "a", 40);
    leave_log(path);
    for (int look = 1; look >= 0; look--) {
        options.look_only = look;
        assert_int_equal(access(fixture_path(*state, "a-wal"), F_OK), 0);
        MUST(store_open(path, &options, &store, &error));
        struct moment moment = {0};
        MUST(store_moment(store, 7, &moment, &error));
        assert_int_equal(strlen(moment.note), 12000);
        record_release(RECORD_ITEM, &moment);
        store_close(store);
    }
    assert_int_equal(access(fixture_path(*state, "a-wal"), F_OK), -1);
}

/* One that is not in WAL mode has no log, whatever lies there. */
static void a_log_is_not_read_by_a_board_without_one(void **state)
{
    const char *path = new_board(*state, "a", "a", 30);
    const char *other = new_board(*state, "b", "b", 50);
    const char *log = fixture_path(*state, "a-wal"), *before = fixture_path(*state, "before");
    char *content = board_live_content(path);
    leave_log(other);
    copy_file(fixture_path(*state, "b-wal"), log);
    copy_file(path, before);
    store_close(open_plainly(path));
    assert_same_bytes(path, before);
    struct store *store = open_plainly(path);
    board_add(store, "more", PLACE_END);
    board_undo(store);
    store_close(store);
    assert_same_bytes(log, fixture_path(*state, "b-wal"));
    assert_int_equal(unlink(log), 0);
    char *now = board_live_content(path);
    assert_string_equal(now, content);
    store = open_plainly(path);
    board_assert_sound(store);
    store_close(store);
    memory_free(content);
    memory_free(now);
}

static void a_log_of_another_board_does_no_harm(void **state)
{
    const char *path = new_board(*state, "a", "a", 30);
    const char *other = new_board(*state, "b", "b", 50);
    char *content = board_content(path);
    leave_log(other);
    board_end_stopped(board_stop_within(path, "PRAGMA journal_mode=WAL"), SIGKILL, SIGKILL);
    copy_file(fixture_path(*state, "b-wal"), fixture_path(*state, "a-wal"));
    assert_left_alone(*state, path, "a-wal", content);
    memory_free(content);
}

/* --- what is no file -------------------------------------------------------------------------- */

static void make_pipe(const char *path)
{
    assert_int_equal(mkfifo(path, 0600), 0);
}

static void make_folder(const char *path)
{
    assert_int_equal(mkdir(path, 0700), 0);
}

static void make_link(const char *path)
{
    assert_int_equal(symlink("/etc/passwd", path), 0);
}

/* A pipe in the journal's place would be waited for, for ever: by every look at a board that is
 * open, too. */
static void what_is_no_file_is_not_waited_for(void **state)
{
    static void (*const makes[])(const char *) = {make_pipe, make_folder, make_link};
    struct error error;
    struct store *store, *other;
    const struct store_options options = plain_options();
    const char *path = new_board(*state, "a", "a", 3);
    const char *journal = fixture_path(*state, "a-journal");
    store = open_plainly(path);
    (void)alarm(60); /* ends the test that waits */
    for (size_t i = 0; i < sizeof makes / sizeof *makes; i++) {
        struct moment moment = {0};
        makes[i](journal);
        MUST_REFUSE(store_moment(store, 1, &moment, &error), STATUS_BAD_DATA, "is no file");
        MUST_REFUSE(store_open(path, &options, &other, &error), STATUS_BAD_DATA, "is no file");
        assert_int_equal(remove(journal), 0);
        MUST(store_moment(store, 1, &moment, &error));
        record_release(RECORD_ITEM, &moment);
    }
    (void)alarm(0);
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(its_own_is_played_back),
        TEST(that_of_another_board_does_no_harm),
        TEST(an_old_one_does_a_backup_no_harm),
        TEST(what_is_no_journal_is_none),
        TEST(a_living_writers_is_waited_for),
        TEST(its_own_log_is_played_back),
        TEST(a_log_is_not_read_by_a_board_without_one),
        TEST(a_log_of_another_board_does_no_harm),
        TEST(what_is_no_file_is_not_waited_for),
    };
    return cmocka_run_group_tests_name("journal", tests, NULL, NULL);
}
