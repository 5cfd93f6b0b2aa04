/* The topics of the help: a list, and over it the one that was opened, wrapped to the screen. */
#include "touchline/topics.h"
#include "list_mode.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "touchline/text.h"
#include <string.h>

/* --- reading one ------------------------------------------------------------------------------ */

enum { MARGINS = 6, LINE_MOST = 76 };

struct reading {
    struct mode mode;
    struct list_mode *list; /* beneath: the topic that is read stays selected there */
    size_t topic;
    size_t at;          /* the line that stands at the top, when it scrolls */
    struct buffer text; /* with a NUL after each wrapped line */
    struct list_line *lines;
    size_t count;
};

/* Lines end in a NUL each, a paragraph in an empty one. */
static void wrap_text(struct reading *reading, const char *text, int columns)
{
    struct text_wrap wrap = {.text = text, .length = strlen(text), .columns = columns};
    buffer_clear(&reading->text);
    while (text_wrap_next(&wrap)) {
        buffer_add(&reading->text, wrap.line, wrap.line_length);
        buffer_add_byte(&reading->text, '\0');
        if (wrap.at > 0 && text[wrap.at - 1] == '\n')
            buffer_add_byte(&reading->text, '\0');
    }
}

static void fill_lines(struct tui *tui, struct reading *reading)
{
    size_t topics;
    struct buffer text = {0};
    int columns = tui->frame.columns > MARGINS ? tui->frame.columns - MARGINS : 1;
    topic_format(&topic_table(&topics)[reading->topic], board_noun(&tui->board), &text);
    wrap_text(reading, buffer_text(&text), columns < LINE_MOST ? columns : LINE_MOST);
    reading->count = 0;
    for (size_t at = 0; at < reading->text.length; at += strlen(reading->text.bytes + at) + 1) {
        reading->lines = memory_resize(reading->lines, reading->count + 1, sizeof *reading->lines);
        reading->lines[reading->count++] = (struct list_line){.words = reading->text.bytes + at};
    }
    buffer_release(&text);
}

/* The list itself would scroll by what is selected: a text that is longer than the screen moves by
 * its own lines. */
static void scroll(struct reading *reading, struct list_screen *screen, size_t page)
{
    size_t most = screen->count > page ? screen->count - page : 0;
    reading->at = reading->at < most ? reading->at : most;
    screen->lines += reading->at;
    screen->count = screen->count - reading->at < page ? screen->count - reading->at : page;
    screen->selected = screen->count;
    screen->hint = most > reading->at ? "more below" : most > 0 ? "more above" : NULL;
}

static size_t page_of(struct tui *tui, const struct list_screen *screen)
{
    return view_list_page(screen, tui->frame.rows, tui->frame.columns);
}

static struct list_screen screen_of(struct tui *tui, struct reading *reading)
{
    static const struct key_item keys[] = {
        {"Space", "Next topic", 0}, {"Down", "Line", 1}, {"Esc", "Topics", 0}};
    size_t topics;
    fill_lines(tui, reading);
    struct list_screen screen = {.title = topic_table(&topics)[reading->topic].title,
                                 .lines = reading->lines,
                                 .count = reading->count,
                                 .keys = keys,
                                 .key_count = sizeof keys / sizeof *keys};
    scroll(reading, &screen, page_of(tui, &screen));
    return screen;
}

static void reading_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct list_screen screen = screen_of(tui, (struct reading *)mode);
    view_list(frame, &screen);
}

/* Drawing stops it at the end. */
static void move(struct tui *tui, struct reading *reading, int by)
{
    (void)tui;
    if (by > 0)
        reading->at++;
    else if (reading->at > 0)
        reading->at--;
}

static void page(struct tui *tui, struct reading *reading, int by)
{
    struct list_screen screen = screen_of(tui, reading);
    for (size_t lines = page_of(tui, &screen); lines > 0; lines--)
        move(tui, reading, by);
}

static void turn(struct tui *tui, struct reading *reading, int by)
{
    size_t topics;
    (void)tui;
    (void)topic_table(&topics);
    reading->topic = (reading->topic + topics + (size_t)by) % topics;
    reading->at = 0;
    list_select(reading->list, (int64_t)reading->topic);
}

/* Tab turns back to where it came from: the help. */
static void leave(struct tui *tui, struct reading *reading, int modes)
{
    (void)reading;
    for (; modes > 0; modes--)
        tui_pop(tui);
}

static const struct reading_key {
    const char *key;
    void (*act)(struct tui *tui, struct reading *reading, int by);
    int by;
} reading_keys[] = {
    {"Space", turn, +1}, {"Down", move, +1}, {"j", move, +1},    {"Up", move, -1},
    {"k", move, -1},     {"PgDn", page, +1}, {"PgUp", page, -1}, {"Enter", leave, 1},
    {"Esc", leave, 1},   {"C-c", leave, 1},  {"q", leave, 1},    {"Tab", leave, 2},
};

static void reading_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    for (size_t i = 0; i < sizeof reading_keys / sizeof *reading_keys; i++) {
        struct key key;
        if (key_parse(reading_keys[i].key, &key) && key_equal(key, event->key))
            reading_keys[i].act(tui, (struct reading *)mode, reading_keys[i].by);
    }
}

static void reading_mouse(struct tui *tui, struct mode *mode, const struct mouse *mouse,
                          struct key *key)
{
    struct list_screen screen = screen_of(tui, (struct reading *)mode);
    struct view_hit hit =
        view_list_hit(&screen, tui->frame.rows, tui->frame.columns, mouse->row, mouse->column);
    if (mouse->act == MOUSE_WHEEL_UP || mouse->act == MOUSE_WHEEL_DOWN)
        *key = (struct key){.code = mouse->act == MOUSE_WHEEL_UP ? K_UP : K_DOWN};
    else if (mouse->act == MOUSE_PRESS)
        (void)mouse_on_key(screen.keys, screen.key_count, &hit, key);
}

static void reading_release(struct mode *mode)
{
    struct reading *reading = (struct reading *)mode;
    memory_free(reading->lines);
    buffer_release(&reading->text);
}

static void read_topic(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    static const struct mode_type reading_type = {.draw = reading_draw,
                                                  .event = reading_event,
                                                  .mouse = reading_mouse,
                                                  .release = reading_release};
    struct reading *reading = memory_new(1, sizeof *reading);
    reading->mode.type = &reading_type;
    reading->list = list;
    reading->topic = (size_t)row->id;
    tui_push(tui, &reading->mode);
}

/* --- the list --------------------------------------------------------------------------------- */

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    size_t count;
    const struct topic *topics = topic_table(&count);
    (void)tui;
    (void)error;
    for (size_t i = 0; i < count; i++)
        buffer_add_text(&list_add(list, (int64_t)i)->cells[LIST_WORDS], topics[i].title);
    return STATUS_OK;
}

void topics_open(struct tui *tui)
{
    static const struct list_key keys[] = {
        {"Down", "Choose", 1, 0, NULL},           {"Enter", "Read", 0, LIST_ROW, read_topic},
        {"Space", NULL, 0, LIST_ROW, read_topic}, {"Esc", "Back", 0, 0, NULL},
        {"Tab", NULL, 0, 0, list_leave},
    };
    static const struct list_type topics_type = {.title = "Help · topics",
                                                 .empty = "",
                                                 .keys = keys,
                                                 .key_count = sizeof keys / sizeof *keys,
                                                 .apart = true,
                                                 .load = load};
    list_open(tui, memory_new(1, sizeof(struct list_mode)), &topics_type);
}
