/* The part of the board that the screen shows, and the steps from one moment to another. */
#include "filter.h"
#include "touchline/edit.h"
#include "touchline/memory.h"
#include "touchline/query.h"
#include "touchline/text.h"
#include <string.h>

/* Above this many moments the weakest is not marked: it would have to be looked for in all. */
#define WEAKEST_MOST 2000

static bool is_on(const struct filter *filter)
{
    return filter && filter_is_on(filter);
}

/* --- reading moments in a direction
 * ------------------------------------------------------------------- */

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
                          onwards ? ">" : "<", filtered ? FILTER_SQL : "", onwards ? "" : " DESC");
    }
    sqlite3_stmt *statement =
        store_prepare(store, &store->statements[which], buffer_text(&sql), error);
    buffer_release(&sql);
    return statement;
}

/* Appends up to `most` moments beyond `ord` to the window, nearest first. */
static enum status read_moments(struct store *store, const struct filter *filter, bool onwards,
                                int64_t ord, int most, struct window *window, struct error *error)
{
    struct buffer folded = {0};
    enum status status = STATUS_OK;
    bool row;
    if (most <= 0)
        return STATUS_OK;
    sqlite3_stmt *read = moments_statement(store, onwards, is_on(filter), error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, ord);
    sqlite3_bind_int(read, 2, most);
    if (is_on(filter))
        filter_bind(filter, read, &folded);
    window->moments =
        memory_resize(window->moments, window->count + (size_t)most + 1, sizeof *window->moments);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        struct moment *moment = &window->moments[window->count++];
        memset(moment, 0, sizeof *moment);
        if ((status = store_read_record(store, read, RECORD_ITEM, moment, error)) != STATUS_OK)
            break;
    }
    sqlite3_reset(read);
    buffer_release(&folded);
    return status;
}

static void turn_round(struct moment *moments, size_t count)
{
    for (size_t i = 0; i < count / 2; i++) {
        struct moment kept = moments[i];
        moments[i] = moments[count - 1 - i];
        moments[count - 1 - i] = kept;
    }
}

/* The place to read around: that of the selected moment when it is there and a hit, else of the
 * nearest after it, else before it. INT64_MIN when there is none. */
static enum status find_middle(struct store *store, int64_t selected, const struct filter *filter,
                               int64_t *ord, struct error *error)
{
    struct window one = {0};
    int64_t wanted = INT64_MIN;
    enum status status = STATUS_OK;
    sqlite3_stmt *find = store_statement(store, SQL_ORD_OF, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, selected);
    status = store_integer(store, find, INT64_MIN + 1, &wanted, error);
    if (status == STATUS_OK)
        status = read_moments(store, filter, true, wanted - 1, 1, &one, error);
    if (status == STATUS_OK && one.count == 0)
        status = read_moments(store, filter, false, wanted, 1, &one, error);
    *ord = one.count ? one.moments[0].ord : INT64_MIN;
    window_release(&one);
    return status;
}

static enum status read_around(struct store *store, int64_t middle, const struct filter *filter,
                               int before, int after, struct window *window, struct error *error)
{
    int most = before + 1 + after;
    enum status status = read_moments(store, filter, false, middle, before, window, error);
    size_t left = window->count;
    if (status == STATUS_OK)
        status = read_moments(store, filter, true, middle - 1, most - (int)left, window, error);
    /* Near the end of the line the room that is left over shows more of what stands before. */
    if (status == STATUS_OK && (int)window->count < most && (int)left == before && before >= 0) {
        struct window more = {0};
        int64_t ord = left ? window->moments[left - 1].ord : middle;
        status = read_moments(store, filter, false, ord, most - (int)window->count, &more, error);
        turn_round(window->moments, left);
        turn_round(more.moments, more.count);
        more.moments =
            memory_resize(more.moments, more.count + window->count + 1, sizeof *more.moments);
        if (window->count)
            memcpy(more.moments + more.count, window->moments,
                   window->count * sizeof *more.moments);
        window->selected = more.count + left;
        memory_free(window->moments);
        window->moments = more.moments;
        window->count += more.count;
        return status;
    }
    turn_round(window->moments, left);
    window->selected = left;
    return status;
}

/* --- phases of a window
 * ----------------------------------------------------------------------------------- */

static struct window_phase *add_phase(struct window *window, int64_t id, const char *title,
                                      size_t at, bool begins)
{
    window->phases = memory_resize(window->phases, window->phase_count + 1, sizeof *window->phases);
    struct window_phase *phase = &window->phases[window->phase_count++];
    *phase =
        (struct window_phase){.id = id, .title = memory_copy(title), .at = at, .begins = begins};
    return phase;
}

static size_t index_after(const struct window *window, int64_t ord)
{
    size_t at = 0;
    while (at < window->count && window->moments[at].ord < ord)
        at++;
    return at;
}

/* The live moment next to a place; `none` when there is none. */
static enum status neighbour_ord(struct store *store, bool onwards, int64_t ord, int64_t none,
                                 int64_t *found, struct error *error)
{
    sqlite3_stmt *find =
        store_statement(store, onwards ? SQL_MOMENT_AFTER : SQL_MOMENT_BEFORE, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    return store_integer(store, find, none, found, error);
}

/* Headings from `from` on to `to` (both exclusive). */
static enum status read_phases(struct store *store, struct window *window, int64_t from, int64_t to,
                               struct error *error)
{
    enum status status;
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_PHASES_BETWEEN, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, from);
    sqlite3_bind_int64(read, 2, to);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row)
        add_phase(window, sqlite3_column_int64(read, 0), (const char *)sqlite3_column_text(read, 2),
                  index_after(window, sqlite3_column_int64(read, 1)), true);
    return status;
}

/* The heading that the window's first moment stands under, when that began further left. */
static enum status read_running_phase(struct store *store, struct window *window, int64_t ord,
                                      struct error *error)
{
    bool row;
    sqlite3_stmt *read = store_statement(store, SQL_PHASE_TITLE_AT, error);
    if (!read)
        return error->status;
    sqlite3_bind_int64(read, 1, ord);
    enum status status = store_step_row(store, read, &row, error);
    if (status == STATUS_OK && row) {
        add_phase(window, sqlite3_column_int64(read, 0), (const char *)sqlite3_column_text(read, 1),
                  0, false);
        sqlite3_reset(read);
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

static enum status read_line_phases(struct store *store, struct window *window, struct error *error)
{
    int64_t previous = INT64_MIN, next = INT64_MAX;
    enum status status = STATUS_OK;
    if (window->count > 0) {
        int64_t first = window->moments[0].ord;
        int64_t last = window->moments[window->count - 1].ord;
        status = neighbour_ord(store, false, first, INT64_MIN, &previous, error);
        if (status == STATUS_OK)
            status = neighbour_ord(store, true, last, INT64_MAX, &next, error);
        if (next != INT64_MAX)
            next = last; /* headings between this window and the next belong to that one */
    }
    if (status == STATUS_OK)
        status = read_phases(store, window, previous, next, error);
    bool headed = window->phase_count > 0 && window->phases[0].at == 0;
    if (status == STATUS_OK && !headed && previous != INT64_MIN) {
        struct window running = {0};
        status = read_running_phase(store, &running, previous, error);
        if (running.phase_count > 0) {
            window->phases =
                memory_resize(window->phases, window->phase_count + 1, sizeof *window->phases);
            memmove(window->phases + 1, window->phases,
                    window->phase_count * sizeof *window->phases);
            window->phases[0] = running.phases[0];
            window->phase_count++;
            memory_free(running.phases);
        }
    }
    tell_moments_their_phase(window);
    return status;
}

/* Among a filter's hits a heading stands wherever the phase changes. */
static enum status read_hit_phases(struct store *store, struct window *window, struct error *error)
{
    enum status status = STATUS_OK;
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++) {
        struct window one = {0};
        status = read_running_phase(store, &one, window->moments[i].ord, error);
        if (one.phase_count == 0)
            continue;
        int64_t last = window->phase_count ? window->phases[window->phase_count - 1].id : 0;
        if (one.phases[0].id != last)
            add_phase(window, one.phases[0].id, one.phases[0].title, i, true);
        window_release(&one);
    }
    tell_moments_their_phase(window);
    return status;
}

/* --- counts and numbers
 * ------------------------------------------------------------------------------------ */

static enum status count_belongings(struct store *store, const char *today, struct moment *moment,
                                    struct error *error)
{
    bool row;
    sqlite3_stmt *count = store_statement(store, SQL_MOMENT_COUNTS, error);
    if (!count)
        return error->status;
    sqlite3_bind_int64(count, 1, moment->id);
    sqlite3_bind_text(count, 2, today, -1, SQLITE_STATIC);
    enum status status = store_step_row(store, count, &row, error);
    if (status == STATUS_OK && row) {
        moment->ideas = sqlite3_column_int64(count, 0);
        moment->actions = sqlite3_column_int64(count, 1);
        moment->overdue = sqlite3_column_int(count, 2) != 0;
        sqlite3_reset(count);
    }
    return status;
}

static enum status count_hits(struct store *store, const struct filter *filter, int64_t below,
                              int64_t *count, struct error *error)
{
    struct buffer folded = {0};
    sqlite3_stmt *statement = store_statement(store, SQL_COUNT_HITS, error);
    if (!statement)
        return error->status;
    sqlite3_bind_int64(statement, 1, below);
    filter_bind(filter, statement, &folded);
    enum status status = store_integer(store, statement, 0, count, error);
    buffer_release(&folded);
    return status;
}

static enum status number_hits(struct store *store, const struct filter *filter,
                               struct window *window, struct error *error)
{
    enum status status = count_hits(store, filter, INT64_MAX, &window->total, error);
    if (status == STATUS_OK && window->count > 0)
        status = count_hits(store, filter, window->moments[0].ord, &window->before, error);
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++)
        status =
            store_number_at_ord(store, window->moments[i].ord, &window->moments[i].number, error);
    return status;
}

static enum status number_line(struct store *store, struct window *window, struct error *error)
{
    int64_t first = 1;
    enum status status = store_total(store, &window->total, error);
    if (status == STATUS_OK && window->count > 0)
        status = store_number_at_ord(store, window->moments[0].ord, &first, error);
    for (size_t i = 0; i < window->count; i++)
        window->moments[i].number = first + (int64_t)i;
    window->before = first - 1;
    return status;
}

static enum status complete(struct store *store, const struct filter *filter, struct date today,
                            struct window *window, struct error *error)
{
    char day[DATE_ISO_SIZE];
    date_format_iso(today, day);
    enum status status = is_on(filter) ? number_hits(store, filter, window, error)
                                       : number_line(store, window, error);
    if (status == STATUS_OK)
        status = is_on(filter) ? read_hit_phases(store, window, error)
                               : read_line_phases(store, window, error);
    for (size_t i = 0; status == STATUS_OK && i < window->count; i++)
        status = count_belongings(store, day, &window->moments[i], error);
    if (status == STATUS_OK)
        status = store_marks(store, &window->first, &window->last, &window->weakest, error);
    return status;
}

enum status store_window(struct store *store, int64_t selected, int before, int after,
                         const struct filter *filter, struct date today, struct window *window,
                         struct error *error)
{
    int64_t middle = INT64_MIN;
    window_release(window);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = find_middle(store, selected, filter, &middle, error);
    if (status == STATUS_OK && middle != INT64_MIN)
        status = read_around(store, middle, filter, before, after, window, error);
    if (status == STATUS_OK)
        status = complete(store, filter, today, window, error);
    store_read_end(store);
    return status;
}

/* --- the whole board in a row
 * --------------------------------------------------------------------------------- */

enum status store_strip(struct store *store, const struct filter *filter, size_t most,
                        struct strip *strip, struct error *error)
{
    struct buffer folded = {0};
    int64_t total = 0;
    bool row, begins = false;
    strip_release(strip);
    enum status status = is_on(filter) ? count_hits(store, filter, INT64_MAX, &total, error)
                                       : store_total(store, &total, error);
    if (status != STATUS_OK || total == 0 || (size_t)total > most)
        return status;
    sqlite3_stmt *read = store_statement(store, is_on(filter) ? SQL_STRIP_HITS : SQL_STRIP, error);
    if (!read)
        return error->status;
    if (is_on(filter))
        filter_bind(filter, read, &folded);
    strip->signs = memory_new((size_t)total, sizeof *strip->signs);
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        bool moment = sqlite3_column_int(read, 1) == ITEM_MOMENT;
        if (moment && strip->count < (size_t)total)
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

enum status store_marks(struct store *store, int64_t *first, int64_t *last, int64_t *weakest,
                        struct error *error)
{
    int64_t total = 0;
    *weakest = 0;
    enum status status = store_ends(store, NULL, first, last, error);
    if (status == STATUS_OK)
        status = store_total(store, &total, error);
    if (status != STATUS_OK || total > WEAKEST_MOST)
        return status;
    sqlite3_stmt *find = store_statement(store, SQL_WEAKEST, error);
    return find ? store_integer(store, find, 0, weakest, error) : error->status;
}

/* --- steps
 * ------------------------------------------------------------------------------------------------------
 */

enum status store_ends(struct store *store, const struct filter *filter, int64_t *first,
                       int64_t *last, struct error *error)
{
    struct window ends = {0};
    *first = *last = 0;
    if (!is_on(filter)) {
        sqlite3_stmt *find = store_statement(store, SQL_FIRST, error);
        if (!find || store_integer(store, find, 0, first, error) != STATUS_OK)
            return error->status;
        find = store_statement(store, SQL_LAST, error);
        return find ? store_integer(store, find, 0, last, error) : error->status;
    }
    enum status status = read_moments(store, filter, true, INT64_MIN, 1, &ends, error);
    if (status == STATUS_OK)
        status = read_moments(store, filter, false, INT64_MAX, 1, &ends, error);
    if (status == STATUS_OK && ends.count > 0) {
        *first = ends.moments[0].id;
        *last = ends.moments[ends.count - 1].id;
    }
    window_release(&ends);
    return status;
}

static enum status ord_of(struct store *store, int64_t id, int64_t *ord, struct error *error)
{
    sqlite3_stmt *find = store_statement(store, SQL_ORD_OF, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, id);
    return store_integer(store, find, 0, ord, error);
}

enum status store_step(struct store *store, int64_t id, int64_t steps, const struct filter *filter,
                       int64_t *to, struct error *error)
{
    struct window there = {0};
    int64_t ord;
    int64_t most = steps < 0 ? -steps : steps;
    *to = id;
    if (most > 1000000)
        most = 1000000;
    enum status status = ord_of(store, id, &ord, error);
    if (status == STATUS_OK)
        status = read_moments(store, filter, steps > 0, ord, (int)most, &there, error);
    if (status == STATUS_OK && there.count > 0)
        *to = there.moments[there.count - 1].id;
    window_release(&there);
    return status;
}

enum status store_neighbours(struct store *store, int64_t id, int64_t *before, int64_t *after,
                             struct error *error)
{
    int64_t ord = INT64_MIN;
    *before = *after = 0;
    enum status status = id == PLACE_START ? STATUS_OK : ord_of(store, id, &ord, error);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *find = store_statement(store, SQL_LIVE_BEFORE, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    status = store_integer(store, find, 0, before, error);
    if (status != STATUS_OK || !(find = store_statement(store, SQL_LIVE_AFTER, error)))
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    return store_integer(store, find, 0, after, error);
}

enum status store_phase_end(struct store *store, int64_t phase, int64_t *last, struct error *error)
{
    *last = phase;
    sqlite3_stmt *find = store_statement(store, SQL_PHASE_END, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, phase);
    return store_integer(store, find, phase, last, error);
}

enum status store_phase_step(struct store *store, int64_t id, int direction, int64_t *to,
                             struct error *error)
{
    int64_t ord;
    *to = 0;
    enum status status = ord_of(store, id, &ord, error);
    if (status != STATUS_OK)
        return status;
    sqlite3_stmt *find =
        store_statement(store, direction > 0 ? SQL_NEXT_PHASE : SQL_PREVIOUS_PHASE, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    return store_integer(store, find, 0, to, error);
}

static enum status next_from(struct store *store, enum statement which, int64_t ord, int64_t id,
                             int64_t *to, struct error *error)
{
    sqlite3_stmt *find = store_statement(store, which, error);
    if (!find)
        return error->status;
    sqlite3_bind_int64(find, 1, ord);
    if (sqlite3_bind_parameter_count(find) > 1)
        sqlite3_bind_int64(find, 2, id);
    return store_integer(store, find, 0, to, error);
}

enum status store_next(struct store *store, enum next next, int64_t from, int64_t *to,
                       struct error *error)
{
    static const enum statement which[][2] = {
        [NEXT_WITHOUT_CHANNEL] = {SQL_NEXT_COLOURLESS,     STATEMENTS      },
        [NEXT_UNTIMED] = {SQL_NEXT_UNTIMED,        STATEMENTS      },
        [NEXT_BY_DOTS] = {SQL_NEXT_BY_DOTS,        STATEMENTS      },
        [NEXT_UNRATED] = {SQL_NEXT_CHOSEN_UNRATED, SQL_NEXT_UNRATED},
        [NEXT_UNPLANNED] = {SQL_NEXT_UNPLANNED,      STATEMENTS      },
        [NEXT_TO_REVIEW] = {SQL_NEXT_TO_REVIEW,      STATEMENTS      },
    };
    int64_t ord;
    *to = 0;
    if (next == NEXT_NONE)
        return STATUS_OK;
    enum status status = ord_of(store, from, &ord, error);
    for (int i = 0; i < 2 && status == STATUS_OK && *to == 0 && which[next][i] != STATEMENTS; i++)
        status = next_from(store, which[next][i], ord, from, to, error);
    return status;
}

enum status store_similar(struct store *store, const char *title, int64_t *id, struct error *error)
{
    enum status status;
    bool row;
    *id = 0;
    sqlite3_stmt *read = store_statement(store, SQL_TITLES_BACK, error);
    if (!read)
        return error->status;
    while ((status = store_step_row(store, read, &row, error)) == STATUS_OK && row) {
        const char *other = (const char *)sqlite3_column_text(read, 1);
        if (other && text_nearly_same(title, other)) {
            *id = sqlite3_column_int64(read, 0);
            break;
        }
    }
    sqlite3_reset(read);
    return status;
}
