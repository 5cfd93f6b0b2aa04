/* What is asked about an action that is there: its fields one after the other, and how it goes. */
#ifndef TUI_ACTION_ASK_H
#define TUI_ACTION_ASK_H

#include "tui.h"

enum { ASK_TEXT, ASK_OWNER, ASK_DUE, ASK_WAVE, ASK_AGREED, ASK_FINDING, ACTION_QUESTIONS };

/* Asks the questions from `at` to before `end`. Each answer is an edit of its own, saved against
 * what the action said when the question was asked; Esc leaves the rest as it is. */
void action_ask(struct tui *tui, int64_t action, int at, int end);

/* Asks for its status, and for the finding once it was tried (R21). */
void action_ask_status(struct tui *tui, const struct action *now);

#endif
