#include "boards.h"
#include "random.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const letters[] = {"a", "b", "c", "d", "e", NULL};

static struct edit *begin(struct store *store)
{
    struct error error;
    struct edit *edit;
    MUST(edit_begin(store, &edit, &error));
    return edit;
}

static void must_not_undo(struct store *store, enum status status, const char *text)
{
    struct error error;
    struct undone undone;
    char *before = board_content(store_path(store));
    int64_t edits = board_sql_number(store_path(store), "SELECT count(*) FROM edit");
    MUST_REFUSE(store_undo(store, &undone, &error), status, text);
    assert_null(undone.words);
    char *after = board_content(store_path(store));
    assert_string_equal(before, after);
    assert_int_equal(board_sql_number(store_path(store), "SELECT count(*) FROM edit"), edits);
    memory_free(before);
    memory_free(after);
}

static void must_not_redo(struct store *store, enum status status, const char *text)
{
    struct error error;
    struct undone undone;
    char *before = board_content(store_path(store));
    MUST_REFUSE(store_redo(store, &undone, &error), status, text);
    char *after = board_content(store_path(store));
    assert_string_equal(before, after);
    memory_free(before);
    memory_free(after);
}

/* --- one's own -------------------------------------------------------------------------------- */

static void undo_says_what_it_took_back(void **state)
{
    struct error error;
    struct undone undone;
    struct store *store = board_new(*state, "b", "Ana");
    must_not_undo(store, STATUS_NOT_FOUND, "nothing of yours to undo");
    must_not_redo(store, STATUS_NOT_FOUND, "nothing of yours to do again");
    int64_t phase = board_add_phase(store, "Before", PLACE_END);
    int64_t id = board_add(store, "Books the cab", phase);
    int64_t idea = board_add_idea(store, id, "tea", PRICE_FREE);
    (void)idea;
    board_set_of(store, RECORD_BOARD, 1, BOARD_TITLE, value_text("Cab"));

    MUST(store_undo(store, &undone, &error));
    assert_string_equal(undone.words, "title");
    assert_int_equal(undone.item, 0); /* about no moment */
    undone_release(&undone);
    MUST(store_undo(store, &undone, &error));
    assert_string_equal(undone.words, "tea");
    assert_int_equal(undone.item, id);
    undone_release(&undone);
    MUST(store_redo(store, &undone, &error));
    assert_string_equal(undone.words, "tea");
    assert_int_equal(undone.item, id);
    undone_release(&undone);
    store_close(store);
}

static bool take_entries(void *data, const struct history_entry *entry)
{
    struct buffer *out = data;
    buffer_add_format(out, "%lld%s%lld ", (long long)entry->id,
                      entry->undo   ? "u"
                      : entry->redo ? "r"
                                    : ".",
                      (long long)entry->undoes);
    return true;
}

static void undo_and_redo_are_edits_of_their_own(void **state)
{
    struct error error;
    struct buffer history = {0};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_add(store, "a", PLACE_END);     /* 1 */
    board_set(store, id, ITEM_DOTS, value_integer(1)); /* 2 */
    board_undo(store);                                 /* 3 undoes 2 */
    board_undo(store);                                 /* 4 undoes 1 */
    board_redo(store);                                 /* 5 redoes 1: takes back 4 */
    board_redo(store);                                 /* 6 redoes 2: takes back 3 */
    board_undo(store);                                 /* 7 takes back 6 */
    MUST(store_history(store, 0, take_entries, &history, &error));
    assert_string_equal(buffer_text(&history), "1.0 2.0 3u2 4u1 5r4 6r3 7u6 ");
    board_set(store, id, ITEM_DOTS, value_integer(9)); /* a new edit ends redo */
    must_not_redo(store, STATUS_NOT_FOUND, "nothing of yours to do again");
    board_assert_sound(store);
    buffer_release(&history);
    store_close(store);
}

/* A random change of any kind to the board; false when this one could not be made. */
static bool change_something(struct store *store, uint64_t *seed)
{
    struct error error;
    struct edit *edit = begin(store);
    int64_t id = (int64_t)random_below(seed, 40) + 1, other;
    int64_t after = (int64_t)random_below(seed, 40) - 1;
    enum status status = STATUS_OK;
    char title[16];
    struct moment moment;
    struct idea idea = {.item = id, .text = (char *)"idea"};
    (void)snprintf(title, sizeof title, "t%d", (int)random_below(seed, 1000));
    record_init(RECORD_ITEM, &moment);
    moment.title = title;
    moment.rating = (int64_t)random_below(seed, RATINGS);
    moment.chosen = (int64_t)random_below(seed, 10) == 0;
    switch (random_below(seed, 10)) {
    case 0:
    case 1:
        status = edit_add_moment(edit, &moment, after, &other, &error);
        break;
    case 2:
        status = edit_add_phase(edit, title, after, &other, &error);
        break;
    case 3:
        status = edit_add(edit, RECORD_IDEA, &idea, &other, &error);
        break;
    case 4:
    case 5:
        status = edit_move(edit, id, after, &error);
        break;
    case 6:
        status = edit_remove(edit, RECORD_ITEM, id, &error);
        break;
    case 7:
        status = edit_set(edit, RECORD_ITEM, id, ITEM_STATE,
                          value_integer((int64_t)random_below(seed, 2)), NULL, &error);
        break;
    case 8:
        status = edit_set(edit, RECORD_ITEM, id, ITEM_RATING,
                          value_integer((int64_t)random_below(seed, RATINGS)), NULL, &error);
        if (status == STATUS_OK)
            status = edit_set(edit, RECORD_ITEM, id, ITEM_NOTE, value_text(title), NULL, &error);
        break;
    default:
        status = edit_set(edit, RECORD_ITEM, id, ITEM_CHANNEL,
                          value_integer((int64_t)random_below(seed, 6) + 1), NULL, &error);
        break;
    }
    bool changes = edit_changes(edit) > 0;
    if (status == STATUS_OK)
        status = edit_commit(edit, &error, title);
    else
        edit_cancel(edit, status);
    return status == STATUS_OK && changes;
}

static void must_be_live(const char *path, const char *content)
{
    char *now = board_live_content(path);
    assert_string_equal(now, content);
    memory_free(now);
}

/* Back through every state that the board was in, and forward again, in other sessions too. */
static void undo_goes_back_to_the_beginning(void **state)
{
    enum { CHANGES = 150 };
    char *contents[CHANGES + 1];
    uint64_t seed = 20261121;
    struct store *store = board_new(*state, "b", "Ana");
    const char *path = fixture_path(*state, "b");
    int changes = 0;
    contents[0] = board_live_content(path);
    while (changes < CHANGES)
        if (change_something(store, &seed))
            contents[++changes] = board_live_content(path);
    for (int round = 0; round < 2; round++) {
        for (int change = CHANGES; change > 0; change--) {
            must_be_live(path, contents[change]);
            if (change == CHANGES / 2) { /* another day */
                store_close(store);
                store = board_open(path, "Ana");
            }
            board_undo(store);
        }
        must_not_undo(store, STATUS_NOT_FOUND, "nothing of yours");
        for (int change = 0; change < CHANGES; change++) {
            must_be_live(path, contents[change]);
            board_redo(store);
        }
        must_not_redo(store, STATUS_NOT_FOUND, "nothing of yours");
        board_assert_sound(store);
    }
    for (int i = 0; i <= CHANGES; i++)
        memory_free(contents[i]);
    store_close(store);
}

/* --- others' ---------------------------------------------------------------------------------- */

static void only_ones_own_is_undone(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t a = board_add(ana, "a", PLACE_END);
    int64_t b = board_add(ben, "b", PLACE_END);
    board_set(ana, b, ITEM_DOTS, value_integer(3));
    board_set(ben, a, ITEM_DOTS, value_integer(4));
    board_undo(ana); /* the dots on b */
    ASSERT_LINE(ana, "a b");
    struct store *again = board_open(store_path(ana), "Ana"); /* the same person elsewhere */
    must_not_undo(again, STATUS_CONFLICT, "Ben has changed it since");
    board_undo(ben);
    board_undo(again);
    ASSERT_LINE(ana, "b");
    board_undo(ben);
    must_not_undo(ben, STATUS_NOT_FOUND, "nothing of yours");
    board_redo(ana);
    board_redo(again);
    must_not_redo(ana, STATUS_NOT_FOUND, "nothing of yours");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
    store_close(again);
}

static void what_another_changed_since_is_not_overwritten(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t id = board_fill(ana, letters);
    board_set(ana, id, ITEM_TITLE, value_text("A"));
    board_set(ben, id, ITEM_TITLE, value_text("AA"));
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (Title)");
    board_set(ben, id, ITEM_OWNER, value_text("Ben")); /* another field does not matter */
    board_undo(ben);
    board_undo(ben);
    board_undo(ana);
    ASSERT_LINE(ana, "a b c d e");
    board_set(ben, id, ITEM_TITLE, value_text("x"));
    must_not_redo(ana, STATUS_CONFLICT, "Ben has changed it since (Title)");
    board_set(ben, id, ITEM_TITLE, value_text("A")); /* what redo would make of it already */
    board_redo(ana);
    ASSERT_LINE(ana, "A b c d e");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

static void half_an_undo_is_none(void **state)
{
    struct error error;
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t id = board_fill(ana, letters);
    struct edit *edit = begin(ana);
    MUST(edit_set(edit, RECORD_ITEM, id, ITEM_OWNER, value_text("Ana"), NULL, &error));
    MUST(edit_move(edit, id, id + 2, &error));
    MUST(edit_set(edit, RECORD_ITEM, id + 1, ITEM_DOTS, value_integer(2), NULL, &error));
    MUST(edit_commit(edit, &error, "three things"));
    board_set(ben, id, ITEM_OWNER, value_text("Ben")); /* the last to be taken back */
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (Owner)");
    ASSERT_LINE(ana, "b c a d e");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

/* NOLINTNEXTLINE(readability-function-size): one story, told in assertions */
static void moves_are_undone_in_any_order(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t a = board_fill(ana, letters), b = a + 1, c = a + 2, d = a + 3, e = a + 4;
    board_move(ana, a, c);
    board_move(ben, e, PLACE_START);
    board_move(ana, d, e);
    board_move(ben, b, c);
    ASSERT_LINE(ana, "e d c b a");
    board_undo(ben);
    board_undo(ana);
    board_undo(ben);
    board_undo(ana);
    ASSERT_LINE(ana, "a b c d e");
    board_redo(ana);
    board_redo(ben);
    board_redo(ana);
    board_redo(ben);
    ASSERT_LINE(ana, "e d c b a");

    /* In another order each goes behind the one that it stood behind, wherever that is now. */
    board_undo(ana); /* d behind a */
    ASSERT_LINE(ana, "e c b a d");
    board_undo(ben); /* b behind d */
    ASSERT_LINE(ana, "e c a d b");
    board_undo(ana); /* a behind nothing */
    ASSERT_LINE(ana, "a e c d b");
    board_undo(ben); /* e behind d */
    ASSERT_LINE(ana, "a c d e b");
    board_move(ana, b, a);
    board_move(ana, c, PLACE_START);
    board_move(ben, b, PLACE_END);
    ASSERT_LINE(ana, "c a d e b");
    board_undo(ana);
    ASSERT_LINE(ana, "a d e b c");

    board_move(ana, e, PLACE_START);
    board_move(ben, e, PLACE_END);
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (its place)");
    board_undo(ben); /* then it is as it was put */
    board_undo(ana);
    ASSERT_LINE(ana, "a d e b c");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

static void what_another_added_to_keeps_it(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t a = board_add(ana, "a", PLACE_END);
    int64_t idea = board_add_idea(ben, a, "tea", PRICE_FREE);
    must_not_undo(ana, STATUS_CONFLICT, "an idea or action was added to it since");
    board_delete(ben, RECORD_IDEA, idea);
    board_undo(ana);
    ASSERT_LINE(ana, "");
    board_redo(ana);
    ASSERT_LINE(ana, "a");
    board_undo(ben); /* the idea is back: the same holds for what a redo did again */
    must_not_undo(ana, STATUS_CONFLICT, "an idea or action was added to it since");
    board_redo(ben);
    board_undo(ana);
    board_redo(ana);

    board_move(ben, a, PLACE_START); /* where it stands already */
    board_add(ben, "b", PLACE_END);
    board_move(ben, a, PLACE_END);
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (its place)");
    board_undo(ben);
    board_set(ben, a, ITEM_NOTE, value_text("look"));
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (moment)");
    board_undo(ben);
    board_undo(ana);
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

/* Redo of a deletion, and undo of bringing back, would delete: not what another has worked on. */
static void what_another_worked_on_is_not_deleted(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t a = board_fill(ana, letters);
    board_delete(ana, RECORD_ITEM, a);
    board_undo(ana);
    int64_t idea = board_add_idea(ben, a, "tea", PRICE_FREE);
    must_not_redo(ana, STATUS_CONFLICT, "Ben has worked on it since: it was not deleted");
    board_delete(ben, RECORD_IDEA, idea);
    must_not_redo(ana, STATUS_CONFLICT, "Ben has worked on it since");

    board_delete(ben, RECORD_ITEM, a + 1);
    board_set(ana, a + 1, ITEM_STATE, value_integer(STATE_LIVE));
    board_set(ben, a + 1, ITEM_DOTS, value_integer(1));
    must_not_undo(ana, STATUS_CONFLICT, "Ben has worked on it since");
    store_close(ana);
    store_close(ben);
}

/* --- the method ------------------------------------------------------------------------------- */

static void undo_never_chooses_a_sixth(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    static const char *const six[] = {"a", "b", "c", "d", "e", "f", NULL};
    int64_t id = board_fill(ana, six);
    for (int64_t i = 0; i < 5; i++)
        board_set(ana, id + i, ITEM_CHOSEN, value_integer(1));
    board_set(ana, id, ITEM_CHOSEN, value_integer(0));
    board_set(ben, id + 5, ITEM_CHOSEN, value_integer(1));
    must_not_undo(ana, STATUS_REFUSED, "Five are chosen");
    board_undo(ben);
    board_undo(ana);
    board_undo(ana);
    board_set(ben, id + 5, ITEM_CHOSEN, value_integer(1));
    must_not_redo(ana, STATUS_REFUSED, "Five are chosen");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

static void undo_leaves_no_target_without_a_rating(void **state)
{
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t id = board_fill(ana, letters);
    board_set(ana, id, ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_set(ben, id, ITEM_TARGET, value_integer(RATING_MAGICAL));
    must_not_undo(ana, STATUS_REFUSED, "another has set a target that hangs on this rating");
    board_undo(ben);
    board_undo(ana);
    must_not_redo(ben, STATUS_REFUSED, "another has set a target");
    board_assert_sound(ana);
    store_close(ana);
    store_close(ben);
}

/* --- damaged history -------------------------------------------------------------------------- */

/* "words" of the edit passed over, taken back or done again; `nothing`: it stays as it is. */
static void must_be(struct store *store,
                    enum status (*act)(struct store *, struct undone *, struct error *),
                    const char *words, bool nothing)
{
    struct error error;
    struct undone undone;
    MUST(act(store, &undone, &error));
    assert_string_equal(undone.words, words);
    assert_int_equal(undone.nothing, nothing);
    undone_release(&undone);
}

static bool last_is_nothing(void *data, const struct history_entry *entry)
{
    *(bool *)data = entry->nothing;
    return true;
}

/* What stands in the way is no end of undo, and not lost either. */
static void what_cannot_be_taken_back_can_be_skipped(void **state)
{
    struct error error;
    bool nothing = false;
    struct store *ana = board_new(*state, "b", "Ana");
    struct store *ben = board_open(store_path(ana), "Ben");
    int64_t id = board_add(ana, "one", PLACE_END);
    board_set(ana, id, ITEM_OWNER, value_text("Ana"));
    board_set(ana, id, ITEM_SECONDS, value_integer(7));
    board_set(ben, id, ITEM_SECONDS, value_integer(8));
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (How long)");
    char *before = board_content(store_path(ana));
    must_be(ana, store_undo_skip, "seconds", true);
    char *after = board_content(store_path(ana));
    assert_string_equal(before, after);
    MUST(store_history(ana, 0, last_is_nothing, &nothing, &error));
    assert_true(nothing);
    must_be(ana, store_undo, "owner", false);
    must_be(ana, store_redo, "owner", false);
    must_be(ana, store_redo, "seconds", true);
    must_not_redo(ana, STATUS_NOT_FOUND, "nothing of yours to do again");
    must_not_undo(ana, STATUS_CONFLICT, "Ben has changed it since (How long)");
    board_undo(ben);
    must_be(ana, store_undo, "seconds", false);
    assert_int_equal(board_sql_number(store_path(ana), "SELECT count(seconds) FROM item"), 0);
    memory_free(before);
    memory_free(after);
    store_close(ben);
    store_close(ana);
}

static void nothing_is_skipped_where_there_is_nothing(void **state)
{
    struct error error;
    struct undone undone;
    struct store *store = board_new(*state, "b", "Ana");
    MUST_REFUSE(store_undo_skip(store, &undone, &error), STATUS_NOT_FOUND,
                "nothing of yours to undo");
    store_close(store);
}

static void damaged_history_is_told(void **state)
{
    static const char *const damages[] = {
        "UPDATE change SET record = 'sqlite_schema'",
        "UPDATE change SET field = 'nothing'",
        "UPDATE change SET record = 'board', field = '*'",
        "UPDATE change SET field = 'place'",
        "UPDATE change SET field = 'place', old = '2 1', new = '0 1' WHERE id = 2",
        "UPDATE change SET field = 'place', old = '-1 1', new = '0 1'",
        "UPDATE change SET field = 'place', old = '99999999999999999999999 1', new = '0 1'",
        "UPDATE change SET field = 'place', record = 'idea', old = '0 1', new = '0 1'",
        "UPDATE change SET field = 'state', old = x'00', new = 0.5",
        "UPDATE change SET field = 'state', old = 'x', new = 0",
        "UPDATE change SET field = 'title', old = 7, new = 'a'",
        "UPDATE change SET field = 'title', old = NULL, new = 'b'",
        "UPDATE change SET id = 4711",
        "UPDATE change SET id = -9223372036854775808, field = 'ord'",
        "UPDATE edit SET words = CAST(x'9b35' AS TEXT)",
        "UPDATE edit SET words = x'41'",
        "UPDATE edit SET undoes = 1, kind = 2",
        "UPDATE edit SET undoes = 5, kind = 2",
        "UPDATE edit SET id = 9223372036854775807",
        "UPDATE edit SET id = -1",
        "UPDATE item SET rating = 9", /* read as far as its title before that is seen */
    };
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct error error;
        struct undone undone;
        char name[16];
        (void)snprintf(name, sizeof name, "b%zu", i);
        struct store *store = board_new(*state, name, "Ana");
        board_fill(store, letters);
        store_close(store);
        board_sql(fixture_path(*state, name), damages[i]);
        store = board_open(fixture_path(*state, name), "Ana");
        char *before = board_content(store_path(store));
        enum status status = store_undo(store, &undone, &error);
        if (status == STATUS_OK)
            fail_msg("not noticed: %s", damages[i]);
        assert_true(strlen(error.text) > 10);
        char *after = board_content(store_path(store));
        assert_string_equal(before, after);
        memory_free(before);
        memory_free(after);
        store_close(store);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(undo_says_what_it_took_back),
        TEST(undo_and_redo_are_edits_of_their_own),
        TEST(undo_goes_back_to_the_beginning),
        TEST(only_ones_own_is_undone),
        TEST(what_another_changed_since_is_not_overwritten),
        TEST(half_an_undo_is_none),
        TEST(moves_are_undone_in_any_order),
        TEST(what_another_added_to_keeps_it),
        TEST(what_another_worked_on_is_not_deleted),
        TEST(undo_never_chooses_a_sixth),
        TEST(undo_leaves_no_target_without_a_rating),
        TEST(what_cannot_be_taken_back_can_be_skipped),
        TEST(nothing_is_skipped_where_there_is_nothing),
        TEST(damaged_history_is_told),
    };
    return cmocka_run_group_tests_name("undo", tests, NULL, NULL);
}
