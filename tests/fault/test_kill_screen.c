/* The screen itself is killed while people type: what it had shown as added is in the board, in its
 * order and whole, and whoever opens it next goes on. (What is typed and not entered yet: see the
 * drafts in screen/test_terminals.c.) */
#include "board.h"
#include "boards.h"
#include "fault.h"
#include "random.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { LINES = 6 }; /* that are sent in a round */

static int rounds(void)
{
    return (int)fault_times(12, 300);
}

/* "WRITE  after 7 >": the number of moments that the screen says are there. */
static int shown_as_added(struct pty *pty)
{
    int row, column, number;
    if (!pty_find(pty, "WRITE  after ", &row, &column))
        return 0;
    const char *after = strstr(pty_row(pty, row), "after ");
    assert_non_null(after);
    assert_int_equal(sscanf(after, "after %d", &number), 1); /* NOLINT(cert-err34-c) */
    return number;
}

static void add_line(struct buffer *out, int round, int line)
{
    buffer_add_format(out, "Round %d line %d", round, line);
}

/* Sends lines, and kills the program when it has shown so many of them, while the rest is on its
 * way. Returns how many it showed as added at the very last. */
static int type_and_kill(struct screen *screen, int round, int before, int wait_for)
{
    struct buffer text = {0};
    struct pty *pty = screen->pty;
    for (int line = 0; line < LINES; line++) {
        buffer_clear(&text);
        add_line(&text, round, line);
        buffer_add_text(&text, "\r");
        pty_text(pty, buffer_text(&text));
        if (line >= wait_for)
            continue;
        buffer_clear(&text);
        buffer_add_format(&text, "after %d >", before + line + 1);
        pty_wait_text(pty, buffer_text(&text));
    }
    buffer_release(&text);
    pty_signal(pty, SIGKILL);
    assert_int_equal(pty_wait_exit(pty), 128 + SIGKILL);
    return shown_as_added(pty);
}

/* What was there stands as it was; behind it are the first lines of the round. Returns how many
 * there are in all. */
static int check_lines(const char *path, const char *before, int before_count, int round)
{
    int count = 0;
    const char *now = board_show(path);
    assert_memory_equal(now, before, strlen(before));
    for (now += strlen(before); *now; count++) {
        struct buffer line = {0};
        buffer_add_format(&line, "%d ", before_count + count + 1);
        add_line(&line, round, count);
        buffer_add_text(&line, "\n");
        assert_true(count < LINES);
        assert_memory_equal(now, buffer_text(&line), line.length);
        now += line.length;
        buffer_release(&line);
    }
    return before_count + count;
}

static void what_was_shown_as_added_is_there(void **state)
{
    struct screen *screen = *state;
    const uint64_t first = fault_seed(20261122);
    uint64_t seed = first;
    int count = 1;
    char *before = memory_copy("1 Calls\n");
    board_make(screen->path, "Calls\n");
    for (int round = 0; round < rounds(); round++) {
        screen_open(screen, NULL);
        screen_keys(screen, "A");
        int shown = type_and_kill(screen, round, count, (int)random_below(&seed, LINES + 1));
        int there = check_lines(screen->path, before, count, round);
        assert_in_range(there, shown, count + LINES);
        pty_stop(screen->pty);
        count = there;
        memory_replace(&before, board_show(screen->path));
    }
    memory_free(before);
    struct store *store = board_open(screen->path, "Zoe");
    board_assert_sound(store);
    store_close(store);
    fault_figure("kill -9 of the screen: %d kills, 0 shown moments lost; seed %llu", rounds(),
                 (unsigned long long)first);
}

/* One edit is one keystroke here: the newest that was shown is the one that u takes back. */
static void u_takes_back_what_was_shown_last(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "Calls\nWaits\n");
    screen_keys(screen, "s 4 g");
    for (int i = 0; i < 6; i++) {
        pty_keys(screen->pty, i % 2 ? "3" : "1");
        pty_wait_text(screen->pty, i % 2 ? "1 is now magical" : "1 is now miserable");
        pty_signal(screen->pty, SIGKILL);
        assert_int_equal(pty_wait_exit(screen->pty), 128 + SIGKILL);
        pty_stop(screen->pty);
        assert_board_holds(screen->path, i % 2 ? "1 Calls magical" : "1 Calls miserable");
        screen_open(screen, NULL);
        screen_keys(screen, "s 4 g");
    }
    screen_keys(screen, "u");
    assert_board_holds(screen->path, "1 Calls miserable");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_shown_as_added_is_there),
        TEST(u_takes_back_what_was_shown_last),
    };
    return cmocka_run_group_tests_name("kill_screen", tests, NULL, NULL);
}
