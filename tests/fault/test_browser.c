/* Pages and pictures of a board full of hostile texts, in a browser with its scripts on: nothing of
 * a board's text may run. The escapes hold alone, and so does the page's own policy. */
#include "fixture.h"
#include "hostile.h"
#include "shell.h"
#include "skip.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

#define BROWSERS "chromium chromium-browser google-chrome chrome"

/* It prints the document as it is once all in it has loaded and run. */
#define BROWSER                                                                                    \
    "dump() { $(command -v " BROWSERS " | head -n 1) --headless --no-sandbox --disable-gpu "       \
    "--no-first-run --disable-background-networking --disable-component-update --disable-sync "    \
    "--user-data-dir=\"$PWD/profile\" --dump-dom \"file://$PWD/$1\" 2>browser.log; }\n"

static void need_browser(struct fixture *fixture)
{
    struct shell_result result = shell_run(fixture, "command -v " BROWSERS);
    bool none = result.out[0] == '\0';
    shell_release(&result);
    if (none)
        skip_because("there is no browser (" BROWSERS ")");
}

/* Whether a script of the document has run; it must have been shown, down to `shown`. */
static bool has_run(struct fixture *fixture, const char *name, const char *shown)
{
    struct buffer line = {0};
    buffer_add_format(&line, BROWSER "dump %s", name);
    struct shell_result result = shell_run(fixture, buffer_text(&line));
    if (result.code != 0 || strstr(result.out, shown) == NULL)
        fail_msg("the browser did not show %s: %d\n%s", name, result.code, result.out);
    bool run = strstr(result.out, HOSTILE_MARK) != NULL;
    shell_release(&result);
    buffer_release(&line);
    return run;
}

/* The file with `by` in place of `what`, which it must hold, beside it. */
static void write_changed(struct fixture *fixture, const char *from, const char *to,
                          const char *what, const char *by)
{
    char *text = fixture_read(fixture_path(fixture, from));
    struct buffer changed = {0};
    char *at = strstr(text, what);
    assert_non_null(at);
    buffer_add(&changed, text, (size_t)(at - text));
    buffer_add_format(&changed, "%s%s", by, at + strlen(what));
    (void)fixture_write(fixture, to, buffer_text(&changed));
    buffer_release(&changed);
    memory_free(text);
}

static void write_raw(struct fixture *fixture, const char *name, size_t index)
{
    struct buffer page = {0};
    buffer_add_format(&page, "<!DOCTYPE html><title>raw</title><p>%s</p><p>shown",
                      hostile_text(index));
    (void)fixture_write(fixture, name, buffer_text(&page));
    buffer_release(&page);
}

/* What follows tells something only if the browser runs what is written as it is. */
static void the_browser_runs_what_is_not_escaped(void **state)
{
    need_browser(*state);
    size_t runs = 0;
    for (size_t i = 0; i < hostile_count; i++) {
        if (strstr(hostile_text(i), "data-ran") == NULL)
            continue;
        write_raw(*state, "raw.html", i);
        runs += has_run(*state, "raw.html", "shown");
    }
    assert_int_equal(runs, 6); /* all but the one in entities */
}

static void nothing_runs_in_a_page(void **state)
{
    need_browser(*state);
    (void)hostile_board(*state, "b.touchline", 0);
    shell_expect(*state, "touchline export b.touchline -o page.html", 0, "", "");
    assert_false(has_run(*state, "page.html", "&lt;script&gt;"));
    write_changed(*state, "page.html", "free.html", "Content-Security-Policy", "x");
    assert_false(has_run(*state, "free.html", "&lt;script&gt;"));
}

static void the_policy_of_a_page_lets_no_script_run(void **state)
{
    need_browser(*state);
    (void)hostile_board(*state, "b.touchline", 0);
    shell_expect(*state, "touchline export b.touchline -o page.html", 0, "", "");
    write_changed(*state, "page.html", "script.html", "</body>", HOSTILE_SCRIPT "</body>");
    assert_false(has_run(*state, "script.html", "<script>"));
    write_changed(*state, "script.html", "free.html", "Content-Security-Policy", "x");
    assert_true(has_run(*state, "free.html", "<script>"));
}

static void nothing_runs_in_a_picture(void **state)
{
    need_browser(*state);
    (void)hostile_board(*state, "b.touchline", 0);
    shell_expect(*state, "touchline export b.touchline -o wall.svg", 0, "", "");
    assert_false(has_run(*state, "wall.svg", "</text>"));
    write_changed(*state, "wall.svg", "script.svg", "</svg>", HOSTILE_SCRIPT "</svg>");
    assert_true(has_run(*state, "script.svg", "</text>"));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(the_browser_runs_what_is_not_escaped, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(nothing_runs_in_a_page, fixture_setup, fixture_teardown),
        cmocka_unit_test_setup_teardown(the_policy_of_a_page_lets_no_script_run, fixture_setup,
                                        fixture_teardown),
        cmocka_unit_test_setup_teardown(nothing_runs_in_a_picture, fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
