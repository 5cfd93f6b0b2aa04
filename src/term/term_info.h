/* What the terminal's entry in terminfo says, by ncurses' lower half. Apart from the rest of the
 * room, because <term.h> has a `struct term` of its own and defines words like `lines` and
 * `columns`.
 */
#ifndef TOUCHLINE_TERM_INFO_H
#define TOUCHLINE_TERM_INFO_H

#include "term_input.h"

/* Looks `type` up; false when there is no such entry. One at a time. */
bool info_open(const char *type, int output);
void info_close(void);

/* A capability by its name in terminfo(5): text ("" when there is none), a number (-1). The text
 * lives until info_close(). */
const char *info_text(const char *name);
int info_number(const char *name);

/* A capability with its parameters put in; lives until the next call. */
const char *info_filled(const char *capability, int first, int second);

/* The same for one that only puts its numbers into text, as those for the cursor mostly do: a frame
 * weighs dozens of moves, and tparm() takes ten times as long. False for any other, and where there
 * is no room. */
bool info_fill_plain(const char *capability, int first, int second, char *out, size_t size);

/* Text without the padding in it ("$<5>"), which was for terminals on a wire. */
void info_add(struct buffer *out, const char *text);

/* What the terminal understands: capabilities by their names in terminfo(5), "" where it has none.
 * cup is a must. They live until
 * info_close(). */
struct capabilities {
    const char *clear, *cup, *cuf, *cuf1, *hpa, *el, *ech;
    const char *sgr0, *bold, *smul, *rev, *setaf, *setab;
    const char *civis, *cnorm;
    bool bce;       /* what is erased gets the fill that is set */
    bool ansi;      /* attributes are numbers of ECMA-48's SGR, to be switched off one by one */
    bool no_margin; /* writing the last cell of the screen would scroll it */
};

void info_capabilities(struct capabilities *capabilities);

/* Adds the sequences of the terminal's keys. */
void info_keys(struct input *input);

#endif
