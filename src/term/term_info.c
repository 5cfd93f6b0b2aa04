#include "term_info.h"
#include <curses.h>
#include <term.h>

const char *info_text(const char *name)
{
    const char *text = tigetstr(name);
    return text == NULL || text == (const char *)-1 ? "" : text;
}

void info_send(const char *text)
{
    (void)putp(text);
}

void info_keys(struct input *input)
{
    const struct {
        const char *sequence;
        enum key_code code;
        unsigned modifiers;
    } keys[] = {
        {key_up,     K_UP,        0        },
        {key_down,   K_DOWN,      0        },
        {key_left,   K_LEFT,      0        },
        {key_right,  K_RIGHT,     0        },
        {key_home,   K_HOME,      0        },
        {key_end,    K_END,       0        },
        {key_ppage,  K_PAGE_UP,   0        },
        {key_npage,  K_PAGE_DOWN, 0        },
        {key_ic,     K_INSERT,    0        },
        {key_dc,     K_DELETE,    0        },
        {key_btab,   K_TAB,       KEY_SHIFT},
        {key_sleft,  K_LEFT,      KEY_SHIFT},
        {key_sright, K_RIGHT,     KEY_SHIFT},
        {key_sr,     K_UP,        KEY_SHIFT},
        {key_sf,     K_DOWN,      KEY_SHIFT},
        {key_f1,     K_F1,        0        },
        {key_f2,     K_F1 + 1,    0        },
        {key_f3,     K_F1 + 2,    0        },
        {key_f4,     K_F1 + 3,    0        },
        {key_f5,     K_F1 + 4,    0        },
        {key_f6,     K_F1 + 5,    0        },
        {key_f7,     K_F1 + 6,    0        },
        {key_f8,     K_F1 + 7,    0        },
        {key_f9,     K_F1 + 8,    0        },
        {key_f10,    K_F1 + 9,    0        },
        {key_f11,    K_F1 + 10,   0        },
        {key_f12,    K_F12,       0        },
    };
    for (size_t i = 0; i < sizeof keys / sizeof keys[0]; i++)
        if (keys[i].sequence != NULL)
            input_add_own(input, keys[i].sequence,
                          (struct key){.code = keys[i].code, .modifiers = keys[i].modifiers});
}
