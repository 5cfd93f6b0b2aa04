/* Row 7: a command with its history against the least that SQLite can do for the same field of the
 * same board: on one file system, with one journal mode and one care for the disk, by turns.
 */
#include "bench.h"
#include "made_up.h"
#include "process.h"
#include "sqlite.h"
#include "touchline/command.h"
#include <stdio.h>

/* What a disk does differs from one time to the next. */
#define ROUNDS_PER_ROUND 4

/* What is set in a round: a rating that is not there yet. */
struct turn {
    int64_t id;
    int64_t rating;
};

/* Moments far from each other. */
static enum status take_turn(const struct bench *bench, struct store *store, int round,
                             struct turn *turn, struct error *error)
{
    struct moment moment = {0};
    int64_t number = 1 + (int64_t)(round + 1) * 7919 % bench->many;
    enum status status = store_at(store, number, &turn->id, error);
    if (status == STATUS_OK)
        status = store_moment(store, turn->id, &moment, error);
    turn->rating = 1 + moment.rating % (RATINGS - 1);
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status run_line(struct store *store, const char *line, struct error *error)
{
    struct command_words words = {0};
    const struct command *command;
    struct call call = {.store = store};
    enum status status = command_read_line(line, &words, &command, &call, error);
    if (status == STATUS_OK)
        status = command_run(command, &call, error);
    command_words_release(&words);
    outcome_release(&call.outcome);
    return status;
}

static enum status time_ours(struct store *store, struct turn turn, double *seconds,
                             struct error *error)
{
    char line[64];
    (void)snprintf(line, sizeof line, "rate id:%lld %s", (long long)turn.id,
                   rating_word(turn.rating));
    double start = now();
    enum status status = run_line(store, line, error);
    *seconds = now() - start;
    return status;
}

static enum status time_bare(sqlite3_stmt *update, struct turn turn, double *seconds,
                             struct error *error)
{
    double start = now();
    sqlite3_bind_int64(update, 1, turn.id);
    sqlite3_bind_int64(update, 2, turn.rating);
    enum status status = sqlite_run(update, error);
    *seconds = now() - start;
    return status;
}

static enum status pair_edits(const struct bench *bench, struct store *store, sqlite3_stmt *update,
                              struct figure *figure, struct error *error)
{
    enum status status = STATUS_OK;
    int rounds = bench->rounds * ROUNDS_PER_ROUND;
    for (int round = -1; status == STATUS_OK && round < rounds; round++) {
        struct turn turn;
        double ours, bare;
        if ((status = take_turn(bench, store, round, &turn, error)) == STATUS_OK &&
            (status = time_ours(store, turn, &ours, error)) == STATUS_OK &&
            (status = time_bare(update, turn, &bare, error)) == STATUS_OK && round >= 0)
            figure_pair(figure, ours * 1e3, bare * 1e3);
    }
    return status;
}

static enum status pair_with_bare(const struct bench *bench, struct store *store, const char *copy,
                                  struct figure *figure, struct error *error)
{
    sqlite3 *db = NULL;
    sqlite3_stmt *update = NULL;
    enum status status = store_backup(store, copy, error);
    if (status == STATUS_OK)
        status = sqlite_begin(copy, &db, error);
    if (status == STATUS_OK)
        status = sqlite_prepare(db, "UPDATE item SET rating = ?2 WHERE id = ?1", &update, error);
    if (status == STATUS_OK)
        status = pair_edits(bench, store, update, figure, error);
    sqlite3_finalize(update);
    sqlite3_close(db);
    return status;
}

enum status bench_edit(const struct bench *bench, struct figure *figure, struct error *error)
{
    struct store *store;
    struct store_options options = {.who = "Bench", .clock = clock_system()};
    const char *path = fixture_path(bench->scratch, "edit.touchline");
    const char *copy = fixture_path(bench->scratch, "bare.sqlite");
    figure->unit = "ms";
    enum status status = made_up_board(path, (struct made_up){.moments = bench->many}, error);
    if (status == STATUS_OK)
        status = store_open(path, &options, &store, error);
    if (status != STATUS_OK)
        return status;
    status = pair_with_bare(bench, store, copy, figure, error);
    store_close(store);
    return status;
}
