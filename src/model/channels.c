#include "channels.h"
#include "span.h"
#include "touchline/record.h"

/* The casts take away a const that nothing writes past: the table is only handed out as const. */
#define CHANNEL(n, name, letter, sign, colour)                                                     \
    {                                                                                              \
        n, STATE_LIVE, n, (char *)(name), (char *)(letter), (char *)(sign), colour                 \
    }

static const struct channel six[] = {
    CHANNEL(1, "In person", "I", "☺", 156), CHANNEL(2, "Phone", "P", "☎", 153),
    CHANNEL(3, "Email", "E", "✉", 180),     CHANNEL(4, "Post", "L", "✎", 141),
    CHANNEL(5, "Website", "W", "⌂", 50),    CHANNEL(6, "Webinar", "B", "▶", 211),
};

/* Other words for a channel, for as long as it bears the name that it had at first. */
static const char *const aliases[][2] = {
    {"In person", "face-to-face,face to face,in-person,f2f"},
    {"Phone", "call,telephone"},
    {"Email", "mail,e-mail"},
    {"Post", "letter"},
    {"Website", "web,site"},
    {"Webinar", "broadcast"},
};

const struct channels *channels_default(void)
{
    static const struct channels channels = {(struct channel *)six, sizeof six / sizeof six[0]};
    return &channels;
}

const struct channel *channels_by_id(const struct channels *channels, int64_t id)
{
    for (size_t i = 0; i < channels->count; i++)
        if (channels->at[i].id == id)
            return &channels->at[i];
    return NULL;
}

static bool has_alias(const struct channel *channel, struct span word)
{
    for (size_t i = 0; i < sizeof aliases / sizeof aliases[0]; i++)
        if (span_is(span_of(channel->name), aliases[i][0]))
            return span_is_listed(word, aliases[i][1]);
    return false;
}

static enum match channel_match(const struct channel *channel, struct span word)
{
    if (word.length == 0 || channel->state != STATE_LIVE)
        return MATCH_NONE;
    if (span_is(word, channel->letter))
        return MATCH_LETTER;
    if (span_is(word, channel->name))
        return MATCH_NAME;
    if (has_alias(channel, word))
        return MATCH_ALIAS;
    bool starts = word.length >= 2 && span_starts_with(span_of(channel->name), word);
    return starts ? MATCH_START : MATCH_NONE;
}

void best_offer(struct best *best, enum match match, const void *candidate)
{
    if (match == MATCH_NONE || match < best->match)
        return;
    best->found = match > best->match ? candidate : NULL;
    best->match = match;
}

struct best channels_best(const struct channels *channels, struct span word)
{
    struct best best = {0};
    for (size_t i = 0; i < channels->count; i++)
        best_offer(&best, channel_match(&channels->at[i], word), &channels->at[i]);
    return best;
}

const struct channel *channels_by_word(const struct channels *channels, const char *word)
{
    struct span trimmed = span_trim(span_of(word));
    /* A whole name first: a channel called "W" must come back from CSV, whatever letter another
     * has. */
    for (size_t i = 0; i < channels->count; i++)
        if (channels->at[i].state == STATE_LIVE && span_is(trimmed, channels->at[i].name))
            return &channels->at[i];
    return channels_best(channels, trimmed).found;
}
