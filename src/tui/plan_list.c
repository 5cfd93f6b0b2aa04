/* The plan list: all actions by due date, owner or wave, what is overdue first; keys act on the
 * framed one. */
#include "action_ask.h"
#include "list_mode.h"
#include "touchline/agenda.h"
#include "touchline/memory.h"
#include "touchline/method.h"

enum { DUE, WHAT, WHO, STATUS, MOMENT, TITLE, WAVE, COLUMNS };
enum { FACTS = 3 };

struct plan_list {
    struct list_mode list;
    enum agenda_by by;
    struct plan plan;
    struct waves waves;
    struct buffer hint, under, about, foot;
    struct table_fact facts[FACTS];
};

/* --- rows ------------------------------------------------------------------------------------- */

/* "3 ●›★" */
static void add_moment(const struct planned *planned, struct buffer *out)
{
    static const char *const signs[RATINGS + 1] = {"", "▼", "●", "★", "?"};
    bool known = planned->rating > 0 && planned->rating <= RATING_HIDDEN;
    bool aims = known && method_aims(planned->rating, planned->target);
    if (planned->number)
        buffer_add_format(out, "%lld ", (long long)planned->number);
    else
        buffer_add_text(out, "z ");
    if (known)
        buffer_add_format(out, "%s%s%s", signs[planned->rating], aims ? "›" : "",
                          aims ? signs[planned->target] : "");
}

static void add_day(const struct action *action, struct date now, struct buffer *out)
{
    char day[32];
    struct date due;
    if (!action->due || !date_parse_iso(action->due, &due)) {
        buffer_add_text(out, agenda_is_open(action) ? "– when?" : "–");
        return;
    }
    date_format_short(due, now, day, sizeof day);
    buffer_add_text(out, day);
}

static void add_action(struct list_mode *list, const struct planned *planned, size_t at,
                       struct date now)
{
    const struct action *action = &planned->action;
    struct list_row *row = list_add(list, action->id);
    const char *nobody = agenda_is_open(action) ? "– who?" : "–";
    row->at = at;
    row->warning = method_overdue(action, now);
    add_day(action, now, &row->cells[DUE]);
    buffer_add_text(&row->cells[WHAT], action->text);
    buffer_add_text(&row->cells[WHO], action->owner ? action->owner : nobody);
    buffer_add_text(&row->cells[STATUS], action_status_word(action->status));
    add_moment(planned, &row->cells[MOMENT]);
    buffer_add_text(&row->cells[TITLE], planned->moment);
    if (action->wave != FIELD_ABSENT)
        buffer_add_format(&row->cells[WAVE], "%lld", (long long)action->wave);
}

/* "Overdue 2", and what stands under it from `i` on. */
static void add_heading(struct plan_list *own, size_t i, struct date now)
{
    const struct planned *first = &own->plan.at[i];
    struct list_row *row = list_add_heading(&own->list);
    size_t count = 0;
    while (i + count < own->plan.count &&
           agenda_same_group(first, &own->plan.at[i + count], own->by, now))
        count++;
    agenda_group_words(first, own->by, now, &row->cells[0]);
    buffer_add_format(&row->cells[0], " %zu", count);
    row->warning = own->by == AGENDA_BY_DUE && method_overdue(&first->action, now);
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct plan_list *own = (struct plan_list *)list;
    struct plan plan = {0};
    struct waves waves = {0};
    struct date now = tui_today(tui);
    enum status status = store_plan(tui->store, &plan, error);
    if (status == STATUS_OK)
        status = store_waves(tui->store, &waves, error);
    if (status != STATUS_OK) {
        plan_release(&plan);
        waves_release(&waves);
        return status;
    }
    plan_release(&own->plan);
    waves_release(&own->waves);
    own->plan = plan;
    own->waves = waves;
    agenda_sort(&own->plan, own->by, now);
    for (size_t i = 0; i < plan.count; i++) {
        const struct planned *planned = &own->plan.at[i];
        if (i == 0 || !agenda_same_group(planned - 1, planned, own->by, now))
            add_heading(own, i, now);
        add_action(list, planned, i, now);
    }
    return status;
}

static const struct planned *planned_of(const struct plan_list *own, const struct list_row *row)
{
    return &own->plan.at[row->at];
}

/* --- below them ------------------------------------------------------------------------------- */

static void describe_framed(struct plan_list *own, const struct planned *planned,
                            struct table_screen *screen)
{
    const struct action *action = &planned->action;
    buffer_clear(&own->about);
    if (planned->number)
        buffer_add_format(&own->about, "for %lld %s", (long long)planned->number, planned->moment);
    else
        buffer_add_format(&own->about, "for %s, parked", planned->moment);
    own->facts[screen->fact_count++] = (struct table_fact){
        .label = "Agreed by", .text = action->agreed ? action->agreed : "nobody yet"};
    if (action->finding)
        own->facts[screen->fact_count++] =
            (struct table_fact){.label = "Finding", .text = action->finding};
    const struct wave *wave = waves_by_number(&own->waves, action->wave);
    if (wave && wave->response)
        own->facts[screen->fact_count++] =
            (struct table_fact){.label = "Response", .text = wave->response};
    screen->about = action->text;
    screen->about_more = buffer_text(&own->about);
    screen->facts = own->facts;
}

/* The first wave that is not finished (R20); FIELD_ABSENT: none. */
static int64_t wave_now(const struct plan *plan)
{
    int64_t now = FIELD_ABSENT;
    for (size_t i = 0; i < plan->count; i++) {
        const struct action *action = &plan->at[i].action;
        if (agenda_is_open(action) && action->wave != FIELD_ABSENT &&
            (now == FIELD_ABSENT || action->wave < now))
            now = action->wave;
    }
    return now;
}

static void describe_wave(const struct plan_list *own, struct buffer *out)
{
    const struct plan *plan = &own->plan;
    int64_t wave = wave_now(plan);
    size_t all = 0, finished = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct action *action = &plan->at[i].action;
        all += action->wave == wave;
        finished += action->wave == wave && !agenda_is_open(action);
    }
    if (wave != FIELD_ABSENT)
        buffer_add_format(out, "Wave %lld: %zu of %zu finished. ", (long long)wave, finished, all);
    if (wave > 1 && !waves_by_number(&own->waves, wave - 1))
        buffer_add_format(out, "It waits for the response to wave %lld (wave). ",
                          (long long)wave - 1);
}

static void describe_lacks(const struct plan *plan, struct buffer *out)
{
    size_t ownerless = 0, dateless = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct action *action = &plan->at[i].action;
        ownerless += agenda_is_open(action) && !action->owner;
        dateless += agenda_is_open(action) && !action->due;
    }
    if (ownerless + dateless > 0)
        buffer_add_format(out,
                          "\n%zu without an owner, %zu without a date; ! lists all that the "
                          "plan lacks.",
                          ownerless, dateless);
}

/* R26: the next objective is ready before this one is reached. */
static void describe_all(struct tui *tui, struct plan_list *own)
{
    buffer_clear(&own->foot);
    describe_wave(own, &own->foot);
    if (tui->board.next_objective)
        buffer_add_format(&own->foot, "Next objective: %s", tui->board.next_objective);
    else
        buffer_add_text(&own->foot, "No next objective yet: have it ready before this plan is "
                                    "done (B).");
    describe_lacks(&own->plan, &own->foot);
}

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    struct plan_list *own = (struct plan_list *)list;
    buffer_clear(&own->hint);
    buffer_clear(&own->under);
    buffer_add_format(&own->hint, "%s (Tab: %s)", agenda_by_words(own->by),
                      agenda_by_words((own->by + 1) % AGENDA_BYS));
    if (tui->board.why)
        buffer_add_format(&own->under, "Why: %s", tui->board.why);
    describe_all(tui, own);
    screen->hint = buffer_text(&own->hint);
    screen->under = tui->board.why ? buffer_text(&own->under) : NULL;
    screen->foot = buffer_text(&own->foot);
    screen->prompt.label = "c then  t to do  r trying  k kept  m modified  d dropped";
    if (row)
        describe_framed(own, planned_of(own, row), screen);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void edit(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    action_ask(tui, row->id, ASK_TEXT, ACTION_QUESTIONS);
}

static void edit_owner(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    action_ask(tui, row->id, ASK_OWNER, ASK_DUE + 1);
}

static void edit_status(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    action_ask_status(tui, &planned_of((struct plan_list *)list, row)->action);
}

static void delete_action(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    tui_remove(tui, planned_of((struct plan_list *)list, row)->action.item, "action", row->id);
}

/* For the same moment; without a row for the one that is selected on the board. */
static void add_another(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    int64_t item = row ? planned_of((struct plan_list *)list, row)->action.item : 0;
    struct id_words moment = id_words(item);
    const struct named values[] = {{row ? "N" : NULL, moment.text}, {NULL, NULL}};
    tui_run_with(tui, "action", values);
}

static void go_to_moment(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct planned *planned = planned_of((struct plan_list *)list, row);
    if (!planned->number) {
        tui_say(tui, "Its moment is parked: Z on the board shows the parking lot.");
        return;
    }
    tui_pop(tui);
    tui_select(tui, planned->action.item, true);
}

static void turn(struct list_mode *list, int by)
{
    struct plan_list *own = (struct plan_list *)list;
    own->by = (enum agenda_by)(((int)own->by + by + AGENDA_BYS) % AGENDA_BYS);
    list_reload(list);
}

static void turn_on(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)tui;
    (void)row;
    turn(list, +1);
}

static void turn_back(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)tui;
    (void)row;
    turn(list, -1);
}

static void show_cheap(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    list_leave(tui, list, row);
    tui_run_named(tui, "cheap", NULL);
}

static void show_gaps(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    list_leave(tui, list, row);
    gaps_open(tui);
}

static const struct list_key plan_keys[] = {
    {"Enter", "Edit", 1, LIST_ROW | LIST_WRITES, edit},
    {"e", NULL, 0, LIST_ROW | LIST_WRITES, edit},
    {"c", "Status", 1, LIST_ROW | LIST_WRITES, edit_status},
    {"o", "Who", 2, LIST_ROW | LIST_WRITES, edit_owner},
    {"t", "New", 3, LIST_WRITES, add_another},
    {"#", "Its moment", 3, LIST_ROW, go_to_moment},
    {"d", "Delete", 6, LIST_ROW | LIST_WRITES, delete_action},
    {"$", "Cheap", 7, 0, show_cheap},
    {"!", "Gaps", 4, 0, show_gaps},
    {"u", "Undo", 2, 0, NULL},
    {"Esc", "Board", 0, 0, NULL},
    {"?", "Help", 0, 0, NULL},
    {"Tab", NULL, 0, 0, turn_on},
    {"S-Tab", NULL, 0, 0, turn_back},
    {"D", NULL, 0, 0, list_leave},
};

static void plan_list_release(struct list_mode *list)
{
    struct plan_list *own = (struct plan_list *)list;
    plan_release(&own->plan);
    waves_release(&own->waves);
    buffer_release(&own->hint);
    buffer_release(&own->under);
    buffer_release(&own->about);
    buffer_release(&own->foot);
}

void plan_list_open(struct tui *tui)
{
    static const struct table_column columns[COLUMNS] = {
        {"due", 6, 11, 0, false},   {"what", 19, 0, 0, true},
        {"who", 6, 12, 0, false},   {"status", 8, 8, 1, false},
        {"moment", 7, 8, 2, false}, {"", 12, 20, 4, false}, /* its title */
        {"wave", 4, 4, 3, false},
    };
    static const struct list_type plan_type = {
        .title = "Actions",
        .empty = "No action yet: t adds one for the moment that is selected on the board.",
        .columns = columns,
        .column_count = COLUMNS,
        .keys = plan_keys,
        .key_count = sizeof plan_keys / sizeof *plan_keys,
        .load = load,
        .describe = describe,
        .release = plan_list_release};
    struct plan_list *own = memory_new(1, sizeof *own);
    list_open(tui, &own->list, &plan_type);
}
