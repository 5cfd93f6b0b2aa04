/* Reading from the front of bytes: what each of the take_...() calls gives back, and those for
 * plain bytes.
 */
#ifndef TOUCHLINE_TERM_TAKE_H
#define TOUCHLINE_TERM_TAKE_H

#include "touchline/key.h"

#define ESC         '\033'
#define REPLACEMENT 0xFFFD

struct span {
    const char *bytes;
    size_t length;
};

/* The bytes are not what the call reads, may become it when more of them come, or are used up to
 * there (the event stays empty when they mean nothing). */
struct taken {
    enum { NOT_THIS, NEEDS_MORE, TAKEN } how;
    size_t used;
};

struct taken take_nothing(void);
struct taken take_later(void);
struct taken took(size_t used);

struct span span_after(struct span span, size_t used);

void set_key(struct event *event, enum key_code code, unsigned modifiers);
void set_point(struct event *event, uint32_t point, unsigned modifiers);

/* C0 and DEL as keys. */
void set_control(struct event *event, unsigned char byte);

/* One character, or one byte that is none: U+FFFD, so that nothing typed vanishes unseen. */
struct taken take_character(struct span in, struct event *event);

/* Any first byte but Esc. */
struct taken take_plain(struct span in, struct event *event);

#endif
