/* Bytes from a terminal become events: a pure machine, which neither reads nor waits. Whoever feeds
 * it says what time it is, so that Esc, double clicks and split sequences can be tested without a
 * clock.
 *
 * It knows the sequences of xterm and its kin (ECMA-48 with xterm's modifiers, SS3, SGR and X10
 * mouse reports, bracketed paste, focus, modifyOtherKeys), of rxvt and of the Linux console;
 * whatever else a terminal sends is added from its terminfo entry.
 */
#ifndef TOUCHLINE_TERM_INPUT_H
#define TOUCHLINE_TERM_INPUT_H

#include "term_paste.h"
#include "term_sequence.h"
#include "touchline/buffer.h"
#include "touchline/key.h"

/* The rest of an arrow's sequence that comes this long after its Esc was taken for the key (a slow
 * line) is not text. */
#define INPUT_LATE_MS 500

/* How many sequences of the terminal's own can be added, and their longest. */
#define INPUT_OWN_MAX        32
#define INPUT_OWN_LENGTH_MAX 12

struct input_own {
    char bytes[INPUT_OWN_LENGTH_MAX];
    size_t length;
    struct key key;
};

struct input {
    struct buffer bytes; /* received; from `at` on not yet understood */
    size_t at;
    struct input_own own[INPUT_OWN_MAX];
    size_t owns;
    struct paste paste;
    struct reports reports;
    bool escaped; /* a bare Esc was given out at escaped_at */
    int64_t escaped_at;
};

void input_release(struct input *input);

/* A sequence of the terminal's own for a key. Single bytes and what is too long are left out. */
void input_add_own(struct input *input, const char *sequence, struct key key);

void input_feed(struct input *input, const char *bytes, size_t length);

enum input_state {
    INPUT_EMPTY, /* all bytes are used up */
    INPUT_PART,  /* what is there may be the beginning of more: wait input_patience() ms for it */
    INPUT_EVENT  /* *event is filled */
};

/* The next event. `now_ms` is any clock that does not run backwards; `waited` says that the
 * patience is over, so that an incomplete sequence is taken for the keys it begins with. */
enum input_state input_next(struct input *input, int64_t now_ms, bool waited, struct event *event);

/* How long to wait for the rest, when a bare Esc waits `escape_ms`: a paste is never cut short by a
 * stalled line, which is told after 2 s; only a lone Esc leaves one whose end was lost, after 2 s.
 */
int input_patience(const struct input *input, int escape_ms);

#endif
