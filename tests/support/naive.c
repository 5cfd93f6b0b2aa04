#include "naive.h"
#include "boards.h"
#include "shim_vfs.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <string.h>

#include <cmocka.h>

/* --- read ------------------------------------------------------------------------------------- */

static const char item_query[] =
    "SELECT id, kind, state, channel, rating, chosen, dots, seconds, target, title, "
    "title || ' ' || coalesce(note, ''), "
    "(SELECT count(*) FROM idea WHERE item = i.id AND state = 0 AND price IN (1, 2)), "
    "(SELECT count(*) FROM idea WHERE item = i.id AND state = 0), "
    "(SELECT count(*) FROM action WHERE item = i.id AND state = 0 AND status <> 4), "
    "(SELECT count(*) FROM action WHERE item = i.id AND state = 0 AND status IN (0, 1) "
    "AND due < ?1), "
    "(SELECT coalesce(sum(amount), 0) FROM entry WHERE item = i.id AND state = 0 AND kind < 5) "
    "FROM item AS i ORDER BY ord";

static void read_item(struct naive_item *item, sqlite3_stmt *row)
{
    int64_t *const numbers[] = {&item->id,      &item->kind,    &item->state,
                                &item->channel, &item->rating,  &item->chosen,
                                &item->dots,    &item->seconds, &item->target};
    memset(item, 0, sizeof *item);
    for (int i = 0; i < 9; i++)
        *numbers[i] = sqlite3_column_type(row, i) == SQLITE_NULL ? FIELD_ABSENT
                                                                 : sqlite3_column_int64(row, i);
    item->title = memory_copy((const char *)sqlite3_column_text(row, 9));
    item->texts = memory_copy((const char *)sqlite3_column_text(row, 10));
    item->cheap = sqlite3_column_int64(row, 11);
    item->ideas = sqlite3_column_int64(row, 12);
    item->actions = sqlite3_column_int64(row, 13);
    item->overdue = sqlite3_column_int64(row, 14);
    item->cost = sqlite3_column_int64(row, 15);
}

static void number(struct naive *naive, struct naive_item *item, int64_t *phase)
{
    if (item->state == STATE_LIVE && item->kind == ITEM_PHASE) {
        *phase = item->id;
        naive->phases++;
    }
    if (item->kind != ITEM_MOMENT)
        return;
    if (item->state == STATE_LIVE) {
        item->number = ++naive->total;
        item->phase = *phase;
    } else if (item->state == STATE_PARKED)
        item->number = ++naive->parked;
}

void naive_read(struct naive *naive, const char *path, const char *today)
{
    sqlite3 *db;
    sqlite3_stmt *row;
    int64_t phase = 0;
    memset(naive, 0, sizeof *naive);
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, shim_quick()), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, item_query, -1, &row, NULL), SQLITE_OK);
    sqlite3_bind_text(row, 1, today, -1, SQLITE_STATIC);
    while (sqlite3_step(row) == SQLITE_ROW) {
        naive->items = memory_resize(naive->items, naive->count + 1, sizeof *naive->items);
        read_item(&naive->items[naive->count], row);
        number(naive, &naive->items[naive->count++], &phase);
    }
    sqlite3_finalize(row);
    sqlite3_close(db);
}

void naive_release(struct naive *naive)
{
    for (size_t i = 0; i < naive->count; i++) {
        memory_free(naive->items[i].title);
        memory_free(naive->items[i].texts);
    }
    memory_free(naive->items);
    memset(naive, 0, sizeof *naive);
}

const struct naive_item *naive_find(const struct naive *naive, int64_t id)
{
    for (size_t i = 0; i < naive->count; i++)
        if (naive->items[i].id == id)
            return &naive->items[i];
    return NULL;
}

bool naive_is_hit(const struct naive_item *item, const struct filter *filter)
{
    if (item->kind != ITEM_MOMENT || item->state != STATE_LIVE)
        return false;
    if (!filter)
        return true;
    return (filter->channel == 0 || item->channel == filter->channel) &&
           (filter->rating == 0 || item->rating == filter->rating - 1) &&
           (!filter->chosen || item->chosen) && (!filter->cheap || item->cheap > 0) &&
           (!filter->words || strcasestr(item->texts, filter->words));
}

/* --- the window ------------------------------------------------------------------------------- */

/* The hits, and the index of the first one at or after `selected` (count when there is none). */
struct hits {
    const struct naive_item **at;
    size_t count, middle;
};

static void find_hits(const struct naive *naive, int64_t selected, const struct filter *filter,
                      struct hits *hits)
{
    bool reached = !naive_find(naive, selected);
    /* NOLINTNEXTLINE(bugprone-sizeof-expression): it is a list of pointers */
    hits->at = memory_new(naive->count, sizeof *hits->at);
    hits->count = 0;
    hits->middle = SIZE_MAX;
    for (size_t i = 0; i < naive->count; i++) {
        reached = reached || naive->items[i].id == selected;
        if (!naive_is_hit(&naive->items[i], filter))
            continue;
        if (reached && hits->middle == SIZE_MAX)
            hits->middle = hits->count;
        hits->at[hits->count++] = &naive->items[i];
    }
    if (hits->middle == SIZE_MAX)
        hits->middle = hits->count;
}

static void assert_moment(const struct moment *moment, const struct naive_item *item)
{
    assert_int_equal(moment->id, item->id);
    assert_string_equal(moment->title, item->title);
    assert_int_equal(moment->number, item->number);
    assert_int_equal(moment->phase, item->phase);
    assert_int_equal(moment->rating, item->rating);
    assert_int_equal(moment->channel, item->channel);
    assert_int_equal(moment->ideas, item->ideas);
    assert_int_equal(moment->actions, item->actions);
    assert_int_equal(moment->overdue, item->overdue > 0);
    assert_null(moment->note);
}

/* R22, worked out by the words of the rule. */
static int64_t weakest(const struct naive *naive)
{
    const struct naive_item *worst = NULL;
    for (size_t i = 0; i < naive->count; i++) {
        const struct naive_item *it = &naive->items[i];
        if (!naive_is_hit(it, NULL) || (it->rating != 1 && it->rating != 2))
            continue;
        if (!worst || it->rating < worst->rating ||
            (it->rating == worst->rating &&
             (it->cost > worst->cost || (it->cost == worst->cost && it->dots > worst->dots))))
            worst = it;
    }
    return worst ? worst->id : 0;
}

/* Headings as window.h says: in the board's order, each before the moment that follows it. */
static void assert_line_phases(const struct naive *naive, const struct window *window)
{
    size_t heading = 0;
    int64_t running = 0;
    if (window->count > 0 && window->before > 0) {
        const struct naive_item *first = naive_find(naive, window->moments[0].id);
        for (const struct naive_item *it = first; it-- > naive->items;)
            if (naive_is_hit(it, NULL)) { /* the moment left of the window */
                running = it->phase;
                break;
            }
    }
    size_t begun = 0;
    for (size_t i = 0, at = 0; i < naive->count; i++) {
        const struct naive_item *it = &naive->items[i];
        if (naive_is_hit(it, NULL)) {
            at = (size_t)(it->number > window->before ? it->number - window->before : 0);
            begun = (size_t)it->number;
        }
        bool at_end = at == window->count && (int64_t)begun == window->total;
        bool inside = (int64_t)begun >= window->before && (at < window->count || at_end);
        if (it->kind != ITEM_PHASE || it->state != STATE_LIVE || !inside)
            continue;
        if (heading == 0 && window->phase_count > 0 && !window->phases[0].begins) {
            assert_int_equal(window->phases[0].id, running);
            heading++;
        }
        assert_true(heading < window->phase_count);
        assert_int_equal(window->phases[heading].id, it->id);
        assert_string_equal(window->phases[heading].title, it->title);
        assert_int_equal(window->phases[heading].at, at);
        assert_true(window->phases[heading].begins);
        heading++;
    }
    if (heading == 0 && window->phase_count > 0) {
        assert_int_equal(window->phases[0].id, running);
        assert_false(window->phases[0].begins);
        heading++;
    }
    assert_int_equal(heading, window->phase_count);
}

static void assert_hit_phases(const struct window *window)
{
    size_t heading = 0;
    int64_t phase = 0;
    for (size_t i = 0; i < window->count; i++) {
        if (window->moments[i].phase == phase)
            continue;
        phase = window->moments[i].phase;
        assert_true(heading < window->phase_count);
        assert_int_equal(window->phases[heading].id, phase);
        assert_int_equal(window->phases[heading].at, i);
        heading++;
    }
    assert_int_equal(heading, window->phase_count);
}

/* The ends of the whole board are marked wherever they are in sight. */
static void assert_ends(const struct naive *naive, const struct window *window)
{
    struct hits all;
    const struct filter none = {.words = NULL};
    find_hits(naive, 0, &none, &all);
    for (size_t i = 0; i < window->count; i++) {
        int64_t id = window->moments[i].id;
        assert_int_equal(window->first == id, all.at[0]->id == id);
        assert_int_equal(window->last == id, all.at[all.count - 1]->id == id);
    }
    memory_free((void *)all.at);
}

void naive_assert_window(const struct naive *naive, struct store *store, int64_t selected,
                         int before, int after, const struct filter *filter)
{
    struct error error;
    struct window window = {0};
    struct hits hits;
    struct date today = {2026, 11, 21};
    MUST(store_window(store, selected, before, after, filter, today, &window, &error));
    find_hits(naive, selected, filter, &hits);
    size_t most = (size_t)before + 1 + (size_t)after;
    size_t wanted = hits.count < most ? hits.count : most;
    size_t from = hits.middle > (size_t)before ? hits.middle - (size_t)before : 0;
    if (from + wanted > hits.count)
        from = hits.count - wanted;
    assert_int_equal(window.count, wanted);
    assert_int_equal(window.total, hits.count);
    for (size_t i = 0; i < wanted; i++)
        assert_moment(&window.moments[i], hits.at[from + i]);
    if (wanted > 0) {
        size_t middle = hits.middle < hits.count ? hits.middle : hits.count - 1;
        assert_int_equal(window.before, from);
        assert_int_equal(window.selected, middle - from);
        if (filter_is_on(filter))
            assert_hit_phases(&window);
        else
            assert_line_phases(naive, &window);
    }
    assert_int_equal(window.weakest, weakest(naive));
    assert_ends(naive, &window);
    memory_free((void *)hits.at);
    window_release(&window);
}

/* --- the rest --------------------------------------------------------------------------------- */

void naive_assert_strip(const struct naive *naive, struct store *store, const struct filter *filter)
{
    struct error error;
    struct strip strip = {0};
    struct hits hits;
    bool begins = false;
    size_t at = 0;
    find_hits(naive, 0, filter, &hits);
    MUST(store_strip(store, filter, hits.count, &strip, &error));
    assert_int_equal(strip.count, hits.count);
    for (size_t i = 0; i < naive->count; i++) {
        const struct naive_item *it = &naive->items[i];
        if (it->state == STATE_LIVE && it->kind == ITEM_PHASE)
            begins = !filter_is_on(filter);
        if (!naive_is_hit(it, filter))
            continue;
        assert_int_equal(strip.signs[at].id, it->id);
        assert_int_equal(strip.signs[at].rating, it->rating);
        assert_int_equal(strip.signs[at].chosen, it->chosen);
        assert_int_equal(strip.signs[at].begins, begins);
        begins = false;
        at++;
    }
    if (hits.count > 0) {
        MUST(store_strip(store, filter, hits.count - 1, &strip, &error));
        assert_int_equal(strip.count, 0);
    }
    memory_free((void *)hits.at);
    strip_release(&strip);
}

static void assert_step(struct store *store, const struct naive *naive, int64_t id, int64_t steps,
                        const struct filter *filter)
{
    struct error error;
    int64_t to, wanted = id;
    int64_t left = steps == INT64_MIN ? INT64_MAX : steps < 0 ? -steps : steps;
    const struct naive_item *it = naive_find(naive, id);
    const struct naive_item *end = naive->items + naive->count;
    while (left > 0) {
        it += steps < 0 ? -1 : 1;
        if (it < naive->items || it >= end)
            break;
        if (naive_is_hit(it, filter)) {
            wanted = it->id;
            left--;
        }
    }
    MUST(store_step(store, id, steps, filter, &to, &error));
    assert_int_equal(to, wanted);
}

static bool wants(const struct naive_item *it, enum next next, int way)
{
    if (!naive_is_hit(it, NULL))
        return false;
    switch (next) {
    case NEXT_WITHOUT_CHANNEL:
        return it->channel == FIELD_ABSENT;
    case NEXT_UNTIMED:
        return it->seconds == FIELD_ABSENT;
    case NEXT_UNRATED:
        return it->rating == RATING_NONE && (it->chosen || way == 1);
    case NEXT_UNPLANNED:
        return it->chosen &&
               (((it->rating == 1 || it->rating == 2) && (it->target == 0 || it->actions == 0)) ||
                it->ideas + it->actions == 0);
    case NEXT_TO_REVIEW: /* no review goes on */
    default:
        return false;
    }
}

static void assert_next(struct store *store, const struct naive *naive, int64_t id, enum next next)
{
    struct error error;
    int64_t to, wanted = 0;
    size_t start = (size_t)(naive_find(naive, id) - naive->items);
    for (int way = 0; way < 2 && wanted == 0; way++)
        for (size_t i = 1; i < naive->count && wanted == 0; i++) {
            const struct naive_item *it = &naive->items[(start + i) % naive->count];
            wanted = wants(it, next, way) ? it->id : 0;
        }
    MUST(store_next(store, next, id, &to, &error));
    assert_int_equal(to, wanted);
}

static void assert_neighbours(struct store *store, const struct naive *naive, int64_t id)
{
    struct error error;
    int64_t before, after, wanted_before = 0, wanted_after = 0;
    bool past = false;
    for (size_t i = 0; i < naive->count; i++) {
        const struct naive_item *it = &naive->items[i];
        past = past || it->id == id;
        if (it->state != STATE_LIVE || it->id == id)
            continue;
        if (!past)
            wanted_before = it->id;
        else if (wanted_after == 0)
            wanted_after = it->id;
    }
    MUST(store_neighbours(store, id, &before, &after, &error));
    assert_int_equal(before, wanted_before);
    assert_int_equal(after, wanted_after);
}

/* The first moment of a phase by walking from `it` in a direction. */
static void assert_phase_steps(struct store *store, const struct naive *naive, int64_t id)
{
    struct error error;
    int64_t to, wanted = 0, candidate = 0;
    const struct naive_item *here = naive_find(naive, id);
    const struct naive_item *end = naive->items + naive->count;
    bool crossed = false;
    for (const struct naive_item *it = here + 1; it < end && wanted == 0; it++) {
        crossed = crossed || (it->kind == ITEM_PHASE && it->state == STATE_LIVE);
        if (crossed && naive_is_hit(it, NULL))
            wanted = it->id;
    }
    MUST(store_phase_step(store, id, +1, &to, &error));
    assert_int_equal(to, wanted);
    for (const struct naive_item *it = here; it-- > naive->items;) {
        if (it->kind == ITEM_PHASE && it->state == STATE_LIVE && candidate)
            break;
        if (naive_is_hit(it, NULL))
            candidate = it->id;
    }
    MUST(store_phase_step(store, id, -1, &to, &error));
    assert_int_equal(to, candidate);
}

void naive_assert_steps(const struct naive *naive, struct store *store, int64_t id,
                        const struct filter *filter)
{
    struct error error;
    const struct naive_item *it = naive_find(naive, id);
    static const int64_t steps[] = {1, -1, 3, -4, 1000, -1000, INT64_MAX, INT64_MIN, 0};
    int64_t value;
    if (it->kind == ITEM_MOMENT) {
        MUST(store_number(store, id, &value, &error));
        assert_int_equal(value, it->number);
    }
    if (it->kind == ITEM_MOMENT && it->state == STATE_LIVE) {
        MUST(store_at(store, it->number, &value, &error));
        assert_int_equal(value, id);
    } else if (it->kind == ITEM_MOMENT && it->state == STATE_PARKED) {
        MUST(store_parked_at(store, it->number, &value, &error));
        assert_int_equal(value, id);
    }
    for (size_t i = 0; i < sizeof steps / sizeof *steps; i++)
        assert_step(store, naive, id, steps[i], filter);
    assert_neighbours(store, naive, id);
    assert_phase_steps(store, naive, id);
    for (enum next next = NEXT_WITHOUT_CHANNEL; next <= NEXT_TO_REVIEW; next++)
        if (next != NEXT_BY_DOTS)
            assert_next(store, naive, id, next);
}

void naive_assert_sums(const struct naive *naive, struct store *store)
{
    struct error error;
    struct meter meter;
    int64_t coloured = 0, rated[RATINGS] = {0}, chosen = 0;
    MUST(store_meter(store, &meter, &error));
    for (size_t i = 0; i < naive->count; i++)
        if (naive_is_hit(&naive->items[i], NULL)) {
            coloured += naive->items[i].channel != FIELD_ABSENT;
            chosen += naive->items[i].chosen;
            rated[naive->items[i].rating]++;
        }
    assert_int_equal(meter.moments, naive->total);
    assert_int_equal(meter.parked, naive->parked);
    assert_int_equal(meter.phases, naive->phases);
    assert_int_equal(meter.coloured, coloured);
    assert_int_equal(meter.chosen, chosen);
    for (int i = 0; i < RATINGS; i++)
        assert_int_equal(meter.rated[i], rated[i]);
}
