#include "harmless.h"
#include "touchline/text.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include <cmocka.h>

enum { LAST_POINT = 0x10FFFF };

/* --- helpers ---------------------------------------------------------------------------------- */

/* The same numbers in each run. */
static uint32_t next_random(uint32_t *seed)
{
    *seed = *seed * 1664525 + 1013904223;
    return *seed >> 8;
}

static bool is_surrogate(uint32_t point)
{
    return point >= 0xD800 && point <= 0xDFFF;
}

static void add_point(struct buffer *text, uint32_t point)
{
    char bytes[4];
    buffer_add(text, bytes, text_encode(point, bytes));
}

/* What there is to go wrong: a few of each kind, and bytes that are no text. */
static void add_nasty(struct buffer *text, uint32_t *seed)
{
    static const uint32_t points[] = {
        'a',     'b',     'Z',     '1',     '#',     ' ',     ' ',     '-',     '\n',    '\t',
        '\r',    0,       0x1B,    0x7F,    0x85,    0x9B,    0xAD,    0xE9,    0x130,   0x300,
        0x301,   0x34F,   0x430,   0x5D0,   0x61C,   0x627,   0x64B,   0x93F,   0x915,   0x94D,
        0x1100,  0x115F,  0x1160,  0x600,   0x1161,  0x11A8,  0x17B4,  0x180B,  0x200B,  0x200C,
        0x200D,  0x200E,  0x2028,  0x202E,  0x2066,  0x2069,  0x2060,  0x20E3,  0x2591,  0x25CC,
        0x2764,  0x3042,  0x3164,  0x4E2D,  0x6587,  0xAC00,  0xE000,  0xFDD0,  0xFE00,  0xFE0E,
        0xFE0F,  0xFEFF,  0xFFA0,  0xFFF9,  0xFFFD,  0xFFFF,  0x1F1E9, 0x1F1EA, 0x1F3FB, 0x1F3F4,
        0x1F44D, 0x1F468, 0x1F6DC, 0x1F9D1, 0xE0001, 0xE0067, 0xE007F, 0xE0100, 0xF0000, 0x10FFFF,
    };
    uint32_t choice = next_random(seed) % 100;
    if (choice < 5)
        buffer_add_byte(text, (char)(next_random(seed) & 0xFF));
    else if (choice < 25)
        buffer_add_byte(text, (char)('a' + next_random(seed) % 3));
    else
        add_point(text, points[next_random(seed) % (sizeof points / sizeof points[0])]);
}

static void fill_nasty(struct buffer *text, uint32_t *seed)
{
    buffer_clear(text);
    for (uint32_t left = next_random(seed) % 24; left > 0; left--)
        add_nasty(text, seed);
}

static void fill_bytes(struct buffer *text, uint32_t *seed)
{
    buffer_clear(text);
    for (uint32_t left = next_random(seed) % 40; left > 0; left--)
        buffer_add_byte(text, (char)(next_random(seed) & 0xFF));
}

static char *shown(const char *text, size_t length, enum text_lines lines, bool ascii)
{
    struct buffer out = {0};
    text_show(&out, text, length, lines, ascii);
    return buffer_take(&out);
}

static void assert_shows_as(const char *text, size_t length, enum text_lines lines, bool ascii,
                            const char *wanted)
{
    char *out = shown(text, length, lines, ascii);
    assert_string_equal(out, wanted);
    free(out);
}

static void assert_shows(const char *text, const char *wanted)
{
    assert_shows_as(text, strlen(text), TEXT_ONE_LINE, false, wanted);
}

static void assert_shows_in_ascii(const char *text, const char *wanted)
{
    assert_shows_as(text, strlen(text), TEXT_ONE_LINE, true, wanted);
}

/* --- bytes and code points -------------------------------------------------------------------- */

static void each_code_point_is_written_and_read_back(void **state)
{
    (void)state;
    for (uint32_t point = 0; point <= LAST_POINT; point++) {
        if (is_surrogate(point))
            continue;
        char bytes[4] = "";
        uint32_t back = ~point;
        size_t length = text_encode(point, bytes);
        if (text_decode(bytes, length, &back) != length || back != point)
            fail_msg("U+%04X", (unsigned)point);
        for (size_t cut = 1; cut < length; cut++)
            assert_int_equal(text_decode(bytes, cut, &back), 0);
    }
}

static void what_is_not_utf8_is_not_read(void **state)
{
    (void)state;
    static const char *const wrong[] = {
        "\x80",
        "\xBF",
        "\xC0\x80",
        "\xC1\xBF",
        "\xC3",
        "\xC3\x28",
        "\xE0\x80\x80",
        "\xE0\x9F\xBF",
        "\xE2\x82",
        "\xE2\x28\xA1",
        "\xED\xA0\x80",
        "\xED\xBF\xBF",
        "\xF0\x80\x80\x80",
        "\xF0\x8F\xBF\xBF",
        "\xF0\x9F\x98",
        "\xF0\x9F\x98x",
        "\xF4\x90\x80\x80",
        "\xF5\x80\x80\x80",
        "\xFE",
        "\xFF",
    };
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        uint32_t point = 7;
        assert_int_equal(text_decode(wrong[i], strlen(wrong[i]), &point), 0);
        assert_int_equal(point, 7);
    }
}

static void reading_agrees_with_utf8proc(void **state)
{
    (void)state;
    uint32_t seed = 1;
    for (int round = 0; round < 100000; round++) {
        unsigned char bytes[4];
        for (size_t i = 0; i < sizeof bytes; i++)
            bytes[i] = (unsigned char)(next_random(&seed) | (i == 0 ? 0xC0 : 0x80));
        size_t length = 1 + next_random(&seed) % 4;
        utf8proc_int32_t theirs = 0;
        utf8proc_ssize_t taken = utf8proc_iterate(bytes, (utf8proc_ssize_t)length, &theirs);
        uint32_t ours = 0;
        assert_int_equal(text_decode((char *)bytes, length, &ours), taken > 0 ? taken : 0);
        if (taken > 0)
            assert_int_equal(ours, theirs);
    }
}

static void the_first_invalid_byte_is_found(void **state)
{
    (void)state;
    assert_int_equal(text_first_invalid("", 0), 0);
    assert_int_equal(text_first_invalid("caf\xC3\xA9 \n", 7), 7);
    assert_int_equal(text_first_invalid("ab\0c", 4), 2);
    assert_int_equal(text_first_invalid("caf\xC3\xA9", 4), 3);
    assert_int_equal(text_first_invalid("\xC3\xA9\xA9", 3), 2);
    assert_int_equal(text_first_invalid("a\xED\xA0\x80", 4), 1);
}

static void the_first_invalid_byte_is_found_at_any_place(void **state)
{
    (void)state;
    char text[40];
    for (size_t length = 1; length <= sizeof text; length++)
        for (size_t at = 0; at < length; at++)
            for (int byte = 0; byte <= 0xFF; byte++) {
                memset(text, 'x', length);
                text[at] = (char)byte;
                bool valid = byte > 0 && byte < 0x80;
                assert_int_equal(text_first_invalid(text, length), valid ? length : at);
            }
}

static void line_ends_become_lf(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"", ""},
        {"a\nb", "a\nb"},
        {"a\r\nb\rc", "a\nb\nc"},
        {"\r\r\n\n\r", "\n\n\n\n"},
        {"\r\n\r\n", "\n\n"},
        {"tail\r", "tail\n"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct buffer text = {0};
        buffer_add_text(&text, cases[i][0]);
        if (text.bytes != NULL)
            buffer_cut(&text, text_unify_line_ends(text.bytes, text.length));
        assert_string_equal(buffer_text(&text), cases[i][1]);
        buffer_release(&text);
    }
    assert_int_equal(text_unify_line_ends(NULL, 0), 0);
    char cut[] = "a\r\n";
    assert_int_equal(text_unify_line_ends(cut, 2), 2);
    assert_string_equal(cut, "a\n\n");
}

/* --- clusters --------------------------------------------------------------------------------- */

static void clusters_are_what_a_person_takes_for_a_character(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t length;
    } cases[] = {
        {"", 0},
        {"ab", 1},
        {"e\u0301x", 3},
        {"\r\nx", 2},
        {"\n\r", 1},
        {"🇩🇪🇫🇷", 8},
        {"👩‍💻x", 11},
        {"👍🏽x", 8},
        {"1\uFE0F\u20E3x", 7},
        {"\xEA\xB0\x81x", 3},
        {"\xE1\x84\x80\xE1\x85\xA1\xE1\x86\xA8x", 9},
        {"कि", 6},
        {"\xFF\xFF", 1},
        {"a\xFF", 1},
        {"\xC3x", 1},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_int_equal(text_cluster_length(cases[i].text, strlen(cases[i].text)),
                         cases[i].length);
}

static void a_cluster_is_one_code_point_where_there_is_one(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        size_t taken;
        uint32_t point;
    } cases[] = {
        {"ab", 1, 'a'},
        {"\u00e9t", 2, 0xe9},
        {"e\u0301t", 3, 0xe9},
        {"u\u0308\u0304", 5, 0x1d6}, /* both marks */
        {"q\u0301", 0, 0},           /* there is none */
        {"\U0001f1ef\U0001f1f5", 0, 0},
        {"\xff", 0, 0},
        {"", 0, 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        uint32_t point = 0;
        assert_int_equal(text_decode_cluster(cases[i].text, strlen(cases[i].text), &point),
                         cases[i].taken);
        assert_int_equal(point, cases[i].point);
    }
    char many[64] = "e";
    for (size_t i = 0; i < 20; i++)
        memcpy(many + 1 + 2 * i, "\u0301", 3);
    uint32_t point = 0;
    assert_int_equal(text_decode_cluster(many, strlen(many), &point), 0);
}

/* Going back from any place between code points leads to the cluster that going forward found. */
static void going_back_agrees_with_going_forward(void **state)
{
    (void)state;
    uint32_t seed = 2;
    struct buffer text = {0};
    for (int round = 0; round < 20000; round++) {
        fill_nasty(&text, &seed);
        const char *bytes = buffer_text(&text);
        for (size_t begin = 0, end; begin < text.length; begin = end) {
            end = begin + text_cluster_length(bytes + begin, text.length - begin);
            assert_true(end > begin && end <= text.length);
            for (size_t at = begin; at < end;) {
                uint32_t point = 0;
                size_t taken = text_decode(bytes + at, text.length - at, &point);
                at += taken > 0 ? taken : 1;
                assert_int_equal(text_cluster_before(bytes, at), begin);
            }
        }
        assert_int_equal(text_cluster_before(bytes, 0), 0);
    }
    buffer_release(&text);
}

/* --- made harmless: examples ------------------------------------------------------------------ */

static void ordinary_text_is_shown_as_it_is(void **state)
{
    (void)state;
    static const char *const texts[] = {
        "",
        "Drink offered",
        "Köln, naïve café, ½ · …",
        "e\u0301a\u0308",
        "日本語 中文 한국어",
        "\u05E9\u05DC\u05D5\u05DD \u05E2\u05D5\u05DC\u05DD",
        "\u0645\u0631\u062D\u0628\u0627 \u0628\u0627\u0644\u0639\u0627\u0644\u0645",
        "\u0645\u06CC\u200C\u062E\u0648\u0627\u0647\u0645",
        "क्\u200Dष हिन्दी",
        "र\u200D्य",
        "😀👍⚠★●▼",
        "░◌\uFFFD",
    };
    for (size_t i = 0; i < sizeof texts / sizeof texts[0]; i++)
        assert_shows(texts[i], texts[i]);
}

static void controls_are_spelled(void **state)
{
    (void)state;
    assert_shows("\x1B[2J", "^[[2J");
    assert_shows("a\x01\x08\r\x1F\x7F", "a^A^H^M^_^?");
    assert_shows_as("\0", 1, TEXT_ONE_LINE, false, "^@");
    assert_shows("a\tb\nc", "a b c");
    assert_shows_as("a\tb\nc", 5, TEXT_MANY_LINES, false, "a b\nc");
    assert_shows("\xC2\x9B"
                 "31m\xC2\x85",
                 "\uFFFD31m\uFFFD");
}

static void direction_is_spelled_or_dropped(void **state)
{
    (void)state;
    assert_shows("a\u202Eb\u2066c\u2069\u202C", "a<U+202E>b<U+2066>c<U+2069><U+202C>");
    assert_shows("a\u200Eb\u200F\u061Cc", "abc");
    assert_int_equal(text_columns("a\u202E\u202C", 7), 17);
}

static void what_cannot_be_shown_is_replaced(void **state)
{
    (void)state;
    assert_shows("a\u2028b\u2029", "a\uFFFDb\uFFFD");
    assert_shows("\uE000\uFDD0\uFFFE\U0001FFFF\U0010FFFD", "\uFFFD\uFFFD\uFFFD\uFFFD\uFFFD");
    assert_shows("a\xFF\xC3z\xE2\x82", "a\uFFFD\uFFFDz\uFFFD\uFFFD");
    assert_shows("\u0378", "\uFFFD");
}

static void what_hides_leaves_one_sign(void **state)
{
    (void)state;
    assert_shows("pay\u200Bpal", "pay░pal");
    assert_shows("a\u200B\u200E\u200Bb", "a░b");
    assert_shows("a\U00013430b", "a░b");
    assert_shows("\u00AD\uFEFF\u2060\u3164", "░");
    assert_shows("a\u200B\u200Eb\u200B", "a░b░");
    assert_shows("a\U000E0068\U000E0069b", "a░b");
    assert_shows("a\uFE00", "a░");
    assert_shows("\u200B\u05D0", "░\u05D0");
}

static void joiners_stand_between_letters_only(void **state)
{
    (void)state;
    assert_shows("a\u200C", "a░");
    assert_shows("\u200Ca", "░a");
    assert_shows("1\u200D2", "1░2");
    assert_shows("a\u200C\u200Cb", "a░b");
    assert_shows("a\u200D 😀", "a░ 😀");
    assert_shows("ab\u200Ccd", "ab\u200Ccd");
    assert_shows("a\u0300\u0301\u200C\u0303b", "a\u0300\u0301\u200C\u0303b");
    assert_shows("a\u0300\u0301\u0302\u200C\u0303b", "a\u0300\u0301\u0302░◌\u0303b");
    assert_shows("a\u0300\u0301\u0302\u0303\u200Cb", "a\u0300\u0301\u0302\u0303░b");
}

static void marks_stay_on_their_letter(void **state)
{
    (void)state;
    assert_shows("\u0301a", "◌\u0301a");
    assert_shows("e\u200E\u0301", "e\u0301");
    assert_shows("a\n\u0301", "a ◌\u0301");
    assert_shows_as("a\n\u0301", 4, TEXT_MANY_LINES, false, "a\n◌\u0301");
    assert_shows("\x01\u0301", "^A◌\u0301");
    assert_shows("\u202E\u0301\u202C", "<U+202E>◌\u0301<U+202C>");
    assert_shows("\u200B\u0301", "░◌\u0301");
    assert_shows("a\u0300\u0301\u0302\u0303\u0304\u0305b", "a\u0300\u0301\u0302\u0303b");
    assert_shows("\u0300\u0301\u0302\u0303\u0304", "◌\u0300\u0301\u0302\u0303");
}

static void of_a_compound_emoji_the_first_is_shown(void **state)
{
    (void)state;
    assert_shows("👩\u200D💻!", "👩!");
    assert_shows("👨\u200D👩\u200D👧\u200D👦!", "👨!");
    assert_shows("👍🏽!", "👍!");
    assert_shows("🏽", "🏽");
    assert_shows("👍\u200C👍", "👍👍");
    assert_shows("⚠\uFE0F!", "⚠!");
    assert_shows("❤\uFE0F\u200D🔥!", "❤!");
    assert_shows("1\uFE0F\u20E3#\u20E3", "1#");
    assert_shows("🇩🇪🇫", "DEF");
    assert_shows("👍\u200Da", "👍░a");
    assert_shows("🏴\U000E0067\U000E007F!", "🏴░!");
    assert_shows("葛\U000E0100飾\uFE00", "葛飾");
    assert_shows("\U00020BB7\U000E0100!", "\U00020BB7!"); /* Han beyond the first plane */
    assert_shows("\U00050000\uFE00!", "\uFFFD░!");
}

static void in_ascii_nothing_else_is_left(void **state)
{
    (void)state;
    assert_shows_in_ascii("Drink\t\x1B offered", "Drink ^[ offered");
    assert_shows_in_ascii("café e\u0301", "caf? e");
    assert_shows_in_ascii("中文😀", "??????");
    assert_shows_in_ascii("a\u200Bb\u202E\u0301\xFFz\u202C", "a?b<U+202E>??z<U+202C>");
    assert_shows_in_ascii("🇩🇪", "DE");
    assert_shows_in_ascii("\u0645\u06CC\u200C\u062E", "???");
}

static void plain_text_is_printable_ascii(void **state)
{
    (void)state;
    assert_true(text_is_plain("", 0));
    assert_true(text_is_plain("Drink offered ~", 15));
    assert_true(text_is_plain("e\u0301", 1));
    assert_false(text_is_plain("e\u0301", 3));
    assert_false(text_is_plain("0123456789abcdef\x7F", 17));
    assert_false(text_is_plain("a\nb", 3));
}

static void columns_are_those_shown(void **state)
{
    (void)state;
    assert_int_equal(text_columns("", 0), 0);
    assert_int_equal(text_columns("Drink offered", 13), 13);
    assert_int_equal(text_columns("a\tb\n", 4), 4);
    assert_int_equal(text_columns("e\u0301", 3), 1);
    assert_int_equal(text_columns("中文", 6), 4);
    assert_int_equal(text_columns("👩‍💻", 11), 2);
    assert_int_equal(text_columns("0123456789abcdef\x7Fghijklm", 24), 25);
    assert_int_equal(text_columns("0123456e\u0301", 10), 8);
}

/* --- made harmless: for any text -------------------------------------------------------------- */

/* Checks one point of shown text in its place; gives its columns. */
static int check_point(struct harmless_text *shown, uint32_t point)
{
    int columns;
    bool joined = harmless_is_joiner(shown->before);
    if (point == '\n') {
        assert_false(joined);
        *shown = (struct harmless_text){0};
        return 0;
    }
    const char *why = harmless_take(shown, point, &columns);
    if (why != NULL)
        fail_msg("U+%04X: %s", (unsigned)point, why);
    assert_true(!joined || harmless_is_letter(point));
    return columns;
}

/* Asserts that the text may go to a terminal, and gives the columns it takes there. */
static int check_harmless(const char *text, size_t length)
{
    struct harmless_text seen = {0};
    int columns = 0;
    for (size_t at = 0; at < length;) {
        uint32_t point = 0;
        size_t taken = text_decode(text + at, length - at, &point);
        assert_true(taken > 0);
        at += taken;
        columns += check_point(&seen, point);
    }
    assert_false(harmless_is_joiner(seen.before));
    return columns;
}

static void check_ascii(const char *text, size_t length, int columns)
{
    struct buffer out = {0};
    text_show(&out, text, length, TEXT_ONE_LINE, true);
    assert_int_equal(out.length, columns);
    for (size_t i = 0; i < out.length; i++)
        assert_in_range(out.bytes[i], ' ', '~');
    buffer_release(&out);
}

static void check_shown(const char *text, size_t length)
{
    struct buffer out = {0};
    struct buffer again = {0};
    int columns = text_columns(text, length);
    text_show(&out, text, length, TEXT_ONE_LINE, false);
    assert_int_equal(check_harmless(buffer_text(&out), out.length), columns);
    assert_null(memchr(buffer_text(&out), '\n', out.length));
    text_show(&again, buffer_text(&out), out.length, TEXT_ONE_LINE, false);
    assert_string_equal(buffer_text(&again), buffer_text(&out));
    check_ascii(text, length, columns);
    buffer_clear(&out);
    text_show(&out, text, length, TEXT_MANY_LINES, false);
    check_harmless(buffer_text(&out), out.length);
    buffer_release(&out);
    buffer_release(&again);
}

/* Alone; and, where there is something assigned, also between letters, after an emoji and a joiner,
 * in a keycap, in a Devanagari conjunct, after a control, and at the end. */
static void each_code_point_is_harmless_wherever_it_stands(void **state)
{
    (void)state;
    static const char *const between[] = {
        "a", "b😀\u200D", "\uFE0F1", "\u20E3\u0915\u094D", "\u0937\x1B", "",
    };
    struct buffer text = {0};
    for (uint32_t point = 0; point <= LAST_POINT; point++) {
        if (is_surrogate(point))
            continue;
        buffer_clear(&text);
        add_point(&text, point);
        check_shown(text.bytes, text.length);
        if (point > 0x1FFFF && point >> 12 != 0xE0)
            continue;
        buffer_clear(&text);
        for (size_t i = 0; i < sizeof between / sizeof between[0]; i++) {
            buffer_add_text(&text, between[i]);
            add_point(&text, point);
        }
        check_shown(text.bytes, text.length);
    }
    buffer_release(&text);
}

static void any_text_is_shown_harmless_in_its_columns(void **state)
{
    (void)state;
    uint32_t seed = 3;
    struct buffer text = {0};
    for (int round = 0; round < 20000; round++) {
        fill_nasty(&text, &seed);
        check_shown(buffer_text(&text), text.length);
    }
    for (int round = 0; round < 10000; round++) {
        fill_bytes(&text, &seed);
        check_shown(buffer_text(&text), text.length);
    }
    buffer_release(&text);
}

static void in_the_c_locale_it_is_harmless_too(void **state)
{
    (void)state;
    uint32_t seed = 4;
    struct buffer text = {0};
    assert_non_null(setlocale(LC_CTYPE, "C"));
    assert_shows("caf\u00E9 \x1B", "caf\uFFFD ^[");
    assert_shows_in_ascii("café 中文", "caf? ??");
    for (int round = 0; round < 20000; round++) {
        fill_nasty(&text, &seed);
        check_ascii(buffer_text(&text), text.length, text_columns(buffer_text(&text), text.length));
    }
    buffer_release(&text);
    assert_non_null(setlocale(LC_CTYPE, "C.UTF-8"));
}

/* --- fitted ----------------------------------------------------------------------------------- */

static void assert_fits_as(const char *text, int columns, bool ascii, const char *wanted, int used)
{
    struct buffer out = {0};
    buffer_add_text(&out, "|");
    assert_int_equal(text_fit(&out, text, strlen(text), columns, ascii), used);
    assert_string_equal(buffer_text(&out) + 1, wanted);
    buffer_release(&out);
}

static void what_fits_is_whole_and_the_rest_is_an_ellipsis(void **state)
{
    (void)state;
    assert_fits_as("Drink", 5, false, "Drink", 5);
    assert_fits_as("Drink", 9, false, "Drink", 5);
    assert_fits_as("Drinks", 5, false, "Drin…", 5);
    assert_fits_as("Drinks", 1, false, "…", 1);
    assert_fits_as("Drinks", 0, false, "", 0);
    assert_fits_as("", 0, false, "", 0);
    assert_fits_as("Drinks", 5, true, "Dr...", 5);
    assert_fits_as("Drinks", 2, true, "..", 2);
    assert_fits_as("Drinks", 0, true, "", 0);
    assert_fits_as("Drinks", -3, false, "", 0);
    assert_fits_as("中文字", 6, false, "中文字", 6);
    assert_fits_as("中文字", 5, false, "中文…", 5);
    assert_fits_as("中文字", 4, false, "中…", 3);
    assert_fits_as("中文", 1, false, "…", 1);
    assert_fits_as("cafe\u0301s", 4, false, "caf…", 4);
    assert_fits_as("cafe\u0301", 4, false, "cafe\u0301", 4);
    assert_fits_as("x\u202Ey\u202C", 8, false, "x…", 2);
    assert_fits_as("ककिक", 3, false, "क…", 2);
    assert_fits_as("one\ntwo", 7, false, "one two", 7);
    assert_fits_as("क्\u200Dष", 2, false, "क्\u200Dष", 2);
    assert_fits_as("xक्\u200Dष", 2, false, "x…", 2);
    assert_fits_as("क्\u200Dषxx", 2, false, "क्…", 2); /* no joiner is left over */
}

static void fitting_never_goes_beyond_its_columns(void **state)
{
    (void)state;
    uint32_t seed = 5;
    struct buffer text = {0};
    struct buffer out = {0};
    for (int round = 0; round < 10000; round++) {
        fill_nasty(&text, &seed);
        const char *bytes = buffer_text(&text);
        int columns = (int)(next_random(&seed) % 24);
        bool ascii = next_random(&seed) % 4 == 0;
        buffer_clear(&out);
        int used = text_fit(&out, bytes, text.length, columns, ascii);
        assert_in_range(used, 0, columns);
        char *whole = shown(bytes, text.length, TEXT_ONE_LINE, ascii);
        if (text_columns(bytes, text.length) <= columns)
            assert_string_equal(buffer_text(&out), whole);
        else
            assert_string_not_equal(buffer_text(&out), whole);
        int wide = 0;
        mbstate_t shift = {0};
        const char *at = buffer_text(&out);
        for (wchar_t c; mbrtowc(&c, at, 4, &shift) > 0; at += mbrlen(at, 4, &shift))
            wide += wcwidth(c);
        assert_int_equal(wide, used);
        free(whole);
    }
    buffer_release(&text);
    buffer_release(&out);
}

/* --- wrapped ---------------------------------------------------------------------------------- */

/* The lines, each ended by "|". */
static void assert_wraps(const char *text, int columns, const char *wanted)
{
    struct buffer lines = {0};
    struct text_wrap wrap = {.text = text, .length = strlen(text), .columns = columns};
    while (text_wrap_next(&wrap)) {
        buffer_add(&lines, wrap.line, wrap.line_length);
        buffer_add_byte(&lines, '|');
    }
    assert_false(text_wrap_next(&wrap));
    assert_string_equal(buffer_text(&lines), wanted);
    buffer_release(&lines);
}

static void lines_break_between_words(void **state)
{
    (void)state;
    assert_wraps("", 5, "");
    assert_wraps("Drink", 5, "Drink|");
    assert_wraps("Drink offered by crew", 13, "Drink offered|by crew|");
    assert_wraps("Drink offered by crew", 12, "Drink|offered by|crew|");
    assert_wraps("Drink   offered", 7, "Drink|offered|");
    assert_wraps("Drink offered   ", 13, "Drink offered|");
    assert_wraps("  in by two", 8, "  in by|two|");
    assert_wraps("a b c", 1, "a|b|c|");
}

static void a_line_feed_ends_a_line(void **state)
{
    (void)state;
    assert_wraps("one\ntwo", 9, "one|two|");
    assert_wraps("one\n", 9, "one|");
    assert_wraps("\n", 9, "|");
    assert_wraps("\n\none\n\ntwo", 9, "||one||two|");
    assert_wraps("one  \ntwo", 3, "one|two|");
    assert_wraps("one\ntwo", 3, "one|two|");
    assert_wraps("one \n \ntwo", 3, "one||two|");
}

static void long_words_break_inside(void **state)
{
    (void)state;
    assert_wraps("Supercalifragilistic", 8, "Supercal|ifragili|stic|");
    assert_wraps("an unthinkable", 5, "an|unthi|nkabl|e|");
    assert_wraps("cafe\u0301s", 4, "cafe\u0301|s|");
    assert_wraps("中文", 1, "中|文|");
    assert_wraps("\x01\x02", 1, "\x01|\x02|");
}

static void dashes_and_slashes_break_words(void **state)
{
    (void)state;
    assert_wraps("check-in desk", 7, "check-|in desk|");
    assert_wraps("phone/email", 8, "phone/|email|");
    assert_wraps("say -5 now", 5, "say|-5|now|");
    assert_wraps("10–12 or so", 4, "10–|12|or|so|");
    assert_wraps("wait—then go", 7, "wait—|then go|");
    assert_wraps("a --force", 4, "a|--fo|rce|");
}

static void east_asian_text_breaks_anywhere_but_at_its_signs(void **state)
{
    (void)state;
    assert_wraps("中文字符", 5, "中文|字符|");
    assert_wraps("at 東京駅", 7, "at 東京|駅|");
    assert_wraps("東京駅。", 6, "東京|駅。|");
    assert_wraps("東京「駅」", 6, "東京|「駅」|");
    assert_wraps("東京“駅”", 5, "東京|“駅”|"); /* signs of all scripts */
    assert_wraps("東京駅”", 6, "東京|駅”|");
    assert_wraps("コーヒー", 6, "コー|ヒー|");
    assert_wraps("a hotel東京", 8, "a hotel|東京|");
}

static bool is_swallowed(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* Only blanks may lie between two lines; each line fits, or is one cluster. */
static void wrapped_lines_hold_all_the_text_and_fit(void **state)
{
    (void)state;
    uint32_t seed = 6;
    struct buffer text = {0};
    for (int round = 0; round < 10000; round++) {
        fill_nasty(&text, &seed);
        struct text_wrap wrap = {.text = buffer_text(&text), .length = text.length};
        wrap.columns = 1 + (int)(next_random(&seed) % 12);
        const char *at = wrap.text;
        while (text_wrap_next(&wrap)) {
            for (; at < wrap.line; at++)
                assert_true(is_swallowed(*at));
            assert_ptr_equal(at, wrap.line);
            assert_null(memchr(wrap.line, '\n', wrap.line_length));
            at = wrap.line + wrap.line_length;
            assert_true(text_columns(wrap.line, wrap.line_length) <= wrap.columns ||
                        text_cluster_length(wrap.line, wrap.line_length) == wrap.line_length);
        }
        for (; at < wrap.text + wrap.length; at++)
            assert_true(is_swallowed(*at));
    }
    buffer_release(&text);
}

/* --- folded and found ------------------------------------------------------------------------- */

static void assert_folds(const char *text, const char *wanted)
{
    struct buffer out = {0};
    text_fold(&out, text, strlen(text));
    assert_string_equal(buffer_text(&out), wanted);
    buffer_release(&out);
}

static void folding_takes_the_case_away(void **state)
{
    (void)state;
    assert_folds("Drink OFFERED @[`{", "drink offered @[`{");
    assert_folds("ÄÖÜ Éß ẞ", "äöü éß ß");
    assert_folds("ΣΑΣ ς µ", "σασ σ μ");
    assert_folds("ПРИВЕТ", "привет");
    assert_folds("İıK\u017F", "iıks");
    assert_folds("\u212A\u212B", "kå");
    assert_folds("ﬁ ŉ", "ﬁ ŉ");
    assert_folds("A\xFF\xC3Z", "a\xFF\xC3z");
}

static void folding_again_changes_nothing(void **state)
{
    (void)state;
    struct buffer once = {0};
    struct buffer twice = {0};
    for (uint32_t point = 1; point <= LAST_POINT; point++) {
        if (is_surrogate(point))
            continue;
        char bytes[4];
        buffer_clear(&once);
        buffer_clear(&twice);
        text_fold(&once, bytes, text_encode(point, bytes));
        text_fold(&twice, once.bytes, once.length);
        if (strcmp(once.bytes, twice.bytes) != 0)
            fail_msg("U+%04X", (unsigned)point);
        /* What the quick way of text_find() relies on. */
        if (point >= 0x80 && (unsigned char)once.bytes[0] < 0x80)
            assert_true(point == 0x130 || point == 0x17F || point == 0x212A);
    }
    buffer_release(&once);
    buffer_release(&twice);
}

static ptrdiff_t find(const char *text, const char *needle)
{
    return text_find(text, strlen(text), needle, strlen(needle));
}

static void words_are_found_in_any_case(void **state)
{
    (void)state;
    assert_int_equal(find("Drink offered", ""), 0);
    assert_int_equal(find("", ""), 0);
    assert_int_equal(find("", "x"), -1);
    assert_int_equal(find("Drink offered", "drink offered"), 0);
    assert_int_equal(find("Drink offered", "drink offered "), -1);
    assert_int_equal(find("Drink OFFERED by the crew", "offered"), 6);
    assert_int_equal(find("offer offered", "offered"), 6);
    assert_int_equal(find("Drink", "k"), 4);
    assert_int_equal(find("Gate 42b", "42"), 5);
    assert_int_equal(find("a@b `x{", "`x{"), 4);
    assert_int_equal(find("a@B", "`"), -1);
    assert_int_equal(find("Me@Home", "@h"), 2);
    assert_int_equal(text_find("中", 3, "中", 2), -1);
    assert_int_equal(find("Café ÉTÉ", "été"), 6);
    assert_int_equal(find("naïve DRINK", "drink"), 7);
    assert_int_equal(find("İstanbul", "istanbul"), 0);
    assert_int_equal(find("5 \u212Aelvin", "kelvin"), 2);
    assert_int_equal(find("Gość ćwiczy SKI", "ski"), 15); /* letters that fold as others do */
    assert_int_equal(find("\u023A", "\u2C65"), 0);
    assert_int_equal(find("ﬁ", "f"), -1);
}

/* The offset is the first at which the folded rest begins with the needle. */
static ptrdiff_t find_plainly(const char *text, size_t length, const struct buffer *needle)
{
    struct buffer folded = {0};
    ptrdiff_t found = -1;
    for (size_t at = 0; at < length && found < 0;) {
        buffer_clear(&folded);
        text_fold(&folded, text + at, length - at);
        if (folded.length >= needle->length &&
            memcmp(buffer_text(&folded), buffer_text(needle), needle->length) == 0)
            found = (ptrdiff_t)at;
        uint32_t point = 0;
        size_t taken = text_decode(text + at, length - at, &point);
        at += taken > 0 ? taken : 1;
    }
    buffer_release(&folded);
    return found;
}

/* Small and large, of one byte and of several, that fold to fewer or more bytes, and no text. */
static const char *const pieces[] = {"a",      "B", "b",  "k",    "K", "s",
                                     "i",      " ", "1",  "é",    "É", "\u212A",
                                     "\u017F", "İ", "中", "\xFF", "Z", "\u023A"};
enum { PIECES = sizeof pieces / sizeof pieces[0] };

static void finding_agrees_with_folding_and_looking(void **state)
{
    (void)state;
    uint32_t seed = 7;
    struct buffer text = {0};
    struct buffer raw = {0};
    struct buffer needle = {0};
    for (int round = 0; round < 30000; round++) {
        /* Every other round without what is not ASCII, so that both ways are gone. */
        uint32_t most = round % 2 == 0 ? PIECES : 9;
        buffer_clear(&text);
        buffer_clear(&raw);
        buffer_clear(&needle);
        for (uint32_t left = next_random(&seed) % 30; left > 0; left--)
            buffer_add_text(&text, pieces[next_random(&seed) % most]);
        for (uint32_t left = 1 + next_random(&seed) % 3; left > 0; left--)
            buffer_add_text(&raw, pieces[next_random(&seed) % most]);
        text_fold(&needle, buffer_text(&raw), raw.length);
        assert_int_equal(
            text_find(buffer_text(&text), text.length, buffer_text(&needle), needle.length),
            find_plainly(buffer_text(&text), text.length, &needle));
    }
    buffer_release(&text);
    buffer_release(&raw);
    buffer_release(&needle);
}

static int sign(int order)
{
    return (order > 0) - (order < 0);
}

static void comparing_agrees_with_folding_first(void **state)
{
    (void)state;
    uint32_t seed = 9;
    struct buffer texts[2] = {{0}}, folded[2] = {{0}};
    for (int round = 0; round < 30000; round++) {
        for (int i = 0; i < 2; i++) {
            buffer_clear(&texts[i]);
            buffer_clear(&folded[i]);
            for (uint32_t left = next_random(&seed) % 4; left > 0; left--)
                buffer_add_text(&texts[i], pieces[next_random(&seed) % PIECES]);
            text_fold(&folded[i], buffer_text(&texts[i]), texts[i].length);
        }
        assert_int_equal(sign(text_compare(buffer_text(&texts[0]), buffer_text(&texts[1]))),
                         sign(strcmp(buffer_text(&folded[0]), buffer_text(&folded[1]))));
    }
    /* A byte that is none beside the character which it could have begun. */
    assert_true(text_compare("\xF0é", "😀") > 0);
    assert_true(text_compare("😀", "\xF0é") < 0);
    for (int i = 0; i < 2; i++) {
        buffer_release(&texts[i]);
        buffer_release(&folded[i]);
    }
}

/* --- nearly the same -------------------------------------------------------------------------- */

static void doubles_are_told_from_others(void **state)
{
    (void)state;
    assert_true(text_nearly_same("Drink offered", "Drink offered"));
    assert_true(text_nearly_same("Drink offered", "drink  OFFERED!"));
    assert_true(text_nearly_same("Drink offered", " drinks offered"));
    assert_true(text_nearly_same("Drink offered", "Drnik offered"));
    assert_true(text_nearly_same("Check-in", "check in"));
    assert_true(text_nearly_same("Café réservé", "CAFÉ RÉSERVÉ."));
    assert_true(text_nearly_same("Kiss taxi", "\u212Ai\u017F\u017F taxİ"));
    assert_true(text_nearly_same("", ""));
    assert_true(text_nearly_same("???", "???"));
    assert_false(text_nearly_same("???", "!!!"));
    assert_false(text_nearly_same("", "a"));
    assert_false(text_nearly_same("Drink offered", "Dinner offered"));
    assert_false(text_nearly_same("Phone", "Phones"));
    assert_false(text_nearly_same("Reception visit 1", "Reception visit 2"));
    assert_false(text_nearly_same("Room 12 is ready", "Room 1 is ready"));
}

static void long_titles_are_compared_in_bounds(void **state)
{
    (void)state;
    char a[3001];
    char b[3001];
    memset(a, 'x', 3000);
    memset(b, 'x', 3000);
    a[3000] = b[3000] = '\0';
    assert_true(text_nearly_same(a, b));
    b[500] = 'y';
    assert_true(text_nearly_same(a, b));
    memset(b + 1500, 'y', 1500);
    assert_true(text_nearly_same(a, b));
    memset(b + 100, 'y', 200);
    assert_false(text_nearly_same(a, b));
}

static size_t least_of(size_t a, size_t b, size_t c)
{
    size_t least = a < b ? a : b;
    return least < c ? least : c;
}

/* The whole table of optimal string alignment, as a book has it. */
static size_t slips(const char *a, const char *b)
{
    size_t table[24][24];
    size_t m = strlen(a);
    size_t n = strlen(b);
    for (size_t i = 0; i <= m; i++)
        table[i][0] = i;
    for (size_t j = 0; j <= n; j++)
        table[0][j] = j;
    for (size_t i = 1; i <= m; i++)
        for (size_t j = 1; j <= n; j++) {
            size_t wrong = table[i - 1][j - 1] + (a[i - 1] != b[j - 1]);
            table[i][j] = least_of(wrong, table[i - 1][j] + 1, table[i][j - 1] + 1);
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1])
                table[i][j] = least_of(table[i][j], table[i - 2][j - 2] + 1, SIZE_MAX);
        }
    return table[m][n];
}

/* One slip of a kind, somewhere. */
static void slip(char *text, uint32_t *seed)
{
    size_t length = strlen(text);
    char *place = text + next_random(seed) % length;
    uint32_t kind = next_random(seed) % 3;
    if (kind == 0) {
        *place = 'z';
    } else if (kind == 1 && length > 1) {
        memmove(place, place + 1, strlen(place));
    } else if (place[1] != '\0') {
        char first = place[0];
        place[0] = place[1];
        place[1] = first;
    }
}

static void slips_are_counted_right(void **state)
{
    (void)state;
    uint32_t seed = 8;
    for (int round = 0; round < 50000; round++) {
        char a[24] = "";
        char b[24] = "";
        size_t length = 1 + next_random(&seed) % 22;
        for (size_t i = 0; i < length; i++)
            a[i] = b[i] = (char)('a' + next_random(&seed) % 4);
        for (uint32_t left = next_random(&seed) % 4; left > 0; left--)
            slip(b, &seed);
        size_t longer = strlen(a) > strlen(b) ? strlen(a) : strlen(b);
        assert_int_equal(text_nearly_same(a, b), slips(a, b) <= longer / 8);
    }
}

static int use_utf8(void **state)
{
    (void)state;
    return setlocale(LC_CTYPE, "C.UTF-8") == NULL;
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_code_point_is_written_and_read_back),
        cmocka_unit_test(what_is_not_utf8_is_not_read),
        cmocka_unit_test(reading_agrees_with_utf8proc),
        cmocka_unit_test(the_first_invalid_byte_is_found),
        cmocka_unit_test(the_first_invalid_byte_is_found_at_any_place),
        cmocka_unit_test(line_ends_become_lf),
        cmocka_unit_test(clusters_are_what_a_person_takes_for_a_character),
        cmocka_unit_test(a_cluster_is_one_code_point_where_there_is_one),
        cmocka_unit_test(going_back_agrees_with_going_forward),
        cmocka_unit_test(ordinary_text_is_shown_as_it_is),
        cmocka_unit_test(controls_are_spelled),
        cmocka_unit_test(direction_is_spelled_or_dropped),
        cmocka_unit_test(what_cannot_be_shown_is_replaced),
        cmocka_unit_test(what_hides_leaves_one_sign),
        cmocka_unit_test(joiners_stand_between_letters_only),
        cmocka_unit_test(marks_stay_on_their_letter),
        cmocka_unit_test(of_a_compound_emoji_the_first_is_shown),
        cmocka_unit_test(in_ascii_nothing_else_is_left),
        cmocka_unit_test(plain_text_is_printable_ascii),
        cmocka_unit_test(columns_are_those_shown),
        cmocka_unit_test(each_code_point_is_harmless_wherever_it_stands),
        cmocka_unit_test(any_text_is_shown_harmless_in_its_columns),
        cmocka_unit_test(in_the_c_locale_it_is_harmless_too),
        cmocka_unit_test(what_fits_is_whole_and_the_rest_is_an_ellipsis),
        cmocka_unit_test(fitting_never_goes_beyond_its_columns),
        cmocka_unit_test(lines_break_between_words),
        cmocka_unit_test(a_line_feed_ends_a_line),
        cmocka_unit_test(long_words_break_inside),
        cmocka_unit_test(dashes_and_slashes_break_words),
        cmocka_unit_test(east_asian_text_breaks_anywhere_but_at_its_signs),
        cmocka_unit_test(wrapped_lines_hold_all_the_text_and_fit),
        cmocka_unit_test(folding_takes_the_case_away),
        cmocka_unit_test(folding_again_changes_nothing),
        cmocka_unit_test(words_are_found_in_any_case),
        cmocka_unit_test(finding_agrees_with_folding_and_looking),
        cmocka_unit_test(comparing_agrees_with_folding_first),
        cmocka_unit_test(doubles_are_told_from_others),
        cmocka_unit_test(long_titles_are_compared_in_bounds),
        cmocka_unit_test(slips_are_counted_right),
    };
    return cmocka_run_group_tests(tests, use_utf8, NULL);
}
