/* How a session ends: what is parked, what lacks, who agrees, the next objective and the next day,
 * a row each; Enter sees to one and goes on to the next. */
#include "action_ask.h"
#include "list_mode.h"
#include "touchline/agenda.h"
#include "touchline/gaps.h"
#include "touchline/memory.h"

enum row_kind { PARKED, GAPS, OBJECTIVE, NEXT_REVIEW, REVIEW, AGREED };

/* --- rows ------------------------------------------------------------------------------------- */

/* Those about an action have its id, the others their kind, negative. */
static struct list_row *add_row(struct list_mode *list, enum row_kind kind, const char *label)
{
    struct list_row *row = list_add(list, -1 - (int64_t)kind);
    row->at = kind;
    buffer_add_text(&row->cells[LIST_LEFT], label);
    return row;
}

static void add_parked(struct tui *tui, struct list_mode *list)
{
    struct buffer *words = &add_row(list, PARKED, "Parking lot")->cells[LIST_WORDS];
    for (size_t i = 0; i < tui->parked.count; i++)
        buffer_add_format(words, "%sz%zu %s", i ? ", " : "", i + 1, tui->parked.at[i].title);
    if (tui->parked.count == 0)
        buffer_add_text(words, "empty");
}

static enum status add_gaps(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct gaps gaps = {0};
    enum status status = gaps_find(tui->store, tui_today(tui), &gaps, error);
    struct buffer *words = &add_row(list, GAPS, "What lacks")->cells[LIST_WORDS];
    for (int kind = 0; kind < GAP_KINDS; kind++) {
        struct buffer one = {0};
        gaps_words(&gaps, (enum gap_kind)kind, &one);
        if (one.length > 0)
            buffer_add_format(words, "%s%s", words->length ? "; " : "", buffer_text(&one));
        buffer_release(&one);
    }
    if (words->length == 0)
        buffer_add_text(words, "nothing");
    gaps_release(&gaps);
    return status;
}

/* Most change fails for want of buy-in: what is open and nobody has agreed to (R15). */
static enum status add_agreed(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct plan plan = {0};
    bool any = false;
    enum status status = store_plan(tui->store, &plan, error);
    for (size_t i = 0; status == STATUS_OK && i < plan.count; i++) {
        const struct action *action = &plan.at[i].action;
        if (!agenda_is_open(action) || action->agreed)
            continue;
        struct list_row *row = list_add(list, action->id);
        row->at = AGREED;
        buffer_add_text(&row->cells[LIST_LEFT], any ? "" : "Who agrees?");
        buffer_add_text(&row->cells[LIST_WORDS], action->text);
        buffer_add_text(&row->cells[LIST_RIGHT], action->owner);
        any = true;
    }
    plan_release(&plan);
    return status;
}

static void add_board(struct tui *tui, struct list_mode *list)
{
    const struct board *board = &tui->board;
    const struct meter *meter = &tui->meter;
    int64_t all = meter->reviewed + meter->hidden;
    buffer_add_text(&add_row(list, OBJECTIVE, "Next objective")->cells[LIST_WORDS],
                    board->next_objective ? board->next_objective : "none yet");
    buffer_add_text(&add_row(list, NEXT_REVIEW, "Next review")->cells[LIST_WORDS],
                    board->next_review ? board->next_review : "no day yet");
    struct buffer *words = &add_row(list, REVIEW, "The review")->cells[LIST_WORDS];
    if (meter->review)
        buffer_add_format(words, "%lld of %lld rated anew; Enter ends it",
                          (long long)meter->reviewed, (long long)all);
    else
        buffer_add_text(words, "none goes on; Enter shows what has drifted");
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    add_parked(tui, list);
    enum status status = add_gaps(tui, list, error);
    if (status == STATUS_OK)
        status = add_agreed(tui, list, error);
    if (status == STATUS_OK)
        add_board(tui, list);
    return status;
}

/* --- what each asks --------------------------------------------------------------------------- */

/* A field of the board, as its shell command sets it. */
static enum status set_field(struct tui *tui, int field, const char *text)
{
    struct buffer words = {0};
    int64_t ignored;
    buffer_add_format(&words, "%s=%s", record_type(RECORD_BOARD)->fields[field].name, text);
    const struct named values[] = {{"FIELD=VALUE", buffer_text(&words)}, {NULL, NULL}};
    enum status status = tui_call_named(tui, "board", values, &ignored);
    buffer_release(&words);
    return status;
}

static enum status accept_objective(struct tui *tui, const char *text, void *data)
{
    (void)data;
    return set_field(tui, BOARD_NEXT_OBJECTIVE, text);
}

static enum status accept_day(struct tui *tui, const char *text, void *data)
{
    (void)data;
    return set_field(tui, BOARD_NEXT_REVIEW, text);
}

static void ask_objective(struct tui *tui)
{
    struct question question = {.label = "The next objective, before this one is reached >",
                                .initial = tui->board.next_objective,
                                .accept = accept_objective};
    ask_open(tui, &question);
}

static void ask_day(struct tui *tui)
{
    struct question question = {.label = "When is the next review? +3m, 4 dec >",
                                .initial = tui->board.next_review,
                                .accept = accept_day};
    ask_open(tui, &question);
}

static void end_review(struct tui *tui)
{
    const struct named values[] = {{"begin|end", "end"}, {NULL, NULL}};
    int64_t ignored;
    bool goes_on = tui->meter.review != 0;
    if (goes_on &&
        (!tui_may_write(tui) || tui_call_named(tui, "review", values, &ignored) != STATUS_OK))
        return;
    tui_pop(tui);
    reviews_open(tui);
}

/* --- keys ------------------------------------------------------------------------------------- */

/* What is seen to is left for the next row; an action that is agreed to leaves the list by itself.
 */
static void see_to(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    static void (*const open[])(struct tui * tui) = {
        [PARKED] = parked_open,  [GAPS] = gaps_open,    [OBJECTIVE] = ask_objective,
        [NEXT_REVIEW] = ask_day, [REVIEW] = end_review,
    };
    bool writes = row->at == AGREED || row->at == OBJECTIVE || row->at == NEXT_REVIEW;
    if (writes && !tui_may_write(tui))
        return;
    if (row->at == AGREED) {
        action_ask(tui, row->id, ASK_AGREED, ASK_AGREED + 1);
        return;
    }
    if (row->at != REVIEW)
        list->selected++;
    open[row->at](tui);
}

void ending_open(struct tui *tui)
{
    static const struct list_key keys[] = {
        {"Enter", "See to it", 0, LIST_ROW, see_to},
        {"u", "Undo", 2, 0, NULL},
        {"Esc", "Board", 0, 0, NULL},
        {"?", "Help", 0, 0, NULL},
        {"Q", NULL, 0, 0, list_leave},
    };
    static const struct list_type ending_type = {.title = "The end of the session",
                                                 .hint = "Enter sees to it, j passes it over",
                                                 .empty = "Nothing is left.",
                                                 .keys = keys,
                                                 .key_count = sizeof keys / sizeof *keys,
                                                 .load = load};
    list_open(tui, memory_new(1, sizeof(struct list_mode)), &ending_type);
}
