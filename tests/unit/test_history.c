#include "boards.h"
#include "naive.h"
#include "random.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

/* Two people on one board, thousands of random edits, undos and redos: after each the store must
 * answer as a plain list of the board does, and history replayed must give the board; read
 * backwards, it must give what the board was on the way. */

enum { OPERATIONS = 5000, IDS = 120, LOOKS_BACK = 25 };

struct people_at_work {
    struct store *stores[2];
    const char *path;
    uint64_t seed;
    int64_t newest; /* the highest id of an item so far */
    int done, refused;
};

static int64_t random_id(struct people_at_work *work)
{
    return (int64_t)random_below(&work->seed, (uint64_t)work->newest + 1) + 1;
}

/* Every third time an end; else an item of any kind and state. */
static int64_t random_place(struct people_at_work *work)
{
    uint64_t way = random_below(&work->seed, 6);
    return way == 0 ? PLACE_START : way == 1 ? PLACE_END : random_id(work);
}

static const char *random_text(struct people_at_work *work)
{
    static const char *const words[] = {"soup", "Tea", "the cab", "SOUP kitchen", "bill", "wait"};
    return words[random_below(&work->seed, sizeof words / sizeof *words)];
}

static enum status add_moment(struct people_at_work *work, struct edit *edit, struct error *error)
{
    struct moment moment;
    int64_t id;
    record_init(RECORD_ITEM, &moment);
    moment.title = (char *)random_text(work);
    moment.state = random_below(&work->seed, 8) == 0 ? STATE_PARKED : STATE_LIVE;
    moment.channel =
        random_below(&work->seed, 2) ? FIELD_ABSENT : (int64_t)random_below(&work->seed, 6) + 1;
    moment.rating = (int64_t)random_below(&work->seed, RATINGS);
    moment.seconds = random_below(&work->seed, 2) ? FIELD_ABSENT : 15;
    moment.times = (int64_t)random_below(&work->seed, 3) + 1;
    enum status status = edit_add_moment(edit, &moment, random_place(work), &id, error);
    if (status == STATUS_OK && id > work->newest)
        work->newest = id;
    return status;
}

static enum status add_belonging(struct people_at_work *work, struct edit *edit,
                                 struct error *error)
{
    int64_t id;
    struct idea idea = {.item = random_id(work),
                        .text = (char *)random_text(work),
                        .price = (int64_t)random_below(&work->seed, PRICES)};
    struct action action;
    struct entry entry;
    record_init(RECORD_ACTION, &action);
    action.item = random_id(work);
    action.text = (char *)random_text(work);
    action.due = (char *)(random_below(&work->seed, 2) ? "2026-11-20" : "2026-11-22");
    action.status = (int64_t)random_below(&work->seed, ACTION_STATUSES);
    record_init(RECORD_ENTRY, &entry);
    entry.item = random_id(work);
    entry.kind = (int64_t)random_below(&work->seed, ENTRY_KINDS - 1) + 1;
    entry.amount = (int64_t)random_below(&work->seed, 3);
    switch (random_below(&work->seed, 3)) {
    case 0:
        return edit_add(edit, RECORD_IDEA, &idea, &id, error);
    case 1:
        return edit_add(edit, RECORD_ACTION, &action, &id, error);
    default:
        return edit_add(edit, RECORD_ENTRY, &entry, &id, error);
    }
}

static enum status set_field(struct people_at_work *work, struct edit *edit, struct error *error)
{
    static const struct {
        int field;
        uint64_t values;
    } fields[] = {
        {ITEM_STATE, 3},  {ITEM_RATING, RATINGS}, {ITEM_TARGET, RATINGS},
        {ITEM_CHOSEN, 2}, {ITEM_DOTS, 4},         {ITEM_SECONDS, 100},
        {ITEM_TIMES, 4},  {ITEM_CHANNEL, 7},      {ITEM_CHOSEN, 2},
    };
    size_t which = random_below(&work->seed, sizeof fields / sizeof *fields + 1);
    int64_t id = random_id(work);
    if (which == sizeof fields / sizeof *fields)
        return edit_set(edit, RECORD_ITEM, id, ITEM_TITLE, value_text(random_text(work)), NULL,
                        error);
    int64_t value = (int64_t)random_below(&work->seed, fields[which].values);
    if (fields[which].field == ITEM_CHANNEL && value == 0)
        value = FIELD_ABSENT;
    return edit_set(edit, RECORD_ITEM, id, fields[which].field, value_integer(value), NULL, error);
}

static enum status one_part(struct people_at_work *work, struct edit *edit, struct error *error)
{
    int64_t id;
    uint64_t way = random_below(&work->seed, 8);
    if (way < 2 && work->newest >= IDS && random_below(&work->seed, 20) > 0)
        way += 6; /* the board is full: mostly something else */
    switch (way) {
    case 0:
        return add_moment(work, edit, error);
    case 1:
        return random_below(&work->seed, 4)
                   ? add_moment(work, edit, error)
                   : edit_add_phase(edit, random_text(work), random_place(work), &id, error);
    case 2:
        return add_belonging(work, edit, error);
    case 3:
    case 4:
        return edit_move(edit, random_id(work), random_place(work), error);
    case 5:
        id = random_id(work);
        if (random_below(&work->seed, 2)) /* or soon nearly everything would be deleted */
            return edit_set(edit, RECORD_ITEM, id, ITEM_STATE, value_integer(STATE_LIVE), NULL,
                            error);
        return edit_remove(edit, random_below(&work->seed, 3) ? RECORD_ITEM : RECORD_IDEA, id,
                           error);
    default:
        return set_field(work, edit, error);
    }
}

static enum status edit_at_random(struct people_at_work *work, struct store *store,
                                  struct error *error)
{
    struct edit *edit;
    int64_t total;
    enum status status = edit_begin(store, &edit, error);
    assert_int_equal(status, STATUS_OK);
    for (uint64_t parts = random_below(&work->seed, 3) + 1; status == STATUS_OK && parts > 0;
         parts--)
        status = one_part(work, edit, error);
    if (random_below(&work->seed, 4) == 0) /* asked within an edit, it must spoil nothing */
        (void)!store_number(store, random_id(work), &total, error);
    if (status != STATUS_OK || random_below(&work->seed, 10) == 0)
        return edit_cancel(edit, status);
    return edit_commit(edit, error, "random");
}

static enum status operate(struct people_at_work *work, struct store *store, struct error *error)
{
    struct undone undone;
    enum status status;
    switch (random_below(&work->seed, 6)) {
    case 0:
        status = store_undo(store, &undone, error);
        break;
    case 1:
        status = store_redo(store, &undone, error);
        break;
    default:
        return edit_at_random(work, store, error);
    }
    if (status == STATUS_OK)
        undone_release(&undone);
    return status;
}

static void random_filter(struct people_at_work *work, struct filter *filter)
{
    memset(filter, 0, sizeof *filter);
    if (random_below(&work->seed, 2))
        return;
    filter->channel = (int64_t)random_below(&work->seed, 4);
    if (random_below(&work->seed, 8) == 0)
        filter->channel = FIELD_ABSENT;
    filter->rating = (int64_t)random_below(&work->seed, RATINGS + 1);
    filter->chosen = random_below(&work->seed, 5) == 0;
    filter->cheap = random_below(&work->seed, 5) == 0;
    if (random_below(&work->seed, 3) == 0)
        filter->words = memory_copy("soup");
}

static void look(struct people_at_work *work, struct store *store)
{
    struct naive naive;
    struct filter filter;
    naive_read(&naive, work->path, "2026-11-21");
    random_filter(work, &filter);
    naive_assert_sums(&naive, store);
    naive_assert_window(&naive, store, random_id(work), (int)random_below(&work->seed, 6),
                        (int)random_below(&work->seed, 6), &filter);
    if (naive.count > 0)
        naive_assert_steps(&naive, store, naive.items[random_below(&work->seed, naive.count)].id,
                           &filter);
    if (random_below(&work->seed, 10) == 0)
        naive_assert_strip(&naive, store, &filter);
    filter_release(&filter);
    naive_release(&naive);
}

/* What the board was after some of its edits. */
struct album {
    struct {
        int64_t edit;
        char *content;
    } pictures[LOOKS_BACK];
    size_t count;
};

static void keep_picture(struct people_at_work *work, struct album *album)
{
    assert_true(album->count < LOOKS_BACK);
    album->pictures[album->count].edit =
        board_sql_number(work->path, "SELECT coalesce(max(id), 0) FROM edit");
    album->pictures[album->count++].content = board_content(work->path);
}

static void must_have_been(struct people_at_work *work, struct fixture *fixture,
                           struct album *album)
{
    for (size_t i = 0; i < album->count; i++) {
        struct error error;
        struct store *past;
        char name[32];
        snprintf(name, sizeof name, "past-%zu", i);
        const char *copy = fixture_path(fixture, name);
        MUST(store_open_past(work->stores[i % 2], album->pictures[i].edit, &past, &error));
        MUST(store_backup(past, copy, &error));
        store_close(past);
        char *content = board_content(copy);
        assert_string_equal(content, album->pictures[i].content);
        memory_free(content);
        memory_free(album->pictures[i].content);
        struct store *opened = board_open(copy, "Ana");
        board_assert_sound(opened);
        store_close(opened);
    }
}

static void must_be_as_before(struct people_at_work *work, const char *before)
{
    char *after = board_content(work->path);
    assert_string_equal(before, after);
    memory_free(after);
}

static void the_store_answers_as_a_plain_list_does(void **state)
{
    struct people_at_work work = {.seed = 20261121};
    struct album album = {0};
    work.stores[0] = board_new(*state, "b", "Ana");
    work.path = store_path(work.stores[0]);
    work.stores[1] = board_open(work.path, "Ben");
    for (int i = 0; i < OPERATIONS; i++) {
        struct error error = {.status = STATUS_OK};
        struct store *store = work.stores[random_below(&work.seed, 2)];
        char *before = i % 20 == 0 ? board_content(work.path) : NULL;
        enum status status = operate(&work, store, &error);
        assert_int_not_equal(status, STATUS_FAILED);
        assert_int_not_equal(status, STATUS_BUSY);
        if (status != STATUS_OK) {
            assert_true(strlen(error.text) > 0);
            work.refused++;
            if (before)
                must_be_as_before(&work, before);
        } else
            work.done++;
        memory_free(before);
        if (i % 3 == 0)
            look(&work, work.stores[random_below(&work.seed, 2)]);
        if (i % (OPERATIONS / LOOKS_BACK) == 0)
            keep_picture(&work, &album);
        if (i % 500 == 499)
            board_assert_sound(work.stores[0]);
    }
    must_have_been(&work, *state, &album);
    assert_true(work.done > OPERATIONS / 3);
    assert_true(work.refused > OPERATIONS / 20);
    store_close(work.stores[0]);
    store_close(work.stores[1]);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_store_answers_as_a_plain_list_does),
    };
    return cmocka_run_group_tests_name("history", tests, NULL, NULL);
}
