#include "boards.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static char *json_of(struct store *store, enum json_what what, int64_t id)
{
    struct error error;
    struct plan plan = {0};
    const struct json_wanted wanted = {.what = what, .id = id, .plan = &plan};
    char *text = NULL;
    size_t length;
    FILE *out = open_memstream(&text, &length);
    MUST(store_plan(store, &plan, &error));
    MUST(store_json(store, &wanted, out, &error));
    assert_int_equal(fclose(out), 0);
    plan_release(&plan);
    assert_int_equal(text[length - 1], '\n');
    for (const unsigned char *at = (const unsigned char *)text; *at; at++)
        if (*at != '\n')
            assert_true(*at >= 0x20 && *at != 0x7F);
    return text;
}

/* What SQLite, which reads JSON by another way than it writes it, finds at a path. */
static void must_hold(const char *json, const char *path, const char *wanted)
{
    sqlite3 *db;
    sqlite3_stmt *statement;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_prepare_v2(db, "SELECT json_valid(?1), json_extract(?1, ?2)", -1, &statement, NULL),
        SQLITE_OK);
    sqlite3_bind_text(statement, 1, json, -1, SQLITE_STATIC);
    sqlite3_bind_text(statement, 2, path, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(statement), SQLITE_ROW);
    assert_int_equal(sqlite3_column_int(statement, 0), 1);
    const char *found = (const char *)sqlite3_column_text(statement, 1);
    assert_string_equal(found ? found : "null", wanted);
    sqlite3_finalize(statement);
    sqlite3_close(db);
}

static struct store *example(struct fixture *fixture)
{
    static const char *const titles[] = {"a", "#Before", "b", "z p", "#Void", "#Ride", "c", NULL};
    struct store *store = board_new(fixture, "b", "Ana");
    int64_t a = board_fill(store, titles), b = a + 2;
    board_set(store, b, ITEM_CHANNEL, value_integer(2));
    board_set(store, b, ITEM_RATING, value_integer(RATING_NEUTRAL));
    board_set(store, b, ITEM_TARGET, value_integer(RATING_MAGICAL));
    board_set(store, b, ITEM_CHOSEN, value_integer(1));
    board_set(store, b, ITEM_SECONDS, value_integer(15));
    board_set(store, b, ITEM_NOTE, value_text("one\ntwo \"three\" \\"));
    board_add_idea(store, b, "tea", PRICE_LOW);
    board_add_idea(store, b, "milk", PRICE_NONE);
    board_add_action(store, a + 6, "buy", "2026-12-04");
    board_add_action(store, a + 3, "sell", NULL);
    board_add_entry(store, b, ENTRY_BUYS_AGAIN, 40);
    return store;
}

static void moments_come_with_all_that_belongs(void **state)
{
    static const char *const held[][2] = {
        {"$[0].title", "a"},
        {"$[0].number", "1"},
        {"$[0].phase", "null"},
        {"$[0].rating", "null"},
        {"$[0].chosen", "0"},
        {"$[0].times", "1"},
        {"$[0].seconds", "null"},
        {"$[0].ideas", "[]"},
        {"$[0].state", "live"},
        {"$[1].title", "b"},
        {"$[1].id", "3"},
        {"$[1].number", "2"},
        {"$[1].phase", "Before"},
        {"$[1].channel", "Phone"},
        {"$[1].rating", "neutral"},
        {"$[1].first_rating", "neutral"},
        {"$[1].target", "magical"},
        {"$[1].chosen", "1"},
        {"$[1].seconds", "15"},
        {"$[1].note", "one\ntwo \"three\" \\"},
        {"$[1].ideas[0].text", "tea"},
        {"$[1].ideas[0].price", "low"},
        {"$[1].ideas[0].taken", "0"},
        {"$[1].ideas[1].price", "null"},
        {"$[1].ideas[2]", "null"},
        {"$[1].ledger[0].kind", "buys again"},
        {"$[1].ledger[0].amount", "40"},
        {"$[2].phase", "Ride"},
        {"$[2].actions[0].due", "2026-12-04"},
        {"$[2].actions[0].status", "to do"},
        {"$[3].title", "p"},
        {"$[3].state", "parked"},
        {"$[3].number", "null"},
        {"$[4]", "null"},
    };
    struct store *store = example(*state);
    char *json = json_of(store, JSON_MOMENTS, 0);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        must_hold(json, held[i][0], held[i][1]);
    assert_non_null(strstr(json, "\"chosen\":true")); /* and not 1 */
    int lines = 0;
    for (const char *at = json; (at = strchr(at, '\n')); at++)
        lines++;
    assert_int_equal(lines, 4 + 2); /* a moment a line */
    free(json);
    store_close(store);
}

static void one_moment_comes_alone(void **state)
{
    struct error error;
    struct store *store = example(*state);
    const struct json_wanted phase = {.what = JSON_MOMENT, .id = 2};
    const struct json_wanted nothing = {.what = JSON_MOMENT, .id = 99};
    char *json = json_of(store, JSON_MOMENT, 3);
    must_hold(json, "$.title", "b");
    must_hold(json, "$.number", "2");
    must_hold(json, "$.phase", "Before");
    must_hold(json, "$.ideas[1].text", "milk");
    free(json);
    json = json_of(store, JSON_MOMENT, 4); /* parked */
    must_hold(json, "$.number", "null");
    free(json);
    MUST_REFUSE(store_json(store, &phase, stderr, &error), STATUS_NOT_FOUND, "is a phase");
    MUST_REFUSE(store_json(store, &nothing, stderr, &error), STATUS_NOT_FOUND, "id:99");
    store_close(store);
}

static void actions_say_what_they_are_for(void **state)
{
    struct store *store = example(*state);
    char *json = json_of(store, JSON_ACTIONS, 0);
    must_hold(json, "$[0].text", "buy");
    must_hold(json, "$[0].moment", "7");
    must_hold(json, "$[0].number", "3");
    must_hold(json, "$[0].title", "c");
    must_hold(json, "$[1].text", "sell");
    must_hold(json, "$[1].number", "null");
    must_hold(json, "$[1].title", "p");
    must_hold(json, "$[2]", "null");
    free(json);
    store_close(store);
}

static void history_is_told(void **state)
{
    struct store *store = example(*state);
    board_undo(store);
    board_redo(store);
    char *json = json_of(store, JSON_HISTORY, 0);
    must_hold(json, "$[0].words", "filled");
    must_hold(json, "$[0].who", "Ana");
    must_hold(json, "$[0].kind", "edit");
    must_hold(json, "$[0].at", "2026-11-21T19:14:00.000Z");
    must_hold(json, "$[0].changes[6].record", "moment");
    must_hold(json, "$[0].changes[7]", "null");
    must_hold(json, "$[0].undoes", "null");
    must_hold(json, "$[12].kind", "undo");
    must_hold(json, "$[12].undoes", "12");
    must_hold(json, "$[13].kind", "redo");
    free(json);
    json = json_of(store, JSON_HISTORY, 13);
    must_hold(json, "$[0].kind", "redo");
    must_hold(json, "$[1]", "null");
    free(json);
    store_close(store);
}

/* Of one edit each: where in the history, what it must hold. */
static void every_kind_of_change_is_told(void **state)
{
    static const char *const held[][2] = {
        {"$[0].changes", "[{\"record\":\"moment\",\"id\":1,\"field\":\"added\",\"old\":null,"
                         "\"new\":{\"title\":\"a\"}},{\"record\":\"phase\",\"id\":2,\"field\":"
                         "\"added\",\"old\":null,\"new\":{\"title\":\"Ride\"}}]"},
        {"$[1].changes", "[{\"record\":\"moment\",\"id\":1,\"field\":\"channel\",\"old\":null,"
                         "\"new\":\"Phone\"}]"},
        {"$[2].changes[0].old", "null"}, /* the rating; the first one follows it */
        {"$[2].changes[0].new", "miserable"},
        {"$[2].changes[1].field", "first_rating"},
        {"$[3].changes[0].old", "0"},
        {"$[3].changes[0].new", "1"},
        {"$[4].changes", "[{\"record\":\"moment\",\"id\":1,\"field\":\"place\",\"old\":0,"
                         "\"new\":2}]"},
        {"$[5].changes[0].new.status", "trying"},
        {"$[5].changes[0].new.item", "1"},
        {"$[6].changes[0].old", "live"},
        {"$[6].changes[0].new", "deleted"},
    };
    static const char *const letters[] = {"a", "#Ride", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    struct error error;
    struct edit *edit;
    struct action action = {.item = 1, .text = (char[]){"Mend it"}, .status = ACTION_TRYING};
    int64_t id;
    board_fill(store, letters);
    board_set(store, 1, ITEM_CHANNEL, value_integer(2));
    board_set(store, 1, ITEM_RATING, value_integer(RATING_MISERABLE));
    board_set(store, 1, ITEM_CHOSEN, value_integer(1));
    board_move(store, 1, 2);
    action.wave = FIELD_ABSENT;
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_add(edit, RECORD_ACTION, &action, &id, &error));
    MUST(edit_commit(edit, &error, "added"));
    board_delete(store, RECORD_ITEM, 1);
    char *json = json_of(store, JSON_HISTORY, 0);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        must_hold(json, held[i][0], held[i][1]);
    free(json);
    store_close(store);
}

/* What a stranger's file has there is no reason to stop, nor to be believed. */
static void odd_changes_are_left_out(void **state)
{
    static const char *const letters[] = {"a", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    board_fill(store, letters);
    board_set(store, 1, ITEM_SECONDS, value_integer(7));
    board_sql(store_path(store), "UPDATE change SET new = '{' WHERE edit = 1");
    board_sql(store_path(store), "UPDATE change SET old = x'00', new = x'ff' WHERE edit = 2");
    char *json = json_of(store, JSON_HISTORY, 0);
    must_hold(json, "$[0].changes[0].new", "null");
    must_hold(json, "$[1].changes[0].new", "null");
    free(json);
    store_close(store);
}

static void the_whole_board_has_its_empty_phases(void **state)
{
    static const char *const held[][2] = {
        {"$.board.title", "Cab"},
        {"$.board.customers", "null"},
        {"$.channels[1].name", "Phone"},
        {"$.channels[5].letter", "B"},
        {"$.people", "[]"},
        {"$.phases[0].title", "Before"},
        {"$.phases[0].at", "2"},
        {"$.phases[1].title", "Void"},
        {"$.phases[1].at", "3"},
        {"$.phases[2].at", "3"},
        {"$.phases[3]", "null"},
        {"$.moments[1].title", "b"},
        {"$.moments[1].ideas[0].id", "1"},
    };
    struct store *store = example(*state);
    board_set_of(store, RECORD_BOARD, 1, BOARD_TITLE, value_text("Cab"));
    char *json = json_of(store, JSON_BOARD, 0);
    for (size_t i = 0; i < sizeof held / sizeof *held; i++)
        must_hold(json, held[i][0], held[i][1]);
    free(json);
    store_close(store);
    store = board_new(*state, "empty", "Ana");
    for (int what = JSON_MOMENTS; what <= JSON_BOARD; what++)
        if (what != JSON_MOMENT) {
            json = json_of(store, (enum json_what)what, 0);
            must_hold(json, "$[0]", "null");
            free(json);
        }
    store_close(store);
}

/* Whatever would act on a terminal or a browser comes as \uXXXX, and is the same once read. */
static void what_would_act_is_escaped(void **state)
{
    /* NOLINTBEGIN(misc-misleading-bidirectional): the texts that are tested */
    static const char *const live[] = {
        "\x01",         "\x1B",         "\x7F",         "\xC2\x80",     "\xC2\x9B",
        "\xC2\x9F",     "\xD8\x9C",     "\xE2\x80\x8E", "\xE2\x80\x8F", "\xE2\x80\xA8",
        "\xE2\x80\xA9", "\xE2\x80\xAA", "\xE2\x80\xAE", "\xE2\x81\xA6", "\xE2\x81\xA9",
    };
    /* NOLINTEND(misc-misleading-bidirectional) */
    static const char *const harmless[] = {
        "\xC2\xA0",     "\xC2\xBF",     "\xC3\x9F",         "\xD8\xA7",
        "\xE2\x80\x8D", "\xE2\x80\x94", "\xE2\x80\xAF",     "\xE2\x81\xA5",
        "\xE2\x81\xAA", "\xE2\x98\xBA", "\xF0\x9F\x9A\x95",
    };
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_add(store, "x", PLACE_END);
    for (size_t i = 0; i < sizeof live / sizeof *live; i++) {
        struct buffer text = {0};
        buffer_add_format(&text, "before%safter%s", live[i], live[i]);
        board_set(store, id, ITEM_NOTE, value_text(buffer_text(&text)));
        char *json = json_of(store, JSON_MOMENT, id);
        assert_null(strstr(json, live[i]));
        assert_non_null(strstr(json, "before\\u"));
        must_hold(json, "$.note", buffer_text(&text));
        free(json);
        buffer_release(&text);
    }
    for (size_t i = 0; i < sizeof harmless / sizeof *harmless; i++) {
        board_set(store, id, ITEM_NOTE, value_text(harmless[i]));
        char *json = json_of(store, JSON_MOMENT, id);
        assert_non_null(strstr(json, harmless[i]));
        must_hold(json, "$.note", harmless[i]);
        free(json);
    }
    store_close(store);
}

static void errors_are_told(void **state)
{
    struct error error;
    struct store *store = example(*state);
    FILE *full = fopen("/dev/full", "w");
    if (full) {
        const struct json_wanted all = {.what = JSON_BOARD};
        MUST_REFUSE(store_json(store, &all, full, &error), STATUS_FULL,
                    "the output could not be written: No space left");
        (void)fclose(full);
    }
    board_sql(store_path(store), "UPDATE idea SET text = x'00' WHERE id = 2");
    char *text = NULL;
    size_t length;
    for (int what = JSON_MOMENTS; what <= JSON_MOMENT; what++) {
        FILE *out = open_memstream(&text, &length);
        const struct json_wanted wanted = {.what = (enum json_what)what, .id = 3};
        MUST_REFUSE(store_json(store, &wanted, out, &error), STATUS_BAD_DATA,
                    "idea id:2 has a text that no board can have");
        (void)fclose(out);
        free(text);
    }
    board_sql(store_path(store), "UPDATE edit SET who = CAST(x'9b35' AS TEXT) WHERE id = 2");
    FILE *out = open_memstream(&text, &length);
    const struct json_wanted history = {.what = JSON_HISTORY};
    MUST_REFUSE(store_json(store, &history, out, &error), STATUS_BAD_DATA,
                "its history is damaged");
    (void)fclose(out);
    free(text);
    board_add(store, "x", PLACE_END); /* no reading was left open */
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(moments_come_with_all_that_belongs),
        TEST(one_moment_comes_alone),
        TEST(actions_say_what_they_are_for),
        TEST(history_is_told),
        TEST(every_kind_of_change_is_told),
        TEST(odd_changes_are_left_out),
        TEST(the_whole_board_has_its_empty_phases),
        TEST(what_would_act_is_escaped),
        TEST(errors_are_told),
    };
    return cmocka_run_group_tests_name("json", tests, NULL, NULL);
}
