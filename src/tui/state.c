#include "state.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* A place is a handful of numbers; a draft is a line, mostly short, at most a field of the sheet.
 */
#define STATE_BYTES (1 << 20)

bool state_file_exists(const char *path)
{
    struct stat about;
    return lstat(path, &about) == 0;
}

/* Boards are told apart by the hash of their whole path (FNV-1a): a state folder is no place to
 * keep a list of everything that a person ever opened in clear names. */
static uint64_t hash_of(const char *text)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; *text; text++)
        hash = (hash ^ (unsigned char)*text) * UINT64_C(1099511628211);
    return hash;
}

static bool file_of(const char *folder, const char *board, const char *kind, struct buffer *path)
{
    char *whole = folder ? realpath(board, NULL) : NULL;
    if (!whole)
        return false;
    buffer_add_format(path, "%s/%016llx.%s", folder, (unsigned long long)hash_of(whole), kind);
    free(whole);
    return true;
}

/* --- reading and writing a small file --------------------------------------------------------- */

/* What is no text any more (cut off, or written by others) is left away. */
static char *read_text(const char *path)
{
    struct buffer text = {0};
    char bytes[4096];
    ssize_t got = 0;
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK);
    while (fd >= 0 && text.length < STATE_BYTES && (got = read(fd, bytes, sizeof bytes)) > 0)
        buffer_add(&text, bytes, (size_t)got);
    if (fd >= 0)
        close(fd);
    size_t length = text_first_invalid(buffer_text(&text), text.length);
    char *copy = length > 0 ? memory_copy_bytes(buffer_text(&text), length) : NULL;
    buffer_release(&text);
    return copy;
}

static char *read_state(const char *folder, const char *board, const char *kind)
{
    struct buffer path = {0};
    char *text = file_of(folder, board, kind, &path) ? read_text(buffer_text(&path)) : NULL;
    buffer_release(&path);
    return text;
}

static void make_folders(const char *folder)
{
    char *copy = memory_copy(folder);
    for (char *slash = strchr(copy + 1, '/'); slash; slash = strchr(slash + 1, '/')) {
        *slash = '\0';
        (void)mkdir(copy, 0700);
        *slash = '/';
    }
    (void)mkdir(copy, 0700);
    memory_free(copy);
}

/* Another session may write the same at the same time: each has a name of its own until it is
 * whole. */
static void write_state(const char *folder, const char *board, const char *kind, const char *text)
{
    struct buffer path = {0}, temporary = {0};
    if (file_of(folder, board, kind, &path)) {
        make_folders(folder);
        buffer_add_format(&temporary, "%s.XXXXXX", buffer_text(&path));
        int fd = mkostemp(temporary.bytes, O_CLOEXEC);
        if (fd >= 0) {
            size_t length = strlen(text);
            bool whole = write(fd, text, length) == (ssize_t)length;
            if (close(fd) != 0 || !whole ||
                rename(buffer_text(&temporary), buffer_text(&path)) != 0)
                (void)unlink(buffer_text(&temporary));
        }
    }
    buffer_release(&path);
    buffer_release(&temporary);
}

/* --- the place left off ----------------------------------------------------------------------- */

void state_load_place(const char *folder, const char *board, struct session *session)
{
    char *text = read_state(folder, board, "place");
    char *at = text;
    long long selected = text ? strtoll(at, &at, 10) : 0;
    long step = text ? strtol(at, &at, 10) : -1;
    long zoom = text ? strtol(at, &at, 10) : -1;
    if (text && *at == '\n') {
        session->selected = selected > 0 ? selected : 0;
        if (step >= 0 && step < STEPS)
            session->step = (enum step)step;
        if (zoom >= 0 && zoom < ZOOMS)
            session->zoom = (enum zoom)zoom;
    }
    memory_free(text);
}

void state_save_place(const char *folder, const char *board, const struct session *session)
{
    struct buffer text = {0};
    buffer_add_format(&text, "%lld %d %d\n", (long long)session->selected, (int)session->step,
                      (int)session->zoom);
    write_state(folder, board, "place", buffer_text(&text));
    buffer_release(&text);
}

/* --- drafts ----------------------------------------------------------------------------------- */

char *state_load_draft(const char *folder, const char *board)
{
    return read_state(folder, board, "draft");
}

static void remove_own_draft(const char *folder, const char *board, const char *own)
{
    struct buffer path = {0};
    char *there = state_load_draft(folder, board);
    if (there && strcmp(there, own) == 0 && file_of(folder, board, "draft", &path))
        (void)unlink(buffer_text(&path));
    buffer_release(&path);
    memory_free(there);
}

void state_save_draft(const char *folder, const char *board, const char *text, const char *own)
{
    if (*text)
        write_state(folder, board, "draft", text);
    else
        remove_own_draft(folder, board, own);
}
