/* A question with a line to answer it, in the prompt row or over the framed line of the pane. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

struct ask {
    struct mode mode;
    char *label, *initial;
    struct typing input;
    struct question question;
    struct buffer draft;
};

static void ask_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    static const struct key_item keys[] = {
        {"Enter", "Accept", 0}, {"C-u", "Clear", 1}, {"Esc", "Back", 0}};
    struct ask *ask = (struct ask *)mode;
    struct typed typed = {.text = buffer_text(&ask->input.text), .cursor = ask->input.cursor};
    (void)tui;
    scene->prompt = (struct prompt){.label = ask->label};
    if (ask->question.in_place)
        scene->edit = typed;
    else
        scene->prompt.typed = typed;
    scene->keys = keys;
    scene->key_count = sizeof keys / sizeof *keys;
}

/* What was typed and not accepted is there again when the same is asked next. */
static void keep_half(struct tui *tui, const struct ask *ask)
{
    const char *text = buffer_text(&ask->input.text);
    bool worth =
        ask->question.draft && *text && strcmp(text, ask->initial ? ask->initial : "") != 0;
    memory_replace(&tui->half_question, worth ? ask->label : NULL);
    memory_replace(&tui->half_answer, worth ? text : NULL);
}

static void leave(struct tui *tui, struct ask *ask)
{
    keep_half(tui, ask);
    tui_say(tui, "%s", ""); /* what was wrong with the answer goes with it */
    tui_pop(tui);
    if (ask->question.leave)
        ask->question.leave(tui, ask->question.data);
}

/* Blanks at either end are slips of the thumb. */
static char *without_blanks(const char *text)
{
    text += strspn(text, " ");
    size_t length = strlen(text);
    while (length > 0 && text[length - 1] == ' ')
        length--;
    return memory_copy_bytes(text, length);
}

/* What accept opens must come to lie on top of what lies beneath this question; when it refuses,
 * the question comes back with what was typed. */
static void enter(struct tui *tui, struct ask *ask)
{
    char *text = without_blanks(buffer_text(&ask->input.text));
    tui->modes = ask->mode.below;
    enum status status = ask->question.accept(tui, text, ask->question.data);
    memory_free(text);
    if (status != STATUS_OK) {
        tui_push(tui, &ask->mode);
        return;
    }
    ask->mode.below = tui->dead;
    tui->dead = &ask->mode;
}

static void ask_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct ask *ask = (struct ask *)mode;
    if (tui_is_leaving(event->key))
        leave(tui, ask);
    else if (event->key.code == K_ENTER)
        enter(tui, ask);
    else if (event->key.code == K_F1)
        help_open(tui, false);
    else
        (void)typing_event(&ask->input, event);
}

static struct typing *ask_typing(struct mode *mode)
{
    return &((struct ask *)mode)->input;
}

static const char *ask_draft(struct mode *mode)
{
    struct ask *ask = (struct ask *)mode;
    if (!ask->question.draft || ask->input.text.length == 0)
        return NULL;
    buffer_clear(&ask->draft);
    buffer_add_text(&ask->draft, ask->question.draft);
    buffer_add_text(&ask->draft, buffer_text(&ask->input.text));
    return buffer_text(&ask->draft);
}

static void ask_release(struct mode *mode)
{
    struct ask *ask = (struct ask *)mode;
    if (ask->question.done)
        ask->question.done(ask->question.data);
    typing_release(&ask->input);
    buffer_release(&ask->draft);
    memory_free(ask->label);
    memory_free(ask->initial);
}

static const struct mode_type ask_type = {.scene = ask_scene,
                                          .event = ask_event,
                                          .typing = ask_typing,
                                          .draft = ask_draft,
                                          .release = ask_release};

/* The half answer, when it was given to this very question; it counts once. */
static void begin(struct tui *tui, struct ask *ask)
{
    bool same =
        ask->question.draft && tui->half_question && strcmp(tui->half_question, ask->label) == 0;
    typing_set(&ask->input, same ? tui->half_answer : ask->initial);
    if (!same)
        return;
    tui_say(tui, "Here is what was typed before. C-u drops it.");
    memory_replace(&tui->half_question, NULL);
    memory_replace(&tui->half_answer, NULL);
}

void ask_open(struct tui *tui, const struct question *question)
{
    struct ask *ask = memory_new(1, sizeof *ask);
    ask->mode.type = &ask_type;
    ask->label = memory_copy(question->label);
    ask->initial = memory_copy(question->initial);
    ask->question = *question;
    begin(tui, ask);
    tui_push(tui, &ask->mode);
}
