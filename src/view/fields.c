/* The fields of the selected moment: those of the method always, others when they say something. */
#include "details.h"
#include "touchline/method.h"
#include "touchline/text.h"

enum { LINES = 16 };

struct line {
    const char *label;
    struct buffer text;
    int field; /* enum item_field */
};

struct lines {
    struct line at[LINES];
    int count;
};

static struct line *add_line(struct lines *lines, const char *label, int field)
{
    if (lines->count == LINES)
        return NULL;
    struct line *line = &lines->at[lines->count++];
    *line = (struct line){.label = label, .field = field};
    return line;
}

static const char *label_of(int field)
{
    return record_type(RECORD_ITEM)->fields[field].label;
}

static void add_text(struct lines *lines, int field, const char *text, bool always)
{
    if (text == NULL && !always)
        return;
    struct line *line = add_line(lines, label_of(field), field);
    if (line != NULL)
        buffer_add_text(&line->text, text);
}

static void add_time(struct lines *lines, const struct moment *moment)
{
    if (moment->seconds == FIELD_ABSENT)
        return;
    struct line *line = add_line(lines, label_of(ITEM_SECONDS), ITEM_SECONDS);
    if (line == NULL)
        return;
    seconds_format(moment->seconds, &line->text);
    if (moment->times > 1)
        buffer_add_format(&line->text, ", %lld times", (long long)moment->times);
}

static void add_first(struct lines *lines, const struct moment *moment)
{
    if (moment->first_rating == RATING_NONE || moment->first_rating == moment->rating)
        return;
    struct line *line = add_line(lines, label_of(ITEM_FIRST_RATING), ITEM_FIRST_RATING);
    if (line == NULL)
        return;
    char sign[4];
    buffer_add(&line->text, sign, text_encode(rating_sign(moment->first_rating), sign));
    buffer_add_format(&line->text, " %s", rating_word(moment->first_rating));
}

/* "complaint 40 · cold coffee" */
static void add_entry(struct lines *lines, const struct entry *entry, const char *label)
{
    struct line *line = add_line(lines, label, -1);
    if (line == NULL)
        return;
    buffer_add_text(&line->text, entry_kind_word(entry->kind));
    if (entry->amount != FIELD_ABSENT) {
        buffer_add_byte(&line->text, ' ');
        count_format(entry->amount, &line->text);
    }
    if (entry->text != NULL)
        buffer_add_format(&line->text, " · %s", entry->text);
}

static void collect(struct lines *lines, const struct details *details)
{
    enum { ENTRIES = 6 };
    const struct moment *moment = &details->moment;
    add_text(lines, ITEM_HANDLING, moment->handling, true);
    add_text(lines, ITEM_EXPECTATION, moment->expectation, true);
    add_text(lines, ITEM_BENCHMARK, moment->benchmark, true);
    add_text(lines, ITEM_OWNER, moment->owner, true);
    add_time(lines, moment);
    add_first(lines, moment);
    for (size_t i = 0; i < details->entries.count && i < ENTRIES; i++)
        add_entry(lines, &details->entries.at[i], i == 0 ? "Costs, payoffs" : "");
    add_text(lines, ITEM_NOTE, moment->note, false);
}

static void draw_line(struct view *view, const struct line *line, struct rect rect)
{
    struct rect value = {rect.row, rect.column + LABEL_COLUMNS, rect.rows,
                         rect.columns - LABEL_COLUMNS};
    frame_text(view->frame, rect.row, rect.column, LABEL_COLUMNS - 1, line->label,
               style_of(ROLE_QUIET));
    frame_wrapped(view->frame, value, buffer_text(&line->text), style_of(ROLE_TEXT), NULL);
    if (line->field >= 0)
        view_spot(view, rect, VIEW_FIELD, 0, line->field);
}

void details_fields(struct view *view, struct rect rect)
{
    struct lines lines = {0};
    int wanted[LINES], given[LINES];
    collect(&lines, view->scene->details);
    rect.column++;
    rect.columns--;
    for (int i = 0; i < lines.count; i++) {
        int rows = wrapped_rows(buffer_text(&lines.at[i].text), rect.columns - LABEL_COLUMNS);
        wanted[i] = rows > 0 ? rows : 1;
    }
    share_rows(rect.rows, wanted, given, lines.count);
    for (int i = 0; i < lines.count; i++) {
        if (given[i] > 0)
            draw_line(view, &lines.at[i],
                      (struct rect){rect.row, rect.column, given[i], rect.columns});
        rect.row += given[i];
        buffer_release(&lines.at[i].text);
    }
}
