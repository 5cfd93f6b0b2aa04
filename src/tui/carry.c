/* Carrying a moment: arrows or a number say where, Enter drops it, Esc leaves it where it was.
 * Nothing is changed before it is dropped. A phase heading counts as one place. */
#include "touchline/memory.h"
#include "tui.h"
#include <stdio.h>
#include <stdlib.h>

struct carry {
    struct mode mode;
    int64_t id;           /* the moment carried */
    int64_t from, after;  /* the items that it follows, and would follow; PLACE_START */
    int64_t own;          /* its number */
    struct typing number; /* typed instead of arrows */
    struct buffer label;
    char *title;
    int64_t channel, seconds;
    bool dragged; /* by the mouse: dropped where the button is let go */
};

static const struct moment *in_window(const struct tui *tui, int64_t id)
{
    for (size_t i = 0; i < tui->window.count; i++)
        if (tui->window.moments[i].id == id)
            return &tui->window.moments[i];
    return NULL;
}

/* --- the scene -------------------------------------------------------------------------------- */

static void carry_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    static const struct key_item keys[] = {{"Left", "Earlier", 1},
                                           {"Right", "Later", 1},
                                           {"0-9", "To number", 3},
                                           {"Enter", "Drop here", 0},
                                           {"Esc", "Put back", 0}};
    struct carry *carry = (struct carry *)mode;
    ghost_place(tui, carry->after, &scene->ghost);
    scene->ghost.kind = GHOST_CARRY;
    scene->ghost.number = carry->own;
    scene->ghost.title = carry->title;
    scene->ghost.channel = carry->channel;
    scene->ghost.seconds = carry->seconds;
    scene->ghost.lifted = carry->id;
    const struct moment *before = in_window(tui, carry->after);
    buffer_clear(&carry->label);
    if (before)
        buffer_add_format(&carry->label, "after %lld, or to number >", (long long)before->number);
    else
        buffer_add_text(&carry->label, "here, or to number >");
    scene->prompt = (struct prompt){
        .mode = "CARRY",
        .label = buffer_text(&carry->label),
        .typed = {.text = buffer_text(&carry->number.text), .cursor = carry->number.cursor}};
    scene->keys = keys;
    scene->key_count = sizeof keys / sizeof *keys;
}

/* --- going about ------------------------------------------------------------------------------ */

static bool in_sight(const struct tui *tui, int64_t after)
{
    for (size_t i = 0; i < tui->window.phase_count; i++)
        if (tui->window.phases[i].id == after && tui->window.phases[i].begins)
            return true;
    return after == PLACE_START ? tui->window.before == 0 : in_window(tui, after) != NULL;
}

/* Keeps the place in sight: the window is read around the nearest moment. */
static void show_place(struct tui *tui, struct carry *carry)
{
    struct error error;
    int64_t near = 0, last;
    if (in_sight(tui, carry->after))
        return;
    enum status status = carry->after == PLACE_START
                             ? store_ends(tui->store, NULL, &near, &last, &error)
                             : store_step(tui->store, carry->after, -1, NULL, &near, &error);
    if (status == STATUS_OK && near)
        tui->session.selected = near;
    tui_centre(tui);
}

static void step(struct tui *tui, struct carry *carry, int direction)
{
    struct error error = {0};
    int64_t before = 0, after = 0, to;
    typing_set(&carry->number, NULL); /* the arrows have the last word */
    if (direction < 0 && carry->after == PLACE_START)
        return;
    enum status status = store_neighbours(tui->store, carry->after, &before, &after, &error);
    to = direction < 0 ? before : after;
    if (status == STATUS_OK && to == carry->id) /* one's own old place is no place to follow */
        status = store_neighbours(tui->store, to, &before, &after, &error);
    to = direction < 0 ? before : after;
    if (status != STATUS_OK)
        tui_error(tui, &error);
    else if (to || direction < 0)
        carry->after = to;
    show_place(tui, carry);
}

/* --- dropping --------------------------------------------------------------------------------- */

/* Back among its neighbours, or where it went. */
static void done(struct tui *tui, const struct carry *carry)
{
    tui->pressed = 0; /* a button still down drags no more */
    tui_pop(tui);
    tui_follow(tui, carry->id);
}

static void drop(struct tui *tui, struct carry *carry)
{
    int64_t ignored;
    bool numbered = carry->number.text.length > 0;
    struct id_words moment = id_words(carry->id), place = id_words(carry->after);
    const struct named values[] = {{"N", moment.text},
                                   {"to", numbered ? buffer_text(&carry->number.text) : NULL},
                                   {"after", numbered ? NULL : place.text},
                                   {NULL, NULL}};
    if (!numbered && carry->after == carry->from) {
        tui_say(tui, "%lld stays where it was.", (long long)carry->own);
        done(tui, carry);
    } else if (tui_call_named(tui, "move", values, &ignored) == STATUS_OK) {
        done(tui, carry);
    }
}

/* --- keys and the mouse ----------------------------------------------------------------------- */

static void put_back(struct tui *tui, struct carry *carry)
{
    tui_say(tui, "%lld is back where it was.", (long long)carry->own);
    done(tui, carry);
}

static void carry_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct carry *carry = (struct carry *)mode;
    struct key key = event->key;
    bool plain = key.code == K_CHAR && key.modifiers == 0;
    tui_refresh(tui);
    if (tui_is_leaving(key) || (plain && key.point == 'q'))
        put_back(tui, carry);
    else if (key.code == K_ENTER || (plain && key.point == 'm'))
        drop(tui, carry);
    else if (key.code == K_LEFT || (plain && (key.point == 'h' || key.point == 'H')))
        step(tui, carry, -1);
    else if (key.code == K_RIGHT || (plain && (key.point == 'l' || key.point == 'L')))
        step(tui, carry, +1);
    else if (key.code == K_BACKSPACE || (plain && key.point >= '0' && key.point <= '9'))
        (void)typing_event(&carry->number, event);
    else
        tui_say(tui, "Carrying %lld: Enter drops it, Esc puts it back.", (long long)carry->own);
}

static void carry_release(struct mode *mode)
{
    struct carry *carry = (struct carry *)mode;
    typing_release(&carry->number);
    buffer_release(&carry->label);
    memory_free(carry->title);
}

static const struct mode_type carry_type = {
    .scene = carry_scene, .event = carry_event, .release = carry_release};

static struct carry *lift(struct tui *tui, const struct moment *moment)
{
    struct error error;
    int64_t before = 0, after = 0;
    if (store_neighbours(tui->store, moment->id, &before, &after, &error) != STATUS_OK) {
        tui_error(tui, &error);
        return NULL;
    }
    struct carry *carry = memory_new(1, sizeof *carry);
    *carry = (struct carry){.mode = {.type = &carry_type, .about = moment->id},
                            .id = moment->id,
                            .from = before,
                            .after = before,
                            .own = moment->number,
                            .title = memory_copy(moment->title),
                            .channel = moment->channel,
                            .seconds = moment->seconds};
    return carry;
}

void carry_open(struct tui *tui)
{
    const struct moment *selected = tui_selected(tui);
    struct carry *carry = selected ? lift(tui, selected) : NULL;
    if (carry)
        tui_push(tui, &carry->mode);
}

/* --- by the mouse ----------------------------------------------------------------------------- */

static struct carry *dragged(struct tui *tui)
{
    if (!tui->modes || tui->modes->type != &carry_type)
        return NULL;
    struct carry *carry = (struct carry *)tui->modes;
    return carry->dragged ? carry : NULL;
}

bool carry_is_dragged(struct tui *tui)
{
    return dragged(tui) != NULL;
}

void carry_drag(struct tui *tui, int64_t id, const struct view_hit *over)
{
    struct error error;
    int64_t before = 0, after = 0;
    struct carry *carry = dragged(tui);
    if (!carry) {
        const struct moment *moment = in_window(tui, id);
        carry = moment ? lift(tui, moment) : NULL;
        if (!carry)
            return;
        carry->dragged = true;
        tui_push(tui, &carry->mode);
    }
    if ((over->what != VIEW_CARD && over->what != VIEW_PHASE) || over->id == carry->id)
        return;
    if (over->what == VIEW_PHASE || over->after)
        carry->after = over->id;
    else if (store_neighbours(tui->store, over->id, &before, &after, &error) == STATUS_OK &&
             before != carry->id)
        carry->after = before;
}

void carry_let_go(struct tui *tui)
{
    struct carry *carry = dragged(tui);
    if (carry)
        drop(tui, carry);
}
