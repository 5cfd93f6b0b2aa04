/* The minutes, and the board as it was. */
#include "board.h"
#include "boards.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char lines[] = "# Before\nSees the advert @w\nBooks the cab @p\n# Ride\nGets in @i\n";

/* Edits 2 to 6. */
static void open_board(struct screen *screen)
{
    static const struct {
        const char *who, *line;
    } edits[] = {
        {"Ana", "rate 2 magical"},   {"Ben", "rate 2 neutral"}, {"Ana", "remove 1"},
        {"Tester", "move 2 --to 1"}, {"Ben", "idea 1 Water"},
    };
    board_make(screen->path, lines);
    for (size_t i = 0; i < sizeof edits / sizeof *edits; i++)
        board_do(screen->path, edits[i].who, edits[i].line);
    screen_open(screen, NULL);
}

static void open_minutes(struct screen *screen)
{
    screen_keys(screen, ": m i n u t e s Enter");
    assert_shows(screen, "Enter shows the board as it was then");
}

/* Edit 3, as Ben left it. */
static void go_back(struct screen *screen)
{
    open_minutes(screen);
    screen_keys(screen, "G k k Enter");
    assert_shows(screen, " PAST  ");
    assert_shows(screen, ", after edit 3, Ben: 2 Books the cab is now neutral");
}

static void minutes_tell_who_did_what(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    open_minutes(screen);
    assert_shows(screen, "Ben     An idea for 1 Gets in: Water");
    assert_shows(screen, "Ben     2 Books the cab is now neutral (was magical)");
    assert_shows(screen, "Added        idea: Water");
    screen_keys(screen, "j");
    assert_shows(screen, "Moved        moment: Gets in");
    board_do(screen->path, "Zoe", "choose 1");
    pty_wait_text(screen->pty, "Zoe     1 Gets in is chosen");
    assert_shows(screen, "Moved        moment: Gets in");
    screen_keys(screen, "Esc");
    assert_hides(screen, "Zoe");
    screen_quit(screen);
}

static void enter_shows_the_board_as_it_was(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    assert_hides(screen, "Sees the");
    go_back(screen);
    assert_shows(screen, "Sees the");
    assert_shows(screen, "Books the");
    assert_hides(screen, "Water");
    assert_selected(screen, 2);
    screen_keys(screen, "l");
    assert_selected(screen, 3);
    screen_keys(screen, "h h");
    assert_selected(screen, 1);
    screen_keys(screen, "Esc");
    assert_says(screen, "Back to now.");
    assert_hides(screen, "PAST");
    assert_hides(screen, "Sees the");
    assert_shows(screen, "Water");
    assert_selected(screen, 1);
    screen_quit(screen);
}

static void u_and_U_go_through_time(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    go_back(screen);
    screen_keys(screen, "u");
    assert_shows(screen, "after edit 2, Ana: 2 Books the cab is now magical");
    screen_keys(screen, "u");
    assert_shows(screen, "after edit 1, Tester: Made for a test");
    screen_keys(screen, "u");
    assert_says(screen, "This is the first edit.");
    screen_keys(screen, "U U C-r U U");
    assert_shows(screen, "after edit 6, Ben: An idea for 1 Gets in: Water");
    screen_keys(screen, "U");
    assert_says(screen, "This is the newest edit. Esc goes back to now.");
    screen_keys(screen, "q");
    assert_hides(screen, "PAST");
    assert_string_equal(board_history(screen->path),
                        "Tester: Made for a test\nAna: 2 Books the cab is now magical\n"
                        "Ben: 2 Books the cab is now neutral\nAna: Deleted 1 Sees the advert\n"
                        "Tester: 2 Gets in is now 1\nBen: An idea for 1 Gets in: Water\n");
    screen_quit(screen);
}

static void nothing_can_be_changed_in_the_past(void **state)
{
    static const char *const keys[] = {"a",
                                       "A",
                                       "b",
                                       "E",
                                       "H",
                                       "L",
                                       "m",
                                       "c",
                                       "r",
                                       "R",
                                       "Space",
                                       "x",
                                       ".",
                                       ",",
                                       "i",
                                       "t",
                                       "o",
                                       "p",
                                       "d",
                                       "z",
                                       "J",
                                       "Y",
                                       ": r a t e Space 1 Space m a g i c a l Enter",
                                       ": b o a r d Space w h y = x Enter",
                                       ": p e r s o n Space Z o e Enter",
                                       "s 4 3",
                                       "v",
                                       "V",
                                       ": p o l l Space o p e n Enter",
                                       ": s h a r e Space - - g r o u p Space r o o t Enter",
                                       "Z d",
                                       "D t",
                                       "W a",
                                       "B Enter x Enter"};
    struct screen *screen = *state;
    open_board(screen);
    board_do(screen->path, "Ben", "park 1");
    char *before = board_content(screen->path);
    open_minutes(screen);
    screen_keys(screen, "Enter");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_keys(screen, keys[i]);
        if (!pty_find(screen->pty, "This is the past. Esc goes back to now.", NULL, NULL))
            fail_msg("%s:\n%s", keys[i], pty_screen(screen->pty));
        while (!pty_find(screen->pty, " PAST ", NULL, NULL))
            screen_keys(screen, "Esc");
    }
    char *after = board_content(screen->path);
    assert_string_equal(before, after);
    memory_free(before);
    memory_free(after);
    screen_keys(screen, "q");
    screen_quit(screen);
}

/* Every screen that is opened there shows the past, and says so. */
static void all_screens_show_the_past(void **state)
{
    static const char *const keys[] = {"D", "!", "Z", "P", "B", "W", "Enter"};
    struct screen *screen = *state;
    open_board(screen);
    board_do(screen->path, "Ben", "board title=Later");
    go_back(screen);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_keys(screen, keys[i]);
        assert_shows(screen, "As it was on ");
        assert_hides(screen, " PAST ");
        assert_hides(screen, "Later");
        screen_keys(screen, "Esc");
        assert_shows(screen, " PAST ");
    }
    screen_keys(screen, "q");
    assert_shows(screen, "Later");
    screen_quit(screen);
}

static void what_others_do_does_not_reach_it(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    go_back(screen);
    board_do(screen->path, "Zoe", "remove 1");
    screen_keys(screen, "l h");
    assert_shows(screen, "Gets in");
    screen_keys(screen, "Esc");
    assert_hides(screen, "Gets in");
    screen_quit(screen);
}

static void the_filter_and_the_search_are_left_first(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    go_back(screen);
    screen_keys(screen, "f p h o n e Enter");
    assert_hides(screen, "Sees the");
    screen_keys(screen, "Esc");
    assert_shows(screen, "Sees the");
    assert_shows(screen, " PAST ");
    screen_keys(screen, "Esc");
    assert_hides(screen, " PAST ");
    screen_quit(screen);
}

static void minutes_open_where_one_was(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    go_back(screen);
    open_minutes(screen);
    assert_shows(screen, "Rating       Books the cab: neutral (was magical)");
    screen_keys(screen, "Esc");
    assert_hides(screen, " PAST ");
    assert_shows(screen, "Water");
    screen_quit(screen);
}

/* A pasted list is for now, in brackets and without. */
static void nothing_is_pasted_into_the_past(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    go_back(screen);
    pty_paste(screen->pty, "One\nTwo\n");
    pty_settle(screen->pty);
    assert_says(screen, "This is the past. Esc goes back to now.");
    pty_text(screen->pty, "Pays the fare\rWaves good-bye\r");
    pty_settle(screen->pty);
    assert_shows(screen, "That looks like pasted text.");
    assert_hides(screen, " PAST ");
    screen_keys(screen, "Esc");
    assert_hides(screen, "Sees the");
    screen_quit(screen);
}

static void a_past_that_is_left_open_does_no_harm(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    go_back(screen);
    screen_keys(screen, "l :");
    pty_keys(screen->pty, "q u i t Enter");
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_selected(screen, 1);
    go_back(screen);
    pty_hang_up(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    pty_stop(screen->pty);
    screen->pty = NULL;
}

/* 3,000 edits more, a dot each. */
static void fill_history(const char *path)
{
    board_sql(path,
              "WITH RECURSIVE k(i) AS (SELECT 7 UNION ALL SELECT i + 1 FROM k WHERE i < 3006) "
              "INSERT INTO edit SELECT i, i, 'Zoe', 1795288440000 - (3006 - i) * 600000, 0, "
              "NULL, 'Dot ' || (i - 6) FROM k");
    board_sql(path,
              "WITH RECURSIVE k(i) AS (SELECT 7 UNION ALL SELECT i + 1 FROM k WHERE i < 3006) "
              "INSERT INTO change SELECT i, 1, 'item', 2, 'dots', i - 7, i - 6 FROM k");
    board_sql(path, "UPDATE item SET dots = 3000 WHERE id = 2");
}

static void a_long_history_is_gone_through(void **state)
{
    struct screen *screen = *state;
    board_make(screen->path, lines);
    for (int i = 0; i < 5; i++)
        board_do(screen->path, "Ana", i % 2 ? "rate 2 magical" : "rate 2 neutral");
    fill_history(screen->path);
    screen_open(screen, NULL);
    open_minutes(screen);
    assert_shows(screen, "Dot 3000");
    screen_keys(screen, "G");
    assert_shows(screen, "Made for a test");
    assert_shows(screen, "edit 1 ");
    for (int i = 0; i < 60; i++)
        pty_keys(screen->pty, "PgUp");
    screen_keys(screen, "k");
    assert_hides(screen, "Dot 200 ");
    screen_keys(screen, "g j");
    assert_shows(screen, "edit 3005 ");
    for (int i = 0; i < 900; i++)
        pty_keys(screen->pty, "j");
    pty_settle(screen->pty);
    assert_shows(screen, "edit 2105 ");
    screen_keys(screen, "/ D o t Space 1 2 3 4 Enter");
    assert_shows(screen, "edit 1240 ");
    screen_keys(screen, "n");
    assert_says(screen, "No older edit tells of 'dot 1234'.");
    screen_keys(screen, "/ a n a Enter");
    assert_shows(screen, "edit 6 ");
    screen_keys(screen, "n n");
    assert_shows(screen, "edit 4 ");
    screen_keys(screen, "N");
    assert_shows(screen, "edit 5 ");
    screen_keys(screen, "Enter");
    assert_shows(screen, "after edit 5, Ana: 2 Books the cab is now magical (was n");
    screen_keys(screen, "q");
    screen_quit(screen);
}

static void a_history_that_is_damaged_shows_no_past(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    board_sql(screen->path,
              "UPDATE change SET new = 2 WHERE edit = 6 AND record = 'idea' OR edit = 5");
    open_minutes(screen);
    screen_keys(screen, "j j j Enter");
    assert_says(screen, "Its history is damaged; use a backup.");
    screen_keys(screen, "Esc");
    assert_hides(screen, " PAST ");
    screen_quit(screen);
}

static void the_screen_opens_in_the_past(void **state)
{
    struct screen *screen = *state;
    open_board(screen);
    screen_quit(screen);
    screen->pty = pty_start(&screen->options,
                            (const char *[]){TOUCHLINE_PROGRAM, "--at", "3", screen->path, NULL});
    pty_wait_text(screen->pty, " PAST ");
    assert_shows(screen, "Sees the");
    screen_keys(screen, "Esc");
    assert_hides(screen, "Sees the");
    screen_quit(screen);
    screen->pty = pty_start(&screen->options,
                            (const char *[]){TOUCHLINE_PROGRAM, "--at", "99", screen->path, NULL});
    pty_wait_text(screen->pty, "There is no edit 99; the newest is 6.");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(minutes_tell_who_did_what),
        TEST(enter_shows_the_board_as_it_was),
        TEST(u_and_U_go_through_time),
        TEST(nothing_can_be_changed_in_the_past),
        TEST(all_screens_show_the_past),
        TEST(what_others_do_does_not_reach_it),
        TEST(the_filter_and_the_search_are_left_first),
        TEST(minutes_open_where_one_was),
        TEST(nothing_is_pasted_into_the_past),
        TEST(a_past_that_is_left_open_does_no_harm),
        TEST(a_long_history_is_gone_through),
        TEST(a_history_that_is_damaged_shows_no_past),
        TEST(the_screen_opens_in_the_past),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
