/* A question that one key answers. */
#include "touchline/memory.h"
#include "touchline/text.h"
#include "tui.h"
#include <string.h>

struct pick {
    struct mode mode;
    char *label;
    struct choices choices;
    struct key_item *keys;
    void (*accept)(struct tui *tui, const char *value, void *data);
    void (*done)(void *data);
    void *data;
};

void choices_add(struct choices *choices, const char *key, const char *words, const char *value)
{
    choices->at = memory_resize(choices->at, choices->count + 1, sizeof *choices->at);
    choices->at[choices->count++] = (struct choice){
        .key = memory_copy(key), .words = memory_copy(words), .value = memory_copy(value)};
}

static void pick_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    struct pick *pick = (struct pick *)mode;
    (void)tui;
    scene->prompt = (struct prompt){.label = pick->label};
    scene->keys = pick->keys;
    scene->key_count = pick->choices.count + 1;
}

/* Letters are taken without case: the caps lock of a nervous moment should not matter. */
static bool answers(const struct choice *choice, struct key key)
{
    struct key wanted;
    if (!key_parse(choice->key, &wanted))
        return false;
    if (key_equal(wanted, key))
        return true;
    bool letters = wanted.code == K_CHAR && key.code == K_CHAR && !key.modifiers &&
                   wanted.point < 0x80 && key.point < 0x80;
    return letters && (wanted.point | 0x20) == (key.point | 0x20) && (key.point | 0x20) >= 'a' &&
           (key.point | 0x20) <= 'z';
}

static bool leaves(struct key key)
{
    bool plain = key.code == K_CHAR && key.modifiers == 0;
    return tui_is_leaving(key) || (plain && key.point == 'q');
}

static void pick_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct pick *pick = (struct pick *)mode;
    if (event->key.code == K_PASTE)
        return;
    tui_pop(tui);
    for (size_t i = 0; i < pick->choices.count; i++)
        if (answers(&pick->choices.at[i], event->key)) {
            pick->accept(tui, pick->choices.at[i].value, pick->data);
            return;
        }
    if (!leaves(event->key))
        tui_warn(tui, "That is none of them. Nothing was changed.");
}

static void pick_release(struct mode *mode)
{
    struct pick *pick = (struct pick *)mode;
    for (size_t i = 0; i < pick->choices.count; i++) {
        memory_free(pick->choices.at[i].key);
        memory_free(pick->choices.at[i].words);
        memory_free(pick->choices.at[i].value);
    }
    if (pick->done)
        pick->done(pick->data);
    memory_free(pick->choices.at);
    memory_free(pick->keys);
    memory_free(pick->label);
}

static const struct mode_type pick_type = {
    .scene = pick_scene, .event = pick_event, .release = pick_release};

void pick_open(struct tui *tui, const char *label, struct choices choices,
               void (*accept)(struct tui *tui, const char *value, void *data),
               void (*done)(void *data), void *data)
{
    struct pick *pick = memory_new(1, sizeof *pick);
    *pick = (struct pick){.mode.type = &pick_type,
                          .label = memory_copy(label),
                          .choices = choices,
                          .accept = accept,
                          .done = done,
                          .data = data};
    pick->keys = memory_new(choices.count + 1, sizeof *pick->keys);
    for (size_t i = 0; i < choices.count; i++)
        pick->keys[i] = (struct key_item){choices.at[i].key, choices.at[i].words, 0};
    pick->keys[choices.count] = (struct key_item){"Esc", "Back", 0};
    tui_push(tui, &pick->mode);
}
