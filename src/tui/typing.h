/* One line being typed: the same keys in a prompt, in capture, in a filter and on the sheet. */
#ifndef TUI_TYPING_H
#define TUI_TYPING_H

#include "touchline/buffer.h"
#include "touchline/key.h"

/* Bytes that a line has room for unless it says otherwise: what the longest field but a note has.
 */
#define TYPING_MOST 65536

struct typing {
    struct buffer text;
    size_t cursor;    /* offset in bytes, at a cluster's start */
    size_t most;      /* bytes that it has room for; 0: TYPING_MOST */
    const char *what; /* that has no more room: "Note", borrowed; NULL: just a line */
    size_t refused;   /* bytes that what was typed or pasted last would have made it: nothing of it
                         was put in. 0: all was. Whoever tells it sets it to 0 again */
};

/* Sets the text, the cursor at its end. NULL: empty. */
void typing_set(struct typing *input, const char *text);
void typing_release(struct typing *input);

/* How many bytes it has room for. */
size_t typing_most(const struct typing *input);

/* Puts text at the cursor, if there is room for all of it. */
void typing_insert(struct typing *input, const char *text, size_t length);

/* Takes a key if it is one for a line: characters, a paste (its line breaks become blanks), ← →
 * Home End Backspace Delete, C-a C-e C-b C-f C-d C-h, C-u C-k C-w, Alt-b Alt-f Alt-d, C-← C-→.
 * Returns whether it was; keys that mean something else (Enter, Esc, Tab, ↑ ↓) are left to the
 * caller. */
bool typing_event(struct typing *input, const struct event *event);

#endif
