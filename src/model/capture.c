#include "touchline/capture.h"
#include "channels.h"
#include "span.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <string.h>

/* More than any board has; a larger one is no number of a moment. */
enum { NUMBER_MOST = 1000000000 };

void phases_release(struct phases *phases)
{
    for (size_t i = 0; i < phases->count; i++)
        memory_free(phases->at[i].title);
    memory_free(phases->at);
    *phases = (struct phases){0};
}

static void clear(struct capture *result)
{
    buffer_clear(&result->title);
    buffer_clear(&result->unknown);
    result->kind = CAPTURE_EMPTY;
    result->channel = result->seconds = result->after = FIELD_ABSENT;
    result->phase = 0;
    result->park = false;
}

void capture_release(struct capture *capture)
{
    buffer_release(&capture->title);
    buffer_release(&capture->unknown);
    *capture = (struct capture){0};
}

/* --- tags ------------------------------------------------------------------------------------- */

/* What a tag may name. */
struct names {
    const struct channels *channels;
    const struct phases *phases;
};

/* The first tag of its kind to be read is the last on the line, and counts. */
static void keep(int64_t *place, int64_t absent, int64_t value)
{
    if (*place == absent)
        *place = value;
}

static bool read_number(struct span word, const struct names *names, struct capture *result)
{
    (void)names;
    int64_t number;
    if (!span_number(word, NUMBER_MOST, &number) || number == 0)
        return false;
    keep(&result->after, FIELD_ABSENT, number);
    return true;
}

static bool read_seconds(struct span word, const struct names *names, struct capture *result)
{
    (void)names;
    int64_t most = record_type(RECORD_ITEM)->fields[ITEM_SECONDS].max;
    int64_t seconds;
    if (byte_is_digit(word.text[word.length - 1]) || !span_seconds(word, most, &seconds))
        return false;
    keep(&result->seconds, FIELD_ABSENT, seconds);
    return true;
}

static bool read_park(struct span word, const struct names *names, struct capture *result)
{
    (void)names;
    if (!span_is(word, "park"))
        return false;
    result->park = true;
    return true;
}

static enum match phase_match(const struct phase *phase, struct span word)
{
    if (span_is(word, phase->title))
        return MATCH_NAME;
    return span_starts_with(span_of(phase->title), word) ? MATCH_START : MATCH_NONE;
}

/* Channels and phases stand for election together: a letter wins, then whole names, then a start
 * that nothing else begins with. */
static bool read_name(struct span word, const struct names *names, struct capture *result)
{
    struct best channel = channels_best(names->channels, word);
    struct best phase = {0};
    for (size_t i = 0; i < names->phases->count; i++)
        best_offer(&phase, phase_match(&names->phases->at[i], word), &names->phases->at[i]);
    bool is_channel = channel.match > phase.match;
    const void *found = is_channel ? channel.found : phase.found;
    if (channel.match == phase.match || found == NULL)
        return false;
    if (is_channel)
        keep(&result->channel, FIELD_ABSENT, ((const struct channel *)found)->id);
    else
        keep(&result->phase, 0, ((const struct phase *)found)->id);
    return true;
}

static bool read_tag(struct span word, const struct names *names, struct capture *result)
{
    static bool (*const readers[])(struct span, const struct names *, struct capture *) = {
        read_number, read_seconds, read_park, read_name};
    for (size_t i = 0; i < sizeof readers / sizeof readers[0]; i++)
        if (readers[i](word, names, result))
            return true;
    return false;
}

/* --- lines ------------------------------------------------------------------------------------ */

/* "@x", but neither "@" nor "@@x". */
static bool looks_like_tag(struct span word)
{
    return word.length > 1 && word.text[0] == '@' && word.text[1] != '@';
}

static struct span last_word(struct span text)
{
    size_t from = text.length;
    while (from > 0 && !byte_is_blank(text.text[from - 1]))
        from--;
    return span_from(text, from);
}

/* Takes the tags off the end of the text, up to the first word that is none. */
static struct span read_tags(struct span text, const struct names *names, struct capture *result)
{
    while (text.length > 0) {
        struct span word = last_word(text);
        if (!looks_like_tag(word) || !read_tag(span_from(word, 1), names, result))
            break;
        text.length -= word.length;
        text = span_trim(text);
    }
    return text;
}

/* Remembers a word that looks like a tag: if one was meant and not understood, it is the last. */
static void add_title_word(struct span word, struct capture *result)
{
    bool escaped = word.length > 1 && word.text[0] == '@' && word.text[1] == '@';
    if (looks_like_tag(word)) {
        buffer_clear(&result->unknown);
        buffer_add(&result->unknown, word.text, word.length);
    }
    word = span_from(word, escaped);
    buffer_add(&result->title, word.text, word.length);
}

static void add_title(struct span text, struct capture *result)
{
    const char *gap = text.text;
    struct span word = span_next_word(&text);
    while (word.length > 0) {
        buffer_add(&result->title, gap, (size_t)(word.text - gap));
        add_title_word(word, result);
        gap = text.text;
        word = span_next_word(&text);
    }
}

static void read_moment(struct span text, const struct names *names, struct capture *result)
{
    add_title(read_tags(text, names, result), result);
    result->kind = result->title.length > 0 ? CAPTURE_MOMENT : CAPTURE_EMPTY;
}

/* A mark alone is the beginning of something, not yet a line. */
static void read_marked(enum capture_kind kind, struct span text, struct capture *result)
{
    buffer_add(&result->title, text.text, text.length);
    result->kind = text.length > 0 ? kind : CAPTURE_EMPTY;
}

void capture_read(const char *line, const struct channels *channels, const struct phases *phases,
                  struct capture *result)
{
    const struct names names = {channels, phases};
    struct span text = span_trim(span_of(line));
    clear(result);
    bool marked = text.length > 0 && (text.text[0] == '+' || text.text[0] == '#');
    if (marked && (text.length == 1 || byte_is_blank(text.text[1])))
        read_marked(text.text[0] == '+' ? CAPTURE_IDEA : CAPTURE_PHASE,
                    span_trim(span_from(text, 1)), result);
    else if (marked && text.text[1] == text.text[0])
        read_moment(span_from(text, 1), &names, result);
    else
        read_moment(text, &names, result);
}

/* --- showing ---------------------------------------------------------------------------------- */

/* What stands before the next part. */
static void begin_part(struct buffer *out, size_t from)
{
    buffer_add_text(out, out->length == from ? "= " : " · ");
}

static void describe_phase(const struct phases *phases, int64_t id, struct buffer *out)
{
    for (size_t i = 0; i < phases->count; i++)
        if (phases->at[i].id == id)
            buffer_add_format(out, "in %s", phases->at[i].title);
}

void capture_describe(const struct capture *capture, const struct channels *channels,
                      const struct phases *phases, struct buffer *out)
{
    size_t from = out->length;
    const struct channel *channel = channels_by_id(channels, capture->channel);
    if (channel != NULL) {
        begin_part(out, from);
        buffer_add_text(out, channel->name);
    }
    if (capture->seconds != FIELD_ABSENT) {
        begin_part(out, from);
        seconds_format(capture->seconds, out);
    }
    if (capture->after != FIELD_ABSENT) {
        begin_part(out, from);
        buffer_add_text(out, "after ");
        count_format(capture->after, out);
    }
    if (capture->phase != 0) {
        begin_part(out, from);
        describe_phase(phases, capture->phase, out);
    }
    if (capture->park) {
        begin_part(out, from);
        buffer_add_text(out, "parked");
    }
}

/* --- pasted lists ----------------------------------------------------------------------------- */

/* What lists are made of on the web, in word processors and in mail. */
static const char *const bullets[] = {"-", "*", "+", "•", "‣", "◦", "▪", "·", "–", "—"};
static const char *const boxes[] = {"[ ]", "[x]", "[X]", "☐", "☑"};

enum { LIST_NUMBER_DIGITS = 3 };

/* Bytes of the mark in front of a blank or the line's end; 0: there is none. */
static size_t mark_length(struct span line, const char *const *marks, size_t count)
{
    for (size_t i = 0; i < count; i++) {
        size_t length = strlen(marks[i]);
        if (length <= line.length && memcmp(line.text, marks[i], length) == 0 &&
            (length == line.length || byte_is_blank(line.text[length])))
            return length;
    }
    return 0;
}

/* "1." or "12)", the same way. A year that ends a sentence is no number of a list. */
static size_t number_length(struct span line)
{
    size_t digits = 0;
    while (digits < line.length && byte_is_digit(line.text[digits]))
        digits++;
    if (digits == 0 || digits > LIST_NUMBER_DIGITS || digits == line.length)
        return 0;
    struct span end = span_from(line, digits);
    bool ends = end.text[0] == '.' || end.text[0] == ')';
    return ends && (end.length == 1 || byte_is_blank(end.text[1])) ? digits + 1 : 0;
}

bool capture_paste_line(const char *line, size_t length, size_t *from, size_t *to)
{
    struct span text = span_trim((struct span){line, length});
    size_t mark = mark_length(text, bullets, sizeof bullets / sizeof bullets[0]);
    text = span_trim(span_from(text, mark > 0 ? mark : number_length(text)));
    mark = mark_length(text, boxes, sizeof boxes / sizeof boxes[0]);
    text = span_trim(span_from(text, mark));
    *from = (size_t)(text.text - line);
    *to = *from + text.length;
    return text.length > 0;
}
