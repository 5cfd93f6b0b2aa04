/* export: the board in another format: as rows for a spreadsheet, as a report for people (R30). */
#include "argument_rows.h"
#include "files.h"
#include "formats.h"
#include "handler.h"
#include "touchline/csv_board.h"
#include <assert.h>
#include <string.h>

enum { FORMAT, OUTPUT, FORCE, EXCEL, RAW };

/* --- rows ------------------------------------------------------------------------------------- */

/* They come back by import, so they hold what the board holds, whatever a review hides (R16). */
static void tell_hidden(struct call *call)
{
    struct error error;
    struct meter meter;
    if (store_meter(call->store, &meter, &error) == STATUS_OK && meter.hidden > 0)
        talk_line(call, "a review goes on: csv has the %lld old rating%s that it hides",
                  (long long)meter.hidden, meter.hidden == 1 ? "" : "s");
}

struct spreadsheet {
    struct csv_board how;
    FILE *file;
};

static enum status use_rows(void *data, const struct row_source *source, struct progress progress,
                            struct error *error)
{
    struct spreadsheet *sheet = data;
    sheet->how.progress = progress;
    return csv_board_write(&sheet->how, sheet->file, source, error);
}

static enum status write_csv(struct call *call, FILE *file, struct error *error)
{
    struct channels channels = {0};
    struct spreadsheet sheet = {
        .how = {.channels = &channels,
                .style = {.excel = call->values[EXCEL], .raw = call->values[RAW]}},
        .file = file};
    enum status status = store_channels(call->store, &channels, error);
    if (status == STATUS_OK)
        status = export_rows(call, false, use_rows, &sheet, error);
    if (status == STATUS_OK)
        tell_hidden(call);
    channels_release(&channels);
    return status;
}

/* --- reports ---------------------------------------------------------------------------------- */

static enum status use_svg(void *file, const struct report *report, const struct row_source *source,
                           struct error *error)
{
    return svg_write(report, file, source, error);
}

static enum status use_html(void *file, const struct report *report,
                            const struct row_source *source, struct error *error)
{
    return html_write(report, file, source, error);
}

static enum status use_markdown(void *file, const struct report *report,
                                const struct row_source *source, struct error *error)
{
    return markdown_write(report, file, source, error);
}

static enum status write_svg(struct call *call, FILE *file, struct error *error)
{
    return report_make(call, use_svg, file, error);
}

static enum status write_html(struct call *call, FILE *file, struct error *error)
{
    return report_make(call, use_html, file, error);
}

static enum status write_markdown(struct call *call, FILE *file, struct error *error)
{
    return report_make(call, use_markdown, file, error);
}

static enum status write_pdf(struct call *call, FILE *file, struct error *error)
{
    return report_convert(call, "pdf", file, error);
}

static enum status write_png(struct call *call, FILE *file, struct error *error)
{
    return report_convert(call, "png", file, error);
}

/* --- formats ---------------------------------------------------------------------------------- */

static const struct format {
    const char *name;
    enum status (*write)(struct call *call, FILE *file, struct error *error);
    bool rows;  /* for spreadsheets, in their style */
    bool bytes; /* no text, so nothing for a terminal */
} formats[] = {
    {.name = "csv", .write = write_csv, .rows = true}, /* what is meant when nothing is said */
    {.name = "html", .write = write_html},
    {.name = "md", .write = write_markdown},
    {.name = "svg", .write = write_svg},
    {.name = "pdf", .write = write_pdf, .bytes = true},
    {.name = "png", .write = write_png, .bytes = true},
};

enum { FORMATS = sizeof formats / sizeof *formats };

static const struct format *format_called(const char *name)
{
    for (size_t i = 0; i < FORMATS; i++)
        if (strcmp(formats[i].name, name) == 0)
            return &formats[i];
    return NULL;
}

/* By the end of a file's name, else CSV. */
static const struct format *format_of_file(const char *path)
{
    const char *dot = path ? strrchr(path, '.') : NULL;
    const struct format *format = dot ? format_called(dot + 1) : NULL;
    return format ? format : &formats[0];
}

static enum status check_style(const struct call *call, const struct format *format,
                               struct error *error)
{
    static const int flags[] = {EXCEL, RAW};
    for (size_t i = 0; i < sizeof flags / sizeof *flags; i++)
        if (call->values[flags[i]] && !format->rows)
            return error_set(error, STATUS_USAGE, "--%s is for csv, not for %s",
                             call->command->arguments[flags[i]].name, format->name);
    return STATUS_OK;
}

static enum status find_format(const struct call *call, const struct format **format,
                               struct error *error)
{
    const char *name = call->values[FORMAT];
    *format = name ? format_called(name) : format_of_file(call->values[OUTPUT]);
    if (!*format)
        return error_set(error, STATUS_USAGE,
                         "there is no format '%.40s'; there are csv, html, md, svg, pdf and png",
                         name);
    return check_style(call, *format, error);
}

/* --- the command ------------------------------------------------------------------------------ */

static enum status write_output(struct call *call, const struct format *format,
                                struct output *output, struct error *error)
{
    assert(format);
    if (format->bytes && !output->path && call->out_is_terminal)
        return error_set(error, STATUS_USAGE, "%s is not for a terminal; say --output FILE",
                         format->name);
    enum status status = format->write(call, output->file, error);
    if (output->path && (status == STATUS_FULL || status == STATUS_FAILED))
        error_prefix(error, "%s: ", call->values[OUTPUT]);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct output output;
    const struct format *format;
    enum status status = find_format(call, &format, error);
    if (status == STATUS_OK)
        status = output_open(call, call->values[OUTPUT], call->values[FORCE], &output, error);
    if (status != STATUS_OK)
        return status;
    status = output_close(&output, write_output(call, format, &output, error), error);
    if (status == STATUS_OK && call->session)
        buffer_add_format(&call->outcome.message, "Written to %s.", call->values[OUTPUT]);
    return status;
}

const struct command command_export = {
    .name = "export",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Export",
    .summary = "Write the board as CSV, as a picture or as a report",
    .details =
        "The formats are csv; html, a page to read and to print with picture and report; md, the "
        "report for a wiki; svg, the timeline as a picture for the wall; pdf and png, the same "
        "picture by way of rsvg-convert, where that is installed. Without --format the end of the "
        "file's name says which, else it is csv. A long timeline goes over several sheets of A3 "
        "or A4 landscape.\n"
        "\n"
        "A file is there whole or not at all; one that is there already is kept unless --force "
        "says otherwise, a board in any case. What a spreadsheet would run as a formula gets an "
        "apostrophe in front, which 'import' takes back. Nothing in a board becomes more than text "
        "in a page or a picture. While a review goes on, a rating that is yet to be given anew is "
        "? "
        "there, without its target; csv, which 'import' reads again, has them all.\n"
        "\n"
        "Examples:\n"
        "  touchline export cab.touchline >cab.csv\n"
        "  touchline export cab.touchline -o cab.csv --excel\n"
        "  touchline export cab.touchline -o wall.svg\n"
        "  touchline export cab.touchline -f html -o cab.html --force",
    .arguments = ARGUMENTS(
        OPTION(FORMAT, "format", 'f', ARGUMENT_TEXT, "csv, html, md, svg, pdf or png",
               .words = "csv|html|md|svg|pdf|png"),
        OPTION(OUTPUT, "output", 'o', ARGUMENT_FILE, "the file; '-' or nothing is stdout"),
        FLAG(FORCE, "force", 0, "overwrite a file that is there"),
        FLAG(EXCEL, "excel", 0, "csv with a byte order mark and CRLF, as Excel likes it"),
        FLAG(RAW, "raw", 0, "csv with formulas as they are")),
    .run = run,
};
