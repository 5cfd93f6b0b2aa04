/* The sheet: all fields of a record, one under the other. Labels stand in a column, headings are
 * rules. Where it is wide enough the groups under the headings stand side by side; where rows are
 * short it scrolls. */
#include "sheet.h"
#include "touchline/memory.h"

enum {
    BESIDE_FROM = 60, /* columns from which two short rows share a line */
    BLOCK = 95,       /* columns of a group beside another: at least, and of any at most */
    BLOCK_MOST = 120,
    BLANK_FROM = 16, /* rows of a screen on which the message stands apart */
    AIRY = 2,        /* rows left for each line from which they stand apart */
    GAP = 2
};

/* --- which lines there are, and how high ------------------------------------------------------ */

static void find_lines(struct paper *paper)
{
    const struct sheet_screen *sheet = paper->sheet;
    int widest = 0;
    paper->lines = memory_new(sheet->count, sizeof *paper->lines);
    for (size_t i = 0; i < sheet->count; i++) {
        const struct sheet_row *row = &sheet->rows[i];
        struct sheet_line *last = paper->count > 0 ? &paper->lines[paper->count - 1] : NULL;
        if (row->beside && paper->body.columns >= BESIDE_FROM && last != NULL && last->rows == 1 &&
            !sheet_is_heading(paper, last)) {
            last->rows = 2;
            continue;
        }
        int columns = row->kind == SHEET_HEADING ? 0 : frame_columns(paper->frame, row->label);
        widest = columns > widest ? columns : widest;
        paper->lines[paper->count++] = (struct sheet_line){.row = i, .rows = 1};
    }
    int most = paper->body.columns * 2 / 5;
    paper->label = widest + GAP < most ? widest + GAP : most;
}

/* How many lines stand from one heading to the next. */
static int group_lines(const struct paper *paper, int from)
{
    int to = from + 1;
    while (to < paper->count && !sheet_is_heading(paper, &paper->lines[to]))
        to++;
    return to - from;
}

/* Groups go into as many blocks as there is width for, of about one height; into a single one when
 * the highest would not fit. */
static void find_blocks(struct paper *paper)
{
    int most = paper->body.columns / BLOCK, block = 0, height = 0, highest = 0;
    int share = most > 0 ? (paper->count + most - 1) / most : paper->count;
    for (int i = 0; i < paper->count; i++) {
        if (sheet_is_heading(paper, &paper->lines[i]) && height > 0 && block + 1 < most &&
            height + group_lines(paper, i) / 2 > share) {
            block++;
            height = 0;
        }
        paper->lines[i].block = block;
        highest = ++height > highest ? height : highest;
    }
    paper->blocks = highest <= paper->body.rows ? block + 1 : 1;
    for (int i = 0; i < paper->count && paper->blocks == 1; i++)
        paper->lines[i].block = 0;
}

/* What is left over goes to blanks above headings, to the texts that want more, and where there is
 * plenty to a blank above each line. */
static void spend(struct paper *paper, struct sheet_line *lines, int *given, int count, int rows)
{
    for (int i = 1; i < count && rows > 0; i++) {
        lines[i].blank = sheet_is_heading(paper, &lines[i]);
        rows -= lines[i].blank;
    }
    for (int i = 0; i < count && rows > 0; i++) {
        int more = sheet_line_rows(paper, &lines[i], true) - given[i];
        more = more < rows ? more : rows;
        given[i] += more;
        rows -= more;
    }
    for (int i = 1; i < count && rows >= AIRY * count; i++)
        lines[i].blank = true;
}

/* Gives the lines of a block their rows; all of them fit. */
static void place_block(struct paper *paper, struct sheet_line *lines, int count, struct rect rect)
{
    int *wanted = memory_new((size_t)count * 2, sizeof *wanted), *given = wanted + count;
    int left = rect.rows, row = rect.row;
    for (int i = 0; i < count; i++) {
        lines[i].rect = rect;
        wanted[i] = sheet_line_rows(paper, &lines[i], false);
    }
    share_rows(rect.rows, wanted, given, count);
    for (int i = 0; i < count; i++)
        left -= given[i];
    spend(paper, lines, given, count, left);
    for (int i = 0; i < count; i++) {
        row += lines[i].blank;
        lines[i].rect.row = row;
        lines[i].rect.rows = given[i];
        row += given[i];
    }
    memory_free(wanted);
}

/* --- all of them ------------------------------------------------------------------------------ */

static struct rect block_rect(const struct paper *paper, int block)
{
    int columns = paper->body.columns / paper->blocks;
    struct rect rect = paper->body;
    rect.column += block * columns;
    rect.columns = columns < BLOCK_MOST ? columns : BLOCK_MOST;
    if (block > 0) {
        rect.column += GAP;
        rect.columns -= GAP;
    }
    return rect;
}

static void place_blocks(struct paper *paper)
{
    for (int from = 0, to = 0; from < paper->count; from = to) {
        int block = paper->lines[from].block;
        while (to < paper->count && paper->lines[to].block == block)
            to++;
        struct rect rect = block_rect(paper, block);
        place_block(paper, paper->lines + from, to - from, rect);
        if (block > 0)
            frame_fill(paper->frame, (struct rect){rect.row, rect.column - GAP, rect.rows, 1},
                       0x2502, style_of(ROLE_QUIET));
    }
}

static int selected_line(const struct paper *paper)
{
    int line = 0;
    while (line + 1 < paper->count && paper->lines[line + 1].row <= paper->sheet->selected)
        line++;
    return line;
}

/* There are more lines than rows: a row each, but for the selected one, which is kept in sight. */
static void place_scrolled(struct paper *paper)
{
    int page = paper->body.rows, selected = selected_line(paper);
    struct rect rect = block_rect(paper, 0);
    for (int i = 0; i < paper->count; i++)
        paper->lines[i].rect = rect;
    int wanted = sheet_line_rows(paper, &paper->lines[selected], true);
    int own = wanted < page / 2 ? wanted : page / 2;
    int top = view_scrolled(selected, own, paper->count - 1 + own, page);
    for (int i = 0; i < paper->count; i++) {
        int at = (i <= selected ? i : i + own - 1) - top;
        paper->lines[i].rect.row = rect.row + at;
        paper->lines[i].rect.rows = at < 0 || at >= page ? 0 : i == selected ? own : 1;
    }
    paper->above = top > 0;
    paper->below = top + page < paper->count - 1 + own;
}

/* "◂ 4 of 11 ▸"; an arrow that is missing leaves its room, so that the place stands still. */
static void draw_bar(struct paper *paper)
{
    const struct sheet_screen *sheet = paper->sheet;
    const char *const arrows[] = {sheet->before ? "◂ " : "  ", sheet->after ? " ▸" : "  "};
    bool has_arrows = sheet->before || sheet->after;
    int end = paper->frame->columns - 1;
    struct buffer place = {0};
    if (sheet->place != NULL)
        buffer_add_format(&place, "%s%s%s", has_arrows ? arrows[0] : "", sheet->place,
                          has_arrows ? arrows[1] : "");
    int columns = frame_columns(paper->frame, buffer_text(&place));
    columns = columns < end / 2 ? columns : end / 2;
    screen_bar(paper->frame, 0, NULL, NULL);
    frame_text_right(paper->frame, 0, end, columns, buffer_text(&place), style_of(ROLE_BAR));
    frame_text(paper->frame, 0, 1, end - columns - 1 - GAP, sheet->title,
               style_of(ROLE_BAR_STRONG));
    if (sheet->before)
        probe_spot(paper->probe, (struct rect){0, end - columns, 1, GAP}, VIEW_LEFT, 0, 0);
    if (sheet->after)
        probe_spot(paper->probe, (struct rect){0, end - GAP, 1, GAP}, VIEW_RIGHT, 0, 0);
    buffer_release(&place);
}

static void draw(struct frame *frame, const void *screen, struct probe *probe)
{
    const struct sheet_screen *sheet = screen;
    struct paper paper = {.frame = frame, .sheet = sheet, .probe = probe};
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    int rows = frame->rows - 3 - (frame->rows >= BLANK_FROM ? 1 : 0);
    paper.body = (struct rect){1, 0, rows, frame->columns};
    find_lines(&paper);
    find_blocks(&paper);
    if (paper.count > rows && paper.blocks == 1)
        place_scrolled(&paper);
    else
        place_blocks(&paper);
    draw_bar(&paper);
    for (int i = 0; i < paper.count; i++) {
        if (paper.lines[i].rect.rows > 0)
            sheet_draw_line(&paper, &paper.lines[i]);
    }
    memory_free(paper.lines);
    view_more(frame, paper.body, paper.above, paper.below, style_of(ROLE_STRONG));
    screen_message(frame, frame->rows - 2, sheet->message, sheet->warning);
    screen_key_line(frame, frame->rows - 1, sheet->keys, sheet->key_count, probe);
}

void view_sheet(struct frame *frame, const struct sheet_screen *sheet)
{
    screen_show(frame, draw, sheet);
}

struct view_hit view_sheet_hit(const struct sheet_screen *sheet, int rows, int columns, int row,
                               int column)
{
    return screen_hit(draw, sheet, rows, columns, row, column);
}
