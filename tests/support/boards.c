#include "boards.h"
#include "replay.h"
#include "shim_vfs.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

void must_be_ok(enum status status, const struct error *error, const char *call, const char *file,
                int line)
{
    if (status == STATUS_OK)
        return;
    print_error("%s: status %d, \"%s\"\n", call, (int)status, error->text);
    _fail(file, line);
}

void must_be_refused(enum status is, enum status wanted, const struct error *error,
                     const char *text, const char *file, int line)
{
    if (is == wanted && error->status == wanted && strstr(error->text, text))
        return;
    print_error("status %d, not %d; \"%s\" should hold \"%s\"\n", (int)is, (int)wanted,
                is == STATUS_OK ? "" : error->text, text);
    _fail(file, line);
}

/* --- made ------------------------------------------------------------------------------------- */

static int64_t standing_clock(void *data)
{
    (void)data;
    return INT64_C(1795288440000); /* 2026-11-21 19:14 UTC */
}

struct store_options board_options(const char *who)
{
    return (struct store_options){
        .who = who, .clock = {standing_clock, NULL}, .vfs = shim_quick(), .patience_ms = 20};
}

struct store *board_new(struct fixture *fixture, const char *name, const char *who)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options(who);
    MUST(store_create(fixture_path(fixture, name), &options, &store, &error));
    return store;
}

struct store *board_open(const char *path, const char *who)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options(who);
    MUST(store_open(path, &options, &store, &error));
    return store;
}

/* --- changed ---------------------------------------------------------------------------------- */

static struct edit *begin(struct store *store)
{
    struct error error;
    struct edit *edit;
    MUST(edit_begin(store, &edit, &error));
    return edit;
}

static void commit(struct edit *edit, const char *words)
{
    struct error error;
    MUST(edit_commit(edit, &error, words));
}

static int64_t add_titled(struct edit *edit, const char *title, int64_t after)
{
    struct error error;
    struct moment moment;
    int64_t id;
    bool parked = strncmp(title, "z ", 2) == 0;
    if (*title == '#') {
        MUST(edit_add_phase(edit, title + 1, after, &id, &error));
        return id;
    }
    record_init(RECORD_ITEM, &moment);
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(parked ? title + 2 : title));
    moment.state = parked ? STATE_PARKED : STATE_LIVE;
    MUST(edit_add_moment(edit, &moment, after, &id, &error));
    record_release(RECORD_ITEM, &moment);
    return id;
}

int64_t board_fill(struct store *store, const char *const *titles)
{
    struct edit *edit = begin(store);
    int64_t first = 0;
    for (; *titles; titles++) {
        int64_t id = add_titled(edit, *titles, PLACE_END);
        first = first ? first : id;
    }
    commit(edit, "filled");
    return first;
}

int64_t board_add(struct store *store, const char *title, int64_t after)
{
    struct edit *edit = begin(store);
    int64_t id = add_titled(edit, title, after);
    commit(edit, title);
    return id;
}

int64_t board_add_phase(struct store *store, const char *title, int64_t after)
{
    struct error error;
    int64_t id;
    struct edit *edit = begin(store);
    MUST(edit_add_phase(edit, title, after, &id, &error));
    commit(edit, title);
    return id;
}

static int64_t add_record(struct store *store, enum record record, const void *it,
                          const char *words)
{
    struct error error;
    int64_t id;
    struct edit *edit = begin(store);
    MUST(edit_add(edit, record, it, &id, &error));
    commit(edit, words);
    return id;
}

int64_t board_add_idea(struct store *store, int64_t moment, const char *text, int64_t price)
{
    struct idea idea;
    record_init(RECORD_IDEA, &idea);
    idea.item = moment;
    idea.price = price;
    record_set(RECORD_IDEA, &idea, IDEA_TEXT, value_text(text));
    int64_t id = add_record(store, RECORD_IDEA, &idea, text);
    record_release(RECORD_IDEA, &idea);
    return id;
}

int64_t board_add_action(struct store *store, int64_t moment, const char *text, const char *due)
{
    struct action action;
    record_init(RECORD_ACTION, &action);
    action.item = moment;
    record_set(RECORD_ACTION, &action, ACTION_TEXT, value_text(text));
    record_set(RECORD_ACTION, &action, ACTION_DUE, value_text(due));
    int64_t id = add_record(store, RECORD_ACTION, &action, text);
    record_release(RECORD_ACTION, &action);
    return id;
}

int64_t board_add_entry(struct store *store, int64_t moment, int64_t kind, int64_t amount)
{
    struct entry entry;
    record_init(RECORD_ENTRY, &entry);
    entry.item = moment;
    entry.kind = kind;
    entry.amount = amount;
    return add_record(store, RECORD_ENTRY, &entry, "entry");
}

void board_set_of(struct store *store, enum record record, int64_t id, int field,
                  struct value value)
{
    struct error error;
    struct edit *edit = begin(store);
    MUST(edit_set(edit, record, id, field, value, NULL, &error));
    commit(edit, record_type(record)->fields[field].name);
}

void board_set(struct store *store, int64_t id, int field, struct value value)
{
    board_set_of(store, RECORD_ITEM, id, field, value);
}

void board_move(struct store *store, int64_t id, int64_t after)
{
    struct error error;
    struct edit *edit = begin(store);
    MUST(edit_move(edit, id, after, &error));
    commit(edit, "moved");
}

void board_delete(struct store *store, enum record record, int64_t id)
{
    struct error error;
    struct edit *edit = begin(store);
    MUST(edit_remove(edit, record, id, &error));
    commit(edit, "deleted");
}

void board_undo(struct store *store)
{
    struct error error;
    struct undone undone;
    MUST(store_undo(store, &undone, &error));
    undone_release(&undone);
}

void board_redo(struct store *store)
{
    struct error error;
    struct undone undone;
    MUST(store_redo(store, &undone, &error));
    undone_release(&undone);
}

/* --- looked at through the store -------------------------------------------------------------- */

char *board_line(struct store *store)
{
    struct error error;
    struct buffer line = {0};
    struct store_rows *rows;
    struct row row;
    bool done = false, parked = false;
    char *phase = NULL;
    row_init(&row);
    MUST(store_rows_begin(store, &rows, &error));
    struct row_source source = store_rows_source(rows);
    for (;;) {
        MUST(source.next(source.data, &row, &done, &error));
        if (done)
            break;
        const char *blank = line.length > 0 ? " " : "";
        if (row.phase && (!phase || strcmp(phase, row.phase) != 0)) {
            buffer_add_format(&line, "%s[%s]", blank, row.phase);
            memory_replace(&phase, row.phase);
            blank = " ";
        }
        if (!parked && row.moment.state == STATE_PARKED) {
            buffer_add_format(&line, "%s|", blank);
            parked = true;
            blank = " ";
        }
        buffer_add_format(&line, "%s%s", blank, row.moment.title);
    }
    store_rows_end(rows);
    row_release(&row);
    memory_free(phase);
    buffer_add(&line, "", 0);
    return buffer_take(&line);
}

/* --- looked at past it ------------------------------------------------------------------------ */

static sqlite3 *open_past(const char *path)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open_v2(path, &db, SQLITE_OPEN_READWRITE, shim_quick()), SQLITE_OK);
    sqlite3_busy_timeout(db, 5000);
    return db;
}

void board_sql(const char *path, const char *sql)
{
    char *message = NULL;
    sqlite3 *db = open_past(path);
    if (sqlite3_exec(db, sql, NULL, NULL, &message) != SQLITE_OK)
        fail_msg("%s: %s", sql, message);
    sqlite3_close(db);
}

static sqlite3_stmt *prepare(sqlite3 *db, const char *sql)
{
    sqlite3_stmt *statement;
    if (sqlite3_prepare_v2(db, sql, -1, &statement, NULL) != SQLITE_OK)
        fail_msg("%s: %s", sql, sqlite3_errmsg(db));
    return statement;
}

int64_t board_sql_number(const char *path, const char *sql)
{
    sqlite3 *db = open_past(path);
    sqlite3_stmt *statement = prepare(db, sql);
    int64_t number = sqlite3_step(statement) == SQLITE_ROW ? sqlite3_column_int64(statement, 0) : 0;
    sqlite3_finalize(statement);
    sqlite3_close(db);
    return number;
}

static void add_rows(sqlite3 *db, const char *sql, struct buffer *out)
{
    sqlite3_stmt *rows = prepare(db, sql);
    buffer_add_format(out, "%s\n", sql);
    while (sqlite3_step(rows) == SQLITE_ROW) {
        for (int i = 0; i < sqlite3_column_count(rows); i++) {
            const char *text = (const char *)sqlite3_column_text(rows, i);
            buffer_add_format(out, "|%s", text ? text : "NULL");
        }
        buffer_add_byte(out, '\n');
    }
    sqlite3_finalize(rows);
}

static char *read_content(const char *path, const char *which)
{
    static const char *const queries[][2] = {
        {"SELECT * FROM board", NULL},
        {"SELECT * FROM channel", "ORDER BY id"},
        {"SELECT * FROM person", "ORDER BY id"},
        {"SELECT id, kind, state, placed, title, channel, rating, first_rating, target, chosen, "
         "dots, seconds, times, owner, handling, expectation, benchmark, note FROM item",
         "ORDER BY ord, id"},
        {"SELECT * FROM idea", "ORDER BY id"},
        {"SELECT * FROM action", "ORDER BY id"},
        {"SELECT * FROM entry", "ORDER BY id"},
        {"SELECT * FROM wave", "ORDER BY id"},
        {"SELECT * FROM vote", "ORDER BY id"},
        {"SELECT * FROM review", "ORDER BY id"},
        {"SELECT * FROM rerating", "ORDER BY id"},
        {"SELECT * FROM ballot", NULL},
        {"SELECT * FROM mark", NULL},
        {"SELECT * FROM (SELECT * FROM tally WHERE n OR timed OR seconds OR times OR chosen)", ""},
    };
    struct buffer out = {0}, sql = {0};
    sqlite3 *db = open_past(path);
    for (size_t i = 0; i < sizeof queries / sizeof *queries; i++) {
        buffer_clear(&sql);
        buffer_add_format(&sql, "%s %s %s", queries[i][0], queries[i][1] ? which : "",
                          queries[i][1] ? queries[i][1] : "");
        add_rows(db, buffer_text(&sql), &out);
    }
    sqlite3_close(db);
    buffer_release(&sql);
    return buffer_take(&out);
}

char *board_content(const char *path)
{
    return read_content(path, "");
}

char *board_live_content(const char *path)
{
    return read_content(path, "WHERE state < 2");
}

void board_assert_sound(struct store *store)
{
    struct error error;
    struct buffer report = {0};
    if (store_check(store, &report, &error) != STATUS_OK)
        fail_msg("%s\n%s", error.text, buffer_text(&report));
    buffer_release(&report);
    replay_assert(store_path(store));
}

static int end_at(void *data, struct shim_call *call)
{
    int *left = data;
    if ((*left)-- == 0)
        _exit(7);
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
}

bool board_cut(enum status (*act)(const char *path, const struct store_options *options,
                                  struct store **store, struct error *error),
               const char *path, int n)
{
    int status;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        struct error error;
        struct store *store;
        struct store_options options = board_options("Ana");
        const struct shim shim = {.name = "touchline-cut", .before = end_at, .data = &n};
        shim_register(&shim);
        options.vfs = shim.name;
        _exit(act(path, &options, &store, &error) == STATUS_OK ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_true(WIFEXITED(status));
    assert_int_not_equal(WEXITSTATUS(status), 1);
    return WEXITSTATUS(status) == 7;
}

pid_t board_stop_within(const char *path, const char *sql)
{
    int status;
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db;
        bool good = sqlite3_open(path, &db) == SQLITE_OK &&
                    sqlite3_exec(db, sql, NULL, NULL, NULL) == SQLITE_OK;
        (void)kill(getpid(), SIGSTOP);
        good = good && sqlite3_exec(db, "COMMIT", NULL, NULL, NULL) == SQLITE_OK;
        _exit(good ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, WUNTRACED), child);
    assert_true(WIFSTOPPED(status));
    return child;
}

void board_end_stopped(pid_t program, int signal, int how)
{
    int status;
    assert_int_equal(kill(program, signal), 0);
    assert_int_equal(waitpid(program, &status, 0), program);
    assert_int_equal(WIFSIGNALED(status) ? WTERMSIG(status) : WEXITSTATUS(status), how);
}
