/* A file made under a temporary name in its folder, synced, and only then given its own name, which
 * nothing may have yet: whole or not at all. */
#ifndef STORE_NEW_FILE_H
#define STORE_NEW_FILE_H

#include "touchline/buffer.h"
#include "touchline/status.h"

/* Makes the empty temporary file (mode 0600); its path comes into `temporary`. */
enum status new_file_begin(const char *path, struct buffer *temporary,
                           struct error *error) MUST_USE;

/* Ends with what `status` says: gives it the name `path`, or removes it. Releases `temporary`. */
enum status new_file_end(struct buffer *temporary, const char *path, enum status status,
                         struct error *error) MUST_USE;

/* STATUS_CANNOT_CREATE with the reason. */
enum status new_file_refuse(const char *path, const char *why, struct error *error);

#endif
