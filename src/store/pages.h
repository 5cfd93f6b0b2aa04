/* The rows of a database file taken from its bytes alone: no SQL, no schema that is believed, no
 * index. What SQLite gives up at (a page that is garbage, a file cut short) costs the rows that
 * stood there, and no others. sqlite.org/fileformat.html, 1.3 to 2.1.
 *
 * First each table's tree is mapped, from its root; then the rows of its leaves are read, in the
 * order of pages. Leaves that no tree leads to any more can be read as well, by the shape of their
 * rows: they may hold what a damaged page led to, or what was replaced long ago.
 */
#ifndef STORE_PAGES_H
#define STORE_PAGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* More columns than any table of a board has; a row with more is none of ours. */
#define PAGES_COLUMNS_MOST 32

/* No row of a board is longer: a note of 1 MiB and some fields of 64 KiB. */
#define PAGES_ROW_MOST (4 << 20)

struct pages {
    const unsigned char *bytes; /* borrowed: the whole file */
    size_t size;                /* of a page */
    size_t usable;              /* of it */
    uint32_t count;             /* whole pages that are there */
    uint32_t said;              /* as many as the header says, 0 when it says nothing */
    unsigned char *owners;      /* a byte a page: which tree it belongs to */
    uint32_t unread;            /* pages that a tree leads to, and that are none */
    int64_t broken;             /* rows that make no sense */
    size_t room;                /* the most bytes that a row here can have */
    unsigned char *row;         /* the one that is read, */
    char *values;               /* and its texts, each with a NUL behind it */
};

enum pages_type { PAGES_NULL, PAGES_INTEGER, PAGES_REAL, PAGES_TEXT, PAGES_BLOB };

struct pages_value {
    enum pages_type type;
    int64_t integer;
    const char *text; /* or blob; NUL-terminated, valid until the next row */
    size_t length;
};

struct pages_row {
    int64_t id;
    int count; /* of columns */
    struct pages_value at[PAGES_COLUMNS_MOST];
};

/* Takes a row; false ends the reading. */
typedef bool pages_take(void *data, const struct pages_row *row);

/* Owners. A tree's is any number between. */
enum { PAGES_LOOSE = 0, PAGES_FREE = 254, PAGES_LONG = 255 /* the rest of a long row */ };

void pages_init(struct pages *pages, const unsigned char *bytes, size_t length);
void pages_release(struct pages *pages);

/* Gives the pages of the tree at `root` to `owner`; what it leads to in vain is counted in
 * `unread`. */
void pages_map(struct pages *pages, uint32_t root, unsigned char owner);

/* Gives the pages of the free list, as far as it can be followed, to PAGES_FREE: after the trees,
 * which are believed more. */
void pages_map_free(struct pages *pages);

/* Reads the rows on the leaves of an owner. With a shape, those of that shape alone, and what has
 * another does not count as broken: one letter a column, '0' for NULL, 'i' an integer, 't' a text,
 * 'I' and 'T' the same or NULL. */
void pages_read(struct pages *pages, unsigned char owner, const char *shape, pages_take *take,
                void *data);

#endif
