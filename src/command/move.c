/* move, left, right: moments one by one, phases with all their moments. */
#include "argument_rows.h"
#include "place.h"
#include "touchline/memory.h"

enum { MOMENT, TO, AFTER };

/* A moment that kept its number crossed a heading: that is what is told. */
static enum status tell_phase(struct work *work, const struct moment *item, struct error *error)
{
    struct phase phase = {0};
    struct buffer title = {0};
    enum status status =
        item->phase ? store_phase(work->call->store, item->phase, &phase, error) : STATUS_OK;
    add_cut(&title, phase.title, 60);
    if (phase.title)
        work_tell(work, "is now in %s", buffer_text(&title));
    else
        work_tell(work, "is now before the first phase");
    buffer_release(&title);
    memory_free(phase.title);
    return status;
}

static enum status tell_moment(struct work *work, struct error *error)
{
    struct moment item = {0};
    enum status status = store_moment(work->call->store, work->item.id, &item, error);
    if (status == STATUS_OK && item.number == work->item.number && work->item.state == STATE_LIVE)
        status = tell_phase(work, &item, error);
    else
        work_tell(work, "is now %lld", (long long)item.number);
    record_release(RECORD_ITEM, &item);
    return status;
}

/* Of a phase the number of its first moment is told. */
static enum status tell_heading(struct work *work, struct error *error)
{
    struct store *store = work->call->store;
    struct moment first = {0};
    int64_t before, id, number = 0;
    enum status status = store_neighbours(store, work->item.id, &before, &id, error);
    if (status == STATUS_OK && id)
        status = store_record(store, RECORD_ITEM, id, &first, error);
    if (status == STATUS_OK && first.kind == ITEM_MOMENT)
        status = store_number(store, id, &number, error);
    record_release(RECORD_ITEM, &first);
    if (number)
        work_tell(work, "now begins at %lld", (long long)number);
    else
        work_tell(work, "has moved");
    return status;
}

static enum status tell_place(struct work *work, struct error *error)
{
    return work->item.kind == ITEM_PHASE ? tell_heading(work, error) : tell_moment(work, error);
}

/* --- to a number ------------------------------------------------------------------------------ */

static enum status move_phase(struct work *work, int64_t to, struct error *error)
{
    struct store *store = work->call->store;
    struct phases phases = {0};
    struct moment there = {0};
    int64_t id;
    enum status status = store_at(store, to, &id, error);
    if (status == STATUS_OK)
        status = store_moment(store, id, &there, error);
    if (status == STATUS_OK)
        status = store_phases(store, &phases, error);
    if (status == STATUS_OK)
        status = place_phase(work, &phases, place_index(&phases, there.phase), error);
    record_release(RECORD_ITEM, &there);
    phases_release(&phases);
    return status;
}

/* A parked one comes back to the line where it is moved to. */
static enum status move_moment(struct work *work, int64_t to, struct error *error)
{
    struct store *store = work->call->store;
    int64_t number = work->item.number, after;
    enum status status = STATUS_OK;
    if (work->item.state == STATE_PARKED) {
        status = edit_set(work->edit, RECORD_ITEM, work->item.id, ITEM_STATE,
                          value_integer(STATE_LIVE), NULL, error);
        if (status == STATUS_OK)
            status = store_number(store, work->item.id, &number, error);
    }
    if (status != STATUS_OK || to == number)
        return status;
    status = place_for_number(store, number, to, &after, error);
    return status == STATUS_OK ? edit_move(work->edit, work->item.id, after, error) : status;
}

static enum status move_behind(struct work *work, struct error *error)
{
    int64_t after;
    if (work->call->values[TO] || work->item.kind == ITEM_PHASE)
        return error_set(error, STATUS_USAGE, "move: --after is for a moment, and instead of --to");
    enum status status = argument_item(work->call, AFTER, &after, error);
    if (status == STATUS_OK && work->item.state == STATE_PARKED)
        status = edit_set(work->edit, RECORD_ITEM, work->item.id, ITEM_STATE,
                          value_integer(STATE_LIVE), NULL, error);
    return status == STATUS_OK ? edit_move(work->edit, work->item.id, after, error) : status;
}

static enum status move_to(struct work *work, struct error *error)
{
    int64_t to;
    if (!work->call->values[TO])
        return error_set(error, STATUS_USAGE, "move: say --to N or --after N");
    enum status status = argument_number(work->call, TO, &to, error);
    if (status != STATUS_OK)
        return status;
    return work->item.kind == ITEM_PHASE ? move_phase(work, to, error)
                                         : move_moment(work, to, error);
}

static enum status move_it(struct work *work, struct error *error)
{
    enum status status =
        work->call->values[AFTER] ? move_behind(work, error) : move_to(work, error);
    work->call->outcome.select = work->item.kind == ITEM_MOMENT ? work->item.id : 0;
    return status == STATUS_OK ? tell_place(work, error) : status;
}

static enum status run_move(struct call *call, struct error *error)
{
    struct work work;
    enum status status = work_begin_item(&work, call, error);
    return status == STATUS_OK ? work_end(&work, move_it(&work, error), error) : status;
}

const struct command command_move = {
    .name = "move",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .label = "Move",
    .summary = "Move a moment so that it has another number",
    .details =
        "A phase (by id:31, see 'show --json') moves with all its moments: to the left before the "
        "phase that moment M belongs to, to the right behind it. A parked moment comes back to the "
        "line.\n"
        "\n"
        "Examples:\n"
        "  touchline move cab.touchline 31 --to 7\n"
        "  touchline move cab.touchline z1 --after 4",
    .arguments = ARGUMENTS(ITEM_ROW(MOMENT),
                           OPTION(TO, "to", 't', ARGUMENT_NUMBER, "the number that it shall have",
                                  .position = true, .ask = "To which number?"),
                           OPTION(AFTER, "after", 'a', ARGUMENT_MOMENT,
                                  "right after this moment or phase; 0: at the start")),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_move,
};

/* --- one place -------------------------------------------------------------------------------- */

static enum status refuse_end(struct work *work, int direction, struct error *error)
{
    return error_set(error, STATUS_REFUSED, "%s is %s already", buffer_text(&work->name),
                     direction < 0 ? "first" : "last");
}

/* A phase heading counts as one place: so a moment changes its phase. */
static enum status step_moment(struct work *work, int direction, struct error *error)
{
    struct store *store = work->call->store;
    int64_t before, after, next;
    if (work->item.state != STATE_LIVE)
        return error_set(error, STATUS_REFUSED, "%s is parked", buffer_text(&work->name));
    enum status status = store_neighbours(store, work->item.id, &before, &after, error);
    if (status == STATUS_OK && (direction < 0 ? before : after) == 0)
        return refuse_end(work, direction, error);
    if (status == STATUS_OK && direction < 0)
        status = store_neighbours(store, before, &after, &next, error);
    return status == STATUS_OK ? edit_move(work->edit, work->item.id, after, error) : status;
}

static enum status step_phase(struct work *work, int direction, struct error *error)
{
    struct phases phases = {0};
    enum status status = store_phases(work->call->store, &phases, error);
    ptrdiff_t to = place_index(&phases, work->item.id) + direction;
    if (status == STATUS_OK && (to < 0 || (size_t)to >= phases.count))
        status = refuse_end(work, direction, error);
    if (status == STATUS_OK)
        status = place_phase(work, &phases, to, error);
    phases_release(&phases);
    return status;
}

static enum status step_it(struct work *work, int direction, struct error *error)
{
    enum status status = work->item.kind == ITEM_PHASE ? step_phase(work, direction, error)
                                                       : step_moment(work, direction, error);
    work->call->outcome.select = work->item.kind == ITEM_MOMENT ? work->item.id : 0;
    return status == STATUS_OK ? tell_place(work, error) : status;
}

static enum status run_step(struct call *call, int direction, struct error *error)
{
    struct work work;
    enum status status = work_begin_item(&work, call, error);
    return status == STATUS_OK ? work_end(&work, step_it(&work, direction, error), error) : status;
}

static enum status run_left(struct call *call, struct error *error)
{
    return run_step(call, -1, error);
}

static enum status run_right(struct call *call, struct error *error)
{
    return run_step(call, +1, error);
}

const struct command command_left = {
    .name = "left",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "H S-Left",
    .label = "Left",
    .summary = "Move a moment one place to the left",
    .details = "A phase heading counts as one place. A phase moves with all its moments.",
    .arguments = ARGUMENTS(ITEM_ROW(MOMENT)),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_left,
};

const struct command command_right = {
    .name = "right",
    .scope = COMMAND_BOARD,
    .group = GROUP_WRITE,
    .keys = "L S-Right",
    .label = "Right",
    .summary = "Move a moment one place to the right",
    .details = "A phase heading counts as one place. A phase moves with all its moments.",
    .arguments = ARGUMENTS(ITEM_ROW(MOMENT)),
    .writes = true,
    .renumbers = always_renumbers,
    .run = run_right,
};
