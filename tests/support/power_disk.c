#include "power_disk.h"
#include "random.h"
#include "shim_vfs.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <assert.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { SECTOR = 512 };

/* A write or a truncation that is in the cache. */
struct pending {
    struct pending *next;
    bool truncates;
    size_t offset, length;
    unsigned char bytes[];
};

/* The content of a file: what is certain, and what comes on top of it. */
struct node {
    struct buffer certain;
    struct pending *first, *last;
    bool listed; /* its name was synced with it once: SQLite syncs the folder with a new journal */
};

/* A name: the content that it has, and the one that the folder on the medium gives it. */
struct name {
    const char *suffix; /* "" or "-journal" */
    struct node *now, *certain;
};

static struct {
    char *path;
    enum power_lie lie;
    void (*at_call)(void *data);
    void *data;
    struct name names[2];
    bool busy; /* looking at a cut: calls are not the session's */
} disk;

/* --- content ---------------------------------------------------------------------------------- */

static void drop_pending(struct node *node)
{
    while (node->first) {
        struct pending *next = node->first->next;
        memory_free(node->first);
        node->first = next;
    }
    node->last = NULL;
}

static void node_free(struct node *node)
{
    if (!node)
        return;
    drop_pending(node);
    buffer_release(&node->certain);
    memory_free(node);
}

static void grow(struct buffer *image, size_t length)
{
    while (image->length < length)
        buffer_add_byte(image, '\0');
}

static void put(struct buffer *image, size_t offset, const unsigned char *bytes, size_t length)
{
    grow(image, offset + length);
    memcpy(image->bytes + offset, bytes, length);
}

/* The whole of a write, or a choice of its sectors. */
static void apply(struct buffer *image, const struct pending *one, bool whole, uint64_t *seed)
{
    if (one->truncates) {
        if (one->offset < image->length)
            buffer_cut(image, one->offset);
        return;
    }
    for (size_t at = one->offset, end = one->offset + one->length; at < end;) {
        size_t next = (at / SECTOR + 1) * SECTOR;
        next = next < end ? next : end;
        if (whole || random_below(seed, 2))
            put(image, at, one->bytes + (at - one->offset), next - at);
        at = next;
    }
}

static void make_certain(struct node *node)
{
    uint64_t unused = 1; /* of what is applied whole nothing is left to chance */
    for (const struct pending *one = node->first; one; one = one->next)
        apply(&node->certain, one, true, &unused);
    drop_pending(node);
    node->listed = true;
}

static void add_pending(struct node *node, bool truncates, int64_t offset, const void *bytes,
                        int length)
{
    struct pending *one = memory_new(1, sizeof *one + (size_t)length);
    one->truncates = truncates;
    one->offset = (size_t)offset;
    one->length = (size_t)length;
    if (length > 0)
        memcpy(one->bytes, bytes, (size_t)length);
    if (node->last)
        node->last->next = one;
    else
        node->first = one;
    node->last = one;
}

/* --- names ------------------------------------------------------------------------------------ */

static struct name *name_of(const char *path)
{
    size_t length = strlen(disk.path);
    if (!path || strncmp(path, disk.path, length) != 0)
        return NULL;
    for (size_t i = 0; i < 2; i++)
        if (strcmp(path + length, disk.names[i].suffix) == 0)
            return &disk.names[i];
    return NULL;
}

static void sync_folder(void)
{
    for (size_t i = 0; i < 2; i++) {
        struct name *name = &disk.names[i];
        if (name->certain != name->now)
            node_free(name->certain);
        name->certain = name->now;
    }
}

/* A name that goes while the medium still has it keeps what it was for a cut that undoes that. */
static void give(struct name *name, struct node *node)
{
    if (name->now && name->now != name->certain)
        node_free(name->now);
    name->now = node;
}

/* --- calls ------------------------------------------------------------------------------------ */

static int before(void *data, struct shim_call *call)
{
    (void)data;
    if (disk.busy || !name_of(call->path))
        return SQLITE_OK;
    if (call->what != SHIM_OPEN) {
        disk.busy = true;
        disk.at_call(disk.data);
        disk.busy = false;
    }
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
}

/* Syncs are left out by the system and made here. */
static int before_and_sync(void *data, struct shim_call *call)
{
    int rc = before(data, call);
    struct name *name = rc == SHIM_LEAVE_OUT ? name_of(call->path) : NULL;
    if (!name || disk.lie == POWER_NO_SYNC)
        return rc;
    bool listed = name->now->listed;
    make_certain(name->now);
    if (!listed)
        sync_folder();
    return rc;
}

static int after(void *data, const struct shim_call *call)
{
    struct name *name = disk.busy ? NULL : name_of(call->path);
    (void)data;
    if (!name)
        return SQLITE_OK;
    if (call->what == SHIM_OPEN && !name->now && call->created)
        give(name, memory_new(1, sizeof(struct node)));
    else if (call->what == SHIM_WRITE)
        add_pending(name->now, false, call->offset, call->bytes, call->length);
    else if (call->what == SHIM_TRUNCATE)
        add_pending(name->now, true, call->offset, NULL, 0);
    else if (call->what == SHIM_DELETE) {
        give(name, NULL);
        if (call->sync_folder && disk.lie == POWER_HONEST)
            sync_folder();
    }
    return SQLITE_OK;
}

static const struct shim shim = {
    .name = "touchline-power", .before = before_and_sync, .after = after};

const char *power_disk_vfs(void)
{
    return shim.name;
}

static void read_file(const char *path, struct buffer *out)
{
    char bytes[4096];
    FILE *file = fopen(path, "r");
    assert(file);
    for (size_t count; (count = fread(bytes, 1, sizeof bytes, file)) > 0;)
        buffer_add(out, bytes, count);
    (void)fclose(file);
}

void power_disk_begin(const char *path, enum power_lie lie, void (*at_call)(void *data), void *data)
{
    memset(&disk, 0, sizeof disk);
    disk.path = memory_copy(path);
    disk.lie = lie;
    disk.at_call = at_call;
    disk.data = data;
    disk.names[0].suffix = "";
    disk.names[1].suffix = "-journal";
    struct node *board = memory_new(1, sizeof *board);
    read_file(path, &board->certain);
    board->listed = true;
    disk.names[0].now = disk.names[0].certain = board;
    shim_register(&shim);
}

void power_disk_end(void)
{
    shim_unregister(&shim);
    for (size_t i = 0; i < 2; i++) {
        if (disk.names[i].certain != disk.names[i].now)
            node_free(disk.names[i].certain);
        node_free(disk.names[i].now);
    }
    memory_free(disk.path);
    memset(&disk, 0, sizeof disk);
}

/* --- a cut ------------------------------------------------------------------------------------ */

enum cut { CUT_NOTHING, CUT_ALL, CUT_SOME, CUT_SOME_MORE, CUTS };

static void write_file(const char *path, const struct buffer *content)
{
    FILE *file = fopen(path, "w");
    assert(file);
    if (content->length > 0 && fwrite(content->bytes, 1, content->length, file) != content->length)
        abort();
    (void)fclose(file);
}

static void leave(const char *path, const struct node *node, enum cut cut, uint64_t *seed)
{
    struct buffer image = {0};
    buffer_add(&image, buffer_text(&node->certain), node->certain.length);
    for (const struct pending *one = node->first; one && cut != CUT_NOTHING; one = one->next)
        if (cut == CUT_ALL || random_below(seed, 3) > 0)
            apply(&image, one, cut == CUT_ALL || random_below(seed, 2), seed);
    write_file(path, &image);
    buffer_release(&image);
}

void power_disk_cut(const char *path, uint64_t *seed)
{
    enum cut cut = (enum cut)random_below(seed, CUTS);
    for (size_t i = 0; i < 2; i++) {
        struct buffer left = {0};
        const struct name *name = &disk.names[i];
        bool newest = cut == CUT_ALL || (cut >= CUT_SOME && random_below(seed, 2));
        const struct node *node = newest ? name->now : name->certain;
        buffer_add_format(&left, "%s%s", path, name->suffix);
        (void)unlink(buffer_text(&left));
        if (node)
            leave(buffer_text(&left), node, cut, seed);
        buffer_release(&left);
    }
}
