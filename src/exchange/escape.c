#include "escape.h"
#include "touchline/text.h"
#include <ctype.h>
#include <string.h>
#include <utf8proc.h>

enum { MARKS_MOST = 4 };

static const char replacement[] = "\xEF\xBF\xBD"; /* U+FFFD */

/* --- what becomes of a code point ------------------------------------------------------------- */

enum fate { KEPT, REPLACED, NAMED, DROPPED };

/* Sorted; beyond these only noncharacters at the end of a plane are replaced. */
static const struct range {
    uint32_t first, last;
    enum fate fate;
} ranges[] = {
    {0x0000, 0x0009, REPLACED}, {0x000B, 0x001F, REPLACED}, {0x007F, 0x009F, REPLACED},
    {0x061C, 0x061C, DROPPED},  {0x200E, 0x200F, DROPPED},  {0x2028, 0x2029, REPLACED},
    {0x202A, 0x202E, NAMED},    {0x2066, 0x2069, NAMED},    {0xFDD0, 0xFDEF, REPLACED},
};

static enum fate fate_of(uint32_t point)
{
    for (size_t i = 0; i < sizeof ranges / sizeof *ranges && point >= ranges[i].first; i++)
        if (point <= ranges[i].last)
            return ranges[i].fate;
    return (point & 0xFFFE) == 0xFFFE ? REPLACED : KEPT;
}

static bool is_mark(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

/* --- one text --------------------------------------------------------------------------------- */

struct escaper {
    struct buffer *out;
    const char *at, *end;
    int marks; /* on the letter that stands last */

    /* Writes what stands for a sign of ASCII, at `at`, and goes behind it. */
    void (*sign)(struct escaper *escaper);
    const char *signs; /* those that are not simply copied */
};

/* Letters, digits and whatever else of ASCII means nothing in the format. */
static size_t plain_run(const struct escaper *escaper)
{
    const char *at = escaper->at;
    while (at < escaper->end && *at >= ' ' && *at < 0x7F && !strchr(escaper->signs, *at))
        at++;
    return (size_t)(at - escaper->at);
}

static void name_point(struct escaper *escaper, uint32_t point)
{
    struct buffer name = {0};
    buffer_add_format(&name, "<U+%04X>", (unsigned)point);
    struct escaper within = *escaper;
    within.at = buffer_text(&name);
    within.end = within.at + name.length;
    while (within.at < within.end)
        if (strchr(within.signs, *within.at))
            within.sign(&within);
        else
            buffer_add_byte(escaper->out, *within.at++);
    buffer_release(&name);
}

static void put_point(struct escaper *escaper, uint32_t point, size_t length)
{
    enum fate fate = fate_of(point);
    if (fate != DROPPED) /* what is dropped parts no marks */
        escaper->marks = is_mark(point) ? escaper->marks + 1 : 0;
    if (fate == NAMED)
        name_point(escaper, point);
    else if (fate == REPLACED)
        buffer_add_text(escaper->out, replacement);
    else if (fate == KEPT && escaper->marks <= MARKS_MOST)
        buffer_add(escaper->out, escaper->at, length);
    escaper->at += length;
}

/* What is no sign of the format: one code point, or one byte that is none. */
static void put_other(struct escaper *escaper)
{
    uint32_t point = 0;
    size_t length = text_decode(escaper->at, (size_t)(escaper->end - escaper->at), &point);
    if (length > 0) {
        put_point(escaper, point, length);
        return;
    }
    buffer_add_text(escaper->out, replacement);
    escaper->at++;
}

static void escape(struct escaper *escaper)
{
    while (escaper->at < escaper->end) {
        size_t run = plain_run(escaper);
        buffer_add(escaper->out, escaper->at, run);
        escaper->at += run;
        if (run > 0)
            escaper->marks = 0;
        else if (*escaper->at != '\0' && strchr(escaper->signs, *escaper->at))
            escaper->sign(escaper);
        else
            put_other(escaper);
    }
}

/* --- mark-up ---------------------------------------------------------------------------------- */

static void markup_sign(struct escaper *escaper)
{
    static const struct {
        char sign;
        const char *text;
    } entities[] = {{'&', "&amp;"}, {'<', "&lt;"},   {'>', "&gt;"},
                    {'"', "&#34;"}, {'\'', "&#39;"}, {'\t', " "}};
    size_t i = 0;
    while (entities[i].sign != *escaper->at)
        i++;
    buffer_add_text(escaper->out, entities[i].text);
    escaper->at++;
}

void escape_markup(struct buffer *out, const char *text, size_t length)
{
    struct escaper escaper = {
        .out = out, .at = text, .end = text + length, .sign = markup_sign, .signs = "&<>\"'\t"};
    escape(&escaper);
}

/* --- Markdown --------------------------------------------------------------------------------- */

/* A list begins with a hyphen, or with a number and what stands behind it; code with blanks. */
static void begin_line(struct escaper *escaper)
{
    while (escaper->at < escaper->end && (*escaper->at == ' ' || *escaper->at == '\t'))
        escaper->at++;
    const char *begin = escaper->at;
    while (escaper->at < escaper->end && isdigit((unsigned char)*escaper->at))
        buffer_add_byte(escaper->out, *escaper->at++);
    char next = escaper->at < escaper->end ? *escaper->at : '\0';
    if (escaper->at == begin ? next == '-' : next == '.' || next == ')') {
        buffer_add_byte(escaper->out, '\\');
        buffer_add_byte(escaper->out, *escaper->at++);
    }
}

/* "www.example.com", ":smile:", "http://": a dot or a colon with more behind it. */
static bool goes_on(const struct escaper *escaper)
{
    const unsigned char *next = (const unsigned char *)escaper->at + 1;
    return escaper->end - escaper->at > 1 && *next > ' ' && !isdigit(*next);
}

static void markdown_sign(struct escaper *escaper)
{
    char sign = *escaper->at;
    if (sign == '\n') {
        buffer_add_text(escaper->out, "<br>");
        escaper->at++;
        begin_line(escaper);
        return;
    }
    bool means = sign != '\t' && ((sign != '.' && sign != ':') || goes_on(escaper));
    if (means)
        buffer_add_byte(escaper->out, '\\');
    buffer_add_byte(escaper->out, sign == '\t' ? ' ' : sign);
    escaper->at++;
}

/* What is dropped must be gone before it is asked how a line begins: a mark of direction in front
 * of a hyphen would let that begin a list. Bytes that are no UTF-8 could become such a mark by
 * that, so they are replaced in the same go. */
static void copy_without_dropped(struct buffer *out, const char *text, size_t length)
{
    const char *end = text + length;
    while (text < end) {
        uint32_t point = 0;
        size_t taken = text_decode(text, (size_t)(end - text), &point);
        if (taken == 0)
            buffer_add_text(out, replacement);
        else if (fate_of(point) != DROPPED)
            buffer_add(out, text, taken);
        text += taken ? taken : 1;
    }
}

void escape_markdown(struct buffer *out, const char *text, size_t length)
{
    struct buffer kept = {0};
    copy_without_dropped(&kept, text, length);
    struct escaper escaper = {.out = out,
                              .at = buffer_text(&kept),
                              .end = buffer_text(&kept) + kept.length,
                              .sign = markdown_sign,
                              .signs = "\\`*_{}[]<>|~&#!$^=+@.:\t\n"};
    begin_line(&escaper);
    escape(&escaper);
    buffer_release(&kept);
}
