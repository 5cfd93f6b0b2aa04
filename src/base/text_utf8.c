/* Bytes and code points (RFC 3629), the lowest storey of text.h. */
#include "touchline/text.h"
#include <assert.h>
#include <string.h>

/* Each range of first bytes, what it takes, and what its second byte may be: that one range is
 * what keeps out overlong forms, surrogates and what lies beyond U+10FFFF (RFC 3629, section 4). */
static const struct form {
    unsigned char first, last, length, mask, second_first, second_last;
} forms[] = {
    {0xC2, 0xDF, 2, 0x1F, 0x80, 0xBF}, /* U+0080 to 07FF */
    {0xE0, 0xE0, 3, 0x0F, 0xA0, 0xBF}, /* U+0800 to 0FFF: not overlong */
    {0xE1, 0xEC, 3, 0x0F, 0x80, 0xBF}, /* U+1000 to CFFF */
    {0xED, 0xED, 3, 0x0F, 0x80, 0x9F}, /* U+D000 to D7FF: not a surrogate */
    {0xEE, 0xEF, 3, 0x0F, 0x80, 0xBF}, /* U+E000 to FFFF */
    {0xF0, 0xF0, 4, 0x07, 0x90, 0xBF}, /* U+10000 to 3FFFF: not overlong */
    {0xF1, 0xF3, 4, 0x07, 0x80, 0xBF}, /* U+40000 to FFFFF */
    {0xF4, 0xF4, 4, 0x07, 0x80, 0x8F}, /* U+100000 to 10FFFF: no further */
};

static const struct form *form_of(unsigned char lead)
{
    for (size_t i = 0; i < sizeof forms / sizeof forms[0]; i++)
        if (lead >= forms[i].first && lead <= forms[i].last)
            return &forms[i];
    return NULL;
}

size_t text_decode(const char *bytes, size_t length, uint32_t *point)
{
    const unsigned char *at = (const unsigned char *)bytes;
    assert(length > 0);
    if (at[0] < 0x80) {
        *point = at[0];
        return 1;
    }
    const struct form *form = form_of(at[0]);
    if (form == NULL || length < form->length || at[1] < form->second_first ||
        at[1] > form->second_last)
        return 0;
    uint32_t value = at[0] & form->mask;
    for (size_t i = 1; i < form->length; i++) {
        if ((at[i] & 0xC0) != 0x80)
            return 0;
        value = value << 6 | (at[i] & 0x3F);
    }
    *point = value;
    return form->length;
}

size_t text_encode(uint32_t point, char *out)
{
    assert(point <= 0x10FFFF && !(point >= 0xD800 && point <= 0xDFFF));
    if (point < 0x80) {
        out[0] = (char)point;
        return 1;
    }
    size_t length = point < 0x800 ? 2 : point < 0x10000 ? 3 : 4;
    static const unsigned char marks[] = {0, 0, 0xC0, 0xE0, 0xF0};
    for (size_t i = length - 1; i > 0; i--, point >>= 6)
        out[i] = (char)(0x80 | (point & 0x3F));
    out[0] = (char)(marks[length] | point);
    return length;
}

/* How many bytes from here are ASCII and not NUL, eight at a time: most of any text is, and an
 * import asks for each cell. A zero byte less one has its high bit set, as has all that is not
 * ASCII. */
static size_t ascii_ahead(const char *bytes, size_t length)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    size_t at = 0;
    for (; length - at >= sizeof ones; at += sizeof ones) {
        uint64_t eight;
        memcpy(&eight, bytes + at, sizeof eight);
        if (((eight - ones) | eight) & ones << 7)
            break;
    }
    return at;
}

size_t text_first_invalid(const char *bytes, size_t length)
{
    for (size_t at = 0;;) {
        uint32_t point = 0;
        at += ascii_ahead(bytes + at, length - at);
        while (at < length && bytes[at] > 0)
            at++;
        size_t taken = at < length ? text_decode(bytes + at, length - at, &point) : 0;
        if (taken == 0 || point == 0)
            return at;
        at += taken;
    }
}

size_t text_unify_line_ends(char *bytes, size_t length)
{
    char *from = length > 0 ? memchr(bytes, '\r', length) : NULL;
    if (from == NULL)
        return length;
    char *to = from;
    for (const char *end = bytes + length; from < end; from++) {
        bool pair = *from == '\r' && from + 1 < end && from[1] == '\n';
        if (!pair)
            *to++ = *from == '\r' ? '\n' : *from;
    }
    return (size_t)(to - bytes);
}
