/* A board that may not be written and cannot be read as it lies: its last edit was cut off and a
 * journal waits to be played back, or it is in WAL mode. A copy of the board and its journal is
 * opened instead, and the look-only line says so. */
#include "internal.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* In this order: whoever mends the board in its own folder meanwhile removes the journal last. */
static const char *const parts[] = {"-journal", "-wal", ""};
enum { PARTS = sizeof parts / sizeof *parts, TRIES = 5 };

static bool write_all(int out, const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t put = write(out, bytes, length);
        if (put < 0 && errno == EINTR)
            continue;
        if (put <= 0)
            return false;
        bytes += put;
        length -= (size_t)put;
    }
    return true;
}

static bool copy_bytes(int in, int out)
{
    char block[65536];
    ssize_t got;
    while ((got = read(in, block, sizeof block)) != 0)
        if (got < 0 ? errno != EINTR : !write_all(out, block, (size_t)got))
            return false;
    return true;
}

static bool copy_file(const char *from, const char *to)
{
    struct stat about;
    int in = open(from, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    if (in < 0)
        return false;
    if (fstat(in, &about) != 0 || !S_ISREG(about.st_mode)) {
        close(in);
        errno = EINVAL;
        return false;
    }
    int out = open(to, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
    bool good = out >= 0 && copy_bytes(in, out);
    int why = errno;
    if (out >= 0 && close(out) != 0 && good) {
        good = false;
        why = errno;
    }
    close(in);
    errno = why;
    return good;
}

static void name_part(struct buffer *out, const char *path, size_t part)
{
    buffer_clear(out);
    buffer_add_format(out, "%s%s", path, parts[part]);
}

/* What tells whether a file was written meanwhile; zeroed when it is not there, or is no file. */
struct trace {
    dev_t device;
    ino_t inode;
    off_t size;
    struct timespec changed;
};

static void look_at_parts(const char *path, struct trace traces[PARTS])
{
    struct buffer name = {0};
    struct stat about;
    memset(traces, 0, PARTS * sizeof *traces);
    for (size_t i = 0; i < PARTS; i++) {
        name_part(&name, path, i);
        if (lstat(buffer_text(&name), &about) != 0 || !S_ISREG(about.st_mode))
            continue;
        traces[i].device = about.st_dev;
        traces[i].inode = about.st_ino;
        traces[i].size = about.st_size;
        traces[i].changed = about.st_mtim;
    }
    buffer_release(&name);
}

static bool same_trace(const struct trace *a, const struct trace *b)
{
    return a->device == b->device && a->inode == b->inode && a->size == b->size &&
           a->changed.tv_sec == b->changed.tv_sec && a->changed.tv_nsec == b->changed.tv_nsec;
}

static bool same_traces(const struct trace *a, const struct trace *b)
{
    for (size_t i = 0; i < PARTS; i++)
        if (!same_trace(&a[i], &b[i]))
            return false;
    return true;
}

/* 0, or the errno of what failed. */
static int copy_parts(const char *from, const char *to, const struct trace *traces)
{
    struct buffer source = {0}, copy = {0};
    int why = 0;
    for (size_t i = 0; i < PARTS; i++) {
        name_part(&source, from, i);
        name_part(&copy, to, i);
        if (traces[i].inode == 0)
            (void)unlink(buffer_text(&copy));
        else if (!copy_file(buffer_text(&source), buffer_text(&copy)))
            why = errno;
    }
    buffer_release(&source);
    buffer_release(&copy);
    return why;
}

/* SQLite gives no lock on a board that it could not mend, so this is done without one: copied again
 * when somebody wrote to it in between. 0, or the errno of what failed. */
static int copy_board(const char *from, const char *to)
{
    struct trace before[PARTS], after[PARTS];
    for (int tries = 0; tries < TRIES; tries++) {
        look_at_parts(from, before);
        int failed = copy_parts(from, to, before);
        look_at_parts(from, after);
        if (same_traces(before, after))
            return failed;
    }
    return EBUSY;
}

enum status private_copy_make(struct store *store, const char *why, struct buffer *opened,
                              struct error *error)
{
    const char *temporary = getenv("TMPDIR");
    struct buffer folder = {0};
    buffer_add_format(&folder, "%s/touchline-XXXXXX", temporary && *temporary ? temporary : "/tmp");
    if (!mkdtemp(folder.bytes)) {
        enum status status =
            error_set(error, STATUS_CANNOT_CREATE, "%s: %s", folder.bytes, error_reason(errno));
        buffer_release(&folder);
        return status;
    }
    store->private_copy = buffer_take(&folder);
    char *real = realpath(store->path, NULL); /* SQLite keeps a journal beside the real file */
    buffer_clear(opened);
    buffer_add_format(opened, "%s/board", store->private_copy);
    int failed = real ? copy_board(real, buffer_text(opened)) : errno;
    free(real);
    if (failed)
        return error_set(error, STATUS_NO_INPUT, "%s: %s, and it could not be copied: %s",
                         store->path, why, error_reason(failed));
    memory_free(store->look_only); /* what this says is the better reason */
    store->look_only = NULL;
    buffer_add_format(&folder, "%s; this is a copy", why);
    store_set_look_only(store, buffer_text(&folder));
    buffer_release(&folder);
    return STATUS_OK;
}

void private_copy_remove(struct store *store)
{
    static const char *const names[] = {"board", "board-journal", "board-wal", "board-shm",
                                        "board-aside"}; /* journal.c */
    struct buffer path = {0};
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        buffer_clear(&path);
        buffer_add_format(&path, "%s/%s", store->private_copy, names[i]);
        (void)unlink(buffer_text(&path));
    }
    (void)rmdir(store->private_copy);
    buffer_release(&path);
}
