/* Twenty programs that change the same moments at once, one that looks all the while, and the
 * screen on top: the file's history, replayed from nothing, must be the board that is there, hold
 * all that was acknowledged and nothing that was not, and each value that a writer replaced must be
 * the one that it had seen. What was looked at meanwhile is a state of that history. */
#include "board.h"
#include "boards.h"
#include "crowd.h"
#include "fault.h"
#include "replay.h"
#include "touchline/vote.h"
#include <poll.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include <cmocka.h>

enum { MOMENTS = 2000, SELECTED = 16, BEACON };

static double now_ms(void)
{
    struct timespec now;
    clock_gettime(CLOCK_MONOTONIC, &now);
    return (double)now.tv_sec * 1000 + (double)now.tv_nsec / 1000000;
}

/* --- the board -------------------------------------------------------------------------------- */

/* The moments' ids are 1 to MOMENTS. Nobody runs out of dots: those on what has left the line would
 * be freed for it. */
static void make_board(const char *path)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    struct moment moment;
    int64_t id;
    char title[16];
    const struct store_options options = board_options("Ana");
    MUST(store_create(path, &options, &store, &error));
    MUST(edit_begin(store, &edit, &error));
    record_init(RECORD_ITEM, &moment);
    moment.title = title;
    for (int i = 1; i <= MOMENTS; i++) {
        (void)snprintf(title, sizeof title, "m%d", i);
        MUST(edit_add_moment(edit, &moment, PLACE_END, &id, &error));
    }
    MUST(edit_open_vote(edit, VOTE_DOTS, 1000, &error));
    MUST(edit_commit(edit, &error, "made"));
    store_close(store);
}

/* Somebody whose changes are looked for on the screen. */
static struct store *open_beacon(const char *path)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Beacon");
    options.patience_ms = 60000;
    MUST(store_open(path, &options, &store, &error));
    return store;
}

static void select_moment(struct screen *screen)
{
    screen_open(screen, NULL);
    screen_keys(screen, "# 1 6 Enter");
    assert_selected(screen, SELECTED);
}

/* A change beside the selected moment, and one before it that moves all numbers up, in one edit:
 * how long from when it was saved until it is seen. */
static double light(struct screen *screen, struct store *store, int round)
{
    struct error error;
    struct edit *edit;
    struct moment moment;
    int64_t id;
    char word[32];
    (void)snprintf(word, sizeof word, "beacon %d", round);
    record_init(RECORD_ITEM, &moment);
    moment.title = word;
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_add_moment(edit, &moment, PLACE_START, &id, &error));
    MUST(edit_set(edit, RECORD_ITEM, BEACON, ITEM_TITLE, value_text(word), NULL, &error));
    MUST(edit_commit(edit, &error, word));
    double saved = now_ms();
    pty_wait_text(screen->pty, word);
    return now_ms() - saved;
}

static void assert_number(struct screen *screen, struct store *store)
{
    struct error error;
    int64_t number;
    MUST(store_number(store, SELECTED, &number, &error));
    pty_settle(screen->pty);
    assert_selected(screen, number);
}

/* --- seen on the screen ----------------------------------------------------------------------- */

static int compare_ms(const void *a, const void *b)
{
    const double *one = a, *other = b;
    return (*one > *other) - (*one < *other);
}

static void tell_delay(const char *who, double *ms, int rounds)
{
    qsort(ms, (size_t)rounds, sizeof *ms, compare_ms);
    fault_figure("another's change on the screen, %s: median %.0f ms, p99 %.0f ms, at most %.0f ms "
                 "of %d (wanted: 250)",
                 who, ms[rounds / 2], ms[(rounds - 1) * 99 / 100], ms[rounds - 1], rounds);
}

enum { LIGHTS_MOST = 1000, PAUSE_MS = 100 };

static void anothers_change_is_on_the_screen(void **state)
{
    struct screen *screen = *state;
    double ms[LIGHTS_MOST] = {0};
    const int rounds = (int)fault_times(5, 200);
    make_board(screen->path);
    struct store *store = open_beacon(screen->path);
    select_moment(screen);
    for (int i = 0; i < rounds; i++) {
        ms[i] = light(screen, store, i);
        assert_number(screen, store);
    }
    tell_delay("one writer", ms, rounds);
    store_close(store);
    screen_quit(screen);
}

/* --- held against the history ----------------------------------------------------------------- */

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    return statement;
}

static int64_t ask(sqlite3_stmt *statement)
{
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    int64_t number = sqlite3_column_int64(statement, 0);
    sqlite3_reset(statement);
    return number;
}

static void assert_believed(sqlite3_stmt *find, const struct tale *tale)
{
    for (size_t i = 0; i < tale->beliefs; i++) {
        const struct belief *belief = &tale->believed[i];
        sqlite3_bind_int64(find, 1, belief->edit);
        sqlite3_bind_int64(find, 2, belief->id);
        sqlite3_bind_text(find, 3, belief->field, -1, SQLITE_STATIC);
        sqlite3_bind_text(find, 4, belief->old, -1, SQLITE_STATIC);
        sqlite3_bind_text(find, 5, belief->new, -1, SQLITE_STATIC);
        sqlite3_bind_text(find, 6, tale->name, -1, SQLITE_STATIC);
        if (ask(find) != 1)
            fail_msg("edit %lld of %s is not what it believes: id:%lld %s, '%s' to '%s'",
                     (long long)belief->edit, tale->name, (long long)belief->id, belief->field,
                     belief->old, belief->new);
    }
}

static void assert_dots(sqlite3_stmt *find, const struct tale *tale)
{
    for (int i = 0; i < CROWD_SOUGHT; i++) {
        sqlite3_bind_text(find, 1, tale->name, -1, SQLITE_STATIC);
        sqlite3_bind_int64(find, 2, i + 1);
        assert_int_equal(ask(find), tale->dots[i]);
    }
}

/* What each was told is saved is in the history, in its name, and nothing else is. */
static void assert_tales(const struct crowd *crowd, int writers, const char *path)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    sqlite3_stmt *count = prepare(db, "SELECT count(*) FROM edit WHERE who = ?1");
    sqlite3_stmt *changes = prepare(
        db, "SELECT count(*) FROM change JOIN edit ON edit.id = change.edit WHERE edit.id = ?1 "
            "AND record = 'item' AND change.id = ?2 AND field = ?3 AND coalesce(old, '') || '' = "
            "?4 AND coalesce(new, '') || '' = ?5 AND who = ?6");
    sqlite3_stmt *dots = prepare(db, "SELECT coalesce(sum(value), 0) FROM mark JOIN ballot ON "
                                     "ballot.id = mark.ballot WHERE name = ?1 AND item = ?2");
    for (int i = 0; i < writers; i++) {
        const struct tale *tale = crowd_tale(crowd, i);
        sqlite3_bind_text(count, 1, tale->name, -1, SQLITE_STATIC);
        assert_int_equal(ask(count), tale->edits);
        assert_believed(changes, tale);
        assert_dots(dots, tale);
    }
    sqlite3_finalize(count);
    sqlite3_finalize(changes);
    sqlite3_finalize(dots);
    sqlite3_close(db);
}

/* --- what was looked at ----------------------------------------------------------------------- */

struct looking {
    const struct sightings *seen;
    size_t next; /* the first that is not held against the history yet */
};

/* Ids of the moments on the line, in order. */
static size_t list_live(const struct replayed *board, int64_t *live)
{
    size_t count = 0;
    sqlite3_stmt *find =
        prepare(board->db, "SELECT kind = 1 AND state = 0 FROM main.item WHERE id = ?1");
    for (size_t i = 0; i < board->count; i++) {
        sqlite3_bind_int64(find, 1, board->order[i]);
        if (ask(find))
            live[count++] = board->order[i];
    }
    sqlite3_finalize(find);
    return count;
}

static void assert_card(sqlite3_stmt *find, const struct sighting *sighting, size_t i)
{
    sqlite3_bind_int64(find, 1, sighting->at[i].id);
    sqlite3_bind_int64(find, 2, sighting->at[i].rating);
    sqlite3_bind_int64(find, 3, sighting->at[i].chosen);
    sqlite3_bind_text(find, 4, sighting->at[i].title, -1, SQLITE_STATIC);
    sqlite3_bind_text(find, 5, sighting->at[i].handling, -1, SQLITE_STATIC);
    sqlite3_bind_text(find, 6, sighting->at[i].expectation, -1, SQLITE_STATIC);
    if (ask(find) != 1)
        fail_msg("after edit %lld id:%lld was not as it was seen: %lld %lld '%s' '%s' '%s'",
                 (long long)sighting->edit, (long long)sighting->at[i].id,
                 (long long)sighting->at[i].rating, (long long)sighting->at[i].chosen,
                 sighting->at[i].title, sighting->at[i].handling, sighting->at[i].expectation);
}

static void assert_sighting(const struct replayed *board, const int64_t *live, size_t count,
                            const struct sighting *sighting)
{
    sqlite3_stmt *find = prepare(
        board->db, "SELECT count(*) FROM main.item WHERE id = ?1 AND rating = ?2 AND chosen = ?3 "
                   "AND title = ?4 AND coalesce(handling, '') = ?5 AND coalesce(expectation, '') = "
                   "?6");
    assert_int_equal(sighting->total, count);
    assert_int_equal(sighting->counted, count);
    assert_in_range(sighting->before + (int64_t)sighting->count, 1, count);
    for (size_t i = 0; i < sighting->count; i++) {
        assert_int_equal(sighting->at[i].id, live[(size_t)sighting->before + i]);
        assert_string_equal(sighting->at[i].handling, sighting->at[i].expectation);
        assert_card(find, sighting, i);
    }
    sqlite3_finalize(find);
}

static void hold_against(void *data, const struct replayed *board)
{
    struct looking *looking = data;
    int64_t *live = NULL;
    size_t count = 0;
    for (; looking->next < looking->seen->count; looking->next++) {
        const struct sighting *sighting = &looking->seen->at[looking->next];
        if (sighting->edit != board->edit)
            break;
        if (!live) {
            live = memory_new(board->count, sizeof *live);
            count = list_live(board, live);
        }
        assert_sighting(board, live, count, sighting);
    }
    memory_free(live);
}

/* --- together --------------------------------------------------------------------------------- */

static int64_t sum_of(const struct crowd *crowd, int writers, enum status answer)
{
    int64_t sum = 0;
    for (int i = 0; i < writers; i++)
        sum += crowd_tale(crowd, i)->answers[answer];
    return sum;
}

static void tell_crowd(const struct crowd *crowd, const struct crowd_options *options)
{
    int64_t refused = sum_of(crowd, options->writers, STATUS_REFUSED) +
                      sum_of(crowd, options->writers, STATUS_NOT_FOUND);
    fault_figure("%d programs at once: %d deeds, %lld done, %lld refused as another's change, %lld "
                 "for other reasons; 0 lost, 0 overwritten unseen, 0 told that it is locked; seed "
                 "%llu",
                 options->writers, options->writers * options->deeds,
                 (long long)sum_of(crowd, options->writers, STATUS_OK),
                 (long long)sum_of(crowd, options->writers, STATUS_CONFLICT), (long long)refused,
                 (unsigned long long)options->seed);
    fault_figure("%zu readings meanwhile, each a state of the history",
                 crowd_sightings(crowd)->count);
    if (options->pace_ms > 0)
        fault_figure("an edit among %d programs, %d edits a second in all: median %.1f ms, p99 "
                     "%.1f ms (wanted: 100), at most %.1f ms",
                     options->writers, options->writers * 1000 / options->pace_ms,
                     crowd_ms(crowd, 0.5), crowd_ms(crowd, 0.99), crowd_ms(crowd, 1));
}

static void tell_what_came_of_it(const struct crowd *crowd, const struct crowd_options *options,
                                 const char *path)
{
    struct looking looking = {.seen = crowd_sightings(crowd)};
    assert_tales(crowd, options->writers, path);
    replay_assert_each(path, hold_against, &looking);
    assert_int_equal(looking.next, looking.seen->count);
    assert_true(looking.seen->count > 0);
    assert_true(sum_of(crowd, options->writers, STATUS_CONFLICT) > 0);
    tell_crowd(crowd, options);
}

/* The pace is that of people, and asked for only where the time is told. */
static struct crowd_options options_of_many(void)
{
    const bool paced = fault_times(0, 1) != 0;
    return (struct crowd_options){.writers = 20,
                                  .deeds = (int)fault_times(40, 180),
                                  .pace_ms = paced ? 500 : 0,
                                  .patience_ms = paced ? 5000 : 60000,
                                  .vfs = paced ? NULL : board_options("").vfs,
                                  .seed = fault_seed(20261130),
                                  .first = 1,
                                  .moments = MOMENTS,
                                  .spared = {SELECTED, BEACON}};
}

static void many_at_once_leave_what_history_says(void **state)
{
    struct screen *screen = *state;
    struct error error;
    struct edit *edit;
    double ms[LIGHTS_MOST] = {0};
    int rounds = 0;
    const struct crowd_options options = options_of_many();
    make_board(screen->path);
    struct crowd *crowd = crowd_gather(screen->path, &options);
    struct store *store = open_beacon(screen->path);
    select_moment(screen);
    crowd_start(crowd);
    while (rounds < 3 || (rounds < LIGHTS_MOST && crowd_is_busy(crowd))) {
        ms[rounds] = light(screen, store, rounds);
        rounds++;
        if (options.pace_ms > 0) /* a person more, not a load of its own */
            (void)poll(NULL, 0, PAUSE_MS);
    }
    crowd_end(crowd);
    assert_number(screen, store);
    tell_delay("twenty writers", ms, rounds);
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_show_vote(edit, &error));
    MUST(edit_commit(edit, &error, "shown"));
    board_assert_sound(store);
    tell_what_came_of_it(crowd, &options, screen->path);
    store_close(store);
    screen_quit(screen);
    crowd_free(crowd);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(anothers_change_is_on_the_screen),
        TEST(many_at_once_leave_what_history_says),
    };
    return cmocka_run_group_tests_name("many", tests, NULL, NULL);
}
