/* A terminal that reads slowly, or not at all: what is typed is taken in and saved all the same,
 * what is drawn is what stands at last, and the end comes when it is asked for. (The line is slow
 * by what the test reads of it, not by time.) */
#include "board.h"
#include "fault.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Ten keys a second at 1,200 baud. */
enum { BYTES_A_KEY = 12 };

static const char title[] = "Books the cab by telephone at night";

static void type_line(struct pty *pty, int number, size_t bytes_a_key)
{
    struct buffer line = {0};
    buffer_add_format(&line, "%s %d\r", title, number);
    for (size_t i = 0; i < line.length; i++) {
        pty_send(pty, line.bytes + i, 1);
        pty_wait_taken(pty);
        (void)pty_take(pty, bytes_a_key);
    }
    buffer_release(&line);
}

static void assert_all_saved(const struct screen *screen, int count)
{
    struct buffer wanted = {0};
    buffer_add_text(&wanted, "1 Calls\n");
    for (int i = 0; i < count; i++)
        buffer_add_format(&wanted, "%d %s %d\n", 2 + i, title, i);
    assert_board(screen->path, buffer_text(&wanted));
    buffer_release(&wanted);
}

static size_t bytes_sent(struct pty *pty)
{
    size_t length;
    (void)pty_output(pty, &length);
    return length;
}

/* A terminal takes some frames before a line that nobody reads is full. */
static void fill_the_line(struct pty *pty)
{
    for (int i = 0; i < 30; i++) {
        pty_signal(pty, SIGCONT);   /* draws all of it anew */
        pty_send(pty, "\033[I", 3); /* the terminal has the focus: no key */
        pty_wait_taken(pty);
    }
    pty_wait_stalled(pty);
}

static void open_capture(struct screen *screen)
{
    (void)remove(screen->path);
    screen_open(screen, "Calls\n");
    screen_keys(screen, "A");
}

/* How many bytes it takes to show each key of so many lines. */
static size_t bytes_when_read(struct screen *screen, int lines)
{
    open_capture(screen);
    pty_forget_output(screen->pty);
    for (int i = 0; i < lines; i++)
        type_line(screen->pty, i, SIZE_MAX);
    size_t bytes = bytes_sent(screen->pty);
    pty_stop(screen->pty);
    return bytes;
}

/* What stands there is what it draws when it draws everything. */
static void assert_drawn_right(struct pty *pty)
{
    char *stands = memory_copy(pty_screen(pty));
    pty_signal(pty, SIGCONT);
    pty_settle(pty);
    assert_string_equal(pty_screen(pty), stands);
    memory_free(stands);
}

/* All that was typed is in the board, while of what it drew much has not been shown. */
static void typing_stays_ahead_of_drawing(void **state)
{
    struct screen *screen = *state;
    const int lines = (int)fault_times(4, 60);
    size_t fast = bytes_when_read(screen, lines);
    open_capture(screen);
    fill_the_line(screen->pty);
    pty_forget_output(screen->pty);
    for (int i = 0; i < lines; i++)
        type_line(screen->pty, i, BYTES_A_KEY);
    pty_wait_stalled(screen->pty);
    size_t shown = bytes_sent(screen->pty);
    assert_all_saved(screen, lines);
    pty_settle(screen->pty);
    size_t late = bytes_sent(screen->pty) - shown;
    assert_shows(screen, "Books the cab by");
    assert_drawn_right(screen->pty);
    fault_figure("1,200 baud: %d lines typed and saved while %zu bytes were shown, %zu more were "
                 "under way; each key at once takes %zu",
                 lines, shown, late, fast);
}

/* Nobody reads at all: each line is in the board, and the line that drops finds the rest a draft.
 */
static void a_stalled_line_keeps_nothing_from_being_saved(void **state)
{
    struct screen *screen = *state;
    open_capture(screen);
    fill_the_line(screen->pty);
    pty_text(screen->pty, "Waits\rGets in\rhalf a l");
    pty_wait_taken(screen->pty);
    assert_board(screen->path, "1 Calls\n2 Waits\n3 Gets in\n");
    pty_signal(screen->pty, SIGHUP);
    assert_int_equal(pty_wait_exit_unread(screen->pty), 0);
    pty_stop(screen->pty);
    screen_open(screen, NULL);
    assert_says(screen, "half a l");
    screen_quit(screen);
}

/* Bytes for steps to the right that the line holds up, and for what held it up. */
static size_t bytes_of_steps(struct screen *screen, int steps)
{
    screen_keys(screen, "g");
    pty_forget_output(screen->pty);
    fill_the_line(screen->pty);
    for (int i = 0; i < steps; i++) {
        pty_keys(screen->pty, "l");
        pty_wait_taken(screen->pty);
    }
    pty_settle(screen->pty);
    assert_selected(screen, 1 + steps);
    assert_drawn_right(screen->pty);
    return bytes_sent(screen->pty);
}

/* Keys that the line holds up are drawn once, however much each of them changes. */
static void a_burst_is_drawn_once(void **state)
{
    struct screen *screen = *state;
    struct buffer lines = {0};
    for (int i = 0; i < 60; i++)
        buffer_add_format(&lines, "moment %d @%c\n", i, "ipelwb"[i % 6]);
    screen_open(screen, buffer_text(&lines));
    pty_forget_output(screen->pty);
    pty_signal(screen->pty, SIGCONT);
    pty_settle(screen->pty);
    size_t frame = bytes_sent(screen->pty);
    size_t none = bytes_of_steps(screen, 0), many = bytes_of_steps(screen, 40);
    if (many > none + 2 * frame)
        fail_msg("%zu bytes for 40 steps, %zu for none, %zu for a frame", many, none, frame);
    buffer_release(&lines);
    screen_quit(screen);
}

/* The one who leaves waits for a slow line, and gets the terminal back as it was. */
static void leaving_is_shown_to_the_end(void **state)
{
    struct screen *screen = *state;
    open_capture(screen);
    screen_keys(screen, "Esc");
    fill_the_line(screen->pty);
    pty_keys(screen->pty, "q");
    while (pty_take(screen->pty, 600) > 0 || pty_on_alternate_screen(screen->pty))
        ;
    assert_int_equal(pty_wait_exit(screen->pty), 0);
}

/* On a line that stays stalled nobody waits for ever, neither to leave nor to stop. */
static void leaving_a_stalled_line_ends(void **state)
{
    struct screen *screen = *state;
    open_capture(screen);
    screen_keys(screen, "Esc");
    fill_the_line(screen->pty);
    pty_keys(screen->pty, "q");
    assert_int_equal(pty_wait_exit_unread(screen->pty), 0);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(typing_stays_ahead_of_drawing), TEST(a_stalled_line_keeps_nothing_from_being_saved),
        TEST(a_burst_is_drawn_once),         TEST(leaving_is_shown_to_the_end),
        TEST(leaving_a_stalled_line_ends),
    };
    return cmocka_run_group_tests_name("slow_line", tests, NULL, NULL);
}
