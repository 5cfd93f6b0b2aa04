#include "touchline/method.h"

enum status method_check_target(int64_t rating, int64_t target, struct error *error)
{
    if (target == RATING_NONE)
        return STATUS_OK;
    if (rating == RATING_NONE)
        return error_set(error, STATUS_REFUSED, "Rate it first.");
    if (rating == RATING_HIDDEN)
        return error_set(error, STATUS_REFUSED, "A review goes on: rate it anew first.");
    if (target == RATING_MISERABLE)
        return error_set(error, STATUS_REFUSED, "A target is neutral or magical.");
    if (target < rating)
        return error_set(error, STATUS_REFUSED,
                         "It is magical already: nothing stands above that.");
    return STATUS_OK;
}

int64_t method_raise_target(int64_t rating, int64_t target)
{
    int64_t next = (target > rating ? target : rating) + 1;
    return rating == RATING_NONE || next > RATING_MAGICAL ? RATING_NONE : next;
}

bool method_aims(int64_t rating, int64_t target)
{
    return target > rating && target <= RATING_MAGICAL;
}

enum status method_check_chosen(int64_t chosen, struct error *error)
{
    if (chosen <= METHOD_CHOSEN_MOST)
        return STATUS_OK;
    return error_set(error, STATUS_REFUSED,
                     "Five are chosen and few gets done: unchoose one of them first.");
}

bool method_overdue(const struct action *action, struct date today)
{
    struct date due;
    if (action->status != ACTION_TO_DO && action->status != ACTION_TRYING)
        return false;
    return action->due != NULL && date_parse_iso(action->due, &due) && date_compare(due, today) < 0;
}

bool method_review_due(const struct board *board, struct date today, int days, struct date *day)
{
    return board->next_review != NULL && date_parse_iso(board->next_review, day) &&
           date_days_between(today, *day) <= days;
}

bool method_can_be_weakest(const struct weakness *it)
{
    return it->rating == RATING_MISERABLE || it->rating == RATING_NEUTRAL;
}

bool method_weaker(const struct weakness *a, const struct weakness *b)
{
    if (!method_can_be_weakest(a) || !method_can_be_weakest(b))
        return method_can_be_weakest(a);
    if (a->rating != b->rating)
        return a->rating < b->rating;
    if (a->cost != b->cost)
        return a->cost > b->cost;
    if (a->dots != b->dots)
        return a->dots > b->dots;
    return a->number < b->number;
}

/* --- dots (R6) -------------------------------------------------------------------------------- */

int64_t dots_budget(const struct dots *dots)
{
    return dots->each == FIELD_ABSENT || dots->people == 0 ? FIELD_ABSENT
                                                           : dots->each * dots->people;
}

void dots_format(const struct dots *dots, struct buffer *out)
{
    int64_t budget = dots_budget(dots);
    count_format(dots->laid, out);
    if (budget == FIELD_ABSENT) {
        buffer_add_text(out, dots->laid == 1 ? " dot" : " dots");
        return;
    }
    buffer_add_text(out, " of ");
    count_format(budget, out);
    buffer_add_text(out, " spent · ");
    count_format(dots->laid < budget ? budget - dots->laid : 0, out);
    buffer_add_format(out, " left · %lld %s x %lld", (long long)dots->people,
                      dots->people == 1 ? "person" : "people", (long long)dots->each);
}
