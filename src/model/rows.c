#include "touchline/rows.h"
#include "touchline/memory.h"
#include <string.h>

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

bool row_in_phase(const struct row *row, const char *title)
{
    return strcmp(row->phase != NULL ? row->phase : "", title != NULL ? title : "") == 0;
}

void people_release(struct people *people)
{
    for (size_t i = 0; i < people->count; i++)
        record_release(RECORD_PERSON, &people->at[i]);
    memory_free(people->at);
    memset(people, 0, sizeof *people);
}

void plan_release(struct plan *plan)
{
    for (size_t i = 0; i < plan->count; i++) {
        record_release(RECORD_ACTION, &plan->at[i].action);
        memory_free(plan->at[i].moment);
    }
    memory_free(plan->at);
    memset(plan, 0, sizeof *plan);
}

void waves_release(struct waves *waves)
{
    for (size_t i = 0; i < waves->count; i++)
        record_release(RECORD_WAVE, &waves->at[i]);
    memory_free(waves->at);
    memset(waves, 0, sizeof *waves);
}

const struct wave *waves_by_number(const struct waves *waves, int64_t number)
{
    for (size_t i = 0; i < waves->count; i++)
        if (waves->at[i].number == number)
            return &waves->at[i];
    return NULL;
}
