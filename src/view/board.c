/* The board's screen, put together from its parts. */
#include "draw.h"
#include "touchline/memory.h"

static const struct window no_window;

/* Where there is no room below the cards, the lists take their place while one is in them. */
static bool lists_instead(const struct view *view)
{
    return view->layout.details.rows == 0 && view->scene->pane != PANE_CARDS &&
           view->scene->added == NULL;
}

static void draw_cards_zoom(struct view *view)
{
    view_slots(view);
    view_phases(view);
    view_strip(view);
    if (lists_instead(view)) {
        view->layout.details =
            (struct rect){view->layout.cards.row, 0, view->layout.cards.rows, view->layout.columns};
        view_details(view);
        return;
    }
    view_cards(view);
    if (view->scene->added != NULL) {
        view_writing(view);
        return;
    }
    view_curve(view);
    view_details(view);
}

static void draw_foot(struct view *view)
{
    const struct scene *scene = view->scene;
    screen_message(view->frame, view->layout.message, scene->message, scene->warning);
    screen_prompt(view->frame, view->layout.prompt, &scene->prompt, &view->probe);
    screen_key_line(view->frame, view->layout.keys, scene->keys, scene->key_count, &view->probe);
}

static void draw_view(struct view *view)
{
    frame_clear(view->frame);
    if (screen_too_small(view->frame))
        return;
    layout_make(&view->layout, view->frame->rows, view->frame->columns);
    view_header(view);
    view_why(view);
    if (view->scene->zoom == ZOOM_OVERVIEW)
        view_overview(view);
    else if (view->scene->zoom == ZOOM_ONE)
        view_one_card(view);
    else
        draw_cards_zoom(view);
    draw_foot(view);
    memory_free(view->slots);
}

static void draw(struct frame *frame, const void *screen, struct probe *probe)
{
    const struct scene *scene = screen;
    struct view view = {.frame = frame,
                        .scene = scene,
                        .window = scene->window != NULL ? scene->window : &no_window,
                        .probe = *probe};
    draw_view(&view);
    *probe = view.probe;
}

void view_board(struct frame *frame, const struct scene *scene)
{
    screen_show(frame, draw, scene);
}

struct view_hit view_board_hit(const struct scene *scene, int rows, int columns, int row,
                               int column)
{
    return screen_hit(draw, scene, rows, columns, row, column);
}
