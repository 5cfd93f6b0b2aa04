#include "term_pen.h"
#include <assert.h>
#include <stdio.h>

static_assert(sizeof(struct style) == 3, "styles compare as bytes");

/* --- looks ------------------------------------------------------------------------------------ */

/* The numbers inside "ESC [ ... m". */
static void keep_numbers(char *out, size_t size, const char *sequence)
{
    size_t length = strlen(sequence);
    if (length > 3 && length - 3 < size && strncmp(sequence, "\033[", 2) == 0)
        (void)snprintf(out, size, "%.*s", (int)(length - 3), sequence + 2);
}

/* Where a style is kept, or is to be: the third of three places that are all taken is given up. */
static struct painted *place_of(struct pen *pen, struct style style)
{
    unsigned hash = style.role * 7u + style.colour * 13u + style.flags * 31u;
    struct painted *painted;
    for (unsigned step = 0; step < 3; step++) {
        painted = &pen->painted[(hash + step) % PAINTED];
        if (!painted->known || pen_same_style(painted->style, style))
            break;
    }
    return painted;
}

const struct painted *pen_look_up(struct pen *pen, struct style style)
{
    struct painted *painted = place_of(pen, style);
    if (painted->known && pen_same_style(painted->style, style))
        return painted;
    *painted = (struct painted){.known = true, .style = style};
    painted->look = theme_look(&pen->theme, style);
    if (pen->can.ansi && painted->look.ink != COLOUR_DEFAULT)
        keep_numbers(painted->ink, sizeof painted->ink,
                     info_filled(pen->can.setaf, painted->look.ink, 0));
    if (pen->can.ansi && painted->look.fill != COLOUR_DEFAULT)
        keep_numbers(painted->fill, sizeof painted->fill,
                     info_filled(pen->can.setab, painted->look.fill, 0));
    return painted;
}

/* Bytes put together to be weighed against others. */
struct draft {
    char text[96];
    size_t length;
};

static void draft_add(struct draft *draft, const char *text)
{
    size_t length = strlen(text);
    assert(draft->length + length < sizeof draft->text);
    memcpy(draft->text + draft->length, text, length + 1);
    draft->length += length;
}

static void draft_fill(struct draft *draft, const char *capability, int first, int second)
{
    char *end = draft->text + draft->length;
    if (info_fill_plain(capability, first, second, end, sizeof draft->text - draft->length))
        draft->length += strlen(end);
    else
        draft_add(draft, info_filled(capability, first, second));
}

static void draft_number(struct draft *numbers, const char *number)
{
    if (numbers->length > 0)
        draft_add(numbers, ";");
    draft_add(numbers, number);
}

static const struct flag {
    unsigned flag;
    const char *on, *off; /* in SGR */
} flags[] = {{STYLE_BOLD, "1", "22"}, {STYLE_UNDERLINE, "4", "24"}, {STYLE_REVERSE, "7", "27"}};

/* SGR's numbers for what differs between two looks. */
static struct draft difference(const struct look *now, const struct painted *wanted)
{
    struct draft numbers = {.length = 0};
    const struct look *look = &wanted->look;
    for (size_t i = 0; i < sizeof flags / sizeof flags[0]; i++)
        if ((now->flags ^ look->flags) & flags[i].flag)
            draft_number(&numbers, look->flags & flags[i].flag ? flags[i].on : flags[i].off);
    if (now->ink != look->ink)
        draft_number(&numbers, look->ink == COLOUR_DEFAULT ? "39" : wanted->ink);
    if (now->fill != look->fill)
        draft_number(&numbers, look->fill == COLOUR_DEFAULT ? "49" : wanted->fill);
    return numbers;
}

/* --- bytes out -------------------------------------------------------------------------------- */

static const struct look no_look = {.ink = COLOUR_DEFAULT, .fill = COLOUR_DEFAULT};

void pen_send(struct pen *pen, const char *text)
{
    info_add(&pen->out, text);
}

void pen_send_filled(struct pen *pen, const char *capability, int number)
{
    struct draft draft = {.length = 0};
    draft_fill(&draft, capability, number, 0);
    pen_send(pen, draft.text);
}

static void send_numbers(struct pen *pen, const char *before, const struct draft *numbers)
{
    buffer_add_text(&pen->out, "\033[");
    buffer_add_text(&pen->out, before);
    buffer_add(&pen->out, numbers->text, numbers->length);
    buffer_add_byte(&pen->out, 'm');
}

/* By ECMA-48: what differs, or all anew, whichever is shorter. An empty number is "all off". */
static void send_ansi_look(struct pen *pen, const struct painted *wanted)
{
    struct draft some = difference(&pen->now, wanted), all = difference(&no_look, wanted);
    bool anew = all.length + (all.length > 0 ? 1 : 0) < some.length;
    send_numbers(pen, anew && all.length > 0 ? ";" : "", anew ? &all : &some);
}

/* By terminfo alone: everything off, then on one by one. */
static void send_plain_look(struct pen *pen, const struct look *look)
{
    const struct capabilities *can = &pen->can;
    pen_send(pen, can->sgr0);
    if (look->flags & STYLE_BOLD)
        pen_send(pen, can->bold);
    if (look->flags & STYLE_UNDERLINE)
        pen_send(pen, can->smul);
    if (look->flags & STYLE_REVERSE)
        pen_send(pen, can->rev);
    if (look->ink != COLOUR_DEFAULT)
        pen_send(pen, info_filled(can->setaf, look->ink, 0));
    if (look->fill != COLOUR_DEFAULT)
        pen_send(pen, info_filled(can->setab, look->fill, 0));
}

void pen_change(struct pen *pen, const struct painted *wanted)
{
    if (pen->can.ansi)
        send_ansi_look(pen, wanted);
    else
        send_plain_look(pen, &wanted->look);
    pen->now = wanted->look;
}

void pen_reset(struct pen *pen)
{
    pen_send(pen, pen->can.sgr0);
    pen->now = no_look;
}

/* On a blank the ink is not seen, so the one that is set may stay. */
void pen_set_blank(struct pen *pen, const struct painted *wanted)
{
    struct painted blanks = *wanted;
    if (!pen->can.ansi || pen_shows_on_blanks(&wanted->look)) {
        pen_set(pen, wanted);
        return;
    }
    blanks.look.ink = pen->now.ink;
    blanks.look.flags = pen->now.flags & STYLE_BOLD;
    if (pen_same_look(pen->now, blanks.look))
        return;
    struct draft some = difference(&pen->now, &blanks);
    send_numbers(pen, "", &some);
    pen->now = blanks.look;
}

/* --- moving ----------------------------------------------------------------------------------- */

static struct draft forward(const struct pen *pen, int columns)
{
    struct draft draft = {.length = 0};
    if (columns > 0)
        draft_fill(&draft, columns == 1 ? pen->can.cuf1 : pen->can.cuf, columns, 0);
    return draft;
}

static void keep_shorter(struct draft *best, const struct draft *other)
{
    if (other->length > 0 && other->length < best->length)
        *best = *other;
}

/* Nothing that places a cursor is shorter, but for the few that are looked at first. */
enum { SHORT_MOVE = 4 };

static bool is_short(const struct draft *draft)
{
    return draft->length > 0 && draft->length <= SHORT_MOVE;
}

/* The next columns, the ones just left, or the first. */
static struct draft nearby(const struct pen *pen, int from, int to)
{
    struct draft draft = {.length = 0};
    if (to == 0)
        draft_add(&draft, "\r");
    else if (from >= 0 && to > from)
        draft = forward(pen, to - from);
    else if (from - to > 0 && from - to < 4)
        draft_add(&draft, &"\b\b\b"[3 - (from - to)]);
    return draft;
}

/* The shortest way along the row where the cursor is; empty when it is there. `from` -1: unknown.
 */
static struct draft along(const struct pen *pen, int from, int to)
{
    struct draft best = {.length = 0}, near = nearby(pen, from, to);
    if (from == to)
        return best;
    if (is_short(&near))
        return near;
    draft_fill(&best, pen->can.hpa, to, 0);
    if (best.length == 0) {
        struct draft rest = forward(pen, to), other = {.text = "\r", .length = 1};
        draft_fill(&best, pen->can.cup, pen->row, to);
        draft_add(&other, rest.text);
        if (rest.length > 0)
            keep_shorter(&best, &other);
    }
    keep_shorter(&best, &near);
    return best;
}

/* Along the row first: behind the last column, some terminals swallow a line feed. */
void pen_jump(struct pen *pen, int row, int column)
{
    struct draft best = {.length = 0}, stepwise = {.length = 0};
    int down = row - pen->row;
    if (pen->row >= 0 && down >= 0 && down < 4) {
        stepwise = along(pen, pen->column, column);
        draft_add(&stepwise, &"\n\n\n"[3 - down]);
    }
    if (!is_short(&stepwise))
        draft_fill(&best, pen->can.cup, row, column);
    if (best.length == 0)
        best = stepwise;
    else
        keep_shorter(&best, &stepwise);
    pen_send(pen, best.text);
    pen->row = row;
    pen->column = column;
}
