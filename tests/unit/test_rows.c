#include "boards.h"
#include "row_list.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static struct edit *begin(struct store *store)
{
    struct error error;
    struct edit *edit;
    MUST(edit_begin(store, &edit, &error));
    return edit;
}

static void take_all(struct store *store, struct row_list *list)
{
    struct error error;
    struct store_rows *rows;
    struct row row;
    bool done = false;
    row_init(&row);
    MUST(store_rows_begin(store, &rows, &error));
    struct row_source source = store_rows_source(rows);
    for (;;) {
        MUST(source.next(source.data, &row, &done, &error));
        if (done)
            break;
        MUST(row_list_take(list, &row, NULL, &error));
    }
    MUST(source.next(source.data, &row, &done, &error)); /* it stays at its end */
    assert_true(done);
    store_rows_end(rows);
    row_release(&row);
}

static void give_all(struct row_list *list, struct store *store)
{
    struct error error;
    const char *field;
    struct edit *edit = begin(store);
    struct row_sink sink = edit_row_sink(edit);
    for (size_t i = 0; i < list->count; i++)
        MUST(sink.add(sink.data, &list->at[i], &field, &error));
    MUST(edit_commit(edit, &error, "rows"));
}

/* Equal in all fields, but for the id of the moment that a record belongs to. */
static void assert_records(enum record record, const void *a, const void *b, size_t count)
{
    const struct record_type *type = record_type(record);
    for (size_t i = 0; i < count; i++)
        for (int field = 0; field < (int)type->count; field++) {
            if (type->fields[field].type == FIELD_ITEM)
                continue;
            struct value one = record_get(record, (const char *)a + i * type->size, field);
            struct value other = record_get(record, (const char *)b + i * type->size, field);
            if (!value_equal(one, other))
                fail_msg("%s: another %s", type->name, type->fields[field].name);
        }
}

static void assert_rows(const struct row_list *a, const struct row_list *b)
{
    assert_int_equal(a->count, b->count);
    for (size_t i = 0; i < a->count; i++) {
        const struct row *one = &a->at[i], *other = &b->at[i];
        assert_records(RECORD_ITEM, &one->moment, &other->moment, 1);
        assert_int_equal(one->moment.number, other->moment.number);
        assert_int_equal(!one->phase, !other->phase);
        if (one->phase)
            assert_string_equal(one->phase, other->phase);
        assert_int_equal(one->ideas.count, other->ideas.count);
        assert_int_equal(one->actions.count, other->actions.count);
        assert_int_equal(one->entries.count, other->entries.count);
        assert_records(RECORD_IDEA, one->ideas.at, other->ideas.at, one->ideas.count);
        assert_records(RECORD_ACTION, one->actions.at, other->actions.at, one->actions.count);
        assert_records(RECORD_ENTRY, one->entries.at, other->entries.at, one->entries.count);
    }
}

static struct store *example(struct fixture *fixture, const char *name)
{
    static const char *const titles[] = {"a",     "#Before", "b",   "z p", "c", "#Void",
                                         "#Ride", "d",       "z q", "e",   NULL};
    struct store *store = board_new(fixture, name, "Ana");
    int64_t a = board_fill(store, titles);
    for (int field = ITEM_OWNER; field <= ITEM_NOTE; field++)
        board_set(store, a + 2, field,
                  value_text(field == ITEM_OWNER ? "Wally" : "one\ntwo \"3\""));
    board_set(store, a + 2, ITEM_CHANNEL, value_integer(2));
    board_set(store, a + 2, ITEM_RATING, value_integer(RATING_MISERABLE));
    board_set(store, a + 2, ITEM_TARGET, value_integer(RATING_NEUTRAL));
    board_set(store, a + 2, ITEM_RATING, value_integer(RATING_MAGICAL)); /* overtaken */
    board_set(store, a + 2, ITEM_SECONDS, value_integer(0));
    board_set(store, a + 2, ITEM_CHOSEN, value_integer(1));
    board_add_idea(store, a + 2, "tea | \\ milk", PRICE_LOW);
    board_add_idea(store, a + 2, "sugar\ncane", PRICE_NONE);
    board_add_action(store, a + 3, "buy", "2026-12-04");
    board_add_entry(store, a + 2, ENTRY_REWORK, 40);
    return store;
}

static void rows_come_in_order_with_all_that_belongs(void **state)
{
    struct row_list list = {0};
    struct store *store = example(*state, "b");
    static const char *const wanted[] = {"a", "b", "c", "d", "e", "p", "q"};
    static const char *const phases[] = {NULL, "Before", "Before", "Ride", "Ride", NULL, NULL};
    take_all(store, &list);
    assert_int_equal(list.count, 7);
    for (size_t i = 0; i < 7; i++) {
        assert_string_equal(list.at[i].moment.title, wanted[i]);
        assert_int_equal(list.at[i].moment.number, i < 5 ? (int64_t)i + 1 : 0);
        assert_int_equal(!list.at[i].phase, !phases[i]);
        if (phases[i])
            assert_string_equal(list.at[i].phase, phases[i]);
    }
    assert_int_equal(list.at[1].ideas.count, 2);
    assert_string_equal(list.at[1].ideas.at[0].text, "tea | \\ milk");
    assert_int_equal(list.at[1].entries.at[0].amount, 40);
    assert_int_equal(list.at[5].actions.count, 1); /* of a parked one */
    row_list_release(&list);
    store_close(store);
}

/* Also from the midst of them. */
static void rows_can_be_read_again(void **state)
{
    struct error error;
    struct store_rows *rows;
    struct row row;
    bool done = false;
    struct store *store = example(*state, "b");
    row_init(&row);
    MUST(store_rows_begin(store, &rows, &error));
    struct row_source source = store_rows_source(rows);
    for (int read = 2; read < 9; read += 3) {
        for (int i = 0; i < read; i++)
            MUST(source.next(source.data, &row, &done, &error));
        MUST(source.again(source.data, &error));
        MUST(source.next(source.data, &row, &done, &error));
        assert_false(done);
        assert_string_equal(row.moment.title, "a");
        assert_int_equal(row.moment.number, 1);
        assert_null(row.phase);
    }
    store_rows_end(rows);
    row_release(&row);
    store_close(store);
}

static void what_was_poured_out_can_be_poured_in(void **state)
{
    struct row_list first = {0}, second = {0};
    struct store *store = example(*state, "b");
    struct store *copy = board_new(*state, "copy", "Ben");
    take_all(store, &first);
    give_all(&first, copy);
    take_all(copy, &second);
    assert_rows(&first, &second);
    ASSERT_LINE(copy, "a [Before] b c [Ride] d e | p q");
    board_assert_sound(copy);
    board_undo(copy); /* an import is one edit */
    ASSERT_LINE(copy, "");
    board_redo(copy);
    ASSERT_LINE(copy, "a [Before] b c [Ride] d e | p q");
    board_assert_sound(copy);
    row_list_release(&first);
    row_list_release(&second);
    store_close(copy);
    store_close(store);
}

/* A sheet may name a phase once; rows go on in the phase that the board ends with. */
static void rows_without_a_phase_stay_in_the_last(void **state)
{
    struct row_list list = {0};
    struct store *store = board_new(*state, "b", "Ana");
    static const char *const phases[] = {"Ride", NULL, "After", "After", NULL};
    static const char *const there[] = {"#Before", "x", "#Ride", NULL};
    board_fill(store, there);
    for (size_t i = 0; i < 5; i++) {
        struct row *row = row_list_add(&list);
        char title[] = {(char)('a' + (int)i), '\0'};
        row->moment.title = memory_copy(title);
        row->phase = memory_copy(phases[i]);
    }
    give_all(&list, store);
    ASSERT_LINE(store, "[Before] x [Ride] a b [After] c d e");
    assert_int_equal(
        board_sql_number(store_path(store), "SELECT count(*) FROM item WHERE kind = 2"), 3);
    row_list_release(&list);
    store_close(store);
}

static void a_refused_row_is_named_by_its_column(void **state)
{
    static const struct {
        int field;
        int64_t value;
        const char *text;
        enum status status;
        const char *column, *told;
    } cases[] = {
        {ITEM_TARGET, RATING_MAGICAL, NULL, STATUS_REFUSED, "target", "Rate it first."},
        {ITEM_SECONDS, 604801, NULL, STATUS_BAD_DATA, "seconds", "seconds cannot be"},
        {ITEM_CHANNEL, 9, NULL, STATUS_NOT_FOUND, "channel", "there is no channel id:9"},
        {ITEM_TITLE, 0, "", STATUS_REFUSED, "title", "cannot be without a title"},
    };
    struct store *store = board_new(*state, "b", "Ana");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct error error;
        struct row row;
        const char *column = NULL;
        row_init(&row);
        record_set(RECORD_ITEM, &row.moment, ITEM_TITLE, value_text("x"));
        record_set(RECORD_ITEM, &row.moment, cases[i].field,
                   cases[i].text ? value_text(cases[i].text) : value_integer(cases[i].value));
        struct edit *edit = begin(store);
        struct row_sink sink = edit_row_sink(edit);
        MUST_REFUSE(sink.add(sink.data, &row, &column, &error), cases[i].status, cases[i].told);
        assert_string_equal(column, cases[i].column);
        MUST_REFUSE(sink.add(sink.data, &row, NULL, &error), cases[i].status, "a part");
        edit_cancel(edit, STATUS_OK);
        row_release(&row);
    }
    ASSERT_LINE(store, "");
    store_close(store);
}

/* R6: the row of the sixth is told, not the end of the file. */
static void the_sixth_choice_is_told_at_its_row(void **state)
{
    struct error error;
    struct row row;
    const char *column = NULL;
    struct store *store = board_new(*state, "b", "Ana");
    row_init(&row);
    record_set(RECORD_ITEM, &row.moment, ITEM_TITLE, value_text("x"));
    row.moment.chosen = 1;
    struct edit *edit = begin(store);
    struct row_sink sink = edit_row_sink(edit);
    for (int i = 0; i < 5; i++)
        MUST(sink.add(sink.data, &row, &column, &error));
    row.moment.state = STATE_PARKED; /* does not count */
    MUST(sink.add(sink.data, &row, &column, &error));
    row.moment.state = STATE_LIVE;
    MUST_REFUSE(sink.add(sink.data, &row, &column, &error), STATUS_REFUSED, "Five are chosen");
    assert_string_equal(column, "chosen");
    edit_cancel(edit, STATUS_OK);
    row_release(&row);
    store_close(store);
}

/* All rows are of one moment: another's edit waits until the end. */
static void a_reading_sees_one_board(void **state)
{
    struct error error;
    struct store_rows *rows;
    struct edit *edit;
    struct row row;
    bool done;
    struct store *store = example(*state, "b");
    struct store *other = board_open(store_path(store), "Ben");
    row_init(&row);
    MUST(store_rows_begin(store, &rows, &error));
    struct row_source source = store_rows_source(rows);
    MUST(source.next(source.data, &row, &done, &error));
    MUST(edit_begin(other, &edit, &error));
    MUST(edit_set(edit, RECORD_BOARD, 1, BOARD_TITLE, value_text("x"), NULL, &error));
    MUST_REFUSE(edit_commit(edit, &error, "x"), STATUS_BUSY, "Not saved. ");
    store_rows_end(rows);
    board_set_of(other, RECORD_BOARD, 1, BOARD_TITLE, value_text("x"));
    store_rows_end(NULL);
    row_release(&row);
    store_close(other);
    store_close(store);
}

static void damage_ends_the_reading(void **state)
{
    struct error error;
    struct store_rows *rows;
    struct row row;
    bool done = false;
    enum status status = STATUS_OK;
    struct store *store = example(*state, "b");
    board_sql(store_path(store), "UPDATE idea SET text = x'00'");
    row_init(&row);
    MUST(store_rows_begin(store, &rows, &error));
    struct row_source source = store_rows_source(rows);
    while (status == STATUS_OK && !done)
        status = source.next(source.data, &row, &done, &error);
    assert_int_equal(status, STATUS_BAD_DATA);
    assert_non_null(strstr(error.text, "idea id:1 has a text that no board can have"));
    store_rows_end(rows);
    row_release(&row);
    board_add(store, "x", PLACE_END); /* no reading was left open */
    store_close(store);
}

/* Ids far apart, as in a file that somebody else wrote. */
static void far_ids_find_what_belongs_to_them(void **state)
{
    struct row_list list = {0};
    struct store *store = example(*state, "b");
    board_sql(store_path(store),
              "UPDATE item SET id = 9007199254740993 WHERE title = 'b'; "
              "UPDATE idea SET item = 9007199254740993; UPDATE entry SET item = 9007199254740993");
    take_all(store, &list);
    assert_true(list.count > 5);
    const struct row *far = list.at ? &list.at[1] : NULL;
    const struct row *near = list.at ? &list.at[5] : NULL;
    if (!far || !near)
        return;
    assert_string_equal(far->moment.title, "b");
    assert_int_equal(far->ideas.count, 2);
    assert_int_equal(far->entries.count, 1);
    assert_int_equal(near->actions.count, 1);
    row_list_release(&list);
    store_close(store);
}

/* Changes the one place in a file that holds these bytes. */
static void patch(const char *path, const void *bytes, size_t length, size_t at, char to)
{
    char content[1 << 17];
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    size_t size = fread(content, 1, sizeof content, file);
    const char *found = memmem(content, size, bytes, length);
    assert_non_null(found);
    assert_int_equal(fseek(file, found - content + (long)at, SEEK_SET), 0);
    assert_int_equal(fputc(to, file), to);
    assert_int_equal(fclose(file), 0);
}

/* The index of ideas says 4, then 99 where 3 stood: not the order that it promises. */
static void an_index_out_of_order_does_no_harm(void **state)
{
    static const char entry_of_3[] = {5, 1, 8, 8, 9, 3}; /* sqlite.org/fileformat.html, 2.1 */
    struct row_list list = {0};
    struct store *store = board_new(*state, "b", "Ana");
    board_fill(store, (const char *const[]){"a", "b", "c", "d", NULL});
    board_add_idea(store, 3, "An idea", PRICE_NONE);
    board_add_idea(store, 4, "Another", PRICE_NONE);
    char *path = memory_copy(store_path(store));
    store_close(store);
    patch(path, entry_of_3, sizeof entry_of_3, sizeof entry_of_3 - 1, 99);
    store = board_open(path, "Ana");
    take_all(store, &list);
    assert_int_equal(list.count, 4);
    row_list_release(&list);
    memory_free(path);
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(rows_come_in_order_with_all_that_belongs),
        TEST(rows_can_be_read_again),
        TEST(what_was_poured_out_can_be_poured_in),
        TEST(rows_without_a_phase_stay_in_the_last),
        TEST(a_refused_row_is_named_by_its_column),
        TEST(the_sixth_choice_is_told_at_its_row),
        TEST(a_reading_sees_one_board),
        TEST(damage_ends_the_reading),
        TEST(far_ids_find_what_belongs_to_them),
        TEST(an_index_out_of_order_does_no_harm),
    };
    return cmocka_run_group_tests_name("rows", tests, NULL, NULL);
}
