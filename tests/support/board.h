/* Boards for tests of the screen: made from lines as they are typed, changed as by another program,
 * and shown as text, a line a moment. */
#ifndef TOUCHLINE_TESTS_BOARD_H
#define TOUCHLINE_TESTS_BOARD_H

#include "fixture.h"
#include "pty.h"
#include <stdint.h>

/* Makes a board of lines as they are typed while writing: "# Before", "Books the cab @p @20s",
 * "+ Answer with their name". By Tester, as whom the screen runs, too. */
void board_make(const char *path, const char *lines);

/* One line as in the palette, by somebody else: "rate 2 magical". */
void board_do(const char *path, const char *who, const char *line);

/* Such lines, each by Tester; NULL: none. */
void board_do_each(const char *path, const char *lines);

/* What the file holds, valid until the next call; one line a moment, "z1" for parked ones:
 *
 *     3 Ride/Books the cab P 20s x2 neutral>magical * .7 by Ana
 *       now: ...  expect: ...  best: ...  note: ...
 *       + an idea (free, taken)
 *       ! an action (Ana, 2026-12-04, trying)
 */
const char *board_show(const char *path);

/* Fails unless the board is just that, or holds that line somewhere. */
#define assert_board(path, text)       board_assert(path, text, __FILE__, __LINE__)
#define assert_board_holds(path, text) board_assert_holds(path, text, __FILE__, __LINE__)
void board_assert(const char *path, const char *text, const char *file, int line);
void board_assert_holds(const char *path, const char *text, const char *file, int line);

/* "title: Wally's taxi\nwhy: ...\nnoun: ...\ncustomers: 12000\nAna, front line\nBen" */
const char *board_about(const char *path);

/* Words of each edit in order, a line each. */
const char *board_history(const char *path);

/* --- the screen on it ------------------------------------------------------------------------- */

struct screen {
    struct fixture *fixture;
    const char *path; /* cab.touchline, not made yet */
    struct pty *pty;
    struct pty_options options; /* to be changed before it is opened */
    const char *environment[6]; /* NAME=VALUE; the first is EDITOR=true */
};

/* cmocka's setup and teardown; *state is the struct screen. */
int screen_setup(void **state);
int screen_teardown(void **state);

/* Makes the board (NULL lines: as it is) and opens the screen on it, at home in the fixture's
 * folder, so that it can be opened again. Ready for keys when it returns. */
struct pty *screen_open(struct screen *screen, const char *lines);

/* Leaves with q and asserts that it ended well. */
void screen_quit(struct screen *screen);

/* Keys, then until all of it is shown. */
void screen_keys(struct screen *screen, const char *keys);
void screen_type(struct screen *screen, const char *text);

/* Fails unless the message row says it: third from below, on screens of their own second from
 * below; or it stands anywhere on the screen; or nowhere. */
#define assert_says(screen, text)  screen_assert_says(screen, text, __FILE__, __LINE__)
#define assert_shows(screen, text) screen_assert_shows(screen, text, true, __FILE__, __LINE__)
#define assert_hides(screen, text) screen_assert_shows(screen, text, false, __FILE__, __LINE__)
void screen_assert_says(struct screen *screen, const char *text, const char *file, int line);
void screen_assert_shows(struct screen *screen, const char *text, bool there, const char *file,
                         int line);

/* The number of the selected card, on which the cursor stands. */
#define assert_selected(screen, number) assert_int_equal(screen_selected(screen), number)
int screen_selected(struct screen *screen);

#endif
