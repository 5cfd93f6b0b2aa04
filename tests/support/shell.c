#include "shell.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include <fcntl.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static void set_path(void)
{
    struct buffer path = {0};
    const char *program = TOUCHLINE_PROGRAM;
    buffer_add(&path, program, (size_t)(strrchr(program, '/') - program));
    buffer_add_format(&path, ":%s", getenv("PATH"));
    setenv("PATH", buffer_text(&path), 1);
    buffer_release(&path);
}

/* In the child: never returns. */
static void become_shell(const struct fixture *fixture, const char *line, FILE *out, FILE *err)
{
    int nothing = open("/dev/null", O_RDONLY);
    if (chdir(fixture->folder) != 0 || dup2(nothing, 0) < 0 || dup2(fileno(out), 1) < 0 ||
        dup2(fileno(err), 2) < 0)
        _exit(126);
    (void)close(nothing);
    set_path();
    setenv("TOUCHLINE_NAME", "Tester", 1);
    execl("/bin/sh", "sh", "-c", line, (char *)NULL);
    _exit(127);
}

static char *read_all(FILE *file)
{
    struct buffer content = {0};
    char block[4096];
    size_t got;
    rewind(file);
    while ((got = fread(block, 1, sizeof block, file)) > 0)
        buffer_add(&content, block, got);
    (void)fclose(file);
    return content.bytes ? buffer_take(&content) : memory_copy("");
}

struct shell_result shell_run(struct fixture *fixture, const char *line)
{
    FILE *out = tmpfile(), *err = tmpfile();
    int status = 0;
    if (!out || !err)
        abort();
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0)
        become_shell(fixture, line, out, err);
    if (child < 0 || waitpid(child, &status, 0) != child)
        abort();
    return (struct shell_result){
        .code = WIFSIGNALED(status) ? 128 + WTERMSIG(status) : WEXITSTATUS(status),
        .out = read_all(out),
        .err = read_all(err),
    };
}

void shell_release(struct shell_result *result)
{
    memory_free(result->out);
    memory_free(result->err);
    memset(result, 0, sizeof *result);
}

static bool differs(const char *wanted, const char *got)
{
    return wanted && strcmp(wanted, got) != 0;
}

void shell_expect_at(struct fixture *fixture, const char *line, int code, const char *out,
                     const char *err, const char *file, int at)
{
    struct shell_result result = shell_run(fixture, line);
    bool failed = result.code != code || differs(out, result.out) || differs(err, result.err);
    if (failed) {
        print_error("%s\nexit status %d, wanted %d\n", line, result.code, code);
        print_error("--- out\n%s--- wanted\n%s", result.out, out ? out : "(anything)\n");
        print_error("--- err\n%s--- wanted\n%s", result.err, err ? err : "(anything)\n");
    }
    shell_release(&result);
    if (failed)
        _fail(file, at);
}
