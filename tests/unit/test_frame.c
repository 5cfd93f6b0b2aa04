#include "touchline/frame.h"
#include "touchline/memory.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static const struct style plain = {.role = ROLE_TEXT};
static const struct style strong = {.role = ROLE_STRONG};

/* The frame as text; the frame is released. */
static void assert_shows(struct frame *frame, const char *expected)
{
    struct buffer out = {0};
    frame_print(frame, &out, false);
    assert_string_equal(buffer_text(&out), expected);
    buffer_release(&out);
    frame_release(frame);
}

static void a_new_frame_is_blank(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 2, 3, false);
    assert_int_equal(frame_at(&frame, 1, 2)->points[0], ' ');
    assert_int_equal(frame_at(&frame, 1, 2)->columns, 1);
    assert_null(frame_at(&frame, 2, 0));
    assert_null(frame_at(&frame, 0, 3));
    assert_null(frame_at(&frame, -1, 0));
    assert_shows(&frame, "\n\n");
}

static void a_frame_without_cells_takes_everything(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 0, -3, false);
    frame_put(&frame, 0, 0, 'x', plain);
    assert_int_equal(frame_text(&frame, 0, 0, 5, "abc", plain), 3);
    frame_fill(&frame, (struct rect){-5, -5, 100, 100}, '#', plain);
    frame_style(&frame, (struct rect){-5, -5, 100, 100}, strong);
    assert_shows(&frame, "");
}

static void drawing_is_clipped_on_each_side(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 3, 4, false);
    frame_text(&frame, 0, -2, 6, "abcdef", plain);
    frame_text(&frame, 1, 2, 6, "abcdef", plain);
    frame_text(&frame, 3, 0, 4, "abcd", plain);
    frame_fill(&frame, (struct rect){2, 3, 5, 5}, '#', plain);
    assert_shows(&frame, "cdef\n  ab\n   #\n");
}

static void text_that_does_not_fit_ends_in_an_ellipsis(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 4, 10, false);
    assert_int_equal(frame_text(&frame, 0, 0, 5, "abcde", plain), 5);
    assert_int_equal(frame_text(&frame, 1, 0, 5, "abcdef", plain), 5);
    assert_int_equal(frame_text(&frame, 2, 0, 0, "abcdef", plain), 0);
    assert_int_equal(frame_text(&frame, 2, 0, -7, "abcdef", plain), 0);
    assert_int_equal(frame_text(&frame, 2, 0, 9, NULL, plain), 0);
    assert_int_equal(frame_text_right(&frame, 3, 8, 4, "abcdef", plain), 4);
    assert_shows(&frame, "abcde\nabcd…\n\n    abc…\n");
}

static void wide_text_takes_two_cells_each(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 2, 6, false);
    assert_int_equal(frame_text(&frame, 0, 0, 6, "東京a", plain), 5);
    assert_int_equal(frame_at(&frame, 0, 0)->columns, 2);
    assert_int_equal(frame_at(&frame, 0, 1)->columns, 0);
    assert_int_equal(frame_at(&frame, 0, 1)->points[0], 0);
    assert_int_equal(frame_columns(&frame, "東京a"), 5);
    assert_int_equal(frame_text(&frame, 1, 0, 4, "東京駅", plain), 3);
    assert_shows(&frame, "東京a\n東…\n");
}

static void marks_go_with_the_half_that_is_outside(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 1, 3, false);
    frame_text(&frame, 0, 0, 4, "a\u0301東\u0301", plain);
    frame_text(&frame, 0, 2, 4, "東\u0301", plain);
    assert_int_equal(frame_at(&frame, 0, 0)->points[1], 0x301);
    assert_int_equal(frame_at(&frame, 0, 2)->points[0], ' ');
    assert_int_equal(frame_at(&frame, 0, 2)->points[1], 0);
    frame_release(&frame);
}

static void half_a_wide_cell_never_stays(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 5, 4, false);
    frame_text(&frame, 0, 0, 4, "東京", plain);
    frame_put(&frame, 0, 1, 'x', plain); /* second half of the first, */
    frame_put(&frame, 0, 2, 'y', plain); /* first half of the second */
    frame_text(&frame, 1, 0, 4, "東京", plain);
    frame_put(&frame, 1, 1, 0x6771, plain); /* across both */
    frame_put(&frame, 2, 3, 0x6771, plain); /* over the edge */
    frame_text(&frame, 3, 0, 4, "東京", plain);
    frame_text(&frame, 3, 1, 2, "ab", plain); /* across both, a byte a cell */
    frame_text(&frame, 4, 0, 4, "東京", plain);
    frame_fill(&frame, (struct rect){4, 2, 1, 1}, '#', plain);
    for (int row = 0; row < 5; row++) {
        for (int column = 0; column < 4; column++) {
            const struct cell *cell = frame_at(&frame, row, column);
            if (cell->columns == 2)
                assert_int_equal(frame_at(&frame, row, column + 1)->columns, 0);
            if (cell->columns == 0)
                assert_int_equal(frame_at(&frame, row, column - 1)->columns, 2);
        }
    }
    assert_shows(&frame, " xy\n 東\n\n ab\n東#\n");
}

static void marks_share_the_cell_before_them(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 1, 4, false);
    assert_int_equal(frame_text(&frame, 0, 0, 4, "e\xcc\x81x", plain), 2);
    assert_int_equal(frame_at(&frame, 0, 0)->points[0], 'e');
    assert_int_equal(frame_at(&frame, 0, 0)->points[1], 0x301);
    assert_int_equal(frame_at(&frame, 0, 0)->points[2], 0);
    assert_int_equal(frame_at(&frame, 0, 1)->points[0], 'x');
    frame_release(&frame);
}

static void hostile_text_is_harmless(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 1, 12, false);
    frame_text(&frame, 0, 0, 12, "a\x1b[31m\tb\nc", plain);
    assert_shows(&frame, "a^[[31m b c\n");
}

static void an_ascii_frame_holds_only_ascii(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 4, 12, true);
    frame_text(&frame, 0, 0, 12, "▼›● ★ · é 東", plain);
    frame_text(&frame, 1, 0, 6, "abcdefgh", plain);
    frame_rule(&frame, 2, 0, 3);
    frame_put(&frame, 3, 0, 0x250f, plain);
    frame_put(&frame, 3, 1, 0x2620, plain);
    assert_shows(&frame, "v>o * . ? ??\nabc...\n---\n#?\n");
}

static void wrapped_text_breaks_at_words(void **state)
{
    (void)state;
    struct frame frame;
    size_t consumed = 0;
    const char *text = "one two three four";
    frame_init(&frame, 4, 10, false);
    int rows = frame_wrapped(&frame, (struct rect){0, 1, 4, 8}, text, plain, &consumed);
    assert_int_equal(rows, 3);
    assert_int_equal(consumed, strlen(text));
    assert_shows(&frame, " one two\n three\n four\n\n");
}

static void wrapped_text_that_is_cut_says_so(void **state)
{
    (void)state;
    struct frame frame;
    size_t consumed = 0;
    frame_init(&frame, 2, 10, false);
    int rows =
        frame_wrapped(&frame, frame_rect(&frame), "one two three four five", plain, &consumed);
    assert_int_equal(rows, 2);
    assert_true(consumed < strlen("one two three four five"));
    assert_shows(&frame, "one two\nthree fou…\n");
}

static void blanks_at_the_end_are_no_reason_for_an_ellipsis(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 1, 10, false);
    frame_wrapped(&frame, frame_rect(&frame), "one two     \n   ", plain, NULL);
    assert_shows(&frame, "one two\n");
}

static void styles_can_be_changed_under_text(void **state)
{
    (void)state;
    struct frame frame;
    struct buffer out = {0};
    frame_init(&frame, 1, 5, false);
    frame_text(&frame, 0, 0, 5, "abc", plain);
    frame_style(&frame, (struct rect){0, 1, 1, 2}, strong);
    frame_print(&frame, &out, true);
    assert_string_equal(buffer_text(&out), "abc\n\n ss\n");
    buffer_release(&out);
    frame_release(&frame);
}

static void a_resized_frame_is_blank_again(void **state)
{
    (void)state;
    struct frame frame;
    frame_init(&frame, 2, 2, false);
    frame_text(&frame, 0, 0, 2, "ab", plain);
    frame.cursor_row = 1;
    frame.cursor_visible = true;
    frame_resize(&frame, 1, 7);
    assert_int_equal(frame.cursor_row, 0);
    assert_false(frame.cursor_visible);
    assert_int_equal(frame_rect(&frame).columns, 7);
    assert_shows(&frame, "\n");
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_new_frame_is_blank),
        cmocka_unit_test(a_frame_without_cells_takes_everything),
        cmocka_unit_test(drawing_is_clipped_on_each_side),
        cmocka_unit_test(text_that_does_not_fit_ends_in_an_ellipsis),
        cmocka_unit_test(wide_text_takes_two_cells_each),
        cmocka_unit_test(marks_go_with_the_half_that_is_outside),
        cmocka_unit_test(half_a_wide_cell_never_stays),
        cmocka_unit_test(marks_share_the_cell_before_them),
        cmocka_unit_test(hostile_text_is_harmless),
        cmocka_unit_test(an_ascii_frame_holds_only_ascii),
        cmocka_unit_test(wrapped_text_breaks_at_words),
        cmocka_unit_test(wrapped_text_that_is_cut_says_so),
        cmocka_unit_test(blanks_at_the_end_are_no_reason_for_an_ellipsis),
        cmocka_unit_test(styles_can_be_changed_under_text),
        cmocka_unit_test(a_resized_frame_is_blank_again),
    };
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
