/* Finding a word without case: any word by folding as it goes, a word in ASCII by its bytes. */
#include "text_fold.h"
#include <limits.h>
#include <string.h>

/* A byte in each of the eight of a word, and the high bits of all. */
#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* --- finding, any text ------------------------------------------------------------------------ */

static bool begins_with(const char *text, size_t length, const char *needle, size_t needle_length)
{
    size_t at = 0;
    size_t same = 0;
    while (same < needle_length) {
        char folded[4];
        size_t written = 0;
        if (at == length)
            return false;
        at += text_fold_first(text + at, length - at, folded, &written);
        if (written > needle_length - same || memcmp(folded, needle + same, written) != 0)
            return false;
        same += written;
    }
    return true;
}

static ptrdiff_t find_folding(const char *text, size_t length, const char *needle,
                              size_t needle_length)
{
    uint32_t point = 0;
    for (size_t at = 0, taken; at < length; at += taken) {
        if (begins_with(text + at, length - at, needle, needle_length))
            return (ptrdiff_t)at;
        taken = text_decode(text + at, length - at, &point);
        taken = taken > 0 ? taken : 1;
    }
    return -1;
}

/* --- finding, an ASCII needle ----------------------------------------------------------------- */

/* The place in an ASCII needle of the byte that ordinary text has least of: digits and signs are
 * rarer than letters, and blanks are not rare at all. */
static size_t rarest(const char *needle, size_t length)
{
    /* Among a hundred letters of English, about so many are an a, a b, a c ... */
    static const unsigned char share[] = {8, 2, 3, 4, 12, 2, 2, 6, 7, 1, 1, 4, 2,
                                          7, 8, 2, 1, 6,  6, 9, 3, 1, 2, 1, 2, 1};
    size_t best = 0;
    unsigned least = UINT_MAX;
    for (size_t i = 0; i < length && least > 0; i++) {
        bool letter = needle[i] >= 'a' && needle[i] <= 'z';
        unsigned commonness = letter ? share[needle[i] - 'a'] : needle[i] == ' ' ? 20 : 0;
        if (commonness < least) {
            best = i;
            least = commonness;
        }
    }
    return best;
}

/* What the search for an ASCII needle looks for: the byte `wanted`, after `bits` are set in each
 * byte of the text (0x20 for a letter, whose cases differ by that bit), `pivot` bytes into it. */
struct ascii_needle {
    const char *bytes;
    size_t length, pivot;
    unsigned char wanted, bits;
};

static bool matches_at(const struct ascii_needle *needle, const char *text)
{
    for (size_t i = 0; i < needle->length; i++)
        if (text_fold_byte(text[i]) != needle->bytes[i])
            return false;
    return true;
}

/* Tries the places `from` to `to` at which the pivot may stand. */
static ptrdiff_t try_places(const struct ascii_needle *needle, const char *text, size_t from,
                            size_t to)
{
    for (size_t at = from; at < to; at++)
        if (((unsigned char)text[at] | needle->bits) == needle->wanted &&
            matches_at(needle, text + at - needle->pivot))
            return (ptrdiff_t)(at - needle->pivot);
    return -1;
}

/* Eight places at a time: a byte of `differs` is 0 where the pivot stands, and the sum below then
 * sets its high bit (others, above it, may be set in error: try_places() looks itself). */
static ptrdiff_t find_ascii(const struct ascii_needle *needle, const char *text, size_t length)
{
    if (length < needle->length)
        return -1;
    size_t at = needle->pivot;
    size_t end = length - needle->length + needle->pivot + 1;
    for (uint64_t word; end - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        uint64_t differs = (word | ONES * needle->bits) ^ ONES * needle->wanted;
        if (((differs - ONES) & ~differs & HIGHS) == 0)
            continue;
        ptrdiff_t found = try_places(needle, text, at, at + sizeof word);
        if (found >= 0)
            return found;
    }
    return try_places(needle, text, at, end);
}

static bool is_ascii(const char *text, size_t length)
{
    unsigned bits = 0;
    for (size_t i = 0; i < length; i++)
        bits |= (unsigned char)text[i];
    return bits < 0x80;
}

/* Three letters beyond ASCII fold into it: U+0130 to i, U+017F (long s) to s, U+212A (the sign of
 * Kelvin) to k. Only they can hide an ASCII needle from a search by bytes, and only if it has one
 * of these letters. */
static bool has_folding_letter(const char *needle, size_t length)
{
    return memchr(needle, 'i', length) != NULL || memchr(needle, 's', length) != NULL ||
           memchr(needle, 'k', length) != NULL;
}

/* Whether one of the three may begin at `text`: told by two bytes, so it may err to the safe side.
 */
static bool may_begin_folding(const char *text)
{
    unsigned lead = (unsigned char)text[0];
    unsigned next = (unsigned char)text[1];
    return (lead == 0xC4 && next == 0xB0) || (lead == 0xC5 && next == 0xBF) ||
           (lead == 0xE2 && next == 0x84);
}

/* Most words of eight bytes are ASCII, and passed over whole. */
static bool may_fold_into_ascii(const char *text, size_t length)
{
    for (size_t at = 0; at + 1 < length;) {
        uint64_t word = HIGHS;
        if (length - at >= sizeof word)
            memcpy(&word, text + at, sizeof word);
        size_t end = at + sizeof word;
        for (; (word & HIGHS) != 0 && at < end && at + 1 < length; at++)
            if (may_begin_folding(text + at))
                return true;
        at = end;
    }
    return false;
}

static bool bytes_will_do(const char *text, size_t length, const char *needle, size_t needle_length)
{
    return is_ascii(needle, needle_length) &&
           (!has_folding_letter(needle, needle_length) || !may_fold_into_ascii(text, length));
}

ptrdiff_t text_find(const char *text, size_t length, const char *needle, size_t needle_length)
{
    if (needle_length == 0)
        return 0;
    if (!bytes_will_do(text, length, needle, needle_length))
        return find_folding(text, length, needle, needle_length);
    struct ascii_needle ascii = {.bytes = needle, .length = needle_length};
    ascii.pivot = rarest(needle, needle_length);
    ascii.wanted = (unsigned char)needle[ascii.pivot];
    ascii.bits = ascii.wanted >= 'a' && ascii.wanted <= 'z' ? 0x20 : 0;
    return find_ascii(&ascii, text, length);
}
