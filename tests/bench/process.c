#include "process.h"
#include <fcntl.h>
#include <spawn.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
extern char **environ;
#endif

static double seconds_of(struct timespec time)
{
    return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

double now(void)
{
    struct timespec time;
    (void)clock_gettime(CLOCK_MONOTONIC, &time);
    return seconds_of(time);
}

static int spawn(const char *const argv[], const char *output, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    (void)posix_spawn_file_actions_init(&files);
    (void)posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    (void)posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output,
                                           O_WRONLY | O_CREAT | O_TRUNC, 0600);
    (void)posix_spawn_file_actions_addopen(&files, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
    int failure = posix_spawnp(pid, argv[0], &files, NULL, (char *const *)argv, environ);
    (void)posix_spawn_file_actions_destroy(&files);
    return failure;
}

enum status process_time(const char *const argv[], const char *output, double *seconds,
                         struct error *error)
{
    pid_t pid;
    int how = 0;
    double start = now();
    if (spawn(argv, output, &pid) != 0)
        return error_set(error, STATUS_FAILED, "%s cannot be started", argv[0]);
    if (waitpid(pid, &how, 0) != pid || !WIFEXITED(how) || WEXITSTATUS(how) != 0)
        return error_set(error, STATUS_FAILED, "%s %s failed", argv[0], argv[1]);
    *seconds = now() - start;
    return STATUS_OK;
}

/* --- what the system tells ------------------------------------------------------------------- */

#ifdef __linux__

double process_cpu(pid_t pid)
{
    clockid_t clock;
    struct timespec used = {0};
    if (clock_getcpuclockid(pid, &clock) == 0)
        (void)clock_gettime(clock, &used);
    return seconds_of(used);
}

/* What follows `name` in a line of /proc/PID/status; false when it has ended. */
static bool read_status(pid_t pid, const char *name, char *out, size_t size)
{
    char path[64], line[256];
    bool found = false;
    (void)snprintf(path, sizeof path, "/proc/%ld/status", (long)pid);
    FILE *file = fopen(path, "r");
    while (file != NULL && !found && fgets(line, sizeof line, file) != NULL)
        found = strncmp(line, name, strlen(name)) == 0;
    if (file != NULL)
        (void)fclose(file);
    (void)snprintf(out, size, "%s", found ? line + strlen(name) : "");
    return found;
}

long process_sleeps(pid_t pid)
{
    char text[64];
    return read_status(pid, "voluntary_ctxt_switches:", text, sizeof text) ? strtol(text, NULL, 10)
                                                                           : 0;
}

long process_peak(pid_t pid)
{
    char text[64];
    return read_status(pid, "VmHWM:", text, sizeof text) ? strtol(text, NULL, 10) : 0;
}

bool process_is_waiting(pid_t pid)
{
    char text[64];
    return read_status(pid, "State:\t", text, sizeof text) && text[0] == 'S';
}

#else

double process_cpu(pid_t pid)
{
    (void)pid;
    return 0;
}

long process_sleeps(pid_t pid)
{
    (void)pid;
    return 0;
}

long process_peak(pid_t pid)
{
    (void)pid;
    return 0;
}

bool process_is_waiting(pid_t pid)
{
    (void)pid;
    return true;
}

#endif
