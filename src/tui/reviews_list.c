/* All reviews, newest first: what went up and down in each, and the last of them side by side
 * (R16).
 */
#include "list_mode.h"
#include "touchline/drift.h"
#include "touchline/memory.h"
#include <string.h>

enum { WAY, NUMBER, TITLE, RATING, COLUMNS };

/* The small plot: a column a review, a row a rating. */
enum { PLOTTED = 6, CELL = 10, BAR = 5, FACTS = RATINGS };

struct reviews_list {
    struct list_mode list;
    struct reviews reviews;
    struct table_fact facts[FACTS];
    struct buffer plot[FACTS]; /* [0]: the days */
    struct buffer under;
};

/* --- reading ---------------------------------------------------------------------------------- */

static const char *word_of(int64_t rating)
{
    return rating == RATING_NONE ? "unrated" : rating_word(rating);
}

static void add_drifted(struct list_mode *list, const struct drifted *it)
{
    static const char *const signs[DRIFT_WAYS] = {"▼", "=", "▲", "+", "?"};
    enum drift_way way = drift_way(it->before, it->after);
    struct list_row *row = list_add(list, it->moment);
    row->warning = way == DRIFT_DOWN;
    buffer_add_format(&row->cells[WAY], "%s %s", signs[way], drift_word(way));
    buffer_add_format(&row->cells[NUMBER], "%lld", (long long)it->number);
    buffer_add_text(&row->cells[TITLE], it->title);
    buffer_add_format(&row->cells[RATING], "%s › %s", word_of(it->before), word_of(it->after));
}

/* "21 Nov: 2 up, 1 down, 3 the same" */
static void add_heading(struct tui *tui, struct list_mode *list, const struct review *review,
                        const struct drift *drift)
{
    size_t ways[DRIFT_WAYS] = {0};
    char words[32];
    struct date day;
    for (size_t i = 0; i < drift->count; i++)
        ways[drift_way(drift->at[i].before, drift->at[i].after)]++;
    if (!date_parse_iso(review->day, &day))
        return;
    date_format_short(day, tui_today(tui), words, sizeof words);
    struct buffer *heading = &list_add_heading(list)->cells[0];
    buffer_add_format(heading, "%s%s: %zu up, %zu down, %zu the same", words,
                      review->ended ? "" : ", going on", ways[DRIFT_UP], ways[DRIFT_DOWN],
                      ways[DRIFT_SAME]);
    if (ways[DRIFT_HIDDEN])
        buffer_add_format(heading, ", %zu to be rated anew", ways[DRIFT_HIDDEN]);
}

static enum status add_review(struct tui *tui, struct list_mode *list, const struct review *review,
                              struct error *error)
{
    struct drift drift = {0};
    enum status status = store_drift(tui->store, review->id, &drift, error);
    if (status == STATUS_OK)
        add_heading(tui, list, review, &drift);
    for (size_t i = 0; status == STATUS_OK && i < drift.count; i++)
        if (drift.at[i].before != drift.at[i].after)
            add_drifted(list, &drift.at[i]);
    drift_release(&drift);
    return status;
}

static enum status load(struct tui *tui, struct list_mode *list, struct error *error)
{
    struct reviews_list *own = (struct reviews_list *)list;
    enum status status = store_reviews(tui->store, &own->reviews, error);
    for (size_t i = own->reviews.count; status == STATUS_OK && i > 0; i--)
        status = add_review(tui, list, &own->reviews.at[i - 1], error);
    return status;
}

/* --- below them ------------------------------------------------------------------------------- */

static int64_t count_of(const struct review *review, int rating)
{
    const int64_t counts[RATINGS] = {0, review->miserable, review->neutral, review->magical};
    return counts[rating] == FIELD_ABSENT ? 0 : counts[rating];
}

static int64_t most_of(const struct review *reviews, size_t count)
{
    int64_t most = 1;
    for (size_t i = 0; i < count; i++)
        for (int rating = RATING_MISERABLE; rating < RATINGS; rating++)
            most = count_of(&reviews[i], rating) > most ? count_of(&reviews[i], rating) : most;
    return most;
}

/* "★★★ 7    ": what there is any of has a sign. */
static void add_cell(struct buffer *out, const char *sign, int64_t count, int64_t most)
{
    char number[24];
    int64_t signs = most <= BAR ? count : (count * BAR + most - 1) / most;
    int digits = snprintf(number, sizeof number, "%lld", (long long)count);
    for (int64_t i = 0; i < signs; i++)
        buffer_add_text(out, sign);
    buffer_add_format(out, "%s%s", signs ? " " : "", number);
    for (int at = (int)signs + (signs ? 1 : 0) + digits; at < CELL; at++)
        buffer_add_byte(out, ' ');
}

static void add_day(struct tui *tui, struct buffer *out, const struct review *review)
{
    char words[32] = "";
    struct date day;
    if (date_parse_iso(review->day, &day))
        date_format_short(day, tui_today(tui), words, sizeof words);
    buffer_add_format(out, "%-*s", CELL, words);
}

/* The last of those that have ended, unless one that goes on hides what they counted. */
static void plot(struct tui *tui, struct reviews_list *own)
{
    static const char *const signs[RATINGS] = {"", "▼", "●", "★"};
    size_t end = own->reviews.count;
    while (end > 0 && !drift_is_counted(&own->reviews.at[end - 1]))
        end--;
    for (int i = 0; i < FACTS; i++)
        buffer_clear(&own->plot[i]);
    if (end == 0)
        return;
    size_t count = end < PLOTTED ? end : PLOTTED;
    const struct review *shown = &own->reviews.at[end - count];
    int64_t most = most_of(shown, count);
    for (size_t i = 0; i < count; i++) {
        add_day(tui, &own->plot[0], &shown[i]);
        for (int rating = RATING_MISERABLE; rating < RATINGS; rating++)
            add_cell(&own->plot[rating], signs[rating], count_of(&shown[i], rating), most);
    }
}

static void describe(struct tui *tui, struct list_mode *list, const struct list_row *row,
                     struct table_screen *screen)
{
    static const char *const labels[FACTS] = {"", "miserable", "neutral", "magical"};
    struct reviews_list *own = (struct reviews_list *)list;
    (void)row;
    plot(tui, own);
    for (int i = 0; i < FACTS; i++) { /* the best on top */
        int rating = FACTS - 1 - i;
        own->facts[i] = (struct table_fact){labels[rating], buffer_text(&own->plot[rating]),
                                            (uint8_t)rating_colour(rating)};
    }
    if (own->plot[0].length > 0) {
        screen->facts = own->facts;
        screen->fact_count = FACTS;
        screen->about = "Over all reviews";
    }
    buffer_clear(&own->under);
    if (tui->board.next_review)
        buffer_add_format(&own->under, "The next review: %s", tui->board.next_review);
    if (own->under.length > 0)
        screen->under = buffer_text(&own->under);
}

/* --- keys ------------------------------------------------------------------------------------- */

static void go_there(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    int64_t moment = row->id;
    list_leave(tui, list, row);
    tui_select(tui, moment, true);
}

static void end_session(struct tui *tui, struct list_mode *list, const struct list_row *row)
{
    list_leave(tui, list, row);
    ending_open(tui);
}

static void release(struct list_mode *list)
{
    struct reviews_list *own = (struct reviews_list *)list;
    reviews_release(&own->reviews);
    buffer_release(&own->under);
    for (int i = 0; i < FACTS; i++)
        buffer_release(&own->plot[i]);
}

void reviews_open(struct tui *tui)
{
    static const struct table_column columns[COLUMNS] = {
        {"", 6, 6, 0, false},
        {"", 2, 6, 0, false},
        {"moment", 12, 0, 0, true},
        {"before › now", 12, 21, 0, false},
    };
    static const struct list_key keys[] = {
        {"Enter", "Its moment", 1, LIST_ROW, go_there},
        {"#", NULL, 0, LIST_ROW, go_there},
        {"Q", "End the session", 2, 0, end_session},
        {"u", "Undo", 3, 0, NULL},
        {"Esc", "Board", 0, 0, NULL},
        {"?", "Help", 0, 0, NULL},
        {"=", NULL, 0, 0, list_leave},
    };
    static const struct list_type reviews_type = {
        .title = "Reviews",
        .hint = "what went up and down",
        .empty = "Nothing has been rated anew yet: n in the step Review begins a review",
        .columns = columns,
        .column_count = COLUMNS,
        .keys = keys,
        .key_count = sizeof keys / sizeof *keys,
        .load = load,
        .describe = describe,
        .release = release};
    struct reviews_list *own = memory_new(1, sizeof *own);
    list_open(tui, &own->list, &reviews_type);
}
