/* The terminal's room, driven through a real one: a small program says in cells what it was given. */
#include "pty.h"
#include "touchline/memory.h"
#include "touchline/term.h"
#include <locale.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

/* --- the program on the terminal ------------------------------------------------------------- */

/* Shows the last event in row 0, their number and the size in the last row. */
struct shown {
    struct term *term;
    struct term_options options;
    int events;
    char line[256];
};

static void set_text(struct frame *frame, int row, const char *text, enum role role)
{
    for (int column = 0; text[column] != '\0' && column < frame->columns; column++) {
        struct cell *cell = &frame->cells[row * frame->columns + column];
        cell->points[0] = (unsigned char)text[column];
        cell->style = (struct style){.role = (uint8_t)role};
    }
}

static void draw(struct shown *shown)
{
    struct frame frame = {.mono = term_mono(shown->term)};
    char line[128];
    term_size(shown->term, &frame.rows, &frame.columns);
    size_t count = (size_t)frame.rows * (size_t)frame.columns;
    frame.cells = memory_new(count, sizeof *frame.cells);
    for (size_t i = 0; i < count; i++)
        frame.cells[i] = (struct cell){.points = {' '}, .columns = 1};
    set_text(&frame, 0, shown->line, ROLE_TEXT);
    (void)snprintf(line, sizeof line, "%d events %dx%d", shown->events, frame.rows, frame.columns);
    set_text(&frame, frame.rows - 1, line, ROLE_BAR);
    term_show(shown->term, &frame);
    memory_free(frame.cells);
}

static void describe(struct shown *shown, const struct event *event)
{
    char spelling[32];
    static const char *const acts[] = {"press", "release", "double", "drag", "up", "down"};
    key_format(event->key, spelling, sizeof spelling);
    if (event->key.code == K_MOUSE)
        (void)snprintf(shown->line, sizeof shown->line, "mouse %s %d %d", acts[event->mouse.act],
                       event->mouse.row, event->mouse.column);
    else if (event->key.code == K_PASTE)
        (void)snprintf(shown->line, sizeof shown->line, "paste %zu '%.40s'", strlen(event->paste),
                       event->paste);
    else
        (void)snprintf(shown->line, sizeof shown->line, "key %s", spelling);
    shown->events++;
}

static int show_events(void *data)
{
    struct shown shown = {.options = *(const struct term_options *)data};
    struct error error;
    struct event event;
    setlocale(LC_CTYPE, "");
    shown.options.input = 0;
    shown.options.output = 1;
    shown.options.type = getenv("TERM");
    if (term_open(&shown.term, &shown.options, &error) != STATUS_OK) {
        printf("%s\n", error.text);
        return status_exit_code(error.status);
    }
    (void)snprintf(shown.line, sizeof shown.line, "ready");
    draw(&shown);
    while (term_read(shown.term, &event, NULL, 0, -1) == TERM_EVENT) {
        describe(&shown, &event);
        memory_free(event.paste);
        if (event.key.code == K_CHAR && event.key.point == 'q')
            break;
        if (!term_pending(shown.term))
            draw(&shown);
    }
    term_close(shown.term);
    return 0;
}

static void a_key_arrives(void **state)
{
    (void)state;
    struct term_options options = {0};
    struct pty *pty = pty_start_function(NULL, show_events, &options);
    pty_wait_text(pty, "ready");
    pty_keys(pty, "j");
    pty_wait_text(pty, "key j");
    pty_settle(pty);
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_teardown(a_key_arrives, pty_teardown),
    };
    return cmocka_run_group_tests_name("term", tests, NULL, NULL);
}
