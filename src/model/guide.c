#include "touchline/guide.h"
#include <assert.h>
#include <string.h>

static const struct step_row rows[STEPS] = {
    [STEP_IDENTIFY] = {"Identify", "What does the %s meet next?", NULL, DIGITS_GO_TO, NEXT_NONE,
                       10},
    [STEP_COLOUR] = {"Colour", "How does it reach them?", "How long does it last?", DIGITS_CHANNEL,
                     NEXT_WITHOUT_CHANNEL, 5},
    [STEP_CHOOSE] = {"Choose", "Which three to five matter most to the %s?", NULL, DIGITS_GO_TO,
                     NEXT_BY_DOTS, 5},
    [STEP_RATE] = {"Rate", "As the %s: miserable, neutral or magical?", NULL, DIGITS_RATING,
                   NEXT_UNRATED, 8},
    [STEP_PLAN] = {"Plan", "What would make them say wow?", NULL, DIGITS_GO_TO, NEXT_UNPLANNED, 15},
    [STEP_REVIEW] = {"Review", "Begin a review? n begins it, 1 2 3 with this moment.",
                     "What is it like now?", DIGITS_RATING, NEXT_TO_REVIEW, 2},
};

const struct step_row *step_row(enum step step)
{
    assert((size_t)step < STEPS);
    return &rows[step];
}

bool step_asks_how_long(enum step step, const struct meter *meter)
{
    return step == STEP_COLOUR && meter->moments > 0 && meter->coloured == meter->moments;
}

/* Whether the second question of a step is the one to ask. */
static bool has_come_to_then(enum step step, const struct meter *meter)
{
    return step == STEP_REVIEW ? meter->review != 0 : step_asks_how_long(step, meter);
}

enum next step_next(enum step step, const struct meter *meter)
{
    return step_asks_how_long(step, meter) ? NEXT_UNTIMED : step_row(step)->next;
}

const char *next_words(enum next next)
{
    static const char *const words[] = {
        [NEXT_NONE] = NULL,
        [NEXT_WITHOUT_CHANNEL] = "the next without a channel",
        [NEXT_UNTIMED] = "the next that nobody has timed",
        [NEXT_BY_DOTS] = "the next by dots",
        [NEXT_UNRATED] = "the next to rate, the chosen first",
        [NEXT_UNPLANNED] = "the next chosen without a plan",
        [NEXT_TO_REVIEW] = "the next to rate anew",
    };
    assert((size_t)next < sizeof words / sizeof *words);
    return words[next];
}

void step_question(enum step step, const struct board *board, const struct meter *meter,
                   struct buffer *out)
{
    const struct step_row *row = step_row(step);
    const char *question = has_come_to_then(step, meter) ? row->then : row->question;
    const char *noun = strstr(question, "%s");
    if (noun == NULL) {
        buffer_add_text(out, question);
        return;
    }
    buffer_add(out, question, (size_t)(noun - question));
    buffer_add_text(out, board_noun(board));
    buffer_add_text(out, noun + strlen("%s"));
}

const char *step_hint(enum step step, size_t n)
{
    static const char *const hints[] = {
        "What could we do for free?",
        "As good as their last great visit anywhere: what was it?",
        "Could we spare them this?",
        "Is there a sale in this service?",
        NULL,
    };
    return step == STEP_PLAN ? hints[n % (sizeof hints / sizeof *hints)] : NULL;
}

static void add_count(struct buffer *out, int64_t count, const char *noun)
{
    count_format(count, out);
    buffer_add_format(out, " %s%s", noun, count == 1 ? "" : "s");
}

static void add_share(struct buffer *out, int64_t part, int64_t whole)
{
    count_format(part, out);
    buffer_add_text(out, " of ");
    count_format(whole, out);
}

static void captured(const struct meter *meter, struct buffer *out)
{
    add_count(out, meter->moments, "moment");
    if (meter->phases > 0) {
        buffer_add_text(out, " in ");
        add_count(out, meter->phases, "phase");
    }
    if (meter->parked > 0) {
        buffer_add_text(out, " · ");
        count_format(meter->parked, out);
        buffer_add_text(out, " parked");
    }
}

static void coloured(const struct meter *meter, struct buffer *out)
{
    add_share(out, meter->coloured, meter->moments);
    buffer_add_text(out, " with a channel · ");
    add_share(out, meter->timed, meter->moments);
    buffer_add_text(out, " timed");
}

static void chosen(const struct meter *meter, struct buffer *out)
{
    add_count(out, meter->moments, "moment");
    buffer_add_text(out, " · ");
    count_format(meter->chosen, out);
    buffer_add_format(out, " chosen of %d to %d", METHOD_CHOSEN_LEAST, METHOD_CHOSEN_MOST);
}

/* What the method asks comes first: the chosen (R7). */
static void rated(const struct meter *meter, struct buffer *out)
{
    if (meter->chosen > 0) {
        add_share(out, meter->chosen_rated, meter->chosen);
        buffer_add_text(out, " chosen rated · ");
    }
    add_share(out, meter->moments - meter->rated[RATING_NONE], meter->moments);
    buffer_add_text(out, meter->chosen > 0 ? " in all" : " rated");
}

/* "2 of 4 chosen rated anew · 3 of 10 in all"; what is rated, while no review goes on. */
static void reviewed(const struct meter *meter, struct buffer *out)
{
    if (!meter->review) {
        buffer_add_text(out, "No review goes on · ");
        add_share(out, meter->moments - meter->rated[RATING_NONE], meter->moments);
        buffer_add_text(out, " rated");
        return;
    }
    int64_t of_chosen = meter->chosen_reviewed + meter->chosen_hidden;
    if (of_chosen > 0) {
        add_share(out, meter->chosen_reviewed, of_chosen);
        buffer_add_text(out, " chosen re-rated · ");
    }
    add_share(out, meter->reviewed, meter->reviewed + meter->hidden);
    buffer_add_text(out, of_chosen > 0 ? " in all" : " re-rated");
}

/* A plan is one of the chosen (R12). */
static void planned(const struct meter *meter, struct buffer *out)
{
    if (meter->chosen == 0) {
        chosen(meter, out);
        return;
    }
    add_share(out, meter->chosen_planned, meter->chosen);
    buffer_add_text(out, " planned");
}

/* "3 gaps (!)": ! lists them. */
static void add_gaps(const int *gaps, struct buffer *out)
{
    buffer_add_text(out, " · ");
    if (!gaps)
        buffer_add_text(out, "! tells what lacks");
    else if (*gaps == 0)
        buffer_add_text(out, "no gaps");
    else
        buffer_add_format(out, "%d gap%s (!)", *gaps, *gaps == 1 ? "" : "s");
}

void step_progress(enum step step, const struct meter *meter, const int *gaps, struct buffer *out)
{
    static void (*const tellers[STEPS])(const struct meter *, struct buffer *) = {
        [STEP_IDENTIFY] = captured, [STEP_COLOUR] = coloured, [STEP_CHOOSE] = chosen,
        [STEP_RATE] = rated,        [STEP_PLAN] = planned,    [STEP_REVIEW] = reviewed,
    };
    assert((size_t)step < STEPS);
    if (meter->moments == 0)
        buffer_add_text(out, "No moments yet");
    else
        tellers[step](meter, out);
    if (step == STEP_PLAN && meter->moments > 0)
        add_gaps(gaps, out);
}
