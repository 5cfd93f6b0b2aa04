/* Every call of the store that can fail, each on a board that has everything in it: for tests of
 * what may go wrong beneath any of them.
 *
 * What a call came to is told as text, so that two runs of it can be compared.
 */
#ifndef TOUCHLINE_TESTS_EVERY_CALL_H
#define TOUCHLINE_TESTS_EVERY_CALL_H

#include "fixture.h"
#include "touchline/edit.h"

struct store_call {
    const char *names; /* of the functions that it makes, as in their headers */
    enum { ON_EITHER, ON_RATED, ON_REVIEWED } on; /* on which of the two boards it works */
    const char *before; /* lines of the palette that Tester must do first */
    /* One of these. `act` opens what it needs by itself: `store` is NULL there. */
    enum status (*read)(struct store *store, struct buffer *told, struct error *error);
    enum status (*change)(struct edit *edit, struct error *error);
    enum status (*save)(struct store *store, struct buffer *told, struct error *error);
    enum status (*act)(const char *path, struct buffer *told, struct error *error);
    const char *makes; /* the end of the name of a file beside the board */
    bool at_random;    /* two runs differ: the code of a ballot */
};

/* Fails the test when a function of store.h, query.h, edit.h or vote.h that gives a status is in
 * none of them. */
const struct store_call *store_calls(size_t *count);

/* As whom, and through SQLite's own VFS, whichever that is by now. */
struct store_options store_call_options(void);

/* Makes it, and tells what came of it. */
enum status store_call_make(const struct store_call *call, struct store *store, const char *path,
                            struct buffer *told, struct error *error) MUST_USE;

/* Makes that board: moments, phases, parked and deleted ones, all that belongs to them, people,
 * waves, a review that has ended, a vote on ratings that was shown, one that is open, with ballots,
 * and a history of all that by two people. If `reviewing`, a review goes on, and the open vote is
 * on ratings, too; else on dots. */
void store_calls_board(struct fixture *fixture, const char *name, bool reviewing);

#endif
