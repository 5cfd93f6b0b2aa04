#include "boards.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include <cmocka.h>

/* That the past is what the board was is tested over thousands of edits in test_history.c. */

static const char *const letters[] = {"#Before", "a", "b", "#Ride", "c", "z d", NULL};

static struct store *past_of(struct store *store, int64_t edit)
{
    struct error error;
    struct store *past;
    MUST(store_open_past(store, edit, &past, &error));
    return past;
}

static void must_have_been(struct store *store, int64_t edit, const char *line)
{
    struct store *past = past_of(store, edit);
    ASSERT_LINE(past, line);
    store_close(past);
}

static void each_edit_can_be_gone_back_to(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int64_t a = board_fill(store, letters) + 1, b = a + 1, c = b + 2;
    board_move(store, c, a);
    board_set(store, b, ITEM_STATE, value_integer(STATE_PARKED));
    board_delete(store, RECORD_ITEM, a);
    board_undo(store);
    ASSERT_LINE(store, "[Before] a c | b d");
    must_have_been(store, 5, "[Before] a c | b d");
    must_have_been(store, 4, "[Before] c | b d");
    must_have_been(store, 3, "[Before] a c | b d");
    must_have_been(store, 2, "[Before] a c b | d");
    must_have_been(store, 1, "[Before] a b [Ride] c | d");
    must_have_been(store, 0, "");
    ASSERT_LINE(store, "[Before] a c | b d");
    store_close(store);
}

static bool count_edit(void *data, const struct history_entry *entry)
{
    *(int64_t *)data = entry->id;
    return true;
}

static void it_is_a_board_to_look_at(void **state)
{
    struct error error;
    struct edit *edit;
    struct meter meter;
    struct value name = value_text("Ana");
    int64_t newest = 0, number = 0;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t a = board_fill(store, letters) + 1;
    board_set(store, a, ITEM_OWNER, name);
    board_set(store, a, ITEM_CHANNEL, value_integer(2));
    struct store *past = past_of(store, 2);
    MUST_REFUSE(edit_begin(past, &edit, &error), STATUS_READ_ONLY, "as it was after edit 2");
    assert_true(store_is_past(past));
    assert_false(store_is_past(store));
    assert_string_equal(store_path(past), store_path(store));
    MUST(store_meter(past, &meter, &error));
    assert_int_equal(meter.moments, 3);
    assert_int_equal(meter.coloured, 0);
    MUST(store_number(past, a + 3, &number, &error));
    assert_int_equal(number, 3);
    MUST(store_history(past, 0, count_edit, &newest, &error));
    assert_int_equal(newest, 2);
    store_close(past);
    store_close(store);
}

/* Nothing that happens to the file reaches it, and nobody is kept waiting by it. */
static void it_stands_alone(void **state)
{
    struct error error;
    int again_ms;
    struct store *store = board_new(*state, "b", "Ana");
    int64_t first = board_fill(store, letters);
    board_add(store, "e", PLACE_END);
    struct store *past = past_of(store, 1);
    assert_int_equal(store_watch(past), -1);
    MUST(store_read_begin(past, &error));
    board_delete(store, RECORD_ITEM, first + 1);
    store_read_end(past);
    assert_int_equal(store_changed(past, &again_ms), STORE_SAME);
    assert_int_equal(unlink(store_path(store)), 0);
    assert_int_equal(store_changed(past, &again_ms), STORE_SAME);
    store_close(store);
    ASSERT_LINE(past, "[Before] a b [Ride] c | d");
    store_close(past);
}

static void what_has_been_may_break_the_rules_of_now(void **state)
{
    static const char *const many[] = {"a", "b", "c", "d", "e", "f", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t first = board_fill(store, many);
    for (int64_t id = first; id < first + 5; id++)
        board_set(store, id, ITEM_CHOSEN, value_integer(1));
    int64_t edit = board_sql_number(store_path(store), "SELECT max(id) FROM edit");
    board_set(store, first, ITEM_CHOSEN, value_integer(0));
    board_set(store, first + 5, ITEM_CHOSEN, value_integer(1));
    struct store *past = past_of(store, edit);
    struct error error;
    struct meter meter;
    MUST(store_meter(past, &meter, &error));
    assert_int_equal(meter.chosen, 5);
    store_close(past);
    store_close(store);
}

static void another_spot_in_a_full_gap_is_found(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int64_t first = board_fill(store, (const char *const[]){"a", "b", "c", NULL});
    board_move(store, first + 1, first + 2);
    board_sql(store_path(store), "UPDATE item SET ord = CASE title WHEN 'a' THEN 1 WHEN 'c' THEN 2 "
                                 "ELSE 3 END");
    ASSERT_LINE(store, "a c b");
    must_have_been(store, 1, "a b c");
    store_close(store);
}

static void no_past_is_made_up(void **state)
{
    static const char *const damages[] = {
        "UPDATE change SET new = 3 WHERE edit = 2",          /* it has another rating now */
        "UPDATE change SET old = 'x' WHERE edit = 2",        /* what no rating can be */
        "UPDATE change SET record = 'vote' WHERE edit = 2",  /* what no board has */
        "UPDATE change SET field = 'colour' WHERE edit = 2", /* what no moment has */
        "UPDATE change SET id = 99 WHERE edit = 2",          /* of nobody */
        "UPDATE change SET old = '2 x' WHERE edit = 3",      /* no place */
        "UPDATE change SET old = '77 1' WHERE edit = 3",     /* after nothing */
        "UPDATE change SET new = '0 9' WHERE edit = 3",      /* placed by another edit */
        "UPDATE change SET field = '*' WHERE edit = 3",      /* added, and then changed before */
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct error error;
        struct store *past;
        char name[16];
        snprintf(name, sizeof name, "b%zu", i);
        struct store *store = board_new(*state, name, "Ana");
        int64_t a = board_fill(store, (const char *const[]){"a", "b", NULL});
        board_set(store, a, ITEM_RATING, value_integer(RATING_NEUTRAL));
        board_move(store, a, a + 1);
        board_sql(store_path(store), damages[i]);
        MUST_REFUSE(store_open_past(store, 1, &past, &error), STATUS_BAD_DATA,
                    "its history is damaged");
        assert_null(past);
        store_close(store);
    }
}

static void there_must_be_such_an_edit(void **state)
{
    struct error error;
    struct store *past;
    struct store *store = board_new(*state, "b", "Ana");
    board_fill(store, letters);
    MUST_REFUSE(store_open_past(store, 2, &past, &error), STATUS_NOT_FOUND,
                "there is no edit 2; the newest is 1");
    MUST_REFUSE(store_open_past(store, -1, &past, &error), STATUS_NOT_FOUND, "no edit -1");
    store_close(store);
}

static void a_newer_board_has_no_past_for_us(void **state)
{
    struct error error;
    struct store *past;
    struct store *store = board_new(*state, "b", "Ana");
    const char *path = store_path(store);
    board_fill(store, letters);
    board_sql(path, "PRAGMA user_version = 99");
    struct store *newer = board_open(path, "Ana");
    MUST_REFUSE(store_open_past(newer, 1, &past, &error), STATUS_REFUSED, "a newer Touchline");
    store_close(newer);
    store_close(store);
}

static void the_past_of_the_past_is_the_past(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    board_fill(store, letters);
    board_add(store, "e", PLACE_END);
    board_add(store, "f", PLACE_END);
    struct store *past = past_of(store, 2);
    must_have_been(past, 1, "[Before] a b [Ride] c | d");
    store_close(past);
    store_close(store);
}

/* Marks that somebody made in a ballot, in the past after edit 1. */
static int64_t marks_shown(struct fixture *fixture, struct store *store, const char *name)
{
    struct error error;
    struct store *past = past_of(store, 1);
    const char *copy = fixture_path(fixture, name);
    MUST(store_backup(past, copy, &error));
    store_close(past);
    return board_sql_number(copy, "SELECT (SELECT count(*) FROM ballot) * 10 + "
                                  "(SELECT count(*) FROM mark)");
}

static void a_ballot_is_in_no_past_before_it_is_shown(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    const char *path = store_path(store);
    board_fill(store, letters);
    board_sql(path, "INSERT INTO vote(id, state, kind, stage) VALUES(7, 0, 1, 1);"
                    "INSERT INTO ballot(id, vote, name, code) VALUES(9, 7, 'Ben', 'x');"
                    "INSERT INTO mark VALUES(9, 2, 1)");
    assert_int_equal(marks_shown(*state, store, "open"), 0);
    board_sql(path, "UPDATE vote SET stage = 2");
    assert_int_equal(marks_shown(*state, store, "closed"), 0);
    board_sql(path, "UPDATE vote SET stage = 3");
    assert_int_equal(marks_shown(*state, store, "shown"), 11);
    board_sql(path, "INSERT INTO edit VALUES(2, 2, 'Ana', 0, 0, NULL, 'The outcome is shown');"
                    "INSERT INTO change VALUES(2, 1, 'vote', 7, 'stage', 2, 3)");
    assert_int_equal(marks_shown(*state, store, "closed then"), 0);
    store_close(store);
}

/* --- reading history -------------------------------------------------------------------------- */

struct some {
    struct buffer text;
    int most;
};

static bool add_edit(void *data, const struct history_entry *entry)
{
    struct some *some = data;
    buffer_add_format(&some->text, "%lld ", (long long)entry->id);
    return --some->most > 0;
}

static void history_is_read_from_both_ends(void **state)
{
    struct error error;
    struct some back = {.most = 2}, on = {.most = 2}, none = {.most = 2};
    struct store *store = board_new(*state, "b", "Ana");
    board_fill(store, letters);
    board_add(store, "e", PLACE_END);
    board_add(store, "f", PLACE_END);
    MUST(store_history_back(store, INT64_MAX, add_edit, &back, &error));
    assert_string_equal(buffer_text(&back.text), "3 2 ");
    MUST(store_history(store, 1, add_edit, &on, &error));
    assert_string_equal(buffer_text(&on.text), "2 3 ");
    MUST(store_history_back(store, 1, add_edit, &none, &error));
    assert_string_equal(buffer_text(&none.text), "");
    buffer_release(&back.text);
    buffer_release(&on.text);
    store_close(store);
}

static bool add_change(void *data, const struct history_change *change)
{
    struct buffer *out = data;
    buffer_add_format(out, "%s %lld %d; ", record_type(change->record)->name, (long long)change->id,
                      change->field);
    return true;
}

static void an_edit_tells_its_changes(void **state)
{
    struct error error;
    struct buffer first = {0}, second = {0};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t a = board_fill(store, (const char *const[]){"a", NULL});
    board_set(store, a, ITEM_RATING, value_integer(RATING_NEUTRAL));
    MUST(store_history_changes(store, 1, add_change, &first, &error));
    assert_string_equal(buffer_text(&first), "moment 1 -1; ");
    MUST(store_history_changes(store, 2, add_change, &second, &error));
    assert_string_equal(buffer_text(&second), "moment 1 3; moment 1 4; ");
    buffer_release(&first);
    buffer_release(&second);
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(each_edit_can_be_gone_back_to),
        TEST(it_is_a_board_to_look_at),
        TEST(it_stands_alone),
        TEST(what_has_been_may_break_the_rules_of_now),
        TEST(another_spot_in_a_full_gap_is_found),
        TEST(no_past_is_made_up),
        TEST(there_must_be_such_an_edit),
        TEST(a_newer_board_has_no_past_for_us),
        TEST(the_past_of_the_past_is_the_past),
        TEST(a_ballot_is_in_no_past_before_it_is_shown),
        TEST(history_is_read_from_both_ends),
        TEST(an_edit_tells_its_changes),
    };
    return cmocka_run_group_tests_name("past", tests, NULL, NULL);
}
