#include "term_paste.h"
#include "touchline/text.h"
#include <string.h>

static void paste_add(struct paste *paste, const char *bytes, size_t length)
{
    size_t room = PASTE_MAX - paste->text.length;
    if (length <= room)
        buffer_add(&paste->text, bytes, length);
}

static bool stays_as_it_is(char byte)
{
    return (byte >= ' ' && byte <= '~') || byte == '\t';
}

/* Bytes at the beginning that need no look each. */
static size_t plain_run(struct span in)
{
    size_t run = 0;
    while (run < in.length && stays_as_it_is(in.bytes[run]))
        run++;
    return run;
}

/* One byte or character that cannot: line ends become LF, other controls go, what is not UTF-8
 * becomes U+FFFD. 0 when its rest has not come yet. */
static size_t paste_one(struct paste *paste, struct span in)
{
    struct event event = {0};
    bool after_cr = paste->ended_in_cr;
    paste->ended_in_cr = in.bytes[0] == '\r';
    if (in.bytes[0] == '\r' || (in.bytes[0] == '\n' && !after_cr))
        paste_add(paste, "\n", 1);
    if ((unsigned char)in.bytes[0] < 0x80)
        return 1;
    struct taken taken = take_character(in, &event);
    if (taken.how == TAKEN && event.key.code == K_CHAR) {
        char bytes[4];
        paste_add(paste, bytes, text_encode(event.key.point, bytes));
    }
    return taken.used;
}

void paste_replacement(struct paste *paste)
{
    char bytes[4];
    paste_add(paste, bytes, text_encode(REPLACEMENT, bytes));
}

void paste_end(struct paste *paste, struct event *event)
{
    paste->begun = false;
    paste->stalled = false;
    paste->ended_in_cr = false;
    if (paste->text.length == 0)
        return;
    set_key(event, K_PASTE, 0);
    event->paste = buffer_take(&paste->text);
}

struct taken take_paste(struct paste *paste, struct span in, struct event *event)
{
    static const char end[] = "\033[201~";
    const size_t end_length = sizeof end - 1;
    size_t used = 0;
    while (used < in.length) {
        struct span rest = span_after(in, used);
        size_t common = rest.length < end_length ? rest.length : end_length;
        size_t step = plain_run(rest);
        if (step > 0) {
            paste_add(paste, rest.bytes, step);
            paste->ended_in_cr = false;
        } else if (memcmp(rest.bytes, end, common) != 0)
            step = paste_one(paste, rest);
        else if (common == end_length) {
            paste_end(paste, event);
            return took(used + end_length);
        }
        if (step == 0)
            break;
        used += step;
    }
    return used == 0 ? take_later() : took(used);
}
