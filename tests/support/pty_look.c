/* What stands on the terminal. */
#include "pty_inside.h"
#include "touchline/text.h"
#include <string.h>

#define SECOND_HALF UINT32_MAX

/* --- libvterm's reports ----------------------------------------------------------------------- */

static int set_property(VTermProp property, VTermValue *value, void *data)
{
    struct pty *pty = data;
    if (property == VTERM_PROP_ALTSCREEN)
        pty->alternate = value->boolean != 0;
    else if (property == VTERM_PROP_CURSORVISIBLE)
        pty->cursor_visible = value->boolean != 0;
    return 1;
}

static int move_cursor(VTermPos to, VTermPos from, int visible, void *data)
{
    struct pty *pty = data;
    (void)from;
    (void)visible;
    pty->cursor_row = to.row;
    pty->cursor_column = to.col;
    return 1;
}

void pty_look_start(struct pty *pty)
{
    static const VTermScreenCallbacks callbacks = {.settermprop = set_property,
                                                   .movecursor = move_cursor};
    pty->screen = vterm_obtain_screen(pty->vt);
    pty->cursor_visible = true;
    vterm_screen_set_callbacks(pty->screen, &callbacks, pty);
    vterm_screen_enable_altscreen(pty->screen, 1);
    vterm_screen_reset(pty->screen, 1);
}

/* --- cells ------------------------------------------------------------------------------------ */

static void cell_text(const VTermScreenCell *cell, char *text)
{
    size_t length = 0;
    for (int i = 0; i < VTERM_MAX_CHARS_PER_CELL && cell->chars[i] != 0; i++)
        if (cell->chars[i] != SECOND_HALF)
            length += text_encode(cell->chars[i], text + length);
    if (cell->chars[0] == 0)
        text[length++] = ' ';
    text[length] = '\0';
}

static int colour_index(const VTermColor *colour, bool is_default)
{
    return is_default || !VTERM_COLOR_IS_INDEXED(colour) ? -1 : colour->indexed.idx;
}

struct pty_cell pty_cell(struct pty *pty, int row, int column)
{
    VTermScreenCell cell;
    struct pty_cell out = {.ink = -1, .fill = -1};
    memset(&cell, 0, sizeof cell);
    if (!vterm_screen_get_cell(pty->screen, (VTermPos){row, column}, &cell))
        return out;
    cell_text(&cell, out.text);
    out.columns = cell.chars[0] == SECOND_HALF ? 0 : cell.width;
    out.ink = colour_index(&cell.fg, VTERM_COLOR_IS_DEFAULT_FG(&cell.fg));
    out.fill = colour_index(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg));
    out.bold = cell.attrs.bold;
    out.reverse = cell.attrs.reverse;
    out.underline = cell.attrs.underline != VTERM_UNDERLINE_OFF;
    return out;
}

/* --- text ------------------------------------------------------------------------------------- */

static void cut_blanks(struct buffer *text, size_t from)
{
    size_t end = text->length;
    while (end > from && text->bytes[end - 1] == ' ')
        end--;
    buffer_cut(text, end);
}

static void add_row(struct pty *pty, int row)
{
    size_t from = pty->text.length;
    for (int column = 0; column < pty->columns; column++)
        buffer_add_text(&pty->text, pty_cell(pty, row, column).text);
    cut_blanks(&pty->text, from);
}

const char *pty_row(struct pty *pty, int row)
{
    buffer_clear(&pty->text);
    if (row >= 0 && row < pty->rows)
        add_row(pty, row);
    return buffer_text(&pty->text);
}

const char *pty_screen(struct pty *pty)
{
    buffer_clear(&pty->text);
    for (int row = 0; row < pty->rows; row++) {
        add_row(pty, row);
        buffer_add_byte(&pty->text, '\n');
    }
    return buffer_text(&pty->text);
}

/* The column in which byte `at` of a row's text stands. */
static int column_at(struct pty *pty, int row, size_t at)
{
    size_t length = 0;
    int column = 0;
    for (; column < pty->columns; column++) {
        length += strlen(pty_cell(pty, row, column).text);
        if (length > at)
            break;
    }
    return column;
}

bool pty_find(struct pty *pty, const char *text, int *row, int *column)
{
    for (int at = 0; at < pty->rows; at++) {
        const char *line = pty_row(pty, at), *found = strstr(line, text);
        if (found == NULL)
            continue;
        if (row != NULL)
            *row = at;
        if (column != NULL)
            *column = column_at(pty, at, (size_t)(found - line));
        return true;
    }
    return false;
}

void pty_cursor(struct pty *pty, int *row, int *column, bool *visible)
{
    *row = pty->cursor_row;
    *column = pty->cursor_column;
    *visible = pty->cursor_visible;
}

void pty_size(const struct pty *pty, int *rows, int *columns)
{
    *rows = pty->rows;
    *columns = pty->columns;
}

bool pty_on_alternate_screen(const struct pty *pty)
{
    return pty->alternate;
}

const char *pty_output(const struct pty *pty, size_t *length)
{
    *length = pty->output.length;
    return buffer_text(&pty->output);
}

void pty_forget_output(struct pty *pty)
{
    buffer_clear(&pty->output);
}
