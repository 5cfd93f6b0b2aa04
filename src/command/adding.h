/* Moments that are added one after the other in one edit: each goes where the one before it left
 * the place, with what its line says of it.
 */
#ifndef COMMAND_ADDING_H
#define COMMAND_ADDING_H

#include "handler.h"
#include "touchline/capture.h"

struct adding {
    struct work work;
    struct moment pattern; /* what the options say of each */
    struct channels channels;
    struct phases phases; /* for tags; read when there are any */
    struct capture line;
    bool tags, park;
    int64_t after;  /* where the next one goes: an id, PLACE_START, PLACE_END */
    int64_t moment; /* added last, or the one written after: "+ idea" is for it */
    int64_t moments, ideas, new_phases;
    bool alone;            /* one moment is asked for: a near double of it is named */
    struct buffer like;    /* "9 Drink offered" */
    struct buffer first;   /* title of the first one added */
    struct buffer unknown; /* the last word that looks like a tag and is none */
};

void adding_release(struct adding *adding); /* all but the work */

/* A new phase; what is added next belongs to it. */
enum status adding_phase(struct adding *adding, const char *title, struct error *error) MUST_USE;

/* A moment as `pattern` and `line` have it. */
enum status adding_moment(struct adding *adding, const char *title, int64_t after, bool parked,
                          struct error *error) MUST_USE;

/* What a line with tags says: a moment, an idea, a phase, or nothing. */
enum status adding_tagged(struct adding *adding, const char *line, struct error *error) MUST_USE;

/* A moment called as the line, without the bullet or number in front; a blank line is none. */
enum status adding_bare(struct adding *adding, const char *line, struct error *error) MUST_USE;

#endif
