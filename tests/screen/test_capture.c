/* Writing: each clause of what a line, a tag, a key and a paste mean while one writes. */
#include "board.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static void an_empty_board_begins_with_writing(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    assert_shows(screen, "WRITE  the first moment >");
    int row, column;
    assert_true(pty_find(screen->pty, "WRITE", &row, &column));
    assert_true(pty_cell(screen->pty, row, column).reverse ||
                pty_cell(screen->pty, row, column).fill >= 0);
    screen_type(screen, "Sees the advert\rCalls\r");
    assert_board(screen->path, "1 Sees the advert\n2 Calls\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void where_a_A_and_b_write(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n# Ride\ntwo\nthree\n");
    screen_keys(screen, "g a");
    assert_shows(screen, "after 1 >");
    screen_type(screen, "after one\r");
    screen_keys(screen, "Esc A");
    screen_type(screen, "last\r");
    screen_keys(screen, "Esc g b");
    assert_shows(screen, "before 1 >");
    screen_type(screen, "first\r");
    screen_keys(screen, "Esc # 4 Enter b"); /* before two, under its heading */
    screen_type(screen, "before two\r");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 first\n2 one\n3 after one\n4 Ride/before two\n5 Ride/two\n"
                               "6 Ride/three\n7 Ride/last\n");
    screen_quit(screen);
}

static void tags_are_shown_before_enter(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n# Ride\ntwo\n");
    screen_keys(screen, "A");
    screen_type(screen, "Drink offered @i @15s");
    assert_shows(screen, "= In person · 15 s");
    screen_type(screen, "\rCalls @phone @2m\rWrites @@phone\rAfter one @1\rPaid @web @ride\r"
                        "For later @park\r");
    screen_type(screen, "Odd @xyz");
    assert_says(screen,
                "@xyz stays in the title: no channel, time, place or phase at the line's end.");
    screen_type(screen, "\r");
    assert_board(screen->path, "1 one\n2 After one\n3 Ride/two\n"
                               "4 Ride/Drink offered I 15s\n5 Ride/Calls P 120s\n"
                               "6 Ride/Writes @phone\n7 Ride/Paid W\n8 Ride/Odd @xyz\n"
                               "z1 For later\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void ideas_and_phases(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    screen_type(screen, "+ too early\r");
    assert_says(screen, "An idea belongs to a moment: write that first.");
    screen_keys(screen, "C-u");
    screen_type(screen, "# Before\rCalls\r+ Answer fast\r+ With a name\r++ plus\r## hash\r");
    assert_board(screen->path, "1 Before/Calls\n  + Answer fast\n  + With a name\n"
                               "2 Before/+ plus\n3 Before/# hash\n");
    screen_keys(screen, "Esc k g a");
    screen_type(screen, "+ Ring back\r"); /* to what was there before, so in no list */
    assert_shows(screen, "An idea for 1.");
    screen_type(screen, "Pays\r");
    assert_hides(screen, "An idea for 1.");
    screen_type(screen, "+ By card\r");
    assert_hides(screen, "An idea for");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void odd_titles_are_titles(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    screen_type(screen, "-\r--help\r   \rid:3\r'quoted\r@p\r");
    assert_board(screen->path, "1 -\n2 --help\n3 id:3\n4 'quoted\n");
    screen_keys(screen, "C-u Esc");
    screen_quit(screen);
}

static void tab_goes_through_the_phases(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n# Before\ntwo\n# Ride\nthree\n");
    screen_keys(screen, "g a Tab");
    assert_says(screen, "Writing in Before.");
    screen_type(screen, "b\r");
    screen_keys(screen, "Tab");
    screen_type(screen, "r\r");
    screen_keys(screen, "S-Tab");
    screen_type(screen, "b2\r");
    assert_board(screen->path,
                 "1 one\n2 Before/two\n3 Before/b\n4 Before/b2\n5 Ride/three\n6 Ride/r\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void tab_without_phases_says_how_to_make_one(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "a Tab");
    assert_says(screen, "a line that begins with \"# \" makes one");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* What was typed last comes back to be mended; its edit is taken back, nothing else. */
static void up_mends_the_last(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "A");
    screen_type(screen, "Clals @p\r");
    screen_keys(screen, "Up");
    assert_shows(screen, "> Clals @p");
    screen_keys(screen, "Home Right Right Delete Right");
    screen_type(screen, "l\r"); /* Call + l + s */
    screen_keys(screen, "Up");
    screen_keys(screen, "C-u");
    screen_type(screen, "Calls @p\r+ Anser\r");
    screen_keys(screen, "Up");
    assert_shows(screen, "> + Anser");
    screen_keys(screen, "C-u");
    screen_type(screen, "+ Answer\r# Rde\r");
    screen_keys(screen, "Up C-u");
    screen_type(screen, "# Ride\rSits\r");
    assert_board(screen->path, "1 one\n2 Calls P\n  + Answer\n3 Ride/Sits\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void up_needs_an_empty_line(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    screen_type(screen, "one\rtw");
    screen_keys(screen, "Up");
    screen_type(screen, "o\r");
    assert_board(screen->path, "1 one\n2 two\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void up_takes_back_nothing_of_another_edit(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    screen_type(screen, "one\r");
    board_do(screen->path, "Tester", "rate 1 magical"); /* the same person elsewhere */
    screen_keys(screen, "Up");
    assert_says(screen, "You have changed something else since");
    assert_board(screen->path, "1 one magical\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_near_double_is_named_not_blocked(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "Drink offered\n");
    screen_keys(screen, "a");
    screen_type(screen, "drink offerd");
    assert_says(screen,
                "Like 1 \"Drink offered\". Enter adds it all the same, C-u drops the line.");
    screen_type(screen, "\r");
    assert_board(screen->path, "1 Drink offered\n2 drink offerd\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_long_double_leaves_the_keys_in_sight(void **state)
{
    struct screen *screen = *state;
    screen_open(screen,
                "A very long title of a moment that nobody would ever want to type twice\n");
    screen_keys(screen, "a");
    screen_type(screen, "A very long title of a moment that nobody would ever want to type twice");
    assert_says(screen, "Enter adds it all the same, C-u drops the line.");
    screen_keys(screen, "C-u Esc");
    screen_quit(screen);
}

static void a_pasted_list_is_literal(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g a");
    screen_type(screen, "half");
    pty_paste(screen->pty,
              "- Walks to the rank\r\n\r\n* Waits @p\n3. Gets in\n4) + Sits\n# Ride\n[ ] Pays\n");
    pty_settle(screen->pty);
    assert_says(screen, "Pasted 6 moments. One u takes them back.");
    assert_shows(screen, "> half");
    assert_board(screen->path, "1 one\n2 Walks to the rank\n3 Waits @p\n4 Gets in\n5 + Sits\n"
                               "6 # Ride\n7 Pays\n8 two\n");
    screen_keys(screen, "C-u Up"); /* the last of them alone */
    assert_shows(screen, "> Pays");
    assert_board_holds(screen->path, "7 two");
    screen_type(screen, " cash\r");
    assert_board_holds(screen->path, "7 Pays cash");
    screen_keys(screen, "Esc u u u");
    assert_board(screen->path, "1 one\n2 two\n");
    screen_quit(screen);
}

static void one_pasted_line_is_typed(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    pty_paste(screen->pty, "Calls @p\n");
    screen_type(screen, "\r");
    assert_board(screen->path, "1 Calls P\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_paste_on_the_board_asks(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g");
    pty_paste(screen->pty, "dddd\nquit\n");
    pty_wait_text(screen->pty, "That looks like pasted text. Enter adds 2 moments, Esc drops it.");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 one\n2 two\n");
    pty_paste(screen->pty, "dddd\nquit\n");
    screen_keys(screen, "Enter");
    assert_board(screen->path, "1 one\n2 dddd\n3 quit\n4 two\n");
    screen_quit(screen);
}

/* A terminal without brackets: what comes all at once runs nothing, and asks. */
static void a_burst_on_the_board_runs_nothing(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g");
    screen_type(screen, "dust jacket\rquick lunch\r");
    pty_wait_text(screen->pty, "Enter adds 2 moments, Esc drops it.");
    assert_board(screen->path, "1 one\n2 two\n");
    screen_keys(screen, "Enter");
    assert_board(screen->path, "1 one\n2 dust jacket\n3 quick lunch\n4 two\n");
    screen_keys(screen, "c");
    screen_type(screen, "dust jacket\rquick lunch\r"); /* over a question that takes one key */
    pty_wait_text(screen->pty, "Enter adds 2 moments, Esc drops it.");
    screen_keys(screen, "Esc Z");
    screen_type(screen, "dust jacket\rquick lunch\r"); /* over the parking lot */
    pty_wait_text(screen->pty, "Enter adds 2 moments, Esc drops it.");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void typing_ahead_is_no_paste(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_type(screen, "aBooks the cab by phone\rWaits for it\r");
    assert_board(screen->path, "1 one\n2 Books the cab by phone\n3 Waits for it\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void the_half_line_waits_for_the_next_a(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "a");
    screen_type(screen, "Drink off");
    screen_keys(screen, "Esc");
    assert_says(screen, "The half line is kept for the next a.");
    screen_keys(screen, "l h a");
    assert_shows(screen, "> Drink off");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    screen_open(screen, NULL); /* also across a restart */
    assert_says(screen, "Drink off");
    screen_keys(screen, "a");
    screen_type(screen, "ered\r");
    assert_board(screen->path, "1 one\n2 Drink offered\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    screen_open(screen, NULL);
    screen_keys(screen, "a");
    assert_false(pty_find(screen->pty, "Drink off ", NULL, NULL));
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void the_list_shows_what_was_added(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "g a");
    screen_type(screen, "Calls @p @20s\r+ Fast\r# Ride\rSits\r");
    int row;
    assert_true(pty_find(screen->pty, "Just added", &row, NULL));
    assert_non_null(strstr(pty_row(screen->pty, row + 1), "3     Sits"));
    assert_non_null(strstr(pty_row(screen->pty, row + 2), "#     Ride"));
    assert_non_null(strstr(pty_row(screen->pty, row + 3), "2     Calls"));
    assert_non_null(strstr(pty_row(screen->pty, row + 3), "20 s"));
    assert_non_null(strstr(pty_row(screen->pty, row + 3), "+ Fast"));
    board_do(screen->path, "Ben", "add Zero --before 1"); /* numbers move under it */
    pty_wait_row(screen->pty, row + 1, "4     Sits");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void keys_of_the_line(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "");
    screen_type(screen, "cab the books");
    screen_keys(screen, "Home C-Right C-k C-e");
    screen_type(screen, " waits xx");
    screen_keys(screen, "C-w Backspace A-b C-u Enter");
    assert_board(screen->path, "1 waits\n");
    screen_type(screen, "q h l u 1 2 [ ? :\r");
    assert_board(screen->path, "1 waits\n2 q h l u 1 2 [ ? :\n");
    screen_keys(screen, "F1");
    assert_shows(screen, "Help");
    screen_keys(screen, "Esc");
    assert_shows(screen, "WRITE");
    screen_keys(screen, "C-c");
    assert_false(pty_find(screen->pty, "WRITE", NULL, NULL));
    screen_quit(screen);
}

static void the_ghost_shows_where(void **state)
{
    struct screen *screen = *state;
    int row, ghost, one, two;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g a");
    screen_type(screen, "Calls @p");
    assert_true(pty_find(screen->pty, "new", &row, &ghost));
    assert_true(pty_find(screen->pty, "one", NULL, &one));
    assert_true(pty_find(screen->pty, "two", NULL, &two));
    assert_in_range(ghost, one, two);
    assert_true(pty_find(screen->pty, "Calls", &row, &one)); /* its title on the card */
    assert_int_equal(pty_cell(screen->pty, row, one).fill, 153);
    screen_keys(screen, "C-u Esc");
    screen_quit(screen);
}

/* Else the screen would seem to be frozen: every key goes into the paste. */
static void a_paste_that_does_not_end_is_told(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "a");
    pty_text(screen->pty, "\033[200~Half");
    pty_wait_text(screen->pty, "A paste has begun and its end does not come");
    pty_text(screen->pty, " and half\033[201~");
    pty_wait_text(screen->pty, "> Half and half");
    screen_keys(screen, "Enter Esc");
    assert_board(screen->path, "1 one\n2 Half and half\n");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(an_empty_board_begins_with_writing),
        TEST(where_a_A_and_b_write),
        TEST(tags_are_shown_before_enter),
        TEST(ideas_and_phases),
        TEST(odd_titles_are_titles),
        TEST(tab_goes_through_the_phases),
        TEST(tab_without_phases_says_how_to_make_one),
        TEST(up_mends_the_last),
        TEST(up_needs_an_empty_line),
        TEST(up_takes_back_nothing_of_another_edit),
        TEST(a_near_double_is_named_not_blocked),
        TEST(a_long_double_leaves_the_keys_in_sight),
        TEST(a_pasted_list_is_literal),
        TEST(one_pasted_line_is_typed),
        TEST(a_paste_on_the_board_asks),
        TEST(a_burst_on_the_board_runs_nothing),
        TEST(typing_ahead_is_no_paste),
        TEST(the_half_line_waits_for_the_next_a),
        TEST(the_list_shows_what_was_added),
        TEST(keys_of_the_line),
        TEST(the_ghost_shows_where),
        TEST(a_paste_that_does_not_end_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
