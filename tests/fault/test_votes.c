/* Twenty people vote at once, each from programs of their own: no vote is lost, none is seen before
 * it is shown, and the facilitator's counts are right. */
#include "boards.h"
#include "random.h"
#include "shell.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

enum { VOTERS = 20, MOMENTS = 40 };

static int rounds(void)
{
    const char *form = getenv("TOUCHLINE_FAULT");
    return form && strcmp(form, "full") == 0 ? 100 : 4;
}

/* One voter: lays and takes back what the lines say; a refusal or a lost line would be told. */
static void add_voter(struct buffer *script, int voter, uint64_t *random, int *wanted)
{
    int mine[MOMENTS] = {0}, laid = 0;
    buffer_add_format(script,
                      "(c=$(touchline vote $b --as V%d) || exit; c=${c#*code }; c=${c%%%%:*}\n"
                      "v=\"touchline vote $b --as V%d --code $c\"\n",
                      voter, voter);
    for (int i = 0; i < rounds(); i++) {
        int at = (int)(random_below(random, MOMENTS));
        int dots = (int)(random_below(random, 3));
        if (laid - mine[at] + dots > 5)
            dots = 0;
        laid += dots - mine[at];
        mine[at] = dots;
        buffer_add_format(script, "$v %d %d >/dev/null\n", at + 1, dots);
    }
    buffer_add_format(script, "$v --done >/dev/null; $v >ballot.%d) &\n", voter);
    for (int i = 0; i < MOMENTS; i++)
        wanted[i] += mine[i];
}

static void add_wanted(struct buffer *out, const int *wanted)
{
    for (int i = 0; i < MOMENTS; i++)
        if (wanted[i])
            buffer_add_format(out, "%d %d\n", i + 1, wanted[i]);
}

/* The facilitator looks all the while: what can be read does not change until it is shown. */
static const char before[] =
    "b=cab.touchline; touchline new $b; seq -f 'Moment %g' 40 | touchline add $b -\n"
    "touchline poll $b open --dots 5\n"
    "look() { touchline list $b --json; touchline show $b; touchline export $b\n"
    "         touchline history $b; touchline check $b; }\n"
    "look >quiet\n";
static const char after[] =
    "for i in 1 2 3 4 5; do look | cmp quiet - || echo 'something was seen'; done\n"
    "wait; look | cmp quiet - || echo 'something was seen'\n"
    "for i in 1 7 20; do touchline vote $b --as V$i; touchline vote $b --as v$i --code 00O; done\n"
    "touchline poll $b | tail -n 1; ls ballot.* | wc -l\n"
    "touchline poll $b show; touchline export $b | awk -F, 'NR > 1 && $9 {print $1, $9}'\n"
    "touchline check $b | head -n 1\n";

static void twenty_vote_at_once_and_nothing_is_lost_or_seen(void **state)
{
    struct fixture *fixture = *state;
    struct buffer script = {0}, wanted = {0}, said = {0};
    int dots[MOMENTS] = {0}, sum = 0;
    const char *seed = getenv("TOUCHLINE_SEED");
    uint64_t random = seed ? strtoull(seed, NULL, 10) : 20;
    print_message("20 voters, %d changes each; seed %llu\n", rounds(), (unsigned long long)random);
    buffer_add_text(&script, before);
    for (int voter = 1; voter <= VOTERS; voter++)
        add_voter(&script, voter, &random, dots);
    buffer_add_text(&script, after);
    for (int i = 0; i < MOMENTS; i++)
        sum += dots[i];
    buffer_add_format(&wanted, "20 of 20 have voted, 20 said done, %d dots in all\n20\n", sum);
    add_wanted(&wanted, dots);
    buffer_add_text(&wanted, "The file is sound\n");
    for (int i = 0; i < 3; i++)
        buffer_add_format(&said,
                          "touchline: V%d has a ballot already: it opens with its code\n"
                          "touchline: that is not the code of the ballot of v%d\n",
                          (const int[]){1, 7, 20}[i], (const int[]){1, 7, 20}[i]);
    shell_expect(fixture, buffer_text(&script), 0, buffer_text(&wanted), buffer_text(&said));
    buffer_release(&script);
    buffer_release(&wanted);
    buffer_release(&said);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(twenty_vote_at_once_and_nothing_is_lost_or_seen,
                                        fixture_setup, fixture_teardown),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
