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

static int spawn(const char *const argv[], const char *output, int errors, pid_t *pid)
{
    posix_spawn_file_actions_t files;
    (void)posix_spawn_file_actions_init(&files);
    (void)posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    (void)posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, output,
                                           O_WRONLY | O_CREAT | O_TRUNC, 0600);
    (void)posix_spawn_file_actions_adddup2(&files, errors, STDERR_FILENO);
    int failure = posix_spawnp(pid, argv[0], &files, NULL, (char *const *)argv, environ);
    (void)posix_spawn_file_actions_destroy(&files);
    return failure;
}

/* With the first line that it said. */
static enum status tell_failure(const char *program, FILE *errors, struct error *error)
{
    char line[256] = "nothing said";
    rewind(errors);
    if (fgets(line, sizeof line, errors) != NULL)
        line[strcspn(line, "\n")] = '\0';
    return error_set(error, STATUS_FAILED, "%s failed: %s", program, line);
}

static enum status run(const char *const argv[], const char *output, FILE *errors,
                       struct error *error)
{
    pid_t pid;
    int how = 0;
    if (spawn(argv, output, fileno(errors), &pid) != 0)
        return error_set(error, STATUS_FAILED, "%s cannot be started", argv[0]);
    if (waitpid(pid, &how, 0) != pid || !WIFEXITED(how) || WEXITSTATUS(how) != 0)
        return tell_failure(argv[0], errors, error);
    return STATUS_OK;
}

enum status process_time(const char *const argv[], const char *output, double *seconds,
                         struct error *error)
{
    FILE *errors = tmpfile();
    if (errors == NULL)
        return error_set(error, STATUS_FAILED, "no temporary file");
    double start = now();
    enum status status = run(argv, output, errors, error);
    *seconds = now() - start;
    (void)fclose(errors);
    return status;
}

/* --- what the system tells -------------------------------------------------------------------- */

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
