/* The mode at the bottom: keys on the board, looked up in the one table. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

/* --- digits ----------------------------------------------------------------------------------- */

static void run_with(struct tui *tui, const char *name, const char *value)
{
    const char *values[ARGUMENTS_MAX] = {NULL, value};
    tui_run_named(tui, name, values);
}

/* The step goes on by itself: to the next moment that lacks what was just said. */
static void go_on_to(struct tui *tui)
{
    struct error error;
    int64_t to = 0;
    (void)tui_selected(tui); /* the meter tells what is asked now */
    enum next next = step_next(tui->session.step, &tui->meter);
    if (store_next(tui->store, next, tui->session.selected, &to, &error) == STATUS_OK)
        tui_jump(tui, to);
}

static enum status accept_seconds(struct tui *tui, const char *text, void *data)
{
    int64_t ignored;
    struct buffer words = {0};
    struct id_words id = id_words(*(const int64_t *)data);
    buffer_add_format(&words, "seconds=%s", text);
    const struct named values[] = {
        {"N", id.text}, {"FIELD=VALUE", buffer_text(&words)}, {NULL, NULL}};
    enum status status = tui_call_named(tui, "set", values, &ignored);
    buffer_release(&words);
    if (status == STATUS_OK)
        go_on_to(tui);
    return status;
}

/* Once all have a channel the step asks how long (R5), and digits begin the answer. */
static void ask_seconds(struct tui *tui, uint32_t digit)
{
    const char begun[2] = {(char)digit, '\0'};
    int64_t *id = memory_new(1, sizeof *id);
    *id = tui->session.selected;
    struct question question = {.label = "How long does it last? 20, 2m, 1h >",
                                .initial = begun,
                                .accept = accept_seconds,
                                .done = memory_free,
                                .data = id};
    ask_open(tui, &question);
}

static void colour_digit(struct tui *tui, uint32_t digit)
{
    size_t position = digit - '1';
    if (step_asks_how_long(tui->session.step, &tui->meter)) {
        ask_seconds(tui, digit);
        return;
    }
    if (digit == '0') {
        run_with(tui, "channel", "");
        return;
    }
    if (position >= tui->channels.count) {
        tui_warn(tui, "There are %zu channels: 1 to %zu, 0 for none.", tui->channels.count,
                 tui->channels.count);
        return;
    }
    run_with(tui, "channel", tui->channels.at[position].letter);
    if (!tui->warning)
        go_on_to(tui);
}

static void rate_digit(struct tui *tui, uint32_t digit)
{
    static const char *const words[] = {"unrated", "miserable", "neutral", "magical"};
    bool reviewing = tui->session.step == STEP_REVIEW;
    if (digit > '3') {
        tui_warn(tui, "1 miserable, 2 neutral, 3 magical, 0 none.");
        return;
    }
    const struct named values[] = {
        {"RATING", words[digit - '0']}, {reviewing ? "review" : NULL, ""}, {NULL, NULL}};
    tui_run_with(tui, "rate", values);
}

static enum status go_to(struct tui *tui, const char *text, void *data)
{
    struct error error;
    int64_t id = 0;
    (void)data;
    if (!*text)
        return STATUS_OK;
    enum status status = store_find(tui->store, text, &id, &error);
    struct moment moment = {0};
    if (status == STATUS_OK)
        status = store_moment(tui->store, id, &moment, &error);
    if (status == STATUS_OK && moment.state != STATE_LIVE)
        status = error_set(&error, STATUS_NOT_FOUND,
                           moment.state == STATE_PARKED ? "It is parked: Z shows the parking lot."
                                                        : "It was deleted.");
    record_release(RECORD_ITEM, &moment);
    if (status != STATUS_OK)
        tui_error(tui, &error);
    else
        tui_jump(tui, id);
    return status;
}

enum status go_to_number(struct tui *tui, const char *text)
{
    return go_to(tui, text, NULL);
}

void go_to_open(struct tui *tui, const char *begun)
{
    struct question question = {.label = "Go to number >", .initial = begun, .accept = go_to};
    ask_open(tui, &question);
}

static bool take_digit(struct tui *tui, struct key key)
{
    if (key.code != K_CHAR || key.modifiers || key.point < '0' || key.point > '9')
        return false;
    if (!tui_selected(tui)) {
        tui_say_nothing_there(tui);
        return true;
    }
    switch (step_row(tui->session.step)->digits) {
    case DIGITS_CHANNEL:
        colour_digit(tui, key.point);
        break;
    case DIGITS_RATING:
        rate_digit(tui, key.point);
        break;
    case DIGITS_GO_TO: {
        const char begun[2] = {(char)key.point, '\0'};
        go_to_open(tui, begun);
        break;
    }
    }
    return true;
}

/* --- the lower pane --------------------------------------------------------------------------- */

/* In the pane some keys act on the framed line instead of the moment. */
static bool take_pane_key(struct tui *tui, struct key key)
{
    if (tui->session.pane == PANE_CARDS)
        return false;
    tui_refresh(tui);
    return pane_key(tui, key);
}

/* --- all keys --------------------------------------------------------------------------------- */

/* Esc leaves one thing at a time: the pane, the search, the filter. */
static void escape(struct tui *tui)
{
    struct session *session = &tui->session;
    if (session->pane != PANE_CARDS) {
        session->pane = PANE_CARDS;
    } else if (session->search) {
        memory_replace(&session->search, NULL);
        tui_say(tui, "Search left.");
    } else if (filter_is_on(&session->filter)) {
        tui_unfilter(tui);
    } else {
        tui_say(tui, "%s", "");
    }
}

static void run_key(struct tui *tui, struct key key)
{
    const struct command *command = command_for_key(key);
    if (command)
        tui_run_command(tui, command, NULL);
    else
        tui_warn_unbound(tui, key);
}

static void board_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    (void)mode;
    if (event->key.code == K_PASTE) {
        paste_open(tui, event->paste);
        return;
    }
    tui_say(tui, "%s", "");
    if (event->key.code == K_ESC)
        escape(tui);
    else if (!take_digit(tui, event->key) && !take_pane_key(tui, event->key))
        run_key(tui, event->key);
}

static void board_scene(struct tui *tui, struct mode *mode, struct scene *scene)
{
    (void)mode;
    keys_of_step(tui, scene);
}

static const struct mode_type board_type = {.scene = board_scene, .event = board_event};

void board_mode_open(struct tui *tui)
{
    struct mode *board = memory_new(1, sizeof *board);
    board->type = &board_type;
    tui_push(tui, board);
}
