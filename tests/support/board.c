#include "board.h"
#include "touchline/capture.h"
#include "touchline/command.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* All that fails here is a bug of the test or of the library: it ends the test. */
static void must(enum status status, const struct error *error, const char *what)
{
    if (status != STATUS_OK)
        fail_msg("%s: %s", what, error->text);
}

static struct store *open_board(const char *path, const char *who)
{
    struct error error;
    struct store *store;
    const struct store_options options = {.who = who, .clock = clock_system()};
    must(store_open(path, &options, &store, &error), &error, path);
    return store;
}

/* --- making ----------------------------------------------------------------------------------- */

struct maker {
    struct store *store;
    struct edit *edit;
    struct channels channels;
    int64_t last, moment; /* the item added last; the moment */
};

static void make_moment(struct maker *maker, const struct capture *read)
{
    struct error error;
    struct moment moment;
    memset(&moment, 0, sizeof moment);
    record_init(RECORD_ITEM, &moment);
    moment.title = memory_copy(buffer_text(&read->title));
    moment.channel = read->channel;
    moment.seconds = read->seconds;
    moment.state = read->park ? STATE_PARKED : STATE_LIVE;
    must(edit_add_moment(maker->edit, &moment, PLACE_END, &maker->moment, &error), &error,
         moment.title);
    record_release(RECORD_ITEM, &moment);
}

static void make_idea(struct maker *maker, const struct capture *read)
{
    struct error error;
    struct idea idea;
    int64_t id;
    memset(&idea, 0, sizeof idea);
    record_init(RECORD_IDEA, &idea);
    idea.item = maker->moment;
    idea.text = memory_copy(buffer_text(&read->title));
    must(edit_add(maker->edit, RECORD_IDEA, &idea, &id, &error), &error, idea.text);
    record_release(RECORD_IDEA, &idea);
}

static void make_line(struct maker *maker, const char *line)
{
    struct error error;
    struct capture read = {0};
    const struct phases none = {0};
    capture_read(line, &maker->channels, &none, &read);
    if (read.kind == CAPTURE_MOMENT)
        make_moment(maker, &read);
    else if (read.kind == CAPTURE_IDEA)
        make_idea(maker, &read);
    else if (read.kind == CAPTURE_PHASE)
        must(edit_add_phase(maker->edit, buffer_text(&read.title), PLACE_END, &maker->last, &error),
             &error, line);
    capture_release(&read);
}

void board_make(const char *path, const char *lines)
{
    struct error error;
    struct maker maker = {0};
    const struct store_options options = {.who = "Tester", .clock = clock_system()};
    must(store_create(path, &options, &maker.store, &error), &error, path);
    must(store_channels(maker.store, &maker.channels, &error), &error, path);
    must(edit_begin(maker.store, &maker.edit, &error), &error, path);
    while (*lines) {
        size_t length = strcspn(lines, "\n");
        char *line = memory_copy_bytes(lines, length);
        make_line(&maker, line);
        memory_free(line);
        lines += length + (lines[length] == '\n');
    }
    must(edit_commit(maker.edit, &error, "Made for a test"), &error, path);
    channels_release(&maker.channels);
    store_close(maker.store);
}

void board_do(const char *path, const char *who, const char *line)
{
    struct error error;
    struct command_words words = {0};
    const struct command *command;
    struct store *store = open_board(path, who);
    struct call call = {.store = store, .today = date_of_time(0)};
    must(command_read_line(line, &words, &command, &call, &error), &error, line);
    must(command_run(command, &call, &error), &error, line);
    call_release(&call);
    command_words_release(&words);
    store_close(store);
}

void board_do_each(const char *path, const char *lines)
{
    while (lines && *lines) {
        size_t length = strcspn(lines, "\n");
        char *line = memory_copy_bytes(lines, length);
        board_do(path, "Tester", line);
        memory_free(line);
        lines += length + (lines[length] == '\n');
    }
}

/* --- showing ---------------------------------------------------------------------------------- */

static void show_texts(const struct moment *moment, struct buffer *out)
{
    static const struct {
        const char *name;
        int field;
    } texts[] = {
        {"now", ITEM_HANDLING},
        {"expect", ITEM_EXPECTATION},
        {"best", ITEM_BENCHMARK},
        {"note", ITEM_NOTE},
    };
    for (size_t i = 0; i < sizeof texts / sizeof *texts; i++) {
        struct value value = record_get(RECORD_ITEM, moment, texts[i].field);
        if (value.type == VALUE_TEXT)
            buffer_add_format(out, "  %s: %s\n", texts[i].name, value.text);
    }
}

static void show_numbers(const struct moment *moment, struct buffer *out)
{
    if (moment->seconds != FIELD_ABSENT)
        buffer_add_format(out, " %llds", (long long)moment->seconds);
    if (moment->times != 1)
        buffer_add_format(out, " x%lld", (long long)moment->times);
    if (moment->rating || moment->target)
        buffer_add_format(out, " %s", moment->rating ? rating_word(moment->rating) : "unrated");
    if (moment->target)
        buffer_add_format(out, ">%s", rating_word(moment->target));
    if (moment->chosen)
        buffer_add_text(out, " *");
    if (moment->dots)
        buffer_add_format(out, " .%lld", (long long)moment->dots);
}

static void show_moment(const struct row *row, const char *letter, int64_t parked,
                        struct buffer *out)
{
    const struct moment *moment = &row->moment;
    if (parked)
        buffer_add_format(out, "z%lld ", (long long)parked);
    else
        buffer_add_format(out, "%lld %s%s", (long long)moment->number, row->phase ? row->phase : "",
                          row->phase ? "/" : "");
    buffer_add_format(out, "%s%s%s", moment->title, letter ? " " : "", letter ? letter : "");
    show_numbers(moment, out);
    if (moment->owner)
        buffer_add_format(out, " by %s", moment->owner);
    buffer_add_byte(out, '\n');
    show_texts(moment, out);
}

/* "(free, taken)" of what there is of the words. */
static void show_facts(const char *const *facts, struct buffer *out)
{
    bool any = false;
    for (; *facts; facts++)
        if (**facts) {
            buffer_add_format(out, "%s%s", any ? ", " : " (", *facts);
            any = true;
        }
    buffer_add_text(out, any ? ")\n" : "\n");
}

static void show_belongings(const struct row *row, struct buffer *out)
{
    for (size_t i = 0; i < row->ideas.count; i++) {
        const struct idea *idea = &row->ideas.at[i];
        const char *const facts[] = {price_word(idea->price), idea->taken ? "taken" : "", NULL};
        buffer_add_format(out, "  + %s", idea->text);
        show_facts(facts, out);
    }
    for (size_t i = 0; i < row->actions.count; i++) {
        const struct action *action = &row->actions.at[i];
        const char *const facts[] = {
            action->owner ? action->owner : "", action->due ? action->due : "",
            action->status ? action_status_word(action->status) : "", NULL};
        buffer_add_format(out, "  ! %s", action->text);
        show_facts(facts, out);
    }
}

/* What is shown stays until the next is. */
static struct buffer *shown(void)
{
    static struct buffer buffer;
    buffer_clear(&buffer);
    return &buffer;
}

const char *board_show(const char *path)
{
    struct error error;
    struct row row;
    struct store_rows *rows;
    struct channels channels = {0};
    struct buffer *out = shown();
    struct store *store = open_board(path, "reader");
    bool done = false;
    int64_t parked = 0;
    row_init(&row);
    must(store_channels(store, &channels, &error), &error, path);
    must(store_rows_begin(store, &rows, &error), &error, path);
    struct row_source source = store_rows_source(rows);
    while (source.next(source.data, &row, &done, &error) == STATUS_OK && !done) {
        const struct channel *channel = channels_by_id(&channels, row.moment.channel);
        show_moment(&row, channel ? channel->letter : NULL, row.moment.number ? 0 : ++parked, out);
        show_belongings(&row, out);
    }
    store_rows_end(rows);
    row_release(&row);
    channels_release(&channels);
    store_close(store);
    return buffer_text(out);
}

void board_assert(const char *path, const char *text, const char *file, int line)
{
    const char *is = board_show(path);
    if (strcmp(is, text) == 0)
        return;
    (void)fprintf(stderr, "The board is\n%snot\n%s", is, text);
    _fail(file, line);
}

void board_assert_holds(const char *path, const char *text, const char *file, int line)
{
    const char *is = board_show(path);
    size_t length = strlen(text);
    for (const char *at = strstr(is, text); at; at = strstr(at + 1, text))
        if ((at == is || at[-1] == '\n') && (at[length] == '\n' || at[length] == '\0'))
            return;
    (void)fprintf(stderr, "The board is\n%sand does not hold\n%s\n", is, text);
    _fail(file, line);
}

const char *board_about(const char *path)
{
    struct error error;
    struct board board = {0};
    struct people people = {0};
    struct buffer *out = shown();
    struct store *store = open_board(path, "reader");
    must(store_board(store, &board, &error), &error, path);
    must(store_people(store, &people, &error), &error, path);
    for (int i = 0; i < BOARD_FIELDS; i++) {
        const struct field *field = &record_type(RECORD_BOARD)->fields[i];
        struct buffer value = {0};
        field_format(field, NULL, record_get(RECORD_BOARD, &board, i), &value);
        if (value.length > 0)
            buffer_add_format(out, "%s: %s\n", field->name, buffer_text(&value));
        buffer_release(&value);
    }
    for (size_t i = 0; i < people.count; i++)
        buffer_add_format(out, "%s%s\n", people.at[i].name,
                          people.at[i].front_line ? ", front line" : "");
    people_release(&people);
    record_release(RECORD_BOARD, &board);
    store_close(store);
    return buffer_text(out);
}

static bool show_edit(void *data, const struct history_entry *entry)
{
    struct buffer *out = data;
    buffer_add_format(out, "%s: %s%s\n", entry->who,
                      entry->undo   ? "undo "
                      : entry->redo ? "redo "
                                    : "",
                      entry->words);
    return true;
}

const char *board_history(const char *path)
{
    struct error error;
    struct buffer *out = shown();
    struct store *store = open_board(path, "reader");
    must(store_history(store, 0, show_edit, out, &error), &error, path);
    store_close(store);
    return buffer_text(out);
}

/* --- the screen on it ------------------------------------------------------------------------- */

int screen_setup(void **state)
{
    struct screen *screen = memory_new(1, sizeof *screen);
    screen->fixture = fixture_new();
    screen->path = fixture_path(screen->fixture, "cab.touchline");
    screen->options.home = screen->fixture->folder;
    screen->options.environment = screen->environment;
    screen->environment[0] = "EDITOR=true";
    *state = screen;
    return 0;
}

int screen_teardown(void **state)
{
    struct screen *screen = *state;
    (void)pty_teardown(NULL);
    fixture_free(screen->fixture);
    memory_free(screen);
    return 0;
}

struct pty *screen_open(struct screen *screen, const char *lines)
{
    if (lines)
        board_make(screen->path, lines);
    screen->pty =
        pty_start(&screen->options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    pty_settle(screen->pty);
    return screen->pty;
}

void screen_quit(struct screen *screen)
{
    pty_keys(screen->pty, "q");
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    pty_stop(screen->pty);
    screen->pty = NULL;
}

/* What follows an Esc at once would be taken for a sequence of its own. */
void screen_keys(struct screen *screen, const char *keys)
{
    for (const char *esc; (esc = strstr(keys, "Esc")) != NULL; keys = esc + 3 + (esc[3] == ' ')) {
        char *part = memory_copy_bytes(keys, (size_t)(esc + 3 - keys));
        pty_keys(screen->pty, part);
        pty_settle(screen->pty);
        memory_free(part);
    }
    if (*keys)
        pty_keys(screen->pty, keys);
    pty_settle(screen->pty);
}

void screen_type(struct screen *screen, const char *text)
{
    pty_text(screen->pty, text);
    pty_settle(screen->pty);
}

static void fail_with_screen(struct screen *screen, const char *text, const char *what,
                             const char *file, int line)
{
    (void)fprintf(stderr, "%s\n'%s' %s\n", pty_screen(screen->pty), text, what);
    _fail(file, line);
}

void screen_assert_says(struct screen *screen, const char *text, const char *file, int line)
{
    int rows, columns;
    pty_size(screen->pty, &rows, &columns);
    bool said = strstr(pty_row(screen->pty, rows - 3), text) != NULL ||
                strstr(pty_row(screen->pty, rows - 2), text) != NULL;
    if (!said)
        fail_with_screen(screen, text, "is not said", file, line);
}

void screen_assert_shows(struct screen *screen, const char *text, bool there, const char *file,
                         int line)
{
    if (pty_find(screen->pty, text, NULL, NULL) != there)
        fail_with_screen(screen, text, there ? "is not shown" : "is shown", file, line);
}

/* The cursor stands on its title: the number is in the row above. */
int screen_selected(struct screen *screen)
{
    int row, column, number = 0;
    bool visible;
    pty_cursor(screen->pty, &row, &column, &visible);
    for (int at = column; at < column + 6; at++) {
        struct pty_cell cell = pty_cell(screen->pty, row - 1, at - 1);
        if (cell.text[0] >= '0' && cell.text[0] <= '9')
            number = number * 10 + (cell.text[0] - '0');
        else if (number > 0)
            break;
    }
    return number;
}
