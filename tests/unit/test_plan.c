/* The plan from the shell: what is due over many boards, the ledger, a person's hand-out. */
#include "boards.h"
#include "fixture.h"
#include "shell.h"
#include "touchline/agenda.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static int setup(void **state)
{
    *state = fixture_new();
    struct shell_result made =
        shell_run(*state, "set -e; b=cab.touchline\n"
                          "touchline new $b --title 'The cab' --why 'They call me'\n"
                          "touchline add $b 'Sees the advert'\n"
                          "touchline add $b 'Books' 'Cab pulls up' -p Arrival\n"
                          "touchline add $b 'Later' -p Ride\n"
                          "touchline park $b 4; touchline choose $b 2\n"
                          "touchline rate $b 2 neutral; touchline target $b 2 magical\n"
                          "touchline owner $b 3 ANA; touchline board $b next_objective='More'\n");
    assert_string_equal(made.err, "");
    assert_int_equal(made.code, 0);
    shell_release(&made);
    return 0;
}

static int teardown(void **state)
{
    fixture_free(*state);
    return 0;
}

/* --- due -------------------------------------------------------------------------------------- */

static void nothing_due_is_silent_success(void **state)
{
    shell_expect(*state, "touchline action cab.touchline 2 Later -d +9d", 0, "", "");
    shell_expect(*state, "touchline due cab.touchline", 0, "", "");
    shell_expect(*state, "touchline due cab.touchline --days 0", 0, "", "");
    shell_expect(*state, "touchline due cab.touchline --days 8", 0, "", "");
}

static void what_is_due_is_listed_and_ends_with_1(void **state)
{
    shell_expect(*state,
                 "touchline action cab.touchline 2 'Buy two kits' -o Wally -d 2020-01-02\n"
                 "touchline action cab.touchline 2 Kept -d 2020-01-01\n"
                 "touchline status cab.touchline 2 2 kept\n"
                 "touchline action cab.touchline z1 'Ask again' -d 2020-01-03\n"
                 "touchline action cab.touchline 2 Today -d today\n"
                 "touchline action cab.touchline 2 Soon -d +3d\n"
                 "touchline due cab.touchline | sed 's/20[2-9][1-9]-..-../DAY/'",
                 0,
                 "cab.touchline: 2020-01-02, overdue: Buy two kits, Wally (2 Books)\n"
                 "cab.touchline: 2020-01-03, overdue: Ask again (Later, parked)\n"
                 "cab.touchline: DAY: Today (2 Books)\n",
                 "touchline: 3 due, 2 overdue\n");
    shell_expect(*state, "touchline due cab.touchline --days 3 >list; echo $?; wc -l <list", 0,
                 "1\n4\n", "touchline: 4 due, 2 overdue\n");
}

static void a_board_that_is_not_there_hides_nothing(void **state)
{
    shell_expect(*state,
                 "touchline new b.touchline; touchline add b.touchline One\n"
                 "touchline action b.touchline 1 Old -d 2020-01-01\n"
                 "touchline due none.touchline cab.touchline b.touchline",
                 66, "b.touchline: 2020-01-01, overdue: Old (1 One)\n",
                 "touchline: none.touchline: there is no such board; 'touchline new' makes one\n");
    shell_expect(*state, "touchline due", 2, "",
                 "touchline: BOARD is missing; it goes: touchline due BOARD... [--days NUMBER]\n");
    shell_expect(*state, "touchline due cab.touchline --days soon", 2, "",
                 "touchline: 'soon' is no number from 1\n");
}

static void a_board_to_look_at_is_looked_at(void **state)
{
    shell_expect(*state,
                 "touchline action cab.touchline 2 Old -d 2020-01-01; chmod 400 cab.touchline\n"
                 "touchline due cab.touchline",
                 1, "cab.touchline: 2020-01-01, overdue: Old (2 Books)\n",
                 "touchline: 1 due, 1 overdue\n");
}

/* --- the ledger (R17, R18) -------------------------------------------------------------------- */

static void costs_and_payoffs_are_lines_of_the_ledger(void **state)
{
    shell_expect(*state,
                 "touchline cost cab.touchline 2 complaint 40 'Nobody answered' -d 2026-11-02\n"
                 "touchline cost cab.touchline 2 RET 'Came back' --day 2026-11-03\n"
                 "touchline payoff cab.touchline 2 buys-again 1250 --day 2026-11-04\n"
                 "touchline payoff cab.touchline 2 rec -d 2026-11-05\n"
                 "touchline show cab.touchline 2 | grep -E 'Cost|Payoff'",
                 0,
                 "Cost: 2026-11-02, complaint, 40, Nobody answered\n"
                 "Cost: 2026-11-03, return, Came back\n"
                 "Payoff: 2026-11-04, buys again, 1,250\n"
                 "Payoff: 2026-11-05, recommends\n",
                 "");
    shell_expect(*state,
                 "touchline remove cab.touchline 2 --entry 2; touchline undo cab.touchline\n"
                 "touchline remove cab.touchline 2 --entry 1\n"
                 "touchline show cab.touchline 2 | grep -E 'Cost|Payoff'",
                 0,
                 "Cost: 2026-11-03, return, Came back\n"
                 "Payoff: 2026-11-04, buys again, 1,250\n"
                 "Payoff: 2026-11-05, recommends\n",
                 "");
    shell_expect(*state, "touchline history cab.touchline | grep -c 'A cost of 2 Books: complaint'",
                 0, "1\n", "");
}

static void a_cost_without_a_day_is_of_today(void **state)
{
    shell_expect(*state,
                 "touchline cost cab.touchline 2 other; touchline show cab.touchline 2 | "
                 "grep -c \"^Cost: $(date +%F), other\"",
                 0, "1\n", "");
}

static void a_ledger_takes_nothing_odd(void **state)
{
    shell_expect(*state, "touchline cost cab.touchline 2 sorrow", 2, "",
                 "touchline: 'sorrow' is no kind of cost; there are complaint, return, rework, "
                 "other\n");
    shell_expect(
        *state, "touchline cost cab.touchline 2 re", 2, "",
        "touchline: 're' is no kind of cost; there are complaint, return, rework, other\n");
    shell_expect(*state, "touchline payoff cab.touchline 2 complaint", 2, "", NULL);
    shell_expect(*state, "touchline payoff cab.touchline 2 ''", 2, "", NULL);
    shell_expect(*state, "touchline cost cab.touchline 2 other 40x text", 2, "",
                 "touchline: amount cannot be \"40x\"; say a number of 0 to 1,000,000,000,000\n");
    shell_expect(*state, "touchline cost cab.touchline 2 other -- -40 text", 2, "", NULL);
    shell_expect(*state, "touchline cost cab.touchline 2 other 1 a --day someday", 2, "", NULL);
    shell_expect(*state, "touchline remove cab.touchline 2 --entry 1", 1, "",
                 "touchline: there is no entry 1; it has 0\n");
    shell_expect(*state, "touchline remove cab.touchline 2 --entry 1 --idea 1", 2, "",
                 "touchline: remove: say one of --idea, --action and --entry\n");
    shell_expect(*state,
                 "touchline cost cab.touchline 2 other; touchline remove cab.touchline 3 "
                 "--entry id:1",
                 1, "", "touchline: entry id:1 belongs to another moment\n");
}

/* --- the hand-out (R25) ----------------------------------------------------------------------- */

static void a_handout_holds_why_timeline_and_what_is_theirs(void **state)
{
    shell_expect(*state,
                 "touchline action cab.touchline 3 'Polish' -o Ana -d 2099-01-01\n"
                 "touchline action cab.touchline 2 'Script' -o ana -d 2020-01-02\n"
                 "touchline set cab.touchline 2 --action 1 agreed='Ben, Ana' status=trying\n"
                 "touchline action cab.touchline 2 'Not hers' -o Ben\n"
                 "touchline handout cab.touchline --for Ana",
                 0,
                 "The cab, for Ana\n"
                 "Why: They call me\n"
                 "\n"
                 "The timeline:\n"
                 "  First: 1 Sees the advert\n"
                 "  Arrival: 2 Books (chosen), 3 Cab pulls up\n"
                 "\n"
                 "What Ana does:\n"
                 "  Script, by 2020-01-02, overdue, trying\n"
                 "    for 2 Books, which is neutral and shall be magical\n"
                 "    agreed by Ben, Ana\n"
                 "  Polish, by 2099-01-01\n"
                 "    for 3 Cab pulls up\n"
                 "\n"
                 "Ana takes charge of: 3 Cab pulls up\n"
                 "\n"
                 "Next objective: More\n",
                 "");
}

static void a_handout_for_nobody_known_says_so(void **state)
{
    shell_expect(*state, "touchline handout cab.touchline --for Zoe | grep Zoe", 0,
                 "The cab, for Zoe\nNo action is Zoe's yet.\n", "");
    shell_expect(*state, "touchline handout cab.touchline", 2, "",
                 "touchline: --for is missing; it goes: touchline handout BOARD --for TEXT\n");
}

/* --- dots ------------------------------------------------------------------------------------- */

static void the_ranking_is_by_dots_then_by_place(void **state)
{
    struct error error;
    struct moments ranked = {0};
    struct dots dots;
    struct store *store = board_new(*state, "dots.touchline", "Ana");
    int64_t first = board_fill(store, (const char *const[]){"A", "B", "C", "z parked", "D", NULL});
    for (int i = 0; i < 4; i++)
        board_set(store, first + i, ITEM_DOTS, value_integer(i == 2 ? 5 : 2));
    MUST(store_by_dots(store, 10, &ranked, &error));
    MUST(store_dots(store, &dots, &error));
    assert_int_equal(dots.laid, 9); /* those of the parked one do not count */
    assert_int_equal(ranked.count, 3);
    assert_string_equal(ranked.at[0].title, "C");
    assert_int_equal(ranked.at[0].number, 3);
    assert_string_equal(ranked.at[1].title, "A");
    assert_string_equal(ranked.at[2].title, "B");
    MUST(store_by_dots(store, 1, &ranked, &error));
    assert_int_equal(ranked.count, 1);
    moments_release(&ranked);
    store_close(store);
}

static void assert_dots(struct store *store, const char *wanted)
{
    struct error error;
    struct dots dots;
    struct buffer words = {0};
    MUST(store_dots(store, &dots, &error));
    dots_format(&dots, &words);
    assert_string_equal(buffer_text(&words), wanted);
    buffer_release(&words);
}

/* R6: a budget is so many for each who is here; without the one or the other there is none. */
static void dots_are_spent_from_a_budget(void **state)
{
    struct store *store = board_new(*state, "dots.touchline", "Ana");
    const char *path = store_path(store);
    board_fill(store, (const char *const[]){"A", "B", NULL});
    assert_dots(store, "0 dots");
    board_sql(path, "INSERT INTO person(state, name, front_line, present) VALUES(0, 'Ana', 0, 1), "
                    "(0, 'Ben', 1, 1), (0, 'Cleo', 1, 0), (2, 'Dan', 1, 1)");
    assert_dots(store, "0 dots");
    board_set_of(store, RECORD_BOARD, 1, BOARD_DOTS_EACH, value_integer(2));
    assert_dots(store, "0 of 4 spent · 4 left · 2 people x 2");
    char *board = memory_copy(path);
    store_close(store);
    shell_expect(*state,
                 "for n in 1 1 1 2; do touchline dot dots.touchline $n; done\n"
                 "touchline dot dots.touchline 2",
                 1, "",
                 "touchline: all 4 dots are spent (2 people x 2): take one back first, ',' does\n");
    store = board_open(board, "Ana");
    assert_dots(store, "4 of 4 spent · 0 left · 2 people x 2");
    memory_free(board);
    store_close(store);
}

/* --- the order of a plan ---------------------------------------------------------------------- */

static struct planned planned(const char *owner, const char *due, int64_t wave, int64_t status)
{
    struct planned it = {0};
    it.action = (struct action){
        .owner = memory_copy(owner), .due = memory_copy(due), .wave = wave, .status = status};
    return it;
}

static void the_order_is_by_urgency_within_each_group(void **state)
{
    static const struct date today = {2026, 11, 21};
    static const char *const wanted[AGENDA_BYS][3] = {
        {"Overdue", "This week", "Later"},
        {"Ana", "Wally", "Nobody yet"},
        {"Wave 1", "Wave 2", "No wave yet"},
    };
    (void)state;
    for (int by = 0; by < AGENDA_BYS; by++) {
        struct plan plan = {.at = memory_new(4, sizeof(struct planned)), .count = 4};
        plan.at[0] = planned("Wally", "2026-11-20", 2, ACTION_TO_DO);
        plan.at[1] = planned("ana", "2026-11-19", 1, ACTION_KEPT);
        plan.at[2] = planned("Ana", "2026-11-27", 1, ACTION_TRYING);
        plan.at[3] = planned(NULL, "2026-11-28", FIELD_ABSENT, ACTION_TO_DO);
        agenda_sort(&plan, (enum agenda_by)by, today);
        size_t group = 0;
        for (size_t i = 0; i < plan.count; i++) {
            struct buffer words = {0};
            if (i > 0 && agenda_same_group(&plan.at[i - 1], &plan.at[i], (enum agenda_by)by, today))
                continue;
            agenda_group_words(&plan.at[i], (enum agenda_by)by, today, &words);
            assert_string_equal(buffer_text(&words), group < 3 ? wanted[by][group] : "Finished");
            buffer_release(&words);
            group++;
        }
        assert_int_equal(group, by == AGENDA_BY_DUE ? 4 : 3);
        if (by != AGENDA_BY_DUE)
            assert_int_equal(plan.at[0].action.status, ACTION_TRYING); /* the kept one after it */
        plan_release(&plan);
    }
}

static void r15_names_are_the_same_however_they_are_typed(void **state)
{
    shell_expect(*state,
                 "touchline new names.touchline; b=names.touchline; touchline add $b One\n"
                 "touchline action $b 1 Do\n"
                 "for names in Ben,Ana ' Ben ; Ana ,,Cid,' ,; do\n"
                 "  touchline set $b 1 --action 1 \"agreed=$names\"\n"
                 "  touchline show $b 1 | grep Agreed || echo nobody\ndone",
                 0, "  Agreed by: Ben, Ana\n  Agreed by: Ben, Ana, Cid\nnobody\n", NULL);
}

static void an_undo_in_the_shell_names_what_skips(void **state)
{
    shell_expect(*state,
                 "touchline new skip.touchline; b=skip.touchline; touchline add $b One\n"
                 "touchline owner $b 1 Ana; touchline rate $b 1 neutral\n"
                 "touchline --name Ben rate $b 1 magical\n"
                 "touchline undo $b; echo $?; touchline undo $b --skip; echo $?\n"
                 "touchline history $b | tail -n 2 | sed 's/.*Tester  //'",
                 0,
                 "1\n0\nLeft as it was: 1 One is now neutral\n"
                 "Taken back: 1 One has the owner Ana now\n",
                 NULL);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(r15_names_are_the_same_however_they_are_typed, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(an_undo_in_the_shell_names_what_skips, setup, teardown),
        cmocka_unit_test_setup_teardown(nothing_due_is_silent_success, setup, teardown),
        cmocka_unit_test_setup_teardown(what_is_due_is_listed_and_ends_with_1, setup, teardown),
        cmocka_unit_test_setup_teardown(a_board_that_is_not_there_hides_nothing, setup, teardown),
        cmocka_unit_test_setup_teardown(a_board_to_look_at_is_looked_at, setup, teardown),
        cmocka_unit_test_setup_teardown(costs_and_payoffs_are_lines_of_the_ledger, setup, teardown),
        cmocka_unit_test_setup_teardown(a_cost_without_a_day_is_of_today, setup, teardown),
        cmocka_unit_test_setup_teardown(a_ledger_takes_nothing_odd, setup, teardown),
        cmocka_unit_test_setup_teardown(a_handout_holds_why_timeline_and_what_is_theirs, setup,
                                        teardown),
        cmocka_unit_test_setup_teardown(a_handout_for_nobody_known_says_so, setup, teardown),
        cmocka_unit_test_setup_teardown(the_ranking_is_by_dots_then_by_place, setup, teardown),
        cmocka_unit_test_setup_teardown(dots_are_spent_from_a_budget, setup, teardown),
        cmocka_unit_test(the_order_is_by_urgency_within_each_group),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
