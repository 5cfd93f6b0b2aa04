/* show: a board or a moment as lines of one fact each, for screen readers and pipes. */
#include "argument_rows.h"
#include "review.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <limits.h>
#include <string.h>

enum { MOMENT, JSON };

struct showing {
    struct call *call;
    struct channels channels;
    struct board board;
    int64_t first, last, weakest;
    char *phase; /* printed last */
    int64_t parked;
};

/* --- a moment --------------------------------------------------------------------------------- */

/* "Marked: first, weakest" (R22) */
static void show_marks(struct showing *showing, int64_t id)
{
    const struct {
        int64_t id;
        const char *word;
    } marks[] = {
        {showing->first, "first"},
        {showing->last, "last"},
        {showing->weakest, "weakest"},
    };
    struct buffer words = {0};
    for (size_t i = 0; i < sizeof marks / sizeof *marks; i++)
        if (marks[i].id == id)
            buffer_add_format(&words, "%s%s", words.length ? ", " : "", marks[i].word);
    out_label(showing->call, "Marked", &words);
    buffer_release(&words);
}

static void show_field(struct showing *showing, const struct moment *moment, int index)
{
    const struct field *field = &record_type(RECORD_ITEM)->fields[index];
    struct value value = record_get(RECORD_ITEM, moment, index);
    struct buffer words = {0};
    if (field_is_default(field, value))
        return;
    if (index == ITEM_DOTS && showing->board.dots_hidden)
        buffer_add_byte(&words, '?');
    else if (field->type == FIELD_SECONDS)
        seconds_format(value.integer, &words);
    else
        field_format(field, &showing->channels, value, &words);
    out_text(showing->call, field->label, buffer_text(&words), 2);
    buffer_release(&words);
}

static void show_ideas(struct showing *showing, const struct ideas *ideas)
{
    for (size_t i = 0; i < ideas->count; i++) {
        char label[32];
        snprintf(label, sizeof label, "Idea %zu", i + 1);
        out_text(showing->call, label, ideas->at[i].text, 2);
        if (ideas->at[i].price)
            out_line(showing->call, "  Price: %s", price_word(ideas->at[i].price));
        if (ideas->at[i].taken)
            out_line(showing->call, "  Taken up: yes");
    }
}

static void show_action(struct showing *showing, const struct action *action, size_t number)
{
    struct call *call = showing->call;
    char label[32];
    snprintf(label, sizeof label, "Action %zu", number);
    out_text(call, label, action->text, 2);
    if (action->owner)
        out_line(call, "  Owner: %s", action->owner);
    if (action->due)
        out_line(call, "  Due: %s%s", action->due,
                 method_overdue(action, call->today) ? ", overdue" : "");
    out_line(call, "  Status: %s", action_status_word(action->status));
    if (action->wave != FIELD_ABSENT)
        out_line(call, "  Wave: %lld", (long long)action->wave);
    if (action->agreed)
        out_line(call, "  Agreed by: %s", action->agreed);
    if (action->finding)
        out_text(call, "  Finding", action->finding, 4);
}

static void show_entry(struct showing *showing, const struct entry *entry)
{
    struct buffer line = {0};
    buffer_add_text(&line, entry->day ? entry->day : "no day");
    buffer_add_format(&line, ", %s", entry_kind_word(entry->kind));
    if (entry->amount != FIELD_ABSENT) {
        buffer_add_text(&line, ", ");
        count_format(entry->amount, &line);
    }
    if (entry->text)
        buffer_add_format(&line, ", %s", entry->text);
    out_label(showing->call, entry->kind < ENTRY_BUYS_MORE ? "Cost" : "Payoff", &line);
    buffer_release(&line);
}

static void show_row(struct showing *showing, const struct row *row)
{
    static const int fields[] = {ITEM_CHANNEL, ITEM_RATING,   ITEM_FIRST_RATING, ITEM_TARGET,
                                 ITEM_CHOSEN,  ITEM_DOTS,     ITEM_SECONDS,      ITEM_TIMES,
                                 ITEM_OWNER,   ITEM_HANDLING, ITEM_EXPECTATION,  ITEM_BENCHMARK,
                                 ITEM_NOTE};
    const struct moment *moment = &row->moment;
    bool parked = moment->state == STATE_PARKED;
    out_line(showing->call, "Moment %s%lld: %s", parked ? "z" : "", (long long)moment->number,
             moment->title);
    show_marks(showing, moment->id);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++)
        show_field(showing, moment, fields[i]);
    show_ideas(showing, &row->ideas);
    for (size_t i = 0; i < row->actions.count; i++)
        show_action(showing, &row->actions.at[i], i + 1);
    for (size_t i = 0; i < row->entries.count; i++)
        show_entry(showing, &row->entries.at[i]);
}

static enum status show_moment(struct showing *showing, struct error *error)
{
    struct store *store = showing->call->store;
    int64_t id = showing->call->moment;
    struct row row;
    struct phase phase = {0};
    row_init(&row);
    enum status status = store_moment(store, id, &row.moment, error);
    if (status == STATUS_OK && row.moment.state == STATE_DELETED)
        status = error_set(error, STATUS_NOT_FOUND, "id:%lld was deleted", (long long)id);
    if (status == STATUS_OK)
        status = store_ideas(store, id, &row.ideas, error);
    if (status == STATUS_OK)
        status = store_actions(store, id, &row.actions, error);
    if (status == STATUS_OK)
        status = store_entries(store, id, &row.entries, error);
    if (status == STATUS_OK && row.moment.phase)
        status = store_phase(store, row.moment.phase, &phase, error);
    if (status == STATUS_OK) {
        if (phase.title)
            out_line(showing->call, "Phase: %s", phase.title);
        show_row(showing, &row);
    }
    memory_free(phase.title);
    row_release(&row);
    return status;
}

/* --- the board -------------------------------------------------------------------------------- */

static void show_ratings(struct showing *showing, const struct meter *meter)
{
    struct buffer line = {0};
    for (int rating = RATING_MAGICAL; rating >= RATING_NONE; rating--) {
        if (!meter->rated[rating])
            continue;
        buffer_add_text(&line, line.length ? ", " : "");
        count_format(meter->rated[rating], &line);
        buffer_add_format(&line, " %s", rating ? rating_word(rating) : "unrated");
    }
    if (meter->hidden) {
        buffer_add_text(&line, line.length ? ", " : "");
        count_format(meter->hidden, &line);
        buffer_add_text(&line, " ?");
    }
    out_label(showing->call, "Rated", &line);
    buffer_release(&line);
}

static void show_channels(struct showing *showing, const struct meter *meter)
{
    struct buffer line = {0};
    for (size_t i = 0; i < meter->channels; i++) {
        const struct channel *channel =
            channels_by_id(&showing->channels, meter->by_channel[i].channel);
        buffer_add_text(&line, line.length ? ", " : "");
        count_format(meter->by_channel[i].moments, &line);
        buffer_add_format(&line, " %s", channel ? channel->name : "without one");
    }
    out_label(showing->call, "Channels", &line);
    buffer_release(&line);
}

static enum status show_sums(struct showing *showing, struct error *error)
{
    struct call *call = showing->call;
    struct meter meter;
    struct buffer line = {0};
    enum status status = store_meter(call->store, &meter, error);
    if (status != STATUS_OK)
        return status;
    meter_format(&meter, &showing->board, INT_MAX, &line);
    out_label(call, "In all", &line);
    buffer_release(&line);
    show_channels(showing, &meter);
    show_ratings(showing, &meter);
    review_progress(&meter, &line);
    out_label(call, "Review going on", &line);
    buffer_release(&line);
    out_line(call, "Chosen: %lld of %d to %d", (long long)meter.chosen, METHOD_CHOSEN_LEAST,
             METHOD_CHOSEN_MOST);
    if (meter.parked)
        out_line(call, "Parked: %lld", (long long)meter.parked);
    return STATUS_OK;
}

static enum status show_people(struct showing *showing, struct error *error)
{
    struct people people = {0};
    enum status status = store_people(showing->call->store, &people, error);
    for (size_t i = 0; status == STATUS_OK && i < people.count; i++) {
        const struct person *person = &people.at[i];
        out_line(showing->call, "Person: %s%s%s%s%s", person->name, person->role ? ", " : "",
                 person->role ? person->role : "", person->front_line ? ", front line" : "",
                 person->present ? ", here" : "");
    }
    people_release(&people);
    return status;
}

static enum status show_head(struct showing *showing, struct error *error)
{
    static const int fields[] = {BOARD_TITLE,      BOARD_WHY,  BOARD_NOUN,
                                 BOARD_CUSTOMERS,  BOARD_NOTE, BOARD_NEXT_OBJECTIVE,
                                 BOARD_NEXT_REVIEW};
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        const struct field *field = &record_type(RECORD_BOARD)->fields[fields[i]];
        struct value value = record_get(RECORD_BOARD, &showing->board, fields[i]);
        struct buffer words = {0};
        if (value.type == VALUE_INTEGER)
            count_format(value.integer, &words);
        else
            field_format(field, NULL, value, &words);
        if (words.length > 0)
            out_text(showing->call, field->label, buffer_text(&words), 2);
        buffer_release(&words);
    }
    enum status status = show_people(showing, error);
    return status == STATUS_OK ? show_sums(showing, error) : status;
}

static void show_heading(struct showing *showing, struct row *row)
{
    bool parked = row->moment.state == STATE_PARKED;
    out_line(showing->call, "%s", "");
    if (parked)
        row->moment.number = ++showing->parked;
    if (parked || !row->phase || (showing->phase && strcmp(showing->phase, row->phase) == 0))
        return;
    memory_replace(&showing->phase, row->phase);
    out_line(showing->call, "Phase: %s", row->phase);
    out_line(showing->call, "%s", "");
}

static void show_next(void *data, struct row *row)
{
    show_heading(data, row);
    show_row(data, row);
}

static enum status show_board(struct showing *showing, struct error *error)
{
    enum status status = show_head(showing, error);
    return status == STATUS_OK ? store_each_row(showing->call->store, show_next, showing, error)
                               : status;
}

static enum status run(struct call *call, struct error *error)
{
    struct showing showing = {.call = call};
    const struct json_wanted json = {.what = call->moment ? JSON_MOMENT : JSON_BOARD,
                                     .id = call->moment};
    if (call->values[JSON])
        return out_json(call, &json, error);
    enum status status = store_channels(call->store, &showing.channels, error);
    if (status == STATUS_OK)
        status = store_board(call->store, &showing.board, error);
    if (status == STATUS_OK)
        status = store_marks(call->store, &showing.first, &showing.last, &showing.weakest, error);
    if (status == STATUS_OK)
        status = call->moment ? show_moment(&showing, error) : show_board(&showing, error);
    channels_release(&showing.channels);
    record_release(RECORD_BOARD, &showing.board);
    memory_free(showing.phase);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_show = {
    .name = "show",
    .scope = COMMAND_BOARD,
    .group = GROUP_LOOK,
    .label = "Show",
    .summary = "Show a board or a moment as plain text, one fact a line",
    .details =
        "Made for screen readers and pipes: no columns, no boxes, every fact after its name.",
    .arguments =
        ARGUMENTS(POSITION(MOMENT, "N", ARGUMENT_MOMENT, "only this moment"), JSON_ROW(JSON)),
    .run = run,
};
