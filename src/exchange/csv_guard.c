#include "touchline/csv.h"
#include <string.h>

/* What a spreadsheet takes for the beginning of a formula. */
static const char *const triggers[] = {
    "=", "+", "-", "@", "\t", "\r", "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20",
};

static size_t apostrophes(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[count] == '\'')
        count++;
    return count;
}

static bool is_live(const char *text, size_t length)
{
    for (size_t i = 0; i < sizeof triggers / sizeof triggers[0]; i++) {
        size_t wanted = strlen(triggers[i]);
        if (length >= wanted && memcmp(text, triggers[i], wanted) == 0)
            return true;
    }
    return false;
}

static size_t digits(const char *text, size_t length)
{
    size_t count = 0;
    while (count < length && text[count] >= '0' && text[count] <= '9')
        count++;
    return count;
}

/* -?[0-9]+(\.[0-9]+)? and nothing after it; of a text that has at least one byte. */
static bool is_number(const char *text, size_t length)
{
    size_t at = text[0] == '-';
    size_t whole = digits(text + at, length - at);
    at += whole;
    if (whole == 0 || at == length)
        return whole > 0;
    size_t part = text[at] == '.' ? digits(text + at + 1, length - at - 1) : 0;
    return part > 0 && at + 1 + part == length;
}

bool csv_guard_needed(const char *text, size_t length)
{
    size_t own = apostrophes(text, length);
    return is_live(text + own, length - own) && !is_number(text, length);
}

bool csv_guard_present(const char *text, size_t length)
{
    size_t own = apostrophes(text, length);
    return own > 0 && is_live(text + own, length - own);
}
