#include "touchline/key.h"
#include "touchline/text.h"
#include <stdio.h>
#include <string.h>

static const struct name {
    const char *text;
    enum key_code code;
    uint32_t point;
} names[] = {
    {"Space", K_CHAR, ' '},
    {"Enter", K_ENTER, 0},
    {"Tab", K_TAB, 0},
    {"Esc", K_ESC, 0},
    {"Backspace", K_BACKSPACE, 0},
    {"Delete", K_DELETE, 0},
    {"Insert", K_INSERT, 0},
    {"Up", K_UP, 0},
    {"Down", K_DOWN, 0},
    {"Left", K_LEFT, 0},
    {"Right", K_RIGHT, 0},
    {"Home", K_HOME, 0},
    {"End", K_END, 0},
    {"PgUp", K_PAGE_UP, 0},
    {"PgDn", K_PAGE_DOWN, 0},
    {"F1", K_F1, 0},
    {"F2", K_F1 + 1, 0},
    {"F3", K_F1 + 2, 0},
    {"F4", K_F1 + 3, 0},
    {"F5", K_F1 + 4, 0},
    {"F6", K_F1 + 5, 0},
    {"F7", K_F1 + 6, 0},
    {"F8", K_F1 + 7, 0},
    {"F9", K_F1 + 8, 0},
    {"F10", K_F1 + 9, 0},
    {"F11", K_F1 + 10, 0},
    {"F12", K_F12, 0},
};

/* In the order in which key_format() writes them. */
static const struct modifier {
    char letter;
    enum key_modifier modifier;
} modifiers[] = {
    {'C', KEY_CTRL},
    {'A', KEY_ALT},
    {'S', KEY_SHIFT},
};

enum { NAMES = sizeof names / sizeof names[0], MODIFIERS = sizeof modifiers / sizeof modifiers[0] };

bool key_equal(struct key a, struct key b)
{
    return a.code == b.code && a.modifiers == b.modifiers &&
           (a.code != K_CHAR || a.point == b.point);
}

/* The modifier that stands before `text` as "C-" and the like; 0 when none does. */
static unsigned leading_modifier(const char *text)
{
    for (size_t i = 0; i < MODIFIERS; i++)
        if (text[0] == modifiers[i].letter && text[1] == '-')
            return modifiers[i].modifier;
    return 0;
}

static bool parse_name(const char *text, struct key *key)
{
    for (size_t i = 0; i < NAMES; i++)
        if (strcmp(text, names[i].text) == 0) {
            key->code = names[i].code;
            key->point = names[i].point;
            return true;
        }
    return false;
}

/* One printable character and nothing after it. A blank has a name instead. */
static bool parse_character(const char *text, struct key *key)
{
    size_t length = strlen(text);
    uint32_t point = 0;
    if (length == 0 || text_decode(text, length, &point) != length)
        return false;
    if (point <= ' ' || (point >= 0x7F && point < 0xA0))
        return false;
    key->code = K_CHAR;
    key->point = point;
    return true;
}

static bool modifiers_fit(struct key key)
{
    if (key.code != K_CHAR)
        return true;
    bool capital = key.point >= 'A' && key.point <= 'Z';
    return !(key.modifiers & KEY_SHIFT) && !(capital && key.modifiers & KEY_CTRL);
}

bool key_parse(const char *text, struct key *key)
{
    struct key read = {0};
    for (unsigned next; (next = leading_modifier(text)) != 0; text += 2) {
        if (read.modifiers & next)
            return false;
        read.modifiers |= next;
    }
    if (!(parse_name(text, &read) || parse_character(text, &read)) || !modifiers_fit(read))
        return false;
    *key = read;
    return true;
}

/* The key without its modifiers into `out`, room for a name or a character; the bytes written. */
static size_t format_plain(struct key key, char *out)
{
    for (size_t i = 0; i < NAMES; i++)
        if (key.code == names[i].code && (key.code != K_CHAR || key.point == names[i].point)) {
            size_t length = strlen(names[i].text);
            memcpy(out, names[i].text, length);
            return length;
        }
    return key.code == K_CHAR ? text_encode(key.point, out) : 0;
}

void key_format(struct key key, char *out, size_t size)
{
    char text[KEY_TEXT_SIZE] = "";
    size_t front = 0;
    for (size_t i = 0; i < MODIFIERS; i++)
        if (key.modifiers & modifiers[i].modifier) {
            text[front++] = modifiers[i].letter;
            text[front++] = '-';
        }
    size_t length = format_plain(key, text + front);
    if (size == 0)
        return;
    bool fits = length > 0 && front + length < size;
    snprintf(out, size, "%s", fits ? text : "");
}
