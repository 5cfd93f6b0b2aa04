/* How ratings and channels are shown and spoken of, on every screen and paper. */
#include "touchline/record.h"
#include <ctype.h>
#include <string.h>

/* Index: enum rating, and RATING_HIDDEN: here alone that becomes a sign. */
static const struct rating_look {
    uint32_t sign, hollow;
    int64_t colour;
} looks[RATINGS + 1] = {
    [RATING_NONE] = {0x00b7, 0x00b7, 0},        /* · */
    [RATING_MISERABLE] = {0x25bc, 0x25bd, 203}, /* ▼ ▽ */
    [RATING_NEUTRAL] = {0x25cf, 0x25cb, 250},   /* ● ○ */
    [RATING_MAGICAL] = {0x2605, 0x2606, 220},   /* ★ ☆ */
    [RATING_HIDDEN] = {'?', '?', 0},
};

static const struct rating_look *look(int64_t rating)
{
    return &looks[rating > RATING_NONE && rating <= RATING_HIDDEN ? rating : RATING_NONE];
}

uint32_t rating_sign(int64_t rating)
{
    return look(rating)->sign;
}

uint32_t rating_hollow(int64_t rating)
{
    return look(rating)->hollow;
}

int64_t rating_colour(int64_t rating)
{
    return look(rating)->colour;
}

/* Names that say by themselves how: "In person", "On site". */
static bool begins_in_a_sentence(const char *name)
{
    static const char *const begins[] = {"In ", "On ", "At ", "By "};
    for (size_t i = 0; i < sizeof begins / sizeof *begins; i++)
        if (strncmp(name, begins[i], strlen(begins[i])) == 0)
            return true;
    return false;
}

void channel_phrase(const struct channel *channel, struct buffer *out)
{
    const char *name = channel != NULL && channel->name != NULL ? channel->name : "";
    if (name[0] == '\0')
        return;
    if (!begins_in_a_sentence(name))
        buffer_add_text(out, "by ");
    size_t begin = out->length;
    buffer_add_text(out, name);
    /* "SMS" keeps its capitals. */
    if (isupper((unsigned char)name[0]) && !isupper((unsigned char)name[1]))
        out->bytes[begin] = (char)tolower((unsigned char)name[0]);
}
