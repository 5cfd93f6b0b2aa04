/* Options that stand before a verb, or beside the board of the screen. */
#ifndef CLI_OPTIONS_H
#define CLI_OPTIONS_H

#include "touchline/buffer.h"
#include "touchline/cli.h"
#include <stddef.h>

struct options {
    bool help, version;
    const char *name; /* --name, or NULL */
    bool look, ascii, no_mouse, no_bell;
    bool is_at;    /* --at EDIT: */
    int64_t at;    /* as it was after that edit */
    int esc_delay; /* milliseconds; 0: not said */
    enum cli_colour colour;
    enum cli_theme theme;
};

/* Reads words up to the first that is no option ("--" ends them), or all of them: then *board takes
 * the one word that is none. *used is how many were read. STATUS_USAGE names the word. */
enum status options_read_front(struct options *options, const char *const *words, size_t count,
                               size_t *used, struct error *error) MUST_USE;
enum status options_read_all(struct options *options, const char *const *words, size_t count,
                             const char **board, struct error *error) MUST_USE;

/* Sets the option of that name; STATUS_USAGE when it cannot be `value`. */
enum status options_set(struct options *options, const char *name, const char *value,
                        struct error *error) MUST_USE;

/* "  --name NAME        ...": the options' part of the help. */
void options_help(struct buffer *out);

/* For the manual and for completion: name, value's name ("" for none) and help of option `index`;
 * false beyond the last. */
bool options_at(size_t index, const char **name, const char **value, const char **help);

#endif
