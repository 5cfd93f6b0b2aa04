/* import: a CSV as one edit, or nothing of it. */
#include "argument_rows.h"
#include "files.h"
#include "handler.h"
#include "touchline/csv_board.h"

enum { INPUT, DRY_RUN, RAW };

/* Columns named one by one. */
enum { NAMED_MOST = 10 };

struct importing {
    struct work work;
    struct input input;
    struct channels channels;
    struct csv_board_report report;
};

static enum status read_rows(struct importing *importing, struct error *error)
{
    struct call *call = importing->work.call;
    struct ticker ticker;
    struct row_sink sink = edit_row_sink(importing->work.edit);
    ticker_begin(&ticker, call, "Reading", importing->input.size);
    const struct csv_board how = {.channels = &importing->channels,
                                  .style = {.raw = call->values[RAW]},
                                  .progress = {.tell = ticker_tell, .data = &ticker}};
    enum status status =
        csv_board_read(&how, importing->input.file, &sink, &importing->report, error);
    ticker_end(&ticker);
    if (status != STATUS_OK)
        error_prefix(error, "%s: ", input_name(call->values[INPUT]));
    return status;
}

/* Columns that a board has not are kept out, and named. */
static void name_unknown(struct importing *importing)
{
    struct call *call = importing->work.call;
    struct csv_board_report *report = &importing->report;
    for (size_t i = 0; call->talk && i < report->unknown_count; i++) {
        if (i == NAMED_MOST) {
            talk_line(call, "%s: and %zu more columns", input_name(call->values[INPUT]),
                      report->unknown_count - i);
            return;
        }
        struct buffer line = {0};
        add_cut(&line, report->unknown[i], 60);
        talk_line(call, "%s: a board has no column '%s'; it was kept out",
                  input_name(call->values[INPUT]), buffer_text(&line));
        buffer_release(&line);
    }
}

static enum status import_rows(struct importing *importing, struct error *error)
{
    struct call *call = importing->work.call;
    struct buffer count = {0};
    enum status status = store_channels(call->store, &importing->channels, error);
    if (status == STATUS_OK)
        status = read_rows(importing, error);
    name_unknown(importing);
    add_count(&count, importing->report.rows, "moment");
    work_say(&importing->work, "Imported %s from %s", buffer_text(&count),
             input_name(call->values[INPUT]));
    buffer_release(&count);
    return status;
}

/* A dry run is the import itself, with everything asked of it, taken back before it counts. */
static enum status end_dry(struct importing *importing, enum status status, struct error *error)
{
    struct call *call = importing->work.call;
    struct buffer count = {0};
    add_count(&count, importing->report.rows, "moment");
    if (status == STATUS_OK)
        status = STATUS_STOPPED;
    status = work_end(&importing->work, status, error);
    if (status == STATUS_STOPPED) {
        out_line(call, "%s would be imported; nothing was changed", buffer_text(&count));
        status = out_check(call, error);
    }
    buffer_release(&count);
    return status;
}

static enum status import_input(struct importing *importing, struct error *error)
{
    struct call *call = importing->work.call;
    enum status status = work_begin_board(&importing->work, call, error);
    if (status != STATUS_OK)
        return status;
    status = import_rows(importing, error);
    return call->values[DRY_RUN] ? end_dry(importing, status, error)
                                 : work_end(&importing->work, status, error);
}

static enum status run(struct call *call, struct error *error)
{
    struct importing importing = {.work = {.call = call}};
    enum status status = input_open(call, call->values[INPUT], &importing.input, error);
    if (status == STATUS_OK)
        status = import_input(&importing, error);
    input_close(&importing.input);
    channels_release(&importing.channels);
    csv_board_report_release(&importing.report);
    return status;
}

const struct command command_import = {
    .name = "import",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Import",
    .summary = "Add the moments of a CSV file at the board's end",
    .details =
        "All of it is one edit; at the first mistake nothing is changed, and its row and "
        "column are told. The first row names the columns, in any order and without case; "
        "only 'title' must be there. Columns that a board has not are kept out and named. "
        "A FIFO that nobody writes to is waited for, as by cat, with the board free for others.\n"
        "\n"
        "Examples:\n"
        "  touchline import cab.touchline moments.csv --dry-run\n"
        "  touchline export old.touchline | touchline import new.touchline -",
    .arguments =
        ARGUMENTS(POSITION(INPUT, "FILE", ARGUMENT_FILE, "the CSV file; '-' is stdin",
                           .required = true, .ask = "Which CSV file?"),
                  FLAG(DRY_RUN, "dry-run", 0, "say what would happen, change nothing"),
                  FLAG(RAW, "raw", 0, "leave apostrophes in front of formulas as they are")),
    .writes = true,
    .run = run,
};
