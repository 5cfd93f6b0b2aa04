/* Titles that are nearly the same. */
#include "text_fold.h"
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>

enum { MOST_POINTS = 1000, POINTS_PER_SLIP = 8 };

/* A title as it is compared: folded, no punctuation, single blanks, none at the ends. */
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
        essence->points[essence->count++] = text_fold_point(point);
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
struct table {
    unsigned char slips[3][MOST_POINTS + 1];
};

static unsigned char *row(struct table *table, size_t i)
{
    return table->slips[i % 3];
}

static size_t slips_at(struct table *table, const struct essence *a, const struct essence *b,
                       size_t i, size_t j)
{
    size_t wrong = a->points[i - 1] != b->points[j - 1];
    size_t least = row(table, i - 1)[j - 1] + wrong;
    least = smaller(least, smaller(row(table, i - 1)[j], row(table, i)[j - 1]) + (size_t)1);
    bool swapped = i > 1 && j > 1 && a->points[i - 1] == b->points[j - 2] &&
                   a->points[i - 2] == b->points[j - 1];
    return swapped ? smaller(least, row(table, i - 2)[j - 2] + (size_t)1) : least;
}

/* Fills row i within the band and gives its least entry. What lies beside the band counts as
 * `most` + 1: too many. */
static size_t fill_row(struct table *table, const struct essence *a, const struct essence *b,
                       size_t i, size_t most)
{
    size_t from = i > most ? i - most : 1;
    size_t to = smaller(i + most, b->count);
    size_t least = smaller(from == 1 ? i : most + 1, most + 1);
    row(table, i)[from - 1] = (unsigned char)least;
    for (size_t j = from; j <= to; j++) {
        size_t slips = smaller(slips_at(table, a, b, i, j), most + 1);
        row(table, i)[j] = (unsigned char)slips;
        least = smaller(least, slips);
    }
    return least;
}

/* Whether a becomes b with at most `most` slips (optimal string alignment), looking only at places
 * that far from the diagonal. A row of too many cannot get better. */
static bool within(const struct essence *a, const struct essence *b, size_t most)
{
    struct table table;
    memset(&table, (int)most + 1, sizeof table);
    for (size_t j = 0; j <= smaller(most, b->count); j++)
        row(&table, 0)[j] = (unsigned char)j;
    for (size_t i = 1; i <= a->count; i++) {
        if (fill_row(&table, a, b, i, most) > most)
            return false;
    }
    return row(&table, a->count)[b->count] <= most;
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
