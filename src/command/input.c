#include "files.h"
#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* What a pipe may hold: far more than a full board's CSV. */
#define PIPE_MOST (INT64_C(1) << 30)

enum { BLOCK = 1 << 16 };

const char *input_name(const char *path)
{
    return strcmp(path, "-") == 0 ? "standard input" : path;
}

static enum status refuse(const char *path, const char *why, struct error *error)
{
    return error_set(error, STATUS_NO_INPUT, "%s: %s", input_name(path), why);
}

/* Two numbers tell whether it is the board that is open: a second descriptor on it would loosen
 * SQLite's locks when it is closed. */
static bool is_board(struct call *call, const struct stat *about)
{
    struct stat board;
    return call->store && stat(store_path(call->store), &board) == 0 &&
           board.st_dev == about->st_dev && board.st_ino == about->st_ino;
}

static enum status check_kind(struct call *call, const char *path, const struct stat *about,
                              struct error *error)
{
    bool named = strcmp(path, "-") != 0;
    if (is_board(call, about))
        return refuse(path, "it is this very board; name another file", error);
    if (S_ISDIR(about->st_mode))
        return refuse(path, "it is a folder; name a file", error);
    if (named && (S_ISCHR(about->st_mode) || S_ISBLK(about->st_mode) || S_ISSOCK(about->st_mode)))
        return refuse(path, "it is a device; name a file, or pipe it into '-'", error);
    if (call->session && !S_ISREG(about->st_mode)) /* no key would be heeded meanwhile */
        return refuse(path, "it is a pipe, which may keep one waiting; name a file", error);
    return STATUS_OK;
}

/* Copies all of a pipe into a file without a name. A NUL ends it early: its place is for the
 * reader to tell, and /dev/zero has no end. */
static enum status spool(const char *path, FILE *from, FILE *to, struct error *error)
{
    char block[BLOCK];
    size_t got;
    int64_t total = 0;
    while ((got = fread(block, 1, sizeof block, from)) > 0) {
        total += (int64_t)got;
        if (total > PIPE_MOST)
            return refuse(path, "over 1 GB came through the pipe; name a file", error);
        if (fwrite(block, 1, got, to) != got)
            return error_set(error, STATUS_FULL, "cannot keep what is piped in: %s",
                             error_reason(errno));
        if (memchr(block, '\0', got))
            break;
    }
    if (ferror(from))
        return refuse(path, error_reason(errno), error);
    if (fflush(to) != 0)
        return error_set(error, STATUS_FULL, "cannot keep what is piped in: %s",
                         error_reason(errno));
    rewind(to);
    return STATUS_OK;
}

static enum status use_spool(struct input *input, const char *path, struct error *error)
{
    FILE *file = tmpfile();
    if (!file)
        return error_set(error, STATUS_FAILED, "cannot keep what is piped in: %s",
                         error_reason(errno));
    enum status status = spool(path, input->file, file, error);
    input_close(input);
    *input = (struct input){.file = file, .size = -1, .own = true};
    return status;
}

/* Opening does not wait for a FIFO's writer for ever in vain: that is the writer's to say, as for
 * every other program; the board is not locked meanwhile. */
static enum status open_named(const char *path, struct input *input, struct error *error)
{
    int descriptor = open(path, O_RDONLY | O_NOCTTY | O_CLOEXEC);
    if (descriptor < 0)
        return refuse(path, error_reason(errno), error);
    input->file = fdopen(descriptor, "r");
    input->own = true;
    if (input->file)
        return STATUS_OK;
    close(descriptor);
    return refuse(path, error_reason(errno), error);
}

static enum status open_checked(struct call *call, const char *path, struct input *input,
                                struct stat *about, struct error *error)
{
    if (strcmp(path, "-") == 0) {
        if (!call->in)
            return refuse(path, "there is none here; name a file", error);
        input->file = call->in;
    } else {
        /* looked at before it is opened: see is_board() */
        if (stat(path, about) != 0)
            return refuse(path, error_reason(errno), error);
        enum status status = check_kind(call, path, about, error);
        if (status == STATUS_OK)
            status = open_named(path, input, error);
        if (status != STATUS_OK)
            return status;
    }
    if (fstat(fileno(input->file), about) != 0)
        return refuse(path, error_reason(errno), error);
    return check_kind(call, path, about, error);
}

enum status input_open(struct call *call, const char *path, struct input *input,
                       struct error *error)
{
    struct stat about = {0};
    *input = (struct input){.size = -1};
    enum status status = open_checked(call, path, input, &about, error);
    if (status == STATUS_OK && S_ISREG(about.st_mode))
        input->size = about.st_size;
    else if (status == STATUS_OK)
        status = use_spool(input, path, error);
    if (status != STATUS_OK)
        input_close(input);
    return status;
}

void input_close(struct input *input)
{
    if (input->own && input->file)
        (void)fclose(input->file);
    *input = (struct input){.size = -1};
}
