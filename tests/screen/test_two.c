/* Two programs on one board: each sees what the other does, and neither overwrites silently. */
#include "board.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>

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

/* --- drafts ----------------------------------------------------------------------------------- */

static bool has_kept_all(struct pty *pty, void *unused)
{
    (void)unused;
    return pty_sleeps_for_ever(pty);
}

/* Killed once what was typed is on the disk. */
static void type_and_die(struct screen *screen, const char *keys, const char *text)
{
    struct pty_options options = {.home = screen->fixture->folder};
    struct pty *other =
        pty_start(&options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    pty_settle(other);
    pty_keys(other, keys);
    pty_paste(other, text);
    pty_settle(other);
    pty_wait_until(other, "the draft", has_kept_all, NULL);
    pty_signal(other, SIGKILL);
    assert_int_equal(pty_wait_exit(other), 128 + SIGKILL);
    pty_stop(other);
}

static void a_session_that_typed_nothing_removes_no_draft(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    type_and_die(screen, "a", "Drink off");
    screen_quit(screen);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_says(screen, "Drink off");
    screen_keys(screen, "a Enter Esc");
    screen_quit(screen);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_hides(screen, "Half a line");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(anothers_change_shows_without_a_key),           TEST(two_screens_conflict_is_told),
        TEST(owner_channel_and_target_are_compared_too),     TEST(an_idea_rewritten_by_two),
        TEST(writing_goes_on_where_another_deleted),         TEST(a_question_about_one_that_went),
        TEST(a_session_that_typed_nothing_removes_no_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
