/* A board as JSON by SQLite's own functions, a row at a time, in the words that CSV has too. What
 * is given out has been read and checked as a record before. */
#include "json.h"
#include "review.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/text.h"
#include <errno.h>
#include <string.h>

/* --- out -------------------------------------------------------------------------------------- */

/* Code points that a terminal or a browser would act on: DEL, C1, the line and paragraph
 * separators, marks and controls of direction. SQLite escapes C0 itself. */
static bool is_live(uint32_t point)
{
    return (point >= 0x7F && point <= 0x9F) || point == 0x061C || point == 0x200E ||
           point == 0x200F || (point >= 0x2028 && point <= 0x202E) ||
           (point >= 0x2066 && point <= 0x2069);
}

/* All of them begin with one of these bytes. */
static bool may_begin_live(unsigned char byte)
{
    return byte == 0x7F || byte == 0xC2 || byte == 0xD8 || byte == 0xE2;
}

void json_put(const char *text, size_t length, FILE *out)
{
    size_t from = 0;
    for (size_t at = 0; at < length; at++) {
        uint32_t point = 0;
        if (!may_begin_live((unsigned char)text[at]))
            continue;
        size_t taken = text_decode(text + at, length - at, &point);
        if (taken == 0 || !is_live(point))
            continue;
        (void)fwrite(text + from, 1, at - from, out);
        (void)fprintf(out, "\\u%04x", (unsigned)point);
        from = at + taken;
        at = from - 1;
    }
    (void)fwrite(text + from, 1, length - from, out);
}

static enum status check_written(FILE *out, struct error *error)
{
    if (fflush(out) == 0 && !ferror(out))
        return STATUS_OK;
    int why = errno;
    return error_set(error, why == ENOSPC || why == EFBIG ? STATUS_FULL : STATUS_FAILED,
                     "the output could not be written: %s", error_reason(why));
}

/* --- what of a record is given ---------------------------------------------------------------- */

void json_add_word(const struct field *field, const char *value, struct buffer *sql)
{
    buffer_add_format(sql, "CASE %s", value);
    for (const struct word *word = field->words; word->text; word++)
        if (*word->text)
            buffer_add_format(sql, " WHEN %lld THEN '%s'", (long long)word->value, word->text);
    buffer_add_text(sql, " END");
}

static void add_field(const struct field *field, struct buffer *sql)
{
    buffer_add_format(sql, ",'%s',", field->name);
    if (field->type == FIELD_YES)
        buffer_add_format(sql, "json(iif(%s, 'true', 'false'))", field->name);
    else if (field->type == FIELD_CHANNEL)
        buffer_add_format(sql, "(SELECT name FROM channel WHERE channel.id = it.%s)", field->name);
    else if (field->words)
        json_add_word(field, field->name, sql);
    else
        buffer_add_text(sql, field->name);
}

/* What a review is yet to rate anew is not given, nor what would betray it (R16); nor dots that are
 * hidden until they are shown. */
static void add_item_field(int field, struct buffer *sql)
{
    const struct field *about = &record_type(RECORD_ITEM)->fields[field];
    if (field == ITEM_DOTS) {
        buffer_add_format(sql, ",'%s',iif(dots > 0 AND (SELECT dots_hidden FROM board),'?',dots)",
                          about->name);
        return;
    }
    if (field != ITEM_RATING && field != ITEM_FIRST_RATING && field != ITEM_TARGET) {
        add_field(about, sql);
        return;
    }
    buffer_add_format(sql, ",'%s',iif(" IS_HIDDEN("it") ",%s,", about->name,
                      field == ITEM_RATING ? "'?'" : "NULL");
    json_add_word(about, about->name, sql);
    buffer_add_byte(sql, ')');
}

/* What earlier reviews counted is not given either while one goes on. */
static void add_review_field(int field, struct buffer *sql)
{
    const struct field *about = &record_type(RECORD_REVIEW)->fields[field];
    if (field == REVIEW_MISERABLE || field == REVIEW_NEUTRAL || field == REVIEW_MAGICAL)
        buffer_add_format(sql, ",'%s',iif(" BLIND_BY " IS NULL,%s,NULL)", about->name, about->name);
    else if (field != REVIEW_STATE)
        add_field(about, sql);
}

/* "json_object('id',id,<more>,<fields>": what belongs to a moment leaves out that, and its state,
 * which is live. The caller closes the bracket. */
static void begin_object(enum record record, const char *more, struct buffer *sql)
{
    const struct record_type *type = record_type(record);
    buffer_add_format(sql, "json_object('id',id%s", more);
    for (int i = 0; i < (int)type->count; i++)
        if (record == RECORD_ITEM)
            add_item_field(i, sql);
        else if (record == RECORD_REVIEW)
            add_review_field(i, sql);
        else if (type->fields[i].type != FIELD_ITEM && i != store_state_field(record))
            add_field(&type->fields[i], sql);
}

static void add_array(enum record record, const char *name, struct buffer *sql)
{
    buffer_add_format(sql, ",'%s',(SELECT json_group_array(json(one)) FROM (SELECT ", name);
    begin_object(record, "", sql);
    buffer_add_format(sql, ") AS one FROM %s WHERE item = it.id AND state = 0 ORDER BY id))",
                      record_type(record)->table);
}

static void add_found_rating(int field, struct buffer *sql)
{
    const struct field *about = &record_type(RECORD_RERATING)->fields[field];
    buffer_add_format(sql, ",'%s',iif(" IS_HIDDEN("item") ",'?',", about->name);
    json_add_word(about, about->name, sql);
    buffer_add_byte(sql, ')');
}

/* What a review found, by the ids of the moments. */
static void add_found(struct buffer *sql)
{
    buffer_add_text(sql, ",'found',(SELECT json_group_array(json(one)) FROM (SELECT "
                         "json_object('moment',rerating.item");
    add_found_rating(RERATING_BEFORE, sql);
    add_found_rating(RERATING_AFTER, sql);
    buffer_add_text(sql, ") AS one FROM rerating LEFT JOIN item ON item.id = rerating.item "
                         "WHERE review = it.id AND rerating.state = 0 ORDER BY rerating.id))");
}

static void make_object(enum statement which, struct buffer *sql)
{
    static const struct {
        enum record record;
        const char *more;
    } kinds[] = {
        [0 /* the moment */] = {RECORD_ITEM, ",'number',?2,'phase',?3"},
        [SQL_JSON_ACTION -
            SQL_JSON_MOMENT] = {RECORD_ACTION, ",'moment',item,'number',?2,'title',?3"},
        [SQL_JSON_BOARD - SQL_JSON_MOMENT] = {RECORD_BOARD, ""},
        [SQL_JSON_CHANNEL - SQL_JSON_MOMENT] = {RECORD_CHANNEL, ""},
        [SQL_JSON_PERSON - SQL_JSON_MOMENT] = {RECORD_PERSON, ""},
        [SQL_JSON_REVIEW - SQL_JSON_MOMENT] = {RECORD_REVIEW, ""},
        [SQL_JSON_WAVE - SQL_JSON_MOMENT] = {RECORD_WAVE, ""},
    };
    enum record record = kinds[which - SQL_JSON_MOMENT].record;
    buffer_add_text(sql, "SELECT ");
    begin_object(record, kinds[which - SQL_JSON_MOMENT].more, sql);
    if (record == RECORD_ITEM) {
        add_array(RECORD_IDEA, "ideas", sql);
        add_array(RECORD_ACTION, "actions", sql);
        add_array(RECORD_ENTRY, "ledger", sql);
    }
    if (record == RECORD_REVIEW)
        add_found(sql);
    buffer_add_format(sql, ") FROM %s AS it WHERE id = ?1", record_type(record)->table);
}

/* --- one object ------------------------------------------------------------------------------- */

static sqlite3_stmt *object_statement(struct store *store, enum statement which,
                                      struct error *error)
{
    struct buffer sql = {0};
    if (which == SQL_JSON_PHASE)
        return store_statement(store, which, error);
    if (!store->statements[which])
        make_object(which, &sql);
    sqlite3_stmt *statement =
        store_prepare(store, &store->statements[which], buffer_text(&sql), error);
    buffer_release(&sql);
    return statement;
}

/* Writes one object: by id, with a number (0: null) and a text (NULL: null) of the caller's. */
static enum status put_object(struct store *store, enum statement which, int64_t id, int64_t number,
                              const char *text, FILE *out, struct error *error)
{
    bool row;
    sqlite3_stmt *statement = object_statement(store, which, error);
    if (!statement)
        return error->status;
    sqlite3_bind_int64(statement, 1, id);
    store_bind(statement, 2, number ? value_integer(number) : value_absent());
    store_bind(statement, 3, value_text(text));
    enum status status = store_step_row(store, statement, &row, error);
    if (status == STATUS_OK && row) {
        const char *json = store_column_text(statement, 0);
        json_put(json, (size_t)sqlite3_column_bytes(statement, 0), out);
        sqlite3_reset(statement);
    }
    return status;
}

void json_separate(size_t count, FILE *out)
{
    fputs(count ? ",\n" : "\n", out);
}

/* --- arrays ----------------------------------------------------------------------------------- */

static enum status put_moments(struct store *store, FILE *out, struct error *error)
{
    struct store_rows *rows;
    struct row row;
    bool done = false;
    enum status status = store_rows_begin(store, &rows, error);
    if (status != STATUS_OK)
        return status;
    struct row_source source = store_rows_source(rows);
    row_init(&row);
    fputc('[', out);
    for (size_t count = 0; status == STATUS_OK; count++) {
        status = source.next(source.data, &row, &done, error);
        if (status != STATUS_OK || done)
            break;
        json_separate(count, out);
        status = put_object(store, SQL_JSON_MOMENT, row.moment.id, row.moment.number, row.phase,
                            out, error);
    }
    fputs("\n]", out);
    row_release(&row);
    store_rows_end(rows);
    return status;
}

static enum status put_actions(struct store *store, const struct plan *plan, FILE *out,
                               struct error *error)
{
    enum status status = STATUS_OK;
    fputc('[', out);
    for (size_t i = 0; status == STATUS_OK && i < plan->count; i++) {
        json_separate(i, out);
        status = put_object(store, SQL_JSON_ACTION, plan->at[i].action.id, plan->at[i].number,
                            plan->at[i].moment, out, error);
    }
    fputs("\n]", out);
    return status;
}

static enum status put_channels(struct store *store, FILE *out, struct error *error)
{
    struct channels channels = {0};
    enum status status = store_channels(store, &channels, error);
    fputc('[', out);
    for (size_t i = 0; status == STATUS_OK && i < channels.count; i++) {
        json_separate(i, out);
        status = put_object(store, SQL_JSON_CHANNEL, channels.at[i].id, 0, NULL, out, error);
    }
    fputs("\n]", out);
    channels_release(&channels);
    return status;
}

static enum status put_people(struct store *store, FILE *out, struct error *error)
{
    struct people people = {0};
    enum status status = store_people(store, &people, error);
    fputc('[', out);
    for (size_t i = 0; status == STATUS_OK && i < people.count; i++) {
        json_separate(i, out);
        status = put_object(store, SQL_JSON_PERSON, people.at[i].id, 0, NULL, out, error);
    }
    fputs("\n]", out);
    people_release(&people);
    return status;
}

static enum status put_reviews(struct store *store, FILE *out, struct error *error)
{
    struct reviews reviews = {0};
    enum status status = store_reviews(store, &reviews, error);
    fputc('[', out);
    for (size_t i = 0; status == STATUS_OK && i < reviews.count; i++) {
        json_separate(i, out);
        status = put_object(store, SQL_JSON_REVIEW, reviews.at[i].id, 0, NULL, out, error);
    }
    fputs("\n]", out);
    reviews_release(&reviews);
    return status;
}

static enum status put_waves(struct store *store, FILE *out, struct error *error)
{
    struct waves waves = {0};
    enum status status = store_waves(store, &waves, error);
    fputc('[', out);
    for (size_t i = 0; status == STATUS_OK && i < waves.count; i++) {
        json_separate(i, out);
        status = put_object(store, SQL_JSON_WAVE, waves.at[i].id, 0, NULL, out, error);
    }
    fputs("\n]", out);
    waves_release(&waves);
    return status;
}

/* `at` is the number of the moment that a phase stands before: empty ones are told by it too. */
static enum status put_phases(struct store *store, FILE *out, struct error *error)
{
    struct phases phases = {0};
    int64_t number = 0;
    enum status status = store_phases(store, &phases, error);
    fputc('[', out);
    for (size_t i = 0; status == STATUS_OK && i < phases.count; i++) {
        json_separate(i, out);
        status = store_number_at_ord(store, phases.at[i].ord, &number, error);
        if (status == STATUS_OK)
            status =
                put_object(store, SQL_JSON_PHASE, phases.at[i].id, number + 1, NULL, out, error);
    }
    fputs("\n]", out);
    phases_release(&phases);
    return status;
}

/* --- documents -------------------------------------------------------------------------------- */

static enum status put_moment(struct store *store, int64_t id, FILE *out, struct error *error)
{
    struct details details = {0};
    struct phase phase = {0};
    enum status status = store_moment(store, id, &details.moment, error);
    if (status == STATUS_OK)
        status = store_ideas(store, id, &details.ideas, error);
    if (status == STATUS_OK)
        status = store_actions(store, id, &details.actions, error);
    if (status == STATUS_OK)
        status = store_entries(store, id, &details.entries, error);
    if (status == STATUS_OK && details.moment.phase)
        status = store_phase(store, details.moment.phase, &phase, error);
    int64_t number = details.moment.state == STATE_LIVE ? details.moment.number : 0;
    if (status == STATUS_OK)
        status = put_object(store, SQL_JSON_MOMENT, id, number, phase.title, out, error);
    memory_free(phase.title);
    details_release(&details);
    return status;
}

static enum status put_board(struct store *store, FILE *out, struct error *error)
{
    static const struct {
        const char *name;
        enum status (*put)(struct store *, FILE *, struct error *);
    } parts[] = {
        {"channels", put_channels}, {"people", put_people},   {"phases", put_phases},
        {"moments", put_moments},   {"reviews", put_reviews}, {"waves", put_waves},
    };
    struct board board = {0};
    enum status status = store_board(store, &board, error);
    record_release(RECORD_BOARD, &board);
    fputs("{\"board\":", out);
    if (status == STATUS_OK)
        status = put_object(store, SQL_JSON_BOARD, 1, 0, NULL, out, error);
    for (size_t i = 0; status == STATUS_OK && i < sizeof parts / sizeof *parts; i++) {
        fprintf(out, ",\n\"%s\":", parts[i].name);
        status = parts[i].put(store, out, error);
    }
    fputc('}', out);
    return status;
}

static enum status put_document(struct store *store, const struct json_wanted *wanted, FILE *out,
                                struct error *error)
{
    switch (wanted->what) {
    case JSON_MOMENTS:
        return put_moments(store, out, error);
    case JSON_MOMENT:
        return put_moment(store, wanted->id, out, error);
    case JSON_ACTIONS:
        return put_actions(store, wanted->plan, out, error);
    case JSON_HISTORY:
        return json_put_history(store, wanted->id, out, error);
    case JSON_REVIEWS:
        return put_reviews(store, out, error);
    case JSON_WAVES:
        return put_waves(store, out, error);
    case JSON_BOARD:
    default:
        return put_board(store, out, error);
    }
}

enum status store_json(struct store *store, const struct json_wanted *wanted, FILE *out,
                       struct error *error)
{
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = put_document(store, wanted, out, error);
    store_read_end(store);
    if (status != STATUS_OK)
        return status;
    fputc('\n', out);
    return check_written(out, error);
}
