/* Looking for words, and showing only some moments: what of the board one wants to see. */
#include "touchline/memory.h"
#include "tui.h"

/* --- searching -------------------------------------------------------------------------------- */

/* Rows looked through between two looks at the keyboard. */
#define SEARCH_SLICE 5000

static void tell_found(struct tui *tui, int64_t found, bool done)
{
    const char *words = mask_words(tui, tui->session.search);
    if (found && found == tui->session.selected)
        tui_say(tui, "'%s' is only here.", words);
    else if (found)
        tui_say(tui, "'%s': n goes on, N back, Esc ends the search.", words);
    else if (done)
        tui_warn(tui, "'%s' is nowhere on the board.", words);
    else
        tui_say(tui, "The search was stopped.");
}

/* In slices, so that a key can end it. */
static void search_on(struct tui *tui, int direction)
{
    struct search hunt;
    struct error error = {0};
    int64_t found = 0;
    bool done = false;
    enum status status = STATUS_OK;
    store_search_begin(&hunt, tui->session.search, tui->session.selected, direction);
    do
        status = store_search(tui->store, &hunt, SEARCH_SLICE, &found, &done, &error);
    while (status == STATUS_OK && !found && !done && !tui_has_keys(tui));
    store_search_end(&hunt);
    if (status != STATUS_OK) {
        tui_error(tui, &error);
        return;
    }
    tell_found(tui, found, done);
    tui_jump(tui, found);
}

enum status search_for(struct tui *tui, const char *text)
{
    if (*text)
        memory_replace(&tui->session.search, text);
    if (tui->session.search && tui_selected(tui))
        search_on(tui, +1);
    return STATUS_OK;
}

static enum status accept_search(struct tui *tui, const char *text, void *data)
{
    (void)data;
    return search_for(tui, text);
}

void search_open(struct tui *tui)
{
    struct buffer label = {0};
    if (tui->session.search)
        buffer_add_format(&label, "Search for (Enter: '%s' again) >",
                          mask_words(tui, tui->session.search));
    else
        buffer_add_text(&label, "Search for >");
    struct question question = {.label = buffer_text(&label), .accept = accept_search};
    ask_open(tui, &question);
    buffer_release(&label);
}

void search_next(struct tui *tui)
{
    if (!tui_selected(tui))
        tui_say_nothing_there(tui);
    else if (tui->session.search)
        search_on(tui, +1);
    else
        step_go_to_wanted(tui);
}

void search_previous(struct tui *tui)
{
    if (tui->session.search && tui_selected(tui))
        search_on(tui, -1);
    else
        tui_say(tui, "N goes to the previous hit of a search: / begins one.");
}

/* --- filtering -------------------------------------------------------------------------------- */

static void filter_changed(struct tui *tui)
{
    tui->stale_window = true;
    if (!filter_is_on(&tui->session.filter))
        tui_say(tui, "All moments again.");
    else if (!tui_selected(tui))
        tui_warn(tui, "No moment is like that. Esc shows all again.");
    else
        tui_say(tui, "%lld of %lld shown. Esc shows all again.", (long long)tui->window.total,
                (long long)tui->meter.moments);
}

enum status filter_by(struct tui *tui, const char *text)
{
    bool was_on = filter_is_on(&tui->session.filter);
    filter_release(&tui->session.filter);
    filter_parse(&tui->session.filter, text, &tui->channels);
    if (was_on || filter_is_on(&tui->session.filter))
        filter_changed(tui);
    return STATUS_OK;
}

static enum status accept_filter(struct tui *tui, const char *text, void *data)
{
    (void)data;
    return filter_by(tui, text);
}

void filter_open(struct tui *tui)
{
    struct buffer now = {0};
    filter_format(&tui->session.filter, &tui->channels, &now);
    struct question question = {.label = "Show only (phone, miserable, chosen, cheap, words) >",
                                .initial = buffer_text(&now),
                                .accept = accept_filter};
    ask_open(tui, &question);
    buffer_release(&now);
}

void filter_cheap(struct tui *tui)
{
    tui->session.filter.cheap = !tui->session.filter.cheap;
    filter_changed(tui);
    if (tui->session.filter.cheap && !tui->warning)
        tui_say(tui, "%lld with an idea that is free or low. Esc shows all again.",
                (long long)tui->window.total);
}
