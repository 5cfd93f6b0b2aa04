/* The board's scene, put together from what was read. */
#include "tui.h"
#include <string.h>

static enum dots_shown dots_shown(const struct tui *tui)
{
    if (tui->session.step != STEP_CHOOSE)
        return DOTS_NONE;
    for (size_t i = 0; i < tui->window.count; i++)
        if (tui->window.moments[i].dots > 0)
            return DOTS_SHOWN;
    return DOTS_NONE;
}

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

void scene_of_board(struct tui *tui, struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    buffer_clear(&tui->question);
    step_question(tui->session.step, &tui->board, &tui->meter, &tui->question);
    buffer_clear(&tui->pattern);
    if (filter_is_on(&tui->session.filter))
        filter_format(&tui->session.filter, &tui->channels, &tui->pattern);
    *scene = (struct scene){
        .board = &tui->board,
        .title = file_name(tui->options->path),
        .channels = &tui->channels,
        .meter = &tui->meter,
        .window = &tui->window,
        .strip = &tui->strip,
        .details = &tui->details,
        .parked = &tui->parked,
        .step = tui->session.step,
        .zoom = tui->session.zoom,
        .pane = tui->session.pane,
        .line = tui->session.line,
        .filter = tui->pattern.length ? buffer_text(&tui->pattern) : NULL,
        .dots = dots_shown(tui),
        .today = date_of_time(clock_now(&tui->options->store.clock)),
        .message = tui->message.length ? buffer_text(&tui->message) : NULL,
        .warning = tui->warning,
        .prompt = {.label = buffer_text(&tui->question)},
        .ghost = { .channel = FIELD_ABSENT,             .seconds = FIELD_ABSENT},
    };
}
