/* Two boards on which a review goes on, and which differ in nothing but what it hides (R16): the
 * ratings, targets and past of moments that are yet to be rated anew. Whatever is shown of the one
 * must be shown of the other, byte for byte. */
#ifndef TOUCHLINE_TESTS_BLIND_H
#define TOUCHLINE_TESTS_BLIND_H

#include "fixture.h"

#define BLIND_BOARDS 2

/* Makes "one/cab.touchline" and "two/cab.touchline" in the fixture's folder. Their ratings are the
 * Tester's, reviews and votes are Ben's. Moments 1 to 4 and z1 are hidden, 5 has been rated anew, 6
 * was never rated; an earlier review has ended, and people have voted on ratings before this one.
 * Gives how many edits each has. */
int blind_make(struct fixture *fixture, const char *paths[BLIND_BOARDS]);

#endif
