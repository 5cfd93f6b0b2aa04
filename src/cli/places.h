/* Where things are: the state folder, the board opened last, the boards of this folder; and who it
 * is that sits here. */
#ifndef CLI_PLACES_H
#define CLI_PLACES_H

#include "touchline/buffer.h"
#include "touchline/status.h"
#include <stdbool.h>

/* $XDG_STATE_HOME/touchline, or ~/.local/state/touchline; relative values do not count (XDG 0.8).
 * NULL when neither is known. For memory_free(). */
char *places_state(void);

/* The board opened last, if its file is still there; NULL: none. For memory_free(). */
char *places_last_board(const char *state);
void places_keep_board(const char *state, const char *board);

/* Adds the boards (*.touchline) of the working folder, sorted, "  NAME" a line each. */
void places_list_boards(struct buffer *out);

/* Whose edits they are: what --name says, else TOUCHLINE_NAME, else the login name. STATUS_USAGE
 * for a name that is no line of UTF-8. */
enum status places_who(const char *name, const char **who, struct error *error) MUST_USE;

/* The account that this runs as, NULL when it has no name. */
const char *places_account(void);

/* Whether screen(1) is around us ($STY): while a program takes the mouse, it holds Esc back until
 * the next key comes. */
bool places_in_gnu_screen(void);

/* argv of $VISUAL, $EDITOR or vi: parted at blanks, no shell involved. For places_free_editor(). */
char **places_editor(void);
void places_free_editor(char **editor);

#endif
