#include "boards.h"
#include "naive.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const struct date today = {2026, 11, 21};

/* Phases at the start, in the middle, empty, and at the end; parked and deleted ones in between. */
static const char *const titles[] = {"a", "#Empty", "#Before", "b",    "z p", "c",
                                     "d", "#Void",  "#Ride",   "e",    "f",   "z q",
                                     "g", "#After", "h",       "#End", NULL};
enum { LIVE = 8 };

static struct store *example(struct fixture *fixture)
{
    struct store *store = board_new(fixture, "b", "Ana");
    board_fill(store, titles);
    return store;
}

static int64_t id_of(struct store *store, const char *title)
{
    struct buffer sql = {0};
    buffer_add_format(&sql, "SELECT id FROM item WHERE title = '%s'", title);
    int64_t id = board_sql_number(store_path(store), buffer_text(&sql));
    buffer_release(&sql);
    assert_true(id > 0);
    return id;
}

/* --- records and lists ------------------------------------------------------------------------ */

static void records_are_read_by_id(void **state)
{
    struct error error;
    struct moment moment = {0};
    struct phase phase = {0};
    struct idea idea = {0};
    struct store *store = example(*state);
    int64_t e = id_of(store, "e");
    board_set(store, e, ITEM_NOTE, value_text("a\nlong note"));
    MUST(store_moment(store, e, &moment, &error));
    assert_string_equal(moment.title, "e");
    assert_string_equal(moment.note, "a\nlong note");
    assert_int_equal(moment.number, 5);
    assert_int_equal(moment.phase, id_of(store, "Ride"));
    MUST(store_moment(store, id_of(store, "q"), &moment, &error));
    assert_int_equal(moment.state, STATE_PARKED);
    assert_int_equal(moment.number, 2);
    board_delete(store, RECORD_ITEM, e);
    MUST(store_moment(store, e, &moment, &error));
    assert_int_equal(moment.state, STATE_DELETED);
    assert_int_equal(moment.number, 0);
    MUST_REFUSE(store_moment(store, id_of(store, "Ride"), &moment, &error), STATUS_NOT_FOUND,
                "is a phase, not a moment");
    MUST_REFUSE(store_moment(store, 99, &moment, &error), STATUS_NOT_FOUND,
                "there is no moment id:99");
    MUST(store_phase(store, id_of(store, "Ride"), &phase, &error));
    assert_string_equal(phase.title, "Ride");
    MUST_REFUSE(store_phase(store, e, &phase, &error), STATUS_NOT_FOUND, "there is no phase");
    int64_t tea = board_add_idea(store, id_of(store, "a"), "tea", PRICE_LOW);
    MUST(store_record(store, RECORD_IDEA, tea, &idea, &error));
    assert_string_equal(idea.text, "tea");
    assert_int_equal(idea.price, PRICE_LOW);
    record_release(RECORD_ITEM, &moment);
    record_release(RECORD_IDEA, &idea);
    memory_free(phase.title);
    store_close(store);
}

static void the_board_has_a_record_of_its_own(void **state)
{
    struct error error;
    struct board board = {0};
    struct store *store = example(*state);
    board_set_of(store, RECORD_BOARD, 1, BOARD_TITLE, value_text("Cab"));
    board_set_of(store, RECORD_BOARD, 1, BOARD_WHY, value_text("They decide\nin 15 seconds"));
    board_set_of(store, RECORD_BOARD, 1, BOARD_CUSTOMERS, value_integer(10000000));
    MUST(store_board(store, &board, &error));
    assert_string_equal(board.title, "Cab");
    assert_string_equal(board.why, "They decide\nin 15 seconds");
    assert_int_equal(board.customers, 10000000);
    assert_null(board.noun);
    record_release(RECORD_BOARD, &board);
    store_close(store);
}

static void belongings_come_in_the_order_they_were_added(void **state)
{
    struct error error;
    struct ideas ideas = {0};
    struct actions actions = {0};
    struct entries entries = {0};
    struct store *store = example(*state);
    int64_t a = id_of(store, "a"), b = id_of(store, "b");
    board_add_idea(store, a, "one", PRICE_FREE);
    board_add_idea(store, b, "other", PRICE_FREE);
    int64_t two = board_add_idea(store, a, "two", PRICE_HIGH);
    board_add_idea(store, a, "three", PRICE_NONE);
    board_delete(store, RECORD_IDEA, two);
    MUST(store_ideas(store, a, &ideas, &error));
    assert_int_equal(ideas.count, 2);
    assert_string_equal(ideas.at[1].text, "three");
    board_add_action(store, a, "buy", "2026-12-04");
    MUST(store_actions(store, a, &actions, &error));
    assert_int_equal(actions.count, 1);
    assert_string_equal(actions.at[0].due, "2026-12-04");
    board_add_entry(store, a, ENTRY_COMPLAINT, 40);
    MUST(store_entries(store, a, &entries, &error));
    assert_int_equal(entries.count, 1);
    assert_int_equal(entries.at[0].amount, 40);
    MUST(store_ideas(store, 99, &ideas, &error));
    assert_int_equal(ideas.count, 0);
    ideas_release(&ideas);
    actions_release(&actions);
    entries_release(&entries);
    store_close(store);
}

static void phases_and_the_parking_lot_are_listed(void **state)
{
    struct error error;
    struct phases phases = {0};
    struct moments parked = {0};
    static const char *const names[] = {"Empty", "Before", "Void", "Ride", "After", "End"};
    struct store *store = example(*state);
    MUST(store_phases(store, &phases, &error));
    assert_int_equal(phases.count, 6);
    for (size_t i = 0; i < 6; i++)
        assert_string_equal(phases.at[i].title, names[i]);
    MUST(store_parked(store, &parked, &error));
    assert_int_equal(parked.count, 2);
    assert_string_equal(parked.at[1].title, "q");
    assert_int_equal(parked.at[1].number, 2);
    phases_release(&phases);
    moments_release(&parked);
    store_close(store);
}

static void the_newest_of_a_kind_is_known(void **state)
{
    struct error error;
    int64_t newest = -1;
    struct store *store = example(*state);
    MUST(store_newest(store, RECORD_IDEA, &newest, &error));
    assert_int_equal(newest, 0);
    int64_t last = board_add(store, "i", PLACE_START);
    board_delete(store, RECORD_ITEM, last);
    MUST(store_newest(store, RECORD_ITEM, &newest, &error));
    assert_int_equal(newest, last);
    store_close(store);
}

/* --- names ------------------------------------------------------------------------------------ */

static void moments_are_found_by_name(void **state)
{
    struct error error;
    struct buffer name = {0};
    int64_t id, ride;
    struct store *store = example(*state);
    MUST(store_find(store, "5", &id, &error));
    assert_int_equal(id, id_of(store, "e"));
    MUST(store_find(store, "z2", &id, &error));
    assert_int_equal(id, id_of(store, "q"));
    MUST(store_find(store, "Z1", &id, &error));
    assert_int_equal(id, id_of(store, "p"));
    ride = id_of(store, "Ride");
    buffer_add_format(&name, "id:%lld", (long long)ride);
    MUST(store_find(store, buffer_text(&name), &id, &error));
    assert_int_equal(id, ride);
    static const struct {
        const char *name;
        enum status status;
        const char *told;
    } cases[] = {
        {"0", STATUS_NOT_FOUND, "there is no moment 0; they go from 1 to 8"},
        {"9", STATUS_NOT_FOUND, "there is no moment 9; they go from 1 to 8"},
        {"99999999999999999999", STATUS_NOT_FOUND, "there is no moment 9223372036854775807"},
        {"z3", STATUS_NOT_FOUND, "there is no parked moment z3"},
        {"z0", STATUS_NOT_FOUND, "there is no parked moment z0"},
        {"id:99", STATUS_NOT_FOUND, "there is no moment or phase id:99"},
        {"", STATUS_USAGE, "'' names no moment"},
        {"five", STATUS_USAGE, "'five' names no moment: use its number, z1 for a parked one"},
        {"5x", STATUS_USAGE, "'5x' names no moment"},
        {"-1", STATUS_USAGE, "'-1' names no moment"},
        {"id:", STATUS_USAGE, "'id:' names no moment"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++)
        MUST_REFUSE(store_find(store, cases[i].name, &id, &error), cases[i].status, cases[i].told);
    store_close(store);
    store = board_new(*state, "empty", "Ana");
    MUST_REFUSE(store_at(store, 1, &id, &error), STATUS_NOT_FOUND, "there is no moment yet");
    buffer_release(&name);
    store_close(store);
}

/* --- the window under all positions and filters ----------------------------------------------- */

static void every_window_is_right(void **state)
{
    struct naive naive;
    struct store *store = example(*state);
    static const struct filter filters[] = {
        {.words = NULL},        {.rating = RATING_NEUTRAL + 1},
        {.channel = 2},         {.channel = FIELD_ABSENT},
        {.chosen = true},       {.cheap = true},
        {.words = (char *)"E"}, {.words = (char *)"nothing has this"},
    };
    static const char *const neutral[] = {"a", "d", "e", "h"};
    for (size_t i = 0; i < 4; i++)
        board_set(store, id_of(store, neutral[i]), ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_set(store, id_of(store, "b"), ITEM_CHANNEL, value_integer(2));
    board_set(store, id_of(store, "g"), ITEM_CHANNEL, value_integer(2));
    board_set(store, id_of(store, "d"), ITEM_CHOSEN, value_integer(1));
    board_add_idea(store, id_of(store, "f"), "tea", PRICE_LOW);
    board_add_idea(store, id_of(store, "h"), "gold", PRICE_HIGH);
    board_add_action(store, id_of(store, "c"), "buy", "2026-11-20");
    board_delete(store, RECORD_ITEM, id_of(store, "g"));
    naive_read(&naive, store_path(store), "2026-11-21");
    for (size_t i = 0; i < sizeof filters / sizeof *filters; i++) {
        for (int64_t selected = 0; selected <= (int64_t)naive.count + 1; selected++)
            for (int size = 0; size < 6 * 6; size++)
                naive_assert_window(&naive, store, selected, size / 6 * (size / 6 + 1) / 2,
                                    size % 6, &filters[i]);
        naive_assert_strip(&naive, store, &filters[i]);
    }
    naive_release(&naive);
    store_close(store);
}

static void the_window_of_an_empty_board_has_its_phases(void **state)
{
    struct error error;
    struct window window = {0};
    static const char *const phases[] = {"#One", "#Two", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    MUST(store_window(store, 0, 3, 3, NULL, today, &window, &error));
    assert_int_equal(window.count + window.phase_count, 0);
    board_fill(store, phases);
    MUST(store_window(store, 0, 3, 3, NULL, today, &window, &error));
    assert_int_equal(window.count, 0);
    assert_int_equal(window.phase_count, 2);
    assert_string_equal(window.phases[1].title, "Two");
    assert_int_equal(window.phases[1].at, 0);
    window_release(&window);
    store_close(store);
}

static void what_is_selected_gives_way_when_it_is_gone(void **state)
{
    struct error error;
    struct window window = {0};
    struct store *store = example(*state);
    board_delete(store, RECORD_ITEM, id_of(store, "h"));
    MUST(store_window(store, id_of(store, "h"), 1, 1, NULL, today, &window, &error));
    assert_string_equal(window.moments[window.selected].title, "g");
    board_delete(store, RECORD_ITEM, id_of(store, "c"));
    MUST(store_window(store, id_of(store, "c"), 1, 1, NULL, today, &window, &error));
    assert_string_equal(window.moments[window.selected].title, "d");
    window_release(&window);
    store_close(store);
}

static void phases_go_on_past_the_window(void **state)
{
    struct error error;
    struct window window = {0};
    struct store *store = example(*state);
    MUST(store_window(store, id_of(store, "b"), 0, 1, NULL, today, &window, &error));
    assert_true(window.continues); /* c, and d after it */
    MUST(store_window(store, id_of(store, "b"), 0, 2, NULL, today, &window, &error));
    assert_false(window.continues); /* d, the last of its phase */
    window_release(&window);
    store_close(store);
}

/* --- steps ------------------------------------------------------------------------------------ */

static void every_step_is_right(void **state)
{
    struct naive naive;
    struct store *store = example(*state);
    board_set(store, id_of(store, "a"), ITEM_CHANNEL, value_integer(1));
    board_set(store, id_of(store, "d"), ITEM_CHOSEN, value_integer(1));
    board_set(store, id_of(store, "e"), ITEM_CHOSEN, value_integer(1));
    board_set(store, id_of(store, "e"), ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_set(store, id_of(store, "f"), ITEM_SECONDS, value_integer(15));
    board_delete(store, RECORD_ITEM, id_of(store, "f"));
    naive_read(&naive, store_path(store), "2026-11-21");
    struct filter filter = {.channel = FIELD_ABSENT};
    for (size_t i = 0; i < naive.count; i++) {
        naive_assert_steps(&naive, store, naive.items[i].id, NULL);
        naive_assert_steps(&naive, store, naive.items[i].id, &filter);
    }
    naive_release(&naive);
    store_close(store);
}

static void steps_begin_at_something(void **state)
{
    struct error error;
    int64_t to, after;
    struct store *store = example(*state);
    MUST_REFUSE(store_step(store, 99, 1, NULL, &to, &error), STATUS_NOT_FOUND, "id:99");
    MUST_REFUSE(store_neighbours(store, 99, &to, &after, &error), STATUS_NOT_FOUND, "id:99");
    MUST_REFUSE(store_phase_step(store, 99, 1, &to, &error), STATUS_NOT_FOUND, "id:99");
    MUST(store_neighbours(store, PLACE_START, &to, &after, &error));
    assert_int_equal(to, 0);
    assert_int_equal(after, id_of(store, "a"));
    MUST(store_next(store, NEXT_WITHOUT_CHANNEL, 0, &to, &error)); /* from the start */
    assert_int_equal(to, id_of(store, "a"));
    MUST(store_next(store, NEXT_NONE, 0, &to, &error));
    assert_int_equal(to, 0);
    store_close(store);
}

static void a_phase_ends_with_its_last_moment(void **state)
{
    static const char *const ends[][2] = {{"Empty", "Empty"}, {"Before", "d"}, {"Void", "Void"},
                                          {"Ride", "g"},      {"After", "h"},  {"End", "End"}};
    struct error error;
    int64_t last;
    struct store *store = example(*state);
    for (size_t i = 0; i < sizeof ends / sizeof *ends; i++) {
        MUST(store_phase_end(store, id_of(store, ends[i][0]), &last, &error));
        assert_int_equal(last, id_of(store, ends[i][1]));
    }
    store_close(store);
}

static void dots_are_gone_through_from_the_most(void **state)
{
    struct error error;
    int64_t at;
    struct store *store = example(*state);
    static const struct {
        const char *title;
        int64_t dots;
    } dots[] = {{"b", 3}, {"d", 5}, {"e", 3}, {"h", 1}};
    for (size_t i = 0; i < 4; i++)
        board_set(store, id_of(store, dots[i].title), ITEM_DOTS, value_integer(dots[i].dots));
    static const char *const way[] = {"a", "d", "b", "e", "h", "d"};
    at = id_of(store, way[0]);
    for (size_t i = 1; i < sizeof way / sizeof *way; i++) {
        MUST(store_next(store, NEXT_BY_DOTS, at, &at, &error));
        assert_int_equal(at, id_of(store, way[i]));
    }
    store_close(store);
}

static void doubles_are_noticed(void **state)
{
    struct error error;
    int64_t id;
    static const char *const long_titles[] = {"Books the cab", "Drink offered", "Pays", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    board_fill(store, long_titles);
    MUST(store_similar(store, "drink  offerd!", &id, &error));
    assert_int_equal(id, id_of(store, "Drink offered"));
    MUST(store_similar(store, "Something else", &id, &error));
    assert_int_equal(id, 0);
    store_close(store);
}

/* --- sums and plans --------------------------------------------------------------------------- */

static void the_meter_adds_up(void **state)
{
    struct error error;
    struct meter meter;
    struct edit *edit;
    struct moment moment;
    int64_t id;
    struct store *store = example(*state);
    board_set(store, id_of(store, "a"), ITEM_SECONDS, value_integer(15));
    board_set(store, id_of(store, "b"), ITEM_SECONDS, value_integer(20));
    board_set(store, id_of(store, "b"), ITEM_TIMES, value_integer(3));
    board_set(store, id_of(store, "p"), ITEM_SECONDS, value_integer(1000)); /* parked */
    board_set(store, id_of(store, "b"), ITEM_CHANNEL, value_integer(2));
    board_set(store, id_of(store, "b"), ITEM_RATING, value_integer(RATING_MISERABLE));
    board_set(store, id_of(store, "b"), ITEM_CHOSEN, value_integer(1));
    board_set(store, id_of(store, "c"), ITEM_CHOSEN, value_integer(1));
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.moments, LIVE);
    assert_int_equal(meter.parked, 2);
    assert_int_equal(meter.phases, 6);
    assert_int_equal(meter.timed, 2);
    assert_int_equal(meter.seconds, 75);
    assert_int_equal(meter.times, LIVE + 2);
    assert_int_equal(meter.coloured, 1);
    assert_int_equal(meter.chosen, 2);
    assert_int_equal(meter.chosen_rated, 1);
    assert_int_equal(meter.chosen_planned, 0);
    (void)board_add_idea(store, id_of(store, "b"), "free", 0);
    (void)board_add_action(store, id_of(store, "c"), "done by all", NULL);
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.chosen_planned, 1); /* b is miserable and has no target */
    board_set(store, id_of(store, "b"), ITEM_TARGET, value_integer(RATING_NEUTRAL));
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.chosen_planned, 1); /* nor an action: check says so, too (R12) */
    MUST(store_next(store, NEXT_UNPLANNED, 0, &id, &error));
    assert_int_equal(id, id_of(store, "b"));
    (void)board_add_action(store, id_of(store, "b"), "by Friday", NULL);
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.chosen_planned, 2);
    assert_int_equal(meter.rated[RATING_MISERABLE], 1);
    assert_int_equal(meter.rated[RATING_NONE], LIVE - 1);
    assert_int_equal(meter.channels, 2);

    MUST(edit_begin(store, &edit, &error)); /* within an edit, as it leaves them */
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)"new";
    MUST(edit_add_moment(edit, &moment, PLACE_START, &id, &error));
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.moments, LIVE + 1);
    MUST(store_at(store, LIVE + 1, &id, &error));
    assert_int_equal(id, id_of(store, "h"));
    edit_cancel(edit, STATUS_OK);
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.moments, LIVE);
    store_close(store);
}

static int64_t moments_in_a_reading(struct store *store)
{
    struct error error;
    struct meter meter;
    int64_t id;
    MUST(store_read_begin(store, &error));
    MUST(store_meter(store, &meter, &error));
    MUST(store_at(store, meter.moments, &id, &error));
    assert_int_equal(store_at(store, meter.moments + 1, &id, &error), STATUS_NOT_FOUND);
    store_read_end(store);
    return meter.moments;
}

/* A reading keeps the meter of the one before while nothing has changed. */
static void a_meter_is_kept_no_longer_than_it_holds(void **state)
{
    struct error error;
    struct edit *edit;
    struct store *store = example(*state), *other = board_open(store_path(store), "Ben");
    assert_int_equal(moments_in_a_reading(store), LIVE);
    assert_int_equal(moments_in_a_reading(store), LIVE);
    board_delete(other, RECORD_ITEM, id_of(store, "g"));
    assert_int_equal(moments_in_a_reading(store), LIVE - 1);
    board_delete(store, RECORD_ITEM, id_of(store, "e"));
    assert_int_equal(moments_in_a_reading(store), LIVE - 2);
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_remove(edit, RECORD_ITEM, id_of(store, "a"), &error));
    assert_int_equal(moments_in_a_reading(store), LIVE - 3);
    edit_cancel(edit, STATUS_OK);
    assert_int_equal(moments_in_a_reading(store), LIVE - 2);
    store_close(other);
    store_close(store);
}

static void anothers_rating_changes_the_weakest(void **state)
{
    struct error error;
    int64_t first, last, weakest;
    struct store *store = example(*state), *other = board_open(store_path(store), "Ben");
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, 0);
    board_set(other, id_of(store, "c"), ITEM_RATING, value_integer(RATING_NEUTRAL));
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, id_of(store, "c"));
    board_set(other, id_of(store, "b"), ITEM_RATING, value_integer(RATING_MISERABLE));
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, id_of(store, "b"));
    store_close(other);
    store_close(store);
}

static void a_note_is_read_alone(void **state)
{
    struct error error;
    char *note = NULL;
    struct store *store = example(*state);
    board_set(store, id_of(store, "b"), ITEM_NOTE, value_text("two\nlines"));
    MUST(store_note(store, id_of(store, "b"), &note, &error));
    assert_string_equal(note, "two\nlines");
    MUST(store_note(store, id_of(store, "c"), &note, &error));
    assert_null(note);
    MUST_REFUSE(store_note(store, 999, &note, &error), STATUS_NOT_FOUND, "id:999");
    store_close(store);
}

static void the_plan_goes_by_due_date(void **state)
{
    struct error error;
    struct plan plan = {0};
    struct action oldest = {0};
    int64_t count;
    struct store *store = example(*state);
    board_add_action(store, id_of(store, "e"), "no date", NULL);
    board_add_action(store, id_of(store, "p"), "parked", "2026-11-01");
    int64_t late = board_add_action(store, id_of(store, "b"), "late", "2026-11-20");
    board_add_action(store, id_of(store, "h"), "soon", "2026-11-21");
    board_add_action(store, id_of(store, "a"), "later", "2027-01-01");
    board_add_action(store, id_of(store, "f"), "gone", "2026-01-01");
    board_delete(store, RECORD_ITEM, id_of(store, "f"));
    MUST(store_plan(store, &plan, &error));
    static const struct {
        const char *text, *moment;
        int64_t number;
    } wanted[] = {{"parked", "p", 0},
                  {"late", "b", 2},
                  {"soon", "h", 7},
                  {"later", "a", 1},
                  {"no date", "e", 5}};
    assert_int_equal(plan.count, 5);
    for (size_t i = 0; i < 5; i++) {
        assert_string_equal(plan.at[i].action.text, wanted[i].text);
        assert_string_equal(plan.at[i].moment, wanted[i].moment);
        assert_int_equal(plan.at[i].number, wanted[i].number);
    }
    MUST(store_overdue(store, today, &count, &oldest, &error));
    assert_int_equal(count, 1);
    assert_string_equal(oldest.text, "late");
    board_set_of(store, RECORD_ACTION, late, ACTION_STATUS, value_integer(ACTION_KEPT));
    MUST(store_overdue(store, today, &count, NULL, &error));
    assert_int_equal(count, 0);
    plan_release(&plan);
    record_release(RECORD_ACTION, &oldest);
    store_close(store);
}

static void r22_the_first_the_last_and_the_weakest_are_marked(void **state)
{
    struct error error;
    int64_t first, last, weakest;
    struct store *store = example(*state);
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(first, id_of(store, "a"));
    assert_int_equal(last, id_of(store, "h"));
    assert_int_equal(weakest, 0);
    board_set(store, id_of(store, "c"), ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_set(store, id_of(store, "b"), ITEM_RATING, value_integer(RATING_MAGICAL));
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, id_of(store, "c"));
    board_set(store, id_of(store, "e"), ITEM_RATING, value_integer(RATING_MISERABLE));
    board_set(store, id_of(store, "g"), ITEM_RATING, value_integer(RATING_MISERABLE));
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, id_of(store, "e")); /* the earlier */
    board_set(store, id_of(store, "g"), ITEM_DOTS, value_integer(1));
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, id_of(store, "g")); /* more dots */
    board_add_entry(store, id_of(store, "e"), ENTRY_RETURN, 10);
    board_add_entry(store, id_of(store, "g"), ENTRY_PAYS_MORE, 900); /* no cost */
    MUST(store_marks(store, &first, &last, &weakest, &error));
    assert_int_equal(weakest, id_of(store, "e")); /* more cost */
    struct store *empty = board_new(*state, "empty", "Ana");
    MUST(store_marks(empty, &first, &last, &weakest, &error));
    assert_int_equal(first + last + weakest, 0);
    store_close(empty);
    store_close(store);
}

/* --- hostile content: told, and nothing worse ------------------------------------------------- */

/* NOLINTNEXTLINE(readability-function-size): one story, told in assertions */
static void damaged_rows_are_told(void **state)
{
    static const struct {
        const char *sql, *told;
    } damages[] = {
        {"UPDATE item SET title = x'FF'", "title"},
        {"UPDATE item SET title = CAST(x'610062' AS TEXT)", "title"},
        {"UPDATE item SET title = CAST(x'C3' AS TEXT)", "title"},
        {"UPDATE item SET title = ''", "title"},
        {"UPDATE item SET title = replace(hex(zeroblob(501)), '0', 'a')", "title"},
        {"UPDATE item SET title = 'two' || char(10) || 'lines'", "title"},
        {"UPDATE item SET rating = 4", "rating"},
        {"UPDATE item SET rating = 'good'", "rating"},
        {"UPDATE item SET seconds = 9223372036854775807", "seconds"},
        {"UPDATE item SET times = -9223372036854775808", "times"},
        {"UPDATE item SET times = 0.5", "times"},
        {"UPDATE item SET channel = -1", "channel"},
        {"UPDATE item SET ord = 9223372036854775807 - id", "place"},
        {"UPDATE item SET ord = -9223372036854775807 - 1 + id", "place"},
        {"UPDATE item SET ord = 'here'", ""},
        {"UPDATE tally SET n = 9223372036854775807", "wrong"},
        {"UPDATE tally SET n = -5", "wrong"},
        {"UPDATE tally SET seconds = -9223372036854775807 - 1", "wrong"},
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct error error;
        struct window window = {0};
        struct meter meter;
        struct buffer report = {0};
        int64_t id, number;
        char name[16];
        (void)snprintf(name, sizeof name, "b%zu", i);
        struct store *store = board_new(*state, name, "Ana");
        board_fill(store, titles);
        store_close(store);
        board_sql(fixture_path(*state, name), damages[i].sql);
        store = board_open(fixture_path(*state, name), "Ana");
        enum status seen = store_window(store, 4, 2, 4, NULL, today, &window, &error);
        if (seen == STATUS_OK)
            seen = store_meter(store, &meter, &error);
        if (seen != STATUS_BAD_DATA)
            fail_msg("status %d: %s", (int)seen, damages[i].sql);
        assert_non_null(strstr(error.text, damages[i].told));
        assert_non_null(strstr(error.text, "'touchline check' tells more"));
        assert_int_equal(store_check(store, &report, &error), STATUS_BAD_DATA);
        assert_true(report.length > 0);
        /* Whatever else is asked, it is answered or refused. */
        (void)!store_number(store, 4, &number, &error);
        (void)!store_at(store, 3, &id, &error);
        (void)!store_step(store, 4, 2, NULL, &id, &error);
        struct edit *edit;
        MUST(edit_begin(store, &edit, &error));
        enum status status = edit_move(edit, 4, 9, &error);
        if (status == STATUS_OK)
            status = edit_set(edit, RECORD_ITEM, 4, ITEM_RATING, value_integer(1), NULL, &error);
        if (status == STATUS_OK)
            (void)!edit_commit(edit, &error, "moved");
        else
            edit_cancel(edit, status);
        buffer_release(&report);
        window_release(&window);
        store_close(store);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(records_are_read_by_id),
        TEST(the_board_has_a_record_of_its_own),
        TEST(the_newest_of_a_kind_is_known),
        TEST(belongings_come_in_the_order_they_were_added),
        TEST(phases_and_the_parking_lot_are_listed),
        TEST(moments_are_found_by_name),
        TEST(every_window_is_right),
        TEST(the_window_of_an_empty_board_has_its_phases),
        TEST(what_is_selected_gives_way_when_it_is_gone),
        TEST(phases_go_on_past_the_window),
        TEST(every_step_is_right),
        TEST(steps_begin_at_something),
        TEST(a_phase_ends_with_its_last_moment),
        TEST(dots_are_gone_through_from_the_most),
        TEST(doubles_are_noticed),
        TEST(the_meter_adds_up),
        TEST(a_meter_is_kept_no_longer_than_it_holds),
        TEST(anothers_rating_changes_the_weakest),
        TEST(a_note_is_read_alone),
        TEST(the_plan_goes_by_due_date),
        TEST(r22_the_first_the_last_and_the_weakest_are_marked),
        TEST(damaged_rows_are_told),
    };
    return cmocka_run_group_tests_name("query", tests, NULL, NULL);
}
