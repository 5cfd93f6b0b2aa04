#include "verb.h"
#include "places.h"
#include "say.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/text.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

/* Said once, and only to people: a script waits as well. */
struct waiting {
    const struct shell *shell;
    const char *board;
    bool told;
};

static bool tell_waiting(void *data, int waited_ms)
{
    struct waiting *waiting = data;
    struct buffer line = {0};
    if (waiting->told || waited_ms < 500)
        return true;
    waiting->told = true;
    buffer_add_format(&line, "Waiting for another writer of %s ...", waiting->board);
    say_remark(buffer_text(&line), waiting->shell->utf8);
    buffer_release(&line);
    return true;
}

static int end_in_error(const struct shell *shell, const struct call *call, enum status status,
                        struct error *error)
{
    if (call && call->outcome.needed.length > 0)
        error_prefix(error, "%s", buffer_text(&call->outcome.needed));
    else if (say_reader_is_gone() && (status == STATUS_FAILED || status == STATUS_FULL))
        return 0; /* whoever read has had enough (head) */
    say_error(error->text, shell->utf8);
    return status_exit_code(status);
}

/* --- words ------------------------------------------------------------------------------------ */

/* The verb's own words: --help, --name and --at may stand among them, whichever verb it is. */
struct own {
    const char **words;
    size_t count;
    bool help;
    const char *name, *at;
};

struct valued {
    const char *option, *what;
    const char **value;
};

/* Takes "--name NAME" or "--name=NAME"; *taken tells whether the word is that option. */
static enum status take_valued(const struct valued *valued, const char *const *words, size_t count,
                               size_t *i, bool *taken, struct error *error)
{
    size_t length = strlen(valued->option);
    const char *word = words[*i];
    *taken = strncmp(word, valued->option, length) == 0 && (!word[length] || word[length] == '=');
    if (!*taken)
        return STATUS_OK;
    if (!word[length] && *i + 1 == count)
        return error_set(error, STATUS_USAGE, "a value is missing after '%s': %s", valued->option,
                         valued->what);
    *valued->value = word[length] ? word + length + 1 : words[++*i];
    return STATUS_OK;
}

static enum status sort_out(const char *const *words, size_t count, struct own *own,
                            struct error *error)
{
    const struct valued options[] = {{"--name", "NAME", &own->name}, {"--at", "EDIT", &own->at}};
    enum status status = STATUS_OK;
    bool over = false;
    own->words = memory_new(count + 1, sizeof *own->words);
    for (size_t i = 0; status == STATUS_OK && i < count; i++) {
        const char *word = words[i];
        over = over || strcmp(word, "--") == 0;
        bool taken = !over && (strcmp(word, "--help") == 0 || strcmp(word, "-h") == 0);
        own->help |= taken;
        for (size_t o = 0; status == STATUS_OK && !over && !taken && o < 2; o++)
            status = take_valued(&options[o], words, count, &i, &taken, error);
        if (!taken)
            own->words[own->count++] = word;
    }
    return status;
}

static enum status refuse_missing(const struct command *command, const char *what,
                                  struct error *error)
{
    struct buffer synopsis = {0};
    command_synopsis(command, true, &synopsis);
    (void)error_set(error, STATUS_USAGE, "%s is missing; it goes: touchline %s", what,
                    buffer_text(&synopsis));
    buffer_release(&synopsis);
    return STATUS_USAGE;
}

/* Usage comes first: a wrong command touches no board. */
static enum status read_words(const struct command *command, const struct own *own,
                              struct call *call, struct error *error)
{
    enum status status = command_read_words(command, own->words, own->count, call, error);
    if (status != STATUS_OK)
        return status;
    if (command->scope == COMMAND_BOARD && !call->board)
        return refuse_missing(command, "BOARD", error);
    int missing = command_missing(command, call);
    if (missing < 0)
        return STATUS_OK;
    struct buffer name = {0};
    buffer_add_format(&name, "%s%s", command->arguments[missing].option ? "--" : "",
                      command->arguments[missing].name);
    status = refuse_missing(command, buffer_text(&name), error);
    buffer_release(&name);
    return status;
}

/* --- running ---------------------------------------------------------------------------------- */

/* A board is read under a lock that keeps others from saving, and whoever reads our output may be a
 * person with a pager. So it is kept until the board is closed, unless it goes into a file. */
struct spool {
    FILE *file;
    char *bytes; /* what is meant for a terminal is kept in memory: people read little of it */
    size_t length;
};

static void spool_begin(struct spool *spool, const struct call *call)
{
    struct stat about;
    *spool = (struct spool){.file = NULL};
    if (call->out_is_terminal)
        spool->file = open_memstream(&spool->bytes, &spool->length);
    else if (fstat(STDOUT_FILENO, &about) != 0 || !S_ISREG(about.st_mode))
        spool->file = tmpfile();
}

static void spool_end(struct spool *spool)
{
    if (spool->file)
        (void)fclose(spool->file);
    free(spool->bytes);
}

static bool write_whole(const char *bytes, size_t length)
{
    while (length > 0) {
        ssize_t wrote = write(STDOUT_FILENO, bytes, length);
        if (wrote < 0 && errno != EINTR)
            return false;
        bytes += wrote > 0 ? wrote : 0;
        length -= wrote > 0 ? (size_t)wrote : 0;
    }
    return true;
}

static enum status fail_to_write(struct error *error)
{
    return error_set(error, STATUS_FAILED, "cannot write the output: %s", error_reason(errno));
}

/* Whatever a verb has made of its lines, nothing but this comes to a terminal. */
static enum status spool_show(struct spool *spool, bool ascii, struct error *error)
{
    struct buffer shown = {0};
    (void)fflush(spool->file);
    text_show(&shown, spool->bytes, spool->length, TEXT_MANY_LINES, ascii);
    enum status status = write_whole(shown.bytes, shown.length) ? STATUS_OK : fail_to_write(error);
    buffer_release(&shown);
    return status;
}

static enum status spool_pass_on(FILE *spool, struct error *error)
{
    char block[1 << 16];
    size_t got;
    if (ftell(spool) == 0) /* nothing was to be said */
        return STATUS_OK;
    rewind(spool);
    while ((got = fread(block, 1, sizeof block, spool)) > 0)
        if (!write_whole(block, got))
            return fail_to_write(error);
    return ferror(spool) ? error_set(error, STATUS_FAILED, "the output was lost on its way")
                         : STATUS_OK;
}

static void begin_call(const struct shell *shell, struct call *call)
{
    *call = (struct call){
        .in = stdin,
        .out = stdout,
        .talk = stderr,
        .out_is_terminal = isatty(STDOUT_FILENO),
        .talk_is_terminal = isatty(STDERR_FILENO),
        .ascii = !shell->utf8,
        .store_options = {.who = shell->who,
                          .clock = clock_system(),
                          .look_only = shell->options.look},
    };
    call->today = date_of_time(clock_now(&call->store_options.clock));
}

static void tell_look_only(const struct shell *shell, const struct command *command,
                           const struct call *call)
{
    const char *why = store_look_only(call->store);
    struct buffer line = {0};
    if (!why || command->writes || shell->options.look)
        return;
    buffer_add_format(&line, "%s can only be looked at: %s.", call->board, why);
    say_remark(buffer_text(&line), shell->utf8);
    buffer_release(&line);
}

static void tell_upgraded(const struct shell *shell, const struct call *call)
{
    const char *kept = store_kept(call->store);
    struct buffer line = {0};
    if (!kept)
        return;
    buffer_add_format(&line, "%s is of this version now; as it was it is kept in %s.", call->board,
                      kept);
    say_remark(buffer_text(&line), shell->utf8);
    buffer_release(&line);
}

/* Some of the verbs only list when nothing more is said: those that would change say so. */
static enum status check_at(const struct shell *shell, const struct command *command,
                            struct error *error)
{
    if (!shell->options.is_at || (command->scope == COMMAND_BOARD && !command->writes))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE,
                     "--at shows a board as it was: '%s' is no verb that only reads",
                     command->name);
}

static enum status open_past(int64_t edit, struct call *call, struct error *error)
{
    struct store *past;
    enum status status = store_open_past(call->store, edit, &past, error);
    if (status != STATUS_OK)
        return status;
    store_close(call->store);
    call->store = past;
    return STATUS_OK;
}

/* "touchline show cab.touchline >>cab.touchline" */
static enum status check_output(const struct call *call, struct error *error)
{
    struct stat board, out;
    if (!call->board || stat(call->board, &board) != 0 || fstat(STDOUT_FILENO, &out) != 0 ||
        board.st_dev != out.st_dev || board.st_ino != out.st_ino)
        return STATUS_OK;
    return error_set(error, STATUS_USAGE,
                     "%s: what is printed would go into this very board; nothing was done",
                     call->board);
}

/* What is done is done: whoever lost the output must not do it again. */
static enum status tell_saved(const struct call *call, enum status status, struct error *error)
{
    if (status != STATUS_OK && call->outcome.changed)
        error_prefix(error, "saved, but ");
    return status;
}

static enum status run_opened(const struct shell *shell, const struct command *command,
                              struct call *call, struct error *error)
{
    enum status status = check_output(call, error);
    struct waiting waiting = {.shell = shell, .board = call->board};
    call->store_options.waiting = tell_waiting;
    call->store_options.waiting_data = &waiting;
    if (status == STATUS_OK && command->scope == COMMAND_BOARD)
        status = store_open(call->board, &call->store_options, &call->store, error);
    if (status == STATUS_OK && call->store) {
        tell_look_only(shell, command, call);
        tell_upgraded(shell, call);
    }
    if (status == STATUS_OK && shell->options.is_at)
        status = open_past(shell->options.at, call, error);
    if (status == STATUS_OK)
        status = tell_saved(call, command_run(command, call, error), error);
    if (status == STATUS_OK && call->store)
        status = store_confirm(call->store, error);
    store_close(call->store);
    call->store = NULL;
    call->store_options.waiting_data = NULL;
    return status;
}

static enum status run_call(const struct shell *shell, const struct command *command,
                            struct call *call, struct error *error)
{
    struct spool spool;
    struct error lost = {.status = STATUS_OK};
    if (command->scope != COMMAND_BOARD)
        return run_opened(shell, command, call, error);
    spool_begin(&spool, call);
    if (spool.file)
        call->out = spool.file;
    enum status status = run_opened(shell, command, call, error);
    enum status written = !spool.file   ? STATUS_OK
                          : spool.bytes ? spool_show(&spool, call->ascii, &lost)
                                        : spool_pass_on(spool.file, &lost);
    if (written != STATUS_OK && status == STATUS_OK) {
        *error = lost;
        status = tell_saved(call, written, error);
    }
    spool_end(&spool);
    return status;
}

struct cli_screen shell_screen(const struct shell *shell, const char *board)
{
    const struct options *options = &shell->options;
    return (struct cli_screen){
        .board = board,
        .store = {.who = shell->who, .clock = clock_system(), .look_only = options->look},
        .colour = options->colour,
        .theme = options->theme,
        .ascii = options->ascii || !shell->utf8,
        .mouse = !options->no_mouse && !places_in_gnu_screen(),
        .no_bell = options->no_bell,
        .is_at = options->is_at,
        .at = options->at,
        .esc_delay = options->esc_delay,
    };
}

static const char *value_of(const struct call *call, const struct command *command,
                            const char *name)
{
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (strcmp(command->arguments[i].name, name) == 0)
            return call->values[i];
    return NULL;
}

static bool is_on_terminal(const struct command *command, const struct call *call)
{
    return command->opens_screen && command->opens_screen(call) && isatty(STDIN_FILENO) &&
           isatty(STDOUT_FILENO);
}

/* A page that keeps nothing in the state folder and starts no editor. */
static enum status open_ballot(const struct shell *shell, const struct command *command,
                               const struct call *call, struct error *error)
{
    static char *const no_editor[] = {NULL};
    const char *name = value_of(call, command, "as");
    struct cli_screen screen = shell_screen(shell, call->board);
    screen.editor = no_editor;
    screen.code = value_of(call, command, "code");
    screen.kiosk = value_of(call, command, "kiosk") != NULL;
    screen.voter = screen.kiosk ? places_account() : name ? name : shell->who;
    if (!screen.voter)
        return error_set(error, STATUS_USAGE, "this account has no name");
    return shell->open_screen(&screen, error);
}

static int run_words(const struct shell *shell, const struct command *command,
                     const struct own *own)
{
    struct error error;
    struct call call;
    begin_call(shell, &call);
    enum status status = check_at(shell, command, &error);
    if (status == STATUS_OK)
        status = read_words(command, own, &call, &error);
    if (status == STATUS_OK && is_on_terminal(command, &call))
        status = open_ballot(shell, command, &call, &error);
    else if (status == STATUS_OK)
        status = run_call(shell, command, &call, &error);
    if (status == STATUS_OK && call.outcome.message.length > 0)
        say_remark(buffer_text(&call.outcome.message), shell->utf8);
    int code = status == STATUS_OK ? 0 : end_in_error(shell, &call, status, &error);
    call_release(&call);
    return code;
}

static int print_help(const struct shell *shell, const struct command *command)
{
    struct buffer help = {0};
    command_help(command, &help);
    say_text(&help, shell->utf8);
    buffer_release(&help);
    return 0;
}

int verb_run(const struct shell *shell, const struct command *command, const char *const *words,
             size_t count)
{
    struct own own = {0};
    struct error error;
    struct shell named = *shell;
    int code;
    enum status status = sort_out(words, count, &own, &error);
    if (status == STATUS_OK && own.name)
        status = places_who(own.name, &named.who, &error);
    if (status == STATUS_OK && own.at)
        status = options_set(&named.options, "at", own.at, &error);
    if (status != STATUS_OK)
        code = end_in_error(shell, NULL, status, &error);
    else
        code = own.help ? print_help(shell, command) : run_words(&named, command, &own);
    memory_free((void *)own.words);
    return code;
}
