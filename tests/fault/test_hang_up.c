/* The line drops while somebody types: the program ends at once and by itself, what was typed is a
 * draft or saved, the board is sound and free, and whoever opens it next goes on. */
#include "boards.h"
#include "fault.h"
#include "places.h"
#include "pty_inside.h"
#include "random.h"
#include "touchline/buffer.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>

#include <cmocka.h>

enum { MOST = 500, WORDS = 12 };

/* --- ways to end ------------------------------------------------------------------------------ */

static void terminate(struct pty *pty)
{
    pty_signal(pty, SIGTERM);
}

static void hang_up_by_signal(struct pty *pty)
{
    pty_signal(pty, SIGHUP);
}

static const struct way {
    const char *name;
    bool deaf; /* with SIGHUP ignored */
    void (*end)(struct pty *pty);
} ways[] = {
    {"line dropped", false, pty_hang_up},
    {"line dropped, SIGHUP ignored", true, pty_hang_up},
    {"SIGHUP", false, hang_up_by_signal},
    {"SIGTERM", false, terminate},
};
enum { WAYS = sizeof ways / sizeof *ways };

/* --- what it came to -------------------------------------------------------------------------- */

struct ends {
    double ms[MOST]; /* from the end of the line to the end of the program */
    int count;
    long used_ms; /* the processor's time, of the program that used most */
};

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1e3 + (double)now.tv_nsec / 1e6;
}

static void end(struct screen *screen, const struct way *way, struct ends *ends)
{
    double begun = now_ms();
    way->end(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    assert_true(ends->count < MOST);
    ends->ms[ends->count++] = now_ms() - begun;
    if (pty_used_ms(screen->pty) > ends->used_ms)
        ends->used_ms = pty_used_ms(screen->pty);
}

static int by_size(const void *one, const void *other)
{
    double a = *(const double *)one, b = *(const double *)other;
    return (a > b) - (a < b);
}

static void print_ends(struct ends *ends, uint64_t seed)
{
    qsort(ends->ms, (size_t)ends->count, sizeof *ends->ms, by_size);
    fault_figure("hang-ups while typing: %d, 0 lost, 0 spinning (%ld ms of CPU at most, start "
                 "included), ended within %.0f ms (half within %.0f ms); seed %llu",
                 ends->count, ends->used_ms, ends->ms[ends->count - 1], ends->ms[ends->count / 2],
                 (unsigned long long)seed);
}

/* --- what is kept ----------------------------------------------------------------------------- */

/* The only draft of the state folder that the round began with: its path, NULL: there is none. */
static char *draft_file(const struct screen *screen)
{
    struct buffer path = {0};
    char *found = NULL;
    buffer_add_format(&path, "%s/touchline", strchr(screen->environment[1], '=') + 1);
    DIR *folder = opendir(buffer_text(&path));
    for (struct dirent *entry; folder && (entry = readdir(folder)) != NULL;) {
        const char *dot = strrchr(entry->d_name, '.');
        if (dot && strcmp(dot, ".draft") == 0) {
            buffer_add_format(&path, "/%s", entry->d_name);
            found = memory_copy(buffer_text(&path));
            break;
        }
    }
    if (folder)
        (void)closedir(folder);
    buffer_release(&path);
    return found;
}

static char *read_draft(const struct screen *screen)
{
    char *path = draft_file(screen), *text = path ? fixture_read(path) : NULL;
    memory_free(path);
    return text;
}

/* What follows `before` to the end of its line; NULL: it is not there. */
static char *line_behind(const char *text, const char *before)
{
    const char *at = strstr(text, before);
    if (!at)
        return NULL;
    at += strlen(before);
    return memory_copy_bytes(at, strcspn(at, "\n"));
}

static char *kept_text(const struct screen *screen, const struct place *place)
{
    if (place->saved) {
        char *text = line_behind(board_show(screen->path), place->saved);
        return text ? text : line_behind(board_about(screen->path), place->saved);
    }
    char *draft = read_draft(screen), *text = draft ? line_behind(draft, place->draft) : NULL;
    memory_free(draft);
    return text;
}

/* All that the program had taken in is there, and nothing that was not typed. */
static void assert_kept(const struct screen *screen, const struct place *place, const char *typed,
                        size_t taken)
{
    char *kept = kept_text(screen, place);
    size_t length = kept ? strlen(kept) : 0;
    bool begins = !kept || (length <= strlen(typed) && strncmp(kept, typed, length) == 0);
    if (!begins || length < taken || text_first_invalid(typed, length) < length)
        fail_msg("%s: '%s' was typed, %zu bytes of it taken in, kept is '%s'", place->name, typed,
                 taken, kept ? kept : "");
    memory_free(kept);
}

/* Nobody holds it, nothing is half done, and it can be written to. */
static void assert_sound_and_free(const struct screen *screen)
{
    struct store *store = board_open(screen->path, "Zoe");
    board_assert_sound(store);
    board_add(store, "Goes on", PLACE_END);
    store_close(store);
}

/* --- rounds ----------------------------------------------------------------------------------- */

static void add_words(struct buffer *text, uint64_t *seed, size_t count)
{
    static const char *const words[] = {"calls ", "waits ", "ö ", "漢字 ", "e\xCC\x81",
                                        "x",      "taxi ",  "'",  "9",     "\xF0\x9F\x99\x82 "};
    for (; count > 0; count--)
        buffer_add_text(text, words[random_below(seed, sizeof words / sizeof *words)]);
}

/* Where a line is typed that is worth keeping. */
static const struct place *random_place(uint64_t *seed)
{
    for (;;) {
        const struct place *place = &places[random_below(seed, place_count)];
        if (place->draft || place->saved)
            return place;
    }
}

/* Types some and lets it be taken in, then some more, at once behind which the line drops. */
static size_t type(struct screen *screen, struct buffer *typed, uint64_t *seed)
{
    buffer_add_text(typed, "T");
    add_words(typed, seed, random_below(seed, WORDS));
    buffer_add_text(typed, "t");
    screen_type(screen, buffer_text(typed));
    size_t taken = typed->length;
    add_words(typed, seed, random_below(seed, 4));
    buffer_add_text(typed, "t");
    pty_send(screen->pty, buffer_text(typed) + taken,
             random_below(seed, typed->length - taken + 1));
    return taken;
}

static void hang_up_once(struct screen *screen, uint64_t *seed, struct ends *ends)
{
    const struct way *way = &ways[random_below(seed, WAYS)];
    const struct place *place = random_place(seed);
    struct place bare = *place;
    struct buffer typed = {0};
    bare.typed = NULL;
    screen->options.deaf = way->deaf;
    place_open(screen, &bare);
    size_t taken = type(screen, &typed, seed);
    end(screen, way, ends);
    assert_kept(screen, place, buffer_text(&typed), taken);
    assert_sound_and_free(screen);
    buffer_release(&typed);
}

static void what_was_typed_is_kept(void **state)
{
    struct ends ends = {.count = 0};
    const uint64_t first = fault_seed(20261201);
    uint64_t seed = first;
    for (long i = fault_times(20, MOST); i > 0; i--)
        hang_up_once(*state, &seed, &ends);
    print_ends(&ends, first);
}

/* What was kept is offered, and taken up where it can be. */
static void the_next_start_goes_on_with_it(void **state)
{
    struct screen *screen = *state;
    for (size_t i = 0; i < place_count; i++) {
        if (!places[i].draft)
            continue;
        place_open(screen, &places[i]);
        pty_hang_up(screen->pty);
        assert_int_equal(pty_wait_exit(screen->pty), 0);
        place_reopen(screen, &places[i]);
        screen_keys(screen, "A");
        assert_shows(screen, "> ");
        assert_shows(screen, places[i].typed);
        screen_keys(screen, "C-u Esc");
        screen_quit(screen);
        char *left = read_draft(screen);
        assert_null(left);
    }
}

/* As much as the line has room for, and more than a title has. Who only looks in keeps it, too. */
static void a_long_line_is_kept_whole(void **state)
{
    static const struct place capture = {.keys = "A"};
    struct screen *screen = *state;
    struct buffer typed = {0};
    for (int i = 0; i < 595; i++)
        buffer_add_text(&typed, i % 7 ? "ö" : " x");
    place_open(screen, &capture);
    pty_paste(screen->pty, buffer_text(&typed));
    pty_wait_text(screen->pty, "ööö");
    pty_hang_up(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    place_reopen(screen, &capture);
    assert_shows(screen, "Half a line");
    screen_keys(screen, "A Enter"); /* too long for a title: it stays */
    pty_hang_up(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    char *draft = read_draft(screen);
    assert_string_equal(draft, buffer_text(&typed));
    memory_free(draft);
    buffer_release(&typed);
}

/* The line drops while the program waits for another's lock: nobody is there to wait for. It is
 * gone before somebody else gives up who began to wait then, and not for as long as it would. */
static void it_waits_for_no_lock_then(void **state)
{
    static const struct place sheet = {.keys = "e Down Down Down", .typed = "Wally"};
    struct screen *screen = *state;
    struct error error;
    struct edit *edit, *never;
    struct store *holder, *other;
    struct store_options options = board_options("Yan");
    options.patience_ms = 3000;
    place_open(screen, &sheet);
    MUST(store_open(screen->path, &options, &other, &error));
    holder = board_open(screen->path, "Zoe");
    MUST(edit_begin(holder, &edit, &error));
    pty_keys(screen->pty, "Enter");
    pty_wait_text(screen->pty, "Waiting for another writer");
    pty_hang_up(screen->pty);
    MUST_REFUSE(edit_begin(other, &never, &error), STATUS_BUSY, "another program");
    assert_true(pty_process_ended(screen->pty));
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    assert_int_equal(edit_cancel(edit, STATUS_OK), STATUS_OK);
    store_close(holder);
    store_close(other);
    char *draft = read_draft(screen);
    assert_string_equal(draft, "Wally");
    memory_free(draft);
    assert_sound_and_free(screen);
}

/* What was saved in the editor is saved, although the line took it away with itself. */
static void what_the_editor_had_saved_is_kept(void **state)
{
    static const struct place editor = {.keys = ""};
    struct screen *screen = *state;
    char variable[256];
    const char *path = fixture_write(screen->fixture, "editor",
                                     "#!/bin/sh\necho An hour >\"$1\"\necho editing\nread x\n");
    assert_int_equal(chmod(path, 0700), 0);
    (void)snprintf(variable, sizeof variable, "EDITOR=%s", path);
    screen->environment[0] = variable;
    for (int deaf = 0; deaf < 2; deaf++) {
        screen->options.deaf = deaf;
        place_open(screen, &editor);
        pty_keys(screen->pty, "E");
        pty_wait_text(screen->pty, "editing");
        pty_hang_up(screen->pty);
        assert_int_equal(pty_wait_exit(screen->pty), 0);
        assert_board_holds(screen->path, "  note: An hour");
        assert_sound_and_free(screen);
    }
}

/* Every place, each way, nothing under way. */
static void it_ends_wherever_it_is(void **state)
{
    struct screen *screen = *state;
    struct ends ends = {.count = 0};
    for (size_t i = 0; i < place_count; i++) {
        const struct way *way = &ways[i % WAYS];
        screen->options.deaf = way->deaf;
        place_open(screen, &places[i]);
        assert_shows(screen, places[i].shown);
        end(screen, way, &ends);
        if (places[i].program != PLACE_FIRST_RUN || *places[i].keys)
            assert_sound_and_free(screen);
    }
}

static bool has_taken_the_terminal(struct pty *pty, void *data)
{
    (void)data;
    return pty_on_alternate_screen(pty);
}

/* The line drops before the program has looked at its terminal, or as it takes it. */
static void it_ends_while_it_starts(void **state)
{
    struct screen *screen = *state;
    board_make(screen->path, "Calls\nWaits\n");
    for (int i = 0; i < 12; i++) {
        screen->options.deaf = i % 2;
        screen->pty =
            pty_start(&screen->options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
        if (i % 3 == 0)
            pty_wait_until(screen->pty, "the screen", has_taken_the_terminal, NULL);
        pty_hang_up(screen->pty);
        int how = pty_wait_exit(screen->pty);
        if (how != 0 && how != 2 && how != 128 + SIGHUP)
            fail_msg("start %d ended with %d", i, how);
        pty_stop(screen->pty);
    }
    screen->pty = NULL;
    assert_sound_and_free(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_was_typed_is_kept),
        TEST(the_next_start_goes_on_with_it),
        TEST(a_long_line_is_kept_whole),
        TEST(it_waits_for_no_lock_then),
        TEST(what_the_editor_had_saved_is_kept),
        TEST(it_ends_wherever_it_is),
        TEST(it_ends_while_it_starts),
    };
    return cmocka_run_group_tests_name("hang_up", tests, NULL, NULL);
}
