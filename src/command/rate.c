/* rate and target: what the customer would say, and what it shall become. */
#include "argument_rows.h"
#include "review.h"
#include "touchline/method.h"

enum { MOMENT, RATING, REVIEW };

static enum status set_rating(struct work *work, struct error *error)
{
    struct value rating;
    struct buffer scratch = {0};
    enum status status =
        argument_value(work->call, RATING, RECORD_ITEM, ITEM_RATING, &rating, &scratch, error);
    buffer_release(&scratch);
    if (status != STATUS_OK)
        return status;
    bool began = false;
    const char *word = rating.type == VALUE_INTEGER ? rating_word(rating.integer) : "";
    if (work->call->values[REVIEW])
        status = review_begin(work, &began, error);
    work_tell(work, "is now %s%s", *word ? word : "unrated",
              began ? ", the first of a review" : "");
    return status == STATUS_OK ? work_set(work, ITEM_RATING, rating, error) : status;
}

static enum status run_rate(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_rating(&work, error), error) : status;
}

const struct command command_rate = {
    .name = "rate",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .keys = "r",
    .label = "Rate",
    .summary = "Rate a moment as the customer would",
    .details = "The first rating is kept beside the present one. The digits 1, 2, 3 and 0 stand "
               "for miserable, neutral, magical and unrated.\n"
               "\n"
               "Example:\n"
               "  touchline rate cab.touchline 3 magical",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT),
                           POSITION(RATING, "RATING", ARGUMENT_RATING,
                                    "miserable, neutral, magical or unrated", .required = true,
                                    .ask = "As the customer: miserable, neutral or magical?"),
                           FLAG(REVIEW, "review", 0, "begin a review with it, if none goes on")),
    .writes = true,
    .run = run_rate,
};

/* --- target ----------------------------------------------------------------------------------- */

/* R11; without a word the next one up, and from the highest back to none. */
static enum status next_target(struct work *work, struct value *target, struct error *error)
{
    const struct moment *item = &work->item;
    int64_t next = method_raise_target(item->rating, item->target);
    *target = value_integer(next);
    if (next != RATING_NONE || item->target != RATING_NONE)
        return STATUS_OK;
    return method_check_target(item->rating, RATING_NEUTRAL, error);
}

static enum status set_target(struct work *work, struct error *error)
{
    struct value target;
    struct buffer scratch = {0};
    enum status status =
        work->call->values[RATING]
            ? argument_value(work->call, RATING, RECORD_ITEM, ITEM_TARGET, &target, &scratch, error)
            : next_target(work, &target, error);
    buffer_release(&scratch);
    if (status != STATUS_OK)
        return status;
    int64_t aim = target.type == VALUE_INTEGER ? target.integer : RATING_NONE;
    if (aim == RATING_NONE)
        work_tell(work, "has no target now");
    else
        work_tell(work, aim == work->item.rating ? "has reached its target: %s" : "shall become %s",
                  rating_word(aim));
    return work_set(work, ITEM_TARGET, target, error);
}

static enum status run_target(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_target(&work, error), error) : status;
}

const struct command command_target = {
    .name = "target",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .keys = "R",
    .label = "Target",
    .summary = "Set what a moment shall become, or raise it",
    .details = "Neutral becomes magical, miserable becomes neutral or magical. Without RATING the "
               "target goes one up, and from the highest back to none.",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT),
                           POSITION(RATING, "RATING", ARGUMENT_RATING, "neutral, magical or none")),
    .writes = true,
    .run = run_target,
};
