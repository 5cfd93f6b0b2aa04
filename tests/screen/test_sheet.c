/* The sheet: every field typed, chosen, refused, changed by another meanwhile. */
#include "board.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

#include <glob.h>
#include <sys/stat.h>
#include <unistd.h>

/* Down to the row that is called so, round the end. */
static void go_to(struct screen *screen, const char *label)
{
    char marked[64];
    (void)snprintf(marked, sizeof marked, "▸%s", label);
    for (int i = 0; i < 20 && !pty_find(screen->pty, marked, NULL, NULL); i++)
        screen_keys(screen, "Down");
    assert_shows(screen, marked);
}

static void every_field_can_be_typed(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n# Ride\ntwo\n");
    screen_keys(screen, "g Enter");
    screen_keys(screen, "C-u");
    screen_type(screen, "Calls\r"); /* title */
    screen_type(screen, "p");       /* channel: its letter */
    screen_keys(screen, "Tab Tab"); /* phase stays */
    screen_type(screen, "Wally\t2m\t");
    screen_keys(screen, "C-u");
    screen_type(screen, "3\tAnswered when free\tFive rings\tThe hotel\t");
    screen_type(screen, "2"); /* rating */
    screen_keys(screen, "Down");
    screen_type(screen, "3"); /* target */
    screen_keys(screen, "Down");
    screen_type(screen, "y"); /* chosen */
    screen_keys(screen, "Down C-u");
    screen_type(screen, "7");
    go_to(screen, "Note");
    screen_type(screen, "Bay closes at six");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 Calls P 120s x3 neutral>magical * .7 by Wally\n"
                               "  now: Answered when free\n  expect: Five rings\n"
                               "  best: The hotel\n  note: Bay closes at six\n2 Ride/two\n");
    screen_keys(screen, "Enter Home");
    screen_type(screen, "x");
    screen_keys(screen, "Esc u u");
    assert_board_holds(screen->path, "1 Calls P 120s x3 neutral>magical * .7 by Wally");
    screen_quit(screen);
}

static void paste_many(struct screen *screen, size_t bytes)
{
    char *text = memory_new(bytes + 1, 1);
    memset(text, 'x', bytes);
    pty_paste(screen->pty, text);
    memory_free(text);
}

/* At once, and what stands there stays; where no field is meant the limit is that of a line. */
static void what_has_no_room_is_refused(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "g Enter");
    go_to(screen, "Note");
    paste_many(screen, 1048570);
    pty_wait_text(screen->pty, "xxxxxxxxxx");
    screen_type(screen, "123456");
    assert_shows(screen, "x123456");
    screen_type(screen, "7");
    assert_says(screen, "Note holds 1,048,576 bytes; this makes it 1,048,577.");
    assert_hides(screen, "1234567 ");
    screen_keys(screen, "C-u Esc /");
    screen_type(screen, "wo");
    paste_many(screen, 65536);
    pty_wait_text(screen->pty, "a line holds 65,536 bytes; this makes it 65,538.");
    assert_shows(screen, "Search for > wo");
    screen_keys(screen, "Esc");
    screen_quit(screen);
    assert_board(screen->path, "1 one\n");
}

static void words_are_chosen_in_several_ways(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "Enter Tab Right");
    assert_board(screen->path, "1 one I\n");
    screen_keys(screen, "Space Space Left");
    assert_board(screen->path, "1 one P\n");
    screen_keys(screen, "b");
    assert_board(screen->path, "1 one B\n");
    screen_keys(screen, "Delete");
    assert_board(screen->path, "1 one\n");
    screen_keys(screen, "e 0 x");
    assert_says(screen, "Left and Right, Space or the first letter choose");
    assert_board(screen->path, "1 one\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_text_that_is_refused_stays(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "e Down Down Down Down");
    screen_type(screen, "5 ages\t");
    assert_shows(screen, "5 ages");
    assert_says(screen, "ages");
    screen_keys(screen, "Esc");
    assert_says(screen, "Esc again drops what was typed.");
    screen_keys(screen, "Esc");
    assert_shows(screen, "What does the customer meet next?");
    screen_keys(screen, "e C-u Tab");
    assert_says(screen, "A moment cannot be without a title");
    screen_type(screen, "uno\t");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 uno\n");
    screen_quit(screen);
}

static void a_target_needs_a_rating(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "e");
    go_to(screen, "Target");
    screen_keys(screen, "2");
    assert_says(screen, "Rate it first.");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* What is not typed in just now stands as it is read elsewhere: with its unit, day and noun. */
static void values_are_shown_as_they_are_read(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one @2m\ntwo\n");
    board_do(screen->path, "Ben", "board noun=passenger customers=2400");
    board_do(screen->path, "Ben", "action 1 'Buy tea' --owner Ana --due 2020-01-02");
    screen_keys(screen, "g Enter");
    assert_shows(screen, "How long        2 min");
    assert_shows(screen, "Times per passenger  1");
    assert_shows(screen, "1   Buy tea · Ana · 2 Jan 2020, overdue");
    go_to(screen, "How long");
    assert_shows(screen, "How long        120");
    screen_keys(screen, "Esc B");
    assert_shows(screen, "2,400");
    go_to(screen, "How many a year");
    assert_shows(screen, "2400");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void why_there_is_no_target_is_told(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "e");
    assert_shows(screen, "rate it first");
    go_to(screen, "Rating");
    screen_keys(screen, "1 3");
    assert_hides(screen, "rate it first");
    assert_shows(screen, "nothing stands above it");
    assert_shows(screen, "first ▼");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* All in one burst, before anything of the sheet is drawn. */
static void words_can_be_typed_ahead(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "e Tab p");
    assert_board(screen->path, "1 one P\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void a_sixth_is_not_chosen_here(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "a1\na2\na3\na4\na5\na6\n");
    screen_keys(screen, "g x l x l x l x l x l e");
    go_to(screen, "Chosen");
    screen_keys(screen, "y");
    assert_says(screen, "Five are chosen already");
    screen_keys(screen, "Esc");
    assert_board_holds(screen->path, "6 a6");
    screen_quit(screen);
}

static void pages_go_to_other_moments(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\nthree\n");
    screen_keys(screen, "g e");
    screen_type(screen, "!");
    screen_keys(screen, "PgDn"); /* saved on the way */
    assert_shows(screen, "2 of 3");
    screen_keys(screen, "PgDn PgDn");
    assert_says(screen, "This is the last moment.");
    screen_keys(screen, "PgUp PgUp PgUp");
    assert_says(screen, "This is the first moment.");
    screen_keys(screen, "PgDn Esc");
    assert_selected(screen, 2);
    assert_board(screen->path, "1 one!\n2 two\n3 three\n");
    screen_quit(screen);
}

static void the_phase_moves_begins_or_is_renamed(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n# Ride\ntwo\nthree\n# After\nfour\n");
    screen_keys(screen, "g e Down Down");
    screen_type(screen, "Ride\t"); /* there: it goes to its end */
    assert_board_holds(screen->path, "3 Ride/one");
    screen_keys(screen, "Esc g e Down Down C-u");
    screen_type(screen, "Trip\t"); /* it begins the phase: another name */
    assert_board_holds(screen->path, "3 Trip/one");
    screen_keys(screen, "Esc # 2 Enter e Down Down C-u");
    screen_type(screen, "Second\t"); /* not there: begins here */
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 Trip/two\n2 Second/three\n3 Second/one\n4 After/four\n");
    screen_quit(screen);
}

/* A field that another has changed since one came to it is told, not overwritten. */
static void anothers_change_is_not_overwritten(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "e Down Down Down");
    screen_type(screen, "Wally");
    board_do(screen->path, "Ben", "owner 1 Ana");
    screen_keys(screen, "Tab");
    assert_says(screen, "Enter writes yours over another's, Esc leaves it: Ana");
    assert_shows(screen, "Wally"); /* what was typed stays */
    assert_board(screen->path, "1 one by Ana\n");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 one by Ana\n");
    screen_keys(screen, "e Down Down Down C-u");
    screen_type(screen, "Wally");
    board_do(screen->path, "Ben", "owner 1 ''");
    screen_keys(screen, "Enter");
    assert_says(screen, "Another has emptied it meanwhile.");
    board_do(screen->path, "Ben", "owner 1 Cem");
    screen_keys(screen, "Enter"); /* what was told is not what is there now */
    assert_says(screen, "Esc leaves it: Cem");
    assert_board(screen->path, "1 one by Cem\n");
    screen_keys(screen, "Enter");
    assert_board(screen->path, "1 one by Wally\n");
    board_do(screen->path, "Ben", "set 1 'title=uno'");
    pty_wait_text(screen->pty, "1 uno"); /* shows without a key */
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 uno by Wally\n");
    screen_quit(screen);
}

static void times_and_days_read_as_people_say_them(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one @90s\n");
    board_do(screen->path, "Ben", "action 1 Wax --owner Ana --due 2020-11-28");
    screen_keys(screen, "e");
    assert_shows(screen, "90 s");
    assert_shows(screen, "Wax · Ana · 28 Nov 2020, overdue");
    screen_keys(screen, "Down Down Down Down C-u");
    screen_type(screen, "2m 5s\t");
    assert_shows(screen, "2 min 5 s");
    screen_keys(screen, "S-Tab Tab"); /* what it shows is what may be typed: nothing changes */
    screen_keys(screen, "Esc");
    assert_board_holds(screen->path, "1 one 125s");
    screen_quit(screen);
}

static void a_moment_deleted_under_it_closes_it(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g e Down Down Down");
    screen_type(screen, "Wally");
    board_do(screen->path, "Ben", "remove 1");
    pty_wait_text(screen->pty, "Another has deleted this moment. What you typed is kept");
    screen_keys(screen, "a");
    assert_shows(screen, "> Wally");
    screen_keys(screen, "C-u Esc");
    assert_board(screen->path, "1 two\n");
    screen_quit(screen);
}

static void a_rating_under_a_filter_keeps_the_sheet(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\ntwo\n");
    screen_keys(screen, "g f");
    screen_type(screen, "unrated\re");
    go_to(screen, "Rating");
    screen_keys(screen, "3");
    assert_shows(screen, "1 one");
    screen_keys(screen, "Esc");
    assert_board(screen->path, "1 one magical\n2 two\n");
    screen_quit(screen);
}

static void ideas_and_actions_open_in_the_pane(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n+ Tea\n");
    screen_keys(screen, "e");
    go_to(screen, "Ideas");
    screen_keys(screen, "Enter c f");
    assert_board(screen->path, "1 one\n  + Tea (free)\n");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

static void the_boards_own_sheet(void **state)
{
    struct screen *screen = *state;
    screen_open(screen, "one\n");
    screen_keys(screen, "Enter");
    assert_shows(screen, "PgUp Moment before");
    screen_keys(screen, "Esc B");
    assert_shows(screen, "This board");
    assert_hides(screen, "PgUp");
    screen_type(screen, "Wally's taxi\tThey call me\tpassenger\t");
    screen_type(screen, "12,000\t5\tMore calls\t4 dec 2026\tA note\r");
    screen_keys(screen, "Esc");
    assert_string_equal(board_about(screen->path),
                        "title: Wally's taxi\nwhy: They call me\nnoun: passenger\n"
                        "customers: 12000\nnote: A note\nnext_objective: More calls\n"
                        "dots_each: 5\nnext_review: 2026-12-04\n");
    assert_shows(screen, "What does the passenger meet next?");
    assert_shows(screen, "Wally's taxi");
    screen_quit(screen);
}

/* --- the editor ------------------------------------------------------------------------------- */

/* An editor of a few lines of shell. */
static void use_editor(struct screen *screen, const char *script)
{
    static char variable[256], folder[256];
    const char *path = fixture_write(screen->fixture, "editor", script);
    assert_int_equal(chmod(path, 0700), 0);
    (void)snprintf(variable, sizeof variable, "EDITOR=%s", path);
    (void)snprintf(folder, sizeof folder, "TMPDIR=%s", screen->fixture->folder);
    screen->environment[0] = variable;
    screen->environment[1] = folder;
}

/* What it has written stays in a file; NULL: nothing does. Taken away. */
static void assert_kept(struct screen *screen, const char *text)
{
    glob_t found;
    char pattern[256];
    (void)snprintf(pattern, sizeof pattern, "%s/touchline-*/note.txt", screen->fixture->folder);
    assert_int_equal(glob(pattern, 0, NULL, &found), text ? 0 : GLOB_NOMATCH);
    if (text) {
        char *content = fixture_read(found.gl_pathv[0]);
        assert_int_equal(found.gl_pathc, 1);
        assert_string_equal(content, text);
        memory_free(content);
        assert_int_equal(unlink(found.gl_pathv[0]), 0);
    }
    globfree(&found);
}

static void the_editor_writes_a_note(void **state)
{
    struct screen *screen = *state;
    use_editor(screen, "#!/bin/sh\nprintf 'first\\r\\nsecond\\n\\n' >>\"$1\"\n");
    screen_open(screen, "one\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Saved: Note");
    assert_board(screen->path, "1 one\n  note: first\nsecond\n");
    assert_kept(screen, NULL);
    screen_keys(screen, "e Down Down Down C-o"); /* any text of the sheet */
    pty_wait_text(screen->pty, "Owner");
    screen_keys(screen, "Esc");
    screen_quit(screen);
}

/* A copy of what was there before, as editors make, is not left lying about. */
static void what_an_editor_leaves_goes_with_its_file(void **state)
{
    struct screen *screen = *state;
    use_editor(screen,
               "#!/bin/sh\ncp \"$1\" \"$1~\"; echo more >>\"$1\"; dirname \"$1\" >\"$0.where\"\n");
    screen_open(screen, "one\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Saved: Note.");
    char *where = fixture_read(fixture_path(screen->fixture, "editor.where"));
    where[strcspn(where, "\n")] = '\0';
    assert_int_equal(access(where, F_OK), -1);
    memory_free(where);
    screen_quit(screen);
}

static void an_editor_that_fails_changes_nothing(void **state)
{
    struct screen *screen = *state;
    use_editor(screen, "#!/bin/sh\nexit 3\n");
    screen_open(screen, "one\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "The editor ended with 3. Nothing was changed.");
    assert_kept(screen, NULL);
    use_editor(screen, "#!/bin/sh\necho an hour >\"$1\"\nkill -9 $$\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Kept in ");
    assert_kept(screen, "an hour\n");
    assert_board(screen->path, "1 one\n");
    screen_quit(screen);
}

/* What the program itself ignores ends an editor, and what that starts, as in any shell. */
static void an_editors_signals_are_its_own(void **state)
{
    struct screen *screen = *state;
    use_editor(screen, "#!/bin/sh\nkill -PIPE $$\n");
    screen_open(screen, "one\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "The editor ended with 141.");
    use_editor(screen, "#!/bin/sh\nkill -XFSZ $$\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "The editor ended with 153.");
    screen_quit(screen);
}

static void odd_text_of_an_editor_is_refused(void **state)
{
    struct screen *screen = *state;
    use_editor(screen, "#!/bin/sh\nprintf 'bad \\377 byte' >\"$1\"\n");
    screen_open(screen, "one\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Kept in ");
    assert_kept(screen, "bad \377 byte");
    use_editor(screen, "#!/bin/sh\nprintf 'a\\000b' >\"$1\"\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Kept in ");
    use_editor(screen, "#!/bin/sh\nhead -c 1100000 /dev/zero | tr '\\0' x >\"$1\"\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Kept in ");
    use_editor(screen, "#!/bin/sh\nrm \"$1\"; mkfifo \"$1\"\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "Nothing was changed");
    assert_board(screen->path, "1 one\n");
    screen_quit(screen);
}

static void a_note_changed_meanwhile_is_kept_in_its_file(void **state)
{
    struct screen *screen = *state;
    use_editor(screen, "#!/bin/sh\necho editing\nread line\nprintf mine >\"$1\"\n");
    screen_open(screen, "one\n");
    pty_keys(screen->pty, "E");
    pty_wait_text(screen->pty, "editing");
    board_do(screen->path, "Ben", "set 1 note=his");
    pty_text(screen->pty, "\n");
    pty_wait_text(screen->pty, "Kept in ");
    assert_board(screen->path, "1 one\n  note: his\n");
    assert_kept(screen, "mine");
    screen_quit(screen);
}

static void an_editor_that_is_not_there_is_told(void **state)
{
    struct screen *screen = *state;
    screen->environment[0] = "EDITOR=/no/such/editor";
    screen_open(screen, "one\n");
    screen_keys(screen, "E");
    pty_wait_text(screen->pty, "/no/such/editor");
    screen_quit(screen);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_field_can_be_typed),
        TEST(what_has_no_room_is_refused),
        TEST(words_are_chosen_in_several_ways),
        TEST(a_text_that_is_refused_stays),
        TEST(a_target_needs_a_rating),
        TEST(values_are_shown_as_they_are_read),
        TEST(why_there_is_no_target_is_told),
        TEST(words_can_be_typed_ahead),
        TEST(a_sixth_is_not_chosen_here),
        TEST(pages_go_to_other_moments),
        TEST(the_phase_moves_begins_or_is_renamed),
        TEST(anothers_change_is_not_overwritten),
        TEST(times_and_days_read_as_people_say_them),
        TEST(a_moment_deleted_under_it_closes_it),
        TEST(a_rating_under_a_filter_keeps_the_sheet),
        TEST(ideas_and_actions_open_in_the_pane),
        TEST(the_boards_own_sheet),
        TEST(the_editor_writes_a_note),
        TEST(what_an_editor_leaves_goes_with_its_file),
        TEST(an_editor_that_fails_changes_nothing),
        TEST(an_editors_signals_are_its_own),
        TEST(odd_text_of_an_editor_is_refused),
        TEST(a_note_changed_meanwhile_is_kept_in_its_file),
        TEST(an_editor_that_is_not_there_is_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
