/* room: base
 *
 * Calls this house does not make, refused by the compiler. The Makefile includes this file by force
 * before each of our sources (tests too), so nobody needs to name it.
 *
 * The C headers that declare these names come first: once poisoned, a name may not even be
 * declared. Instead: buffers (touchline/buffer.h), snprintf with its result checked, strtol,
 * gmtime_r, localtime_r, strftime.
 */
#ifndef TOUCHLINE_BANNED_H
#define TOUCHLINE_BANNED_H

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <wchar.h>

/* Some libraries make macros of these, depending on compiler and hardening. */
#undef strcpy
#undef strcat
#undef sprintf

#pragma GCC poison strcpy strcat sprintf vsprintf gets
#pragma GCC poison strtok atoi atol
#pragma GCC poison localtime gmtime ctime asctime

#endif
