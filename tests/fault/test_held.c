/* Under the screen, another program holds the board, or the file goes away: the screen stays alive
 * and says so, what was typed stays, and nothing is said to be saved that is not. */
#include "board.h"
#include "boards.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <fcntl.h>
#include <signal.h>
#include <sqlite3.h>
#include <sys/stat.h>
#include <unistd.h>

/* --- held ------------------------------------------------------------------------------------- */

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
    assert_says(screen, "Not saved");
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

/* Before the time: what was typed stays, and is saved the next time. */
static void esc_gives_up_waiting(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "a");
    sqlite3 *holder = hold(screen->path);
    pty_text(screen->pty, "Calls\r");
    pty_wait_text(screen->pty, "Esc gives up");
    screen_keys(screen, "Esc");
    pty_wait_text(screen->pty, "Not saved: another program is writing to the board.");
    assert_shows(screen, "> Calls");
    let_go(holder);
    screen_keys(screen, "Enter Esc");
    assert_board(screen->path, "1 one\n2 Calls\n");
    screen_quit(screen);
}

/* Not even by half: that people vote by the numbers could not be asked, so they stay. */
static void what_was_given_up_is_not_done(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g s 3 v");
    sqlite3 *holder = hold(screen->path);
    pty_keys(screen->pty, "d");
    pty_wait_text(screen->pty, "Esc gives up");
    pty_keys(screen->pty, "Esc");
    pty_wait_text(screen->pty, "Not saved");
    let_go(holder);
    pty_settle(screen->pty);
    assert_board(screen->path, "1 one\n2 two\n");
    screen_keys(screen, "d");
    assert_says(screen, "People vote by these numbers");
    screen_quit(screen);
}

/* A ballot goes to moments that it has yet to read: a key that comes meanwhile is for those. */
static void no_dot_goes_astray_while_it_waits(void **state)
{
    struct screen *screen = *state;
    struct buffer lines = {0};
    for (int i = 1; i <= 1000; i++)
        buffer_add_format(&lines, "moment %d\n", i);
    board_make(screen->path, buffer_text(&lines));
    buffer_release(&lines);
    board_do(screen->path, "Ana", "poll open");
    screen->pty = pty_start(&screen->options, (const char *[]){TOUCHLINE_PROGRAM, "vote",
                                                               screen->path, "--as", "Ben", NULL});
    pty_settle(screen->pty);
    sqlite3 *holder = hold(screen->path);
    pty_keys(screen->pty, "G");
    pty_wait_text(screen->pty, "Waiting for another writer");
    pty_keys(screen->pty, ".");
    pty_resize(screen->pty, 40, 120);
    pty_wait_row(screen->pty, 39, "?"); /* by then it has taken the key, too */
    let_go(holder);
    pty_wait_text(screen->pty, "1 dot on 1000, 4 left");
    assert_shows(screen, "[  1000");
    screen_quit(screen);
}

static bool fits(struct pty *pty, void *data)
{
    (void)data;
    return pty_find(pty, "Waiting for another writer", NULL, NULL) &&
           pty_find(pty, "Books the cab", NULL, NULL) && strstr(pty_row(pty, 39), "?");
}

/* It takes the new size at once, and the keys when it is over. */
static void the_screen_is_alive_while_it_waits(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "Books the cab\nRides\nPays\n");
    screen_keys(screen, "g");
    sqlite3 *holder = hold(screen->path);
    pty_keys(screen->pty, "r 3");
    pty_wait_text(screen->pty, "Waiting for another writer");
    pty_resize(screen->pty, 40, 120);
    pty_wait_until(screen->pty, "the board in its new size", fits, NULL);
    pty_keys(screen->pty, "l l");
    pty_resize(screen->pty, 10, 40);
    pty_wait_row(screen->pty, 9, "?"); /* by then it has taken the keys, too */
    let_go(holder);
    pty_settle(screen->pty);
    pty_resize(screen->pty, 24, 80);
    pty_settle(screen->pty);
    assert_selected(screen, 3);
    assert_board(screen->path, "1 Books the cab magical\n2 Rides\n3 Pays\n");
    screen_quit(screen);
}

/* --- stopped ---------------------------------------------------------------------------------- */

/* It has written nothing yet, so the board can still be read. */
static void a_writer_that_is_stopped_is_waited_for(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g");
    pid_t child =
        board_stop_within(screen->path, "BEGIN IMMEDIATE; UPDATE board SET title = 'Cab'");
    screen_keys(screen, "l");
    assert_selected(screen, 2);
    pty_keys(screen->pty, "r 3");
    pty_wait_text(screen->pty, "Waiting for another writer");
    board_end_stopped(child, SIGCONT, 0);
    pty_wait_text(screen->pty, "2 is now magical");
    pty_wait_text(screen->pty, "Cab");
    assert_board(screen->path, "1 one\n2 two magical\n");
    screen_quit(screen);
}

/* It holds the file, with half of its edit in it; then it is killed. What it left is taken back by
 * whoever comes next, and that is the screen. */
static void a_writer_that_dies_half_way_is_taken_back(void **state)
{
    struct screen *screen = *state;
    struct buffer lines = {0};
    for (int i = 1; i <= 2000; i++)
        buffer_add_format(&lines, "moment %d\n", i);
    screen_open(screen, buffer_text(&lines));
    buffer_release(&lines);
    screen_keys(screen, "g");
    pid_t child = board_stop_within(screen->path, BOARD_HALF_AN_EDIT);
    pty_keys(screen->pty, "r 3");
    pty_wait_text(screen->pty, "Waiting for another writer");
    board_end_stopped(child, SIGKILL, SIGKILL);
    pty_wait_text(screen->pty, "1 is now magical");
    assert_hides(screen, "half an edit");
    screen_quit(screen);
    struct store *store = board_open(screen->path, "Zoe");
    board_assert_sound(store);
    store_close(store);
}

/* --- gone ------------------------------------------------------------------------------------- */

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
    assert_says(screen, ":backup FILE saves a copy");
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
    assert_says(screen, "Only to look at");
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

/* Nothing of the screen's goes into the file that stands there now. */
static void a_replaced_file_is_let_be(void **state)
{
    struct screen *screen = *state;
    const char *other = fixture_path(screen->fixture, "other.touchline");
    const char *copy = fixture_path(screen->fixture, "copy.touchline");
    char line[512];
    board_make(other, "another board\n");
    screen_open(screen, "one\n");
    assert_int_equal(rename(other, screen->path), 0);
    pty_wait_text(screen->pty, "moved or deleted");
    screen_keys(screen, "r 3");
    assert_says(screen, "moved");
    (void)snprintf(line, sizeof line, ":backup %s\r", copy);
    screen_type(screen, line);
    assert_says(screen, "Copied to");
    assert_board(copy, "1 one\n");
    assert_board(screen->path, "1 another board\n");
    screen_quit(screen);
}

/* There is nothing left that could be copied; what is on the screen stays there, and so does what
 * is typed. */
static void assert_cut_is_told(struct screen *screen, off_t length, const char *words)
{
    screen_open(screen, "one\ntwo\n");
    assert_int_equal(truncate(screen->path, length), 0);
    screen_keys(screen, "g r 3");
    assert_says(screen, words);
    assert_shows(screen, "two");
    screen_keys(screen, "a");
    screen_type(screen, "Calls\r");
    assert_says(screen, words);
    assert_shows(screen, "> Calls");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static off_t length_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return about.st_size;
}

static void a_truncated_file_is_told(void **state)
{
    struct screen *screen = *state;
    assert_cut_is_told(screen, 0,
                       "Something else has emptied or overwritten the file; use a backup");
    assert_int_equal(length_of(screen->path), 0); /* nothing was written to it */
}

static void a_file_cut_short_is_told(void **state)
{
    struct screen *screen = *state;
    assert_cut_is_told(screen, 9000, "amaged");
    assert_int_equal(length_of(screen->path), 9000);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(waiting_is_told_and_ends),
        TEST(what_was_typed_stays_when_it_takes_too_long),
        TEST(a_key_ends_a_long_search),
        TEST(esc_gives_up_waiting),
        TEST(what_was_given_up_is_not_done),
        TEST(no_dot_goes_astray_while_it_waits),
        TEST(the_screen_is_alive_while_it_waits),
        TEST(a_writer_that_is_stopped_is_waited_for),
        TEST(a_writer_that_dies_half_way_is_taken_back),
        TEST(a_file_that_went_is_told_and_can_be_copied),
        TEST(a_deleted_file_is_told),
        TEST(a_replaced_file_is_let_be),
        TEST(a_truncated_file_is_told),
        TEST(a_file_cut_short_is_told),
        TEST(a_board_to_look_at_says_why),
    };
    return cmocka_run_group_tests_name("held", tests, NULL, NULL);
}
