/* The one list. A new command is a row here and a file that declares it. */
#include "touchline/command.h"
#include "touchline/memory.h"
#include <string.h>

/* In the order of the help, within each group. */
#define COMMANDS(X)                                                                                \
    X(previous_moment)                                                                             \
    X(next_moment)                                                                                 \
    X(first)                                                                                       \
    X(last)                                                                                        \
    X(page_left)                                                                                   \
    X(page_right)                                                                                  \
    X(previous_phase)                                                                              \
    X(next_phase)                                                                                  \
    X(go_to)                                                                                       \
    X(next)                                                                                        \
    X(previous_hit)                                                                                \
    X(step_back)                                                                                   \
    X(step_on)                                                                                     \
    X(step)                                                                                        \
    X(pane)                                                                                        \
    X(pane_back)                                                                                   \
    X(line_down)                                                                                   \
    X(line_up)                                                                                     \
    X(add)                                                                                         \
    X(write_after)                                                                                 \
    X(write_end)                                                                                   \
    X(write_before)                                                                                \
    X(mask)                                                                                        \
    X(open)                                                                                        \
    X(editor)                                                                                      \
    X(set)                                                                                         \
    X(owner)                                                                                       \
    X(left)                                                                                        \
    X(right)                                                                                       \
    X(carry)                                                                                       \
    X(move)                                                                                        \
    X(phase)                                                                                       \
    X(remove)                                                                                      \
    X(park)                                                                                        \
    X(unpark)                                                                                      \
    X(join)                                                                                        \
    X(twin)                                                                                        \
    X(channel)                                                                                     \
    X(rate)                                                                                        \
    X(choose_or_not)                                                                               \
    X(choose)                                                                                      \
    X(unchoose)                                                                                    \
    X(swap)                                                                                        \
    X(dot)                                                                                         \
    X(undot)                                                                                       \
    X(vote_or_close)                                                                               \
    X(reveal)                                                                                      \
    X(poll)                                                                                        \
    X(vote)                                                                                        \
    X(review)                                                                                      \
    X(reviews)                                                                                     \
    X(target)                                                                                      \
    X(idea)                                                                                        \
    X(price)                                                                                       \
    X(action)                                                                                      \
    X(take)                                                                                        \
    X(status)                                                                                      \
    X(cost)                                                                                        \
    X(payoff)                                                                                      \
    X(ledger)                                                                                      \
    X(actions)                                                                                     \
    X(wave)                                                                                        \
    X(due)                                                                                         \
    X(handout)                                                                                     \
    X(plan_list)                                                                                   \
    X(gaps)                                                                                        \
    X(end)                                                                                         \
    X(list)                                                                                        \
    X(show)                                                                                        \
    X(search)                                                                                      \
    X(filter)                                                                                      \
    X(cheap)                                                                                       \
    X(zoom_in)                                                                                     \
    X(zoom_out)                                                                                    \
    X(why)                                                                                         \
    X(who)                                                                                         \
    X(room)                                                                                        \
    X(timer)                                                                                       \
    X(clock)                                                                                       \
    X(bell)                                                                                        \
    X(hint)                                                                                        \
    X(minutes)                                                                                     \
    X(parking_lot)                                                                                 \
    X(new)                                                                                         \
    X(samples)                                                                                     \
    X(board)                                                                                       \
    X(board_sheet)                                                                                 \
    X(channels)                                                                                    \
    X(person)                                                                                      \
    X(undo)                                                                                        \
    X(redo)                                                                                        \
    X(history)                                                                                     \
    X(check)                                                                                       \
    X(import)                                                                                      \
    X(export)                                                                                      \
    X(backup)                                                                                      \
    X(salvage)                                                                                     \
    X(share)                                                                                       \
    X(copy)                                                                                        \
    X(saved)                                                                                       \
    X(mouse)                                                                                       \
    X(redraw)                                                                                      \
    X(suspend)                                                                                     \
    X(palette)                                                                                     \
    X(topics)                                                                                      \
    X(help_screen)                                                                                 \
    X(quit)

#define DECLARE(name) extern const struct command command_##name;
COMMANDS(DECLARE)

#define ROW(name) &command_##name,
static const struct command *const table[] = {COMMANDS(ROW)};

#define NUMBER(name) NUMBER_##name,
enum { COMMANDS(NUMBER) COUNT };

const struct command *const *command_table(size_t *count)
{
    *count = COUNT;
    return table;
}

const char *command_group_name(enum command_group group)
{
    static const char *const names[GROUPS] = {
        [GROUP_MOVE] = "Going about", [GROUP_WRITE] = "Moments", [GROUP_JUDGE] = "Judging them",
        [GROUP_PLAN] = "The plan",    [GROUP_LOOK] = "Looking",  [GROUP_BOARD] = "The board",
    };
    return names[group];
}

/* --- by name ---------------------------------------------------------------------------------- */

enum { NAME_MOST = 32, START_LEAST = 3 };

/* How many letters must be put right to make one word of the other; two that are swapped count as
 * one. Words longer than a name are as far away as can be. */
static size_t distance(const char *a, const char *b)
{
    size_t rows[3][NAME_MOST + 1];
    size_t na = strlen(a), nb = strlen(b);
    if (na > NAME_MOST || nb > NAME_MOST)
        return NAME_MOST;
    for (size_t j = 0; j <= nb; j++)
        rows[0][j] = j;
    for (size_t i = 1; i <= na; i++) {
        size_t *row = rows[i % 3], *up = rows[(i + 2) % 3], *up2 = rows[(i + 1) % 3];
        row[0] = i;
        for (size_t j = 1; j <= nb; j++) {
            size_t best = up[j - 1] + (a[i - 1] != b[j - 1]);
            if (up[j] + 1 < best)
                best = up[j] + 1;
            if (row[j - 1] + 1 < best)
                best = row[j - 1] + 1;
            if (i > 1 && j > 1 && a[i - 1] == b[j - 2] && a[i - 2] == b[j - 1] &&
                up2[j - 2] + 1 < best)
                best = up2[j - 2] + 1;
            row[j] = best;
        }
    }
    return rows[na % 3][nb];
}

/* Whether it is among those looked through: all, or what the shell runs. */
static bool is_looked_at(const struct command *command, bool verbs)
{
    return !verbs || command->scope != COMMAND_SCREEN;
}

static const char *most_alike(const char *name, bool verbs)
{
    const char *found = NULL;
    size_t best = strlen(name) < 5 ? 2 : 3; /* two slips in a long word, one in a short one... */
    for (size_t i = 0; i < COUNT; i++) {
        size_t slips = distance(name, table[i]->name);
        if (slips < best && is_looked_at(table[i], verbs)) {
            best = slips;
            found = table[i]->name;
        }
    }
    return found;
}

static const struct command *by_start(const char *name, size_t length, bool verbs)
{
    const struct command *found = NULL;
    for (size_t i = 0; length >= START_LEAST && i < COUNT; i++) {
        if (strncmp(table[i]->name, name, length) != 0 || !is_looked_at(table[i], verbs))
            continue;
        if (found)
            return NULL;
        found = table[i];
    }
    return found;
}

const struct command *command_find(const char *name, const char **nearest)
{
    if (nearest)
        *nearest = NULL;
    for (size_t i = 0; i < COUNT; i++)
        if (strcmp(table[i]->name, name) == 0)
            return table[i];
    const struct command *found = by_start(name, strlen(name), false);
    if (!found && nearest)
        *nearest = most_alike(name, false);
    return found;
}

const char *command_nearest_verb(const char *name)
{
    const struct command *found = by_start(name, strlen(name), true);
    return found ? found->name : most_alike(name, true);
}

/* --- by key ----------------------------------------------------------------------------------- */

/* The table spells keys as key_format() does, so words are compared and nothing is parsed. */
static bool has_key(const struct command *command, const char *spelling, size_t length)
{
    const char *at = command->keys ? command->keys : "";
    while (*at) {
        if (*at == *spelling && strncmp(at, spelling, length) == 0 &&
            (at[length] == ' ' || at[length] == '\0'))
            return true;
        while (*at && *at != ' ')
            at++;
        while (*at == ' ')
            at++;
    }
    return false;
}

const struct command *command_for_key(struct key key)
{
    char spelling[KEY_TEXT_SIZE];
    key_format(key, spelling, sizeof spelling);
    size_t length = strlen(spelling);
    for (size_t i = 0; length > 0 && i < COUNT; i++)
        if (has_key(table[i], spelling, length))
            return table[i];
    return NULL;
}
