/* The lists of touchline(1), in mdoc(7). */
#include "options.h"
#include "texts.h"
#include "touchline/command.h"
#include <string.h>

enum { LINE_MOST = 90 };

/* Text for roff: a backslash is \e, an apostrophe \(aq, a hyphen of a command line \-; a dot that
 * begins a line is shielded. */
static void add_roff(struct buffer *out, const char *text, size_t length)
{
    for (size_t i = 0; i < length; i++) {
        bool starts = out->length == 0 || out->bytes[out->length - 1] == '\n';
        if (starts && text[i] == '.')
            buffer_add_text(out, "\\&");
        if (text[i] == '\\')
            buffer_add_text(out, "\\e");
        else if (text[i] == '\'')
            buffer_add_text(out, "\\(aq");
        else if (text[i] == '-' && (i == 0 || text[i - 1] == ' ' || text[i - 1] == '-'))
            buffer_add_text(out, "\\-");
        else
            buffer_add_byte(out, text[i]);
    }
}

static bool ends_sentence(const char *word, size_t length)
{
    return word[length - 1] == '.' && (length < 2 || word[length - 2] != '.');
}

/* A paragraph: a new sentence on a new line, long ones over several. */
static void add_text(struct buffer *out, const char *text, size_t length)
{
    size_t column = 0;
    for (const char *at = text; at < text + length;) {
        size_t word = strcspn(at, " \n");
        if (column > 0 && column + 1 + word > LINE_MOST) {
            buffer_add_byte(out, '\n');
            column = 0;
        }
        if (column++ > 0)
            buffer_add_byte(out, ' ');
        add_roff(out, at, word);
        column += word;
        if (ends_sentence(at, word)) {
            buffer_add_byte(out, '\n');
            column = 0;
        }
        at += word + 1;
    }
    if (column > 0)
        buffer_add_byte(out, '\n');
}

static void add_line(struct buffer *out, const char *text)
{
    add_text(out, text, strlen(text));
}

/* --- verbs ------------------------------------------------------------------------------------ */

static void add_form(const struct argument *argument, struct buffer *out)
{
    const char *value = argument_value_name(argument);
    if (argument->option)
        buffer_add_format(out, " Fl \\-%s", argument->name);
    if (*value)
        buffer_add_format(out, " Ar %s", value);
    if (argument->repeated)
        buffer_add_text(out, " ...");
}

static void add_synopsis(const struct command *command, struct buffer *out)
{
    buffer_add_format(out, ".It Cm %s", command->name);
    if (command->scope == COMMAND_BOARD)
        buffer_add_text(out, " Ar BOARD");
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        const struct argument *argument = &command->arguments[i];
        if (argument->option && !argument->required)
            continue;
        if (!argument->required)
            buffer_add_text(out, " Op");
        add_form(argument, out);
    }
    buffer_add_byte(out, '\n');
}

static bool has_options(const struct command *command)
{
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (command->arguments[i].option)
            return true;
    return false;
}

static void add_options(const struct command *command, struct buffer *out)
{
    if (!has_options(command))
        return;
    buffer_add_text(out, ".Bl -tag -width Ds -compact\n");
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        const struct argument *argument = &command->arguments[i];
        const char *value = argument_value_name(argument);
        if (!argument->option)
            continue;
        buffer_add_text(out, ".It");
        if (argument->letter)
            buffer_add_format(out, " Fl %c ,", argument->letter);
        buffer_add_format(out, " Fl \\-%s", argument->name);
        if (*value)
            buffer_add_format(out, " Ar %s", value);
        buffer_add_byte(out, '\n');
        add_line(out, argument->help);
    }
    buffer_add_text(out, ".El\n");
}

/* Paragraphs; lines that begin with blanks are examples. */
static void add_details(const char *text, struct buffer *out)
{
    bool literal = false;
    while (text && *text) {
        size_t length = strcspn(text, "\n");
        if (literal != (text[0] == ' ')) {
            literal = !literal;
            buffer_add_text(out, literal ? ".Bd -literal -offset 2n -compact\n" : ".Ed\n");
        }
        if (literal) {
            size_t blanks = strspn(text, " ");
            add_roff(out, text + blanks, length - blanks);
            buffer_add_byte(out, '\n');
        } else if (length > 0) {
            add_text(out, text, length);
        } else {
            buffer_add_text(out, ".Pp\n");
        }
        text += length + (text[length] == '\n');
    }
    if (literal)
        buffer_add_text(out, ".Ed\n");
}

static void add_verb(const struct command *command, struct buffer *out)
{
    add_synopsis(command, out);
    add_text(out, command->summary, strlen(command->summary));
    buffer_insert(out, out->length - 1, ".", 1);
    add_options(command, out);
    if (command->details) {
        buffer_add_text(out, ".Pp\n");
        add_details(command->details, out);
    }
}

static void add_group(enum command_group group, struct buffer *out)
{
    size_t count;
    const struct command *const *table = command_table(&count);
    bool begun = false;
    for (size_t i = 0; i < count; i++) {
        if (table[i]->group != group || table[i]->scope == COMMAND_SCREEN)
            continue;
        if (!begun)
            buffer_add_format(out, ".Ss %s\n.Bl -tag -width 4n\n", command_group_name(group));
        begun = true;
        add_verb(table[i], out);
    }
    if (begun)
        buffer_add_text(out, ".El\n");
}

static void add_verbs(struct buffer *out)
{
    for (enum command_group group = 0; group < GROUPS; group++)
        add_group(group, out);
}

/* --- keys ------------------------------------------------------------------------------------- */

/* A key as a macro's argument: a lone sign could be taken for punctuation. */
static void add_keys_of(const char *keys, struct buffer *out)
{
    while (*keys) {
        size_t length = strcspn(keys, " ");
        buffer_add_text(out, " ");
        if (length == 1 && strchr(".,:;()[]?!|'-", keys[0]))
            buffer_add_text(out, "\\&");
        add_roff(out, keys, length);
        keys += length + strspn(keys + length, " ");
    }
}

static void add_key_group(enum command_group group, struct buffer *out)
{
    size_t count;
    const struct command *const *table = command_table(&count);
    buffer_add_format(out, ".Ss %s\n.Bl -tag -width \"PgUp C-u\" -compact\n",
                      command_group_name(group));
    for (size_t i = 0; i < count; i++) {
        if (table[i]->group != group || !table[i]->keys)
            continue;
        buffer_add_text(out, ".It Ic");
        add_keys_of(table[i]->keys, out);
        buffer_add_byte(out, '\n');
        add_line(out, table[i]->summary);
    }
    buffer_add_text(out, ".El\n");
}

static void add_keys(struct buffer *out)
{
    for (enum command_group group = 0; group < GROUPS; group++)
        add_key_group(group, out);
}

/* --- options ---------------------------------------------------------------------------------- */

static void add_front_options(struct buffer *out)
{
    const char *name, *value, *help;
    buffer_add_text(out, ".Bl -tag -width Ds\n");
    for (size_t i = 0; options_at(i, &name, &value, &help); i++) {
        buffer_add_format(out, ".It Fl \\-%s", name);
        if (*value)
            buffer_add_format(out, " Ns = Ns Ar %s", value);
        buffer_add_byte(out, '\n');
        add_line(out, help ? help : "another spelling of the one above");
    }
    buffer_add_text(out, ".El\n");
}

bool texts_manual(const char *part, struct buffer *out)
{
    static const struct {
        const char *name;
        void (*add)(struct buffer *out);
    } parts[] = {
        {"verbs", add_verbs},
        {"keys", add_keys},
        {"options", add_front_options},
    };
    for (size_t i = 0; i < sizeof parts / sizeof *parts; i++)
        if (strcmp(parts[i].name, part) == 0) {
            parts[i].add(out);
            return true;
        }
    return false;
}
