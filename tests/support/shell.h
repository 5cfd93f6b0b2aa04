/* The program as a shell user runs it: a line of sh in the fixture's folder, with `touchline` on
 * the PATH, TOUCHLINE_NAME=Tester and nothing on standard input.
 *
 *     struct shell_result result = shell_run(fixture, "touchline list cab.touchline | head -1");
 *     assert_int_equal(result.code, 0);
 *     assert_string_equal(result.out, "Before\n");
 *     shell_release(&result);
 */
#ifndef TOUCHLINE_TESTS_SHELL_H
#define TOUCHLINE_TESTS_SHELL_H

#include "fixture.h"

struct shell_result {
    int code;        /* exit status, 128 + the signal that ended it */
    char *out, *err; /* what it wrote, NUL-terminated */
};

struct shell_result shell_run(struct fixture *fixture, const char *line);
void shell_release(struct shell_result *result);

/* Runs a line and asserts all that comes of it; NULL: whatever it is. */
#define shell_expect(fixture, line, code, out, err)                                                \
    shell_expect_at(fixture, line, code, out, err, __FILE__, __LINE__)
void shell_expect_at(struct fixture *fixture, const char *line, int code, const char *out,
                     const char *err, const char *file, int at);

#endif
