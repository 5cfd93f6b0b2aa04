/* What was entered while writing, newest last, so that the up arrow can take it back to be mended.
 */
#ifndef TUI_ENTERED_H
#define TUI_ENTERED_H

#include "touchline/capture.h"
#include "touchline/scene.h"

struct entered {
    enum capture_kind kind;
    char *line;    /* as it was typed */
    char *title;   /* what it made: a title, an idea's text */
    int64_t after; /* where one was writing */
    int64_t id;    /* the moment that it made, or whose idea it is; of a phase 0 */
    int64_t edit;  /* what undo would take back right after it; 0: one of a pasted list */
    int64_t number;
    bool parked;
    int64_t channel, seconds;
};

struct entries_made {
    struct entered *at;
    size_t count;
    struct added *added; /* as the scene shows them */
};

/* Adds one; its texts are copied. */
void entered_add(struct entries_made *made, const struct entered *entered);
void entered_forget_last(struct entries_made *made);
void entered_release(struct entries_made *made);

/* The moment made last, 0: none. */
int64_t entered_last_moment(const struct entries_made *made);

/* Puts moments and phases, newest first, each with its last idea, into the scene. */
void entered_show(struct entries_made *made, struct scene *scene);

#endif
