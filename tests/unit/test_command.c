#include "desk.h"
#include "touchline/command.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* --- a board, and commands run on it ---------------------------------------------------------- */

#define run(desk, line, says)             desk_run(desk, line, says)
#define refused(desk, line, status, says) desk_refused(desk, line, status, says)

/* A key's or palette's call, or the shell's. */
static enum status run_line(struct desk *desk, bool screen, const char *line)
{
    return desk_run_as(desk, desk->store, screen, line);
}

static int setup(void **state)
{
    static const char *const lines[] = {"add One", "add Two", "add Three", "add Four", NULL};
    *state = desk_new("Ana", lines);
    return 0;
}

/* The line as "Before: 1 One, 2 Two | ...": phases in front of their moments. */
static const char *line_of(struct desk *desk)
{
    struct store_rows *rows;
    struct row row;
    bool done = false;
    char *phase = NULL;
    row_init(&row);
    buffer_clear(&desk->message);
    assert_int_equal(store_rows_begin(desk->store, &rows, &desk->error), STATUS_OK);
    struct row_source source = store_rows_source(rows);
    while (source.next(source.data, &row, &done, &desk->error) == STATUS_OK && !done) {
        buffer_add_text(&desk->message, desk->message.length ? " " : "");
        if (row.phase && (!phase || strcmp(phase, row.phase) != 0))
            buffer_add_format(&desk->message, "[%s] ", row.phase);
        memory_replace(&phase, row.phase);
        buffer_add_format(&desk->message, "%s%s", row.moment.state == STATE_PARKED ? "z:" : "",
                          row.moment.title);
    }
    memory_free(phase);
    row_release(&row);
    store_rows_end(rows);
    return buffer_text(&desk->message);
}

static int64_t number_in(struct desk *desk, const char *name, size_t member)
{
    struct moment moment = desk_moment(desk, name);
    int64_t number = *(const int64_t *)(const void *)((const char *)&moment + member);
    record_release(RECORD_ITEM, &moment);
    return number;
}

static int64_t id_of(struct desk *desk, const char *name)
{
    return number_in(desk, name, offsetof(struct moment, id));
}

static bool keep_last(void *data, const struct history_entry *entry)
{
    struct buffer *words = data;
    buffer_clear(words);
    buffer_add_text(words, entry->words);
    return true;
}

static void assert_history(struct desk *desk, const char *words)
{
    struct buffer last = {0};
    assert_int_equal(store_history(desk->store, 0, keep_last, &last, &desk->error), STATUS_OK);
    assert_string_equal(buffer_text(&last), words);
    buffer_release(&last);
}

/* --- the table -------------------------------------------------------------------------------- */

static void names_and_keys_are_unique(void **state)
{
    (void)state;
    size_t count;
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        const struct command *command = table[i];
        assert_ptr_equal(command_find(command->name, NULL), command);
        for (const char *at = command->keys ? command->keys : ""; *at;) {
            char text[KEY_TEXT_SIZE];
            struct key key;
            size_t length = strcspn(at, " ");
            snprintf(text, sizeof text, "%.*s", (int)length, at);
            assert_true(key_parse(text, &key));
            assert_ptr_equal(command_for_key(key), command);
            at += length + strspn(at + length, " ");
        }
    }
}

static void every_row_is_whole(void **state)
{
    (void)state;
    size_t count;
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        const struct command *command = table[i];
        assert_non_null(command->name);
        assert_non_null(command->label);
        assert_non_null(command->summary);
        assert_true(strlen(command->summary) <= 63); /* whole in the help at 80 columns */
        assert_true(command->summary[strlen(command->summary) - 1] != '.');
        assert_true((command->run == NULL) == (command->scope == COMMAND_SCREEN));
        assert_true(command->group < GROUPS);
        bool optional = false;
        for (size_t a = 0; a < ARGUMENTS_MAX && command->arguments[a].name; a++) {
            const struct argument *argument = &command->arguments[a];
            assert_non_null(argument->help);
            assert_false(argument->repeated && argument->option);
            if (argument->option)
                continue;
            assert_false(optional && argument->required); /* "[N] TEXT" cannot be told apart */
            optional = !argument->required;
        }
    }
}

static void bound_and_unbound_keys(void **state)
{
    (void)state;
    static const struct {
        const char *key, *command;
    } bound[] = {
        {"r", "rate"},  {"C-r", "redo"},        {"U", "redo"},          {"u", "undo"},
        {"H", "left"},  {"S-Right", "right"},   {"d", "remove"},        {"J", "join"},
        {"Y", "twin"},  {"F1", "help"},         {"C-s", "saved"},       {"$", "cheap"},
        {"#", "go-to"}, {"S-Tab", "pane-back"}, {"PgDn", "page-right"},
    };
    struct key key;
    for (size_t i = 0; i < sizeof bound / sizeof *bound; i++) {
        assert_true(key_parse(bound[i].key, &key));
        assert_string_equal(command_for_key(key)->name, bound[i].command);
    }
    /* half of an arrow's sequence on a slow line must do nothing */
    static const char *const unbound[] = {"[", "O", "C-c", "Esc", "1", "0", "A-u"};
    for (size_t i = 0; i < sizeof unbound / sizeof *unbound; i++) {
        assert_true(key_parse(unbound[i], &key));
        assert_null(command_for_key(key));
    }
}

static void a_command_is_found_by_its_start(void **state)
{
    (void)state;
    const char *nearest;
    assert_string_equal(command_find("unc", NULL)->name, "unchoose");
    assert_null(command_find("un", NULL));
    assert_null(command_find("cho", NULL)); /* choose, choose-or-not */
    assert_string_equal(command_find("choose", NULL)->name, "choose");
    assert_null(command_find("raet", &nearest));
    assert_string_equal(nearest, "rate");
    assert_null(command_find("chanel", &nearest));
    assert_string_equal(nearest, "channel");
    assert_null(command_find("frobnicate", &nearest));
    assert_null(nearest);
    assert_null(command_find("", &nearest));
    assert_null(command_find("a-name-that-is-longer-than-every-name-there-is", &nearest));
    assert_null(nearest);
}

/* --- words ------------------------------------------------------------------------------------ */

struct reading {
    struct call call;
    struct error error;
    enum status status;
};

static struct reading read_words(const char *name, const char *const *words, size_t count)
{
    struct reading reading = {.call = {.board = "cab.touchline"}};
    reading.status =
        command_read_words(command_find(name, NULL), words, count, &reading.call, &reading.error);
    return reading;
}

#define READ(name, ...)                                                                            \
    read_words(name, (const char *[]){__VA_ARGS__},                                                \
               sizeof((const char *[]){__VA_ARGS__}) / sizeof(char *))

static void options_stand_anywhere(void **state)
{
    (void)state;
    struct reading reading = READ("action", "-ofred", "3", "--due", "fri", "Buy two kits");
    assert_int_equal(reading.status, STATUS_OK);
    assert_string_equal(reading.call.values[0], "3");
    assert_string_equal(reading.call.values[1], "Buy two kits");
    assert_string_equal(reading.call.values[2], "fred");
    assert_string_equal(reading.call.values[3], "fri");
    reading = READ("action", "--owner=a=b", "3", "--", "--due");
    assert_string_equal(reading.call.values[1], "--due");
    assert_string_equal(reading.call.values[2], "a=b");
    assert_null(reading.call.values[3]);
}

static void repeated_words_are_kept_in_order(void **state)
{
    (void)state;
    struct reading reading = READ("add", "One", "-t", "Two", "--after", "7", "-");
    assert_int_equal(reading.status, STATUS_OK);
    assert_int_equal(reading.call.word_count, 3);
    assert_string_equal(reading.call.words[0], "One");
    assert_string_equal(reading.call.words[1], "Two");
    assert_string_equal(reading.call.words[2], "-");
    call_release(&reading.call);
}

static void wrong_words_are_named(void **state)
{
    (void)state;
    struct reading reading = READ("rate", "3", "magical", "now");
    assert_int_equal(reading.status, STATUS_USAGE);
    assert_string_equal(reading.error.text,
                        "rate: one word too many: 'now'; it goes: rate BOARD N RATING [--review]");
    reading = READ("rate", "3", "--loud");
    assert_string_equal(
        reading.error.text,
        "rate: there is no option '--loud'; it goes: rate BOARD N RATING [--review]");
    reading = READ("move", "3", "--to");
    assert_string_equal(
        reading.error.text,
        "move: a value is missing after '--to'; it goes: move BOARD N [--to NUMBER] [--after N]");
    reading = READ("add", "One", "--tags=yes");
    assert_int_equal(reading.status, STATUS_USAGE);
    call_release(&reading.call);
    reading = READ("add", "One", "-tx");
    assert_int_equal(reading.status, STATUS_USAGE);
    call_release(&reading.call);
}

static void a_palette_text_is_the_rest_of_the_line(void **state)
{
    struct desk *desk = *state;
    desk->session.selected = id_of(desk, "2");
    run(desk, "idea 3 Don't \"rush\" --price free  them",
        "An idea for 3 Three: Don't \"rush\" them. u takes it back.");
    run(desk, "idea Answer with their name",
        "An idea for 2 Two: Answer with their name. u takes it back.");
    run(desk, "owner 'Two  blanks'", "2 has the owner Two  blanks now. u takes it back.");
    run(desk, "set title='A new name' owner=", "Changed title, owner of 2 Two. u takes it back.");
    run(desk, "move 4 1", "4 is now 1. u takes it back.");
    refused(desk, "", STATUS_USAGE, "a command's name is missing");
    refused(desk, "raet 3", STATUS_USAGE, "unknown command 'raet'; did you mean 'rate'?");
    refused(desk, "zzz", STATUS_USAGE, "unknown command 'zzz'; ? lists them all");
    refused(desk, "rate 3 magical now", STATUS_USAGE,
            "rate: one word too many: 'now'; it goes: rate N RATING [--review]");
    refused(desk, "quit", STATUS_USAGE, "quit is about the screen: open the board to use it");
}

static void what_is_missing_is_told(void **state)
{
    struct desk *desk = *state;
    const struct command *rate = command_find("rate", NULL);
    struct call call = {.store = desk->store, .session = &desk->session};
    assert_int_equal(command_missing(rate, &call), 0);
    desk->session.selected = id_of(desk, "1");
    assert_int_equal(command_missing(rate, &call), 1);
    call.values[1] = "magical";
    assert_int_equal(command_missing(rate, &call), -1);
    assert_int_equal(command_run(rate, &call, &desk->error), STATUS_OK);
    call_release(&call);
    /* the second moment of a command is never the selected one */
    struct call join = {.store = desk->store, .session = &desk->session};
    assert_int_equal(command_missing(command_find("join", NULL), &join), 1);
    assert_int_equal(run_line(desk, false, "rate magical"), STATUS_USAGE);
    desk->session.selected = 0;
    refused(desk, "rate magical", STATUS_NOT_FOUND, "there is no moment here yet; a writes one");
}

/* --- writing ---------------------------------------------------------------------------------- */

static void moments_are_added_in_order(void **state)
{
    struct desk *desk = *state;
    run(desk, "add --after 2 Between", "Added 3 Between. u takes it back.");
    assert_int_equal(desk->added, id_of(desk, "3"));
    assert_int_equal(desk->select, desk->added);
    run(desk, "add --before 1 Zero", "Added 1 Zero. u takes it back.");
    run(desk, "add --park Later", "Added z1 Later. u takes it back.");
    run(desk, "add --phase Ride --channel phone --seconds 2m --note 'A note' Drink",
        "Added 7 Drink, in a new phase. u takes it back.");
    run(desk, "phase 1 Before", "Phase Before begins at 1 Zero. u takes it back.");
    run(desk, "add --phase before Last of it", "Added 7 Last of it. u takes it back.");
    assert_string_equal(line_of(desk), "[Before] Zero One Two Between Three Four Last of it "
                                       "[Ride] Drink z:Later");
    struct moment drink = desk_moment(desk, "8");
    assert_int_equal(drink.channel, 2);
    assert_int_equal(drink.seconds, 120);
    assert_string_equal(drink.note, "A note");
    record_release(RECORD_ITEM, &drink);
    run(desk, "add --after 0 Minus one", "Added 1 Minus one. u takes it back.");
    run(desk, "undo", "Taken back: Added 1 Minus one. U does it again.");
    refused(desk, "add --after 1 --before 2 x", STATUS_USAGE,
            "add: say only one of --after, --before and --phase");
    refused(desk, "add ''", STATUS_REFUSED, "a moment cannot be without a title");
    refused(desk, "add --channel pigeon x", STATUS_USAGE,
            "channel cannot be \"pigeon\"; say In person, Phone, Email, Post, Website, Webinar");
    refused(desk, "add --after 99 x", STATUS_NOT_FOUND,
            "there is no moment 99; they go from 1 to 8");
}

static void a_near_double_is_named_not_blocked(void **state)
{
    struct desk *desk = *state;
    run(desk, "add Drink offered", "Added 5 Drink offered. u takes it back.");
    run(desk, "add drink  offered!",
        "Added 6 drink offered!, like 5 Drink offered. u takes it back.");
    assert_history(desk, "Added 6 drink offered!");
}

static void tags_ideas_and_phases_are_read(void **state)
{
    struct desk *desk = *state;
    run(desk, "add --tags Calls back @p @20s @1", "Added 2 Calls back. u takes it back.");
    struct moment calls = desk_moment(desk, "2");
    assert_int_equal(calls.channel, 2);
    assert_int_equal(calls.seconds, 20);
    record_release(RECORD_ITEM, &calls);
    run(desk, "add --tags --after 2 '+ A cup of tea'",
        "An idea for 2 Calls back. u takes it back.");
    run(desk, "add --tags '# Ride'", "Added 1 phase. u takes it back.");
    assert_true(desk->added > 0);
    assert_int_equal(desk->select, 0);
    run(desk, "add --tags On the way @ri", "Added 6 On the way. u takes it back.");
    run(desk, "add --tags Mail to wally@@cab @foo",
        "Added 7 Mail to wally@@cab @foo; @foo is no tag and stays in the title. u takes it back.");
    run(desk, "add --tags Not now @park", "Added z1 Not now. u takes it back.");
    assert_string_equal(line_of(desk), "One Calls back Two Three Four [Ride] On the way "
                                       "Mail to wally@@cab @foo z:Not now");
    refused(desk, "add --tags Nowhere @99", STATUS_NOT_FOUND,
            "there is no moment 99; they go from 1 to 7");
}

static enum status add_list(struct desk *desk, const char *list, bool tags)
{
    struct call call = {.board = "cab.touchline", .store = desk->store, .today = desk_today};
    const char *const words[] = {"-", "--tags"};
    call.in = fopen(fixture_write(desk->fixture, "list.txt", list), "r");
    enum status status =
        command_read_words(command_find("add", NULL), words, tags ? 2 : 1, &call, &desk->error);
    if (status == STATUS_OK)
        status = command_run(command_find("add", NULL), &call, &desk->error);
    buffer_clear(&desk->message);
    buffer_add_text(&desk->message, buffer_text(&call.outcome.message));
    (void)fclose(call.in);
    call_release(&call);
    return status;
}

static void a_list_is_one_edit(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(add_list(desk, "\xEF\xBB\xBF- Five\r\n\n2. Six @p\n  [ ] Seven", false),
                     STATUS_OK);
    assert_string_equal(buffer_text(&desk->message), "Added 3 moments from Five.");
    assert_string_equal(line_of(desk), "One Two Three Four Five Six @p Seven");
    run(desk, "undo", "Taken back: Added 3 moments from Five. U does it again.");
    assert_int_equal(add_list(desk, "# Ride\nFive @p\n+ An idea\n\nSix @15s\n", true), STATUS_OK);
    assert_string_equal(buffer_text(&desk->message), "Added 2 moments, 1 idea, 1 phase from Five.");
    assert_string_equal(line_of(desk), "One Two Three Four [Ride] Five Six");
    /* a tag places its own moment, not the rest of the list */
    assert_int_equal(add_list(desk, "Seven @1\nEight\n", true), STATUS_OK);
    assert_string_equal(line_of(desk), "One Seven Two Three Four [Ride] Five Six Eight");
}

static void a_bad_list_changes_nothing(void **state)
{
    struct desk *desk = *state;
    assert_int_equal(add_list(desk, "Five\n\xFF\xFE\n", false), STATUS_BAD_DATA);
    assert_string_equal(desk->error.text,
                        "line 2 is not UTF-8 or holds a NUL; save it as UTF-8 text");
    assert_int_equal(add_list(desk, "Five\n+ x\n# \n+ y @99\nSix @99\n", true), STATUS_NOT_FOUND);
    assert_string_equal(desk->error.text, "line 5: there is no moment 99; they go from 1 to 5");
    assert_int_equal(add_list(desk, "+ an idea for nothing\n", true), STATUS_USAGE);
    assert_string_equal(line_of(desk), "One Two Three Four");
}

static void fields_are_set(void **state)
{
    struct desk *desk = *state;
    run(desk, "set 2 seconds=20 owner=Wally rating=neutral target=magical note='Two words'",
        "Changed seconds, owner, rating, target, note of 2 Two. u takes it back.");
    struct moment two = desk_moment(desk, "2");
    assert_int_equal(two.seconds, 20);
    assert_string_equal(two.owner, "Wally");
    assert_int_equal(two.target, RATING_MAGICAL);
    assert_string_equal(two.note, "Two words");
    record_release(RECORD_ITEM, &two);
    run(desk, "set 2 owner=Wally", "Nothing to change.");
    assert_false(desk->changed);
    refused(
        desk, "set 2 colour=red", STATUS_USAGE,
        "'colour=red' is no FIELD=VALUE of a moment; fields are title, channel, rating, target, "
        "chosen, dots, seconds, times, owner, handling, expectation, benchmark, note");
    refused(desk, "set 2 state=deleted", STATUS_USAGE,
            "'state=deleted' is no FIELD=VALUE of a moment; fields are title, channel, rating, "
            "target, chosen, dots, seconds, times, owner, handling, expectation, benchmark, note");
    refused(desk, "set 2 seconds=soon", STATUS_USAGE,
            "seconds cannot be \"soon\"; say 20 s, 2 min or 1 h, up to 168 h");
    refused(desk, "set 2 owner=Ana target=miserable", STATUS_USAGE,
            "target cannot be \"miserable\"; say none, neutral or magical");
    two = desk_moment(desk, "2");
    assert_string_equal(two.owner, "Wally"); /* the whole line or nothing */
    record_release(RECORD_ITEM, &two);
}

static void an_owner_comes_and_goes(void **state)
{
    struct desk *desk = *state;
    run(desk, "owner 1 Wally", "1 has the owner Wally now. u takes it back.");
    assert_history(desk, "1 One has the owner Wally now");
    run(desk, "owner 1 ''", "1 has no owner now. u takes it back.");
}

/* --- order ------------------------------------------------------------------------------------ */

static void a_moved_moment_has_the_number(void **state)
{
    struct desk *desk = *state;
    run(desk, "move 1 --to 3", "1 is now 3. u takes it back.");
    assert_string_equal(line_of(desk), "Two Three One Four");
    assert_history(desk, "1 One is now 3");
    run(desk, "move 4 1", "4 is now 1. u takes it back.");
    assert_string_equal(line_of(desk), "Four Two Three One");
    run(desk, "move 2 2", "Nothing to change.");
    run(desk, "park 2", "2 Two is parked as z1. u brings it back.");
    run(desk, "move z1 1", "z1 is now 1. u takes it back.");
    assert_string_equal(line_of(desk), "Two Four Three One");
    run(desk, "move 4 --after 0", "4 is now 1. u takes it back.");
    run(desk, "move 1 --after 4", "1 is now 4. u takes it back.");
    refused(desk, "move 1", STATUS_USAGE, "move: say --to N or --after N");
    refused(desk, "move 1 2 --after 3", STATUS_USAGE,
            "move: --after is for a moment, and instead of --to");
    refused(desk, "move 1 5", STATUS_NOT_FOUND, "there is no moment 5; they go from 1 to 4");
    refused(desk, "move 1 0", STATUS_USAGE, "'0' is no number from 1");
}

static void a_heading_counts_as_one_place(void **state)
{
    struct desk *desk = *state;
    run(desk, "phase 3 Ride", "Phase Ride begins at 3 Three. u takes it back.");
    refused(desk, "list", STATUS_USAGE,
            "list prints lines: it is for the shell, touchline list BOARD");
    run(desk, "left 3", "3 is now before the first phase. u takes it back.");
    assert_string_equal(line_of(desk), "One Two Three [Ride] Four");
    run(desk, "right 3", "3 is now in Ride. u takes it back.");
    assert_string_equal(line_of(desk), "One Two [Ride] Three Four");
    run(desk, "right 3", "3 is now 4. u takes it back.");
    assert_string_equal(line_of(desk), "One Two [Ride] Four Three");
    refused(desk, "right 4", STATUS_REFUSED, "4 is last already");
    refused(desk, "left 1", STATUS_REFUSED, "1 is first already");
    run(desk, "move 1 3", "1 is now 3. u takes it back.");
    assert_string_equal(line_of(desk), "Two [Ride] Four One Three");
    run(desk, "move 2 1", "2 is now 1. u takes it back.");
    assert_string_equal(line_of(desk), "Four Two [Ride] One Three");
}

static int64_t phase_called(struct desk *desk, const char *title)
{
    struct phases phases = {0};
    int64_t id = 0;
    assert_int_equal(store_phases(desk->store, &phases, &desk->error), STATUS_OK);
    for (size_t i = 0; i < phases.count; i++)
        if (strcmp(phases.at[i].title, title) == 0)
            id = phases.at[i].id;
    phases_release(&phases);
    return id;
}

static void run_on_phase(struct desk *desk, const char *format, const char *phase, const char *says)
{
    struct buffer line = {0};
    const char *rest = strchr(format, '@');
    buffer_add(&line, format, (size_t)(rest - format));
    buffer_add_format(&line, "id:%lld%s", (long long)phase_called(desk, phase), rest + 1);
    run(desk, buffer_text(&line), says);
    buffer_release(&line);
}

static void phases_move_with_their_moments(void **state)
{
    struct desk *desk = *state;
    run(desk, "phase 2 A", "Phase A begins at 2 Two. u takes it back.");
    run(desk, "phase 3 B", "Phase B begins at 3 Three. u takes it back.");
    run_on_phase(desk, "move @ 2", "B", "phase B now begins at 2. u takes it back.");
    assert_string_equal(line_of(desk), "One [B] Three Four [A] Two");
    run_on_phase(desk, "right @", "B", "phase B now begins at 3. u takes it back.");
    assert_string_equal(line_of(desk), "One [A] Two [B] Three Four");
    run_on_phase(desk, "move @ 1", "B", "phase B now begins at 2. u takes it back.");
    assert_string_equal(line_of(desk), "One [B] Three Four [A] Two");
    run_on_phase(desk, "move @ 4", "B", "phase B now begins at 3. u takes it back.");
    run_on_phase(desk, "left @", "B", "phase B now begins at 2. u takes it back.");
    run(desk, "undo", "Taken back: phase B now begins at 2. U does it again.");
    assert_string_equal(line_of(desk), "One [A] Two [B] Three Four");
}

static void a_phase_is_begun_renamed_removed(void **state)
{
    struct desk *desk = *state;
    run(desk, "phase 2 Ride", "Phase Ride begins at 2 Two. u takes it back.");
    run(desk, "phase 2 The ride", "Phase Ride is now called The ride. u takes it back.");
    assert_string_equal(line_of(desk), "One [The ride] Two Three Four");
    run(desk, "phase 2 ''", "Phase The ride is gone; its moments stay. u brings it back.");
    assert_string_equal(line_of(desk), "One Two Three Four");
    refused(desk, "phase 2 ''", STATUS_REFUSED, "no phase begins at 2");
    run(desk, "undo", "Taken back: Phase The ride is gone; its moments stay. U does it again.");
    run_on_phase(desk, "remove @", "The ride",
                 "Deleted phase The ride; its moments stay. u brings it back.");
    assert_history(desk, "Deleted phase The ride");
}

/* --- off the line ----------------------------------------------------------------------------- */

static void a_deleted_moment_comes_back_whole(void **state)
{
    struct desk *desk = *state;
    run(desk, "idea 2 Tea", "An idea for 2 Two: Tea. u takes it back.");
    run(desk, "idea 2 Coffee", "An idea for 2 Two: Coffee. u takes it back.");
    run(desk, "action 2 Buy cups", "An action for 2 Two: Buy cups. u takes it back.");
    run(desk, "remove 2", "Deleted 2 Two, with 2 ideas, 1 action. u brings it back.");
    assert_history(desk, "Deleted 2 Two, with 2 ideas, 1 action");
    assert_string_equal(line_of(desk), "One Three Four");
    run(desk, "undo", "Taken back: Deleted 2 Two, with 2 ideas, 1 action. U does it again.");
    assert_int_equal(desk->select, id_of(desk, "2"));
    assert_string_equal(line_of(desk), "One Two Three Four");
    run(desk, "redo", "Done again: Deleted 2 Two, with 2 ideas, 1 action. u takes it back.");
    assert_int_equal(desk->select, 0);
    assert_string_equal(line_of(desk), "One Three Four");
}

static void one_idea_or_action_is_deleted(void **state)
{
    struct desk *desk = *state;
    struct ideas ideas = {0};
    run(desk, "idea 2 Tea", "An idea for 2 Two: Tea. u takes it back.");
    run(desk, "idea 2 Coffee", "An idea for 2 Two: Coffee. u takes it back.");
    run(desk, "remove 2 --idea 1", "Deleted an idea of 2 Two. u brings it back.");
    assert_int_equal(store_ideas(desk->store, id_of(desk, "2"), &ideas, &desk->error), STATUS_OK);
    assert_int_equal(ideas.count, 1);
    assert_string_equal(ideas.at[0].text, "Coffee");
    ideas_release(&ideas);
    refused(desk, "remove 2 --idea 2", STATUS_NOT_FOUND, "there is no idea 2; it has 1");
    refused(desk, "remove 2 --action 1", STATUS_NOT_FOUND, "there is no action 1; it has 0");
    refused(desk, "remove 1 --idea id:2", STATUS_NOT_FOUND, "idea id:2 belongs to another moment");
    refused(desk, "remove 2 --idea tea", STATUS_USAGE,
            "'tea' names no idea: use its place in the list or id:31");
}

static void the_parking_lot_keeps_places(void **state)
{
    struct desk *desk = *state;
    run(desk, "park 2", "2 Two is parked as z1. u brings it back.");
    assert_history(desk, "2 Two is parked as z1");
    assert_string_equal(line_of(desk), "One Three Four z:Two");
    run(desk, "unpark z1", "z1 Two is back on the line as 2. u takes it back.");
    assert_string_equal(line_of(desk), "One Two Three Four");
    refused(desk, "unpark z1", STATUS_NOT_FOUND, "there is no parked moment z1");
}

static void a_double_is_joined(void **state)
{
    struct desk *desk = *state;
    run(desk, "idea 1 Tea", "An idea for 1 One: Tea. u takes it back.");
    run(desk, "action 1 Buy tea", "An action for 1 One: Buy tea. u takes it back.");
    run(desk, "set 1 dots=3 note=First chosen=yes",
        "Changed dots, note, chosen of 1 One. u takes it "
        "back.");
    run(desk, "set 2 dots=2 note=Second", "Changed dots, note of 2 Two. u takes it back.");
    int64_t two = id_of(desk, "2");
    run(desk, "join 1 2", "Joined 1 One into 2 Two. u parts them again.");
    assert_int_equal(desk->select, two);
    assert_string_equal(line_of(desk), "Two Three Four");
    struct moment joined = desk_moment(desk, "1");
    struct ideas ideas = {0};
    struct actions actions = {0};
    assert_int_equal(joined.dots, 5);
    assert_int_equal(joined.chosen, 1);
    assert_string_equal(joined.note, "Second\nJoined: One\nNote: First");
    assert_int_equal(store_ideas(desk->store, two, &ideas, &desk->error), STATUS_OK);
    assert_int_equal(store_actions(desk->store, two, &actions, &desk->error), STATUS_OK);
    assert_int_equal(ideas.count, 1);
    assert_int_equal(actions.count, 1);
    ideas_release(&ideas);
    actions_release(&actions);
    record_release(RECORD_ITEM, &joined);
    run(desk, "undo", "Taken back: Joined 1 One into 2 Two. U does it again.");
    assert_string_equal(line_of(desk), "One Two Three Four");
    assert_int_equal(store_ideas(desk->store, id_of(desk, "1"), &ideas, &desk->error), STATUS_OK);
    assert_int_equal(ideas.count, 1);
    ideas_release(&ideas);
    refused(desk, "join 1 1", STATUS_REFUSED, "a moment cannot be joined into itself");
}

static void a_twin_stands_right_behind(void **state)
{
    struct desk *desk = *state;
    run(desk, "set 2 channel=phone owner=Ana rating=neutral",
        "Changed channel, owner, rating of 2 Two. u takes it back.");
    run(desk, "twin 2 web", "Added 3 Two, the twin of 2 by website. u takes it back.");
    assert_string_equal(line_of(desk), "One Two Two Three Four");
    struct moment twin = desk_moment(desk, "3");
    assert_int_equal(twin.channel, 5);
    assert_int_equal(twin.rating, RATING_NONE);
    assert_string_equal(twin.owner, "Ana");
    assert_int_equal(desk->select, twin.id);
    record_release(RECORD_ITEM, &twin);
    refused(desk, "twin 2 phone", STATUS_REFUSED, "2 has that channel: take another one");
}

/* --- judging ---------------------------------------------------------------------------------- */

static void a_rating_is_told_in_words(void **state)
{
    struct desk *desk = *state;
    run(desk, "rate 3 magical", "3 is now magical. u takes it back.");
    assert_history(desk, "3 Three is now magical");
    run(desk, "rate 3 1", "3 is now miserable. u takes it back.");
    struct moment three = desk_moment(desk, "3");
    assert_int_equal(three.first_rating, RATING_MAGICAL);
    record_release(RECORD_ITEM, &three);
    run(desk, "rate 3 unrated", "3 is now unrated. u takes it back.");
    run(desk, "rate 3 0", "Nothing to change.");
    refused(desk, "rate 3 brilliant", STATUS_USAGE,
            "rating cannot be \"brilliant\"; say unrated, miserable, neutral or magical");
    assert_int_equal(run_line(desk, false, "rate 3 2"), STATUS_OK);
    assert_string_equal(buffer_text(&desk->message), "3 is now neutral.");
}

static void targets_only_go_up(void **state)
{
    struct desk *desk = *state;
    refused(desk, "target 1", STATUS_REFUSED, "Rate it first.");
    refused(desk, "target 1 magical", STATUS_REFUSED, "Rate it first.");
    run(desk, "rate 1 miserable", "1 is now miserable. u takes it back.");
    run(desk, "target 1", "1 shall become neutral. u takes it back.");
    run(desk, "target 1", "1 shall become magical. u takes it back.");
    run(desk, "target 1", "1 has no target now. u takes it back.");
    run(desk, "rate 1 magical", "1 is now magical. u takes it back.");
    refused(desk, "target 1", STATUS_REFUSED, "It is magical already: nothing stands above that.");
    run(desk, "target 1 magical", "1 has reached its target: magical. u takes it back.");
    run(desk, "target 1 none", "1 has no target now. u takes it back.");
}

static void a_channel_is_told_as_a_phrase(void **state)
{
    struct desk *desk = *state;
    run(desk, "channel 1 P", "1 is now by phone. u takes it back.");
    run(desk, "channel 1 f2f", "1 is now in person. u takes it back.");
    assert_history(desk, "1 One is now in person");
    run(desk, "channel 1 none", "1 has no channel now. u takes it back.");
    refused(desk, "channel 1 we", STATUS_USAGE,
            "channel cannot be \"we\"; say In person, Phone, Email, Post, Website, Webinar");
}

static void a_sixth_choice_is_refused_or_swapped(void **state)
{
    struct desk *desk = *state;
    run(desk, "add Five", "Added 5 Five. u takes it back.");
    run(desk, "add Six", "Added 6 Six. u takes it back.");
    run(desk, "choose 1", "1 is chosen, 1 of 3 to 5. u takes it back.");
    run(desk, "choose 1", "Nothing to change.");
    for (char line[] = "choose 2"; line[7] <= '5'; line[7]++)
        assert_int_equal(run_line(desk, true, line), STATUS_OK);
    refused(desk, "choose 6", STATUS_REFUSED,
            "Five are chosen and few gets done: 1 2 3 4 5. 'swap' or 'unchoose' one first.");
    refused(desk, "set 6 chosen=yes", STATUS_REFUSED,
            "Five are chosen and few gets done: unchoose one of them first.");
    run(desk, "swap 6 3", "6 is chosen instead of 3 Three. u takes it back.");
    assert_int_equal(number_in(desk, "3", offsetof(struct moment, chosen)), 0);
    assert_int_equal(number_in(desk, "6", offsetof(struct moment, chosen)), 1);
    run(desk, "undo", "Taken back: 6 Six is chosen instead of 3 Three. U does it again.");
    assert_int_equal(number_in(desk, "3", offsetof(struct moment, chosen)), 1);
    refused(desk, "swap 6 6", STATUS_REFUSED, "6 Six is not one of the chosen");
    run(desk, "unchoose 3", "3 is no longer chosen. u takes it back.");
    run(desk, "park 6", "6 Six is parked as z1. u brings it back.");
    refused(desk, "choose z1", STATUS_REFUSED, "z1 is parked: 'unpark' brings it back first");
}

static void dots_are_laid_and_taken(void **state)
{
    struct desk *desk = *state;
    run(desk, "dot 1", "1 has a dot more. u takes it back.");
    run(desk, "dot 1", "1 has a dot more. u takes it back.");
    run(desk, "undot 1", "1 has a dot less. u takes it back.");
    run(desk, "undot 1", "1 has 0 dots now. u takes it back."); /* none is left to hide */
    refused(desk, "undot 1", STATUS_REFUSED, "1 has no dot");
    run(desk, "set 1 dots=2", "Changed dots of 1 One. u takes it back.");
    run(desk, "dot 1", "1 has 3 dots now. u takes it back."); /* they were in sight before */
}

/* --- the plan --------------------------------------------------------------------------------- */

static void an_idea_becomes_an_action(void **state)
{
    struct desk *desk = *state;
    struct actions actions = {0};
    run(desk, "idea 3 Script by the phone --price free",
        "An idea for 3 Three: Script by the phone. u takes it back.");
    run(desk, "price 3 1 high",
        "The price of \"Script by the phone\" (3) is now high. u takes it back.");
    run(desk, "take 3 1 --owner Ana --due fri",
        "Taken up for 3 Three: Script by the phone. u takes it back.");
    assert_int_equal(store_actions(desk->store, id_of(desk, "3"), &actions, &desk->error),
                     STATUS_OK);
    assert_int_equal(actions.count, 1);
    assert_string_equal(actions.at[0].text, "Script by the phone");
    assert_string_equal(actions.at[0].owner, "Ana");
    assert_string_equal(actions.at[0].due, "2026-11-27");
    actions_release(&actions);
    refused(desk, "take 3 1", STATUS_REFUSED, "That idea was taken up already.");
    run(desk, "status 3 1 trying", "\"Script by the phone\" (3) is now trying. u takes it back.");
    run(desk, "status 3 1 'to do'", "\"Script by the phone\" (3) is now to do. u takes it back.");
    run(desk, "set 3 --action 1 agreed='Ana, Ben' finding=Good",
        "Changed agreed, finding of an action of 3 Three. u takes it back.");
    run(desk, "set 3 --idea 1 price=low", "Changed price of an idea of 3 Three. u takes it back.");
}

static void an_action_takes_days_in_words(void **state)
{
    struct desk *desk = *state;
    run(desk, "action 4 Buy two kits --owner Wally --due +2w",
        "An action for 4 Four: Buy two kits, Wally, by 2026-12-05. u takes it back.");
    refused(desk, "action 4 x --due soon", STATUS_USAGE,
            "due cannot be \"soon\"; write the day as 2026-12-04");
    refused(desk, "action 4 ''", STATUS_USAGE, "an action cannot be without a text");
    refused(desk, "idea 4 ''", STATUS_USAGE, "an idea cannot be without a text");
}

/* --- one's own and others' -------------------------------------------------------------------- */

static void undo_is_ones_own(void **state)
{
    struct desk *desk = *state;
    struct store *ana = desk->store;
    desk->store = desk_open_as(desk, "Ben");
    refused(desk, "undo", STATUS_NOT_FOUND, "nothing of yours to undo");
    refused(desk, "redo", STATUS_NOT_FOUND, "nothing of yours to do again");
    run(desk, "rate 1 neutral", "1 is now neutral. u takes it back.");
    store_close(desk->store);
    desk->store = ana;
    run(desk, "undo", "Taken back: Added 4 Four. U does it again.");
    assert_string_equal(line_of(desk), "One Two Three");
}

static void what_was_not_seen_is_not_overwritten(void **state)
{
    struct desk *desk = *state;
    struct value seen = value_integer(RATING_NONE);
    struct call call = {
        .store = desk->store, .session = &desk->session, .seen = &seen, .today = desk_today};
    run(desk, "rate 1 neutral", "1 is now neutral. u takes it back.");
    call.values[0] = "1";
    call.values[1] = "magical";
    assert_int_equal(command_run(command_find("rate", NULL), &call, &desk->error), STATUS_CONFLICT);
    call_release(&call);
    assert_int_equal(number_in(desk, "1", offsetof(struct moment, rating)), RATING_NEUTRAL);
}

static void a_deleted_moment_takes_nothing(void **state)
{
    struct desk *desk = *state;
    struct buffer line = {0};
    buffer_add_format(&line, "idea id:%lld Tea", (long long)id_of(desk, "1"));
    run(desk, "remove 1", "Deleted 1 One. u brings it back.");
    refused(desk, buffer_text(&line), STATUS_NOT_FOUND,
            "that one was deleted; 'undo' brings one's own back");
    buffer_release(&line);
}

static void a_board_to_look_at_is_not_changed(void **state)
{
    struct desk *desk = *state;
    struct store_options options = desk_options("Ana");
    options.look_only = true;
    store_close(desk->store);
    assert_int_equal(store_open(desk_path(desk), &options, &desk->store, &desk->error), STATUS_OK);
    refused(desk, "rate 1 neutral", STATUS_READ_ONLY,
            "this board can only be looked at: it was opened to look at");
}

/* --- help ------------------------------------------------------------------------------------- */

static void help_is_made_from_the_row(void **state)
{
    (void)state;
    struct buffer help = {0};
    command_help(command_find("move", NULL), &help);
    assert_non_null(
        strstr(buffer_text(&help), "Usage: touchline move BOARD N [--to NUMBER] [--after N]\n"));
    assert_non_null(
        strstr(buffer_text(&help), "\n  -t, --to NUMBER     the number that it shall "));
    assert_non_null(strstr(buffer_text(&help), "  touchline move cab.touchline 31 --to 7\n"));
    buffer_clear(&help);
    command_help(command_find("undo", NULL), &help);
    assert_non_null(strstr(buffer_text(&help), "\nKey on the screen: u\n"));
    buffer_release(&help);
}

static void no_help_is_wider_than_a_terminal(void **state)
{
    (void)state;
    size_t count;
    struct buffer help = {0};
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        buffer_clear(&help);
        command_help(table[i], &help);
        for (const char *at = buffer_text(&help); *at; at += strcspn(at, "\n") + 1)
            if (strncmp(at, "Usage", 5) != 0) {
                if (strcspn(at, "\n") > 80)
                    fail_msg("%s: %.*s", table[i]->name, (int)strcspn(at, "\n"), at);
            }
    }
    buffer_release(&help);
}

#define ON_A_DESK(test) cmocka_unit_test_setup_teardown(test, setup, desk_teardown)

/* On the screen no key is heeded while edits are skipped one by one. */
static void what_stays_is_skipped_in_parts_on_the_screen(void **state)
{
    enum { EDITS = 25, AT_ONCE = 20 };
    struct desk *desk = *state;
    struct store *mine = desk->store, *ben = desk_open_as(desk, "Ben");
    int64_t before = 0, after = 0;
    for (int i = 0; i < EDITS; i++)
        assert_int_equal(run_line(desk, true, i % 2 ? "owner 1 Ana" : "owner 1 Cid"), STATUS_OK);
    desk->store = ben;
    run(desk, "owner 1 Ben", "1 has the owner Ben now. u takes it back.");
    desk->store = mine;
    refused(desk, "undo", STATUS_CONFLICT, "Ben has changed it since (Owner); u again skips it");
    assert_int_equal(store_undo_next(mine, &before, &desk->error), STATUS_OK);
    assert_int_equal(run_line(desk, true, "undo"), STATUS_OK);
    assert_string_equal(buffer_text(&desk->message),
                        "Skipped what stays. That was 20 edits; u again goes on.");
    assert_int_equal(store_undo_next(mine, &after, &desk->error), STATUS_OK);
    assert_int_equal(before - after, AT_ONCE);
    assert_int_equal(run_line(desk, true, "undo"), STATUS_OK);
    assert_string_equal(buffer_text(&desk->message),
                        "Skipped what stays. Taken back: Added 4 Four. U does it again.");
    store_close(ben);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(names_and_keys_are_unique),
        cmocka_unit_test(every_row_is_whole),
        cmocka_unit_test(bound_and_unbound_keys),
        cmocka_unit_test(a_command_is_found_by_its_start),
        cmocka_unit_test(options_stand_anywhere),
        cmocka_unit_test(repeated_words_are_kept_in_order),
        cmocka_unit_test(wrong_words_are_named),
        ON_A_DESK(a_palette_text_is_the_rest_of_the_line),
        ON_A_DESK(what_is_missing_is_told),
        ON_A_DESK(moments_are_added_in_order),
        ON_A_DESK(a_near_double_is_named_not_blocked),
        ON_A_DESK(tags_ideas_and_phases_are_read),
        ON_A_DESK(a_list_is_one_edit),
        ON_A_DESK(a_bad_list_changes_nothing),
        ON_A_DESK(fields_are_set),
        ON_A_DESK(an_owner_comes_and_goes),
        ON_A_DESK(what_stays_is_skipped_in_parts_on_the_screen),
        ON_A_DESK(a_moved_moment_has_the_number),
        ON_A_DESK(a_heading_counts_as_one_place),
        ON_A_DESK(phases_move_with_their_moments),
        ON_A_DESK(a_phase_is_begun_renamed_removed),
        ON_A_DESK(a_deleted_moment_comes_back_whole),
        ON_A_DESK(one_idea_or_action_is_deleted),
        ON_A_DESK(the_parking_lot_keeps_places),
        ON_A_DESK(a_double_is_joined),
        ON_A_DESK(a_twin_stands_right_behind),
        ON_A_DESK(a_rating_is_told_in_words),
        ON_A_DESK(targets_only_go_up),
        ON_A_DESK(a_channel_is_told_as_a_phrase),
        ON_A_DESK(a_sixth_choice_is_refused_or_swapped),
        ON_A_DESK(dots_are_laid_and_taken),
        ON_A_DESK(an_idea_becomes_an_action),
        ON_A_DESK(an_action_takes_days_in_words),
        ON_A_DESK(undo_is_ones_own),
        ON_A_DESK(what_was_not_seen_is_not_overwritten),
        ON_A_DESK(a_deleted_moment_takes_nothing),
        ON_A_DESK(a_board_to_look_at_is_not_changed),
        cmocka_unit_test(help_is_made_from_the_row),
        cmocka_unit_test(no_help_is_wider_than_a_terminal),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
