/* What a stranger may write into a board, a file name or an argument so that it does more than be
 * shown: one text a trick, and all that text_show() knows. */
#ifndef TOUCHLINE_TESTS_HOSTILE_H
#define TOUCHLINE_TESTS_HOSTILE_H

#include "fixture.h"
#include <stdbool.h>

struct hostile {
    const char *name;
    const char *text; /* one line of valid UTF-8, at most 200 bytes */
    bool raw;         /* may not come to a terminal as it is */
};

extern const struct hostile hostile_texts[];
extern const size_t hostile_count;

/* A script, among the texts as they are, and what a browser that has run one of them has in its
 * document: it is in none of them. */
#define HOSTILE_SCRIPT "<script>" HOSTILE_DEED "</script>"
#define HOSTILE_DEED   "document.documentElement.setAttribute('data-ran',1)"
#define HOSTILE_MARK   " data-ran=\"1\""

/* The text at an index, from the start again behind the last. */
const char *hostile_text(size_t index);

/* The worst of all in one short line; the same as it may stand in a person's name; bytes that are
 * no UTF-8, which file names and arguments can be. None holds a slash. */
extern const char hostile_line[];
extern const char hostile_name[];
extern const char hostile_bytes[];

/* A board with a moment for each text as its title, and further texts from `first` on in every text
 * that a board can hold, down to channels' signs, words of edits and who made them. Five moments
 * are chosen, rated and planned for, the last three parked. Returns its path. */
const char *hostile_board(struct fixture *fixture, const char *name, size_t first);

/* Boards that no program of ours has made: with such a table in it; with raw bytes for the title of
 * moment 2; with raw bytes for the words of Tester's edit. */
const char *hostile_table(struct fixture *fixture, const char *name);
const char *hostile_title(struct fixture *fixture, const char *name);
const char *hostile_edit(struct fixture *fixture, const char *name);

#endif
