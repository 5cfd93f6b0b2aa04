/* One line being typed: the same keys in a prompt, in capture, in a filter and on the sheet. */
#ifndef TUI_TYPING_H
#define TUI_TYPING_H

#include "touchline/buffer.h"
#include "touchline/key.h"

struct typing {
    struct buffer text;
    size_t cursor; /* offset in bytes, at a cluster's start */
};

/* Sets the text, the cursor at its end. NULL: empty. */
void typing_set(struct typing *input, const char *text);
void typing_release(struct typing *input);

/* Puts text at the cursor. */
void typing_insert(struct typing *input, const char *text, size_t length);

/* Takes a key if it is one for a line: characters, a paste (its line breaks become blanks), ← →
 * Home End Backspace Delete, C-a C-e C-b C-f C-d C-h, C-u C-k C-w, Alt-b Alt-f Alt-d, C-← C-→.
 * Returns whether it was; keys that mean something else (Enter, Esc, Tab, ↑ ↓) are left to the
 * caller. */
bool typing_event(struct typing *input, const struct event *event);

#endif
