/* The rows of a ballot: those that are held, and how one gets to others. */
#include "ballot_rows.h"
#include "touchline/memory.h"
#include <ctype.h>
#include <stdlib.h>
#include <string.h>

/* Moments held on either side beyond those that a page may go over: so many steps until others are
 * read. */
enum { SPARE = 60 };

const struct table_column ballot_columns[BALLOT_COLUMNS] = {
    [BALLOT_NUMBER] = {"", 2, 6, 0, false},
    [BALLOT_LETTER] = {"", 1, 1, 2, false},
    [BALLOT_TITLE] = {"", 16, 0, 0, true},
    [BALLOT_MARK] = {"", 6, 11, 0, false},
};

/* --- reading ---------------------------------------------------------------------------------- */

static void held_release(struct ballot_held *held)
{
    window_release(&held->window);
    memory_free(held->marks);
    *held = (struct ballot_held){.marks = NULL};
}

void ballot_rows_release(struct ballot_rows *rows)
{
    held_release(&rows->held);
    memory_free(rows->search);
    rows->search = NULL;
}

/* A page goes over at most as many moments as the screen has rows, and in a list each may stand
 * under a heading of its own. */
static int page_most(const struct tui *tui)
{
    return 2 * tui->frame.rows;
}

static enum status read_window(struct tui *tui, int64_t around, struct window *window,
                               struct error *error)
{
    int side = page_most(tui) + SPARE;
    int64_t first, selected = around;
    enum status status = STATUS_OK;
    if (around == INT64_MAX)
        status = store_ends(tui->store, NULL, &first, &selected, error);
    if (status != STATUS_OK)
        return status;
    return store_window(tui->store, selected, side, side, NULL, tui_today(tui), window, error);
}

static enum status read_marks(struct store *store, const struct ballot *ballot,
                              struct ballot_held *held, struct error *error)
{
    enum status status = STATUS_OK;
    held->marks = memory_new(held->window.count, sizeof *held->marks);
    for (size_t i = 0; status == STATUS_OK && i < held->window.count; i++)
        status = ballot_mark(store, ballot, held->window.moments[i].id, &held->marks[i], error);
    return status;
}

/* By these the screen scrolls as if all lines were held, so a new window moves nothing in sight.
 * Above them is a line for each moment and each heading. */
static enum status count_lines_beyond(struct store *store, struct ballot_held *held,
                                      struct error *error)
{
    const struct window *window = &held->window;
    struct phases phases = {.at = NULL};
    held->above = window->before;
    held->below = window->total - window->before - (int64_t)window->count;
    if (window->before == 0 || window->count == 0)
        return STATUS_OK;
    enum status status = store_phases(store, &phases, error);
    for (size_t i = 0; i < phases.count && phases.at[i].ord < window->moments[0].ord; i++)
        held->above++;
    for (size_t i = 0; i < window->phase_count && window->phases[i].at == 0; i++)
        held->above -= window->phases[i].begins;
    phases_release(&phases);
    return status;
}

/* --- rows ------------------------------------------------------------------------------------- */

void ballot_add_mark(const struct ballot *ballot, int64_t value, struct buffer *out)
{
    if (value && ballot->vote.kind == VOTE_DOTS)
        buffer_add_format(out, "%lld dot%s", (long long)value, value == 1 ? "" : "s");
    else if (value)
        buffer_add_format(out, "%lld %s", (long long)value, rating_word(value));
}

/* As wide as the highest number of all, so that the column keeps its width whatever is held. */
static void add_number(int64_t number, int64_t highest, struct buffer *out)
{
    struct buffer widest = {0};
    buffer_add_integer(&widest, highest);
    buffer_add_format(out, "%-*lld", (int)widest.length, (long long)number);
    buffer_release(&widest);
}

static void add_moment(struct tui *tui, struct list_mode *list, const struct ballot_held *held,
                       const struct ballot *ballot, size_t i)
{
    const struct moment *moment = &held->window.moments[i];
    const struct channel *channel = channels_by_id(&tui->channels, moment->channel);
    struct list_row *row = list_add(list, moment->id);
    row->at = i;
    add_number(moment->number, held->window.total, &row->cells[BALLOT_NUMBER]);
    buffer_add_text(&row->cells[BALLOT_LETTER], channel ? channel->letter : "-");
    buffer_add_text(&row->cells[BALLOT_TITLE], moment->title);
    ballot_add_mark(ballot, held->marks[i], &row->cells[BALLOT_MARK]);
}

/* A heading stands where a phase has moments, and not twice for two of the same title. */
static void add_rows(struct tui *tui, struct list_mode *list, const struct ballot_held *held,
                     const struct ballot *ballot)
{
    const struct window *window = &held->window;
    const char *phase = NULL;
    for (size_t i = 0, next = 0; i < window->count; i++) {
        const char *title = phase;
        bool begins = false;
        for (; next < window->phase_count && window->phases[next].at <= i; next++) {
            title = window->phases[next].title;
            begins = window->phases[next].begins;
        }
        if (begins && (!phase || strcmp(phase, title) != 0))
            buffer_add_text(&list_add_heading(list)->cells[0], title);
        phase = title;
        add_moment(tui, list, held, ballot, i);
        if (i == window->selected)
            list_prefer(list);
    }
}

/* The list finds again by itself what is there still. */
enum status ballot_rows_load(struct tui *tui, struct list_mode *list, struct ballot_rows *rows,
                             const struct ballot *ballot, struct error *error)
{
    struct ballot_held fresh = {.marks = NULL};
    enum status status = read_window(tui, rows->around, &fresh.window, error);
    if (status == STATUS_OK)
        status = read_marks(tui->store, ballot, &fresh, error);
    if (status == STATUS_OK)
        status = count_lines_beyond(tui->store, &fresh, error);
    if (status != STATUS_OK) {
        held_release(&fresh);
        return status;
    }
    held_release(&rows->held);
    rows->held = fresh;
    add_rows(tui, list, &rows->held, ballot);
    list->selected = list->preferred;
    return STATUS_OK;
}

void ballot_rows_look_ahead(struct tui *tui, struct list_mode *list, struct ballot_rows *rows,
                            const struct list_row *row)
{
    size_t at = (size_t)(row - list->rows), most = (size_t)page_most(tui);
    rows->around = row->id;
    if ((rows->held.above > 0 && at < most) || (rows->held.below > 0 && list->count - at <= most))
        list_reload(list);
}

/* --- going there ------------------------------------------------------------------------------ */

void ballot_rows_jump(struct list_mode *list, struct ballot_rows *rows, int64_t around)
{
    rows->around = around;
    list_begin_anew(list);
}

enum status ballot_rows_go_to(struct tui *tui, struct list_mode *list, struct ballot_rows *rows,
                              const char *number)
{
    struct error error;
    int64_t id;
    char *end = NULL;
    int64_t wanted = isdigit((unsigned char)*number) ? strtoll(number, &end, 10) : 0;
    enum status status = STATUS_NOT_FOUND;
    if (end && *end == '\0')
        status = store_at(tui->store, wanted, &id, &error);
    if (status == STATUS_OK)
        ballot_rows_jump(list, rows, id);
    else if (status == STATUS_NOT_FOUND)
        tui_warn(tui, "There is no moment %s.", number);
    else
        tui_error(tui, &error);
    return status;
}

/* In slices: between two of them others can save. */
static enum status find_title(struct store *store, struct search *hunt, int64_t *found,
                              struct error *error)
{
    enum { SLICE = 5000 };
    enum status status;
    bool done = false;
    do
        status = store_search(store, hunt, SLICE, found, &done, error);
    while (status == STATUS_OK && !*found && !done);
    return status;
}

bool ballot_rows_find(struct tui *tui, struct list_mode *list, struct ballot_rows *rows)
{
    struct search hunt;
    struct error error;
    int64_t found = 0;
    store_search_begin(&hunt, rows->search, list->rows[list->selected].id, +1);
    hunt.titles = true; /* a ballot tells nothing else of a moment */
    enum status status = find_title(tui->store, &hunt, &found, &error);
    store_search_end(&hunt);
    if (status != STATUS_OK)
        tui_error(tui, &error);
    else if (found)
        ballot_rows_jump(list, rows, found);
    return status == STATUS_OK && found;
}
