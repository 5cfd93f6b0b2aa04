/* The first run: a board that is not there yet is made by Enter; then four questions, each of which
 * Enter skips. Everything is saved as it is answered. */
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "tui.h"
#include <string.h>

enum { WHOM, WHY, WHO, HOW_MANY, QUESTIONS };

#define WHY_EXAMPLE                                                                                \
    "How we handle these moments decides whether they come back, what they tell others, and so "   \
    "our jobs."

/* clang-format off */
static const struct {
    const char *question, *example, *hint;
    const char *taken; /* what Tab puts there; NULL: nothing to take */
} questions[QUESTIONS] = {
    [WHOM] = {"Whom do you serve?", "customer  client  guest  patient ...", NULL, "customer"},
    [WHY] = {"Why are we doing this?", WHY_EXAMPLE, NULL, WHY_EXAMPLE},
    [WHO] = {"Who is here?", "Ana+, Ben, Wally+",
             "a + after those who meet them in their work", NULL},
    [HOW_MANY] = {"How many a year?", "12000", "for the sums; leave it empty if nobody knows",
                  NULL},
};
/* clang-format on */

struct first {
    struct mode mode;
    size_t selected;
    struct typing answers[QUESTIONS];
};

static const char *file_name(const char *path)
{
    const char *slash = strrchr(path, '/');
    return slash ? slash + 1 : path;
}

static void first_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    static const struct key_item keys[] = {
        {"Enter", "Next",             0},
        {"Tab",   "Take the example", 1},
        {"Up",    "Back one",         3},
        {"Esc",   "To the board",     0}
    };
    static const struct key_item start[] = {
        {"Enter", "Make it", 0},
        {"Esc",   "Leave",   0}
    };
    struct first *first = (struct first *)mode;
    struct first_question shown[QUESTIONS];
    bool made = tui->store != NULL;
    for (size_t i = 0; i < QUESTIONS; i++)
        shown[i] = (struct first_question){.question = questions[i].question,
                                           .example = questions[i].example,
                                           .hint = questions[i].hint,
                                           .answer = buffer_text(&first->answers[i].text)};
    struct typing *input = &first->answers[first->selected];
    struct first_screen screen = {
        .file = file_name(tui->options->path),
        .made = made,
        .questions = shown,
        .count = QUESTIONS,
        .selected = first->selected,
        .typed = {.text = made ? buffer_text(&input->text) : NULL, .cursor = input->cursor},
        .message = tui->message.length ? buffer_text(&tui->message) : NULL,
        .warning = tui->warning,
        .keys = made ? keys : start,
        .key_count = made ? sizeof keys / sizeof *keys : sizeof start / sizeof *start
    };
    view_first(frame, &screen);
}

/* --- answers
 * ----------------------------------------------------------------------------------------- */

static enum status set_board(struct tui *tui, const char *field, const char *text)
{
    struct buffer words = {0};
    int64_t ignored;
    buffer_add_format(&words, "%s=%s", field, text);
    const struct named values[] = {
        {"FIELD=VALUE", buffer_text(&words)},
        {NULL,          NULL               }
    };
    enum status status = tui_call_named(tui, "board", values, &ignored);
    buffer_release(&words);
    return status;
}

/* "Ana+, Ben": a + marks those who meet the customer in their work (R13). */
static enum status add_person(struct tui *tui, const char *text, size_t length)
{
    int64_t ignored;
    while (length > 0 && (*text == ' ' || *text == ',')) {
        text++;
        length--;
    }
    while (length > 0 && text[length - 1] == ' ')
        length--;
    bool front = length > 0 && text[length - 1] == '+';
    length -= front;
    if (length == 0)
        return STATUS_OK;
    char *name = memory_copy_bytes(text, length);
    const struct named values[] = {
        {"NAME",       name             },
        {"front-line", front ? "" : NULL},
        {NULL,         NULL             }
    };
    enum status status = tui_call_named(tui, "person", values, &ignored);
    memory_free(name);
    return status;
}

static enum status add_people(struct tui *tui, const char *text)
{
    enum status status = STATUS_OK;
    while (*text && status == STATUS_OK) {
        size_t length = strcspn(text, ",");
        status = add_person(tui, text, length);
        text += length + (text[length] == ',');
    }
    return status;
}

static enum status save(struct tui *tui, const struct first *first)
{
    const char *text = buffer_text(&first->answers[first->selected].text);
    if (!*text)
        return STATUS_OK;
    switch (first->selected) {
    case WHOM:
        return set_board(tui, "noun", text);
    case WHY:
        return set_board(tui, "why", text);
    case WHO:
        return add_people(tui, text);
    default:
        return set_board(tui, "customers", text);
    }
}

static void go_on(struct tui *tui, struct first *first)
{
    if (save(tui, first) != STATUS_OK)
        return;
    tui_say(tui, "%s", "");
    if (++first->selected < QUESTIONS)
        return;
    first->selected = QUESTIONS - 1;
    tui_pop(tui);
    capture_open(tui, PLACE_END);
}

static void make(struct tui *tui)
{
    struct error error;
    if (store_create(tui->options->path, &tui->options->store, &tui->store, &error) != STATUS_OK)
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

static void first_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct first *first = (struct first *)mode;
    struct typing *input = &first->answers[first->selected];
    struct key key = event->key;
    bool leaving =
        key.code == K_ESC || (key.code == K_CHAR && key.modifiers == KEY_CTRL && key.point == 'c');
    if (leaving)
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
    else if (key.code == K_TAB && questions[first->selected].taken)
        typing_set(input, questions[first->selected].taken);
    else
        (void)typing_event(input, event);
}

static void first_release(struct mode *mode)
{
    struct first *first = (struct first *)mode;
    for (size_t i = 0; i < QUESTIONS; i++)
        typing_release(&first->answers[i]);
}

static const struct mode_type first_type = {
    .draw = first_draw, .event = first_event, .release = first_release};

void first_open(struct tui *tui)
{
    struct first *first = memory_new(1, sizeof *first);
    first->mode.type = &first_type;
    tui_push(tui, &first->mode);
}
