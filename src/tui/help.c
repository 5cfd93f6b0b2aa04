/* Help and palette are one list: every command with its key, narrowed by what is typed; Enter runs
 * the framed one, or the line as typed when it has words as in the shell. */
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "touchline/text.h"
#include "tui.h"
#include <string.h>
#include <strings.h>

struct help_line {
    const struct command *command; /* NULL: a heading */
    char *key, *words;
};

struct help {
    struct mode mode;
    struct typing filter;
    struct help_line *lines;
    struct list_line *shown;
    size_t count, selected;
    bool finding;   /* opened to find a command rather than to read */
    bool only_read; /* opened from a line being typed: nothing is run from here */
    struct buffer title, foot;
    char *complaint; /* why a typed line did not run */
};

/* --- which lines
 * ---------------------------------------------------------------------------------- */

static bool holds(const char *text, const struct buffer *needle)
{
    return text && text_find(text, strlen(text), buffer_text(needle), needle->length) >= 0;
}

/* Every word typed must be somewhere in the command's own. */
static bool is_wanted(const struct command *command, const char *filter)
{
    bool wanted = true;
    struct buffer word = {0};
    while (*filter && wanted) {
        size_t length = strcspn(filter, " ");
        buffer_clear(&word);
        text_fold(&word, filter, length);
        wanted = length == 0 || holds(command->name, &word) || holds(command->summary, &word) ||
                 (command->label && holds(command->label, &word));
        filter += length + (filter[length] == ' ');
    }
    buffer_release(&word);
    return wanted;
}

static void clear_lines(struct help *help)
{
    for (size_t i = 0; i < help->count; i++) {
        memory_free(help->lines[i].key);
        memory_free(help->lines[i].words);
    }
    help->count = 0;
}

static void add_line(struct help *help, const struct command *command, const char *key,
                     const char *words)
{
    help->lines = memory_resize(help->lines, help->count + 1, sizeof *help->lines);
    help->lines[help->count++] = (struct help_line){
        .command = command, .key = memory_copy(key), .words = memory_copy(words)};
}

static void add_command(struct help *help, const struct command *command)
{
    struct buffer key = {0}, words = {0};
    if (command->keys)
        buffer_add_text(&key, command->keys);
    else
        buffer_add_format(&key, ":%s", command->name);
    buffer_add_text(&words, command->summary);
    add_line(help, command, buffer_text(&key), buffer_text(&words));
    buffer_release(&key);
    buffer_release(&words);
}

static bool on_screen(const struct command *command)
{
    return command->scope != COMMAND_FILES;
}

static void add_group(struct help *help, enum command_group group)
{
    size_t count, before = help->count;
    const struct command *const *table = command_table(&count);
    add_line(help, NULL, NULL, command_group_name(group));
    for (size_t i = 0; i < count; i++)
        if (table[i]->group == group && on_screen(table[i]) &&
            is_wanted(table[i], buffer_text(&help->filter.text)))
            add_command(help, table[i]);
    if (help->count == before + 1) { /* a heading over nothing */
        help->count = before;
        memory_free(help->lines[before].words);
    }
}

/* What the digits answer in this step, and what the key line shows. */
static void add_step(struct tui *tui, struct help *help)
{
    struct scene scene;
    struct buffer title = {0};
    if (help->filter.text.length > 0 || help->only_read)
        return;
    memset(&scene, 0, sizeof scene);
    keys_of_step(tui, &scene);
    buffer_add_format(&title, "In the step %s", step_row(tui->session.step)->name);
    add_line(help, NULL, NULL, buffer_text(&title));
    for (size_t i = 0; i < scene.key_count; i++) {
        struct key key;
        const struct command *command =
            key_parse(scene.keys[i].key, &key) ? command_for_key(key) : NULL;
        bool digit = scene.keys[i].key[0] >= '0' && scene.keys[i].key[0] <= '9';
        if (digit)
            add_line(help, NULL, scene.keys[i].key, scene.keys[i].words);
        else if (command)
            add_line(help, command, scene.keys[i].key, command->summary);
    }
    buffer_release(&title);
}

static bool is_selectable(const struct help *help, size_t i)
{
    return i < help->count && help->lines[i].command;
}

/* How well a command's name answers what was typed: its name, the start of it, anything else. */
static int likeness(const struct command *command, const struct buffer *typed)
{
    size_t length = typed->length;
    if (length == 0 || strncasecmp(command->name, buffer_text(typed), length) != 0)
        return 1;
    return command->name[length] == '\0' ? 3 : 2;
}

static size_t best_line(const struct help *help)
{
    size_t best = help->count;
    int most = 0;
    for (size_t i = 0; i < help->count; i++) {
        int now = is_selectable(help, i) ? likeness(help->lines[i].command, &help->filter.text) : 0;
        if (now > most) {
            most = now;
            best = i;
        }
    }
    return best;
}

static void fill(struct tui *tui, struct help *help)
{
    clear_lines(help);
    if (!help->finding)
        add_step(tui, help);
    for (int group = 0; group < GROUPS; group++)
        add_group(help, (enum command_group)group);
    help->selected = best_line(help);
}

/* --- drawing
 * -------------------------------------------------------------------------------------------- */

static void show_lines(struct help *help)
{
    help->shown = memory_resize(help->shown, help->count + 1, sizeof *help->shown);
    for (size_t i = 0; i < help->count; i++) {
        const struct help_line *line = &help->lines[i];
        help->shown[i] = (struct list_line){
            .left = line->key, .words = line->words, .heading = !line->command && !line->key};
    }
}

static void describe(struct help *help)
{
    buffer_clear(&help->foot);
    if (is_selectable(help, help->selected)) {
        command_synopsis(help->lines[help->selected].command, false, &help->foot);
        buffer_add_text(&help->foot, "\n");
    }
    buffer_add_text(&help->foot, "With words, as in the shell: move 31 7 · rate 17 magical · owner "
                                 "4 Wally. Letters never change their meaning, digits do. Esc "
                                 "leaves and keeps, u undoes.");
}

/* Words after a command's name are run as typed; else they only narrow the list. */
static bool runs_as_typed(const struct help *help)
{
    const char *text = buffer_text(&help->filter.text);
    size_t length = strcspn(text, " ");
    if (text[length] == '\0' || length == 0)
        return false;
    char *name = memory_copy_bytes(text, length);
    bool known = command_find(name, NULL) != NULL;
    memory_free(name);
    return known;
}

static struct list_screen screen_of(struct tui *tui, struct help *help)
{
    static const struct key_item keys[] = {{"Down", "Choose", 3},
                                           {"PgDn", "Page", 4},
                                           {"Enter", "Run", 0},
                                           {"Tab", "Topics", 1},
                                           {"Esc", "Back", 0}};
    static const struct key_item reading[] = {
        {"Down", "Line", 3}, {"PgDn", "Page", 4}, {"Enter", "Back", 0}, {"Esc", "Back", 0}};
    buffer_clear(&help->title);
    buffer_add_format(&help->title, help->finding ? "Find a command" : "Help · step %s",
                      step_row(tui->session.step)->name);
    show_lines(help);
    describe(help);
    return (struct list_screen){
        .title = buffer_text(&help->title),
        .hint = help->only_read ? "type to narrow · Esc back"
                                : "type to narrow · Enter runs it · Esc back",
        .prompt = {.label = ">",
                   .typed = {.text = buffer_text(&help->filter.text),
                             .cursor = help->filter.cursor},
                   .note =
                       runs_as_typed(help) && !help->only_read ? "Enter runs it as typed" : NULL},
        .lines = help->shown,
        .count = help->count,
        .selected = help->selected,
        .foot = buffer_text(&help->foot),
        .message = help->complaint,
        .warning = true,
        .keys = help->only_read ? reading : keys,
        .key_count =
            help->only_read ? sizeof reading / sizeof *reading : sizeof keys / sizeof *keys};
}

static void help_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct list_screen list = screen_of(tui, (struct help *)mode);
    view_list(frame, &list);
}

/* --- keys
 * -------------------------------------------------------------------------------------------------
 */

static void move(struct help *help, int by)
{
    size_t to = help->selected;
    do {
        if (by < 0 && to == 0)
            return;
        to = by < 0 ? to - 1 : to + 1;
        if (to >= help->count)
            return;
    } while (!is_selectable(help, to));
    help->selected = to;
}

static void move_page(struct tui *tui, struct help *help, int by)
{
    struct list_screen list = screen_of(tui, help);
    size_t page = view_list_page(&list, tui->frame.rows, tui->frame.columns);
    for (size_t i = 0; i < page; i++)
        move(help, by);
}

/* A typed line that is wrong comes back with the reason, to be mended. */
static void run_typed(struct tui *tui, struct help *help)
{
    struct mode *mode = &help->mode;
    tui->modes = mode->below;
    if (tui_run_line(tui, buffer_text(&help->filter.text)) == STATUS_OK) {
        mode->below = tui->dead;
        tui->dead = mode;
        return;
    }
    memory_replace(&help->complaint, buffer_text(&tui->message));
    tui_push(tui, mode);
}

static void run(struct tui *tui, struct help *help)
{
    const struct command *command =
        is_selectable(help, help->selected) ? help->lines[help->selected].command : NULL;
    if (help->only_read) {
        tui_pop(tui);
    } else if (runs_as_typed(help) || !command) {
        run_typed(tui, help);
    } else {
        tui_pop(tui);
        tui_say(tui, "%s", "");
        tui_run_command(tui, command, NULL);
    }
}

static void narrow(struct tui *tui, struct help *help, const struct event *event)
{
    if (!typing_event(&help->filter, event))
        return;
    memory_replace(&help->complaint, NULL);
    fill(tui, help);
}

static void help_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct help *help = (struct help *)mode;
    enum key_code code = event->key.code;
    if (tui_is_leaving(event->key))
        tui_pop(tui);
    else if (code == K_ENTER)
        run(tui, help);
    else if (code == K_TAB)
        topics_open(tui);
    else if (code == K_UP || code == K_DOWN)
        move(help, code == K_UP ? -1 : +1);
    else if (code == K_PAGE_UP || code == K_PAGE_DOWN)
        move_page(tui, help, code == K_PAGE_UP ? -1 : +1);
    else
        narrow(tui, help, event);
}

static void help_mouse(struct tui *tui, struct mode *mode, const struct mouse *mouse,
                       struct key *key)
{
    struct help *help = (struct help *)mode;
    struct list_screen list = screen_of(tui, help);
    struct view_hit hit =
        view_list_hit(&list, tui->frame.rows, tui->frame.columns, mouse->row, mouse->column);
    bool line = hit.what == VIEW_LINE && hit.index >= 0 && is_selectable(help, (size_t)hit.index);
    if (mouse->act == MOUSE_WHEEL_UP || mouse->act == MOUSE_WHEEL_DOWN)
        *key = (struct key){.code = mouse->act == MOUSE_WHEEL_UP ? K_UP : K_DOWN};
    else if (mouse->act == MOUSE_PRESS && !mouse_on_key(list.keys, list.key_count, &hit, key) &&
             line)
        help->selected = (size_t)hit.index;
    else if (mouse->act == MOUSE_DOUBLE && line)
        *key = (struct key){.code = K_ENTER};
}

static struct typing *help_typing(struct mode *mode)
{
    return &((struct help *)mode)->filter;
}

static void help_release(struct mode *mode)
{
    struct help *help = (struct help *)mode;
    clear_lines(help);
    memory_free(help->lines);
    memory_free(help->shown);
    memory_free(help->complaint);
    typing_release(&help->filter);
    buffer_release(&help->title);
    buffer_release(&help->foot);
}

static const struct mode_type help_type = {.draw = help_draw,
                                           .event = help_event,
                                           .mouse = help_mouse,
                                           .typing = help_typing,
                                           .release = help_release};

void help_open(struct tui *tui, bool finding)
{
    struct help *help = memory_new(1, sizeof *help);
    help->mode.type = &help_type;
    help->finding = finding;
    help->only_read =
        tui->modes && tui->modes->below && !room_is_on_top(tui) && !past_is_on_top(tui);
    fill(tui, help);
    tui_push(tui, &help->mode);
}
