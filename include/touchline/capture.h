/* room: model
 *
 * What a typed line means while writing (touchline(1), THE SCREEN): a moment with its tags,
 * an idea, a phase. Reading a line changes nothing; the caller acts on the result, and shows it
 * before Enter.
 */
#ifndef TOUCHLINE_CAPTURE_H
#define TOUCHLINE_CAPTURE_H

#include "touchline/record.h"

enum capture_kind {
    CAPTURE_EMPTY,
    CAPTURE_MOMENT,
    CAPTURE_IDEA, /* "+ text": for the last moment */
    CAPTURE_PHASE /* "# text" */
};

struct capture {
    enum capture_kind kind;
    struct buffer title;
    int64_t channel; /* id, or FIELD_ABSENT */
    int64_t seconds; /* or FIELD_ABSENT */
    int64_t after;   /* number of the moment that it goes after, or FIELD_ABSENT */
    int64_t phase;   /* id, or 0 */
    bool park;
    struct buffer unknown; /* the last word with @ that stayed in the title; named to the user */
};

struct phases {
    struct phase *at;
    size_t count;
};
void phases_release(struct phases *phases);

/* Reads one line. Tags stand at its end, each a word with '@': @p or @phone (letter or unambiguous
 * start of a channel), @15s @2m @1h, @7 (after 7), @park, a phase's start. Where a word could be
 * both a channel and a phase, a channel's letter wins, then whole names; else it is unknown. "@@x"
 * at the start of a word writes "@x"; "++" and "##" at the start of the line escape. An unknown tag
 * ends the tags: it and what stands before stay title. Of two tags of a kind the last counts. A
 * line of tags alone is empty, but its tags are read. `result` is zeroed or was used before; its
 * buffers belong to the caller: capture_release(). */
void capture_read(const char *line, const struct channels *channels, const struct phases *phases,
                  struct capture *result);
void capture_release(struct capture *capture);

/* "= In person · 15 s · after 7": how the tags were read; "" when there are none. */
void capture_describe(const struct capture *capture, const struct channels *channels,
                      const struct phases *phases, struct buffer *out);

/* One line of a pasted list: a leading bullet or number ("- ", "* ", "• ", "1. ", "2) "), a box
 * ("[ ] ") and blanks at both ends dropped; false for a line with nothing else. Literal otherwise:
 * no tags. Offsets into `line`. */
bool capture_paste_line(const char *line, size_t length, size_t *from, size_t *to);

#endif
