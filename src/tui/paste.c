/* Text that came all at once: a list makes a moment a line, literally, as one edit. */
#include "touchline/capture.h"
#include "touchline/memory.h"
#include "tui.h"
#include <stdio.h>
#include <string.h>

static const char *next_line(const char *text, size_t *length)
{
    const char *end = strchr(text, '\n');
    *length = end ? (size_t)(end - text) : strlen(text);
    return end ? end + 1 : text + *length;
}

static size_t count_lines(const char *text)
{
    size_t count = 0, length, from, to;
    while (*text) {
        const char *next = next_line(text, &length);
        count += capture_paste_line(text, length, &from, &to);
        text = next;
    }
    return count;
}

static enum status add_lines(struct edit *edit, const char *text, int64_t *after,
                             struct error *error)
{
    size_t length, from, to;
    enum status status = STATUS_OK;
    while (*text && status == STATUS_OK) {
        const char *next = next_line(text, &length);
        if (capture_paste_line(text, length, &from, &to)) {
            struct moment moment;
            memset(&moment, 0, sizeof moment);
            record_init(RECORD_ITEM, &moment);
            moment.title = memory_copy_bytes(text + from, to - from);
            status = edit_add_moment(edit, &moment, *after, after, error);
            record_release(RECORD_ITEM, &moment);
        }
        text = next;
    }
    return status;
}

int64_t paste_add(struct tui *tui, const char *text, int64_t after)
{
    struct edit *edit;
    struct error error;
    char words[64];
    size_t count = count_lines(text);
    if (count == 0)
        return 0;
    snprintf(words, sizeof words, "Pasted %zu moment%s", count, count == 1 ? "" : "s");
    enum status status = edit_begin(tui->store, &edit, &error);
    if (status == STATUS_OK) {
        status = add_lines(edit, text, &after, &error);
        status = status == STATUS_OK ? edit_commit(edit, &error, words) : edit_cancel(edit, status);
    }
    if (status != STATUS_OK) {
        tui_error(tui, &error);
        return 0;
    }
    tui_say(tui, "%s. One u takes them back.", words);
    tui->stale = true;
    return after;
}

/* --- asked about first
 * -------------------------------------------------------------------------------- */

static void accept(struct tui *tui, const char *value, void *data)
{
    const struct moment *selected = tui_selected(tui);
    (void)value;
    int64_t last = paste_add(tui, data, selected ? selected->id : PLACE_END);
    if (last)
        tui_select(tui, last, true);
}

void paste_open(struct tui *tui, const char *text)
{
    struct choices choices = {0};
    struct buffer label = {0};
    size_t count = text ? count_lines(text) : 0;
    if (count == 0 || !tui->store || store_look_only(tui->store))
        return;
    buffer_add_format(&label, "That looks like pasted text. Enter adds %zu moment%s, Esc drops it.",
                      count, count == 1 ? "" : "s");
    choices_add(&choices, "Enter", "Add", "add");
    pick_open(tui, buffer_text(&label), choices, accept, memory_free, memory_copy(text));
    buffer_release(&label);
}
