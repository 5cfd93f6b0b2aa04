/* Any keys on the screen: nothing crashes or hangs, nothing that may do harm comes to the terminal,
 * and the board is sound afterwards.
 *
 * The first byte, a digit for most of it, says what is there: the terminal's size in its lower
 * three bits, then two bits for the board (see below), then whether it shows only ASCII, has no
 * colours, and whether '/' is a key (script_term.h). The rest is the script.
 */
#include "fuzz.h"
#include "scratch.h"
#include "script_term.h"
#include "touchline/edit.h"
#include "touchline/query.h"
#include "touchline/tui.h"
#include <locale.h>
#include <stdio.h>
#include <unistd.h>

/* Beyond that, longer scripts only take longer. */
enum { SCRIPT_MOST = 400 };

/* The first byte's bits, all 0 in '0'. */
enum { SIZE = 7, BOARD = 0x18, ASCII = 0x20, MONO = 0x40, SLASH = 0x80 };
enum { SOUND, NONE_YET = 0x08, BALLOT = 0x10, LONG = 0x18 };

static const char board_name[] = "cab.touchline";

/* The sound board with some more on its line. */
static struct {
    unsigned char *bytes;
    size_t size;
} longer;

static void add_phase_of(struct edit *edit, const char *phase, int moments)
{
    struct error error;
    struct moment moment = {0};
    int64_t id;
    char title[40];
    check(edit_add_phase(edit, phase, PLACE_END, &id, &error) == STATUS_OK);
    for (int i = 0; i < moments; i++) {
        record_init(RECORD_ITEM, &moment);
        snprintf(title, sizeof title, "%s: moment %d of its kind", phase, i);
        record_set(RECORD_ITEM, &moment, ITEM_TITLE, value_text(title));
        moment.channel = i % 6 + 1;
        moment.rating = i % RATINGS;
        moment.seconds = 15 * i;
        moment.state = i == 3 ? STATE_PARKED : STATE_LIVE;
        check(edit_add_moment(edit, &moment, PLACE_END, &id, &error) == STATUS_OK);
        record_release(RECORD_ITEM, &moment);
    }
}

static void make_longer(void)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    size_t size;
    const struct store_options how = scratch_options();
    const unsigned char *sound = scratch_sound(&size);
    scratch_write(board_name, sound, size);
    check(store_open(scratch_path(board_name), &how, &store, &error) == STATUS_OK);
    check(edit_begin(store, &edit, &error) == STATUS_OK);
    add_phase_of(edit, "Ride", 9);
    add_phase_of(edit, "Arrival", 5);
    check(edit_commit(edit, &error, "Made longer") == STATUS_OK);
    store_close(store);
    longer.bytes = scratch_read(board_name, &longer.size);
}

int LLVMFuzzerInitialize(int *argc, char ***argv)
{
    (void)argc;
    (void)argv;
    setlocale(LC_CTYPE, "C.UTF-8");
    scratch_make();
    make_longer();
    return 0;
}

/* Somebody else takes the rating of the first moment off, or puts it on. */
static void change_board(void)
{
    struct error error;
    struct store *store;
    struct edit *edit;
    struct moment moment = {0};
    struct store_options how = scratch_options();
    how.who = "Ben";
    if (access(board_name, F_OK) != 0)
        return;
    check(store_open(board_name, &how, &store, &error) == STATUS_OK);
    if (store_record(store, RECORD_ITEM, 2, &moment, &error) == STATUS_OK) {
        struct value rating = value_integer(moment.rating ? RATING_NONE : RATING_MISERABLE);
        check(edit_begin(store, &edit, &error) == STATUS_OK);
        enum status status = edit_set(edit, RECORD_ITEM, 2, ITEM_RATING, rating, NULL, &error);
        status =
            status == STATUS_OK ? edit_commit(edit, &error, "Rated") : edit_cancel(edit, status);
        check(status == STATUS_OK || error.text[0] != '\0');
        record_release(RECORD_ITEM, &moment);
    }
    store_close(store);
}

static void run_screen(const struct script *script, const struct tui_ballot *ballot)
{
    static char word[] = "editor", *const editor[] = {word, NULL};
    struct error error;
    struct tui_options options = {
        .path = board_name,
        .store = scratch_options(),
        .term = {.type = "xterm-256color", .mouse = true},
        .state_folder = "state",
        .editor = editor,
        .ballot = ballot,
    };
    options.store.clock = script_term_clock();
    script_term_begin(script);
    check(tui_run(&options, &error) == STATUS_OK);
}

static void put_board(unsigned which)
{
    size_t size;
    const unsigned char *sound = scratch_sound(&size);
    scratch_clear();
    if (which == LONG)
        scratch_write(board_name, longer.bytes, longer.size);
    else if (which != NONE_YET)
        scratch_write(board_name, sound, size);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
    static const struct tui_ballot ballot = {"Ana", NULL, true};
    unsigned what = length > 0 ? bytes[0] ^ '0' : 0;
    size_t rest = length > 0 ? length - 1 : 0;
    const struct script script = {
        .bytes = bytes + (length > 0),
        .length = rest < SCRIPT_MOST ? rest : SCRIPT_MOST,
        .size = what & SIZE,
        .ascii = what & ASCII,
        .mono = what & MONO,
        .slash = what & SLASH,
        .change = change_board,
    };
    put_board(what & BOARD);
    scratch_enter();
    run_screen(&script, (what & BOARD) == BALLOT ? &ballot : NULL);
    if (access(board_name, F_OK) == 0)
        scratch_check_sound(board_name);
    scratch_leave();
    return 0;
}
