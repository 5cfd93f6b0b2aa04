/* room: command
 *
 * All actions of a board in an order to work by: what is overdue first. The plan list of the screen
 * and `touchline actions --by` show the same groups.
 */
#ifndef TOUCHLINE_AGENDA_H
#define TOUCHLINE_AGENDA_H

#include "touchline/query.h"

enum agenda_by { AGENDA_BY_DUE, AGENDA_BY_OWNER, AGENDA_BY_WAVE, AGENDA_BYS };

/* "by due date", "by owner", "by wave" (R20) */
const char *agenda_by_words(enum agenda_by by);

/* Sorts a plan as it came from the store: by due date overdue, this week, later, finished; by owner
 * or wave each of them in that order, those without one last. */
void agenda_sort(struct plan *plan, enum agenda_by by, struct date today);

/* Whether two actions stand under one heading. */
bool agenda_same_group(const struct planned *a, const struct planned *b, enum agenda_by by,
                       struct date today);

/* The heading an action stands under: "Overdue", "Ana", "Nobody yet", "Wave 2". */
void agenda_group_words(const struct planned *planned, enum agenda_by by, struct date today,
                        struct buffer *out);

/* A wave (R20): how far its actions are, and what customers answered to it. */
struct agenda_wave {
    int64_t number;
    size_t actions, finished;
    const char *response; /* borrowed of `waves`; NULL: none yet */
};

/* From a zeroed one to each wave in turn that has an action or a response; false after the last. */
bool agenda_next_wave(const struct plan *plan, const struct waves *waves, struct agenda_wave *wave);

/* Neither kept, modified nor dropped. */
bool agenda_is_open(const struct action *action);

/* An open one whose day is at most so many days from today; also what is overdue. */
bool agenda_is_due(const struct action *action, struct date today, int days);

/* Whether two names are one, without case; NULL is nobody's. */
bool agenda_same_name(const char *a, const char *b);

#endif
