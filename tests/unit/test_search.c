#include "boards.h"
#include "random.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const titles[] = {"Soup",          "b", "#Phase", "tea", "soup again",
                                     "z soup parked", "f", "SOUP",   "h",   NULL};

/* The hit after `from` in a direction, looked for `rows` at a time; 0: none. */
static int64_t find(struct store *store, const char *words, int64_t from, int direction, int rows)
{
    struct error error;
    struct search search;
    int64_t found = 0;
    bool done = false;
    int slices = 0;
    store_search_begin(&search, words, from, direction);
    while (!done && !found) {
        MUST(store_search(store, &search, rows, &found, &done, &error));
        assert_in_range(++slices, 1, 1000);
    }
    store_search_end(&search);
    return found;
}

static char *title_of(struct store *store, int64_t id)
{
    struct error error;
    struct moment moment = {0};
    MUST(store_moment(store, id, &moment, &error));
    char *title = memory_copy(moment.title);
    record_release(RECORD_ITEM, &moment);
    return title;
}

static void must_find(struct store *store, const char *words, int64_t from, int direction,
                      const char *wanted)
{
    for (int rows = 1; rows < 12; rows++) {
        int64_t found = find(store, words, from, direction, rows);
        assert_int_equal(found != 0, wanted != NULL);
        if (!found)
            continue;
        char *title = title_of(store, found);
        assert_string_equal(title, wanted);
        memory_free(title);
    }
}

static void a_search_goes_round_once(void **state)
{
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, titles);
    must_find(store, "soup", id, +1, "soup again");
    must_find(store, "soup", id + 4, +1, "SOUP");
    must_find(store, "soup", id + 8, +1, "Soup");
    must_find(store, "soup", id, -1, "SOUP");
    must_find(store, "soup", id + 7, -1, "soup again");
    must_find(store, "tea", id + 3, +1, "tea"); /* itself, at the end of the round */
    must_find(store, "tea", id + 3, -1, "tea");
    must_find(store, "no such word", id + 3, +1, NULL);
    must_find(store, "no such word", id + 3, -1, NULL);
    must_find(store, "phase", id, +1, NULL);  /* no heading */
    must_find(store, "parked", id, +1, NULL); /* none from the parking lot */
    must_find(store, "soup", 0, +1, "Soup");  /* from nowhere: from an end */
    must_find(store, "soup", 0, -1, "SOUP");
    must_find(store, "no such word", 0, +1, NULL);
    board_delete(store, RECORD_ITEM, id + 4); /* from where one was */
    must_find(store, "soup", id + 4, +1, "SOUP");
    store_close(store);
    store = board_new(*state, "empty", "Ana");
    must_find(store, "soup", 0, +1, NULL);
    store_close(store);
}

static void a_search_goes_on_after_a_hit(void **state)
{
    struct error error;
    struct search search;
    struct buffer found = {0};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, titles);
    for (int direction = -1; direction <= 1; direction += 2) {
        bool done = false;
        buffer_clear(&found);
        store_search_begin(&search, "soup", id + 3, direction);
        while (!done) {
            int64_t hit;
            MUST(store_search(store, &search, 2, &hit, &done, &error));
            if (hit)
                buffer_add_format(&found, "%lld ", (long long)(hit - id));
        }
        store_search_end(&search);
        assert_string_equal(buffer_text(&found), direction > 0 ? "4 7 0 " : "0 7 4 ");
    }
    buffer_release(&found);
    store_close(store);
}

static void all_texts_of_a_moment_are_searched(void **state)
{
    static const int fields[] = {ITEM_TITLE,       ITEM_OWNER,     ITEM_HANDLING,
                                 ITEM_EXPECTATION, ITEM_BENCHMARK, ITEM_NOTE};
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, titles);
    for (size_t i = 0; i < sizeof fields / sizeof *fields; i++) {
        board_set(store, id + 1, fields[i], value_text("here is the needle!"));
        assert_int_equal(find(store, "the NEEDLE", id, +1, 3), id + 1);
        board_undo(store);
        assert_int_equal(find(store, "the NEEDLE", id, +1, 3), 0);
    }
    store_close(store);
}

static void case_is_folded(void **state)
{
    static const char *const pairs[][2] = {
        {"Z\xC3\x9CRICH", "z\xC3\xBCrich"}, /* u umlaut */
        {"\xCE\x91\xCE\xB8\xCE\xAE\xCE\xBD\xCE\xB1",
         "\xCE\xB1\xCE\x98\xCE\x89\xCE\xBD"}, /* Greek */
        {"\xD0\x9C\xD0\x9E\xD0\xA1\xD0\x9A\xD0\x92\xD0\x90",
         "\xD0\xBC\xD0\xBE\xD1\x81"}, /* Cyrillic */
        {"\xC4\xB0stanbul", "istanbul"},
        {"\xE2\x84\xAA"
         "elvin",
         "kelvin"},
    };
    for (size_t i = 0; i < sizeof pairs / sizeof *pairs; i++) {
        char name[32];
        (void)snprintf(name, sizeof name, "b%zu", i);
        struct store *store = board_new(*state, name, "Ana");
        const char *const one[] = {"a", pairs[i][0], NULL};
        int64_t id = board_fill(store, one);
        assert_int_equal(find(store, pairs[i][1], id, +1, 5), id + 1);
        struct error error;
        int64_t first, last;
        struct filter filter = {.words = (char *)pairs[i][1]};
        MUST(store_ends(store, &filter, &first, &last, &error));
        assert_int_equal(first, id + 1);
        store_close(store);
    }
}

/* Any words, any slices, both ways, against the simplest search. */
static void searches_are_those_of_a_plain_loop(void **state)
{
    enum { MOMENTS = 40 };
    static const char *const words[] = {"ab", "bb", "a", "ba", "c"};
    uint64_t seed = 7;
    char texts[MOMENTS][8];
    const char *list[MOMENTS + 1] = {NULL};
    for (int i = 0; i < MOMENTS; i++) {
        for (int j = 0; j < 4; j++)
            texts[i][j] = (char)((j % 2 ? 'A' : 'a') + (int)random_below(&seed, 2));
        texts[i][4] = '\0';
        list[i] = texts[i];
    }
    struct store *store = board_new(*state, "b", "Ana");
    int64_t id = board_fill(store, list);
    for (int from = 0; from < MOMENTS; from++)
        for (size_t w = 0; w < sizeof words / sizeof *words; w++)
            for (int direction = -1; direction <= 1; direction += 2) {
                int64_t wanted = 0;
                for (int i = 1; i <= MOMENTS && !wanted; i++) {
                    int at = (from + direction * i + 2 * MOMENTS) % MOMENTS;
                    wanted = strcasestr(texts[at], words[w]) ? id + at : 0;
                }
                int rows = (int)random_below(&seed, UINT64_C(2) * MOMENTS) + 1;
                assert_int_equal(find(store, words[w], id + from, direction, rows), wanted);
            }
    store_close(store);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_search_goes_round_once),           TEST(a_search_goes_on_after_a_hit),
        TEST(all_texts_of_a_moment_are_searched), TEST(case_is_folded),
        TEST(searches_are_those_of_a_plain_loop),
    };
    return cmocka_run_group_tests_name("search", tests, NULL, NULL);
}
