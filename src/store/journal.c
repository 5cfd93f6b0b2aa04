/* The journal beside a board, and in WAL mode its log. SQLite plays back whatever lies there under
 * the right name: that of another board, or one left from before a backup was put in the board's
 * place, overwrites a sound board with pieces of something else. So it is tried on a copy first. */
#include "internal.h"
#include "touchline/memory.h"
#include "touchline/store.h"
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

bool journal_is_dead(const char *journal)
{
    char first = 0;
    int fd = open(journal, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK | O_NOCTTY);
    bool dead = fd >= 0 && read(fd, &first, 1) >= 0 && first == 0;
    if (fd >= 0)
        close(fd);
    return dead;
}

/* What may be played back, and the bytes that whoever uses it has locked
 * (sqlite.org/lockingv3.html): the journal of an edit that goes on, a log that is open. */
struct beside {
    const char *ending;
    off_t locked, bytes;
};

static const struct beside journal = {"-journal", 0x40000001, 1};
static const struct beside wal_log = {"-wal", 0x40000002, 510};

static bool is_in_use(const char *path, const struct beside *beside)
{
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = beside->locked, .l_len = beside->bytes};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (fd >= 0)
        close(fd);
    return locked;
}

/* Where SQLite looks for it: beside the real file, whatever links lead to it. */
static bool has_one_to_play_back(const char *path, const struct beside *beside)
{
    struct buffer name = {0};
    char *real = realpath(path, NULL);
    buffer_add_format(&name, "%s%s", real ? real : path, beside->ending);
    bool hot = access(buffer_text(&name), F_OK) == 0 && !is_in_use(path, beside) &&
               !journal_is_dead(buffer_text(&name));
    buffer_release(&name);
    free(real);
    return hot;
}

/* Opened; with all that waits to be played back in the file itself, or as it lies. */
static enum status open_tried(const char *file, const struct store *of, bool played_back,
                              struct store **copy, struct error *error)
{
    const struct store_options options = {.who = of->who, .clock = of->clock};
    enum status status = store_open_unchecked(file, of->path, &options, copy, error);
    if (status == STATUS_OK)
        status = trust_check_content(*copy, error);
    if (status != STATUS_OK || !played_back)
        return status;
    status = store_exec(*copy, "PRAGMA journal_mode=DELETE", error);
    return status == STATUS_OK ? trust_check_content(*copy, error) : status;
}

/* Whether what is in the file makes a board; its journal, if there is one, is played back by that.
 * One that SQLite refuses (open_file.c) does nothing. */
static bool is_sound(const char *file, const struct store *of, bool played_back)
{
    struct error ignored;
    struct buffer report = {0};
    struct store *copy;
    bool sound = open_tried(file, of, played_back, &copy, &ignored) == STATUS_OK;
    if (sound && (copy->older || copy->newer))
        sound = trust_quick_check(copy, &report, &ignored) == STATUS_OK && report.length == 0;
    else if (sound)
        sound = store_check(copy, &report, &ignored) == STATUS_OK;
    sound = sound || (copy->db && (sqlite3_errcode(copy->db) & 0xff) == SQLITE_PERM);
    store_close(copy);
    buffer_release(&report);
    return sound;
}

/* Without it first: that leaves the copy as it is. */
static bool does_harm(const char *file, const struct beside *beside, const struct store *store)
{
    struct buffer name = {0}, aside = {0};
    buffer_add_format(&name, "%s%s", file, beside->ending);
    buffer_add_format(&aside, "%s-aside", file);
    bool harm = false;
    if (rename(buffer_text(&name), buffer_text(&aside)) == 0) {
        bool sound = is_sound(file, store, false);
        bool back = rename(buffer_text(&aside), buffer_text(&name)) == 0;
        harm = sound && back && !is_sound(file, store, true);
    }
    buffer_release(&name);
    buffer_release(&aside);
    return harm;
}

static bool is_harm_done(const struct store *store, const struct beside *beside)
{
    struct error ignored;
    struct buffer file = {0};
    const struct store_options options = {.who = store->who, .clock = store->clock};
    struct store *copy = store_allocate(store->path, &options);
    bool harm = private_copy_make(copy, "", &file, &ignored) == STATUS_OK &&
                does_harm(buffer_text(&file), beside, store);
    store_close(copy);
    buffer_release(&file);
    return harm;
}

/* More than once, since the copy is made without a lock: others may be at the board meanwhile. */
static enum status check_beside(const struct store *store, const struct beside *beside,
                                struct error *error)
{
    enum { TRIES = 3 };
    for (int tries = 0; tries < TRIES; tries++)
        if (!has_one_to_play_back(store->path, beside) || !is_harm_done(store, beside))
            return STATUS_OK;
    return error_set(error, STATUS_BAD_DATA,
                     "%s: the journal beside it is of something else and would damage it; nothing "
                     "was done: move '%s%s' away, then open it again",
                     store->path, store->path, beside->ending);
}

enum status journal_check(const struct store *store, bool in_wal_mode, struct error *error)
{
    enum status status = check_beside(store, &journal, error);
    return status == STATUS_OK && in_wal_mode ? check_beside(store, &wal_log, error) : status;
}
