/* Words into a call: the shell's argv and the palette's line alike. */
#include "touchline/command.h"
#include "touchline/memory.h"
#include <string.h>

/* --- arguments by position and by name -------------------------------------------------------- */

struct reader {
    const struct command *command;
    struct call *call;
    const char *const *words;
    size_t count, at;
    bool options_over;
    bool wants_board; /* in the shell the first position is the board */
    int last; /* the position filled last, which takes words too many in the palette; -1: none */
    const char *const *raw; /* the words with their quotes, for a text that goes on; NULL: none */
    struct command_words *joined; /* where joined words are kept; NULL: nothing is joined */
};

static const struct argument *argument_at(const struct command *command, int index)
{
    bool there = index < ARGUMENTS_MAX && command->arguments[index].name;
    return there ? &command->arguments[index] : NULL;
}

static int find_option(const struct command *command, const char *name, size_t length)
{
    const struct argument *argument;
    for (int i = 0; (argument = argument_at(command, i)); i++)
        if (argument->option && strlen(argument->name) == length &&
            memcmp(argument->name, name, length) == 0)
            return i;
    return -1;
}

static int find_letter(const struct command *command, char letter)
{
    const struct argument *argument;
    for (int i = 0; letter && (argument = argument_at(command, i)); i++)
        if (argument->option && argument->letter == letter)
            return i;
    return -1;
}

static enum status refuse(const struct reader *reader, const char *format, const char *word,
                          struct error *error)
{
    struct buffer synopsis = {0};
    struct buffer what = {0};
    buffer_add_format(&what, "%.60s", word);
    command_synopsis(reader->command, reader->call->board != NULL, &synopsis);
    (void)error_set(error, STATUS_USAGE, "%s: %s '%s'; it goes: %s", reader->command->name, format,
                    buffer_text(&what), buffer_text(&synopsis));
    buffer_release(&what);
    buffer_release(&synopsis);
    return STATUS_USAGE;
}

/* `word` is as typed; `value` what stood behind '=' or was glued to the letter, or NULL. */
static enum status take_option(struct reader *reader, int index, const char *word,
                               const char *value, struct error *error)
{
    if (index < 0)
        return refuse(reader, "there is no option", word, error);
    bool flag = reader->command->arguments[index].type == ARGUMENT_FLAG;
    if (flag && value)
        return refuse(reader, "no value goes with", word, error);
    if (!flag && !value) {
        if (reader->at == reader->count)
            return refuse(reader, "a value is missing after", word, error);
        value = reader->words[reader->at++];
    }
    reader->call->values[index] = flag ? "" : value;
    return STATUS_OK;
}

static enum status take_long(struct reader *reader, const char *word, struct error *error)
{
    const char *name = word + 2;
    const char *equals = strchr(name, '=');
    size_t length = equals ? (size_t)(equals - name) : strlen(name);
    return take_option(reader, find_option(reader->command, name, length), word,
                       equals ? equals + 1 : NULL, error);
}

static enum status take_short(struct reader *reader, const char *word, struct error *error)
{
    int index = find_letter(reader->command, word[1]);
    bool flag = index >= 0 && reader->command->arguments[index].type == ARGUMENT_FLAG;
    if (flag && word[2])
        return refuse(reader, "there is no option", word, error);
    return take_option(reader, index, word, word[2] ? word + 2 : NULL, error);
}

/* --- positions -------------------------------------------------------------------------------- */

/* "7", "z2", "id:31": anything else in front means the selected moment, on the screen. */
static bool names_moment(const char *word)
{
    if (strncmp(word, "id:", 3) == 0)
        word += 3;
    else if (*word == 'z' || *word == 'Z')
        word++;
    return *word && strspn(word, "0123456789") == strlen(word);
}

/* The next position that is free for this word; -1: none. */
static int next_position(const struct reader *reader, const char *word)
{
    const struct argument *argument;
    for (int i = 0; (argument = argument_at(reader->command, i)); i++) {
        if (argument->option || (reader->call->values[i] && !argument->repeated))
            continue;
        bool left_out = i == 0 && argument->type == ARGUMENT_MOMENT && reader->call->session &&
                        !names_moment(word) && reader->last < 0;
        if (i > reader->last - argument->repeated && !left_out)
            return i;
    }
    return -1;
}

static int open_option(const struct reader *reader)
{
    const struct argument *argument;
    for (int i = 0; (argument = argument_at(reader->command, i)); i++)
        if (argument->position && !reader->call->values[i])
            return i;
    return -1;
}

/* In the palette a text is all that is left of the line, quotes within it are its own. */
static bool goes_on(const struct reader *reader, int index)
{
    return reader->joined && reader->last >= 0 && (index < 0 || index == reader->last) &&
           reader->command->arguments[reader->last].type == ARGUMENT_TEXT;
}

static void join_to_last(struct reader *reader)
{
    struct command_words *words = reader->joined;
    struct buffer text = {0};
    buffer_add_format(&text, "%s %s", reader->call->values[reader->last],
                      reader->raw[reader->at - 1]);
    words->at = memory_resize(words->at, words->count + 1, sizeof *words->at);
    words->at[words->count++] = buffer_take(&text);
    reader->call->values[reader->last] = words->at[words->count - 1];
    if (reader->command->arguments[reader->last].repeated)
        reader->call->words[0] = words->at[words->count - 1];
}

static void add_repeated(struct call *call, const char *word)
{
    call->words = memory_resize(call->words, call->word_count + 1, sizeof *call->words);
    call->words[call->word_count++] = word;
}

static enum status take_word(struct reader *reader, const char *word, struct error *error)
{
    struct call *call = reader->call;
    if (reader->wants_board && !call->board) {
        call->board = word;
        return STATUS_OK;
    }
    int index = next_position(reader, word);
    if (goes_on(reader, index)) {
        join_to_last(reader);
        return STATUS_OK;
    }
    if (index >= 0) {
        reader->last = index;
        if (reader->command->arguments[index].repeated)
            add_repeated(call, word);
    } else if ((index = open_option(reader)) < 0) {
        return refuse(reader, "one word too many:", word, error);
    }
    if (!call->values[index])
        call->values[index] = word;
    return STATUS_OK;
}

static enum status read_all(struct reader *reader, struct error *error)
{
    enum status status = STATUS_OK;
    while (status == STATUS_OK && reader->at < reader->count) {
        const char *word = reader->words[reader->at++];
        bool option = !reader->options_over && word[0] == '-' && word[1];
        if (option && strcmp(word, "--") == 0)
            reader->options_over = true;
        else if (option && word[1] == '-')
            status = take_long(reader, word, error);
        else if (option)
            status = take_short(reader, word, error);
        else
            status = take_word(reader, word, error);
    }
    return status;
}

enum status command_read_words(const struct command *command, const char *const *words,
                               size_t count, struct call *call, struct error *error)
{
    struct reader reader = {.command = command,
                            .call = call,
                            .words = words,
                            .count = count,
                            .last = -1,
                            .wants_board = !call->session && command->scope == COMMAND_BOARD};
    return read_all(&reader, error);
}

void call_release(struct call *call)
{
    memory_free(call->words);
    call->words = NULL;
    call->word_count = 0;
    outcome_release(&call->outcome);
}

void outcome_release(struct outcome *outcome)
{
    buffer_release(&outcome->message);
    buffer_release(&outcome->needed);
    memset(outcome, 0, sizeof *outcome);
}

/* --- a line ----------------------------------------------------------------------------------- */

static bool is_blank(char byte)
{
    return byte == ' ' || byte == '\t' || byte == '\n';
}

/* Where the quote that begins at `line` ends, if it is one: closed, and nothing glued behind it. */
static const char *closing_quote(const char *line)
{
    const char *end = *line == '\'' || *line == '"' ? strchr(line + 1, *line) : NULL;
    return end && (end[1] == '\0' || is_blank(end[1])) ? end : NULL;
}

/* A value may be quoted behind its field: title='Two words'. */
static const char *quoted_value(const char *line)
{
    const char *at = line + strcspn(line, " \t\n='\"");
    return *at == '=' ? closing_quote(at + 1) : NULL;
}

static void add_bytes(struct command_words *words, const char *bytes, size_t length)
{
    words->at = memory_resize(words->at, words->count + 1, sizeof *words->at);
    words->at[words->count++] = memory_copy_bytes(bytes, length);
}

/* Takes the first word off the line, without its quotes and then as it stands there; returns what
 * follows it. */
static const char *take_one(const char *line, struct command_words *words)
{
    const char *end = closing_quote(line);
    struct buffer value = {0};
    if (end) {
        add_bytes(words, line + 1, (size_t)(end - line) - 1);
    } else if ((end = quoted_value(line))) {
        size_t name = strcspn(line, "=") + 1;
        buffer_add(&value, line, name);
        buffer_add(&value, line + name + 1, (size_t)(end - line) - name - 1);
        add_bytes(words, value.bytes, value.length);
    } else {
        end = line + strcspn(line, " \t\n") - 1;
        add_bytes(words, line, (size_t)(end - line) + 1);
    }
    add_bytes(words, line, (size_t)(end - line) + 1);
    buffer_release(&value);
    return end + 1;
}

static void split(const char *line, struct command_words *words)
{
    for (;;) {
        while (is_blank(*line))
            line++;
        if (!*line)
            return;
        line = take_one(line, words);
    }
}

void command_words_release(struct command_words *words)
{
    for (size_t i = 0; i < words->count; i++)
        memory_free(words->at[i]);
    memory_free(words->at);
    memset(words, 0, sizeof *words);
}

/* The words of a line are kept in pairs, unquoted and raw. Joining adds to them, and the array may
 * move: they are read from copies of their own. */
static enum status read_line_words(const struct command *command, struct command_words *words,
                                   struct call *call, struct error *error)
{
    size_t count = words->count / 2 - 1;
    const char **copy = memory_new(2 * count + 1, sizeof *copy);
    for (size_t i = 0; i < count; i++) {
        copy[i] = words->at[2 * i + 2];
        copy[count + i] = words->at[2 * i + 3];
    }
    struct reader reader = {.command = command,
                            .call = call,
                            .words = copy,
                            .raw = copy + count,
                            .count = count,
                            .last = -1,
                            .joined = words};
    enum status status = read_all(&reader, error);
    memory_free((void *)copy);
    return status;
}

enum status command_read_line(const char *line, struct command_words *words,
                              const struct command **command, struct call *call,
                              struct error *error)
{
    const char *nearest = NULL;
    split(line, words);
    *command = NULL;
    if (words->count == 0)
        return error_set(error, STATUS_USAGE, "a command's name is missing");
    *command = command_find(words->at[0], &nearest);
    if (!*command && nearest)
        return error_set(error, STATUS_USAGE, "unknown command '%.40s'; did you mean '%s'?",
                         words->at[0], nearest);
    if (!*command)
        return error_set(error, STATUS_USAGE, "unknown command '%.40s'; ? lists them all",
                         words->at[0]);
    return read_line_words(*command, words, call, error);
}
