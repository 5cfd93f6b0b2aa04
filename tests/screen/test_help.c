/* Help and palette, one list: found by words, run by Enter, lines typed as in the shell. */
#include "board.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <sys/stat.h>

static void the_list_begins_with_the_step(void **state)
{
    struct screen *screen = *state;
    static const char *const keys[] = {"?", "F1", ":"};
    screen_open(screen, "one\n");
    for (size_t i = 0; i < 3; i++) {
        screen_keys(screen, keys[i]);
        assert_shows(screen, i < 2 ? "Help · step Identify" : "Find a command");
        screen_keys(screen, i ? "C-c" : "Esc");
        assert_hides(screen, "type to narrow");
    }
    screen_keys(screen, "s 4 ?");
    assert_shows(screen, "In the step Rate");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void words_narrow_it(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "?");
    screen_type(screen, "parking");
    assert_string_equal(pty_row(screen->pty, 1), " > parking"); /* above what it narrows */
    assert_shows(screen, "Show the parking lot");
    assert_hides(screen, "Go to the first moment");
    screen_keys(screen, "Enter");
    assert_shows(screen, "Nothing is parked");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void every_command_of_the_screen_is_there(void **state)
{
    struct screen *screen = *state;
    static const char *const names[] = {"undo",  "redo",   "twin",  "join",  "zoom-in", "copy",
                                        "mouse", "filter", "carry", "phase", "suspend"};
    screen_open(screen, "one\n");
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        screen_keys(screen, ":");
        screen_type(screen, names[i]);
        int row, rows, columns;
        pty_size(screen->pty, &rows, &columns);
        assert_true(pty_find(screen->pty, names[i], &row, NULL));
        screen_keys(screen, "Esc");
    }
    screen_quit(screen);
}

/* The name as typed is what Enter runs, whatever else the words are found in. */
static void a_name_beats_what_only_mentions_it(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "g :");
    screen_type(screen, "move\r");
    pty_wait_text(screen->pty, "To which number?");
    screen_type(screen, "3\r");
    assert_board(screen->path, "1 two\n2 three\n3 one\n");
    screen_keys(screen, ":");
    screen_type(screen, "undo\r");
    assert_board(screen->path, "1 one\n2 two\n3 three\n");
    screen_quit(screen);
}

static void lines_run_as_in_the_shell(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "g :");
    screen_type(screen, "move 1 3");
    assert_shows(screen, "Enter runs it as typed");
    screen_type(screen, "\r:rate 2 magical\r:owner 1 Wally's aunt\r:set 1 seconds=20 times=2\r"
                        ":action 3 'Buy tea' --owner Ana\r:rate neutral\r");
    assert_board(screen->path, "1 two 20s x2 by Wally's aunt\n2 three magical\n3 one neutral\n"
                               "  ! Buy tea (Ana)\n");
    screen_type(screen, ":go-to 2\r");
    assert_selected(screen, 2);
    screen_type(screen, ":step rate\r");
    assert_shows(screen, "As the customer: miserable, neutral or magical?");
    screen_type(screen, ":search two\r");
    assert_selected(screen, 1);
    screen_type(screen, ":filter magical\r");
    assert_says(screen, "1 of 3 shown");
    screen_keys(screen, "Esc Esc");
    screen_quit(screen);
}

static void a_wrong_line_comes_back(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_type(screen, ":rate 1 lovely\r");
    assert_shows(screen, "rate 1 lovely");
    assert_says(screen, "lovely");
    screen_keys(screen, "C-w");
    screen_type(screen, "magical\r");
    assert_board(screen->path, "1 one magical\n");
    screen_type(screen, ":go-to 99\r");
    assert_says(screen, "99");
    screen_keys(screen, "Esc");
    screen_type(screen, ":step nine\r");
    assert_says(screen, "There is no step 'nine'");
    screen_keys(screen, "Esc");
    screen_type(screen, ":frobnicate 3\r");
    assert_says(screen, "frobnicate");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void nothing_is_run_from_within_a_line(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "a F1");
    screen_type(screen, "delete");
    screen_keys(screen, "Enter");
    assert_shows(screen, "WRITE");
    screen_keys(screen, "Esc i F1 Esc Esc e F1 C-c Esc");
    assert_board(screen->path, "1 one\n");
    screen_quit(screen);
}

static void it_scrolls_by_lines_and_pages(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "? PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn PgDn");
    assert_shows(screen, "Leave the board");
    pty_keys(screen->pty, "Enter"); /* the last one: quit */
    assert_int_equal(pty_wait_exit(screen->pty), 0);
}

static void what_it_lists_fits_the_smallest_screen(void **state)
{
    struct screen *screen = *state;
    screen->options.rows = 10;
    screen->options.columns = 40;
    screen_open(screen, "one\n");
    screen_keys(screen, "?");
    assert_shows(screen, "Help");
    screen_keys(screen, "Down Down PgDn PgUp Esc");
    assert_shows(screen, "one");
    screen_quit(screen);
}

/* The row that is framed. */
static void framed(struct screen *screen, char *out, size_t size)
{
    int rows, columns;
    out[0] = '\0';
    pty_size(screen->pty, &rows, &columns);
    for (int row = 0; row < rows; row++)
        if (strncmp(pty_row(screen->pty, row), " [", 2) == 0)
            (void)snprintf(out, size, "%s", pty_row(screen->pty, row));
}

static void what_digits_answer_is_only_read(void **state)
{
    struct screen *screen = *state;
    char row[256];
    screen_open(screen, "one\n");
    screen_keys(screen, "s 4 ?");
    assert_shows(screen, "Miserable");
    framed(screen, row, sizeof row);
    assert_string_not_equal(row, "");
    assert_null(strstr(row, "Miserable"));
    screen_keys(screen, "Up Up Up Up Up");
    framed(screen, row, sizeof row);
    assert_null(strstr(row, "Miserable"));
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* Only other words begin the list anew. */
static void the_frame_stays_while_the_cursor_moves(void **state)
{
    struct screen *screen = *state;
    char best[256], next[256], now[256];
    screen_open(screen, "one\n");
    screen_keys(screen, ":");
    screen_type(screen, "go");
    framed(screen, best, sizeof best);
    screen_keys(screen, "Down Down");
    framed(screen, next, sizeof next);
    assert_string_not_equal(best, next);
    screen_keys(screen, "Left Home End Right");
    framed(screen, now, sizeof now);
    assert_string_equal(now, next);
    screen_keys(screen, "Backspace");
    screen_type(screen, "o");
    framed(screen, now, sizeof now);
    assert_string_equal(now, best);
    screen_type(screen, " there is none");
    assert_shows(screen, "No command is called that.");
    screen_keys(screen, "Down PgDn Esc");
    screen_quit(screen);
}

/* Whoever opened one would wait for the program at its other end, and heed no key meanwhile. */
static void what_would_keep_the_screen_waiting_is_refused(void **state)
{
    static const char *const lines[] = {"import ", "export -o ", "export --force -o "};
    struct screen *screen = *state;
    struct buffer line = {0};
    const char *fifo = fixture_path(screen->fixture, "fifo");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    screen_open(screen, "one\n");
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        buffer_clear(&line);
        buffer_add_format(&line, "%s%s", lines[i], fifo);
        screen_keys(screen, ":");
        screen_type(screen, buffer_text(&line));
        screen_keys(screen, "Enter");
        assert_shows(screen, "it is a pipe");
        screen_keys(screen, "Esc");
    }
    buffer_release(&line);
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_list_begins_with_the_step),
        TEST(words_narrow_it),
        TEST(every_command_of_the_screen_is_there),
        TEST(a_name_beats_what_only_mentions_it),
        TEST(lines_run_as_in_the_shell),
        TEST(a_wrong_line_comes_back),
        TEST(nothing_is_run_from_within_a_line),
        TEST(it_scrolls_by_lines_and_pages),
        TEST(what_digits_answer_is_only_read),
        TEST(the_frame_stays_while_the_cursor_moves),
        TEST(what_it_lists_fits_the_smallest_screen),
        TEST(what_would_keep_the_screen_waiting_is_refused),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
