#include "touchline/rows.h"
#include "touchline/memory.h"

void row_init(struct row *row)
{
    *row = (struct row){0};
    record_init(RECORD_ITEM, &row->moment);
}

void row_release(struct row *row)
{
    record_release(RECORD_ITEM, &row->moment);
    memory_free(row->phase);
    ideas_release(&row->ideas);
    actions_release(&row->actions);
    entries_release(&row->entries);
    *row = (struct row){0};
}
