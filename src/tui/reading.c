/* What is seen: read from the file when it may have changed, and not otherwise. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

static struct date today(struct tui *tui)
{
    return date_of_time(clock_now(store_clock(tui->store)));
}

/* More ranks than any screen has room for. */
enum { RANKS_MOST = 100 };

/* --- sizes ---------------------------------------------------------------------------------------
 */

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
 * ----------------------------------------------------------------------------------------- */

static enum status read_lists(struct tui *tui, struct error *error)
{
    enum status status = store_board(tui->store, &tui->board, error);
    if (status == STATUS_OK)
        status = store_channels(tui->store, &tui->channels, error);
    if (status == STATUS_OK)
        status = store_meter(tui->store, &tui->meter, error);
    if (status == STATUS_OK)
        status = store_parked(tui->store, &tui->parked, error);
    if (status == STATUS_OK && tui->session.step == STEP_CHOOSE)
        status = store_by_dots(tui->store, RANKS_MOST, &tui->ranked, &tui->dots_laid, error);
    return status;
}

static enum status read_window(struct tui *tui, struct error *error)
{
    int fit = cards_in_sight(tui);
    int left = tui->left < fit ? tui->left : fit - 1;
    enum status status = store_window(tui->store, tui->session.selected, left, fit - 1 - left,
                                      &tui->session.filter, today(tui), &tui->window, error);
    if (status == STATUS_OK)
        status = store_strip(tui->store, &tui->session.filter, view_strip_size(tui->frame.columns),
                             &tui->strip, error);
    if (tui->window.count > 0) {
        tui->session.selected = tui->window.moments[tui->window.selected].id;
        tui->left = (int)tui->window.selected;
    } else {
        tui->session.selected = 0;
    }
    return status;
}

static enum status read_details(struct tui *tui, struct error *error)
{
    struct details *details = &tui->details;
    int64_t id = tui->session.selected;
    details_release(details);
    if (!id)
        return STATUS_OK;
    enum status status = store_moment(tui->store, id, &details->moment, error);
    if (status == STATUS_OK)
        status = store_ideas(tui->store, id, &details->ideas, error);
    if (status == STATUS_OK)
        status = store_actions(tui->store, id, &details->actions, error);
    if (status == STATUS_OK)
        status = store_entries(tui->store, id, &details->entries, error);
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

static enum status read_stale(struct tui *tui, struct error *error)
{
    enum status status = store_read_begin(tui->store, error);
    if (status != STATUS_OK)
        return status;
    if (tui->stale)
        status = read_lists(tui, error);
    if (status == STATUS_OK && (tui->stale || tui->stale_window))
        status = read_window(tui, error);
    if (status == STATUS_OK)
        status = read_details(tui, error);
    store_read_end(tui->store);
    return status;
}

void tui_refresh(struct tui *tui)
{
    struct error error;
    if (!tui->store || !(tui->stale || tui->stale_window || tui->stale_details))
        return;
    if (read_stale(tui, &error) != STATUS_OK)
        tui_error(tui, &error);
    keep_line(tui);
    tui->stale_phases = tui->stale_phases || tui->stale;
    tui->readings += tui->stale;
    tui->stale = tui->stale_window = tui->stale_details = false;
}

const struct phases *tui_phases(struct tui *tui)
{
    struct error error;
    if (tui->stale || tui->stale_phases) {
        tui->stale_phases = false;
        if (store_phases(tui->store, &tui->phases, &error) != STATUS_OK)
            tui_error(tui, &error);
    }
    return &tui->phases;
}

/* --- selecting
 * --------------------------------------------------------------------------------------------- */

const struct moment *tui_selected(struct tui *tui)
{
    if (tui->stale || tui->stale_window)
        tui_refresh(tui);
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
