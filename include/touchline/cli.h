/* room: cli
 *
 * The command line: `touchline [OPTIONS] [BOARD]` opens the screen, everything else is a verb.
 * Verbs, their help and the manual's lists come from the one table of commands (command.h).
 */
#ifndef TOUCHLINE_CLI_H
#define TOUCHLINE_CLI_H

#include "touchline/store.h"

enum cli_colour { CLI_COLOUR_AUTO, CLI_COLOUR_ALWAYS, CLI_COLOUR_NEVER };
enum cli_theme { CLI_THEME_AUTO, CLI_THEME_DARK, CLI_THEME_LIGHT, CLI_THEME_PROJECTOR };

/* What the command line and the environment say about the screen. */
struct cli_screen {
    const char *board;          /* path; it need not be there yet */
    struct store_options store; /* whose edits, the clock, --look */
    enum cli_colour colour;
    enum cli_theme theme;
    bool ascii; /* --ascii, or a locale that is not UTF-8 */
    bool mouse, no_bell;
    bool is_at; /* --at: begin in the past, after edit `at` */
    int64_t at;
    int esc_delay;            /* milliseconds that a bare Esc waits; 0: 25, or 150 over SSH */
    const char *state_folder; /* XDG state, absolute; NULL: there is none */
    char *const *editor;      /* argv of $VISUAL, $EDITOR or vi, without the file; NULL-ended */

    /* A ballot instead of the board (touchline vote). */
    const char *voter; /* NULL: the board */
    const char *code;  /* NULL: none known */
    bool kiosk;        /* the voter is the account */
};

/* Opens the screen and comes back when it is left. The cli knows no screen: main brings it. */
typedef enum status (*cli_open_screen)(const struct cli_screen *screen, struct error *error);

/* Runs the program and returns its exit status (touchline(1), EXIT STATUS). Sees to descriptors 0
 * to 2, to SIGPIPE and SIGXFSZ, and to LC_CTYPE before anything else. */
int cli_main(int argc, char **argv, cli_open_screen open_screen);

#endif
