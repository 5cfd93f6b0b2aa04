/* The topics of the help: a list, and the one that was opened, wrapped to the screen. */
#include "touchline/topics.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "touchline/text.h"
#include "tui.h"
#include <string.h>

enum { MARGINS = 6, LINE_MOST = 76 };

struct reading {
    struct mode mode;
    size_t selected;    /* of the topics */
    bool open;          /* it is being read */
    size_t at;          /* the line that stands at the top of what is read, when it scrolls */
    struct buffer text; /* with a NUL after each wrapped line */
    struct list_line *lines;
    size_t count;
};

/* --- what is shown --------------------------------------------------------------------------- */

static void add_line(struct reading *reading, const char *words)
{
    reading->lines = memory_resize(reading->lines, reading->count + 1, sizeof *reading->lines);
    reading->lines[reading->count++] = (struct list_line){.words = words};
}

static void list_topics(struct reading *reading)
{
    size_t count;
    const struct topic *topics = topic_table(&count);
    for (size_t i = 0; i < count; i++)
        add_line(reading, topics[i].title);
}

/* Lines end in a NUL each, a paragraph in an empty one. */
static void wrap_text(struct reading *reading, const char *text, int columns)
{
    struct text_wrap wrap = {.text = text, .length = strlen(text), .columns = columns};
    while (text_wrap_next(&wrap)) {
        buffer_add(&reading->text, wrap.line, wrap.line_length);
        buffer_add_byte(&reading->text, '\0');
        if (wrap.at > 0 && text[wrap.at - 1] == '\n')
            buffer_add_byte(&reading->text, '\0');
    }
}

static void list_text(struct tui *tui, struct reading *reading)
{
    size_t count;
    struct buffer text = {0};
    int columns = tui->frame.columns - MARGINS;
    buffer_clear(&reading->text);
    topic_format(&topic_table(&count)[reading->selected], board_noun(&tui->board), &text);
    wrap_text(reading, buffer_text(&text), columns < LINE_MOST ? columns : LINE_MOST);
    for (size_t at = 0; at < reading->text.length; at += strlen(reading->text.bytes + at) + 1)
        add_line(reading, reading->text.bytes + at);
    buffer_release(&text);
}

static struct list_screen screen_of(struct tui *tui, struct reading *reading)
{
    enum { KEYS = 3 };
    static const struct key_item choosing[KEYS] = {
        {"Down", "Choose", 1}, {"Enter", "Read", 0}, {"Esc", "Back", 0}};
    static const struct key_item reading_keys[KEYS] = {
        {"Space", "Next topic", 0}, {"Down", "Line", 1}, {"Esc", "Topics", 0}};
    size_t count;
    const struct topic *topics = topic_table(&count);
    reading->count = 0;
    if (reading->open)
        list_text(tui, reading);
    else
        list_topics(reading);
    return (struct list_screen){.title = reading->open ? topics[reading->selected].title
                                                       : "Help · topics",
                                .lines = reading->lines,
                                .count = reading->count,
                                .selected = reading->open ? reading->count : reading->selected,
                                .keys = reading->open ? reading_keys : choosing,
                                .key_count = KEYS};
}

/* Rows for lines are asked of the view; a text that is longer moves by its own lines. */
static void scroll(struct tui *tui, struct reading *reading, struct list_screen *list)
{
    size_t page = view_list_page(list, tui->frame.rows, tui->frame.columns);
    size_t most = list->count > page ? list->count - page : 0;
    reading->at = reading->at < most ? reading->at : most;
    list->lines += reading->at;
    list->count -= reading->at;
    list->count = list->count < page ? list->count : page;
    list->selected = list->count;
    list->hint = most > reading->at ? "more below" : most > 0 ? "more above" : NULL;
}

static void topics_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct reading *reading = (struct reading *)mode;
    struct list_screen list = screen_of(tui, reading);
    if (reading->open)
        scroll(tui, reading, &list);
    view_list(frame, &list);
}

/* --- keys ------------------------------------------------------------------------------------ */

static void choose(struct reading *reading, int by)
{
    size_t count;
    (void)topic_table(&count);
    reading->selected = (reading->selected + count + (size_t)by) % count;
    reading->at = 0;
}

static void move(struct reading *reading, int by)
{
    if (!reading->open)
        choose(reading, by);
    else if (by > 0)
        reading->at++; /* drawing stops it at the end */
    else if (reading->at > 0)
        reading->at--;
}

static void take_letter(struct reading *reading, uint32_t point)
{
    if (point == 'j' || point == 'k')
        move(reading, point == 'j' ? +1 : -1);
    else if (point == ' ' && reading->open)
        choose(reading, +1);
    else if (point == ' ')
        reading->open = true;
}

static void topics_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct reading *reading = (struct reading *)mode;
    struct key key = event->key;
    bool quits = key.code == K_CHAR && key.modifiers == 0 && key.point == 'q';
    if ((key.code == K_ESC || quits) && reading->open)
        reading->open = false;
    else if (key.code == K_ESC || quits || key.code == K_TAB)
        tui_pop(tui);
    else if (key.code == K_ENTER)
        reading->open = !reading->open;
    else if (key.code == K_UP || key.code == K_DOWN)
        move(reading, key.code == K_DOWN ? +1 : -1);
    else if (key.code == K_CHAR && key.modifiers == 0)
        take_letter(reading, key.point);
}

static void topics_release(struct mode *mode)
{
    struct reading *reading = (struct reading *)mode;
    memory_free(reading->lines);
    buffer_release(&reading->text);
}

void topics_open(struct tui *tui)
{
    static const struct mode_type topics_type = {
        .draw = topics_draw, .event = topics_event, .release = topics_release};
    struct reading *reading = memory_new(1, sizeof *reading);
    reading->mode.type = &topics_type;
    tui_push(tui, &reading->mode);
}
