#include "touchline/agenda.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/text.h"
#include <stdlib.h>

enum { WEEK = 7 };

enum urgency { OVERDUE, THIS_WEEK, LATER, FINISHED };

bool agenda_is_open(const struct action *action)
{
    return action->status == ACTION_TO_DO || action->status == ACTION_TRYING;
}

bool agenda_is_due(const struct action *action, struct date today, int days)
{
    struct date due;
    return agenda_is_open(action) && action->due && date_parse_iso(action->due, &due) &&
           date_days_between(today, due) <= days;
}

bool agenda_same_name(const char *a, const char *b)
{
    return a && b && text_compare(a, b) == 0;
}

/* --- groups ----------------------------------------------------------------------------------- */

static enum urgency urgency_of(const struct action *action, struct date today)
{
    if (!agenda_is_open(action))
        return FINISHED;
    if (method_overdue(action, today))
        return OVERDUE;
    return agenda_is_due(action, today, WEEK - 1) ? THIS_WEEK : LATER;
}

/* Those without an owner come last. */
static int compare_owners(const struct action *a, const struct action *b)
{
    if (!a->owner || !b->owner)
        return !a->owner - !b->owner;
    return text_compare(a->owner, b->owner);
}

static int64_t wave_of(const struct action *action)
{
    return action->wave == FIELD_ABSENT ? INT64_MAX : action->wave;
}

static int compare_groups(const struct planned *a, const struct planned *b, enum agenda_by by,
                          struct date today)
{
    int64_t one = 0, other = 0;
    switch (by) {
    case AGENDA_BY_OWNER:
        return compare_owners(&a->action, &b->action);
    case AGENDA_BY_WAVE:
        one = wave_of(&a->action);
        other = wave_of(&b->action);
        break;
    default:
        one = (int64_t)urgency_of(&a->action, today);
        other = (int64_t)urgency_of(&b->action, today);
    }
    return (one > other) - (one < other);
}

bool agenda_same_group(const struct planned *a, const struct planned *b, enum agenda_by by,
                       struct date today)
{
    return compare_groups(a, b, by, today) == 0;
}

/* --- order ------------------------------------------------------------------------------------ */

/* What qsort() is given to compare by, in each element: it takes no argument besides. */
struct sorted {
    struct planned planned;
    enum agenda_by by;
    struct date today;
    size_t place; /* in the plan: the store's order decides where nothing else does */
};

static int compare(const void *a, const void *b)
{
    const struct sorted *one = a, *other = b;
    int order = compare_groups(&one->planned, &other->planned, one->by, one->today);
    if (order == 0)
        order = compare_groups(&one->planned, &other->planned, AGENDA_BY_DUE, one->today);
    if (order == 0)
        order = (one->place > other->place) - (one->place < other->place);
    return order;
}

void agenda_sort(struct plan *plan, enum agenda_by by, struct date today)
{
    struct sorted *sorted = memory_new(plan->count, sizeof *sorted);
    for (size_t i = 0; i < plan->count; i++)
        sorted[i] = (struct sorted){plan->at[i], by, today, i};
    if (plan->count > 0)
        qsort(sorted, plan->count, sizeof *sorted, compare);
    for (size_t i = 0; i < plan->count; i++)
        plan->at[i] = sorted[i].planned;
    memory_free(sorted);
}

/* --- words ------------------------------------------------------------------------------------ */

const char *agenda_by_words(enum agenda_by by)
{
    static const char *const words[AGENDA_BYS] = {"by due date", "by owner", "by wave"};
    return words[by];
}

void agenda_group_words(const struct planned *planned, enum agenda_by by, struct date today,
                        struct buffer *out)
{
    static const char *const urgencies[] = {"Overdue", "This week", "Later", "Finished"};
    const struct action *action = &planned->action;
    switch (by) {
    case AGENDA_BY_OWNER:
        buffer_add_text(out, action->owner ? action->owner : "Nobody yet");
        break;
    case AGENDA_BY_WAVE:
        if (action->wave == FIELD_ABSENT)
            buffer_add_text(out, "No wave yet");
        else
            buffer_add_format(out, "Wave %lld", (long long)action->wave);
        break;
    default:
        buffer_add_text(out, urgencies[urgency_of(action, today)]);
    }
}

/* --- waves ------------------------------------------------------------------------------------ */

static int64_t nearer(int64_t number, int64_t after, int64_t best)
{
    return number != FIELD_ABSENT && number > after && (!best || number < best) ? number : best;
}

bool agenda_next_wave(const struct plan *plan, const struct waves *waves, struct agenda_wave *wave)
{
    int64_t number = 0;
    for (size_t i = 0; i < plan->count; i++)
        number = nearer(plan->at[i].action.wave, wave->number, number);
    for (size_t i = 0; i < waves->count; i++)
        if (waves->at[i].response)
            number = nearer(waves->at[i].number, wave->number, number);
    const struct wave *said = waves_by_number(waves, number);
    *wave = (struct agenda_wave){.number = number, .response = said ? said->response : NULL};
    for (size_t i = 0; i < plan->count; i++) {
        wave->actions += plan->at[i].action.wave == number;
        wave->finished += plan->at[i].action.wave == number && !agenda_is_open(&plan->at[i].action);
    }
    return number != 0;
}
