#include "new_file.h"
#include "internal.h"
#include "touchline/memory.h"
#include "touchline/store.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum status new_file_refuse(const char *path, const char *why, struct error *error)
{
    return error_set(error, STATUS_CANNOT_CREATE, "%s: cannot be made: %s", path, why);
}

/* --- beside a board --------------------------------------------------------------------------- */

/* sqlite.org/tempfiles.html: behind the name of a database. */
static const char *const endings[] = {"-journal", "-wal", "-shm"};

enum { ENDINGS = sizeof endings / sizeof *endings };

bool store_is_name_beside(const char *path)
{
    bool beside = false;
    struct stat about;
    for (size_t i = 0; i < ENDINGS; i++) {
        size_t length = strlen(path), ending = strlen(endings[i]);
        if (length <= ending || strcmp(path + length - ending, endings[i]) != 0)
            continue;
        char *board = memory_copy_bytes(path, length - ending);
        beside = stat(board, &about) == 0 && S_ISREG(about.st_mode);
        memory_free(board);
    }
    return beside;
}

/* The other way round: a journal left there by a board that was moved away would be played back
 * into the new one. */
static bool has_something_beside(const char *path)
{
    bool found = false;
    for (size_t i = 0; i < ENDINGS; i++) {
        struct stat about;
        struct buffer name = {0};
        buffer_add_format(&name, "%s%s", path, endings[i]);
        found |= lstat(buffer_text(&name), &about) == 0 && !journal_is_dead(buffer_text(&name));
        buffer_release(&name);
    }
    return found;
}

/* --- making ----------------------------------------------------------------------------------- */

static enum status refuse_taken(const char *path, struct error *error)
{
    return new_file_refuse(path, "something of that name is there; choose another name", error);
}

enum status new_file_begin(const char *path, struct buffer *temporary, struct error *error)
{
    struct stat about;
    if (lstat(path, &about) == 0)
        return refuse_taken(path, error);
    if (store_is_name_beside(path))
        return new_file_refuse(path,
                               "it would be taken for a part of the board of that name; "
                               "choose another name",
                               error);
    if (has_something_beside(path))
        return new_file_refuse(path,
                               "a journal of that name is there, which would be played back "
                               "into it; choose another name",
                               error);
    buffer_add_format(temporary, "%s.XXXXXX", path);
    int fd = mkstemp(temporary->bytes);
    if (fd < 0) {
        buffer_release(temporary);
        return new_file_refuse(path, error_reason(errno), error);
    }
    close(fd);
    return STATUS_OK;
}

static bool sync_path(const char *path)
{
    int fd = open(path, O_RDONLY | O_CLOEXEC);
    if (fd < 0)
        return false;
    bool good = fsync(fd) == 0;
    int why = errno;
    close(fd);
    errno = why;
    return good;
}

bool store_sync_folder_of(const char *path)
{
    char *real = realpath(path, NULL);
    bool good = real && sync_path(dirname(real));
    int why = errno;
    free(real);
    errno = why;
    return good;
}

/* link() fails when the name is taken: no race can make us overwrite a file. Where the file system
 * has no links, an exclusively made empty file holds the name for the rename. */
static bool give_name(const char *temporary, const char *path)
{
    if (link(temporary, path) == 0) {
        (void)unlink(temporary);
        return true;
    }
    if (errno != EPERM && errno != ENOTSUP && errno != ENOSYS)
        return false;
    int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
    if (fd < 0)
        return false;
    close(fd);
    return rename(temporary, path) == 0;
}

static enum status publish(const char *temporary, const char *path, struct error *error)
{
    if (!sync_path(temporary) || !give_name(temporary, path))
        return errno == EEXIST ? refuse_taken(path, error)
                               : new_file_refuse(path, error_reason(errno), error);
    if (store_sync_folder_of(path))
        return STATUS_OK;
    enum status status = new_file_refuse(path, error_reason(errno), error);
    (void)unlink(path);
    return status;
}

void store_unmake(const char *path)
{
    struct buffer journal = {0};
    buffer_add_format(&journal, "%s-journal", path);
    (void)unlink(path);
    (void)unlink(buffer_text(&journal));
    buffer_release(&journal);
}

enum status new_file_end(struct buffer *temporary, const char *path, enum status status,
                         struct error *error)
{
    if (status == STATUS_OK)
        status = publish(buffer_text(temporary), path, error);
    if (status != STATUS_OK)
        store_unmake(buffer_text(temporary));
    buffer_release(temporary);
    return status;
}
