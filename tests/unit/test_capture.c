#include "touchline/capture.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

enum { BEFORE = 10, ARRIVAL = 11, RIDE = 12, PAYING = 13, PARTING = 14, PARTY = 15 };

static struct phase taxi_phases[] = {
    {.id = BEFORE, .title = (char *)"Before"},   {.id = ARRIVAL, .title = (char *)"Arrival"},
    {.id = RIDE, .title = (char *)"Ride"},       {.id = PAYING, .title = (char *)"Paying up"},
    {.id = PARTING, .title = (char *)"Parting"}, {.id = PARTY, .title = (char *)"Party"},
};
static const struct phases taxi = {taxi_phases, sizeof taxi_phases / sizeof taxi_phases[0]};

/* All of a capture in a line: "Drink; Phone; 15 s; after 7; in 12; parked; @foo?", the number after
 * "in" being the phase's id. */
static void tell(const struct capture *capture, struct buffer *out)
{
    const struct channel *channel = channels_by_id(channels_default(), capture->channel);
    buffer_add_text(out, buffer_text(&capture->title));
    if (channel != NULL)
        buffer_add_format(out, "; %s", channel->name);
    if (capture->seconds != FIELD_ABSENT)
        buffer_add_format(out, "; %d s", (int)capture->seconds);
    if (capture->after != FIELD_ABSENT)
        buffer_add_format(out, "; after %d", (int)capture->after);
    if (capture->phase != 0)
        buffer_add_format(out, "; in %d", (int)capture->phase);
    if (capture->park)
        buffer_add_text(out, "; parked");
    if (capture->unknown.length > 0)
        buffer_add_format(out, "; %s?", buffer_text(&capture->unknown));
}

/* Lines and what is told of each: moments, or empty where there is no title. */
static void assert_reads(const char *const cases[][2], size_t count, const struct phases *phases)
{
    struct capture capture = {0};
    struct buffer told = {0};
    for (size_t i = 0; i < count; i++) {
        capture_read(cases[i][0], channels_default(), phases, &capture);
        buffer_clear(&told);
        tell(&capture, &told);
        if (strcmp(buffer_text(&told), cases[i][1]) != 0)
            fail_msg("\"%s\": \"%s\" is not \"%s\"", cases[i][0], buffer_text(&told), cases[i][1]);
        assert_int_equal(capture.kind, capture.title.length > 0 ? CAPTURE_MOMENT : CAPTURE_EMPTY);
    }
    buffer_release(&told);
    capture_release(&capture);
}

#define ASSERT_READS(phases, ...)                                                                  \
    do {                                                                                           \
        static const char *const cases[][2] = {__VA_ARGS__};                                       \
        assert_reads(cases, sizeof cases / sizeof cases[0], phases);                               \
    } while (0)

/* --- tags ------------------------------------------------------------------------------------- */

static void r2_a_line_is_a_moment_with_nothing_else_asked(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Drink offered", "Drink offered"},
                 {"  Drink   offered\t", "Drink   offered"}, {"x", "x"}, {"飲み物 ☎", "飲み物 ☎"},
                 {"50% off: \"now\"", "50% off: \"now\""}, {"", ""}, {"   \t", ""});
}

static void r4_a_tag_names_the_channel_by_letter_name_or_start(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Calls @p", "Calls; Phone"}, {"Calls @P", "Calls; Phone"},
                 {"Calls @phone", "Calls; Phone"}, {"Calls @Pho", "Calls; Phone"},
                 {"Calls @call", "Calls; Phone"}, {"Meets @i", "Meets; In person"},
                 {"Meets @f2f", "Meets; In person"}, {"Meets @in", "Meets; In person"},
                 {"Card @l", "Card; Post"}, {"Page @web", "Page; Website"},
                 {"Talk @webi", "Talk; Webinar"}, {"Talk @b", "Talk; Webinar"});
}

static void r5_a_tag_says_how_long_it_lasts(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Drink @15s", "Drink; 15 s"}, {"Drink @2m", "Drink; 120 s"},
                 {"Drink @1h", "Drink; 3600 s"}, {"Drink @90sec", "Drink; 90 s"},
                 {"Drink @604800s", "Drink; 604800 s"},
                 {"Drink @604801s", "Drink @604801s; @604801s?"},
                 {"Drink @1.5h", "Drink @1.5h; @1.5h?"}, {"Drink @s", "Drink @s; @s?"});
}

static void r3_a_tag_says_where_it_goes(void **state)
{
    (void)state;
    ASSERT_READS(
        &taxi, {"Drink @7", "Drink; after 7"}, {"Drink @1,250", "Drink; after 1250"},
        {"Drink @0", "Drink @0; @0?"}, {"Drink @-1", "Drink @-1; @-1?"},
        {"Drink @99999999999999999999", "Drink @99999999999999999999; @99999999999999999999?"},
        {"Radio @park", "Radio; parked"}, {"Radio @PARK", "Radio; parked"},
        {"Drink @ride", "Drink; in 12"}, {"Drink @r", "Drink; in 12"},
        {"Drink @arr", "Drink; in 11"}, {"Drink @paying", "Drink; in 13"});
}

static void tags_come_in_any_order(void **state)
{
    (void)state;
    ASSERT_READS(
        &taxi,
        {"Drink offered: two coffees, cooler @i @15s",
         "Drink offered: two coffees, cooler; In person; 15 s"},
        {"Drink @15s @i", "Drink; In person; 15 s"},
        {"Drink  @7\t@ride @2m  @p @park ", "Drink; Phone; 120 s; after 7; in 12; parked"});
}

static void of_two_tags_of_a_kind_the_last_counts(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Drink @p @e", "Drink; Email"},
                 {"Drink @15s @p @2m", "Drink; Phone; 120 s"}, {"Drink @3 @7", "Drink; after 7"},
                 {"Drink @ride @before", "Drink; in 10"});
}

static void an_unknown_tag_stays_in_the_title_and_is_named(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Drink @foo", "Drink @foo; @foo?"},
                 {"Drink @foo @p", "Drink @foo; Phone; @foo?"},
                 {"Drink @p @foo", "Drink @p @foo; @foo?"},
                 {"Drink @15s @foo @p @7", "Drink @15s @foo; Phone; after 7; @foo?"},
                 {"@foo", "@foo; @foo?"});
}

static void an_ambiguous_tag_is_unknown(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Page @we", "Page @we; @we?"}, /* Website, Webinar */
                 {"Bye @part", "Bye @part; @part?"},    /* Parting, Party */
                 {"Bye @party", "Bye; in 15"},          /* a whole name beats a start */
                 {"Bye @parti", "Bye; in 14"}, {"Bye @pa", "Bye @pa; @pa?"});
}

static void tags_stand_at_the_end_only(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Call @phone back", "Call @phone back; @phone?"},
                 {"Call @p back @15s", "Call @p back; 15 s; @p?"},
                 {"Mail to ana@p", "Mail to ana@p"},
                 {"Mail ana@example.org", "Mail ana@example.org"}, {"Meet @ noon", "Meet @ noon"},
                 {"Meet @", "Meet @"}, {"@", "@"});
}

static void a_doubled_at_writes_one(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"Sign @@phone", "Sign @phone"}, {"Sign @@phone @p", "Sign @phone; Phone"},
                 {"@@p is a handle", "@p is a handle"}, {"Sign @p @@e", "Sign @p @e; @p?"},
                 {"a @@@b", "a @@b"}, {"a @@", "a @"}, {"a@@b", "a@@b"}, {"@@a\t@@b", "@a\t@b"});
}

static void tags_alone_are_no_moment(void **state)
{
    (void)state;
    ASSERT_READS(&taxi, {"@p", "; Phone"}, {" @p @15s ", "; Phone; 15 s"}, {"@park", "; parked"});
}

/* Channels and phases that bear the same names. */
static void a_letter_wins_then_whole_names_then_nothing(void **state)
{
    (void)state;
    struct phase own[] = {
        {.id = 20, .title = (char *)"Phone"},    {.id = 21, .title = (char *)"P"},
        {.id = 22, .title = (char *)"Email it"}, {.id = 23, .title = (char *)"Websi"},
        {.id = 24, .title = (char *)"Letter"},   {.id = 25, .title = (char *)"Call again"},
        {.id = 26, .title = (char *)"Welcome"},
    };
    const struct phases phases = {own, sizeof own / sizeof own[0]};
    ASSERT_READS(&phases, {"a @p", "a; Phone"},     /* a letter, and a phase's whole name */
                 {"a @phone", "a @phone; @phone?"}, /* whole names of both */
                 {"a @ph", "a @ph; @ph?"},          /* starts of both */
                 {"a @email", "a; Email"},          /* a whole name, and a start */
                 {"a @em", "a @em; @em?"},          /* starts of both */
                 {"a @websi", "a; in 23"},          /* a phase's whole name, a channel's start */
                 {"a @letter", "a; in 24"}, /* a phase's whole name, a channel's other word */
                 {"a @call", "a; Phone"},   /* another word for a channel, a phase's start */
                 {"a @we", "a @we; @we?"},  /* starts of two channels and a phase */
                 {"a @wel", "a; in 26"});
}

static void numbers_times_and_park_come_before_names(void **state)
{
    (void)state;
    struct phase own[] = {
        {.id = 20, .title = (char *)"7"},
        {.id = 21, .title = (char *)"15s"},
        {.id = 22, .title = (char *)"Park"},
        {.id = 23, .title = (char *)"24 hours later"},
    };
    const struct phases phases = {own, sizeof own / sizeof own[0]};
    ASSERT_READS(&phases, {"a @7", "a; after 7"}, {"a @15s", "a; 15 s"}, {"a @park", "a; parked"},
                 {"a @par", "a; in 22"}, {"a @24", "a; after 24"});
}

/* --- ideas and phases ------------------------------------------------------------------------- */

static void assert_kind(const char *line, enum capture_kind kind, const char *title)
{
    struct capture capture = {0};
    capture_read(line, channels_default(), &taxi, &capture);
    assert_string_equal(buffer_text(&capture.title), title);
    assert_int_equal(capture.kind, kind);
    capture_release(&capture);
}

static void r10_a_plus_begins_an_idea_of_the_last_moment(void **state)
{
    (void)state;
    assert_kind("+ hold an umbrella", CAPTURE_IDEA, "hold an umbrella");
    assert_kind("  +   hold it ", CAPTURE_IDEA, "hold it");
    assert_kind("+ ring @p", CAPTURE_IDEA, "ring @p");
    assert_kind("+ # x", CAPTURE_IDEA, "# x");
    assert_kind("+hold", CAPTURE_MOMENT, "+hold");
    assert_kind("+", CAPTURE_EMPTY, "");
    assert_kind("+  ", CAPTURE_EMPTY, "");
}

static void r3_a_hash_begins_a_phase(void **state)
{
    (void)state;
    assert_kind("# Arrival", CAPTURE_PHASE, "Arrival");
    assert_kind("#\tPaying @ the desk @p", CAPTURE_PHASE, "Paying @ the desk @p");
    assert_kind("#1 in town", CAPTURE_MOMENT, "#1 in town");
    assert_kind("#", CAPTURE_EMPTY, "");
}

static void a_doubled_mark_writes_one(void **state)
{
    (void)state;
    assert_kind("++ more", CAPTURE_MOMENT, "+ more");
    assert_kind("++", CAPTURE_MOMENT, "+");
    assert_kind("+++", CAPTURE_MOMENT, "++");
    assert_kind("## two", CAPTURE_MOMENT, "# two");
    assert_kind("##two", CAPTURE_MOMENT, "#two");
    assert_kind("+# x", CAPTURE_MOMENT, "+# x");
    ASSERT_READS(&taxi, {"++ more @p", "+ more; Phone"});
}

/* --- properties ------------------------------------------------------------------------------- */

static unsigned random_below(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void random_line(unsigned *seed, struct buffer *out)
{
    static const char *const pieces[] = {"@",   "@@", "+",    "#",    " ", "  ", "\t", "p",
                                         "15s", "7",  "park", "ride", "x", "é",  "@p", "@foo"};
    buffer_clear(out);
    for (unsigned left = random_below(seed, 9); left > 0; left--)
        buffer_add_text(out, pieces[random_below(seed, sizeof pieces / sizeof pieces[0])]);
}

/* Doubles what would be read as a mark or a tag. */
static void escape(const char *title, struct buffer *out)
{
    buffer_clear(out);
    bool begins = true;
    if (title[0] == '+' || title[0] == '#')
        buffer_add_byte(out, title[0]);
    for (const char *at = title; *at != '\0'; at++) {
        bool alone = at[1] == '\0' || at[1] == ' ' || at[1] == '\t';
        if (begins && *at == '@' && !alone)
            buffer_add_byte(out, '@');
        buffer_add_byte(out, *at);
        begins = *at == ' ' || *at == '\t';
    }
}

static void every_title_can_be_written(void **state)
{
    (void)state;
    struct buffer line = {0}, escaped = {0};
    struct capture first = {0}, second = {0};
    unsigned seed = 75;
    for (int i = 0; i < 20000; i++) {
        random_line(&seed, &line);
        capture_read(buffer_text(&line), channels_default(), &taxi, &first);
        if (first.kind != CAPTURE_MOMENT)
            continue;
        escape(buffer_text(&first.title), &escaped);
        capture_read(buffer_text(&escaped), channels_default(), &taxi, &second);
        assert_int_equal(second.kind, CAPTURE_MOMENT);
        assert_string_equal(buffer_text(&second.title), buffer_text(&first.title));
        assert_int_equal(second.unknown.length, 0);
        assert_true(second.channel == FIELD_ABSENT && second.after == FIELD_ABSENT);
        assert_true(second.seconds == FIELD_ABSENT && second.phase == 0 && !second.park);
    }
    capture_release(&first);
    capture_release(&second);
    buffer_release(&line);
    buffer_release(&escaped);
}

/* --- showing ---------------------------------------------------------------------------------- */

static void assert_described(const char *line, const char *wanted)
{
    struct capture capture = {0};
    struct buffer out = {0};
    capture_read(line, channels_default(), &taxi, &capture);
    buffer_add_text(&out, "a ");
    capture_describe(&capture, channels_default(), &taxi, &out);
    assert_string_equal(buffer_text(&out) + 2, wanted);
    buffer_release(&out);
    capture_release(&capture);
}

static void tags_show_as_they_were_read(void **state)
{
    (void)state;
    assert_described("Drink @i @15s", "= In person · 15 s");
    assert_described("Drink @7", "= after 7");
    assert_described("Drink @ride", "= in Ride");
    assert_described("Drink @park", "= parked");
    assert_described("Drink @1250 @park @150s @e", "= Email · 2 min 30 s · after 1,250 · parked");
    assert_described("@p", "= Phone");
    assert_described("Drink", "");
    assert_described("Drink @foo", "");
    assert_described("", "");
    assert_described("+ idea @p", "");
}

/* --- pasted lists ----------------------------------------------------------------------------- */

static void assert_pasted(const char *line, const char *wanted)
{
    size_t from = 0, to = 0;
    bool text = capture_paste_line(line, strlen(line), &from, &to);
    assert_int_equal(text, wanted != NULL);
    assert_true(from <= to && to <= strlen(line));
    if (wanted == NULL)
        return;
    if (to - from != strlen(wanted) || memcmp(line + from, wanted, to - from) != 0)
        fail_msg("\"%s\": \"%.*s\" is not \"%s\"", line, (int)(to - from), line + from, wanted);
}

static void a_pasted_line_loses_its_bullet_or_number(void **state)
{
    (void)state;
    static const char *const marks[] = {"- ",     "* ",      "• ",    "– ",   "1. ",  "12. ",
                                        "2) ",    "123) ",   "-\t",   "1.\t", "[ ] ", "- [ ] ",
                                        "* [x] ", "3. [X] ", "   - ", "☐ ",   "-   "};
    struct buffer line = {0};
    for (size_t i = 0; i < sizeof marks / sizeof marks[0]; i++) {
        buffer_clear(&line);
        buffer_add_format(&line, "%sDrink offered", marks[i]);
        assert_pasted(buffer_text(&line), "Drink offered");
        buffer_add_text(&line, " \r");
        assert_pasted(buffer_text(&line), "Drink offered");
    }
    buffer_release(&line);
}

static void a_pasted_line_is_literal_otherwise(void **state)
{
    (void)state;
    assert_pasted("Drink offered", "Drink offered");
    assert_pasted("Drink @p @15s", "Drink @p @15s");
    assert_pasted("# Arrival", "# Arrival");
    assert_pasted("@@x", "@@x");
    assert_pasted("-5 degrees", "-5 degrees");
    assert_pasted("1.5 hours", "1.5 hours");
    assert_pasted("1984. A year", "1984. A year");
    assert_pasted("2 coffees", "2 coffees");
    assert_pasted("- - twice", "- twice");
    assert_pasted("1. 2. twice", "2. twice");
    assert_pasted("---", "---");
    assert_pasted("7", "7");
    assert_pasted("o cliente liga", "o cliente liga");
}

static void a_line_with_nothing_in_it_is_no_moment(void **state)
{
    (void)state;
    static const char *const lines[] = {"",  " ",  "\t\r", "-",   " * ",
                                        "•", "1.", "2) ",  "[ ]", "- [ ]"};
    for (size_t i = 0; i < sizeof lines / sizeof lines[0]; i++)
        assert_pasted(lines[i], NULL);
}

static void a_pasted_line_ends_where_it_is_told(void **state)
{
    (void)state;
    static const char list[] = "- one\n- two";
    size_t from, to;
    assert_true(capture_paste_line(list, 5, &from, &to));
    assert_int_equal(from, 2);
    assert_int_equal(to, 5);
    assert_false(capture_paste_line(list, 2, &from, &to));
    assert_false(capture_paste_line("\xE2\x80\xA2", 0, &from, &to));
    assert_true(capture_paste_line("\xE2\x80\xA2", 2, &from, &to)); /* half a bullet is text */
}

static void phases_are_released_with_their_titles(void **state)
{
    (void)state;
    struct phases phases = {memory_new(2, sizeof(struct phase)), 2};
    phases.at[1].title = memory_copy("Ride");
    phases_release(&phases);
    assert_null(phases.at);
    assert_int_equal(phases.count, 0);
    phases_release(&phases);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r2_a_line_is_a_moment_with_nothing_else_asked),
        cmocka_unit_test(r4_a_tag_names_the_channel_by_letter_name_or_start),
        cmocka_unit_test(r5_a_tag_says_how_long_it_lasts),
        cmocka_unit_test(r3_a_tag_says_where_it_goes),
        cmocka_unit_test(tags_come_in_any_order),
        cmocka_unit_test(of_two_tags_of_a_kind_the_last_counts),
        cmocka_unit_test(an_unknown_tag_stays_in_the_title_and_is_named),
        cmocka_unit_test(an_ambiguous_tag_is_unknown),
        cmocka_unit_test(tags_stand_at_the_end_only),
        cmocka_unit_test(a_doubled_at_writes_one),
        cmocka_unit_test(tags_alone_are_no_moment),
        cmocka_unit_test(a_letter_wins_then_whole_names_then_nothing),
        cmocka_unit_test(numbers_times_and_park_come_before_names),
        cmocka_unit_test(r10_a_plus_begins_an_idea_of_the_last_moment),
        cmocka_unit_test(r3_a_hash_begins_a_phase),
        cmocka_unit_test(a_doubled_mark_writes_one),
        cmocka_unit_test(every_title_can_be_written),
        cmocka_unit_test(tags_show_as_they_were_read),
        cmocka_unit_test(a_pasted_line_loses_its_bullet_or_number),
        cmocka_unit_test(a_pasted_line_is_literal_otherwise),
        cmocka_unit_test(a_line_with_nothing_in_it_is_no_moment),
        cmocka_unit_test(a_pasted_line_ends_where_it_is_told),
        cmocka_unit_test(phases_are_released_with_their_titles),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
