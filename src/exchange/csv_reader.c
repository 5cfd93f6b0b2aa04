#include "touchline/buffer.h"
#include "touchline/csv.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <assert.h>
#include <errno.h>
#include <inttypes.h>
#include <string.h>

enum { BLOCK = 1 << 16 };

/* What copy_until() stopped at, besides a byte. */
enum { AT_END = -1, AT_LIMIT = -2 };

/* What each byte stops: a bare cell ends at its separator or a line end, a quoted one at its quote;
 * nothing may hold a NUL, which also stands behind each block so that one test sees both. */
enum { NUL = 1, QUOTE = 2, CR = 4, LF = 8, COMMA = 16, SEMICOLON = 32, TAB = 64 };
static const unsigned char stops[256] = {
    ['\0'] = NUL,  ['"'] = QUOTE,     ['\r'] = CR,  ['\n'] = LF,
    [','] = COMMA, [';'] = SEMICOLON, ['\t'] = TAB,
};

/* A cell in the text of its row. The text grows and so may move: hence offsets. */
struct place {
    size_t offset, length;
    int64_t line; /* it begins in, from 1 */
};

struct csv_reader {
    FILE *file;
    bool begun, ended;
    int trouble;                   /* errno of a read that failed, else 0 */
    const unsigned char *at, *end; /* what is left of the block */
    int64_t bytes;                 /* taken in, up to `end` */
    unsigned char separator;
    struct buffer text;   /* of the row: its cells, each with a NUL behind */
    struct place *places; /* of its cells */
    size_t count, room;
    int64_t row, line;  /* from 1; the line is the one being read */
    int64_t row_line;   /* in which the row begins */
    unsigned char seen; /* all bytes of the cell so far, or-ed: ASCII or not */
    unsigned char block[BLOCK + 1];
};

struct csv_reader *csv_reader_new(FILE *file)
{
    struct csv_reader *reader = memory_new(1, sizeof *reader);
    reader->file = file;
    reader->at = reader->end = reader->block;
    reader->line = 1;
    return reader;
}

void csv_reader_free(struct csv_reader *reader)
{
    if (reader == NULL)
        return;
    buffer_release(&reader->text);
    memory_free(reader->places);
    memory_free(reader);
}

size_t csv_reader_columns(const struct csv_reader *reader)
{
    return reader->count;
}

struct csv_cell csv_reader_cell(const struct csv_reader *reader, size_t column)
{
    assert(column < reader->count);
    const struct place *place = &reader->places[column];
    return (struct csv_cell){reader->text.bytes + place->offset, place->length};
}

int64_t csv_reader_bytes(const struct csv_reader *reader)
{
    return reader->bytes - (reader->end - reader->at);
}

void csv_reader_locate(const struct csv_reader *reader, size_t column, const char *name,
                       struct error *error)
{
    char where[64] = "", line[32] = "";
    int64_t at = column < reader->count ? reader->places[column].line : reader->row_line;
    if (column != CSV_NO_COLUMN)
        snprintf(where, sizeof where, ", column %zu", column + 1);
    if (at != reader->row)
        snprintf(line, sizeof line, ", line %" PRId64, at);
    error_prefix(error, "row %" PRId64 "%s%s%s%s%s: ", reader->row, where, name ? " (" : "",
                 name ? name : "", name ? ")" : "", line);
}

/* --- bytes ------------------------------------------------------------------------------------ */

/* Takes in the next block once the last one is used up; false at the end or in trouble. */
static bool fill(struct csv_reader *reader)
{
    if (reader->ended)
        return false;
    errno = 0;
    size_t length = fread(reader->block, 1, BLOCK, reader->file);
    if (ferror(reader->file))
        reader->trouble = errno != 0 ? errno : EIO;
    reader->ended = length < BLOCK;
    reader->block[length] = '\0';
    reader->at = reader->block;
    reader->end = reader->block + length;
    reader->bytes += (int64_t)length;
    return length > 0;
}

static int peek(struct csv_reader *reader)
{
    return reader->at < reader->end || fill(reader) ? *reader->at : AT_END;
}

/* Copies bytes to the row up to one that stops; returns that one, which is not taken. */
static int copy_until(struct csv_reader *reader, unsigned char mask)
{
    for (;;) {
        const unsigned char *at = reader->at;
        unsigned char seen = reader->seen;
        for (; !(stops[*at] & mask); at++)
            seen |= *at;
        reader->seen = seen;
        buffer_add(&reader->text, reader->at, (size_t)(at - reader->at));
        reader->at = at;
        if (reader->text.length > CSV_ROW_MAX)
            return AT_LIMIT;
        if (at < reader->end)
            return *at;
        if (!fill(reader))
            return AT_END;
    }
}

static bool ends_row(int byte)
{
    return byte == AT_END || stops[byte] & (CR | LF);
}

/* Takes CRLF, LF or CR. */
static void take_line_end(struct csv_reader *reader)
{
    bool cr = *reader->at++ == '\r';
    if (cr && peek(reader) == '\n')
        reader->at++;
    reader->line++;
}

/* --- refusals --------------------------------------------------------------------------------- */

static enum status refuse(const struct csv_reader *reader, const char *what, struct error *error)
{
    error_set(error, STATUS_BAD_DATA, "%s", what);
    csv_reader_locate(reader, reader->count - 1, NULL, error);
    return STATUS_BAD_DATA;
}

/* The one answer to whatever neither a bare nor a quoted cell may stop at. */
static enum status refuse_stop(const struct csv_reader *reader, int stop, bool quoted,
                               struct error *error)
{
    if (stop == '\0')
        return refuse(reader, "a zero byte, which no text has; save the file as CSV in UTF-8",
                      error);
    if (stop == '"')
        return refuse(reader,
                      "a quote inside a text; put quotes round the whole of it and double "
                      "each one inside",
                      error);
    if (stop == AT_END)
        return refuse(reader, "the quote that opens here is never closed; close it, or remove it",
                      error);
    if (quoted)
        return refuse(reader,
                      "the text that opens here makes the row longer than 16 MiB; is its "
                      "closing quote missing?",
                      error);
    return refuse(reader, "the row is longer than 16 MiB; shorten it", error);
}

static enum status refuse_reading(const struct csv_reader *reader, struct error *error)
{
    if (reader->trouble == EISDIR)
        return error_set(error, STATUS_NO_INPUT, "this is a folder; name a file in it");
    return error_set(error, STATUS_FAILED, "cannot read: %s", strerror(reader->trouble));
}

/* --- cells ------------------------------------------------------------------------------------ */

static unsigned char ends_bare_cell(const struct csv_reader *reader)
{
    return NUL | QUOTE | CR | LF | stops[reader->separator];
}

static enum status read_bare(struct csv_reader *reader, struct error *error)
{
    int stop = copy_until(reader, ends_bare_cell(reader));
    bool bad = stop == '\0' || stop == '"' || stop == AT_LIMIT;
    return bad ? refuse_stop(reader, stop, false, error) : STATUS_OK;
}

static enum status check_after_quote(struct csv_reader *reader, struct error *error)
{
    int next = peek(reader);
    if (ends_row(next) || next == reader->separator)
        return STATUS_OK;
    return refuse(reader,
                  "text after a closing quote; put quotes round the whole of it and double "
                  "each one inside",
                  error);
}

static enum status read_quoted(struct csv_reader *reader, struct error *error)
{
    reader->at++;
    for (;;) {
        int stop = copy_until(reader, NUL | QUOTE | CR | LF);
        if (stop == '\r' || stop == '\n') {
            take_line_end(reader);
            buffer_add_byte(&reader->text, '\n');
        } else if (stop == '"') {
            reader->at++;
            if (peek(reader) != '"')
                return check_after_quote(reader, error);
            buffer_add_byte(&reader->text, '"');
            reader->at++;
        } else {
            return refuse_stop(reader, stop, true, error);
        }
    }
}

static enum status check_utf8(const struct csv_reader *reader, const struct place *place,
                              struct error *error)
{
    const char *text = reader->text.bytes + place->offset;
    size_t valid = reader->seen < 0x80 ? place->length : text_first_invalid(text, place->length);
    if (valid == place->length)
        return STATUS_OK;
    char what[80];
    snprintf(what, sizeof what, "byte %zu (0x%02X) is not UTF-8; save the file as CSV in UTF-8",
             valid + 1, (unsigned char)text[valid]);
    return refuse(reader, what, error);
}

static struct place *new_place(struct csv_reader *reader)
{
    if (reader->count == reader->room) {
        reader->room = reader->room > 0 ? reader->room * 2 : 32;
        reader->places = memory_resize(reader->places, reader->room, sizeof *reader->places);
    }
    struct place *place = &reader->places[reader->count++];
    *place = (struct place){.offset = reader->text.length, .line = reader->line};
    return place;
}

static enum status read_cell(struct csv_reader *reader, struct error *error)
{
    struct place *place = new_place(reader);
    if (reader->count > CSV_COLUMNS_MAX)
        return refuse(reader, "more than 1,000 columns; remove those that are not needed", error);
    reader->seen = 0;
    enum status status =
        peek(reader) == '"' ? read_quoted(reader, error) : read_bare(reader, error);
    if (status != STATUS_OK)
        return status;
    place->length = reader->text.length - place->offset;
    buffer_add_byte(&reader->text, '\0');
    return check_utf8(reader, place, error);
}

/* --- rows ------------------------------------------------------------------------------------- */

static enum status read_row(struct csv_reader *reader, struct error *error)
{
    if (ends_row(peek(reader)))
        return STATUS_OK;
    for (;;) {
        enum status status = read_cell(reader, error);
        if (status != STATUS_OK || ends_row(peek(reader)))
            return status;
        reader->at++;
    }
}

/* Files that are taken for CSV by mistake, by how they begin. */
static const struct {
    const char *bytes;
    size_t length;
    const char *what;
} strangers[] = {
    {"\xFF\xFE", 2, "this looks like UTF-16; save it as UTF-8"},
    {"\xFE\xFF", 2, "this looks like UTF-16; save it as UTF-8"},
    {"PK\3\4", 4, "this looks like a spreadsheet's own file; save it as CSV in UTF-8"},
    {"SQLite format 3", 16, "this looks like a board, not CSV; export it first"},
};

static bool begins_with(const struct csv_reader *reader, const char *bytes, size_t length)
{
    return (size_t)(reader->end - reader->at) >= length && memcmp(reader->at, bytes, length) == 0;
}

/* How often each byte stands outside quotes in the first row that is not blank, as far as the first
 * block shows it. */
static void count_bytes(const struct csv_reader *reader, size_t counts[256])
{
    bool quoted = false;
    const unsigned char *at = reader->at;
    while (at < reader->end && ends_row(*at))
        at++;
    for (; at < reader->end; at++) {
        quoted ^= *at == '"';
        if (!quoted && ends_row(*at))
            return;
        counts[*at] += !quoted;
    }
}

static unsigned char guess_separator(const struct csv_reader *reader)
{
    size_t counts[256] = {0};
    count_bytes(reader, counts);
    if (counts[','] > 0 || counts[';'] + counts['\t'] == 0)
        return ',';
    return counts[';'] >= counts['\t'] ? ';' : '\t';
}

static enum status begin(struct csv_reader *reader, struct error *error)
{
    reader->begun = true;
    fill(reader);
    for (size_t i = 0; i < sizeof strangers / sizeof strangers[0]; i++)
        if (begins_with(reader, strangers[i].bytes, strangers[i].length))
            return error_set(error, STATUS_BAD_DATA, "%s", strangers[i].what);
    if (begins_with(reader, "\uFEFF", 3))
        reader->at += 3;
    reader->separator = guess_separator(reader);
    return STATUS_OK;
}

enum status csv_reader_next(struct csv_reader *reader, bool *done, struct error *error)
{
    enum status status = reader->begun ? STATUS_OK : begin(reader, error);
    reader->count = 0;
    buffer_clear(&reader->text);
    *done = status == STATUS_OK && peek(reader) == AT_END;
    if (status == STATUS_OK && !*done) {
        reader->row++;
        reader->row_line = reader->line;
        status = read_row(reader, error);
    }
    if (reader->trouble != 0)
        return refuse_reading(reader, error);
    if (status == STATUS_OK && peek(reader) != AT_END)
        take_line_end(reader);
    return status;
}
