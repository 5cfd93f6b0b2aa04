#include "blind.h"
#include "boards.h"
#include "touchline/command.h"
#include "touchline/vote.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stdio.h>
#include <sys/stat.h>

#include <cmocka.h>

static const char ben[] = "Ben", tester[] = "Tester";

/* Each line is one edit on either board, and of the same changes but where a review is to hide
 * those. The third is NULL where both do the same. */
static const struct {
    const char *who, *lines[BLIND_BOARDS];
} script[] = {
    {ben, {"board 'title=The cab' why=Because", NULL}},
    {ben, {"person Ana --front-line --here", NULL}},
    {ben, {"add One", NULL}},
    {ben, {"add Two", NULL}},
    {ben, {"add Three", NULL}},
    {ben, {"add Four", NULL}},
    {ben, {"add Five", NULL}},
    {ben, {"add Six", NULL}},
    {ben, {"add Seven", NULL}},
    {tester, {"rate 7 neutral", "rate 7 magical"}},
    {ben, {"park 7", NULL}},
    {tester, {"rate 1 neutral", "rate 1 miserable"}},
    {tester, {"rate 2 miserable", "rate 2 neutral"}},
    {tester, {"target 2 magical", NULL}},
    {tester, {"rate 3 magical", "rate 3 neutral"}},
    {tester, {"target 1 magical", "target 1 neutral"}},
    {tester, {"target 1 none", "target 1 magical"}},
    {tester, {"rate 4 miserable", "rate 4 magical"}},
    {tester, {"rate 5 miserable", NULL}},
    {ben, {"choose 1", NULL}},
    {ben, {"choose 2", NULL}},
    {ben, {"choose 3", NULL}},
    {ben, {"idea 3 'A cup of tea' --price low", NULL}},
    {ben, {"action 2 'Mend it' --owner Ana --due 2026-11-02", NULL}},
    {ben, {"cost 2 complaint 40 'Nobody answered'", NULL}},
    {ben, {"owner 1 Ana", NULL}},
    {ben, {"review begin", NULL}},
    {tester, {"rate 2 neutral", NULL}}, /* up here, the same there */
    {tester, {"rate 3 magical", "rate 3 miserable"}},
    {ben, {"review end --next 2026-11-20", NULL}},
    {ben, {"poll open --ratings", NULL}},
    {ben, {NULL, NULL}}, /* people vote */
    {ben, {"poll show", NULL}},
    {ben, {"review begin", NULL}},
    {ben, {"rate 5 neutral", NULL}},
};

static void run(struct store *store, const char *line)
{
    struct error error;
    struct command_words words = {0};
    const struct command *command;
    struct call call = {.store = store, .today = {2026, 11, 21}};
    MUST(command_read_line(line, &words, &command, &call, &error));
    must_be_ok(command_run(command, &call, &error), &error, line, __FILE__, __LINE__);
    call_release(&call);
    command_words_release(&words);
}

static void vote(struct store *store, const char *name, int64_t rating)
{
    struct error error;
    struct ballot ballot = {0};
    MUST(ballot_take(store, name, "AAA", true, &ballot, &error));
    for (int64_t item = 1; item <= 3; item++)
        MUST(ballot_rate(store, &ballot, item, rating, &error));
    ballot_release(&ballot);
}

static void play(const char *path, int board)
{
    for (size_t i = 0; i < sizeof script / sizeof *script; i++) {
        const char *line = script[i].lines[board] ? script[i].lines[board] : script[i].lines[0];
        struct store *store = board_open(path, script[i].who);
        if (line) {
            run(store, line);
        } else {
            vote(store, "Ana", board ? RATING_MAGICAL : RATING_MISERABLE);
            vote(store, "Cid", RATING_NEUTRAL);
        }
        store_close(store);
    }
}

int blind_make(struct fixture *fixture, const char *paths[BLIND_BOARDS])
{
    static const char *const folders[] = {"one", "two"};
    int64_t edits[BLIND_BOARDS];
    for (int i = 0; i < BLIND_BOARDS; i++) {
        char name[32];
        assert_int_equal(mkdir(fixture_path(fixture, folders[i]), 0700), 0);
        snprintf(name, sizeof name, "%s/cab.touchline", folders[i]);
        store_close(board_new(fixture, name, ben));
        paths[i] = fixture_path(fixture, name);
        play(paths[i], i);
        edits[i] = board_sql_number(paths[i], "SELECT max(id) FROM edit");
    }
    assert_int_equal(edits[0], edits[1]);
    return (int)edits[0];
}
