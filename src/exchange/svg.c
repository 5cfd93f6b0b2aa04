/* The timeline as a picture: sheets of rows of cards. */
#include "svg.h"
#include "output.h"
#include "touchline/memory.h"
#include <assert.h>
#include <string.h>

/* A3 landscape, in mm. */
enum { PAPER_WIDTH = 420, PAPER_HEIGHT = 297 };

enum {
    COLUMNS_LEAST = 4,
    COLUMNS_OF_MANY = 10, /* on each of several sheets */
    BAND_LEAST = 304,     /* heights: a row with its curve, */
    CARD_LEAST = 154,     /* a card, */
    CARD_TALLEST = CARD,  /* a post-it is no taller than wide */
    BAND_TALLEST = 430,
    BETWEEN_BANDS = 14, /* and what parts one row from the next */
};

/* --- the layout ------------------------------------------------------------------------------- */

/* For so many cards beside each other: where things are, and how many rows have room. */
static void measure(const struct report *report, int columns, struct svg_layout *layout)
{
    struct buffer nothing = {0};
    layout->columns = columns;
    layout->width = 2 * MARGIN + columns * PITCH - GAP;
    layout->height = layout->width * PAPER_HEIGHT / PAPER_WIDTH;
    layout->header = svg_header(&nothing, report, layout->width);
    int legend = svg_legend(&nothing, report, layout->width, 0, "");
    layout->legend = layout->height - MARGIN - legend;
    layout->rows = (layout->legend - layout->header) / BAND_LEAST;
    buffer_release(&nothing);
}

static bool holds(const struct svg_layout *layout, int64_t moments)
{
    return (int64_t)layout->rows * layout->columns >= moments;
}

/* What is left goes to the cards first, and the rest to the curves. */
static void share(struct svg_layout *layout, int rows)
{
    layout->band = (layout->legend - layout->header) / (rows > 0 ? rows : 1) - BETWEEN_BANDS;
    int more = layout->band - (BAND_LEAST - BETWEEN_BANDS);
    layout->card = CARD_LEAST + more * 2 / 3;
    if (layout->card > CARD_TALLEST)
        layout->card = CARD_TALLEST;
    if (layout->band > BAND_TALLEST)
        layout->band = BAND_TALLEST;
}

void svg_lay_out(const struct report *report, struct svg_layout *layout)
{
    int64_t moments = report->meter->moments;
    int columns = COLUMNS_LEAST;
    do
        measure(report, columns++, layout);
    while (!holds(layout, moments) && columns <= COLUMNS_MOST);
    bool one = holds(layout, moments);
    if (!one)
        measure(report, COLUMNS_OF_MANY, layout);
    assert(one ||
           layout->rows > 0); /* a header has so many lines at most, a meter so many channels */
    int64_t on_sheet = (int64_t)layout->rows * layout->columns;
    layout->sheets = one ? 1 : (moments + on_sheet - 1) / on_sheet;
    if (one)
        layout->rows = (int)((moments + layout->columns - 1) / layout->columns);
    share(layout, layout->rows);
}

/* --- sheets ----------------------------------------------------------------------------------- */

struct svg_sheets {
    const struct report *report;
    struct row_source source;
    struct svg_layout layout;
    struct row rows[COLUMNS_MOST], before; /* the row of cards in hand; the card in front of it */
    bool begun, ended;
    int64_t sheet, moments; /* written so far */
};

struct svg_sheets *svg_sheets_new(const struct report *report, const struct row_source *source)
{
    struct svg_sheets *sheets = memory_new(1, sizeof *sheets);
    sheets->report = report;
    sheets->source = *source;
    svg_lay_out(report, &sheets->layout);
    for (int i = 0; i < COLUMNS_MOST; i++)
        row_init(&sheets->rows[i]);
    row_init(&sheets->before);
    return sheets;
}

void svg_sheets_free(struct svg_sheets *sheets)
{
    if (sheets == NULL)
        return;
    for (int i = 0; i < COLUMNS_MOST; i++)
        row_release(&sheets->rows[i]);
    row_release(&sheets->before);
    memory_free(sheets);
}

int64_t svg_sheets_count(const struct svg_sheets *sheets)
{
    return sheets->layout.sheets;
}

/* Reads the next moment on the line; the parked ones after it are in no picture. */
static enum status read_row(struct svg_sheets *sheets, struct row *row, struct error *error)
{
    bool done = false;
    enum status status = sheets->source.next(sheets->source.data, row, &done, error);
    if (status != STATUS_OK)
        return status;
    sheets->ended = done || row->moment.state != STATE_LIVE;
    if (sheets->ended)
        return STATUS_OK;
    return output_tell(&sheets->report->progress, ++sheets->moments, 0, error);
}

static enum status read_band(struct svg_sheets *sheets, int *count, struct error *error)
{
    enum status status = STATUS_OK;
    *count = 0;
    while (status == STATUS_OK && !sheets->ended && *count < sheets->layout.columns) {
        status = read_row(sheets, &sheets->rows[*count], error);
        if (status == STATUS_OK && !sheets->ended)
            ++*count;
    }
    return status;
}

static enum status put_band(struct svg_sheets *sheets, int y, struct buffer *out,
                            struct error *error)
{
    int count;
    enum status status = read_band(sheets, &count, error);
    if (status != STATUS_OK || count == 0)
        return status;
    svg_band(out, sheets->report, &sheets->layout, y, sheets->rows, count,
             sheets->begun ? &sheets->before : NULL);
    sheets->begun = true;
    row_release(&sheets->before);
    sheets->before = sheets->rows[count - 1];
    row_init(&sheets->rows[count - 1]);
    return STATUS_OK;
}

/* As wide as A3, and each sheet as high. */
static void open_svg(struct buffer *out, const struct svg_layout *layout, int64_t sheets)
{
    int64_t height = layout->height * sheets;
    buffer_add_format(out,
                      "<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"%dmm\" height=\"%lldmm\" "
                      "viewBox=\"0 0 %d %lld\" fill=\"#000\" font-family=\"DejaVu Sans Mono, Noto "
                      "Sans Mono, Menlo, Consolas, monospace\">\n",
                      PAPER_WIDTH,
                      (long long)((height * PAPER_WIDTH + layout->width / 2) / layout->width),
                      layout->width, (long long)height);
}

static void add_footer(const struct svg_sheets *sheets, struct buffer *out)
{
    char day[DATE_ISO_SIZE];
    date_format_iso(sheets->report->today, day);
    buffer_add_text(out, day);
    if (sheets->layout.sheets > 1)
        buffer_add_format(out, " · sheet %lld of %lld", (long long)sheets->sheet,
                          (long long)sheets->layout.sheets);
}

/* The tally of a damaged board may say what is not so. */
static enum status check_count(const struct svg_sheets *sheets, struct error *error)
{
    if (sheets->moments == sheets->report->meter->moments)
        return STATUS_OK;
    return error_set(error, STATUS_BAD_DATA,
                     "the board's tally is wrong; 'touchline check' tells more");
}

static void put_frame(struct svg_sheets *sheets, struct buffer *out)
{
    static const char nothing[] = "No moments yet.";
    const struct svg_layout *layout = &sheets->layout;
    struct buffer footer = {0};
    svg_rect(out, 0, 0, layout->width, layout->height, " fill=\"#fff\"");
    (void)svg_header(out, sheets->report, layout->width);
    add_footer(sheets, &footer);
    (void)svg_legend(out, sheets->report, layout->width, layout->legend, buffer_text(&footer));
    buffer_release(&footer);
    if (layout->rows == 0)
        svg_text(out, TEXT_PLAIN, MARGIN, layout->header + svg_leading(TEXT_PLAIN), "", nothing,
                 sizeof nothing - 1);
}

/* All that a sheet shows. After the last one a look at the source tells whether that was all. */
static enum status put_sheet(struct svg_sheets *sheets, struct buffer *out, struct error *error)
{
    const struct svg_layout *layout = &sheets->layout;
    enum status status = STATUS_OK;
    bool last = ++sheets->sheet == layout->sheets;
    put_frame(sheets, out);
    for (int i = 0; status == STATUS_OK && i < layout->rows; i++)
        status = put_band(sheets, layout->header + i * (layout->band + BETWEEN_BANDS), out, error);
    if (status != STATUS_OK || !last)
        return status;
    if (!sheets->ended)
        status = read_row(sheets, &sheets->rows[0], error);
    return status == STATUS_OK ? check_count(sheets, error) : status;
}

enum status svg_sheets_next(struct svg_sheets *sheets, struct buffer *out, struct error *error)
{
    open_svg(out, &sheets->layout, 1);
    enum status status = put_sheet(sheets, out, error);
    buffer_add_text(out, "</svg>\n");
    return status;
}

enum status svg_sheets_write(struct svg_sheets *sheets, FILE *file, struct error *error)
{
    struct buffer held = {0};
    enum status status = svg_sheets_next(sheets, &held, error);
    if (status == STATUS_OK)
        status = output_all(file, &held, error);
    buffer_release(&held);
    return status;
}

/* --- one file --------------------------------------------------------------------------------- */

static enum status write_sheets(struct svg_sheets *sheets, FILE *file, struct buffer *held,
                                struct error *error)
{
    const struct svg_layout *layout = &sheets->layout;
    enum status status = STATUS_OK;
    open_svg(held, layout, layout->sheets);
    for (int64_t i = 0; status == STATUS_OK && i < layout->sheets; i++) {
        long long y = i * layout->height;
        buffer_add_format(held, "<g transform=\"translate(0 %lld)\">\n", y);
        status = put_sheet(sheets, held, error);
        buffer_add_text(held, "</g>\n");
        if (status == STATUS_OK)
            status = output_some(file, held, error);
    }
    buffer_add_text(held, "</svg>\n");
    return status == STATUS_OK ? output_all(file, held, error) : status;
}

enum status svg_write(const struct report *report, FILE *file, const struct row_source *source,
                      struct error *error)
{
    struct svg_sheets *sheets = svg_sheets_new(report, source);
    struct buffer held = {0};
    enum status status = write_sheets(sheets, file, &held, error);
    buffer_release(&held);
    svg_sheets_free(sheets);
    return status;
}
