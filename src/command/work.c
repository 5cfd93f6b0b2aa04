/* One edit about one item, from its beginning to the words that tell of it. */
#include "handler.h"
#include "touchline/memory.h"
#include <string.h>

static void work_release(struct work *work)
{
    record_release(RECORD_ITEM, &work->item);
    buffer_release(&work->name);
    buffer_release(&work->title);
    buffer_release(&work->words);
    buffer_release(&work->said);
}

static enum status read_item(struct work *work, bool phases, struct error *error)
{
    struct store *store = work->call->store;
    int64_t id = work->call->moment;
    enum status status = store_record(store, RECORD_ITEM, id, &work->item, error);
    if (status == STATUS_OK && (work->item.kind == ITEM_MOMENT || !phases))
        status = store_moment(store, id, &work->item, error);
    if (status == STATUS_OK && work->item.state == STATE_DELETED)
        status = error_set(error, STATUS_NOT_FOUND,
                           "that one was deleted; 'undo' brings one's own back");
    return status;
}

enum status work_begin_board(struct work *work, struct call *call, struct error *error)
{
    memset(work, 0, sizeof *work);
    work->call = call;
    work->back = "takes it back";
    return edit_begin(call->store, &work->edit, error);
}

static enum status begin(struct work *work, struct call *call, bool phases, struct error *error)
{
    enum status status = work_begin_board(work, call, error);
    if (status != STATUS_OK)
        return status;
    status = read_item(work, phases, error);
    if (status != STATUS_OK) {
        work_release(work);
        return edit_cancel(work->edit, status);
    }
    item_name(&work->item, &work->name);
    item_title(&work->item, &work->title);
    return STATUS_OK;
}

enum status work_begin(struct work *work, struct call *call, struct error *error)
{
    return begin(work, call, false, error);
}

enum status work_begin_item(struct work *work, struct call *call, struct error *error)
{
    return begin(work, call, true, error);
}

void work_tell(struct work *work, const char *format, ...)
{
    struct buffer rest = {0};
    va_list list;
    va_start(list, format);
    buffer_add_format_list(&rest, format, list);
    va_end(list);
    buffer_clear(&work->words);
    buffer_clear(&work->said);
    buffer_add_format(&work->words, "%s %s", buffer_text(&work->title), buffer_text(&rest));
    buffer_add_format(&work->said, "%s %s", buffer_text(&work->name), buffer_text(&rest));
    buffer_release(&rest);
}

void work_say(struct work *work, const char *format, ...)
{
    va_list list;
    buffer_clear(&work->words);
    buffer_clear(&work->said);
    va_start(list, format);
    buffer_add_format_list(&work->words, format, list);
    va_end(list);
    buffer_add(&work->said, buffer_text(&work->words), work->words.length);
}

enum status work_set(struct work *work, int field, struct value value, struct error *error)
{
    return edit_set(work->edit, RECORD_ITEM, work->item.id, field, value, work->call->seen, error);
}

/* "3 is now neutral. u takes it back." on the screen, whose key u is. */
static void tell_outcome(struct work *work, bool changed)
{
    struct call *call = work->call;
    struct buffer *message = &call->outcome.message;
    call->outcome.changed = changed;
    if (!changed) {
        buffer_add_text(message, "Nothing to change.");
        return;
    }
    buffer_add(message, buffer_text(&work->said), work->said.length);
    buffer_add_byte(message, '.');
    if (call->session && work->back)
        buffer_add_format(message, " u %s.", work->back);
}

enum status work_end(struct work *work, enum status status, struct error *error)
{
    bool changed = status == STATUS_OK && edit_changes(work->edit) > 0;
    if (status == STATUS_OK)
        status = edit_commit(work->edit, error, buffer_text(&work->words));
    else
        status = edit_cancel(work->edit, status);
    if (status == STATUS_OK)
        tell_outcome(work, changed);
    work_release(work);
    return status;
}

bool always_renumbers(const struct call *call)
{
    (void)call;
    return true;
}
