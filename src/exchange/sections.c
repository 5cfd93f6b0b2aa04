/* What stands in a report, and in which order: the board, the timeline, what was chosen, what is to
 * be done, the rest. The rows are gone through once for each part that is about moments. */
#include "output.h"
#include "paper.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <limits.h>

struct writer {
    const struct report *report;
    const struct paper *paper;
    struct buffer *out;
    char *phase; /* of the moment written last */
    bool begun;  /* something of this part is written */
    int64_t parked;
};

/* --- words ------------------------------------------------------------------------------------ */

static void add_part(struct buffer *out, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buffer_add_text(out, out->length > 0 ? ", " : "");
    buffer_add_text(out, text);
}

static void add_named(struct buffer *out, const char *name, const char *text)
{
    if (text == NULL || *text == '\0')
        return;
    buffer_add_format(out, "%s%s %s", out->length > 0 ? ", " : "", name, text);
}

/* "● neutral"; nothing for unrated. */
static void add_rating(struct buffer *out, int64_t rating)
{
    char sign[4];
    if (rating <= RATING_NONE)
        return;
    buffer_add(out, sign, text_encode(rating_sign(rating), sign));
    buffer_add_format(out, " %s",
                      rating == RATING_HIDDEN ? "to be rated anew" : rating_word(rating));
}

static void put_fact(struct writer *writer, const char *label, struct buffer *text)
{
    if (text->length > 0)
        writer->paper->fact(writer->out, label, buffer_text(text), NULL);
    buffer_clear(text);
}

/* --- the board -------------------------------------------------------------------------------- */

static void add_ratings(const struct meter *meter, struct buffer *out)
{
    for (int rating = RATING_MAGICAL; rating >= RATING_NONE; rating--) {
        if (meter->rated[rating] == 0)
            continue;
        buffer_add_text(out, out->length > 0 ? ", " : "");
        count_format(meter->rated[rating], out);
        buffer_add_format(out, " %s", rating != RATING_NONE ? rating_word(rating) : "unrated");
    }
    if (meter->hidden == 0)
        return;
    buffer_add_text(out, out->length > 0 ? ", " : "");
    count_format(meter->hidden, out);
    buffer_add_text(out, " to be rated anew");
}

static void add_channels(const struct report *report, struct buffer *out)
{
    const struct meter *meter = report->meter;
    for (size_t i = 0; i < meter->channels; i++) {
        const struct channel *channel =
            channels_by_id(report->channels, meter->by_channel[i].channel);
        buffer_add_text(out, out->length > 0 ? ", " : "");
        count_format(meter->by_channel[i].moments, out);
        buffer_add_format(out, " %s", channel != NULL ? channel->name : "without one");
    }
}

static void add_people(const struct people *people, struct buffer *out)
{
    for (size_t i = 0; i < people->count; i++) {
        const struct person *person = &people->at[i];
        add_part(out, person->name);
        if (person->role != NULL)
            buffer_add_format(out, " (%s)", person->role);
    }
}

static void put_board(struct writer *writer)
{
    const struct report *report = writer->report;
    const struct paper *paper = writer->paper;
    struct buffer text = {0};
    char day[DATE_ISO_SIZE];
    paper->heading(writer->out, 1, report->title);
    paper->begin_facts(writer->out);
    buffer_add_text(&text, report->board->why);
    put_fact(writer, "Why", &text);
    meter_format(report->meter, report->board, INT_MAX, &text);
    put_fact(writer, "In all", &text);
    add_channels(report, &text);
    put_fact(writer, "Channels", &text);
    add_ratings(report->meter, &text);
    put_fact(writer, "Rated", &text);
    add_people(report->people, &text);
    put_fact(writer, "People", &text);
    buffer_add_text(&text, report->board->note);
    put_fact(writer, "Note", &text);
    date_format_iso(report->today, day);
    buffer_add_text(&text, day);
    put_fact(writer, "As of", &text);
    paper->end_facts(writer->out);
    buffer_release(&text);
}

/* --- a moment with all that belongs to it ----------------------------------------------------- */

static void put_field(struct writer *writer, const struct moment *moment, int index)
{
    const struct field *field = &record_type(RECORD_ITEM)->fields[index];
    struct value value = record_get(RECORD_ITEM, moment, index);
    struct buffer words = {0};
    if (field_is_default(field, value))
        return;
    if (field->type == FIELD_SECONDS)
        seconds_format(value.integer, &words);
    else
        field_format(field, writer->report->channels, value, &words);
    put_fact(writer, field->label, &words);
    buffer_release(&words);
}

/* What it is, and by the way what it was and what it is to become. */
static void put_rating(struct writer *writer, const struct moment *moment)
{
    struct buffer text = {0}, aside = {0};
    add_rating(&text, moment->rating);
    if (moment->target != RATING_NONE)
        add_named(&aside, "target", rating_word(moment->target));
    if (moment->first_rating != moment->rating)
        add_named(&aside, "at first", rating_word(moment->first_rating));
    if (text.length > 0)
        writer->paper->fact(writer->out, "Rating", buffer_text(&text),
                            aside.length > 0 ? buffer_text(&aside) : NULL);
    buffer_release(&text);
    buffer_release(&aside);
}

static void put_idea(struct writer *writer, const struct idea *idea)
{
    struct buffer aside = {0};
    add_part(&aside, price_word(idea->price));
    add_part(&aside, idea->taken ? "taken up" : NULL);
    writer->paper->fact(writer->out, "Idea", idea->text,
                        aside.length > 0 ? buffer_text(&aside) : NULL);
    buffer_release(&aside);
}

static void put_action(struct writer *writer, const struct action *action)
{
    struct buffer aside = {0};
    add_part(&aside, action->owner != NULL ? action->owner : "nobody's yet");
    add_named(&aside, "due", action->due);
    add_part(&aside, method_overdue(action, writer->report->today) ? "overdue" : NULL);
    add_part(&aside, action_status_word(action->status));
    writer->paper->fact(writer->out, "Action", action->text, buffer_text(&aside));
    buffer_release(&aside);
}

static void put_entry(struct writer *writer, const struct entry *entry)
{
    struct buffer text = {0}, amount = {0};
    if (entry->amount != FIELD_ABSENT)
        count_format(entry->amount, &amount);
    add_part(&text, entry_kind_word(entry->kind));
    add_part(&text, buffer_text(&amount));
    add_part(&text, entry->text);
    writer->paper->fact(writer->out, entry->kind < ENTRY_BUYS_MORE ? "Cost" : "Payoff",
                        buffer_text(&text), entry->day);
    buffer_release(&text);
    buffer_release(&amount);
}

static void put_belongings(struct writer *writer, const struct row *row)
{
    for (size_t i = 0; i < row->ideas.count; i++)
        put_idea(writer, &row->ideas.at[i]);
    for (size_t i = 0; i < row->actions.count; i++)
        put_action(writer, &row->actions.at[i]);
    for (size_t i = 0; i < row->entries.count; i++)
        put_entry(writer, &row->entries.at[i]);
}

static bool is_parked(const struct row *row)
{
    return row->moment.state == STATE_PARKED;
}

static void put_moment(struct writer *writer, const struct row *row)
{
    static const int reach[] = {ITEM_CHANNEL, ITEM_SECONDS, ITEM_TIMES};
    static const int fields[] = {ITEM_OWNER, ITEM_HANDLING, ITEM_EXPECTATION, ITEM_BENCHMARK,
                                 ITEM_NOTE};
    const struct moment *moment = &row->moment;
    struct buffer text = {0};
    if (is_parked(row))
        buffer_add_format(&text, "z%lld %s", (long long)++writer->parked, moment->title);
    else
        buffer_add_format(&text, "%lld %s", (long long)moment->number, moment->title);
    writer->paper->heading(writer->out, 3, buffer_text(&text));
    buffer_clear(&text);
    writer->paper->begin_facts(writer->out);
    buffer_add_text(&text, row->phase);
    put_fact(writer, "Phase", &text);
    for (size_t i = 0; i < sizeof reach / sizeof *reach; i++)
        put_field(writer, moment, reach[i]);
    put_rating(writer, moment);
    if (!writer->report->board->dots_hidden)
        put_field(writer, moment, ITEM_DOTS);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        put_field(writer, moment, fields[i]);
    put_belongings(writer, row);
    writer->paper->end_facts(writer->out);
    buffer_release(&text);
}

static bool is_chosen(const struct row *row)
{
    return row->moment.state == STATE_LIVE && row->moment.chosen;
}

static bool has_more(const struct row *row)
{
    const struct moment *moment = &row->moment;
    bool said = moment->owner || moment->handling || moment->expectation || moment->benchmark ||
                moment->note;
    return moment->state == STATE_LIVE && !moment->chosen &&
           (said || row->ideas.count + row->actions.count + row->entries.count > 0);
}

/* --- the timeline ----------------------------------------------------------------------------- */

static bool is_live(const struct row *row)
{
    return row->moment.state == STATE_LIVE;
}

static void end_timeline(struct writer *writer)
{
    writer->paper->end_table(writer->out);
}

/* A heading and a table a phase. */
static void begin_phase(struct writer *writer, const struct row *row)
{
    static const char *const names[] = {"No.", "Moment", "Channel", "Rating", "Target", "How long"};
    if (writer->begun)
        end_timeline(writer);
    if (row->phase != NULL)
        writer->paper->heading(writer->out, 3, row->phase);
    writer->paper->begin_table(writer->out, names, sizeof names / sizeof *names);
    memory_replace(&writer->phase, row->phase);
}

static void add_marks(const struct report *report, const struct moment *moment, struct buffer *out)
{
    add_part(out, moment->chosen ? "chosen" : NULL);
    add_part(out, moment->id == report->first ? "first" : NULL);
    add_part(out, moment->id == report->last ? "last" : NULL);
    add_part(out, moment->id == report->weakest ? "weakest" : NULL);
}

static void put_cell(struct writer *writer, struct buffer *text)
{
    writer->paper->cell(writer->out, buffer_text(text), NULL);
    buffer_clear(text);
}

static void put_line(struct writer *writer, const struct row *row)
{
    const struct moment *moment = &row->moment;
    const struct channel *channel = channels_by_id(writer->report->channels, moment->channel);
    struct buffer text = {0};
    if (!writer->begun || !row_in_phase(row, writer->phase))
        begin_phase(writer, row);
    writer->paper->begin_row(writer->out);
    buffer_add_integer(&text, moment->number);
    put_cell(writer, &text);
    add_marks(writer->report, moment, &text);
    writer->paper->cell(writer->out, moment->title, text.length > 0 ? buffer_text(&text) : NULL);
    buffer_clear(&text);
    buffer_add_text(&text, channel != NULL ? channel->name : "");
    put_cell(writer, &text);
    add_rating(&text, moment->rating);
    put_cell(writer, &text);
    add_rating(&text, moment->target);
    put_cell(writer, &text);
    if (moment->seconds != FIELD_ABSENT)
        seconds_format(moment->seconds, &text);
    put_cell(writer, &text);
    writer->paper->end_row(writer->out);
    buffer_release(&text);
}

/* --- what is to be done ----------------------------------------------------------------------- */

static void put_planned(struct writer *writer, const struct planned *planned)
{
    const struct action *action = &planned->action;
    struct buffer text = {0};
    const char *late = method_overdue(action, writer->report->today) ? "overdue" : NULL;
    writer->paper->begin_row(writer->out);
    writer->paper->cell(writer->out, action->text, NULL);
    writer->paper->cell(writer->out, action->owner, NULL);
    writer->paper->cell(writer->out, action->due, late);
    writer->paper->cell(writer->out, action_status_word(action->status), NULL);
    if (planned->number > 0)
        buffer_add_format(&text, "%lld ", (long long)planned->number);
    buffer_add_text(&text, planned->moment);
    put_cell(writer, &text);
    if (action->wave != FIELD_ABSENT)
        buffer_add_integer(&text, action->wave);
    put_cell(writer, &text);
    writer->paper->cell(writer->out, action->agreed, NULL);
    writer->paper->cell(writer->out, action->finding, NULL);
    writer->paper->end_row(writer->out);
    buffer_release(&text);
}

static void put_waves(struct writer *writer)
{
    const struct waves *waves = writer->report->waves;
    struct buffer label = {0};
    if (waves->count == 0)
        return;
    writer->paper->heading(writer->out, 3, "What they answered");
    writer->paper->begin_facts(writer->out);
    for (size_t i = 0; i < waves->count; i++) {
        buffer_clear(&label);
        buffer_add_format(&label, "Wave %lld", (long long)waves->at[i].number);
        writer->paper->fact(writer->out, buffer_text(&label), waves->at[i].response, NULL);
    }
    writer->paper->end_facts(writer->out);
    buffer_release(&label);
}

static enum status put_plan(struct writer *writer, FILE *file, struct error *error)
{
    static const char *const names[] = {"Action", "Who",  "Due",       "Status",
                                        "For",    "Wave", "Agreed by", "Finding"};
    const struct plan *plan = writer->report->plan;
    enum status status = STATUS_OK;
    if (plan->count + writer->report->waves->count > 0)
        writer->paper->heading(writer->out, 2, "What is to be done");
    if (plan->count > 0) {
        writer->paper->begin_table(writer->out, names, sizeof names / sizeof *names);
        for (size_t i = 0; status == STATUS_OK && i < plan->count; i++) {
            put_planned(writer, &plan->at[i]);
            status = output_some(file, writer->out, error);
        }
        writer->paper->end_table(writer->out);
    }
    put_waves(writer);
    return status;
}

/* --- what comes next -------------------------------------------------------------------------- */

static void put_next(struct writer *writer)
{
    const struct board *board = writer->report->board;
    if (board->next_objective == NULL && board->next_review == NULL)
        return;
    writer->paper->heading(writer->out, 2, "What comes next");
    writer->paper->begin_facts(writer->out);
    if (board->next_objective != NULL)
        writer->paper->fact(writer->out, "Next objective", board->next_objective, NULL);
    if (board->next_review != NULL)
        writer->paper->fact(writer->out, "Next review", board->next_review, NULL);
    writer->paper->end_facts(writer->out);
}

/* --- all of it -------------------------------------------------------------------------------- */

/* A part that goes through the moments; one with nothing to say has no heading either. */
struct part {
    const char *heading;
    bool (*wants)(const struct row *row);
    void (*put)(struct writer *writer, const struct row *row);
    void (*end)(struct writer *writer); /* NULL: nothing to end */
};

static const struct part timeline = {"The timeline", is_live, put_line, end_timeline};
static const struct part chosen = {"What was chosen", is_chosen, put_moment, NULL};
static const struct part others = {"The other moments", has_more, put_moment, NULL};
static const struct part parked = {"On the parking lot", is_parked, put_moment, NULL};

static void put_row(struct writer *writer, const struct part *part, const struct row *row)
{
    if (!part->wants(row))
        return;
    if (!writer->begun)
        writer->paper->heading(writer->out, 2, part->heading);
    part->put(writer, row);
    writer->begun = true;
}

static enum status put_part(struct writer *writer, const struct part *part, FILE *file,
                            const struct row_source *source, struct error *error)
{
    struct row row;
    bool done = false;
    enum status status = source->again(source->data, error);
    writer->begun = false;
    row_init(&row);
    for (int64_t rows = 1; status == STATUS_OK; rows++) {
        status = source->next(source->data, &row, &done, error);
        if (status != STATUS_OK || done)
            break;
        put_row(writer, part, &row);
        status = output_some(file, writer->out, error);
        if (status == STATUS_OK)
            status = output_tell(&writer->report->progress, rows, 0, error);
    }
    row_release(&row);
    if (writer->begun && part->end != NULL)
        part->end(writer);
    return status;
}

static enum status put_all(struct writer *writer, FILE *file, const struct row_source *source,
                           struct error *error)
{
    put_board(writer);
    enum status status = put_part(writer, &timeline, file, source, error);
    if (status == STATUS_OK)
        status = put_part(writer, &chosen, file, source, error);
    if (status == STATUS_OK)
        status = put_plan(writer, file, error);
    if (status == STATUS_OK)
        status = put_part(writer, &others, file, source, error);
    if (status == STATUS_OK)
        status = put_part(writer, &parked, file, source, error);
    put_next(writer);
    return status;
}

enum status report_write(const struct report *report, const struct paper *paper, FILE *file,
                         struct buffer *held, const struct row_source *source, struct error *error)
{
    struct writer writer = {.report = report, .paper = paper, .out = held};
    enum status status = put_all(&writer, file, source, error);
    memory_free(writer.phase);
    return status == STATUS_OK ? output_some(file, held, error) : status;
}
