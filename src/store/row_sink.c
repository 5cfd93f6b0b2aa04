/* Whole rows into an edit: an import is a moment a row, with its phase and all that belongs to it.
 */
#include "edit_internal.h"
#include "touchline/edit.h"
#include "touchline/memory.h"

/* The phase that a row at the board's end falls into as things are. */
static enum status learn_last_phase(struct edit *edit, struct error *error)
{
    bool row;
    const char *title;
    sqlite3_stmt *last = store_statement(edit->store, SQL_LAST_PHASE, error);
    if (!last)
        return error->status;
    enum status status = store_step_row(edit->store, last, &row, error);
    if (status == STATUS_OK && row) {
        status = store_read_text(edit->store, last, 0, RECORD_ITEM, ITEM_TITLE, &title, error);
        memory_replace(&edit->last_phase, title);
    }
    sqlite3_reset(last);
    edit->phase_known = status == STATUS_OK;
    return status;
}

/* A row without a phase stays in the one before it, as in a sheet that names a phase once. */
static enum status begin_phase(struct edit *edit, const struct row *row, struct error *error)
{
    int64_t id;
    enum status status = STATUS_OK;
    if (!row->phase || row->moment.state != STATE_LIVE)
        return STATUS_OK;
    if (!edit->phase_known)
        status = learn_last_phase(edit, error);
    if (status != STATUS_OK || row_in_phase(row, edit->last_phase))
        return status;
    status = edit_insert_phase(edit, row->phase, PLACE_END, &id, error);
    memory_replace(&edit->last_phase, row->phase);
    return status;
}

static enum status add_belongings(struct edit *edit, const struct row *row, int64_t moment,
                                  const char **field, struct error *error)
{
    enum status status = STATUS_OK;
    int64_t id;
    *field = "ideas";
    for (size_t i = 0; status == STATUS_OK && i < row->ideas.count; i++) {
        struct idea idea = row->ideas.at[i];
        idea.item = moment;
        status = edit_insert(edit, RECORD_IDEA, &idea, &id, error);
    }
    if (status == STATUS_OK)
        *field = "actions";
    for (size_t i = 0; status == STATUS_OK && i < row->actions.count; i++) {
        struct action action = row->actions.at[i];
        action.item = moment;
        status = edit_insert(edit, RECORD_ACTION, &action, &id, error);
    }
    if (status == STATUS_OK)
        *field = "ledger";
    for (size_t i = 0; status == STATUS_OK && i < row->entries.count; i++) {
        struct entry entry = row->entries.at[i];
        entry.item = moment;
        status = edit_insert(edit, RECORD_ENTRY, &entry, &id, error);
    }
    return status;
}

static enum status add_row(struct edit *edit, const struct row *row, const char **field,
                           struct error *error)
{
    int64_t id = 0;
    *field = "phase";
    enum status status = begin_phase(edit, row, error);
    if (status != STATUS_OK)
        return status;
    *field = NULL;
    status = edit_insert_moment(edit, &row->moment, PLACE_END, &id, field, error);
    if (status == STATUS_OK)
        status = add_belongings(edit, row, id, field, error);
    if (status != STATUS_OK || !row->moment.chosen || row->moment.state != STATE_LIVE)
        return status;
    *field = "chosen"; /* R6 is asked at the commit too; here it names the row of the sixth */
    return tally_check_chosen(edit, error);
}

static enum status take_row(void *data, const struct row *row, const char **field,
                            struct error *error)
{
    struct edit *edit = data;
    const char *ignored;
    enum status status = edit_check_whole(edit, error);
    if (status == STATUS_OK)
        status = add_row(edit, row, field ? field : &ignored, error);
    return edit_note(edit, status);
}

struct row_sink edit_row_sink(struct edit *edit)
{
    return (struct row_sink){.add = take_row, .data = edit};
}
