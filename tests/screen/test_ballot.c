/* The ballot on a terminal: marks, others' counts as they come, and nothing else to be had. */
#include "board.h"
#include "touchline/buffer.h"
#include "touchline/command.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char lines[] = "# Before\nSees the advert @w\nBooks the cab @p\n# Ride\n"
                            "Drink offered @i\nRadio card @i\n";

/* The ballot of a name, with a further word or two. */
static void open_ballot(struct screen *screen, const char *word, const char *name)
{
    screen->pty = pty_start(&screen->options, (const char *[]){TOUCHLINE_PROGRAM, "vote",
                                                               screen->path, word, name, NULL});
    pty_settle(screen->pty);
}

static void open_vote(struct screen *screen, const char *poll)
{
    board_make(screen->path, lines);
    if (poll)
        board_do(screen->path, "Ana", poll);
    open_ballot(screen, "--as", "Ben");
}

static void dots_are_laid_and_taken_back(void **state)
{
    struct screen *screen = *state;
    open_vote(screen, "poll open --dots 3");
    assert_shows(screen, "your ballot, Ben");
    assert_shows(screen, "3 dots: 0 used, 3 left");
    screen_keys(screen, "j .");
    assert_says(screen, "1 dot on 2, 2 left. Saved.");
    screen_keys(screen, "Space j Space");
    assert_shows(screen, "3 dots: 3 used, 0 left");
    screen_keys(screen, ".");
    assert_says(screen, "3 of 3 dots are laid: take one back first");
    screen_keys(screen, "Backspace");
    assert_says(screen, "No dot on 3, 1 left");
    screen_keys(screen, ",");
    assert_says(screen, "None of your dots lies there");
    screen_keys(screen, "Enter");
    assert_says(screen, "You are done");
    assert_shows(screen, "1 of 1 have voted. You are done.");
    screen_quit(screen);
    assert_null(strstr(board_show(screen->path), "Books the cab P ."));
    board_do(screen->path, "Ana", "poll show");
    assert_board_holds(screen->path, "2 Before/Books the cab P .2");
}

static void one_goes_about_by_number_and_by_search(void **state)
{
    struct screen *screen = *state;
    open_vote(screen, "poll open");
    screen_keys(screen, "4 Enter .");
    assert_says(screen, "1 dot on 4");
    screen_keys(screen, "# 9 Enter");
    assert_says(screen, "There is no moment 9");
    screen_keys(screen, "Esc /");
    screen_type(screen, "CAB");
    screen_keys(screen, "Enter .");
    assert_says(screen, "1 dot on 2");
    screen_keys(screen, "G n ,");
    assert_says(screen, "No dot on 2");
    screen_quit(screen);
}

static void R8_a_rating_is_one_key(void **state)
{
    struct screen *screen = *state;
    open_vote(screen, "poll open --ratings");
    assert_shows(screen, "As the customer: miserable, neutral or magical?");
    screen_keys(screen, "3 j 1");
    assert_says(screen, "1 miserable on 2. Saved.");
    assert_shows(screen, "2 of 4 rated");
    screen_keys(screen, "0");
    assert_says(screen, "No rating on 2");
    screen_keys(screen, ".");
    assert_says(screen, "This vote is on ratings");
    screen_quit(screen);
}

static void the_page_waits_turns_and_counts_by_itself(void **state)
{
    struct screen *screen = *state;
    open_vote(screen, NULL);
    assert_shows(screen, "No vote is open. This page turns when one is.");
    board_do(screen->path, "Ana", "person Cleo");
    board_do(screen->path, "Ana", "person Ben");
    board_do(screen->path, "Ana", "poll open");
    pty_wait_text(screen->pty, "0 of 2 have voted");
    screen_keys(screen, ".");
    struct screen other = {.path = screen->path, .fixture = screen->fixture};
    open_ballot(&other, "--as", "Cleo");
    screen_keys(&other, "G .");
    pty_wait_text(screen->pty, "2 of 2 have voted");
    board_do(screen->path, "Ana", "poll close");
    pty_wait_text(screen->pty, "The vote is closed");
    screen_keys(screen, ".");
    assert_says(screen, "The vote is closed: ballots stay as they are");
    board_do(screen->path, "Ana", "poll show");
    pty_wait_text(screen->pty, "The vote is shown");
    board_do(screen->path, "Ana", "poll open --ratings");
    pty_wait_text(screen->pty, "0 of 4 rated");
    screen_quit(&other);
    screen_quit(screen);
}

/* After a dropped line: the name alone opens nothing, the code does. */
static void the_code_brings_one_back(void **state)
{
    struct screen *screen = *state;
    open_vote(screen, "poll open");
    screen_keys(screen, "j . .");
    const char *at = strstr(pty_screen(screen->pty), "--code ");
    assert_non_null(at);
    char *code = memory_copy_bytes(at + strlen("--code "), 3);
    pty_hang_up(screen->pty);
    (void)pty_wait_exit(screen->pty);
    pty_stop(screen->pty);
    open_ballot(screen, "--as", "ben");
    assert_shows(screen, "Not opened: ben has a ballot already");
    assert_hides(screen, "2 dots");
    screen_keys(screen, "Enter");
    screen_type(screen, "0OI");
    screen_keys(screen, "Enter");
    assert_shows(screen, "Not opened: that is not the code");
    screen_keys(screen, "Enter");
    screen_type(screen, code);
    screen_keys(screen, "Enter");
    assert_shows(screen, "2 dots");
    screen_quit(screen);
    memory_free(code);
}

/* Every key of the table, and a paste: nothing of the board changes, no other program starts. */
static void there_is_nothing_but_the_ballot(void **state)
{
    struct screen *screen = *state;
    size_t count;
    board_make(screen->path, lines);
    board_do(screen->path, "Tester", "poll open");
    char *before = memory_copy(board_history(screen->path));
    open_ballot(screen, "--kiosk", NULL);
    assert_shows(screen, "your ballot, ");
    assert_hides(screen, "--code");
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++)
        if (table[i]->keys && strcmp(table[i]->name, "quit") != 0) {
            screen_keys(screen, table[i]->keys);
            screen_keys(screen, "Esc Esc");
        }
    screen_keys(screen, "/ F1 C-o C-z Esc # : Esc");
    pty_paste(screen->pty, "one\ntwo\nthree\n");
    pty_settle(screen->pty);
    assert_shows(screen, "your ballot, ");
    assert_string_equal(board_history(screen->path), before);
    screen_quit(screen);
    memory_free(before);
}

static void it_works_small_and_in_ascii(void **state)
{
    struct screen *screen = *state;
    screen->options.rows = 10;
    screen->options.columns = 40;
    screen->options.locale = "C";
    screen->options.term = "vt100";
    open_vote(screen, "poll open");
    int row, column, mark_row;
    bool visible;
    screen_keys(screen, "j j .");
    assert_shows(screen, "Drink offered");
    pty_cursor(screen->pty, &row, &column, &visible);
    assert_true(pty_find(screen->pty, " 1 dot ", &mark_row, NULL));
    assert_int_equal(row, mark_row); /* where a screen reader reads */
    screen_quit(screen);
}

/* --- a long line: not all of it is held ------------------------------------------------------- */

enum { LONG = 2000, PHASE_EVERY = 7 };

/* Moments 1 to 2000 under some 290 headings; "rare" stands in the titles of 300 and 1700. */
static void open_long_vote(struct screen *screen, const char *poll)
{
    struct buffer text = {0};
    for (int i = 1; i <= LONG; i++) {
        if (i % PHASE_EVERY == 3)
            buffer_add_format(&text, "# Phase from %d\n", i);
        buffer_add_format(&text, "Moment %04d%s\n", i, i % 1400 == 300 ? " rare" : "");
    }
    board_make(screen->path, buffer_text(&text));
    buffer_release(&text);
    board_do(screen->path, "Ana", poll);
    open_ballot(screen, "--as", "Ben");
}

/* The framed row, which begins like that; where it is on the screen. */
static int assert_framed(struct screen *screen, int number, int moment)
{
    char row[64];
    int at;
    (void)snprintf(row, sizeof row, "[  %-4d  -  Moment %04d", number, moment);
    assert_shows(screen, row);
    (void)pty_find(screen->pty, row, &at, NULL);
    return at;
}

static void press(struct screen *screen, const char *key, int times)
{
    for (; times > 0; times--)
        pty_keys(screen->pty, key);
    pty_settle(screen->pty);
}

static void keys_go_through_a_long_line(void **state)
{
    struct screen *screen = *state;
    open_long_vote(screen, "poll open");
    assert_shows(screen, "0 of 1 have voted");
    press(screen, "j", 250);
    assert_framed(screen, 251, 251);
    assert_shows(screen, "\xE2\x86\x91");
    assert_shows(screen, "\xE2\x86\x93");
    press(screen, "PgDn", 40);
    press(screen, "PgUp", 35);
    press(screen, "PgUp", 5);
    assert_framed(screen, 251, 251);
    screen_keys(screen, "End");
    assert_framed(screen, LONG, LONG);
    assert_hides(screen, "\xE2\x86\x93");
    screen_keys(screen, "j k");
    assert_framed(screen, LONG - 1, LONG - 1);
    screen_keys(screen, "Home");
    assert_framed(screen, 1, 1);
    assert_hides(screen, "\xE2\x86\x91");
    screen_keys(screen, "G . g .");
    assert_says(screen, "1 dot on 1, 3 left");
    screen_keys(screen, "1 0 0 1 Enter .");
    assert_says(screen, "1 dot on 1001, 2 left");
    screen_keys(screen, "# 2 0 0 1 Enter");
    assert_says(screen, "There is no moment 2001");
    screen_keys(screen, "Esc");
    assert_framed(screen, 1001, 1001);
    screen_quit(screen);
    board_do(screen->path, "Ana", "poll show");
    assert_board_holds(screen->path, "1001 Phase from 997/Moment 1001 .1");
    assert_board_holds(screen->path, "2000 Phase from 1998/Moment 2000 .1");
}

/* Where a row is seen hangs on the row alone, not on the way by which one came there. */
static void the_rows_held_do_not_move_those_in_sight(void **state)
{
    struct screen *screen = *state;
    int on_the_way[30], moments = sizeof on_the_way / sizeof *on_the_way;
    open_long_vote(screen, "poll open");
    screen_keys(screen, "4 0 0 Enter");
    for (int i = 0; i < moments; i++) {
        press(screen, "j", 7);
        on_the_way[i] = assert_framed(screen, 407 + 7 * i, 407 + 7 * i);
    }
    for (int i = 0; i < moments; i += 4) {
        char keys[32];
        int number = 407 + 7 * i;
        (void)snprintf(keys, sizeof keys, "G # %d %d %d Enter", number / 100, number / 10 % 10,
                       number % 10);
        screen_keys(screen, keys);
        assert_int_equal(assert_framed(screen, number, number), on_the_way[i]);
    }
    screen_quit(screen);
}

/* In titles: of other texts a ballot tells nothing. */
static void a_search_goes_round_a_long_line(void **state)
{
    struct screen *screen = *state;
    open_long_vote(screen, "poll open --ratings");
    board_do(screen->path, "Ana", "set 900 'note=rare, too'");
    screen_keys(screen, "# 5 0 0 Enter /");
    screen_type(screen, "RARE");
    screen_keys(screen, "Enter");
    assert_framed(screen, 1700, 1700);
    screen_keys(screen, "n");
    assert_framed(screen, 300, 300);
    screen_keys(screen, "3");
    assert_says(screen, "3 magical on 300. Saved.");
    screen_keys(screen, "n n");
    assert_framed(screen, 300, 300);
    assert_shows(screen, "3 magical");
    screen_keys(screen, "/");
    screen_type(screen, "too");
    screen_keys(screen, "Enter");
    assert_says(screen, "Nothing here says \"too\".");
    screen_keys(screen, "Esc");
    assert_framed(screen, 300, 300);
    screen_quit(screen);
}

static void others_change_a_long_line(void **state)
{
    struct screen *screen = *state;
    open_long_vote(screen, "poll open");
    screen_keys(screen, "1 0 0 0 Enter .");
    board_do(screen->path, "Ana", "add Earlier --before 1");
    pty_wait_text(screen->pty, "[  1001  -  Moment 1000");
    screen_keys(screen, ".");
    assert_says(screen, "2 dots on 1001");
    board_do(screen->path, "Ana", "remove 1001");
    pty_wait_text(screen->pty, "[  1001  -  Moment 1001");
    assert_shows(screen, "5 dots: 0 used, 5 left");
    screen_keys(screen, ".");
    assert_says(screen, "1 dot on 1001");
    press(screen, "k", 30);
    board_do(screen->path, "Ana", "remove 971");
    pty_wait_text(screen->pty, "[  971   -  Moment 0971");
    screen_keys(screen, "End");
    board_do(screen->path, "Ana", "remove 1999");
    pty_wait_text(screen->pty, "[  1998  -  Moment 1999");
    screen_quit(screen);
    board_do(screen->path, "Ana", "poll show");
    assert_board_holds(screen->path, "1000 Phase from 997/Moment 1001 .1");
}

/* --- the facilitator's keys ------------------------------------------------------------------- */

static void v_opens_and_closes_and_V_shows_after_asking(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, lines);
    screen_keys(screen, "s 1 v");
    assert_says(screen, "A vote is opened in Choose (dots) or in Rate (ratings).");
    screen_keys(screen, "s 3 x V");
    assert_says(screen, "Nothing is hidden: no vote, no dots.");
    screen_keys(screen, "v");
    assert_says(screen, "A vote on dots is open, 5 each.");
    struct screen voter = {.path = screen->path, .fixture = screen->fixture};
    open_ballot(&voter, "--as", "Ben");
    screen_keys(&voter, "j . .");
    screen_keys(screen, "u");
    assert_says(screen, "People have taken ballots since");
    screen_keys(screen, "v");
    assert_says(screen, "The vote on dots is closed, 1 of 1 have voted.");
    screen_keys(screen, "v");
    assert_says(screen, "The vote is closed. V shows it.");
    screen_keys(screen, "V");
    assert_shows(screen, "1 of 1 have voted. Show it to everybody?");
    screen_keys(screen, "Esc");
    assert_null(strstr(board_show(screen->path), "Books the cab P .2"));
    screen_keys(screen, "V y");
    assert_says(screen, "The vote is shown: 2 dots on 1 ballot.");
    assert_board_holds(screen->path, "2 Before/Books the cab P .2");
    screen_keys(screen, "u");
    assert_says(screen, "That vote was shown to everybody and stays so; u again skips it.");
    assert_board_holds(screen->path, "2 Before/Books the cab P .2");
    screen_keys(screen, "u");
    assert_says(screen, "Skipped what stays. Taken back: 1 Sees the advert is chosen. U does it");
    assert_board_holds(screen->path, "2 Before/Books the cab P .2");
    screen_keys(screen, "s 4 v");
    assert_says(screen, "A vote on ratings is open.");
    pty_wait_text(voter.pty, "0 of 4 rated");
    screen_quit(&voter);
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(dots_are_laid_and_taken_back),    TEST(one_goes_about_by_number_and_by_search),
        TEST(R8_a_rating_is_one_key),          TEST(the_page_waits_turns_and_counts_by_itself),
        TEST(the_code_brings_one_back),        TEST(there_is_nothing_but_the_ballot),
        TEST(it_works_small_and_in_ascii),     TEST(v_opens_and_closes_and_V_shows_after_asking),
        TEST(keys_go_through_a_long_line),     TEST(the_rows_held_do_not_move_those_in_sight),
        TEST(a_search_goes_round_a_long_line), TEST(others_change_a_long_line),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
