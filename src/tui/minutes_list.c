/* The minutes: who changed what and when, newest first; Enter shows the board as it was. A history
 * may be 100,000 edits long, so the list holds those around the selected one. */
#include "list_mode.h"
#include "touchline/memory.h"
#include "touchline/minutes.h"
#include "touchline/text.h"
#include <stdint.h>
#include <string.h>

enum { WHEN, WHO, WHAT, EDIT, COLUMNS };

/* Edits held on either side, how near to the last of them others are read, and changes told. */
enum { HELD = 400, NEAR = 120, FACTS = 16 };

struct minutes_list {
    struct list_mode list;
    int64_t around;    /* the edit that is selected, or stands next to what is looked for */
    bool newer, older; /* there are more than those held */
    int64_t told;      /* the edit whose changes these are */
    struct minutes changes;
    struct table_fact facts[FACTS];
    struct buffer about, foot;
    char *search; /* folded; NULL: nothing was looked for yet */
};

/* --- reading ---------------------------------------------------------------------------------- */

struct line {
    int64_t id, at, changes;
    char *who;
    struct buffer what;
};

struct lines {
    struct tui *tui;
    struct line *at;
    size_t count, most;
    enum status status;
    struct error *error;
};

static bool take_line(void *data, const struct history_entry *entry)
{
    struct lines *lines = data;
    if (lines->count == lines->most)
        return false;
    lines->at = memory_resize(lines->at, lines->count + 1, sizeof *lines->at);
    struct line *line = &lines->at[lines->count++];
    *line = (struct line){.id = entry->id,
                          .at = entry->at,
                          .changes = entry->changes,
                          .who = memory_copy(entry->who)};
    lines->status = minutes_sentence(lines->tui->store, &lines->tui->channels, entry, &line->what,
                                     lines->error);
    return lines->status == STATUS_OK;
}

static void lines_release(struct lines *lines)
{
    for (size_t i = 0; i < lines->count; i++) {
        memory_free(lines->at[i].who);
        buffer_release(&lines->at[i].what);
    }
    memory_free(lines->at);
}

/* As many as are held: there may be more. */
static enum status read_newer(struct minutes_list *own, struct lines *lines, struct error *error)
{
    lines->most = HELD;
    enum status status = own->around == INT64_MAX ? STATUS_OK
                                                  : store_history(lines->tui->store, own->around,
                                                                  take_line, lines, error);
    own->newer = lines->count == HELD;
    for (size_t i = 0; i < lines->count / 2; i++) {
        struct line line = lines->at[i];
        lines->at[i] = lines->at[lines->count - 1 - i];
        lines->at[lines->count - 1 - i] = line;
    }
    return status == STATUS_OK ? lines->status : status;
}

static enum status read_older(struct minutes_list *own, struct lines *lines, struct error *error)
{
    int64_t before = own->around == INT64_MAX ? INT64_MAX : own->around + 1;
    size_t newer = lines->count;
    lines->most = newer + HELD;
    enum status status = store_history_back(lines->tui->store, before, take_line, lines, error);
    own->older = lines->count == newer + HELD;
    return status == STATUS_OK ? lines->status : status;
}

/* --- rows ------------------------------------------------------------------------------------- */

static void add_day(struct tui *tui, struct list_mode *list, struct date day)
{
    char words[32];
    struct date today = tui_today(tui);
    struct buffer *heading = &list_add_heading(list)->cells[0];
    date_format_short(day, today, words, sizeof words);
    if (date_compare(day, today) == 0)
        buffer_add_text(heading, "Today, ");
    buffer_add_text(heading, words);
}

static void add_line(struct list_mode *list, const struct line *line)
{
    enum { HOURS_AT = 11 }; /* in "2026-11-21 14:05" */
    char time[32];
    struct list_row *row = list_add(list, line->id);
    time_format_local(line->at, time, sizeof time);
    row->at = (size_t)line->changes;
    buffer_add_text(&row->cells[WHEN], strlen(time) > HOURS_AT ? time + HOURS_AT : "");
    buffer_add_text(&row->cells[WHO], line->who);
    buffer_add_text(&row->cells[WHAT], buffer_text(&line->what));
    buffer_add_format(&row->cells[EDIT], "%lld", (long long)line->id);
}

/* What was selected is found again by the list itself; what is jumped to is preferred. */
static void add_lines(struct tui *tui, struct minutes_list *own, const struct lines *lines)
{
    struct date day = {0};
    bool found = false;
    for (size_t i = 0; i < lines->count; i++) {
        struct date of = date_of_time(lines->at[i].at);
        if (i == 0 || date_compare(of, day) != 0)
            add_day(tui, &own->list, of);
        day = of;
        add_line(&own->list, &lines->at[i]);
        if (!found && lines->at[i].id <= own->around)
            list_prefer(&own->list);
        found = found || lines->at[i].id <= own->around;
    }
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct minutes_list *own = (struct minutes_list *)list;
    struct lines lines = {.tui = tui, .status = STATUS_OK, .error = error};
    enum status status = store_read_begin(tui->store, error);
    if (status != STATUS_OK)
        return status;
    status = read_newer(own, &lines, error);
    if (status == STATUS_OK)
        status = read_older(own, &lines, error);
    store_read_end(tui->store);
    if (status == STATUS_OK)
        add_lines(tui, own, &lines);
    own->told = 0;
    lines_release(&lines);
    return status;
}

/* --- below them ------------------------------------------------------------------------------- */

static void read_changes(struct tui *tui, struct minutes_list *own, const struct list_row *row)
{
    struct error error;
    const struct history_entry entry = {.id = row->id, .changes = (int64_t)row->at};
    own->told = row->id;
    if (minutes_read(tui->store, &tui->channels, &entry, FACTS, &own->changes, &error) != STATUS_OK)
        tui_error(tui, &error);
    for (size_t i = 0; i < own->changes.count; i++)
        own->facts[i] =
            (struct table_fact){.label = own->changes.at[i].label, .text = own->changes.at[i].text};
    buffer_clear(&own->foot);
    if (own->changes.more > 0)
        buffer_add_format(&own->foot, "and %lld more changes", (long long)own->changes.more);
}

/* Where the rows held end, others are read before one gets there. */
static void look_ahead(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    struct minutes_list *own = (struct minutes_list *)list;
    (void)tui;
    size_t at = (size_t)(row - list->rows);
    own->around = row->id;
    if ((own->newer && at < NEAR) || (own->older && list->count - at < NEAR))
        list_reload(list);
}

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    struct minutes_list *own = (struct minutes_list *)list;
    if (!row)
        return;
    if (own->told != row->id)
        read_changes(tui, own, row);
    buffer_clear(&own->about);
    buffer_add_format(&own->about, "edit %lld", (long long)row->id);
    screen->about = buffer_text(&row->cells[WHAT]);
    screen->about_more = buffer_text(&own->about);
    screen->facts = own->facts;
    screen->fact_count = own->changes.count;
    screen->foot = own->foot.length ? buffer_text(&own->foot) : NULL;
}

/* --- keys ------------------------------------------------------------------------------------- */

/* Selects the edit, or the next older one: the rows around it are read first. */
static void jump(struct minutes_list *own, int64_t edit)
{
    own->around = edit;
    list_begin_anew(&own->list);
}

static void go_to_newest(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)tui;
    (void)row;
    jump((struct minutes_list *)list, INT64_MAX);
}

static void go_to_oldest(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)tui;
    (void)row;
    jump((struct minutes_list *)list, 1);
}

static void go_back(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)list;
    (void)past_open(tui, row->id);
}

struct hunt {
    const char *folded;
    int64_t found;
};

static bool holds(const char *text, const char *folded)
{
    return text && text_find(text, strlen(text), folded, strlen(folded)) >= 0;
}

static bool is_no_hit(void *data, const struct history_entry *entry)
{
    struct hunt *hunt = data;
    if (holds(entry->words, hunt->folded) || holds(entry->who, hunt->folded))
        hunt->found = entry->id;
    return hunt->found == 0;
}

static void search_on(struct tui *tui, struct minutes_list *own, bool older)
{
    struct error error;
    struct hunt hunt = {.folded = own->search};
    enum status status = older
                             ? store_history_back(tui->store, own->around, is_no_hit, &hunt, &error)
                             : store_history(tui->store, own->around, is_no_hit, &hunt, &error);
    if (status != STATUS_OK)
        tui_error(tui, &error);
    else if (hunt.found)
        jump(own, hunt.found);
    else
        tui_warn(tui, "No %s edit tells of '%s'.", older ? "older" : "newer", own->search);
}

static enum status accept_search(struct tui *tui, const char *text, void *data)
{
    struct minutes_list *own = data;
    struct buffer folded = {0};
    if (!*text)
        return STATUS_OK;
    text_fold(&folded, text, strlen(text));
    memory_free(own->search);
    own->search = buffer_take(&folded);
    search_on(tui, own, true);
    return STATUS_OK;
}

static void search(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    const struct question question = {
        .label = "Search older edits for >", .accept = accept_search, .data = list};
    (void)row;
    ask_open(tui, &question);
}

static void search_again(struct tui *tui, struct list_mode *list, bool older)
{
    struct minutes_list *own = (struct minutes_list *)list;
    if (own->search)
        search_on(tui, own, older);
    else
        tui_say(tui, "n and N go to the hits of a search: / begins one.");
}

static void next_hit(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)row;
    search_again(tui, list, true);
}

static void previous_hit(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    (void)row;
    search_again(tui, list, false);
}

static void minutes_list_release(struct list_mode *list)
{
    struct minutes_list *own = (struct minutes_list *)list;
    minutes_release(&own->changes);
    buffer_release(&own->about);
    buffer_release(&own->foot);
    memory_free(own->search);
}

static const struct list_key minutes_keys[] = {
    {"Enter", "The board then", 0, LIST_ROW, go_back},
    {"/", "Search", 2, LIST_ROW, search},
    {"n", "Next hit", 3, LIST_ROW, next_hit},
    {"N", NULL, 0, LIST_ROW, previous_hit},
    {"g", "Newest", 4, 0, go_to_newest},
    {"G", "Oldest", 4, 0, go_to_oldest},
    {"Home", NULL, 0, 0, go_to_newest},
    {"End", NULL, 0, 0, go_to_oldest},
    {"Esc", "Board", 0, 0, NULL},
    {"?", "Help", 0, 0, NULL},
};

/* From the past one goes back to now first: the minutes are those of the board as it is. */
void minutes_open(struct tui *tui)
{
    static const struct table_column columns[COLUMNS] = {
        {"when", 5, 5, 0, false},
        {"who", 5, 14, 1, false},
        {"what", 20, 0, 0, true},
        {"edit", 4, 7, 2, false},
    };
    static const struct list_type minutes_type = {.title = "Minutes",
                                                  .hint = "Enter shows the board as it was then",
                                                  .empty = "Nothing was done to this board yet.",
                                                  .columns = columns,
                                                  .column_count = COLUMNS,
                                                  .keys = minutes_keys,
                                                  .key_count =
                                                      sizeof minutes_keys / sizeof *minutes_keys,
                                                  .load = load,
                                                  .look_ahead = look_ahead,
                                                  .describe = describe,
                                                  .release = minutes_list_release};
    struct minutes_list *own = memory_new(1, sizeof *own);
    int64_t edit = past_end(tui);
    while (edit && tui->modes->below)
        tui_pop(tui);
    own->around = edit ? edit : INT64_MAX;
    list_open(tui, &own->list, &minutes_type);
}
