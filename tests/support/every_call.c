#include "every_call.h"
#include "board.h"
#include "boards.h"
#include "shell.h"
#include "touchline/command.h"
#include "touchline/vote.h"
#include <inttypes.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* Ids on the sample wally-taxi, where phases and moments share them. */
enum { BEFORE = 1, ADVERT = 2, CARD = 3, BOOKS = 4, PULLS_UP = 6, BAGS = 9, RECEIPT = 15 };
enum { PERMIT = 16 /* z1 */, WEBINAR = 6 };
static const struct date today = {2026, 11, 30};

/* --- told as text ----------------------------------------------------------------------------- */

static void tell(struct buffer *told, enum record record, const void *it)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < type->count; i++) {
        struct value value = record_get(record, it, (int)i);
        if (value.type == VALUE_TEXT)
            buffer_add_format(told, "%s|", value.text);
        else
            buffer_add_format(told, "%" PRId64 "|", value.integer);
    }
    if (record == RECORD_ITEM) {
        const struct moment *moment = it;
        buffer_add_format(told, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %d",
                          moment->number, moment->phase, moment->ideas, moment->actions,
                          moment->overdue);
    }
    buffer_add_byte(told, '\n');
}

static void tell_all(struct buffer *told, enum record record, const void *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        tell(told, record, (const char *)at + i * record_type(record)->size);
}

static void tell_number(struct buffer *told, int64_t number)
{
    buffer_add_format(told, "%" PRId64 "\n", number);
}

static void tell_text(struct buffer *told, const char *text)
{
    buffer_add_format(told, "%s\n", text ? text : "-");
}

static void tell_row(void *data, struct row *row)
{
    struct buffer *told = data;
    tell_text(told, row->phase);
    tell(told, RECORD_ITEM, &row->moment);
    tell_all(told, RECORD_IDEA, row->ideas.at, row->ideas.count);
    tell_all(told, RECORD_ACTION, row->actions.at, row->actions.count);
    tell_all(told, RECORD_ENTRY, row->entries.at, row->entries.count);
}

/* --- reading: records and lists --------------------------------------------------------------- */

static enum status read_board(struct store *store, struct buffer *told, struct error *error)
{
    struct board board = {0};
    enum status status = store_board(store, &board, error);
    tell(told, RECORD_BOARD, &board);
    record_release(RECORD_BOARD, &board);
    return status;
}

static enum status read_moments(struct store *store, struct buffer *told, struct error *error)
{
    static const int64_t ids[] = {BOOKS, CARD, PERMIT};
    enum status status = STATUS_OK;
    struct moment moment = {0};
    for (size_t i = 0; status == STATUS_OK && i < sizeof ids / sizeof *ids; i++) {
        status = store_moment(store, ids[i], &moment, error);
        tell(told, RECORD_ITEM, &moment);
    }
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status read_note(struct store *store, struct buffer *told, struct error *error)
{
    char *note = NULL;
    enum status status = store_note(store, BOOKS, &note, error);
    tell_text(told, note);
    memory_free(note);
    return status;
}

static enum status read_phases(struct store *store, struct buffer *told, struct error *error)
{
    struct phases phases = {0};
    struct phase phase = {0};
    enum status status = store_phases(store, &phases, error);
    for (size_t i = 0; i < phases.count; i++)
        tell_text(told, phases.at[i].title);
    phases_release(&phases);
    if (status == STATUS_OK)
        status = store_phase(store, BEFORE, &phase, error);
    tell_text(told, phase.title);
    memory_free(phase.title);
    return status;
}

static enum status read_records(struct store *store, struct buffer *told, struct error *error)
{
    enum status status = STATUS_OK;
    for (int record = RECORD_CHANNEL; status == STATUS_OK && record < RECORDS; record++) {
        union {
            struct moment moment;
            struct action action;
            struct review review;
            struct channel channel;
            struct entry entry;
        } it = {0};
        int64_t newest = 0;
        status = store_newest(store, (enum record)record, &newest, error);
        if (status == STATUS_OK && record != RECORD_ITEM)
            status = store_record(store, (enum record)record, 1, &it, error);
        tell_number(told, newest);
        if (record != RECORD_ITEM)
            tell(told, (enum record)record, &it);
        record_release((enum record)record, &it);
    }
    return status;
}

static enum status read_belongings(struct store *store, struct buffer *told, struct error *error)
{
    struct ideas ideas = {0};
    struct actions actions = {0};
    struct entries entries = {0};
    enum status status = store_ideas(store, BOOKS, &ideas, error);
    if (status == STATUS_OK)
        status = store_actions(store, BOOKS, &actions, error);
    if (status == STATUS_OK)
        status = store_entries(store, ADVERT, &entries, error);
    tell_all(told, RECORD_IDEA, ideas.at, ideas.count);
    tell_all(told, RECORD_ACTION, actions.at, actions.count);
    tell_all(told, RECORD_ENTRY, entries.at, entries.count);
    ideas_release(&ideas);
    actions_release(&actions);
    entries_release(&entries);
    return status;
}

static enum status read_lists(struct store *store, struct buffer *told, struct error *error)
{
    struct channels channels = {0};
    struct people people = {0};
    struct waves waves = {0};
    enum status status = store_channels(store, &channels, error);
    if (status == STATUS_OK)
        status = store_people(store, &people, error);
    if (status == STATUS_OK)
        status = store_waves(store, &waves, error);
    tell_all(told, RECORD_CHANNEL, channels.at, channels.count);
    tell_all(told, RECORD_PERSON, people.at, people.count);
    tell_all(told, RECORD_WAVE, waves.at, waves.count);
    channels_release(&channels);
    people_release(&people);
    waves_release(&waves);
    return status;
}

static enum status read_parked(struct store *store, struct buffer *told, struct error *error)
{
    struct moments parked = {0};
    enum status status = store_parked(store, &parked, error);
    tell_all(told, RECORD_ITEM, parked.at, parked.count);
    moments_release(&parked);
    return status;
}

static enum status read_by_dots(struct store *store, struct buffer *told, struct error *error)
{
    struct moments ranked = {0};
    struct dots dots = {0};
    enum status status = store_by_dots(store, 5, &ranked, error);
    if (status == STATUS_OK)
        status = store_dots(store, &dots, error);
    tell_all(told, RECORD_ITEM, ranked.at, ranked.count);
    dots_format(&dots, told);
    moments_release(&ranked);
    return status;
}

static enum status read_reviews(struct store *store, struct buffer *told, struct error *error)
{
    struct reviews reviews = {0};
    int64_t now = 0;
    enum status status = store_reviews(store, &reviews, error);
    if (status == STATUS_OK)
        status = store_review_now(store, &now, error);
    tell_all(told, RECORD_REVIEW, reviews.at, reviews.count);
    tell_number(told, now);
    reviews_release(&reviews);
    return status;
}

static enum status read_drift(struct store *store, struct buffer *told, struct error *error)
{
    struct drift drift = {0};
    enum status status = store_drift(store, 1, &drift, error);
    for (size_t i = 0; i < drift.count; i++)
        buffer_add_format(told, "%" PRId64 " %s %d %" PRId64 " %" PRId64 "\n", drift.at[i].number,
                          drift.at[i].title, drift.at[i].chosen, drift.at[i].before,
                          drift.at[i].after);
    drift_release(&drift);
    return status;
}

static enum status read_meter(struct store *store, struct buffer *told, struct error *error)
{
    struct meter meter = {0};
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    for (int times = 0; times < 2 && status == STATUS_OK; times++)
        status = store_meter(store, &meter, error);
    store_read_end(store);
    buffer_add_format(told, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
                      meter.moments, meter.seconds, meter.chosen_planned, meter.hidden,
                      meter.reviewed);
    for (size_t i = 0; i < meter.channels; i++)
        tell_number(told, meter.by_channel[i].moments);
    for (int rating = 0; rating < RATINGS; rating++)
        tell_number(told, meter.rated[rating]);
    return status;
}

static enum status read_plan(struct store *store, struct buffer *told, struct error *error)
{
    struct plan plan = {0};
    struct action oldest = {0};
    int64_t count = 0;
    enum status status = store_plan(store, &plan, error);
    if (status == STATUS_OK)
        status = store_overdue(store, today, &count, &oldest, error);
    for (size_t i = 0; i < plan.count; i++) {
        tell(told, RECORD_ACTION, &plan.at[i].action);
        buffer_add_format(told, "%" PRId64 " %s %" PRId64 "\n", plan.at[i].number,
                          plan.at[i].moment, plan.at[i].rating);
    }
    tell_number(told, count);
    tell(told, RECORD_ACTION, &oldest);
    record_release(RECORD_ACTION, &oldest);
    plan_release(&plan);
    return status;
}

/* --- reading: numbers and neighbours ---------------------------------------------------------- */

static enum status read_numbers(struct store *store, struct buffer *told, struct error *error)
{
    static const char *const names[] = {"7", "z2", "id:12"};
    static const int64_t ids[] = {BAGS, RECEIPT, PERMIT, ADVERT};
    int64_t number = 0;
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof ids / sizeof *ids; i++) {
        status = store_number(store, ids[i], &number, error);
        tell_number(told, number);
    }
    for (size_t i = 0; status == STATUS_OK && i < sizeof names / sizeof *names; i++) {
        status = store_find(store, names[i], &number, error);
        tell_number(told, number);
    }
    if (status == STATUS_OK)
        status = store_at(store, 9, &number, error);
    tell_number(told, number);
    if (status == STATUS_OK)
        status = store_parked_at(store, 1, &number, error);
    tell_number(told, number);
    return status;
}

static enum status read_steps(struct store *store, struct buffer *told, struct error *error)
{
    static const struct filter filters[] = {{0}, {.rating = RATING_NEUTRAL + 1}, {.cheap = true}};
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < 6; i++) {
        int64_t to = 0;
        status = store_step(store, BOOKS, i % 2 ? 2 : -1, &filters[i / 2], &to, error);
        tell_number(told, to);
    }
    for (size_t i = 0; status == STATUS_OK && i < 3; i++) {
        int64_t first = 0, last = 0;
        status = store_ends(store, &filters[i], &first, &last, error);
        tell_number(told, first);
        tell_number(told, last);
    }
    return status;
}

static enum status read_neighbours(struct store *store, struct buffer *told, struct error *error)
{
    int64_t ids[5] = {0};
    enum status status = store_neighbours(store, BOOKS, &ids[0], &ids[1], error);
    if (status == STATUS_OK)
        status = store_phase_end(store, BEFORE, &ids[2], error);
    if (status == STATUS_OK)
        status = store_phase_step(store, BOOKS, 1, &ids[3], error);
    if (status == STATUS_OK)
        status = store_phase_step(store, BAGS, -1, &ids[4], error);
    for (size_t i = 0; i < 5; i++)
        tell_number(told, ids[i]);
    return status;
}

static enum status read_next(struct store *store, struct buffer *told, struct error *error)
{
    enum status status = STATUS_OK;
    for (int next = NEXT_NONE; status == STATUS_OK && next <= NEXT_TO_REVIEW; next++) {
        int64_t to = 0;
        status = store_next(store, (enum next)next, BOOKS, &to, error);
        tell_number(told, to);
    }
    return status;
}

static enum status read_similar(struct store *store, struct buffer *told, struct error *error)
{
    int64_t id = 0;
    enum status status = store_similar(store, "Books the cab by  phone", &id, error);
    tell_number(told, id);
    return status;
}

static enum status read_search(struct store *store, struct buffer *told, struct error *error)
{
    struct search search;
    bool done = false;
    enum status status = STATUS_OK;
    store_search_begin(&search, "wally", BAGS, 1);
    while (status == STATUS_OK && !done) {
        int64_t found = 0;
        status = store_search(store, &search, 3, &found, &done, error);
        tell_number(told, found);
    }
    store_search_end(&search);
    return status;
}

/* --- reading: the screen ---------------------------------------------------------------------- */

static enum status read_window(struct store *store, const struct filter *filter,
                               struct buffer *told, struct error *error)
{
    struct window window = {0};
    struct strip strip = {0};
    enum status status = store_window(store, BAGS, 3, 4, filter, today, &window, error);
    if (status == STATUS_OK)
        status = store_strip(store, filter, 80, &strip, error);
    tell_all(told, RECORD_ITEM, window.moments, window.count);
    for (size_t i = 0; i < window.phase_count; i++)
        buffer_add_format(told, "%s %zu %d\n", window.phases[i].title, window.phases[i].at,
                          window.phases[i].begins);
    buffer_add_format(told, "%zu %" PRId64 " %" PRId64 " %d %" PRId64 " %" PRId64 " %" PRId64 "\n",
                      window.selected, window.before, window.total, window.continues, window.first,
                      window.last, window.weakest);
    for (size_t i = 0; i < strip.count; i++)
        buffer_add_format(told, "%" PRId64 " %" PRId64 " %d %d\n", strip.signs[i].id,
                          strip.signs[i].rating, strip.signs[i].chosen, strip.signs[i].begins);
    window_release(&window);
    strip_release(&strip);
    return status;
}

static enum status read_whole_window(struct store *store, struct buffer *told, struct error *error)
{
    return read_window(store, NULL, told, error);
}

static enum status read_filtered(struct store *store, struct buffer *told, struct error *error)
{
    const struct filter filter = {.words = (char *)"the"};
    return read_window(store, &filter, told, error);
}

static enum status read_marks(struct store *store, struct buffer *told, struct error *error)
{
    int64_t first = 0, last = 0, weakest = 0;
    enum status status = store_marks(store, &first, &last, &weakest, error);
    tell_number(told, first);
    tell_number(told, last);
    tell_number(told, weakest);
    return status;
}

/* --- reading: all of it ----------------------------------------------------------------------- */

static enum status read_rows(struct store *store, struct buffer *told, struct error *error)
{
    struct store_rows *rows;
    struct row row;
    bool done = false;
    enum status status = store_rows_begin(store, &rows, error);
    if (status != STATUS_OK)
        return status;
    row_init(&row);
    struct row_source source = store_rows_source(rows);
    for (int times = 0; times < 2 && status == STATUS_OK; times++) {
        while ((status = source.next(source.data, &row, &done, error)) == STATUS_OK && !done)
            tell_row(told, &row);
        if (status == STATUS_OK && times == 0)
            status = source.again(source.data, error);
    }
    row_release(&row);
    store_rows_end(rows);
    return status;
}

static enum status read_each_row(struct store *store, struct buffer *told, struct error *error)
{
    return store_each_row(store, tell_row, told, error);
}

static bool tell_edit(void *data, const struct history_entry *entry)
{
    buffer_add_format(data, "%" PRId64 " %s %s %d %d %d %" PRId64 "\n", entry->id, entry->who,
                      entry->words, entry->undo, entry->redo, entry->nothing, entry->changes);
    return true;
}

static bool tell_change(void *data, const struct history_change *change)
{
    buffer_add_format(data, "%d %" PRId64 " %d %s %s\n", (int)change->record, change->id,
                      change->field, change->old.type == VALUE_TEXT ? change->old.text : "-",
                      change->new.type == VALUE_TEXT ? change->new.text : "-");
    return true;
}

static enum status read_history(struct store *store, struct buffer *told, struct error *error)
{
    int64_t moment = 0;
    enum status status = store_history(store, 1, tell_edit, told, error);
    if (status == STATUS_OK)
        status = store_history_back(store, 5, tell_edit, told, error);
    for (int64_t edit = 1; status == STATUS_OK && edit < 5; edit++)
        status = store_history_changes(store, edit, tell_change, told, error);
    if (status == STATUS_OK)
        status = store_history_moment(store, 2, &moment, error);
    tell_number(told, moment);
    return status;
}

static enum status put_json(struct store *store, enum json_what what, struct buffer *told,
                            struct error *error)
{
    struct plan plan = {0};
    char *text = NULL;
    size_t length = 0;
    FILE *out = open_memstream(&text, &length);
    assert_non_null(out);
    struct json_wanted wanted = {
        .what = what, .id = what == JSON_MOMENT ? BOOKS : 0, .plan = &plan};
    enum status status = what == JSON_ACTIONS ? store_plan(store, &plan, error) : STATUS_OK;
    if (status == STATUS_OK)
        status = store_json(store, &wanted, out, error);
    assert_int_equal(fclose(out), 0);
    buffer_add(told, text, length);
    free(text);
    plan_release(&plan);
    return status;
}

static enum status read_json(struct store *store, struct buffer *told, struct error *error)
{
    enum status status = STATUS_OK;
    for (int what = JSON_MOMENTS; status == STATUS_OK && what < JSON_BOARD; what++)
        status = put_json(store, (enum json_what)what, told, error);
    return status;
}

static enum status read_board_json(struct store *store, struct buffer *told, struct error *error)
{
    return put_json(store, JSON_BOARD, told, error);
}

static enum status check(struct store *store, struct buffer *told, struct error *error)
{
    return store_check(store, told, error);
}

static enum status read_past(struct store *store, struct buffer *told, struct error *error)
{
    struct store *past = NULL;
    enum status status = store_open_past(store, 3, &past, error);
    if (status == STATUS_OK)
        status = read_each_row(past, told, error);
    store_close(past);
    return status;
}

/* --- changing --------------------------------------------------------------------------------- */

static enum status set_fields(struct edit *edit, struct error *error)
{
    const struct value seen = value_integer(RATING_NEUTRAL);
    enum status status = edit_set(edit, RECORD_ITEM, BOOKS, ITEM_RATING,
                                  value_integer(RATING_MISERABLE), &seen, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_ITEM, BOOKS, ITEM_NOTE, value_text("a note"), NULL, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_ITEM, RECEIPT, ITEM_CHOSEN, value_integer(1), NULL, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_BOARD, 1, BOARD_WHY, value_text("why"), NULL, error);
    return status;
}

static enum status set_target(struct edit *edit, struct error *error)
{
    enum status status =
        edit_set(edit, RECORD_ITEM, BAGS, ITEM_TARGET, value_integer(RATING_MAGICAL), NULL, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_ITEM, BOOKS, ITEM_RATING, value_absent(), NULL, error);
    return status;
}

static enum status set_states(struct edit *edit, struct error *error)
{
    enum status status =
        edit_set(edit, RECORD_ITEM, PERMIT, ITEM_STATE, value_integer(STATE_LIVE), NULL, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_ITEM, BOOKS, ITEM_STATE, value_integer(STATE_PARKED), NULL,
                          error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_ITEM, CARD, ITEM_CHANNEL, value_integer(2), NULL, error);
    return status;
}

static enum status rate_anew(struct edit *edit, struct error *error)
{
    return edit_set(edit, RECORD_ITEM, BAGS, ITEM_RATING, value_integer(RATING_MAGICAL), NULL,
                    error);
}

static enum status add_moments(struct edit *edit, struct error *error)
{
    struct moment moment = {0};
    int64_t id = 0;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)"Waves";
    enum status status = edit_add_phase(edit, "Good-bye", PLACE_END, &id, error);
    if (status == STATUS_OK)
        status = edit_add_moment(edit, &moment, id, &id, error);
    moment.state = STATE_PARKED;
    if (status == STATUS_OK)
        status = edit_add_moment(edit, &moment, PLACE_START, &id, error);
    return status;
}

/* At one spot until there is no room between two places, so that all are placed anew. */
static enum status crowd(struct edit *edit, struct error *error)
{
    struct moment moment = {0};
    int64_t id = BOOKS;
    enum status status = STATUS_OK;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)"Waves";
    for (int i = 0; status == STATUS_OK && i < 2; i++)
        status = edit_add_moment(edit, &moment, BOOKS, &id, error);
    return status;
}

static enum status add_records(struct edit *edit, struct error *error)
{
    int64_t id = 0;
    struct idea idea = {.item = BOOKS, .text = (char *)"tea", .price = PRICE_FREE};
    struct action action = {.item = BOOKS, .text = (char *)"buy tea", .wave = 2};
    struct entry entry = {.item = BOOKS, .kind = ENTRY_COMPLAINT, .day = (char *)"2026-11-02"};
    struct person person = {.name = (char *)"Dora", .present = 1};
    struct channel channel = {.position = 9, .name = (char *)"Radio", .letter = (char *)"R"};
    channel.sign = (char *)"R";
    channel.colour = 230;
    enum status status = edit_add(edit, RECORD_IDEA, &idea, &id, error);
    if (status == STATUS_OK)
        status = edit_add(edit, RECORD_ACTION, &action, &id, error);
    if (status == STATUS_OK)
        status = edit_add(edit, RECORD_ENTRY, &entry, &id, error);
    if (status == STATUS_OK)
        status = edit_add(edit, RECORD_PERSON, &person, &id, error);
    if (status == STATUS_OK)
        status = edit_add(edit, RECORD_CHANNEL, &channel, &id, error);
    return status;
}

static enum status add_review(struct edit *edit, struct error *error)
{
    int64_t id = 0;
    struct review review = {.day = (char *)"2026-12-01", .miserable = FIELD_ABSENT};
    review.neutral = review.magical = FIELD_ABSENT;
    return edit_add(edit, RECORD_REVIEW, &review, &id, error);
}

static enum status end_review(struct edit *edit, struct error *error)
{
    return edit_set(edit, RECORD_REVIEW, 2, REVIEW_ENDED, value_integer(1), NULL, error);
}

static enum status move_and_remove(struct edit *edit, struct error *error)
{
    enum status status = edit_move(edit, BOOKS, PLACE_END, error);
    if (status == STATUS_OK)
        status = edit_move(edit, BAGS, ADVERT, error);
    if (status == STATUS_OK)
        status = edit_remove(edit, RECORD_ITEM, PULLS_UP, error);
    if (status == STATUS_OK)
        status = edit_remove(edit, RECORD_IDEA, 1, error);
    if (status == STATUS_OK)
        status = edit_remove(edit, RECORD_CHANNEL, WEBINAR, error);
    return status;
}

static enum status rename_channel(struct edit *edit, struct error *error)
{
    enum status status =
        edit_set(edit, RECORD_CHANNEL, 2, CHANNEL_NAME, value_text("Telephone"), NULL, error);
    if (status == STATUS_OK)
        status = edit_set(edit, RECORD_CHANNEL, 2, CHANNEL_LETTER, value_text("T"), NULL, error);
    return status;
}

static enum status import_rows(struct edit *edit, struct error *error)
{
    struct row_sink sink = edit_row_sink(edit);
    struct idea idea = {.text = (char *)"tea"};
    struct action action = {.text = (char *)"buy tea", .wave = FIELD_ABSENT};
    struct entry entry = {
        .kind = ENTRY_RETURN, .day = (char *)"2026-11-02", .amount = FIELD_ABSENT};
    struct row row = {.phase = (char *)"Night",
                      .ideas = {&idea, 1},
                      .actions = {&action, 1},
                      .entries = {&entry, 1}};
    record_init(RECORD_ITEM, &row.moment);
    row.moment.title = (char *)"Drives home";
    enum status status = sink.add(sink.data, &row, NULL, error);
    if (status == STATUS_OK)
        status = sink.add(sink.data, &row, NULL, error);
    return status;
}

static enum status open_vote(struct edit *edit, struct error *error)
{
    return edit_open_vote(edit, VOTE_RATINGS, 0, error);
}

/* --- taking back ------------------------------------------------------------------------------ */

static enum status tell_undone(enum status status, struct undone *undone, struct buffer *told)
{
    if (status != STATUS_OK)
        return status;
    buffer_add_format(told, "%s %" PRId64 " %d\n", undone->words, undone->item, undone->nothing);
    undone_release(undone);
    return status;
}

static enum status undo(struct store *store, struct buffer *told, struct error *error)
{
    struct undone undone;
    return tell_undone(store_undo(store, &undone, error), &undone, told);
}

static enum status redo(struct store *store, struct buffer *told, struct error *error)
{
    struct undone undone;
    return tell_undone(store_redo(store, &undone, error), &undone, told);
}

static enum status skip_one(struct store *store, struct buffer *told, struct error *error)
{
    struct undone undone;
    return tell_undone(store_undo_skip(store, &undone, error), &undone, told);
}

static enum status read_undo_next(struct store *store, struct buffer *told, struct error *error)
{
    int64_t id = 0;
    enum status status = store_undo_next(store, &id, error);
    tell_number(told, id);
    return status;
}

/* --- voting ----------------------------------------------------------------------------------- */

static enum status read_vote(struct store *store, struct buffer *told, struct error *error)
{
    struct vote_state state = {0};
    struct spreads spreads = {0};
    int64_t counts[RATINGS] = {0};
    enum status status = store_vote(store, &state, error);
    if (status == STATUS_OK)
        status = store_spread(store, BAGS, counts, error);
    if (status == STATUS_OK)
        status = store_spreads(store, &spreads, error);
    tell(told, RECORD_VOTE, &state.vote);
    buffer_add_format(told, "%" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 " %" PRId64 "\n",
                      state.ballots, state.voted, state.done, state.spent, state.present);
    for (int i = 0; i < RATINGS; i++)
        tell_number(told, counts[i]);
    for (size_t i = 0; i < spreads.count; i++)
        tell_number(told, spreads.at[i].item);
    spreads_release(&spreads);
    return status;
}

static enum status new_ballot(struct store *store, struct buffer *told, struct error *error)
{
    struct ballot ballot = {0};
    enum status status = ballot_take(store, "Dora", NULL, false, &ballot, error);
    tell_text(told, ballot.name);
    ballot_release(&ballot);
    return status;
}

/* What is done with the ballot that Ana has, by who is sure to be her. */
static enum status with_ballot(struct store *store,
                               enum status (*use)(struct store *, struct ballot *, struct buffer *,
                                                  struct error *),
                               struct buffer *told, struct error *error)
{
    struct ballot ballot = {0};
    enum status status = ballot_take(store, "Ana", NULL, true, &ballot, error);
    if (status == STATUS_OK)
        status = use(store, &ballot, told, error);
    tell_number(told, ballot.spent);
    ballot_release(&ballot);
    return status;
}

static enum status look_at(struct store *store, struct ballot *ballot, struct buffer *told,
                           struct error *error)
{
    struct marks marks = {0};
    int64_t value = 0;
    enum status status = ballot_look(store, ballot, error);
    if (status == STATUS_OK)
        status = ballot_mark(store, ballot, BAGS, &value, error);
    if (status == STATUS_OK)
        status = ballot_marks(store, ballot, &marks, error);
    tell_text(told, ballot->name);
    tell_number(told, value);
    for (size_t i = 0; i < marks.count; i++)
        tell_number(told, marks.at[i].item);
    marks_release(&marks);
    return status;
}

static enum status look_at_ballot(struct store *store, struct buffer *told, struct error *error)
{
    return with_ballot(store, look_at, told, error);
}

static enum status lay_on(struct store *store, struct ballot *ballot, struct buffer *told,
                          struct error *error)
{
    (void)told;
    return ballot_lay(store, ballot, BOOKS, 2, error);
}

static enum status lay_dots(struct store *store, struct buffer *told, struct error *error)
{
    return with_ballot(store, lay_on, told, error);
}

static enum status judge(struct store *store, struct ballot *ballot, struct buffer *told,
                         struct error *error)
{
    (void)told;
    return ballot_rate(store, ballot, BOOKS, RATING_MAGICAL, error);
}

static enum status rate(struct store *store, struct buffer *told, struct error *error)
{
    return with_ballot(store, judge, told, error);
}

static enum status be_done(struct store *store, struct ballot *ballot, struct buffer *told,
                           struct error *error)
{
    (void)told;
    return ballot_say_done(store, ballot, true, error);
}

static enum status say_done(struct store *store, struct buffer *told, struct error *error)
{
    return with_ballot(store, be_done, told, error);
}

/* --- the file --------------------------------------------------------------------------------- */

static const char *beside(const char *path, const char *ending)
{
    static char name[500];
    (void)snprintf(name, sizeof name, "%s%s", path, ending);
    return name;
}

#define MADE ".made"

struct store_options store_call_options(void)
{
    struct store_options options = board_options("Tester");
    options.vfs = NULL;
    return options;
}

/* What is open tells all of its rows. */
static enum status tell_store(enum status status, struct store *store, struct buffer *told,
                              struct error *error)
{
    if (status == STATUS_OK)
        status = read_each_row(store, told, error);
    store_close(store);
    return status;
}

static enum status open_it(const char *path, struct buffer *told, struct error *error)
{
    struct store *store = NULL;
    const struct store_options options = store_call_options();
    enum status status = store_open(path, &options, &store, error);
    return tell_store(status, store, told, error);
}

static enum status create(const char *path, struct buffer *told, struct error *error)
{
    struct store *store = NULL;
    const struct store_options options = store_call_options();
    enum status status = store_create(beside(path, MADE), &options, &store, error);
    store_close(store);
    buffer_add_text(told, "made");
    return status;
}

static enum status salvage(const char *path, struct buffer *told, struct error *error)
{
    const struct store_options options = store_call_options();
    return store_salvage(path, beside(path, MADE), &options, told, error);
}

static enum status back_up(struct store *store, struct buffer *told, struct error *error)
{
    buffer_add_text(told, "made");
    return store_backup(store, beside(store_path(store), MADE), error);
}

/* --- the list --------------------------------------------------------------------------------- */

#define REDO "set 3 owner=Zoe\nundo"

static const struct store_call calls[] = {
    {.names = "store_board", .read = read_board},
    {.names = "store_moment", .read = read_moments},
    {.names = "store_note", .read = read_note},
    {.names = "store_phases store_phase", .read = read_phases},
    {.names = "store_record store_newest", .read = read_records},
    {.names = "store_ideas store_actions store_entries", .read = read_belongings},
    {.names = "store_channels store_people store_waves", .read = read_lists},
    {.names = "store_parked", .read = read_parked},
    {.names = "store_by_dots store_dots", .read = read_by_dots},
    {.names = "store_reviews store_review_now", .read = read_reviews},
    {.names = "store_drift", .read = read_drift},
    {.names = "store_read_begin store_meter", .read = read_meter},
    {.names = "store_plan store_overdue", .read = read_plan},
    {.names = "store_number store_find store_at store_parked_at", .read = read_numbers},
    {.names = "store_step store_ends", .read = read_steps},
    {.names = "store_neighbours store_phase_end store_phase_step", .read = read_neighbours},
    {.names = "store_next", .read = read_next},
    {.names = "store_similar", .read = read_similar},
    {.names = "store_search", .read = read_search},
    {.names = "store_window store_strip", .read = read_whole_window},
    {.names = "store_window store_strip, filtered", .read = read_filtered},
    {.names = "store_marks", .read = read_marks},
    {.names = "store_rows_begin", .read = read_rows},
    {.names = "store_each_row", .read = read_each_row},
    {.names = "store_history store_history_back store_history_changes store_history_moment",
     .read = read_history},
    {.names = "store_json", .read = read_json},
    {.names = "store_json, all", .read = read_board_json},
    {.names = "store_check", .read = check},
    {.names = "store_open_past", .read = read_past},
    {.names = "store_undo_next", .read = read_undo_next},
    {.names = "store_vote store_spread store_spreads", .read = read_vote},
    {.names = "ballot_take ballot_look ballot_mark ballot_marks", .read = look_at_ballot},
    {.names = "edit_begin edit_set edit_commit edit_cancel store_confirm", .change = set_fields},
    {.names = "edit_set, target", .on = ON_RATED, .change = set_target},
    {.names = "edit_set, states", .on = ON_RATED, .change = set_states},
    {.names = "edit_set, anew", .change = rate_anew},
    {.names = "edit_set, channel", .on = ON_RATED, .change = rename_channel},
    {.names = "edit_add_moment edit_add_phase", .on = ON_RATED, .change = add_moments},
    {.names = "edit_add_moment, crowded", .on = ON_RATED, .change = crowd},
    {.names = "edit_add", .on = ON_RATED, .change = add_records},
    {.names = "edit_add, review", .on = ON_RATED, .change = add_review},
    {.names = "edit_set, review", .on = ON_REVIEWED, .change = end_review},
    {.names = "edit_move edit_remove", .on = ON_RATED, .change = move_and_remove},
    {.names = "edit_row_sink", .on = ON_RATED, .change = import_rows},
    {.names = "edit_open_vote", .on = ON_RATED, .before = "poll show", .change = open_vote},
    {.names = "edit_close_vote", .on = ON_RATED, .change = edit_close_vote},
    {.names = "edit_show_vote", .change = edit_show_vote},
    {.names = "store_undo", .on = ON_RATED, .save = undo},
    {.names = "store_undo, place", .on = ON_RATED, .before = "move 3 --to 9", .save = undo},
    {.names = "store_redo", .on = ON_RATED, .before = REDO, .save = redo},
    {.names = "store_redo, added",
     .on = ON_RATED,
     .before = "add Waves --phase Ride\nundo",
     .save = redo},
    {.names = "store_undo_skip", .on = ON_RATED, .save = skip_one},
    {.names = "ballot_take, new", .on = ON_RATED, .save = new_ballot, .at_random = true},
    {.names = "ballot_lay", .on = ON_RATED, .save = lay_dots},
    {.names = "ballot_rate", .on = ON_REVIEWED, .save = rate},
    {.names = "ballot_say_done", .save = say_done},
    {.names = "store_open", .on = ON_RATED, .act = open_it},
    {.names = "store_create", .on = ON_RATED, .act = create, .makes = MADE},
    {.names = "store_salvage", .on = ON_RATED, .act = salvage, .makes = MADE},
    {.names = "store_backup", .on = ON_RATED, .read = back_up, .makes = MADE},
};
enum { CALLS = sizeof calls / sizeof *calls };

static bool is_listed(const char *name, size_t length)
{
    for (size_t i = 0; i < CALLS; i++)
        for (const char *at = calls[i].names; (at = strstr(at, name)); at++)
            if (!at[length] || strchr(" ,", at[length]))
                return true;
    return false;
}

static void assert_listed(const char *header)
{
    static const char before[] = "\nenum status ";
    char path[500];
    (void)snprintf(path, sizeof path, TOUCHLINE_SOURCE "/include/touchline/%s", header);
    char *text = fixture_read(path);
    assert_non_null(text);
    for (const char *at = text; (at = strstr(at, before));) {
        at += sizeof before - 1;
        char *name = memory_copy_bytes(at, strcspn(at, "("));
        if (!is_listed(name, strlen(name)))
            fail_msg("%s() has no line in the list of tests/support/every_call.c", name);
        memory_free(name);
    }
    memory_free(text);
}

const struct store_call *store_calls(size_t *count)
{
    assert_listed("store.h");
    assert_listed("query.h");
    assert_listed("edit.h");
    assert_listed("vote.h");
    *count = CALLS;
    return calls;
}

static enum status change(const struct store_call *call, struct store *store, struct error *error)
{
    struct edit *edit;
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = call->change(edit, error);
    if (status != STATUS_OK)
        return edit_cancel(edit, status);
    status = edit_commit(edit, error, "changed");
    return status == STATUS_OK ? store_confirm(store, error) : status;
}

enum status store_call_make(const struct store_call *call, struct store *store, const char *path,
                            struct buffer *told, struct error *error)
{
    if (call->change)
        return change(call, store, error);
    if (call->act)
        return call->act(path, told, error);
    return (call->read ? call->read : call->save)(store, told, error);
}

/* --- the board -------------------------------------------------------------------------------- */

static void vote(const char *path, const char *name, enum vote_kind kind)
{
    struct error error;
    struct ballot ballot = {0};
    struct store *store = board_open(path, name);
    MUST(ballot_take(store, name, NULL, true, &ballot, &error));
    for (int64_t id = BAGS; id < BAGS + 4; id += 2)
        if (kind == VOTE_DOTS)
            MUST(ballot_lay(store, &ballot, id == BAGS ? id : id + 1, 1, &error));
        else
            MUST(ballot_rate(store, &ballot, id == BAGS ? id : id + 1, 1 + (id + *name) % 3,
                             &error));
    ballot_release(&ballot);
    store_close(store);
}

static void do_lines(const char *path, const char *const *lines, size_t count)
{
    for (size_t i = 0; i < count; i++)
        board_do(path, i % 2 ? "Tester" : "Ana", lines[i]);
}

void store_calls_board(struct fixture *fixture, const char *name, bool reviewing)
{
    const char *path = fixture_path(fixture, name);
    char make[200];
    static const char *const first[] = {
        "person Ana --front-line",
        "person Ben",
        "dot 3",
        "wave 1 --response Wows",
        "move 3 --to 4",
        "undo",
        "remove 5",
        "phase 7 Boot",
        "review begin",
        "rate 3 magical",
        "rate 1 neutral",
        "review end",
        "poll open --ratings",
    };
    (void)snprintf(make, sizeof make, "touchline new %s --sample wally-taxi", name);
    struct shell_result made = shell_run(fixture, make);
    assert_int_equal(made.code, 0);
    shell_release(&made);
    do_lines(path, first, sizeof first / sizeof *first);
    vote(path, "Ana", VOTE_RATINGS);
    vote(path, "Ben", VOTE_RATINGS);
    board_do(path, "Ana", "poll show");
    board_do(path, "Ana", reviewing ? "poll open --ratings" : "poll open --dots 5");
    vote(path, "Ana", reviewing ? VOTE_RATINGS : VOTE_DOTS);
    if (reviewing) {
        board_do(path, "Ana", "review begin");
        board_do(path, "Ana", "rate 3 neutral");
    }
    board_do(path, "Tester", "owner 3 Zoe");
}
