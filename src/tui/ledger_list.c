/* The ledger of a moment: what misery has cost (R17) and how magic has paid (R18). */
#include "list_mode.h"
#include "touchline/memory.h"
#include "touchline/method.h"

enum { DAY, KIND, AMOUNT, TEXT, COLUMNS };

struct ledger_list {
    struct list_mode list;
    int64_t moment;
    struct buffer title, sums;
    struct table_fact whole; /* the framed entry's words, which its line may have no room for */
};

/* --- rows ------------------------------------------------------------------------------------- */

static void add_day(const char *iso, struct date today, struct buffer *out)
{
    char words[32];
    struct date day;
    if (!iso || !date_parse_iso(iso, &day))
        return;
    date_format_short(day, today, words, sizeof words);
    buffer_add_text(out, words);
}

static void add_entry(struct list_mode *list, const struct entry *entry, struct date today)
{
    struct list_row *row = list_add(list, entry->id);
    add_day(entry->day, today, &row->cells[DAY]);
    buffer_add_text(&row->cells[KIND], entry_kind_word(entry->kind));
    if (entry->amount != FIELD_ABSENT)
        count_format(entry->amount, &row->cells[AMOUNT]);
    buffer_add_text(&row->cells[TEXT], entry->text);
}

/* A sum tells how many parts it has (R5): "Costs 120, 3 of 4 with an amount. "; of none there is no
 * sum: "Payoffs: 2, none with an amount. " */
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
    buffer_add_text(out, payoffs ? "Payoffs" : "Costs");
    if (known == 0) {
        buffer_add_format(out, ": %zu, none with an amount. ", all);
        return;
    }
    buffer_add_byte(out, ' ');
    count_format(sum, out);
    buffer_add_format(out, ", %zu of %zu with an amount. ", known, all);
}

/* What lifting the moment asks for, beside what it costs and pays: "Ideas taken up: 1 free, 2 low."
 */
static void add_prices(const struct ideas *ideas, struct buffer *out)
{
    size_t counts[PRICES] = {0}, all = 0;
    for (size_t i = 0; i < ideas->count; i++)
        if (ideas->at[i].taken) {
            counts[ideas->at[i].price]++;
            all++;
        }
    const char *before = "Ideas taken up: ";
    for (int price = PRICE_FREE; price <= PRICES; price++) { /* those without one come last */
        size_t count = counts[price % PRICES];
        if (count == 0)
            continue;
        buffer_add_format(out, "%s%zu %s", before, count,
                          price < PRICES ? price_word(price) : "without a price");
        before = ", ";
    }
    if (all > 0)
        buffer_add_byte(out, '.');
}

static enum status add_taken(struct tui *tui, struct ledger_list *ledger, struct error *error)
{
    struct ideas ideas = {0};
    enum status status = store_ideas(tui->store, ledger->moment, &ideas, error);
    if (status == STATUS_OK)
        add_prices(&ideas, &ledger->sums);
    ideas_release(&ideas);
    return status;
}

static enum status name_moment(struct tui *tui, struct ledger_list *ledger, struct error *error)
{
    struct moment moment = {0};
    enum status status = store_moment(tui->store, ledger->moment, &moment, error);
    if (status == STATUS_OK && moment.state == STATE_DELETED)
        status = error_set(error, STATUS_NOT_FOUND, "Another has deleted this moment.");
    buffer_clear(&ledger->title);
    buffer_add_format(&ledger->title, "%s%lld %s · costs and payoffs",
                      moment.state == STATE_PARKED ? "z" : "", (long long)moment.number,
                      moment.title ? moment.title : "");
    record_release(RECORD_ITEM, &moment);
    return status;
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct ledger_list *ledger = (struct ledger_list *)list;
    struct entries entries = {0};
    enum status status = store_entries(tui->store, ledger->moment, &entries, error);
    if (status == STATUS_OK)
        status = name_moment(tui, ledger, error);
    for (size_t i = 0; status == STATUS_OK && i < entries.count; i++)
        add_entry(list, &entries.at[i], tui_today(tui));
    buffer_clear(&ledger->sums);
    add_sum(&entries, false, &ledger->sums);
    add_sum(&entries, true, &ledger->sums);
    entries_release(&entries);
    if (status == STATUS_OK)
        status = add_taken(tui, ledger, error);
    return status;
}

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    struct ledger_list *ledger = (struct ledger_list *)list;
    (void)tui;
    screen->title = buffer_text(&ledger->title);
    screen->foot = buffer_text(&ledger->sums);
    if (!row || row->cells[TEXT].length == 0)
        return;
    ledger->whole = (struct table_fact){.label = buffer_text(&row->cells[KIND]),
                                        .text = buffer_text(&row->cells[TEXT])};
    screen->facts = &ledger->whole;
    screen->fact_count = 1;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Amount and words are asked for by the command itself. */
static void add_to(struct tui *tui, const char *command, int64_t moment, const char *kind)
{
    struct id_words id = id_words(moment);
    const struct named values[] = {{"N", id.text}, {"KIND", kind}, {NULL, NULL}};
    tui_run_with(tui, command, values);
}

static void accept_payoff(struct tui *tui, const char *kind, void *data)
{
    add_to(tui, "payoff", *(const int64_t *)data, kind);
}

static int64_t *copy_of(int64_t moment)
{
    int64_t *copy = memory_new(1, sizeof *copy);
    *copy = moment;
    return copy;
}

/* The four ways in which magic pays do not stand on one line with the costs. */
static void accept_cost(struct tui *tui, const char *kind, void *data)
{
    int64_t moment = *(const int64_t *)data;
    if (*kind) {
        add_to(tui, "cost", moment, kind);
        return;
    }
    struct choices choices = {0};
    choices_add(&choices, "1", "Buys more", "buys-more");
    choices_add(&choices, "2", "Buys again", "buys-again");
    choices_add(&choices, "3", "Pays more", "pays-more");
    choices_add(&choices, "4", "Recommends", "recommends");
    pick_open(tui, "How did it pay?", choices, accept_payoff, memory_free, copy_of(moment));
}

static void ask_kind(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct ledger_list *ledger = (const struct ledger_list *)list;
    struct choices choices = {0};
    (void)row;
    choices_add(&choices, "1", "Complaint", "complaint");
    choices_add(&choices, "2", "Return", "return");
    choices_add(&choices, "3", "Rework", "rework");
    choices_add(&choices, "4", "Other", "other");
    choices_add(&choices, "5", "It paid", "");
    pick_open(tui, "What did it cost?", choices, accept_cost, memory_free, copy_of(ledger->moment));
}

static void delete_entry(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct ledger_list *ledger = (const struct ledger_list *)list;
    tui_remove(tui, ledger->moment, "entry", row->id);
}

static void ledger_release(struct list_mode *list)
{
    struct ledger_list *ledger = (struct ledger_list *)list;
    buffer_release(&ledger->title);
    buffer_release(&ledger->sums);
}

void ledger_open(struct tui *tui, int64_t moment)
{
    static const struct table_column columns[COLUMNS] = {
        {"when", 6, 11, 0, false},
        {"what", 6, 10, 0, false},
        {"amount", 4, 17, 1, false},
        {"in words", 10, 0, 0, true},
    };
    static const struct list_key keys[] = {
        {"c", "Note one", 0, LIST_WRITES, ask_kind},
        {"d", "Delete", 1, LIST_ROW | LIST_WRITES, delete_entry},
        {"u", "Undo", 1, 0, NULL},
        {"Esc", "Back", 0, 0, NULL},
        {"?", "Help", 2, 0, NULL},
    };
    static const struct list_type ledger_type = {.empty =
                                                     "Nothing yet. c notes a cost or a payoff.",
                                                 .columns = columns,
                                                 .column_count = COLUMNS,
                                                 .keys = keys,
                                                 .key_count = sizeof keys / sizeof *keys,
                                                 .load = load,
                                                 .describe = describe,
                                                 .release = ledger_release};
    struct ledger_list *ledger = memory_new(1, sizeof *ledger);
    ledger->moment = moment;
    list_open(tui, &ledger->list, &ledger_type);
}
