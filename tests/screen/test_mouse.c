/* The mouse: all that it does has a key, and nothing that it does by accident is lost work. */
#include "board.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char line[] = "one\ntwo @p\n# Ride\nthree\nfour\nfive\nsix\nseven\neight\n";

/* Where text stands on the screen; fails when it does not. */
static void find(struct screen *screen, const char *text, int *row, int *column)
{
    if (!pty_find(screen->pty, text, row, column))
        fail_msg("'%s' is not shown\n%s", text, pty_screen(screen->pty));
}

static void click(struct screen *screen, const char *text)
{
    int row, column;
    find(screen, text, &row, &column);
    pty_click(screen->pty, row, column);
    pty_settle(screen->pty);
}

static void double_click(struct screen *screen, const char *text)
{
    int row, column;
    find(screen, text, &row, &column);
    pty_click(screen->pty, row, column);
    pty_click(screen->pty, row, column);
    pty_settle(screen->pty);
}

static void a_click_selects(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g");
    click(screen, "three");
    assert_selected(screen, 3);
    click(screen, "+3▸"); /* a page on */
    assert_shows(screen, "eight");
    screen_quit(screen);
}

static void a_double_click_opens(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g");
    double_click(screen, "three");
    assert_shows(screen, "3 of 8");
    assert_shows(screen, "Best elsewhere");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void drag(struct screen *screen, const char *from, const char *to, int beside)
{
    int row, column, to_row, to_column;
    find(screen, from, &row, &column);
    find(screen, to, &to_row, &to_column);
    pty_drag(screen->pty, row, column, to_row, to_column + beside);
    pty_settle(screen->pty);
}

static void a_drag_moves_the_card(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g");
    drag(screen, "one", "three", 10); /* behind its middle */
    assert_board_holds(screen->path, "3 Ride/one");
    assert_says(screen, "1 is now 3. u takes it back.");
    drag(screen, "one", "two", 0);
    assert_board_holds(screen->path, "1 one");
    drag(screen, "two", "Ride", 0); /* onto the heading: its first */
    assert_board_holds(screen->path, "2 Ride/two P");
    screen_quit(screen);
}

static void the_drop_place_is_shown(void **state)
{
    struct screen *screen = *state;
    char motion[32];
    int row, column, one, three;
    screen_open(screen, line);
    screen_keys(screen, "g");
    find(screen, "one", &row, &column);
    pty_press(screen->pty, row, column);
    find(screen, "three", &row, &column);
    int length = snprintf(motion, sizeof motion, "\033[<32;%d;%dM", column + 11, row + 1);
    pty_send(screen->pty, motion, (size_t)length);
    pty_settle(screen->pty);
    assert_shows(screen, "CARRY");
    find(screen, "one", &row, &one);
    find(screen, "three", &row, &three);
    assert_true(one > three);
    screen_keys(screen, "Esc"); /* while the button is still down */
    pty_release(screen->pty, row, column);
    pty_settle(screen->pty);
    assert_board_holds(screen->path, "1 one");
    assert_string_equal(board_history(screen->path), "Tester: Made for a test\n");
    screen_quit(screen);
}

static void a_drag_within_the_card_is_a_click(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g");
    drag(screen, "two", "two", 2);
    assert_selected(screen, 2);
    assert_says(screen, "2 stays where it was.");
    assert_board_holds(screen->path, "2 two P");
    assert_string_equal(board_history(screen->path), "Tester: Made for a test\n");
    screen_quit(screen);
}

static void a_drag_into_nothing_changes_nothing(void **state)
{
    struct screen *screen = *state;
    int row, column;
    screen_open(screen, line);
    screen_keys(screen, "g");
    find(screen, "two", &row, &column);
    pty_drag(screen->pty, row, column, 20, 3);
    pty_settle(screen->pty);
    assert_string_equal(board_history(screen->path), "Tester: Made for a test\n");
    screen_quit(screen);
}

static void the_wheel_goes_through_the_moments(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g");
    pty_wheel(screen->pty, false, 5, 5);
    pty_wheel(screen->pty, false, 5, 5);
    pty_settle(screen->pty);
    assert_selected(screen, 3);
    pty_wheel(screen->pty, true, 5, 5);
    pty_settle(screen->pty);
    assert_selected(screen, 2);
    screen_quit(screen);
}

static void steps_and_keys_are_clickable(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g");
    click(screen, "Rate");
    assert_shows(screen, "As the customer: miserable, neutral or magical?");
    click(screen, "Miserable"); /* on the key line */
    assert_board_holds(screen->path, "1 one miserable");
    click(screen, "Undo");
    assert_board_holds(screen->path, "1 one");
    click(screen, "Find");
    assert_shows(screen, "Find a command");
    click(screen, "Back");
    assert_shows(screen, "As the customer");
    screen_quit(screen);
}

static void answers_are_clickable(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g c");
    click(screen, "Website");
    assert_board_holds(screen->path, "1 one W");
    screen_keys(screen, "i");
    screen_type(screen, "teh");
    int row, column;
    find(screen, "wow? teh", &row, &column);
    pty_click(screen->pty, row, column + 6); /* into the line: between t and e */
    pty_settle(screen->pty);
    screen_keys(screen, "Delete Right");
    screen_type(screen, "e");
    click(screen, "Accept");
    assert_board_holds(screen->path, "  + the");
    screen_quit(screen);
}

/* What looks like a key but is none does nothing. */
static void signs_that_are_no_keys_do_nothing(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g m");
    click(screen, "To number");
    assert_shows(screen, "or to number >");
    click(screen, "Later");
    click(screen, "Drop here");
    assert_board_holds(screen->path, "2 one");
    screen_keys(screen, "a");
    click(screen, "Idea");
    click(screen, "Done");
    assert_hides(screen, "WRITE");
    screen_quit(screen);
}

static void strip_and_phases_are_clickable(void **state)
{
    struct screen *screen = *state;
    int row, column;
    screen_open(screen, line);
    screen_keys(screen, "g");
    click(screen, "Ride");
    assert_selected(screen, 3);
    screen_keys(screen, "g");
    find(screen, "]···", &row, &column);
    pty_click(screen->pty, row, column + 3); /* the last sign of all */
    pty_settle(screen->pty);
    assert_selected(screen, 8);
    screen_quit(screen);
}

static void the_sheet_takes_clicks(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, line);
    screen_keys(screen, "g e");
    screen_type(screen, "!");
    click(screen, "Phone"); /* saves what was typed, chooses */
    assert_board_holds(screen->path, "1 one! P");
    click(screen, "Owner");
    screen_type(screen, "Ana");
    click(screen, "after");
    assert_board_holds(screen->path, "1 one! P by Ana");
    assert_shows(screen, "2 of 8");
    click(screen, "Back");
    assert_selected(screen, 2);
    screen_quit(screen);
}

static void lists_take_clicks(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo @park\nthree @park\n");
    screen_keys(screen, "Z");
    click(screen, "three");
    click(screen, "Bring back");
    assert_board(screen->path, "1 one\n2 three\nz1 two\n");
    screen_keys(screen, "Esc ?");
    screen_type(screen, "write moments");
    double_click(screen, "at the end");
    assert_shows(screen, "WRITE");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void ideas_take_clicks(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n+ Tea\n+ Cake\n");
    click(screen, "Cake");
    screen_keys(screen, "c h");
    assert_board_holds(screen->path, "  + Cake (high)");
    double_click(screen, "Tea");
    screen_type(screen, "!\r");
    assert_board_holds(screen->path, "  + Tea!");
    screen_quit(screen);
}

static void it_can_be_switched_off(void **state)
{
    struct screen *screen = *state;
    int row, column;
    screen_open(screen, line);
    screen_keys(screen, "g M");
    find(screen, "three", &row, &column);
    pty_send(screen->pty, "\033[<0;40;6M\033[<0;40;6m", 20); /* a terminal that goes on */
    pty_settle(screen->pty);
    assert_selected(screen, 1);
    screen_keys(screen, "M");
    click(screen, "three");
    assert_selected(screen, 3);
    screen_quit(screen);
}

/* There Esc would wait for another key while the mouse is taken. */
static void within_screen_it_waits_for_a_key(void **state)
{
    struct screen *screen = *state;
    screen->environment[0] = "STY=1.tty.host";
    screen_open(screen, line);
    screen_keys(screen, "M");
    assert_says(screen, "Mouse on"); /* so it was off */
    screen_quit(screen);
}

static void clicks_everywhere_do_no_harm(void **state)
{
    struct screen *screen = *state;
    static const char *const ways[] = {"Esc", "a", "m", "i", "c", "e", "?", "Z", "B", "-", "+"};
    screen_open(screen, line);
    for (size_t i = 0; i < sizeof ways / sizeof *ways; i++) {
        screen_keys(screen, ways[i]);
        for (int at = 0; at < 24 * 80; at += 53)
            pty_click(screen->pty, at / 80, at % 80);
        pty_settle(screen->pty);
        screen_keys(screen, "C-c C-c C-c C-c");
    }
    assert_shows(screen, "Identify");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_click_selects),
        TEST(a_double_click_opens),
        TEST(a_drag_moves_the_card),
        TEST(the_drop_place_is_shown),
        TEST(a_drag_within_the_card_is_a_click),
        TEST(a_drag_into_nothing_changes_nothing),
        TEST(the_wheel_goes_through_the_moments),
        TEST(steps_and_keys_are_clickable),
        TEST(answers_are_clickable),
        TEST(signs_that_are_no_keys_do_nothing),
        TEST(strip_and_phases_are_clickable),
        TEST(the_sheet_takes_clicks),
        TEST(lists_take_clicks),
        TEST(ideas_take_clicks),
        TEST(it_can_be_switched_off),
        TEST(within_screen_it_waits_for_a_key),
        TEST(clicks_everywhere_do_no_harm),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
