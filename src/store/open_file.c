/* How SQLite comes by a file: by the name that was given, whatever that is spelt like, and by no
 * other. */
#include "internal.h"
#include "touchline/memory.h"

#define OWN_VFS "touchline"

/* A journal may name another file, which is looked into and removed when it is played back: that of
 * a change to several files at once, which no board is ever part of. So a stranger's board with a
 * journal beside it could have any file of ours removed. */
static int open_no_super_journal(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags,
                                 int *given)
{
    (void)vfs;
    if (flags & SQLITE_OPEN_SUPER_JOURNAL) {
        file->pMethods = NULL;
        return SQLITE_PERM;
    }
    sqlite3_vfs *real = sqlite3_vfs_find(NULL);
    return real->xOpen(real, path, file, flags, given);
}

/* The system's, but for that; it stays with SQLite until the program ends. */
static const char *own_vfs(void)
{
    if (sqlite3_vfs_find(OWN_VFS))
        return OWN_VFS;
    sqlite3_vfs *own = memory_new(1, sizeof *own);
    *own = *sqlite3_vfs_find(NULL);
    own->pNext = NULL;
    own->zName = OWN_VFS;
    own->xOpen = open_no_super_journal;
    return sqlite3_vfs_register(own, 0) == SQLITE_OK ? OWN_VFS : NULL;
}

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
