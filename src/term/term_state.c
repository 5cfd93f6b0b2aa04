/* What is known of a terminal, and what comes next out of what it has sent: whatever it hangs on,
 * for nothing here waits or asks the system. */
#include "term_screen.h"
#include "touchline/term.h"

/* --- in --------------------------------------------------------------------------------------- */

/* Ground and kind are answers to term_open()'s questions; they concern nobody else. */
static void heed_answers(struct term *term)
{
    const struct reports *told = &term->bytes.reports;
    if (told->answered || told->ground_told)
        term->answer_due = false;
    if (!told->ground_told || !term->theme_asked)
        return;
    term->theme_asked = false;
    struct theme theme = term->painter.pen.theme;
    bool light = theme_is_light(told->red, told->green, told->blue);
    theme.ground = light ? GROUND_LIGHT : GROUND_DARK;
    if (theme.ground == term->painter.pen.theme.ground)
        return; /* as it was taken to be */
    painter_set_theme(&term->painter, theme);
    term_send(term);
}

/* A report that was under way when the mouse was switched off is dropped. */
bool term_take_event(struct term *term, int64_t now, struct event *event)
{
    if (term->ahead.key.code != K_NONE) {
        *event = term->ahead;
        term->ahead = (struct event){0};
        return true;
    }
    if (term->resize_due) {
        term->resize_due = false;
        *event = (struct event){.key = {.code = K_RESIZE}};
        return true;
    }
    enum input_state state;
    do {
        state = input_next(&term->bytes, now, term->waited, event);
        term->waited = false;
        heed_answers(term);
    } while (state == INPUT_EVENT && event->key.code == K_MOUSE && !term->mouse);
    return state == INPUT_EVENT;
}

/* --- what it is ------------------------------------------------------------------------------- */

const char *term_notice(const struct term *term)
{
    return term->notice[0] != '\0' ? term->notice : NULL;
}

void term_size(const struct term *term, int *rows, int *columns)
{
    *rows = term->painter.rows;
    *columns = term->painter.columns;
}

bool term_ascii(const struct term *term)
{
    return term->painter.ascii;
}

bool term_mono(const struct term *term)
{
    return term->painter.pen.theme.colours == 0;
}

bool term_has_mouse(const struct term *term)
{
    return term->mouse;
}
