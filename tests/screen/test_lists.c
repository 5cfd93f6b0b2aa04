/* What is the same in every list over the whole screen, tried in each of them: going about, the
 * mouse, other sizes, others' changes, leaving. */
#include "board.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { ITEMS = 30 };

/* A list of Item01 to Item30: how it is opened, and how another takes the first one away. */
static const struct list {
    const char *opened_by, *title, *first_removed;
} lists[] = {
    {"Z", "Parking lot", "remove z1"},
    {"D", "Actions", "remove 1 --action 1"},
    {"!", "What the plan lacks", "remove 1 --action 1"},
    {": l e d g e r Enter", "costs and payoffs", "remove 1 --entry 1"},
    {"W", "Who is here", "person Item01 --remove"},
};
enum { LISTS = sizeof lists / sizeof *lists };

static void make_items(const char *path, int count)
{
    static const struct {
        const char *before, *after;
    } made[] = {
        {"action 1 ", " --due 2100-01-01"}, {"cost 1 other 5 ", ""}, {"person ", " --front-line"}};
    for (int i = 1; i <= count; i++)
        for (size_t kind = 0; kind < sizeof made / sizeof *made; kind++) {
            struct buffer line = {0};
            buffer_add_format(&line, "%sItem%02d%s", made[kind].before, i, made[kind].after);
            board_do(path, "Tester", buffer_text(&line));
            buffer_release(&line);
        }
}

/* Nothing is lacking but the actions' owners. */
static void make_board(const char *path, int items)
{
    static const char *const rest[] = {"board why=Because", "choose 1",       "choose 2",
                                       "choose 3",          "rate 1 magical", "rate 2 magical",
                                       "rate 3 magical"};
    struct buffer lines = {0};
    buffer_add_text(&lines, "One @p\nTwo @p\nThree @p\n");
    for (int i = 1; i <= items; i++)
        buffer_add_format(&lines, "Item%02d @p @park\n", i);
    board_make(path, buffer_text(&lines));
    buffer_release(&lines);
    for (size_t i = 0; i < sizeof rest / sizeof *rest; i++)
        board_do(path, "Tester", rest[i]);
    make_items(path, items);
}

static void open_board(struct screen *screen, int items)
{
    make_board(screen->path, items);
    screen_open(screen, NULL);
}

static void open_list(struct screen *screen, const struct list *list)
{
    screen_keys(screen, "g"); /* the ledger is that of the first moment */
    screen_keys(screen, list->opened_by);
    pty_wait_text(screen->pty, list->title);
    pty_settle(screen->pty);
}

static void leave_list(struct screen *screen, const struct list *list, const char *key)
{
    screen_keys(screen, key);
    pty_wait_gone(screen->pty, list->title);
    pty_wait_text(screen->pty, "Identify");
}

/* The row that is framed, "" when none is. */
static const char *selected_row(struct pty *pty)
{
    int rows, columns;
    pty_size(pty, &rows, &columns);
    for (int row = 0; row < rows; row++)
        if (strncmp(pty_row(pty, row), " [", 2) == 0)
            return pty_row(pty, row);
    return "";
}

/* The number of the item in it, 0: none. */
static int selected_item(struct pty *pty)
{
    const char *found = strstr(selected_row(pty), "Item");
    return found ? (int)strtol(found + strlen("Item"), NULL, 10) : 0;
}

#define assert_item(screen, number) assert_int_equal(selected_item((screen)->pty), number)

/* Where an item stands. */
static void find_item(struct screen *screen, int item, int *row, int *column)
{
    char text[16];
    snprintf(text, sizeof text, "Item%02d", item);
    assert_true(pty_find(screen->pty, text, row, column));
}

static void click_item(struct screen *screen, int item)
{
    int row, column;
    find_item(screen, item, &row, &column);
    pty_click(screen->pty, row, column);
    pty_settle(screen->pty);
}

static void click_text(struct screen *screen, const char *text)
{
    int row, column;
    assert_true(pty_find(screen->pty, text, &row, &column));
    pty_click(screen->pty, row, column);
    pty_settle(screen->pty);
}

/* --- going about ------------------------------------------------------------------------------ */

static void keys_of_the_board_go_about(void **state)
{
    struct screen *screen = *state;
    open_board(screen, ITEMS);
    for (size_t i = 0; i < LISTS; i++) {
        open_list(screen, &lists[i]);
        assert_item(screen, 1);
        screen_keys(screen, "j Down k");
        assert_item(screen, 2);
        screen_keys(screen, "Up Up Up");
        assert_item(screen, 1);
        screen_keys(screen, "G");
        assert_item(screen, ITEMS);
        screen_keys(screen, "j g");
        assert_item(screen, 1);
        screen_keys(screen, "End k Home End");
        assert_item(screen, ITEMS);
        screen_keys(screen, "Home");
        assert_item(screen, 1);
        leave_list(screen, &lists[i], "Esc");
    }
    screen_quit(screen);
}

static void pages_are_as_long_as_what_is_in_sight(void **state)
{
    struct screen *screen = *state;
    open_board(screen, ITEMS);
    for (size_t i = 0; i < LISTS; i++) {
        open_list(screen, &lists[i]);
        screen_keys(screen, "PgDn");
        int page = selected_item(screen->pty) - 1;
        assert_in_range(page, 8, 22);
        screen_keys(screen, "C-u");
        assert_item(screen, 1);
        screen_keys(screen, "C-d PgUp C-d C-d C-d C-d");
        assert_item(screen, ITEMS);
        screen_keys(screen, "PgUp");
        assert_item(screen, ITEMS - page);
        leave_list(screen, &lists[i], "q");
    }
    screen_quit(screen);
}

static void every_size_keeps_the_row_in_sight(void **state)
{
    struct screen *screen = *state;
    open_board(screen, ITEMS);
    for (size_t i = 0; i < LISTS; i++) {
        open_list(screen, &lists[i]);
        screen_keys(screen, "j j j j j j j j j j j j j j j j j j j");
        assert_item(screen, 20);
        pty_resize(screen->pty, 10, 40);
        pty_settle(screen->pty);
        assert_item(screen, 20);
        screen_keys(screen, "j");
        assert_item(screen, 21);
        pty_resize(screen->pty, 40, 200);
        pty_settle(screen->pty);
        screen_keys(screen, "k k");
        pty_resize(screen->pty, 24, 80);
        pty_settle(screen->pty);
        assert_item(screen, 19);
        leave_list(screen, &lists[i], "C-c");
    }
    screen_quit(screen);
}

/* --- the mouse -------------------------------------------------------------------------------- */

static void a_click_selects_and_the_wheel_goes_on(void **state)
{
    struct screen *screen = *state;
    open_board(screen, ITEMS);
    for (size_t i = 0; i < LISTS; i++) {
        open_list(screen, &lists[i]);
        click_item(screen, 4);
        assert_item(screen, 4);
        pty_wheel(screen->pty, false, 5, 5);
        pty_wheel(screen->pty, false, 5, 5);
        pty_wheel(screen->pty, true, 5, 5);
        pty_settle(screen->pty);
        assert_item(screen, 5);
        pty_click(screen->pty, 0, 3); /* the bar is no row */
        pty_settle(screen->pty);
        assert_item(screen, 5);
        click_text(screen, "Esc ");
        pty_wait_gone(screen->pty, lists[i].title);
    }
    screen_quit(screen);
}

static void a_double_click_is_enter(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 5);
    screen_keys(screen, "Z");
    click_item(screen, 3);
    click_item(screen, 3);
    assert_says(screen, "Item03 is back");
    screen_keys(screen, "u Esc D");
    click_item(screen, 2);
    click_item(screen, 2);
    assert_shows(screen, "What will be done? Item02");
    screen_keys(screen, "Esc Esc");
    screen_quit(screen);
}

/* --- with others ------------------------------------------------------------------------------ */

static void a_row_stays_selected_when_another_goes(void **state)
{
    struct screen *screen = *state;
    for (size_t i = 0; i < LISTS; i++) {
        struct fixture *fixture = fixture_new();
        screen->path = fixture_path(fixture, "cab.touchline");
        open_board(screen, 6);
        open_list(screen, &lists[i]);
        screen_keys(screen, "j j j");
        assert_item(screen, 4);
        board_do(screen->path, "Ana", lists[i].first_removed);
        pty_wait_gone(screen->pty, "Item01");
        pty_settle(screen->pty);
        assert_item(screen, 4);
        screen_keys(screen, "j");
        assert_item(screen, 5);
        leave_list(screen, &lists[i], "Esc");
        screen_quit(screen);
        fixture_free(fixture);
    }
}

/* What came after the row that is gone takes its place; at the end, what was before it. */
static void the_next_row_takes_the_place_of_one_that_goes(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 5);
    screen_keys(screen, "Z j d");
    assert_item(screen, 3);
    screen_keys(screen, "G d");
    assert_item(screen, 4);
    screen_keys(screen, "Esc D j j d");
    assert_item(screen, 4);
    screen_keys(screen, "j d");
    assert_item(screen, 4);
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void the_ledger_of_a_moment_that_is_gone_is_left(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 3);
    open_list(screen, &lists[3]);
    board_do(screen->path, "Ana", "remove 1");
    pty_wait_gone(screen->pty, "costs and payoffs");
    pty_settle(screen->pty);
    assert_shows(screen, "Another has deleted this moment.");
    screen_quit(screen);
}

/* --- keys that are nothing -------------------------------------------------------------------- */

static void what_means_nothing_says_so(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 5);
    for (size_t i = 0; i < LISTS; i++) {
        open_list(screen, &lists[i]);
        screen_keys(screen, "F5");
        assert_shows(screen, "F5 does nothing here. ? shows the keys.");
        screen_keys(screen, "C-s");
        assert_shows(screen, "Everything is saved.");
        pty_paste(screen->pty, "two\nlines");
        pty_settle(screen->pty);
        assert_shows(screen, "There is nothing to paste into here.");
        screen_keys(screen, "?");
        assert_shows(screen, "type to narrow");
        screen_keys(screen, "Esc");
        assert_shows(screen, lists[i].title);
        leave_list(screen, &lists[i], "Esc");
    }
    screen_quit(screen);
}

static void an_empty_list_says_what_to_do(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "One\n");
    screen_keys(screen, "Z j G PgDn d");
    assert_says(screen, "Nothing is parked. z on the board parks a moment.");
    screen_keys(screen, "Z W Space");
    assert_says(screen, "Nobody is on the list yet: a adds people.");
    screen_keys(screen, "W");
    screen_quit(screen);
}

/* Above the keys, as everywhere; the list stays where it is. */
static void a_question_stands_above_the_keys(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 3);
    screen_keys(screen, "W");
    char *first = strdup(pty_row(screen->pty, 2));
    screen_keys(screen, "r");
    assert_string_equal(pty_row(screen->pty, 2), first);
    screen_type(screen, "waiter");
    pty_wait_row(screen->pty, 22, "waiter");
    screen_keys(screen, "Enter");
    assert_says(screen, "Changed Item01");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    free(first);
}

/* With no rule behind it, and over several rows where one is too short. */
static void what_an_empty_list_says_is_whole(void **state)
{
    struct screen *screen = *state;
    int row;
    screen->options.rows = 10;
    screen->options.columns = 40;
    screen_open(screen, "One\n");
    screen_keys(screen, "W");
    assert_true(pty_find(screen->pty, "   Nobody is on the list yet: a adds", &row, NULL));
    assert_string_equal(pty_row(screen->pty, row + 1), "   people.");
    screen_keys(screen, "Esc : l e d g e r Enter");
    assert_true(pty_find(screen->pty, "    Nothing yet. c notes a cost or a", &row, NULL));
    assert_string_equal(pty_row(screen->pty, row + 1), "    payoff.");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void u_takes_back_in_every_list(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 3);
    screen_keys(screen, "Z d");
    assert_item(screen, 2);
    screen_keys(screen, "u");
    assert_shows(screen, "Item01");
    screen_keys(screen, "U");
    assert_hides(screen, "z3");
    screen_keys(screen, "u Esc !");
    assert_shows(screen, "3 actions with no owner");
    board_do(screen->path, "Tester", "remove 1 --action 1");
    pty_wait_text(screen->pty, "2 actions with no owner");
    screen_keys(screen, "u");
    assert_shows(screen, "3 actions with no owner");
    screen_keys(screen, "C-r");
    assert_shows(screen, "2 actions with no owner");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* A question that a list asks can be answered by the mouse, too. */
static void answers_are_clickable_over_a_list(void **state)
{
    struct screen *screen = *state;
    open_board(screen, 3);
    screen_keys(screen, "D c");
    click_text(screen, "k kept");
    assert_shows(screen, "what did you find?");
    screen_type(screen, "gold");
    click_text(screen, "gold");
    screen_type(screen, "old ");
    assert_shows(screen, "old gold");
    click_text(screen, "Enter Accept");
    assert_shows(screen, "Finished 1");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* The topics are not about the board: nothing is taken back from there. */
static void topics_are_a_list_too(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "One\n");
    screen_keys(screen, "x"); /* with what follows it would look pasted */
    screen_keys(screen, ": t o p i c s Enter");
    screen_keys(screen, "u");
    assert_says(screen, "u does nothing here.");
    click_text(screen, "The words");
    click_text(screen, "The words");
    assert_shows(screen, "Next topic");
    assert_hides(screen, "Help · topics");
    click_text(screen, "Space Next topic");
    screen_keys(screen, "Esc");
    assert_non_null(strstr(selected_row(screen->pty), "That is not us"));
    screen_keys(screen, "g Space Tab");
    assert_shows(screen, "Identify");
    assert_board(screen->path, "1 One *\n");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(keys_of_the_board_go_about),
        TEST(pages_are_as_long_as_what_is_in_sight),
        TEST(every_size_keeps_the_row_in_sight),
        TEST(a_click_selects_and_the_wheel_goes_on),
        TEST(a_double_click_is_enter),
        TEST(a_row_stays_selected_when_another_goes),
        TEST(the_next_row_takes_the_place_of_one_that_goes),
        TEST(the_ledger_of_a_moment_that_is_gone_is_left),
        TEST(what_means_nothing_says_so),
        TEST(an_empty_list_says_what_to_do),
        TEST(a_question_stands_above_the_keys),
        TEST(what_an_empty_list_says_is_whole),
        TEST(u_takes_back_in_every_list),
        TEST(answers_are_clickable_over_a_list),
        TEST(topics_are_a_list_too),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
