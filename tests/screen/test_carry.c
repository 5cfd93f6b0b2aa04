/* Carrying a moment: by arrows, by number, by the mouse (test_mouse.c), and put back. */
#include "board.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char line[] = "one\ntwo\n# Ride\nthree\nfour\nfive\nsix\nseven\neight\n";

static void arrows_count_a_heading_as_a_place(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g m Right Right"); /* after two, after the heading */
    assert_shows(screen, "CARRY");
    assert_board_holds(screen->path, "1 one"); /* nothing is changed before it is dropped */
    screen_keys(screen, "Enter");
    assert_says(screen, "1 is now 2. u takes it back.");
    assert_selected(screen, 2);
    assert_board_holds(screen->path, "1 two");
    assert_board_holds(screen->path, "2 Ride/one");
    screen_keys(screen, "m h m"); /* m drops it, too */
    assert_board_holds(screen->path, "2 one");
    screen_keys(screen, "u u");
    assert_board_holds(screen->path, "1 one");
    screen_quit(screen);
}

static void the_card_is_shown_with_its_own_number(void **state)
{
    struct screen *screen = *state;
    int row, one, two;
    screen_open(screen, line);
    screen_keys(screen, "g m l");
    assert_hides(screen, "new");
    assert_true(pty_find(screen->pty, "one", &row, &one));
    assert_true(pty_find(screen->pty, "two", NULL, &two));
    assert_true(one > two);
    assert_string_equal(pty_cell(screen->pty, row - 1, one).text, "1");
    assert_shows(screen, "after 2, or to number >");
    screen_keys(screen, "Esc");
    assert_says(screen, "1 is back where it was.");
    assert_selected(screen, 1);
    screen_quit(screen);
}

/* Also where the window has moved on with it. */
static void its_details_stay_in_sight(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "1\n2\n3\n4\n5\n6\n7\n8\n");
    board_do(screen->path, "Tester", "set 2 handling='Answered when free'");
    screen_keys(screen, "g l m Right Right Right Right");
    assert_shows(screen, "CARRY  after 6, or to number >");
    assert_shows(screen, "Answered when free");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_number_says_where(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g m 7 Enter");
    assert_selected(screen, 7);
    assert_board_holds(screen->path, "7 Ride/one");
    screen_keys(screen, "m 9 9 Enter");
    assert_shows(screen, "CARRY");
    assert_says(screen, "8");
    screen_keys(screen, "Backspace Backspace 1 Enter");
    assert_board_holds(screen->path, "1 one");
    screen_keys(screen, "m 5 h Enter"); /* the arrows have the last word */
    assert_says(screen, "stays where it was");
    assert_board_holds(screen->path, "1 one");
    screen_quit(screen);
}

static void it_can_go_to_both_ends(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "G m h h h h h h h h h h h Enter");
    assert_board_holds(screen->path, "1 eight");
    assert_selected(screen, 1);
    screen_keys(screen, "m l l l l l l l l l l l l Enter");
    assert_board_holds(screen->path, "8 Ride/eight");
    assert_selected(screen, 8);
    screen_quit(screen);
}

static void esc_q_and_c_c_put_it_back(void **state)
{
    struct screen *screen = *state;
    static const char *const ways[] = {"Esc", "q", "C-c"};
    screen_open(screen, line);
    for (size_t i = 0; i < 3; i++) {
        screen_keys(screen, "# 4 Enter m l l l l");
        screen_keys(screen, ways[i]);
        assert_selected(screen, 4);
        assert_hides(screen, "CARRY");
    }
    screen_keys(screen, "m d u x");
    assert_says(screen, "Carrying 4: Enter drops it, Esc puts it back.");
    screen_keys(screen, "Enter");
    assert_says(screen, "4 stays where it was.");
    screen_quit(screen);
    assert_board(screen->path, "1 one\n2 two\n3 Ride/three\n4 Ride/four\n5 Ride/five\n6 Ride/six\n"
                               "7 Ride/seven\n8 Ride/eight\n");
}

static void what_is_carried_may_go(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "g m l");
    board_do(screen->path, "Ben", "remove 1");
    pty_wait_text(screen->pty, "2 moments");
    screen_keys(screen, "Enter");
    assert_says(screen, "deleted");
    screen_keys(screen, "Esc");
    assert_selected(screen, 1);
    assert_board(screen->path, "1 two\n2 three\n");
    screen_quit(screen);
}

static void carrying_ends_the_filter(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one @p\ntwo\nthree @p\n");
    screen_keys(screen, "f");
    screen_type(screen, "phone\rm");
    assert_shows(screen, "two");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(arrows_count_a_heading_as_a_place),
        TEST(the_card_is_shown_with_its_own_number),
        TEST(its_details_stay_in_sight),
        TEST(a_number_says_where),
        TEST(it_can_go_to_both_ends),
        TEST(esc_q_and_c_c_put_it_back),
        TEST(what_is_carried_may_go),
        TEST(carrying_ends_the_filter),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
