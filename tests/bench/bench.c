/* `make bench`: the figures of speed. Each is measured in this run beside what it is compared with,
 * so that it means the same on any machine. A goal that is missed is told, and fails nothing.
 *
 * BENCH_ROUNDS (15), BENCH_ROWS (moments of the large board, 100000), BENCH_IDLE (seconds, 3) and
 * BENCH_ONLY (numbers of rows, "7,9") may be set.
 */
#include "bench.h"
#include "made_up.h"
#include "process.h"
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/utsname.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/vfs.h>
#endif

/* curses.h defines too much to be let in for one call. */
extern const char *curses_version(void);

struct subject {
    struct goal goal;
    measure *measure;
};

static const struct subject subjects[] = {
    {{"1", "first frame at 50 / bare ncurses", 2.0, 1.5}, bench_first_frame},
    {{"2", "first frame, many / 50", 1.3, 1.1}, bench_first_frame_many},
    {{"3", "peak memory, many, after a tour / bare ncurses", 3.0, 2.2}, bench_memory},
    {{"4", "bytes of a step without scrolling", 650, 450}, bench_step_bytes},
    {{"5", "bytes of 25 queued steps / 25 single ones", 0.25, 0.1}, bench_queued_bytes},
    {{"6", "processor of a step, many / bare ncurses", 4, 2}, bench_step_cpu},
    {{"7", "edit, many / bare SQLite's UPDATE", 1.5, 1.3}, bench_edit},
    {{"8", "edit to screen, many / 50", 1.3, 1.1}, bench_edit_key},
    {{"8", "move to screen, many / 50", 1.3, 1.1}, bench_move_key},
    {{"8", "jump to the end, many / 50", 1.3, 1.1}, bench_end_key},
    {{"9", "search without a hit, many / SQLite's LIKE", 1.5, 1.1}, bench_search},
    {{"10", "CSV export, many / sqlite3 -csv as stored", 0.9, 0.7}, bench_export},
    {{"10", "CSV export, many / sqlite3 -csv with names", 0.9, 0.7}, bench_export_named},
    {{"11", "CSV import, many / sqlite3 .import", 1.5, 1.0}, bench_import},
    {{"12", "bytes while idle", 0, 0}, bench_idle_bytes},
    {{"12", "wake-ups while idle", 0, 0}, bench_idle_sleeps},
    {{"13", "bytes of the first frame / cells", 1.5, 1.0}, bench_first_bytes},
};

/* --- the machine ------------------------------------------------------------------------------ */

static const char *file_system(const char *path)
{
#ifdef __linux__
    static const struct {
        unsigned long magic;
        const char *name;
    } known[] = {
        {0xEF53, "ext4"},        {0x01021994, "tmpfs"}, {0x9123683E, "btrfs"}, {0x58465342, "xfs"},
        {0x794c7630, "overlay"}, {0x6969, "nfs"},       {0xF2F52010, "f2fs"},  {0x2FC12FC1, "zfs"},
    };
    struct statfs what;
    if (statfs(path, &what) == 0)
        for (size_t i = 0; i < sizeof known / sizeof *known; i++)
            if ((unsigned long)what.f_type == known[i].magic)
                return known[i].name;
#endif
    (void)path;
    return "a file system unknown";
}

static void print_machine(const struct bench *bench)
{
    struct utsname machine;
    double load = 0;
    (void)uname(&machine);
    (void)getloadavg(&load, 1);
    (void)printf("touchline %s: %ld cores, %s %s %s, %s, SQLite %s, scratch on %s, load %.1f\n",
                 TOUCHLINE_VERSION, sysconf(_SC_NPROCESSORS_ONLN), machine.sysname, machine.release,
                 machine.machine, curses_version(), sqlite3_libversion(),
                 file_system(bench->scratch->folder), load);
    (void)printf("80x24; many = %lld moments; %d rounds; ours / theirs side by side in each\n\n",
                 (long long)bench->many, bench->rounds);
}

/* --- the run ---------------------------------------------------------------------------------- */

static int64_t setting(const char *name, int64_t least, int64_t otherwise)
{
    const char *text = getenv(name);
    int64_t value = text != NULL ? strtoll(text, NULL, 10) : otherwise;
    return value < least ? least : value;
}

/* Whether a row was asked for: BENCH_ONLY="4,13". */
static bool is_wanted(const char *row)
{
    const char *only = getenv("BENCH_ONLY");
    size_t length = strlen(row);
    for (; only != NULL && *only != '\0'; only += strcspn(only, ", ")) {
        only += strspn(only, ", ");
        if (strcspn(only, ", ") == length && strncmp(only, row, length) == 0)
            return true;
    }
    return only == NULL;
}

static void run(const struct bench *bench, const struct subject *subject)
{
    struct figure figure = {0};
    struct error error;
    if (subject->measure(bench, &figure, &error) == STATUS_OK)
        figure_print(&subject->goal, &figure);
    else
        figure_print_why_not(&subject->goal, error.text);
    figure_release(&figure);
}

/* Nothing of the user's own settings counts, and nothing is remembered from one start to the next.
 */
static void set_environment(const char *folder)
{
    static const char *const unwanted[] = {"LINES",          "COLUMNS",         "NO_COLOR",
                                           "CLICOLOR_FORCE", "COLORFGBG",       "COLORTERM",
                                           "SSH_TTY",        "SSH_CONNECTION",  "TMUX",
                                           "XDG_STATE_HOME", "XDG_CONFIG_HOME", "XDG_DATA_HOME"};
    for (size_t i = 0; i < sizeof unwanted / sizeof *unwanted; i++)
        (void)unsetenv(unwanted[i]);
    (void)setenv("HOME", folder, 1);
    (void)setenv("TERM", "xterm-256color", 1);
    (void)setenv("LC_ALL", "C.UTF-8", 1);
    (void)setenv("TOUCHLINE_NAME", "Bench", 1);
}

static enum status prepare(struct bench *bench, struct error *error)
{
    bench->few_path = fixture_path(bench->scratch, "few.touchline");
    bench->many_path = fixture_path(bench->scratch, "many.touchline");
    enum status status = made_up_board(bench->few_path, (struct made_up){.moments = FEW}, error);
    if (status == STATUS_OK)
        status = made_up_board(bench->many_path, (struct made_up){.moments = bench->many}, error);
    return status;
}

int main(void)
{
    struct error error;
    struct bench bench = {
        .rounds = (int)setting("BENCH_ROUNDS", 1, 15),
        .many = setting("BENCH_ROWS", FEW, 100000),
        .idle = (double)setting("BENCH_IDLE", 1, 3),
        .scratch = fixture_new(),
    };
    set_environment(bench.scratch->folder);
    print_machine(&bench);
    enum status status = prepare(&bench, &error);
    if (status != STATUS_OK)
        (void)fprintf(stderr, "bench: no board to measure: %s\n", error.text);
    else
        figure_print_head();
    for (size_t i = 0; status == STATUS_OK && i < sizeof subjects / sizeof *subjects; i++)
        if (is_wanted(subjects[i].goal.row))
            run(&bench, &subjects[i]);
    fixture_free(bench.scratch);
    return status_exit_code(status);
}
