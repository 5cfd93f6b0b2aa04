/* Votes from the shell: the facilitator's verb, the voters', and a board for a group of accounts.
 */
#include "boards.h"
#include "fixture.h"
#include "shell.h"
#include <grp.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "skip.h"

static int setup(void **state)
{
    *state = fixture_new();
    struct shell_result made =
        shell_run(*state, "set -e; b=cab.touchline\n"
                          "touchline new $b --title 'The cab'\n"
                          "touchline add $b 'Sees the advert'\n"
                          "touchline add $b 'Books' 'Cab pulls up' -p Arrival\n"
                          "touchline add $b 'Later' -p Ride; touchline park $b 4\n");
    assert_string_equal(made.err, "");
    shell_release(&made);
    return 0;
}

static int teardown(void **state)
{
    fixture_free(*state);
    return 0;
}

/* --- poll ------------------------------------------------------------------------------------- */

static void without_a_vote_poll_says_so(void **state)
{
    shell_expect(*state, "touchline poll cab.touchline", 0, "There was no vote yet.\n", "");
    shell_expect(*state, "touchline poll cab.touchline --json", 0, "null\n", "");
    shell_expect(*state, "touchline poll cab.touchline close", 1, "",
                 "touchline: no vote is open\n");
    shell_expect(*state, "touchline poll cab.touchline show", 1, "",
                 "touchline: nothing is hidden: no vote, no dots\n");
    shell_expect(*state, "touchline poll cab.touchline shut", 2, "",
                 "touchline: a poll cannot be 'shut'; say open, close or show\n");
    shell_expect(*state, "touchline poll cab.touchline open --ratings --dots 3", 2, "",
                 "touchline: --dots is for a vote on dots\n");
}

static void a_vote_is_opened_closed_and_shown_in_the_minutes(void **state)
{
    shell_expect(*state,
                 "b=cab.touchline; touchline poll $b open --dots 3\n"
                 "touchline poll $b open; touchline vote $b --as Ben 2 2 >/dev/null\n"
                 "touchline poll $b; touchline poll $b close; touchline undo $b\n"
                 "touchline poll $b close; touchline vote $b --as Cleo 2; touchline poll $b show\n"
                 "touchline poll $b; touchline history $b | tail -n 5 | sed 's/.*Tester  //'",
                 0,
                 "Vote on dots, 3 each: open\n"
                 "1 of 1 have voted, 0 said done, 2 dots in all\n"
                 "Vote on dots, 3 each: shown\n"
                 "1 of 1 have voted, 0 said done, 2 dots in all\n"
                 "A vote on dots is open, 3 each\n"
                 "The vote on dots is closed, 1 of 1 have voted\n"
                 "Taken back: The vote on dots is closed, 1 of 1 have voted\n"
                 "The vote on dots is closed, 1 of 1 have voted\n"
                 "The vote is shown: 2 dots on 1 ballot\n",
                 "touchline: a vote is going on; show that one first\n"
                 "touchline: no vote is open\n");
}

static void R8_the_spread_is_told_once_it_is_shown(void **state)
{
    shell_expect(*state,
                 "b=cab.touchline; touchline poll $b open --ratings\n"
                 "for v in Ben:1:2 Cleo:3:2 Dan:magical:neutral; do IFS=: read n one two <<.\n"
                 "$v\n.\n"
                 "c=$(touchline vote $b --as $n 1 $one); c=${c#code }\n"
                 "touchline vote $b --as $n --code $c 2 $two; done\n"
                 "touchline poll $b; touchline poll $b show; touchline poll $b\n"
                 "touchline poll $b --json | tail -n 3",
                 0,
                 "Vote on ratings: open\n"
                 "3 of 3 have voted, 0 said done, 6 ratings in all\n"
                 "Vote on ratings: shown\n"
                 "3 of 3 have voted, 0 said done, 6 ratings in all\n"
                 "1 Sees the advert: 1 miserable, 0 neutral, 2 magical\n"
                 "2 Books: 0 miserable, 3 neutral, 0 magical\n"
                 "{\"id\":1,\"number\":1,\"miserable\":1,\"neutral\":0,\"magical\":2},\n"
                 "{\"id\":3,\"number\":2,\"miserable\":0,\"neutral\":3,\"magical\":0}\n"
                 "]}\n",
                 "");
}

static void it_says_how_many_of_those_here_have_voted(void **state)
{
    shell_expect(*state,
                 "b=cab.touchline; for n in Ana Ben Cleo; do touchline person $b $n; done\n"
                 "touchline person $b Dan --away; touchline poll $b open\n"
                 "touchline vote $b --as Ana 1 >/dev/null; touchline poll $b\n"
                 "touchline poll $b --json",
                 0,
                 "Vote on dots, 5 each: open\n"
                 "1 of 3 have voted, 0 said done, 1 dot in all\n"
                 "{\"vote\":\"dots\",\"stage\":\"open\",\"dots_each\":5,\"expected\":3,"
                 "\"ballots\":1,\"voted\":1,\"done\":0,\"laid\":1,\"spread\":[\n]}\n",
                 "");
}

/* --- vote ------------------------------------------------------------------------------------- */

static void a_ballot_is_changed_and_listed_by_name_and_code(void **state)
{
    shell_expect(*state,
                 "b=cab.touchline; touchline vote $b --as Ana; echo $?\n"
                 "touchline poll $b open --dots 3\n"
                 "c=$(touchline vote $b --as Ana 2 | sed 's/^code //'); v=\"touchline vote $b\"\n"
                 "$v --as Ana 2; $v --as ANA --code x 2\n"
                 "$v --as ana --code $c 2 2; $v --as ana --code $c 1; $v --as ana --code $c 3\n"
                 "$v --as ana --code $c z1; $v --as ana --code $c 9; $v --as ana --code $c 1 0\n"
                 "$v --as ana --code $c --done; $v --as ana --code $c | sed \"s/$c/7K2/\"\n"
                 "$v --as ana --code $c --json | sed \"s/$c/7K2/\"; touchline poll $b close\n"
                 "$v --as ana --code $c 1; $v --as ana --code $c | sed \"s/$c/7K2/;q\"",
                 0,
                 "1\n"
                 "Ballot of Ana, code 7K2: 2 of 3 dots laid, done\n"
                 "    1  Sees the advert\n"
                 "Arrival\n"
                 "    2  Books: 2 dots\n"
                 "    3  Cab pulls up\n"
                 "{\"vote\":\"dots\",\"open\":true,\"code\":\"7K2\",\"done\":true,\"marks\":[\n"
                 "{\"id\":3,\"number\":2,\"dots\":2}\n"
                 "]}\n"
                 "Ballot of Ana, code 7K2: 2 of 3 dots laid, the vote is closed, done\n",
                 "touchline: no vote is open\n"
                 "touchline: Ana has a ballot already: it opens with its code\n"
                 "touchline: that is not the code of the ballot of ANA\n"
                 "touchline: 3 of 3 dots are laid: take one back first\n"
                 "touchline: that moment is not on the line\n"
                 "touchline: there is no moment 9; they go from 1 to 3\n"
                 "touchline: the vote is closed: ballots stay as they are\n");
}

/* It was taken before the rest was refused: without its code nobody could use it. */
static void a_first_vote_that_is_refused_tells_the_code(void **state)
{
    shell_expect(
        *state,
        "touchline poll cab.touchline open --dots 3\n"
        "c=$(touchline vote cab.touchline --as Ana 2 9 2>&1); echo \"${c#*: }\" |\n"
        "sed 's/code .../code 7K2/'; c=${c#*code }; c=${c%%:*}\n"
        "touchline vote cab.touchline --as Ana --code $c 2 2; touchline poll cab.touchline\n"
        "touchline vote cab.touchline --as Ana 2 9",
        1,
        "ballot of Ana, code 7K2: 0 of 3 dots are laid: only 3 are left\n"
        "Vote on dots, 3 each: open\n"
        "1 of 1 have voted, 0 said done, 2 dots in all\n",
        "touchline: Ana has a ballot already: it opens with its code\n");
}

/* Nor can it be lost with what it printed: on a full disk, or to a reader that has gone. */
static void a_first_vote_whose_output_is_lost_tells_the_code(void **state)
{
    if (access("/dev/full", W_OK) != 0)
        skip_because("no /dev/full here");
    shell_expect(*state,
                 "b=cab.touchline; touchline poll $b open --dots 3; mkfifo gone\n"
                 "touchline vote $b --as Ana 2 2>ana >/dev/full; echo $?\n"
                 "{ read x <gone; touchline vote $b --as Ben 2 2>ben; echo $? >code; } |\n"
                 "{ exec <&-; echo >gone; }; cat code\n"
                 "for n in ana ben; do c=$(sed 's/.*code //; s/:.*//' $n)\n"
                 "touchline vote $b --as $n --code $c 1; sed \"s/$c/7K2/\" $n; done\n"
                 "touchline poll $b",
                 0,
                 "1\n"
                 "1\n"
                 "touchline: ballot of Ana, code 7K2: saved, but cannot write the output: No space "
                 "left on device; make room and try again\n"
                 "touchline: ballot of Ben, code 7K2: saved, but cannot write the output: Broken "
                 "pipe\n"
                 "Vote on dots, 3 each: open\n"
                 "2 of 2 have voted, 0 said done, 4 dots in all\n",
                 "");
}

static void a_rating_is_said_in_words_or_digits(void **state)
{
    shell_expect(*state,
                 "b=cab.touchline; touchline poll $b open --ratings; v=\"touchline vote $b\"\n"
                 "c=$($v 1 magical); c=${c#code }; $v --code $c 2; $v --code $c 2 good\n"
                 "$v --code $c 2 1; $v --code $c 3 2; $v --code $c 3 0\n"
                 "$v --code $c | sed \"s/$c/7K2/\"",
                 0,
                 "Ballot of Tester, code 7K2: 2 ratings\n"
                 "    1  Sees the advert: magical\n"
                 "Arrival\n"
                 "    2  Books: miserable\n"
                 "    3  Cab pulls up\n",
                 NULL);
}

/* What every verb that reads says, byte for byte, with nothing laid and with everything. */
static void no_verb_tells_of_a_ballot_before_it_is_shown(void **state)
{
    shell_expect(
        *state,
        "b=cab.touchline; touchline poll $b open --dots 7 && touchline vote $b --as Ana "
        ">/dev/null\n"
        "tell() {\n"
        "  for verb in list 'list --json' show 'show --json' 'show 1' 'show 1 --json' history\\\n"
        "    'history --json' 'export' 'actions' 'actions --json' check 'handout Ana' board\\\n"
        "    person channels due; do\n"
        "    set -- $verb; w=$1; shift; echo \"- $verb\"; touchline $w $b \"$@\" 2>&1\n"
        "    touchline --at 3 $w $b \"$@\" 2>&1\n"
        "  done\n"
        "  touchline backup $b copy.touchline; touchline list copy.touchline --json\n"
        "  rm copy.touchline\n"
        "}\n"
        "tell >before; touchline vote $b --as Ben 1 7 >/dev/null\n"
        "touchline vote $b --as Cleo 2 6 >/dev/null; tell >after; cmp before after && echo same\n"
        "touchline vote $b --as Eve | sed -n '/dot/s/code ...:/code:/p'\n"
        "touchline poll $b show; tell >shown; cmp -s after shown || echo other",
        0, "same\nBallot of Eve, code: 0 of 7 dots laid\nother\n", NULL);
}

/* Dots that the room lays without ballots: two boards that differ in nothing but where they lie.
 * The weakest (R22) goes by dots among others. */
static void no_verb_tells_where_hidden_dots_lie(void **state)
{
    shell_expect(
        *state,
        "export TOUCHLINE_NAME=Ana\n"
        "tell() {\n"
        "  for verb in list 'list --json' show 'show --json' 'show 1 --json' history\\\n"
        "    'history --changes' 'history --json'; do\n"
        "    set -- $verb; w=$1; shift; echo \"- $verb\"; touchline $w a \"$@\" 2>&1\n"
        "    touchline --at 6 $w a \"$@\" 2>&1\n"
        "  done | sed 's/....-..-...[0-9:.Z]*//'\n"
        "}\n"
        "for two in '1 1 2' '2 2 1'; do\n"
        "  rm -f a; touchline new a; touchline add a One Two\n"
        "  touchline rate a 1 miserable; touchline rate a 2 miserable\n"
        "  for n in $two; do touchline dot a $n; done; tell >\"$two\"\n"
        "  touchline poll a show; tell >\"$two shown\"\n"
        "done\n"
        "cmp '1 1 2' '2 2 1' && echo same; cmp -s '1 1 2 shown' '2 2 1 shown' || echo other\n"
        "touchline history a | sed -n 's/.*Ana  2/2/p'",
        0,
        "same\nother\n2 Two is now miserable\n2 Two has a dot more\n"
        "2 Two has a dot more (was 1)\n",
        "");
}

/* --- share ------------------------------------------------------------------------------------ */

/* A group to share with: any that is not one's own first. */
static const char *other_group(void)
{
    const struct group *group = getgrnam("games");
    return group && group->gr_gid != getegid() ? group->gr_name : NULL;
}

static void share_sets_folder_and_file_for_a_group(void **state)
{
    const char *name = other_group();
    if (geteuid() != 0 || !name)
        skip_because("only root can give a file to a group that is not its own");
    shell_expect(
        *state,
        "mkdir room; mv cab.touchline room; chmod 700 room; here=$(pwd -P)\n"
        "{ touchline share room/cab.touchline; touchline share room/cab.touchline -g games\n"
        "} | grep -v 'let the group through' | sed \"s:$here/::\"\n"
        "stat -c '%a %G' room room/cab.touchline",
        0,
        "room: mode 0700, group root\n"
        "room/cab.touchline: mode 0600, group root\n"
        "room: mode 2770, group games\n"
        "room/cab.touchline: mode 0660, group games\n"
        "2770 games\n660 games\n",
        "");
}

static void share_refuses_what_would_not_work(void **state)
{
    shell_expect(*state, "touchline share cab.touchline -g no-such-group", 1, "",
                 "touchline: there is no group 'no-such-group' on this host; an administrator "
                 "makes one with groupadd\n");
    shell_expect(*state,
                 "mkdir sticky; mv cab.touchline sticky; chmod 1777 sticky\n"
                 "touchline share sticky/cab.touchline -g \"$(id -gn)\" 2>&1 | sed "
                 "'s:\\(touchline. \\)/[^ ]*/:\\1:'\n"
                 "stat -c %a sticky sticky/cab.touchline",
                 0,
                 "touchline: sticky is a sticky folder (like /tmp), where people cannot finish "
                 "each other's edits; move the board into a folder of its own\n"
                 "1777\n600\n",
                 "");
    /* whoever may write in the shared folder could have another board shared by it */
    shell_expect(*state,
                 "mkdir own; touchline new own/private.touchline; chmod 700 own\n"
                 "ln -s own/private.touchline link.touchline\n"
                 "touchline share link.touchline -g \"$(id -gn)\" 2>&1 | sed 's: /.*/: :'\n"
                 "stat -c %a own own/private.touchline",
                 0,
                 "touchline: link.touchline is a link; share the board by its own name: "
                 "private.touchline\n700\n600\n",
                 "");
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(without_a_vote_poll_says_so),
        TEST(a_vote_is_opened_closed_and_shown_in_the_minutes),
        TEST(R8_the_spread_is_told_once_it_is_shown),
        TEST(it_says_how_many_of_those_here_have_voted),
        TEST(a_ballot_is_changed_and_listed_by_name_and_code),
        TEST(a_first_vote_that_is_refused_tells_the_code),
        TEST(a_first_vote_whose_output_is_lost_tells_the_code),
        TEST(a_rating_is_said_in_words_or_digits),
        TEST(no_verb_tells_of_a_ballot_before_it_is_shown),
        TEST(no_verb_tells_where_hidden_dots_lie),
        TEST(share_sets_folder_and_file_for_a_group),
        TEST(share_refuses_what_would_not_work),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
