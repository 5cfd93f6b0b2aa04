/* The plan list: all actions by due date, owner or wave, what is overdue first; keys act on the
 * framed one. */
#include "touchline/agenda.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include "touchline/table.h"
#include "tui.h"
#include <stdio.h>
#include <string.h>

enum { DUE, WHAT, WHO, STATUS, MOMENT, TITLE, WAVE, COLUMNS };
enum { FACTS = 2 };

/* A line: a heading, or an action of the plan. */
struct plan_line {
    const struct planned *planned; /* NULL: a heading */
    struct buffer words[COLUMNS];  /* [0] of a heading: its title */
    bool overdue;
};

struct plan_list {
    struct mode mode;
    enum agenda_by by;
    struct plan plan;
    unsigned long reading; /* of which it is */
    struct plan_line *lines;
    struct table_line *shown;
    size_t count, selected;
    struct buffer hint, under, about, foot;
    struct table_fact facts[FACTS];
    size_t fact_count;
};

static struct date today(struct tui *tui)
{
    return date_of_time(clock_now(&tui->options->store.clock));
}

/* --- lines --------------------------------------------------------------------------------------
 */

static void clear_lines(struct plan_list *list)
{
    for (size_t i = 0; i < list->count; i++)
        for (int column = 0; column < COLUMNS; column++)
            buffer_release(&list->lines[i].words[column]);
    list->count = 0;
}

static struct plan_line *add_line(struct plan_list *list)
{
    list->lines = memory_resize(list->lines, list->count + 1, sizeof *list->lines);
    list->lines[list->count] = (struct plan_line){0};
    return &list->lines[list->count++];
}

/* "3 ●›★" */
static void add_moment(const struct planned *planned, struct buffer *out)
{
    static const char *const signs[RATINGS] = {"", "▼", "●", "★"};
    bool known = planned->rating > 0 && planned->rating < RATINGS;
    bool aims = known && planned->target > planned->rating && planned->target < RATINGS;
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

static void add_action(struct plan_list *list, const struct planned *planned, struct date now)
{
    const struct action *action = &planned->action;
    struct plan_line *line = add_line(list);
    line->planned = planned;
    line->overdue = method_overdue(action, now);
    add_day(action, now, &line->words[DUE]);
    buffer_add_text(&line->words[WHAT], action->text);
    buffer_add_text(&line->words[WHO], action->owner            ? action->owner
                                       : agenda_is_open(action) ? "– who?"
                                                                : "–");
    buffer_add_text(&line->words[STATUS], action_status_word(action->status));
    add_moment(planned, &line->words[MOMENT]);
    buffer_add_text(&line->words[TITLE], planned->moment);
    if (action->wave != FIELD_ABSENT)
        buffer_add_format(&line->words[WAVE], "%lld", (long long)action->wave);
}

/* "Overdue 2", and what stands under it from `i` on. */
static void add_heading(struct plan_list *list, size_t i, struct date now)
{
    const struct planned *first = &list->plan.at[i];
    struct plan_line *line = add_line(list);
    size_t count = 0;
    while (i + count < list->plan.count &&
           agenda_same_group(first, &list->plan.at[i + count], list->by, now))
        count++;
    agenda_group_words(first, list->by, now, &line->words[0]);
    buffer_add_format(&line->words[0], " %zu", count);
    line->overdue = list->by == AGENDA_BY_DUE && method_overdue(&first->action, now);
}

static void fill(struct plan_list *list, struct date now)
{
    clear_lines(list);
    agenda_sort(&list->plan, list->by, now);
    for (size_t i = 0; i < list->plan.count; i++) {
        const struct planned *planned = &list->plan.at[i];
        if (i == 0 || !agenda_same_group(planned - 1, planned, list->by, now))
            add_heading(list, i, now);
        add_action(list, planned, now);
    }
    if (list->count == 0)
        buffer_add_text(&add_line(list)->words[0], "No action yet. t adds one for the moment that "
                                                   "is selected on the board");
}

static const struct planned *framed(const struct plan_list *list)
{
    return list->selected < list->count ? list->lines[list->selected].planned : NULL;
}

/* Stays on the action it was on, or near where that was. */
static void frame_again(struct plan_list *list, int64_t id)
{
    for (size_t i = 0; i < list->count; i++)
        if (list->lines[i].planned && list->lines[i].planned->action.id == id)
            list->selected = i;
    if (list->selected >= list->count)
        list->selected = list->count ? list->count - 1 : 0;
    if (!framed(list) && list->selected + 1 < list->count)
        list->selected++;
}

static void read_plan(struct tui *tui, struct plan_list *list)
{
    struct error error;
    int64_t id = framed(list) ? framed(list)->action.id : 0;
    list->reading = tui->readings;
    if (store_plan(tui->store, &list->plan, &error) != STATUS_OK)
        tui_error(tui, &error);
    fill(list, today(tui));
    frame_again(list, id);
}

static void turn(struct tui *tui, struct plan_list *list, int by)
{
    int64_t id = framed(list) ? framed(list)->action.id : 0;
    list->by = (enum agenda_by)(((int)list->by + by + AGENDA_BYS) % AGENDA_BYS);
    fill(list, today(tui));
    frame_again(list, id);
}

/* --- below them ---------------------------------------------------------------------------------
 */

static void describe_framed(struct plan_list *list)
{
    const struct planned *planned = framed(list);
    buffer_clear(&list->about);
    list->fact_count = 0;
    if (!planned)
        return;
    if (planned->number)
        buffer_add_format(&list->about, "for %lld %s", (long long)planned->number, planned->moment);
    else
        buffer_add_format(&list->about, "for %s, parked", planned->moment);
    list->facts[list->fact_count++] = (struct table_fact){
        "Agreed by", planned->action.agreed ? planned->action.agreed : "nobody yet"};
    if (planned->action.finding)
        list->facts[list->fact_count++] = (struct table_fact){"Finding", planned->action.finding};
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

static void describe_wave(const struct plan *plan, struct buffer *out)
{
    int64_t wave = wave_now(plan);
    size_t all = 0, finished = 0;
    for (size_t i = 0; i < plan->count; i++) {
        const struct action *action = &plan->at[i].action;
        all += action->wave == wave;
        finished += action->wave == wave && !agenda_is_open(action);
    }
    if (wave != FIELD_ABSENT)
        buffer_add_format(out, "Wave %lld: %zu of %zu finished. ", (long long)wave, finished, all);
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
static void describe_all(struct tui *tui, struct plan_list *list)
{
    buffer_clear(&list->foot);
    describe_wave(&list->plan, &list->foot);
    if (tui->board.next_objective)
        buffer_add_format(&list->foot, "Next objective: %s", tui->board.next_objective);
    else
        buffer_add_text(&list->foot, "No next objective yet: have it ready before this plan is "
                                     "done (B).");
    describe_lacks(&list->plan, &list->foot);
}

/* --- drawing ------------------------------------------------------------------------------------
 */

static void show_lines(struct plan_list *list)
{
    list->shown = memory_resize(list->shown, list->count + 1, sizeof *list->shown);
    for (size_t i = 0; i < list->count; i++) {
        const struct plan_line *line = &list->lines[i];
        struct table_line *shown = &list->shown[i];
        *shown = (struct table_line){.warning = line->overdue};
        if (!line->planned)
            shown->heading = buffer_text(&line->words[0]);
        for (int column = 0; line->planned && column < COLUMNS; column++)
            shown->cells[column] = buffer_text(&line->words[column]);
    }
}

static void describe(struct tui *tui, struct plan_list *list)
{
    buffer_clear(&list->hint);
    buffer_clear(&list->under);
    buffer_add_format(&list->hint, "%s (Tab turns)", agenda_by_words(list->by));
    if (tui->board.why)
        buffer_add_format(&list->under, "Why: %s", tui->board.why);
    show_lines(list);
    describe_framed(list);
    describe_all(tui, list);
}

static struct table_screen screen_of(struct tui *tui, const struct plan_list *list)
{
    static const struct table_column columns[COLUMNS] = {
        {"due", 6, 11, 0, false},   {"what", 19, 0, 0, true},
        {"who", 6, 12, 0, false},   {"status", 8, 8, 1, false},
        {"moment", 7, 8, 2, false}, {"", 12, 60, 4, false}, /* its title */
        {"wave", 4, 4, 3, false},
    };
    static const struct key_item keys[] = {
        {"Enter", "Edit", 1},   {"c", "Status", 1},  {"o", "Who", 2},   {"t", "New", 3},
        {"#", "Its moment", 3}, {"d", "Delete", 6},  {"$", "Cheap", 7}, {"!", "Gaps", 4},
        {"u", "Undo", 2},       {"Esc", "Board", 0}, {"?", "Help", 0}};
    const struct planned *planned = framed(list);
    return (struct table_screen){
        .title = "Actions",
        .hint = buffer_text(&list->hint),
        .under = list->under.length ? buffer_text(&list->under) : NULL,
        .columns = columns,
        .column_count = COLUMNS,
        .lines = list->shown,
        .count = list->count,
        .selected = list->selected,
        .about = planned ? planned->action.text : NULL,
        .about_more = buffer_text(&list->about),
        .facts = list->facts,
        .fact_count = list->fact_count,
        .foot = buffer_text(&list->foot),
        .message = tui->message.length ? buffer_text(&tui->message) : NULL,
        .warning = tui->warning,
        .prompt = {.label = "c then  t to do  r trying  k kept  m modified  d dropped"},
        .keys = keys,
        .key_count = sizeof keys / sizeof *keys};
}

static void plan_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct plan_list *list = (struct plan_list *)mode;
    struct scene scene;
    if (list->reading != tui->readings)
        read_plan(tui, list);
    describe(tui, list);
    struct table_screen screen = screen_of(tui, list);
    if (tui->modes != mode) { /* a question stands on top */
        scene_of_all(tui, &scene);
        screen.prompt = scene.prompt;
        screen.keys = scene.keys;
        screen.key_count = scene.key_count;
    }
    view_table(frame, &screen);
}

/* --- changing the framed one --------------------------------------------------------------------
 */

/* What is asked, one after the other. */
static const struct {
    int field;
    const char *ask;
} asked[] = {
    {ACTION_TEXT, "What will be done?"},
    {ACTION_OWNER, "Who?"},
    {ACTION_DUE, "By when? fri, +2w, 4 dec"},
    {ACTION_WAVE, "In which wave? 1 comes first"},
    {ACTION_AGREED, "Agreed by whom? Ben, Ana"},
    {ACTION_FINDING, "It was tried: what did you find?"},
};
enum { ASK_TEXT, ASK_OWNER, ASK_DUE, ASK_WAVE, ASK_AGREED, ASK_FINDING, ASKED };

/* From question `at` to `end`, of one action as it was when the question began. */
struct rewriting {
    struct action before;
    int at, end;
};

static void rewriting_free(void *data)
{
    struct rewriting *rewriting = data;
    record_release(RECORD_ACTION, &rewriting->before);
    memory_free(rewriting);
}

static void ask_on(struct tui *tui, int64_t action, int at, int end);

static enum status set_asked(struct tui *tui, const struct rewriting *rewriting, const char *text)
{
    const struct field *field = &record_type(RECORD_ACTION)->fields[asked[rewriting->at].field];
    struct value seen = record_get(RECORD_ACTION, &rewriting->before, asked[rewriting->at].field);
    struct buffer words = {0};
    char moment[32], id[32];
    int64_t ignored;
    snprintf(moment, sizeof moment, "id:%lld", (long long)rewriting->before.item);
    snprintf(id, sizeof id, "id:%lld", (long long)rewriting->before.id);
    buffer_add_format(&words, "%s=%s", field->name, text);
    const struct named values[] = {
        {"N", moment}, {"FIELD=VALUE", buffer_text(&words)}, {"action", id}, {NULL, NULL}};
    tui->seen = &seen;
    enum status status = tui_call_named(tui, "set", values, &ignored);
    tui->seen = NULL;
    buffer_release(&words);
    return status;
}

/* Each answer is saved as it is given; what stays as it was is no edit. */
static enum status accept_asked(struct tui *tui, const char *text, void *data)
{
    const struct rewriting *rewriting = data;
    struct buffer now = {0};
    int field = asked[rewriting->at].field;
    enum status status = STATUS_OK;
    field_format(&record_type(RECORD_ACTION)->fields[field], NULL,
                 record_get(RECORD_ACTION, &rewriting->before, field), &now);
    if (strcmp(buffer_text(&now), text) != 0)
        status = set_asked(tui, rewriting, text);
    buffer_release(&now);
    if (status == STATUS_OK && rewriting->at + 1 < rewriting->end)
        ask_on(tui, rewriting->before.id, rewriting->at + 1, rewriting->end);
    return status;
}

static void ask_on(struct tui *tui, int64_t action, int at, int end)
{
    struct error error;
    struct buffer now = {0};
    struct rewriting *rewriting = memory_new(1, sizeof *rewriting);
    rewriting->at = at;
    rewriting->end = end;
    if (store_record(tui->store, RECORD_ACTION, action, &rewriting->before, &error) != STATUS_OK) {
        tui_error(tui, &error);
        rewriting_free(rewriting);
        return;
    }
    field_format(&record_type(RECORD_ACTION)->fields[asked[at].field], NULL,
                 record_get(RECORD_ACTION, &rewriting->before, asked[at].field), &now);
    struct question question = {.label = asked[at].ask,
                                .initial = buffer_text(&now),
                                .accept = accept_asked,
                                .done = rewriting_free,
                                .data = rewriting};
    ask_open(tui, &question);
    buffer_release(&now);
}

/* What is finished was tried: what came of it is asked at once (R21). */
static void accept_status(struct tui *tui, const char *value, void *data)
{
    const struct action *action = data;
    char moment[32], id[32];
    int64_t ignored;
    snprintf(moment, sizeof moment, "id:%lld", (long long)action->item);
    snprintf(id, sizeof id, "id:%lld", (long long)action->id);
    const struct named values[] = {{"N", moment}, {"ACTION", id}, {"STATUS", value}, {NULL, NULL}};
    if (tui_call_named(tui, "status", values, &ignored) != STATUS_OK)
        return;
    if (strcmp(value, "to do") != 0 && strcmp(value, "trying") != 0 && !action->finding)
        ask_on(tui, action->id, ASK_FINDING, ASK_FINDING + 1);
}

static void action_free(void *data)
{
    record_release(RECORD_ACTION, data);
    memory_free(data);
}

static void ask_status(struct tui *tui, const struct planned *planned)
{
    static const char *const keys[] = {"t", "r", "k", "m", "d"};
    struct choices choices = {0};
    struct action *action = memory_new(1, sizeof *action);
    record_copy(RECORD_ACTION, action, &planned->action);
    for (int status = 0; status < ACTION_STATUSES; status++)
        choices_add(&choices, keys[status], action_status_word(status), action_status_word(status));
    pick_open(tui, "How does it go?", choices, accept_status, action_free, action);
}

static void delete_action(struct tui *tui, const struct planned *planned)
{
    char moment[32], id[32];
    int64_t ignored;
    snprintf(moment, sizeof moment, "id:%lld", (long long)planned->action.item);
    snprintf(id, sizeof id, "id:%lld", (long long)planned->action.id);
    const struct named values[] = {{"N", moment}, {"action", id}, {NULL, NULL}};
    (void)tui_call_named(tui, "remove", values, &ignored);
}

/* For the same moment; without a framed line for the one that is selected on the board. */
static void add_another(struct tui *tui, const struct planned *planned)
{
    char moment[32] = "";
    if (planned)
        snprintf(moment, sizeof moment, "id:%lld", (long long)planned->action.item);
    const struct named values[] = {{planned ? "N" : NULL, moment}, {NULL, NULL}};
    tui_run_with(tui, "action", values);
}

/* --- keys ---------------------------------------------------------------------------------------
 */

static void move(struct plan_list *list, int by)
{
    size_t to = list->selected;
    do {
        if (by < 0 && to == 0)
            return;
        to = by < 0 ? to - 1 : to + 1;
        if (to >= list->count)
            return;
    } while (!list->lines[to].planned);
    list->selected = to;
}

static void move_page(struct tui *tui, struct plan_list *list, int by)
{
    struct table_screen screen = screen_of(tui, list);
    size_t page = view_table_page(&screen, tui->frame.rows, tui->frame.columns);
    for (size_t i = 0; i < page; i++)
        move(list, by);
}

static void go_to_moment(struct tui *tui, const struct planned *planned)
{
    if (!planned->number) {
        tui_say(tui, "Its moment is parked: Z on the board shows the parking lot.");
        return;
    }
    tui_pop(tui);
    tui_select(tui, planned->action.item, true);
}

/* Keys that are about the framed action; false: not one of them. */
static bool change_framed(struct tui *tui, struct plan_list *list, struct key key, uint32_t letter)
{
    const struct planned *planned = framed(list);
    bool changes = key.code == K_ENTER || letter == 'e' || letter == 'c' || letter == 'o' ||
                   letter == 'd' || letter == 't';
    if (letter == '#' && planned)
        go_to_moment(tui, planned);
    if (!changes)
        return letter == '#';
    if (store_look_only(tui->store))
        tui_warn(tui, "This board can only be looked at: %s.", store_look_only(tui->store));
    else if (letter == 't')
        add_another(tui, planned);
    else if (!planned)
        tui_say(tui, "No action yet: t adds one.");
    else if (letter == 'c')
        ask_status(tui, planned);
    else if (letter == 'o')
        ask_on(tui, planned->action.id, ASK_OWNER, ASK_DUE + 1);
    else if (letter == 'd')
        delete_action(tui, planned);
    else
        ask_on(tui, planned->action.id, ASK_TEXT, ASKED);
    return true;
}

/* Keys that lead away. */
static bool leave(struct tui *tui, struct key key, uint32_t letter)
{
    bool board = tui_is_leaving(key) || letter == 'q' || letter == 'D';
    if (!board && letter != '$' && letter != '!')
        return false;
    tui_pop(tui);
    if (letter == '$')
        tui_run_named(tui, "cheap", NULL);
    else if (letter == '!')
        gaps_open(tui);
    return true;
}

static void walk(struct tui *tui, struct plan_list *list, struct key key, uint32_t letter)
{
    if (key.code == K_UP || letter == 'k')
        move(list, -1);
    else if (key.code == K_DOWN || letter == 'j')
        move(list, +1);
    else if (key.code == K_PAGE_UP || key.code == K_PAGE_DOWN)
        move_page(tui, list, key.code == K_PAGE_UP ? -1 : +1);
    else if (key.code == K_TAB)
        turn(tui, list, key.modifiers & KEY_SHIFT ? -1 : +1);
    else if (letter == 'u' || letter == 'U')
        tui_run_named(tui, letter == 'u' ? "undo" : "redo", NULL);
    else if (letter == '?' || key.code == K_F1)
        help_open(tui, false);
}

static void plan_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct plan_list *list = (struct plan_list *)mode;
    struct key key = event->key;
    uint32_t letter = key.code == K_CHAR && key.modifiers == 0 ? key.point : 0;
    tui_refresh(tui);
    if (list->reading != tui->readings)
        read_plan(tui, list);
    tui_say(tui, "%s", "");
    if (!leave(tui, key, letter) && !change_framed(tui, list, key, letter))
        walk(tui, list, key, letter);
}

static void plan_list_release(struct mode *mode)
{
    struct plan_list *list = (struct plan_list *)mode;
    clear_lines(list);
    plan_release(&list->plan);
    memory_free(list->lines);
    memory_free(list->shown);
    buffer_release(&list->hint);
    buffer_release(&list->under);
    buffer_release(&list->about);
    buffer_release(&list->foot);
}

static const struct mode_type plan_type = {
    .draw = plan_draw, .event = plan_event, .release = plan_list_release};

void plan_list_open(struct tui *tui)
{
    struct plan_list *list = memory_new(1, sizeof *list);
    list->mode.type = &plan_type;
    read_plan(tui, list);
    tui_push(tui, &list->mode);
}
