#include "boards.h"
#include "fault.h"
#include "power_disk.h"
#include "random.h"
#include "session_script.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* A work, and the power cut at its I/O calls: what is left must open as the board that was
 * acknowledged last, or the one after it. A disk that does not sync must lose some, or this test
 * proves nothing. */

struct work {
    const char *path, *left;          /* the board, and what a cut leaves of it */
    char *contents[SCRIPT_PARTS + 1]; /* of the board after so many edits */
    int64_t edits, saved;             /* how many there will be, and are acknowledged */
    uint64_t seed;
    int a_call; /* cuts at each call */
    long cuts, damaged, lost, half;
};

/* The contents are learnt from a run on a good disk: the session is the same each time. */
static void learn(struct work *work, struct fixture *fixture)
{
    struct error error;
    bool made;
    struct store *store = board_new(fixture, "learnt", "Ana");
    work->contents[0] = board_content(store_path(store));
    for (int part = 0; part < SCRIPT_LARGE; part++) {
        MUST(script_run(store, part, &made, &error));
        if (made)
            work->contents[++work->edits] = board_content(store_path(store));
    }
    store_close(store);
}

/* How many edits the board has that a cut left; -1 when it does not open or is not sound. */
static int64_t edits_left(struct work *work)
{
    struct error error;
    struct store *store;
    struct buffer report = {0};
    struct store_options options = board_options("Ana");
    if (store_open(work->left, &options, &store, &error) != STATUS_OK)
        return -1;
    enum status status = store_check(store, &report, &error);
    store_close(store);
    buffer_release(&report);
    return status == STATUS_OK ? board_sql_number(work->left, "SELECT count(*) FROM edit") : -1;
}

static void cut(void *data)
{
    struct work *work = data;
    for (int i = 0; i < work->a_call; i++) {
        work->cuts++;
        power_disk_cut(work->left, &work->seed);
        int64_t edits = edits_left(work);
        work->damaged += edits < 0;
        work->lost += edits >= 0 && edits < work->saved;
        if (edits < 0)
            continue;
        assert_true(edits <= work->saved + 1);
        char *content = board_content(work->left);
        work->half += strcmp(content, work->contents[edits]) != 0;
        memory_free(content);
    }
}

/* One session on a disk; what it lost is in *work. */
static void run(struct work *work, struct fixture *fixture, enum power_lie lie)
{
    struct error error;
    struct store *store;
    bool made;
    struct store_options options = board_options("Ana");
    work->path = fixture_path(fixture, "b");
    work->left = fixture_path(fixture, "left");
    work->saved = 0;
    store_close(board_new(fixture, "b", "Ana"));
    power_disk_begin(work->path, lie, cut, work);
    options.vfs = power_disk_vfs();
    MUST(store_open(work->path, &options, &store, &error));
    for (int part = 0; part < SCRIPT_LARGE; part++) {
        MUST(script_run(store, part, &made, &error));
        work->saved += made;
    }
    store_close(store);
    power_disk_end();
    assert_int_equal(work->saved, work->edits);
    assert_int_equal(unlink(work->path), 0);
}

static void forget(struct work *work)
{
    for (int64_t i = 0; i <= work->edits; i++)
        memory_free(work->contents[i]);
}

static void tell(const struct work *work, const char *disk, uint64_t seed)
{
    fault_figure("power cuts, %s: %ld cuts, %ld damaged, %ld lost, %ld half; seed %llu", disk,
                 work->cuts, work->damaged, work->lost, work->half, (unsigned long long)seed);
}

static void nothing_saved_is_lost(void **state)
{
    const uint64_t first = fault_seed(20261121);
    struct work work = {.seed = first, .a_call = (int)fault_times(3, 8)};
    learn(&work, *state);
    for (long round = fault_times(1, 12); round > 0; round--)
        run(&work, *state, POWER_HONEST);
    tell(&work, "the board's own way", first);
    assert_true(work.cuts > 2000);
    assert_int_equal(work.damaged + work.lost + work.half, 0);
    forget(&work);
}

/* synchronous=OFF would be as quick as it is worthless. */
static void a_disk_that_does_not_sync_is_found_out(void **state)
{
    struct work work = {.seed = 7, .a_call = 1};
    learn(&work, *state);
    run(&work, *state, POWER_NO_SYNC);
    tell(&work, "a disk that does not sync", 7);
    assert_true(work.damaged + work.half > 0);
    assert_true(work.lost > 0);
    forget(&work);
}

/* Why a board is at EXTRA and not at FULL: the folder must know that the journal is gone. */
static void a_folder_that_is_not_synced_loses_the_last_edit(void **state)
{
    struct work work = {.seed = 7, .a_call = 1};
    learn(&work, *state);
    run(&work, *state, POWER_NO_FOLDER_SYNC);
    tell(&work, "a folder that is not synced", 7);
    assert_int_equal(work.damaged + work.half, 0);
    assert_true(work.lost > 0);
    forget(&work);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(nothing_saved_is_lost),
        TEST(a_disk_that_does_not_sync_is_found_out),
        TEST(a_folder_that_is_not_synced_loses_the_last_edit),
    };
    return cmocka_run_group_tests_name("power_cut", tests, NULL, NULL);
}
