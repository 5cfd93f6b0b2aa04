/* A report as CommonMark with tables, for a wiki. */
#include "escape.h"
#include "output.h"
#include "paper.h"
#include <string.h>

static void put_text(struct buffer *out, const char *text)
{
    if (text != NULL)
        escape_markdown(out, text, strlen(text));
}

static void put_aside(struct buffer *out, const char *aside)
{
    if (aside == NULL)
        return;
    buffer_add_text(out, " (");
    put_text(out, aside);
    buffer_add_byte(out, ')');
}

static void put_heading(struct buffer *out, int level, const char *text)
{
    static const char signs[] = "######";
    buffer_add_text(out, level > 1 ? "\n" : "");
    buffer_add(out, signs, (size_t)level);
    buffer_add_byte(out, ' ');
    put_text(out, text);
    buffer_add_text(out, "\n");
}

static void put_break(struct buffer *out)
{
    buffer_add_byte(out, '\n');
}

static void put_nothing(struct buffer *out)
{
    (void)out;
}

static void put_fact(struct buffer *out, const char *label, const char *text, const char *aside)
{
    buffer_add_format(out, "- **%s:** ", label);
    put_text(out, text);
    put_aside(out, aside);
    buffer_add_byte(out, '\n');
}

static void begin_table(struct buffer *out, const char *const *names, size_t count)
{
    buffer_add_text(out, "\n|");
    for (size_t i = 0; i < count; i++)
        buffer_add_format(out, " %s |", names[i]);
    buffer_add_text(out, "\n|");
    for (size_t i = 0; i < count; i++)
        buffer_add_text(out, " --- |");
    buffer_add_byte(out, '\n');
}

static void begin_row(struct buffer *out)
{
    buffer_add_byte(out, '|');
}

static void put_cell(struct buffer *out, const char *text, const char *aside)
{
    buffer_add_byte(out, ' ');
    put_text(out, text);
    put_aside(out, aside);
    buffer_add_text(out, " |");
}

static const struct paper markdown = {
    .heading = put_heading,
    .begin_facts = put_break,
    .fact = put_fact,
    .end_facts = put_nothing,
    .begin_table = begin_table,
    .begin_row = begin_row,
    .cell = put_cell,
    .end_row = put_break,
    .end_table = put_nothing,
};

enum status markdown_write(const struct report *report, FILE *file, const struct row_source *source,
                           struct error *error)
{
    struct buffer held = {0};
    enum status status = report_write(report, &markdown, file, &held, source, error);
    if (status == STATUS_OK)
        status = output_all(file, &held, error);
    buffer_release(&held);
    return status;
}
