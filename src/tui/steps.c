/* The steps of the guide: where the room is in the method. */
#include "tui.h"
#include <string.h>
#include <strings.h>

/* "Rate: n goes to the next to rate, the chosen first." Who comes to a step stands where the last
 * one ended. */
static void say_step(struct tui *tui)
{
    const char *name = step_row(tui->session.step)->name;
    const char *next = next_words(step_next(tui->session.step, &tui->meter));
    if (next)
        tui_say(tui, "%s: n goes to %s.", name, next);
    else
        tui_say(tui, "%s", name);
}

void step_go_to(struct tui *tui, int step)
{
    enum step from = tui->session.step;
    if (step < 0 || step >= STEPS) {
        tui_say(tui, step < 0 ? "This is the first step." : "This is the last step.");
        return;
    }
    tui->session.step = (enum step)step;
    /* Votes, the ranking by dots and what the plan lacks are read where they are shown. */
    tui->stale = tui->stale || (step >= STEP_CHOOSE && step <= STEP_PLAN) || from == STEP_RATE;
    tui->hint = 0;
    timing_set_step(tui);
    if (from == STEP_CHOOSE && step > STEP_CHOOSE && tui->meter.chosen < METHOD_CHOSEN_LEAST)
        tui_warn(tui, "%s: the method asks for three to five, %s chosen so far.",
                 step_row(tui->session.step)->name,
                 tui->meter.chosen == 0   ? "none is"
                 : tui->meter.chosen == 1 ? "one is"
                                          : "two are");
    else if (step == STEP_REVIEW)
        tui_tell_due(tui);
    else
        say_step(tui);
}

void step_go_back(struct tui *tui)
{
    step_go_to(tui, (int)tui->session.step - 1);
}

void step_go_on(struct tui *tui)
{
    step_go_to(tui, (int)tui->session.step + 1);
}

/* In Review one has to go on (R16): n begins it, and goes to the first that is to be rated anew. */
static enum status begin_review(struct tui *tui, int64_t *from)
{
    const struct named values[] = {{"begin|end", "begin"}, {NULL, NULL}};
    int64_t ignored;
    *from = 0;
    return tui_may_write(tui) ? tui_call_named(tui, "review", values, &ignored) : STATUS_READ_ONLY;
}

static void say_none_wanted(struct tui *tui, enum next wanted)
{
    tui_say(tui, wanted == NEXT_NONE ? "n goes to the next hit of a search: / begins one."
                 : wanted == NEXT_TO_REVIEW
                     ? "All that was rated is rated anew. Q ends the session."
                     : "Nothing else is open in this step.");
}

/* Once the ballots are shown, what people disagree on most comes first of what is unrated (R8). */
static int64_t next_disputed(struct tui *tui)
{
    struct error error;
    struct spreads spreads = {0};
    struct moment moment = {0};
    int64_t to = 0;
    if (store_spreads(tui->store, &spreads, &error) != STATUS_OK)
        return 0;
    for (size_t i = 0; to == 0 && i < spreads.count; i++)
        if (store_moment(tui->store, spreads.at[i].item, &moment, &error) == STATUS_OK &&
            moment.rating == RATING_NONE && moment.id != tui->session.selected)
            to = moment.id;
    record_release(RECORD_ITEM, &moment);
    spreads_release(&spreads);
    return to;
}

void step_go_to_wanted(struct tui *tui)
{
    struct error error;
    int64_t from = tui->session.selected, to = 0;
    enum next wanted = step_next(tui->session.step, &tui->meter);
    if (wanted == NEXT_TO_REVIEW && !tui->meter.review && begin_review(tui, &from) != STATUS_OK)
        return;
    if (wanted == NEXT_UNRATED)
        to = next_disputed(tui);
    if (to == 0 && store_next(tui->store, wanted, from, &to, &error) != STATUS_OK)
        tui_error(tui, &error);
    else if (to)
        tui_jump(tui, to);
    else
        say_none_wanted(tui, wanted);
}

static void accept_step(struct tui *tui, const char *value, void *data)
{
    (void)data;
    step_go_to(tui, value[0] - '1');
}

void step_ask(struct tui *tui)
{
    struct choices choices = {0};
    for (int i = 0; i < STEPS; i++) {
        const char digit[2] = {(char)('1' + i), '\0'};
        choices_add(&choices, digit, step_row((enum step)i)->name, digit);
    }
    pick_open(tui, "Which step?", choices, accept_step, NULL, NULL);
}

void step_ask_hint(struct tui *tui)
{
    if (step_hint(tui->session.step, 0))
        tui->hint++;
    else
        tui_say(tui, "; gives another hint in the step Plan.");
}

enum status step_go_to_named(struct tui *tui, const char *word)
{
    size_t length = strlen(word);
    for (int i = 0; i < STEPS; i++) {
        const char digit[2] = {(char)('1' + i), '\0'};
        if (strcmp(word, digit) == 0 ||
            strncasecmp(word, step_row((enum step)i)->name, length) == 0) {
            step_go_to(tui, i);
            return STATUS_OK;
        }
    }
    tui_warn(tui, "There is no step '%s': 1 to 6, or its name.", word);
    return STATUS_USAGE;
}
