#include "schema.h"

/* Column order matters in one place: `note` stands last in item, so that a window never reads the
 * overflow pages of a long one. */
#define OBJECTS_1                                                                                  \
    X("board", "CREATE TABLE board(id INTEGER PRIMARY KEY CHECK (id = 1), title TEXT, why TEXT, "  \
               "noun TEXT, customers INTEGER, note TEXT, next_objective TEXT)")                    \
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

static const struct schema_object objects_1[] = {
#define X(name, sql) {name, sql},
    OBJECTS_1
#undef X
};

static const char *const migration_1[] = {
#define X(name, sql) sql,
    OBJECTS_1
#undef X
        NULL};

const char *const *schema_migration(int version)
{
    return version == 1 ? migration_1 : NULL;
}

const struct schema_object *schema_expected(int version, size_t *count)
{
    *count = version == 1 ? sizeof objects_1 / sizeof *objects_1 : 0;
    return version == 1 ? objects_1 : NULL;
}
