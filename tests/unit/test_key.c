#include "touchline/key.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static void assert_spells(const char *text, struct key key)
{
    struct key read = {0};
    assert_true(key_parse(text, &read));
    assert_true(key_equal(read, key));
    char back[KEY_TEXT_SIZE];
    key_format(key, back, sizeof back);
    assert_string_equal(back, text);
}

static void the_manuals_spellings_are_read_and_written(void **state)
{
    (void)state;
    assert_spells("a", (struct key){K_CHAR, 0, 'a'});
    assert_spells("A", (struct key){K_CHAR, 0, 'A'});
    assert_spells("é", (struct key){K_CHAR, 0, 0xE9});
    assert_spells("😀", (struct key){K_CHAR, 0, 0x1F600});
    assert_spells("C-r", (struct key){K_CHAR, KEY_CTRL, 'r'});
    assert_spells("C-_", (struct key){K_CHAR, KEY_CTRL, '_'});
    assert_spells("A-f", (struct key){K_CHAR, KEY_ALT, 'f'});
    assert_spells("A-F", (struct key){K_CHAR, KEY_ALT, 'F'});
    assert_spells("Space", (struct key){K_CHAR, 0, ' '});
    assert_spells("C-Space", (struct key){K_CHAR, KEY_CTRL, ' '});
    assert_spells("S-Tab", (struct key){K_TAB, KEY_SHIFT, 0});
    assert_spells("S-Left", (struct key){K_LEFT, KEY_SHIFT, 0});
    assert_spells("C-A-S-Backspace", (struct key){K_BACKSPACE, KEY_CTRL | KEY_ALT | KEY_SHIFT, 0});
    assert_spells("Enter", (struct key){K_ENTER, 0, 0});
    assert_spells("PgUp", (struct key){K_PAGE_UP, 0, 0});
    assert_spells("F1", (struct key){K_F1, 0, 0});
    assert_spells("F10", (struct key){K_F1 + 9, 0, 0});
    assert_spells("F12", (struct key){K_F12, 0, 0});
}

/* "-" is both a key and part of the spelling of others. */
static void signs_of_the_spelling_are_keys_too(void **state)
{
    (void)state;
    assert_spells("-", (struct key){K_CHAR, 0, '-'});
    assert_spells("+", (struct key){K_CHAR, 0, '+'});
    assert_spells("C", (struct key){K_CHAR, 0, 'C'});
    assert_spells("S", (struct key){K_CHAR, 0, 'S'});
    assert_spells("C--", (struct key){K_CHAR, KEY_CTRL, '-'});
    assert_spells("A--", (struct key){K_CHAR, KEY_ALT, '-'});
}

static void modifiers_are_read_in_any_order(void **state)
{
    (void)state;
    struct key key = {0};
    assert_true(key_parse("S-C-Up", &key));
    assert_true(key_equal(key, (struct key){K_UP, KEY_CTRL | KEY_SHIFT, 0}));
}

static void every_key_has_a_spelling_that_is_read_back(void **state)
{
    (void)state;
    for (int code = K_ENTER; code <= K_F12; code++)
        for (unsigned modifiers = 0; modifiers < 8; modifiers++) {
            struct key key = {(enum key_code)code, modifiers, 0};
            char text[KEY_TEXT_SIZE];
            key_format(key, text, sizeof text);
            assert_string_not_equal(text, "");
            assert_spells(text, key);
        }
    for (uint32_t point = ' '; point < 0x7F; point++) {
        struct key key = {K_CHAR, 0, point};
        char text[KEY_TEXT_SIZE];
        key_format(key, text, sizeof text);
        assert_spells(text, key);
    }
}

static void anything_else_is_not_a_key(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "",       " ",     "ab",       "f1",    "F0",  "F13",  "F1 ",      "enter",
        "C-",     "C-C-r", "S-a",      "C-S-a", "C-R", "S--",  "S-Space",  "X-a",
        "Ctrl-r", "→→",    "\xC3\x28", "\x1B",  "\t",  "\x7F", "\xC2\x80",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        struct key key = {K_HOME, KEY_ALT, 7};
        assert_false(key_parse(wrong[i], &key));
        assert_true(key.code == K_HOME && key.modifiers == KEY_ALT && key.point == 7);
    }
}

static void what_is_no_key_has_no_spelling(void **state)
{
    (void)state;
    static const enum key_code codes[] = {K_NONE, K_PASTE, K_MOUSE, K_RESIZE, K_FOCUS_OUT};
    for (size_t i = 0; i < sizeof codes / sizeof codes[0]; i++) {
        char text[KEY_TEXT_SIZE] = "left over";
        key_format((struct key){codes[i], KEY_SHIFT, 0}, text, sizeof text);
        assert_string_equal(text, "");
    }
}

static void a_spelling_is_whole_or_not_there(void **state)
{
    (void)state;
    char text[8] = "xxxxxxx";
    key_format((struct key){K_CHAR, KEY_CTRL, 0xE9}, text, 5);
    assert_string_equal(text, "C-é");
    memcpy(text, "xxxxxxx", sizeof text);
    key_format((struct key){K_CHAR, KEY_CTRL, 0xE9}, text, 4);
    assert_string_equal(text, "");
    assert_string_equal(text + 1, "xxxxxx");
    key_format((struct key){K_UP, 0, 0}, text + 1, 0);
    assert_string_equal(text + 1, "xxxxxx");
}

static void the_point_counts_for_characters_only(void **state)
{
    (void)state;
    assert_true(key_equal((struct key){K_UP, 0, 1}, (struct key){K_UP, 0, 2}));
    assert_false(key_equal((struct key){K_CHAR, 0, 'a'}, (struct key){K_CHAR, 0, 'b'}));
    assert_false(key_equal((struct key){K_UP, 0, 0}, (struct key){K_UP, KEY_SHIFT, 0}));
    assert_false(key_equal((struct key){K_UP, 0, 0}, (struct key){K_DOWN, 0, 0}));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(the_manuals_spellings_are_read_and_written),
        cmocka_unit_test(signs_of_the_spelling_are_keys_too),
        cmocka_unit_test(modifiers_are_read_in_any_order),
        cmocka_unit_test(every_key_has_a_spelling_that_is_read_back),
        cmocka_unit_test(anything_else_is_not_a_key),
        cmocka_unit_test(what_is_no_key_has_no_spelling),
        cmocka_unit_test(a_spelling_is_whole_or_not_there),
        cmocka_unit_test(the_point_counts_for_characters_only),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
