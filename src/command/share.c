/* share: one board for several accounts of a host, by a group: the modes of its file and folder. */
#include "argument_rows.h"
#include "handler.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <grp.h>
#include <libgen.h>
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

enum { GROUP };

enum { FILE_MODE = 0660, FOLDER_MODE = 02770, MODE_BITS = 07777 };

struct share {
    struct call *call;
    char *file, *folder; /* with all links followed */
    gid_t group;
    const char *group_name;
};

static enum status find_group(struct share *share, struct error *error)
{
    const char *name = share->call->values[GROUP];
    const struct group *group = getgrnam(name);
    if (!group)
        return error_set(error, STATUS_NOT_FOUND,
                         "there is no group '%.60s' on this host; an administrator makes one with "
                         "groupadd",
                         name);
    share->group = group->gr_gid;
    share->group_name = name;
    return STATUS_OK;
}

/* No link is followed here or below: whoever may write in the folder could put one in the board's
 * place meanwhile, and have a file of the owner's shared instead. */
static enum status look(const char *path, struct stat *about, struct error *error)
{
    if (lstat(path, about) == 0)
        return STATUS_OK;
    return error_set(error, STATUS_FAILED, "%s: cannot look at it: %s", path, strerror(errno));
}

/* A home that others can write to is one that sshd lets nobody log into by key any more. */
static bool is_a_home(const struct stat *folder)
{
    const struct passwd *owner = getpwuid(folder->st_uid);
    struct stat home;
    return owner && stat(owner->pw_dir, &home) == 0 && home.st_dev == folder->st_dev &&
           home.st_ino == folder->st_ino;
}

/* A link is another's to turn: what it leads to is shared by its own name. */
static enum status check_named(const struct share *share, const char *path, struct error *error)
{
    struct stat about;
    enum status status = look(path, &about, error);
    if (status == STATUS_OK && S_ISLNK(about.st_mode))
        status = error_set(error, STATUS_REFUSED,
                           "%s is a link; share the board by its own name: %s", path, share->file);
    return status;
}

/* In a sticky folder nobody can take away the journal of another's edit that was cut off. */
static enum status check_folder(const struct share *share, struct error *error)
{
    struct stat about;
    enum status status = look(share->folder, &about, error);
    if (status != STATUS_OK)
        return status;
    if (about.st_mode & S_ISVTX)
        return error_set(error, STATUS_REFUSED,
                         "%s is a sticky folder (like /tmp), where people cannot finish each "
                         "other's edits; move the board into a folder of its own",
                         share->folder);
    if (is_a_home(&about))
        return error_set(error, STATUS_REFUSED,
                         "%s is somebody's home; move the board into a folder of its own",
                         share->folder);
    return STATUS_OK;
}

/* --- setting ---------------------------------------------------------------------------------- */

static enum status refuse(const char *path, const char *what, struct error *error)
{
    int why = errno;
    return error_set(error, STATUS_FAILED, "%s: cannot set its %s: %s%s", path, what, strerror(why),
                     why == EPERM ? "; its owner can, being in the group, and root can" : "");
}

/* What the system made of it is read back: it drops bits that it does not grant, and says nothing.
 */
static enum status set_modes(const struct share *share, const char *path, mode_t mode,
                             struct error *error)
{
    struct stat about;
    enum status status = look(path, &about, error);
    if (status != STATUS_OK)
        return status;
    if (about.st_gid != share->group && lchown(path, (uid_t)-1, share->group) != 0)
        return refuse(path, "group", error);
    if ((about.st_mode & MODE_BITS) != mode &&
        fchmodat(AT_FDCWD, path, mode, AT_SYMLINK_NOFOLLOW) != 0)
        return refuse(path, "mode", error);
    status = look(path, &about, error);
    if (status == STATUS_OK &&
        ((about.st_mode & MODE_BITS) != mode || about.st_gid != share->group))
        status = error_set(error, STATUS_FAILED,
                           "%s: its mode is %04o after all, not %04o; only a member of %.60s or "
                           "root can set that",
                           path, (unsigned)(about.st_mode & MODE_BITS), (unsigned)mode,
                           share->group_name);
    return status;
}

/* --- telling ---------------------------------------------------------------------------------- */

static enum status tell(const struct share *share, const char *path, struct error *error)
{
    struct stat about;
    enum status status = look(path, &about, error);
    if (status != STATUS_OK)
        return status;
    const struct group *group = getgrgid(about.st_gid);
    if (group)
        out_line(share->call, "%s: mode %04o, group %s", path,
                 (unsigned)(about.st_mode & MODE_BITS), group->gr_name);
    else
        out_line(share->call, "%s: mode %04o, group %ld", path,
                 (unsigned)(about.st_mode & MODE_BITS), (long)about.st_gid);
    return STATUS_OK;
}

/* Whether the way to the folder is open to the group: each folder above must let it through. */
static void tell_way(const struct share *share)
{
    struct stat about;
    char *path = memory_copy(share->folder);
    while (strcmp(path, "/") != 0) {
        char *above = dirname(path);
        if (stat(above, &about) == 0 && !(about.st_mode & S_IXOTH) &&
            !(about.st_gid == share->group && about.st_mode & S_IXGRP))
            out_line(share->call, "%s: mode %04o, which does not let the group through: chmod o+x",
                     above, (unsigned)(about.st_mode & MODE_BITS));
        memmove(path, above, strlen(above) + 1);
    }
    memory_free(path);
}

/* --- the command ------------------------------------------------------------------------------ */

static enum status share_it(struct share *share, struct error *error)
{
    enum status status = STATUS_OK;
    if (share->call->values[GROUP]) {
        status = find_group(share, error);
        if (status == STATUS_OK)
            status = check_named(share, store_path(share->call->store), error);
        if (status == STATUS_OK)
            status = check_folder(share, error);
        if (status == STATUS_OK)
            status = set_modes(share, share->file, FILE_MODE, error);
        if (status == STATUS_OK)
            status = set_modes(share, share->folder, FOLDER_MODE, error);
    }
    if (status == STATUS_OK)
        status = tell(share, share->folder, error);
    if (status == STATUS_OK)
        status = tell(share, share->file, error);
    if (status == STATUS_OK && share->call->values[GROUP])
        tell_way(share);
    return status == STATUS_OK ? out_check(share->call, error) : status;
}

static enum status run(struct call *call, struct error *error)
{
    if (store_is_past(call->store))
        return error_set(error, STATUS_READ_ONLY, "%s can only be looked at: %s",
                         store_path(call->store), store_look_only(call->store));
    struct share share = {.call = call, .file = realpath(store_path(call->store), NULL)};
    if (!share.file)
        return error_set(error, STATUS_FAILED, "%s: cannot find it: %s", store_path(call->store),
                         strerror(errno));
    char *copy = memory_copy(share.file);
    share.folder = dirname(copy);
    enum status status = share_it(&share, error);
    memory_free(copy);
    free(share.file);
    return status;
}

const struct command command_share = {
    .name = "share",
    .scope = COMMAND_BOARD,
    .group = GROUP_BOARD,
    .label = "Share",
    .summary = "Let the accounts of a group use a board, or tell who can",
    .details = "The folder gets the group and mode 2770, so that what is made in it belongs to "
               "the group; the board gets the group and mode 0660. Give the board a folder of its "
               "own first: what else lies in it is shared with it. Refused in a sticky folder "
               "(/tmp), where people cannot finish each other's edits, and in a home. Where a "
               "folder above does not let the group through it is told. Without --group the modes "
               "are told and nothing is changed.\n"
               "\n"
               "Example:\n"
               "  mkdir /srv/board; touchline new /srv/board/cab.touchline\n"
               "  touchline share /srv/board/cab.touchline --group voters",
    .arguments = ARGUMENTS(OPTION(GROUP, "group", 'g', ARGUMENT_TEXT, "the group of this host")),
    .run = run,
};
