#include "boards.h"
#include "harmless.h"
#include "hostile.h"
#include "pty.h"
#include "shell.h"
#include "skip.h"
#include "touchline/buffer.h"
#include "touchline/command.h"
#include "touchline/csv.h"
#include "touchline/memory.h"
#include "touchline/samples.h"
#include "touchline/text.h"
#include <locale.h>
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A board of three moments, one of them parked, for most tests. */
static int cab_setup(void **state)
{
    struct fixture *fixture = fixture_new();
    *state = fixture;
    shell_expect(
        fixture,
        "touchline new cab.touchline --title \"Wally's taxi\" --why 'They call me' && "
        "touchline add cab.touchline --tags '# Before' 'Sees the advert @w' 'Books @p @20s' "
        "'# Ride' 'Door opened @i' 'Permit @park'",
        0, "", "");
    return 0;
}

static struct shell_result run(struct fixture *fixture, const char *line)
{
    return shell_run(fixture, line);
}

static void assert_holds(const char *text, const char *part)
{
    if (!strstr(text, part)) {
        print_error("%s\ndoes not hold\n%s\n", text, part);
        fail();
    }
}

/* --- verbs ------------------------------------------------------------------------------------ */

static void a_board_is_listed(void **state)
{
    shell_expect(*state, "touchline list cab.touchline", 0,
                 "Before\n"
                 "   1  W  unrated            Sees the advert\n"
                 "   2  P  unrated            Books\n"
                 "Ride\n"
                 "   3  I  unrated            Door opened\n"
                 "Parked\n"
                 "  z1  -  unrated            Permit\n",
                 "");
}

static void a_board_is_shown_a_fact_a_line(void **state)
{
    shell_expect(*state,
                 "touchline rate cab.touchline 2 neutral\n"
                 "touchline idea cab.touchline 2 'Answer with their name' --price free\n"
                 "touchline action cab.touchline 2 'Script' --owner Ana --due 2020-02-03\n"
                 "touchline set cab.touchline 2 note=\"$(printf 'One\\nTwo')\"\n"
                 "touchline person cab.touchline Ana --role driver --front-line\n"
                 "touchline show cab.touchline",
                 0,
                 "Title: Wally's taxi\n"
                 "Why: They call me\n"
                 "Person: Ana, driver, front line, here\n"
                 "In all: 3 moments · 20 s a customer (1 of 3 timed)\n"
                 "Channels: 1 In person, 1 Phone, 1 Website\n"
                 "Rated: 1 neutral, 2 unrated\n"
                 "Chosen: 0 of 3 to 5\n"
                 "Parked: 1\n"
                 "\n"
                 "Phase: Before\n"
                 "\n"
                 "Moment 1: Sees the advert\n"
                 "Marked: first\n"
                 "Channel: Website\n"
                 "\n"
                 "Moment 2: Books\n"
                 "Marked: weakest\n"
                 "Channel: Phone\n"
                 "Rating: neutral\n"
                 "First rating: neutral\n"
                 "How long: 20 s\n"
                 "Note: One\n"
                 "  Two\n"
                 "Idea 1: Answer with their name\n"
                 "  Price: free\n"
                 "Action 1: Script\n"
                 "  Owner: Ana\n"
                 "  Due: 2020-02-03, overdue\n"
                 "  Status: to do\n"
                 "\n"
                 "Phase: Ride\n"
                 "\n"
                 "Moment 3: Door opened\n"
                 "Marked: last\n"
                 "Channel: In person\n"
                 "\n"
                 "Moment z1: Permit\n",
                 "");
    shell_expect(*state, "touchline show cab.touchline 3", 0,
                 "Phase: Ride\nMoment 3: Door opened\nMarked: last\nChannel: In person\n", "");
}

/* Each changes what it says and prints nothing. */
static void edits_are_silent_and_kept(void **state)
{
    static const struct {
        const char *verb, *then;
    } edits[] = {
        {"rate cab.touchline 1 magical", "   1  W  magical            Sees the advert"},
        {"choose cab.touchline 1", "   1  W  magical    chosen  Sees the advert"},
        {"unchoose cab.touchline 1", "   1  W  magical            Sees the advert"},
        {"channel cab.touchline 1 letter", "   1  L  magical            Sees the advert"},
        {"move cab.touchline 3 --to 1", "   1  I  unrated            Door opened"},
        {"move cab.touchline -t 3 1", "   3  I  unrated            Door opened"},
        {"right cab.touchline 1", "   2  L  magical            Sees the advert"},
        {"left cab.touchline 2", "   1  L  magical            Sees the advert"},
        {"park cab.touchline 2", "  z1  P  unrated            Books"},
        {"unpark cab.touchline z1", "   2  P  unrated            Books"},
        {"twin cab.touchline 2 email", "   3  E  unrated            Books"},
        {"join cab.touchline 3 2", "   3  I  unrated            Door opened"},
        {"set cab.touchline 3 'title=The door'", "   3  I  unrated            The door"},
        {"remove cab.touchline 3", "   2  P  unrated            Books"},
        {"undo cab.touchline", "   3  I  unrated            The door"},
        {"redo cab.touchline", "   2  P  unrated            Books"},
        {"phase cab.touchline 2 On the telephone", NULL},
    };
    for (size_t i = 0; edits[i].then; i++) {
        struct buffer line = {0};
        buffer_add_format(&line, "touchline %s", edits[i].verb);
        shell_expect(*state, buffer_text(&line), 0, "", "");
        struct shell_result result = run(*state, "touchline list cab.touchline");
        assert_holds(result.out, edits[i].then);
        shell_release(&result);
        buffer_release(&line);
    }
}

static void actions_are_sifted(void **state)
{
    struct fixture *fixture = *state;
    shell_expect(fixture,
                 "touchline action cab.touchline 3 'Wax' --owner Wally --due 2020-01-01\n"
                 "touchline action cab.touchline 3 'Polish' --owner Ana --due +3d\n"
                 "touchline action cab.touchline z1 'Ask again'\n"
                 "touchline action cab.touchline 1 'Photo' --owner ana --due 2020-01-02\n"
                 "touchline status cab.touchline 1 1 kept\n"
                 "touchline actions cab.touchline --overdue",
                 0, "2020-01-01  to do     overdue    3  Wax, Wally\n", "");
    shell_expect(fixture, "touchline actions cab.touchline | sed 's/[0-9]*-[0-9]*-[0-9]*/DAY/'", 0,
                 "DAY  to do     overdue    3  Wax, Wally\n"
                 "DAY  kept                 1  Photo, ana\n"
                 "DAY  to do                3  Polish, Ana\n"
                 "no date     to do                z  Ask again\n",
                 "");
    shell_expect(fixture, "touchline actions cab.touchline --due 2 --owner WALLY | wc -l", 0, "1\n",
                 "");
    shell_expect(fixture, "touchline actions cab.touchline --due 3 | wc -l", 0, "2\n", "");
    shell_expect(fixture, "touchline actions cab.touchline --owner Ana | wc -l", 0, "2\n", "");
    shell_expect(fixture, "touchline actions cab.touchline --json --overdue | grep -c '\"id\"'", 0,
                 "1\n", "");
    shell_expect(fixture,
                 "touchline actions cab.touchline --json --by owner | sed 's/.*\"text\":\"//; "
                 "s/\".*//' | tr '\\n' ' '",
                 0, "[ Polish Photo Wax Ask again ] ", "");
    shell_expect(fixture, "touchline actions cab.touchline --due soon", 2, "",
                 "touchline: 'soon' is no number from 1\n");
    shell_expect(
        fixture, "touchline actions cab.touchline --by due | sed 's/.*  //' | tr '\\n' ' '", 0,
        "Overdue: Wax, Wally This week: Polish, Ana Later: Ask again Finished: Photo, ana ", "");
    shell_expect(fixture,
                 "touchline actions cab.touchline --by owner | sed 's/.*  //' | tr '\\n' ' '", 0,
                 "Ana: Polish, Ana Photo, ana Wally: Wax, Wally Nobody yet: Ask again ", "");
    shell_expect(fixture, "touchline actions cab.touchline --by name", 2, "",
                 "touchline: actions go --by due, owner or wave, not 'name'\n");
}

static void the_board_and_its_people_are_kept(void **state)
{
    shell_expect(*state,
                 "touchline board cab.touchline noun=passenger customers=2,400\n"
                 "touchline board cab.touchline",
                 0,
                 "title: Wally's taxi\nwhy: They call me\nnoun: passenger\ncustomers: 2400\nnote: "
                 "\nnext_objective: \ndots_each: \nnext_review: \n",
                 "");
    shell_expect(*state,
                 "touchline person cab.touchline Wally --front-line\n"
                 "touchline person cab.touchline Ana --role owner --away\n"
                 "touchline person cab.touchline WALLY --role driver --no-front-line\n"
                 "touchline person cab.touchline",
                 0, "Wally (driver), here\nAna (owner), away\n", "");
    shell_expect(*state,
                 "touchline person cab.touchline Ana --remove\ntouchline person cab.touchline", 0,
                 "Wally (driver), here\n", "");
    shell_expect(*state, "touchline person cab.touchline Nobody --remove", 1, "",
                 "touchline: there is no person called Nobody\n");
    shell_expect(*state, "touchline board cab.touchline customers=many", 2, "",
                 "touchline: customers cannot be \"many\"; say a number of 0 to 10,000,000,000\n");
}

static void channels_are_the_boards_own(void **state)
{
    shell_expect(*state,
                 "touchline channels cab.touchline Chat\n"
                 "touchline channels cab.touchline Pigeon letter=G sign=+ colour=120 position=1\n"
                 "touchline channels cab.touchline post 'name=By letter'\n"
                 "touchline channels cab.touchline webinar --remove\n"
                 "touchline channel cab.touchline 1 pigeon\n"
                 "touchline channels cab.touchline",
                 0,
                 " 1  I  ☺  156  In person\n"
                 " 1  G  +  120  Pigeon\n"
                 " 2  P  ☎  153  Phone\n"
                 " 3  E  ✉  180  Email\n"
                 " 4  L  ✎  141  By letter\n"
                 " 5  W  ⌂   50  Website\n"
                 " 7  C  ◇  229  Chat\n",
                 "");
    shell_expect(*state, "touchline channels cab.touchline Pigeon --remove", 1, "", NULL);
    shell_expect(*state, "touchline channels cab.touchline Owl letter=G", 1, "", NULL);
    shell_expect(*state, "touchline channels cab.touchline Owl --remove", 1, "",
                 "touchline: there is no channel 'Owl'\n");
    shell_expect(*state, "touchline channels cab.touchline Chat colour=3", 2, "", NULL);
    shell_expect(*state,
                 "touchline undo cab.touchline; touchline undo cab.touchline; touchline list "
                 "cab.touchline | grep advert; touchline channels cab.touchline | grep -c "
                 "Webinar",
                 0, "   1  W  unrated            Sees the advert\n1\n", "");
}

static void history_tells_who(void **state)
{
    shell_expect(
        *state,
        "touchline rate cab.touchline 1 neutral\n"
        "touchline --name Ana rate cab.touchline 1 magical\n"
        "touchline rate --name=Ben cab.touchline 1 miserable\n"
        "touchline undo cab.touchline --name Ben\n"
        "TOUCHLINE_NAME= touchline choose cab.touchline 1\n"
        "touchline history cab.touchline | cut -c 1-3,22- | sed \"s/  $(id -un) /  LOGIN /\"",
        0,
        "1  Tester  Made the board\n"
        "2  Tester  Added 4 moments, 2 phases from Sees the advert\n"
        "3  Tester  1 Sees the advert is now neutral\n"
        "4  Ana  1 Sees the advert is now magical (was neutral)\n"
        "5  Ben  1 Sees the advert is now miserable (was magical)\n"
        "6  Ben  Taken back: 1 Sees the advert is now miserable\n"
        "7  LOGIN  1 Sees the advert is chosen\n",
        "");
    shell_expect(*state, "touchline undo cab.touchline --name \"$(printf 'a\\033b')\"", 2, "",
                 "touchline: a name is one line without control characters\n");
    shell_expect(*state, "touchline undo cab.touchline --name", 2, "",
                 "touchline: a value is missing after '--name': NAME\n");
}

static void history_tells_each_change(void **state)
{
    shell_expect(
        *state,
        "touchline rate cab.touchline 1 neutral; touchline rate cab.touchline 1 magical\n"
        "touchline target cab.touchline 1 magical; touchline rate cab.touchline 1 0\n"
        "touchline channel cab.touchline 2 email; touchline set cab.touchline 2 title=Ring\n"
        "touchline set cab.touchline 2 owner=Ben seconds=90\n"
        "touchline idea cab.touchline 2 Tea; touchline move cab.touchline 3 --to 1\n"
        "touchline history cab.touchline --changes | sed -n '/^ 3/,$p' | "
        "sed 's/....-..-.. ..:..  Tester  //'",
        0,
        " 3  1 Sees the advert is now neutral\n"
        "      Rating          Sees the advert: neutral\n"
        "      First rating    Sees the advert: neutral\n"
        " 4  1 Sees the advert is now magical (was neutral)\n"
        "      Rating          Sees the advert: magical (was neutral)\n"
        " 5  1 Sees the advert has reached its target: magical\n"
        "      Target          Sees the advert: magical\n"
        " 6  1 Sees the advert is now unrated (was magical)\n"
        "      Rating          Sees the advert: unrated (was magical)\n"
        "      Target          Sees the advert: none (was magical)\n"
        " 7  2 Books is now by email (was by phone)\n"
        "      Channel         Ring: by email (was by phone)\n"
        " 8  Changed title of 2 Books (was Books)\n"
        "      Title           Ring (was Books)\n"
        " 9  Changed owner, seconds of 2 Ring\n"
        "      Owner           Ring: Ben\n"
        "      How long        Ring: 90 s (was 20 s)\n"
        "10  An idea for 2 Ring: Tea\n"
        "      Added           idea: Tea\n"
        "11  3 Door opened is now 1\n"
        "      Moved           moment: Door opened\n",
        "");
}

static void any_reading_verb_shows_the_past(void **state)
{
    shell_expect(*state,
                 "touchline rate cab.touchline 1 neutral; touchline remove cab.touchline 2\n"
                 "touchline list cab.touchline --at 2; touchline --at 1 list cab.touchline\n"
                 "touchline show cab.touchline 1 --at=3 | grep Rating\n"
                 "touchline history cab.touchline --at 3 --json | grep -c '\"id\"'\n"
                 "touchline export cab.touchline --at 3 | grep -c neutral\n"
                 "touchline backup cab.touchline old.touchline --at 2\n"
                 "touchline list old.touchline | wc -l; touchline check old.touchline | head -1",
                 0,
                 "Before\n   1  W  unrated            Sees the advert\n"
                 "   2  P  unrated            Books\n"
                 "Ride\n   3  I  unrated            Door opened\n"
                 "Parked\n  z1  -  unrated            Permit\n"
                 "Rating: neutral\n3\n1\n7\nThe file is sound\n",
                 "");
}

static void nothing_is_changed_in_the_past(void **state)
{
    shell_expect(*state, "touchline rate cab.touchline 1 neutral --at 1", 2, "",
                 "touchline: --at shows a board as it was: 'rate' is no verb that only reads\n");
    shell_expect(*state, "touchline new x.touchline --at 1", 2, "",
                 "touchline: --at shows a board as it was: 'new' is no verb that only reads\n");
    shell_expect(*state, "touchline board cab.touchline why=x --at 1", 1, "",
                 "touchline: cab.touchline can only be looked at: it is the board as it was after "
                 "edit 1\n");
    shell_expect(*state, "touchline list cab.touchline --at 9", 1, "",
                 "touchline: there is no edit 9; the newest is 2\n");
    shell_expect(*state, "touchline list cab.touchline --at now", 2, "",
                 "touchline: --at cannot be 'now'; say EDIT\n");
    shell_expect(*state, "touchline list cab.touchline --at", 2, "",
                 "touchline: a value is missing after '--at': EDIT\n");
}

static void check_tells_what_the_plan_lacks(void **state)
{
    shell_expect(*state,
                 "touchline choose cab.touchline 1\ntouchline choose cab.touchline 2\n"
                 "touchline add cab.touchline Magic -c email\n"
                 "touchline rate cab.touchline 4 magical\ntouchline choose cab.touchline 4\n"
                 "touchline rate cab.touchline 1 neutral\n"
                 "touchline action cab.touchline 2 Script\n"
                 "touchline add cab.touchline 'No channel'\n"
                 "touchline person cab.touchline Ana\n"
                 "touchline check cab.touchline",
                 0,
                 "The file is sound\n"
                 "Nobody of the front line is on the list of people\n"
                 "3 chosen, 1 of them not rated: 2\n"
                 "1 neutral with no target: 1\n"
                 "1 chosen with no action: 1\n"
                 "1 action with no owner: 2\n"
                 "1 action with no date: 2\n"
                 "1 moment with no channel: 5\n",
                 "");
}

static void damage(struct fixture *fixture, const char *sql)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(fixture_path(fixture, "cab.touchline"), &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, sql, NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
}

static void check_tells_of_damage(void **state)
{
    damage(*state, "UPDATE tally SET n = n + 1 WHERE kind = 1 AND state = 0");
    struct shell_result result = run(*state, "touchline check cab.touchline");
    assert_int_equal(result.code, 65);
    assert_true(strlen(result.out) > 0);
    assert_null(strstr(result.out, "sound"));
    assert_holds(result.err, "touchline: cab.touchline: ");
    shell_release(&result);
}

/* Whoever comes to a damaged board is told of salvage, and what that makes of it is a board. */
static void a_damaged_board_is_salvaged(void **state)
{
    shell_expect(*state, "head -c 100000 cab.touchline >cut.touchline", 0, "", "");
    struct shell_result result = run(*state, "touchline check cut.touchline");
    assert_int_equal(result.code, 65);
    assert_holds(result.err,
                 "touchline: cut.touchline: damaged: a part of it cannot be "
                 "read; 'touchline salvage cut.touchline NEW' takes out what can be read\n");
    shell_release(&result);
    shell_expect(*state,
                 "touchline salvage cab.touchline new.touchline && touchline check new.touchline | "
                 "head -1; touchline export cab.touchline >a; touchline export new.touchline >b; "
                 "cmp a b; touchline history new.touchline | grep -c Salvaged",
                 0,
                 "Taken: 6 channels, 4 moments (1 parked), 2 phases, the board's own page\n"
                 "Left behind: the history and the votes\n"
                 "The file is sound\n1\n",
                 "");
    shell_expect(
        *state, "touchline salvage cab.touchline cab.touchline", 73, "",
        "touchline: cab.touchline: cannot be made: something of that name is there; choose "
        "another name\n");
    shell_expect(*state, "touchline salvage cab.touchline", 2, "", NULL);
}

static void a_list_comes_by_a_pipe(void **state)
{
    shell_expect(
        *state,
        "printf '1. Five\\r\\n\\n- Six @p\\n' | touchline add cab.touchline -\n"
        "printf '+ An idea\\nSeven @p @15s\\n' | touchline add cab.touchline --tags -a 1 -\n"
        "touchline list cab.touchline",
        0,
        "Before\n"
        "   1  W  unrated            Sees the advert\n"
        "   2  P  unrated            Seven\n"
        "   3  P  unrated            Books\n"
        "Ride\n"
        "   4  I  unrated            Door opened\n"
        "   5  -  unrated            Five\n"
        "   6  -  unrated            Six @p\n"
        "Parked\n"
        "  z1  -  unrated            Permit\n",
        "");
    shell_expect(*state, "touchline show cab.touchline 1 | grep Idea", 0, "Idea 1: An idea\n", "");
    shell_expect(*state,
                 "seq 1 1000 | sed 's/^/Moment no /' | touchline add cab.touchline - && "
                 "touchline undo cab.touchline && touchline list cab.touchline | wc -l",
                 0, "10\n", "");
    shell_expect(*state, "touchline add cab.touchline - <&-", 66, "",
                 "touchline: the list could not be read to its end\n");
    shell_expect(*state, "head -c 100000 /dev/zero | touchline add cab.touchline -", 65, "", NULL);
}

static void a_backup_is_a_board(void **state)
{
    shell_expect(*state,
                 "touchline backup cab.touchline copy.touchline && touchline list cab.touchline >a "
                 "&& touchline list copy.touchline >b && cmp a b",
                 0, "", "");
    struct shell_result result = run(*state, "touchline backup cab.touchline copy.touchline");
    assert_int_equal(result.code, 73);
    shell_release(&result);
}

/* --- CSV -------------------------------------------------------------------------------------- */

static void each_sample_survives_csv(void **state)
{
    for (size_t i = 0; i < sample_count; i++) {
        struct buffer line = {0};
        buffer_add_format(&line,
                          "touchline new %s.a --sample %s && touchline export %s.a >a.csv && "
                          "touchline new %s.b && touchline import %s.b a.csv && "
                          "touchline export %s.b | cmp - a.csv",
                          samples[i].name, samples[i].name, samples[i].name, samples[i].name,
                          samples[i].name, samples[i].name);
        shell_expect(*state, buffer_text(&line), 0, "", "");
        buffer_release(&line);
    }
    assert_true(sample_count >= 5);
    shell_expect(*state, "touchline new no.touchline --sample pony", 2, "", NULL);
    shell_expect(*state, "touchline new no.touchline --title \"$(seq 1 1000)\"", 2, "", NULL);
    assert_null(fixture_read(fixture_path(*state, "no.touchline")));
    shell_expect(*state, "touchline new few.touchline && touchline check few.touchline", 0,
                 "The file is sound\nThe board does not say why\n0 chosen; the plan wants 3 to 5\n",
                 "");
}

static void a_dry_run_changes_nothing(void **state)
{
    fixture_write(*state, "in.csv", "title,Colour,channel\nOne,red,phone\nTwo,,\n");
    shell_expect(*state,
                 "cp cab.touchline before; touchline import cab.touchline in.csv --dry-run; "
                 "cmp cab.touchline before",
                 0, "2 moments would be imported; nothing was changed\n",
                 "touchline: in.csv: a board has no column 'Colour'; it was kept out\n");
    shell_expect(*state,
                 "touchline import cab.touchline in.csv && touchline list cab.touchline | "
                 "grep -c 'One\\|Two'",
                 0, "2\n", "touchline: in.csv: a board has no column 'Colour'; it was kept out\n");
    fixture_write(*state, "bad.csv", "title,rating\nOne,neutral\nTwo,nice\n");
    static const char *const lines[] = {
        ("cp cab.touchline before; touchline import cab.touchline bad.csv; echo $?; "
         "cmp cab.touchline before"),
        "touchline import cab.touchline bad.csv -- --dry-run; echo $?",
        "touchline import cab.touchline --dry-run - <bad.csv; echo $?"};
    shell_expect(*state, lines[0], 0, "65\n",
                 "touchline: bad.csv: row 3, column 2: rating cannot be \"nice\"; say "
                 "unrated, miserable, neutral or magical\n");
    shell_expect(*state, lines[1], 0, "2\n", NULL);
    shell_expect(*state, lines[2], 0, "65\n",
                 "touchline: standard input: row 3, column 2: rating cannot be \"nice\"; "
                 "say unrated, miserable, neutral or magical\n");
}

static void a_sixth_choice_in_a_file_is_refused(void **state)
{
    fixture_write(*state, "six.csv", "title,chosen\na,yes\nb,yes\nc,yes\nd,yes\ne,yes\nf,yes\n");
    shell_expect(*state, "touchline import cab.touchline six.csv; echo $?", 0, "65\n",
                 "touchline: six.csv: row 7, column 2 (chosen): Five are chosen and few gets done: "
                 "unchoose one of them first.\n");
}

static void odd_inputs_get_one_clear_line(void **state)
{
    static const struct {
        const char *line;
        int code;
        const char *says;
    } cases[] = {
        {"touchline import cab.touchline nothing.csv", 66,
         "nothing.csv: No such file or directory; check the name"},
        {"touchline import cab.touchline .", 66, ".: it is a folder; name a file"},
        {"touchline import cab.touchline /dev/zero", 66,
         "/dev/zero: it is a device; name a file, or pipe it into '-'"},
        {"touchline import cab.touchline cab.touchline", 66,
         "cab.touchline: it is this very board; name another file"},
        {"touchline import cab.touchline - <cab.touchline", 66,
         "standard input: it is this very board; name another file"},
        {"ln -s cab.touchline link; touchline import cab.touchline ./link", 66,
         "./link: it is this very board; name another file"},
        {"touchline import cab.touchline - <&-", 66, "standard input: Bad file descriptor"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer error = {0};
        buffer_add_format(&error, "touchline: %s\n", cases[i].says);
        shell_expect(*state, cases[i].line, cases[i].code, "", buffer_text(&error));
        buffer_release(&error);
    }
    shell_expect(*state,
                 "touchline new other.touchline; touchline import cab.touchline other.touchline",
                 65, "", NULL);
    shell_expect(*state, "head -c 3000000 /dev/zero | touchline import cab.touchline -", 65, "",
                 NULL);
}

static void pipes_and_fifos_are_read(void **state)
{
    shell_expect(*state,
                 "touchline new b.touchline; touchline export cab.touchline | touchline import "
                 "b.touchline - && touchline list b.touchline | wc -l",
                 0, "7\n", "");
    shell_expect(
        *state,
        "mkfifo f; touchline export cab.touchline >f & touchline new c.touchline; touchline "
        "import c.touchline f && wait && touchline list c.touchline | wc -l",
        0, "7\n", "");
}

/* More than a pipe holds, and nobody reads on: the board must be free all the same. */
static void a_pipe_that_is_read_slowly_keeps_nobody_from_saving(void **state)
{
    shell_expect(*state,
                 "{ echo title; seq 5000; } | touchline import cab.touchline -; mkfifo slow\n"
                 "exec 3<>slow; touchline export cab.touchline -o slow & export=$!\n"
                 "head -c 1 <&3 >first; touchline add cab.touchline Last; echo $?\n"
                 "cat <&3 >rest & wait $export; echo $?; kill $!",
                 0, "0\n0\n", "");
}

static void an_export_overwrites_nothing(void **state)
{
    struct stat about;
    fixture_write(*state, "old.csv", "mine");
    shell_expect(*state, "touchline export cab.touchline -o old.csv", 73, "",
                 "touchline: old.csv: it is there already; --force overwrites it\n");
    shell_expect(*state,
                 "chmod 640 old.csv; touchline export cab.touchline -o old.csv --force && "
                 "touchline export cab.touchline | cmp - old.csv",
                 0, "", "");
    assert_int_equal(stat(fixture_path(*state, "old.csv"), &about), 0);
    assert_int_equal(about.st_mode & 0777, 0640);
    shell_expect(*state,
                 "ln -s old.csv link; touchline export cab.touchline -o link --force && test -L "
                 "link",
                 0, "", "");
    shell_expect(*state,
                 "touchline new b.touchline; touchline export cab.touchline -o b.touchline "
                 "--force",
                 73, "", "touchline: b.touchline: it is a board and stays; name another file\n");
    shell_expect(*state, "touchline export cab.touchline -o ./cab.touchline --force", 73, "",
                 "touchline: ./cab.touchline: it is this very board; name another file\n");
    shell_expect(*state,
                 "echo x >b.touchline-journal; ln -s "
                 "b.touchline-journal way; touchline export cab.touchline -o way --force; echo $?; "
                 "cat b.touchline-journal; rm b.touchline-journal",
                 0, "73\nx\n",
                 "touchline: way: it would be taken for a part of the board of that name; choose "
                 "another name\n");
    shell_expect(*state, "touchline export cab.touchline -o .", 73, "",
                 "touchline: .: it is a folder; name a file\n");
    shell_expect(*state, "touchline export cab.touchline -o no/where.csv", 73, "",
                 "touchline: no/where.csv: No such file or directory; check the name\n");
    shell_expect(
        *state, "touchline export cab.touchline -f doc", 2, "",
        "touchline: there is no format 'doc'; there are csv, html, md, svg, pdf and png\n");
    shell_expect(*state, "touchline export cab.touchline -o /dev/stdout | head -c 6", 0, "number",
                 "");
    shell_expect(*state,
                 "touchline new big.touchline --sample cafe; (ulimit -f 1; touchline export "
                 "big.touchline -o full.csv); echo $?; ls -A | grep -c 'full.csv\\|^[.]touchline-'",
                 1, "1\n0\n",
                 "touchline: full.csv: cannot write: File too large; raise the limit (ulimit -f), "
                 "or choose another place\n");
}

/* SQLite would take it for a journal, and remove it at the next opening. */
static void nothing_is_written_beside_a_board(void **state)
{
    shell_expect(*state,
                 "for way in export\\ cab.touchline\\ -o backup\\ cab.touchline new; do "
                 "for end in journal wal shm; do touchline $way cab.touchline-$end; echo $?; done; "
                 "done; ls",
                 0, "73\n73\n73\n73\n73\n73\n73\n73\n73\ncab.touchline\n", NULL);
    shell_expect(*state, "touchline export cab.touchline -o cab.touchline-journal", 73, "",
                 "touchline: cab.touchline-journal: it would be taken for a part of the "
                 "board of that name; choose another name\n");
    shell_expect(*state,
                 "touchline export cab.touchline -o team-journal; mv team-journal old-journal; "
                 "touchline new old; touchline backup cab.touchline old; ls",
                 0, "cab.touchline\nold-journal\n",
                 "touchline: old: cannot be made: a journal of that name is there, which would be "
                 "played back into it; choose another name\n"
                 "touchline: old: cannot be made: a journal of that name is there, which would be "
                 "played back into it; choose another name\n");
    shell_expect(*state, /* of a program that died before it had changed anything */
                 "printf '\\0\\0' >fresh-journal; touchline new fresh; : >copy-journal; "
                 "touchline backup cab.touchline copy; touchline check copy | head -n 1",
                 0, NULL, "");
}

static void a_board_takes_no_output(void **state)
{
    shell_expect(*state,
                 "ls -s --block-size=1 cab.touchline >before; "
                 "touchline show cab.touchline >>cab.touchline; echo $?; "
                 "ls -s --block-size=1 cab.touchline | cmp - before; touchline check cab.touchline "
                 "| head -1",
                 0, "2\nThe file is sound\n",
                 "touchline: cab.touchline: what is printed would go into this very board; nothing "
                 "was done\n");
}

static void an_export_is_what_was_asked_for(void **state)
{
    shell_expect(*state, "touchline export cab.touchline -f md | head -1", 0, "# Wally's taxi\n",
                 "");
    shell_expect(*state,
                 "for f in csv html md svg; do touchline export cab.touchline -o a.$f && head -c 7 "
                 "a.$f && echo; done",
                 0, "number,\n<!DOCTY\n# Wally\n<svg xm\n", "");
    shell_expect(*state, "touchline export cab.touchline -f md -o md.csv; head -c 7 md.csv", 0,
                 "# Wally", "");
    shell_expect(*state, "touchline export cab.touchline -o a.svg", 73, "",
                 "touchline: a.svg: it is there already; --force overwrites it\n");
    shell_expect(*state, "touchline export cab.touchline -f html --excel", 2, "",
                 "touchline: --excel is for csv, not for html\n");
    shell_expect(*state,
                 "touchline rate cab.touchline 1 magical; touchline export cab.touchline -f md | "
                 "grep -c '★'; touchline export cab.touchline -f md --at 2 | grep -c '★'",
                 1, "1\n0\n", "");
    shell_expect(
        *state,
        "touchline add cab.touchline お茶を出すお茶を出すお茶を出す; "
        "LC_ALL=C.UTF-8 touchline export cab.touchline -f svg >a; LC_ALL=C touchline export "
        "cab.touchline -f svg | cmp - a",
        0, "", "");
}

/* In place of librsvg's: it tells what it was called with, and makes of a sheet just that. */
#define CONVERTER                                                                                  \
    "#!/bin/sh\n"                                                                                  \
    "printf '%s\\n' \"$@\" >called\n"                                                              \
    "while [ $# -gt 1 ]; do [ \"$1\" = -o ] && made=$2; shift; done\n"                             \
    "cp \"$1\" \"$made\"\n"

static void a_picture_is_converted_by_another_program(void **state)
{
    (void)fixture_write(*state, "rsvg-convert", CONVERTER);
    shell_expect(*state,
                 "chmod +x rsvg-convert; mkdir 'a b;$(c)'; export TMPDIR=\"$PWD/a b;\\$(c)\"\n"
                 "PATH=$PWD:$PATH touchline export cab.touchline -o a.pdf && grep -c '</title>' "
                 "a.pdf; ls -A \"$TMPDIR\"; sed \"s|$TMPDIR/touchline-......|TEMPORARY|\" called",
                 0, "3\n-f\npdf\n-d\n192\n-p\n192\n-o\nTEMPORARY/made\nTEMPORARY/9.svg\n", "");
    shell_expect(*state,
                 "seq 200 | touchline add cab.touchline -; PATH=$PWD:$PATH touchline export "
                 "cab.touchline -o b.pdf; grep -c 'svg$' called; PATH=$PWD:$PATH touchline export "
                 "cab.touchline -f png >b.png; grep -c 'svg$' called; grep -c '<g transform' b.png",
                 0, "7\n1\n7\n", "");
}

static void a_picture_that_cannot_be_converted_is_told(void **state)
{
    (void)fixture_write(*state, "rsvg-convert",
                        "#!/bin/sh\necho half >$8; echo no way >&2; echo at all >&2; exit 3");
    shell_expect(*state,
                 "t=$(command -v touchline); PATH=/nowhere $t export cab.touchline -o a.pdf; echo "
                 "$?; chmod +x rsvg-convert; PATH=$PWD:$PATH touchline export cab.touchline -o "
                 "a.png; echo $?; ls -A | grep '^a'",
                 1, "1\n1\n",
                 "touchline: a.pdf: pdf needs rsvg-convert, which is not installed: it comes with "
                 "the package librsvg2-bin (Debian), librsvg2-tools (Fedora) or librsvg\n"
                 "touchline: a.png: rsvg-convert made no png: no way\n");
}

/* What we ignore ends it, as it would anything else that is started. */
static void the_converters_signals_are_its_own(void **state)
{
    (void)fixture_write(*state, "rsvg-convert",
                        "#!/bin/sh\nkill -$(cat signal) $$; echo lives on >&2; exit 3");
    shell_expect(*state,
                 "chmod +x rsvg-convert; for signal in PIPE XFSZ; do echo $signal >signal\n"
                 "PATH=$PWD:$PATH touchline export cab.touchline -o a.png; done",
                 1, "",
                 "touchline: a.png: rsvg-convert made no png\n"
                 "touchline: a.png: rsvg-convert made no png\n");
}

static void a_picture_is_not_for_a_terminal(void **state)
{
    size_t length;
    struct buffer line = {0};
    buffer_add_format(&line, "cd %s; %s export cab.touchline -f png",
                      ((struct fixture *)*state)->folder, TOUCHLINE_PROGRAM);
    struct pty *pty =
        pty_start(NULL, (const char *const[]){"/bin/sh", "-c", buffer_text(&line), NULL});
    assert_int_equal(pty_wait_exit(pty), 2);
    assert_holds(pty_output(pty, &length), "png is not for a terminal; say --output FILE");
    pty_stop(pty);
    buffer_release(&line);
}

static void the_real_program_makes_a_page_and_a_picture(void **state)
{
    struct shell_result result = run(*state, "rsvg-convert --version");
    bool can = result.code == 0;
    shell_release(&result);
    if (!can)
        skip_because("there is no rsvg-convert");
    shell_expect(*state,
                 "touchline export cab.touchline -o a.pdf; head -c 5 a.pdf; echo; touchline export "
                 "cab.touchline -f png | head -c 4 | tail -c 3",
                 0, "%PDF-\nPNG", "");
}

static void a_board_for_which_there_is_no_room_is_told_by_its_name(void **state)
{
    shell_expect(
        *state, "(ulimit -f 4; touchline new full.touchline); echo $?; ls -A | grep -c full", 1,
        "1\n0\n", "touchline: full.touchline: no room left on the disk; make room, try again\n");
}

/* In WAL mode a reader is enough to be in the way, so nobody waits for a lock here. */
static void a_board_that_another_holds_is_busy(void **state)
{
    sqlite3 *other;
    struct fixture *fixture = *state;
    assert_int_equal(sqlite3_open(fixture_path(fixture, "cab.touchline"), &other), SQLITE_OK);
    assert_int_equal(sqlite3_exec(other,
                                  "PRAGMA journal_mode=WAL; BEGIN; UPDATE board SET title='x'",
                                  NULL, NULL, NULL),
                     SQLITE_OK);
    shell_expect(fixture, "touchline rate cab.touchline 1 neutral", 75, "",
                 "touchline: cab.touchline: another program has it open in a mode of its own; "
                 "close it there\n");
    sqlite3_close(other);
}

static void formulas_are_made_harmless(void **state)
{
    shell_expect(
        *state,
        "touchline add cab.touchline '=1+1'; touchline export cab.touchline | grep -c \"'=1\"; "
        "touchline export cab.touchline --raw | grep -c \",=1\"; touchline export "
        "cab.touchline --excel | head -c 3 | od -An -tx1",
        0, "1\n1\n ef bb bf\n", "");
}

/* --- usage ------------------------------------------------------------------------------------ */

static void mistakes_are_named(void **state)
{
    static const struct {
        const char *line;
        int code;
        const char *says;
    } cases[] = {
        {"raet cab.touchline 3", 2, "there is no verb 'raet'; did you mean 'rate'?"},
        {"hist", 2, "there is no verb 'hist'; did you mean 'history'?"},
        {"lst cab.touchline", 2, "there is no verb 'lst'; did you mean 'list'?"},
        {"xyzzy cab.touchline", 2, "there is no verb 'xyzzy'; 'touchline help' lists them"},
        {"cab.touchline show", 2, "the verb comes first: touchline show cab.touchline"},
        {"cab.touchline extra", 2, "one word too many: 'extra'; a verb stands before the board"},
        {"quit cab.touchline", 2,
         "'quit' is about the screen: open a board there (touchline BOARD), key q"},
        {"minutes cab.touchline", 2,
         "'minutes' is about the screen: open a board there (touchline BOARD), :minutes"},
        {"rate", 2, "BOARD is missing; it goes: touchline rate BOARD N RATING [--review]"},
        {"rate cab.touchline", 2,
         "N is missing; it goes: touchline rate BOARD N RATING [--review]"},
        {"rate cab.touchline 3", 2,
         "RATING is missing; it goes: touchline rate BOARD N RATING [--review]"},
        {"rate cab.touchline 3 nice", 2,
         "rating cannot be \"nice\"; say unrated, miserable, neutral or magical"},
        {"rate cab.touchline 9 neutral", 1, "there is no moment 9; they go from 1 to 3"},
        {"rate cab.touchline x neutral", 2,
         "'x' names no moment: use its number, z1 for a parked one, or id:31"},
        {"rate nothing.touchline 3 neutral", 66,
         "nothing.touchline: there is no such board; 'touchline new' makes one"},
        {"rate cab.touchline 3 --loud", 2,
         "rate: there is no option '--loud'; it goes: rate BOARD N RATING [--review]"},
        {"--loud", 2, "there is no option '--loud'; --help lists them"},
        {"--theme=pink", 2, "--theme cannot be 'pink'; say auto|dark|light|projector"},
        {"--theme", 2, "a value is missing after '--theme': auto|dark|light|projector"},
        {"--look=yes cab.touchline", 2, "no value goes with '--look'"},
        {"help raet", 2, "there is no verb 'raet'; did you mean 'rate'?"},
        {"help xyzzy", 2, "there is no verb 'xyzzy'; 'touchline help' lists them"},
        {"cab.touchline", 2,
         "the screen needs a terminal; 'touchline show cab.touchline' prints a board as text"},
        {"", 2, "the screen needs a terminal; 'touchline show BOARD' prints a board as text"},
        {"new cab.touchline", 73, NULL},
        {"show .", 66, NULL},
        {"--look rate cab.touchline 1 neutral", 1,
         "this board can only be looked at: it was opened to look at"},
        {"undo --name Nobody cab.touchline", 1, "nothing of yours to undo"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        struct buffer line = {0}, error = {0};
        buffer_add_format(&line, "touchline %s", cases[i].line);
        buffer_add_format(&error, "touchline: %s\n", cases[i].says ? cases[i].says : "");
        shell_expect(*state, buffer_text(&line), cases[i].code, "",
                     cases[i].says ? buffer_text(&error) : NULL);
        buffer_release(&line);
        buffer_release(&error);
    }
}

static void a_board_may_be_called_like_a_verb(void **state)
{
    shell_expect(*state,
                 "cp cab.touchline add; touchline list ./add | wc -l; touchline list add | wc "
                 "-l; touchline list -- add | wc -l",
                 0, "7\n7\n7\n", "");
}

static void help_knows_every_verb_and_key(void **state)
{
    struct fixture *fixture = *state;
    size_t count;
    const struct command *const *table = command_table(&count);
    struct shell_result help = run(fixture, "touchline --help");
    struct shell_result keys = run(fixture, "touchline help keys");
    shell_expect(fixture,
                 "touchline --help >a; touchline help >b; touchline -h >c; cmp a b; cmp b c", 0, "",
                 "");
    for (size_t i = 0; i < count; i++) {
        struct buffer part = {0};
        buffer_add_format(&part, "  %s ", table[i]->name);
        if (table[i]->scope != COMMAND_SCREEN)
            assert_holds(help.out, buffer_text(&part));
        buffer_clear(&part);
        buffer_add_format(&part, "  %s ", table[i]->keys);
        if (table[i]->keys)
            assert_holds(keys.out, buffer_text(&part));
        buffer_clear(&part);
        if (table[i]->scope == COMMAND_SCREEN) {
            buffer_release(&part);
            continue;
        }
        buffer_add_format(&part, "touchline %s --help", table[i]->name);
        struct shell_result one = run(fixture, buffer_text(&part));
        assert_int_equal(one.code, 0);
        assert_string_equal(one.err, "");
        buffer_clear(&part);
        buffer_add_format(&part, "Usage: touchline %s", table[i]->name);
        assert_holds(one.out, buffer_text(&part));
        shell_release(&one);
        buffer_release(&part);
    }
    shell_release(&help);
    shell_release(&keys);
    shell_expect(fixture, "touchline --version", 0, "touchline " TOUCHLINE_VERSION "\n", "");
}

/* Outcome of every help text: no line is wider than a terminal. */
static void help_fits_a_terminal(void **state)
{
    shell_expect(*state,
                 "touchline --help | LC_ALL=C.UTF-8 awk 'length($0) > 80'; touchline help keys | "
                 "awk 'length($0) > 80'",
                 0, "", "");
    /* in the manual an example stands 13 columns in */
    shell_expect(*state,
                 "touchline __manual verbs | sed 's/[\\]-/-/g; s/[\\](aq/x/g' | "
                 "awk '/^touchline / && length($0) > 67'",
                 0, "", "");
}

static void completion_offers_what_may_stand(void **state)
{
    shell_expect(*state, "touchline __complete unc | cut -f1", 0, "unchoose\n", "");
    shell_expect(*state, "touchline __complete rate cab.touchline 3 '' | cut -f1", 0,
                 "miserable\nneutral\nmagical\n", "");
    shell_expect(*state, "touchline __complete add cab.touchline --ch | cut -f1", 0, "--channel\n",
                 "");
    shell_expect(*state, "touchline __complete add cab.touchline --channel Ph | cut -f1", 0,
                 "Phone\n", "");
    shell_expect(*state, "touchline __complete new x --sample wal | cut -f1", 0, "wally-taxi\n",
                 "");
    shell_expect(
        *state,
        "for f in $(touchline __complete export cab.touchline -f '' | cut -f1); do "
        "touchline export cab.touchline -f $f --excel 2>&1 | grep -c -e 'for csv' -e ^.*numb; "
        "done | tr -d '\\n'",
        0, "111111", "");
    shell_expect(*state, "touchline __complete review cab.touchline b | cut -f1", 0, "begin\n", "");
    shell_expect(*state, "touchline __complete list ''", 0, "", "");
    shell_expect(*state, "touchline __complete --th | cut -f1", 0, "--theme\n", "");
    shell_expect(*state, "touchline __complete --theme d | cut -f1", 0, "dark\n", "");
    shell_expect(*state, "touchline __complete --ascii --theme dark unc | cut -f1", 0, "unchoose\n",
                 "");
    shell_expect(*state, "touchline __complete --name ''", 0, "", "");
    shell_expect(*state, "touchline __complete --name Ana rate cab.touchline 3 mag | cut -f1", 0,
                 "magical\n", "");
    shell_expect(*state, "touchline __complete help un | cut -f1 | tr '\\n' ' '", 0,
                 "unpark unchoose undot undo ", "");
}

static void bash_completes(void **state)
{
    shell_expect(*state,
                 "command -v bash >/dev/null || { echo rate; echo cab.touchline; exit 0; }\n"
                 "bash -c '. " TOUCHLINE_SOURCE "/data/completions/touchline.bash\n"
                 "COMP_WORDS=(touchline rat); COMP_CWORD=1; _touchline; echo \"${COMPREPLY[*]}\"\n"
                 "COMP_WORDS=(touchline rate ca); COMP_CWORD=2; _touchline; echo "
                 "\"${COMPREPLY[*]}\"'",
                 0, "rate\ncab.touchline\n", "");
}

/* --- the manual ------------------------------------------------------------------------------- */

/* Puts what the program prints between the part's marks. */
static void renew_part(struct buffer *manual, const char *part, const char *text)
{
    struct buffer mark = {0};
    buffer_add_format(&mark, ".\\\" begin: %s\n", part);
    char *from = strstr(manual->bytes, buffer_text(&mark));
    assert_non_null(from);
    size_t begin = (size_t)(from - manual->bytes) + mark.length;
    buffer_clear(&mark);
    buffer_add_format(&mark, ".\\\" end: %s\n", part);
    char *to = strstr(manual->bytes + begin, buffer_text(&mark));
    assert_non_null(to);
    buffer_remove(manual, begin, (size_t)(to - manual->bytes) - begin);
    buffer_insert(manual, begin, text, strlen(text));
    buffer_release(&mark);
}

static void the_manual_says_what_the_table_says(void **state)
{
    static const char path[] = TOUCHLINE_SOURCE "/man/touchline.1";
    static const char *const parts[] = {"options", "keys", "verbs"};
    char *kept = fixture_read(path);
    struct buffer manual = {0};
    assert_non_null(kept);
    buffer_add_text(&manual, kept);
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++) {
        struct buffer line = {0};
        buffer_add_format(&line, "touchline __manual %s", parts[i]);
        struct shell_result result = run(*state, buffer_text(&line));
        assert_int_equal(result.code, 0);
        renew_part(&manual, parts[i], result.out);
        shell_release(&result);
        buffer_release(&line);
    }
    if (getenv("TOUCHLINE_RENEW")) {
        FILE *file = fopen(path, "w");
        assert_non_null(file);
        assert_true(fputs(buffer_text(&manual), file) >= 0 && fclose(file) == 0);
    } else if (strcmp(buffer_text(&manual), kept) != 0) {
        fail_msg("man/touchline.1 is not what the table says; TOUCHLINE_RENEW=1 renews it");
    }
    buffer_release(&manual);
    memory_free(kept);
    shell_expect(*state, "touchline __manual nothing", 2, "", NULL);
}

static void the_manual_is_clean(void **state)
{
    shell_expect(
        *state,
        "command -v mandoc >/dev/null || exit 0; mandoc -T lint -W warning " TOUCHLINE_SOURCE
        "/man/touchline.1",
        0, "", "");
}

/* --- output ----------------------------------------------------------------------------------- */

static void assert_json(const char *text)
{
    sqlite3 *db;
    sqlite3_stmt *valid;
    assert_int_equal(sqlite3_open(":memory:", &db), SQLITE_OK);
    assert_int_equal(sqlite3_prepare_v2(db, "SELECT json_valid(?)", -1, &valid, NULL), SQLITE_OK);
    sqlite3_bind_text(valid, 1, text, -1, SQLITE_STATIC);
    assert_int_equal(sqlite3_step(valid), SQLITE_ROW);
    int good = sqlite3_column_int(valid, 0);
    sqlite3_finalize(valid);
    sqlite3_close(db);
    if (!good)
        fail_msg("no JSON: %s", text);
}

/* Each in a shell where $LINE, $NAME and $BYTES are what a stranger may write: the data of every
 * verb, the words on what it has done, and its errors. */
static const char *const told[] = {
    "list h.touchline",
    "show h.touchline",
    "show h.touchline z1",
    "actions h.touchline",
    "actions h.touchline --by owner",
    "history h.touchline",
    "history h.touchline --changes",
    "list h.touchline --at 1",
    "list h.touchline --at \"$LINE\"",
    "check h.touchline",
    "board h.touchline",
    "channels h.touchline",
    "person h.touchline",
    "handout h.touchline --for \"$NAME\"",
    "due h.touchline",
    "export h.touchline",
    "export h.touchline --raw --excel -o -",
    "export h.touchline -f html",
    "export h.touchline -f md",
    "export h.touchline -f svg",
    "export h.touchline -f png",
    "list h.touchline --json",
    "show h.touchline --json",
    "show h.touchline 7 --json",
    "history h.touchline --json",
    "actions h.touchline --json",
    "", /* the list of this folder's boards */
    "add h.touchline \"$LINE\" --name \"$NAME\"",
    "set h.touchline 3 owner=\"$LINE\" note=\"$LINE\"",
    "set h.touchline 3 \"$LINE\"=x",
    "set h.touchline 3 channel=\"$LINE\"",
    "rate h.touchline 4 magical",
    "owner h.touchline 4 \"$LINE\"",
    "idea h.touchline 4 \"$LINE\"",
    "action h.touchline 4 \"$LINE\" --owner \"$LINE\"",
    "action h.touchline 4 x --due \"$LINE\"",
    "take h.touchline 4 1",
    "cost h.touchline 4 complaint 40 \"$LINE\"",
    "phase h.touchline 4 \"$LINE\"",
    "left h.touchline 4",
    "join h.touchline 4 6",
    "twin h.touchline 4 E",
    "choose h.touchline 5",
    "swap h.touchline 5 1",
    "park h.touchline 4",
    "unpark h.touchline z1",
    "remove h.touchline 4",
    "undo h.touchline",
    "undo h.touchline --name \"$NAME\"",
    "redo h.touchline",
    "channels h.touchline \"$LINE\" letter=Q",
    "person h.touchline \"$LINE\" --role \"$LINE\"",
    "person h.touchline \"$BYTES\" --remove",
    "board h.touchline title=\"$LINE\" noun=\"$LINE\"",
    "rate h.touchline 1 \"$LINE\"",
    "rate h.touchline \"$BYTES\" neutral",
    "list \"$LINE\"",
    "list \"$BYTES\"",
    "list h.touchline \"$BYTES\"",
    "\"$LINE\" h.touchline",
    "--\"$BYTES\"",
    "--theme \"$LINE\"",
    "-n \"$LINE\" undo h.touchline",
    "-n \"$BYTES\" undo h.touchline",
    "import h.touchline \"$LINE\"",
    "import h.touchline \"$LINE.csv\"",
    "export h.touchline -o \"$LINE.csv\"",
    "export h.touchline -f \"$BYTES\"",
    "export h.touchline -o \"$LINE/x\"",
    "backup h.touchline \"$LINE.copy\"",
    "backup h.touchline \"$LINE.copy\"",
    "list \"$LINE.touchline\"",
    "new \"$LINE.new\"",
    "new \"$LINE.touchline\"",
    "new x.touchline --sample \"$BYTES\"",
    "due \"$LINE.csv\" \"$BYTES\"",
    "__complete ''",
    "help \"$BYTES\"",
    "help",
    "handout --help",
    "show table.touchline",
    "list title.touchline",
    "show title.touchline 2",
    "list title.touchline --json",
    "export title.touchline",
    "check title.touchline",
    "history edit.touchline",
    "history edit.touchline --json",
    "check edit.touchline",
    "undo edit.touchline",
    "export h.touchline -o /dev/tty",
};

/* A board, and a file each of two kinds that are called by the worst line. */
static void make_hostile_board(struct fixture *fixture)
{
    static const char *const content[] = {"touchline", "", "csv", "title,rating\nx,"};
    setenv("LINE", hostile_line, 1);
    setenv("NAME", hostile_name, 1);
    setenv("BYTES", hostile_bytes, 1);
    (void)hostile_board(fixture, "h.touchline", 0);
    (void)hostile_table(fixture, "table.touchline");
    (void)hostile_title(fixture, "title.touchline");
    (void)hostile_edit(fixture, "edit.touchline");
    for (size_t i = 0; i < 4; i += 2) {
        struct buffer name = {0}, bytes = {0};
        buffer_add_format(&name, "%s.%s", hostile_line, content[i]);
        buffer_add_format(&bytes, "%s%s\n", content[i + 1], hostile_line);
        (void)fixture_write(fixture, buffer_text(&name), buffer_text(&bytes));
        buffer_release(&name);
        buffer_release(&bytes);
    }
}

static void tell(struct fixture *fixture, const char *verb, const struct pty_options *options,
                 const struct harmless *rules)
{
    struct buffer line = {0};
    size_t length;
    buffer_add_format(&line, "touchline() { %s \"$@\"; }; cd %s; touchline %s", TOUCHLINE_PROGRAM,
                      fixture->folder, verb);
    struct pty *pty =
        pty_start(options, (const char *const[]){"/bin/sh", "-c", buffer_text(&line), NULL});
    assert_true(pty_wait_exit(pty) < 126);
    const char *output = pty_output(pty, &length);
    assert_harmless(rules, output, length, verb);
    if (length == 0)
        fail_msg("%s: says nothing", verb);
    pty_stop(pty);
    buffer_release(&line);
}

static void nothing_raw_reaches_a_terminal(void **state)
{
    make_hostile_board(*state);
    for (size_t i = 0; i < sizeof told / sizeof *told; i++)
        tell(*state, told[i], NULL, &(struct harmless){.ascii = false});
}

static void nothing_but_ascii_reaches_one_that_has_no_more(void **state)
{
    make_hostile_board(*state);
    for (size_t i = 0; i < sizeof told / sizeof *told; i += 2)
        tell(*state, told[i], &(struct pty_options){.locale = "C"},
             &(struct harmless){.ascii = true});
}

static void a_pipe_gets_text_as_stored(void **state)
{
    make_hostile_board(*state);
    shell_expect(*state, "touchline add cab.touchline \"$LINE\"", 0, "", "");
    struct shell_result result = run(*state, "touchline list cab.touchline");
    assert_holds(result.out, hostile_line);
    shell_release(&result);
    result = run(*state, "LC_ALL=C touchline show cab.touchline");
    assert_holds(result.out, hostile_line);
    shell_release(&result);
}

/* What a spreadsheet would run begins so (trust.md's list); a number may have its sign. */
static bool is_formula(struct csv_cell cell)
{
    static const char *const starts[] = {"=",  "+",      "-",      "@",      "\t",
                                         "\n", "\uFF1D", "\uFF0B", "\uFF0D", "\uFF20"};
    for (size_t i = 0; i < sizeof starts / sizeof *starts; i++)
        if (strncmp(cell.text, starts[i], strlen(starts[i])) == 0)
            return strspn(cell.text + 1, "0123456789.") + 1 != cell.length;
    return false;
}

static void no_cell_of_an_export_is_run(void **state)
{
    enum { TITLE = 2 };
    struct error error;
    bool done = false;
    struct fixture *fixture = *state;
    make_hostile_board(fixture);
    shell_expect(fixture, "touchline export h.touchline -o h.csv", 0, "", "");
    FILE *file = fopen(fixture_path(fixture, "h.csv"), "r");
    struct csv_reader *reader = csv_reader_new(file);
    MUST(csv_reader_next(reader, &done, &error));
    for (size_t row = 0; row < hostile_count; row++) {
        MUST(csv_reader_next(reader, &done, &error));
        for (size_t i = 0; i < csv_reader_columns(reader); i++)
            if (is_formula(csv_reader_cell(reader, i)))
                fail_msg("row %zu: '%s'", row, csv_reader_cell(reader, i).text);
        const char *title = csv_reader_cell(reader, TITLE).text;
        assert_string_equal(title + (*title == '\''), hostile_text(row));
    }
    csv_reader_free(reader);
    (void)fclose(file);
}

static void json_is_json(void **state)
{
    static const char *const verbs[] = {
        "list h.touchline --json",    "show h.touchline --json",    "show h.touchline 4 --json",
        "show h.touchline z1 --json", "actions h.touchline --json", "history h.touchline --json",
    };
    make_hostile_board(*state);
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct buffer line = {0};
        buffer_add_format(&line, "touchline %s", verbs[i]);
        struct shell_result result = run(*state, buffer_text(&line));
        assert_int_equal(result.code, 0);
        assert_json(result.out);
        assert_int_equal(result.out[strlen(result.out) - 1], '\n');
        shell_release(&result);
        buffer_release(&line);
    }
}

static void lost_output_is_told(void **state)
{
    static const char *const verbs[] = {"list cab.touchline",
                                        "export cab.touchline",
                                        "list cab.touchline --json",
                                        "--help",
                                        "rate --help",
                                        "--version"};
    if (access("/dev/full", W_OK) != 0)
        skip_because("there is no /dev/full here");
    for (size_t i = 0; i < sizeof verbs / sizeof *verbs; i++) {
        struct buffer line = {0};
        buffer_add_format(&line, "touchline %s >/dev/full", verbs[i]);
        shell_expect(*state, buffer_text(&line), 1, "",
                     "touchline: cannot write the output: No space left on device; make room and "
                     "try again\n");
        buffer_clear(&line);
        buffer_add_format(&line, "touchline %s >&-", verbs[i]);
        shell_expect(*state, buffer_text(&line), 1, "",
                     "touchline: cannot write the output: Bad file descriptor\n");
        buffer_release(&line);
    }
    shell_expect(*state, /* of what was made all the same */
                 "touchline salvage cab.touchline new.touchline >/dev/full; echo $?; "
                 "touchline list new.touchline | wc -l; touchline list cab.touchline | wc -l",
                 0, NULL,
                 "touchline: saved, but cannot write the output: No space left on device; make "
                 "room and try again\n");
}

static void a_reader_may_leave_early(void **state)
{
    shell_expect(
        *state,
        "seq 1 30000 | sed 's/^/Moment number /' | touchline add cab.touchline -; (touchline "
        "list cab.touchline; echo $? >&2) | head -1",
        0, "Before\n", "0\n");
    shell_expect(*state, "(touchline export cab.touchline; echo $? >&2) | true", 0, "", "0\n");
}

/* Closed descriptors must never become the board. */
static void closed_descriptors_harm_nothing(void **state)
{
    shell_expect(
        *state,
        "touchline rate cab.touchline 1 neutral <&- >&- 2>&-; touchline rate cab.touchline 9 "
        "neutral <&- >&- 2>&-; touchline check cab.touchline | head -1; touchline list "
        "cab.touchline | grep -c neutral",
        0, "The file is sound\n1\n", "");
}

static void an_edit_is_told_on_a_terminal(void **state)
{
    struct fixture *fixture = *state;
    struct pty *pty = pty_start(NULL, (const char *const[]){TOUCHLINE_PROGRAM, "rate",
                                                            fixture_path(fixture, "cab.touchline"),
                                                            "1", "magical", NULL});
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_wait_row(pty, 0, "1 is now magical.");
    assert_string_equal(pty_row(pty, 0), "1 is now magical.");
    pty_stop(pty);
}

static void only_ascii_is_shown_in_the_c_locale(void **state)
{
    struct fixture *fixture = *state;
    const struct pty_options options = {.locale = "C"};
    size_t length;
    shell_expect(fixture, "touchline add cab.touchline 'Café · 茶 ole\u0301'", 0, "", "");
    struct pty *pty = pty_start(
        &options, (const char *const[]){TOUCHLINE_PROGRAM, "show",
                                        fixture_path(fixture, "cab.touchline"), "4", NULL});
    assert_int_equal(pty_wait_exit(pty), 0);
    const char *output = pty_output(pty, &length);
    for (size_t i = 0; i < length; i++)
        assert_true((unsigned char)output[i] < 0x80);
    assert_non_null(strstr(output, "Moment 4: Caf? ? ?? ole"));
    pty_stop(pty);
    pty = pty_start(&options, (const char *const[]){TOUCHLINE_PROGRAM, "show",
                                                    fixture_path(fixture, "cab.touchline"), "4",
                                                    "--json", NULL});
    assert_int_equal(pty_wait_exit(pty), 0);
    assert_non_null(strstr(pty_output(pty, &length), "Caf\\u00e9 \\u00b7 \\u8336"));
    pty_stop(pty);
}

/* --- the screen's door ------------------------------------------------------------------------ */

static void without_a_board_there_is_a_list(void **state)
{
    struct fixture *fixture = *state;
    struct buffer line = {0};
    buffer_add_format(&line, "cd %s; exec %s", fixture->folder, TOUCHLINE_PROGRAM);
    struct pty *pty =
        pty_start(NULL, (const char *const[]){"/bin/sh", "-c", buffer_text(&line), NULL});
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_wait_row(pty, 0, "Boards in this folder");
    pty_wait_row(pty, 1, "  cab.touchline");
    pty_wait_row(pty, 5, "airline-75, cafe, ");
    pty_stop(pty);
    buffer_release(&line);
}

static void the_last_board_opens_again(void **state)
{
    struct fixture *fixture = *state;
    const struct pty_options options = {.home = fixture->folder};
    struct pty *pty = pty_start(
        &options, (const char *const[]){TOUCHLINE_PROGRAM, "--ascii", "cab.touchline", NULL});
    pty_wait_text(pty, "Wally's taxi");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_stop(pty);
    pty = pty_start(&options, (const char *const[]){TOUCHLINE_PROGRAM, NULL});
    pty_wait_text(pty, "Wally's taxi");
    pty_keys(pty, "q");
    assert_int_equal(pty_wait_exit(pty), 0);
    pty_stop(pty);
}

#define WITH_CAB(test) cmocka_unit_test_setup_teardown(test, cab_setup, fixture_teardown)

static int cab_pty_teardown(void **state)
{
    struct fixture *fixture = *state;
    (void)pty_teardown(state);
    fixture_free(fixture);
    return 0;
}

#define WITH_CAB_AND_PTY(test) cmocka_unit_test_setup_teardown(test, cab_setup, cab_pty_teardown)

int main(void)
{
    const struct CMUnitTest tests[] = {
        WITH_CAB(a_board_is_listed),
        WITH_CAB(a_board_is_shown_a_fact_a_line),
        WITH_CAB(edits_are_silent_and_kept),
        WITH_CAB(actions_are_sifted),
        WITH_CAB(the_board_and_its_people_are_kept),
        WITH_CAB(channels_are_the_boards_own),
        WITH_CAB(history_tells_who),
        WITH_CAB(history_tells_each_change),
        WITH_CAB(any_reading_verb_shows_the_past),
        WITH_CAB(nothing_is_changed_in_the_past),
        WITH_CAB(check_tells_what_the_plan_lacks),
        WITH_CAB(check_tells_of_damage),
        WITH_CAB(a_damaged_board_is_salvaged),
        WITH_CAB(a_list_comes_by_a_pipe),
        WITH_CAB(a_backup_is_a_board),
        WITH_CAB(each_sample_survives_csv),
        WITH_CAB(a_dry_run_changes_nothing),
        WITH_CAB(a_sixth_choice_in_a_file_is_refused),
        WITH_CAB(odd_inputs_get_one_clear_line),
        WITH_CAB(pipes_and_fifos_are_read),
        WITH_CAB(a_pipe_that_is_read_slowly_keeps_nobody_from_saving),
        WITH_CAB(an_export_overwrites_nothing),
        WITH_CAB(nothing_is_written_beside_a_board),
        WITH_CAB(a_board_takes_no_output),
        WITH_CAB(an_export_is_what_was_asked_for),
        WITH_CAB(a_picture_is_converted_by_another_program),
        WITH_CAB(a_picture_that_cannot_be_converted_is_told),
        WITH_CAB(the_converters_signals_are_its_own),
        WITH_CAB(a_picture_is_not_for_a_terminal),
        WITH_CAB(the_real_program_makes_a_page_and_a_picture),
        WITH_CAB(a_board_for_which_there_is_no_room_is_told_by_its_name),
        WITH_CAB(a_board_that_another_holds_is_busy),
        WITH_CAB(formulas_are_made_harmless),
        WITH_CAB(mistakes_are_named),
        WITH_CAB(a_board_may_be_called_like_a_verb),
        WITH_CAB(help_knows_every_verb_and_key),
        WITH_CAB(help_fits_a_terminal),
        WITH_CAB(completion_offers_what_may_stand),
        WITH_CAB(bash_completes),
        WITH_CAB(the_manual_says_what_the_table_says),
        WITH_CAB(the_manual_is_clean),
        WITH_CAB_AND_PTY(nothing_raw_reaches_a_terminal),
        WITH_CAB_AND_PTY(nothing_but_ascii_reaches_one_that_has_no_more),
        WITH_CAB(a_pipe_gets_text_as_stored),
        WITH_CAB(no_cell_of_an_export_is_run),
        WITH_CAB(json_is_json),
        WITH_CAB(lost_output_is_told),
        WITH_CAB(a_reader_may_leave_early),
        WITH_CAB(closed_descriptors_harm_nothing),
        WITH_CAB_AND_PTY(an_edit_is_told_on_a_terminal),
        WITH_CAB_AND_PTY(only_ascii_is_shown_in_the_c_locale),
        WITH_CAB_AND_PTY(without_a_board_there_is_a_list),
        WITH_CAB_AND_PTY(the_last_board_opens_again),
    };
    (void)setlocale(LC_CTYPE, "C.UTF-8");
    return cmocka_run_group_tests(tests, NULL, NULL);
}
