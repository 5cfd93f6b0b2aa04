/* curses.h comes first: <term.h> needs its types. */
#include <curses.h>
#include <term.h>

#include "term_info.h"
#include <string.h>

bool info_open(const char *type, int output)
{
    int problem = 0;
    return setupterm(type, output, &problem) == OK;
}

void info_close(void)
{
    if (cur_term != NULL)
        (void)del_curterm(cur_term);
}

/* terminfo says NULL or -1 for what is not there. */
static const char *or_empty(const char *text)
{
    return text == NULL || (uintptr_t)text == UINTPTR_MAX ? "" : text;
}

const char *info_text(const char *name)
{
    return or_empty(tigetstr(name));
}

int info_number(const char *name)
{
    int number = tigetnum(name);
    return number < 0 ? -1 : number;
}

const char *info_filled(const char *capability, int first, int second)
{
    return capability[0] == '\0' ? "" : or_empty(tparm(capability, first, second));
}

static size_t write_number(char *out, int number)
{
    char digits[12];
    size_t count = 0, length = 0;
    for (unsigned left = number > 0 ? (unsigned)number : 0; count == 0 || left > 0; left /= 10)
        digits[count++] = (char)('0' + left % 10);
    while (count > 0)
        out[length++] = digits[--count];
    return length;
}

/* The parameter that "%p1%d" or "%p2%d" asks for, 0 for anything else. */
static int number_asked(const char *at)
{
    bool number = at[1] == 'p' && (at[2] == '1' || at[2] == '2') && at[3] == '%' && at[4] == 'd';
    return number ? at[2] - '0' : 0;
}

bool info_fill_plain(const char *capability, int first, int second, char *out, size_t size)
{
    size_t length = 0;
    for (const char *at = capability; *at != '\0'; at++) {
        if (length + 12 > size)
            return false;
        if (*at != '%') {
            out[length++] = *at;
        } else if (number_asked(at) > 0) {
            length += write_number(out + length, number_asked(at) == 1 ? first : second);
            at += 4;
        } else if (at[1] == 'i') {
            first++;
            second++;
            at++;
        } else {
            return false;
        }
    }
    out[length] = '\0';
    return true;
}

void info_add(struct buffer *out, const char *text)
{
    for (const char *pad; (pad = strstr(text, "$<")) != NULL && strchr(pad, '>') != NULL;) {
        buffer_add(out, text, (size_t)(pad - text));
        text = strchr(pad, '>') + 1;
    }
    buffer_add_text(out, text);
}

void info_capabilities(struct capabilities *capabilities)
{
    const char *set_ink = or_empty(set_a_foreground), *end_line = or_empty(exit_underline_mode);
    *capabilities = (struct capabilities){
        .clear = or_empty(clear_screen),
        .cup = or_empty(cursor_address),
        .cuf = or_empty(parm_right_cursor),
        .cuf1 = or_empty(cursor_right),
        .hpa = or_empty(column_address),
        .el = or_empty(clr_eol),
        .ech = or_empty(erase_chars),
        .sgr0 = or_empty(exit_attribute_mode),
        .bold = or_empty(enter_bold_mode),
        .smul = or_empty(enter_underline_mode),
        .rev = or_empty(enter_reverse_mode),
        .setaf = set_ink,
        .setab = or_empty(set_a_background),
        .civis = or_empty(cursor_invisible),
        .cnorm = or_empty(cursor_normal),
        .bce = back_color_erase,
        .ansi = strncmp(set_ink, "\033[", 2) == 0 && strcmp(end_line, "\033[24m") == 0,
        .no_margin = auto_right_margin && !eat_newline_glitch,
    };
}

void info_keys(struct input *input)
{
    const struct {
        const char *sequence;
        enum key_code code;
        unsigned modifiers;
    } keys[] = {
        {key_up, K_UP, 0},
        {key_down, K_DOWN, 0},
        {key_left, K_LEFT, 0},
        {key_right, K_RIGHT, 0},
        {key_home, K_HOME, 0},
        {key_end, K_END, 0},
        {key_ppage, K_PAGE_UP, 0},
        {key_npage, K_PAGE_DOWN, 0},
        {key_ic, K_INSERT, 0},
        {key_dc, K_DELETE, 0},
        {key_btab, K_TAB, KEY_SHIFT},
        {key_sleft, K_LEFT, KEY_SHIFT},
        {key_sright, K_RIGHT, KEY_SHIFT},
        {key_sr, K_UP, KEY_SHIFT},
        {key_sf, K_DOWN, KEY_SHIFT},
        {key_f1, K_F1, 0},
        {key_f2, K_F1 + 1, 0},
        {key_f3, K_F1 + 2, 0},
        {key_f4, K_F1 + 3, 0},
        {key_f5, K_F1 + 4, 0},
        {key_f6, K_F1 + 5, 0},
        {key_f7, K_F1 + 6, 0},
        {key_f8, K_F1 + 7, 0},
        {key_f9, K_F1 + 8, 0},
        {key_f10, K_F1 + 9, 0},
        {key_f11, K_F1 + 10, 0},
        {key_f12, K_F12, 0},
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].sequence != NULL)
            input_add_own(input, keys[i].sequence,
                          (struct key){.code = keys[i].code, .modifiers = keys[i].modifiers});
}
