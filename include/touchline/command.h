/* room: command
 *
 * All that can be done, in one table: the shell's verbs, the screen's keys, the palette, --help,
 * the manual and the in-program help are all made from it. A command is one file in src/command
 * that declares itself as data (`const struct command command_rate = {...}`) and one row in
 * table.c.
 *
 * A command about the board is one edit (edit.h): it runs the same whether a key, the palette or
 * the shell called it. What differs is where its arguments come from: typed words; or, on the
 * screen, the selected moment and a question for what is missing.
 */
#ifndef TOUCHLINE_COMMAND_H
#define TOUCHLINE_COMMAND_H

#include "touchline/edit.h"
#include "touchline/key.h"
#include "touchline/query.h"
#include <stdio.h>

enum argument_type {
    ARGUMENT_MOMENT,  /* "7", "z2", "id:31"; on the screen the selected one when left out */
    ARGUMENT_TEXT,    /* one word of the shell; the rest of the line in the palette */
    ARGUMENT_CHANNEL, /* a letter, a name, an alias */
    ARGUMENT_RATING,
    ARGUMENT_PRICE,
    ARGUMENT_STATUS, /* of an action */
    ARGUMENT_NUMBER,
    ARGUMENT_DAY,    /* "2026-12-04", "fri", "+2w" (date_parse_words) */
    ARGUMENT_FIELDS, /* FIELD=VALUE ..., to the end */
    ARGUMENT_FILE,   /* "-" is stdin or stdout */
    ARGUMENT_FLAG    /* an option without a value */
};

struct argument {
    const char *name; /* "N", "TEXT"; of an option its long form without dashes: "channel" */
    enum argument_type type;
    bool option; /* --name VALUE (--name alone for a flag) instead of a position */
    bool required;
    bool repeated;    /* the last position takes all words that are left */
    bool position;    /* an option that a word too many is the value of: "move 31 7" */
    const char *help; /* half a line, lower case */
    const char *ask;  /* the screen's question when it was not given; NULL: not asked for */
    char letter;      /* short form of an option, 0: none */
    const char
        *words; /* what may stand there, "due|owner|wave", to be offered; NULL: no such few */
};

#define ARGUMENTS_MAX 12

/* What a call may use and what it gives back. */
struct outcome {
    struct buffer message; /* one line for the screen ("3 is now neutral"); the shell prints it on
                              stderr when it is a terminal and asked nothing else */
    struct buffer needed;  /* "ballot of Ana, code 7K2: ": what must be told even when the output is
                              lost; the shell puts it in front of the error */
    int64_t select;        /* id of the moment to stand on afterwards, 0: stay */
    int64_t added;         /* id of the item added last (also a phase): what comes next goes after
                              it; 0: none */
    bool changed;          /* the board was changed: read the window again; or a file made */
};

struct call {
    struct store *store;     /* NULL for commands about files */
    const char *board;       /* path as given, NULL on the screen */
    struct session *session; /* NULL in the shell */
    struct date today;
    struct store_options store_options; /* for those that open a board themselves */
    FILE *in;                           /* what "-" reads; NULL: nothing */
    FILE *out;                          /* data */
    FILE *talk;                         /* progress and remarks; NULL: silent */
    bool out_is_terminal;               /* make text harmless on its way out (text_show) */
    bool talk_is_terminal;
    bool ascii;

    const struct command *command;     /* which it is: set by command_run() */
    const char *values[ARGUMENTS_MAX]; /* by argument; NULL: not given. A flag: "" */
    const char **words;                /* those of a repeated argument: call_release() */
    size_t word_count;
    int64_t moment;           /* the first ARGUMENT_MOMENT, resolved to an id */
    const struct value *seen; /* what the screen showed of the field that is changed, or NULL; of
                                 `set` one for each word */
    struct outcome outcome;
};

enum command_scope {
    COMMAND_BOARD, /* needs a board: shell, palette and keys */
    COMMAND_FILES, /* about files or none: shell only */
    COMMAND_SCREEN /* about the screen: palette and keys only; src/tui runs it */
};

/* What the help lists it under, in this order. */
enum command_group {
    GROUP_MOVE,  /* going about */
    GROUP_WRITE, /* moments: adding, ordering, editing */
    GROUP_JUDGE, /* channel, rating, choice, dots */
    GROUP_PLAN,  /* ideas, actions, targets */
    GROUP_LOOK,  /* zoom, filter, search, lists */
    GROUP_BOARD, /* the board itself, undo, files */
    GROUPS
};

struct command {
    const char *name; /* "rate": the shell's verb, the palette's word */
    enum command_scope scope;
    enum command_group group;
    const char *keys;    /* spellings of key.h, space-separated: "r", "h Left"; NULL: none */
    const char *label;   /* for the key line: "Rate" */
    const char *summary; /* one line, a sentence without full stop */
    const char *details; /* paragraphs for --help and the manual, may be NULL; examples included */
    struct argument arguments[ARGUMENTS_MAX];   /* ended by a NULL name */
    bool writes;                                /* refused at once on a board to look at */
    bool (*renumbers)(const struct call *call); /* whether moments may have other numbers after it;
                                                   NULL: never */
    enum status (*run)(struct call *call, struct error *error); /* NULL: src/tui runs it */

    /* Whether what was called for is a screen of its own where there is a terminal; NULL: no. */
    bool (*opens_screen)(const struct call *call);
};

/* The table, in the order of the help; *count of them. */
const struct command *const *command_table(size_t *count);

const char *command_group_name(enum command_group group);

/* By name, or an unambiguous start of three letters or more; NULL: none. `nearest` (may be NULL)
 * gets the name that is most alike, for "did you mean". */
const struct command *command_find(const char *name, const char **nearest);

/* Of what the shell can run, the name that `name` begins or is most alike; NULL: none. */
const char *command_nearest_verb(const char *name);

/* By key; NULL: none. */
const struct command *command_for_key(struct key key);

/* Splits a palette line into words ('..' and ".." around a whole word keep blanks, an apostrophe in
 * a word is itself), finds the command and fills the call's values; words too many belong to the
 * last text. `words` (zeroed) keeps the memory: free with command_words_release(). STATUS_USAGE. */
struct command_words {
    char **at;
    size_t count;
};
enum status command_read_line(const char *line, struct command_words *words,
                              const struct command **command, struct call *call,
                              struct error *error) MUST_USE;
void command_words_release(struct command_words *words);

/* Takes the words that follow a verb into the call, by the command's arguments: the BOARD first
 * where it needs one (in the shell, unless call->board is known), positions, --option VALUE,
 * --option=VALUE, -x VALUE, "--" ends options. A word too many is the value of an option that
 * stands in for a position ("move 31 7"). On the screen (call->session) a first word that names no
 * moment leaves the moment out. STATUS_USAGE names the word that is wrong. Missing required ones
 * are not its business. The call's values point into `words`. */
enum status command_read_words(const struct command *command, const char *const *words,
                               size_t count, struct call *call, struct error *error) MUST_USE;

/* Index of the first argument that is required and missing, or -1. */
int command_missing(const struct command *command, const struct call *call);

/* Checks what is missing, resolves the moment, runs. On the screen a missing moment is the selected
 * one. STATUS_USAGE for a screen command. */
enum status command_run(const struct command *command, struct call *call,
                        struct error *error) MUST_USE;

void outcome_release(struct outcome *outcome);

/* Frees what reading words and running left in the call, its outcome too. */
void call_release(struct call *call);

/* What stands for an argument's value: "N", "TITLE", "CHANNEL"; "" for a flag. */
const char *argument_value_name(const struct argument *argument);

/* "rate BOARD N RATING": how the command is typed (`board` false: as in the palette). */
void command_synopsis(const struct command *command, bool board, struct buffer *out);

/* The text of `touchline VERB --help`: synopsis, summary, arguments, details. */
void command_help(const struct command *command, struct buffer *out);

#endif
