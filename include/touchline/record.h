/* room: model
 *
 * What a board is made of: ten kinds of record, each a plain struct, and one table of the fields of
 * each. The table is what everything else works from: the board file's columns, history, the
 * conflict check, CSV, `touchline set`, the sheet. A new field is one row in record.c, one member
 * here and one migration.
 *
 * Members are `int64_t` for whatever is a number, a word of a list or a yes/no, and `char *` for
 * text (NULL: none), so that the table can reach them by offset. Texts belong to their record.
 * A zeroed record is valid and empty; FIELD_ABSENT in a number means "not known".
 */
#ifndef TOUCHLINE_RECORD_H
#define TOUCHLINE_RECORD_H

#include "touchline/buffer.h"
#include "touchline/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* A number that is not known; NULL in the file, empty in CSV. */
#define FIELD_ABSENT INT64_MIN

enum record {
    RECORD_BOARD,    /* one a file, id 1 */
    RECORD_CHANNEL,  /* how a moment reaches the customer (R4) */
    RECORD_PERSON,   /* who is here (R13) */
    RECORD_ITEM,     /* a moment, or a phase: they share one order */
    RECORD_IDEA,     /* of a moment (R10) */
    RECORD_ACTION,   /* of a moment (R12) */
    RECORD_ENTRY,    /* of a moment's ledger: a cost or a payoff (R17, R18) */
    RECORD_WAVE,     /* what customers answered to a wave of actions (R20) */
    RECORD_VOTE,     /* that there is a vote; what was voted is in no record (vote.h) */
    RECORD_REVIEW,   /* a day on which ratings were given anew (R16) */
    RECORD_RERATING, /* of a moment: what a review found */
    RECORDS
};

enum item_kind { ITEM_MOMENT = 1, ITEM_PHASE = 2 };

/* Rows are never removed: this is what becomes of them. */
enum record_state { STATE_LIVE = 0, STATE_PARKED = 1, STATE_DELETED = 2 };

enum rating { RATING_NONE, RATING_MISERABLE, RATING_NEUTRAL, RATING_MAGICAL, RATINGS };

/* What a reader gives instead of a rating that the review which goes on is yet to give anew (R16):
 * who rates blind must not see the old one, so it is not read. No field can hold it. */
#define RATING_HIDDEN ((int64_t)RATINGS)

enum price { PRICE_NONE, PRICE_FREE, PRICE_LOW, PRICE_MEDIUM, PRICE_HIGH, PRICES };
enum action_status {
    ACTION_TO_DO,
    ACTION_TRYING,
    ACTION_KEPT,
    ACTION_MODIFIED,
    ACTION_DROPPED,
    ACTION_STATUSES
};
enum entry_kind {
    ENTRY_COMPLAINT = 1, /* costs of misery (R17) */
    ENTRY_RETURN,
    ENTRY_REWORK,
    ENTRY_OTHER,
    ENTRY_BUYS_MORE, /* the four ways in which magic pays (R18) */
    ENTRY_BUYS_AGAIN,
    ENTRY_PAYS_MORE,
    ENTRY_RECOMMENDS,
    ENTRY_KINDS
};

enum vote_kind { VOTE_DOTS = 1, VOTE_RATINGS, VOTE_KINDS };

/* It never goes back: a ballot that was seen cannot be unseen. */
enum vote_stage { VOTE_OPEN = 1, VOTE_CLOSED, VOTE_SHOWN, VOTE_STAGES };

struct board {
    char *title, *why, *noun; /* noun: "customer" when NULL (R24) */
    int64_t customers;        /* a year (R5), or FIELD_ABSENT */
    char *note, *next_objective;
    int64_t dots_each;   /* what one person may spend, or FIELD_ABSENT: as many as they like */
    int64_t dots_hidden; /* yes: the room lays dots and has not shown them to itself yet */
    char *next_review;   /* "2026-12-04", or NULL */
};

struct channel {
    int64_t id, state;
    int64_t position; /* from 1: what the digits of the Colour step answer */
    char *name;       /* "In person" */
    char *letter;     /* one ASCII letter, upper case, unique: all that names a channel in ASCII */
    char *sign;       /* one cluster of one column */
    int64_t colour;   /* index 16..255 of the 256-colour palette; black ink is >= 7:1 on it */
};

struct person {
    int64_t id, state;
    char *name, *role;
    int64_t front_line, present; /* yes/no */
};

struct moment {
    int64_t id, kind, state;
    int64_t ord;    /* place in the board's order; gaps; not history (store only) */
    int64_t placed; /* the edit that last placed it (store only) */
    char *title;
    int64_t channel;                      /* id, or FIELD_ABSENT */
    int64_t rating, first_rating, target; /* enum rating */
    int64_t chosen;                       /* yes/no (R6) */
    int64_t dots;
    int64_t seconds;                          /* how long, 0..604800, or FIELD_ABSENT */
    int64_t times;                            /* a customer; 1 unless said */
    char *owner;                              /* who takes charge of it (R28) */
    char *handling, *expectation, *benchmark; /* R9 */
    char *note; /* up to 1 MiB: NULL in a window, which never reads it */

    /* What a reader adds; no fields of the file. 0 or NULL where it was not asked for. */
    int64_t number;         /* as shown on its card, from 1; z-number when parked */
    int64_t ideas, actions; /* how many live ones; actions: not dropped */
    bool overdue;           /* an action is past its day and neither kept, modified nor dropped */
    int64_t phase;          /* id of the phase it belongs to, 0: before the first */
};

struct phase {
    int64_t id, ord;
    char *title;
};

struct idea {
    int64_t id, state, item;
    char *text;
    int64_t price; /* enum price (R19) */
    int64_t taken; /* yes: an action came of it */
};

struct action {
    int64_t id, state, item;
    char *text, *owner;
    char *due; /* "2026-12-04", or NULL */
    int64_t status;
    int64_t wave;  /* from 1 (R20), or FIELD_ABSENT */
    char *agreed;  /* names, "Ben, Ana" (R15) */
    char *finding; /* R21 */
};

struct entry {
    int64_t id, state, item;
    int64_t kind;   /* enum entry_kind */
    char *day;      /* "2026-11-02" */
    int64_t amount; /* in the board's own money, whole units, or FIELD_ABSENT */
    char *text;
};

struct wave {
    int64_t id, state;
    int64_t number; /* actions name it so: from 1 */
    char *response; /* what customers answered to it */
};

struct vote {
    int64_t id, state;
    int64_t kind, stage; /* enum vote_kind, vote_stage */
    int64_t dots_each;   /* a ballot's, or FIELD_ABSENT in a vote on ratings */
};

struct review {
    int64_t id, state;
    char *day;
    int64_t ended;                       /* yes/no; the one that is not is going on */
    int64_t miserable, neutral, magical; /* moments on the line at its end, or FIELD_ABSENT */
};

struct rerating {
    int64_t id, state, item;
    int64_t review;        /* id */
    int64_t before, after; /* enum rating */
};

/* --- the table of fields ---------------------------------------------------------------------- */

enum field_type {
    FIELD_LINE,    /* text without a line break */
    FIELD_TEXT,    /* text with line breaks */
    FIELD_DAY,     /* "2026-12-04" */
    FIELD_LETTER,  /* "A" to "Z" */
    FIELD_SIGN,    /* one cluster */
    FIELD_NUMBER,  /* min..max */
    FIELD_SECONDS, /* the same, read with units: "20 s", "2m" */
    FIELD_YES,     /* 0 or 1; "yes" and "" or "no" in words */
    FIELD_WORD,    /* one of `words` */
    FIELD_CHANNEL, /* id of a channel; its name in words */
    FIELD_ITEM     /* id of the moment that it belongs to */
};

/* A word of a list: what is written, and other spellings read without case. */
struct word {
    int64_t value;
    const char *text;
    const char *aliases; /* comma-separated, or NULL */
};

struct field {
    const char *name;  /* the column in the file, in CSV, and after `touchline set` */
    const char *label; /* on the sheet: "What we do now" */
    enum field_type type;
    size_t offset;            /* of the member */
    int64_t min, max;         /* range of a number, or bytes of a text (max) */
    int64_t absent;           /* what a number is when nothing is said: 0, 1 or FIELD_ABSENT */
    const struct word *words; /* for FIELD_WORD, ended by a NULL text */
    bool settable; /* by `touchline set` and the sheet; the rest has commands of its own */
};

/* Whether the member is a text (char *) or a number (int64_t). */
bool field_holds_text(const struct field *field);

/* Fields of an item, by which record_fields(RECORD_ITEM) is indexed; likewise for the others. */
enum item_field {
    ITEM_STATE,
    ITEM_TITLE,
    ITEM_CHANNEL,
    ITEM_RATING,
    ITEM_FIRST_RATING,
    ITEM_TARGET,
    ITEM_CHOSEN,
    ITEM_DOTS,
    ITEM_SECONDS,
    ITEM_TIMES,
    ITEM_OWNER,
    ITEM_HANDLING,
    ITEM_EXPECTATION,
    ITEM_BENCHMARK,
    ITEM_NOTE,
    ITEM_FIELDS
};
enum board_field {
    BOARD_TITLE,
    BOARD_WHY,
    BOARD_NOUN,
    BOARD_CUSTOMERS,
    BOARD_NOTE,
    BOARD_NEXT_OBJECTIVE,
    BOARD_DOTS_EACH,
    BOARD_DOTS_HIDDEN,
    BOARD_NEXT_REVIEW,
    BOARD_FIELDS
};
enum channel_field {
    CHANNEL_STATE,
    CHANNEL_POSITION,
    CHANNEL_NAME,
    CHANNEL_LETTER,
    CHANNEL_SIGN,
    CHANNEL_COLOUR,
    CHANNEL_FIELDS
};
enum person_field {
    PERSON_STATE,
    PERSON_NAME,
    PERSON_ROLE,
    PERSON_FRONT_LINE,
    PERSON_PRESENT,
    PERSON_FIELDS
};
enum idea_field { IDEA_STATE, IDEA_ITEM, IDEA_TEXT, IDEA_PRICE, IDEA_TAKEN, IDEA_FIELDS };
enum action_field {
    ACTION_STATE,
    ACTION_ITEM,
    ACTION_TEXT,
    ACTION_OWNER,
    ACTION_DUE,
    ACTION_STATUS,
    ACTION_WAVE,
    ACTION_AGREED,
    ACTION_FINDING,
    ACTION_FIELDS
};
enum entry_field {
    ENTRY_STATE,
    ENTRY_ITEM,
    ENTRY_KIND,
    ENTRY_DAY,
    ENTRY_AMOUNT,
    ENTRY_TEXT,
    ENTRY_FIELDS
};

enum wave_field { WAVE_STATE, WAVE_NUMBER, WAVE_RESPONSE, WAVE_FIELDS };
enum vote_field { VOTE_STATE, VOTE_KIND, VOTE_STAGE, VOTE_DOTS_EACH, VOTE_FIELDS };
enum review_field {
    REVIEW_STATE,
    REVIEW_DAY,
    REVIEW_ENDED,
    REVIEW_MISERABLE,
    REVIEW_NEUTRAL,
    REVIEW_MAGICAL,
    REVIEW_FIELDS
};
enum rerating_field {
    RERATING_STATE,
    RERATING_ITEM,
    RERATING_REVIEW,
    RERATING_BEFORE,
    RERATING_AFTER,
    RERATING_FIELDS
};

/* The most fields that any record has. */
#define RECORD_FIELDS_MAX 16

#define RECORD_NO_ID SIZE_MAX

struct record_type {
    const char *name;  /* "moment", "idea" ...: in messages */
    const char *many;  /* "moments and phases", "ideas" ...: all that its table holds */
    const char *table; /* in the file, and in its history */
    size_t size;       /* of the struct */
    size_t id;         /* offset of its id; RECORD_NO_ID for the board */
    const struct field *fields;
    size_t count;
};

const struct record_type *record_type(enum record record);

/* The field of that name (without case), or -1. */
int record_field(enum record record, const char *name);

/* The field that names the moment a record belongs to, or -1: it belongs to none. */
int record_item_field(enum record record);

/* A record with every number at its `absent`: what a new one starts from. */
void record_init(enum record record, void *it);

/* Frees its texts; it is zeroed after. */
void record_release(enum record record, void *it);

/* Makes `to` (zeroed or a record: what it held is freed) a copy with texts of its own. */
void record_copy(enum record record, void *to, const void *from);

/* A value on its way to or from a record: text is borrowed. */
struct value {
    enum { VALUE_ABSENT, VALUE_INTEGER, VALUE_TEXT } type;
    int64_t integer;
    const char *text; /* NUL-terminated */
    size_t length;
};

struct value value_absent(void);
struct value value_integer(int64_t integer); /* FIELD_ABSENT becomes absent */
struct value value_text(const char *text);   /* NULL becomes absent; "" too: empty is none */
bool value_equal(struct value a, struct value b);

struct value record_get(enum record record, const void *it, int field);
void record_set(enum record record, void *it, int field, struct value value);

/* Whether a value may stand in a field: type, range, length, no NUL, valid UTF-8, a line where a
 * line is asked for; absent may stand in every field. STATUS_BAD_DATA names the field and the
 * limit. */
enum status field_check(const struct field *field, struct value value,
                        struct error *error) MUST_USE;

/* The channels of a board, in their order: needed wherever words name one. */
struct channels {
    struct channel *at;
    size_t count;
};
void channels_release(struct channels *channels);
const struct channel *channels_by_id(const struct channels *channels, int64_t id); /* NULL: none */

/* By letter, name, alias ("face-to-face", "f2f", "call", "mail", "letter", "web", "site") or an
 * unambiguous start of two letters or more; without case. NULL: none or ambiguous. */
const struct channel *channels_by_word(const struct channels *channels, const char *word);

/* The six that a new board has (R4). Static. */
const struct channels *channels_default(void);

/* Words into a value and back. `channels` may be NULL for fields that need none. Parsing takes
 * aliases, "20 s", "2m" and "1 h 5 min" for seconds, "1,250" for numbers, "yes"/"no"; empty text is
 * absent; CRLF and CR become LF in text. The value passes field_check(); its text lies in
 * `scratch`. STATUS_BAD_DATA says what is wrong and which words there are. Formatting gives ""
 * for what is absent, for unrated and for no price, and plain digits for numbers: what is formatted
 * parses to the same value. */
enum status field_parse(const struct field *field, const struct channels *channels,
                        const char *text, struct value *value, struct buffer *scratch,
                        struct error *error) MUST_USE;
void field_format(const struct field *field, const struct channels *channels, struct value value,
                  struct buffer *out);

/* Whether a value says nothing: it is absent, or the number that a new record has there. */
bool field_is_default(const struct field *field, struct value value);

/* "by phone", "in person": how a channel stands in a sentence; nothing for NULL. */
void channel_phrase(const struct channel *channel, struct buffer *out);

/* How a rating is shown wherever there are signs and colours: "▼ ● ★", hollow ("▽ ○ ☆") for a
 * target, "·" for unrated and "?" for one that is hidden, as code points; its colour as an index of
 * the palette (colour.h), 0 for the last two. */
uint32_t rating_sign(int64_t rating);
uint32_t rating_hollow(int64_t rating);
int64_t rating_colour(int64_t rating);

/* The word for a value of a list: "miserable", "low", "to do", "buys again"; "" for none, "?" for
 * a rating that is hidden. */
const char *rating_word(int64_t rating);
const char *price_word(int64_t price);
const char *action_status_word(int64_t status);
const char *entry_kind_word(int64_t kind);

/* Arrays of the records that belong to a moment. */
struct ideas {
    struct idea *at;
    size_t count;
};
struct actions {
    struct action *at;
    size_t count;
};
struct entries {
    struct entry *at;
    size_t count;
};
void ideas_release(struct ideas *ideas);
void actions_release(struct actions *actions);
void entries_release(struct entries *entries);

#endif
