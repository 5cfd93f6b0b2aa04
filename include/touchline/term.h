/* room: term
 *
 * The terminal, whole: the only header through which anything above reaches it. A frame goes out,
 * events come in. One terminal a process (terminfo and signals know no more).
 */
#ifndef TOUCHLINE_TERM_H
#define TOUCHLINE_TERM_H

#include "touchline/frame.h"
#include "touchline/key.h"
#include "touchline/status.h"

struct term;

enum term_colour { TERM_COLOUR_AUTO, TERM_COLOUR_ALWAYS, TERM_COLOUR_NEVER };
enum term_theme { TERM_THEME_AUTO, TERM_THEME_DARK, TERM_THEME_LIGHT, TERM_THEME_PROJECTOR };

struct term_options {
    int input, output;       /* descriptors; normally 0 and 1 */
    const char *type;        /* $TERM; NULL or "" counts as unknown */
    enum term_colour colour; /* AUTO: none when NO_COLOR is set, else what the terminal has */
    enum term_theme theme;   /* AUTO: COLORFGBG, else dark; the terminal is asked (OSC 11) as well,
                                without waiting, and what is shown follows its answer */
    bool ascii;              /* only ASCII goes out; set when the locale is not UTF-8 */
    bool mouse;
    int escape_ms; /* how long a bare Esc waits for the rest of a sequence; 0: 25, or 150
                      over SSH */
};

/* Takes the terminal: alternate screen, no echo, bracketed paste, focus and mouse reports. An
 * unknown type goes on as xterm-256color and says so through term_notice(). STATUS_USAGE when
 * input or output is no terminal, or the type cannot address its cursor ("dumb"). */
enum status term_open(struct term **term, const struct term_options *options,
                      struct error *error) MUST_USE;

/* Gives the terminal back as it was, all modes undone. NULL is allowed. */
void term_close(struct term *term);

/* The same when nothing else works any more: no memory, curses or lock is needed. For
 * memory_on_exhaustion(); faults (SIGSEGV, SIGABRT ...) come here by themselves. */
void term_rescue(void);

/* A line that the user should see once ("unknown terminal 'foot': going on as xterm-256color"), or
 * NULL. Owned by the term. */
const char *term_notice(const struct term *term);

/* Size in rows and columns as of the last event read. */
void term_size(const struct term *term, int *rows, int *columns);
bool term_ascii(const struct term *term);
bool term_mono(const struct term *term); /* no colour at all: what frame.mono says to views */
bool term_has_mouse(const struct term *term);

/* Sends the difference between what stands on the terminal and `frame` (which must have the
 * terminal's size; another size shows its top left part). It does not wait for the terminal: while
 * a slow line has not taken the last one, this one is held back, and term_read() will ask for a
 * newer one (TERM_READY). */
void term_show(struct term *term, const struct frame *frame);

/* The next show sends everything. */
void term_redraw(struct term *term);

enum term_wait {
    TERM_EVENT,   /* *event is filled */
    TERM_TIMEOUT, /* nothing for `timeout_ms` */
    TERM_WATCH,   /* one of the `watch` descriptors is readable */
    TERM_READY,   /* the terminal takes a frame again after one was held back: draw */
    TERM_GONE     /* hang-up, SIGTERM, end of input: leave */
};

/* Waits for what comes first (ppoll; SIGWINCH is unblocked only here). timeout_ms < 0: for ever.
 * Events already queued come first and at once. An incomplete escape sequence is waited for. */
enum term_wait term_read(struct term *term, struct event *event, const int *watch, int watches,
                         int timeout_ms);

/* True when term_read() would give an event, or TERM_GONE, without waiting: draw only when it is
 * false (one drawing for a drained queue). */
bool term_pending(struct term *term);

/* True when TERM_GONE is what term_read() would give: for one that waits for something else. */
bool term_gone(struct term *term);

void term_set_mouse(struct term *term, bool on);
void term_beep(struct term *term);

/* Sends text to the clipboard by OSC 52 (base64); whether it arrives nobody tells. False when it is
 * too long (74,994 bytes) or the terminal is not of the kind that has one. */
bool term_copy(struct term *term, const char *text, size_t length);

/* Stops the process as C-z does and comes back redrawn; runs argv[] (an editor, looked up on PATH)
 * on the terminal and waits, its exit status (128 + the signal that ended it) in *exit_status. No
 * shell is involved. STATUS_FAILED when it cannot be started. After both, and when the process was
 * stopped from outside, K_RESIZE asks for a whole new frame. */
void term_suspend(struct term *term);
enum status term_run(struct term *term, char *const argv[], int *exit_status,
                     struct error *error) MUST_USE;

#endif
