/* room: tui
 *
 * The screen's loop: wait for a key, look it up, run a command, read the window again, draw. It
 * holds no board in memory beyond the window that is seen; leaving it saves nothing, because all is
 * saved.
 */
#ifndef TOUCHLINE_TUI_H
#define TOUCHLINE_TUI_H

#include "touchline/store.h"
#include "touchline/term.h"

/* Whose ballot is shown instead of the board (vote.h). Then nothing of the board can be changed, no
 * command run and no other program started from the screen. */
struct tui_ballot {
    const char *name;
    const char *code; /* the one that came with it, NULL: none known */
    bool kiosk;       /* the name is the account's: no code is asked for */
};

struct tui_options {
    const char *path; /* of the board; one that is not there is offered to be made */
    struct store_options store;
    struct term_options term;
    const char *state_folder; /* where drafts, the last board and the place left off are kept: XDG
                                 state, made 0700 when missing; NULL: nowhere */
    bool is_at;               /* begin in the past, after edit `at` */
    int64_t at;
    bool no_bell;        /* the timer ends without bell and flash */
    char *const *editor; /* argv of $VISUAL, $EDITOR or vi, without the file; NULL-ended */
    const struct tui_ballot *ballot; /* NULL: the board's screen */
};

/* Runs until the user quits or the terminal is gone. STATUS_OK also after a hang-up: what was being
 * typed is kept as a draft. The terminal is given back in any case. */
enum status tui_run(const struct tui_options *options, struct error *error) MUST_USE;

#endif
