#include "shim_vfs.h"
#include "touchline/memory.h"
#include <assert.h>
#include <sqlite3.h>
#include <string.h>

/* A file of the shim: the system's own lies behind it in the same memory. */
struct shim_file {
    sqlite3_file base;
    const struct shim *shim;
    char *path;
};

static struct shim_file *shim_file(sqlite3_file *file)
{
    return (struct shim_file *)(void *)file;
}

static sqlite3_file *real(sqlite3_file *file)
{
    return (sqlite3_file *)(void *)((char *)file + sizeof(struct shim_file));
}

static sqlite3_vfs *real_vfs(void)
{
    static const char *const name = "unix";
    return sqlite3_vfs_find(name);
}

static int ask_before(const struct shim *shim, struct shim_call *call)
{
    return shim->before ? shim->before(shim->data, call) : SQLITE_OK;
}

static int tell_after(const struct shim *shim, const struct shim_call *call, int rc)
{
    return rc == SQLITE_OK && shim->after ? shim->after(shim->data, call) : rc;
}

/* --- files ------------------------------------------------------------------------------------ */

static int file_close(sqlite3_file *file)
{
    memory_free(shim_file(file)->path);
    return real(file)->pMethods->xClose(real(file));
}

static int file_read(sqlite3_file *file, void *bytes, int length, sqlite3_int64 offset)
{
    const struct shim *shim = shim_file(file)->shim;
    struct shim_call call = {
        .what = SHIM_READ, .path = shim_file(file)->path, .length = length, .offset = offset};
    int rc = shim->reads ? ask_before(shim, &call) : SQLITE_OK;
    if (rc != SQLITE_OK)
        return rc;
    return real(file)->pMethods->xRead(real(file), bytes, length, offset);
}

static int file_write(sqlite3_file *file, const void *bytes, int length, sqlite3_int64 offset)
{
    const struct shim *shim = shim_file(file)->shim;
    struct shim_call call = {.what = SHIM_WRITE,
                             .path = shim_file(file)->path,
                             .bytes = bytes,
                             .length = length,
                             .offset = offset};
    int rc = ask_before(shim, &call);
    if (rc != SQLITE_OK)
        return rc == SHIM_LEAVE_OUT ? SQLITE_OK : rc;
    return tell_after(shim, &call, real(file)->pMethods->xWrite(real(file), bytes, length, offset));
}

static int file_truncate(sqlite3_file *file, sqlite3_int64 size)
{
    const struct shim *shim = shim_file(file)->shim;
    struct shim_call call = {.what = SHIM_TRUNCATE, .path = shim_file(file)->path, .offset = size};
    int rc = ask_before(shim, &call);
    if (rc != SQLITE_OK)
        return rc == SHIM_LEAVE_OUT ? SQLITE_OK : rc;
    return tell_after(shim, &call, real(file)->pMethods->xTruncate(real(file), size));
}

static int file_sync(sqlite3_file *file, int flags)
{
    const struct shim *shim = shim_file(file)->shim;
    struct shim_call call = {.what = SHIM_SYNC, .path = shim_file(file)->path};
    int rc = ask_before(shim, &call);
    if (rc != SQLITE_OK)
        return rc == SHIM_LEAVE_OUT ? SQLITE_OK : rc;
    return tell_after(shim, &call, real(file)->pMethods->xSync(real(file), flags));
}

static int file_size(sqlite3_file *file, sqlite3_int64 *size)
{
    return real(file)->pMethods->xFileSize(real(file), size);
}

static int file_lock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xLock(real(file), level);
}

static int file_unlock(sqlite3_file *file, int level)
{
    return real(file)->pMethods->xUnlock(real(file), level);
}

static int file_is_reserved(sqlite3_file *file, int *reserved)
{
    return real(file)->pMethods->xCheckReservedLock(real(file), reserved);
}

static int file_control(sqlite3_file *file, int what, void *argument)
{
    return real(file)->pMethods->xFileControl(real(file), what, argument);
}

static int file_sector(sqlite3_file *file)
{
    return real(file)->pMethods->xSectorSize(real(file));
}

static int file_traits(sqlite3_file *file)
{
    return real(file)->pMethods->xDeviceCharacteristics(real(file));
}

static const sqlite3_io_methods file_methods = {
    .iVersion = 1,
    .xClose = file_close,
    .xRead = file_read,
    .xWrite = file_write,
    .xTruncate = file_truncate,
    .xSync = file_sync,
    .xFileSize = file_size,
    .xLock = file_lock,
    .xUnlock = file_unlock,
    .xCheckReservedLock = file_is_reserved,
    .xFileControl = file_control,
    .xSectorSize = file_sector,
    .xDeviceCharacteristics = file_traits,
};

/* --- the system ------------------------------------------------------------------------------- */

static int vfs_open(sqlite3_vfs *vfs, const char *path, sqlite3_file *file, int flags, int *given)
{
    const struct shim *shim = vfs->pAppData;
    struct shim_call call = {
        .what = SHIM_OPEN, .path = path, .created = (flags & SQLITE_OPEN_CREATE) != 0};
    file->pMethods = NULL;
    int rc = ask_before(shim, &call);
    assert(rc != SHIM_LEAVE_OUT);
    if (rc == SQLITE_OK)
        rc = real_vfs()->xOpen(real_vfs(), path, real(file), flags, given);
    if (rc != SQLITE_OK)
        return rc;
    file->pMethods = &file_methods;
    shim_file(file)->shim = shim;
    shim_file(file)->path = memory_copy(path);
    return tell_after(shim, &call, rc);
}

static int vfs_delete(sqlite3_vfs *vfs, const char *path, int sync_folder)
{
    const struct shim *shim = vfs->pAppData;
    struct shim_call call = {.what = SHIM_DELETE, .path = path, .sync_folder = sync_folder != 0};
    int rc = ask_before(shim, &call);
    if (rc != SQLITE_OK)
        return rc == SHIM_LEAVE_OUT ? SQLITE_OK : rc;
    return tell_after(shim, &call, real_vfs()->xDelete(real_vfs(), path, call.sync_folder));
}

static int vfs_last_error(sqlite3_vfs *vfs, int length, char *text)
{
    const struct shim *shim = vfs->pAppData;
    int system = shim->system_errno ? *shim->system_errno : 0;
    if (system)
        return system;
    return real_vfs()->xGetLastError(real_vfs(), length, text);
}

/* What the shim leaves alone goes to the system's functions as it is: they are given the shim's own
 * record, of which they use nothing but what was copied from theirs. */
void shim_register(const struct shim *shim)
{
    sqlite3_vfs *vfs = memory_new(1, sizeof *vfs);
    assert(!sqlite3_vfs_find(shim->name));
    *vfs = *real_vfs();
    vfs->pNext = NULL;
    vfs->zName = shim->name;
    vfs->pAppData = (void *)shim;
    vfs->iVersion = 1;
    vfs->szOsFile = (int)sizeof(struct shim_file) + real_vfs()->szOsFile;
    vfs->xOpen = vfs_open;
    vfs->xDelete = vfs_delete;
    vfs->xGetLastError = vfs_last_error;
    sqlite3_vfs_register(vfs, 0);
}

void shim_unregister(const struct shim *shim)
{
    sqlite3_vfs *vfs = sqlite3_vfs_find(shim->name);
    sqlite3_vfs_unregister(vfs);
    memory_free(vfs);
}

/* --- without syncs ---------------------------------------------------------------------------- */

static int leave_out_syncs(void *data, struct shim_call *call)
{
    (void)data;
    call->sync_folder = false;
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
}

const char *shim_quick(void)
{
    static const struct shim quick = {.name = "touchline-quick", .before = leave_out_syncs};
    if (!sqlite3_vfs_find(quick.name))
        shim_register(&quick);
    return quick.name;
}
