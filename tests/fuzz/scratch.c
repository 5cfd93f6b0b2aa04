#include "scratch.h"
#include "fuzz.h"
#include "touchline/edit.h"
#include "touchline/vote.h"
#include <dirent.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static struct {
    char folder[64];
    char path[384];  /* scratch_path()'s */
    int own, before; /* the folder, and the one to come back to, opened */
    pid_t maker;
    unsigned char *sound;
    size_t size;
} made;

/* --- the folder ------------------------------------------------------------------------------- */

static void clean_up(void)
{
    if (getpid() != made.maker)
        return;
    scratch_clear();
    (void)rmdir(made.folder);
    free(made.sound);
}

void scratch_make(void)
{
    const char *where = getenv("FUZZ_SCRATCH");
    where = where ? where : access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    check(snprintf(made.folder, sizeof made.folder, "%.32s/touchline-fuzz-XXXXXX", where) > 0);
    check(mkdtemp(made.folder) != NULL);
    made.own = open(made.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    made.before = open(".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check(made.own >= 0 && made.before >= 0);
    made.maker = getpid();
    setenv("HOME", made.folder, 1);
    setenv("TMPDIR", made.folder, 1);
    atexit(clean_up);
}

const char *scratch_path(const char *name)
{
    snprintf(made.path, sizeof made.path, "%s/%.255s", made.folder, name);
    return made.path;
}

/* Files, and folders with files in them (an editor's, a state folder). */
static void remove_all_in(int folder, int depth)
{
    DIR *listing = fdopendir(folder);
    check(listing != NULL);
    for (struct dirent *entry; (entry = readdir(listing)) != NULL;) {
        const char *name = entry->d_name;
        if (strcmp(name, ".") == 0 || strcmp(name, "..") == 0)
            continue;
        if (unlinkat(folder, name, 0) == 0)
            continue;
        int inner = openat(folder, name, O_RDONLY | O_DIRECTORY | O_NOFOLLOW | O_CLOEXEC);
        check(inner >= 0 && depth < 4);
        remove_all_in(inner, depth + 1);
        check(unlinkat(folder, name, AT_REMOVEDIR) == 0);
    }
    closedir(listing);
}

void scratch_clear(void)
{
    int folder = open(made.folder, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
    check(folder >= 0);
    remove_all_in(folder, 0);
}

void scratch_enter(void)
{
    check(fchdir(made.own) == 0);
}

void scratch_leave(void)
{
    check(fchdir(made.before) == 0);
}

void scratch_write(const char *name, const void *bytes, size_t length)
{
    FILE *file = fopen(scratch_path(name), "wb");
    check(file != NULL);
    check(fwrite(bytes, 1, length, file) == length);
    check(fclose(file) == 0);
}

unsigned char *scratch_read(const char *name, size_t *size)
{
    FILE *file = fopen(scratch_path(name), "rb");
    check(file != NULL);
    check(fseek(file, 0, SEEK_END) == 0);
    *size = (size_t)ftell(file);
    rewind(file);
    unsigned char *bytes = malloc(*size + 1);
    size_t got = bytes ? fread(bytes, 1, *size, file) : 0;
    (void)fclose(file);
    check(bytes != NULL && got == *size);
    return bytes;
}

/* --- the sound board -------------------------------------------------------------------------- */

static int64_t no_time(void *data)
{
    (void)data;
    return 0;
}

struct store_options scratch_options(void)
{
    return (struct store_options){.who = "fuzz", .clock = {no_time, NULL}};
}

static void add_moment(struct edit *edit, const char *title, int64_t channel)
{
    struct error error;
    struct moment moment = {0};
    struct idea idea = {0};
    struct action action = {0};
    int64_t id, other;
    record_init(RECORD_ITEM, &moment);
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(title));
    record_set(RECORD_ITEM, &moment, ITEM_NOTE, value_text("A note of its own"));
    moment.channel = channel;
    moment.rating = RATING_NEUTRAL;
    moment.chosen = 1;
    check(edit_add_moment(edit, &moment, PLACE_END, &id, &error) == STATUS_OK);
    record_init(RECORD_IDEA, &idea);
    idea.item = id;
    record_set(RECORD_IDEA, &idea, IDEA_TEXT, value_text("An idea"));
    check(edit_add(edit, RECORD_IDEA, &idea, &other, &error) == STATUS_OK);
    record_init(RECORD_ACTION, &action);
    action.item = id;
    record_set(RECORD_ACTION, &action, ACTION_TEXT, value_text("An action"));
    record_set(RECORD_ACTION, &action, ACTION_DUE, value_text("2026-12-04"));
    check(edit_add(edit, RECORD_ACTION, &action, &other, &error) == STATUS_OK);
    record_release(RECORD_ITEM, &moment);
    record_release(RECORD_IDEA, &idea);
    record_release(RECORD_ACTION, &action);
}

static void open_vote(struct store *store)
{
    struct error error;
    struct edit *edit;
    struct ballot ballot = {0};
    check(edit_begin(store, &edit, &error) == STATUS_OK);
    check(edit_open_vote(edit, VOTE_DOTS, 0, &error) == STATUS_OK);
    check(edit_commit(edit, &error, "Opened") == STATUS_OK);
    check(ballot_take(store, "Ana", NULL, true, &ballot, &error) == STATUS_OK);
    check(ballot_lay(store, &ballot, 2, 1, &error) == STATUS_OK);
    ballot_release(&ballot);
}

static void make_board(const char *path)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    int64_t phase;
    const struct store_options how = scratch_options();
    check(store_create(path, &how, &store, &error) == STATUS_OK);
    check(edit_begin(store, &edit, &error) == STATUS_OK);
    check(edit_add_phase(edit, "Before", PLACE_END, &phase, &error) == STATUS_OK);
    add_moment(edit, "Sees the rank advert", 5);
    add_moment(edit, "Books the cab by phone", 2);
    check(edit_commit(edit, &error, "Made") == STATUS_OK);
    open_vote(store);
    store_close(store);
}

const unsigned char *scratch_sound(size_t *size)
{
    if (!made.sound) {
        make_board(scratch_path("sound"));
        made.sound = scratch_read("sound", &made.size);
        (void)unlink(scratch_path("sound"));
    }
    *size = made.size;
    return made.sound;
}

void scratch_check_sound(const char *name)
{
    struct error error;
    struct store *store;
    struct buffer report = {0};
    const struct store_options how = scratch_options();
    check(store_open(scratch_path(name), &how, &store, &error) == STATUS_OK);
    check(store_check(store, &report, &error) == STATUS_OK && report.length == 0);
    store_close(store);
    buffer_release(&report);
}
