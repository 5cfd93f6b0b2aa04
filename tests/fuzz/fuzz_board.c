/* Any bytes as a board: refused in one line, or shown. Nothing of it may crash, hang, or be
 * believed without being checked.
 *
 * A board is 80 kB of mostly nothing, so an input is not the file but what is done to a sound one:
 * a first byte that says whether a journal lies beside it, then patches, each an offset (3 bytes),
 * a length (1 byte) and that many bytes. A first byte of 255 makes the rest the whole file.
 */
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/vote.h"
#include <locale.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#define WHOLE_FILE 255
#define JOURNAL    1

static struct {
    char folder[64], board[96], journal[104];
    unsigned char *sound; /* a board with something of everything */
    size_t size;
} made;

static void check(int holds)
{
    if (!holds)
        abort();
}

static int64_t no_time(void *data)
{
    (void)data;
    return 0;
}

static struct store_options options(void)
{
    return (struct store_options){.who = "fuzz", .clock = {no_time, NULL}};
}

/* --- the sound board -------------------------------------------------------------------------- */

static void add_moment(struct edit *edit, const char *title, int64_t channel)
{
    struct error error;
    struct moment moment = {0};
    struct idea idea = {0};
    struct action action = {0};
    int64_t id, other;
    record_init(RECORD_ITEM, &moment);
    record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(title));
    record_set(RECORD_ITEM, &moment, ITEM_NOTE, value_text("A note of its own"));
    moment.channel = channel;
    moment.rating = RATING_NEUTRAL;
    moment.chosen = 1;
    check(edit_add_moment(edit, &moment, PLACE_END, &id, &error) == STATUS_OK);
    record_init(RECORD_IDEA, &idea);
    idea.item = id;
    record_set(RECORD_IDEA, &idea, IDEA_TEXT, value_text("An idea"));
    check(edit_add(edit, RECORD_IDEA, &idea, &other, &error) == STATUS_OK);
    record_init(RECORD_ACTION, &action);
    action.item = id;
    record_set(RECORD_ACTION, &action, ACTION_TEXT, value_text("An action"));
    record_set(RECORD_ACTION, &action, ACTION_DUE, value_text("2026-12-04"));
    check(edit_add(edit, RECORD_ACTION, &action, &other, &error) == STATUS_OK);
    record_release(RECORD_ITEM, &moment);
    record_release(RECORD_IDEA, &idea);
    record_release(RECORD_ACTION, &action);
}

static void open_vote(struct store *store)
{
    struct error error;
    struct edit *edit;
    struct ballot ballot = {0};
    check(edit_begin(store, &edit, &error) == STATUS_OK);
    check(edit_open_vote(edit, VOTE_DOTS, 0, &error) == STATUS_OK);
    check(edit_commit(edit, &error, "Opened") == STATUS_OK);
    check(ballot_take(store, "Ana", NULL, true, &ballot, &error) == STATUS_OK);
    check(ballot_lay(store, &ballot, 2, 1, &error) == STATUS_OK);
    ballot_release(&ballot);
}

static void make_board(void)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    int64_t phase;
    const struct store_options how = options();
    check(store_create(made.board, &how, &store, &error) == STATUS_OK);
    check(edit_begin(store, &edit, &error) == STATUS_OK);
    check(edit_add_phase(edit, "Before", PLACE_END, &phase, &error) == STATUS_OK);
    add_moment(edit, "Sees the rank advert", 5);
    add_moment(edit, "Books the cab by phone", 2);
    check(edit_commit(edit, &error, "Made") == STATUS_OK);
    open_vote(store);
    store_close(store);
}

static void keep_board(void)
{
    FILE *file = fopen(made.board, "rb");
    check(file != NULL);
    check(fseek(file, 0, SEEK_END) == 0);
    made.size = (size_t)ftell(file);
    rewind(file);
    made.sound = malloc(made.size);
    check(made.sound && fread(made.sound, 1, made.size, file) == made.size);
    check(fclose(file) == 0);
}

static void clean_up(void)
{
    (void)unlink(made.board);
    (void)unlink(made.journal);
    (void)rmdir(made.folder);
}

int LLVMFuzzerInitialize(int *argc, char ***argv);

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    const char *where = access("/dev/shm", W_OK) == 0 ? "/dev/shm" : "/tmp";
    (void)argc;
    (void)argv;
    setlocale(LC_CTYPE, "C.UTF-8");
    snprintf(made.folder, sizeof made.folder, "%s/touchline-fuzz-XXXXXX", where);
    check(mkdtemp(made.folder) != NULL);
    snprintf(made.board, sizeof made.board, "%s/board", made.folder);
    snprintf(made.journal, sizeof made.journal, "%s-journal", made.board);
    atexit(clean_up);
    make_board();
    keep_board();
    return 0;
}

/* --- one input -------------------------------------------------------------------------------- */

static void write_file(const char *path, const void *bytes, size_t length)
{
    FILE *file = fopen(path, "wb");
    check(file != NULL);
    check(fwrite(bytes, 1, length, file) == length);
    check(fclose(file) == 0);
}

static void patch(unsigned char *board, const uint8_t *bytes, size_t length)
{
    while (length >= 4) {
        size_t offset = ((size_t)bytes[0] << 16 | (size_t)bytes[1] << 8 | bytes[2]) % made.size;
        size_t count = bytes[3] < length - 4 ? bytes[3] : length - 4;
        size_t fits = count < made.size - offset ? count : made.size - offset;
        memcpy(board + offset, bytes + 4, fits);
        bytes += 4 + count;
        length -= 4 + count;
    }
}

static void put_board(const uint8_t *bytes, size_t length)
{
    if (length > 0 && bytes[0] == WHOLE_FILE) {
        write_file(made.board, bytes + 1, length - 1);
        return;
    }
    unsigned char *board = malloc(made.size);
    check(board != NULL);
    memcpy(board, made.sound, made.size);
    if (length > 0)
        patch(board, bytes + 1, length - 1);
    write_file(made.board, board, made.size);
    if (length > 0 && bytes[0] == JOURNAL)
        write_file(made.journal, bytes, length);
    free(board);
}

/* Whatever goes wrong is told. */
static void told(enum status status, const struct error *error)
{
    check(status == STATUS_OK || error->text[0] != '\0');
}

static void look_at_window(struct store *store)
{
    struct error error = {0};
    struct window window = {0};
    struct strip strip = {0};
    struct moment moment = {0};
    const struct date today = {2026, 11, 21};
    int64_t first, last, weakest, next;
    told(store_window(store, 0, 2, 4, NULL, today, &window, &error), &error);
    told(store_strip(store, NULL, 80, &strip, &error), &error);
    told(store_marks(store, &first, &last, &weakest, &error), &error);
    for (int64_t id = 1; id < 5; id++) {
        told(store_moment(store, id, &moment, &error), &error);
        told(store_next(store, NEXT_UNPLANNED, id, &next, &error), &error);
        record_release(RECORD_ITEM, &moment);
    }
    window_release(&window);
    strip_release(&strip);
}

static void look_at_lists(struct store *store)
{
    struct error error = {0};
    struct meter meter;
    struct dots dots;
    struct plan plan = {0};
    struct moments moments = {0};
    struct people people = {0};
    struct phases phases = {0};
    told(store_meter(store, &meter, &error), &error);
    told(store_dots(store, &dots, &error), &error);
    told(store_plan(store, &plan, &error), &error);
    told(store_parked(store, &moments, &error), &error);
    told(store_by_dots(store, 20, &moments, &error), &error);
    told(store_people(store, &people, &error), &error);
    told(store_phases(store, &phases, &error), &error);
    plan_release(&plan);
    moments_release(&moments);
    people_release(&people);
    phases_release(&phases);
}

static void look_at_votes(struct store *store)
{
    struct error error = {0};
    struct vote_state vote;
    struct spreads spreads = {0};
    struct ballot ballot = {0};
    struct marks marks = {0};
    told(store_vote(store, &vote, &error), &error);
    told(store_spreads(store, &spreads, &error), &error);
    enum status status = ballot_take(store, "Ana", NULL, true, &ballot, &error);
    told(status, &error);
    if (status == STATUS_OK) {
        told(ballot_marks(store, &ballot, &marks, &error), &error);
        told(ballot_lay(store, &ballot, 2, 1, &error), &error);
    }
    marks_release(&marks);
    ballot_release(&ballot);
    spreads_release(&spreads);
}

static bool is_change(void *data, const struct history_change *change)
{
    (void)data;
    check(change->record < RECORDS);
    return true;
}

static bool is_edit(void *data, const struct history_entry *entry)
{
    struct error error = {0};
    told(store_history_changes(data, entry->id, is_change, NULL, &error), &error);
    return true;
}

static void look_at_history(struct store *store)
{
    struct error error = {0};
    struct store *past = NULL;
    char json[1 << 16];
    FILE *out = fmemopen(json, sizeof json, "w");
    check(out != NULL);
    told(store_history(store, 0, is_edit, store, &error), &error);
    told(store_json(store, &(struct json_wanted){.what = JSON_BOARD}, out, &error), &error);
    (void)fclose(out);
    told(store_open_past(store, 1, &past, &error), &error);
    store_close(past);
}

static void look_at_all(struct store *store)
{
    struct error error = {0};
    struct buffer report = {0};
    look_at_window(store);
    look_at_lists(store);
    look_at_history(store);
    told(store_check(store, &report, &error), &error);
    buffer_release(&report);
}

static void read_rows(struct store *store)
{
    struct error error = {0};
    struct store_rows *rows;
    struct row row;
    bool done = false;
    if (store_rows_begin(store, &rows, &error) != STATUS_OK)
        return;
    struct row_source source = store_rows_source(rows);
    enum status status = STATUS_OK;
    row_init(&row);
    for (int i = 0; status == STATUS_OK && !done && i < 10000; i++)
        status = source.next(source.data, &row, &done, &error);
    told(status, &error);
    row_release(&row);
    store_rows_end(rows);
}

/* A board that opens may be written, too: a change is saved and comes back, or is refused. */
static void change(struct store *store)
{
    struct error error = {0};
    struct edit *edit;
    struct undone undone = {0};
    int64_t id;
    if (store_look_only(store) || edit_begin(store, &edit, &error) != STATUS_OK)
        return;
    enum status status = edit_add_phase(edit, "New", PLACE_END, &id, &error);
    status = status == STATUS_OK ? edit_commit(edit, &error, "New") : edit_cancel(edit, status);
    told(status, &error);
    told(store_undo(store, &undone, &error), &error);
    undone_release(&undone);
    told(store_redo(store, &undone, &error), &error);
    undone_release(&undone);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct error error = {0};
    struct store *store = NULL;
    const struct store_options how = options();
    (void)unlink(made.journal);
    put_board(bytes, length);
    enum status status = store_open(made.board, &how, &store, &error);
    told(status, &error);
    check((status == STATUS_OK) == (store != NULL));
    if (store) {
        look_at_all(store);
        read_rows(store);
        look_at_votes(store);
        change(store);
    }
    store_close(store);
    return 0;
}
