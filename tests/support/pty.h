/* A program under test on a terminal of its own: keys in, cells out.
 *
 * The terminal is libvterm behind a pseudo-terminal. A test never waits for a time, always for a
 * condition; one that does not come within 10 s (more under a sanitizer) fails the test and prints
 * the screen. Use pty_teardown() as the test's teardown: a failed assertion leaves by longjmp, and
 * what it has started must not stay behind.
 *
 *     struct pty *pty = pty_start(NULL, (const char *[]){TOUCHLINE_PROGRAM, path, NULL});
 *     pty_wait_text(pty, "Identify");
 *     pty_keys(pty, "a");
 *     pty_text(pty, "Books the cab\r");
 *     pty_keys(pty, "Esc q");
 *     assert_int_equal(pty_wait_exit(pty), 0);
 */
#ifndef TOUCHLINE_TESTS_PTY_H
#define TOUCHLINE_TESTS_PTY_H

#include <stdbool.h>
#include <stddef.h>

struct pty;

/* Zeroed is what most tests want. */
struct pty_options {
    int rows, columns;              /* 0: 24 x 80 */
    const char *term;               /* NULL: xterm-256color; "" unsets TERM */
    const char *locale;             /* LC_ALL; NULL: C.UTF-8 */
    const char *home;               /* NULL: a folder of its own, removed at the end */
    const char *const *environment; /* more of NAME=VALUE; NAME alone is unset; ends with NULL */
    bool job;  /* under a shell's job control: C-z stops it ("[stopped]"), "fg" and Enter bring it
                  back */
    bool deaf; /* with SIGHUP ignored, as nohup leaves it */
};

/* Starts argv[] (looked up on PATH), ending with NULL, in its home folder, with
 * TOUCHLINE_NAME=Tester and TZ=UTC; or a function in a process of its own, whose result is the exit
 * status. */
struct pty *pty_start(const struct pty_options *options, const char *const argv[]);
struct pty *pty_start_function(const struct pty_options *options, int (*run)(void *data),
                               void *data);

/* Ends one; ends all that are left. NULL is allowed. */
void pty_stop(struct pty *pty);
int pty_teardown(void **state);

/* --- in --------------------------------------------------------------------------------------- */

/* Keys by their spelling in key.h, parted by blanks: "j S-Right C-r Space PgDn A-b". */
void pty_keys(struct pty *pty, const char *keys);
void pty_text(struct pty *pty, const char *text); /* bytes as they are; Enter is "\r" */
void pty_send(struct pty *pty, const char *bytes, size_t length);
void pty_paste(struct pty *pty, const char *text); /* in brackets when the program wants them */

/* The mouse, as far as the program has asked for it; row and column from 0. */
void pty_press(struct pty *pty, int row, int column);
void pty_release(struct pty *pty, int row, int column);
void pty_click(struct pty *pty, int row, int column);
void pty_drag(struct pty *pty, int row, int column, int to_row, int to_column);
void pty_wheel(struct pty *pty, bool up, int row, int column);

void pty_resize(struct pty *pty, int rows, int columns);
void pty_signal(struct pty *pty, int number); /* to the program */
void pty_hang_up(struct pty *pty);            /* the line drops; nothing can be seen any more */

/* --- waiting ---------------------------------------------------------------------------------- */

/* For text anywhere on the screen, within one row, or nowhere any more. */
#define pty_wait_text(pty, text)     pty_wait_text_at(pty, text, __FILE__, __LINE__)
#define pty_wait_row(pty, row, text) pty_wait_row_at(pty, row, text, __FILE__, __LINE__)
#define pty_wait_gone(pty, text)     pty_wait_gone_at(pty, text, __FILE__, __LINE__)
void pty_wait_text_at(struct pty *pty, const char *text, const char *file, int line);
void pty_wait_row_at(struct pty *pty, int row, const char *text, const char *file, int line);
void pty_wait_gone_at(struct pty *pty, const char *text, const char *file, int line);

/* For anything else; `what` says it in the failure. */
#define pty_wait_until(pty, what, met, data)                                                       \
    pty_wait_until_at(pty, what, met, data, __FILE__, __LINE__)
void pty_wait_until_at(struct pty *pty, const char *what, bool (*met)(struct pty *pty, void *data),
                       void *data, const char *file, int line);

/* Until the program has taken all that was sent, shown all it wants to, and sleeps in poll: for
 * "this key changes nothing", and for reading more of a frame than what was waited for (it is
 * painted colour by colour, so no cell is always the last). (Read from /proc; where there is none,
 * until it has been quiet for 50 ms.) */
#define pty_settle(pty) pty_settle_at(pty, __FILE__, __LINE__)
void pty_settle_at(struct pty *pty, const char *file, int line);

/* The same where it may end instead; whether it still runs. */
#define pty_settle_or_end(pty) pty_settle_or_end_at(pty, __FILE__, __LINE__)
bool pty_settle_or_end_at(struct pty *pty, const char *file, int line);

/* Until it ends: its exit status, or 128 + the signal that ended it. What it has sent can still be
 * read. */
#define pty_wait_exit(pty) pty_wait_exit_at(pty, __FILE__, __LINE__)
int pty_wait_exit_at(struct pty *pty, const char *file, int line);

/* A slow line: what the program sends is read only here, and no more than so many bytes of it; how
 * many there were. (Sending reads nothing, all other waiting does.) */
size_t pty_take(struct pty *pty, size_t most);

/* With nothing read meanwhile, as on a stalled line: until the program has taken all that was sent
 * and sleeps; until it does so because it has more to say than the terminal takes (both Linux;
 * elsewhere not at all); until it ends. */
#define pty_wait_taken(pty)       pty_wait_taken_at(pty, __FILE__, __LINE__)
#define pty_wait_stalled(pty)     pty_wait_stalled_at(pty, __FILE__, __LINE__)
#define pty_wait_exit_unread(pty) pty_wait_exit_unread_at(pty, __FILE__, __LINE__)
void pty_wait_taken_at(struct pty *pty, const char *file, int line);
void pty_wait_stalled_at(struct pty *pty, const char *file, int line);
int pty_wait_exit_unread_at(struct pty *pty, const char *file, int line);

/* Once it has ended: the processor's time that it used, in ms. */
long pty_used_ms(const struct pty *pty);

/* True when it sleeps with nothing to wake it but what comes in (Linux; elsewhere always true). */
bool pty_sleeps_for_ever(struct pty *pty);

/* --- out -------------------------------------------------------------------------------------- */

/* Text of a row or of the whole screen, trailing blanks cut; valid until the next call. */
const char *pty_row(struct pty *pty, int row);
const char *pty_screen(struct pty *pty);

/* Where text begins, by columns; false when it is not there. row and column may be NULL. */
bool pty_find(struct pty *pty, const char *text, int *row, int *column);

struct pty_cell {
    char text[32]; /* "" in the second half of a wide character */
    int columns;
    int ink, fill; /* index of the palette; -1 the terminal's own */
    bool bold, reverse, underline;
};
struct pty_cell pty_cell(struct pty *pty, int row, int column);

void pty_cursor(struct pty *pty, int *row, int *column, bool *visible);
void pty_size(const struct pty *pty, int *rows, int *columns);
bool pty_on_alternate_screen(const struct pty *pty);

/* All bytes that the program has sent, from the start or from the last pty_forget_output() on. */
const char *pty_output(const struct pty *pty, size_t *length);
void pty_forget_output(struct pty *pty);

const char *pty_home(const struct pty *pty);

#endif
