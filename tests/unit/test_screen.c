/* Each screen command of the table has its function, so that no key of the help does nothing. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "tui/tui.h"

static void every_screen_command_can_be_run(void **state)
{
    (void)state;
    size_t count, screens = 0;
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++) {
        if (table[i]->scope != COMMAND_SCREEN)
            continue;
        screens++;
        if (!screen_function_named(table[i]->name))
            fail_msg("'%s' has no function", table[i]->name);
    }
    assert_true(screens > 0);
}

static void other_names_have_none(void **state)
{
    (void)state;
    assert_null(screen_function_named("rate"));
    assert_null(screen_function_named(""));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(every_screen_command_can_be_run),
        cmocka_unit_test(other_names_have_none),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
