/* Two programs on one board: each sees what the other does, and neither overwrites silently. */
#include "board.h"
#include "shell.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <signal.h>

static void anothers_change_shows_without_a_key(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "Calls\nRides\n");
    screen_keys(screen, "g");
    board_do(screen->path, "Ben", "add Reads --before 1");
    pty_wait_text(screen->pty, "Reads");
    assert_selected(screen, 2); /* one stays on what one was on */
    board_do(screen->path, "Ben", "rate 2 magical");
    pty_wait_text(screen->pty, "★ magical");
    board_do(screen->path, "Ben", "remove 2");
    pty_wait_gone(screen->pty, "Calls");
    assert_selected(screen, 2);
    screen_quit(screen);
}

/* Both see "unrated"; the second key must not undo the first one's word. */
static void two_screens_conflict_is_told(void **state)
{
    struct screen *screen = *state;
    struct pty_options options = {.home = screen->fixture->folder};
    static const char *const ben[] = {"TOUCHLINE_NAME=Ben", NULL};
    screen_open(screen, "one\n");
    options.environment = ben;
    struct pty *other =
        pty_start(&options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    pty_settle(other);
    pty_keys(other, "r"); /* the question is fixed when it is asked */
    pty_settle(other);
    screen_keys(screen, "r 1");
    pty_wait_text(other, "▼");
    pty_keys(other, "3");
    pty_wait_text(other, "Tester");
    assert_board(screen->path, "1 one miserable\n");
    pty_keys(other, "r 3");
    pty_wait_text(screen->pty, "★ magical");
    assert_board(screen->path, "1 one magical\n");
    screen_keys(screen, "u"); /* one's own, which Ben has changed since */
    assert_says(screen, "Ben");
    assert_board(screen->path, "1 one magical\n");
    screen_quit(screen);
}

static void owner_channel_and_target_are_compared_too(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "o");
    screen_type(screen, "Ana");
    board_do(screen->path, "Ben", "owner 1 Cem");
    screen_keys(screen, "Enter");
    assert_says(screen, "Ben");
    assert_shows(screen, "Ana"); /* stays typed */
    assert_board(screen->path, "1 one by Cem\n");
    screen_keys(screen, "Enter"); /* told, so it is meant */
    assert_board(screen->path, "1 one by Ana\n");
    screen_keys(screen, "c");
    board_do(screen->path, "Ben", "channel 1 phone");
    screen_keys(screen, "e");
    assert_says(screen, "Ben");
    assert_board(screen->path, "1 one P by Ana\n");
    screen_quit(screen);
}

static void an_idea_rewritten_by_two(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n+ Tea\n");
    screen_keys(screen, "Tab Enter End");
    screen_type(screen, " hot");
    board_do(screen->path, "Ben", "set 1 --idea 1 text=Coffee");
    screen_keys(screen, "Enter");
    assert_says(screen, "Ben");
    assert_shows(screen, "Tea hot");
    assert_board(screen->path, "1 one\n  + Coffee\n");
    screen_keys(screen, "Enter");
    assert_board(screen->path, "1 one\n  + Tea hot\n");
    screen_keys(screen, "Esc Esc");
    screen_quit(screen);
}

static void writing_goes_on_where_another_deleted(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "# 2 Enter a");
    board_do(screen->path, "Ben", "remove 2");
    pty_wait_text(screen->pty, "2 moments");
    screen_type(screen, "between\r");
    assert_board(screen->path, "1 one\n2 between\n3 three\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_question_about_one_that_went(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g i");
    screen_type(screen, "Tea");
    board_do(screen->path, "Ben", "remove 1");
    pty_wait_text(screen->pty, "1 moment");
    screen_keys(screen, "Enter");
    assert_says(screen, "deleted");
    assert_shows(screen, "Tea"); /* not put on the neighbour, and not lost */
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 two\n");
    screen_quit(screen);
}

/* --- drafts ----------------------------------------------------------------------------------- */

static bool has_kept_all(struct pty *pty, void *unused)
{
    (void)unused;
    return pty_sleeps_for_ever(pty);
}

/* Killed once what was typed is on the disk. */
static void type_and_die(struct screen *screen, const char *keys, const char *text)
{
    struct pty_options options = {.home = screen->fixture->folder};
    struct pty *other =
        pty_start(&options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    pty_settle(other);
    pty_keys(other, keys);
    pty_paste(other, text);
    pty_settle(other);
    pty_wait_until(other, "the draft", has_kept_all, NULL);
    pty_signal(other, SIGKILL);
    assert_int_equal(pty_wait_exit(other), 128 + SIGKILL);
    pty_stop(other);
}

static void a_session_that_typed_nothing_removes_no_draft(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    type_and_die(screen, "a", "Drink off");
    screen_quit(screen);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_says(screen, "Drink off");
    screen_keys(screen, "a Enter Esc");
    screen_quit(screen);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_hides(screen, "Half a line");
    screen_quit(screen);
}

/* --- the same thing at once ------------------------------------------------------------------- */

/* One begins, the other does something in between, the first goes on: what is said, and what the
 * board is then. Nothing of either is overwritten without a word. */
static const char the_line[] = "# Before\none @p\n+ Tea\ntwo\nthree\nlot @park\n";
static const struct pair {
    const char *begins, *other, *goes_on, *says, *board;
} pairs[] = {
    /* a question that stands */
    {"r", "rate 1 magical", "1", "Ben has changed it meanwhile (Rating)", "one P magical"},
    {"r", "remove 1", "1", "That one was deleted", "1 Before/two\n"},
    {"r", "move 1 3", "1", "3 is now miserable", "3 Before/one P miserable"},
    {"c", "channel 1 email", "w", "Ben has changed it meanwhile (Channel)", "one E"},
    {"o A n a", "owner 1 Cem", "Enter", "Ben has changed it meanwhile (Owner)", "by Cem"},
    {"o A n a", "remove 1", "Enter", "That one was deleted", "1 Before/two\n"},
    {"p End X", "phase 1 After", "Enter", "Phase After begins here meanwhile", "1 After/one"},
    {"p End X", "phase 1 ''", "Enter", "Phase Before was taken away meanwhile", "1 one P"},
    {"p C-u", "phase 1 After", "Enter", "Phase After begins here meanwhile", "1 After/one"},
    {"l p X", "phase 2 After", "Enter", "Phase After begins here meanwhile", "2 After/two"},
    {"i H i", "idea 1 Ho", "Enter", "An idea for 1 one: Hi", "  + Tea\n  + Ho\n  + Hi\n"},
    {"i H i", "remove 1", "Enter", "That one was deleted", "1 Before/two\n"},
    {"t D o", "remove 1", "Enter Enter Enter", "That one was deleted", "1 Before/two\n"},
    {"J 2", "remove 1", "Enter", "That one was deleted", "1 Before/two\n"},
    {"Y", "remove 1", "e", "That one was deleted", "1 Before/two\n"},
    {"Tab c", "set 1 --idea 1 price=low", "f", "Ben has changed it meanwhile (Price)", "Tea (low)"},
    {"Tab c", "remove 1 --idea 1", "f", "That idea was deleted meanwhile", "1 Before/one P\n2"},
    {"Tab Enter End X", "set 1 --idea 1 text=Coffee", "Enter", "Ben has changed it", "+ Coffee"},
    {"Tab Enter End X", "remove 1 --idea 1", "Enter", "That idea was deleted", "one P\n2"},
    {"m l l", "remove 1", "Enter", "That one was deleted", "1 Before/two\n2 Before/three\n"},
    {"m l l", "remove 3", "Enter", "1 is now 2", "1 Before/two\n2 Before/one P\n"},
    {"m l l", "move 1 2", "Enter", "2 is now 3", "3 Before/one P\n"},
    {"Enter End X", "remove 1", "", "Another has deleted this moment.", "1 Before/two\n"},
    /* what was done is taken back, or done again */
    {"r 3", "rate 1 miserable", "u", "Ben has changed it since (Rating)", "one P miserable"},
    {"r 3", "remove 1", "u", "Taken back: 1 one is now magical", "1 Before/two\n"},
    {"r 3", "move 1 3", "u", "Taken back: 1 one is now magical", "3 Before/one P\n"},
    {"L", "move 2 1", "u", "Ben has changed it since (its place)", "1 Before/one P\n"},
    {"L", "remove 2", "u", "Taken back: 1 one is now 2", "1 Before/two\n2 Before/three\n"},
    {"d", "remove 1", "u", "Taken back: Deleted 1 one", "1 Before/one P\n  + Tea\n2 Before/three"},
    {"z", "remove z1", "u", "Ben has changed it since (State)", "1 Before/two\n"},
    {"x", "unchoose 1", "u", "Taken back: 1 one is chosen", "1 Before/one P\n"},
    {"i T Enter", "remove 1", "u", "Taken back: An idea for 1 one: T", "1 Before/two\n"},
    {"i T Enter", "set 1 --idea 2 text=Ho", "u", "Ben has changed it since (idea)", "+ Ho"},
    {"a n e w Enter Esc", "rate 2 magical", "u", "Ben has changed it", "2 Before/new magical"},
    {"a n e w Enter Esc", "idea 2 Sing", "u", "An idea or action was added to it since", "+ Sing"},
    {"a n e w Enter Esc", "move 2 1", "u", "Ben has changed it since", "1 Before/new\n"},
    {"a n e w Enter Esc", "remove 2", "u", "Ben has changed it since", "2 Before/two\n"},
    {"r 3 u", "rate 1 miserable", "U", "Ben has changed it", "one P miserable"},
    {"d u", "idea 1 Ho", "U", "Ben has worked on it since: it was not deleted", "  + Ho\n"},
};

static void assert_pair(struct screen *screen, const struct pair *pair)
{
    char name[16]; /* each board has drafts and a place of its own */
    (void)snprintf(name, sizeof name, "%zu", (size_t)(pair - pairs));
    screen->path = fixture_path(screen->fixture, name);
    screen_open(screen, the_line);
    screen_keys(screen, "g");
    screen_keys(screen, pair->begins);
    board_do(screen->path, "Ben", pair->other);
    pty_settle(screen->pty);
    screen_keys(screen, pair->goes_on);
    const char *board = board_show(screen->path);
    if (!pty_find(screen->pty, pair->says, NULL, NULL) || !strstr(board, pair->board))
        fail_msg("%s | %s | %s: not '%s' and '%s'\n%s\n%s", pair->begins, pair->other,
                 pair->goes_on, pair->says, pair->board, board, pty_screen(screen->pty));
    pty_stop(screen->pty);
}

static void neither_overwrites_the_other_unseen(void **state)
{
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++)
        assert_pair(*state, &pairs[i]);
}

/* In the shell each command is about the board as it is: only taking back can meet another's. */
static const struct deeds {
    const char *mine, *others, *said; /* by 'undo' of mine; "done" when it is */
} deeds[] = {
    {"rate $b 1 magical", "rate $b 1 miserable", "Ben has changed it since (Rating)"},
    {"rate $b 1 magical", "rate $b 1 magical", "done"},
    {"rate $b 1 magical", "remove $b 1", "done"},
    {"rate $b 1 magical", "move $b 1 --to 3", "done"},
    {"move $b 1 --to 3", "move $b 3 --to 2", "Ben has changed it since (its place)"},
    {"move $b 1 --to 3", "remove $b 3", "done"},
    {"remove $b 1", "remove $b 1", "done"},
    {"add $b new", "rate $b 4 magical", "Ben has changed it since (moment)"},
    {"add $b new", "idea $b 4 Sing", "an idea or action was added to it since"},
    {"add $b new", "remove $b 4", "Ben has changed it since (moment)"},
    {"idea $b 1 Hi", "remove $b 1 --idea 1", "Ben has changed it since (idea)"},
    {"set $b 1 title=uno note=x", "set $b 1 note=y", "Ben has changed it since (Note)"},
    {"phase $b 1 Start", "phase $b 1 Begin", "Ben has changed it since (moment)"},
};

/* A refused undo leaves the board as it is. */
static void assert_deeds(struct screen *screen, size_t i)
{
    struct buffer line = {0};
    buffer_add_format(&line,
                      "b=b%zu; touchline new $b >out; printf 'one\ntwo\nthree\n' | "
                      "touchline add $b - >out; touchline %s >out; "
                      "TOUCHLINE_NAME=Ben touchline %s >out; touchline export $b >was; "
                      "if touchline undo $b 2>said; then echo done; "
                      "else touchline export $b | cmp - was; fi; cat said",
                      i, deeds[i].mine, deeds[i].others);
    struct shell_result result = shell_run(screen->fixture, buffer_text(&line));
    if (!strstr(result.out, deeds[i].said) || strstr(result.out, "differ") || *result.err)
        fail_msg("%s | %s: '%s', not '%s'\n%s", deeds[i].mine, deeds[i].others, result.out,
                 deeds[i].said, result.err);
    shell_release(&result);
    buffer_release(&line);
}

static void nothing_of_anothers_is_taken_back(void **state)
{
    for (size_t i = 0; i < sizeof deeds / sizeof *deeds; i++)
        assert_deeds(*state, i);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(anothers_change_shows_without_a_key),
        TEST(two_screens_conflict_is_told),
        TEST(owner_channel_and_target_are_compared_too),
        TEST(an_idea_rewritten_by_two),
        TEST(writing_goes_on_where_another_deleted),
        TEST(a_question_about_one_that_went),
        TEST(neither_overwrites_the_other_unseen),
        TEST(nothing_of_anothers_is_taken_back),
        TEST(a_session_that_typed_nothing_removes_no_draft),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
