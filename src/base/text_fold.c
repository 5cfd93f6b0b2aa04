/* Taking the case away (Unicode, CaseFolding.txt). */
#include "text_fold.h"
#include <string.h>
#include <utf8proc.h>

/* Simple folding out of utf8proc's full one: where that is one code point it is the simple one, and
 * where it is several (CaseFolding.txt, F) the simple one (S), if any, is the small letter. */
uint32_t text_fold_point(uint32_t point)
{
    if (point < 0x80)
        return (unsigned char)text_fold_byte((char)point);
    utf8proc_int32_t full[4];
    int boundary = 0;
    utf8proc_ssize_t count =
        utf8proc_decompose_char((utf8proc_int32_t)point, full, 4, UTF8PROC_CASEFOLD, &boundary);
    if (count == 1)
        return (uint32_t)full[0];
    return (uint32_t)utf8proc_tolower((utf8proc_int32_t)point);
}

size_t text_fold_first(const char *text, size_t length, char out[4], size_t *written)
{
    uint32_t point = 0;
    size_t taken = text_decode(text, length, &point);
    if (taken == 0) {
        out[0] = text[0];
        *written = 1;
        return 1;
    }
    *written = text_encode(text_fold_point(point), out);
    return taken;
}

void text_fold(struct buffer *out, const char *text, size_t length)
{
    for (size_t at = 0; at < length;) {
        char folded[4];
        size_t written = 0;
        at += text_fold_first(text + at, length - at, folded, &written);
        buffer_add(out, folded, written);
    }
}

/* A text folded as it goes, byte by byte. */
struct folding {
    const char *text;
    size_t length;
    char bytes[4]; /* of the character at hand, folded; from `given` on still to be had */
    size_t count, given;
};

static int next_byte(struct folding *folding)
{
    if (folding->given == folding->count) {
        if (folding->length == 0)
            return -1;
        size_t taken =
            text_fold_first(folding->text, folding->length, folding->bytes, &folding->count);
        folding->text += taken;
        folding->length -= taken;
        folding->given = 0;
    }
    return (unsigned char)folding->bytes[folding->given++];
}

int text_compare(const char *a, const char *b)
{
    struct folding one = {.text = a, .length = strlen(a)};
    struct folding other = {.text = b, .length = strlen(b)};
    int x, y;
    do {
        x = next_byte(&one);
        y = next_byte(&other);
    } while (x == y && x >= 0);
    return (x > y) - (x < y);
}
