#include "touchline/memory.h"
#include "touchline/record.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Room for any record. */
union any {
    struct board board;
    struct channel channel;
    struct person person;
    struct moment moment;
    struct idea idea;
    struct action action;
    struct entry entry;
    struct wave wave;
    struct vote vote;
    struct review review;
    struct rerating rerating;
};

static int fields(enum record record)
{
    return (int)record_type(record)->count;
}

static const struct field *field_of(enum record record, int field)
{
    return &record_type(record)->fields[field];
}

/* What a field is when nothing is said. */
static struct value unsaid(const struct field *field)
{
    return field_holds_text(field) ? value_absent() : value_integer(field->absent);
}

/* A few values that may stand in a field. */
enum { SAMPLES = 5 };
static struct value sample(const struct field *field, int n)
{
    static const char *const lines[] = {"a", "two words", "Zoë · 東京 ☎", "'=1+1", " kept "};
    static const char *const texts[] = {"a\nb", "\n", "one", "tab\there", "é\n\nü"};
    static const char *const days[] = {"2026-12-04", "2024-02-29", "1999-12-31", "2026-01-01",
                                       "2100-02-28"};
    static const char *const letters[] = {"A", "Z", "P", "I", "M"};
    static const char *const signs[] = {"☺", "x", "é", "e\u0301", "東"};
    static const char *const *const kinds[] = {lines, texts, days, letters, signs};
    if (field_holds_text(field))
        return value_text(kinds[field->type][n]);
    if (n == 0)
        return value_absent();
    int64_t most = field->words != NULL ? field->max : field->max - (n % 2);
    return value_integer(n < 3 && field->words == NULL ? field->min + n - 1 : most);
}

/* What the record gives back after `value` was set. */
static struct value expected(const struct field *field, struct value value)
{
    return value.type == VALUE_ABSENT ? unsaid(field) : value;
}

static void assert_value(struct value a, struct value b)
{
    assert_true(value_equal(a, b));
}

static void assert_same(enum record record, const void *a, const void *b)
{
    for (int i = 0; i < fields(record); i++)
        assert_value(record_get(record, a, i), record_get(record, b, i));
}

/* --- the table -------------------------------------------------------------------------------- */

static void assert_names(enum record record, const char *const *names, size_t count)
{
    assert_int_equal(record_type(record)->count, count);
    for (size_t i = 0; i < count; i++)
        assert_string_equal(field_of(record, (int)i)->name, names[i]);
}

#define ASSERT_NAMES(record, ...)                                                                  \
    do {                                                                                           \
        static const char *const names[] = {__VA_ARGS__};                                          \
        assert_names(record, names, sizeof names / sizeof names[0]);                               \
    } while (0)

static void fields_bear_the_names_of_the_columns(void **state)
{
    (void)state;
    ASSERT_NAMES(RECORD_ITEM, "state", "title", "channel", "rating", "first_rating", "target",
                 "chosen", "dots", "seconds", "times", "owner", "handling", "expectation",
                 "benchmark", "note");
    ASSERT_NAMES(RECORD_BOARD, "title", "why", "noun", "customers", "note", "next_objective",
                 "dots_each", "dots_hidden", "next_review");
    ASSERT_NAMES(RECORD_CHANNEL, "state", "position", "name", "letter", "sign", "colour");
    ASSERT_NAMES(RECORD_PERSON, "state", "name", "role", "front_line", "present");
    ASSERT_NAMES(RECORD_IDEA, "state", "item", "text", "price", "taken");
    ASSERT_NAMES(RECORD_ACTION, "state", "item", "text", "owner", "due", "status", "wave", "agreed",
                 "finding");
    ASSERT_NAMES(RECORD_ENTRY, "state", "item", "kind", "day", "amount", "text");
    ASSERT_NAMES(RECORD_WAVE, "state", "number", "response");
    ASSERT_NAMES(RECORD_VOTE, "state", "kind", "stage", "dots_each");
    ASSERT_NAMES(RECORD_REVIEW, "state", "day", "ended", "miserable", "neutral", "magical");
    ASSERT_NAMES(RECORD_RERATING, "state", "item", "review", "before", "after");
}

static void each_field_is_a_member_of_its_own(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++) {
        const struct record_type *type = record_type(record);
        assert_true(type->count <= RECORD_FIELDS_MAX);
        assert_true(type->size <= sizeof(union any));
        for (int i = 0; i < fields(record); i++) {
            const struct field *field = &type->fields[i];
            assert_true(field->offset + sizeof(int64_t) <= type->size);
            assert_true(field->label[0] != '\0');
            assert_true(field->min < field->max || field->type == FIELD_LETTER);
            for (int j = 0; j < i; j++)
                assert_true(type->fields[j].offset != field->offset);
        }
    }
}

static void a_field_is_found_by_its_name_in_any_case(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++)
            assert_int_equal(record_field(record, field_of(record, i)->name), i);
    assert_int_equal(record_field(RECORD_ITEM, "TITLE"), ITEM_TITLE);
    assert_int_equal(record_field(RECORD_ITEM, "First_Rating"), ITEM_FIRST_RATING);
    assert_int_equal(record_field(RECORD_ITEM, "titl"), -1);
    assert_int_equal(record_field(RECORD_ITEM, "titles"), -1);
    assert_int_equal(record_field(RECORD_ITEM, ""), -1);
    assert_int_equal(record_field(RECORD_IDEA, "rating"), -1);
}

static void limits_are_those_of_the_manual(void **state)
{
    (void)state;
    assert_int_equal(field_of(RECORD_ITEM, ITEM_TITLE)->max, 1000);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_NOTE)->max, 1024 * 1024);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_HANDLING)->max, 64 * 1024);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_SECONDS)->min, 0);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_SECONDS)->max, 604800);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_TIMES)->min, 1);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_TIMES)->max, 1000);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_TIMES)->absent, 1);
    assert_int_equal(field_of(RECORD_ITEM, ITEM_DOTS)->max, 1000000);
}

static void what_has_commands_of_its_own_is_not_settable(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++) {
            const struct field *field = field_of(record, i);
            static const char *const own[] = {"state", "item", "first_rating", "dots_hidden",
                                              "number"};
            bool settable = record < RECORD_VOTE;
            for (size_t j = 0; j < sizeof own / sizeof *own; j++)
                if (strcmp(field->name, own[j]) == 0)
                    settable = false;
            assert_int_equal(field->settable, settable);
        }
}

/* --- records ---------------------------------------------------------------------------------- */

static void a_new_record_says_nothing(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++) {
        union any it;
        memset(&it, 0xAA, sizeof it);
        record_init(record, &it);
        for (int i = 0; i < fields(record); i++)
            assert_value(record_get(record, &it, i), unsaid(field_of(record, i)));
        for (int i = 0; i < fields(record); i++)
            assert_true(field_is_default(field_of(record, i), record_get(record, &it, i)));
        size_t id = record_type(record)->id;
        if (id != RECORD_NO_ID)
            assert_int_equal(*(int64_t *)(void *)((char *)&it + id), 0);
        record_release(record, &it);
    }
}

static void a_new_moment_happens_once_and_has_no_channel(void **state)
{
    (void)state;
    struct moment moment;
    record_init(RECORD_ITEM, &moment);
    assert_int_equal(moment.times, 1);
    assert_true(moment.channel == FIELD_ABSENT);
    assert_true(moment.seconds == FIELD_ABSENT);
    assert_int_equal(moment.rating, RATING_NONE);
    assert_null(moment.title);
    assert_true(field_is_default(field_of(RECORD_ITEM, ITEM_TIMES), value_absent()));
    assert_false(field_is_default(field_of(RECORD_ITEM, ITEM_TIMES), value_integer(2)));
    assert_false(field_is_default(field_of(RECORD_ITEM, ITEM_TITLE), value_text("x")));
}

static void what_is_set_is_there_and_nothing_else_changed(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++)
            for (int n = 0; n < SAMPLES; n++) {
                const struct field *field = field_of(record, i);
                union any it;
                record_init(record, &it);
                record_set(record, &it, i, sample(field, n));
                for (int j = 0; j < fields(record); j++)
                    assert_value(record_get(record, &it, j), j == i
                                                                 ? expected(field, sample(field, n))
                                                                 : unsaid(field_of(record, j)));
                record_set(record, &it, i, value_absent());
                assert_value(record_get(record, &it, i), unsaid(field));
                record_release(record, &it);
            }
}

static void a_text_is_copied_not_kept(void **state)
{
    (void)state;
    char title[] = "Drink offered";
    struct moment moment = {0};
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(title));
    title[0] = 'X';
    assert_string_equal(moment.title, "Drink offered");
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, record_get(RECORD_ITEM, &moment, ITEM_TITLE));
    assert_string_equal(moment.title, "Drink offered");
    record_release(RECORD_ITEM, &moment);
}

static void an_empty_text_is_none(void **state)
{
    (void)state;
    struct moment moment = {0};
    record_set(RECORD_ITEM, &moment, ITEM_NOTE, value_text("x"));
    record_set(RECORD_ITEM, &moment, ITEM_NOTE, value_text(""));
    assert_null(moment.note);
    assert_int_equal(value_text("").type, VALUE_ABSENT);
    assert_int_equal(value_text(NULL).type, VALUE_ABSENT);
    assert_int_equal(value_integer(FIELD_ABSENT).type, VALUE_ABSENT);
}

static void values_are_equal_when_type_and_content_are(void **state)
{
    (void)state;
    assert_true(value_equal(value_absent(), value_text(NULL)));
    assert_true(value_equal(value_integer(7), value_integer(7)));
    assert_false(value_equal(value_integer(7), value_integer(8)));
    assert_false(value_equal(value_integer(0), value_absent()));
    assert_true(value_equal(value_text("ab"), value_text("ab")));
    assert_false(value_equal(value_text("ab"), value_text("abc")));
    assert_false(value_equal(value_text("ab"), value_text("aB")));
    assert_false(value_equal(value_text("1"), value_integer(1)));
}

static void fill(enum record record, void *it, int n)
{
    for (int i = 0; i < fields(record); i++)
        record_set(record, it, i, sample(field_of(record, i), n));
}

static void a_copy_has_texts_of_its_own(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int n = 0; n < SAMPLES; n++) {
            union any from, to, again;
            memset(&to, 0, sizeof to);
            memset(&again, 0, sizeof again);
            record_init(record, &from);
            fill(record, &from, n);
            record_copy(record, &to, &from);
            assert_same(record, &to, &from);
            fill(record, &again, SAMPLES - 1 - n);
            record_copy(record, &again, &from); /* frees what it held */
            record_release(record, &from);
            assert_same(record, &again, &to);
            record_copy(record, &to, &to);
            assert_same(record, &again, &to);
            record_release(record, &to);
            record_release(record, &again);
        }
}

static void a_copy_takes_what_is_no_field_too(void **state)
{
    (void)state;
    struct moment from = {.id = 4, .kind = ITEM_MOMENT, .ord = 9, .number = 2, .overdue = true};
    struct moment to = {0};
    record_copy(RECORD_ITEM, &to, &from);
    assert_int_equal(to.id, 4);
    assert_int_equal(to.kind, ITEM_MOMENT);
    assert_int_equal(to.ord, 9);
    assert_int_equal(to.number, 2);
    assert_true(to.overdue);
    record_release(RECORD_ITEM, &to);
    record_release(RECORD_ITEM, &from);
}

static void a_released_record_is_zeroed_and_usable(void **state)
{
    (void)state;
    static const union any zeroed;
    for (enum record record = 0; record < RECORDS; record++) {
        union any it;
        memset(&it, 0, sizeof it);
        fill(record, &it, 1);
        record_release(record, &it);
        assert_memory_equal(&it, &zeroed, record_type(record)->size);
        record_release(record, &it);
        fill(record, &it, 2);
        record_release(record, &it);
    }
}

/* A record of each kind beside an array that says what must be in it, through many random calls. */
static unsigned random_below(unsigned *seed, unsigned below)
{
    *seed = *seed * 1664525u + 1013904223u;
    return (*seed >> 8) % below;
}

static void random_calls(enum record record, unsigned seed)
{
    union any its[2];
    struct value wanted[2][RECORD_FIELDS_MAX] = {0};
    for (int which = 0; which < 2; which++) {
        record_init(record, &its[which]);
        for (int i = 0; i < fields(record); i++)
            wanted[which][i] = unsaid(field_of(record, i));
    }
    for (int call = 0; call < 400; call++) {
        unsigned which = random_below(&seed, 2);
        int field = (int)random_below(&seed, (unsigned)record_type(record)->count);
        if (random_below(&seed, 10) == 0) {
            record_copy(record, &its[which], &its[1 - which]);
            memcpy(wanted[which], wanted[1 - which], sizeof wanted[which]);
        } else {
            struct value value = sample(field_of(record, field), (int)random_below(&seed, SAMPLES));
            record_set(record, &its[which], field, value);
            wanted[which][field] = expected(field_of(record, field), value);
        }
        for (int i = 0; i < fields(record); i++)
            assert_value(record_get(record, &its[which], i), wanted[which][i]);
    }
    record_release(record, &its[0]);
    record_release(record, &its[1]);
}

static void any_row_of_calls_keeps_what_was_set(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (unsigned seed = 1; seed <= 20; seed++)
            random_calls(record, seed * 7919);
}

/* --- what may stand in a field ---------------------------------------------------------------- */

static void assert_refused(const struct field *field, struct value value, const char *said)
{
    struct error error = {0};
    assert_int_equal(field_check(field, value, &error), STATUS_BAD_DATA);
    assert_int_equal(error.status, STATUS_BAD_DATA);
    assert_non_null(strstr(error.text, field->name));
    if (strstr(error.text, said) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", error.text, said);
}

static void assert_allowed(const struct field *field, struct value value)
{
    struct error error = {0};
    if (field_check(field, value, &error) != STATUS_OK)
        fail_msg("%s", error.text);
}

static void what_nobody_said_may_stand_everywhere(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++) {
            assert_allowed(field_of(record, i), value_absent());
            assert_allowed(field_of(record, i), unsaid(field_of(record, i)));
            for (int n = 0; n < SAMPLES; n++)
                assert_allowed(field_of(record, i), sample(field_of(record, i), n));
        }
}

static void numbers_stay_in_their_range(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++) {
            const struct field *field = field_of(record, i);
            if (field_holds_text(field)) {
                assert_refused(field, value_integer(1), "text");
                continue;
            }
            assert_allowed(field, value_integer(field->min));
            assert_allowed(field, value_integer(field->max));
            assert_refused(field, value_integer(field->min - 1), "say ");
            if (field->max < INT64_MAX)
                assert_refused(field, value_integer(field->max + 1), "say ");
            assert_refused(field, value_text("1"), "number");
        }
    assert_refused(field_of(RECORD_ITEM, ITEM_SECONDS), value_integer(604801),
                   "seconds cannot be \"604801\"; say 20 s, 2 min or 1 h, up to 168 h");
}

static void nobody_aims_at_miserable(void **state)
{
    (void)state;
    assert_refused(field_of(RECORD_ITEM, ITEM_TARGET), value_integer(RATING_MISERABLE),
                   "say none, neutral or magical");
}

/* `length` bytes of 'x'; freed by the caller. */
static char *long_text(size_t length)
{
    char *text = memory_new(length + 1, 1);
    memset(text, 'x', length);
    return text;
}

static void texts_are_held_to_their_bytes(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++) {
            const struct field *field = field_of(record, i);
            if (field->type != FIELD_LINE && field->type != FIELD_TEXT)
                continue;
            char *text = long_text((size_t)field->max + 1);
            assert_refused(field, value_text(text), " bytes");
            text[field->max] = '\0';
            assert_allowed(field, value_text(text));
            memory_free(text);
        }
    char *title = long_text(1203);
    assert_refused(field_of(RECORD_ITEM, ITEM_TITLE), value_text(title),
                   "title cannot be over 1,000 bytes, and this is 1,203; shorten it");
    memory_free(title);
}

static void only_nul_and_invalid_utf8_are_refused_in_text(void **state)
{
    (void)state;
    const struct field *note = field_of(RECORD_ITEM, ITEM_NOTE);
    struct value nul = {.type = VALUE_TEXT, .text = "ab\0c", .length = 4};
    assert_refused(note, nul, "NUL (byte 3)");
    assert_refused(note, value_text("abc\xFF"), "UTF-8 (byte 4)");
    assert_refused(note, value_text("\xC0\x80"), "UTF-8 (byte 1)");
    assert_refused(note, value_text("\xED\xA0\x80"), "UTF-8");
    assert_allowed(note, value_text("\x1B[2J \x7F \xC2\x85 \xE2\x80\xAE\xE2\x80\xAC"));
}

static void a_line_is_one_line(void **state)
{
    (void)state;
    const struct field *title = field_of(RECORD_ITEM, ITEM_TITLE);
    assert_refused(title, value_text("a\nb"), "one line");
    assert_refused(title, value_text("a\r"), "one line");
    assert_allowed(title, value_text("a\tb"));
    assert_allowed(field_of(RECORD_ITEM, ITEM_NOTE), value_text("a\nb"));
}

static void a_day_is_one_of_the_calendar(void **state)
{
    (void)state;
    const struct field *due = field_of(RECORD_ACTION, ACTION_DUE);
    assert_allowed(due, value_text("2024-02-29"));
    assert_refused(due, value_text("2026-02-29"), "2026-12-04");
    assert_refused(due, value_text("fri"), "2026-12-04");
    assert_refused(due, value_text("2026-12-4"), "2026-12-04");
    assert_refused(due, value_text("next friday"),
                   "due cannot be \"next friday\"; write the day as 2026-12-04");
}

static void a_letter_is_a_to_z_and_a_sign_one_cluster(void **state)
{
    (void)state;
    const struct field *letter = field_of(RECORD_CHANNEL, CHANNEL_LETTER);
    const struct field *sign = field_of(RECORD_CHANNEL, CHANNEL_SIGN);
    assert_refused(letter, value_text("a"), "A to Z");
    assert_refused(letter, value_text("1"), "A to Z");
    assert_refused(letter, value_text("AB"), "A to Z");
    assert_refused(sign, value_text("ab"), "one sign");
    assert_refused(sign, value_text("☺☎"), "one sign");
    assert_refused(sign, value_text(" "), "one sign");
    assert_refused(sign, value_text("\x1B"), "one sign");
    assert_refused(sign, value_text("\x7F"), "one sign");
    assert_allowed(sign, value_text("e\u0301"));
}

static void an_error_quotes_only_the_beginning(void **state)
{
    (void)state;
    struct error error = {0};
    struct buffer scratch = {0};
    struct value value;
    char text[] = "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxéyyyyyyyyyy";
    assert_int_equal(
        field_parse(field_of(RECORD_ITEM, ITEM_RATING), NULL, text, &value, &scratch, &error),
        STATUS_BAD_DATA);
    assert_string_equal(error.text,
                        "rating cannot be \"xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx...\"; "
                        "say unrated, miserable, neutral or magical");
    buffer_release(&scratch);
}

/* --- words into values and back --------------------------------------------------------------- */

static struct value parsed(const struct field *field, const char *text, struct buffer *scratch)
{
    struct error error = {0};
    struct value value;
    if (field_parse(field, channels_default(), text, &value, scratch, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    return value;
}

static void assert_reads_number(const struct field *field, const char *text, int64_t number)
{
    struct buffer scratch = {0};
    assert_value(parsed(field, text, &scratch), value_integer(number));
    buffer_release(&scratch);
}

static void assert_reads_text(const struct field *field, const char *text, const char *wanted)
{
    struct buffer scratch = {0};
    assert_value(parsed(field, text, &scratch), value_text(wanted));
    buffer_release(&scratch);
}

static void assert_unreadable(const struct field *field, const char *text, const char *said)
{
    struct error error = {0};
    struct buffer scratch = {0};
    struct value value;
    assert_int_equal(field_parse(field, channels_default(), text, &value, &scratch, &error),
                     STATUS_BAD_DATA);
    if (strstr(error.text, said) == NULL)
        fail_msg("\"%s\" does not say \"%s\"", error.text, said);
    buffer_release(&scratch);
}

static void what_is_formatted_parses_to_the_same(void **state)
{
    (void)state;
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++)
            for (int n = 0; n < SAMPLES; n++) {
                const struct field *field = field_of(record, i);
                struct value value = expected(field, sample(field, n));
                struct buffer text = {0}, scratch = {0};
                if (field->type == FIELD_CHANNEL && value.type == VALUE_INTEGER)
                    value.integer = value.integer % 6 + 1;
                field_format(field, channels_default(), value, &text);
                struct value back = parsed(field, buffer_text(&text), &scratch);
                assert_value(expected(field, back), value);
                buffer_release(&text);
                buffer_release(&scratch);
            }
}

static void empty_text_is_absent_everywhere(void **state)
{
    (void)state;
    struct buffer scratch = {0};
    for (enum record record = 0; record < RECORDS; record++)
        for (int i = 0; i < fields(record); i++)
            assert_int_equal(parsed(field_of(record, i), "", &scratch).type, VALUE_ABSENT);
    assert_int_equal(parsed(field_of(RECORD_ITEM, ITEM_SECONDS), "  ", &scratch).type,
                     VALUE_ABSENT);
    buffer_release(&scratch);
}

static void ratings_are_read_without_case(void **state)
{
    (void)state;
    const struct field *rating = field_of(RECORD_ITEM, ITEM_RATING);
    assert_reads_number(rating, "miserable", RATING_MISERABLE);
    assert_reads_number(rating, "Neutral", RATING_NEUTRAL);
    assert_reads_number(rating, " MAGICAL ", RATING_MAGICAL);
    assert_reads_number(rating, "unrated", RATING_NONE);
    assert_reads_number(rating, "none", RATING_NONE);
    assert_unreadable(rating, "magic", "say unrated, miserable, neutral or magical");
    assert_unreadable(rating, "2", "say unrated");
}

static void lists_are_read_in_their_words(void **state)
{
    (void)state;
    const struct field *status = field_of(RECORD_ACTION, ACTION_STATUS);
    const struct field *kind = field_of(RECORD_ENTRY, ENTRY_KIND);
    const struct field *price = field_of(RECORD_IDEA, IDEA_PRICE);
    assert_reads_number(status, "to do", ACTION_TO_DO);
    assert_reads_number(status, "todo", ACTION_TO_DO);
    assert_reads_number(status, "Trying", ACTION_TRYING);
    assert_reads_number(kind, "buys again", ENTRY_BUYS_AGAIN);
    assert_reads_number(kind, "pays-more", ENTRY_PAYS_MORE);
    assert_unreadable(kind, "theft", "complaint, return, rework, other, buys more");
    assert_reads_number(price, "FREE", PRICE_FREE);
    assert_reads_number(price, "none", PRICE_NONE);
    assert_unreadable(price, "cheap", "say none, free, low, medium or high");
}

static void yes_and_no_are_read_and_no_is_written_empty(void **state)
{
    (void)state;
    const struct field *chosen = field_of(RECORD_ITEM, ITEM_CHOSEN);
    struct buffer out = {0};
    assert_reads_number(chosen, "yes", 1);
    assert_reads_number(chosen, "Y", 1);
    assert_reads_number(chosen, "true", 1);
    assert_reads_number(chosen, "1", 1);
    assert_reads_number(chosen, "0", 0);
    assert_reads_number(chosen, "no", 0);
    assert_reads_number(chosen, "false", 0);
    assert_unreadable(chosen, "maybe", "say no or yes");
    field_format(chosen, NULL, value_integer(1), &out);
    field_format(chosen, NULL, value_integer(0), &out);
    assert_string_equal(buffer_text(&out), "yes");
    buffer_release(&out);
}

static void seconds_are_read_with_units(void **state)
{
    (void)state;
    const struct field *seconds = field_of(RECORD_ITEM, ITEM_SECONDS);
    assert_reads_number(seconds, "20", 20);
    assert_reads_number(seconds, "20 s", 20);
    assert_reads_number(seconds, "15s", 15);
    assert_reads_number(seconds, "2m", 120);
    assert_reads_number(seconds, "2 Min", 120);
    assert_reads_number(seconds, "1 h", 3600);
    assert_reads_number(seconds, "1,200", 1200);
    assert_reads_number(seconds, "168 hours", 604800);
    assert_reads_number(seconds, "0", 0);
    assert_reads_number(seconds, "1 h 2 min 3 s", 3723);
    assert_reads_number(seconds, "2m30s", 150);
    assert_reads_number(seconds, "167 h 60 min", 604800);
    static const char *const wrong[] = {
        "169 h",   "604801",  "-1",       "s",      "2 d",
        "1.5 h",   "20 s s",  "2,0",      "m2",     "99999999999999999999",
        "0x10",    "1 2",     "20２",     "1,000,", "5 s 1 m",
        "1 m 1 m", "2 min 5", "168 h 1 s"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_unreadable(seconds, wrong[i], "say 20 s, 2 min or 1 h, up to 168 h");
}

static void numbers_are_read_with_thousands(void **state)
{
    (void)state;
    const struct field *customers = field_of(RECORD_BOARD, BOARD_CUSTOMERS);
    assert_reads_number(customers, "10,000,000", 10000000);
    assert_reads_number(customers, "10000000000", INT64_C(10000000000));
    assert_reads_number(customers, "007", 7);
    static const char *const wrong[] = {"10000000001", "1,00",    ",100", "1,,000", "100,",
                                        "1 000",       "1000,00", "+5",   "5e3",    "many"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++)
        assert_unreadable(customers, wrong[i], "say a number of 0 to 10,000,000,000");
    assert_unreadable(field_of(RECORD_ITEM, ITEM_TIMES), "0", "say a number of 1 to 1,000");
    assert_unreadable(field_of(RECORD_ITEM, ITEM_TIMES), "1001", "say a number of 1 to 1,000");
    assert_unreadable(field_of(RECORD_IDEA, IDEA_ITEM), "x", "say a number of 1 or more");
}

static void line_ends_become_lf_and_blanks_are_kept(void **state)
{
    (void)state;
    assert_reads_text(field_of(RECORD_ITEM, ITEM_NOTE), "a\r\nb\rc\n", "a\nb\nc\n");
    assert_reads_text(field_of(RECORD_ITEM, ITEM_TITLE), "  a  b ", "  a  b ");
    assert_reads_text(field_of(RECORD_ACTION, ACTION_DUE), " 2026-12-04 ", "2026-12-04");
    assert_reads_text(field_of(RECORD_CHANNEL, CHANNEL_LETTER), "a", "A");
    assert_reads_text(field_of(RECORD_CHANNEL, CHANNEL_LETTER), "z", "Z");
    assert_unreadable(field_of(RECORD_ITEM, ITEM_TITLE), "a\r\nb", "one line");
    assert_unreadable(field_of(RECORD_CHANNEL, CHANNEL_LETTER), "é", "A to Z");
    assert_unreadable(field_of(RECORD_CHANNEL, CHANNEL_LETTER), "{", "A to Z");
    assert_unreadable(field_of(RECORD_CHANNEL, CHANNEL_LETTER), "#", "A to Z");
}

static void a_channel_is_read_and_written_by_name(void **state)
{
    (void)state;
    const struct field *channel = field_of(RECORD_ITEM, ITEM_CHANNEL);
    struct buffer out = {0};
    assert_reads_number(channel, "phone", 2);
    assert_reads_number(channel, " face-to-face ", 1);
    assert_unreadable(channel, "fax",
                      "channel cannot be \"fax\"; say In person, Phone, Email, Post, Website, "
                      "Webinar");
    field_format(channel, channels_default(), value_integer(5), &out);
    assert_string_equal(buffer_text(&out), "Website");
    field_format(channel, channels_default(), value_integer(99), &out);
    assert_string_equal(buffer_text(&out), "Website");
    buffer_release(&out);
}

static void words_are_those_of_the_product(void **state)
{
    (void)state;
    assert_string_equal(rating_word(RATING_MISERABLE), "miserable");
    assert_string_equal(rating_word(RATING_MAGICAL), "magical");
    assert_string_equal(rating_word(RATING_NONE), "");
    assert_string_equal(rating_word(RATING_HIDDEN), "?");
    assert_string_equal(rating_word(RATING_HIDDEN + 1), "");
    assert_string_equal(price_word(PRICE_LOW), "low");
    assert_string_equal(price_word(PRICE_NONE), "");
    assert_string_equal(action_status_word(ACTION_TO_DO), "to do");
    assert_string_equal(action_status_word(ACTION_DROPPED), "dropped");
    assert_string_equal(entry_kind_word(ENTRY_BUYS_AGAIN), "buys again");
    assert_string_equal(entry_kind_word(0), "");
}

/* --- channels --------------------------------------------------------------------------------- */

static void r4_a_new_board_has_the_six_channels(void **state)
{
    (void)state;
    static const struct channel wanted[] = {
        {1, 0, 1, (char *)"In person", (char *)"I", (char *)"☺", 156},
        {2, 0, 2, (char *)"Phone", (char *)"P", (char *)"☎", 153},
        {3, 0, 3, (char *)"Email", (char *)"E", (char *)"✉", 180},
        {4, 0, 4, (char *)"Post", (char *)"L", (char *)"✎", 141},
        {5, 0, 5, (char *)"Website", (char *)"W", (char *)"⌂", 50},
        {6, 0, 6, (char *)"Webinar", (char *)"B", (char *)"▶", 211},
    };
    const struct channels *channels = channels_default();
    assert_int_equal(channels->count, 6);
    for (size_t i = 0; i < 6; i++) {
        assert_int_equal(channels->at[i].id, wanted[i].id);
        assert_same(RECORD_CHANNEL, &channels->at[i], &wanted[i]);
        for (int field = 0; field < fields(RECORD_CHANNEL); field++)
            assert_allowed(field_of(RECORD_CHANNEL, field),
                           record_get(RECORD_CHANNEL, &channels->at[i], field));
        assert_ptr_equal(channels_by_id(channels, wanted[i].id), &channels->at[i]);
    }
    assert_null(channels_by_id(channels, 7));
    assert_null(channels_by_id(channels, FIELD_ABSENT));
}

static void assert_names_channel(const struct channels *channels, const char *word, int64_t id)
{
    const struct channel *found = channels_by_word(channels, word);
    if ((found != NULL ? found->id : 0) != id)
        fail_msg("\"%s\" names %s", word, found != NULL ? found->name : "none");
}

static void a_channel_goes_by_letter_name_alias_and_start(void **state)
{
    (void)state;
    static const struct {
        const char *word;
        int64_t id;
    } cases[] = {
        {"i", 1},
        {"In Person", 1},
        {"face-to-face", 1},
        {"f2f", 1},
        {"F2F", 1},
        {"in-person", 1},
        {"in", 1},
        {"p", 2},
        {"P", 2},
        {"phone", 2},
        {"call", 2},
        {"telephone", 2},
        {"ph", 2},
        {"e", 3},
        {"EMAIL", 3},
        {"mail", 3},
        {"e-mail", 3},
        {"em", 3},
        {"l", 4},
        {"post", 4},
        {"letter", 4},
        {"po", 4},
        {"w", 5},
        {"website", 5},
        {"web", 5},
        {"site", 5},
        {"webs", 5},
        {"b", 6},
        {"webinar", 6},
        {"broadcast", 6},
        {"webi", 6},
        {" phone ", 2},
        {"we", 0},
        {"x", 0},
        {"", 0},
        {"fax", 0},
        {"phones", 0},
        {"per", 0},
        {"cal", 0},
        {"a", 0},
        {"face-to-face,f2f", 0},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_names_channel(channels_default(), cases[i].word, cases[i].id);
}

static void channels_of_ones_own_have_no_aliases(void **state)
{
    (void)state;
    struct channel own[] = {
        {1, STATE_LIVE, 1, (char *)"Counter", (char *)"C", (char *)"#", 20},
        {2, STATE_DELETED, 2, (char *)"Phone", (char *)"P", (char *)"#", 21},
        {3, STATE_LIVE, 3, (char *)"Zürich", (char *)"Z", (char *)"#", 22},
        {4, STATE_LIVE, 4, (char *)"Post", (char *)"L", (char *)"#", 23},
        {5, STATE_LIVE, 5, (char *)"Postcard", (char *)"D", (char *)"#", 24},
        {6, STATE_LIVE, 6, (char *)"Zürich Nord", (char *)"N", (char *)"#", 25},
    };
    const struct channels channels = {own, 6};
    assert_names_channel(&channels, "face-to-face", 0);
    assert_names_channel(&channels, "counter", 1);
    assert_names_channel(&channels, "phone", 0); /* deleted */
    assert_names_channel(&channels, "call", 0);
    assert_names_channel(&channels, "ZÜRICH", 3);
    assert_names_channel(&channels, "zÜ", 0);
    assert_names_channel(&channels, "zürich N", 6);
    assert_names_channel(&channels, "zu", 0);
    assert_names_channel(&channels, "letter", 4); /* keeps its name, keeps its alias */
    assert_names_channel(&channels, "post", 4);   /* a whole name beats a start */
    assert_names_channel(&channels, "pos", 0);
    assert_names_channel(&channels, "postc", 5);
    assert_non_null(channels_by_id(&channels, 2));

    struct error error = {0};
    struct buffer scratch = {0};
    struct value value;
    assert_int_equal(field_parse(field_of(RECORD_ITEM, ITEM_CHANNEL), &channels, "phone", &value,
                                 &scratch, &error),
                     STATUS_BAD_DATA);
    assert_string_equal(
        error.text,
        "channel cannot be \"phone\"; say Counter, Zürich, Post, Postcard, Zürich Nord");
}

static void arrays_are_released_with_what_they_hold(void **state)
{
    (void)state;
    struct channels channels = {memory_new(2, sizeof(struct channel)), 2};
    struct ideas ideas = {memory_new(2, sizeof(struct idea)), 2};
    struct actions actions = {memory_new(2, sizeof(struct action)), 2};
    struct entries entries = {memory_new(2, sizeof(struct entry)), 2};
    for (int i = 0; i < 2; i++) {
        fill(RECORD_CHANNEL, &channels.at[i], 1);
        fill(RECORD_IDEA, &ideas.at[i], 1);
        fill(RECORD_ACTION, &actions.at[i], 1);
        fill(RECORD_ENTRY, &entries.at[i], 1);
    }
    channels_release(&channels);
    ideas_release(&ideas);
    actions_release(&actions);
    entries_release(&entries);
    assert_null(channels.at);
    assert_int_equal(entries.count, 0);
    ideas_release(&ideas);
}

static void a_whole_name_beats_a_letter(void **state)
{
    (void)state;
    struct channel two[] = {
        {.id = 1, .name = (char *)"Website", .letter = (char *)"W", .sign = (char *)"+"},
        {.id = 2, .name = (char *)"w", .letter = (char *)"X", .sign = (char *)"-"},
    };
    const struct channels channels = {two, 2};
    assert_ptr_equal(channels_by_word(&channels, "W"), &two[1]);
    assert_ptr_equal(channels_by_word(&channels, "x"), &two[1]);
    assert_ptr_equal(channels_by_word(&channels, "website"), &two[0]);
}

/* --- how it is shown and spoken of ------------------------------------------------------------ */

static void a_channel_stands_in_a_sentence(void **state)
{
    (void)state;
    static const char *const names[][2] = {
        {"Phone", "by phone"},   {"In person", "in person"},
        {"SMS", "by SMS"},       {"On the street", "on the street"},
        {"Indoor", "by indoor"}, {"", ""},
    };
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        struct channel channel = {.name = (char *)names[i][0]};
        struct buffer out = {0};
        channel_phrase(&channel, &out);
        assert_string_equal(buffer_text(&out), names[i][1]);
        buffer_release(&out);
    }
    struct buffer out = {0};
    channel_phrase(NULL, &out);
    assert_int_equal(out.length, 0);
}

static void a_rating_has_a_sign_and_a_colour(void **state)
{
    (void)state;
    assert_int_equal(rating_sign(RATING_MAGICAL), 0x2605);
    assert_int_equal(rating_hollow(RATING_MAGICAL), 0x2606);
    assert_int_equal(rating_colour(RATING_MAGICAL), 220);
    assert_int_equal(rating_sign(RATING_HIDDEN), '?');
    assert_int_equal(rating_colour(RATING_HIDDEN), 0);
    assert_int_equal(rating_sign(RATING_HIDDEN + 1), rating_sign(RATING_NONE));
    assert_int_equal(rating_sign(-1), rating_sign(RATING_NONE));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(a_channel_stands_in_a_sentence),
        cmocka_unit_test(a_rating_has_a_sign_and_a_colour),
        cmocka_unit_test(a_whole_name_beats_a_letter),
        cmocka_unit_test(fields_bear_the_names_of_the_columns),
        cmocka_unit_test(each_field_is_a_member_of_its_own),
        cmocka_unit_test(a_field_is_found_by_its_name_in_any_case),
        cmocka_unit_test(limits_are_those_of_the_manual),
        cmocka_unit_test(what_has_commands_of_its_own_is_not_settable),
        cmocka_unit_test(a_new_record_says_nothing),
        cmocka_unit_test(a_new_moment_happens_once_and_has_no_channel),
        cmocka_unit_test(what_is_set_is_there_and_nothing_else_changed),
        cmocka_unit_test(a_text_is_copied_not_kept),
        cmocka_unit_test(an_empty_text_is_none),
        cmocka_unit_test(values_are_equal_when_type_and_content_are),
        cmocka_unit_test(a_copy_has_texts_of_its_own),
        cmocka_unit_test(a_copy_takes_what_is_no_field_too),
        cmocka_unit_test(a_released_record_is_zeroed_and_usable),
        cmocka_unit_test(any_row_of_calls_keeps_what_was_set),
        cmocka_unit_test(what_nobody_said_may_stand_everywhere),
        cmocka_unit_test(numbers_stay_in_their_range),
        cmocka_unit_test(nobody_aims_at_miserable),
        cmocka_unit_test(texts_are_held_to_their_bytes),
        cmocka_unit_test(only_nul_and_invalid_utf8_are_refused_in_text),
        cmocka_unit_test(a_line_is_one_line),
        cmocka_unit_test(a_day_is_one_of_the_calendar),
        cmocka_unit_test(a_letter_is_a_to_z_and_a_sign_one_cluster),
        cmocka_unit_test(an_error_quotes_only_the_beginning),
        cmocka_unit_test(what_is_formatted_parses_to_the_same),
        cmocka_unit_test(empty_text_is_absent_everywhere),
        cmocka_unit_test(ratings_are_read_without_case),
        cmocka_unit_test(lists_are_read_in_their_words),
        cmocka_unit_test(yes_and_no_are_read_and_no_is_written_empty),
        cmocka_unit_test(seconds_are_read_with_units),
        cmocka_unit_test(numbers_are_read_with_thousands),
        cmocka_unit_test(line_ends_become_lf_and_blanks_are_kept),
        cmocka_unit_test(a_channel_is_read_and_written_by_name),
        cmocka_unit_test(words_are_those_of_the_product),
        cmocka_unit_test(r4_a_new_board_has_the_six_channels),
        cmocka_unit_test(a_channel_goes_by_letter_name_alias_and_start),
        cmocka_unit_test(channels_of_ones_own_have_no_aliases),
        cmocka_unit_test(arrays_are_released_with_what_they_hold),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
