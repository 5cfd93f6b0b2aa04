/* Grapheme clusters (UAX #29), by utf8proc. */
#include "touchline/text.h"
#include <utf8proc.h>

static bool is_ascii(char byte)
{
    return (unsigned char)byte < 0x80;
}

/* Whether a cluster ends between two bytes, both ASCII. */
static bool parts_ascii(char before, char after)
{
    return !(before == '\r' && after == '\n');
}

size_t text_cluster_length(const char *text, size_t length)
{
    if (length > 1 && is_ascii(text[0]) && is_ascii(text[1]) && parts_ascii(text[0], text[1]))
        return 1;
    uint32_t point = 0;
    size_t taken = length > 0 ? text_decode(text, length, &point) : 0;
    if (taken == 0)
        return length > 0;
    utf8proc_int32_t state = 0;
    while (taken < length) {
        if (is_ascii(text[taken - 1]) && is_ascii(text[taken]) &&
            parts_ascii(text[taken - 1], text[taken]))
            break;
        uint32_t next = 0;
        size_t more = text_decode(text + taken, length - taken, &next);
        if (more == 0 || utf8proc_grapheme_break_stateful((utf8proc_int32_t)point,
                                                          (utf8proc_int32_t)next, &state))
            break;
        taken += more;
        point = next;
    }
    return taken;
}

size_t text_cluster_before(const char *text, size_t at)
{
    /* Back to where a cluster begins for certain: between two ASCII bytes. */
    size_t begin = at;
    while (begin > 0) {
        begin--;
        if (begin > 0 && is_ascii(text[begin - 1]) && is_ascii(text[begin]) &&
            parts_ascii(text[begin - 1], text[begin]))
            break;
    }
    for (size_t next = begin; next < at; next += text_cluster_length(text + next, at - next))
        begin = next;
    return begin;
}

size_t text_decode_cluster(const char *text, size_t length, uint32_t *point)
{
    enum { MARKS_MOST = 8 };
    utf8proc_int32_t points[MARKS_MOST];
    utf8proc_ssize_t count = 0;
    size_t cluster = text_cluster_length(text, length);
    for (size_t at = 0; at < cluster; count++) {
        uint32_t one;
        size_t taken = text_decode(text + at, cluster - at, &one);
        if (taken == 0 || count == MARKS_MOST)
            return 0;
        points[count] = (utf8proc_int32_t)one;
        at += taken;
    }
    count = utf8proc_normalize_utf32(points, count, UTF8PROC_STABLE | UTF8PROC_COMPOSE);
    if (count != 1)
        return 0;
    *point = (uint32_t)points[0];
    return cluster;
}
