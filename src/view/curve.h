/* The experience curve, drawn from points: for the cards and for the overview. */
#ifndef TOUCHLINE_VIEW_CURVE_H
#define TOUCHLINE_VIEW_CURVE_H

#include "draw.h"

struct curve_point {
    int column;             /* of its sign */
    int joint;              /* where the line that comes from the left turns */
    int64_t rating, target; /* within enum rating */
    bool hidden;            /* by a review; the rating is RATING_NONE */
    bool selected, weakest;
    bool roomy; /* there is room for "( )" around the sign of the selected one */
};

/* What the curve shows of a moment; `roomy` is left false. */
struct curve_point curve_point_of(const struct view *view, const struct moment *moment, int column,
                                  int joint);

void curve_draw(struct view *view, struct rect rect, const struct curve_point *points, int count);

#endif
