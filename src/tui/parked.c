/* The parking lot: what was set aside, brought back with Enter. */
#include "list_mode.h"
#include "touchline/memory.h"

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    (void)error;
    for (size_t i = 0; i < tui->parked.count; i++) {
        struct list_row *row = list_add(list, tui->parked.at[i].id);
        buffer_add_format(&row->cells[LIST_LEFT], "z%zu", i + 1);
        buffer_add_text(&row->cells[LIST_WORDS], tui->parked.at[i].title);
    }
    return STATUS_OK;
}

static void run_on(struct tui *tui, const char *command, const struct list_row *row)
{
    int64_t select = 0;
    if (tui_call_on(tui, command, row->id, &select) == STATUS_OK)
        tui_follow(tui, select);
}

static void bring_back(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    run_on(tui, "unpark", row);
}

static void delete_it(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    run_on(tui, "remove", row);
}

static void open_it(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    sheet_open(tui, row->id);
}

void parked_open(struct tui *tui)
{
    static const struct list_key keys[] = {
        {"Enter", "Bring back", 0, LIST_ROW | LIST_WRITES, bring_back},
        {"e", "Open", 2, LIST_ROW, open_it},
        {"d", "Delete", 1, LIST_ROW | LIST_WRITES, delete_it},
        {"u", "Undo", 2, 0, NULL},
        {"Esc", "Board", 0, 0, NULL},
        {"Z", NULL, 0, 0, list_leave},
    };
    static const struct list_type parked_type = {
        .title = "Parking lot",
        .hint = "for later, not forgotten",
        .empty = "Nothing is parked. z on the board parks a moment.",
        .keys = keys,
        .key_count = sizeof keys / sizeof *keys,
        .load = load};
    list_open(tui, memory_new(1, sizeof(struct list_mode)), &parked_type);
}
