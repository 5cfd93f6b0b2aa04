/* What a report says of a board, put together in one reading (R30). */
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

/* A report, and who wants it. */
struct wanted {
    struct report report;
    report_user *use;
    void *data;
};

static enum status use_rows(void *data, const struct row_source *source, struct progress progress,
                            struct error *error)
{
    struct wanted *wanted = data;
    wanted->report.progress = progress;
    return wanted->use(wanted->data, &wanted->report, source, error);
}

static enum status make(struct call *call, report_user *use, void *data, struct error *error)
{
    struct reported it = {.path = memory_copy(store_path(call->store))};
    struct wanted wanted = {.report = {.board = &it.board,
                                       .channels = &it.channels,
                                       .meter = &it.meter,
                                       .people = &it.people,
                                       .plan = &it.plan,
                                       .waves = &it.waves,
                                       .today = call->today},
                            .use = use,
                            .data = data};
    enum status status = gather(call, &it, &wanted.report, error);
    wanted.report.title = it.board.title ? it.board.title : basename(it.path);
    if (status == STATUS_OK)
        status = export_rows(call, true, use_rows, &wanted, error);
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
