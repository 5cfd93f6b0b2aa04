/* What the files of this room share: the open store, its prepared statements, and how a row becomes
 * a record. The only header that includes sqlite3.h. */
#ifndef STORE_INTERNAL_H
#define STORE_INTERNAL_H

#include "touchline/date.h"
#include "touchline/method.h"
#include "touchline/record.h"
#include "touchline/status.h"
#include <sqlite3.h>

struct store_options;

/* A moment's number that is known, from which others are counted. `ord` need not be a moment's. */
struct anchor {
    bool known;
    int64_t ord;    /* a place on the line, */
    int64_t number; /* up to and including which stand so many moments */
};

/* Places lie between these, both exclusive, so that the distance of two fits an int64_t. */
#define PLACE_MOST (INT64_C(1) << 62)

/* One statement for each job, prepared when first used and kept. */
enum statement {
#define X(name, sql) SQL_##name,
#include "statements.inc"
#undef X
    STATEMENTS
};

/* Those of ballot.c, which names them: nobody else can ask what they ask. */
#define BALLOT_STATEMENTS 19

struct store {
    sqlite3 *db;
    char *path;
    char *who;
    char *look_only; /* why, or NULL */
    bool newer;      /* of a version whose schema could not be compared */
    bool older;      /* of a version that is to be upgraded before it is read */
    char *kept;      /* the copy of it as it was before that, or NULL */
    struct clock clock;
    bool (*waiting)(void *, int);
    void *waiting_data;
    int patience_ms; /* how long to wait for another's lock */
    int64_t wait_began_ms, wait_told_ms;
    bool past;          /* a copy of the board as it was: no file that others could change */
    char *private_copy; /* folder of the copy that was recovered, to be removed at the end */

    sqlite3_stmt *statements[STATEMENTS];
    sqlite3_stmt *get_field[RECORDS][RECORD_FIELDS_MAX];
    sqlite3_stmt *set_field[RECORDS][RECORD_FIELDS_MAX];
    sqlite3_stmt *get_record[RECORDS];
    sqlite3_stmt *insert[RECORDS];
    sqlite3_stmt *ballots[BALLOT_STATEMENTS];

    struct anchor anchor;
    bool meter_known, weakest_known; /* for readings; an edit counts anew */
    struct meter meter;
    int64_t weakest;      /* id (R22), 0: none */
    int64_t data_version; /* what these were counted under */
    int64_t seen_version; /* what store_changed() last told of */
    int watch;            /* inotify descriptor, or -1 */
    int again_ms;         /* how long the next "ask again" waits */
    bool moved;
    bool unconfirmed;  /* what was saved last is in the file, its folder perhaps not on the disk */
    struct edit *edit; /* the one that is open */
    int depth;         /* nested read transactions */
};

/* --- the connection (open_file.c, connect.c) -------------------------------------------------- */

/* sqlite3_open_v2() that takes every path for the name of a file ("" for one without a name), and
 * whose files lead to no others: a journal that names one is SQLITE_PERM, one that is no file
 * SQLITE_AUTH; the log of WAL mode is read by a board of that mode alone. */
int store_open_file(const char *path, int flags, const char *vfs, sqlite3 **db) MUST_USE;

/* Opens the database of `store` at `path` with every switch that a stranger's file calls for. *rc
 * (may be NULL) is SQLite's own word on failure. */
enum status store_connect(struct store *store, const char *path, int flags, const char *vfs,
                          int *rc, struct error *error) MUST_USE;

/* journal_mode=DELETE and synchronous=EXTRA, read back: what "saved" rests on. */
enum status store_check_durable(struct store *store, struct error *error) MUST_USE;

/* Sets the busy handler (again, after something asked without waiting). */
void store_wait_for_locks(struct store *store);

/* A store that has no file open yet. */
struct store *store_allocate(const char *path, const struct store_options *options);

/* Opens a file without a look at what is in it: an empty one to be filled, or one that is open
 * already. What goes wrong is told of `path`, which may be another name: the one that it is to
 * have. *out is set also on failure. */
enum status store_open_unchecked(const char *file, const char *path,
                                 const struct store_options *options, struct store **out,
                                 struct error *error) MUST_USE;

/* A store in a file of SQLite's own that has no name and is gone with it, to be filled with a copy
 * of `store`: with its path and its who. *out is set also on failure. */
enum status store_open_copy(struct store *store, struct store **out, struct error *error) MUST_USE;

/* A private copy of whatever lies at `path`, its journal played back as far as SQLite can; closed,
 * for its bytes to be read from `file`. It is gone with the store. *out is set also on failure. */
enum status store_open_image(const char *path, const struct store_options *options,
                             struct buffer *file, struct store **out, struct error *error) MUST_USE;

/* All pages of the board into an open database, under one lock; `path` names that in errors. */
enum status store_copy_pages(struct store *store, sqlite3 *to, const char *path,
                             struct error *error) MUST_USE;

/* Forces a folder's entries to the disk: that of `path`. */
bool store_sync_folder_of(const char *path);

/* The functions that SQL may call: has_words(needle, text...). */
int store_add_functions(sqlite3 *db);

/* --- before anything of a file runs (trust.c) ------------------------------------------------- */

struct header {
    unsigned char bytes[100];
    size_t length;
};
enum status trust_read_header(const char *path, struct header *header,
                              struct error *error) MUST_USE;

/* The same of any regular file, whatever its bytes say. */
enum status trust_read_bytes(const char *path, struct header *header, struct error *error) MUST_USE;
bool trust_header_says_wal(const struct header *header);

/* Version, schema text and length of the open file. A newer version makes it one to look at, an
 * older one is told in store->older. */
enum status trust_check_content(struct store *store, struct error *error) MUST_USE;

/* The first line of SQLite's quick_check into `finding`, which stays empty when all is well. It
 * runs the file's own CHECK expressions: only after trust_check_content(). */
enum status trust_quick_check(struct store *store, struct buffer *finding,
                              struct error *error) MUST_USE;

/* What the disk refused to read is no finding about the file, though SQLite's checks tell it as
 * one. Asked after a step of theirs that gave a row. */
enum status trust_check_was_read(const struct store *store, struct error *error) MUST_USE;

void store_set_look_only(struct store *store, const char *why);

/* A copy of the board and its journal in a folder of our own, mended when opened; its path comes
 * into `opened`, and `why` becomes the reason to look only. */
enum status private_copy_make(struct store *store, const char *why, struct buffer *opened,
                              struct error *error) MUST_USE;
void private_copy_remove(struct store *store);

/* Makes an empty file a board, with the default channels (R4) or with none. */
enum status create_fill(struct store *store, bool channels, struct error *error) MUST_USE;

/* --- what lies beside a board (journal.c) ----------------------------------------------------- */

/* STATUS_BAD_DATA when a journal, or in WAL mode a log, waits to be played back that would make a
 * sound board an unsound one. No other connection of this process may have the board open. */
enum status journal_check(const struct store *store, bool in_wal_mode,
                          struct error *error) MUST_USE;

/* What a program leaves that died before its edit had changed the board: nothing to be played back,
 * as SQLite tells by the first byte. */
bool journal_is_dead(const char *journal);

/* --- versions (upgrade.c) --------------------------------------------------------------------- */

/* Runs the migrations after `version` (0: on an empty file), in a transaction each. */
enum status upgrade_from(struct store *store, int version, struct error *error) MUST_USE;

/* Brings a board that trust_check_content() found older to this version; with `keep` only after a
 * copy of it as it is lies beside it (store->kept). What fails leaves the board as it was. */
enum status upgrade_board(struct store *store, bool keep, struct error *error) MUST_USE;

/* --- statements (statement.c) ----------------------------------------------------------------- */

/* Maps an SQLite result to a status with one clear line. `doing` says what: "read the board". */
enum status store_fail(struct store *store, int rc, const char *doing, struct error *error);

/* Whether a result means that there is no room; `system` is errno, 0: only SQLite is asked for it.
 */
bool store_disk_is_full(sqlite3 *db, int rc, int system);

/* STATUS_BAD_DATA: what is wrong with the file, and that salvage takes out what can be read. */
enum status store_tell_damage(const char *path, struct error *error, const char *format, ...)
    FORMAT_LIKE(3, 4);

/* The statement, reset, or NULL (error filled). What was bound last is still bound: callers bind
 * all parameters. */
sqlite3_stmt *store_statement(struct store *store, enum statement which, struct error *error);

/* Prepares `sql` into *slot unless it is there, and resets it. */
sqlite3_stmt *store_prepare(struct store *store, sqlite3_stmt **slot, const char *sql,
                            struct error *error);

/* BEGIN or BEGIN IMMEDIATE. The end of it is prepared before, for by then there may be no memory,
 * and what does not end keeps everybody else from writing. */
enum status store_begin(struct store *store, enum statement how, struct error *error) MUST_USE;
enum status store_commit(struct store *store, struct error *error) MUST_USE;

/* A full disk or a failed read has SQLite roll back by itself: then there is nothing to do. */
void store_roll_back(struct store *store);

/* Steps a statement: STATUS_OK with *row telling whether there is a row; it is reset at the end. */
enum status store_step_row(struct store *store, sqlite3_stmt *statement, bool *row,
                           struct error *error) MUST_USE;

/* Runs a statement that gives no rows, and resets it. */
enum status store_run(struct store *store, sqlite3_stmt *statement, struct error *error) MUST_USE;
enum status store_exec(struct store *store, const char *sql, struct error *error) MUST_USE;

/* One integer from a bound statement; `none` when there is no row or it is NULL. Resets it. */
enum status store_integer(struct store *store, sqlite3_stmt *statement, int64_t none,
                          int64_t *value, struct error *error) MUST_USE;

/* The same for a statement whose parameters 1 and 2 (if it has them) are `a` and `b`. */
enum status store_ask(struct store *store, enum statement which, int64_t a, int64_t b, int64_t none,
                      int64_t *value, struct error *error) MUST_USE;

/* Forgets what another program's change has made stale. Call inside a reading. */
enum status store_notice_changes(struct store *store, struct error *error) MUST_USE;

/* Refuses to write on a board to look at, or one whose file is gone. */
enum status store_check_writable(struct store *store, struct error *error) MUST_USE;
enum status store_refuse_moved(struct store *store, struct error *error);

/* --- rows into records (read.c) --------------------------------------------------------------- */

void store_bind(sqlite3_stmt *statement, int parameter, struct value value);

/* Any text, NULL for NULL alone: where SQLite gives none for want of memory, the program ends as
 * for its own (memory.h), since what is missing could not be told from what is not there. */
const char *store_column_text(sqlite3_stmt *statement, int column);

/* Text and integers; absent for NULL, for empty text and for what no field can be (REAL, BLOB). */
struct value store_column(sqlite3_stmt *statement, int column);

/* The same, and whether a board may hold it in that field, absent only where it may be; if not,
 * `finding` (an error to take the text from) says why. */
bool store_column_is_sound(sqlite3_stmt *statement, int column, enum record record, int field,
                           struct value *value, struct error *finding);

/* What is no field: who made an edit, and its words. NULL when it is no text, or not UTF-8. */
const char *store_column_words(sqlite3_stmt *statement, int column);

/* A text of that field, borrowed from the statement, or STATUS_BAD_DATA. */
enum status store_read_text(struct store *store, sqlite3_stmt *statement, int column,
                            enum record record, int field, const char **text,
                            struct error *error) MUST_USE;

/* "id,kind,ord,placed,<fields>" for items, "id,<fields>" for the others; `without` (or -1) is a
 * field that comes as NULL. */
void store_columns(enum record record, int without, struct buffer *out);
#define STORE_FIRST_FIELD(record) ((record) == RECORD_ITEM ? 4 : 1)

/* Kind, ord and placed of an item from three columns; whether they are what they can be. */
bool store_read_place(sqlite3_stmt *statement, int column, struct moment *item);

/* Reads a row selected by store_columns() into `it` (released first); each value's type, range and
 * UTF-8 are checked, since a board may come from anybody: STATUS_BAD_DATA names the record, and
 * `it` is left empty, so that whoever gives up need not release it. */
enum status store_read_record(struct store *store, sqlite3_stmt *statement, enum record record,
                              void *it, struct error *error) MUST_USE;

/* A record of any kind by id, deleted ones too; STATUS_NOT_FOUND. */
enum status store_get(struct store *store, enum record record, int64_t id, void *it,
                      struct error *error) MUST_USE;

/* A record cannot be without this field. */
bool store_is_required(enum record record, int field);

/* The field that tells whether a record is live; -1 for the board. */
int store_state_field(enum record record);

/* --- numbers (number.c) ----------------------------------------------------------------------- */

/* The anchor is kept right by the writer: `ord` a place where a moment came (+1) or went (-1). */
void store_anchor_shift(struct store *store, int64_t ord, int change);
void store_anchor_forget(struct store *store);

/* Meter and weakest of an earlier reading hold in this one until they are forgotten: nothing
 * changes within a reading, and the next begins with a look at what has. */
bool store_is_reading(const struct store *store);
void store_counts_forget(struct store *store);

/* Number of live moments at or before `ord`; how many there are on the line. */
enum status store_number_at_ord(struct store *store, int64_t ord, int64_t *number,
                                struct error *error) MUST_USE;
enum status store_total(struct store *store, int64_t *total, struct error *error) MUST_USE;

/* Writes down what an open edit has counted so far, before the tally is asked. */
enum status store_flush_tally(struct store *store, struct error *error) MUST_USE;

#endif
