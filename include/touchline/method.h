/* room: model
 *
 * The rules of the method as plain functions: no screen, no file. R numbers are the requirements
 * that the manual lists.
 */
#ifndef TOUCHLINE_METHOD_H
#define TOUCHLINE_METHOD_H

#include "touchline/date.h"
#include "touchline/record.h"

/* R6: three to five are chosen. */
#define METHOD_CHOSEN_LEAST 3
#define METHOD_CHOSEN_MOST  5

/* R11: neutral becomes magical, miserable becomes neutral or magical; equal counts as reached; no
 * target without a rating, or with one that is hidden (R16). STATUS_REFUSED with the reason ("Rate
 * it first."). Asked when a target
 * is set; one that a later rating has overtaken stays. */
enum status method_check_target(int64_t rating, int64_t target, struct error *error) MUST_USE;

/* The next target that R raises to: none -> the least allowed -> ... -> none again. */
int64_t method_raise_target(int64_t rating, int64_t target);

/* Whether the target still stands above the rating. One that is reached, or that a later rating has
 * overtaken, asks for nothing more: shown as a way from the rating, it would lead down. */
bool method_aims(int64_t rating, int64_t target);

/* Refuses a choice that would make `chosen` (as it would be) more than five. */
enum status method_check_chosen(int64_t chosen, struct error *error) MUST_USE;

/* R6: dots that are laid, and how many may be: so many `each` for the `people` who are here. */
struct dots {
    int64_t laid;
    int64_t each;   /* FIELD_ABSENT: as many as they like */
    int64_t people; /* 0: nobody said who is here */
    bool hidden;    /* until the room shows them to itself */
};

/* FIELD_ABSENT: no limit is known. */
int64_t dots_budget(const struct dots *dots);

/* "46 of 50 spent · 4 left · 10 people x 5", or "46 dots" where no limit is known. */
void dots_format(const struct dots *dots, struct buffer *out);

/* R12: past its day and not yet kept, modified or dropped. */
bool method_overdue(const struct action *action, struct date today);

/* R16: whether the day set for the next review is at most `days` from today; *day is that day. */
bool method_review_due(const struct board *board, struct date today, int days, struct date *day);

/* R22: whether `a` is weaker than `b`: lower rating, then more cost, more dots, earlier. Only
 * miserable and neutral ones can be weakest. */
struct weakness {
    int64_t rating, cost, dots, number;
};
bool method_can_be_weakest(const struct weakness *it);
bool method_weaker(const struct weakness *a, const struct weakness *b);

/* R5: the live meter. Filled by the store from its tally; sums say how many parts they have, and a
 * product with a missing factor is not shown. */
#define METER_CHANNELS_MAX 64
struct meter {
    int64_t moments, parked, phases;
    int64_t coloured;       /* with a channel */
    int64_t timed;          /* with seconds */
    int64_t seconds;        /* sum of seconds x times of the timed ones */
    int64_t times;          /* sum of times */
    int64_t rated[RATINGS]; /* by rating; [0] the unrated */
    int64_t chosen, chosen_rated;
    int64_t chosen_planned; /* of which n of the step Plan asks nothing any more */
    /* R16, while a review goes on: `rated` counts only what it has rated anew. */
    int64_t review;                    /* its id, 0: none goes on */
    int64_t reviewed, chosen_reviewed; /* rated anew */
    int64_t hidden, chosen_hidden;     /* their old rating stands, and is not shown */
    struct {
        int64_t channel, moments;
    } by_channel[METER_CHANNELS_MAX]; /* id 0: none */
    size_t channels;
};

/* "17 moments · 75 s a passenger (9 of 17 timed)" and, when customers are known, "· 50,000,000
 * moments a year"; as much of it as `columns` allows: first the year goes, then the noun, then the
 * seconds; nothing when not even the moments have room. */
void meter_format(const struct meter *meter, const struct board *board, int columns,
                  struct buffer *out);

/* "75 s" (below two minutes), "2 min 30 s", "1 h 5 min"; "1,250" with thousands separated. */
void seconds_format(int64_t seconds, struct buffer *out);
void count_format(int64_t count, struct buffer *out);

/* The board's noun as it was written: "customer" when it has none (R24). */
const char *board_noun(const struct board *board);

#endif
