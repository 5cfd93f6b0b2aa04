/* cost and payoff: what misery costs (R17) and how magic pays (R18), a line each in the ledger of a
 * moment. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/method.h"
#include <ctype.h>

enum { MOMENT, KIND, AMOUNT, TEXT, DAY };

/* The kinds from `first` to `last`, and what they are called together. */
struct side {
    enum entry_kind first, last;
    const char *name;
};
static const struct side costs = {ENTRY_COMPLAINT, ENTRY_OTHER, "cost"};
static const struct side payoffs = {ENTRY_BUYS_MORE, ENTRY_RECOMMENDS, "payoff"};

/* How many bytes of `kind` the word spells, without case and with '-' for a blank; 0: another. */
static size_t spells(const char *word, const char *kind)
{
    size_t i = 0;
    for (; word[i]; i++) {
        char letter = word[i] == '-' ? ' ' : (char)tolower((unsigned char)word[i]);
        if (letter != kind[i])
            return 0;
    }
    return i;
}

static enum status refuse_kind(const struct side *side, const char *word, struct error *error)
{
    struct buffer kinds = {0};
    for (int kind = side->first; kind <= (int)side->last; kind++)
        buffer_add_format(&kinds, "%s%s", kinds.length ? ", " : "", entry_kind_word(kind));
    (void)error_set(error, STATUS_USAGE, "'%.40s' is no kind of %s; there are %s", word, side->name,
                    buffer_text(&kinds));
    buffer_release(&kinds);
    return STATUS_USAGE;
}

/* A kind by its word or an unambiguous start of it. */
static enum status read_kind(const struct side *side, const char *word, int64_t *kind,
                             struct error *error)
{
    int found = 0;
    for (int i = side->first; i <= (int)side->last; i++) {
        size_t length = spells(word, entry_kind_word(i));
        bool whole = length > 0 && entry_kind_word(i)[length] == '\0';
        found += length > 0;
        if (length > 0)
            *kind = i;
        if (whole)
            return STATUS_OK;
    }
    return found == 1 ? STATUS_OK : refuse_kind(side, word, error);
}

static enum status fill(struct call *call, const char *text, int field, struct entry *entry,
                        struct error *error)
{
    struct value value;
    struct buffer scratch = {0};
    enum status status = STATUS_OK;
    if (!text)
        return STATUS_OK;
    status = argument_read(call, text, RECORD_ENTRY, field, &value, &scratch, error);
    if (status == STATUS_OK)
        record_set(RECORD_ENTRY, entry, field, value);
    buffer_release(&scratch);
    return status;
}

/* Without an amount the text may stand in its place. */
static enum status fill_all(struct call *call, struct entry *entry, struct error *error)
{
    char today[DATE_ISO_SIZE];
    const char *amount = call->values[AMOUNT], *text = call->values[TEXT];
    if (amount && !text && !isdigit((unsigned char)*amount)) {
        text = amount;
        amount = NULL;
    }
    date_format_iso(call->today, today);
    enum status status = fill(call, amount, ENTRY_AMOUNT, entry, error);
    if (status == STATUS_OK)
        status = fill(call, text, ENTRY_TEXT, entry, error);
    if (status == STATUS_OK)
        status = fill(call, call->values[DAY] ? call->values[DAY] : today, ENTRY_DAY, entry, error);
    return status;
}

/* "Cost of 3 Books the cab by phone: complaint, 40" */
static void say(struct work *work, const struct side *side, const struct entry *entry)
{
    struct buffer words = {0};
    buffer_add_text(&words, entry_kind_word(entry->kind));
    if (entry->amount != FIELD_ABSENT) {
        buffer_add_text(&words, ", ");
        count_format(entry->amount, &words);
    }
    if (entry->text) {
        buffer_add_text(&words, ", ");
        add_cut(&words, entry->text, 60);
    }
    work_say(work, "A %s of %s: %s", side->name, buffer_text(&work->title), buffer_text(&words));
    buffer_release(&words);
}

static enum status add_entry(struct work *work, const struct side *side, struct error *error)
{
    struct entry entry = {0};
    int64_t id;
    record_init(RECORD_ENTRY, &entry);
    entry.item = work->item.id;
    enum status status = read_kind(side, work->call->values[KIND], &entry.kind, error);
    if (status == STATUS_OK)
        status = fill_all(work->call, &entry, error);
    if (status == STATUS_OK)
        status = edit_add(work->edit, RECORD_ENTRY, &entry, &id, error);
    if (status == STATUS_OK)
        say(work, side, &entry);
    record_release(RECORD_ENTRY, &entry);
    return status;
}

static enum status run_side(struct call *call, const struct side *side, struct error *error)
{
    struct work work;
    enum status status = work_begin(&work, call, error);
    return status == STATUS_OK ? work_end(&work, add_entry(&work, side, error), error) : status;
}

static enum status run_cost(struct call *call, struct error *error)
{
    return run_side(call, &costs, error);
}

static enum status run_payoff(struct call *call, struct error *error)
{
    return run_side(call, &payoffs, error);
}

#define REST_ROWS                                                                                  \
    POSITION(AMOUNT, "AMOUNT", ARGUMENT_TEXT, "how much, in the board's own money",                \
             .ask = "How much? A number, or nothing"),                                             \
        POSITION(TEXT, "TEXT", ARGUMENT_TEXT, "what happened", .ask = "What happened?"),           \
        OPTION(DAY, "day", 'd', ARGUMENT_DAY, "when: 2026-12-04, 4 dec; today when left out")

const struct command command_cost = {
    .name = "cost",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Cost",
    .summary = "Note what a bad moment has cost: a complaint, a return, rework",
    .details = "Misery has costs that no bill shows. The kinds are complaint, return, rework and "
               "other; a start that names one is enough. 'remove --entry' takes a line off.\n"
               "\n"
               "Example:\n"
               "  touchline cost cab.touchline 3 complaint 40 --day 2026-11-02",
    .arguments = ARGUMENTS(MOMENT_ROW(MOMENT),
                           POSITION(KIND, "KIND", ARGUMENT_TEXT,
                                    "complaint, return, rework or other", .required = true,
                                    .ask = "What did it cost? complaint, return, rework, other"),
                           REST_ROWS),
    .writes = true,
    .run = run_cost,
};

const struct command command_payoff = {
    .name = "payoff",
    .scope = COMMAND_BOARD,
    .group = GROUP_PLAN,
    .label = "Payoff",
    .summary = "Note how a good moment has paid: bought more, recommended",
    .details = "Magic pays in four ways: buys-more, buys-again, pays-more and recommends; a start "
               "that names one is enough.\n"
               "\n"
               "Example:\n"
               "  touchline payoff cab.touchline 4 recommends 2 'Two friends'",
    .arguments =
        ARGUMENTS(MOMENT_ROW(MOMENT),
                  POSITION(KIND, "KIND", ARGUMENT_TEXT,
                           "buys-more, buys-again, pays-more or recommends", .required = true,
                           .ask = "How did it pay? buys-more, buys-again, pays-more, recommends"),
                  REST_ROWS),
    .writes = true,
    .run = run_payoff,
};
