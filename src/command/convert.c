/* A picture as PDF or PNG: librsvg's own program makes it of our SVG, where there is one. It is
 * given files in a folder that nobody else can look into, and words that no shell reads. */
#include "formats.h"
#include "touchline/memory.h"
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#ifdef __APPLE__
extern char **environ; /* elsewhere <unistd.h> has it */
#endif

#define PROGRAM "rsvg-convert"

/* What a shell, too, says of a program that is not there. */
enum { NOT_FOUND = 127 };

/* Dots per inch of a PNG: twice what a screen has, so that it can be printed. */
#define DOTS "192"

struct conversion {
    const char *format;
    char *folder;
    char **words; /* of the call, ended by NULL: the program, its options, then the sheets */
    size_t count;
    char *made, *said; /* files: what it made, what it said about it */
};

static void add_word(struct conversion *it, const char *word)
{
    it->words = memory_resize(it->words, it->count + 2, sizeof *it->words);
    it->words[it->count++] = memory_copy(word);
    it->words[it->count] = NULL;
}

static char *path_in(const struct conversion *it, const char *name)
{
    struct buffer path = {0};
    buffer_add_format(&path, "%s/%s", it->folder, name);
    return buffer_take(&path);
}

static enum status fail(const char *what, struct error *error)
{
    return error_set(error, STATUS_FAILED, "%s: %s", what, error_reason(errno));
}

static enum status begin(struct conversion *it, struct error *error)
{
    const char *where = getenv("TMPDIR");
    struct buffer folder = {0};
    buffer_add_format(&folder, "%s/touchline-XXXXXX", where && *where ? where : "/tmp");
    if (!mkdtemp(folder.bytes)) {
        enum status status = fail(buffer_text(&folder), error);
        buffer_release(&folder);
        return status;
    }
    it->folder = buffer_take(&folder);
    it->made = path_in(it, "made");
    it->said = path_in(it, "said");
    const char *const words[] = {PROGRAM, "-f", it->format, "-d", DOTS, "-p", DOTS, "-o", it->made};
    for (size_t i = 0; i < sizeof words / sizeof *words; i++)
        add_word(it, words[i]);
    return STATUS_OK;
}

/* Whatever became of it, nothing is left behind. */
static void end(struct conversion *it)
{
    for (size_t i = 0; i < it->count; i++) {
        if (it->folder && strncmp(it->words[i], it->folder, strlen(it->folder)) == 0)
            (void)unlink(it->words[i]);
        memory_free(it->words[i]);
    }
    if (it->said)
        (void)unlink(it->said);
    if (it->folder)
        (void)rmdir(it->folder);
    memory_free(it->words);
    memory_free(it->folder);
    memory_free(it->made);
    memory_free(it->said);
}

/* --- the sheets ------------------------------------------------------------------------------- */

/* Opens the next file that the program is to read; its path is the last of the words. */
static enum status open_sheet(struct conversion *it, FILE **file, struct error *error)
{
    char name[32];
    (void)snprintf(name, sizeof name, "%zu.svg", it->count);
    char *path = path_in(it, name);
    add_word(it, path);
    *file = fopen(path, "wxe");
    memory_free(path);
    return *file ? STATUS_OK : fail(it->words[it->count - 1], error);
}

static enum status close_sheet(const struct conversion *it, FILE *file, enum status status,
                               struct error *error)
{
    if (fclose(file) != 0 && status == STATUS_OK)
        status = fail(it->words[it->count - 1], error);
    return status;
}

static enum status write_whole(void *data, const struct report *report,
                               const struct row_source *source, struct error *error)
{
    struct conversion *it = data;
    FILE *file;
    enum status status = open_sheet(it, &file, error);
    if (status != STATUS_OK)
        return status;
    return close_sheet(it, file, svg_write(report, file, source, error), error);
}

static enum status write_sheets(void *data, const struct report *report,
                                const struct row_source *source, struct error *error)
{
    struct conversion *it = data;
    FILE *file;
    enum status status = STATUS_OK;
    struct svg_sheets *sheets = svg_sheets_new(report, source);
    for (int64_t left = svg_sheets_count(sheets); status == STATUS_OK && left > 0; left--) {
        status = open_sheet(it, &file, error);
        if (status == STATUS_OK)
            status = close_sheet(it, file, svg_sheets_write(sheets, file, error), error);
    }
    svg_sheets_free(sheets);
    return status;
}

/* --- the program ------------------------------------------------------------------------------ */

/* Its own words go to a file. A screen's signals are not for it. */
static int start(const struct conversion *it, pid_t *child)
{
    posix_spawnattr_t attributes;
    posix_spawn_file_actions_t actions;
    sigset_t none, ignored;
    sigemptyset(&none);
    sigemptyset(&ignored);
    sigaddset(&ignored, SIGPIPE);
    sigaddset(&ignored, SIGXFSZ);
    posix_spawnattr_init(&attributes);
    posix_spawnattr_setsigmask(&attributes, &none);
    posix_spawnattr_setsigdefault(&attributes, &ignored);
    posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETSIGDEF | POSIX_SPAWN_SETSIGMASK);
    posix_spawn_file_actions_init(&actions);
    posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions, STDERR_FILENO, it->said, O_WRONLY | O_CREAT | O_EXCL,
                                     0600);
    int why = posix_spawnp(child, PROGRAM, &actions, &attributes, it->words, environ);
    posix_spawn_file_actions_destroy(&actions);
    posix_spawnattr_destroy(&attributes);
    return why;
}

/* The first line of what it said. */
static enum status tell_why(const struct conversion *it, struct error *error)
{
    char line[200] = "";
    FILE *said = fopen(it->said, "re");
    if (said) {
        if (!fgets(line, sizeof line, said))
            line[0] = '\0';
        (void)fclose(said);
    }
    line[strcspn(line, "\r\n")] = '\0';
    return error_set(error, STATUS_FAILED, PROGRAM " made no %s%s%s", it->format, *line ? ": " : "",
                     line);
}

/* On the screen it is given up when the person, or the line, is gone. */
static bool is_worth_waiting(struct call *call, int waited_ms)
{
    const struct store_options *options = &call->store_options;
    struct session *session = call->session;
    if (!session || !options->waiting)
        return true;
    session->waited_for = PROGRAM;
    bool goes_on = options->waiting(options->waiting_data, waited_ms);
    session->waited_for = NULL;
    return goes_on;
}

static pid_t wait_again(pid_t child, int *ended, int options)
{
    pid_t waited;
    do
        waited = waitpid(child, ended, options);
    while (waited < 0 && errno == EINTR);
    return waited;
}

/* A long timeline takes it minutes, and a screen must heed its keys. */
static enum status wait_for(struct call *call, pid_t child, int *ended, struct error *error)
{
    enum { LOOK_MS = 20 };
    const struct timespec pause = {0, LOOK_MS * 1000000L};
    pid_t waited;
    int waited_ms = 0;
    while ((waited = wait_again(child, ended, call->session ? WNOHANG : 0)) == 0) {
        if (!is_worth_waiting(call, waited_ms)) {
            (void)kill(child, SIGKILL);
            (void)wait_again(child, ended, 0);
            return error_set(error, STATUS_STOPPED, "stopped: nothing was written");
        }
        (void)nanosleep(&pause, NULL);
        waited_ms += LOOK_MS;
    }
    return waited < 0 ? fail(PROGRAM, error) : STATUS_OK;
}

static enum status run(struct call *call, const struct conversion *it, struct error *error)
{
    pid_t child;
    int ended = 0;
    int why = start(it, &child);
    enum status status = why == 0 ? wait_for(call, child, &ended, error) : STATUS_OK;
    if (status != STATUS_OK)
        return status;
    if (why == ENOENT || (why == 0 && WIFEXITED(ended) && WEXITSTATUS(ended) == NOT_FOUND))
        return error_set(error, STATUS_FAILED,
                         "%s needs " PROGRAM ", which is not installed: it comes with the package "
                         "librsvg2-bin (Debian), librsvg2-tools (Fedora) or librsvg",
                         it->format);
    if (why != 0)
        return error_set(error, STATUS_FAILED, PROGRAM ": %s", error_reason(why));
    return WIFEXITED(ended) && WEXITSTATUS(ended) == 0 ? STATUS_OK : tell_why(it, error);
}

static enum status hand_on(const struct conversion *it, FILE *file, struct error *error)
{
    char block[1 << 16];
    size_t got;
    FILE *made = fopen(it->made, "re");
    if (!made)
        return tell_why(it, error);
    while ((got = fread(block, 1, sizeof block, made)) > 0)
        if (fwrite(block, 1, got, file) != got)
            break;
    bool whole = !ferror(made) && !ferror(file) && feof(made);
    (void)fclose(made);
    return whole && fflush(file) == 0 ? STATUS_OK : fail("cannot write", error);
}

enum status report_convert(struct call *call, const char *format, FILE *file, struct error *error)
{
    struct conversion it = {.format = format};
    bool paged = strcmp(format, "pdf") == 0;
    enum status status = begin(&it, error);
    if (status == STATUS_OK)
        status = report_make(call, paged ? write_sheets : write_whole, &it, error);
    if (status == STATUS_OK)
        status = run(call, &it, error);
    if (status == STATUS_OK)
        status = hand_on(&it, file, error);
    end(&it);
    return status;
}
