#include "board.h"
#include "boards.h"
#include "failing_calls.h"
#include "fault.h"
#include "skip.h"
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

/* The disk is full, or broken, while somebody writes: the notice stays until a save works, what was
 * typed stays, and nothing that was said to be saved is lost. */

static const char taxi[] = "# Before\nBooks the cab @p\n# Ride\nGets in @i\nPays @i\n";

static int64_t count_of(const char *path, const char *title)
{
    char sql[100];
    (void)snprintf(sql, sizeof sql, "SELECT count(*) FROM item WHERE title = '%s'", title);
    return board_sql_number(path, sql);
}

static void assert_sound(const char *path)
{
    struct store *store = board_open(path, "Ana");
    board_assert_sound(store);
    store_close(store);
}

/* --- at every write --------------------------------------------------------------------------- */

struct ill {
    struct screen *screen;
    struct failing *failing;
    long refused;     /* saves that failed */
    long unconfirmed; /* that came into the file, the last sync failing */
};

static int run_screen(void *data)
{
    const struct ill *ill = data;
    failing_enter(ill->failing);
    execl(TOUCHLINE_PROGRAM, "touchline", ill->screen->path, (char *)NULL);
    return 127;
}

static void open_ill(struct ill *ill)
{
    struct screen *screen = ill->screen;
    board_make(screen->path, taxi);
    screen->pty = pty_start_function(&screen->options, run_screen, ill);
    pty_settle(screen->pty);
}

/* It is told, also after other keys, and the line stands there still. */
static void assert_refused(struct ill *ill, const char *title, int error)
{
    char line[40];
    struct screen *screen = ill->screen;
    const char *says = error == ENOSPC ? "No room left on the disk; make ro" : "ould not ";
    (void)snprintf(line, sizeof line, "> %s", title);
    assert_shows(screen, line);
    assert_says(screen, says);
    screen_keys(screen, "Esc h l");
    assert_says(screen, says);
    screen_keys(screen, "A");
    assert_shows(screen, line);
    ill->refused++;
}

/* What came into the file is there to be seen and not in the line, so that Enter again adds no
 * double; that the disk did not confirm it stands until it does. */
static void assert_unconfirmed(struct ill *ill, const char *title)
{
    static const char says[] = "This is in the file, but the disk did not confirm";
    struct screen *screen = ill->screen;
    screen_keys(screen, "Enter");
    assert_says(screen, says);
    assert_int_equal(count_of(screen->path, title), 1);
    screen_keys(screen, "Esc h l");
    assert_says(screen, says);
    screen_keys(screen, "C-s");
    assert_says(screen, says);
    failing_plan(ill->failing, 0, -1, false, 0);
    screen_keys(screen, "C-s");
    assert_says(screen, "Everything is saved.");
    screen_keys(screen, "h l");
    assert_hides(screen, "did not confirm");
    screen_keys(screen, "A");
    ill->unconfirmed++;
}

/* Writes a moment while changing call `n` from now on fails for good. Whether it came to it. */
static bool write_at(struct ill *ill, long n, int error)
{
    enum { CHANGING = FAILING_ALL & ~FAILING_READ & ~FAILING_CLOSE & ~FAILING_OUTPUT };
    char title[32];
    struct screen *screen = ill->screen;
    (void)snprintf(title, sizeof title, "Calls %s %ld", error == ENOSPC ? "full" : "ill", n);
    screen_keys(screen, "A");
    screen_type(screen, title);
    failing_plan(ill->failing, CHANGING, n, true, error);
    screen_type(screen, "\r");
    bool reached = ill->failing->failed != 0;
    if (pty_find(screen->pty, "> Calls", NULL, NULL))
        assert_refused(ill, title, error);
    else if (pty_find(screen->pty, "This is in the file", NULL, NULL))
        assert_unconfirmed(ill, title);
    failing_plan(ill->failing, 0, -1, false, 0);
    screen_keys(screen, "Enter"); /* once more, or an empty line */
    assert_int_equal(count_of(screen->path, title), 1);
    screen_keys(screen, "Esc h l"); /* a save that works ends what stood there */
    assert_hides(screen, "No room");
    assert_hides(screen, "ould not ");
    return reached;
}

static void at_every_write_the_notice_stays_until_a_save_works(void **state)
{
    static const int errors[] = {ENOSPC, EIO};
    long step = fault_times(3, 1);
    struct ill ill = {.screen = *state, .failing = failing_new()};
    if (!ill.failing)
        skip_because("system calls cannot be failed here (seccomp of Linux 5.5)");
    open_ill(&ill);
    for (int i = 0; i < 2; i++)
        for (long n = i; write_at(&ill, n, errors[i]);)
            n += step;
    assert_true(ill.refused > 10);
    assert_true(ill.unconfirmed > 0);
    screen_quit(ill.screen);
    assert_sound(ill.screen->path);
    fault_figure("disk full or broken at each of %ld writes: 0 lost, each told until a save worked",
                 ill.refused);
    failing_free(ill.failing);
}

/* --- a disk that is full ---------------------------------------------------------------------- */

/* A disk of 256 kB that only this process sees, and that is gone with it. */
static bool mount_little_disk(const char *folder)
{
    return unshare(CLONE_NEWNS) == 0 && mount(NULL, "/", NULL, MS_REC | MS_PRIVATE, NULL) == 0 &&
           mount("little", folder, "tmpfs", 0, "size=256k") == 0;
}

static void fill_up(const char *path)
{
    static const char block[4096];
    int file = open(path, O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
    assert_true(file >= 0);
    while (write(file, block, sizeof block) > 0)
        ;
    assert_int_equal(errno, ENOSPC);
    (void)close(file);
}

static void on_a_full_disk_nothing_is_lost(void **state)
{
    struct screen *screen = *state;
    struct fixture *fixture = screen->fixture;
    const char *folder = fixture_path(fixture, "little");
    screen->path = fixture_path(fixture, "little/cab.touchline");
    const char *ballast = fixture_path(fixture, "little/ballast");
    assert_int_equal(mkdir(folder, 0700), 0);
    if (!mount_little_disk(folder))
        skip_because("needs root, to mount a disk that is soon full");
    screen_open(screen, taxi);
    fill_up(ballast);
    screen_keys(screen, "A");
    screen_type(screen, "Calls\r");
    assert_shows(screen, "> Calls");
    screen_keys(screen, "Esc h l");
    assert_says(screen, "No room left on the disk");
    assert_int_equal(count_of(screen->path, "Calls"), 0);
    assert_int_equal(unlink(ballast), 0);
    screen_keys(screen, "A Enter");
    assert_int_equal(count_of(screen->path, "Calls"), 1);
    screen_keys(screen, "Esc h l");
    assert_hides(screen, "No room left");
    screen_quit(screen);
    assert_sound(screen->path);
    assert_int_equal(umount(folder), 0);
}

int main(void)
{
#define SCREEN(name) cmocka_unit_test_setup_teardown(name, screen_setup, screen_teardown)
    const struct CMUnitTest tests[] = {
        SCREEN(at_every_write_the_notice_stays_until_a_save_works),
        SCREEN(on_a_full_disk_nothing_is_lost),
    };
    return cmocka_run_group_tests_name("disk_full", tests, NULL, NULL);
}
