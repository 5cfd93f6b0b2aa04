/* Texts in documents (src/exchange/escape.h). */
#include "exchange/escape.h"
#include "hostile.h"
#include "markup.h"
#include "touchline/buffer.h"
#include "touchline/text.h"
#include <ctype.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

typedef void escape_function(struct buffer *out, const char *text, size_t length);

static void assert_escaped(escape_function *escape, const char *text, const char *wanted)
{
    struct buffer out = {0};
    escape(&out, text, strlen(text));
    assert_string_equal(buffer_text(&out), wanted);
    buffer_release(&out);
}

/* --- what both do ----------------------------------------------------------------------------- */

/* NOLINTBEGIN(misc-misleading-bidirectional) */
static void what_no_document_may_hold_is_replaced(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a\001b\033c\177d", "a\uFFFDb\uFFFDc\uFFFDd"},
        {"a\302\205b\302\233c", "a\uFFFDb\uFFFDc"},
        {"a\u2028b\uFFFEc\uFDD0d\U0001FFFFe", "a\uFFFDb\uFFFDc\uFFFDd\uFFFDe"},
        {"a\xFF\xC3(b", "a\uFFFD\uFFFD(b"},
        {"a\u200Eb\u061Cc", "abc"},
        {"\342\342\200\216\200\216- a", "\uFFFD\uFFFD\uFFFD- a"},
        {"one\ttwo", "one two"},
        {"cafe\u0301 \u8336 \U0001F469\u200D\U0001F4BB", "cafe\u0301 \u8336 "
                                                         "\U0001F469\u200D\U0001F4BB"},
        {"e\u0301\u0301\u0301\u0301\u0301\u0301x\u0301", "e\u0301\u0301\u0301\u0301x\u0301"},
        {"e\u0301\u0301\u200E\u0301\u0301\u061C\u0301x", "e\u0301\u0301\u0301\u0301x"},
        {"", ""},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        assert_escaped(escape_markup, cases[i][0], cases[i][1]);
        assert_escaped(escape_markdown, cases[i][0], cases[i][1]);
    }
}

static void a_control_of_direction_is_named(void **state)
{
    (void)state;
    assert_escaped(escape_markup, "exe\u202Efdp", "exe&lt;U+202E&gt;fdp");
    assert_escaped(escape_markdown, "exe\u202Efdp\u2066", "exe\\<U\\+202E\\>fdp\\<U\\+2066\\>");
}
/* NOLINTEND(misc-misleading-bidirectional) */

static void a_nul_is_replaced(void **state)
{
    (void)state;
    struct buffer out = {0};
    escape_markup(&out, "a\0b", 3);
    escape_markdown(&out, "a\0b", 3);
    assert_string_equal(buffer_text(&out), "a\uFFFDba\uFFFDb");
    buffer_release(&out);
}

/* --- mark-up ---------------------------------------------------------------------------------- */

static void signs_of_markup_are_entities(void **state)
{
    (void)state;
    assert_escaped(escape_markup, "<a href=\"x\" b='y'>&amp;",
                   "&lt;a href=&#34;x&#34; b=&#39;y&#39;&gt;&amp;amp;");
    assert_escaped(escape_markup, "one\n\ntwo", "one\n\ntwo");
}

static void add_text(void *data, const char *text, size_t length)
{
    buffer_add(data, text, length);
}

static void add_value(void *data, const char *element, const char *name, const char *value,
                      size_t length)
{
    (void)element, (void)name;
    buffer_add(data, value, length);
}

/* In an element and in an attribute. */
static void whatever_is_written_stays_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < hostile_count; i++) {
        struct buffer page = {0}, seen = {0};
        const char *text = hostile_texts[i].text;
        buffer_add_text(&page, "<a b=\"");
        escape_markup(&page, text, strlen(text));
        buffer_add_text(&page, "\">");
        escape_markup(&page, text, strlen(text));
        buffer_add_text(&page, "</a>");
        const struct markup markup = {.text = add_text, .attribute = add_value, .data = &seen};
        const char *fault = markup_fault(&markup, buffer_text(&page), page.length);
        if (fault)
            fail_msg("%s: %s", hostile_texts[i].name, fault);
        size_t half = seen.length / 2;
        assert_memory_equal(seen.bytes, seen.bytes + half, half);
        if (!hostile_texts[i].raw)
            assert_memory_equal(seen.bytes, text, half);
        buffer_release(&page);
        buffer_release(&seen);
    }
}

/* --- Markdown --------------------------------------------------------------------------------- */

static void signs_of_markdown_have_a_backslash(void **state)
{
    (void)state;
    static const char *const cases[][2] = {
        {"a*b*_c_`d`", "a\\*b\\*\\_c\\_\\`d\\`"},
        {"![x](y) {{z}}", "\\!\\[x\\](y) \\{\\{z\\}\\}"},
        {"a | b\\c", "a \\| b\\\\c"},
        {"<b>&amp;~~x~~ $y$ ^z", "\\<b\\>\\&amp;\\~\\~x\\~\\~ \\$y\\$ \\^z"},
        {"# not a heading", "\\# not a heading"},
        {"- no item", "\\- no item"},
        {"1. no item", "1\\. no item"},
        {"12) no item", "12\\) no item"},
        {"+ no item = at @ana", "\\+ no item \\= at \\@ana"},
        {"    no code", "no code"},
        {"\u200E    no code", "no code"},
        {"\u061C- no item", "\\- no item"},
        {"1\u200F. no item", "1\\. no item"},
        {"one\n\n  - two", "one<br><br>\\- two"},
        {"http://x.example", "http\\://x\\.example"},
        {"www.x.example", "www\\.x\\.example"},
        {"www.\u00E9x.\u8336", "www\\.\u00E9x\\.\u8336"},
        {"Wally's: a well-known 3.50, by 10:30 (e-mail). 2026-11-30", /* as it is */
         "Wally's: a well-known 3.50, by 10:30 (e-mail). 2026-11-30"},
        {"2026-11-30", "2026-11-30"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        assert_escaped(escape_markdown, cases[i][0], cases[i][1]);
}

/* No sign that means something stands without a backslash, and no backslash before anything else,
 * so that a reader gets the text again. */
static void whatever_is_written_is_one_line_of_text(void **state)
{
    (void)state;
    for (size_t i = 0; i < hostile_count; i++) {
        struct buffer out = {0};
        escape_markdown(&out, hostile_texts[i].text, strlen(hostile_texts[i].text));
        const char *text = buffer_text(&out);
        assert_int_equal(text_first_invalid(text, out.length), out.length);
        for (const char *at = text; *at; at++) {
            if (*at == '\\' && ispunct((unsigned char)at[1]))
                at++;
            else if (strchr("\\`*_{}[]<>|~&#!$^=+@\n\r", *at))
                fail_msg("%s: %s", hostile_texts[i].name, at);
        }
        buffer_release(&out);
    }
}

/* --- the reader of mark-up -------------------------------------------------------------------- */

static void what_is_not_well_formed_is_seen(void **state)
{
    (void)state;
    static const char *const bad[] = {
        "",
        "text",
        "<a>",
        "<a></b>",
        "<a/><b/>",
        "<a>&</a>",
        "<a>&quot;</a>",
        "<a b=c/>",
        "<a b=\"1\" b=\"2\"/>",
        "<a b=\"<\"/>",
        "<a>></a>",
        "<a>\001</a>",
        "<a>\xFF</a>",
        "<a>\xEF\xBF\xBE</a>",
        "<a>\xED\xA0\x80</a>",
        "<a><!-- --></a>",
    };
    static const char *const good[] = {"<a/>",
                                       "<!DOCTYPE html>\n<a b=\"'&lt;\">x<c d=\"\"/></a>\n"};
    const struct markup markup = {.data = NULL};
    for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
        if (!markup_fault(&markup, bad[i], strlen(bad[i])))
            fail_msg("well-formed: %s", bad[i]);
    for (size_t i = 0; i < sizeof good / sizeof *good; i++)
        assert_null(markup_fault(&markup, good[i], strlen(good[i])));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(what_no_document_may_hold_is_replaced),
        cmocka_unit_test(a_control_of_direction_is_named),
        cmocka_unit_test(a_nul_is_replaced),
        cmocka_unit_test(signs_of_markup_are_entities),
        cmocka_unit_test(whatever_is_written_stays_text),
        cmocka_unit_test(signs_of_markdown_have_a_backslash),
        cmocka_unit_test(whatever_is_written_is_one_line_of_text),
        cmocka_unit_test(what_is_not_well_formed_is_seen),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
