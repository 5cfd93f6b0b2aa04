/* What is meant for the back row: room mode, the why, the timer, and who is here. As pictures, and
 * on a terminal with a clock that the test sets. */
#include "golden.h"
#include "pty.h"
#include "scenes.h"
#include "touchline/large.h"
#include "touchline/tui.h"
#include "view/block.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include <cmocka.h>

/* --- the font --------------------------------------------------------------------------------- */

static void latin_is_set_in_blocks(void **state)
{
    (void)state;
    assert_true(block_can("The quick brown fox jumps over the lazy dog: 0123456789!?"));
    assert_true(block_can("Gr\u00fc\u00dfe, \u00e7a c\u00f4te 5\u2019; \u201cOl\u00e9\u201d"));
    assert_true(block_can(""));
    assert_false(block_can("\u041f\u0440\u0438\u0432\u0435\u0442"));
    assert_false(block_can("\u304a\u8336"));
    assert_false(block_can("caf\xc3")); /* cut off */
}

static void fit_of(int rows, int columns, bool ascii, const char *text, struct block_fit *fit)
{
    struct frame frame;
    frame_init(&frame, rows, columns, ascii);
    assert_true(block_fit(&frame, frame_rect(&frame), text, fit));
    assert_in_range(fit->rows, 1, rows);
    frame_release(&frame);
}

static void letters_grow_with_the_room(void **state)
{
    (void)state;
    struct block_fit fit;
    fit_of(4, 80, false, "taxi", &fit);
    assert_int_equal(fit.rows, 4);
    fit_of(24, 80, false, "taxi", &fit);
    assert_int_equal(fit.rows, 12); /* three columns a dot: four would be wider than the frame */
    fit_of(8, 80, true, "taxi", &fit);
    assert_int_equal(fit.rows, 8); /* no half blocks in ASCII */
    fit_of(9, 40, false, "taxi rank", &fit);
    assert_int_equal(fit.rows, 9); /* two lines and a row between */
    fit_of(8, 40, false, "taxi rank", &fit);
    assert_int_equal(fit.rows, 8); /* it goes first */
}

static void a_word_is_never_cut(void **state)
{
    (void)state;
    struct frame frame;
    struct block_fit fit;
    frame_init(&frame, 24, 40, false);
    assert_false(block_fit(&frame, frame_rect(&frame), "a handkerchief", &fit));
    assert_false(large_fits(&frame, frame_rect(&frame), "a handkerchief"));
    assert_int_equal(large_rows(&frame, frame_rect(&frame), "a handkerchief"), 1);
    frame_release(&frame);
}

/* --- pictures --------------------------------------------------------------------------------- */

struct look {
    const char *name;
    int rows, columns;
    bool ascii, mono;
};

static void keep(const struct look *look, const struct scene *scene,
                 void (*draw)(struct frame *, const struct scene *), bool styles)
{
    struct frame frame;
    struct buffer text = {0};
    frame_init(&frame, look->rows, look->columns, look->ascii);
    frame.mono = look->mono;
    draw(&frame, scene);
    assert_in_range(frame.cursor_row, 0, look->rows - 1);
    assert_in_range(frame.cursor_column, 0, look->columns - 1);
    frame_print(&frame, &text, styles);
    golden_check(look->name, buffer_text(&text));
    for (size_t i = 0; i < text.length && look->ascii; i++)
        assert_in_range((unsigned char)text.bytes[i], 0, 0x7e);
    buffer_release(&text);
    frame_release(&frame);
}

static const struct key_item room_keys[] = {{"1 2 3", "Rate", 1},
                                            {"Space", "Next", 0},
                                            {"Left", "Back", 2},
                                            {"Esc", "Board", 0},
                                            {"?", "Help", 0}};

/* Number `selected` of the taxi, in the step Rate. */
static void stage(struct staged *staged, int rows, int columns, size_t selected)
{
    staged_taxi(staged);
    staged_aim(staged, rows, columns, ZOOM_CARDS, selected);
    staged->scene.keys = room_keys;
    staged->scene.key_count = sizeof room_keys / sizeof *room_keys;
    staged->scene.prompt =
        (struct prompt){.label = "As the passenger: miserable, neutral or magical?"};
    staged->scene.timer = "04:32";
}

static struct moment *shown(struct staged *staged)
{
    return &staged->window.moments[staged->window.selected];
}

static void room_mode_uses_the_room_there_is(void **state)
{
    static const struct look looks[] = {
        {"room-80x24", 24, 80, false, false},     {"room-60x17", 17, 60, false, false},
        {"room-40x10", 10, 40, false, false},     {"room-120x34", 34, 120, false, false},
        {"room-200x60", 60, 200, false, false},   {"room-ascii-80x24", 24, 80, true, true},
        {"room-mono-80x24", 24, 80, false, true}, {"room-too-small", 9, 40, false, false},
    };
    (void)state;
    for (size_t i = 0; i < sizeof looks / sizeof *looks; i++) {
        struct staged staged;
        stage(&staged, looks[i].rows, looks[i].columns, 4);
        shown(&staged)->handling = (char *)"Car washed at 6; clean shirt and tie";
        shown(&staged)->expectation = (char *)"Any car, some wait, a gruff hello";
        keep(&looks[i], &staged.scene, view_room, i == 0);
        staged_release(&staged);
    }
}

static void keep_title(const char *name, const char *title)
{
    const struct look look = {name, 24, 80, false, false};
    struct staged staged;
    stage(&staged, 24, 80, 4);
    char *kept = shown(&staged)->title;
    shown(&staged)->title = (char *)title;
    keep(&look, &staged.scene, view_room, false);
    shown(&staged)->title = kept;
    staged_release(&staged);
}

static void what_the_font_has_not_is_bold_and_spaced(void **state)
{
    (void)state;
    keep_title("room-cyrillic",
               "\u041c\u0430\u0448\u0438\u043d\u0430 \u043f\u043e\u0434\u0430\u043d\u0430");
    keep_title("room-accents", "Gr\u00fc\u00dfe \u00e0 la cr\u00e8me");
    keep_title("room-accents", "Gru\u0308\u00dfe a\u0300 la cre\u0300me"); /* as macOS has it */
}

static void a_title_too_long_for_blocks_is_wrapped(void **state)
{
    (void)state;
    keep_title("room-long",
               "The driver steps out, takes the suitcase, opens the rear door on the kerb side and "
               "says good morning by name before anything else is said or done by anybody");
}

static void a_moment_with_nothing_said_of_it_is_drawn(void **state)
{
    const struct look look = {"room-bare", 24, 80, false, false};
    struct moment moment = {.id = 1, .number = 1, .title = (char *)"Rank", .channel = FIELD_ABSENT};
    struct window window = {.moments = &moment, .count = 1, .total = 1};
    struct scene scene = {.window = &window};
    (void)state;
    keep(&look, &scene, view_room, false);
}

static void why_and_clock_stand_in_the_middle(void **state)
{
    static const struct look why = {"large-why-80x24", 24, 80, false, false};
    static const struct look narrow = {"large-why-40x10", 10, 40, true, true};
    static const struct look clock = {"clock-80x24", 24, 80, false, false};
    struct staged staged;
    (void)state;
    stage(&staged, 24, 80, 4);
    keep(&why, &staged.scene, view_large_why, false);
    keep(&narrow, &staged.scene, view_large_why, false);
    staged.scene.timer = "+00:40";
    keep(&clock, &staged.scene, view_clock, false);
    staged_release(&staged);
}

/* --- on a terminal ---------------------------------------------------------------------------- */

/* Shared with the program under test. */
static int64_t *shared_ms;

static int64_t shared_now(void *data)
{
    (void)data;
    return *(volatile int64_t *)shared_ms;
}

static int run_screen(void *data)
{
    char *editor[] = {(char *)"true", NULL};
    const struct tui_options options = {
        .path = data,
        .store = {.who = "Tester", .clock = {.now_ms = shared_now}},
        .term = {.input = STDIN_FILENO,
                 .output = STDOUT_FILENO,
                 .type = "xterm-256color",
                 .theme = TERM_THEME_DARK},
        .editor = editor,
    };
    struct error error;
    (void)setlocale(LC_ALL, "");
    return tui_run(&options, &error) == STATUS_OK ? 0 : 1;
}

/* Opens the taxi of the samples; `path` has room for it. */
static struct pty *open_taxi(char *path, size_t size)
{
    char folder[] = "/tmp/room.XXXXXX", command[512];
    assert_non_null(mkdtemp(folder));
    snprintf(path, size, "%s/taxi.touchline", folder);
    snprintf(command, sizeof command, "%s new %s --sample wally-taxi 2>/dev/null >&2",
             TOUCHLINE_PROGRAM, path);
    /* NOLINTNEXTLINE(cert-env33-c): a command that the test has written itself */
    assert_int_equal(system(command), 0);
    *shared_ms = INT64_C(1795000000000);
    struct pty *pty = pty_start_function(NULL, run_screen, path);
    pty_wait_text(pty, "1 first");
    return pty;
}

static void leave(struct pty *pty, char *path)
{
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    (void)unlink(path);
    *strrchr(path, '/') = '\0';
    (void)rmdir(path);
}

static bool has_rung(struct pty *pty, void *data)
{
    size_t length;
    const char *bytes = pty_output(pty, &length);
    (void)data;
    return memchr(bytes, '\a', length) != NULL;
}

static void r27_the_timer_ticks_and_rings_and_never_locks(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_settle(pty);
    assert_true(pty_sleeps_for_ever(pty)); /* no timer, no waking up */
    pty_keys(pty, "T");
    pty_wait_row(pty, 0, "10:00");
    *shared_ms += INT64_C(28) * 1000;
    pty_wait_row(pty, 0, "09:32");
    pty_keys(pty, "C-z");
    pty_wait_text(pty, "T stops it");
    pty_forget_output(pty);
    *shared_ms += (INT64_C(9) * 60 + 32) * 1000;
    pty_wait_text(pty, "is up");
    pty_wait_until(pty, "a bell", has_rung, NULL);
    *shared_ms += INT64_C(40) * 1000;
    pty_wait_row(pty, 0, "+00:40");
    pty_keys(pty, ">");
    pty_wait_row(pty, 0, "05:00");
    pty_keys(pty, "T");
    pty_wait_text(pty, "stands at 05:00");
    pty_settle(pty);
    assert_true(pty_sleeps_for_ever(pty));
    leave(pty, path);
}

static void the_bell_can_be_switched_off(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_keys(pty, ":");
    pty_wait_text(pty, "Find a command");
    pty_text(pty, "bell\r");
    pty_wait_text(pty, "without bell");
    pty_keys(pty, "T");
    pty_wait_row(pty, 0, "10:00");
    pty_forget_output(pty);
    *shared_ms += INT64_C(601) * 1000;
    pty_wait_text(pty, "is up");
    pty_wait_row(pty, 0, "+00:01");
    assert_false(has_rung(pty, NULL));
    leave(pty, path);
}

static void r14_any_key_leaves_the_why(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_keys(pty, "w");
    pty_wait_gone(pty, "Identify");
    pty_wait_text(pty, "\u2588\u2584\u2584\u2584\u2588");
    pty_keys(pty, "d"); /* deletes nothing */
    pty_wait_text(pty, "Identify");
    pty_wait_text(pty, "1-5 of 11");
    leave(pty, path);
}

static void room_mode_walks_rates_and_edits(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_keys(pty, "P");
    pty_wait_text(pty, "Before");
    pty_wait_text(pty, "MISERABLE");
    pty_keys(pty, ". , b");
    pty_settle(pty);
    pty_wait_text(pty, "MISERABLE");
    pty_keys(pty, "Space");
    pty_wait_text(pty, "NEUTRAL");
    pty_keys(pty, "3");
    pty_wait_text(pty, "MAGICAL");
    pty_keys(pty, "u");
    pty_wait_text(pty, "NEUTRAL");
    pty_keys(pty, "i");
    pty_wait_text(pty, "Accept"); /* keys and a line at once would look pasted */
    pty_text(pty, "An umbrella\r");
    pty_wait_gone(pty, "Accept");
    pty_keys(pty, "PgUp");
    pty_wait_text(pty, "MISERABLE");
    pty_keys(pty, "PgUp");
    pty_wait_text(pty, "This is the first moment.");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "1-5 of 11");
    pty_keys(pty, "l");
    pty_wait_text(pty, "An umbrella");
    leave(pty, path);
}

static void room_mode_can_walk_the_chosen_only(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_keys(pty, "P Tab");
    pty_wait_text(pty, "Only the chosen now");
    pty_wait_text(pty, "CHOSEN, 1 of 4");
    pty_keys(pty, "Space");
    pty_wait_text(pty, "CHOSEN, 2 of 4");
    pty_keys(pty, "PgDn Right");
    pty_wait_text(pty, "CHOSEN, 4 of 4");
    pty_keys(pty, "Space");
    pty_wait_text(pty, "last of the chosen");
    pty_keys(pty, "x");
    pty_wait_gone(pty, "CHOSEN, ");
    pty_keys(pty, "q");
    leave(pty, path);
}

static void r13_who_is_here_and_nobody_of_the_front_line(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_keys(pty, "W");
    pty_wait_text(pty, "Who is here");
    pty_keys(pty, "a");
    pty_wait_text(pty, "Ana+, Ben");
    pty_text(pty, "Zoe+, Max\r");
    pty_wait_text(pty, "Zoe +");
    pty_wait_text(pty, "Max");
    pty_wait_gone(pty, "Nobody here meets");
    pty_keys(pty, "j Space");
    pty_wait_text(pty, "away  Max");
    pty_keys(pty, "k +"); /* Zoe is here, but no longer of the front line */
    pty_wait_text(pty, "Nobody here meets the passenger");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "1-5 of 11");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty = pty_start_function(NULL, run_screen, path);
    pty_wait_text(pty, "W lists who is here.");
    pty_keys(pty, "W");
    pty_wait_text(pty, "Zoe");
    pty_keys(pty, "u d");
    pty_wait_text(pty, "Zoe is off the list");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "1-5 of 11");
    leave(pty, path);
}

static void r29_tab_in_the_help_goes_to_the_topics(void **state)
{
    char path[256];
    (void)state;
    struct pty *pty = open_taxi(path, sizeof path);
    pty_keys(pty, "? Tab");
    pty_wait_text(pty, "We have no money");
    pty_keys(pty, "Down Down Enter");
    pty_wait_text(pty, "It is said of every trade");
    pty_keys(pty, "Space");
    pty_wait_text(pty, "costs next to nothing");
    pty_resize(pty, 10, 40);
    pty_wait_text(pty, "more below");
    pty_keys(pty, "Down Down Down Down Down Down Down Down Down Down Down Down");
    pty_wait_text(pty, "more above");
    pty_wait_text(pty, "already; it is only not written");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "The mouse");
    pty_keys(pty, "Tab");
    pty_wait_text(pty, "Help \u00b7 step Identify");
    pty_keys(pty, "Esc");
    pty_wait_text(pty, "1-2 of 11");
    pty_resize(pty, 24, 80);
    pty_wait_text(pty, "1-5 of 11");
    leave(pty, path);
}

static int set_up(void **state)
{
    (void)state;
    shared_ms =
        mmap(NULL, sizeof *shared_ms, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    return shared_ms == MAP_FAILED || !setlocale(LC_ALL, "C.UTF-8") ? -1 : 0;
}

#define ON_TERMINAL(test) cmocka_unit_test_teardown(test, pty_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(latin_is_set_in_blocks),
        cmocka_unit_test(letters_grow_with_the_room),
        cmocka_unit_test(a_word_is_never_cut),
        cmocka_unit_test(room_mode_uses_the_room_there_is),
        cmocka_unit_test(what_the_font_has_not_is_bold_and_spaced),
        cmocka_unit_test(a_title_too_long_for_blocks_is_wrapped),
        cmocka_unit_test(a_moment_with_nothing_said_of_it_is_drawn),
        cmocka_unit_test(why_and_clock_stand_in_the_middle),
        ON_TERMINAL(r27_the_timer_ticks_and_rings_and_never_locks),
        ON_TERMINAL(the_bell_can_be_switched_off),
        ON_TERMINAL(r14_any_key_leaves_the_why),
        ON_TERMINAL(room_mode_walks_rates_and_edits),
        ON_TERMINAL(room_mode_can_walk_the_chosen_only),
        ON_TERMINAL(r29_tab_in_the_help_goes_to_the_topics),
        ON_TERMINAL(r13_who_is_here_and_nobody_of_the_front_line),
    };
    return cmocka_run_group_tests(tests, set_up, NULL);
}
