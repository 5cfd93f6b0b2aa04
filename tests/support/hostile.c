#include "hostile.h"
#include "boards.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* That text here misleads is the point. NOLINTBEGIN(misc-misleading-bidirectional) */

#define FIVE(text)  text text text text text
#define FORTY(text) FIVE(text text text text text text text text)

/* Escape sequences are such as src/term never sends, so that one that gets through is told from its
 * own. In C, what is below U+00A0 has no name of its own: bytes instead. */
const struct hostile hostile_texts[] = {
    {"colours, a place", "Red\033[5;8;31mhid\033[777;777Hfar", true},
    {"a title", "T\033]0;owned\a\033]2;owned\033\\t", true},
    {"a link", "L\033]8;;http://example.com\033\\click\033]8;;\033\\", true},
    {"the clipboard, asked", "C\033]52;c;?\a", true},
    {"device strings", "D\033P1|x\033\\\033_x\033\\\033^x\033\\\033Xx\033\\", true},
    {"modes, reset, reports", "M\033[?9h\033[?3h\033c\033#8\033(0\033[4i\033[6n\033[21t\033Z",
     true},
    {"C0",
     "\001\002\003\004\005\006\007\010\013\014\016\017\020\021\022\023\024\025\026\027\030\031"
     "\032\033\034\035\036\037",
     true},
    {"DEL", "a\177b\177", true},
    {"a tab", "a\tb\t\t", true},
    {"C1: CSI, OSC, DCS, NEL",
     "a\302\233"
     "5mb\302\235"
     "0;x\302\234\302\220q\302\234\302\205c",
     true},
    {"C1: the rest",
     "\302\200\302\204\302\210\302\215\302\216\302\217\302\230\302\232\302\236\302"
     "\237",
     true},
    {"bidi overrides", "exe\u202Efdp\u202C\u202Aa\u202Bb\u202Dc", true},
    {"bidi isolates", "a\u2066b\u2067c\u2068d\u2069e", true},
    {"direction marks", "a\u200Eb\u200Fc\u061Cd", true},
    {"separators", "a\u2028b\u2029c", true},
    {"noncharacters", "a\uFDD0\uFDEF\uFFFE\uFFFF\U0001FFFE\U0010FFFF", true},
    {"private use", "a\uE000\uF8FF\U000F0000\U0010FFFD", true},
    {"no width", "a\u200Bb\u2060c\uFEFFd\u00ADe\u034Ff\u200C\u200D", true},
    {"fillers", "a\u115F\u1160b\u3164c\uFFA0d\u17B4\u17B5e\u180B\u180Ff", true},
    {"format controls", "a\u2061\u2065b\u206A\u206Fc\uFFF9d\uFFFBe\U0001D173f\U00013430g\U0001BCA0",
     true},
    {"tags", "a\U000E0001\U000E0041\U000E007Fb\U000E0FFF", true},
    {"selectors", "a\uFE00b\uFE0Ec\uFE0Fd\U000E0100e\U000E01EF\u6F22\uFE00", true},
    {"forty marks", "e" FORTY("\u0301") "x", true},
    {"marks on nothing", "\u0301\u0308\u20DD\u0489\u0300\u0301x \u0301y", true},
    {"compound emoji",
     "\U0001F469\u200D\U0001F4BB\U0001F468\U0001F3FD\u26A0\uFE0F"
     "1\uFE0F\u20E3\U0001F3F4\U000E0067\U000E007F",
     true},
    {"flags", "\U0001F1E9\U0001F1EA\U0001F1EB", true},
    {"right to left",
     "\u05E9\u05DC\u05D5\u05DD \u0633\u0644\u0627\u0645 \u0645\u06CC\u200C"
     "\u062E\u0648\u0627\u0647\u0645",
     false},
    {"wide", "\u304A\u8336\u3092\u51FA\u3059\uFF1D\uFF21 \uAC00\U00020000\U0001F600", false},
    {"a long word", FORTY("word"), false},
    {"a format", "%n%s%s%n%1$n %*d %999999999d %hhn%", false},
    {"for the shell", "$(reboot) `reboot`; rm -rf ~ | sh & '\"\\ !$HOME <x >y", false},
    {"for a page", "<script>alert(1)<!-- ]]> &amp;\"'><img src=x>", false},
    {"a script", HOSTILE_SCRIPT, false},
    {"a script, after an end", "</style></title></text></svg></p><script>" HOSTILE_DEED "</script>",
     false},
    {"a script, after a section",
     "]]>--><script xmlns='http://www.w3.org/1999/xhtml'>" HOSTILE_DEED "</script>", false},
    {"a script, as entities", "&lt;script&gt;" HOSTILE_DEED "&lt;/script&gt;", false},
    {"a script, in a frame",
     "<iframe srcdoc=\"<script>parent." HOSTILE_DEED "</script>\"></iframe>", false},
    {"a picture that lacks", "\"><img src=x onerror=\"" HOSTILE_DEED "\">", false},
    {"a drawing", "x'><svg/onload=\"" HOSTILE_DEED "\">", false},
    {"for a format's own", "\"a\",'b'|c\\d`e*_[f](g)#h | price=low | taken=yes", false},
    {"a formula", "=HYPERLINK(\"http://example.com\",\"x\")", false},
    {"a formula, DDE", "@SUM(1+1)*cmd|' C'!A0", false},
    {"a formula, wide", "\uFF1D1+1", false},
    {"a formula, hidden", "\t=1+1", true},
};

const size_t hostile_count = sizeof hostile_texts / sizeof *hostile_texts;

const char *hostile_text(size_t index)
{
    return hostile_texts[index % hostile_count].text;
}

#define BEYOND_C0                                                                                  \
    "\302\233"                                                                                     \
    "5m\u202E\u2066\u200B\u200E\u2028\uFEFF\uE000\uFFFF\U000E0041\U000E0101e"                      \
    "\u0301\u0301\u0301\u0301\u0301\u0301"

const char hostile_line[] = "!\033[5m\033]0;x\a\001\177\b" BEYOND_C0 "%n=";
const char hostile_name[] = "Eve" BEYOND_C0 "%n=";
const char hostile_bytes[] = "!\033[5m\233"
                             "5m\377\300\200\355\240\200\302";

/* --- a board of them -------------------------------------------------------------------------- */

struct maker {
    struct edit *edit;
    size_t next; /* text to write */
    bool written[RECORDS];
};

/* One cluster each. */
static const char *const signs[] = {"\302\233",
                                    "\uE000",
                                    "\u202E",
                                    "\u200B",
                                    "\u00AD",
                                    "x\u0301\u0301\u0301\u0301\u0301\u0301",
                                    "\U0001F469\u200D\U0001F4BB"};

/* NOLINTEND(misc-misleading-bidirectional) */

static const char *write_text(struct maker *maker, enum field_type type, struct buffer *text)
{
    buffer_clear(text);
    if (type == FIELD_DAY)
        buffer_add_text(text, "2020-01-02");
    else if (type == FIELD_LETTER)
        buffer_add_byte(text, (char)('A' + maker->next % 26));
    else if (type == FIELD_SIGN)
        buffer_add_text(text, signs[maker->next % (sizeof signs / sizeof *signs)]);
    else
        buffer_add_text(text, hostile_text(maker->next));
    maker->next++;
    if (type == FIELD_TEXT)
        buffer_add_format(text, "\n\n%s", hostile_text(maker->next++));
    return buffer_text(text);
}

/* Whatever texts such a record has. */
static void write_record(struct maker *maker, enum record record, void *it)
{
    const struct record_type *type = record_type(record);
    struct buffer text = {0};
    maker->written[record] = true;
    for (size_t i = 0; i < type->count; i++)
        if (field_holds_text(&type->fields[i]))
            record_set(record, it, (int)i,
                       value_text(write_text(maker, type->fields[i].type, &text)));
    buffer_release(&text);
}

static void add(struct maker *maker, enum record record, void *it)
{
    struct error error;
    int64_t id;
    write_record(maker, record, it);
    MUST(edit_add(maker->edit, record, it, &id, &error));
    record_release(record, it);
}

static void write_board(struct maker *maker)
{
    struct error error;
    struct board board;
    record_init(RECORD_BOARD, &board);
    write_record(maker, RECORD_BOARD, &board);
    board.customers = 1000;
    for (int i = 0; i < BOARD_FIELDS; i++)
        MUST(edit_set(maker->edit, RECORD_BOARD, 1, i, record_get(RECORD_BOARD, &board, i), NULL,
                      &error));
    record_release(RECORD_BOARD, &board);
}

/* The letters of those that are there are taken. */
static void write_channels(struct maker *maker)
{
    static const int fields[] = {CHANNEL_NAME, CHANNEL_SIGN};
    struct error error;
    struct buffer text = {0};
    maker->written[RECORD_CHANNEL] = true;
    for (size_t i = 0; i < 2 * channels_default()->count; i++) {
        int field = fields[i % 2];
        const struct field *type = &record_type(RECORD_CHANNEL)->fields[field];
        MUST(edit_set(maker->edit, RECORD_CHANNEL, (int64_t)i / 2 + 1, field,
                      value_text(write_text(maker, type->type, &text)), NULL, &error));
    }
    buffer_release(&text);
}

static void write_people(struct maker *maker)
{
    for (int i = 0; i < 8; i++) {
        struct person person;
        record_init(RECORD_PERSON, &person);
        person.front_line = i % 2;
        person.present = i % 3 > 0;
        add(maker, RECORD_PERSON, &person);
    }
}

static void write_waves(struct maker *maker)
{
    for (int i = 0; i < 2; i++) {
        struct wave wave;
        record_init(RECORD_WAVE, &wave);
        wave.number = i + 1;
        add(maker, RECORD_WAVE, &wave);
    }
}

static void write_plan(struct maker *maker, int64_t moment)
{
    for (int i = 0; i < 2; i++) {
        struct idea idea;
        struct action action;
        struct entry entry;
        record_init(RECORD_IDEA, &idea);
        record_init(RECORD_ACTION, &action);
        record_init(RECORD_ENTRY, &entry);
        idea.item = action.item = entry.item = moment;
        idea.price = PRICE_LOW;
        action.wave = i + 1;
        action.status = i == 0 ? ACTION_TO_DO : ACTION_KEPT;
        entry.kind = i == 0 ? ENTRY_COMPLAINT : ENTRY_RECOMMENDS;
        entry.amount = 40;
        add(maker, RECORD_IDEA, &idea);
        add(maker, RECORD_ACTION, &action);
        add(maker, RECORD_ENTRY, &entry);
    }
}

static void write_moment(struct maker *maker, size_t index)
{
    struct error error;
    struct moment moment;
    int64_t id;
    record_init(RECORD_ITEM, &moment);
    write_record(maker, RECORD_ITEM, &moment);
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(hostile_text(index)));
    moment.state = index + 3 < hostile_count ? STATE_LIVE : STATE_PARKED;
    moment.channel = (int64_t)(index % channels_default()->count) + 1;
    moment.chosen = index % 3 == 0 && index < 15;
    moment.rating = index < 15 ? (int64_t)(index % 2) + RATING_MISERABLE : RATING_NONE;
    moment.target = index < 15 ? RATING_MAGICAL : RATING_NONE;
    moment.seconds = 20;
    moment.dots = (int64_t)index % 4;
    if (index % 5 == 0)
        MUST(edit_add_phase(maker->edit, hostile_text(maker->next++), PLACE_END, &id, &error));
    MUST(edit_add_moment(maker->edit, &moment, PLACE_END, &id, &error));
    record_release(RECORD_ITEM, &moment);
    write_plan(maker, id);
}

/* A kind of record that is new, and has texts, must not be forgotten here. */
static void must_be_all(const struct maker *maker)
{
    for (int record = 0; record < RECORDS; record++) {
        const struct record_type *type = record_type((enum record)record);
        for (size_t i = 0; i < type->count; i++)
            if (type->fields[i].type <= FIELD_TEXT && !maker->written[record])
                fail_msg("the hostile board has no %s", type->name);
    }
}

const char *hostile_board(struct fixture *fixture, const char *name, size_t first)
{
    struct error error;
    struct maker maker = {.next = first};
    struct store *store = board_new(fixture, name, hostile_name);
    const char *path = fixture->paths[fixture->count - 1];
    MUST(edit_begin(store, &maker.edit, &error));
    write_board(&maker);
    write_channels(&maker);
    write_people(&maker);
    write_waves(&maker);
    for (size_t i = 0; i < hostile_count; i++)
        write_moment(&maker, i);
    must_be_all(&maker);
    MUST(edit_commit(maker.edit, &error, hostile_line));
    store_close(store);
    return path;
}

/* ESC [ 5 m, C1, no UTF-8. */
#define RAW "CAST(x'1b5b356d9bff' AS TEXT)"

const char *hostile_table(struct fixture *fixture, const char *name)
{
    const char *path = hostile_board(fixture, name, 0);
    struct buffer sql = {0};
    buffer_add_format(&sql, "CREATE TABLE \"%s\"(x)", hostile_line);
    board_sql(path, buffer_text(&sql));
    buffer_release(&sql);
    return path;
}

const char *hostile_title(struct fixture *fixture, const char *name)
{
    const char *path = hostile_board(fixture, name, 0);
    board_sql(path, "UPDATE item SET title = " RAW " WHERE id = 3");
    return path;
}

const char *hostile_edit(struct fixture *fixture, const char *name)
{
    const char *path = hostile_board(fixture, name, 0);
    board_sql(path, "UPDATE edit SET who = 'Tester', words = " RAW);
    return path;
}
