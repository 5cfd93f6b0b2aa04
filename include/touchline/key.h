/* room: base
 *
 * What comes in from a terminal, as our own values: only src/term knows how bytes become these, and
 * everything above it (keymap, capture, tests) speaks of keys in these words.
 */
#ifndef TOUCHLINE_KEY_H
#define TOUCHLINE_KEY_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum key_code {
    K_NONE = 0,
    K_CHAR, /* a printable character, in `point`; SHIFT is part of the character */
    K_ENTER,
    K_TAB,
    K_ESC,
    K_BACKSPACE,
    K_DELETE,
    K_INSERT,
    K_UP,
    K_DOWN,
    K_LEFT,
    K_RIGHT,
    K_HOME,
    K_END,
    K_PAGE_UP,
    K_PAGE_DOWN,
    K_F1, /* F1 .. F12 are K_F1 + 0 .. 11 */
    K_F12 = K_F1 + 11,
    K_PASTE,  /* a bracketed paste, whole: text in event.paste */
    K_MOUSE,  /* event.mouse */
    K_RESIZE, /* the size changed, or the terminal was away (suspend, editor): read it all again */
    K_FOCUS_IN,
    K_FOCUS_OUT,
    K_STALLED, /* a paste has begun whose rest has not come for 2 s: told once, Esc ends it */
    K_CODES
};

enum key_modifier {
    KEY_SHIFT = 1,
    KEY_ALT = 2,
    KEY_CTRL = 4 /* with K_CHAR: point is the small letter ('c' for C-c), or '_' and the like */
};

/* One key as a keymap knows it. */
struct key {
    enum key_code code;
    unsigned modifiers; /* enum key_modifier, or-ed */
    uint32_t point;     /* for K_CHAR */
};

enum mouse_act {
    MOUSE_PRESS,
    MOUSE_RELEASE,
    MOUSE_DOUBLE,
    MOUSE_DRAG,
    MOUSE_WHEEL_UP,
    MOUSE_WHEEL_DOWN
};

struct mouse {
    enum mouse_act act;
    int row, column; /* from 0 */
};

/* One thing that happened. `paste` belongs to the event's receiver (memory_free) and is valid UTF-8
 * with LF line ends, control characters other than LF and TAB taken out. */
struct event {
    struct key key;
    struct mouse mouse;
    char *paste;
};

/* `point` counts for K_CHAR only. */
bool key_equal(struct key a, struct key b);

/* From the spelling of the manual: a character for itself, or "Space", "Enter", "Tab", "Esc",
 * "Backspace", "Delete", "Insert", "Up", "Down", "Left", "Right", "Home", "End", "PgUp", "PgDn",
 * "F1" to "F12", with "C-" (Ctrl), "A-" (Alt) and "S-" (Shift) in front in any order: "C-r",
 * "S-Tab", "C--". "S-" goes with no character ("A", not "S-a"), "C-" with no capital.
 * Returns false, with *key as it was, for anything else. */
bool key_parse(const char *text, struct key *key);

/* Room for every spelling with its NUL ("C-A-S-Backspace"). */
#define KEY_TEXT_SIZE 24

/* The spelling for help and the key line, which key_parse() reads back; "" for what is not a key
 * (K_NONE, K_PASTE and what follows). Writes at most `size` bytes with the NUL, and "" when that is
 * too little. */
void key_format(struct key key, char *out, size_t size);

#endif
