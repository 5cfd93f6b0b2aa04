/* Votes and ballots: what is kept, who may see it, and what cannot be taken back. */
#include "boards.h"
#include "touchline/vote.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>

#include <cmocka.h>

static const char *const letters[] = {"a", "b", "c", "d", "z e", NULL};

struct votes {
    struct fixture *fixture;
    struct store *store; /* the facilitator's */
    struct store *other; /* of a voter, on the same file */
    int64_t a;           /* id of the first moment; the others follow */
};

static int setup(void **state)
{
    struct votes *votes = memory_new(1, sizeof *votes);
    votes->fixture = fixture_new();
    votes->store = board_new(votes->fixture, "b", "Ana");
    votes->a = board_fill(votes->store, letters);
    votes->other = board_open(store_path(votes->store), "Voter");
    *state = votes;
    return 0;
}

static int teardown(void **state)
{
    struct votes *votes = *state;
    store_close(votes->store);
    store_close(votes->other);
    fixture_free(votes->fixture);
    memory_free(votes);
    return 0;
}

static enum status poll_open(struct store *store, enum vote_kind kind, int64_t each,
                             struct error *error)
{
    struct edit *edit;
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = edit_open_vote(edit, kind, each, error);
    return status == STATUS_OK ? edit_commit(edit, error, "open") : edit_cancel(edit, status);
}

static enum status poll_end(struct store *store, bool show, struct error *error)
{
    struct edit *edit;
    enum status status = edit_begin(store, &edit, error);
    if (status != STATUS_OK)
        return status;
    status = show ? edit_show_vote(edit, error) : edit_close_vote(edit, error);
    return status == STATUS_OK ? edit_commit(edit, error, show ? "show" : "close")
                               : edit_cancel(edit, status);
}

static struct ballot ballot_of(struct store *store, const char *name)
{
    struct error error;
    struct ballot ballot = {0};
    MUST(ballot_take(store, name, NULL, false, &ballot, &error));
    return ballot;
}

static int64_t dots_of(struct store *store, int64_t id)
{
    struct error error;
    struct moment moment = {0};
    MUST(store_moment(store, id, &moment, &error));
    int64_t dots = moment.dots;
    record_release(RECORD_ITEM, &moment);
    return dots;
}

static void assert_marks(struct store *store, const struct ballot *ballot, const char *wanted)
{
    struct error error;
    struct marks marks = {0};
    struct buffer text = {0};
    MUST(ballot_marks(store, ballot, &marks, &error));
    for (size_t i = 0; i < marks.count; i++)
        buffer_add_format(&text, "%s%lld:%lld", i > 0 ? " " : "", (long long)marks.at[i].item,
                          (long long)marks.at[i].value);
    assert_string_equal(buffer_text(&text), wanted);
    buffer_release(&text);
    marks_release(&marks);
}

/* --- opening, closing, showing ---------------------------------------------------------------- */

static void a_new_board_has_no_vote(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct vote_state now;
    struct ballot ballot = {0};
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.vote.id, 0);
    MUST_REFUSE(poll_end(votes->store, false, &error), STATUS_NOT_FOUND, "no vote is open");
    MUST_REFUSE(poll_end(votes->store, true, &error), STATUS_NOT_FOUND, "no vote that could");
    MUST_REFUSE(ballot_take(votes->other, "Ben", NULL, false, &ballot, &error), STATUS_NOT_FOUND,
                "no vote is open");
    assert_null(ballot.name);
}

static void R6_a_vote_has_the_boards_dots_or_five(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct vote_state now;
    MUST(poll_open(votes->store, VOTE_DOTS, 0, &error));
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.vote.dots_each, VOTE_DOTS_EACH);
    board_undo(votes->store);
    board_set_of(votes->store, RECORD_BOARD, 1, BOARD_DOTS_EACH, value_integer(3));
    MUST(poll_open(votes->store, VOTE_DOTS, 0, &error));
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.vote.dots_each, 3);
    assert_int_equal(now.vote.stage, VOTE_OPEN);
    board_undo(votes->store);
    MUST(poll_open(votes->store, VOTE_DOTS, 7, &error));
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.vote.dots_each, 7);
    board_assert_sound(votes->store);
}

static void one_vote_at_a_time_until_it_is_shown(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct undone undone;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    MUST_REFUSE(poll_open(votes->other, VOTE_RATINGS, 0, &error), STATUS_REFUSED, "going on");
    MUST(poll_end(votes->store, false, &error));
    MUST_REFUSE(poll_open(votes->other, VOTE_RATINGS, 0, &error), STATUS_REFUSED, "going on");
    MUST(poll_end(votes->store, true, &error));
    MUST_REFUSE(poll_end(votes->store, true, &error), STATUS_NOT_FOUND, "could be shown");
    MUST(poll_open(votes->other, VOTE_RATINGS, 0, &error));
    board_undo(votes->other);
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    MUST_REFUSE(store_redo(votes->other, &undone, &error), STATUS_REFUSED, "going on");
    board_assert_sound(votes->store);
}

static void R6_showing_adds_the_dots_and_cannot_be_undone(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct undone undone;
    struct board board = {0};
    int64_t a = votes->a;
    board_set(votes->store, a, ITEM_DOTS, value_integer(2));
    board_set_of(votes->store, RECORD_BOARD, 1, BOARD_DOTS_HIDDEN, value_integer(1));
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben"), cleo = ballot_of(votes->other, "Cleo");
    MUST(ballot_lay(votes->other, &ben, a, 3, &error));
    MUST(ballot_lay(votes->other, &cleo, a, 1, &error));
    MUST(ballot_lay(votes->other, &cleo, a + 1, 4, &error));
    assert_int_equal(dots_of(votes->store, a), 2);
    MUST(poll_end(votes->store, true, &error));
    assert_int_equal(dots_of(votes->store, a), 6);
    assert_int_equal(dots_of(votes->store, a + 1), 4);
    assert_int_equal(dots_of(votes->store, a + 2), 0);
    MUST(store_board(votes->store, &board, &error));
    assert_int_equal(board.dots_hidden, 0);
    /* also when another has changed since what it added */
    board_set(votes->other, a, ITEM_DOTS, value_integer(9));
    MUST_REFUSE(store_undo(votes->store, &undone, &error), STATUS_REFUSED, "stays so");
    MUST_REFUSE(ballot_lay(votes->other, &ben, a, 1, &error), STATUS_REFUSED, "vote is shown");
    board_assert_sound(votes->store);
    record_release(RECORD_BOARD, &board);
    ballot_release(&ben);
    ballot_release(&cleo);
}

static void opening_is_undone_until_there_is_a_ballot(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct undone undone;
    struct vote_state now;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    board_undo(votes->store);
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.vote.id, 0);
    board_redo(votes->store);
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST_REFUSE(store_undo(votes->store, &undone, &error), STATUS_REFUSED, "taken ballots");
    /* closing can be undone: then it is open again */
    MUST(poll_end(votes->store, false, &error));
    MUST_REFUSE(ballot_lay(votes->other, &ben, votes->a, 1, &error), STATUS_REFUSED,
                "vote is closed");
    board_undo(votes->store);
    MUST(ballot_lay(votes->other, &ben, votes->a, 1, &error));
    assert_marks(votes->other, &ben, "1:1");
    board_assert_sound(votes->store);
    ballot_release(&ben);
}

/* --- taking a ballot -------------------------------------------------------------------------- */

static void a_ballot_opens_with_its_code_only(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct ballot again = {0};
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben Ärger");
    assert_int_equal(strlen(ben.code), 3);
    assert_int_equal(strspn(ben.code, "23456789ACDEFGHJKLMNPQRSTUVWXYZ"), 3);
    const char *const names[] = {"Ben Ärger", "BEN ÄRGER", "ben ärger"};
    for (size_t i = 0; i < 3; i++) {
        MUST_REFUSE(ballot_take(votes->other, names[i], NULL, false, &again, &error),
                    STATUS_REFUSED, "has a ballot already: it opens with its code");
        MUST_REFUSE(ballot_take(votes->other, names[i], "0OI", false, &again, &error),
                    STATUS_REFUSED, "not the code");
        assert_null(again.name);
        char small[BALLOT_CODE_SIZE];
        for (int k = 0; k < BALLOT_CODE_SIZE; k++)
            small[k] = (char)(ben.code[k] >= 'A' ? ben.code[k] + 'a' - 'A' : ben.code[k]);
        MUST(ballot_take(votes->other, names[i], small, false, &again, &error));
        assert_int_equal(again.id, ben.id);
        assert_string_equal(again.name, "Ben Ärger");
        MUST(ballot_take(votes->other, names[i], NULL, true, &again, &error));
        assert_int_equal(again.id, ben.id);
        ballot_release(&again);
    }
    MUST_REFUSE(ballot_take(votes->other, "Cleo", "ABC", false, &again, &error), STATUS_NOT_FOUND,
                "no ballot yet");
    MUST_REFUSE(ballot_take(votes->other, "", NULL, false, &again, &error), STATUS_USAGE, "name");
    MUST_REFUSE(ballot_take(votes->other, "a\nb", NULL, false, &again, &error), STATUS_BAD_DATA,
                "line");
    ballot_release(&ben);
}

static void a_vote_has_room_for_so_many(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct ballot ballot = {0};
    char name[16];
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    for (int i = 0; i < VOTE_BALLOTS_MOST; i++) {
        (void)snprintf(name, sizeof name, "%d", i);
        ballot = ballot_of(votes->other, name);
        ballot_release(&ballot);
    }
    MUST_REFUSE(ballot_take(votes->other, "One more", NULL, false, &ballot, &error), STATUS_REFUSED,
                "a vote has room for 1,000 ballots");
    MUST(ballot_take(votes->other, "0", NULL, true, &ballot, &error)); /* who has one votes on */
    ballot_release(&ballot);
}

static void a_code_goes_on_in_the_next_vote(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct ballot next = {0};
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST(poll_end(votes->store, true, &error));
    MUST(poll_open(votes->store, VOTE_RATINGS, 0, &error));
    MUST_REFUSE(ballot_take(votes->other, "Ben", "111", false, &next, &error), STATUS_REFUSED,
                "not the code");
    MUST(ballot_take(votes->other, "ben", ben.code, false, &next, &error));
    assert_string_equal(next.code, ben.code);
    assert_int_not_equal(next.id, ben.id);
    assert_int_equal(next.vote.kind, VOTE_RATINGS);
    ballot_release(&next);
    ballot_release(&ben);
}

static void without_the_code_there_is_no_mark(void **state)
{
    struct votes *votes = *state;
    struct error error;
    int64_t mark;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST(ballot_lay(votes->other, &ben, votes->a, 2, &error));
    struct ballot guess = ben;
    guess.name = NULL;
    memcpy(guess.code, "000", sizeof guess.code);
    assert_marks(votes->other, &guess, "");
    MUST(ballot_mark(votes->other, &guess, votes->a, &mark, &error));
    assert_int_equal(mark, 0);
    MUST(ballot_mark(votes->other, &ben, votes->a, &mark, &error));
    assert_int_equal(mark, 2);
    MUST_REFUSE(ballot_lay(votes->other, &guess, votes->a, 1, &error), STATUS_NOT_FOUND,
                "no such ballot");
    MUST_REFUSE(ballot_look(votes->other, &guess, &error), STATUS_NOT_FOUND, "no such ballot");
    assert_marks(votes->other, &ben, "1:2");
    ballot_release(&guess);
    ballot_release(&ben);
}

/* --- dots ------------------------------------------------------------------------------------- */

static void R6_no_more_dots_than_there_are(void **state)
{
    struct votes *votes = *state;
    struct error error;
    int64_t a = votes->a;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST(ballot_lay(votes->other, &ben, a, 4, &error));
    MUST_REFUSE(ballot_lay(votes->other, &ben, a + 1, 2, &error), STATUS_REFUSED,
                "4 of 5 dots are laid: only 1 is left");
    MUST(ballot_lay(votes->other, &ben, a + 1, 1, &error));
    assert_int_equal(ben.spent, 5);
    MUST_REFUSE(ballot_lay(votes->other, &ben, a, 1, &error), STATUS_REFUSED, "5 of 5 dots");
    MUST_REFUSE(ballot_lay(votes->other, &ben, a + 2, -1, &error), STATUS_REFUSED, "lies there");
    MUST(ballot_lay(votes->other, &ben, a, -2, &error));
    MUST(ballot_lay(votes->other, &ben, a + 1, -1, &error));
    assert_marks(votes->other, &ben, "1:2");
    assert_int_equal(ben.spent, 2);
    MUST_REFUSE(ballot_lay(votes->other, &ben, a + 4, 1, &error), STATUS_NOT_FOUND, "the line");
    MUST_REFUSE(ballot_lay(votes->other, &ben, 999, 1, &error), STATUS_NOT_FOUND, "no ");
    MUST_REFUSE(ballot_rate(votes->other, &ben, a, RATING_NEUTRAL, &error), STATUS_USAGE, "dots");
    board_assert_sound(votes->store);
    ballot_release(&ben);
}

static void dots_of_a_moment_that_left_are_free_again(void **state)
{
    struct votes *votes = *state;
    struct error error;
    int64_t a = votes->a;
    MUST(poll_open(votes->store, VOTE_DOTS, 3, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST(ballot_lay(votes->other, &ben, a, 2, &error));
    MUST(ballot_lay(votes->other, &ben, a + 1, 1, &error));
    board_delete(votes->store, RECORD_ITEM, a);
    MUST(ballot_look(votes->other, &ben, &error));
    assert_int_equal(ben.spent, 1);
    assert_marks(votes->other, &ben, "2:1");
    board_undo(votes->store);
    assert_marks(votes->other, &ben, "1:2 2:1");
    board_delete(votes->store, RECORD_ITEM, a);
    MUST(ballot_lay(votes->other, &ben, a + 2, 1, &error));
    board_undo(votes->store);
    assert_marks(votes->other, &ben, "1:1 2:1 3:1");
    board_delete(votes->store, RECORD_ITEM, a);
    MUST(ballot_lay(votes->other, &ben, a + 2, 1, &error));
    board_undo(votes->store);
    assert_marks(votes->other, &ben, "2:1 3:2");
    board_assert_sound(votes->store);
    ballot_release(&ben);
}

/* --- ratings ---------------------------------------------------------------------------------- */

static void R8_the_spread_is_there_once_it_is_shown(void **state)
{
    static const int votes_of[3][3] = {{1, 2, 3}, {3, 2, 3}, {3, 2, 2}};
    static const char *const names[] = {"Ben", "Cleo", "Dan"};
    struct votes *votes = *state;
    struct error error;
    struct spreads spreads = {0};
    int64_t counts[RATINGS], a = votes->a;
    MUST(poll_open(votes->store, VOTE_RATINGS, 0, &error));
    for (int v = 0; v < 3; v++) {
        struct ballot ballot = ballot_of(votes->other, names[v]);
        for (int i = 0; i < 3; i++)
            MUST(ballot_rate(votes->other, &ballot, a + i, votes_of[v][i], &error));
        MUST(ballot_rate(votes->other, &ballot, a + 3, RATING_MAGICAL, &error));
        MUST(ballot_rate(votes->other, &ballot, a + 3, RATING_NONE, &error));
        assert_int_equal(ballot.spent, 3);
        MUST_REFUSE(ballot_lay(votes->other, &ballot, a, 1, &error), STATUS_USAGE, "ratings");
        ballot_release(&ballot);
    }
    MUST(store_spread(votes->store, a, counts, &error));
    assert_int_equal(counts[1] + counts[2] + counts[3], 0);
    MUST(store_spreads(votes->store, &spreads, &error));
    assert_int_equal(spreads.count, 0);
    MUST(poll_end(votes->store, true, &error));
    MUST(store_spread(votes->store, a, counts, &error));
    assert_int_equal(counts[RATING_MISERABLE], 1);
    assert_int_equal(counts[RATING_NEUTRAL], 0);
    assert_int_equal(counts[RATING_MAGICAL], 2);
    MUST(store_spreads(votes->store, &spreads, &error));
    assert_int_equal(spreads.count, 3);
    assert_int_equal(spreads.at[0].item, a);
    assert_int_equal(spreads.at[1].item, a + 2);
    assert_int_equal(spreads.at[2].item, a + 1);
    assert_int_equal(spreads.at[2].counts[RATING_NEUTRAL], 3);
    /* a vote that is going on does not take it away */
    MUST(poll_open(votes->store, VOTE_RATINGS, 0, &error));
    MUST(store_spreads(votes->store, &spreads, &error));
    assert_int_equal(spreads.count, 3);
    board_assert_sound(votes->store);
    spreads_release(&spreads);
}

/* --- what the facilitator sees ---------------------------------------------------------------- */

static void assert_laid(struct votes *votes, int64_t laid)
{
    struct error error;
    struct vote_state now;
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.spent, laid);
    assert_int_equal(now.voted, 1);
}

/* Whoever takes a moment off the line and looks at the sum, and again when others vote on, must not
 * learn what lay there. */
static void the_counts_do_not_tell_what_lies_where(void **state)
{
    struct votes *votes = *state;
    struct error error;
    int64_t a = votes->a;
    MUST(poll_open(votes->store, VOTE_DOTS, 3, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST(ballot_lay(votes->other, &ben, a, 2, &error));
    MUST(ballot_lay(votes->other, &ben, a + 1, 1, &error));
    assert_laid(votes, 3);
    board_delete(votes->store, RECORD_ITEM, a);
    assert_laid(votes, 3);
    MUST(ballot_lay(votes->other, &ben, a + 2, 1, &error));
    assert_laid(votes, 3);
    MUST(ballot_lay(votes->other, &ben, a + 2, 1, &error));
    assert_laid(votes, 3);
    MUST_REFUSE(ballot_lay(votes->other, &ben, a + 2, 1, &error), STATUS_REFUSED, "3 of 3 dots");
    ballot_release(&ben);
}

static void the_state_is_counts(void **state)
{
    struct votes *votes = *state;
    struct error error;
    struct vote_state now;
    int64_t a = votes->a;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben"), cleo = ballot_of(votes->other, "Cleo"),
                  dan = ballot_of(votes->other, "Dan");
    MUST(ballot_lay(votes->other, &ben, a, 2, &error));
    MUST(ballot_lay(votes->other, &ben, a + 1, 1, &error));
    MUST(ballot_say_done(votes->other, &ben, true, &error));
    MUST(ballot_say_done(votes->other, &cleo, true, &error));
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.ballots, 3);
    assert_int_equal(now.voted, 2);
    assert_int_equal(now.done, 2);
    assert_int_equal(now.spent, 3);
    assert_int_equal(vote_expected(&now), 3);
    MUST(ballot_say_done(votes->other, &ben, false, &error));
    MUST(store_vote(votes->store, &now, &error));
    assert_int_equal(now.done, 1);
    assert_int_equal(now.voted, 2);
    struct ballot *const all[] = {&ben, &cleo, &dan};
    for (size_t i = 0; i < 3; i++)
        ballot_release(all[i]);
}

static void a_ballot_is_news_to_others(void **state)
{
    struct votes *votes = *state;
    struct error error;
    int again;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    while (store_changed(votes->store, &again) != STORE_SAME ||
           store_changed(votes->other, &again) != STORE_SAME) {
    }
    MUST(ballot_lay(votes->other, &ben, votes->a, 1, &error));
    assert_int_equal(store_changed(votes->store, &again), STORE_CHANGED);
    assert_int_equal(store_changed(votes->other, &again), STORE_SAME);
    ballot_release(&ben);
}

static void nothing_of_a_ballot_is_in_the_history(void **state)
{
    struct votes *votes = *state;
    struct error error;
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    const char *path = store_path(votes->store);
    int64_t edits = board_sql_number(path, "SELECT count(*) FROM edit");
    int64_t changes = board_sql_number(path, "SELECT count(*) FROM change");
    struct ballot ben = ballot_of(votes->other, "Ben");
    MUST(ballot_lay(votes->other, &ben, votes->a, 2, &error));
    MUST(ballot_say_done(votes->other, &ben, true, &error));
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM edit"), edits);
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM change"), changes);
    ballot_release(&ben);
}

/* A file from anybody: numbers that no ballot has are told by `check` and harm nothing here. */
static void marks_that_cannot_be_are_kept_within_bounds(void **state)
{
    struct votes *votes = *state;
    struct error error;
    const char *path = store_path(votes->store);
    MUST(poll_open(votes->store, VOTE_DOTS, 5, &error));
    struct ballot ben = ballot_of(votes->other, "Ben");
    board_sql(path, "INSERT INTO mark VALUES(1, 1, 9223372036854775807)");
    board_sql(path, "INSERT INTO mark VALUES(1, 2, -9223372036854775807)");
    board_sql(path, "INSERT INTO mark VALUES(1, 3, x'00ff')");
    board_sql(path, "INSERT INTO ballot VALUES(7, 1, x'42656e', x'00', 'done')");
    assert_marks(votes->other, &ben, "1:1000 2:0 3:0");
    MUST_REFUSE(ballot_lay(votes->other, &ben, 1, 1, &error), STATUS_REFUSED, "1000 of 5");
    MUST(ballot_lay(votes->other, &ben, 1, -999, &error));
    MUST(ballot_lay(votes->other, &ben, 2, 1, &error));
    assert_marks(votes->other, &ben, "1:1 2:1 3:0");
    MUST(poll_end(votes->store, true, &error));
    assert_int_equal(dots_of(votes->store, 1), 1);
    ballot_release(&ben);
}

static void damaged_names_are_told(void **state)
{
    static const char *const damages[] = {"UPDATE ballot SET name = CAST(x'C3' AS TEXT)",
                                          "UPDATE ballot SET name = ''",
                                          "UPDATE ballot SET code = CAST(x'41004242' AS TEXT)"};
    struct votes *votes = *state;
    struct error error;
    MUST(poll_open(votes->store, VOTE_DOTS, 3, &error));
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        struct ballot ballot = {0};
        MUST(ballot_take(votes->other, "Ben", NULL, true, &ballot, &error));
        char sound[200];
        (void)snprintf(sound, sizeof sound, "UPDATE ballot SET name = 'Ben', code = '%s'",
                       ballot.code);
        board_sql(store_path(votes->store), damages[i]);
        bool of_name = strstr(damages[i], "name") != NULL;
        enum status status = of_name
                                 ? ballot_look(votes->other, &ballot, &error)
                                 : ballot_take(votes->other, "Ben", NULL, true, &ballot, &error);
        if (status != STATUS_BAD_DATA)
            fail_msg("%s: status %d", damages[i], (int)status);
        assert_non_null(strstr(error.text, "a ballot has a name or a code that none can have"));
        board_sql(store_path(votes->store), sound);
        ballot_release(&ballot);
    }
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, setup, teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_new_board_has_no_vote),
        TEST(R6_a_vote_has_the_boards_dots_or_five),
        TEST(one_vote_at_a_time_until_it_is_shown),
        TEST(R6_showing_adds_the_dots_and_cannot_be_undone),
        TEST(opening_is_undone_until_there_is_a_ballot),
        TEST(a_ballot_opens_with_its_code_only),
        TEST(a_vote_has_room_for_so_many),
        TEST(a_code_goes_on_in_the_next_vote),
        TEST(without_the_code_there_is_no_mark),
        TEST(R6_no_more_dots_than_there_are),
        TEST(dots_of_a_moment_that_left_are_free_again),
        TEST(R8_the_spread_is_there_once_it_is_shown),
        TEST(the_counts_do_not_tell_what_lies_where),
        TEST(the_state_is_counts),
        TEST(a_ballot_is_news_to_others),
        TEST(nothing_of_a_ballot_is_in_the_history),
        TEST(marks_that_cannot_be_are_kept_within_bounds),
        TEST(damaged_names_are_told),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
