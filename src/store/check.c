/* Whether a board is sound: SQLite's own word, each value of each row, and what must agree between
 * rows. Damage found on the way is a finding like the others, and the rest is looked at all the
 * same. */
#include "edit_internal.h"
#include "touchline/buffer.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/store.h"
#include <stdarg.h>
#include <string.h>

/* What is beyond is the same trouble once more. */
#define FINDINGS_MOST 100

struct check {
    struct store *store;
    struct buffer *report;
    int findings;
};

FORMAT_LIKE(2, 3)
static void found(struct check *check, const char *format, ...)
{
    va_list list;
    if (++check->findings > FINDINGS_MOST)
        return;
    va_start(list, format);
    buffer_add_format_list(check->report, format, list);
    va_end(list);
    buffer_add_byte(check->report, '\n');
}

/* --- SQLite's own word ------------------------------------------------------------------------ */

/* What SQLite's words mean to a person; the first that is found in a line. */
static const struct {
    const char *part, *words;
} meanings[] = {
    {"missing from index", "a row is missing from one of its lists; the row itself is there"},
    {"in index", "one of its lists is damaged; the rows themselves are there"},
    {"never used", "a page belongs to nothing, or what led to it is damaged"},
    {"reelist", "its list of unused pages is damaged; nothing of the board stands there"},
    {"NULL value in", "a row is without a value that it cannot be without"},
    {"constraint failed", "a row holds a value that no board can have"},
    {"", "a page is damaged, and what stands on it may be lost"},
};

/* One of SQLite's lines may be many. */
static void found_in_file(struct check *check, const char *lines)
{
    while (*lines) {
        size_t length = strcspn(lines, "\n"), i = 0;
        char *line = memory_copy_bytes(lines, length);
        while (!strstr(line, meanings[i].part))
            i++;
        if (length > 0 && !strstr(line, "*** in database"))
            found(check, "file: %s (%s)", meanings[i].words, line);
        memory_free(line);
        lines += length + (lines[length] == '\n');
    }
}

static enum status check_file(struct check *check, struct error *error)
{
    bool row;
    enum status status;
    sqlite3_stmt *lines = store_statement(check->store, SQL_QUICK_CHECK_ALL, error);
    if (!lines)
        return error->status;
    while ((status = store_step_row(check->store, lines, &row, error)) == STATUS_OK && row) {
        const char *line = store_column_text(lines, 0);
        if ((status = trust_check_was_read(check->store, error)) != STATUS_OK)
            break;
        if (strcmp(line, "ok") != 0)
            found_in_file(check, line);
    }
    sqlite3_reset(lines);
    return status;
}

/* --- each value ------------------------------------------------------------------------------- */

static void check_values(struct check *check, sqlite3_stmt *row, enum record record)
{
    const struct record_type *type = record_type(record);
    struct error finding;
    struct value value;
    for (int i = 0; i < (int)type->count; i++)
        if (!store_column_is_sound(row, STORE_FIRST_FIELD(record) + i, record, i, &value, &finding))
            found(check, "%s id:%lld: %s", type->name, (long long)sqlite3_column_int64(row, 0),
                  finding.text);
}

static enum status check_records(struct check *check, enum record record, struct error *error)
{
    struct buffer sql = {0};
    sqlite3_stmt *rows = NULL;
    enum status status;
    bool row;
    buffer_add_text(&sql, "SELECT ");
    store_columns(record, -1, &sql);
    buffer_add_format(&sql, " FROM %s", record_type(record)->table);
    (void)store_prepare(check->store, &rows, buffer_text(&sql), error);
    buffer_release(&sql);
    if (!rows)
        return error->status;
    while ((status = store_step_row(check->store, rows, &row, error)) == STATUS_OK && row)
        check_values(check, rows, record);
    sqlite3_finalize(rows);
    return status;
}

/* Of an edit, what stands in no table of fields. */
static enum status check_edits(struct check *check, struct error *error)
{
    sqlite3_stmt *edits = NULL;
    enum status status;
    bool row;
    if (!store_prepare(check->store, &edits, "SELECT id, who, words FROM edit", error))
        return error->status;
    while ((status = store_step_row(check->store, edits, &row, error)) == STATUS_OK && row)
        if (!store_column_words(edits, 1) || !store_column_words(edits, 2))
            found(check, "history: edit %lld has a name or words that are no text",
                  (long long)sqlite3_column_int64(edits, 0));
    sqlite3_finalize(edits);
    return status;
}

/* Once for an edit, which may have thousands. */
static enum status check_changes(struct check *check, struct error *error)
{
    sqlite3_stmt *changes = NULL;
    struct history_change change;
    struct error finding;
    enum status status;
    int64_t told = 0;
    bool row;
    if (!store_prepare(check->store, &changes,
                       "SELECT record, id, field, old, new, edit FROM change ORDER BY edit, n",
                       error))
        return error->status;
    while ((status = store_step_row(check->store, changes, &row, error)) == STATUS_OK && row) {
        int64_t edit = sqlite3_column_int64(changes, 5);
        if (edit == told ||
            history_read_change(check->store, changes, &change, &finding) == STATUS_OK)
            continue;
        told = edit;
        found(check, "history: edit %lld changed what no board has", (long long)edit);
    }
    sqlite3_finalize(changes);
    return status;
}

/* --- what must agree -------------------------------------------------------------------------- */

#define TALLY_OF_ITEMS                                                                             \
    "SELECT kind, state, coalesce(channel, 0), rating, count(*), count(seconds), "                 \
    "CAST(total(seconds * times) AS INTEGER), CAST(total(times) AS INTEGER), "                     \
    "CAST(total(chosen) AS INTEGER) FROM item GROUP BY 1, 2, 3, 4"
#define TALLY_KEPT                                                                                 \
    "SELECT kind, state, channel, rating, n, timed, seconds, times, chosen FROM tally "            \
    "WHERE n <> 0 OR timed <> 0 OR seconds <> 0 OR times <> 0 OR chosen <> 0"
#define REFERS_TO_NOTHING(table, column)                                                           \
    "SELECT '" table "s: ' || count(*) || ' whose " column " is not there' FROM " table            \
    " WHERE " column " NOT IN (SELECT id FROM " column ") HAVING count(*) > 0"
#define BELONGS_NOWHERE(table, id)                                                                 \
    "SELECT '" table " id:' || " id " || ': it belongs to no moment' FROM " table                  \
    " WHERE item NOT IN (SELECT id FROM item WHERE kind = 1)"

/* Each query gives a line a finding. */
static const char *const agreements[] = {
    "SELECT 'board: its own row is not there' WHERE NOT EXISTS (SELECT 1 FROM board WHERE id = 1)",
    "SELECT 'id:' || id || ': neither a moment nor a phase' FROM item WHERE kind NOT IN (1, 2)",
    "SELECT 'id:' || id || ': its place is out of range' FROM item WHERE typeof(ord) <> 'integer' "
    "OR ord <= -4611686018427387904 OR ord >= 4611686018427387904",
    "SELECT 'id:' || min(id) || ': it shares its place with id:' || max(id) FROM item "
    "GROUP BY ord HAVING count(*) > 1",
    "SELECT 'phase id:' || id || ': parked, and no phase can be' FROM item "
    "WHERE kind = 2 AND state = 1",
    "SELECT 'moment id:' || id || ': its channel is not there' FROM item "
    "WHERE channel IS NOT NULL AND channel NOT IN (SELECT id FROM channel)",
    "SELECT 'moment id:' || id || ': a target and no rating' FROM item "
    "WHERE rating = 0 AND target <> 0",
    "SELECT 'chosen: ' || count(*) || ' moments, and at most 5 can be' FROM item "
    "WHERE kind = 1 AND state = 0 AND chosen = 1 HAVING count(*) > 5",
    "SELECT 'channel id:' || max(id) || ': it has the letter of id:' || min(id) FROM channel "
    "WHERE state = 0 GROUP BY letter HAVING count(*) > 1",
    BELONGS_NOWHERE("idea", "id"),
    BELONGS_NOWHERE("action", "id"),
    BELONGS_NOWHERE("entry", "id"),
    BELONGS_NOWHERE("rerating", "id"),
    BELONGS_NOWHERE("mark", "ballot"),
    REFERS_TO_NOTHING("rerating", "review"),
    REFERS_TO_NOTHING("ballot", "vote"),
    REFERS_TO_NOTHING("mark", "ballot"),
    "SELECT 'votes: ' || count(*) || ' are open, and one at a time can be' FROM vote "
    "WHERE state = 0 AND stage = 1 HAVING count(*) > 1",
    "SELECT 'reviews: ' || count(*) || ' are going on, and one at a time can' FROM review "
    "WHERE state = 0 AND ended = 0 HAVING count(*) > 1",
    "SELECT 'ballot id:' || id || ': its name or code is none' FROM ballot "
    "WHERE typeof(name) <> 'text' OR typeof(code) <> 'text' OR name = '' OR code = '' "
    "OR instr(name, char(0)) > 0",
    "SELECT 'ballot id:' || ballot || ': a mark for id:' || item || ' that cannot be' FROM mark "
    "WHERE typeof(value) <> 'integer' OR value NOT BETWEEN 1 AND 1000",
    "SELECT 'tally: ' || count(*) || ' sums are not what the moments add up to' "
    "FROM (" TALLY_OF_ITEMS " EXCEPT " TALLY_KEPT ") HAVING count(*) > 0",
    "SELECT 'tally: ' || count(*) || ' sums have no moments to them' "
    "FROM (" TALLY_KEPT " EXCEPT " TALLY_OF_ITEMS ") HAVING count(*) > 0",
    "SELECT 'history: edit ' || edit || ' is not there, and its changes are' FROM change "
    "WHERE edit NOT IN (SELECT id FROM edit) GROUP BY edit",
    "SELECT 'history: edit ' || id || ' is neither an edit nor an undo nor a redo' FROM edit "
    "WHERE kind NOT IN (0, 1, 2) OR (kind = 0) <> (undoes IS NULL)",
    "SELECT 'history: edit ' || id || ' takes back one that is not there' FROM edit "
    "WHERE undoes >= id OR undoes NOT IN (SELECT id FROM edit)",
    "SELECT 'history: edit ' || edit || ' added what cannot be read' FROM change "
    "WHERE field = '*' AND CASE typeof(new) WHEN 'text' THEN NOT json_valid(new) ELSE 1 END "
    "GROUP BY edit",
};

static enum status check_agreement(struct check *check, const char *sql, struct error *error)
{
    sqlite3_stmt *lines = NULL;
    enum status status;
    bool row;
    if (!store_prepare(check->store, &lines, sql, error))
        return error->status;
    while ((status = store_step_row(check->store, lines, &row, error)) == STATUS_OK && row) {
        const char *line = store_column_text(lines, 0);
        found(check, "%s", line ? line : "damaged");
    }
    sqlite3_finalize(lines);
    return status;
}

/* --- all of it -------------------------------------------------------------------------------- */

/* Damage is what we are here to tell; anything else (a lock, a disk) ends the check. */
static enum status as_finding(struct check *check, enum status status, const char *of)
{
    if (status != STATUS_BAD_DATA)
        return status;
    found(check, "%s: not all that is there can be read", of);
    return STATUS_OK;
}

/* What one cannot be asked of is asked of the others all the same, and told once. */
static enum status check_agreements(struct check *check, struct error *error)
{
    enum status status = STATUS_OK, damaged = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < sizeof agreements / sizeof *agreements; i++) {
        status = check_agreement(check, agreements[i], error);
        if (status == STATUS_BAD_DATA) {
            damaged = status;
            status = STATUS_OK;
        }
    }
    return status == STATUS_OK ? as_finding(check, damaged, "what must agree") : status;
}

static enum status check_all(struct check *check, struct error *error)
{
    enum status status = as_finding(check, check_file(check, error), "file");
    for (int record = 0; status == STATUS_OK && record < RECORDS; record++)
        status = as_finding(check, check_records(check, (enum record)record, error),
                            record_type((enum record)record)->many);
    if (status == STATUS_OK)
        status = as_finding(check, check_edits(check, error), "history");
    if (status == STATUS_OK)
        status = as_finding(check, check_changes(check, error), "history");
    return status == STATUS_OK ? check_agreements(check, error) : status;
}

enum status store_check(struct store *store, struct buffer *report, struct error *error)
{
    struct check check = {.store = store, .report = report};
    if (store->newer)
        return error_set(error, STATUS_REFUSED, "%s: %s; only that can check it", store->path,
                         store->look_only);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = check_all(&check, error);
    store_read_end(store);
    if (status != STATUS_OK || check.findings == 0)
        return status;
    if (check.findings > FINDINGS_MOST)
        buffer_add_format(report, "and %d more\n", check.findings - FINDINGS_MOST);
    return error_set(error, STATUS_BAD_DATA,
                     "%s: %d finding%s; go back to a backup, or 'touchline salvage %s NEW' takes "
                     "out what can be read",
                     store->path, check.findings, check.findings == 1 ? "" : "s", store->path);
}
