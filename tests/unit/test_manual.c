/* touchline-board(5) and the file agree: every table and column is described, every example runs.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "boards.h"
#include "touchline/memory.h"
#include <string.h>

static const char page[] = TOUCHLINE_SOURCE "/man/touchline-board.5";

/* A name stands as a word of its own behind a macro or a comma: "Va title ,". */
static bool describes(const char *text, const char *name)
{
    size_t length = strlen(name);
    for (const char *at = strstr(text, name); at; at = strstr(at + 1, name))
        if (at > text && at[-1] == ' ' && (at[length] == ' ' || at[length] == '\n'))
            return true;
    return false;
}

static void every_column_is_described(void **state)
{
    (void)state;
    char *text = fixture_read(page);
    assert_non_null(text);
    for (int record = 0; record < RECORDS; record++) {
        const struct record_type *type = record_type((enum record)record);
        struct buffer section = {0};
        buffer_add_format(&section, ".Ss %s\n", type->table);
        const char *from = strstr(text, buffer_text(&section));
        if (!from) {
            fail_msg("the manual has no section on the table %s", type->table);
            return;
        }
        const char *to = strstr(from + 1, "\n.Ss ");
        char *part = memory_copy_bytes(from, (size_t)(to - from));
        for (size_t i = 0; i < type->count; i++)
            if (!describes(part, type->fields[i].name))
                fail_msg("%s.%s is not described", type->table, type->fields[i].name);
        memory_free(part);
        buffer_release(&section);
    }
    memory_free(text);
}

static void every_example_runs(void **state)
{
    static const char begin[] = ".Bd -literal -offset indent\n";
    struct store *store = board_new(*state, "cab.touchline", "Ana");
    const char *const titles[] = {"#Before", "Sees the rank advert", "Books the cab", NULL};
    int64_t id = board_fill(store, titles);
    board_add_action(store, id + 1, "Buy two kits", "2026-11-28");
    char *path = memory_copy(store_path(store));
    store_close(store);
    char *text = fixture_read(page);
    int examples = 0;
    for (char *at = strstr(text, begin); at; at = strstr(at, begin)) {
        char *end = strstr(at, ".Ed");
        assert_non_null(end);
        *end = '\0';
        board_sql(path, at + sizeof begin - 1);
        at = end + 1;
        examples++;
    }
    assert_true(examples >= 3);
    memory_free(text);
    memory_free(path);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_column_is_described),
        cmocka_unit_test_setup_teardown(every_example_runs, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
