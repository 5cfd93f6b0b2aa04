/* Stopped and continued wherever the screen stands: the shell gets its terminal back as it was, no
 * lock is held meanwhile, and on return all stands there again, others' changes too. */
#include "board.h"
#include "fault.h"
#include "places.h"
#include "pty_inside.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <termios.h>

#include <cmocka.h>

/* --- the terminal ----------------------------------------------------------------------------- */

/* What the screen switches on and must switch off for a shell: alternate screen, mouse, focus,
 * pastes in brackets. */
static const int modes[] = {1049, 1000, 1002, 1006, 1004, 2004};

static const char *last_of(const char *output, size_t length, const char *sequence)
{
    const char *last = NULL, *at = output;
    while ((at = memmem(at, length - (size_t)(at - output), sequence, strlen(sequence))) != NULL)
        last = at++;
    return last;
}

static bool is_on(struct pty *pty, int mode)
{
    char on[32], off[32];
    size_t length;
    const char *output = pty_output(pty, &length);
    (void)snprintf(on, sizeof on, "\033[?%dh", mode);
    (void)snprintf(off, sizeof off, "\033[?%dl", mode);
    const char *last_on = last_of(output, length, on), *last_off = last_of(output, length, off);
    return last_on && (!last_off || last_off < last_on);
}

static void assert_is(const struct place *place, const char *what, bool is, bool wanted)
{
    if (is != wanted)
        fail_msg("%s: %s is %s", place->name, what, is ? "on" : "off");
}

/* Lines and echo for the shell, single keys for the screen. */
static void assert_modes(struct pty *pty, const struct place *place, bool screen)
{
    char what[32];
    struct termios tty;
    int row, column;
    bool visible;
    for (size_t i = 0; i < sizeof modes / sizeof *modes; i++) {
        (void)snprintf(what, sizeof what, "mode %d", modes[i]);
        assert_is(place, what, is_on(pty, modes[i]), screen);
    }
    assert_int_equal(tcgetattr(pty->master, &tty), 0);
    assert_is(place, "line editing", tty.c_lflag & ICANON, !screen);
    assert_is(place, "echo", tty.c_lflag & ECHO, !screen);
    assert_is(place, "C-c as a signal", tty.c_lflag & ISIG, !screen);
    assert_is(place, "C-s", tty.c_iflag & IXON, !screen);
    assert_is(place, "output processing", tty.c_oflag & OPOST, !screen);
    pty_cursor(pty, &row, &column, &visible);
    if (!screen)
        assert_is(place, "the cursor", visible, true);
}

static int count_stops(struct pty *pty)
{
    static const char words[] = "[stopped]";
    size_t length;
    int count = 0;
    const char *output = pty_output(pty, &length), *at = output;
    for (; (at = memmem(at, length - (size_t)(at - output), words, strlen(words))); at++)
        count++;
    return count;
}

static bool has_stopped(struct pty *pty, void *before)
{
    return count_stops(pty) > *(const int *)before;
}

/* Until the shell has seen it stop once more: an earlier stop may still stand on its screen. */
static void wait_for_stop(struct pty *pty, int before)
{
    pty_wait_until(pty, "[stopped]", has_stopped, &before);
}

static void come_back(struct pty *pty)
{
    pty_text(pty, "fg\n");
    pty_wait_gone(pty, "[stopped]");
    pty_settle(pty);
}

/* Stopped by a signal, seen by the shell, and continued; `meanwhile` runs in between. */
static void stop_and_go(struct screen *screen, const struct place *place,
                        void (*meanwhile)(const struct screen *screen))
{
    assert_modes(screen->pty, place, true);
    int before = count_stops(screen->pty);
    pty_signal(screen->pty, SIGTSTP);
    wait_for_stop(screen->pty, before);
    assert_modes(screen->pty, place, false);
    if (meanwhile)
        meanwhile(screen);
    come_back(screen->pty);
    assert_modes(screen->pty, place, true);
}

/* --- in each place ---------------------------------------------------------------------------- */

static void stop_unchanged(struct screen *screen, const struct place *place)
{
    char *before = memory_copy(pty_screen(screen->pty));
    stop_and_go(screen, place, NULL);
    if (strcmp(pty_screen(screen->pty), before) != 0)
        fail_msg("%s was\n%s\nand is\n%s", place->name, before, pty_screen(screen->pty));
    memory_free(before);
}

static void write_as_ben(const struct screen *screen)
{
    board_do(screen->path, "Ben", "add Meanwhile");
}

/* No lock is in the other's way, and what is shown afterwards is fresh. */
static void stop_while_another_writes(struct screen *screen, const struct place *place)
{
    stop_and_go(screen, place, write_as_ben);
    if (place->program == PLACE_BOARD)
        screen_keys(screen, "C-c C-c C-c");
    assert_shows(screen, place->program == PLACE_BOARD    ? "of 11"
                         : place->program == PLACE_BALLOT ? "Meanwhile"
                                                          : place->shown);
}

static void wherever_it_is_stopped(void **state)
{
    struct screen *screen = *state;
    screen->options.job = true;
    for (size_t i = 0; i < place_count; i++) {
        place_open(screen, &places[i]);
        stop_unchanged(screen, &places[i]);
        if (places[i].program != PLACE_FIRST_RUN || *places[i].keys) /* else there is no board */
            stop_while_another_writes(screen, &places[i]);
    }
    fault_figure("stopped in %zu places: 0 locks held, all there again", place_count);
}

/* Somebody resizes the window while the shell has it. */
static void the_window_has_another_size_then(void **state)
{
    struct screen *screen = *state;
    screen->options.job = true;
    for (size_t i = 0; i < place_count; i += (size_t)fault_times(4, 1)) {
        place_open(screen, &places[i]);
        pty_signal(screen->pty, SIGTSTP);
        wait_for_stop(screen->pty, 0);
        pty_resize(screen->pty, 30, 100);
        come_back(screen->pty);
        char *resumed = memory_copy(pty_screen(screen->pty));
        pty_stop(screen->pty);
        screen->pty = NULL;
        screen->options.rows = 30;
        screen->options.columns = 100;
        place_open(screen, &places[i]);
        if (places[i].program != PLACE_BALLOT) /* its code is another one each time */
            assert_string_equal(pty_screen(screen->pty), resumed);
        screen->options.rows = screen->options.columns = 0;
        memory_free(resumed);
    }
}

/* --- C-z -------------------------------------------------------------------------------------- */

static void the_key_stops_on_the_board_alone(void **state)
{
    struct screen *screen = *state;
    screen->options.job = true;
    for (size_t i = 0; i < place_count; i++) {
        const char *words = places[i].stop ? places[i].stop : "C-z suspends only from the board.";
        place_open(screen, &places[i]);
        pty_keys(screen->pty, "C-z");
        if (*words) {
            pty_settle(screen->pty);
            assert_hides(screen, "[stopped]");
            assert_shows(screen, words);
            continue;
        }
        wait_for_stop(screen->pty, 0);
        assert_modes(screen->pty, &places[i], false);
        come_back(screen->pty);
        assert_modes(screen->pty, &places[i], true);
        assert_shows(screen, "Sees the");
    }
}

static const struct place board = {.name = "the board", .keys = ""};

static void never_while_something_runs(void **state)
{
    struct screen *screen = *state;
    static const char *const running[][3] = {
        {"T", "The timer is running", "T"},
        {"s 3 v", "A vote is open", "v"},
        {": m a s k Enter", "The mask is on", ": m a s k Enter y"},
        {"P : s u s p e n d Enter", "only from the board", "Esc Esc"},
    };
    screen->options.job = true;
    for (size_t i = 0; i < sizeof running / sizeof *running; i++) {
        place_open(screen, &board);
        screen_keys(screen, running[i][0]);
        screen_keys(screen, "C-z");
        if (i < 3)
            assert_says(screen, running[i][1]);
        else
            assert_shows(screen, running[i][1]);
        assert_hides(screen, "[stopped]");
        screen_keys(screen, running[i][2]);
        pty_keys(screen->pty, "C-z");
        wait_for_stop(screen->pty, 0);
        come_back(screen->pty);
    }
}

/* --- in the editor ---------------------------------------------------------------------------- */

/* Only Linux tells; until it stands it would take for itself what is typed to the shell. */
static bool editor_stands(struct pty *pty, void *data)
{
    struct buffer path = {0};
    (void)pty;
    char *number = fixture_read(data);
    buffer_add_format(&path, "/proc/%ld/stat", number ? strtol(number, NULL, 10) : 0L);
    char *status = fixture_read(buffer_text(&path));
    bool stands = status == NULL || strstr(status, ") T ") != NULL;
    buffer_release(&path);
    memory_free(number);
    memory_free(status);
    return stands;
}

static void stopped_while_the_editor_runs(void **state)
{
    struct screen *screen = *state;
    char variable[256];
    const char *path = fixture_write(screen->fixture, "editor",
                                     "#!/bin/sh\necho $$ >pid\necho editing\n"
                                     "read x\necho $x >\"$1\"\n");
    assert_int_equal(chmod(path, 0700), 0);
    (void)snprintf(variable, sizeof variable, "EDITOR=%s", path);
    screen->environment[0] = variable;
    screen->options.job = true;
    place_open(screen, &board);
    pty_keys(screen->pty, "E");
    pty_wait_text(screen->pty, "editing");
    assert_modes(screen->pty, &board, false);
    write_as_ben(screen);             /* nor is it locked while somebody writes */
    pty_send(screen->pty, "\032", 1); /* C-z reaches the editor and us */
    wait_for_stop(screen->pty, 0);
    pty_wait_until(screen->pty, "the editor's stop", editor_stands,
                   (void *)fixture_path(screen->fixture, "pid"));
    write_as_ben(screen);
    pty_text(screen->pty, "fg\n");
    pty_text(screen->pty, "noted\n");
    pty_wait_text(screen->pty, "Saved: Note");
    pty_settle(screen->pty);
    assert_shows(screen, "of 12");
    assert_modes(screen->pty, &board, true);
    assert_board_holds(screen->path, "  note: noted");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(wherever_it_is_stopped),           TEST(the_window_has_another_size_then),
        TEST(the_key_stops_on_the_board_alone), TEST(never_while_something_runs),
        TEST(stopped_while_the_editor_runs),
    };
    return cmocka_run_group_tests_name("suspend", tests, NULL, NULL);
}
