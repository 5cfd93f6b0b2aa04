/* The one way of a text into each kind of document. Whatever a stranger has written, it is text
 * there: no mark-up, no script, no link, and it turns the direction of nothing that stands beside
 * it. Both give valid UTF-8 of characters that XML 1.0 allows, and are alike in this:
 *
 * - C0 (but for LF, and TAB, which becomes a blank), DEL, C1, U+2028/9, noncharacters and bytes
 *   that are no UTF-8 are shown as U+FFFD.
 * - The controls of direction (U+202A-202E, U+2066-2069) are shown by name, "<U+202E>"; the marks
 *   (061C, 200E, 200F) are dropped.
 * - At most four combining marks stand on a letter.
 *
 * All else is as written, in any locale: a document is read elsewhere.
 */
#ifndef EXCHANGE_ESCAPE_H
#define EXCHANGE_ESCAPE_H

#include "touchline/buffer.h"

/* HTML and XML, within an element or a quoted attribute: & < > " ' are entities. LF stays. */
void escape_markup(struct buffer *out, const char *text, size_t length);

/* CommonMark and its kin, in a paragraph, a list's item or a table's cell: a backslash stands
 * before each sign that may mean something where it is. LF is <br>, so that the text stays in one
 * line; blanks that begin a line go, or it would be code. */
void escape_markdown(struct buffer *out, const char *text, size_t length);

#endif
