/* What the terminal's entry in terminfo says. Apart from the rest of the room, because <term.h> has
 * a `struct term` of its own and defines words like `lines` and `columns`.
 */
#ifndef TOUCHLINE_TERM_INFO_H
#define TOUCHLINE_TERM_INFO_H

#include "term_input.h"

/* A capability by its name in terminfo(5), "" when the terminal has none. */
const char *info_text(const char *name);

/* Into curses' buffer, to go out with what curses sends next. */
void info_send(const char *text);

/* Adds the sequences of the terminal's keys. */
void info_keys(struct input *input);

#endif
