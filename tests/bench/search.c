/* Row 9: a search through everything against SQLite's own LIKE over the same text. */
#include "bench.h"
#include "process.h"
#include "sqlite.h"
#include "touchline/query.h"

/* As many moments at a time as the screen takes between two looks at the keyboard. */
#define SLICE 5000

#define NOWHERE "zyzzyva"

static const char scan[] =
    "SELECT count(*) FROM item WHERE state = 0 AND kind = 1 AND (title LIKE '%" NOWHERE "%' "
    "OR owner LIKE '%" NOWHERE "%' OR handling LIKE '%" NOWHERE "%' OR expectation LIKE '%" NOWHERE
    "%' OR benchmark LIKE '%" NOWHERE "%' OR note LIKE '%" NOWHERE "%')";

static enum status search_all(struct store *store, int64_t from, struct error *error)
{
    struct search search;
    enum status status = STATUS_OK;
    int64_t found = 0;
    bool done = false;
    store_search_begin(&search, NOWHERE, from, +1);
    while (status == STATUS_OK && !done)
        status = store_search(store, &search, SLICE, &found, &done, error);
    store_search_end(&search);
    if (status == STATUS_OK && found != 0)
        status = error_set(error, STATUS_FAILED, "the word is there");
    return status;
}

static enum status pair_searches(const struct bench *bench, struct store *store,
                                 sqlite3_stmt *statement, struct figure *figure,
                                 struct error *error)
{
    int64_t first, last;
    enum status status = store_ends(store, NULL, &first, &last, error);
    for (int round = -1; status == STATUS_OK && round < bench->rounds; round++) {
        double start = now();
        status = search_all(store, first, error);
        double middle = now();
        if (status == STATUS_OK)
            status = sqlite_run(statement, error);
        if (status == STATUS_OK && round >= 0)
            figure_pair(figure, (middle - start) * 1e3, (now() - middle) * 1e3);
    }
    return status;
}

enum status bench_search(const struct bench *bench, struct figure *figure, struct error *error)
{
    struct store *store;
    struct store_options options = {.who = "Bench", .clock = clock_system()};
    sqlite3 *db = NULL;
    sqlite3_stmt *statement = NULL;
    figure->unit = "ms";
    enum status status = store_open(bench->many_path, &options, &store, error);
    if (status != STATUS_OK)
        return status;
    status = sqlite_begin(bench->many_path, &db, error);
    if (status == STATUS_OK)
        status = sqlite_prepare(db, scan, &statement, error);
    if (status == STATUS_OK)
        status = pair_searches(bench, store, statement, figure, error);
    sqlite3_finalize(statement);
    sqlite3_close(db);
    store_close(store);
    return status;
}
