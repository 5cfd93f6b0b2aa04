/* room: store
 *
 * Voting from one's own terminal (R6, R8). A vote is opened, closed and shown by edits, so it
 * stands in the history; what was voted does not: ballots and their marks lie in tables that no
 * other query reads, so that no screen, verb, export, history or time travel can tell of them
 * before they are shown. Until then there are counts, and each voter's own ballot by name and code.
 */
#ifndef TOUCHLINE_VOTE_H
#define TOUCHLINE_VOTE_H

#include "touchline/edit.h"

/* --- the facilitator's side ------------------------------------------------------------------- */

/* Dots a person where neither the vote nor the board says how many. */
#define VOTE_DOTS_EACH 5

/* Opens a vote; `dots_each` 0: as many as the board says, else VOTE_DOTS_EACH (R6). One vote at a
 * time: STATUS_REFUSED while another is not shown yet. Undoing it is refused once there are
 * ballots. The one who calls commits with words of their own, here and below. */
enum status edit_open_vote(struct edit *edit, enum vote_kind kind, int64_t dots_each,
                           struct error *error) MUST_USE;

/* Closes the open vote: ballots cannot be changed any more. STATUS_NOT_FOUND: none is open. */
enum status edit_close_vote(struct edit *edit, struct error *error) MUST_USE;

/* Shows the vote that is open or closed. Dots are added to those of the moments on the line, and
 * the board's dots are hidden no longer; ratings can be asked of store_spread() from then on. What
 * everybody has seen cannot be hidden again: undoing it is STATUS_REFUSED. STATUS_NOT_FOUND when
 * there is nothing to show. */
enum status edit_show_vote(struct edit *edit, struct error *error) MUST_USE;

/* The newest vote, in numbers that tell nothing of who or where. */
struct vote_state {
    struct vote vote; /* id 0: there never was one */
    int64_t ballots;  /* taken */
    int64_t voted;    /* of them have laid something or said that they are done */
    int64_t done;     /* of them have said that they are done */
    int64_t spent;    /* dots, or ratings given, on moments on the line */
    int64_t present;  /* people marked as here */
};
enum status store_vote(struct store *store, struct vote_state *state, struct error *error) MUST_USE;

/* "7 of 10 have voted": of the people here, or of the ballots when there are more of those. */
int64_t vote_expected(const struct vote_state *state);

/* How the last vote on ratings that was shown went for a moment: counts[RATING_MISERABLE] and so
 * on; all 0 where nobody judged it, and where a review hides the rating, unless the vote was shown
 * since that began. */
enum status store_spread(struct store *store, int64_t item, int64_t counts[RATINGS],
                         struct error *error) MUST_USE;

/* The moments on the line that it judged: where people disagree most (the variance of the
 * ratings) first, then in the board's order. */
struct spread {
    int64_t item;
    int64_t counts[RATINGS];
};
struct spreads {
    struct spread *at;
    size_t count;
};
void spreads_release(struct spreads *spreads);
enum status store_spreads(struct store *store, struct spreads *spreads,
                          struct error *error) MUST_USE;

/* --- a voter's side ----------------------------------------------------------------------------
 *
 * Each change is one transaction, saved when STATUS_OK comes back as an edit is (store_confirm() in
 * edit.h); of a commit that fails the error says truly whether it is. STATUS_REFUSED once the vote
 * is closed.
 */

/* Three letters or digits that are not taken for one another, and a NUL. */
#define BALLOT_CODE_SIZE 4

/* What a vote has room for. */
#define VOTE_BALLOTS_MOST 1000

struct ballot {
    int64_t id;
    struct vote vote; /* as it stood when the ballot was read last */
    char *name;
    char code[BALLOT_CODE_SIZE];
    int64_t done;  /* yes/no */
    int64_t spent; /* dots, or ratings given, on moments on the line */
};
void ballot_release(struct ballot *ballot);

/* Takes a ballot of the newest vote in a name, compared without case. The first to come by that
 * name gets a new code; later it opens with that code only (without case), else STATUS_REFUSED in
 * one line. `code` NULL: none known; the code of the same name's ballot of an earlier vote goes on.
 * `vouched`: the name is beyond doubt (the account's, in a kiosk), so no code is asked for.
 * STATUS_NOT_FOUND when no vote is open, and none that is not open has a ballot of that name. */
enum status ballot_take(struct store *store, const char *name, const char *code, bool vouched,
                        struct ballot *ballot, struct error *error) MUST_USE;

/* Reads the ballot and its vote again. */
enum status ballot_look(struct store *store, struct ballot *ballot, struct error *error) MUST_USE;

/* Lays `dots` more (+1) or takes some back (-1) on a moment on the line, within the vote's dots
 * each: STATUS_REFUSED with how many are laid and left. Dots on moments that have left the line
 * since are free again. */
enum status ballot_lay(struct store *store, struct ballot *ballot, int64_t item, int64_t dots,
                       struct error *error) MUST_USE;

/* Judges a moment on the line; RATING_NONE takes it back. */
enum status ballot_rate(struct store *store, struct ballot *ballot, int64_t item, int64_t rating,
                        struct error *error) MUST_USE;

/* Says that one is done, or not yet; the ballot can be changed all the same. */
enum status ballot_say_done(struct store *store, struct ballot *ballot, bool done,
                            struct error *error) MUST_USE;

/* One's own mark on a moment on the line: dots, or enum rating; 0: none. */
enum status ballot_mark(struct store *store, const struct ballot *ballot, int64_t item,
                        int64_t *value, struct error *error) MUST_USE;

/* One's own marks on all moments on the line, by the moment's id. */
struct marks {
    struct mark {
        int64_t item, value; /* dots, or enum rating */
    } * at;
    size_t count;
};
void marks_release(struct marks *marks);
int64_t marks_on(const struct marks *marks, int64_t item); /* 0: none */
enum status ballot_marks(struct store *store, const struct ballot *ballot, struct marks *marks,
                         struct error *error) MUST_USE;

#endif
