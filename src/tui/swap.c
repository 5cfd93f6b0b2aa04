/* R6: a sixth choice asks which one goes instead. */
#include "touchline/memory.h"
#include "tui.h"

static enum status accept(struct tui *tui, const char *text, void *data)
{
    int64_t ignored;
    struct id_words sixth = id_words(*(const int64_t *)data);
    const struct named values[] = {{"N", sixth.text}, {"M", text}, {NULL, NULL}};
    if (!*text)
        return STATUS_OK;
    return tui_call_named(tui, "swap", values, &ignored);
}

void swap_open(struct tui *tui, int64_t sixth)
{
    struct error error;
    struct window chosen = {0};
    struct buffer label = {0};
    const struct filter filter = {.chosen = true};
    struct date today = tui_today(tui);
    if (store_window(tui->store, 0, 0, METHOD_CHOSEN_MOST, &filter, today, &chosen, &error) !=
        STATUS_OK) {
        tui_error(tui, &error);
        return;
    }
    buffer_add_text(&label, "Five are chosen and few gets done. Which goes?");
    for (size_t i = 0; i < chosen.count; i++)
        buffer_add_format(&label, " %lld", (long long)chosen.moments[i].number);
    int64_t *id = memory_new(1, sizeof *id);
    *id = sixth;
    struct question question = {
        .label = buffer_text(&label), .accept = accept, .done = memory_free, .data = id};
    ask_open(tui, &question);
    buffer_release(&label);
    window_release(&chosen);
}
