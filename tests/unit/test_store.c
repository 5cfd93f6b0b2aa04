#include "boards.h"
#include "shim_vfs.h"
#include "skip.h"
#include "store/internal.h"
#include "touchline/memory.h"
#include <dirent.h>
#include <setjmp.h>
#include <signal.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

static const char *const cab[] = {"#Before", "Books the cab", "Waits", "#Ride", "Gets in", NULL};

/* A closed board with a few moments. */
static const char *closed_board(struct fixture *fixture, const char *name)
{
    struct store *store = board_new(fixture, name, "Ana");
    board_fill(store, cab);
    store_close(store);
    return fixture_path(fixture, name);
}

static void must_refuse_to_open(const char *path, enum status status, const char *text)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    MUST_REFUSE(store_open(path, &options, &store, &error), status, text);
    assert_null(store);
}

static void overwrite(const char *path, long offset, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "r+");
    assert_non_null(file);
    assert_int_equal(fseek(file, offset, SEEK_SET), 0);
    assert_int_equal(fwrite(bytes, 1, length, file), length);
    assert_int_equal(fclose(file), 0);
}

/* How many names a folder holds. */
static int names_in(const char *path)
{
    int count = 0;
    DIR *folder = opendir(path);
    assert_non_null(folder);
    for (const struct dirent *entry; (entry = readdir(folder));)
        count += strcmp(entry->d_name, ".") != 0 && strcmp(entry->d_name, "..") != 0;
    closedir(folder);
    return count;
}

static int files_in(const struct fixture *fixture)
{
    return names_in(fixture->folder);
}

static int files_in_temporary(void)
{
    const char *folder = getenv("TMPDIR");
    return names_in(folder ? folder : "/tmp");
}

/* --- making ----------------------------------------------------------------------------------- */

static void a_new_board_is_empty_and_private(void **state)
{
    struct error error;
    struct stat about;
    struct meter meter;
    struct board board = {0};
    struct channels channels = {0};
    struct store *store = board_new(*state, "cab.touchline", "Ana");
    assert_int_equal(stat(store_path(store), &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    MUST(store_meter(store, &meter, &error));
    assert_int_equal(meter.moments, 0);
    MUST(store_board(store, &board, &error));
    assert_null(board.title);
    assert_int_equal(board.customers, FIELD_ABSENT);
    MUST(store_channels(store, &channels, &error));
    assert_int_equal(channels.count, channels_default()->count);
    for (size_t i = 0; i < channels.count; i++)
        assert_string_equal(channels.at[i].name, channels_default()->at[i].name);
    assert_null(store_look_only(store));
    assert_string_equal(store_who(store), "Ana");
    board_assert_sound(store);
    assert_int_equal(files_in(*state), 1);
    channels_release(&channels);
    record_release(RECORD_BOARD, &board);
    store_close(store);
}

static void nothing_is_made_over_what_is_there(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = fixture_write(*state, "notes", "mine\n");
    MUST_REFUSE(store_create(path, &options, &store, &error), STATUS_CANNOT_CREATE,
                "something of that name is there; choose another name");
    assert_null(store);
    char *content = fixture_read(path);
    assert_string_equal(content, "mine\n");
    memory_free(content);

    const char *link = fixture_path(*state, "dangling");
    assert_int_equal(symlink("/nowhere", link), 0);
    MUST_REFUSE(store_create(link, &options, &store, &error), STATUS_CANNOT_CREATE,
                "something of that name");
    MUST_REFUSE(store_create(fixture_path(*state, "no/where"), &options, &store, &error),
                STATUS_CANNOT_CREATE, "No such file or directory");
    assert_int_equal(files_in(*state), 2);
}

/* 0: there is no such thing, as maps of a file that has no name. */
static int64_t pragma(struct store *store, const char *sql)
{
    sqlite3_stmt *ask;
    assert_int_equal(sqlite3_prepare_v2(store->db, sql, -1, &ask, NULL), SQLITE_OK);
    int64_t value = sqlite3_step(ask) == SQLITE_ROW ? sqlite3_column_int64(ask, 0) : 0;
    sqlite3_finalize(ask);
    return value;
}

static void assert_switched_off(struct store *store)
{
    static const int switches[][2] = {
        {SQLITE_DBCONFIG_DEFENSIVE, 1},
        {SQLITE_DBCONFIG_TRUSTED_SCHEMA, 0},
        {SQLITE_DBCONFIG_ENABLE_TRIGGER, 0},
        {SQLITE_DBCONFIG_ENABLE_VIEW, 0},
        {SQLITE_DBCONFIG_ENABLE_FTS3_TOKENIZER, 0},
        {SQLITE_DBCONFIG_ENABLE_LOAD_EXTENSION, 0},
        {SQLITE_DBCONFIG_DQS_DML, 0},
        {SQLITE_DBCONFIG_DQS_DDL, 0},
    };
    static const int limits[][2] = {
        {SQLITE_LIMIT_SQL_LENGTH, 100000},
        {SQLITE_LIMIT_COLUMN, 100},
        {SQLITE_LIMIT_LENGTH, 64 << 20},
        {SQLITE_LIMIT_ATTACHED, 0},
    };
    int is;
    for (size_t i = 0; i < sizeof switches / sizeof *switches; i++) {
        assert_int_equal(sqlite3_db_config(store->db, switches[i][0], -1, &is), SQLITE_OK);
        if (is != switches[i][1])
            fail_msg("switch %d is %d", switches[i][0], is);
    }
    for (size_t i = 0; i < sizeof limits / sizeof *limits; i++)
        if (sqlite3_limit(store->db, limits[i][0], -1) != limits[i][1])
            fail_msg("limit %d is not %d", limits[i][0], limits[i][1]);
    assert_int_equal(pragma(store, "PRAGMA cell_size_check"), 1);
    assert_int_equal(pragma(store, "PRAGMA mmap_size"), 0);
    assert_int_equal(pragma(store, "PRAGMA cache_size"), -1000);
    assert_int_equal(pragma(store, "PRAGMA synchronous"), 3);
}

/* Whatever a stranger's file holds, and in whichever way it is opened (touchline-board(5)). */
static void what_could_run_is_switched_off(void **state)
{
    struct error error;
    struct store *store, *past;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab");
    options.vfs = NULL; /* the tests' own knows no maps */
    MUST(store_open(path, &options, &store, &error));
    assert_switched_off(store);
    MUST(store_open_past(store, 1, &past, &error));
    assert_switched_off(past);
    store_close(past);
    store_close(store);
    options.look_only = true;
    MUST(store_open(path, &options, &store, &error));
    assert_switched_off(store);
    store_close(store);
}

static void settings_are_those_of_trust(void **state)
{
    const char *path = closed_board(*state, "cab");
    assert_int_equal(board_sql_number(path, "PRAGMA application_id"), 0x544F5543);
    assert_int_equal(board_sql_number(path, "PRAGMA user_version"), 2);
    board_sql(path, "PRAGMA journal_mode=PERSIST"); /* of that connection only */
    struct store *store = board_open(path, "Ana");
    board_add(store, "Pays", PLACE_END);
    assert_int_equal(files_in(*state), 1); /* DELETE: the journal is gone */
    store_close(store);
}

/* --- opening: what is refused ----------------------------------------------------------------- */

static void what_is_no_file_is_refused(void **state)
{
    struct fixture *fixture = *state;
    const char *fifo = fixture_path(fixture, "fifo");
    must_refuse_to_open(fixture_path(fixture, "nothing"), STATUS_NO_INPUT,
                        "nothing: there is no such board; 'touchline new' makes one");
    must_refuse_to_open(fixture->folder, STATUS_NO_INPUT,
                        "not a board but a folder; name a board file");
    assert_int_equal(mkfifo(fifo, 0600), 0);
    must_refuse_to_open(fifo, STATUS_NO_INPUT,
                        "not a board but something that is no file; name a board file");
    must_refuse_to_open("/dev/zero", STATUS_NO_INPUT, "something that is no file");
}

static void what_is_no_board_is_refused(void **state)
{
    must_refuse_to_open(fixture_write(*state, "empty", ""), STATUS_BAD_DATA,
                        "an empty file, no board; remove it and make one with 'touchline new'");
    must_refuse_to_open(fixture_write(*state, "cab.csv", "title\nBooks the cab\n"), STATUS_BAD_DATA,
                        "not a board (it does not begin as one); to read a CSV "
                        "file: 'touchline import BOARD ");
    must_refuse_to_open(fixture_write(*state, "short", "SQLite format 3"), STATUS_BAD_DATA,
                        "not a board");
    const char *other = fixture_path(*state, "other.db");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(other, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "CREATE TABLE t(x)", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    must_refuse_to_open(other, STATUS_BAD_DATA,
                        "an SQLite file, but no board of Touchline (application id 00000000)");
}

static void a_cut_file_is_refused(void **state)
{
    const char *path = closed_board(*state, "cab");
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    for (off_t size = about.st_size - 1; size > 0; size -= 4095) {
        assert_int_equal(truncate(path, size), 0);
        must_refuse_to_open(path, STATUS_BAD_DATA, size < 100 ? "not a board" : "damaged");
    }
}

static void a_file_with_more_behind_it_is_refused(void **state)
{
    const char *path = closed_board(*state, "cab");
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    overwrite(path, (long)about.st_size, "more", 4);
    must_refuse_to_open(path, STATUS_BAD_DATA, "damaged: it is ");
}

/* Each is a board but for one thing in its schema. */
static void whatever_could_run_is_refused(void **state)
{
    static const struct {
        const char *sql, *told;
    } cases[] = {
        {"CREATE TRIGGER spy AFTER INSERT ON item BEGIN DELETE FROM item; END", "trigger 'spy'"},
        {"CREATE VIEW spy AS SELECT * FROM item", "view 'spy'"},
        {"CREATE TABLE spy(x)", "table 'spy'"},
        {"CREATE INDEX spy ON item(title)", "index 'spy'"},
        {"CREATE INDEX spy ON item(upper(title))", "index 'spy'"},
        {"ALTER TABLE idea ADD COLUMN spy AS (hex(text))", "table 'idea'"},
        {"ALTER TABLE idea ADD COLUMN spy DEFAULT 7", "table 'idea'"},
        {"ALTER TABLE idea ADD COLUMN spy CHECK (length(text) < 9)", "table 'idea'"},
        {"DROP INDEX item_line; CREATE INDEX item_line ON item(state, ord)", "index 'item_line'"},
        {"CREATE VIRTUAL TABLE spy USING fts4(x)", "table 'spy"},
        {"DROP TABLE person", "28 of its 29 tables and indexes are there"},
        {"PRAGMA user_version=0", "there is no version 0"},
        {"PRAGMA user_version=-3", "there is no version -3"},
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "cab%zu", i);
        const char *path = closed_board(*state, name);
        board_sql(path, cases[i].sql);
        must_refuse_to_open(path, STATUS_BAD_DATA, cases[i].told);
    }
}

/* Under names of SQLite's own, written into the schema by force. */
static void sqlites_names_are_no_disguise(void **state)
{
    static const char *const cases[] = {
        ("CREATE TABLE spy(x); PRAGMA writable_schema=1; UPDATE sqlite_schema SET "
         "name='sqlite_stat1', tbl_name='sqlite_stat1', sql='CREATE TABLE sqlite_stat1(x)' "
         "WHERE name='spy'"),
        ("CREATE TRIGGER spy AFTER INSERT ON item BEGIN DELETE FROM item; END; "
         "PRAGMA writable_schema=1; UPDATE sqlite_schema SET name='sqlite_stat4' "
         "WHERE name='spy'"),
        ("CREATE INDEX spy ON item(upper(title)); PRAGMA writable_schema=1; UPDATE "
         "sqlite_schema SET name='sqlite_autoindex_item_1' WHERE name='spy'"),
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "cab%zu", i);
        const char *path = closed_board(*state, name);
        sqlite3 *db;
        assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
        assert_int_equal(sqlite3_db_config(db, SQLITE_DBCONFIG_DEFENSIVE, 0, NULL), SQLITE_OK);
        assert_int_equal(sqlite3_exec(db, cases[i], NULL, NULL, NULL), SQLITE_OK);
        sqlite3_close(db);
        must_refuse_to_open(path, STATUS_BAD_DATA, "");
    }
}

static void statistics_are_let_in(void **state)
{
    const char *path = closed_board(*state, "cab");
    board_sql(path, "ANALYZE");
    struct store *store = board_open(path, "Ana");
    assert_null(store_look_only(store));
    ASSERT_LINE(store, "[Before] Books the cab Waits [Ride] Gets in");
    store_close(store);
}

/* --- opening to look -------------------------------------------------------------------------- */

static void must_be_looked_at(struct store *store, const char *why)
{
    struct error error;
    struct edit *edit;
    assert_non_null(store_look_only(store));
    assert_non_null(strstr(store_look_only(store), why));
    MUST_REFUSE(edit_begin(store, &edit, &error), STATUS_READ_ONLY, why);
    ASSERT_LINE(store, "[Before] Books the cab Waits [Ride] Gets in");
}

static void a_newer_board_is_looked_at(void **state)
{
    struct error error;
    struct buffer report = {0};
    const char *path = closed_board(*state, "cab");
    board_sql(path, "ALTER TABLE item ADD COLUMN mood INTEGER; CREATE TABLE later(x); "
                    "PRAGMA user_version=7");
    char *before = fixture_read(path);
    struct store *store = board_open(path, "Ana");
    must_be_looked_at(store, "made by a newer Touchline (board version 7, this one knows 2)");
    MUST_REFUSE(store_check(store, &report, &error), STATUS_REFUSED, "only that can check it");
    store_close(store);
    char *after = fixture_read(path);
    assert_string_equal(before, after);
    memory_free(before);
    memory_free(after);
}

static void a_newer_board_that_could_run_something_is_refused(void **state)
{
    static const char *const cases[] = {
        "CREATE TRIGGER spy AFTER INSERT ON item BEGIN DELETE FROM item; END",
        "CREATE VIEW spy AS SELECT * FROM item",
        "ALTER TABLE idea ADD COLUMN spy AS (hex(text))",
        "CREATE VIRTUAL TABLE spy USING fts4(x)",
    };
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        char name[16];
        (void)snprintf(name, sizeof name, "cab%zu", i);
        const char *path = closed_board(*state, name);
        board_sql(path, cases[i]);
        board_sql(path, "PRAGMA user_version=7");
        must_refuse_to_open(path, STATUS_BAD_DATA, "refused, it has a ");
    }
}

static void on_request_it_is_looked_at(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab");
    options.look_only = true;
    MUST(store_open(path, &options, &store, &error));
    must_be_looked_at(store, "it was opened to look at");
    store_close(store);
}

/* A folder that nobody can come to: TMPDIR may be private. */
static struct fixture *public_fixture(void)
{
    char *kept = memory_copy(getenv("TMPDIR"));
    assert_int_equal(setenv("TMPDIR", "/tmp", 1), 0);
    struct fixture *fixture = fixture_new();
    if (kept)
        assert_int_equal(setenv("TMPDIR", kept, 1), 0);
    else
        assert_int_equal(unsetenv("TMPDIR"), 0);
    memory_free(kept);
    assert_int_equal(chmod(fixture->folder, 0755), 0);
    return fixture;
}

/* Runs as nobody, for whom permissions count: root may write everything. */
static void as_nobody(void (*what)(const char *path), const char *path)
{
    int status;
    (void)fflush(NULL);
    pid_t child = fork();
    assert_true(child >= 0);
    if (child == 0) {
        if (getuid() == 0 && (setgid(65534) != 0 || setuid(65534) != 0))
            _exit(99);
        what(path);
        _exit(0);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
        return;
    fail_msg("as nobody: exit %d, signal %d", WEXITSTATUS(status), WTERMSIG(status));
}

/* In a child that must not return into cmocka: what is wrong is the exit code. */
#define CHILD_CHECK(condition)                                                                     \
    do {                                                                                           \
        if (!(condition)) {                                                                        \
            print_error("%s:%d: %s\n", __FILE__, __LINE__, #condition);                            \
            _exit(1);                                                                              \
        }                                                                                          \
    } while (0)

static void look_without_permission(const char *path)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    struct meter meter;
    struct store_options options = board_options("Ben");
    CHILD_CHECK(store_open(path, &options, &store, &error) == STATUS_OK);
    CHILD_CHECK(store_look_only(store) != NULL);
    CHILD_CHECK(strstr(store_look_only(store), "there is no permission to write"));
    CHILD_CHECK(edit_begin(store, &edit, &error) == STATUS_READ_ONLY);
    CHILD_CHECK(store_meter(store, &meter, &error) == STATUS_OK && meter.moments == 3);
    store_close(store);
}

static void be_refused_to_read(const char *path)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ben");
    CHILD_CHECK(store_open(path, &options, &store, &error) == STATUS_NO_INPUT);
    CHILD_CHECK(strstr(error.text, "Permission denied"));
}

static void without_permission_it_is_looked_at(void **state)
{
    (void)state;
    if (getuid() != 0)
        skip_because("needs root, to be somebody else for once");
    struct fixture *fixture = public_fixture();
    const char *path = closed_board(fixture, "cab");
    assert_int_equal(chmod(fixture->folder, 0777), 0); /* the folder, not the file */
    assert_int_equal(chmod(path, 0644), 0);
    as_nobody(look_without_permission, path);
    assert_int_equal(chmod(fixture->folder, 0755), 0); /* the file, not the folder */
    assert_int_equal(chmod(path, 0666), 0);
    as_nobody(look_without_permission, path);
    assert_int_equal(chmod(path, 0600), 0);
    as_nobody(be_refused_to_read, path);
    fixture_free(fixture);
}

/* --- a cut-off edit --------------------------------------------------------------------------- */

static int die_in_commit(void *data, struct shim_call *call)
{
    const char *path = data;
    if (call->what == SHIM_DELETE && call->path && strstr(call->path, path))
        _exit(0);
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
}

/* Adds a moment and ends just before the journal goes: the board is in the middle of an edit. */
static void cut_off(const char *path)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    struct moment moment;
    int64_t id;
    struct store_options options = board_options("Ana");
    struct shim shim = {.name = "touchline-cut", .before = die_in_commit, .data = (void *)path};
    pid_t child = fork();
    if (child == 0) {
        shim_register(&shim);
        options.vfs = shim.name;
        CHILD_CHECK(store_open(path, &options, &store, &error) == STATUS_OK);
        CHILD_CHECK(edit_begin(store, &edit, &error) == STATUS_OK);
        record_init(RECORD_ITEM, &moment);
        moment.title = memory_copy("Half");
        CHILD_CHECK(edit_add_moment(edit, &moment, PLACE_END, &id, &error) == STATUS_OK);
        (void)!edit_commit(edit, &error, "half");
        _exit(1);
    }
    int status;
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
}

static void look_at_the_mended_copy(const char *path)
{
    struct error error;
    struct store *store;
    struct meter meter;
    struct store_options options = board_options("Ben");
    CHILD_CHECK(setenv("TMPDIR", "/nowhere", 1) == 0);
    CHILD_CHECK(store_open(path, &options, &store, &error) == STATUS_CANNOT_CREATE);
    CHILD_CHECK(setenv("TMPDIR", "/tmp", 1) == 0);
    CHILD_CHECK(store_open(path, &options, &store, &error) == STATUS_OK);
    CHILD_CHECK(strstr(store_look_only(store), "an edit of it was cut off"));
    CHILD_CHECK(strstr(store_look_only(store), "this is a copy"));
    CHILD_CHECK(store_meter(store, &meter, &error) == STATUS_OK && meter.moments == 3);
    store_close(store);
}

static void a_cut_off_edit_is_mended(void **state)
{
    const char *path = closed_board(*state, "cab");
    cut_off(path);
    assert_int_equal(files_in(*state), 2);
    struct store *store = board_open(path, "Ana");
    ASSERT_LINE(store, "[Before] Books the cab Waits [Ride] Gets in");
    board_assert_sound(store);
    assert_int_equal(files_in(*state), 1);
    store_close(store);
}

static void where_nothing_may_be_written_a_copy_is_mended(void **state)
{
    (void)state;
    struct fixture *fixture = public_fixture();
    const char *path = closed_board(fixture, "cab");
    if (getuid() != 0) {
        fixture_free(fixture);
        skip_because("needs root, to be somebody else for once");
    }
    cut_off(path);
    assert_int_equal(chmod(path, 0644), 0);
    assert_int_equal(chmod(fixture_path(fixture, "cab-journal"), 0644), 0);
    as_nobody(look_at_the_mended_copy, path);
    assert_int_equal(files_in(fixture), 2);
    fixture_free(fixture);
}

/* A full disk is not to be taken for a board that cannot be read. */
static void why_a_copy_could_not_be_made_is_told(void **state)
{
    struct error error;
    struct store *store;
    struct rlimit limit, little;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab");
    cut_off(path);
    options.look_only = true;
    void (*before)(int) = signal(SIGXFSZ, SIG_IGN);
    assert_int_equal(getrlimit(RLIMIT_FSIZE, &limit), 0);
    little = (struct rlimit){.rlim_cur = 512, .rlim_max = limit.rlim_max};
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &little), 0);
    enum status status = store_open(path, &options, &store, &error);
    assert_int_equal(setrlimit(RLIMIT_FSIZE, &limit), 0);
    (void)signal(SIGXFSZ, before);
    MUST_REFUSE(status, STATUS_NO_INPUT,
                "an edit of it was cut off and cannot be mended in its folder, and it could not be "
                "copied: File too large");
    assert_null(store);
}

static void who_only_looks_gets_a_mended_copy(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab");
    cut_off(path);
    char *before = fixture_read(path);
    int files = files_in_temporary();
    options.look_only = true;
    MUST(store_open(path, &options, &store, &error));
    must_be_looked_at(store, "an edit of it was cut off");
    assert_int_equal(files_in_temporary(), files + 1);
    store_close(store);
    assert_int_equal(files_in_temporary(), files);
    assert_int_equal(files_in(*state), 2);
    char *after = fixture_read(path);
    assert_string_equal(before, after);
    memory_free(before);
    memory_free(after);
}

/* --- a stranger's journal --------------------------------------------------------------------- */

static size_t add_number(unsigned char *at, uint32_t number)
{
    for (int i = 0; i < 4; i++)
        at[i] = (unsigned char)(number >> (24 - 8 * i));
    return 4;
}

/* sqlite.org/fileformat.html, 3: no page to play back, and at its end the name of a journal over
 * several, which SQLite removes when none of those is there. */
static void write_journal_that_names(const char *board, const char *other)
{
    static const unsigned char magic[] = {0xd9, 0xd5, 0x05, 0xf9, 0x20, 0xa1, 0x63, 0xd7};
    unsigned char bytes[1024] = {0};
    uint32_t page_size = (uint32_t)board_sql_number(board, "PRAGMA page_size"), sum = 0;
    uint32_t head[] = {0, 1, (uint32_t)board_sql_number(board, "PRAGMA page_count"), 512,
                       page_size};
    size_t length = sizeof magic;
    memcpy(bytes, magic, sizeof magic);
    for (size_t i = 0; i < sizeof head / sizeof *head; i++)
        length += add_number(bytes + length, head[i]);
    length = 512;
    length += add_number(bytes + length, 0x40000000 / page_size + 1);
    for (const char *at = other; *at; at++)
        sum += bytes[length++] = (unsigned char)*at;
    length += add_number(bytes + length, (uint32_t)strlen(other));
    length += add_number(bytes + length, sum);
    memcpy(bytes + length, magic, sizeof magic);
    char name[512];
    snprintf(name, sizeof name, "%s-journal", board);
    FILE *file = fopen(name, "w");
    assert_non_null(file);
    assert_int_equal(fwrite(bytes, 1, length + sizeof magic, file), length + sizeof magic);
    assert_int_equal(fclose(file), 0);
}

static void no_journal_has_another_file_removed(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab");
    const char *other = fixture_write(*state, "thesis.txt", "years of work\n");
    options.vfs = NULL;
    write_journal_that_names(path, other);
    for (int look = 1; look >= 0; look--) {
        options.look_only = look;
        MUST_REFUSE(store_open(path, &options, &store, &error), STATUS_BAD_DATA,
                    "would have had another file removed, and was refused that");
        char *content = fixture_read(other);
        assert_string_equal(content, "years of work\n");
        memory_free(content);
    }
    MUST(store_open(path, &options, &store, &error));
    ASSERT_LINE(store, "[Before] Books the cab Waits [Ride] Gets in");
    store_close(store);
}

/* --- names that mean something else to SQLite ------------------------------------------------- */

static void a_name_is_a_name(void **state)
{
    static const char *const names[] = {"file:cab?mode=memory", ":memory:", "file:other", "-"};
    struct error error;
    struct store *store;
    struct fixture *fixture = *state;
    struct store_options options = board_options("Ana");
    char *before = getcwd(NULL, 0);
    assert_int_equal(chdir(fixture->folder), 0);
    options.vfs = NULL;
    store_close(board_new(fixture, "other", "Ana"));
    for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
        MUST(store_create(names[i], &options, &store, &error));
        board_fill(store, cab);
        MUST(store_backup(store, "file:copy?mode=ro", &error));
        store_close(store);
        MUST(store_open("file:copy?mode=ro", &options, &store, &error));
        ASSERT_LINE(store, "[Before] Books the cab Waits [Ride] Gets in");
        store_close(store);
        assert_int_equal(unlink("file:copy?mode=ro"), 0);
        assert_int_equal(files_in(fixture), i + 2);
    }
    assert_int_equal(chdir(before), 0);
    free(before);
}

/* --- other modes, other holders --------------------------------------------------------------- */

static sqlite3 *open_in_wal(const char *path)
{
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(
        sqlite3_exec(db, "PRAGMA journal_mode=WAL; UPDATE board SET title='x'", NULL, NULL, NULL),
        SQLITE_OK);
    return db;
}

static void a_board_in_wal_mode_is_converted(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab");
    sqlite3 *db = open_in_wal(path);
    options.vfs = NULL;
    assert_int_equal(store_open(path, &options, &store, &error), STATUS_BUSY);
    assert_non_null(strstr(error.text, "another program has it open in a mode of its own"));
    sqlite3_close(db);

    db = open_in_wal(path);
    sqlite3_close(db);
    options.look_only = true;
    MUST(store_open(path, &options, &store, &error));
    must_be_looked_at(store, "it is in WAL mode");
    store_close(store);
    assert_int_equal(files_in(*state), 1);

    options.look_only = false;
    MUST(store_open(path, &options, &store, &error));
    assert_null(store_look_only(store));
    board_add(store, "Pays", PLACE_END);
    store_close(store);
    assert_int_equal(files_in(*state), 1);
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM item"), 6);
    must_refuse_to_open(fixture_path(*state, "cab-wal"), STATUS_NO_INPUT, "no such board");
}

static bool count_waits(void *data, int waited_ms)
{
    int *calls = data;
    assert_true(waited_ms > 0);
    ++*calls;
    return true;
}

static bool wait_no_longer(void *data, int waited_ms)
{
    int *calls = data;
    assert_true(waited_ms < 4000); /* of five seconds */
    return ++*calls < 2;
}

static void a_lock_is_waited_for_and_told(void **state)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    int calls = 0;
    const char *path = closed_board(*state, "cab");
    struct store_options options = board_options("Ana");
    options.waiting = count_waits;
    options.waiting_data = &calls;
    options.patience_ms = 250;
    MUST(store_open(path, &options, &store, &error));
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    MUST_REFUSE(edit_begin(store, &edit, &error), STATUS_BUSY,
                "another program is writing to it; try again in a moment");
    assert_in_range(calls, 1, 3);
    ASSERT_LINE(store, "[Before] Books the cab Waits [Ride] Gets in");
    assert_int_equal(sqlite3_exec(db, "ROLLBACK; BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    struct meter meter;
    MUST_REFUSE(store_meter(store, &meter, &error), STATUS_BUSY, "another program");
    must_refuse_to_open(path, STATUS_BUSY, "another program");
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    board_add(store, "Pays", PLACE_END);
    sqlite3_close(db);
    store_close(store);
}

static void whoever_is_told_may_end_the_wait(void **state)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    int calls = 0;
    const char *path = closed_board(*state, "cab");
    struct store_options options = board_options("Ana");
    options.patience_ms = 5000;
    options.waiting = wait_no_longer;
    options.waiting_data = &calls;
    MUST(store_open(path, &options, &store, &error));
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN IMMEDIATE", NULL, NULL, NULL), SQLITE_OK);
    MUST_REFUSE(edit_begin(store, &edit, &error), STATUS_BUSY, "another program");
    assert_int_equal(calls, 2);
    sqlite3_close(db);
    store_close(store);
}

/* A reader in the way of a commit: it fails, nothing is saved, and the next one goes through. */
static void a_commit_that_cannot_be_made_says_so(void **state)
{
    struct error error;
    struct edit *edit;
    const char *path = closed_board(*state, "cab");
    struct store *store = board_open(path, "Ana");
    sqlite3 *db;
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN; SELECT count(*) FROM item", NULL, NULL, NULL),
                     SQLITE_OK);
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_set(edit, RECORD_BOARD, 1, BOARD_TITLE, value_text("Cab"), NULL, &error));
    MUST_REFUSE(edit_commit(edit, &error, "named"), STATUS_BUSY, "Not saved. ");
    assert_int_equal(sqlite3_exec(db, "COMMIT", NULL, NULL, NULL), SQLITE_OK);
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM edit"), 1);
    board_set_of(store, RECORD_BOARD, 1, BOARD_TITLE, value_text("Cab"));
    assert_int_equal(board_sql_number(path, "SELECT count(*) FROM edit"), 2);
    sqlite3_close(db);
    store_close(store);
}

/* --- the file itself -------------------------------------------------------------------------- */

static void a_moved_board_is_not_written_to(void **state)
{
    static const char *const ways[] = {"moved", "deleted", "replaced"};
    for (size_t i = 0; i < 3; i++) {
        struct error error;
        struct edit *edit;
        const char *path = closed_board(*state, ways[i]);
        struct store *store = board_open(path, "Ana");
        const char *other = fixture_path(*state, "elsewhere");
        if (i == 0)
            assert_int_equal(rename(path, other), 0);
        else if (i == 1)
            assert_int_equal(unlink(path), 0);
        else
            assert_int_equal(rename(closed_board(*state, "new"), path), 0);
        MUST_REFUSE(edit_begin(store, &edit, &error), STATUS_MOVED,
                    "was moved, replaced or deleted while open: nothing is written to it");
        const char *copy = fixture_path(*state, i == 0 ? "copy0" : i == 1 ? "copy1" : "copy2");
        MUST(store_backup(store, copy, &error));
        struct store *copied = board_open(copy, "Ana");
        ASSERT_LINE(copied, "[Before] Books the cab Waits [Ride] Gets in");
        store_close(copied);
        store_close(store);
    }
}

/* Moved in the middle of an edit: the commit finds out. */
static void a_board_moved_during_an_edit_is_not_written_to(void **state)
{
    struct error error;
    struct edit *edit;
    const char *path = closed_board(*state, "cab");
    const char *other = fixture_path(*state, "elsewhere");
    struct store *store = board_open(path, "Ana");
    MUST(edit_begin(store, &edit, &error));
    assert_int_equal(rename(path, other), 0);
    enum status status =
        edit_set(edit, RECORD_BOARD, 1, BOARD_TITLE, value_text("Cab"), NULL, &error);
    status = status == STATUS_OK ? edit_commit(edit, &error, "named") : edit_cancel(edit, status);
    assert_int_equal(status, STATUS_MOVED);
    store_close(store);
    assert_int_equal(board_sql_number(other, "SELECT count(*) FROM edit"), 1);
}

static void the_same_file_is_known_by_other_names(void **state)
{
    const char *path = closed_board(*state, "cab");
    const char *link = fixture_path(*state, "link");
    const char *hard = fixture_path(*state, "hard");
    struct store *store = board_open(path, "Ana");
    assert_int_equal(symlink(path, link), 0);
    assert_true(store_is_same_file(store, path));
    assert_true(store_is_same_file(store, link));
    assert_false(store_is_same_file(store, fixture_path(*state, "nothing")));
    assert_false(store_is_same_file(store, fixture_write(*state, "other", "x")));
    store_close(store);
    assert_int_equal(symlink("cab", hard), 0);
    store = board_open(hard, "Ana");
    assert_true(store_is_same_file(store, path));
    board_add(store, "Pays", PLACE_END);
    store_close(store);
}

/* Through one of its names an edit could be cut off that through the other nobody mends. */
static void a_board_of_two_names_is_looked_at(void **state)
{
    struct error error;
    struct store *store;
    struct store_options options = board_options("Ana");
    const char *path = closed_board(*state, "cab"), *hard = fixture_path(*state, "hard");
    assert_int_equal(link(path, hard), 0);
    for (int i = 0; i < 2; i++) {
        MUST(store_open(i ? hard : path, &options, &store, &error));
        must_be_looked_at(store, "it has another name, too");
        store_close(store);
    }
    assert_int_equal(unlink(hard), 0);
    MUST(store_open(path, &options, &store, &error));
    assert_null(store_look_only(store));
    store_close(store);
}

static void a_backup_is_the_board(void **state)
{
    struct error error;
    struct stat about;
    const char *path = closed_board(*state, "cab");
    const char *copy = fixture_path(*state, "copy");
    struct store *store = board_open(path, "Ana");
    MUST(store_backup(store, copy, &error));
    char *one = board_content(path), *other = board_content(copy);
    assert_string_equal(one, other);
    memory_free(one);
    memory_free(other);
    assert_int_equal(stat(copy, &about), 0);
    assert_int_equal(about.st_mode & 07777, 0600);
    MUST_REFUSE(store_backup(store, copy, &error), STATUS_CANNOT_CREATE, "something of that name");
    MUST_REFUSE(store_backup(store, fixture_path(*state, "no/where"), &error), STATUS_CANNOT_CREATE,
                "No such file");
    store_close(store);
    store = board_open(copy, "Ana");
    board_assert_sound(store);
    board_undo(store); /* its history came with it */
    ASSERT_LINE(store, "");
    store_close(store);
    assert_int_equal(files_in(*state), 2);
}

/* What this version does not know it cannot look through, but it can copy it whole. */
static void a_newer_board_is_backed_up_as_it_is(void **state)
{
    struct error error;
    sqlite3 *db;
    const char *path = closed_board(*state, "cab");
    const char *copy = fixture_path(*state, "copy");
    board_sql(path, "CREATE TABLE later(x); INSERT INTO later VALUES(5); PRAGMA user_version=7");
    struct store *store = board_open(path, "Ana");
    assert_int_equal(sqlite3_open(path, &db), SQLITE_OK);
    assert_int_equal(sqlite3_exec(db, "BEGIN EXCLUSIVE", NULL, NULL, NULL), SQLITE_OK);
    MUST_REFUSE(store_backup(store, copy, &error), STATUS_BUSY, "another program");
    assert_int_equal(files_in(*state), 1);
    assert_int_equal(sqlite3_exec(db, "ROLLBACK", NULL, NULL, NULL), SQLITE_OK);
    sqlite3_close(db);
    MUST(store_backup(store, copy, &error));
    store_close(store);
    assert_int_equal(board_sql_number(copy, "SELECT x FROM later"), 5);
    assert_int_equal(board_sql_number(copy, "PRAGMA user_version"), 7);
}

static void a_damaged_board_is_not_backed_up(void **state)
{
    struct error error;
    const char *path = closed_board(*state, "cab");
    char garbage[600];
    memset(garbage, 0x5A, sizeof garbage);
    int64_t page = board_sql_number(path, "SELECT rootpage FROM sqlite_schema WHERE name='idea'");
    overwrite(path, (long)(page - 1) * 4096, garbage, sizeof garbage);
    struct store *store = board_open(path, "Ana");
    MUST_REFUSE(store_backup(store, fixture_path(*state, "copy"), &error), STATUS_BAD_DATA,
                "the file is damaged, no copy was made");
    store_close(store);
    assert_int_equal(files_in(*state), 1);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_new_board_is_empty_and_private),
        TEST(nothing_is_made_over_what_is_there),
        TEST(what_could_run_is_switched_off),
        TEST(settings_are_those_of_trust),
        TEST(what_is_no_file_is_refused),
        TEST(what_is_no_board_is_refused),
        TEST(a_cut_file_is_refused),
        TEST(a_file_with_more_behind_it_is_refused),
        TEST(whatever_could_run_is_refused),
        TEST(sqlites_names_are_no_disguise),
        TEST(statistics_are_let_in),
        TEST(a_newer_board_is_looked_at),
        TEST(a_newer_board_that_could_run_something_is_refused),
        TEST(on_request_it_is_looked_at),
        TEST(without_permission_it_is_looked_at),
        TEST(a_cut_off_edit_is_mended),
        TEST(where_nothing_may_be_written_a_copy_is_mended),
        TEST(why_a_copy_could_not_be_made_is_told),
        TEST(who_only_looks_gets_a_mended_copy),
        TEST(no_journal_has_another_file_removed),
        TEST(a_name_is_a_name),
        TEST(a_board_in_wal_mode_is_converted),
        TEST(a_lock_is_waited_for_and_told),
        TEST(whoever_is_told_may_end_the_wait),
        TEST(a_commit_that_cannot_be_made_says_so),
        TEST(a_moved_board_is_not_written_to),
        TEST(a_board_moved_during_an_edit_is_not_written_to),
        TEST(the_same_file_is_known_by_other_names),
        TEST(a_board_of_two_names_is_looked_at),
        TEST(a_backup_is_the_board),
        TEST(a_newer_board_is_backed_up_as_it_is),
        TEST(a_damaged_board_is_not_backed_up),
    };
    return cmocka_run_group_tests_name("store", tests, NULL, NULL);
}
