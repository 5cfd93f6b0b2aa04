/* What is seen: read from the file when it may have changed, and not otherwise. */
#include "touchline/gaps.h"
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

/* More ranks than any screen has room for. */
enum { RANKS_MOST = 100 };

/* --- sizes ------------------------------------------------------------------------------------ */

static int cards_in_sight(struct tui *tui)
{
    size_t fit = view_window_size(tui->frame.rows, tui->frame.columns, tui->session.zoom);
    fit = fit > tui->ghosts ? fit - tui->ghosts : 1;
    return (int)fit;
}

static int scroll_by(struct tui *tui)
{
    return (int)view_scroll_size(tui->frame.rows, tui->frame.columns, tui->session.zoom);
}

/* --- reading
 * -----------------------------------------------------------------------------------------
 *
 * What cannot be read now leaves standing what was read before: an empty board would be a lie. */

/* What hangs on the whole board. */
struct lists {
    struct board board;
    struct channels channels;
    struct meter meter;
    struct moments parked;
};

static void lists_release(struct lists *lists)
{
    record_release(RECORD_BOARD, &lists->board);
    channels_release(&lists->channels);
    moments_release(&lists->parked);
}

/* Each gets what the other held. */
static void exchange_lists(struct tui *tui, struct lists *fresh)
{
    struct lists old = {tui->board, tui->channels, tui->meter, tui->parked};
    tui->board = fresh->board;
    tui->channels = fresh->channels;
    tui->meter = fresh->meter;
    tui->parked = fresh->parked;
    *fresh = old;
}

/* What only the steps in which one votes show. */
static enum status read_votes(struct tui *tui, struct error *error)
{
    enum step step = tui->session.step;
    enum status status = STATUS_OK;
    memset(&tui->vote, 0, sizeof tui->vote);
    if (step == STEP_CHOOSE || step == STEP_RATE)
        status = store_vote(tui->store, &tui->vote, error);
    if (status == STATUS_OK && step == STEP_CHOOSE)
        status = store_dots(tui->store, &tui->dots, error);
    if (status == STATUS_OK && step == STEP_CHOOSE)
        status = store_by_dots(tui->store, RANKS_MOST, &tui->ranked, error);
    return status;
}

/* What the plan lacks is looked for in all moments, so not above so many. */
static enum status count_gaps(struct tui *tui, int64_t moments, struct error *error)
{
    enum { LOOKED_THROUGH_MOST = 2000 };
    struct gaps gaps = {0};
    tui->gaps = -1;
    if (tui->session.step != STEP_PLAN || moments > LOOKED_THROUGH_MOST)
        return STATUS_OK;
    enum status status = gaps_find(tui->store, tui_today(tui), &gaps, error);
    if (status == STATUS_OK)
        tui->gaps = gaps_count(&gaps);
    gaps_release(&gaps);
    return status;
}

static enum status read_lists(struct tui *tui, struct error *error)
{
    struct lists fresh;
    memset(&fresh, 0, sizeof fresh);
    enum status status = store_board(tui->store, &fresh.board, error);
    if (status == STATUS_OK)
        status = store_channels(tui->store, &fresh.channels, error);
    if (status == STATUS_OK)
        status = store_meter(tui->store, &fresh.meter, error);
    if (status == STATUS_OK && fresh.meter.parked > 0)
        status = store_parked(tui->store, &fresh.parked, error);
    if (status == STATUS_OK)
        status = read_votes(tui, error);
    if (status == STATUS_OK)
        status = count_gaps(tui, fresh.meter.moments, error);
    if (status == STATUS_OK) {
        exchange_lists(tui, &fresh);
        tui->readings++;
    }
    lists_release(&fresh);
    return status;
}

/* What a screen too small for it cut off on the left is there again on a larger one. */
static void stand_in_window(struct tui *tui, bool cut)
{
    int64_t id = 0;
    if (tui->window.count > 0) {
        id = tui->window.moments[tui->window.selected].id;
        tui->left = cut ? tui->left : (int)tui->window.selected;
    }
    if (id != tui->session.selected)
        tui->stale_details = true;
    tui->session.selected = id;
}

static enum status read_window(struct tui *tui, struct error *error)
{
    struct window window = {0};
    struct strip strip = {0};
    int fit = cards_in_sight(tui);
    int left = tui->left < fit ? tui->left : fit - 1;
    enum status status = store_window(tui->store, tui->session.selected, left, fit - 1 - left,
                                      &tui->session.filter, tui_today(tui), &window, error);
    if (status == STATUS_OK)
        status = store_strip(tui->store, &tui->session.filter, view_strip_size(tui->frame.columns),
                             &strip, error);
    if (status != STATUS_OK) {
        window_release(&window);
        strip_release(&strip);
        return status;
    }
    window_release(&tui->window);
    strip_release(&tui->strip);
    tui->window = window;
    tui->strip = strip;
    stand_in_window(tui, tui->left >= fit);
    return STATUS_OK;
}

/* All but the note stands on the card already and is not looked for again. */
static enum status read_moment(struct tui *tui, int64_t id, const struct moment *card,
                               struct moment *moment, struct error *error)
{
    if (!card)
        return store_moment(tui->store, id, moment, error);
    record_copy(RECORD_ITEM, moment, card);
    return store_note(tui->store, id, &moment->note, error);
}

/* The card of the moment that the details are about, NULL when it is not in sight. */
static const struct moment *card_of(const struct tui *tui, int64_t id)
{
    const struct window *window = &tui->window;
    const struct moment *card = window->count ? &window->moments[window->selected] : NULL;
    return card && card->id == id ? card : NULL;
}

int64_t tui_details_id(const struct tui *tui)
{
    for (const struct mode *mode = tui->modes; mode; mode = mode->below)
        if (mode->about)
            return mode->about;
    return tui->session.selected;
}

static enum status read_details(struct tui *tui, struct error *error)
{
    struct details details = {0};
    int64_t id = tui_details_id(tui);
    const struct moment *card = card_of(tui, id);
    enum status status = STATUS_OK;
    if (id)
        status = read_moment(tui, id, card, &details.moment, error);
    if (id && status == STATUS_OK && (!card || card->ideas > 0))
        status = store_ideas(tui->store, id, &details.ideas, error);
    if (id && status == STATUS_OK)
        status = store_actions(tui->store, id, &details.actions, error);
    if (id && status == STATUS_OK)
        status = store_entries(tui->store, id, &details.entries, error);
    if (id && status == STATUS_OK && tui->session.step == STEP_RATE)
        status = store_spread(tui->store, id, details.spread, error);
    if (status == STATUS_OK) {
        details_release(&tui->details);
        tui->details = details;
    } else {
        details_release(&details);
    }
    return status;
}

/* The framed line of the lower pane stays on a line that is there. */
static void keep_line(struct tui *tui)
{
    size_t count = tui->session.pane == PANE_IDEAS     ? tui->details.ideas.count
                   : tui->session.pane == PANE_ACTIONS ? tui->details.actions.count
                                                       : 0;
    if (tui->session.line >= (int)count)
        tui->session.line = count ? (int)count - 1 : 0;
}

/* One reading, so that all of it is of the same instant. */
static enum status read_stale(struct tui *tui, bool details, struct error *error)
{
    int patience = store_set_patience(tui->store, TUI_READ_PATIENCE_MS);
    enum status status = store_read_begin(tui->store, error);
    (void)store_set_patience(tui->store, patience);
    if (status != STATUS_OK)
        return status;
    if (tui->stale)
        status = read_lists(tui, error);
    if (status == STATUS_OK && (tui->stale || tui->stale_window))
        status = read_window(tui, error);
    if (status == STATUS_OK && details && (tui->stale || tui->stale_details))
        status = read_details(tui, error);
    store_read_end(tui->store);
    return status;
}

void tui_tell_unread(struct tui *tui, const struct error *error)
{
    if (error->status == STATUS_BUSY)
        tui->busy_since = clock_now(&tui->store_options.clock) - TUI_READ_PATIENCE_MS;
    else
        tui_error(tui, error);
}

/* While another program holds the file one goes on with what was read before. */
static void refresh(struct tui *tui, bool details)
{
    struct error error;
    bool stale = tui->stale || tui->stale_window || (details && tui->stale_details);
    if (!tui->store || !stale || tui->busy_since)
        return;
    if (read_stale(tui, details, &error) != STATUS_OK) {
        tui_tell_unread(tui, &error);
        return;
    }
    tui->stale_phases |= tui->stale;
    tui->stale_details = !details && (tui->stale || tui->stale_details);
    tui->stale = tui->stale_window = false;
    if (details)
        keep_line(tui);
}

void tui_refresh(struct tui *tui)
{
    refresh(tui, true);
}

const struct phases *tui_phases(struct tui *tui)
{
    struct error error;
    struct phases fresh = {0};
    if ((!tui->stale && !tui->stale_phases) || tui->busy_since)
        return &tui->phases;
    int patience = store_set_patience(tui->store, TUI_READ_PATIENCE_MS);
    enum status status = store_phases(tui->store, &fresh, &error);
    (void)store_set_patience(tui->store, patience);
    if (status != STATUS_OK) {
        tui_tell_unread(tui, &error);
        phases_release(&fresh);
        return &tui->phases;
    }
    phases_release(&tui->phases);
    tui->phases = fresh;
    tui->stale_phases = false;
    return &tui->phases;
}

/* --- selecting -------------------------------------------------------------------------------- */

const struct moment *tui_selected(struct tui *tui)
{
    refresh(tui, false);
    return tui->window.count ? &tui->window.moments[tui->window.selected] : NULL;
}

void tui_centre(struct tui *tui)
{
    tui->left = cards_in_sight(tui) / 2;
    tui->stale_window = true;
}

static bool select_in_window(struct tui *tui, int64_t id)
{
    for (size_t i = 0; i < tui->window.count; i++)
        if (tui->window.moments[i].id == id) {
            tui->window.selected = i;
            tui->left = (int)i;
            return true;
        }
    return false;
}

void tui_select(struct tui *tui, int64_t id, bool centred)
{
    if (!id)
        return;
    bool onwards = tui->window.count && tui->window.selected + 1 == tui->window.count;
    if (id != tui->session.selected)
        tui->session.line = 0;
    tui->session.selected = id;
    tui->stale_details = true;
    if (!tui->stale && !tui->stale_window && select_in_window(tui, id))
        return;
    int fit = cards_in_sight(tui);
    if (centred)
        tui->left = fit / 2;
    else
        tui->left = onwards ? fit - scroll_by(tui) : scroll_by(tui) - 1;
    tui->left = tui->left < 0 ? 0 : tui->left;
    tui->stale_window = true;
}

void tui_jump(struct tui *tui, int64_t id)
{
    if (!id)
        return;
    tui_select(tui, id, true);
    refresh(tui, false);
    if (tui->session.selected == id)
        return;
    tui_unfilter(tui); /* it is no hit of the filter */
    tui_select(tui, id, true);
}

/* The number tells its place, so that what one moves is seen to move among its neighbours. */
void tui_follow(struct tui *tui, int64_t id)
{
    struct error error;
    int64_t number = 0;
    if (!id)
        return;
    if (filter_is_on(&tui->session.filter) ||
        store_number(tui->store, id, &number, &error) != STATUS_OK || number == 0) {
        tui_select(tui, id, true);
        return;
    }
    int64_t place = number - 1 - tui->window.before;
    bool in_sight = tui->window.count > 0 && place >= 0 && place < cards_in_sight(tui);
    tui->left = in_sight ? (int)place : cards_in_sight(tui) / 2;
    if (id != tui->session.selected)
        tui->session.line = 0;
    tui->session.selected = id;
    tui->stale_window = tui->stale_details = true;
}

void tui_unfilter(struct tui *tui)
{
    if (!filter_is_on(&tui->session.filter))
        return;
    filter_release(&tui->session.filter);
    tui->stale_window = true;
    tui_say(tui, "All moments again.");
}
