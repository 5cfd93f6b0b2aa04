#include "span.h"
#include "touchline/buffer.h"
#include "touchline/text.h"
#include <string.h>

struct span span_of(const char *text)
{
    return (struct span){text, text != NULL ? strlen(text) : 0};
}

bool byte_is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n' || byte == '\r';
}

bool byte_is_digit(char byte)
{
    return byte >= '0' && byte <= '9';
}

struct span span_from(struct span span, size_t at)
{
    return (struct span){span.text + at, span.length - at};
}

struct span span_trim(struct span span)
{
    while (span.length > 0 && byte_is_blank(span.text[0])) {
        span.text++;
        span.length--;
    }
    while (span.length > 0 && byte_is_blank(span.text[span.length - 1]))
        span.length--;
    return span;
}

static unsigned char ascii_lower(unsigned char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (unsigned char)(byte - 'A' + 'a') : byte;
}

/* How many bytes both begin with alike, ASCII compared without case; up to the first that needs
 * Unicode to decide. Sets *differ when plain ASCII decides already. */
static size_t ascii_alike(struct span a, struct span b, bool *differ)
{
    size_t most = a.length < b.length ? a.length : b.length;
    for (size_t at = 0; at < most; at++) {
        unsigned char x = (unsigned char)a.text[at], y = (unsigned char)b.text[at];
        if (x >= 0x80 || y >= 0x80)
            return at;
        if (ascii_lower(x) != ascii_lower(y)) {
            *differ = true;
            return at;
        }
    }
    return most;
}

static bool folded_starts_with(struct span span, struct span start, bool whole)
{
    struct buffer a = {0}, b = {0};
    text_fold(&a, span.text, span.length);
    text_fold(&b, start.text, start.length);
    bool found = (whole ? a.length == b.length : a.length >= b.length) &&
                 memcmp(buffer_text(&a), buffer_text(&b), b.length) == 0;
    buffer_release(&a);
    buffer_release(&b);
    return found;
}

/* Most words are ASCII, and an import compares hundreds of thousands: only what is left after the
 * ASCII in front is folded. */
static bool alike(struct span span, struct span start, bool whole)
{
    bool differ = false;
    size_t at = ascii_alike(span, start, &differ);
    if (differ)
        return false;
    if (at == start.length)
        return !whole || at == span.length;
    return at < span.length && folded_starts_with(span_from(span, at), span_from(start, at), whole);
}

bool span_is(struct span span, const char *word)
{
    return alike(span, span_of(word), true);
}

bool span_starts_with(struct span span, struct span start)
{
    return alike(span, start, false);
}

bool span_is_listed(struct span span, const char *list)
{
    struct span rest = span_of(list);
    while (rest.length > 0) {
        const char *comma = memchr(rest.text, ',', rest.length);
        struct span word = {rest.text, comma != NULL ? (size_t)(comma - rest.text) : rest.length};
        if (alike(span, word, true))
            return true;
        rest = span_from(rest, word.length + (comma != NULL));
    }
    return false;
}

struct span span_next_word(struct span *rest)
{
    struct span word = span_trim(*rest);
    size_t length = 0;
    while (length < word.length && !byte_is_blank(word.text[length]))
        length++;
    *rest = span_from(word, length);
    word.length = length;
    return word;
}

/* Commas group by three from the right: none, or after one to three digits and each three more. */
static bool grouped_well(struct span span)
{
    if (memchr(span.text, ',', span.length) == NULL)
        return true;
    for (size_t at = 0; at < span.length; at++)
        if ((span.text[at] == ',') != ((span.length - at) % 4 == 0))
            return false;
    return span.text[0] != ',';
}

bool span_number(struct span span, int64_t most, int64_t *number)
{
    int64_t sum = 0;
    if (span.length == 0 || !grouped_well(span))
        return false;
    for (size_t at = 0; at < span.length; at++) {
        int digit = span.text[at] - '0';
        if (span.text[at] == ',')
            continue;
        if (!byte_is_digit(span.text[at]) || sum > most / 10 || digit > most - sum * 10)
            return false;
        sum = sum * 10 + digit;
    }
    *number = sum;
    return true;
}

static const struct unit {
    const char *words;
    int64_t seconds;
} units[] = {
    {"s,sec,second,seconds", 1},
    {"m,min,minute,minutes", 60},
    {"h,hour,hours,hr,hrs", 3600},
};

/* Takes one length off the front of `rest`: "2 min" of "2 min 5 s". Its unit must be smaller than
 * `below`, which becomes it; without a unit it stands alone. */
static bool take_length(struct span *rest, int64_t most, int64_t *below, int64_t *seconds)
{
    struct span number = {rest->text, 0}, unit;
    int64_t factor = 0;
    while (number.length < rest->length &&
           (byte_is_digit(rest->text[number.length]) || rest->text[number.length] == ','))
        number.length++;
    *rest = span_trim(span_from(*rest, number.length));
    unit = (struct span){rest->text, 0};
    while (unit.length < rest->length && !byte_is_blank(rest->text[unit.length]) &&
           !byte_is_digit(rest->text[unit.length]))
        unit.length++;
    *rest = span_trim(span_from(*rest, unit.length));
    for (size_t i = 0; i < sizeof units / sizeof units[0]; i++)
        if (unit.length > 0 && span_is_listed(unit, units[i].words))
            factor = units[i].seconds;
    if (unit.length == 0 && rest->length == 0 && *below == INT64_MAX)
        factor = 1;
    if (factor == 0 || factor >= *below || !span_number(number, most / factor, seconds))
        return false;
    *below = factor;
    *seconds *= factor;
    return true;
}

bool span_seconds(struct span span, int64_t most, int64_t *seconds)
{
    int64_t sum = 0, part = 0, below = INT64_MAX;
    do {
        if (!take_length(&span, most - sum, &below, &part))
            return false;
        sum += part;
    } while (span.length > 0);
    *seconds = sum;
    return true;
}
