#include "term_sequence.h"
#include <stdlib.h>
#include <string.h>

/* The longest control sequence and answer waited for; what is longer is noise. */
enum { SEQUENCE_MAX = 64, ANSWER_MAX = 256 };

/* --- mouse ------------------------------------------------------------------------------------ */

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

static bool is_double(struct reports *reports, struct mouse press, int64_t now_ms)
{
    bool twice = reports->pressed && now_ms - reports->pressed_at <= DOUBLE_CLICK_MS &&
                 reports->press.row == press.row && reports->press.column == press.column;
    reports->pressed = !twice;
    reports->pressed_at = now_ms;
    reports->press = press;
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

static void set_mouse(struct reports *reports, int button, bool release, int column, int row,
                      int64_t now_ms, struct event *event)
{
    int act = mouse_act(button, release);
    if (act < 0 || row < 1 || column < 1)
        return;
    struct mouse mouse = {.act = (enum mouse_act)act, .row = row - 1, .column = column - 1};
    if (act == MOUSE_PRESS && is_double(reports, mouse, now_ms))
        mouse.act = MOUSE_DOUBLE;
    if (act == MOUSE_DRAG)
        reports->pressed = false;
    event->mouse = mouse;
    set_key(event, K_MOUSE,
            (button & BUTTON_SHIFT ? KEY_SHIFT : 0u) | (button & BUTTON_META ? KEY_ALT : 0u) |
                (button & BUTTON_CTRL ? KEY_CTRL : 0u));
}

/* ESC [ M and three bytes, from terminals without 1006: button, column, row, each plus 32. A
 * release does not say of which button. */
static struct taken take_x10_mouse(struct reports *reports, struct span in, int64_t now_ms,
                                   struct event *event)
{
    if (in.length < 4)
        return take_later();
    int button = (unsigned char)in.bytes[1] - 32;
    bool release = (button & (BUTTON_WHICH | BUTTON_MOTION | BUTTON_WHEEL)) == BUTTON_WHICH;
    set_mouse(reports, release ? button & ~BUTTON_WHICH : button, release,
              (unsigned char)in.bytes[2] - 32, (unsigned char)in.bytes[3] - 32, now_ms, event);
    return took(4);
}

/* --- control sequences: ESC [ ... ------------------------------------------------------------- */

struct sequence {
    char private; /* one of < = > ?, or 0 */
    int parameters[4];
    int count;
    char final;
};

/* What introduces a sequence: ESC [ or ESC O. */
enum { CSI = 1, SS3 = 2, EITHER = CSI | SS3 };

/* A final byte and the key it stands for after that introducer. */
static const struct final {
    char final;
    unsigned char introducer;
    enum key_code code;
    unsigned modifiers;
} final_bytes[] = {
    {'A', EITHER, K_UP, 0},
    {'B', EITHER, K_DOWN, 0},
    {'C', EITHER, K_RIGHT, 0},
    {'D', EITHER, K_LEFT, 0},
    {'H', EITHER, K_HOME, 0},
    {'F', EITHER, K_END, 0},
    {'P', EITHER, K_F1, 0},
    {'Q', EITHER, K_F1 + 1, 0},
    {'R', EITHER, K_F1 + 2, 0},
    {'S', EITHER, K_F1 + 3, 0},
    /* each of its own; small letters are rxvt's */
    {'Z', CSI, K_TAB, KEY_SHIFT},
    {'I', CSI, K_FOCUS_IN, 0},
    {'O', CSI, K_FOCUS_OUT, 0},
    {'a', CSI, K_UP, KEY_SHIFT},
    {'b', CSI, K_DOWN, KEY_SHIFT},
    {'c', CSI, K_RIGHT, KEY_SHIFT},
    {'d', CSI, K_LEFT, KEY_SHIFT},
    {'I', SS3, K_TAB, 0},
    {'M', SS3, K_ENTER, 0},
    {'a', SS3, K_UP, KEY_CTRL},
    {'b', SS3, K_DOWN, KEY_CTRL},
    {'c', SS3, K_RIGHT, KEY_CTRL},
    {'d', SS3, K_LEFT, KEY_CTRL},
};

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

static bool set_final(unsigned introducer, char final, unsigned modifiers, struct event *event)
{
    for (size_t i = 0; i < COUNT(final_bytes); i++)
        if (final_bytes[i].final == final && (final_bytes[i].introducer & introducer)) {
            set_key(event, final_bytes[i].code, final_bytes[i].modifiers | modifiers);
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
            set_control(event, (unsigned char)point);
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

static void set_tilde(const struct sequence *sequence, struct event *event)
{
    int number = sequence->parameters[0];
    unsigned modifiers = modifiers_of(sequence->parameters[1]);
    if (number == 200)
        set_key(event, K_PASTE, 0);
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

static void set_sequence(struct reports *reports, const struct sequence *sequence, int64_t now_ms,
                         struct event *event)
{
    const int *parameters = sequence->parameters;
    char final = sequence->final;
    if (sequence->private == '<' && (final == 'M' || final == 'm') && sequence->count == 3)
        set_mouse(reports, parameters[0], final == 'm', parameters[1], parameters[2], now_ms,
                  event);
    else if (sequence->private == '?' && final == 'c')
        reports->answered = true;
    else if (sequence->private != 0)
        return;
    else if (final == '~')
        set_tilde(sequence, event);
    else if (final == 'u')
        set_numbered_point(parameters[0], modifiers_of(parameters[1]), event);
    else if (final == '$' || final == '^' || final == '@') {
        if (numbered_key(parameters[0]) != K_NONE)
            set_key(event, numbered_key(parameters[0]), rxvt_modifiers(final));
    } else
        set_final(CSI, final, modifiers_of(parameters[1]), event);
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

/* A byte that no sequence holds ends it unread. */
struct taken take_csi(struct reports *reports, struct span in, int64_t now_ms, struct event *event)
{
    struct sequence sequence = {0};
    size_t at = 0;
    if (in.length == 0)
        return take_later();
    if (in.bytes[0] == 'M')
        return take_x10_mouse(reports, in, now_ms, event);
    if (in.bytes[0] == '[') { /* the Linux console's F1 to F5: ESC [ [ A */
        if (in.length < 2)
            return take_later();
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
        return at < SEQUENCE_MAX ? take_later() : took(at);
    sequence.final = in.bytes[at];
    if (sequence.final != '$' && (sequence.final < '@' || sequence.final > '~'))
        return took(at);
    set_sequence(reports, &sequence, now_ms, event);
    return took(at + 1);
}

/* --- ESC O ..., ESC ] ... --------------------------------------------------------------------- */

/* The numeric pad in application mode sends ESC O and one of these for its characters. */
static bool set_pad(char final, struct event *event)
{
    static const char finals[] = "jklmnopqrstuvwxyX", characters[] = "*+,-./0123456789=";
    const char *found = final != '\0' ? strchr(finals, final) : NULL;
    if (found != NULL)
        set_point(event, (unsigned char)characters[found - finals], 0);
    return found != NULL;
}

/* Some terminals put the modifiers in between. */
struct taken take_ss3(struct span in, struct event *event)
{
    int modifiers = 0;
    size_t at = 0;
    if (in.length > 0 && in.bytes[0] >= '1' && in.bytes[0] <= '9')
        modifiers = in.bytes[at++] - '0';
    if (at == in.length)
        return take_later();
    if (!set_final(SS3, in.bytes[at], modifiers_of(modifiers), event) &&
        !set_pad(in.bytes[at], event))
        return take_nothing();
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
static void read_answer(struct reports *reports, const char *answer)
{
    static const char question[] = "11;rgb";
    const char *at = strchr(answer, ':');
    if (strncmp(answer, question, strlen(question)) != 0 || at == NULL)
        return;
    at++;
    reports->ground_told = true;
    reports->red = read_share(&at);
    reports->green = read_share(&at);
    reports->blue = read_share(&at);
}

/* Only a digit begins an answer; anything else is Alt and a bracket. */
struct taken take_answer(struct reports *reports, struct span in)
{
    char answer[ANSWER_MAX];
    size_t end = 0;
    if (in.length == 0)
        return take_later();
    if (in.bytes[0] < '0' || in.bytes[0] > '9')
        return take_nothing();
    while (end < in.length && in.bytes[end] != '\a' && in.bytes[end] != ESC)
        end++;
    if (end >= ANSWER_MAX)
        return took(end);
    if (end == in.length || (in.bytes[end] == ESC && end + 1 == in.length))
        return take_later();
    memcpy(answer, in.bytes, end);
    answer[end] = '\0';
    read_answer(reports, answer);
    bool by_st = in.bytes[end] == ESC && in.bytes[end + 1] == '\\';
    return took(end + (by_st ? 2 : in.bytes[end] == '\a' ? 1 : 0));
}
