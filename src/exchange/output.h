/* How every format of this room writes: it gathers text in a buffer and hands that on in blocks. */
#ifndef EXCHANGE_OUTPUT_H
#define EXCHANGE_OUTPUT_H

#include "touchline/buffer.h"
#include "touchline/exchange.h"
#include <stdio.h>

/* Hands on what `held` has gathered, once that is worth a write. */
enum status output_some(FILE *file, struct buffer *held, struct error *error) MUST_USE;

/* Hands on all of it, and what the FILE itself still holds. */
enum status output_all(FILE *file, struct buffer *held, struct error *error) MUST_USE;

/* Tells how far the work has come, now and then; STATUS_STOPPED when it shall end. */
enum status output_tell(const struct progress *progress, int64_t rows, int64_t bytes,
                        struct error *error) MUST_USE;

#endif
