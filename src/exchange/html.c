/* A report as one page of HTML with the picture in it. The page is whole by itself: its policy lets
 * it use its own style and nothing else, not even a script of its own. It is XML, too. */
#include "escape.h"
#include "output.h"
#include "paper.h"
#include "svg.h"
#include <string.h>

/* On paper each sheet of the picture is a page of its own; the report begins on another. */
#define STYLE                                                                                      \
    "\n"                                                                                           \
    "@page { size: A4 landscape; margin: 8mm; }\n"                                                 \
    "body { margin: 0 auto; max-width: 75rem; padding: 1rem; color: #111; background: #fff;\n"     \
    "  font: 1rem/1.45 system-ui, sans-serif; }\n"                                                 \
    "svg { display: block; width: 100%; height: auto; margin: 0 0 1rem; border: 1px solid #ccc; "  \
    "}\n"                                                                                          \
    "h1, h2, h3 { line-height: 1.2; break-after: avoid; }\n"                                       \
    "h2 { margin-top: 2.2rem; border-bottom: 2px solid #111; }\n"                                  \
    "h3 { margin-bottom: .3rem; }\n"                                                               \
    "bdi { white-space: pre-line; overflow-wrap: anywhere; }\n"                                    \
    "dl { display: grid; grid-template-columns: 9.5rem 1fr; gap: .15rem 1rem; margin: 0; }\n"      \
    "dt { color: #444; }\n"                                                                        \
    "dd { margin: 0; }\n"                                                                          \
    "table { border-collapse: collapse; width: 100%; }\n"                                          \
    "th, td { border: 1px solid #999; padding: .25rem .5rem; text-align: start;\n"                 \
    "  vertical-align: top; }\n"                                                                   \
    "th { background: #eee; white-space: nowrap; }\n"                                              \
    "tr { break-inside: avoid; }\n"                                                                \
    ".aside { color: #444; }\n"                                                                    \
    "@media print {\n"                                                                             \
    "  body { max-width: none; padding: 0 1px; font-size: 9pt; }\n"                                \
    "  svg { margin: 0; border: 0; break-inside: avoid; break-after: page; max-height: 190mm; }\n" \
    "}\n"

/* SHA-256 of it, by which the policy knows it: a test says what it must be after a change. */
#define STYLE_HASH "sha256-NL1tW39H66hZTuMWwDJ3yfc7PYyNKwpvFyk2/Wl4XgI="

/* --- text ------------------------------------------------------------------------------------- */

/* Kept apart, so that its direction is its own. */
static void put_text(struct buffer *out, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buffer_add_text(out, "<bdi>");
    escape_markup(out, text, strlen(text));
    buffer_add_text(out, "</bdi>");
}

static void put_aside(struct buffer *out, const char *aside)
{
    if (aside == NULL)
        return;
    buffer_add_text(out, " <span class=\"aside\">(");
    put_text(out, aside);
    buffer_add_text(out, ")</span>");
}

/* --- the report ------------------------------------------------------------------------------- */

static void put_heading(struct buffer *out, int level, const char *text)
{
    buffer_add_format(out, "<h%d>", level);
    put_text(out, text);
    buffer_add_format(out, "</h%d>\n", level);
}

static void begin_facts(struct buffer *out)
{
    buffer_add_text(out, "<dl>\n");
}

static void put_fact(struct buffer *out, const char *label, const char *text, const char *aside)
{
    buffer_add_format(out, "<dt>%s</dt><dd>", label);
    put_text(out, text);
    put_aside(out, aside);
    buffer_add_text(out, "</dd>\n");
}

static void end_facts(struct buffer *out)
{
    buffer_add_text(out, "</dl>\n");
}

static void begin_table(struct buffer *out, const char *const *names, size_t count)
{
    buffer_add_text(out, "<table>\n<thead><tr>");
    for (size_t i = 0; i < count; i++)
        buffer_add_format(out, "<th scope=\"col\">%s</th>", names[i]);
    buffer_add_text(out, "</tr></thead>\n<tbody>\n");
}

static void begin_row(struct buffer *out)
{
    buffer_add_text(out, "<tr>");
}

static void put_cell(struct buffer *out, const char *text, const char *aside)
{
    buffer_add_text(out, "<td>");
    put_text(out, text);
    put_aside(out, aside);
    buffer_add_text(out, "</td>");
}

static void end_row(struct buffer *out)
{
    buffer_add_text(out, "</tr>\n");
}

static void end_table(struct buffer *out)
{
    buffer_add_text(out, "</tbody>\n</table>\n");
}

static const struct paper html = {
    .heading = put_heading,
    .begin_facts = begin_facts,
    .fact = put_fact,
    .end_facts = end_facts,
    .begin_table = begin_table,
    .begin_row = begin_row,
    .cell = put_cell,
    .end_row = end_row,
    .end_table = end_table,
};

/* --- the page --------------------------------------------------------------------------------- */

static void begin_page(struct buffer *out, const char *title)
{
    buffer_add_text(out, "<!DOCTYPE html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\"/>\n"
                         "<meta http-equiv=\"Content-Security-Policy\" "
                         "content=\"default-src 'none'; style-src '" STYLE_HASH "'\"/>\n"
                         "<meta name=\"viewport\" content=\"width=device-width\"/>\n<title>");
    escape_markup(out, title, strlen(title));
    buffer_add_text(out, "</title>\n<style>" STYLE "</style>\n</head>\n<body>\n");
}

static enum status put_picture(const struct report *report, FILE *file, struct buffer *held,
                               const struct row_source *source, struct error *error)
{
    enum status status = STATUS_OK;
    struct svg_sheets *sheets = svg_sheets_new(report, source);
    for (int64_t left = svg_sheets_count(sheets); status == STATUS_OK && left > 0; left--) {
        status = svg_sheets_next(sheets, held, error);
        if (status == STATUS_OK)
            status = output_some(file, held, error);
    }
    svg_sheets_free(sheets);
    return status;
}

enum status html_write(const struct report *report, FILE *file, const struct row_source *source,
                       struct error *error)
{
    struct buffer held = {0};
    begin_page(&held, report->title);
    enum status status = put_picture(report, file, &held, source, error);
    if (status == STATUS_OK)
        status = report_write(report, &html, file, &held, source, error);
    buffer_add_text(&held, "</body>\n</html>\n");
    if (status == STATUS_OK)
        status = output_all(file, &held, error);
    buffer_release(&held);
    return status;
}
