/* What a program must see to before it touches anything. */
#ifndef CLI_START_H
#define CLI_START_H

#include <stdbool.h>

/* Descriptors 0 to 2 are open from here on, so that no board becomes one of them; writing to a pipe
 * that nobody reads, or beyond the file-size limit, is an error instead of the end. False when even
 * that cannot be had. */
bool start_safely(void);

/* Sets LC_CTYPE, never more: C.UTF-8 where it is no UTF-8 locale or one that this machine has not,
 * so that columns are counted alike. Returns whether UTF-8 was asked for; in plain C or Latin-1
 * only ASCII is shown. */
bool start_locale(void);

#endif
