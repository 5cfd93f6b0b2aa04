#include "texts.h"
#include "options.h"
#include "touchline/command.h"
#include <string.h>

static void pad(struct buffer *out, size_t from, size_t width)
{
    do
        buffer_add_byte(out, ' ');
    while (out->length < from + width);
}

/* --- help ------------------------------------------------------------------------------------- */

static void add_verb(const struct command *command, struct buffer *out)
{
    size_t from = out->length;
    buffer_add_format(out, "  %s", command->name);
    pad(out, from, 12);
    buffer_add_format(out, "%s\n", command->summary);
}

static void add_key(const struct command *command, struct buffer *out)
{
    size_t from = out->length;
    buffer_add_format(out, "  %s", command->keys);
    pad(out, from, 14);
    buffer_add_format(out, "%s\n", command->summary);
}

static bool is_verb(const struct command *command)
{
    return command->scope != COMMAND_SCREEN;
}

static bool has_key(const struct command *command)
{
    return command->keys;
}

static void add_groups(bool (*wanted)(const struct command *),
                       void (*add)(const struct command *, struct buffer *), struct buffer *out)
{
    size_t count;
    const struct command *const *table = command_table(&count);
    for (enum command_group group = 0; group < GROUPS; group++) {
        bool begun = false;
        for (size_t i = 0; i < count; i++) {
            if (table[i]->group != group || !wanted(table[i]))
                continue;
            if (!begun)
                buffer_add_format(out, "\n%s\n", command_group_name(group));
            begun = true;
            add(table[i], out);
        }
    }
}

void texts_help(struct buffer *out)
{
    buffer_add_text(out,
                    "touchline: a workshop board for the moments in which customers judge you\n"
                    "\n"
                    "Examples\n"
                    "  touchline new try.touchline --sample wally-taxi   a board to look at\n"
                    "  touchline try.touchline                           opens its screen\n"
                    "  touchline add cab.touchline 'Books the cab by phone' -c phone\n"
                    "  touchline rate cab.touchline 3 magical\n"
                    "  touchline export cab.touchline -o cab.csv\n"
                    "\n"
                    "Usage\n"
                    "  touchline [OPTIONS] [BOARD]          opens the screen: ? there is help\n"
                    "  touchline VERB BOARD [ARGUMENTS]     touchline VERB --help tells more\n");
    add_groups(is_verb, add_verb, out);
    buffer_add_text(out, "\nOptions\n");
    options_help(out);
    buffer_add_text(out, "\nA board called like a verb is named ./add. 'touchline help keys' lists "
                         "the keys;\nman touchline tells everything.\n");
}

void texts_keys(struct buffer *out)
{
    buffer_add_text(out, "Keys of the screen\n");
    add_groups(has_key, add_key, out);
}
