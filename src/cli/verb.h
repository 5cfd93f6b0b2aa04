/* A verb: its words read, its board opened, its command run. */
#ifndef CLI_VERB_H
#define CLI_VERB_H

#include "options.h"
#include "touchline/command.h"

struct shell {
    struct options options; /* those in front of the verb */
    bool utf8;
    const char *who;
    cli_open_screen open_screen;
};

/* What the options say about a screen on that board; the caller adds folder and editor. */
struct cli_screen shell_screen(const struct shell *shell, const char *board);

/* Runs the command with the words that follow it; the exit status. */
int verb_run(const struct shell *shell, const struct command *command, const char *const *words,
             size_t count);

#endif
