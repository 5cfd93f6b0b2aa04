/* Comparing without case: folding, finding, and titles that are nearly the same. */
#include "touchline/text.h"
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

/* A byte in each of the eight of a word, and the high bits of all. */
#define ONES  UINT64_C(0x0101010101010101)
#define HIGHS UINT64_C(0x8080808080808080)

/* --- folding -------------------------------------------------------------------------------- */

static char fold_byte(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* Simple folding out of utf8proc's full one: where that is one code point it is the simple one, and
 * where it is several (CaseFolding.txt, F) the simple one (S), if any, is the small letter. */
static uint32_t fold_point(uint32_t point)
{
    if (point < 0x80)
        return (unsigned char)fold_byte((char)point);
    utf8proc_int32_t full[4];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)point, full, 4, UTF8PROC_CASEFOLD, &boundary);
    if (count == 1)
        return (uint32_t)full[0];
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

/* The first code point of `text`, folded, as UTF-8 in `out`; a byte that is not UTF-8 as it is.
 * Gives the bytes taken, and those written in *written. */
static size_t fold_first(const char *text, size_t length, char out[4], size_t *written)
{
    uint32_t point = 0;
    size_t taken = text_decode(text, length, &point);
    if (taken == 0) {
        out[0] = text[0];
        *written = 1;
        return 1;
    }
    *written = text_encode(fold_point(point), out);
    return taken;
}

void text_fold(struct buffer *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        char folded[4];
        size_t written = 0;
        at += fold_first(text + at, length - at, folded, &written);
        buffer_add(out, folded, written);
    }
}

/* --- finding, any text ---------------------------------------------------------------------- */

static bool begins_with(const char *text, size_t length, const char *needle, size_t needle_length)
{
    size_t at = 0;
    size_t same = 0;
    while (same < needle_length) {
        char folded[4];
        size_t written = 0;
        if (at == length)
            return false;
        at += fold_first(text + at, length - at, folded, &written);
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

/* --- finding, an ASCII needle --------------------------------------------------------------- */

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
        if (fold_byte(text[i]) != needle->bytes[i])
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
    uint64_t bits = 0;
    size_t at = 0;
    for (uint64_t word; length - at >= sizeof word; at += sizeof word) {
        memcpy(&word, text + at, sizeof word);
        bits |= word;
    }
    for (; at < length; at++)
        bits |= (unsigned char)text[at];
    return (bits & HIGHS) == 0;
}

/* Three letters beyond ASCII fold into it: U+0130 to i, U+017F (long s) to s, U+212A (the sign of
 * Kelvin) to k. Only they can hide an ASCII needle from a search by bytes, and only if it has one
 * of these letters. */
static bool has_folding_letter(const char *needle, size_t length)
{
    return memchr(needle, 'i', length) != NULL || memchr(needle, 's', length) != NULL ||
           memchr(needle, 'k', length) != NULL;
}

/* Whether one of the three may be in the text; told by two bytes, so it may err to the safe side.
 */
static bool may_fold_into_ascii(const char *text, size_t length)
{
    for (size_t at = 0; at + 1 < length; at++) {
        unsigned lead = (unsigned char)text[at];
        unsigned next = (unsigned char)text[at + 1];
        if ((lead == 0xC4 && next == 0xB0) || (lead == 0xC5 && next == 0xBF) ||
            (lead == 0xE2 && next == 0x84))
            return true;
    }
    return false;
}

static bool bytes_will_do(const char *text, size_t length, const char *needle, size_t needle_length)
{
    return is_ascii(needle, needle_length) &&
           (!has_folding_letter(needle, needle_length) || is_ascii(text, length) ||
            !may_fold_into_ascii(text, length));
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

/* --- nearly the same ------------------------------------------------------------------------ */

enum { MOST_POINTS = 1000, POINTS_PER_SLIP = 8 };

/* A title as it is compared. */
struct essence {
    size_t count;
    uint32_t points[MOST_POINTS];
};

static bool is_of(uint32_t point, utf8proc_category_t first, utf8proc_category_t last)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= first && category <= last;
}

static bool is_ascii_letter(uint32_t point)
{
    return (point | 0x20) >= 'a' && (point | 0x20) <= 'z';
}

static bool is_punctuation(uint32_t point)
{
    return !is_ascii_letter(point) && is_of(point, UTF8PROC_CATEGORY_PC, UTF8PROC_CATEGORY_PO);
}

static bool is_blank(uint32_t point)
{
    return point <= ' ' ||
           (point >= 0x80 && is_of(point, UTF8PROC_CATEGORY_ZS, UTF8PROC_CATEGORY_ZP));
}

static bool is_digit(uint32_t point)
{
    if (point < 0x80)
        return point >= '0' && point <= '9';
    return is_of(point, UTF8PROC_CATEGORY_ND, UTF8PROC_CATEGORY_ND);
}

static void distil(struct essence *essence, const char *text)
{
    size_t length = strlen(text);
    bool blank = false;
    essence->count = 0;
    for (size_t at = 0, taken; at < length && essence->count < MOST_POINTS - 1; at += taken) {
        uint32_t point = 0xFFFD;
        taken = text_decode(text + at, length - at, &point);
        taken = taken > 0 ? taken : 1;
        if (is_punctuation(point))
            continue;
        if (is_blank(point)) {
            blank = essence->count > 0;
            continue;
        }
        if (blank)
            essence->points[essence->count++] = ' ';
        blank = false;
        essence->points[essence->count++] = fold_point(point);
    }
}

/* The next digit at or after *at, 0 when there is none; *at is then behind it. */
static uint32_t next_digit(const struct essence *essence, size_t *at)
{
    while (*at < essence->count) {
        uint32_t point = essence->points[(*at)++];
        if (is_digit(point))
            return point;
    }
    return 0;
}

static bool same_digits(const struct essence *a, const struct essence *b)
{
    size_t at_a = 0;
    size_t at_b = 0;
    uint32_t digit = 0;
    do {
        digit = next_digit(a, &at_a);
        if (digit != next_digit(b, &at_b))
            return false;
    } while (digit != 0);
    return true;
}

static size_t smaller(size_t a, size_t b)
{
    return a < b ? a : b;
}

/* Three rows of the table of slips between the first i points of one and the first j of another:
 * the row of i, and the two before, which hold a swap. */
struct rows {
    unsigned char slips[3][MOST_POINTS + 1];
};

static unsigned char *row(struct rows *rows, size_t i)
{
    return rows->slips[i % 3];
}

static size_t slips_at(struct rows *rows, const struct essence *a, const struct essence *b,
                       size_t i, size_t j)
{
    size_t wrong = a->points[i - 1] != b->points[j - 1];
    size_t least = row(rows, i - 1)[j - 1] + wrong;
    least = smaller(least, smaller(row(rows, i - 1)[j], row(rows, i)[j - 1]) + (size_t)1);
    bool swapped = i > 1 && j > 1 && a->points[i - 1] == b->points[j - 2] &&
                   a->points[i - 2] == b->points[j - 1];
    return swapped ? smaller(least, row(rows, i - 2)[j - 2] + (size_t)1) : least;
}

/* Fills row i within the band and gives its least entry. What lies beside the band counts as
 * `most` + 1: too many. */
static size_t fill_row(struct rows *rows, const struct essence *a, const struct essence *b,
                       size_t i, size_t most)
{
    size_t from = i > most ? i - most : 1;
    size_t to = smaller(i + most, b->count);
    size_t least = smaller(from == 1 ? i : most + 1, most + 1);
    row(rows, i)[from - 1] = (unsigned char)least;
    for (size_t j = from; j <= to; j++) {
        size_t slips = smaller(slips_at(rows, a, b, i, j), most + 1);
        row(rows, i)[j] = (unsigned char)slips;
        least = smaller(least, slips);
    }
    return least;
}

/* Whether a becomes b with at most `most` slips (optimal string alignment), looking only at places
 * that far from the diagonal. A row of too many cannot get better. */
static bool within(const struct essence *a, const struct essence *b, size_t most)
{
    struct rows rows;
    memset(&rows, (int)most + 1, sizeof rows);
    for (size_t j = 0; j <= smaller(most, b->count); j++)
        row(&rows, 0)[j] = (unsigned char)j;
    for (size_t i = 1; i <= a->count; i++) {
        if (fill_row(&rows, a, b, i, most) > most)
            return false;
    }
    return row(&rows, a->count)[b->count] <= most;
}

/* How often each letter of ASCII is in a text, and how many code points are not ASCII. */
struct letters {
    int counts['z' - 'a' + 1];
    int others;
};

static void count_letters(struct letters *letters, const char *text, size_t length, int weight)
{
    for (size_t i = 0; i < length; i++) {
        unsigned char byte = (unsigned char)text[i];
        if (is_ascii_letter(byte))
            letters->counts[(byte | 0x20) - 'a'] += weight;
        letters->others += byte >= 0xC0;
    }
}

/* Most titles on a large board differ in their letters by more than any slips could explain, which
 * is seen ten times sooner than slips are counted: a slip changes two counts at most, and a code
 * point that folds into ASCII one. */
static bool differ_by_letters(const char *a, const char *b)
{
    size_t a_length = strlen(a);
    size_t b_length = strlen(b);
    size_t longer = a_length > b_length ? a_length : b_length;
    if (longer >= MOST_POINTS)
        return false;
    struct letters letters = {0};
    count_letters(&letters, a, a_length, 1);
    count_letters(&letters, b, b_length, -1);
    int apart = 0;
    for (size_t i = 0; i < sizeof letters.counts / sizeof letters.counts[0]; i++)
        apart += abs(letters.counts[i]);
    return apart > 2 * (int)(longer / POINTS_PER_SLIP) + letters.others;
}

bool text_nearly_same(const char *a, const char *b)
{
    if (differ_by_letters(a, b))
        return false;
    struct essence first, second;
    distil(&first, a);
    distil(&second, b);
    if (first.count == 0 || second.count == 0)
        return first.count == second.count && strcmp(a, b) == 0;
    size_t longer = first.count > second.count ? first.count : second.count;
    size_t apart = longer - smaller(first.count, second.count);
    size_t most = longer / POINTS_PER_SLIP;
    return apart <= most && same_digits(&first, &second) && within(&first, &second, most);
}
