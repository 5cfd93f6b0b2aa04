/* Any bytes as text: what comes to a screen of it is harmless and as wide as it is said to be, and
 * what is cut, wrapped, folded or guarded loses nothing.
 *
 * The first byte says how many columns there are, the second where the rest is parted into two
 * texts, which are then also compared.
 */
#include "exchange/escape.h"
#include "fuzz.h"
#include "term/term_paint.h"
#include "touchline/csv.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <locale.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>
#include <utf8proc.h>
#include <wchar.h>

enum { ROWS = 4, COLUMNS_MOST = 90 };

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    setlocale(LC_CTYPE, "C.UTF-8");
    check(info_open("xterm-256color", STDOUT_FILENO));
    return 0;
}

/* With memory of its own and a NUL behind it, so that reading beyond either end is seen. */
static struct text own_copy(const void *bytes, size_t length)
{
    struct text text = {malloc(length + 1), length};
    check(text.bytes != NULL);
    memcpy(text.bytes, bytes, length);
    text.bytes[length] = '\0';
    return text;
}

static int same(const struct buffer *buffer, const char *bytes, size_t length)
{
    return buffer->length == length && memcmp(buffer_text(buffer), bytes, length) == 0;
}

/* --- to a screen ------------------------------------------------------------------------------ */

/* Columns by the locale alone, of text that is valid. */
static int columns_of(const char *text, size_t length)
{
    int columns = 0;
    uint32_t point;
    for (size_t at = 0; at < length;) {
        size_t taken = text_decode(text + at, length - at, &point);
        check(taken > 0 && wcwidth((wchar_t)point) >= 0);
        columns += wcwidth((wchar_t)point);
        at += taken;
    }
    return columns;
}

static void check_line(const char *line, size_t length, bool ascii)
{
    const struct harmless rules = {.ascii = ascii};
    check_harmless(&rules, line, length);
    check(text_columns(line, length) == columns_of(line, length));
}

static void check_lines(const char *text, size_t length, bool ascii)
{
    while (length > 0) {
        const char *end = memchr(text, '\n', length);
        size_t line = end ? (size_t)(end - text) : length;
        check_line(text, line, ascii);
        line += end ? 1 : 0;
        text += line;
        length -= line;
    }
}

static void show(struct text text, enum text_lines lines, bool ascii)
{
    struct buffer once = {0}, twice = {0};
    text_show(&once, text.bytes, text.length, lines, ascii);
    check_lines(buffer_text(&once), once.length, ascii);
    if (lines == TEXT_ONE_LINE)
        check(columns_of(buffer_text(&once), once.length) == text_columns(text.bytes, text.length));
    text_show(&twice, buffer_text(&once), once.length, lines, ascii);
    check(same(&twice, buffer_text(&once), once.length));
    buffer_release(&once);
    buffer_release(&twice);
}

static void fit(struct text text, int columns, bool ascii)
{
    struct buffer out = {0};
    int used = text_fit(&out, text.bytes, text.length, columns, ascii);
    check_line(buffer_text(&out), out.length, ascii);
    check(used == columns_of(buffer_text(&out), out.length) && used <= columns);
    buffer_release(&out);
}

static void wrap(struct text text, int columns)
{
    struct text_wrap walk = {.text = text.bytes, .length = text.length, .columns = columns};
    size_t before = 0;
    while (text_wrap_next(&walk)) {
        size_t begins = (size_t)(walk.line - text.bytes);
        check(begins >= before && walk.at > before && walk.at <= text.length);
        check(begins + walk.line_length <= walk.at);
        check(text_columns(walk.line, walk.line_length) <= columns ||
              text_cluster_length(walk.line, walk.line_length) == walk.line_length);
        before = walk.at;
    }
    check(walk.at == text.length);
}

static void draw(struct frame *frame, struct text text, int columns)
{
    const struct style style = {.role = ROLE_WARNING};
    const struct rect rect = {1, 1, ROWS - 1, columns};
    size_t consumed;
    frame_bytes(frame, 0, columns / 2, columns, text.bytes, text.length, style);
    check(frame_wrapped(frame, rect, text.bytes, style, &consumed) < ROWS);
    check(consumed <= strlen(text.bytes));
}

/* From one text's picture to the other's. */
static void paint(struct text one, struct text other, int columns, bool ascii)
{
    struct painter painter = {.ascii = ascii, .pen.theme.colours = 256};
    struct frame frame;
    struct buffer *out = &painter.pen.out;
    const struct harmless rules = {ROWS, columns, ascii};
    info_capabilities(&painter.pen.can);
    painter_resize(&painter, ROWS, columns);
    frame_init(&frame, ROWS, columns, ascii);
    draw(&frame, one, columns);
    painter_frame(&painter, &frame);
    frame_clear(&frame);
    draw(&frame, other, columns);
    painter_frame(&painter, &frame);
    check_harmless(&rules, buffer_text(out), out->length);
    frame_release(&frame);
    painter_release(&painter);
}

/* --- parts ------------------------------------------------------------------------------------ */

static void part(struct text text)
{
    size_t length;
    uint32_t point;
    char back[4];
    for (size_t at = 0; at < text.length; at += length) {
        length = text_cluster_length(text.bytes + at, text.length - at);
        check(length > 0 && length <= text.length - at);
        check(text_cluster_before(text.bytes, at + length) <= at);
        size_t taken = text_decode_cluster(text.bytes + at, text.length - at, &point);
        check(taken == 0 || taken == length);
        taken = text_decode(text.bytes + at, text.length - at, &point);
        check(taken == 0 ||
              (text_encode(point, back) == taken && memcmp(back, text.bytes + at, taken) == 0));
    }
}

static void unify(struct text text)
{
    struct text unified = own_copy(text.bytes, text.length);
    unified.length = text_unify_line_ends(unified.bytes, unified.length);
    check(unified.length <= text.length && !memchr(unified.bytes, '\r', unified.length));
    check(text_unify_line_ends(unified.bytes, unified.length) == unified.length);
    free(unified.bytes);
}

/* --- two of them ------------------------------------------------------------------------------ */

static int sign(int number)
{
    return (number > 0) - (number < 0);
}

static void fold(struct text text, struct buffer *folded)
{
    struct buffer twice = {0};
    text_fold(folded, text.bytes, text.length);
    text_fold(&twice, buffer_text(folded), folded->length);
    check(same(&twice, buffer_text(folded), folded->length));
    check(text_find(text.bytes, text.length, buffer_text(folded), folded->length) == 0);
    buffer_release(&twice);
}

static void compare(struct text one, struct text other)
{
    struct buffer a = {0}, b = {0};
    fold(one, &a);
    fold(other, &b);
    int order = sign(text_compare(one.bytes, other.bytes));
    check(order == sign(strcmp(buffer_text(&a), buffer_text(&b))));
    check(order == -sign(text_compare(other.bytes, one.bytes)));
    ptrdiff_t at = text_find(one.bytes, one.length, buffer_text(&b), b.length);
    check(at >= -1 && at <= (ptrdiff_t)one.length);
    check(text_nearly_same(one.bytes, other.bytes) == text_nearly_same(other.bytes, one.bytes));
    buffer_release(&a);
    buffer_release(&b);
}

/* --- guarded ---------------------------------------------------------------------------------- */

/* As a cell it begins with nothing that runs, and it comes back. */
static void guard(struct text text)
{
    struct buffer cell = {0};
    if (csv_guard_needed(text.bytes, text.length))
        buffer_add_byte(&cell, '\'');
    buffer_add(&cell, text.bytes, text.length);
    size_t away = csv_guard_present(buffer_text(&cell), cell.length) ? 1 : 0;
    check(same(&cell, text.bytes, text.length) || away == 1);
    buffer_remove(&cell, 0, away);
    check(same(&cell, text.bytes, text.length));
    buffer_release(&cell);
}

/* Behind another cell, so that the row has a comma. */
static struct text write_cell(struct text text)
{
    struct error error;
    struct text out = {0};
    FILE *file = open_memstream(&out.bytes, &out.length);
    check(file != NULL);
    struct csv_writer *writer = csv_writer_new(file, (struct csv_style){0});
    csv_writer_number(writer, 1);
    csv_writer_cell(writer, text.bytes, text.length);
    check(csv_writer_end_row(writer, &error) == STATUS_OK);
    check(csv_writer_finish(writer, &error) == STATUS_OK);
    csv_writer_free(writer);
    check(fclose(file) == 0);
    return out;
}

static void write_and_read(struct text text)
{
    struct error error;
    bool done;
    if (text.length == 0 || text_first_invalid(text.bytes, text.length) < text.length ||
        memchr(text.bytes, '\r', text.length))
        return;
    struct text written = write_cell(text);
    FILE *file = fmemopen(written.bytes, written.length, "r");
    check(file != NULL);
    struct csv_reader *reader = csv_reader_new(file);
    check(csv_reader_next(reader, &done, &error) == STATUS_OK && !done);
    check(csv_reader_columns(reader) == 2);
    struct csv_cell cell = csv_reader_cell(reader, 1);
    size_t away = csv_guard_present(cell.text, cell.length) ? 1 : 0;
    check(cell.length - away == text.length);
    check(memcmp(cell.text + away, text.bytes, text.length) == 0);
    csv_reader_free(reader);
    check(fclose(file) == 0);
    free(written.bytes);
}

/* --- in a document ---------------------------------------------------------------------------- */

static int is_harmful(uint32_t point)
{
    return (point < ' ' && point != '\n') || (point >= 0x7F && point < 0xA0) || point == 0x61C ||
           point == 0x200E || point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069) || (point >= 0xFDD0 && point <= 0xFDEF) ||
           (point & 0xFFFE) == 0xFFFE;
}

static int is_mark(uint32_t point)
{
    utf8proc_category_t category = utf8proc_category((utf8proc_int32_t)point);
    return category == UTF8PROC_CATEGORY_MN || category == UTF8PROC_CATEGORY_ME;
}

static void check_document(const struct buffer *out)
{
    uint32_t point;
    int marks = 0;
    for (size_t at = 0, taken; at < out->length; at += taken) {
        taken = text_decode(out->bytes + at, out->length - at, &point);
        check(taken > 0 && !is_harmful(point));
        marks = is_mark(point) ? marks + 1 : 0;
        check(marks <= 4);
    }
}

/* What stands in a document for a sign, and the sign; NULL: what comes next, whatever it is. */
struct meaning {
    const char *text, *sign;
};

static const struct meaning *meaning_at(const struct meaning *meanings, const char *at)
{
    for (; meanings->text; meanings++)
        if (strncmp(at, meanings->text, strlen(meanings->text)) == 0)
            return meanings;
    return NULL;
}

/* Reads the text back; one of `bare` that stands there for itself would be mark-up. */
static void read_back(const char *at, const struct meaning *meanings, const char *bare,
                      struct buffer *back)
{
    while (*at) {
        const struct meaning *meaning = meaning_at(meanings, at);
        check(meaning || !strchr(bare, *at));
        at += meaning ? strlen(meaning->text) : 0;
        if (meaning && meaning->sign)
            buffer_add_text(back, meaning->sign);
        else
            buffer_add_byte(back, *at++);
    }
}

/* What a reader of the document sees, written again, reads the same. */
static void escape(struct text text, void (*to)(struct buffer *, const char *, size_t),
                   const struct meaning *meanings, const char *bare)
{
    struct buffer once = {0}, back = {0}, twice = {0}, again = {0};
    to(&once, text.bytes, text.length);
    check_document(&once);
    read_back(buffer_text(&once), meanings, bare, &back);
    to(&twice, buffer_text(&back), back.length);
    read_back(buffer_text(&twice), meanings, bare, &again);
    check(same(&again, buffer_text(&back), back.length));
    buffer_release(&again);
    buffer_release(&once);
    buffer_release(&back);
    buffer_release(&twice);
}

static void escape_both(struct text text)
{
    static const struct meaning markup[] = {{"&amp;", "&"},  {"&lt;", "<"},  {"&gt;", ">"},
                                            {"&#34;", "\""}, {"&#39;", "'"}, {NULL, NULL}};
    static const struct meaning markdown[] = {{"<br>", "\n"}, {"\\", NULL}, {NULL, NULL}};
    escape(text, escape_markup, markup, "&<>\"'\t");
    escape(text, escape_markdown, markdown, "`*_{}[]<>|~&#!$^=+@\t\n");
}

/* --- an input --------------------------------------------------------------------------------- */

static void look_at(struct text text, int columns)
{
    for (int ascii = 0; ascii < 2; ascii++) {
        show(text, TEXT_ONE_LINE, ascii);
        show(text, TEXT_MANY_LINES, ascii);
        fit(text, columns, ascii);
    }
    wrap(text, columns);
    part(text);
    unify(text);
    guard(text);
    write_and_read(text);
    escape_both(text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    if (length < 2)
        return 0;
    int columns = 1 + bytes[0] % COLUMNS_MOST;
    size_t first = (length - 2) * bytes[1] / 255;
    struct text one = own_copy(bytes + 2, first);
    struct text other = own_copy(bytes + 2 + first, length - 2 - first);
    look_at(one, columns);
    look_at(other, columns);
    compare(one, other);
    paint(one, other, columns, false);
    paint(other, one, columns, true);
    free(one.bytes);
    free(other.bytes);
    return 0;
}
