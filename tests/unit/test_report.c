/* Reports: pages, pictures and text of a board for people to look at (R30). */
#include "failing_file.h"
#include "fixture.h"
#include "hostile.h"
#include "markup.h"
#include "reported.h"
#include "shell.h"
#include "skip.h"
#include "touchline/text.h"
#include <errno.h>
#include <locale.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

static const struct format {
    const char *name;
    reported_writer *write;
} formats[] = {{"svg", svg_write}, {"html", html_write}, {"md", markdown_write}};

enum { SVG, HTML, MARKDOWN, FORMATS };

static size_t count(const struct buffer *bytes, const char *part)
{
    size_t found = 0;
    for (const char *at = buffer_text(bytes); (at = strstr(at, part)) != NULL; at++)
        found++;
    return found;
}

static void assert_has(const struct buffer *bytes, const char *part)
{
    if (count(bytes, part) == 0)
        fail_msg("no '%s' in:\n%s", part, buffer_text(bytes));
}

static void assert_has_not(const struct buffer *bytes, const char *part)
{
    const char *at = strstr(buffer_text(bytes), part);
    if (at)
        fail_msg("'%s' in: %.200s", part, at);
}

/* --- what is told ----------------------------------------------------------------------------- */

static void r30_the_picture_shows_each_moment(void **state)
{
    (void)state;
    struct reported it;
    reported_taxi(&it);
    struct buffer svg = reported_write(&it, svg_write);
    assert_has(&svg, ">Wally&#39;s taxi</text>");
    assert_has(&svg, ">Why: they call me, not the rank</text>");
    assert_has(&svg, "4 moments · 20 s a passenger (1 of 4 timed)");
    assert_has(&svg, ">1 first</text>");
    assert_has(&svg, ">4 last</text>");
    assert_has(&svg, ">weakest</text>");
    assert_has(&svg, ">Before</text>");
    assert_has(&svg, ">Arrival</text>");
    assert_has(&svg, "2 Books the cab | by phone: by phone, neutral, target magical, chosen");
    assert_has(&svg, "4 お茶 &amp; &lt;b&gt;papers&lt;/b&gt;: no channel yet");
    assert_has(&svg, ">– –</text>");
    assert_has_not(&svg, "Airport");
    buffer_release(&svg);
    reported_release(&it);
}

static void r30_a_card_has_the_colour_of_its_channel(void **state)
{
    (void)state;
    struct channel own[] = {{.id = 7,
                             .name = (char *)"Pigeon",
                             .letter = (char *)"G",
                             .sign = (char *)"+",
                             .colour = 120},
                            {.id = 8, .name = (char *)"Owl", .letter = (char *)"O", .colour = 255}};
    const struct channels channels = {own, 2};
    struct reported it;
    reported_init(&it, "Birds");
    it.report.channels = &channels;
    reported_add(&it, NULL, "One", 7, RATING_NONE);
    reported_add(&it, NULL, "Two", 8, RATING_NONE);
    struct buffer svg = reported_write(&it, svg_write);
    assert_int_equal(count(&svg, "fill=\"#87ff87\""), 2); /* a card, and in the legend */
    assert_int_equal(count(&svg, "fill=\"#eeeeee\""), 2);
    assert_has(&svg, ">G +</text>");
    assert_has(&svg, ">O</text>");
    assert_has(&svg, ">G + Pigeon</text>");
    buffer_release(&svg);
    reported_release(&it);
}

/* Lines join what is rated and stand beside each other. */
static void r30_the_curve_has_gaps(void **state)
{
    (void)state;
    static const int64_t ratings[] = {RATING_MAGICAL, RATING_MAGICAL, RATING_NONE,   RATING_NEUTRAL,
                                      RATING_HIDDEN,  RATING_NEUTRAL, RATING_NEUTRAL};
    struct reported it;
    reported_init(&it, "Gaps");
    for (size_t i = 0; i < sizeof ratings / sizeof *ratings; i++)
        reported_add(&it, NULL, "Moment", 1, ratings[i]);
    struct buffer svg = reported_write(&it, svg_write);
    const char *line = strstr(buffer_text(&svg), "stroke=\"#3a3a3a\"");
    assert_non_null(line);
    while (strncmp(line, "<path", 5) != 0)
        line--;
    size_t moves = 0, lines = 0;
    for (; *line != '\n'; line++) {
        moves += *line == 'M';
        lines += *line == 'L';
    }
    assert_int_equal(moves, 1); /* 6 and 7 stand in the next row */
    assert_int_equal(lines, 1);
    assert_has(&svg, ">?</text>");
    buffer_release(&svg);
    reported_release(&it);
}

static void r30_a_report_tells_all_of_the_chosen(void **state)
{
    (void)state;
    static const char *const told[][FORMATS] = {
        {NULL, "<dt>Why</dt><dd><bdi>they call me, not the rank</bdi></dd>",
         "- **Why:** they call me, not the rank\n"},
        {NULL, "<h3><bdi>2 Books the cab | by phone</bdi></h3>",
         "### 2 Books the cab \\| by phone\n"},
        {NULL, "<bdi>● neutral</bdi> <span class=\"aside\">(<bdi>target magical</bdi>)</span>",
         "- **Rating:** ● neutral (target magical)\n"},
        {NULL, "<dt>What we do now</dt><dd><bdi>Answered when free</bdi></dd>",
         "- **What we do now:** Answered when free\n"},
        {NULL, "<bdi>An answer within *five* rings</bdi>",
         "- **They expect:** An answer within \\*five\\* rings\n"},
        {NULL, "<dt>Best elsewhere</dt>", "- **Best elsewhere:** The hotel that knew me\n"},
        {NULL, "<dt>Idea</dt>", "- **Idea:** Script by the phone (low, taken up)\n"},
        {NULL, "<dt>Action</dt>",
         "- **Action:** Script by the phone (Ana, due 2026-11-28, overdue, trying)\n"},
        {NULL, "<dt>Cost</dt>", "- **Cost:** complaint, 1,200, Nobody answered (2026-11-02)\n"},
        {NULL, "<td><bdi>Ben, Wally</bdi></td>",
         "| Script by the phone | Ana | 2026-11-28 (overdue) | trying | "
         "2 Books the cab \\| by phone | 1 | Ben, Wally | Callers like it |\n"},
        {NULL, "<dt>Wave 1</dt>", "- **Wave 1:** Three asked for Wally\n"},
        {NULL, "<h3><bdi>z1 Airport permit</bdi></h3>", "### z1 Airport permit\n"},
        {NULL, "<bdi>Half of all rides by\nword of mouth</bdi>",
         "- **Next objective:** Half of all rides by<br>word of mouth\n"},
        {NULL, "<bdi>2027-02-01</bdi>", "- **Next review:** 2027-02-01\n"},
        {NULL, "<bdi>Ana (owner)</bdi>", "- **People:** Ana (owner)\n"},
    };
    struct reported it;
    reported_taxi(&it);
    for (int format = HTML; format < FORMATS; format++) {
        struct buffer bytes = reported_write(&it, formats[format].write);
        for (size_t i = 0; i < sizeof told / sizeof *told; i++)
            assert_has(&bytes, told[i][format]);
        buffer_release(&bytes);
    }
    reported_release(&it);
}

/* One thing said of a moment is enough, whatever it is. */
static void r30_what_else_is_said_has_its_part(void **state)
{
    (void)state;
    static const int fields[] = {ITEM_OWNER, ITEM_HANDLING, ITEM_EXPECTATION, ITEM_BENCHMARK,
                                 ITEM_NOTE};
    struct reported it;
    reported_init(&it, "More");
    reported_add(&it, NULL, "Bare", 1, RATING_NONE);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        record_set(RECORD_ITEM, &reported_add(&it, NULL, "Said", 1, RATING_NONE)->moment, fields[i],
                   value_text("something"));
    struct row *row = reported_add(&it, NULL, "Paid", 1, RATING_NONE);
    row->entries.at = memory_new(1, sizeof *row->entries.at);
    row->entries.count = 1;
    row->entries.at[0] = (struct entry){.kind = ENTRY_COMPLAINT,
                                        .day = memory_copy("2026-11-02"),
                                        .amount = FIELD_ABSENT,
                                        .text = memory_copy("Nobody answered")};
    struct buffer md = reported_write(&it, markdown_write);
    assert_has(&md, "## The other moments\n");
    assert_has_not(&md, "### 1 Bare");
    assert_int_equal(count(&md, " Said\n\n"), sizeof fields / sizeof *fields);
    assert_int_equal(count(&md, ":** something\n"), sizeof fields / sizeof *fields);
    assert_has(&md, "### 7 Paid");
    assert_has(&md, "- **Cost:** complaint, Nobody answered (2026-11-02)\n");
    buffer_release(&md);
    reported_release(&it);
}

/* The one without the other. */
static void r30_what_comes_next_is_told_in_part(void **state)
{
    (void)state;
    struct reported it;
    reported_init(&it, "Next");
    it.board.next_objective = (char *)"Word of mouth";
    struct buffer md = reported_write(&it, markdown_write);
    assert_has(&md, "## What comes next\n\n- **Next objective:** Word of mouth\n");
    assert_has_not(&md, "Next review");
    buffer_release(&md);
    it.board.next_objective = NULL;
    it.board.next_review = (char *)"2027-02-01";
    md = reported_write(&it, markdown_write);
    assert_has(&md, "## What comes next\n\n- **Next review:** 2027-02-01\n");
    assert_has_not(&md, "Next objective");
    buffer_release(&md);
    reported_release(&it);
}

/* --- what is not ------------------------------------------------------------------------------ */

static void what_is_hidden_stays_hidden(void **state)
{
    (void)state;
    for (int format = 0; format < FORMATS; format++) {
        struct reported it;
        reported_init(&it, "Blind");
        struct row *row = reported_add(&it, NULL, "One", 1, RATING_HIDDEN);
        row->moment.first_rating = RATING_NONE;
        row->moment.dots = 4711;
        row->moment.chosen = 1;
        it.board.dots_hidden = 1;
        struct buffer bytes = reported_write(&it, formats[format].write);
        assert_has(&bytes, format == SVG ? ">?</text>" : "? to be rated anew");
        assert_has_not(&bytes, "4711");
        assert_has_not(&bytes, "miserable");
        assert_has_not(&bytes, "neutral");
        assert_has_not(&bytes, format == MARKDOWN ? "magical" : "magical<");
        buffer_release(&bytes);
        reported_release(&it);
    }
}

static void a_board_with_nothing_on_it_is_a_document(void **state)
{
    (void)state;
    const struct markup markup = {.data = NULL};
    for (int format = 0; format < FORMATS; format++) {
        struct reported it;
        reported_init(&it, "empty.touchline");
        struct buffer bytes = reported_write(&it, formats[format].write);
        assert_has(&bytes, "empty");
        if (format != MARKDOWN)
            assert_null(markup_fault(&markup, buffer_text(&bytes), bytes.length));
        buffer_release(&bytes);
        reported_release(&it);
    }
}

/* --- sheets ----------------------------------------------------------------------------------- */

static void add_many(struct reported *it, int moments)
{
    struct buffer title = {0};
    reported_init(it, "Long");
    for (int i = 0; i < moments; i++) {
        buffer_clear(&title);
        buffer_add_format(&title, "M%d", i + 1);
        reported_add(it, i < 7 ? "Before" : "After", buffer_text(&title), i % 6 + 1, i % RATINGS);
    }
    buffer_release(&title);
}

/* Each has what tells it from the others, and all moments are on one of them. */
static void a_long_line_goes_over_several_sheets(void **state)
{
    (void)state;
    enum { MOMENTS = 130 };
    struct reported it;
    struct error error;
    size_t moments = 0;
    add_many(&it, MOMENTS);
    struct svg_sheets *sheets = svg_sheets_new(&it.report, &it.source);
    int64_t in_all = svg_sheets_count(sheets);
    assert_true(in_all > 1);
    for (int64_t i = 0; i < in_all; i++) {
        char *bytes = NULL;
        size_t length = 0;
        FILE *file = open_memstream(&bytes, &length);
        const struct markup markup = {.data = NULL};
        assert_int_equal(svg_sheets_write(sheets, file, &error), STATUS_OK);
        (void)fclose(file);
        assert_null(markup_fault(&markup, bytes, length));
        struct buffer sheet = {.bytes = bytes, .length = length};
        struct buffer number = {0};
        buffer_add_format(&number, "sheet %lld of %lld<", (long long)i + 1, (long long)in_all);
        assert_has(&sheet, buffer_text(&number));
        assert_has(&sheet, ">Long</text>");
        assert_has(&sheet, "height=\"297mm\"");
        moments += count(&sheet, "</title>");
        buffer_release(&number);
        free(bytes);
    }
    assert_int_equal(moments, MOMENTS);
    svg_sheets_free(sheets);
    struct buffer svg = reported_write(&it, svg_write);
    assert_int_equal(count(&svg, "</title>"), MOMENTS);
    assert_int_equal(count(&svg, "<g transform="), in_all);
    assert_has(&svg, ">◂ After</text>"); /* where it goes on in the next row */
    buffer_release(&svg);
    reported_release(&it);
}

/* The edges of what is drawn: x and y of a rectangle, and how far all of them reach. */
static void take_rect(void *data, const char *element, const char *name, const char *value,
                      size_t length)
{
    static const char *const names[] = {"x", "y", "width", "height"};
    int *edges = data;
    (void)length;
    for (int i = 0; i < 4 && strcmp(element, "rect") == 0; i++) {
        int number = (int)strtol(value, NULL, 10);
        if (strcmp(name, names[i]) != 0)
            continue;
        if (i < 2)
            edges[i] = number;
        else if (edges[i - 2] + number > edges[i])
            edges[i] = edges[i - 2] + number;
    }
}

static void every_number_of_moments_fits_its_paper(void **state)
{
    (void)state;
    for (int moments = 1; moments < 70; moments += 3) {
        struct reported it;
        int edges[4] = {0};
        const struct markup markup = {.attribute = take_rect, .data = edges};
        add_many(&it, moments);
        struct buffer svg = reported_write(&it, svg_write);
        assert_null(markup_fault(&markup, buffer_text(&svg), svg.length));
        char *box = strstr(svg.bytes, "viewBox=\"0 0 ");
        assert_non_null(box);
        assert_int_equal(edges[2], (int)strtol(box + strlen("viewBox=\"0 0 "), &box, 10));
        assert_true(edges[3] <= (int)strtol(box, NULL, 10));
        assert_int_equal(count(&svg, "</title>"), moments);
        buffer_release(&svg);
        reported_release(&it);
    }
}

/* Header and legend as tall as they get leave each sheet room for cards. */
static void the_longest_legend_leaves_room(void **state)
{
    (void)state;
    enum { CHANNELS = METER_CHANNELS_MAX, MOMENTS = 10 * CHANNELS };
    struct channel many[CHANNELS];
    const struct channels channels = {many, CHANNELS};
    const struct markup markup = {.data = NULL};
    char words[1000];
    struct reported it;
    memset(words, 'W', sizeof words - 1);
    words[sizeof words - 1] = '\0';
    reported_init(&it, words);
    it.board.why = it.board.noun = words;
    it.report.channels = &channels;
    for (int i = 0; i < MOMENTS; i++) {
        many[i % CHANNELS] = (struct channel){
            .id = i % CHANNELS + 1, .name = words, .letter = (char *)"M", .colour = 120};
        reported_add(&it, NULL, "Moment", i % CHANNELS + 1, i % (RATINGS + 1));
    }
    struct buffer svg = reported_write(&it, svg_write);
    assert_null(markup_fault(&markup, buffer_text(&svg), svg.length));
    assert_int_equal(count(&svg, "</title>"), MOMENTS);
    assert_int_equal(count(&svg, "<g transform="), MOMENTS / 20); /* two rows on each sheet */
    buffer_release(&svg);
    reported_release(&it);
}

/* A name longer than its cards are wide is cut, and the next one begins where its own do. */
static void a_phase_stays_over_its_cards(void **state)
{
    (void)state;
    struct reported it;
    reported_init(&it, "Phases");
    reported_add(&it, "Before they have even heard of us", "One", 1, RATING_NONE);
    reported_add(&it, "After", "Two", 1, RATING_NONE);
    struct buffer svg = reported_write(&it, svg_write);
    assert_has(&svg, ">Before they hav…</text>");
    const char *next = strstr(buffer_text(&svg), ">After</text>");
    assert_non_null(next);
    while (*next != '\n')
        next--;
    assert_memory_equal(next, "\n<text x=\"250\" ", 15);
    buffer_release(&svg);
    reported_release(&it);
}

/* --- strangers' texts ------------------------------------------------------------------------- */

/* Elements and attributes that a page may have. */
static const char *const elements[] = {
    "svg",   "g",     "rect",  "text",  "path", "title", "html", "head", "meta",
    "style", "body",  "h1",    "h2",    "h3",   "bdi",   "dl",   "dt",   "dd",
    "span",  "table", "thead", "tbody", "tr",   "th",    "td",
};
static const char *const attributes[] = {
    "xmlns",
    "width",
    "height",
    "viewBox",
    "fill",
    "font-family",
    "transform",
    "x",
    "y",
    "font-size",
    "font-weight",
    "font-style",
    "text-anchor",
    "stroke",
    "stroke-width",
    "stroke-linecap",
    "stroke-linejoin",
    "stroke-dasharray",
    "paint-order",
    "d",
    "lang",
    "charset",
    "http-equiv",
    "content",
    "name",
    "class",
    "scope",
};

static bool is_among(const char *name, const char *const *names, size_t names_count)
{
    for (size_t i = 0; i < names_count; i++)
        if (strcmp(names[i], name) == 0)
            return true;
    return false;
}

static void take_element(void *data, const char *name)
{
    (void)data;
    if (!is_among(name, elements, sizeof elements / sizeof *elements))
        fail_msg("an element <%s>", name);
}

/* No value is any board's text. */
static void take_attribute(void *data, const char *element, const char *name, const char *value,
                           size_t length)
{
    (void)data, (void)element, (void)length;
    if (!is_among(name, attributes, sizeof attributes / sizeof *attributes))
        fail_msg("an attribute %s", name);
    if (strstr(value, "script") || strstr(value, "url("))
        fail_msg("%s=\"%s\"", name, value);
}

static void nothing_a_stranger_writes_is_more_than_text(void **state)
{
    struct fixture *fixture = *state;
    const struct markup markup = {.element = take_element, .attribute = take_attribute};
    for (size_t first = 0; first < hostile_count; first += 6) {
        (void)hostile_board(fixture, "h.touchline", first);
        struct shell_result page = shell_run(fixture, "touchline export h.touchline -f html");
        assert_int_equal(page.code, 0);
        const char *fault = markup_fault(&markup, page.out, strlen(page.out));
        if (fault)
            fail_msg("from %zu: %s", first, fault);
        shell_release(&page);
        page = shell_run(fixture, "touchline export h.touchline -f svg");
        assert_null(markup_fault(&markup, page.out, strlen(page.out)));
        shell_release(&page);
        page = shell_run(fixture, "touchline export h.touchline -f md; rm h.touchline");
        assert_int_equal(text_first_invalid(page.out, strlen(page.out)), strlen(page.out));
        for (const char *at = page.out; (at = strchr(at, '<')) != NULL; at++)
            if (at[-1] != '\\' && strncmp(at, "<br>", 4) != 0)
                fail_msg("from %zu: %.60s", first, at);
        shell_release(&page);
    }
}

/* --- the page's policy ------------------------------------------------------------------------ */

static void add_base64(struct buffer *out, const unsigned char *bytes, size_t length)
{
    static const char digits[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    for (size_t i = 0; i < length; i += 3) {
        unsigned group = (unsigned)bytes[i] << 16;
        group |= i + 1 < length ? (unsigned)bytes[i + 1] << 8 : 0;
        group |= i + 2 < length ? bytes[i + 2] : 0;
        for (size_t digit = 0; digit < 4; digit++)
            buffer_add_byte(out, i + digit > length ? '=' : digits[group >> (18 - 6 * digit) & 63]);
    }
}

static void the_policy_knows_the_pages_own_style(void **state)
{
    struct fixture *fixture = *state;
    struct reported it;
    reported_init(&it, "Style");
    struct buffer page = reported_write(&it, html_write), hash = {0};
    char *style = strstr(page.bytes, "<style>") + strlen("<style>");
    char *rest = strstr(style, "</style>");
    *rest = '\0';
    (void)fixture_write(fixture, "style", style);
    *rest = '<';
    struct shell_result result = shell_run(fixture, "sha256sum style");
    unsigned char bytes[32] = {0};
    for (size_t i = 0; result.code == 0 && i < sizeof bytes; i++)
        bytes[i] = (unsigned char)strtoul((char[]){result.out[2 * i], result.out[2 * i + 1], '\0'},
                                          NULL, 16);
    buffer_add_text(&hash, "content=\"default-src 'none'; style-src 'sha256-");
    add_base64(&hash, bytes, sizeof bytes);
    buffer_add_text(&hash, "'\"");
    bool can = result.code == 0;
    if (can)
        assert_has(&page, buffer_text(&hash));
    assert_has_not(&page, "unsafe");
    shell_release(&result);
    buffer_release(&page);
    buffer_release(&hash);
    reported_release(&it);
    if (!can)
        skip_because("there is no sha256sum");
}

/* --- what goes wrong -------------------------------------------------------------------------- */

static void errors_of_source_and_disk_come_through(void **state)
{
    (void)state;
    for (int format = 0; format < FORMATS; format++) {
        struct reported it;
        struct error error;
        reported_init(&it, "Cab");
        (void)reported_add(&it, NULL, "One", 1, RATING_NONE);
        FILE *full = fopen("/dev/full", "w");
        if (full) {
            assert_int_equal(formats[format].write(&it.report, full, &it.source, &error),
                             STATUS_FULL);
            (void)fclose(full);
        }
        FILE *file = tmpfile();
        it.rows.given = 0;
        it.rows.refusal = STATUS_BAD_DATA;
        assert_int_equal(formats[format].write(&it.report, file, &it.source, &error),
                         STATUS_BAD_DATA);
        assert_string_equal(error.text, "the source says no");
        (void)fclose(file);
        reported_release(&it);
    }
}

/* A disk that is full at one write and has room again at the next: the report is not whole. */
static void a_write_refused_once_is_told(void **state)
{
    (void)state;
    enum { ACTIONS = 1000 };
    struct planned planned[ACTIONS];
    struct failing_file failing = {.fail_at = 0, .error = ENOSPC};
    struct error error;
    struct reported it;
    add_many(&it, 1000);
    for (size_t i = 0; i < ACTIONS; i++)
        planned[i] = (struct planned){
            .action = {.text = (char *)"Script by the phone, and pens", .wave = FIELD_ABSENT},
            .moment = (char *)"Books the cab by phone"};
    it.plan = (struct plan){planned, ACTIONS};
    for (int format = 0; format < FORMATS; format++) {
        FILE *file = failing_file_open(&failing, "w");
        if (file == NULL)
            skip_because("no streams of one's own here");
        long writes = 1;
        for (failing.fail_at = -1; failing.fail_at < writes; failing.fail_at++) {
            failing.calls = 0;
            it.rows.given = 0;
            enum status status = formats[format].write(&it.report, file, &it.source, &error);
            assert_int_equal(status, failing.fail_at < 0 ? STATUS_OK : STATUS_FULL);
            if (failing.fail_at < 0)
                writes = failing.calls;
            else
                assert_int_equal(failing.calls, failing.fail_at + 1); /* nothing after it */
        }
        assert_true(writes > 1);
        (void)fclose(file);
    }
    reported_release(&it);
}

/* At the last moment of a row the source has not said yet that it has no more. */
static void an_error_after_the_last_moment_is_told(void **state)
{
    (void)state;
    struct reported it;
    struct error error;
    add_many(&it, 4);
    it.rows.refusal = STATUS_BAD_DATA;
    FILE *file = tmpfile();
    assert_int_equal(svg_write(&it.report, file, &it.source, &error), STATUS_BAD_DATA);
    assert_string_equal(error.text, "the source says no");
    it.rows.given = 0;
    struct svg_sheets *sheets = svg_sheets_new(&it.report, &it.source);
    assert_int_equal(svg_sheets_write(sheets, file, &error), STATUS_BAD_DATA);
    assert_int_equal(ftell(file), 0);
    svg_sheets_free(sheets);
    svg_sheets_free(NULL);
    (void)fclose(file);
    reported_release(&it);
}

static void a_tally_that_is_wrong_is_told(void **state)
{
    (void)state;
    for (int64_t wrong = -1; wrong <= 200; wrong += 201) {
        struct reported it;
        struct error error;
        reported_taxi(&it);
        it.meter.moments += wrong;
        FILE *file = tmpfile();
        assert_int_equal(svg_write(&it.report, file, &it.source, &error), STATUS_BAD_DATA);
        (void)fclose(file);
        reported_release(&it);
    }
}

static void a_tally_of_fewer_rows_is_told(void **state)
{
    (void)state;
    struct reported it;
    struct error error;
    add_many(&it, 40);
    for (it.meter.moments = 1; it.meter.moments < 40; it.meter.moments++) {
        FILE *file = tmpfile();
        it.rows.given = 0;
        assert_int_equal(svg_write(&it.report, file, &it.source, &error), STATUS_BAD_DATA);
        assert_string_equal(error.text, "the board's tally is wrong; 'touchline check' tells more");
        (void)fclose(file);
    }
    reported_release(&it);
}

static bool stop(void *data, int64_t rows, int64_t bytes)
{
    (void)bytes;
    *(int64_t *)data = rows;
    return false;
}

static void a_long_work_can_be_stopped(void **state)
{
    (void)state;
    for (int format = 0; format < FORMATS; format++) {
        struct reported it;
        struct error error;
        int64_t rows = 0;
        add_many(&it, 2 * PROGRESS_ROWS);
        it.report.progress = (struct progress){.tell = stop, .data = &rows};
        FILE *file = tmpfile();
        assert_int_equal(formats[format].write(&it.report, file, &it.source, &error),
                         STATUS_STOPPED);
        assert_int_equal(rows, PROGRESS_ROWS);
        (void)fclose(file);
        reported_release(&it);
    }
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(r30_the_picture_shows_each_moment),
        cmocka_unit_test(r30_a_card_has_the_colour_of_its_channel),
        cmocka_unit_test(r30_the_curve_has_gaps),
        cmocka_unit_test(r30_a_report_tells_all_of_the_chosen),
        cmocka_unit_test(what_is_hidden_stays_hidden),
        cmocka_unit_test(r30_what_else_is_said_has_its_part),
        cmocka_unit_test(r30_what_comes_next_is_told_in_part),
        cmocka_unit_test(a_board_with_nothing_on_it_is_a_document),
        cmocka_unit_test(a_long_line_goes_over_several_sheets),
        cmocka_unit_test(every_number_of_moments_fits_its_paper),
        cmocka_unit_test(the_longest_legend_leaves_room),
        cmocka_unit_test(a_phase_stays_over_its_cards),
        cmocka_unit_test_setup_teardown(nothing_a_stranger_writes_is_more_than_text, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(the_policy_knows_the_pages_own_style, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test(errors_of_source_and_disk_come_through),
        cmocka_unit_test(a_write_refused_once_is_told),
        cmocka_unit_test(an_error_after_the_last_moment_is_told),
        cmocka_unit_test(a_tally_that_is_wrong_is_told),
        cmocka_unit_test(a_tally_of_fewer_rows_is_told),
        cmocka_unit_test(a_long_work_can_be_stopped),
    };
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
