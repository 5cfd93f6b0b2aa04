#include "options.h"
#include <errno.h>
#include <stdlib.h>
#include <string.h>

struct choice {
    const char *text;
    int value;
};

static const struct choice colours[] = {
    {"auto", CLI_COLOUR_AUTO},
    {"always", CLI_COLOUR_ALWAYS},
    {"never", CLI_COLOUR_NEVER},
    {NULL, 0},
};
static const struct choice themes[] = {
    {"auto", CLI_THEME_AUTO},
    {"dark", CLI_THEME_DARK},
    {"light", CLI_THEME_LIGHT},
    {"projector", CLI_THEME_PROJECTOR},
    {NULL, 0},
};

/* --- one function an option ------------------------------------------------------------------- */

static bool find_word(const struct choice *words, const char *text, int *value)
{
    for (; words->text; words++)
        if (strcmp(words->text, text) == 0) {
            *value = words->value;
            return true;
        }
    return false;
}

static bool set_help(struct options *options, const char *value)
{
    (void)value;
    return options->help = true;
}

static bool set_version(struct options *options, const char *value)
{
    (void)value;
    return options->version = true;
}

static bool set_name(struct options *options, const char *value)
{
    options->name = value;
    return *value != '\0';
}

static bool set_look(struct options *options, const char *value)
{
    (void)value;
    return options->look = true;
}

static bool set_at(struct options *options, const char *value)
{
    char *end;
    errno = 0;
    options->at = strtoll(value, &end, 10);
    options->is_at = *value >= '0' && *value <= '9' && !*end && errno == 0;
    return options->is_at;
}

static bool set_ascii(struct options *options, const char *value)
{
    (void)value;
    return options->ascii = true;
}

static bool set_no_mouse(struct options *options, const char *value)
{
    (void)value;
    return options->no_mouse = true;
}

static bool set_no_bell(struct options *options, const char *value)
{
    (void)value;
    return options->no_bell = true;
}

static bool set_colour(struct options *options, const char *value)
{
    int found = CLI_COLOUR_AUTO;
    bool known = find_word(colours, value, &found);
    options->colour = (enum cli_colour)found;
    return known;
}

static bool set_theme(struct options *options, const char *value)
{
    int found = CLI_THEME_AUTO;
    bool known = find_word(themes, value, &found);
    options->theme = (enum cli_theme)found;
    return known;
}

/* A second is more than any line needs, and as long as anybody would wait for Esc. */
static bool set_esc_delay(struct options *options, const char *value)
{
    char *end;
    long delay = strtol(value, &end, 10);
    if (*value < '0' || *value > '9' || *end || delay < 1 || delay > 1000)
        return false;
    options->esc_delay = (int)delay;
    return true;
}

/* --- the table -------------------------------------------------------------------------------- */

static const struct option {
    const char *name;
    char letter;
    const char *value; /* NULL: takes none */
    const char *help;  /* NULL: another spelling of the one before */
    bool (*set)(struct options *options, const char *value);
} table[] = {
    {"name", 'n', "NAME", "whose edits these are, and whose undo", set_name},
    {"look", 0, NULL, "only look: nothing is written", set_look},
    {"at", 0, "EDIT", "as it was after that edit of its history", set_at},
    {"color", 0, "auto|always|never", "colours of the screen", set_colour},
    {"colour", 0, "auto|always|never", NULL, set_colour},
    {"theme", 0, "auto|dark|light|projector", "the ground that the colours stand on", set_theme},
    {"ascii", 0, NULL, "show nothing but ASCII", set_ascii},
    {"no-mouse", 0, NULL, "leave the mouse to the terminal", set_no_mouse},
    {"esc-delay", 0, "1-1000", "milliseconds Esc waits (25; SSH 150)", set_esc_delay},
    {"no-bell", 0, NULL, "the timer ends without bell and flash", set_no_bell},
    {"help", 'h', NULL, "this text; after a verb, the text on it", set_help},
    {"version", 'V', NULL, "which version this is", set_version},
};

enum { OPTIONS = sizeof table / sizeof *table };

bool options_at(size_t index, const char **name, const char **value, const char **help)
{
    if (index >= OPTIONS)
        return false;
    *name = table[index].name;
    *value = table[index].value ? table[index].value : "";
    *help = table[index].help;
    return true;
}

static const struct option *find_option(const char *word, size_t length)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        bool letter = word[1] != '-' && word[1] == table[i].letter && word[2] == '\0';
        bool name = word[1] == '-' && strlen(table[i].name) == length - 2 &&
                    memcmp(table[i].name, word + 2, length - 2) == 0;
        if (letter || name)
            return &table[i];
    }
    return NULL;
}

static enum status set_option(struct options *options, const struct option *option,
                              const char *value, struct error *error)
{
    if (option->set(options, value))
        return STATUS_OK;
    return error_set(error, STATUS_USAGE, "--%s cannot be '%.60s'; say %s", option->name, value,
                     option->value);
}

enum status options_set(struct options *options, const char *name, const char *value,
                        struct error *error)
{
    size_t i = 0;
    while (strcmp(table[i].name, name) != 0)
        i++;
    return set_option(options, &table[i], value, error);
}

static enum status read_option(struct options *options, const char *const *words, size_t count,
                               size_t *at, struct error *error)
{
    const char *word = words[(*at)++];
    size_t length = strcspn(word, "=");
    const struct option *option = find_option(word, length);
    const char *value = word[length] ? word + length + 1 : NULL;
    if (!option)
        return error_set(error, STATUS_USAGE, "there is no option '%.60s'; --help lists them",
                         word);
    if (!option->value && value)
        return error_set(error, STATUS_USAGE, "no value goes with '--%s'", option->name);
    if (option->value && !value && *at < count)
        value = words[(*at)++];
    if (option->value && !value)
        return error_set(error, STATUS_USAGE, "a value is missing after '%.60s': %s", word,
                         option->value);
    return set_option(options, option, value, error);
}

static bool is_option(const char *word)
{
    return word[0] == '-' && word[1] != '\0';
}

enum status options_read_front(struct options *options, const char *const *words, size_t count,
                               size_t *used, struct error *error)
{
    enum status status = STATUS_OK;
    *used = 0;
    while (status == STATUS_OK && *used < count && is_option(words[*used])) {
        if (strcmp(words[*used], "--") == 0) {
            (*used)++;
            break;
        }
        status = read_option(options, words, count, used, error);
    }
    return status;
}

enum status options_read_all(struct options *options, const char *const *words, size_t count,
                             const char **board, struct error *error)
{
    enum status status = STATUS_OK;
    bool over = false;
    for (size_t at = 0; status == STATUS_OK && at < count;) {
        if (!over && strcmp(words[at], "--") == 0) {
            over = true;
            at++;
        } else if (!over && is_option(words[at])) {
            status = read_option(options, words, count, &at, error);
        } else if (*board) {
            status =
                error_set(error, STATUS_USAGE,
                          "one word too many: '%.60s'; a verb stands before the board", words[at]);
        } else {
            *board = words[at++];
        }
    }
    return status;
}

void options_help(struct buffer *out)
{
    for (size_t i = 0; i < OPTIONS; i++) {
        size_t from = out->length;
        if (!table[i].help)
            continue;
        if (table[i].letter)
            buffer_add_format(out, "  -%c, --%s", table[i].letter, table[i].name);
        else
            buffer_add_format(out, "      --%s", table[i].name);
        if (table[i].value)
            buffer_add_format(out, " %s", table[i].value);
        do
            buffer_add_byte(out, ' ');
        while (out->length < from + 40);
        buffer_add_format(out, "%s\n", table[i].help);
    }
}
