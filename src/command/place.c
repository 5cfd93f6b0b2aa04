#include "place.h"
#include "touchline/memory.h"

enum status place_for_number(struct store *store, int64_t number, int64_t to, int64_t *after,
                             struct error *error)
{
    int64_t there, next;
    enum status status = store_at(store, to, &there, error);
    if (status != STATUS_OK)
        return status;
    *after = there;
    if (number && to > number)
        return STATUS_OK;
    return store_neighbours(store, there, after, &next, error);
}

enum status place_heading(struct store *store, int64_t id, int64_t *phase, struct error *error)
{
    struct moment item = {0};
    int64_t before, next;
    *phase = 0;
    enum status status = store_neighbours(store, id, &before, &next, error);
    if (status == STATUS_OK && before)
        status = store_record(store, RECORD_ITEM, before, &item, error);
    if (status == STATUS_OK && before && item.kind == ITEM_PHASE)
        *phase = before;
    record_release(RECORD_ITEM, &item);
    return status;
}

ptrdiff_t place_index(const struct phases *phases, int64_t id)
{
    for (size_t i = 0; i < phases->count; i++)
        if (phases->at[i].id == id)
            return (ptrdiff_t)i;
    return -1;
}

/* --- a phase with its moments ----------------------------------------------------------------- */

struct block {
    int64_t *ids; /* the heading, then its moments */
    size_t count;
};

/* All items from the heading to the next one. */
static enum status read_block(struct store *store, int64_t phase, int64_t end, struct block *block,
                              struct error *error)
{
    enum status status = STATUS_OK;
    int64_t before, id = phase;
    size_t room = 0;
    while (status == STATUS_OK && id && id != end) {
        if (block->count == room) {
            room = room ? room * 2 : 16;
            block->ids = memory_resize(block->ids, room, sizeof *block->ids);
        }
        block->ids[block->count++] = id;
        status = store_neighbours(store, id, &before, &id, error);
    }
    return status;
}

static enum status put_block(struct edit *edit, const struct block *block, int64_t after,
                             struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < block->count; i++) {
        status = edit_move(edit, block->ids[i], after, error);
        after = block->ids[i];
    }
    return status;
}

/* After which item a phase goes to stand before (or behind) another. */
static enum status block_place(struct store *store, const struct phases *phases, ptrdiff_t at,
                               bool behind, int64_t *after, struct error *error)
{
    int64_t next;
    size_t heading = (size_t)(at < 0 ? 0 : behind ? at + 1 : at);
    *after = PLACE_END;
    return heading < phases->count
               ? store_neighbours(store, phases->at[heading].id, after, &next, error)
               : STATUS_OK;
}

enum status place_phase(struct work *work, const struct phases *phases, ptrdiff_t at,
                        struct error *error)
{
    struct store *store = work->call->store;
    struct block block = {0};
    ptrdiff_t own = place_index(phases, work->item.id);
    bool last = (size_t)own + 1 == phases->count;
    int64_t after;
    if (at == own || (at < 0 && own == 0))
        return STATUS_OK;
    enum status status = block_place(store, phases, at, at > own, &after, error);
    if (status == STATUS_OK)
        status = read_block(store, work->item.id, last ? 0 : phases->at[own + 1].id, &block, error);
    if (status == STATUS_OK)
        status = put_block(work->edit, &block, after, error);
    memory_free(block.ids);
    return status;
}
