/* export: the board as CSV. */
#include "argument_rows.h"
#include "files.h"
#include "handler.h"
#include "touchline/csv_board.h"
#include <string.h>

enum { FORMAT, OUTPUT, FORCE, EXCEL, RAW, UNHIDE };

static enum status write_rows(struct call *call, FILE *file, const struct channels *channels,
                              struct error *error)
{
    struct store_rows *rows;
    struct ticker ticker;
    enum status status = store_rows_begin(call->store, &rows, error);
    if (status != STATUS_OK)
        return status;
    struct row_source source = store_rows_source(rows);
    if (!call->values[UNHIDE])
        store_rows_hide(rows);
    ticker_begin(&ticker, call, "Writing", -1);
    const struct csv_board how = {.channels = channels,
                                  .style = {.excel = call->values[EXCEL], .raw = call->values[RAW]},
                                  .progress = {.tell = ticker_tell, .data = &ticker}};
    status = csv_board_write(&how, file, &source, error);
    ticker_end(&ticker);
    int64_t hidden = store_rows_hidden(rows);
    store_rows_end(rows);
    if (status == STATUS_OK && hidden > 0)
        talk_line(call,
                  "a review goes on: %lld old rating%s written as ?; --unhide writes what they are",
                  (long long)hidden, hidden == 1 ? " is" : "s are");
    return status;
}

static enum status export_to(struct call *call, FILE *file, struct error *error)
{
    struct channels channels = {0};
    enum status status = store_channels(call->store, &channels, error);
    if (status == STATUS_OK)
        status = write_rows(call, file, &channels, error);
    channels_release(&channels);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct output output;
    const char *format = call->values[FORMAT];
    if (format && strcmp(format, "csv") != 0)
        return error_set(error, STATUS_USAGE, "there is no format '%.40s'; there is csv", format);
    enum status status =
        output_open(call, call->values[OUTPUT], call->values[FORCE], &output, error);
    if (status != STATUS_OK)
        return status;
    status = export_to(call, output.file, error);
    if (output.path && (status == STATUS_FULL || status == STATUS_FAILED))
        error_prefix(error, "%s: ", call->values[OUTPUT]);
    return output_close(&output, status, error);
}

const struct command command_export = {
    .name = "export",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Export",
    .summary = "Write the board as CSV, a row a moment",
    .details =
        "A file is there whole or not at all; one that is there already is kept unless --force "
        "says otherwise, a board in any case. What a spreadsheet would run as a formula gets an "
        "apostrophe in front, which 'import' takes back. While a review goes on, a rating that is "
        "yet to be given anew is written as ?, and its target is left out.\n"
        "\n"
        "Examples:\n"
        "  touchline export cab.touchline >cab.csv\n"
        "  touchline export cab.touchline -o cab.csv --excel",
    .arguments = ARGUMENTS(
        OPTION(FORMAT, "format", 'f', ARGUMENT_TEXT,
               "csv, which is also what is written without it"),
        OPTION(OUTPUT, "output", 'o', ARGUMENT_FILE, "the file; '-' or nothing is stdout"),
        FLAG(FORCE, "force", 0, "overwrite a file that is there"),
        FLAG(EXCEL, "excel", 0, "with a byte order mark and CRLF, as Excel likes it"),
        FLAG(RAW, "raw", 0, "formulas as they are"),
        FLAG(UNHIDE, "unhide", 0, "with the old ratings that a review hides")),
    .run = run,
};
