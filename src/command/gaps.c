#include "touchline/gaps.h"
#include "touchline/memory.h"
#include "touchline/method.h"
#include <string.h>

struct looking {
    struct gaps *gaps;
    struct date today;
};

void gaps_release(struct gaps *gaps)
{
    for (int kind = 0; kind < GAP_KINDS; kind++) {
        for (size_t i = 0; i < gaps->kinds[kind].named; i++)
            memory_free(gaps->kinds[kind].at[i].text);
        memory_free(gaps->kinds[kind].at);
    }
    memset(gaps, 0, sizeof *gaps);
}

/* Takes a copy of the text. */
static void note(struct gaps *gaps, enum gap_kind kind, struct gap gap)
{
    gaps->kinds[kind].count++;
    if (gaps->kinds[kind].named == GAPS_NAMED_MOST)
        return;
    size_t at = gaps->kinds[kind].named++;
    gaps->kinds[kind].at = memory_resize(gaps->kinds[kind].at, at + 1, sizeof(struct gap));
    gaps->kinds[kind].at[at] = gap;
    gaps->kinds[kind].at[at].text = memory_copy(gap.text);
}

static void note_board(struct gaps *gaps, enum gap_kind kind)
{
    note(gaps, kind, (struct gap){0});
}

static void note_moment(struct gaps *gaps, enum gap_kind kind, const struct moment *moment)
{
    note(gaps, kind,
         (struct gap){.moment = moment->id, .number = moment->number, .text = moment->title});
}

static void note_action(struct gaps *gaps, enum gap_kind kind, const struct moment *moment,
                        const struct action *action)
{
    note(gaps, kind,
         (struct gap){.moment = moment->id,
                      .number = moment->number,
                      .action = action->id,
                      .text = action->text});
}

/* --- moments ---------------------------------------------------------------------------------- */

static bool is_open(const struct action *action)
{
    return action->status == ACTION_TO_DO || action->status == ACTION_TRYING;
}

/* What was tried and kept is an action as well; a dropped one is none. */
static bool has_action(const struct row *row)
{
    for (size_t i = 0; i < row->actions.count; i++)
        if (row->actions.at[i].status != ACTION_DROPPED)
            return true;
    return false;
}

static void look_at_actions(struct looking *looking, const struct row *row)
{
    for (size_t i = 0; i < row->actions.count; i++) {
        const struct action *action = &row->actions.at[i];
        if (!is_open(action))
            continue;
        if (!action->owner)
            note_action(looking->gaps, GAP_OWNERLESS, &row->moment, action);
        if (!action->due)
            note_action(looking->gaps, GAP_DATELESS, &row->moment, action);
        if (method_overdue(action, looking->today))
            note_action(looking->gaps, GAP_OVERDUE, &row->moment, action);
    }
}

static void look_at_chosen(struct looking *looking, const struct row *row)
{
    const struct moment *moment = &row->moment;
    bool low = moment->rating == RATING_MISERABLE || moment->rating == RATING_NEUTRAL;
    looking->gaps->chosen++;
    if (moment->rating == RATING_NONE)
        note_moment(looking->gaps, GAP_UNRATED, moment);
    if (low && moment->target == RATING_NONE)
        note_moment(looking->gaps, moment->rating == RATING_NEUTRAL ? GAP_NEUTRAL : GAP_MISERABLE,
                    moment);
    if (low && !has_action(row))
        note_moment(looking->gaps, GAP_IDLE, moment);
}

static void look_at(void *data, struct row *row)
{
    struct looking *looking = data;
    const struct moment *moment = &row->moment;
    if (moment->state != STATE_LIVE)
        return;
    if (moment->channel == FIELD_ABSENT)
        note_moment(looking->gaps, GAP_COLOURLESS, moment);
    look_at_actions(looking, row);
    if (moment->chosen)
        look_at_chosen(looking, row);
}

/* --- the whole board -------------------------------------------------------------------------- */

static enum status look_at_board(struct store *store, struct gaps *gaps, struct error *error)
{
    struct board board = {0};
    struct people people = {0};
    bool front_line = false;
    enum status status = store_board(store, &board, error);
    if (status == STATUS_OK)
        status = store_people(store, &people, error);
    for (size_t i = 0; i < people.count; i++)
        front_line = front_line || people.at[i].front_line;
    if (status == STATUS_OK && !board.why)
        note_board(gaps, GAP_WHY);
    if (status == STATUS_OK && people.count > 0 && !front_line)
        note_board(gaps, GAP_FRONT_LINE);
    record_release(RECORD_BOARD, &board);
    people_release(&people);
    return status;
}

enum status gaps_find(struct store *store, struct date today, struct gaps *gaps,
                      struct error *error)
{
    struct looking looking = {.gaps = gaps, .today = today};
    gaps_release(gaps);
    enum status status = store_read_begin(store, error);
    if (status != STATUS_OK)
        return status;
    status = look_at_board(store, gaps, error);
    if (status == STATUS_OK)
        status = store_each_row(store, look_at, &looking, error);
    store_read_end(store);
    if (status == STATUS_OK && gaps->chosen < METHOD_CHOSEN_LEAST)
        note_board(gaps, GAP_FEW_CHOSEN);
    return status;
}

/* --- words ------------------------------------------------------------------------------------ */

static const struct {
    const char *one, *many; /* after the count */
} kind_words[GAP_KINDS] = {
    [GAP_MISERABLE] = {"miserable with no target", "miserable with no target"},
    [GAP_NEUTRAL] = {"neutral with no target", "neutral with no target"},
    [GAP_IDLE] = {"chosen with no action", "chosen with no action"},
    [GAP_OWNERLESS] = {"action with no owner", "actions with no owner"},
    [GAP_DATELESS] = {"action with no date", "actions with no date"},
    [GAP_OVERDUE] = {"action overdue", "actions overdue"},
    [GAP_COLOURLESS] = {"moment with no channel", "moments with no channel"},
};

void gaps_words(const struct gaps *gaps, enum gap_kind kind, struct buffer *out)
{
    int64_t count = gaps->kinds[kind].count;
    if (count == 0)
        return;
    switch (kind) {
    case GAP_WHY:
        buffer_add_text(out, "The board does not say why");
        break;
    case GAP_FRONT_LINE:
        buffer_add_text(out, "Nobody of the front line is on the list of people");
        break;
    case GAP_FEW_CHOSEN:
        buffer_add_format(out, "%lld chosen; the plan wants %d to %d", (long long)gaps->chosen,
                          METHOD_CHOSEN_LEAST, METHOD_CHOSEN_MOST);
        break;
    case GAP_UNRATED:
        buffer_add_format(out, "%lld chosen, %lld of them not rated", (long long)gaps->chosen,
                          (long long)count);
        break;
    default:
        count_format(count, out);
        buffer_add_format(out, " %s", count == 1 ? kind_words[kind].one : kind_words[kind].many);
    }
}

int gaps_count(const struct gaps *gaps)
{
    int count = 0;
    for (int kind = 0; kind < GAP_KINDS; kind++)
        count += gaps->kinds[kind].count > 0;
    return count;
}
