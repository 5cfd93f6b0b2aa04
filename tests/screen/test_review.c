/* The step Review on the screen (R16): blind, with what it takes to rate anew in sight. */
#include "board.h"
#include "pty.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Four moments, three of them rated, the second chosen; an action of it is overdue. */
static void open_rated(struct screen *screen)
{
    static const char *const lines[] = {
        "rate 1 neutral", "rate 2 miserable", "target 2 magical",
        "rate 3 magical", "choose 2",         "action 2 'Mend it' --due 2020-01-02 --owner Ana"};
    board_make(screen->path, "one\ntwo\nthree\nfour\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        board_do(screen->path, "Tester", lines[i]);
    screen_open(screen, NULL);
}

static void assert_no_sign(struct screen *screen)
{
    static const char *const signs[] = {"●", "★", "›", "weakest"};
    const char *shown = pty_screen(screen->pty);
    for (size_t i = 0; i < sizeof signs / sizeof *signs; i++) {
        const char *at = strstr(shown, signs[i]);
        /* the curve names its levels at the left edge, the key line the answers */
        while (at && at > shown && at[-1] == '\n')
            at = strstr(at + 1, signs[i]);
        if (at)
            fail_msg("%s is shown\n%s", signs[i], shown);
    }
}

static void r16_the_step_offers_to_begin_and_says_what_is_due(void **state)
{
    struct screen *screen = *state;
    open_rated(screen);
    assert_says(screen, "1 overdue, oldest Mend it (Ana, 2 Jan 2020). D lists them.");
    screen_keys(screen, "s 6");
    assert_says(screen, "Review. 1 overdue, oldest Mend it (Ana, 2 Jan 2020). D lists them.");
    assert_shows(screen, "Begin a review? n begins it, 1 2 3 with this moment.");
    assert_shows(screen, "No review goes on");
    screen_quit(screen);
}

static void r16_n_begins_a_review_and_goes_to_the_chosen(void **state)
{
    struct screen *screen = *state;
    open_rated(screen);
    screen_keys(screen, "s 6 n");
    assert_selected(screen, 2);
    assert_says(screen, "Began the review of");
    assert_shows(screen, "What is it like now?");
    assert_shows(screen, "0 of 1 chosen re-rated · 0 of 3 in all");
    assert_no_sign(screen);
    screen_keys(screen, "2");
    assert_shows(screen, "1 of 1 chosen re-rated · 1 of 3 in all");
    assert_shows(screen, "● neutral");
    screen_keys(screen, "n");
    assert_selected(screen, 3);
    screen_keys(screen, "3 n");
    assert_selected(screen, 1);
    screen_keys(screen, "2 n");
    assert_says(screen, "All that was rated is rated anew.");
    screen_quit(screen);
}

static void r16_every_step_and_screen_is_blind(void **state)
{
    struct screen *screen = *state;
    static const char *const keys[] = {"s 1", "s 2", "s 3", "s 4", "s 5", "+", "- -", "+"};
    open_rated(screen);
    screen_keys(screen, "s 6 n");
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_keys(screen, keys[i]);
        screen_keys(screen, "l h"); /* the message of the step may go */
        assert_no_sign(screen);
    }
    screen_keys(screen, "D");
    assert_shows(screen, "2 ?");
    assert_no_sign(screen);
    screen_keys(screen, "Esc e");
    assert_shows(screen, "? anew");
    screen_keys(screen, "Esc P");
    assert_shows(screen, "? TO BE RATED ANEW");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void r16_a_digit_begins_a_review_by_itself(void **state)
{
    struct screen *screen = *state;
    open_rated(screen);
    screen_keys(screen, "g s 6 3");
    assert_says(screen, "1 is now magical, the first of a review. u takes it back.");
    assert_shows(screen, "0 of 1 chosen re-rated · 1 of 3 in all");
    screen_keys(screen, "u");
    assert_shows(screen, "No review goes on");
    screen_quit(screen);
}

static void r16_opening_a_board_tells_of_its_review(void **state)
{
    struct screen *screen = *state;
    open_rated(screen);
    board_do(screen->path, "Ben", "status 2 1 kept");
    board_do(screen->path, "Ben", "board next_review=2020-05-04");
    screen_quit(screen);
    screen_open(screen, NULL);
    assert_says(screen, "A review is due since 4 May 2020.");
    screen_keys(screen, "s 6 n");
    screen_quit(screen);
    screen_open(screen, NULL);
    assert_says(screen, "A review goes on: 0 of 3 rated anew.");
    screen_quit(screen);
}

static void assert_inks(struct screen *screen, const char *text, int ink)
{
    int row, column;
    assert_true(pty_find(screen->pty, text, &row, &column));
    assert_int_equal(pty_cell(screen->pty, row, column).ink, ink);
}

static void r16_reviews_are_listed_with_a_plot(void **state)
{
    struct screen *screen = *state;
    static const char *const lines[] = {"review begin", "rate 2 magical", "rate 3 neutral",
                                        "review end",   "review begin",   "rate 3 magical"};
    open_rated(screen);
    screen_keys(screen, "=");
    assert_shows(screen, "Nothing has been rated anew yet");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++)
        board_do(screen->path, "Ben", lines[i]);
    screen_keys(screen, "Esc =");
    pty_wait_text(screen->pty, "going on: 1 up, 0 down, 0 the same");
    assert_shows(screen, ": 0 up, 1 down, 0 the same, 1 to be rated anew");
    assert_hides(screen, "two");
    assert_hides(screen, "Over all reviews");
    board_do(screen->path, "Ben", "review end");
    pty_wait_text(screen->pty, ": 1 up, 1 down, 0 the same");
    assert_shows(screen, "▲ up    2  two     miserable › magical");
    assert_shows(screen, "! ▼ down  3  three   magical › neutral");
    assert_shows(screen, "neutral      ●● 2      ● 1");
    assert_shows(screen, "magical      ★ 1       ★★ 2");
    assert_inks(screen, "★ 1", 220);
    assert_inks(screen, "●● 2", 250);
    screen_keys(screen, "Enter");
    assert_selected(screen, 3);
    screen_quit(screen);
}

static void r26_a_session_ends_with_what_comes_next(void **state)
{
    struct screen *screen = *state;
    open_rated(screen);
    board_do(screen->path, "Tester", "review begin");
    board_do(screen->path, "Tester", "rate 2 magical");
    board_do(screen->path, "Tester", "park 4");
    screen_keys(screen, "Q");
    pty_wait_text(screen->pty, "z1 four");
    assert_shows(screen, "Mend it");
    assert_shows(screen, "1 of 3 rated anew; Enter ends it");
    screen_keys(screen, "Enter");
    assert_shows(screen, "Parking lot");
    screen_keys(screen, "Esc Enter");
    assert_shows(screen, "What the plan lacks");
    screen_keys(screen, "Esc Enter"); /* who agrees? */
    screen_type(screen, "Ben");
    screen_keys(screen, "Enter");
    assert_hides(screen, "Mend it");
    screen_keys(screen, "Enter");
    screen_type(screen, "More calls");
    screen_keys(screen, "Enter Enter");
    screen_type(screen, "2999-12-04");
    screen_keys(screen, "Enter Enter");
    assert_says(screen, "1 rated anew, 1 up, 0 down");
    assert_shows(screen, "Reviews");
    assert_shows(screen, "The next review: 2999-12-04");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_non_null(strstr(board_about(screen->path), "next_objective: More calls\n"));
    assert_non_null(strstr(board_about(screen->path), "next_review: 2999-12-04\n"));
}

static void r26_esc_leaves_the_end_and_keeps(void **state)
{
    struct screen *screen = *state;
    open_rated(screen);
    screen_keys(screen, "Q");
    assert_shows(screen, "The end of the session");
    screen_keys(screen, "G Enter"); /* no review goes on: what has drifted */
    assert_shows(screen, "Nothing has been rated anew yet");
    screen_keys(screen, "Q Esc");
    assert_selected(screen, 1);
    screen_quit(screen);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(r16_the_step_offers_to_begin_and_says_what_is_due),
        TEST(r16_n_begins_a_review_and_goes_to_the_chosen),
        TEST(r16_every_step_and_screen_is_blind),
        TEST(r16_a_digit_begins_a_review_by_itself),
        TEST(r16_opening_a_board_tells_of_its_review),
        TEST(r16_reviews_are_listed_with_a_plot),
        TEST(r26_a_session_ends_with_what_comes_next),
        TEST(r26_esc_leaves_the_end_and_keeps),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
