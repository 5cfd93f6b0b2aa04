#include "touchline/csv_board.h"
#include "columns.h"
#include "output.h"
#include "touchline/memory.h"
#include <string.h>

/* --- writing ---------------------------------------------------------------------------------- */

static enum status write_header(struct csv_writer *csv, struct error *error)
{
    for (size_t i = 0; i < column_count; i++) {
        const char *name = column_name(&columns[i]);
        csv_writer_cell(csv, name, strlen(name));
    }
    return csv_writer_end_row(csv, error);
}

static enum status write_row(struct csv_writer *csv, const struct row *row, struct words *words,
                             struct error *error)
{
    for (size_t i = 0; i < column_count; i++) {
        struct value value = columns[i].get(&columns[i], row, words);
        if (value.type == VALUE_INTEGER)
            csv_writer_number(csv, value.integer);
        else
            csv_writer_cell(csv, value.text, value.length);
    }
    return csv_writer_end_row(csv, error);
}

static enum status write_rows(const struct csv_board *how, struct csv_writer *csv,
                              const struct row_source *source, struct row *row, struct words *words,
                              struct error *error)
{
    enum status status = write_header(csv, error);
    for (int64_t rows = 1; status == STATUS_OK; rows++) {
        bool done = false;
        status = source->next(source->data, row, &done, error);
        if (status != STATUS_OK || done)
            return status;
        status = write_row(csv, row, words, error);
        if (status == STATUS_OK)
            status = output_tell(&how->progress, rows, csv_writer_bytes(csv), error);
    }
    return status;
}

enum status csv_board_write(const struct csv_board *how, FILE *file,
                            const struct row_source *source, struct error *error)
{
    struct csv_writer *csv = csv_writer_new(file, how->style);
    struct words words = {.channels = how->channels};
    struct row row;
    row_init(&row);
    enum status status = write_rows(how, csv, source, &row, &words, error);
    if (status == STATUS_OK)
        status = csv_writer_finish(csv, error);
    row_release(&row);
    buffer_release(&words.scratch);
    csv_writer_free(csv);
    return status;
}

/* --- reading ---------------------------------------------------------------------------------- */

static const char blanks[] = " \t\n";

/* A column as the first row names it. */
struct heading {
    char *name;
    const struct column *column; /* NULL: kept out */
};

struct reading {
    const struct csv_board *how;
    const struct row_sink *sink;
    struct csv_board_report *report;
    struct csv_reader *csv;
    struct heading *headings;
    size_t count;
    struct words words;
    struct row row;
};

void csv_board_report_release(struct csv_board_report *report)
{
    for (size_t i = 0; i < report->unknown_count; i++)
        memory_free(report->unknown[i]);
    memory_free(report->unknown);
    *report = (struct csv_board_report){0};
}

static enum status refuse(const struct reading *reading, size_t column, const char *what,
                          struct error *error)
{
    error_set(error, STATUS_BAD_DATA, "%s", what);
    csv_reader_locate(reading->csv, column, NULL, error);
    return STATUS_BAD_DATA;
}

/* No written moment is that: its dots and times are numbers. */
static bool row_is_blank(const struct csv_reader *csv)
{
    for (size_t i = 0; i < csv_reader_columns(csv); i++) {
        struct csv_cell cell = csv_reader_cell(csv, i);
        if (strspn(cell.text, blanks) < cell.length)
            return false;
    }
    return true;
}

/* The next row that is not blank. */
static enum status next_row(struct reading *reading, bool *done, struct error *error)
{
    enum status status;
    do
        status = csv_reader_next(reading->csv, done, error);
    while (status == STATUS_OK && !*done && row_is_blank(reading->csv));
    return status;
}

/* --- the first row ---------------------------------------------------------------------------- */

/* A copy of the cell without blanks round it. */
static char *copy_name(struct csv_cell cell)
{
    size_t front = strspn(cell.text, blanks);
    size_t length = cell.length - front;
    while (length > 0 && strchr(blanks, cell.text[front + length - 1]) != NULL)
        length--;
    return memory_copy_bytes(cell.text + front, length);
}

/* Where a column of that name stands among the first `count`, or CSV_NO_COLUMN. */
static size_t find_heading(const struct reading *reading, const char *name, size_t count)
{
    for (size_t i = 0; i < count; i++)
        if (column_name_is(reading->headings[i].name, name))
            return i;
    return CSV_NO_COLUMN;
}

static void report_unknown(struct csv_board_report *report, const char *name)
{
    report->unknown =
        memory_resize(report->unknown, report->unknown_count + 1, sizeof *report->unknown);
    report->unknown[report->unknown_count++] = memory_copy(name);
}

/* A column without a name is kept out in silence: spreadsheets leave such ones at the end. */
static enum status read_heading(struct reading *reading, size_t at, struct error *error)
{
    struct heading *heading = &reading->headings[at];
    const char *name = heading->name = copy_name(csv_reader_cell(reading->csv, at));
    reading->count++;
    if (name[0] == '\0')
        return STATUS_OK;
    size_t before = find_heading(reading, name, at);
    if (before != CSV_NO_COLUMN) {
        error_set(error, STATUS_BAD_DATA, "column %zu has the same name; rename or remove one",
                  before + 1);
        csv_reader_locate(reading->csv, at, name, error);
        return STATUS_BAD_DATA;
    }
    heading->column = column_by_name(name);
    if (heading->column == NULL)
        report_unknown(reading->report, name);
    return STATUS_OK;
}

static enum status read_header(struct reading *reading, struct error *error)
{
    bool done = false;
    enum status status = next_row(reading, &done, error);
    if (status != STATUS_OK)
        return status;
    if (done)
        return error_set(error, STATUS_BAD_DATA,
                         "nothing in it; its first row must name a column \"title\"");
    size_t count = csv_reader_columns(reading->csv);
    reading->headings = memory_new(count, sizeof *reading->headings);
    for (size_t i = 0; i < count && status == STATUS_OK; i++)
        status = read_heading(reading, i, error);
    if (status == STATUS_OK && find_heading(reading, "title", count) == CSV_NO_COLUMN)
        status = refuse(reading, CSV_NO_COLUMN,
                        "no column is called \"title\"; give that name to the one that says what "
                        "each moment is",
                        error);
    return status;
}

/* --- the rows after it ------------------------------------------------------------------------ */

/* The cell as it was before the guard. */
static struct value unguarded(const struct reading *reading, struct csv_cell cell)
{
    size_t guard = !reading->how->style.raw && csv_guard_present(cell.text, cell.length);
    return (struct value){
        .type = VALUE_TEXT, .text = cell.text + guard, .length = cell.length - guard};
}

static enum status read_cell(struct reading *reading, size_t at, struct error *error)
{
    struct csv_cell cell = csv_reader_cell(reading->csv, at);
    if (cell.length == 0)
        return STATUS_OK;
    if (at >= reading->count)
        return refuse(reading, at,
                      "the first row names no column here; remove it, or quote a text that was "
                      "cut in two",
                      error);
    const struct column *column = reading->headings[at].column;
    if (column == NULL || column->set == NULL)
        return STATUS_OK;
    enum status status =
        column->set(column, &reading->row, unguarded(reading, cell), &reading->words, error);
    if (status != STATUS_OK)
        csv_reader_locate(reading->csv, at, NULL, error);
    return status;
}

/* Files put together from several have their first row again somewhere. One column alone may well
 * hold a moment that is called as the column is. */
static bool repeats_header(const struct reading *reading)
{
    size_t count = csv_reader_columns(reading->csv);
    for (size_t i = 0; i < count; i++)
        if (i >= reading->count ||
            strcmp(csv_reader_cell(reading->csv, i).text, reading->headings[i].name) != 0)
            return false;
    return count == reading->count && count > 1;
}

static enum status read_row(struct reading *reading, struct error *error)
{
    if (repeats_header(reading))
        return refuse(reading, CSV_NO_COLUMN, "this is the first row again; remove it", error);
    for (size_t i = 0; i < csv_reader_columns(reading->csv); i++) {
        enum status status = read_cell(reading, i, error);
        if (status != STATUS_OK)
            return status;
    }
    if (reading->row.moment.title != NULL)
        return STATUS_OK;
    return refuse(reading, find_heading(reading, "title", reading->count),
                  "the title is missing; say what the moment is, or empty the whole row", error);
}

/* Refused by a rule, a row is bad data, told with its place; other troubles have none. */
static enum status explain_refusal(const struct reading *reading, const char *field,
                                   struct error *error)
{
    if (error->status != STATUS_REFUSED && error->status != STATUS_BAD_DATA)
        return error->status;
    size_t at = CSV_NO_COLUMN;
    if (field != NULL)
        at = find_heading(reading, field, reading->count);
    csv_reader_locate(reading->csv, at, at != CSV_NO_COLUMN ? field : NULL, error);
    return error->status = STATUS_BAD_DATA;
}

static enum status hand_on(struct reading *reading, struct error *error)
{
    const char *field = NULL;
    enum status status = reading->sink->add(reading->sink->data, &reading->row, &field, error);
    if (status != STATUS_OK)
        return explain_refusal(reading, field, error);
    int64_t rows = ++reading->report->rows;
    return output_tell(&reading->how->progress, rows, csv_reader_bytes(reading->csv), error);
}

static enum status read_rows(struct reading *reading, struct error *error)
{
    for (;;) {
        bool done = false;
        enum status status = next_row(reading, &done, error);
        if (status != STATUS_OK || done)
            return status;
        row_init(&reading->row);
        status = read_row(reading, error);
        if (status == STATUS_OK)
            status = hand_on(reading, error);
        row_release(&reading->row);
        if (status != STATUS_OK)
            return status;
    }
}

static void release(struct reading *reading)
{
    for (size_t i = 0; i < reading->count; i++)
        memory_free(reading->headings[i].name);
    memory_free(reading->headings);
    buffer_release(&reading->words.scratch);
    csv_reader_free(reading->csv);
}

enum status csv_board_read(const struct csv_board *how, FILE *file, const struct row_sink *sink,
                           struct csv_board_report *report, struct error *error)
{
    *report = (struct csv_board_report){0};
    struct reading reading = {.how = how,
                              .sink = sink,
                              .report = report,
                              .csv = csv_reader_new(file),
                              .words = {.channels = how->channels}};
    enum status status = read_header(&reading, error);
    if (status == STATUS_OK)
        status = read_rows(&reading, error);
    release(&reading);
    return status;
}
