/* The machine of term_input.h: what stands first in the bytes, and how long to wait for it. */
#include "term_input.h"
#include <string.h>

/* Waiting for the end of a character, or of a paste whose end may have been lost. */
enum { CHARACTER_MS = 1000, PASTE_MS = 2000 };

/* --- after an Esc ----------------------------------------------------------------------------- */

/* Alt arrives as Esc in front of what the key sends by itself. Two Escs in a row are not one of
 * them: a person who leaves twice, or leaves and goes on with an arrow, is quicker than a line. */
static struct taken take_alt(struct span in, struct event *event)
{
    struct taken taken = in.bytes[0] == ESC ? take_nothing() : take_plain(in, event);
    if (event->key.code != K_NONE)
        event->key.modifiers |= KEY_ALT;
    return taken;
}

/* `in` begins after the Esc. */
static struct taken take_sequence(struct input *input, struct span in, int64_t now_ms,
                                  struct event *event)
{
    struct taken taken;
    if (in.length == 0)
        return take_later();
    if (in.bytes[0] == '[')
        taken = take_csi(&input->reports, span_after(in, 1), now_ms, event);
    else if (in.bytes[0] == 'O')
        taken = take_ss3(span_after(in, 1), event);
    else if (in.bytes[0] == ']')
        taken = take_answer(&input->reports, span_after(in, 1));
    else
        return take_alt(in, event);
    taken.used++;
    return taken;
}

/* The terminal's own sequences, whole (the longest wins) or begun. */
static struct taken take_own(const struct input *input, struct span in, struct event *event)
{
    struct taken best = take_nothing();
    for (size_t i = 0; i < input->owns; i++) {
        const struct input_own *own = &input->own[i];
        size_t common = own->length < in.length ? own->length : in.length;
        if (memcmp(own->bytes, in.bytes, common) != 0)
            continue;
        if (common < own->length) {
            if (best.how == NOT_THIS)
                best = take_later();
        } else if (best.how != TAKEN || own->length > best.used) {
            best = took(own->length);
            event->key = own->key;
        }
    }
    return best;
}

static struct taken take_escape(struct input *input, struct span in, int64_t now_ms,
                                struct event *event)
{
    struct taken own = take_own(input, in, event);
    if (own.how == TAKEN)
        return own;
    struct taken taken = take_sequence(input, span_after(in, 1), now_ms, event);
    taken.used++;
    if (taken.how == NOT_THIS && own.how == NEEDS_MORE)
        return take_later();
    return taken;
}

/* A bare Esc: remembered, because the rest of a sequence may still come. */
static size_t give_escape(struct input *input, int64_t now_ms, struct event *event)
{
    set_key(event, K_ESC, 0);
    input->escaped = true;
    input->escaped_at = now_ms;
    return 1;
}

/* --- a sequence whose Esc was taken for the key ----------------------------------------------- */

static bool may_be_late(const struct input *input, struct span in, int64_t now_ms)
{
    return input->escaped && now_ms - input->escaped_at <= INPUT_LATE_MS &&
           (in.bytes[0] == '[' || in.bytes[0] == 'O');
}

/* The key that it stands for is dropped, Esc having been acted upon; a paste, the mouse and focus
 * count. Words that begin like one ("On") are text. */
static struct taken take_late(struct input *input, struct span in, int64_t now_ms,
                              struct event *event)
{
    struct taken taken = take_sequence(input, in, now_ms, event);
    bool text = event->key.code == K_CHAR || event->key.code == K_ENTER || event->key.code == K_TAB;
    if (taken.how == TAKEN && text)
        taken = take_nothing();
    if (taken.how != TAKEN || event->key.code < K_PASTE)
        *event = (struct event){0};
    return taken;
}

/* --- the machine ------------------------------------------------------------------------------ */

static struct taken take(struct input *input, struct span in, int64_t now_ms, struct event *event)
{
    if (input->paste.begun)
        return take_paste(&input->paste, in, event);
    if (may_be_late(input, in, now_ms)) {
        struct taken taken = take_late(input, in, now_ms, event);
        if (taken.how != NOT_THIS)
            return taken;
    }
    if (in.bytes[0] != ESC)
        return take_plain(in, event);
    struct taken taken = take_escape(input, in, now_ms, event);
    if (taken.how == NOT_THIS)
        return took(give_escape(input, now_ms, event));
    return taken;
}

/* The patience is over: what the incomplete bytes are to count as. What can only be a sequence is
 * dropped; Esc and a bracket may have been two keys. */
static size_t give_up(struct input *input, struct span in, int64_t now_ms, struct event *event)
{
    unsigned char first = (unsigned char)in.bytes[0];
    bool sequence = in.length > 2 && (in.bytes[1] == '[' || in.bytes[1] == ']');
    if (input->paste.begun && first != ESC) {
        paste_replacement(&input->paste);
        return 1;
    }
    if (input->paste.begun) {
        paste_end(&input->paste, event);
        input->escaped = true;
        input->escaped_at = now_ms;
        return in.length;
    }
    if (first == ESC)
        return sequence ? in.length : give_escape(input, now_ms, event);
    set_point(event, first < 0x80 ? first : REPLACEMENT, 0);
    return 1;
}

static struct span rest_of(const struct input *input)
{
    return (struct span){buffer_text(&input->bytes) + input->at, input->bytes.length - input->at};
}

/* Moves on by what was used; a key other than Esc ends the time in which the rest of its sequence
 * may come. */
static void advance(struct input *input, size_t used, const struct event *event)
{
    input->at += used;
    if (event->key.code != K_NONE && event->key.code != K_ESC)
        input->escaped = false;
    if (input->at == input->bytes.length) {
        buffer_clear(&input->bytes);
        input->at = 0;
    }
}

/* The beginning of a paste is not yet an event. */
static void begin_paste(struct input *input, struct event *event)
{
    if (event->key.code != K_PASTE || event->paste != NULL)
        return;
    input->paste.begun = true;
    event->key.code = K_NONE;
}

/* Whoever does not know of it sees a screen that heeds no key. */
static bool tell_stalled(struct input *input, struct event *event)
{
    if (!input->paste.begun || input->paste.stalled)
        return false;
    input->paste.stalled = true;
    set_key(event, K_STALLED, 0);
    return true;
}

enum input_state input_next(struct input *input, int64_t now_ms, bool waited, struct event *event)
{
    *event = (struct event){0};
    while (input->at < input->bytes.length) {
        struct span in = rest_of(input);
        struct taken taken = take(input, in, now_ms, event);
        if (taken.how == NEEDS_MORE && !waited)
            return INPUT_PART;
        if (taken.how == NEEDS_MORE) {
            *event = (struct event){0};
            taken = took(give_up(input, in, now_ms, event));
        }
        waited = false;
        begin_paste(input, event);
        advance(input, taken.used, event);
        if (event->key.code != K_NONE)
            return INPUT_EVENT;
    }
    return waited && tell_stalled(input, event) ? INPUT_EVENT : INPUT_EMPTY;
}

int input_patience(const struct input *input, int escape_ms)
{
    struct span in = rest_of(input);
    if (in.length == 0)
        return input->paste.begun && !input->paste.stalled ? PASTE_MS : -1;
    if (in.bytes[0] == ESC && input->paste.begun)
        return in.length == 1 ? PASTE_MS : -1;
    if (in.bytes[0] == ESC)
        return in.length == 1 ? escape_ms : INPUT_LATE_MS;
    return (unsigned char)in.bytes[0] < 0x80 ? INPUT_LATE_MS : CHARACTER_MS;
}

void input_feed(struct input *input, const char *bytes, size_t length)
{
    buffer_remove(&input->bytes, 0, input->at);
    input->at = 0;
    buffer_add(&input->bytes, bytes, length);
}

void input_add_own(struct input *input, const char *sequence, struct key key)
{
    size_t length = strlen(sequence);
    if (length < 2 || length > INPUT_OWN_LENGTH_MAX || input->owns == INPUT_OWN_MAX)
        return;
    struct input_own *own = &input->own[input->owns++];
    memcpy(own->bytes, sequence, length);
    own->length = length;
    own->key = key;
}

void input_release(struct input *input)
{
    buffer_release(&input->bytes);
    buffer_release(&input->paste.text);
    *input = (struct input){0};
}
