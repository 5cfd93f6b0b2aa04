/* What a report says of a board, put together in one reading (R30). */
#include "files.h"
#include "formats.h"
#include "touchline/agenda.h"
#include "touchline/memory.h"
#include <libgen.h>
#include <string.h>

/* All that a report borrows. */
struct reported {
    struct board board;
    struct channels channels;
    struct meter meter;
    struct people people;
    struct plan plan;
    struct waves waves;
    char *path; /* dirname's and basename's own */
};

static void release(struct reported *it)
{
    record_release(RECORD_BOARD, &it->board);
    channels_release(&it->channels);
    people_release(&it->people);
    plan_release(&it->plan);
    waves_release(&it->waves);
    memory_free(it->path);
}

static enum status gather(struct call *call, struct reported *it, struct report *report,
                          struct error *error)
{
    struct store *store = call->store;
    enum status status = store_board(store, &it->board, error);
    if (status == STATUS_OK)
        status = store_channels(store, &it->channels, error);
    if (status == STATUS_OK)
        status = store_meter(store, &it->meter, error);
    if (status == STATUS_OK)
        status = store_marks(store, &report->first, &report->last, &report->weakest, error);
    if (status == STATUS_OK)
        status = store_people(store, &it->people, error);
    if (status == STATUS_OK)
        status = store_plan(store, &it->plan, error);
    if (status == STATUS_OK)
        status = store_waves(store, &it->waves, error);
    if (status == STATUS_OK)
        agenda_sort(&it->plan, AGENDA_BY_DUE, call->today);
    return status;
}

static enum status use_rows(struct call *call, struct report *report, report_user *use, void *data,
                            struct error *error)
{
    struct store_rows *rows;
    struct ticker ticker;
    enum status status = store_rows_begin(call->store, &rows, error);
    if (status != STATUS_OK)
        return status;
    store_rows_hide(rows);
    struct row_source source = store_rows_source(rows);
    ticker_begin(&ticker, call, "Writing", -1);
    report->progress = (struct progress){.tell = ticker_tell, .data = &ticker};
    status = use(data, report, &source, error);
    ticker_end(&ticker);
    store_rows_end(rows);
    return status;
}

static enum status make(struct call *call, report_user *use, void *data, struct error *error)
{
    struct reported it = {.path = memory_copy(store_path(call->store))};
    struct report report = {.board = &it.board,
                            .channels = &it.channels,
                            .meter = &it.meter,
                            .people = &it.people,
                            .plan = &it.plan,
                            .waves = &it.waves,
                            .today = call->today};
    enum status status = gather(call, &it, &report, error);
    report.title = it.board.title ? it.board.title : basename(it.path);
    if (status == STATUS_OK)
        status = use_rows(call, &report, use, data, error);
    release(&it);
    return status;
}

enum status report_make(struct call *call, report_user *use, void *data, struct error *error)
{
    enum status status = store_read_begin(call->store, error);
    if (status != STATUS_OK)
        return status;
    status = make(call, use, data, error);
    store_read_end(call->store);
    return status;
}
