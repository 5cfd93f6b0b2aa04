#include "reported.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

void reported_init(struct reported *it, const char *title)
{
    *it = (struct reported){.board = {.customers = FIELD_ABSENT}};
    it->report = (struct report){.title = title,
                                 .board = &it->board,
                                 .channels = channels_default(),
                                 .meter = &it->meter,
                                 .people = &it->people,
                                 .plan = &it->plan,
                                 .waves = &it->waves,
                                 .today = {2026, 11, 30}};
    it->source =
        (struct row_source){.next = row_list_give, .data = &it->rows, .again = row_list_again};
}

static void count_channel(struct meter *meter, int64_t channel)
{
    size_t i = 0;
    while (i < meter->channels && meter->by_channel[i].channel != channel)
        i++;
    if (i == meter->channels)
        meter->channels++;
    meter->by_channel[i].channel = channel;
    meter->by_channel[i].moments++;
}

struct row *reported_add(struct reported *it, const char *phase, const char *title, int64_t channel,
                         int64_t rating)
{
    struct row *row = row_list_add(&it->rows);
    struct moment *moment = &row->moment;
    moment->kind = ITEM_MOMENT;
    moment->id = moment->number = ++it->meter.moments;
    moment->title = memory_copy(title);
    moment->channel = channel != 0 ? channel : FIELD_ABSENT;
    moment->rating = moment->first_rating = rating;
    row->phase = memory_copy(phase);
    if (rating == RATING_HIDDEN)
        it->meter.hidden++;
    else
        it->meter.rated[rating]++;
    it->meter.times++;
    count_channel(&it->meter, channel);
    it->report.last = moment->id;
    if (it->report.first == 0)
        it->report.first = moment->id;
    return row;
}

/* --- the taxi --------------------------------------------------------------------------------- */

static void add_belongings(struct row *row)
{
    row->ideas.at = memory_new(2, sizeof *row->ideas.at);
    row->ideas.count = 2;
    row->ideas.at[0] =
        (struct idea){.text = memory_copy("Answer with their name"), .price = PRICE_FREE};
    row->ideas.at[1] =
        (struct idea){.text = memory_copy("Script by the phone"), .price = PRICE_LOW, .taken = 1};
    row->actions.at = memory_new(1, sizeof *row->actions.at);
    row->actions.count = 1;
    row->actions.at[0] = (struct action){.text = memory_copy("Script by the phone"),
                                         .owner = memory_copy("Ana"),
                                         .due = memory_copy("2026-11-28"),
                                         .status = ACTION_TRYING,
                                         .wave = FIELD_ABSENT};
    row->entries.at = memory_new(1, sizeof *row->entries.at);
    row->entries.count = 1;
    row->entries.at[0] = (struct entry){.kind = ENTRY_COMPLAINT,
                                        .day = memory_copy("2026-11-02"),
                                        .amount = 1200,
                                        .text = memory_copy("Nobody answered")};
}

static void add_plan(struct reported *it)
{
    it->planned = (struct planned){.action = {.text = (char *)"Script by the phone",
                                              .owner = (char *)"Ana",
                                              .due = (char *)"2026-11-28",
                                              .status = ACTION_TRYING,
                                              .wave = 1,
                                              .agreed = (char *)"Ben, Wally",
                                              .finding = (char *)"Callers like it"},
                                   .number = 2,
                                   .moment = (char *)"Books the cab | by phone"};
    it->plan = (struct plan){&it->planned, 1};
    it->wave = (struct wave){.number = 1, .response = (char *)"Three asked for Wally"};
    it->waves = (struct waves){&it->wave, 1};
    it->person = (struct person){.name = (char *)"Ana", .role = (char *)"owner"};
    it->people = (struct people){&it->person, 1};
}

void reported_taxi(struct reported *it)
{
    reported_init(it, "Wally's taxi");
    it->board.why = (char *)"they call me, not the rank";
    it->board.noun = (char *)"passenger";
    it->board.customers = 2400;
    it->board.next_objective = (char *)"Half of all rides by\nword of mouth";
    it->board.next_review = (char *)"2027-02-01";
    reported_add(it, "Before", "Sees the rank advert", 5, RATING_MISERABLE);
    struct row *row = reported_add(it, "Before", "Books the cab | by phone", 2, RATING_NEUTRAL);
    row->moment.target = RATING_MAGICAL;
    row->moment.chosen = 1;
    row->moment.dots = 7;
    row->moment.seconds = it->meter.seconds = 20;
    it->meter.timed = it->meter.chosen = 1;
    row->moment.handling = memory_copy("Answered when free");
    row->moment.expectation = memory_copy("An answer within *five* rings");
    row->moment.benchmark = memory_copy("The hotel that knew me");
    add_belongings(row);
    reported_add(it, "Arrival", "Cab pulls up, polished", 1, RATING_MAGICAL);
    reported_add(it, "Arrival", "お茶 & <b>papers</b>", 0, RATING_NONE);
    row = row_list_add(&it->rows);
    row->moment.state = STATE_PARKED;
    row->moment.title = memory_copy("Airport permit");
    row->moment.note = memory_copy("Ask again in March");
    it->report.weakest = 1;
    add_plan(it);
}

struct buffer reported_write(struct reported *it, reported_writer *write)
{
    struct error error;
    struct buffer bytes = {0};
    char block[4096];
    size_t length;
    FILE *file = tmpfile();
    assert_non_null(file);
    it->rows.given = 0;
    if (write(&it->report, file, &it->source, &error) != STATUS_OK)
        fail_msg("%s", error.text);
    rewind(file);
    while ((length = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&bytes, block, length);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

void reported_release(struct reported *it)
{
    row_list_release(&it->rows);
}
