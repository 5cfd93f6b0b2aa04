/* The tally: how many items there are of each kind, state, channel and rating, so that the meter
 * never counts a board. An edit gathers what it changes and writes it once. */
#include "edit_internal.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/method.h"

static struct tally_delta *delta_for(struct edit *edit, const struct tally_delta *key)
{
    for (size_t i = edit->delta_count; i-- > 0;) {
        struct tally_delta *delta = &edit->deltas[i];
        if (delta->kind == key->kind && delta->state == key->state &&
            delta->channel == key->channel && delta->rating == key->rating)
            return delta;
    }
    edit->deltas = memory_resize(edit->deltas, edit->delta_count + 1, sizeof *edit->deltas);
    struct tally_delta *delta = &edit->deltas[edit->delta_count++];
    *delta = (struct tally_delta){
        .kind = key->kind, .state = key->state, .channel = key->channel, .rating = key->rating};
    return delta;
}

void tally_count(struct edit *edit, const struct moment *item, int sign)
{
    struct tally_delta key = {.kind = item->kind,
                              .state = item->state,
                              .channel = item->channel == FIELD_ABSENT ? 0 : item->channel,
                              .rating = item->rating};
    struct tally_delta *delta = delta_for(edit, &key);
    bool timed = item->seconds != FIELD_ABSENT;
    delta->n += sign;
    delta->timed += timed ? sign : 0;
    delta->seconds += timed ? sign * item->seconds * item->times : 0;
    delta->times += sign * item->times;
    delta->chosen += item->chosen ? sign : 0;
    if (item->state != STATE_DELETED)
        edit->counts[item->kind] += sign;
    if (sign > 0 && item->chosen && item->state == STATE_LIVE)
        edit->chosen_grew = true;
    if (item->kind == ITEM_MOMENT && item->state == STATE_LIVE)
        store_anchor_shift(edit->store, item->ord, sign);
}

static enum status write_delta(struct edit *edit, const struct tally_delta *delta,
                               struct error *error)
{
    const int64_t values[] = {delta->kind,  delta->state,   delta->channel, delta->rating, delta->n,
                              delta->timed, delta->seconds, delta->times,   delta->chosen};
    sqlite3_stmt *add = store_statement(edit->store, SQL_ADD_TALLY, error);
    if (!add)
        return error->status;
    for (int i = 0; i < (int)(sizeof values / sizeof *values); i++)
        sqlite3_bind_int64(add, i + 1, values[i]);
    return store_run(edit->store, add, error);
}

enum status tally_flush(struct edit *edit, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < edit->delta_count; i++) {
        const struct tally_delta *delta = &edit->deltas[i];
        if (delta->n || delta->timed || delta->seconds || delta->times || delta->chosen)
            status = write_delta(edit, delta, error);
    }
    edit->delta_count = 0;
    return edit_note(edit, status);
}

enum status store_flush_tally(struct store *store, struct error *error)
{
    return store->edit ? tally_flush(store->edit, error) : STATUS_OK;
}

enum status tally_check_room(struct edit *edit, enum item_kind kind, struct error *error)
{
    static const struct {
        int64_t most;
        const char *refusal;
    } limits[] = {
        [ITEM_MOMENT] = {BOARD_MOMENTS_MOST, "a board has room for 100,000 moments"},
        [ITEM_PHASE] = {BOARD_PHASES_MOST, "a board has room for 1,000 phases"},
    };
    enum status status = STATUS_OK;
    if (!edit->counted) {
        status = tally_flush(edit, error);
        for (int64_t i = ITEM_MOMENT; status == STATUS_OK && i <= ITEM_PHASE; i++)
            status = store_ask(edit->store, SQL_ITEMS_KEPT, i, 0, 0, &edit->counts[i], error);
        edit->counted = status == STATUS_OK;
    }
    if (status == STATUS_OK && edit->counts[kind] >= limits[kind].most)
        status = error_set(error, STATUS_REFUSED, "%s", limits[kind].refusal);
    return status;
}

enum status tally_check_chosen(struct edit *edit, struct error *error)
{
    int64_t chosen;
    enum status status = tally_flush(edit, error);
    if (status == STATUS_OK)
        status = store_ask(edit->store, SQL_CHOSEN, 0, 0, 0, &chosen, error);
    return status == STATUS_OK ? method_check_chosen(chosen, error) : status;
}
