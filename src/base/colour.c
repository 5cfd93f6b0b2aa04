#include "touchline/colour.h"
#include <assert.h>

/* Sixteen of every terminal's own, a cube of 6 x 6 x 6, and 24 greys. */
enum { CUBE = 16, GREYS = 232, COLOURS = 256 };

struct rgb colour_rgb(int index)
{
    static const struct rgb first[CUBE] = {
        {0, 0, 0},       {205, 0, 0},   {0, 205, 0},   {205, 205, 0},
        {0, 0, 238},     {205, 0, 205}, {0, 205, 205}, {229, 229, 229},
        {127, 127, 127}, {255, 0, 0},   {0, 255, 0},   {255, 255, 0},
        {92, 92, 255},   {255, 0, 255}, {0, 255, 255}, {255, 255, 255},
    };
    static const int levels[6] = {0, 95, 135, 175, 215, 255};
    assert(index >= 0 && index < COLOURS);
    if (index < CUBE)
        return first[index];
    if (index < GREYS) {
        int cube = index - CUBE;
        return (struct rgb){levels[cube / 36], levels[cube / 6 % 6], levels[cube % 6]};
    }
    int grey = 8 + 10 * (index - GREYS);
    return (struct rgb){grey, grey, grey};
}
