/* The ideas and actions of the selected moment. A line: mark, words, and on the right the price or
 * the status; the framed one is kept in sight. */
#include "details.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <string.h>

enum { HEADINGS_FROM = 12 };

struct line {
    uint32_t mark;
    struct buffer text;
    const char *right; /* price or status */
    struct style style;
    enum view_what what;
    int64_t id;
    bool framed, edited;
};

/* One of the two lists, with the rows that it has. */
struct list {
    struct line *lines;
    int count;
    int framed; /* -1: none */
};

/* --- lines ------------------------------------------------------------------------------------ */

static struct line idea_line(const struct idea *idea)
{
    struct line line = {.mark = idea->taken ? 0x2713 : ' ',
                        .right = price_word(idea->price),
                        .style = style_of(ROLE_TEXT),
                        .what = VIEW_IDEA,
                        .id = idea->id};
    buffer_add_text(&line.text, idea->text);
    return line;
}

static uint32_t action_mark(const struct action *action, bool overdue)
{
    if (overdue)
        return '!';
    return action->status == ACTION_TO_DO || action->status == ACTION_TRYING ? 0x25b8 : 0x2713;
}

/* "Script by the phone · Ana · 28 Nov" */
static struct line action_line(const struct action *action, struct date today)
{
    bool overdue = method_overdue(action, today);
    struct line line = {
        .mark = action_mark(action, overdue),
        .right = action->status == ACTION_TO_DO ? "" : action_status_word(action->status),
        .style = style_of(overdue ? ROLE_WARNING : ROLE_TEXT),
        .what = VIEW_ACTION,
        .id = action->id};
    struct date due;
    buffer_add_text(&line.text, action->text);
    if (action->owner != NULL)
        buffer_add_format(&line.text, " · %s", action->owner);
    if (action->due != NULL && date_parse_iso(action->due, &due)) {
        char day[32];
        date_format_short(due, today, day, sizeof day);
        buffer_add_format(&line.text, " · %s", day);
    }
    return line;
}

/* A list has one line more while a new one is typed at its end. */
static void open_list(struct list *list, const struct scene *scene, size_t count, enum pane pane)
{
    bool here = scene->pane == pane;
    bool more = here && scene->edit.text != NULL && scene->line == (int)count;
    list->lines = memory_new(count + 1, sizeof *list->lines);
    list->count = (int)count + (more ? 1 : 0);
    list->framed = here && scene->line < list->count ? scene->line : -1;
    if (more)
        list->lines[count] = (struct line){
            .mark = ' ', .right = "", .style = style_of(ROLE_TEXT), .what = VIEW_NOTHING};
}

static void mark_framed(struct list *list, const struct scene *scene)
{
    if (list->framed < 0)
        return;
    list->lines[list->framed].framed = true;
    list->lines[list->framed].edited = scene->edit.text != NULL;
}

static void close_list(struct list *list)
{
    for (int i = 0; i < list->count; i++)
        buffer_release(&list->lines[i].text);
    memory_free(list->lines);
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void draw_frame(struct view *view, struct rect rect)
{
    int last = rect.row + rect.rows - 1;
    frame_style(view->frame, rect, style_of(ROLE_SELECTED));
    frame_put(view->frame, rect.row, rect.column, '[', style_of(ROLE_SELECTED));
    frame_put(view->frame, last, rect.column + rect.columns - 1, ']', style_of(ROLE_SELECTED));
}

enum { MARK = 1, TEXT = 3 }; /* columns of a line */

/* The columns for its words: beside price or status, within the brackets. */
static int text_room(const struct line *line, int columns)
{
    int right = text_columns(line->right, strlen(line->right));
    right = right < columns / 3 ? right : columns / 3;
    return columns - TEXT - 1 - right - (right > 0 ? 1 : 0);
}

/* `rect` has a column for a bracket at either end. */
static void draw_line(struct view *view, const struct line *line, struct rect rect, int index)
{
    struct frame *frame = view->frame;
    int end = rect.column + rect.columns - 1;
    struct style style = line->framed ? style_of(ROLE_SELECTED) : line->style;
    struct style quiet = line->framed ? style : style_of(ROLE_QUIET);
    struct rect text = {rect.row, rect.column + TEXT, rect.rows, text_room(line, rect.columns)};
    if (line->framed)
        draw_frame(view, rect);
    frame_fill(frame, (struct rect){rect.row, rect.column + MARK, 1, TEXT - MARK}, ' ', style);
    frame_put(frame, rect.row, rect.column + MARK, line->mark, style);
    frame_text_right(frame, rect.row, end, rect.columns / 3, line->right, quiet);
    if (line->edited)
        view_typed(frame, text, &view->scene->edit, style_of(ROLE_FIELD), &view->probe);
    else
        frame_wrapped(frame, text, buffer_text(&line->text), style, NULL);
    view_spot(view, rect, line->what, line->id, index);
    if (line->framed && !line->edited) {
        frame->cursor_row = text.row;
        frame->cursor_column = text.column;
    }
}

static int line_rows(const struct line *line, int columns)
{
    int rows = wrapped_rows(buffer_text(&line->text), text_room(line, columns));
    return rows > 0 && !line->edited ? rows : 1;
}

/* All lines fit: those with long words take further rows while there are any. */
static void draw_all(struct view *view, const struct list *list, struct rect rect)
{
    int *wanted = memory_new((size_t)list->count * 2 + 1, sizeof *wanted);
    int *given = wanted + list->count;
    for (int i = 0; i < list->count; i++)
        wanted[i] = line_rows(&list->lines[i], rect.columns);
    share_rows(rect.rows, wanted, given, list->count);
    for (int i = 0; i < list->count; i++) {
        draw_line(view, &list->lines[i],
                  (struct rect){rect.row, rect.column, given[i], rect.columns}, i);
        rect.row += given[i];
    }
    memory_free(wanted);
}

/* They do not: a row each, and the last row says how many more there are. */
static void draw_some(struct view *view, const struct list *list, struct rect rect)
{
    int shown = rect.rows > 1 ? rect.rows - 1 : 1;
    int first = list->framed >= shown ? list->framed - shown + 1 : 0;
    for (int i = 0; i < shown; i++)
        draw_line(view, &list->lines[first + i],
                  (struct rect){rect.row + i, rect.column, 1, rect.columns}, first + i);
    if (rect.rows > 1)
        frame_format(view->frame, rect.row + shown, rect.column + 3, rect.columns - 4,
                     style_of(ROLE_QUIET), "… %d more", list->count - shown);
}

static void draw_list(struct view *view, const struct list *list, struct rect rect)
{
    if (rect.rows <= 0)
        return;
    if (list->count <= rect.rows)
        draw_all(view, list, rect);
    else
        draw_some(view, list, rect);
}

static struct rect take_heading(struct view *view, struct rect rect, const char *text)
{
    frame_text(view->frame, rect.row, rect.column + 1, rect.columns - 1, text,
               style_of(ROLE_QUIET));
    rect.row++;
    rect.rows--;
    return rect;
}

static int rows_wanted(const struct list *list, int columns)
{
    int rows = 0;
    for (int i = 0; i < list->count; i++)
        rows += line_rows(&list->lines[i], columns);
    return rows;
}

/* Rows for the ideas. Where all lines have one, long ideas take what is spare; where they have not,
 * the list that the eye is on gets two thirds. */
static int idea_rows(const struct list *ideas, const struct list *actions, struct rect rect)
{
    int spare = rect.rows - ideas->count - actions->count;
    if (spare >= 0) {
        int more = rows_wanted(ideas, rect.columns) - ideas->count;
        return ideas->count + (more < spare ? more : spare);
    }
    int third = rect.rows / 3 > 1 ? rect.rows / 3 : 1;
    int theirs = actions->framed >= 0 ? rect.rows - third : third;
    if (ideas->count < rect.rows - theirs)
        return ideas->count;
    return rect.rows - (actions->count < theirs ? actions->count : theirs);
}

static void draw_lists(struct view *view, const struct list *ideas, const struct list *actions,
                       struct rect rect)
{
    bool headings = rect.rows >= HEADINGS_FROM;
    if (headings)
        rect = take_heading(view, rect, "Ideas");
    struct rect room = rect;
    room.rows -= headings ? 2 : 0; /* a blank row and the second heading */
    int rows = idea_rows(ideas, actions, room);
    draw_list(view, ideas, (struct rect){rect.row, rect.column, rows, rect.columns});
    rect.row += rows;
    rect.rows -= rows;
    if (headings) {
        rect.row++;
        rect.rows--;
        rect = take_heading(view, rect, "Actions");
    }
    draw_list(view, actions, rect);
}

void details_plan(struct view *view, struct rect rect)
{
    const struct scene *scene = view->scene;
    const struct details *details = scene->details;
    struct list ideas, actions;
    open_list(&ideas, scene, details->ideas.count, PANE_IDEAS);
    open_list(&actions, scene, details->actions.count, PANE_ACTIONS);
    for (size_t i = 0; i < details->ideas.count; i++)
        ideas.lines[i] = idea_line(&details->ideas.at[i]);
    for (size_t i = 0; i < details->actions.count; i++)
        actions.lines[i] = action_line(&details->actions.at[i], scene->today);
    mark_framed(&ideas, scene);
    mark_framed(&actions, scene);
    if (ideas.count + actions.count == 0)
        frame_text(view->frame, rect.row, rect.column + 3, rect.columns - 4,
                   "No ideas yet: i adds one", style_of(ROLE_QUIET));
    else
        draw_lists(view, &ideas, &actions, rect);
    close_list(&ideas);
    close_list(&actions);
}
