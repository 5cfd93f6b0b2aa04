#include "read_all.h"
#include "boards.h"
#include "touchline/command.h"
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { SECONDS_MOST = 60 };

/* A failure has words, in one line. */
static void judge(struct read_all *found, const char *what, enum status status,
                  const struct error *error)
{
    bool clear = error->status == status && strlen(error->text) > 10 && !strchr(error->text, '\n');
    if (status != STATUS_OK && !clear)
        (void)snprintf(found->unclear, sizeof found->unclear, "%s: status %d, \"%.120s\"", what,
                       (int)status, error->text);
}

/* What reads a board in the shell. */
static const char *const lines[] = {
    "list",
    "list --json",
    "show",
    "show --json",
    "show 2",
    "actions",
    "actions --by owner",
    "wave",
    "due",
    "ledger",
    "poll",
    "reviews",
    "review",
    "handout --for Ana",
    "channels",
    "person",
    "board",
    "history --changes",
    "check",
    "export",
};

static void run_line(struct store *store, const char *line, FILE *nowhere, struct read_all *found)
{
    struct error error = {.status = STATUS_OK};
    struct command_words words = {0};
    const struct command *command = NULL;
    struct call call = {.store = store, .out = nowhere, .today = {2026, 11, 21}};
    enum status status = command_read_line(line, &words, &command, &call, &error);
    if (status == STATUS_OK)
        status = command_run(command, &call, &error);
    judge(found, line, status, &error);
    call_release(&call);
    command_words_release(&words);
}

static void run_lines(struct store *store, struct read_all *found)
{
    FILE *nowhere = fopen("/dev/null", "w");
    for (size_t i = 0; nowhere && i < sizeof lines / sizeof *lines; i++)
        run_line(store, lines[i], nowhere, found);
    if (nowhere)
        (void)fclose(nowhere);
}

static void look(struct store *store, struct read_all *found)
{
    struct error error = {.status = STATUS_OK};
    struct window window = {0};
    struct strip strip = {0};
    struct store *past = NULL;
    const struct date today = {2026, 11, 21};
    int64_t first, last, weakest;
    judge(found, "window", store_window(store, 0, 2, 9, NULL, today, &window, &error), &error);
    judge(found, "strip", store_strip(store, NULL, 80, &strip, &error), &error);
    judge(found, "marks", store_marks(store, &first, &last, &weakest, &error), &error);
    judge(found, "past", store_open_past(store, 3, &past, &error), &error);
    store_close(past);
    window_release(&window);
    strip_release(&strip);
}

static void check(struct store *store, struct read_all *found)
{
    struct error error = {.status = STATUS_OK};
    struct buffer report = {0};
    enum status status = store_check(store, &report, &error);
    judge(found, "check", status, &error);
    found->sound = status == STATUS_OK;
    if (status == STATUS_BAD_DATA && report.length == 0)
        (void)snprintf(found->unclear, sizeof found->unclear, "check: damage without a line");
    (void)snprintf(found->said, sizeof found->said, "%.500s", buffer_text(&report));
    buffer_release(&report);
}

static void open_and_read(const char *path, struct read_all *found)
{
    struct error error = {.status = STATUS_OK};
    struct store *store;
    const struct store_options options = board_options("Ben");
    enum status status = store_open(path, &options, &store, &error);
    judge(found, "open", status, &error);
    (void)snprintf(found->said, sizeof found->said, "%s", error.text);
    found->opened = status == STATUS_OK;
    if (!store)
        return;
    run_lines(store, found);
    look(store, found);
    check(store, found);
    store_close(store);
}

static void salvage(const char *path, const char *to, struct read_all *found)
{
    struct error error = {.status = STATUS_OK};
    struct buffer report = {0};
    const struct store_options options = board_options("Ben");
    enum status status = store_salvage(path, to, &options, &report, &error);
    judge(found, "salvage", status, &error);
    found->salvaged = status == STATUS_OK;
    found->doubtful = strstr(buffer_text(&report), "Doubtful: ") != NULL;
    if (status != STATUS_OK && status != STATUS_BAD_DATA)
        (void)snprintf(found->unclear, sizeof found->unclear, "salvage: %.150s", error.text);
    (void)snprintf(found->report, sizeof found->report, "%.500s", buffer_text(&report));
    buffer_release(&report);
}

static void read_in_child(const char *path, const char *to, struct read_all *found)
{
    struct rusage used;
    int status;
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        (void)alarm(SECONDS_MOST);
        open_and_read(path, found);
        salvage(path, to, found);
        _exit(0);
    }
    assert_int_equal(wait4(child, &status, 0, &used), child);
    found->lived = WIFEXITED(status) && WEXITSTATUS(status) == 0;
    found->peak_kb = used.ru_maxrss;
}

struct read_all read_all(const char *path, const char *to)
{
    struct read_all *shared =
        mmap(NULL, sizeof *shared, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(shared != MAP_FAILED);
    *shared = (struct read_all){.lived = false};
    read_in_child(path, to, shared);
    const struct read_all found = *shared;
    (void)munmap(shared, sizeof *shared);
    return found;
}

void read_all_assert_clear(const struct read_all *found, const char *what)
{
    if (!found->lived || found->unclear[0])
        fail_msg("%s: %s, \"%s\"", what, found->lived ? "it lived" : "it crashed or hung",
                 found->unclear);
}
