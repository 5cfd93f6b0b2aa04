#include "boards.h"
#include "fault.h"
#include "session_script.h"
#include "shim_vfs.h"
#include <errno.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A session in which I/O call N fails, for each N: once or from then on, with a broken disk or a
 * full one. What was said to be saved is in the file, and nothing else; the file is sound. */

struct disk {
    long calls, fail_at; /* counted from 0; -1: none fails */
    bool for_good, full;
    int system_errno;
};

static int rc_of(const struct disk *disk, enum shim_what what)
{
    if (what == SHIM_WRITE)
        return disk->full ? SQLITE_FULL : SQLITE_IOERR_WRITE;
    return what == SHIM_SYNC       ? SQLITE_IOERR_FSYNC
           : what == SHIM_TRUNCATE ? SQLITE_IOERR_TRUNCATE
           : what == SHIM_DELETE   ? SQLITE_IOERR_DELETE
                                   : SQLITE_CANTOPEN;
}

static int fail_some(void *data, struct shim_call *call)
{
    struct disk *failing = data;
    call->sync_folder = false;
    if (failing->fail_at < 0 || (call->what == SHIM_OPEN && !call->created))
        return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
    long now = failing->calls++;
    if (now == failing->fail_at || (failing->for_good && now > failing->fail_at)) {
        errno = failing->system_errno = failing->full ? ENOSPC : EIO;
        return rc_of(failing, call->what);
    }
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
}

/* The sync of the folder fails after the journal is gone: then the edit is in the file although the
 * commit says that it failed. */
static int fail_after_deletion(void *data, const struct shim_call *call)
{
    struct disk *failing = data;
    if (call->what != SHIM_DELETE || failing->fail_at != -2)
        return SQLITE_OK;
    errno = failing->system_errno = EIO;
    return SQLITE_IOERR_DIR_FSYNC;
}

static struct disk disk = {.fail_at = -1};

/* Our own syncs, which SQLite's VFS does not see. */
static int own_syncs;
static bool own_syncs_fail;

/* NOLINTNEXTLINE(readability-inconsistent-declaration-parameter-name): the system's are reserved */
int fsync(int file)
{
    (void)file;
    own_syncs++;
    errno = own_syncs_fail ? EIO : 0;
    return own_syncs_fail ? -1 : 0;
}

static const struct shim shim = {.name = "touchline-failing",
                                 .before = fail_some,
                                 .after = fail_after_deletion,
                                 .system_errno = &disk.system_errno,
                                 .data = &disk};

static void copy_file(const char *from, const char *to)
{
    struct error error;
    struct store_options options = board_options("copier");
    struct store *store;
    MUST(store_open(from, &options, &store, &error));
    MUST(store_backup(store, to, &error));
    store_close(store);
}

/* What a session has come to. */
struct outcome {
    int64_t saved, unsure;
    int failed; /* by the disk, not by a rule */
};

static void run_part(struct outcome *outcome, struct store *store, int part)
{
    struct error error = {.status = STATUS_OK};
    bool made;
    enum status status = script_run(store, part, &made, &error);
    if (status == STATUS_OK) {
        outcome->saved += made;
        return;
    }
    assert_true(strlen(error.text) > 10);
    assert_int_equal(error.status, status);
    outcome->saved += strstr(error.text, "this is in the file") != NULL;
    outcome->unsure += strstr(error.text, "could not be told") != NULL;
    if (status != STATUS_FAILED && status != STATUS_FULL)
        return;
    outcome->failed++;
    assert_int_equal(status == STATUS_FULL, disk.full);
}

static struct outcome run_session(const char *path, int parts)
{
    struct error error;
    struct store *store;
    struct outcome outcome = {0};
    struct store_options options = board_options("Ana");
    options.vfs = shim.name;
    enum status status = store_open(path, &options, &store, &error);
    if (status != STATUS_OK) {
        assert_true(strlen(error.text) > 10);
        return outcome;
    }
    for (int part = 0; part < parts; part++)
        run_part(&outcome, store, part);
    store_close(store);
    return outcome;
}

static void assert_board(const char *path, const struct outcome *outcome)
{
    struct store *store = board_open(path, "Ana");
    board_assert_sound(store);
    store_close(store);
    int64_t edits = board_sql_number(path, "SELECT count(*) FROM edit");
    assert_in_range(edits, outcome->saved, outcome->saved + outcome->unsure);
}

/* Call `n` fails in the way `way`; whether the session came to it. */
static bool try_call(struct fixture *fixture, const char *base, int parts, long n, int way)
{
    const char *path = fixture_path(fixture, "b");
    copy_file(base, path);
    disk = (struct disk){.fail_at = n, .for_good = way & 1, .full = way & 2};
    struct outcome outcome = run_session(path, parts);
    bool reached = disk.calls > n;
    if (!disk.for_good)
        assert_in_range(outcome.failed, 0, 1); /* the next one goes through */
    disk = (struct disk){.fail_at = -1};
    assert_board(path, &outcome);
    assert_int_equal(unlink(path), 0);
    return reached;
}

static void every_call_may_fail(void **state)
{
    const char *base = fixture_path(*state, "base");
    store_close(board_new(*state, "base", "Ana"));
    long step = fault_times(3, 1), tried = 0;
    bool reached = true;
    for (long n = 0; reached; n += step)
        for (int way = 0; way < 4 && reached; way++)
            if (step == 1 || way == n / step % 4) {
                reached = try_call(*state, base, SCRIPT_LARGE, n, way);
                tried++;
            }
    assert_true(tried > 100);
    fault_figure("I/O call N of a session fails: %ld sessions, none said saved that was not",
                 tried);
}

/* An edit that is larger than the page cache writes to the file long before its commit. */
static void a_large_edit_may_fail_anywhere(void **state)
{
    struct error error;
    bool made;
    const char *base = fixture_path(*state, "base");
    struct store *store = board_new(*state, "base", "Ana");
    for (int part = 0; part < SCRIPT_LARGE; part++)
        (void)!script_run(store, part, &made, &error);
    int64_t before = board_sql_number(base, "SELECT count(*) FROM edit");
    store_close(store);
    long step = fault_times(37, 1), tried = 0;
    bool reached = true;
    for (long n = 0; reached; n += step) {
        const char *path = fixture_path(*state, "b");
        struct store_options options = board_options("Ana");
        struct outcome outcome = {.saved = before};
        copy_file(base, path);
        disk = (struct disk){.fail_at = n, .for_good = tried & 1, .full = tried & 2};
        options.vfs = shim.name;
        MUST(store_open(path, &options, &store, &error));
        run_part(&outcome, store, SCRIPT_LARGE);
        store_close(store);
        reached = disk.calls > n;
        disk = (struct disk){.fail_at = -1};
        assert_board(path, &outcome);
        assert_int_equal(unlink(path), 0);
        tried++;
    }
    assert_true(tried > 20);
}

static void a_commit_that_failed_last_is_looked_up(void **state)
{
    struct error error;
    struct store *store;
    bool made;
    const char *path = fixture_path(*state, "b");
    struct store_options options = board_options("Ana");
    store_close(board_new(*state, "b", "Ana"));
    options.vfs = shim.name;
    MUST(store_open(path, &options, &store, &error));
    disk = (struct disk){.fail_at = -2};
    for (int part = 0; part < 5; part++) {
        own_syncs = 0;
        MUST(script_run(store, part, &made, &error)); /* looked up and found */
        MUST(store_confirm(store, &error));           /* its folder synced */
        MUST(store_confirm(store, &error));           /* once */
        assert_int_equal(own_syncs, 1);
    }
    disk = (struct disk){.fail_at = -1};
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM edit"), 5);
    MUST(script_run(store, 5, &made, &error));
    board_assert_sound(store);
    store_close(store);
}

/* It is in the file, but not for certain on the disk: neither saved nor not saved. */
static void what_the_disk_does_not_confirm_is_told(void **state)
{
    struct error error;
    struct store *store;
    bool made;
    const char *path = fixture_path(*state, "b");
    struct store_options options = board_options("Ana");
    store_close(board_new(*state, "b", "Ana"));
    options.vfs = shim.name;
    MUST(store_open(path, &options, &store, &error));
    disk = (struct disk){.fail_at = -2};
    own_syncs_fail = true;
    MUST(script_run(store, 0, &made, &error)); /* whoever took it for failed would do it again */
    for (int i = 0; i < 2; i++)
        MUST_REFUSE(store_confirm(store, &error), STATUS_FAILED,
                    "this is in the file, but the disk did not confirm");
    own_syncs_fail = false;
    MUST(store_confirm(store, &error));
    disk = (struct disk){.fail_at = -1};
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM edit"), 1);
    store_close(store);
}

/* No room: what is said, and that the next try saves once there is some. */
static void a_full_disk_says_so(void **state)
{
    struct error error;
    struct store *store;
    bool made;
    const char *path = fixture_path(*state, "b");
    struct store_options options = board_options("Ana");
    store_close(board_new(*state, "b", "Ana"));
    options.vfs = shim.name;
    MUST(store_open(path, &options, &store, &error));
    disk = (struct disk){.fail_at = 0, .for_good = true, .full = true};
    for (int i = 0; i < 3; i++)
        MUST_REFUSE(script_run(store, 0, &made, &error), STATUS_FULL,
                    "no room left on the disk; make room, try again");
    disk = (struct disk){.fail_at = 0, .for_good = true};
    MUST_REFUSE(script_run(store, 0, &made, &error), STATUS_FAILED,
                "b: could not write the board: ");
    disk = (struct disk){.fail_at = -1};
    MUST(script_run(store, 0, &made, &error));
    board_assert_sound(store);
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_call_may_fail),
        TEST(a_large_edit_may_fail_anywhere),
        TEST(a_commit_that_failed_last_is_looked_up),
        TEST(what_the_disk_does_not_confirm_is_told),
        TEST(a_full_disk_says_so),
    };
    shim_register(&shim);
    return cmocka_run_group_tests_name("failing_io", tests, NULL, NULL);
}
