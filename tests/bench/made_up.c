#include "made_up.h"
#include "random.h"
#include "touchline/csv_board.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include <stdio.h>

static const char *const verbs[] = {"Sees",    "Searches for", "Compares",       "Asks about",
                                    "Awaits",  "Books",        "Pays for",       "Opens",
                                    "Returns", "Rates",        "Complains over", "Reads",
                                    "Signs",   "Cancels",      "Recommends",     "Collects"};

/* The last quarter is beyond ASCII. */
static const char *const things[] = {
    "the spring leaflet", "delivery times",    "two tariffs",      "a fitting",
    "the order",          "a refund",          "the welcome mail", "an invoice",
    "the parcel",         "the opening hours", "a spare part",     "the contract",
    "the café menu",      "the Größe chart",   "the 予約 page",    "an emoji poll 🙂",
};
static const char *const owners[] = {"Ana",  "Björn", "Chloé", "Dmitri", "Eilidh", "François",
                                     "Hana", "Ian",   "佐藤",  "Zoë",    NULL,     NULL};
static const char *const sentences[] = {
    "Three of five visitors stopped here",
    "no one knew which form to use",
    "the clerk copies the number by hand",
    "works well on the phone, but not on the kiosk",
    "mail arrives after the parcel",
    "asked twice for the same address",
    "the price shown excludes delivery",
    "staff call this \"the second queue\"",
    "people expect an answer the same day",
    "we lose the basket on log-in",
    "nice surprise: a hand-written card",
    "takes longer on Mondays, agreed to test a shorter form",
    "see the video at minute four",
    "«Ça marche très bien»",
    "coût estimé: 12 € par appel",
    "待ち時間が長い",
};
static const char *const handlings[] = {"Answered when free", "By whoever is near",
                                        "A form on paper", "Nobody is in charge of it"};
static const char *const expectations[] = {"An answer within five minutes", "To be known by name",
                                           "No queue", "To be told what it costs"};

#define PICK(list, seed) ((list)[random_below((seed), sizeof(list) / sizeof *(list))])

static char *made_up_title(uint64_t *seed)
{
    struct buffer title = {0};
    buffer_add_format(&title, "%s %s", PICK(verbs, seed), PICK(things, seed));
    if (random_below(seed, 10) == 0)
        buffer_add_text(&title, ", again");
    return buffer_take(&title);
}

static char *made_up_note(uint64_t *seed)
{
    struct buffer note = {0};
    uint64_t count = random_below(seed, 8);
    for (uint64_t i = 0; i < count; i++) {
        if (i > 0)
            buffer_add_text(&note, random_below(seed, 8) == 0 ? ".\n" : ". ");
        buffer_add_text(&note, PICK(sentences, seed));
    }
    return count > 0 ? buffer_take(&note) : NULL;
}

static void fill_moment(struct moment *moment, int64_t index, uint64_t *seed)
{
    moment->kind = ITEM_MOMENT;
    moment->number = index + 1;
    moment->title = made_up_title(seed);
    moment->channel = 1 + (int64_t)random_below(seed, channels_default()->count);
    moment->rating = (int64_t)random_below(seed, RATINGS);
    moment->first_rating = moment->rating;
    moment->chosen = index < 50 && index % 15 == 2;
    moment->seconds = random_below(seed, 4) ? 5 + (int64_t)random_below(seed, 900) : FIELD_ABSENT;
    moment->owner = memory_copy(PICK(owners, seed));
    if (random_below(seed, 3) == 0) {
        moment->handling = memory_copy(PICK(handlings, seed));
        moment->expectation = memory_copy(PICK(expectations, seed));
    }
    moment->note = made_up_note(seed);
}

static char *made_up_phase(int64_t index)
{
    struct buffer title = {0};
    long long number = index < 200 ? 1 + index / 10 : 20 + index / 200;
    buffer_add_format(&title, "Stage %lld", number);
    return buffer_take(&title);
}

static void add_idea(struct row *row)
{
    row->ideas.at = memory_new(1, sizeof *row->ideas.at);
    row->ideas.count = 1;
    record_init(RECORD_IDEA, row->ideas.at);
    row->ideas.at->text = memory_copy("Call back in five minutes");
    row->ideas.at->price = PRICE_FREE;
}

static void add_action(struct row *row)
{
    row->actions.at = memory_new(1, sizeof *row->actions.at);
    row->actions.count = 1;
    record_init(RECORD_ACTION, row->actions.at);
    row->actions.at->text = memory_copy("Script by the phone");
    row->actions.at->owner = memory_copy("Ana");
    row->actions.at->due = memory_copy("2031-11-28");
}

static enum status next_row(void *data, struct row *row, bool *done, struct error *error)
{
    struct made_up *made_up = data;
    int64_t index = made_up->given;
    uint64_t seed = ((uint64_t)index + 1) * UINT64_C(0x9E3779B97F4A7C15);
    (void)error;
    row_release(row);
    row_init(row);
    *done = index >= made_up->moments;
    if (*done)
        return STATUS_OK;
    fill_moment(&row->moment, index, &seed);
    row->phase = made_up_phase(index);
    if (!made_up->plain && index % 8 == 2)
        add_idea(row);
    if (!made_up->plain && index % 16 == 3)
        add_action(row);
    made_up->given++;
    return STATUS_OK;
}

struct row_source made_up_source(struct made_up *made_up)
{
    return (struct row_source){.next = next_row, .data = made_up};
}

static enum status pour(struct row_source source, struct row_sink sink, struct error *error)
{
    enum status status;
    bool done = false;
    struct row row;
    row_init(&row);
    while ((status = source.next(source.data, &row, &done, error)) == STATUS_OK && !done)
        if ((status = sink.add(sink.data, &row, NULL, error)) != STATUS_OK)
            break;
    row_release(&row);
    return status;
}

static enum status fill(struct store *store, struct made_up made_up, struct error *error)
{
    struct edit *edit;
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = pour(made_up_source(&made_up), edit_row_sink(edit), error);
    if (status != STATUS_OK)
        return edit_cancel(edit, status);
    return edit_commit(edit, error, "Made up");
}

enum status made_up_board(const char *path, struct made_up made_up, struct error *error)
{
    struct store *store;
    struct store_options options = {.who = "Bench", .clock = clock_system()};
    enum status status = store_create(path, &options, &store, error);
    if (status != STATUS_OK)
        return status;
    status = fill(store, made_up, error);
    store_close(store);
    return status;
}

enum status made_up_csv(const char *path, struct made_up made_up, struct error *error)
{
    struct row_source source = made_up_source(&made_up);
    struct csv_board how = {.channels = channels_default()};
    FILE *file = fopen(path, "w");
    if (file == NULL)
        return error_set(error, STATUS_CANNOT_CREATE, "%s cannot be written", path);
    enum status status = csv_board_write(&how, file, &source, error);
    if (fclose(file) != 0 && status == STATUS_OK)
        status = error_set(error, STATUS_FAILED, "%s could not be written", path);
    return status;
}
