/* The plan on the screen: the list of actions, and what the plan lacks, keys in and text out. */
#include "board.h"
#include "shell.h"
#include "touchline/memory.h"
#include "touchline/table.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* --- a board with a plan ---------------------------------------------------------------------- */

static struct fixture *fixture_of(void **state)
{
    const struct screen *screen = *state;
    return screen->fixture;
}

static void make_board(void **state)
{
    shell_expect(fixture_of(state),
                 "set -e; b=cab.touchline\n"
                 "touchline new $b --why 'They call me'\n"
                 "touchline add $b 'Sees the advert' -c phone\n"
                 "touchline add $b 'Cab pulls up' -c phone\n"
                 "touchline add $b 'Pays' -c phone\n"
                 "for n in 1 2 3; do touchline choose $b $n; done\n"
                 "touchline rate $b 1 neutral; touchline rate $b 2 miserable\n"
                 "touchline target $b 2 magical\n"
                 "touchline action $b 2 'Buy two kits' -o Wally -d 2020-01-02\n"
                 "touchline action $b 1 'Bigger advert' -d +30d\n"
                 "touchline action $b 3 'Card reader' -o Ana -d +2d\n"
                 "touchline set $b 3 --action 1 wave=1 agreed='Ben, Ana'\n"
                 "touchline action $b 3 'Old idea' -o Ana\n"
                 "touchline status $b 3 2 dropped",
                 0, NULL, "");
}

static struct pty *open_board(void **state)
{
    make_board(state);
    return screen_open(*state, NULL);
}

static int row_of(struct pty *pty, const char *text)
{
    int row = -1;
    assert_true(pty_find(pty, text, &row, NULL));
    return row;
}

static void leave(struct pty *pty)
{
    pty_keys(pty, "Esc");
    pty_settle(pty); /* with what follows at once it would be another key */
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* --- the list --------------------------------------------------------------------------------- */

static void overdue_comes_first_and_finished_last(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D");
    pty_wait_text(pty, "Finished 1");
    pty_settle(pty);
    assert_true(row_of(pty, "Overdue 1") < row_of(pty, "! 2 Jan 2020"));
    assert_true(row_of(pty, "! 2 Jan 2020") < row_of(pty, "This week 1"));
    assert_true(row_of(pty, "This week 1") < row_of(pty, "Card reader"));
    assert_true(row_of(pty, "Card reader") < row_of(pty, "Later 1"));
    assert_true(row_of(pty, "Later 1") < row_of(pty, "Bigger advert"));
    assert_true(row_of(pty, "Finished 1") < row_of(pty, "Old idea"));
    assert_int_equal(row_of(pty, "Bigger advert"), row_of(pty, "– who?"));
    assert_int_equal(row_of(pty, "2 ▼›★"), row_of(pty, "! 2 Jan 2020"));
    assert_true(pty_find(pty, "for 2 Cab pulls up", NULL, NULL));
    assert_true(pty_find(pty, "1 without an owner, 0 without a date", NULL, NULL));
    leave(pty);
}

static void tab_turns_to_owners_and_waves(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D");
    pty_wait_text(pty, "by due date (Tab: by owner)");
    pty_keys(pty, "Tab");
    pty_wait_text(pty, "Nobody yet 1");
    assert_true(row_of(pty, "Ana 2") < row_of(pty, "Wally 1"));
    assert_true(row_of(pty, "Wally 1") < row_of(pty, "Nobody yet 1"));
    pty_keys(pty, "Tab");
    pty_wait_text(pty, "No wave yet 3");
    assert_true(row_of(pty, "Wave 1 1") < row_of(pty, "No wave yet 3"));
    pty_keys(pty, "S-Tab S-Tab");
    pty_wait_text(pty, "Overdue 1");
    leave(pty);
}

/* R21: what is finished was tried, so the finding is asked for at once. */
static void a_status_is_one_key_and_asks_what_was_found(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D c");
    pty_wait_text(pty, "How does it go?");
    pty_keys(pty, "k");
    pty_wait_text(pty, "what did you find?");
    pty_text(pty, "They shine\r");
    pty_wait_text(pty, "Finished 2");
    pty_wait_text(pty, "They shine"); /* the frame went with the action */
    pty_keys(pty, "u u");
    pty_wait_text(pty, "Overdue 1");
    leave(pty);
    shell_expect(fixture_of(state), "touchline show cab.touchline 2 | grep -c 'Status: to do'", 0,
                 "1\n", "");
}

static void enter_goes_through_all_that_an_action_has(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D Enter");
    pty_wait_text(pty, "What will be done?");
    pty_text(pty, ", today\r");
    pty_wait_text(pty, "Who?");
    pty_text(pty, "\r");
    pty_wait_text(pty, "By when?");
    pty_keys(pty, "C-u");
    pty_text(pty, "2030-05-06\r");
    pty_wait_text(pty, "In which wave?");
    pty_text(pty, "two\r"); /* no number: the question stays with what was typed */
    pty_wait_text(pty, "two");
    pty_keys(pty, "C-u");
    pty_text(pty, "2\r");
    pty_wait_text(pty, "Agreed by whom?");
    pty_text(pty, "Ben\r");
    pty_wait_text(pty, "what did you find?");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "6 May 2030");
    leave(pty);
    shell_expect(fixture_of(state), "touchline show cab.touchline 2 | sed -n '/^Action/,$p'", 0,
                 "Action 1: Buy two kits, today\n  Owner: Wally\n  Due: 2030-05-06\n"
                 "  Status: to do\n  Wave: 2\n  Agreed by: Ben\n",
                 "");
}

static void o_asks_who_and_by_when(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D G g j j o");
    pty_wait_text(pty, "Who?");
    pty_text(pty, "Ben\r");
    pty_wait_text(pty, "By when?");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "c then");
    pty_settle(pty);
    assert_int_equal(row_of(pty, "Bigger advert"), row_of(pty, "Ben  "));
    leave(pty);
}

static void hash_goes_to_the_moment_and_d_deletes(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D d");
    pty_wait_gone(pty, "Buy two kits  ");
    pty_wait_text(pty, "Deleted an action");
    pty_keys(pty, "u");
    pty_wait_text(pty, "Buy two kits  ");
    pty_keys(pty, "k k k #");
    pty_wait_text(pty, "2 Cab pulls up");
    pty_wait_text(pty, "Identify");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

static void t_adds_one_for_the_same_moment(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D t");
    pty_wait_text(pty, "What will be done?");
    pty_text(pty, "Wash it\rWally\r\r");
    pty_wait_text(pty, "– when?");
    leave(pty);
    shell_expect(fixture_of(state), "touchline show cab.touchline 2 | grep Action", 0,
                 "Action 1: Buy two kits\nAction 2: Wash it\n", "");
}

static void others_changes_come_in(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "D");
    pty_wait_text(pty, "Overdue 1");
    shell_expect(fixture_of(state),
                 "touchline action cab.touchline 1 'From elsewhere' -d 2020-01-01", 0, "", NULL);
    pty_wait_text(pty, "Overdue 2");
    leave(pty);
}

static void a_board_without_actions_says_how_to_begin(void **state)
{
    shell_expect(fixture_of(state),
                 "touchline new cab.touchline --title Empty; "
                 "touchline add cab.touchline One",
                 0, NULL, NULL);
    struct pty *pty = screen_open(*state, NULL);
    pty_wait_text(pty, "Empty");
    pty_keys(pty, "D");
    pty_wait_row(pty, 2, "No action yet: t adds one");
    pty_keys(pty, "c");
    pty_wait_row(pty, 21, "No action yet: t adds one");
    pty_keys(pty, "Down Up # Tab t");
    pty_wait_text(pty, "What will be done?");
    pty_text(pty, "Begin\r\r\r");
    pty_wait_text(pty, "Nobody yet 1");
    leave(pty);
}

/* --- what it lacks ---------------------------------------------------------------------------- */

static void gaps_are_those_of_check_and_enter_goes_there(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "!");
    pty_wait_text(pty, "1 action overdue");
    assert_true(row_of(pty, "3 chosen, 1 of them not rated") < row_of(pty, "3  Pays"));
    assert_true(row_of(pty, "1 neutral with no target") < row_of(pty, "1  Sees the advert"));
    assert_true(row_of(pty, "1 action with no owner") < row_of(pty, "1  Bigger advert"));
    pty_keys(pty, "Enter");
    pty_wait_text(pty, "3 Pays");
    pty_wait_text(pty, "Identify");
    pty_keys(pty, "! D");
    pty_wait_text(pty, "Overdue 1");
    pty_keys(pty, "!");
    pty_wait_text(pty, "What the plan lacks");
    leave(pty);
    shell_expect(fixture_of(state), "touchline check cab.touchline | tail -n +2", 0,
                 "3 chosen, 1 of them not rated: 3\n1 neutral with no target: 1\n"
                 "1 action with no owner: 1\n1 action overdue: 2\n",
                 "");
}

static void r12_the_step_counts_what_the_plan_lacks(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    pty_keys(pty, "s 5");
    pty_wait_row(pty, 1, "2 of 3 planned · 4 gaps (!)");
    shell_expect(fixture_of(state), "touchline rate cab.touchline 3 magical", 0, "", NULL);
    pty_wait_row(pty, 1, "2 of 3 planned · 3 gaps (!)");
    pty_keys(pty, "g R");
    pty_wait_row(pty, 1, "3 of 3 planned · 2 gaps (!)");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* What a later rating has overtaken is kept (R11), but it is no way down. */
static void r11_an_overtaken_target_is_reached(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue");
    shell_expect(fixture_of(state), "touchline target cab.touchline 2 neutral", 0, NULL, NULL);
    pty_wait_text(pty, "▼›●");
    pty_wait_text(pty, "○");
    pty_keys(pty, "g l r 3");
    pty_wait_text(pty, "★ magical, reached");
    pty_wait_gone(pty, "★›●");
    pty_wait_gone(pty, "○");
    pty_keys(pty, "P");
    pty_wait_text(pty, "target reached: NEUTRAL");
    pty_keys(pty, "Esc");
    leave(pty);
}

static void gaps_of_the_board_lead_to_where_they_are_mended(void **state)
{
    shell_expect(fixture_of(state),
                 "touchline new cab.touchline --title Empty; "
                 "touchline add cab.touchline One -c phone",
                 0, NULL, NULL);
    struct pty *pty = screen_open(*state, NULL);
    pty_wait_text(pty, "Empty");
    pty_keys(pty, "!");
    pty_wait_text(pty, "0 chosen; the plan wants 3 to 5");
    pty_keys(pty, "Enter");
    pty_wait_text(pty, "This board");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "1 moment");
    pty_keys(pty, "! j Enter");
    pty_wait_text(pty, "Which three to five");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* --- the ledger (R17, R18) -------------------------------------------------------------------- */

static void the_ledger_is_filled_and_mended_by_keys(void **state)
{
    struct pty *pty = open_board(state);
    pty_wait_text(pty, "1 overdue, oldest Buy two kits (Wally, 2 Jan 2020). D lists them.");
    pty_text(pty, ":ledger\r");
    pty_wait_text(pty, "Nothing yet.");
    pty_keys(pty, "d c 1");
    pty_wait_text(pty, "How much?");
    pty_text(pty, "40\rNobody answered while all of us stood in the yard and looked at a car\r");
    pty_wait_text(pty, "Costs 40, 1 of 1 with an amount.");
    pty_wait_text(pty, "complaint    Nobody answered"); /* all of what the line has no room for */
    pty_wait_text(pty, "at a car");
    pty_wait_text(pty, "amount  in words"); /* no figure is cut for the words' sake */
    pty_keys(pty, "c 5");
    pty_wait_text(pty, "How did it pay?");
    pty_keys(pty, "4");
    pty_wait_text(pty, "How much?");
    pty_text(pty, "\r\r");
    pty_wait_text(pty, "Payoffs: 1, none with an amount.");
    shell_expect(fixture_of(state),
                 "set -e; b=cab.touchline; touchline idea $b 1 Flowers -p low\n"
                 "touchline idea $b 1 Cheer; touchline idea $b 1 Later -p high\n"
                 "n=$(touchline show $b 1 | grep -c '^Idea')\n"
                 "touchline take $b 1 $((n - 2)); touchline take $b 1 $((n - 1))",
                 0, NULL, NULL);
    pty_wait_text(pty, "taken up: 1 low, 1 without a price.");
    pty_keys(pty, "k k d");
    pty_wait_gone(pty, "Costs 40");
    pty_keys(pty, "u");
    pty_wait_text(pty, "Costs 40");
    leave(pty);
    shell_expect(fixture_of(state),
                 "touchline show cab.touchline 1 | sed -n 's/[0-9-]* *, //; /^[CP]/p' | "
                 "grep -cE '^Cost: complaint, 40, Nobody answered |^Payoff: recommends'",
                 0, "2\n", "");
}

/* R20: what customers answered to a wave, and what waits for it. */
static void a_waves_response_stands_with_its_actions(void **state)
{
    make_board(state);
    shell_expect(fixture_of(state),
                 "set -e; b=cab.touchline; touchline set $b 1 --action 1 wave=2\n"
                 "touchline set $b 2 --action 1 wave=2; touchline status $b 3 1 kept",
                 0, NULL, NULL);
    struct pty *pty = screen_open(*state, NULL);
    pty_wait_text(pty, "Why: They call me");
    pty_keys(pty, "D");
    pty_wait_text(pty, "Wave 2: 0 of 2 finished. It waits for the response to wave 1");
    shell_expect(fixture_of(state),
                 "touchline wave cab.touchline 1 'Three regulars asked for Wally'", 0, NULL, NULL);
    pty_wait_gone(pty, "It waits for");
    pty_keys(pty, "G");
    pty_keys(pty, "k"); /* over the one that was dropped */
    pty_wait_text(pty, "Response     Three regulars asked for Wally");
    pty_keys(pty, "q q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* --- by dots ---------------------------------------------------------------------------------- */

/* R6: the dots are tallied first, then the room chooses. */
static void choosing_shows_the_ranking_by_dots(void **state)
{
    shell_expect(fixture_of(state),
                 "set -e; b=cab.touchline; touchline new $b --title Dotted\n"
                 "for n in 1 2 3 4 5 6 7; do touchline add $b \"Moment $n\"; done\n"
                 "touchline set $b 7 dots=3; touchline set $b 5 dots=2\n"
                 "for n in 1 2 3 4; do touchline set $b $n dots=1; done\n"
                 "touchline choose $b 7",
                 0, NULL, NULL);
    struct pty *pty = screen_open(*state, NULL);
    pty_wait_text(pty, "Dotted");
    pty_keys(pty, "s 3");
    pty_wait_text(pty, "By dots");
    pty_wait_text(pty, "9 dots · tie at 1: 1 2 3 4");
    assert_int_equal(row_of(pty, "3  ◆    7 Moment 7") + 1, row_of(pty, "2       5 Moment 5"));
    pty_keys(pty, ".");
    pty_wait_text(pty, "10 dots · tie at 1: 2 3 4");
    pty_keys(pty, "Tab");
    pty_wait_gone(pty, "By dots");
    pty_keys(pty, "S-Tab >");
    pty_wait_text(pty, "miserable, neutral or magical");
    pty_wait_gone(pty, "By dots");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* R6: nobody follows the crowd. */
static void dots_are_hidden_from_the_first_on(void **state)
{
    shell_expect(fixture_of(state),
                 "set -e; b=cab.touchline; touchline new $b --title Dotted\n"
                 "for n in 1 2 3; do touchline add $b \"Moment $n\"; done\n"
                 "for n in Ana Ben; do touchline person $b $n; done\n"
                 "touchline board $b dots_each=2",
                 0, NULL, NULL);
    struct pty *pty = screen_open(*state, NULL);
    pty_wait_text(pty, "Dotted");
    pty_keys(pty, "s 3 .");
    pty_wait_text(pty, "Dots: 1 of 4 spent · 3 left · 2 people x 2");
    pty_wait_text(pty, "? dots");
    pty_keys(pty, ". l . . .");
    pty_wait_text(pty, "All 4 dots are spent (2 people x 2)");
    int row, column;
    assert_false(pty_find(pty, "By dots", &row, &column));
    assert_false(pty_find(pty, "2 dots", &row, &column));
    pty_keys(pty, "n"); /* not in the order of what is hidden */
    pty_wait_text(pty, "Nothing else is open in this step.");
    pty_keys(pty, "e Up Up Up Up Up");
    pty_wait_text(pty, "▸Dots");
    pty_settle(pty);
    assert_true(pty_find(pty, "▸Dots", &row, &column));
    pty_wait_row(pty, row, "?");
    pty_keys(pty, "Esc");
    pty_wait_gone(pty, "▸Dots");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    shell_expect(fixture_of(state),
                 "touchline show cab.touchline 1 | grep Dots; touchline poll cab.touchline show; "
                 "touchline show cab.touchline 1 | grep Dots",
                 0, "Dots: ?\nDots: 2\n", NULL);
}

/* --- at every size ---------------------------------------------------------------------------- */

static void a_table_draws_at_any_size(void **state)
{
    static const struct table_column columns[] = {
        {"what", 10, 0, 0, true},
        {"who", 6, 12, 1, false},
    };
    static const struct table_fact fact = {.label = "Agreed by", .text = "Ben"};
    struct table_line lines[30] = {{.heading = "Overdue 29"}};
    (void)state;
    for (int i = 1; i < 30; i++)
        lines[i] = (struct table_line){.cells = {"A thing that is to be done by somebody", "Ana"}};
    struct table_screen table = {.title = "Actions",
                                 .columns = columns,
                                 .column_count = 2,
                                 .lines = lines,
                                 .count = 30,
                                 .facts = &fact,
                                 .fact_count = 1,
                                 .foot = "Wave 1"};
    for (int rows = 1; rows < 40; rows++)
        for (int wide = 1; wide < 140; wide += 7) {
            struct frame frame;
            table.selected = 1 + (size_t)rows % 29;
            frame_init(&frame, rows, wide, rows % 2);
            view_table(&frame, &table);
            assert_in_range(frame.cursor_row, 0, rows - 1);
            bool framed = false;
            for (int i = 0; i < rows * wide; i++)
                framed = framed || frame.cells[i].style.role == ROLE_SELECTED;
            assert_int_equal(framed, rows >= VIEW_ROWS && wide >= VIEW_COLUMNS);
            frame_release(&frame);
        }
    assert_int_equal(view_table_hit(&table, 24, 80, 3, 10).what, VIEW_LINE);
    assert_int_equal(view_table_hit(&table, 24, 80, 0, 10).what, VIEW_NOTHING);
}

/* The labels below a table stand in one column, as wide as the longest; its main column comes
 * before what another has no need of. */
static void what_stands_in_a_table_is_whole(void **state)
{
    static const struct table_column columns[] = {
        {"what", 10, 0, 0, true},
        {"moment", 6, 12, 1, false},
    };
    static const struct table_fact facts[] = {{.label = "Why", .text = "They call me"},
                                              {.label = "Customers a year", .text = "2,400"}};
    static const struct table_line line = {
        .cells = {"Agree the house rules with two friends", "Wally is busy: a friend drives"}};
    const struct table_screen table = {.title = "Minutes",
                                       .columns = columns,
                                       .column_count = 2,
                                       .lines = &line,
                                       .count = 1,
                                       .facts = facts,
                                       .fact_count = 2};
    struct frame frame;
    struct buffer shown = {0};
    (void)state;
    frame_init(&frame, 24, 60, false);
    view_table(&frame, &table);
    frame_print(&frame, &shown, false);
    assert_non_null(strstr(buffer_text(&shown), "    Why               They call me\n"));
    assert_non_null(strstr(buffer_text(&shown), "    Customers a year  2,400\n"));
    assert_non_null(strstr(buffer_text(&shown), "Agree the house rules with two friends  Wally"));
    buffer_release(&shown);
    frame_release(&frame);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(overdue_comes_first_and_finished_last),
        TEST(r12_the_step_counts_what_the_plan_lacks),
        TEST(tab_turns_to_owners_and_waves),
        TEST(a_status_is_one_key_and_asks_what_was_found),
        TEST(enter_goes_through_all_that_an_action_has),
        TEST(o_asks_who_and_by_when),
        TEST(hash_goes_to_the_moment_and_d_deletes),
        TEST(t_adds_one_for_the_same_moment),
        TEST(others_changes_come_in),
        TEST(a_board_without_actions_says_how_to_begin),
        TEST(gaps_are_those_of_check_and_enter_goes_there),
        TEST(r11_an_overtaken_target_is_reached),
        TEST(gaps_of_the_board_lead_to_where_they_are_mended),
        TEST(the_ledger_is_filled_and_mended_by_keys),
        TEST(a_waves_response_stands_with_its_actions),
        TEST(choosing_shows_the_ranking_by_dots),
        TEST(dots_are_hidden_from_the_first_on),
        cmocka_unit_test(a_table_draws_at_any_size),
        cmocka_unit_test(what_stands_in_a_table_is_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
