/* A damaged board on the screen: the one line that refuses it, or that tells of the damage when it
 * is met, says how to take out what can be read. */
#include "board.h"
#include "boards.h"
#include "bytes.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { PAGE = 4096, CUT = 4 * PAGE, CHANGE_COUNTER = 27 };

static void a_board_that_does_not_open_says_what_to_do(void **state)
{
    static const char *const command[] = {TOUCHLINE_PROGRAM, "cab.touchline", NULL};
    struct screen *screen = *state;
    board_make(screen->path, "one\ntwo\n");
    struct bytes bytes = bytes_read(screen->path);
    bytes_write(screen->path, &bytes, CUT);
    screen->pty = pty_start(&screen->options, command);
    assert_int_equal(pty_wait_exit(screen->pty), 65);
    assert_false(pty_on_alternate_screen(screen->pty));
    pty_wait_text(screen->pty, "cab.touchline: damaged: ");
    pty_wait_text(screen->pty, "cab.touchline NEW' takes out what can be read");
    assert_true(bytes_are(screen->path, &bytes, CUT));
    bytes_release(&bytes);
}

/* Whoever has it open sees it at the next look, and can go on looking. */
static void damage_that_is_met_says_what_to_do(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    size_t page = (size_t)board_sql_number(
        screen->path, "SELECT rootpage FROM sqlite_schema WHERE name = 'item_line'");
    struct bytes bytes = bytes_read(screen->path);
    memset(bytes.at + (page - 1) * PAGE, 0xA5, PAGE);
    bytes.at[CHANGE_COUNTER]++;
    bytes_write(screen->path, &bytes, bytes.length);
    screen_keys(screen, "l");
    pty_wait_text(screen->pty, "'touchline salvage ");
    bytes_release(&bytes);
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_board_that_does_not_open_says_what_to_do),
        TEST(damage_that_is_met_says_what_to_do),
    };
    return cmocka_run_group_tests_name("salvage on the screen", tests, NULL, NULL);
}
