/* vote: a ballot of one's own (R6, R8), in lines for the shell. On a terminal it is a screen
 * (src/tui/ballot.c). */
#include "touchline/vote.h"
#include "argument_rows.h"
#include "handler.h"
#include "touchline/memory.h"
#include <ctype.h>
#include <string.h>

enum { MOMENT, VALUE, AS, CODE, DONE, LIST, JSON, KIOSK };

struct voting {
    struct call *call;
    struct ballot ballot;
    struct marks marks;
};

/* --- marking ---------------------------------------------------------------------------------- */

/* So many dots lie there then; without a number one more. */
static enum status lay(struct voting *voting, int64_t *now, struct error *error)
{
    struct call *call = voting->call;
    const char *text = call->values[VALUE];
    int64_t had = marks_on(&voting->marks, call->moment);
    enum status status = STATUS_OK;
    *now = had + 1;
    if (text && strcmp(text, "0") == 0)
        *now = 0;
    else if (text)
        status = argument_number(call, VALUE, now, error);
    if (status != STATUS_OK || *now == had)
        return status;
    return ballot_lay(call->store, &voting->ballot, call->moment, *now - had, error);
}

static enum status rate(struct voting *voting, int64_t *now, struct error *error)
{
    struct call *call = voting->call;
    struct value rating;
    struct buffer scratch = {0};
    if (!call->values[VALUE])
        return error_set(error, STATUS_USAGE,
                         "this vote is on ratings: miserable, neutral, magical or 0 for none");
    enum status status =
        argument_value(call, VALUE, RECORD_ITEM, ITEM_RATING, &rating, &scratch, error);
    *now = rating.type == VALUE_INTEGER ? rating.integer : RATING_NONE;
    buffer_release(&scratch);
    if (status != STATUS_OK)
        return status;
    return ballot_rate(call->store, &voting->ballot, call->moment, *now, error);
}

static enum status mark(struct voting *voting, struct error *error)
{
    struct call *call = voting->call;
    struct buffer *message = &call->outcome.message;
    int64_t now = 0;
    bool dots = voting->ballot.vote.kind == VOTE_DOTS;
    enum status status = ballot_marks(call->store, &voting->ballot, &voting->marks, error);
    if (status == STATUS_OK)
        status = dots ? lay(voting, &now, error) : rate(voting, &now, error);
    if (status != STATUS_OK)
        return status;
    if (dots)
        add_count(message, now, "dot");
    else
        buffer_add_text(message, now ? rating_word(now) : "no rating");
    buffer_add_format(message, " on %s. Saved.", call->values[MOMENT]);
    return status;
}

/* --- the ballot in lines ---------------------------------------------------------------------- */

static void print_head(const struct voting *voting)
{
    const struct ballot *ballot = &voting->ballot;
    struct buffer line = {0};
    buffer_add_format(&line, "Ballot of %s, code %s: ", ballot->name, ballot->code);
    if (ballot->vote.kind == VOTE_DOTS)
        buffer_add_format(&line, "%lld of %lld dots laid", (long long)ballot->spent,
                          (long long)ballot->vote.dots_each);
    else
        add_count(&line, ballot->spent, "rating");
    buffer_add_text(&line, ballot->vote.stage == VOTE_OPEN     ? ""
                           : ballot->vote.stage == VOTE_CLOSED ? ", the vote is closed"
                                                               : ", the vote is shown");
    out_line(voting->call, "%s%s", buffer_text(&line), ballot->done ? ", done" : "");
    buffer_release(&line);
}

static void print_moment(const struct voting *voting, const struct moment *moment)
{
    int64_t value = marks_on(&voting->marks, moment->id);
    struct buffer line = {0};
    buffer_add_format(&line, "%5lld  %s", (long long)moment->number, moment->title);
    if (value && voting->ballot.vote.kind == VOTE_DOTS) {
        buffer_add_text(&line, ": ");
        add_count(&line, value, "dot");
    } else if (value) {
        buffer_add_format(&line, ": %s", rating_word(value));
    }
    out_line(voting->call, "%s", buffer_text(&line));
    buffer_release(&line);
}

static void print_json_mark(const struct voting *voting, const struct moment *moment,
                            size_t *printed)
{
    int64_t value = marks_on(&voting->marks, moment->id);
    bool dots = voting->ballot.vote.kind == VOTE_DOTS;
    if (!value)
        return;
    if (dots)
        out_line(voting->call, "%s{\"id\":%lld,\"number\":%lld,\"dots\":%lld}", *printed ? "," : "",
                 (long long)moment->id, (long long)moment->number, (long long)value);
    else
        out_line(voting->call, "%s{\"id\":%lld,\"number\":%lld,\"rating\":\"%s\"}",
                 *printed ? "," : "", (long long)moment->id, (long long)moment->number,
                 rating_word(value));
    (*printed)++;
}

static void print_row(const struct voting *voting, const struct row *row, char **phase,
                      size_t *printed)
{
    if (row->moment.state != STATE_LIVE)
        return;
    if (voting->call->values[JSON]) {
        print_json_mark(voting, &row->moment, printed);
        return;
    }
    if (row->phase && (!*phase || strcmp(*phase, row->phase) != 0)) {
        out_line(voting->call, "%s", row->phase);
        memory_replace(phase, row->phase);
    }
    print_moment(voting, &row->moment);
}

static enum status print_rows(const struct voting *voting, struct error *error)
{
    struct store_rows *rows;
    struct row row;
    char *phase = NULL;
    size_t printed = 0;
    bool done = false;
    enum status status = store_rows_begin(voting->call->store, &rows, error);
    if (status != STATUS_OK)
        return status;
    row_init(&row);
    struct row_source source = store_rows_source(rows);
    while ((status = source.next(source.data, &row, &done, error)) == STATUS_OK && !done)
        print_row(voting, &row, &phase, &printed);
    memory_free(phase);
    row_release(&row);
    store_rows_end(rows);
    return status;
}

/* A stranger's file may hold any three bytes for a code. */
static const char *json_code(const struct ballot *ballot)
{
    for (const char *at = ballot->code; *at; at++)
        if (!isalnum((unsigned char)*at))
            return "";
    return ballot->code;
}

static enum status print_ballot(struct voting *voting, struct error *error)
{
    const struct ballot *ballot = &voting->ballot;
    struct call *call = voting->call;
    enum status status = ballot_marks(call->store, ballot, &voting->marks, error);
    if (status != STATUS_OK)
        return status;
    if (call->values[JSON])
        out_line(call, "{\"vote\":\"%s\",\"open\":%s,\"code\":\"%s\",\"done\":%s,\"marks\":[",
                 ballot->vote.kind == VOTE_DOTS ? "dots" : "ratings",
                 ballot->vote.stage == VOTE_OPEN ? "true" : "false", json_code(ballot),
                 ballot->done ? "true" : "false");
    else
        print_head(voting);
    status = print_rows(voting, error);
    if (call->values[JSON])
        out_line(call, "]}");
    return status == STATUS_OK ? out_check(call, error) : status;
}

/* --- the command ------------------------------------------------------------------------------ */

static enum status act(struct voting *voting, struct error *error)
{
    struct call *call = voting->call;
    enum status status = STATUS_OK;
    if (call->values[MOMENT])
        status = mark(voting, error);
    if (status != STATUS_OK || !call->values[DONE])
        return status;
    status = ballot_say_done(call->store, &voting->ballot, true, error);
    if (status == STATUS_OK)
        buffer_add_text(&call->outcome.message, " You are done, and may still change it.");
    else if (call->values[MOMENT])
        error_prefix(error, "marked, but not said to be done: ");
    return status;
}

static enum status vote(struct voting *voting, struct error *error)
{
    struct call *call = voting->call;
    bool listed = call->values[JSON] || call->values[LIST];
    bool acts = call->values[MOMENT] || call->values[DONE];
    enum status status = act(voting, error);
    if (status != STATUS_OK)
        return status;
    call->outcome.changed = acts || !call->values[CODE]; /* which has taken a new ballot */
    if (listed || !acts)
        return print_ballot(voting, error);
    if (!call->values[CODE])
        out_line(call, "code %s", voting->ballot.code);
    return out_check(call, error);
}

static enum status run(struct call *call, struct error *error)
{
    struct voting voting = {.call = call};
    const char *name = call->values[AS] ? call->values[AS] : call->store_options.who;
    if (call->session)
        return error_set(error, STATUS_USAGE,
                         "a ballot is taken in a terminal of one's own: touchline vote BOARD");
    if (call->values[KIOSK])
        return error_set(error, STATUS_USAGE,
                         "--kiosk is a page on a terminal (ssh -t) and takes no other word");
    enum status status =
        ballot_take(call->store, name, call->values[CODE], false, &voting.ballot, error);
    if (status == STATUS_OK && !call->values[CODE]) /* it is of no use without its code */
        buffer_add_format(&call->outcome.needed, "ballot of %.60s, code %s: ", voting.ballot.name,
                          voting.ballot.code);
    if (status == STATUS_OK)
        status = vote(&voting, error);
    marks_release(&voting.marks);
    ballot_release(&voting.ballot);
    return status;
}

static bool opens_screen(const struct call *call)
{
    bool in_lines =
        call->values[MOMENT] || call->values[DONE] || call->values[LIST] || call->values[JSON];
    bool names_one = call->values[AS] || call->values[CODE];
    return !in_lines && !(call->values[KIOSK] && names_one);
}

const struct command command_vote = {
    .name = "vote",
    .scope = COMMAND_BOARD,
    .group = GROUP_JUDGE,
    .label = "Vote",
    .summary = "Take a ballot of one's own and vote on it",
    .details =
        "On a terminal this is a page with all moments, one below the other: a number or the "
        "arrows go there, Space lays a dot, Backspace takes one back ('.' and ',' do the same); in "
        "a vote on ratings 1 2 3 rate and 0 clears. All is saved at once and can be changed until "
        "the vote is closed. Nobody sees it before the facilitator shows everybody's together "
        "(poll). Where no vote is open the page waits for one.\n"
        "\n"
        "The first time a name is given a code of three characters comes with it; whoever comes "
        "back by that name needs it.\n"
        "\n"
        "With N it is done in a line: N lays a dot on a moment, N 2 has two lie there, N 0 none; "
        "in a vote on "
        "ratings N is followed by miserable, neutral, magical or 0. Without N, and without a "
        "terminal, the ballot is listed. Exit status 1 when no vote is open.\n"
        "\n"
        "With --kiosk the name is that of the account, no code is asked for, and there is nothing "
        "but the ballot: for accounts that have no other command. In sshd_config, for accounts in "
        "the group voters that share (see share) has let use the board:\n"
        "\n"
        "  Match Group voters\n"
        "    ForceCommand touchline vote --kiosk /srv/board/cab.touchline\n"
        "    PermitTTY yes\n"
        "    DisableForwarding yes\n"
        "\n"
        "People who share one account would share one ballot: give each an account, and none "
        "whose name differs in case alone from another's. Whoever can "
        "read the file and run other programs can read the ballots in it with those, or copy the "
        "board and show the vote there; a code is no password, but keeps neighbours apart.\n"
        "\n"
        "Example:\n"
        "  touchline vote cab.touchline --as Ana\n"
        "  touchline vote cab.touchline --as Ana --code 7K2 4 2",
    .arguments =
        ARGUMENTS(POSITION(MOMENT, "N", ARGUMENT_MOMENT, "a moment: its number or id:31"),
                  POSITION(VALUE, "VALUE", ARGUMENT_TEXT, "dots, or a rating"),
                  OPTION(AS, "as", 0, ARGUMENT_TEXT, "in this name; else in one's own"),
                  OPTION(CODE, "code", 0, ARGUMENT_TEXT, "the code that came with the ballot"),
                  FLAG(DONE, "done", 0, "say that one is done; it can still be changed"),
                  FLAG(LIST, "list", 0, "list the ballot, also on a terminal"), JSON_ROW(JSON),
                  FLAG(KIOSK, "kiosk", 0, "the account's ballot and nothing else")),
    .writes = true,
    .run = run,
    .opens_screen = opens_screen,
};
