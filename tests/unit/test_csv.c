#include "touchline/buffer.h"
#include "touchline/csv.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <errno.h>
#include <setjmp.h>
#include <signal.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

#include "failing_file.h"
#include "random.h"
#include "skip.h"

#define BLOCK ((size_t)1 << 16)

/* --- helpers ---------------------------------------------------------------------------------- */

static FILE *open_bytes(const void *bytes, size_t length)
{
    FILE *file = length > 0 ? fmemopen((void *)bytes, length, "r") : fopen("/dev/null", "r");
    assert_non_null(file);
    return file;
}

static void close_file(FILE *file)
{
    (void)fclose(file); /* the file on a full disk has reported it already */
}

/* What is written to this file is read back from it after rewind(). */
static FILE *open_scratch(void)
{
    FILE *file = tmpfile();
    assert_non_null(file);
    return file;
}

/* All rows as text: each cell in brackets, a row a line. */
static enum status dump(FILE *file, struct buffer *out, struct error *error)
{
    struct csv_reader *csv = csv_reader_new(file);
    enum status status;
    bool done = false;
    while ((status = csv_reader_next(csv, &done, error)) == STATUS_OK && !done) {
        for (size_t i = 0; i < csv_reader_columns(csv); i++) {
            struct csv_cell cell = csv_reader_cell(csv, i);
            assert_int_equal(cell.text[cell.length], '\0');
            buffer_add_byte(out, '[');
            buffer_add(out, cell.text, cell.length);
            buffer_add_byte(out, ']');
        }
        buffer_add_byte(out, '\n');
    }
    csv_reader_free(csv);
    return status;
}

static void assert_reads(const char *bytes, const char *rows)
{
    FILE *file = open_bytes(bytes, strlen(bytes));
    struct buffer out = {0};
    struct error error;
    assert_int_equal(dump(file, &out, &error), STATUS_OK);
    assert_string_equal(buffer_text(&out), rows);
    buffer_release(&out);
    close_file(file);
}

static void assert_refused(const void *bytes, size_t length, const char *text)
{
    FILE *file = open_bytes(bytes, length);
    struct buffer out = {0};
    struct error error;
    assert_int_equal(dump(file, &out, &error), STATUS_BAD_DATA);
    assert_string_equal(error.text, text);
    assert_int_equal(error.status, STATUS_BAD_DATA);
    buffer_release(&out);
    close_file(file);
}

/* --- reading ---------------------------------------------------------------------------------- */

static void rows_end_in_lf_crlf_or_cr(void **state)
{
    (void)state;
    const char *rows = "[a][b]\n[c][d]\n";
    assert_reads("a,b\nc,d\n", rows);
    assert_reads("a,b\r\nc,d\r\n", rows);
    assert_reads("a,b\rc,d\r", rows);
    assert_reads("a,b\r\nc,d\r", rows);
    assert_reads("a,b\rc,d\r\n", rows);
    assert_reads("a,b\nc,d", rows);
    assert_reads("", "");
    assert_reads("a", "[a]\n");
}

static void cells_may_be_empty(void **state)
{
    (void)state;
    assert_reads(",", "[][]\n");
    assert_reads("a,b,\n,,c", "[a][b][]\n[][][c]\n");
    assert_reads("\"\",\n\"\"", "[][]\n[]\n");
}

static void a_blank_line_is_a_row_without_cells(void **state)
{
    (void)state;
    assert_reads("\na\n\n\r\n\rb\n\n", "\n[a]\n\n\n\n[b]\n\n");
    assert_reads(" \n", "[ ]\n");
}

static void quoted_cells_hold_anything(void **state)
{
    (void)state;
    assert_reads("\"a,b\",\"say \"\"hi\"\"\"\n", "[a,b][say \"hi\"]\n");
    assert_reads("\"\"\"\"", "[\"]\n");
    assert_reads("\"\"\"\"\"\",x", "[\"\"][x]\n");
    assert_reads("\"a\nb\",c\n\"d\"", "[a\nb][c]\n[d]\n");
    assert_reads("\" a \", b ", "[ a ][ b ]\n");
}

static void line_ends_in_a_cell_become_lf(void **state)
{
    (void)state;
    assert_reads("\"a\r\nb\rc\nd\r\n\"\r\n", "[a\nb\nc\nd\n]\n");
    assert_reads("\"\r\r\n\n\"", "[\n\n\n]\n");
}

static void a_byte_order_mark_is_dropped(void **state)
{
    (void)state;
    assert_reads("\uFEFFa,b\n", "[a][b]\n");
    assert_reads("\uFEFF\"a\"\n\uFEFFb", "[a]\n[\uFEFFb]\n");
    assert_reads("\uFEFF", "");
}

static void the_separator_follows_the_first_row(void **state)
{
    (void)state;
    assert_reads("a;b\n1,5;2\n", "[a][b]\n[1,5][2]\n");
    assert_reads("a\tb\n1,5\t2;3\n", "[a][b]\n[1,5][2;3]\n");
    assert_reads("\"a,b\";c\nd;e", "[a,b][c]\n[d][e]\n");
    assert_reads("a;b\tc;d", "[a][b\tc][d]\n");
    assert_reads("a\tb;c\td", "[a][b;c][d]\n");
    assert_reads("a;b,c\n", "[a;b][c]\n");
    assert_reads("title\na;b\n", "[title]\n[a;b]\n");
    assert_reads("\r\n\na;b\nc,d", "\n\n[a][b]\n[c,d]\n");
}

static void text_of_all_scripts_comes_through(void **state)
{
    (void)state;
    assert_reads("Größe,予約,🙂\n\"عربى\",e\u0301,\u200B",
                 "[Größe][予約][🙂]\n[عربى][e\u0301][\u200B]\n");
}

/* Each thing of two or more bytes stands across the border of two blocks once. */
static void blocks_do_not_show(void **state)
{
    (void)state;
    static const char tail[] = "\",\"q\"\"q\"\r\n\"x\r\ny\",\U0001F642\r\"\"\n\nlast";
    static const char rows[] = "][q\"q]\n[x\ny][\U0001F642]\n[]\n\n[last]\n";
    for (size_t filled = BLOCK - sizeof tail - 1; filled <= BLOCK + 1; filled++) {
        struct buffer bytes = {0}, expected = {0}, out = {0};
        buffer_add_text(&bytes, "\"");
        buffer_add_text(&expected, "[");
        for (size_t i = 1; i < filled; i++) {
            buffer_add_byte(&bytes, 'x');
            buffer_add_byte(&expected, 'x');
        }
        buffer_add_text(&bytes, tail);
        buffer_add_text(&expected, rows);
        FILE *file = open_bytes(bytes.bytes, bytes.length);
        struct error error;
        assert_int_equal(dump(file, &out, &error), STATUS_OK);
        assert_string_equal(buffer_text(&out), buffer_text(&expected));
        close_file(file);
        buffer_release(&bytes);
        buffer_release(&expected);
        buffer_release(&out);
    }
}

static void cells_live_until_the_next_row(void **state)
{
    (void)state;
    FILE *file = open_bytes("a,b\nc\n", 6);
    struct csv_reader *csv = csv_reader_new(file);
    struct error error;
    bool done = true;
    assert_int_equal(csv_reader_columns(csv), 0);
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_false(done);
    assert_int_equal(csv_reader_columns(csv), 2);
    assert_string_equal(csv_reader_cell(csv, 1).text, "b");
    assert_int_equal(csv_reader_bytes(csv), 4);
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_int_equal(csv_reader_columns(csv), 1);
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_true(done);
    assert_int_equal(csv_reader_columns(csv), 0);
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_true(done);
    assert_int_equal(csv_reader_bytes(csv), 6);
    csv_reader_free(csv);
    csv_reader_free(NULL);
    close_file(file);
}

/* --- refusing --------------------------------------------------------------------------------- */

static void what_is_no_csv_is_refused_with_its_place(void **state)
{
    (void)state;
    static const struct {
        const char *bytes, *text;
    } cases[] = {
        {"a,b\nc,d\"e\n",
         "row 2, column 2: a quote inside a text; put quotes round the whole of it "
         "and double each one inside"},
        {"a,b\nc, \"d\"\n", "row 2, column 2: a quote inside a text; put quotes round the whole of "
                            "it and double each one inside"},
        {"a,b\n\"c\"d,e\n", "row 2, column 1: text after a closing quote; put quotes round the "
                            "whole of it and double each one inside"},
        {"a;b\n\"c\",d\n",
         "row 2, column 1: text after a closing quote; put quotes round the whole "
         "of it and double each one inside"},
        {"a,b\nc,d\ne,\"f\n\ng,h\n", "row 3, column 2: the quote that opens here is never closed; "
                                     "close it, or remove it"},
        {"\"",
         "row 1, column 1: the quote that opens here is never closed; close it, or remove it"},
        {"\"a\nb\nc\",d\n\"e\n", "row 2, column 1, line 4: the quote that opens here is never "
                                 "closed; close it, or remove it"},
        {"a,b\nc,caf\xE9\n", "row 2, column 2: byte 4 (0xE9) is not UTF-8; save the file as CSV in "
                             "UTF-8"},
        {"a\n\"b\xC3\"\n", "row 2, column 1: byte 2 (0xC3) is not UTF-8; save the file as CSV in "
                           "UTF-8"},
        {"a\n\n\n\xED\xA0\x80\n", "row 4, column 1: byte 1 (0xED) is not UTF-8; save the file as "
                                  "CSV in UTF-8"},
        {"\xFF\xFE"
         "a",
         "this looks like UTF-16; save it as UTF-8"},
        {"\xFE\xFF", "this looks like UTF-16; save it as UTF-8"},
        {"PK\3\4...", "this looks like a spreadsheet's own file; save it as CSV in UTF-8"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++)
        assert_refused(cases[i].bytes, strlen(cases[i].bytes), cases[i].text);
}

static void zero_bytes_are_refused(void **state)
{
    (void)state;
    static const char text[] = ": a zero byte, which no text has; save the file as CSV in UTF-8";
    char expected[128];
    snprintf(expected, sizeof expected, "row 2, column 2%s", text);
    assert_refused("a,b\nc,\0\n", 8, expected);
    assert_refused("a,b\nc,\"\0\"\n", 10, expected);
    snprintf(expected, sizeof expected, "row 1, column 1%s", text);
    assert_refused("\0", 1, expected);
    assert_refused("SQLite format 3\0....", 20,
                   "this looks like a board, not CSV; export it first");

    FILE *zeros = fopen("/dev/zero", "r");
    struct buffer out = {0};
    struct error error;
    assert_non_null(zeros);
    assert_int_equal(dump(zeros, &out, &error), STATUS_BAD_DATA);
    assert_string_equal(error.text, expected);
    close_file(zeros);
    buffer_release(&out);
}

/* A header row and `count` times `piece` behind `begin`, refused at the row's limit with `text`,
 * not much of the file having been read. */
static void assert_stops_early(const char *begin, const char *piece, size_t count, size_t most,
                               const char *text)
{
    struct buffer bytes = {0};
    buffer_add_text(&bytes, begin);
    for (size_t i = 0; i < count; i++)
        buffer_add_text(&bytes, piece);
    FILE *file = open_bytes(bytes.bytes, bytes.length);
    struct csv_reader *csv = csv_reader_new(file);
    struct error error;
    bool done = false;
    enum status status;
    while ((status = csv_reader_next(csv, &done, &error)) == STATUS_OK && !done)
        ;
    assert_int_equal(status, STATUS_BAD_DATA);
    assert_string_equal(error.text, text);
    assert_true((size_t)csv_reader_bytes(csv) <= most);
    csv_reader_free(csv);
    close_file(file);
    buffer_release(&bytes);
}

static void a_row_has_at_most_1000_columns(void **state)
{
    (void)state;
    struct buffer bytes = {0};
    for (int i = 1; i < CSV_COLUMNS_MAX; i++)
        buffer_add_byte(&bytes, ',');
    FILE *file = open_bytes(bytes.bytes, bytes.length);
    struct csv_reader *csv = csv_reader_new(file);
    struct error error;
    bool done = false;
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_int_equal(csv_reader_columns(csv), CSV_COLUMNS_MAX);
    csv_reader_free(csv);
    close_file(file);
    buffer_release(&bytes);
    assert_stops_early("title\n", ",", 1000000, 2000,
                       "row 2, column 1001: more than 1,000 columns; remove those that are not "
                       "needed");
}

static void a_row_has_at_most_16_mib(void **state)
{
    (void)state;
    static const char piece[] = "0123456789abcdef0123456789abcdef0123456789abcdef0123456789abcde\n";
    size_t pieces = 2 * CSV_ROW_MAX / (sizeof piece - 1);
    size_t most = CSV_ROW_MAX + 2 * BLOCK;
    assert_stops_early(
        "a,b\nc,\"", piece, pieces, most,
        "row 2, column 2: the text that opens here makes the row longer than 16 MiB; "
        "is its closing quote missing?");
    assert_stops_early(
        "a,b\n\"", "\"\"", CSV_ROW_MAX + 100, 2 * most,
        "row 2, column 1: the text that opens here makes the row longer than 16 MiB; "
        "is its closing quote missing?");
    assert_stops_early("a,b\nc,", "x", 2 * CSV_ROW_MAX, most,
                       "row 2, column 2: the row is longer than 16 MiB; shorten it");
}

static void a_long_cell_within_the_limit_is_read(void **state)
{
    (void)state;
    size_t length = CSV_ROW_MAX - 100;
    char *bytes = memory_new(length + 1, 1);
    memset(bytes, 'x', length);
    FILE *file = open_bytes(bytes, length);
    struct csv_reader *csv = csv_reader_new(file);
    struct error error;
    bool done = false;
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_int_equal(csv_reader_cell(csv, 0).length, length);
    assert_memory_equal(csv_reader_cell(csv, 0).text, bytes, length);
    csv_reader_free(csv);
    close_file(file);
    memory_free(bytes);
}

static void what_cannot_be_read_says_so(void **state)
{
    (void)state;
    struct buffer out = {0};
    struct error error;
    FILE *folder = fopen("/", "r");
    if (folder != NULL) { /* some systems refuse it right here */
        assert_int_equal(dump(folder, &out, &error), STATUS_NO_INPUT);
        assert_string_equal(error.text, "this is a folder; name a file in it");
        close_file(folder);
    }
    FILE *write_only = fopen("/dev/null", "w");
    assert_non_null(write_only);
    assert_int_equal(dump(write_only, &out, &error), STATUS_FAILED);
    assert_string_equal(error.text, "cannot read: Bad file descriptor");
    close_file(write_only);
    buffer_release(&out);
}

/* What came before it is no shorter file. */
static void an_error_without_a_reason_is_one_too(void **state)
{
    (void)state;
    struct failing_file failing = {.fail_at = 3};
    struct buffer out = {0};
    struct error error;
    FILE *file = failing_file_open(&failing, "r");
    if (file == NULL)
        skip_because("no streams of one's own here");
    assert_int_equal(dump(file, &out, &error), STATUS_FAILED);
    assert_string_equal(error.text, "cannot read: Input/output error");
    close_file(file);
    buffer_release(&out);
}

static void an_error_is_put_in_its_place(void **state)
{
    (void)state;
    static const char bytes[] = "a,b\n\"c\nd\ne\",f\n\"g\nh\",i\n\n";
    FILE *file = open_bytes(bytes, sizeof bytes - 1);
    struct csv_reader *csv = csv_reader_new(file);
    struct error error;
    bool done = false;
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    error_set(&error, STATUS_REFUSED, "no");
    csv_reader_locate(csv, 1, "b", &error);
    assert_string_equal(error.text, "row 1, column 2 (b): no");
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    error_set(&error, STATUS_REFUSED, "no");
    csv_reader_locate(csv, 1, NULL, &error);
    assert_string_equal(error.text, "row 2, column 2, line 4: no");
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    error_set(&error, STATUS_REFUSED, "no");
    csv_reader_locate(csv, CSV_NO_COLUMN, NULL, &error);
    assert_string_equal(error.text, "row 3, line 5: no");
    error_set(&error, STATUS_REFUSED, "no");
    csv_reader_locate(csv, 1, "b", &error);
    assert_string_equal(error.text, "row 3, column 2 (b), line 6: no");
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_int_equal(csv_reader_columns(csv), 0);
    error_set(&error, STATUS_REFUSED, "no");
    csv_reader_locate(csv, CSV_NO_COLUMN, NULL, &error);
    assert_string_equal(error.text, "row 4, line 7: no");
    assert_int_equal(error.status, STATUS_REFUSED);
    csv_reader_free(csv);
    close_file(file);
}

/* --- writing ---------------------------------------------------------------------------------- */

static void write_cells(struct csv_writer *csv, const char *const *cells)
{
    struct error error;
    for (; *cells != NULL; cells++)
        csv_writer_cell(csv, *cells, strlen(*cells));
    assert_int_equal(csv_writer_end_row(csv, &error), STATUS_OK);
}

static void assert_content(FILE *file, const char *bytes)
{
    struct buffer content = {0};
    char block[4096];
    size_t length;
    rewind(file);
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&content, block, length);
    assert_string_equal(buffer_text(&content), bytes);
    buffer_release(&content);
}

#define CELLS(...) ((const char *const[]){__VA_ARGS__, NULL})

static void assert_writes(const char *const *cells, struct csv_style style, const char *bytes)
{
    FILE *file = open_scratch();
    struct csv_writer *csv = csv_writer_new(file, style);
    struct error error;
    write_cells(csv, cells);
    assert_int_equal(csv_writer_bytes(csv), strlen(bytes));
    assert_int_equal(csv_writer_finish(csv, &error), STATUS_OK);
    assert_int_equal(csv_writer_bytes(csv), strlen(bytes));
    csv_writer_free(csv);
    assert_content(file, bytes);
    close_file(file);
}

#define LONG "a sentence without any reason for quotes"

static void quotes_stand_only_where_needed(void **state)
{
    (void)state;
    struct csv_style plain = {0};
    assert_writes(CELLS("a", "b c", ""), plain, "a,b c,\n");
    assert_writes(CELLS(" a ", "a;b", "a'b", "a\tb"), plain, " a ,a;b,a'b,a\tb\n");
    assert_writes(CELLS("a,b", "say \"hi\"", "a\nb", "a\rb"), plain,
                  "\"a,b\",\"say \"\"hi\"\"\",\"a\nb\",\"a\rb\"\n");
    assert_writes(CELLS("\"", "\"\"", ","), plain, "\"\"\"\",\"\"\"\"\"\",\",\"\n");
    assert_writes(CELLS("Größe", "予約"), plain, "Größe,予約\n");
    assert_writes(CELLS(LONG, LONG ",", LONG "\"", LONG "\n", LONG "\r", LONG "'"), plain,
                  LONG ",\"" LONG ",\",\"" LONG "\"\"\",\"" LONG "\n\",\"" LONG "\r\"," LONG "'\n");
}

static void one_empty_cell_is_no_blank_line(void **state)
{
    (void)state;
    assert_writes(CELLS(""), (struct csv_style){0}, "\"\"\n");
    assert_writes(CELLS(""), (struct csv_style){.excel = true}, "\uFEFF\"\"\r\n");
    assert_writes(CELLS("", ""), (struct csv_style){0}, ",\n");
    assert_writes(&(const char *const){NULL}, (struct csv_style){0}, "\n");
}

static void excel_gets_a_mark_and_crlf(void **state)
{
    (void)state;
    assert_writes(CELLS("é", "a\nb"), (struct csv_style){.excel = true}, "\uFEFFé,\"a\nb\"\r\n");
}

static void formulas_are_guarded_unless_raw(void **state)
{
    (void)state;
    assert_writes(CELLS("=1+1", "'=1", "-2", "\n", "=\",\"", "＝1"), (struct csv_style){0},
                  "'=1+1,''=1,-2,\"'\n\",\"'=\"\",\"\"\",'＝1\n");
    assert_writes(CELLS("+1", "-a", "@a", "\ta", "\ra"), (struct csv_style){0},
                  "'+1,'-a,'@a,'\ta,\"'\ra\"\n");
    assert_writes(CELLS("=1+1", "'=1", "-2"), (struct csv_style){.raw = true}, "=1+1,'=1,-2\n");
}

static void numbers_are_written_plain(void **state)
{
    (void)state;
    FILE *file = open_scratch();
    struct csv_writer *csv = csv_writer_new(file, (struct csv_style){0});
    struct error error;
    static const int64_t numbers[] = {0, 7, -1, 604800, INT64_MAX, INT64_MIN};
    for (size_t i = 0; i < sizeof numbers / sizeof numbers[0]; i++)
        csv_writer_number(csv, numbers[i]);
    assert_int_equal(csv_writer_end_row(csv, &error), STATUS_OK);
    assert_int_equal(csv_writer_finish(csv, &error), STATUS_OK);
    csv_writer_free(csv);
    assert_content(file, "0,7,-1,604800,9223372036854775807,-9223372036854775808\n");
    close_file(file);
}

/* Writes rows until the writer reports an error, or for a long time. */
static enum status write_much(FILE *file, struct error *error)
{
    struct csv_writer *csv = csv_writer_new(file, (struct csv_style){0});
    enum status status = STATUS_OK;
    for (int i = 0; i < 100000 && status == STATUS_OK; i++) {
        csv_writer_cell(csv, "some text", 9);
        status = csv_writer_end_row(csv, error);
    }
    if (status == STATUS_OK)
        status = csv_writer_finish(csv, error);
    csv_writer_free(csv);
    return status;
}

static void a_full_disk_is_reported(void **state)
{
    (void)state;
    FILE *full = fopen("/dev/full", "w");
    struct error error;
    if (full == NULL)
        skip_because("no /dev/full here");
    assert_int_equal(write_much(full, &error), STATUS_FULL);
    assert_string_equal(error.text,
                        "cannot write: No space left on device; make room and try again");
    close_file(full);

    full = fopen("/dev/full", "w");
    assert_non_null(full);
    struct csv_writer *csv = csv_writer_new(full, (struct csv_style){0});
    csv_writer_cell(csv, "a", 1);
    assert_int_equal(csv_writer_end_row(csv, &error), STATUS_OK);
    assert_int_equal(csv_writer_finish(csv, &error), STATUS_FULL);
    csv_writer_free(csv);
    csv_writer_free(NULL);
    close_file(full);
}

static void a_reader_that_went_away_is_reported(void **state)
{
    (void)state;
    int ends[2];
    struct error error;
    assert_int_equal(pipe(ends), 0);
    close(ends[0]);
    FILE *file = fdopen(ends[1], "w");
    assert_non_null(file);
    void (*before)(int) = signal(SIGPIPE, SIG_IGN);
    assert_int_equal(write_much(file, &error), STATUS_FAILED);
    assert_string_equal(error.text, "cannot write: Broken pipe");
    close_file(file);
    signal(SIGPIPE, before);
}

static void a_quota_that_is_used_up_is_a_full_disk(void **state)
{
    (void)state;
    struct failing_file failing = {.fail_at = 0, .error = EDQUOT};
    struct error error;
    FILE *file = failing_file_open(&failing, "w");
    if (file == NULL)
        skip_because("no streams of one's own here");
    assert_int_equal(write_much(file, &error), STATUS_FULL);
    assert_string_equal(error.text, "cannot write: Disk quota exceeded; make room and try again");
    close_file(file);
}

static void a_long_file_comes_out_whole(void **state)
{
    (void)state;
    FILE *file = open_scratch();
    struct error error;
    assert_int_equal(write_much(file, &error), STATUS_OK);
    assert_int_equal(ftell(file), 100000 * 10);
    rewind(file);
    struct csv_reader *csv = csv_reader_new(file);
    bool done = false;
    int rows = 0;
    for (; csv_reader_next(csv, &done, &error) == STATUS_OK && !done; rows++)
        assert_string_equal(csv_reader_cell(csv, 0).text, "some text");
    assert_true(done);
    assert_int_equal(rows, 100000);
    csv_reader_free(csv);
    close_file(file);
}

/* --- the guard -------------------------------------------------------------------------------- */

static void the_guard_knows_formulas_from_numbers(void **state)
{
    (void)state;
    static const struct {
        const char *text;
        bool needed, present;
    } cases[] = {
        {"", false, false},    {"a", false, false},   {"a=1", false, false},
        {"=", true, false},    {"=1", true, false},   {"+1", true, false},
        {"-", true, false},    {"-1", false, false},  {"-1.5", false, false},
        {"-1.", true, false},  {"-.5", true, false},  {"-1.5.2", true, false},
        {"-1e5", true, false}, {"-1\n", true, false}, {"12", false, false},
        {"@a", true, false},   {"\t", true, false},   {"\r", true, false},
        {"\n", true, false},   {" =1", false, false}, {"'", false, false},
        {"'a", false, false},  {"'=", true, true},    {"''=", true, true},
        {"'-1", true, true},   {"''", false, false},  {"＝1", true, false},
        {"＋", true, false},   {"－1", true, false},  {"＠", true, false},
        {"'＝", true, true},   {"！", false, false},  {"ａ", false, false},
    };
    for (size_t i = 0; i < sizeof cases / sizeof cases[0]; i++) {
        size_t length = strlen(cases[i].text);
        assert_int_equal(csv_guard_needed(cases[i].text, length), cases[i].needed);
        assert_int_equal(csv_guard_present(cases[i].text, length), cases[i].present);
    }
}

/* Calls `each` for every string of up to five of these characters: 402,234 in all. */
static const char alphabet[] = "'=+-@\t\r\n1a,\" ";

static size_t for_all_strings(void (*each)(const char *text, size_t length, void *data), void *data)
{
    size_t count = 0;
    size_t letters = sizeof alphabet - 1;
    for (size_t length = 0, all = 1; length <= 5; length++, all *= letters)
        for (size_t n = 0; n < all; n++, count++) {
            char text[6] = "";
            for (size_t i = 0, rest = n; i < length; i++, rest /= letters)
                text[i] = alphabet[rest % letters];
            each(text, length, data);
        }
    return count;
}

static bool is_plain_number(const char *text)
{
    char *end = NULL;
    bool read = strspn(text, "-0123456789.") == strlen(text) && strtod(text, &end) < 1e6;
    return read && end > text && *end == '\0';
}

static void guard_and_back(const char *text, size_t length, void *data)
{
    (void)data;
    char guarded[8];
    snprintf(guarded, sizeof guarded, "%s%s", csv_guard_needed(text, length) ? "'" : "", text);
    if (guarded[0] != '\0' && strchr("=+-@\t\r\n", guarded[0]) != NULL)
        assert_true(is_plain_number(guarded));
    const char *back = guarded + csv_guard_present(guarded, strlen(guarded));
    assert_string_equal(back, text);
}

static void every_guarded_text_comes_back_and_none_stays_live(void **state)
{
    (void)state;
    assert_int_equal(for_all_strings(guard_and_back, NULL), 402234);
}

static void write_one(const char *text, size_t length, void *data)
{
    struct error error;
    csv_writer_cell(data, text, length);
    assert_int_equal(csv_writer_end_row(data, &error), STATUS_OK);
}

/* CR is the one thing that a file does not give back: line ends become LF. */
static void read_one(const char *text, size_t length, void *data)
{
    struct error error;
    bool done = true;
    char wanted[6];
    assert_int_equal(csv_reader_next(data, &done, &error), STATUS_OK);
    assert_false(done);
    struct csv_cell cell = csv_reader_cell(data, 0);
    size_t guard = csv_guard_present(cell.text, cell.length);
    memcpy(wanted, text, length + 1);
    wanted[text_unify_line_ends(wanted, length)] = '\0';
    assert_int_equal(csv_reader_columns(data), 1);
    assert_string_equal(cell.text + guard, wanted);
}

static void every_guarded_text_comes_back_from_a_file(void **state)
{
    (void)state;
    FILE *file = open_scratch();
    struct error error;
    struct csv_writer *out = csv_writer_new(file, (struct csv_style){0});
    write_one("title", 5, out);
    for_all_strings(write_one, out);
    assert_int_equal(csv_writer_finish(out, &error), STATUS_OK);
    csv_writer_free(out);
    rewind(file);
    struct csv_reader *in = csv_reader_new(file);
    read_one("title", 5, in);
    for_all_strings(read_one, in);
    csv_reader_free(in);
    close_file(file);
}

/* --- round trips ------------------------------------------------------------------------------ */

enum { ROWS_MOST = 12, COLUMNS_MOST = 9 };

struct table {
    size_t rows, columns;
    struct buffer cells[ROWS_MOST][COLUMNS_MOST];
};

static void fill_table(struct table *table, uint64_t *seed)
{
    static const char *const pieces[] = {
        "a",  "0", "\"", "\"\"", ",",    ";",      "\t",
        "\n", " ", "é",  "予",   "🙂", "'",      "=",
        "-1", "|", "\\", "\x7F", "\v",   "\uFEFF", "word and word"};
    *table = (struct table){.rows = 1 + random_below(seed, ROWS_MOST),
                            .columns = 1 + random_below(seed, COLUMNS_MOST)};
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++)
            for (uint64_t left = random_below(seed, 8); left > 0; left--)
                buffer_add_text(&table->cells[row][column],
                                pieces[random_below(seed, sizeof pieces / sizeof pieces[0])]);
    buffer_clear(&table->cells[0][0]);
    buffer_add_text(&table->cells[0][0], "title");
}

static void release_table(struct table *table)
{
    for (size_t row = 0; row < table->rows; row++)
        for (size_t column = 0; column < table->columns; column++)
            buffer_release(&table->cells[row][column]);
}

static void assert_holds_table(FILE *file, const struct table *table, bool guarded)
{
    struct error error;
    bool done = false;
    rewind(file);
    struct csv_reader *csv = csv_reader_new(file);
    for (size_t row = 0; row < table->rows; row++) {
        assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
        assert_int_equal(csv_reader_columns(csv), table->columns);
        for (size_t column = 0; column < table->columns; column++) {
            struct csv_cell cell = csv_reader_cell(csv, column);
            size_t off = guarded && csv_guard_present(cell.text, cell.length);
            assert_int_equal(cell.length - off, table->cells[row][column].length);
            assert_string_equal(cell.text + off, buffer_text(&table->cells[row][column]));
        }
    }
    assert_int_equal(csv_reader_next(csv, &done, &error), STATUS_OK);
    assert_true(done);
    csv_reader_free(csv);
}

static void what_the_writer_writes_the_reader_reads(void **state)
{
    (void)state;
    uint64_t seed = 20251;
    for (int round = 0; round < 2000; round++) {
        struct table table;
        struct error error;
        struct csv_style style = {.excel = round & 1, .raw = round & 2};
        FILE *file = open_scratch();
        struct csv_writer *csv = csv_writer_new(file, style);
        fill_table(&table, &seed);
        for (size_t row = 0; row < table.rows; row++) {
            for (size_t column = 0; column < table.columns; column++)
                csv_writer_cell(csv, buffer_text(&table.cells[row][column]),
                                table.cells[row][column].length);
            assert_int_equal(csv_writer_end_row(csv, &error), STATUS_OK);
        }
        assert_int_equal(csv_writer_finish(csv, &error), STATUS_OK);
        csv_writer_free(csv);
        assert_holds_table(file, &table, !style.raw);
        close_file(file);
        release_table(&table);
    }
}

/* Another's writer: quotes what needs it and now and then what does not. */
static void write_foreign(FILE *file, const struct buffer *cell, bool quoted)
{
    const char *text = buffer_text(cell);
    if (!quoted && cell->length > 0 && strpbrk(text, "\",;\t\n") == NULL) {
        fputs(text, file);
        return;
    }
    putc('"', file);
    for (; *text != '\0'; text++)
        fputs(*text == '"' ? "\"\"" : (char[]){*text, '\0'}, file);
    putc('"', file);
}

static void any_separator_and_any_row_end_is_read(void **state)
{
    (void)state;
    static const char separators[] = {',', ';', '\t'};
    static const char *const row_ends[] = {"\n", "\r\n", "\r"};
    uint64_t seed = 20252;
    for (int round = 0; round < 2000; round++) {
        struct table table;
        FILE *file = open_scratch();
        fill_table(&table, &seed);
        for (size_t row = 0; row < table.rows; row++) {
            for (size_t column = 0; column < table.columns; column++) {
                if (column > 0)
                    putc(separators[round % 3], file);
                write_foreign(file, &table.cells[row][column], random_below(&seed, 3) == 0);
            }
            if (row + 1 < table.rows || round % 2 == 0)
                fputs(row_ends[round / 3 % 3], file);
        }
        assert_holds_table(file, &table, false);
        close_file(file);
        release_table(&table);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(rows_end_in_lf_crlf_or_cr),
        cmocka_unit_test(cells_may_be_empty),
        cmocka_unit_test(a_blank_line_is_a_row_without_cells),
        cmocka_unit_test(quoted_cells_hold_anything),
        cmocka_unit_test(line_ends_in_a_cell_become_lf),
        cmocka_unit_test(a_byte_order_mark_is_dropped),
        cmocka_unit_test(the_separator_follows_the_first_row),
        cmocka_unit_test(text_of_all_scripts_comes_through),
        cmocka_unit_test(blocks_do_not_show),
        cmocka_unit_test(cells_live_until_the_next_row),
        cmocka_unit_test(what_is_no_csv_is_refused_with_its_place),
        cmocka_unit_test(zero_bytes_are_refused),
        cmocka_unit_test(a_row_has_at_most_1000_columns),
        cmocka_unit_test(a_row_has_at_most_16_mib),
        cmocka_unit_test(a_long_cell_within_the_limit_is_read),
        cmocka_unit_test(what_cannot_be_read_says_so),
        cmocka_unit_test(an_error_without_a_reason_is_one_too),
        cmocka_unit_test(an_error_is_put_in_its_place),
        cmocka_unit_test(quotes_stand_only_where_needed),
        cmocka_unit_test(one_empty_cell_is_no_blank_line),
        cmocka_unit_test(excel_gets_a_mark_and_crlf),
        cmocka_unit_test(formulas_are_guarded_unless_raw),
        cmocka_unit_test(numbers_are_written_plain),
        cmocka_unit_test(a_full_disk_is_reported),
        cmocka_unit_test(a_reader_that_went_away_is_reported),
        cmocka_unit_test(a_quota_that_is_used_up_is_a_full_disk),
        cmocka_unit_test(a_long_file_comes_out_whole),
        cmocka_unit_test(the_guard_knows_formulas_from_numbers),
        cmocka_unit_test(every_guarded_text_comes_back_and_none_stays_live),
        cmocka_unit_test(every_guarded_text_comes_back_from_a_file),
        cmocka_unit_test(what_the_writer_writes_the_reader_reads),
        cmocka_unit_test(any_separator_and_any_row_end_is_read),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
