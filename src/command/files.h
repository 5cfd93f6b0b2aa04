/* Files that commands read and write besides the board. */
#ifndef COMMAND_FILES_H
#define COMMAND_FILES_H

#include "touchline/command.h"

/* --- reading ---------------------------------------------------------------------------------- */

struct input {
    FILE *file;
    int64_t size; /* bytes, or -1 when it is not known */
    bool own;     /* to be closed */
};

/* Opens what an import reads: a regular file, a pipe or FIFO, or "-" for call->in. What is no
 * regular file is read to its end first, so that nobody waits for its writer with the board locked.
 * STATUS_NO_INPUT: not there, a folder, a device, the board itself. */
enum status input_open(struct call *call, const char *path, struct input *input,
                       struct error *error) MUST_USE;
void input_close(struct input *input);

/* How messages call it: the path, or "standard input". */
const char *input_name(const char *path);

/* --- writing ---------------------------------------------------------------------------------- */

/* A file that is there whole or not at all: it is written beside its place and put there at the
 * end. */
struct output {
    FILE *file;
    char *path;      /* where it goes; NULL: standard output */
    char *temporary; /* to be renamed; NULL: there is none */
    FILE *device;    /* gets all of `file` at the end; NULL: it is no pipe or device */
    bool force;
};

/* `path` NULL or "-" is call->out. STATUS_CANNOT_CREATE: something of that name is there and
 * `force` is not; a board (whatever `force` says); a folder; no permission. */
enum status output_open(struct call *call, const char *path, bool force, struct output *output,
                        struct error *error) MUST_USE;

/* Puts the file in place, synced, when `status` is STATUS_OK, else takes it away. */
enum status output_close(struct output *output, enum status status, struct error *error) MUST_USE;

/* --- progress --------------------------------------------------------------------------------- */

/* A line on call->talk, where that is a terminal and the work takes over half a second. */
struct ticker {
    struct call *call;
    const char *what; /* "Reading" */
    int64_t size;     /* bytes in all, or -1 */
    int64_t begun, told;
    int columns; /* of the line that stands there */
};
void ticker_begin(struct ticker *ticker, struct call *call, const char *what, int64_t size);
bool ticker_tell(void *ticker, int64_t rows, int64_t bytes);
void ticker_end(struct ticker *ticker);

#endif
