#include "boards.h"
#include "fault.h"
#include "random.h"
#include "session_script.h"
#include "shim_vfs.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Programs that are killed while they edit: whatever they had acknowledged is in the board, nothing
 * of an edit is there by half, and whoever comes next finds it sound. */

static int64_t edits_of(const char *path, const char *who)
{
    struct buffer sql = {0};
    buffer_add_format(&sql, "SELECT count(*) FROM edit WHERE who = '%s'", who);
    int64_t edits = board_sql_number(path, buffer_text(&sql));
    buffer_release(&sql);
    return edits;
}

static void assert_board_is_sound(const char *path)
{
    struct store *store = board_open(path, "Zoe");
    board_assert_sound(store);
    store_close(store);
}

/* --- at random -------------------------------------------------------------------------------- */

/* A program that edits without end and says a '+' for each edit that is saved; anything else that
 * it says is why it gave up. */
struct writer {
    pid_t child;
    int said; /* the pipe's end to read */
    char who[24];
    int64_t acknowledged, edits_before;
};

/* Adds a moment and takes away the one before (*last), or the board would be full one day: on a
 * quick disk that day comes before the last kill. */
static enum status add_one(struct store *store, bool first, int64_t *last, struct error *error)
{
    const char *who = store_who(store);
    struct edit *edit;
    struct moment moment;
    int64_t id = 0;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)who;
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = edit_add_moment(edit, &moment, PLACE_END, &id, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_ITEM, id, ITEM_NOTE, value_text(who), NULL, error);
    if (status == STATUS_OK && first)
        status = edit_move(edit, id, PLACE_START, error);
    if (status == STATUS_OK && *last)
        status = edit_remove(edit, RECORD_ITEM, *last, error);
    *last = id;
    return status == STATUS_OK ? edit_commit(edit, error, who) : edit_cancel(edit, status);
}

static void edit_for_ever(const char *path, const char *who, int says)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options(who);
    int64_t last = 0;
    options.patience_ms = 60000;
    enum status status = store_open(path, &options, &store, &error);
    for (int64_t i = 0; status == STATUS_OK; i++) {
        status = add_one(store, i % 3 == 0, &last, &error);
        if (status == STATUS_OK && write(says, "+", 1) != 1)
            _exit(1);
    }
    (void)!write(says, error.text, strlen(error.text));
    _exit(1);
}

static void begin_writer(struct writer *writer, const char *path)
{
    int ends[2];
    writer->edits_before = edits_of(path, writer->who);
    writer->acknowledged = 0;
    assert_int_equal(pipe(ends), 0);
    (void)fflush(NULL);
    writer->child = fork();
    assert_true(writer->child >= 0);
    if (writer->child == 0) {
        close(ends[0]);
        edit_for_ever(path, writer->who, ends[1]);
    }
    close(ends[1]);
    writer->said = ends[0];
}

/* Hears so many acknowledgements in all, or what there is before its end; fails with what else it
 * said. */
static void hear_upto(struct writer *writer, int64_t acknowledgements)
{
    char said[ERROR_TEXT_SIZE] = "";
    while (writer->acknowledged < acknowledgements && read(writer->said, said, 1) == 1) {
        if (*said != '+') {
            (void)!read(writer->said, said + 1, sizeof said - 2);
            fail_msg("%s gave up after %lld edits: %s", writer->who,
                     (long long)writer->acknowledged, said);
        }
        writer->acknowledged++;
    }
}

static void hear(struct writer *writer, int64_t acknowledgements)
{
    int status;
    hear_upto(writer, acknowledgements);
    if (writer->acknowledged == acknowledgements)
        return;
    assert_int_equal(waitpid(writer->child, &status, 0), writer->child);
    fail_msg("%s ended after %lld edits without a word: %s %d", writer->who,
             (long long)writer->acknowledged, WIFSIGNALED(status) ? "by signal" : "with exit code",
             WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status));
}

static void end_writer(struct writer *writer)
{
    int status;
    assert_int_equal(kill(writer->child, SIGKILL), 0);
    assert_int_equal(waitpid(writer->child, &status, 0), writer->child);
    hear_upto(writer, INT64_MAX);
    assert_true(WIFSIGNALED(status)); /* and did not give up before */
    close(writer->said);
}

/* Starts all of them, kills one after the other, counts what each left. */
static void kill_each(struct writer *all, int writers, const char *path, uint64_t *seed)
{
    for (int i = 0; i < writers; i++)
        begin_writer(&all[i], path);
    for (int i = 0; i < writers; i++) { /* the others go on, with a lock lost in between */
        hear(&all[i], (int64_t)random_below(seed, 8));
        end_writer(&all[i]);
    }
    for (int i = 0; i < writers; i++) {
        int64_t edits = edits_of(path, all[i].who) - all[i].edits_before;
        assert_in_range(edits, all[i].acknowledged, all[i].acknowledged + 1);
    }
}

/* A board whose history is long takes long to be looked at, so that none serves for all rounds. */
enum { ROUNDS_OF_A_BOARD = 100, ROUNDS_UNSEEN = 10 };

static void kill_writers(struct fixture *fixture, int writers, int rounds)
{
    struct writer all[4] = {0};
    const uint64_t first = fault_seed(20261121);
    uint64_t seed = first;
    const char *path = fixture_path(fixture, "b");
    for (int i = 0; i < writers; i++)
        (void)snprintf(all[i].who, sizeof all[i].who, "writer %d", i);
    for (int round = 0; round < rounds; round++) {
        if (round % (ROUNDS_OF_A_BOARD / writers) == 0) {
            (void)unlink(path);
            store_close(board_new(fixture, "b", "Ana"));
        }
        kill_each(all, writers, path, &seed);
        if (round % ROUNDS_UNSEEN == ROUNDS_UNSEEN - 1)
            assert_board_is_sound(path);
    }
    assert_board_is_sound(path);
    assert_int_equal(unlink(path), 0);
    fault_figure("kill -9 at random, %d writer(s): %d kills, 0 acknowledged edits lost; seed %llu",
                 writers, writers * rounds, (unsigned long long)first);
}

static void nothing_acknowledged_is_lost(void **state)
{
    kill_writers(*state, 1, (int)fault_times(100, 5000));
}

static void nothing_acknowledged_is_lost_by_four(void **state)
{
    kill_writers(*state, 4, (int)fault_times(25, 1250));
}

/* --- at each call ----------------------------------------------------------------------------- */

struct fuse {
    long left;
};

static int burn(void *data, struct shim_call *call)
{
    struct fuse *fuse = data;
    if (fuse->left-- == 0)
        (void)raise(SIGKILL);
    call->sync_folder = false;
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : 0;
}

/* A child works through the session and kills itself at I/O call `n`; whether it came to that. */
static bool die_at(const char *path, long n, int64_t *acknowledged)
{
    int ends[2], status;
    char said;
    *acknowledged = 0;
    assert_int_equal(pipe(ends), 0);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct error error;
        struct store *store;
        struct fuse fuse = {.left = n};
        const struct shim shim = {.name = "touchline-fuse", .before = burn, .data = &fuse};
        struct store_options options = board_options("Ana");
        bool made;
        shim_register(&shim);
        options.vfs = shim.name;
        if (store_open(path, &options, &store, &error) != STATUS_OK)
            _exit(2);
        for (int part = 0; part < SCRIPT_PARTS; part++) {
            if (script_run(store, part, &made, &error) != STATUS_OK)
                _exit(3);
            if (made && write(ends[1], "+", 1) != 1)
                _exit(4);
        }
        _exit(0);
    }
    close(ends[1]);
    while (read(ends[0], &said, 1) == 1)
        ++*acknowledged;
    close(ends[0]);
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFSIGNALED(status) || WEXITSTATUS(status) == 0);
    return WIFSIGNALED(status);
}

static void a_program_may_die_at_any_call(void **state)
{
    long step = fault_times(31, 1);
    const char *path = fixture_path(*state, "b");
    bool died = true;
    long times = 0;
    for (long n = 0; died; n += step, times++) {
        int64_t acknowledged;
        store_close(board_new(*state, "b", "Ana"));
        died = die_at(path, n, &acknowledged);
        assert_board_is_sound(path);
        assert_in_range(edits_of(path, "Ana"), acknowledged, acknowledged + 1);
        assert_int_equal(unlink(path), 0);
    }
    fault_figure("kill -9 at I/O call N of a session: %ld kills, 0 acknowledged edits lost", times);
    assert_true(times > 40);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_acknowledged_is_lost),
        TEST(nothing_acknowledged_is_lost_by_four),
        TEST(a_program_may_die_at_any_call),
    };
    return cmocka_run_group_tests_name("kill", tests, NULL, NULL);
}
