/* Bytes into events; the grammar of term_input.h. Each take_...() looks at the bytes that are there
 * and says how many it has used, that it needs more, or that they are not what it reads. */
#include "term_input.h"
#include "touchline/text.h"
#include <stdlib.h>
#include <string.h>

#define ESC         '\033'
#define REPLACEMENT 0xFFFD

/* The longest control sequence and answer waited for; what is longer is noise. */
enum { SEQUENCE_MAX = 64, ANSWER_MAX = 256 };

/* Waiting for the end of a character, or of a paste whose end may have been lost. */
enum { CHARACTER_MS = 1000, PASTE_MS = 2000 };

struct span {
    const char *bytes;
    size_t length;
};

struct taken {
    enum { NOT_THIS, NEEDS_MORE, TAKEN } how;
    size_t used;
};

static const struct taken not_this = {NOT_THIS, 0}, needs_more = {NEEDS_MORE, 0};

static struct taken took(size_t used)
{
    return (struct taken){TAKEN, used};
}

static struct span after(struct span span, size_t used)
{
    return (struct span){span.bytes + used, span.length - used};
}

static void set_key(struct event *event, enum key_code code, unsigned modifiers)
{
    event->key = (struct key){.code = code, .modifiers = modifiers};
}

static void set_point(struct event *event, uint32_t point, unsigned modifiers)
{
    event->key = (struct key){.code = K_CHAR, .modifiers = modifiers, .point = point};
}

/* --- plain bytes -----------------------------------------------------------------------------
 */

/* C0 and DEL as keys. Backspace sends DEL or, on some terminals, C-h; Enter sends CR, C-j LF. */
static void take_control(unsigned char byte, struct event *event)
{
    static const char beyond_z[] = "\\]^_";
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
        set_point(event, (unsigned char)beyond_z[byte - 28], KEY_CTRL);
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
static struct taken take_character(struct span in, struct event *event)
{
    uint32_t point = 0;
    if (is_cut_character(in))
        return needs_more;
    size_t used = text_decode(in.bytes, in.length, &point);
    if (used == 0)
        point = REPLACEMENT;
    if (point >= 0xA0)
        set_point(event, point, 0);
    return took(used == 0 ? 1 : used);
}

static struct taken take_plain(struct span in, struct event *event)
{
    unsigned char byte = (unsigned char)in.bytes[0];
    if (byte >= 0x80)
        return take_character(in, event);
    if (byte < 0x20 || byte == 0x7F)
        take_control(byte, event);
    else
        set_point(event, byte, 0);
    return took(1);
}

/* --- mouse -----------------------------------------------------------------------------------
 */

/* The bits of a button in a report (xterm, ctlseqs, "Mouse Tracking"). */
enum {
    BUTTON_WHICH = 3,
    BUTTON_SHIFT = 4,
    BUTTON_META = 8,
    BUTTON_CTRL = 16,
    BUTTON_MOTION = 32,
    BUTTON_WHEEL = 64,
    BUTTON_EXTRA = 128
};

static bool is_double(struct input *input, struct mouse press, int64_t now_ms)
{
    bool twice = input->pressed && now_ms - input->pressed_at <= INPUT_DOUBLE_MS &&
                 input->press.row == press.row && input->press.column == press.column;
    input->pressed = !twice;
    input->pressed_at = now_ms;
    input->press = press;
    return twice;
}

/* What a report means, or -1: only the left button and the vertical wheel do anything. The
 * horizontal one (66, 67) would fly over a board that is laid out sideways. */
static int mouse_act(int button, bool release)
{
    int which = button & BUTTON_WHICH;
    if (button & BUTTON_EXTRA)
        return -1;
    if (button & BUTTON_WHEEL)
        return which == 0 ? MOUSE_WHEEL_UP : which == 1 ? MOUSE_WHEEL_DOWN : -1;
    if (which != 0)
        return -1;
    return release ? MOUSE_RELEASE : button & BUTTON_MOTION ? MOUSE_DRAG : MOUSE_PRESS;
}

static void set_mouse(struct input *input, int button, bool release, int column, int row,
                      int64_t now_ms, struct event *event)
{
    int act = mouse_act(button, release);
    if (act < 0 || row < 1 || column < 1)
        return;
    struct mouse mouse = {.act = (enum mouse_act)act, .row = row - 1, .column = column - 1};
    if (act == MOUSE_PRESS && is_double(input, mouse, now_ms))
        mouse.act = MOUSE_DOUBLE;
    if (act == MOUSE_DRAG)
        input->pressed = false;
    event->mouse = mouse;
    set_key(event, K_MOUSE,
            (button & BUTTON_SHIFT ? KEY_SHIFT : 0u) | (button & BUTTON_META ? KEY_ALT : 0u) |
                (button & BUTTON_CTRL ? KEY_CTRL : 0u));
}

/* ESC [ M and three bytes, from terminals without 1006: button, column, row, each plus 32. A
 * release does not say of which button. */
static struct taken take_x10_mouse(struct input *input, struct span in, int64_t now_ms,
                                   struct event *event)
{
    if (in.length < 4)
        return needs_more;
    int button = (unsigned char)in.bytes[1] - 32;
    bool release = (button & (BUTTON_WHICH | BUTTON_MOTION | BUTTON_WHEEL)) == BUTTON_WHICH;
    set_mouse(input, release ? button & ~BUTTON_WHICH : button, release,
              (unsigned char)in.bytes[2] - 32, (unsigned char)in.bytes[3] - 32, now_ms, event);
    return took(4);
}

/* --- control sequences: ESC [ ... --------------------------------------------------------------
 */

struct sequence {
    char private; /* one of < = > ?, or 0 */
    int parameters[4];
    int count;
    char final;
};

/* A final byte and the key it stands for. */
struct final {
    char final;
    enum key_code code;
    unsigned modifiers;
};

static const struct final csi_finals[] = {
    {'A', K_UP,        0        },
    {'B', K_DOWN,      0        },
    {'C', K_RIGHT,     0        },
    {'D', K_LEFT,      0        },
    {'H', K_HOME,      0        },
    {'F', K_END,       0        },
    {'P', K_F1,        0        },
    {'Q', K_F1 + 1,    0        },
    {'R', K_F1 + 2,    0        },
    {'S', K_F1 + 3,    0        },
    {'Z', K_TAB,       KEY_SHIFT},
    {'I', K_FOCUS_IN,  0        },
    {'O', K_FOCUS_OUT, 0        },
    {'a', K_UP,        KEY_SHIFT},
    {'b', K_DOWN,      KEY_SHIFT}, /* rxvt */
    {'c', K_RIGHT,     KEY_SHIFT},
    {'d', K_LEFT,      KEY_SHIFT},
};

static const struct final ss3_finals[] = {
    {'A', K_UP,     0       },
    {'B', K_DOWN,   0       },
    {'C', K_RIGHT,  0       },
    {'D', K_LEFT,   0       },
    {'H', K_HOME,   0       },
    {'F', K_END,    0       },
    {'P', K_F1,     0       },
    {'Q', K_F1 + 1, 0       },
    {'R', K_F1 + 2, 0       },
    {'S', K_F1 + 3, 0       },
    {'M', K_ENTER,  0       },
    {'I', K_TAB,    0       },
    {'a', K_UP,     KEY_CTRL},
    {'b', K_DOWN,   KEY_CTRL}, /* rxvt */
    {'c', K_RIGHT,  KEY_CTRL},
    {'d', K_LEFT,   KEY_CTRL},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool set_final(const struct final *finals, size_t count, char final, unsigned modifiers,
                      struct event *event)
{
    for (size_t i = 0; i < count; i++)
        if (finals[i].final == final) {
            set_key(event, finals[i].code, finals[i].modifiers | modifiers);
            return true;
        }
    return false;
}

/* The number in front of `~` (DEC's function keys, as xterm, rxvt and the console number them). */
static enum key_code numbered_key(int number)
{
    static const unsigned char codes[] = {
        [1] = K_HOME,      [2] = K_INSERT,  [3] = K_DELETE,  [4] = K_END,      [5] = K_PAGE_UP,
        [6] = K_PAGE_DOWN, [7] = K_HOME,    [8] = K_END,     [11] = K_F1,      [12] = K_F1 + 1,
        [13] = K_F1 + 2,   [14] = K_F1 + 3, [15] = K_F1 + 4, [17] = K_F1 + 5,  [18] = K_F1 + 6,
        [19] = K_F1 + 7,   [20] = K_F1 + 8, [21] = K_F1 + 9, [23] = K_F1 + 10, [24] = K_F12,
    };
    return number >= 0 && (size_t)number < COUNT(codes) ? (enum key_code)codes[number] : K_NONE;
}

/* xterm's modifier parameter: 1 + shift 1, alt 2, ctrl 4, meta 8. */
static unsigned modifiers_of(int parameter)
{
    unsigned bits = parameter > 1 ? (unsigned)parameter - 1 : 0;
    return (bits & 1 ? KEY_SHIFT : 0u) | (bits & 2 || bits & 8 ? KEY_ALT : 0u) |
           (bits & 4 ? KEY_CTRL : 0u);
}

/* A character told by number (modifyOtherKeys, CSI u). Shift is part of the character. */
static void set_numbered_point(int number, unsigned modifiers, struct event *event)
{
    uint32_t point = (uint32_t)number;
    if (point < 0x20 || point == 0x7F) {
        if (point == ESC)
            set_key(event, K_ESC, modifiers);
        else
            take_control((unsigned char)point, event);
        event->key.modifiers |= modifiers;
        return;
    }
    if (point > 0x10FFFF || (point >= 0xD800 && point <= 0xDFFF) || (point >= 0x80 && point < 0xA0))
        return;
    if ((modifiers & KEY_CTRL) && point >= 'A' && point <= 'Z')
        point += 'a' - 'A';
    else if ((modifiers & KEY_SHIFT) && point >= 'a' && point <= 'z')
        point -= 'a' - 'A';
    set_point(event, point, modifiers & ~(unsigned)KEY_SHIFT);
}

static void set_tilde(struct input *input, const struct sequence *sequence, struct event *event)
{
    int number = sequence->parameters[0];
    unsigned modifiers = modifiers_of(sequence->parameters[1]);
    if (number == 200)
        input->pasting = true;
    else if (number == 27 && sequence->count >= 3)
        set_numbered_point(sequence->parameters[2], modifiers, event);
    else if (numbered_key(number) != K_NONE)
        set_key(event, numbered_key(number), modifiers);
}

/* rxvt ends its numbered keys in $ with Shift, ^ with Ctrl and @ with both. */
static unsigned rxvt_modifiers(char final)
{
    return final == '$' ? KEY_SHIFT : final == '^' ? KEY_CTRL : KEY_SHIFT | KEY_CTRL;
}

static void set_sequence(struct input *input, const struct sequence *sequence, int64_t now_ms,
                         struct event *event)
{
    const int *parameters = sequence->parameters;
    char final = sequence->final;
    if (sequence->private == '<' && (final == 'M' || final == 'm') && sequence->count == 3)
        set_mouse(input, parameters[0], final == 'm', parameters[1], parameters[2], now_ms, event);
    else if (sequence->private == '?' && final == 'c')
        input->answered = true;
    else if (sequence->private != 0)
        return;
    else if (final == '~')
        set_tilde(input, sequence, event);
    else if (final == 'u')
        set_numbered_point(parameters[0], modifiers_of(parameters[1]), event);
    else if (final == '$' || final == '^' || final == '@') {
        if (numbered_key(parameters[0]) != K_NONE)
            set_key(event, numbered_key(parameters[0]), rxvt_modifiers(final));
    } else
        set_final(csi_finals, COUNT(csi_finals), final, modifiers_of(parameters[1]), event);
}

/* Reads "digits ; digits ..." from *at on; what follows a ':' is detail that no key here needs. */
static void read_parameters(struct span in, size_t *at, struct sequence *sequence)
{
    int *parameters = sequence->parameters, place = 0;
    bool detail = false, any = false;
    for (; *at < in.length && in.bytes[*at] >= '0' && in.bytes[*at] <= ';'; (*at)++) {
        char byte = in.bytes[*at];
        any = true;
        if (byte == ';') {
            place++;
            detail = false;
        } else if (byte == ':')
            detail = true;
        else if (!detail && place < (int)COUNT(sequence->parameters) && parameters[place] < 1000000)
            parameters[place] = parameters[place] * 10 + byte - '0';
    }
    sequence->count = any ? place + 1 : 0;
}

/* `in` begins after ESC [. A byte that no sequence holds ends it unread. */
static struct taken take_csi(struct input *input, struct span in, int64_t now_ms,
                             struct event *event)
{
    struct sequence sequence = {0};
    size_t at = 0;
    if (in.length == 0)
        return needs_more;
    if (in.bytes[0] == 'M')
        return take_x10_mouse(input, in, now_ms, event);
    if (in.bytes[0] == '[') { /* the Linux console's F1 to F5: ESC [ [ A */
        if (in.length < 2)
            return needs_more;
        if (in.bytes[1] >= 'A' && in.bytes[1] <= 'E')
            set_key(event, (enum key_code)(K_F1 + in.bytes[1] - 'A'), 0);
        return took(2);
    }
    if (in.bytes[0] >= '<' && in.bytes[0] <= '?')
        sequence.private = in.bytes[at++];
    read_parameters(in, &at, &sequence);
    while (at < in.length && in.bytes[at] >= ' ' && in.bytes[at] <= '/' && in.bytes[at] != '$')
        at++;
    if (at == in.length)
        return at < SEQUENCE_MAX ? needs_more : took(at);
    sequence.final = in.bytes[at];
    if (sequence.final != '$' && (sequence.final < '@' || sequence.final > '~'))
        return took(at);
    set_sequence(input, &sequence, now_ms, event);
    return took(at + 1);
}

/* --- ESC O ..., ESC ] ... -----------------------------------------------------------------------
 */

/* The numeric pad in application mode sends ESC O and one of these for its characters. */
static bool set_pad(char final, struct event *event)
{
    static const char finals[] = "jklmnopqrstuvwxyX", characters[] = "*+,-./0123456789=";
    const char *found = final != '\0' ? strchr(finals, final) : NULL;
    if (found != NULL)
        set_point(event, (unsigned char)characters[found - finals], 0);
    return found != NULL;
}

/* `in` begins after ESC O; some terminals put the modifiers in between. */
static struct taken take_ss3(struct span in, struct event *event)
{
    int modifiers = 0;
    size_t at = 0;
    if (in.length > 0 && in.bytes[0] >= '1' && in.bytes[0] <= '9')
        modifiers = in.bytes[at++] - '0';
    if (at == in.length)
        return needs_more;
    if (!set_final(ss3_finals, COUNT(ss3_finals), in.bytes[at], modifiers_of(modifiers), event) &&
        !set_pad(in.bytes[at], event))
        return not_this;
    return took(at + 1);
}

/* The share (0 to 1) that 1 to 4 hexadecimal digits tell, and where they end. */
static double read_share(const char **at)
{
    char *end = NULL;
    char digits[5] = {0};
    size_t count = strspn(*at, "0123456789abcdefABCDEF");
    count = count < 4 ? count : 4;
    memcpy(digits, *at, count);
    unsigned long value = strtoul(digits, &end, 16);
    *at += count;
    if (**at == '/')
        (*at)++;
    return count == 0 ? 0 : (double)value / (double)((1ul << (4 * count)) - 1);
}

/* "11;rgb:ffff/ffff/ffff" is the answer to the question for the ground. */
static void read_answer(struct input *input, const char *answer)
{
    static const char question[] = "11;rgb";
    const char *at = strchr(answer, ':');
    if (strncmp(answer, question, strlen(question)) != 0 || at == NULL)
        return;
    at++;
    input->ground.told = true;
    input->ground.red = read_share(&at);
    input->ground.green = read_share(&at);
    input->ground.blue = read_share(&at);
}

/* `in` begins after ESC ]. Only a digit begins an answer; anything else is Alt and a bracket. */
static struct taken take_answer(struct input *input, struct span in)
{
    char answer[ANSWER_MAX];
    size_t end = 0;
    if (in.length == 0)
        return needs_more;
    if (in.bytes[0] < '0' || in.bytes[0] > '9')
        return not_this;
    while (end < in.length && in.bytes[end] != '\a' && in.bytes[end] != ESC)
        end++;
    if (end >= ANSWER_MAX)
        return took(end);
    if (end == in.length || (in.bytes[end] == ESC && end + 1 == in.length))
        return needs_more;
    memcpy(answer, in.bytes, end);
    answer[end] = '\0';
    read_answer(input, answer);
    bool by_st = in.bytes[end] == ESC && in.bytes[end + 1] == '\\';
    return took(end + (by_st ? 2 : in.bytes[end] == '\a' ? 1 : 0));
}

/* --- after an Esc --- */

static struct taken take_sequence(struct input *input, struct span in, int64_t now_ms,
                                  struct event *event);

/* Alt arrives as Esc in front of what the key sends by itself, which may be a sequence too. */
static struct taken take_alt(struct input *input, struct span in, int64_t now_ms,
                             struct event *event)
{
    struct taken taken;
    if (in.bytes[0] != ESC)
        taken = take_plain(in, event);
    else if (in.length > 1 && in.bytes[1] != '[' && in.bytes[1] != 'O')
        return not_this;
    else {
        taken = take_sequence(input, after(in, 1), now_ms, event);
        taken.used++;
    }
    if (taken.how == TAKEN && event->key.code != K_NONE)
        event->key.modifiers |= KEY_ALT;
    return taken;
}

/* `in` begins after the Esc. */
static struct taken take_sequence(struct input *input, struct span in, int64_t now_ms,
                                  struct event *event)
{
    struct taken taken = not_this;
    if (in.length == 0)
        return needs_more;
    if (in.bytes[0] == '[')
        taken = take_csi(input, after(in, 1), now_ms, event);
    else if (in.bytes[0] == 'O')
        taken = take_ss3(after(in, 1), event);
    else if (in.bytes[0] == ']')
        taken = take_answer(input, after(in, 1));
    else
        return take_alt(input, in, now_ms, event);
    taken.used++;
    return taken;
}

/* The terminal's own sequences, whole (the longest wins) or begun. */
static struct taken take_own(const struct input *input, struct span in, struct event *event)
{
    struct taken best = not_this;
    for (size_t i = 0; i < input->owns; i++) {
        const struct input_own *own = &input->own[i];
        size_t common = own->length < in.length ? own->length : in.length;
        if (memcmp(own->bytes, in.bytes, common) != 0)
            continue;
        if (common < own->length) {
            if (best.how == NOT_THIS)
                best = needs_more;
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
    struct taken taken = take_sequence(input, after(in, 1), now_ms, event);
    taken.used++;
    if (taken.how == NOT_THIS && own.how == NEEDS_MORE)
        return needs_more;
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

/* --- a sequence whose Esc was taken for the key --- */

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
        taken = not_this;
    if (taken.how != TAKEN || event->key.code < K_MOUSE)
        *event = (struct event){0};
    return taken;
}

/* --- paste --- */

static void paste_add(struct input *input, const char *bytes, size_t length)
{
    size_t room = INPUT_PASTE_MAX - input->paste.length;
    if (length <= room)
        buffer_add(&input->paste, bytes, length);
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
static size_t paste_one(struct input *input, struct span in)
{
    struct event event = {0};
    bool after_cr = input->paste_ended_in_cr;
    input->paste_ended_in_cr = in.bytes[0] == '\r';
    if (in.bytes[0] == '\r' || (in.bytes[0] == '\n' && !after_cr))
        paste_add(input, "\n", 1);
    if ((unsigned char)in.bytes[0] < 0x80)
        return 1;
    struct taken taken = take_character(in, &event);
    if (taken.how == TAKEN && event.key.code == K_CHAR) {
        char bytes[4];
        paste_add(input, bytes, text_encode(event.key.point, bytes));
    }
    return taken.used;
}

static void end_paste(struct input *input, struct event *event)
{
    input->pasting = false;
    input->paste_ended_in_cr = false;
    if (input->paste.length == 0)
        return;
    set_key(event, K_PASTE, 0);
    event->paste = buffer_take(&input->paste);
}

/* Gathers what has come of a paste; 0 used when its next byte needs another to be understood. */
static struct taken take_paste(struct input *input, struct span in, struct event *event)
{
    static const char end[] = "\033[201~";
    const size_t end_length = sizeof end - 1;
    size_t used = 0;
    while (used < in.length) {
        struct span rest = after(in, used);
        size_t common = rest.length < end_length ? rest.length : end_length;
        size_t step = plain_run(rest);
        if (step > 0) {
            paste_add(input, rest.bytes, step);
            input->paste_ended_in_cr = false;
        } else if (memcmp(rest.bytes, end, common) != 0)
            step = paste_one(input, rest);
        else if (common == end_length) {
            end_paste(input, event);
            return took(used + end_length);
        }
        if (step == 0)
            break;
        used += step;
    }
    return used == 0 ? needs_more : took(used);
}

/* --- the machine --- */

static struct taken take(struct input *input, struct span in, int64_t now_ms, struct event *event)
{
    if (input->pasting)
        return take_paste(input, in, event);
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
    if (input->pasting && first != ESC) {
        paste_add(input, "\xEF\xBF\xBD", 3);
        return 1;
    }
    if (input->pasting) {
        end_paste(input, event);
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
        advance(input, taken.used, event);
        if (event->key.code != K_NONE)
            return INPUT_EVENT;
    }
    return INPUT_EMPTY;
}

int input_patience(const struct input *input, int escape_ms)
{
    struct span in = rest_of(input);
    if (in.length == 0)
        return -1;
    if (in.bytes[0] == ESC && input->pasting)
        return in.length == 1 ? PASTE_MS : -1;
    if (in.bytes[0] == ESC)
        return in.length == 1 || in.bytes[1] == ESC ? escape_ms : INPUT_LATE_MS;
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
    buffer_release(&input->paste);
    *input = (struct input){0};
}
