/* A disk that loses its power: an SQLite VFS behind which is kept what is on the medium for certain
 * and what is only in a cache. At any call one can ask what a cut would leave: of what was not
 * synced nothing, all, or any choice of sectors, and the same for names that were made or taken
 * away.
 */
#ifndef TOUCHLINE_TESTS_POWER_DISK_H
#define TOUCHLINE_TESTS_POWER_DISK_H

#include <stdbool.h>
#include <stdint.h>

enum power_lie {
    POWER_HONEST,
    POWER_NO_SYNC,       /* as with synchronous=OFF: nothing is ever made certain */
    POWER_NO_FOLDER_SYNC /* as with synchronous=FULL: a deleted journal may come back */
};

/* Begins with the file at `path` as it is, certain. `at_call` is called before each call that
 * changes something. One disk at a time. */
void power_disk_begin(const char *path, enum power_lie lie, void (*at_call)(void *data),
                      void *data);
void power_disk_end(void);

/* The name for store_options.vfs. */
const char *power_disk_vfs(void);

/* Writes what a cut would leave now under another path (and that with "-journal"); the seed moves
 * on. */
void power_disk_cut(const char *path, uint64_t *seed);

#endif
