/* The power goes right after a command has said that it made a file: the file is there, and whole.
 * So what is in it is synced before it gets its name, and the folder that has the name after. */
#include "fault.h"
#include "fixture.h"
#include "touchline/buffer.h"
#include "touchline/cli.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* --- a disk that keeps only what is synced ---------------------------------------------------- */

enum { SYNCED_MOST = 64 };

/* Shared with the child that runs the command. */
static struct disk {
    struct stat synced[SYNCED_MOST]; /* files as they were when they were synced */
    int count;
    int names;     /* given in the folder where one works */
    int early;     /* those of them that a file got before it was synced */
    int uncertain; /* those that the folder on the medium does not know */
} * disk;

static bool is_working_folder(const struct stat *about)
{
    struct stat here;
    return S_ISDIR(about->st_mode) && stat(".", &here) == 0 && here.st_dev == about->st_dev &&
           here.st_ino == about->st_ino;
}

static void note_sync(int file)
{
    struct stat about;
    if (!disk || fstat(file, &about) != 0)
        return;
    if (is_working_folder(&about))
        disk->uncertain = 0;
    else if (disk->count < SYNCED_MOST)
        disk->synced[disk->count++] = about;
}

static bool is_synced(const struct stat *about)
{
    bool synced = false;
    for (int i = 0; i < disk->count; i++) {
        const struct stat *one = &disk->synced[i];
        synced |= one->st_ino == about->st_ino && one->st_size == about->st_size &&
                  one->st_mtim.tv_sec == about->st_mtim.tv_sec &&
                  one->st_mtim.tv_nsec == about->st_mtim.tv_nsec;
    }
    return synced;
}

static bool is_in_working_folder(const char *path)
{
    char folder[4096];
    struct stat about;
    const char *slash = strrchr(path, '/');
    (void)snprintf(folder, sizeof folder, "%.*s", slash ? (int)(slash - path) : 1,
                   slash ? path : ".");
    return stat(folder, &about) == 0 && is_working_folder(&about);
}

static void note_name(const char *from, const char *to)
{
    struct stat about;
    if (!disk || !is_in_working_folder(to) || stat(from, &about) != 0)
        return;
    disk->names++;
    disk->uncertain++;
    disk->early += !is_synced(&about);
}

/* --- in the place of the system's ------------------------------------------------------------- */

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name): the system's are reserved. */

int fsync(int file)
{
    note_sync(file);
    return 0;
}

int fdatasync(int file)
{
    note_sync(file);
    return 0;
}

int link(const char *from, const char *to)
{
    note_name(from, to);
    return linkat(AT_FDCWD, from, AT_FDCWD, to, 0);
}

int rename(const char *from, const char *to)
{
    note_name(from, to);
    return renameat(AT_FDCWD, from, AT_FDCWD, to);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name) */

/* --- every command that makes a file ---------------------------------------------------------- */

static int run_in(const char *folder, const char *line)
{
    char words[200], *argv[12] = {(char *)"touchline"};
    int count = 1;
    if (chdir(folder) != 0)
        return 126;
    (void)snprintf(words, sizeof words, "%s", line);
    for (char *at = words; at && count < 12; at = at ? at + 1 : NULL) {
        argv[count++] = at;
        if ((at = strchr(at, ' ')))
            *at = '\0';
    }
    return cli_main(count, argv, NULL);
}

static void run(const char *folder, const char *line)
{
    int how;
    memset(disk, 0, sizeof *disk);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        _exit(run_in(folder, line));
    assert_int_equal(waitpid(child, &how, 0), child);
    if (!WIFEXITED(how) || WEXITSTATUS(how) != 0)
        fail_msg("touchline %s: does not work", line);
}

static void what_is_made_is_there_and_whole(void **state)
{
    static const char *const lines[] = {
        "new cab.touchline --sample wally-taxi", "new empty.touchline",
        "backup cab.touchline copy.touchline",   "salvage cab.touchline new.touchline",
        "export cab.touchline -o out.csv",       "export cab.touchline -o out.csv --force",
        "export cab.touchline -o out.html",      "export cab.touchline -o out.svg",
        "export cab.touchline -o out.md",
    };
    const struct fixture *fixture = *state;
    disk = mmap(NULL, sizeof *disk, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(disk != MAP_FAILED);
    for (size_t i = 0; i < sizeof lines / sizeof *lines; i++) {
        run(fixture->folder, lines[i]);
        if (disk->names == 0 || disk->early > 0 || disk->uncertain > 0)
            fail_msg("touchline %s: %d names given, %d of them to a file that was not synced, %d "
                     "not synced with their folder",
                     lines[i], disk->names, disk->early, disk->uncertain);
    }
    assert_int_equal(munmap(disk, sizeof *disk), 0);
    disk = NULL;
    fault_figure("power cut after a file was made: %zu commands, 0 files lost, 0 half",
                 sizeof lines / sizeof *lines);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test_setup_teardown(what_is_made_is_there_and_whole, fixture_setup,
                                        fixture_teardown),
    };
    return cmocka_run_group_tests_name("made_files", tests, NULL, NULL);
}
