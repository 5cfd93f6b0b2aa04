#include "board.h"
#include "boards.h"
#include "every_call.h"
#include "fault.h"
#include "shim_vfs.h"
#include "store/internal.h"
#include <dlfcn.h>
#include <errno.h>
#include <limits.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdio.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

/* Every call of the store, while what it asks of SQLite fails: its first question, its second, and
 * so on, each for want of memory and because the disk reads and writes nothing. SQLite itself does
 * fail: it gets no memory, or an error from its VFS, for as long as that question lasts (and from
 * then on, in the other form), and has no pages at hand that it would not have to read.
 *
 * What the caller relies on must hold each time: a failure has its words and has changed nothing,
 * what is OK is whole and right, no statement and no transaction is left open, and the next edit
 * works. */

/* --- what fails, and when --------------------------------------------------------------------- */

enum way { MEMORY, DISK, FULL, QUOTA, WAYS };
static const char *const ways[WAYS] = {"no memory", "no disk", "a full disk", "a used quota"};

/* A question is a call that the store makes of SQLite. */
enum question { PREPARING = 1, ASKING = 2, READING = 4 /* a column */ };

struct seen {
    uint64_t hash;
    long times;
};

static struct {
    bool on;
    int questions; /* those that are counted */
    enum way way;
    long asked, fail_at;
    bool for_good;
    bool failing;   /* now */
    bool refused;   /* something was */
    long allocated; /* blocks of SQLite's that were not freed yet */
    sqlite3 *db;
    int system_errno;
    long times_most; /* that the same question counts */
    struct seen seen[600];
    size_t kinds;
} plan;

static void begin_failing(sqlite3 *db)
{
    if (db)
        (void)sqlite3_db_release_memory(db);
    plan.failing = true;
}

/* The same question is put again and again, for each row: in the short form only the first ones
 * count. Known by a hash of its words (FNV-1a). */
static bool counts(const char *words)
{
    uint64_t hash = UINT64_C(14695981039346656037);
    for (; words && *words; words++)
        hash = (hash ^ (unsigned char)*words) * UINT64_C(1099511628211);
    size_t i = 0;
    while (i < plan.kinds && plan.seen[i].hash != hash)
        i++;
    assert_true(i < sizeof plan.seen / sizeof *plan.seen);
    if (i == plan.kinds)
        plan.seen[plan.kinds++] = (struct seen){hash, 0};
    return plan.seen[i].times++ < plan.times_most;
}

/* Whether it is this question that begins to fail. */
static bool ask(enum question question, sqlite3 *db, const char *words)
{
    if (!plan.on || plan.failing || !(plan.questions & (int)question) || !counts(words) ||
        plan.asked++ != plan.fail_at)
        return false;
    begin_failing(db);
    return true;
}

static void answered(bool failed)
{
    if (failed && !plan.for_good)
        plan.failing = false;
}

/* --- memory ----------------------------------------------------------------------------------- */

static sqlite3_mem_methods usual;

static bool has_memory(void)
{
    if (!plan.failing || plan.way != MEMORY)
        return true;
    plan.refused = true;
    return false;
}

static void *allocate(int size)
{
    void *block = has_memory() ? usual.xMalloc(size) : NULL;
    plan.allocated += block != NULL;
    return block;
}

static void *resize(void *block, int size)
{
    return has_memory() ? usual.xRealloc(block, size) : NULL;
}

static void release(void *block)
{
    plan.allocated -= block != NULL;
    usual.xFree(block);
}

/* Before anything else asks SQLite for something. */
static void take_memory_over(void)
{
    (void)sqlite3_config(SQLITE_CONFIG_SINGLETHREAD);
    (void)sqlite3_config(SQLITE_CONFIG_MEMSTATUS, 0);
    (void)sqlite3_config(SQLITE_CONFIG_LOOKASIDE, 0, 0); /* small blocks come from here, too */
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_GETMALLOC, &usual), SQLITE_OK);
    sqlite3_mem_methods own = usual;
    own.xMalloc = allocate;
    own.xRealloc = resize;
    own.xFree = release;
    assert_int_equal(sqlite3_config(SQLITE_CONFIG_MALLOC, &own), SQLITE_OK);
}

/* --- the disk --------------------------------------------------------------------------------- */

static int rc_of(enum shim_what what)
{
    static const int codes[] = {
        [SHIM_OPEN] = SQLITE_CANTOPEN,     [SHIM_READ] = SQLITE_IOERR_READ,
        [SHIM_WRITE] = SQLITE_IOERR_WRITE, [SHIM_TRUNCATE] = SQLITE_IOERR_TRUNCATE,
        [SHIM_SYNC] = SQLITE_IOERR_FSYNC,  [SHIM_DELETE] = SQLITE_IOERR_DELETE,
    };
    return plan.way == FULL && what == SHIM_WRITE ? SQLITE_FULL : codes[what];
}

static bool is_refused(const struct shim_call *call)
{
    if (!plan.failing || plan.way == MEMORY)
        return false;
    bool needs_room = call->what == SHIM_WRITE || call->what == SHIM_SYNC ||
                      (call->what == SHIM_OPEN && call->created);
    return plan.way == DISK || needs_room;
}

static int before(void *data, struct shim_call *call)
{
    (void)data;
    call->sync_folder = false;
    plan.system_errno = 0;
    if (is_refused(call)) {
        static const int whys[WAYS] = {[DISK] = EIO, [FULL] = ENOSPC, [QUOTA] = EDQUOT};
        plan.refused = true;
        errno = plan.system_errno = whys[plan.way];
        return rc_of(call->what);
    }
    return call->what == SHIM_SYNC ? SHIM_LEAVE_OUT : SQLITE_OK;
}

static const struct shim shim = {.name = "touchline-failing-store",
                                 .before = before,
                                 .reads = true,
                                 .system_errno = &plan.system_errno};

/* --- between the store and SQLite ------------------------------------------------------------- */

/* The program is asked for these before the library is. */
#define PASS(question, db, words, name, ...)                                                       \
    static __typeof__(&(name)) real;                                                               \
    if (!real)                                                                                     \
        real = (__typeof__(&(name)))dlsym(RTLD_NEXT, #name);                                       \
    bool failed = ask(question, db, words);                                                        \
    __typeof__(real(__VA_ARGS__)) answer = real(__VA_ARGS__);                                      \
    answered(failed);                                                                              \
    return answer

/* NOLINTBEGIN(readability-inconsistent-declaration-parameter-name,readability-function-size): they
 * are SQLite's. */

int sqlite3_open_v2(const char *name, sqlite3 **db, int flags, const char *vfs)
{
    PASS(ASKING, NULL, "open", sqlite3_open_v2, name, db, flags, vfs);
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int length, unsigned flags,
                       sqlite3_stmt **statement, const char **rest)
{
    PASS(PREPARING, db, sql, sqlite3_prepare_v3, db, sql, length, flags, statement, rest);
}

int sqlite3_step(sqlite3_stmt *statement)
{
    PASS(ASKING, sqlite3_db_handle(statement), sqlite3_sql(statement), sqlite3_step, statement);
}

int sqlite3_exec(sqlite3 *db, const char *sql, int (*row)(void *, int, char **, char **),
                 void *data, char **message)
{
    PASS(ASKING, db, sql, sqlite3_exec, db, sql, row, data, message);
}

int sqlite3_create_function_v2(sqlite3 *db, const char *name, int count, int flags, void *data,
                               void (*call)(sqlite3_context *, int, sqlite3_value **),
                               void (*step)(sqlite3_context *, int, sqlite3_value **),
                               void (*end)(sqlite3_context *), void (*destroy)(void *))
{
    PASS(ASKING, db, "function", sqlite3_create_function_v2, db, name, count, flags, data, call,
         step, end, destroy);
}

int sqlite3_file_control(sqlite3 *db, const char *name, int what, void *argument)
{
    PASS(ASKING, db, "control", sqlite3_file_control, db, name, what, argument);
}

sqlite3_backup *sqlite3_backup_init(sqlite3 *to, const char *to_name, sqlite3 *from,
                                    const char *from_name)
{
    PASS(ASKING, from, "init", sqlite3_backup_init, to, to_name, from, from_name);
}

int sqlite3_backup_step(sqlite3_backup *backup, int pages)
{
    PASS(ASKING, plan.db, "backup", sqlite3_backup_step, backup, pages);
}

int sqlite3_backup_finish(sqlite3_backup *backup)
{
    PASS(ASKING, NULL, "finish", sqlite3_backup_finish, backup);
}

const unsigned char *sqlite3_column_text(sqlite3_stmt *statement, int column)
{
    PASS(READING, NULL, sqlite3_sql(statement), sqlite3_column_text, statement, column);
}

/* NOLINTEND(readability-inconsistent-declaration-parameter-name,readability-function-size) */

/* --- one call, tried -------------------------------------------------------------------------- */

struct trial {
    const struct store_call *call;
    const char *path;
    char *base; /* the board's file before, */
    size_t length;
    char *before, *after; /* and what it holds, then and when nothing fails */
    struct buffer good, told;
    struct store *store; /* open, for the calls that want one */
};

/* Shared with the children. */
static struct progress {
    volatile long next; /* question to fail */
    volatile bool over;
    long runs, refused, told, ended;
} * progress;

static void fail_trial(const struct trial *trial, const char *why, const struct error *error)
{
    fail_msg("%s, %s, question %ld of kind %d%s: %s: \"%s\"", trial->call->names, ways[plan.way],
             plan.fail_at, plan.questions, plan.for_good ? " and all after it" : "", why,
             error->text);
}

static char *read_bytes(const char *path, size_t *length)
{
    FILE *file = fopen(path, "rb");
    assert_non_null(file);
    assert_int_equal(fseek(file, 0, SEEK_END), 0);
    *length = (size_t)ftell(file);
    rewind(file);
    char *bytes = memory_new(*length, 1);
    assert_int_equal(fread(bytes, 1, *length, file), *length);
    assert_int_equal(fclose(file), 0);
    return bytes;
}

static const char *beside(const struct trial *trial, const char *ending)
{
    static char name[500];
    (void)snprintf(name, sizeof name, "%s%s", trial->path, ending);
    return name;
}

/* The board as it was, and nothing beside it. */
static void put_board(const struct trial *trial)
{
    FILE *file = fopen(trial->path, "wb");
    assert_non_null(file);
    assert_int_equal(fwrite(trial->base, 1, trial->length, file), trial->length);
    assert_int_equal(fclose(file), 0);
    (void)unlink(beside(trial, "-journal"));
    if (trial->call->makes)
        (void)unlink(beside(trial, trial->call->makes));
}

static void set_out(struct trial *trial)
{
    put_board(trial);
    struct error error;
    const struct store_options options = store_call_options();
    if (!trial->call->act)
        MUST(store_open(trial->path, &options, &trial->store, &error));
    plan.db = trial->store ? trial->store->db : NULL;
}

static void end(struct trial *trial)
{
    store_close(trial->store);
    trial->store = NULL;
}

static void begin_anew(struct trial *trial)
{
    end(trial);
    set_out(trial);
}

static bool is_untouched(const struct trial *trial)
{
    size_t length;
    char *is = read_bytes(trial->path, &length);
    bool same = length == trial->length && memcmp(is, trial->base, length) == 0;
    memory_free(is);
    return same && access(beside(trial, "-journal"), F_OK) != 0;
}

static bool holds(const struct trial *trial, const char *content)
{
    char *is = board_content(trial->path);
    bool same = strcmp(is, content) == 0;
    memory_free(is);
    return same;
}

static bool changes(const struct store_call *call)
{
    return call->change || call->save;
}

static void check_idle(const struct trial *trial, const struct error *error)
{
    sqlite3 *db = trial->store ? trial->store->db : NULL;
    if (!db)
        return;
    if (!sqlite3_get_autocommit(db))
        fail_trial(trial, "a transaction is left open", error);
    for (sqlite3_stmt *at = NULL; (at = sqlite3_next_stmt(db, at));)
        if (sqlite3_stmt_busy(at))
            fail_trial(trial, sqlite3_sql(at), error);
}

/* In words, and never as damage, which it is not. */
static void check_words(const struct trial *trial, enum status status, const struct error *error)
{
    bool known = status == STATUS_FAILED || status == STATUS_NO_INPUT ||
                 status == STATUS_CANNOT_CREATE || status == STATUS_FULL;
    if (!known || error->status != status)
        fail_trial(trial, "that is not what happened", error);
    if (strlen(error->text) < 10 || strchr(error->text, '\n'))
        fail_trial(trial, "it does not say why in a line", error);
    bool no_room = plan.way == FULL || plan.way == QUOTA;
    if (no_room != (strstr(error->text, "no room left") != NULL))
        fail_trial(trial, "it tells another reason", error);
    if (strstr(error->text, "damaged"))
        fail_trial(trial, "it calls a sound board damaged", error);
}

static void check_right(const struct trial *trial, const struct error *error)
{
    if (strcmp(buffer_text(&trial->told), buffer_text(&trial->good)) != 0) {
        print_error("--- it told\n%s\n--- and should have told\n%s\n", buffer_text(&trial->told),
                    buffer_text(&trial->good));
        fail_trial(trial, "it is OK and not right", error);
    }
    if (trial->call->at_random || !changes(trial->call))
        return;
    if (!holds(trial, trial->after))
        fail_trial(trial, "it is OK and has not saved it", error);
}

static void check_unchanged(const struct trial *trial, const struct error *error)
{
    bool unsure = strstr(error->text, "this is in the file") || strstr(error->text, "could not be");
    if (!unsure && !is_untouched(trial) && !holds(trial, trial->before))
        fail_trial(trial, "it failed and has changed the board", error);
    if (trial->call->makes && access(beside(trial, trial->call->makes), F_OK) == 0)
        fail_trial(trial, "it failed and has left a file", error);
}

static enum status run(struct trial *trial, struct error *error)
{
    buffer_clear(&trial->told);
    buffer_add_text(&trial->told, "");
    *error = (struct error){.status = STATUS_OK};
    plan.on = true;
    enum status status =
        store_call_make(trial->call, trial->store, trial->path, &trial->told, error);
    plan.on = plan.failing = false;
    return status;
}

/* Question `n` of these kinds fails; whether the call came to it. */
static bool try_one(struct trial *trial, int questions, long n)
{
    struct error error;
    plan.questions = questions;
    plan.fail_at = n;
    plan.asked = 0;
    plan.kinds = 0;
    plan.refused = false;
    enum status status = run(trial, &error);
    bool reached = plan.asked > n;
    progress->runs++;
    progress->refused += plan.refused;
    progress->told += status != STATUS_OK;
    if (status != STATUS_OK && !plan.refused)
        fail_trial(trial, "it failed although nothing did", &error);
    if (!plan.for_good)
        check_idle(trial, &error);
    if (status != STATUS_OK) {
        check_words(trial, status, &error);
        check_unchanged(trial, &error);
    } else {
        if (plan.refused)
            check_right(trial, &error);
        if (changes(trial->call) || trial->call->makes)
            begin_anew(trial);
    }
    return reached;
}

/* After all that: the next edit is saved, and the board is sound. */
static void go_on(struct trial *trial)
{
    if (!trial->store)
        return;
    board_set(trial->store, 2, ITEM_OWNER, value_text("the next one"));
    board_assert_sound(trial->store);
}

/* A statement is prepared once in the life of a store. */
static void try_preparing(struct trial *trial)
{
    bool reached = true;
    for (long n = 0; reached; n++) {
        set_out(trial);
        reached = try_one(trial, PREPARING, n);
        end(trial);
    }
}

static void try_asking(struct trial *trial, int questions, long first)
{
    bool reached = true;
    set_out(trial);
    for (long n = first; reached; n++) {
        progress->next = n + 1;
        reached = try_one(trial, questions, n);
    }
    progress->over = true;
    go_on(trial);
    end(trial);
}

/* --- where the program ends ------------------------------------------------------------------- */

/* Text that SQLite has no memory to hand out ends the program, as want of memory of its own does:
 * the next child goes on from there. */
enum { ENDED = 9 };

static void end_child(void *data)
{
    (void)data;
    _exit(ENDED);
}

static void try_in_children(struct trial *trial, int questions)
{
    progress->next = 0;
    progress->over = false;
    while (!progress->over) {
        int how;
        (void)fflush(NULL);
        pid_t child = fork();
        if (child == 0) {
            memory_on_exhaustion(end_child, NULL);
            try_asking(trial, questions, progress->next);
            _exit(0);
        }
        assert_int_equal(waitpid(child, &how, 0), child);
        bool ended = WIFEXITED(how) && WEXITSTATUS(how) == ENDED;
        if (how != 0 && !ended)
            fail_msg("%s: its child failed", trial->call->names);
        if (ended && !is_untouched(trial) && !holds(trial, trial->before))
            fail_msg("%s: it ended and has changed the board", trial->call->names);
        progress->ended += ended;
    }
}

/* --- a call in all ways ----------------------------------------------------------------------- */

/* What it comes to when nothing fails. */
static void try_without(struct trial *trial)
{
    struct error error;
    set_out(trial);
    plan.fail_at = -1;
    MUST(run(trial, &error));
    buffer_clear(&trial->good);
    buffer_add_text(&trial->good, buffer_text(&trial->told));
    end(trial);
    trial->after = board_content(trial->path);
}

static void try_call(struct trial *trial)
{
    const bool whole = fault_times(false, true);
    try_without(trial);
    long allocated = plan.allocated;
    plan.way = MEMORY;
    try_preparing(trial);
    try_in_children(trial, READING);
    try_asking(trial, ASKING, 0);
    plan.way = DISK;
    try_asking(trial, ASKING, 0);
    for (plan.way = FULL; plan.way < WAYS; plan.way++)
        if (changes(trial->call) || trial->call->makes)
            try_asking(trial, ASKING, 0);
    plan.way = DISK;
    plan.for_good = true;
    if (whole)
        try_asking(trial, ASKING, 0);
    plan.way = MEMORY;
    if (whole || changes(trial->call))
        try_in_children(trial, ASKING);
    plan.for_good = false;
    if (plan.allocated != allocated)
        fail_msg("%s has lost memory of SQLite's", trial->call->names);
    memory_free(trial->after);
}

/* --- all of them ------------------------------------------------------------------------------ */

/* On the board as it is after what the call needs. */
static void try_on(struct trial *trial, const char *base)
{
    trial->base = read_bytes(base, &trial->length);
    put_board(trial);
    board_do_each(trial->path, trial->call->before);
    memory_free(trial->base);
    trial->base = read_bytes(trial->path, &trial->length);
    trial->before = board_content(trial->path);
    try_call(trial);
    memory_free(trial->before);
    memory_free(trial->base);
}

static void try_calls(struct fixture *fixture, bool reviewing)
{
    size_t count;
    const struct store_call *calls = store_calls(&count);
    const char *base = fixture_path(fixture, "base.touchline");
    struct trial trial = {.path = fixture_path(fixture, "cab.touchline")};
    store_calls_board(fixture, "base.touchline", reviewing);
    *progress = (struct progress){0};
    for (size_t i = 0; i < count; i++) {
        trial.call = &calls[i];
        if (calls[i].on != (reviewing ? ON_RATED : ON_REVIEWED))
            try_on(&trial, base);
    }
    buffer_release(&trial.good);
    buffer_release(&trial.told);
    assert_true(progress->refused > 500);
    assert_true(progress->ended > 0);
    fault_figure("question N of every call of the store fails, %s: %ld calls, %ld refused memory "
                 "or disk, %ld told, %ld ended cleanly, 0 untrue",
                 reviewing ? "in a review" : "in none", progress->runs, progress->refused,
                 progress->told, progress->ended);
}

static void every_call_bears_a_failing_sqlite(void **state)
{
    try_calls(*state, false);
}

static void every_call_bears_it_while_a_review_goes_on(void **state)
{
    try_calls(*state, true);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(every_call_bears_a_failing_sqlite),
        TEST(every_call_bears_it_while_a_review_goes_on),
    };
    progress =
        mmap(NULL, sizeof *progress, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
    assert_true(progress != MAP_FAILED);
    plan.times_most = fault_times(2, LONG_MAX);
    take_memory_over();
    shim_register(&shim);
    (void)sqlite3_vfs_register(sqlite3_vfs_find(shim.name), 1);
    return cmocka_run_group_tests_name("failing_store", tests, NULL, NULL);
}
