/* Stretches of text as people type them: words compared without case (Unicode simple folding),
 * numbers, lengths of time. Private to the model. */
#ifndef TOUCHLINE_MODEL_SPAN_H
#define TOUCHLINE_MODEL_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A stretch of text that belongs to somebody else. */
struct span {
    const char *text;
    size_t length;
};
struct span span_of(const char *text);   /* NULL: empty */
struct span span_trim(struct span span); /* without blanks at both ends */
struct span span_from(struct span span, size_t at);
bool byte_is_blank(char byte); /* space, TAB, LF, CR */
bool byte_is_digit(char byte); /* ASCII only, whatever the locale */
bool span_is(struct span span, const char *word);
bool span_starts_with(struct span span, struct span start);

/* Whether it is one of a comma-separated list of words (NULL: none). */
bool span_is_listed(struct span span, const char *list);

/* The next word of `rest`, which is left with what follows it; length 0 at its end. */
struct span span_next_word(struct span *rest);

/* Reads digits alone, in groups of three where commas stand between them ("1,250"). False when it
 * is anything else or more than `most`. */
bool span_number(struct span span, int64_t most, int64_t *number);

/* A length of time in seconds: "90", "20 s", "2m", "1 h 30 min". */
bool span_seconds(struct span span, int64_t most, int64_t *seconds);

#endif
