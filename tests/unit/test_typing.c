/* One line being typed: what each key does to its text and cursor. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/typing.h"
#include <locale.h>
#include <string.h>

static bool press(struct typing *typing, const char *spelling)
{
    struct event event = {0};
    assert_true(key_parse(spelling, &event.key));
    return typing_event(typing, &event);
}

static void paste(struct typing *typing, const char *text)
{
    char copy[64];
    assert_true(strlen(text) < sizeof copy);
    memcpy(copy, text, strlen(text) + 1);
    struct event event = {.key = {.code = K_PASTE}, .paste = copy};
    assert_true(typing_event(typing, &event));
}

/* The text with '|' where the cursor stands. */
static const char *shown(const struct typing *typing)
{
    static char out[128];
    const char *text = buffer_text(&typing->text);
    assert_true(strlen(text) < sizeof out - 2);
    memcpy(out, text, typing->cursor);
    out[typing->cursor] = '|';
    strncpy(out + typing->cursor + 1, text + typing->cursor, sizeof out - typing->cursor - 2);
    out[sizeof out - 1] = '\0';
    return out;
}

/* Presses the keys, parted by blanks, on `begin` (with '|' for the cursor) and compares. */
static void check(const char *begin, const char *keys, const char *end)
{
    struct typing typing = {0};
    char copy[128], *rest = copy;
    const char *bar = strchr(begin, '|');
    typing_set(&typing, NULL);
    typing_insert(&typing, bar + 1, strlen(bar + 1));
    typing.cursor = 0;
    typing_insert(&typing, begin, (size_t)(bar - begin));
    assert_true(strlen(keys) < sizeof copy);
    memcpy(copy, keys, strlen(keys) + 1);
    for (char *key = strtok_r(rest, " ", &rest); key; key = strtok_r(rest, " ", &rest))
        assert_true(press(&typing, key));
    assert_string_equal(shown(&typing), end);
    typing_release(&typing);
}

static void characters_go_in_at_the_cursor(void **state)
{
    (void)state;
    check("ac|", "Left b", "ab|c");
    check("|", "é 予 Space x", "é予 x|");
}

static void the_cursor_goes_by_clusters(void **state)
{
    (void)state;
    check("e\xcc\x81x|", "Left Left", "|e\xcc\x81x");
    check("|e\xcc\x81x", "Right", "e\xcc\x81|x");
    check("a|", "Right Right", "a|");
    check("|a", "Left", "|a");
}

static void backspace_and_delete_take_whole_clusters(void **state)
{
    (void)state;
    check("xe\xcc\x81|y", "Backspace", "x|y");
    check("x|e\xcc\x81y", "Delete", "x|y");
    check("|x", "Backspace", "|x");
    check("x|", "Delete", "x|");
    check("ab|", "C-h", "a|");
}

static void home_and_end_have_their_emacs_twins(void **state)
{
    (void)state;
    check("ab|c", "Home", "|abc");
    check("ab|c", "C-a", "|abc");
    check("a|bc", "End", "abc|");
    check("a|bc", "C-e", "abc|");
}

static void words_are_skipped_and_taken(void **state)
{
    (void)state;
    check("one two  |", "A-b", "one |two  ");
    check("|one two", "A-f A-f", "one two|");
    check("one two|", "C-Left", "one |two");
    check("one two |x", "C-w", "one |x");
    check("|one two", "A-d", "| two");
}

static void c_u_and_c_k_take_a_side_each(void **state)
{
    (void)state;
    check("one|two", "C-u", "|two");
    check("one|two", "C-k", "one|");
}

static void a_paste_becomes_one_line(void **state)
{
    (void)state;
    struct typing typing = {0};
    paste(&typing, "one\ntwo\tthree\n\n");
    assert_string_equal(shown(&typing), "one two three|");
    typing_release(&typing);
}

/* Whole or not at all: half a paste would have to be looked for. */
static void nothing_goes_in_beyond_the_room(void **state)
{
    (void)state;
    struct typing typing = {.most = 8};
    typing_set(&typing, "kept");
    paste(&typing, "12345");
    assert_string_equal(shown(&typing), "kept|");
    assert_int_equal(typing.refused, 9);
    typing.refused = 0;
    paste(&typing, "1234");
    assert_string_equal(shown(&typing), "kept1234|");
    assert_int_equal(typing.refused, 0);
    press(&typing, "x");
    assert_string_equal(shown(&typing), "kept1234|");
    assert_int_equal(typing.refused, 9);
    press(&typing, "Backspace");
    press(&typing, "x");
    assert_string_equal(shown(&typing), "kept123x|");
    assert_int_equal(typing_most(&(struct typing){0}), TYPING_MOST);
    typing_release(&typing);
}

static void keys_with_another_meaning_are_left_alone(void **state)
{
    (void)state;
    static const char *const others[] = {"Enter", "Esc", "Tab", "Up", "Down", "F1", "C-o"};
    struct typing typing = {0};
    typing_set(&typing, "kept");
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        assert_false(press(&typing, others[i]));
    assert_string_equal(shown(&typing), "kept|");
    typing_release(&typing);
}

int main(void)
{
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(characters_go_in_at_the_cursor),
        cmocka_unit_test(the_cursor_goes_by_clusters),
        cmocka_unit_test(backspace_and_delete_take_whole_clusters),
        cmocka_unit_test(home_and_end_have_their_emacs_twins),
        cmocka_unit_test(words_are_skipped_and_taken),
        cmocka_unit_test(c_u_and_c_k_take_a_side_each),
        cmocka_unit_test(a_paste_becomes_one_line),
        cmocka_unit_test(nothing_goes_in_beyond_the_room),
        cmocka_unit_test(keys_with_another_meaning_are_left_alone),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
