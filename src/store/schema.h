/* The text of a board's schema, version by version: what a new board is made with, and what an
 * opened one is compared with before anything of it runs. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include <stddef.h>

/* In the header of the file: "TOUC" (touchline-board(5)). */
#define SCHEMA_APPLICATION_ID 0x544F5543

/* In user_version: the newest that this program knows. */
#define SCHEMA_VERSION 2

/* One table or index: as it stands in sqlite_schema, and as it is made. */
struct schema_object {
    const char *name;
    const char *sql;
};

/* The statements that lead from version - 1 to version, in order; NULL ends them. A migration only
 * creates and adds columns. */
const char *const *schema_migration(int version);

/* What a board of that version consists of; NULL for a version that is not known. */
const struct schema_object *schema_expected(int version, size_t *count);

#endif
