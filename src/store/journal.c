/* The journal beside a board. SQLite plays back whatever lies there under the right name: that of
 * another board, or one left from before a backup was put in the board's place, overwrites a sound
 * board with pieces of something else. So a journal is tried on a copy first. */
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
    int fd = open(journal, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool dead = fd >= 0 && read(fd, &first, 1) >= 0 && first == 0;
    if (fd >= 0)
        close(fd);
    return dead;
}

/* Whoever is about to write has this byte locked (sqlite.org/lockingv3.html): then it is the
 * journal of an edit that goes on. */
static bool is_being_written(const char *path)
{
    struct flock lock = {
        .l_type = F_WRLCK, .l_whence = SEEK_SET, .l_start = 0x40000001, .l_len = 1};
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NONBLOCK | O_NOCTTY);
    bool locked = fd >= 0 && fcntl(fd, F_GETLK, &lock) == 0 && lock.l_type != F_UNLCK;
    if (fd >= 0)
        close(fd);
    return locked;
}

/* Where SQLite looks for it: beside the real file, whatever links lead to it. */
static bool has_one_to_play_back(const char *path)
{
    struct buffer name = {0};
    char *real = realpath(path, NULL);
    buffer_add_format(&name, "%s-journal", real ? real : path);
    bool hot = access(buffer_text(&name), F_OK) == 0 && !is_being_written(path) &&
               !journal_is_dead(buffer_text(&name));
    buffer_release(&name);
    free(real);
    return hot;
}

/* Whether what is in the file makes a board; its journal, if there is one, is played back by that.
 * One that SQLite refuses (open_file.c) does nothing. */
static bool is_sound(const char *file, const struct store *of)
{
    struct error ignored;
    struct buffer report = {0};
    struct store *copy;
    const struct store_options options = {.who = of->who, .clock = of->clock};
    bool sound = store_open_unchecked(file, of->path, &options, &copy, &ignored) == STATUS_OK &&
                 trust_check_content(copy, &ignored) == STATUS_OK;
    if (sound && (copy->older || copy->newer))
        sound = trust_quick_check(copy, &report, &ignored) == STATUS_OK && report.length == 0;
    else if (sound)
        sound = store_check(copy, &report, &ignored) == STATUS_OK;
    sound = sound || (copy->db && (sqlite3_errcode(copy->db) & 0xff) == SQLITE_PERM);
    store_close(copy);
    buffer_release(&report);
    return sound;
}

/* Without the journal first: that leaves the copy as it is. */
static bool does_harm(const char *file, const struct store *store)
{
    struct buffer journal = {0}, aside = {0};
    buffer_add_format(&journal, "%s-journal", file);
    buffer_add_format(&aside, "%s-shm", file); /* a name that is removed with the copy */
    bool harm = false;
    if (rename(buffer_text(&journal), buffer_text(&aside)) == 0) {
        bool sound = is_sound(file, store);
        bool back = rename(buffer_text(&aside), buffer_text(&journal)) == 0;
        harm = sound && back && !is_sound(file, store);
    }
    buffer_release(&journal);
    buffer_release(&aside);
    return harm;
}

static bool is_harm_done(const struct store *store)
{
    struct error ignored;
    struct buffer file = {0};
    const struct store_options options = {.who = store->who, .clock = store->clock};
    struct store *copy = store_allocate(store->path, &options);
    bool harm = private_copy_make(copy, "", &file, &ignored) == STATUS_OK &&
                does_harm(buffer_text(&file), store);
    store_close(copy);
    buffer_release(&file);
    return harm;
}

/* More than once, since the copy is made without a lock: others may be at the board meanwhile. */
enum status journal_check(const struct store *store, struct error *error)
{
    enum { TRIES = 3 };
    for (int tries = 0; tries < TRIES; tries++)
        if (!has_one_to_play_back(store->path) || !is_harm_done(store))
            return STATUS_OK;
    return error_set(error, STATUS_BAD_DATA,
                     "%s: the journal beside it is of something else and would damage it; nothing "
                     "was done: move '%s-journal' away, then open it again",
                     store->path, store->path);
}
