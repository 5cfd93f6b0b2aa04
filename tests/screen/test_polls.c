/* A vote on the facilitator's screen: how it goes, live, and what it showed. */
#include "board.h"
#include "shell.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void must_run(void **state, const char *line)
{
    const struct screen *screen = *state;
    shell_expect(screen->fixture, line, 0, NULL, "");
}

static struct pty *open_board(void **state)
{
    must_run(state, "set -e; b=cab.touchline; touchline new $b --title Taxi\n"
                    "for n in One Two Three Four; do touchline add $b $n; done\n"
                    "for n in Ana Ben; do touchline person $b $n --front-line; done\n"
                    "for n in 1 2 3; do touchline choose $b $n; done");
    return screen_open(*state, NULL);
}

static void vote(void **state, const char *name, const char *what)
{
    char line[200];
    (void)snprintf(line, sizeof line, "touchline vote cab.touchline --as %s %s >/dev/null", name,
                   what);
    must_run(state, line);
}

static void leave(struct pty *pty)
{
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

/* R6: who has voted is counted as they do; where is shown to all at once. */
static void a_vote_on_dots_is_counted_live_and_shown_at_once(void **state)
{
    struct pty *pty = open_board(state);
    pty_keys(pty, "s 3 v");
    pty_wait_text(pty, "Vote on dots: 0 of 2 have voted");
    vote(state, "Ana", "3 2");
    pty_wait_text(pty, "Vote on dots: 1 of 2 have voted");
    assert_false(pty_find(pty, "By dots", NULL, NULL));
    assert_false(pty_find(pty, "2 dots", NULL, NULL));
    vote(state, "Ben", "3");
    pty_wait_text(pty, "Vote on dots: 2 of 2 have voted");
    pty_keys(pty, "v");
    pty_wait_text(pty, "Vote on dots, closed: 2 of 2 have voted");
    pty_keys(pty, "V");
    pty_wait_text(pty, "Show it to everybody?");
    pty_keys(pty, "y");
    pty_wait_text(pty, "By dots");
    pty_wait_text(pty, "3 dots");
    pty_wait_gone(pty, "have voted");
    leave(pty);
}

/* R8: a ballot each, the spread beside the rating, where people disagree most first. */
static void a_vote_on_ratings_shows_where_people_disagree(void **state)
{
    struct pty *pty = open_board(state);
    pty_keys(pty, "s 4 v");
    pty_wait_text(pty, "Vote on ratings: 0 of 2 have voted");
    vote(state, "Ana", "2 magical");
    pty_wait_text(pty, "1 of 2 have voted");
    must_run(state, "b=cab.touchline; c=$(touchline vote $b --as Ben --json | "
                    "sed -n 's/.*\"code\":\"\\([^\"]*\\)\".*/\\1/p')\n"
                    "touchline vote $b --as Ben --code $c 2 neutral >/dev/null\n"
                    "touchline vote $b --as Ben --code $c 3 miserable >/dev/null\n"
                    "touchline vote $b --as Cleo 3 magical >/dev/null");
    pty_wait_text(pty, "3 of 3 have voted");
    pty_keys(pty, "V");
    pty_wait_text(pty, "Show it to everybody?");
    pty_keys(pty, "y");
    pty_wait_gone(pty, "have voted");
    pty_keys(pty, "g n");
    pty_wait_text(pty, "1 ▼ 1 ★"); /* 3: as far apart as can be */
    pty_keys(pty, "2 n");
    pty_wait_text(pty, "1 ● 1 ★"); /* 2: a step apart */
    leave(pty);
}

/* People vote by the numbers that they see. */
static void numbers_change_during_a_vote_only_when_told_twice(void **state)
{
    struct pty *pty = open_board(state);
    pty_keys(pty, "s 3 v");
    pty_wait_text(pty, "0 of 2 have voted");
    pty_keys(pty, "d");
    pty_wait_text(pty, "People vote by these numbers");
    assert_true(pty_find(pty, "4 moments", NULL, NULL));
    pty_keys(pty, "d");
    pty_wait_text(pty, "3 moments");
    pty_keys(pty, "d"); /* asked once */
    pty_wait_text(pty, "2 moments");
    leave(pty);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_vote_on_dots_is_counted_live_and_shown_at_once),
        TEST(a_vote_on_ratings_shows_where_people_disagree),
        TEST(numbers_change_during_a_vote_only_when_told_twice),
    };
    return cmocka_run_group_tests_name("polls", tests, NULL, NULL);
}
