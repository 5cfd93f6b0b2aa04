/* What comes as a CSV file and is none, or is one by half: told with row and column, in bounded
 * memory, and the board stays as it was to the byte. */
#include "bytes.h"
#include "fault.h"
#include "instrumented.h"
#include "shell.h"
#include "touchline/buffer.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include <cmocka.h>

enum { MEMORY_MOST_KB = 100000 * INSTRUMENTED };

/* `make` prints the input; in it $MB is how many megabytes a large one has. */
static const struct {
    const char *make, *says;
} odd[] = {
    {"printf 'title\\na\\000b\\n'", "row 2, column 1: "},
    {"printf 'title\\nBooks the \"cab\\n'", "row 2, column 1: "},
    {"printf 'title,note\\na,\"never closed\\nb,c\\n'",
     "row 2, column 2: the quote that opens here is never closed"},
    {"printf 'title\\n\"a\"b\\n'", "row 2, column 1: "},
    {"printf '\\377\\376t\\000i\\000t\\000l\\000e\\000\\n\\000'", "looks like UTF-16"},
    {"printf '\\376\\377\\000t\\000i\\000t\\000l\\000e\\000\\n'", "looks like UTF-16"},
    {"printf 'title\\ncaf\\351\\n'", "row 2, column 1: "},
    {"printf 'title\\rone,two\\r'", "row 2, column 2: "},
    {"printf '\\357\\273\\277title\\n\\357\\273\\277\\n,b\\n'", "row 3, column 2: "},
    {"printf 'title,TITLE\\na,b\\n'", "row 1, column 2 (TITLE): "},
    {"printf 'title,rating\\na,good\\n'", "row 2, column 2: "},
    {"printf 'title,seconds\\na,1\\nb,soon\\n'", "row 3, column 2: "},
    {"printf 'title,ideas\\na,\"one\\ntwo | price=much\"\\n'", "row 2, column 2"},
    {"echo title; head -c 1000000 /dev/zero | tr '\\0' ,", "row 2, column 1001: more than 1,000"},
    {"head -c 1000000 /dev/zero | tr '\\0' ,", "row 1, column 1001: more than 1,000"},
    {"echo title,note; printf 'a,'; head -c ${MB}000000 /dev/zero | tr '\\0' x",
     "row 2, column 2: the row is longer than 16 MiB"},
    {"echo title,note; printf 'a,\"'; head -c ${MB}000000 /dev/zero | tr '\\0' '\\n'",
     "row 2, column 2: the text that opens here makes the row longer than 16 MiB"},
    {"echo title; printf '\"'; head -c ${MB}000000 /dev/zero | tr '\\0' '\"'", "row 2, column 1: "},
    {"echo title; head -c ${MB}000000 /dev/zero", "row 2, column 1: "},
    {"head -c ${MB}000000 /dev/zero | tr '\\0' '\\n'", "nothing in it"},
    {"cat board", "looks like a board, not CSV"},
};

/* By a file, by a pipe and by a FIFO. */
static const char *const ways[] = {
    "{ %s; } >in.csv; touchline import b.touchline in.csv",
    "{ %s; } | touchline import b.touchline -",
    "rm -f fifo; mkfifo fifo; { %s; } >fifo & touchline import b.touchline fifo",
};

static void try(struct fixture *fixture, const char *make, const char *way, const char *says)
{
    struct buffer line = {0};
    const char *place = strstr(way, "%s");
    long megabytes = fault_times(20, 100);
    buffer_add_format(&line, "MB=%ld; ", megabytes);
    buffer_add(&line, way, (size_t)(place - way));
    buffer_add_text(&line, make);
    buffer_add_text(&line, place + 2);
    struct shell_result result = shell_run(fixture, buffer_text(&line));
    const char *end = strchr(result.err, '\n');
    if (result.code != 65 || !strstr(result.err, says) || !end || end[1])
        fail_msg("%s: %d, \"%s\" should hold \"%s\", in one line", buffer_text(&line), result.code,
                 result.err, says);
    shell_release(&result);
    buffer_release(&line);
}

static void what_is_no_csv_is_told_with_its_place(void **state)
{
    struct rusage used;
    shell_expect(*state,
                 "touchline new b.touchline && touchline add b.touchline one && cp b.touchline "
                 "board",
                 0, "", "");
    const char *path = fixture_path(*state, "b.touchline");
    struct bytes before = bytes_read(path);
    for (size_t i = 0; i < sizeof odd / sizeof *odd; i++)
        for (size_t way = 0; way < sizeof ways / sizeof *ways; way++) {
            try(*state, odd[i].make, ways[way], odd[i].says);
            assert_true(bytes_are(path, &before, before.length));
        }
    bytes_release(&before);
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
    fault_figure("input that is no CSV: %zu by three ways, the board unchanged, %ld KB of memory "
                 "at most",
                 sizeof odd / sizeof *odd, used.ru_maxrss);
    assert_true(used.ru_maxrss < MEMORY_MOST_KB);
}

/* A byte order mark, CR line ends, a sheet's trailing commas: these are CSV, too. */
static void what_is_a_csv_all_the_same_is_read(void **state)
{
    static const char *const inputs[] = {
        "\\357\\273\\277title\\r\\none\\r\\n",
        "title\\rone\\r",
        "title,,\\none,,\\n,,\\n",
        "TITLE\\none",
        "title;note\\none;\\n",
    };
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        struct buffer line = {0};
        buffer_add_format(&line,
                          "rm -f b.touchline; touchline new b.touchline; printf '%s' | touchline "
                          "import b.touchline - 2>/dev/null && touchline list b.touchline",
                          inputs[i]);
        shell_expect(*state, buffer_text(&line), 0, "  1  -  unrated            one\n", "");
        buffer_release(&line);
    }
}

/* It waits for a writer, as cat does: others work on the board meanwhile, and it can be ended. */
static void a_fifo_without_a_writer_is_waited_for(void **state)
{
    shell_expect(*state,
                 "touchline new b.touchline; mkfifo fifo; touchline import b.touchline fifo & p=$!;"
                 "touchline add b.touchline one && touchline list b.touchline; kill $p; wait $p; "
                 "echo $?; touchline history b.touchline | wc -l",
                 0, "  1  -  unrated            one\n143\n1\n", NULL);
}

/* What has no end is not read to it. */
static void devices_are_refused(void **state)
{
    static const struct {
        const char *name, *says;
    } inputs[] = {
        {"/dev/zero", "it is a device; name a file, or pipe it into '-'"},
        {"/dev/urandom", "it is a device; name a file, or pipe it into '-'"},
        {"/dev/null", "it is a device; name a file, or pipe it into '-'"},
        {"/dev/tty", "it is a device; name a file, or pipe it into '-'"},
        {".", "it is a folder; name a file"},
    };
    shell_expect(*state, "touchline new b.touchline; cp b.touchline board", 0, "", "");
    for (size_t i = 0; i < sizeof inputs / sizeof *inputs; i++) {
        struct buffer line = {0}, says = {0};
        buffer_add_format(&line, "touchline import b.touchline %s; echo $?; cmp b.touchline board",
                          inputs[i].name);
        buffer_add_format(&says, "touchline: %s: %s\n", inputs[i].name, inputs[i].says);
        shell_expect(*state, buffer_text(&line), 0, "66\n", buffer_text(&says));
        buffer_release(&line);
        buffer_release(&says);
    }
    shell_expect(*state,
                 "touchline import b.touchline - </dev/zero; echo $?; cmp b.touchline board", 0,
                 "65\n",
                 "touchline: standard input: row 1, column 1: a zero byte, which no text has; save "
                 "the file as CSV in UTF-8\n");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(what_is_no_csv_is_told_with_its_place),
        TEST(what_is_a_csv_all_the_same_is_read),
        TEST(a_fifo_without_a_writer_is_waited_for),
        TEST(devices_are_refused),
    };
    return cmocka_run_group_tests_name("odd input", tests, NULL, NULL);
}
