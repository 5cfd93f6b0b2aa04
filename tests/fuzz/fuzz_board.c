/* Any bytes as a board: refused in one line, or shown. Nothing of it may crash, hang, or be
 * believed without being checked.
 *
 * A board is 80 kB of mostly nothing, so an input is not the file but what is done to a sound one:
 * a first byte that says whether a journal lies beside it, then patches, each an offset (3 bytes),
 * a length (1 byte) and that many bytes. A first byte of 255 makes the rest the whole file.
 */
#include "fuzz.h"
#include "scratch.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/vote.h"
#include <locale.h>
#include <stdio.h>
#include <string.h>

#define WHOLE_FILE 255
#define JOURNAL    1

static const char board_name[] = "board", journal_name[] = "board-journal";

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    size_t size;
    (void)argc;
    (void)argv;
    setlocale(LC_CTYPE, "C.UTF-8");
    scratch_make();
    (void)scratch_sound(&size);
    return 0;
}

/* --- one input -------------------------------------------------------------------------------- */

static void patch(unsigned char *board, size_t size, const uint8_t *bytes, size_t length)
{
    while (length >= 4) {
        size_t offset = ((size_t)bytes[0] << 16 | (size_t)bytes[1] << 8 | bytes[2]) % size;
        size_t count = bytes[3] < length - 4 ? bytes[3] : length - 4;
        size_t fits = count < size - offset ? count : size - offset;
        memcpy(board + offset, bytes + 4, fits);
        bytes += 4 + count;
        length -= 4 + count;
    }
}

static void put_board(const uint8_t *bytes, size_t length)
{
    size_t size;
    const unsigned char *sound = scratch_sound(&size);
    if (length > 0 && bytes[0] == WHOLE_FILE) {
        scratch_write(board_name, bytes + 1, length - 1);
        return;
    }
    unsigned char *board = malloc(size);
    check(board != NULL);
    memcpy(board, sound, size);
    if (length > 0)
        patch(board, size, bytes + 1, length - 1);
    scratch_write(board_name, board, size);
    if (length > 0 && bytes[0] == JOURNAL)
        scratch_write(journal_name, bytes, length);
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

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    struct error error = {0};
    struct store *store = NULL;
    const struct store_options how = scratch_options();
    scratch_clear();
    put_board(bytes, length);
    enum status status = store_open(scratch_path(board_name), &how, &store, &error);
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
