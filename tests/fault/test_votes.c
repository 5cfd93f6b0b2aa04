/* Twenty people vote at once, each from programs of their own: no vote is lost, none is seen before
 * it is shown, and the facilitator's counts are right. */
#include "boards.h"
#include "fault.h"
#include "random.h"
#include "shell.h"
#include "shim_vfs.h"
#include "touchline/vote.h"
#include <errno.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { VOTERS = 20, MOMENTS = 40 };

static int rounds(void)
{
    return (int)fault_times(4, 100);
}

/* One voter: lays and takes back what the lines say; a refusal or a lost line would be told. */
static void add_voter(struct buffer *script, int voter, uint64_t *random, int *wanted)
{
    int mine[MOMENTS] = {0}, laid = 0;
    buffer_add_format(script,
                      "(e=err.%d; c=$(t vote $b --as V%d) || exit; c=${c#*code }; c=${c%%%%:*}\n"
                      "v=\"t vote $b --as V%d --code $c\"\n",
                      voter, voter, voter);
    for (int i = 0; i < rounds(); i++) {
        int at = (int)(random_below(random, MOMENTS));
        int dots = (int)(random_below(random, 3));
        if (laid - mine[at] + dots > 5)
            dots = 0;
        laid += dots - mine[at];
        mine[at] = dots;
        buffer_add_format(script, "$v %d %d >/dev/null\n", at + 1, dots);
    }
    buffer_add_format(script, "$v --done >/dev/null; $v >ballot.%d) &\n", voter);
    for (int i = 0; i < MOMENTS; i++)
        wanted[i] += mine[i];
}

static void add_wanted(struct buffer *out, const int *wanted)
{
    for (int i = 0; i < MOMENTS; i++)
        if (wanted[i])
            buffer_add_format(out, "%d %d\n", i + 1, wanted[i]);
}

/* The facilitator looks all the while: what can be read does not change until it is shown. Where
 * the disk is slow, twenty may wait longer than one of them has patience for: it is told, and tries
 * again. */
static const char before[] =
    "t() { until touchline \"$@\" 2>$e; do [ $? -eq 75 ] || { cat $e >&2; return 1; }; done; }\n"
    "e=err.0; b=cab.touchline; touchline new $b; seq -f 'Moment %g' 40 | touchline add $b -\n"
    "touchline poll $b open --dots 5\n"
    "look() { t list $b --json; t show $b; t export $b; t history $b; t check $b; }\n"
    "look >quiet\n";
static const char after[] =
    "for i in 1 2 3 4 5; do look | cmp quiet - || echo 'something was seen'; done\n"
    "wait; look | cmp quiet - || echo 'something was seen'\n"
    "for i in 1 7 20; do touchline vote $b --as V$i; touchline vote $b --as v$i --code 00O; done\n"
    "touchline poll $b | tail -n 1; ls ballot.* | wc -l\n"
    "touchline poll $b show; touchline export $b | awk -F, 'NR > 1 && $9 {print $1, $9}'\n"
    "touchline check $b | head -n 1\n";

static void twenty_vote_at_once_and_nothing_is_lost_or_seen(void **state)
{
    struct fixture *fixture = *state;
    struct buffer script = {0}, wanted = {0}, said = {0};
    int dots[MOMENTS] = {0}, sum = 0;
    const uint64_t first = fault_seed(20);
    uint64_t random = first;
    buffer_add_text(&script, before);
    for (int voter = 1; voter <= VOTERS; voter++)
        add_voter(&script, voter, &random, dots);
    buffer_add_text(&script, after);
    for (int i = 0; i < MOMENTS; i++)
        sum += dots[i];
    buffer_add_format(&wanted, "20 of 20 have voted, 20 said done, %d dots in all\n20\n", sum);
    add_wanted(&wanted, dots);
    buffer_add_text(&wanted, "The file is sound\n");
    for (int i = 0; i < 3; i++)
        buffer_add_format(&said,
                          "touchline: V%d has a ballot already: it opens with its code\n"
                          "touchline: that is not the code of the ballot of v%d\n",
                          (const int[]){1, 7, 20}[i], (const int[]){1, 7, 20}[i]);
    shell_expect(fixture, buffer_text(&script), 0, buffer_text(&wanted), buffer_text(&said));
    fault_figure("20 voters at once: %d changes each, 0 lost, 0 seen before the showing; seed %llu",
                 rounds(), (unsigned long long)first);
    buffer_release(&script);
    buffer_release(&wanted);
    buffer_release(&said);
}

/* --- a disk that fails ------------------------------------------------------------------------ */

struct disk {
    long calls,
        fail_at; /* counted from 0; -1: none fails, -2: the folder's sync after a deletion */
    int system_errno;
};

static int fail_one(void *data, struct shim_call *call)
{
    struct disk *disk = data;
    call->sync_folder = false;
    bool counts = disk->fail_at >= 0 && (call->what != SHIM_OPEN || call->created);
    if (!counts || disk->calls++ != disk->fail_at)
        return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
    errno = disk->system_errno = EIO;
    return call->what == SHIM_DELETE ? SQLITE_IOERR_DELETE : SQLITE_IOERR_WRITE;
}

/* Then the vote is in the file although the commit says that it failed. */
static int fail_after_deletion(void *data, const struct shim_call *call)
{
    struct disk *disk = data;
    if (call->what != SHIM_DELETE || disk->fail_at != -2)
        return SQLITE_OK;
    errno = disk->system_errno = EIO;
    return SQLITE_IOERR_DIR_FSYNC;
}

static struct disk the_disk = {.fail_at = -1};
static const struct shim shim = {.name = "touchline-failing-votes",
                                 .before = fail_one,
                                 .after = fail_after_deletion,
                                 .system_errno = &the_disk.system_errno,
                                 .data = &the_disk};

/* Whether it is saved, as far as one was told. */
static bool is_told_saved(enum status status, const struct error *error)
{
    return status == STATUS_OK || strstr(error->text, "this is in the file");
}

/* Takes a ballot in a new name, lays three dots one by one and says done; what of it was saved. */
static void vote(const char *path, const char *name, int64_t *dots, bool *taken, bool *done)
{
    struct error error = {.status = STATUS_OK};
    struct ballot ballot = {0};
    struct store *store;
    struct store_options options = board_options("Ana");
    options.vfs = shim.name;
    MUST(store_open(path, &options, &store, &error));
    enum status status = ballot_take(store, name, NULL, false, &ballot, &error);
    *taken = is_told_saved(status, &error);
    for (int i = 0; status == STATUS_OK && i < 3; i++)
        *dots += is_told_saved(ballot_lay(store, &ballot, 1, 1, &error), &error);
    if (status == STATUS_OK)
        *done = is_told_saved(ballot_say_done(store, &ballot, true, &error), &error);
    ballot_release(&ballot);
    store_close(store);
}

/* Something of the ballot of voter `n`. */
static int64_t asked(const char *path, const char *what, long n)
{
    struct buffer query = {0};
    buffer_add_format(&query,
                      "SELECT %s FROM ballot LEFT JOIN mark ON mark.ballot = ballot.id "
                      "WHERE name = 'Voter %ld'",
                      what, n);
    int64_t number = board_sql_number(path, buffer_text(&query));
    buffer_release(&query);
    return number;
}

/* With call N failing; whether the voting came to it. */
static bool vote_on_failing_disk(const char *path, long n)
{
    int64_t dots = 0;
    bool taken = false, done = false;
    char name[32];
    (void)snprintf(name, sizeof name, "Voter %ld", n);
    the_disk = (struct disk){.fail_at = n};
    vote(path, name, &dots, &taken, &done);
    bool reached = the_disk.calls > n;
    the_disk = (struct disk){.fail_at = -1};
    assert_int_equal(asked(path, "count(DISTINCT ballot.id)", n), taken);
    assert_int_equal(asked(path, "max(done)", n), done);
    assert_int_equal(asked(path, "sum(value)", n), dots);
    return reached;
}

static void a_vote_is_told_as_it_is_whatever_fails(void **state)
{
    struct error error;
    struct edit *edit;
    struct store *store = board_new(*state, "b", "Ana");
    char *path = memory_copy(store_path(store));
    (void)board_add(store, "one", PLACE_END);
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_open_vote(edit, VOTE_DOTS, 3, &error));
    MUST(edit_commit(edit, &error, "open"));
    store_close(store);
    shim_register(&shim);
    long n = 0;
    while (vote_on_failing_disk(path, n))
        n++;
    assert_true(n > 20);
    (void)vote_on_failing_disk(path, -2);
    store = board_open(path, "Ana");
    board_assert_sound(store);
    store_close(store);
    shim_unregister(&shim);
    print_message("%ld failing calls\n", n);
    memory_free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(twenty_vote_at_once_and_nothing_is_lost_or_seen,
                                        fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(a_vote_is_told_as_it_is_whatever_fails, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
