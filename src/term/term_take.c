#include "term_take.h"
#include "touchline/text.h"

struct taken take_nothing(void)
{
    return (struct taken){NOT_THIS, 0};
}

struct taken take_later(void)
{
    return (struct taken){NEEDS_MORE, 0};
}

struct taken took(size_t used)
{
    return (struct taken){TAKEN, used};
}

struct span span_after(struct span span, size_t used)
{
    return (struct span){span.bytes + used, span.length - used};
}

void set_key(struct event *event, enum key_code code, unsigned modifiers)
{
    event->key = (struct key){.code = code, .modifiers = modifiers};
}

void set_point(struct event *event, uint32_t point, unsigned modifiers)
{
    event->key = (struct key){.code = K_CHAR, .modifiers = modifiers, .point = point};
}

/* Backspace sends DEL or, on some terminals, C-h; Enter sends CR, C-j LF. */
void set_control(struct event *event, unsigned char byte)
{
    static const char beyond_z[] = "[\\]^_";
    if (byte == '\r' || byte == '\n')
        set_key(event, K_ENTER, 0);
    else if (byte == '\t')
        set_key(event, K_TAB, 0);
    else if (byte == '\b' || byte == 0x7F)
        set_key(event, K_BACKSPACE, 0);
    else if (byte == 0)
        set_point(event, ' ', KEY_CTRL);
    else if (byte <= 26)
        set_point(event, (uint32_t)('a' + byte - 1), KEY_CTRL);
    else
        set_point(event, (unsigned char)beyond_z[byte - 27], KEY_CTRL);
}

/* Bytes of the character that `lead` begins; 1 for what begins none. */
static size_t character_length(unsigned char lead)
{
    return lead < 0xC2 || lead > 0xF4 ? 1 : lead < 0xE0 ? 2 : lead < 0xF0 ? 3 : 4;
}

/* True when the bytes may be the beginning of a character whose rest has not come yet. */
static bool is_cut_character(struct span in)
{
    size_t whole = character_length((unsigned char)in.bytes[0]);
    if (in.length >= whole)
        return false;
    for (size_t i = 1; i < in.length; i++)
        if (((unsigned char)in.bytes[i] & 0xC0) != 0x80)
            return false;
    return true;
}

/* What is not UTF-8 becomes U+FFFD: nothing typed vanishes unseen. C1 controls are no keys. */
struct taken take_character(struct span in, struct event *event)
{
    uint32_t point = 0;
    if (is_cut_character(in))
        return take_later();
    size_t used = text_decode(in.bytes, in.length, &point);
    if (used == 0)
        point = REPLACEMENT;
    if (point >= 0xA0)
        set_point(event, point, 0);
    return took(used == 0 ? 1 : used);
}

struct taken take_plain(struct span in, struct event *event)
{
    unsigned char byte = (unsigned char)in.bytes[0];
    if (byte >= 0x80)
        return take_character(in, event);
    if (byte < 0x20 || byte == 0x7F)
        set_control(event, byte);
    else
        set_point(event, byte, 0);
    return took(1);
}
