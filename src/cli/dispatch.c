#include "places.h"
#include "say.h"
#include "start.h"
#include "texts.h"
#include "touchline/cli.h"
#include "touchline/memory.h"
#include "touchline/samples.h"
#include "verb.h"
#include <string.h>
#include <unistd.h>

enum { USAGE = 2 };

struct words {
    const char *const *at;
    size_t count;
};

static int refuse(const struct shell *shell, const struct error *error)
{
    say_error(error->text, shell->utf8);
    return status_exit_code(error->status);
}

static int print(const struct shell *shell, void (*text)(struct buffer *out))
{
    struct buffer out = {0};
    text(&out);
    say_text(&out, shell->utf8);
    buffer_release(&out);
    return 0;
}

/* --- the screen ------------------------------------------------------------------------------- */

/* Nothing opened before: what there is to open. */
static int list_boards(const struct shell *shell)
{
    struct buffer out = {0};
    places_list_boards(&out);
    if (out.length > 0)
        buffer_insert(&out, 0, "Boards in this folder\n", 22);
    else
        buffer_add_text(&out, "There is no board in this folder yet.\n");
    buffer_add_text(&out, "\n"
                          "Open or make one   touchline cab.touchline\n"
                          "Look at a sample   touchline new try.touchline --sample wally-taxi\n"
                          "Samples            ");
    for (size_t i = 0; i < sample_count; i++)
        buffer_add_format(&out, "%s%s", i ? ", " : "", samples[i].name);
    buffer_add_text(&out, "\nHelp               touchline --help\n");
    say_text(&out, shell->utf8);
    buffer_release(&out);
    return 0;
}

static int refuse_no_terminal(const struct shell *shell, const char *board)
{
    struct error error;
    (void)error_set(&error, STATUS_USAGE,
                    "the screen needs a terminal; 'touchline show %.200s' prints a board as text",
                    board ? board : "BOARD");
    return refuse(shell, &error);
}

static int open_board(const struct shell *shell, const char *board, const char *state)
{
    char **editor = places_editor();
    struct error error;
    struct cli_screen screen = shell_screen(shell, board);
    screen.state_folder = state;
    screen.editor = editor;
    enum status status = shell->open_screen(&screen, &error);
    if (status == STATUS_OK)
        places_keep_board(state, board);
    places_free_editor(editor);
    return status == STATUS_OK ? 0 : refuse(shell, &error);
}

static int run_screen(const struct shell *shell, const char *board)
{
    if (!isatty(STDIN_FILENO) || !isatty(STDOUT_FILENO))
        return refuse_no_terminal(shell, board);
    char *state = places_state();
    char *last = board ? NULL : places_last_board(state);
    const char *path = board ? board : last;
    int code = path ? open_board(shell, path, state) : list_boards(shell);
    memory_free(last);
    memory_free(state);
    return code;
}

/* No file, and not spelt as one would be. */
static bool is_bare_word(const char *word)
{
    return word[0] != '-' && !strpbrk(word, "/.") && access(word, F_OK) != 0;
}

static int refuse_verb(const struct shell *shell, const char *word)
{
    const char *nearest = command_nearest_verb(word);
    struct error error;
    if (nearest)
        (void)error_set(&error, STATUS_USAGE, "there is no verb '%.60s'; did you mean '%s'?", word,
                        nearest);
    else
        (void)error_set(&error, STATUS_USAGE,
                        "there is no verb '%.60s'; 'touchline help' lists them", word);
    return refuse(shell, &error);
}

/* "touchline cab.touchline show": the other way round. */
static int refuse_order(const struct shell *shell, const char *board, const char *verb)
{
    struct error error;
    (void)error_set(&error, STATUS_USAGE, "the verb comes first: touchline %.40s %.200s", verb,
                    board);
    return refuse(shell, &error);
}

static int run_board(struct shell *shell, struct words words)
{
    const char *board = NULL;
    struct error error;
    bool bare = words.count > 0 && is_bare_word(words.at[0]);
    bool more = words.count > 1 && words.at[1][0] != '-';
    /* much like a verb: a slip, not a wish for a new board */
    if (bare && command_nearest_verb(words.at[0]))
        return refuse_verb(shell, words.at[0]);
    if (more && command_find(words.at[1], NULL))
        return refuse_order(shell, words.at[0], words.at[1]);
    if (bare && more)
        return refuse_verb(shell, words.at[0]);
    if (options_read_all(&shell->options, words.at, words.count, &board, &error) != STATUS_OK)
        return refuse(shell, &error);
    return run_screen(shell, board);
}

/* --- verbs ------------------------------------------------------------------------------------ */

/* Whole names only: a script must mean the same next year, when there are more verbs. */
static const struct command *verb_called(const char *word)
{
    const struct command *command = command_find(word, NULL);
    return command && strcmp(command->name, word) == 0 ? command : NULL;
}

static int run_help(const struct shell *shell, struct words words)
{
    static const char *const help[] = {"--help"};
    if (words.count == 0)
        return print(shell, texts_help);
    if (strcmp(words.at[0], "keys") == 0)
        return print(shell, texts_keys);
    const struct command *command = command_find(words.at[0], NULL);
    return command ? verb_run(shell, command, help, 1) : refuse_verb(shell, words.at[0]);
}

static int refuse_screen_verb(const struct shell *shell, const struct command *command)
{
    struct error error;
    (void)error_set(&error, STATUS_USAGE,
                    "'%s' is about the screen: open a board there (touchline BOARD), %s%s",
                    command->name, command->keys ? "key " : ":",
                    command->keys ? command->keys : command->name);
    return refuse(shell, &error);
}

/* For the manual's test and the shells' completion. */
static int run_hidden(const struct shell *shell, struct words words)
{
    struct buffer out = {0};
    bool known = true;
    if (strcmp(words.at[0], "__complete") == 0)
        texts_complete(words.at + 1, words.count - 1, &out);
    else
        known = words.count == 2 && strcmp(words.at[0], "__manual") == 0 &&
                texts_manual(words.at[1], &out);
    say_text(&out, shell->utf8);
    buffer_release(&out);
    if (!known)
        say_error("there is no such part of the manual", shell->utf8);
    return known ? 0 : USAGE;
}

static int dispatch(struct shell *shell, struct words words)
{
    const char *word = words.count > 0 ? words.at[0] : "";
    const struct words rest = {words.at + 1, words.count - 1};
    const struct command *command = verb_called(word);
    if (strcmp(word, "help") == 0)
        return run_help(shell, rest);
    if (strncmp(word, "__", 2) == 0)
        return run_hidden(shell, words);
    if (command && command->scope == COMMAND_SCREEN)
        return refuse_screen_verb(shell, command);
    if (command)
        return verb_run(shell, command, rest.at, rest.count);
    return run_board(shell, words);
}

/* --- the whole -------------------------------------------------------------------------------- */

static int run(struct shell *shell, struct words words)
{
    struct error error;
    size_t used;
    if (options_read_front(&shell->options, words.at, words.count, &used, &error) != STATUS_OK)
        return refuse(shell, &error);
    words = (struct words){words.at + used, words.count - used};
    if (shell->options.version) {
        printf("touchline %s\n", TOUCHLINE_VERSION);
        return 0;
    }
    if (shell->options.help)
        return run_help(shell, words);
    if (places_who(shell->options.name, &shell->who, &error) != STATUS_OK)
        return refuse(shell, &error);
    return dispatch(shell, words);
}

int cli_main(int argc, char **argv, cli_open_screen open_screen)
{
    struct shell shell = {0};
    if (!start_safely())
        return 1;
    shell.utf8 = start_locale();
    shell.open_screen = open_screen;
    const struct words words = {(const char *const *)argv + 1, argc > 0 ? (size_t)argc - 1 : 0};
    int code = run(&shell, words);
    return say_finish(shell.utf8) || code != 0 ? code : 1;
}
