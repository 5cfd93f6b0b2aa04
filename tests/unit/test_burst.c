/* Keys that come all at once: a paste without brackets, or somebody typing ahead. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "touchline/text.h"
#include "tui/burst.h"
#include <string.h>

/* A burst as a terminal would send the text: line breaks as Enter. */
static void fill(struct burst *burst, const char *text)
{
    while (*text) {
        struct event event = {0};
        size_t length = text_decode(text, strlen(text), &event.key.point);
        event.key.code = *text == '\n' ? K_ENTER : K_CHAR;
        burst_add(burst, &event);
        text += length;
    }
}

static bool looks_pasted(const char *text)
{
    struct burst burst = {0};
    fill(&burst, text);
    bool pasted = burst_looks_pasted(&burst);
    burst_release(&burst);
    return pasted;
}

static void a_list_of_titles_is_a_paste(void **state)
{
    (void)state;
    assert_true(looks_pasted("Sees the rank advert\nCard in the letterbox\n"));
    assert_true(looks_pasted("Driver opens the door\n"));
}

static void commands_are_no_paste(void **state)
{
    (void)state;
    assert_false(looks_pasted("llllllllllllllllllllllllll"));
    assert_false(looks_pasted("l3l2l1\n"));
    assert_false(looks_pasted("hjkl123gG\x20")); /* many different ones, and no line break */
}

static void typing_ahead_is_no_paste(void **state)
{
    (void)state;
    assert_false(looks_pasted("aBooks the cab by phone\nCab pulls up, polished\n"));
    assert_false(looks_pasted("iAnswer with their name\n"));
    assert_false(looks_pasted("/Mission card handed over\n"));
    assert_false(looks_pasted(":rate 17 magical, please\n"));
}

static void a_paste_is_taken_back_as_text(void **state)
{
    (void)state;
    struct burst burst = {0};
    struct buffer text = {0};
    fill(&burst, "Zürich 予約\ntwo\n");
    burst_take_text(&burst, &text);
    assert_string_equal(buffer_text(&text), "Zürich 予約\ntwo\n");
    assert_true(burst_is_empty(&burst));
    buffer_release(&text);
    burst_release(&burst);
}

static void events_come_out_in_order(void **state)
{
    (void)state;
    struct burst burst = {0};
    struct event event;
    fill(&burst, "ab");
    assert_true(burst_take(&burst, &event));
    assert_int_equal(event.key.point, 'a');
    fill(&burst, "c");
    assert_true(burst_take(&burst, &event));
    assert_int_equal(event.key.point, 'b');
    assert_true(burst_take(&burst, &event));
    assert_int_equal(event.key.point, 'c');
    assert_false(burst_take(&burst, &event));
    burst_release(&burst);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_list_of_titles_is_a_paste),
        cmocka_unit_test(commands_are_no_paste),
        cmocka_unit_test(typing_ahead_is_no_paste),
        cmocka_unit_test(a_paste_is_taken_back_as_text),
        cmocka_unit_test(events_come_out_in_order),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
