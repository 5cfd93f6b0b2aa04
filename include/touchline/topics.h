/* room: command
 *
 * What the help tells beside the commands: the steps, the words, the signs, the mouse, and four
 * short answers to what is said against all this (R29). Texts speak of the customer; topic_format()
 * puts the board's own noun there (R24).
 */
#ifndef TOUCHLINE_TOPICS_H
#define TOUCHLINE_TOPICS_H

#include "touchline/buffer.h"

struct topic {
    const char *title; /* "We have no money" */
    const char *text;  /* paragraphs, each a line */
};

/* In the order of the help; *count of them. */
const struct topic *topic_table(size_t *count);

/* Its text with `noun` for the customer. */
void topic_format(const struct topic *topic, const char *noun, struct buffer *out);

#endif
