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

void pasted_release(struct pasted *pasted)
{
    for (size_t i = 0; i < pasted->count; i++)
        memory_free(pasted->at[i].title);
    memory_free(pasted->at);
}

static void keep(struct pasted *pasted, int64_t id, const char *title)
{
    pasted->at = memory_resize(pasted->at, pasted->count + 1, sizeof *pasted->at);
    pasted->at[pasted->count++] = (struct pasted_line){id, memory_copy(title)};
}

static enum status add_line(struct edit *edit, const char *text, size_t length, int64_t *after,
                            struct pasted *pasted, struct error *error)
{
    struct moment moment;
    memset(&moment, 0, sizeof moment);
    record_init(RECORD_ITEM, &moment);
    moment.title = memory_copy_bytes(text, length);
    enum status status = edit_add_moment(edit, &moment, *after, after, error);
    if (status == STATUS_OK)
        keep(pasted, *after, moment.title);
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status add_lines(struct edit *edit, const char *text, int64_t after,
                             struct pasted *pasted, struct error *error)
{
    size_t length, from, to;
    enum status status = STATUS_OK;
    while (*text && status == STATUS_OK) {
        const char *next = next_line(text, &length);
        if (capture_paste_line(text, length, &from, &to))
            status = add_line(edit, text + from, to - from, &after, pasted, error);
        text = next;
    }
    return status;
}

bool paste_add(struct tui *tui, const char *text, int64_t after, struct pasted *pasted)
{
    struct edit *edit;
    struct error error;
    char words[64];
    size_t count = count_lines(text);
    if (count == 0)
        return false;
    snprintf(words, sizeof words, "Pasted %zu moment%s", count, count == 1 ? "" : "s");
    enum status status = edit_begin(tui->store, &edit, &error);
    if (status == STATUS_OK) {
        status = add_lines(edit, text, after, pasted, &error);
        status = status == STATUS_OK ? edit_commit(edit, &error, words) : edit_cancel(edit, status);
    }
    if (status == STATUS_OK)
        tui_say(tui, "%s. One u takes %s back.", words, count == 1 ? "it" : "them");
    tui->stale |= status == STATUS_OK;
    return tui_saved(tui, status, &error) == STATUS_OK;
}

/* --- asked about first ------------------------------------------------------------------------ */

static void accept(struct tui *tui, const char *value, void *data)
{
    struct pasted pasted = {0};
    const struct moment *selected = tui_selected(tui);
    (void)value;
    if (paste_add(tui, data, selected ? selected->id : PLACE_END, &pasted) && pasted.count > 0) {
        tui_unfilter(tui);
        tui_select(tui, pasted.at[pasted.count - 1].id, true);
    } else {
        paste_open(tui, data); /* it must not be lost: Enter tries again */
    }
    pasted_release(&pasted);
}

void paste_open(struct tui *tui, const char *text)
{
    struct choices choices = {0};
    struct buffer label = {0};
    size_t count = text ? count_lines(text) : 0;
    if (count == 0 || !tui->store || !tui_may_write(tui))
        return;
    buffer_add_format(&label, "That looks like pasted text. Enter adds %zu moment%s, Esc drops it.",
                      count, count == 1 ? "" : "s");
    choices_add(&choices, "Enter", "Add", "add");
    pick_open(tui, buffer_text(&label), choices, accept, memory_free, memory_copy(text));
    buffer_release(&label);
}
