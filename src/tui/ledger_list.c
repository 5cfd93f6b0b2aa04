/* The ledger of the selected moment: what misery has cost (R17) and how magic has paid (R18). */
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/table.h"
#include "tui.h"
#include <stdio.h>

enum { DAY, KIND, AMOUNT, TEXT, COLUMNS };

struct ledger_list {
    struct mode mode;
    size_t selected;
    struct table_line *lines;
    struct buffer *amounts;
    size_t count; /* of amounts */
    struct buffer title, foot;
};

/* --- drawing ------------------------------------------------------------------------------------
 */

static void clear_amounts(struct ledger_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        buffer_release(&list->amounts[i]);
    list->count = 0;
}

static void fill(struct tui *tui, struct ledger_list *list)
{
    const struct entries *entries = &tui->details.entries;
    clear_amounts(list);
    list->lines = memory_resize(list->lines, entries->count + 1, sizeof *list->lines);
    list->amounts = memory_resize(list->amounts, entries->count + 1, sizeof *list->amounts);
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];
        list->amounts[i] = (struct buffer){0};
        if (entry->amount != FIELD_ABSENT)
            count_format(entry->amount, &list->amounts[i]);
        list->lines[i] =
            (struct table_line){.cells = {entry->day, entry_kind_word(entry->kind),
                                          buffer_text(&list->amounts[i]), entry->text}};
    }
    list->count = entries->count;
    if (list->count == 0)
        list->lines[0] = (struct table_line){.heading = "Nothing yet. c notes a cost or a payoff"};
    if (list->selected >= list->count)
        list->selected = list->count ? list->count - 1 : 0;
}

/* A sum tells how many parts it has (R5): "Costs 120, 3 of 4 with an amount. " */
static void add_sum(const struct entries *entries, bool payoffs, struct buffer *out)
{
    int64_t sum = 0;
    size_t all = 0, known = 0;
    for (size_t i = 0; i < entries->count; i++) {
        const struct entry *entry = &entries->at[i];
        if ((entry->kind >= ENTRY_BUYS_MORE) != payoffs)
            continue;
        all++;
        if (entry->amount != FIELD_ABSENT) {
            sum += entry->amount;
            known++;
        }
    }
    if (all == 0)
        return;
    buffer_add_text(out, payoffs ? "Payoffs " : "Costs ");
    count_format(sum, out);
    buffer_add_format(out, ", %zu of %zu with an amount. ", known, all);
}

static void describe(struct tui *tui, struct ledger_list *list)
{
    const struct moment *moment = &tui->details.moment;
    buffer_clear(&list->title);
    buffer_clear(&list->foot);
    buffer_add_format(&list->title, "%lld %s · costs and payoffs", (long long)moment->number,
                      moment->title ? moment->title : "");
    add_sum(&tui->details.entries, false, &list->foot);
    add_sum(&tui->details.entries, true, &list->foot);
}

static void ledger_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    static const struct table_column columns[COLUMNS] = {
        {"when", 10, 10, 0, false},
        {"what", 6, 10, 0, false},
        {"amount", 4, 17, 1, false},
        {"", 10, 0, 0, true},
    };
    static const struct key_item keys[] = {{"c", "Note one", 0},
                                           {"d", "Delete", 1},
                                           {"u", "Undo", 1},
                                           {"Esc", "Back", 0},
                                           {"?", "Help", 2}};
    struct ledger_list *list = (struct ledger_list *)mode;
    struct scene scene;
    fill(tui, list);
    describe(tui, list);
    struct table_screen screen = {.title = buffer_text(&list->title),
                                  .columns = columns,
                                  .column_count = COLUMNS,
                                  .lines = list->lines,
                                  .count = list->count ? list->count : 1,
                                  .selected = list->selected,
                                  .foot = buffer_text(&list->foot),
                                  .message =
                                      tui->message.length ? buffer_text(&tui->message) : NULL,
                                  .warning = tui->warning,
                                  .keys = keys,
                                  .key_count = sizeof keys / sizeof *keys};
    if (tui->modes != mode) { /* a question stands on top */
        scene_of_all(tui, &scene);
        screen.prompt = scene.prompt;
        screen.keys = scene.keys;
        screen.key_count = scene.key_count;
    }
    view_table(frame, &screen);
}

/* --- keys ---------------------------------------------------------------------------------------
 */

/* Amount and words are asked for by the command itself. */
static void add_to(struct tui *tui, const char *command, const char *kind)
{
    char moment[32];
    snprintf(moment, sizeof moment, "id:%lld", (long long)tui->details.moment.id);
    const struct named values[] = {{"N", moment}, {"KIND", kind}, {NULL, NULL}};
    tui_run_with(tui, command, values);
}

static void accept_payoff(struct tui *tui, const char *kind, void *data)
{
    (void)data;
    add_to(tui, "payoff", kind);
}

/* The four ways in which magic pays do not stand on one line with the costs. */
static void accept_cost(struct tui *tui, const char *kind, void *data)
{
    (void)data;
    if (*kind) {
        add_to(tui, "cost", kind);
        return;
    }
    struct choices choices = {0};
    choices_add(&choices, "1", "Buys more", "buys-more");
    choices_add(&choices, "2", "Buys again", "buys-again");
    choices_add(&choices, "3", "Pays more", "pays-more");
    choices_add(&choices, "4", "Recommends", "recommends");
    pick_open(tui, "How did it pay?", choices, accept_payoff, NULL, NULL);
}

static void ask_kind(struct tui *tui)
{
    struct choices choices = {0};
    choices_add(&choices, "1", "Complaint", "complaint");
    choices_add(&choices, "2", "Return", "return");
    choices_add(&choices, "3", "Rework", "rework");
    choices_add(&choices, "4", "Other", "other");
    choices_add(&choices, "5", "It paid", "");
    pick_open(tui, "What did it cost?", choices, accept_cost, NULL, NULL);
}

static void delete_entry(struct tui *tui, const struct ledger_list *list)
{
    char moment[32], id[32];
    int64_t ignored;
    if (list->selected >= tui->details.entries.count)
        return;
    snprintf(moment, sizeof moment, "id:%lld", (long long)tui->details.moment.id);
    snprintf(id, sizeof id, "id:%lld", (long long)tui->details.entries.at[list->selected].id);
    const struct named values[] = {{"N", moment}, {"entry", id}, {NULL, NULL}};
    (void)tui_call_named(tui, "remove", values, &ignored);
}

static void change(struct tui *tui, struct ledger_list *list, uint32_t letter)
{
    if (store_look_only(tui->store))
        tui_warn(tui, "This board can only be looked at: %s.", store_look_only(tui->store));
    else if (letter == 'd')
        delete_entry(tui, list);
    else
        ask_kind(tui);
}

static void ledger_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct ledger_list *list = (struct ledger_list *)mode;
    struct key key = event->key;
    uint32_t letter = key.code == K_CHAR && key.modifiers == 0 ? key.point : 0;
    tui_refresh(tui);
    tui_say(tui, "%s", "");
    if (key.code == K_ESC || letter == 'q')
        tui_pop(tui);
    else if (letter == 'c' || letter == 'd')
        change(tui, list, letter);
    else if (letter == 'u' || letter == 'U')
        tui_run_named(tui, letter == 'u' ? "undo" : "redo", NULL);
    else if ((key.code == K_UP || letter == 'k') && list->selected > 0)
        list->selected--;
    else if ((key.code == K_DOWN || letter == 'j') &&
             list->selected + 1 < tui->details.entries.count)
        list->selected++;
    else if (letter == '?' || key.code == K_F1)
        help_open(tui, false);
}

static void ledger_release(struct mode *mode)
{
    struct ledger_list *list = (struct ledger_list *)mode;
    clear_amounts(list);
    memory_free(list->amounts);
    memory_free(list->lines);
    buffer_release(&list->title);
    buffer_release(&list->foot);
}

void ledger_open(struct tui *tui)
{
    static const struct mode_type ledger_type = {
        .draw = ledger_draw, .event = ledger_event, .release = ledger_release};
    if (!tui_selected(tui)) {
        tui_warn(tui, "There is no moment yet: a adds one.");
        return;
    }
    struct ledger_list *list = memory_new(1, sizeof *list);
    list->mode.type = &ledger_type;
    tui_push(tui, &list->mode);
}
