/* room: model
 *
 * The six steps of the guide: names, questions, what digits answer, what n looks for. A table; the
 * guide forbids nothing.
 */
#ifndef TOUCHLINE_GUIDE_H
#define TOUCHLINE_GUIDE_H

#include "touchline/buffer.h"
#include "touchline/method.h"

enum step { STEP_IDENTIFY, STEP_COLOUR, STEP_CHOOSE, STEP_RATE, STEP_PLAN, STEP_REVIEW, STEPS };

enum digits { DIGITS_GO_TO, DIGITS_CHANNEL, DIGITS_RATING };

/* What n goes to when nothing is searched for. */
enum next {
    NEXT_NONE,
    NEXT_WITHOUT_CHANNEL,
    NEXT_UNTIMED, /* once all have a channel */
    NEXT_BY_DOTS,
    NEXT_UNRATED,   /* the chosen first, then the rest */
    NEXT_UNPLANNED, /* chosen: low with no target or action, or no idea and no action */
    NEXT_TO_REVIEW  /* to be rated anew in the review that goes on: the chosen first */
};

struct step_row {
    const char *name;     /* "Identify" */
    const char *question; /* with %s for the noun, or none */
    const char *then;     /* asked instead once every moment has a channel (R5), or a review goes on
                             (R16); NULL: the same all the time */
    enum digits digits;
    enum next next;
    int minutes; /* the timer's default */
};
const struct step_row *step_row(enum step step);

/* The question with the board's noun in it; the meter decides between two. */
void step_question(enum step step, const struct board *board, const struct meter *meter,
                   struct buffer *out);

/* Whether the step asks for seconds now: Colour, once every moment has a channel (R5). */
bool step_asks_how_long(enum step step, const struct meter *meter);

/* What n goes to now: the row's, or the untimed ones while the step asks how long. */
enum next step_next(enum step step, const struct meter *meter);

/* The same in words, "the next without a channel"; NULL for NEXT_NONE. */
const char *next_words(enum next next);

/* Another way to put the question, the n-th from 0, going round with the question itself between:
 * NULL is its turn. Only Plan has some: NULL for n = 0 elsewhere. */
const char *step_hint(enum step step, size_t n);

/* How far the step has come, as the method asks: "3 of 4 chosen rated · 10 of 40 in all". `gaps`:
 * of how many kinds the plan lacks something (Plan alone tells it); NULL: not counted. */
void step_progress(enum step step, const struct meter *meter, const int *gaps, struct buffer *out);

#endif
