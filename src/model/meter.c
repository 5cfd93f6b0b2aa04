#include "touchline/method.h"
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

void count_format(int64_t count, struct buffer *out)
{
    char digits[24];
    int length = snprintf(digits, sizeof digits, "%" PRId64, count);
    for (int i = 0; i < length; i++) {
        buffer_add_byte(out, digits[i]);
        if (digits[i] != '-' && i + 1 < length && (length - 1 - i) % 3 == 0)
            buffer_add_byte(out, ',');
    }
}
