#include "touchline/session.h"
#include "channels.h"
#include "span.h"
#include "touchline/memory.h"
#include <string.h>

bool filter_is_on(const struct filter *filter)
{
    return filter->words != NULL || filter->channel != 0 || filter->rating != 0 || filter->chosen ||
           filter->cheap;
}

void filter_release(struct filter *filter)
{
    memory_free(filter->words);
    *filter = (struct filter){0};
}

/* The channel whose whole name stands at the start of the text, as words; the longest one. */
static const struct channel *named_in_full(const struct channels *channels, struct span text)
{
    const struct channel *found = NULL;
    size_t longest = 0;
    for (size_t i = 0; i < channels->count; i++) {
        const struct channel *channel = &channels->at[i];
        struct span name = span_of(channel->name);
        if (channel->state == STATE_LIVE && name.length > longest && name.length <= text.length &&
            (name.length == text.length || byte_is_blank(text.text[name.length])) &&
            span_is((struct span){text.text, name.length}, channel->name)) {
            found = channel;
            longest = name.length;
        }
    }
    return found;
}

/* "in" and "we" are words that people look for: a start of a name wants three letters here. */
static bool read_channel(struct filter *filter, struct span word, const struct channels *channels)
{
    struct best best = channels_best(channels, word);
    const struct channel *channel = best.found;
    if (channel == NULL || (best.match == MATCH_START && word.length < 3))
        return false;
    filter->channel = channel->id;
    return true;
}

static bool read_rating(struct filter *filter, struct span word)
{
    for (int64_t rating = RATING_NONE; rating < RATINGS; rating++)
        if (span_is(word, rating == RATING_NONE ? "unrated" : rating_word(rating))) {
            filter->rating = rating + 1;
            return true;
        }
    return false;
}

static bool read_flag(struct filter *filter, struct span word)
{
    if (span_is(word, "chosen"))
        filter->chosen = true;
    else if (span_is(word, "cheap"))
        filter->cheap = true;
    else if (span_is(word, "none"))
        filter->channel = FIELD_ABSENT;
    else
        return false;
    return true;
}

static void add_word(struct buffer *out, const char *word, size_t length)
{
    if (out->length > 0)
        buffer_add_byte(out, ' ');
    buffer_add(out, word, length);
}

void filter_parse(struct filter *filter, const char *text, const struct channels *channels)
{
    struct buffer words = {0};
    struct span rest = span_trim(span_of(text));
    filter_release(filter);
    while (rest.length > 0) {
        const struct channel *channel = named_in_full(channels, rest);
        if (channel != NULL) {
            filter->channel = channel->id;
            rest = span_trim(span_from(rest, strlen(channel->name)));
            continue;
        }
        struct span word = span_next_word(&rest);
        if (!read_flag(filter, word) && !read_rating(filter, word) &&
            !read_channel(filter, word, channels))
            add_word(&words, word.text, word.length);
        rest = span_trim(rest);
    }
    if (words.length > 0)
        filter->words = buffer_take(&words);
}

void filter_format(const struct filter *filter, const struct channels *channels, struct buffer *out)
{
    struct buffer words = {0};
    const struct channel *channel = channels_by_id(channels, filter->channel);
    const char *parts[] = {
        filter->channel == FIELD_ABSENT ? "none"
        : channel != NULL               ? channel->name
                                        : NULL,
        filter->rating == 0                 ? NULL
        : filter->rating == RATING_NONE + 1 ? "unrated"
                                            : rating_word(filter->rating - 1),
        filter->chosen ? "chosen" : NULL,
        filter->cheap ? "cheap" : NULL,
        filter->words,
    };
    for (size_t i = 0; i < sizeof parts / sizeof parts[0]; i++)
        if (parts[i] != NULL)
            add_word(&words, parts[i], strlen(parts[i]));
    buffer_add(out, words.bytes, words.length);
    buffer_release(&words);
}

void session_release(struct session *session)
{
    filter_release(&session->filter);
    memory_free(session->search);
    *session = (struct session){0};
}
