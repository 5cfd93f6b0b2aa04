/* What was typed and is not saved yet is kept within two seconds, whatever happens to the program;
 * the next opening has it again. Once it is kept, nothing wakes up for it. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

#define KEEP_AFTER_MS 2000

/* The topmost line that is worth it; else the half line that capture left. */
static const char *typed(const struct tui *tui)
{
    for (struct mode *mode = tui->modes; mode; mode = mode->below) {
        const char *text = mode->type->draft ? mode->type->draft(mode) : NULL;
        if (text && *text)
            return text;
    }
    return tui->half_line ? tui->half_line : "";
}

static void write_draft(struct tui *tui, const char *text)
{
    if (tui->store)
        state_save_draft(tui->options->state_folder, tui->options->path, text,
                         buffer_text(&tui->drafts.written));
    buffer_clear(&tui->drafts.written);
    buffer_add_text(&tui->drafts.written, text);
    tui->drafts.since = 0;
}

int drafts_look(struct tui *tui)
{
    const char *text = typed(tui);
    if (strcmp(text, buffer_text(&tui->drafts.written)) == 0) {
        tui->drafts.since = 0;
        return -1;
    }
    int64_t now = clock_now(&tui->store_options.clock);
    if (!tui->drafts.since)
        tui->drafts.since = now;
    int64_t left = tui->drafts.since + KEEP_AFTER_MS - now;
    if (left > 0 && left <= KEEP_AFTER_MS)
        return (int)left;
    write_draft(tui, text);
    return -1;
}

void drafts_keep(struct tui *tui)
{
    for (struct mode *mode = tui->modes; mode; mode = mode->below)
        if (mode->type->keep)
            mode->type->keep(tui, mode);
    char *text = memory_copy(typed(tui));
    memory_replace(&tui->half_line, *text ? text : NULL);
    memory_free(text);
}

void drafts_end(struct tui *tui)
{
    write_draft(tui, tui->half_line ? tui->half_line : "");
}
