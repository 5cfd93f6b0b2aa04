/* room: base
 *
 * The palette of 256 colours that terminals share (xterm's): how a colour that a board names by
 * its index looks on a screen or on paper.
 */
#ifndef TOUCHLINE_COLOUR_H
#define TOUCHLINE_COLOUR_H

/* Each 0 to 255, in sRGB. */
struct rgb {
    int red, green, blue;
};

/* Of an index 0 to 255; 0 to 15 as xterm has them, who may be alone in that. */
struct rgb colour_rgb(int index);

#endif
