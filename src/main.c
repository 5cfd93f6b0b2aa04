/* Puts the parts together: the command line opens the screen through here, so that neither knows
 * the other. */
#include "touchline/cli.h"
#include "touchline/tui.h"
#include <stdlib.h>
#include <unistd.h>

static enum term_colour term_colour_of(enum cli_colour colour)
{
    static const enum term_colour colours[] = {
        [CLI_COLOUR_AUTO] = TERM_COLOUR_AUTO,
        [CLI_COLOUR_ALWAYS] = TERM_COLOUR_ALWAYS,
        [CLI_COLOUR_NEVER] = TERM_COLOUR_NEVER,
    };
    return colours[colour];
}

static enum term_theme term_theme_of(enum cli_theme theme)
{
    static const enum term_theme themes[] = {
        [CLI_THEME_AUTO] = TERM_THEME_AUTO,
        [CLI_THEME_DARK] = TERM_THEME_DARK,
        [CLI_THEME_LIGHT] = TERM_THEME_LIGHT,
        [CLI_THEME_PROJECTOR] = TERM_THEME_PROJECTOR,
    };
    return themes[theme];
}

static enum status open_screen(const struct cli_screen *screen, struct error *error)
{
    const struct tui_ballot ballot = {screen->voter, screen->code, screen->kiosk};
    const struct tui_options options = {
        .path = screen->board,
        .store = screen->store,
        .term = {.input = STDIN_FILENO,
                 .output = STDOUT_FILENO,
                 .type = getenv("TERM"),
                 .colour = term_colour_of(screen->colour),
                 .theme = term_theme_of(screen->theme),
                 .ascii = screen->ascii,
                 .mouse = screen->mouse,
                 .escape_ms = screen->esc_delay},
        .no_bell = screen->no_bell,
        .is_at = screen->is_at,
        .at = screen->at,
        .state_folder = screen->state_folder,
        .editor = screen->editor,
        .ballot = screen->voter ? &ballot : NULL,
    };
    return tui_run(&options, error);
}

int main(int argc, char **argv)
{
    return cli_main(argc, argv, open_screen);
}
