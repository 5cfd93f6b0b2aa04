/* The parts of the lower half: fields of the selected moment, its ideas and actions, the board's
 * shares. Each draws into a rectangle; rows that it does not need stay empty. */
#ifndef TOUCHLINE_VIEW_DETAILS_H
#define TOUCHLINE_VIEW_DETAILS_H

#include "draw.h"

/* A label and its text, in two columns. */
enum { LABEL_COLUMNS = 16 };

/* "by phone · 20 s · ● neutral › ★ magical · ◆ chosen", or without the words. */
void details_state(const struct view *view, const struct moment *moment, bool words,
                   struct buffer *out);

/* Fields, and beside them the plan; in a narrow place the one that the pane is in. */
void details_columns(struct view *view, struct rect rect, bool beside);

void details_fields(struct view *view, struct rect rect);

/* Ideas, then actions; the framed line is kept in sight. */
void details_plan(struct view *view, struct rect rect);

/* While dots are laid and hidden, how many in all: "Dots: 46 of 50 spent · 4 left". */
bool details_hidden_dots(const struct scene *scene, struct buffer *out);

/* The ranking by dots in place of all of it; false when there is none to show. */
bool details_by_dots(struct view *view, struct rect rect);

/* By channel and by rating: as chips in two rows, or as bars, a row each. */
void details_chips(struct view *view, struct rect rect);
void details_bars(struct view *view, struct rect rect);

#endif
