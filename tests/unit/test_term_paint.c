/* The painter's bytes go through a terminal emulator, and what then stands there is compared with
 * the frame cell by cell. */
#include "term/term_paint.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <vterm.h>
#include <wchar.h>

#include <cmocka.h>

#define COUNT(array) (sizeof(array) / sizeof(array)[0])

/* --- a painter and its terminal --------------------------------------------------------------- */

struct bench {
    struct painter painter;
    struct frame frame;
    VTerm *vt;
    VTermScreen *screen;
    uint32_t seed;
};

static uint32_t random_below(struct bench *bench, uint32_t limit)
{
    bench->seed = bench->seed * 1664525 + 1013904223;
    return (bench->seed >> 8) % limit;
}

static void set_size(struct bench *bench, int rows, int columns)
{
    struct frame *frame = &bench->frame;
    frame->rows = rows;
    frame->columns = columns;
    frame->cells = memory_resize(frame->cells, (size_t)rows * (size_t)columns, sizeof(struct cell));
    for (int i = 0; i < rows * columns; i++)
        frame->cells[i] = (struct cell){.points = {' '}, .columns = 1};
    painter_resize(&bench->painter, rows, columns);
    vterm_set_size(bench->vt, rows, columns);
}

static void open_bench(struct bench *bench, const char *type, struct theme theme)
{
    *bench = (struct bench){.seed = 1};
    assert_true(info_open(type, STDERR_FILENO));
    info_capabilities(&bench->painter.pen.can);
    bench->painter.pen.theme = theme;
    bench->vt = vterm_new(24, 80);
    vterm_set_utf8(bench->vt, 1);
    bench->screen = vterm_obtain_screen(bench->vt);
    vterm_screen_reset(bench->screen, 1);
    set_size(bench, 24, 80);
}

static void close_bench(struct bench *bench)
{
    painter_release(&bench->painter);
    memory_free(bench->frame.cells);
    vterm_free(bench->vt);
    info_close();
}

/* Paints and gives the bytes to the terminal; how many there were. */
static size_t show(struct bench *bench)
{
    struct buffer *out = &bench->painter.pen.out;
    size_t length = 0;
    painter_frame(&bench->painter, &bench->frame);
    length = out->length;
    vterm_input_write(bench->vt, buffer_text(out), length);
    buffer_clear(out);
    return length;
}

static struct cell *at(struct bench *bench, int row, int column)
{
    return &bench->frame.cells[row * bench->frame.columns + column];
}

static void put(struct bench *bench, int row, int column, const char *text, struct style style)
{
    for (; *text != '\0'; text++)
        *at(bench, row, column++) =
            (struct cell){.points = {(unsigned char)*text}, .style = style, .columns = 1};
}

/* --- comparing -------------------------------------------------------------------------------- */

static int index_of(const VTermColor *colour, bool is_default)
{
    return is_default ? COLOUR_DEFAULT : colour->indexed.idx;
}

/* Ink, bold and which blank it is are not seen on a blank. */
static bool looks_right(const VTermScreenCell *cell, struct look look, bool is_blank)
{
    bool marked = look.flags & (STYLE_REVERSE | STYLE_UNDERLINE);
    if (index_of(&cell->bg, VTERM_COLOR_IS_DEFAULT_BG(&cell->bg)) != look.fill ||
        (cell->attrs.reverse != 0) != ((look.flags & STYLE_REVERSE) != 0) ||
        (cell->attrs.underline != 0) != ((look.flags & STYLE_UNDERLINE) != 0))
        return false;
    if (is_blank && !marked)
        return true;
    return index_of(&cell->fg, VTERM_COLOR_IS_DEFAULT_FG(&cell->fg)) == look.ink &&
           (cell->attrs.bold != 0) == ((look.flags & STYLE_BOLD) != 0);
}

static bool says_right(const VTermScreenCell *cell, const struct cell *wanted)
{
    if (cell->chars[0] == 0)
        return wanted->points[0] == ' ' && wanted->points[1] == 0;
    for (int i = 0; i < CELL_POINTS; i++) {
        if (cell->chars[i] != wanted->points[i])
            return false;
        if (cell->chars[i] == 0)
            break;
    }
    return true;
}

static void assert_shown(struct bench *bench)
{
    const struct frame *frame = &bench->frame;
    VTermPos cursor;
    for (int row = 0; row < frame->rows; row++)
        for (int column = 0; column < frame->columns; column++) {
            const struct cell *wanted = at(bench, row, column);
            VTermScreenCell cell;
            struct look look = theme_look(&bench->painter.pen.theme, wanted->style);
            if (wanted->columns == 0)
                continue;
            vterm_screen_get_cell(bench->screen, (VTermPos){row, column}, &cell);
            bool is_blank = wanted->points[0] == ' ' && wanted->points[1] == 0;
            if (!says_right(&cell, wanted) || !looks_right(&cell, look, is_blank))
                fail_msg("row %d, column %d: U+%04X on %d, not U+%04X on %d (role %d)", row, column,
                         cell.chars[0], index_of(&cell.bg, VTERM_COLOR_IS_DEFAULT_BG(&cell.bg)),
                         wanted->points[0], look.fill, wanted->style.role);
        }
    vterm_state_get_cursorpos(vterm_obtain_state(bench->vt), &cursor);
    assert_int_equal(cursor.row, frame->cursor_row);
    assert_int_equal(cursor.col, frame->cursor_column);
}

/* --- random frames ---------------------------------------------------------------------------- */

static struct style random_style(struct bench *bench)
{
    static const uint8_t colours[] = {0, 156, 153, 180, 50, 141, 211, 203, 250, 220, 19};
    struct style style = {.role = (uint8_t)random_below(bench, ROLES),
                          .colour = colours[random_below(bench, COUNT(colours))],
                          .flags = (uint8_t)random_below(bench, 8)};
    return style;
}

/* Blanks a cell and, when it is half of a wide one, the other half. */
static void clear_cell(struct bench *bench, int row, int column)
{
    struct cell *cell = at(bench, row, column);
    struct cell blank = {.points = {' '}, .style = cell->style, .columns = 1};
    if (cell->columns == 2)
        cell[1] = blank;
    else if (cell->columns == 0)
        cell[-1] = blank;
    *cell = blank;
}

static void random_cell(struct bench *bench, int row, int column, struct style style)
{
    static const struct cell cells[] = {
        {.points = {' '}, .columns = 1},
        {.points = {' '}, .columns = 1},
        {.points = {'a'}, .columns = 1},
        {.points = {'~'}, .columns = 1},
        {.points = {0x2500}, .columns = 1},
        {.points = {0x2605}, .columns = 1},
        {.points = {0x6F22}, .columns = 2},
        {.points = {0x1F600}, .columns = 2},
        {.points = {'e', 0x301}, .columns = 1},
        {.points = {'a', 0x301, 0x302, 0x303, 0x304}, .columns = 1},
    };
    struct cell cell = cells[random_below(bench, COUNT(cells))];
    bool at_end = column + 1 == bench->frame.columns;
    cell.style = style;
    clear_cell(bench, row, column);
    if (at_end) /* libvterm loses marks there, when they come in another of its chunks */
        memset(cell.points + 1, 0, sizeof cell.points - sizeof cell.points[0]);
    if (cell.columns == 2) {
        if (at_end)
            return;
        clear_cell(bench, row, column + 1);
        *at(bench, row, column + 1) = (struct cell){.style = style};
    }
    *at(bench, row, column) = cell;
}

/* A stroke of one style: text or blanks, of any length, in one row or many. */
static void random_stroke(struct bench *bench)
{
    struct frame *frame = &bench->frame;
    struct style style = random_style(bench);
    int row = (int)random_below(bench, (uint32_t)frame->rows);
    int rows = 1 + (int)random_below(bench, 4);
    int from = (int)random_below(bench, (uint32_t)frame->columns);
    int columns = 1 + (int)random_below(bench, (uint32_t)frame->columns);
    bool blanks = random_below(bench, 2) == 0;
    for (int r = row; r < row + rows && r < frame->rows; r++)
        for (int c = from; c < from + columns && c < frame->columns; c++) {
            clear_cell(bench, r, c);
            at(bench, r, c)->style = style;
            if (!blanks)
                random_cell(bench, r, c, style);
        }
}

static void random_cursor(struct bench *bench)
{
    bench->frame.cursor_row = (int)random_below(bench, (uint32_t)bench->frame.rows);
    bench->frame.cursor_column = (int)random_below(bench, (uint32_t)bench->frame.columns);
    bench->frame.cursor_visible = random_below(bench, 2) == 0;
}

static void paint_at_random(const char *type, struct theme theme)
{
    static const int sizes[][2] = {{24, 80}, {5, 13}, {1, 1}, {1, 40}, {40, 2}};
    struct bench bench;
    open_bench(&bench, type, theme);
    for (size_t size = 0; size < COUNT(sizes); size++) {
        set_size(&bench, sizes[size][0], sizes[size][1]);
        for (int round = 0; round < 25; round++) {
            uint32_t strokes = random_below(&bench, 6);
            for (uint32_t i = 0; i < strokes; i++)
                random_stroke(&bench);
            random_cursor(&bench);
            (void)show(&bench);
            assert_shown(&bench);
        }
    }
    close_bench(&bench);
}

static void random_frames_are_shown_as_they_are(void **state)
{
    (void)state;
    static const struct {
        const char *type;
        int colours;
    } terminals[] = {{"xterm-256color", 256},
                     {"xterm-256color", 0},
                     {"tmux-256color", 256},
                     {"screen", 8},
                     {"linux", 8},
                     {"rxvt", 8},
                     {"vt100", 0}};
    for (size_t i = 0; i < COUNT(terminals); i++)
        for (int ground = 0; ground < GROUNDS; ground++)
            paint_at_random(terminals[i].type,
                            (struct theme){terminals[i].colours, (enum theme_ground)ground});
}

/* --- what goes out ---------------------------------------------------------------------------- */

static void an_unchanged_frame_sends_nothing(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    for (int i = 0; i < 20; i++)
        random_stroke(&bench);
    assert_true(show(&bench) > 0);
    assert_int_equal(show(&bench), 0);
    close_bench(&bench);
}

static void an_empty_frame_sends_little_more_than_clearing(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    assert_true(show(&bench) <= 20);
    close_bench(&bench);
}

/* A card of 7 rows: its fill is set once, its empty rows are erased and not filled by blanks. */
static void a_card_sets_its_fill_once(void **state)
{
    (void)state;
    struct bench bench;
    struct style card = {.role = ROLE_CARD, .colour = 153};
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    (void)show(&bench);
    for (int row = 3; row < 10; row++)
        put(&bench, row, 2, "              ", card);
    put(&bench, 4, 3, "Books the", card);
    painter_frame(&bench.painter, &bench.frame);
    const char *bytes = buffer_text(&bench.painter.pen.out);
    const char *fill = strstr(bytes, "48;5;153");
    assert_non_null(fill);
    assert_null(strstr(fill + 1, "48;5;153"));
    assert_null(strstr(bytes, "              "));
    assert_true(bench.painter.pen.out.length < 100);
    close_bench(&bench);
}

/* Where erasing does not take the fill that is set, only the terminal's own ground is erased. */
static void without_bce_fills_are_sent_as_blanks(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "screen-256color", (struct theme){.colours = 256});
    put(&bench, 1, 0, "own ground, to be erased in a moment", (struct style){.role = ROLE_TEXT});
    (void)show(&bench);
    for (int column = 0; column < 80; column++)
        put(&bench, 0, column, " ", (struct style){.role = ROLE_BAR});
    put(&bench, 1, 0, "                                    ", (struct style){.role = ROLE_TEXT});
    painter_frame(&bench.painter, &bench.frame);
    const char *bytes = buffer_text(&bench.painter.pen.out), *erased = strstr(bytes, "\033[K");
    const char *fill = strstr(bytes, "48;5;236");
    assert_non_null(erased);
    assert_null(strstr(erased + 1, "\033[K"));
    assert_non_null(fill);
    assert_true(erased < fill);
    assert_non_null(strstr(fill, "                    "));
    close_bench(&bench);
}

/* Terminals do not agree on the width of emoji: what follows one is placed, not just sent. */
static void behind_an_emoji_the_cursor_is_placed(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    *at(&bench, 0, 0) = (struct cell){.points = {0x1F600}, .columns = 2};
    *at(&bench, 0, 1) = (struct cell){.columns = 0};
    put(&bench, 0, 2, "x", (struct style){.role = ROLE_TEXT});
    painter_frame(&bench.painter, &bench.frame);
    assert_non_null(strstr(buffer_text(&bench.painter.pen.out), "\033[3Gx"));
    close_bench(&bench);
}

static void the_cursor_is_switched_only_when_that_changes(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    bench.frame.cursor_visible = true;
    (void)show(&bench);
    bench.frame.cursor_row = 5;
    painter_frame(&bench.painter, &bench.frame);
    assert_null(strstr(buffer_text(&bench.painter.pen.out), "25"));
    bench.frame.cursor_visible = false;
    painter_frame(&bench.painter, &bench.frame);
    assert_non_null(strstr(buffer_text(&bench.painter.pen.out), "\033[?25l"));
    close_bench(&bench);
}

static void what_is_forgotten_is_painted_from_nothing(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    for (int i = 0; i < 20; i++)
        random_stroke(&bench);
    (void)show(&bench);
    vterm_input_write(bench.vt, "\033[1;31;42mrubbish\033[2J\033[9;9Hmore", 29);
    painter_forget(&bench.painter);
    (void)show(&bench);
    assert_shown(&bench);
    close_bench(&bench);
}

static void another_theme_repaints_what_looks_otherwise(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    painter_set_theme(&bench.painter, (struct theme){256, GROUND_DARK}); /* before any frame */
    for (int i = 0; i < 20; i++)
        random_stroke(&bench);
    size_t all = show(&bench);
    for (int ground = GROUNDS - 1; ground >= 0; ground--) {
        painter_set_theme(&bench.painter, (struct theme){256, (enum theme_ground)ground});
        assert_true(bench.painter.pen.out.length < 2 * all);
        vterm_input_write(bench.vt, buffer_text(&bench.painter.pen.out),
                          bench.painter.pen.out.length);
        buffer_clear(&bench.painter.pen.out);
        assert_shown(&bench);
    }
    painter_set_theme(&bench.painter, bench.painter.pen.theme);
    assert_int_equal(bench.painter.pen.out.length, 0);
    close_bench(&bench);
}

static void a_smaller_frame_leaves_the_rest_empty(void **state)
{
    (void)state;
    struct bench bench;
    struct cell small[6];
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    for (int i = 0; i < 20; i++)
        random_stroke(&bench);
    (void)show(&bench);
    for (size_t i = 0; i < COUNT(small); i++)
        small[i] = (struct cell){.points = {(uint32_t)('a' + i)}, .columns = 1};
    painter_frame(&bench.painter, &(struct frame){.rows = 2, .columns = 3, .cells = small});
    vterm_input_write(bench.vt, buffer_text(&bench.painter.pen.out), bench.painter.pen.out.length);
    set_size(&bench, 24, 80);
    put(&bench, 0, 0, "abc", (struct style){.role = ROLE_TEXT});
    put(&bench, 1, 0, "def", (struct style){.role = ROLE_TEXT});
    assert_shown(&bench);
    close_bench(&bench);
}

/* A frame that text_show() has not seen, as no view makes it: nothing raw may reach the terminal.
 */
static void no_control_ever_goes_out(void **state)
{
    (void)state;
    static const uint32_t hostile[] = {0,      1,      0x1B,   0x7F,   0x80,     0x9B,
                                       0x2028, 0xFFFE, 0xD800, 0x200B, 0x10FFFF, 0x7FFFFFFF};
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    for (size_t i = 0; i < COUNT(hostile); i++)
        at(&bench, 1, (int)i)->points[0] = hostile[i];
    at(&bench, 2, 0)->columns = 2;                   /* says more than it takes */
    *at(&bench, 3, 0) = (struct cell){.columns = 0}; /* half of nothing */
    *at(&bench, 4, 79) = (struct cell){.points = {0x6F22}, .columns = 2}; /* does not fit */
    (void)show(&bench);
    put(&bench, 1, 0, "????????????", (struct style){.role = ROLE_TEXT});
    put(&bench, 2, 0, "?", (struct style){.role = ROLE_TEXT});
    put(&bench, 3, 0, " ", (struct style){.role = ROLE_TEXT});
    put(&bench, 4, 79, "?", (struct style){.role = ROLE_TEXT});
    assert_shown(&bench);
    close_bench(&bench);
}

static void ascii_terminals_get_ascii(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "vt100", (struct theme){.colours = 0});
    bench.painter.ascii = true;
    for (int i = 0; i < 40; i++)
        random_stroke(&bench);
    painter_frame(&bench.painter, &bench.frame);
    for (size_t i = 0; i < bench.painter.pen.out.length; i++)
        assert_in_range(bench.painter.pen.out.bytes[i], 1, 0x7E);
    close_bench(&bench);
}

/* Padding in terminfo ("$<5>") was for terminals on a wire. */
static void padding_is_not_sent(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "vt100", (struct theme){.colours = 0});
    put(&bench, 7, 7, "text", (struct style){.role = ROLE_STRONG});
    painter_frame(&bench.painter, &bench.frame);
    assert_null(strstr(buffer_text(&bench.painter.pen.out), "$<"));
    close_bench(&bench);
}

/* Where the last cell would scroll the screen, it stays empty. */
static void the_last_cell_is_left_where_it_would_scroll(void **state)
{
    (void)state;
    struct bench bench;
    open_bench(&bench, "xterm-256color", (struct theme){.colours = 256});
    bench.painter.pen.can.no_margin = true;
    put(&bench, 23, 78, "xy", (struct style){.role = ROLE_TEXT});
    (void)show(&bench);
    put(&bench, 23, 79, " ", (struct style){.role = ROLE_TEXT});
    assert_shown(&bench);
    close_bench(&bench);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(random_frames_are_shown_as_they_are),
        cmocka_unit_test(an_unchanged_frame_sends_nothing),
        cmocka_unit_test(an_empty_frame_sends_little_more_than_clearing),
        cmocka_unit_test(a_card_sets_its_fill_once),
        cmocka_unit_test(without_bce_fills_are_sent_as_blanks),
        cmocka_unit_test(behind_an_emoji_the_cursor_is_placed),
        cmocka_unit_test(the_cursor_is_switched_only_when_that_changes),
        cmocka_unit_test(what_is_forgotten_is_painted_from_nothing),
        cmocka_unit_test(another_theme_repaints_what_looks_otherwise),
        cmocka_unit_test(a_smaller_frame_leaves_the_rest_empty),
        cmocka_unit_test(no_control_ever_goes_out),
        cmocka_unit_test(ascii_terminals_get_ascii),
        cmocka_unit_test(padding_is_not_sent),
        cmocka_unit_test(the_last_cell_is_left_where_it_would_scroll),
    };
    if (setlocale(LC_CTYPE, "C.UTF-8") == NULL)
        return 1;
    return cmocka_run_group_tests_name("term_paint", tests, NULL, NULL);
}
