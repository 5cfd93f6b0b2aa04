/* Lines wrapped at word boundaries, measured by the cells that text_show() will make of them. */
#include "text_cell.h"
#include <assert.h>
#include <string.h>
#include <utf8proc.h>

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t';
}

static bool is_letter_or_digit(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_NO;
}

static bool is_dash(uint32_t point)
{
    return point == '-' || point == '/' || point == 0x2013 || point == 0x2014;
}

/* Han and kana, which are written without blanks. */
static bool is_ideographic(uint32_t point)
{
    return (point >= 0x3041 && point <= 0x30FF) || (point >= 0x3400 && point <= 0x9FFF) ||
           (point >= 0xF900 && point <= 0xFAFF) || (point >= 0x20000 && point <= 0x3FFFD);
}

/* What may not begin a line: closing punctuation, small kana, prolonged sound marks. */
static bool ends_a_line(uint32_t point)
{
    static const uint32_t kana[] = {
        0x3041, 0x3043, 0x3045, 0x3047, 0x3049, 0x3063, 0x3083, 0x3085, 0x3087, 0x30A1,
        0x30A3, 0x30A5, 0x30A7, 0x30A9, 0x30C3, 0x30E3, 0x30E5, 0x30E7, 0x30FB, 0x30FC,
    };
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    if (category == UTF8PROC_CATEGORY_PE || category == UTF8PROC_CATEGORY_PF ||
        category == UTF8PROC_CATEGORY_PO)
        return true;
    for (size_t i = 0; i < sizeof kana / sizeof kana[0]; i++)
        if (point == kana[i])
            return true;
    return false;
}

static bool begins_a_pair(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category == UTF8PROC_CATEGORY_PS || category == UTF8PROC_CATEGORY_PI;
}

/* The first code points of the clusters around a place where a line might break. */
struct around {
    uint32_t last_but_one, last, next;
};

static bool may_break(const struct around *around)
{
    uint32_t last = around->last;
    uint32_t next = around->next;
    if (last == ' ' || last == '\t')
        return true;
    if (is_dash(last))
        return is_letter_or_digit(around->last_but_one) && is_letter_or_digit(next);
    return (is_ideographic(last) || is_ideographic(next)) && !begins_a_pair(last) &&
           !ends_a_line(next);
}

static void step(struct around *around, const char *cluster, size_t length)
{
    around->last_but_one = around->last;
    around->last = around->next;
    if (text_decode(cluster, length, &around->next) == 0)
        around->next = 0;
}

/* The least that a line holds. CRLF is one cluster, but its LF is no part of a line. */
static size_t first_cluster(const char *text, size_t length)
{
    size_t cluster = text_cluster_length(text, length);
    return text[cluster - 1] == '\n' ? cluster - 1 : cluster;
}

/* The same for printable ASCII, where each byte is a cluster of one column: `length` bytes are the
 * line and, when it is too long, the first that does not fit. */
static size_t plain_line_end(const char *text, size_t length, size_t columns)
{
    if (length <= columns)
        return length;
    for (size_t at = columns; at > 0 && !is_blank(text[columns]); at--) {
        struct around around = {.last_but_one = at > 1 ? (unsigned char)text[at - 2] : 0,
                                .last = (unsigned char)text[at - 1],
                                .next = (unsigned char)text[at]};
        if (may_break(&around))
            return at;
    }
    return columns;
}

/* As much of the text as tells where its first line ends. */
static size_t reach(const char *text, size_t length, int columns)
{
    size_t most = length > (size_t)columns ? (size_t)columns + 1 : length;
    const char *end = memchr(text, '\n', most);
    return end != NULL ? (size_t)(end - text) : most;
}

/* Bytes of `text` that stand in its first line. Looks no further than the line reaches, so that a
 * walk over a long paragraph stays linear. */
static size_t line_end(const char *text, size_t length, int columns)
{
    size_t looked_at = reach(text, length, columns);
    if (text_is_plain(text, looked_at))
        return plain_line_end(text, looked_at, (size_t)columns);
    struct around around = {0};
    size_t cluster = 0; /* where the first cluster at or after `at` begins */
    size_t fits = 0;    /* the last two places where this line could be cut */
    size_t word = 0;
    int used = 0;
    for (size_t at = 0;;) {
        while (cluster < at)
            cluster += text_cluster_length(text + cluster, length - cluster);
        if (cluster == at) {
            step(&around, text + at, length - at);
            fits = at;
            word = may_break(&around) ? at : word;
        }
        struct text_cell cell;
        size_t taken = text_cell_read(text + at, length - at, TEXT_ONE_LINE, &cell);
        used += cell.columns;
        if (used > columns) {
            if (is_blank(text[at]))
                return at;
            return word > 0 ? word : fits > 0 ? fits : first_cluster(text, length);
        }
        at += taken;
        if (at == length || text[at] == '\n')
            return at;
    }
}

/* A joiner kept between two letters is a hidden one when a line ends between them, and its sign
 * takes a column: then the line has to give up a cluster. */
static size_t fitting(const char *line, size_t length, int columns)
{
    while (text_columns(line, length) > columns) {
        size_t shorter = text_cluster_before(line, length);
        if (shorter == 0)
            break;
        length = shorter;
    }
    return length;
}

bool text_wrap_next(struct text_wrap *wrap)
{
    assert(wrap->columns >= 1);
    if (wrap->at >= wrap->length)
        return false;
    const char *line = wrap->text + wrap->at;
    size_t rest = wrap->length - wrap->at;
    size_t end = fitting(line, line_end(line, rest, wrap->columns), wrap->columns);
    wrap->line = line;
    wrap->line_length = end;
    while (wrap->line_length > 0 && is_blank(line[wrap->line_length - 1]))
        wrap->line_length--;
    while (end < rest && is_blank(line[end]))
        end++;
    if (end < rest && line[end] == '\n')
        end++;
    wrap->at += end;
    return true;
}
