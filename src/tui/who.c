/* Who is here (R13): people, what they do, who of them meets customers in the daily work. */
#include "list_mode.h"
#include "touchline/memory.h"
#include <string.h>

struct who {
    struct list_mode list;
    struct people people;
    struct buffer foot;
};

/* --- what is said on opening ------------------------------------------------------------------ */

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

/* --- rows ------------------------------------------------------------------------------------- */

/* The name as it is typed, its + behind it. */
static void add_person_row(struct list_mode *list, const struct person *person, size_t at)
{
    struct list_row *row = list_add(list, person->id);
    row->at = at;
    buffer_add_text(&row->cells[LIST_LEFT], person->present ? "here" : "away");
    buffer_add_format(&row->cells[LIST_WORDS], "%s%s", person->name,
                      person->front_line ? " +" : "");
    buffer_add_text(&row->cells[LIST_RIGHT], person->role);
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct who *who = (struct who *)list;
    struct people people = {0};
    enum status status = store_people(tui->store, &people, error);
    if (status != STATUS_OK) {
        people_release(&people);
        return status;
    }
    people_release(&who->people);
    who->people = people;
    for (size_t i = 0; i < people.count; i++)
        add_person_row(list, &people.at[i], i);
    return status;
}

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    struct who *who = (struct who *)list;
    const char *noun = board_noun(&tui->board);
    (void)row;
    buffer_clear(&who->foot);
    if (!front_line_is_here(&who->people))
        buffer_add_format(&who->foot,
                          "Nobody here meets the %s in the daily work (+). They know what happens, "
                          "and they must want what changes: fetch one.",
                          noun);
    else
        buffer_add_format(&who->foot, "+ marks those who meet the %s in the daily work.", noun);
    screen->foot = buffer_text(&who->foot);
}

/* --- keys ------------------------------------------------------------------------------------- */

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

static const struct person *person_of(const struct list_mode *list, const struct list_row *row)
{
    return &((const struct who *)list)->people.at[row->at];
}

static void ask_role(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct person *person = person_of(list, row);
    struct question question = {.label = "What does he or she do? >",
                                .initial = person->role,
                                .accept = accept_role,
                                .done = memory_free,
                                .data = memory_copy(person->name)};
    ask_open(tui, &question);
}

static void ask_people(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    struct question question = {.label = "Who? Ana+, Ben (+ is the front line) >",
                                .accept = accept_people};
    (void)list;
    (void)row;
    ask_open(tui, &question);
}

static void mark_present(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct person *person = person_of(list, row);
    (void)change(tui, person->name, person->present ? "away" : "here", "");
}

static void mark_front_line(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct person *person = person_of(list, row);
    (void)change(tui, person->name, person->front_line ? "no-front-line" : "front-line", "");
}

static void take_off(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)change(tui, person_of(list, row)->name, "remove", "");
}

static void who_release(struct list_mode *list)
{
    struct who *who = (struct who *)list;
    people_release(&who->people);
    buffer_release(&who->foot);
}

void who_open(struct tui *tui)
{
    static const struct list_key keys[] = {
        {"Space", "Here, away", 0, LIST_ROW | LIST_WRITES, mark_present},
        {"+", "Front line", 1, LIST_ROW | LIST_WRITES, mark_front_line},
        {"a", "Add", 1, LIST_WRITES, ask_people},
        {"r", "Role", 2, LIST_ROW | LIST_WRITES, ask_role},
        {"d", "Off the list", 3, LIST_ROW | LIST_WRITES, take_off},
        {"u", "Undo", 2, 0, NULL},
        {"Esc", "Board", 0, 0, NULL},
        {"W", NULL, 0, 0, list_leave},
    };
    static const struct list_type who_type = {.title = "Who is here",
                                              .hint = "the front line from the start",
                                              .empty = "Nobody is on the list yet: a adds people.",
                                              .keys = keys,
                                              .key_count = sizeof keys / sizeof *keys,
                                              .load = load,
                                              .describe = describe,
                                              .release = who_release};
    struct who *who = memory_new(1, sizeof *who);
    list_open(tui, &who->list, &who_type);
}
