/* The two rows at the top: the board's title, the steps and the timer; the why and the figures. */
#include "draw.h"
#include <string.h>

static const char *board_title(const struct scene *scene)
{
    if (scene->board != NULL && scene->board->title != NULL)
        return scene->board->title;
    return scene->title;
}

/* Right to left: where the timer begins. */
static int draw_timer(struct view *view, int end)
{
    const char *timer = view->scene->timer;
    if (timer == NULL)
        return end;
    int row = view->layout.header;
    struct style style = style_of(view->scene->timer_over ? ROLE_WARNING : ROLE_TIMER);
    int begin = frame_text_right(view->frame, row, end - 1, end, timer, style);
    view_spot(view, (struct rect){row, begin, 1, end - begin}, VIEW_TIMER, 0, 0);
    return begin - 2;
}

static int step_columns(enum step step)
{
    return (int)strlen(step_row(step)->name) + 2;
}

static void draw_step(struct view *view, int column, enum step step)
{
    int row = view->layout.header;
    bool now = step == view->scene->step;
    struct rect rect = {row, column, 1, step_columns(step)};
    struct style style = style_of(now ? ROLE_STEP_NOW : ROLE_STEP);
    frame_fill(view->frame, rect, ' ', style);
    frame_text(view->frame, row, column + 1, rect.columns - 2, step_row(step)->name, style);
    /* Which one it is must be seen without colour, too. */
    if (now && (view->frame->mono || view->frame->ascii)) {
        frame_put(view->frame, row, column, '[', style);
        frame_put(view->frame, row, column + rect.columns - 1, ']', style);
    }
    view_spot(view, rect, VIEW_STEP, 0, (int)step);
}

/* All six while the title keeps a fair share of the row, else the one the guide is in. */
static int draw_steps(struct view *view, int end)
{
    enum { TITLE_LEAST = 14 };
    int columns = 0;
    for (int i = 0; i < STEPS; i++)
        columns += step_columns((enum step)i);
    if (end - columns < TITLE_LEAST) {
        end -= step_columns(view->scene->step);
        draw_step(view, end, view->scene->step);
        return end;
    }
    end -= columns;
    for (int i = 0, column = end; i < STEPS; column += step_columns((enum step)i++))
        draw_step(view, column, (enum step)i);
    return end;
}

void view_header(struct view *view)
{
    int row = view->layout.header, columns = view->layout.columns;
    frame_fill(view->frame, (struct rect){row, 0, 1, columns}, ' ', style_of(ROLE_BAR));
    int end = draw_steps(view, draw_timer(view, columns));
    frame_text(view->frame, row, 1, end - 2, board_title(view->scene), style_of(ROLE_BAR_STRONG));
}

static const char dot[] = " · ";

/* "11 moments · 75 s a passenger" and "11 moments in 4 phases" begin alike: the meter's first part
 * is left out where the step's progress says the same. */
static const char *meter_rest(const char *meter, const char *progress)
{
    const char *end = strstr(meter, dot);
    size_t length = end != NULL ? (size_t)(end - meter) : strlen(meter);
    if (length == 0 || strncmp(meter, progress, length) != 0)
        return meter;
    return end != NULL ? end + strlen(dot) : "";
}

/* Leaves out parts from the end until it fits. */
static void shorten(const struct view *view, struct buffer *text, int columns)
{
    while (text->length > 0 && frame_columns(view->frame, buffer_text(text)) > columns) {
        size_t end = text->length - 1;
        while (end > 0 && strncmp(text->bytes + end, dot, strlen(dot)) != 0)
            end--;
        buffer_cut(text, end);
    }
}

/* The figures beside the why: how far the step has come, and the meter where there is room. */
static void figures(const struct view *view, int columns, struct buffer *out)
{
    const struct scene *scene = view->scene;
    struct buffer progress = {0}, meter = {0};
    if (scene->meter == NULL)
        return;
    step_progress(scene->step, scene->meter, scene->gaps, &progress);
    shorten(view, &progress, columns);
    int room = columns - frame_columns(view->frame, buffer_text(&progress)) - 3;
    if (room > 0 && scene->board != NULL && scene->meter->moments > 0)
        meter_format(scene->meter, scene->board, room, &meter);
    const char *rest = meter_rest(buffer_text(&meter), buffer_text(&progress));
    bool alike = rest != buffer_text(&meter);
    buffer_add_text(out, alike ? buffer_text(&progress) : rest);
    if (progress.length > 0 && rest[0] != '\0')
        buffer_add_text(out, " · ");
    buffer_add_text(out, alike ? rest : buffer_text(&progress));
    buffer_release(&progress);
    buffer_release(&meter);
}

void view_why(struct view *view)
{
    int row = view->layout.why, columns = view->layout.columns;
    if (row < 0)
        return;
    const char *why = view->scene->board != NULL ? view->scene->board->why : NULL;
    struct buffer line = {0}, right = {0};
    if (why != NULL)
        buffer_add_format(&line, "Why: %s", why);
    /* The why is always in sight (R14): the figures leave it at least half of the row. */
    int needed = frame_columns(view->frame, buffer_text(&line));
    int half = (columns - 2) / 2;
    figures(view, columns - 4 - (needed < half ? needed : half), &right);
    int begin = columns;
    if (right.length > 0)
        begin = frame_text_right(view->frame, row, columns - 1, columns - 2, buffer_text(&right),
                                 style_of(ROLE_QUIET));
    frame_text(view->frame, row, 1, begin - 3, buffer_text(&line), style_of(ROLE_QUIET));
    view_spot(view, (struct rect){row, 0, 1, begin}, VIEW_WHY, 0, 0);
    buffer_release(&line);
    buffer_release(&right);
}
