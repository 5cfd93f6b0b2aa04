/* A review as part of an edit, and as others tell of it. */
#ifndef COMMAND_REVIEW_H
#define COMMAND_REVIEW_H

#include "handler.h"

/* Begins a review on the day of the call; *began says whether: one that goes on already stays. */
enum status review_begin(struct work *work, bool *began, struct error *error) MUST_USE;

/* "3 of 7 rated anew"; nothing while no review goes on. */
void review_progress(const struct meter *meter, struct buffer *out);

#endif
