/* A question with a line to answer it, in the prompt row. */
#include "touchline/memory.h"
#include "tui.h"

struct ask {
    struct mode mode;
    char *label;
    struct typing input;
    struct question question;
};

static void ask_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    static const struct key_item keys[] = {
        {"Enter", "Accept", 0},
        {"C-u",   "Clear",  1},
        {"Esc",   "Back",   0}
    };
    struct ask *ask = (struct ask *)mode;
    (void)tui;
    scene->prompt = (struct prompt){
        .label = ask->label,
        .typed = {.text = buffer_text(&ask->input.text), .cursor = ask->input.cursor}
    };
    scene->keys = keys;
    scene->key_count = sizeof keys / sizeof *keys;
}

static bool is_leaving(const struct event *event)
{
    return event->key.code == K_ESC ||
           (event->key.code == K_CHAR && event->key.modifiers == KEY_CTRL &&
            event->key.point == 'c');
}

static void ask_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct ask *ask = (struct ask *)mode;
    if (is_leaving(event)) {
        tui_pop(tui);
        return;
    }
    if (event->key.code == K_ENTER) {
        /* What accept opens must come to lie on top of what lies beneath this question; when it
         * refuses, the question comes back with what was typed. */
        tui->modes = mode->below;
        if (ask->question.accept(tui, buffer_text(&ask->input.text), ask->question.data) !=
            STATUS_OK) {
            tui_push(tui, mode);
            return;
        }
        mode->below = tui->dead;
        tui->dead = mode;
        return;
    }
    if (typing_event(&ask->input, event) && ask->question.change)
        ask->question.change(tui, buffer_text(&ask->input.text), ask->question.data);
}

static void ask_release(struct mode *mode)
{
    struct ask *ask = (struct ask *)mode;
    if (ask->question.done)
        ask->question.done(ask->question.data);
    typing_release(&ask->input);
    memory_free(ask->label);
}

static const struct mode_type ask_type = {
    .scene = ask_scene, .event = ask_event, .release = ask_release};

void ask_open(struct tui *tui, const struct question *question)
{
    struct ask *ask = memory_new(1, sizeof *ask);
    ask->mode.type = &ask_type;
    ask->label = memory_copy(question->label);
    ask->question = *question;
    typing_set(&ask->input, question->initial);
    tui_push(tui, &ask->mode);
}
