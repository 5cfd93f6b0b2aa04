#include "list_mode.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include <assert.h>
#include <string.h>

/* --- rows ------------------------------------------------------------------------------------- */

struct list_row *list_add(struct list_mode *list, int64_t id)
{
    list->rows = memory_resize(list->rows, list->count + 1, sizeof *list->rows);
    list->rows[list->count] = (struct list_row){.id = id};
    return &list->rows[list->count++];
}

struct list_row *list_add_heading(struct list_mode *list)
{
    struct list_row *row = list_add(list, 0);
    row->heading = true;
    return row;
}

void list_prefer(struct list_mode *list)
{
    list->preferred = list->count - 1;
}

static void free_rows(struct list_row *rows, size_t count)
{
    for (size_t i = 0; i < count; i++)
        for (int cell = 0; cell < LIST_CELLS; cell++)
            buffer_release(&rows[i].cells[cell]);
    memory_free(rows);
}

static bool is_selectable(const struct list_mode *list, size_t i)
{
    return i < list->count && !list->rows[i].heading && !list->rows[i].fixed;
}

static const struct list_row *selected_row(const struct list_mode *list)
{
    return is_selectable(list, list->selected) ? &list->rows[list->selected] : NULL;
}

/* The next row that can be selected, in that direction; `from` when there is none. */
static size_t row_beside(const struct list_mode *list, size_t from, int by)
{
    for (size_t to = from; by < 0 ? to > 0 : to + 1 < list->count;) {
        to = by < 0 ? to - 1 : to + 1;
        if (is_selectable(list, to))
            return to;
    }
    return from;
}

/* --- reading ---------------------------------------------------------------------------------- */

/* Of several rows with the id, the one nearest to where it was; false: it is gone. */
static bool find_again(struct list_mode *list, int64_t id)
{
    size_t was = list->selected, nearest = list->count, least = 0;
    for (size_t i = 0; i < list->count; i++) {
        size_t far = i < was ? was - i : i - was;
        if (is_selectable(list, i) && list->rows[i].id == id &&
            (nearest == list->count || far < least)) {
            nearest = i;
            least = far;
        }
    }
    if (nearest < list->count)
        list->selected = nearest;
    return nearest < list->count;
}

/* What came after the row that is gone takes its place; at the end, what was before it. */
static void stay_near(struct list_mode *list)
{
    if (list->selected >= list->count)
        list->selected = list->count ? list->count - 1 : 0;
    if (!is_selectable(list, list->selected))
        list->selected = row_beside(list, list->selected, +1);
    if (!is_selectable(list, list->selected))
        list->selected = row_beside(list, list->selected, -1);
}

static void select_preferred(struct list_mode *list)
{
    list->selected = list->preferred;
    stay_near(list);
}

static enum status read_rows(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct list_row *rows = list->rows;
    size_t count = list->count;
    list->rows = NULL;
    list->count = list->preferred = 0;
    int patience = tui->store ? store_set_patience(tui->store, TUI_READ_PATIENCE_MS) : 0;
    enum status status = list->type->load(tui, list, error);
    if (tui->store)
        (void)store_set_patience(tui->store, patience);
    if (status == STATUS_OK) {
        free_rows(rows, count);
        return status;
    }
    free_rows(list->rows, list->count);
    list->rows = rows;
    list->count = count;
    return status;
}

/* Rows of the board as it is now, or as it was while it cannot be read. False: what the list is
 * about is gone. */
static bool bring_up_to_date(struct tui *tui, struct list_mode *list)
{
    struct error error;
    const struct list_row *row = selected_row(list);
    int64_t id = row ? row->id : 0;
    bool first = !row || list->anew;
    if (!first && list->type->look_ahead)
        list->type->look_ahead(tui, list, row);
    if ((list->loaded && list->reading == tui->readings) || (tui->busy_since && !list->type->apart))
        return true;
    enum status status = read_rows(tui, list, &error);
    if (status != STATUS_OK) {
        tui_tell_unread(tui, &error);
        return status != STATUS_NOT_FOUND;
    }
    list->loaded = true;
    list->anew = false;
    list->reading = tui->readings;
    if (list->count == 0)
        buffer_add_text(&list_add_heading(list)->cells[0], list->type->empty);
    if (first)
        select_preferred(list);
    else if (!find_again(list, id))
        stay_near(list);
    return true;
}

void list_select(struct list_mode *list, int64_t id)
{
    (void)find_again(list, id);
}

void list_reload(struct list_mode *list)
{
    list->loaded = false;
}

void list_begin_anew(struct list_mode *list)
{
    list->anew = true;
    list_reload(list);
}

/* --- what is shown ---------------------------------------------------------------------------- */

static void fill_table_line(struct table_line *line, const struct list_row *row)
{
    *line = (struct table_line){.warning = row->warning};
    if (row->heading)
        line->heading = buffer_text(&row->cells[0]);
    for (int cell = 0; !row->heading && cell < LIST_CELLS; cell++)
        line->cells[cell] = buffer_text(&row->cells[cell]);
}

static void fill_list_line(struct list_line *line, const struct list_row *row)
{
    *line = (struct list_line){.heading = row->heading, .warning = row->warning};
    if (row->heading) {
        line->words = buffer_text(&row->cells[0]);
        return;
    }
    line->left = buffer_text(&row->cells[LIST_LEFT]);
    line->words = buffer_text(&row->cells[LIST_WORDS]);
    line->right = buffer_text(&row->cells[LIST_RIGHT]);
}

static size_t fill_key_line(struct list_mode *list)
{
    size_t count = 0;
    for (size_t i = 0; i < list->type->key_count; i++) {
        const struct list_key *key = &list->type->keys[i];
        if (!key->words)
            continue;
        assert(count < LIST_KEYS_MOST);
        list->key_line[count++] = (struct key_item){key->key, key->words, key->rank};
    }
    return count;
}

/* A question on top of the list is asked in its prompt row, and has the key line. */
static void show_question(struct tui *tui, struct list_mode *list, struct table_screen *screen)
{
    struct scene scene;
    if (tui->modes == &list->mode)
        return;
    scene_of_all(tui, &scene);
    screen->prompt = scene.prompt;
    screen->keys = scene.keys;
    screen->key_count = scene.key_count;
}

static struct table_screen table_of(struct tui *tui, struct list_mode *list)
{
    const struct list_type *type = list->type;
    struct table_screen screen = {.title = type->title,
                                  .hint = type->hint,
                                  .columns = type->columns,
                                  .column_count = type->column_count,
                                  .count = list->count,
                                  .selected = list->selected,
                                  .message = tui_message(tui),
                                  .warning = tui_message_warns(tui),
                                  .keys = list->key_line,
                                  .key_count = fill_key_line(list)};
    if (type->describe)
        type->describe(tui, list, selected_row(list), &screen);
    show_question(tui, list, &screen);
    return screen;
}

static struct table_screen with_columns(struct tui *tui, struct list_mode *list)
{
    struct table_screen screen = table_of(tui, list);
    list->table_lines =
        memory_resize(list->table_lines, list->count + 1, sizeof *list->table_lines);
    for (size_t i = 0; i < list->count; i++)
        fill_table_line(&list->table_lines[i], &list->rows[i]);
    screen.lines = list->table_lines;
    return screen;
}

static struct list_screen without_columns(struct tui *tui, struct list_mode *list)
{
    struct table_screen table = table_of(tui, list);
    list->list_lines = memory_resize(list->list_lines, list->count + 1, sizeof *list->list_lines);
    for (size_t i = 0; i < list->count; i++)
        fill_list_line(&list->list_lines[i], &list->rows[i]);
    return (struct list_screen){.title = table.title,
                                .hint = table.hint,
                                .prompt = table.prompt,
                                .asks = tui->modes != &list->mode,
                                .lines = list->list_lines,
                                .count = list->count,
                                .selected = table.selected,
                                .foot = table.foot,
                                .message = table.message,
                                .warning = table.warning,
                                .keys = table.keys,
                                .key_count = table.key_count};
}

static void list_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct list_mode *list = (struct list_mode *)mode;
    (void)bring_up_to_date(tui, list); /* a question may stand on top */
    if (list->type->columns) {
        struct table_screen screen = with_columns(tui, list);
        view_table(frame, &screen);
    } else {
        struct list_screen screen = without_columns(tui, list);
        view_list(frame, &screen);
    }
}

/* --- keys ------------------------------------------------------------------------------------- */

/* After a jump a key is for the row that is yet to be read: while another's lock keeps it off, the
 * key waits as a save does. False: for too long, which is told. */
static bool has_arrived(struct tui *tui, struct list_mode *list)
{
    struct error error;
    if (list->anew && tui->store && store_read_begin(tui->store, &error) == STATUS_OK) {
        store_read_end(tui->store);
        tui->busy_since = 0; /* it had the lock: nobody else holds it */
        (void)bring_up_to_date(tui, list);
    }
    if (list->anew)
        tui_warn(tui, "Not there yet: the board cannot be read now. Try again in a moment.");
    return !list->anew;
}

static void step(struct tui *tui, struct list_mode *list, int by)
{
    if (!has_arrived(tui, list))
        return;
    list->selected = row_beside(list, list->selected, by);
}

static size_t rows_in_sight(struct tui *tui, struct list_mode *list)
{
    if (list->type->columns) {
        struct table_screen screen = with_columns(tui, list);
        return view_table_page(&screen, tui->frame.rows, tui->frame.columns);
    }
    struct list_screen screen = without_columns(tui, list);
    return view_list_page(&screen, tui->frame.rows, tui->frame.columns);
}

static void page(struct tui *tui, struct list_mode *list, int by)
{
    size_t rows = has_arrived(tui, list) ? rows_in_sight(tui, list) : 0;
    for (; rows > 0; rows--)
        step(tui, list, by);
}

static void go_to_end(struct tui *tui, struct list_mode *list, int by)
{
    (void)tui;
    if (by < 0)
        list->selected = 0;
    else
        list->selected = list->count - 1;
    stay_near(list);
}

static void leave(struct tui *tui, struct list_mode *list, int by)
{
    (void)list;
    (void)by;
    tui_pop(tui);
}

void list_leave(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)row;
    leave(tui, list, 0);
}

/* Keys of the one table that mean something in every list; without a function, what they mean on
 * the board. */
static const struct common_key {
    const char *command;
    void (*act)(struct tui *tui, struct list_mode *list, int by);
    int by;
} common_keys[] = {
    {"line-up", step, -1},    {"line-down", step, +1},  {"page-left", page, -1},
    {"page-right", page, +1}, {"first", go_to_end, -1}, {"last", go_to_end, +1},
    {"quit", leave, 0},       {"undo", NULL, 0},        {"redo", NULL, 0},
    {"help", NULL, 0},        {"saved", NULL, 0},       {"redraw", NULL, 0},
    {"mouse", NULL, 0},
};

/* Whether a command of the board means something here, too. */
static bool runs_here(const struct list_mode *list, const struct command *command)
{
    return !list->type->typing && !(list->type->apart && command->writes);
}

static bool take_common_key(struct tui *tui, struct list_mode *list, struct key key)
{
    const struct command *command = command_for_key(key);
    for (size_t i = 0; command && i < sizeof common_keys / sizeof *common_keys; i++) {
        if (strcmp(common_keys[i].command, command->name) != 0 ||
            (!common_keys[i].act && !runs_here(list, command)))
            continue;
        if (common_keys[i].act)
            common_keys[i].act(tui, list, common_keys[i].by);
        else
            tui_run_command(tui, command, NULL);
        return true;
    }
    return false;
}

static void act(struct tui *tui, struct list_mode *list, const struct list_key *key)
{
    if (key->needs & LIST_WRITES && !tui_may_write(tui))
        return;
    if (key->needs & LIST_ROW && !has_arrived(tui, list))
        return;
    const struct list_row *row = selected_row(list);
    if (key->needs & LIST_ROW && !row)
        tui_say(tui, "%s", list->type->empty);
    else
        key->act(tui, list, row);
}

static bool take_own_key(struct tui *tui, struct list_mode *list, struct key key)
{
    for (size_t i = 0; i < list->type->key_count; i++) {
        struct key wanted;
        const struct list_key *row = &list->type->keys[i];
        if (!row->act || !key_parse(row->key, &wanted) || !key_equal(wanted, key))
            continue;
        act(tui, list, row);
        return true;
    }
    return false;
}

/* What is typed comes after the list's own keys; of the others it leaves those that go about. */
static void take_typed(struct tui *tui, struct list_mode *list, const struct event *event)
{
    struct typing *typing = list->type->typing(list);
    char *before = memory_copy(buffer_text(&typing->text));
    if (!typing_event(typing, event))
        (void)take_common_key(tui, list, event->key);
    if (strcmp(before, buffer_text(&typing->text)) != 0)
        list_begin_anew(list);
    memory_free(before);
}

static void take_command(struct tui *tui, struct list_mode *list, struct key key)
{
    if (key.code == K_PASTE)
        tui_warn(tui, "There is nothing to paste into here.");
    else if (!take_common_key(tui, list, key))
        tui_warn_unbound(tui, key);
}

static void list_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct list_mode *list = (struct list_mode *)mode;
    struct key key = event->key;
    tui_say(tui, "%s", "");
    tui_refresh(tui);
    bool there = bring_up_to_date(tui, list);
    if (there && take_own_key(tui, list, key))
        return;
    if (!there || tui_is_leaving(key))
        tui_pop(tui);
    else if (list->type->typing)
        take_typed(tui, list, event);
    else
        take_command(tui, list, key);
}

/* --- the mouse -------------------------------------------------------------------------------- */

static struct view_hit hit_at(struct tui *tui, struct list_mode *list, const struct mouse *mouse)
{
    int rows = tui->frame.rows, columns = tui->frame.columns;
    if (list->type->columns) {
        struct table_screen screen = with_columns(tui, list);
        return view_table_hit(&screen, rows, columns, mouse->row, mouse->column);
    }
    struct list_screen screen = without_columns(tui, list);
    return view_list_hit(&screen, rows, columns, mouse->row, mouse->column);
}

static void press(struct list_mode *list, const struct view_hit *hit, bool twice, struct key *key)
{
    if (hit->what != VIEW_LINE || hit->index < 0 || !is_selectable(list, (size_t)hit->index))
        return;
    list->selected = (size_t)hit->index;
    if (twice)
        *key = (struct key){.code = K_ENTER};
}

/* A question on top takes clicks on its keys and into its line; the rows wait. */
static void list_mouse(struct tui *tui, struct mode *mode, const struct mouse *mouse,
                       struct key *key)
{
    struct list_mode *list = (struct list_mode *)mode;
    bool on_top = tui->modes == mode;
    bool wheel = mouse->act == MOUSE_WHEEL_UP || mouse->act == MOUSE_WHEEL_DOWN;
    if (wheel && on_top)
        *key = (struct key){.code = mouse->act == MOUSE_WHEEL_UP ? K_UP : K_DOWN};
    if ((mouse->act != MOUSE_PRESS && mouse->act != MOUSE_DOUBLE) || !bring_up_to_date(tui, list))
        return;
    struct table_screen screen = table_of(tui, list);
    struct view_hit hit = hit_at(tui, list, mouse);
    if (mouse_on_key(screen.keys, screen.key_count, &hit, key))
        return;
    if (on_top)
        press(list, &hit, mouse->act == MOUSE_DOUBLE, key);
    mouse_into_line(tui, &hit);
}

/* --- the mode --------------------------------------------------------------------------------- */

static bool list_stands(struct tui *tui, struct mode *mode)
{
    return bring_up_to_date(tui, (struct list_mode *)mode);
}

static void list_release(struct mode *mode)
{
    struct list_mode *list = (struct list_mode *)mode;
    if (list->type->release)
        list->type->release(list);
    free_rows(list->rows, list->count);
    memory_free(list->table_lines);
    memory_free(list->list_lines);
}

static struct typing *list_typing(struct mode *mode)
{
    struct list_mode *list = (struct list_mode *)mode;
    return list->type->typing(list);
}

void list_open(struct tui *tui, struct list_mode *list, const struct list_type *type)
{
    static const struct mode_type of_commands = {.draw = list_draw,
                                                 .event = list_event,
                                                 .mouse = list_mouse,
                                                 .stands = list_stands,
                                                 .release = list_release};
    static const struct mode_type narrowed = {.draw = list_draw,
                                              .event = list_event,
                                              .mouse = list_mouse,
                                              .typing = list_typing,
                                              .stands = list_stands,
                                              .release = list_release};
    list->mode.type = type->typing ? &narrowed : &of_commands;
    list->type = type;
    if (!type->apart && mask_refuses(tui)) {
        list_release(&list->mode);
        memory_free(list);
        return;
    }
    tui_push(tui, &list->mode);
}
