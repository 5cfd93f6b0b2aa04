/* Events read ahead, and whether they are keys or a paste without brackets. */
#ifndef TUI_BURST_H
#define TUI_BURST_H

#include "touchline/buffer.h"
#include "touchline/key.h"

struct burst {
    struct event *at;
    size_t next, count;
};

void burst_add(struct burst *burst, const struct event *event);
bool burst_take(struct burst *burst, struct event *event); /* false: none is left */
bool burst_is_empty(const struct burst *burst);
void burst_release(struct burst *burst);

bool burst_looks_pasted(const struct burst *burst);

/* All of it as text; it is empty after. */
void burst_take_text(struct burst *burst, struct buffer *text);

#endif
