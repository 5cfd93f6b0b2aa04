/* A filter (session.h) as part of a WHERE, and its values. */
#ifndef STORE_FILTER_H
#define STORE_FILTER_H

#include "review.h"
#include "touchline/session.h"

/* Parameters 10 to 14: a query with a filter may use 1 to 9 for itself. */
#define FILTER_SQL                                                                                 \
    " AND (?10 = 0 OR (?10 = -1 AND channel IS NULL) OR channel = ?10)"                            \
    " AND (?11 = 0 OR (rating = ?11 - 1 AND NOT " IS_HIDDEN(                                       \
        "item") "))"                                                                               \
                " AND (?12 = 0 OR chosen = 1)"                                                     \
                " AND (?13 = 0 OR EXISTS (SELECT 1 FROM idea WHERE idea.item = item.id AND "       \
                "idea.state = 0"                                                                   \
                " AND idea.price IN (1, 2)))"                                                      \
                " AND (?14 IS NULL OR has_words(?14, title, owner, handling, expectation, "        \
                "benchmark, note))"

/* `folded` lives as long as the statement is stepped. */
void filter_bind(const struct filter *filter, sqlite3_stmt *statement, struct buffer *folded);

#endif
