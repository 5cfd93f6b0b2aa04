/* Text compared with a stored picture of it, tests/screen/golden/NAME.txt. `make renew` stores what
 * the tests see as right; look at the difference before committing it. */
#ifndef TOUCHLINE_TESTS_GOLDEN_H
#define TOUCHLINE_TESTS_GOLDEN_H

/* Fails the test, after printing where they differ, unless `text` is what is stored. */
#define golden_check(name, text) golden_check_at(name, text, __FILE__, __LINE__)
void golden_check_at(const char *name, const char *text, const char *file, int line);

#endif
