/* What the files of the harness share. */
#ifndef TOUCHLINE_TESTS_PTY_INSIDE_H
#define TOUCHLINE_TESTS_PTY_INSIDE_H

#include "fixture.h"
#include "pty.h"
#include "touchline/buffer.h"
#include <stdint.h>
#include <sys/resource.h>
#include <sys/types.h>
#include <vterm.h>

struct pty {
    struct pty *next; /* of all that are alive, for pty_teardown() */
    struct pty_options options;
    struct fixture *fixture; /* its home, when it has no other */
    int master;              /* -1 once hung up */
    pid_t child;             /* what is on the terminal: the program or, for a job, its shell */
    pid_t program;
    bool ended, reaped;
    int how_ended;       /* as waitpid() says */
    struct rusage usage; /* of what has ended */
    VTerm *vt;
    VTermScreen *screen;
    int rows, columns;
    bool alternate, cursor_visible;
    int cursor_row, cursor_column;
    struct buffer sending; /* accepted by pty_send(), not yet by the kernel */
    long switches;         /* the program's sleeps as counted at the last pty_send() */
    struct buffer output;
    struct buffer text; /* what pty_row() and pty_screen() have given out */
};

/* pty_process.c */
void pty_process_start(struct pty *pty, const char *const argv[], int (*run)(void *data),
                       void *data, const struct pty *living);
void pty_process_end(struct pty *pty);
bool pty_process_ended(struct pty *pty);

/* pty_look.c */
void pty_look_start(struct pty *pty);

#endif
