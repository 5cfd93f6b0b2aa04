/* The process's signals while it has a terminal, and the way out when it falls.
 *
 * Those that ask for something (a new size, to stop, to end) are blocked except while
 * signals_wait() sleeps, so that none is lost between a look and a sleep. Those of a fault give the
 * terminal back first and then do what they would have done.
 */
#ifndef TOUCHLINE_TERM_SIGNALS_H
#define TOUCHLINE_TERM_SIGNALS_H

#include <poll.h>
#include <spawn.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/types.h>
#include <termios.h>

void signals_take(void);
void signals_give_back(void);

/* ppoll() with the signals let in; timeout_ms < 0 waits for ever. */
int signals_wait(struct pollfd *descriptors, nfds_t count, int64_t timeout_ms);

/* write() with the signals let in: one to a terminal that takes nothing can be ended. */
ssize_t signals_write(int descriptor, const void *bytes, size_t length);
bool signals_end_seen(void);

/* What has been asked for since the last call; `end` stays. */
struct signalled {
    bool resized, stop, continued, end;
};
struct signalled signals_seen(void);

/* Before another program gets the terminal, and once it is ours again with its modes set: in
 * between, C-c is for the other alone and C-z stops both. */
void signals_lend(void);
void signals_take_again(void);

/* Stops the whole process group as C-z does and returns when it is continued. Only while lent. */
void signals_stop(void);

/* A child starts with the signals as they were before signals_take(). */
void signals_for_child(posix_spawnattr_t *attributes);

/* What rescue_now() sends to `output` and sets there; beyond RESCUE_MAX bytes nothing is kept. */
#define RESCUE_MAX 512
void rescue_prepare(int output, const struct termios *modes, const char *bytes, size_t length);
void rescue_forget(void);

/* Safe in a signal handler and without memory. Does nothing when nothing is prepared. */
void rescue_now(void);

#endif
