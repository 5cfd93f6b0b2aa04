/* What a table of a board has for columns: how each one's cells are written in words, and how such
 * words are read. It knows no format; whatever lays a board out as a table works by it. */
#ifndef EXCHANGE_COLUMNS_H
#define EXCHANGE_COLUMNS_H

#include "touchline/rows.h"

/* A word read before, and what it means in its column. */
struct known_word {
    const struct column *column;
    char text[16];
    size_t length;
    int64_t number; /* or FIELD_ABSENT */
};

/* Columns of a table, and spellings that are kept for each. */
enum { COLUMNS_MOST = 20, SPELLINGS = 8 };

/* What words hang on. Zeroed but for the channels, which stay the same. */
struct words {
    const struct channels *channels;
    struct buffer scratch; /* for one cell; the caller's to release */

    /* A board has few different words, each in thousands of rows, and to find out what one means
     * took a third of an import. */
    struct known_word known[128];
    struct known_word spelled[COLUMNS_MOST][SPELLINGS]; /* the other way round, by their numbers */
};

struct column {
    int field;        /* of the item; or the one that its cells look like, if any */
    const char *name; /* of a column that is no field, else NULL */

    /* The cell of a row: a number, a text (of the row or in the scratch), or absent. */
    struct value (*get)(const struct column *column, const struct row *row, struct words *words);

    /* Puts the text of a cell into the row: not empty, valid UTF-8, its line ends LF. The error
     * names the column. NULL: it is not read. */
    enum status (*set)(const struct column *column, struct row *row, struct value text,
                       struct words *words, struct error *error);
};

/* In the order in which they are written. */
extern const struct column columns[];
extern const size_t column_count;

const char *column_name(const struct column *column);

/* The column of that name, without case, or NULL. */
const struct column *column_by_name(const char *name);

/* Equal but for the case of ASCII letters, in every locale. */
bool column_name_is(const char *a, const char *b);

#endif
