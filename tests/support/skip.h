/* Skipping a test on a machine that cannot run it. `make check` prints each reason, and refuses a
 * skip that has none. Needs <cmocka.h>, included before with what that wants.
 */
#ifndef TOUCHLINE_TESTS_SKIP_H
#define TOUCHLINE_TESTS_SKIP_H

#define skip_because(reason)                                                                       \
    do {                                                                                           \
        print_message("skip: %s\n", reason);                                                       \
        skip();                                                                                    \
    } while (0)

#endif
