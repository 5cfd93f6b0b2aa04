/* The commands that are about the screen: where one stands and how one looks at it. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>
#include <strings.h>

/* --- going about -------------------------------------------------------------------------------
 */

/* A step inside the window reads nothing; one beyond it asks the store. */
static void step_by(struct tui *tui, int64_t steps)
{
    struct error error;
    int64_t to = 0;
    if (!tui_selected(tui)) {
        tui_say_nothing_there(tui);
        return;
    }
    int64_t index = (int64_t)tui->window.selected + steps;
    if (index >= 0 && index < (int64_t)tui->window.count) {
        tui_select(tui, tui->window.moments[index].id, false);
        return;
    }
    if (store_step(tui->store, tui->session.selected, steps, &tui->session.filter, &to, &error) !=
        STATUS_OK)
        tui_error(tui, &error);
    else
        tui_select(tui, to, false);
}

static void previous(struct tui *tui)
{
    step_by(tui, -1);
}

static void next(struct tui *tui)
{
    step_by(tui, +1);
}

static int64_t page(struct tui *tui)
{
    return tui->window.count > 1 ? (int64_t)tui->window.count : 1;
}

static void page_left(struct tui *tui)
{
    step_by(tui, -page(tui));
}

static void page_right(struct tui *tui)
{
    step_by(tui, +page(tui));
}

static void go_to_end(struct tui *tui, bool last)
{
    struct error error;
    int64_t ends[2] = {0, 0};
    if (store_ends(tui->store, &tui->session.filter, &ends[0], &ends[1], &error) != STATUS_OK)
        tui_error(tui, &error);
    tui_select(tui, ends[last], true);
}

static void first(struct tui *tui)
{
    go_to_end(tui, false);
}

static void last(struct tui *tui)
{
    go_to_end(tui, true);
}

static void phase_step(struct tui *tui, int direction)
{
    struct error error;
    int64_t to = 0;
    if (store_phase_step(tui->store, tui->session.selected, direction, &to, &error) != STATUS_OK)
        tui_error(tui, &error);
    else if (to)
        tui_select(tui, to, true);
    else
        tui_say(tui, direction > 0 ? "This is the last phase." : "This is the first phase.");
}

static void previous_phase(struct tui *tui)
{
    phase_step(tui, -1);
}

static void next_phase(struct tui *tui)
{
    phase_step(tui, +1);
}

static void go_to(struct tui *tui)
{
    go_to_open(tui, NULL);
}

/* --- searching
 * ------------------------------------------------------------------------------------ */

/* Rows looked through between two looks at the keyboard. */
#define SEARCH_SLICE 5000

static void tell_found(struct tui *tui, int64_t found, bool done)
{
    const char *words = tui->session.search;
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
    while (status == STATUS_OK && !found && !done && !term_pending(tui->term));
    store_search_end(&hunt);
    if (status != STATUS_OK) {
        tui_error(tui, &error);
        return;
    }
    tell_found(tui, found, done);
    tui_jump(tui, found);
}

static enum status accept_search(struct tui *tui, const char *text, void *data)
{
    (void)data;
    if (*text)
        memory_replace(&tui->session.search, text);
    if (tui->session.search && tui_selected(tui))
        search_on(tui, +1);
    return STATUS_OK;
}

static void search(struct tui *tui)
{
    struct buffer label = {0};
    if (tui->session.search)
        buffer_add_format(&label, "Search for (Enter: '%s' again) >", tui->session.search);
    else
        buffer_add_text(&label, "Search for >");
    struct question question = {.label = buffer_text(&label), .accept = accept_search};
    ask_open(tui, &question);
    buffer_release(&label);
}

static void next_wanted(struct tui *tui)
{
    struct error error;
    int64_t to = 0;
    if (!tui_selected(tui)) {
        tui_say_nothing_there(tui);
        return;
    }
    if (tui->session.search) {
        search_on(tui, +1);
        return;
    }
    enum next wanted = step_next(tui->session.step, &tui->meter);
    if (store_next(tui->store, wanted, tui->session.selected, &to, &error) != STATUS_OK)
        tui_error(tui, &error);
    else if (to)
        tui_jump(tui, to);
    else
        tui_say(tui, wanted == NEXT_NONE ? "n goes to the next hit of a search: / begins one."
                                         : "Nothing else is open in this step.");
}

static void previous_hit(struct tui *tui)
{
    if (tui->session.search && tui_selected(tui))
        search_on(tui, -1);
    else
        tui_say(tui, "N goes to the previous hit of a search: / begins one.");
}

/* --- filtering
 * ------------------------------------------------------------------------------------- */

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

static enum status accept_filter(struct tui *tui, const char *text, void *data)
{
    bool was_on = filter_is_on(&tui->session.filter);
    (void)data;
    filter_release(&tui->session.filter);
    filter_parse(&tui->session.filter, text, &tui->channels);
    if (was_on || filter_is_on(&tui->session.filter))
        filter_changed(tui);
    return STATUS_OK;
}

static void filter(struct tui *tui)
{
    struct buffer now = {0};
    filter_format(&tui->session.filter, &tui->channels, &now);
    struct question question = {.label = "Show only (phone, miserable, chosen, cheap, words) >",
                                .initial = buffer_text(&now),
                                .accept = accept_filter};
    ask_open(tui, &question);
    buffer_release(&now);
}

static void cheap(struct tui *tui)
{
    tui->session.filter.cheap = !tui->session.filter.cheap;
    filter_changed(tui);
    if (tui->session.filter.cheap && !tui->warning)
        tui_say(tui, "%lld with an idea that is free or low. Esc shows all again.",
                (long long)tui->window.total);
}

/* --- writing
 * ------------------------------------------------------------------------------------------ */

/* What is written need not be what the filter shows. */
static void write_at(struct tui *tui, int64_t after)
{
    tui_unfilter(tui);
    capture_open(tui, after);
}

static void write_after(struct tui *tui)
{
    const struct moment *selected = tui_selected(tui);
    if (tui_may_write(tui))
        write_at(tui, selected ? selected->id : PLACE_END);
}

static void write_end(struct tui *tui)
{
    if (tui_may_write(tui))
        write_at(tui, PLACE_END);
}

/* Before a moment is after what stands before it: also a phase heading, so it stays in the phase.
 */
static void write_before(struct tui *tui)
{
    struct error error;
    int64_t before = 0, after = 0;
    const struct moment *selected = tui_selected(tui);
    if (!tui_may_write(tui))
        return;
    if (selected &&
        store_neighbours(tui->store, selected->id, &before, &after, &error) != STATUS_OK)
        tui_error(tui, &error);
    else
        write_at(tui, selected ? before : PLACE_END);
}

/* Whether there is a moment to act on; says so when not. */
static bool is_moment_there(struct tui *tui)
{
    bool there = tui_selected(tui) != NULL;
    if (!there)
        tui_say_nothing_there(tui);
    return there;
}

static void carry(struct tui *tui)
{
    if (!is_moment_there(tui) || !tui_may_write(tui))
        return;
    tui_unfilter(tui);
    carry_open(tui);
}

static void open_sheet(struct tui *tui)
{
    if (is_moment_there(tui))
        sheet_open(tui, tui->session.selected);
}

static void open_editor(struct tui *tui)
{
    if (is_moment_there(tui) && tui_may_write(tui))
        editor_open(tui, RECORD_ITEM, tui->session.selected, ITEM_NOTE);
}

/* --- choosing
 * ------------------------------------------------------------------------------------------ */

static void choose_or_not(struct tui *tui)
{
    const struct moment *selected = tui_selected(tui);
    if (!is_moment_there(tui) || !tui_may_write(tui))
        return;
    if (selected->chosen)
        tui_run_named(tui, "unchoose", NULL);
    else if (tui->meter.chosen >= METHOD_CHOSEN_MOST)
        swap_open(tui, selected->id);
    else
        tui_run_named(tui, "choose", NULL);
}

/* --- the guide
 * -------------------------------------------------------------------------------------------- */

static void set_step(struct tui *tui, int step)
{
    enum step from = tui->session.step;
    if (step < 0 || step >= STEPS) {
        tui_say(tui, step < 0 ? "This is the first step." : "This is the last step.");
        return;
    }
    tui->session.step = (enum step)step;
    tui->stale = tui->stale || step == STEP_CHOOSE; /* the ranking by dots is read there alone */
    tui->hint = 0;
    timing_set_step(tui);
    if (from == STEP_CHOOSE && step > STEP_CHOOSE && tui->meter.chosen < METHOD_CHOSEN_LEAST)
        tui_warn(tui, "%s: the method asks for three to five, %s chosen so far.",
                 step_row(tui->session.step)->name,
                 tui->meter.chosen == 0   ? "none is"
                 : tui->meter.chosen == 1 ? "one is"
                                          : "two are");
    else
        tui_say(tui, "%s", step_row(tui->session.step)->name);
}

static void step_back(struct tui *tui)
{
    set_step(tui, (int)tui->session.step - 1);
}

static void step_on(struct tui *tui)
{
    set_step(tui, (int)tui->session.step + 1);
}

static void accept_step(struct tui *tui, const char *value, void *data)
{
    (void)data;
    set_step(tui, value[0] - '1');
}

static void step(struct tui *tui)
{
    struct choices choices = {0};
    for (int i = 0; i < STEPS; i++) {
        const char digit[2] = {(char)('1' + i), '\0'};
        choices_add(&choices, digit, step_row((enum step)i)->name, digit);
    }
    pick_open(tui, "Which step?", choices, accept_step, NULL, NULL);
}

static void hint(struct tui *tui)
{
    if (step_hint(tui->session.step, 0))
        tui->hint++;
    else
        tui_say(tui, "; gives another hint in the step Plan.");
}

void screen_set_step(struct tui *tui, int wanted)
{
    set_step(tui, wanted);
}

/* --- the lower pane
 * --------------------------------------------------------------------------------------- */

static void turn_pane(struct tui *tui, int by)
{
    enum { PANES = PANE_ACTIONS + 1 };
    if (!is_moment_there(tui))
        return;
    tui->session.pane = (enum pane)(((int)tui->session.pane + by + PANES) % PANES);
    tui->session.line = 0;
}

static void pane(struct tui *tui)
{
    turn_pane(tui, +1);
}

static void pane_back(struct tui *tui)
{
    turn_pane(tui, -1);
}

static void move_line(struct tui *tui, int by)
{
    tui_refresh(tui);
    int count = tui->session.pane == PANE_IDEAS ? (int)tui->details.ideas.count
                                                : (int)tui->details.actions.count;
    if (tui->session.pane == PANE_CARDS) {
        if (by > 0)
            pane(tui);
        return;
    }
    int line = tui->session.line + by;
    if (line < 0)
        tui->session.pane = PANE_CARDS;
    else if (line < count)
        tui->session.line = line;
}

static void line_down(struct tui *tui)
{
    move_line(tui, +1);
}

static void line_up(struct tui *tui)
{
    move_line(tui, -1);
}

/* --- looking
 * ------------------------------------------------------------------------------------------------
 */

static void zoom_by(struct tui *tui, int by)
{
    static const char *const names[ZOOMS] = {"Overview", "Cards", "One card"};
    int zoom = (int)tui->session.zoom + by;
    if (zoom >= 0 && zoom < ZOOMS) {
        tui->session.zoom = (enum zoom)zoom;
        tui_centre(tui);
    }
    tui_say(tui, "%s", names[tui->session.zoom]);
}

static void zoom_in(struct tui *tui)
{
    zoom_by(tui, +1);
}

static void zoom_out(struct tui *tui)
{
    zoom_by(tui, -1);
}

static void palette(struct tui *tui)
{
    help_open(tui, true);
}

static void help(struct tui *tui)
{
    help_open(tui, false);
}

static void turn_mouse(struct tui *tui)
{
    tui->mouse = !tui->mouse;
    term_set_mouse(tui->term, tui->mouse);
    tui_say(tui, tui->mouse ? "Mouse on. M switches it off; Shift-drag copies in most terminals."
                            : "Mouse off: the terminal's own selection works.");
}

/* "7 Books the cab by phone" and its fields, as plain text. */
static void copy(struct tui *tui)
{
    struct buffer text = {0};
    const struct moment *selected = tui_selected(tui);
    if (!is_moment_there(tui))
        return;
    tui_refresh(tui);
    buffer_add_format(&text, "%lld %s\n", (long long)selected->number, selected->title);
    for (int field = ITEM_CHANNEL; field < ITEM_FIELDS; field++) {
        const struct field *about = &record_type(RECORD_ITEM)->fields[field];
        struct value value = record_get(RECORD_ITEM, &tui->details.moment, field);
        struct buffer words = {0};
        field_format(about, &tui->channels, value, &words);
        if (words.length > 0 && about->settable)
            buffer_add_format(&text, "%s: %s\n", about->label, buffer_text(&words));
        buffer_release(&words);
    }
    bool sent = term_copy(tui->term, buffer_text(&text), text.length);
    if (sent)
        tui_say(tui, "Sent %lld to the terminal's clipboard, where it allows that.",
                (long long)selected->number);
    else
        tui_warn(tui, "Too long for the clipboard: export it.");
    buffer_release(&text);
}

static void ledger(struct tui *tui)
{
    if (is_moment_there(tui))
        ledger_open(tui, tui->session.selected);
}

static void redraw(struct tui *tui)
{
    tui->stale = true;
    term_redraw(tui->term);
}

static void saved(struct tui *tui)
{
    tui_say(tui, "Everything is saved.");
}

static void suspend(struct tui *tui)
{
    if (timing_runs(tui)) {
        tui_warn(tui, "The timer is running, and nobody would see it: T stops it, then C-z.");
        return;
    }
    term_suspend(tui->term);
    tui->stale = true;
}

static void quit(struct tui *tui)
{
    tui->quit = true;
}

/* --- the table
 * ------------------------------------------------------------------------------------------------
 */

static const struct {
    const char *name;
    screen_function *function;
} functions[] = {
    {"previous-moment", previous},
    {"next-moment", next},
    {"first", first},
    {"last", last},
    {"page-left", page_left},
    {"page-right", page_right},
    {"previous-phase", previous_phase},
    {"next-phase", next_phase},
    {"next", next_wanted},
    {"previous-hit", previous_hit},
    {"go-to", go_to},
    {"step-back", step_back},
    {"step-on", step_on},
    {"step", step},
    {"pane", pane},
    {"pane-back", pane_back},
    {"line-down", line_down},
    {"line-up", line_up},
    {"write-after", write_after},
    {"write-end", write_end},
    {"write-before", write_before},
    {"open", open_sheet},
    {"editor", open_editor},
    {"carry", carry},
    {"choose-or-not", choose_or_not},
    {"search", search},
    {"filter", filter},
    {"cheap", cheap},
    {"zoom-in", zoom_in},
    {"zoom-out", zoom_out},
    {"plan-list", plan_list_open},
    {"ledger", ledger},
    {"gaps", gaps_open},
    {"why", why_open},
    {"who", who_open},
    {"room", room_open},
    {"timer", timing_toggle},
    {"clock", clock_open},
    {"bell", timing_bell},
    {"hint", hint},
    {"minutes", minutes_open},
    {"parking-lot", parked_open},
    {"board-sheet", board_sheet_open},
    {"copy", copy},
    {"saved", saved},
    {"mouse", turn_mouse},
    {"redraw", redraw},
    {"suspend", suspend},
    {"topics", topics_open},
    {"palette", palette},
    {"help", help},
    {"quit", quit},
};

screen_function *screen_function_named(const char *name)
{
    for (size_t i = 0; i < sizeof functions / sizeof *functions; i++)
        if (strcmp(functions[i].name, name) == 0)
            return functions[i].function;
    return NULL;
}

/* --- with a word from the palette
 * ------------------------------------------------------------------------------------------ */

static enum status step_named(struct tui *tui, const char *word)
{
    size_t length = strlen(word);
    for (int i = 0; i < STEPS; i++) {
        const char digit[2] = {(char)('1' + i), '\0'};
        if (strcmp(word, digit) == 0 ||
            strncasecmp(word, step_row((enum step)i)->name, length) == 0) {
            set_step(tui, i);
            return STATUS_OK;
        }
    }
    tui_warn(tui, "There is no step '%s': 1 to 6, or its name.", word);
    return STATUS_USAGE;
}

static enum status search_for(struct tui *tui, const char *word)
{
    return accept_search(tui, word, NULL);
}

static enum status filter_by(struct tui *tui, const char *word)
{
    return accept_filter(tui, word, NULL);
}

static const struct {
    const char *name;
    enum status (*function)(struct tui *tui, const char *word);
} with_words[] = {
    {"go-to", go_to_number},
    {"step", step_named},
    {"search", search_for},
    {"filter", filter_by},
};

enum status screen_run(struct tui *tui, const struct command *command, const char *word)
{
    screen_function *function = screen_function_named(command->name);
    for (size_t i = 0; word && *word && i < sizeof with_words / sizeof *with_words; i++)
        if (strcmp(with_words[i].name, command->name) == 0)
            return with_words[i].function(tui, word);
    if (function)
        function(tui);
    return STATUS_OK;
}
