#include "markup.h"
#include "touchline/buffer.h"
#include <ctype.h>
#include <stdbool.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { DEEPEST = 32, NAME_MOST = 40, ATTRIBUTES_MOST = 24 };

struct reader {
    const struct markup *markup;
    const char *begin, *at, *end;
    char open[DEEPEST][NAME_MOST]; /* elements that are not closed yet */
    int depth, roots;
    const char *fault;
};

static bool fail(struct reader *reader, const char *what)
{
    static char fault[160];
    (void)snprintf(fault, sizeof fault, "%s at byte %td: %.40s", what, reader->at - reader->begin,
                   reader->at);
    reader->fault = fault;
    return false;
}

static bool stands(const struct reader *reader, const char *text)
{
    size_t length = strlen(text);
    return (size_t)(reader->end - reader->at) >= length && memcmp(reader->at, text, length) == 0;
}

static bool take(struct reader *reader, const char *text)
{
    if (!stands(reader, text))
        return false;
    reader->at += strlen(text);
    return true;
}

/* --- characters ------------------------------------------------------------------------------- */

static const int lengths[16] = {1, 1, 1, 1, 1, 1, 1, 1, 0, 0, 0, 0, 2, 2, 3, 4};

/* By RFC 3629 and the production Char of XML 1.0. */
static bool is_character(uint32_t point, int length)
{
    static const uint32_t least[] = {0, 0, 0x80, 0x800, 0x10000};
    bool control = point < 0x20 && point != '\t' && point != '\n' && point != '\r';
    return !control && point >= least[length] && point <= 0x10FFFF &&
           !(point >= 0xD800 && point <= 0xDFFF) && point != 0xFFFE && point != 0xFFFF;
}

static bool take_character(struct reader *reader, struct buffer *out)
{
    unsigned char first = (unsigned char)*reader->at;
    int length = lengths[first >> 4];
    if (length == 0 || reader->end - reader->at < length)
        return fail(reader, "no UTF-8");
    uint32_t point = length == 1 ? first : first & (0x3Fu >> (length - 1));
    for (int i = 1; i < length; i++) {
        unsigned char next = (unsigned char)reader->at[i];
        if ((next & 0xC0) != 0x80)
            return fail(reader, "no UTF-8");
        point = point << 6 | (next & 0x3F);
    }
    if (!is_character(point, length))
        return fail(reader, "no character");
    buffer_add(out, reader->at, (size_t)length);
    reader->at += length;
    return true;
}

static bool take_entity(struct reader *reader, struct buffer *out)
{
    static const char *const known[][2] = {
        {"&amp;", "&"}, {"&lt;", "<"}, {"&gt;", ">"}, {"&#34;", "\""}, {"&#39;", "'"}};
    for (size_t i = 0; i < sizeof known / sizeof *known; i++)
        if (take(reader, known[i][0])) {
            buffer_add_text(out, known[i][1]);
            return true;
        }
    return fail(reader, "an ampersand");
}

/* Up to one of the signs that end it. */
static bool take_text(struct reader *reader, const char *ends, struct buffer *out)
{
    while (reader->at < reader->end && (*reader->at == '\0' || !strchr(ends, *reader->at)))
        if (!(*reader->at == '&' ? take_entity(reader, out) : take_character(reader, out)))
            return false;
    return true;
}

/* --- tags ------------------------------------------------------------------------------------- */

static void skip_blanks(struct reader *reader)
{
    while (reader->at < reader->end && isspace((unsigned char)*reader->at))
        reader->at++;
}

static bool take_name(struct reader *reader, char name[NAME_MOST])
{
    size_t length = 0;
    while (reader->at < reader->end && length + 1 < NAME_MOST &&
           (isalnum((unsigned char)*reader->at) || strchr("-:_", *reader->at)) && *reader->at)
        name[length++] = *reader->at++;
    name[length] = '\0';
    return (length > 0 && isalpha((unsigned char)name[0])) || fail(reader, "no name");
}

static bool take_value(struct reader *reader, struct buffer *value)
{
    if (!take(reader, "=\""))
        return fail(reader, "no quoted value");
    return take_text(reader, "\"<", value) && (take(reader, "\"") || fail(reader, "no quote"));
}

static bool take_attributes(struct reader *reader, const char *element)
{
    char names[ATTRIBUTES_MOST][NAME_MOST];
    for (int count = 0;; count++) {
        const char *before = reader->at;
        skip_blanks(reader);
        if (stands(reader, ">") || stands(reader, "/>"))
            return true;
        if (before == reader->at || count == ATTRIBUTES_MOST)
            return fail(reader, "no attribute");
        struct buffer value = {0};
        bool good = take_name(reader, names[count]) && take_value(reader, &value);
        for (int i = 0; good && i < count; i++)
            if (strcmp(names[i], names[count]) == 0)
                good = fail(reader, "an attribute twice, before");
        if (good && reader->markup->attribute)
            reader->markup->attribute(reader->markup->data, element, names[count],
                                      buffer_text(&value), value.length);
        buffer_release(&value);
        if (!good)
            return false;
    }
}

static bool take_opening(struct reader *reader)
{
    char name[NAME_MOST];
    if (!take_name(reader, name))
        return false;
    if (reader->depth == DEEPEST || (reader->depth == 0 && reader->roots++ > 0))
        return fail(reader, "an element too many");
    if (reader->markup->element)
        reader->markup->element(reader->markup->data, name);
    if (!take_attributes(reader, name))
        return false;
    if (take(reader, "/>"))
        return true;
    reader->at++;
    memcpy(reader->open[reader->depth++], name, sizeof name);
    return true;
}

static bool take_closing(struct reader *reader)
{
    char name[NAME_MOST];
    if (!take_name(reader, name))
        return false;
    if (reader->depth == 0 || strcmp(reader->open[reader->depth - 1], name) != 0)
        return fail(reader, "closes what is not open, before");
    reader->depth--;
    return take(reader, ">") || fail(reader, "no end of a tag");
}

static bool take_words(struct reader *reader)
{
    struct buffer text = {0};
    bool good = take_text(reader, "<>", &text);
    if (good && reader->at < reader->end && *reader->at == '>')
        good = fail(reader, "a bare sign");
    if (good && reader->depth == 0 && strspn(buffer_text(&text), " \n") < text.length)
        good = fail(reader, "text outside, before");
    if (good && reader->markup->text)
        reader->markup->text(reader->markup->data, buffer_text(&text), text.length);
    buffer_release(&text);
    return good;
}

const char *markup_fault(const struct markup *markup, const char *text, size_t length)
{
    struct reader reader = {.markup = markup, .begin = text, .at = text, .end = text + length};
    bool good = true;
    (void)take(&reader, "<!DOCTYPE html>");
    while (good && reader.at < reader.end) {
        if (take(&reader, "</"))
            good = take_closing(&reader);
        else if (take(&reader, "<"))
            good = take_opening(&reader);
        else
            good = take_words(&reader);
    }
    if (good && (reader.depth > 0 || reader.roots == 0))
        (void)fail(&reader, "not ended");
    return reader.fault;
}
