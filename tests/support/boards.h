/* Boards for tests of the store: made quickly, changed in one line, compared as a whole.
 *
 * All calls here must succeed; where they do not, the test fails with the error's line. In a test,
 * `error` is a struct error of its own, and MUST() says the same of any call of the store:
 *
 *     struct error error;
 *     MUST(store_undo(store, &undone, &error));
 */
#ifndef TOUCHLINE_TESTS_BOARDS_H
#define TOUCHLINE_TESTS_BOARDS_H

#include "fixture.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <sys/types.h>

void must_be_ok(enum status status, const struct error *error, const char *call, const char *file,
                int line);
#define MUST(call) must_be_ok((call), &error, #call, __FILE__, __LINE__)

/* Checks the status and that the error's line holds `text`. */
void must_be_refused(enum status is, enum status wanted, const struct error *error,
                     const char *text, const char *file, int line);
#define MUST_REFUSE(call, status, text)                                                            \
    must_be_refused((call), status, &error, text, __FILE__, __LINE__)

/* Options that a test begins with: a clock that stands, no syncing, little patience. */
struct store_options board_options(const char *who);

/* A new board in the fixture's folder, and the same board opened by somebody else. */
struct store *board_new(struct fixture *fixture, const char *name, const char *who);
struct store *board_open(const char *path, const char *who);

/* Moments with these titles, in this order, as one edit; ids from the first one's up. A title that
 * begins with '#' is a phase, one that begins with 'z' and a blank is parked. */
int64_t board_fill(struct store *store, const char *const *titles);

/* One edit each. */
int64_t board_add(struct store *store, const char *title, int64_t after);
int64_t board_add_phase(struct store *store, const char *title, int64_t after);
int64_t board_add_idea(struct store *store, int64_t moment, const char *text, int64_t price);
int64_t board_add_action(struct store *store, int64_t moment, const char *text, const char *due);
int64_t board_add_entry(struct store *store, int64_t moment, int64_t kind, int64_t amount);
void board_set(struct store *store, int64_t id, int field, struct value value);
void board_set_of(struct store *store, enum record record, int64_t id, int field,
                  struct value value);
void board_move(struct store *store, int64_t id, int64_t after);
void board_delete(struct store *store, enum record record, int64_t id);
void board_undo(struct store *store);
void board_redo(struct store *store);

/* The titles on the line with phases, and the parked ones: "A [B] C | D"; for memory_free(). */
char *board_line(struct store *store);
#define ASSERT_LINE(store, text)                                                                   \
    do {                                                                                           \
        char *line_ = board_line(store);                                                           \
        assert_string_equal(line_, text);                                                          \
        memory_free(line_);                                                                        \
    } while (0)

/* All rows of all tables but history, in the order of places but without them: two boards, or one
 * at two times, are equal when these are; for memory_free(). Read past the store. */
char *board_content(const char *path);
char *board_live_content(const char *path); /* without what is deleted */

/* Runs SQL on a board past the store, as a stranger would; a number out of its first row. */
void board_sql(const char *path, const char *sql);
int64_t board_sql_number(const char *path, const char *sql);

/* Runs store_create() or store_open() in a child that ends at I/O call `n`; whether it came to
 * that.
 */
bool board_cut(enum status (*act)(const char *path, const struct store_options *options,
                                  struct store **store, struct error *error),
               const char *path, int n);

/* Another program that is stopped within a transaction: `sql` (with its BEGIN) is done, nothing is
 * committed until it goes on. Then it gets a signal, and must end with that exit status or signal.
 */
pid_t board_stop_within(const char *path, const char *sql);
void board_end_stopped(pid_t program, int signal, int how);

/* SQL for it that brings pieces of the edit into the file, so that its journal is there to be
 * played back; many moments are needed. */
#define BOARD_HALF_AN_EDIT                                                                         \
    "PRAGMA cache_size = 1; BEGIN IMMEDIATE; UPDATE item SET title = 'half an edit'; "             \
    "UPDATE item SET rating = 1"

/* Finds nothing wrong: store_check(), and history replayed from nothing gives the board. */
void board_assert_sound(struct store *store);

#endif
