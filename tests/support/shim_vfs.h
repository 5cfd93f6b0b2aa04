/* An SQLite VFS around the system's, so that a test stands between SQLite and the disk: it sees
 * each call that changes something, and may fail it, leave it out or note it.
 *
 *     static int before(void *data, struct shim_call *call) { ... return SQLITE_OK; }
 *     static const struct shim shim = {.name = "touchline-test", .before = before};
 *     shim_register(&shim);
 *     options.vfs = shim.name;
 */
#ifndef TOUCHLINE_TESTS_SHIM_VFS_H
#define TOUCHLINE_TESTS_SHIM_VFS_H

#include <stdbool.h>
#include <stdint.h>

enum shim_what { SHIM_OPEN, SHIM_READ, SHIM_WRITE, SHIM_TRUNCATE, SHIM_SYNC, SHIM_DELETE };

struct shim_call {
    enum shim_what what;
    const char *path; /* NULL for a temporary file */
    const void *bytes;
    int length;
    int64_t offset;   /* of a write; the new size of a truncation */
    bool sync_folder; /* a deletion: SQLite wants its folder synced too; may be taken back */
    bool created;     /* an opening that may create (before), or did (after) */
};

/* `before` answers, instead of an SQLite code, that the call shall not be made and count as done.
 */
#define SHIM_LEAVE_OUT (-1)

struct shim {
    const char *name;
    /* SQLITE_OK: the call is made. Anything else is given back without it. May be NULL. */
    int (*before)(void *data, struct shim_call *call);
    /* After one that succeeded; what it returns is given back, though it was made. May be NULL. */
    int (*after)(void *data, const struct shim_call *call);
    bool reads; /* `before` is asked of reading, too */
    /* errno of what `before` and `after` failed. */
    int *system_errno;
    void *data;
};

/* The shim lives as long as the program, or until it is taken away. */
void shim_register(const struct shim *shim);
void shim_unregister(const struct shim *shim);

/* The name of a VFS that syncs nothing: for tests of anything but durability. */
const char *shim_quick(void);

#endif
