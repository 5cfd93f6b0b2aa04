/* How SQLite comes by a file: by the name that was given, whatever that is spelt like, and by no
 * other. */
#include "internal.h"
#include "touchline/memory.h"
#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>

#define OWN_VFS "touchline"

/* --- what lies beside a board ----------------------------------------------------------------- */

/* A pipe would keep its reader waiting for ever, and a link leads to another's file. */
static bool is_no_file(const char *path)
{
    struct stat about;
    return path && lstat(path, &about) == 0 && !S_ISREG(about.st_mode);
}

/* A journal may name another file, which is looked into and removed when it is played back: that of
 * a change to several files at once, which no board is ever part of. So a stranger's board with a
 * journal beside it could have any file of ours removed. */
static int open_own_alone(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                          int *given)
{
    int refused = SQLITE_OK;
    (void)vfs;
    if (flags & SQLITE_OPEN_SUPER_JOURNAL)
        refused = SQLITE_PERM;
    else if ((flags & (SQLITE_OPEN_MAIN_JOURNAL | SQLITE_OPEN_WAL)) && is_no_file(path))
        refused = SQLITE_AUTH;
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    if (refused == SQLITE_OK)
        return real->xOpen(real, path, file, flags, given);
    file->pMethods = NULL;
    return refused;
}

/* A log is read by the board that says it has one (fileformat.html, 1.3), whatever is told here.
 * Beside any other it is of something else, and would be written over the board. */
static int tell_no_log(sqlite3_vfs *vfs, const char *path, int flags, int *there)
{
    static const char ending[] = "-wal";
    size_t length = strlen(path), tail = sizeof ending - 1;
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    (void)vfs;
    *there = 0;
    if (flags == SQLITE_ACCESS_EXISTS && length > tail && strcmp(path + length - tail, ending) == 0)
        return SQLITE_OK;
    return real->xAccess(real, path, flags, there);
}

/* What is put in a file's place between two looks is not waited for either. */
static int open_at_once(const char *path, int flags, int mode)
{
    return open(path, flags | O_NONBLOCK | O_NOCTTY, mode);
}

/* The system's, but for these; it stays with SQLite until the program ends. */
static const char *own_vfs(void)
{
    if (sqlite3_vfs_find(OWN_VFS))
        return OWN_VFS;
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    sqlite3_vfs *own = memory_new(1, sizeof *own);
    *own = *real;
    own->pNext = NULL;
    own->zName = OWN_VFS;
    own->xOpen = open_own_alone;
    own->xAccess = tell_no_log;
    (void)real->xSetSystemCall(real, "open", (sqlite3_syscall_ptr)open_at_once);
    return sqlite3_vfs_register(own, 0) == SQLITE_OK ? OWN_VFS : NULL;
}

/* --- opening ---------------------------------------------------------------------------------- */

/* SQLite heeds these before the first file of a process is opened, and no more after. Locks between
 * threads and a count of all memory would be a tenth of its work; there is one thread, and nobody
 * asks for the count. */
static void do_without_threads(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
}

/* "file:x?mode=memory" and ":memory:" are names like others, but not to SQLite, unless a folder
 * stands in front. */
int store_open_file(const char *path, int flags, const char *vfs, sqlite3 **db)
{
    struct buffer name = {0};
    bool relative = *path && *path != '/';
    do_without_threads();
    buffer_add_format(&name, "%s%s", relative ? "./" : "", path);
    int rc = sqlite3_open_v2(buffer_text(&name), db,
                             flags | SQLITE_OPEN_NOMUTEX | SQLITE_OPEN_PRIVATECACHE,
                             vfs ? vfs : own_vfs());
    buffer_release(&name);
    return rc;
}
