/* What may stand next on a command line. Files are the shell's own business: where one may stand,
 * nothing is said. */
#include "options.h"
#include "texts.h"
#include "touchline/command.h"
#include "touchline/samples.h"
#include <string.h>

static void offer(struct buffer *out, const char *start, const char *candidate, const char *what)
{
    if (strncmp(candidate, start, strlen(start)) == 0)
        buffer_add_format(out, "%s\t%s\n", candidate, what);
}

static void offer_verbs(struct buffer *out, const char *start)
{
    size_t count;
    const struct command *const *table = command_table(&count);
    for (size_t i = 0; i < count; i++)
        if (table[i]->scope != COMMAND_SCREEN)
            offer(out, start, table[i]->name, table[i]->summary);
    offer(out, start, "help", "Tell about a verb, or list the keys");
}

static void offer_option(struct buffer *out, const char *start, const char *name, const char *what)
{
    struct buffer option = {0};
    buffer_add_format(&option, "--%s", name);
    offer(out, start, buffer_text(&option), what);
    buffer_release(&option);
}

static void offer_front_options(struct buffer *out, const char *start)
{
    const char *name, *value, *help;
    for (size_t i = 0; options_at(i, &name, &value, &help); i++)
        if (help)
            offer_option(out, start, name, help);
}

static void offer_options(struct buffer *out, const struct command *command, const char *start)
{
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (command->arguments[i].option)
            offer_option(out, start, command->arguments[i].name, command->arguments[i].help);
    if (command->scope == COMMAND_BOARD && !command->writes)
        offer_option(out, start, "at", "As it was after that edit of its history");
    offer_option(out, start, "help", "Tell about this verb");
}

/* --- values ----------------------------------------------------------------------------------- */

static void offer_words(struct buffer *out, const char *start, enum record record, int field)
{
    const struct word *word = record_type(record)->fields[field].words;
    for (; word->text; word++)
        if (*word->text)
            offer(out, start, word->text, "");
}

static void offer_channels(struct buffer *out, const char *start)
{
    const struct channels *channels = channels_default();
    for (size_t i = 0; i < channels->count; i++)
        offer(out, start, channels->at[i].name, channels->at[i].letter);
}

static void offer_samples(struct buffer *out, const char *start)
{
    for (size_t i = 0; i < sample_count; i++)
        offer(out, start, samples[i].name, "");
}

/* Each of "auto|dark|light"; nothing of a value that has just a name. */
static void offer_alternatives(struct buffer *out, const char *start, const char *value)
{
    struct buffer word = {0};
    bool several = strchr(value, '|') != NULL;
    while (several && *value) {
        size_t length = strcspn(value, "|");
        buffer_clear(&word);
        buffer_add(&word, value, length);
        offer(out, start, buffer_text(&word), "");
        value += length + (value[length] == '|');
    }
    buffer_release(&word);
}

static void offer_value(struct buffer *out, const struct argument *argument, const char *start)
{
    if (strcmp(argument->name, "sample") == 0)
        offer_samples(out, start);
    else if (argument->words)
        offer_alternatives(out, start, argument->words);
    else if (argument->type == ARGUMENT_RATING)
        offer_words(out, start, RECORD_ITEM, ITEM_RATING);
    else if (argument->type == ARGUMENT_PRICE)
        offer_words(out, start, RECORD_IDEA, IDEA_PRICE);
    else if (argument->type == ARGUMENT_STATUS)
        offer_words(out, start, RECORD_ACTION, ACTION_STATUS);
    else if (argument->type == ARGUMENT_CHANNEL)
        offer_channels(out, start);
}

/* The option of that spelling that takes a value; NULL: none. */
static const struct argument *option_of(const struct command *command, const char *word)
{
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++) {
        const struct argument *argument = &command->arguments[i];
        if (!argument->option || argument->type == ARGUMENT_FLAG || word[0] != '-')
            continue;
        bool letter = argument->letter && word[1] == argument->letter && !word[2];
        if (letter || (word[1] == '-' && strcmp(word + 2, argument->name) == 0))
            return argument;
    }
    return NULL;
}

/* The argument at a position among those without a name, after the board; NULL: none. */
static const struct argument *position_of(const struct command *command, size_t position)
{
    if (command->scope == COMMAND_BOARD && position-- == 0)
        return NULL;
    for (int i = 0; i < ARGUMENTS_MAX && command->arguments[i].name; i++)
        if (!command->arguments[i].option && position-- == 0)
            return &command->arguments[i];
    return NULL;
}

static void complete_verb(const struct command *command, const char *const *words, size_t count,
                          struct buffer *out)
{
    const char *start = words[count - 1];
    const struct argument *argument = count > 1 ? option_of(command, words[count - 2]) : NULL;
    size_t position = 0;
    if (start[0] == '-') {
        offer_options(out, command, start);
        return;
    }
    for (size_t i = 0; i + 1 < count; i++) {
        if (option_of(command, words[i]))
            i++;
        else if (words[i][0] != '-')
            position++;
    }
    if (!argument)
        argument = position_of(command, position);
    if (argument)
        offer_value(out, argument, start);
}

/* The value's name of a front option that takes it from the next word; NULL: it takes none. */
static const char *value_of_front_option(const char *word)
{
    const char *name, *value, *help;
    for (size_t i = 0; options_at(i, &name, &value, &help); i++)
        if (strncmp(word, "--", 2) == 0 && strcmp(word + 2, name) == 0 && *value)
            return value;
    return NULL;
}

/* How many words before the last are front options and what they take. */
static size_t front_words(const char *const *words, size_t count)
{
    size_t at = 0;
    while (at + 1 < count && words[at][0] == '-') {
        size_t taken = value_of_front_option(words[at]) ? 2 : 1;
        if (at + taken >= count)
            break;
        at += taken;
    }
    return at;
}

void texts_complete(const char *const *words, size_t count, struct buffer *out)
{
    const struct command *command = NULL;
    size_t front = front_words(words, count);
    words += front;
    count -= front;
    if (count == 0)
        return;
    const char *value = count == 2 ? value_of_front_option(words[0]) : NULL;
    if (value) {
        offer_alternatives(out, words[1], value);
        return;
    }
    if (count == 1 && words[0][0] == '-')
        offer_front_options(out, words[0]);
    else if (count == 1 || (count == 2 && strcmp(words[0], "help") == 0))
        offer_verbs(out, words[count - 1]);
    else if ((command = command_find(words[0], NULL)))
        complete_verb(command, words + 1, count - 1, out);
}
