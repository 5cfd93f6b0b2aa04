#include "touchline/record.h"
#include "span.h"
#include "touchline/memory.h"
#include <assert.h>
#include <string.h>

enum {
    TITLE_MOST = 1000,
    TEXT_MOST = 64 * 1024,
    NOTE_MOST = 1024 * 1024,
    DAY_MOST = 10,
    SIGN_MOST = 32, /* a base, its marks, a joiner or two */
    SECONDS_MOST = 7 * 24 * 60 * 60,
    TIMES_MOST = 1000,
    DOTS_MOST = 1000000,
    WAVE_MOST = 1000,
    POSITION_MOST = 1000,
    DOTS_EACH_MOST = 1000,
    MOMENTS_MOST = 100000,
};

/* More than people live; with it, the year's sum over a full board stays an int64_t (R5). */
#define CUSTOMERS_MOST INT64_C(10000000000)
#define AMOUNT_MOST    INT64_C(1000000000000)

static const struct word states[] = {
    {STATE_LIVE, "live", NULL},
    {STATE_PARKED, "parked", NULL},
    {STATE_DELETED, "deleted", NULL},
    {0, NULL, NULL},
};
static const struct word yes_no[] = {
    {0, "", "no,n,false,0"},
    {1, "yes", "y,true,1"},
    {0, NULL, NULL},
};
static const struct word ratings[] = {
    {RATING_NONE, "", "unrated,none"},
    {RATING_MISERABLE, "miserable", NULL},
    {RATING_NEUTRAL, "neutral", NULL},
    {RATING_MAGICAL, "magical", NULL},
    {0, NULL, NULL},
};
/* Nobody aims at miserable (R11). */
static const struct word targets[] = {
    {RATING_NONE, "", "none,unrated"},
    {RATING_NEUTRAL, "neutral", NULL},
    {RATING_MAGICAL, "magical", NULL},
    {0, NULL, NULL},
};
static const struct word prices[] = {
    {PRICE_NONE, "", "none"},       {PRICE_FREE, "free", NULL}, {PRICE_LOW, "low", NULL},
    {PRICE_MEDIUM, "medium", NULL}, {PRICE_HIGH, "high", NULL}, {0, NULL, NULL},
};
static const struct word action_statuses[] = {
    {ACTION_TO_DO, "to do", "todo,to-do"}, {ACTION_TRYING, "trying", NULL},
    {ACTION_KEPT, "kept", NULL},           {ACTION_MODIFIED, "modified", NULL},
    {ACTION_DROPPED, "dropped", NULL},     {0, NULL, NULL},
};
static const struct word entry_kinds[] = {
    {ENTRY_COMPLAINT, "complaint", NULL},
    {ENTRY_RETURN, "return", NULL},
    {ENTRY_REWORK, "rework", NULL},
    {ENTRY_OTHER, "other", NULL},
    {ENTRY_BUYS_MORE, "buys more", "buys-more"},
    {ENTRY_BUYS_AGAIN, "buys again", "buys-again"},
    {ENTRY_PAYS_MORE, "pays more", "pays-more"},
    {ENTRY_RECOMMENDS, "recommends", NULL},
    {0, NULL, NULL},
};

static const struct word vote_kinds[] = {
    {VOTE_DOTS, "dots", NULL},
    {VOTE_RATINGS, "ratings", NULL},
    {0, NULL, NULL},
};
static const struct word vote_stages[] = {
    {VOTE_OPEN, "open", NULL},
    {VOTE_CLOSED, "closed", NULL},
    {VOTE_SHOWN, "shown", NULL},
    {0, NULL, NULL},
};

/* A row of the table, and shorter ones by what the member is; settable unless said. */
#define ROW(record, member, is_label, is_type, least, most, is_absent, is_words, is_settable)      \
    {                                                                                              \
        .name = #member, .label = (is_label), .type = (is_type),                                   \
        .offset = offsetof(struct record, member), .min = (least), .max = (most),                  \
        .absent = (is_absent), .words = (is_words), .settable = (is_settable)                      \
    }
#define TEXT(record, member, label, type, most)                                                    \
    ROW(record, member, label, type, 0, most, 0, NULL, true)
#define NUMBER(record, member, label, type, min, max, absent)                                      \
    ROW(record, member, label, type, min, max, absent, NULL, true)
#define WORD(record, member, label, words, min, max, absent)                                       \
    ROW(record, member, label, FIELD_WORD, min, max, absent, words, true)
#define YES(record, member, label) ROW(record, member, label, FIELD_YES, 0, 1, 0, yes_no, true)

/* These two stand in several records, and have commands of their own. */
#define STATE(record) ROW(record, state, "State", FIELD_WORD, 0, STATE_DELETED, 0, states, false)

#define ITEM(record)                                                                               \
    ROW(record, item, "Moment", FIELD_ITEM, 1, INT64_MAX, FIELD_ABSENT, NULL, false)

static const struct field item_fields[ITEM_FIELDS] = {
    [ITEM_STATE] = STATE(moment),
    [ITEM_TITLE] = TEXT(moment, title, "Title", FIELD_LINE, TITLE_MOST),
    [ITEM_CHANNEL] = NUMBER(moment, channel, "Channel", FIELD_CHANNEL, 1, INT64_MAX, FIELD_ABSENT),
    [ITEM_RATING] = WORD(moment, rating, "Rating", ratings, 0, RATINGS - 1, 0),
    [ITEM_FIRST_RATING] =
        ROW(moment, first_rating, "First rating", FIELD_WORD, 0, RATINGS - 1, 0, ratings, false),
    [ITEM_TARGET] = WORD(moment, target, "Target", targets, 0, RATINGS - 1, 0),
    [ITEM_CHOSEN] = YES(moment, chosen, "Chosen"),
    [ITEM_DOTS] = NUMBER(moment, dots, "Dots", FIELD_NUMBER, 0, DOTS_MOST, 0),
    [ITEM_SECONDS] =
        NUMBER(moment, seconds, "How long", FIELD_SECONDS, 0, SECONDS_MOST, FIELD_ABSENT),
    [ITEM_TIMES] = NUMBER(moment, times, "Times", FIELD_NUMBER, 1, TIMES_MOST, 1),
    [ITEM_OWNER] = TEXT(moment, owner, "Owner", FIELD_LINE, TEXT_MOST),
    [ITEM_HANDLING] = TEXT(moment, handling, "What we do now", FIELD_TEXT, TEXT_MOST),
    [ITEM_EXPECTATION] = TEXT(moment, expectation, "They expect", FIELD_TEXT, TEXT_MOST),
    [ITEM_BENCHMARK] = TEXT(moment, benchmark, "Best elsewhere", FIELD_TEXT, TEXT_MOST),
    [ITEM_NOTE] = TEXT(moment, note, "Note", FIELD_TEXT, NOTE_MOST),
};

static const struct field board_fields[BOARD_FIELDS] = {
    [BOARD_TITLE] = TEXT(board, title, "Title", FIELD_LINE, TITLE_MOST),
    [BOARD_WHY] = TEXT(board, why, "Why", FIELD_TEXT, TEXT_MOST),
    [BOARD_NOUN] = TEXT(board, noun, "Whom we serve", FIELD_LINE, TITLE_MOST),
    [BOARD_CUSTOMERS] =
        NUMBER(board, customers, "Customers a year", FIELD_NUMBER, 0, CUSTOMERS_MOST, FIELD_ABSENT),
    [BOARD_NOTE] = TEXT(board, note, "Note", FIELD_TEXT, NOTE_MOST),
    [BOARD_NEXT_OBJECTIVE] = TEXT(board, next_objective, "Next objective", FIELD_TEXT, TEXT_MOST),
    [BOARD_DOTS_EACH] =
        NUMBER(board, dots_each, "Dots a person", FIELD_NUMBER, 1, DOTS_EACH_MOST, FIELD_ABSENT),
    [BOARD_DOTS_HIDDEN] = ROW(board, dots_hidden, "Dots hidden", FIELD_YES, 0, 1, 0, yes_no, false),
    [BOARD_NEXT_REVIEW] = TEXT(board, next_review, "Next review", FIELD_DAY, DAY_MOST),
};

static const struct field channel_fields[CHANNEL_FIELDS] = {
    [CHANNEL_STATE] = STATE(channel),
    [CHANNEL_POSITION] =
        NUMBER(channel, position, "Place", FIELD_NUMBER, 1, POSITION_MOST, FIELD_ABSENT),
    [CHANNEL_NAME] = TEXT(channel, name, "Name", FIELD_LINE, TITLE_MOST),
    [CHANNEL_LETTER] = TEXT(channel, letter, "Letter", FIELD_LETTER, 1),
    [CHANNEL_SIGN] = TEXT(channel, sign, "Sign", FIELD_SIGN, SIGN_MOST),
    [CHANNEL_COLOUR] = NUMBER(channel, colour, "Colour", FIELD_NUMBER, 16, 255, FIELD_ABSENT),
};

static const struct field person_fields[PERSON_FIELDS] = {
    [PERSON_STATE] = STATE(person),
    [PERSON_NAME] = TEXT(person, name, "Name", FIELD_LINE, TITLE_MOST),
    [PERSON_ROLE] = TEXT(person, role, "Role", FIELD_LINE, TEXT_MOST),
    [PERSON_FRONT_LINE] = YES(person, front_line, "Front line"),
    [PERSON_PRESENT] = YES(person, present, "Here"),
};

static const struct field idea_fields[IDEA_FIELDS] = {
    [IDEA_STATE] = STATE(idea),
    [IDEA_ITEM] = ITEM(idea),
    [IDEA_TEXT] = TEXT(idea, text, "Idea", FIELD_TEXT, TEXT_MOST),
    [IDEA_PRICE] = WORD(idea, price, "Price", prices, 0, PRICES - 1, 0),
    [IDEA_TAKEN] = YES(idea, taken, "Taken up"),
};

static const struct field action_fields[ACTION_FIELDS] = {
    [ACTION_STATE] = STATE(action),
    [ACTION_ITEM] = ITEM(action),
    [ACTION_TEXT] = TEXT(action, text, "Action", FIELD_TEXT, TEXT_MOST),
    [ACTION_OWNER] = TEXT(action, owner, "Owner", FIELD_LINE, TEXT_MOST),
    [ACTION_DUE] = TEXT(action, due, "Due", FIELD_DAY, DAY_MOST),
    [ACTION_STATUS] = WORD(action, status, "Status", action_statuses, 0, ACTION_STATUSES - 1, 0),
    [ACTION_WAVE] = NUMBER(action, wave, "Wave", FIELD_NUMBER, 1, WAVE_MOST, FIELD_ABSENT),
    [ACTION_AGREED] = TEXT(action, agreed, "Agreed by", FIELD_LINE, TEXT_MOST),
    [ACTION_FINDING] = TEXT(action, finding, "Finding", FIELD_TEXT, TEXT_MOST),
};

static const struct field entry_fields[ENTRY_FIELDS] = {
    [ENTRY_STATE] = STATE(entry),
    [ENTRY_ITEM] = ITEM(entry),
    [ENTRY_KIND] = WORD(entry, kind, "Kind", entry_kinds, 1, ENTRY_KINDS - 1, FIELD_ABSENT),
    [ENTRY_DAY] = TEXT(entry, day, "Day", FIELD_DAY, DAY_MOST),
    [ENTRY_AMOUNT] = NUMBER(entry, amount, "Amount", FIELD_NUMBER, 0, AMOUNT_MOST, FIELD_ABSENT),
    [ENTRY_TEXT] = TEXT(entry, text, "Text", FIELD_TEXT, TEXT_MOST),
};

static const struct field wave_fields[WAVE_FIELDS] = {
    [WAVE_STATE] = STATE(wave),
    [WAVE_NUMBER] =
        ROW(wave, number, "Wave", FIELD_NUMBER, 1, WAVE_MOST, FIELD_ABSENT, NULL, false),
    [WAVE_RESPONSE] = TEXT(wave, response, "Response", FIELD_TEXT, TEXT_MOST),
};

/* Votes and reviews are led by commands of their own. */
#define FIXED(record, member, label, words, most)                                                  \
    ROW(record, member, label, FIELD_WORD, 1, most, FIELD_ABSENT, words, false)
#define COUNT(record, member, label)                                                               \
    ROW(record, member, label, FIELD_NUMBER, 0, MOMENTS_MOST, FIELD_ABSENT, NULL, false)

static const struct field vote_fields[VOTE_FIELDS] = {
    [VOTE_STATE] = STATE(vote),
    [VOTE_KIND] = FIXED(vote, kind, "Vote on", vote_kinds, VOTE_KINDS - 1),
    [VOTE_STAGE] = FIXED(vote, stage, "Stage", vote_stages, VOTE_STAGES - 1),
    [VOTE_DOTS_EACH] = ROW(vote, dots_each, "Dots a person", FIELD_NUMBER, 1, DOTS_EACH_MOST,
                           FIELD_ABSENT, NULL, false),
};

static const struct field review_fields[REVIEW_FIELDS] = {
    [REVIEW_STATE] = STATE(review),
    [REVIEW_DAY] = ROW(review, day, "Day", FIELD_DAY, 0, DAY_MOST, 0, NULL, false),
    [REVIEW_ENDED] = ROW(review, ended, "Ended", FIELD_YES, 0, 1, 0, yes_no, false),
    [REVIEW_MISERABLE] = COUNT(review, miserable, "Miserable"),
    [REVIEW_NEUTRAL] = COUNT(review, neutral, "Neutral"),
    [REVIEW_MAGICAL] = COUNT(review, magical, "Magical"),
};

static const struct field rerating_fields[RERATING_FIELDS] = {
    [RERATING_STATE] = STATE(rerating),
    [RERATING_ITEM] = ITEM(rerating),
    [RERATING_REVIEW] =
        ROW(rerating, review, "Review", FIELD_NUMBER, 1, INT64_MAX, FIELD_ABSENT, NULL, false),
    [RERATING_BEFORE] =
        ROW(rerating, before, "Before", FIELD_WORD, 0, RATINGS - 1, 0, ratings, false),
    [RERATING_AFTER] = ROW(rerating, after, "After", FIELD_WORD, 0, RATINGS - 1, 0, ratings, false),
};

#define TYPE(name, many, table, record, id, fields)                                                \
    {                                                                                              \
        name, many, table, sizeof(struct record), (id), (fields),                                  \
            sizeof(fields) / sizeof((fields)[0])                                                   \
    }
#define ID(record) offsetof(struct record, id)

static const struct record_type types[RECORDS] = {
    [RECORD_BOARD] = TYPE("board", "boards", "board", board, RECORD_NO_ID, board_fields),
    [RECORD_CHANNEL] = TYPE("channel", "channels", "channel", channel, ID(channel), channel_fields),
    [RECORD_PERSON] = TYPE("person", "people", "person", person, ID(person), person_fields),
    [RECORD_ITEM] = TYPE("moment", "moments and phases", "item", moment, ID(moment), item_fields),
    [RECORD_IDEA] = TYPE("idea", "ideas", "idea", idea, ID(idea), idea_fields),
    [RECORD_ACTION] = TYPE("action", "actions", "action", action, ID(action), action_fields),
    [RECORD_ENTRY] = TYPE("entry", "entries", "entry", entry, ID(entry), entry_fields),
    [RECORD_WAVE] = TYPE("wave", "waves", "wave", wave, ID(wave), wave_fields),
    [RECORD_VOTE] = TYPE("vote", "votes", "vote", vote, ID(vote), vote_fields),
    [RECORD_REVIEW] = TYPE("review", "reviews", "review", review, ID(review), review_fields),
    [RECORD_RERATING] =
        TYPE("rerating", "reratings", "rerating", rerating, ID(rerating), rerating_fields),
};

const struct record_type *record_type(enum record record)
{
    assert((size_t)record < RECORDS);
    return &types[record];
}

int record_field(enum record record, const char *name)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < type->count; i++)
        if (span_is(span_of(name), type->fields[i].name))
            return (int)i;
    return -1;
}

int record_item_field(enum record record)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < type->count; i++)
        if (type->fields[i].type == FIELD_ITEM)
            return (int)i;
    return -1;
}

bool field_holds_text(const struct field *field)
{
    return field->type <= FIELD_SIGN;
}

static char **text_of(const struct field *field, void *it)
{
    return (char **)(void *)((char *)it + field->offset);
}

static int64_t *number_of(const struct field *field, void *it)
{
    return (int64_t *)(void *)((char *)it + field->offset);
}

void record_init(enum record record, void *it)
{
    const struct record_type *type = record_type(record);
    memset(it, 0, type->size);
    for (size_t i = 0; i < type->count; i++)
        if (!field_holds_text(&type->fields[i]))
            *number_of(&type->fields[i], it) = type->fields[i].absent;
}

void record_release(enum record record, void *it)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < type->count; i++)
        if (field_holds_text(&type->fields[i]))
            memory_free(*text_of(&type->fields[i], it));
    memset(it, 0, type->size);
}

void record_copy(enum record record, void *to, const void *from)
{
    if (to == from)
        return;
    const struct record_type *type = record_type(record);
    record_release(record, to);
    memcpy(to, from, type->size);
    for (size_t i = 0; i < type->count; i++) {
        const struct field *field = &type->fields[i];
        if (field_holds_text(field))
            *text_of(field, to) = memory_copy(*text_of(field, to));
    }
}

static const struct field *field_at(enum record record, int field)
{
    const struct record_type *type = record_type(record);
    assert((size_t)field < type->count);
    return &type->fields[field];
}

struct value record_get(enum record record, const void *it, int field)
{
    const struct field *row = field_at(record, field);
    const char *place = (const char *)it + row->offset;
    if (field_holds_text(row))
        return value_text(*(char *const *)(const void *)place);
    return value_integer(*(const int64_t *)(const void *)place);
}

void record_set(enum record record, void *it, int field, struct value value)
{
    const struct field *row = field_at(record, field);
    if (!field_holds_text(row)) {
        assert(value.type != VALUE_TEXT);
        *number_of(row, it) = value.type == VALUE_INTEGER ? value.integer : row->absent;
        return;
    }
    assert(value.type != VALUE_INTEGER);
    /* Copied before the old one goes: the value may be what record_get() gave of this very field.
     */
    char **text = text_of(row, it);
    char *copy = value.type == VALUE_TEXT ? memory_copy_bytes(value.text, value.length) : NULL;
    memory_free(*text);
    *text = copy;
}

/* Frees an array of records and what they hold. */
static void release_array(enum record record, void *at, size_t count)
{
    for (size_t i = 0; i < count; i++)
        record_release(record, (char *)at + i * record_type(record)->size);
    memory_free(at);
}

void channels_release(struct channels *channels)
{
    release_array(RECORD_CHANNEL, channels->at, channels->count);
    *channels = (struct channels){0};
}

void ideas_release(struct ideas *ideas)
{
    release_array(RECORD_IDEA, ideas->at, ideas->count);
    *ideas = (struct ideas){0};
}

void actions_release(struct actions *actions)
{
    release_array(RECORD_ACTION, actions->at, actions->count);
    *actions = (struct actions){0};
}

void entries_release(struct entries *entries)
{
    release_array(RECORD_ENTRY, entries->at, entries->count);
    *entries = (struct entries){0};
}
