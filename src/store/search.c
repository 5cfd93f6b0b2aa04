/* Searching: one SQL function that looks for folded words in texts, and the slices of a search. */
#include "filter.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/text.h"
#include <assert.h>
#include <string.h>

/* has_words(needle, text...): whether any of the texts holds the needle, which is folded already.
 */
static void has_words(sqlite3_context *context, int count, sqlite3_value **values)
{
    const char *needle = (const char *)sqlite3_value_text(values[0]);
    size_t length = (size_t)sqlite3_value_bytes(values[0]);
    int found = 0;
    for (int i = 1; needle && i < count && !found; i++) {
        if (sqlite3_value_type(values[i]) != SQLITE_TEXT)
            continue;
        const char *text = (const char *)sqlite3_value_text(values[i]);
        if (text)
            found = text_find(text, (size_t)sqlite3_value_bytes(values[i]), needle, length) >= 0;
    }
    sqlite3_result_int(context, found);
}

int store_add_functions(sqlite3 *db)
{
    return sqlite3_create_function_v2(db, "has_words", -1,
                                      SQLITE_UTF8 | SQLITE_DETERMINISTIC | SQLITE_DIRECTONLY, NULL,
                                      has_words, NULL, NULL, NULL);
}

void filter_bind(const struct filter *filter, sqlite3_stmt *statement, struct buffer *folded)
{
    sqlite3_bind_int64(statement, 10, filter->channel == FIELD_ABSENT ? -1 : filter->channel);
    sqlite3_bind_int64(statement, 11, filter->rating);
    sqlite3_bind_int(statement, 12, filter->chosen);
    sqlite3_bind_int(statement, 13, filter->cheap);
    sqlite3_bind_null(statement, 14);
    if (!filter->words || !*filter->words)
        return;
    buffer_clear(folded);
    text_fold(folded, filter->words, strlen(filter->words));
    sqlite3_bind_text64(statement, 14, buffer_text(folded), folded->length, SQLITE_STATIC,
                        SQLITE_UTF8);
}

/* --- slices ----------------------------------------------------------------------------------- */

void store_search_begin(struct search *search, const char *words, int64_t from, int direction)
{
    struct buffer folded = {0};
    memset(search, 0, sizeof *search);
    text_fold(&folded, words, strlen(words));
    search->words = words;
    search->folded = buffer_take(&folded);
    search->start = from;
    search->direction = direction < 0 ? -1 : +1;
}

void store_search_end(struct search *search)
{
    memory_free(search->folded);
    memset(search, 0, sizeof *search);
}

/* Where the search began, as a place; from nowhere it looks at all there is, and does not go round.
 */
static enum status first_slice(struct store *store, struct search *search, struct error *error)
{
    enum status status =
        store_ask(store, SQL_ORD_OF, search->start, 0, INT64_MIN, &search->start_ord, error);
    search->begun = status == STATUS_OK;
    search->at = search->start_ord;
    if (search->start_ord == INT64_MIN) {
        search->round = true;
        search->start_ord = search->direction > 0 ? INT64_MAX : INT64_MIN;
        search->at = search->direction > 0 ? INT64_MIN : INT64_MAX;
    }
    return status;
}

/* Steps through one slice; *looked counts its rows. */
static enum status slice(struct store *store, struct search *search, int rows, int *looked,
                         int64_t *found, struct error *error)
{
    enum status status;
    bool row;
    enum statement onwards = search->titles ? SQL_SEARCH_TITLES_ON : SQL_SEARCH_ON;
    assert(search->direction > 0 || !search->titles);
    sqlite3_stmt *scan =
        store_statement(store, search->direction > 0 ? onwards : SQL_SEARCH_BACK, error);
    if (!scan)
        return error->status;
    sqlite3_bind_int64(scan, 1, search->at);
    sqlite3_bind_text(scan, 2, search->folded, -1, SQLITE_STATIC);
    sqlite3_bind_int(scan, 3, rows);
    *looked = 0;
    while ((status = store_step_row(store, scan, &row, error)) == STATUS_OK && row) {
        (*looked)++;
        search->at = sqlite3_column_int64(scan, 1);
        bool past = search->round && (search->direction > 0 ? search->at > search->start_ord
                                                            : search->at < search->start_ord);
        if (past)
            *looked = -1;
        else if (sqlite3_column_int(scan, 2))
            *found = sqlite3_column_int64(scan, 0);
        if (past || *found)
            break;
    }
    sqlite3_reset(scan);
    return status;
}

enum status store_search(struct store *store, struct search *search, int rows, int64_t *found,
                         bool *done, struct error *error)
{
    int looked = 0;
    enum status status = STATUS_OK;
    *found = 0;
    *done = false;
    if (!search->begun)
        status = first_slice(store, search, error);
    if (status == STATUS_OK)
        status = slice(store, search, rows, &looked, found, error);
    if (status != STATUS_OK || *found)
        return status;
    if (looked < 0 || (looked < rows && search->round))
        *done = true;
    else if (looked < rows) {
        search->round = true;
        search->at = search->direction > 0 ? INT64_MIN : INT64_MAX;
    }
    return STATUS_OK;
}
