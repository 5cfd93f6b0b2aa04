/* What the files of text.h that compare without case share. */
#ifndef TOUCHLINE_BASE_TEXT_FOLD_H
#define TOUCHLINE_BASE_TEXT_FOLD_H

#include "touchline/text.h"

/* As text_fold() folds one code point, or one byte of ASCII (others stay). */
uint32_t text_fold_point(uint32_t point);
static inline char text_fold_byte(char byte)
{
    return byte >= 'A' && byte <= 'Z' ? (char)(byte | 0x20) : byte;
}

/* The first code point of `text` (length > 0), folded, as UTF-8 in `out`; a byte that is not UTF-8
 * as it is. Gives the bytes taken, and those written in *written. */
size_t text_fold_first(const char *text, size_t length, char out[4], size_t *written);

#endif
