#include "scenes.h"
#include "touchline/memory.h"
#include "touchline/view.h"
#include <stdio.h>

/* Texts of the fixtures are never freed, so constants may stand in for them. */
#define TEXT(constant) ((char *)(constant))

enum { PERSON = 1, PHONE, EMAIL, POST, WEBSITE, WEBINAR };

static const struct taxi_row {
    const char *title;
    int64_t channel, rating, target;
    int64_t chosen, ideas, actions, overdue;
} taxi[] = {
    {"Sees the rank advert", WEBSITE, RATING_MISERABLE, RATING_NEUTRAL, 1, 1, 0, 0},
    {"Card in the letterbox", POST, RATING_NEUTRAL, 0, 0, 0, 0, 0},
    {"Books the cab by phone", PHONE, RATING_NEUTRAL, RATING_MAGICAL, 1, 3, 1, 1},
    {"Cab pulls up, polished", PERSON, RATING_MAGICAL, 0, 1, 2, 1, 0},
    {"Driver steps out and opens the door", PERSON, RATING_MAGICAL, 0, 0, 1, 0, 0},
    {"Mission card handed over", PERSON, RATING_MAGICAL, 0, 1, 1, 1, 0},
    {"Bags loaded in the boot", PERSON, RATING_NEUTRAL, 0, 0, 0, 0, 0},
    {"Drink offered", PERSON, RATING_MAGICAL, 0, 0, 0, 0, 0},
    {"Radio card", PERSON, RATING_NEUTRAL, 0, 0, 0, 0, 0},
    {"Wally is busy: a friend drives", PHONE, RATING_MISERABLE, 0, 0, 0, 0, 0},
    {"Receipt by email", EMAIL, RATING_NONE, 0, 0, 0, 0, 0},
};

static const struct window_phase taxi_phases[] = {
    {1001, TEXT("Before"), 0, true},
    {1002, TEXT("Arrival"), 3, true},
    {1003, TEXT("Ride"), 7, true},
    {1004, TEXT("After"), 9, true},
};

static const struct key_item keys[] = {
    {"1", "Miserable", 1}, {"2", "Neutral", 1}, {"3", "Magical", 1}, {"0", "None", 6},
    {"n", "Next", 2},      {"#", "Go to", 3},   {"a", "Add", 5},     {"Enter", "Open", 4},
    {">", "Plan", 5},      {"u", "Undo", 2},    {":", "Find", 0},    {"?", "Help", 0},
};

static void stage(struct staged *staged, size_t count)
{
    *staged = (struct staged){.count = count};
    staged->moments = memory_new(count, sizeof *staged->moments);
    for (size_t i = 0; i < count; i++) {
        record_init(RECORD_ITEM, &staged->moments[i]);
        staged->moments[i].id = (int64_t)i + 1;
        staged->moments[i].number = (int64_t)i + 1;
        staged->moments[i].kind = ITEM_MOMENT;
    }
    staged->scene = (struct scene){
        .board = &staged->board,
        .channels = channels_default(),
        .meter = &staged->meter,
        .window = &staged->window,
        .strip = &staged->strip,
        .details = &staged->details,
        .step = STEP_RATE,
        .zoom = ZOOM_CARDS,
        .today = {2026, 12, 1},
        .timer = "04:32",
        .message = "3 is now neutral. u takes it back.",
        .prompt = {.label = "As the passenger: miserable, neutral or magical?"},
        .keys = keys,
        .key_count = sizeof keys / sizeof *keys,
        .ghost = {.channel = FIELD_ABSENT, .seconds = FIELD_ABSENT},
    };
    staged->board.title = TEXT("Wally's taxi");
    staged->board.why = TEXT("they call me, not the rank");
    staged->board.noun = TEXT("passenger");
    staged->board.customers = FIELD_ABSENT;
}

static void add_channel(struct meter *meter, int64_t channel)
{
    size_t i = 0;
    while (i < meter->channels && meter->by_channel[i].channel != channel)
        i++;
    if (i == meter->channels)
        meter->by_channel[meter->channels++].channel = channel;
    meter->by_channel[i].moments++;
}

static void tally(struct staged *staged)
{
    static const int64_t order[] = {PERSON, PHONE, EMAIL, POST, WEBSITE, WEBINAR};
    struct meter *meter = &staged->meter;
    meter->moments = (int64_t)staged->count;
    for (size_t c = 0; c < sizeof order / sizeof *order; c++) {
        for (size_t i = 0; i < staged->count; i++) {
            if (staged->moments[i].channel == order[c])
                add_channel(meter, order[c]);
        }
    }
    for (size_t i = 0; i < staged->count; i++) {
        meter->rated[staged->moments[i].rating]++;
        meter->chosen += staged->moments[i].chosen;
        meter->chosen_rated += staged->moments[i].chosen && staged->moments[i].rating;
        meter->chosen_planned += staged->moments[i].chosen && staged->moments[i].target;
    }
}

static void detail_taxi(struct staged *staged)
{
    static const char *const ideas[] = {"Answer with their name", "Script by the phone",
                                        "Call back in five minutes"};
    struct moment *third = &staged->moments[2];
    third->handling = TEXT("Answered when free; no name, no time given");
    third->expectation = TEXT("An answer within five rings");
    third->benchmark = TEXT("The hotel that knew me by my number");
    third->owner = TEXT("Wally");
    third->seconds = 20;
    for (int i = 0; i < 3; i++)
        staged->ideas[i] = (struct idea){.id = i + 1,
                                         .text = TEXT(ideas[i]),
                                         .price = i == 2 ? PRICE_MEDIUM : PRICE_FREE,
                                         .taken = i == 1};
    staged->actions[0] = (struct action){.id = 1,
                                         .text = TEXT("Script by the phone"),
                                         .owner = TEXT("Ana"),
                                         .due = TEXT("2026-11-28"),
                                         .status = ACTION_TO_DO,
                                         .wave = 1};
    staged->details = (struct details){
        .moment = *third,
        .ideas = {staged->ideas, 3},
        .actions = {staged->actions, 1},
        .entries = {staged->entries, 0},
    };
}

void staged_taxi(struct staged *staged)
{
    stage(staged, sizeof taxi / sizeof *taxi);
    for (size_t i = 0; i < staged->count; i++) {
        struct moment *moment = &staged->moments[i];
        moment->title = TEXT(taxi[i].title);
        moment->channel = taxi[i].channel;
        moment->rating = taxi[i].rating;
        moment->target = taxi[i].target;
        moment->chosen = taxi[i].chosen;
        moment->ideas = taxi[i].ideas;
        moment->actions = taxi[i].actions;
        moment->overdue = taxi[i].overdue;
    }
    for (size_t i = 0; i < sizeof taxi_phases / sizeof *taxi_phases; i++)
        staged->phases[staged->phase_count++] = taxi_phases[i];
    tally(staged);
    staged->meter.seconds = 75;
    staged->meter.timed = 9;
    staged->meter.times = 11;
    staged->window.weakest = 1;
    detail_taxi(staged);
}

void staged_long(struct staged *staged, size_t count)
{
    stage(staged, count);
    staged->titles = memory_new(count, sizeof *staged->titles);
    for (size_t i = 0; i < count; i++) {
        struct moment *moment = &staged->moments[i];
        snprintf(staged->titles[i], sizeof *staged->titles, "Moment %zu", i + 1);
        moment->title = staged->titles[i];
        moment->channel = (int64_t)(i * 7 / 3 % 6) + 1;
        moment->rating = (int64_t)(i / 2 % RATINGS);
    }
    staged->phases[0] = taxi_phases[0];
    staged->phases[1] = taxi_phases[1];
    staged->phases[1].at = count / 2;
    staged->phase_count = 2;
    tally(staged);
}

/* The headings from the one that moment `first` belongs to, up to those right after the last. */
static void aim_phases(struct staged *staged, size_t first, size_t count)
{
    struct window *window = &staged->window;
    window->phases = staged->seen;
    window->phase_count = 0;
    window->continues = first + count < staged->count;
    for (size_t i = 0; i < staged->phase_count; i++) {
        struct window_phase phase = staged->phases[i];
        bool last = i + 1 == staged->phase_count;
        bool over = !last && staged->phases[i + 1].at <= first && phase.at < first;
        bool end = first + count == staged->count;
        if (phase.at == first + count && !end)
            window->continues = false;
        if (over || phase.at > first + count || (phase.at == first + count && !end))
            continue;
        phase.begins = phase.at >= first;
        phase.at = phase.begins ? phase.at - first : 0;
        staged->seen[window->phase_count++] = phase;
    }
}

static void aim_strip(struct staged *staged, int columns)
{
    memory_free(staged->strip.signs);
    staged->strip = (struct strip){0};
    if (staged->count > view_strip_size(columns))
        return;
    staged->strip.signs = memory_new(staged->count, sizeof *staged->strip.signs);
    staged->strip.count = staged->count;
    for (size_t i = 0; i < staged->count; i++)
        staged->strip.signs[i] = (struct strip_sign){.id = staged->moments[i].id,
                                                     .rating = staged->moments[i].rating,
                                                     .chosen = staged->moments[i].chosen != 0};
    for (size_t i = 0; i < staged->phase_count; i++) {
        if (staged->phases[i].at < staged->count)
            staged->strip.signs[staged->phases[i].at].begins = true;
    }
}

void staged_aim(struct staged *staged, int rows, int columns, enum zoom zoom, size_t selected)
{
    struct window *window = &staged->window;
    size_t room = view_window_size(rows, columns, zoom);
    if (staged->scene.ghost.kind == GHOST_WRITE && room > 1)
        room--;
    size_t count = staged->count < room ? staged->count : room;
    size_t first = selected > count ? selected - count / 2 - 1 : 0;
    if (first + count > staged->count)
        first = staged->count - count;
    staged->scene.zoom = zoom;
    window->moments = staged->moments + first;
    window->count = count;
    window->selected = selected > 0 ? selected - 1 - first : 0;
    window->before = (int64_t)first;
    window->total = (int64_t)staged->count;
    window->first = staged->count > 0 ? 1 : 0;
    window->last = (int64_t)staged->count;
    aim_phases(staged, first, count);
    aim_strip(staged, columns);
    if (selected > 0 && staged->details.moment.id != (int64_t)selected)
        staged->details = (struct details){.moment = staged->moments[selected - 1]};
}

void staged_release(struct staged *staged)
{
    memory_free(staged->moments);
    memory_free(staged->titles);
    memory_free(staged->strip.signs);
    *staged = (struct staged){0};
}
