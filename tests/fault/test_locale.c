/* Locales that are not there or not UTF-8, and bytes that are no text, wherever either can come
 * from: the screen works or says in a line why not, verbs say what they always say, and no text of
 * a board is changed by it. */
#include "board.h"
#include "shell.h"
#include "skip.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#define CAFE    "Caf\xC3\xA9 \xE8\xAA\x9E"
#define UNKNOWN "\xEF\xBF\xBD" /* U+FFFD */

static const char lines[] = "# Before\nBooks the cab @p\n" CAFE " @i\n";
static const char shown[] = "1 Before/Books the cab P\n2 Before/" CAFE " I\n";

static void assert_ascii(struct pty *pty, const char *what)
{
    size_t length;
    const char *output = pty_output(pty, &length);
    for (size_t i = 0; i < length; i++)
        if ((unsigned char)output[i] >= 0x80)
            fail_msg("%s: byte %02X is sent", what, (unsigned char)output[i]);
}

/* --- locales ---------------------------------------------------------------------------------- */

static const struct locale {
    const char *name;
    bool utf8; /* what it says, installed here or not */
} locales[] = {
    {"C", false},
    {"POSIX", false},
    {"", false},
    {"C.UTF-8", true},
    {"xx_YY.UTF-8", true},
    {"xx_YY.utf8@somewhere", true},
    {"xx_YY.ISO-8859-1", false},
    {"xx_YY.eucJP", false},
    {"xx_YY", false},
    {"\377\376", false},
    {"../../../../etc/passwd", false},
    {"xx_YY.UTF-8/../../etc", true},
};

static void works_in(struct screen *screen, const struct locale *locale)
{
    screen->options.locale = locale->name;
    screen_open(screen, NULL);
    assert_shows(screen, "Books the");
    screen_keys(screen, "g l r 3 ? Esc e Esc A");
    screen_type(screen, CAFE "\r");
    screen_keys(screen, "Esc");
    if (locale->utf8)
        assert_shows(screen, CAFE);
    else
        assert_ascii(screen->pty, locale->name);
    screen_quit(screen);
    assert_board_holds(screen->path, "2 Before/" CAFE " I magical");
    assert_board_holds(screen->path, "3 Before/" CAFE);
    board_do(screen->path, "Tester", "remove 3");
}

static void the_screen_works_in_any_locale(void **state)
{
    struct screen *screen = *state;
    board_make(screen->path, lines);
    for (size_t i = 0; i < sizeof locales / sizeof *locales; i++)
        works_in(screen, &locales[i]);
}

static void verbs_are_the_same_in_any_locale(void **state)
{
    struct screen *screen = *state;
    static const char *const reading[] = {"list", "export", "list --json"};
    board_make(screen->path, lines);
    for (size_t verb = 0; verb < sizeof reading / sizeof *reading; verb++) {
        struct buffer line = {0};
        buffer_add_format(&line, "touchline %s cab.touchline", reading[verb]);
        setenv("LC_ALL", "C.UTF-8", 1);
        struct shell_result wanted = shell_run(screen->fixture, buffer_text(&line));
        for (size_t i = 0; i < sizeof locales / sizeof *locales; i++) {
            setenv("LC_ALL", locales[i].name, 1);
            shell_expect(screen->fixture, buffer_text(&line), wanted.code, wanted.out, wanted.err);
        }
        setenv("LC_ALL", "C.UTF-8", 1);
        shell_release(&wanted);
        buffer_release(&line);
    }
}

/* A real one: its letters of one byte are no text for a board, and are seen not to be. */
static void latin_1_is_ascii(void **state)
{
    struct screen *screen = *state;
    char variable[512];
    struct shell_result made = shell_run(
        screen->fixture, "mkdir locales && localedef -i en_US -f ISO-8859-1 ./locales/xx_YY");
    int code = made.code;
    shell_release(&made);
    if (code != 0)
        skip_because("localedef cannot make a Latin-1 locale here");
    (void)snprintf(variable, sizeof variable, "LOCPATH=%s/locales", screen->fixture->folder);
    screen->environment[1] = variable;
    board_make(screen->path, lines);
    works_in(screen, &(struct locale){"xx_YY", false});
    screen_open(screen, NULL);
    screen_keys(screen, "A");
    screen_type(screen, "Sch\366n\r");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board_holds(screen->path, "3 Before/Sch" UNKNOWN "n");
}

/* --- bytes that are no text: the shell -------------------------------------------------------- */

#define NO_TEXT "\377\376"

/* Of each: how it ends. 0: such bytes may stand there. */
static const struct {
    const char *line;
    int code;
} verbs[] = {
    {"touchline add cab.touchline 'a" NO_TEXT "b'", 2},
    {"touchline add cab.touchline ok -c '" NO_TEXT "'", 2},
    {"touchline add cab.touchline ok --after '" NO_TEXT "'", 2},
    {"touchline add cab.touchline ok --note 'x" NO_TEXT "'", 2},
    {"touchline set cab.touchline 1 'title=" NO_TEXT "'", 2},
    {"touchline set cab.touchline 1 '" NO_TEXT "=x'", 2},
    {"touchline rate cab.touchline '" NO_TEXT "' magical", 2},
    {"touchline rate cab.touchline 1 '" NO_TEXT "'", 2},
    {"touchline phase cab.touchline 2 '" NO_TEXT "'", 2},
    {"touchline person cab.touchline '" NO_TEXT "'", 2},
    {"touchline board cab.touchline 'why=" NO_TEXT "'", 2},
    {"touchline '" NO_TEXT "' cab.touchline", 2},
    {"touchline '--" NO_TEXT "'", 2},
    {"touchline help '" NO_TEXT "'", 2},
    {"touchline export cab.touchline -f '" NO_TEXT "'", 2},
    {"touchline --theme '" NO_TEXT "' cab.touchline", 2},
    {"touchline -n '" NO_TEXT "' add cab.touchline ok", 2},
    {"TOUCHLINE_NAME='" NO_TEXT "' touchline add cab.touchline ok", 2},
    {"touchline list '" NO_TEXT "'", 66},
    {"printf 'a" NO_TEXT "\\n' | touchline add cab.touchline -", 65},
    {"printf 'title\\na" NO_TEXT "\\n' >x.csv; touchline import cab.touchline x.csv", 65},
    {"touchline new 'x" NO_TEXT ".touchline' && touchline list 'x" NO_TEXT ".touchline'", 0},
    {"touchline export cab.touchline -o 'o" NO_TEXT ".csv'", 0},
    {"touchline backup cab.touchline 'b" NO_TEXT "'", 0},
    {"TERM='" NO_TEXT "' touchline list cab.touchline", 0},
    {"TZ='" NO_TEXT "' touchline history cab.touchline", 0},
    {"HOME='" NO_TEXT "' XDG_STATE_HOME='" NO_TEXT "' touchline list cab.touchline", 0},
    {"LC_ALL= LANG='" NO_TEXT "' touchline list cab.touchline", 0},
    {"COLUMNS='" NO_TEXT "' touchline --help", 0},
};

static size_t lines_of(const char *text)
{
    size_t count = 0;
    for (; *text; text++)
        count += *text == '\n';
    return count;
}

static void bytes_in_a_shells_line_are_told(void **state)
{
    struct screen *screen = *state;
    board_make(screen->path, lines);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct shell_result result = shell_run(screen->fixture, verbs[i].line);
        if (result.code != verbs[i].code || lines_of(result.err) != (verbs[i].code != 0))
            fail_msg("%s: %d, '%s'", verbs[i].line, result.code, result.err);
        shell_release(&result);
        assert_board(screen->path, shown);
    }
}

/* --- bytes that are no text: the screen ------------------------------------------------------- */

static void what_the_environment_says_is_no_matter(void **state)
{
    struct screen *screen = *state;
    static const char *const variables[] = {
        "TERM=" NO_TEXT,      "EDITOR=" NO_TEXT,         "LANG=" NO_TEXT,
        "TZ=" NO_TEXT,        "COLORFGBG=" NO_TEXT,      "HOME=/" NO_TEXT,
        "TMPDIR=/" NO_TEXT,   "XDG_STATE_HOME=" NO_TEXT, "XDG_STATE_HOME=/" NO_TEXT "/x",
        "NO_COLOR=" NO_TEXT,  "COLUMNS=" NO_TEXT,        "SSH_CONNECTION=" NO_TEXT,
        "COLORTERM=" NO_TEXT, "USER=" NO_TEXT,           "LOGNAME=" NO_TEXT,
    };
    board_make(screen->path, lines);
    for (size_t i = 0; i < sizeof variables / sizeof *variables; i++) {
        screen->environment[1] = variables[i];
        screen_open(screen, NULL);
        assert_shows(screen, "Books the");
        screen_keys(screen, "g l E A");
        screen_type(screen, "x");
        screen_keys(screen, "C-u Esc h");
        assert_selected(screen, 1);
        screen_quit(screen);
    }
    assert_board(screen->path, shown);
}

static void a_name_that_is_none_is_refused_in_a_line(void **state)
{
    struct screen *screen = *state;
    board_make(screen->path, lines);
    screen->environment[1] = "TOUCHLINE_NAME=" NO_TEXT;
    screen->pty =
        pty_start(&screen->options, (const char *[]){TOUCHLINE_PROGRAM, screen->path, NULL});
    assert_int_equal(pty_wait_exit(screen->pty), 2);
    assert_string_equal(pty_row(screen->pty, 0),
                        "touchline: a name is UTF-8 and has at most 200 bytes");
    assert_string_equal(pty_row(screen->pty, 1), "");
    assert_false(pty_on_alternate_screen(screen->pty));
}

/* The board's file is called so: it is opened, and what is half typed there kept for it. */
static void a_file_may_be_called_anything(void **state)
{
    struct screen *screen = *state;
    screen->path = fixture_path(screen->fixture, NO_TEXT "x\033[5m.touchline");
    screen_open(screen, lines);
    assert_shows(screen, UNKNOWN UNKNOWN "x^[[5m.touchline");
    screen_keys(screen, "A");
    screen_type(screen, "half");
    pty_hang_up(screen->pty);
    assert_int_equal(pty_wait_exit(screen->pty), 0);
    screen_open(screen, NULL);
    assert_says(screen, "half");
    screen_quit(screen);
    assert_board(screen->path, shown);
}

/* What is typed or pasted is text or is seen not to be; the rest of it stays as it is. */
static void typed_bytes_are_seen(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "Calls\n");
    screen_keys(screen, "A");
    screen_type(screen, "a\377b\300\257c\355\240\200d " CAFE "\r");
    pty_paste(screen->pty, "p\377q" CAFE);
    pty_settle(screen->pty);
    screen_keys(screen, "Enter Esc");
    screen_quit(screen);
    assert_board_holds(screen->path,
                       "2 a" UNKNOWN "b" UNKNOWN UNKNOWN "c" UNKNOWN UNKNOWN UNKNOWN "d " CAFE);
    assert_board_holds(screen->path, "3 p" UNKNOWN "q" CAFE);
}

static void a_table_that_is_no_text_is_refused(void **state)
{
    struct screen *screen = *state;
    (void)fixture_write(screen->fixture, "bad.csv", "title\nok\nno" NO_TEXT "\n");
    screen_open(screen, lines);
    screen_keys(screen, ":");
    screen_type(screen, "import bad.csv\r");
    assert_shows(screen, "row 3, column 1: byte 3 (0xFF) is not UTF-8");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board(screen->path, shown);
}

/* What is kept for the screen was written by no one we know. */
static void spoil_state(const struct screen *screen)
{
    static const char bytes[] = "\377\376 12 99999999999999999999 -7\n\033[5m";
    struct buffer path = {0};
    buffer_add_format(&path, "%s/.local/state/touchline", screen->fixture->folder);
    DIR *folder = opendir(buffer_text(&path));
    assert_non_null(folder);
    for (struct dirent *entry; (entry = readdir(folder)) != NULL;) {
        struct buffer file = {0};
        buffer_add_format(&file, "%s/%s", buffer_text(&path), entry->d_name);
        FILE *stream = entry->d_name[0] == '.' ? NULL : fopen(buffer_text(&file), "w");
        if (stream) {
            assert_int_equal(fwrite(bytes, 1, sizeof bytes, stream), sizeof bytes);
            assert_int_equal(fclose(stream), 0);
        }
        buffer_release(&file);
    }
    (void)closedir(folder);
    buffer_release(&path);
}

static void what_was_remembered_may_be_nonsense(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, lines);
    screen_keys(screen, "A");
    screen_type(screen, "half");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    spoil_state(screen);
    screen_open(screen, NULL);
    assert_shows(screen, "Books the");
    assert_hides(screen, "Half a line");
    screen_keys(screen, "g l A Esc");
    assert_selected(screen, 2);
    screen_quit(screen);
    assert_board(screen->path, shown);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(the_screen_works_in_any_locale),
        TEST(verbs_are_the_same_in_any_locale),
        TEST(latin_1_is_ascii),
        TEST(bytes_in_a_shells_line_are_told),
        TEST(what_the_environment_says_is_no_matter),
        TEST(a_name_that_is_none_is_refused_in_a_line),
        TEST(a_file_may_be_called_anything),
        TEST(typed_bytes_are_seen),
        TEST(a_table_that_is_no_text_is_refused),
        TEST(what_was_remembered_may_be_nonsense),
    };
    return cmocka_run_group_tests_name("locale", tests, NULL, NULL);
}
