/* Programs that change the same moments of a board at once, each a process and a person of its own,
 * and one that looks all the while. What each believes it did and saw lies in memory that they
 * share with the test, to be held against the board's history afterwards.
 *
 *     struct crowd *crowd = crowd_gather(path, &options);   (the board must not be open here yet)
 *     crowd_start(crowd);
 *     while (crowd_is_busy(crowd))
 *         ...
 *     crowd_end(crowd);                                     (fails when one of them gave up)
 *     crowd_tale(crowd, i)->edits ...
 *     crowd_free(crowd);
 */
#ifndef TOUCHLINE_TESTS_CROWD_H
#define TOUCHLINE_TESTS_CROWD_H

#include "touchline/status.h"
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum {
    CROWD_MOST = 20,
    CROWD_SOUGHT = 6,           /* moments that most changes are to: the first ones */
    CROWD_DEEDS_MOST = 400,     /* of a writer */
    CROWD_SIGHTINGS_MOST = 4096 /* of the one that looks: there it ends */
};

struct crowd_options {
    int writers;
    int deeds;              /* that each tries */
    int pace_ms;            /* from one to its next; 0: at once */
    int patience_ms;        /* for another's lock */
    const char *vfs;        /* NULL: the system's, with its syncs */
    uint64_t seed;          /* each writer has one of its own made of it */
    int64_t first, moments; /* ids of those to change */
    int64_t spared[2];      /* of them, these are let be */
};

/* A field that a writer changed, from what it had seen to what it wanted, as text ("" for none). */
struct belief {
    int64_t edit, id;
    char field[16], old[32], new[32];
};

struct tale {
    char gave_up[ERROR_TEXT_SIZE];       /* why, "" when it did not */
    int64_t edits;                       /* it was told that they are saved, undo and redo too */
    int64_t answers[STATUS_STOPPED + 1]; /* by status */
    size_t deeds, beliefs;
    double ms[CROWD_DEEDS_MOST]; /* that each took, from asking for the lock to the answer */
    struct belief believed[CROWD_DEEDS_MOST * 2];
    char name[16];              /* who it is, in history and on its ballot */
    int64_t dots[CROWD_SOUGHT]; /* it believes to have laid on them */
};

/* One reading of the window: what of it is told must be as the board was after `edit`. */
struct sighting {
    int64_t edit, before, total, counted; /* counted: by the meter */
    size_t count;
    struct {
        int64_t id, rating, chosen;
        char title[32], handling[32], expectation[32];
    } at[8];
};
struct sightings {
    char gave_up[ERROR_TEXT_SIZE];
    size_t count;
    struct sighting at[CROWD_SIGHTINGS_MOST];
};

struct crowd;

/* Forks them; they wait for the start. A vote with dots must be open: each lays some. */
struct crowd *crowd_gather(const char *path, const struct crowd_options *options);
void crowd_start(struct crowd *crowd);
bool crowd_is_busy(struct crowd *crowd); /* false once all writers are through */
void crowd_end(struct crowd *crowd);
void crowd_free(struct crowd *crowd);

const struct tale *crowd_tale(const struct crowd *crowd, int writer);
const struct sightings *crowd_sightings(const struct crowd *crowd);

/* The time that `part` (0.5, 0.99, 1) of all deeds stayed within. */
double crowd_ms(const struct crowd *crowd, double part);

#endif
