/* The first run: a board that is not there yet is made by Enter; then four questions, each of which
 * Enter skips. Everything is saved as it is answered. */
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/screens.h"
#include "tui.h"
#include <string.h>
#include <strings.h>

enum { WHOM, WHY, WHO, HOW_MANY, QUESTIONS };

/* %s is the board's noun. */
#define WHY_EXAMPLE                                                                                \
    "How we handle these moments decides whether the %s comes back, what others are told, and so " \
    "our jobs."

/* In their order; `taken` is what Tab puts there, NULL: nothing to take. */
static const struct {
    const char *question, *example, *taken;
} questions[QUESTIONS] = {
    {"Whom do you serve?", "customer  client  guest  patient ...", "customer"},
    {"Why are we doing this?", WHY_EXAMPLE, WHY_EXAMPLE},
    {"Who is here?  (a + marks the front line)", "Ana+, Ben, Wally+", NULL},
    {"How many a year?  (empty if nobody knows)", "12000", NULL},
};

struct first {
    struct mode mode;
    size_t selected;
    struct typing answers[QUESTIONS];
    char *saved[QUESTIONS];            /* what was answered before, NULL: nothing */
    struct buffer examples[QUESTIONS]; /* with the noun in them */
};

static void add_with_noun(struct tui *tui, const char *text, struct buffer *out)
{
    const char *place = text ? strstr(text, "%s") : NULL;
    if (!place) {
        buffer_add_text(out, text);
        return;
    }
    buffer_add(out, text, (size_t)(place - text));
    buffer_add_text(out, board_noun(&tui->board));
    buffer_add_text(out, place + 2);
}

static void fill(struct tui *tui, struct first *first, struct first_question *shown)
{
    for (size_t i = 0; i < QUESTIONS; i++) {
        buffer_clear(&first->examples[i]);
        add_with_noun(tui, questions[i].example, &first->examples[i]);
        shown[i] = (struct first_question){.question = questions[i].question,
                                           .example = buffer_text(&first->examples[i]),
                                           .answer = buffer_text(&first->answers[i].text)};
    }
}

/* Which keys there are: Tab only where there is something to take. */
static size_t fill_keys(struct tui *tui, const struct first *first, struct key_item *keys)
{
    size_t count = 0;
    if (!tui->store) {
        keys[count++] = (struct key_item){"Enter", "Make it", 0};
        keys[count++] = (struct key_item){"Esc", "Leave", 0};
        return count;
    }
    keys[count++] = (struct key_item){
        "Enter", first->selected + 1 == QUESTIONS ? "Write the first moment" : "Next", 0};
    if (questions[first->selected].taken)
        keys[count++] = (struct key_item){"Tab", "Take the example", 1};
    if (first->selected > 0)
        keys[count++] = (struct key_item){"Up", "Back one", 3};
    keys[count++] = (struct key_item){"Esc", "To the board", 0};
    return count;
}

static void first_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct first *first = (struct first *)mode;
    struct first_question shown[QUESTIONS];
    struct key_item keys[QUESTIONS];
    bool made = tui->store != NULL;
    struct typing *input = &first->answers[first->selected];
    fill(tui, first, shown);
    struct first_screen screen = {
        .file = tui_file_name(tui->options->path),
        .made = made,
        .questions = shown,
        .count = QUESTIONS,
        .selected = first->selected,
        .typed = {.text = made ? buffer_text(&input->text) : NULL, .cursor = input->cursor},
        .message = tui_message(tui),
        .warning = tui_message_warns(tui),
        .keys = keys,
        .key_count = fill_keys(tui, first, keys)};
    view_first(frame, &screen);
}

/* --- answers ---------------------------------------------------------------------------------- */

static enum status set_board(struct tui *tui, const char *field, const char *text)
{
    struct buffer words = {0};
    int64_t ignored;
    buffer_add_format(&words, "%s=%s", field, text);
    const struct named values[] = {{"FIELD=VALUE", buffer_text(&words)}, {NULL, NULL}};
    enum status status = tui_call_named(tui, "board", values, &ignored);
    buffer_release(&words);
    return status;
}

/* The next of "Ana+, Ben, Wally+": its text and length, blanks left off; false: there is none. */
static bool next_person(const char **list, const char **name, size_t *length)
{
    while (**list) {
        *name = *list + strspn(*list, " ");
        size_t whole = strcspn(*name, ",");
        *list = *name + whole + ((*name)[whole] == ',');
        while (whole > 0 && (*name)[whole - 1] == ' ')
            whole--;
        *length = whole;
        if (whole > 0)
            return true;
    }
    return false;
}

/* A + marks those who meet the customer in their work (R13). */
static enum status set_person(struct tui *tui, const char *text, size_t length, bool here)
{
    int64_t ignored;
    bool front = text[length - 1] == '+';
    char *name = memory_copy_bytes(text, length - front);
    const struct named values[] = {{"NAME", name},
                                   {here && front ? "front-line" : "no-front-line", ""},
                                   {here ? "here" : "remove", ""},
                                   {NULL, NULL}};
    enum status status = *name ? tui_call_named(tui, "person", values, &ignored) : STATUS_OK;
    memory_free(name);
    return status;
}

static bool is_listed(const char *list, const char *wanted, size_t wanted_length)
{
    const char *name;
    size_t length;
    while (next_person(&list, &name, &length))
        if (length - (name[length - 1] == '+') == wanted_length &&
            strncasecmp(name, wanted, wanted_length) == 0)
            return true;
    return false;
}

/* An answer given again takes off the list who is not named any more. */
static enum status set_people(struct tui *tui, const char *text, const char *before)
{
    const char *name, *all = text;
    size_t length;
    enum status status = STATUS_OK;
    while (status == STATUS_OK && next_person(&all, &name, &length))
        status = set_person(tui, name, length, true);
    while (status == STATUS_OK && next_person(&before, &name, &length))
        if (!is_listed(text, name, length - (name[length - 1] == '+')))
            status = set_person(tui, name, length, false);
    return status;
}

static enum status save_text(struct tui *tui, size_t question, const char *text, const char *before)
{
    switch (question) {
    case WHOM:
        return set_board(tui, "noun", text);
    case WHY:
        return set_board(tui, "why", text);
    case WHO:
        return set_people(tui, text, before);
    default:
        return set_board(tui, "customers", text);
    }
}

/* Only what is new is saved: the questions can be gone through again. */
static enum status save(struct tui *tui, struct first *first)
{
    char **saved = &first->saved[first->selected];
    const char *text = buffer_text(&first->answers[first->selected].text);
    const char *before = *saved ? *saved : "";
    if (strcmp(text, before) == 0)
        return STATUS_OK;
    enum status status = save_text(tui, first->selected, text, before);
    if (status == STATUS_OK) {
        memory_replace(saved, text);
        tui_say(tui, "%s", "");
        tui_refresh(tui);
    }
    return status;
}

static void go_on(struct tui *tui, struct first *first)
{
    if (save(tui, first) != STATUS_OK || ++first->selected < QUESTIONS)
        return;
    first->selected = QUESTIONS - 1;
    tui_pop(tui);
    capture_open(tui, PLACE_END);
}

static void make(struct tui *tui)
{
    struct error error;
    if (store_create(tui->options->path, &tui->store_options, &tui->store, &error) != STATUS_OK)
        tui_error(tui, &error);
    tui->stale = true;
}

static void leave(struct tui *tui, struct first *first)
{
    if (!tui->store) {
        tui->quit = true;
        return;
    }
    if (save(tui, first) != STATUS_OK)
        return;
    tui_pop(tui);
    tui_say(tui, "a begins to write. B has these questions again.");
}

static void take_example(struct tui *tui, struct first *first)
{
    struct buffer text = {0};
    if (!questions[first->selected].taken)
        return;
    add_with_noun(tui, questions[first->selected].taken, &text);
    typing_set(&first->answers[first->selected], buffer_text(&text));
    buffer_release(&text);
}

static void first_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct first *first = (struct first *)mode;
    struct typing *input = &first->answers[first->selected];
    struct key key = event->key;
    if (tui_is_leaving(key))
        leave(tui, first);
    else if (!tui->store && key.code == K_ENTER)
        make(tui);
    else if (!tui->store && key.code == K_CHAR && key.point == 'q')
        tui->quit = true;
    else if (!tui->store)
        return;
    else if (key.code == K_ENTER || key.code == K_DOWN)
        go_on(tui, first);
    else if (key.code == K_UP && first->selected > 0 && save(tui, first) == STATUS_OK)
        first->selected--;
    else if (key.code == K_F1)
        help_open(tui, false);
    else if (key.code == K_TAB)
        take_example(tui, first);
    else
        (void)typing_event(input, event);
}

static void first_keep(struct tui *tui, struct mode *mode)
{
    if (tui->store)
        (void)save(tui, (struct first *)mode);
}

static struct typing *first_typing(struct mode *mode)
{
    struct first *first = (struct first *)mode;
    return &first->answers[first->selected];
}

static void first_release(struct mode *mode)
{
    struct first *first = (struct first *)mode;
    for (size_t i = 0; i < QUESTIONS; i++) {
        typing_release(&first->answers[i]);
        memory_free(first->saved[i]);
        buffer_release(&first->examples[i]);
    }
}

static const struct mode_type first_type = {.draw = first_draw,
                                            .event = first_event,
                                            .typing = first_typing,
                                            .keep = first_keep,
                                            .release = first_release};

void first_open(struct tui *tui)
{
    struct first *first = memory_new(1, sizeof *first);
    first->mode.type = &first_type;
    tui_push(tui, &first->mode);
}
