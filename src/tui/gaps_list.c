/* What the plan still lacks; Enter goes where it can be mended. */
#include "touchline/gaps.h"
#include "touchline/memory.h"
#include "touchline/screens.h"
#include "tui.h"
#include <stdio.h>

/* A line of the list: a kind's heading, or one of its gaps. */
struct gap_line {
    enum gap_kind kind;
    const struct gap *gap; /* NULL: not selectable */
    struct buffer left, words;
};

struct gaps_list {
    struct mode mode;
    struct gaps gaps;
    unsigned long reading; /* of which it is */
    struct gap_line *lines;
    struct list_line *shown;
    size_t count, selected;
};

/* --- lines --------------------------------------------------------------------------------------
 */

static struct gap_line *add_line(struct gaps_list *list, enum gap_kind kind, const struct gap *gap)
{
    list->lines = memory_resize(list->lines, list->count + 1, sizeof *list->lines);
    list->lines[list->count] = (struct gap_line){.kind = kind, .gap = gap};
    return &list->lines[list->count++];
}

static void add_gap(struct gaps_list *list, enum gap_kind kind, const struct gap *gap)
{
    struct gap_line *line = add_line(list, kind, gap);
    if (gap->moment)
        buffer_add_format(&line->left, "%lld", (long long)gap->number);
    if (gap->text)
        buffer_add_text(&line->words, gap->text);
    else
        gaps_words(&list->gaps, kind, &line->words);
}

static void add_kind(struct gaps_list *list, enum gap_kind kind)
{
    size_t named = list->gaps.kinds[kind].named;
    int64_t more = list->gaps.kinds[kind].count - (int64_t)named;
    if (named == 0)
        return;
    if (list->gaps.kinds[kind].at[0].moment)
        gaps_words(&list->gaps, kind, &add_line(list, kind, NULL)->words);
    for (size_t i = 0; i < named; i++)
        add_gap(list, kind, &list->gaps.kinds[kind].at[i]);
    if (more > 0)
        buffer_add_format(&add_line(list, kind, NULL)->words, "and %lld more", (long long)more);
}

static void clear_lines(struct gaps_list *list)
{
    for (size_t i = 0; i < list->count; i++) {
        buffer_release(&list->lines[i].left);
        buffer_release(&list->lines[i].words);
    }
    list->count = 0;
}

static bool is_selectable(const struct gaps_list *list, size_t i)
{
    return i < list->count && list->lines[i].gap;
}

/* The framed line stays where it was, or goes to one that is there. */
static void keep_selected(struct gaps_list *list)
{
    while (list->selected > 0 && !is_selectable(list, list->selected))
        list->selected--;
    while (list->selected < list->count && !is_selectable(list, list->selected))
        list->selected++;
}

static void read_gaps(struct tui *tui, struct gaps_list *list)
{
    struct error error;
    struct date today = date_of_time(clock_now(&tui->options->store.clock));
    clear_lines(list);
    list->reading = tui->readings;
    if (gaps_find(tui->store, today, &list->gaps, &error) != STATUS_OK) {
        tui_error(tui, &error);
        return;
    }
    for (int kind = 0; kind < GAP_KINDS; kind++)
        add_kind(list, (enum gap_kind)kind);
    if (list->count == 0)
        buffer_add_text(&add_line(list, GAP_WHY, NULL)->words, "The plan lacks nothing.");
    keep_selected(list);
}

/* --- drawing ------------------------------------------------------------------------------------
 */

static void show_lines(struct gaps_list *list)
{
    list->shown = memory_resize(list->shown, list->count + 1, sizeof *list->shown);
    for (size_t i = 0; i < list->count; i++)
        list->shown[i] =
            (struct list_line){.left = buffer_text(&list->lines[i].left),
                               .words = buffer_text(&list->lines[i].words),
                               .heading = !list->lines[i].gap,
                               .warning = list->lines[i].gap && list->lines[i].kind == GAP_OVERDUE};
}

static struct list_screen screen_of(struct tui *tui, const struct gaps_list *list)
{
    static const struct key_item keys[] = {
        {"Enter", "Go there", 0}, {"D", "Actions", 2}, {"Esc", "Board", 0}, {"?", "Help", 0}};
    return (struct list_screen){.title = "What the plan lacks",
                                .hint = "Enter goes where it can be mended",
                                .lines = list->shown,
                                .count = list->count,
                                .selected = list->selected,
                                .message = tui->message.length ? buffer_text(&tui->message) : NULL,
                                .warning = tui->warning,
                                .keys = keys,
                                .key_count = sizeof keys / sizeof *keys};
}

static void gaps_draw(struct tui *tui, struct mode *mode, struct frame *frame)
{
    struct gaps_list *list = (struct gaps_list *)mode;
    if (list->reading != tui->readings)
        read_gaps(tui, list);
    show_lines(list);
    struct list_screen screen = screen_of(tui, list);
    view_list(frame, &screen);
}

/* --- keys ---------------------------------------------------------------------------------------
 */

static void move(struct gaps_list *list, int by)
{
    size_t to = list->selected;
    do {
        if (by < 0 && to == 0)
            return;
        to = by < 0 ? to - 1 : to + 1;
        if (to >= list->count)
            return;
    } while (!is_selectable(list, to));
    list->selected = to;
}

static void move_page(struct tui *tui, struct gaps_list *list, int by)
{
    struct list_screen screen = screen_of(tui, list);
    size_t page = view_list_page(&screen, tui->frame.rows, tui->frame.columns);
    for (size_t i = 0; i < page; i++)
        move(list, by);
}

/* To the moment, or to what says it of the whole board. */
static void go_there(struct tui *tui, struct gaps_list *list)
{
    if (!is_selectable(list, list->selected))
        return;
    enum gap_kind kind = list->lines[list->selected].kind;
    int64_t moment = list->lines[list->selected].gap->moment;
    tui_pop(tui);
    tui_say(tui, "%s", "");
    if (moment)
        tui_select(tui, moment, true);
    else if (kind == GAP_WHY)
        board_sheet_open(tui);
    else if (kind == GAP_FEW_CHOSEN)
        screen_set_step(tui, STEP_CHOOSE);
    else
        who_open(tui);
}

static void gaps_event(struct tui *tui, struct mode *mode, const struct event *event)
{
    struct gaps_list *list = (struct gaps_list *)mode;
    struct key key = event->key;
    uint32_t letter = key.code == K_CHAR && key.modifiers == 0 ? key.point : 0;
    if (tui_is_leaving(key) || letter == 'q' || letter == '!') {
        tui_pop(tui);
    } else if (key.code == K_ENTER || letter == '#') {
        go_there(tui, list);
    } else if (letter == 'D') {
        tui_pop(tui);
        plan_list_open(tui);
    } else if (letter == '?' || key.code == K_F1) {
        help_open(tui, false);
    } else if (key.code == K_UP || letter == 'k') {
        move(list, -1);
    } else if (key.code == K_DOWN || letter == 'j') {
        move(list, +1);
    } else if (key.code == K_PAGE_UP || key.code == K_PAGE_DOWN) {
        move_page(tui, list, key.code == K_PAGE_UP ? -1 : +1);
    }
}

static void gaps_list_release(struct mode *mode)
{
    struct gaps_list *list = (struct gaps_list *)mode;
    clear_lines(list);
    memory_free(list->lines);
    memory_free(list->shown);
    gaps_release(&list->gaps);
}

static const struct mode_type gaps_type = {
    .draw = gaps_draw, .event = gaps_event, .release = gaps_list_release};

void gaps_open(struct tui *tui)
{
    struct gaps_list *list = memory_new(1, sizeof *list);
    list->mode.type = &gaps_type;
    read_gaps(tui, list);
    tui_push(tui, &list->mode);
}
