/* A folder of its own for each test, gone afterwards whatever happened in between:
 *
 *     cmocka_unit_test_setup_teardown(a_board_is_made, fixture_setup, fixture_teardown)
 *
 *     static void a_board_is_made(void **state)
 *     {
 *         const char *path = fixture_path(*state, "cab.touchline");
 */
#ifndef TOUCHLINE_TESTS_FIXTURE_H
#define TOUCHLINE_TESTS_FIXTURE_H

#include <stddef.h>

struct fixture {
    char *folder; /* empty at first */
    char **paths; /* what fixture_path() has given out */
    size_t count;
};

/* cmocka's setup and teardown; *state is the struct fixture. */
int fixture_setup(void **state);
int fixture_teardown(void **state);

/* The same for tests with a state of their own. */
struct fixture *fixture_new(void);
void fixture_free(struct fixture *fixture);

/* "FOLDER/name"; lives as long as the fixture. */
const char *fixture_path(struct fixture *fixture, const char *name);

/* Writes a file into the folder and gives its path, as above. */
const char *fixture_write(struct fixture *fixture, const char *name, const char *content);

/* The content of any file, for memory_free(); NULL when it cannot be read. */
char *fixture_read(const char *path);

#endif
