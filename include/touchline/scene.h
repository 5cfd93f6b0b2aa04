/* room: view
 *
 * All that the board's screen shows, as plain values. The tui puts a scene together (from what the
 * store filled and what it knows itself) and gives it to view_board(). Everything is borrowed for
 * the time of the call; a pointer may be NULL where that says "none". A zeroed scene draws an empty
 * board.
 */
#ifndef TOUCHLINE_SCENE_H
#define TOUCHLINE_SCENE_H

#include "touchline/date.h"
#include "touchline/method.h"
#include "touchline/session.h"
#include "touchline/window.h"

/* One line being typed, anywhere on a screen. It scrolls sideways so that the cursor is seen. */
struct typed {
    const char *text; /* NULL: nothing is being typed */
    size_t cursor;    /* offset in bytes, at a cluster's start */
};

/* The row of the prompt, left to right: MODE label text_ note. Without `typed.text` it is the
 * question alone. */
struct prompt {
    const char *mode;   /* in reverse: "WRITE", "CARRY"; NULL: none */
    const char *label;  /* the question, or "after 7 >", "Which goes? 2 4 7 9 12" */
    struct typed typed; /* what is answered so far */
    const char *note;   /* how it is read: "= In person · 15 s" */
};

/* An item of the key line. Too many: those of the highest `rank` go first (the later of two), then
 * the words of those that never go, from the left. */
struct key_item {
    const char *key;   /* "Enter", "1", "?" */
    const char *words; /* "Open" */
    int rank;          /* 0: never dropped (':' and '?') */
};

enum ghost_kind {
    GHOST_NONE,
    GHOST_WRITE, /* capture: the card that Enter would add; its title is typed in the prompt row */
    GHOST_CARRY  /* the card that is carried or dragged; `lifted` is left out of its old place */
};

/* A card that is not there yet. The window should hold one moment fewer than fits when a card is
 * written; if it does not, the ones farthest from the ghost are left out. */
struct ghost {
    enum ghost_kind kind;
    size_t at;      /* it stands before window.moments[at]; 0 to count */
    int64_t phase;  /* the phase it falls into: of several headings at `at`, those up to this
                       one stand before it. 0: none of them does */
    int64_t number; /* shown on it; 0: "new" */
    const char *title;
    int64_t channel; /* id, 0 or FIELD_ABSENT: none */
    int64_t seconds; /* FIELD_ABSENT: not known */
    int64_t lifted;  /* id of the moment carried, 0 */
};

/* One line of "Just added", newest first. */
struct added {
    int64_t number; /* 0 with `parked` false: a phase */
    bool parked;    /* number is a z-number */
    const char *title;
    int64_t channel;  /* id, 0 or FIELD_ABSENT: none */
    int64_t seconds;  /* FIELD_ABSENT: not known */
    const char *idea; /* its last idea, or NULL */
};

struct scene {
    /* the board */
    const struct board *board;       /* NULL: no title, "customer" */
    const char *title;               /* shown when the board has no title: the file's name */
    const struct channels *channels; /* NULL: none */
    const struct meter *meter;       /* NULL: not shown */
    const struct window *window;     /* NULL: as an empty one */
    const struct strip *strip;       /* NULL: as an empty one */
    const struct details *details;   /* of the selected moment; NULL: none */
    const struct moments *parked;    /* on the parking lot, shown while writing; NULL: none */

    /* where one stands */
    enum step step;
    enum zoom zoom;
    enum pane pane;    /* in which `line` is framed */
    int line;          /* from 0 */
    struct typed edit; /* the framed line is being typed over; at `line` == count it is a new one */
    const char *filter;      /* in words, NULL: none */
    const struct dots *dots; /* laid so far, "? dots" while hidden; NULL: not to be shown */
    const char *vote;        /* how it goes, "7 of 10 have voted"; NULL: none is on */
    const int *gaps;         /* of how many kinds the plan lacks something; NULL: not counted */
    const struct moments *ranked; /* by dots, most first: shown while choosing; NULL: none */
    struct date today;
    const char *timer; /* "07:12", "+00:40"; NULL: none */
    bool timer_over;   /* it has run out: shown as a warning, still without locking (R27) */

    /* the rows at the foot */
    const char *message; /* NULL: an empty row */
    bool warning;        /* the message is one */
    struct prompt prompt;
    const struct key_item *keys;
    size_t key_count;

    /* while writing or carrying */
    struct ghost ghost;
    const struct added *added; /* NULL: the details are shown as ever */
    size_t added_count;
};

#endif
