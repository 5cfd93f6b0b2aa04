/* The why and the time over the whole screen. */
#include "touchline/large.h"
#include "block.h"

static const char *title_of(const struct scene *scene)
{
    bool named = scene->board != NULL && scene->board->title != NULL;
    return named ? scene->board->title : scene->title;
}

/* The text in the middle of the screen, the words beneath it; under the bar. */
static void draw_middle(struct frame *frame, const char *text, const char *beneath)
{
    enum { MARGIN = 3, BAR = 2, FOOT = 3 };
    struct rect rect = {BAR, MARGIN, frame->rows - BAR - FOOT, frame->columns - 2 * MARGIN};
    int rows = large_rows(frame, rect, text);
    rect.row += (rect.rows - rows) / 2;
    rect.rows = rows;
    large_text(frame, rect, text, true);
    int columns = frame_columns(frame, beneath);
    int left = columns < rect.columns ? (rect.columns - columns) / 2 : 0;
    frame_text(frame, frame->rows - FOOT, MARGIN + left, rect.columns - left, beneath,
               style_of(ROLE_STRONG));
}

static void draw_screen(struct frame *frame, const struct scene *scene, const char *text,
                        const char *hint, const char *beneath)
{
    frame_clear(frame);
    if (screen_too_small(frame))
        return;
    screen_bar(frame, 0, title_of(scene), hint);
    draw_middle(frame, text, beneath);
    struct probe nowhere = {.row = -1};
    screen_key_line(frame, frame->rows - 1, scene->keys, scene->key_count, &nowhere);
    frame->cursor_row = frame->rows - 1;
    frame->cursor_column = frame->columns - 1;
}

void view_large_why(struct frame *frame, const struct scene *scene)
{
    const char *why = scene->board != NULL ? scene->board->why : NULL;
    draw_screen(frame, scene, why != NULL ? why : "", scene->timer, NULL);
}

void view_clock(struct frame *frame, const struct scene *scene)
{
    draw_screen(frame, scene, scene->timer != NULL ? scene->timer : "", step_row(scene->step)->name,
                scene->prompt.label);
}
