/* What a field holds, whichever: a number, a text, or nothing. */
#include "touchline/record.h"
#include <string.h>

struct value value_absent(void)
{
    return (struct value){.type = VALUE_ABSENT};
}

struct value value_integer(int64_t integer)
{
    if (integer == FIELD_ABSENT)
        return value_absent();
    return (struct value){.type = VALUE_INTEGER, .integer = integer};
}

struct value value_text(const char *text)
{
    if (text == NULL || text[0] == '\0')
        return value_absent();
    return (struct value){.type = VALUE_TEXT, .text = text, .length = strlen(text)};
}

bool value_equal(struct value a, struct value b)
{
    if (a.type != b.type)
        return false;
    if (a.type == VALUE_INTEGER)
        return a.integer == b.integer;
    return a.type == VALUE_ABSENT ||
           (a.length == b.length && memcmp(a.text, b.text, a.length) == 0);
}
