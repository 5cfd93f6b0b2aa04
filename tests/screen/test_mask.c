/* Masked capture: nothing of what is written reaches the terminal before it is shown. */
#include "board.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* A letter that nothing else on a screen has. */
#define SECRET "Жабаж"

static const char lines[] = "# Before\nOne @p\n+ Tea\nTwo @i\nz @park\n";

static void mask(struct screen *screen)
{
    screen_keys(screen, ": m a s k Enter");
    assert_says(screen, ":mask shows it, all at once.");
    assert_shows(screen, " MASK ");
}

/* In all bytes that were ever sent. */
static void assert_never_sent(struct screen *screen)
{
    size_t length;
    const char *output = pty_output(screen->pty, &length);
    for (size_t i = 0; i + 1 < length; i++)
        if (memcmp(output + i, "ж", 2) == 0 || memcmp(output + i, "Ж", 2) == 0)
            fail_msg("byte %zu of the output is a letter of the secret: %.60s", i, output + i - 30);
}

static void show_all(struct screen *screen)
{
    screen_keys(screen, ": m a s k Enter");
    assert_shows(screen, "Show all that was written behind the mask?");
    screen_keys(screen, "y");
    assert_hides(screen, " MASK ");
}

static void what_is_written_shows_as_dots_until_all_is_shown(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, lines);
    mask(screen);
    screen_keys(screen, "A");
    assert_shows(screen, " WRITE MASKED ");
    screen_type(screen, SECRET);
    assert_shows(screen, "> •••••");
    screen_type(screen, " @p\r+ " SECRET "\r# " SECRET "\r" SECRET " @park\r" SECRET " @never\r");
    screen_type(screen, SECRET "\r" SECRET); /* a double of it */
    screen_keys(screen, "Up S-Tab Tab C-u Up Enter");
    assert_shows(screen, "Two");
    assert_shows(screen, "P Phone");
    assert_never_sent(screen);
    screen_keys(screen, "Esc");
    assert_never_sent(screen);
    assert_board_holds(screen->path, "3 Before/" SECRET " P");
    screen_keys(screen, ": m a s k Enter n");
    assert_shows(screen, " MASK ");
    assert_never_sent(screen);
    show_all(screen);
    assert_says(screen, "The mask is off. 4 moments came behind it.");
    assert_shows(screen, SECRET);
    screen_quit(screen);
}

static void ideas_and_whatever_else_is_typed_are_dots(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, lines);
    screen_keys(screen, "g");
    mask(screen);
    screen_keys(screen, "i");
    screen_type(screen, SECRET "\r");
    screen_keys(screen, "t");
    screen_type(screen, SECRET "\r" SECRET "\r\r");
    assert_shows(screen, "Tea");
    screen_keys(screen, "Tab j Enter");
    screen_type(screen, SECRET);
    screen_keys(screen, "Enter");
    screen_keys(screen, "Esc / ");
    screen_type(screen, SECRET "\r");
    screen_keys(screen, "n / Esc Esc f");
    screen_type(screen, SECRET "\r");
    screen_keys(screen, "Esc :");
    screen_type(screen, "add " SECRET "\r");
    assert_says(screen, "Done.");
    screen_keys(screen, ":");
    screen_type(screen, "owner 1 " SECRET " --" SECRET "\r");
    assert_shows(screen, "That cannot be said here.");
    screen_keys(screen, "Esc u U m Right Left Esc P Right Esc - + Z");
    assert_never_sent(screen);
    show_all(screen);
    assert_says(screen, "1 moment came behind it.");
    screen_quit(screen);
}

static void what_others_write_is_behind_it_too(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, lines);
    mask(screen);
    board_do(screen->path, "Ben", "add " SECRET);
    pty_wait_text(screen->pty, "•••••");
    screen_keys(screen, "G l +");
    assert_shows(screen, "•••••");
    assert_never_sent(screen);
    screen_keys(screen, "-");
    show_all(screen);
    assert_shows(screen, SECRET);
    screen_quit(screen);
}

static void what_would_show_it_waits(void **state)
{
    static const char *const keys[] = {
        "Enter", "E", "Z", "D", "!", "W", "C-z", ": m i n u t e s Enter", ": l e d g e r Enter"};
    struct screen *screen = *state;
    screen_open(screen, lines);
    mask(screen);
    for (size_t i = 0; i < sizeof keys / sizeof *keys; i++) {
        screen_keys(screen, keys[i]);
        assert_says(screen, "The mask is on: :mask shows all, then this.");
        assert_shows(screen, " MASK ");
    }
    show_all(screen);
    screen_keys(screen, "Z");
    assert_shows(screen, "Parking lot");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_click_into_the_dots_does_no_harm(void **state)
{
    struct screen *screen = *state;
    int row, column;
    screen_open(screen, lines);
    mask(screen);
    screen_keys(screen, "A");
    screen_type(screen, SECRET);
    assert_true(pty_find(screen->pty, "•••••", &row, &column));
    for (int i = 0; i < 5; i++)
        pty_click(screen->pty, row, column + i);
    screen_type(screen, "!\r");
    assert_never_sent(screen);
    assert_board_holds(screen->path, "3 Before/" SECRET "!");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void ascii_has_stars(void **state)
{
    struct screen *screen = *state;
    screen->options.locale = "C";
    screen_open(screen, lines);
    mask(screen);
    screen_keys(screen, "A");
    screen_type(screen, "abc");
    assert_shows(screen, "> ***");
    screen_keys(screen, "Enter");
    assert_shows(screen, "*****");
    assert_hides(screen, "abc");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_written_shows_as_dots_until_all_is_shown),
        TEST(ideas_and_whatever_else_is_typed_are_dots),
        TEST(what_others_write_is_behind_it_too),
        TEST(what_would_show_it_waits),
        TEST(a_click_into_the_dots_does_no_harm),
        TEST(ascii_has_stars),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
