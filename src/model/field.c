/* What may stand in a field, and how people write it. */
#include "span.h"
#include "touchline/buffer.h"
#include "touchline/date.h"
#include "touchline/method.h"
#include "touchline/record.h"
#include "touchline/text.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

enum { QUOTED_MOST = 40 };

/* --- the kinds of text ------------------------------------------------------------------------ */

static bool is_line(struct span text)
{
    return memchr(text.text, '\n', text.length) == NULL &&
           memchr(text.text, '\r', text.length) == NULL;
}

static bool is_day(struct span text)
{
    struct date date;
    return date_parse_iso(text.text, &date);
}

static bool is_letter(struct span text)
{
    return text.length == 1 && text.text[0] >= 'A' && text.text[0] <= 'Z';
}

/* Its columns are not asked for: they hang on the locale, and a board must open in every one. */
static bool is_sign(struct span text)
{
    return (unsigned char)text.text[0] > ' ' && text.text[0] != '\x7F' &&
           text_cluster_length(text.text, text.length) == text.length;
}

static const struct text_rule {
    bool (*holds)(struct span text);
    const char *advice;
} text_rules[] = {
    [FIELD_LINE] = {is_line, "write it in one line"},
    [FIELD_TEXT] = {NULL, NULL},
    [FIELD_DAY] = {is_day, "write the day as 2026-12-04"},
    [FIELD_LETTER] = {is_letter, "take one of A to Z"},
    [FIELD_SIGN] = {is_sign, "take one sign"},
};

/* The row of a list, NULL: no such value. */
static const struct word *word_of(const struct word *words, int64_t value)
{
    for (; words->text != NULL; words++)
        if (words->value == value)
            return words;
    return NULL;
}

/* --- refusing --------------------------------------------------------------------------------- */

/* The spelling that a list names to people: where the word itself is empty, its first alias. */
static struct span spelling(const struct word *word)
{
    return span_of(word->text[0] != '\0' ? word->text : word->aliases);
}

static void advise_words(struct buffer *out, const struct word *words)
{
    for (const struct word *word = words; word->text != NULL; word++) {
        struct span text = spelling(word);
        buffer_add_text(out, word == words ? "say " : word[1].text != NULL ? ", " : " or ");
        buffer_add(out, text.text, strcspn(text.text, ","));
    }
}

static void advise_channels(struct buffer *out, const struct channels *channels)
{
    const char *before = "say ";
    for (size_t i = 0; i < channels->count; i++) {
        if (channels->at[i].state != STATE_LIVE)
            continue;
        buffer_add_text(out, before);
        buffer_add_text(out, channels->at[i].name);
        before = ", ";
    }
}

static void advise_number(struct buffer *out, const struct field *field)
{
    if (field->type == FIELD_SECONDS) {
        buffer_add_text(out, "say 20 s, 2 min or 1 h, up to ");
        seconds_format(field->max, out);
        return;
    }
    buffer_add_text(out, "say a number of ");
    count_format(field->min, out);
    if (field->max == INT64_MAX) {
        buffer_add_text(out, " or more");
        return;
    }
    buffer_add_text(out, " to ");
    count_format(field->max, out);
}

static void advise(struct buffer *out, const struct field *field, const struct channels *channels)
{
    if (field_holds_text(field))
        buffer_add_text(out, text_rules[field->type].advice);
    else if (field->words != NULL)
        advise_words(out, field->words);
    else if (field->type == FIELD_CHANNEL && channels != NULL)
        advise_channels(out, channels);
    else
        advise_number(out, field);
}

/* As much of a text as an error line has room for. */
static void quote(struct buffer *out, struct span text)
{
    size_t length = text.length;
    if (length > QUOTED_MOST) {
        length = QUOTED_MOST;
        while (length > 0 && ((unsigned char)text.text[length] & 0xC0) == 0x80)
            length--;
    }
    buffer_add_byte(out, '"');
    buffer_add(out, text.text, length);
    buffer_add_text(out, length < text.length ? "...\"" : "\"");
}

/* `seconds cannot be "soon"; say 20 s, 2 min or 1 h, up to 168 h` */
static enum status refuse(const struct field *field, const struct channels *channels,
                          struct span text, struct error *error)
{
    struct buffer line = {0};
    quote(&line, text);
    buffer_add_text(&line, "; ");
    advise(&line, field, channels);
    error_set(error, STATUS_BAD_DATA, "%s cannot be %s", field->name, buffer_text(&line));
    buffer_release(&line);
    return STATUS_BAD_DATA;
}

static enum status refuse_length(const struct field *field, size_t length, struct error *error)
{
    struct buffer most = {0}, has = {0};
    count_format(field->max, &most);
    count_format((int64_t)length, &has);
    error_set(error, STATUS_BAD_DATA, "%s cannot be over %s bytes, and this is %s; shorten it",
              field->name, buffer_text(&most), buffer_text(&has));
    buffer_release(&most);
    buffer_release(&has);
    return STATUS_BAD_DATA;
}

/* --- checking --------------------------------------------------------------------------------- */

static enum status check_text(const struct field *field, struct span text, struct error *error)
{
    if (!field_holds_text(field))
        return error_set(error, STATUS_BAD_DATA, "%s cannot be a text; it is a number",
                         field->name);
    size_t bad = text_first_invalid(text.text, text.length);
    if (bad < text.length)
        return error_set(error, STATUS_BAD_DATA,
                         text.text[bad] == '\0' ? "%s cannot hold a NUL (byte %zu); take it out"
                                                : "%s is not UTF-8 (byte %zu); save it as UTF-8",
                         field->name, bad + 1);
    const struct text_rule *rule = &text_rules[field->type];
    if (rule->holds != NULL && !rule->holds(text))
        return refuse(field, NULL, text, error);
    if (text.length > (uint64_t)field->max)
        return refuse_length(field, text.length, error);
    return STATUS_OK;
}

static enum status check_number(const struct field *field, int64_t number, struct error *error)
{
    if (field_holds_text(field))
        return error_set(error, STATUS_BAD_DATA, "%s cannot be a number; it is a text",
                         field->name);
    if (number >= field->min && number <= field->max &&
        (field->words == NULL || word_of(field->words, number) != NULL))
        return STATUS_OK;
    char digits[32];
    snprintf(digits, sizeof digits, "%" PRId64, number);
    return refuse(field, NULL, span_of(digits), error);
}

enum status field_check(const struct field *field, struct value value, struct error *error)
{
    if (value.type == VALUE_TEXT)
        return check_text(field, (struct span){value.text, value.length}, error);
    if (value.type == VALUE_INTEGER)
        return check_number(field, value.integer, error);
    return STATUS_OK;
}

/* --- words into numbers ----------------------------------------------------------------------- */

static bool read_word(const struct field *field, struct span text, int64_t *number)
{
    for (const struct word *word = field->words; word->text != NULL; word++)
        if (span_is(text, word->text) || span_is_listed(text, word->aliases)) {
            *number = word->value;
            return true;
        }
    return false;
}

static bool read_number(const struct field *field, const struct channels *channels,
                        struct span text, int64_t *number)
{
    if (field->words != NULL)
        return read_word(field, text, number);
    if (field->type == FIELD_SECONDS)
        return span_seconds(text, field->max, number);
    if (field->type != FIELD_CHANNEL)
        return span_number(text, field->max, number);
    const struct channel *channel = channels_by_word(channels, text.text);
    if (channel != NULL)
        *number = channel->id;
    return channel != NULL;
}

static void parse_text(const struct field *field, struct span text, struct value *value,
                       struct buffer *scratch)
{
    buffer_clear(scratch);
    buffer_add(scratch, text.text, text.length);
    if (field->type == FIELD_TEXT)
        buffer_cut(scratch, text_unify_line_ends(scratch->bytes, scratch->length));
    if (field->type == FIELD_LETTER && text.length == 1 && text.text[0] >= 'a' &&
        text.text[0] <= 'z')
        scratch->bytes[0] = (char)(text.text[0] - 'a' + 'A');
    *value = value_text(buffer_text(scratch));
}

enum status field_parse(const struct field *field, const struct channels *channels,
                        const char *text, struct value *value, struct buffer *scratch,
                        struct error *error)
{
    struct span span = span_of(text);
    *value = value_absent();
    if (field->type != FIELD_LINE && field->type != FIELD_TEXT)
        span = span_trim(span);
    if (span.length == 0)
        return STATUS_OK;
    if (field_holds_text(field)) {
        parse_text(field, span, value, scratch);
    } else {
        int64_t number = 0;
        if (!read_number(field, channels, span, &number))
            return refuse(field, channels, span, error);
        *value = value_integer(number);
    }
    return field_check(field, *value, error);
}

/* --- and back --------------------------------------------------------------------------------- */

static bool is_hidden(const struct word *words, int64_t value)
{
    return value == RATING_HIDDEN && words == record_type(RECORD_ITEM)->fields[ITEM_RATING].words;
}

static const char *word_text(const struct word *words, int64_t value)
{
    const struct word *word = word_of(words, value);
    if (word == NULL)
        return is_hidden(words, value) ? "?" : "";
    return word->text;
}

static const char *word_of_field(enum record record, int field, int64_t value)
{
    return word_text(record_type(record)->fields[field].words, value);
}

const char *rating_word(int64_t rating)
{
    return word_of_field(RECORD_ITEM, ITEM_RATING, rating);
}

const char *price_word(int64_t price)
{
    return word_of_field(RECORD_IDEA, IDEA_PRICE, price);
}

const char *action_status_word(int64_t status)
{
    return word_of_field(RECORD_ACTION, ACTION_STATUS, status);
}

const char *entry_kind_word(int64_t kind)
{
    return word_of_field(RECORD_ENTRY, ENTRY_KIND, kind);
}

static void format_channel(const struct channels *channels, int64_t id, struct buffer *out)
{
    const struct channel *channel = channels_by_id(channels, id);
    if (channel != NULL)
        buffer_add_text(out, channel->name);
}

void field_format(const struct field *field, const struct channels *channels, struct value value,
                  struct buffer *out)
{
    if (value.type == VALUE_TEXT)
        buffer_add(out, value.text, value.length);
    else if (value.type != VALUE_INTEGER)
        return;
    else if (field->words != NULL)
        buffer_add_text(out, word_text(field->words, value.integer));
    else if (field->type == FIELD_CHANNEL)
        format_channel(channels, value.integer, out);
    else
        buffer_add_format(out, "%" PRId64, value.integer);
}

bool field_is_default(const struct field *field, struct value value)
{
    return value.type == VALUE_ABSENT ||
           (value.type == VALUE_INTEGER && value.integer == field->absent);
}
