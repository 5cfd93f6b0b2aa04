/* Boards to draw, without a file: the taxi of the manual's pictures, and long ones. */
#ifndef TOUCHLINE_TESTS_SCENES_H
#define TOUCHLINE_TESTS_SCENES_H

#include "touchline/scene.h"

/* A whole board in memory and a scene of it. Texts are constants, or kept in `titles`. */
struct staged {
    struct scene scene;
    struct board board;
    struct meter meter;
    struct moment *moments; /* all of them */
    size_t count;
    struct window_phase phases[8]; /* all of them, `at` in the whole board */
    size_t phase_count;
    struct window window;
    struct window_phase seen[8]; /* those in the window */
    struct strip strip;
    struct details details;
    struct idea ideas[12];
    struct action actions[6];
    struct entry entries[2];
    char (*titles)[40];
};

/* Wally's taxi: 11 moments in four phases, the third selected, in the Rate step. */
void staged_taxi(struct staged *staged);

/* `count` moments "Moment 17", rated and coloured in turn, in two phases. */
void staged_long(struct staged *staged, size_t count);

/* Cuts window and strip for a size, as a store would, with moment number `selected` in sight. */
void staged_aim(struct staged *staged, int rows, int columns, enum zoom zoom, size_t selected);

void staged_release(struct staged *staged);

#endif
