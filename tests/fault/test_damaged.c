/* Boards with flipped bits, cut short, or that are none: whatever reads them says one clear line or
 * shows what is there, changes nothing, and salvage takes out what can be read. Each board is read
 * in a child, so that a crash or an endless loop is counted, with the number that makes it again.
 */
#include "boards.h"
#include "bytes.h"
#include "fault.h"
#include "random.h"
#include "read_all.h"
#include "salvaged.h"
#include "session_script.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGE = 4096, MOMENTS = 200, FLIPS_MOST = 8 };

struct trials {
    struct fixture *fixture;
    const char *sound, *path, *to;
    struct bytes bytes;    /* of the sound board */
    struct read_all found; /* of the last one */
    long boards, crashes, changed, refused, told, untold, salvaged, nothing;
    struct salvaged rows;
};

/* --- the sound board -------------------------------------------------------------------------- */

static void add_moments(struct store *store)
{
    const char *titles[MOMENTS + 1] = {NULL};
    char texts[MOMENTS][64];
    for (int i = 0; i < MOMENTS; i++) {
        (void)snprintf(texts[i], sizeof texts[i], "%sMoment %d of many on this board",
                       i % 20 == 0   ? "#"
                       : i % 30 == 1 ? "z "
                                     : "",
                       i + 1);
        titles[i] = texts[i];
    }
    int64_t first = board_fill(store, titles);
    for (int64_t id = first + 2; id < first + 20; id++) {
        board_set(store, id, ITEM_RATING, value_integer(1 + id % 3));
        board_set(store, id, ITEM_HANDLING, value_text("One line on the page of the rank"));
    }
}

static void make_sound(struct trials *trials)
{
    struct error error;
    bool made;
    struct store *store = board_new(trials->fixture, "sound", "Ana");
    for (int part = 0; part < SCRIPT_LARGE; part++)
        (void)!script_run(store, part, &made, &error);
    add_moments(store);
    board_assert_sound(store);
    store_close(store);
}

static void trials_begin(struct trials *trials, struct fixture *fixture)
{
    *trials = (struct trials){.fixture = fixture,
                              .sound = fixture_path(fixture, "sound"),
                              .path = fixture_path(fixture, "old"),
                              .to = fixture_path(fixture, "new")};
    make_sound(trials);
    trials->bytes = bytes_read(trials->sound);
}

static void trials_end(struct trials *trials)
{
    bytes_release(&trials->bytes);
}

/* --- one board -------------------------------------------------------------------------------- */

/* A board in WAL mode is converted when it is opened, and one of an older version upgraded. */
static bool may_change(const struct bytes *bytes, size_t length)
{
    return length >= 100 && (bytes->at[18] == 2 || bytes->at[19] == 2 || bytes->at[63] == 1);
}

static void count_rows(struct trials *trials, struct salvaged *found)
{
    *found = salvaged_compare(trials->sound, trials->to);
    trials->rows.kept += found->kept;
    trials->rows.lost += found->lost;
    trials->rows.invented += found->invented;
    trials->rows.altered += found->altered;
}

static struct salvaged try_board(struct trials *trials, const struct bytes *bytes, size_t length)
{
    struct salvaged found = {0};
    struct read_all *is = &trials->found;
    bytes_write(trials->path, bytes, length);
    *is = read_all(trials->path, trials->to);
    trials->boards++;
    trials->crashes += !is->lived;
    trials->changed += !bytes_are(trials->path, bytes, length) && !may_change(bytes, length);
    trials->refused += !is->opened;
    trials->told += is->opened && !is->sound;
    trials->untold += is->opened && is->sound;
    trials->salvaged += is->salvaged;
    trials->nothing += !is->salvaged;
    if (is->lived && is->salvaged)
        count_rows(trials, &found);
    (void)unlink(trials->to);
    return found;
}

static void assert_unharmed(const struct trials *trials, const char *what)
{
    if (trials->crashes > 0 || trials->changed > 0 || trials->found.unclear[0])
        fail_msg("%s: %ld crashes, %ld changed, unclear \"%s\"", what, trials->crashes,
                 trials->changed, trials->found.unclear);
}

static void tell(const struct trials *trials, const char *what, uint64_t seed)
{
    fault_figure(
        "%s: %ld boards, %ld crashes, %ld files changed; %ld refused in one line, %ld "
        "told by check, %ld in which it finds nothing; %ld salvaged: %lld rows as they were, "
        "%lld lost, %lld with another value, %lld with another number; seed %llu",
        what, trials->boards, trials->crashes, trials->changed, trials->refused, trials->told,
        trials->untold, trials->salvaged, (long long)trials->rows.kept,
        (long long)trials->rows.lost, (long long)trials->rows.altered,
        (long long)trials->rows.invented, (unsigned long long)seed);
}

/* --- flipped bits ----------------------------------------------------------------------------- */

/* One board has a seed of its own, which makes it again. */
static int flip(struct bytes *bytes, uint64_t seed)
{
    int flips = 1 + (int)random_below(&seed, FLIPS_MOST);
    for (int i = 0; i < flips; i++)
        bytes->at[random_below(&seed, bytes->length)] ^=
            (unsigned char)(1U << random_below(&seed, 8));
    return flips;
}

/* A flipped bit is the end of one row, or turns it into another that may well be; where it hits
 * what leads to others (a page, a channel), that is told. What check calls sound is all there. */
static void assert_judged(const struct trials *trials, const struct salvaged *found, int flips,
                          const char *name)
{
    const struct read_all *is = &trials->found;
    if (is->opened && is->sound && found->lost > flips)
        fail_msg("%s: check calls it sound, and %lld rows are lost", name, (long long)found->lost);
    if (!is->doubtful && found->invented > flips)
        fail_msg("%s: %lld rows are made up", name, (long long)found->invented);
    if (is->opened && !is->salvaged)
        fail_msg("%s: it opens, and nothing comes of it", name);
}

static void flipped_bits_do_no_harm(void **state)
{
    struct trials trials;
    const uint64_t first = fault_seed(20261130);
    uint64_t seed = first;
    long boards = fault_times(120, 10000);
    trials_begin(&trials, *state);
    for (long i = 0; i < boards; i++) {
        char name[64];
        struct bytes bytes = {memory_new(trials.bytes.length, 1), trials.bytes.length};
        memcpy(bytes.at, trials.bytes.at, bytes.length);
        (void)snprintf(name, sizeof name, "board %ld from seed %llu", i, (unsigned long long)first);
        (void)random_below(&seed, 2);
        int flips = flip(&bytes, seed);
        const struct salvaged found = try_board(&trials, &bytes, bytes.length);
        assert_unharmed(&trials, name);
        assert_judged(&trials, &found, flips, name);
        bytes_release(&bytes);
    }
    tell(&trials, "flipped bits", first);
    assert_true(trials.salvaged > boards * 9 / 10);
    assert_true(trials.rows.kept > 20 * trials.rows.lost);
    trials_end(&trials);
}

/* --- cut short -------------------------------------------------------------------------------- */

static void cut_boards_do_no_harm(void **state)
{
    struct trials trials;
    static const size_t headers[] = {0, 1, 15, 16, 17, 18, 99, 100, 101, 512, 4095};
    trials_begin(&trials, *state);
    for (size_t i = 0; i < sizeof headers / sizeof *headers; i++) {
        (void)try_board(&trials, &trials.bytes, headers[i]);
        assert_unharmed(&trials, "cut in its header");
        assert_false(trials.found.opened || trials.found.salvaged);
    }
    int64_t kept = 0;
    for (size_t length = PAGE; length < trials.bytes.length; length += PAGE) {
        const struct salvaged found = try_board(&trials, &trials.bytes, length);
        assert_unharmed(&trials, "cut at a page");
        assert_false(trials.found.opened);
        assert_int_equal(found.invented, 0);
        assert_true(found.kept >= kept); /* more of the file is more of the board */
        kept = found.kept;
    }
    assert_true(kept > 0);
    tell(&trials, "cut at each page", 0);
    trials_end(&trials);
}

/* --- half overwritten ------------------------------------------------------------------------- */

enum { AT_ONCE = 8 * PAGE };

/* By what a disk leaves behind: zeros, or a part of another file. */
static void overwritten_boards_do_no_harm(void **state)
{
    struct trials trials;
    const uint64_t first = fault_seed(7);
    uint64_t seed = first;
    trials_begin(&trials, *state);
    long boards = fault_times(30, 1000);
    for (long i = 0; i < boards; i++) {
        struct bytes bytes = {memory_new(trials.bytes.length, 1), trials.bytes.length};
        memcpy(bytes.at, trials.bytes.at, bytes.length);
        size_t at = random_below(&seed, bytes.length);
        size_t from = random_below(&seed, bytes.length);
        uint64_t most = bytes.length - (at > from ? at : from);
        size_t length = 1 + random_below(&seed, most < AT_ONCE ? most : AT_ONCE);
        if (i % 2)
            memset(bytes.at + at, 0, length);
        else
            memcpy(bytes.at + at, trials.bytes.at + from, length);
        (void)try_board(&trials, &bytes, bytes.length);
        assert_unharmed(&trials, "overwritten");
        bytes_release(&bytes);
    }
    tell(&trials, "partly overwritten", first);
    trials_end(&trials);
}

/* --- no boards -------------------------------------------------------------------------------- */

static void what_is_no_board_does_no_harm(void **state)
{
    static const char *const texts[] = {
        "\n",
        "title,channel\nBooks the cab,phone\n",
        "{\"title\": \"Cab\"}\n",
        "SQLite format 3",
        "%PDF-1.7\n",
        "\x1f\x8b\x08",
        "PK\x03\x04",
    };
    struct trials trials;
    trials_begin(&trials, *state);
    for (size_t i = 0; i < 2 * sizeof texts / sizeof *texts; i++) {
        size_t length = strlen(texts[i / 2]), all = i % 2 ? length : 3 * PAGE + 11;
        struct bytes bytes = {memory_new(all + 1, 1), all};
        for (size_t at = 0; at < all; at++)
            bytes.at[at] = (unsigned char)texts[i / 2][at % length];
        (void)try_board(&trials, &bytes, all);
        assert_unharmed(&trials, texts[i / 2]);
        assert_false(trials.found.opened || trials.found.salvaged);
        bytes_release(&bytes);
    }
    trials_end(&trials);
}

/* Nothing here is to outlive the machine, and a disk would be waited for all the time. */
int main(void)
{
    if (access("/dev/shm", W_OK) == 0)
        (void)setenv("TMPDIR", "/dev/shm", 1);
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(flipped_bits_do_no_harm),
        TEST(cut_boards_do_no_harm),
        TEST(overwritten_boards_do_no_harm),
        TEST(what_is_no_board_does_no_harm),
    };
    return cmocka_run_group_tests_name("damaged", tests, NULL, NULL);
}
