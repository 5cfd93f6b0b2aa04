#include "touchline/memory.h"
#include "touchline/rows.h"
#include "touchline/session.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { IN_PERSON = 1, PHONE = 2, EMAIL = 3, WEBINAR = 6 };

static void assert_filter(const struct filter *filter, const struct filter *wanted)
{
    assert_int_equal(filter->channel, wanted->channel);
    assert_int_equal(filter->rating, wanted->rating);
    assert_int_equal(filter->chosen, wanted->chosen);
    assert_int_equal(filter->cheap, wanted->cheap);
    if (wanted->words == NULL)
        assert_null(filter->words);
    else {
        assert_non_null(filter->words);
        assert_string_equal(filter->words, wanted->words);
    }
}

static const struct {
    const char *text;
    struct filter filter;
    const char *back;
} cases[] = {
    {"", {0}, ""},
    {"   ", {0}, ""},
    {"phone", {.channel = PHONE}, "Phone"},
    {"F2F", {.channel = IN_PERSON}, "In person"},
    {"e", {.channel = EMAIL}, "Email"},
    {"webi", {.channel = WEBINAR}, "Webinar"},
    {"pho", {.channel = PHONE}, "Phone"},
    {"in person", {.channel = IN_PERSON}, "In person"},
    {"IN PERSON chosen", {.channel = IN_PERSON, .chosen = true}, "In person chosen"},
    {"none", {.channel = FIELD_ABSENT}, "none"},
    {"unrated", {.rating = RATING_NONE + 1}, "unrated"},
    {"Miserable", {.rating = RATING_MISERABLE + 1}, "miserable"},
    {"magical", {.rating = RATING_MAGICAL + 1}, "magical"},
    {"chosen", {.chosen = true}, "chosen"},
    {"cheap", {.cheap = true}, "cheap"},
    {"soup", {.words = (char *)"soup"}, "soup"},
    {"  hot   soup  ", {.words = (char *)"hot soup"}, "hot soup"},
    {"phone miserable chosen cheap soup",
     {(char *)"soup", PHONE, RATING_MISERABLE + 1, true, true},
     "Phone miserable chosen cheap soup"},
    {"soup cheap tea phone",
     {.words = (char *)"soup tea", .channel = PHONE, .cheap = true},
     "Phone cheap soup tea"},
    {"in the queue", {.words = (char *)"in the queue"}, "in the queue"},
    {"we", {.words = (char *)"we"}, "we"},
    {"person", {.words = (char *)"person"}, "person"},
    {"in personal", {.words = (char *)"in personal"}, "in personal"},
    {"phone email", {.channel = EMAIL}, "Email"},
    {"Zürich", {.words = (char *)"Zürich"}, "Zürich"},
};

static void each_word_of_a_filter_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct filter filter = {0};
        filter_parse(&filter, cases[i].text, channels_default());
        assert_filter(&filter, &cases[i].filter);
        assert_int_equal(filter_is_on(&filter), cases[i].back[0] != '\0');
        filter_release(&filter);
        assert_false(filter_is_on(&filter));
    }
}

static void a_filter_is_written_as_it_is_read(void **state)
{
    (void)state;
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        struct filter again = {0};
        struct buffer out = {0};
        filter_format(&cases[i].filter, channels_default(), &out);
        assert_string_equal(buffer_text(&out), cases[i].back);
        filter_parse(&again, buffer_text(&out), channels_default());
        assert_filter(&again, &cases[i].filter);
        filter_release(&again);
        buffer_release(&out);
    }
}

static void a_new_filter_takes_the_place_of_the_old(void **state)
{
    (void)state;
    struct filter filter = {0};
    filter_parse(&filter, "phone miserable chosen cheap soup", channels_default());
    filter_parse(&filter, "tea", channels_default());
    assert_filter(&filter, &(struct filter){.words = (char *)"tea"});
    filter_parse(&filter, "", channels_default());
    assert_false(filter_is_on(&filter));
    filter_release(&filter);
}

static void a_filter_is_written_after_what_is_there(void **state)
{
    (void)state;
    const struct filter filter = {.chosen = true, .cheap = true};
    struct buffer out = {0};
    buffer_add_text(&out, "Only ");
    filter_format(&filter, channels_default(), &out);
    assert_string_equal(buffer_text(&out), "Only chosen cheap");
    buffer_release(&out);
}

static void the_longest_name_of_a_channel_is_meant(void **state)
{
    (void)state;
    struct channel own[] = {
        {1, STATE_LIVE, 1, (char *)"Desk", (char *)"D", (char *)"#", 20},
        {2, STATE_LIVE, 2, (char *)"Desk phone", (char *)"P", (char *)"#", 21},
        {3, STATE_DELETED, 3, (char *)"Desk phone line", (char *)"L", (char *)"#", 22},
    };
    const struct channels channels = {own, 3};
    struct filter filter = {0};
    filter_parse(&filter, "desk PHONE line", &channels);
    assert_filter(&filter, &(struct filter){.channel = 2, .words = (char *)"line"});
    filter_parse(&filter, "desk lamp", &channels);
    assert_filter(&filter, &(struct filter){.channel = 1, .words = (char *)"lamp"});
    filter_release(&filter);
}

static void a_session_is_released_with_what_it_holds(void **state)
{
    (void)state;
    struct session session = {.selected = 4, .step = STEP_RATE, .search = memory_copy("tea")};
    filter_parse(&session.filter, "soup", channels_default());
    session_release(&session);
    assert_int_equal(session.selected, 0);
    assert_null(session.search);
    assert_false(filter_is_on(&session.filter));
    session_release(&session);
}

static void a_row_begins_as_a_new_moment_and_is_released_whole(void **state)
{
    (void)state;
    struct row row;
    row_init(&row);
    assert_int_equal(row.moment.times, 1);
    assert_null(row.phase);
    row.moment.title = memory_copy("Drink offered");
    row.phase = memory_copy("Ride");
    row.ideas = (struct ideas){memory_new(1, sizeof(struct idea)), 1};
    row.ideas.at[0].text = memory_copy("Two coffees");
    row.actions = (struct actions){memory_new(1, sizeof(struct action)), 1};
    row.actions.at[0].text = memory_copy("Buy a cooler");
    row.entries = (struct entries){memory_new(1, sizeof(struct entry)), 1};
    row.entries.at[0].text = memory_copy("Tips");
    row_release(&row);
    assert_null(row.moment.title);
    assert_null(row.phase);
    assert_int_equal(row.ideas.count + row.actions.count + row.entries.count, 0);
    row_release(&row);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(each_word_of_a_filter_is_read),
        cmocka_unit_test(a_filter_is_written_as_it_is_read),
        cmocka_unit_test(a_new_filter_takes_the_place_of_the_old),
        cmocka_unit_test(a_filter_is_written_after_what_is_there),
        cmocka_unit_test(the_longest_name_of_a_channel_is_meant),
        cmocka_unit_test(a_session_is_released_with_what_it_holds),
        cmocka_unit_test(a_row_begins_as_a_new_moment_and_is_released_whole),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
