/* The commands that are about the screen: where one stands and how one looks at it. */
#include "touchline/memory.h"
#include "tui.h"
#include <string.h>

/* --- going about ------------------------------------------------------------------------------ */

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

/* --- writing ---------------------------------------------------------------------------------- */

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
    if (is_moment_there(tui) && !mask_refuses(tui))
        sheet_open(tui, tui->session.selected);
}

static void open_editor(struct tui *tui)
{
    if (is_moment_there(tui) && tui_may_write(tui) && !mask_refuses(tui))
        editor_open(tui, RECORD_ITEM, tui->session.selected, ITEM_NOTE);
}

/* --- choosing --------------------------------------------------------------------------------- */

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

/* --- the lower pane --------------------------------------------------------------------------- */

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

/* The two lists are one on the way: the ideas, then the actions. */
static void move_line(struct tui *tui, int by)
{
    tui_refresh(tui);
    if (tui->session.pane == PANE_CARDS) {
        if (by > 0)
            pane(tui);
        return;
    }
    int ideas = (int)tui->details.ideas.count, all = ideas + (int)tui->details.actions.count;
    int line = tui->session.line + by + (tui->session.pane == PANE_ACTIONS ? ideas : 0);
    if (line < 0) {
        tui->session.pane = PANE_CARDS;
    } else if (line < all) {
        tui->session.pane = line < ideas ? PANE_IDEAS : PANE_ACTIONS;
        tui->session.line = line < ideas ? line : line - ideas;
    }
}

static void line_down(struct tui *tui)
{
    move_line(tui, +1);
}

static void line_up(struct tui *tui)
{
    move_line(tui, -1);
}

/* --- looking ---------------------------------------------------------------------------------- */

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
    tui_say_saved(tui, "Everything is saved.");
}

static bool is_beside_the_board(const struct tui *tui)
{
    return tui->modes->below && !past_is_on_top(tui);
}

bool screen_cannot_stop(const struct tui *tui, struct key key)
{
    static const struct key stop = {.code = K_CHAR, .modifiers = KEY_CTRL, .point = 'z'};
    return key_equal(key, stop) && is_beside_the_board(tui);
}

/* Why it must stay in sight; NULL: it need not. */
static const char *why_stay(struct tui *tui)
{
    if (is_beside_the_board(tui))
        return SCREEN_CANNOT_STOP;
    if (timing_runs(tui))
        return "The timer is running, and nobody would see it: T stops it, then C-z.";
    if (poll_is_open(tui))
        return "A vote is open, and nobody would see it: v closes it, then C-z.";
    return NULL;
}

static void suspend(struct tui *tui)
{
    const char *why = why_stay(tui);
    if (why)
        tui_warn(tui, "%s", why);
    if (why || mask_refuses(tui))
        return;
    term_suspend(tui->term);
    tui->stale = true;
}

static void quit(struct tui *tui)
{
    tui->quit = true;
}

/* --- the table -------------------------------------------------------------------------------- */

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
    {"next", search_next},
    {"previous-hit", search_previous},
    {"go-to", go_to},
    {"step-back", step_go_back},
    {"step-on", step_go_on},
    {"step", step_ask},
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
    {"vote-or-close", poll_open_or_close},
    {"reveal", poll_reveal},
    {"search", search_open},
    {"filter", filter_open},
    {"cheap", filter_cheap},
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
    {"hint", step_ask_hint},
    {"minutes", minutes_open},
    {"reviews", reviews_open},
    {"end", ending_open},
    {"mask", mask_turn},
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

/* --- with a word from the palette ------------------------------------------------------------- */

static const struct {
    const char *name;
    enum status (*function)(struct tui *tui, const char *word);
} with_words[] = {
    {"go-to", go_to_number},
    {"step", step_go_to_named},
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
