/* How a code point may come to a screen: the rule of text_show(), one table and one cell at a time.
 *
 * Board text is written by strangers. Nothing of it may move the cursor, turn the direction of what
 * stands beside it, or hide; and what is shown must take the columns that ncurses thinks it takes.
 */
#include "text_cell.h"
#include <assert.h>
#include <stdio.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

enum kind {
    KIND_PLAIN,    /* shown as it is, in cells of its own */
    KIND_MARK,     /* no width: joins the cell before */
    KIND_CONTROL,  /* "^A" */
    KIND_BIDI,     /* "<U+202E>" */
    KIND_DROPPED,  /* gone without a sign */
    KIND_HIDDEN,   /* gone, with a sign */
    KIND_JOINER,   /* shown or hidden by what stands around it */
    KIND_SELECTOR, /* dropped or hidden by what stands before it */
    KIND_FLAG,     /* half a flag: a letter */
    KIND_UNKNOWN,  /* U+FFFD */
};

/* Sorted. What is not here goes by its category and its width, see kind_of(). */
static const struct range {
    uint32_t first, last;
    enum kind kind;
} ranges[] = {
    {0x0000, 0x001F, KIND_CONTROL},
    {0x007F, 0x007F, KIND_CONTROL},
    {0x0080, 0x009F, KIND_UNKNOWN},
    {0x00AD, 0x00AD, KIND_HIDDEN},  /* soft hyphen */
    {0x034F, 0x034F, KIND_HIDDEN},  /* grapheme joiner */
    {0x061C, 0x061C, KIND_DROPPED}, /* Arabic letter mark */
    {0x115F, 0x1160, KIND_HIDDEN},  /* Hangul fillers */
    {0x17B4, 0x17B5, KIND_HIDDEN},  /* Khmer inherent vowels */
    {0x180B, 0x180F, KIND_HIDDEN},  /* Mongolian selectors */
    {0x200B, 0x200B, KIND_HIDDEN},  /* zero-width space */
    {0x200C, 0x200D, KIND_JOINER},
    {0x200E, 0x200F, KIND_DROPPED}, /* left-to-right and right-to-left mark */
    {0x2028, 0x2029, KIND_UNKNOWN}, /* line and paragraph separator */
    {0x202A, 0x202E, KIND_BIDI},
    {0x2060, 0x2065, KIND_HIDDEN}, /* word joiner, invisible operators */
    {0x2066, 0x2069, KIND_BIDI},
    {0x206A, 0x206F, KIND_HIDDEN},  /* deprecated format controls */
    {0x3164, 0x3164, KIND_HIDDEN},  /* Hangul filler */
    {0xE000, 0xF8FF, KIND_UNKNOWN}, /* private use */
    {0xFDD0, 0xFDEF, KIND_UNKNOWN}, /* noncharacters */
    {0xFE00, 0xFE0F, KIND_SELECTOR},
    {0xFEFF, 0xFEFF, KIND_HIDDEN}, /* byte order mark */
    {0xFFA0, 0xFFA0, KIND_HIDDEN}, /* half-width Hangul filler */
    {0xFFF9, 0xFFFB, KIND_HIDDEN}, /* interlinear annotation */
    {0x1F1E6, 0x1F1FF, KIND_FLAG},
    {0xE0000, 0xE007F, KIND_HIDDEN}, /* tags */
    {0xE0100, 0xE01EF, KIND_SELECTOR},
    {0xF0000, 0x10FFFF, KIND_UNKNOWN}, /* private use */
};

enum {
    ZWJ = 0x200D,
    DOTTED_CIRCLE = 0x25CC,
    HIDDEN_SIGN = 0x2591,
    REPLACEMENT = 0xFFFD,
    KEYCAP = 0x20E3,
    MOST_MARKS = 4,
};

/* --- what a code point is --------------------------------------------------------------------- */

/* Widths depend on the locale, those of ASCII do not. Not for controls, which have none. */
static int width_of(uint32_t point)
{
    if (point < 0x7F)
        return 1;
    return wcwidth((wchar_t)point);
}

static enum kind kind_by_property(uint32_t point)
{
    const utf8proc_property_t *property = utf8proc_get_property((utf8proc_int32_t)point);
    int width = width_of(point);
    if ((point & 0xFFFE) == 0xFFFE)
        return KIND_UNKNOWN;
    if (property->ignorable || (property->category == UTF8PROC_CATEGORY_CF && width == 0))
        return KIND_HIDDEN;
    return width < 0 ? KIND_UNKNOWN : width == 0 ? KIND_MARK : KIND_PLAIN;
}

static enum kind kind_of(uint32_t point)
{
    if (point >= ' ' && point < 0x7F)
        return KIND_PLAIN;
    size_t from = 0;
    size_t to = sizeof ranges / sizeof ranges[0];
    while (from < to) {
        size_t middle = (from + to) / 2;
        if (point > ranges[middle].last)
            from = middle + 1;
        else if (point < ranges[middle].first)
            to = middle;
        else
            return ranges[middle].kind;
    }
    return kind_by_property(point);
}

static bool is_emoji(uint32_t point)
{
    return utf8proc_get_property((utf8proc_int32_t)point)->boundclass ==
           UTF8PROC_BOUNDCLASS_EXTENDED_PICTOGRAPHIC;
}

static bool is_skin_tone(uint32_t point)
{
    return point >= 0x1F3FB && point <= 0x1F3FF;
}

static bool is_keycap_base(uint32_t point)
{
    return (point >= '0' && point <= '9') || point == '#' || point == '*';
}

static bool is_han(uint32_t point)
{
    return (point >= 0x3400 && point <= 0x9FFF) || (point >= 0xF900 && point <= 0xFAFF) ||
           (point >= 0x20000 && point <= 0x3FFFD);
}

/* Letters and their marks are what a joiner may stand between. */
static bool is_letter(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Printable ASCII. */
static bool is_plain(char byte)
{
    return byte >= ' ' && byte < 0x7F;
}

/* One code point of the input. */
struct glyph {
    uint32_t point;
    size_t length; /* bytes; 0 at the end of the text */
    enum kind kind;
};

static struct glyph read_glyph(const char *text, size_t length)
{
    struct glyph glyph = {.point = REPLACEMENT, .kind = KIND_UNKNOWN};
    if (length == 0)
        return glyph;
    glyph.length = text_decode(text, length, &glyph.point);
    if (glyph.length > 0)
        glyph.kind = kind_of(glyph.point);
    else
        glyph.length = 1;
    return glyph;
}

/* A cell in the making: what it is for, and what still stands behind it. */
struct reader {
    struct text_cell *cell;
    uint32_t base;    /* the code point that the cell shows, or that its stand-in stands for */
    int marks;        /* how many it has */
    bool takes_marks; /* not so a stand-in */
    const char *text; /* what follows */
    size_t length;
};

static void skip(struct reader *reader, size_t length)
{
    reader->text += length;
    reader->length -= length;
}

static void put(struct text_cell *cell, uint32_t point)
{
    assert(cell->length + 4 <= sizeof cell->bytes);
    cell->length += text_encode(point, cell->bytes + cell->length);
}

static void stand_in(struct text_cell *cell, uint32_t point)
{
    put(cell, point);
    cell->columns = 1;
}

/* --- the first code point of a cell ----------------------------------------------------------- */

static void draw_control(struct text_cell *cell, uint32_t point, enum text_lines lines)
{
    bool newline = point == '\n' && lines == TEXT_MANY_LINES;
    if (newline || point == '\t' || point == '\n') {
        put(cell, newline ? '\n' : ' ');
        cell->columns = newline ? 0 : 1;
        return;
    }
    put(cell, '^');
    put(cell, point ^ 0x40);
    cell->columns = 2;
}

static void draw_bidi(struct text_cell *cell, uint32_t point)
{
    cell->columns = snprintf(cell->bytes, sizeof cell->bytes, "<U+%04X>", (unsigned)point);
    cell->length = (size_t)cell->columns;
}

static void draw_character(struct reader *reader, const struct glyph *glyph)
{
    struct text_cell *cell = reader->cell;
    reader->takes_marks = true;
    if (glyph->kind == KIND_FLAG) {
        stand_in(cell, 'A' + (glyph->point - 0x1F1E6));
    } else if (glyph->kind == KIND_MARK) {
        reader->base = DOTTED_CIRCLE;
        reader->marks = 1;
        stand_in(cell, DOTTED_CIRCLE);
        put(cell, glyph->point);
    } else {
        put(cell, glyph->point);
        cell->columns = width_of(glyph->point);
    }
}

static void draw(struct reader *reader, const struct glyph *glyph, enum text_lines lines)
{
    switch (glyph->kind) {
    case KIND_PLAIN:
    case KIND_MARK:
    case KIND_FLAG:
        draw_character(reader, glyph);
        break;
    case KIND_CONTROL:
        draw_control(reader->cell, glyph->point, lines);
        break;
    case KIND_BIDI:
        draw_bidi(reader->cell, glyph->point);
        break;
    case KIND_UNKNOWN:
        stand_in(reader->cell, REPLACEMENT);
        break;
    case KIND_HIDDEN:
    case KIND_JOINER:
    case KIND_SELECTOR:
        stand_in(reader->cell, HIDDEN_SIGN);
        break;
    case KIND_DROPPED:
        break;
    }
}

/* --- what follows it in the same cell --------------------------------------------------------- */

static bool hides(enum kind kind)
{
    return kind == KIND_HIDDEN || kind == KIND_JOINER || kind == KIND_SELECTOR;
}

static void skip_hidden_run(struct reader *reader)
{
    for (;;) {
        struct glyph glyph = read_glyph(reader->text, reader->length);
        if (glyph.length == 0 || !(hides(glyph.kind) || glyph.kind == KIND_DROPPED))
            return;
        skip(reader, glyph.length);
    }
}

static bool take_mark(struct reader *reader, const struct glyph *mark)
{
    bool keycap = mark->point == KEYCAP && is_keycap_base(reader->base);
    if (!reader->takes_marks)
        return false;
    if (!keycap && reader->marks < MOST_MARKS) {
        put(reader->cell, mark->point);
        reader->marks++;
    }
    skip(reader, mark->length);
    return true;
}

static bool take_selector(struct reader *reader, const struct glyph *selector)
{
    bool of_emoji = selector->point == 0xFE0E || selector->point == 0xFE0F;
    bool fits = is_han(reader->base) ||
                (of_emoji && (is_emoji(reader->base) || is_keycap_base(reader->base)));
    if (fits)
        skip(reader, selector->length);
    return fits;
}

/* A joiner between emoji goes, with the one that it joins; between letters it is kept, for shape.
 * Room for the mark behind it must be left: without that mark the joiner would join nothing. */
static bool take_joiner(struct reader *reader, const struct glyph *joiner)
{
    struct glyph next = read_glyph(reader->text + joiner->length, reader->length - joiner->length);
    if (next.length == 0)
        return false;
    if (is_emoji(reader->base) && is_emoji(next.point)) {
        skip(reader, joiner->length + (joiner->point == ZWJ ? next.length : 0));
        return true;
    }
    int room = MOST_MARKS - reader->marks - (next.kind == KIND_MARK);
    bool letters = is_letter(reader->base) && is_letter(next.point) &&
                   (next.kind == KIND_PLAIN || next.kind == KIND_MARK);
    return letters && room > 0 && take_mark(reader, joiner);
}

/* Takes the next code point into the cell, or away; false when it begins another cell. */
static bool take(struct reader *reader)
{
    struct glyph glyph = read_glyph(reader->text, reader->length);
    if (glyph.length == 0)
        return false;
    switch (glyph.kind) {
    case KIND_MARK:
        return take_mark(reader, &glyph);
    case KIND_SELECTOR:
        return take_selector(reader, &glyph);
    case KIND_JOINER:
        return take_joiner(reader, &glyph);
    case KIND_DROPPED:
        skip(reader, glyph.length);
        return true;
    default:
        if (!is_skin_tone(glyph.point) || !is_emoji(reader->base))
            return false;
        skip(reader, glyph.length);
        return true;
    }
}

size_t text_cell_read(const char *text, size_t length, enum text_lines lines,
                      struct text_cell *cell)
{
    assert(length > 0);
    if (is_plain(text[0]) && (length == 1 || is_plain(text[1]))) {
        *cell = (struct text_cell){.bytes = {text[0]}, .length = 1, .columns = 1};
        return 1;
    }
    struct glyph first = read_glyph(text, length);
    struct reader reader = {.cell = cell, .base = first.point, .text = text, .length = length};
    cell->length = 0;
    cell->columns = 0;
    skip(&reader, first.length);
    draw(&reader, &first, lines);
    if (hides(first.kind))
        skip_hidden_run(&reader);
    bool more = !hides(first.kind) && first.kind != KIND_DROPPED;
    while (more)
        more = take(&reader);
    return length - reader.length;
}

size_t text_plain_run(const char *text, size_t length)
{
    static const uint64_t ones = UINT64_C(0x0101010101010101);
    static const uint64_t highs = UINT64_C(0x8080808080808080);
    size_t run = 0;
    for (uint64_t word; length - run >= sizeof word; run += sizeof word) {
        memcpy(&word, text + run, sizeof word);
        /* The high bit of some byte is set here when one is below ' ', DEL, or not ASCII. */
        uint64_t small = (word - ones * ' ') & ~word;
        uint64_t del = (word ^ ones * 0x7F) - ones;
        if ((small | del | word) & highs)
            break;
    }
    while (run < length && is_plain(text[run]))
        run++;
    return run == length || run == 0 ? run : run - 1;
}
