#include "boards.h"
#include "bytes.h"
#include "replay.h"
#include "salvaged.h"
#include "touchline/memory.h"
#include <setjmp.h>
#include <sqlite3.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cmocka.h>

enum { PAGE = 4096, MOMENTS = 120 };

/* --- a board with something of everything ----------------------------------------------------- */

static void add_long_note(struct store *store, int64_t id)
{
    char note[20001];
    memset(note, 'n', sizeof note - 1);
    note[sizeof note - 1] = '\0';
    board_set(store, id, ITEM_NOTE, value_text(note));
}

static void add_others(struct store *store)
{
    struct error error;
    struct edit *edit;
    struct person person = {.name = (char *)"Ana", .present = 1};
    struct channel channel = {.position = 7,
                              .name = (char *)"Fax",
                              .letter = (char *)"F",
                              .sign = (char *)"f",
                              .colour = 99};
    struct wave wave = {.number = 1, .response = (char *)"They smiled"};
    struct review review = {.day = (char *)"2026-11-21"};
    int64_t id;
    MUST(edit_begin(store, &edit, &error));
    MUST(edit_add(edit, RECORD_PERSON, &person, &id, &error));
    MUST(edit_add(edit, RECORD_CHANNEL, &channel, &id, &error));
    MUST(edit_set(edit, RECORD_ITEM, 3, ITEM_CHANNEL, value_integer(id), NULL, &error));
    MUST(edit_add(edit, RECORD_WAVE, &wave, &id, &error));
    MUST(edit_set(edit, RECORD_BOARD, 1, BOARD_WHY, value_text("Because"), NULL, &error));
    MUST(edit_add(edit, RECORD_REVIEW, &review, &id, &error));
    MUST(edit_set(edit, RECORD_ITEM, 4, ITEM_RATING, value_integer(1), NULL, &error));
    MUST(edit_set(edit, RECORD_ITEM, 4, ITEM_RATING, value_integer(2), NULL, &error));
    MUST(edit_commit(edit, &error, "others"));
}

static void fill(struct store *store)
{
    const char *titles[MOMENTS + 1] = {NULL};
    char texts[MOMENTS][160];
    for (int i = 0; i < MOMENTS; i++) {
        const char *before = i % 10 == 0 ? "#" : i % 17 == 0 ? "z " : "";
        (void)snprintf(texts[i], sizeof texts[i], "%sMoment %03d, %0100d", before, i + 1, 0);
        titles[i] = texts[i];
    }
    assert_int_equal(board_fill(store, titles), 1);
}

/* Closed; ids 1 to 120, every tenth a phase; 2 and what belongs to it were deleted. */
static const char *full_board(struct fixture *fixture, const char *name)
{
    struct store *store = board_new(fixture, name, "Ana");
    fill(store);
    board_add_idea(store, 2, "gone", PRICE_LOW);
    board_delete(store, RECORD_ITEM, 2);
    board_add_idea(store, 3, "tea", PRICE_LOW);
    board_delete(store, RECORD_IDEA, board_add_idea(store, 3, "beer", PRICE_LOW));
    board_add_action(store, 5, "buy", "2026-12-04");
    board_add_entry(store, 5, ENTRY_BUYS_AGAIN, 40);
    board_set(store, 5, ITEM_CHANNEL, value_integer(2));
    board_set(store, 5, ITEM_CHOSEN, value_integer(1));
    board_move(store, 9, 4);
    add_long_note(store, 60);
    add_others(store);
    store_close(store);
    return fixture_path(fixture, name);
}

/* The first `length` bytes of it. */
static void copy_part(const char *from, const char *to, size_t length)
{
    struct bytes bytes = bytes_read(from);
    bytes_write(to, &bytes, length < bytes.length ? length : bytes.length);
    bytes_release(&bytes);
}

static void copy(const char *from, const char *to)
{
    copy_part(from, to, SIZE_MAX);
}

static void overwrite_page(const char *path, long page)
{
    struct bytes bytes = bytes_read(path);
    memset(bytes.at + page * PAGE, 0xA5, PAGE);
    bytes_write(path, &bytes, bytes.length);
    bytes_release(&bytes);
}

static long pages_of(const char *path)
{
    struct stat about;
    assert_int_equal(stat(path, &about), 0);
    return (long)about.st_size / PAGE;
}

static enum status salvage(const char *path, const char *to, struct buffer *report,
                           struct error *error)
{
    const struct store_options options = board_options("Ben");
    buffer_clear(report);
    (void)unlink(to);
    return store_salvage(path, to, &options, report, error);
}

static void must_hold(const struct buffer *report, const char *line)
{
    if (!strstr(buffer_text(report), line))
        fail_msg("\"%s\" should hold \"%s\"", buffer_text(report), line);
}

/* All of `sound` is in what comes out of `path`, as it was and in its order. */
static void must_come_whole(struct fixture *fixture, const char *path, const char *sound,
                            struct buffer *report)
{
    struct error error;
    const char *to = fixture_path(fixture, "new");
    MUST(salvage(path, to, report, &error));
    const struct salvaged found = salvaged_compare(sound, to);
    assert_int_equal(found.lost, 0);
    assert_int_equal(found.altered, 0);
    assert_int_equal(found.invented, 0);
    assert_int_equal(found.order, 0);
    struct store *store = board_open(to, "Ben");
    board_assert_sound(store);
    store_close(store);
}

/* --- what comes ------------------------------------------------------------------------------- */

static void a_sound_board_comes_out_whole(void **state)
{
    struct buffer report = {0};
    struct board board = {0};
    struct error error;
    const char *path = full_board(*state, "old");
    char *before = fixture_read(path);
    must_come_whole(*state, path, path, &report);
    assert_string_equal(
        buffer_text(&report),
        "Taken: 7 channels, 1 person, 107 moments (7 parked), 12 phases, 1 idea, 1 action, "
        "1 entry, 1 wave, 1 review, 1 rerating, the board's own page\n"
        "Left behind: 3 records that had been deleted\n"
        "Left behind: the history and the votes\n");
    char *after = fixture_read(path);
    assert_string_equal(before, after);
    struct store *store = board_open(fixture_path(*state, "new"), "Ben");
    MUST(store_board(store, &board, &error));
    assert_string_equal(board.why, "Because");
    board_undo(store); /* one edit, as an import is */
    ASSERT_LINE(store, "");
    board_redo(store);
    store_close(store);
    memory_free(before);
    memory_free(after);
    record_release(RECORD_BOARD, &board);
    buffer_release(&report);
}

/* What makes a board be refused is not in the way, and does not come along. */
static void what_is_refused_comes_out_whole(void **state)
{
    static const char *const cases[] = {
        "CREATE TRIGGER spy AFTER INSERT ON item BEGIN DELETE FROM item; END",
        "CREATE VIEW spy AS SELECT * FROM item",
        "ALTER TABLE idea ADD COLUMN spy AS (hex(text))",
        ("ALTER TABLE item ADD COLUMN mood INTEGER; UPDATE item SET mood = 7; "
         "CREATE TABLE later(x); PRAGMA user_version=7"),
        "DROP INDEX item_line",
        "ALTER TABLE idea RENAME TO ideas; ALTER TABLE item RENAME TO things",
        "DROP TABLE tally; DROP TABLE change; DROP TABLE edit",
        "PRAGMA user_version=0; PRAGMA application_id=7",
        "PRAGMA journal_mode=WAL",
        "PRAGMA page_size=512; VACUUM",
        "PRAGMA page_size=65536; VACUUM",
        "PRAGMA auto_vacuum=FULL; VACUUM",
    };
    struct buffer report = {0};
    const char *sound = full_board(*state, "sound"), *path = fixture_path(*state, "old");
    for (size_t i = 0; i < sizeof cases / sizeof *cases; i++) {
        copy(sound, path);
        board_sql(path, cases[i]);
        must_come_whole(*state, path, sound, &report);
        must_hold(&report, "107 moments (7 parked), 12 phases, 1 idea");
    }
    buffer_release(&report);
}

/* An edit that was cut off is taken back first, as when a board is opened. */
static void a_cut_off_edit_is_taken_back(void **state)
{
    struct buffer report = {0};
    int status;
    const char *sound = full_board(*state, "sound"), *path = fixture_path(*state, "old");
    copy(sound, path);
    (void)fflush(NULL);
    pid_t child = fork();
    if (child == 0) {
        sqlite3 *db;
        bool good = sqlite3_open(path, &db) == SQLITE_OK &&
                    sqlite3_exec(db, "BEGIN; UPDATE item SET title = 'half'", NULL, NULL, NULL) ==
                        SQLITE_OK &&
                    sqlite3_db_cacheflush(db) == SQLITE_OK;
        _exit(good ? 0 : 1);
    }
    assert_int_equal(waitpid(child, &status, 0), child);
    assert_int_equal(status, 0);
    assert_true(pages_of(fixture_path(*state, "old-journal")) > 0);
    must_come_whole(*state, path, sound, &report);
    assert_true(pages_of(fixture_path(*state, "old-journal")) > 0); /* and not in its place */
    buffer_release(&report);
}

/* --- what is lost ----------------------------------------------------------------------------- */

/* Nothing is made up, whichever page is gone; an older state of a record is told as doubtful, and
 * so is a value that went with a channel. */
static void each_page_may_be_lost(void **state)
{
    struct buffer report = {0};
    struct error error;
    const char *sound = full_board(*state, "sound"), *path = fixture_path(*state, "old");
    const char *to = fixture_path(*state, "new");
    int lossless = 0;
    long pages = pages_of(sound);
    for (long page = 0; page < pages; page++) {
        copy(sound, path);
        overwrite_page(path, page);
        MUST(salvage(path, to, &report, &error));
        const struct salvaged found = salvaged_compare(sound, to);
        assert_int_equal(found.invented, 0);
        assert_true(found.altered == 0 || strstr(buffer_text(&report), "Doubtful: ") ||
                    strstr(buffer_text(&report), "Left out: "));
        assert_true(found.lost == 0 || strstr(buffer_text(&report), "Damaged: 1 "));
        assert_true(found.lost < 60);
        lossless += found.lost == 0;
    }
    assert_true(lossless > 10 && lossless < pages); /* most are indexes and history */
    buffer_release(&report);
}

/* Titles that stand on leaves of tables within the first pages of a file. */
static int titles_on_leaves(const char *path, long pages)
{
    static char page[PAGE + 1];
    int titles = 0;
    FILE *file = fopen(path, "r");
    assert_non_null(file);
    for (long i = 0; i < pages; i++) {
        assert_int_equal(fread(page, 1, PAGE, file), PAGE);
        for (char *at = page;
             page[0] == 0x0D && (at = memmem(at, (size_t)(page + PAGE - at), "Moment ", 7)); at++)
            titles++;
    }
    assert_int_equal(fclose(file), 0);
    return titles;
}

/* Cut anywhere, what stands on the pages that are left comes. */
static void what_is_on_whole_pages_comes(void **state)
{
    struct buffer report = {0};
    struct error error;
    struct store *store = board_new(*state, "sound", "Ana");
    fill(store);
    store_close(store);
    const char *sound = fixture_path(*state, "sound"), *path = fixture_path(*state, "old");
    const char *to = fixture_path(*state, "new");
    long pages = pages_of(sound);
    assert_int_equal(titles_on_leaves(sound, pages), MOMENTS);
    for (long page = 0; page < pages; page++) {
        copy_part(sound, path, (size_t)page * PAGE + 1000);
        int titles = titles_on_leaves(path, page);
        enum status status = salvage(path, to, &report, &error);
        if (status != STATUS_OK) {
            assert_true(status == STATUS_BAD_DATA && titles == 0);
            assert_non_null(strstr(error.text, "nothing of a board can be read in it"));
            assert_int_equal(access(to, F_OK), -1);
            continue;
        }
        assert_int_equal(board_sql_number(to, "SELECT count(*) FROM item"), titles);
        assert_int_equal(salvaged_compare(sound, to).altered, 0);
        must_hold(&report, "missing at the end of the file");
    }
    buffer_release(&report);
}

/* What a stranger's SQL did to a row, and the line that tells of it. */
static const struct {
    const char *sql, *line;
    int lost;
} damages[] = {
    {"UPDATE item SET title = x'FF' WHERE id = 3", "Lost: 1 moment, 1 idea\n", 2},
    {"UPDATE item SET title = '' WHERE id = 4", "Lost: 1 moment, 1 rerating\n", 2},
    {"UPDATE item SET note = CAST(x'FF' AS TEXT) WHERE id = 3",
     "Left out: 1 value that no board can have; the rest was kept\n", 0},
    {"UPDATE item SET rating = 77, dots = 0.5 WHERE id = 3", "Left out: 2 values that", 0},
    {"UPDATE item SET channel = 77 WHERE id = 3", "Left out: 1 value", 0},
    {"UPDATE item SET target = 3 WHERE id = 3", "Left out: 1 value", 0},
    {"UPDATE item SET chosen = 1 WHERE kind = 1 AND state = 0", "Left out: 95 values", 0},
    {"UPDATE item SET chosen = 1 WHERE kind = 2", "12 phases", 0},
    {"UPDATE item SET state = 1 WHERE kind = 2", "12 phases", 0},
    {"UPDATE item SET ord = 'x' WHERE id = 3",
     "Moved to the end: 1 moment or phase whose place could not be read\n", 0},
    {"UPDATE item SET ord = 4611686018427387904 WHERE id = 3", "Moved to the end: 1 moment", 0},
    {"UPDATE item SET ord = (SELECT ord FROM item WHERE id = 5) WHERE id = 3",
     "Moved to the end: 1 moment", 0},
    {"UPDATE idea SET item = 99999", "Lost: 2 ideas\n", 1},
    {"UPDATE idea SET item = 11 WHERE id = 2", "Lost: 1 idea\n", 1},
    {"UPDATE channel SET letter = 'I' WHERE id = 2", "Lost: 1 channel\n", 1},
    {"UPDATE rerating SET review = 7", "Lost: 1 rerating\n", 1},
    {"INSERT INTO review VALUES(2, 0, '2026-11-22', 0, 0, 0, 0)", "Left out: 1 value", 0},
    {"UPDATE item SET id = -3 WHERE id = 3", "Lost: 1 moment, 1 idea\n", 2},
    {"UPDATE board SET customers = 'many'", "Left out: 1 value", 0},
    {"UPDATE item SET seconds = 700000 WHERE id = 3", "Left out: 1 value", 0},
};

static void what_no_board_can_have_is_told(void **state)
{
    struct buffer report = {0};
    struct error error;
    const char *sound = full_board(*state, "sound"), *path = fixture_path(*state, "old");
    const char *to = fixture_path(*state, "new");
    for (size_t i = 0; i < sizeof damages / sizeof *damages; i++) {
        copy(sound, path);
        board_sql(path, "PRAGMA ignore_check_constraints=1");
        board_sql(path, damages[i].sql);
        MUST(salvage(path, to, &report, &error));
        must_hold(&report, damages[i].line);
        assert_int_equal(salvaged_compare(sound, to).lost, damages[i].lost);
        struct store *store = board_open(to, "Ben");
        board_assert_sound(store);
        store_close(store);
    }
    buffer_release(&report);
}

/* A row that was deleted does not come back from a page that nothing leads to any more. */
static void what_was_deleted_stays_so(void **state)
{
    struct buffer report = {0};
    struct error error;
    const char *sound = full_board(*state, "sound"), *path = fixture_path(*state, "old");
    const char *to = fixture_path(*state, "new");
    copy(sound, path);
    board_sql(path,
              "CREATE TABLE older(id INTEGER PRIMARY KEY, kind, state, ord, placed, title, c, "
              "r, f, t, x, d, s, n, o, h, e, b, note); INSERT INTO older SELECT * FROM item; "
              "UPDATE older SET state = 0, title = 'older'; DROP TABLE wave; PRAGMA "
              "writable_schema=1; DELETE FROM sqlite_schema WHERE name='older'");
    MUST(salvage(path, to, &report, &error));
    assert_int_equal(board_sql_number(to, "SELECT count(*) FROM item WHERE id = 2"), 0);
    assert_int_equal(board_sql_number(to, "SELECT count(*) FROM item WHERE title = 'older'"), 0);
    assert_null(strstr(buffer_text(&report), "Lost: "));
    board_sql(path, "PRAGMA writable_schema=1; DELETE FROM sqlite_schema WHERE name='item'");
    MUST(salvage(path, to, &report, &error)); /* there is no other state of them any more */
    must_hold(&report, "Doubtful: ");
    buffer_release(&report);
}

/* --- what is refused -------------------------------------------------------------------------- */

static void what_holds_no_board_makes_no_file(void **state)
{
    struct buffer report = {0};
    struct error error;
    const char *to = fixture_path(*state, "new");
    MUST_REFUSE(salvage(fixture_write(*state, "empty", ""), to, &report, &error), STATUS_BAD_DATA,
                "empty: nothing of a board can be read in it; no file was made");
    MUST_REFUSE(salvage(fixture_write(*state, "text", "title\nBooks\n"), to, &report, &error),
                STATUS_BAD_DATA, "nothing of a board can be read in it");
    MUST_REFUSE(salvage(fixture_path(*state, "nothing"), to, &report, &error), STATUS_NO_INPUT,
                "there is no such board");
    MUST_REFUSE(salvage("/dev/zero", to, &report, &error), STATUS_NO_INPUT,
                "something that is no file");
    MUST_REFUSE(salvage(".", to, &report, &error), STATUS_NO_INPUT, "a folder");
    assert_int_equal(access(to, F_OK), -1);
    buffer_release(&report);
}

static void no_file_is_overwritten(void **state)
{
    struct buffer report = {0};
    struct error error;
    const struct store_options options = board_options("Ben");
    const char *path = full_board(*state, "old"), *to = fixture_write(*state, "new", "mine\n");
    MUST_REFUSE(store_salvage(path, to, &options, &report, &error), STATUS_CANNOT_CREATE,
                "something of that name is there");
    MUST_REFUSE(store_salvage(path, path, &options, &report, &error), STATUS_CANNOT_CREATE,
                "something of that name is there");
    char *content = fixture_read(to);
    assert_string_equal(content, "mine\n");
    memory_free(content);
    buffer_release(&report);
}

int main(void)
{
#define TEST(name) cmocka_unit_test_setup_teardown(name, fixture_setup, fixture_teardown)
    const struct CMUnitTest tests[] = {
        TEST(a_sound_board_comes_out_whole), TEST(what_is_refused_comes_out_whole),
        TEST(a_cut_off_edit_is_taken_back),  TEST(each_page_may_be_lost),
        TEST(what_is_on_whole_pages_comes),  TEST(what_no_board_can_have_is_told),
        TEST(what_was_deleted_stays_so),     TEST(what_holds_no_board_makes_no_file),
        TEST(no_file_is_overwritten),
    };
    return cmocka_run_group_tests_name("salvage", tests, NULL, NULL);
}
