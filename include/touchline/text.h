/* room: base
 *
 * UTF-8 text: valid or not, how wide, where it may be cut, and how it is made harmless.
 *
 * Three sizes are kept apart by name: bytes (`length`, size_t), code points (uint32_t) and columns
 * of a terminal (`columns`, int). Columns are wcwidth()'s, because ncurses lays out by it; clusters
 * (what a person takes for one character, UAX #29) are utf8proc's.
 */
#ifndef TOUCHLINE_TEXT_H
#define TOUCHLINE_TEXT_H

#include "touchline/buffer.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- bytes and code points ------------------------------------------------------------------ */

/* Reads the code point at `bytes` (length > 0). Returns the bytes it takes, 0 when they are not
 * UTF-8 (overlong, surrogate, beyond U+10FFFF, cut off); *point is set only on success. */
size_t text_decode(const char *bytes, size_t length, uint32_t *point);

/* Writes `point` as UTF-8 into `out` (room for 4) and returns the bytes written. */
size_t text_encode(uint32_t point, char *out);

/* Offset of the first byte that is not valid UTF-8 or is NUL; `length` when all is well. Both are
 * refused on entry (trust.md: kept as written, refused only these two). */
size_t text_first_invalid(const char *bytes, size_t length);

/* CRLF and CR become LF, in place; returns the new length. */
size_t text_unify_line_ends(char *bytes, size_t length);

/* --- clusters and columns ------------------------------------------------------------------- */

/* Bytes of the first grapheme cluster of `text` (0 at its end). Invalid bytes count one by one. */
size_t text_cluster_length(const char *text, size_t length);

/* Offset where the cluster that ends at or spans offset `at` begins (0 at the start). */
size_t text_cluster_before(const char *text, size_t at);

/* Columns that the text takes once text_show() has made it harmless. */
int text_columns(const char *text, size_t length);

/* --- made harmless for a screen (also for shell output to a terminal and every error line) --- */

enum text_lines {
    TEXT_ONE_LINE,  /* TAB and LF become one space */
    TEXT_MANY_LINES /* LF is kept, TAB becomes one space */
};

/* Appends `text` as a terminal may see it: C0 and DEL in caret form, C1, U+2028/9, noncharacters,
 * private use and anything of no width known as U+FFFD, bidi controls as "<U+202E>", marks dropped,
 * invisible ones dropped with a sign, at most four combining marks a cell, only the first code
 * point of a compound emoji, flags as two letters (the whole rule and its reasons: trust.md's,
 * repeated in text.c). Invalid bytes become U+FFFD. With `ascii`, everything outside printable
 * ASCII becomes
 * '?' (one a column), for terminals that show nothing else. */
void text_show(struct buffer *out, const char *text, size_t length, enum text_lines lines,
               bool ascii);

/* Appends as much of the shown text as fits `columns`, an ellipsis ("…", "..." with `ascii`) in
 * place of what does not; returns the columns used (<= columns). Never splits a cluster. */
int text_fit(struct buffer *out, const char *text, size_t length, int columns, bool ascii);

/* A walk over lines wrapped at word boundaries by columns; a word longer than a line is split at a
 * cluster. LF ends a line; spaces at a break are swallowed.
 *
 *     struct text_wrap wrap = {.text = t, .length = n, .columns = 12};
 *     while (text_wrap_next(&wrap)) draw(wrap.line, wrap.line_length);
 */
struct text_wrap {
    const char *text;
    size_t length;
    int columns; /* at least 1 */
    size_t at;   /* offset of what follows the current line */
    bool begun;
    const char *line; /* the current line, inside `text`, not yet made harmless */
    size_t line_length;
};
bool text_wrap_next(struct text_wrap *wrap);

/* --- comparing ------------------------------------------------------------------------------ */

/* Appends `text` folded for comparing without case (Unicode simple case folding, code point by code
 * point; utf8proc). */
void text_fold(struct buffer *out, const char *text, size_t length);

/* Offset of `needle` (already folded) in `text` compared without case, or -1. ASCII needles take a
 * quick way that is no slower than SQLite's LIKE. An empty needle is found at 0. */
ptrdiff_t text_find(const char *text, size_t length, const char *needle, size_t needle_length);

/* How alike two titles are after folding, dropping punctuation and doubled spaces: true when equal
 * or one edit away per eight characters ("Like 9 'Drink offered'", product.md, Writing). */
bool text_nearly_same(const char *a, const char *b);

#endif
