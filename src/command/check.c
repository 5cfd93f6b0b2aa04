/* check: whether the file is sound, and what the plan still lacks. */
#include "handler.h"
#include "touchline/gaps.h"

/* Numbers printed of each kind; the rest is counted. */
enum { NUMBERS_MOST = 20 };

/* "2 neutral with no target: 4 7"; a moment with several gaps of a kind is named once. */
static void print_gap(struct call *call, const struct gaps *gaps, enum gap_kind kind)
{
    struct buffer line = {0};
    size_t named = gaps->kinds[kind].named;
    const struct gap *at = gaps->kinds[kind].at;
    gaps_words(gaps, kind, &line);
    for (size_t i = 0; i < named && i < NUMBERS_MOST && at[i].moment; i++)
        if (i == 0 || at[i].moment != at[i - 1].moment)
            buffer_add_format(&line, "%s %lld", i == 0 ? ":" : "", (long long)at[i].number);
    if (named > NUMBERS_MOST)
        buffer_add_text(&line, " ...");
    if (line.length > 0)
        out_line(call, "%s", buffer_text(&line));
    buffer_release(&line);
}

static enum status check_plan(struct call *call, struct error *error)
{
    struct gaps gaps = {0};
    enum status status = gaps_find(call->store, call->today, &gaps, error);
    for (int kind = 0; status == STATUS_OK && kind < GAP_KINDS; kind++)
        print_gap(call, &gaps, (enum gap_kind)kind);
    if (status == STATUS_OK && gaps_count(&gaps) == 0)
        out_line(call, "The plan lacks nothing");
    gaps_release(&gaps);
    return status;
}

static enum status run(struct call *call, struct error *error)
{
    struct buffer report = {0};
    enum status status = store_check(call->store, &report, error);
    out_lines(call, buffer_text(&report));
    buffer_release(&report);
    if (status != STATUS_OK)
        return status;
    out_line(call, "The file is sound");
    status = check_plan(call, error);
    return status == STATUS_OK ? out_check(call, error) : status;
}

const struct command command_check = {
    .name = "check",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Check",
    .summary = "Tell whether the file is sound and what the plan still lacks",
    .details =
        "Damage is told line by line and ends with exit status 65; go back to a backup then, or "
        "let 'salvage' take out what can be read. What the plan lacks is no failure: it is told "
        "with the numbers of the moments.",
    .run = run,
};
