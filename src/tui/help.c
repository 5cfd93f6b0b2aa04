/* Help and palette are one list: every command with its key, narrowed by what is typed; Enter runs
 * the framed one, or the line as typed when it has words as in the shell. */
#include "list_mode.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <string.h>
#include <strings.h>

struct help {
    struct list_mode list;
    struct typing filter;
    bool finding;   /* opened to find a command rather than to read */
    bool only_read; /* opened from a line being typed: nothing is run from here */
    struct buffer title, foot;
    int most_like; /* of the commands added so far: how well they answer what was typed */
    char *refused, *complaint; /* a typed line that did not run, and why */
};

/* --- which lines ------------------------------------------------------------------------------ */

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

/* How well a command's name answers what was typed: its name, the start of it, anything else. */
static int likeness(const struct command *command, const struct buffer *typed)
{
    size_t length = typed->length;
    if (length == 0 || strncasecmp(command->name, buffer_text(typed), length) != 0)
        return 1;
    return command->name[length] == '\0' ? 3 : 2;
}

/* `at`: its place in the table of commands. */
static void add_command(struct help *help, const struct command *command, size_t at,
                        const char *key)
{
    struct list_row *row = list_add(&help->list, (int64_t)at);
    int like = likeness(command, &help->filter.text);
    if (key)
        buffer_add_text(&row->cells[LIST_LEFT], key);
    else
        buffer_add_format(&row->cells[LIST_LEFT], ":%s", command->name);
    buffer_add_text(&row->cells[LIST_WORDS], command->summary);
    if (like > help->most_like)
        list_prefer(&help->list);
    help->most_like = like > help->most_like ? like : help->most_like;
}

static bool on_screen(const struct command *command)
{
    return command->scope != COMMAND_FILES;
}

static void add_group(struct help *help, enum command_group group)
{
    size_t count;
    bool headed = false;
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (table[i]->group != group || !on_screen(table[i]) ||
            !is_wanted(table[i], buffer_text(&help->filter.text)))
            continue;
        if (!headed)
            buffer_add_text(&list_add_heading(&help->list)->cells[0], command_group_name(group));
        headed = true;
        add_command(help, table[i], i, table[i]->keys);
    }
}

static size_t place_in_table(const struct command *command)
{
    size_t count, at = 0;
    const struct command *const *table = command_table(&count);
    while (at < count && table[at] != command)
        at++;
    return at;
}

/* A digit answers the step's question; anything else is a command's key. */
static void add_key(struct help *help, const struct key_item *item)
{
    struct key key;
    const struct command *command = key_parse(item->key, &key) ? command_for_key(key) : NULL;
    if (item->key[0] >= '0' && item->key[0] <= '9') {
        struct list_row *row = list_add(&help->list, 0);
        row->fixed = true;
        buffer_add_text(&row->cells[LIST_LEFT], item->key);
        buffer_add_text(&row->cells[LIST_WORDS], item->words);
    } else if (command) {
        add_command(help, command, place_in_table(command), item->key);
    }
}

/* What the digits answer in this step, and what the key line shows. */
static void add_step(struct tui *tui, struct help *help)
{
    struct scene scene;
    memset(&scene, 0, sizeof scene);
    keys_of_step(tui, &scene);
    buffer_add_format(&list_add_heading(&help->list)->cells[0], "In the step %s",
                      step_row(tui->session.step)->name);
    for (size_t i = 0; i < scene.key_count; i++)
        add_key(help, &scene.keys[i]);
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct help *help = (struct help *)list;
    (void)error;
    help->most_like = 0;
    if (!help->finding && !help->only_read && help->filter.text.length == 0)
        add_step(tui, help);
    for (int group = 0; group < GROUPS; group++)
        add_group(help, (enum command_group)group);
    return STATUS_OK;
}

static const struct command *command_of(const struct list_row *row)
{
    size_t count;
    return row ? command_table(&count)[row->id] : NULL;
}

/* --- drawing ---------------------------------------------------------------------------------- */

static void describe_command(struct help *help, const struct command *command)
{
    buffer_clear(&help->foot);
    if (command) {
        command_synopsis(command, false, &help->foot);
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

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    struct help *help = (struct help *)list;
    const char *typed = buffer_text(&help->filter.text);
    bool as_typed = runs_as_typed(help) && !help->only_read;
    bool complains = help->refused && strcmp(help->refused, typed) == 0;
    buffer_clear(&help->title);
    buffer_add_format(&help->title, help->finding ? "Find a command" : "Help · step %s",
                      step_row(tui->session.step)->name);
    describe_command(help, command_of(row));
    screen->title = buffer_text(&help->title);
    screen->foot = buffer_text(&help->foot);
    screen->message = complains ? help->complaint : NULL;
    screen->warning = true;
    screen->prompt = (struct prompt){.label = ">",
                                     .typed = {.text = typed, .cursor = help->filter.cursor},
                                     .note = as_typed ? "Enter runs it as typed" : NULL};
    mask_line(tui, &screen->prompt.typed);
}

/* --- keys ------------------------------------------------------------------------------------- */

/* A typed line that is wrong comes back with the reason, to be mended. */
static void run_typed(struct tui *tui, struct help *help)
{
    struct mode *mode = &help->list.mode;
    tui->modes = mode->below;
    if (tui_run_line(tui, buffer_text(&help->filter.text)) == STATUS_OK) {
        mode->below = tui->dead;
        tui->dead = mode;
        return;
    }
    memory_replace(&help->refused, buffer_text(&help->filter.text));
    memory_replace(&help->complaint, buffer_text(&tui->message));
    tui_push(tui, mode);
}

static void run(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    struct help *help = (struct help *)list;
    const struct command *command = command_of(row);
    if (runs_as_typed(help) || !command) {
        run_typed(tui, help);
    } else {
        list_leave(tui, list, row);
        tui_run_command(tui, command, NULL);
    }
}

static void show_topics(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    (void)row;
    topics_open(tui);
}

static struct typing *help_typing(struct list_mode *list)
{
    return &((struct help *)list)->filter;
}

static void help_release(struct list_mode *list)
{
    struct help *help = (struct help *)list;
    memory_free(help->refused);
    memory_free(help->complaint);
    typing_release(&help->filter);
    buffer_release(&help->title);
    buffer_release(&help->foot);
}

/* The message row is the complaint's. */
static void refuse_stop(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    struct help *help = (struct help *)list;
    (void)tui;
    (void)row;
    memory_replace(&help->refused, buffer_text(&help->filter.text));
    memory_replace(&help->complaint, SCREEN_CANNOT_STOP);
}

static const struct list_key running_keys[] = {
    {"Down", "Choose", 3, 0, NULL},     {"PgDn", "Page", 4, 0, NULL},
    {"Enter", "Run", 0, 0, run},        {"Tab", "Topics", 1, 0, show_topics},
    {"S-Tab", NULL, 0, 0, show_topics}, {"Esc", "Back", 0, 0, NULL},
    {"C-z", NULL, 0, 0, refuse_stop},
};

static const struct list_key reading_keys[] = {
    {"Down", "Line", 3, 0, NULL},        {"PgDn", "Page", 4, 0, NULL},
    {"Enter", "Back", 0, 0, list_leave}, {"Esc", "Back", 0, 0, NULL},
    {"Tab", NULL, 0, 0, show_topics},    {"S-Tab", NULL, 0, 0, show_topics},
    {"C-z", NULL, 0, 0, refuse_stop},
};

static const struct list_type running = {.hint = "type to narrow · Enter runs it · Esc back",
                                         .empty = "No command is called that.",
                                         .apart = true,
                                         .typing = help_typing,
                                         .keys = running_keys,
                                         .key_count = sizeof running_keys / sizeof *running_keys,
                                         .load = load,
                                         .describe = describe,
                                         .release = help_release};

static const struct list_type reading = {.hint = "type to narrow · Esc back",
                                         .empty = "No command is called that.",
                                         .apart = true,
                                         .typing = help_typing,
                                         .keys = reading_keys,
                                         .key_count = sizeof reading_keys / sizeof *reading_keys,
                                         .load = load,
                                         .describe = describe,
                                         .release = help_release};

void help_open(struct tui *tui, bool finding)
{
    if (tui->options->ballot) /* whose help is its own: here commands are run */
        return;
    struct help *help = memory_new(1, sizeof *help);
    help->finding = finding;
    help->only_read =
        tui->modes && tui->modes->below && !room_is_on_top(tui) && !past_is_on_top(tui);
    list_open(tui, &help->list, help->only_read ? &reading : &running);
}
