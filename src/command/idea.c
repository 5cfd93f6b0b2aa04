/* idea, price, take: what would make them say wow (R10, R19), and when it becomes an action. */
#include "argument_rows.h"
#include "handler.h"
#include <string.h>

enum { MOMENT, TEXT, PRICE };
enum { PLACE = 1, NEW_PRICE };
enum { OWNER = 2, DUE };

/* Reads argument `index` into one field of a new record. */
static enum status fill(struct call *call, int index, enum record record, int field, void *it,
                        struct error *error)
{
    struct value value;
    struct buffer scratch = {0};
    enum status status = argument_value(call, index, record, field, &value, &scratch, error);
    if (status == STATUS_OK && value.type != VALUE_ABSENT)
        record_set(record, it, field, value);
    buffer_release(&scratch);
    return status;
}

static enum status add_idea(struct work *work, struct error *error)
{
    struct call *call = work->call;
    struct idea idea = {0};
    struct buffer text = {0};
    int64_t id;
    record_init(RECORD_IDEA, &idea);
    idea.item = work->item.id;
    enum status status = fill(call, TEXT, RECORD_IDEA, IDEA_TEXT, &idea, error);
    if (status == STATUS_OK && !idea.text)
        status = error_set(error, STATUS_USAGE, "an idea cannot be without a text");
    if (status == STATUS_OK)
        status = fill(call, PRICE, RECORD_IDEA, IDEA_PRICE, &idea, error);
    if (status == STATUS_OK)
        status = edit_add(work->edit, RECORD_IDEA, &idea, &id, error);
    add_cut(&text, idea.text, 60);
    work_say(work, "An idea for %s: %s", buffer_text(&work->title), buffer_text(&text));
    buffer_release(&text);
    record_release(RECORD_IDEA, &idea);
    return status;
}

static enum status run_idea(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, add_idea(&work, error), error) : status;
}

const struct command command_idea = {
    .name = "idea",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .keys = "i",
    .label = "Idea",
    .summary = "Add an idea that would lift a moment",
    .details = "Many ideas, unjudged until one is taken up.\n"
               "\n"
               "Example:\n"
               "  touchline idea cab.touchline 3 'Answer with their name' -p free",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT),
                  POSITION(TEXT, "TEXT", ARGUMENT_TEXT, "the idea", .required = true,
                           .ask = "What would make them say wow?"),
                  OPTION(PRICE, "price", 'p', ARGUMENT_PRICE, "free, low, medium or high")),
    .writes = true,
    .run = run_idea,
};

/* --- price ------------------------------------------------------------------------------------ */

static enum status set_price(struct work *work, struct error *error)
{
    struct value price;
    struct buffer scratch = {0};
    struct idea idea = {0};
    int64_t id;
    enum status status = argument_belonging(work->call, PLACE, RECORD_IDEA, &id, error);
    if (status == STATUS_OK)
        status =
            argument_value(work->call, NEW_PRICE, RECORD_IDEA, IDEA_PRICE, &price, &scratch, error);
    if (status == STATUS_OK)
        status = store_record(work->call->store, RECORD_IDEA, id, &idea, error);
    if (status == STATUS_OK)
        status = edit_set(work->edit, RECORD_IDEA, id, IDEA_PRICE, price, work->call->seen, error);
    if (status == STATUS_OK) {
        const char *word = price.type == VALUE_INTEGER ? price_word(price.integer) : "";
        add_cut(&scratch, idea.text, 60);
        work_say(work, "The price of \"%s\" (%s) is now %s", buffer_text(&scratch),
                 buffer_text(&work->name), *word ? word : "unknown");
    }
    buffer_release(&scratch);
    record_release(RECORD_IDEA, &idea);
    return status;
}

static enum status run_price(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, set_price(&work, error), error) : status;
}

#define IDEA_ROW(index)                                                                            \
    POSITION(index, "IDEA", ARGUMENT_TEXT, "its place in the list of ideas, from 1, or id:31",     \
             .required = true)

const struct command command_price = {
    .name = "price",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Price",
    .summary = "Say what an idea costs",
    .details = "Example:\n"
               "  touchline price cab.touchline 3 2 low",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT), IDEA_ROW(PLACE),
                  POSITION(NEW_PRICE, "PRICE", ARGUMENT_PRICE, "free, low, medium, high or none",
                           .required = true, .ask = "What does it cost? free, low, medium, high")),
    .writes = true,
    .run = run_price,
};

/* --- take ------------------------------------------------------------------------------------- */

static enum status add_action_from(struct work *work, const struct idea *idea, struct error *error)
{
    struct call *call = work->call;
    struct action action = {0};
    int64_t id;
    record_init(RECORD_ACTION, &action);
    action.item = work->item.id;
    record_set(RECORD_ACTION, &action, ACTION_TEXT, value_text(idea->text));
    enum status status = fill(call, OWNER, RECORD_ACTION, ACTION_OWNER, &action, error);
    if (status == STATUS_OK)
        status = fill(call, DUE, RECORD_ACTION, ACTION_DUE, &action, error);
    if (status == STATUS_OK)
        status = edit_add(work->edit, RECORD_ACTION, &action, &id, error);
    record_release(RECORD_ACTION, &action);
    return status;
}

static enum status take_idea(struct work *work, struct error *error)
{
    struct idea idea = {0};
    struct buffer text = {0};
    int64_t id;
    enum status status = argument_belonging(work->call, PLACE, RECORD_IDEA, &id, error);
    if (status == STATUS_OK)
        status = store_record(work->call->store, RECORD_IDEA, id, &idea, error);
    if (status == STATUS_OK && idea.taken)
        status = error_set(error, STATUS_REFUSED, "That idea was taken up already.");
    if (status == STATUS_OK)
        status = edit_set(work->edit, RECORD_IDEA, id, IDEA_TAKEN, value_integer(1), NULL, error);
    if (status == STATUS_OK)
        status = add_action_from(work, &idea, error);
    add_cut(&text, idea.text, 60);
    work_say(work, "Taken up for %s: %s", buffer_text(&work->title), buffer_text(&text));
    buffer_release(&text);
    record_release(RECORD_IDEA, &idea);
    return status;
}

static enum status run_take(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, take_idea(&work, error), error) : status;
}

const struct command command_take = {
    .name = "take",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Take up",
    .summary = "Make an action of an idea, in the same words",
    .details = "Example:\n"
               "  touchline take cab.touchline 3 1 --owner Ana --due +2w",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT), IDEA_ROW(PLACE),
                  OPTION(OWNER, "owner", 'o', ARGUMENT_TEXT, "who does it", .ask = "Who?"),
                  OPTION(DUE, "due", 'd', ARGUMENT_DAY, "by when: fri, +2w, 4 dec, 2026-12-04",
                         .ask = "By when? fri, +2w, 4 dec")),
    .writes = true,
    .run = run_take,
};
