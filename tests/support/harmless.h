/* What a terminal may be sent: harmless text and, between it, nothing but the control sequences
 * that src/term is known to send. It judges by itself, without the code and the tables that make
 * text harmless (src/base/text_cell.c), so that a hole there is seen here.
 *
 *     const struct harmless rules = {.rows = 24, .columns = 80};
 *     assert_harmless(&rules, pty_output(pty, &length), length, "the sheet");
 */
#ifndef TOUCHLINE_TESTS_HARMLESS_H
#define TOUCHLINE_TESTS_HARMLESS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

struct harmless {
    int rows, columns; /* of a screen that is painted; 0: lines of text, each ended by CR LF */
    bool ascii;        /* nothing else may come */
};

/* How many bytes from the start on may come to the terminal, all of them: `length`. Of the first
 * that may not, *why (may be NULL) says why. */
size_t harmless_length(const struct harmless *rules, const char *bytes, size_t length,
                       const char **why);

/* Fails the test where not all may, and shows the place; `what` says what wrote them. */
#define assert_harmless(rules, bytes, length, what)                                                \
    assert_harmless_at(rules, bytes, length, what, __FILE__, __LINE__)
void assert_harmless_at(const struct harmless *rules, const char *bytes, size_t length,
                        const char *what, const char *file, int line);

/* Text point by point. Begin with a zeroed one; zero it where a line or a control sequence ends. */
struct harmless_text {
    uint32_t before; /* the last point, 0: there is nothing to put a mark on */
    int marks;       /* in its cell */
};

/* Takes the next point; NULL, or why it may not stand there (text_show()). Its columns go to
 * *columns. Whether a joiner joins something behind it, too, is left to the caller. */
const char *harmless_take(struct harmless_text *text, uint32_t point, int *columns);

bool harmless_is_joiner(uint32_t point);
bool harmless_is_letter(uint32_t point); /* or a mark of one: what a joiner may stand between */

#endif
