/* The program on its terminal: started, under a shell's job control if asked for, and ended. */
#include "pty_inside.h"
#include <errno.h>
#include <fcntl.h>
#ifdef __APPLE__
#include <util.h>
#else
#include <pty.h>
#endif
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/wait.h>
#include <unistd.h>
#ifdef __linux__
#include <sys/prctl.h>
#endif

struct task {
    const char *const *argv;
    int (*run)(void *data);
    void *data;
    int tell; /* where a job's shell writes the program's process id; closed once that runs */
};

/* --- in the child ----------------------------------------------------------------------------- */

static void set_or_unset(const char *assignment)
{
    const char *equals = strchr(assignment, '=');
    if (equals == NULL) {
        unsetenv(assignment);
        return;
    }
    char *name = strndup(assignment, (size_t)(equals - assignment));
    setenv(name, equals + 1, 1);
    free(name);
}

static void set_folder(const char *variable, const char *home, const char *below)
{
    struct buffer path = {0};
    buffer_add_format(&path, "%s%s", home, below);
    setenv(variable, buffer_text(&path), 1);
    buffer_release(&path);
}

/* Nothing of the machine's own settings reaches the program. */
static void set_environment(const struct pty *pty)
{
    static const char *const unwanted[] = {
        "LINES",     "COLUMNS",   "NO_COLOR",       "CLICOLOR_FORCE",
        "COLORFGBG", "COLORTERM", "SSH_CONNECTION", "SSH_TTY",
        "VISUAL",    "EDITOR",    "TMUX",           "LANG",
        "ENV",       NULL,
    };
    const char *home = pty_home(pty), *term = pty->options.term;
    for (size_t i = 0; unwanted[i] != NULL; i++)
        unsetenv(unwanted[i]);
    setenv("LC_ALL", pty->options.locale != NULL ? pty->options.locale : "C.UTF-8", 1);
    setenv("TERM", term != NULL ? term : "xterm-256color", 1);
    if (term != NULL && term[0] == '\0')
        unsetenv("TERM");
    set_folder("HOME", home, "");
    set_folder("XDG_CONFIG_HOME", home, "/.config");
    set_folder("XDG_DATA_HOME", home, "/.local/share");
    set_folder("XDG_STATE_HOME", home, "/.local/state");
    set_folder("XDG_CACHE_HOME", home, "/.cache");
    setenv("TOUCHLINE_NAME", "Tester", 1);
    setenv("TZ", "UTC", 1);
    for (size_t i = 0; pty->options.environment != NULL && pty->options.environment[i] != NULL; i++)
        set_or_unset(pty->options.environment[i]);
}

static void reset_signals(void)
{
    sigset_t none;
    sigemptyset(&none);
    for (int number = 1; number < NSIG; number++)
        (void)signal(number, SIG_DFL);
    sigprocmask(SIG_SETMASK, &none, NULL);
#ifdef __linux__
    prctl(PR_SET_PDEATHSIG, SIGKILL);
#endif
}

static _Noreturn void become(const struct task *task)
{
    if (task->run != NULL) {
        (void)close(task->tell);
        exit(task->run(task->data));
    }
    execvp(task->argv[0], (char *const *)task->argv);
    perror(task->argv[0]);
    _exit(127);
}

/* Gives the terminal to a process group. */
static void hand_over(pid_t group)
{
    (void)signal(SIGTTOU, SIG_IGN);
    (void)tcsetpgrp(STDIN_FILENO, group);
    (void)signal(SIGTTOU, SIG_DFL);
}

/* Until "fg" and Enter. */
static void read_command(void)
{
    char line[64] = "";
    static const char words[] = "\r\n[stopped]\r\n";
    if (write(STDOUT_FILENO, words, sizeof words - 1) < 0)
        _exit(1);
    while (strncmp(line, "fg", 2) != 0) {
        ssize_t count = read(STDIN_FILENO, line, sizeof line - 1);
        if (count <= 0)
            _exit(1);
        line[count] = '\0';
    }
}

/* Waits for the program as a shell does for its job in the foreground. */
static _Noreturn void look_after(pid_t program)
{
    int how = 0;
    while (waitpid(program, &how, WUNTRACED) == program) {
        if (WIFEXITED(how))
            _exit(WEXITSTATUS(how));
        if (WIFSIGNALED(how))
            _exit(128 + WTERMSIG(how));
        hand_over(getpgrp());
        read_command();
        hand_over(program);
        (void)kill(-program, SIGCONT);
    }
    _exit(1);
}

static _Noreturn void be_shell(const struct task *task)
{
    pid_t program = fork();
    if (program == 0) {
        reset_signals();
        (void)setpgid(0, 0);
        hand_over(getpid());
        become(task);
    }
    (void)setpgid(program, program);
    if (write(task->tell, &program, sizeof program) != sizeof program)
        _exit(1);
    look_after(program);
}

static _Noreturn void be_child(const struct pty *pty, const struct task *task,
                               const struct pty *living)
{
    /* A master held open here would keep another program's line from dropping. */
    for (; living != NULL; living = living->next)
        if (living->master >= 0)
            (void)close(living->master);
    reset_signals();
    if (pty->options.deaf)
        (void)signal(SIGHUP, SIG_IGN);
    set_environment(pty);
    if (chdir(pty_home(pty)) != 0)
        _exit(127);
    if (pty->options.job)
        be_shell(task);
    become(task);
}

/* --- in the test ------------------------------------------------------------------------------ */

static _Noreturn void give_up(const char *what)
{
    perror(what);
    abort();
}

void pty_process_start(struct pty *pty, const char *const argv[], int (*run)(void *data),
                       void *data, const struct pty *living)
{
    int told[2];
    struct winsize size = {.ws_row = (unsigned short)pty->rows,
                           .ws_col = (unsigned short)pty->columns};
    if (pipe(told) != 0)
        give_up("pipe");
    (void)fcntl(told[0], F_SETFD, FD_CLOEXEC);
    (void)fcntl(told[1], F_SETFD, FD_CLOEXEC);
    struct task task = {.argv = argv, .run = run, .data = data, .tell = told[1]};
    (void)fflush(NULL);
    pty->child = forkpty(&pty->master, NULL, NULL, &size);
    if (pty->child < 0)
        give_up("forkpty");
    if (pty->child == 0)
        be_child(pty, &task, living);
    (void)close(told[1]);
    pty->program = pty->child;
    if (read(told[0], &pty->program, sizeof pty->program) < 0)
        give_up("pipe");
    (void)close(told[0]);
    (void)fcntl(pty->master, F_SETFD, FD_CLOEXEC);
    (void)fcntl(pty->master, F_SETFL, O_NONBLOCK);
}

bool pty_process_ended(struct pty *pty)
{
    if (!pty->reaped)
        pty->reaped = wait4(pty->child, &pty->how_ended, WNOHANG, &pty->usage) == pty->child;
    return pty->reaped;
}

static long ms_of(struct timeval time)
{
    return (long)time.tv_sec * 1000 + (long)time.tv_usec / 1000;
}

long pty_used_ms(const struct pty *pty)
{
    return ms_of(pty->usage.ru_utime) + ms_of(pty->usage.ru_stime);
}

/* The program first: a job's shell would only see its own end. */
void pty_process_end(struct pty *pty)
{
    if (!pty_process_ended(pty)) {
        if (pty->program != pty->child)
            (void)kill(pty->program, SIGKILL);
        (void)kill(pty->child, SIGKILL);
        (void)waitpid(pty->child, &pty->how_ended, 0);
        pty->reaped = true;
    }
    if (pty->master >= 0)
        (void)close(pty->master);
    pty->master = -1;
}
