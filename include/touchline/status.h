/* room: base
 *
 * What a call that can fail gives back: a status to decide by, and one line of text to show.
 *
 * Every fallible call returns `enum status` and takes a `struct error *` (never NULL) as its last
 * argument, which it fills when, and only when, the status is not STATUS_OK.
 */
#ifndef TOUCHLINE_STATUS_H
#define TOUCHLINE_STATUS_H

#define MUST_USE                 __attribute__((warn_unused_result))
#define FORMAT_LIKE(text, first) __attribute__((format(printf, text, first)))

enum status {
    STATUS_OK = 0,
    STATUS_FAILED,        /* the world said no: an I/O error, a missing program */
    STATUS_NOT_FOUND,     /* no such moment, phase, idea ... */
    STATUS_REFUSED,       /* a rule of the method says no (R6, R11); nothing was changed */
    STATUS_CONFLICT,      /* another person changed it meanwhile; nothing was changed */
    STATUS_USAGE,         /* the words of a command are wrong */
    STATUS_BAD_DATA,      /* a file's content is not what it should be */
    STATUS_NO_INPUT,      /* a file that should be read is not there or not readable */
    STATUS_CANNOT_CREATE, /* a file that should be written cannot be */
    STATUS_BUSY,          /* another program holds the board; try again */
    STATUS_READ_ONLY,     /* the board may be looked at, not changed */
    STATUS_MOVED,         /* the board's file was moved, replaced or deleted while open */
    STATUS_FULL,          /* no room on the disk (or over the file-size limit) */
    STATUS_STOPPED,       /* the caller asked to stop (a key ended a search) */
};

/* Bytes of an error's line, its final NUL included; longer text is cut at a character. */
#define ERROR_TEXT_SIZE 512

struct error {
    enum status status;
    char text[ERROR_TEXT_SIZE]; /* one line (newlines become spaces), no "touchline:" in front; may
                                   hold board text as stored: make it harmless where it is shown */
};

/* Fills the error and returns the status, so that `return error_set(...)` reads well. */
enum status error_set(struct error *error, enum status status, const char *format, ...)
    FORMAT_LIKE(3, 4);

/* Puts words in front of the error's text: "FILE: " and the like. The status stays. */
void error_prefix(struct error *error, const char *format, ...) FORMAT_LIKE(2, 3);

/* What the system's errno says and, where that can be told, what to do: "No such file or directory;
 * check the name". */
const char *error_reason(int why);

/* The exit code a shell verb ends with: 0 done, 1 failed or not found, 2 usage, 65 bad data,
 * 66 no input, 73 cannot create, 75 busy (sysexits.h where it helps a script). */
int status_exit_code(enum status status);

#endif
