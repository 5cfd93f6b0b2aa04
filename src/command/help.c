/* What is printed about a command: all of it comes from its row. */
#include "touchline/command.h"
#include <string.h>

const char *argument_value_name(const struct argument *argument)
{
    static const char *const words[] = {
        [ARGUMENT_MOMENT] = "N",      [ARGUMENT_TEXT] = "TEXT",   [ARGUMENT_CHANNEL] = "CHANNEL",
        [ARGUMENT_RATING] = "RATING", [ARGUMENT_PRICE] = "PRICE", [ARGUMENT_STATUS] = "STATUS",
        [ARGUMENT_NUMBER] = "NUMBER", [ARGUMENT_DAY] = "DATE",    [ARGUMENT_FIELDS] = "FIELD=VALUE",
        [ARGUMENT_FILE] = "FILE",     [ARGUMENT_FLAG] = "",
    };
    return argument->option ? words[argument->type] : argument->name;
}

/* "N", "TITLE...", "--to NUMBER". */
static void add_form(const struct argument *argument, struct buffer *out)
{
    const char *value = argument_value_name(argument);
    if (argument->option)
        buffer_add_format(out, "--%s%s", argument->name, *value ? " " : "");
    buffer_add_text(out, value);
    buffer_add_text(out, argument->repeated ? "..." : "");
}

void command_synopsis(const struct command *command, bool board, struct buffer *out)
{
    buffer_add_text(out, command->name);
    if (board && command->scope == COMMAND_BOARD)
        buffer_add_text(out, " BOARD");
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        const struct argument *argument = &command->arguments[i];
        buffer_add_text(out, argument->required ? " " : " [");
        add_form(argument, out);
        buffer_add_text(out, argument->required ? "" : "]");
    }
}

static void pad(struct buffer *out, size_t from, size_t width)
{
    do
        buffer_add_byte(out, ' ');
    while (out->length < from + width);
}

static void add_arguments(const struct command *command, struct buffer *out)
{
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        const struct argument *argument = &command->arguments[i];
        size_t from = out->length;
        buffer_add_text(out, "  ");
        if (argument->option && argument->letter)
            buffer_add_format(out, "-%c, ", argument->letter);
        add_form(argument, out);
        pad(out, from, 22);
        buffer_add_format(out, "%s\n", argument->help ? argument->help : "");
    }
}

/* Paragraphs, wrapped at 78 columns; lines that begin with blanks are examples and stay. */
static void add_wrapped(struct buffer *out, const char *text)
{
    size_t column = 0;
    while (*text) {
        size_t word = strcspn(text, " \n");
        if (column > 0 && column + 1 + word > 78) {
            buffer_add_byte(out, '\n');
            column = 0;
        }
        if (column > 0) {
            buffer_add_byte(out, ' ');
            column++;
        }
        buffer_add(out, text, word);
        column += word;
        text += word;
        if (*text == '\n') {
            buffer_add_byte(out, '\n');
            column = 0;
            size_t line = text[1] == ' ' ? strcspn(text + 1, "\n") : 0;
            buffer_add(out, text + 1, line);
            text += 1 + line;
        } else {
            text += *text == ' ';
        }
    }
    buffer_add_byte(out, '\n');
}

void command_help(const struct command *command, struct buffer *out)
{
    buffer_add_text(out, command->run ? "Usage: touchline " : "On the screen: ");
    command_synopsis(command, true, out);
    buffer_add_format(out, "\n\n%s.\n", command->summary);
    if (command->arguments[0].name) {
        buffer_add_byte(out, '\n');
        add_arguments(command, out);
    }
    if (command->details) {
        buffer_add_byte(out, '\n');
        add_wrapped(out, command->details);
    }
    if (command->keys)
        buffer_add_format(out, "\nKey%s on the screen: %s\n", strchr(command->keys, ' ') ? "s" : "",
                          command->keys);
}
