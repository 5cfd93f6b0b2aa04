/* What the screen keeps outside the board, in the XDG state folder, 0600: where one left off, the
 * half line of a capture that was cut off, the board opened last. Losing it loses no work. */
#ifndef TUI_STATE_H
#define TUI_STATE_H

#include "touchline/session.h"
#include <stdbool.h>

/* Reads and writes are best effort: a state that cannot be kept is no reason to stop. */
void state_load_place(const char *folder, const char *board, struct session *session);
void state_save_place(const char *folder, const char *board, const struct session *session);

/* Whether anything of that name is there, a dangling link too. */
bool state_file_exists(const char *path);

/* The draft of a board: NULL when there is none; free with memory_free(). An empty one removes what
 * this session saved or loaded last, `own`, and leaves the draft of another session alone. */
char *state_load_draft(const char *folder, const char *board);
void state_save_draft(const char *folder, const char *board, const char *text, const char *own);

#endif
