#include "touchline/text.h"
#include "touchline/topics.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

static bool has_topic(const char *title)
{
    size_t count;
    const struct topic *topics = topic_table(&count);
    for (size_t i = 0; i < count; i++)
        if (strcmp(topics[i].title, title) == 0)
            return true;
    return false;
}

static void r29_the_four_answers_are_there(void **state)
{
    (void)state;
    assert_true(has_topic("\"That is not us\""));
    assert_true(has_topic("\"We have no money\""));
    assert_true(has_topic("\"We are better already\""));
    assert_true(has_topic("\"Will it work?\""));
}

static void r24_topics_speak_of_the_boards_own_noun(void **state)
{
    size_t count, told = 0;
    const struct topic *topics = topic_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct buffer out = {0};
        topic_format(&topics[i], "guest", &out);
        assert_null(strstr(buffer_text(&out), "customer"));
        told += strstr(buffer_text(&out), "guest") != NULL;
        buffer_release(&out);
    }
    assert_true(told > 4);
}

static void a_topic_may_go_without_the_noun(void **state)
{
    const struct topic topic = {"Any", "No noun here."};
    struct buffer out = {0};
    (void)state;
    topic_format(&topic, "guest", &out);
    assert_string_equal(buffer_text(&out), "No noun here.");
    buffer_release(&out);
}

/* Read on a projector: each fits a common terminal whole. */
static void each_is_short(void **state)
{
    enum { ROWS = 20, COLUMNS = 74 };
    size_t count;
    const struct topic *topics = topic_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++) {
        struct text_wrap wrap = {
            .text = topics[i].text, .length = strlen(topics[i].text), .columns = COLUMNS};
        int rows = 0;
        while (text_wrap_next(&wrap))
            rows += 1 + (wrap.at < wrap.length && wrap.text[wrap.at - 1] == '\n');
        assert_in_range(rows, 2, ROWS);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r29_the_four_answers_are_there),
        cmocka_unit_test(r24_topics_speak_of_the_boards_own_noun),
        cmocka_unit_test(a_topic_may_go_without_the_noun),
        cmocka_unit_test(each_is_short),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
