/* Rows of a board in memory: where a reader puts what it reads, and a writer takes it from. It can
 * be told to refuse. Not only for cmocka's programs: nothing here asserts.
 */
#ifndef TOUCHLINE_TESTS_ROW_LIST_H
#define TOUCHLINE_TESTS_ROW_LIST_H

#include "touchline/memory.h"
#include "touchline/rows.h"

struct row_list {
    struct row *at;
    size_t count;
    size_t given; /* by the source so far */
    enum status
        refusal;      /* STATUS_OK: none; else what the sink says at a row, the source at its end */
    size_t refuse_at; /* the index of that row */
    const char *field; /* the column that the sink names then */
};

static inline void row_list_release(struct row_list *rows)
{
    for (size_t i = 0; i < rows->count; i++)
        row_release(&rows->at[i]);
    memory_free(rows->at);
    *rows = (struct row_list){0};
}

static inline struct row *row_list_add(struct row_list *rows)
{
    rows->at = memory_resize(rows->at, rows->count + 1, sizeof *rows->at);
    row_init(&rows->at[rows->count]);
    return &rows->at[rows->count++];
}

static inline void *row_list_copy_records(enum record record, const void *from, size_t count)
{
    size_t size = record_type(record)->size;
    char *to = memory_new(count, size);
    for (size_t i = 0; i < count; i++)
        record_copy(record, to + i * size, (const char *)from + i * size);
    return to;
}

static inline void row_list_copy(struct row *to, const struct row *from)
{
    const struct ideas *ideas = &from->ideas;
    const struct actions *actions = &from->actions;
    const struct entries *entries = &from->entries;
    record_copy(RECORD_ITEM, &to->moment, &from->moment);
    to->phase = memory_copy(from->phase);
    to->ideas.at = row_list_copy_records(RECORD_IDEA, ideas->at, ideas->count);
    to->actions.at = row_list_copy_records(RECORD_ACTION, actions->at, actions->count);
    to->entries.at = row_list_copy_records(RECORD_ENTRY, entries->at, entries->count);
    to->ideas.count = ideas->count;
    to->actions.count = actions->count;
    to->entries.count = entries->count;
}

/* For struct row_sink and struct row_source; `data` is the list. */
static inline enum status row_list_take(void *data, const struct row *row, const char **field,
                                        struct error *error)
{
    struct row_list *rows = data;
    if (rows->refusal != STATUS_OK && rows->count == rows->refuse_at) {
        *field = rows->field;
        return error_set(error, rows->refusal, "the sink says no");
    }
    row_list_copy(row_list_add(rows), row);
    return STATUS_OK;
}

static inline enum status row_list_give(void *data, struct row *row, bool *done,
                                        struct error *error)
{
    struct row_list *rows = data;
    row_release(row);
    row_init(row);
    *done = rows->given == rows->count;
    if (*done && rows->refusal != STATUS_OK)
        return error_set(error, rows->refusal, "the source says no");
    if (!*done)
        row_list_copy(row, &rows->at[rows->given++]);
    return STATUS_OK;
}

static inline enum status row_list_again(void *data, struct error *error)
{
    (void)error;
    ((struct row_list *)data)->given = 0;
    return STATUS_OK;
}

#endif
