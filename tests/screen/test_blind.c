/* What a review hides is hidden on every screen (R16): two boards that differ in nothing else look
 * the same, letter by letter and colour by colour. */
#include "blind.h"
#include "pty.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Ways through all screens; each is looked at after each part. */
static const char *const ways[] = {
    /* the steps: progress, question, marks, curve, meter, shares */
    "s 1", "s 2", "s 3", "s 4", "s 5", "s 6",
    /* on each moment its card and its details; n in each step */
    "g", "l", "l", "l", "l", "l", "g", "s 5 n", "n", "s 4 n", "n", "s 3 n", "s 6 n", "g",
    /* zooms, room mode */
    "+", "- -", "+", "P", "Space", "Space", "Esc", "g",
    /* the sheet, with its options; the pane */
    "Enter", "Tab Tab Tab Tab Tab Tab", "PgDn", "PgDn", "Esc g", "Tab", "Esc",
    /* what lacks, actions, reviews, parking lot, end of a session */
    "!", "Esc", "D", "Tab", "Tab", "Esc", "=", "j", "Esc", "Z", "Esc", "Q", "Esc", "Esc",
    /* the minutes, and the board as it was */
    ": m i n u t e s Enter", "j", "j", "j", "j", "j", "j", "j", "Enter", "g", "l", "l", "s 5",
    "s 4", "=", "Esc", "u", "u", "u", "u", "u", "u", "u", "u", "!", "Esc", "Enter", "Esc", "Esc",
    "s 6",
    /* filters by what it was */
    "f m i s e r a b l e Enter", "Esc", "f n e u t r a l Enter", "Esc", "f m a g i c a l Enter",
    "Esc", "g",
    /* targets tried, ratings taken back and done again */
    "R", "u", "u", "u", "u", "u", "u", "u", "u", "u", "u", "U", "U", "U", "U", "U"};

/* The ink of a blank is what was there before: that depends on how many keys came at once. */
static bool looks_alike(const struct pty_cell *one, const struct pty_cell *two)
{
    bool blank = one->text[0] == '\0' || one->text[0] == ' ';
    return one->fill == two->fill && one->reverse == two->reverse &&
           one->underline == two->underline &&
           (blank || (one->ink == two->ink && one->bold == two->bold));
}

static void assert_same_cell(const struct pty_cell *one, const struct pty_cell *two,
                             const char *way, int row, int column)
{
    if (!looks_alike(one, two))
        fail_msg("after %s the looks of %d, %d tell them apart", way, row, column);
}

static void assert_same_looks(struct pty *const pty[BLIND_BOARDS], const char *way)
{
    int rows, columns;
    pty_size(pty[0], &rows, &columns);
    for (int row = 0; row < rows; row++) {
        for (int column = 0; column < columns; column++) {
            struct pty_cell one = pty_cell(pty[0], row, column),
                            two = pty_cell(pty[1], row, column);
            assert_same_cell(&one, &two, way, row, column);
        }
    }
}

static void assert_same(struct pty *const pty[BLIND_BOARDS], size_t way)
{
    char one[64 * 1024];
    (void)snprintf(one, sizeof one, "%s", pty_screen(pty[0]));
    if (strcmp(one, pty_screen(pty[1])) != 0)
        fail_msg("after %s (%zu) the screens differ:\n%s\n---\n%s", ways[way], way, one,
                 pty_screen(pty[1]));
    assert_same_looks(pty, ways[way]);
}

static void r16_no_screen_tells_what_is_hidden(void **state)
{
    const char *paths[BLIND_BOARDS];
    struct pty *pty[BLIND_BOARDS];
    const struct pty_options options = {.rows = 34, .columns = 120};
    blind_make(*state, paths);
    for (int i = 0; i < BLIND_BOARDS; i++) {
        pty[i] = pty_start(&options, (const char *[]){TOUCHLINE_PROGRAM, paths[i], NULL});
        pty_wait_text(pty[i], "Identify");
    }
    for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
        for (int i = 0; i < BLIND_BOARDS; i++)
            pty_keys(pty[i], ways[way]);
        for (int i = 0; i < BLIND_BOARDS; i++)
            pty_settle(pty[i]);
        assert_same(pty, way);
    }
}

static int teardown(void **state)
{
    (void)pty_teardown(state);
    return fixture_teardown(state);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(r16_no_screen_tells_what_is_hidden, fixture_setup,
                                        teardown),
    };
    return cmocka_run_group_tests_name("blind", tests, NULL, NULL);
}
