/* Two programs on one board: each sees what the other does, and neither overwrites silently. */
#include "board.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

static void anothers_change_shows_without_a_key(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "Calls\nRides\n");
    screen_keys(screen, "g");
    board_do(screen->path, "Ben", "add Reads --before 1");
    pty_wait_text(screen->pty, "Reads");
    assert_selected(screen, 2); /* one stays on what one was on */
    board_do(screen->path, "Ben", "rate 2 magical");
    pty_wait_text(screen->pty, "★ magical");
    board_do(screen->path, "Ben", "remove 2");
    pty_wait_gone(screen->pty, "Calls");
    assert_selected(screen, 2);
    screen_quit(screen);
}

/* Both see "unrated"; the second key must not undo the first one's word. */
static void two_screens_conflict_is_told(void **state)
{
    struct screen *screen = *state;
    struct pty_options options = {.home = screen->fixture->folder};
    static const char *const ben[] = {"TOUCHLINE_NAME=Ben", NULL};
    screen_open(screen, "one\n");
    options.environment = ben;
    struct pty *other =
        pty_start(&options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    pty_settle(other);
    pty_keys(other, "r"); /* the question is fixed when it is asked */
    pty_settle(other);
    screen_keys(screen, "r 1");
    pty_wait_text(other, "▼");
    pty_keys(other, "3");
    pty_wait_text(other, "Tester");
    assert_board(screen->path, "1 one miserable\n");
    pty_keys(other, "r 3");
    pty_wait_text(screen->pty, "★ magical");
    assert_board(screen->path, "1 one magical\n");
    screen_keys(screen, "u"); /* one's own, which Ben has changed since */
    assert_says(screen, "Ben");
    assert_board(screen->path, "1 one magical\n");
    screen_quit(screen);
}

static void owner_channel_and_target_are_compared_too(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "o");
    screen_type(screen, "Ana");
    board_do(screen->path, "Ben", "owner 1 Cem");
    screen_keys(screen, "Enter");
    assert_says(screen, "Ben");
    assert_shows(screen, "Ana"); /* stays typed */
    assert_board(screen->path, "1 one by Cem\n");
    screen_keys(screen, "Enter"); /* told, so it is meant */
    assert_board(screen->path, "1 one by Ana\n");
    screen_keys(screen, "c");
    board_do(screen->path, "Ben", "channel 1 phone");
    screen_keys(screen, "e");
    assert_says(screen, "Ben");
    assert_board(screen->path, "1 one P by Ana\n");
    screen_quit(screen);
}

static void an_idea_rewritten_by_two(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n+ Tea\n");
    screen_keys(screen, "Tab Enter End");
    screen_type(screen, " hot");
    board_do(screen->path, "Ben", "set 1 --idea 1 text=Coffee");
    screen_keys(screen, "Enter");
    assert_says(screen, "Ben");
    assert_shows(screen, "Tea hot");
    assert_board(screen->path, "1 one\n  + Coffee\n");
    screen_keys(screen, "Enter");
    assert_board(screen->path, "1 one\n  + Tea hot\n");
    screen_keys(screen, "Esc Esc");
    screen_quit(screen);
}

static void writing_goes_on_where_another_deleted(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "# 2 Enter a");
    board_do(screen->path, "Ben", "remove 2");
    pty_wait_text(screen->pty, "2 moments");
    screen_type(screen, "between\r");
    assert_board(screen->path, "1 one\n2 between\n3 three\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_question_about_one_that_went(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g i");
    screen_type(screen, "Tea");
    board_do(screen->path, "Ben", "remove 1");
    pty_wait_text(screen->pty, "1 moment");
    screen_keys(screen, "Enter");
    assert_says(screen, "deleted");
    assert_shows(screen, "Tea"); /* not put on the neighbour, and not lost */
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 two\n");
    screen_quit(screen);
}

/* --- the file held, gone, or not to be written ------------------------------------------------ */

static sqlite3 *hold(const char *path)
{
    sqlite3 *holder;
    assert_int_equal(sqlite3_open(path, &holder), SQLITE_OK);
    assert_int_equal(sqlite3_exec(holder, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    return holder;
}

static void let_go(sqlite3 *holder)
{
    (void)sqlite3_exec(holder, "ROLLBACK", NULL, NULL, NULL);
    sqlite3_close(holder);
}

static void waiting_is_told_and_ends(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g");
    sqlite3 *holder = hold(screen->path);
    pty_keys(screen->pty, "r 3");
    pty_wait_text(screen->pty, "Waiting for another writer");
    let_go(holder);
    pty_wait_text(screen->pty, "1 is now magical");
    assert_board(screen->path, "1 one magical\n2 two\n");
    screen_quit(screen);
}

static void what_was_typed_stays_when_it_takes_too_long(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "G a");
    sqlite3 *holder = hold(screen->path);
    pty_text(screen->pty, "Calls\r");
    pty_wait_text(screen->pty, "Waiting for another writer");
    pty_wait_gone(screen->pty, "Waiting for another writer"); /* five seconds */
    assert_shows(screen, "> Calls");
    let_go(holder);
    pty_settle(screen->pty);
    screen_type(screen, "\r");
    assert_board(screen->path, "1 one\n2 two\n3 Calls\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* A key that comes meanwhile ends a search that goes on for long, and is heeded itself. So that it
 * comes in time, the search is made to wait. */
static void a_key_ends_a_long_search(void **state)
{
    struct screen *screen = *state;
    struct buffer lines = {0};
    for (int i = 1; i < 9000; i++)
        buffer_add_format(&lines, "m%d\n", i);
    buffer_add_text(&lines, "far\n");
    screen_open(screen, buffer_text(&lines));
    buffer_release(&lines);
    screen_keys(screen, "g");
    sqlite3 *holder = hold(screen->path);
    pty_keys(screen->pty, "/ f a r Enter");
    pty_wait_text(screen->pty, "Waiting for another writer");
    pty_keys(screen->pty, "l");
    let_go(holder);
    pty_settle(screen->pty);
    assert_selected(screen, 2);
    screen_keys(screen, "n");
    assert_selected(screen, 9000);
    screen_quit(screen);
}

static void a_file_that_went_is_told_and_can_be_copied(void **state)
{
    struct screen *screen = *state;
    const char *moved = fixture_path(screen->fixture, "moved.touchline");
    const char *copy = fixture_path(screen->fixture, "copy.touchline");
    char line[512];
    screen_open(screen, "one\n");
    assert_int_equal(rename(screen->path, moved), 0);
    pty_wait_text(screen->pty, "moved or deleted");
    screen_keys(screen, "l h"); /* it stays told */
    assert_says(screen, "moved or deleted");
    screen_keys(screen, "r 3");
    assert_says(screen, "moved");
    screen_keys(screen, "a");
    screen_type(screen, "Calls\r");
    assert_shows(screen, "> Calls");
    screen_keys(screen, "Esc");
    (void)snprintf(line, sizeof line, ":backup %s\r", copy);
    screen_type(screen, line);
    assert_says(screen, "Copied to");
    assert_board(copy, "1 one\n");
    screen_quit(screen);
    assert_board(moved, "1 one\n");
}

static void a_deleted_file_is_told(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    assert_int_equal(unlink(screen->path), 0);
    pty_wait_text(screen->pty, "moved or deleted");
    screen_keys(screen, "d");
    assert_says(screen, "moved");
    screen_quit(screen);
    assert_int_equal(access(screen->path, F_OK), -1);
}

/* As a board to look at it opens, and each key that would write says why it does not. */
static void a_board_to_look_at_says_why(void **state)
{
    struct screen *screen = *state;
    static const char *const keys[] = {
        "a", "A", "b", "r", "c", "x", ".", ",", "d", "z",     "H",     "L",         "m",    "i",
        "t", "o", "p", "R", "u", "U", "J", "Y", "E", "Tab d", "Tab c", "Tab Enter", "Tab t"};
    board_make(screen->path, "one\n+ Tea\n");
    const char *const argv[] = {TOUCHLINE_PROGRAM, "--look", screen->path, NULL};
    screen->pty = pty_start(&screen->options, argv);
    pty_settle(screen->pty);
    if (!pty_find(screen->pty, "Only to look at", NULL, NULL)) {
        print_message("no option to look only: by permissions, if not root\n");
        skip();
    }
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_keys(screen, keys[i]);
        if (!pty_find(screen->pty, "Not changed: it ", NULL, NULL))
            fail_msg("%s does not say why\n%s", keys[i], pty_screen(screen->pty));
        screen_keys(screen, "Esc Esc");
    }
    screen_keys(screen, "e");
    screen_type(screen, "x");
    assert_says(screen, "Not changed: it ");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board(screen->path, "1 one\n  + Tea\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(anothers_change_shows_without_a_key),
        TEST(two_screens_conflict_is_told),
        TEST(owner_channel_and_target_are_compared_too),
        TEST(an_idea_rewritten_by_two),
        TEST(writing_goes_on_where_another_deleted),
        TEST(a_question_about_one_that_went),
        TEST(waiting_is_told_and_ends),
        TEST(what_was_typed_stays_when_it_takes_too_long),
        TEST(a_key_ends_a_long_search),
        TEST(a_file_that_went_is_told_and_can_be_copied),
        TEST(a_deleted_file_is_told),
        TEST(a_board_to_look_at_says_why),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
