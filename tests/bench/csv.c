/* Rows 10 and 11: the shell verbs against the sqlite3 shell, as whole processes. */
#include "bench.h"
#include "made_up.h"
#include "process.h"
#include <unistd.h>

/* Whole seconds each: a third of the rounds will do. */
static int csv_rounds(const struct bench *bench)
{
    return (bench->rounds + 2) / 3;
}

/* --- out -------------------------------------------------------------------------------------- */

/* The columns of a moment as they stand in the file: no names of channels and phases, no words. */
static const char as_stored[] =
    "SELECT ord, title, channel, rating, first_rating, target, chosen, dots, seconds, times, "
    "owner, handling, expectation, benchmark, note, state FROM item "
    "WHERE state = 0 AND kind = 1 ORDER BY ord";

/* Nearer to what ours gives: numbers from 1 and channels by name, but no phases, no words. */
static const char with_names[] =
    "SELECT row_number() OVER (ORDER BY ord), title, (SELECT name FROM channel "
    "WHERE channel.id = item.channel), rating, first_rating, target, chosen, dots, seconds, "
    "times, owner, handling, expectation, benchmark, note, state FROM item "
    "WHERE state = 0 AND kind = 1 ORDER BY ord";

static enum status pair_exports(const struct bench *bench, const char *board, const char *columns,
                                struct figure *figure, struct error *error)
{
    const char *out = fixture_path(bench->scratch, "out.csv");
    const char *const ours[] = {TOUCHLINE_PROGRAM, "export", board, NULL};
    const char *const theirs[] = {"sqlite3", "-csv", board, columns, NULL};
    enum status status = STATUS_OK;
    for (int round = -1; status == STATUS_OK && round < csv_rounds(bench); round++) {
        double our, their;
        status = process_time(ours, out, &our, error);
        if (status == STATUS_OK)
            status = process_time(theirs, out, &their, error);
        if (status == STATUS_OK && round >= 0)
            figure_pair(figure, our * 1e3, their * 1e3);
    }
    return status;
}

static enum status compare_exports(const struct bench *bench, const char *columns,
                                   struct figure *figure, struct error *error)
{
    const char *board = fixture_path(bench->scratch, "plain.touchline");
    struct made_up plain = {.moments = bench->many, .plain = true};
    figure->unit = "ms";
    (void)unlink(board);
    enum status status = made_up_board(board, plain, error);
    return status == STATUS_OK ? pair_exports(bench, board, columns, figure, error) : status;
}

enum status bench_export(const struct bench *bench, struct figure *figure, struct error *error)
{
    return compare_exports(bench, as_stored, figure, error);
}

enum status bench_export_named(const struct bench *bench, struct figure *figure,
                               struct error *error)
{
    return compare_exports(bench, with_names, figure, error);
}

/* --- in --------------------------------------------------------------------------------------- */

/* One table with the file's columns, and indexes as many and as wide as the board's on moments. */
static const char table_in[] =
    "CREATE TABLE moment(number INTEGER, phase TEXT, title TEXT, channel TEXT, rating TEXT, "
    "first_rating TEXT, target TEXT, chosen TEXT, dots INTEGER, seconds INTEGER, times INTEGER, "
    "owner TEXT, handling TEXT, expectation TEXT, benchmark TEXT, note TEXT, ideas TEXT, "
    "actions TEXT, ledger TEXT, parked TEXT);"
    "CREATE INDEX moment_line ON moment(parked, number, chosen);"
    "CREATE INDEX moment_phase ON moment(number) WHERE phase = ''";

/* Both have an empty board first, which is not counted. */
static enum status import_ours(const struct bench *bench, const char *csv, double *seconds,
                               struct error *error)
{
    const char *board = fixture_path(bench->scratch, "in.touchline");
    (void)unlink(board);
    const char *const create[] = {TOUCHLINE_PROGRAM, "new", board, NULL};
    const char *const import[] = {TOUCHLINE_PROGRAM, "import", board, csv, NULL};
    enum status status = process_time(create, "/dev/null", seconds, error);
    return status == STATUS_OK ? process_time(import, "/dev/null", seconds, error) : status;
}

static enum status import_theirs(const struct bench *bench, const char *csv, double *seconds,
                                 struct error *error)
{
    char command[256];
    const char *db = fixture_path(bench->scratch, "in.sqlite");
    (void)unlink(db);
    (void)snprintf(command, sizeof command, ".import --csv --skip 1 '%s' moment", csv);
    const char *const create[] = {"sqlite3", db, table_in, NULL};
    const char *const import[] = {"sqlite3", db, "PRAGMA synchronous = EXTRA", command, NULL};
    enum status status = process_time(create, "/dev/null", seconds, error);
    return status == STATUS_OK ? process_time(import, "/dev/null", seconds, error) : status;
}

enum status bench_import(const struct bench *bench, struct figure *figure, struct error *error)
{
    const char *csv = fixture_path(bench->scratch, "in.csv");
    struct made_up plain = {.moments = bench->many, .plain = true};
    figure->unit = "ms";
    enum status status = made_up_csv(csv, plain, error);
    for (int round = 0; status == STATUS_OK && round < csv_rounds(bench); round++) {
        double ours, theirs;
        if ((status = import_ours(bench, csv, &ours, error)) == STATUS_OK &&
            (status = import_theirs(bench, csv, &theirs, error)) == STATUS_OK)
            figure_pair(figure, ours * 1e3, theirs * 1e3);
    }
    return status;
}
