/* A board, and commands run on it by their lines, as by a key or in the palette: at noon of
 * Saturday 21 November 2026.
 *
 *     static int setup(void **state)
 *     {
 *         *state = desk_new("Ana", lines);
 *         return 0;
 *     }
 *
 *     desk_run(desk, "rate 1 magical", "1 is now magical. u takes it back.");
 */
#ifndef TOUCHLINE_TESTS_DESK_H
#define TOUCHLINE_TESTS_DESK_H

#include "fixture.h"
#include "touchline/buffer.h"
#include "touchline/command.h"

struct desk {
    struct fixture *fixture;
    struct store *store;
    struct session session;
    struct error error;
    struct buffer message; /* of the last command, as all that follows */
    int64_t select, added;
    bool changed;
};

extern const struct date desk_today;

/* By `who`, with these lines run, up to a NULL. */
struct desk *desk_new(const char *who, const char *const *lines);

/* cmocka's teardown; *state is the struct desk. */
int desk_teardown(void **state);

/* The same board, opened by somebody else; made when it is not there. How, and where it is. */
struct store *desk_open_as(struct desk *desk, const char *who);
struct store_options desk_options(const char *who);
const char *desk_path(struct desk *desk);

/* `screen`: with a session, so that words tell of u. */
enum status desk_run_as(struct desk *desk, struct store *store, bool screen, const char *line);

/* On the desk's own store and screen; `says` NULL: whatever it says. */
#define desk_run(desk, line, says) desk_run_at(desk, line, says, __FILE__, __LINE__)
#define desk_refused(desk, line, status, says)                                                     \
    desk_refused_at(desk, line, status, says, __FILE__, __LINE__)
void desk_run_at(struct desk *desk, const char *line, const char *says, const char *file, int at);
void desk_refused_at(struct desk *desk, const char *line, enum status status, const char *says,
                     const char *file, int at);

/* The moment of that number, for record_release(). */
struct moment desk_moment(struct desk *desk, const char *name);

#endif
