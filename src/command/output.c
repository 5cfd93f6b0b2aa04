#include "files.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static enum status refuse(const char *path, const char *why, struct error *error)
{
    return error_set(error, STATUS_CANNOT_CREATE, "%s: %s", path, why);
}

/* By its first bytes: "SQLite format 3" and at 68 "TOUC" (touchline-board(5)). */
static bool looks_like_board(const char *path)
{
    char head[72] = {0};
    int descriptor = open(path, O_RDONLY | O_CLOEXEC);
    ssize_t got = descriptor < 0 ? 0 : read(descriptor, head, sizeof head);
    if (descriptor >= 0)
        close(descriptor);
    return got == sizeof head && memcmp(head, "SQLite format 3", 16) == 0 &&
           memcmp(head + 68, "TOUC", 4) == 0;
}

static enum status check_there(struct call *call, const char *path, bool force,
                               const struct stat *about, struct error *error)
{
    if (S_ISDIR(about->st_mode))
        return refuse(path, "it is a folder; name a file", error);
    if (call->store && store_is_same_file(call->store, path))
        return refuse(path, "it is this very board; name another file", error);
    if (!S_ISREG(about->st_mode))
        return STATUS_OK;
    if (!force)
        return refuse(path, "it is there already; --force overwrites it", error);
    return looks_like_board(path)
               ? refuse(path, "it is a board and stays; name another file", error)
               : STATUS_OK;
}

/* `real` is where the path leads to: a link is no way round. */
static enum status check_place(struct call *call, const char *path, const char *real, bool force,
                               const struct stat *there, struct error *error)
{
    if (store_is_name_beside(path) || store_is_name_beside(real))
        return refuse(path,
                      "it would be taken for a part of the board of that name; choose another name",
                      error);
    return there ? check_there(call, path, force, there, error) : STATUS_OK;
}

/* With the mode of the file that it replaces, or what the umask leaves of 0666. */
static void set_mode(int descriptor, const struct stat *replaced)
{
    mode_t mask = umask(0);
    umask(mask);
    (void)!fchmod(descriptor, replaced ? replaced->st_mode & 0777 : 0666 & ~mask);
}

static enum status open_temporary(struct output *output, const struct stat *replaced,
                                  struct error *error)
{
    char *copy = memory_copy(output->path);
    struct buffer name = {0};
    buffer_add_format(&name, "%s/.touchline-XXXXXX", dirname(copy));
    memory_free(copy);
    int descriptor = mkostemp(name.bytes, O_CLOEXEC);
    if (descriptor < 0) {
        buffer_release(&name);
        return refuse(output->path, error_reason(errno), error);
    }
    output->temporary = buffer_take(&name);
    set_mode(descriptor, replaced);
    output->file = fdopen(descriptor, "w");
    if (output->file)
        return STATUS_OK;
    close(descriptor);
    return refuse(output->path, error_reason(errno), error);
}

/* To a terminal only what is harmless may go, and that standard output sees to. What reads from a
 * pipe may be a person with a pager: nobody could save while the board is read at that pace, so all
 * is kept in a file without a name first. */
static enum status open_device(struct output *output, const char *path, struct error *error)
{
    output->device = fopen(path, "we");
    if (!output->device)
        return refuse(path, error_reason(errno), error);
    if (isatty(fileno(output->device)))
        return refuse(path, "it is a terminal; leave --output out to see it there", error);
    output->file = tmpfile();
    if (!output->file)
        return refuse(path, error_reason(errno), error);
    return STATUS_OK;
}

static bool pass_on(FILE *from, FILE *to)
{
    char block[1 << 16];
    size_t got;
    rewind(from);
    while ((got = fread(block, 1, sizeof block, from)) > 0)
        if (fwrite(block, 1, got, to) != got)
            return false;
    return !ferror(from) && fflush(to) == 0;
}

/* A link is followed, so that its target is what gets replaced. */
static void settle_path(struct output *output, const char *path)
{
    char *real = realpath(path, NULL);
    output->path = memory_copy(real ? real : path);
    free(real);
}

enum status output_open(struct call *call, const char *path, bool force, struct output *output,
                        struct error *error)
{
    struct stat about;
    *output = (struct output){.file = call->out, .force = force};
    if (!path || strcmp(path, "-") == 0)
        return call->out ? STATUS_OK
                         : error_set(error, STATUS_USAGE,
                                     "there is no standard output here; say --output FILE");
    settle_path(output, path);
    bool there = stat(path, &about) == 0;
    enum status status = check_place(call, path, output->path, force, there ? &about : NULL, error);
    if (status == STATUS_OK && (!there || S_ISREG(about.st_mode)))
        status = open_temporary(output, there ? &about : NULL, error);
    else if (status == STATUS_OK && call->session) /* no key would be heeded meanwhile */
        status = refuse(path, "it is a pipe or a device, which may keep one waiting; name a file",
                        error);
    else if (status == STATUS_OK)
        status = open_device(output, path, error);
    if (status != STATUS_OK) {
        output->file = NULL;
        status = output_close(output, status, error);
    }
    return status;
}

/* Never over a file that came there meanwhile, unless it was to be overwritten. Where the medium
 * knows no links, a rename must do. */
static bool put_in_place(const struct output *output)
{
    if (output->force)
        return rename(output->temporary, output->path) == 0;
    if (link(output->temporary, output->path) == 0)
        return unlink(output->temporary) == 0;
    if (errno == EEXIST || access(output->path, F_OK) == 0) {
        errno = EEXIST;
        return false;
    }
    return rename(output->temporary, output->path) == 0;
}

static void sync_folder(const char *path)
{
    char *copy = memory_copy(path);
    int folder = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    memory_free(copy);
    if (folder < 0)
        return;
    (void)!fsync(folder);
    close(folder);
}

static enum status fail(const struct output *output, struct error *error)
{
    bool full = errno == ENOSPC || errno == EDQUOT || errno == EFBIG;
    return error_set(error, full ? STATUS_FULL : STATUS_CANNOT_CREATE, "%s: %s", output->path,
                     error_reason(errno));
}

static enum status finish(struct output *output, struct error *error)
{
    enum status status = STATUS_OK;
    if (fflush(output->file) != 0 || (output->temporary && fsync(fileno(output->file)) != 0))
        status = fail(output, error);
    if (status == STATUS_OK && output->device && !pass_on(output->file, output->device))
        status = fail(output, error);
    if (fclose(output->file) != 0 && status == STATUS_OK)
        status = fail(output, error);
    output->file = NULL;
    if (status == STATUS_OK && output->temporary && !put_in_place(output))
        status = fail(output, error);
    if (status == STATUS_OK && output->temporary)
        sync_folder(output->path);
    return status;
}

enum status output_close(struct output *output, enum status status, struct error *error)
{
    if (output->path && output->file) {
        if (status == STATUS_OK)
            status = finish(output, error);
        else
            (void)fclose(output->file);
    }
    if (output->device)
        (void)fclose(output->device);
    if (status != STATUS_OK && output->temporary)
        (void)unlink(output->temporary);
    memory_free(output->temporary);
    memory_free(output->path);
    *output = (struct output){0};
    return status;
}
