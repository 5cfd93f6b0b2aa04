/* What a review hides is hidden everywhere (R16): the verbs tell the same of two boards that differ
 * in nothing else. */
#include "blind.h"
#include "boards.h"
#include "shell.h"
#include "touchline/buffer.h"
#include "touchline/command.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include <cmocka.h>

/* Every way to have something told. */
static const struct {
    const char *verb, *words;
} readers[] = {
    {"actions", ""},
    {"actions", "--json"},
    {"board", ""},
    {"channels", ""},
    {"check", ""},
    {"due", ""},
    {"export", "-f html"},
    {"export", "-f md"},
    {"export", "-f svg"},
    {"handout", "--for Ana"},
    {"history", ""},
    {"history", "--changes"},
    {"history", "--json"},
    {"list", ""},
    {"list", "--json"},
    {"person", ""},
    {"poll", ""},
    {"poll", "--json"},
    {"review", ""},
    {"review", "--json"},
    {"show", ""},
    {"show", "--json"},
    {"show", "1"},
    {"show", "2"},
    {"show", "3 --json"},
    {"show", "z1"},
    {"vote", "--as Ana --code AAA"},
    {"vote", "--as Ana --code AAA --json"},
    {"wave", ""},
};

/* These give a whole board away, or have nothing to tell of one. */
static const char *const others[] = {"backup", "share"};

static char *told(struct fixture *fixture, const char *folder, const char *line)
{
    struct buffer command = {0};
    buffer_add_format(&command, "cd %s && {\n%s\n}", folder, line);
    struct shell_result result = shell_run(fixture, buffer_text(&command));
    char *out = result.out;
    result.out = NULL;
    shell_release(&result);
    buffer_release(&command);
    return out;
}

static void expect_alike(struct fixture *fixture, const char *line)
{
    char *one = told(fixture, "one", line), *two = told(fixture, "two", line);
    if (strcmp(one, two) != 0)
        fail_msg("%s tells them apart:\n%s\n---\n%s", line, one, two);
    assert_true(strlen(one) > 0);
    memory_free(one);
    memory_free(two);
}

static void add_reader(size_t i, const char *more, struct buffer *line)
{
    buffer_add_format(line, "touchline %s cab.touchline %s %s; echo $?; ", readers[i].verb, more,
                      readers[i].words);
}

static void r16_no_verb_tells_what_is_hidden(void **state)
{
    const char *paths[BLIND_BOARDS];
    blind_make(*state, paths);
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++) {
        struct buffer line = {0};
        add_reader(i, "", &line);
        expect_alike(*state, buffer_text(&line));
        buffer_release(&line);
    }
}

static bool is_among(const char *name)
{
    bool found = false;
    for (size_t i = 0; i < sizeof readers / sizeof *readers; i++)
        found = found || strcmp(readers[i].verb, name) == 0;
    for (size_t i = 0; i < sizeof others / sizeof *others; i++)
        found = found || strcmp(others[i], name) == 0;
    return found;
}

/* So that a new one is thought of here. */
static void every_verb_that_reads_is_asked(void **state)
{
    size_t count;
    const struct command *const *table = command_table(&count);
    (void)state;
    for (size_t i = 0; i < count; i++)
        if (table[i]->scope == COMMAND_BOARD && !table[i]->writes && !is_among(table[i]->name))
            fail_msg("%s is asked nothing here", table[i]->name);
}

/* All edits in one line of sh: a verb each would take seconds. */
static void r16_the_past_is_as_blind_as_now(void **state)
{
    static const char *const verbs[] = {"show",          "list --json",       "review",
                                        "review --json", "history --changes", "export -f md",
                                        "poll"};
    const char *paths[BLIND_BOARDS];
    struct buffer line = {0};
    int edits = blind_make(*state, paths);
    for (int edit = 10; edit <= edits; edit++)
        for (size_t i = (size_t)edit % 2; i < sizeof verbs / sizeof *verbs; i += 2)
            buffer_add_format(&line, "touchline %s --at %d cab.touchline 2>/dev/null; ", verbs[i],
                              edit);
    expect_alike(*state, buffer_text(&line));
    buffer_release(&line);
    buffer_add_format(&line, "touchline list --at %d cab.touchline", edits - 2);
    char *list = told(*state, "one", buffer_text(&line));
    assert_string_equal(list, "   1  -  ?          chosen  One\n"
                              "   2  -  ?          chosen  Two\n"
                              "   3  -  ?          chosen  Three\n"
                              "   4  -  ?                  Four\n"
                              "   5  -  miserable          Five\n"
                              "   6  -  unrated            Six\n"
                              "Parked\n"
                              "  z1  -  ?                  Seven\n");
    memory_free(list);
    buffer_release(&line);
}

static void r16_undo_says_nothing_of_it(void **state)
{
    const char *paths[BLIND_BOARDS];
    blind_make(*state, paths);
    expect_alike(*state, "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do touchline undo cab.touchline; "
                         "touchline list cab.touchline | sed 's/unrated/?      /'; done 2>&1");
    expect_alike(*state, "for i in 1 2 3 4 5 6 7 8 9 10 11 12; do touchline redo cab.touchline; "
                         "done 2>&1");
}

/* What is refused, and how, must not tell either. */
static void r16_trying_tells_nothing_of_it(void **state)
{
    const char *paths[BLIND_BOARDS];
    blind_make(*state, paths);
    expect_alike(*state, "for n in 1 2 3; do for t in none neutral magical miserable; do "
                         "touchline target cab.touchline $n $t; "
                         "touchline set cab.touchline $n target=$t; done; "
                         "touchline target cab.touchline $n; done 2>&1");
    expect_alike(*state, "for n in 1 2 3; do touchline rate cab.touchline $n magical; "
                         "touchline show cab.touchline $n | grep -vE 'First|Target'; done 2>&1");
}

static void r16_what_is_rated_anew_is_told_apart(void **state)
{
    const char *paths[BLIND_BOARDS];
    blind_make(*state, paths);
    expect_alike(*state, "touchline rate cab.touchline 1 magical; echo");
    char *one = told(*state, "one", "touchline review cab.touchline");
    assert_non_null(strstr(one, "Up: 1 One, neutral to magical"));
    assert_non_null(strstr(one, "?: 2 Two, to be rated anew"));
    memory_free(one);
}

static void csv_has_them_and_says_so(void **state)
{
    const char *paths[BLIND_BOARDS];
    blind_make(*state, paths);
    char *one =
        told(*state, "one",
             "touchline export cab.touchline 2>&1 >/dev/null; "
             "touchline export cab.touchline 2>/dev/null | cut -d, -f3,5,6,7 | sed -n 2,4p");
    assert_string_equal(one,
                        "touchline: a review goes on: csv has the 4 old ratings that it hides\n"
                        "One,neutral,neutral,\nTwo,neutral,miserable,magical\n"
                        "Three,magical,magical,\n");
    memory_free(one);
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        TEST(r16_no_verb_tells_what_is_hidden), TEST(every_verb_that_reads_is_asked),
        TEST(r16_the_past_is_as_blind_as_now),  TEST(r16_undo_says_nothing_of_it),
        TEST(r16_trying_tells_nothing_of_it),   TEST(r16_what_is_rated_anew_is_told_apart),
        TEST(csv_has_them_and_says_so),
    };
    return cmocka_run_group_tests_name("blind", tests, NULL, NULL);
}
