/* room: base
 *
 * UTF-8 text: valid or not, how wide, where it may be cut, and how it is made harmless.
 *
 * Three sizes are kept apart by name: bytes (`length`, size_t), code points (uint32_t) and columns
 * of a terminal (`columns`, int). Columns are wcwidth()'s, because ncurses lays out by it, so they
 * follow LC_CTYPE; clusters (what a person takes for one character, UAX #29) are utf8proc's.
 *
 * A text is bytes and a length; it may hold NULs and need not end in one.
 */
#ifndef TOUCHLINE_TEXT_H
#define TOUCHLINE_TEXT_H

#include "touchline/buffer.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* --- bytes and code points -------------------------------------------------------------------- */

/* Reads the code point at `bytes` (length > 0). Returns the bytes it takes, 0 when they are not
 * UTF-8 (overlong, surrogate, beyond U+10FFFF, cut off); *point is set only on success. */
size_t text_decode(const char *bytes, size_t length, uint32_t *point);

/* Writes `point` as UTF-8 into `out` (room for 4) and returns the bytes written. */
size_t text_encode(uint32_t point, char *out);

/* Offset of the first byte that is not valid UTF-8 or is NUL; `length` when all is well. Both are
 * refused on entry (all else is kept as written). */
size_t text_first_invalid(const char *bytes, size_t length);

/* CRLF and CR become LF, in place; returns the new length. */
size_t text_unify_line_ends(char *bytes, size_t length);

/* --- clusters and columns --------------------------------------------------------------------- */

/* Bytes of the first grapheme cluster of `text` (0 at its end). CRLF is one; invalid bytes count
 * one by one. */
size_t text_cluster_length(const char *text, size_t length);

/* Reads the first cluster as the one code point that Unicode has for it (NFC), "e" and U+0301 as
 * U+00E9. Returns its bytes; 0 at the end, and where it is not one code point. */
size_t text_decode_cluster(const char *text, size_t length, uint32_t *point);

/* Offset where the cluster that ends at or spans offset `at` begins (0 at the start). `at` lies
 * between code points. */
size_t text_cluster_before(const char *text, size_t at);

/* True for printable ASCII and nothing else: shown as it stands, a byte a column and a cluster. */
bool text_is_plain(const char *text, size_t length);

/* Columns that the text takes once text_show() has made it one harmless line, in UTF-8 as in ASCII.
 * In the C locale, where wcwidth() knows nothing beyond ASCII, what is shown of that takes one. */
int text_columns(const char *text, size_t length);

/* --- made harmless for a screen (also for shell output to a terminal and every error line) ---- */

enum text_lines {
    TEXT_ONE_LINE,  /* TAB and LF become one space */
    TEXT_MANY_LINES /* LF is kept, TAB becomes one space */
};

/* Appends `text` as a terminal may see it:
 *
 * - C0 and DEL as "^A"; bidi controls as "<U+202E>"; direction marks (061C, 200E, 200F) dropped.
 * - U+FFFD for invalid bytes, C1, U+2028/9, noncharacters, private use, and what wcwidth() does not
 *   know.
 * - U+2591 "░" for a run of what cannot be seen (soft hyphen, zero-width space, tags, variation
 *   selectors ...), so that two names which look alike show that they are not. Kept: ZWJ and ZWNJ
 *   between letters. Dropped without it: ZWNJ between emoji, selectors after Han and emoji.
 * - At most four combining marks in a cell; one with nothing to stand on gets U+25CC "◌", so that
 *   it never joins what stands before the text.
 * - Of a compound emoji the first code point; a flag as its two letters.
 *
 * The letters of right-to-left scripts stay in stored order. With `ascii`, for terminals that show
 * nothing else, each character outside ASCII becomes as many '?' as it has columns, and marks are
 * dropped. The result is valid UTF-8, takes text_columns() columns, and shows as itself when shown
 * again. */
void text_show(struct buffer *out, const char *text, size_t length, enum text_lines lines,
               bool ascii);

/* Appends as much of the text, shown as one line, as fits `columns`, an ellipsis ("…", "..." with
 * `ascii`, less where even that does not fit) in place of what does not; returns the columns used
 * (<= columns). Never splits a cluster. */
int text_fit(struct buffer *out, const char *text, size_t length, int columns, bool ascii);

/* A walk over lines wrapped by columns: after blanks, after a hyphen, dash or slash inside a word,
 * and on either side of a Han character or kana. A word longer than a line is split at a cluster.
 * Blanks where a line breaks are swallowed. LF ends a line; the last one begins no further line,
 * and an empty text has none.
 *
 *     struct text_wrap wrap = {.text = t, .length = n, .columns = 12};
 *     while (text_wrap_next(&wrap)) draw(wrap.line, wrap.line_length);
 */
struct text_wrap {
    const char *text;
    size_t length;
    int columns;      /* at least 1 */
    size_t at;        /* offset of what follows the current line */
    const char *line; /* the current line, inside `text`, not yet made harmless */
    size_t line_length;
};

/* False after the last line. A line takes at most `columns`, unless it is one cluster (a wide
 * character in one column): draw it with text_fit(). */
bool text_wrap_next(struct text_wrap *wrap);

/* --- comparing -------------------------------------------------------------------------------- */

/* Appends `text` folded for comparing without case: Unicode simple case folding, code point by code
 * point (CaseFolding.txt, C and S), and U+0130 (I with dot) to "i", so that "istanbul" finds it.
 * U+0131 (dotless i) stays itself. Invalid bytes are kept. */
void text_fold(struct buffer *out, const char *text, size_t length);

/* The order of two texts without case, as strcmp() would tell it of them folded. */
int text_compare(const char *a, const char *b);

/* Offset of `needle` (already folded) in `text` compared without case, or -1. A needle in ASCII
 * takes a quick way. An empty needle is found at 0. */
ptrdiff_t text_find(const char *text, size_t length, const char *needle, size_t needle_length);

/* Whether two titles are so alike that one may be a double ("Like 9 'Drink offered'"): folded,
 * without punctuation and doubled blanks, they are equal or one slip away for each eight characters
 * of the longer one (a letter too many, too few, wrong, or two swapped). Other digits make another
 * title: "Visit 1" is not "Visit 2". Looks at the first 1,000 characters. */
bool text_nearly_same(const char *a, const char *b);

#endif
