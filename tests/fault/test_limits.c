/* As much as a board holds, and a little more: refused with the field and the row, by every way in,
 * with the board as it was. Nothing freezes, and memory stays bounded. */
#include "board.h"
#include "boards.h"
#include "bytes.h"
#include "fault.h"
#include "shell.h"
#include "touchline/command.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include <cmocka.h>

enum { HUGE_NOTE = 10 << 20 };

static char *huge_text(const char *before, int bytes)
{
    struct buffer text = {0};
    buffer_add_format(&text, "%s%0*d", before, bytes, 0);
    return buffer_take(&text);
}

/* --- a note of 10 MB -------------------------------------------------------------------------- */

/* What the shell's verb and the palette run; an argument of a program cannot be so long. */
static void by_set(struct store *store, const char *text)
{
    struct error error;
    struct command_words words = {0};
    const struct command *command;
    struct call call = {.store = store, .today = {2026, 11, 21}};
    MUST(command_read_line(text, &words, &command, &call, &error));
    MUST_REFUSE(command_run(command, &call, &error), STATUS_USAGE,
                "note cannot be over 1,048,576 bytes, and this is 10,485,760; shorten it");
    call_release(&call);
    command_words_release(&words);
}

static void a_note_of_10_mb_is_refused_by_set(void **state)
{
    static const char *const titles[] = {"one", NULL};
    struct store *store = board_new(*state, "b", "Ana");
    char *text = huge_text("set 1 note=", HUGE_NOTE);
    board_fill(store, titles);
    struct bytes before = bytes_read(store_path(store));
    by_set(store, text);
    assert_true(bytes_are(store_path(store), &before, before.length));
    store_close(store);
    bytes_release(&before);
    memory_free(text);
}

/* Memory of the children so far, at their most. */
static long children_kb(void)
{
    struct rusage used;
    assert_int_equal(getrusage(RUSAGE_CHILDREN, &used), 0);
    return used.ru_maxrss;
}

static void a_note_of_10_mb_is_refused_in_a_csv(void **state)
{
    char *text = huge_text("title,note\none,short\ntwo,", HUGE_NOTE);
    fixture_write(*state, "huge.csv", text);
    shell_expect(*state,
                 "touchline new b.touchline && cp b.touchline before && touchline import "
                 "b.touchline huge.csv; echo $?; cmp b.touchline before",
                 0, "65\n",
                 "touchline: huge.csv: row 3, column 2: note cannot be over 1,048,576 bytes, "
                 "and this is 10,485,760; shorten it\n");
    memory_free(text);
    fault_figure("a CSV with a note of 10 MB: refused, %ld KB of memory at most", children_kb());
    assert_true(children_kb() < 100000);
}

static void a_paste_of_10_mb_is_refused_while_writing(void **state)
{
    struct screen *screen = *state;
    char *text = huge_text("", HUGE_NOTE);
    screen_open(screen, "one\n");
    screen_keys(screen, "a");
    screen_keys(screen, "t w");
    pty_paste(screen->pty, text);
    pty_wait_text(screen->pty, "a line holds 1,200 bytes; this makes it 10,485,762.");
    screen_keys(screen, "o Enter"); /* and it goes on */
    pty_wait_text(screen->pty, "2 moments");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board_holds(screen->path, "2 two");
    memory_free(text);
}

static void a_paste_of_10_mb_is_refused_on_the_sheet(void **state)
{
    struct screen *screen = *state;
    char *text = huge_text("", HUGE_NOTE);
    screen_open(screen, "one\n");
    screen_keys(screen, "Enter");
    screen_keys(screen, "Down Down Down Down Down Down n o w");
    pty_paste(screen->pty, text);
    pty_wait_text(screen->pty, "What we do now holds 65,536 bytes; this makes it");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board(screen->path, "1 one\n  now: now\n");
    memory_free(text);
}

/* --- one more than there is room for ---------------------------------------------------------- */

static void one_moment_more_is_refused_with_its_row(void **state)
{
    shell_expect(*state,
                 "touchline new b.touchline; (echo title; seq 1 100001) >all.csv; cp b.touchline "
                 "before; touchline import b.touchline all.csv; echo $?; cmp b.touchline before; "
                 "head -100001 all.csv | touchline import b.touchline - && touchline list "
                 "b.touchline | wc -l; touchline add b.touchline more; echo $?",
                 0, "65\n100000\n1\n",
                 "touchline: all.csv: row 100002: a board has room for 100,000 moments\n"
                 "touchline: a board has room for 100,000 moments\n");
    fault_figure("100,001 moments: refused with their row, %ld KB of memory at most",
                 children_kb());
}

static void one_line_more_is_refused_in_a_list(void **state)
{
    shell_expect(*state,
                 "touchline new b.touchline; cp b.touchline before; seq 1 100001 | touchline add "
                 "b.touchline -; echo $?; cmp b.touchline before",
                 0, "65\n", "touchline: over 100,000 lines; take fewer at a time\n");
}

static void one_phase_more_is_refused_with_its_row(void **state)
{
    shell_expect(
        *state,
        "touchline new b.touchline; (echo title,phase; seq 1 1001 | sed 's/.*/m,Phase &/') "
        ">all.csv; cp b.touchline before; touchline import b.touchline all.csv; echo $?; "
        "cmp b.touchline before; head -1001 all.csv | touchline import b.touchline - && "
        "touchline list b.touchline | grep -c Phase",
        0, "65\n1000\n",
        "touchline: all.csv: row 1002, column 2 (phase): a board has room for 1,000 "
        "phases\n");
}

/* As full as a board can be: each answer comes before the patience of a test is at its end. */
static void a_full_board_does_not_freeze_the_screen(void **state)
{
    struct screen *screen = *state;
    shell_expect(
        screen->fixture,
        "touchline new cab.touchline; (echo title,phase; seq 0 99999 | awk '{print \"m\" $1 "
        "\",Phase \" int($1 / 100)}') | touchline import cab.touchline -",
        0, "", "");
    screen_open(screen, NULL);
    screen_keys(screen, "G");
    assert_shows(screen, "100000 m99999");
    screen_keys(screen, "a");
    screen_type(screen, "one more\r");
    assert_says(screen, "A board has room for 100,000 moments");
    assert_shows(screen, "> one more");
    screen_keys(screen, "C-u Esc # 5 0 0 0 0 Enter ) (");
    assert_shows(screen, "49901 m49900");
    screen_keys(screen, "/ m 9 9 9 9 8 Enter");
    assert_shows(screen, "99999 m99998");
    screen_keys(screen, "x r 1 H u");
    screen_keys(screen, "- g ) G + s 4 s 5 s 6 s 1");
    screen_keys(screen, "D Esc ! Esc T T W Esc");
    screen_keys(screen, "f"), screen_type(screen, "miserable\r");
    assert_shows(screen, "m99998");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name)   cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
#define SCREEN(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_note_of_10_mb_is_refused_by_set),
        TEST(a_note_of_10_mb_is_refused_in_a_csv),
        SCREEN(a_paste_of_10_mb_is_refused_while_writing),
        SCREEN(a_paste_of_10_mb_is_refused_on_the_sheet),
        TEST(one_moment_more_is_refused_with_its_row),
        TEST(one_line_more_is_refused_in_a_list),
        TEST(one_phase_more_is_refused_with_its_row),
        SCREEN(a_full_board_does_not_freeze_the_screen),
    };
    return cmocka_run_group_tests_name("limits", tests, NULL, NULL);
}
