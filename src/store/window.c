/* The part of the board that the screen shows. */
#include "filter.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include <assert.h>
#include <string.h>

/* Above this many moments the weakest is not marked: it would have to be looked for in all. */
#define WEAKEST_MOST 2000

static bool is_on(const struct filter *filter)
{
    return filter && filter_is_on(filter);
}

/* --- moments in a direction ------------------------------------------------------------------- */

/* Statements with a filter cannot keep to the covering index, so there are two of each. */
static sqlite3_stmt *moments_statement(struct store *store, bool onwards, bool filtered,
                                       struct error *error)
{
    enum statement which = filtered ? (onwards ? SQL_HITS_ON : SQL_HITS_BACK)
                                    : (onwards ? SQL_MOMENTS_ON : SQL_MOMENTS_BACK);
    struct buffer sql = {0};
    if (!store->statements[which]) {
        buffer_add_text(&sql, "SELECT ");
        store_columns(RECORD_ITEM, ITEM_NOTE, &sql);
        buffer_add_format(&sql,
                          " FROM item WHERE state = 0 AND kind = 1 AND ord %s ?1%s "
                          "ORDER BY ord%s LIMIT ?2",
                          onwards ? ">=" : "<", filtered ? FILTER_SQL : "", onwards ? "" : " DESC");
    }
    sqlite3_stmt *statement =
        store_prepare(store, &store->statements[which], buffer_text(&sql), error);
    buffer_release(&sql);
    return statement;
}

/* Appends up to `most` moments to the array, nearest first: from `ord` on, or before it. */
static enum status read_moments(struct store *store, const struct filter *filter, bool onwards,
                                int64_t ord, size_t most, struct moments *into, struct error *error)
{
    struct buffer folded = {0};
    enum status status = STATUS_OK;
    bool row;
    if (most == 0)
        return status;
    sqlite3_stmt *read = moments_statement(store, onwards, is_on(filter), error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, ord);
    sqlite3_bind_int64(read, 2, (int64_t)most);
    if (is_on(filter))
        filter_bind(filter, read, &folded);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        into->at = memory_resize(into->at, into->count + 1, sizeof *into->at);
        struct moment *moment = &into->at[into->count++];
        memset(moment, 0, sizeof *moment);
        if ((status = store_read_record(store, read, RECORD_ITEM, moment, error)) != STATUS_OK)
            break;
    }
    sqlite3_reset(read);
    buffer_release(&folded);
    return status;
}

/* The window's array out of what stands left (nearest first) and right of the middle. */
static void join(struct moments *left, struct moments *right, struct window *window)
{
    window->count = left->count + right->count;
    window->selected = right->count > 0 || left->count == 0 ? left->count : left->count - 1;
    window->moments = memory_new(window->count, sizeof *window->moments);
    for (size_t i = 0; i < left->count; i++)
        window->moments[i] = left->at[left->count - 1 - i];
    for (size_t i = 0; i < right->count; i++)
        window->moments[left->count + i] = right->at[i];
    memory_free(left->at);
    memory_free(right->at);
}

/* A place that no moment has. */
#define UNKNOWN PLACE_MOST

/* The places of the moments left and right of a window; INT64_MIN and INT64_MAX where it ends. */
struct edges {
    int64_t before, after;
};

/* The one that was read beyond the window is only there to tell where the next one stands. */
static void drop_beyond(struct moments *right, size_t most, struct edges *edges)
{
    edges->after = INT64_MAX;
    if (right->count <= most)
        return;
    edges->after = right->at[most].ord;
    record_release(RECORD_ITEM, &right->at[most]);
    right->count = most;
}

/* How many moments are wanted on each side of the one at a place. */
struct around {
    int64_t middle;
    size_t before, after;
};

/* The selected moment is the first at or after its own place: that is itself, or what gives way to
 * it when it is gone or no hit. What one side has too few of, the other makes up for. */
static enum status read_around(struct store *store, const struct around *around,
                               const struct filter *filter, struct window *window,
                               struct edges *edges, struct error *error)
{
    struct moments left = {0}, right = {0};
    size_t after = around->after, most = around->before + 1 + after;
    int64_t middle = around->middle;
    enum status status = read_moments(store, filter, true, middle, after + 2, &right, error);
    size_t missing = most - (right.count > after ? after + 1 : right.count);
    if (status == STATUS_OK)
        status = read_moments(store, filter, false, middle, missing, &left, error);
    edges->before = left.count < missing || middle == INT64_MIN ? INT64_MIN : UNKNOWN;
    missing -= left.count;
    if (status == STATUS_OK && missing > 0 && right.count > after + 1)
        status =
            read_moments(store, filter, true, right.at[after + 1].ord + 1, missing, &right, error);
    if (status == STATUS_OK)
        drop_beyond(&right, most - left.count, edges);
    join(&left, &right, window);
    return status;
}

/* --- phases of a window ----------------------------------------------------------------------- */

static enum status add_phase(struct store *store, sqlite3_stmt *read, size_t at, bool begins,
                             struct window *window, struct error *error)
{
    const char *title;
    enum status status = store_read_text(store, read, 1, RECORD_ITEM, ITEM_TITLE, &title, error);
    if (status != STATUS_OK)
        return status;
    window->phases = memory_resize(window->phases, window->phase_count + 1, sizeof *window->phases);
    window->phases[window->phase_count++] =
        (struct window_phase){.id = sqlite3_column_int64(read, 0),
                              .title = memory_copy(title),
                              .at = at,
                              .begins = begins};
    return STATUS_OK;
}

static size_t index_after(const struct window *window, int64_t ord)
{
    size_t at = 0;
    while (at < window->count && window->moments[at].ord < ord)
        at++;
    return at;
}

/* The heading that stands over `ord`, and began before it. */
static enum status read_running_phase(struct store *store, int64_t ord, size_t at, bool begins,
                                      struct window *window, struct error *error)
{
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_PHASE_TITLE_AT, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, ord);
    enum status status = store_step_row(store, read, &row, error);
    if (status == STATUS_OK && row)
        status = add_phase(store, read, at, begins, window, error);
    sqlite3_reset(read);
    return status;
}

/* The headings belong to the gap before the moment that follows them, so a window has those from
 * the moment left of it on; behind its last moment only at the end of the line. */
static enum status read_phases(struct store *store, const struct edges *edges,
                               struct window *window, struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_PHASES_BETWEEN, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, edges->before);
    sqlite3_bind_int64(read, 2, edges->after);
    window->continues = edges->after != INT64_MAX;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        size_t at = index_after(window, sqlite3_column_int64(read, 2));
        if (edges->after != INT64_MAX && at == window->count) {
            window->continues = false;
            break;
        }
        if ((status = add_phase(store, read, at, true, window, error)) != STATUS_OK)
            break;
    }
    sqlite3_reset(read);
    return status;
}

static enum status read_line_phases(struct store *store, const struct edges *edges,
                                    struct window *window, struct error *error)
{
    struct window begun = {.moments = window->moments, .count = window->count};
    enum status status = read_phases(store, edges, &begun, error);
    bool headed = begun.phase_count > 0 && begun.phases[0].at == 0;
    window->continues = begun.continues;
    if (status == STATUS_OK && !headed && edges->before != INT64_MIN)
        status = read_running_phase(store, edges->before, 0, false, window, error);
    window->phases = memory_resize(window->phases, window->phase_count + begun.phase_count,
                                   sizeof *window->phases);
    if (begun.phase_count > 0)
        memcpy(window->phases + window->phase_count, begun.phases,
               begun.phase_count * sizeof *begun.phases);
    window->phase_count += begun.phase_count;
    memory_free(begun.phases);
    return status;
}

/* Among a filter's hits a heading stands wherever the phase changes. */
static enum status read_hit_phases(struct store *store, struct window *window, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++) {
        size_t count = window->phase_count;
        status = read_running_phase(store, window->moments[i].ord, i, true, window, error);
        if (count > 0 && window->phase_count > count &&
            window->phases[count].id == window->phases[count - 1].id)
            memory_free(window->phases[--window->phase_count].title);
    }
    return status;
}

static void tell_moments_their_phase(struct window *window)
{
    size_t next = 0;
    int64_t phase = 0;
    for (size_t i = 0; i < window->count; i++) {
        while (next < window->phase_count && window->phases[next].at <= i)
            phase = window->phases[next++].id;
        window->moments[i].phase = phase;
    }
}

/* --- counts and numbers ----------------------------------------------------------------------- */

static void count_action(struct moment *moment, int64_t action_status, const char *due,
                         const char *today)
{
    if (action_status < ACTION_DROPPED)
        moment->actions++;
    if (action_status < ACTION_KEPT && due && strcmp(due, today) < 0)
        moment->overdue = true;
}

static enum status count_belongings(struct store *store, const char *today, struct moment *moment,
                                    struct error *error)
{
    bool row;
    enum status status = store_ask(store, SQL_IDEA_COUNT, moment->id, 0, 0, &moment->ideas, error);
    sqlite3_stmt *read =
        status == STATUS_OK ? store_statement(store, SQL_ACTION_MARKS, error) : NULL;
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, moment->id);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row)
        count_action(moment, sqlite3_column_int64(read, 0), store_column_text(read, 1), today);
    return status;
}

/* All hits, and those that stand before `ord`: one look through the board. */
static enum status count_hits(struct store *store, const struct filter *filter, int64_t ord,
                              int64_t *total, int64_t *before, struct error *error)
{
    struct buffer folded = {0};
    bool row;
    sqlite3_stmt *count = store_statement(store, SQL_COUNT_HITS, error);
    if (!count)
        return error->status;
    sqlite3_bind_int64(count, 1, ord);
    filter_bind(filter, count, &folded);
    enum status status = store_step_row(store, count, &row, error);
    if (status == STATUS_OK && row) {
        *total = sqlite3_column_int64(count, 0);
        *before = sqlite3_column_int64(count, 1);
        sqlite3_reset(count);
    }
    buffer_release(&folded);
    return status;
}

static enum status number_hits(struct store *store, const struct filter *filter,
                               struct window *window, struct error *error)
{
    int64_t first = window->count > 0 ? window->moments[0].ord : INT64_MIN;
    enum status status = count_hits(store, filter, first, &window->total, &window->before, error);
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++)
        status =
            store_number_at_ord(store, window->moments[i].ord, &window->moments[i].number, error);
    return status;
}

static enum status number_line(struct store *store, const struct edges *edges,
                               struct window *window, struct error *error)
{
    int64_t first = 1;
    enum status status = store_total(store, &window->total, error);
    if (status == STATUS_OK && edges->before != INT64_MIN)
        status = store_number_at_ord(store, window->moments[0].ord, &first, error);
    for (size_t i = 0; i < window->count; i++)
        window->moments[i].number = first + (int64_t)i;
    window->before = first - 1;
    return status;
}

/* R22: of the moments of a rating that of most cost, then of most dots, then the earliest. */
static enum status find_weakest_rated(struct store *store, int64_t rating, int64_t *weakest,
                                      struct error *error)
{
    enum status status;
    bool row;
    int64_t most_cost = -1, most_dots = -1;
    sqlite3_stmt *read = store_statement(store, SQL_RATED, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, rating);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        int64_t id = sqlite3_column_int64(read, 0), dots = sqlite3_column_int64(read, 1), cost;
        if ((status = store_ask(store, SQL_COST_OF, id, 0, 0, &cost, error)) != STATUS_OK)
            break;
        if (cost < most_cost || (cost == most_cost && dots <= most_dots))
            continue;
        *weakest = id;
        most_cost = cost;
        most_dots = dots;
    }
    sqlite3_reset(read);
    return status;
}

static enum status look_for_weakest(struct store *store, int64_t *weakest, struct error *error)
{
    struct meter meter;
    enum status status = store_meter(store, &meter, error);
    *weakest = 0;
    if (status != STATUS_OK || meter.moments > WEAKEST_MOST || meter.review || meter.hidden)
        return status; /* it would betray what a review hides */
    int64_t lowest = meter.rated[RATING_MISERABLE] > 0 ? RATING_MISERABLE : RATING_NEUTRAL;
    if (meter.rated[lowest] > 0)
        status = find_weakest_rated(store, lowest, weakest, error);
    return status;
}

static enum status find_weakest(struct store *store, int64_t *weakest, struct error *error)
{
    enum status status = STATUS_OK;
    if (!store->weakest_known || !store_is_reading(store)) {
        status = look_for_weakest(store, &store->weakest, error);
        store->weakest_known = status == STATUS_OK && store_is_reading(store);
    }
    *weakest = store->weakest;
    return status;
}

static enum status complete_hits(struct store *store, const struct filter *filter,
                                 struct window *window, struct error *error)
{
    enum status status = number_hits(store, filter, window, error);
    if (status == STATUS_OK)
        status = store_ends(store, NULL, &window->first, &window->last, error);
    return status == STATUS_OK ? read_hit_phases(store, window, error) : status;
}

/* The marks of R22 that its ends bear. */
static void mark_ends(const struct edges *edges, struct window *window)
{
    if (window->count > 0 && edges->before == INT64_MIN)
        window->first = window->moments[0].id;
    if (window->count > 0 && edges->after == INT64_MAX)
        window->last = window->moments[window->count - 1].id;
}

static enum status complete_line(struct store *store, struct edges *edges, struct window *window,
                                 struct error *error)
{
    enum status status = STATUS_OK;
    if (edges->before == UNKNOWN)
        status = store_ask(store, SQL_MOMENT_BEFORE, window->moments[0].ord, 0, INT64_MIN,
                           &edges->before, error);
    if (status == STATUS_OK)
        status = number_line(store, edges, window, error);
    mark_ends(edges, window);
    return status == STATUS_OK ? read_line_phases(store, edges, window, error) : status;
}

static enum status complete(struct store *store, const struct filter *filter, struct date today,
                            struct edges *edges, struct window *window, struct error *error)
{
    char day[DATE_ISO_SIZE];
    date_format_iso(today, day);
    enum status status = is_on(filter) ? complete_hits(store, filter, window, error)
                                       : complete_line(store, edges, window, error);
    tell_moments_their_phase(window);
    if (status == STATUS_OK)
        status = review_hide(store, window->moments, window->count, error);
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++)
        status = count_belongings(store, day, &window->moments[i], error);
    if (status == STATUS_OK)
        status = find_weakest(store, &window->weakest, error);
    return status;
}

/* NOLINTNEXTLINE(readability-function-size): each parameter is one thing that the screen decides */
enum status store_window(struct store *store, int64_t selected, int before, int after,
                         const struct filter *filter, struct date today, struct window *window,
                         struct error *error)
{
    struct edges edges;
    struct around around = {INT64_MIN, (size_t)before, (size_t)after};
    assert(before >= 0 && after >= 0);
    window_release(window);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    if (selected)
        status = store_ask(store, SQL_ORD_OF, selected, 0, INT64_MIN, &around.middle, error);
    if (status == STATUS_OK)
        status = read_around(store, &around, filter, window, &edges, error);
    if (status == STATUS_OK)
        status = complete(store, filter, today, &edges, window, error);
    store_read_end(store);
    if (status != STATUS_OK)
        window_release(window);
    return status;
}

/* --- the whole board -------------------------------------------------------------------------- */

static enum status read_strip(struct store *store, const struct filter *filter, size_t total,
                              struct strip *strip, struct error *error)
{
    struct buffer folded = {0};
    bool row, begins = false;
    enum status status;
    sqlite3_stmt *read = store_statement(store, is_on(filter) ? SQL_STRIP_HITS : SQL_STRIP, error);
    if (!read)
        return error->status;
    if (is_on(filter))
        filter_bind(filter, read, &folded);
    strip->signs = memory_new(total, sizeof *strip->signs);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        bool moment = sqlite3_column_int64(read, 1) == ITEM_MOMENT;
        if (moment && strip->count < total)
            strip->signs[strip->count++] =
                (struct strip_sign){.id = sqlite3_column_int64(read, 0),
                                    .rating = sqlite3_column_int64(read, 2),
                                    .chosen = sqlite3_column_int(read, 3) != 0,
                                    .begins = begins};
        begins = !moment;
    }
    buffer_release(&folded);
    return status;
}

static enum status hide_signs(struct store *store, struct strip *strip, struct error *error)
{
    int64_t review = 0;
    enum status status = review_blind_by(store, &review, error);
    for (size_t i = 0; status == STATUS_OK && review && i < strip->count; i++) {
        bool hidden = false;
        status = review_hides(store, strip->signs[i].id, &hidden, error);
        if (hidden)
            strip->signs[i].rating = RATING_HIDDEN;
    }
    return status;
}

enum status store_strip(struct store *store, const struct filter *filter, size_t most,
                        struct strip *strip, struct error *error)
{
    int64_t total = 0, before;
    strip_release(strip);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = is_on(filter) ? count_hits(store, filter, INT64_MIN, &total, &before, error)
                           : store_total(store, &total, error);
    if (status == STATUS_OK && total > 0 && (uint64_t)total <= most)
        status = read_strip(store, filter, (size_t)total, strip, error);
    if (status == STATUS_OK)
        status = hide_signs(store, strip, error);
    store_read_end(store);
    if (status != STATUS_OK)
        strip_release(strip);
    return status;
}

enum status store_marks(struct store *store, int64_t *first, int64_t *last, int64_t *weakest,
                        struct error *error)
{
    *weakest = 0;
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = store_ends(store, NULL, first, last, error);
    if (status == STATUS_OK)
        status = find_weakest(store, weakest, error);
    store_read_end(store);
    return status;
}
