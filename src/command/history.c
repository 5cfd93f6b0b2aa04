/* history: who changed what and when, as sentences. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/minutes.h"
#include <limits.h>

enum { CHANGES, JSON };

/* "2026-11-21 19:04" and its NUL */
enum { TIME_SIZE = 24 };

struct telling {
    struct call *call;
    struct channels channels;
    int width; /* of the numbers */
    enum status status;
    struct error *error;
};

static enum status print_changes(struct telling *telling, const struct history_entry *entry)
{
    struct minutes minutes = {0};
    enum status status = minutes_read(telling->call->store, &telling->channels, entry, SIZE_MAX,
                                      &minutes, telling->error);
    for (size_t i = 0; status == STATUS_OK && i < minutes.count; i++)
        out_line(telling->call, "%*s    %-15s %s", telling->width, "", minutes.at[i].label,
                 minutes.at[i].text);
    minutes_release(&minutes);
    return status;
}

static bool print_entry(void *data, const struct history_entry *entry)
{
    struct telling *telling = data;
    struct call *call = telling->call;
    struct buffer sentence = {0};
    char at[TIME_SIZE];
    time_format_local(entry->at, at, sizeof at);
    telling->status =
        minutes_sentence(call->store, &telling->channels, entry, &sentence, telling->error);
    if (telling->status == STATUS_OK)
        out_line(call, "%*lld  %-16s  %s  %s", telling->width, (long long)entry->id, at, entry->who,
                 buffer_text(&sentence));
    buffer_release(&sentence);
    if (telling->status == STATUS_OK && call->values[CHANGES])
        telling->status = print_changes(telling, entry);
    return telling->status == STATUS_OK && !ferror(call->out);
}

static bool take_newest(void *data, const struct history_entry *entry)
{
    *(int64_t *)data = entry->id;
    return false;
}

static enum status print_all(struct telling *telling, struct error *error)
{
    struct store *store = telling->call->store;
    int64_t newest = 0;
    enum status status = store_channels(store, &telling->channels, error);
    if (status == STATUS_OK)
        status = store_history_back(store, INT64_MAX, take_newest, &newest, error);
    telling->width = snprintf(NULL, 0, "%lld", (long long)newest);
    if (status == STATUS_OK)
        status = store_history(store, 0, print_entry, telling, error);
    channels_release(&telling->channels);
    return status == STATUS_OK ? telling->status : status;
}

static enum status run(struct call *call, struct error *error)
{
    struct telling telling = {.call = call, .status = STATUS_OK, .error = error};
    if (call->values[JSON])
        return out_json(call, &(struct json_wanted){.what = JSON_HISTORY}, error);
    enum status status = out_check(call, error);
    if (status == STATUS_OK)
        status = store_read_begin(call->store, error);
    if (status != STATUS_OK)
        return status;
    status = print_all(&telling, error);
    store_read_end(call->store);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_history = {
    .name = "history",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "History",
    .summary = "List who changed what and when, a line each",
    .details =
        "A line has the edit's number, its time, whose it is, and what it did. The number is "
        "what --at takes: every verb that only reads shows the board as it was then. As JSON an "
        "edit has its changes: record, id, field, old, new. What was added has the field 'added' "
        "and all of its fields as new, what was moved 'place' and the id of what it stood behind; "
        "null stands for all changes of an edit that a review hides, or that laid hidden dots.\n"
        "\n"
        "Examples:\n"
        "  touchline history cab.touchline --changes\n"
        "  touchline show cab.touchline --at 12",
    .arguments = ARGUMENTS(FLAG(CHANGES, "changes", 0, "with every change that an edit made"),
                           JSON_ROW(JSON)),
    .run = run,
};
