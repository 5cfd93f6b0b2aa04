/* The first run: a board that is not there, its questions, and what they save. */
#include "board.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>
#include <unistd.h>

static bool is_made(const struct screen *screen)
{
    return access(screen->path, F_OK) == 0;
}

static void leaving_before_it_is_made_leaves_no_file(void **state)
{
    struct screen *screen = *state;
    static const char *const ways[] = {"Esc", "q", "C-c"};
    for (size_t i = 0; i < 3; i++) {
        screen_open(screen, NULL);
        assert_shows(screen, "No board here yet. Enter makes cab.touchline.");
        screen_keys(screen, "a x Tab F1");
        assert_false(is_made(screen));
        pty_keys(screen->pty, ways[i]);
        assert_int_equal(pty_wait_exit(screen->pty), 0);
        pty_stop(screen->pty);
        assert_false(is_made(screen));
    }
}

static void questions_are_answered_and_writing_begins(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, NULL);
    assert_shows(screen, "so our jobs."); /* the examples are whole before anything is asked */
    screen_keys(screen, "Enter");
    assert_true(is_made(screen));
    screen_type(screen, "passenger\r");

    screen_keys(screen, "Tab");
    assert_shows(screen, "the passenger comes back"); /* the noun stands in the example */
    screen_keys(screen, "C-u");
    screen_type(screen, "They call me\rAna+, Ben ,, Wally+\r12,000\r");
    assert_shows(screen, "WRITE  the first moment >");
    assert_string_equal(board_about(screen->path),
                        "why: They call me\nnoun: passenger\ncustomers: 12000\n"
                        "Ana, front line\nBen\nWally, front line\n");
    screen_type(screen, "Calls\r");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board(screen->path, "1 Calls\n");
}

static void all_can_be_skipped(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, NULL);
    screen_keys(screen, "Enter Enter Enter Enter Enter");
    assert_shows(screen, "WRITE");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_string_equal(board_about(screen->path), "");
}

static void an_answer_given_again_takes_the_place_of_the_first(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, NULL);
    screen_keys(screen, "Enter Enter Enter");
    screen_type(screen, "Ana+, Ben");
    screen_keys(screen, "Down Up Up Down Down"); /* to and fro: nobody twice */
    assert_string_equal(board_about(screen->path), "Ana, front line\nBen\n");
    screen_keys(screen, "Up C-u");
    screen_type(screen, "Ana, Cem+\r");
    assert_string_equal(board_about(screen->path), "Ana\nCem, front line\n");
    screen_keys(screen, "Esc");
    assert_says(screen, "a begins to write");
    screen_quit(screen);
}

static void an_answer_that_is_none_stays(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, NULL);
    screen_keys(screen, "Enter Enter Enter Enter");
    screen_type(screen, "many\r");
    assert_shows(screen, "many");
    assert_says(screen, "many");
    screen_keys(screen, "C-u");
    screen_type(screen, "50\r");
    assert_shows(screen, "WRITE");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_string_equal(board_about(screen->path), "customers: 50\n");
}

static void esc_keeps_what_was_typed(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, NULL);
    screen_keys(screen, "Enter");
    screen_type(screen, "guest");
    screen_keys(screen, "Esc");
    assert_shows(screen, "What does the guest meet next?");
    screen_quit(screen);
    screen_open(screen, NULL); /* an empty board: writing at once, and no questions */
    assert_shows(screen, "WRITE");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_folder_that_is_not_there_is_told(void **state)
{
    struct screen *screen = *state;
    screen->path = fixture_path(screen->fixture, "no/such/cab.touchline");
    screen_open(screen, NULL);
    screen_keys(screen, "Enter");
    assert_says(screen, "Cannot be made: No such file or directory; check the name.");
    assert_shows(screen, "No board here yet");
    pty_keys(screen->pty, "q");
    assert_int_equal(pty_wait_exit(screen->pty), 0);
}

static void the_line_drops_in_an_answer(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, NULL);
    screen_keys(screen, "Enter Enter");
    screen_type(screen, "They call me");
    pty_hang_up(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    assert_string_equal(board_about(screen->path), "why: They call me\n");
}

static void it_fits_the_smallest_screen(void **state)
{
    struct screen *screen = *state;
    screen->options.rows = 10;
    screen->options.columns = 40;
    screen_open(screen, NULL);
    assert_shows(screen, "Enter makes");
    screen_keys(screen, "Enter");
    assert_shows(screen, "Whom do you serve?");
    screen_keys(screen, "Enter Enter Enter");
    assert_shows(screen, "How many a year?");
    screen_keys(screen, "Enter Esc");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(leaving_before_it_is_made_leaves_no_file),
        TEST(questions_are_answered_and_writing_begins),
        TEST(all_can_be_skipped),
        TEST(an_answer_given_again_takes_the_place_of_the_first),
        TEST(an_answer_that_is_none_stays),
        TEST(esc_keeps_what_was_typed),
        TEST(a_folder_that_is_not_there_is_told),
        TEST(the_line_drops_in_an_answer),
        TEST(it_fits_the_smallest_screen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
