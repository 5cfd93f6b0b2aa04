/* Who is here (R13): people, what they do, who of them meets customers in the daily work. */
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "tui.h"
#include <string.h>

struct who {
    struct mode mode;
    struct people people;
    struct list_line *lines;
    struct buffer foot;
    size_t selected;
};

/* --- reading --------------------------------------------------------------------------------- */

static void read_people(struct tui *tui, struct who *who)
{
    struct error error;
    people_release(&who->people);
    if (store_people(tui->store, &who->people, &error) != STATUS_OK)
        tui_error(tui, &error);
    if (who->selected >= who->people.count)
        who->selected = who->people.count ? who->people.count - 1 : 0;
}

static bool front_line_is_here(const struct people *people)
{
    for (size_t i = 0; i < people->count; i++)
        if (people->at[i].front_line && people->at[i].present)
            return true;
    return false;
}

/* Asked on opening, when nothing else has been read yet. */
void who_remind(struct tui *tui)
{
    struct error error;
    struct board board = {0};
    struct people people = {0};
    bool known = store_people(tui->store, &people, &error) == STATUS_OK && people.count > 0;
    if (known && !front_line_is_here(&people) &&
        store_board(tui->store, &board, &error) == STATUS_OK)
        tui_say(tui, "Nobody here meets the %s in the daily work. W lists who is here.",
                board_noun(&board));
    record_release(RECORD_BOARD, &board);
    people_release(&people);
}

/* --- drawing --------------------------------------------------------------------------------- */

static void fill_lines(struct who *who)
{
    const struct people *people = &who->people;
    who->lines = memory_resize(who->lines, people->count + 1, sizeof *who->lines);
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->at[i];
        who->lines[i] = (struct list_line){.left = person->present ? "here" : "away",
                                           .words = person->name,
                                           .right = person->role};
    }
}

/* The name as it is typed, its + behind it. */
static void mark_front_line(struct who *who, struct buffer *names)
{
    for (size_t i = 0; i < who->people.count; i++) {
        buffer_clear(&names[i]);
        buffer_add_format(&names[i], "%s%s", who->people.at[i].name,
                          who->people.at[i].front_line ? " +" : "");
        who->lines[i].words = buffer_text(&names[i]);
    }
}

static void describe(struct tui *tui, struct who *who)
{
    const char *noun = board_noun(&tui->board);
    buffer_clear(&who->foot);
    if (!front_line_is_here(&who->people))
        buffer_add_format(&who->foot,
                          "Nobody here meets the %s in the daily work (+). They know what happens, "
                          "and they must want what changes: fetch one.",
                          noun);
    else
        buffer_add_format(&who->foot, "+ marks those who meet the %s in the daily work.", noun);
}

static void show(struct tui *tui, struct who *who, struct frame *frame)
{
    static const struct key_item keys[] = {
        {"Space", "Here, away", 0}, {"+", "Front line", 1}, {"a", "Add", 1},    {"r", "Role", 2},
        {"d", "Off the list", 3},   {"u", "Undo", 2},       {"Esc", "Board", 0}};
    struct scene scene;
    scene_of_all(tui, &scene);
    bool asked = scene.prompt.typed.text != NULL;
    struct list_screen list = {.title = "Who is here",
                               .hint = "the front line from the start",
                               .lines = who->lines,
                               .count = who->people.count ? who->people.count : 1,
                               .selected = who->selected,
                               .foot = buffer_text(&who->foot),
                               .message = tui->message.length ? buffer_text(&tui->message) : NULL,
                               .warning = tui->warning,
                               .keys = asked ? scene.keys : keys,
                               .key_count = asked ? scene.key_count : sizeof keys / sizeof *keys};
    if (asked)
        list.prompt = scene.prompt;
    view_list(frame, &list);
}

static void who_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct who *who = (struct who *)mode;
    read_people(tui, who);
    struct buffer *names = memory_new(who->people.count + 1, sizeof *names);
    fill_lines(who);
    mark_front_line(who, names);
    if (who->people.count == 0)
        who->lines[0] = (struct list_line){.words = "Nobody is on the list yet: a adds people.",
                                           .heading = true};
    describe(tui, who);
    show(tui, who, frame);
    for (size_t i = 0; i < who->people.count; i++)
        buffer_release(&names[i]);
    memory_free(names);
}

/* --- keys ------------------------------------------------------------------------------------ */

static enum status change(struct tui *tui, const char *name, const char *option, const char *value)
{
    int64_t ignored;
    const struct named values[] = {{"NAME", name}, {option, value}, {NULL, NULL}};
    return tui_call_named(tui, "person", values, &ignored);
}

/* "Ana+, Ben": a + marks the front line, as in the first run. */
static enum status add_person(struct tui *tui, const char *text, size_t length)
{
    while (length > 0 && *text == ' ') {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    bool front = length > 0 && text[length - 1] == '+';
    while (length > 0 && (text[length - 1] == '+' || text[length - 1] == ' '))
        length--;
    if (length == 0)
        return STATUS_OK;
    char *name = memory_copy_bytes(text, length);
    enum status status = change(tui, name, front ? "front-line" : "here", "");
    memory_free(name);
    return status;
}

static enum status accept_people(struct tui *tui, const char *text, void *data)
{
    enum status status = STATUS_OK;
    (void)data;
    while (*text && status == STATUS_OK) {
        size_t length = strcspn(text, ",");
        status = add_person(tui, text, length);
        text += length + (text[length] == ',');
    }
    return status;
}

static enum status accept_role(struct tui *tui, const char *text, void *data)
{
    return change(tui, data, "role", text);
}

static void ask_role(struct tui *tui, const struct person *person)
{
    char *name = memory_copy(person->name);
    struct question question = {.label = "What does he or she do? >",
                                .initial = person->role,
                                .accept = accept_role,
                                .done = memory_free,
                                .data = name};
    ask_open(tui, &question);
}

static void ask_people(struct tui *tui)
{
    struct question question = {.label = "Who? Ana+, Ben (+ is the front line) >",
                                .accept = accept_people};
    ask_open(tui, &question);
}

static void act_on(struct tui *tui, const struct person *person, uint32_t point)
{
    if (point == ' ')
        (void)change(tui, person->name, person->present ? "away" : "here", "");
    else if (point == '+')
        (void)change(tui, person->name, person->front_line ? "no-front-line" : "front-line", "");
    else if (point == 'r')
        ask_role(tui, person);
    else if (point == 'd')
        (void)change(tui, person->name, "remove", "");
}

static void move(struct who *who, int by)
{
    if (by < 0 && who->selected > 0)
        who->selected--;
    else if (by > 0 && who->selected + 1 < who->people.count)
        who->selected++;
}

static void take_letter(struct tui *tui, struct who *who, uint32_t point)
{
    if (point == 'q' || point == 'W')
        tui_pop(tui);
    else if (point == 'a')
        ask_people(tui);
    else if (point == 'u' || point == 'U')
        tui_run_named(tui, point == 'u' ? "undo" : "redo", NULL);
    else if (point == 'j' || point == 'k')
        move(who, point == 'j' ? +1 : -1);
    else if (who->selected < who->people.count)
        act_on(tui, &who->people.at[who->selected], point);
}

static void who_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct who *who = (struct who *)mode;
    struct key key = event->key;
    if (key.code == K_FOCUS_IN || key.code == K_FOCUS_OUT)
        return;
    tui_say(tui, "%s", "");
    if (tui_is_leaving(key))
        tui_pop(tui);
    else if (key.code == K_UP || key.code == K_DOWN)
        move(who, key.code == K_DOWN ? +1 : -1);
    else if (key.code == K_CHAR && key.modifiers == 0)
        take_letter(tui, who, key.point);
}

static void who_release(struct mode *mode)
{
    struct who *who = (struct who *)mode;
    people_release(&who->people);
    memory_free(who->lines);
    buffer_release(&who->foot);
}

void who_open(struct tui *tui)
{
    static const struct mode_type who_type = {
        .draw = who_draw, .event = who_event, .release = who_release};
    struct who *who = memory_new(1, sizeof *who);
    who->mode.type = &who_type;
    read_people(tui, who);
    tui_push(tui, &who->mode);
}
