#include "harmless.h"
#include "touchline/buffer.h"
#include "touchline/text.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <utf8proc.h>
#include <wchar.h>

#include <cmocka.h>

/* --- text ------------------------------------------------------------------------------------- */

struct span {
    uint32_t first, last;
};

/* Controls, bidi controls, separators, noncharacters, private use, halves of flags, and what cannot
 * be seen. */
static bool is_harmful(uint32_t point)
{
    static const struct span spans[] = {
        {0x00, 0x1F},          {0x7F, 0x9F},       {0xAD, 0xAD},       {0x34F, 0x34F},
        {0x61C, 0x61C},        {0x115F, 0x1160},   {0x17B4, 0x17B5},   {0x180B, 0x180F},
        {0x200B, 0x200B},      {0x200E, 0x200F},   {0x2028, 0x202E},   {0x2060, 0x206F},
        {0x3164, 0x3164},      {0xD800, 0xF8FF},   {0xFDD0, 0xFDEF},   {0xFE00, 0xFE0F},
        {0xFEFF, 0xFEFF},      {0xFFA0, 0xFFA0},   {0xFFF0, 0xFFFB},   {0x13430, 0x1343F},
        {0x1BCA0, 0x1BCA3},    {0x1D173, 0x1D17A}, {0x1F1E6, 0x1F1FF}, {0xE0000, 0xE0FFF},
        {0xF0000, UINT32_MAX},
    };
    for (size_t i = 0; i < sizeof spans / sizeof spans[0]; i++)
        if (point >= spans[i].first && point <= spans[i].last)
            return true;
    return (point & 0xFFFE) == 0xFFFE;
}

bool harmless_is_joiner(uint32_t point)
{
    return point == 0x200C || point == 0x200D;
}

bool harmless_is_letter(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category >= UTF8PROC_CATEGORY_LU && category <= UTF8PROC_CATEGORY_ME;
}

const char *harmless_take(struct harmless_text *text, uint32_t point, int *columns)
{
    enum { MARKS_MOST = 4 };
    *columns = point >= ' ' && point < 0x7F ? 1 : wcwidth((wchar_t)point);
    if (is_harmful(point))
        return "a control, or what cannot be seen";
    if (*columns < 0)
        return "a character of no width known";
    if (harmless_is_joiner(point) && !harmless_is_letter(text->before))
        return "a joiner behind what is no letter";
    if (*columns == 0 && text->before == 0)
        return "a mark with nothing to stand on";
    text->marks = *columns == 0 ? text->marks + 1 : 0;
    if (text->marks > MARKS_MOST)
        return "a fifth mark";
    text->before = point;
    return NULL;
}

/* --- control sequences ------------------------------------------------------------------------ */

/* What the painter and the taking and giving back of a terminal send, for the terminals that tests
 * run on: xterm's kind, screen and tmux, the Linux console, DEC's. A number is ROW, COLUMN (one
 * within the screen), or stands there itself. */
#define ROW    '\1'
#define COLUMN '\2'

static const char *const sequences[] = {
    "\033[?1049h",     "\033[22;0;0t", "\033[23;0;0t", "\033[?1049l", /* smcup, rmcup */
    "\033[?1h",        "\033=",        "\033[?1l",     "\033>",       /* smkx, rmkx */
    "\033(B",          "\033[m\017",                                  /* sgr0 */
    "\033[?25h",       "\033[?25l",    "\033[?12l",    "\033[34h",    /* cnorm, civis */
    "\033[?1c",        "\033[?0c",                                    /* the Linux console's */
    "\033[H",          "\033[2J",      "\033[J",       "\033[K",      /* clear, el */
    "\033[\1;\2H",     "\033[\2G",     "\033[C",       "\033[\2C",    /* cup, hpa, cuf1, cuf */
    "\033[\2X",                                                       /* ech */
    "\033[?2004h",     "\033[?2004l",  "\033[?1004h",  "\033[?1004l", /* pastes, focus */
    "\033[?1000h",     "\033[?1000l",  "\033[?1002h",  "\033[?1002l", /* the mouse */
    "\033[?1006h",     "\033[?1006l",                                 /* told as numbers */
    "\033]11;?\033\\", "\033[c", /* which ground? what are you? */
};

struct bytes {
    const unsigned char *at, *end;
};

/* -1 where no digit stands. */
static int take_number(struct bytes *bytes)
{
    int number = -1;
    for (; bytes->at < bytes->end && *bytes->at >= '0' && *bytes->at <= '9'; bytes->at++)
        number = (number < 0 ? 0 : number) * 10 + (*bytes->at - '0');
    return number;
}

static bool matches(const struct harmless *rules, const char *sequence, struct bytes *bytes)
{
    struct bytes rest = *bytes;
    for (; *sequence != '\0'; sequence++) {
        int most = *sequence == ROW ? rules->rows : *sequence == COLUMN ? rules->columns : 0;
        int number = most > 0 ? take_number(&rest) : 0;
        if (most > 0 ? number < 1 || number > most
                     : rest.at == rest.end || *rest.at++ != (unsigned char)*sequence)
            return false;
    }
    *bytes = rest;
    return true;
}

/* One number of SGR: attributes on and off, colours by 8, 16 or 256. */
static bool take_look(struct bytes *bytes)
{
    static const signed char known[] = {-1, 0, 1, 4, 7, 22, 24, 27, 39, 49};
    int number = take_number(bytes);
    for (size_t i = 0; i < sizeof known; i++)
        if (number == known[i])
            return true;
    if (number == 38 || number == 48)
        return bytes->end - bytes->at > 3 && memcmp(bytes->at, ";5;", 3) == 0 &&
               (bytes->at += 3, number = take_number(bytes), number >= 0 && number <= 255);
    return (number >= 30 && number <= 37) || (number >= 40 && number <= 47) ||
           (number >= 90 && number <= 97) || (number >= 100 && number <= 107);
}

static bool take_looks(struct bytes *bytes)
{
    struct bytes rest = {bytes->at + 2, bytes->end};
    if (bytes->end - bytes->at < 3 || memcmp(bytes->at, "\033[", 2) != 0)
        return false;
    bool known = take_look(&rest);
    while (known && rest.at < rest.end && *rest.at == ';') {
        rest.at++;
        known = take_look(&rest);
    }
    if (!known || rest.at == rest.end || *rest.at != 'm')
        return false;
    bytes->at = rest.at + 1;
    return true;
}

/* The clipboard takes base64 and nothing else. */
static bool take_copy(struct bytes *bytes)
{
    static const char begin[] = "\033]52;c;";
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    const size_t length = sizeof begin - 1;
    const unsigned char *at = bytes->at + length;
    if ((size_t)(bytes->end - bytes->at) <= length || memcmp(bytes->at, begin, length) != 0)
        return false;
    while (at < bytes->end && *at != '\0' && strchr(digits, *at) != NULL)
        at++;
    for (int i = 0; i < 2 && at < bytes->end && *at == '='; i++)
        at++;
    if (at == bytes->end || *at != '\a' || (size_t)(at - bytes->at - (ptrdiff_t)length) % 4 != 0)
        return false;
    bytes->at = at + 1;
    return true;
}

static bool take_sequence(const struct harmless *rules, struct bytes *bytes)
{
    for (size_t i = 0; i < sizeof sequences / sizeof *sequences; i++)
        if (matches(rules, sequences[i], bytes))
            return true;
    return take_looks(bytes) || take_copy(bytes);
}

/* --- bytes ------------------------------------------------------------------------------------ */

/* Lines end in CR LF; a painted screen has its steps to the left, to the margin and down. */
static bool take_control(const struct harmless *rules, struct bytes *bytes)
{
    if (rules->rows > 0 && *bytes->at == '\033')
        return take_sequence(rules, bytes);
    bool ends_line = bytes->at[0] == '\r' && bytes->end - bytes->at > 1 && bytes->at[1] == '\n';
    bool step = *bytes->at == '\r' || *bytes->at == '\n' || *bytes->at == '\b';
    if (rules->rows > 0 ? !step : !ends_line)
        return false;
    bytes->at += rules->rows > 0 ? 1 : 2;
    return true;
}

static const char *take_point(const struct harmless *rules, struct harmless_text *text,
                              struct bytes *bytes)
{
    uint32_t point = 0;
    int columns;
    size_t length = text_decode((const char *)bytes->at, (size_t)(bytes->end - bytes->at), &point);
    const char *why = length == 0                     ? "no UTF-8"
                      : rules->ascii && point >= 0x7F ? "no ASCII"
                                                      : harmless_take(text, point, &columns);
    bytes->at += why == NULL ? length : 0;
    return why;
}

size_t harmless_length(const struct harmless *rules, const char *bytes, size_t length,
                       const char **why)
{
    const unsigned char *begin = (const unsigned char *)bytes;
    struct bytes rest = {begin, begin + length};
    struct harmless_text text = {0};
    const char *problem = NULL;
    while (problem == NULL && rest.at < rest.end) {
        if (*rest.at >= ' ') {
            problem = take_point(rules, &text, &rest);
        } else {
            text = (struct harmless_text){0};
            problem = take_control(rules, &rest) ? NULL : "a control that is not ours";
        }
    }
    if (why != NULL)
        *why = problem;
    return (size_t)(rest.at - begin);
}

/* --- in a test -------------------------------------------------------------------------------- */

static void add_seen(struct buffer *out, const char *bytes, size_t length)
{
    for (size_t i = 0; i < length; i++)
        if (bytes[i] >= ' ' && bytes[i] < 0x7F)
            buffer_add_byte(out, bytes[i]);
        else
            buffer_add_format(out, "\\%03o", (unsigned)(unsigned char)bytes[i]);
}

void assert_harmless_at(const struct harmless *rules, const char *bytes, size_t length,
                        const char *what, const char *file, int line)
{
    enum { AROUND = 60 };
    const char *why;
    struct buffer place = {0};
    size_t good = harmless_length(rules, bytes, length, &why);
    if (good == length)
        return;
    size_t from = good > AROUND ? good - AROUND : 0;
    size_t to = length - good > AROUND ? good + AROUND : length;
    add_seen(&place, bytes + from, good - from);
    buffer_add_text(&place, " >>> ");
    add_seen(&place, bytes + good, to - good);
    print_error("%s: byte %zu for the terminal is %s:\n%s\n", what, good, why, buffer_text(&place));
    buffer_release(&place);
    _fail(file, line);
}
