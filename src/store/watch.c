/* Another's changes: the kernel says that the file was touched, data_version says whether it was
 * another program. */
#include "internal.h"
#include "touchline/store.h"
#include <unistd.h>
#ifdef __linux__
#include <sys/inotify.h>
#include <sys/vfs.h>
#endif

#ifdef __linux__

/* File systems whose other machines' writes the kernel never hears of (statfs(2)). */
static bool is_remote(const char *path)
{
    static const long remote[] = {0x6969 /* NFS */,
                                  0x517B /* SMB */,
                                  (long)0xFF534D42 /* CIFS */,
                                  (long)0xFE534D42 /* SMB2 */,
                                  0x01021997 /* 9P */,
                                  0x65735546 /* FUSE */,
                                  0x5346414F /* AFS */};
    struct statfs about;
    if (statfs(path, &about) != 0)
        return true;
    for (size_t i = 0; i < sizeof remote / sizeof *remote; i++)
        if ((long)about.f_type == remote[i])
            return true;
    return false;
}

static int begin_watch(const char *path)
{
    if (is_remote(path))
        return -1;
    int watch = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
    if (watch >= 0 &&
        inotify_add_watch(watch, path, IN_MODIFY | IN_ATTRIB | IN_MOVE_SELF | IN_DELETE_SELF) < 0) {
        close(watch);
        watch = -1;
    }
    return watch;
}

/* Takes all that is queued; what it was does not matter, the file is asked. */
static void drain(int watch)
{
    char events[4096];
    while (watch >= 0 && read(watch, events, sizeof events) > 0)
        continue;
}

#else

static int begin_watch(const char *path)
{
    (void)path;
    return -1;
}

static void drain(int watch)
{
    (void)watch;
}

#endif

/* Without waiting: a writer's lock is an answer, not a reason to stand still. */
static int ask_version(struct store *store, int64_t *version)
{
    struct error ignored;
    sqlite3_stmt *ask = store_statement(store, SQL_DATA_VERSION, &ignored);
    if (!ask)
        return SQLITE_ERROR;
    sqlite3_busy_timeout(store->db, 0);
    int rc = sqlite3_step(ask);
    if (rc == SQLITE_ROW)
        *version = sqlite3_column_int64(ask, 0);
    sqlite3_reset(ask);
    store_wait_for_locks(store);
    return rc == SQLITE_ROW ? SQLITE_OK : rc & 0xff;
}

int store_watch(struct store *store)
{
    if (store->watch < 0 && !store->private_copy && !store->past)
        store->watch = begin_watch(store->path);
    return store->watch;
}

/* 2, 4, 8 ... 50 ms. */
static enum store_news ask_again(struct store *store, int *again_ms)
{
    store->again_ms = store->again_ms ? store->again_ms * 2 : 2;
    if (store->again_ms > 50)
        store->again_ms = 50;
    *again_ms = store->again_ms;
    return STORE_BUSY;
}

static bool has_just_moved(struct store *store)
{
    int moved = 0;
    if (store->moved || sqlite3_file_control(store->db, "main", SQLITE_FCNTL_HAS_MOVED, &moved))
        return false;
    store->moved = moved;
    return moved;
}

enum store_news store_changed(struct store *store, int *again_ms)
{
    int64_t version = store->seen_version;
    *again_ms = -1;
    if (store->past)
        return STORE_SAME;
    drain(store->watch);
    if (has_just_moved(store))
        return STORE_HAS_MOVED;
    int rc = ask_version(store, &version);
    if (rc == SQLITE_BUSY || rc == SQLITE_LOCKED)
        return ask_again(store, again_ms);
    store->again_ms = 0;
    if (rc != SQLITE_OK || version == store->seen_version)
        return STORE_SAME;
    store->seen_version = version;
    return STORE_CHANGED;
}
