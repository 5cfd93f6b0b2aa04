#include "boards.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *example(struct fixture *fixture, const char *name)
{
    static const char *const titles[] = {"a", "#Phase", "b", "z p", "c", "d", "e", "f", NULL};
    struct store *store = board_new(fixture, name, "Ana");
    int64_t a = board_fill(store, titles);
    board_add_idea(store, a, "tea", PRICE_LOW);
    board_add_action(store, a, "buy", "2026-12-04");
    board_add_entry(store, a, ENTRY_BUYS_AGAIN, 40);
    board_set(store, a, ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_set(store, a, ITEM_CHANNEL, value_integer(2));
    board_undo(store);
    store_close(store);
    return fixture_path(fixture, name);
}

static void a_sound_board_has_no_findings(void **state)
{
    struct error error;
    struct buffer report = {0};
    struct store *store = board_open(example(*state, "b"), "Ana");
    MUST(store_check(store, &report, &error));
    assert_int_equal(report.length, 0);
    store_close(store);
    store = board_new(*state, "empty", "Ana");
    MUST(store_check(store, &report, &error));
    store_close(store);
}

/* What a stranger's SQL did, and the one line that tells of it. */
static const struct {
    const char *sql, *line;
} damages[] = {
    {"DELETE FROM board", "board: its own row is not there\n"},
    {"UPDATE item SET title = x'FF' WHERE id = 3", "moment id:3: title cannot be a blob\n"},
    {"UPDATE item SET title = '' WHERE id = 3", "moment id:3: title cannot be empty\n"},
    {"UPDATE item SET note = CAST(x'FF' AS TEXT) WHERE id = 3",
     "moment id:3: note is not UTF-8 (byte 1); save it as UTF-8\n"},
    {"UPDATE item SET dots = 0.5 WHERE id = 3", "moment id:3: dots cannot be a fraction\n"},
    {"UPDATE action SET due = 'soon'",
     "action id:1: due cannot be \"soon\"; write the day as 2026-12-04\n"},
    {"UPDATE channel SET sign = 'two' WHERE id = 1", "channel id:1: sign cannot be \"two\""},
    {"UPDATE item SET ord = (SELECT ord FROM item WHERE id = 1) WHERE id = 3",
     "id:1: it shares its place with id:3\n"},
    {"UPDATE item SET ord = 4611686018427387904 WHERE id = 3", "id:3: its place is out of range\n"},
    {"UPDATE item SET ord = 'x' WHERE id = 3", "id:3: its place is out of range\n"},
    {"UPDATE item SET state = 1 WHERE id = 2; UPDATE tally SET state = 1 WHERE kind = 2",
     "phase id:2: parked, and no phase can be\n"},
    {"UPDATE item SET target = 3 WHERE id = 3", "moment id:3: a target and no rating\n"},
    {"UPDATE item SET channel = 77 WHERE id = 3", "moment id:3: its channel is not there\n"},
    {"UPDATE idea SET item = 2", "idea id:1: it belongs to no moment\n"},
    {"UPDATE action SET item = 99", "action id:1: it belongs to no moment\n"},
    {"DELETE FROM item WHERE id = 1", "entry id:1: it belongs to no moment\n"},
    {"UPDATE channel SET letter = 'I' WHERE id = 2", "channel id:2: it has the letter of id:1\n"},
    {"UPDATE item SET chosen = 1 WHERE kind = 1", "chosen: 6 moments, and at most 5 can be\n"},
    {"UPDATE item SET seconds = 5 WHERE id = 3",
     "tally: 1 sums are not what the moments add up to\n"},
    {"INSERT INTO tally VALUES(1, 0, 3, 3, 1, 0, 0, 1, 0)",
     "tally: 1 sums have no moments to them\n"},
    {"DELETE FROM edit WHERE id = 2", "history: edit 2 is not there, and its changes are\n"},
    {"UPDATE edit SET kind = 7 WHERE id = 2",
     "history: edit 2 is neither an edit nor an undo nor a redo\n"},
    {"UPDATE edit SET undoes = 99 WHERE kind = 1",
     "history: edit 7 takes back one that is not there\n"},
    {"INSERT INTO rerating VALUES(1, 0, 3, 7, 1, 2)", "reratings: 1 whose review is not there\n"},
    {"INSERT INTO rerating VALUES(1, 0, 99, 7, 1, 2)", "rerating id:1: it belongs to no moment\n"},
    {"INSERT INTO ballot VALUES(1, 7, 'Ana', '7K2', 0)", "ballots: 1 whose vote is not there\n"},
    {"INSERT INTO ballot VALUES(1, 7, '', '7K2', 0)", "ballot id:1: its name or code is none\n"},
    {"INSERT INTO mark VALUES(7, 3, 1), (8, 3, 1)", "marks: 2 whose ballot is not there\n"},
    {"INSERT INTO mark VALUES(7, 99, 1)", "mark id:7: it belongs to no moment\n"},
    {"INSERT INTO mark VALUES(7, 3, -1)", "ballot id:7: a mark for id:3 that cannot be\n"},
    {"INSERT INTO vote VALUES(1, 0, 1, 1, 5), (2, 0, 2, 1, NULL)",
     "votes: 2 are open, and one at a time can be\n"},
    {"INSERT INTO review VALUES(1, 0, '2026-11-21', 0, 0, 0, 0), "
     "(2, 0, '2026-11-22', 0, 0, 0, 0)",
     "reviews: 2 are going on, and one at a time can\n"},
    {"UPDATE edit SET words = CAST(x'9b35' AS TEXT) WHERE id = 2",
     "history: edit 2 has a name or words that are no text\n"},
    {"UPDATE edit SET who = x'41' WHERE id = 2",
     "history: edit 2 has a name or words that are no text\n"},
    {"UPDATE change SET record = 'x' WHERE edit = 2",
     "history: edit 2 changed what no board has\n"},
    {"UPDATE change SET field = 'x' WHERE edit = 2", "history: edit 2 changed what no board has\n"},
    {"UPDATE change SET new = x'FF' WHERE edit = 2", "history: edit 2 changed what no board has\n"},
    {"UPDATE change SET new = '[[' WHERE edit = 2", "history: edit 2 added what cannot be read\n"},
};

static void each_finding_is_a_line(void **state)
{
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct error error;
        struct buffer report = {0};
        char name[16];
        (void)snprintf(name, sizeof name, "b%zu", i);
        const char *path = example(*state, name);
        board_sql(path, damages[i].sql);
        struct store *store = board_open(path, "Ana");
        enum status status = store_check(store, &report, &error);
        if (status != STATUS_BAD_DATA || !strstr(buffer_text(&report), damages[i].line))
            fail_msg("status %d, \"%s\" should hold \"%s\"", (int)status, buffer_text(&report),
                     damages[i].line);
        assert_non_null(strstr(error.text, "finding"));
        board_set_of(store, RECORD_CHANNEL, 4, CHANNEL_COLOUR,
                     value_integer(99)); /* no lock kept */
        buffer_release(&report);
        store_close(store);
    }
}

static void many_findings_are_cut_short(void **state)
{
    struct error error;
    struct buffer report = {0};
    struct store *store = board_new(*state, "b", "Ana");
    const char *titles[251] = {NULL};
    for (int i = 0; i < 250; i++)
        titles[i] = "x";
    board_fill(store, titles);
    board_sql(store_path(store), "UPDATE item SET title = x'00'");
    assert_int_equal(store_check(store, &report, &error), STATUS_BAD_DATA);
    assert_non_null(strstr(error.text, "250 findings"));
    assert_non_null(strstr(buffer_text(&report), "and 150 more\n"));
    int lines = 0;
    for (const char *at = buffer_text(&report); (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 101);
    buffer_release(&report);
    store_close(store);
}

/* A page of garbage: SQLite tells, and the rest is looked at all the same. */
static void damage_of_the_file_is_found(void **state)
{
    static const char *const objects[] = {"item", "item_line", "idea", "change", "tally"};
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        struct error error;
        struct buffer report = {0}, sql = {0};
        char garbage[4096];
        char name[16];
        (void)snprintf(name, sizeof name, "b%zu", i);
        const char *path = example(*state, name);
        buffer_add_format(&sql, "SELECT rootpage FROM sqlite_schema WHERE name = '%s'", objects[i]);
        int64_t page = board_sql_number(path, buffer_text(&sql));
        FILE *file = fopen(path, "r+");
        assert_non_null(file);
        memset(garbage, 0xA5, sizeof garbage);
        assert_int_equal(fseek(file, (long)(page - 1) * 4096, SEEK_SET), 0);
        assert_int_equal(fwrite(garbage, 1, sizeof garbage, file), sizeof garbage);
        assert_int_equal(fclose(file), 0);
        struct store *store = board_open(path, "Ana");
        assert_int_equal(store_check(store, &report, &error), STATUS_BAD_DATA);
        assert_non_null(strstr(buffer_text(&report), "file: "));
        buffer_release(&report);
        buffer_release(&sql);
        store_close(store);
    }
}

/* Each object of a new board is what an opened one is compared with: no more, no less. */
static void a_new_board_is_what_is_expected(void **state)
{
    const char *path = example(*state, "b");
    static const char *const objects[] = {
        "board",      "channel",   "person",      "item",        "item_line",     "item_phase",
        "idea",       "idea_item", "action",      "action_item", "action_open",   "entry",
        "entry_item", "tally",     "edit",        "edit_undoes", "change",        "item_chosen",
        "item_dots",  "wave",      "review",      "rerating",    "rerating_item", "rerating_review",
        "vote",       "ballot",    "ballot_vote", "mark",        "mark_item"};
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM sqlite_schema"),
                     sizeof objects / sizeof *objects);
    for (size_t i = 0; i < sizeof objects / sizeof *objects; i++) {
        struct buffer sql = {0};
        buffer_add_format(&sql, "SELECT count(*) FROM sqlite_schema WHERE name = '%s'", objects[i]);
        assert_int_equal(board_sql_number(path, buffer_text(&sql)), 1);
        buffer_release(&sql);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_sound_board_has_no_findings),   TEST(each_finding_is_a_line),
        TEST(many_findings_are_cut_short),     TEST(damage_of_the_file_is_found),
        TEST(a_new_board_is_what_is_expected),
    };
    return cmocka_run_group_tests_name("check", tests, NULL, NULL);
}
