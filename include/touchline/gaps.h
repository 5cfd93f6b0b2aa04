/* room: command
 *
 * What a plan still lacks, by the method: told by `touchline check` and by the screen alike.
 */
#ifndef TOUCHLINE_GAPS_H
#define TOUCHLINE_GAPS_H

#include "touchline/query.h"

/* In the order of telling: the board's own, then those of moments and actions. */
enum gap_kind {
    GAP_WHY,        /* the board does not say why (R14) */
    GAP_FRONT_LINE, /* of the people listed nobody is of the front line (R13) */
    GAP_FEW_CHOSEN, /* fewer than three (R6) */
    GAP_UNRATED,    /* chosen and not rated (R7) */
    GAP_MISERABLE,  /* chosen, miserable, with no target (R11) */
    GAP_NEUTRAL,
    GAP_IDLE,      /* chosen, miserable or neutral, and no action came of it (R12) */
    GAP_OWNERLESS, /* an action to do that is nobody's */
    GAP_DATELESS,  /* an action to do with no day */
    GAP_OVERDUE,
    GAP_COLOURLESS, /* a moment with no channel (R4) */
    GAP_KINDS
};

/* More of one kind are counted and not named. */
#define GAPS_NAMED_MOST 100

struct gap {
    int64_t moment, number; /* id and number of the moment; 0: the board's own */
    int64_t action;         /* id of the action that it is about; 0: none */
    char *text;             /* the moment's title, or what the action says; NULL: the board's own */
};

struct gaps {
    struct {
        int64_t count;
        struct gap *at; /* the first of them, in the board's order */
        size_t named;
    } kinds[GAP_KINDS];
    int64_t chosen;
};
void gaps_release(struct gaps *gaps);

/* Looks through the whole board, as it is now and as of `today`. */
enum status gaps_find(struct store *store, struct date today, struct gaps *gaps,
                      struct error *error) MUST_USE;

/* "4 chosen, 1 of them not rated"; nothing when there is none of the kind. */
void gaps_words(const struct gaps *gaps, enum gap_kind kind, struct buffer *out);

/* How many kinds there are anything of. */
int gaps_count(const struct gaps *gaps);

#endif
