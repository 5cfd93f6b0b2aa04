/* choose, unchoose, swap: the three to five that matter most (R6). */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/method.h"

enum { MOMENT, INSTEAD };

static enum status set_chosen(struct work *work, bool chosen, struct error *error)
{
    if (chosen && work->item.state != STATE_LIVE)
        return error_set(error, STATUS_REFUSED, "%s is parked: 'unpark' brings it back first",
                         buffer_text(&work->name));
    return work_set(work, ITEM_CHOSEN, value_integer(chosen), error);
}

/* " 2 4 7 9 12": the chosen ones besides this. */
static enum status list_chosen(struct work *work, struct buffer *numbers, struct error *error)
{
    struct store *store = work->call->store;
    const struct filter chosen = {.chosen = true};
    int64_t id, last, number, before = 0;
    enum status status = store_ends(store, &chosen, &id, &last, error);
    while (status == STATUS_OK && id != before) {
        if (id != work->item.id && (status = store_number(store, id, &number, error)) == STATUS_OK)
            buffer_add_format(numbers, " %lld", (long long)number);
        before = id;
        if (status == STATUS_OK)
            status = store_step(store, id, 1, &chosen, &id, error);
    }
    return status;
}

/* R6. The edit would refuse it, too; here is time to say which five there are. */
static enum status refuse_sixth(struct work *work, struct error *error)
{
    struct buffer numbers = {0};
    enum status status = list_chosen(work, &numbers, error);
    if (status == STATUS_OK)
        status = error_set(error, STATUS_REFUSED,
                           "Five are chosen and few gets done:%s. 'swap' or 'unchoose' one first.",
                           buffer_text(&numbers));
    buffer_release(&numbers);
    return status;
}

/* "is chosen, 4 of 3 to 5": how far the choosing has come. */
static enum status choose_it(struct work *work, struct error *error)
{
    struct meter meter;
    enum status status = set_chosen(work, true, error);
    if (status == STATUS_OK)
        status = store_meter(work->call->store, &meter, error);
    if (status == STATUS_OK && meter.chosen > METHOD_CHOSEN_MOST)
        status = refuse_sixth(work, error);
    if (status != STATUS_OK)
        return status;
    work_tell(work, "is chosen");
    buffer_add_format(&work->said, ", %lld of %d to %d", (long long)meter.chosen,
                      METHOD_CHOSEN_LEAST, METHOD_CHOSEN_MOST);
    return STATUS_OK;
}

static enum status run_choose(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, choose_it(&work, error), error) : status;
}

const struct command command_choose = {
    .name = "choose",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .label = "Choose",
    .summary = "Choose a moment as one of the three to five that matter most",
    .details = "A sixth is refused: few gets done when much is chosen. 'swap' chooses one instead "
               "of another.",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT)),
    .writes = true,
    .run = run_choose,
};

static enum status unchoose_it(struct work *work, struct error *error)
{
    work_tell(work, "is no longer chosen");
    return set_chosen(work, false, error);
}

static enum status run_unchoose(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, unchoose_it(&work, error), error) : status;
}

const struct command command_unchoose = {
    .name = "unchoose",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .label = "Unchoose",
    .summary = "Take a moment out of the chosen",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT)),
    .writes = true,
    .run = run_unchoose,
};

/* --- swap ------------------------------------------------------------------------------------- */

static enum status swap_them(struct work *work, struct error *error)
{
    struct moment other = {0};
    struct buffer title = {0};
    int64_t id;
    enum status status = argument_item(work->call, INSTEAD, &id, error);
    if (status == STATUS_OK)
        status = store_moment(work->call->store, id, &other, error);
    item_title(&other, &title);
    if (status == STATUS_OK && !other.chosen)
        status =
            error_set(error, STATUS_REFUSED, "%s is not one of the chosen", buffer_text(&title));
    if (status == STATUS_OK)
        status = edit_set(work->edit, RECORD_ITEM, id, ITEM_CHOSEN, value_integer(0), NULL, error);
    if (status == STATUS_OK)
        status = set_chosen(work, true, error);
    work_tell(work, "is chosen instead of %s", buffer_text(&title));
    buffer_release(&title);
    record_release(RECORD_ITEM, &other);
    return status;
}

static enum status run_swap(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, swap_them(&work, error), error) : status;
}

const struct command command_swap = {
    .name = "swap",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .label = "Swap",
    .summary = "Choose a moment instead of one that is chosen",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT),
                           POSITION(INSTEAD, "M", ARGUMENT_MOMENT, "the chosen one that goes",
                                    .required = true,
                                    .ask = "Five are chosen and few gets done. Which goes?")),
    .writes = true,
    .run = run_swap,
};
