#include "schema.h"
#include <stdbool.h>

/* Column order matters in one place: `note` stands last in item, so that a window never reads the
 * overflow pages of a long one. */
#define BOARD_1                                                                                    \
    "CREATE TABLE board(id INTEGER PRIMARY KEY CHECK (id = 1), title TEXT, why TEXT, noun TEXT, "  \
    "customers INTEGER, note TEXT, next_objective TEXT"
#define OBJECTS_1                                                                                  \
    X("channel", "CREATE TABLE channel(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "           \
                 "position INTEGER NOT NULL, name TEXT NOT NULL, letter TEXT NOT NULL, "           \
                 "sign TEXT NOT NULL, colour INTEGER NOT NULL)")                                   \
    X("person", "CREATE TABLE person(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "             \
                "name TEXT NOT NULL, role TEXT, front_line INTEGER NOT NULL, "                     \
                "present INTEGER NOT NULL)")                                                       \
    X("item", "CREATE TABLE item(id INTEGER PRIMARY KEY, "                                         \
              "kind INTEGER NOT NULL CHECK (kind IN (1, 2)), "                                     \
              "state INTEGER NOT NULL CHECK (state BETWEEN 0 AND 2), ord INTEGER NOT NULL, "       \
              "placed INTEGER NOT NULL, title TEXT NOT NULL, channel INTEGER, "                    \
              "rating INTEGER NOT NULL DEFAULT 0, first_rating INTEGER NOT NULL DEFAULT 0, "       \
              "target INTEGER NOT NULL DEFAULT 0, chosen INTEGER NOT NULL DEFAULT 0, "             \
              "dots INTEGER NOT NULL DEFAULT 0, seconds INTEGER, times INTEGER NOT NULL "          \
              "DEFAULT 1, owner TEXT, handling TEXT, expectation TEXT, benchmark TEXT, "           \
              "note TEXT)")                                                                        \
    X("item_line", "CREATE INDEX item_line ON item(state, ord, kind)")                             \
    X("item_phase", "CREATE INDEX item_phase ON item(ord) WHERE kind = 2")                         \
    X("idea", "CREATE TABLE idea(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "                 \
              "item INTEGER NOT NULL, text TEXT NOT NULL, price INTEGER NOT NULL DEFAULT 0, "      \
              "taken INTEGER NOT NULL DEFAULT 0)")                                                 \
    X("idea_item", "CREATE INDEX idea_item ON idea(item, state, price)")                           \
    X("action", "CREATE TABLE action(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "             \
                "item INTEGER NOT NULL, text TEXT NOT NULL, owner TEXT, due TEXT, "                \
                "status INTEGER NOT NULL DEFAULT 0, wave INTEGER, agreed TEXT, finding TEXT)")     \
    X("action_item", "CREATE INDEX action_item ON action(item, state, status, due)")               \
    X("action_open", "CREATE INDEX action_open ON action(due) "                                    \
                     "WHERE state = 0 AND status < 2 AND due IS NOT NULL")                         \
    X("entry", "CREATE TABLE entry(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "               \
               "item INTEGER NOT NULL, kind INTEGER NOT NULL, day TEXT, amount INTEGER, "          \
               "text TEXT)")                                                                       \
    X("entry_item", "CREATE INDEX entry_item ON entry(item, state, kind, amount)")                 \
    X("tally", "CREATE TABLE tally(kind INTEGER NOT NULL, state INTEGER NOT NULL, "                \
               "channel INTEGER NOT NULL, rating INTEGER NOT NULL, n INTEGER NOT NULL, "           \
               "timed INTEGER NOT NULL, seconds INTEGER NOT NULL, times INTEGER NOT NULL, "        \
               "chosen INTEGER NOT NULL, PRIMARY KEY(kind, state, channel, rating)) "              \
               "WITHOUT ROWID")                                                                    \
    X("edit", "CREATE TABLE edit(id INTEGER PRIMARY KEY, uid INTEGER NOT NULL, "                   \
              "who TEXT NOT NULL, at INTEGER NOT NULL, kind INTEGER NOT NULL, undoes INTEGER, "    \
              "words TEXT NOT NULL)")                                                              \
    X("edit_undoes", "CREATE INDEX edit_undoes ON edit(undoes) WHERE undoes IS NOT NULL")          \
    X("change", "CREATE TABLE change(edit INTEGER NOT NULL, n INTEGER NOT NULL, "                  \
                "record TEXT NOT NULL, id INTEGER NOT NULL, field TEXT NOT NULL, old, new, "       \
                "PRIMARY KEY(edit, n)) WITHOUT ROWID")

/* Dots and votes (R6, R8), reviews (R16), what customers answered to a wave (R20). */
#define BOARD_2                                                                                    \
    BOARD_1 ", dots_each INTEGER, dots_hidden INTEGER NOT NULL DEFAULT 0, next_review TEXT"
#define OBJECTS_2                                                                                  \
    X("item_chosen", "CREATE INDEX item_chosen ON item(ord) WHERE chosen = 1")                     \
    X("item_dots", "CREATE INDEX item_dots ON item(dots, ord) WHERE dots > 0")                     \
    X("wave", "CREATE TABLE wave(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "                 \
              "number INTEGER NOT NULL, response TEXT)")                                           \
    X("review", "CREATE TABLE review(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "             \
                "day TEXT NOT NULL, ended INTEGER NOT NULL, miserable INTEGER, neutral INTEGER, "  \
                "magical INTEGER)")                                                                \
    X("rerating", "CREATE TABLE rerating(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "         \
                  "item INTEGER NOT NULL, review INTEGER NOT NULL, before INTEGER NOT NULL, "      \
                  "after INTEGER NOT NULL)")                                                       \
    X("rerating_item", "CREATE INDEX rerating_item ON rerating(item, state, review)")              \
    X("rerating_review", "CREATE INDEX rerating_review ON rerating(review, state, item)")          \
    X("vote", "CREATE TABLE vote(id INTEGER PRIMARY KEY, state INTEGER NOT NULL, "                 \
              "kind INTEGER NOT NULL, stage INTEGER NOT NULL, dots_each INTEGER)")                 \
    X("ballot", "CREATE TABLE ballot(id INTEGER PRIMARY KEY, vote INTEGER NOT NULL, "              \
                "name TEXT NOT NULL, code TEXT NOT NULL, done INTEGER NOT NULL DEFAULT 0)")        \
    X("ballot_vote", "CREATE UNIQUE INDEX ballot_vote ON ballot(vote, name)")                      \
    X("mark", "CREATE TABLE mark(ballot INTEGER NOT NULL, item INTEGER NOT NULL, "                 \
              "value INTEGER NOT NULL, PRIMARY KEY(ballot, item)) WITHOUT ROWID")                  \
    X("mark_item", "CREATE INDEX mark_item ON mark(item, ballot, value)")

#define X(name, sql) {name, sql},
static const struct schema_object objects_1[] = {{"board", BOARD_1 ")"}, OBJECTS_1};
static const struct schema_object objects_2[] = {{"board", BOARD_2 ")"}, OBJECTS_1 OBJECTS_2};
#undef X

#define X(name, sql) sql,
static const char *const migration_1[] = {BOARD_1 ")", OBJECTS_1 NULL};
static const char *const migration_2[] = {
    "ALTER TABLE board ADD COLUMN dots_each INTEGER",
    "ALTER TABLE board ADD COLUMN dots_hidden INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE board ADD COLUMN next_review TEXT",
    OBJECTS_2 NULL,
};
#undef X

static const struct {
    const char *const *migration;
    const struct schema_object *objects;
    size_t count;
} versions[SCHEMA_VERSION + 1] = {
    [1] = {migration_1, objects_1, sizeof objects_1 / sizeof *objects_1},
    [2] = {migration_2, objects_2, sizeof objects_2 / sizeof *objects_2},
};

static bool is_known(int version)
{
    return version >= 1 && version <= SCHEMA_VERSION;
}

const char *const *schema_migration(int version)
{
    return is_known(version) ? versions[version].migration : NULL;
}

const struct schema_object *schema_expected(int version, size_t *count)
{
    *count = is_known(version) ? versions[version].count : 0;
    return is_known(version) ? versions[version].objects : NULL;
}
