/* history: who changed what and when, as sentences. */
#include "argument_rows.h"
#include "handler.h"

enum { JSON };

/* "2026-11-21 19:04" and its NUL */
enum { TIME_SIZE = 24 };

static bool print_entry(void *data, const struct history_entry *entry)
{
    struct call *call = data;
    char at[TIME_SIZE];
    time_format_local(entry->at, at, sizeof at);
    const char *what = entry->undo ? "Taken back: " : entry->redo ? "Done again: " : "";
    out_line(call, "%-16s  %s  %s%s", at, entry->who, what, entry->words);
    return !ferror(call->out);
}

static enum status run(struct call *call, struct error *error)
{
    if (call->values[JSON])
        return out_json(call, JSON_HISTORY, 0, error);
    enum status status = store_history(call->store, 0, print_entry, call, error);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_history = {
    .name = "history",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "History",
    .summary = "List who changed what and when, a line each",
    .arguments = ARGUMENTS(JSON_ROW(JSON)),
    .run = run,
};
