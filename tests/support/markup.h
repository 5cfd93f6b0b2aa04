/* What a page or a picture holds, seen by a reader of its own: XML without name spaces, DTD and
 * processing instructions. It knows nothing of the code that writes.
 *
 *     struct markup markup = {.element = take_element, .data = &seen};
 *     assert_null(markup_fault(&markup, text, length));
 */
#ifndef TOUCHLINE_TESTS_MARKUP_H
#define TOUCHLINE_TESTS_MARKUP_H

#include <stddef.h>

/* What is told of what is read; each may be NULL. Names end in a NUL. */
struct markup {
    void (*element)(void *data, const char *name);
    void (*attribute)(void *data, const char *element, const char *name, const char *value,
                      size_t length);
    void (*text)(void *data, const char *text, size_t length); /* entities are characters */
    void *data;
};

/* NULL when the document is well-formed: one element about all of it, each closed where it must be,
 * attributes quoted and of different names, entities known, and none but characters that XML 1.0
 * allows, in UTF-8. Else what is wrong, with the place in a static text. */
const char *markup_fault(const struct markup *markup, const char *text, size_t length);

#endif
