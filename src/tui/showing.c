/* The board's scene, put together from what was read. */
#include "tui.h"
#include <string.h>

const char *tui_file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

/* The question of the step, or the hint that was asked for. */
static void add_question(struct tui *tui)
{
    const char *hint = tui->hint ? step_hint(tui->session.step, tui->hint - 1) : NULL;
    if (hint)
        buffer_add_text(&tui->question, hint);
    else
        step_question(tui->session.step, &tui->board, &tui->meter, &tui->question);
}

/* "Vote: 7 of 10 have voted" while one is open, and until it is shown. */
static const char *vote_words(struct tui *tui)
{
    const struct vote *vote = &tui->vote.vote;
    buffer_clear(&tui->vote_words);
    if (vote->id == 0 || vote->stage == VOTE_SHOWN)
        return NULL;
    buffer_add_format(&tui->vote_words,
                      "Vote on %s%s: ", vote->kind == VOTE_DOTS ? "dots" : "ratings",
                      vote->stage == VOTE_CLOSED ? ", closed" : "");
    if (vote_expected(&tui->vote) > 0)
        buffer_add_format(&tui->vote_words, "%lld of %lld have voted", (long long)tui->vote.voted,
                          (long long)vote_expected(&tui->vote));
    else
        buffer_add_text(&tui->vote_words, "nobody has voted yet");
    return buffer_text(&tui->vote_words);
}

/* Never those of another moment: nothing, while they cannot be read. */
static const struct details *shown_details(const struct tui *tui)
{
    return tui->details.moment.id == tui_details_id(tui) ? &tui->details : NULL;
}

const char *tui_message(const struct tui *tui)
{
    if (tui->message.length > 0)
        return buffer_text(&tui->message);
    return tui->notice.length > 0 ? buffer_text(&tui->notice) : NULL;
}

bool tui_message_warns(const struct tui *tui)
{
    return tui->message.length > 0 ? tui->warning : tui->notice.length > 0;
}

void scene_of_board(struct tui *tui, struct scene *scene)
{
    memset(scene, 0, sizeof *scene);
    buffer_clear(&tui->question);
    add_question(tui);
    buffer_clear(&tui->pattern);
    if (filter_is_on(&tui->session.filter))
        filter_format(&tui->session.filter, &tui->channels, &tui->pattern);
    *scene = (struct scene){
        .board = &tui->board,
        .title = tui_file_name(tui->options->path),
        .channels = &tui->channels,
        .meter = &tui->meter,
        .window = &tui->window,
        .strip = &tui->strip,
        .details = shown_details(tui),
        .parked = &tui->parked,
        .step = tui->session.step,
        .zoom = tui->session.zoom,
        .pane = tui->session.pane,
        .line = tui->session.line,
        .filter = tui->pattern.length ? buffer_text(&tui->pattern) : NULL,
        .dots = tui->session.step == STEP_CHOOSE ? &tui->dots : NULL,
        .vote = vote_words(tui),
        .ranked = &tui->ranked,
        .gaps = tui->gaps >= 0 ? &tui->gaps : NULL,
        .today = tui_today(tui),
        .message = tui_message(tui),
        .warning = tui_message_warns(tui),
        .prompt = {.label = buffer_text(&tui->question),
                   .note = step_hint(tui->session.step, 0) ? "another hint: ;" : NULL},
        .ghost = {.channel = FIELD_ABSENT, .seconds = FIELD_ABSENT},
    };
    timing_scene(tui, scene);
}
