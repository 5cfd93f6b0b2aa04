/* A small board as page, picture and text, compared with stored ones; written from the screen. */
#include "board.h"
#include "golden.h"
#include "reported.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

static void check(const char *name, reported_writer *write)
{
    struct reported it;
    reported_taxi(&it);
    struct buffer bytes = reported_write(&it, write);
    golden_check(name, buffer_text(&bytes));
    buffer_release(&bytes);
    reported_release(&it);
}

static void r30_the_taxi_is_a_picture(void **state)
{
    (void)state;
    check("taxi-svg", svg_write);
}

static void r30_the_taxi_is_a_page(void **state)
{
    (void)state;
    check("taxi-html", html_write);
}

static void r30_the_taxi_is_text_for_a_wiki(void **state)
{
    (void)state;
    check("taxi-md", markdown_write);
}

static void r30_the_palette_writes_it(void **state)
{
    struct screen *screen = *state;
    struct buffer line = {0};
    screen_open(screen, "Sees the advert\n");
    const char *path = fixture_path(screen->fixture, "wall.svg");
    buffer_add_format(&line, "export -o %s", path);
    screen_keys(screen, ":");
    screen_type(screen, buffer_text(&line));
    screen_keys(screen, "Enter");
    assert_says(screen, "Written to ");
    char *svg = fixture_read(path);
    assert_non_null(strstr(svg, ">Sees the advert</text>"));
    memory_free(svg);
    buffer_release(&line);
    screen_quit(screen);
}

/* A program that comes to no end keeps nobody on the screen. */
static void what_makes_a_picture_is_given_up_with_esc(void **state)
{
    struct screen *screen = *state;
    struct buffer line = {0}, path = {0};
    const char *program =
        fixture_write(screen->fixture, "rsvg-convert", "#!/bin/sh\nexec sleep 600\n");
    assert_int_equal(chmod(program, 0700), 0);
    char *before = memory_copy(getenv("PATH"));
    buffer_add_format(&path, "%s:%s", screen->fixture->folder, before);
    setenv("PATH", buffer_text(&path), 1);
    screen_open(screen, "Sees the advert\n");
    setenv("PATH", before, 1);
    buffer_add_format(&line, "export -o %s", fixture_path(screen->fixture, "wall.png"));
    screen_keys(screen, ":");
    screen_type(screen, buffer_text(&line));
    pty_text(screen->pty, "\r");
    pty_wait_text(screen->pty, "Waiting for rsvg-convert, 0 s ... Esc gives up.");
    pty_keys(screen->pty, "Esc");
    pty_wait_text(screen->pty, "topped: nothing was written");
    assert_int_equal(access(fixture_path(screen->fixture, "wall.png"), F_OK), -1);
    screen_keys(screen, "Esc");
    memory_free(before);
    buffer_release(&line);
    buffer_release(&path);
    screen_quit(screen);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r30_the_taxi_is_a_picture),
        cmocka_unit_test(r30_the_taxi_is_a_page),
        cmocka_unit_test(r30_the_taxi_is_text_for_a_wiki),
        cmocka_unit_test_setup_teardown(r30_the_palette_writes_it, screen_setup, screen_teardown),
        cmocka_unit_test_setup_teardown(what_makes_a_picture_is_given_up_with_esc, screen_setup,
                                        screen_teardown),
    };
    if (!setlocale(LC_CTYPE, "C.UTF-8"))
        return 1;
    return cmocka_run_group_tests(tests, NULL, NULL);
}
