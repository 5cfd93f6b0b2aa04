/* What the plan still lacks; Enter goes where it can be mended. */
#include "list_mode.h"
#include "touchline/gaps.h"
#include "touchline/memory.h"

/* --- rows ------------------------------------------------------------------------------------- */

/* What it is about and the kind in one: the same moment may lack several things. */
static int64_t row_id(enum gap_kind kind, const struct gap *gap)
{
    return (gap->action ? gap->action : gap->moment) * GAP_KINDS + (int64_t)kind;
}

static void add_gap(struct list_mode *list, const struct gaps *gaps, enum gap_kind kind,
                    const struct gap *gap)
{
    struct list_row *row = list_add(list, row_id(kind, gap));
    row->at = (size_t)gap->moment;
    row->warning = kind == GAP_OVERDUE;
    if (gap->moment)
        buffer_add_format(&row->cells[LIST_LEFT], "%lld", (long long)gap->number);
    if (gap->text)
        buffer_add_text(&row->cells[LIST_WORDS], gap->text);
    else
        gaps_words(gaps, kind, &row->cells[LIST_WORDS]);
}

static void add_kind(struct list_mode *list, const struct gaps *gaps, enum gap_kind kind)
{
    size_t named = gaps->kinds[kind].named;
    int64_t more = gaps->kinds[kind].count - (int64_t)named;
    if (named == 0)
        return;
    if (gaps->kinds[kind].at[0].moment)
        gaps_words(gaps, kind, &list_add_heading(list)->cells[0]);
    for (size_t i = 0; i < named; i++)
        add_gap(list, gaps, kind, &gaps->kinds[kind].at[i]);
    if (more > 0)
        buffer_add_format(&list_add_heading(list)->cells[0], "and %lld more", (long long)more);
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct gaps gaps = {0};
    enum status status = gaps_find(tui->store, tui_today(tui), &gaps, error);
    for (int kind = 0; status == STATUS_OK && kind < GAP_KINDS; kind++)
        add_kind(list, &gaps, (enum gap_kind)kind);
    gaps_release(&gaps);
    return status;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* To the moment, or to what says it of the whole board. */
static void go_there(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    enum gap_kind kind = (enum gap_kind)(row->id % GAP_KINDS);
    int64_t moment = (int64_t)row->at;
    list_leave(tui, list, row);
    if (moment)
        tui_select(tui, moment, true);
    else if (kind == GAP_WHY)
        board_sheet_open(tui);
    else if (kind == GAP_FEW_CHOSEN)
        step_go_to(tui, STEP_CHOOSE);
    else
        who_open(tui);
}

static void show_actions(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    list_leave(tui, list, row);
    plan_list_open(tui);
}

void gaps_open(struct tui *tui)
{
    static const struct list_key keys[] = {
        {"Enter", "Go there", 0, LIST_ROW, go_there},
        {"#", NULL, 0, LIST_ROW, go_there},
        {"D", "Actions", 2, 0, show_actions},
        {"Esc", "Board", 0, 0, NULL},
        {"?", "Help", 0, 0, NULL},
        {"!", NULL, 0, 0, list_leave},
    };
    static const struct list_type gaps_type = {.title = "What the plan lacks",
                                               .hint = "Enter goes where it can be mended",
                                               .empty = "The plan lacks nothing.",
                                               .keys = keys,
                                               .key_count = sizeof keys / sizeof *keys,
                                               .load = load};
    list_open(tui, memory_new(1, sizeof(struct list_mode)), &gaps_type);
}
