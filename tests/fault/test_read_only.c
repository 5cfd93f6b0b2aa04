#include "board.h"
#include "boards.h"
#include "every_verb.h"
#include "fault.h"
#include "skip.h"
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* A board that may not be written, for want of permission or because its medium is read-only: it
 * opens to look, and says so. Root may write everything, so somebody else is run. */

enum { NOBODY = 65534 };
enum way { FILE_OF_ROOT, FOLDER_OF_ROOT, MEDIUM, WAYS };

static void become_nobody(void)
{
    if (setgid(NOBODY) != 0 || setuid(NOBODY) != 0)
        _exit(125);
}

/* The folder as a medium of its own, seen by this process only. */
static void make_medium_read_only(const char *folder)
{
    if (unshare(CLONE_NEWNS) != 0 || mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) != 0 ||
        mount(folder, folder, NULL, MS_BIND, NULL) != 0 ||
        mount(NULL, folder, NULL, MS_BIND | MS_REMOUNT | MS_RDONLY, NULL) != 0 ||
        chdir(folder) != 0)
        _exit(125);
}

static void forbid_writing(enum way way, const char *folder, const char *board)
{
    if (chmod(folder, way == FILE_OF_ROOT ? 0777 : 0755) != 0 ||
        chmod(board, way == FILE_OF_ROOT ? 0644 : 0666) != 0)
        _exit(125);
    if (way == MEDIUM)
        make_medium_read_only(folder);
    else
        become_nobody();
}

/* Whether media can be mounted here at all, asked of a child. */
static bool may_mount(struct fixture *fixture)
{
    struct shell_result result = shell_run(
        fixture, "unshare -m sh -c 'mount --bind . . && mount -o remount,ro,bind . .' 2>/dev/null");
    bool can = result.code == 0;
    shell_release(&result);
    return can;
}

/* --- every command ---------------------------------------------------------------------------- */

struct tries {
    enum way way;
    long turn, runs, refused;
};

static void enter(void *data)
{
    const struct tries *tries = data;
    char folder[4096];
    if (!getcwd(folder, sizeof folder))
        _exit(125);
    forbid_writing(tries->way, folder, "cab.touchline");
}

/* What only looks works; what would write the board says why it does not. */
static void look(struct trial *trial, struct tries *tries)
{
    const struct shell_result *result = trial_run(trial, enter, NULL, tries);
    bool looks = !trial_changes(trial) && !strstr(trial_words(trial), "--dry-run");
    bool told = strstr(result->err, "can only be looked at: there is no permission to write");
    tries->runs++;
    tries->refused += result->code == 1 && told;
    if (looks ? result->code == 1 && told : result->code == 1 && !told)
        fail_msg("touchline %s: exit status 1, %s", trial_words(trial), result->err);
}

static void look_in_some_ways(struct trial *trial, void *data)
{
    struct tries *tries = data;
    bool all = fault_times(0, 1);
    for (int way = 0; way < WAYS; way++) {
        tries->way = (enum way)way;
        if (all || tries->turn % WAYS == way)
            look(trial, tries);
    }
    tries->turn++;
}

static void every_command_on_what_may_not_be_written(void **state)
{
    struct tries tries = {0};
    struct screen *screen = *state;
    if (geteuid() != 0 || !may_mount(screen->fixture))
        skip_because("needs root, to be somebody else and to mount a medium");
    verbs_each(look_in_some_ways, &tries);
    assert_true(tries.refused > 10);
    fault_figure("every command on a board, folder or medium that is read-only: %ld runs, %ld "
                 "refused, 0 written",
                 tries.runs, tries.refused);
}

/* --- the screen ------------------------------------------------------------------------------- */

struct visit {
    struct screen *screen;
    enum way way;
};

static int run_screen(void *data)
{
    const struct visit *visit = data;
    const char *path = visit->screen->path;
    forbid_writing(visit->way, visit->screen->fixture->folder, path);
    execl(TOUCHLINE_PROGRAM, "touchline", path, (char *)NULL);
    return 127;
}

static void assert_looks_only(struct visit *visit, const char *why)
{
    struct screen *screen = visit->screen;
    screen->pty = pty_start_function(&screen->options, run_screen, visit);
    pty_settle(screen->pty);
    assert_shows(screen, "Gets in");
    assert_shows(screen, why);
    screen_keys(screen, "l d");
    assert_says(screen, "Not changed: ");
    assert_says(screen, why);
    screen_quit(screen);
}

static void the_screen_opens_to_look(void **state)
{
    struct screen *screen = *state;
    if (geteuid() != 0 || !may_mount(screen->fixture))
        skip_because("needs root, to be somebody else and to mount a medium");
    board_make(screen->path, "# Before\nBooks the cab @p\n# Ride\nGets in @i\n");
    char *before = board_content(screen->path);
    assert_looks_only(&(struct visit){screen, FILE_OF_ROOT}, "no permission to write the file");
    assert_looks_only(&(struct visit){screen, FOLDER_OF_ROOT}, "no permission to write in its fol");
    assert_looks_only(&(struct visit){screen, MEDIUM}, "no permission to write the file");
    char *after = board_content(screen->path);
    assert_string_equal(after, before);
    memory_free(before);
    memory_free(after);
}

int main(void)
{
#define SCREEN(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        SCREEN(every_command_on_what_may_not_be_written),
        SCREEN(the_screen_opens_to_look),
    };
    if (setenv("TMPDIR", "/tmp", 1) != 0) /* where nobody can come to */
        return 1;
    return cmocka_run_group_tests_name("read_only", tests, NULL, NULL);
}
